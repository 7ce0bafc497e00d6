#include "verdicts.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine.h"
#include "message.h"
#include "pipeline.h"

static void
write_notes(struct worker *worker, const struct judged *judged)
{
	for (size_t i = 0; i < judged->result->note_count; i++) {
		const struct proviso_note *note = &judged->result->notes[i];
		message_into(worker_notes(worker), "%s:%zu: note: %s%s%s", judged->file,
		             judged->line, note->at, note->at[0] != '\0' ? ": " : "", note->note);
	}
}

static bool
finish(struct worker *worker, struct judged *judged)
{
	const struct run *run = worker->run;
	const struct options *options = run->options;
	if (judged->verdict == PROVISO_UNDECIDED && options->undecided_deny)
		judged->verdict = PROVISO_DENY;
	if (!tally_add(&worker->tally, judged, options->summary))
		return false;
	worker->parcel.done.found += judged->verdict == PROVISO_DENY;
	if ((options->only & 1U << judged->verdict) != 0) {
		run->writer->write(&worker->parcel.output, &run->style, judged);
		if (run->writer->notes_apart && !options->quiet)
			write_notes(worker, judged);
	}
	return true;
}

static bool
wants_color(const struct options *options)
{
	const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
	if (options->color != WHEN_AUTO)
		return options->color == WHEN_ALWAYS;
	return isatty(STDOUT_FILENO) && (no_color == NULL || *no_color == '\0') &&
	       terminal != NULL && strcmp(terminal, "dumb") != 0;
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

static enum status
run_with(const struct options *options, const struct proviso_engine *engine, bool facts)
{
	bool sentence = options->texts.count != 0, quote = options->quote || (facts && sentence);
	enum status status = STATUS_TROUBLE;
	struct run run = {
	        .options = options,
	        .engines = {engine},
	        .explain = facts || quote,
	        .finish = finish,
	        .finding = "denied",
	        .writer = writer_find(options->verb->bit, options->format),
	        .style = {engine, wants_color(options), quote, facts, sentence},
	};
	if (pipeline_run(&run)) {
		if (options->summary)
			tally_summary(&run.tally);
		status = tally_status(&run.tally, options->exit_zero);
	}
	tally_free(&run.tally);
	return status;
}

enum status
verdicts_run(const struct options *options, bool facts)
{
	if (!is_usable(options))
		return STATUS_TROUBLE;
	struct proviso_engine *engine = engine_make(options);
	enum status status =
	        engine != NULL ? run_with(options, engine, facts) : STATUS_TROUBLE;
	proviso_engine_free(engine);
	return status;
}
