/*
 * Bytes to checked JSON spans, without a tree.
 *
 * The scanner is the clerk: it accepts what RFC 8259 does, within the limits
 * below, and lays the values out in document order. Lone surrogates, NUL in a
 * member's name and a name that is there twice are errors. jansson is the
 * referee: a real that may be too large for a double goes to json_loadb() for
 * its decision, and an error that the scanner has no name for goes there for one.
 */
#ifndef PROVISO_SCAN_H
#define PROVISO_SCAN_H

#include <stdint.h>

#include "arena.h"
#include "span.h"

enum { SCAN_DEPTH = 64, SCAN_VALUES = 200000 };

enum scan_type {
	SCAN_NULL,
	SCAN_FALSE,
	SCAN_TRUE,
	SCAN_NUMBER,
	SCAN_STRING,
	SCAN_ARRAY,
	SCAN_OBJECT,
};

/* The children of an array follow it in order; those of an object as key,
 * value, key, value. `next` is the index just after the value and all its
 * children, so the next sibling of node i is nodes[i].next. */
struct scan_node {
	uint32_t start;  /* first byte in the record; of a string, after the quote */
	uint32_t end;    /* just past the last byte; of a string, the closing quote */
	uint32_t next;
	uint32_t parent; /* what it is an element of, or a member or its name */
	uint32_t order;  /* among those of its parent, from 0 */
	uint8_t type;    /* enum scan_type */
	bool escaped;    /* a string with a backslash in it */
	bool name;       /* a string that is a member's name */
};

struct scan {
	struct span text;
	const struct scan_node *nodes; /* nodes[0] is the whole value */
	uint32_t count;
	/* Set where the record is not acceptable. */
	const char *error; /* a sentence without full stop; NULL if all is well */
	size_t error_at;   /* 0-based byte of the first offending byte in text */
};

/* Scans one JSON value that must fill `text` but for white space. Returns
 * whether it is acceptable; if not, `error` and `error_at` are set and the
 * nodes are not to be used. `text` must outlive the scan and be shorter than
 * 4 GiB. */
bool scan_record(struct scan *, struct arena *, struct span text);

/* The index of the value of member `name` of the object at `object`, or 0. */
uint32_t scan_member(const struct scan *, uint32_t object, const char *name);

/* The bytes of a string as they stand in a record, decoded, as a copy in the arena. May
 * hold NUL. */
struct span scan_decoded(struct arena *, struct span raw);

/* Likewise, but the record's own bytes where nothing is escaped. */
static inline struct span
scan_string(const struct scan *scan, struct arena *arena, uint32_t node)
{
	const struct scan_node *string = &scan->nodes[node];
	struct span raw = {scan->text.at + string->start, string->end - string->start};
	return string->escaped ? scan_decoded(arena, raw) : raw;
}

/* The bytes of the value at `node` as they stand in the record, quotes
 * included. */
struct span scan_raw(const struct scan *, uint32_t node);

/* The first byte of `text` that is not part of valid UTF-8, or its length. */
size_t scan_utf8(struct span text);

/* 1-based line and column, in code points, of byte `at` of `text`. */
void scan_position(struct span text, size_t at, size_t *line, size_t *column);

#endif
