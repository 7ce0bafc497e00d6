/* What the clauses of a request came to: findings, policy by policy, and a verdict. */
#include "hearing.h"

static void
add_judged(struct hearing *hearing, const char *policy, const char *revision)
{
	hearing->judged = arena_grow(&hearing->session->arena, hearing->judged,
	                             hearing->judged_count, &hearing->judged_capacity,
	                             sizeof *hearing->judged);
	hearing->judged[hearing->judged_count++] = (struct proviso_judged){policy, revision};
}

static struct proviso_finding *
add_finding(struct hearing *hearing, const char *policy)
{
	hearing->findings = arena_grow(&hearing->session->arena, hearing->findings,
	                               hearing->finding_count, &hearing->finding_capacity,
	                               sizeof *hearing->findings);
	struct proviso_finding *finding = &hearing->findings[hearing->finding_count++];
	*finding = (struct proviso_finding){.policy = policy};
	return finding;
}

/* What stands between a policy and a verdict that is no fact of a clause. */
static void
add_obstacle(struct hearing *hearing, const char *policy, const char *missing)
{
	const char **names = arena_alloc(&hearing->session->arena, 1, sizeof *names);
	names[0] = missing;
	struct proviso_finding *finding = add_finding(hearing, policy);
	finding->outcome = PROVISO_OPEN;
	finding->missing = names;
	finding->missing_count = 1;
}

/* The worst outcome of the clauses of one policy under one revision. */
static enum truth
worst(const struct hearing *hearing, const struct policy *policy, size_t revision)
{
	enum truth truth = TRUTH_FALSE;
	for (size_t i = 0; i < hearing->clause_count; i++) {
		const struct case_clause *clause = &hearing->clauses[i];
		if (clause->policy == policy && clause->revision == revision &&
		    clause->truth > truth)
			truth = clause->truth;
	}
	return truth;
}

static void
find_clause(struct hearing *hearing, const struct case_clause *clause, bool *near)
{
	hearing_open(hearing, clause->window);
	if (hearing->found_in != clause->passage + 1 || hearing->found_window != clause->window) {
		hearing->found = hearing_facts(hearing, clause->passage, NULL);
		hearing->found_in = clause->passage + 1;
		hearing->found_window = clause->window;
	}
	struct proviso_finding *finding = add_finding(hearing, clause->policy->name);
	finding->revision = clause->policy->revisions[clause->revision].name;
	finding->clause = clause->clause->name;
	finding->title = clause->clause->title;
	finding->section = clause->clause->section;
	finding->source = clause->clause->source;
	finding->confidence = clause->clause->confidence;
	struct openings openings = {0};
	decide_reasons(&hearing->found, clause->clause->condition, finding, &openings);
	finding->nearest = finding->nearest && !*near;
	if (hearing->session->explain && (finding->outcome == PROVISO_OPEN || finding->nearest))
		find_changes(hearing, clause, &openings, finding);
	finding->nearest = finding->nearest && finding->meet_count != 0;
	*near = *near || finding->nearest;
}

static void
find_revision(struct hearing *hearing, const struct policy *policy, size_t revision)
{
	bool near = false;
	add_judged(hearing, policy->name, policy->revisions[revision].name);
	for (size_t i = 0; i < hearing->clause_count; i++) {
		const struct case_clause *clause = &hearing->clauses[i];
		if (clause->policy == policy && clause->revision == revision &&
		    (clause->truth != TRUTH_FALSE || hearing->session->explain))
			find_clause(hearing, clause, &near);
	}
}

static void
find_no_text(struct hearing *hearing, const struct policy *policy)
{
	add_judged(hearing, policy->name, NULL);
	add_obstacle(hearing, policy->name, "policy.text");
}

/* A request without a date: every revision counts if they agree. */
static void
find_undated(struct hearing *hearing, const struct policy *policy)
{
	const struct proviso_engine *engine = hearing->session->engine;
	enum truth least = TRUTH_TRUE, most = TRUTH_FALSE;
	size_t revisions = 0;
	for (size_t i = 0; i < policy->revision_count; i++) {
		if (!docket_may_bind(engine, policy, i))
			continue;
		enum truth truth = worst(hearing, policy, i);
		least = truth < least ? truth : least;
		most = truth > most ? truth : most;
		revisions++;
	}
	if (revisions == 0) {
		find_no_text(hearing, policy);
		return;
	}
	for (size_t i = 0; i < policy->revision_count; i++) {
		if (!docket_may_bind(engine, policy, i))
			continue;
		if (least == most)
			find_revision(hearing, policy, i);
		else
			add_judged(hearing, policy->name, policy->revisions[i].name);
	}
	if (least != most)
		add_obstacle(hearing, policy->name, "date");
}

static void
note_review(struct hearing *hearing, const struct policy *policy, int32_t as_of)
{
	struct arena *arena = &hearing->session->arena;
	if (as_of <= policy->reviewed)
		return;
	hearing->notes = arena_grow(arena, hearing->notes, hearing->note_count,
	                            &hearing->note_capacity, sizeof *hearing->notes);
	hearing->notes[hearing->note_count++] = (struct proviso_note){
	        "", arena_printf(arena, "judged as of a day after %s was last reviewed, on %s",
	                         policy->name, policy->reviewed_text)};
}

static void
find_policy(struct hearing *hearing, const struct policy *policy)
{
	struct called called = hearing->docket->called[policy - hearing->session->engine->policies];
	if (called.as_of == NO_DATE) {
		find_undated(hearing, policy);
		return;
	}
	note_review(hearing, policy, called.as_of);
	if (called.revision != NO_REVISION)
		find_revision(hearing, policy, called.revision);
	else
		find_no_text(hearing, policy);
}

/* Where a policy has no text for the day, nothing that is told of its facts
 * makes the verdict an allow. */
static void
withdraw_allows(struct hearing *hearing)
{
	bool obstacle = false;
	for (size_t i = 0; i < hearing->finding_count; i++)
		obstacle = obstacle || hearing->findings[i].clause == NULL;
	for (size_t i = 0; i < hearing->finding_count && obstacle; i++)
		hearing->findings[i].allows = false;
}

static enum proviso_verdict
verdict_of(const struct hearing *hearing)
{
	enum proviso_outcome most = PROVISO_FALSE;
	for (size_t i = 0; i < hearing->finding_count; i++) {
		if (hearing->findings[i].outcome > most)
			most = hearing->findings[i].outcome;
	}
	return most == PROVISO_TRUE   ? PROVISO_DENY
	       : most == PROVISO_OPEN ? PROVISO_UNDECIDED
	                              : PROVISO_ALLOW;
}

static void
quote_findings(struct hearing *hearing)
{
	for (size_t i = 0; i < hearing->finding_count; i++) {
		struct proviso_finding *finding = &hearing->findings[i];
		const struct proviso_fact *const lists[] = {finding->because, finding->holds,
		                                            finding->fails};
		const size_t counts[] = {finding->because_count, finding->hold_count,
		                         finding->fail_count};
		for (size_t j = 0; j < 3; j++) {
			struct proviso_fact *facts = (struct proviso_fact *)lists[j];
			for (size_t k = 0; k < counts[j]; k++)
				quote_evidence(hearing->session, &facts[k].evidence);
		}
	}
}

void
hearing_conclude(struct hearing *hearing)
{
	const struct proviso_engine *engine = hearing->session->engine;
	struct proviso_result *result = &hearing->session->result;
	for (size_t i = 0; i < engine->policy_count; i++) {
		if (hearing->binds[i])
			find_policy(hearing, &engine->policies[i]);
	}
	if (hearing->judged_count == 0)
		add_obstacle(hearing, "applicable", "policy");
	result->verdict = verdict_of(hearing);
	result->judged_by = hearing->judged;
	result->judged_count = hearing->judged_count;
	result->findings = hearing->findings;
	result->finding_count = hearing->finding_count;
	result->notes = hearing->notes;
	result->note_count = hearing->note_count;
	if (hearing->session->explain) {
		withdraw_allows(hearing);
		quote_findings(hearing);
	}
}
