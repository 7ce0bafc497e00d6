/* Policy files: every problem with its place, and which revision is in force. */
#include <stdio.h>
#include <stdlib.h>

#include "builtin.h"
#include "policy.h"
#include "suite.h"

static struct arena arena;
static struct vocabulary vocabulary;
static struct document document;
static struct policy policy;
static char problems[4096];

static void
setup(void)
{
	arena_init(&arena);
	if (setjmp(arena.exhausted) != 0)
		abort();
	vocabulary_use(&vocabulary, builtin_image);
	problems[0] = '\0';
}

static void
teardown(void)
{
	document_close(&document);
	arena_free(&arena);
}

static void
collect(void *data, const struct proviso_problem *problem)
{
	(void)data;
	size_t used = strlen(problems);
	snprintf(problems + used, sizeof problems - used, "%s:%zu:%zu: [%s] %s\n", problem->file,
	         problem->line, problem->column, problem->id, problem->message);
}

static bool
compile(const char *text)
{
	return document_open(&document, &arena, "p.json", span_of(text), collect, NULL) &&
	       policy_compile(&policy, &arena, &document, &vocabulary);
}

static void
expect_problems(const char *text, const char *expected)
{
	ck_assert(!compile(text));
	ck_assert_str_eq(problems, expected);
}

static const char two_texts[] =
        "{\"policy\":\"p\",\"reviewed\":\"2024-06-01\",\"revisions\":["
        "{\"revision\":\"a\",\"published\":\"2024-05-01\",\"in_force\":\"2024-05-01\"},"
        "{\"revision\":\"b\",\"published\":\"2024-05-03\",\"in_force\":\"2024-05-03\","
        "\"corrects\":\"a\"},"
        "{\"revision\":\"c\",\"published\":\"2024-05-10\",\"in_force\":\"2024-06-01\"}],"
        "\"clauses\":[{\"clause\":\"x\",\"since\":\"a\",\"when\":{\"camera\":\"mobile\"}}]}";

static const char *
in_force(const char *as_of, const char *known_at)
{
	size_t found = policy_revision(&policy, date_parse_day(span_of(as_of)),
	                               known_at ? date_parse_day(span_of(known_at)) : NO_DATE);
	return found == NO_REVISION ? "none" : policy.revisions[found].name;
}

START_TEST(two_clocks)
{
	ck_assert(compile(two_texts));
	ck_assert_str_eq(in_force("2024-04-30", NULL), "none");
	ck_assert_str_eq(in_force("2024-05-02", NULL), "b");
	ck_assert_str_eq(in_force("2024-05-02", "2024-05-02"), "a");
	ck_assert_str_eq(in_force("2024-05-20", "2024-05-02"), "a");
	ck_assert_str_eq(in_force("2024-05-02", "2024-05-03"), "b");
	ck_assert_str_eq(in_force("2024-05-31", NULL), "b");
	ck_assert_str_eq(in_force("2024-06-01", NULL), "c");
	ck_assert_str_eq(in_force("2024-06-01", "2024-05-09"), "b");
	ck_assert_str_eq(in_force("2024-06-01", "2024-04-30"), "none");
}
END_TEST

START_TEST(every_problem_at_once)
{
	expect_problems("{\"policy\":\"p\",\"reviewed\":\"2024-13-01\",\n"
	                " \"revisions\":[{\"revision\":\"a\",\"published\":\"2024-05-01\","
	                "\"in_force\":\"2024-05-01\"}],\n"
	                " \"clauses\":[\n"
	                "  {\"clause\":\"x\",\"since\":\"b\",\"when\":{\"colour\":\"red\"}},\n"
	                "  {\"clause\":\"x\",\"since\":\"a\",\"when\":{\"camera\":\"pinhole\"},"
	                "\"sinse\":1}]}",
	                "p.json:1:26: [date] \"2024-13-01\" is not a day of the form YYYY-MM-DD\n"
	                "p.json:4:25: [unknown-revision] no revision \"b\"\n"
	                "p.json:4:46: [unknown-axis] no axis \"colour\"\n"
	                "p.json:5:65: [unknown-member] unknown member \"sinse\"\n"
	                "p.json:5:46: [unknown-value] no value \"pinhole\" on axis \"camera\"\n"
	                "p.json:5:3: [duplicate] clause \"x\" stands twice\n");
}
END_TEST

START_TEST(required_members)
{
	expect_problems("{}", "p.json:1:1: [missing-member] \"policy\" is missing\n"
	                      "p.json:1:1: [missing-member] \"reviewed\" is missing\n"
	                      "p.json:1:1: [missing-member] \"revisions\" is missing\n"
	                      "p.json:1:1: [missing-member] \"clauses\" is missing\n");
}
END_TEST

START_TEST(not_json)
{
	expect_problems("{\"policy\":\"p\",}", "p.json:1:15: [json] not valid JSON\n");
}
END_TEST

START_TEST(order_of_revisions)
{
	expect_problems("{\"policy\":\"p\",\"reviewed\":\"2024-06-01\",\"revisions\":[\n"
	                "{\"revision\":\"b\",\"published\":\"2024-05-03\",\"in_force\":"
	                "\"2024-05-03\"},\n"
	                "{\"revision\":\"a\",\"published\":\"2024-05-01\",\"in_force\":"
	                "\"2024-05-01\"}],\n"
	                "\"clauses\":[{\"clause\":\"x\",\"since\":\"a\",\"until\":\"b\","
	                "\"when\":{\"camera\":\"mobile\"}}]}",
	                "p.json:3:1: [order] revisions are not in the order of their publication\n"
	                "p.json:4:12: [order] \"until\" does not come after \"since\"\n");
}
END_TEST

START_TEST(shapes_of_conditions)
{
	expect_problems("{\"policy\":\"p\",\"reviewed\":\"2024-06-01\",\"revisions\":["
	                "{\"revision\":\"a\",\"published\":\"2024-05-01\",\"in_force\":"
	                "\"2024-05-01\"}],\"clauses\":[\n"
	                "{\"clause\":\"a\",\"since\":\"a\",\"when\":{}},\n"
	                "{\"clause\":\"b\",\"since\":\"a\",\"when\":{\"all\":[]}},\n"
	                "{\"clause\":\"c\",\"since\":\"a\",\"when\":{\"camera\":\"fixed\","
	                "\"timing\":\"real-time\"}},\n"
	                "{\"clause\":\"d\",\"since\":\"a\",\"when\":{\"party\":{}}},\n"
	                "{\"clause\":\"e\",\"since\":\"a\",\"when\":{\"camera\":\"fixed\","
	                "\"unstated\":\"maybe\"}},\n"
	                "{\"clause\":\"f\",\"since\":\"a\"}]}",
	                "p.json:2:34: [empty] an atom names no fact\n"
	                "p.json:3:41: [shape] not an array of at least one condition\n"
	                "p.json:4:61: [shape] an atom names more than one fact: use \"all\"\n"
	                "p.json:5:43: [shape] \"party\" is not an object with at least one property\n"
	                "p.json:6:63: [shape] \"unstated\" is neither \"unknown\" nor \"false\"\n"
	                "p.json:7:1: [missing-member] \"when\" is missing\n");
}
END_TEST

START_TEST(days)
{
	static const struct {
		const char *text;
		int32_t day;
	} cases[] = {
	        {"1970-01-01", 0},
	        {"2024-05-02", 19845},
	        {"2000-02-29", 11016},
	        {"2024-05-02T23:59:59Z", 19845},
	        {"2024-05-02T23:59:59.999-01:00", 19846},
	        {"2024-05-02t00:30:00+01:00", 19844},
	        {"1714608000", 19845},
	        {"1714694399.9", 19845},
	        {"1714608000000", 19845},
	        {"-1", -1},
	        {"0", 0},
	        {"2023-02-29", NO_DATE},
	        {"2024-5-2", NO_DATE},
	        {"2024-05-02 noon", NO_DATE},
	        {"2024-05-02T25:00:00Z", NO_DATE},
	        {"2024-05-02T10:00:00", NO_DATE},
	        {"May 2, 2024", NO_DATE},
	        {"", NO_DATE},
	        {"99999999999999999999", NO_DATE},
	        {"12e5", NO_DATE},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_msg(date_parse(span_of(cases[i].text)) == cases[i].day,
		              "\"%s\" is day %d", cases[i].text,
		              (int)date_parse(span_of(cases[i].text)));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("policy");
	TCase *policies = tcase_create("policy");
	tcase_add_checked_fixture(policies, setup, teardown);
	tcase_add_test(policies, two_clocks);
	tcase_add_test(policies, every_problem_at_once);
	tcase_add_test(policies, required_members);
	tcase_add_test(policies, not_json);
	tcase_add_test(policies, order_of_revisions);
	tcase_add_test(policies, shapes_of_conditions);
	tcase_add_test(policies, days);
	return suite_run(suite, policies);
}
