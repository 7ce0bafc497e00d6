/*
 * Moulds against the scanner and reading, on whatever lines libFuzzer comes up with.
 *
 * Each line is held against the moulds that were made of those before. So that many
 * fit, every other change is one of values: a line is doubled, and in the copy one
 * value takes the place of another.
 */
#include <stdio.h>
#include <stdlib.h>

#include "against_reading.h"
#include "builtin.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t length, size_t most);

static struct arena arena;
static struct vocabulary vocabulary;
static struct recall recall;
static struct moulds moulds;
static unsigned long fitted, not_fitted;

static void
say_counts(void)
{
	printf("%lu fitted, %lu not, no difference\n", fitted, not_fitted);
	arena_free(&arena);
	moulds_forget(&moulds);
}

int
LLVMFuzzerInitialize(int *count, char ***arguments)
{
	(void)count;
	(void)arguments;
	arena_init(&arena);
	arena_init(&moulds.arena);
	vocabulary_use(&vocabulary, builtin_image);
	return atexit(say_counts);
}

static void
try_line(const char *line, size_t length)
{
	struct request request;
	/* So that nothing behind it is read. */
	char *copy = malloc(length);
	struct span record = {copy, length};
	arena_reset(&arena);
	if ((copy == NULL && length != 0) || setjmp(arena.exhausted) != 0)
		abort();
	if (length != 0)
		memcpy(copy, line, length);
	bool fits = mould_fit(&moulds, &request, record, &vocabulary, &recall, &arena);
	const char *difference =
	        fits ? against_reading(&request, record, &vocabulary, &recall, &arena) : NULL;
	if (difference != NULL) {
		fprintf(stderr, "difference: fits, but %s\n", difference);
		abort();
	}
	++*(fits ? &fitted : &not_fitted);
	reading_mould(&moulds, record, &vocabulary, &recall, &arena);
	free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const char *line = (const char *)bytes, *end = line + length;
	moulds_forget(&moulds);
	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		const char *stop = newline != NULL ? newline : end;
		try_line(line, (size_t)(stop - line));
		line = stop + 1;
	}
	return 0;
}

/* A copy of the last line, in which one value is where another was; returns the length. */
static size_t
add_line(uint8_t *bytes, size_t length, struct span last, struct span old, struct span new)
{
	char *at = (char *)bytes + length;
	size_t before = (size_t)(old.at - last.at);
	size_t after = last.length - before - old.length;
	*at++ = '\n';
	memcpy(at, last.at, before);
	memcpy(at + before, new.at, new.length);
	memcpy(at + before + new.length, old.at + old.length, after);
	return length + 1 + before + new.length + after;
}

size_t
LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t most, unsigned seed)
{
	struct scan scan;
	size_t start = length;
	while (start != 0 && bytes[start - 1] != '\n')
		start--;
	struct span last = {(const char *)bytes + start, length - start};
	arena_reset(&arena);
	if (setjmp(arena.exhausted) != 0)
		abort();
	if (seed % 2 == 0 || length + 2 * last.length + 1 > most ||
	    !scan_record(&scan, &arena, last))
		return LLVMFuzzerMutate(bytes, length, most);
	struct span old = scan_raw(&scan, seed / 2 % scan.count);
	struct span new = scan_raw(&scan, seed / 2 / scan.count % scan.count);
	return add_line(bytes, length, last, old, new);
}
