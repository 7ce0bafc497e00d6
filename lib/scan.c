#include "scan.h"

#include "scan_parts.h"

/* A real below ten to this is no more than a double holds. */
enum { SURE_EXPONENT = 308 };
enum { FIRST_NODES = 64 };

struct scanner {
	struct arena *arena;
	struct scan *scan;
	const unsigned char *text;
	size_t length;
	size_t at;
	struct scan_node *nodes;
	size_t count, capacity;
	size_t values;
	uint32_t open[SCAN_DEPTH]; /* the containers around `at`, outermost first */
	size_t depth;
};

static bool
fail(struct scanner *s, size_t at, const char *error)
{
	s->scan->error = error;
	s->scan->error_at = at;
	return false;
}

/* The byte at `at`, or -1 at the end. */
static inline int
peek(const struct scanner *s)
{
	return s->at < s->length ? s->text[s->at] : -1;
}

static inline void
skip_space(struct scanner *s)
{
	for (;;) {
		int c = peek(s);
		if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
			return;
		s->at++;
	}
}

static inline bool
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

/* The digits of \uXXXX at s->at, just past the `u`; of a pair, both escapes. */
static bool
scan_unit(struct scanner *s, bool name)
{
	const char *p = s->scan->text.at + s->at;
	size_t left = s->length - s->at;
	long unit = hex_unit(p, left);
	if (unit < 0) {
		while (hex_digit(peek(s)) >= 0)
			s->at++;
		return fail(s, s->at, scan_not_json);
	}
	if (unit == 0 && name)
		return fail(s, s->at - 2, "NUL in a key");
	s->at += 4;
	if (!is_high_surrogate(unit))
		return is_low_surrogate(unit) ? fail(s, s->at - 6, "lone surrogate") : true;
	if (left < 10 || p[4] != '\\' || p[5] != 'u' ||
	    !is_low_surrogate(hex_unit(p + 6, left - 6)))
		return fail(s, s->at - 6, "lone surrogate");
	s->at += 6;
	return true;
}

static __attribute__((noinline)) bool
scan_escape(struct scanner *s, bool name)
{
	s->at++;
	int c = peek(s);
	if (c == 'u') {
		s->at++;
		return scan_unit(s, name);
	}
	if (escape_meaning(c) == 0)
		return fail(s, s->at, scan_not_json);
	s->at++;
	return true;
}

/* The rest of a string after its opening quote, the closing one not taken. */
static bool
scan_text(struct scanner *s, bool name, bool *escaped)
{
	for (;;) {
		s->at = scan_characters(s->text, s->at, s->length);
		int c = peek(s);
		if (c == '"')
			return true;
		if (c != '\\')
			return fail(s, s->at,
			            c < 0 || c >= 0x80 ? scan_not_json :
			                                 "control character in a string");
		*escaped = true;
		do
			if (!scan_escape(s, name))
				return false;
		while (peek(s) == '\\');
	}
}

static struct scan_node *
add_node(struct scanner *s, enum scan_type type, size_t start)
{
	s->nodes = arena_grow(s->arena, s->nodes, s->count, &s->capacity, sizeof *s->nodes);
	struct scan_node *node = &s->nodes[s->count++];
	*node = (struct scan_node){.start = (uint32_t)start,
	                           .end = (uint32_t)s->at,
	                           .next = (uint32_t)s->count,
	                           .type = (uint8_t)type};
	return node;
}

static bool
scan_quoted(struct scanner *s, bool name)
{
	bool escaped = false;
	size_t start = ++s->at;
	if (!scan_text(s, name, &escaped))
		return false;
	add_node(s, SCAN_STRING, start)->escaped = escaped;
	s->at++;
	return true;
}

static bool
scan_literal(struct scanner *s, const char *word, enum scan_type type)
{
	size_t start = s->at;
	for (; *word != '\0'; word++, s->at++)
		if (peek(s) != *word)
			return fail(s, s->at, scan_not_json);
	add_node(s, type, start);
	return true;
}

static bool
scan_digits(struct scanner *s)
{
	if (!is_digit(peek(s)))
		return fail(s, s->at, scan_not_json);
	while (is_digit(peek(s)))
		s->at++;
	return true;
}

/* The exponent after `e`. Beyond what can matter it stays where it is. */
static bool
scan_exponent(struct scanner *s, size_t *exponent)
{
	s->at++;
	bool negative = peek(s) == '-';
	if (negative || peek(s) == '+')
		s->at++;
	size_t first = s->at;
	if (!scan_digits(s))
		return false;
	for (size_t i = first; i < s->at && !negative && *exponent <= SURE_EXPONENT; i++)
		*exponent = *exponent * 10 + s->text[i] - '0';
	return true;
}

static bool
scan_number(struct scanner *s)
{
	size_t start = s->at, exponent = 0;
	bool real = false;
	if (peek(s) == '-')
		s->at++;
	size_t first = s->at;
	if (peek(s) == '0')
		s->at++;
	else if (!scan_digits(s))
		return false;
	size_t digits = s->at - first;
	if (peek(s) == '.') {
		real = true;
		s->at++;
		if (!scan_digits(s))
			return false;
	}
	if (peek(s) == 'e' || peek(s) == 'E') {
		real = true;
		if (!scan_exponent(s, &exponent))
			return false;
	}
	struct span number = {s->scan->text.at + start, s->at - start};
	if (real && digits + exponent > SURE_EXPONENT && !referee_holds(s->arena, number))
		return fail(s, start, "number too large");
	add_node(s, SCAN_NUMBER, start);
	return true;
}

static bool
open_container(struct scanner *s, enum scan_type type)
{
	if (s->depth == SCAN_DEPTH)
		return fail(s, s->at, "nested deeper than 64");
	s->open[s->depth++] = (uint32_t)s->count;
	add_node(s, type, s->at++);
	return true;
}

static bool
scan_any(struct scanner *s)
{
	int c = peek(s);
	switch (c) {
	case '{':
		return open_container(s, SCAN_OBJECT);
	case '[':
		return open_container(s, SCAN_ARRAY);
	case '"':
		return scan_quoted(s, false);
	case 't':
		return scan_literal(s, "true", SCAN_TRUE);
	case 'f':
		return scan_literal(s, "false", SCAN_FALSE);
	case 'n':
		return scan_literal(s, "null", SCAN_NULL);
	default:
		return c == '-' || is_digit(c) ? scan_number(s) : fail(s, s->at, scan_not_json);
	}
}

static bool
scan_value(struct scanner *s)
{
	size_t start = s->at;
	if (!scan_any(s))
		return false;
	return ++s->values <= SCAN_VALUES || fail(s, start, "more than 200,000 values");
}

/* A member's name and the colon. */
static bool
scan_name(struct scanner *s)
{
	if (peek(s) != '"')
		return fail(s, s->at, scan_not_json);
	if (!scan_quoted(s, true))
		return false;
	skip_space(s);
	if (peek(s) != ':')
		return fail(s, s->at, scan_not_json);
	s->at++;
	skip_space(s);
	return true;
}

static void
show_nodes(struct scanner *s)
{
	s->scan->nodes = s->nodes;
	s->scan->count = (uint32_t)s->count;
}

/* Reports a repeated name of the object, unless an error stands before it. */
static bool
check_names(struct scanner *s, uint32_t object)
{
	if (s->nodes[object].count < 2)
		return true;
	show_nodes(s);
	uint32_t name = scan_repeated_name(s->scan, s->arena, object);
	if (name == 0)
		return true;
	size_t at = s->nodes[name].start - (size_t)1;
	if (s->scan->error != NULL && s->scan->error_at < at)
		return false;
	return fail(s, at, "duplicate key");
}

static bool
close_container(struct scanner *s)
{
	uint32_t index = s->open[--s->depth];
	struct scan_node *node = &s->nodes[index];
	node->end = (uint32_t)++s->at;
	node->next = (uint32_t)s->count;
	return node->type != SCAN_OBJECT || check_names(s, index);
}

/* The next element or member of the innermost container, or its end. */
static bool
scan_next(struct scanner *s)
{
	uint32_t index = s->open[s->depth - 1];
	bool object = s->nodes[index].type == SCAN_OBJECT;
	skip_space(s);
	if (peek(s) == (object ? '}' : ']'))
		return close_container(s);
	if (s->nodes[index].count != 0) {
		if (peek(s) != ',')
			return fail(s, s->at, scan_not_json);
		s->at++;
		skip_space(s);
	}
	s->nodes[index].count++;
	return (!object || scan_name(s)) && scan_value(s);
}

static bool
scan_all(struct scanner *s)
{
	skip_space(s);
	if (s->at == s->length)
		return fail(s, s->at, "no JSON value");
	if (!scan_value(s))
		return false;
	while (s->depth > 0)
		if (!scan_next(s))
			return false;
	skip_space(s);
	return s->at == s->length || fail(s, s->at, scan_not_json);
}

bool
scan_record(struct scan *scan, struct arena *arena, struct span text)
{
	struct scanner s = {.arena = arena,
	                    .scan = scan,
	                    .text = (const unsigned char *)text.at,
	                    .length = text.length};
	*scan = (struct scan){.text = text};
	if (text.length >= UINT32_MAX)
		return fail(&s, 0, "longer than 4 GiB");
	s.capacity = FIRST_NODES;
	s.nodes = arena_alloc(arena, s.capacity, sizeof *s.nodes);
	bool accepted = scan_all(&s);
	show_nodes(&s);
	if (accepted)
		return true;
	for (size_t i = 0; i < s.depth; i++)
		if (s.nodes[s.open[i]].type == SCAN_OBJECT)
			check_names(&s, s.open[i]);
	if (scan->error == scan_not_json)
		scan->error = referee_sentence(scan, arena);
	return false;
}
