#include <stdlib.h>

#include "hearing.h"

/* Bytes of requests that are read sooner than what passes them by is prepared. */
enum { BYTES_FEW = 16 * 1024 };

struct proviso_session *
proviso_session_new(const struct proviso_engine *engine, bool explain)
{
	struct proviso_session *session = calloc(1, sizeof *session);
	if (session == NULL)
		return NULL;
	session->engine = engine;
	session->explain = session->reads_all = explain;
	session->words = word_memory_new();
	arena_init(&session->arena);
	arena_init(&session->texts);
	arena_init(&session->docket.arena);
	if (session->words != NULL)
		return session;
	proviso_session_free(session);
	return NULL;
}

void
proviso_session_free(struct proviso_session *session)
{
	if (session == NULL)
		return;
	arena_free(&session->arena);
	arena_free(&session->texts);
	arena_free(&session->docket.arena);
	glance_memory_free(session->memory);
	word_memory_free(session->words);
	free(session);
}

void
proviso_session_rest(struct proviso_session *session)
{
	arena_reset(&session->arena);
	arena_reset(&session->texts);
	session->result = (struct proviso_result){0};
}

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

static void
hear_clause(struct hearing *hearing, const struct case_clause *clause)
{
	hearing->clauses =
	        arena_grow(&hearing->session->arena, hearing->clauses, hearing->clause_count,
	                   &hearing->clause_capacity, sizeof *hearing->clauses);
	hearing->clauses[hearing->clause_count++] = *clause;
}

static bool
is_long(const struct request *request)
{
	size_t bytes = 0;
	for (size_t i = 0; i < request->text_count; i++)
		bytes += request->texts[i].bytes.length;
	return text_is_long(bytes);
}

static struct text_windows *
cut_texts(struct proviso_session *session, struct request *request)
{
	request_point(request);
	return text_windows_new(&request->facts, &session->texts, request->pieces,
	                        request->text_count);
}

/* A request whose texts are the parts of long ones, to be glanced at. */
static const struct request *
in_parts(const struct request *request, const struct text_windows *windows)
{
	struct arena *arena = request->facts.arena;
	struct request *glanced = arena_alloc(arena, 1, sizeof *glanced);
	struct span *parts;
	*glanced = *request;
	glanced->text_count = text_windows_parts(windows, &parts);
	glanced->texts = arena_alloc(arena, glanced->text_count + 1, sizeof *glanced->texts);
	for (size_t i = 0; i < glanced->text_count; i++)
		glanced->texts[i].bytes = parts[i];
	return glanced;
}

static uint64_t
glance(const struct hearing *hearing)
{
	const struct proviso_session *session = hearing->session;
	const struct request *request = hearing->windows == NULL
	                                        ? hearing->request
	                                        : in_parts(hearing->request, hearing->windows);
	return triage_topics(session->memory, &session->prepared->glance, request,
	                     hearing->docket->needs, hearing->docket->clause_count + 1);
}

/* Hears the clauses that may come out other than false. Returns whether the texts have
 * to be read: there is such a clause, or they may tell whom a policy binds. */
static bool
hear_clauses(struct hearing *hearing)
{
	const struct proviso_session *session = hearing->session;
	const struct docket *docket = hearing->docket;
	bool all = session->memory == NULL;
	uint64_t topics = all ? 0 : glance(hearing);
	bool any = all || docket->topics == UINT64_MAX || (docket->topics & topics) != 0;
	for (size_t i = 0; i < docket->clause_count && any; i++) {
		if (all || triage_possible(docket->needs[i], topics))
			hear_clause(hearing, &docket->clauses[i]);
	}
	return all || hearing->clause_count != 0 || triage_possible(&docket->binding, topics);
}

/* Reads what is to be known before the texts are judged. */
static void
take_texts(struct hearing *hearing, struct request *request)
{
	struct proviso_session *session = hearing->session;
	session->read++;
	if (hearing->windows == NULL)
		hearing->windows = cut_texts(session, request);
	request->facts.words = session->words;
	request_read_names(request);
	text_windows_note(hearing->windows);
}

static void
judge_request(struct proviso_session *session, struct request *request)
{
	const struct proviso_engine *engine = session->engine;
	struct hearing hearing = {.session = session,
	                          .request = request,
	                          .declared = &request->facts,
	                          .docket = docket_of(session, request->date),
	                          .notes = request->notes,
	                          .note_count = request->note_count,
	                          .note_capacity = request->note_capacity};
	session->requests++;
	hearing.binds = arena_alloc(&session->arena, engine->policy_count + 1, sizeof *hearing.binds);
	memset(hearing.binds, !engine->applicable, engine->policy_count);
	if (is_long(request))
		hearing.windows = cut_texts(session, request);
	bool alive = hear_clauses(&hearing);
	if (alive)
		take_texts(&hearing, request);
	if (session->explain) {
		quote_from(session, request);
		account_start(session, &request->facts);
	}
	if (!alive)
		hearing.windows = NULL;
	if (alive || engine->applicable)
		hearing_judge(&hearing);
	for (size_t i = 0; i < engine->policy_count; i++) {
		if (hearing.binds[i])
			find_policy(&hearing, &engine->policies[i]);
	}
	if (hearing.judged_count == 0)
		add_obstacle(&hearing, "applicable", "policy");

	struct proviso_result *result = &session->result;
	result->verdict = verdict_of(&hearing);
	result->judged_by = hearing.judged;
	result->judged_count = hearing.judged_count;
	result->findings = hearing.findings;
	result->finding_count = hearing.finding_count;
	result->notes = hearing.notes;
	result->note_count = hearing.note_count;
	if (session->explain) {
		withdraw_allows(&hearing);
		quote_findings(&hearing);
		account_finish(session, &request->facts);
	}
}

static void
refuse(struct proviso_session *session, const char *error, struct span text, size_t at)
{
	struct proviso_result *result = &session->result;
	result->verdict = PROVISO_INVALID;
	result->error = error;
	result->error_byte = at;
	scan_position(text, at, &result->error_line, &result->error_column);
}

static void
judge_record(struct proviso_session *session, struct span text)
{
	struct scan scan;
	struct request request;
	if (!scan_record(&scan, &session->arena, text)) {
		refuse(session, scan.error, text, scan.error_at);
		return;
	}
	request_read(&request, &scan, &session->engine->vocabulary, &session->recall,
	             &session->arena, session->engine->strict);
	session->result.id = request.id;
	if (request.error != NULL) {
		refuse(session, request.error, text, request.error_at);
		return;
	}
	judge_request(session, &request);
}

/* Once there have been some, requests are passed by as far as can be. Where memory ran
 * out, they go on to be read. */
static void
prepare(struct proviso_session *session, size_t length)
{
	if (session->memory != NULL || session->reads_all)
		return;
	session->bytes = length < BYTES_FEW ? session->bytes + length : BYTES_FEW;
	if (session->bytes < BYTES_FEW)
		return;
	session->prepared = engine_prepared(session->engine);
	if (session->prepared != NULL)
		session->memory =
		        glance_memory_new(&session->prepared->glance, session->words);
}

static void
begin(struct proviso_session *session, size_t length)
{
	prepare(session, length);
	proviso_session_rest(session);
}

const struct proviso_result *
proviso_judge(struct proviso_session *session, const char *json, size_t length)
{
	begin(session, length);
	if (setjmp(session->arena.exhausted) != 0)
		return NULL;
	judge_record(session, (struct span){json, length});
	return &session->result;
}

const struct proviso_result *
proviso_judge_text(struct proviso_session *session, const char *text, size_t length)
{
	begin(session, length);
	if (setjmp(session->arena.exhausted) != 0)
		return NULL;
	struct request request;
	request_of_text(&request, (struct span){text, length}, &session->engine->vocabulary,
	                &session->arena);
	if (request.error != NULL)
		refuse(session, request.error, (struct span){text, length}, request.error_at);
	else
		judge_request(session, &request);
	return &session->result;
}

const struct proviso_result *
proviso_refuse(struct proviso_session *session, const char *error, size_t line, size_t column,
               size_t byte)
{
	begin(session, 0);
	session->result.verdict = PROVISO_INVALID;
	session->result.error = error;
	session->result.error_line = line;
	session->result.error_column = column;
	session->result.error_byte = byte;
	return &session->result;
}
