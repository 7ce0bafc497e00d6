/*
 * The bytes of an input as they come in, decompressed where that is needed, and
 * where in it they stand. What has been read and not yet been passed is kept.
 */
#ifndef PROVISO_CLI_SOURCE_H
#define PROVISO_CLI_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "decoder.h"

/* How much is read at once, and a part holds that is given to a thread: so little that it
 * is still near the processor when it is judged. */
enum { SOURCE_CHUNK = 256 * 1024 };

struct source {
	int descriptor;
	void (*idle)(void *data); /* called before a read that would block; or NULL */
	void *data;
	char *bytes;    /* those at [at, end) are still to be passed */
	size_t capacity, at, end;
	size_t line, column, byte; /* of bytes[at] in the input: 1-, 1-, 0-based */
	size_t line_start;         /* byte in the input */
	size_t taken;              /* bytes of the file, which may be compressed */
	bool begun;                /* the first bytes have been seen */
	struct decoder *decoder;   /* if the file is compressed; or NULL */
	bool ended;                /* all has been read, or an error met */
	int error;                 /* errno of a read that failed, or 0; EBADMSG: see the decoder */
};

/* Reads some more; false at the end of the input and after an error. What
 * there is may move. */
bool source_more(struct source *);

/* Whether more could be read at once. */
bool source_is_ready(const struct source *);

/* Gives the next `count` bytes, which have been read, to `other`, in exchange
 * for its memory. `other` stands where the source stood, and ends after them.
 * Returns false if memory ran out, which is then the source's error. */
bool source_give(struct source *, struct source *other, size_t count);

/* The byte `ahead` of the next one; -1 if the input ends before it. */
static inline int
source_peek(struct source *source, size_t ahead)
{
	while (source->end - source->at <= ahead)
		if (!source_more(source))
			return -1;
	return (unsigned char)source->bytes[source->at + ahead];
}

/* Passes so many bytes, which must have been read. They stay in place until
 * more is read. */
void source_pass(struct source *, size_t count);

/* The same for the rest of a line or a part of it, without counting columns. */
void source_pass_line(struct source *, size_t count);

#endif
