/* What would meet a clause, and what would end it: each answer is tried. */
#include "hearing.h"

/* How many values of an axis are tried beside those that a clause names. */
enum { KINDS_MOST = 16 };

/* What is open times the passages and parties that every try goes through: where that is
 * more, or a text is long, nothing is tried. */
enum { EFFORT_MOST = 200000 };

struct remedy {
	struct hearing *hearing;
	const struct case_clause *clause;
	const struct openings *openings;
	struct arena *arena;
	const struct vocabulary *vocabulary;
};

static void
add_change(const struct remedy *remedy, struct changes *changes, struct change change)
{
	const struct vocabulary *vocabulary = remedy->vocabulary;
	uint32_t axis = vocabulary->values[change.value].axis;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *other = &changes->list[i];
		if (other->party == change.party &&
		    (other->value == change.value ||
		     (vocabulary->axes[axis].one && vocabulary->values[other->value].axis == axis)))
			return;
	}
	changes->list = arena_grow(remedy->arena, changes->list, changes->count,
	                           &changes->capacity, sizeof *changes->list);
	changes->list[changes->count++] = change;
}

/* The truth of a clause with changes, in the passage where that is greatest. */
static enum truth
truth_with(const struct remedy *remedy, const struct changes *changes,
           const struct case_clause *clause)
{
	enum truth truth = TRUTH_FALSE;
	for (size_t i = 0; i < hearing_passages(remedy->hearing) && truth != TRUTH_TRUE; i++) {
		struct arena_mark mark = arena_mark(remedy->arena);
		struct facts facts = hearing_facts(remedy->hearing, i, changes);
		enum truth here = decide_condition(&facts, clause->clause->condition);
		truth = here > truth ? here : truth;
		arena_release(remedy->arena, mark);
	}
	return truth;
}

static bool
comes_out(const struct remedy *remedy, const struct changes *changes, enum truth wanted)
{
	return truth_with(remedy, changes, remedy->clause) == wanted;
}

/* Whether no clause at all is met or open with changes. */
static bool
allows(const struct remedy *remedy, const struct changes *changes)
{
	bool allowed = true;
	for (size_t i = 0; i < remedy->hearing->clause_count && allowed; i++)
		allowed = truth_with(remedy, changes, &remedy->hearing->clauses[i]) == TRUTH_FALSE;
	return allowed;
}

static bool
is_rival(const struct remedy *remedy, const struct property *property, uint32_t value)
{
	const struct vocabulary *vocabulary = remedy->vocabulary;
	bool rival = vocabulary->values[value].leave_count == 0;
	for (size_t i = 0; i < property->value_count && rival; i++)
		rival = !vocabulary_within(vocabulary, value, property->values[i]) &&
		        !vocabulary_within(vocabulary, property->values[i], value);
	return rival;
}

static bool
is_kind_of(const struct remedy *remedy, const struct property *property, uint32_t value)
{
	bool kind = false;
	for (size_t i = 0; i < property->value_count && !kind; i++)
		kind = value != property->values[i] &&
		       vocabulary_within(remedy->vocabulary, value, property->values[i]);
	return kind;
}

/* All that could make a property true, best first: its values, and kinds of
 * them. */
static struct changes
ways_to_hold(const struct remedy *remedy, const struct property *property, uint32_t party)
{
	const struct axis *axis = &remedy->vocabulary->axes[property->axis];
	struct changes ways = {0};
	ways.list = arena_alloc(remedy->arena, property->value_count + KINDS_MOST,
	                        sizeof *ways.list);
	for (size_t i = 0; i < property->value_count; i++)
		ways.list[ways.count++] = (struct change){property->values[i], party, true};
	for (uint32_t i = axis->first;
	     i < axis->first + axis->count && ways.count < property->value_count + KINDS_MOST;
	     i++) {
		if (is_kind_of(remedy, property, i))
			ways.list[ways.count++] = (struct change){i, party, true};
	}
	return ways;
}

/* All that could make it false: rivals where the axis holds one value, else its
 * values, denied. */
static struct changes
ways_to_fail(const struct remedy *remedy, const struct property *property, uint32_t party)
{
	const struct axis *axis = &remedy->vocabulary->axes[property->axis];
	struct changes ways = {0};
	ways.list = arena_alloc(remedy->arena, property->value_count + KINDS_MOST,
	                        sizeof *ways.list);
	for (uint32_t i = axis->first;
	     axis->one && i < axis->first + axis->count && ways.count < KINDS_MOST; i++) {
		if (is_rival(remedy, property, i))
			ways.list[ways.count++] = (struct change){i, party, true};
	}
	for (size_t i = 0; i < property->value_count && !axis->one; i++)
		ways.list[ways.count++] = (struct change){property->values[i], party, false};
	return ways;
}

static struct changes
ways(const struct remedy *remedy, const struct opening *opening, bool truth)
{
	return (truth ? ways_to_hold : ways_to_fail)(remedy, opening->property, opening->party);
}

/* Whether one way is enough, or all are needed: denials of several values. */
static bool
one_is_enough(const struct changes *ways)
{
	return ways->count != 0 && ways->list[0].truth;
}

/* All changes that bring every opening nearer to being met, or to an end. */
static struct changes
change_all(const struct remedy *remedy, bool met)
{
	struct changes all = {0};
	for (size_t i = 0; i < remedy->openings->count; i++) {
		const struct opening *opening = &remedy->openings->list[i];
		struct changes ways_on = ways(remedy, opening, opening->wanted == met);
		size_t count = one_is_enough(&ways_on) ? 1 : ways_on.count;
		for (size_t j = 0; j < count; j++)
			add_change(remedy, &all, ways_on.list[j]);
	}
	return all;
}

/* Tries another value in place of each in turn; false if none will do. */
static bool
repair(const struct remedy *remedy, struct changes *changes, enum truth wanted)
{
	bool met = wanted == TRUTH_TRUE;
	for (size_t i = 0; i < remedy->openings->count; i++) {
		const struct opening *opening = &remedy->openings->list[i];
		struct changes ways_on = ways(remedy, opening, opening->wanted == met);
		for (size_t j = 0; j < ways_on.count; j++) {
			struct changes tried = {0};
			add_change(remedy, &tried, ways_on.list[j]);
			for (size_t k = 0; k < changes->count; k++)
				add_change(remedy, &tried, changes->list[k]);
			if (!comes_out(remedy, &tried, wanted))
				continue;
			*changes = tried;
			return true;
		}
	}
	return false;
}

/* Leaves out what is not needed, the last first. */
static void
leave_out(const struct remedy *remedy, struct changes *changes, enum truth wanted)
{
	for (size_t i = changes->count; i-- > 0 && changes->count > 1;) {
		struct change left_out = changes->list[i];
		size_t after = changes->count - i - 1;
		memmove(&changes->list[i], &changes->list[i + 1], after * sizeof left_out);
		changes->count--;
		if (comes_out(remedy, changes, wanted))
			continue;
		memmove(&changes->list[i + 1], &changes->list[i], after * sizeof left_out);
		changes->list[i] = left_out;
		changes->count++;
	}
}

/* A set of changes that together bring the clause to a truth; none if none is
 * found. */
static struct changes
find_set(const struct remedy *remedy, enum truth wanted)
{
	struct changes changes = change_all(remedy, wanted == TRUTH_TRUE);
	if (changes.count == 0 || (!comes_out(remedy, &changes, wanted) &&
	                           !repair(remedy, &changes, wanted)))
		return (struct changes){0};
	leave_out(remedy, &changes, wanted);
	return changes;
}

/* The first change to an opening that by itself ends the clause, and if there is
 * such lets the request be allowed. */
static bool
find_end(const struct remedy *remedy, const struct opening *opening, struct changes *end)
{
	struct changes all = ways(remedy, opening, !opening->wanted);
	bool found = false;
	for (size_t i = 0; i < all.count; i++) {
		struct changes one = {.list = &all.list[i], .count = 1};
		if ((found && !allows(remedy, &one)) || !comes_out(remedy, &one, TRUTH_FALSE))
			continue;
		*end = one;
		if (found || allows(remedy, end))
			return true;
		found = true;
	}
	return found;
}

/* Every change that by itself ends the clause, one for each opening. */
static struct changes
find_ends(const struct remedy *remedy, bool *allowed)
{
	struct changes ends = {0}, end;
	*allowed = true;
	for (size_t i = 0; i < remedy->openings->count; i++) {
		if (!find_end(remedy, &remedy->openings->list[i], &end))
			continue;
		add_change(remedy, &ends, end.list[0]);
		*allowed = *allowed && allows(remedy, &end);
	}
	return ends;
}

static const struct proviso_fact *
as_facts(const struct remedy *remedy, const struct changes *changes)
{
	struct proviso_fact *facts = arena_alloc(remedy->arena, changes->count + 1, sizeof *facts);
	const struct vocabulary *vocabulary = remedy->vocabulary;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->list[i];
		const struct value *value = &vocabulary->values[change->value];
		facts[i] = (struct proviso_fact){
		        .fact = vocabulary_text(vocabulary, vocabulary->axes[value->axis].name),
		        .value = vocabulary_text(vocabulary, value->name),
		        .label = vocabulary_text(vocabulary, value->label),
		        .truth = change->truth ? PROVISO_TRUE : PROVISO_FALSE,
		        .party = change->party == NO_PARTY ? -1 : (int)change->party - 1};
	}
	return facts;
}

static bool
is_too_much(const struct hearing *hearing, const struct openings *openings)
{
	size_t each = hearing_passages(hearing) * (hearing->declared->party_count + 1);
	return hearing_windows(hearing) > 1 || openings->count > EFFORT_MOST || each > EFFORT_MOST / (openings->count + 1);
}

void
find_changes(struct hearing *hearing, const struct case_clause *clause,
             const struct openings *openings, struct proviso_finding *finding)
{
	struct remedy remedy = {hearing, clause, openings, &hearing->session->arena,
	                        &hearing->session->engine->vocabulary};
	if (is_too_much(hearing, openings))
		return;
	struct changes meets = find_set(&remedy, TRUTH_TRUE);
	finding->meets = as_facts(&remedy, &meets);
	finding->meet_count = meets.count;
	if (finding->outcome != PROVISO_OPEN)
		return;
	struct changes ends = find_ends(&remedy, &finding->allows);
	finding->together = ends.count == 0;
	if (finding->together) {
		ends = find_set(&remedy, TRUTH_FALSE);
		finding->together = ends.count > 1;
		finding->allows = ends.count != 0 && allows(&remedy, &ends);
	}
	finding->ends = as_facts(&remedy, &ends);
	finding->end_count = ends.count;
}
