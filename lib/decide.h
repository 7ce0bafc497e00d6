/* Clauses over facts, in Kleene's three values, and the reasons. */
#ifndef PROVISO_DECIDE_H
#define PROVISO_DECIDE_H

#include "policy.h"

enum truth decide_condition(const struct facts *, const struct condition *);

/* The greatest truth of an atom over a party, for those of whom something is told. */
enum truth decide_among(const struct facts *, const struct condition *atom);

/* A property that does not hold of a party (0: the request) as the clause needs
 * it: true if it is wanted, else false. */
struct opening {
	const struct property *property;
	uint32_t party;
	bool wanted;
};

struct openings {
	struct opening *list;
	size_t count, capacity;
};

/* Fills in outcome and reasons of a finding; the names of policy, revision and
 * clause, and what would change it, are the caller's. Memory comes from the
 * facts' arena. */
void decide_reasons(const struct facts *, const struct condition *, struct proviso_finding *,
                    struct openings *);

#endif
