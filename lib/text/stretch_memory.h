/* Where what is known of stretches stands: a ring of words, and where in it each one is
 * found by its key. Internal to stretch.c and stretch_memory.c. */
#ifndef PROVISO_STRETCH_MEMORY_H
#define PROVISO_STRETCH_MEMORY_H

#include "match.h"

enum {
	STRETCH_WORDS = 1 << 20,      /* in the ring */
	STRETCH_WORDS_MOST = 1 << 11, /* of one stretch */
	STRETCH_KEY_MOST = 1 << 9,
	STRETCH_ROW_BITS = 13,
	STRETCH_ROW = 4,
	STRETCH_OFFSET_BITS = 7, /* of the number of a token in a stretch */
	STRETCH_ITEM_BITS = 32 - 2 * STRETCH_OFFSET_BITS,
};

enum stage {
	STAGE_MET,   /* without the matches of late items */
	STAGE_KNOWN,
	STAGE_UNFIT, /* to be matched each time */
};

/* Where what is known of a stretch stands, and how many words each part of it has, in
 * the order in which they stand. */
struct stretch {
	uint64_t at;
	uint32_t hash;
	uint16_t key, late_bits, crossings;
	uint16_t matches[3]; /* masks, context, patterns */
	uint16_t spans;
	uint16_t stage;
};

struct stretch_memory {
	struct stretch rows[1 << STRETCH_ROW_BITS][STRETCH_ROW];
	struct stretch now; /* the one at hand, at the end of the ring */
	uint64_t hash;      /* of its key */
	uint32_t length;    /* words of it so far */
	bool fits;          /* it may be remembered */
	uint64_t *late_starts; /* bit set, as in struct possible */
	uint32_t words[STRETCH_WORDS + STRETCH_WORDS_MOST];
};

static inline uint32_t *
stretch_words(struct stretch_memory *memory, const struct stretch *stretch)
{
	return memory->words + stretch->at % STRETCH_WORDS;
}

/* Puts down the key of the stretch at hand, of these tokens; false if it is too long. */
bool stretch_put_key(struct stretch_memory *, const struct reader *, size_t first, size_t end);

/* The stretch that has that key, or NULL; */
struct stretch *stretch_find(struct stretch_memory *);

/* or the one whose place it may take. */
struct stretch *stretch_oldest(struct stretch_memory *);

/* Puts the stretch at hand in the place of another. */
void stretch_keep(struct stretch_memory *, struct stretch *other);

#endif
