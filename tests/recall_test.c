/* What a session recalls is what it was told, or nothing. */
#include <stdio.h>
#include <stdlib.h>

#include "recall.h"
#include "suite.h"

static struct recall *recall;

static void
set_up(void)
{
	recall = calloc(1, sizeof *recall);
	ck_assert_ptr_nonnull(recall);
}

static void
tear_down(void)
{
	free(recall);
}

static void
tell(uint32_t as, struct span word, uint32_t value)
{
	struct recalled *recalled = recall_word(recall, as, word);
	recalled->value = value;
	recalled->known = true;
}

static void
expect(uint32_t as, struct span word, uint32_t value)
{
	struct recalled *recalled = recall_word(recall, as, word);
	ck_assert(recalled->known);
	ck_assert_uint_eq(recalled->value, value);
}

START_TEST(a_word_is_recalled_as_what_it_was_looked_up)
{
	static const char *const words[] = {"", "a", "police", "police_department",
	                                    "a word of exactly forty bytes, as it is."};
	for (uint32_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct span word = span_of(words[i]);
		ck_assert(!recall_word(recall, RECALL_VALUE, word)->known);
		tell(RECALL_VALUE, word, i);
		tell(RECALL_VALUE + 1, word, 100 + i);
		expect(RECALL_VALUE, word, i);
		expect(RECALL_VALUE + 1, word, 100 + i);
	}
}
END_TEST

START_TEST(a_long_word_is_never_known)
{
	char letters[RECALL_LONGEST + 1] = "long";
	struct span word = {letters, sizeof letters};
	tell(RECALL_MEMBER, word, 1);
	ck_assert(!recall_word(recall, RECALL_MEMBER, word)->known);
}
END_TEST

/* Many more words than slots, which differ in their middle alone. */
START_TEST(no_word_is_taken_for_another)
{
	enum { WORDS = 20 * RECALL_SLOTS };
	char word[RECALL_LONGEST];
	size_t known = 0;
	for (uint32_t i = 0; i < 2 * WORDS; i++) {
		uint32_t number = i / 2 * 7919 % WORDS;
		int length = snprintf(word, sizeof word, "the-same-%05u-the-same", (unsigned)number);
		struct span text = {word, (size_t)length};
		struct recalled *recalled = recall_word(recall, number % 3, text);
		ck_assert(!recalled->known || recalled->value == number);
		known += recalled->known;
		tell(number % 3, text, number);
	}
	ck_assert_uint_eq(known, WORDS);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("recall");
	TCase *tests = tcase_create("recall");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_word_is_recalled_as_what_it_was_looked_up);
	tcase_add_test(tests, a_long_word_is_never_known);
	tcase_add_test(tests, no_word_is_taken_for_another);
	return suite_run(suite, tests);
}
