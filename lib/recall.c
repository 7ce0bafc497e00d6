#include "recall.h"

static uint32_t
slot_of(uint32_t as, struct span word)
{
	uint32_t hash = as;
	for (size_t i = 0; i < word.length; i++)
		hash = (hash ^ (unsigned char)word.at[i]) * 16777619U;
	return (hash * 2654435761U >> 16) % RECALL_SLOTS;
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
