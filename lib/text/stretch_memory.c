#include "stretch_memory.h"

#include <stdlib.h>

/* The words of a key: symbols; the first one of each token is marked. */
enum {
	NO_SYMBOL = SLOT_INDICES - 1,
	KEY_PLACE = 20, /* length of the place */
	KEY_LOOKS = 25, /* bit set */
	KEY_STOP = 30,
};
#define KEY_TOKEN ((uint32_t)1 << 31)

_Static_assert((int)KEY_LOOKS + (int)CLASS_LOOKS == (int)KEY_STOP, "looks have room in a key");

static void
add_late_item(struct stretch_memory *memory, const struct lexicon *lexicon, uint32_t number)
{
	const struct item *item = &lexicon->items[number];
	const uint32_t *starts = lexicon->item_starts + item->starts;
	if (item->start_count == 0 || bits_have(memory->late_starts, starts[0]))
		return;
	for (uint32_t i = 0; i < item->start_count; i++)
		bits_add(memory->late_starts, starts[i]);
}

static bool
start(struct stretch_memory *memory, const struct lexicon *lexicon)
{
	const uint32_t *regions = lexicon->case_regions;
	uint32_t first = (regions[CASES_LATE] - regions[CASES_OF_MEMBERS]) * BLOCK_BITS;
	size_t words = lexicon->start_count / BLOCK_BITS + (size_t)1;
	memory->late_starts = calloc(words, sizeof *memory->late_starts);
	if (memory->late_starts == NULL)
		return false;
	for (uint32_t i = first; i < lexicon->case_count; i++)
		add_late_item(memory, lexicon, lexicon->cases[i].item);
	return true;
}

struct stretch_memory *
stretch_memory_new(const struct lexicon *lexicon)
{
	struct stretch_memory *memory = calloc(1, sizeof *memory);
	if (memory != NULL && lexicon->item_count <= 1U << STRETCH_ITEM_BITS &&
	    start(memory, lexicon))
		return memory;
	stretch_memory_free(memory);
	return NULL;
}

void
stretch_memory_free(struct stretch_memory *memory)
{
	if (memory == NULL)
		return;
	free(memory->late_starts);
	free(memory);
}

static uint32_t
token_mark(const struct reader *reader, size_t index)
{
	const struct token *token = &reader->tokens[index];
	return KEY_TOKEN | (uint32_t)token->stop << KEY_STOP |
	       match_looks(reader, index) << KEY_LOOKS |
	       (uint32_t)match_place(reader, token) << KEY_PLACE;
}

bool
stretch_put_key(struct stretch_memory *memory, const struct reader *reader, size_t first,
                size_t end)
{
	uint32_t *key = stretch_words(memory, &memory->now), *at = key;
	uint64_t hash = 0;
	for (size_t i = first; i < end; i++) {
		const struct token *token = &reader->tokens[i];
		uint32_t word = token_mark(reader, i), count = token->symbol_count;
		if (at - key + (ptrdiff_t)count >= STRETCH_KEY_MOST)
			return false;
		word |= count != 0 ? reader->symbols[token->symbols] : NO_SYMBOL;
		for (uint32_t j = 1;; word = reader->symbols[token->symbols + j++]) {
			hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
			*at++ = word;
			if (j >= count)
				break;
		}
	}
	memory->length = (uint32_t)(at - key);
	memory->hash = hash;
	memory->now.hash = (uint32_t)hash;
	memory->now.key = (uint16_t)memory->length;
	return true;
}

/* Words that are put down now may be in place of its own where these are kept no longer. */
static bool
is_now(struct stretch_memory *memory, const struct stretch *stretch)
{
	return stretch->hash == memory->now.hash && stretch->key == memory->now.key &&
	       stretch->at + STRETCH_WORDS >= memory->now.at + STRETCH_WORDS_MOST &&
	       memcmp(stretch_words(memory, stretch), stretch_words(memory, &memory->now),
	              stretch->key * sizeof *memory->words) == 0;
}

static struct stretch *
row_of(struct stretch_memory *memory)
{
	return memory->rows[memory->hash >> (64 - STRETCH_ROW_BITS)];
}

struct stretch *
stretch_find(struct stretch_memory *memory)
{
	struct stretch *row = row_of(memory);
	for (size_t i = 0; i < STRETCH_ROW; i++) {
		if (is_now(memory, &row[i]))
			return &row[i];
	}
	return NULL;
}

struct stretch *
stretch_oldest(struct stretch_memory *memory)
{
	struct stretch *row = row_of(memory), *oldest = row;
	for (size_t i = 1; i < STRETCH_ROW; i++)
		oldest = row[i].at < oldest->at ? &row[i] : oldest;
	return oldest;
}

void
stretch_keep(struct stretch_memory *memory, struct stretch *other)
{
	*other = memory->now;
	memory->now.at += memory->length;
}
