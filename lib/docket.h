/*
 * Which clauses are called for the requests of one date. Most requests of a log have
 * the date of the one before, or it does not matter.
 */
#ifndef PROVISO_DOCKET_H
#define PROVISO_DOCKET_H

#include "policy.h"
#include "triage.h"

struct preparation;
struct proviso_engine;
struct proviso_session;

/* One clause under one revision, and the passage of a window in which it came out worst. */
struct case_clause {
	const struct policy *policy;
	size_t revision;
	const struct clause *clause;
	enum truth truth;
	size_t window, passage;
};

/* What judges of one policy. */
struct called {
	int32_t as_of;   /* NO_DATE: every revision that may bind */
	size_t revision; /* else that one, or NO_REVISION */
};

struct docket {
	struct arena arena;
	bool ready;
	int32_t date;                       /* of the requests, where it matters */
	const struct preparation *prepared; /* by which the needs are known, or NULL */
	struct called *called;              /* of each policy of the engine */
	struct case_clause *clauses;
	size_t clause_count, clause_capacity;
	const struct necessity **needs; /* of each clause, and then `binding` */
	uint64_t topics; /* of which any clause needs one at the least; all, if one needs none */
	struct necessity binding;       /* of the texts that tell whom a policy binds */
	uint64_t subjects;
};

/* What is called for requests of that date; it is gone when asked for the next. */
const struct docket *docket_of(struct proviso_session *, int32_t date);

/* Under --as-of record, a request without a date is judged by every revision that was
 * ever the one in force: whether this is one. */
bool docket_may_bind(const struct proviso_engine *, const struct policy *, size_t revision);

#endif
