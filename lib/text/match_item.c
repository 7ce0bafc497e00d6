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
reach(struct matcher *matcher, const struct item *item, uint32_t element, size_t offset)
{
	uint32_t words = element_words(item->element_count);
	const uint64_t *row =
	        matcher->reader->lexicon->follows + item->follows + (element + 1) * words;
	if (offset > MATCH_LONGEST)
		return;
	for (uint32_t i = 0; i < words; i++)
		matcher->states[offset - 1][i] |= row[i];
	matcher->reached |= (uint64_t)1 << (offset - 1);
}

static void
step_class(struct matcher *matcher, const struct item *item, uint32_t element, uint32_t class,
           size_t token, size_t offset)
{
	const struct position *at = match_position(matcher, token);
	uint64_t signature = matcher->reader->lexicon->classes[class].signature;
	if (class < CLASS_LOOKS ? at->looks >> class & 1
	                        : (at->ahead[0][1] & signature) != 0 &&
	                                  token_in(matcher->reader, token, class))
		reach(matcher, item, element, offset + 1);
	for (uint32_t i = at->spans; i < at->spans + at->span_count; i++) {
		if (matcher->spans[i].class == class)
			reach(matcher, item, element, offset + matcher->spans[i].length);
	}
}

/* Goes on after a gap of any length, but only to words that something which may
 * follow it can begin with. */
static void
step_gap(struct matcher *matcher, const struct item *item, uint32_t number, size_t start,
         size_t offset)
{
	const struct element *gap = &matcher->reader->lexicon->elements[item->elements + number];
	uint64_t inside = sign_bit(SIGN_GAP), beyond = gap->signature & ~inside;
	size_t last = offset + gap->argument;
	uint64_t here = match_position(matcher, start + offset)->ahead[0][0];
	while (offset < last && here & inside) {
		here = match_position(matcher, start + ++offset)->ahead[0][0];
		if (here & beyond)
			reach(matcher, item, number, offset);
	}
}

/* Takes one element that a token's signature allows, `offset` words after the
 * start; true if it is the end of a match. */
static bool
step(struct matcher *matcher, const struct item *item, uint32_t number, size_t start,
     size_t offset)
{
	const struct reader *reader = matcher->reader;
	const struct element *element = &reader->lexicon->elements[item->elements + number];
	switch (element->operation) {
	case CODE_WORD:
		if (has_symbol(reader, &reader->tokens[start + offset], element->argument))
			reach(matcher, item, number, offset + 1);
		return false;
	case CODE_CLASS:
		step_class(matcher, item, number, element->argument, start + offset, offset);
		return false;
	case CODE_SKIP:
		step_gap(matcher, item, number, start, offset);
		return false;
	default:
		return true;
	}
}

/* Takes those elements of a set that the token at `offset` has a sign of; true
 * if one is the end of a match. */
static bool
step_all(struct matcher *matcher, const struct item *item, const uint64_t *set, size_t start,
         size_t offset)
{
	const struct element *elements = matcher->reader->lexicon->elements + item->elements;
	uint64_t signature = match_position(matcher, start + offset)->ahead[0][0];
	bool found = false;
	for (uint32_t word = 0; word < element_words(item->element_count); word++) {
		for (uint64_t left = set[word]; left != 0; left &= left - 1) {
			uint32_t number = word * 64 + (uint32_t)__builtin_ctzll(left);
			if (elements[number].signature & signature)
				found |= step(matcher, item, number, start, offset);
		}
	}
	return found;
}

void
item_begin(struct matcher *matcher, const struct item *item, uint32_t element, size_t token)
{
	/* It was proposed for a word that is there, unless for members of several words. */
	if (match_position(matcher, token)->span_count == 0)
		reach(matcher, item, element, 1);
	else
		step(matcher, item, element, token, 0);
}

void
item_begin_any(struct matcher *matcher, const struct item *item, size_t token)
{
	step_all(matcher, item, matcher->reader->lexicon->follows + item->follows, token, 0);
}

size_t
item_finish(struct matcher *matcher, const struct item *item, size_t token)
{
	size_t found = 0, size = element_words(item->element_count) * sizeof **matcher->states;
	bool all = item->kind == ITEM_CLASS || item->kind == ITEM_MASK;
	while (matcher->reached != 0) {
		unsigned at = (unsigned)__builtin_ctzll(matcher->reached);
		matcher->reached &= matcher->reached - 1;
		if ((found == 0 || all) &&
		    step_all(matcher, item, matcher->states[at], token, at + 1)) {
			found = at + 1;
			if (item->kind == ITEM_CLASS)
				match_add_span(matcher, token, item->target, found);
		}
		memset(matcher->states[at], 0, size);
	}
	return found;
}
