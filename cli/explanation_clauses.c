/* How each clause came out, and why. */
#include "explanation.h"

#include <string.h>

#include "columns.h"

static void
add_fact(struct explanation *explanation, struct prose *prose, const struct proviso_fact *fact,
         bool told)
{
	prose_add(prose, explain_label(explanation, fact->fact), ": ", told ? "" : "not ",
	          fact->label, NULL);
}

static void
write_facts(struct explanation *explanation, const char *lead, const struct proviso_fact *facts,
            size_t count)
{
	struct prose prose;
	for (size_t i = 0; i < count; i++) {
		explain_bullet(explanation, &prose);
		prose_add(&prose, lead, NULL);
		add_fact(explanation, &prose, &facts[i], facts[i].truth != PROVISO_FALSE);
		explain_place(explanation, &prose, &facts[i].evidence);
		prose_end(&prose);
	}
}

/* What an open clause leaves open for one reason: "a, b and c". */
static void
write_open_list(struct explanation *explanation, const struct proviso_finding *finding,
                enum open_list list)
{
	static const char *const leads[] = {"missing: ", "left open: ", "told both ways: "};
	struct fact_names names = open_facts(finding, list);
	struct prose prose;
	if (names.count == 0)
		return;
	explain_bullet(explanation, &prose);
	prose_add(&prose, leads[list], NULL);
	for (size_t i = 0; i < names.count; i++) {
		prose_add(&prose, i == 0 ? "" : i + 1 == names.count ? " and " : ", ",
		          explain_label(explanation, names.names[i]), NULL);
	}
	prose_end(&prose);
}

/* The revision is told where several have judged. */
static void
add_name(struct explanation *explanation, struct prose *prose,
         const struct proviso_finding *finding)
{
	bool several = explanation->result->judged_count > 1 && finding->revision != NULL;
	prose_add(prose, finding->policy, several ? "@" : "", several ? finding->revision : "",
	          "/", finding->clause, NULL);
}

/* The clause's name, title and source. */
static void
add_clause(struct explanation *explanation, struct prose *prose,
           const struct proviso_finding *finding)
{
	add_name(explanation, prose, finding);
	if (finding->title != NULL)
		prose_add(prose, ", \"", finding->title, "\"", NULL);
	if (finding->section != NULL)
		prose_add(prose, ", ", finding->section, NULL);
	if (finding->source != NULL)
		prose_add(prose, ", ", finding->source, NULL);
	if (finding->confidence != NULL)
		prose_add(prose, " (confidence ", finding->confidence, ")", NULL);
}

static void
write_clause(struct explanation *explanation, const char *before,
             const struct proviso_finding *finding, const char *after)
{
	struct prose prose;
	explain_paragraph(explanation, &prose);
	prose_add(&prose, before, NULL);
	add_clause(explanation, &prose, finding);
	prose_add(&prose, after, NULL);
	prose_end(&prose);
}

/* What else could be told; `several` is put before more than one. */
static void
write_changes(struct explanation *explanation, const char *lead, const char *several,
              const struct proviso_fact *facts, size_t count)
{
	struct prose prose;
	if (count == 0)
		return;
	explain_bullet(explanation, &prose);
	prose_add(&prose, lead, count > 1 ? several : "", NULL);
	for (size_t i = 0; i < count; i++) {
		prose_add(&prose, i == 0 ? "" : "; ", NULL);
		add_fact(explanation, &prose, &facts[i], facts[i].truth != PROVISO_FALSE);
	}
	prose_end(&prose);
}

/* What stands in the way of a verdict and is no fact of a clause. */
static void
write_obstacle(struct explanation *explanation, const struct proviso_finding *finding)
{
	struct prose prose;
	explain_paragraph(explanation, &prose);
	if (strcmp(finding->missing[0], "date") == 0)
		prose_add(&prose, "The texts of ", finding->policy, " differ about it:", NULL);
	else if (strcmp(finding->missing[0], "policy") == 0)
		prose_add(&prose, "No policy is known to apply to it:", NULL);
	else
		prose_add(&prose, "There is no text of ", finding->policy, " for that day:", NULL);
	prose_end(&prose);
}

static void
write_open(struct explanation *explanation, const struct proviso_finding *finding)
{
	if (finding->clause != NULL) {
		write_clause(explanation, "It could be prohibited by ", finding, ":");
	} else {
		write_obstacle(explanation, finding);
	}
	write_facts(explanation, "met: ", finding->holds, finding->hold_count);
	for (unsigned list = OPEN_LIST_MISSING; list <= OPEN_LIST_CONFLICT; list++)
		write_open_list(explanation, finding, list);
	write_changes(explanation, "it would be denied with ", "all of these: ", finding->meets,
	              finding->meet_count);
	write_changes(explanation,
	              finding->allows ? "it would be allowed with " : "this would not apply with ",
	              finding->together ? "all of these: " : "any one of these: ", finding->ends,
	              finding->end_count);
}

static void
write_nearest(struct explanation *explanation, const struct proviso_finding *finding)
{
	write_clause(explanation, "The nearest clause is ", finding, ":");
	write_facts(explanation, "met: ", finding->holds, finding->hold_count);
	write_changes(explanation, "it would be denied with ", "all of these: ", finding->meets,
	              finding->meet_count);
}

/* The nearest miss is of interest where nothing else stands in the way. */
static bool
is_told_nearest(const struct explanation *explanation, const struct proviso_finding *finding)
{
	return finding->nearest && explanation->result->verdict == PROVISO_ALLOW;
}

static void
write_others(struct explanation *explanation)
{
	struct prose prose;
	size_t written = 0;
	for (size_t i = 0; i < explanation->result->finding_count; i++) {
		const struct proviso_finding *finding = &explanation->result->findings[i];
		if (finding->outcome != PROVISO_FALSE || is_told_nearest(explanation, finding))
			continue;
		if (written == 0)
			explain_paragraph(explanation, &prose);
		prose_add(&prose, written++ == 0 ? "Considered and not met: " : ", ", NULL);
		add_name(explanation, &prose, finding);
	}
	if (written != 0) {
		prose_add(&prose, ".", NULL);
		prose_end(&prose);
	}
}

void
explain_clauses(struct explanation *explanation)
{
	for (size_t i = 0; i < explanation->result->finding_count; i++) {
		const struct proviso_finding *finding = &explanation->result->findings[i];
		if (finding->outcome == PROVISO_TRUE) {
			write_clause(explanation, "It is prohibited by ", finding, ", because of:");
			write_facts(explanation, "", finding->because, finding->because_count);
		} else if (finding->outcome == PROVISO_OPEN) {
			write_open(explanation, finding);
		} else if (is_told_nearest(explanation, finding)) {
			write_nearest(explanation, finding);
		}
	}
	write_others(explanation);
}
