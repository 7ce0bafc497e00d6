/*
 * Compressed inputs, told by their first bytes: gzip, zstd and xz, each of one
 * part or of several in a row. A decoder reads nothing itself: it is fed with
 * compressed bytes and asked for what they hold.
 */
#ifndef PROVISO_CLI_DECODER_H
#define PROVISO_CLI_DECODER_H

#include <stdbool.h>
#include <stddef.h>

enum {
	DECODER_SIZE = 64 * 1024,               /* bytes to feed it with at once */
	DECODER_MEMORY = 128 * 1024 * 1024, /* that an input may ask for, to be decoded */
};

enum sniffed {
	SNIFFED_PLAIN,
	SNIFFED_PART, /* more bytes are needed to tell */
	SNIFFED_COMPRESSED,
};

struct decoder;

/* What the first bytes of an input show. */
enum sniffed decoder_sniff(const char *bytes, size_t length);

/* A decoder for an input that begins with these bytes, which are its first
 * food (DECODER_SIZE at the most). NULL if memory ran out. */
struct decoder *decoder_new(const char *bytes, size_t length);
void decoder_free(struct decoder *); /* or NULL */

/* Where to put the next DECODER_SIZE bytes, once decoder_is_hungry(); and how many
 * there are, 0 for the end of the input. */
bool decoder_is_hungry(const struct decoder *);
char *decoder_room(struct decoder *);
void decoder_feed(struct decoder *, size_t length);

/* The next decoded bytes, `size` at the most. 0: it is hungry, or at its end. */
size_t decoder_run(struct decoder *, char *bytes, size_t size);

/* What is wrong with the input, or NULL: "gzip data found damaged at byte 17 of
 * the compressed file". */
const char *decoder_trouble(const struct decoder *);

#endif
