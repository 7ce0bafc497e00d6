/* What the command can be told to do. */
#ifndef PROVISO_CLI_VERB_H
#define PROVISO_CLI_VERB_H

struct options;

enum verb_bit {
	VERB_CHECK = 1,
	VERB_EXPLAIN = 2,
	VERB_LIST = 4,
	VERB_SHOW = 8,
	VERB_LINT = 16,
	VERB_TEST = 32,
	VERB_DIFF = 64,
	VERBS_REQUESTS = VERB_CHECK | VERB_EXPLAIN,
	VERBS_ALL = VERBS_REQUESTS | VERB_LIST | VERB_SHOW | VERB_LINT | VERB_TEST | VERB_DIFF,
};

/* 2 beats 1 beats 3 beats 0. Of the other verbs, 1 is that something was found. */
enum status {
	STATUS_ALLOWED = 0,
	STATUS_DENIED = 1,
	STATUS_TROUBLE = 2,
	STATUS_UNDECIDED = 3,
};

struct verb {
	const char *name;     /* "check"; "policy list" is two words */
	const char *operands; /* as --help shows them */
	const char *summary;
	const char *description; /* what --help says under the synopsis */
	enum verb_bit bit;
	enum status (*run)(const struct options *);
};

enum status check_run(const struct options *);
enum status explain_run(const struct options *);
enum status policy_list_run(const struct options *);
enum status policy_show_run(const struct options *);
enum status policy_lint_run(const struct options *);
enum status policy_test_run(const struct options *);
enum status diff_run(const struct options *);

#endif
