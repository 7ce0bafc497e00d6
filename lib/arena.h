/*
 * Memory that is given back all at once.
 *
 * One arena belongs to one thread. When memory runs out, arena_alloc() does
 * not return: it jumps to `exhausted`, which the entry point that owns the
 * arena has set with setjmp(). So nothing between the entry point and an
 * allocation may hold anything but arena memory.
 */
#ifndef PROVISO_ARENA_H
#define PROVISO_ARENA_H

#include <setjmp.h>
#include <stddef.h>

#include "span.h"

struct arena_block;
struct arena_large;

struct arena {
	struct arena_block *blocks; /* newest first */
	size_t used;                /* bytes of the newest block */
	struct arena_large *large;  /* newest first */
	size_t larges;              /* how many have been given out */
	jmp_buf exhausted;
};

void arena_init(struct arena *);

/* Zeroed memory for `count` things of `size` bytes, aligned for any type. */
void *arena_alloc(struct arena *, size_t count, size_t size);

/* Where an array of `count` things is that had no room for `more`: it has half as
 * much again at least. What comes after the first `count` is not zeroed. The array
 * as it was is gone. */
void *arena_enlarge(struct arena *, void *array, size_t count, size_t more, size_t *capacity,
                    size_t size);

/* Gives an array of `count` things room for `more`; returns where it now is.
 * `*capacity` starts at 0 with `array` NULL. */
static inline void *
arena_room(struct arena *arena, void *array, size_t count, size_t more, size_t *capacity,
           size_t size)
{
	return *capacity - count >= more
	               ? array
	               : arena_enlarge(arena, array, count, more, capacity, size);
}

/* Room for one more. */
static inline void *
arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity, size_t size)
{
	return arena_room(arena, array, count, 1, capacity, size);
}

/* `size` bytes for text that the caller writes: not zeroed, not aligned. */
char *arena_text(struct arena *, size_t size);

/* Of the `size` bytes that arena_text() gave out last, only the first `used` are wanted. */
void arena_trim(struct arena *, size_t size, size_t used);

/* A NUL-terminated copy. */
char *arena_copy(struct arena *, struct span);
char *arena_printf(struct arena *, const char *format, ...)
        __attribute__((format(printf, 2, 3), nonnull(2)));

/* Where an arena stands, and back to there: what was given out since is gone. */
struct arena_mark {
	struct arena_block *block;
	size_t used, larges;
};
struct arena_mark arena_mark(const struct arena *);
void arena_release(struct arena *, struct arena_mark);

/* Forgets everything given out and keeps one block for the next round. */
void arena_reset(struct arena *);
void arena_free(struct arena *);

#endif
