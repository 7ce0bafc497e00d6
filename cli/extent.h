/*
 * Where one JSON value ends: brackets, quotes and words are followed byte by
 * byte, as far as that takes, and most bytes of a string at once. Not all that
 * passes is valid; what is wrong here is wrong JSON, or nested deeper than is
 * allowed. A brace that begins a line where no value can stand begins another one.
 */
#ifndef PROVISO_CLI_EXTENT_H
#define PROVISO_CLI_EXTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum extent_event {
	EXTENT_INSIDE, /* the value goes on after this byte */
	EXTENT_LAST,   /* it ends with this byte */
	EXTENT_PAST,   /* it ended before this byte */
	EXTENT_ANEW,   /* it is left open: this byte begins the next one */
	EXTENT_WRONG,  /* no value goes on like this */
};

/* Starts as zeroes at the first byte of a value. */
struct extent {
	const char *word; /* what is still to come of true, false or null */
	uint64_t objects; /* which of the open brackets are braces, outermost lowest */
	size_t depth;
	int last; /* byte that is no white space */
	bool started, quoted, escaped, number;
	bool line_start; /* the next byte begins a line */
};

/* Takes the next byte, or -1 for the end of input. */
enum extent_event extent_next(struct extent *, int byte);

/* Takes those of the next bytes that certainly go on inside; returns how many. */
size_t extent_pass(struct extent *, const char *bytes, size_t length);

#endif
