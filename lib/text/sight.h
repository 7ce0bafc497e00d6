/* What a glance sees of single words and remembers. Internal to the glance. */
#ifndef PROVISO_SIGHT_H
#define PROVISO_SIGHT_H

#include "glance.h"
#include "reader.h"

enum {
	BLOCK = 16,           /* bytes looked at together */
	WORD_SHORT = 8,       /* letters of a word that has a slot of its own kind */
	WORD_BITS = 14,
	WORD_SLOTS = 1 << WORD_BITS,
	RUN_BITS = 13,
	RUN_SLOTS = 1 << RUN_BITS,
	RUN_LONGEST = 30,     /* bytes of a run that is remembered */
	ALONE_MOST = 4,       /* letters standing alone that may be a word */
	SYMBOL_POOL = 1 << 15,
	HITS_MOST = 4096,
	HITS_KEPT = HITS_MOST / 2,
	WEIGHED_BITS = 12,
	WEIGHED_ROWS = 1 << WEIGHED_BITS,
	WEIGHED_ROW = 4,
	WEIGHED_KEYS = 1 << 17,
	SENTENCE_BITS = 13,
	SENTENCE_ROWS = 1 << SENTENCE_BITS,
	SENTENCE_ROW = 6,
	SEEN_MOST = UINT16_MAX,
	RECENT_BITS = 12,
	RECENT_SLOTS = 1 << RECENT_BITS,
	SENTENCE_LEAST = 32,    /* bytes before the end of a sentence: shorter ones go together */
	SENTENCE_LONGEST = 512, /* bytes of one that is remembered */
};

/* What a word, or a run of bytes without white space, anchors. */
struct sight {
	uint64_t alone, chained; /* topics, as in struct glance */
	uint32_t first;          /* its symbols that anchor in chains, in the pool */
	uint16_t count;
	bool goes_on;     /* a full stop behind the word may end no sentence */
	uint8_t alone_count; /* of a run: letters and digits standing alone, up to ALONE_MOST */
	bool alone_letter;   /* one of them is a letter */
	bool ends_alone;  /* the last word is one */
	bool wordless;    /* of a run: there is no word in it */
	bool glued;       /* the first word may be glued to one before it */
	bool opens;       /* of a run: its end may begin a key word that goes on behind it */
	bool mends;       /* of a word: digits in it stand for letters, so that it is odd */
	bool stops;       /* of a run: a sentence ends in the signs at its end */
};

/* A short word of plain letters: in lower case, filled up with NUL, as bytes; and
 * the topics that it anchors at most. */
struct word_slot {
	uint64_t letters;
	uint64_t at_most;
};

struct run_slot {
	struct sight sight;
	uint8_t length;
	char bytes[RUN_LONGEST + 1];
};

/* A symbol met, at the number of its word. */
struct hit {
	uint32_t word;
	uint32_t symbol; /* with HIT_NEXT, the first of its word */
};

#define SLIP_BASE 0x01000193U
#define HIT_NEXT 0x80000000U

/* Hits as they were weighed. Their keys are the symbol of each, and how far its word
 * stands behind the one before. */
struct weighed {
	uint64_t topics, wanted; /* found of those looked for */
	uint64_t keys;           /* where they begin, of all that were ever put down */
	uint32_t key_count, hash;
};

/* What a sentence anchors: alone and by chains weighed so far, and what it may by others. */
struct seen {
	uint64_t topics, undecided;
};

/* Sentences, the last one first, by their tags; and the number of what was seen in each. A
 * line of the cache. */
struct sentence_row {
	uint64_t tags[SENTENCE_ROW];
	uint16_t numbers[SENTENCE_ROW], rest[2];
};

/* A sentence of the request at hand. */
struct look {
	struct span text;
	uint64_t tag;            /* if it is not too long to be remembered */
	uint64_t undecided;      /* topics of the chains that it was not weighed for */
	uint16_t hit, hit_count; /* its hits, if it was looked at closely and they were kept */
	bool closely;
};

struct glance_memory {
	const struct glance *glance;
	struct word_memory *known; /* for reading words; or NULL */
	struct word_slot words[WORD_SLOTS];
	struct sight sights[WORD_SLOTS]; /* of the words */
	struct run_slot runs[RUN_SLOTS];
	struct weighed weighed[WEIGHED_ROWS][WEIGHED_ROW];
	uint32_t keys[WEIGHED_KEYS + HITS_MOST]; /* the last ones that were put down */
	uint64_t key_end;                        /* behind those that are kept */
	struct sentence_row *sentences;
	void *room;                             /* that they are in */
	uint64_t key[SENTENCE_LONGEST / 8 + 2]; /* of their tags */
	struct seen seen[SEEN_MOST + 1];        /* in sentences, by number; 0 is nothing */
	uint16_t seen_last;
	struct recent {
		uint16_t hash, number;
	} recent[RECENT_SLOTS]; /* numbers that may be given again */
	uint32_t pool[SYMBOL_POOL];
	size_t pool_count;
	/* Of the texts of one request. */
	struct arena *arena;
	bool closely_first; /* what is new is looked at closely at once: the last request needed it */
	bool weighs;        /* so does this one */
	uint64_t topics, at_most; /* alone and by chains weighed so far; at most */
	uint64_t decided;         /* those that all chains were weighed for */
	struct look *looks;
	size_t look_count, look_capacity;
	bool closely;       /* symbols are noted as hits */
	struct hit hits[HITS_MOST];
	size_t hit_first;   /* those of the sentence at hand begin here */
	size_t hit_count;
	uint32_t word;     /* number of the last word */
	/* While a sentence is weighed: of each cut, the places of the words that meet it;
	 * and the last sentence that was searched for them. */
	uint64_t *places;
	uint32_t *looked_up, sentence;
	/* The cuts that are the least of a wanted chain, and all that were met one by one. */
	uint32_t *least, *met;
};

/* Makes room for sentences. False if memory ran out, or there is no key to be had. */
bool looks_start(struct glance_memory *);

/* What a word of plain letters and digits anchors, lower case. */
struct sight sight_word(struct glance_memory *, struct arena *, struct span word);

/* Whether digits and signs among letters stand for letters of a word that is known. */
bool sight_mends(const struct glance_memory *, struct span);

/* What a run of bytes anchors, read as text; good until the next one is looked at. */
const struct sight *sight_run(struct glance_memory *, struct arena *, struct span run);

/* Reads a text whose words cannot be told at a glance. */
void sight_text(struct glance_memory *, struct arena *, struct span text);

/* What two or more words glued together anchor as one. */
void sight_glued(struct glance_memory *, struct span word);

/* Sets the next word out of reach of those before it. */
void sight_apart(struct glance_memory *);

/* Finds the chains that lead to topics, and the topics that symbols anchor. */
void chains_find(struct glance *, struct arena *);

/* Makes room for so many hits of the sentence at hand, keeping those that a chain may go
 * on from. */
void weigh_full(struct glance_memory *, size_t room);

/* The topics that the chains which are whole in some hits tell, of those wanted at least. */
uint64_t weigh_hits(struct glance_memory *, const struct hit *, size_t count, uint64_t wanted);

/* Takes note of what the present word anchors. */
static inline void
sight_note(struct glance_memory *memory, const struct sight *sight)
{
	memory->topics |= sight->alone;
	memory->at_most |= sight->alone | sight->chained;
	if (!memory->closely)
		return;
	if (memory->hit_count + sight->count > HITS_MOST)
		weigh_full(memory, sight->count);
	for (uint32_t i = 0; i < sight->count; i++)
		memory->hits[memory->hit_count++] =
		        (struct hit){memory->word, memory->pool[sight->first + i]};
}

static inline uint32_t
sight_start_of(const char *text, size_t length)
{
	uint32_t letters = 0;
	memcpy(&letters, text, length < 4 ? length : 4);
	return (letters * 2654435761U) >> 16;
}

/* The bits of a word and of what it is without each of its letters, in a set of slips. */
static inline void
sight_slips(struct span word, uint32_t bits[WORD_LONGEST + 1])
{
	uint32_t before[WORD_LONGEST + 1] = {0}, behind = 0, power = 1;
	for (size_t i = 0; i < word.length; i++)
		before[i + 1] = before[i] * SLIP_BASE + (unsigned char)word.at[i];
	for (size_t i = word.length; i-- > 0; power *= SLIP_BASE) {
		bits[i] = ((before[i] * power + behind) * 2654435761U) >> 16;
		behind += (unsigned char)word.at[i] * power;
	}
	bits[word.length] = (before[word.length] * 2654435761U) >> 16;
}

#endif
