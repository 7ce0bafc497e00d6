/*
 * Small changes to a clause or to the dates of a policy, each of which a good
 * set of tests notices.
 */
#ifndef PROVISO_MUTATE_H
#define PROVISO_MUTATE_H

#include "policy.h"

struct mutant {
	const char *change;     /* what was done: "use=facial-recognition left out" */
	const json_t *source;   /* where */
	struct policy policy;   /* the changed one */
	const struct clause *clause; /* the changed clause of it, or NULL: its revisions changed */
	bool logic;             /* the clause's condition was changed, else its revisions */
	const struct condition *without; /* the atom that was left out, or NULL */
};

struct mutants {
	struct mutant *mutants;
	size_t count, capacity;
};

/* Every atom left out, negated, and with each value replaced by a rival and a
 * broader one; each exception and each of its conditions left out; since and
 * until moved. The policies have the clause as their only one. */
struct mutants mutate_clause(struct arena *, const struct vocabulary *, const struct policy *,
                             const struct clause *);

/* Each date moved by a day both ways, each correction taken for an ordinary
 * revision. */
struct mutants mutate_dates(struct arena *, const struct policy *);

/* A condition in which `part` is replaced. */
const struct condition *condition_with(struct arena *, const struct condition *,
                                       const struct condition *part,
                                       const struct condition *replacement);

/* True (all of nothing) or false (any of nothing), whatever is told. */
const struct condition *condition_always(struct arena *, bool truth);

#endif
