/* proviso policy test: the tests that policies hold. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "message.h"
#include "options.h"
#include "trial.h"
#include "writer.h"

struct counts {
	size_t tests, failed;
	size_t atoms, shown, exempt;
	size_t mutants, noticed, equivalent;
};

static void
put(struct output *output, const char *text)
{
	output_escaped(output, text, strlen(text));
}

static void
put_place(struct output *output, const struct trial_place *place)
{
	char numbers[64];
	snprintf(numbers, sizeof numbers, ":%zu:%zu: ", place->line, place->column);
	put(output, place->file);
	output_text(output, numbers);
}

static bool
has_failed(const struct trial_test *test)
{
	return test->problem != NULL || test->got != test->wanted;
}

static void
write_failure(struct output *output, const struct trial_test *test)
{
	put_place(output, &test->place);
	if (test->problem != NULL) {
		put(output, test->problem);
	} else {
		put(output, verdict_name(test->got));
		output_text(output, " instead of ");
		put(output, verdict_name(test->wanted));
	}
	if (test->why != NULL) {
		output_text(output, ": ");
		put(output, test->why);
	}
	output_text(output, "\n");
}

static size_t
widest_name(const struct trial_clause *clause)
{
	size_t width = strlen("verdict");
	for (size_t i = 0; i < clause->atom_count; i++) {
		size_t length = strlen(clause->atoms[i].name);
		width = length > width ? length : width;
	}
	return width;
}

static void
begin_row(struct output *output, const char *name, size_t width)
{
	output_text(output, "  ");
	put(output, name);
	for (size_t i = strlen(name); i < width + 2; i++)
		output_text(output, " ");
}

static void
write_atom_row(struct output *output, const struct trial_clause *clause, size_t index,
               size_t width)
{
	const struct trial_atom *atom = &clause->atoms[index];
	char pair[64] = "  not shown";
	begin_row(output, atom->name, width);
	for (size_t i = 0; i < clause->test_count; i++) {
		const enum proviso_outcome *truths = clause->tests[i].truths;
		output_bytes(output, truths != NULL ? &"F?T"[truths[index]] : "-", 1);
	}
	if (atom->shown)
		snprintf(pair, sizeof pair, "  %zu and %zu", atom->first + 1, atom->second + 1);
	else if (atom->exempt)
		snprintf(pair, sizeof pair, "  settled by the rest");
	output_text(output, pair);
	output_text(output, "\n");
}

/* A row for each atom, a column for each test, and which two tests show that
 * the atom matters. */
static void
write_matrix(struct output *output, const struct trial_clause *clause)
{
	size_t width = widest_name(clause);
	begin_row(output, "test", width);
	for (size_t i = 1; i <= clause->test_count; i++)
		output_bytes(output, &"0123456789"[i % 10], 1);
	output_text(output, "\n");
	for (size_t i = 0; i < clause->atom_count; i++)
		write_atom_row(output, clause, i, width);
	begin_row(output, "verdict", width);
	for (size_t i = 0; i < clause->test_count; i++) {
		const struct trial_test *test = &clause->tests[i];
		output_bytes(output, test->problem != NULL ? "-" : &"ADUI"[test->got], 1);
	}
	output_text(output, "\n");
}

static void
count_clause(struct counts *counts, const struct trial_clause *clause)
{
	counts->tests += clause->test_count;
	for (size_t i = 0; i < clause->test_count; i++)
		counts->failed += has_failed(&clause->tests[i]);
	counts->atoms += clause->atom_count;
	for (size_t i = 0; i < clause->atom_count; i++) {
		counts->shown += clause->atoms[i].shown;
		counts->exempt += !clause->atoms[i].shown && clause->atoms[i].exempt;
	}
	counts->mutants += clause->mutant_count;
	for (size_t i = 0; i < clause->mutant_count; i++) {
		counts->noticed += clause->mutants[i].fate == FATE_NOTICED;
		counts->equivalent += clause->mutants[i].fate == FATE_EQUIVALENT;
	}
}

static void
write_mutant(struct output *output, const struct trial_mutant *mutant)
{
	if (mutant->fate == FATE_NOTICED)
		return;
	if (mutant->fate == FATE_EQUIVALENT) {
		output_text(output, "  the same: ");
		put(output, mutant->change);
		output_text(output, " (");
		put(output, mutant->reason);
		output_text(output, ")\n");
		return;
	}
	put_place(output, &mutant->place);
	output_text(output, "no test notices: ");
	put(output, mutant->change);
	output_text(output, mutant->fate == FATE_UNKNOWN
	                            ? " (too many facts to tell whether it matters)\n"
	                            : "\n");
	const char *would = mutant->request != NULL ? mutant->request : mutant->reason;
	if (would == NULL)
		return;
	output_text(output, mutant->request != NULL
	                            ? "  one with this would: "
	                            : "  one with this and the right facts would: ");
	put(output, would);
	output_text(output, "\n");
}

static void
write_clause(struct output *output, const char *policy, const struct trial_clause *clause)
{
	put(output, policy);
	if (clause->clause != NULL) {
		output_text(output, "/");
		put(output, clause->clause);
		output_text(output, "\n");
		write_matrix(output, clause);
	} else {
		output_text(output, "\n");
	}
	for (size_t i = 0; i < clause->test_count; i++) {
		if (has_failed(&clause->tests[i]))
			write_failure(output, &clause->tests[i]);
	}
	for (size_t i = 0; i < clause->atom_count; i++) {
		const struct trial_atom *atom = &clause->atoms[i];
		if (atom->shown || atom->exempt)
			continue;
		put_place(output, &atom->place);
		output_text(output, "no two tests show that this matters: ");
		put(output, atom->name);
		output_text(output, "\n");
	}
	for (size_t i = 0; i < clause->mutant_count; i++)
		write_mutant(output, &clause->mutants[i]);
}

static bool
is_good(const struct counts *counts)
{
	return counts->failed == 0 && counts->shown + counts->exempt == counts->atoms &&
	       counts->noticed + counts->equivalent == counts->mutants;
}

static void
write_counts(struct output *output, const struct counts *counts)
{
	char line[300];
	snprintf(line, sizeof line,
	         "%zu tests, %zu failed; %zu atoms, %zu shown, %zu settled by the rest; "
	         "%zu changes, %zu noticed, %zu the same\n",
	         counts->tests, counts->failed, counts->atoms, counts->shown, counts->exempt,
	         counts->mutants, counts->noticed, counts->equivalent);
	output_text(output, line);
}

static enum status
write_trial(const struct trial *trial)
{
	struct output output;
	struct counts counts = {0};
	size_t count;
	const struct trial_policy *policies = trial_policies(trial, &count);
	output_start(&output);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < policies[i].clause_count; j++) {
			write_clause(&output, policies[i].policy, &policies[i].clauses[j]);
			count_clause(&counts, &policies[i].clauses[j]);
		}
	}
	write_counts(&output, &counts);
	if (!output_finish(&output))
		return STATUS_TROUBLE;
	return is_good(&counts) ? STATUS_ALLOWED : STATUS_DENIED;
}

static enum status
test(const struct options *options)
{
	enum status status = STATUS_TROUBLE;
	struct proviso_engine *engine = engine_make(options);
	struct trial *trial = engine != NULL ? trial_new(engine) : NULL;
	if (trial != NULL)
		status = write_trial(trial);
	else if (engine != NULL)
		message("out of memory");
	trial_free(trial);
	proviso_engine_free(engine);
	return status;
}

enum status
policy_test_run(const struct options *options)
{
	struct options wanted;
	enum status status = STATUS_TROUBLE;
	if (options_name_policies(&wanted, options))
		status = test(&wanted);
	else
		message("out of memory");
	free(wanted.policies.items);
	return status;
}
