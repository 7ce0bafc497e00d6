#include "sight.h"

#include <stdlib.h>

enum { SYMBOLS_MOST = 128 };

/* The symbols of a word or a run while they are being looked up. */
struct gathering {
	struct glance_memory *memory;
	struct sight sight;
	uint32_t symbols[SYMBOLS_MOST];
	uint32_t next; /* HIT_NEXT before the first symbol of a word */
};

struct glance_memory *
glance_memory_new(const struct glance *glance, struct word_memory *words)
{
	struct glance_memory *memory = calloc(1, sizeof *memory);
	if (memory == NULL)
		return NULL;
	memory->glance = glance;
	memory->known = words;
	uint32_t cuts = glance->vocabulary->lexicon.cut_count;
	memory->places = calloc(cuts, sizeof *memory->places);
	memory->looked_up = calloc(cuts, sizeof *memory->looked_up);
	memory->least = calloc(cuts, sizeof *memory->least);
	memory->met = calloc(cuts, sizeof *memory->met);
	if (memory->places != NULL && memory->looked_up != NULL && memory->least != NULL &&
	    memory->met != NULL && looks_start(memory))
		return memory;
	glance_memory_free(memory);
	return NULL;
}

void
glance_memory_free(struct glance_memory *memory)
{
	if (memory == NULL)
		return;
	free(memory->places);
	free(memory->looked_up);
	free(memory->least);
	free(memory->met);
	free(memory->room);
	free(memory);
}

/* The numbers may come round again: then a chain may seem whole that is not. */
void
sight_apart(struct glance_memory *memory)
{
	memory->word += MATCH_LONGEST + 1;
}

/* The room for symbols is left as it is. */
static void
gather_begin(struct gathering *gathering, struct glance_memory *memory)
{
	gathering->memory = memory;
	gathering->sight = (struct sight){0};
	gathering->next = HIT_NEXT;
}

static void
gather(struct gathering *gathering, uint32_t symbol)
{
	const struct glance *glance = gathering->memory->glance;
	struct sight *sight = &gathering->sight;
	sight->alone |= glance->alone[symbol];
	if (glance->linked[symbol] == 0)
		return;
	sight->chained |= glance->chained[symbol];
	if (sight->count == SYMBOLS_MOST) {
		sight->alone = UINT64_MAX;
		return;
	}
	gathering->symbols[sight->count++] = symbol | gathering->next;
	gathering->next = 0;
}

/* Puts the symbols where they are remembered. When there is no more room, all
 * that is remembered goes. */
static struct sight
remember(struct gathering *gathering)
{
	struct glance_memory *memory = gathering->memory;
	struct sight sight = gathering->sight;
	if (memory->pool_count + sight.count > SYMBOL_POOL) {
		memset(memory->words, 0, sizeof memory->words);
		memset(memory->runs, 0, sizeof memory->runs);
		memory->pool_count = 0;
	}
	sight.first = (uint32_t)memory->pool_count;
	memcpy(memory->pool + memory->pool_count, gathering->symbols,
	       sight.count * sizeof *gathering->symbols);
	memory->pool_count += sight.count;
	return sight;
}

static void
gather_hashed(struct gathering *gathering, struct span text, enum word_part part, uint32_t hash)
{
	const struct glance *glance = gathering->memory->glance;
	if (!bits_have(glance->anchors, hash >> 16))
		return;
	uint32_t symbol = lexicon_hashed(&glance->vocabulary->lexicon, text, part, hash);
	if (symbol != UINT32_MAX)
		gather(gathering, symbol);
}

static void
gather_start(struct gathering *gathering, struct span word)
{
	uint32_t whole = lexicon_hash(LEXICON_SEED + WORD_WHOLE, word.at, word.length);
	gather_hashed(gathering, word, WORD_WHOLE, whole);
	uint32_t hash = lexicon_hash(LEXICON_SEED + WORD_BEGINNING, word.at,
	                             word.length < STEM_LEAST ? 0 : STEM_LEAST - 1);
	for (size_t length = STEM_LEAST; length <= word.length; length++) {
		hash = lexicon_hash(hash, word.at + length - 1, 1);
		gather_hashed(gathering, (struct span){word.at, length}, WORD_BEGINNING, hash);
	}
}

/* The symbols that a word has as it stands, lower case. */
static void
gather_word(struct gathering *gathering, struct span word)
{
	const struct glance *glance = gathering->memory->glance;
	gathering->next = HIT_NEXT;
	if (bits_have(glance->starts, sight_start_of(word.at, word.length)))
		gather_start(gathering, word);
	if (word.length < 3 || !key_three_in(glance->ends, word.at + word.length - 3))
		return;
	for (size_t length = END_LEAST; length < word.length; length++) {
		struct span end = {word.at + word.length - length, length};
		gather_hashed(gathering, end, WORD_END,
		              lexicon_hash(LEXICON_SEED + WORD_END, end.at, length));
	}
}

static struct reader
read_letters(const struct glance_memory *memory, struct arena *arena,
             const struct text_piece *piece)
{
	struct reader reader = {.arena = arena,
	                        .vocabulary = memory->glance->vocabulary,
	                        .lexicon = &memory->glance->vocabulary->lexicon,
	                        .words = memory->known,
	                        .pieces = piece,
	                        .piece_count = 1};
	words_read(&reader);
	return reader;
}

static void
gather_token(struct gathering *gathering, const struct reader *reader, const struct token *token)
{
	gathering->next = HIT_NEXT;
	for (uint32_t i = 0; i < token->symbol_count; i++)
		gather(gathering, reader->symbols[token->symbols + i]);
}

/* Whether the words of [from, to), which are glued together, may be the beginning of a key
 * word. What they are known as may differ from how they are written. */
static bool
may_begin_key(const struct reader *reader, size_t from, size_t to)
{
	char three[3];
	size_t letters = 0;
	for (size_t i = from; i < to && letters < 3; i++) {
		const struct token *token = &reader->tokens[i];
		if (token->symbol_count != 0)
			return true;
		for (size_t j = 0; j < token->length && letters < 3; j++)
			three[letters++] = token->text[j];
	}
	return letters < 3 || key_three_in(reader->lexicon->key_starts, three);
}

/* The last token of any reading is the end of it. */
static bool
find_opening(const struct reader *reader)
{
	size_t last = reader->token_count != 0 ? reader->token_count - 1 : 0;
	for (size_t i = last; i-- > 0 && !reader->tokens[i].mark;) {
		if (may_begin_key(reader, i, last))
			return true;
		if (!token_is_glued(&reader->tokens[i]))
			return false;
	}
	return false;
}

static bool
is_abbreviation(const struct glance *glance, struct span word)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	uint32_t hash = lexicon_hash(LEXICON_SEED + WORD_WHOLE, word.at, word.length);
	if (!bits_have(glance->shortened, hash >> 16))
		return false;
	uint32_t symbol = lexicon_hashed(lexicon, word, WORD_WHOLE, hash);
	return symbol != UINT32_MAX && lexicon_in_class(lexicon, symbol, CLASS_ABBREVIATION);
}

/* Writes a run in lower case if it is a word of letters and digits. */
static bool
is_plain_word(struct span run, char word[WORD_LONGEST])
{
	if (run.length > WORD_LONGEST)
		return false;
	for (size_t i = 0; i < run.length; i++) {
		word[i] = run.at[i] | 0x20;
		if ((word[i] < 'a' || word[i] > 'z') && (run.at[i] < '0' || run.at[i] > '9'))
			return false;
	}
	return run.length != 0;
}

/* Whether a sentence ends in the marks behind the last word of a run, which stands there as
 * it is and is no initial. The end of what is read would end a sentence by itself. */
static bool
find_stop(const struct glance *glance, const struct reader *reader, struct span run)
{
	bool stops = false;
	char plain[WORD_LONGEST];
	size_t last = reader->token_count != 0 ? reader->token_count - 1 : 0;
	for (; last > 0 && reader->tokens[last - 1].mark; last--)
		stops = stops || reader->tokens[last - 1].stop;
	if (!stops || last == 0)
		return false;
	const struct token *token = &reader->tokens[last - 1];
	struct span word = {run.at + token->start, token->end - token->start};
	return word.length > 1 && is_plain_word(word, plain) &&
	       !is_abbreviation(glance, (struct span){plain, word.length});
}

/* Whether a character may be one of a word: of others than ASCII's, those are not that are
 * signs for the most part. */
static bool
is_of_word(unsigned char first)
{
	return (first >= '0' && first <= '9') || ((first | 0x20) >= 'a' && (first | 0x20) <= 'z') ||
	       (first > 0xc2 && first != 0xe2);
}

/* Counts what stands alone as it is written, too: a run by itself may be read as a word,
 * whose letters are of another one behind those that end the run before. */
static void
count_singles(struct sight *sight, struct span run)
{
	size_t length = 0, count = 0;
	bool letter = false, single = false;
	for (size_t i = 0; i <= run.length; i++) {
		unsigned char c = i < run.length ? (unsigned char)run.at[i] : ' ';
		if ((c & 0xc0) == 0x80)
			continue;
		if (is_of_word(c)) {
			single = ++length == 1;
			letter = letter || c > '9';
			continue;
		}
		count += length == 1;
		length = 0;
	}
	if (count > sight->alone_count)
		sight->alone_count = (uint8_t)(count < ALONE_MOST ? count : ALONE_MOST);
	sight->alone_letter = sight->alone_letter || letter;
	sight->ends_alone = sight->ends_alone || single;
}

static void
gather_run(struct gathering *gathering, struct arena *arena, struct span run)
{
	struct arena_mark mark = arena_mark(arena);
	const struct text_piece piece = {run, "", TEXT_BODY};
	struct reader reader = read_letters(gathering->memory, arena, &piece);
	struct sight *sight = &gathering->sight;
	sight->wordless = true;
	for (size_t i = 0; i < reader.token_count; i++) {
		const struct token *token = &reader.tokens[i];
		gather_token(gathering, &reader, token);
		if (token->mark)
			continue;
		sight->wordless = false;
		sight->ends_alone = token->length == 1;
		sight->alone_letter |= sight->ends_alone && token->text[0] > '9';
		sight->alone_count = (uint8_t)(sight->alone_count +
		                               (sight->ends_alone &&
		                                sight->alone_count < ALONE_MOST));
	}
	count_singles(sight, run);
	sight->goes_on = true;
	sight->glued = reader.token_count != 0 && token_is_glued(&reader.tokens[0]);
	sight->opens = find_opening(&reader);
	sight->stops = find_stop(gathering->memory->glance, &reader, run);
	arena_release(arena, mark);
}

void
sight_text(struct glance_memory *memory, struct arena *arena, struct span text)
{
	struct arena_mark mark = arena_mark(arena);
	const struct text_piece piece = {text, "", TEXT_BODY};
	struct reader reader = read_letters(memory, arena, &piece);
	sight_apart(memory);
	for (size_t i = 0; i < reader.token_count; i++) {
		struct gathering gathering;
		gather_begin(&gathering, memory);
		gather_token(&gathering, &reader, &reader.tokens[i]);
		struct sight sight = remember(&gathering);
		memory->word++;
		sight_note(memory, &sight);
	}
	arena_release(arena, mark);
}

void
sight_glued(struct glance_memory *memory, struct span word)
{
	struct gathering gathering;
	gather_begin(&gathering, memory);
	gather_word(&gathering, word);
	struct sight sight = remember(&gathering);
	sight_note(memory, &sight);
}

/* Whether a word may be a slip of a key word that anchors something, one that
 * begins with a letter and has a length. */
static bool
in_list(const struct glance *glance, unsigned first, size_t length, struct span word,
        uint32_t letters, unsigned most)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	uint32_t list = glance_key_list((uint8_t)('a' + first), length);
	for (uint32_t i = glance->key_from[list]; i < glance->key_from[list + 1]; i++) {
		const struct key_word *key = &lexicon->keys[glance->keys[i]];
		if (word_bits(letters ^ key->letters) > 2 * most)
			continue;
		const struct symbol *symbol = &lexicon->symbols[key->symbol];
		if (word_edits(word.at, word.length, lexicon->strings + symbol->text, key->length,
		               most) <= most)
			return true;
	}
	return false;
}

/* Whether a word may be one edit from a key word that anchors anything. */
static bool
seems_slip(const struct glance *glance, struct span word)
{
	uint32_t bits[WORD_LONGEST + 1];
	sight_slips(word, bits);
	for (size_t i = 0; i <= word.length; i++) {
		if (bits_have(glance->slips, bits[i]))
			return true;
	}
	return false;
}

static bool
is_slip(const struct glance *glance, struct span word, uint32_t letters)
{
	unsigned own = (unsigned)(word.at[0] - 'a');
	bool once = seems_slip(glance, word);
	for (size_t length = word.length - 2; length <= word.length + 2; length++) {
		bool near = once && length + 1 >= word.length && length <= word.length + 1;
		unsigned most = length >= KEY_LONG ? 2 : 1;
		if (length < KEY_LEAST || (!near && most < 2))
			continue;
		if (in_list(glance, own, length, word, letters, most))
			return true;
		for (unsigned first = 0; first < KEY_FIRSTS && near && length >= KEY_ANY_FIRST;
		     first++) {
			if (in_list(glance, first, length, word, letters, 1))
				return true;
		}
	}
	return false;
}

/* Whether a word may be a slip of a key word, or one run together with another word. */
static bool
is_suspect(const struct glance *glance, struct span word)
{
	uint32_t letters = 0;
	if (word.length < 4 || word.length > WORD_LONGEST / 2)
		return false;
	for (size_t i = 0; i < word.length; i++)
		letters |= 1U << ((unsigned char)word.at[i] & 31);
	return repair_cut(&glance->vocabulary->lexicon, word) != 0 ||
	       is_slip(glance, word, letters);
}

bool
sight_mends(const struct glance_memory *memory, struct span text)
{
	int32_t codes[WORD_LONGEST];
	char fixed[WORD_LONGEST + 1];
	if (text.length > WORD_LONGEST)
		return false;
	for (size_t i = 0; i < text.length; i++)
		codes[i] = (unsigned char)text.at[i] | (text.at[i] >= 'A' && text.at[i] <= 'Z') << 5;
	return repair_letters(&memory->glance->vocabulary->lexicon, codes, text.length, fixed);
}

static bool
has_digit(struct span word)
{
	for (size_t i = 0; i < word.length; i++) {
		if (word.at[i] <= '9')
			return true;
	}
	return false;
}

struct sight
sight_word(struct glance_memory *memory, struct arena *arena, struct span word)
{
	struct gathering gathering;
	gather_begin(&gathering, memory);
	bool digits = has_digit(word), mends = digits && sight_mends(memory, word);
	gather_word(&gathering, word);
	if (mends || (!digits && is_suspect(memory->glance, word)))
		gather_run(&gathering, arena, word);
	gathering.sight.goes_on = is_abbreviation(memory->glance, word);
	gathering.sight.mends = mends;
	return remember(&gathering);
}

/* By its first and its last bytes and its length. */
static size_t
slot_of(struct span run)
{
	uint64_t first = 0, last = 0;
	size_t length = run.length < sizeof first ? run.length : sizeof first;
	memcpy(&first, run.at, length);
	memcpy(&last, run.at + run.length - length, length);
	uint64_t hash = (first ^ (last << 29 | last >> 35) ^ run.length) *
	                UINT64_C(0x9e3779b97f4a7c15);
	return hash >> (64 - RUN_BITS);
}

static struct sight
read_run(struct glance_memory *memory, struct arena *arena, struct span run)
{
	struct gathering gathering;
	gather_begin(&gathering, memory);
	char word[WORD_LONGEST];
	if (is_plain_word(run, word))
		return sight_word(memory, arena, (struct span){word, run.length});
	gather_run(&gathering, arena, run);
	return remember(&gathering);
}

const struct sight *
sight_run(struct glance_memory *memory, struct arena *arena, struct span run)
{
	struct run_slot *slot = &memory->runs[slot_of(run)];
	if (run.length != 0 && slot->length == run.length &&
	    memcmp(slot->bytes, run.at, run.length) == 0)
		return &slot->sight;
	slot->sight = read_run(memory, arena, run);
	slot->length = run.length <= RUN_LONGEST ? (uint8_t)run.length : 0;
	memcpy(slot->bytes, run.at, slot->length);
	return &slot->sight;
}
