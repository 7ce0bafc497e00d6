/*
 * The fact space of a set of conditions: all that requests can tell about the
 * facts which the conditions mention, searched exactly.
 *
 * A variable is a fact of the request (values that no atom tells apart are one)
 * or a party atom. A point gives each variable one state. Which points there
 * are follows from the rules of facts.h: what is narrower is never truer than
 * what is broader, and a party atom is met by one and the same of any number of
 * parties. Inference is left out: whatever it tells can be told outright. So
 * are requests that tell a value and in one breath question a broader one. What
 * stands beside a value that lifts a denial is only what the conditions mention,
 * and nothing broader.
 */
#ifndef PROVISO_SPACE_H
#define PROVISO_SPACE_H

#include "policy.h"

/* States of a variable; a set of them is their sum. A party atom is never
 * untold: that is one of the other three. */
enum told {
	TOLD_FALSE = 1,
	TOLD_OPEN = 2,
	TOLD_TRUE = 4,
	TOLD_NOT = 8,
	TOLD_PLAINLY = TOLD_FALSE | TOLD_TRUE,
	TOLD_ANYHOW = 15,
};

struct variable {
	const struct condition *party; /* a party atom, or NULL */
	const uint32_t *values;        /* else values of one axis */
	size_t value_count;
	uint32_t axis;
};

/* A condition over variables. A leaf has one variable. */
struct formula {
	enum condition_type type;
	const struct formula **parts;
	size_t part_count;
	size_t variable;
	enum truth unstated; /* of a leaf that is not told */
	enum truth most;     /* a leaf is no truer */
};

struct space;

/* The space of so many conditions, which must outlive it. */
struct space *space_new(struct arena *, const struct vocabulary *,
                        const struct condition *const *conditions, size_t count);

/* The searches of a space, all together, do no more than so much work; what
 * would need more is unknown. Without this a search is bounded by itself. */
void space_limit(struct space *, size_t work);

size_t space_size(const struct space *);
const struct variable *space_variable(const struct space *, size_t index);

/* Whether the truth of one variable can say something of the other's: they ask
 * for the same value, or for one that is a kind of the other. */
bool space_related(const struct space *, size_t a, size_t b);

/* A condition that was given to space_new(), or a part of one. */
const struct formula *space_formula(struct space *, const struct condition *);

/* A variable by itself: open where it is not told. */
const struct formula *space_leaf(struct space *, size_t variable);

/* `count` formulas, joined; of a negation just one. */
const struct formula *space_join(struct space *, enum condition_type,
                                 const struct formula *const *parts, size_t count);

/* What is asked of a formula: at least, or at most, this truth. */
struct goal {
	const struct formula *formula;
	bool least;
	enum truth bound;
};

enum finding {
	FINDING_NONE,
	FINDING_POINT,
	FINDING_UNKNOWN, /* too much to search */
};

/* Looks for a point that meets all goals. `states` holds the states allowed to
 * each variable and, where a point is found, that point. */
enum finding space_find(struct space *, const struct goal *, size_t count, unsigned char *states);

/* Room for the states of a point, all of them `told`. */
unsigned char *space_states(struct space *, unsigned char told);

/* Whether some request gives the two formulas different truth; then `states` is
 * such a point, with as little told as it needs. */
enum finding space_differ(struct space *, const struct formula *, const struct formula *,
                          unsigned char *states);

/* A request that tells what is true or false at a point, and nothing else, as
 * JSON. What is open there is left out. */
const char *space_request(struct space *, const unsigned char *states);

/* The truth of a formula at a point. */
enum truth space_truth(const struct formula *, const unsigned char *states);

/* Whether two conditions are made of the same atoms in the same way. */
bool same_condition(const struct condition *, const struct condition *);

/* Whether two atoms ask for the same, silence included. */
bool same_atom(const struct condition *, const struct condition *);

#endif
