/* Bit sets that words set many bits of at a time, while a lexicon is being compiled.
 * Internal to compile.c, compile_items.c and compile_cases.c. */
#ifndef PROVISO_BLOCKS_H
#define PROVISO_BLOCKS_H

#include "compile.h"

/* The words that set a bit. */
struct setters {
	const struct list *symbols;
	uint32_t level; /* bits of a lower level come first */
};

/* The best order of some bits: the index of the one that comes first, and so on. */
uint32_t *blocks_order(struct arena *, const struct setters *, size_t count, size_t symbol_count);

/* Puts the blocks of the bits of some numbers into the image. */
struct block_list blocks_put(struct image_builder *, struct list *numbers);

/* Likewise; puts into a section where they begin. */
void blocks_begin(struct image_builder *, int section, struct list *numbers);

#endif
