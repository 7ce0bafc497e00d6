/* The public interface: verdicts, options, and what happens without memory. */
#include <jansson.h>
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
	return suite_run(suite, sessions);
}
