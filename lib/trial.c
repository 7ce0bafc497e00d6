#include "trial.h"

#include <stdlib.h>

#include "engine.h"
#include "mutate.h"
#include "space.h"
#include "wording.h"

struct trial {
	struct arena arena;
	struct proviso_engine bench; /* judges by one policy at a time */
	struct proviso_session *session; /* explains: reads every text in full */
	struct policy policy;        /* that one */
	struct trial_policy *policies;
	size_t policy_count;
};

/* A test of a clause, ready to be judged. */
struct prepared {
	struct trial_test shown;
	enum proviso_outcome *truths;
	struct span request;
	int32_t as_of, known_at;
};

struct atom_list {
	const struct condition **atoms;
	size_t count, capacity;
};

/* A clause with its tests. */
struct bench {
	const struct policy *policy;
	const struct clause *clause;
	struct prepared *tests;
	size_t count;
	struct atom_list atoms;
};

static struct trial_place
place_of(const struct document *document, const json_t *value)
{
	struct trial_place place = {.file = document->name};
	document_find(document, value, &place.line, &place.column);
	return place;
}

static enum proviso_verdict
verdict_named(const char *name)
{
	static const char *const names[] = {"allow", "deny", "undecided", "invalid"};
	size_t i = 0;
	while (i < 3 && strcmp(names[i], name) != 0)
		i++;
	return (enum proviso_verdict)i;
}

static int32_t
read_day(json_t *object, const char *key, const char **text)
{
	*text = json_string_value(json_object_get(object, key));
	return *text != NULL ? date_parse_day(span_of(*text)) : NO_DATE;
}

/* The first problem of a test. */
struct fault {
	struct arena *arena;
	const char *message;
};

static void
note_fault(void *data, const struct proviso_problem *problem)
{
	struct fault *fault = data;
	if (fault->message == NULL)
		fault->message = arena_copy(fault->arena, span_of(problem->message));
}

/* What is wrong with how a test is written, or NULL. */
static const char *
find_fault(struct arena *arena, const struct document *document, size_t clause, size_t test)
{
	struct fault fault = {arena, NULL};
	struct document asked = *document;
	asked.report = note_fault;
	asked.report_data = &fault;
	policy_check_test(&asked, clause, test);
	return fault.message;
}

static struct prepared
prepare(struct arena *arena, const struct document *document, size_t clause, size_t index)
{
	json_t *list = json_object_get(document->root, "clauses");
	json_t *object = json_object_get(json_array_get(list, clause), "tests");
	object = json_array_get(object, index);
	struct prepared test = {.shown.place = place_of(document, object)};
	test.shown.why = json_string_value(json_object_get(object, "why"));
	test.as_of = read_day(object, "as_of", &test.shown.as_of);
	test.known_at = read_day(object, "known_at", &test.shown.known_at);
	test.shown.problem = find_fault(arena, document, clause, index);
	if (test.shown.problem == NULL) {
		const char *verdict = json_string_value(json_object_get(object, "verdict"));
		test.shown.wanted = verdict_named(verdict);
		test.request = document_text(document, json_object_get(object, "request"));
	}
	return test;
}

/* Judges one test by a policy of one clause. */
static enum proviso_verdict
judge(struct trial *trial, const struct policy *policy, const struct clause *clause,
      const struct prepared *test)
{
	struct proviso_engine *bench = &trial->bench;
	trial->policy = *policy;
	trial->policy.clauses = clause;
	trial->policy.clause_count = 1;
	bench->as_of = test->as_of;
	bench->known_at = test->known_at;
	trial->session->docket.ready = false; /* it was filled for the test before */
	const struct proviso_result *result =
	        proviso_judge(trial->session, test->request.at, test->request.length);
	if (result == NULL)
		longjmp(trial->arena.exhausted, 1);
	return result->verdict;
}

static void
run_tests(struct trial *trial, struct bench *bench)
{
	json_t *clauses = json_object_get(bench->policy->document->root, "clauses");
	size_t clause = (size_t)(bench->clause - bench->policy->clauses);
	bench->count = json_array_size(json_object_get(json_array_get(clauses, clause), "tests"));
	bench->tests = arena_alloc(&trial->arena, bench->count + 1, sizeof *bench->tests);
	for (size_t i = 0; i < bench->count; i++) {
		struct prepared *test = &bench->tests[i];
		*test = prepare(&trial->arena, bench->policy->document, clause, i);
		if (test->shown.problem == NULL)
			test->shown.got = judge(trial, bench->policy, bench->clause, test);
	}
}

static void
list_atoms(struct arena *arena, struct atom_list *list, const struct condition *condition)
{
	for (size_t i = 0; i < condition->part_count; i++)
		list_atoms(arena, list, condition->parts[i]);
	if (condition->type != CONDITION_ATOM)
		return;
	for (size_t i = 0; i < list->count; i++) {
		if (same_atom(list->atoms[i], condition))
			return;
	}
	list->atoms = arena_grow(arena, list->atoms, list->count, &list->capacity,
	                         sizeof *list->atoms);
	list->atoms[list->count++] = condition;
}

static enum proviso_outcome
outcome_of(enum proviso_verdict verdict)
{
	return verdict == PROVISO_DENY        ? PROVISO_TRUE
	       : verdict == PROVISO_UNDECIDED ? PROVISO_OPEN
	                                      : PROVISO_FALSE;
}

/* Judges a test by a condition alone, whatever the day. */
static enum proviso_outcome
judge_alone(struct trial *trial, const struct bench *bench, const struct condition *condition,
            const struct prepared *test)
{
	struct clause alone = *bench->clause;
	struct revision always = {.name = "", .published = INT32_MIN + 1, .in_force = INT32_MIN + 1,
	                          .corrects = NO_REVISION};
	struct policy policy = *bench->policy;
	alone.condition = condition;
	alone.since = 0;
	alone.until = NO_REVISION;
	policy.revisions = &always;
	policy.revision_count = 1;
	return outcome_of(judge(trial, &policy, &alone, test));
}

/* The clause's truth where its atoms have these truths, and `changed` another. */
static enum proviso_outcome
truth_with(const struct atom_list *list, const enum proviso_outcome *truths, size_t changed,
           enum proviso_outcome to, const struct condition *condition)
{
	if (condition->type == CONDITION_ATOM) {
		size_t i = 0;
		while (!same_atom(list->atoms[i], condition))
			i++;
		return i == changed ? to : truths[i];
	}
	bool all = condition->type != CONDITION_ANY;
	enum proviso_outcome whole = all ? PROVISO_TRUE : PROVISO_FALSE;
	for (size_t i = 0; i < condition->part_count; i++) {
		enum proviso_outcome part =
		        truth_with(list, truths, changed, to, condition->parts[i]);
		if (all ? part < whole : part > whole)
			whole = part;
	}
	return condition->type == CONDITION_NOT ? (enum proviso_outcome)(PROVISO_TRUE - whole)
	                                        : whole;
}

static bool
share_axis(const struct condition *a, const struct condition *b)
{
	for (size_t i = 0; i < a->property_count; i++) {
		for (size_t j = 0; j < b->property_count; j++) {
			if (a->properties[i].axis == b->properties[j].axis)
				return true;
		}
	}
	return false;
}

/* Whether a test's verdict is what its atoms make of the clause: not where the
 * clause is not in force. */
static bool
is_decided_by_atoms(const struct bench *bench, const struct prepared *test)
{
	return test->truths != NULL &&
	       truth_with(&bench->atoms, test->truths, SIZE_MAX, PROVISO_FALSE,
	                  bench->clause->condition) == outcome_of(test->shown.got);
}

/* Whether two tests show that an atom matters: their verdicts differ and so do
 * their facts, in that atom and at most in others of its axes, and its change
 * by itself is enough. */
static bool
shows(const struct bench *bench, size_t atom, const struct prepared *a, const struct prepared *b)
{
	const struct atom_list *atoms = &bench->atoms;
	if (!is_decided_by_atoms(bench, a) || !is_decided_by_atoms(bench, b) ||
	    a->shown.got == b->shown.got || a->truths[atom] == b->truths[atom])
		return false;
	for (size_t i = 0; i < atoms->count; i++) {
		if (a->truths[i] != b->truths[i] &&
		    !share_axis(atoms->atoms[i], atoms->atoms[atom]))
			return false;
	}
	return truth_with(atoms, a->truths, atom, b->truths[atom], bench->clause->condition) ==
	       outcome_of(b->shown.got);
}

static void
show_atom(const struct bench *bench, size_t atom, struct trial_atom *shown)
{
	for (size_t i = 0; i < bench->count && !shown->shown; i++) {
		for (size_t j = 0; j < bench->count && !shown->shown; j++) {
			if (i != j && shows(bench, atom, &bench->tests[i], &bench->tests[j])) {
				shown->shown = true;
				shown->first = i < j ? i : j;
				shown->second = i < j ? j : i;
			}
		}
	}
}

static void
measure_atoms(struct trial *trial, struct bench *bench)
{
	list_atoms(&trial->arena, &bench->atoms, bench->clause->condition);
	for (size_t i = 0; i < bench->count; i++) {
		struct prepared *test = &bench->tests[i];
		if (test->shown.problem != NULL || test->shown.got == PROVISO_INVALID)
			continue;
		test->truths = arena_alloc(&trial->arena, bench->atoms.count + 1,
		                           sizeof *test->truths);
		for (size_t j = 0; j < bench->atoms.count; j++)
			test->truths[j] = judge_alone(trial, bench, bench->atoms.atoms[j], test);
		test->shown.truths = test->truths;
	}
}

/* Every atom, and whether the tests show that it matters. `mutants`: those of
 * the clause, fates known. */
static struct trial_atom *
show_atoms(struct trial *trial, struct bench *bench, const struct mutants *mutants,
           const struct trial_mutant *fates)
{
	struct trial_atom *shown =
	        arena_alloc(&trial->arena, bench->atoms.count + 1, sizeof *shown);
	for (size_t i = 0; i < bench->atoms.count; i++) {
		const struct condition *atom = bench->atoms.atoms[i];
		shown[i].place = place_of(bench->policy->document, atom->source);
		shown[i].name = atom_name(&trial->arena, &trial->bench.vocabulary, atom);
		shown[i].exempt = true;
		for (size_t j = 0; j < mutants->count; j++) {
			if (mutants->mutants[j].without != NULL &&
			    same_atom(mutants->mutants[j].without, atom) &&
			    fates[j].fate != FATE_EQUIVALENT)
				shown[i].exempt = false;
		}
		show_atom(bench, i, &shown[i]);
	}
	return shown;
}

static bool
notices(struct trial *trial, const struct bench *bench, const struct policy *changed,
        const struct clause *clause)
{
	for (size_t i = 0; i < bench->count; i++) {
		const struct prepared *test = &bench->tests[i];
		if (test->shown.problem == NULL &&
		    judge(trial, changed, clause, test) != test->shown.got)
			return true;
	}
	return false;
}

/* Another atom whose truth makes the atom left out true, or NULL. */
static const struct condition *
implying_atom(struct space *space, const struct bench *bench, const struct condition *left_out)
{
	const struct formula *out = space_formula(space, left_out);
	for (size_t i = 0; left_out != NULL && i < bench->atoms.count; i++) {
		const struct condition *atom = bench->atoms.atoms[i];
		struct goal goals[] = {{space_formula(space, atom), true, TRUTH_TRUE},
		                       {out, false, TRUTH_OPEN}};
		if (!same_atom(atom, left_out) &&
		    space_find(space, goals, 2, space_states(space, TOLD_ANYHOW)) == FINDING_NONE)
			return atom;
	}
	return NULL;
}

/* A request on which the clause and the changed one are judged differently
 * indeed. */
static void
suggest(struct trial *trial, const struct bench *bench, const struct mutant *mutant,
        const char *request, struct trial_mutant *result)
{
	const struct prepared test = {
	        .request = span_of(request), .as_of = NO_DATE, .known_at = NO_DATE};
	if (judge_alone(trial, bench, bench->clause->condition, &test) !=
	    judge_alone(trial, bench, mutant->clause->condition, &test))
		result->request = request;
}

/* Whether any request tells a changed condition from the clause's own. */
static void
compare_logic(struct trial *trial, const struct bench *bench, const struct mutant *mutant,
              struct trial_mutant *result)
{
	struct arena *arena = &trial->arena;
	const struct vocabulary *vocabulary = &trial->bench.vocabulary;
	const struct condition *both[] = {bench->clause->condition, mutant->clause->condition};
	struct space *space = space_new(arena, vocabulary, both, 2);
	unsigned char *states = space_states(space, TOLD_ANYHOW);
	enum finding finding = space_differ(space, space_formula(space, both[0]),
	                                    space_formula(space, both[1]), states);
	if (finding != FINDING_NONE) {
		result->fate = finding == FINDING_POINT ? FATE_SURVIVED : FATE_UNKNOWN;
		if (finding == FINDING_POINT)
			suggest(trial, bench, mutant, space_request(space, states), result);
		return;
	}
	const struct condition *implying =
	        mutant->without != NULL ? implying_atom(space, bench, mutant->without) : NULL;
	result->fate = FATE_EQUIVALENT;
	result->reason = implying != NULL
	                         ? arena_printf(arena, "%s implies it",
	                                        atom_name(arena, vocabulary, implying))
	                         : "no request tells the two apart";
}

/* The days on which something may change, in either of two policies; a day
 * before all of them first. */
static size_t
list_days(int32_t *days, const struct policy *a, const struct policy *b)
{
	const struct policy *const both[] = {a, b};
	size_t count = 1;
	int32_t least = INT32_MAX;
	for (size_t i = 0; i < 2; i++) {
		for (size_t j = 0; j < both[i]->revision_count; j++) {
			days[count++] = both[i]->revisions[j].published;
			days[count++] = both[i]->revisions[j].in_force;
		}
	}
	for (size_t i = 1; i < count; i++)
		least = days[i] < least ? days[i] : least;
	days[0] = least - 1;
	return count;
}

static bool
same_clauses(const struct policy *a, size_t revision, const struct policy *b, size_t other)
{
	if (revision == NO_REVISION || other == NO_REVISION)
		return revision == other;
	for (size_t i = 0; i < a->clause_count; i++) {
		if (clause_stands(&a->clauses[i], revision) != clause_stands(&b->clauses[i], other))
			return false;
	}
	return true;
}

/* A day, and what is known then (NO_DATE: everything). */
struct moment {
	int32_t as_of, known_at;
};

/* Looks for a moment at which other clauses stand, best one at which all is
 * known. */
static bool
find_moment(struct trial *trial, const struct policy *a, const struct policy *b,
            struct moment *moment)
{
	struct arena_mark mark = arena_mark(&trial->arena);
	int32_t *days = arena_alloc(&trial->arena,
	                            2 * (a->revision_count + b->revision_count) + 1, sizeof *days);
	size_t count = list_days(days, a, b);
	bool found = false;
	for (size_t i = 0; i <= count && !found; i++) {
		for (size_t j = 0; j < count && !found; j++) {
			*moment = (struct moment){days[j], i == 0 ? NO_DATE : days[i - 1]};
			found = !same_clauses(
			        a, policy_revision(a, moment->as_of, moment->known_at), b,
			        policy_revision(b, moment->as_of, moment->known_at));
		}
	}
	arena_release(&trial->arena, mark);
	return found;
}

static void
compare_days(struct trial *trial, const struct policy *original, const struct mutant *mutant,
             struct trial_mutant *result)
{
	struct moment moment;
	result->fate = FATE_EQUIVALENT;
	result->reason = "the same clauses are in force on every day";
	if (!find_moment(trial, original, &mutant->policy, &moment))
		return;
	struct arena *arena = &trial->arena;
	result->fate = FATE_SURVIVED;
	result->reason = arena_printf(arena, "\"as_of\":\"%s\"", date_text(arena, moment.as_of));
	if (moment.known_at != NO_DATE)
		result->reason = arena_printf(arena, "%s,\"known_at\":\"%s\"", result->reason,
		                              date_text(arena, moment.known_at));
}

static struct trial_mutant *
new_results(struct trial *trial, const struct policy *policy, const struct mutants *mutants)
{
	struct trial_mutant *results =
	        arena_alloc(&trial->arena, mutants->count + 1, sizeof *results);
	for (size_t i = 0; i < mutants->count; i++) {
		results[i].change = mutants->mutants[i].change;
		results[i].place = place_of(policy->document, mutants->mutants[i].source);
	}
	return results;
}

static struct trial_clause
try_clause(struct trial *trial, struct bench *bench)
{
	struct arena *arena = &trial->arena;
	measure_atoms(trial, bench);
	struct mutants mutants = mutate_clause(arena, &trial->bench.vocabulary, bench->policy,
	                                       bench->clause);
	struct trial_mutant *results = new_results(trial, bench->policy, &mutants);
	struct policy alone = *bench->policy;
	alone.clauses = bench->clause;
	alone.clause_count = 1;
	for (size_t i = 0; i < mutants.count; i++) {
		const struct mutant *mutant = &mutants.mutants[i];
		if (notices(trial, bench, &mutant->policy, mutant->clause))
			results[i].fate = FATE_NOTICED;
		else if (mutant->logic)
			compare_logic(trial, bench, mutant, &results[i]);
		else
			compare_days(trial, &alone, mutant, &results[i]);
	}
	struct trial_test *tests = arena_alloc(arena, bench->count + 1, sizeof *tests);
	for (size_t i = 0; i < bench->count; i++)
		tests[i] = bench->tests[i].shown;
	return (struct trial_clause){
	        .clause = bench->clause->name,
	        .tests = tests,
	        .test_count = bench->count,
	        .atoms = show_atoms(trial, bench, &mutants, results),
	        .atom_count = bench->atoms.count,
	        .mutants = results,
	        .mutant_count = mutants.count};
}

static struct trial_clause
try_dates(struct trial *trial, const struct policy *policy, const struct bench *benches)
{
	struct mutants mutants = mutate_dates(&trial->arena, policy);
	struct trial_mutant *results = new_results(trial, policy, &mutants);
	for (size_t i = 0; i < mutants.count; i++) {
		bool noticed = false;
		for (size_t j = 0; j < policy->clause_count && !noticed; j++)
			noticed = notices(trial, &benches[j], &mutants.mutants[i].policy,
			                  benches[j].clause);
		results[i].fate = FATE_NOTICED;
		if (!noticed)
			compare_days(trial, policy, &mutants.mutants[i], &results[i]);
	}
	return (struct trial_clause){.mutants = results, .mutant_count = mutants.count};
}

static struct trial_policy
try_policy(struct trial *trial, const struct policy *policy)
{
	struct bench *benches =
	        arena_alloc(&trial->arena, policy->clause_count + 1, sizeof *benches);
	struct trial_clause *clauses =
	        arena_alloc(&trial->arena, policy->clause_count + 1, sizeof *clauses);
	for (size_t i = 0; i < policy->clause_count; i++) {
		benches[i] = (struct bench){.policy = policy, .clause = &policy->clauses[i]};
		run_tests(trial, &benches[i]);
		clauses[i] = try_clause(trial, &benches[i]);
	}
	clauses[policy->clause_count] = try_dates(trial, policy, benches);
	return (struct trial_policy){.policy = policy->name,
	                             .clauses = clauses,
	                             .clause_count = policy->clause_count + 1};
}

/* False if memory ran out. */
static bool
try_policies(struct trial *trial, const struct proviso_engine *engine)
{
	if (setjmp(trial->arena.exhausted) != 0)
		return false;
	trial->policies =
	        arena_alloc(&trial->arena, engine->policy_count + 1, sizeof *trial->policies);
	for (size_t i = 0; i < engine->policy_count; i++)
		trial->policies[trial->policy_count++] = try_policy(trial, &engine->policies[i]);
	return true;
}

struct trial *
trial_new(const struct proviso_engine *engine)
{
	struct trial *trial = calloc(1, sizeof *trial);
	if (trial == NULL)
		return NULL;
	arena_init(&trial->arena);
	trial->bench = (struct proviso_engine){.vocabulary = engine->vocabulary,
	                                       .policies = &trial->policy,
	                                       .policy_count = 1,
	                                       .strict = engine->strict};
	trial->session = proviso_session_new(&trial->bench, true);
	if (trial->session != NULL && try_policies(trial, engine))
		return trial;
	trial_free(trial);
	return NULL;
}

const struct trial_policy *
trial_policies(const struct trial *trial, size_t *count)
{
	*count = trial->policy_count;
	return trial->policies;
}

void
trial_free(struct trial *trial)
{
	if (trial == NULL)
		return;
	proviso_session_free(trial->session);
	arena_free(&trial->arena);
	free(trial);
}
