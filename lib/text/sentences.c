/* Sentences and paragraphs: their numbers, their language, and what letter case tells
 * in them. */
#include "reader.h"

enum { SENTENCE_LONGEST = 200 }; /* words; a longer one is taken for several */

enum { LANGUAGES = CLASS_LANGUAGE_LAST - CLASS_LANGUAGE_FIRST + 1 };

/* The language of each paragraph: the one that most of its function words are
 * of, English where none is. */
static void
guess_languages(struct reader *reader)
{
	size_t count = reader->token_count;
	uint32_t last = count != 0 ? reader->tokens[count - 1].paragraph : 0;
	reader->languages = arena_alloc(reader->arena, last + 1, 1);
	for (size_t i = 0; i < count;) {
		size_t counts[LANGUAGES] = {0};
		uint32_t paragraph = reader->tokens[i].paragraph;
		uint8_t best = 0;
		for (; i < count && reader->tokens[i].paragraph == paragraph; i++) {
			uint32_t languages = reader->tokens[i].languages;
			for (size_t j = 0; languages != 0; j++, languages >>= 4)
				counts[j] += languages & 0xf;
		}
		for (uint8_t j = 1; j < LANGUAGES; j++)
			best = counts[j] > counts[best] ? j : best;
		reader->languages[paragraph] = best;
	}
}

/* The space of each piece. */
static void
list_spaces(struct reader *reader)
{
	uint32_t *spaces = arena_alloc(reader->arena, reader->piece_count + 1, sizeof *spaces);
	reader->spaces = spaces;
	reader->space_count = SPACE_TURN;
	for (size_t i = 0; i < reader->piece_count; i++) {
		enum text_role role = reader->pieces[i].role;
		spaces[i] = role == TEXT_HEADING ? SPACE_HEADING
		            : role == TEXT_BODY  ? SPACE_BODY
		                                 : reader->space_count++;
	}
}

static void
number_sentences(struct reader *reader)
{
	uint32_t *counts = arena_alloc(reader->arena, reader->space_count + 1, sizeof *counts);
	uint32_t piece = 0, space = reader->spaces[0], sentence = 0, paragraph = 0, length = 0;
	bool ended = false;
	for (size_t i = 0; i < reader->token_count; i++) {
		struct token *token = &reader->tokens[i];
		if (token->piece != piece) {
			counts[space] = sentence;
			piece = token->piece;
			space = reader->spaces[piece];
			sentence = counts[space];
		}
		if ((ended && !token->mark) || length == SENTENCE_LONGEST) {
			sentence++;
			length = 0;
		}
		length++;
		ended = token->stop || (ended && token->mark);
		token->space = space;
		token->sentence = sentence;
		token->paragraph = paragraph;
		paragraph += token->stop && token->text[0] == '\n';
	}
}

static bool
is_letters(const struct token *token)
{
	return !token->mark && (token->text[0] < '0' || token->text[0] > '9');
}

/* Whether case is told anew behind a token: behind what parts sentences, but not
 * behind an item of a list, which begins in lower case anywhere. */
static bool
ends_case(const struct token *token, const struct token *next)
{
	return token->piece != next->piece ||
	       (token->stop && token->text[0] != ';' &&
	        (token->text[0] != '\n' || token->gap == GAP_WIDE));
}

static void
tell_case(struct reader *reader)
{
	size_t count = reader->token_count;
	for (size_t from = 0, to; from < count; from = to) {
		bool capitals = false, small = false;
		for (to = from; to < count; to++) {
			const struct token *token = &reader->tokens[to];
			if (to != from && ends_case(token - 1, token))
				break;
			capitals = capitals || token->capital;
			small = small || (is_letters(token) && !token->capital);
		}
		enum letter_case all = !capitals ? CASE_LOWER : small ? CASE_MIXED : CASE_CAPITALS;
		for (size_t i = from; i < to && all != CASE_MIXED; i++)
			reader->tokens[i].letter_case = (unsigned)all & 3U;
	}
}

void
sentences_count(struct reader *reader)
{
	list_spaces(reader);
	number_sentences(reader);
	guess_languages(reader);
	tell_case(reader);
}
