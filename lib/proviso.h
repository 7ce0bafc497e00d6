/*
 * libproviso: decides by fixed rules whether a policy prohibits a use of an
 * AI service that a JSON request describes.
 *
 * An engine is built once and is read-only after; any number of threads may
 * use it, each with a session of its own. Nothing here prints, exits or keeps
 * global state; all memory that a function hands out is owned by the engine
 * or session it came from. Texts are UTF-8. See libproviso(3).
 */
#ifndef PROVISO_H
#define PROVISO_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PROVISO_API __attribute__((visibility("default")))

enum proviso_verdict {
	PROVISO_ALLOW,
	PROVISO_DENY,
	PROVISO_UNDECIDED,
	PROVISO_INVALID,
};

/* A clause in Kleene's three values. */
enum proviso_outcome {
	PROVISO_FALSE,
	PROVISO_OPEN,
	PROVISO_TRUE,
};

/* Something wrong with a policy, a vocabulary or an option. */
struct proviso_problem {
	const char *file;    /* NULL for an option */
	size_t line, column; /* 1-based, code points; 0 if the file has no such place */
	const char *id;      /* stable name of the kind of problem, or NULL */
	const char *message;
};
typedef void proviso_report(void *data, const struct proviso_problem *);

struct proviso_options {
	const char *const *policies; /* names, or paths holding `/` or ending in .json; or "all" */
	size_t policy_count;         /* 0: azure-openai */
	const char *const *vocabularies; /* files to add to the built-in vocabulary */
	size_t vocabulary_count;
	const char *const *clauses; /* glob patterns; only clauses that match one */
	size_t clause_count;        /* 0: all */
	const char *as_of;    /* YYYY-MM-DD, "record", or NULL: each policy's reviewed date */
	const char *known_at; /* YYYY-MM-DD, or NULL: every revision in the file */
	bool strict;          /* unknown members and values make a request invalid */
	bool tests; /* take in the tests that built-in policies hold, too */
	bool lint; /* likewise, and report also what does not keep a policy from being used */
};

struct proviso_engine;
struct proviso_session;

/* Where a fact comes from. */
struct proviso_evidence {
	const char *at;    /* JSON Pointer into the request; NULL: nowhere in it */
	const char *in;    /* for JSON inside a string: the pointer inside; else NULL */
	bool ranged;       /* start and end are set */
	size_t start, end; /* [start, end) in bytes of the decoded string at `at` */
	const char *term;  /* id of the vocabulary entry met, or NULL */
	const char *quote; /* the matched words, NUL-terminated, or NULL */
};

struct proviso_fact {
	const char *fact;  /* axis: "party.kind", "use", "camera" */
	const char *value;
	const char *label; /* the value as a person says it */
	enum proviso_outcome truth;
	int party; /* index into the result's parties, or -1 */
	struct proviso_evidence evidence;
};

struct proviso_party {
	const char *role; /* "actor", "on_behalf_of", "text" */
	const char *name; /* or NULL */
	const char *kind, *jurisdiction; /* narrowest told true, or NULL */
	const struct proviso_evidence *evidence;
	size_t evidence_count;
};

/* What a request tells about one value of one axis; value "*" is the axis itself,
 * questioned as a whole. In order of party (-1, the request, first), then of
 * axis; each value once. */
struct proviso_truth {
	const char *fact, *value, *label;
	int party;         /* as above */
	const char *truth; /* "true", "false", "conflict", "questioned" */
	const struct proviso_evidence *evidence;
	size_t evidence_count;
};

/* Something met in text and how it was read. */
struct proviso_mention {
	const char *fact, *value, *label;
	const char *reading; /* "asserted", "negated", "questioned", "mentioned", "set aside" */
	struct proviso_evidence evidence;
	const char *trigger;       /* id of the context entry that decided, or NULL */
	const char *trigger_quote; /* its words, or NULL */
};

/* One clause as it came out. The worst passage counts. */
struct proviso_finding {
	const char *policy, *revision; /* revision NULL: none for that day */
	const char *clause, *title, *section, *source, *confidence; /* clause NULL: as above */
	enum proviso_outcome outcome;
	const struct proviso_fact *because; /* of a true clause */
	size_t because_count;
	const char *const *missing, *const *questioned, *const *conflict; /* of an open one */
	size_t missing_count, questioned_count, conflict_count;
	const struct proviso_fact *holds; /* of an open or false one: atoms that are true */
	size_t hold_count;
	const struct proviso_fact *fails; /* of a false one: atoms that are false */
	size_t fail_count;
	/* In a session that explains, what could be told instead (truth PROVISO_FALSE: that
	 * value denied). Of an open one and of the nearest: all that is needed to meet it. */
	const struct proviso_fact *meets;
	size_t meet_count;
	const struct proviso_fact *ends; /* of an open one: each of them would end it */
	size_t end_count;
	bool together; /* or not each of the ends would, but all of them together */
	bool allows;   /* with that, the verdict would be PROVISO_ALLOW */
	bool nearest;  /* false, with exactly one false atom that can be met; the first such */
};

struct proviso_judged {
	const char *policy, *revision; /* revision NULL: none for that day */
};

struct proviso_note {
	const char *at; /* JSON Pointer */
	const char *note;
};

struct proviso_result {
	enum proviso_verdict verdict;
	const char *id; /* the JSON scalar as it stands in the request, or NULL */
	const struct proviso_judged *judged_by;
	size_t judged_count;
	/* Every clause considered, in order; without `explain` only those that are
	 * true or open. */
	const struct proviso_finding *findings;
	size_t finding_count;
	const struct proviso_note *notes;
	size_t note_count;
	const char *error; /* of an invalid request: a sentence without full stop */
	size_t error_line, error_column, error_byte; /* within the request: 1-, 1-, 0-based */
	/* The facts, where the session explains. */
	const struct proviso_party *parties;
	size_t party_count;
	const struct proviso_truth *truths;
	size_t truth_count;
	const struct proviso_mention *mentions;
	size_t mention_count;
};

/* Builds an engine. Every problem is reported; returns NULL if there was one,
 * or if memory ran out. `options` may be NULL. */
PROVISO_API struct proviso_engine *proviso_engine_new(const struct proviso_options *options,
                                                      proviso_report *report, void *data);
PROVISO_API void proviso_engine_free(struct proviso_engine *);

/* A session judges requests one after another. `explain` also collects facts,
 * mentions and quotes. NULL if memory ran out. */
PROVISO_API struct proviso_session *proviso_session_new(const struct proviso_engine *,
                                                        bool explain);
PROVISO_API void proviso_session_free(struct proviso_session *);

/* Judges the JSON value in `length` bytes at `json`. The result is valid until
 * the session's next call; NULL if memory ran out. */
PROVISO_API const struct proviso_result *proviso_judge(struct proviso_session *, const char *json,
                                                       size_t length);

/* Ends the last result and gives back what memory it took. */
PROVISO_API void proviso_session_rest(struct proviso_session *);

/* Judges free text, as a request with only a description. */
PROVISO_API const struct proviso_result *proviso_judge_text(struct proviso_session *,
                                                            const char *text, size_t length);

/* An invalid result for bytes that no record could be cut from. `error` must
 * outlive the result. */
PROVISO_API const struct proviso_result *proviso_refuse(struct proviso_session *,
                                                        const char *error, size_t line,
                                                        size_t column, size_t byte);

/* Policies as a person reads them. Members that a file leaves out are NULL. */

struct proviso_revision {
	const char *revision, *published, *in_force, *corrects, *note;
	const char *binds_from; /* the day that a correction takes over, where it is another */
	bool none; /* the file says that no such policy was in force */
};

enum proviso_condition_kind {
	PROVISO_ALL,
	PROVISO_ANY,
	PROVISO_NOT,   /* one part */
	PROVISO_PARTY, /* parts: what one and the same party must be */
	PROVISO_ATOM,
};

struct proviso_condition {
	enum proviso_condition_kind kind;
	const struct proviso_condition *parts;
	size_t part_count;
	const char *fact, *value;       /* of an atom */
	const char *fact_label, *label; /* as a person says them */
	const char *unstated;           /* "unknown" or "false" where the atom says so itself */
};

struct proviso_exception {
	const char *title, *section, *note;
	const struct proviso_condition *ground;
	const struct proviso_condition *conditions;
	size_t condition_count;
};

struct proviso_clause {
	const char *clause, *title, *text, *section, *source, *confidence, *note;
	const char *since, *until;
	bool in_force; /* on the engine's as-of day, by what was known then */
	const struct proviso_condition *when;
	const struct proviso_exception *exceptions;
	size_t exception_count;
};

/* A rule that no fact and no text can meet. */
struct proviso_unreached {
	const char *section, *title, *why;
};

struct proviso_policy {
	const char *policy, *title, *issuer, *source, *reviewed, *note;
	const char *chosen; /* the revision in force on the engine's as-of day, or NULL */
	const struct proviso_revision *revisions;
	size_t revision_count;
	const struct proviso_clause *clauses;
	size_t clause_count;
	const struct proviso_condition *applies; /* whom it binds; NULL: everybody */
	const struct proviso_unreached *unreached;
	size_t unreached_count;
};

/* The engine's policies, sorted by name; owned by the engine. */
PROVISO_API const struct proviso_policy *proviso_engine_policies(const struct proviso_engine *,
                                                                 size_t *count);

/* An axis as a person says it ("kind of camera"), or NULL if there is none of
 * that name. */
PROVISO_API const char *proviso_fact_label(const struct proviso_engine *, const char *fact);

PROVISO_API const char *proviso_version(void);

#ifdef __cplusplus
}
#endif

#endif
