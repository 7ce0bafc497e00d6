#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "diff.h"
#include "input.h"
#include "message.h"
#include "progress.h"

enum { VERDICTS = PROVISO_INVALID + 1 };

struct comparison {
	const struct options *options;
	struct proviso_session *sessions[2];
	bool same_policies; /* a change of clause is one of the policy */
	bool trouble;
	size_t requests, changed;
	size_t verdicts[VERDICTS][VERDICTS]; /* from, to: of those that are different */
	struct output output;
	struct progress progress;
};

/* Whether a finding is what decided. */
static bool
decides(const struct proviso_result *result, const struct proviso_finding *finding)
{
	return (result->verdict == PROVISO_DENY && finding->outcome == PROVISO_TRUE) ||
	       (result->verdict == PROVISO_UNDECIDED && finding->outcome == PROVISO_OPEN);
}

static bool
has_decider(const struct proviso_result *result, const struct proviso_finding *wanted)
{
	for (size_t i = 0; i < result->finding_count; i++) {
		const struct proviso_finding *finding = &result->findings[i];
		const char *a = finding->clause != NULL ? finding->clause : "";
		const char *b = wanted->clause != NULL ? wanted->clause : "";
		if (decides(result, finding) && strcmp(finding->policy, wanted->policy) == 0 &&
		    strcmp(a, b) == 0)
			return true;
	}
	return false;
}

static bool
covers(const struct proviso_result *a, const struct proviso_result *b)
{
	for (size_t i = 0; i < b->finding_count; i++) {
		if (decides(b, &b->findings[i]) && !has_decider(a, &b->findings[i]))
			return false;
	}
	return true;
}

static void
write_side(struct output *output, const struct proviso_result *result)
{
	const char *between = " ";
	output_text(output, "\t");
	output_text(output, verdict_name(result->verdict));
	for (size_t i = 0; i < result->finding_count; i++) {
		const struct proviso_finding *finding = &result->findings[i];
		const char *const parts[] = {finding->policy, "@",
		                             finding->revision ? finding->revision : "-",
		                             finding->clause ? "/" : "",
		                             finding->clause ? finding->clause : ""};
		if (!decides(result, finding))
			continue;
		output_text(output, between);
		between = ",";
		for (size_t j = 0; j < sizeof parts / sizeof parts[0]; j++)
			output_escaped(output, parts[j], strlen(parts[j]));
	}
}

static void
compare(struct comparison *comparison, const char *file, const struct record *record,
        const struct proviso_result *from, const struct proviso_result *to)
{
	comparison->requests++;
	bool same = from->verdict == to->verdict &&
	            (!comparison->same_policies || (covers(from, to) && covers(to, from)));
	if (same)
		return;
	comparison->changed++;
	comparison->verdicts[from->verdict][to->verdict]++;
	struct judged judged = {
	        .file = file, .n = record->n, .line = record->line, .result = from};
	output_id(&comparison->output, &judged);
	write_side(&comparison->output, from);
	write_side(&comparison->output, to);
	output_text(&comparison->output, "\n");
}

static void
make_room(void *data)
{
	struct comparison *comparison = data;
	progress_wipe(&comparison->progress);
}

/* Before a message says what it is. */
static void
set_trouble(struct comparison *comparison)
{
	comparison->trouble = true;
	make_room(comparison);
}

/* Judges a record by both; false if there is no going on. */
static bool
judge_record(struct comparison *comparison, const char *file, const struct record *record)
{
	const struct proviso_result *results[2];
	for (size_t i = 0; i < 2; i++) {
		struct proviso_session *session = comparison->sessions[i];
		results[i] = record->error != NULL
		                     ? proviso_refuse(session, record->error, record->error_line,
		                                      record->error_column, record->error_byte)
		                     : proviso_judge(session, record->bytes.at,
		                                     record->bytes.length);
		if (results[i] == NULL) {
			set_trouble(comparison);
			message("%s:%zu: out of memory", file, record->line);
			return false;
		}
	}
	if (results[0]->verdict == PROVISO_INVALID) {
		set_trouble(comparison);
		message("%s:%zu: %s", file, record->line, results[0]->error);
	}
	compare(comparison, file, record, results[0], results[1]);
	return comparison->output.error == 0;
}

static void
judge_records(struct comparison *comparison, const char *name, struct input *input)
{
	struct record record = {.n = 0};
	enum input_event event = INPUT_RECORD;
	size_t before = comparison->requests, told = 0;
	bool going = true;
	while (going && (event = input_next(input, &record)) == INPUT_RECORD) {
		size_t changed = comparison->changed;
		going = judge_record(comparison, name, &record);
		struct done done = {input_taken(input) - told, 1, comparison->changed - changed};
		progress_add(&comparison->progress, &done);
		told += done.bytes;
	}
	if (event == INPUT_FAILED) {
		set_trouble(comparison);
		message("%s: %s", name, input_failure(input));
	} else if (comparison->requests == before && !comparison->options->allow_empty) {
		set_trouble(comparison);
		message("no request in %s", name);
	}
}

static void
judge_input(struct comparison *comparison, const char *name)
{
	const struct input_options options = {comparison->options->max_record, NULL, NULL};
	struct input *input = input_open(name, &options);
	const char *failure = input == NULL ? strerror(errno) : NULL;
	if (input != NULL) {
		judge_records(comparison, name, input);
	} else {
		set_trouble(comparison);
		message("%s: %s", name, failure);
	}
	input_close(input);
}

static void
write_count(struct output *output, size_t count, const char *text)
{
	output_number(output, count);
	output_text(output, text);
}

static void
write_counts(struct comparison *comparison)
{
	struct output *output = &comparison->output;
	const char *between = ": ";
	write_count(output, comparison->requests,
	            comparison->requests == 1 ? " request, " : " requests, ");
	write_count(output, comparison->changed, " different");
	for (size_t i = 0; i < VERDICTS; i++) {
		for (size_t j = 0; j < VERDICTS; j++) {
			if (comparison->verdicts[i][j] == 0)
				continue;
			output_text(output, between);
			between = ", ";
			write_count(output, comparison->verdicts[i][j], " ");
			output_text(output, verdict_name((enum proviso_verdict)i));
			output_text(output, " -> ");
			output_text(output, verdict_name((enum proviso_verdict)j));
		}
	}
	output_text(output, "\n");
}

static bool
same_policies(const struct proviso_engine *from, const struct proviso_engine *to)
{
	size_t counts[2];
	const struct proviso_policy *a = proviso_engine_policies(from, &counts[0]);
	const struct proviso_policy *b = proviso_engine_policies(to, &counts[1]);
	for (size_t i = 0; counts[0] == counts[1] && i < counts[0]; i++) {
		if (strcmp(a[i].policy, b[i].policy) != 0)
			return false;
	}
	return counts[0] == counts[1];
}

static enum status
compare_inputs(struct comparison *comparison)
{
	const struct strings *names = &comparison->options->operands;
	output_start(&comparison->output);
	comparison->output.turn = make_room;
	comparison->output.data = comparison;
	progress_start(&comparison->progress, progress_wanted(comparison->options), "different",
	               names->items, names->count);
	for (size_t i = 0; i < names->count && comparison->output.error == 0; i++)
		judge_input(comparison, names->items[i]);
	make_room(comparison);
	write_counts(comparison);
	if (!output_finish(&comparison->output) || comparison->trouble)
		return STATUS_TROUBLE;
	return comparison->changed != 0 ? STATUS_DENIED : STATUS_ALLOWED;
}

enum status
diff_requests(const struct options *options, const struct proviso_engine *from,
              const struct proviso_engine *to)
{
	struct comparison comparison = {
	        .options = options,
	        .sessions = {proviso_session_new(from, false), proviso_session_new(to, false)},
	        .same_policies = same_policies(from, to)};
	enum status status = STATUS_TROUBLE;
	if (comparison.sessions[0] != NULL && comparison.sessions[1] != NULL)
		status = compare_inputs(&comparison);
	else
		message("out of memory");
	proviso_session_free(comparison.sessions[0]);
	proviso_session_free(comparison.sessions[1]);
	return status;
}
