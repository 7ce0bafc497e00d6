#include "decide.h"

#include <stdlib.h>

#include "bystanders.h"

static enum truth
least(enum truth a, enum truth b)
{
	return a < b ? a : b;
}

static enum truth
greatest(enum truth a, enum truth b)
{
	return a > b ? a : b;
}

/* Any of the values will do. `carrier`: the answer that gave the result. */
static enum truth
values_truth(const struct facts *facts, uint32_t party, const struct property *property,
               struct answer *carrier)
{
	enum truth truth = TRUTH_FALSE;
	for (size_t i = 0; i < property->value_count && truth != TRUTH_TRUE; i++) {
		struct answer answer =
		        facts_answer(facts, party, property->values[i], property->unstated);
		if (i == 0 || answer.truth > truth) {
			truth = answer.truth;
			*carrier = answer;
		}
	}
	return truth;
}

/* The same, but at most what something else that stands beside leaves of it. */
static enum truth
property_truth(const struct facts *facts, uint32_t party, const struct property *property,
               struct answer *carrier)
{
	enum truth truth = values_truth(facts, party, property, carrier);
	if (property->beside == TRUTH_TRUE || truth == TRUTH_FALSE)
		return truth;
	struct answer beside = facts_beside(facts, party, property->values,
	                                    property->value_count, false);
	enum truth most = beside.truth == TRUTH_FALSE  ? TRUTH_TRUE
	                  : beside.truth == TRUTH_OPEN ? TRUTH_OPEN
	                                               : property->beside;
	if (most >= truth)
		return truth;
	*carrier = (struct answer){.truth = most, .reason = OPEN_QUESTIONED, .told = beside.told};
	return most;
}

static enum truth
subject_truth(const struct facts *facts, uint32_t party, const struct condition *atom)
{
	enum truth truth = TRUTH_TRUE;
	struct answer ignored;
	for (size_t i = 0; i < atom->property_count && truth != TRUTH_FALSE; i++)
		truth = least(truth, property_truth(facts, party, &atom->properties[i], &ignored));
	return truth;
}

/* Whether somebody is to be considered of whom nothing is told: no party is told of,
 * or a declared one is silent. */
static bool
has_silent(const struct facts *facts)
{
	bool nobody = facts->subject_count == 0 ||
	              (facts->subject_count == 1 && facts->subjects[0].party == 0);
	return facts->silent || (nobody && facts->told_elsewhere == 0);
}

/* The i-th party to be considered, after all of whom something is told one of
 * whom nothing is. 0 if there is none at i. */
static uint32_t
candidate(const struct facts *facts, size_t i)
{
	if (i < facts->subject_count)
		return facts->subjects[i].party;
	return has_silent(facts) ? NO_PARTY : 0;
}

enum truth
decide_among(const struct facts *facts, const struct condition *atom)
{
	enum truth truth = TRUTH_FALSE;
	for (size_t i = 0; i < facts->subject_count && truth != TRUTH_TRUE; i++) {
		uint32_t party = facts->subjects[i].party;
		if (party != 0)
			truth = greatest(truth, subject_truth(facts, party, atom));
	}
	return truth;
}

/* A party atom is met by one and the same party. */
static enum truth
atom_truth(const struct facts *facts, const struct condition *atom)
{
	if (!atom->party)
		return subject_truth(facts, 0, atom);
	enum truth truth = decide_among(facts, atom);
	if (truth != TRUTH_TRUE && facts->bystanders != NULL)
		truth = greatest(truth, bystanders_truth(facts->bystanders, atom));
	if (truth != TRUTH_TRUE && has_silent(facts))
		truth = greatest(truth, subject_truth(facts, NO_PARTY, atom));
	return truth;
}

enum truth
decide_condition(const struct facts *facts, const struct condition *condition)
{
	enum truth truth = condition->type == CONDITION_ANY ? TRUTH_FALSE : TRUTH_TRUE;
	switch (condition->type) {
	case CONDITION_ALL:
		for (size_t i = 0; i < condition->part_count && truth != TRUTH_FALSE; i++)
			truth = least(truth, decide_condition(facts, condition->parts[i]));
		return truth;
	case CONDITION_ANY:
		for (size_t i = 0; i < condition->part_count && truth != TRUTH_TRUE; i++)
			truth = greatest(truth, decide_condition(facts, condition->parts[i]));
		return truth;
	case CONDITION_NOT:
		return (enum truth)(TRUTH_TRUE - decide_condition(facts, condition->parts[0]));
	case CONDITION_ATOM:
		return atom_truth(facts, condition);
	}
	return truth;
}

static enum truth
negate(enum truth truth)
{
	return (enum truth)(TRUTH_TRUE - truth);
}

struct fact_list {
	struct proviso_fact *facts;
	size_t count, capacity;
};

struct name_list {
	const char **names;
	size_t count, capacity;
};

struct reasons {
	const struct facts *facts;
	struct fact_list holds, fails;
	struct openings *openings;
	struct name_list open[3]; /* by enum open_reason */
	size_t false_atoms;
};

static void
add_name(struct arena *arena, struct name_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->names[i], name) == 0)
			return;
	}
	list->names = arena_grow(arena, list->names, list->count, &list->capacity,
	                         sizeof *list->names);
	list->names[list->count++] = name;
}

static void
add_fact(struct reasons *reasons, struct fact_list *list, uint32_t value, uint32_t party,
         const struct answer *answer)
{
	const struct vocabulary *vocabulary = reasons->facts->vocabulary;
	const struct value *entry = &vocabulary->values[value];
	struct proviso_fact fact = {
	        .fact = vocabulary_text(vocabulary, vocabulary->axes[entry->axis].name),
	        .value = vocabulary_text(vocabulary, entry->name),
	        .label = vocabulary_text(vocabulary, entry->label),
	        .truth = (enum proviso_outcome)answer->truth,
	        .party = party == NO_PARTY ? -1 : (int)party - 1};
	if (answer->told != NULL)
		fact.evidence = answer->told->evidence;
	list->facts = arena_grow(reasons->facts->arena, list->facts, list->count,
	                         &list->capacity, sizeof *list->facts);
	list->facts[list->count++] = fact;
}

static int
compare(uintptr_t a, uintptr_t b)
{
	return a < b ? -1 : a > b;
}

static int
by_content(const struct proviso_fact *left, const struct proviso_fact *right)
{
	int order = compare((uintptr_t)left->value, (uintptr_t)right->value);
	return order != 0 ? order : (left->party > right->party) - (left->party < right->party);
}

static int
by_content_and_place(const void *a, const void *b)
{
	const struct proviso_fact *const *left = a, *const *right = b;
	int order = by_content(*left, *right);
	return order != 0 ? order : compare((uintptr_t)*left, (uintptr_t)*right);
}

/* Of facts that are the same, the earliest stays. */
static void
drop_repeated(struct arena *arena, struct fact_list *list)
{
	size_t kept = 0;
	const struct proviso_fact **sorted = arena_alloc(arena, list->count + 1, sizeof *sorted);
	bool *repeated = arena_alloc(arena, list->count + 1, sizeof *repeated);
	for (size_t i = 0; i < list->count; i++)
		sorted[i] = &list->facts[i];
	qsort(sorted, list->count, sizeof *sorted, by_content_and_place);
	for (size_t i = 1; i < list->count; i++)
		repeated[sorted[i] - list->facts] = by_content(sorted[i - 1], sorted[i]) == 0;
	for (size_t i = 0; i < list->count; i++) {
		if (!repeated[i])
			list->facts[kept++] = list->facts[i];
	}
	list->count = kept;
}

static void
add_opening(struct reasons *reasons, struct opening opening)
{
	struct openings *openings = reasons->openings;
	openings->list = arena_grow(reasons->facts->arena, openings->list, openings->count,
	                            &openings->capacity, sizeof *openings->list);
	openings->list[openings->count++] = opening;
}

/* `wanted`: whether the clause needs the atom true (else it stands under a
 * negation). */
static void
explain_subject(struct reasons *reasons, const struct condition *atom, uint32_t party, bool wanted)
{
	const struct vocabulary *vocabulary = reasons->facts->vocabulary;
	for (size_t i = 0; i < atom->property_count; i++) {
		const struct property *property = &atom->properties[i];
		struct answer answer = {0};
		enum truth truth = property_truth(reasons->facts, party, property, &answer);
		uint32_t value = truth == TRUTH_TRUE && answer.told != NULL ? answer.told->value
		                                                            : property->values[0];
		bool holds = truth == (wanted ? TRUTH_TRUE : TRUTH_FALSE);
		if (truth == TRUTH_OPEN)
			add_name(reasons->facts->arena, &reasons->open[answer.reason],
			         vocabulary_text(vocabulary,
			                         vocabulary->axes[property->axis].name));
		else
			add_fact(reasons, holds ? &reasons->holds : &reasons->fails, value, party,
			         &answer);
		if (!holds)
			add_opening(reasons, (struct opening){property, party, wanted});
	}
}

/* The first party with the atom's own truth and the fewest properties that
 * fail, or NO_PARTY. */
static uint32_t
closest_party(const struct facts *facts, const struct condition *atom, enum truth truth)
{
	uint32_t closest = NO_PARTY;
	size_t fewest = SIZE_MAX;
	for (size_t at = 0; at <= facts->subject_count; at++) {
		uint32_t party = candidate(facts, at);
		size_t failing = 0;
		struct answer ignored;
		if (party == 0)
			continue;
		for (size_t i = 0; i < atom->property_count; i++)
			failing += property_truth(facts, party, &atom->properties[i], &ignored) ==
			           TRUTH_FALSE;
		if (subject_truth(facts, party, atom) == truth && failing < fewest) {
			fewest = failing;
			closest = party;
		}
	}
	return closest;
}

static void
explain_atom(struct reasons *reasons, const struct condition *atom, bool wanted)
{
	const struct facts *facts = reasons->facts;
	enum truth truth = atom_truth(facts, atom);
	enum truth effective = wanted ? truth : negate(truth);
	reasons->false_atoms += effective == TRUTH_FALSE;
	if (!wanted && truth == TRUTH_FALSE)
		return;
	if (!atom->party) {
		explain_subject(reasons, atom, 0, wanted);
		return;
	}
	if (truth != TRUTH_OPEN) {
		explain_subject(reasons, atom, closest_party(facts, atom, truth), wanted);
		return;
	}
	for (size_t i = 0; i <= facts->subject_count; i++) {
		uint32_t party = candidate(facts, i);
		if (party != 0 && subject_truth(facts, party, atom) == TRUTH_OPEN)
			explain_subject(reasons, atom, party, wanted);
	}
}

/* Where every part is needed, all of them are explained; where one is enough,
 * the first that holds, else those that could. */
static void
explain(struct reasons *reasons, const struct condition *condition, bool wanted)
{
	if (condition->type == CONDITION_ATOM) {
		explain_atom(reasons, condition, wanted);
		return;
	}
	if (condition->type == CONDITION_NOT) {
		explain(reasons, condition->parts[0], !wanted);
		return;
	}
	bool every = (condition->type == CONDITION_ALL) == wanted;
	enum truth whole = decide_condition(reasons->facts, condition);
	for (size_t i = 0; i < condition->part_count; i++) {
		enum truth part = decide_condition(reasons->facts, condition->parts[i]);
		if (!every && part != whole)
			continue;
		explain(reasons, condition->parts[i], wanted);
		if (!every && (whole == TRUTH_TRUE) == wanted && whole != TRUTH_OPEN)
			return;
	}
}

void
decide_reasons(const struct facts *facts, const struct condition *condition,
               struct proviso_finding *finding, struct openings *openings)
{
	struct reasons reasons = {.facts = facts, .openings = openings};
	explain(&reasons, condition, true);
	drop_repeated(facts->arena, &reasons.holds);
	drop_repeated(facts->arena, &reasons.fails);
	finding->outcome = (enum proviso_outcome)decide_condition(facts, condition);
	bool met = finding->outcome == PROVISO_TRUE, open = finding->outcome == PROVISO_OPEN;
	if (met) {
		finding->because = reasons.holds.facts;
		finding->because_count = reasons.holds.count;
		return;
	}
	finding->holds = reasons.holds.facts;
	finding->hold_count = reasons.holds.count;
	if (!open) {
		finding->fails = reasons.fails.facts;
		finding->fail_count = reasons.fails.count;
		finding->nearest = reasons.false_atoms == 1;
		return;
	}
	finding->missing = reasons.open[OPEN_MISSING].names;
	finding->missing_count = reasons.open[OPEN_MISSING].count;
	finding->questioned = reasons.open[OPEN_QUESTIONED].names;
	finding->questioned_count = reasons.open[OPEN_QUESTIONED].count;
	finding->conflict = reasons.open[OPEN_CONFLICT].names;
	finding->conflict_count = reasons.open[OPEN_CONFLICT].count;
}
