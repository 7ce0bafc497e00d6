/* Which words anchor a topic. */
#include <stdlib.h>

#include "glance.h"
#include "reader.h"

void
glance_start(struct glance *glance, struct arena *arena, const struct vocabulary *vocabulary)
{
	*glance = (struct glance){.vocabulary = vocabulary};
	glance->values = arena_alloc(arena, vocabulary->value_count, sizeof *glance->values);
	glance->symbols =
	        arena_alloc(arena, vocabulary->lexicon.symbol_count + 1, sizeof *glance->symbols);
}

/* The number of the topic with these values, or of a new one. */
static unsigned
topic_number(struct glance *glance, const uint32_t *values, size_t count)
{
	for (unsigned i = 0; i < glance->topic_count; i++) {
		const struct topic *topic = &glance->topics[i];
		if (topic->count == count &&
		    memcmp(topic->values, values, count * sizeof *values) == 0)
			return i;
	}
	if (glance->topic_count == TOPICS_MOST)
		return TOPICS_MOST - 1;
	glance->topics[glance->topic_count] = (struct topic){values, count};
	return glance->topic_count++;
}

uint64_t
glance_topic(struct glance *glance, const uint32_t *values, size_t count)
{
	const struct vocabulary *vocabulary = glance->vocabulary;
	uint64_t topic = (uint64_t)1 << topic_number(glance, values, count);
	for (size_t i = 0; i < count; i++) {
		const struct axis *axis = &vocabulary->axes[vocabulary->values[values[i]].axis];
		glance->values[axis->root] |= topic;
		for (uint32_t j = axis->first; j < axis->first + axis->count; j++) {
			/* Where one value denies its rivals, any may leave this one open. */
			if (axis->one || vocabulary_within(vocabulary, j, values[i]) ||
			    vocabulary_within(vocabulary, values[i], j))
				glance->values[j] |= topic;
		}
	}
	return topic;
}

/* Topics on their way from items to the words without which they cannot match. */
struct spread {
	struct glance *glance;
	const struct lexicon *lexicon;
	struct arena *arena;
	uint64_t *items;      /* topics of each item */
	uint64_t *classes;    /* topics that any member anchors */
	uint64_t *costs;      /* of each class: how much text its members would catch */
	const bool *frequent; /* of each symbol: stands in most texts */
};

/* What follows from a value by inference is anchored as that value is. */
static void
spread_inferences(struct glance *glance)
{
	const struct vocabulary *vocabulary = glance->vocabulary;
	for (bool more = true; more;) {
		more = false;
		for (uint32_t i = 0; i < vocabulary->inference_count; i++) {
			const struct inference *inference = &vocabulary->inferences[i];
			uint64_t topics = glance->values[inference->follows];
			uint64_t *given = &glance->values[vocabulary->links[inference->given]];
			more = more || (topics & ~*given) != 0;
			*given |= topics;
		}
	}
}

#define NO_CUT UINT64_MAX

/* A set of words and classes of which every way through an item from one
 * instruction on takes one: the one that would catch least text. */
struct cut {
	uint64_t cost; /* NO_CUT: there is a way that takes none */
	const struct instruction **words;
	size_t count;
	bool known;
};

static bool
is_anchored(const struct spread *spread, uint32_t symbol, uint64_t topics)
{
	const struct symbol *entry = &spread->lexicon->symbols[symbol];
	uint64_t there = spread->glance->symbols[symbol];
	for (uint32_t i = 0; i < entry->class_count; i++)
		there |= spread->classes[spread->lexicon->links[entry->classes + i]];
	return (topics & ~there) == 0;
}

static bool
is_word(const char *text)
{
	return ((unsigned char)text[0] | 0x20) >= 'a' || (text[0] >= '0' && text[0] <= '9');
}

/* How much text a word would catch, roughly: the shorter of the frequent ones
 * are the most frequent. */
static uint64_t
symbol_cost(const struct spread *spread, uint32_t symbol)
{
	const struct symbol *entry = &spread->lexicon->symbols[symbol];
	if (!is_word(spread->lexicon->strings + entry->text))
		return 100000; /* a mark stands in every text */
	if (!spread->frequent[symbol])
		return entry->part == WORD_WHOLE ? 1 : 3;
	return entry->length < 4 ? 1000 : entry->length == 4 ? 300 : 100;
}

static uint64_t
word_cost(const struct spread *spread, const struct instruction *word, uint64_t topics)
{
	if (word->operation == CODE_WORD)
		return is_anchored(spread, word->argument, topics)
		               ? 0
		               : symbol_cost(spread, word->argument);
	if (word->argument < CLASS_LOOKS)
		return NO_CUT;
	return (topics & ~spread->classes[word->argument]) == 0 ? 0
	                                                        : spread->costs[word->argument];
}

static struct cut
cut_of_either(const struct spread *spread, const struct cut *a, const struct cut *b)
{
	struct cut both = {.cost = NO_CUT, .known = true};
	if (a->cost == NO_CUT || b->cost == NO_CUT)
		return both;
	both.cost = a->cost;
	both.words = arena_alloc(spread->arena, a->count + b->count + 1, sizeof *both.words);
	memcpy(both.words, a->words, a->count * sizeof *a->words);
	both.count = a->count;
	for (size_t i = 0; i < b->count; i++) {
		size_t j = 0;
		while (j < a->count && a->words[j] != b->words[i])
			j++;
		if (j == a->count)
			both.words[both.count++] = b->words[i];
	}
	if (both.count != a->count)
		both.cost += b->cost;
	return both;
}

/* The cuts of an item from its last instruction to its first: instructions go
 * forward only. */
static struct cut
find_cut(const struct spread *spread, const struct item *item, uint64_t topics)
{
	const struct instruction *code = spread->lexicon->code + item->code;
	struct cut *cuts = arena_alloc(spread->arena, item->length + 1, sizeof *cuts);
	for (uint32_t at = item->length; at-- > 0;) {
		uint64_t cost;
		switch (code[at].operation) {
		case CODE_WORD:
		case CODE_CLASS:
			cuts[at] = cuts[at + 1];
			cost = word_cost(spread, &code[at], topics);
			if (cost < cuts[at].cost) {
				cuts[at].cost = cost;
				cuts[at].count = 1;
				cuts[at].words =
				        arena_alloc(spread->arena, 1, sizeof *cuts[at].words);
				cuts[at].words[0] = &code[at];
			}
			break;
		case CODE_FORK:
			cuts[at] = cut_of_either(spread, &cuts[at + 1], &cuts[code[at].argument]);
			break;
		case CODE_JUMP:
		case CODE_SKIP:
			cuts[at] = cuts[code[at].argument];
			break;
		default:
			cuts[at].cost = NO_CUT;
			break;
		}
	}
	return cuts[0];
}

static void
spread_item(struct spread *spread, uint32_t index)
{
	uint64_t topics = spread->items[index];
	struct arena_mark mark = arena_mark(spread->arena);
	struct cut cut = find_cut(spread, &spread->lexicon->items[index], topics);
	if (cut.cost == NO_CUT)
		spread->glance->always |= topics;
	for (size_t i = 0; i < cut.count && cut.cost != NO_CUT; i++) {
		if (cut.words[i]->operation == CODE_WORD)
			spread->glance->symbols[cut.words[i]->argument] |= topics;
		else
			spread->classes[cut.words[i]->argument] |= topics;
	}
	arena_release(spread->arena, mark);
}

/* To the members of several words of classes that anchor something. */
static bool
spread_classes(struct spread *spread)
{
	bool more = false;
	for (uint32_t i = 0; i < spread->lexicon->item_count; i++) {
		const struct item *item = &spread->lexicon->items[i];
		if (item->kind != ITEM_CLASS)
			continue;
		uint64_t topics = spread->classes[item->target];
		if ((topics & ~spread->items[i]) == 0)
			continue;
		spread->items[i] |= topics;
		spread_item(spread, i);
		more = true;
	}
	return more;
}

/* A name is anchored by one of its words: one that is an anchor anyway, or the
 * one that would catch least text. */
static void
spread_name(struct spread *spread, const struct name *name)
{
	const struct lexicon *lexicon = spread->lexicon;
	uint64_t topics = spread->glance->values[name->kind], least = UINT64_MAX;
	const char *at = lexicon->strings + name->text;
	uint32_t best = UINT32_MAX;
	while (*at != '\0') {
		size_t length = strcspn(at, " ");
		uint32_t symbol =
		        lexicon_symbol(lexicon, (struct span){at, length}, WORD_WHOLE);
		if (symbol != UINT32_MAX && is_anchored(spread, symbol, topics))
			return;
		if (symbol != UINT32_MAX && symbol_cost(spread, symbol) <= least) {
			best = symbol;
			least = symbol_cost(spread, symbol);
		}
		at += length + (at[length] == ' ');
	}
	if (best == UINT32_MAX)
		spread->glance->always |= topics;
	else
		spread->glance->symbols[best] |= topics;
}

static void
spread_symbols(struct spread *spread)
{
	const struct lexicon *lexicon = spread->lexicon;
	uint64_t *topics = spread->glance->symbols;
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		const struct symbol *symbol = &lexicon->symbols[i];
		for (uint32_t j = 0; j < symbol->class_count; j++)
			topics[i] |= spread->classes[lexicon->links[symbol->classes + j]];
	}
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		if (lexicon->symbols[i].instead != 0)
			topics[i] |= topics[lexicon->symbols[i].instead - 1];
	}
}

/* How much text words and classes would catch, by the class of frequent words. */
static void
weigh_words(struct spread *spread)
{
	const struct lexicon *lexicon = spread->lexicon;
	bool *frequent = arena_alloc(spread->arena, lexicon->symbol_count + 1, sizeof *frequent);
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		const struct symbol *symbol = &lexicon->symbols[i];
		for (uint32_t j = 0; j < symbol->class_count; j++)
			frequent[i] |= lexicon->links[symbol->classes + j] == CLASS_FREQUENT;
	}
	spread->frequent = frequent;
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		const struct symbol *symbol = &lexicon->symbols[i];
		for (uint32_t j = 0; j < symbol->class_count; j++)
			spread->costs[lexicon->links[symbol->classes + j]] += symbol_cost(spread, i);
	}
	for (uint32_t i = 0; i < lexicon->item_count; i++) {
		if (lexicon->items[i].kind == ITEM_CLASS)
			spread->costs[lexicon->items[i].target]++;
	}
}

/* The shortest items have the least choice of anchors; longer ones share them. */
static void
spread_patterns(struct spread *spread)
{
	const struct lexicon *lexicon = spread->lexicon;
	for (uint32_t i = 0; i < lexicon->item_count; i++) {
		const struct item *item = &lexicon->items[i];
		if (item->kind == ITEM_PATTERN && item->value != NO_VALUE)
			spread->items[i] = spread->glance->values[item->value];
	}
	for (uint32_t length = 2; length <= 8; length++) {
		for (uint32_t i = 0; i < lexicon->item_count; i++) {
			uint32_t own = lexicon->items[i].length;
			if (spread->items[i] != 0 && (own == length || (length == 8 && own > 8)))
				spread_item(spread, i);
		}
	}
}

static void
find_anchors(struct glance *glance, struct arena *arena)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	struct spread spread = {
	        .glance = glance,
	        .lexicon = lexicon,
	        .arena = arena,
	        .items = arena_alloc(arena, lexicon->item_count + 1, sizeof(uint64_t)),
	        .classes = arena_alloc(arena, lexicon->class_count + 1, sizeof(uint64_t)),
	        .costs = arena_alloc(arena, lexicon->class_count + 1, sizeof(uint64_t))};
	weigh_words(&spread);
	spread_inferences(glance);
	spread_patterns(&spread);
	while (spread_classes(&spread))
		;
	for (uint32_t i = 0; i < lexicon->name_count; i++) {
		if (lexicon->names[i].kind != NO_VALUE &&
		    glance->values[lexicon->names[i].kind] != 0)
			spread_name(&spread, &lexicon->names[i]);
	}
	spread_symbols(&spread);
	/* Where a party is, nearly any name can tell. */
	uint32_t place = vocabulary_axis(glance->vocabulary, "party.jurisdiction");
	if (place != NO_AXIS)
		glance->always |= glance->values[glance->vocabulary->axes[place].root];
}

static void
put_bit(uint64_t *set, uint32_t bit)
{
	set[bit / 64] |= (uint64_t)1 << (bit % 64);
}

static void
mark_anchor(struct glance *glance, const struct symbol *symbol, uint64_t topics)
{
	const char *text = glance->vocabulary->lexicon.strings + symbol->text;
	size_t length = symbol->length;
	if (!is_word(text)) {
		glance->always |= topics; /* a mark */
	} else if (symbol->part != WORD_END) {
		put_bit(glance->starts, glance_start_of(text, length));
	} else if (length >= 3) {
		put_bit(glance->ends, glance_three(text + length - 3));
	} else {
		memset(glance->ends, 0xff, sizeof glance->ends);
	}
}

static void
mark_key(struct glance *glance, const struct symbol *symbol)
{
	const char *text = glance->vocabulary->lexicon.strings + symbol->text;
	if (symbol->length >= 3) {
		put_bit(glance->key_starts, glance_three(text));
		put_bit(glance->key_ends, glance_three(text + symbol->length - 3));
	} else {
		memset(glance->key_starts, 0xff, sizeof glance->key_starts);
		memset(glance->key_ends, 0xff, sizeof glance->key_ends);
	}
}

/* Whether a word of that beginning and length may be a slip of the key. */
static bool
may_be_slip(const struct key_word *key, unsigned first, size_t length)
{
	size_t most = first == ANY_FIRST ? 1 : key_slips(key);
	return key->length >= KEY_LEAST && key->first >= 'a' && key->first <= 'z' &&
	       length + most >= key->length && length <= key->length + most &&
	       (first == ANY_FIRST ? key->length >= KEY_ANY_FIRST
	                           : first == (unsigned)(key->first - 'a'));
}

static void
list_slips(struct glance *glance, struct arena *arena)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	size_t capacity = 0;
	uint32_t count = 0;
	for (unsigned first = 0; first <= ANY_FIRST; first++) {
		for (size_t length = 0; length <= WORD_LONGEST; length++) {
			struct slip_list *list = &glance->slips[first][length];
			list->first = count;
			for (uint32_t i = 0; i < lexicon->key_count; i++) {
				const struct key_word *key = &lexicon->keys[i];
				if (glance->symbols[key->symbol] == 0 ||
				    !may_be_slip(key, first, length))
					continue;
				glance->keys = arena_grow(arena, glance->keys, count, &capacity,
				                          sizeof *glance->keys);
				glance->keys[count++] = (struct slip){
				        .letters = key->letters,
				        .most = first == ANY_FIRST ? 1 : key_slips(key),
				        .symbol = key->symbol};
			}
			list->count = count - list->first;
		}
	}
}

void
glance_prepare(struct glance *glance, struct arena *arena)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	find_anchors(glance, arena);
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		if (glance->symbols[i] != 0)
			mark_anchor(glance, &lexicon->symbols[i], glance->symbols[i]);
		if (lexicon->symbols[i].key)
			mark_key(glance, &lexicon->symbols[i]);
	}
	list_slips(glance, arena);
}
