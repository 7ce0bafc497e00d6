#include "characters.h"

#include <string.h>

static size_t
sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead < 0xe0)
		return 2;
	if (lead >= 0xe0 && lead < 0xf0)
		return 3;
	if (lead >= 0xf0 && lead < 0xf5)
		return 4;
	return 0;
}

static bool
is_encodable(uint32_t code, size_t length)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	return code >= least[length] && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

struct character
character_at(const char *text, size_t length)
{
	static const unsigned char lead_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	const unsigned char *bytes = (const unsigned char *)text;
	struct character invalid = {bytes[0], 1, false};
	size_t wanted = sequence_length(bytes[0]);
	if (wanted == 0 || wanted > length)
		return invalid;
	uint32_t code = bytes[0] & lead_bits[wanted];
	for (size_t i = 1; i < wanted; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return invalid;
		code = code << 6 | (bytes[i] & 0x3f);
	}
	if (!is_encodable(code, wanted))
		return invalid;
	return (struct character){code, wanted, true};
}

/* Whether one of eight bytes is not plain: what is left of it, less one, is negative. */
static bool
any_other(uint64_t bytes)
{
	const uint64_t each = UINT64_C(0x0101010101010101), high = each * 0x80;
	uint64_t quotes = bytes ^ each * '"', escapes = bytes ^ each * '\\';
	uint64_t deletes = bytes ^ each * 0x7f, below = bytes - each * ' ';
	return ((bytes | below | (quotes - each) | (escapes - each) | (deletes - each)) & high) != 0;
}

size_t
characters_plain(const char *text, size_t length)
{
	size_t count = 0;
	uint64_t bytes;
	for (; length - count >= sizeof bytes; count += sizeof bytes) {
		memcpy(&bytes, text + count, sizeof bytes);
		if (any_other(bytes))
			break;
	}
	if (count != 0 && length - count < sizeof bytes) {
		memcpy(&bytes, text + length - sizeof bytes, sizeof bytes);
		if (!any_other(bytes))
			return length;
	}
	while (count < length && text[count] >= ' ' && text[count] <= '~' &&
	       text[count] != '"' && text[count] != '\\')
		count++;
	return count;
}

bool
character_is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x061c ||
	       (code >= 0x200e && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2066 && code <= 0x2069);
}
