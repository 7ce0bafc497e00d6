#include "differ_parts.h"

#include <stdlib.h>

/* What is looked for: a clause of the stricter side prohibits at least `bound`,
 * the other side stays below. */
struct quest {
	struct differ *differ;
	size_t more; /* index of the stricter side */
	size_t clause;
	enum truth bound;
	unsigned char told;
	struct goal *goals;
	size_t goal_count;
};

static const struct formula *
clause_of(const struct quest *quest)
{
	return quest->differ->sides[quest->more].formulas[quest->clause];
}

static const struct side *
laxer_side(const struct quest *quest)
{
	return &quest->differ->sides[1 - quest->more];
}

static bool
mentions(const struct space *space, const struct formula *formula, const unsigned char *states)
{
	bool found = false;
	for (size_t i = 0; i < space_size(space) && formula->type == CONDITION_ATOM; i++)
		found = found || (states[i] == TOLD_TRUE &&
		                  space_related(space, i, formula->variable));
	for (size_t i = 0; i < formula->part_count && !found; i++)
		found = mentions(space, formula->parts[i], states);
	return found;
}

/* What a clause asks for on an axis: anything, and something that is told. */
struct asked {
	bool anything, told;
};

static void
see_asked(const struct space *space, const struct formula *formula, const unsigned char *states,
          uint32_t axis, struct asked *asked)
{
	for (size_t i = 0; i < formula->part_count && formula->type != CONDITION_NOT; i++)
		see_asked(space, formula->parts[i], states, axis, asked);
	if (formula->type != CONDITION_ATOM)
		return;
	const struct variable *variable = space_variable(space, formula->variable);
	bool here = variable->party == NULL && variable->axis == axis;
	asked->anything = asked->anything || here;
	for (size_t i = 0; here && i < space_size(space); i++)
		asked->told = asked->told || (states[i] == TOLD_TRUE &&
		                              space_related(space, i, formula->variable));
}

/* Whether a clause is about something else: on an axis of which something is
 * told it asks for other values only. */
static bool
is_elsewhere(const struct space *space, const struct formula *formula, const unsigned char *states)
{
	bool elsewhere = false;
	for (size_t i = 0; i < space_size(space) && !elsewhere; i++) {
		const struct variable *variable = space_variable(space, i);
		struct asked asked = {0};
		if (variable->party != NULL || states[i] != TOLD_TRUE)
			continue;
		see_asked(space, formula, states, variable->axis, &asked);
		elsewhere = asked.anything && !asked.told;
	}
	return elsewhere;
}

/* Of the laxer side, the clauses that have to do with what is told. */
static const struct formula *
clauses_beside(const struct quest *quest, const unsigned char *states)
{
	struct space *space = quest->differ->space;
	const struct side *less = laxer_side(quest);
	const struct formula **parts =
	        arena_alloc(&quest->differ->arena, less->count + 1, sizeof *parts);
	size_t count = 0;
	for (size_t i = 0; i < less->count; i++) {
		if (mentions(space, less->formulas[i], states) &&
		    !is_elsewhere(space, less->formulas[i], states))
			parts[count++] = less->formulas[i];
	}
	return space_join(space, CONDITION_ANY, parts, count);
}

static enum finding
find(const struct quest *quest, unsigned char *states)
{
	return space_find(quest->differ->space, quest->goals, quest->goal_count, states);
}

/* What is sought, and what is known of it already. */
static void
set_goals(struct quest *quest)
{
	struct differ *differ = quest->differ;
	quest->goals =
	        arena_alloc(&differ->arena, differ->covered_count + 2, sizeof *quest->goals);
	quest->goal_count = 0;
	quest->goals[quest->goal_count++] =
	        (struct goal){clause_of(quest), true, quest->bound};
	quest->goals[quest->goal_count++] = (struct goal){
	        laxer_side(quest)->any, false, (enum truth)(quest->bound - 1)};
	for (size_t i = 0; i < differ->covered_count; i++)
		quest->goals[quest->goal_count++] =
		        (struct goal){differ->covered[i], false, TRUTH_FALSE};
}

/* Tells as little as the difference needs: whatever is not false is made so
 * where it can. */
static void
tell_least(const struct quest *quest, unsigned char *states)
{
	struct space *space = quest->differ->space;
	size_t size = space_size(space);
	for (size_t i = 0; i < size; i++) {
		unsigned char *fewer = space_states(space, TOLD_FALSE);
		for (size_t j = 0; j < size; j++)
			fewer[j] = states[j] | TOLD_FALSE;
		fewer[i] = TOLD_FALSE;
		if (states[i] != TOLD_FALSE && find(quest, fewer) == FINDING_POINT)
			memcpy(states, fewer, size);
	}
}

/* Whether the difference may be gone somewhere among these states. */
static bool
may_vanish(const struct quest *quest, const struct formula *less, const unsigned char *states)
{
	struct space *space = quest->differ->space;
	const struct goal lost[] = {
	        {clause_of(quest), false, (enum truth)(quest->bound - 1)},
	        {less, true, quest->bound}};
	bool vanishes = false;
	for (size_t i = 0; i < 2 && !vanishes; i++) {
		unsigned char *copy = space_states(space, 0);
		memcpy(copy, states, space_size(space));
		vanishes = space_find(space, &lost[i], 1, copy) != FINDING_NONE;
	}
	return vanishes;
}

/* Frees every variable that the difference does not turn on. */
static void
free_rest(const struct quest *quest, const struct formula *less, unsigned char *states)
{
	size_t size = space_size(quest->differ->space);
	for (size_t round = 0; round < 2; round++) {
		for (size_t i = 0; i < size; i++) {
			unsigned char kept = states[i];
			if ((kept == TOLD_TRUE) != (round == 1))
				continue;
			states[i] = quest->told;
			if (may_vanish(quest, less, states))
				states[i] = kept;
		}
	}
}

/* All that is told plainly, as a formula. */
static void
cover(struct differ *differ, const unsigned char *states)
{
	size_t size = space_size(differ->space), count = 0;
	const struct formula **parts = arena_alloc(&differ->arena, size + 1, sizeof *parts);
	for (size_t i = 0; i < size; i++) {
		const struct formula *leaf = space_leaf(differ->space, i);
		if (states[i] == TOLD_TRUE)
			parts[count++] = leaf;
		else if (states[i] == TOLD_FALSE)
			parts[count++] = space_join(differ->space, CONDITION_NOT, &leaf, 1);
	}
	differ->covered = arena_grow(&differ->arena, differ->covered, differ->covered_count,
	                             &differ->covered_capacity, sizeof *differ->covered);
	differ->covered[differ->covered_count++] =
	        space_join(differ->space, CONDITION_ALL, parts, count);
}

static enum proviso_verdict
verdict_at(const struct side *side, const unsigned char *states)
{
	enum truth truth = space_truth(side->any, states);
	return truth == TRUTH_TRUE   ? PROVISO_DENY
	       : truth == TRUTH_OPEN ? PROVISO_UNDECIDED
	                             : PROVISO_ALLOW;
}

/* Whether the two really judge a request so. */
static bool
is_judged_so(struct differ *differ, const struct difference *difference, const char *request)
{
	for (size_t i = 0; i < 2; i++) {
		const struct proviso_result *result =
		        proviso_judge(differ->sides[i].session, request, strlen(request));
		if (result == NULL)
			longjmp(differ->arena.exhausted, 1);
		if (result->verdict != (i == 0 ? difference->from : difference->to))
			return false;
	}
	return true;
}

static void
add_difference(const struct quest *quest, const unsigned char *point, unsigned char *states,
               bool unless)
{
	struct differ *differ = quest->differ;
	struct difference difference = {.from = verdict_at(&differ->sides[0], point),
	                                .to = verdict_at(&differ->sides[1], point),
	                                .unless = unless};
	const unsigned char *const tries[] = {states, point};
	for (size_t i = 0; i < 2 && difference.request == NULL; i++) {
		const char *request = space_request(differ->space, tries[i]);
		if (is_judged_so(differ, &difference, request))
			difference.request = request;
	}
	differ->spots = arena_grow(&differ->arena, differ->spots, differ->spot_count,
	                           &differ->spot_capacity, sizeof *differ->spots);
	differ->spots[differ->spot_count++] = (struct spot){difference, states};
	cover(differ, states);
}

/* Finds one more difference of a kind. */
static bool
find_next(struct quest *quest)
{
	struct differ *differ = quest->differ;
	struct space *space = differ->space;
	size_t *left = &differ->sides[quest->more].left[quest->clause];
	unsigned char *states = space_states(space, quest->told);
	unsigned char *point = space_states(space, 0);
	set_goals(quest);
	enum finding finding = find(quest, states);
	if (finding != FINDING_POINT || *left == 0) {
		differ->unfinished = differ->unfinished || finding != FINDING_NONE;
		return false;
	}
	(*left)--;
	tell_least(quest, states);
	memcpy(point, states, space_size(space));
	const struct formula *less = clauses_beside(quest, states);
	free_rest(quest, less, states);
	add_difference(quest, point, states,
	               less->part_count != laxer_side(quest)->any->part_count);
	return true;
}

/* Finds what makes a difference in each clause that the other side does not
 * have, too: there is no other. */
static void
find_by_clause(struct quest quest)
{
	const struct side *side = &quest.differ->sides[quest.more];
	for (quest.clause = 0; quest.clause < side->count; quest.clause++) {
		bool more = side->left[quest.clause] != 0;
		while (more)
			more = find_next(&quest);
	}
}

/* First what differs where every fact is told plainly; then what differs only
 * because facts are left open or out. */
static void
find_all(struct differ *differ)
{
	for (size_t i = 0; i < 2; i++)
		find_by_clause((struct quest){
		        .differ = differ, .more = i, .bound = TRUTH_TRUE, .told = TOLD_PLAINLY});
	for (size_t i = 0; i < 8; i++)
		find_by_clause((struct quest){
		        .differ = differ,
		        .more = i % 2,
		        .bound = i % 4 < 2 ? TRUTH_TRUE : TRUTH_OPEN,
		        .told = i < 4 ? TOLD_PLAINLY | TOLD_NOT : TOLD_ANYHOW});
}

static void
gather_clauses(struct differ *differ, struct side *side, const struct policy *policy)
{
	int32_t as_of = engine_as_of(side->engine, policy, NO_DATE);
	size_t revision = policy_revision(policy, as_of, side->engine->known_at);
	if (revision == NO_REVISION)
		differ->without_text = policy->name;
	for (size_t i = 0; i < policy->clause_count && revision != NO_REVISION; i++) {
		if (!clause_stands(&policy->clauses[i], revision) ||
		    !engine_chooses(side->engine, &policy->clauses[i]))
			continue;
		side->clauses = arena_grow(&differ->arena, side->clauses, side->count,
		                           &side->capacity, sizeof *side->clauses);
		side->clauses[side->count++] = &policy->clauses[i];
	}
}

/* How much is looked for in each clause: nothing, where the other side has one
 * that says the same. */
static size_t *
set_limits(struct differ *differ, const struct side *side, const struct side *other)
{
	size_t *left = arena_alloc(&differ->arena, side->count + 1, sizeof *left);
	for (size_t i = 0; i < side->count; i++) {
		left[i] = DIFFER_MOST;
		for (size_t j = 0; j < other->count; j++) {
			if (same_condition(side->clauses[i]->condition,
			                   other->clauses[j]->condition))
				left[i] = 0;
		}
	}
	return left;
}

static void
make_space(struct differ *differ)
{
	size_t total = differ->sides[0].count + differ->sides[1].count, at = 0;
	const struct condition **all = arena_alloc(&differ->arena, total + 1, sizeof *all);
	for (size_t i = 0; i < 2; i++) {
		for (size_t j = 0; j < differ->sides[i].count; j++)
			all[at++] = differ->sides[i].clauses[j]->condition;
	}
	differ->space = space_new(&differ->arena, &differ->sides[0].engine->vocabulary, all, total);
	for (size_t i = 0; i < 2; i++) {
		struct side *side = &differ->sides[i];
		side->formulas = arena_alloc(&differ->arena, side->count + 1,
		                             sizeof *side->formulas);
		for (size_t j = 0; j < side->count; j++)
			side->formulas[j] =
			        space_formula(differ->space, side->clauses[j]->condition);
		side->any = space_join(differ->space, CONDITION_ANY, side->formulas, side->count);
		side->left = set_limits(differ, side, &differ->sides[1 - i]);
	}
}

/* False if memory ran out. */
static bool
compare(struct differ *differ)
{
	if (setjmp(differ->arena.exhausted) != 0)
		return false;
	for (size_t i = 0; i < 2; i++) {
		const struct proviso_engine *engine = differ->sides[i].engine;
		for (size_t j = 0; j < engine->policy_count; j++)
			gather_clauses(differ, &differ->sides[i], &engine->policies[j]);
	}
	if (differ->without_text != NULL)
		return true;
	make_space(differ);
	find_all(differ);
	differ_sum_up(differ);
	return true;
}

struct differ *
differ_new(const struct proviso_engine *from, const struct proviso_engine *to)
{
	struct differ *differ = calloc(1, sizeof *differ);
	if (differ == NULL)
		return NULL;
	arena_init(&differ->arena);
	differ->sides[0].engine = from;
	differ->sides[1].engine = to;
	differ->sides[0].session = proviso_session_new(from, false);
	differ->sides[1].session = proviso_session_new(to, false);
	if (differ->sides[0].session != NULL && differ->sides[1].session != NULL &&
	    compare(differ))
		return differ;
	differ_free(differ);
	return NULL;
}

void
differ_free(struct differ *differ)
{
	if (differ == NULL)
		return;
	proviso_session_free(differ->sides[0].session);
	proviso_session_free(differ->sides[1].session);
	arena_free(&differ->arena);
	free(differ);
}

const char *
differ_without_text(const struct differ *differ)
{
	return differ->without_text;
}

const struct difference *
differ_found(const struct differ *differ, size_t *count)
{
	*count = differ->found_count;
	return differ->found;
}

bool
differ_unfinished(const struct differ *differ)
{
	return differ->unfinished;
}
