/* Texts to tokens, saying by saying. */
#include "sayings.h"
#include "words.h"

enum {
	CHUNK = 64 * 1024,
	TOKEN_BYTES = 4,        /* most texts have fewer tokens than bytes over this */
	TOKENS_FIRST = 2048,    /* the most that there is room for to begin with */
};

/* A piece is folded a chunk at a time, cut at white space where there is any. */
static size_t
chunk_length(struct span bytes, size_t from)
{
	size_t rest = bytes.length - from;
	if (rest <= CHUNK)
		return rest;
	for (size_t length = CHUNK; length > CHUNK / 2; length--) {
		char c = bytes.at[from + length];
		if (c == ' ' || c == '\n')
			return length;
	}
	size_t length = CHUNK;
	while (length > 1 && ((unsigned char)bytes.at[from + length] & 0xc0) == 0x80)
		length--;
	return length;
}

static void
repair_raw(struct scanner *scanner)
{
	if (scanner->raw < scanner->reader->token_count)
		repair_words(scanner->reader, scanner->raw);
	scanner->raw = scanner->reader->token_count;
}

/* A chunk of a piece. Letters are made of what is not recalled. */
struct chunk {
	struct span bytes;
	uint32_t start; /* byte of the piece */
	size_t at;      /* byte of the chunk that is read next */
	bool folded;    /* the scanner has the letters of all that is left */
};

/* Whether a sentence has ended: what follows is read by itself, for white space or nothing
 * stands between, and no token is joined with an end of a sentence. */
static bool
stands_apart(const struct scanner *scanner)
{
	const struct reader *reader = scanner->reader;
	return reader->token_count == scanner->first ||
	       reader->tokens[reader->token_count - 1].stop;
}

/* Whether a saying has been scanned to its end, which is one wherever it stands. */
static bool
ends_apart(const struct scanner *scanner, const struct saying *saying)
{
	const struct reader *reader = scanner->reader;
	size_t last = reader->token_count - 1;
	return reader->token_count > scanner->raw + 1 && scanner->gap == GAP_MARK &&
	       reader->tokens[last].stop &&
	       reader->tokens[last].end == saying->start + saying->bytes.length &&
	       !(reader->tokens[last].text[0] == '.' && words_shortened(reader, last - 1));
}

static void
fold_from(struct scanner *scanner, const struct chunk *chunk, size_t length)
{
	scanner->count = fold_letters(scanner->reader->arena, &scanner->letters,
	                              &scanner->capacity,
	                              (struct span){chunk->bytes.at + chunk->at, length},
	                              chunk->start + (uint32_t)chunk->at);
	scanner->at = 0;
}

static void
scan_bytes(struct scanner *scanner, struct chunk *chunk, size_t length)
{
	if (!chunk->folded)
		fold_from(scanner, chunk, chunk->bytes.length - chunk->at);
	chunk->folded = true;
	words_scan(scanner, chunk->start + (uint32_t)(chunk->at + length));
	chunk->at = scanner->at < scanner->count
	                    ? scanner->letters[scanner->at].start - chunk->start
	                    : chunk->bytes.length;
}

/* Scans a saying by itself. Returns false, and leaves all as it was, if what follows
 * tells how it ends. */
static bool
scan_alone(struct scanner *scanner, struct chunk *chunk, const struct saying *saying)
{
	if (chunk->folded)
		return false;
	fold_from(scanner, chunk, saying->bytes.length);
	words_scan(scanner, UINT32_MAX);
	if (ends_apart(scanner, saying)) {
		chunk->at += saying->bytes.length;
		return true;
	}
	scanner->reader->token_count = scanner->raw;
	scanner->gap = saying->gap;
	return false;
}

static void
pass_letters(struct scanner *scanner, uint32_t end)
{
	while (scanner->at < scanner->count && scanner->letters[scanner->at].start < end)
		scanner->at++;
}

static bool
recall(struct scanner *scanner, struct chunk *chunk, struct saying_memory *memory,
       const struct saying *saying)
{
	if (!saying_recall(memory, scanner->reader, saying))
		return false;
	scanner->raw = scanner->reader->token_count;
	scanner->gap = GAP_MARK;
	chunk->at += saying->bytes.length;
	if (chunk->folded)
		pass_letters(scanner, chunk->start + (uint32_t)chunk->at);
	return true;
}

/* Reads the saying that a chunk goes on with. */
static void
read_saying(struct scanner *scanner, struct chunk *chunk, struct saying_memory *memory,
            struct saying *saying)
{
	saying->start = chunk->start + (uint32_t)chunk->at;
	saying->piece = scanner->piece;
	saying->gap = scanner->gap;
	if (!saying->whole || !stands_apart(scanner)) {
		scan_bytes(scanner, chunk, saying->bytes.length);
		return;
	}
	repair_raw(scanner);
	size_t first = scanner->raw;
	if (recall(scanner, chunk, memory, saying))
		return;
	bool apart = scan_alone(scanner, chunk, saying);
	if (!apart) {
		scan_bytes(scanner, chunk, saying->bytes.length);
		apart = ends_apart(scanner, saying);
	}
	if (apart) {
		repair_raw(scanner);
		saying_remember(memory, scanner->reader, saying, first);
	}
}

enum { AHEAD = 8 }; /* sayings that are fetched at a time */

/* Finds the sayings that a chunk goes on with, as far as they begin where one seems to. */
static size_t
look_ahead(const struct chunk *chunk, const struct saying_memory *memory,
           struct saying sayings[AHEAD])
{
	struct span bytes = chunk->bytes;
	size_t count = 0;
	for (size_t at = chunk->at; at < bytes.length && count < AHEAD; count++) {
		struct saying *saying = &sayings[count];
		*saying = saying_next(memory, (struct span){bytes.at + at, bytes.length - at});
		at += saying->bytes.length;
		while (!saying->whole && at < bytes.length && saying_space(bytes.at[at]))
			at++;
	}
	for (size_t i = 0; i < count; i++)
		saying_fetch(memory, &sayings[i]);
	return count;
}

static void
read_chunk(struct scanner *scanner, struct chunk *chunk)
{
	struct saying_memory *memory = word_memory_sayings(scanner->reader->words);
	struct saying sayings[AHEAD];
	while (memory != NULL && chunk->at < chunk->bytes.length) {
		size_t count = look_ahead(chunk, memory, sayings);
		for (size_t i = 0; i < count && sayings[i].bytes.at == chunk->bytes.at + chunk->at;
		     i++)
			read_saying(scanner, chunk, memory, &sayings[i]);
	}
	if (chunk->at < chunk->bytes.length)
		scan_bytes(scanner, chunk, chunk->bytes.length - chunk->at);
}

static void
read_piece(struct scanner *scanner, uint32_t piece)
{
	struct reader *reader = scanner->reader;
	struct span bytes = reader->pieces[piece].bytes;
	size_t first = reader->token_count;
	uint32_t first_byte = reader->parts != NULL ? reader->parts[piece].first : 0;
	scanner->piece = piece;
	scanner->first = scanner->raw = first;
	scanner->gap = GAP_BREAK;
	scanner->listed = false;
	for (size_t from = 0; from < bytes.length;) {
		size_t length = chunk_length(bytes, from);
		struct chunk chunk = {.bytes = {bytes.at + from, length},
		                      .start = first_byte + (uint32_t)from};
		read_chunk(scanner, &chunk);
		from += length;
	}
	if (reader->token_count == first)
		return;
	repair_raw(scanner);
	uint32_t end = reader->tokens[reader->token_count - 1].end;
	reader->tokens = arena_grow(reader->arena, reader->tokens, reader->token_count,
	                            &reader->token_capacity, sizeof *reader->tokens);
	reader->tokens[reader->token_count++] = (struct token){
	        .text = "\n", .length = 1, .start = end, .end = end, .piece = piece,
	        .symbols = (uint32_t)reader->symbol_count, .mark = true, .stop = true,
	        .gap = GAP_BREAK};
}

void
words_read(struct reader *reader)
{
	struct scanner scanner = {.reader = reader};
	size_t bytes = 0;
	for (size_t i = 0; i < reader->piece_count; i++)
		bytes += reader->pieces[i].bytes.length;
	size_t tokens = bytes / TOKEN_BYTES + 1;
	reader->tokens = arena_room(reader->arena, NULL, 0,
	                            tokens < TOKENS_FIRST ? tokens : TOKENS_FIRST,
	                            &reader->token_capacity, sizeof *reader->tokens);
	for (size_t i = 0; i < reader->piece_count; i++)
		read_piece(&scanner, (uint32_t)i);
}
