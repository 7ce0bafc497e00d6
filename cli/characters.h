/* Characters of UTF-8 text, for those who write them out. */
#ifndef PROVISO_CLI_CHARACTERS_H
#define PROVISO_CLI_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct character {
	uint32_t code; /* code point, or the byte if it is not valid UTF-8 */
	size_t length; /* bytes; 1 if not valid */
	bool valid;
};

/* The first character of `length` (at least 1) bytes at `text`. */
struct character character_at(const char *text, size_t length);

/* How many bytes at `text` are printable ASCII, no quote and no backslash: they
 * are written as they are everywhere. */
size_t characters_plain(const char *text, size_t length);

/* Whether writing it to a terminal could do more than show it. */
bool character_is_control(uint32_t code);

#endif
