/* How the tests of a clause are written. */
#include "policy.h"

static const char *const test_members[] = {"why",   "request",  "verdict",
                                           "as_of", "known_at", NULL};

static void
check_day(struct document *document, const struct place *at, json_t *test, const char *key)
{
	const char *text = document_string(document, at, test, key, false);
	struct place place = {.up = at, .key = key};
	if (text != NULL && date_parse_day(span_of(text)) == NO_DATE)
		document_problem(document, &place, "date",
		                 "\"%s\" is not a day of the form YYYY-MM-DD", text);
}

/* Only what is to be invalid need be no request. */
static void
check_request(struct document *document, const struct place *at, json_t *test, bool invalid)
{
	const json_t *request = json_object_get(test, "request");
	struct place place = {.up = at, .key = "request"};
	if (request == NULL)
		document_problem(document, at, "missing-member", "\"request\" is missing");
	else if (!json_is_object(request) && !invalid)
		document_problem(document, &place, "shape", "the request is not an object");
}

static void
check_verdict(struct document *document, const struct place *at, const char *verdict)
{
	static const char *const verdicts[] = {"allow", "deny", "undecided", "invalid"};
	struct place place = {.up = at, .key = "verdict"};
	for (size_t i = 0; i < sizeof verdicts / sizeof verdicts[0]; i++) {
		if (strcmp(verdict, verdicts[i]) == 0)
			return;
	}
	document_problem(document, &place, "shape",
	                 "\"%s\" is none of allow, deny, undecided, invalid", verdict);
}

void
policy_check_test(struct document *document, size_t clause, size_t test)
{
	struct place clauses = {.key = "clauses"};
	struct place entry = {.up = &clauses, .index = clause};
	struct place tests = {.up = &entry, .key = "tests"};
	struct place at = {.up = &tests, .index = test};
	json_t *object = json_array_get(json_object_get(document->root, "clauses"), clause);
	object = json_array_get(json_object_get(object, "tests"), test);
	if (!json_is_object(object)) {
		document_problem(document, &at, "shape", "a test is not an object");
		return;
	}
	document_only(document, &at, object, test_members);
	document_string(document, &at, object, "why", false);
	check_day(document, &at, object, "as_of");
	check_day(document, &at, object, "known_at");
	const char *verdict = document_string(document, &at, object, "verdict", true);
	if (verdict != NULL)
		check_verdict(document, &at, verdict);
	check_request(document, &at, object, verdict != NULL && strcmp(verdict, "invalid") == 0);
}
