/* The public interface: verdicts, options, and what happens without memory. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proviso.h"
#include "suite.h"

/* The linker sends every allocation of the library through here. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);

static size_t allocations_left = SIZE_MAX;

static bool
may_allocate(void)
{
	if (allocations_left == SIZE_MAX)
		return true;
	if (allocations_left == 0)
		return false;
	allocations_left--;
	return true;
}

void *
__wrap_malloc(size_t size)
{
	return may_allocate() ? __real_malloc(size) : NULL;
}

void *
__wrap_calloc(size_t count, size_t size)
{
	return may_allocate() ? __real_calloc(count, size) : NULL;
}

void *
__wrap_realloc(void *memory, size_t size)
{
	return may_allocate() ? __real_realloc(memory, size) : NULL;
}

void *
__wrap_aligned_alloc(size_t alignment, size_t size)
{
	return may_allocate() ? __real_aligned_alloc(alignment, size) : NULL;
}

static const char deny[] = "{\"actor\":{\"kind\":\"police\",\"jurisdiction\":\"US\"},"
                           "\"uses\":[\"facial-recognition\"]}";
static const char texts[] =
        "{\"actor\":{\"name\":\"Springfield Police Department\",\"jurisdiction\":\"US\"},"
        "\"uses\":[\"facial-recognition\"],\"title\":\"T\",\"description\":"
        "\"The Chicago Police Department matches faces against mugshots. No drones.\"}";

static enum proviso_verdict
verdict(const struct proviso_options *options, const char *json)
{
	struct proviso_engine *engine = proviso_engine_new(options, NULL, NULL);
	ck_assert_ptr_nonnull(engine);
	struct proviso_session *session = proviso_session_new(engine, false);
	const struct proviso_result *result = proviso_judge(session, json, strlen(json));
	enum proviso_verdict found = result->verdict;
	proviso_session_free(session);
	proviso_engine_free(engine);
	return found;
}

START_TEST(verdicts)
{
	ck_assert_int_eq(verdict(NULL, deny), PROVISO_DENY);
	ck_assert_int_eq(verdict(NULL, "{\"uses\":[\"redaction\"]}"), PROVISO_ALLOW);
	ck_assert_int_eq(verdict(NULL, "{\"actor\":\"police\",\"uses\":[\"facial-recognition\"]}"),
	                 PROVISO_UNDECIDED);
	ck_assert_int_eq(verdict(NULL, "[1]"), PROVISO_INVALID);
	ck_assert_int_eq(verdict(NULL, "{\"id\":1}"), PROVISO_INVALID);
	ck_assert_int_eq(verdict(NULL, "{"), PROVISO_INVALID);
}
END_TEST

START_TEST(a_result_holds_until_the_next_call)
{
	struct proviso_engine *engine = proviso_engine_new(NULL, NULL, NULL);
	struct proviso_session *session = proviso_session_new(engine, true);
	const struct proviso_result *result = proviso_judge(session, deny, strlen(deny));
	ck_assert_uint_eq(result->finding_count, 2);
	ck_assert_str_eq(result->findings[0].clause, "us-police-facial-recognition");
	ck_assert_int_eq(result->findings[0].outcome, PROVISO_TRUE);
	ck_assert_str_eq(result->findings[0].because[0].evidence.at, "/actor/kind");
	ck_assert_int_eq(result->findings[1].outcome, PROVISO_OPEN);
	ck_assert_uint_eq(result->findings[1].missing_count, 3);
	ck_assert_uint_eq(result->party_count, 1);
	ck_assert_str_eq(result->parties[0].kind, "police");
	result = proviso_judge(session, "{}", 2);
	ck_assert_int_eq(result->verdict, PROVISO_INVALID);
	ck_assert_uint_eq(result->finding_count, 0);
	ck_assert_uint_eq(result->party_count, 0);
	proviso_session_free(session);
	proviso_engine_free(engine);
}
END_TEST

static size_t problem_count;

static void
count_problem(void *data, const struct proviso_problem *problem)
{
	(void)data;
	(void)problem;
	problem_count++;
}

START_TEST(every_problem_with_options_is_reported)
{
	const char *policies[] = {"no-such-policy", "/no/such/file.json"};
	const struct proviso_options options = {.policies = policies,
	                                        .policy_count = 2,
	                                        .as_of = "yesterday",
	                                        .known_at = "2024-02-30"};
	problem_count = 0;
	ck_assert_ptr_null(proviso_engine_new(&options, count_problem, NULL));
	ck_assert_uint_eq(problem_count, 4);
}
END_TEST

/* Lets the n-th allocation fail, for every n, until nothing fails. */
START_TEST(no_memory_is_no_crash)
{
	bool done = false;
	for (size_t n = 0; !done; n++) {
		ck_assert_uint_lt(n, 100000);
		allocations_left = n;
		struct proviso_engine *engine = proviso_engine_new(NULL, NULL, NULL);
		struct proviso_session *session =
		        engine != NULL ? proviso_session_new(engine, true) : NULL;
		const struct proviso_result *result =
		        session != NULL ? proviso_judge(session, texts, strlen(texts)) : NULL;
		done = allocations_left != 0;
		allocations_left = SIZE_MAX;
		if (result != NULL)
			ck_assert_int_eq(result->verdict, PROVISO_DENY);
		proviso_session_free(session);
		proviso_engine_free(engine);
	}
}
END_TEST

static const char *
record_of_a_form(char *record, size_t size, size_t n, const char *text)
{
	snprintf(record, size,
	         "{\"id\":\"r-%zu\",\"x\":%zu,\"actor\":{\"name\":\"City %zu\",\"kind\":\"police\","
	         "\"jurisdiction\":\"US\"},\"title\":\"T\",\"messages\":[{\"role\":\"user\","
	         "\"content\":\"%s\"}]}",
	         n, n, n, text);
	return record;
}

static const char harmless[] = "Please rewrite the terms of the lease in two sentences.";
static const char harmful[] = "Match the faces on the street cameras against mugshots.";

/* A session that has read so much that it passes requests by, of one form. */
static struct proviso_session *
session_that_has_read(const struct proviso_engine *engine)
{
	char record[1000];
	struct proviso_session *session = proviso_session_new(engine, false);
	for (size_t n = 0; n < 200; n++) {
		record_of_a_form(record, sizeof record, n, harmless);
		ck_assert_ptr_nonnull(proviso_judge(session, record, strlen(record)));
	}
	return session;
}

static void
compare_findings(const struct proviso_finding *a, const struct proviso_finding *b)
{
	ck_assert_str_eq(a->policy, b->policy);
	ck_assert_str_eq(a->clause, b->clause);
	ck_assert_int_eq(a->outcome, b->outcome);
	ck_assert_uint_eq(a->because_count, b->because_count);
	for (size_t i = 0; i < a->because_count; i++) {
		ck_assert_str_eq(a->because[i].value, b->because[i].value);
		ck_assert_str_eq(a->because[i].evidence.at, b->because[i].evidence.at);
	}
}

static void
compare_results(const struct proviso_result *a, const struct proviso_result *b)
{
	ck_assert_int_eq(a->verdict, b->verdict);
	ck_assert_str_eq(a->id, b->id);
	ck_assert_uint_eq(a->note_count, b->note_count);
	for (size_t i = 0; i < a->note_count; i++) {
		ck_assert_str_eq(a->notes[i].at, b->notes[i].at);
		ck_assert_str_eq(a->notes[i].note, b->notes[i].note);
	}
	ck_assert_uint_eq(a->finding_count, b->finding_count);
	for (size_t i = 0; i < a->finding_count; i++)
		compare_findings(&a->findings[i], &b->findings[i]);
}

START_TEST(a_form_that_came_before_changes_nothing)
{
	struct proviso_engine *engine = proviso_engine_new(NULL, NULL, NULL);
	struct proviso_session *session = session_that_has_read(engine);
	char record[1000];
	for (size_t n = 0; n < 8; n++) {
		struct proviso_session *fresh = proviso_session_new(engine, false);
		record_of_a_form(record, sizeof record, n, n % 2 == 0 ? harmful : harmless);
		const struct proviso_result *result =
		        proviso_judge(session, record, strlen(record));
		compare_results(result, proviso_judge(fresh, record, strlen(record)));
		ck_assert_int_eq(result->verdict, n % 2 == 0 ? PROVISO_DENY : PROVISO_ALLOW);
		ck_assert_uint_eq(result->note_count, 1);
		proviso_session_free(fresh);
	}
	proviso_session_free(session);
	proviso_engine_free(engine);
}
END_TEST

/* Where there is no memory to remember a form, records are judged without. */
START_TEST(no_memory_for_forms_is_no_harm)
{
	struct proviso_engine *engine = proviso_engine_new(NULL, NULL, NULL);
	struct proviso_session *session = session_that_has_read(engine);
	char record[1000];
	bool done = false;
	for (size_t n = 0; !done; n++) {
		snprintf(record, sizeof record, "{\"x%zu\":1,\"id\":1,\"text\":\"%s\"}", n, harmful);
		allocations_left = n;
		const struct proviso_result *result =
		        proviso_judge(session, record, strlen(record));
		done = allocations_left != 0;
		allocations_left = SIZE_MAX;
		ck_assert(result == NULL || result->verdict != PROVISO_INVALID);
		ck_assert(result != NULL || !done);
		result = proviso_judge(session, record, strlen(record));
		ck_assert_int_eq(result->verdict, PROVISO_UNDECIDED);
	}
	proviso_session_free(session);
	proviso_engine_free(engine);
}
END_TEST

int
main(void)
{
	json_set_alloc_funcs(malloc, free);
	Suite *suite = suite_create("session");
	TCase *sessions = tcase_create("session");
	tcase_set_timeout(sessions, 120);
	tcase_add_test(sessions, verdicts);
	tcase_add_test(sessions, a_result_holds_until_the_next_call);
	tcase_add_test(sessions, every_problem_with_options_is_reported);
	tcase_add_test(sessions, no_memory_is_no_crash);
	tcase_add_test(sessions, a_form_that_came_before_changes_nothing);
	tcase_add_test(sessions, no_memory_for_forms_is_no_harm);
	return suite_run(suite, sessions);
}
