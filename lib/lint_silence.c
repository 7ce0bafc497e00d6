#include "lint_parts.h"
#include "wording.h"

/* Where a condition stands. */
struct stand {
	const struct policy *policy;
	const struct vocabulary *vocabulary;
	bool wanted;    /* true makes for a deny, else for an allow */
	bool exception; /* within one */
};

static void
lint_property(const struct stand *stand, const struct condition *atom,
              const struct property *property)
{
	struct document *document = stand->policy->document;
	const struct axis *axis = &stand->vocabulary->axes[property->axis];
	const char *name = vocabulary_text(stand->vocabulary, axis->name);
	bool silent = property->unstated == TRUTH_FALSE;
	if (stand->wanted && silent && atom->overridden && (axis->unknown || stand->exception))
		document_problem_of(document, atom->source, "fail-open",
		                    "a request that does not tell %s is let through", name);
	else if (!stand->wanted && silent && !atom->overridden && !stand->exception)
		document_problem_of(document, atom->source, "silent-not",
		                    "a request that does not tell %s meets the negation", name);
}

static void
walk(struct stand stand, const struct condition *condition)
{
	for (size_t i = 0; i < condition->property_count; i++)
		lint_property(&stand, condition, &condition->properties[i]);
	if (condition->type == CONDITION_NOT)
		stand.wanted = !stand.wanted;
	for (size_t i = 0; i < condition->part_count; i++)
		walk(stand, condition->parts[i]);
}

void
lint_silence(const struct policy *policy, const struct vocabulary *vocabulary,
             const struct clause *clause)
{
	for (size_t i = 0; i < clause->condition->part_count; i++)
		walk((struct stand){policy, vocabulary, true, i != 0},
		     clause->condition->parts[i]);
}
