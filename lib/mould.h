/*
 * Moulds: the forms that records of a log have in common. Those that one service writes
 * differ in the strings and numbers that stand in them and in how many messages they
 * hold; all that is between, names and signs, is the same bytes.
 *
 * A mould is made of a record that was scanned and read. A record whose bytes are the
 * same outside of the gaps, and that has strings for strings and numbers for numbers in
 * them, would be scanned to nodes of the same kinds in the same places, and read step by
 * step as the first was: for gaps are only where reading does not look at what stands
 * there, or looks for what is looked for here as well.
 */
#ifndef PROVISO_MOULD_H
#define PROVISO_MOULD_H

#include "gap.h"
#include "request.h"

enum { MOULD_GAPS = 64, MOULD_TEXTS = 128 };

/* What a record holds in a gap: a string without its quotes or a number, and what it says;
 * or which texts its elements hold. */
struct filling {
	struct span raw, text;
	size_t first, count;
};

struct step;

/* All zero to begin with, but for the arena. */
struct moulds {
	struct arena arena;
	struct step *records, *elements; /* what they may begin with */
	size_t bytes;                    /* of memory taken */
	size_t fitted, missed;           /* records of late */
	size_t resting;                  /* records that are not tried */
	struct filling fillings[MOULD_GAPS];
	size_t filling_count;
	struct span held[MOULD_TEXTS]; /* texts of elements */
	size_t held_count;
	struct request_text texts[MOULD_TEXTS];
	struct party_name names[MOULD_GAPS];
};

/* Whether it is worth while to look for a mould, and else to make one. */
bool mould_wanted(struct moulds *, struct span record);

/* Reads a record as request_read() would, if there is a mould that it fits, but only what
 * a glance asks for. */
bool mould_fit(struct moulds *, struct request *, struct span record, const struct vocabulary *,
               struct recall *, struct arena *);

/* Makes a mould of a record that has been read, where that can be done. */
void mould_make(struct moulds *, const struct request *, const struct gap *gaps);

/* Gives back their memory. */
void moulds_forget(struct moulds *);

#endif
