/*
 * A glance at a text: which topics it may touch, without reading it.
 *
 * A topic is a set of values. Reading a text can tell one of them, or a value
 * narrower or broader, only if the text holds words that anchor it: a word, or
 * several in a chain (chains of cuts in the lexicon). A glance may see a topic
 * that reading would not find; it never misses one. So a clause whose topics are
 * not all seen is false, unread.
 */
#ifndef PROVISO_GLANCE_H
#define PROVISO_GLANCE_H

#include "../vocabulary.h"

enum {
	TOPICS_MOST = 64,
	COMPANIES_MOST = 8,
	KEY_FIRSTS = 26,
	KEY_LISTS = KEY_FIRSTS * (WORD_LONGEST + 1) + 1,
};

struct glance {
	const struct vocabulary *vocabulary;
	struct topic {
		const uint32_t *values;
		size_t count;
	} topics[TOPICS_MOST];
	unsigned topic_count;
	/* Values that some chains tell theirs only beside. */
	struct company {
		uint32_t value;
		uint64_t beside; /* the topic of it */
		uint64_t whole;  /* a topic of its own: some such chain is whole */
		uint64_t topics; /* of all such chains */
		uint64_t first;  /* beside or whole: what is looked for first */
	} companies[COMPANIES_MOST];
	unsigned company_count;
	uint32_t chains_to[TOPICS_MOST]; /* how many lead to each topic */
	uint64_t always;  /* topics that no word anchors */
	uint64_t *values; /* topics of each value */
	/* Topics that each symbol anchors alone, and those that it anchors in a chain
	 * of which it is the least link. */
	uint64_t *alone, *chained;
	uint64_t *linked; /* those that each symbol anchors as any link of a chain */
	struct glance_chains {
		/* By the least cut of each. */
		struct glance_chain {
			uint64_t topics; /* that it may lead to */
			uint32_t next;   /* the cut that catches least text of the others */
			uint32_t links;  /* as in struct chain */
			uint32_t class;  /* of a member */
			uint8_t count;   /* links */
			uint8_t gap;     /* less than so many words between the two cuts */
			bool after;      /* the next is met behind the least */
		} *values, *members;
		uint32_t *classes; /* that have a member of one cut */
		/* What begins with each cut: in the lists above up to where the next begins. */
		struct glance_cut {
			uint64_t told; /* topics of chains of no other cut */
			uint64_t topics; /* of all that it is the least of */
			uint32_t value, member, class;
			bool least; /* of any chain */
			bool leads; /* is the least or the next of one */
			bool inner; /* stands in one of a class member */
		} *cuts;
		/* Of each symbol, the cuts that are the least of a chain, then those that are
		 * the next, and then those that are neither. */
		struct glance_list {
			uint32_t first;
			uint16_t least, leading, all; /* how many */
		} *symbols;
		uint32_t *lists;
	} chains;
	/* Bit sets over hashes of letters: the first four (or all of a shorter
	 * word) and the last three of anchors. */
	uint64_t starts[1024], ends[KEY_THREES / 64];
	/* And over hashes of key words that anchor anything, with all letters and without
	 * each one: two words that one edit makes the same have one of these in common. */
	uint64_t slips[1024];
	/* And over the hashes of all anchors, and of words that a full stop shortens. */
	uint64_t anchors[1024], shortened[1024];
	/* Key words that anchor anything, by first letter and length, and where those
	 * of each begin. */
	uint32_t *keys, key_from[KEY_LISTS + 2];
};

/* The list of the key words of a first letter and length; the last is that of
 * those that begin with something else. */
static inline uint32_t
glance_key_list(uint8_t first, size_t length)
{
	if (first < 'a' || first > 'z' || length > WORD_LONGEST)
		return KEY_LISTS - 1;
	return (uint32_t)(first - 'a') * (WORD_LONGEST + 1) + (uint32_t)length;
}

/* Whether a symbol anchors anything, alone or in a chain. */
static inline bool
glance_anchors(const struct glance *glance, uint32_t symbol)
{
	return (glance->alone[symbol] | glance->linked[symbol]) != 0;
}

/* The topics that a chain of a value tells. */
uint64_t glance_chain_topics(struct glance *, const struct chain *);

void glance_start(struct glance *, struct arena *, const struct vocabulary *);

/* The bit of a topic, which is added if it is new. Beyond TOPICS_MOST topics
 * share the last. `values` must outlive the glance. */
uint64_t glance_topic(struct glance *, const uint32_t *values, size_t count);

/* Adds to topics that were seen or told those of chains which are in company. */
uint64_t glance_in_company(const struct glance *, uint64_t topics);

/* Finds the anchors, once all topics are there. */
void glance_prepare(struct glance *, struct arena *);

/* The topics that any text at all can show, once the anchors are found. */
uint64_t glance_readable(const struct glance *);

/* The topics, and those that they may follow from in company: of two that have to be
 * there, the second only if the first is certain. */
uint64_t glance_sources(const struct glance *, uint64_t topics, uint64_t certain);

/* How many chains lead to topics, or to what they may follow from. */
uint32_t glance_cost(const struct glance *, uint64_t topics);

/* What one session has seen: words, odd runs of bytes and sentences, and the texts of
 * one request. */
struct glance_memory;
struct word_memory;

/* `words` must outlive it, or is NULL. Returns NULL if memory ran out. */
struct glance_memory *glance_memory_new(const struct glance *, struct word_memory *words);
void glance_memory_free(struct glance_memory *);

/* Forgets the texts seen before. `arena` has what is noted of the texts, and is scratch. */
void glance_begin(struct glance_memory *, struct arena *arena);

/* Looks at a text, which is used as long as there is something to weigh. */
void glance_text(struct glance_memory *, struct span text);

/* The topics that the words of the texts anchor, as far as that is decided, and those
 * that they would anchor if every chain whose least link they are were whole. */
uint64_t glance_topics(const struct glance_memory *);
uint64_t glance_undecided(const struct glance_memory *);

/* Decides of these topics whether they are anchored. */
void glance_weigh(struct glance_memory *, uint64_t topics);

#endif
