#include "stretch_memory.h"

#include "stretch.h"

enum {
	LONGEST = RING, /* tokens of a stretch that is remembered */
	OFFSETS = 1 << STRETCH_OFFSET_BITS,
	CROSSING = 3, /* words of one */
};

_Static_assert((int)LONGEST <= (int)OFFSETS, "a token of a stretch is below OFFSETS");
_Static_assert((int)MATCH_LONGEST < (int)OFFSETS, "so is the length of a span");
_Static_assert((int)CLASSES_MOST <= 1 << STRETCH_ITEM_BITS, "a class has the room of an item");

static struct match_list *
list_of(struct reader *reader, size_t list)
{
	return list == 0 ? &reader->masks : list == 1 ? &reader->context : &reader->patterns;
}

struct stretch_counts
stretch_count(const struct matcher *matcher)
{
	const struct reader *reader = matcher->reader;
	return (struct stretch_counts){
	        {reader->masks.count, reader->context.count, reader->patterns.count},
	        matcher->span_count};
}

static void
recall_matches(struct matcher *matcher, struct match_list *list, const uint32_t *words,
               size_t count, size_t first)
{
	list->at = arena_room(matcher->reader->arena, list->at, list->count, count,
	                      &list->capacity, sizeof *list->at);
	for (size_t i = 0; i < count; i++) {
		uint32_t from = words[i] / OFFSETS % OFFSETS, to = words[i] % OFFSETS;
		list->at[list->count++] = (struct match){words[i] >> 2 * STRETCH_OFFSET_BITS,
		                                         (uint32_t)first + from,
		                                         (uint32_t)first + to};
	}
}

static void
recall_spans(struct matcher *matcher, const uint32_t *words, size_t count, size_t first)
{
	matcher->spans = arena_room(matcher->reader->arena, matcher->spans, matcher->span_count,
	                            count, &matcher->span_capacity, sizeof *matcher->spans);
	for (size_t i = 0; i < count; i++) {
		uint32_t from = words[i] / OFFSETS % OFFSETS, length = words[i] % OFFSETS;
		matcher->spans[matcher->span_count++] = (struct class_span){
		        (uint32_t)first + from, words[i] >> 2 * STRETCH_OFFSET_BITS, length};
	}
}

/* Adds what is known to be found in a stretch. */
static void
recall(struct matcher *matcher, const struct stretch *stretch, size_t first)
{
	const uint32_t *at = stretch_words(matcher->memory, stretch) + stretch->key +
	                     stretch->late_bits + stretch->crossings;
	for (size_t i = 0; i < 3; at += stretch->matches[i++])
		recall_matches(matcher, list_of(matcher->reader, i), at, stretch->matches[i],
		               first);
	recall_spans(matcher, at, stretch->spans, first);
}

static bool
is_late(const struct matcher *matcher, uint32_t number)
{
	const struct item *item = reader_item(matcher->reader, number);
	return bits_have(matcher->memory->late_starts,
	                 matcher->reader->lexicon->item_starts[item->starts]);
}

static void
put_matches(struct matcher *matcher, size_t list_index, size_t from, size_t first)
{
	struct stretch_memory *memory = matcher->memory;
	const struct match_list *list = list_of(matcher->reader, list_index);
	uint32_t *words = stretch_words(memory, &memory->now);
	uint32_t length = memory->length;
	for (size_t i = from; i < list->count; i++) {
		const struct match *match = &list->at[i];
		if (memory->now.stage == STAGE_KNOWN || !is_late(matcher, match->item))
			words[memory->length++] =
			        (match->item * OFFSETS + match->first - (uint32_t)first) *
			                OFFSETS +
			        match->last - (uint32_t)first;
	}
	memory->now.matches[list_index] = (uint16_t)(memory->length - length);
}

static void
put_spans(struct matcher *matcher, size_t from, size_t first)
{
	struct stretch_memory *memory = matcher->memory;
	uint32_t *at = stretch_words(memory, &memory->now) + memory->length;
	for (size_t i = from; i < matcher->span_count; i++) {
		const struct class_span *span = &matcher->spans[i];
		*at++ = (span->class * OFFSETS + span->token - (uint32_t)first) * OFFSETS +
		        span->length;
	}
	memory->now.spans = (uint16_t)(matcher->span_count - from);
	memory->length += memory->now.spans;
}

static void
put_late_bits(const struct matcher *matcher)
{
	struct stretch_memory *memory = matcher->memory;
	const uint64_t *met = possible_own(&matcher->possible)->met;
	uint32_t *words = stretch_words(memory, &memory->now), length = memory->length;
	for (uint32_t i = 0; i < matcher->possible.late_words; i++) {
		uint64_t block = met[i] << BLOCK_INDEX | i;
		if (met[i] == 0)
			continue;
		words[memory->length++] = (uint32_t)block;
		words[memory->length++] = (uint32_t)(block >> 32);
	}
	memory->now.late_bits = (uint16_t)(memory->length - length);
}

static void
copy_late_bits(struct stretch_memory *memory, const struct stretch *stretch)
{
	memcpy(stretch_words(memory, &memory->now) + memory->length,
	       stretch_words(memory, stretch) + stretch->key,
	       stretch->late_bits * sizeof *memory->words);
	memory->now.late_bits = stretch->late_bits;
	memory->length += stretch->late_bits;
}

static void
put_crossings(const struct matcher *matcher, size_t first)
{
	struct stretch_memory *memory = matcher->memory;
	uint32_t *at = stretch_words(memory, &memory->now) + memory->length;
	memory->now.crossings = (uint16_t)(matcher->crossing_count * CROSSING);
	memory->length += memory->now.crossings;
	for (size_t i = 0; i < matcher->crossing_count; i++) {
		const struct crossing *crossing = &matcher->crossings[i];
		*at++ = (crossing->item * OFFSETS + (uint32_t)(crossing->token - first)) * OFFSETS +
		        crossing->word;
		*at++ = (uint32_t)crossing->set;
		*at++ = (uint32_t)(crossing->set >> 32);
	}
}

/* Whether a member of a class may go on behind the stretch: items would go on with it, too. */
static bool
members_cross(const struct matcher *matcher)
{
	for (size_t i = 0; i < matcher->crossing_count; i++) {
		if (reader_item(matcher->reader, matcher->crossings[i].item)->kind == ITEM_CLASS)
			return true;
	}
	return false;
}

/* Whether there is room for it, and no span was left out. */
static bool
may_be_kept(const struct matcher *matcher, const struct stretch_counts *before)
{
	struct stretch_counts now = stretch_count(matcher);
	size_t spans = now.spans - before->spans;
	size_t words = matcher->memory->length + spans + matcher->possible.late_words * 2 +
	               matcher->crossing_count * CROSSING;
	for (size_t i = 0; i < 3; i++)
		words += now.matches[i] - before->matches[i];
	return spans < SPANS_MOST && words <= STRETCH_WORDS_MOST;
}

/* Puts down what was found in the stretch at hand, behind its late bits. */
static void
put(struct matcher *matcher, enum stage stage, size_t first, const struct stretch_counts *before)
{
	struct stretch_memory *memory = matcher->memory;
	memory->now.stage = (uint16_t)stage;
	put_crossings(matcher, first);
	for (size_t i = 0; i < 3; i++)
		put_matches(matcher, i, before->matches[i], first);
	put_spans(matcher, before->spans, first);
}

void
stretch_remember(struct matcher *matcher, size_t first, const struct stretch_counts *before)
{
	struct stretch_memory *memory = matcher->memory;
	matcher->crossing_count = 0;
	if (!memory->fits || !may_be_kept(matcher, before))
		return;
	put_late_bits(matcher);
	put(matcher, STAGE_MET, first, before);
	stretch_keep(memory, stretch_oldest(memory));
}

/* Orders matches as they are found: by token, from the last to the first, and by item.
 * Those before `from` are in order. */
static void
order_matches(struct match_list *list, size_t first, size_t from)
{
	for (size_t i = from; i < list->count; i++) {
		struct match match = list->at[i];
		size_t at = i;
		for (; at > first && (list->at[at - 1].first < match.first ||
		                      (list->at[at - 1].first == match.first &&
		                       list->at[at - 1].item > match.item));
		     at--)
			list->at[at] = list->at[at - 1];
		list->at[at] = match;
	}
}

static void
forget(struct matcher *matcher, const struct stretch_counts *counts)
{
	for (size_t i = 0; i < 3; i++)
		list_of(matcher->reader, i)->count = counts->matches[i];
	matcher->span_count = counts->spans;
}

/* Adds what late items match in a stretch, whatever stands behind it, to what was known. */
static void
match_late(struct matcher *matcher, const struct stretch *stretch, size_t first, size_t end)
{
	struct stretch_counts before = stretch_count(matcher);
	uint64_t *starts = matcher->possible.starts;
	struct class_span spans[SPANS_MOST];
	recall(matcher, stretch, first);
	for (size_t i = 0; i < stretch->spans; i++)
		spans[i] = matcher->spans[before.spans + i];
	matcher->span_count = before.spans;
	matcher->possible.starts = matcher->memory->late_starts;
	match_apart(matcher, first, end, spans, stretch->spans);
	matcher->possible.starts = starts;
	for (size_t i = 0; i < 3; i++)
		order_matches(list_of(matcher->reader, i), before.matches[i],
		              before.matches[i] + stretch->matches[i]);
}

static bool
finds_more(const struct matcher *matcher, const struct stretch *stretch,
           const struct stretch_counts *before)
{
	struct stretch_counts now = stretch_count(matcher);
	bool more = matcher->crossing_count != 0 || now.spans != before->spans + stretch->spans;
	for (size_t i = 0; i < 3; i++)
		more = more || now.matches[i] != before->matches[i] + stretch->matches[i];
	return more;
}

/* Once a stretch is met again, finds out what late items do in it. */
static void
get_to_know(struct matcher *matcher, struct stretch *stretch, size_t first, size_t end)
{
	struct stretch_memory *memory = matcher->memory;
	struct stretch_counts before = stretch_count(matcher);
	match_late(matcher, stretch, first, end);
	if (!finds_more(matcher, stretch, &before)) {
		stretch->stage = STAGE_KNOWN;
	} else if (!may_be_kept(matcher, &before) || members_cross(matcher)) {
		stretch->stage = STAGE_UNFIT;
	} else {
		copy_late_bits(memory, stretch);
		put(matcher, STAGE_KNOWN, first, &before);
		stretch_keep(memory, stretch);
	}
	forget(matcher, &before);
}

/* Whether a trial that was left at the end of a stretch comes to anything behind it. */
static bool
crosses(struct matcher *matcher, const struct stretch *stretch, size_t first, size_t end)
{
	const uint32_t *word = stretch_words(matcher->memory, stretch) + stretch->key +
	                       stretch->late_bits;
	const uint32_t *last = word + stretch->crossings;
	bool any = false;
	for (; word < last && !any; word += CROSSING) {
		struct crossing crossing = {(uint64_t)word[2] << 32 | word[1],
		                            word[0] >> 2 * STRETCH_OFFSET_BITS, word[0] % OFFSETS,
		                            first + word[0] / OFFSETS % OFFSETS};
		any = match_crosses(matcher, &crossing, end);
	}
	return any;
}

bool
stretch_recall(struct matcher *matcher, size_t first, size_t end)
{
	struct stretch_memory *memory = matcher->memory;
	memory->fits =
	        end - first <= LONGEST && stretch_put_key(memory, matcher->reader, first, end);
	struct stretch *stretch = memory->fits ? stretch_find(memory) : NULL;
	if (stretch == NULL)
		return false;
	memory->fits = false;
	if (stretch->stage == STAGE_MET)
		get_to_know(matcher, stretch, first, end);
	if (stretch->stage == STAGE_UNFIT || crosses(matcher, stretch, first, end))
		return false;
	recall(matcher, stretch, first);
	possible_pass(&matcher->possible, first, stretch_words(memory, stretch) + stretch->key,
	              stretch->late_bits);
	return true;
}
