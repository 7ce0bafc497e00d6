/* Four columns, tab-separated: verdict, id, what decided, detail. */
#include "writer.h"

#include <string.h>

#include "columns.h"

static void
write_policy(struct output *output, const char *policy, const char *revision)
{
	output_escaped(output, policy, strlen(policy));
	output_text(output, "@");
	output_text(output, revision != NULL ? revision : "-");
}

/* The clauses that came out so, or the revisions that judged where none did. */
static void
write_deciders(struct output *output, const struct proviso_result *result,
               enum proviso_outcome outcome)
{
	size_t written = 0;
	for (size_t i = 0; i < result->finding_count && outcome != PROVISO_FALSE; i++) {
		const struct proviso_finding *finding = &result->findings[i];
		if (finding->outcome != outcome)
			continue;
		output_text(output, written++ != 0 ? "," : "");
		write_policy(output, finding->policy, finding->revision);
		if (finding->clause != NULL) {
			output_text(output, "/");
			output_escaped(output, finding->clause, strlen(finding->clause));
		}
	}
	for (size_t i = 0; i < result->judged_count && outcome == PROVISO_FALSE; i++) {
		output_text(output, written++ != 0 ? "," : "");
		write_policy(output, result->judged_by[i].policy, result->judged_by[i].revision);
	}
	if (written == 0)
		output_text(output, "-");
}

static void
write_quotes(struct output *output, const struct proviso_finding *finding)
{
	size_t written = 0;
	for (size_t i = 0; i < finding->because_count; i++) {
		const char *quote = finding->because[i].evidence.quote;
		if (quote == NULL)
			continue;
		output_text(output, written++ == 0 ? " [\"" : ", \"");
		output_escaped(output, quote, strlen(quote));
		output_text(output, "\"");
	}
	output_text(output, written != 0 ? "]" : "");
}

static void
write_titles(struct output *output, const struct style *style, const struct proviso_result *result)
{
	size_t written = 0;
	for (size_t i = 0; i < result->finding_count; i++) {
		const struct proviso_finding *finding = &result->findings[i];
		if (finding->outcome != PROVISO_TRUE)
			continue;
		const char *title = finding->title != NULL ? finding->title : finding->clause;
		output_text(output, written++ != 0 ? "; " : "");
		output_escaped(output, title, strlen(title));
		if (style->quote)
			write_quotes(output, finding);
	}
}

/* Whether a fact stands in the lists of the findings before this one, or
 * earlier in its own. */
static bool
is_named(const struct proviso_result *result, enum open_list list, size_t finding, size_t index)
{
	const char *fact = open_facts(&result->findings[finding], list).names[index];
	for (size_t i = 0; i <= finding; i++) {
		struct fact_names earlier = open_facts(&result->findings[i], list);
		size_t count = i == finding ? index : earlier.count;
		for (size_t j = 0; j < count; j++) {
			if (strcmp(earlier.names[j], fact) == 0)
				return true;
		}
	}
	return false;
}

static void
write_open(struct output *output, const struct proviso_result *result)
{
	static const char *const headings[] = {"missing: ", "questioned: ", "conflict: "};
	size_t lists = 0;
	for (unsigned list = OPEN_LIST_MISSING; list <= OPEN_LIST_CONFLICT; list++) {
		size_t facts = 0;
		for (size_t i = 0; i < result->finding_count; i++) {
			struct fact_names names = open_facts(&result->findings[i], list);
			for (size_t j = 0; j < names.count; j++) {
				if (is_named(result, list, i, j))
					continue;
				output_text(output, facts != 0 ? ", " : lists++ != 0 ? "; " : "");
				output_text(output, facts++ == 0 ? headings[list] : "");
				output_escaped(output, names.names[j], strlen(names.names[j]));
			}
		}
	}
	if (lists == 0)
		output_text(output, "-");
}

static void
write_error(struct output *output, const struct judged *judged)
{
	output_number(output, judged->error_line);
	output_text(output, ":");
	output_number(output, judged->error_column);
	output_text(output, ": ");
	output_escaped(output, judged->result->error, strlen(judged->result->error));
}

static void
write_detail(struct output *output, const struct style *style, const struct judged *judged)
{
	switch (judged->result->verdict) {
	case PROVISO_DENY: write_titles(output, style, judged->result); break;
	case PROVISO_UNDECIDED: write_open(output, judged->result); break;
	case PROVISO_INVALID: write_error(output, judged); break;
	default: output_text(output, "-"); break;
	}
}

static void
write_text(struct output *output, const struct style *style, const struct judged *judged)
{
	static const enum proviso_outcome deciding[] = {
	        [PROVISO_ALLOW] = PROVISO_FALSE,
	        [PROVISO_DENY] = PROVISO_TRUE,
	        [PROVISO_UNDECIDED] = PROVISO_OPEN,
	        [PROVISO_INVALID] = PROVISO_FALSE,
	};
	output_verdict(output, style, judged->verdict);
	output_text(output, "\t");
	output_id(output, judged);
	output_text(output, "\t");
	write_deciders(output, judged->result, deciding[judged->result->verdict]);
	output_text(output, "\t");
	write_detail(output, style, judged);
	output_text(output, "\n");
}

const struct writer writer_text = {
        .format = "text",
        .verbs = VERB_CHECK,
        .notes_apart = true,
        .write = write_text,
};
