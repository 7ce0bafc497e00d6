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

/* Puts first what is easiest to rule out, once the glance is prepared. */
void triage_order(struct necessity *, const struct glance *);

/* The topics of all that a text can tell and that a condition may hang on, whichever
 * way. */
uint64_t triage_subjects(struct glance *, struct arena *, const struct condition *);

/* The topics that a request declares, or that a glance at its texts and names may
 * show. Looks no closer than it takes to tell which of the `count` necessities are
 * possible: of these it is certain. */
uint64_t triage_topics(struct glance_memory *, const struct glance *, const struct request *,
                       const struct necessity *const *needs, size_t count);

static inline bool
triage_possible(const struct necessity *necessity, uint64_t topics)
{
	for (size_t i = 0; i < necessity->count; i++) {
		if ((necessity->topics[i] & topics) == 0)
			return false;
	}
	return true;
}

#endif
