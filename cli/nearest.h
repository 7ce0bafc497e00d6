/* What somebody who mistyped a word most likely meant. */
#ifndef PROVISO_CLI_NEAREST_H
#define PROVISO_CLI_NEAREST_H

#include <stddef.h>

/* How many letters must be added, dropped, changed or swapped to make `b` of
 * `a`; a large number for words longer than any option's name. */
size_t edit_distance(const char *a, const char *b);

/* Close enough to suggest. */
enum { NEAR = 2 };

#endif
