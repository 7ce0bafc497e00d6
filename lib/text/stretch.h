/*
 * Stretches of text that were matched before, and what was found in them: the same
 * sentences stand in many requests.
 *
 * The key of a stretch is all that matching looks at: of each token its symbols, from
 * which its classes follow; its looks; whether it ends a sentence; and how many words
 * the place has that is named at it. Keys are compared whole.
 *
 * A stretch ends where a sentence does. No match of an item that is not late goes on
 * behind that, and nor do members of the classes that it refers to: what these give
 * follows from the key, and is remembered. What late items give does not. So that is left
 * out, and where a stretch is recalled, late items are tried anew: those that are possible
 * by its late bits, which are remembered, too, and by those of the stretches behind it; and
 * the late class members. A stretch with a member of a class that has late ones is matched
 * again. All tokens are gone through, so that what late items look at, from this stretch
 * and from those before it, is as if it were matched.
 */
#ifndef PROVISO_STRETCH_H
#define PROVISO_STRETCH_H

#include "match.h"

/* How much was found so far: masks, context, patterns; and spans. */
struct stretch_counts {
	size_t matches[3], spans;
};
struct stretch_counts stretch_count(const struct matcher *);

/* Adds what is found in the tokens [first, end) if they were met before. If not, they are
 * to be matched, and then to be remembered. */
bool stretch_recall(struct matcher *, size_t first, size_t end);
void stretch_remember(struct matcher *, size_t first, size_t end,
                      const struct stretch_counts *before);

#endif
