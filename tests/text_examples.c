/*
 * Every mask, pattern and context entry of the vocabulary brings a line that it
 * must match and one that it must not, and no pattern matches ordinary sentences.
 *
 *	text_examples VOCABULARY...
 *
 * compiles the files, in order, and prints TAP, one test a file, with every line
 * that is not as it should be as FILE: ID: "LINE". Exit status 1 if there is one.
 */
#include <stdio.h>
#include <stdlib.h>

#include "text/reader.h"

static void
print_problem(void *data, const struct proviso_problem *problem)
{
	(void)data;
	fprintf(stderr, "%s:%zu:%zu: [%s] %s\n", problem->file, problem->line, problem->column,
	        problem->id, problem->message);
}

static struct span
read_file(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL) {
		perror(path);
		exit(2);
	}
	char *bytes = NULL;
	size_t length = 0, capacity = 0;
	for (int c; (c = getc(file)) != EOF; length++) {
		bytes = arena_grow(arena, bytes, length, &capacity, 1);
		bytes[length] = (char)c;
	}
	fclose(file);
	return (struct span){bytes, length};
}

static bool
meets(const struct vocabulary *vocabulary, const char *id, const char *line)
{
	struct arena arena;
	struct facts facts;
	arena_init(&arena);
	if (setjmp(arena.exhausted) != 0)
		abort();
	facts_start(&facts, vocabulary, &arena);
	bool met = reader_meets(&facts, id, span_of(line));
	arena_free(&arena);
	return met;
}

static size_t
check_entry(const struct vocabulary *vocabulary, const char *file, json_t *entry)
{
	const char *id = json_string_value(json_object_get(entry, "id"));
	const char *yes = json_string_value(json_object_get(entry, "yes"));
	const char *no = json_string_value(json_object_get(entry, "no"));
	size_t wrong = 0;
	if (yes == NULL || no == NULL) {
		printf("# %s: %s: lacks an example line\n", file, id);
		return 1;
	}
	if (!meets(vocabulary, id, yes)) {
		printf("# %s: %s: does not match \"%s\"\n", file, id, yes);
		wrong++;
	}
	if (meets(vocabulary, id, no)) {
		printf("# %s: %s: matches \"%s\"\n", file, id, no);
		wrong++;
	}
	return wrong;
}

/* Whatever tells something in one of these tells it nearly everywhere. */
static size_t
check_pattern(const struct vocabulary *vocabulary, const char *file, json_t *entry)
{
	static const char *const ordinary[] = {
	        "The bread was still warm, and nobody had eaten any of it.",
	        "It is not far, but you will need good shoes for the last part.",
	        "Please add two cups of flour to the bowl and stir until all of it is smooth.",
	        "She has written a longer version of it and would like to hear what you think.",
	        "Are there any of the blue ones left, or should I take two of these?",
	};
	const char *id = json_string_value(json_object_get(entry, "id"));
	for (size_t i = 0; i < sizeof ordinary / sizeof *ordinary; i++) {
		if (meets(vocabulary, id, ordinary[i])) {
			printf("# %s: %s: matches what says nothing: \"%s\"\n", file, id, ordinary[i]);
			return 1;
		}
	}
	return 0;
}

static size_t
check_file(const struct vocabulary *vocabulary, const struct document *document)
{
	static const char *const lists[] = {"masks", "patterns", "context", NULL};
	size_t wrong = 0;
	for (size_t i = 0; lists[i] != NULL; i++) {
		size_t j;
		json_t *entry;
		json_array_foreach(json_object_get(document->root, lists[i]), j, entry)
			wrong += check_entry(vocabulary, document->name, entry);
	}
	size_t j;
	json_t *entry;
	json_array_foreach(json_object_get(document->root, "patterns"), j, entry)
		wrong += check_pattern(vocabulary, document->name, entry);
	return wrong;
}

static bool
check_files(struct arena *arena, char **paths, size_t count)
{
	struct document *documents = arena_alloc(arena, count + 1, sizeof *documents);
	bool good = count != 0;
	size_t wrong = 0;
	struct span image;
	for (size_t i = 0; i < count; i++)
		good &= document_open(&documents[i], arena, paths[i], read_file(arena, paths[i]),
		                      print_problem, NULL);
	good = good && vocabulary_compile(arena, documents, count, &image);
	if (good) {
		struct vocabulary vocabulary;
		vocabulary_use(&vocabulary, image);
		for (size_t i = 0; i < count; i++) {
			size_t missed = check_file(&vocabulary, &documents[i]);
			printf("%s %zu - the example lines of %s\n", missed ? "not ok" : "ok",
			       i + 1, paths[i]);
			wrong += missed;
		}
		printf("1..%zu\n", count);
	}
	for (size_t i = 0; i < count; i++)
		document_close(&documents[i]);
	return good && wrong == 0;
}

int
main(int argc, char **argv)
{
	struct arena arena;
	arena_init(&arena);
	if (setjmp(arena.exhausted) != 0)
		abort();
	bool good = check_files(&arena, argv + 1, (size_t)(argc - 1));
	arena_free(&arena);
	return !good;
}
