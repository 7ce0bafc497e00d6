/*
 * What a session has looked up: names and words as records write them, and what
 * they came to. The records of a log use the same few over and over.
 */
#ifndef PROVISO_RECALL_H
#define PROVISO_RECALL_H

#include "member.h"

enum { RECALL_SLOTS = 1024, RECALL_LONGEST = 40 };

/* What a word was looked up as. */
enum {
	RECALL_MEMBER,   /* of a request: `member` */
	RECALL_PROPERTY, /* of a party: `member` */
	RECALL_CONTENT,  /* of an object within a text: `kind` */
	RECALL_LABEL,    /* its role or type: `label` */
	RECALL_LIKE,     /* a kind of party, slips allowed: `like` */
	RECALL_VALUE,    /* and the axis added: `value` */
};

struct recalled {
	uint64_t first, last; /* the word's bytes, all of one that is short */
	uint32_t as;
	uint8_t length;
	bool known; /* what it came to is set */
	char word[RECALL_LONGEST];
	union {
		struct member member;
		enum member_kind kind;
		enum member_label label;
		uint32_t value;
		bool like;
	};
};

/* All zero to begin with. A word takes the slot of another that falls on it. */
struct recall {
	struct recalled slots[RECALL_SLOTS];
	struct recalled spare; /* for words too long to be kept */
};

/* The slot of a word. If it is not known, what it comes to is the caller's to set. */
struct recalled *recall_word(struct recall *, uint32_t as, struct span word);

/* The value of an axis that a word names, as vocabulary_declared() finds it. */
uint32_t recall_value(struct recall *, const struct vocabulary *, uint32_t axis,
                      struct span word);

#endif
