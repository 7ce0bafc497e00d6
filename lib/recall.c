#include "recall.h"

/* By the first eight bytes and the last eight. */
static uint32_t
slot_of(uint32_t as, struct span word)
{
	uint64_t first = 0, last = 0;
	if (word.length >= sizeof first) {
		memcpy(&first, word.at, sizeof first);
		memcpy(&last, word.at + word.length - sizeof last, sizeof last);
	} else {
		for (size_t i = 0; i < word.length; i++)
			first = first << 8 | (unsigned char)word.at[i];
	}
	uint64_t hash = (first ^ as) * 0x9E3779B97F4A7C15U + last;
	return (uint32_t)(hash * 0xD6E8FEB86659FD93U >> 32) % RECALL_SLOTS;
}

struct recalled *
recall_word(struct recall *recall, uint32_t as, struct span word)
{
	if (word.length > RECALL_LONGEST) {
		recall->spare.known = false;
		return &recall->spare;
	}
	struct recalled *slot = &recall->slots[slot_of(as, word)];
	if (slot->known && slot->as == as &&
	    span_equal((struct span){slot->word, slot->length}, word))
		return slot;
	slot->known = false;
	slot->as = as;
	slot->length = (uint8_t)word.length;
	if (word.length != 0)
		memcpy(slot->word, word.at, word.length);
	return slot;
}
