/*
 * What scan.c leaves to the files beside it: the bytes of strings, jansson's
 * part, and names that are there twice.
 */
#ifndef PROVISO_SCAN_PARTS_H
#define PROVISO_SCAN_PARTS_H

#include "scan.h"

/* Where the characters from `at` on end that a string may hold as they are: at a
 * quote, a backslash, a control character, a byte that is not part of valid
 * UTF-8, or at `length`. */
size_t scan_characters(const unsigned char *text, size_t at, size_t length);

/* An error that is not in better words yet. */
extern const char scan_not_json[];

/* Whether a double can hold the well-formed number. */
bool referee_holds(struct arena *, struct span number);

/* A sentence for the error at scan->error_at, for which the scanner has none
 * of its own. The nodes are those before the error. */
const char *referee_sentence(const struct scan *, struct arena *);

/* The node of the first name of the object that stood there before, or 0. An
 * error may have cut the last member short. */
uint32_t scan_repeated_name(const struct scan *, struct arena *, uint32_t object);

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

/* The value of a hexadecimal digit, or -1. */
static inline int
hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four hexadecimal digits at `p` as a number, or -1. */
static inline long
hex_unit(const char *p, size_t left)
{
	long unit = 0;
	if (left < 4)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		int digit = hex_digit((unsigned char)p[i]);
		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
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
