/* Small sets by which most words are told to have no part that is a symbol, and most
 * pairs of words to begin no name, without a look at the tables of these. */
#include "compile.h"

enum { WORDS_MOST = SET_PAIRS / 64 };

static void
put_set(struct lexicon_compiler *compiler, int section, const uint64_t *set, size_t bits)
{
	for (size_t i = 0; i < bits / 64; i++)
		image_put(compiler->image, TEXT_SECTION(section), &set[i], sizeof set[i]);
}

static void
put_parts(struct lexicon_compiler *compiler)
{
	uint64_t stems[WORDS_MOST] = {0}, ends[WORDS_MOST] = {0};
	for (size_t i = 0; i < compiler->symbol_count; i++) {
		struct span text = compiler->symbols[i].text;
		switch (compiler->symbols[i].symbol.part) {
		case WORD_BEGINNING:
			bits_add(stems, set_stem(lexicon_hash(LEXICON_SEED + WORD_BEGINNING, text.at,
			                                 STEM_LEAST)));
			break;
		case WORD_END:
			bits_add(ends, set_end(text.at + text.length));
			break;
		default:
			break;
		}
	}
	put_set(compiler, SECTION_STEM_SET, stems, SET_STEMS);
	put_set(compiler, SECTION_END_SET, ends, SET_ENDS);
}

static void
put_pairs(struct lexicon_compiler *compiler)
{
	uint64_t pairs[WORDS_MOST] = {0};
	uint32_t count, ignored;
	const struct name *names = image_built(compiler->image, TEXT_SECTION(SECTION_NAMES),
	                                       sizeof *names, &count);
	const char *strings = image_built(compiler->image, SECTION_STRINGS, 1, &ignored);
	for (uint32_t i = 0; i < count; i++) {
		const char *text = strings + names[i].text;
		size_t length = strcspn(text, " ");
		if (text[length] == '\0')
			continue;
		length += 1 + strcspn(text + length + 1, " ");
		bits_add(pairs, set_pair(lexicon_hash(LEXICON_SEED, text, length)));
	}
	put_set(compiler, SECTION_PAIR_SET, pairs, SET_PAIRS);
}

void
compile_sets(struct lexicon_compiler *compiler)
{
	put_parts(compiler);
	put_pairs(compiler);
}
