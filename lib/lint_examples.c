#include "lint.h"
#include "text/reader.h"

static bool
meets(struct arena *arena, const struct vocabulary *vocabulary, const char *id, const char *line)
{
	struct facts facts;
	facts_start(&facts, vocabulary, arena);
	return reader_meets(&facts, id, span_of(line));
}

static void
lint_entry(struct arena *arena, struct document *document, const struct vocabulary *vocabulary,
           json_t *entry)
{
	const char *id = json_string_value(json_object_get(entry, "id"));
	json_t *yes = json_object_get(entry, "yes"), *no = json_object_get(entry, "no");
	if (yes != NULL && !meets(arena, vocabulary, id, json_string_value(yes)))
		document_problem_of(document, yes, "example-missed",
		                    "\"%s\" does not match the line that it must", id);
	if (no != NULL && meets(arena, vocabulary, id, json_string_value(no)))
		document_problem_of(document, no, "example-met",
		                    "\"%s\" matches the line that it must not", id);
}

void
vocabulary_lint(struct arena *arena, struct document *document,
                const struct vocabulary *vocabulary)
{
	static const char *const lists[] = {"masks", "patterns", "context"};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		size_t j;
		json_t *entry;
		json_array_foreach(json_object_get(document->root, lists[i]), j, entry)
			lint_entry(arena, document, vocabulary, entry);
	}
}
