/* What a request tells, passage by passage. */
#include "bystanders.h"
#include "hearing.h"

/* Whether a place is told of a subject itself. */
static bool
is_placed(const struct facts *facts, const struct subject *subject)
{
	bool placed = false;
	for (size_t i = 0; i < subject->count && !placed; i++) {
		const struct tell *tell = &facts->tells[subject->first + i];
		placed = !tell->weak && facts->vocabulary->values[tell->value].axis ==
		                                facts->vocabulary->place_axis;
	}
	return placed;
}

/* A party without a jurisdiction of its own has the request's. */
static void
place_parties(struct facts *facts, const struct request *request)
{
	struct subject *subjects = facts->subjects;
	size_t count = facts->subject_count;
	for (size_t i = 0; i < count; i++) {
		bool placed = subjects[i].party == 0 || is_placed(facts, &subjects[i]);
		for (size_t j = 0; j < request->place_count && !placed; j++) {
			struct tell tell = request->places[j];
			tell.party = subjects[i].party;
			facts_tell(facts, tell);
		}
	}
	facts_settle(facts);
}

/* Facts that are not settled yet, those of one passage added and changed. */
static struct facts
facts_in(const struct hearing *hearing, const struct facts *declared, size_t passage,
         const struct changes *changes)
{
	struct facts facts = *declared;
	facts.tells = NULL;
	facts.tell_count = facts.tell_capacity = 0;
	for (size_t i = 0; i < declared->tell_count; i++)
		facts_tell(&facts, declared->tells[i]);
	if (passage < hearing->reading->passage_count) {
		struct passage at = hearing->reading->passages[passage];
		uint32_t group = ++facts.groups;
		for (size_t i = 0; i < at.count; i++)
			facts_tell(&facts, text_tell(hearing->reading, at.first + i, group));
	}
	if (changes != NULL)
		suppose(&facts, changes);
	facts_settle(&facts);
	if (hearing->request->place_count != 0)
		place_parties(&facts, hearing->request);
	return facts;
}

struct facts
hearing_facts(const struct hearing *hearing, size_t passage, const struct changes *changes)
{
	return facts_in(hearing, hearing->declared, passage, changes);
}

/* Marks whom the passages tell something of. */
static bool *
find_spoken_of(const struct hearing *hearing)
{
	const struct text_reading *reading = hearing->reading;
	bool *spoken = arena_alloc(&hearing->session->arena, hearing->declared->party_count + 1,
	                           sizeof *spoken);
	spoken[0] = true;
	for (size_t i = 0; i < reading->passage_count; i++) {
		struct passage at = reading->passages[i];
		for (size_t j = at.first; j < at.first + at.count; j++)
			spoken[text_tell(reading, j, 0).party] = true;
	}
	return spoken;
}

static void
learn_clauses(const struct hearing *hearing, struct bystanders *bystanders)
{
	const struct proviso_engine *engine = hearing->session->engine;
	for (size_t i = 0; i < hearing->clause_count; i++)
		bystanders_learn(bystanders, hearing->clauses[i].clause->condition);
	for (size_t i = 0; i < engine->policy_count; i++) {
		if (engine->policies[i].applies != NULL)
			bystanders_learn(bystanders, engine->policies[i].applies);
	}
}

/* Parts those whom no passage speaks of from what is judged with every passage. */
static void
part_bystanders(struct hearing *hearing)
{
	struct arena *arena = &hearing->session->arena;
	const struct facts *declared = hearing->declared;
	hearing->near = *declared;
	if (hearing->reading->passage_count < 2 || !facts_apart(declared))
		return;
	struct bystanders *bystanders = arena_alloc(arena, 1, sizeof *bystanders);
	const bool *spoken = find_spoken_of(hearing);
	struct facts *near = &hearing->near, *far = &bystanders->facts;
	*far = *declared;
	far->tells = near->tells = NULL;
	far->tell_count = far->tell_capacity = near->tell_count = near->tell_capacity = 0;
	for (size_t i = 0; i < declared->tell_count; i++)
		facts_tell(spoken[declared->tells[i].party] ? near : far, declared->tells[i]);
	facts_drop_repeated(near);
	facts_settle(far);
	near->told_elsewhere = far->subject_count;
	near->bystanders = bystanders;
	if (hearing->request->place_count != 0)
		place_parties(far, hearing->request);
	learn_clauses(hearing, bystanders);
}

size_t
hearing_passages(const struct hearing *hearing)
{
	size_t count = hearing->reading->passage_count;
	return count != 0 ? count : 1;
}

/* Under -p applicable a policy judges what is not told to be outside of it. */
static void
find_bound(struct hearing *hearing, const struct facts *facts)
{
	const struct proviso_engine *engine = hearing->session->engine;
	for (size_t i = 0; i < engine->policy_count; i++) {
		const struct condition *applies = engine->policies[i].applies;
		hearing->binds[i] = hearing->binds[i] || applies == NULL ||
		                    decide_condition(facts, applies) != TRUTH_FALSE;
	}
}

void
hearing_judge(struct hearing *hearing)
{
	part_bystanders(hearing);
	struct arena *arena = &hearing->session->arena;
	for (size_t passage = 0; passage < hearing_passages(hearing); passage++) {
		struct arena_mark mark = arena_mark(arena);
		struct facts facts = facts_in(hearing, &hearing->near, passage, NULL);
		find_bound(hearing, &facts);
		for (size_t i = 0; i < hearing->clause_count; i++) {
			struct case_clause *clause = &hearing->clauses[i];
			if (passage != 0 && clause->truth == TRUTH_TRUE)
				continue;
			enum truth truth = decide_condition(&facts, clause->clause->condition);
			if (passage == 0 || truth > clause->truth) {
				clause->truth = truth;
				clause->passage = passage;
			}
		}
		arena_release(arena, mark);
	}
}
