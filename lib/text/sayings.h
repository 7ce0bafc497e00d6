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
	bool whole;     /* it may be remembered */
	uint64_t hash;  /* if so */
	uint32_t start; /* byte of the piece that it begins with */
	uint32_t piece;
	enum gap gap;   /* before its first token */
};

/* White space that a saying may end before. */
static inline bool
saying_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0;
}

struct saying_memory *saying_memory_new(void); /* NULL: no memory */
void saying_memory_free(struct saying_memory *);

/* Takes from `bytes` all up to the end of a sentence behind which white space or nothing
 * follows, or else up to the end of a line or of all. If they are a saying that may be
 * remembered, begins to fetch where that would be. */
struct saying saying_next(const struct saying_memory *, struct span bytes);

/* Begins to fetch what is remembered of a saying: some time before it is recalled, for
 * seldom is it near. */
void saying_fetch(const struct saying_memory *, const struct saying *);

/* Appends the tokens of a saying that is remembered. Returns whether it is. */
bool saying_recall(const struct saying_memory *, struct reader *, const struct saying *);

/* Remembers a saying, whose tokens are all from `first` on. */
void saying_remember(struct saying_memory *, const struct reader *, const struct saying *,
                     size_t first);

#endif
