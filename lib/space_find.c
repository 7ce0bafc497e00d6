/* The search: goals are taken apart until they restrict single variables. */
#include "space_parts.h"

enum { STEPS_MOST = 20000 };

static bool
take_away(unsigned char *states, size_t variable, unsigned states_lost, bool *changed)
{
	unsigned char left = (unsigned char)(states[variable] & ~states_lost);
	*changed = *changed || left != states[variable];
	states[variable] = left;
	return left != 0;
}

/* In order: a narrower value is never truer than a broader one, and is told
 * where the broader one is neither denied nor silent. */
static bool
narrow_kin(const struct space *space, const struct kinship *kin, unsigned char *states,
           bool *changed)
{
	const struct axis *axis = &space->vocabulary->axes[space->variables[kin->narrow].axis];
	/* What the narrower one can be beside each state of the broader. */
	const unsigned char beside[4] = {
	        TOLD_FALSE, TOLD_FALSE | TOLD_OPEN,
	        axis->one ? TOLD_PLAINLY | TOLD_OPEN : TOLD_ANYHOW, TOLD_FALSE | TOLD_NOT};
	unsigned narrow = 0, broad = 0;
	for (unsigned i = 0; i < 4; i++) {
		if ((states[kin->broad] & 1U << i) == 0)
			continue;
		narrow |= beside[i];
		if ((states[kin->narrow] & beside[i]) != 0)
			broad |= 1U << i;
	}
	return take_away(states, kin->narrow, ~narrow, changed) &&
	       take_away(states, kin->broad, ~broad, changed);
}

/* On an axis that holds one value, whatever is told denies what is not. */
static bool
narrow_rivals(const struct space *space, size_t a, unsigned char *states, bool *changed)
{
	const struct variable *variable = &space->variables[a];
	if (variable->party != NULL || !space->vocabulary->axes[variable->axis].one)
		return true;
	for (size_t b = 0; b < space->variable_count; b++) {
		if (b == a || space->variables[b].party != NULL ||
		    space->variables[b].axis != variable->axis)
			continue;
		if (states[a] == TOLD_TRUE && !take_away(states, b, TOLD_NOT, changed))
			return false;
		if (states[a] == TOLD_NOT && !take_away(states, b, TOLD_TRUE, changed))
			return false;
	}
	return true;
}

static enum truth
greatest_truth(unsigned char states)
{
	return (states & TOLD_TRUE) != 0   ? TRUTH_TRUE
	       : (states & TOLD_OPEN) != 0 ? TRUTH_OPEN
	                                   : TRUTH_FALSE;
}

static enum truth
least_truth(unsigned char states)
{
	return (states & TOLD_FALSE) != 0  ? TRUTH_FALSE
	       : (states & TOLD_OPEN) != 0 ? TRUTH_OPEN
	                                   : TRUTH_TRUE;
}

/* Whether a party of this kind may be there. */
static bool
may_be(const struct space *space, const struct example *example, const unsigned char *states)
{
	for (size_t i = 0; i < space->variable_count; i++) {
		if (space->variables[i].party != NULL &&
		    example->truths[i] > greatest_truth(states[i]))
			return false;
	}
	return true;
}

static bool
has_example(const struct space *space, size_t variable, enum truth truth)
{
	for (size_t i = 0; i < space->example_count; i++) {
		if (space->possible[i] && space->examples[i].truths[variable] == truth)
			return true;
	}
	return false;
}

/* What every party that gives `variable` its least truth makes of the others. */
static bool
narrow_company(const struct space *space, size_t variable, unsigned char *states, bool *changed)
{
	enum truth least = least_truth(states[variable]);
	for (size_t i = 0; i < space->variable_count && least != TRUTH_FALSE; i++) {
		enum truth company = TRUTH_TRUE;
		if (space->variables[i].party == NULL)
			continue;
		for (size_t j = 0; j < space->example_count; j++) {
			const struct example *example = &space->examples[j];
			if (space->possible[j] && example->truths[variable] >= least &&
			    example->truths[i] < company)
				company = (enum truth)example->truths[i];
		}
		unsigned lost = company == TRUTH_TRUE  ? TOLD_FALSE | TOLD_OPEN
		                : company == TRUTH_OPEN ? TOLD_FALSE
		                                        : 0;
		if (!take_away(states, i, lost, changed))
			return false;
	}
	return true;
}

static bool
narrow_party(const struct space *space, size_t variable, unsigned char *states, bool *changed)
{
	if (space->variables[variable].party == NULL)
		return true;
	unsigned lost = TOLD_NOT;
	if ((states[variable] & TOLD_TRUE) != 0 && !has_example(space, variable, TRUTH_TRUE))
		lost |= TOLD_TRUE;
	if ((states[variable] & TOLD_OPEN) != 0 && !has_example(space, variable, TRUTH_OPEN))
		lost |= TOLD_OPEN;
	return take_away(states, variable, lost, changed) &&
	       narrow_company(space, variable, states, changed);
}

/* Takes away states that cannot be; false if a variable has none left. */
static bool
narrow_all(const struct space *space, unsigned char *states)
{
	bool changed = true;
	while (changed) {
		changed = false;
		for (size_t i = 0; i < space->example_count; i++)
			space->possible[i] = may_be(space, &space->examples[i], states);
		for (size_t i = 0; i < space->kinship_count; i++) {
			if (!narrow_kin(space, &space->kinships[i], states, &changed))
				return false;
		}
		for (size_t i = 0; i < space->variable_count; i++) {
			if (!narrow_rivals(space, i, states, &changed) ||
			    !narrow_party(space, i, states, &changed))
				return false;
		}
	}
	return true;
}

struct range {
	enum truth least, most;
};

static enum truth
told_truth(unsigned state, const struct formula *leaf)
{
	enum truth truth = state == TOLD_FALSE  ? TRUTH_FALSE
	                   : state == TOLD_OPEN ? TRUTH_OPEN
	                   : state == TOLD_TRUE ? TRUTH_TRUE
	                                        : leaf->unstated;
	return truth < leaf->most ? truth : leaf->most;
}

static struct range
leaf_range(const struct formula *leaf, const unsigned char *states)
{
	struct range range = {TRUTH_TRUE, TRUTH_FALSE};
	for (unsigned state = 1; state < TOLD_ANYHOW; state *= 2) {
		enum truth truth = told_truth(state, leaf);
		if ((states[leaf->variable] & state) == 0)
			continue;
		range.least = truth < range.least ? truth : range.least;
		range.most = truth > range.most ? truth : range.most;
	}
	return range;
}

static struct range
range_of(const struct formula *formula, const unsigned char *states)
{
	if (formula->type == CONDITION_ATOM)
		return leaf_range(formula, states);
	if (formula->type == CONDITION_NOT) {
		struct range part = range_of(formula->parts[0], states);
		return (struct range){(enum truth)(TRUTH_TRUE - part.most),
		                      (enum truth)(TRUTH_TRUE - part.least)};
	}
	bool all = formula->type == CONDITION_ALL;
	enum truth start = all ? TRUTH_TRUE : TRUTH_FALSE;
	struct range range = {start, start};
	for (size_t i = 0; i < formula->part_count; i++) {
		struct range part = range_of(formula->parts[i], states);
		if (all ? part.least < range.least : part.least > range.least)
			range.least = part.least;
		if (all ? part.most < range.most : part.most > range.most)
			range.most = part.most;
	}
	return range;
}

enum truth
space_truth(const struct formula *formula, const unsigned char *states)
{
	return range_of(formula, states).least;
}

/* A goal of which one of several parts will do waits for its turn. */
struct search {
	struct space *space;
	unsigned char *states;
	struct goal *waiting;
	size_t count, capacity;
};

static bool
can_be_met(const struct goal *goal, const unsigned char *states)
{
	struct range range = range_of(goal->formula, states);
	return goal->least ? range.most >= goal->bound : range.least <= goal->bound;
}

static bool
is_met(const struct goal *goal, const unsigned char *states)
{
	struct range range = range_of(goal->formula, states);
	return goal->least ? range.least >= goal->bound : range.most <= goal->bound;
}

/* Leaves the variable the states that meet the goal. */
static bool
restrict_leaf(struct search *search, const struct goal *goal)
{
	bool changed = false;
	unsigned lost = 0;
	for (unsigned state = 1; state < TOLD_ANYHOW; state *= 2) {
		enum truth truth = told_truth(state, goal->formula);
		if (goal->least ? truth < goal->bound : truth > goal->bound)
			lost |= state;
	}
	return take_away(search->states, goal->formula->variable, lost, &changed);
}

/* Takes a goal apart as far as there is no choice. */
static bool
pursue(struct search *search, struct goal goal)
{
	const struct formula *formula = goal.formula;
	if (formula->type == CONDITION_ATOM)
		return restrict_leaf(search, &goal);
	if (formula->type == CONDITION_NOT)
		return pursue(search, (struct goal){formula->parts[0], !goal.least,
		                                    (enum truth)(TRUTH_TRUE - goal.bound)});
	if ((formula->type == CONDITION_ALL) == goal.least) {
		for (size_t i = 0; i < formula->part_count; i++) {
			if (!pursue(search,
			            (struct goal){formula->parts[i], goal.least, goal.bound}))
				return false;
		}
		return true;
	}
	search->waiting = arena_grow(search->space->arena, search->waiting, search->count,
	                             &search->capacity, sizeof *search->waiting);
	search->waiting[search->count++] = goal;
	return true;
}

/* The parts of a waiting goal that could still meet it. */
static size_t
choices(const struct goal *goal, const unsigned char *states)
{
	size_t count = 0;
	for (size_t i = 0; i < goal->formula->part_count; i++) {
		struct goal part = {goal->formula->parts[i], goal->least, goal->bound};
		count += can_be_met(&part, states);
	}
	return count;
}

/* The waiting goal with the fewest choices, those that are met dropped; `count`
 * if none waits any more. */
static size_t
most_pressing(struct search *search, size_t *fewest)
{
	size_t best = 0;
	*fewest = SIZE_MAX;
	for (size_t i = 0; i < search->count;) {
		if (is_met(&search->waiting[i], search->states)) {
			search->waiting[i] = search->waiting[--search->count];
			continue;
		}
		size_t number = choices(&search->waiting[i], search->states);
		if (number < *fewest) {
			*fewest = number;
			best = i;
		}
		i++;
	}
	return *fewest == SIZE_MAX ? search->count : best;
}

static enum finding search_on(struct search *);

/* Tries one way on from here, and comes back if it leads nowhere. */
static enum finding
try_part(const struct search *from, const struct goal *goal)
{
	struct arena *arena = from->space->arena;
	struct arena_mark mark = arena_mark(arena);
	struct search search = {.space = from->space};
	size_t size = from->space->variable_count;
	search.states = arena_alloc(arena, size + 1, 1);
	memcpy(search.states, from->states, size);
	search.capacity = from->count + 8;
	search.waiting = arena_alloc(arena, search.capacity, sizeof *search.waiting);
	for (size_t i = 0; i < from->count; i++)
		search.waiting[search.count++] = from->waiting[i];
	enum finding finding = FINDING_NONE;
	if (pursue(&search, *goal))
		finding = search_on(&search);
	if (finding == FINDING_POINT)
		memcpy(from->states, search.states, size);
	arena_release(arena, mark);
	return finding;
}

/* Whether there is a step left to take. A step narrows every variable by every
 * other and by every party. */
static bool
may_go_on(struct space *space)
{
	size_t work = space->variable_count * (space->variable_count + space->example_count);
	if (++space->steps > STEPS_MOST || work > space->work_left)
		return false;
	space->work_left -= work;
	return true;
}

/* Every goal is met whatever the states left: settles on one of each. */
static enum finding
settle(struct search *search)
{
	static const unsigned char order[] = {TOLD_FALSE, TOLD_NOT, TOLD_OPEN, TOLD_TRUE};
	size_t size = search->space->variable_count, at = 0;
	while (at < size && (search->states[at] & (search->states[at] - 1)) == 0)
		at++;
	if (at == size)
		return FINDING_POINT;
	if (!may_go_on(search->space))
		return FINDING_UNKNOWN;
	struct arena_mark mark = arena_mark(search->space->arena);
	unsigned char *states = arena_alloc(search->space->arena, size + 1, 1);
	enum finding finding = FINDING_NONE;
	for (size_t i = 0; i < sizeof order && finding == FINDING_NONE; i++) {
		if ((search->states[at] & order[i]) == 0)
			continue;
		memcpy(states, search->states, size);
		states[at] = order[i];
		struct search next = {.space = search->space, .states = states};
		if (narrow_all(search->space, states))
			finding = settle(&next);
	}
	if (finding == FINDING_POINT)
		memcpy(search->states, states, size);
	arena_release(search->space->arena, mark);
	return finding;
}

static enum finding
search_on(struct search *search)
{
	if (!may_go_on(search->space))
		return FINDING_UNKNOWN;
	if (!narrow_all(search->space, search->states))
		return FINDING_NONE;
	size_t fewest, at = most_pressing(search, &fewest);
	if (at == search->count)
		return settle(search);
	struct goal goal = search->waiting[at];
	search->waiting[at] = search->waiting[--search->count];
	enum finding finding = FINDING_NONE;
	for (size_t i = 0; i < goal.formula->part_count && finding == FINDING_NONE; i++) {
		struct goal part = {goal.formula->parts[i], goal.least, goal.bound};
		if (can_be_met(&part, search->states))
			finding = try_part(search, &part);
	}
	return finding;
}

enum finding
space_find(struct space *space, const struct goal *goals, size_t count, unsigned char *states)
{
	struct arena_mark mark = arena_mark(space->arena);
	struct search search = {.space = space};
	search.states = arena_alloc(space->arena, space->variable_count + 1, 1);
	memcpy(search.states, states, space->variable_count);
	space->steps = 0;
	bool possible = true;
	for (size_t i = 0; i < count && possible; i++)
		possible = pursue(&search, goals[i]);
	enum finding finding = possible ? search_on(&search) : FINDING_NONE;
	if (finding == FINDING_POINT)
		memcpy(states, search.states, space->variable_count);
	arena_release(space->arena, mark);
	return finding;
}

/* Leaves out what the truth of two formulas does not turn on. */
static void
tell_less(struct space *space, const struct formula *a, const struct formula *b,
          unsigned char *states)
{
	unsigned char *less = space_states(space, 0);
	for (size_t i = 0; i < space->variable_count; i++) {
		memcpy(less, states, space->variable_count);
		less[i] = space->variables[i].party != NULL ? TOLD_FALSE : TOLD_NOT;
		if (narrow_all(space, less) && space_truth(a, less) == space_truth(a, states) &&
		    space_truth(b, less) == space_truth(b, states))
			memcpy(states, less, space->variable_count);
	}
}

enum finding
space_differ(struct space *space, const struct formula *a, const struct formula *b,
             unsigned char *states)
{
	static const unsigned char told[] = {TOLD_PLAINLY, TOLD_PLAINLY | TOLD_NOT, TOLD_ANYHOW};
	enum finding worst = FINDING_NONE;
	for (size_t i = 0; i < 4 * sizeof told; i++) {
		const struct formula *more = i % 2 == 0 ? a : b, *less = i % 2 == 0 ? b : a;
		enum truth bound = i % 4 < 2 ? TRUTH_TRUE : TRUTH_OPEN;
		struct goal goals[] = {{more, true, bound}, {less, false, (enum truth)(bound - 1)}};
		memset(states, told[i / 4], space->variable_count);
		enum finding finding = space_find(space, goals, 2, states);
		if (finding == FINDING_POINT) {
			tell_less(space, a, b, states);
			return finding;
		}
		worst = finding == FINDING_UNKNOWN ? finding : worst;
	}
	return worst;
}
