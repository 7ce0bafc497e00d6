/*
 * Cheap first: which clauses a request can possibly meet, before it is read in
 * full. A clause has necessary topics: atoms that silence makes false. One that
 * is neither declared nor seen in a glance at the texts makes the clause false.
 */
#ifndef PROVISO_TRIAGE_H
#define PROVISO_TRIAGE_H

#include "policy.h"
#include "request.h"
#include "text/glance.h"

/* Sets of topics of each of which one must be there. */
struct necessity {
	uint64_t *topics;
	size_t count, capacity;
};

/* Adds what a condition needs; the topics become the glance's. */
void triage_need(struct necessity *, struct glance *, struct arena *, const struct condition *);

/* Whether a request may meet one of `count` necessities: by what it declares, and
 * by what a glance at its texts and names shows. */
bool triage_request(struct glance_memory *, const struct glance *, const struct request *,
                    const struct necessity *const *needs, size_t count);

#endif
