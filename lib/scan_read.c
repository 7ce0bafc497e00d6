#include "scan_parts.h"

static inline char
tail_byte(long bits)
{
	return (char)(0x80 | (bits & 0x3F));
}

/* Returns how many bytes of UTF-8 that is. */
static inline size_t
encode(long point, char *out)
{
	if (point < 0x80) {
		out[0] = (char)point;
		return 1;
	}
	if (point < 0x800) {
		out[0] = (char)(0xC0 | point >> 6);
		out[1] = tail_byte(point);
		return 2;
	}
	if (point < 0x10000) {
		out[0] = (char)(0xE0 | point >> 12);
		out[1] = tail_byte(point >> 6);
		out[2] = tail_byte(point);
		return 3;
	}
	out[0] = (char)(0xF0 | point >> 18);
	out[1] = tail_byte(point >> 12);
	out[2] = tail_byte(point >> 6);
	out[3] = tail_byte(point);
	return 4;
}

/* scan_escape_decoded() for \uXXXX, or two of them that are a surrogate pair. */
static inline size_t
decode_unit(const char *raw, size_t left, char *out, size_t *length)
{
	long point = hex_unit(raw + 2, left - 2);
	if (point < 0 || is_low_surrogate(point))
		return 0;
	if (!is_high_surrogate(point)) {
		*length = encode(point, out);
		return 6;
	}
	long low = left >= 12 && raw[6] == '\\' && raw[7] == 'u' ? hex_unit(raw + 8, left - 8) : -1;
	if (!is_low_surrogate(low))
		return 0;
	*length = encode(0x10000 + (point - 0xD800) * 0x400 + (low - 0xDC00), out);
	return 12;
}

size_t
scan_escape_decoded(const char *raw, size_t left, char *out, size_t *length)
{
	if (left < 2)
		return 0;
	if (raw[1] == 'u')
		return decode_unit(raw, left, out, length);
	*length = 1;
	out[0] = escape_meaning(raw[1]);
	return out[0] != 0 ? 2 : 0;
}

/* Decodes what `raw` starts with: an escape sequence, known to be well-formed,
 * or a byte that stands for itself. Returns how many bytes that is, and sets
 * `length` to how many are written to `out`, at most 4. */
static size_t
decode_next(const char *raw, size_t left, char *out, size_t *length)
{
	if (raw[0] == '\\')
		return scan_escape_decoded(raw, left, out, length);
	*length = 1;
	out[0] = raw[0];
	return 1;
}

/* Whether the string at `node` decodes to `name`. */
static bool
name_is(const struct scan *scan, uint32_t node, struct span name)
{
	struct span raw = raw_string(scan, node);
	size_t matched = 0;
	if (!scan->nodes[node].escaped)
		return span_equal(raw, name);
	for (size_t i = 0, length; i < raw.length; matched += length) {
		char bytes[4];
		i += decode_next(raw.at + i, raw.length - i, bytes, &length);
		if (name.length - matched < length ||
		    memcmp(name.at + matched, bytes, length) != 0)
			return false;
	}
	return matched == name.length;
}

uint32_t
scan_member(const struct scan *scan, uint32_t object, const char *name)
{
	const struct scan_node *nodes = scan->nodes;
	struct span wanted = span_of(name);
	if (nodes[object].type != SCAN_OBJECT)
		return 0;
	for (uint32_t node = object + 1; node < nodes[object].next; node = nodes[node + 1].next)
		if (name_is(scan, node, wanted))
			return node + 1;
	return 0;
}

/* Copies what stands before the next backslash, sixteen bytes at a time: there is room
 * for as many as there are left. Returns how many those are. */
static size_t
copy_plain(char *out, const char *raw, size_t left)
{
	size_t at = 0;
#ifdef __SSE2__
	for (; left - at >= sizeof(__m128i); at += sizeof(__m128i)) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(raw + at));
		__m128i escapes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
		unsigned found = (unsigned)_mm_movemask_epi8(escapes);
		_mm_storeu_si128((__m128i *)(void *)(out + at), bytes);
		if (found != 0)
			return at + (size_t)__builtin_ctz(found);
	}
#endif
	for (; at < left && raw[at] != '\\'; at++)
		out[at] = raw[at];
	return at;
}

struct span
scan_decoded(struct arena *arena, struct span raw)
{
	char *copy = arena_text(arena, raw.length);
	size_t used = 0;
	for (size_t i = 0, length; i < raw.length; used += length) {
		if (raw.at[i] == '\\') {
			i += scan_escape_decoded(raw.at + i, raw.length - i, copy + used, &length);
			continue;
		}
		length = copy_plain(copy + used, raw.at + i, raw.length - i);
		i += length;
	}
	return (struct span){copy, used};
}

struct span
scan_raw(const struct scan *scan, uint32_t node)
{
	const struct scan_node *value = &scan->nodes[node];
	size_t quote = value->type == SCAN_STRING;
	return (struct span){scan->text.at + value->start - quote,
	                     value->end - value->start + 2 * quote};
}

void
scan_position(struct span text, size_t at, size_t *line, size_t *column)
{
	*line = 1;
	*column = 1;
	for (size_t i = 0; i < at && i < text.length; i++) {
		if (text.at[i] == '\n') {
			++*line;
			*column = 1;
		} else if (((unsigned char)text.at[i] & 0xC0) != 0x80) {
			++*column;
		}
	}
}
