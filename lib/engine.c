#include "engine.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>

#include "builtin.h"
#include "lint.h"

struct builder {
	struct proviso_engine *engine;
	const struct proviso_options *options;
	proviso_report *report;
	void *data;
	size_t problems;
};

static void
option_problem(struct builder *builder, const char *message)
{
	struct proviso_problem problem = {.message = message};
	builder->report(builder->data, &problem);
	builder->problems++;
}

static bool
is_path(const char *name)
{
	size_t length = strlen(name);
	return strchr(name, '/') != NULL ||
	       (length > 5 && strcmp(name + length - 5, ".json") == 0);
}

static void
file_problem(struct builder *builder, const char *path)
{
	struct proviso_problem problem = {.file = path, .message = strerror(errno)};
	builder->report(builder->data, &problem);
	builder->problems++;
}

/* The bytes of a file in the engine's arena; reports what is wrong. */
static bool
read_file(struct builder *builder, const char *path, struct span *text)
{
	struct proviso_engine *engine = builder->engine;
	char *bytes = NULL;
	size_t length = 0, capacity = 0;
	engine->reading = fopen(path, "rb");
	if (engine->reading == NULL) {
		file_problem(builder, path);
		return false;
	}
	for (int c; (c = getc(engine->reading)) != EOF; length++) {
		bytes = arena_grow(&engine->arena, bytes, length, &capacity, 1);
		bytes[length] = (char)c;
	}
	bool good = !ferror(engine->reading);
	if (!good)
		file_problem(builder, path);
	fclose(engine->reading);
	engine->reading = NULL;
	*text = (struct span){bytes, length};
	return good;
}

/* A slot for one more document; there are enough for every option. */
static struct document *
open_document(struct builder *builder, const char *name, struct span text)
{
	struct proviso_engine *engine = builder->engine;
	struct document *document = &engine->documents[engine->document_count++];
	bool good = document_open(document, &engine->arena, name, text, builder->report,
	                          builder->data);
	builder->problems += document->problems;
	return good ? document : NULL;
}

/* Opens the files of the built-in vocabulary, and those that add to it. */
static bool
open_vocabulary(struct builder *builder)
{
	const struct proviso_options *options = builder->options;
	bool good = true;
	for (size_t i = 0; i < builtin_vocabulary_count; i++)
		good &= open_document(builder, builtin_vocabularies[i].name,
		                      builtin_vocabularies[i].text) != NULL;
	for (size_t i = 0; i < options->vocabulary_count; i++) {
		struct span text;
		good &= read_file(builder, options->vocabularies[i], &text) &&
		        open_document(builder, options->vocabularies[i], text) != NULL;
	}
	return good;
}

static void
load_vocabulary(struct builder *builder)
{
	struct proviso_engine *engine = builder->engine;
	const struct proviso_options *options = builder->options;
	struct document *first = engine->documents + engine->document_count;
	struct span image;
	if (options->vocabulary_count == 0) {
		vocabulary_use(&engine->vocabulary, builtin_image);
		return;
	}
	if (!open_vocabulary(builder) ||
	    !vocabulary_compile(&engine->arena, first,
	                        builtin_vocabulary_count + options->vocabulary_count, &image)) {
		builder->problems++;
		return;
	}
	vocabulary_use(&engine->vocabulary, image);
	for (size_t i = 0; i < options->vocabulary_count && options->lint; i++)
		vocabulary_lint(&engine->arena, &first[builtin_vocabulary_count + i],
		                &engine->vocabulary);
}

/* Where a policy of that name stands, or would stand. */
static size_t
policy_index(const struct proviso_engine *engine, const char *name)
{
	size_t at = 0;
	while (at < engine->policy_count && strcmp(engine->policies[at].name, name) < 0)
		at++;
	return at;
}

/* What a policy says, its tests apart; the caller's to let go. */
static json_t *
without_tests(const json_t *policy)
{
	json_t *copy = json_deep_copy(policy), *clause;
	size_t i;
	json_array_foreach(json_object_get(copy, "clauses"), i, clause)
		json_object_del(clause, "tests");
	return copy;
}

static bool
says_the_same(const struct document *one, const struct document *other)
{
	json_t *left = without_tests(one->root), *right = without_tests(other->root);
	bool same = json_equal(left, right) != 0;
	json_decref(left);
	json_decref(right);
	return same;
}

/* Whether a policy is there already. One of that name that says something else is a
 * problem. */
static bool
is_repeated(struct builder *builder, const struct policy *policy, size_t at)
{
	const struct proviso_engine *engine = builder->engine;
	struct place place = {.key = "policy"};
	if (at == engine->policy_count || strcmp(engine->policies[at].name, policy->name) != 0)
		return false;
	const struct document *other = engine->policies[at].document;
	if (!says_the_same(policy->document, other)) {
		document_problem(policy->document, &place, "duplicate",
		                 "%s is another policy named \"%s\"", other->name, policy->name);
		builder->problems++;
	}
	return true;
}

static void
add_policy(struct builder *builder, const char *name, struct span text)
{
	struct proviso_engine *engine = builder->engine;
	struct document *document = open_document(builder, name, text);
	if (document == NULL)
		return;
	struct policy policy;
	policy_compile(&policy, &engine->arena, document, &engine->vocabulary);
	if (builder->options->lint)
		policy_lint(&engine->arena, &policy, &engine->vocabulary);
	if (document->problems != 0) {
		builder->problems++;
		return;
	}
	size_t at = policy_index(engine, policy.name);
	if (is_repeated(builder, &policy, at))
		return;
	memmove(&engine->policies[at + 1], &engine->policies[at],
	        (engine->policy_count - at) * sizeof *engine->policies);
	engine->policies[at] = policy;
	engine->policy_count++;
}

static void
unknown_policy(struct builder *builder, const char *name)
{
	struct arena *arena = &builder->engine->arena;
	const char *names = "";
	for (size_t i = 0; i < builtin_policy_count; i++) {
		const char *file = builtin_policies[i].name;
		names = arena_printf(arena, "%s%s%.*s", names, i == 0 ? "" : ", ",
		                     (int)(strlen(file) - strlen(".json")), file);
	}
	option_problem(builder, arena_printf(arena,
	                                     "no policy named '%s' is built in (there are: %s); "
	                                     "a file is named with a / or by .json",
	                                     name, names));
}

static void
load_policy(struct builder *builder, const char *name)
{
	bool applicable = strcmp(name, "applicable") == 0;
	bool found = false, all = applicable || strcmp(name, "all") == 0;
	builder->engine->applicable |= applicable;
	if (is_path(name)) {
		struct span text;
		if (read_file(builder, name, &text))
			add_policy(builder, name, text);
		return;
	}
	bool tests = builder->options->tests || builder->options->lint;
	for (size_t i = 0; i < builtin_policy_count; i++) {
		const struct builtin_file *file =
		        tests ? &builtin_policies[i] : &builtin_untested[i];
		size_t length = strlen(file->name) - strlen(".json");
		if (all || span_equal(span_of(name), (struct span){file->name, length})) {
			add_policy(builder, file->name, file->text);
			found = true;
		}
	}
	if (!found)
		unknown_policy(builder, name);
}

static void
load_policies(struct builder *builder)
{
	const struct proviso_options *options = builder->options;
	if (options->policy_count == 0)
		load_policy(builder, "azure-openai");
	for (size_t i = 0; i < options->policy_count; i++)
		load_policy(builder, options->policies[i]);
}

static int32_t
option_day(struct builder *builder, const char *option, const char *text)
{
	int32_t day = date_parse_day(span_of(text));
	if (day == NO_DATE)
		option_problem(builder, arena_printf(&builder->engine->arena,
		                                     "%s: '%s' is not a day of the form "
		                                     "YYYY-MM-DD",
		                                     option, text));
	return day;
}

static bool
clause_exists(const struct proviso_engine *engine, const char *pattern)
{
	for (size_t i = 0; i < engine->policy_count; i++) {
		const struct policy *policy = &engine->policies[i];
		for (size_t j = 0; j < policy->clause_count; j++) {
			if (fnmatch(pattern, policy->clauses[j].name, 0) == 0)
				return true;
		}
	}
	return false;
}

static void
take_options(struct builder *builder)
{
	struct proviso_engine *engine = builder->engine;
	const struct proviso_options *options = builder->options;
	engine->strict = options->strict;
	engine->as_of = engine->known_at = NO_DATE;
	engine->as_of_record = options->as_of != NULL && strcmp(options->as_of, "record") == 0;
	if (options->as_of != NULL && !engine->as_of_record)
		engine->as_of = option_day(builder, "--as-of", options->as_of);
	if (options->known_at != NULL)
		engine->known_at = option_day(builder, "--known-at", options->known_at);
	const char **clauses =
	        arena_alloc(&engine->arena, options->clause_count + 1, sizeof *clauses);
	for (size_t i = 0; i < options->clause_count; i++) {
		clauses[i] = arena_copy(&engine->arena, span_of(options->clauses[i]));
		if (builder->problems == 0 && !clause_exists(engine, clauses[i]))
			option_problem(builder, arena_printf(&engine->arena,
			                                     "--clause: no clause matches '%s'",
			                                     clauses[i]));
	}
	engine->clauses = clauses;
	engine->clause_count = options->clause_count;
}

/* False if anything was wrong. */
static bool
build(struct builder *builder)
{
	struct proviso_engine *engine = builder->engine;
	const struct proviso_options *options = builder->options;
	size_t policies = options->policy_count * builtin_policy_count + options->policy_count + 1;
	engine->documents = arena_alloc(
	        &engine->arena, policies + builtin_vocabulary_count + options->vocabulary_count,
	        sizeof *engine->documents);
	engine->policies = arena_alloc(&engine->arena, policies, sizeof *engine->policies);
	load_vocabulary(builder);
	if (builder->problems == 0)
		load_policies(builder);
	take_options(builder);
	if (builder->problems != 0)
		return false;
	engine->descriptions = describe_policies(engine);
	return true;
}

static void
ignore_problem(void *data, const struct proviso_problem *problem)
{
	(void)data;
	(void)problem;
}

/* False if anything was wrong or memory ran out. */
static bool
try_to_build(struct builder *builder)
{
	if (setjmp(builder->engine->arena.exhausted) != 0)
		return false;
	return build(builder);
}

struct proviso_engine *
proviso_engine_new(const struct proviso_options *options, proviso_report *report, void *data)
{
	static const struct proviso_options defaults = {0};
	struct proviso_engine *engine = calloc(1, sizeof *engine);
	if (engine == NULL)
		return NULL;
	arena_init(&engine->arena);
	engine->preparation = preparation_new();
	struct builder builder = {.engine = engine,
	                          .options = options != NULL ? options : &defaults,
	                          .report = report != NULL ? report : ignore_problem,
	                          .data = data};
	if (engine->preparation == NULL || !try_to_build(&builder)) {
		proviso_engine_free(engine);
		return NULL;
	}
	return engine;
}

void
proviso_engine_free(struct proviso_engine *engine)
{
	if (engine == NULL)
		return;
	if (engine->reading != NULL)
		fclose(engine->reading);
	for (size_t i = 0; i < engine->document_count; i++)
		document_close(&engine->documents[i]);
	preparation_free(engine->preparation);
	arena_free(&engine->arena);
	free(engine);
}

bool
engine_chooses(const struct proviso_engine *engine, const struct clause *clause)
{
	bool chosen = engine->clause_count == 0;
	for (size_t i = 0; i < engine->clause_count && !chosen; i++)
		chosen = fnmatch(engine->clauses[i], clause->name, 0) == 0;
	return chosen;
}

int32_t
engine_as_of(const struct proviso_engine *engine, const struct policy *policy, int32_t date)
{
	if (engine->as_of_record)
		return date;
	return engine->as_of != NO_DATE ? engine->as_of : policy->reviewed;
}

const struct proviso_policy *
proviso_engine_policies(const struct proviso_engine *engine, size_t *count)
{
	*count = engine->policy_count;
	return engine->descriptions;
}

const char *
proviso_fact_label(const struct proviso_engine *engine, const char *fact)
{
	uint32_t axis = vocabulary_axis(&engine->vocabulary, fact);
	return axis == NO_AXIS ? NULL
	                       : vocabulary_text(&engine->vocabulary,
	                                         engine->vocabulary.axes[axis].label);
}

const char *
proviso_version(void)
{
	return PROVISO_VERSION;
}
