#include <jansson.h>

#include "scan_parts.h"

/* An integer with more digits than this may be more than jansson holds. */
enum { SURE_DIGITS = 18 };

const char scan_not_json[] = "not valid JSON";

/* Whether jansson accepts the text; if not, how it calls the error. */
static bool
ask_jansson(struct span text, enum json_error_code *code)
{
	json_error_t error = {.line = 0};
	json_t *value = json_loadb(text.at, text.length,
	                           JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL,
	                           &error);
	if (value == NULL)
		*code = json_error_code(&error);
	bool accepted = value != NULL;
	json_decref(value);
	return accepted;
}

bool
referee_holds(struct arena *arena, struct span number)
{
	enum json_error_code code;
	if (ask_jansson(number, &code))
		return true;
	/* It is well-formed, so that any other error is a lack of memory. */
	if (code != json_error_numeric_overflow)
		longjmp(arena->exhausted, 1);
	return false;
}

/* The text with its long integers cut short, which are too much for jansson
 * but no error, every other byte being where it was. */
static struct span
shortened(const struct scan *scan, struct arena *arena)
{
	char *copy = NULL;
	for (size_t i = 0; i < scan->count; i++) {
		const struct scan_node *node = &scan->nodes[i];
		const char *number = scan->text.at + node->start;
		size_t length = node->end - node->start;
		if (node->type != SCAN_NUMBER || length <= SURE_DIGITS ||
		    memchr(number, '.', length) != NULL || memchr(number, 'e', length) != NULL ||
		    memchr(number, 'E', length) != NULL)
			continue;
		if (copy == NULL)
			copy = arena_copy(arena, scan->text);
		memset(copy + node->start + 2, ' ', length - 2);
	}
	return (struct span){copy != NULL ? copy : scan->text.at, scan->text.length};
}

/* Should jansson see no error, the scanner's own words stand. */
const char *
referee_sentence(const struct scan *scan, struct arena *arena)
{
	enum json_error_code code;
	if (ask_jansson(shortened(scan, arena), &code))
		return scan_not_json;
	switch (code) {
	case json_error_invalid_utf8:
		return "not valid UTF-8";
	case json_error_end_of_input_expected:
		return "extra bytes after the value";
	default:
		/* To jansson a NUL is an end of input, and a literal cut short is none. */
		return scan->error_at == scan->text.length ? "input ends inside a value" :
		                                             scan_not_json;
	}
}
