#include "sayings.h"

#include <stdlib.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
	ROW_BITS = 12,
	ROW = 4,
	RING = 768 * 1024, /* words */
	LONGEST = 255,     /* bytes of a saying: one byte tells where a token stands */
	SYMBOLS_MOST = 1024,
	TEXTS_MOST = 1024, /* bytes */
	WRITTEN_BITS = 40,
};

/* A token of a saying. Texts and symbols stand one after the other. */
struct part {
	uint32_t languages, classes;
	uint8_t start, end, length, symbol_count;
	uint8_t name_words : 4, gap : 4;
	uint8_t mark : 1, stop : 1, capital : 1, upper : 1, named : 1;
};

/* What is known of a saying; its tokens, symbols, bytes and texts follow. */
struct record {
	uint16_t length, tokens, symbols, texts;
	uint32_t gap;
};

enum {
	WORD = sizeof(uint32_t),
	RECORD_MOST = (sizeof(struct record) + LONGEST * sizeof(struct part)) / WORD +
	              SYMBOLS_MOST + (LONGEST + TEXTS_MOST) / WORD + 2,
};

/* A place is how many words had been written before a record, + 1, and above that bits of
 * its hash; or 0. */
struct saying_memory {
	_Alignas(ROW * sizeof(uint64_t)) uint64_t rows[1 << ROW_BITS][ROW];
	uint64_t written;
	uint32_t words[RING + RECORD_MOST];
};

struct saying_memory *
saying_memory_new(void)
{
	struct saying_memory *memory =
	        aligned_alloc(_Alignof(struct saying_memory), sizeof *memory);
	if (memory == NULL)
		return NULL;
	memset(memory->rows, 0, sizeof memory->rows);
	memory->written = 0;
	return memory;
}

void
saying_memory_free(struct saying_memory *memory)
{
	free(memory);
}

static bool
ends_sentence(char c)
{
	return c == '.' || c == '?' || c == '!' || c == ';';
}

/* Where the next byte is that may end a sentence or a line, or begins a character that may,
 * from `at` on. */
static size_t
next_edge(struct span bytes, size_t at)
{
	static const char edges[] = ".?!;\xe2\xc2";
#ifdef __SSE2__
	for (; bytes.length - at >= sizeof(__m128i); at += sizeof(__m128i)) {
		__m128i here = _mm_loadu_si128((const __m128i *)(const void *)(bytes.at + at));
		__m128i found = _mm_cmpeq_epi8(_mm_min_epu8(here, _mm_set1_epi8('\r')), here);
		for (size_t i = 0; i + 1 < sizeof edges; i++)
			found = _mm_or_si128(found, _mm_cmpeq_epi8(here, _mm_set1_epi8(edges[i])));
		if (_mm_movemask_epi8(found) != 0)
			return at + (size_t)__builtin_ctz((unsigned)_mm_movemask_epi8(found));
	}
#endif
	while (at < bytes.length && (unsigned char)bytes.at[at] > '\r' &&
	       memchr(edges, bytes.at[at], sizeof edges - 1) == NULL)
		at++;
	return at;
}

static bool
has_at(struct span bytes, size_t at, const char *text)
{
	size_t length = strlen(text);
	return bytes.length - at >= length && memcmp(bytes.at + at, text, length) == 0;
}

/* The length of what ends a sentence at a byte, or 0. */
static size_t
stop_at(struct span bytes, size_t at)
{
	return ends_sentence(bytes.at[at]) ? 1 : has_at(bytes, at, "\xe2\x80\xa6") ? 3 : 0;
}

/* Likewise of what ends a line. */
static size_t
line_end_at(struct span bytes, size_t at)
{
	if (bytes.at[at] == '\n' || bytes.at[at] == '\r')
		return 1;
	if (has_at(bytes, at, "\xe2\x80\xa8") || has_at(bytes, at, "\xe2\x80\xa9"))
		return 3;
	return has_at(bytes, at, "\xc2\x85") ? 2 : 0;
}

/* Where a saying ends, and whether it may be remembered. */
static size_t
find_end(struct span bytes, bool *whole)
{
	*whole = false;
	for (size_t at = next_edge(bytes, 0); at < bytes.length; at = next_edge(bytes, at + 1)) {
		size_t line_end = line_end_at(bytes, at), end = at + stop_at(bytes, at);
		if (line_end != 0)
			return at + line_end;
		if (end != at && (end == bytes.length || saying_space(bytes.at[end]))) {
			*whole = end <= LONGEST;
			return end;
		}
	}
	return bytes.length;
}

static uint64_t
hash_of(struct span bytes)
{
	const char *at = bytes.at;
	size_t length = bytes.length;
	uint64_t hash = length, word;
	for (; length >= sizeof word; at += sizeof word, length -= sizeof word) {
		memcpy(&word, at, sizeof word);
		hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
		hash ^= hash >> 32;
	}
	word = 0;
	memcpy(&word, at, length);
	hash = (hash ^ word) * 0xD6E8FEB86659FD93U;
	return hash ^ hash >> 32;
}

static size_t
row_of(uint64_t hash)
{
	return hash & ((1U << ROW_BITS) - 1);
}

static uint64_t
place_of(uint64_t hash, uint64_t written)
{
	return (hash & ~(((uint64_t)1 << WRITTEN_BITS) - 1)) | (written + 1);
}

/* The record at a place, or NULL if it is not of such a hash or overwritten. */
static const struct record *
record_at(const struct saying_memory *memory, uint64_t place, uint64_t hash)
{
	uint64_t at = (place & (((uint64_t)1 << WRITTEN_BITS) - 1)) - 1;
	if ((place ^ hash) >> WRITTEN_BITS != 0 || at >= memory->written ||
	    memory->written - at > RING)
		return NULL;
	return (const struct record *)(memory->words + at % RING);
}

/* Where the parts of a record stand. */
static struct part *
parts_of(const struct record *record)
{
	return (struct part *)(record + 1);
}

static uint32_t *
symbols_of(const struct record *record)
{
	return (uint32_t *)(parts_of(record) + record->tokens);
}

static char *
bytes_of(const struct record *record)
{
	return (char *)(symbols_of(record) + record->symbols);
}

struct saying
saying_next(const struct saying_memory *memory, struct span bytes)
{
	struct saying saying = {0};
	saying.bytes = (struct span){bytes.at, find_end(bytes, &saying.whole)};
	if (saying.whole) {
		saying.hash = hash_of(saying.bytes);
		__builtin_prefetch(memory->rows[row_of(saying.hash)]);
	}
	return saying;
}

void
saying_fetch(const struct saying_memory *memory, const struct saying *saying)
{
	enum { LINE = 64, LINES = 7 };
	const uint64_t *row = memory->rows[row_of(saying->hash)];
	for (size_t i = 0; i < ROW && saying->whole; i++) {
		const char *record = (const char *)record_at(memory, row[i], saying->hash);
		for (size_t line = 0; line < LINES && record != NULL; line++)
			__builtin_prefetch(record + line * LINE);
	}
}

static const struct record *
find(const struct saying_memory *memory, const struct saying *saying)
{
	const uint64_t *row = memory->rows[row_of(saying->hash)];
	for (size_t i = 0; i < ROW; i++) {
		const struct record *record = record_at(memory, row[i], saying->hash);
		if (record != NULL && record->length == saying->bytes.length &&
		    record->gap == saying->gap &&
		    memcmp(bytes_of(record), saying->bytes.at, record->length) == 0)
			return record;
	}
	return NULL;
}

bool
saying_recall(const struct saying_memory *memory, struct reader *reader,
              const struct saying *saying)
{
	const struct record *record = find(memory, saying);
	if (record == NULL)
		return false;
	reader->tokens = arena_room(reader->arena, reader->tokens, reader->token_count,
	                            record->tokens, &reader->token_capacity,
	                            sizeof *reader->tokens);
	reader->symbols = arena_room(reader->arena, reader->symbols, reader->symbol_count,
	                             record->symbols, &reader->symbol_capacity,
	                             sizeof *reader->symbols);
	char *text = arena_text(reader->arena, record->texts);
	memcpy(text, bytes_of(record) + record->length, record->texts);
	if (record->symbols != 0)
		memcpy(reader->symbols + reader->symbol_count, symbols_of(record),
		       record->symbols * sizeof *reader->symbols);
	struct token *token = reader->tokens + reader->token_count;
	uint32_t symbols = (uint32_t)reader->symbol_count;
	for (const struct part *part = parts_of(record), *end = part + record->tokens; part < end;
	     part++, token++) {
		*token = (struct token){.text = text,
		                        .start = saying->start + part->start,
		                        .end = saying->start + part->end,
		                        .piece = saying->piece,
		                        .symbols = symbols,
		                        .languages = part->languages,
		                        .length = part->length,
		                        .symbol_count = part->symbol_count,
		                        .name_words = part->name_words,
		                        .gap = part->gap,
		                        .classes = part->classes & ((1U << TOKEN_CLASSES) - 1),
		                        .mark = part->mark,
		                        .stop = part->stop,
		                        .capital = part->capital,
		                        .upper = part->upper,
		                        .named = part->named};
		text += part->length + 1;
		symbols += part->symbol_count;
	}
	reader->token_count += record->tokens;
	reader->symbol_count += record->symbols;
	return true;
}

/* Whether a record has the room for the tokens from `first` on: sets its counts. */
static bool
count(const struct reader *reader, size_t first, struct record *record)
{
	size_t tokens = reader->token_count - first, symbols = 0, texts = 0;
	for (size_t i = first; i < reader->token_count; i++) {
		const struct token *token = &reader->tokens[i];
		symbols += token->symbol_count;
		texts += token->length + (size_t)1;
		if (token->length > UINT8_MAX)
			return false;
	}
	record->tokens = (uint16_t)tokens;
	record->symbols = (uint16_t)symbols;
	record->texts = (uint16_t)texts;
	return tokens <= LONGEST && symbols <= SYMBOLS_MOST && texts <= TEXTS_MOST;
}

static void
fill(const struct reader *reader, const struct saying *saying, size_t first,
     struct record *record)
{
	struct part *part = parts_of(record);
	uint32_t *symbols = symbols_of(record);
	char *text = bytes_of(record);
	memcpy(text, saying->bytes.at, saying->bytes.length);
	text += saying->bytes.length;
	for (size_t i = first; i < reader->token_count; i++, part++) {
		const struct token *token = &reader->tokens[i];
		*part = (struct part){.languages = token->languages,
		                      .classes = token->classes,
		                      .start = (uint8_t)(token->start - saying->start),
		                      .end = (uint8_t)(token->end - saying->start),
		                      .length = (uint8_t)token->length,
		                      .symbol_count = token->symbol_count,
		                      .name_words = token->name_words,
		                      .gap = token->gap,
		                      .mark = token->mark,
		                      .stop = token->stop,
		                      .capital = token->capital,
		                      .upper = token->upper,
		                      .named = token->named};
		if (token->symbol_count != 0)
			memcpy(symbols, reader->symbols + token->symbols,
			       token->symbol_count * sizeof *symbols);
		symbols += token->symbol_count;
		memcpy(text, token->text, token->length + (size_t)1);
		text += token->length + 1;
	}
}

void
saying_remember(struct saying_memory *memory, const struct reader *reader,
                const struct saying *saying, size_t first)
{
	struct record counts = {.length = (uint16_t)saying->bytes.length, .gap = saying->gap};
	if (!count(reader, first, &counts) || memory->written >> (WRITTEN_BITS - 1) != 0)
		return;
	struct record *record = (struct record *)(memory->words + memory->written % RING);
	*record = counts;
	fill(reader, saying, first, record);
	char *end = bytes_of(record) + counts.length + counts.texts;
	uint64_t *row = memory->rows[row_of(saying->hash)];
	memmove(row + 1, row, (ROW - 1) * sizeof *row);
	row[0] = place_of(saying->hash, memory->written);
	memory->written += ((size_t)(end - (char *)record) + WORD - 1) / WORD;
}
