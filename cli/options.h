/* The options of every verb: one table that is parsed by and makes --help. */
#ifndef PROVISO_CLI_OPTIONS_H
#define PROVISO_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "output.h"
#include "value.h"
#include "verb.h"

struct strings {
	const char **items;
	size_t count;
};

struct options {
	const struct verb *verb;
	struct strings texts, policies, clauses, vocabularies, operands;
	const char *format;
	const char *as_of, *known_at; /* NULL where not given; never "today" */
	const char *from, *to, *explain; /* or NULL */
	unsigned only;                /* bits 1 << verdict */
	size_t max_record;
	size_t jobs; /* threads; 0: as many as there are processors */
	enum when color, progress;
	bool undecided_deny, strict, quote, summary, allow_empty, exit_zero, quiet;
	struct day today;
};

enum parsed {
	PARSED,
	PARSED_HELP,    /* --help was asked for */
	PARSED_VERSION, /* --version was */
	PARSED_WRONG,   /* a usage error was reported */
	PARSED_NO_MEMORY,
};

/* Parses what follows the verb: arguments[0] is the verb. The strings stay
 * those of `arguments`. options_free() in any case. */
enum parsed options_parse(struct options *, const struct verb *, int count, char **arguments);
void options_free(struct options *);

/* The lines of --help that describe the verb's options. */
void options_help(struct output *, const struct verb *);

/* Reports a usage error and where to read more. */
void usage_error(const struct verb *, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

#endif
