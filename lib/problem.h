/*
 * The kinds of problems that a policy or a vocabulary can have: the one list
 * of their ids. An id is never used again for something else.
 */
#ifndef PROVISO_PROBLEM_H
#define PROVISO_PROBLEM_H

#include <stddef.h>

struct problem_kind {
	const char *id;
	const char *summary;     /* a line, as proviso-policy(5) lists it */
	const char *explanation; /* what it leads to and what helps */
};

/* By id. */
extern const struct problem_kind problem_kinds[];
extern const size_t problem_kind_count;

#endif
