#include "scan.h"

#include "scan_parts.h"

/* A real below ten to this is no more than a double holds. */
enum { SURE_EXPONENT = 308 };
enum { FIRST_NODES = 64 };
/* What closes the whole text: neither a byte nor its end. */
enum { ROOT_END = -2 };

/* A container whose end has not been reached. */
struct level {
	uint32_t node;
	uint32_t count; /* elements or members so far */
	uint64_t seen;  /* marks of the members' names */
	uint64_t again; /* those that were there before, or any where a name is escaped */
	int end;        /* the bracket that closes it */
};

/* Bytes are passed from the first to the last: what scans something takes where it
 * begins and returns where it ends, or NULL where it fails. */
struct scanner {
	struct arena *arena;
	struct scan *scan;
	const unsigned char *text, *end;
	struct scan_node *nodes;
	size_t count, capacity;
	size_t values;
	struct level *around; /* the whole text, and the containers in it, outermost first */
	struct level *in;     /* the innermost */
};

static const unsigned char *
fail(struct scanner *s, const unsigned char *at, const char *error)
{
	s->scan->error = error;
	s->scan->error_at = (size_t)(at - s->text);
	return NULL;
}

/* The byte at `at`, or -1 at the end. */
static inline int
peek(const struct scanner *s, const unsigned char *at)
{
	return at < s->end ? *at : -1;
}

/* Passes white space and returns the byte behind it, or -1 at the end. */
static inline int
peek_on(const struct scanner *s, const unsigned char **at)
{
	for (; *at < s->end; ++*at) {
		int c = **at;
		if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t'))
			return c;
	}
	return -1;
}

static inline bool
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool
is_hex_digit(int c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* The digits of \uXXXX, just past the `u`; of a pair, both escapes. */
static const unsigned char *
scan_unit(struct scanner *s, const unsigned char *at, bool name)
{
	const char *p = (const char *)at;
	size_t left = (size_t)(s->end - at);
	long unit = hex_unit(p, left);
	if (unit < 0) {
		while (is_hex_digit(peek(s, at)))
			at++;
		return fail(s, at, scan_not_json);
	}
	if (unit == 0 && name)
		return fail(s, at - 2, "NUL in a key");
	if (!is_high_surrogate(unit))
		return is_low_surrogate(unit) ? fail(s, at - 2, "lone surrogate") : at + 4;
	if (left < 10 || p[4] != '\\' || p[5] != 'u' ||
	    !is_low_surrogate(hex_unit(p + 6, left - 6)))
		return fail(s, at - 2, "lone surrogate");
	return at + 10;
}

static const unsigned char *
scan_escape(struct scanner *s, const unsigned char *at, bool name)
{
	int c = peek(s, ++at);
	if (c == 'u')
		return scan_unit(s, at + 1, name);
	return escape_meaning(c) != 0 ? at + 1 : fail(s, at, scan_not_json);
}

/* The rest of a string, as far as the closing quote. */
static __attribute__((noinline)) const unsigned char *
scan_text(struct scanner *s, const unsigned char *at, bool name, bool *escaped)
{
	for (;;) {
		const unsigned char *near = *escaped ? scan_near(at, s->end) : NULL;
		at = near != NULL ? near : scan_characters(at, s->end);
		int c = peek(s, at);
		if (c == '"')
			return at;
		if (c != '\\')
			return fail(s, at,
			            c < 0 || c >= 0x80 ? scan_not_json :
			                                 "control character in a string");
		*escaped = true;
		do
			if ((at = scan_escape(s, at, name)) == NULL)
				return NULL;
		while (peek(s, at) == '\\');
	}
}

static inline struct scan_node *
add_node(struct scanner *s, enum scan_type type, const unsigned char *start,
         const unsigned char *end)
{
	s->nodes = arena_grow(s->arena, s->nodes, s->count, &s->capacity, sizeof *s->nodes);
	struct scan_node *node = &s->nodes[s->count++];
	node->start = (uint32_t)(start - s->text);
	node->end = (uint32_t)(end - s->text);
	node->next = (uint32_t)s->count;
	node->parent = s->in->node;
	node->order = s->in->count - 1;
	node->type = (uint8_t)type;
	node->escaped = node->name = false;
	return node;
}

static inline const unsigned char *
scan_quoted(struct scanner *s, const unsigned char *at, bool name)
{
	bool escaped = false;
	const unsigned char *end = scan_near(++at, s->end);
	if ((end == NULL || *end != '"') && (end = scan_text(s, at, name, &escaped)) == NULL)
		return NULL;
	struct scan_node *node = add_node(s, SCAN_STRING, at, end);
	node->escaped = escaped;
	node->name = name;
	return end + 1;
}

static const unsigned char *
scan_literal(struct scanner *s, const unsigned char *at, const char *word, enum scan_type type)
{
	const unsigned char *start = at;
	for (; *word != '\0'; word++, at++)
		if (peek(s, at) != *word)
			return fail(s, at, scan_not_json);
	add_node(s, type, start, at);
	return at;
}

static const unsigned char *
scan_digits(struct scanner *s, const unsigned char *at)
{
	if (!is_digit(peek(s, at)))
		return fail(s, at, scan_not_json);
	while (is_digit(peek(s, at)))
		at++;
	return at;
}

/* The exponent after `e`. Beyond what can matter it stays where it is. */
static const unsigned char *
scan_exponent(struct scanner *s, const unsigned char *at, size_t *exponent)
{
	bool negative = peek(s, ++at) == '-';
	if (negative || peek(s, at) == '+')
		at++;
	const unsigned char *digit = at;
	if ((at = scan_digits(s, at)) == NULL)
		return NULL;
	for (; digit < at && !negative && *exponent <= SURE_EXPONENT; digit++)
		*exponent = *exponent * 10 + *digit - '0';
	return at;
}

static const unsigned char *
scan_number(struct scanner *s, const unsigned char *start)
{
	size_t exponent = 0;
	const unsigned char *first = start + (peek(s, start) == '-');
	const unsigned char *at = peek(s, first) == '0' ? first + 1 : scan_digits(s, first);
	if (at == NULL)
		return NULL;
	const unsigned char *whole = at;
	if (peek(s, at) == '.' && (at = scan_digits(s, at + 1)) == NULL)
		return NULL;
	if ((peek(s, at) | 0x20) == 'e' && (at = scan_exponent(s, at, &exponent)) == NULL)
		return NULL;
	struct span number = {(const char *)start, (size_t)(at - start)};
	if (at != whole && (size_t)(whole - first) + exponent > SURE_EXPONENT &&
	    !referee_holds(s->arena, number))
		return fail(s, start, "number too large");
	add_node(s, SCAN_NUMBER, start, at);
	return at;
}

static const unsigned char *
open_container(struct scanner *s, const unsigned char *at, enum scan_type type)
{
	if (s->in == s->around + SCAN_DEPTH)
		return fail(s, at, "nested deeper than 64");
	uint32_t node = (uint32_t)s->count;
	add_node(s, type, at, at);
	*++s->in = (struct level){.node = node, .end = type == SCAN_OBJECT ? '}' : ']'};
	return at + 1;
}

/* A value whose first byte is `c`. */
static inline const unsigned char *
scan_any(struct scanner *s, const unsigned char *at, int c)
{
	switch (c) {
	case '"':
		return scan_quoted(s, at, false);
	case '{':
		return open_container(s, at, SCAN_OBJECT);
	case '[':
		return open_container(s, at, SCAN_ARRAY);
	case 't':
		return scan_literal(s, at, "true", SCAN_TRUE);
	case 'f':
		return scan_literal(s, at, "false", SCAN_FALSE);
	case 'n':
		return scan_literal(s, at, "null", SCAN_NULL);
	default:
		return c == '-' || is_digit(c) ? scan_number(s, at) : fail(s, at, scan_not_json);
	}
}

static inline const unsigned char *
scan_value(struct scanner *s, const unsigned char *start)
{
	int first = peek_on(s, &start);
	const unsigned char *at = scan_any(s, start, first);
	if (at != NULL && ++s->values > SCAN_VALUES)
		return fail(s, start, "more than 200,000 values");
	return at;
}

/* Marks the name that ends here: of names that are the same, the mark is. */
static inline void
mark_name(struct scanner *s, const unsigned char *end)
{
	const struct scan_node *node = &s->nodes[s->count - 1];
	unsigned first = s->text[node->start], last = end[-1];
	uint64_t mark = (uint64_t)1 << (last + 7 * first + 5 * (node->end - node->start)) % 64;
	s->in->again |= (s->in->seen & mark) | node->escaped;
	s->in->seen |= mark;
}

/* A member's name and the colon. */
static inline const unsigned char *
scan_name(struct scanner *s, const unsigned char *at)
{
	if (peek_on(s, &at) != '"')
		return fail(s, at, scan_not_json);
	if ((at = scan_quoted(s, at, true)) == NULL)
		return NULL;
	mark_name(s, at - 1);
	return peek_on(s, &at) == ':' ? at + 1 : fail(s, at, scan_not_json);
}

static void
show_nodes(struct scanner *s)
{
	s->scan->nodes = s->nodes;
	s->scan->count = (uint32_t)s->count;
}

/* Reports a repeated name of the object, unless an error stands before it. */
static bool
check_names(struct scanner *s, const struct level *object)
{
	if (object->count < 2)
		return true;
	show_nodes(s);
	uint32_t name = scan_repeated_name(s->scan, s->arena, object->node, object->count);
	if (name == 0)
		return true;
	size_t at = s->nodes[name].start - (size_t)1;
	if (s->scan->error == NULL || s->scan->error_at >= at)
		fail(s, s->text + at, "duplicate key");
	return false;
}

static inline const unsigned char *
close_container(struct scanner *s, const unsigned char *at)
{
	const struct level *level = s->in--;
	struct scan_node *node = &s->nodes[level->node];
	node->end = (uint32_t)(++at - s->text);
	node->next = (uint32_t)s->count;
	return level->again == 0 || check_names(s, level) ? at : NULL;
}

/* The next element or member of the innermost container, or its end. */
static inline const unsigned char *
scan_next(struct scanner *s, const unsigned char *at)
{
	struct level *in = s->in;
	int c = peek_on(s, &at);
	if (c == in->end)
		return close_container(s, at);
	if (in->count != 0) {
		if (c != ',')
			return fail(s, at, scan_not_json);
		at++;
	}
	in->count++;
	if (in->end == '}' && (at = scan_name(s, at)) == NULL)
		return NULL;
	return scan_value(s, at);
}

static bool
scan_all(struct scanner *s)
{
	const unsigned char *at = s->text;
	if (peek_on(s, &at) < 0)
		return fail(s, at, "no JSON value");
	do
		at = scan_next(s, at);
	while (at != NULL && s->in != s->around);
	return at != NULL && (peek_on(s, &at) < 0 || fail(s, at, scan_not_json));
}

bool
scan_record(struct scan *scan, struct arena *arena, struct span text)
{
	struct level around[SCAN_DEPTH + 1];
	const unsigned char *bytes = (const unsigned char *)text.at;
	struct scanner s = {.arena = arena,
	                    .scan = scan,
	                    .text = bytes,
	                    .end = bytes + text.length,
	                    .around = around,
	                    .in = around};
	*scan = (struct scan){.text = text};
	if (text.length >= UINT32_MAX)
		return fail(&s, bytes, "longer than 4 GiB");
	around[0] = (struct level){.end = ROOT_END};
	s.nodes = arena_room(arena, NULL, 0, FIRST_NODES, &s.capacity, sizeof *s.nodes);
	bool accepted = scan_all(&s);
	show_nodes(&s);
	if (accepted)
		return true;
	for (const struct level *level = around + 1; level <= s.in; level++)
		if (level->end == '}')
			check_names(&s, level);
	if (scan->error == scan_not_json)
		scan->error = referee_sentence(scan, arena);
	return false;
}
