/* The scanner against the parsing suite, against jansson, and its own promises. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "against_jansson.h"
#include "suite.h"

static struct arena arena;

static void
set_up(void)
{
	arena_init(&arena);
	if (setjmp(arena.exhausted) != 0)
		abort();
}

static void
tear_down(void)
{
	arena_free(&arena);
}

/* Scans a copy of exactly that size, so that a read past its end is noticed. */
static bool
scan_copy(struct scan *scan, const void *text, size_t length)
{
	static char *copy;
	free(copy);
	copy = malloc(length != 0 ? length : 1);
	ck_assert_ptr_nonnull(copy);
	memcpy(copy, text, length);
	return scan_record(scan, &arena, (struct span){copy, length});
}

static void
expect_same(const struct scan *scan)
{
	const char *difference = against_jansson(scan, &arena);
	ck_assert_msg(difference == NULL, "%.*s: %s, but %s", (int)scan->text.length, scan->text.at,
	              scan->error != NULL ? scan->error : "accepted", difference);
}

static void
expect_error(const char *text, size_t length, const char *error, size_t at)
{
	struct scan scan;
	ck_assert_msg(!scan_copy(&scan, text, length), "accepted: %s", text);
	ck_assert_msg(strcmp(scan.error, error) == 0 && scan.error_at == at,
	              "%s: \"%s\" at %zu, not \"%s\" at %zu", text, scan.error, scan.error_at,
	              error, at);
	expect_same(&scan);
}

/* What is wrong, and where, with each of these. */
static const struct {
	const char *text, *error;
	size_t at;
} wrong[] = {
        {"", "no JSON value", 0},
        {" \n", "no JSON value", 2},
        {"{\"a\":tru}", "not valid JSON", 8},
        {"[1,]", "not valid JSON", 3},
        {"{\"a\":1,}", "not valid JSON", 7},
        {"{\"a\" 1}", "not valid JSON", 5},
        {"[01]", "not valid JSON", 2},
        {"[1.]", "not valid JSON", 3},
        {"[\"\\x\"]", "not valid JSON", 3},
        {"[\"\\u12g4\"]", "not valid JSON", 6},
        {"{\"a\":[1}", "not valid JSON", 7},
        {"hello", "not valid JSON", 0},
        {"\xEF\xBB\xBF{}", "not valid JSON", 0},
        {"[", "input ends inside a value", 1},
        {"{\"a\":\"b", "input ends inside a value", 7},
        {"{\"a\":1,\"b", "input ends inside a value", 9},
        {"[tru", "input ends inside a value", 4},
        {"[-", "input ends inside a value", 2},
        {"{} {}", "extra bytes after the value", 3},
        {"1 2", "extra bytes after the value", 2},
        {"[\"a\nb\"]", "control character in a string", 3},
        {"[\"\xC0\xAF\"]", "not valid UTF-8", 2},
        {"[\"\xE0\x80\xAF\"]", "not valid UTF-8", 2},
        {"[\"\xF0\x80\x80\xAF\"]", "not valid UTF-8", 2},
        {"[\"\xED\xA0\x80\"]", "not valid UTF-8", 2},
        {"[\"\xF4\x90\x80\x80\"]", "not valid UTF-8", 2},
        {"[\"x\xE2\x82\"]", "not valid UTF-8", 3},
        {"[\xFF]", "not valid UTF-8", 1},
        {"[\"\\ud800\"]", "lone surrogate", 2},
        {"[\"x\\udc00\"]", "lone surrogate", 3},
        {"[\"\\ud800\\u0041\"]", "lone surrogate", 2},
        {"[\"\\ud800 \xFF\"]", "lone surrogate", 2},
        {"{\"a\\u0000\":1}", "NUL in a key", 3},
        {"{\"a\":1,\"a\":2}", "duplicate key", 7},
        {"{\"a\":1,\"\\u0061\":2}", "duplicate key", 7},
        {"{\"\":1,\"\":2}", "duplicate key", 6},
        {"{\"z\":1,\"y\":1,\"x\":1,\"w\":1,\"v\":1,\"u\":1,\"t\":1,\"z\":1,\"a\":1,\"a\":1}",
         "duplicate key", 43},
        {"[{\"a\":{\"b\":1,\"b\":2}}]", "duplicate key", 13},
        {"{\"a\":1,\"a\":2,", "duplicate key", 7},
        {"{\"a\":1,\"a\"", "duplicate key", 7},
        {"{\"a\":1,\"b\":2,\"a\":{\"c\":[tru", "duplicate key", 13},
        {"{\"a\":1,\"a\":{\"b\":1,\"b\":1}}", "duplicate key", 7},
        {"{\"a\":{\"b\":1,\"b\":1},\"a\":1}", "duplicate key", 12},
        {"[1,1e400]", "number too large", 3},
        {"[-17976931348623159e292]", "number too large", 1},
        {"[123456789012345678901234567890,tru]", "not valid JSON", 35},
        {"{\"a\":-123456789012345678901234567890} x", "extra bytes after the value", 38},
        {"[123456789012345678901234567890", "input ends inside a value", 31},
};

START_TEST(names_the_first_error_and_its_place)
{
	expect_error(wrong[_i].text, strlen(wrong[_i].text), wrong[_i].error, wrong[_i].at);
}
END_TEST

START_TEST(a_nul_outside_strings_is_no_end)
{
	expect_error("[\0]", 3, "not valid JSON", 1);
	expect_error("{}\0", 3, "extra bytes after the value", 2);
	expect_error("[\"\0\"]", 5, "control character in a string", 2);
	/* jansson would accept this one. */
	expect_error("[1\0]", 4, "not valid JSON", 2);
}
END_TEST

static const char *const right[] = {
        "0",
        " { } ",
        "\"\"",
        "[1e308,17976931348623157e292,0e999,1e-999,0.1e309]",
        "[123456789012345678901234567890,-9223372036854775809]",
        "{\"a\":1,\"A\":1,\"\":1,\"aa\":1,\"\\u00e9\":1,\"\\\"\":{\"a\":1}}",
        "{\"i\":1,\"h\":1,\"g\":1,\"f\":1,\"e\":1,\"d\":1,\"c\":1,\"b\":1,\"a\":1,\"\\u006a\":{}}",
        "[\"\\u0000\\\"\\\\\\/\\b\\f\\n\\r\\t\\u20ac\\ud83d\\ude00\\u00e9\\u007f\"]",
        "[\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xEF\xBF\xBF\x7F\"]",
        "\t[[],{},[{}],{\"a\":[]},null,true,false,-0,-0.0,1E+2]\r\n",
};

START_TEST(reads_what_jansson_reads)
{
	struct scan scan;
	ck_assert_msg(scan_copy(&scan, right[_i], strlen(right[_i])), "%s: %s", right[_i],
	              scan.error);
	ck_assert_ptr_null(scan.error);
	expect_same(&scan);
}
END_TEST

/* Strings are passed many bytes at a time. */
START_TEST(sees_the_end_of_a_run_wherever_it_stands)
{
	enum { START = 2, LONGEST = 200 };
	static const char plain[] = " !#[]\x7F~a";
	static const struct {
		const char *text;
		size_t error, end; /* bytes after the run */
	} ends[] = {{"\"]", 0, 0},   {"\xC3\xA9\"]", 0, 2}, {"\\n\"]", 0, 2},
	            {"\x1F\"]", 0, 0}, {"\x80\"]", 0, 0},     {"\\x\"]", 1, 0}};
	char text[LONGEST + 8] = "[\"";
	for (size_t run = START; run < LONGEST; run++) {
		for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
			struct scan scan;
			size_t length = strlen(ends[i].text);
			memcpy(text + run, ends[i].text, length);
			if (scan_copy(&scan, text, run + length))
				ck_assert_uint_eq(scan.nodes[1].end, run + ends[i].end);
			else
				ck_assert_uint_eq(scan.error_at, run + ends[i].error);
			ck_assert_int_eq(scan.error == NULL, i < 3);
		}
		text[run] = plain[run % (sizeof plain - 1)];
		arena_reset(&arena);
	}
}
END_TEST

START_TEST(an_integer_may_be_of_any_size)
{
	char number[5000] = "[-";
	memset(number + 2, '7', sizeof number - 4);
	strcpy(number + sizeof number - 2, "]");
	struct scan scan;
	ck_assert(scan_copy(&scan, number, strlen(number)));
	ck_assert_uint_eq(scan_raw(&scan, 1).length, strlen(number) - 2);
	strcpy(number + sizeof number - 4, ",x]");
	expect_error(number, strlen(number), "not valid JSON", strlen(number) - 2);
}
END_TEST

START_TEST(finds_members)
{
	static const char text[] = "{\"a\":[{\"b\":1}],\"b\":2,\"\\u0063\\ud83d\\ude00\":3}";
	struct scan scan;
	ck_assert(scan_copy(&scan, text, strlen(text)));
	ck_assert(span_is(scan_raw(&scan, scan_member(&scan, 0, "b")), "2"));
	ck_assert(span_is(scan_raw(&scan, scan_member(&scan, 0, "c\xF0\x9F\x98\x80")), "3"));
	ck_assert_uint_eq(scan_member(&scan, 0, "c"), 0);
	ck_assert_uint_eq(scan_member(&scan, 0, ""), 0);
	uint32_t list = scan_member(&scan, 0, "a");
	ck_assert_uint_eq(scan_member(&scan, list, "b"), 0);
	ck_assert(span_is(scan_raw(&scan, scan_member(&scan, list + 1, "b")), "1"));
}
END_TEST

START_TEST(a_plain_string_is_not_copied)
{
	struct scan scan;
	ck_assert(scan_copy(&scan, "[\"plain\"]", 9));
	ck_assert_ptr_eq(scan_string(&scan, &arena, 1).at, scan.text.at + 2);
}
END_TEST

START_TEST(positions_count_code_points)
{
	struct span text = span_of("a\xC3\xA9\xF0\x9F\x98\x80!\r\n\nx");
	static const size_t places[][3] = {{0, 1, 1}, {1, 1, 2}, {3, 1, 3},  {7, 1, 4},
	                                   {9, 1, 6}, {10, 2, 1}, {11, 3, 1}, {12, 3, 2}};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		size_t line, column;
		scan_position(text, places[i][0], &line, &column);
		ck_assert_uint_eq(line, places[i][1]);
		ck_assert_uint_eq(column, places[i][2]);
	}
}
END_TEST

/* `count` times `unit`, after and before which stand these. */
static char *
repeat(const char *before, const char *unit, size_t count, const char *after)
{
	size_t size = strlen(unit), start = strlen(before);
	char *text = malloc(start + count * size + strlen(after) + 1);
	ck_assert_ptr_nonnull(text);
	memcpy(text, before, start);
	for (size_t i = 0; i < count; i++)
		memcpy(text + start + i * size, unit, size);
	strcpy(text + start + count * size, after);
	return text;
}

START_TEST(depth_is_limited)
{
	struct scan scan;
	char *deep = repeat("", "[", SCAN_DEPTH, "");
	char *closed = repeat(deep, "]", SCAN_DEPTH, "");
	ck_assert(scan_copy(&scan, closed, strlen(closed)));
	char *deeper = repeat("[", closed, 1, "]");
	expect_error(deeper, strlen(deeper), "nested deeper than 64", SCAN_DEPTH);
	free(deeper);
	free(closed);
	free(deep);
	deep = repeat("", "{\"a\":", 1000000, "");
	expect_error(deep, strlen(deep), "nested deeper than 64", SCAN_DEPTH * strlen("{\"a\":"));
	free(deep);
}
END_TEST

START_TEST(values_are_counted)
{
	struct scan scan;
	char *most = repeat("[0", ",0", SCAN_VALUES - 2, "]");
	ck_assert(scan_copy(&scan, most, strlen(most)));
	ck_assert_uint_eq(scan.count, SCAN_VALUES);
	strcpy(most + strlen(most) - 1, ",");
	expect_error(most, strlen(most), "input ends inside a value", strlen(most));
	char *more = repeat(most, "0", 1, "]");
	expect_error(more, strlen(more), "more than 200,000 values", strlen(more) - 2);
	free(more);
	free(most);
}
END_TEST

/* An object of 100,000 members, the last of which has this name. */
static char *
many_members(const char *last)
{
	enum { MEMBERS = 100000, WIDTH = 16 };
	char *text = malloc((MEMBERS + 2) * (size_t)WIDTH), *end = text;
	ck_assert_ptr_nonnull(text);
	for (int i = 0; i < MEMBERS - 1; i++)
		end += sprintf(end, "%c\"key-%d\":%d", i == 0 ? '{' : ',', i, i % 10);
	sprintf(end, ",\"%s\":0}", last);
	return text;
}

START_TEST(many_keys_are_compared_in_time)
{
	struct scan scan;
	char *text = many_members("last");
	ck_assert(scan_copy(&scan, text, strlen(text)));
	free(text);
	text = many_members("\\u006bey-7");
	expect_error(text, strlen(text), "duplicate key",
	             strlen(text) - strlen("\"\\u006bey-7\":0}"));
	free(text);
}
END_TEST

static unsigned
next_random(unsigned *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static const char *const seeds[] = {
        "{\"id\":\"r-1\",\"actor\":{\"kind\":\"police\",\"name\":\"X Y\"},\"n\":[1,-2.5e3,0]}",
        "{\"a\":\"\\u00e9\\ud83d\\ude00\\n\",\"b\":\"\xC3\xA9\xF0\x9F\x98\x80\",\"a\\u0062\":null}",
        "[true,false,null,{\"\":{}},[],\"\\\\\\\"\\/\",1e5,12.25,{\"k\":[[[]]]}]",
        " {\"aa\" : [ {\"b\":0} , {\"b\":1} ] ,\r\n\t\"ab\":\"x y\" } ",
};
static const char bits[] =
        "\"\"\\\\{}[]::,,,01-+.eEutrnfabud8c \n\t\xC3\xA9\xED\xA0\xF0\x9F\x80\xFF";

/* Changes, drops, adds or repeats a few bytes; returns the new length. */
static size_t
mutate(char *text, size_t length, unsigned *state)
{
	for (unsigned left = 1 + next_random(state) % 3; left > 0 && length > 4; left--) {
		size_t at = next_random(state) % (length - 3);
		char bit = bits[next_random(state) % (sizeof bits - 1)];
		switch (next_random(state) % 4) {
		case 0:
			text[at] = bit;
			break;
		case 1:
			memmove(text + at, text + at + 1, --length - at);
			break;
		case 2:
			memmove(text + at + 1, text + at, length++ - at);
			text[at] = bit;
			break;
		default:
			text[at] = text[next_random(state) % length];
		}
	}
	return length;
}

START_TEST(agrees_with_jansson_on_mutants)
{
	unsigned state = 20240503, accepted = 0;
	for (int round = 0; round < 40000; round++) {
		char text[256];
		const char *seed = seeds[round % (int)(sizeof seeds / sizeof *seeds)];
		size_t length = strlen(seed);
		memcpy(text, seed, length);
		length = mutate(text, length, &state);
		struct scan scan;
		accepted += scan_copy(&scan, text, length);
		expect_same(&scan);
		arena_reset(&arena);
	}
	ck_assert_uint_gt(accepted, 4000);
	ck_assert_uint_lt(accepted, 36000);
}
END_TEST

/* Where the suite leaves the choice, or ours is narrower. */
static const char *const accepted_choices[] = {
        "i_number_double_huge_neg_exp.json", "i_number_real_underflow.json",
        "i_number_too_big_neg_int.json",     "i_number_too_big_pos_int.json",
        "i_number_very_big_negative_int.json",
};
static const char *const rejected_choices[] = {
        "y_object_duplicated_key.json",
        "y_object_duplicated_key_and_value.json",
        "y_object_escaped_null_in_key.json",
};

static bool
listed(const char *name, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, list[i]) == 0)
			return true;
	return false;
}

static bool
acceptable(const char *name)
{
	if (name[0] == 'y')
		return !listed(name, rejected_choices,
		               sizeof rejected_choices / sizeof *rejected_choices);
	return listed(name, accepted_choices, sizeof accepted_choices / sizeof *accepted_choices);
}

static void
scan_file(const char *folder, const char *name)
{
	static char text[1 << 20];
	char path[4096];
	struct scan scan;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "rb");
	ck_assert_ptr_nonnull(file);
	size_t length = fread(text, 1, sizeof text, file);
	fclose(file);
	bool accepted = scan_copy(&scan, text, length);
	ck_assert_msg(accepted == acceptable(name), "%s: %s", name,
	              accepted ? "accepted" : scan.error);
	expect_same(&scan);
}

/* The suite in $PROVISO_SHARED, else beside the checkout, seen from there or
 * from a build folder in it. */
static DIR *
open_suite(char *path, size_t size)
{
	const char *shared = getenv("PROVISO_SHARED");
	const char *const places[] = {shared != NULL ? shared : "../../shared", "../shared"};
	DIR *folder = NULL;
	for (size_t i = 0; i < (shared != NULL ? 1 : 2) && folder == NULL; i++) {
		snprintf(path, size, "%s/json-suite/test_parsing", places[i]);
		folder = opendir(path);
	}
	return folder;
}

START_TEST(decides_the_parsing_suite)
{
	char path[2048];
	DIR *folder = open_suite(path, sizeof path);
	if (folder == NULL) {
		printf("skipped: no parsing suite in %s\n", path);
		return;
	}
	int files = 0;
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		if (strlen(entry->d_name) < 2 || entry->d_name[1] != '_')
			continue;
		scan_file(path, entry->d_name);
		files++;
	}
	closedir(folder);
	ck_assert_int_gt(files, 300);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("scan");
	TCase *tests = tcase_create("scan");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, names_the_first_error_and_its_place, 0,
	                    (int)(sizeof wrong / sizeof *wrong));
	tcase_add_loop_test(tests, reads_what_jansson_reads, 0,
	                    (int)(sizeof right / sizeof *right));
	tcase_add_test(tests, a_nul_outside_strings_is_no_end);
	tcase_add_test(tests, sees_the_end_of_a_run_wherever_it_stands);
	tcase_add_test(tests, an_integer_may_be_of_any_size);
	tcase_add_test(tests, finds_members);
	tcase_add_test(tests, a_plain_string_is_not_copied);
	tcase_add_test(tests, positions_count_code_points);
	tcase_add_test(tests, depth_is_limited);
	tcase_add_test(tests, values_are_counted);
	tcase_add_test(tests, many_keys_are_compared_in_time);
	tcase_add_test(tests, agrees_with_jansson_on_mutants);
	tcase_add_test(tests, decides_the_parsing_suite);
	return suite_run(suite, tests);
}
