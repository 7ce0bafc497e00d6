/* proviso policy list and show: policies as a person reads them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "message.h"
#include "options.h"
#include "prose.h"

enum { DEEPEST = 40 }; /* spaces that a nested condition is indented by at most */

static void
write_escaped(struct output *output, const char *text)
{
	output_escaped(output, text, strlen(text));
}

static void
write_row(struct output *output, const struct proviso_policy *policy)
{
	write_escaped(output, policy->policy);
	output_text(output, "\t");
	write_escaped(output, policy->title != NULL ? policy->title : "-");
	output_text(output, "\t");
	for (size_t i = 0; i < policy->revision_count; i++) {
		output_text(output, i != 0 ? "," : "");
		write_escaped(output, policy->revisions[i].revision);
	}
	output_text(output, "\t");
	output_number(output, policy->clause_count);
	output_text(output, policy->clause_count == 1 ? " clause\n" : " clauses\n");
}

enum status
policy_list_run(const struct options *options)
{
	static const char *all[] = {"all"};
	static struct output output;
	struct options wanted = *options;
	size_t count = 0;
	if (options->operands.count != 0) {
		usage_error(options->verb, "to list a file's policy, name it with --policy");
		return STATUS_TROUBLE;
	}
	if (wanted.policies.count == 0)
		wanted.policies = (struct strings){all, 1};
	struct proviso_engine *engine = engine_make(&wanted);
	if (engine == NULL)
		return STATUS_TROUBLE;
	const struct proviso_policy *policies = proviso_engine_policies(engine, &count);
	output_start(&output);
	for (size_t i = 0; i < count; i++)
		write_row(&output, &policies[i]);
	bool written = output_finish(&output);
	proviso_engine_free(engine);
	return written ? STATUS_ALLOWED : STATUS_TROUBLE;
}

/* A paragraph of "Heading: text", where there is a text. */
static void
write_line(struct output *output, const char *lead, const char *heading, const char *text)
{
	struct prose prose;
	if (text == NULL)
		return;
	prose_start(&prose, output, lead);
	prose_add(&prose, heading, text, NULL);
	prose_end(&prose);
}

static void
write_revision(struct output *output, const struct proviso_revision *revision, const char *chosen)
{
	struct prose prose;
	prose_start(&prose, output, "  ");
	prose_add(&prose, revision->revision, ": published ", revision->published,
	          ", in force from ", revision->in_force, NULL);
	if (revision->corrects != NULL)
		prose_add(&prose, ", corrects ", revision->corrects, NULL);
	if (revision->binds_from != NULL)
		prose_add(&prose, " and so binds from ", revision->binds_from, NULL);
	prose_add(&prose, revision->none ? ", no such policy from then on" : "", NULL);
	if (chosen != NULL && strcmp(chosen, revision->revision) == 0)
		prose_add(&prose, " (the one that judges)", NULL);
	prose_end(&prose);
	write_line(output, "    ", "", revision->note);
}

static void
add_atom(struct prose *prose, const struct proviso_condition *atom)
{
	prose_add(prose, atom->fact_label, ": ", atom->label, NULL);
	if (atom->unstated != NULL)
		prose_add(prose, " (unstated is taken as ", atom->unstated, ")", NULL);
}

static void
write_condition(struct output *output, size_t depth, const struct proviso_condition *condition)
{
	static const char *const leads[] = {
	        [PROVISO_ALL] = "all of this:",
	        [PROVISO_ANY] = "any of this:",
	        [PROVISO_NOT] = "not this:",
	        [PROVISO_PARTY] = "one party, acting or acted for, with all of this:",
	        [PROVISO_ATOM] = "",
	};
	char lead[DEEPEST + 3];
	struct prose prose;
	size_t spaces = depth < DEEPEST ? depth : DEEPEST;
	snprintf(lead, sizeof lead, "%*s- ", (int)spaces, "");
	prose_start(&prose, output, lead);
	prose_add(&prose, leads[condition->kind], NULL);
	if (condition->kind == PROVISO_ATOM)
		add_atom(&prose, condition);
	prose_end(&prose);
	for (size_t i = 0; i < condition->part_count; i++)
		write_condition(output, depth + 2, &condition->parts[i]);
}

static void
write_exception(struct output *output, const struct proviso_exception *exception)
{
	write_line(output, "  ", "Except",
	           exception->title != NULL ? "" : " on this ground and its conditions:");
	write_line(output, "    ", "", exception->title);
	if (exception->ground != NULL)
		write_condition(output, 4, exception->ground);
	for (size_t i = 0; i < exception->condition_count; i++)
		write_condition(output, 4, &exception->conditions[i]);
	write_line(output, "    ", "Section: ", exception->section);
	write_line(output, "    ", "", exception->note);
}

/* A revision that a clause names, and from which day on it binds. */
static void
write_bound(struct output *output, const char *heading, const struct proviso_policy *policy,
            const char *name)
{
	struct prose prose;
	const struct proviso_revision *revision = policy->revisions;
	if (name == NULL)
		return;
	while (strcmp(revision->revision, name) != 0)
		revision++;
	prose_start(&prose, output, "  ");
	prose_add(&prose, heading, name, ", in force from ", revision->in_force, NULL);
	if (revision->binds_from != NULL)
		prose_add(&prose, "; a correction, it binds from ", revision->binds_from, NULL);
	prose_end(&prose);
}

static void
write_clause(struct output *output, const struct proviso_policy *policy,
             const struct proviso_clause *clause, bool alone)
{
	write_escaped(output, clause->clause);
	output_text(output, clause->in_force ? "\n" : " (not in force)\n");
	write_line(output, "  ", "", clause->title);
	write_line(output, "  ", "", clause->text);
	write_line(output, "  ", "Policy: ", alone ? policy->policy : NULL);
	write_line(output, "  ", "Issuer: ", alone ? policy->issuer : NULL);
	write_bound(output, "Since revision ", policy, clause->since);
	write_bound(output, "Until revision ", policy, clause->until);
	write_line(output, "  ", "Section: ", clause->section);
	write_line(output, "  ", "Source: ", clause->source);
	write_line(output, "  ", "Confidence: ", clause->confidence);
	output_text(output, "  Prohibited where this holds:\n");
	if (clause->when != NULL)
		write_condition(output, 2, clause->when);
	for (size_t i = 0; i < clause->exception_count; i++)
		write_exception(output, &clause->exceptions[i]);
	write_line(output, "  ", "Note: ", clause->note);
}

static void
write_head(struct output *output, const struct proviso_policy *policy)
{
	write_escaped(output, policy->policy);
	output_text(output, "\n");
	write_line(output, "  ", "", policy->title);
	write_line(output, "  ", "Issuer: ", policy->issuer);
	write_line(output, "  ", "Source: ", policy->source);
	write_line(output, "  ", "Reviewed: ", policy->reviewed);
	write_line(output, "  ", "Note: ", policy->note);
	if (policy->applies != NULL) {
		output_text(output, "  Binds requests where this holds:\n");
		write_condition(output, 2, policy->applies);
	}
	output_text(output, "\nRevisions\n");
	for (size_t i = 0; i < policy->revision_count; i++)
		write_revision(output, &policy->revisions[i], policy->chosen);
	if (policy->chosen == NULL)
		output_text(output, "  None of them is in force on that day.\n");
}

static void
write_unreached(struct output *output, const struct proviso_policy *policy)
{
	if (policy->unreached_count != 0)
		output_text(output, "\nNot covered by any clause, and not judged\n");
	for (size_t i = 0; i < policy->unreached_count; i++) {
		write_line(output, "  ", "", policy->unreached[i].title);
		write_line(output, "    ", "Section: ", policy->unreached[i].section);
		write_line(output, "    ", "", policy->unreached[i].why);
	}
}

/* Without a day, all clauses; for a day, those in force. */
static void
write_policy(struct output *output, const struct options *options,
             const struct proviso_policy *policy)
{
	bool all = options->as_of == NULL && options->known_at == NULL;
	write_head(output, policy);
	for (size_t i = 0; i < policy->clause_count; i++) {
		if (!all && !policy->clauses[i].in_force)
			continue;
		output_text(output, "\n");
		write_clause(output, policy, &policy->clauses[i], false);
	}
	write_unreached(output, policy);
}

static bool
write_named_clause(struct output *output, const struct proviso_policy *policy, const char *name)
{
	for (size_t i = 0; i < policy->clause_count; i++) {
		if (strcmp(policy->clauses[i].clause, name) == 0) {
			write_clause(output, policy, &policy->clauses[i], true);
			return true;
		}
	}
	message("no clause '%s' in %s; 'proviso policy show %s' shows them all", name,
	        policy->policy, policy->policy);
	return false;
}

enum status
policy_show_run(const struct options *options)
{
	static struct output output;
	const struct strings *operands = &options->operands;
	struct options wanted = *options;
	bool shown = true;
	size_t count = 0;
	if (operands->count == 0 || operands->count > 2) {
		usage_error(options->verb, "name a policy or a file, and at most one clause");
		return STATUS_TROUBLE;
	}
	wanted.policies = (struct strings){operands->items, 1};
	const char *clause = operands->count == 2 ? operands->items[1] : NULL;
	struct proviso_engine *engine = engine_make(&wanted);
	if (engine == NULL)
		return STATUS_TROUBLE;
	const struct proviso_policy *policies = proviso_engine_policies(engine, &count);
	output_start(&output);
	for (size_t i = 0; i < count; i++) {
		output_text(&output, i != 0 ? "\n" : "");
		if (clause == NULL)
			write_policy(&output, options, &policies[i]);
		else
			shown = write_named_clause(&output, &policies[i], clause) && shown;
	}
	bool written = output_finish(&output);
	proviso_engine_free(engine);
	return written && shown ? STATUS_ALLOWED : STATUS_TROUBLE;
}
