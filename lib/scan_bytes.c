/* The bytes of a string: those that stand for themselves, and UTF-8. */
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "scan_parts.h"

static inline bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

#ifdef __SSE2__
enum { VECTOR = 16, VECTORS = 4 * VECTOR };

/* Bytes from 0x80 on are negative here, so that they too are below the space. */
static inline __m128i
other_bytes(const unsigned char *text)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);
	__m128i below = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));
	__m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
	__m128i escapes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
	return _mm_or_si128(_mm_or_si128(quotes, escapes), below);
}

static inline uint64_t
bits_of(__m128i bytes)
{
	return (uint64_t)(unsigned)_mm_movemask_epi8(bytes);
}

/* Where the plain bytes from `at` on end, or fewer than VECTOR are left. */
static inline size_t
pass_vectors(const unsigned char *text, size_t at, size_t length)
{
	uint64_t others;
	if (length - at >= VECTOR) {
		others = bits_of(other_bytes(text + at));
		if (others != 0)
			return at + (size_t)__builtin_ctzll(others);
		at += VECTOR;
	}
	for (; length - at >= VECTORS; at += VECTORS) {
		__m128i a = other_bytes(text + at), b = other_bytes(text + at + VECTOR);
		__m128i c = other_bytes(text + at + 2 * VECTOR);
		__m128i d = other_bytes(text + at + 3 * VECTOR);
		__m128i any = _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
		if (bits_of(any) == 0)
			continue;
		others = bits_of(a) | bits_of(b) << VECTOR | bits_of(c) << 2 * VECTOR |
		         bits_of(d) << 3 * VECTOR;
		return at + (size_t)__builtin_ctzll(others);
	}
	for (; length - at >= VECTOR; at += VECTOR) {
		others = bits_of(other_bytes(text + at));
		if (others != 0)
			return at + (size_t)__builtin_ctzll(others);
	}
	return at;
}
#else
static inline size_t
pass_vectors(const unsigned char *text, size_t at, size_t length)
{
	(void)text;
	(void)length;
	return at;
}
#endif

static bool
in_range(unsigned char c, unsigned char first, unsigned char last)
{
	return c >= first && c <= last;
}

/* The length of the well-formed UTF-8 sequence of two to four bytes that `p`
 * starts with, or 0. */
static inline size_t
sequence_length(const unsigned char *p, size_t left)
{
	unsigned char lead = p[0];
	size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	if (!in_range(lead, 0xC2, 0xF4) || left < length)
		return 0;
	unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
	unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
	if (!in_range(p[1], least, most))
		return 0;
	for (size_t i = 2; i < length; i++)
		if (!in_range(p[i], 0x80, 0xBF))
			return 0;
	return length;
}

size_t
scan_characters(const unsigned char *text, size_t at, size_t length)
{
	for (;;) {
		at = pass_vectors(text, at, length);
		while (at < length && is_plain(text[at]))
			at++;
		if (at == length || text[at] < 0x80)
			return at;
		while (at < length && text[at] >= 0x80) {
			size_t sequence = sequence_length(text + at, length - at);
			if (sequence == 0)
				return at;
			at += sequence;
		}
	}
}

size_t
scan_utf8(struct span text)
{
	const unsigned char *bytes = (const unsigned char *)text.at;
	size_t at = 0;
	while ((at = scan_characters(bytes, at, text.length)) < text.length && bytes[at] < 0x80)
		at++;
	return at;
}
