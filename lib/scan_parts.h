/*
 * What scan.c leaves to the files beside it: the bytes of strings, jansson's
 * part, and names that are there twice.
 */
#ifndef PROVISO_SCAN_PARTS_H
#define PROVISO_SCAN_PARTS_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "scan.h"

/* Where the characters end that a string may hold as they are: at a quote, a
 * backslash, a control character, a byte that is not part of valid UTF-8, or at
 * `end`. */
const unsigned char *scan_characters(const unsigned char *at, const unsigned char *end);

#ifdef __SSE2__
/* Which of sixteen bytes no string may hold as they are, or not without a closer look.
 * As signed numbers those from 0x80 on are below the space, and with one bit turned
 * the quote stands before all that may be held. */
static inline __m128i
scan_others(const unsigned char *at)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
	__m128i turned = _mm_xor_si128(bytes, _mm_set1_epi8('"' ^ ' '));
	__m128i below = _mm_cmplt_epi8(turned, _mm_set1_epi8(' ' + 1));
	return _mm_or_si128(below, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
}
#endif

/* scan_characters(), where it is near and plain to see; else NULL. */
static inline const unsigned char *
scan_near(const unsigned char *at, const unsigned char *end)
{
#ifdef __SSE2__
	if (end - at >= (ptrdiff_t)sizeof(__m128i)) {
		unsigned others = (unsigned)_mm_movemask_epi8(scan_others(at));
		if (others != 0 && at[__builtin_ctz(others)] < 0x80)
			return at + __builtin_ctz(others);
	}
#else
	(void)at;
	(void)end;
#endif
	return NULL;
}

/* The string whose bytes are from `at` on, behind the quote: the closing one, or NULL if
 * there is none or the string holds what it may not. `text` is what the string says: its
 * own bytes, or a copy in the arena where something is escaped. */
const unsigned char *scan_whole_string(struct arena *, const unsigned char *at,
                                       const unsigned char *end, struct span *text);

/* The length of the well-formed UTF-8 sequence of two to four bytes that `p` starts with,
 * or 0. */
size_t scan_sequence(const unsigned char *p, size_t left);

/* Decodes the escape sequence at `raw`, of a surrogate pair both, to at most 4 bytes, whose
 * number is `length`. Returns how long it is, or 0 if it is none that a string may hold. */
size_t scan_escape_decoded(const char *raw, size_t left, char *out, size_t *length);

/* An error that is not in better words yet. */
extern const char scan_not_json[];

/* Whether a double can hold the well-formed number. */
bool referee_holds(struct arena *, struct span number);

/* A sentence for the error at scan->error_at, for which the scanner has none
 * of its own. The nodes are those before the error. */
const char *referee_sentence(const struct scan *, struct arena *);

/* The node of the first name of the object that stood there before, or 0. An
 * error may have cut the last of its `count` members short. */
uint32_t scan_repeated_name(const struct scan *, struct arena *, uint32_t object, size_t count);

/* The bytes of a string as they stand in the record. */
static inline struct span
raw_string(const struct scan *scan, uint32_t node)
{
	const struct scan_node *string = &scan->nodes[node];
	return (struct span){scan->text.at + string->start, string->end - string->start};
}

/* What a backslash and this byte stand for, or 0. */
static inline char
escape_meaning(int c)
{
	switch (c) {
	case '"':
	case '\\':
	case '/':
		return (char)c;
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return 0;
	}
}

/* The four hexadecimal digits at `p` as a number, or -1. They are looked at together: of
 * text in another script no branch could tell which of them are letters. */
static inline long
hex_unit(const char *p, size_t left)
{
	const unsigned char *digits = (const unsigned char *)p;
	if (left < 4)
		return -1;
	uint32_t all = (uint32_t)digits[0] << 24 | (uint32_t)digits[1] << 16 |
	               (uint32_t)digits[2] << 8 | digits[3];
	uint32_t letters = all >> 6 & 0x01010101;
	uint32_t values = (all & 0x0F0F0F0F) + 9 * letters;
	uint32_t above = ((all | letters << 5) & 0xF0F0F0F0) ^ (0x30303030 + 0x30 * letters);
	uint32_t beyond = (((values + 0x06060606) ^ letters << 4) | values) & 0x10101010;
	values = (values | values >> 4) & 0x00FF00FF;
	return (above | beyond) == 0 ? (long)((values | values >> 8) & 0xFFFF) : -1;
}

static inline bool
is_high_surrogate(long unit)
{
	return unit >= 0xD800 && unit <= 0xDBFF;
}

static inline bool
is_low_surrogate(long unit)
{
	return unit >= 0xDC00 && unit <= 0xDFFF;
}

#endif
