/* Paragraphs that break their lines where a reader expects it. */
#ifndef PROVISO_CLI_PROSE_H
#define PROVISO_CLI_PROSE_H

#include "output.h"

enum { PROSE_WIDTH = 80, PROSE_WORD = 256 };

struct prose {
	struct output *output;
	size_t indent; /* of the lines after the first */
	size_t column; /* code points written on this line */
	bool blank;    /* a space is due before the next word */
	size_t word_length, word_width; /* bytes, code points */
	char word[PROSE_WORD];
};

/* Begins a paragraph. `lead` is written as it stands ("  - "); later lines are
 * indented as far. */
void prose_start(struct prose *, struct output *, const char *lead);

/* Adds texts up to a NULL. Lines break at spaces; what could harm a terminal
 * is escaped. */
void prose_add(struct prose *, const char *text, ...) __attribute__((sentinel));
void prose_number(struct prose *, size_t number);
void prose_end(struct prose *);

#endif
