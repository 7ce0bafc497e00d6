/*
 * Sayings: what stands between two ends of sentences, on one line. How one is cut into
 * tokens depends on its own bytes and on nothing around it, and logs say the same over and
 * over: its tokens are remembered as they are when their words are repaired and known.
 */
#ifndef PROVISO_SAYINGS_H
#define PROVISO_SAYINGS_H

#include "reader.h"

struct saying {
	struct span bytes;
	uint32_t start; /* byte of the piece that it begins with */
	uint32_t piece;
	enum gap gap;   /* before its first token */
};

struct saying_memory *saying_memory_new(void); /* NULL: no memory */
void saying_memory_free(struct saying_memory *);

/* How many bytes there are up to the end of a sentence behind which white space or nothing
 * follows, or else up to the end of a line or of all. Sets `whole` if they may be a saying. */
size_t saying_length(struct span bytes, bool *whole);

/* Appends the tokens of a saying that is remembered. Returns whether it is. */
bool saying_recall(struct saying_memory *, struct reader *, const struct saying *);

/* Remembers a saying, whose tokens are all from `first` on. */
void saying_remember(struct saying_memory *, const struct reader *, const struct saying *,
                     size_t first);

#endif
