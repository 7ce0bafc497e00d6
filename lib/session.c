/* Requests to results, one at a time. */
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
	arena_init(&session->moulds.arena);
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
	moulds_forget(&session->moulds);
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
refuse(struct proviso_session *session, const char *error, struct span text, size_t at)
{
	struct proviso_result *result = &session->result;
	result->verdict = PROVISO_INVALID;
	result->error = error;
	result->error_byte = at;
	scan_position(text, at, &result->error_line, &result->error_column);
}

/* Scans and reads a record, of which a mould is to be made if `moulding`. Returns false
 * if it is refused. */
static bool
read_record(struct proviso_session *session, struct request *request, struct span text,
            bool moulding)
{
	struct arena *arena = &session->arena;
	struct scan *scan = arena_alloc(arena, 1, sizeof *scan);
	if (!scan_record(scan, arena, text)) {
		refuse(session, scan->error, text, scan->error_at);
		return false;
	}
	struct gap *gaps = moulding ? arena_alloc(arena, scan->count, sizeof *gaps) : NULL;
	request_read(request, scan, &session->engine->vocabulary, &session->recall, arena,
	             session->engine->strict, gaps);
	session->result.id = request->id;
	if (request->error != NULL) {
		refuse(session, request->error, text, request->error_at);
		return false;
	}
	if (moulding)
		mould_make(&session->moulds, request, gaps);
	return true;
}

static void
judge_request(struct proviso_session *session, struct request *request, struct span record)
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
	if (request->moulded && (alive || engine->applicable) &&
	    !read_record(session, request, record, false))
		return;
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
	hearing_conclude(&hearing);
	if (session->explain)
		account_finish(session, &request->facts);
}

static void
judge_record(struct proviso_session *session, struct span text)
{
	const struct vocabulary *vocabulary = &session->engine->vocabulary;
	struct request request;
	bool moulding = session->memory != NULL && mould_wanted(&session->moulds, text);
	if (moulding && mould_fit(&session->moulds, &request, text, vocabulary, &session->recall,
	                          &session->arena))
		session->result.id = request.id;
	else if (!read_record(session, &request, text, moulding))
		return;
	judge_request(session, &request, text);
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
		judge_request(session, &request, (struct span){text, length});
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
