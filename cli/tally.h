/* What came out, counted: for the exit status, for --summary and for diff. */
#ifndef PROVISO_CLI_TALLY_H
#define PROVISO_CLI_TALLY_H

#include "verb.h"
#include "writer.h"

enum { VERDICTS = PROVISO_INVALID + 1 };

struct clause_tally {
	char *policy, *revision, *clause; /* revision and clause may be NULL */
	size_t denied, open;
};

struct tally {
	size_t verdicts[VERDICTS];
	size_t changes[VERDICTS][VERDICTS]; /* from, to: of requests that come out differently */
	bool trouble; /* something could not be done at all */
	struct clause_tally *clauses;
	size_t clause_count, clause_capacity;
};

/* Counts a request; its clauses too if `clauses`. Returns false if memory ran
 * out. */
bool tally_add(struct tally *, const struct judged *, bool clauses);

/* Adds what another tally counted. Returns false if memory ran out. */
bool tally_merge(struct tally *, const struct tally *other);
void tally_free(struct tally *);

size_t tally_requests(const struct tally *);

/* 2 beats 1 beats 3 beats 0. */
enum status tally_status(const struct tally *, bool exit_zero);

/* Writes the counts to standard error. */
void tally_summary(const struct tally *);

#endif
