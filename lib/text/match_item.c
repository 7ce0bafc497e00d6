/*
 * One try of an item at a token. For each number of words after the token there
 * is a set of the item's elements that may stand there. Each is taken once: where
 * it is there, the elements that may follow it (a row of follows) are added to
 * the set that many words further on. Nothing is taken twice, so a try costs at
 * most the item's length times the words that a match may span, whatever the
 * text.
 */
#include "match.h"

static bool
has_symbol(const struct reader *reader, const struct token *token, uint32_t symbol)
{
	for (uint32_t i = 0; i < token->symbol_count; i++) {
		if (reader->symbols[token->symbols + i] == symbol)
			return true;
	}
	return false;
}

/* Reaches what may follow an element that ends `offset` words after the start. */
static void
reach(struct matcher *matcher, uint32_t element, size_t offset)
{
	const struct trial *trial = &matcher->trial;
	const uint64_t *row = trial->follows + (size_t)(element + 1) * trial->words;
	if (offset > MATCH_LONGEST)
		return;
	for (uint32_t i = 0; i < trial->words; i++)
		matcher->states[offset - 1][i] |= row[i];
	matcher->reached |= (uint64_t)1 << (offset - 1);
}

static bool
is_in_class(const struct matcher *matcher, const struct position *at, uint32_t class, size_t token)
{
	const struct lexicon *lexicon = matcher->reader->lexicon;
	if (class < CLASS_LOOKS)
		return at->looks >> class & 1;
	return (at->ahead[0][1] & lexicon->classes[class].signature) != 0 &&
	       token_in(matcher->reader, token, class);
}

static void
step_class(struct matcher *matcher, uint32_t number, uint32_t class, size_t offset)
{
	size_t token = matcher->trial.token + offset;
	const struct position *at = match_position(matcher, token);
	if (is_in_class(matcher, at, class, token))
		reach(matcher, number, offset + 1);
	for (uint32_t i = at->spans; i < at->spans + at->span_count; i++) {
		if (matcher->spans[i].class == class)
			reach(matcher, number, offset + matcher->spans[i].length);
	}
}

/* Goes on after a gap of any length, but only to words that something which may
 * follow it can begin with. */
static void
step_gap(struct matcher *matcher, uint32_t number, size_t offset)
{
	const struct element *gap = &matcher->trial.elements[number];
	uint64_t inside = sign_bit(SIGN_GAP), beyond = gap->signature & ~inside;
	size_t start = matcher->trial.token, last = offset + gap->argument;
	uint64_t here = match_position(matcher, start + offset)->ahead[0][0];
	while (offset < last && here & inside) {
		here = match_position(matcher, start + ++offset)->ahead[0][0];
		if (here & beyond)
			reach(matcher, number, offset);
	}
}

/* Takes one element that a token's signature allows, `offset` words after the
 * start; true if it is the end of a match. */
static bool
step(struct matcher *matcher, uint32_t number, size_t offset)
{
	const struct reader *reader = matcher->reader;
	const struct element *element = &matcher->trial.elements[number];
	switch (element->operation) {
	case CODE_WORD:
		if (has_symbol(reader, &reader->tokens[matcher->trial.token + offset],
		               element->argument))
			reach(matcher, number, offset + 1);
		return false;
	case CODE_CLASS:
		step_class(matcher, number, element->argument, offset);
		return false;
	case CODE_SKIP:
		step_gap(matcher, number, offset);
		return false;
	default:
		return true;
	}
}

/* Of trials of the same item, the first one to be left may go on furthest: it stands for
 * all of them. */
static void
add_crossing(struct matcher *matcher, uint64_t set, uint32_t first)
{
	const struct reader *reader = matcher->reader;
	const struct trial *trial = &matcher->trial;
	uint32_t item = (uint32_t)(trial->item - reader->lexicon->items);
	for (size_t i = 0; i < matcher->crossing_count; i++) {
		struct crossing *crossing = &matcher->crossings[i];
		if (crossing->item == item && crossing->word == first / 64) {
			crossing->set |= set;
			return;
		}
	}
	matcher->crossings = arena_grow(reader->arena, matcher->crossings, matcher->crossing_count,
	                                &matcher->crossing_capacity, sizeof *matcher->crossings);
	matcher->crossings[matcher->crossing_count++] =
	        (struct crossing){set, item, first / 64, trial->token};
}

/* Leaves a trial at the edge, or behind it; true if it is the end of a match. */
static bool
leave(struct matcher *matcher, uint64_t set, uint32_t first)
{
	uint32_t last = matcher->trial.item->element_count - 1 - first; /* CODE_MATCH */
	uint64_t end = last < 64 ? set & (uint64_t)1 << last : 0;
	if (set != end)
		add_crossing(matcher, set & ~end, first);
	return end != 0;
}

/* Takes those elements of a word of a set, from `first` on, that the token at `offset`
 * has a sign of; true if one is the end of a match. */
static bool
step_all(struct matcher *matcher, uint64_t set, uint32_t first, size_t offset)
{
	const struct element *elements = matcher->trial.elements + first;
	if (matcher->trial.token + offset >= matcher->edge)
		return set != 0 && leave(matcher, set, first);
	uint64_t signature = match_position(matcher, matcher->trial.token + offset)->ahead[0][0];
	bool found = false;
	for (; set != 0; set &= set - 1) {
		uint32_t number = (uint32_t)__builtin_ctzll(set);
		if (elements[number].signature & signature)
			found |= step(matcher, first + number, offset);
	}
	return found;
}

void
item_try(struct matcher *matcher, const struct item *item, size_t token)
{
	const struct lexicon *lexicon = matcher->reader->lexicon;
	matcher->trial = (struct trial){.item = item,
	                                .elements = lexicon->elements + item->elements,
	                                .follows = lexicon->follows + item->follows,
	                                .words = element_words(item->element_count),
	                                .token = token};
}

void
item_begin(struct matcher *matcher, uint32_t element)
{
	/* It was proposed for a word that is there, unless for members of several words. */
	if (match_position(matcher, matcher->trial.token)->span_count == 0)
		reach(matcher, element, 1);
	else
		step(matcher, element, 0);
}

void
item_begin_any(struct matcher *matcher)
{
	for (uint32_t i = 0; i < matcher->trial.words; i++)
		step_all(matcher, matcher->trial.follows[i], i * 64, 0);
}

void
item_cross(struct matcher *matcher, const struct crossing *crossing, size_t edge)
{
	size_t at = edge - crossing->token - 1;
	item_try(matcher, reader_item(matcher->reader, crossing->item), crossing->token);
	matcher->states[at][crossing->word] = crossing->set;
	matcher->reached = (uint64_t)1 << at;
}

size_t
item_finish(struct matcher *matcher)
{
	const struct item *item = matcher->trial.item;
	bool all = item->kind == ITEM_CLASS || item->kind == ITEM_MASK;
	size_t found = 0;
	while (matcher->reached != 0) {
		unsigned at = (unsigned)__builtin_ctzll(matcher->reached);
		bool ends = false;
		matcher->reached &= matcher->reached - 1;
		for (uint32_t i = 0; i < matcher->trial.words; i++) {
			uint64_t set = matcher->states[at][i];
			matcher->states[at][i] = 0;
			if (found == 0 || all)
				ends |= step_all(matcher, set, i * 64, at + 1);
		}
		if (!ends)
			continue;
		found = at + 1;
		if (item->kind == ITEM_CLASS)
			match_add_span(matcher, matcher->trial.token, item->target, found);
	}
	return found;
}
