/*
 * All items over all tokens, from the last token to the first: where an item
 * is tried, the classes of all words after it are known. An item's
 * instructions go forward only, so one try costs at most its length times the
 * words that a match may span, whatever the text.
 */
#include "context.h"

enum {
	WORDS_OF_CLASSES = CLASSES_MOST / 64,
	SPANS_MOST = 24, /* class members of several words that begin at one token */
	RING = MATCH_LONGEST * 2,
	CODE_WORDS = CODE_LONGEST / 64,
};

struct class_span {
	uint32_t class;
	uint32_t length;
};

/* What begins at one token. */
struct position {
	uint64_t classes[WORDS_OF_CLASSES]; /* members of one word */
	struct class_span spans[SPANS_MOST];
	uint32_t span_count;
};

struct matcher {
	struct reader *reader;
	bool masked;
	struct position ring[RING];
	uint32_t *class_seen;  /* the last token, + 1, that a class was met at */
	uint32_t *symbol_seen;
	uint64_t *candidates; /* bit set of items */
	size_t candidate_words;
	size_t class_words;
	/* The instructions reached so many words after the start; none after `last`. */
	uint64_t states[MATCH_LONGEST + 1][CODE_WORDS];
	size_t last;
};

static bool
in_set(const uint64_t *set, uint32_t bit)
{
	return (set[bit / 64] >> (bit % 64)) & 1;
}

static void
put_in(uint64_t *set, uint32_t bit)
{
	set[bit / 64] |= (uint64_t)1 << (bit % 64);
}

static void
reach(struct matcher *matcher, size_t offset, uint32_t instruction)
{
	put_in(matcher->states[offset], instruction);
	if (offset > matcher->last)
		matcher->last = offset;
}

static struct position *
position(struct matcher *matcher, size_t token)
{
	return &matcher->ring[token % RING];
}

static void
add_candidates(struct matcher *matcher, uint32_t first, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		put_in(matcher->candidates, matcher->reader->lexicon->links[first + i]);
}

static void
see_class(struct matcher *matcher, size_t token, uint32_t class)
{
	const struct word_class *entry = &matcher->reader->lexicon->classes[class];
	matcher->class_seen[class] = (uint32_t)token + 1;
	add_candidates(matcher, entry->starts, entry->start_count);
}

static void
set_class(struct matcher *matcher, size_t token, uint32_t class)
{
	struct position *at = position(matcher, token);
	if (in_set(at->classes, class))
		return;
	put_in(at->classes, class);
	see_class(matcher, token, class);
}

static void
add_span(struct matcher *matcher, size_t token, uint32_t class, size_t length)
{
	struct position *at = position(matcher, token);
	if (length == 1) {
		set_class(matcher, token, class);
		return;
	}
	for (uint32_t i = 0; i < at->span_count; i++) {
		if (at->spans[i].class == class && at->spans[i].length == length)
			return;
	}
	if (at->span_count == SPANS_MOST)
		return;
	at->spans[at->span_count++] = (struct class_span){class, (uint32_t)length};
	see_class(matcher, token, class);
}

static bool
has_symbol(const struct reader *reader, const struct token *token, uint32_t symbol)
{
	for (uint32_t i = 0; i < token->symbol_count; i++) {
		if (reader->symbols[token->symbols + i] == symbol)
			return true;
	}
	return false;
}

/* The looks of a token, and what its words are members of. */
static void
begin_position(struct matcher *matcher, size_t index)
{
	struct reader *reader = matcher->reader;
	const struct lexicon *lexicon = reader->lexicon;
	const struct token *token = &reader->tokens[index];
	struct position *at = position(matcher, index);
	memset(at->classes, 0, matcher->class_words * sizeof *at->classes);
	at->span_count = 0;
	if (matcher->masked && token->blank)
		return;
	for (uint32_t i = 0; i < token->symbol_count; i++) {
		uint32_t number = reader->symbols[token->symbols + i];
		const struct symbol *symbol = &lexicon->symbols[number];
		matcher->symbol_seen[number] = (uint32_t)index + 1;
		add_candidates(matcher, symbol->starts, symbol->start_count);
		for (uint32_t j = 0; j < symbol->class_count; j++)
			set_class(matcher, index, lexicon->links[symbol->classes + j]);
	}
	if (token->capital && !in_set(at->classes, CLASS_COMMON))
		set_class(matcher, index, CLASS_PROPER);
	if (token->upper)
		set_class(matcher, index, CLASS_UPPER);
	if (!token->mark && token->text[0] >= '0' && token->text[0] <= '9')
		set_class(matcher, index, CLASS_NUMBER);
	if (token->mark && token->text[0] == '?')
		set_class(matcher, index, CLASS_QUESTION);
	if (token->name != 0) {
		const struct finding *finding = &reader->findings[token->name - 1];
		if (finding->place != NO_VALUE && finding->kind == NO_VALUE)
			add_span(matcher, index, CLASS_PLACE, finding->last - finding->first + 1);
	}
}

static void
step_class(struct matcher *matcher, size_t token, uint32_t class, size_t offset, uint32_t next)
{
	const struct position *at = position(matcher, token);
	if (in_set(at->classes, class) && offset + 1 <= MATCH_LONGEST)
		reach(matcher, offset + 1, next);
	for (uint32_t i = 0; i < at->span_count; i++) {
		if (at->spans[i].class == class && offset + at->spans[i].length <= MATCH_LONGEST)
			reach(matcher, offset + at->spans[i].length, next);
	}
}

/* Takes one instruction at `offset` words after the start; true if it is the
 * end of a match. */
static bool
step(struct matcher *matcher, const struct instruction *code, uint32_t at, size_t start,
     size_t offset)
{
	const struct reader *reader = matcher->reader;
	size_t token = start + offset;
	bool inside = token < reader->token_count;
	const struct token *here = inside ? &reader->tokens[token] : NULL;
	switch (code[at].operation) {
	case CODE_WORD:
		if (inside && offset < MATCH_LONGEST && !(matcher->masked && here->blank) &&
		    has_symbol(reader, here, code[at].argument))
			reach(matcher, offset + 1, at + 1);
		return false;
	case CODE_CLASS:
		if (inside)
			step_class(matcher, token, code[at].argument, offset, at + 1);
		return false;
	case CODE_FORK:
		reach(matcher, offset, at + 1);
		reach(matcher, offset, code[at].argument);
		return false;
	case CODE_JUMP:
		reach(matcher, offset, code[at].argument);
		return false;
	case CODE_SKIP:
		reach(matcher, offset, code[at].argument);
		if (inside && offset < MATCH_LONGEST && !here->stop)
			reach(matcher, offset + 1, at + 1);
		return false;
	default:
		return true;
	}
}

/* Takes all instructions reached at `offset`; true if one is the end of a match. */
static bool
step_all(struct matcher *matcher, const struct item *item, size_t start, size_t offset)
{
	const struct instruction *code = matcher->reader->lexicon->code + item->code;
	uint64_t *states = matcher->states[offset];
	bool found = false;
	for (size_t word = 0; word < (item->length + 63) / 64; word++) {
		for (uint64_t done = 0; (states[word] & ~done) != 0;) {
			uint64_t left = states[word] & ~done;
			uint32_t bit = (uint32_t)__builtin_ctzll(left);
			done |= (uint64_t)1 << bit;
			found |= step(matcher, code, (uint32_t)word * 64 + bit, start, offset);
		}
	}
	return found;
}

/* Tries an item at a token. Returns the length of the shortest match, or of the
 * longest with `longest`; of class members, adds every one. 0: none. */
static size_t
try_item(struct matcher *matcher, const struct item *item, size_t start, bool longest)
{
	size_t found = 0, words = (item->length + 63) / 64;
	matcher->last = 0;
	reach(matcher, 0, 0);
	for (size_t offset = 0; offset <= matcher->last; offset++) {
		if (!step_all(matcher, item, start, offset))
			continue;
		found = offset;
		if (item->kind == ITEM_CLASS)
			add_span(matcher, start, item->target, offset);
		else if (!longest)
			break;
	}
	for (size_t offset = 0; offset <= matcher->last; offset++)
		memset(matcher->states[offset], 0, words * sizeof **matcher->states);
	return found;
}

static bool
needed(const struct matcher *matcher, const struct item *item, size_t token)
{
	if (item->need == 0)
		return true;
	uint32_t index = (item->need & ~NEED_SYMBOL) - 1;
	uint32_t seen = item->need & NEED_SYMBOL ? matcher->symbol_seen[index]
	                                         : matcher->class_seen[index];
	return seen != 0 && seen - 1 - token < MATCH_LONGEST;
}

static void
add_match(struct reader *reader, struct match_list *list, uint32_t item, size_t first,
          size_t length)
{
	list->at = arena_grow(reader->arena, list->at, list->count, &list->capacity,
	                      sizeof *list->at);
	list->at[list->count++] = (struct match){item, (uint32_t)first,
	                                         (uint32_t)(first + length - 1)};
}

static void
try_candidate(struct matcher *matcher, uint32_t index, size_t token)
{
	struct reader *reader = matcher->reader;
	const struct item *item = reader_item(reader, index);
	if (item->kind != ITEM_CLASS && matcher->masked == item->raw)
		return;
	if (!needed(matcher, item, token))
		return;
	size_t length = try_item(matcher, item, token, item->kind == ITEM_MASK);
	if (length == 0)
		return;
	if (item->kind == ITEM_MASK)
		add_match(reader, &reader->masks, index, token, length);
	else if (item->kind == ITEM_CONTEXT)
		add_match(reader, &reader->context, index, token, length);
	else if (item->kind == ITEM_PATTERN)
		add_match(reader, &reader->patterns, index, token, length);
}

static void
match_token(struct matcher *matcher, size_t token)
{
	memset(matcher->candidates, 0, matcher->candidate_words * sizeof *matcher->candidates);
	begin_position(matcher, token);
	for (size_t word = 0; word < matcher->candidate_words; word++) {
		for (uint64_t done = 0; (matcher->candidates[word] & ~done) != 0;) {
			uint64_t left = matcher->candidates[word] & ~done;
			uint32_t bit = (uint32_t)__builtin_ctzll(left);
			done |= (uint64_t)1 << bit;
			try_candidate(matcher, (uint32_t)word * 64 + bit, token);
		}
	}
}

static void
reverse(struct match_list *list, size_t from)
{
	for (size_t to = list->count; from + 1 < to; from++) {
		struct match last = list->at[--to];
		list->at[to] = list->at[from];
		list->at[from] = last;
	}
}

void
match_run(struct reader *reader, bool masked)
{
	const struct lexicon *lexicon = reader->lexicon;
	struct matcher *matcher = arena_alloc(reader->arena, 1, sizeof *matcher);
	size_t masks = reader->masks.count, contexts = reader->context.count;
	size_t patterns = reader->patterns.count;
	matcher->reader = reader;
	matcher->masked = masked;
	matcher->class_seen = arena_alloc(reader->arena, lexicon->class_count + 1, sizeof(uint32_t));
	matcher->symbol_seen =
	        arena_alloc(reader->arena, lexicon->symbol_count + 1, sizeof(uint32_t));
	matcher->class_words = (lexicon->class_count + 63) / 64;
	matcher->candidate_words = (lexicon->item_count + 63) / 64;
	matcher->candidates = arena_alloc(reader->arena, matcher->candidate_words + 1,
	                                  sizeof *matcher->candidates);
	for (size_t i = reader->token_count; i-- > 0;)
		match_token(matcher, i);
	reverse(&reader->masks, masks);
	reverse(&reader->context, contexts);
	reverse(&reader->patterns, patterns);
}

bool
match_blank(struct reader *reader)
{
	bool any = false;
	for (size_t i = 0; i < reader->masks.count; i++) {
		const struct match *mask = &reader->masks.at[i];
		uint32_t class = reader_item(reader, mask->item)->target;
		if (!context_in_force(reader, mask))
			continue;
		for (size_t token = mask->first; token <= mask->last; token++) {
			if (reader->tokens[token].blank || !token_in(reader, token, class))
				continue;
			reader->tokens[token].blank = any = true;
			reader->tokens[token].masked_by = (uint32_t)i + 1;
		}
	}
	return any;
}
