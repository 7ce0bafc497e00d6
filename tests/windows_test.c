/* Long texts tell window by window what they tell at once. */
#include <stdio.h>
#include <stdlib.h>

#include "builtin.h"
#include "suite.h"
#include "text/text.h"

enum { LENGTH = 400 * 1024, CUT = 96 * 1024, TELLS_MOST = 1024, TEXTS_MOST = 8 };

static const char filler[] = "The tide tables lie in the green folder by the door. ";

static struct arena arena, scratch;
static struct vocabulary vocabulary;
static struct text_piece texts[TEXTS_MOST];
static size_t text_count;

static void
setup(void)
{
	arena_init(&arena);
	arena_init(&scratch);
	if (setjmp(arena.exhausted) != 0)
		abort();
	vocabulary_use(&vocabulary, builtin_image);
	text_count = 0;
}

static void
teardown(void)
{
	arena_free(&arena);
	arena_free(&scratch);
}

/* Adds a text of filler, with sentences written over it at some bytes. */
static char *
add_text(enum text_role role, size_t length)
{
	static const char *const pointers[TEXTS_MOST] = {"/0", "/1", "/2", "/3",
	                                                 "/4", "/5", "/6", "/7"};
	char *text = arena_text(&arena, length + 1);
	for (size_t i = 0; i < length; i++)
		text[i] = filler[i % (sizeof filler - 1)];
	text[length] = '\0';
	texts[text_count] = (struct text_piece){{text, length}, pointers[text_count], role};
	text_count++;
	return text;
}

/* Writes a sentence of its own near a byte. */
static void
say(char *text, size_t at, const char *sentence)
{
	at -= at % (sizeof filler - 1);
	memcpy(text + at, sentence, strlen(sentence));
	text[at + strlen(sentence)] = '.';
	text[at + strlen(sentence) + 1] = ' ';
}

struct tells {
	struct tell list[TELLS_MOST];
	size_t count;
};

static bool
same_tell(const struct tell *a, const struct tell *b)
{
	return a->value == b->value && a->telling == b->telling && a->weak == b->weak &&
	       a->evidence.at == b->evidence.at && a->evidence.start == b->evidence.start &&
	       a->evidence.end == b->evidence.end;
}

static bool
has(const struct tells *tells, const struct tell *tell)
{
	for (size_t i = 0; i < tells->count; i++) {
		if (same_tell(&tells->list[i], tell))
			return true;
	}
	return false;
}

static void
collect(struct tells *tells, const struct text_reading *reading)
{
	for (size_t i = 0; i < reading->passage_count; i++) {
		struct passage passage = reading->passages[i];
		for (size_t j = passage.first; j < passage.first + passage.count; j++) {
			struct tell tell = text_tell(reading, j, 0);
			ck_assert_uint_lt(tells->count, TELLS_MOST);
			if (!has(tells, &tell))
				tells->list[tells->count++] = tell;
		}
	}
}

static void
tell_at_once(struct tells *tells)
{
	struct facts facts;
	struct text_reading reading;
	facts_start(&facts, &vocabulary, &arena);
	text_read(&reading, &facts, texts, text_count, true);
	collect(tells, &reading);
}

static size_t
tell_by_windows(struct tells *tells)
{
	struct facts facts;
	struct text_reading reading;
	facts_start(&facts, &vocabulary, &arena);
	struct text_windows *windows = text_windows_new(&facts, &scratch, texts, text_count);
	text_windows_note(windows);
	size_t count = text_windows_count(windows);
	for (size_t i = 0; i < count; i++) {
		if (text_windows_silent(windows, i))
			continue;
		text_windows_read(windows, i, &reading, true);
		collect(tells, &reading);
	}
	return count;
}

static void
check_all(const struct tells *tells, const struct tells *others, const char *what)
{
	for (size_t i = 0; i < tells->count; i++) {
		const struct tell *tell = &tells->list[i];
		uint32_t name = vocabulary.values[tell->value].name;
		ck_assert_msg(has(others, tell), "%s: %s, %u, of %s %zu to %zu", what,
		              vocabulary_text(&vocabulary, name), tell->telling,
		              tell->evidence.at, tell->evidence.start, tell->evidence.end);
	}
}

/* What is told at once and by windows is the same, and `least` at the least. */
static void
tell_alike(size_t least)
{
	static struct tells whole, parts;
	whole.count = parts.count = 0;
	tell_at_once(&whole);
	ck_assert_uint_gt(tell_by_windows(&parts), 1);
	ck_assert_uint_ge(whole.count, least);
	check_all(&whole, &parts, "not told by windows");
	check_all(&parts, &whole, "told by windows only");
}

START_TEST(nothing_is_lost_where_a_text_is_cut)
{
	static const char sentence[] = "The police of Ohio match faces live on body cameras";
	char *text = add_text(TEXT_BODY, LENGTH);
	say(text, CUT + 500 - (size_t)_i * 51, sentence);
	say(text, 3 * CUT + 100, "The vendor in Berlin blurs faces");
	tell_alike(6);
}
END_TEST

START_TEST(a_passage_is_seen_whole)
{
	char *text = add_text(TEXT_BODY, LENGTH);
	size_t at = CUT - 400 + (size_t)_i * 51;
	say(text, at, "The police of Ohio ask us");
	say(text, at + 200, "Match faces");
	say(text, at + 400, "It runs live on body cameras on the street");
	tell_alike(6);
}
END_TEST

/* The only place of a text is that of its parties, wherever it is named. */
START_TEST(places_are_those_of_the_text)
{
	char *text = add_text(TEXT_BODY, LENGTH);
	say(text, _i == 0 ? 1000 : LENGTH - 1000, "Our office is in Toledo, Ohio");
	say(text, LENGTH / 2, "The police match faces");
	tell_alike(3);
}
END_TEST

START_TEST(headings_are_heard_everywhere)
{
	char *heading = add_text(TEXT_HEADING, _i == 0 ? 2000 : LENGTH);
	char *first = add_text(TEXT_TURN, LENGTH), *second = add_text(TEXT_TURN, LENGTH);
	say(heading, 900, "You help the police of Ohio, live and on body cameras");
	say(heading, 1200, "Do not score people");
	say(first, LENGTH / 2, "Match faces");
	say(second, LENGTH - 200, "Tell who is sad by their voice");
	tell_alike(6);
}
END_TEST

START_TEST(a_heading_alone_is_judged)
{
	char *heading = add_text(TEXT_HEADING, LENGTH);
	say(heading, 2 * CUT, "You help the police of Ohio match faces live on body cameras");
	tell_alike(4);
}
END_TEST

START_TEST(turns_tell_each_other)
{
	char *first = add_text(TEXT_TURN, LENGTH), *body = add_text(TEXT_BODY, LENGTH);
	char *second = add_text(TEXT_TURN, LENGTH / 8), *third = add_text(TEXT_TURN, LENGTH);
	say(first, 100, "We work for the police of Ohio");
	say(body, LENGTH / 2, "The sheriff reads the papers");
	say(second, LENGTH / 16, "Match faces");
	say(third, LENGTH - 200, "Match voices");
	tell_alike(6);
}
END_TEST

/* What is written about is told if what asks for work stands anywhere in its turn. */
START_TEST(writing_is_told_by_its_turn)
{
	char *first = add_text(TEXT_TURN, LENGTH), *second = add_text(TEXT_TURN, LENGTH);
	say(first, 100, "Write a novel about the police of Ohio who match faces");
	say(first, LENGTH / 2, "In it the police match the faces of a crowd");
	if (_i != 0)
		say(first, LENGTH - 1000, "Set up our system to match faces of guests");
	say(second, 5000, "The police want to match faces");
	tell_alike(2);
}
END_TEST

/* Where nobody and nothing is met in a text, its circumstances count. */
START_TEST(circumstances_count_alone)
{
	char *text = add_text(TEXT_BODY, LENGTH);
	say(text, CUT + 5000, "It runs live on body cameras on the street");
	if (_i != 0)
		say(text, 3 * CUT, "Match faces");
	tell_alike(1);
}
END_TEST

START_TEST(parties_are_those_of_the_text)
{
	char *text = add_text(TEXT_BODY, LENGTH);
	say(text, 1000, "The police of Ohio match faces");
	say(text, LENGTH / 2, "The police of Bavaria match faces");
	say(text, LENGTH - 1000, "The Ohio police match faces");
	struct facts facts;
	struct text_reading reading;
	facts_start(&facts, &vocabulary, &arena);
	struct text_windows *windows = text_windows_new(&facts, &scratch, texts, text_count);
	text_windows_note(windows);
	for (size_t i = 0; i < text_windows_count(windows); i++)
		text_windows_read(windows, i, &reading, false);
	ck_assert_uint_eq(facts.party_count, 2);
}
END_TEST

/* Characters of several bytes, and a word without an end. */
START_TEST(windows_see_whole_words)
{
	struct facts facts;
	struct span *parts;
	const char *text = add_text(TEXT_BODY, LENGTH);
	facts_start(&facts, &vocabulary, &arena);
	size_t count = text_windows_parts(text_windows_new(&facts, &scratch, texts, 1), &parts);
	ck_assert_uint_gt(count, 2);
	for (size_t i = 0; i < count; i++) {
		const char *end = parts[i].at + parts[i].length;
		ck_assert(parts[i].at == text || parts[i].at[-1] == ' ');
		ck_assert(*end == '\0' || end[-1] == ' ');
	}
}
END_TEST

START_TEST(text_without_words_is_cut)
{
	static const char *const fillers[] = {"\xd0\xb6", "\xe3\x80\x82", "a", "? ", "\n"};
	const char *unit = fillers[_i];
	char *text = add_text(TEXT_BODY, LENGTH);
	for (size_t i = 0; i < LENGTH / 6 * 6; i++)
		text[i] = unit[i % strlen(unit)];
	memcpy(text + LENGTH - 16, ". Match faces. ", 15);
	tell_alike(1);
}
END_TEST

START_TEST(a_long_name_is_read_to_its_end)
{
	static const char last[] = ". Tulsa Police Department";
	struct facts facts;
	facts_start(&facts, &vocabulary, &arena);
	struct tell tell = {.party = facts_party(&facts, (struct party){.declared = true})};
	char *name = add_text(TEXT_BODY, LENGTH);
	memcpy(name + LENGTH - strlen(last), last, strlen(last));
	text_read_name(&facts, (struct span){name, LENGTH}, tell);
	ck_assert_uint_ge(facts.tell_count, 2);
	for (size_t i = 0; i < facts.tell_count; i++) {
		ck_assert_uint_ge(facts.tells[i].evidence.start, LENGTH - strlen(last));
		ck_assert_uint_le(facts.tells[i].evidence.end, LENGTH);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("windows");
	TCase *tests = tcase_create("windows");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, nothing_is_lost_where_a_text_is_cut, 0, 20);
	tcase_add_loop_test(tests, a_passage_is_seen_whole, 0, 12);
	tcase_add_loop_test(tests, places_are_those_of_the_text, 0, 2);
	tcase_add_loop_test(tests, headings_are_heard_everywhere, 0, 2);
	tcase_add_test(tests, a_heading_alone_is_judged);
	tcase_add_test(tests, turns_tell_each_other);
	tcase_add_loop_test(tests, writing_is_told_by_its_turn, 0, 2);
	tcase_add_loop_test(tests, circumstances_count_alone, 0, 2);
	tcase_add_test(tests, parties_are_those_of_the_text);
	tcase_add_test(tests, windows_see_whole_words);
	tcase_add_loop_test(tests, text_without_words_is_cut, 0, 5);
	tcase_add_test(tests, a_long_name_is_read_to_its_end);
	return suite_run(suite, tests);
}
