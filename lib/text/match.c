/*
 * All items over all tokens, from the last token to the first, so that where an
 * item is tried, all that may follow is known.
 *
 * Nearly every word begins some items, and nearly none of these match. So each
 * token has signatures of the next 1, 2, 4, ... 64 words: small sets of signs of
 * what stands there (enum sign). Of each element that an item may begin with, the
 * lexicon knows the signs of what must follow (struct start), and an item is
 * tried only where some of them are ahead, and only if its sentence holds what it
 * cannot do without (possible.c). How a try goes is in match_item.c.
 *
 * Class members of several words are items, too. Items refer only to classes of
 * earlier ones, and those that begin at one token are tried in order, so that
 * what a class has at a token is known to all that ask for it.
 *
 * Masks blank words for the patterns that do not read them raw. Blanking only
 * takes words away: of those patterns' matches the ones without a blank stand,
 * and only the others are tried again.
 */
#include "match.h"

#include "context.h"
#include "stretch.h"

static void
set_signs(struct position *at, uint64_t signature)
{
	for (unsigned i = 0; i < SIGNINGS; i++)
		at->ahead[0][i] = signature | sign_bit(SIGN_ANY);
}

static void
clear_position(struct matcher *matcher, size_t index)
{
	struct position *at = match_position(matcher, index);
	set_signs(at, matcher->reader->tokens[index].stop ? 0 : sign_bit(SIGN_GAP));
	at->looks = at->span_count = 0;
	at->spans = (uint32_t)matcher->span_count;
}

/* Adds the signs of a token's words and looks. */
static void
add_signs(struct matcher *matcher, size_t index)
{
	const struct reader *reader = matcher->reader;
	const struct token *token = &reader->tokens[index];
	struct position *at = match_position(matcher, index);
	at->looks = match_looks(reader, index);
	uint64_t looks = (uint64_t)at->looks << SIGN_LOOK;
	if (match_place(reader, token) != 0)
		looks |= sign_bit(SIGN_LOOK + CLASS_PLACE);
	for (unsigned j = 0; j < SIGNINGS; j++)
		at->ahead[0][j] |= looks;
	for (uint32_t i = 0; i < token->symbol_count; i++) {
		uint32_t symbol = reader->symbols[token->symbols + i];
		for (unsigned j = 0; j < SIGNINGS; j++)
			at->ahead[0][j] |= sign_bit(reader->lexicon->symbols[symbol].signs[j]);
	}
}

/* An item that may begin with an element; those of a later item are greater. */
static uint32_t
candidate_of(const struct start *start)
{
	return start->item * CODE_LONGEST + start->element;
}

/* Candidates are kept from the last to the first. */
static void
add_candidate(struct matcher *matcher, uint32_t candidate)
{
	matcher->candidates =
	        arena_grow(matcher->reader->arena, matcher->candidates, matcher->candidate_count,
	                   &matcher->candidate_capacity, sizeof *matcher->candidates);
	size_t at = matcher->candidate_count++;
	for (; at > 0 && matcher->candidates[at - 1] < candidate; at--)
		matcher->candidates[at] = matcher->candidates[at - 1];
	matcher->candidates[at] = candidate;
}

/* Makes it a candidate if what is ahead after the first element may be enough. */
static void
propose_start(struct matcher *matcher, const struct start *start, size_t next)
{
	uint64_t(*ahead)[SIGNINGS] = match_position(matcher, next)->ahead;
	if ((ahead[start->next_window][0] & start->next) != 0 &&
	    (ahead[start->need_window][1] & start->need) != 0 &&
	    (!matcher->masked || reader_item(matcher->reader, start->item)->kind == ITEM_CLASS))
		add_candidate(matcher, candidate_of(start));
}

static void
propose(struct matcher *matcher, const struct block_list *list, size_t next)
{
	const struct lexicon *lexicon = matcher->reader->lexicon;
	const uint64_t *block = lexicon->blocks + list->first, *end = block + list->count;
	for (; block < end; block++) {
		uint32_t word = block_word(*block);
		uint64_t left = matcher->possible.starts[word] & *block >> BLOCK_INDEX;
		for (; left != 0; left &= left - 1) {
			uint32_t bit = (uint32_t)__builtin_ctzll(left);
			propose_start(matcher, &lexicon->starts[word * BLOCK_BITS + bit], next);
		}
	}
}

void
match_add_span(struct matcher *matcher, size_t token, uint32_t class, size_t length)
{
	struct position *at = match_position(matcher, token);
	const struct word_class *entry = &matcher->reader->lexicon->classes[class];
	for (uint32_t i = at->spans; i < at->spans + at->span_count; i++) {
		if (matcher->spans[i].class == class && matcher->spans[i].length == length)
			return;
	}
	if (at->span_count == SPANS_MOST || length > MATCH_LONGEST)
		return;
	matcher->spans = arena_grow(matcher->reader->arena, matcher->spans, matcher->span_count,
	                            &matcher->span_capacity, sizeof *matcher->spans);
	matcher->spans[matcher->span_count++] =
	        (struct class_span){(uint32_t)token, class, (uint32_t)length};
	at->span_count++; /* the last in the list are those of the token at hand */
	propose(matcher, &entry->starts, token + length);
}

/* From the signature of one word those of the windows that begin with it. */
static void
open_windows(struct matcher *matcher, size_t index)
{
	uint64_t(*ahead)[SIGNINGS] = match_position(matcher, index)->ahead;
	for (unsigned i = 1; i < WINDOWS; i++) {
		size_t half = (size_t)1 << (i - 1);
		uint64_t(*later)[SIGNINGS] = match_position(matcher, index + half)->ahead;
		for (unsigned j = 0; j < SIGNINGS; j++)
			ahead[i][j] = ahead[i - 1][j] | later[i - 1][j];
	}
}

/* Ends the text at a token, or what is known of it, with a signature that stands for all
 * behind. */
static void
end_at(struct matcher *matcher, size_t index, uint64_t signature)
{
	struct position *at = match_position(matcher, index);
	*at = (struct position){0};
	set_signs(at, signature);
	open_windows(matcher, index);
}

/* Proposes what the words of a token and its looks begin. */
static void
propose_words(struct matcher *matcher, size_t index)
{
	const struct reader *reader = matcher->reader;
	const struct lexicon *lexicon = reader->lexicon;
	const struct token *token = &reader->tokens[index];
	uint32_t looks = match_position(matcher, index)->looks;
	for (uint32_t i = 0; i < token->symbol_count; i++) {
		uint32_t symbol = reader->symbols[token->symbols + i];
		propose(matcher, &lexicon->symbols[symbol].starts, index + 1);
	}
	for (uint32_t look = 0; look < CLASS_LOOKS; look++) {
		if (looks >> look & 1)
			propose(matcher, &lexicon->classes[look].starts, index + 1);
	}
	size_t place = match_place(reader, token);
	if (place != 0)
		match_add_span(matcher, index, CLASS_PLACE, place);
}

static void
begin(struct matcher *matcher, size_t token)
{
	clear_position(matcher, token);
	if (!matcher->masked || !matcher->reader->tokens[token].blank)
		add_signs(matcher, token);
}

static void
add_match(struct reader *reader, uint32_t item, size_t first, size_t length)
{
	uint8_t kind = reader_item(reader, item)->kind;
	if (kind == ITEM_CLASS || length == 0)
		return;
	struct match_list *list = kind == ITEM_MASK      ? &reader->masks
	                          : kind == ITEM_CONTEXT ? &reader->context
	                                                 : &reader->patterns;
	list->at = arena_grow(reader->arena, list->at, list->count, &list->capacity,
	                      sizeof *list->at);
	list->at[list->count++] = (struct match){item, (uint32_t)first,
	                                         (uint32_t)(first + length - 1)};
}

/* Tries the first item that may begin at a token. */
static void
try_candidate(struct matcher *matcher, size_t token)
{
	uint32_t number = matcher->candidates[matcher->candidate_count - 1] / CODE_LONGEST;
	item_try(matcher, reader_item(matcher->reader, number), token);
	while (matcher->candidate_count != 0) {
		uint32_t candidate = matcher->candidates[matcher->candidate_count - 1];
		if (candidate / CODE_LONGEST != number)
			break;
		item_begin(matcher, candidate % CODE_LONGEST);
		matcher->candidate_count--;
	}
	add_match(matcher->reader, number, token, item_finish(matcher));
}

static void
try_candidates(struct matcher *matcher, size_t token)
{
	open_windows(matcher, token);
	while (matcher->candidate_count != 0)
		try_candidate(matcher, token);
}

static void
match_token(struct matcher *matcher, size_t token)
{
	begin(matcher, token);
	if (!matcher->masked || !matcher->reader->tokens[token].blank)
		propose_words(matcher, token);
	try_candidates(matcher, token);
}

void
match_apart(struct matcher *matcher, size_t first, size_t end, const struct class_span *spans,
            size_t span_count)
{
	const struct class_span *span = spans;
	matcher->edge = end;
	matcher->crossing_count = 0;
	end_at(matcher, end, UINT64_MAX);
	for (size_t i = end; i-- > first;) {
		begin(matcher, i);
		for (; span < spans + span_count && span->token == i; span++)
			match_add_span(matcher, i, span->class, span->length);
		propose_words(matcher, i);
		try_candidates(matcher, i);
	}
	matcher->edge = matcher->known = SIZE_MAX;
}

/* Puts down what begins at a token that was passed. */
static void
know_token(struct matcher *matcher, size_t token, size_t *span)
{
	struct position *at = match_position(matcher, token);
	begin(matcher, token);
	for (at->spans = (uint32_t)*span;
	     *span < matcher->span_count && matcher->spans[*span].token == token; ++*span)
		at->span_count++;
	open_windows(matcher, token);
}

/* Puts down what begins at the tokens [from, to), of which all are passed. */
static void
know(struct matcher *matcher, size_t from, size_t to)
{
	size_t span = matcher->span_count;
	if (matcher->known > to || matcher->unknown < to) {
		end_at(matcher, to, 0);
		matcher->known = matcher->unknown = to;
	}
	if (matcher->known <= from)
		return;
	while (span > 0 && matcher->spans[span - 1].token < matcher->known)
		span--;
	while (matcher->known > from)
		know_token(matcher, --matcher->known, &span);
}

/* The sentence end at or after a token; or the limit. */
static size_t
sentence_end(const struct reader *reader, size_t token, size_t limit)
{
	while (token < limit && !reader->tokens[token].stop)
		token++;
	return token < limit ? token + 1 : limit;
}

/* As far as a match may reach that begins before a token. */
static size_t
reach_of(const struct reader *reader, size_t token)
{
	size_t rest = reader->token_count - token;
	return token + (rest < MATCH_LONGEST ? rest : MATCH_LONGEST);
}

/* Few trials go on behind more than one end of a sentence. */
bool
match_crosses(struct matcher *matcher, const struct crossing *crossing, size_t token)
{
	const struct reader *reader = matcher->reader;
	size_t end = token, found = 0;
	do {
		end = sentence_end(reader, end, reach_of(reader, token));
		know(matcher, token, end);
		matcher->edge = end < reader->token_count ? end : SIZE_MAX;
		matcher->crossing_count = 0;
		item_cross(matcher, crossing, token);
		found = item_finish(matcher);
	} while (found == 0 && matcher->crossing_count != 0);
	matcher->edge = SIZE_MAX;
	return found != 0;
}

/* Matches the stretch that ends before token `end`; returns where it begins. */
static size_t
match_stretch(struct matcher *matcher, size_t end)
{
	const struct reader *reader = matcher->reader;
	size_t first = possible_first(reader, end);
	if (matcher->memory != NULL && stretch_recall(matcher, first, end))
		return first;
	struct stretch_counts before = stretch_count(matcher);
	know(matcher, end, reach_of(reader, end));
	possible_find(&matcher->possible, reader, first, end);
	for (size_t i = end; i-- > first;)
		match_token(matcher, i);
	matcher->known = first;
	if (matcher->memory != NULL)
		stretch_remember(matcher, first, &before);
	return first;
}

static void
reverse(struct match_list *list)
{
	for (size_t from = 0, to = list->count; from + 1 < to; from++) {
		struct match last = list->at[--to];
		list->at[to] = list->at[from];
		list->at[from] = last;
	}
}

void
match_run(struct reader *reader)
{
	struct matcher *matcher = arena_alloc(reader->arena, 1, sizeof *matcher);
	matcher->reader = reader;
	possible_start(&matcher->possible, reader);
	reader->matcher = matcher;
	matcher->memory =
	        word_memory_stretches(reader->words, reader->lexicon, reader->token_count);
	matcher->known = matcher->edge = SIZE_MAX;
	for (size_t end = reader->token_count; end > 0;)
		end = match_stretch(matcher, end);
	reverse(&reader->masks);
	reverse(&reader->context);
	reverse(&reader->patterns);
}

/* Whether a match stands whatever is blank. */
static bool
stands(const struct reader *reader, const struct match *match)
{
	if (reader_item(reader, match->item)->raw)
		return true;
	for (uint32_t i = match->first; i <= match->last; i++) {
		if (reader->tokens[i].blank)
			return false;
	}
	return true;
}

/* Tries a pattern again, where all that follows is known. */
static size_t
try_again(struct matcher *matcher, const struct match *match)
{
	item_try(matcher, reader_item(matcher->reader, match->item), match->first);
	item_begin_any(matcher);
	return item_finish(matcher);
}

static void
match_masked(struct matcher *matcher, size_t token)
{
	const struct reader *reader = matcher->reader;
	if (token < matcher->possible.first)
		possible_find(&matcher->possible, reader, possible_first(reader, token + 1),
		              token + 1);
	match_token(matcher, token);
}

/* What begins at tokens from `known` on has been found again, as far as any match
 * that is tried may reach. */
static void
match_again(struct reader *reader)
{
	struct match_list *list = &reader->patterns;
	size_t known = reader->token_count, kept = list->count;
	if (kept == 0)
		return;
	struct matcher *matcher = reader->matcher;
	matcher->masked = true;
	possible_again(&matcher->possible);
	end_at(matcher, known, 0);
	for (size_t i = list->count; i-- > 0;) {
		struct match match = list->at[i];
		size_t length = match.last - match.first + 1;
		if (!stands(reader, &match)) {
			if (match.first + MATCH_LONGEST < known) {
				known = match.first + MATCH_LONGEST;
				end_at(matcher, known, 0);
			}
			for (; known > match.first; known--)
				match_masked(matcher, known - 1);
			length = try_again(matcher, &match);
		}
		match.last = match.first + (uint32_t)length - 1;
		if (length != 0)
			list->at[--kept] = match;
	}
	list->count -= kept;
	memmove(list->at, list->at + kept, list->count * sizeof *list->at);
}

void
match_blank(struct reader *reader)
{
	bool any = false;
	for (size_t i = 0; i < reader->masks.count; i++) {
		const struct match *mask = &reader->masks.at[i];
		uint32_t class = reader_item(reader, mask->item)->target;
		if (!context_in_force(reader, mask))
			continue;
		for (size_t token = mask->first; token <= mask->last; token++) {
			if (reader->tokens[token].blank || !token_in(reader, token, class))
				continue;
			reader->tokens[token].blank = any = true;
			reader->tokens[token].masked_by = (uint32_t)i + 1;
		}
	}
	if (any)
		match_again(reader);
}
