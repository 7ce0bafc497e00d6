#include "engine.h"

#include <stdio.h>
#include <stdlib.h>

#include "message.h"

/* "proviso: file:line:column: [id] message", as much of it as there is. */
static void
report(void *data, const struct proviso_problem *problem)
{
	bool *reported = data;
	char place[64] = "";
	*reported = true;
	if (problem->line != 0)
		snprintf(place, sizeof place, ":%zu:%zu", problem->line, problem->column);
	message("%s%s%s%s%s%s%s", problem->file != NULL ? problem->file : "", place,
	        problem->file != NULL ? ": " : "", problem->id != NULL ? "[" : "",
	        problem->id != NULL ? problem->id : "", problem->id != NULL ? "] " : "",
	        problem->message);
}

struct proviso_options
engine_options(const struct options *options)
{
	return (struct proviso_options){
	        .policies = options->policies.items,
	        .policy_count = options->policies.count,
	        .vocabularies = options->vocabularies.items,
	        .vocabulary_count = options->vocabularies.count,
	        .clauses = options->clauses.items,
	        .clause_count = options->clauses.count,
	        .as_of = options->as_of,
	        .known_at = options->known_at,
	        .strict = options->strict,
	        .tests = options->verb->bit == VERB_TEST,
	};
}

bool
options_name_policies(struct options *copy, const struct options *options)
{
	const struct strings *lists[] = {&options->policies, &options->operands};
	struct strings names = {.count = 0};
	*copy = *options;
	names.items = calloc(lists[0]->count + lists[1]->count + 1, sizeof *names.items);
	copy->policies = names;
	if (names.items == NULL)
		return false;
	for (size_t i = 0; i < 2; i++) {
		for (size_t j = 0; j < lists[i]->count; j++)
			names.items[names.count++] = lists[i]->items[j];
	}
	if (names.count == 0)
		names.items[names.count++] = "all";
	copy->policies = names;
	return true;
}

struct proviso_engine *
engine_make(const struct options *options)
{
	struct proviso_options wanted = engine_options(options);
	bool reported = false;
	struct proviso_engine *engine = proviso_engine_new(&wanted, report, &reported);
	if (engine == NULL && !reported)
		message("out of memory");
	return engine;
}
