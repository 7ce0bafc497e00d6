/* What the files that cut an input share. */
#ifndef PROVISO_CLI_INPUT_PARTS_H
#define PROVISO_CLI_INPUT_PARTS_H

#include "extent.h"
#include "input.h"
#include "source.h"

enum form {
	FORM_UNKNOWN,
	FORM_LINES,
	FORM_DOCUMENTS,
	FORM_REFUSED, /* a part that holds nothing but a record too long to be kept */
};

/* What is to be passed over before the next record, having been reported. */
enum rest {
	REST_NONE,
	REST_FIRST_LINE, /* of an input whose form it will tell */
	REST_LINE,
	REST_VALUE,
	REST_WRONG, /* all up to a line that begins with `{` */
};

/* Where among documents the input stands. */
enum place {
	PLACE_TOP,
	PLACE_ARRAY, /* just after the bracket that opens a top-level array */
	PLACE_COMMA, /* after a comma of it */
	PLACE_VALUE, /* after an element of it */
};

/* Of so many lines of a part it is known where they end. */
enum { NEWLINES_KNOWN = 4096 };

struct input {
	struct source source;
	size_t max_record;
	size_t count;
	enum form form;
	enum rest rest;
	enum place place;
	bool broken; /* something in the array is wrong and reported: its end may be missing */
	bool goes_on; /* a part: the array does not end with it */
	size_t newlines[NEWLINES_KNOWN]; /* where in the source's bytes */
	size_t newline_count, newline;   /* how many, and the next */
	struct record refused;
	struct extent extent; /* of the value that the input stands in */
	char too_long[sizeof "longer than 18446744073709551615 bytes"];
};

static inline bool
is_blank(int byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Passes white space; returns the byte after it, or -1 at the end. */
int input_pass_blank(struct input *);

/* The end, or a failure. */
enum input_event input_end(const struct input *);

/* Gives out the next `length` bytes, which have been read. */
enum input_event input_give(struct input *, struct record *, size_t length, const char *error);

/* Makes a part whose bytes have been given stand where the input stands. */
void input_begin_part(const struct input *, struct input *part);

/* Looks at the first line. If it is too long to be kept, the form stays
 * unknown until lines_pass_first() has seen its end. */
void lines_find_form(struct input *);
enum input_event lines_first_too_long(struct input *, struct record *);
void lines_pass_first(struct input *);

enum input_event lines_next(struct input *, struct record *);
void lines_pass(struct input *);

/* Gives all lines away that have been read in full, or are the last ones;
 * reads on until there is one. Returns false if there is none, or if it is
 * longer than may be kept. */
bool lines_give(struct input *, struct input *part);

enum input_event documents_next(struct input *, struct record *);
void documents_pass_value(struct input *);
void documents_pass_wrong(struct input *);

/* Gives away the values that have been read in full, up to the first thing that
 * is not as it should be; reads on until there is one. Returns false if there
 * is none. */
bool documents_give(struct input *, struct input *part);

#endif
