/*
 * Text to folded letters: NFKC and case folding, marks and invisible code
 * points off, each letter with the bytes of the record that it comes from.
 */
#ifndef PROVISO_FOLD_H
#define PROVISO_FOLD_H

#include <stdint.h>

#include "../arena.h"
#include "../span.h"

struct letter {
	int32_t code;
	uint32_t start, end; /* bytes of the original */
	bool capital;
	bool word; /* a letter or a digit */
};

/* Folds `bytes` (valid UTF-8) into `letters`, which is grown as needed;
 * `offset` is added to the byte positions. Returns how many there are. */
size_t fold_letters(struct arena *, struct letter **letters, size_t *capacity, struct span bytes,
                    uint32_t offset);

/* Appends a code point to `text` as UTF-8; returns the bytes written (1 to 4). */
size_t fold_write(char *text, int32_t code);

/* Whether there is a letter or a digit in `bytes`, which are valid UTF-8. */
bool fold_has_word(struct span bytes);

/* A word as patterns and names write it, folded: lower case, no marks, one
 * space between words. In the arena, NUL-terminated. */
struct span fold_phrase(struct arena *, struct span phrase);

/* The words of what fold_phrase() gave. */
uint32_t fold_count_words(struct span folded);

#endif
