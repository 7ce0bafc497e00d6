/* A mould reads a record as scanning and reading it does, or not at all. */
#include <stdio.h>

#include "against_reading.h"
#include "builtin.h"
#include "suite.h"

static struct arena arena;
static struct vocabulary vocabulary;
static struct recall recall;
static struct moulds moulds;

static void
set_up(void)
{
	arena_init(&arena);
	arena_init(&moulds.arena);
	if (setjmp(arena.exhausted) != 0)
		abort();
	vocabulary_use(&vocabulary, builtin_image);
}

static void
tear_down(void)
{
	moulds_forget(&moulds);
	arena_free(&arena);
}

/* Whether a record fits; then it is read as it should be. */
static bool
fits(struct span record)
{
	struct request request;
	arena_reset(&arena);
	/* What stands behind a record is not its own. */
	record.at = arena_copy(&arena, record);
	if (!mould_fit(&moulds, &request, record, &vocabulary, &recall, &arena))
		return false;
	const char *difference = against_reading(&request, record, &vocabulary, &recall, &arena);
	ck_assert_msg(difference == NULL, "%s: %.*s", difference, (int)record.length, record.at);
	return true;
}

static void
make(const char *record)
{
	arena_reset(&arena);
	ck_assert(reading_mould(&moulds, span_of(record), &vocabulary, &recall, &arena));
}

static bool
fits_mould_of(const char *first, const char *second)
{
	moulds_forget(&moulds);
	make(first);
	return fits(span_of(second));
}

static const char *const records[] = {
	"{\"id\":\"r-1\",\"date\":\"2026-06-03\",\"service\":\"azure-openai\",\"actor\":{\"name\":"
	"\"X Y\",\"kind\":\"police\",\"jurisdiction\":\"US-TX\"},\"uses\":[\"redaction\"],"
	"\"description\":\"We blur \\u00e9t\\u00e9 in body camera video, and more than that.\"}",
	"{\"system\":\"You are helpful.\",\"messages\":[{\"role\":\"user\",\"content\":"
	"\"Who is that?\\nIt \\\"stops\\\".\"},{\"content\":\"d\xc3\xa9j\xc3\xa0 vu\",\"role\":"
	"\"assistant\"},{\"content\":[{\"type\":\"text\",\"text\":\"A\"}],\"role\":\"user\"}]}",
	"{ \"id\" : 12.5, \"model\": {\"a\": [1, \"x\"]}, \"temperature\": -0.7, \"purpose\": "
	"\"to see who enters\", \"jurisdiction\": \"DE\", \"input\": [ \"One\" , \"two\" ] } ",
	"{\"actor\":\"police\",\"date\":1780000000,\"not_uses\":[\"facial-recognition\",null],"
	"\"contents\":[{\"parts\":[{\"text\":\"B\"}],\"index\":0,\"role\":\"user\"}],\"user\":\"u\"}",
};
enum { RECORDS = sizeof records / sizeof *records };

START_TEST(a_record_fits_the_mould_that_was_made_of_it)
{
	for (size_t i = 0; i < RECORDS; i++)
		ck_assert_msg(fits_mould_of(records[i], records[i]), "%s", records[i]);
}
END_TEST

START_TEST(what_stands_in_gaps_may_differ)
{
	static const char *const pairs[][2] = {
		{"{\"text\":\"a\"}", "{\"text\":\"A longer text, with \\ud83d\\ude00 and \xe2\x80\x94\"}"},
		{"{\"id\":\"1\",\"uses\":\"redaction\"}", "{\"id\":\"\\u0000\",\"uses\":\"tracking\"}"},
		{"{\"id\":1,\"uses\":\"redaction\"}", "{\"id\":-0.25,\"uses\":\"redaction\"}"},
		{"{\"text\":\"a\",\"user\":\"b\"}", "{\"text\":\"c\",\"user\":\"\"}"},
		{"{\"text\":\"a\",\"x\":[1,\"y\"]}", "{\"text\":\"a\",\"x\":[200,\"\"]}"},
		{"{\"text\":\"a\",\"actor\":{\"name\":\"B\"}}", "{\"text\":\"a\",\"actor\":{\"name\":\"\"}}"},
		{"{\"text\":\"a\",\"actor\":[\"Contoso\"]}", "{\"text\":\"a\",\"actor\":[\"Water Works\"]}"},
		{"{\"messages\":[{\"content\":\"a\"}]}",
		 "{\"messages\":[ {\"content\":\"b\"} , {\"content\":\"c\"}]}"},
		{"{\"messages\":[\"a\"],\"uses\":\"redaction\"}",
		 "{\"messages\":[\"a\",\"b\",\"c\"],\"uses\":\"redaction\"}"},
		{"{\"messages\":[null],\"uses\":\"redaction\"}",
		 "{\"messages\":[],\"uses\":\"redaction\"}"},
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		ck_assert_msg(fits_mould_of(pairs[i][0], pairs[i][1]), "%s", pairs[i][1]);
}
END_TEST

START_TEST(what_reading_looks_at_may_not)
{
	static const char *const pairs[][2] = {
		{"{\"text\":\"a\"}", "{\"text\":\"?\"}"},
		{"{\"text\":\"a\"}", "{\"text\":1}"},
		{"{\"text\":\"a\"}", "{\"text\":\"\\ud83d\"}"},
		{"{\"text\":\"a\"}", "{\"text\":\"a\x01\"}"},
		{"{\"text\":\"a\"}", "{\"text\":\"a\xc3\"}"},
		{"{\"text\":\"a\"}", "{\"text\":\"a\"},"},
		{"{\"text\":\"a\"}", "{\"text\":\"a"},
		{"{\"id\":1,\"text\":\"a\"}", "{\"id\":01,\"text\":\"a\"}"},
		{"{\"id\":1,\"text\":\"a\"}", "{\"id\":1.,\"text\":\"a\"}"},
		{"{\"id\":1,\"text\":\"a\"}", "{\"id\":-,\"text\":\"a\"}"},
		{"{\"id\":1,\"text\":\"a\"}", "{\"id\":\"1\",\"text\":\"a\"}"},
		{"{\"uses\":\"redaction\"}", "{\"uses\":\"reduction\"}"},
		{"{\"uses\":\"redaction\"}", "{\"uses\":\"unknown\"}"},
		{"{\"purpose\":\"for fun\"}", "{\"purpose\":\"unknown\"}"},
		{"{\"purpose\":[\"?\",{\"for fun\":true}]}", "{\"purpose\":[\"a\",{\"for fun\":true}]}"},
		{"{\"purpose\":\"for fun\"}", "{\"purpose\":\"\"}"},
		{"{\"date\":\"2026-06-03\",\"text\":\"a\"}", "{\"date\":\"2026-06-33\",\"text\":\"a\"}"},
		{"{\"date\":\"2026-06-03\",\"text\":\"a\"}", "{\"date\":\"1970-06-03\",\"text\":\"a\"}"},
		{"{\"actor\":\"police\"}", "{\"actor\":\"polite\"}"},
		{"{\"text\":\"a\",\"actor\":\"Contoso\"}", "{\"text\":\"a\",\"actor\":\"\"}"},
		{"{\"text\":\"a\",\"actor\":\"Contoso\"}", "{\"text\":\"a\",\"actor\":\"police\"}"},
		{"{\"text\":\"a\",\"actor\":\"Contoso\"}", "{\"text\":\"a\",\"actor\":\"plice\"}"},
		{"{\"text\":\"a\",\"jurisdiction\":\"US\"}", "{\"text\":\"a\",\"jurisdiction\":\"DE\"}"},
		{"{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
		 "{\"messages\":[{\"role\":\"tool\",\"content\":\"a\"}]}"},
		{"{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}", "{\"messages\":[]}"},
		{"{\"messages\":[\"a\"]}", "{\"messages\":[\"a\",]}"},
		{"{\"messages\":[\"a\"]}", "{\"messages\":[\"a\"\"b\"]}"},
		{"{\"messages\":[\"a\"]}", "{\"messages\":[\"a\"}"},
		{"{\"messages\":[\"a\",1]}", "{\"messages\":[\"a\",1,1]}"},
		{"{\"content\":\"a\",\"messages\":[\"a\"]}", "{\"content\":\"a\",\"messages\":[]}"},
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		ck_assert_msg(!fits_mould_of(pairs[i][0], pairs[i][1]), "%s", pairs[i][1]);
}
END_TEST

/* A name that something has to be read of. */
START_TEST(of_some_records_no_mould_is_made)
{
	static const char *const others[] = {
		"{\"actor\":{\"name\":\"Springfield Police Department\"}}",
		"{\"actor\":\"Springfield Police Department\"}",
	};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		ck_assert_msg(!fits_mould_of(others[i], others[i]), "%s", others[i]);
}
END_TEST

/* A purpose may be a value or a text, and a text may be empty: what is the same as far as it
 * goes is tried as either. */
START_TEST(records_of_the_same_bytes_may_be_of_two_forms)
{
	static const char *const alike[] = {
		"{\"purpose\":\"missing-person\",\"text\":\"a\"}",
		"{\"purpose\":\"for fun\",\"text\":\"a\"}",
		"{\"purpose\":\"for fun\",\"text\":\"\"}",
		"{\"purpose\":\"for fun\",\"messages\":[{\"content\":\"\"},{\"content\":\"b\"}]}",
	};
	enum { ALIKE = sizeof alike / sizeof *alike };
	for (size_t i = 0; i < ALIKE; i++)
		make(alike[i]);
	size_t bytes = moulds.bytes;
	for (size_t i = 0; i < ALIKE; i++) {
		ck_assert_msg(fits(span_of(alike[i])), "%s", alike[i]);
		make(alike[i]);
		ck_assert_uint_eq(moulds.bytes, bytes);
	}
}
END_TEST

/* Records with one byte changed, cut out or doubled. */
START_TEST(slips_fit_as_they_are_read)
{
	static const char instead[] = "\"\\{}[]:,u0a9-.eE \n\x01\x7f\x80\xc3\xe2";
	size_t fitted = 0;
	for (size_t i = 0; i < RECORDS; i++)
		make(records[i]);
	for (size_t i = 0; i < RECORDS; i++) {
		char slip[1024];
		size_t length = strlen(records[i]);
		for (size_t at = 0; at < length; at++) {
			for (size_t j = 0; j < sizeof instead; j++) {
				memcpy(slip, records[i], length);
				slip[at] = instead[j];
				fitted += fits((struct span){slip, length});
				memmove(slip + at + 1, records[i] + at, length - at);
				fitted += fits((struct span){slip, length + 1});
			}
			memcpy(slip, records[i], at);
			memcpy(slip + at, records[i] + at + 1, length - at - 1);
			fitted += fits((struct span){slip, length - 1});
		}
	}
	ck_assert_uint_gt(fitted, 5000);
}
END_TEST

/* Each record has its own dates and values. */
START_TEST(a_gap_may_hold_something_else_each_time)
{
	static const char *const uses[] = {"redaction", "tracking", "redaction", "redactiom",
	                                   "redaction", "", "transcription", "transcription"};
	static const char *const dates[] = {"2026-06-03", "2026-06-03", "2026-06-04", "2026-06-4",
	                                    "2026-06-04T23:00:00-05:00"};
	char record[200];
	for (size_t i = 0; i < 64; i++) {
		snprintf(record, sizeof record, "{\"date\":\"%s\",\"uses\":[\"%s\",\"%s\"]}",
		         dates[i / 3 % 5], uses[i % 8], uses[i / 2 % 8]);
		fits(span_of(record));
		make(record);
		bool known = i % 8 != 3 && i % 8 != 5 && i / 2 % 8 != 3 && i / 2 % 8 != 5;
		ck_assert_msg(fits(span_of(record)) || !known || i / 3 % 5 == 3, "%s", record);
	}
}
END_TEST

/* Where none fits, it is not worth while to go on at once. */
START_TEST(moulds_that_nothing_fits_rest)
{
	static const char record[] = "{\"text\":\"a\"}";
	size_t wanted = 0, tried = 2000;
	make("{\"uses\":\"redaction\"}");
	for (size_t i = 0; i < tried; i++) {
		bool want = mould_wanted(&moulds, span_of(record));
		wanted += want;
		ck_assert(!want || !fits(span_of(record)));
	}
	ck_assert_uint_gt(wanted, 10);
	ck_assert_uint_lt(wanted, tried / 10);
	ck_assert_ptr_null(moulds.records);
	for (size_t i = 0; i < 4 * tried; i++)
		wanted += mould_wanted(&moulds, span_of(record));
	ck_assert_uint_gt(wanted, tried);
}
END_TEST

/* Of records that begin alike, the first ones have moulds. */
START_TEST(so_many_may_begin_alike)
{
	char record[100];
	for (int i = 0; i < 200; i++) {
		snprintf(record, sizeof record, "{\"text\":\"a\",\"x%d\":1}", i);
		make(record);
		ck_assert(fits(span_of(record)) == (i < 64));
	}
}
END_TEST

/* Memory is bounded. */
START_TEST(moulds_are_forgotten_when_they_are_too_many)
{
	char record[1200];
	size_t most = 0;
	for (int i = 0; i < 2000; i++) {
		snprintf(record, sizeof record, "{\"x%d\":\"b\",\"text\":\"a\",\"y%d\":[%1000s]}",
		         i / 50, i % 50, "");
		make(record);
		ck_assert(fits(span_of(record)) || moulds.records == NULL);
		most = moulds.bytes > most ? moulds.bytes : most;
	}
	ck_assert_uint_gt(most, 100 * 1000);
	ck_assert_uint_lt(most, 400 * 1000);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("moulds");
	TCase *tests = tcase_create("moulds");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_record_fits_the_mould_that_was_made_of_it);
	tcase_add_test(tests, what_stands_in_gaps_may_differ);
	tcase_add_test(tests, what_reading_looks_at_may_not);
	tcase_add_test(tests, of_some_records_no_mould_is_made);
	tcase_add_test(tests, records_of_the_same_bytes_may_be_of_two_forms);
	tcase_add_test(tests, slips_fit_as_they_are_read);
	tcase_add_test(tests, a_gap_may_hold_something_else_each_time);
	tcase_add_test(tests, moulds_that_nothing_fits_rest);
	tcase_add_test(tests, so_many_may_begin_alike);
	tcase_add_test(tests, moulds_are_forgotten_when_they_are_too_many);
	return suite_run(suite, tests);
}
