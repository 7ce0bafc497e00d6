/*
 * A glance at the texts of a request, sentence by sentence.
 *
 * No chain goes on behind a sentence, so what a text anchors is what its sentences do,
 * each by itself; and what a sentence was seen to anchor is remembered. Requests to one
 * service begin alike, and those of one conversation repeat what was said.
 *
 * A sentence is known again by a tag of its bytes under a key of the session's own. Two
 * that somebody chose without the key have the same tag with a chance of one in 2^62 at most,
 * and so has one that of an empty place; nothing in a log can make one pass for another. The
 * NH (UMAC, RFC 4418) of two that differ in a block, and not in how many they have, differs by
 * any one number with a chance of one in 2^64; a product that only the longer one has is any
 * one number with one in 2^63; and where all blocks are the same, the lengths differ, which
 * are added. The upper half of what an odd number makes of two such sums is the same with a
 * chance of one in 2^63 (multiply-shift, Dietzfelbinger et al. 1997).
 */
#include "glancer.h"

#include <sys/random.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
	AHEAD = 8,          /* sentences whose rows are fetched before the first is looked for */
	BLOCKS = 2 * BLOCK, /* bytes of a sentence that are taken into its tag together */
	ENTROPY_MOST = 256, /* bytes that getentropy() gives at once */
};

static bool
fill(void *key, size_t size)
{
	bool filled = true;
	for (size_t at = 0, step; at < size; at += step) {
		step = size - at < ENTROPY_MOST ? size - at : ENTROPY_MOST;
		filled = filled && getentropy((char *)key + at, step) == 0;
	}
	return filled;
}

bool
looks_start(struct glance_memory *memory)
{
	const size_t row = sizeof *memory->sentences;
	memory->room = calloc(SENTENCE_ROWS + 1, row);
	if (memory->room == NULL)
		return false;
	/* A row is one line of the cache. */
	size_t over = (uintptr_t)memory->room % row;
	memory->sentences = (void *)((char *)memory->room + (over == 0 ? 0 : row - over));
	return fill(memory->key, sizeof memory->key);
}

void
glance_begin(struct glance_memory *memory, struct arena *arena)
{
	memory->arena = arena;
	memory->closely_first = memory->weighs;
	memory->weighs = false;
	memory->decided = 0;
	memory->topics = memory->at_most = memory->glance->always;
	memory->hit_first = memory->hit_count = 0;
	memory->looks = NULL;
	memory->look_count = memory->look_capacity = 0;
}

uint64_t
glance_topics(const struct glance_memory *memory)
{
	return memory->topics;
}

uint64_t
glance_undecided(const struct glance_memory *memory)
{
	return memory->at_most & ~(memory->decided | memory->topics);
}

struct wide {
	uint64_t low, high;
};

#ifdef __SIZEOF_INT128__
static inline struct wide
plus_product(struct wide sum, uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 wide = sum.high;
	wide = (wide << 64 | sum.low) + (__extension__(unsigned __int128)a) * b;
	return (struct wide){(uint64_t)wide, (uint64_t)(wide >> 64)};
}
#else
static inline struct wide
plus_product(struct wide sum, uint64_t a, uint64_t b)
{
	uint64_t a_low = (uint32_t)a, a_high = a >> 32, b_low = (uint32_t)b, b_high = b >> 32;
	uint64_t least = a_low * b_low, middle = a_high * b_low + (least >> 32);
	uint64_t other = a_low * b_high + (uint32_t)middle;
	uint64_t low = sum.low + (other << 32 | (uint32_t)least);
	uint64_t high = a_high * b_high + (middle >> 32) + (other >> 32);
	return (struct wide){low, sum.high + high + (low < sum.low)};
}
#endif

static inline uint64_t
word_at(const char *text)
{
	uint64_t word;
	memcpy(&word, text, sizeof word);
	return word;
}

/* Adds two blocks to NH. */
static inline struct wide
plus_blocks(struct wide sum, const char *text, const uint64_t key[4])
{
	sum = plus_product(sum, word_at(text) + key[0], word_at(text + 8) + key[1]);
	return plus_product(sum, word_at(text + 16) + key[2], word_at(text + 24) + key[3]);
}

/* Adds NH of a text of BLOCKS bytes or more. The last three pairs of blocks are taken without
 * a branch: they overlap, or are the same, in a shorter one. */
static inline struct wide
plus_text(struct wide sum, const char *at, const char *end, const uint64_t *key)
{
	for (; end - at > 3 * BLOCKS; at += BLOCKS, key += 4)
		sum = plus_blocks(sum, at, key);
	const char *last = end - BLOCKS, *middle = last - at < BLOCKS ? last : at + BLOCKS;
	sum = plus_blocks(sum, at, key);
	sum = plus_blocks(sum, middle, key + 4);
	return plus_blocks(sum, last, key + 8);
}

/* The same of a shorter text, which is filled up. */
static struct wide
plus_short(struct wide sum, struct span text, const uint64_t *key)
{
	char blocks[BLOCKS] = {0};
	memcpy(blocks, text.at, text.length);
	return plus_text(sum, blocks, blocks + BLOCKS, key);
}

/* What ends with its text may end no sentence where more follows. */
static inline uint64_t
tag_of(const struct glance_memory *memory, struct span sentence, bool last)
{
	const uint64_t *key = memory->key + 2, odd = memory->key[0] | 1, upper = memory->key[1];
	struct wide sum = {2 * sentence.length + last, 0}, lower = {0};
	sum = sentence.length < BLOCKS
	              ? plus_short(sum, sentence, key)
	              : plus_text(sum, sentence.at, sentence.at + sentence.length, key);
	lower = plus_product(lower, sum.low, odd);
	return lower.high + sum.low * upper + sum.high * odd;
}

static inline struct sentence_row *
row_of(struct glance_memory *memory, uint64_t tag)
{
	return &memory->sentences[tag >> (64 - SENTENCE_BITS)];
}

#ifdef __SSE2__
/* Two tags are the same, or in part. */
static inline __m128i
same_tags(const uint64_t *tags, __m128i tag)
{
	return _mm_cmpeq_epi32(_mm_load_si128((const __m128i *)(const void *)tags), tag);
}

/* Where in a row a tag is: one bit for each, every other bit. */
static inline unsigned
places_in(const struct sentence_row *row, uint64_t tag)
{
	__m128i both = _mm_set1_epi64x((long long)tag);
	__m128i first = same_tags(row->tags, both), second = same_tags(row->tags + 2, both);
	__m128i last = same_tags(row->tags + 4, both);
	__m128i halves = _mm_packs_epi16(_mm_packs_epi32(first, second), _mm_packs_epi32(last, last));
	unsigned bits = (unsigned)_mm_movemask_epi8(halves);
	return bits & bits >> 1 & 0x555;
}
#else
static inline unsigned
places_in(const struct sentence_row *row, uint64_t tag)
{
	unsigned bits = 0;
	for (unsigned i = 0; i < SENTENCE_ROW; i++)
		bits |= (unsigned)(row->tags[i] == tag) << (2 * i);
	return bits;
}
#endif

/* Where the number of what was seen in a sentence is; NULL if it is not remembered. */
static inline uint16_t *
find_sentence(struct glance_memory *memory, uint64_t tag)
{
	struct sentence_row *row = row_of(memory, tag);
	unsigned places = places_in(row, tag);
	return places != 0 ? &row->numbers[__builtin_ctz(places) / 2] : NULL;
}

static void
forget_sentences(struct glance_memory *memory)
{
	memset(memory->sentences, 0, SENTENCE_ROWS * sizeof *memory->sentences);
	memset(memory->recent, 0, sizeof memory->recent);
	memory->seen_last = 0;
}

/* The number of what was seen: one that it was given, if that is known, or the next. When
 * there are no more, all sentences are forgotten. */
static uint16_t
number_of(struct glance_memory *memory, struct seen seen)
{
	uint64_t hash = (seen.topics * UINT64_C(0x9e3779b97f4a7c15)) ^ seen.undecided;
	hash *= UINT64_C(0x9e3779b97f4a7c15);
	struct recent *recent = &memory->recent[hash >> (64 - RECENT_BITS)];
	if ((seen.topics | seen.undecided) == 0)
		return 0;
	if (recent->hash == (uint16_t)(hash >> 32) &&
	    memory->seen[recent->number].topics == seen.topics &&
	    memory->seen[recent->number].undecided == seen.undecided)
		return recent->number;
	if (memory->seen_last == SEEN_MOST)
		forget_sentences(memory);
	memory->seen[++memory->seen_last] = seen;
	*recent = (struct recent){(uint16_t)(hash >> 32), memory->seen_last};
	return memory->seen_last;
}

/* Puts a sentence in place of the oldest of its row. */
static void
keep_sentence(struct glance_memory *memory, uint64_t tag, struct seen seen)
{
	uint16_t number = number_of(memory, seen);
	struct sentence_row *row = row_of(memory, tag);
	memmove(row->tags + 1, row->tags, sizeof row->tags - sizeof *row->tags);
	memmove(row->numbers + 1, row->numbers, sizeof row->numbers - sizeof *row->numbers);
	row->tags[0] = tag;
	row->numbers[0] = number;
}

/* What was seen in a sentence has changed, which may have been forgotten. */
static void
renumber(struct glance_memory *memory, uint64_t tag, struct seen seen)
{
	uint16_t changed = number_of(memory, seen), *number = find_sentence(memory, tag);
	if (number != NULL)
		*number = changed;
}

/* Glances at a text up to where its first sentence ends, which seems to be at `end`; what it
 * anchors is given back. Its hits are put behind those that are kept. */
static struct seen
look_at(struct glance_memory *memory, struct span text, size_t *end, bool closely)
{
	uint64_t topics = memory->topics, at_most = memory->at_most;
	memory->topics = memory->at_most = 0;
	memory->closely = closely;
	memory->hit_first = memory->hit_count;
	*end = glancer_pass(memory, text, *end);
	struct seen seen = {memory->topics, memory->at_most & ~memory->topics};
	memory->topics = topics;
	memory->at_most = at_most;
	return seen;
}

/* Keeps the hits of the sentence at hand for a look at it. */
static void
keep_hits(struct glance_memory *memory, struct look *look)
{
	look->closely = memory->closely && memory->hit_count <= HITS_KEPT;
	look->hit = (uint16_t)memory->hit_first;
	look->hit_count = (uint16_t)(memory->hit_count - memory->hit_first);
}

/* The first sentence of a text, which is not remembered and seems to be that of a look. */
static void
look_anew(struct glance_memory *memory, struct span text, struct look *look)
{
	struct seen seen = look_at(memory, text, &look->text.length, memory->closely_first);
	memory->topics |= seen.topics;
	look->undecided = seen.undecided;
	if (look->text.length <= SENTENCE_LONGEST) {
		look->tag = tag_of(memory, look->text, look->text.length == text.length);
		keep_sentence(memory, look->tag, seen);
	}
	if (seen.undecided != 0)
		keep_hits(memory, look);
	if (memory->hit_count > HITS_KEPT || seen.undecided == 0)
		memory->hit_count = memory->hit_first;
}

static inline void
look_once(struct glance_memory *memory, struct span text, struct look *look)
{
	const uint16_t *number = look->text.length <= SENTENCE_LONGEST
	                                 ? find_sentence(memory, look->tag)
	                                 : NULL;
	if (number == NULL) {
		look_anew(memory, text, look);
	} else {
		memory->topics |= memory->seen[*number].topics;
		look->undecided = memory->seen[*number].undecided;
	}
	memory->at_most |= look->undecided;
}

/* Puts down what the next sentences of a text seem to be, and their tags; returns how many. */
static inline size_t
look_ahead(struct glance_memory *memory, struct span text, size_t from, struct look looks[AHEAD])
{
	size_t ends[AHEAD], count = glancer_ends(text, from, ends, AHEAD);
	for (size_t i = 0; i < count; from = ends[i++]) {
		looks[i] = (struct look){.text = {text.at + from, ends[i] - from}};
		if (looks[i].text.length > SENTENCE_LONGEST)
			continue;
		looks[i].tag = tag_of(memory, looks[i].text, ends[i] == text.length);
		__builtin_prefetch(row_of(memory, looks[i].tag));
	}
	return count;
}

void
glance_text(struct glance_memory *memory, struct span text)
{
	for (size_t from = 0; from < text.length;) {
		memory->looks = arena_room(memory->arena, memory->looks, memory->look_count, AHEAD,
		                           &memory->look_capacity, sizeof *memory->looks);
		struct look *look = memory->looks + memory->look_count;
		struct look *end = look + look_ahead(memory, text, from, look);
		/* What seemed to end may have gone on. */
		for (size_t seems = from; look < end && seems == from; look++) {
			seems += look->text.length;
			look_once(memory, (struct span){text.at + from, text.length - from}, look);
			from += look->text.length;
		}
		memory->look_count = (size_t)(look - memory->looks);
	}
}

/* The topics that the chains of a look tell, of those wanted. */
static uint64_t
weigh_chains(struct glance_memory *memory, const struct look *look, uint64_t wanted)
{
	if (look->closely)
		return weigh_hits(memory, memory->hits + look->hit, look->hit_count, wanted);
	size_t end = look->text.length, kept = memory->hit_count;
	uint64_t topics = look_at(memory, look->text, &end, true).topics;
	topics |= weigh_hits(memory, memory->hits + kept, memory->hit_count - kept, wanted);
	memory->hit_count = kept;
	return topics;
}

/* A sentence may have been forgotten since it was looked at, and what else it anchors is in
 * the topics of the request. */
static void
weigh_look(struct glance_memory *memory, struct look *look, uint64_t wanted)
{
	struct seen seen = {.undecided = look->undecided};
	const uint16_t *number = look->text.length <= SENTENCE_LONGEST
	                                 ? find_sentence(memory, look->tag)
	                                 : NULL;
	if (number != NULL)
		seen = memory->seen[*number];
	memory->topics |= seen.topics;
	look->undecided &= ~wanted;
	wanted &= seen.undecided & ~memory->topics;
	if (wanted == 0)
		return;
	seen.topics |= weigh_chains(memory, look, wanted);
	seen.undecided &= ~(wanted | seen.topics);
	memory->topics |= seen.topics;
	if (number != NULL)
		renumber(memory, look->tag, seen);
}

void
glance_weigh(struct glance_memory *memory, uint64_t topics)
{
	for (size_t i = 0; i < memory->look_count; i++) {
		struct look *look = &memory->looks[i];
		uint64_t wanted = look->undecided & topics & ~memory->topics;
		if (wanted != 0)
			weigh_look(memory, look, wanted);
	}
	memory->decided |= topics;
	memory->weighs = true;
}
