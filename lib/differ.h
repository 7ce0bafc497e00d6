/*
 * What two engines judge differently, of all that requests can tell: the
 * smallest sets of facts on which their verdicts differ.
 */
#ifndef PROVISO_DIFFER_H
#define PROVISO_DIFFER_H

#include "proviso.h"

struct difference {
	enum proviso_verdict from, to;
	const char *const *facts; /* "use: not facial recognition" */
	size_t fact_count;
	bool unless;         /* and unless a clause prohibits it that is about something else */
	const char *request; /* one on which the two do differ so, as JSON; or NULL */
};

struct differ;

/* Of each clause that the two do not share, so many sets are looked for. */
enum { DIFFER_MOST = 50 };

/* Compares the texts that the engines judge by; both have the same vocabulary
 * and one day. NULL if memory ran out. */
struct differ *differ_new(const struct proviso_engine *from, const struct proviso_engine *to);
void differ_free(struct differ *);

/* A policy that has no text on its engine's day, so that there is nothing to
 * compare; or NULL. */
const char *differ_without_text(const struct differ *);

const struct difference *differ_found(const struct differ *, size_t *count);

/* Whether there may be more than what was found. */
bool differ_unfinished(const struct differ *);

#endif
