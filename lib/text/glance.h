/*
 * A glance at a text: which topics it may touch, without reading it.
 *
 * A topic is a set of values. Each has anchor words, of which a text must hold
 * one for reading it to tell any of those values, or a value narrower or
 * broader. A glance may see a topic that reading would not find; it never
 * misses one. So a clause whose topics are not all seen is false, unread.
 */
#ifndef PROVISO_GLANCE_H
#define PROVISO_GLANCE_H

#include "../vocabulary.h"

enum {
	TOPICS_MOST = 64,
	ANY_FIRST = 26,
};

struct glance {
	const struct vocabulary *vocabulary;
	struct topic {
		const uint32_t *values;
		size_t count;
	} topics[TOPICS_MOST];
	unsigned topic_count;
	uint64_t always;   /* topics that no word anchors */
	uint64_t *values;  /* topics of each value */
	uint64_t *symbols; /* topics that each symbol anchors */
	/* Bit sets over hashes of letters: the first four (or all of a shorter
	 * word) and the last three of anchors; the first and last three of all key
	 * words. */
	uint64_t starts[1024], ends[512], key_starts[512], key_ends[512];
	/* For each first letter and length, the letter sets of the key words that a
	 * word like this may be a slip of: those that begin alike, and of those
	 * that need not, the sets again with ANY_FIRST. */
	struct slip_list {
		uint32_t first, count;
	} slips[27][WORD_LONGEST + 1];
	struct slip {
		uint32_t letters;
		uint32_t most; /* edits */
		uint32_t symbol;
	} *keys;
};

/* Where in `starts`, `ends` and the sets of key words a word is looked up. */
static inline uint32_t
glance_start_of(const char *text, size_t length)
{
	uint32_t letters = 0;
	memcpy(&letters, text, length < 4 ? length : 4);
	return (letters * 2654435761U) >> 16;
}

static inline uint32_t
glance_three(const char *text)
{
	return ((uint32_t)text[0] & 31) << 10 | ((uint32_t)text[1] & 31) << 5 |
	       ((uint32_t)text[2] & 31);
}

static inline bool
glance_bit(const uint64_t *set, uint32_t bit)
{
	return (set[bit / 64] >> (bit % 64)) & 1;
}

/* What one session has seen: odd runs of bytes and their topics. */
struct glance_memory;

void glance_start(struct glance *, struct arena *, const struct vocabulary *);

/* The bit of a topic, which is added if it is new. Beyond TOPICS_MOST topics
 * share the last. `values` must outlive the glance. */
uint64_t glance_topic(struct glance *, const uint32_t *values, size_t count);

/* Finds the anchors, once all topics are there. */
void glance_prepare(struct glance *, struct arena *);

struct glance_memory *glance_memory_new(void); /* NULL if memory ran out */
void glance_memory_free(struct glance_memory *);

/* The topics that a text may touch. `arena` is scratch and left as it was. */
uint64_t glance_text(const struct glance *, struct glance_memory *, struct arena *arena,
                     struct span text);

#endif
