/*
 * Which items may match in a stretch of a text: those of which some chain has all its
 * cuts met in it, in whatever order. Each item has such chains, and nearly all have a
 * word that few sentences hold, so that few items are ever tried.
 *
 * A stretch is a sentence, or some short ones. A match that may go on behind the end
 * of a sentence has a chain of one cut, which may be met in a later stretch: they are
 * gone through from the last to the first.
 *
 * A chain is looked at only if its least cut is met. A whole chain of a class member
 * meets the cuts of its class, which only chains behind it have: so one pass over the
 * chains, in order, finds all.
 */
#include "match.h"

enum { STRETCH_LEAST = 16 }; /* tokens */

static void
begin_chains(struct possible *possible, const struct cut *cut)
{
	for (uint32_t i = 0; i < cut->chain_count; i++)
		add_bit(possible->chains, possible->lexicon->cut_chains[cut->chains + i]);
}

static void
meet_cuts(struct possible *possible, const struct cut_list *list)
{
	const struct lexicon *lexicon = possible->lexicon;
	for (uint32_t i = 0; i < list->count; i++) {
		uint32_t link = lexicon->cut_links[list->first + i], number = link >> CUT_BITS;
		if (number >= possible->telling)
			break;
		if (add_bit(possible->cuts, number) && (link & CUT_LEAST))
			begin_chains(possible, &lexicon->cuts[number]);
	}
}

static inline bool
is_met(const struct possible *possible, uint32_t cut)
{
	return cut >= possible->telling || (possible->cuts[cut / 64] >> (cut % 64) & 1);
}

static bool
is_whole(const struct possible *possible, const struct chain *chain)
{
	const struct chain_link *links = possible->lexicon->chain_links + chain->links;
	for (uint32_t i = 0; i < chain->link_count; i++) {
		if (!is_met(possible, links[i].cut))
			return false;
	}
	return true;
}

static void
look_at(struct possible *possible, uint32_t number)
{
	const struct chain *chain = &possible->lexicon->chains[number];
	if (!is_met(possible, possible->lexicon->chain_next[number]) || !is_whole(possible, chain))
		return;
	const uint32_t *starts = possible->lexicon->item_starts + chain->starts;
	for (uint32_t i = 0; i < chain->start_count; i++)
		add_bit(chain->stops ? possible->later : possible->starts, starts[i]);
	if (chain->class != NO_CLASS)
		meet_cuts(possible, &possible->lexicon->class_cuts[chain->class]);
}

static void
look_at_chains(struct possible *possible)
{
	for (size_t i = 0; i < possible->chain_words; i++) {
		while (possible->chains[i] != 0) {
			uint32_t bit = (uint32_t)__builtin_ctzll(possible->chains[i]);
			possible->chains[i] &= possible->chains[i] - 1;
			look_at(possible, (uint32_t)i * 64 + bit);
		}
	}
}

/* Where the stretch begins that ends before token `end`. */
static size_t
stretch_start(const struct reader *reader, size_t end)
{
	size_t start = end;
	while (start > 0 && (end - start < STRETCH_LEAST || !reader->tokens[start - 1].stop))
		start--;
	return start;
}

/* Most of the time goes into waiting for the lists of the words. */
static void
fetch_lists(const struct reader *reader, size_t first, size_t end)
{
	const struct lexicon *lexicon = reader->lexicon;
	const struct token *last = &reader->tokens[end - 1];
	uint32_t from = reader->tokens[first].symbols, to = last->symbols + last->symbol_count;
	for (uint32_t i = from; i < to; i++)
		__builtin_prefetch(&lexicon->symbol_cuts[reader->symbols[i]]);
	for (uint32_t i = from; i < to; i++)
		__builtin_prefetch(&lexicon->cut_links[lexicon->symbol_cuts[reader->symbols[i]].first]);
}

static void
meet_words(struct possible *possible, const struct reader *reader, size_t first, size_t end)
{
	const struct lexicon *lexicon = possible->lexicon;
	fetch_lists(reader, first, end);
	for (size_t i = first; i < end; i++) {
		const struct token *token = &reader->tokens[i];
		for (uint32_t j = 0; j < token->symbol_count; j++)
			meet_cuts(possible, &lexicon->symbol_cuts[reader->symbols[token->symbols + j]]);
	}
}

void
possible_find(struct possible *possible, const struct reader *reader, size_t end)
{
	possible->first = stretch_start(reader, end);
	memset(possible->starts, 0, possible->start_words * sizeof *possible->starts);
	memset(possible->cuts, 0, possible->cut_words * sizeof *possible->cuts);
	add_bit(possible->cuts, 0);
	begin_chains(possible, &possible->lexicon->cuts[0]);
	meet_words(possible, reader, possible->first, end);
	look_at_chains(possible);
	for (size_t i = 0; i < possible->start_words; i++)
		possible->starts[i] |= possible->later[i];
}

void
possible_start(struct possible *possible, const struct reader *reader)
{
	struct arena *arena = reader->arena;
	const struct lexicon *lexicon = reader->lexicon;
	*possible = (struct possible){.lexicon = lexicon,
	                              .first = SIZE_MAX,
	                              .start_words = lexicon->start_count / 64 + (size_t)1,
	                              .telling = *lexicon->telling,
	                              .cut_words = *lexicon->telling / 64 + (size_t)1,
	                              .chain_words = lexicon->chain_count / 64 + (size_t)1};
	possible->starts = arena_alloc(arena, possible->start_words, sizeof *possible->starts);
	possible->later = arena_alloc(arena, possible->start_words, sizeof *possible->later);
	possible->cuts = arena_alloc(arena, possible->cut_words, sizeof *possible->cuts);
	possible->chains = arena_alloc(arena, possible->chain_words, sizeof *possible->chains);
}
