/* What a compliance officer reads aloud: what was understood, what decided,
 * what is missing and what one changed fact would alter. */
#include "columns.h"
#include "explanation.h"

static void
write_notes(struct explanation *explanation)
{
	struct prose prose;
	if (explanation->result->note_count != 0)
		explain_heading(explanation, "Notes:");
	for (size_t i = 0; i < explanation->result->note_count; i++) {
		const struct proviso_note *note = &explanation->result->notes[i];
		explain_bullet(explanation, &prose);
		if (note->at != NULL && *note->at != '\0')
			prose_add(&prose, note->at, ": ", NULL);
		prose_add(&prose, note->note, NULL);
		prose_end(&prose);
	}
}

/* Under which policies, and what they say. */
static void
add_policies(struct explanation *explanation, struct prose *prose)
{
	static const char *const sayings[][2] = {
	        [PROVISO_ALLOW] = {" does not prohibit this use.", " do not prohibit this use."},
	        [PROVISO_DENY] = {" prohibits this use.", " prohibit this use."},
	        [PROVISO_UNDECIDED] = {" may or may not prohibit this use.",
	                               " may or may not prohibit this use."},
	};
	const struct proviso_result *result = explanation->result;
	for (size_t i = 0; i < result->judged_count; i++) {
		const struct proviso_judged *judged = &result->judged_by[i];
		prose_add(prose, i == 0 ? "" : i + 1 == result->judged_count ? " and " : ", ",
		          judged->policy, NULL);
		prose_add(prose, judged->revision != NULL ? " (revision " : " (no revision",
		          judged->revision != NULL ? judged->revision : "", ")", NULL);
	}
	prose_add(prose, result->judged_count == 0 ? "What was chosen" : "",
	          sayings[result->verdict][result->judged_count > 1], NULL);
}

static void
write_invalid(struct explanation *explanation)
{
	struct prose prose;
	explain_paragraph(explanation, &prose);
	prose_add(&prose, "The request cannot be judged. Line ", NULL);
	prose_number(&prose, explanation->judged->error_line);
	prose_add(&prose, ", column ", NULL);
	prose_number(&prose, explanation->judged->error_column);
	prose_add(&prose, ": ", explanation->result->error, ".", NULL);
	prose_end(&prose);
}

static void
write_judgement(struct explanation *explanation)
{
	struct prose prose;
	explain_paragraph(explanation, &prose);
	add_policies(explanation, &prose);
	prose_end(&prose);
	explain_facts(explanation);
	explain_clauses(explanation);
	explain_mentions(explanation);
	write_notes(explanation);
}

static void
write_explain(struct output *output, const struct style *style, const struct judged *judged)
{
	struct explanation explanation = {output, style, judged, judged->result};
	output_verdict(output, style, judged->verdict);
	output_text(output, ": ");
	output_id(output, judged);
	if (has_id(judged->result)) {
		output_text(output, " (");
		output_place(output, judged);
		output_text(output, ")");
	}
	output_text(output, "\n");
	if (judged->result->verdict == PROVISO_INVALID)
		write_invalid(&explanation);
	else
		write_judgement(&explanation);
	output_text(output, "\n");
}

const struct writer writer_explain = {
        .format = "text",
        .verbs = VERB_EXPLAIN,
        .write = write_explain,
};
