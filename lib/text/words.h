/* What the files share that cut texts into words. */
#ifndef PROVISO_WORDS_H
#define PROVISO_WORDS_H

#include "fold.h"
#include "reader.h"

/* Where the scan of one run of letters stands. */
struct scanner {
	struct reader *reader;
	uint32_t piece;
	size_t first;  /* token of the piece */
	size_t raw;    /* token that is not repaired yet: all behind it are not, either */
	struct letter *letters;
	size_t capacity, count, at;
	enum gap gap;
	bool listed; /* a line of this block is an item or a field of its own */
};

/* Scans what begins before byte `end`. */
void words_scan(struct scanner *, uint32_t end);

/* Whether a full stop behind a word shortens it: "Sgt.", and the initial in "Sgt. R.". */
bool words_shortened(const struct reader *, size_t word);

#endif
