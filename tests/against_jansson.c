#include "against_jansson.h"

#include <jansson.h>

/* The most digits of an integer that a double is sure to hold. */
enum { MOST_DIGITS = 308 };

static const char *compare(const struct scan *, struct arena *, uint32_t node, json_t *value);

static json_t *
load(struct span text, json_error_t *error)
{
	return json_loadb(text.at, text.length,
	                  JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL |
	                          JSON_DECODE_INT_AS_REAL,
	                  error);
}

static bool
has_huge_integer(struct span text)
{
	size_t digits = 0;
	for (size_t i = 0; i < text.length && digits <= MOST_DIGITS; i++)
		digits = text.at[i] >= '0' && text.at[i] <= '9' ? digits + 1 : 0;
	return digits > MOST_DIGITS;
}

static bool
has_nul(struct span text)
{
	return text.length != 0 && memchr(text.at, '\0', text.length) != NULL;
}

static const char *
compare_string(const struct scan *scan, struct arena *arena, uint32_t node, struct span wanted)
{
	const struct scan_node *string = &scan->nodes[node];
	const char *start = scan->text.at + string->start;
	if (node >= scan->count || string->type != SCAN_STRING)
		return "what should be a string is none";
	if (string->start == 0 || start[-1] != '"' || scan->text.at[string->end] != '"')
		return "a string is not what stands between its quotes";
	if (string->next != node + 1)
		return "a string has nodes of its own";
	size_t length = string->end - string->start;
	if (string->escaped != (length != 0 && memchr(start, '\\', length) != NULL))
		return "a string is said to be escaped that is not, or is not said to be";
	return span_equal(scan_string(scan, arena, node), wanted) ? NULL :
	                                                            "a string reads differently";
}

/* Of a value that has no parts. */
static const char *
compare_bytes(const struct scan *scan, uint32_t node, json_t *value)
{
	json_error_t error;
	json_t *again = load(scan_raw(scan, node), &error);
	bool same = json_equal(again, value);
	json_decref(again);
	if (scan->nodes[node].next != node + 1)
		return "a number or a literal has nodes of its own";
	return same ? NULL : "a number or a literal does not stand on its own bytes";
}

static bool
is_child(const struct scan *scan, uint32_t node, uint32_t parent, uint32_t order, bool name)
{
	const struct scan_node *child = &scan->nodes[node];
	return child->parent == parent && child->order == order && child->name == name;
}

static const char *
compare_members(const struct scan *scan, struct arena *arena, uint32_t node, json_t *object)
{
	const char *name, *difference;
	json_t *value;
	uint32_t at = node + 1, order = 0;
	json_object_foreach(object, name, value) {
		if ((difference = compare_string(scan, arena, at, span_of(name))) != NULL ||
		    (difference = compare(scan, arena, at + 1, value)) != NULL)
			return difference;
		if (scan_member(scan, node, name) != at + 1)
			return "a member is not found by its name";
		if (!is_child(scan, at, node, order, true) ||
		    !is_child(scan, at + 1, node, order++, false))
			return "a member has another place";
		at = scan->nodes[at + 1].next;
	}
	return at == scan->nodes[node].next ? NULL : "an object goes on behind its members";
}

static const char *
compare_elements(const struct scan *scan, struct arena *arena, uint32_t node, json_t *array)
{
	uint32_t at = node + 1;
	for (size_t i = 0; i < json_array_size(array); i++) {
		const char *difference = compare(scan, arena, at, json_array_get(array, i));
		if (difference != NULL)
			return difference;
		if (!is_child(scan, at, node, (uint32_t)i, false))
			return "an element has another place";
		at = scan->nodes[at].next;
	}
	return at == scan->nodes[node].next ? NULL : "an array goes on behind its elements";
}

static const char *
compare_container(const struct scan *scan, struct arena *arena, uint32_t node, json_t *value)
{
	bool object = json_is_object(value);
	struct span raw = scan_raw(scan, node);
	if (raw.length < 2 || raw.at[0] != (object ? '{' : '[') ||
	    raw.at[raw.length - 1] != (object ? '}' : ']'))
		return "an array or an object does not stand on its own bytes";
	return object ? compare_members(scan, arena, node, value) :
	                compare_elements(scan, arena, node, value);
}

static const char *
compare(const struct scan *scan, struct arena *arena, uint32_t node, json_t *value)
{
	static const enum scan_type types[] = {
	        [JSON_OBJECT] = SCAN_OBJECT, [JSON_ARRAY] = SCAN_ARRAY,
	        [JSON_STRING] = SCAN_STRING, [JSON_INTEGER] = SCAN_NUMBER,
	        [JSON_REAL] = SCAN_NUMBER,   [JSON_TRUE] = SCAN_TRUE,
	        [JSON_FALSE] = SCAN_FALSE,   [JSON_NULL] = SCAN_NULL,
	};
	if (node >= scan->count)
		return "a value is missing";
	if (scan->nodes[node].type != types[json_typeof(value)])
		return "a value is of another type";
	if (json_is_object(value) || json_is_array(value))
		return compare_container(scan, arena, node, value);
	if (json_is_string(value))
		return compare_string(
		        scan, arena, node,
		        (struct span){json_string_value(value), json_string_length(value)});
	return compare_bytes(scan, node, value);
}

static const char *
compare_accepted(const struct scan *scan, struct arena *arena, json_t *value)
{
	if (value == NULL)
		return "jansson rejects it";
	if (scan->nodes[0].next != scan->count)
		return "there are nodes behind the value";
	if (scan_utf8(scan->text) != scan->text.length)
		return "not all of it is UTF-8";
	return compare(scan, arena, 0, value);
}

/* The errors of jansson that suit a sentence of the scanner. jansson looks at a
 * whole number and one byte more before it asks whether one may stand there, and
 * at a whole string before it decodes it, so that an error further back in these comes first. An
 * integer behind the value that is more than the referee holds is "not valid
 * JSON" instead of extra bytes. */
static const struct {
	const char *sentence;
	enum json_error_code codes[4];
} suiting[] = {
        {"not valid UTF-8", {json_error_invalid_utf8}},
        {"extra bytes after the value", {json_error_end_of_input_expected}},
        {"duplicate key", {json_error_duplicate_key}},
        {"number too large", {json_error_numeric_overflow, json_error_invalid_utf8}},
        {"control character in a string", {json_error_invalid_syntax}},
        {"no JSON value", {json_error_premature_end_of_input}},
        {"not valid JSON",
         {json_error_invalid_syntax, json_error_premature_end_of_input,
          json_error_numeric_overflow, json_error_end_of_input_expected}},
        {"input ends inside a value",
         {json_error_invalid_syntax, json_error_premature_end_of_input}},
        {"lone surrogate",
         {json_error_invalid_syntax, json_error_premature_end_of_input,
          json_error_invalid_utf8}},
        {"NUL in a key",
         {json_error_null_byte_in_key, json_error_invalid_syntax,
          json_error_premature_end_of_input, json_error_invalid_utf8}},
};

static const char *
compare_rejected(const struct scan *scan, json_t *value, enum json_error_code code)
{
	if (scan->error_at > scan->text.length)
		return "the error stands behind the end";
	if (strcmp(scan->error, "nested deeper than 64") == 0 ||
	    strcmp(scan->error, "more than 200,000 values") == 0)
		return NULL;
	if (value != NULL)
		return "jansson accepts it";
	if (code == json_error_invalid_utf8 && scan_utf8(scan->text) == scan->text.length)
		return "all of it is UTF-8";
	for (size_t i = 0; i < sizeof suiting / sizeof *suiting; i++)
		if (strcmp(scan->error, suiting[i].sentence) == 0)
			for (size_t j = 0; j < sizeof suiting->codes / sizeof *suiting->codes; j++)
				if (suiting[i].codes[j] == code)
					return NULL;
	return "jansson has another error";
}

const char *
against_jansson(const struct scan *scan, struct arena *arena)
{
	json_error_t error = {.line = 0};
	json_t *value = load(scan->text, &error);
	enum json_error_code code = value == NULL ? json_error_code(&error) : json_error_unknown;
	const char *difference = NULL;
	if (has_nul(scan->text))
		difference = scan->error == NULL ? "it holds a NUL" : NULL;
	else if (code != json_error_numeric_overflow || !has_huge_integer(scan->text))
		difference = scan->error == NULL ? compare_accepted(scan, arena, value) :
		                                   compare_rejected(scan, value, code);
	json_decref(value);
	return difference;
}
