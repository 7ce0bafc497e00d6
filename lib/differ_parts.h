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
	size_t count, capacity;
	const struct formula *any;
};

struct differ {
	struct arena arena;
	struct side sides[2];
	struct space *space;
	const char *without_text;
	struct difference *found;
	size_t found_count, found_capacity;
	const struct formula **covered; /* the facts of each difference, all true */
	size_t covered_count, covered_capacity;
	bool unfinished;
};

/* What tells a point apart, in words; a variable with more than one state is of
 * no matter. */
void differ_describe(struct differ *, struct difference *, const unsigned char *states);

#endif
