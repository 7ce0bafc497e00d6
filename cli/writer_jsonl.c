/* One JSON object a request and line; see proviso(1) for its members. */
#include "writer.h"

#include <string.h>

#include "columns.h"

/* Separates the elements of an array or the members of an object. */
static void
write_comma(struct output *output, size_t index)
{
	output_text(output, index != 0 ? "," : "");
}

static void
write_string(struct output *output, const char *text)
{
	if (text != NULL)
		output_json(output, text);
	else
		output_text(output, "null");
}

/* `key` is punctuation and name as they stand before the value: ,"at": */
static void
write_member(struct output *output, const char *key, const char *text)
{
	output_text(output, key);
	write_string(output, text);
}

static void
write_optional(struct output *output, const char *key, const char *text)
{
	if (text != NULL)
		write_member(output, key, text);
}

static void
write_number(struct output *output, const char *key, size_t number)
{
	output_text(output, key);
	output_number(output, number);
}

/* The members of an evidence; `first` is what stands before the first. */
static void
write_evidence(struct output *output, const struct style *style,
               const struct proviso_evidence *evidence, const char *first)
{
	output_text(output, first);
	write_member(output, "\"at\":", evidence->at);
	write_optional(output, ",\"in\":", evidence->in);
	if (evidence->ranged) {
		write_number(output, ",\"range\":[", evidence->start);
		write_number(output, ",", evidence->end);
		output_text(output, "]");
	}
	write_optional(output, ",\"term\":", evidence->term);
	if (style->quote)
		write_optional(output, ",\"quote\":", evidence->quote);
}

static void
write_evidences(struct output *output, const struct style *style,
                const struct proviso_evidence *evidence, size_t count)
{
	output_text(output, "\"evidence\":[");
	for (size_t i = 0; i < count; i++) {
		write_comma(output, i);
		write_evidence(output, style, &evidence[i], "{");
		output_text(output, "}");
	}
	output_text(output, "]");
}

static void
write_facts(struct output *output, const struct style *style, const char *key,
            const struct proviso_fact *facts, size_t count)
{
	output_text(output, key);
	for (size_t i = 0; i < count; i++) {
		write_comma(output, i);
		write_member(output, "{\"fact\":", facts[i].fact);
		write_member(output, ",\"value\":", facts[i].value);
		if (facts[i].truth == PROVISO_FALSE)
			output_text(output, ",\"truth\":\"false\"");
		write_evidence(output, style, &facts[i].evidence, ",");
		output_text(output, "}");
	}
	output_text(output, "]");
}

/* What could be told instead: values, each as true or as false. */
static void
write_changes(struct output *output, const char *key, const struct proviso_fact *facts,
              size_t count)
{
	output_text(output, key);
	for (size_t i = 0; i < count; i++) {
		write_comma(output, i);
		write_member(output, "{\"fact\":", facts[i].fact);
		write_member(output, ",\"value\":", facts[i].value);
		output_text(output, facts[i].truth == PROVISO_FALSE ? ",\"truth\":\"false\""
		                                                    : ",\"truth\":\"true\"");
		if (facts[i].party >= 0)
			write_number(output, ",\"party\":", (size_t)facts[i].party);
		output_text(output, "}");
	}
	output_text(output, "]");
}

static void
write_names(struct output *output, const char *key, const char *const *names, size_t count)
{
	output_text(output, key);
	for (size_t i = 0; i < count; i++) {
		write_comma(output, i);
		output_json(output, names[i]);
	}
	output_text(output, "]");
}

static void
write_clause_name(struct output *output, const struct proviso_finding *finding)
{
	write_member(output, "{\"policy\":", finding->policy);
	write_member(output, ",\"revision\":", finding->revision);
	write_member(output, ",\"clause\":", finding->clause);
}

static void
write_clauses(struct output *output, const struct style *style,
              const struct proviso_result *result)
{
	size_t written = 0;
	output_text(output, ",\"clauses\":[");
	for (size_t i = 0; i < result->finding_count; i++) {
		const struct proviso_finding *finding = &result->findings[i];
		if (finding->outcome != PROVISO_TRUE)
			continue;
		write_comma(output, written++);
		write_clause_name(output, finding);
		write_member(output, ",\"title\":", finding->title);
		write_member(output, ",\"source\":", finding->source);
		write_facts(output, style, ",\"because\":[", finding->because,
		            finding->because_count);
		output_text(output, "}");
	}
	output_text(output, "]");
}

static void
write_reasons(struct output *output, const struct proviso_finding *finding)
{
	write_names(output, ",\"missing\":[", finding->missing, finding->missing_count);
	write_names(output, ",\"questioned\":[", finding->questioned, finding->questioned_count);
	write_names(output, ",\"conflict\":[", finding->conflict, finding->conflict_count);
}

static void
write_open(struct output *output, const struct proviso_result *result)
{
	size_t written = 0;
	output_text(output, ",\"open\":[");
	for (size_t i = 0; i < result->finding_count; i++) {
		if (result->findings[i].outcome != PROVISO_OPEN)
			continue;
		write_comma(output, written++);
		write_clause_name(output, &result->findings[i]);
		write_reasons(output, &result->findings[i]);
		output_text(output, "}");
	}
	output_text(output, "]");
}

static void
write_judged_by(struct output *output, const struct proviso_result *result)
{
	output_text(output, ",\"judged_by\":[");
	for (size_t i = 0; i < result->judged_count; i++) {
		write_comma(output, i);
		write_member(output, "{\"policy\":", result->judged_by[i].policy);
		write_member(output, ",\"revision\":", result->judged_by[i].revision);
		output_text(output, "}");
	}
	output_text(output, "]");
}

static void
write_notes(struct output *output, const struct proviso_result *result)
{
	output_text(output, ",\"notes\":[");
	for (size_t i = 0; i < result->note_count; i++) {
		write_comma(output, i);
		write_member(output, "{\"at\":", result->notes[i].at);
		write_member(output, ",\"note\":", result->notes[i].note);
		output_text(output, "}");
	}
	output_text(output, "]");
}

static void
write_error(struct output *output, const struct judged *judged)
{
	write_member(output, ",\"error\":{\"message\":", judged->result->error);
	write_number(output, ",\"line\":", judged->error_line);
	write_number(output, ",\"column\":", judged->error_column);
	write_number(output, ",\"byte\":", judged->error_byte);
	output_text(output, "}");
}

/* The axes that the result tells about one party (-1: the request itself), as
 * an object of objects. The truths come by party, axis and value; `at` is
 * where to begin and is left behind the last one written. */
static void
write_axes(struct output *output, const struct style *style, const struct proviso_result *result,
           int party, size_t *at)
{
	const struct proviso_truth *before = NULL;
	output_text(output, "\"axes\":{");
	for (; *at < result->truth_count && result->truths[*at].party == party; ++*at) {
		const struct proviso_truth *truth = &result->truths[*at];
		bool opens = before == NULL || strcmp(before->fact, truth->fact) != 0;
		if (opens) {
			output_text(output, before != NULL ? "}," : "");
			output_json(output, truth->fact);
			output_text(output, ":{");
		}
		output_text(output, opens ? "" : ",");
		output_json(output, truth->value);
		write_member(output, ":{\"truth\":", truth->truth);
		output_text(output, ",");
		write_evidences(output, style, truth->evidence, truth->evidence_count);
		output_text(output, "}");
		before = truth;
	}
	output_text(output, before != NULL ? "}}" : "}");
}

static void
write_party(struct output *output, const struct style *style, const struct proviso_party *party)
{
	write_member(output, "{\"role\":", party->role);
	if (style->quote || strcmp(party->role, "text") != 0)
		write_optional(output, ",\"name\":", party->name);
	write_member(output, ",\"kind\":", party->kind);
	write_member(output, ",\"jurisdiction\":", party->jurisdiction);
	output_text(output, ",");
	write_evidences(output, style, party->evidence, party->evidence_count);
	output_text(output, ",");
}

static void
write_understood(struct output *output, const struct style *style,
                 const struct proviso_result *result)
{
	size_t at = 0, own = 0;
	while (own < result->truth_count && result->truths[own].party < 0)
		own++;
	output_text(output, ",\"facts\":{\"parties\":[");
	for (size_t i = 0; i < result->party_count; i++) {
		write_comma(output, i);
		write_party(output, style, &result->parties[i]);
		write_axes(output, style, result, (int)i, &own);
		output_text(output, "}");
	}
	output_text(output, "],");
	write_axes(output, style, result, -1, &at);
	output_text(output, "}");
}

static void
write_considered(struct output *output, const struct style *style,
                 const struct proviso_finding *finding)
{
	static const char *const outcomes[] = {"false", "open", "true"};
	write_clause_name(output, finding);
	write_member(output, ",\"title\":", finding->title);
	write_member(output, ",\"section\":", finding->section);
	write_member(output, ",\"source\":", finding->source);
	write_member(output, ",\"confidence\":", finding->confidence);
	write_member(output, ",\"outcome\":", outcomes[finding->outcome]);
	output_text(output, finding->nearest ? ",\"nearest\":true" : "");
	write_facts(output, style, ",\"because\":[", finding->because, finding->because_count);
	write_facts(output, style, ",\"holds\":[", finding->holds, finding->hold_count);
	write_facts(output, style, ",\"fails\":[", finding->fails, finding->fail_count);
	write_reasons(output, finding);
	write_changes(output, ",\"meets\":[", finding->meets, finding->meet_count);
	write_changes(output, ",\"ends\":[", finding->ends, finding->end_count);
	output_text(output, finding->together ? ",\"together\":true" : "");
	output_text(output, finding->allows ? ",\"allows\":true" : "");
	output_text(output, "}");
}

static void
write_mention(struct output *output, const struct style *style,
              const struct proviso_mention *mention)
{
	write_member(output, "{\"fact\":", mention->fact);
	write_member(output, ",\"value\":", mention->value);
	write_member(output, ",\"reading\":", mention->reading);
	write_evidence(output, style, &mention->evidence, ",");
	write_optional(output, ",\"trigger\":", mention->trigger);
	if (style->quote)
		write_optional(output, ",\"trigger_quote\":", mention->trigger_quote);
	output_text(output, "}");
}

static void
write_explanation(struct output *output, const struct style *style,
                  const struct proviso_result *result)
{
	write_understood(output, style, result);
	output_text(output, ",\"considered\":[");
	for (size_t i = 0; i < result->finding_count; i++) {
		write_comma(output, i);
		write_considered(output, style, &result->findings[i]);
	}
	output_text(output, "],\"mentions\":[");
	for (size_t i = 0; i < result->mention_count; i++) {
		write_comma(output, i);
		write_mention(output, style, &result->mentions[i]);
	}
	output_text(output, "]");
}

static void
write_jsonl(struct output *output, const struct style *style, const struct judged *judged)
{
	const struct proviso_result *result = judged->result;
	write_number(output, "{\"n\":", judged->n);
	write_member(output, ",\"file\":", judged->file);
	write_number(output, ",\"line\":", judged->line);
	output_text(output, ",\"id\":");
	output_text(output, result->id != NULL ? result->id : "null");
	write_member(output, ",\"verdict\":", verdict_name(judged->verdict));
	write_judged_by(output, result);
	write_clauses(output, style, result);
	write_open(output, result);
	write_notes(output, result);
	if (result->verdict == PROVISO_INVALID)
		write_error(output, judged);
	if (style->facts)
		write_explanation(output, style, result);
	output_text(output, "}\n");
}

const struct writer writer_jsonl = {
        .format = "jsonl",
        .verbs = VERBS_REQUESTS,
        .write = write_jsonl,
};
