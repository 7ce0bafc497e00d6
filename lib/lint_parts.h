/* The inside of lint. */
#ifndef PROVISO_LINT_PARTS_H
#define PROVISO_LINT_PARTS_H

#include "lint.h"

/* Whether a clause can be met, whether another is superfluous beside it, and
 * which of its atoms change nothing. */
void lint_logic(struct arena *, const struct policy *, const struct vocabulary *);

/* What silence does to a clause. */
void lint_silence(const struct policy *, const struct vocabulary *, const struct clause *);

#endif
