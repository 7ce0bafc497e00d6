/*
 * The cases of items, as the matcher looks for them: the chains of compile_chains.c
 * without their order, in one bit set that words set bits of (blocks.h).
 *
 * A word opens the cases that it meets the least cut of; the other cuts of cases are
 * clues. The cases of class members come first, those of members that others refer to
 * before these. A match that may go on behind the end of a sentence may have its cuts
 * in several: it has late cases, with clues of their own.
 */
#include "blocks.h"
#include "cuts.h"

enum { LEVEL_OTHERS = UINT16_MAX }; /* above all class members */

struct case_compiler {
	struct cutter *cutter;
	struct list *words;  /* of each cut: the symbols that meet it */
	struct list *bits;   /* of each cut: the numbers of those that are set where it is met */
	uint32_t *clues[2];  /* of each cut: the number of its bit, and of its late one */
	uint32_t regions[CASE_REGIONS];
	uint32_t next; /* number of a bit */
};

static void
begin_region(struct case_compiler *state, enum case_region region)
{
	state->regions[region] = (state->next + BLOCK_BITS - 1) / BLOCK_BITS;
	state->next = state->regions[region] * BLOCK_BITS;
}

/* Finds the cuts that some case has besides its least one. */
static size_t
find_clues(struct case_compiler *state, bool late, uint32_t *cuts, struct setters *setters)
{
	size_t count = 0;
	for (size_t i = 0; i < state->cutter->case_count; i++) {
		const struct draft_case *draft = &state->cutter->cases[i];
		if ((draft->region == CASES_LATE) != late)
			continue;
		for (uint32_t j = 1; j < draft->count; j++) {
			uint32_t cut = draft->cuts[j];
			if (cut_is_usual(&state->cutter->cuts[cut]) ||
			    state->clues[late][cut] != CLUE_USUAL)
				continue;
			state->clues[late][cut] = UINT32_MAX;
			setters[count].symbols = &state->words[cut];
			cuts[count++] = cut;
		}
	}
	return count;
}

static void
number_clues(struct case_compiler *state, bool late)
{
	const struct cutter *cutter = state->cutter;
	uint32_t *cuts = arena_alloc(cutter->arena, cutter->cut_count + 1, sizeof *cuts);
	struct setters *setters =
	        arena_alloc(cutter->arena, cutter->cut_count + 1, sizeof *setters);
	size_t count = find_clues(state, late, cuts, setters);
	const uint32_t *order =
	        blocks_order(cutter->arena, setters, count, cutter->lexicon.symbol_count);
	for (size_t i = 0; i < count; i++) {
		uint32_t cut = cuts[order[i]];
		state->clues[late][cut] = state->next++;
		list_add(cutter->arena, &state->bits[cut], state->clues[late][cut]);
	}
}

/* How deep members of several words refer to such members. */
static uint32_t *
find_levels(const struct case_compiler *state)
{
	const struct lexicon *lexicon = &state->cutter->lexicon;
	uint32_t *levels =
	        arena_alloc(state->cutter->arena, lexicon->class_count + 1, sizeof *levels);
	for (uint32_t i = 0; i < lexicon->item_count; i++) {
		const struct item *item = &lexicon->items[i];
		const struct instruction *code = lexicon->code + item->code;
		if (item->kind != ITEM_CLASS)
			continue;
		for (uint32_t at = 0; at < item->length; at++) {
			uint32_t class = code[at].argument;
			if (code[at].operation == CODE_CLASS && lexicon->classes[class].spans != 0)
				levels[item->target] =
				        cut_most(levels[item->target], levels[class] + 1);
		}
	}
	return levels;
}

static uint32_t *
order_cases(const struct case_compiler *state)
{
	const struct cutter *cutter = state->cutter;
	const uint32_t *levels = find_levels(state);
	struct setters *setters =
	        arena_alloc(cutter->arena, cutter->case_count + 1, sizeof *setters);
	for (size_t i = 0; i < cutter->case_count; i++) {
		const struct draft_case *draft = &cutter->cases[i];
		setters[i].symbols = &state->words[draft->cuts[0]];
		setters[i].level = draft->region == CASES_OF_MEMBERS
		                           ? levels[cutter->lexicon.items[draft->item].target]
		                           : LEVEL_OTHERS + draft->region;
	}
	return blocks_order(cutter->arena, setters, cutter->case_count,
	                    cutter->lexicon.symbol_count);
}

static void
number_cases(struct case_compiler *state, const uint32_t *order)
{
	struct cutter *cutter = state->cutter;
	enum case_region region = CASES_OF_MEMBERS;
	begin_region(state, region);
	for (size_t i = 0; i < cutter->case_count; i++) {
		struct draft_case *draft = &cutter->cases[order[i]];
		while (region < draft->region)
			begin_region(state, ++region);
		draft->number = state->next++;
		list_add(cutter->arena, &state->bits[draft->cuts[0]], draft->number);
	}
	while (region < CLUES_LATE)
		begin_region(state, ++region);
}

static void
put_case(const struct case_compiler *state, const struct draft_case *draft)
{
	struct image_builder *image = state->cutter->image;
	struct item_case entry = {.clue = CLUE_USUAL, .item = draft->item};
	image_built(image, TEXT_SECTION(SECTION_CASE_CLUES), sizeof entry.clue, &entry.more);
	for (uint32_t i = 1; i < draft->count; i++) {
		uint32_t clue =
		        block_bit(state->clues[draft->region == CASES_LATE][draft->cuts[i]]);
		if (entry.clue == CLUE_USUAL) {
			entry.clue = clue;
		} else if (clue != CLUE_USUAL) {
			image_put(image, TEXT_SECTION(SECTION_CASE_CLUES), &clue, sizeof clue);
			entry.more_count++;
		}
	}
	image_put(image, TEXT_SECTION(SECTION_CASES), &entry, sizeof entry);
}

/* One for each number, in the regions of cases. */
static void
put_cases(const struct case_compiler *state, const uint32_t *order)
{
	uint32_t next = state->regions[CASES_OF_MEMBERS] * BLOCK_BITS;
	for (size_t i = 0; i < state->cutter->case_count; i++) {
		const struct draft_case *draft = &state->cutter->cases[order[i]];
		for (; next < draft->number; next++)
			image_put(state->cutter->image, TEXT_SECTION(SECTION_CASES),
			          &(struct item_case){0}, sizeof(struct item_case));
		put_case(state, draft);
		next++;
	}
	image_put(state->cutter->image, TEXT_SECTION(SECTION_CASE_REGIONS), state->regions,
	          sizeof state->regions);
}

static void
put_bits(const struct case_compiler *state, int section, const struct list *cuts)
{
	struct list bits = {0};
	for (size_t i = 0; i < cuts->count; i++) {
		const struct list *more = &state->bits[cuts->at[i]];
		for (size_t j = 0; j < more->count; j++)
			list_add(state->cutter->arena, &bits, more->at[j]);
	}
	blocks_begin(state->cutter->image, section, &bits);
}

/* Adds the classes that an item refers to and that have members of several words. */
static void
add_spans(const struct case_compiler *state, const struct item *item, struct list *spans)
{
	const struct lexicon *lexicon = &state->cutter->lexicon;
	const struct instruction *code = lexicon->code + item->code;
	for (uint32_t at = 0; at < item->length; at++) {
		uint32_t class = code[at].argument;
		if (code[at].operation == CODE_CLASS && lexicon->classes[class].spans != 0)
			list_add(state->cutter->arena, spans, lexicon->classes[class].spans);
	}
}

static void
put_item_spans(const struct case_compiler *state)
{
	const struct lexicon *lexicon = &state->cutter->lexicon;
	struct image_builder *image = state->cutter->image;
	struct list late = {0}, none = {0};
	for (uint32_t i = 0; i < lexicon->item_count; i++) {
		struct list spans = {0};
		add_spans(state, &lexicon->items[i], &spans);
		if (cut_may_stop(state->cutter, &lexicon->items[i]))
			add_spans(state, &lexicon->items[i], &late);
		blocks_begin(image, SECTION_ITEM_SPANS, &spans);
	}
	blocks_begin(image, SECTION_ITEM_SPANS, &late);
	blocks_begin(image, SECTION_ITEM_SPANS, &none);
}

static struct case_compiler
start(struct cutter *cutter, const struct list *symbols)
{
	struct case_compiler state = {.cutter = cutter, .next = CLUE_USUAL + 1};
	const struct lexicon *lexicon = &cutter->lexicon;
	state.words = arena_alloc(cutter->arena, cutter->cut_count, sizeof *state.words);
	state.bits = arena_alloc(cutter->arena, cutter->cut_count, sizeof *state.bits);
	for (unsigned i = 0; i < 2; i++)
		state.clues[i] =
		        arena_alloc(cutter->arena, cutter->cut_count, sizeof *state.clues[i]);
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		for (size_t j = 0; j < symbols[i].count; j++)
			list_add(cutter->arena, &state.words[symbols[i].at[j]], i);
	}
	return state;
}

static void
put_lists(const struct case_compiler *state, const struct list *symbols, const struct list *classes)
{
	const struct lexicon *lexicon = &state->cutter->lexicon;
	struct list always = {0}, none = {0};
	for (uint32_t i = 0; i < lexicon->symbol_count; i++)
		put_bits(state, SECTION_SYMBOL_BITS, &symbols[i]);
	list_add(state->cutter->arena, &always, 0);
	put_bits(state, SECTION_SYMBOL_BITS, &always);
	put_bits(state, SECTION_SYMBOL_BITS, &none);
	put_bits(state, SECTION_SPANS_BITS, &none);
	for (uint32_t i = 0; i < lexicon->class_count; i++) {
		if (lexicon->classes[i].spans != 0)
			put_bits(state, SECTION_SPANS_BITS, &classes[i]);
	}
	put_bits(state, SECTION_SPANS_BITS, &none);
}

void
compile_cases(struct cutter *cutter, const struct list *symbols, const struct list *classes)
{
	struct case_compiler state = start(cutter, symbols);
	number_clues(&state, false);
	const uint32_t *order = order_cases(&state);
	number_cases(&state, order);
	number_clues(&state, true);
	begin_region(&state, CASE_END);
	put_cases(&state, order);
	put_lists(&state, symbols, classes);
	put_item_spans(&state);
}
