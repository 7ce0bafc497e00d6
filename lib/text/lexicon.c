#include "lexicon.h"

void
lexicon_use(struct lexicon *lexicon, struct span image)
{
	uint32_t ignored;
#define USE(member, counter, section)                                                    \
	lexicon->member = image_section(image, TEXT_SECTION(section), sizeof *lexicon->member, \
	                                &lexicon->counter)
	lexicon->strings = image_section(image, SECTION_STRINGS, 1, &ignored);
	USE(symbols, symbol_count, SECTION_SYMBOLS);
	USE(symbol_slots, symbol_slot_count, SECTION_SYMBOL_SLOTS);
	USE(classes, class_count, SECTION_CLASSES);
	USE(items, item_count, SECTION_ITEMS);
	USE(code, code_count, SECTION_CODE);
	USE(elements, element_count, SECTION_ELEMENTS);
	USE(follows, follow_count, SECTION_FOLLOWS);
	USE(starts, start_count, SECTION_STARTS);
	USE(item_starts, item_start_count, SECTION_ITEM_STARTS);
	USE(blocks, block_count, SECTION_BLOCKS);
	USE(cases, case_count, SECTION_CASES);
	USE(case_clues, case_clue_count, SECTION_CASE_CLUES);
	USE(case_regions, case_region_count, SECTION_CASE_REGIONS);
	USE(symbol_bits, symbol_bit_count, SECTION_SYMBOL_BITS);
	USE(spans_bits, spans_bit_count, SECTION_SPANS_BITS);
	USE(item_spans, item_span_count, SECTION_ITEM_SPANS);
	USE(links, link_count, SECTION_TEXT_LINKS);
	USE(names, name_count, SECTION_NAMES);
	USE(name_slots, name_slot_count, SECTION_NAME_SLOTS);
	USE(keys, key_count, SECTION_KEYS);
	USE(key_starts, key_start_count, SECTION_KEY_STARTS);
	USE(key_ends, key_end_count, SECTION_KEY_ENDS);
	USE(stem_set, stem_set_count, SECTION_STEM_SET);
	USE(end_set, end_set_count, SECTION_END_SET);
	USE(pair_set, pair_set_count, SECTION_PAIR_SET);
	USE(letters, letter_count, SECTION_LETTERS);
	USE(rivals, rival_count, SECTION_RIVALS);
	USE(chains, chain_count, SECTION_CHAINS);
	USE(chain_links, chain_link_count, SECTION_CHAIN_LINKS);
	USE(symbol_cuts, symbol_cut_count, SECTION_SYMBOL_CUTS);
	USE(class_cuts, class_cut_count, SECTION_CLASS_CUTS);
	USE(cut_links, cut_link_count, SECTION_CUT_LINKS);
#undef USE
	const uint32_t *cuts = image_section(image, TEXT_SECTION(SECTION_CUT_COUNT), sizeof *cuts,
	                                     &ignored);
	lexicon->cut_count = ignored != 0 ? *cuts : 0;
}

uint32_t
lexicon_symbol(const struct lexicon *lexicon, struct span word, enum word_part part)
{
	return lexicon_hashed(lexicon, word, part,
	                      lexicon_hash(LEXICON_SEED + (uint32_t)part, word.at, word.length));
}

uint32_t
lexicon_hashed(const struct lexicon *lexicon, struct span word, enum word_part part, uint32_t hash)
{
	if (lexicon->symbol_slot_count == 0)
		return UINT32_MAX;
	uint32_t mask = lexicon->symbol_slot_count - 1;
	for (uint32_t slot = hash;; slot++) {
		uint32_t entry = lexicon->symbol_slots[slot & mask];
		if (entry == 0)
			return UINT32_MAX;
		if (!lexicon_slot_may_be(entry, hash))
			continue;
		uint32_t index = entry & (SLOT_INDICES - 1);
		const struct symbol *symbol = &lexicon->symbols[index - 1];
		if (symbol->part == part && symbol->length == word.length &&
		    memcmp(lexicon->strings + symbol->text, word.at, word.length) == 0)
			return index - 1;
	}
}

bool
lexicon_in_class(const struct lexicon *lexicon, uint32_t symbol, uint32_t class)
{
	const uint32_t *classes = lexicon->links + lexicon->symbols[symbol].classes;
	uint32_t low = 0, high = lexicon->symbols[symbol].class_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (classes[middle] < class)
			low = middle + 1;
		else
			high = middle;
	}
	return low < lexicon->symbols[symbol].class_count && classes[low] == class;
}

const struct name *
lexicon_name(const struct lexicon *lexicon, struct span words, uint32_t hash)
{
	if (lexicon->name_slot_count == 0)
		return NULL;
	uint32_t mask = lexicon->name_slot_count - 1;
	for (uint32_t slot = hash;; slot++) {
		uint32_t entry = lexicon->name_slots[slot & mask];
		if (entry == 0)
			return NULL;
		if (!lexicon_slot_may_be(entry, hash))
			continue;
		const struct name *name = &lexicon->names[(entry & (SLOT_INDICES - 1)) - 1];
		if (span_is(words, lexicon->strings + name->text))
			return name;
	}
}
