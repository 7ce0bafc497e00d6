/* The members of a request, and what becomes of each. */
#ifndef PROVISO_MEMBER_H
#define PROVISO_MEMBER_H

#include "vocabulary.h"

enum member_kind {
	MEMBER_UNKNOWN,
	MEMBER_ID,
	MEMBER_DATE,
	MEMBER_IGNORED,  /* known to say nothing about the use */
	MEMBER_SERVICE,  /* whose policies apply; no fact about the use */
	MEMBER_ACTOR,
	MEMBER_SERVED,   /* on_behalf_of */
	MEMBER_PLACE,    /* jurisdiction of every party that has none of its own */
	MEMBER_AXIS,     /* a fact on an axis */
	MEMBER_DENIAL,   /* not_ and an axis: facts denied */
	MEMBER_TEXT,
	MEMBER_HEADING,  /* text that belongs to every passage */
	MEMBER_MESSAGES,
	MEMBER_CONTENT,  /* text, but of many other logs too: makes no request of a record */
	MEMBER_NAME,     /* of a party */
};

/* What an object within a text says of itself. */
enum member_label {
	LABEL_NONE,
	LABEL_HEADING, /* it is of the system or the developer */
	LABEL_UNREAD,  /* it is the model's own words, what it called, what came back, or bytes */
	LABEL_OTHER,
};

struct member {
	enum member_kind kind;
	uint32_t axis;     /* of an axis or a denial */
	bool text_too;     /* an axis whose member may also hold free text */
	const char *meant; /* of an unknown member: the known one within two slips, or NULL */
};

/* What a member of that name is. A name within two slips of a known one comes
 * out as MEMBER_UNKNOWN with `meant`, and kind and axis are those of
 * member_find(meant). */
struct member member_find(const struct vocabulary *, struct arena *, struct span name);

/* What a member of a party is: MEMBER_AXIS, MEMBER_NAME, or MEMBER_UNKNOWN with
 * `meant` and its axis. */
struct member member_of_party(const struct vocabulary *, struct span name);

/* What a member of an object within a text is, however its letters are cased:
 * MEMBER_TEXT, MEMBER_IGNORED (it never holds text), or MEMBER_UNKNOWN. */
enum member_kind member_of_text(struct span name);

/* What the `role` or `type` of an object within a text says. */
enum member_label member_label(struct span text);

/* Slips (letters left out, put in, changed, or swapped) between two words, up to
 * `most`; `most` + 1 if there are more. */
size_t member_slips(struct span a, struct span b, size_t most);

#endif
