#include "lint_parts.h"
#include "mutate.h"
#include "space.h"
#include "wording.h"

/* What is searched at most: values that a clause names, and work of a search. */
enum { VALUES_MOST = 500, WORK_MOST = 200000000 };

/* One clause, or two, and their fact space. */
struct logic {
	struct arena *arena;
	const struct policy *policy;
	const struct vocabulary *vocabulary;
	const struct clause *clause;
	struct space *space;
	const struct formula *formula;
	bool lost; /* too much to search */
};

/* Whether no request that tells facts so meets the goals. */
static bool
is_impossible(struct logic *logic, const struct goal *goals, size_t count, unsigned char told)
{
	enum finding finding =
	        space_find(logic->space, goals, count, space_states(logic->space, told));
	logic->lost = logic->lost || finding == FINDING_UNKNOWN;
	return finding == FINDING_NONE;
}

static bool
is_same(struct logic *logic, const struct condition *changed)
{
	enum finding finding = space_differ(logic->space, logic->formula,
	                                    space_formula(logic->space, changed),
	                                    space_states(logic->space, TOLD_ANYHOW));
	logic->lost = logic->lost || finding == FINDING_UNKNOWN;
	return finding == FINDING_NONE;
}

/* Whether a changed condition is the same for requests that tell every fact
 * plainly. */
static bool
is_plainly_same(struct logic *logic, const struct condition *changed)
{
	const struct formula *other = space_formula(logic->space, changed);
	struct goal more[] = {{logic->formula, true, TRUTH_TRUE}, {other, false, TRUTH_FALSE}};
	struct goal less[] = {{logic->formula, false, TRUTH_FALSE}, {other, true, TRUTH_TRUE}};
	return is_impossible(logic, more, 2, TOLD_PLAINLY) &&
	       is_impossible(logic, less, 2, TOLD_PLAINLY);
}

/* An atom changes nothing if the clause comes out the same where it is taken for
 * met, or for missed; `wanted` (else it is negated) if it is met by being true.
 * In the latter case it may be that it cannot be met beside the rest. */
static void
lint_atom(struct logic *logic, const struct condition *atom, bool wanted)
{
	struct arena *arena = logic->arena;
	const struct condition *whole = logic->clause->condition;
	const char *name = atom_name(arena, logic->vocabulary, atom);
	const struct condition *missed =
	        condition_with(arena, whole, atom, condition_always(arena, !wanted));
	const struct condition *always =
	        condition_with(arena, whole, atom, condition_always(arena, wanted));
	struct goal met[] = {{logic->formula, true, TRUTH_TRUE},
	                     {space_formula(logic->space, atom), wanted,
	                      wanted ? TRUTH_TRUE : TRUTH_FALSE}};
	if (is_plainly_same(logic, missed) && is_impossible(logic, met, 2, TOLD_PLAINLY))
		document_problem_of(logic->policy->document, atom->source, "atom-never",
		                    "%s%s is never met where the clause is", wanted ? "" : "not ",
		                    name);
	else if (is_same(logic, missed) || is_same(logic, always))
		document_problem_of(logic->policy->document, atom->source, "atom-implied",
		                    "%s changes nothing: the rest of the clause settles it", name);
}

static void
lint_atoms(struct logic *logic, const struct condition *condition, bool wanted)
{
	if (condition->type == CONDITION_ATOM && !logic->lost)
		lint_atom(logic, condition, wanted);
	for (size_t i = 0; i < condition->part_count; i++)
		lint_atoms(logic, condition->parts[i],
		           wanted == (condition->type != CONDITION_NOT));
}

static void
lint_clause(struct logic *logic)
{
	struct document *document = logic->policy->document;
	const struct clause *clause = logic->clause;
	struct goal met = {logic->formula, true, TRUTH_TRUE};
	struct goal missed = {logic->formula, false, TRUTH_FALSE};
	if (is_impossible(logic, &met, 1, TOLD_PLAINLY))
		document_problem_of(document, clause->condition->source, "never-met",
		                    "no request can meet clause \"%s\"", clause->name);
	else if (is_impossible(logic, &missed, 1, TOLD_PLAINLY))
		document_problem_of(document, clause->condition->source, "always-met",
		                    "every request that tells its facts meets clause \"%s\"",
		                    clause->name);
	else
		lint_atoms(logic, clause->condition, true);
}

/* Whether `other` stands in every revision that holds `clause`. */
static bool
stands_beside(const struct clause *clause, const struct clause *other)
{
	return other->since <= clause->since && other->until >= clause->until;
}

static void
lint_shadow(struct logic *logic, const struct clause *other)
{
	const struct condition *both[] = {logic->clause->condition, other->condition};
	logic->space = space_new(logic->arena, logic->vocabulary, both, 2);
	logic->formula = space_formula(logic->space, both[0]);
	space_limit(logic->space, WORK_MOST);
	struct goal alone[] = {{logic->formula, true, TRUTH_TRUE},
	                       {space_formula(logic->space, both[1]), false, TRUTH_OPEN}};
	struct goal open[] = {{logic->formula, true, TRUTH_OPEN},
	                      {space_formula(logic->space, both[1]), false, TRUTH_FALSE}};
	if (is_impossible(logic, alone, 2, TOLD_ANYHOW) &&
	    is_impossible(logic, open, 2, TOLD_ANYHOW))
		document_problem_of(logic->policy->document, logic->clause->condition->source,
		                    "shadowed", "clause \"%s\" is met only where \"%s\" is, too",
		                    logic->clause->name, other->name);
}

static void
lint_shadows(struct logic *logic)
{
	const struct policy *policy = logic->policy;
	for (size_t i = 0; i < policy->clause_count && !logic->lost; i++) {
		if (&policy->clauses[i] != logic->clause &&
		    stands_beside(logic->clause, &policy->clauses[i]))
			lint_shadow(logic, &policy->clauses[i]);
	}
}

static size_t
count_values(const struct condition *condition)
{
	size_t count = 0;
	for (size_t i = 0; i < condition->property_count; i++)
		count += condition->properties[i].value_count;
	for (size_t i = 0; i < condition->part_count; i++)
		count += count_values(condition->parts[i]);
	return count;
}

static void
search_clause(struct logic *logic)
{
	size_t before = logic->policy->document->problems;
	if (count_values(logic->clause->condition) > VALUES_MOST) {
		logic->lost = true;
		return;
	}
	logic->space = space_new(logic->arena, logic->vocabulary, &logic->clause->condition, 1);
	logic->formula = space_formula(logic->space, logic->clause->condition);
	space_limit(logic->space, WORK_MOST);
	lint_clause(logic);
	if (logic->policy->document->problems == before)
		lint_shadows(logic);
}

void
lint_logic(struct arena *arena, const struct policy *policy, const struct vocabulary *vocabulary)
{
	for (size_t i = 0; i < policy->clause_count; i++) {
		struct arena_mark mark = arena_mark(arena);
		const struct clause *clause = &policy->clauses[i];
		struct logic logic = {arena, policy, vocabulary, clause, NULL, NULL, false};
		search_clause(&logic);
		if (logic.lost)
			document_problem_of(policy->document, clause->condition->source,
			                    "too-complex",
			                    "clause \"%s\" has too many facts to be searched",
			                    clause->name);
		arena_release(arena, mark);
	}
}
