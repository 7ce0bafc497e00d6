/*
 * Declared parties that no text speaks of. What is told of them is the same in every
 * passage, so that an atom is met by one of them in all or in none.
 */
#ifndef PROVISO_BYSTANDERS_H
#define PROVISO_BYSTANDERS_H

#include "policy.h"

struct bystanders {
	struct facts facts; /* settled: what is told of them */
	struct bystander_truth *known; /* a hash table by atom */
	size_t known_count, known_size;
};

/* Finds the truths of all atoms over a party in a condition. */
void bystanders_learn(struct bystanders *, const struct condition *);

/* The greatest truth of such an atom for any of them. */
enum truth bystanders_truth(const struct bystanders *, const struct condition *atom);

#endif
