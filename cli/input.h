/*
 * A stream of bytes, decompressed where that is needed, and cut into records.
 *
 * Three forms are told apart by their beginning, once and for all:
 *
 *   JSON Lines   the first line that is not blank is one complete value, or
 *                the next one begins with `{` in column 1: a line is a record;
 *   array        the first byte that is not blank is `[`: its elements are the
 *                records, and what follows it is read as documents;
 *   documents    anything else: one value after the other, on however many
 *                lines. A top-level array among them is taken apart as above.
 *
 * Every byte belongs to a record, or is white space, a byte order mark or the
 * punctuation of a top-level array. Memory is bounded by the longest record
 * allowed, whatever the input.
 */
#ifndef PROVISO_INPUT_H
#define PROVISO_INPUT_H

#include "span.h"

struct record {
	struct span bytes;         /* valid until the next call */
	size_t n;                  /* ordinal in the input, from 1 */
	size_t line, column, byte; /* of the first byte in the input: 1-, 1-, 0-based */
	/* NULL, or why nothing can be judged here: a sentence without full stop,
	 * valid until the input is closed. Where bytes that are no JSON value have
	 * no sentence of their own, the library finds it. */
	const char *error;
	size_t error_line, error_column, error_byte; /* in the input, where `error` is set */
};

struct input_options {
	size_t max_record;        /* bytes; 0: 16 MiB */
	void (*idle)(void *data); /* called before a read that would block; or NULL */
	void *data;
};

enum input_event {
	INPUT_RECORD,
	INPUT_END,
	INPUT_FAILED, /* errno says why, and input_failure() */
};

struct input;

/* Opens the file called `name`, or standard input for `-`. Returns NULL with
 * errno set if that fails. */
struct input *input_open(const char *name, const struct input_options *);

/* The same for an open descriptor, which input_close() closes unless it is
 * standard input. */
struct input *input_attach(int descriptor, const struct input_options *);
void input_close(struct input *); /* or NULL */

/* What failed, as a sentence without full stop: that of errno, or what is
 * wrong with a compressed file and where. Valid until the input is closed. */
const char *input_failure(const struct input *);

/* The next record. A record is given out as soon as its last byte has been
 * read, without waiting for more. */
enum input_event input_next(struct input *, struct record *);

/*
 * An input can be given away in parts, to be cut by several threads: a part is
 * an input of its own, whose records stand where they stood in the whole. What
 * is wrong among documents may change what those behind it are, so that from
 * there on they are no parts.
 */
enum input_parting {
	INPUT_PART,  /* the part holds the next records */
	INPUT_WHOLE, /* input_next() cuts all that is left */
	INPUT_OVER,  /* the end, or a failure: input_next() tells which */
};

/* An empty part, to be filled over and over; NULL if memory ran out. */
struct input *input_part(void);

/* Fills the part with the records that have been read, waiting only until there
 * is one. Its memory is taken in exchange. */
enum input_parting input_take(struct input *, struct input *part);

/* Whose output is to be flushed from now on before a read that would block. */
void input_set_idle(struct input *, void (*idle)(void *data), void *data);

/* Whether it is a file on a disk, which is not used up by reading it. */
bool input_is_file(const struct input *);

/* Bytes of the file that have been read, as it holds them. */
size_t input_taken(const struct input *);

/* Bytes that have been read and not yet given out. */
size_t input_held(const struct input *);

/* Records given out so far, in parts or by themselves. */
size_t input_count(const struct input *);

/* Turns a place within the record (1-, 1- and 0-based) into one in its input. */
void record_place(const struct record *, size_t *line, size_t *column, size_t *byte);

#endif
