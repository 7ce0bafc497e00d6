/*
 * builtin_make TABLES BYTES VOCABULARY... -- POLICY...
 *
 * Compiles the vocabulary and writes it, its sources and the policies: tables of
 * them in C, and the bytes for the assembler, as compilers are slow at large arrays.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "vocabulary.h"

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
		exit(1);
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

/* The two files that are written. */
struct output {
	FILE *tables, *bytes;
};

/* As words of 8 bytes, so that the image lies aligned. */
static void
print_bytes(const struct output *out, const char *name, size_t number, struct span bytes)
{
	fprintf(out->tables, "extern const char proviso_%s_%zu[];\n", name, number);
	fprintf(out->bytes, ".balign 8\n.globl proviso_%s_%zu\n.hidden proviso_%s_%zu\n", name,
	        number, name, number);
	fprintf(out->bytes, "proviso_%s_%zu:", name, number);
	for (size_t i = 0; i < bytes.length; i += 8) {
		uint64_t word = 0;
		size_t left = bytes.length - i;
		memcpy(&word, bytes.at + i, left < 8 ? left : 8);
		fprintf(out->bytes, "%s0x%" PRIx64, i % 64 == 0 ? "\n.quad " : ",", word);
	}
	fprintf(out->bytes, "\n");
}

static void
print_files(const struct output *out, const char *name, const char *singular, char **paths,
            size_t count, const struct span *texts)
{
	for (size_t i = 0; i < count; i++)
		print_bytes(out, singular, i, texts[i]);
	fprintf(out->tables, "const struct builtin_file %s[] = {\n", name);
	for (size_t i = 0; i < count; i++) {
		const char *slash = strrchr(paths[i], '/');
		fprintf(out->tables, "{\"%s\", {proviso_%s_%zu, %zu}},\n",
		        slash != NULL ? slash + 1 : paths[i], singular, i, texts[i].length);
	}
	fprintf(out->tables, "};\n");
}

/* A policy without the tests of its clauses, which most runs have no use for. */
static struct span
leave_out_tests(struct arena *arena, struct span text)
{
	json_t *root = json_loadb(text.at, text.length, JSON_REJECT_DUPLICATES, NULL), *clause;
	size_t i;
	json_array_foreach(json_object_get(root, "clauses"), i, clause)
		json_object_del(clause, "tests");
	char *brief = root != NULL ? json_dumps(root, JSON_COMPACT) : NULL;
	struct span left = text;
	if (brief != NULL)
		left = span_of(arena_copy(arena, span_of(brief)));
	free(brief);
	json_decref(root);
	return left;
}

static struct span
compile(struct arena *arena, char **paths, size_t count, const struct span *texts)
{
	struct document *documents = arena_alloc(arena, count, sizeof *documents);
	struct span image;
	bool good = true;
	for (size_t i = 0; i < count; i++)
		good &= document_open(&documents[i], arena, paths[i], texts[i], print_problem,
		                      NULL);
	good = good && vocabulary_compile(arena, documents, count, &image);
	for (size_t i = 0; i < count; i++)
		document_close(&documents[i]);
	if (!good)
		exit(1);
	return image;
}

static FILE *
open_file(const char *path)
{
	FILE *file = fopen(path, "w");
	if (file == NULL) {
		perror(path);
		exit(1);
	}
	return file;
}

int
main(int argc, char **argv)
{
	struct arena arena;
	arena_init(&arena);
	if (setjmp(arena.exhausted) != 0) {
		fprintf(stderr, "out of memory\n");
		return 1;
	}
	int split = 3;
	while (split < argc && strcmp(argv[split], "--") != 0)
		split++;
	if (split + 1 >= argc) {
		fprintf(stderr, "usage: builtin_make TABLES BYTES VOCABULARY... -- POLICY...\n");
		return 2;
	}
	struct span *texts = arena_alloc(&arena, (size_t)argc, sizeof *texts);
	for (int i = 3; i < argc; i++) {
		if (i != split)
			texts[i] = read_file(&arena, argv[i]);
	}
	size_t vocabularies = (size_t)(split - 3), policies = (size_t)(argc - split - 1);
	struct span image = compile(&arena, argv + 3, vocabularies, texts + 3);
	const struct output out = {open_file(argv[1]), open_file(argv[2])};
	fprintf(out.tables, "#include \"builtin.h\"\n\n");
	fprintf(out.bytes, ".section .note.GNU-stack,\"\",%%progbits\n.section .rodata\n");
	print_files(&out, "builtin_vocabularies", "builtin_vocabulary", argv + 3, vocabularies,
	            texts + 3);
	print_files(&out, "builtin_policies", "builtin_policy", argv + split + 1, policies,
	            texts + split + 1);
	for (int i = split + 1; i < argc; i++)
		texts[i] = leave_out_tests(&arena, texts[i]);
	print_files(&out, "builtin_untested", "builtin_untested", argv + split + 1, policies,
	            texts + split + 1);
	fprintf(out.tables, "const size_t builtin_vocabulary_count = %zu;\n", vocabularies);
	fprintf(out.tables, "const size_t builtin_policy_count = %zu;\n", policies);
	print_bytes(&out, "image", 0, image);
	fprintf(out.tables, "const struct span builtin_image = {proviso_image_0, %zu};\n",
	        image.length);
	arena_free(&arena);
	bool whole = fclose(out.tables) == 0;
	return fclose(out.bytes) == 0 && whole ? 0 : 1;
}
