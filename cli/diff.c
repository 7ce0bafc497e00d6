/* proviso diff: what two policies, or two texts of one, judge differently. */
#include "diff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differ.h"
#include "engine.h"
#include "message.h"
#include "writer.h"

/* YYYY-MM-DD and no more; whether there is such a day the library knows. */
static bool
is_day(const char *text)
{
	static const char form[] = "dddd-dd-dd";
	if (strlen(text) != strlen(form))
		return false;
	for (size_t i = 0; form[i] != '\0'; i++) {
		bool digit = text[i] >= '0' && text[i] <= '9';
		if (form[i] == 'd' ? !digit : text[i] != '-')
			return false;
	}
	return true;
}

/* The text that people could read on a day: what was known then. */
static struct proviso_engine *
engine_of_day(const struct options *options, const char *day)
{
	struct options wanted = *options;
	wanted.as_of = wanted.known_at = day;
	return engine_make(&wanted);
}

static const struct proviso_revision *
find_revision(const struct proviso_policy *policy, const char *name)
{
	for (size_t i = 0; i < policy->revision_count; i++) {
		if (strcmp(policy->revisions[i].revision, name) == 0)
			return &policy->revisions[i];
	}
	return NULL;
}

/* A policy as a revision of it left it, before anything later was published. */
static struct proviso_engine *
engine_of_revision(const struct options *options, const struct proviso_engine *whole,
                   const char *name)
{
	size_t count;
	const struct proviso_policy *policies = proviso_engine_policies(whole, &count);
	const struct proviso_revision *revision = find_revision(&policies[0], name);
	struct options wanted = *options;
	if (revision == NULL && is_day(name))
		return engine_of_day(options, name);
	if (revision == NULL) {
		message("%s has no revision '%s'", policies[0].policy, name);
		return NULL;
	}
	wanted.as_of = revision->in_force;
	wanted.known_at = revision->published;
	struct proviso_engine *engine = engine_make(&wanted);
	if (engine == NULL)
		return NULL;
	policies = proviso_engine_policies(engine, &count);
	if (policies[0].chosen != NULL && strcmp(policies[0].chosen, name) == 0)
		return engine;
	message("revision '%s' of %s never came into force", name, policies[0].policy);
	proviso_engine_free(engine);
	return NULL;
}

/* POLICY, POLICY@REVISION or POLICY@DAY. */
static struct proviso_engine *
engine_of_policy(const struct options *options, const char *side)
{
	const char *at = strrchr(side, '@');
	size_t length = at != NULL ? (size_t)(at - side) : strlen(side);
	char *name = malloc(length + 1);
	const char *names[] = {name};
	struct options wanted = *options;
	if (name == NULL) {
		message("out of memory");
		return NULL;
	}
	memcpy(name, side, length);
	name[length] = '\0';
	wanted.policies = (struct strings){names, 1};
	struct proviso_engine *whole = engine_make(&wanted), *engine = whole;
	if (whole != NULL && at != NULL) {
		engine = engine_of_revision(&wanted, whole, at + 1);
		proviso_engine_free(whole);
	}
	free(name);
	return engine;
}

/* `side`: what --from or --to says, or NULL: the policies as they stand. */
static struct proviso_engine *
engine_of_side(const struct options *options, const char *side)
{
	if (side == NULL)
		return engine_make(options);
	if (is_day(side))
		return engine_of_day(options, side);
	return engine_of_policy(options, side);
}

static void
write_difference(struct output *output, const struct difference *difference)
{
	output_text(output, verdict_name(difference->from));
	output_text(output, " -> ");
	output_text(output, verdict_name(difference->to));
	output_text(output, ": ");
	for (size_t i = 0; i < difference->fact_count; i++) {
		output_text(output, i != 0 ? "; " : "");
		output_escaped(output, difference->facts[i], strlen(difference->facts[i]));
	}
	output_text(output, difference->fact_count == 0 ? "whatever the request" : "");
	output_text(output, difference->unless ? " (unless another clause prohibits it)" : "");
	if (difference->request != NULL) {
		output_text(output, "\n\t");
		output_escaped(output, difference->request, strlen(difference->request));
	}
	output_text(output, "\n");
}

static enum status
write_differences(const struct differ *differ)
{
	struct output output;
	size_t count;
	const struct difference *found = differ_found(differ, &count);
	output_start(&output);
	for (size_t i = 0; i < count; i++)
		write_difference(&output, &found[i]);
	if (!output_finish(&output))
		return STATUS_TROUBLE;
	if (differ_unfinished(differ))
		message("there may be more differences than these");
	if (differ_unfinished(differ) && count == 0)
		return STATUS_TROUBLE;
	return count != 0 ? STATUS_DENIED : STATUS_ALLOWED;
}

static enum status
diff_facts(const struct proviso_engine *from, const struct proviso_engine *to)
{
	enum status status = STATUS_TROUBLE;
	struct differ *differ = differ_new(from, to);
	if (differ == NULL)
		message("out of memory");
	else if (differ_without_text(differ) != NULL)
		message("%s has no text for that day", differ_without_text(differ));
	else
		status = write_differences(differ);
	differ_free(differ);
	return status;
}

enum status
diff_run(const struct options *options)
{
	enum status status = STATUS_TROUBLE;
	if (options->from == NULL && options->to == NULL) {
		usage_error(options->verb, "say with --from or --to what is compared");
		return status;
	}
	struct proviso_engine *from = engine_of_side(options, options->from);
	struct proviso_engine *to = from != NULL ? engine_of_side(options, options->to) : NULL;
	if (to != NULL)
		status = options->operands.count != 0 ? diff_requests(options, from, to)
		                                      : diff_facts(from, to);
	proviso_engine_free(from);
	proviso_engine_free(to);
	return status;
}
