/* The inside of a fact space. */
#ifndef PROVISO_SPACE_PARTS_H
#define PROVISO_SPACE_PARTS_H

#include "space.h"

/* `narrow` is a kind of `broad`; both are variables. */
struct kinship {
	size_t narrow, broad;
};

/* What one party tells at the least to meet an atom, or to leave it open: the
 * truth of every party atom. Whatever parties there are, the truths are the
 * greatest of some of these. */
struct example {
	unsigned char *truths; /* by variable */
};

struct space {
	struct arena *arena;
	const struct vocabulary *vocabulary;
	struct variable *variables;
	size_t variable_count, variable_capacity;
	struct kinship *kinships;
	size_t kinship_count, kinship_capacity;
	struct example *examples;
	size_t example_count, example_capacity;
	unsigned char *possible; /* by example: whether such a party may be there */
	size_t steps;     /* of the present search */
	size_t work_left; /* of all searches */
};

/* Adds what parties there can be. */
void space_add_parties(struct space *);

#endif
