/* The bytes of a string: those that stand for themselves, and UTF-8. */
#include "scan_parts.h"

static inline bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

#ifdef __SSE2__
enum { VECTOR = sizeof(__m128i), VECTORS = 4 * VECTOR };
/* With these bits turned, what no string may hold as it is stands first, but for the
 * backslash, and the quote is the last of it. */
enum { TURNED = 0x80 ^ '"' ^ ' ', LAST_OTHER = TURNED ^ '"' };

/* Takes one vector in: the least of all bytes with bits turned, and with others turned by
 * which a backslash comes to 0. */
static inline void
look_at(const unsigned char *at, __m128i *others, __m128i *backslashes)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
	bytes = _mm_xor_si128(bytes, _mm_set1_epi8((char)TURNED));
	*others = _mm_min_epu8(*others, bytes);
	bytes = _mm_xor_si128(bytes, _mm_set1_epi8((char)(TURNED ^ '\\')));
	*backslashes = _mm_min_epu8(*backslashes, bytes);
}

static inline bool
are_plain(const unsigned char *at)
{
	__m128i others = _mm_set1_epi8((char)0xFF), backslashes = others;
	for (size_t i = 0; i < VECTORS; i += VECTOR)
		look_at(at + i, &others, &backslashes);
	others = _mm_subs_epu8(others, _mm_set1_epi8((char)LAST_OTHER));
	others = _mm_cmpeq_epi8(_mm_min_epu8(others, backslashes), _mm_setzero_si128());
	return _mm_movemask_epi8(others) == 0;
}
#endif

/* Where the plain bytes from `at` on end, or fewer than sixteen are left. */
static inline const unsigned char *
pass_vectors(const unsigned char *at, const unsigned char *end)
{
#ifdef __SSE2__
	for (ptrdiff_t left = (end - at) / VECTORS; left > 0 && are_plain(at); left--)
		at += VECTORS;
	for (; end - at >= VECTOR; at += VECTOR) {
		unsigned others = (unsigned)_mm_movemask_epi8(scan_others(at));
		if (others != 0)
			return at + __builtin_ctz(others);
	}
#else
	(void)end;
#endif
	return at;
}

static bool
in_range(unsigned char c, unsigned char first, unsigned char last)
{
	return c >= first && c <= last;
}

size_t
scan_sequence(const unsigned char *p, size_t left)
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

const unsigned char *
scan_characters(const unsigned char *at, const unsigned char *end)
{
	for (;;) {
		at = pass_vectors(at, end);
		while (at < end && is_plain(*at))
			at++;
		if (at == end || *at < 0x80)
			return at;
		while (at < end && *at >= 0x80) {
			size_t sequence = scan_sequence(at, (size_t)(end - at));
			if (sequence == 0)
				return at;
			at += sequence;
		}
	}
}

size_t
scan_utf8(struct span text)
{
	const unsigned char *bytes = (const unsigned char *)text.at, *at = bytes;
	const unsigned char *end = bytes + text.length;
	while ((at = scan_characters(at, end)) < end && *at < 0x80)
		at++;
	return (size_t)(at - bytes);
}
