/* What an engine makes when some session has judged enough to be worth it. */
#include <stdlib.h>

#include "engine.h"

struct preparation *
preparation_new(void)
{
	struct preparation *preparation = calloc(1, sizeof *preparation);
	if (preparation == NULL)
		return NULL;
	pthread_mutex_init(&preparation->lock, NULL);
	arena_init(&preparation->arena);
	return preparation;
}

void
preparation_free(struct preparation *preparation)
{
	if (preparation == NULL)
		return;
	arena_free(&preparation->arena);
	pthread_mutex_destroy(&preparation->lock);
	free(preparation);
}

/* What each clause needs, and by which words that is seen. */
static void
prepare(struct preparation *preparation, const struct proviso_engine *engine)
{
	struct arena *arena = &preparation->arena;
	struct glance *glance = &preparation->glance;
	glance_start(glance, arena, &engine->vocabulary);
	preparation->needs = arena_alloc(arena, engine->policy_count + 1, sizeof *preparation->needs);
	preparation->binding = 0;
	for (size_t i = 0; i < engine->policy_count; i++) {
		const struct policy *policy = &engine->policies[i];
		struct necessity *needs = arena_alloc(arena, policy->clause_count + 1, sizeof *needs);
		for (size_t j = 0; j < policy->clause_count; j++)
			triage_need(&needs[j], glance, arena, policy->clauses[j].condition);
		preparation->needs[i] = needs;
		if (engine->applicable && policy->applies != NULL)
			preparation->binding |= triage_subjects(glance, arena, policy->applies);
	}
	glance_prepare(glance, arena);
	for (size_t i = 0; i < engine->policy_count; i++) {
		for (size_t j = 0; j < engine->policies[i].clause_count; j++)
			triage_order(&preparation->needs[i][j], glance);
	}
	preparation->binding &= glance_readable(glance);
}

/* False if memory ran out: whoever asks next tries again. */
static bool
try_to_prepare(struct preparation *preparation, const struct proviso_engine *engine)
{
	arena_reset(&preparation->arena);
	if (setjmp(preparation->arena.exhausted) != 0)
		return false;
	prepare(preparation, engine);
	return true;
}

const struct preparation *
engine_prepared(const struct proviso_engine *engine)
{
	struct preparation *preparation = engine->preparation;
	pthread_mutex_lock(&preparation->lock);
	if (!preparation->ready)
		preparation->ready = try_to_prepare(preparation, engine);
	bool ready = preparation->ready;
	pthread_mutex_unlock(&preparation->lock);
	return ready ? preparation : NULL;
}
