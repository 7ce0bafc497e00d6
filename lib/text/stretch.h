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
 * follows from the key, and is remembered.
 *
 * Late items may go on behind it, but few do, as no gap holds the end of a sentence. Once
 * a stretch is met again, all late items are tried in it, whatever stands behind it: what
 * they match within it follows from the key, too; and of a trial that would go on behind
 * it, what it would go on with is remembered (a crossing). From then on only crossings are
 * tried, and where one comes to a match, the stretch is matched anew. So it is each time if
 * a member of a class may cross its end.
 *
 * What begins at the tokens of a stretch that is recalled is put down only where a stretch
 * before it is matched, or a crossing tried. For that its late bits and the members of
 * classes in it are remembered.
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
void stretch_remember(struct matcher *, size_t first, const struct stretch_counts *before);

#endif
