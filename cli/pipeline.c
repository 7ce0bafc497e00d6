#include "pipeline.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine.h"
#include "input.h"
#include "message.h"
#include "tally.h"

struct run {
	const struct options *options;
	const struct writer *writer;
	struct style style;
	struct proviso_session *session;
	struct tally tally;
	bool terminal; /* standard output is one: a line is shown at once */
	struct output output;
};

static void
write_notes(const struct judged *judged)
{
	for (size_t i = 0; i < judged->result->note_count; i++) {
		const struct proviso_note *note = &judged->result->notes[i];
		message("%s:%zu: note: %s%s%s", judged->file, judged->line,
		        note->at != NULL ? note->at : "", note->at != NULL ? ": " : "",
		        note->note);
	}
}

/* Counts and writes one request. Returns false if there is no going on. */
static bool
finish_record(struct run *run, struct judged *judged)
{
	const struct options *options = run->options;
	if (judged->result == NULL) {
		message("%s:%zu: out of memory", judged->file, judged->line);
		run->tally.trouble = true;
		return false;
	}
	judged->verdict = judged->result->verdict;
	if (judged->verdict == PROVISO_UNDECIDED && options->undecided_deny)
		judged->verdict = PROVISO_DENY;
	if (!tally_add(&run->tally, judged, options->summary)) {
		message("out of memory");
		run->tally.trouble = true;
		return false;
	}
	if ((options->only & 1U << judged->verdict) != 0) {
		run->writer->write(&run->output, &run->style, judged);
		if (run->terminal)
			output_flush(&run->output);
		if (run->writer->notes_apart && !options->quiet)
			write_notes(judged);
	}
	return run->output.error == 0;
}

static bool
judge_record(struct run *run, const char *name, const struct record *record)
{
	struct judged judged = {.file = name, .n = record->n, .line = record->line};
	if (record->error != NULL) {
		judged.error_line = record->error_line;
		judged.error_column = record->error_column;
		judged.error_byte = record->error_byte;
		judged.result = proviso_refuse(run->session, record->error, record->error_line,
		                               record->error_column, record->error_byte);
		return finish_record(run, &judged);
	}
	judged.result = proviso_judge(run->session, record->bytes.at, record->bytes.length);
	if (judged.result != NULL && judged.result->verdict == PROVISO_INVALID) {
		judged.error_line = judged.result->error_line;
		judged.error_column = judged.result->error_column;
		judged.error_byte = judged.result->error_byte;
		record_place(record, &judged.error_line, &judged.error_column, &judged.error_byte);
	}
	return finish_record(run, &judged);
}

static void
flush_run(void *data)
{
	struct run *run = data;
	output_flush(&run->output);
}

static bool
report_failure(struct run *run, const char *name)
{
	message("%s: %s", name, strerror(errno));
	run->tally.trouble = true;
	return true;
}

/* All records of one input. Returns false if there is no going on. */
static bool
judge_input(struct run *run, const char *name)
{
	const struct input_options options = {run->options->max_record, flush_run, run};
	struct input *input = input_open(name, &options);
	struct record record = {.n = 0};
	enum input_event event = INPUT_RECORD;
	bool going = true;
	size_t records = 0;
	if (input == NULL)
		return report_failure(run, name);
	while (going && (event = input_next(input, &record)) == INPUT_RECORD) {
		going = judge_record(run, name, &record);
		records++;
	}
	if (event == INPUT_FAILED) {
		report_failure(run, name);
	} else if (records == 0 && !run->options->allow_empty) {
		message("no request in %s", name);
		run->tally.trouble = true;
	}
	input_close(input);
	return going;
}

static bool
judge_text(struct run *run, size_t n, const char *text)
{
	struct judged judged = {
	        .file = "text",
	        .n = n,
	        .line = n,
	        .result = proviso_judge_text(run->session, text, strlen(text)),
	};
	if (judged.result != NULL) {
		judged.error_line = judged.result->error_line;
		judged.error_column = judged.result->error_column;
		judged.error_byte = judged.result->error_byte;
	}
	return finish_record(run, &judged);
}

static void
judge_all(struct run *run)
{
	const struct options *options = run->options;
	bool going = true;
	for (size_t i = 0; going && i < options->texts.count; i++)
		going = judge_text(run, i + 1, options->texts.items[i]);
	for (size_t i = 0; going && i < options->operands.count; i++)
		going = judge_input(run, options->operands.items[i]);
	if (options->texts.count == 0 && options->operands.count == 0)
		judge_input(run, "-");
}

static bool
wants_color(const struct options *options)
{
	const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
	if (options->color != COLOR_AUTO)
		return options->color == COLOR_ALWAYS;
	return isatty(STDOUT_FILENO) && (no_color == NULL || *no_color == '\0') &&
	       terminal != NULL && strcmp(terminal, "dumb") != 0;
}

static enum status
run_with(struct run *run, const struct options *options, struct proviso_engine *engine, bool facts)
{
	bool quote = options->quote || (facts && options->texts.count != 0);
	*run = (struct run){
	        .options = options,
	        .writer = writer_find(options->verb->bit, options->format),
	        .style = {engine, wants_color(options), quote, facts, options->texts.count != 0},
	        .session = proviso_session_new(engine, facts || quote),
	        .terminal = isatty(STDOUT_FILENO) != 0,
	};
	output_start(&run->output);
	if (run->session == NULL) {
		message("out of memory");
		return STATUS_TROUBLE;
	}
	judge_all(run);
	if (!output_finish(&run->output))
		run->tally.trouble = true;
	if (options->summary)
		tally_summary(&run->tally);
	enum status status = tally_status(&run->tally, options->exit_zero);
	proviso_session_free(run->session);
	tally_free(&run->tally);
	return status;
}

static bool
is_usable(const struct options *options)
{
	if (options->texts.count != 0 && options->operands.count != 0) {
		usage_error(options->verb, "--text and files do not go together");
		return false;
	}
	if (options->texts.count == 0 && options->operands.count == 0 && isatty(STDIN_FILENO)) {
		usage_error(options->verb, "no file is named and standard input is a terminal");
		return false;
	}
	return true;
}

enum status
pipeline_run(const struct options *options, bool facts)
{
	enum status status = STATUS_TROUBLE;
	if (!is_usable(options))
		return status;
	struct proviso_engine *engine = engine_make(options);
	struct run *run = engine != NULL ? malloc(sizeof *run) : NULL;
	if (run != NULL)
		status = run_with(run, options, engine, facts);
	else if (engine != NULL)
		message("out of memory");
	free(run);
	proviso_engine_free(engine);
	return status;
}
