/*
 * Texts cut into words by what is remembered of their sentences against the same texts cut
 * afresh: made of what tells where a sentence ends, in any order.
 */
#include <stdlib.h>

#include "builtin.h"
#include "suite.h"
#include "text/sayings.h"

enum { TEXTS = 60000, PARTS_MOST = 14, TEXT_LONGEST = 1 << 10, PIECES = 2 };

static struct arena arena;
static struct vocabulary vocabulary;
static uint32_t dice;

static uint32_t
roll(uint32_t sides)
{
	dice = dice * 1664525 + 1013904223;
	return (dice >> 8) % sides;
}

static const char *const parts[] = {
        "Sgt", "R", "police", "Police", "POLICE", "the", "Springfield", "facerecognition", "p0l!ce",
        "f a c e s", "po.lice", "rec-\nognition", "can't", "won't", "U.S", "e.g", "3.5", "No", "Mr",
        "d\xc3\xa9j\xc3\xa0", "\xe2\x80\x94", "\xe2\x80\x9c", "\xe2\x80\x8b", "\xcc\x81", "-", "*",
        ",", ":", "(", "\"", "&", "#", "1)", "Camera: fixed", "- one", "\xd0\xb0", "@", "_"};

static const char *const ends[] = {".", ".", ".", "?", "!", ";", "...", "\xe2\x80\xa6",
                                   "\xe3\x80\x82", ".\"", "'", ""};

static const char *const gaps[] = {" ", " ", " ", " ", "", "  ", "\t", "\n", "\r\n", "\n\n",
                                   "\xe2\x80\xa8", "\xc2\x85", "\xc2\xa0"};

#define PICK(list) list[roll(sizeof list / sizeof *list)]

static void
make_text(char text[TEXT_LONGEST])
{
	strcpy(text, roll(4) == 0 ? PICK(gaps) : "");
	for (uint32_t count = 1 + roll(PARTS_MOST); count > 0; count--) {
		strcat(text, PICK(parts));
		if (roll(3) == 0)
			strcat(text, PICK(ends));
		strcat(text, roll(3) == 0 ? PICK(gaps) : " ");
	}
}

static struct reader
cut(char texts[PIECES][TEXT_LONGEST], struct word_memory *words)
{
	struct text_piece *pieces = arena_alloc(&arena, PIECES, sizeof *pieces);
	struct reader reader = {.arena = &arena,
	                        .vocabulary = &vocabulary,
	                        .lexicon = &vocabulary.lexicon,
	                        .words = words,
	                        .pieces = pieces,
	                        .piece_count = PIECES};
	for (size_t i = 0; i < PIECES; i++)
		pieces[i] = (struct text_piece){span_of(texts[i]), "/text", TEXT_BODY};
	words_read(&reader);
	return reader;
}

static bool
same_token(const struct reader *a, const struct token *one, const struct reader *b,
           const struct token *other)
{
	return one->length == other->length &&
	       memcmp(one->text, other->text, one->length + (size_t)1) == 0 &&
	       one->start == other->start && one->end == other->end &&
	       one->piece == other->piece && one->symbols == other->symbols &&
	       one->symbol_count == other->symbol_count &&
	       (one->symbol_count == 0 ||
	        memcmp(a->symbols + one->symbols, b->symbols + other->symbols,
	               one->symbol_count * sizeof *a->symbols) == 0) &&
	       one->languages == other->languages && one->classes == other->classes &&
	       one->name_words == other->name_words && one->named == other->named &&
	       one->gap == other->gap && one->mark == other->mark && one->stop == other->stop &&
	       one->capital == other->capital && one->upper == other->upper;
}

static struct word_memory *
memory_with_sayings(void)
{
	struct word_memory *memory = word_memory_new();
	ck_assert_ptr_nonnull(memory);
	ck_assert_ptr_null(word_memory_sayings(memory));
	ck_assert_ptr_nonnull(word_memory_stretches(memory, &vocabulary.lexicon, SIZE_MAX));
	ck_assert_ptr_nonnull(word_memory_sayings(memory));
	return memory;
}

START_TEST(same_as_cut_afresh)
{
	static char texts[PIECES][TEXT_LONGEST];
	struct word_memory *memory = memory_with_sayings();
	dice = 0;
	for (size_t i = 0; i < TEXTS; i++) {
		struct arena_mark mark = arena_mark(&arena);
		for (size_t j = 0; j < PIECES; j++)
			make_text(texts[j]);
		struct reader afresh = cut(texts, NULL), recalled = cut(texts, memory);
		ck_assert_uint_eq(afresh.symbol_count, recalled.symbol_count);
		for (size_t j = 0; j < afresh.token_count; j++)
			ck_assert_msg(j < recalled.token_count &&
			                      same_token(&afresh, &afresh.tokens[j], &recalled,
			                                 &recalled.tokens[j]),
			              "word %zu of %s | %s", j, texts[0], texts[1]);
		ck_assert_uint_eq(afresh.token_count, recalled.token_count);
		arena_release(&arena, mark);
	}
	word_memory_free(memory);
}
END_TEST

/* Whether a sentence is remembered as the beginning of a text, with its second word. */
static bool
is_known(struct word_memory *memory, const char *text, const char *second)
{
	struct reader reader = {.arena = &arena, .lexicon = &vocabulary.lexicon};
	struct saying_memory *sayings = word_memory_sayings(memory);
	struct saying saying = saying_next(sayings, span_of(text));
	ck_assert(saying.whole && saying.bytes.length == strlen(text));
	saying.gap = GAP_BREAK;
	if (!saying_recall(sayings, &reader, &saying))
		return false;
	ck_assert_str_eq(reader.tokens[1].text, second);
	return true;
}

START_TEST(remembers_sentences)
{
	static char texts[PIECES][TEXT_LONGEST] = {
	        "Police ask \xe2\x80\x9cwho?\xe2\x80\x9d in D\xc3\xbcren. Ask Sgt. Miller why!",
	        "One line\nand another; The d\xc3\xa9j\xc3\xa0 vu\xe2\x80\xa6 They ask."};
	struct word_memory *memory = memory_with_sayings();
	cut(texts, memory);
	ck_assert(is_known(memory, "Police ask \xe2\x80\x9cwho?\xe2\x80\x9d in D\xc3\xbcren.",
	                   "ask"));
	ck_assert(!is_known(memory, " Ask Sgt.", ""));
	ck_assert(!is_known(memory, "They ask.", ""));
	ck_assert(!is_known(memory, "and another;", ""));
	word_memory_free(memory);
}
END_TEST

static void
number(int i, char text[TEXT_LONGEST])
{
	snprintf(text, TEXT_LONGEST, "The %d officers and their cameras look at faces.", i);
}

static bool
number_is_known(struct word_memory *memory, int i)
{
	char text[TEXT_LONGEST], word[16];
	number(i, text);
	snprintf(word, sizeof word, "%d", i);
	return is_known(memory, text, word);
}

/* What is written last may lie over a part of the oldest that is left. */
START_TEST(forgets_the_oldest)
{
	enum { NUMBERS = 20000, MORE = 2000, NEAR = 4 };
	static char texts[PIECES][TEXT_LONGEST];
	struct word_memory *memory = memory_with_sayings();
	int oldest = 0;
	for (int i = 0; i < NUMBERS + MORE; i++) {
		struct arena_mark mark = arena_mark(&arena);
		number(i, texts[0]);
		cut(texts, memory);
		ck_assert(number_is_known(memory, i));
		while (i + 1 == NUMBERS && !number_is_known(memory, oldest))
			oldest++;
		for (int j = oldest; i >= NUMBERS && j < oldest + 2 * NEAR; j++)
			number_is_known(memory, j - NEAR + (i - NUMBERS));
		arena_release(&arena, mark);
	}
	ck_assert_int_gt(oldest, 0);
	ck_assert_int_lt(oldest, NUMBERS - 1000);
	word_memory_free(memory);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sayings");
	TCase *tests = tcase_create("sayings");
	arena_init(&arena);
	if (setjmp(arena.exhausted) != 0)
		abort();
	vocabulary_use(&vocabulary, builtin_image);
	tcase_set_timeout(tests, 100);
	tcase_add_test(tests, same_as_cut_afresh);
	tcase_add_test(tests, remembers_sentences);
	tcase_add_test(tests, forgets_the_oldest);
	int status = suite_run(suite, tests);
	arena_free(&arena);
	return status;
}
