/* What the files that read a request share. */
#ifndef PROVISO_REQUEST_PARTS_H
#define PROVISO_REQUEST_PARTS_H

#include "gap.h"
#include "request.h"

/* What is read at the moment, and where. */
struct reader {
	struct request *request;
	const struct scan *scan;
	const struct vocabulary *vocabulary;
	struct recall *recall;
	struct arena *arena;
	struct gap *gaps; /* of each node; or NULL */
	bool strict;
	bool told; /* some fact or text was found */
};

/* The values of one axis for one party, as a member tells them. */
struct statement {
	uint32_t axis;
	uint32_t party;
	uint32_t group;
	enum telling telling; /* of a value that is simply named */
	bool text_too;        /* what names no value is read as text */
};

static inline const struct scan_node *
node_at(const struct reader *reader, uint32_t node)
{
	return &reader->scan->nodes[node];
}

/* Whoever does not look at what stands at a node, or looks only for what the gap says,
 * leaves one. */
static inline void
leave_gap(struct reader *reader, uint32_t node, struct gap gap)
{
	if (reader->gaps != NULL)
		reader->gaps[node] = gap;
}

/* Nobody looks at a value or at what is in it. */
void request_pass(struct reader *reader, uint32_t node);

/* Looks at a value after all, or at where it stands. */
void request_fix(struct reader *reader, uint32_t node);

/* What a request is told about its date; NULL if there is nothing to tell. */
static inline const char *
request_date_trouble(int32_t date)
{
	if (date == NO_DATE)
		return "not a date";
	return date >= 0 && date < 365 ? "a day in 1970; a number counts seconds since then" : NULL;
}

/* Whether a string says itself that the value is open. */
static inline bool
request_says_open(struct span text)
{
	return text.length == 0 || span_is(text, "unknown");
}

/* Whether a string where a party should be is its name: not blank, and like no kind. */
bool request_is_name(struct recall *, const struct vocabulary *, struct span text);

/* Where the value stands in the record. */
size_t request_place_of(const struct reader *reader, uint32_t node);

/* The pointer of a value, or of a member whose name it is, with `~` and `/` escaped as
 * RFC 6901 says. */
const char *request_pointer(const struct scan *, struct arena *, uint32_t node);

/* Notes something; in strict reading it makes the request invalid. */
void request_note(struct reader *reader, uint32_t node, const char *text);

void request_tell(struct reader *reader, const struct statement *statement, uint32_t value,
                  enum telling telling, uint32_t node);

/* Tells the value that a string names. */
void request_tell_named(struct reader *reader, const struct statement *statement, uint32_t value,
                        uint32_t node);

/* Leaves the whole axis open. */
void request_question(struct reader *reader, const struct statement *statement, uint32_t node);

/* Adds a text, unless there is no word in it. */
void request_add_text(struct reader *, struct span bytes, uint32_t node, enum text_role role);

/* Reads all text in a value: a string, or an array or object that holds some at
 * whatever depth. Who speaks in an object decides its role. */
void request_text(struct reader *, uint32_t node, enum text_role role);

/* The value that a scalar names, or NO_VALUE. */
uint32_t request_named_value(struct reader *reader, uint32_t axis, uint32_t node);

/* Tells what a scalar, an array or an object states of an axis. */
void request_statement(struct reader *reader, struct statement statement, uint32_t node);

/* Reads one party or an array of them. */
void request_parties(struct reader *reader, enum party_role role, uint32_t node);

/* Reads the request's own jurisdiction. */
void request_place(struct reader *reader, uint32_t node);

#endif
