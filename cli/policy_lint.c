/* proviso policy lint: everything that is wrong with policies, by place. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "message.h"
#include "options.h"
#include "problem.h"
#include "prose.h"

struct finding {
	char *file, *message;
	const char *id;
	size_t file_order, line, column, order;
};

struct findings {
	struct finding *list;
	size_t count, capacity;
	bool trouble; /* something could not be looked at */
	bool lost;    /* memory ran out */
};

static void
keep(struct findings *findings, const struct proviso_problem *problem)
{
	if (findings->count == findings->capacity) {
		size_t capacity = findings->capacity != 0 ? findings->capacity * 2 : 16;
		struct finding *list = realloc(findings->list, capacity * sizeof *list);
		findings->lost = findings->lost || list == NULL;
		if (list == NULL)
			return;
		findings->list = list;
		findings->capacity = capacity;
	}
	struct finding *finding = &findings->list[findings->count];
	*finding = (struct finding){.file = strdup(problem->file),
	                            .message = strdup(problem->message),
	                            .id = problem->id,
	                            .file_order = findings->count,
	                            .line = problem->line,
	                            .column = problem->column,
	                            .order = findings->count};
	findings->count++;
	findings->lost = findings->lost || finding->file == NULL || finding->message == NULL;
	for (size_t i = findings->count - 1; i > 0 && !findings->lost; i--) {
		if (strcmp(findings->list[i - 1].file, finding->file) == 0)
			finding->file_order = findings->list[i - 1].file_order;
	}
}

/* A problem without a place in a file is none of the policy's. */
static void
take(void *data, const struct proviso_problem *problem)
{
	struct findings *findings = data;
	if (problem->id != NULL && problem->file != NULL) {
		keep(findings, problem);
		return;
	}
	findings->trouble = true;
	message("%s%s%s", problem->file != NULL ? problem->file : "",
	        problem->file != NULL ? ": " : "", problem->message);
}

static int
by_place(const void *a, const void *b)
{
	const struct finding *left = a, *right = b;
	const size_t keys[][2] = {{left->file_order, right->file_order},
	                          {left->line, right->line},
	                          {left->column, right->column},
	                          {left->order, right->order}};
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if (keys[i][0] != keys[i][1])
			return keys[i][0] < keys[i][1] ? -1 : 1;
	}
	return 0;
}

static void
write_findings(struct output *output, const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];
		char place[64];
		snprintf(place, sizeof place, ":%zu:%zu: [", finding->line, finding->column);
		output_escaped(output, finding->file, strlen(finding->file));
		output_text(output, place);
		output_text(output, finding->id);
		output_text(output, "] ");
		output_escaped(output, finding->message, strlen(finding->message));
		output_text(output, "\n");
	}
}

static void
free_findings(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		free(findings->list[i].file);
		free(findings->list[i].message);
	}
	free(findings->list);
}

static enum status
lint(const struct options *options)
{
	struct findings findings = {0};
	struct output output;
	struct proviso_options wanted = engine_options(options);
	wanted.lint = true;
	struct proviso_engine *engine = proviso_engine_new(&wanted, take, &findings);
	findings.lost = findings.lost ||
	                (engine == NULL && findings.count == 0 && !findings.trouble);
	proviso_engine_free(engine);
	output_start(&output);
	if (findings.lost) {
		message("out of memory");
	} else if (findings.count != 0) {
		qsort(findings.list, findings.count, sizeof *findings.list, by_place);
		write_findings(&output, &findings);
	}
	bool written = output_finish(&output) && !findings.lost && !findings.trouble;
	enum status found = findings.count != 0 ? STATUS_DENIED : STATUS_ALLOWED;
	free_findings(&findings);
	return written ? found : STATUS_TROUBLE;
}

static enum status
explain(const struct options *options)
{
	struct output output;
	struct prose prose;
	bool all = strcmp(options->explain, "all") == 0, known = false;
	output_start(&output);
	for (size_t i = 0; i < problem_kind_count; i++) {
		const struct problem_kind *kind = &problem_kinds[i];
		if (!all && strcmp(options->explain, kind->id) != 0)
			continue;
		known = true;
		output_text(&output, kind->id);
		output_text(&output, "\n");
		prose_start(&prose, &output, "  ");
		prose_add(&prose, kind->summary, NULL);
		prose_end(&prose);
		prose_start(&prose, &output, "  ");
		prose_add(&prose, kind->explanation, NULL);
		prose_end(&prose);
	}
	bool written = output_finish(&output);
	if (!known)
		usage_error(options->verb, "--explain: no problem has the id '%.100s'",
		            options->explain);
	return known && written ? STATUS_ALLOWED : STATUS_TROUBLE;
}

enum status
policy_lint_run(const struct options *options)
{
	struct options wanted;
	enum status status = STATUS_TROUBLE;
	if (options->explain != NULL)
		return explain(options);
	if (options_name_policies(&wanted, options))
		status = lint(&wanted);
	else
		message("out of memory");
	free(wanted.policies.items);
	return status;
}
