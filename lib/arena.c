#include "arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define BLOCK_SIZE ((size_t)64 * 1024)
/* A block larger than this is given back at reset: one huge record must not
 * hold its memory for the rest of a run. */
#define KEPT_SIZE ((size_t)1024 * 1024)

struct arena_block {
	struct arena_block *next;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

void
arena_init(struct arena *arena)
{
	arena->blocks = NULL;
	arena->used = 0;
}

static void
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
static unsigned char *
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

/* The same for `count` things of any type. */
static unsigned char *
take_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > (SIZE_MAX / 2) / size)
		longjmp(arena->exhausted, 1);
	return take(arena, count * size, alignof(max_align_t));
}

void *
arena_alloc(struct arena *arena, size_t count, size_t size)
{
	return memset(take_array(arena, count, size), 0, count * size);
}

void *
arena_enlarge(struct arena *arena, const void *array, size_t count, size_t more,
              size_t *capacity, size_t size)
{
	size_t wanted = *capacity ? *capacity * 2 : 8;
	if (wanted - count < more)
		wanted = count + more;
	unsigned char *grown = take_array(arena, wanted, size);
	if (count != 0)
		memcpy(grown, array, count * size);
	*capacity = wanted;
	return grown;
}

char *
arena_text(struct arena *arena, size_t size)
{
	return (char *)take(arena, size, 1);
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
	return (struct arena_mark){arena->blocks, arena->used};
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
}

void
arena_free(struct arena *arena)
{
	for (struct arena_block *block = arena->blocks, *next; block != NULL; block = next) {
		next = block->next;
		free(block);
	}
	arena_init(arena);
}
