#include "engine.h"

static struct proviso_condition
describe_value(const struct vocabulary *vocabulary, const struct condition *atom,
               const struct property *property, uint32_t value)
{
	const struct axis *axis = &vocabulary->axes[property->axis];
	return (struct proviso_condition){
	        .kind = PROVISO_ATOM,
	        .fact = vocabulary_text(vocabulary, axis->name),
	        .fact_label = vocabulary_text(vocabulary, axis->label),
	        .value = vocabulary_text(vocabulary, vocabulary->values[value].name),
	        .label = vocabulary_text(vocabulary, vocabulary->values[value].label),
	        .unstated = !atom->overridden                   ? NULL
	                    : property->unstated == TRUTH_OPEN ? "unknown"
	                                                       : "false"};
}

static struct proviso_condition
describe_property(struct proviso_engine *engine, const struct condition *atom,
                  const struct property *property)
{
	if (property->value_count == 1)
		return describe_value(&engine->vocabulary, atom, property, property->values[0]);
	struct proviso_condition *parts =
	        arena_alloc(&engine->arena, property->value_count + 1, sizeof *parts);
	for (size_t i = 0; i < property->value_count; i++)
		parts[i] = describe_value(&engine->vocabulary, atom, property,
		                          property->values[i]);
	return (struct proviso_condition){
	        .kind = PROVISO_ANY, .parts = parts, .part_count = property->value_count};
}

static struct proviso_condition
describe_condition(struct proviso_engine *engine, const struct condition *condition)
{
	static const enum proviso_condition_kind kinds[] = {
	        [CONDITION_ALL] = PROVISO_ALL, [CONDITION_ANY] = PROVISO_ANY,
	        [CONDITION_NOT] = PROVISO_NOT, [CONDITION_ATOM] = PROVISO_PARTY};
	bool atom = condition->type == CONDITION_ATOM;
	if (atom && !condition->party)
		return describe_property(engine, condition, condition->properties);
	size_t count = atom ? condition->property_count : condition->part_count;
	struct proviso_condition *parts = arena_alloc(&engine->arena, count + 1, sizeof *parts);
	for (size_t i = 0; i < count; i++)
		parts[i] = atom ? describe_property(engine, condition, &condition->properties[i])
		                : describe_condition(engine, condition->parts[i]);
	return (struct proviso_condition){
	        .kind = kinds[condition->type], .parts = parts, .part_count = count};
}

static struct proviso_exception
describe_exception(struct proviso_engine *engine, const struct exception *exception,
                   const struct condition *both)
{
	struct proviso_condition *parts =
	        arena_alloc(&engine->arena, both->part_count + 1, sizeof *parts);
	for (size_t i = 0; i < both->part_count; i++)
		parts[i] = describe_condition(engine, both->parts[i]);
	return (struct proviso_exception){.title = exception->title,
	                                  .section = exception->section,
	                                  .note = exception->note,
	                                  .ground = parts,
	                                  .conditions = parts + 1,
	                                  .condition_count = both->part_count - 1};
}

static struct proviso_clause
describe_clause(struct proviso_engine *engine, const struct policy *policy,
                const struct clause *clause, size_t chosen)
{
	struct arena *arena = &engine->arena;
	struct proviso_exception *exceptions =
	        arena_alloc(arena, clause->exception_count + 1, sizeof *exceptions);
	struct proviso_condition *when = arena_alloc(arena, 1, sizeof *when);
	*when = describe_condition(engine, clause->condition->parts[0]);
	for (size_t i = 0; i < clause->exception_count; i++)
		exceptions[i] = describe_exception(engine, &clause->exceptions[i],
		                                   clause->condition->parts[i + 1]->parts[0]);
	return (struct proviso_clause){
	        .clause = clause->name,
	        .title = clause->title,
	        .text = clause->text,
	        .section = clause->section,
	        .source = clause->source,
	        .confidence = clause->confidence,
	        .note = clause->note,
	        .since = policy->revisions[clause->since].name,
	        .until = clause->until == NO_REVISION ? NULL
	                                              : policy->revisions[clause->until].name,
	        .in_force = chosen != NO_REVISION && clause_stands(clause, chosen),
	        .when = when,
	        .exceptions = exceptions,
	        .exception_count = clause->exception_count};
}

static struct proviso_revision
describe_revision(struct arena *arena, const struct policy *policy, size_t index)
{
	const struct revision *revision = &policy->revisions[index];
	int32_t from = policy_binding_from(policy, index);
	return (struct proviso_revision){
	        .revision = revision->name,
	        .published = revision->published_text,
	        .in_force = revision->in_force_text,
	        .corrects = revision->corrects == NO_REVISION
	                            ? NULL
	                            : policy->revisions[revision->corrects].name,
	        .note = revision->note,
	        .binds_from = from == revision->in_force ? NULL : date_text(arena, from),
	        .none = revision->none};
}

static const struct proviso_unreached *
describe_unreached(struct arena *arena, const struct policy *policy)
{
	struct proviso_unreached *rules =
	        arena_alloc(arena, policy->unreached_count + 1, sizeof *rules);
	for (size_t i = 0; i < policy->unreached_count; i++) {
		const struct unreached *rule = &policy->unreached[i];
		rules[i] = (struct proviso_unreached){rule->section, rule->title, rule->why};
	}
	return rules;
}

static const struct proviso_condition *
describe_applies(struct proviso_engine *engine, const struct policy *policy)
{
	if (policy->applies == NULL)
		return NULL;
	struct proviso_condition *applies = arena_alloc(&engine->arena, 1, sizeof *applies);
	*applies = describe_condition(engine, policy->applies);
	return applies;
}

static struct proviso_policy
describe_policy(struct proviso_engine *engine, const struct policy *policy)
{
	struct arena *arena = &engine->arena;
	struct proviso_revision *revisions =
	        arena_alloc(arena, policy->revision_count + 1, sizeof *revisions);
	struct proviso_clause *clauses =
	        arena_alloc(arena, policy->clause_count + 1, sizeof *clauses);
	size_t chosen = NO_REVISION;
	if (!engine->as_of_record)
		chosen = policy_revision(policy, engine_as_of(engine, policy, NO_DATE),
		                         engine->known_at);
	for (size_t i = 0; i < policy->revision_count; i++)
		revisions[i] = describe_revision(arena, policy, i);
	for (size_t i = 0; i < policy->clause_count; i++)
		clauses[i] = describe_clause(engine, policy, &policy->clauses[i], chosen);
	return (struct proviso_policy){
	        .policy = policy->name,
	        .title = policy->title,
	        .issuer = policy->issuer,
	        .source = policy->source,
	        .reviewed = policy->reviewed_text,
	        .note = policy->note,
	        .chosen = chosen == NO_REVISION ? NULL : policy->revisions[chosen].name,
	        .revisions = revisions,
	        .revision_count = policy->revision_count,
	        .clauses = clauses,
	        .clause_count = policy->clause_count,
	        .applies = describe_applies(engine, policy),
	        .unreached = describe_unreached(arena, policy),
	        .unreached_count = policy->unreached_count};
}

const struct proviso_policy *
describe_policies(struct proviso_engine *engine)
{
	struct proviso_policy *policies =
	        arena_alloc(&engine->arena, engine->policy_count + 1, sizeof *policies);
	for (size_t i = 0; i < engine->policy_count; i++)
		policies[i] = describe_policy(engine, &engine->policies[i]);
	return policies;
}
