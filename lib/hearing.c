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
	if (passage < hearing->reading.passage_count) {
		struct passage at = hearing->reading.passages[passage];
		uint32_t group = ++facts.groups;
		for (size_t i = 0; i < at.count; i++)
			facts_tell(&facts, text_tell(&hearing->reading, at.first + i, group));
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

/* Marks whom the texts speak of. Returns whether somebody was not marked before. */
static bool
find_spoken_of(struct hearing *hearing)
{
	size_t count = hearing->declared->declared_count;
	bool first = hearing->spoken == NULL;
	if (first)
		hearing->spoken = arena_alloc(&hearing->session->arena, count + 1,
		                              sizeof *hearing->spoken);
	hearing->spoken[0] = true;
	return text_speaks_of(&hearing->reading, hearing->spoken, count) || first;
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
	const bool *spoken = hearing->spoken;
	struct bystanders *bystanders = arena_alloc(arena, 1, sizeof *bystanders);
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

/* A window may speak of others than those before it, and may have met new ones. */
static void
find_near(struct hearing *hearing)
{
	const struct facts *declared = hearing->declared;
	bool several = hearing->reading.passage_count > 1 || hearing_windows(hearing) > 1;
	if (!several || !facts_apart(declared))
		hearing->near = *declared;
	else if (find_spoken_of(hearing)) {
		hearing->near = *declared;
		part_bystanders(hearing);
	}
	hearing->near.parties = declared->parties;
	hearing->near.party_count = declared->party_count;
}

size_t
hearing_windows(const struct hearing *hearing)
{
	return hearing->windows != NULL ? text_windows_count(hearing->windows) : 1;
}

void
hearing_open(struct hearing *hearing, size_t window)
{
	if (hearing->windows == NULL || hearing->open == window + 1)
		return;
	text_windows_read(hearing->windows, window, &hearing->reading, hearing->session->explain);
	hearing->open = window + 1;
}

size_t
hearing_passages(const struct hearing *hearing)
{
	size_t count = hearing->reading.passage_count;
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

static void
judge_passage(struct hearing *hearing, size_t window, size_t passage, bool first)
{
	struct arena_mark mark = arena_mark(&hearing->session->arena);
	struct facts facts = facts_in(hearing, &hearing->near, passage, NULL);
	find_bound(hearing, &facts);
	for (size_t i = 0; i < hearing->clause_count; i++) {
		struct case_clause *clause = &hearing->clauses[i];
		if (!first && clause->truth == TRUTH_TRUE)
			continue;
		enum truth truth = decide_condition(&facts, clause->clause->condition);
		if (first || truth > clause->truth) {
			clause->truth = truth;
			clause->window = window;
			clause->passage = passage;
		}
	}
	arena_release(&hearing->session->arena, mark);
}

/* Without any passage, it is judged by what is declared. */
void
hearing_judge(struct hearing *hearing)
{
	bool first = true;
	size_t last = hearing_windows(hearing) - 1;
	for (size_t window = 0; window <= last; window++) {
		if (hearing->windows != NULL && text_windows_silent(hearing->windows, window))
			continue;
		hearing_open(hearing, window);
		find_near(hearing);
		if (hearing->session->explain)
			account_reading(hearing->session, &hearing->reading);
		for (size_t i = 0; i < hearing->reading.passage_count; i++) {
			judge_passage(hearing, window, i, first);
			first = false;
		}
	}
	if (first)
		judge_passage(hearing, last, 0, true);
}
