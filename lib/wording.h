/* Atoms as texts. */
#ifndef PROVISO_WORDING_H
#define PROVISO_WORDING_H

#include "policy.h"

/* By names, as a policy writes them: "use=facial-recognition", "camera=mobile|fixed",
 * "party kind=police jurisdiction=US". */
const char *atom_name(struct arena *, const struct vocabulary *, const struct condition *);

/* By labels, for people: "camera: a mobile camera or a fixed camera". A party
 * atom names no axis: "a state or local police force, United States". */
const char *atom_words(struct arena *, const struct vocabulary *, const struct condition *);

/* Labels of values, with `between` two of them. */
const char *values_words(struct arena *, const struct vocabulary *, const uint32_t *values,
                         size_t count, const char *between);

#endif
