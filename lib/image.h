/*
 * A compiled vocabulary: one block of bytes without pointers, so that it can
 * lie read-only in the binary and be used in place. It is made by the same
 * compiler at build time (vocabulary-image) and at run time (--vocabulary).
 *
 * A section is an array of fixed-size records; records refer to each other by
 * index and to text by offset into SECTION_STRINGS.
 */
#ifndef PROVISO_IMAGE_H
#define PROVISO_IMAGE_H

#include <stdint.h>

#include "arena.h"
#include "span.h"

enum image_section {
	SECTION_STRINGS,   /* NUL-terminated texts; offset 0 is the empty one */
	SECTION_AXES,      /* struct axis */
	SECTION_VALUES,    /* struct value */
	SECTION_LINKS,     /* uint32_t value indices: ancestors, open rivals */
	SECTION_SPELLINGS, /* struct spelling, sorted by axis and text */
	SECTION_INFERENCES,/* struct inference */
	/* The sections that text is read by; see text/lexicon.h. */
	SECTION_TEXT_FIRST,
	SECTION_COUNT = SECTION_TEXT_FIRST + 35,
};

struct image_builder {
	struct arena *arena;
	struct {
		unsigned char *bytes;
		size_t size, capacity;
	} sections[SECTION_COUNT];
};

void image_start(struct image_builder *, struct arena *);

/* Appends a record; returns its index, counted in records of that size. */
uint32_t image_put(struct image_builder *, enum image_section, const void *record, size_t size);

/* Appends a text and its NUL; returns its offset. */
uint32_t image_string(struct image_builder *, struct span text);

/* The array that a section holds so far; moves when the section grows. */
const void *image_built(const struct image_builder *, enum image_section, size_t size,
                        uint32_t *count);

/* The finished image, 8-byte aligned, in the builder's arena. */
struct span image_finish(struct image_builder *);

/* A section of a finished image, and how many records of `size` it holds. */
const void *image_section(struct span image, enum image_section, size_t size, uint32_t *count);

#endif
