#include "glance.h"

#include <stdlib.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "reader.h"

enum {
	MEMORY_SLOTS = 4096, /* a power of two */
	WORD_SLOTS = 4096,   /* likewise */
	BLOCK = 16,          /* bytes looked at together; a remembered word is shorter */
	MEMORY_LONGEST = 22, /* bytes of a run that is remembered */
	PARTS = 5,           /* words that may be glued together into a key word */
	RUN = 4,             /* letters standing alone that may be a word */
	LONG_RUN = 16 * 1024, /* bytes without a space that may be cut inside a word */
};

/* What reading a run of bytes met. */
struct sight {
	uint64_t topics;
	uint8_t alone;    /* letters standing alone, up to RUN */
	bool ends_alone;  /* the last word is one */
	bool glued;       /* the first word may be glued to one before it */
};

struct memory_slot {
	struct sight sight;
	uint8_t length;
	char bytes[MEMORY_LONGEST + 1];
};

/* One word of plain letters, lower case, filled up with NUL. */
struct word_slot {
	uint64_t letters[BLOCK / 8];
	uint64_t topics;
};

struct glance_memory {
	struct memory_slot slots[MEMORY_SLOTS];
	struct word_slot words[WORD_SLOTS];
};

struct glance_memory *
glance_memory_new(void)
{
	return calloc(1, sizeof(struct glance_memory));
}

void
glance_memory_free(struct glance_memory *memory)
{
	free(memory);
}

enum kind {
	KIND_OTHER,  /* marks that nothing is glued over */
	KIND_LETTER,
	KIND_DIGIT,
	KIND_SPACE,
	KIND_LINE,
	KIND_GLUE, /* "-", "_", "*", ".": a word broken up may go on behind it */
	KIND_SIGN, /* stands for a letter next to one */
	KIND_FOREIGN,
};

static const uint8_t kinds[256] = {
        ['\0'] = KIND_SPACE, ['\t'] = KIND_SPACE, ['\n'] = KIND_LINE,  ['\v'] = KIND_LINE,
        ['\f'] = KIND_LINE,  ['\r'] = KIND_LINE,  [' '] = KIND_SPACE,  ['-'] = KIND_GLUE,
        ['_'] = KIND_GLUE,   ['*'] = KIND_GLUE,   ['.'] = KIND_GLUE,   ['@'] = KIND_SIGN,
        ['$'] = KIND_SIGN,   ['+'] = KIND_SIGN,   ['|'] = KIND_SIGN,   ['!'] = KIND_SIGN,
        ['0'] = KIND_DIGIT,  ['1'] = KIND_DIGIT,  ['2'] = KIND_DIGIT,  ['3'] = KIND_DIGIT,
        ['4'] = KIND_DIGIT,  ['5'] = KIND_DIGIT,  ['6'] = KIND_DIGIT,  ['7'] = KIND_DIGIT,
        ['8'] = KIND_DIGIT,  ['9'] = KIND_DIGIT,
#define LETTERS(a, b, c, d, e, f) \
	[a] = KIND_LETTER, [b] = KIND_LETTER, [c] = KIND_LETTER, [d] = KIND_LETTER, \
	[e] = KIND_LETTER, [f] = KIND_LETTER
        LETTERS('a', 'b', 'c', 'd', 'e', 'f'), LETTERS('g', 'h', 'i', 'j', 'k', 'l'),
        LETTERS('m', 'n', 'o', 'p', 'q', 'r'), LETTERS('s', 't', 'u', 'v', 'w', 'x'),
        LETTERS('A', 'B', 'C', 'D', 'E', 'F'), LETTERS('G', 'H', 'I', 'J', 'K', 'L'),
        LETTERS('M', 'N', 'O', 'P', 'Q', 'R'), LETTERS('S', 'T', 'U', 'V', 'W', 'X'),
        ['y'] = KIND_LETTER, ['z'] = KIND_LETTER, ['Y'] = KIND_LETTER, ['Z'] = KIND_LETTER,
#undef LETTERS
};

static inline enum kind
kind_of(unsigned char c)
{
	return c >= 0x80 ? KIND_FOREIGN : (enum kind)kinds[c];
}

static inline char
lower(char c)
{
	return kind_of((unsigned char)c) == KIND_LETTER ? (char)(c | 0x20) : c;
}

struct glancer {
	const struct glance *glance;
	struct glance_memory *memory;
	struct arena *arena;
	const char *text;
	size_t length;
	uint64_t topics;
	/* The words just passed that the next may be glued to. */
	struct span part[PARTS];
	size_t parts;
	size_t alone;         /* letters and digits that stood alone just now */
	size_t alone_letters; /* letters among the last of them, one after another */
	bool odd;             /* what was just passed was read, not glanced at */
	bool unsure;          /* the text has to be cut into words after all */
};

/* What reading a run of bytes meets. */
static struct sight
read_run(struct glancer *glancer, struct span run)
{
	struct arena_mark mark = arena_mark(glancer->arena);
	struct text_piece piece = {run, "", TEXT_BODY};
	struct reader reader = {.arena = glancer->arena,
	                        .vocabulary = glancer->glance->vocabulary,
	                        .lexicon = &glancer->glance->vocabulary->lexicon,
	                        .pieces = &piece,
	                        .piece_count = 1};
	struct sight sight = {0};
	words_read(&reader);
	for (size_t i = 0; i < reader.symbol_count; i++)
		sight.topics |= glancer->glance->symbols[reader.symbols[i]];
	for (size_t i = 0; i < reader.token_count; i++) {
		const struct token *token = &reader.tokens[i];
		if (token->mark)
			continue;
		sight.ends_alone = token->length == 1;
		sight.alone = (uint8_t)(sight.alone + (sight.ends_alone && sight.alone < RUN));
	}
	if (reader.token_count != 0)
		sight.glued = reader.tokens[0].gap == GAP_HYPHEN || reader.tokens[0].gap == GAP_DOT;
	arena_release(glancer->arena, mark);
	return sight;
}

static struct sight
recall_run(struct glancer *glancer, struct span run)
{
	if (run.length > MEMORY_LONGEST)
		return read_run(glancer, run);
	uint32_t hash = lexicon_hash(LEXICON_SEED, run.at, run.length);
	struct memory_slot *slot =
	        &glancer->memory->slots[(hash ^ hash >> 16) & (MEMORY_SLOTS - 1)];
	if (slot->length != run.length || memcmp(slot->bytes, run.at, run.length) != 0) {
		slot->sight = read_run(glancer, run);
		slot->length = (uint8_t)run.length;
		memcpy(slot->bytes, run.at, run.length);
	}
	return slot->sight;
}

static uint64_t
symbol_topics(const struct glance *glance, struct span word, enum word_part part)
{
	uint32_t symbol = lexicon_symbol(&glance->vocabulary->lexicon, word, part);
	return symbol == UINT32_MAX ? 0 : glance->symbols[symbol];
}

static uint64_t
start_topics(const struct glance *glance, struct span word)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	uint64_t topics = symbol_topics(glance, word, WORD_WHOLE);
	uint32_t hash = lexicon_hash(LEXICON_SEED + WORD_BEGINNING, word.at,
	                             word.length < STEM_LEAST ? 0 : STEM_LEAST - 1);
	for (size_t length = STEM_LEAST; length <= word.length; length++) {
		hash = lexicon_hash(hash, word.at + length - 1, 1);
		uint32_t symbol = lexicon_hashed(lexicon, (struct span){word.at, length},
		                                 WORD_BEGINNING, hash);
		topics |= symbol == UINT32_MAX ? 0 : glance->symbols[symbol];
	}
	return topics;
}

/* The topics that a word anchors as it stands, lower case. */
static uint64_t
word_topics(const struct glance *glance, struct span word)
{
	uint64_t topics = 0;
	if (glance_bit(glance->starts, glance_start_of(word.at, word.length)))
		topics = start_topics(glance, word);
	if (word.length < 3 || !glance_bit(glance->ends, glance_three(word.at + word.length - 3)))
		return topics;
	for (size_t length = END_LEAST; length < word.length; length++)
		topics |= symbol_topics(
		        glance, (struct span){word.at + word.length - length, length}, WORD_END);
	return topics;
}

static bool
in_slips(const struct glancer *glancer, unsigned first, struct span word, uint32_t letters)
{
	const struct lexicon *lexicon = &glancer->glance->vocabulary->lexicon;
	struct slip_list list = glancer->glance->slips[first][word.length];
	for (uint32_t i = 0; i < list.count; i++) {
		const struct slip *slip = &glancer->glance->keys[list.first + i];
		if (word_bits(letters ^ slip->letters) > 2 * slip->most)
			continue;
		const struct symbol *key = &lexicon->symbols[slip->symbol];
		if (word_edits(word.at, word.length, lexicon->strings + key->text, key->length,
		               slip->most) <= slip->most)
			return true;
	}
	return false;
}

/* Whether a word may be a slip of a key word, or two of them run together. */
static bool
is_suspect(const struct glancer *glancer, struct span word, uint32_t letters)
{
	const struct glance *glance = glancer->glance;
	if (word.length < 4 || word.length > WORD_LONGEST / 2)
		return false;
	if (word.length >= KEY_LONG && glance_bit(glance->key_starts, glance_three(word.at)) &&
	    glance_bit(glance->key_ends, glance_three(word.at + word.length - 3)))
		return true;
	return in_slips(glancer, (unsigned)(word.at[0] - 'a'), word, letters) ||
	       in_slips(glancer, ANY_FIRST, word, letters);
}

/* The topics of a word of plain letters, lower case. */
static uint64_t
read_word(struct glancer *glancer, struct span word)
{
	uint32_t letters = 0;
	for (size_t i = 0; i < word.length; i++)
		letters |= 1U << ((unsigned char)word.at[i] & 31);
	uint64_t topics = word_topics(glancer->glance, word);
	if (is_suspect(glancer, word, letters))
		topics |= read_run(glancer, word).topics;
	return topics;
}

static uint64_t
recall_word(struct glancer *glancer, const uint64_t letters[BLOCK / 8], size_t length)
{
	uint64_t hash = (letters[0] ^ (letters[1] << 7 | letters[1] >> 57)) *
	                UINT64_C(0x9e3779b97f4a7c15);
	struct word_slot *slot = &glancer->memory->words[hash >> 52];
	if (slot->letters[0] != letters[0] || slot->letters[1] != letters[1]) {
		char text[BLOCK];
		memcpy(text, letters, sizeof text);
		slot->topics = read_word(glancer, (struct span){text, length});
		memcpy(slot->letters, letters, sizeof slot->letters);
	}
	return slot->topics;
}

/* Words glued together: initials are one word, and parts may make a key word. */
static void
glance_glued(struct glancer *glancer)
{
	char text[PARTS * WORD_LONGEST];
	size_t length = 0;
	bool initials = true;
	for (size_t i = glancer->parts; i-- > 0;) {
		struct span part = glancer->part[i];
		if (length + part.length > WORD_LONGEST)
			return;
		memmove(text + part.length, text, length);
		for (size_t j = 0; j < part.length; j++)
			text[j] = lower(part.at[j]);
		length += part.length;
		initials = initials && part.length == 1;
		if (i + 1 == glancer->parts)
			continue;
		bool key = length < 3 || glance_bit(glancer->glance->key_starts, glance_three(text));
		if (initials || key)
			glancer->topics |= word_topics(glancer->glance,
			                               (struct span){text, length});
	}
}

static inline void
add_part(struct glancer *glancer, struct span word, bool glued)
{
	if (!glued) {
		glancer->part[0] = word;
		glancer->parts = 1;
		glancer->odd = false;
		return;
	}
	glancer->unsure |= glancer->odd;
	glancer->odd = false;
	if (glancer->parts == PARTS) {
		memmove(glancer->part, glancer->part + 1, sizeof *glancer->part * (PARTS - 1));
		glancer->parts--;
	}
	glancer->part[glancer->parts++] = word;
	if (glancer->parts > 1)
		glance_glued(glancer);
}

/* Letters that stand alone, one after another, may be one word. */
static void
count_alone(struct glancer *glancer, bool letter)
{
	glancer->alone++;
	glancer->alone_letters = letter ? glancer->alone_letters + 1 : 0;
	glancer->unsure |= glancer->alone >= RUN && glancer->alone_letters >= 2;
}

static bool
is_word(enum kind kind)
{
	return kind == KIND_LETTER || kind == KIND_DIGIT;
}

static bool
is_gap(enum kind kind)
{
	return kind == KIND_SPACE || kind == KIND_LINE;
}

/* Whether the last letter before `to` may be folded to one that glues. */
static bool
ends_glued(const unsigned char *text, size_t to)
{
	size_t lead = to;
	while (lead > 0 && (text[lead - 1] & 0xc0) == 0x80)
		lead--;
	if (lead == to)
		return to > 0 && kind_of(text[to - 1]) == KIND_GLUE;
	unsigned char c = lead > 0 ? text[lead - 1] : 0;
	return c == 0xc2 || c == 0xce || c == 0xe2 || c == 0xef;
}

/* A run of bytes without white space around `at` that has to be read. Returns
 * where it ends. */
static size_t
read_odd(struct glancer *glancer, size_t at, bool glued)
{
	const unsigned char *text = (const unsigned char *)glancer->text;
	size_t from = at, to = at;
	while (from > 0 && !is_gap(kind_of(text[from - 1])))
		from--;
	while (to < glancer->length && !is_gap(kind_of(text[to])))
		to++;
	struct sight sight =
	        recall_run(glancer, (struct span){glancer->text + from, to - from});
	glancer->topics |= sight.topics;
	glancer->alone += sight.alone;
	glancer->alone_letters += sight.alone;
	glancer->unsure |= glued || sight.glued || glancer->alone >= RUN;
	if (!sight.ends_alone)
		glancer->alone = glancer->alone_letters = 0;
	glancer->odd = true;
	glancer->parts = 0;
	return to;
}

/* Whether the word at [from, to) stands for something else: digits among
 * letters, signs or letters of other scripts beside it. */
static bool
is_odd(const struct glancer *glancer, size_t from, size_t to, bool letters, bool digits)
{
	const unsigned char *text = (const unsigned char *)glancer->text;
	enum kind before = from > 0 ? kind_of(text[from - 1]) : KIND_SPACE;
	enum kind after = to < glancer->length ? kind_of(text[to]) : KIND_SPACE;
	if (before == KIND_FOREIGN || after == KIND_FOREIGN || (letters && digits) ||
	    to - from > WORD_LONGEST)
		return true;
	if (after == KIND_OTHER && (text[to] == '\'' || text[to] == '`') &&
	    (text[to - 1] | 0x20) == 'n' &&
	    to + 1 < glancer->length && (text[to + 1] | 0x20) == 't')
		return true; /* "don't" */
	if (!letters)
		return false;
	return before == KIND_SIGN ||
	       (after == KIND_SIGN &&
	        (text[to] != '!' ||
	         (to + 1 < glancer->length && !is_gap(kind_of(text[to + 1])))));
}

/* The letters that a block begins with, lower case and filled up with NUL, and
 * how many they are. */
static inline size_t
first_letters(const unsigned char *text, uint64_t letters[BLOCK / 8])
{
#ifdef __SSE2__
	static const unsigned char keep[BLOCK * 2] = {255, 255, 255, 255, 255, 255, 255, 255,
	                                              255, 255, 255, 255, 255, 255, 255, 255};
	__m128i block = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)text),
	                             _mm_set1_epi8(0x20));
	__m128i above = _mm_sub_epi8(block, _mm_set1_epi8('a'));
	__m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(25)), above);
	unsigned others = ~(unsigned)_mm_movemask_epi8(is_letter) | 1U << BLOCK;
	size_t count = (size_t)__builtin_ctz(others);
	__m128i mask = _mm_loadu_si128((const __m128i *)(const void *)(keep + BLOCK - count));
	_mm_storeu_si128((__m128i *)(void *)letters, _mm_and_si128(block, mask));
	return count;
#else
	unsigned char word[BLOCK] = {0};
	size_t count = 0;
	while (count < BLOCK && kind_of(text[count]) == KIND_LETTER) {
		word[count] = text[count] | 0x20;
		count++;
	}
	memcpy(letters, word, sizeof word);
	return count;
#endif
}

/* A short word of plain letters with nothing odd beside it; returns where the
 * glance goes on, or `at` if it is none. */
static inline size_t
pass_plain(struct glancer *glancer, size_t at, bool glued)
{
	const unsigned char *text = (const unsigned char *)glancer->text;
	uint64_t letters[BLOCK / 8];
	if (glancer->length - at < BLOCK)
		return at;
	size_t count = first_letters(text + at, letters);
	if (count < 2 || count == BLOCK)
		return at;
	unsigned char next = text[at + count];
	enum kind before = at > 0 ? kind_of(text[at - 1]) : KIND_SPACE, after = kind_of(next);
	if (after == KIND_DIGIT || after >= KIND_SIGN || next == '\'' || next == '`' ||
	    before >= KIND_SIGN || before == KIND_DIGIT)
		return at;
	glancer->topics |= recall_word(glancer, letters, count);
	glancer->alone = glancer->alone_letters = 0;
	add_part(glancer, (struct span){glancer->text + at, count}, glued);
	return at + count;
}

/* Any other word at `at`; returns where the glance goes on. */
static size_t
pass_word(struct glancer *glancer, size_t at, bool glued)
{
	const unsigned char *text = (const unsigned char *)glancer->text;
	char word[WORD_LONGEST + 1];
	size_t to = at, length = 0;
	bool letters = false, digits = false;
	for (; to < glancer->length && is_word(kind_of(text[to])); to++) {
		bool digit = kind_of(text[to]) == KIND_DIGIT;
		letters |= !digit;
		digits |= digit;
		if (length <= WORD_LONGEST)
			word[length++] = lower((char)text[to]);
	}
	if (is_odd(glancer, at, to, letters, digits))
		return read_odd(glancer, at, glued);
	if (length == 1)
		count_alone(glancer, letters);
	else
		glancer->alone = glancer->alone_letters = 0;
	struct span lower_word = {word, length};
	glancer->topics |= letters ? read_word(glancer, lower_word)
	                           : word_topics(glancer->glance, lower_word);
	add_part(glancer, (struct span){glancer->text + at, length}, glued);
	return to;
}

uint64_t
glance_text(const struct glance *glance, struct glance_memory *memory, struct arena *arena,
            struct span text)
{
	struct glancer glancer = {.glance = glance,
	                          .memory = memory,
	                          .arena = arena,
	                          .text = text.at,
	                          .length = text.length,
	                          .topics = glance->always};
	uint64_t all = glance->topic_count == TOPICS_MOST
	                       ? UINT64_MAX
	                       : ((uint64_t)1 << glance->topic_count) - 1;
	bool glued = false;
	size_t run = 0; /* where the run without a space began */
	for (size_t at = 0; at < text.length && glancer.topics != all;) {
		unsigned char c = (unsigned char)text.at[at];
		enum kind kind = kind_of(c);
		if (is_word(kind)) {
			size_t passed = pass_plain(&glancer, at, glued);
			at = passed != at ? passed : pass_word(&glancer, at, glued);
			glued = glancer.odd && ends_glued((const unsigned char *)text.at, at);
		} else if (kind == KIND_FOREIGN || c == '&') {
			at = read_odd(&glancer, at, glued);
			glued = ends_glued((const unsigned char *)text.at, at);
		} else {
			glued = kind == KIND_GLUE || (glued && kind != KIND_SPACE);
			run = c == ' ' || c == '\n' ? at : run;
			at++;
		}
		if (glancer.unsure || at - run > LONG_RUN)
			return glance->always | read_run(&glancer, text).topics;
	}
	return glancer.topics;
}
