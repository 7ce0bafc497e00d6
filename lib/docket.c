#include "docket.h"

#include "engine.h"

static void
call_revision(struct docket *docket, const struct proviso_engine *engine,
              const struct policy *policy, size_t revision)
{
	for (size_t i = 0; i < policy->clause_count; i++) {
		const struct clause *clause = &policy->clauses[i];
		if (!clause_stands(clause, revision) || !engine_chooses(engine, clause))
			continue;
		docket->clauses = arena_grow(&docket->arena, docket->clauses, docket->clause_count,
		                             &docket->clause_capacity, sizeof *docket->clauses);
		docket->clauses[docket->clause_count++] =
		        (struct case_clause){policy, revision, clause, TRUTH_FALSE, 0, 0};
	}
}

bool
docket_may_bind(const struct proviso_engine *engine, const struct policy *policy, size_t revision)
{
	for (size_t i = 0; i < policy->revision_count; i++) {
		int32_t from = policy->revisions[i].in_force;
		if (policy_revision(policy, from, engine->known_at) == revision)
			return true;
	}
	return false;
}

static struct called
call_policy(struct docket *docket, const struct proviso_engine *engine,
            const struct policy *policy)
{
	struct called called = {engine_as_of(engine, policy, docket->date), NO_REVISION};
	if (called.as_of == NO_DATE) {
		for (size_t i = 0; i < policy->revision_count; i++) {
			if (docket_may_bind(engine, policy, i))
				call_revision(docket, engine, policy, i);
		}
		return called;
	}
	called.revision = policy_revision(policy, called.as_of, engine->known_at);
	if (called.revision != NO_REVISION)
		call_revision(docket, engine, policy, called.revision);
	return called;
}

/* Topics of which one must be there, as few as can be. */
static uint64_t
narrowest(const struct necessity *needs)
{
	uint64_t topics = UINT64_MAX;
	for (size_t i = 0; i < needs->count; i++) {
		if (__builtin_popcountll(needs->topics[i]) < __builtin_popcountll(topics))
			topics = needs->topics[i];
	}
	return topics;
}

static void
find_needs(struct docket *docket, const struct proviso_engine *engine,
           const struct preparation *prepared)
{
	docket->prepared = prepared;
	docket->needs =
	        arena_alloc(&docket->arena, docket->clause_count + 1, sizeof *docket->needs);
	for (size_t i = 0; i < docket->clause_count && prepared != NULL; i++) {
		const struct case_clause *clause = &docket->clauses[i];
		docket->needs[i] = &prepared->needs[clause->policy - engine->policies]
		                                   [clause->clause - clause->policy->clauses];
		docket->topics |= narrowest(docket->needs[i]);
	}
	docket->subjects = prepared != NULL ? prepared->binding : 0;
	docket->binding = (struct necessity){.topics = &docket->subjects, .count = 1};
	docket->needs[docket->clause_count] = &docket->binding;
}

static void
fill(struct docket *docket, const struct proviso_session *session)
{
	const struct proviso_engine *engine = session->engine;
	arena_reset(&docket->arena);
	docket->topics = 0;
	docket->clauses = NULL;
	docket->clause_count = docket->clause_capacity = 0;
	docket->called =
	        arena_alloc(&docket->arena, engine->policy_count + 1, sizeof *docket->called);
	for (size_t i = 0; i < engine->policy_count; i++)
		docket->called[i] = call_policy(docket, engine, &engine->policies[i]);
	find_needs(docket, engine, session->prepared);
	docket->ready = true;
}

const struct docket *
docket_of(struct proviso_session *session, int32_t date)
{
	struct docket *docket = &session->docket;
	if (!session->engine->as_of_record)
		date = NO_DATE;
	if (docket->ready && docket->date == date && docket->prepared == session->prepared)
		return docket;
	docket->ready = false;
	docket->date = date;
	if (setjmp(docket->arena.exhausted) != 0)
		longjmp(session->arena.exhausted, 1);
	fill(docket, session);
	return docket;
}
