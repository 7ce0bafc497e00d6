#include "extent.h"

#include <string.h>

#include "characters.h"

enum { KINDS_KEPT = 64 };

static void
open_bracket(struct extent *extent, bool object)
{
	if (extent->depth < KINDS_KEPT) {
		uint64_t bit = UINT64_C(1) << extent->depth;
		extent->objects = object ? extent->objects | bit : extent->objects & ~bit;
	}
	extent->depth++;
}

/* Whether a value inside brackets may begin here. */
static bool
may_begin(const struct extent *extent)
{
	bool object = extent->depth <= KINDS_KEPT && extent->objects >> (extent->depth - 1) & 1;
	return extent->last == ':' || extent->last == '[' || (extent->last == ',' && !object);
}

static enum extent_event
close_bracket(struct extent *extent, bool object)
{
	extent->depth--;
	if (extent->depth < KINDS_KEPT && (extent->objects >> extent->depth & 1) != object)
		return EXTENT_WRONG;
	return extent->depth == 0 ? EXTENT_LAST : EXTENT_INSIDE;
}

static enum extent_event
next_quoted(struct extent *extent, int byte)
{
	if (byte == '\n')
		return EXTENT_WRONG;
	if (extent->escaped) {
		extent->escaped = false;
	} else if (byte == '\\') {
		extent->escaped = true;
	} else if (byte == '"') {
		extent->quoted = false;
		return extent->depth == 0 ? EXTENT_LAST : EXTENT_INSIDE;
	}
	return EXTENT_INSIDE;
}

static enum extent_event
next_bracketed(struct extent *extent, int byte)
{
	if (byte == '{' && extent->line_start && !may_begin(extent))
		return EXTENT_ANEW;
	switch (byte) {
	case '{':
	case '[':
		open_bracket(extent, byte == '{');
		return EXTENT_INSIDE;
	case '}':
	case ']':
		return close_bracket(extent, byte == '}');
	case '"':
		extent->quoted = true;
		return EXTENT_INSIDE;
	default:
		return EXTENT_INSIDE;
	}
}

static enum extent_event
first(struct extent *extent, int byte)
{
	extent->started = true;
	extent->number = byte == '-' || (byte >= '0' && byte <= '9');
	extent->word = byte == 't' ? "rue" : byte == 'f' ? "alse" : byte == 'n' ? "ull" : NULL;
	if (byte == '{' || byte == '[' || byte == '"')
		return next_bracketed(extent, byte);
	return extent->number || extent->word != NULL ? EXTENT_INSIDE : EXTENT_WRONG;
}

static enum extent_event
next(struct extent *extent, int byte)
{
	if (!extent->started)
		return first(extent, byte);
	if (extent->number)
		return byte > 0 && strchr("0123456789+-.eE", byte) != NULL ? EXTENT_INSIDE :
		                                                             EXTENT_PAST;
	if (extent->word != NULL && *extent->word == '\0')
		return EXTENT_PAST;
	if (extent->word != NULL)
		return byte == *extent->word++ ? EXTENT_INSIDE : EXTENT_WRONG;
	if (byte < 0)
		return EXTENT_WRONG;
	return extent->quoted ? next_quoted(extent, byte) : next_bracketed(extent, byte);
}

enum extent_event
extent_next(struct extent *extent, int byte)
{
	enum extent_event event = next(extent, byte);
	extent->line_start = byte == '\n';
	if (byte > ' ')
		extent->last = byte;
	return event;
}

/* What stands in a string is never the last byte before a brace outside of it. */
size_t
extent_pass(struct extent *extent, const char *bytes, size_t length)
{
	if (!extent->quoted || extent->escaped)
		return 0;
	size_t plain = characters_plain(bytes, length);
	extent->line_start = extent->line_start && plain == 0;
	return plain;
}
