#include "stretch.h"

#include <stdlib.h>

enum {
	WORDS = 1 << 19,      /* in the ring */
	WORDS_MOST = 1 << 11, /* of one stretch */
	KEY_MOST = 1 << 9,
	ROW_BITS = 13,
	ROW = 4,
	LISTS = 1 << 13, /* words of the lists of late starts */
	LONGEST = RING,  /* tokens of a stretch that is remembered */
	OFFSET_BITS = 7, /* of the number of a token in it */
	OFFSETS = 1 << OFFSET_BITS,
	ITEM_BITS = 32 - 2 * OFFSET_BITS,
};

/* The words of a key: symbols; the first one of each token is marked. */
enum {
	NO_SYMBOL = SLOT_INDICES - 1,
	KEY_PLACE = 20, /* length of the place */
	KEY_LOOKS = 25, /* bit set */
	KEY_STOP = 30,
};
#define KEY_TOKEN ((uint32_t)1 << 31)

_Static_assert((int)LONGEST <= (int)OFFSETS, "a token of a stretch is below OFFSETS");
_Static_assert((int)MATCH_LONGEST < (int)OFFSETS, "so is the length of a span");
_Static_assert((int)CLASSES_MOST <= 1 << ITEM_BITS, "a class has the room of an item");
_Static_assert((int)KEY_LOOKS + (int)CLASS_LOOKS == (int)KEY_STOP, "looks have room in a key");

/* Where what is known of a stretch stands, and how many words each part of it has, in
 * the order in which they stand. */
struct stretch {
	uint64_t at;
	uint32_t hash;
	uint16_t key;
	uint16_t matches[3]; /* masks, context, patterns */
	uint16_t spans, late_bits;
};

struct stretch_memory {
	struct stretch rows[1 << ROW_BITS][ROW];
	struct stretch now; /* the one at hand, at the end of the ring */
	uint64_t hash;      /* of its key */
	uint32_t length;    /* words of it so far */
	bool fits;          /* its key is not too long */
	uint64_t *late_starts;           /* bit set, as in struct possible */
	struct number_list late_members; /* class members that are late items */
	uint16_t *symbols; /* of each, where its list stands + 1; 0: not known yet */
	uint32_t list_count;
	uint32_t lists[LISTS]; /* of late starts; before each, how many these are */
	uint32_t words[WORDS + WORDS_MOST];
};

static void
add_late_item(struct stretch_memory *memory, const struct lexicon *lexicon, uint32_t number)
{
	const struct item *item = &lexicon->items[number];
	const uint32_t *starts = lexicon->item_starts + item->starts;
	if (item->start_count == 0 || bits_have(memory->late_starts, starts[0]))
		return;
	for (uint32_t i = 0; i < item->start_count; i++)
		bits_add(memory->late_starts, starts[i]);
	if (item->kind == ITEM_CLASS)
		memory->late_members.at[memory->late_members.count++] = number;
}

static bool
start(struct stretch_memory *memory, const struct lexicon *lexicon)
{
	const uint32_t *regions = lexicon->case_regions;
	uint32_t first = (regions[CASES_LATE] - regions[CASES_OF_MEMBERS]) * BLOCK_BITS;
	size_t words = lexicon->start_count / BLOCK_BITS + (size_t)1;
	memory->late_starts = calloc(words, sizeof *memory->late_starts);
	memory->late_members.at = calloc(lexicon->item_count, sizeof *memory->late_members.at);
	memory->symbols = calloc(lexicon->symbol_count, sizeof *memory->symbols);
	if (memory->late_starts == NULL || memory->late_members.at == NULL ||
	    memory->symbols == NULL)
		return false;
	memory->list_count = 1;
	for (uint32_t i = first; i < lexicon->case_count; i++)
		add_late_item(memory, lexicon, lexicon->cases[i].item);
	return true;
}

struct stretch_memory *
stretch_memory_new(const struct lexicon *lexicon)
{
	struct stretch_memory *memory = calloc(1, sizeof *memory);
	if (memory != NULL && lexicon->item_count <= 1U << ITEM_BITS && start(memory, lexicon))
		return memory;
	stretch_memory_free(memory);
	return NULL;
}

void
stretch_memory_free(struct stretch_memory *memory)
{
	if (memory == NULL)
		return;
	free(memory->late_starts);
	free(memory->late_members.at);
	free(memory->symbols);
	free(memory);
}

static uint32_t *
words_of(struct stretch_memory *memory, const struct stretch *stretch)
{
	return memory->words + stretch->at % WORDS;
}

static uint32_t
token_mark(const struct reader *reader, size_t index)
{
	const struct token *token = &reader->tokens[index];
	return KEY_TOKEN | (uint32_t)token->stop << KEY_STOP |
	       match_looks(reader, index) << KEY_LOOKS |
	       (uint32_t)match_place(reader, token) << KEY_PLACE;
}

/* Puts down the key of the stretch at hand; false if it is too long. */
static bool
put_key(struct stretch_memory *memory, const struct reader *reader, size_t first, size_t end)
{
	uint32_t *key = words_of(memory, &memory->now), *at = key;
	uint64_t hash = 0;
	for (size_t i = first; i < end; i++) {
		const struct token *token = &reader->tokens[i];
		uint32_t word = token_mark(reader, i), count = token->symbol_count;
		if (at - key + (ptrdiff_t)count >= KEY_MOST)
			return false;
		word |= count != 0 ? reader->symbols[token->symbols] : NO_SYMBOL;
		for (uint32_t j = 1;; word = reader->symbols[token->symbols + j++]) {
			hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
			*at++ = word;
			if (j >= count)
				break;
		}
	}
	memory->length = (uint32_t)(at - key);
	memory->hash = hash;
	return true;
}

/* Words that are put down now may be in place of its own where these are kept no longer. */
static bool
is_now(struct stretch_memory *memory, const struct stretch *stretch)
{
	return stretch->hash == (uint32_t)memory->hash && stretch->key == memory->length &&
	       stretch->at + WORDS >= memory->now.at + WORDS_MOST &&
	       memcmp(words_of(memory, stretch), words_of(memory, &memory->now),
	              stretch->key * sizeof *memory->words) == 0;
}

static struct stretch *
row_of(struct stretch_memory *memory)
{
	return memory->rows[memory->hash >> (64 - ROW_BITS)];
}

static const struct stretch *
find(struct stretch_memory *memory)
{
	const struct stretch *row = row_of(memory);
	for (size_t i = 0; i < ROW; i++) {
		if (is_now(memory, &row[i]))
			return &row[i];
	}
	return NULL;
}

static struct match_list *
list_of(struct reader *reader, size_t list)
{
	return list == 0 ? &reader->masks : list == 1 ? &reader->context : &reader->patterns;
}

struct stretch_counts
stretch_count(const struct matcher *matcher)
{
	const struct reader *reader = matcher->reader;
	return (struct stretch_counts){
	        {reader->masks.count, reader->context.count, reader->patterns.count},
	        matcher->span_count};
}

static void
recall_matches(struct matcher *matcher, struct match_list *list, const uint32_t *words,
               size_t count, size_t first)
{
	list->at = arena_room(matcher->reader->arena, list->at, list->count, count,
	                      &list->capacity, sizeof *list->at);
	for (size_t i = 0; i < count; i++) {
		uint32_t from = words[i] / OFFSETS % OFFSETS, to = words[i] % OFFSETS;
		list->at[list->count++] = (struct match){words[i] >> 2 * OFFSET_BITS,
		                                         (uint32_t)first + from,
		                                         (uint32_t)first + to};
	}
}

/* Orders matches as they are found: by token, from the last to the first, and by item.
 * Those before `from` are in order. */
static void
order_matches(struct match_list *list, size_t first, size_t from)
{
	for (size_t i = from; i < list->count; i++) {
		struct match match = list->at[i];
		size_t at = i;
		for (; at > first && (list->at[at - 1].first < match.first ||
		                      (list->at[at - 1].first == match.first &&
		                       list->at[at - 1].item > match.item));
		     at--)
			list->at[at] = list->at[at - 1];
		list->at[at] = match;
	}
}

/* Puts down the late starts that a symbol is the first element of. The first list is that
 * of all that have none. 0: no room. */
static uint16_t
list_starts(struct stretch_memory *memory, const struct lexicon *lexicon, uint32_t symbol)
{
	const struct block_list *list = &lexicon->symbols[symbol].starts;
	uint32_t first = memory->list_count, at = first + 1;
	if (at >= LISTS)
		return 0;
	for (uint32_t i = list->first; i < list->first + list->count; i++) {
		uint32_t word = block_word(lexicon->blocks[i]);
		uint64_t left = memory->late_starts[word] & lexicon->blocks[i] >> BLOCK_INDEX;
		for (; left != 0 && at < LISTS; left &= left - 1)
			memory->lists[at++] = word * BLOCK_BITS + (uint32_t)__builtin_ctzll(left);
	}
	if (at == LISTS)
		return 0;
	if (at == first + 1)
		return 1;
	memory->lists[first] = at - first - 1;
	memory->list_count = at;
	return (uint16_t)(first + 1);
}

static void
propose_symbol(struct matcher *matcher, uint32_t symbol, size_t next)
{
	struct stretch_memory *memory = matcher->memory;
	const struct lexicon *lexicon = matcher->reader->lexicon;
	uint16_t *known = &memory->symbols[symbol];
	if (*known == 0)
		*known = list_starts(memory, lexicon, symbol);
	if (*known == 0) {
		match_propose(matcher, &lexicon->symbols[symbol].starts, next);
		return;
	}
	const uint32_t *list = &memory->lists[*known - 1];
	for (uint32_t i = 1; i <= list[0]; i++) {
		if (bits_have(matcher->possible.starts, block_bit(list[i])))
			match_propose_start(matcher, &lexicon->starts[list[i]], next);
	}
}

static void
propose_late(struct matcher *matcher, size_t index)
{
	const struct reader *reader = matcher->reader;
	const struct token *token = &reader->tokens[index];
	uint32_t looks = match_position(matcher, index)->looks;
	for (uint32_t i = 0; i < token->symbol_count; i++)
		propose_symbol(matcher, reader->symbols[token->symbols + i], index + 1);
	for (uint32_t look = 0; look < CLASS_LOOKS; look++) {
		if (looks >> look & 1)
			match_propose(matcher, &reader->lexicon->classes[look].starts, index + 1);
	}
}

static void
recall_tokens(struct matcher *matcher, const uint32_t *span, const uint32_t *spans_end,
              size_t first, size_t end)
{
	for (size_t i = end; i-- > first;) {
		match_begin(matcher, i);
		for (; span < spans_end && *span / OFFSETS % OFFSETS == i - first; span++)
			match_add_span(matcher, i, *span >> 2 * OFFSET_BITS, *span % OFFSETS);
		propose_late(matcher, i);
		match_end(matcher, i);
	}
}

static void
recall(struct matcher *matcher, const struct stretch *stretch, size_t first, size_t end)
{
	const uint32_t *at = words_of(matcher->memory, stretch) + stretch->key;
	struct stretch_counts before = stretch_count(matcher);
	for (size_t i = 0; i < 3; at += stretch->matches[i++])
		recall_matches(matcher, list_of(matcher->reader, i), at, stretch->matches[i],
		               first);
	const uint32_t *late_bits = at + stretch->spans;
	possible_pass(&matcher->possible, first, late_bits, stretch->late_bits);
	possible_late(&matcher->possible, end, &matcher->memory->late_members);
	recall_tokens(matcher, at, late_bits, first, end);
	for (size_t i = 0; i < 3; i++)
		order_matches(list_of(matcher->reader, i), before.matches[i],
		              before.matches[i] + stretch->matches[i]);
}

bool
stretch_recall(struct matcher *matcher, size_t first, size_t end)
{
	struct stretch_memory *memory = matcher->memory;
	memory->fits = end - first <= LONGEST && put_key(memory, matcher->reader, first, end);
	const struct stretch *stretch = memory->fits ? find(memory) : NULL;
	if (stretch != NULL)
		recall(matcher, stretch, first, end);
	return stretch != NULL;
}

static bool
is_late(const struct matcher *matcher, uint32_t number)
{
	const struct item *item = reader_item(matcher->reader, number);
	return bits_have(matcher->memory->late_starts,
	                 matcher->reader->lexicon->item_starts[item->starts]);
}

static bool
is_late_class(const struct matcher *matcher, uint32_t class)
{
	const struct number_list *members = &matcher->memory->late_members;
	for (size_t i = 0; i < members->count; i++) {
		if (reader_item(matcher->reader, members->at[i])->target == class)
			return true;
	}
	return false;
}

static uint32_t *
put_matches(struct matcher *matcher, const struct match_list *list, size_t from, size_t first,
            uint32_t *at)
{
	for (size_t i = from; i < list->count; i++) {
		const struct match *match = &list->at[i];
		if (!is_late(matcher, match->item))
			*at++ = (match->item * OFFSETS + match->first - (uint32_t)first) * OFFSETS +
			        match->last - (uint32_t)first;
	}
	return at;
}

static uint32_t *
put_spans(struct matcher *matcher, size_t first, size_t end, uint32_t *at)
{
	for (size_t i = end; i-- > first;) {
		const struct position *position = match_position(matcher, i);
		for (uint32_t j = 0; j < position->span_count; j++) {
			const struct class_span *span = &matcher->spans[position->spans + j];
			*at++ = (span->class * OFFSETS + (uint32_t)(i - first)) * OFFSETS +
			        span->length;
		}
	}
	return at;
}

static uint32_t *
put_late_bits(const struct matcher *matcher, uint32_t *at)
{
	const uint64_t *met = possible_own(&matcher->possible)->met;
	for (uint32_t i = 0; i < matcher->possible.late_words; i++) {
		uint64_t block = met[i] << BLOCK_INDEX | i;
		if (met[i] == 0)
			continue;
		*at++ = (uint32_t)block;
		*at++ = (uint32_t)(block >> 32);
	}
	return at;
}

/* The stretch at hand takes the place of the oldest of its row. */
static void
keep(struct stretch_memory *memory)
{
	struct stretch *row = row_of(memory), *oldest = row;
	for (size_t i = 1; i < ROW; i++)
		oldest = row[i].at < oldest->at ? &row[i] : oldest;
	*oldest = memory->now;
	memory->now.at += memory->length;
}

/* Whether there is room for it, no span of a class with late members, and none left out. */
static bool
may_be_kept(const struct matcher *matcher, const struct stretch_counts *before)
{
	struct stretch_counts now = stretch_count(matcher);
	size_t spans = now.spans - before->spans;
	size_t words = matcher->memory->length + spans + matcher->possible.late_words * 2;
	for (size_t i = 0; i < 3; i++)
		words += now.matches[i] - before->matches[i];
	for (size_t i = before->spans; i < now.spans; i++) {
		if (is_late_class(matcher, matcher->spans[i].class))
			return false;
	}
	return matcher->memory->fits && spans < SPANS_MOST && words <= WORDS_MOST;
}

void
stretch_remember(struct matcher *matcher, size_t first, size_t end,
                 const struct stretch_counts *before)
{
	struct stretch_memory *memory = matcher->memory;
	struct stretch *now = &memory->now;
	if (!may_be_kept(matcher, before))
		return;
	uint32_t *words = words_of(memory, now), *from, *at = words + memory->length;
	now->hash = (uint32_t)memory->hash;
	now->key = (uint16_t)memory->length;
	for (size_t i = 0; i < 3; i++) {
		from = at;
		at = put_matches(matcher, list_of(matcher->reader, i), before->matches[i], first,
		                 at);
		now->matches[i] = (uint16_t)(at - from);
	}
	from = at;
	at = put_spans(matcher, first, end, at);
	now->spans = (uint16_t)(at - from);
	from = at;
	at = put_late_bits(matcher, at);
	now->late_bits = (uint16_t)(at - from);
	memory->length = (uint32_t)(at - words);
	keep(memory);
}
