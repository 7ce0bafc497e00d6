#include "arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define BLOCK_SIZE ((size_t)64 * 1024)
/* A block larger than this is given back at reset: one huge record must not
 * hold its memory for the rest of a run. */
#define KEPT_SIZE ((size_t)1024 * 1024)
/* What is at least as large has memory of its own, which can grow. */
#ifndef LARGE_SIZE
#define LARGE_SIZE (KEPT_SIZE / 4)
#endif

struct arena_block {
	struct arena_block *next;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena_large {
	struct arena_large *older, *newer;
	size_t number; /* of those given out, from 1 */
	alignas(max_align_t) unsigned char bytes[];
};

void
arena_init(struct arena *arena)
{
	arena->blocks = NULL;
	arena->used = 0;
	arena->large = NULL;
	arena->larges = 0;
}

static __attribute__((noinline)) void
add_block(struct arena *arena, size_t size)
{
	if (arena->blocks != NULL && arena->blocks->size <= KEPT_SIZE / 2 &&
	    arena->blocks->size * 2 > size)
		size = arena->blocks->size * 2;
	if (size < BLOCK_SIZE)
		size = BLOCK_SIZE;
	struct arena_block *block = malloc(sizeof *block + size);
	if (block == NULL)
		longjmp(arena->exhausted, 1);
	block->next = arena->blocks;
	block->size = size;
	arena->blocks = block;
	arena->used = 0;
}

/* `size` bytes as they are, where the alignment (a power of two) lets them begin. */
static inline unsigned char *
take(struct arena *arena, size_t size, size_t alignment)
{
	size_t at = (arena->used + alignment - 1) & ~(alignment - 1);
	if (arena->blocks == NULL || at > arena->blocks->size || arena->blocks->size - at < size) {
		add_block(arena, size);
		at = 0;
	}
	arena->used = at + size;
	return arena->blocks->bytes + at;
}

static inline size_t
product(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2)
		longjmp(arena->exhausted, 1);
	return bytes;
}

/* Puts a large one, which may have moved, where it belongs in the list. */
static unsigned char *
link_large(struct arena *arena, struct arena_large *large)
{
	if (large == NULL)
		longjmp(arena->exhausted, 1);
	if (large->older != NULL)
		large->older->newer = large;
	if (large->newer != NULL)
		large->newer->older = large;
	else
		arena->large = large;
	return large->bytes;
}

static unsigned char *
take_large(struct arena *arena, size_t size)
{
	struct arena_large *large = calloc(1, sizeof *large + size);
	if (large != NULL) {
		large->older = arena->large;
		large->number = ++arena->larges;
	}
	return link_large(arena, large);
}

/* Frees what was given out after the first `count`. */
static void
free_larges(struct arena *arena, size_t count)
{
	while (arena->large != NULL && arena->large->number > count) {
		struct arena_large *large = arena->large;
		arena->large = large->older;
		free(large);
	}
	if (arena->large != NULL)
		arena->large->newer = NULL;
	arena->larges = count;
}

void *
arena_alloc(struct arena *arena, size_t count, size_t size)
{
	size_t bytes = product(arena, count, size);
	if (bytes >= LARGE_SIZE)
		return take_large(arena, bytes);
	return memset(take(arena, bytes, alignof(max_align_t)), 0, bytes);
}

/* Large arrays that are not sure to be filled grow in smaller steps. */
static size_t
next_capacity(size_t count, size_t more, size_t capacity, size_t size)
{
	size_t wanted = capacity == 0                     ? 8
	                : capacity * size < LARGE_SIZE ? capacity * 2
	                                               : capacity + capacity / 2;
	return wanted - count < more ? count + more : wanted;
}

void *
arena_enlarge(struct arena *arena, void *array, size_t count, size_t more, size_t *capacity,
              size_t size)
{
	size_t wanted = next_capacity(count, more, *capacity, size);
	size_t bytes = product(arena, wanted, size);
	unsigned char *grown;
	if (*capacity * size >= LARGE_SIZE) {
		void *large = (unsigned char *)array - offsetof(struct arena_large, bytes);
		grown = link_large(arena, realloc(large, sizeof(struct arena_large) + bytes));
	} else {
		grown = bytes >= LARGE_SIZE ? take_large(arena, bytes)
		                            : take(arena, bytes, alignof(max_align_t));
		if (count != 0)
			memcpy(grown, array, count * size);
	}
	*capacity = wanted;
	return grown;
}

char *
arena_text(struct arena *arena, size_t size)
{
	return (char *)(size >= LARGE_SIZE ? take_large(arena, size) : take(arena, size, 1));
}

void
arena_trim(struct arena *arena, size_t size, size_t used)
{
	if (size < LARGE_SIZE)
		arena->used -= size - used;
}

char *
arena_copy(struct arena *arena, struct span text)
{
	char *copy = arena_text(arena, text.length + 1);
	if (text.length != 0)
		memcpy(copy, text.at, text.length);
	copy[text.length] = '\0';
	return copy;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		longjmp(arena->exhausted, 1);
	char *text = arena_alloc(arena, (size_t)length + 1, 1);
	va_start(arguments, format);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	va_end(arguments);
	return text;
}

struct arena_mark
arena_mark(const struct arena *arena)
{
	return (struct arena_mark){arena->blocks, arena->used, arena->larges};
}

void
arena_release(struct arena *arena, struct arena_mark mark)
{
	while (arena->blocks != mark.block) {
		struct arena_block *block = arena->blocks;
		arena->blocks = block->next;
		free(block);
	}
	arena->used = mark.used;
	free_larges(arena, mark.larges);
}

void
arena_reset(struct arena *arena)
{
	struct arena_block *kept = NULL;
	for (struct arena_block *block = arena->blocks, *next; block != NULL; block = next) {
		next = block->next;
		if (block->size <= KEPT_SIZE && (kept == NULL || block->size > kept->size)) {
			free(kept);
			kept = block;
		} else {
			free(block);
		}
	}
	if (kept != NULL)
		kept->next = NULL;
	arena->blocks = kept;
	arena->used = 0;
	free_larges(arena, 0);
}

void
arena_free(struct arena *arena)
{
	for (struct arena_block *block = arena->blocks, *next; block != NULL; block = next) {
		next = block->next;
		free(block);
	}
	free_larges(arena, 0);
	arena_init(arena);
}
