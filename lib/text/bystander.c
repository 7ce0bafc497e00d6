/*
 * Parties that a text only passes by: nothing ties them to what is done, or somebody else
 * does it. The words are data; here is only how far they reach.
 */
#include "context.h"

enum {
	TIE_NEAR = 40,
	DOER_NEAR = 5,   /* sentences */
	DOER_MOST = 128, /* words */
};

/* The first match that begins at or after a token. */
static size_t
trigger_from(const struct reader *reader, uint32_t token)
{
	size_t low = 0, high = reader->context.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (reader->context.at[middle].first < token)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Whether the words around a draft tie what it tells to what is done: "when a face matches,
 * we call the police"; in the sentence after its own, only what says so: "now they get it". */
bool
party_is_tied(const struct reader *reader, const struct draft *draft)
{
	const struct token *here = &reader->tokens[draft->first];
	uint32_t from = draft->first > TIE_NEAR ? draft->first - TIE_NEAR : 0;
	uint32_t to = draft->last + TIE_NEAR;
	for (uint32_t i = from; i < reader->token_count && i <= to; i++) {
		if (same_sentence(reader, i, draft->first) && token_in(reader, i, CLASS_TIES))
			return true;
	}
	for (size_t i = trigger_from(reader, from); i < reader->context.count; i++) {
		const struct match *match = &reader->context.at[i];
		const struct token *there = &reader->tokens[match->first];
		if (match->first > to)
			break;
		if (reader_item(reader, match->item)->effect == EFFECT_TIE &&
		    context_in_force(reader, match) && there->space == here->space &&
		    (there->sentence == here->sentence || there->sentence == here->sentence + 1))
			return true;
	}
	return false;
}

/* Whether a sentence, that of a token, asserts a use and speaks of no such party. */
static bool
is_done_without(const struct reader *reader, uint32_t token, const struct draft *party)
{
	uint32_t root = vocabulary_root(reader->vocabulary, party->value), from = token;
	bool use = false;
	while (from > 0 && from + DOER_MOST > token && same_sentence(reader, from - 1, token))
		from--;
	for (size_t i = draft_from(reader, from); i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		if (draft->first > token + DOER_MOST || !same_sentence(reader, draft->first, token))
			break;
		if (draft_is_party(draft) &&
		    vocabulary_root(reader->vocabulary, draft->value) == root)
			return false;
		use = use || (draft_is_use(draft) && draft->reading == READ_ASSERTED &&
		              draft->strength <= STRENGTH_WEAK);
	}
	return use;
}

/* Whether a sentence near a party says who else does what it tells: "our bank knows its
 * clients by face". */
bool
party_stands_by(const struct reader *reader, const struct draft *party)
{
	uint32_t from = party->first > DOER_MOST ? party->first - DOER_MOST : 0;
	for (size_t i = trigger_from(reader, from); i < reader->context.count; i++) {
		const struct match *match = &reader->context.at[i];
		if (match->first > party->last + DOER_MOST)
			break;
		if (reader_item(reader, match->item)->effect == EFFECT_DOER &&
		    context_in_force(reader, match) &&
		    same_space(reader, match->first, party->first) &&
		    !same_sentence(reader, match->first, party->first) &&
		    sentences_apart(reader, match->first, party->first) <= DOER_NEAR &&
		    is_done_without(reader, match->first, party))
			return true;
	}
	return false;
}
