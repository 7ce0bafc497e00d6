/* A string in one go: where it ends, and what it says. */
#include "scan_parts.h"

/* Copies the bytes from `at` on that a string may hold as they are, sixteen at a time: there
 * is room for as many as there are left. Returns where they end. */
static inline const unsigned char *
copy_plain(const unsigned char *at, const unsigned char *end, char **out)
{
#ifdef __SSE2__
	for (; end - at >= (ptrdiff_t)sizeof(__m128i); at += sizeof(__m128i)) {
		unsigned others = (unsigned)_mm_movemask_epi8(scan_others(at));
		memcpy(*out, at, sizeof(__m128i));
		if (others != 0) {
			*out += __builtin_ctz(others);
			return at + __builtin_ctz(others);
		}
		*out += sizeof(__m128i);
	}
#endif
	while (at < end && *at >= ' ' && *at < 0x80 && *at != '"' && *at != '\\')
		*(*out)++ = (char)*at++;
	return at;
}

/* The rest of a string from a backslash on. */
static const unsigned char *
decode(const unsigned char *at, const unsigned char *end, char **out)
{
	for (;;) {
		at = copy_plain(at, end, out);
		if (at == end || *at == '"')
			return at;
		size_t left = (size_t)(end - at), length, written;
		if (*at == '\\') {
			length = scan_escape_decoded((const char *)at, left, *out, &written);
		} else {
			length = written = *at >= 0x80 ? scan_sequence(at, left) : 0;
			memcpy(*out, at, length);
		}
		if (length == 0)
			return end;
		at += length;
		*out += written;
	}
}

/* The rest of a string from the first backslash on. */
static __attribute__((noinline)) const unsigned char *
decode_on(struct arena *arena, const unsigned char *at, const unsigned char *end,
          struct span *text)
{
	size_t room = text->length + (size_t)(end - at);
	char *copy = arena_text(arena, room), *out = copy + text->length;
	memcpy(copy, text->at, text->length);
	at = decode(at, end, &out);
	*text = (struct span){copy, (size_t)(out - copy)};
	arena_trim(arena, room, text->length);
	return at < end ? at : NULL;
}

const unsigned char *
scan_whole_string(struct arena *arena, const unsigned char *at, const unsigned char *end,
                  struct span *text)
{
	text->at = (const char *)at;
	at = scan_characters(at, end);
	text->length = (size_t)((const char *)at - text->at);
	if (at < end && *at == '"')
		return at;
	return at < end && *at == '\\' ? decode_on(arena, at, end, text) : NULL;
}
