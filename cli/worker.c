#include "worker.h"

#include <string.h>
#include <unistd.h>

#include "message.h"

/* A worker holds back so much at the most while it waits for its turn. */
enum { MOST_HELD_BACK = 4 * 1024 * 1024 };

static void
await_turn(void *data)
{
	struct worker *worker = data;
	turn_wait(&worker->run->turn, worker->piece.ticket);
	if (worker->run->error != 0)
		worker->parcel.output.error = worker->run->error;
	if (worker->run->terminal)
		progress_wipe(&worker->run->progress);
}

static void
await_turn_to_note(void *data)
{
	struct worker *worker = data;
	await_turn(worker);
	progress_wipe(&worker->run->progress);
}

static bool
start_sessions(struct worker *worker)
{
	const struct run *run = worker->run;
	for (size_t i = 0; i < SIDES && run->engines[i] != NULL; i++) {
		worker->sessions[i] = proviso_session_new(run->engines[i], run->explain);
		if (worker->sessions[i] == NULL)
			return false;
	}
	return true;
}

bool
worker_start(struct worker *worker, struct run *run)
{
	*worker = (struct worker){
	        .run = run,
	        .part = input_part(),
	        .parcel = {.output = {.descriptor = STDOUT_FILENO,
	                              .limit = MOST_HELD_BACK,
	                              .turn = await_turn,
	                              .data = worker},
	                   .notes = {.descriptor = STDERR_FILENO,
	                             .limit = MOST_HELD_BACK,
	                             .turn = await_turn_to_note,
	                             .data = worker}},
	};
	return worker->part != NULL && start_sessions(worker);
}

void
worker_free(struct worker *worker)
{
	for (size_t i = 0; i < SIDES; i++)
		proviso_session_free(worker->sessions[i]);
	input_close(worker->part);
	output_free(&worker->parcel.output);
	output_free(&worker->parcel.notes);
	tally_free(&worker->tally);
}

void
worker_flush(struct worker *worker)
{
	struct run *run = worker->run;
	await_turn(worker);
	output_flush(&worker->parcel.output);
	output_flush(&worker->parcel.notes);
	if (run->error == 0 && worker->parcel.output.error != 0) {
		run->error = worker->parcel.output.error;
		feed_stop(&run->feed);
	}
}

struct output *
worker_notes(struct worker *worker)
{
	return worker->run->together ? &worker->parcel.output : &worker->parcel.notes;
}

static bool
fail(struct worker *worker, const struct judged *judged)
{
	message_into(worker_notes(worker), "%s:%zu: out of memory", judged->file, judged->line);
	worker->tally.trouble = true;
	feed_stop(&worker->run->feed);
	return false;
}

/* In the worker's turn: tells what has been done since the last time. */
static void
tell_progress(struct worker *worker)
{
	progress_add(&worker->run->progress, &worker->parcel.done);
	worker->parcel.done = (struct done){0};
}

/* So many bytes of the piece have been done. */
static void
count_bytes(struct worker *worker, size_t bytes)
{
	worker->parcel.done.bytes += bytes - worker->told;
	worker->told = bytes;
}

/* Between two records. */
static void
use_turn(struct worker *worker)
{
	struct run *run = worker->run;
	bool all = worker->piece.whole && run->progress.on;
	if ((!run->terminal && !all) || !turn_has_come(&run->turn, worker->piece.ticket))
		return;
	if (run->terminal)
		worker_flush(worker);
	if (all) {
		count_bytes(worker, input_taken(worker->piece.input) - worker->piece.before);
		tell_progress(worker);
	}
}

/* `record`: what was judged; NULL if it was a text. Returns false if there is no going on. */
static bool
finish_record(struct worker *worker, struct judged *judged, const struct record *record)
{
	const struct proviso_result *result = judged->result;
	if (result == NULL)
		return fail(worker, judged);
	judged->verdict = result->verdict;
	judged->error_line = result->error_line;
	judged->error_column = result->error_column;
	judged->error_byte = result->error_byte;
	if (result->verdict == PROVISO_INVALID && record != NULL && record->error == NULL)
		record_place(record, &judged->error_line, &judged->error_column,
		             &judged->error_byte);
	if (!worker->run->finish(worker, judged))
		return fail(worker, judged);
	worker->parcel.done.requests++;
	use_turn(worker);
	return worker->parcel.output.error == 0;
}

/* NULL where there is no session, or memory ran out. */
static const struct proviso_result *
judge(struct proviso_session *session, const struct record *record)
{
	if (session == NULL)
		return NULL;
	if (record->error != NULL)
		return proviso_refuse(session, record->error, record->error_line,
		                      record->error_column, record->error_byte);
	return proviso_judge(session, record->bytes.at, record->bytes.length);
}

static bool
judge_record(struct worker *worker, const char *name, const struct record *record)
{
	struct judged judged = {
	        .file = name,
	        .n = record->n,
	        .line = record->line,
	        .result = judge(worker->sessions[0], record),
	        .to = judge(worker->sessions[1], record),
	};
	return finish_record(worker, &judged, record);
}

bool
worker_judge_text(struct worker *worker, size_t n, const char *text)
{
	struct judged judged = {
	        .file = "text",
	        .n = n,
	        .line = n,
	        .result = proviso_judge_text(worker->sessions[0], text, strlen(text)),
	};
	return finish_record(worker, &judged, NULL);
}

/* The input is about to be waited for. */
static void
flush_before_waiting(void *data)
{
	worker_flush(data);
}

static void
judge_piece(struct worker *worker)
{
	struct piece *piece = &worker->piece;
	struct record record;
	bool going = true;
	if (piece->whole)
		input_set_idle(piece->input, flush_before_waiting, worker);
	while (going && piece->input != NULL && input_next(piece->input, &record) == INPUT_RECORD)
		going = judge_record(worker, piece->name, &record);
	for (size_t i = 0; i < SIDES && worker->sessions[i] != NULL; i++)
		proviso_session_rest(worker->sessions[i]);
	feed_return(&worker->run->feed, piece);
	bool failed = piece->failure[0] != '\0';
	if (failed)
		message_into(worker_notes(worker), "%s: %s", piece->name, piece->failure);
	else if (piece->empty)
		message_into(worker_notes(worker), "no request in %s", piece->name);
	if (failed || piece->empty)
		worker->tally.trouble = true;
}

/* Writes the parcel, and those behind it that others have left. */
static void
deliver(struct worker *worker)
{
	struct turn *turn = &worker->run->turn;
	do {
		worker_flush(worker);
		tell_progress(worker);
		worker->piece.ticket++; /* whose turn it is next, if it was left */
	} while (turn_pass(turn, &worker->parcel));
}

bool
worker_step(struct worker *worker, void (*more)(void *data), void *data)
{
	struct piece *piece = &worker->piece;
	if (!feed_take(&worker->run->feed, piece, worker->part))
		return false;
	worker->told = 0;
	if (piece->more && more != NULL)
		more(data);
	judge_piece(worker);
	count_bytes(worker, piece->taken);
	if (!turn_leave(&worker->run->turn, piece->ticket, &worker->parcel))
		deliver(worker);
	return true;
}
