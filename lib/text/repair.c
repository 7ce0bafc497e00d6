/* Spelling meant to be read by people only, put back together. */
#include <stdlib.h>

#include "reader.h"

enum { RUN_LEAST = 4, RUN_MOST = 200, PARTS_MOST = 5, PIECE_MOST = 24, NAME_LEAST = 4 };

static uint32_t
symbol_of(const struct lexicon *lexicon, const char *text, size_t length)
{
	return lexicon_symbol(lexicon, (struct span){text, length}, WORD_WHOLE);
}

static bool
is_key(const struct lexicon *lexicon, const char *text, size_t length)
{
	uint32_t symbol = symbol_of(lexicon, text, length);
	return symbol != UINT32_MAX && lexicon->symbols[symbol].key;
}

bool
word_known(const struct lexicon *lexicon, const char *text, size_t length)
{
	if (symbol_of(lexicon, text, length) != UINT32_MAX)
		return true;
	uint32_t hash = lexicon_hash(LEXICON_SEED + WORD_BEGINNING, text,
	                             length < STEM_LEAST ? 0 : STEM_LEAST - 1);
	for (size_t i = STEM_LEAST; i <= length; i++) {
		hash = lexicon_hash(hash, text + i - 1, 1);
		if (lexicon_hashed(lexicon, (struct span){text, i}, WORD_BEGINNING, hash) !=
		    UINT32_MAX)
			return true;
	}
	return false;
}

static const char *
swap_for(const struct lexicon *lexicon, int32_t code)
{
	uint32_t low = 0, high = lexicon->letter_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (lexicon->letters[middle].code == code)
			return lexicon->strings + lexicon->letters[middle].text;
		if (lexicon->letters[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Letters of other scripts stand for a sequence, digits and signs for one of
 * several letters: the first, or with `second` the last. */
static size_t
swap_letters(const struct lexicon *lexicon, const int32_t *codes, size_t count, bool second,
             char fixed[WORD_LONGEST + 1])
{
	size_t length = 0;
	for (size_t i = 0; i < count; i++) {
		bool latin = codes[i] >= 'a' && codes[i] <= 'z';
		const char *swap = latin ? NULL : swap_for(lexicon, codes[i]);
		if (swap == NULL && !latin) {
			return 0;
		} else if (codes[i] >= 0x80) {
			size_t more = strlen(swap);
			if (length + more > WORD_LONGEST)
				return 0;
			memcpy(fixed + length, swap, more);
			length += more;
			continue;
		}
		if (length == WORD_LONGEST)
			return 0;
		fixed[length++] = swap == NULL ? (char)codes[i]
		                               : swap[second ? strlen(swap) - 1 : 0];
	}
	fixed[length] = '\0';
	return length;
}

bool
repair_letters(const struct lexicon *lexicon, const int32_t *codes, size_t count,
               char fixed[WORD_LONGEST + 1])
{
	size_t latin = 0, foreign = 0;
	for (size_t i = 0; i < count; i++) {
		latin += codes[i] >= 'a' && codes[i] <= 'z';
		foreign += codes[i] >= 0x80;
	}
	if (latin + foreign == 0 || latin == count)
		return false;
	for (int second = 0; second < 2; second++) {
		size_t length = swap_letters(lexicon, codes, count, second, fixed);
		if (length == 0)
			return false;
		if (foreign != 0 && latin != 0 && latin + foreign == count)
			return true;
		if (length >= STEM_LEAST && word_known(lexicon, fixed, length))
			return true;
	}
	return false;
}

/* Cuts letters that stood apart into known words, as few as possible; a letter
 * that fits nowhere stays alone, at a price. No word goes on over an edge.
 * `ends[i]` is where the word that covers letter i ends. */
static void
cut_run(const struct lexicon *lexicon, const char *text, const bool *edges, size_t count,
        size_t *ends)
{
	unsigned costs[RUN_MOST + 1];
	costs[count] = 0;
	for (size_t i = count; i-- > 0;) {
		uint32_t hash = lexicon_hash(LEXICON_SEED + WORD_WHOLE, text + i, 1);
		costs[i] = costs[i + 1] + 10;
		ends[i] = i + 1;
		for (size_t length = 2; length <= PIECE_MOST && i + length <= count; length++) {
			if (edges[i + length - 1])
				break;
			hash = lexicon_hash(hash, text + i + length - 1, 1);
			uint32_t symbol = lexicon_hashed(lexicon, (struct span){text + i, length},
			                                 WORD_WHOLE, hash);
			if (symbol == UINT32_MAX)
				continue;
			bool key = lexicon->symbols[symbol].key;
			unsigned cost = costs[i + length] +
			                (key ? 1 : length > 3 ? 3 : length > 2 ? 6 : 8);
			if (cost < costs[i]) {
				costs[i] = cost;
				ends[i] = i + length;
			}
		}
	}
}

static size_t
run_length(const struct reader *reader, size_t first)
{
	size_t length = 0;
	for (size_t i = first; i < reader->token_count && length < RUN_MOST; i++) {
		const struct token *token = &reader->tokens[i];
		if (token->mark || token->length != 1)
			break;
		length++;
	}
	return length;
}

/* Joins tokens [from, to) of the old list into one at `at`. */
static void
join(struct reader *reader, size_t at, size_t from, size_t to, const char *text, size_t length)
{
	struct token joined = reader->tokens[from];
	joined.end = reader->tokens[to - 1].end;
	joined.text = arena_copy(reader->arena, (struct span){text, length});
	joined.length = (uint16_t)length;
	for (size_t i = from; i < to; i++)
		joined.upper = joined.upper && reader->tokens[i].capital;
	reader->tokens[at] = joined;
}

/* A wide gap parts two words, unless all gaps are wide. A line break tells nothing. */
static void
find_edges(const struct reader *reader, size_t from, size_t count, bool *edges)
{
	bool narrow = false;
	for (size_t i = 1; i < count; i++) {
		enum gap gap = (enum gap)reader->tokens[from + i].gap;
		narrow = narrow || (gap != GAP_WIDE && gap != GAP_BREAK);
	}
	for (size_t i = 0; i < count; i++)
		edges[i] = narrow && reader->tokens[from + i].gap == GAP_WIDE;
}

/* "f a c e", "p-o-l-i-c-e": returns the tokens taken; writes the words. */
static size_t
join_run(struct reader *reader, size_t from, size_t *to)
{
	size_t count = run_length(reader, from), ends[RUN_MOST];
	char text[RUN_MOST];
	bool edges[RUN_MOST];
	if (count < RUN_LEAST)
		return 0;
	find_edges(reader, from, count, edges);
	for (size_t i = 0; i < count; i++)
		text[i] = reader->tokens[from + i].text[0];
	cut_run(reader->lexicon, text, edges, count, ends);
	for (size_t i = 0; i < count; i = ends[i])
		join(reader, (*to)++, from + i, from + ends[i], text + i, ends[i] - i);
	return count;
}

static bool
is_glued(const struct reader *reader, size_t at)
{
	return at < reader->token_count && token_is_glued(&reader->tokens[at]);
}

/* "po.lice", "rec-\nognition": parts that are no words make a key word. */
static size_t
join_parts(struct reader *reader, size_t from, size_t *to)
{
	char text[WORD_LONGEST];
	size_t length = 0, best = 0, best_length = 0;
	bool strange = false;
	if (!is_glued(reader, from + 1))
		return 0;
	for (size_t i = from; i < reader->token_count && i - from < PARTS_MOST; i++) {
		const struct token *token = &reader->tokens[i];
		if (token->mark || length + token->length > sizeof text ||
		    (i != from && !is_glued(reader, i)))
			break;
		memcpy(text + length, token->text, token->length);
		length += token->length;
		strange = strange || token->length < 3 ||
		          symbol_of(reader->lexicon, token->text, token->length) == UINT32_MAX;
		if (i != from && strange && is_key(reader->lexicon, text, length)) {
			best = i + 1 - from;
			best_length = length;
		}
	}
	if (best != 0)
		join(reader, (*to)++, from, from + best, text, best_length);
	return best;
}

/* Only what is `most` cells from the diagonal or nearer is looked at: all else takes more
 * edits. */
unsigned
word_edits(const char *a, size_t a_length, const char *b, size_t b_length, unsigned most)
{
	unsigned rows[3][WORD_LONGEST + 2];
	if (a_length > b_length + most || b_length > a_length + most)
		return most + 1;
	for (size_t j = 0; j <= b_length && j <= most + 1; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a_length; i++) {
		unsigned *row = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
		size_t from = i > most ? i - most : 1, to = i + most < b_length ? i + most : b_length;
		unsigned least = row[from - 1] = from == 1 ? (unsigned)i : most + 1;
		for (size_t j = from; j <= to; j++) {
			unsigned cost = last[j - 1] + (a[i - 1] != b[j - 1]);
			if (last[j] + 1 < cost)
				cost = last[j] + 1;
			if (row[j - 1] + 1 < cost)
				cost = row[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < cost)
				cost = before[j - 2] + 1;
			row[j] = cost;
			least = cost < least ? cost : least;
		}
		row[to + 1] = most + 1;
		if (least > most)
			return most + 1;
	}
	return rows[a_length % 3][b_length];
}

static const struct symbol *
nearest_key(const struct lexicon *lexicon, struct span word)
{
	const struct symbol *best = NULL;
	unsigned best_distance = 3;
	uint32_t letters = 0;
	for (uint32_t i = 0; i < word.length; i++)
		letters |= 1U << ((unsigned char)word.at[i] & 31);
	for (uint32_t i = 0; i < lexicon->key_count; i++) {
		const struct key_word *key = &lexicon->keys[i];
		unsigned most = key_slips(key);
		if (key->length < KEY_LEAST || word.length + most < key->length ||
		    word.length > key->length + most ||
		    word_bits(letters ^ key->letters) > 2 * most)
			continue;
		const struct symbol *symbol = &lexicon->symbols[key->symbol];
		unsigned edits = word_edits(word.at, word.length,
		                          lexicon->strings + symbol->text, key->length, most);
		bool same_start = word.at[0] == (char)key->first;
		if (edits <= most && (same_start || (edits == 1 && key->length >= KEY_ANY_FIRST)) &&
		    edits < best_distance) {
			best = symbol;
			best_distance = edits;
		}
	}
	return best;
}

static bool
is_plain_latin(struct span word)
{
	for (uint32_t i = 0; i < word.length; i++) {
		if (word.at[i] < 'a' || word.at[i] > 'z')
			return false;
	}
	return true;
}

static bool
starts_name(const struct lexicon *lexicon, const char *text, size_t length)
{
	uint32_t symbol = symbol_of(lexicon, text, length);
	return symbol != UINT32_MAX && lexicon->symbols[symbol].name_words != 0;
}

size_t
repair_cut(const struct lexicon *lexicon, struct span word)
{
	if (word.length < KEY_LONG || !key_three_in(lexicon->key_ends, word.at + word.length - 3))
		return 0;
	for (size_t i = 3; i + 3 <= word.length; i++) {
		size_t rest = word.length - i;
		if (key_three_in(lexicon->key_starts, word.at + i) &&
		    is_key(lexicon, word.at + i, rest) &&
		    (is_key(lexicon, word.at, i) ||
		     (i >= NAME_LEAST && rest >= KEY_LEAST && starts_name(lexicon, word.at, i))))
			return i;
	}
	return 0;
}

size_t
repair_spelling(const struct lexicon *lexicon, struct span *word)
{
	size_t cut;
	if (word->length < 4 || word->length > WORD_LONGEST / 2 || !is_plain_latin(*word))
		return 0;
	if ((cut = repair_cut(lexicon, *word)) != 0)
		return cut;
	const struct symbol *key = nearest_key(lexicon, *word);
	if (key == NULL)
		return 0;
	struct span text = {lexicon->strings + key->text, key->length};
	if (!word_known(lexicon, word->at, word->length) ||
	    word_edits(word->at, word->length, text.at, text.length, 1) <= 1)
		*word = text;
	return 0;
}

static void
insert_cut(struct reader *reader, size_t at, size_t cut)
{
	reader->tokens = arena_grow(reader->arena, reader->tokens, reader->token_count,
	                            &reader->token_capacity, sizeof *reader->tokens);
	struct token *left = &reader->tokens[at], *right = &reader->tokens[reader->token_count++];
	*right = *left;
	right->text = left->text + cut;
	right->length = (uint16_t)(left->length - cut);
	left->text = arena_copy(reader->arena, (struct span){left->text, cut});
	left->length = (uint16_t)cut;
	right->capital = false;
	right->gap = GAP_SPACE;
	word_know(reader, left);
	word_know(reader, right);
}

/* Cut words were put at the end; moves each to its place. */
static void
place_cuts(struct reader *reader, size_t first, const size_t *cuts, size_t count)
{
	size_t old_end = reader->token_count - count;
	struct token *moved = arena_alloc(reader->arena, count + 1, sizeof *moved);
	memcpy(moved, reader->tokens + old_end, count * sizeof *moved);
	size_t to = reader->token_count, from = old_end;
	for (size_t i = count; i > 0 && from > first; ) {
		reader->tokens[--to] = reader->tokens[--from];
		if (cuts[i - 1] == from) {
			reader->tokens[to] = moved[--i];
			reader->tokens[--to] = reader->tokens[from];
		}
	}
}

void
repair_words(struct reader *reader, size_t first)
{
	size_t to = first;
	for (size_t from = first; from < reader->token_count;) {
		size_t taken = 0;
		if (reader->tokens[from].length == 1)
			taken = join_run(reader, from, &to);
		if (taken == 0)
			taken = join_parts(reader, from, &to);
		if (taken == 0) {
			if (to != from)
				reader->tokens[to] = reader->tokens[from];
			to++;
			taken = 1;
		}
		from += taken;
	}
	reader->token_count = to;
	size_t *cuts = NULL, count = 0, capacity = 0;
	for (size_t i = first; i < to; i++) {
		size_t cut = word_know(reader, &reader->tokens[i]);
		if (cut == 0)
			continue;
		cuts = arena_grow(reader->arena, cuts, count, &capacity, sizeof *cuts);
		cuts[count++] = i;
		insert_cut(reader, i, cut);
	}
	if (count != 0)
		place_cuts(reader, first, cuts, count);
}
