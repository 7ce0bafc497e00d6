#include <string.h>

#include "columns.h"
#include "diff.h"
#include "message.h"
#include "pipeline.h"

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

static bool
have_same_policies(const struct proviso_engine *from, const struct proviso_engine *to)
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

/* A change of clause is one only between texts of the same policies. */
static bool
is_different(const struct run *run, const struct judged *judged)
{
	const struct proviso_result *from = judged->result, *to = judged->to;
	return from->verdict != to->verdict ||
	       (!(covers(from, to) && covers(to, from)) &&
	        have_same_policies(run->engines[0], run->engines[1]));
}

static bool
finish(struct worker *worker, struct judged *judged)
{
	const struct proviso_result *from = judged->result, *to = judged->to;
	struct output *output = &worker->parcel.output;
	if (to == NULL || !tally_add(&worker->tally, judged, false))
		return false;
	if (from->verdict == PROVISO_INVALID)
		message_into(worker_notes(worker), "%s:%zu: %s", judged->file, judged->line,
		             from->error);
	if (!is_different(worker->run, judged))
		return true;
	worker->parcel.done.found++;
	worker->tally.changes[from->verdict][to->verdict]++;
	output_id(output, judged);
	write_side(output, from);
	write_side(output, to);
	output_text(output, "\n");
	return true;
}

static void
write_count(struct output *output, size_t count, const char *text)
{
	output_number(output, count);
	output_text(output, text);
}

static size_t
count_changed(const struct tally *tally)
{
	size_t changed = 0;
	for (size_t i = 0; i < VERDICTS; i++) {
		for (size_t j = 0; j < VERDICTS; j++)
			changed += tally->changes[i][j];
	}
	return changed;
}

static void
write_counts(struct output *output, const struct tally *tally)
{
	const char *between = ": ";
	size_t requests = tally_requests(tally);
	write_count(output, requests, requests == 1 ? " request, " : " requests, ");
	write_count(output, count_changed(tally), " different");
	for (size_t i = 0; i < VERDICTS; i++) {
		for (size_t j = 0; j < VERDICTS; j++) {
			if (tally->changes[i][j] == 0)
				continue;
			output_text(output, between);
			between = ", ";
			write_count(output, tally->changes[i][j], " ");
			output_text(output, verdict_name((enum proviso_verdict)i));
			output_text(output, " -> ");
			output_text(output, verdict_name((enum proviso_verdict)j));
		}
	}
	output_text(output, "\n");
}

/* Writes the counts behind the lines; returns the status of it all. */
static enum status
conclude(const struct run *run)
{
	const struct tally *tally = &run->tally;
	struct output output;
	if (run->error != 0)
		return STATUS_TROUBLE;
	output_start(&output);
	write_counts(&output, tally);
	if (!output_finish(&output) || tally->trouble || tally->verdicts[PROVISO_INVALID] != 0)
		return STATUS_TROUBLE;
	return count_changed(tally) != 0 ? STATUS_DENIED : STATUS_ALLOWED;
}

enum status
diff_requests(const struct options *options, const struct proviso_engine *from,
              const struct proviso_engine *to)
{
	struct run run = {
	        .options = options,
	        .engines = {from, to},
	        .finish = finish,
	        .finding = "different",
	};
	enum status status = pipeline_run(&run) ? conclude(&run) : STATUS_TROUBLE;
	tally_free(&run.tally);
	return status;
}
