/*
 * The cuts of an item: sets of words and classes of which every way through a part
 * of it takes one.
 */
#include "cuts.h"

static bool
is_word(const char *text)
{
	return ((unsigned char)text[0] | 0x20) >= 'a' || (text[0] >= '0' && text[0] <= '9');
}

bool
cut_stops(const struct cutter *cutter, uint32_t symbol)
{
	char mark = cutter->lexicon.strings[cutter->lexicon.symbols[symbol].text];
	return mark == '.' || mark == '!' || mark == '?' || mark == ';' || mark == '\n';
}

/* How often a symbol stands in a text if it is a word of its own. */
static uint64_t
own_cost(const struct cutter *cutter, const struct symbol *symbol)
{
	uint64_t cost = symbol->part == WORD_WHOLE ? 1 : 3;
	if (!is_word(cutter->lexicon.strings + symbol->text))
		return NO_CUT;
	for (uint32_t i = 0; i < symbol->class_count; i++) {
		uint32_t class = cutter->lexicon.links[symbol->classes + i];
		bool language = class >= CLASS_LANGUAGE_FIRST && class <= CLASS_LANGUAGE_LAST;
		if (class == CLASS_LANGUAGE_FIRST)
			return COST_EVERYWHERE;
		if (language || class == CLASS_FREQUENT)
			cost = language || symbol->length < 5 ? 3000 : 1000;
		else if (class == CLASS_USUAL && cost < 200)
			cost = 200;
	}
	return cost;
}

/* What words begin or end with stands in a text wherever one of them does. */
static void
raise_cost(const struct cutter *cutter, struct span part, enum word_part as, uint64_t cost)
{
	uint32_t symbol = lexicon_symbol(&cutter->lexicon, part, as);
	if (symbol != UINT32_MAX && cutter->words[symbol] < cost)
		cutter->words[symbol] = cost;
}

void
cut_weigh_words(struct cutter *cutter)
{
	const struct lexicon *lexicon = &cutter->lexicon;
	cutter->words = arena_alloc(cutter->arena, lexicon->symbol_count + 1, sizeof *cutter->words);
	for (uint32_t i = 0; i < lexicon->symbol_count; i++)
		cutter->words[i] = own_cost(cutter, &lexicon->symbols[i]);
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		const struct symbol *symbol = &lexicon->symbols[i];
		const char *text = lexicon->strings + symbol->text;
		if (symbol->part != WORD_WHOLE || cutter->words[i] == NO_CUT)
			continue;
		for (size_t length = 1; length <= symbol->length; length++) {
			const char *end = text + symbol->length - length;
			raise_cost(cutter, (struct span){text, length}, WORD_BEGINNING,
			           cutter->words[i]);
			raise_cost(cutter, (struct span){end, length}, WORD_END, cutter->words[i]);
		}
	}
}

static uint64_t
word_cost(const struct cutter *cutter, const struct instruction *word)
{
	if (word->operation == CODE_WORD)
		return cutter->words[word->argument];
	return word->argument < CLASS_LOOKS ? NO_CUT : cutter->costs[word->argument];
}

static struct way
way_of_either(const struct cutter *cutter, const struct way *a, const struct way *b)
{
	struct way both = {.cost = NO_CUT};
	if (a->cost == NO_CUT || b->cost == NO_CUT)
		return both;
	both.cost = a->cost;
	both.at = arena_alloc(cutter->arena, a->count + b->count + 1, sizeof *both.at);
	memcpy(both.at, a->at, a->count * sizeof *a->at);
	both.count = a->count;
	for (size_t i = 0; i < b->count; i++) {
		size_t j = 0;
		while (j < a->count && a->at[j] != b->at[i])
			j++;
		if (j == a->count)
			both.at[both.count++] = b->at[i];
	}
	if (both.count != a->count)
		both.cost += b->cost;
	return both;
}

struct way
cut_find(const struct cutter *cutter, const struct item *item, uint32_t from, uint32_t to)
{
	const struct instruction *code = cutter->lexicon.code + item->code;
	struct way *ways = arena_alloc(cutter->arena, item->length + 1, sizeof *ways);
	ways[to].cost = NO_CUT;
	for (uint32_t at = to; at-- > from;) {
		uint64_t cost;
		switch (code[at].operation) {
		case CODE_WORD:
		case CODE_CLASS:
			ways[at] = ways[at + 1];
			cost = word_cost(cutter, &code[at]);
			if (cost < ways[at].cost) {
				ways[at] = (struct way){cost, arena_alloc(cutter->arena, 1, sizeof at), 1};
				ways[at].at[0] = at;
			}
			break;
		case CODE_FORK:
			ways[at] = way_of_either(cutter, &ways[at + 1], &ways[code[at].argument]);
			break;
		default:
			ways[at] = ways[code[at].argument];
			break;
		}
	}
	return ways[from];
}

uint32_t *
cut_spans(const struct cutter *cutter, const struct item *item, const struct way *to)
{
	const struct instruction *code = cutter->lexicon.code + item->code;
	uint32_t *spans = arena_alloc(cutter->arena, item->length + 1, sizeof *spans);
	for (uint32_t at = item->length; at-- > 0;) {
		uint32_t width = 1, ends = to == NULL;
		switch (code[at].operation) {
		case CODE_WORD:
		case CODE_CLASS:
			if (code[at].operation == CODE_CLASS)
				width = cutter->widths[code[at].argument];
			for (size_t i = 0; to != NULL && i < to->count; i++)
				ends |= to->at[i] == at;
			spans[at] = ends || spans[at + 1] != 0 ? width + spans[at + 1] : 0;
			break;
		case CODE_FORK:
			spans[at] = cut_most(spans[at + 1], spans[code[at].argument]);
			break;
		case CODE_JUMP:
			spans[at] = spans[code[at].argument];
			break;
		case CODE_SKIP:
			spans[at] = spans[at + 1] != 0 || ends ? spans[at + 1] + 1 : 0;
			spans[at] = cut_most(spans[at], spans[code[at].argument]);
			break;
		default:
			break;
		}
	}
	return spans;
}

uint32_t
cut_gap(const struct cutter *cutter, const struct item *item, const struct way *one,
         const struct way *other)
{
	const uint32_t *spans = cut_spans(cutter, item, other);
	uint32_t gap = 0;
	for (size_t i = 0; i < one->count; i++)
		gap = cut_most(gap, spans[one->at[i]]);
	return gap < MATCH_LONGEST ? gap : MATCH_LONGEST;
}

uint32_t
cut_part_end(const struct instruction *code, uint32_t from)
{
	uint32_t end = from + 1;
	for (uint32_t at = from; at < end; at++) {
		if (code[at].operation != CODE_WORD && code[at].operation != CODE_CLASS)
			end = cut_most(end, code[at].argument);
	}
	return end;
}

bool
cut_alternative(const struct instruction *code, uint32_t at, uint32_t to)
{
	if (code[at].operation != CODE_FORK)
		return false;
	const struct instruction *last = &code[code[at].argument - 1];
	return last->operation == CODE_JUMP && last->argument == to;
}

bool
cut_may_stop(const struct cutter *cutter, const struct item *item)
{
	const struct instruction *code = cutter->lexicon.code + item->code;
	for (uint32_t i = 0; i < item->length; i++) {
		if (code[i].operation == CODE_CLASS ? cutter->stops[code[i].argument]
		    : code[i].operation == CODE_WORD && cut_stops(cutter, code[i].argument))
			return true;
	}
	return false;
}
