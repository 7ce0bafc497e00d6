/*
 * The scanner against jansson, on whatever bytes libFuzzer comes up with.
 *
 * Changed bytes are seldom JSON still. So every other change is one of values:
 * in a record that is JSON, one takes the place of another.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "against_jansson.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t length, size_t most);

static struct arena arena;
static unsigned long accepted, rejected;

static void
say_counts(void)
{
	printf("%lu accepted, %lu rejected, no difference\n", accepted, rejected);
	arena_free(&arena);
}

int
LLVMFuzzerInitialize(int *count, char ***arguments)
{
	(void)count;
	(void)arguments;
	json_object_seed(1);
	arena_init(&arena);
	return atexit(say_counts);
}

static bool
scan_bytes(struct scan *scan, const uint8_t *bytes, size_t length)
{
	arena_reset(&arena);
	if (setjmp(arena.exhausted) != 0)
		abort();
	return scan_record(scan, &arena, (struct span){(const char *)bytes, length});
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct scan scan;
	bool valid = scan_bytes(&scan, bytes, length);
	const char *difference = against_jansson(&scan, &arena);
	if (difference != NULL) {
		fprintf(stderr, "difference: %s, but %s\n", valid ? "accepted" : scan.error,
		        difference);
		abort();
	}
	++*(valid ? &accepted : &rejected);
	return 0;
}

/* Puts a copy of one value where another is; returns the new length. */
static size_t
replace_value(uint8_t *bytes, size_t length, struct span old, struct span new)
{
	size_t at = (size_t)(old.at - (const char *)bytes), end = at + old.length;
	struct span copy = {arena_copy(&arena, new), new.length};
	memmove(bytes + at + copy.length, bytes + end, length - end);
	memcpy(bytes + at, copy.at, copy.length);
	return length - old.length + copy.length;
}

size_t
LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t most, unsigned seed)
{
	struct scan scan;
	if (seed % 2 == 0 || !scan_bytes(&scan, bytes, length))
		return LLVMFuzzerMutate(bytes, length, most);
	struct span old = scan_raw(&scan, seed / 2 % scan.count);
	struct span new = scan_raw(&scan, seed / 2 / scan.count % scan.count);
	if (length - old.length + new.length > most)
		return LLVMFuzzerMutate(bytes, length, most);
	return replace_value(bytes, length, old, new);
}
