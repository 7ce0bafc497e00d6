#include <stdlib.h>

#include "scan_parts.h"

/* Members of an object that are compared pair by pair. */
enum { FEW_MEMBERS = 8 };

struct name {
	struct span text;
	uint32_t node;
};

static int
compare_names(const void *left, const void *right)
{
	const struct name *a = left, *b = right;
	if (a->text.length != b->text.length)
		return a->text.length < b->text.length ? -1 : 1;
	int order = a->text.length == 0 ? 0 : memcmp(a->text.at, b->text.at, a->text.length);
	return order != 0 ? order : (a->node > b->node) - (a->node < b->node);
}

/* The node of the first name that stood before in the same object, or 0. */
static uint32_t
sorted_repeat(struct name *names, size_t count)
{
	uint32_t repeat = 0;
	qsort(names, count, sizeof *names, compare_names);
	for (size_t i = 1; i < count; i++)
		if (span_equal(names[i - 1].text, names[i].text) &&
		    (repeat == 0 || names[i].node < repeat))
			repeat = names[i].node;
	return repeat;
}

static uint32_t
paired_repeat(const struct name *names, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = 0; j < i; j++)
			if (span_equal(names[j].text, names[i].text))
				return names[i].node;
	return 0;
}

uint32_t
scan_repeated_name(const struct scan *scan, struct arena *arena, uint32_t object, size_t count)
{
	struct name few[FEW_MEMBERS];
	struct name *names =
	        count <= FEW_MEMBERS ? few : arena_alloc(arena, count, sizeof *names);
	uint32_t node = object + 1;
	for (size_t i = 0; i < count; i++) {
		if (i != 0)
			node = scan->nodes[node + 1].next;
		if (node == scan->count)
			count = i;
		else
			names[i] = (struct name){scan->nodes[node].escaped ?
			                                 scan_string(scan, arena, node) :
			                                 raw_string(scan, node),
			                         node};
	}
	return names == few ? paired_repeat(names, count) : sorted_repeat(names, count);
}
