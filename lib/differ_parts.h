/* The inside of a comparison. */
#ifndef PROVISO_DIFFER_PARTS_H
#define PROVISO_DIFFER_PARTS_H

#include "differ.h"
#include "engine.h"
#include "space.h"

/* One of the two: its clauses in force, each by itself and all together. */
struct side {
	const struct proviso_engine *engine;
	struct proviso_session *session;
	const struct clause **clauses;
	const struct formula **formulas;
	size_t *left; /* differences that may still be looked for, of each */
	size_t count, capacity;
	const struct formula *any;
};

/* A difference and where it is. A variable with more than one state is of no
 * matter; of those that are TOLD_EITHER one will do. */
struct spot {
	struct difference difference;
	unsigned char *states;
};

enum { TOLD_EITHER = 16 };

struct differ {
	struct arena arena;
	struct side sides[2];
	struct space *space;
	const char *without_text;
	struct spot *spots;
	size_t spot_count, spot_capacity;
	struct difference *found; /* what they come to */
	size_t found_count;
	const struct formula **covered; /* the facts of each difference, all true */
	size_t covered_count, covered_capacity;
	bool unfinished;
};

/* Joins spots that differ in the value told of one axis, and says in words what
 * is told at each. */
void differ_sum_up(struct differ *);

#endif
