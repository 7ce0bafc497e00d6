#include "recall.h"

static uint64_t
bytes_at(const char *at, size_t count)
{
	uint64_t bytes = 0;
	memcpy(&bytes, at, count);
	return bytes;
}

/* Both ends of a word: no other word of the length has them, up to sixteen bytes. */
static void
find_ends(struct span word, uint64_t *first, uint64_t *last)
{
	const char *end = word.at + word.length;
	*first = *last = 0;
	if (word.length >= 8) {
		*first = bytes_at(word.at, 8);
		*last = bytes_at(end - 8, 8);
	} else if (word.length >= 4) {
		*first = bytes_at(word.at, 4);
		*last = bytes_at(end - 4, 4);
	} else if (word.length != 0) {
		*first = bytes_at(word.at, 1);
		*last = bytes_at(word.at + word.length / 2, 1) | bytes_at(end - 1, 1) << 8;
	}
}

static size_t
slot_of(uint32_t as, uint64_t first, uint64_t last)
{
	uint64_t hash = (first ^ as) * 0x9E3779B97F4A7C15U + last;
	return (hash * 0xD6E8FEB86659FD93U >> 32) % RECALL_SLOTS;
}

struct recalled *
recall_word(struct recall *recall, uint32_t as, struct span word)
{
	if (word.length > RECALL_LONGEST) {
		recall->spare.known = false;
		return &recall->spare;
	}
	uint64_t first, last;
	find_ends(word, &first, &last);
	struct recalled *slot = &recall->slots[slot_of(as, first, last)];
	if (slot->known && slot->as == as && slot->length == word.length &&
	    slot->first == first && slot->last == last &&
	    (word.length <= 16 || memcmp(slot->word, word.at, word.length) == 0))
		return slot;
	slot->known = false;
	slot->as = as;
	slot->first = first;
	slot->last = last;
	slot->length = (uint8_t)word.length;
	if (word.length != 0)
		memcpy(slot->word, word.at, word.length);
	return slot;
}

uint32_t
recall_value(struct recall *recall, const struct vocabulary *vocabulary, uint32_t axis,
             struct span word)
{
	if (axis == NO_AXIS)
		return NO_VALUE;
	struct recalled *recalled = recall_word(recall, RECALL_VALUE + axis, word);
	if (!recalled->known) {
		recalled->value = vocabulary_declared(vocabulary, axis, word);
		recalled->known = true;
	}
	return recalled->value;
}
