/*
 * Which items may match in a stretch of a text: those of which some case has all its
 * cuts met in it, in whatever order. Each item has such cases, and nearly all have a
 * word that few sentences hold, so that few items are ever tried.
 *
 * A stretch is a sentence, or some short ones. A match that may go on behind the end
 * of a sentence has late cases, whose cuts may be met in the stretches behind it, too,
 * as far as a match may reach: they are gone through from the last to the first.
 *
 * A case of a class member that has all its cuts meets those of its class, which only
 * cases behind it have: so one pass over the cases, in order, finds all. Members are
 * tried only where an item that is possible refers to their class.
 */
#include "match.h"

/* Sets what a list of blocks does. */
static inline void
set_bits(uint64_t *set, const struct lexicon *lexicon, const uint32_t *list)
{
	const uint64_t *end = lexicon->blocks + list[1];
	for (const uint64_t *block = lexicon->blocks + list[0]; block < end; block++)
		set[block_word(*block)] |= *block >> BLOCK_INDEX;
}

static bool
has_more_clues(const struct possible *possible, const struct item_case *entry)
{
	const uint32_t *clues = possible->lexicon->case_clues + entry->more;
	for (uint32_t i = 0; i < entry->more_count; i++) {
		if (!bits_have(possible->met, clues[i]))
			return false;
	}
	return true;
}

static void
add_number(struct possible *possible, struct number_list *list, uint32_t number)
{
	list->at = arena_grow(possible->arena, list->at, list->count, &list->capacity,
	                      sizeof *list->at);
	list->at[list->count++] = number;
}

static void
add_item(struct possible *possible, uint32_t number)
{
	const struct lexicon *lexicon = possible->lexicon;
	const struct item *item = &lexicon->items[number];
	const uint32_t *starts = lexicon->item_starts + item->starts;
	if (item->start_count == 0 || bits_have(possible->starts, starts[0]))
		return;
	for (uint32_t i = 0; i < item->start_count; i++)
		bits_add(possible->starts, starts[i]);
	set_bits(possible->spans, lexicon, &lexicon->item_spans[number]);
	add_number(possible, &possible->items, number);
}

static const struct item_case *
cases_of(const struct lexicon *lexicon, uint32_t word)
{
	return lexicon->cases +
	       (size_t)(word - lexicon->case_regions[CASES_OF_MEMBERS]) * BLOCK_BITS;
}

static void
look_at_cases(struct possible *possible, enum case_region region)
{
	const uint32_t *regions = possible->lexicon->case_regions;
	const struct item_case *entry, *cases = cases_of(possible->lexicon, regions[region]);
	uint64_t *met = possible->met, *end = met + regions[region + 1];
	for (uint64_t *at = met + regions[region]; at < end; at++, cases += BLOCK_BITS) {
		for (uint64_t left = *at; left != 0; left &= left - 1) {
			entry = cases + __builtin_ctzll(left);
			if (bits_have(met, entry->clue) && has_more_clues(possible, entry))
				add_item(possible, entry->item);
		}
		*at = 0;
	}
}

/* What is there may open cases behind it, and meet clues of these. */
static void
look_at_members(struct possible *possible)
{
	const struct lexicon *lexicon = possible->lexicon;
	const uint32_t *regions = lexicon->case_regions;
	uint64_t *met = possible->met;
	for (uint32_t word = regions[CASES_OF_MEMBERS]; word < regions[CASES]; word++) {
		for (; met[word] != 0; met[word] &= met[word] - 1) {
			const struct item_case *entry =
			        cases_of(lexicon, word) + __builtin_ctzll(met[word]);
			if (!bits_have(met, entry->clue) || !has_more_clues(possible, entry))
				continue;
			uint32_t class = lexicon->items[entry->item].target;
			set_bits(met, lexicon, &lexicon->spans_bits[lexicon->classes[class].spans]);
			add_number(possible, &possible->members, entry->item);
		}
	}
}

/* Of the members that are there, from the last to the first, those whose class is
 * referred to: the classes of later ones refer to those of earlier ones. */
static void
add_members(struct possible *possible)
{
	const struct lexicon *lexicon = possible->lexicon;
	while (possible->members.count != 0) {
		uint32_t item = possible->members.at[--possible->members.count];
		uint32_t class = lexicon->items[item].target;
		if (bits_have(possible->spans, block_bit(lexicon->classes[class].spans)))
			add_item(possible, item);
	}
}

static struct late *
next_own(struct possible *possible, size_t first)
{
	struct late *own = &possible->late[possible->turn++ % LATE_STRETCHES];
	own->first = first;
	return own;
}

const struct late *
possible_own(const struct possible *possible)
{
	return &possible->late[(possible->turn - 1) % LATE_STRETCHES];
}

/* Adds the late bits of the stretches that a match which begins in the last one may
 * reach. */
static void
add_late(struct possible *possible, size_t end)
{
	uint64_t *met = possible->met + possible->lexicon->case_regions[CASES_LATE];
	for (size_t i = 1; i <= LATE_STRETCHES; i++) {
		const struct late *late = &possible->late[(possible->turn - i) % LATE_STRETCHES];
		if (late->first >= end + MATCH_LONGEST)
			return;
		for (size_t j = 0; j < possible->late_words; j++)
			met[j] |= late->met[j];
	}
}

size_t
possible_first(const struct reader *reader, size_t end)
{
	size_t first = end;
	while (first > 0 && (end - first < STRETCH_LEAST || !reader->tokens[first - 1].stop))
		first--;
	return first;
}

/* Most of the time goes into waiting for the lists of the words. */
static void
fetch_lists(const struct lexicon *lexicon, const uint32_t *symbols, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		__builtin_prefetch(&lexicon->symbol_bits[symbols[i]]);
	for (uint32_t i = 0; i < count; i++)
		__builtin_prefetch(&lexicon->blocks[lexicon->symbol_bits[symbols[i]]]);
}

static void
meet_words(struct possible *possible, const struct reader *reader, size_t end)
{
	const struct lexicon *lexicon = possible->lexicon;
	const struct token *last = &reader->tokens[end - 1];
	uint32_t first = reader->tokens[possible->first].symbols;
	uint32_t count = last->symbols + last->symbol_count - first;
	if (count != 0)
		fetch_lists(lexicon, reader->symbols + first, count);
	for (uint32_t i = 0; i < count; i++)
		set_bits(possible->met, lexicon,
		         &lexicon->symbol_bits[reader->symbols[first + i]]);
	set_bits(possible->met, lexicon, &lexicon->symbol_bits[lexicon->symbol_count]);
	bits_add(possible->met, CLUE_USUAL);
}

static void
forget_items(struct possible *possible)
{
	const struct lexicon *lexicon = possible->lexicon;
	while (possible->items.count != 0) {
		uint32_t number = possible->items.at[--possible->items.count];
		const struct item *item = &lexicon->items[number];
		for (uint32_t i = 0; i < item->start_count; i++)
			possible->starts[lexicon->item_starts[item->starts + i] / 64] = 0;
	}
}

/* Regions of cases are empty once they were looked at. */
static void
forget_stretch(struct possible *possible)
{
	const struct lexicon *lexicon = possible->lexicon;
	const uint32_t *regions = lexicon->case_regions;
	forget_items(possible);
	memset(possible->met, 0, regions[CASES_OF_MEMBERS] * sizeof *possible->met);
	memset(possible->met + regions[CLUES_LATE], 0,
	       (regions[CASE_END] - regions[CLUES_LATE]) * sizeof *possible->met);
	memset(possible->spans, 0, possible->span_words * sizeof *possible->spans);
	set_bits(possible->spans, lexicon, &lexicon->item_spans[lexicon->item_count]);
}

void
possible_find(struct possible *possible, const struct reader *reader, size_t first, size_t end)
{
	uint64_t *late = possible->met + possible->lexicon->case_regions[CASES_LATE];
	possible->first = first;
	forget_stretch(possible);
	meet_words(possible, reader, end);
	look_at_members(possible);
	look_at_cases(possible, CASES);
	memcpy(next_own(possible, first)->met, late, possible->late_words * sizeof *late);
	add_late(possible, end);
	look_at_cases(possible, CASES_LATE);
	add_members(possible);
}

void
possible_pass(struct possible *possible, size_t first, const uint32_t *late_bits, size_t count)
{
	uint64_t *met = next_own(possible, first)->met;
	memset(met, 0, possible->late_words * sizeof *met);
	for (size_t i = 0; i < count; i += 2) {
		uint64_t block = (uint64_t)late_bits[i + 1] << 32 | late_bits[i];
		met[block_word(block)] = block >> BLOCK_INDEX;
	}
}

void
possible_again(struct possible *possible)
{
	possible->first = SIZE_MAX;
	possible->turn = LATE_STRETCHES;
	for (size_t i = 0; i < LATE_STRETCHES; i++)
		possible->late[i].first = SIZE_MAX;
}

void
possible_start(struct possible *possible, const struct reader *reader)
{
	struct arena *arena = reader->arena;
	const struct lexicon *lexicon = reader->lexicon;
	const uint32_t *regions = lexicon->case_regions;
	*possible = (struct possible){.lexicon = lexicon,
	                              .arena = arena,
	                              .span_words = lexicon->spans_bit_count / BLOCK_BITS + 1U,
	                              .late_words = regions[CASE_END] - regions[CASES_LATE]};
	possible->starts =
	        arena_alloc(arena, lexicon->start_count / BLOCK_BITS + (size_t)1, sizeof(uint64_t));
	possible->spans = arena_alloc(arena, possible->span_words, sizeof(uint64_t));
	possible->met = arena_alloc(arena, regions[CASE_END], sizeof(uint64_t));
	for (size_t i = 0; i < LATE_STRETCHES; i++)
		possible->late[i].met = arena_alloc(arena, possible->late_words, sizeof(uint64_t));
	possible_again(possible);
}
