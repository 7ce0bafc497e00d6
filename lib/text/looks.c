/*
 * A glance at the texts of a request, sentence by sentence.
 *
 * No chain goes on behind a sentence, so what a text anchors is what its sentences do,
 * each by itself; and what a sentence was seen to anchor is remembered. Requests to one
 * service begin alike, and those of one conversation repeat what was said.
 *
 * A sentence is known again by a tag of its bytes under a key of the session's own. Two
 * that somebody chose without the key have the same tag with a chance of one in 2^62 (a
 * universal hash: NH of UMAC, RFC 4418), so nothing in a log can make one pass for another.
 */
#include "glancer.h"

#include <sys/random.h>

enum {
	AHEAD = 8,          /* sentences whose rows are fetched before the first is looked for */
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

/* Adds the product of two words to a sum of two, the lower first. */
static inline void
add_product(uint64_t sum[2], uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
	__extension__ unsigned __int128 product = a;
	product *= b;
	uint64_t low = (uint64_t)product, high = (uint64_t)(product >> 64);
#else
	uint64_t a_low = (uint32_t)a, a_high = a >> 32, b_low = (uint32_t)b, b_high = b >> 32;
	uint64_t least = a_low * b_low, middle = a_high * b_low + (least >> 32);
	uint64_t other = a_low * b_high + (uint32_t)middle;
	uint64_t low = other << 32 | (uint32_t)least;
	uint64_t high = a_high * b_high + (middle >> 32) + (other >> 32);
#endif
	sum[0] += low;
	sum[1] += high + (sum[0] < low);
}

/* The tag of the first bytes of a text: NH, and of its two words a multilinear sum, never 0.
 * The last block may begin with bytes of the one before it. What ends with the text may end
 * no sentence where more follows. */
static uint64_t
tag_of(const struct glance_memory *memory, struct span text, size_t end)
{
	const uint64_t *key = memory->key;
	char block[BLOCK] = {0};
	uint64_t words[2], sum[2] = {0}, tag[2] = {0}, length = 2 * end + (end == text.length);
	text.length = end;
	if (end < BLOCK)
		text = (struct span){memcpy(block, text.at, text.length), BLOCK};
	for (size_t at = 0; at < text.length; at += BLOCK, key += 2) {
		size_t from = text.length - at < BLOCK ? text.length - BLOCK : at;
		memcpy(words, text.at + from, sizeof words);
		add_product(sum, words[0] + key[0], words[1] + key[1]);
	}
	key = memory->key + SENTENCE_LONGEST / sizeof *key;
	add_product(sum, length + key[0], key[1]);
	add_product(tag, sum[0], key[2]);
	add_product(tag, sum[1], key[3]);
	return (tag[1] + sum[0] * key[4] + sum[1] * key[5]) | 1;
}

static struct sentence *
row_of(struct glance_memory *memory, uint64_t tag)
{
	return memory->sentences[tag >> (64 - SENTENCE_BITS)];
}

static struct sentence *
find_sentence(struct glance_memory *memory, uint64_t tag)
{
	struct sentence *row = row_of(memory, tag);
	row += row[1].tag == tag;
	return row->tag == tag ? row : NULL;
}

/* Room for a sentence, in place of the older of its row. */
static struct sentence *
keep_sentence(struct glance_memory *memory, uint64_t tag)
{
	struct sentence *row = row_of(memory, tag);
	row[1] = row[0];
	row[0] = (struct sentence){.tag = tag};
	return row;
}

/* Takes note of what a sentence anchors, and of the sentence if chains may be whole in it. */
static void
add_look(struct glance_memory *memory, const struct look *look)
{
	const struct sentence *sentence = look->sentence;
	memory->topics |= sentence->topics;
	memory->at_most |= sentence->at_most;
	memory->looks = arena_grow(memory->arena, memory->looks, memory->look_count,
	                           &memory->look_capacity, sizeof *memory->looks);
	memory->looks[memory->look_count] = *look;
	memory->look_count += (sentence->at_most & ~sentence->topics) != 0;
}

/* Glances at a text up to where its first sentence ends, which seems to be at `end`; that of
 * a look is given back. Its hits are put behind those that are kept. */
static struct sentence
look_at(struct glance_memory *memory, struct span text, size_t *end, bool closely)
{
	uint64_t topics = memory->topics, at_most = memory->at_most;
	memory->topics = memory->at_most = 0;
	memory->closely = closely;
	memory->hit_first = memory->hit_count;
	*end = glancer_pass(memory, text, *end);
	struct sentence sentence = {.topics = memory->topics, .at_most = memory->at_most};
	memory->topics = topics;
	memory->at_most = at_most;
	return sentence;
}

/* A sentence that is not remembered yet and seems to end at `seems`; returns where it does. */
static size_t
look_anew(struct glance_memory *memory, struct span text, size_t seems, uint64_t tag)
{
	struct look look = {.closely = memory->closely_first};
	size_t end = seems;
	struct sentence seen = look_at(memory, text, &end, look.closely);
	look.text = (struct span){text.at, end};
	look.sentence = end > SENTENCE_LONGEST ? arena_alloc(memory->arena, 1, sizeof seen)
	                : end == seems         ? keep_sentence(memory, tag)
	                                       : keep_sentence(memory, tag_of(memory, text, end));
	look.sentence->topics = seen.topics;
	look.sentence->at_most = look.at_most = seen.at_most;
	look.tag = look.sentence->tag;
	look.hit = (uint32_t)memory->hit_first;
	look.hit_count = (uint32_t)(memory->hit_count - memory->hit_first);
	if (memory->hit_count > HITS_KEPT) {
		memory->hit_count = memory->hit_first;
		look.closely = false;
	}
	add_look(memory, &look);
	return end;
}

/* Looks at a sentence that seems to end at `end`; returns where it does. */
static size_t
look_once(struct glance_memory *memory, struct span text, size_t end, uint64_t tag)
{
	struct sentence *sentence = end <= SENTENCE_LONGEST ? find_sentence(memory, tag) : NULL;
	if (sentence == NULL)
		return look_anew(memory, text, end, tag);
	struct look look = {.text = {text.at, end},
	                    .sentence = sentence,
	                    .tag = tag,
	                    .at_most = sentence->at_most};
	add_look(memory, &look);
	return end;
}

/* Where the next sentences of a text seem to end, and their tags; returns how many. */
static size_t
look_ahead(struct glance_memory *memory, struct span text, size_t ends[AHEAD],
           uint64_t tags[AHEAD])
{
	size_t count = 0;
	for (size_t from = 0; count < AHEAD && from < text.length; from = ends[count++]) {
		size_t end = glancer_end(text, from + SENTENCE_LEAST);
		ends[count] = end;
		if (end - from > SENTENCE_LONGEST)
			continue;
		struct span rest = {text.at + from, text.length - from};
		tags[count] = tag_of(memory, rest, end - from);
		__builtin_prefetch(row_of(memory, tags[count]));
	}
	return count;
}

void
glance_text(struct glance_memory *memory, struct span text)
{
	size_t ends[AHEAD];
	uint64_t tags[AHEAD];
	while (text.length != 0) {
		size_t count = look_ahead(memory, text, ends, tags), at = 0;
		for (size_t i = 0, from = 0; i < count; from = ends[i++]) {
			struct span rest = {text.at + at, text.length - at};
			/* What seemed to end may have gone on. */
			if (at == from)
				at += look_once(memory, rest, ends[i] - at, tags[i]);
		}
		text.at += at;
		text.length -= at;
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

/* A sentence may have been forgotten since it was looked at. */
static void
weigh_look(struct glance_memory *memory, const struct look *look, uint64_t wanted)
{
	struct sentence gone = {.topics = 0}, *sentence = look->sentence;
	if (sentence->tag != look->tag)
		sentence = &gone;
	memory->topics |= sentence->topics;
	wanted &= ~(sentence->weighed | memory->topics);
	if (wanted == 0)
		return;
	sentence->topics |= weigh_chains(memory, look, wanted);
	sentence->weighed |= wanted;
	memory->topics |= sentence->topics;
}

void
glance_weigh(struct glance_memory *memory, uint64_t topics)
{
	for (size_t i = 0; i < memory->look_count; i++) {
		const struct look *look = &memory->looks[i];
		uint64_t wanted = look->at_most & topics;
		if ((wanted & ~memory->topics) != 0)
			weigh_look(memory, look, wanted);
	}
	memory->decided |= topics;
	memory->weighs = true;
}
