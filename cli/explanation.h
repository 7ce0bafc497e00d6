/* The parts of what explain tells a person about one request. */
#ifndef PROVISO_CLI_EXPLANATION_H
#define PROVISO_CLI_EXPLANATION_H

#include "prose.h"
#include "writer.h"

struct explanation {
	struct output *output;
	const struct style *style;
	const struct judged *judged;
	const struct proviso_result *result;
};

/* Begins a heading, a paragraph, or a paragraph of a list. */
void explain_heading(struct explanation *, const char *text);
void explain_paragraph(struct explanation *, struct prose *);
void explain_bullet(struct explanation *, struct prose *);

/* Adds where something stands: its words where they may be shown, and the
 * pointer where there is more than one text. */
void explain_place(struct explanation *, struct prose *, const struct proviso_evidence *);

/* An axis as a person says it. */
const char *explain_label(struct explanation *, const char *fact);

/* What was understood. */
void explain_facts(struct explanation *);
/* How what was met in text was read. */
void explain_mentions(struct explanation *);
/* How each clause came out, and why. */
void explain_clauses(struct explanation *);

#endif
