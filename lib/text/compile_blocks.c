/*
 * Which bits of a set stand together. Each word has a list of the bits that it sets,
 * and a common word sets hundreds: where bits that the same words set are neighbours,
 * it sets dozens at a time.
 */
#include <stdlib.h>

#include "blocks.h"

/* The words that set a bit, the commonest first. */
struct ranked {
	uint32_t *ranks;
	size_t count;
	uint32_t level, index;
};

static int
by_number(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
	return one < other ? -1 : one > other;
}

static int
by_key(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
	return one < other ? -1 : one > other;
}

/* Those that the commonest word sets come first, and of these and of the others those
 * that the next one sets, and so on. */
static int
by_words(const void *a, const void *b)
{
	const struct ranked *one = a, *other = b;
	size_t i = 0, both = one->count < other->count ? one->count : other->count;
	if (one->level != other->level)
		return one->level < other->level ? -1 : 1;
	while (i < both && one->ranks[i] == other->ranks[i])
		i++;
	if (i < both)
		return one->ranks[i] < other->ranks[i] ? -1 : 1;
	if (one->count != other->count)
		return one->count > other->count ? -1 : 1;
	return one->index < other->index ? -1 : 1;
}

/* The rank of each symbol: those that set most bits come first. */
static uint32_t *
rank_symbols(struct arena *arena, const struct setters *bits, size_t count, size_t symbol_count)
{
	uint64_t *keys = arena_alloc(arena, symbol_count + 1, sizeof *keys);
	uint32_t *ranks = arena_alloc(arena, symbol_count + 1, sizeof *ranks);
	for (size_t i = 0; i < symbol_count; i++)
		keys[i] = (uint64_t)UINT32_MAX << 32 | i;
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < bits[i].symbols->count; j++)
			keys[bits[i].symbols->at[j]] -= (uint64_t)1 << 32;
	}
	if (symbol_count != 0)
		qsort(keys, symbol_count, sizeof *keys, by_key);
	for (size_t i = 0; i < symbol_count; i++)
		ranks[(uint32_t)keys[i]] = (uint32_t)i;
	return ranks;
}

static void
rank(struct arena *arena, const struct list *symbols, const uint32_t *ranks, struct ranked *ranked)
{
	ranked->count = symbols->count;
	ranked->ranks = arena_alloc(arena, symbols->count + 1, sizeof *ranked->ranks);
	for (size_t i = 0; i < symbols->count; i++)
		ranked->ranks[i] = ranks[symbols->at[i]];
	qsort(ranked->ranks, ranked->count, sizeof *ranked->ranks, by_number);
}

uint32_t *
blocks_order(struct arena *arena, const struct setters *bits, size_t count, size_t symbol_count)
{
	const uint32_t *ranks = rank_symbols(arena, bits, count, symbol_count);
	struct ranked *ranked = arena_alloc(arena, count + 1, sizeof *ranked);
	uint32_t *order = arena_alloc(arena, count + 1, sizeof *order);
	for (uint32_t i = 0; i < count; i++) {
		ranked[i].level = bits[i].level;
		ranked[i].index = i;
		rank(arena, bits[i].symbols, ranks, &ranked[i]);
	}
	qsort(ranked, count, sizeof *ranked, by_words);
	for (size_t i = 0; i < count; i++)
		order[i] = ranked[i].index;
	return order;
}

struct block_list
blocks_put(struct image_builder *image, struct list *numbers)
{
	struct block_list list = {.count = 0};
	image_built(image, TEXT_SECTION(SECTION_BLOCKS), sizeof(uint64_t), &list.first);
	if (numbers->count != 0)
		qsort(numbers->at, numbers->count, sizeof *numbers->at, by_number);
	for (size_t i = 0; i < numbers->count; list.count++) {
		uint64_t word = numbers->at[i] / BLOCK_BITS, block = word;
		for (; i < numbers->count && numbers->at[i] / BLOCK_BITS == word; i++)
			block |= (uint64_t)1 << (BLOCK_INDEX + numbers->at[i] % BLOCK_BITS);
		image_put(image, TEXT_SECTION(SECTION_BLOCKS), &block, sizeof block);
	}
	return list;
}

void
blocks_begin(struct image_builder *image, int section, struct list *numbers)
{
	struct block_list list = blocks_put(image, numbers);
	image_put(image, TEXT_SECTION(section), &list.first, sizeof list.first);
}
