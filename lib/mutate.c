#include "mutate.h"

#include "wording.h"

struct mutator {
	struct arena *arena;
	const struct vocabulary *vocabulary;
	const struct policy *policy;
	const struct clause *clause;
	struct mutants found;
};

const struct condition *
condition_always(struct arena *arena, bool truth)
{
	struct condition *condition = arena_alloc(arena, 1, sizeof *condition);
	condition->type = truth ? CONDITION_ALL : CONDITION_ANY;
	return condition;
}

const struct condition *
condition_with(struct arena *arena, const struct condition *condition,
               const struct condition *part, const struct condition *replacement)
{
	if (condition == part)
		return replacement;
	struct condition *copy = NULL;
	for (size_t i = 0; i < condition->part_count; i++) {
		const struct condition *changed =
		        condition_with(arena, condition->parts[i], part, replacement);
		if (changed == condition->parts[i])
			continue;
		copy = arena_alloc(arena, 1, sizeof *copy);
		*copy = *condition;
		copy->parts = arena_alloc(arena, condition->part_count, sizeof *copy->parts);
		memcpy(copy->parts, condition->parts, condition->part_count * sizeof *copy->parts);
		copy->parts[i] = changed;
		return copy;
	}
	return condition;
}

/* The innermost condition around `part`, or NULL. */
static const struct condition *
around(const struct condition *condition, const struct condition *part)
{
	const struct condition *found = NULL;
	for (size_t i = 0; i < condition->part_count && found == NULL; i++)
		found = condition->parts[i] == part ? condition
		                                    : around(condition->parts[i], part);
	return found;
}

/* The condition without a part: what is left of all and any, and without a
 * negation that has nothing else. */
static const struct condition *
without(struct arena *arena, const struct condition *condition, const struct condition *part)
{
	const struct condition *outer = around(condition, part);
	while (outer != NULL && outer->type == CONDITION_NOT) {
		part = outer;
		outer = around(condition, part);
	}
	bool all = outer == NULL || outer->type == CONDITION_ALL;
	return condition_with(arena, condition, part, condition_always(arena, all));
}

static struct mutant *
add_mutant(struct mutator *mutator, const char *change, const json_t *source)
{
	struct mutants *found = &mutator->found;
	found->mutants = arena_grow(mutator->arena, found->mutants, found->count, &found->capacity,
	                            sizeof *found->mutants);
	struct mutant *mutant = &found->mutants[found->count++];
	*mutant = (struct mutant){
	        .change = change, .source = source, .policy = *mutator->policy};
	return mutant;
}

static struct clause *
add_clause_mutant(struct mutator *mutator, const char *change, const json_t *source)
{
	struct mutant *mutant = add_mutant(mutator, change, source);
	struct clause *clause = arena_alloc(mutator->arena, 1, sizeof *clause);
	*clause = *mutator->clause;
	mutant->clause = clause;
	mutant->policy.clauses = clause;
	mutant->policy.clause_count = 1;
	return clause;
}

static void
replace(struct mutator *mutator, const struct condition *part, const struct condition *by,
        const char *change)
{
	struct clause *clause = add_clause_mutant(mutator, change, part->source);
	mutator->found.mutants[mutator->found.count - 1].logic = true;
	clause->condition = condition_with(mutator->arena, clause->condition, part, by);
}

static void
leave_out(struct mutator *mutator, const struct condition *part, const char *name)
{
	struct clause *clause = add_clause_mutant(
	        mutator, arena_printf(mutator->arena, "%s left out", name), part->source);
	mutator->found.mutants[mutator->found.count - 1].logic = true;
	clause->condition = without(mutator->arena, clause->condition, part);
}

/* An atom with one property in place of another; without it, if that has no
 * values. */
static const struct condition *
atom_with(struct mutator *mutator, const struct condition *atom, size_t at,
          struct property property)
{
	struct condition *copy = arena_alloc(mutator->arena, 1, sizeof *copy);
	struct property *properties =
	        arena_alloc(mutator->arena, atom->property_count, sizeof *properties);
	*copy = *atom;
	copy->properties = properties;
	copy->property_count = 0;
	for (size_t i = 0; i < atom->property_count; i++) {
		if (i != at || property.value_count != 0)
			properties[copy->property_count++] =
			        i == at ? property : atom->properties[i];
	}
	return copy;
}

static const char *
axis_name(const struct mutator *mutator, const struct property *property)
{
	const struct vocabulary *vocabulary = mutator->vocabulary;
	return vocabulary_text(vocabulary, vocabulary->axes[property->axis].name);
}

/* "camera=mobile changed to fixed", "camera=mobile left out" */
static const char *
value_change(struct mutator *mutator, const struct property *property, uint32_t value,
             uint32_t to)
{
	const struct vocabulary *vocabulary = mutator->vocabulary;
	const char *text = arena_printf(
	        mutator->arena, "%s=%s", axis_name(mutator, property),
	        vocabulary_text(vocabulary, vocabulary->values[value].name));
	if (to == NO_VALUE)
		return arena_printf(mutator->arena, "%s left out", text);
	return arena_printf(mutator->arena, "%s changed to %s", text,
	                    vocabulary_text(vocabulary, vocabulary->values[to].name));
}

/* The nearest broader value, or NO_VALUE. */
static uint32_t
broader_value(const struct vocabulary *vocabulary, uint32_t value)
{
	const struct value *entry = &vocabulary->values[value];
	return entry->ancestor_count > 1 ? vocabulary->links[entry->ancestors + 1] : NO_VALUE;
}

/* The next value of the axis that is neither kin to `value` nor to any other of
 * the property, from under the same broader one if there is such. */
static uint32_t
rival_value(const struct vocabulary *vocabulary, const struct property *property, uint32_t value)
{
	const struct axis *axis = &vocabulary->axes[property->axis];
	uint32_t broader = broader_value(vocabulary, value), found = NO_VALUE;
	for (uint32_t i = 1; i < axis->count; i++) {
		uint32_t other = axis->first + (value - axis->first + i) % axis->count;
		bool kin = false;
		for (size_t j = 0; j < property->value_count; j++)
			kin = kin || vocabulary_within(vocabulary, other, property->values[j]) ||
			      vocabulary_within(vocabulary, property->values[j], other);
		if (!kin && broader_value(vocabulary, other) == broader)
			return other;
		if (!kin && found == NO_VALUE)
			found = other;
	}
	return found;
}

/* The property with another value at `at`, or with none there. */
static struct property
property_with(struct mutator *mutator, const struct property *property, size_t at, uint32_t value)
{
	struct property copy = *property;
	uint32_t *values = arena_alloc(mutator->arena, property->value_count, sizeof *values);
	copy.values = values;
	copy.value_count = 0;
	for (size_t i = 0; i < property->value_count; i++) {
		if (i != at || value != NO_VALUE)
			values[copy.value_count++] = i == at ? value : property->values[i];
	}
	return copy;
}

static void
change_value(struct mutator *mutator, const struct condition *atom, size_t at, size_t index,
             uint32_t to)
{
	const struct property *property = &atom->properties[at];
	replace(mutator, atom,
	        atom_with(mutator, atom, at, property_with(mutator, property, index, to)),
	        value_change(mutator, property, property->values[index], to));
}

static void
change_values(struct mutator *mutator, const struct condition *atom, size_t at)
{
	const struct property *property = &atom->properties[at];
	const struct vocabulary *vocabulary = mutator->vocabulary;
	for (size_t i = 0; i < property->value_count; i++) {
		const uint32_t others[] = {rival_value(vocabulary, property, property->values[i]),
		                           broader_value(vocabulary, property->values[i])};
		for (size_t j = 0; j < 2; j++) {
			if (others[j] != NO_VALUE)
				change_value(mutator, atom, at, i, others[j]);
		}
		if (property->value_count > 1)
			change_value(mutator, atom, at, i, NO_VALUE);
	}
}

/* What silence would mean, where the atom says it otherwise. */
static void
change_silence(struct mutator *mutator, const struct condition *atom)
{
	struct condition *copy = arena_alloc(mutator->arena, 1, sizeof *copy);
	struct property *properties =
	        arena_alloc(mutator->arena, atom->property_count, sizeof *properties);
	*copy = *atom;
	copy->overridden = false;
	copy->properties = properties;
	for (size_t i = 0; i < atom->property_count; i++) {
		properties[i] = atom->properties[i];
		properties[i].unstated = properties[i].otherwise;
	}
	replace(mutator, atom, copy,
	        arena_printf(mutator->arena, "%s: \"unstated\" left out",
	                     atom_name(mutator->arena, mutator->vocabulary, atom)));
}

static void
mutate_atom(struct mutator *mutator, const struct condition *atom)
{
	const char *name = atom_name(mutator->arena, mutator->vocabulary, atom);
	struct condition *negation = arena_alloc(mutator->arena, 1, sizeof *negation);
	negation->type = CONDITION_NOT;
	negation->parts = arena_alloc(mutator->arena, 1, sizeof *negation->parts);
	negation->parts[negation->part_count++] = atom;
	leave_out(mutator, atom, name);
	mutator->found.mutants[mutator->found.count - 1].without = atom;
	replace(mutator, atom, negation, arena_printf(mutator->arena, "%s negated", name));
	for (size_t i = 0; i < atom->property_count; i++) {
		if (atom->property_count > 1)
			replace(mutator, atom,
			        atom_with(mutator, atom, i, (struct property){0}),
			        arena_printf(mutator->arena, "%s left out",
			                     axis_name(mutator, &atom->properties[i])));
		change_values(mutator, atom, i);
	}
	if (atom->overridden)
		change_silence(mutator, atom);
}

static void
mutate_condition(struct mutator *mutator, const struct condition *condition)
{
	if (condition->type == CONDITION_ATOM)
		mutate_atom(mutator, condition);
	for (size_t i = 0; i < condition->part_count; i++)
		mutate_condition(mutator, condition->parts[i]);
}

/* `negation`: of the exception's ground and conditions. */
static void
mutate_exception(struct mutator *mutator, const struct condition *negation, size_t number)
{
	const struct condition *both = negation->parts[0];
	leave_out(mutator, negation, arena_printf(mutator->arena, "exception %zu", number));
	for (size_t i = 1; i < both->part_count; i++) {
		if (both->parts[i]->type != CONDITION_ATOM)
			leave_out(mutator, both->parts[i],
			          arena_printf(mutator->arena, "condition %zu of exception %zu", i,
			                       number));
	}
}

static void
mutate_span(struct mutator *mutator)
{
	const struct policy *policy = mutator->policy;
	const struct clause *clause = mutator->clause;
	const json_t *source = clause->condition->source;
	size_t count = policy->revision_count, since = clause->since;
	size_t until = clause->until == NO_REVISION ? count : clause->until;
	if (since > 0)
		add_clause_mutant(mutator, "since an earlier revision", source)->since = since - 1;
	if (since + 1 < count)
		add_clause_mutant(mutator, "since a later revision", source)->since = since + 1;
	if (until > since + 1)
		add_clause_mutant(mutator, "until an earlier revision", source)->until = until - 1;
	if (until < count)
		add_clause_mutant(mutator, "until a later revision", source)->until =
		        until + 1 < count ? until + 1 : NO_REVISION;
}

struct mutants
mutate_clause(struct arena *arena, const struct vocabulary *vocabulary,
              const struct policy *policy, const struct clause *clause)
{
	struct mutator mutator = {arena, vocabulary, policy, clause, {0}};
	mutate_condition(&mutator, clause->condition);
	for (size_t i = 0; i < clause->exception_count; i++)
		mutate_exception(&mutator, clause->condition->parts[i + 1], i + 1);
	mutate_span(&mutator);
	return mutator.found;
}

static struct revision *
add_date_mutant(struct mutator *mutator, size_t index, const char *change)
{
	const struct policy *policy = mutator->policy;
	const json_t *list = json_object_get(policy->document->root, "revisions");
	struct mutant *mutant =
	        add_mutant(mutator, arena_printf(mutator->arena, "revision %s: %s",
	                                         policy->revisions[index].name, change),
	                   json_array_get(list, index));
	struct revision *revisions =
	        arena_alloc(mutator->arena, policy->revision_count, sizeof *revisions);
	memcpy(revisions, policy->revisions, policy->revision_count * sizeof *revisions);
	mutant->policy.revisions = revisions;
	return &revisions[index];
}

struct mutants
mutate_dates(struct arena *arena, const struct policy *policy)
{
	struct mutator mutator = {.arena = arena, .policy = policy};
	for (size_t i = 0; i < policy->revision_count; i++) {
		add_date_mutant(&mutator, i, "in force a day earlier")->in_force--;
		add_date_mutant(&mutator, i, "in force a day later")->in_force++;
		add_date_mutant(&mutator, i, "published a day earlier")->published--;
		add_date_mutant(&mutator, i, "published a day later")->published++;
		if (policy->revisions[i].corrects != NO_REVISION)
			add_date_mutant(&mutator, i, "corrects nothing")->corrects = NO_REVISION;
	}
	return mutator.found;
}
