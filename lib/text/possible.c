/*
 * Which items may match in a text at all: those of which some chain has all its cuts
 * met somewhere in it, in whatever order. Each item has such chains, and nearly all
 * have a word that few texts hold, so that few items are ever tried.
 */
#include "match.h"

struct meeting {
	const struct lexicon *lexicon;
	uint64_t *items, *cuts, *symbols; /* bit sets: possible; met */
	uint8_t *left;                    /* of each chain: links that are not met */
};

static bool
add(uint64_t *set, uint32_t bit)
{
	bool new = (set[bit / 64] >> (bit % 64) & 1) == 0;
	set[bit / 64] |= (uint64_t)1 << (bit % 64);
	return new;
}

static void meet_cut(struct meeting *, uint32_t cut);

static void
meet_cuts(struct meeting *meeting, const struct cut_list *list)
{
	for (uint32_t i = 0; i < list->count; i++)
		meet_cut(meeting, meeting->lexicon->cut_links[list->first + i]);
}

/* A member of several words that is possible meets the cuts of its class. */
static void
meet_cut(struct meeting *meeting, uint32_t cut)
{
	const struct lexicon *lexicon = meeting->lexicon;
	if (!add(meeting->cuts, cut))
		return;
	const uint32_t *chains = lexicon->cut_chains + lexicon->cuts[cut].chains;
	for (uint32_t i = 0; i < lexicon->cuts[cut].chain_count; i++) {
		if (--meeting->left[chains[i]] != 0)
			continue;
		const struct chain *chain = &lexicon->chains[chains[i]];
		if (chain->item != NO_ITEM)
			add(meeting->items, chain->item);
		if (chain->class != NO_CLASS)
			meet_cuts(meeting, &lexicon->class_cuts[chain->class]);
	}
}

static uint64_t *
bit_set(struct arena *arena, uint32_t count)
{
	return arena_alloc(arena, count / 64 + (size_t)1, sizeof(uint64_t));
}

void
find_possible(struct reader *reader)
{
	struct arena *arena = reader->arena;
	const struct lexicon *lexicon = reader->lexicon;
	struct meeting meeting = {
	        .lexicon = lexicon,
	        .items = bit_set(arena, lexicon->item_count),
	        .cuts = bit_set(arena, lexicon->cut_count),
	        .symbols = bit_set(arena, lexicon->symbol_count),
	        .left = arena_alloc(arena, lexicon->chain_count + (size_t)1, 1)};
	if (lexicon->chain_count != 0)
		memcpy(meeting.left, lexicon->chain_counts, lexicon->chain_count);
	meet_cut(&meeting, 0);
	for (size_t i = 0; i < reader->symbol_count; i++) {
		if (add(meeting.symbols, reader->symbols[i]))
			meet_cuts(&meeting, &lexicon->symbol_cuts[reader->symbols[i]]);
	}
	reader->possible = meeting.items;
}
