/*
 * What a word tells by itself, wherever it stands. Most words of a text were met
 * before, in it or in the texts before it, and are remembered.
 */
#include <stdlib.h>

#include "sayings.h"

enum {
	SLOTS = 8192, /* a power of two */
	REMEMBERED_LONGEST = 24,
	REMEMBERED_SYMBOLS = 6,
	SHORT_MOST = 3, /* letters of a word that stays as it is if it has a capital */
	TOKENS_FEW = 1024, /* are matched sooner than room is made to remember that */
};

/* Of a word that is two run together, only `cut` is filled in. */
struct known {
	const char *instead; /* what the word is a slip of, or stands for; or NULL */
	uint32_t length;     /* of that */
	uint32_t symbol_count;
	uint64_t languages;
	uint32_t classes;
	uint8_t cut, name_words;
	bool named;
};

struct word_slot {
	char text[REMEMBERED_LONGEST];
	uint32_t length; /* 0: free */
	bool kept;       /* short, with a capital */
	struct known known;
	uint32_t symbols[REMEMBERED_SYMBOLS];
};

struct word_memory {
	struct word_slot slots[SLOTS];
	struct stretch_memory *stretches; /* or NULL */
	struct saying_memory *sayings;    /* likewise */
	size_t tokens;                    /* that were read before there were any */
};

struct word_memory *
word_memory_new(void)
{
	return calloc(1, sizeof(struct word_memory));
}

void
word_memory_free(struct word_memory *memory)
{
	if (memory == NULL)
		return;
	stretch_memory_free(memory->stretches);
	saying_memory_free(memory->sayings);
	free(memory);
}

struct stretch_memory *
word_memory_stretches(struct word_memory *memory, const struct lexicon *lexicon, size_t tokens)
{
	if (memory == NULL || memory->stretches != NULL)
		return memory != NULL ? memory->stretches : NULL;
	memory->tokens += tokens;
	if (memory->tokens >= TOKENS_FEW)
		memory->stretches = stretch_memory_new(lexicon);
	return memory->stretches;
}

struct saying_memory *
word_memory_sayings(struct word_memory *memory)
{
	if (memory == NULL || memory->stretches == NULL)
		return NULL;
	if (memory->sayings == NULL)
		memory->sayings = saying_memory_new();
	return memory->sayings;
}

/* Adds the classes of a symbol that the reader asks for by name, which come first; of
 * languages, how often each has one among its function words, a byte each. */
static void
add_classes(const struct lexicon *lexicon, const struct symbol *symbol, struct known *known)
{
	for (uint32_t i = 0; i < symbol->class_count; i++) {
		uint32_t class = lexicon->links[symbol->classes + i];
		if (class > CLASS_LANGUAGE_LAST)
			break;
		if (class >= CLASS_LANGUAGE_FIRST)
			known->languages += (uint64_t)1 << 8 * (class - CLASS_LANGUAGE_FIRST);
		else if (class >= CLASS_LOOKS)
			known->classes |= 1U << (class - CLASS_LOOKS);
	}
}

static void
add_symbol(struct reader *reader, struct known *known, uint32_t symbol)
{
	reader->symbols = arena_grow(reader->arena, reader->symbols, reader->symbol_count,
	                             &reader->symbol_capacity, sizeof *reader->symbols);
	reader->symbols[reader->symbol_count++] = symbol;
	add_classes(reader->lexicon, &reader->lexicon->symbols[symbol], known);
	known->symbol_count++;
}

static void
find_beginnings(struct reader *reader, struct span word, struct known *known)
{
	const struct lexicon *lexicon = reader->lexicon;
	if (word.length < STEM_LEAST)
		return;
	uint32_t symbol, hash = lexicon_hash(LEXICON_SEED + WORD_BEGINNING, word.at, STEM_LEAST);
	if (!bits_have(lexicon->stem_set, set_stem(hash)))
		return;
	for (size_t length = STEM_LEAST;;) {
		symbol = lexicon_hashed(lexicon, (struct span){word.at, length}, WORD_BEGINNING,
		                        hash);
		if (symbol != UINT32_MAX)
			add_symbol(reader, known, symbol);
		if (length == word.length)
			return;
		hash = lexicon_hash(hash, word.at + length++, 1);
	}
}

static void
find_ends(struct reader *reader, struct span word, struct known *known)
{
	const struct lexicon *lexicon = reader->lexicon;
	if (word.length <= END_LEAST ||
	    !bits_have(lexicon->end_set, set_end(word.at + word.length)))
		return;
	for (size_t length = END_LEAST; length < word.length; length++) {
		struct span end = {word.at + word.length - length, length};
		uint32_t symbol = lexicon_symbol(lexicon, end, WORD_END);
		if (symbol != UINT32_MAX)
			add_symbol(reader, known, symbol);
	}
}

/* Finds out what `word` tells; its symbols go to the end of the reader's. `kept`:
 * it does not stand for another. */
static struct known
find_out(struct reader *reader, struct span word, bool kept)
{
	const struct lexicon *lexicon = reader->lexicon;
	struct known known = {0};
	struct span fixed = word;
	if (word.length > WORD_LONGEST)
		return known;
	uint32_t symbol = lexicon_symbol(lexicon, word, WORD_WHOLE);
	if (symbol == UINT32_MAX) {
		known.cut = (uint8_t)repair_spelling(lexicon, &fixed);
		if (known.cut != 0)
			return known;
		if (fixed.at != word.at)
			symbol = lexicon_symbol(lexicon, fixed, WORD_WHOLE);
	}
	if (symbol != UINT32_MAX && lexicon->symbols[symbol].instead != 0 && !kept) {
		add_symbol(reader, &known, symbol);
		symbol = lexicon->symbols[symbol].instead - 1;
		fixed = (struct span){lexicon->strings + lexicon->symbols[symbol].text,
		                      lexicon->symbols[symbol].length};
	}
	if (symbol != UINT32_MAX) {
		known.name_words = lexicon->symbols[symbol].name_words;
		add_symbol(reader, &known, symbol);
	}
	known.named = known.name_words != 0 &&
	              lexicon_name(lexicon, fixed, lexicon_hash(LEXICON_SEED, fixed.at,
	                                                        fixed.length)) != NULL;
	find_beginnings(reader, fixed, &known);
	find_ends(reader, fixed, &known);
	if (fixed.at != word.at) {
		known.instead = fixed.at;
		known.length = (uint32_t)fixed.length;
	}
	return known;
}

/* The counts of eight bits each as counts of four, which are enough. */
static uint32_t
shorten(uint64_t languages)
{
	uint32_t shortened = 0;
	for (unsigned i = 0; languages != 0; i++, languages >>= 8)
		shortened |= (uint32_t)((languages & 0xff) < 15 ? languages & 0xff : 15) << 4 * i;
	return shortened;
}

static void
fill_in(struct token *token, const struct known *known)
{
	token->symbol_count = (uint8_t)known->symbol_count;
	token->languages = shorten(known->languages);
	token->name_words = known->name_words & 0xfU;
	token->named = known->named;
	token->classes = known->classes & ((1U << TOKEN_CLASSES) - 1);
	if (known->instead != NULL) {
		token->text = known->instead;
		token->length = (uint16_t)known->length;
	}
}

/* Takes what a slot remembers, or finds it out and remembers it. */
static size_t
recall(struct reader *reader, struct token *token, struct word_slot *slot, bool kept)
{
	struct span word = {token->text, token->length};
	size_t before = reader->symbol_count;
	reader->symbols = arena_room(reader->arena, reader->symbols, before, REMEMBERED_SYMBOLS,
	                             &reader->symbol_capacity, sizeof *reader->symbols);
	if (slot->length == word.length && slot->kept == kept &&
	    memcmp(slot->text, word.at, word.length) == 0) {
		memcpy(reader->symbols + before, slot->symbols, sizeof slot->symbols);
		reader->symbol_count += slot->known.symbol_count;
		fill_in(token, &slot->known);
		return slot->known.cut;
	}
	struct known known = find_out(reader, word, kept);
	fill_in(token, &known);
	if (known.symbol_count > REMEMBERED_SYMBOLS)
		return known.cut;
	memcpy(slot->text, word.at, word.length);
	slot->length = (uint32_t)word.length;
	slot->kept = kept;
	slot->known = known;
	memcpy(slot->symbols, reader->symbols + before, known.symbol_count * sizeof *slot->symbols);
	return known.cut;
}

size_t
word_know(struct reader *reader, struct token *token)
{
	struct span word = {token->text, token->length};
	bool kept = token->capital && token->length <= SHORT_MOST;
	token->symbols = (uint32_t)reader->symbol_count;
	if (reader->words != NULL && word.length <= REMEMBERED_LONGEST) {
		uint32_t hash = lexicon_hash(LEXICON_SEED, word.at, word.length);
		return recall(reader, token,
		              &reader->words->slots[(hash ^ hash >> 16) & (SLOTS - 1)], kept);
	}
	struct known known = find_out(reader, word, kept);
	fill_in(token, &known);
	return known.cut;
}
