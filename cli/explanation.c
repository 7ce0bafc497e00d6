#include "explanation.h"

void
explain_heading(struct explanation *explanation, const char *text)
{
	output_text(explanation->output, "\n  ");
	output_text(explanation->output, text);
	output_text(explanation->output, "\n");
}

void
explain_paragraph(struct explanation *explanation, struct prose *prose)
{
	output_text(explanation->output, "\n");
	prose_start(prose, explanation->output, "  ");
}

void
explain_bullet(struct explanation *explanation, struct prose *prose)
{
	prose_start(prose, explanation->output, "  - ");
}

static void
add_pointer(struct prose *prose, const struct proviso_evidence *evidence)
{
	prose_add(prose, *evidence->at != '\0' ? evidence->at : "the request", NULL);
	if (evidence->in != NULL)
		prose_add(prose, " at ", evidence->in, NULL);
}

void
explain_place(struct explanation *explanation, struct prose *prose,
              const struct proviso_evidence *evidence)
{
	bool quoted = explanation->style->quote && evidence->quote != NULL;
	if (evidence->at == NULL)
		return;
	prose_add(prose, " (", NULL);
	if (quoted)
		prose_add(prose, "\"", evidence->quote, "\"", NULL);
	if (quoted && !explanation->style->sentence)
		prose_add(prose, ", ", NULL);
	if (!quoted || !explanation->style->sentence)
		add_pointer(prose, evidence);
	if (evidence->ranged && !quoted) {
		prose_add(prose, ", bytes ", NULL);
		prose_number(prose, evidence->start);
		prose_add(prose, " to ", NULL);
		prose_number(prose, evidence->end);
	}
	if (evidence->term != NULL && !evidence->ranged)
		prose_add(prose, ", by ", evidence->term, NULL);
	prose_add(prose, ")", NULL);
}

const char *
explain_label(struct explanation *explanation, const char *fact)
{
	const char *label = proviso_fact_label(explanation->style->engine, fact);
	return label != NULL ? label : fact;
}
