/* What the files that make and fill moulds share. */
#ifndef PROVISO_MOULD_PARTS_H
#define PROVISO_MOULD_PARTS_H

#include "mould.h"

/* What follows bytes that are the same in all records of a form. */
enum follows {
	FOLLOWS_END,
	FOLLOWS_STRING,
	FOLLOWS_NUMBER,
	FOLLOWS_ELEMENTS,
};

/* What stands in the gaps of one form. */
struct mould {
	struct mould *other; /* of the same bytes */
	struct gap *gaps; /* in their order */
	size_t gap_count;
	struct tell *tells;
	size_t tell_count;
	const char *id; /* where it is in no gap; nor is the date */
	int32_t date;
	struct proviso_note *notes;
	size_t note_count;
};

/* So many bytes and what follows them. The steps of forms that begin alike are the same
 * as far as that goes. */
struct step {
	struct step *other; /* what may stand here instead */
	struct step *next;  /* what may come behind the gap */
	struct mould *mould; /* at the end, the first */
	enum follows follows;
	uint32_t length;
	unsigned char bytes[];
};

#endif
