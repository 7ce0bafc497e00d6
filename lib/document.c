#include "document.h"

#include <stdarg.h>
#include <stdio.h>

struct place *
place_keep(struct arena *arena, const struct place *up, const char *key, size_t index)
{
	struct place *place = arena_alloc(arena, 1, sizeof *place);
	*place = (struct place){.up = up, .key = key, .index = index};
	return place;
}

bool
document_open(struct document *document, struct arena *arena, const char *name, struct span text,
              proviso_report *report, void *report_data)
{
	*document = (struct document){
	        .name = name, .text = text, .arena = arena, .report = report,
	        .report_data = report_data};
	if (!scan_record(&document->scan, arena, text)) {
		struct proviso_problem problem = {.file = name, .id = "json",
		                                  .message = document->scan.error};
		scan_position(text, document->scan.error_at, &problem.line, &problem.column);
		report(report_data, &problem);
		document->problems++;
		return false;
	}
	json_error_t error;
	document->root = json_loadb(text.at, text.length, JSON_REJECT_DUPLICATES, &error);
	if (json_is_object(document->root))
		return true;
	if (document->root == NULL && json_error_code(&error) == json_error_out_of_memory)
		longjmp(arena->exhausted, 1);
	document_problem(document, NULL, "shape", "%s",
	                 document->root != NULL ? "the file is not a JSON object" : error.text);
	return false;
}

void
document_close(struct document *document)
{
	json_decref(document->root);
	document->root = NULL;
}

static uint32_t
locate(const struct document *document, const struct place *place)
{
	if (place == NULL)
		return 0;
	const struct scan_node *nodes = document->scan.nodes;
	uint32_t parent = locate(document, place->up);
	if (place->key != NULL) {
		uint32_t member = nodes[parent].type == SCAN_OBJECT
		                          ? scan_member(&document->scan, parent, place->key)
		                          : 0;
		return member != 0 ? member : parent;
	}
	uint32_t node = parent + 1;
	for (size_t i = 0; i < place->index && node < nodes[parent].next; i++)
		node = nodes[node].next;
	return node < nodes[parent].next ? node : parent;
}

/* The node of `value` at or under `node`, which is that of `tree`; 0 if there is
 * none. Members stand in the tree in the order of the file. */
static uint32_t
find(const struct document *document, const json_t *tree, uint32_t node, const json_t *value)
{
	if (tree == value)
		return node;
	const struct scan_node *nodes = document->scan.nodes;
	uint32_t found = 0, child = node + 1;
	const char *key;
	json_t *part;
	size_t i;
	json_array_foreach((json_t *)tree, i, part) {
		if (found == 0)
			found = find(document, part, child, value);
		child = nodes[child].next;
	}
	json_object_foreach((json_t *)tree, key, part) {
		if (found == 0)
			found = find(document, part, child + 1, value);
		child = nodes[child + 1].next;
	}
	return found;
}

struct span
document_text(const struct document *document, const json_t *value)
{
	return scan_raw(&document->scan, find(document, document->root, 0, value));
}

void
document_find(const struct document *document, const json_t *value, size_t *line, size_t *column)
{
	struct span text = document_text(document, value);
	scan_position(document->text, (size_t)(text.at - document->text.at), line, column);
}

static void
report(struct document *document, uint32_t node, const char *id, const char *format,
       va_list arguments)
{
	char message[512];
	vsnprintf(message, sizeof message, format, arguments);
	struct proviso_problem problem = {.file = document->name, .id = id, .message = message};
	struct span value = scan_raw(&document->scan, node);
	scan_position(document->text, (size_t)(value.at - document->text.at), &problem.line,
	              &problem.column);
	document->report(document->report_data, &problem);
	document->problems++;
}

void
document_problem(struct document *document, const struct place *place, const char *id,
                 const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	report(document, locate(document, place), id, format, arguments);
	va_end(arguments);
}

void
document_problem_of(struct document *document, const json_t *value, const char *id,
                    const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	report(document, find(document, document->root, 0, value), id, format, arguments);
	va_end(arguments);
}

void
document_only(struct document *document, const struct place *place, json_t *object,
              const char *const *members)
{
	const char *key;
	json_t *value;
	json_object_foreach(object, key, value) {
		size_t i = 0;
		while (members[i] != NULL && strcmp(members[i], key) != 0)
			i++;
		if (members[i] == NULL) {
			struct place at = {.up = place, .key = key};
			document_problem(document, &at, "unknown-member", "unknown member \"%s\"",
			                 key);
		}
	}
}

static json_t *
member(struct document *document, const struct place *place, json_t *object, const char *key,
       bool required, json_type type, const char *kind)
{
	json_t *value = json_object_get(object, key);
	if (value == NULL) {
		if (required)
			document_problem(document, place, "missing-member", "\"%s\" is missing",
			                 key);
		return NULL;
	}
	if (json_is_null(value) && !required)
		return NULL;
	if (json_typeof(value) != type) {
		struct place at = {.up = place, .key = key};
		document_problem(document, &at, "shape", "\"%s\" is not %s", key, kind);
		return NULL;
	}
	return value;
}

const char *
document_string(struct document *document, const struct place *place, json_t *object,
                const char *key, bool required)
{
	json_t *value = member(document, place, object, key, required, JSON_STRING, "a string");
	return json_string_value(value);
}

json_t *
document_array(struct document *document, const struct place *place, json_t *object,
               const char *key, bool required)
{
	return member(document, place, object, key, required, JSON_ARRAY, "an array");
}
