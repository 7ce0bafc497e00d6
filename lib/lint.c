#include "lint_parts.h"

static json_t *
entry_of(const struct policy *policy, const char *list, size_t index)
{
	return json_array_get(json_object_get(policy->document->root, list), index);
}

static json_t *
member_or(json_t *object, const char *key)
{
	json_t *member = json_object_get(object, key);
	return member != NULL ? member : object;
}

static void
lint_correction(const struct policy *policy, const struct revision *revision, json_t *entry)
{
	struct document *document = policy->document;
	const struct revision *corrected = &policy->revisions[revision->corrects];
	if (revision->in_force < corrected->in_force)
		document_problem_of(document, member_or(entry, "in_force"), "contradiction",
		                    "the correction of \"%s\" would bind before it did",
		                    corrected->name);
	for (const struct revision *other = corrected + 1; other < revision; other++) {
		if (other->corrects == revision->corrects)
			document_problem_of(document, member_or(entry, "corrects"), "contradiction",
			                    "\"%s\" corrects \"%s\" already", other->name,
			                    corrected->name);
	}
}

static void
lint_dates(const struct policy *policy)
{
	struct document *document = policy->document;
	int32_t last = NO_DATE;
	for (size_t i = 0; i < policy->revision_count; i++) {
		const struct revision *revision = &policy->revisions[i];
		json_t *entry = entry_of(policy, "revisions", i);
		last = revision->published > last ? revision->published : last;
		if (revision->published == NO_DATE || revision->in_force == NO_DATE)
			continue;
		if (revision->in_force < revision->published)
			document_problem_of(document, member_or(entry, "in_force"), "contradiction",
			                    "in force before it is published");
		if (revision->corrects != NO_REVISION)
			lint_correction(policy, revision, entry);
	}
	if (policy->reviewed != NO_DATE && policy->reviewed < last)
		document_problem_of(document, member_or(document->root, "reviewed"),
		                    "contradiction",
		                    "reviewed before the last revision was published");
}

static bool
has_verdict(json_t *tests, const char *verdict)
{
	size_t i;
	json_t *test;
	json_array_foreach(tests, i, test) {
		const char *text = json_string_value(json_object_get(test, "verdict"));
		if (text != NULL && strcmp(text, verdict) == 0)
			return true;
	}
	return false;
}

static void
lint_papers(const struct policy *policy, const struct clause *clause, json_t *entry)
{
	struct document *document = policy->document;
	const char *name = clause->name != NULL ? clause->name : "";
	const char *confidence = clause->confidence;
	json_t *tests = json_object_get(entry, "tests");
	bool deny = has_verdict(tests, "deny"), allow = has_verdict(tests, "allow");
	if (!deny || !allow)
		document_problem_of(document, entry, "without-tests",
		                    "clause \"%s\" has no test with %s", name,
		                    !deny && !allow ? "deny and none with allow"
		                    : !deny         ? "deny"
		                                    : "allow");
	if (clause->source == NULL && policy->source == NULL)
		document_problem_of(document, entry, "without-source",
		                    "neither clause \"%s\" nor the policy names a source", name);
	if (confidence == NULL || strlen(confidence) != 1 || strchr("ABCD", *confidence) == NULL)
		document_problem_of(document, member_or(entry, "confidence"), "confidence",
		                    "clause \"%s\" has no confidence of A, B, C or D", name);
	if (clause->since != NO_REVISION && clause->since < policy->revision_count &&
	    policy->revisions[clause->since].none)
		document_problem_of(document, member_or(entry, "since"), "contradiction",
		                    "revision \"%s\" says that there is no policy",
		                    policy->revisions[clause->since].name);
}

static void
lint_values(const struct policy *policy, const struct vocabulary *vocabulary,
            const struct condition *atom, const struct property *property)
{
	for (size_t i = 0; i < property->value_count; i++) {
		for (size_t j = 0; j < property->value_count; j++) {
			uint32_t value = property->values[i], other = property->values[j];
			bool covered = i != j && vocabulary_within(vocabulary, value, other) &&
			               (value != other || i > j);
			if (!covered)
				continue;
			document_problem_of(
			        policy->document, atom->source, "value-implied",
			        "\"%s\" is covered by \"%s\" in the same list",
			        vocabulary_text(vocabulary, vocabulary->values[value].name),
			        vocabulary_text(vocabulary, vocabulary->values[other].name));
			break;
		}
	}
}

static void
lint_lists(const struct policy *policy, const struct vocabulary *vocabulary,
           const struct condition *condition)
{
	for (size_t i = 0; i < condition->property_count; i++)
		lint_values(policy, vocabulary, condition, &condition->properties[i]);
	for (size_t i = 0; i < condition->part_count; i++)
		lint_lists(policy, vocabulary, condition->parts[i]);
}

static void
lint_tests(const struct policy *policy)
{
	size_t i, j;
	json_t *clause, *test;
	json_array_foreach(json_object_get(policy->document->root, "clauses"), i, clause) {
		json_array_foreach(json_object_get(clause, "tests"), j, test)
			policy_check_test(policy->document, i, j);
	}
}

void
policy_lint(struct arena *arena, const struct policy *policy, const struct vocabulary *vocabulary)
{
	bool sound = policy->document->problems == 0;
	lint_dates(policy);
	lint_tests(policy);
	for (size_t i = 0; i < policy->clause_count; i++) {
		const struct clause *clause = &policy->clauses[i];
		lint_papers(policy, clause, clause->condition->source);
		lint_lists(policy, vocabulary, clause->condition);
		lint_silence(policy, vocabulary, clause);
	}
	if (sound)
		lint_logic(arena, policy, vocabulary);
}
