/*
 * Chains of cuts: what a text must hold for an item to match in it.
 *
 * A cut is a set of words and classes of which every way through a part of an
 * item takes one; the one that would catch least text is chosen. An item whose
 * ways all pass through several parts has a chain of cuts, one for each: it can
 * match only where a word of the first cut stands, one of the second behind it,
 * no further than the item is long, and so on. A class member of several words
 * has its chain as well; where it is whole, the cuts that the class is in are met.
 */
#include <stdlib.h>

#include "cuts.h"

#define CUT_CLASS 0x80000000U /* a word of a cut is a class, not a symbol */

enum {
	PLACE_LONGEST = 32, /* words of a place and its region */
	RANGES_MOST = 7,
};

/* A part of an item that every way passes. */
struct part {
	uint32_t from, to;
	struct way way;
	size_t range; /* of its stretch */
};

/* A chain while it is being made. */
struct draft_chain {
	uint32_t cuts[CHAIN_LONGEST], gaps[CHAIN_LONGEST];
	uint64_t costs[CHAIN_LONGEST];
	uint32_t count;
};

static void
add_cost(uint64_t *cost, uint64_t more)
{
	*cost = *cost == NO_CUT || more == NO_CUT ? NO_CUT : *cost + more;
}

static int
by_number(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
	return one < other ? -1 : one > other;
}

static void
sort_list(struct list *list)
{
	size_t count = 0;
	if (list->count != 0)
		qsort(list->at, list->count, sizeof *list->at, by_number);
	for (size_t i = 0; i < list->count; i++) {
		if (i == 0 || list->at[i] != list->at[i - 1])
			list->at[count++] = list->at[i];
	}
	list->count = count;
}

/* The index of the cut of these words, which is added if it is new. */
static uint32_t
add_cut_of(struct cutter *cutter, struct list words, uint64_t cost)
{
	sort_list(&words);
	size_t size = words.count * sizeof *words.at;
	uint32_t hash = lexicon_hash(LEXICON_SEED, (const char *)words.at, size);
	for (size_t i = 0; i < cutter->cut_count; i++) {
		const struct draft_cut *there = &cutter->cuts[i];
		if (there->hash == hash && there->words.count == words.count &&
		    (size == 0 || memcmp(there->words.at, words.at, size) == 0))
			return (uint32_t)i;
	}
	cutter->cuts = arena_grow(cutter->arena, cutter->cuts, cutter->cut_count,
	                          &cutter->cut_capacity, sizeof *cutter->cuts);
	cutter->cuts[cutter->cut_count] = (struct draft_cut){.words = words, .cost = cost, .hash = hash};
	return (uint32_t)cutter->cut_count++;
}

/* Adds the cut of a part to a chain. */
static void
add_cut(struct draft_chain *chain, uint32_t cut, uint32_t gap, uint64_t cost)
{
	if (chain->count == CHAIN_LONGEST)
		return;
	chain->costs[chain->count] = cost;
	chain->gaps[chain->count] = gap;
	chain->cuts[chain->count++] = cut;
}

/* The link that catches least text, another one apart. */
static uint32_t
least_of(const struct draft_chain *chain, uint32_t but)
{
	uint32_t least = but == 0;
	for (uint32_t i = 0; i < chain->count; i++) {
		if (i != but && chain->costs[i] < chain->costs[least])
			least = i;
	}
	return least;
}

/* A glance sees no chain that goes on behind the end of a sentence. */
static void
keep_least(struct draft_chain *chain)
{
	uint32_t least = least_of(chain, CHAIN_LONGEST);
	chain->cuts[0] = chain->cuts[least];
	chain->costs[0] = chain->costs[least];
	chain->count = chain->count != 0;
}

/* One of no cuts is met by any text. */
static void
add_chain(struct cutter *cutter, struct chain chain, const struct draft_chain *draft)
{
	uint32_t count = cut_most(draft->count, 1), least = least_of(draft, CHAIN_LONGEST);
	uint32_t next = count > 1 ? least_of(draft, least) : least;
	chain.links = (uint32_t)cutter->link_count;
	chain.link_count = (uint8_t)count;
	chain.least = (uint8_t)least;
	chain.next = (uint8_t)next;
	for (uint32_t i = 0; i < count; i++) {
		cutter->links = arena_grow(cutter->arena, cutter->links, cutter->link_count,
		                           &cutter->link_capacity, sizeof *cutter->links);
		cutter->links[cutter->link_count++] =
		        (struct chain_link){draft->cuts[i], draft->gaps[i]};
	}
	image_put(cutter->image, TEXT_SECTION(SECTION_CHAINS), &chain, sizeof chain);
	cutter->cuts[draft->cuts[least]].least = true;
}

static uint32_t
cut_of_way(struct cutter *cutter, const struct item *item, const struct way *way)
{
	const struct instruction *code = cutter->lexicon.code + item->code;
	struct list words = {0};
	for (size_t i = 0; i < way->count; i++) {
		const struct instruction *word = &code[way->at[i]];
		list_add(cutter->arena, &words,
		         word->argument | (word->operation == CODE_CLASS ? CUT_CLASS : 0));
	}
	return add_cut_of(cutter, words, way->cost);
}

/* What a chain of a member adds to the cost of its class: several words stand
 * together far less often than any of them. */
static void
weigh_member(struct cutter *cutter, uint32_t class, const struct draft_chain *chain)
{
	uint64_t cost = chain->count == 0 ? NO_CUT : chain->costs[least_of(chain, CHAIN_LONGEST)];
	add_cost(&cutter->costs[class], chain->count > 1 ? 1 + cost / 10 : cost);
}

/* Instructions that all ways pass from the first to the last, with gaps where only
 * one alternative of a group is looked at. */
struct stretch {
	struct {
		uint32_t from, to;
	} ranges[RANGES_MOST];
	size_t count;
};

/* The parts of a stretch that have a cut, each at its least. */
static size_t
find_parts(const struct cutter *cutter, const struct item *item, const struct stretch *stretch,
           struct part *parts)
{
	const struct instruction *code = cutter->lexicon.code + item->code;
	size_t count = 0;
	for (size_t i = 0; i < stretch->count; i++) {
		for (uint32_t at = stretch->ranges[i].from, next; at < stretch->ranges[i].to; at = next) {
			next = cut_part_end(code, at);
			parts[count] = (struct part){at, next, cut_find(cutter, item, at, next), i};
			count += parts[count].way.cost != NO_CUT;
		}
	}
	return count;
}

/* A stretch with [from, to) in place of a part. */
static struct stretch
narrow(const struct stretch *stretch, const struct part *part, uint32_t from, uint32_t to)
{
	struct stretch narrow = {.count = 0};
	for (size_t i = 0; i < stretch->count; i++) {
		narrow.ranges[narrow.count++] = stretch->ranges[i];
		if (i != part->range)
			continue;
		narrow.ranges[narrow.count - 1].to = part->from;
		narrow.ranges[narrow.count].from = from;
		narrow.ranges[narrow.count++].to = to;
		narrow.ranges[narrow.count].from = part->to;
		narrow.ranges[narrow.count++].to = stretch->ranges[i].to;
	}
	return narrow;
}

/* A chain of parts. Words that stand everywhere tell little and are met often:
 * they are left out where there are three others. */
static struct draft_chain
make_chain(struct cutter *cutter, const struct item *item, const struct part *parts, size_t count)
{
	struct draft_chain chain = {0};
	const struct way *last = NULL;
	size_t rare = 0;
	for (size_t i = 0; i < count; i++)
		rare += parts[i].way.cost < COST_EVERYWHERE;
	for (size_t i = 0; i < count; i++) {
		const struct way *way = &parts[i].way;
		if (rare >= 3 && way->cost >= COST_EVERYWHERE)
			continue;
		add_cut(&chain, cut_of_way(cutter, item, way),
		        last == NULL ? 0 : cut_gap(cutter, item, last, way), way->cost);
		last = way;
	}
	return chain;
}

/* The part that is best looked at one alternative at a time: a group that is the
 * only part, or that words which stand everywhere may pass. NULL if there is none. */
static const struct part *
find_group(const struct instruction *code, const struct stretch *stretch,
           const struct part *parts, size_t count)
{
	for (size_t i = 0; i < count && stretch->count + 2 <= RANGES_MOST; i++) {
		if (cut_alternative(code, parts[i].from, parts[i].to) &&
		    (count == 1 || parts[i].way.cost >= COST_EVERYWHERE))
			return &parts[i];
	}
	return NULL;
}

/* A member that may go on behind the end of a sentence has a late case for its starts,
 * and one of a single cut, met in some sentence of it, for its class. */
static void
add_case(struct cutter *cutter, const struct item *item, enum case_region region,
         const struct draft_chain *chain)
{
	bool taken[CHAIN_LONGEST] = {false};
	struct draft_case draft = {.item = (uint32_t)(item - cutter->lexicon.items),
	                           .region = (uint32_t)region,
	                           .count = cut_most(chain->count, 1)};
	for (uint32_t i = 0; i < chain->count; i++) {
		uint32_t least = CHAIN_LONGEST;
		for (uint32_t j = 0; j < chain->count; j++) {
			if (!taken[j] &&
			    (least == CHAIN_LONGEST || chain->costs[j] < chain->costs[least]))
				least = j;
		}
		taken[least] = true;
		draft.cuts[i] = chain->cuts[least];
	}
	cutter->cases = arena_grow(cutter->arena, cutter->cases, cutter->case_count,
	                           &cutter->case_capacity, sizeof *cutter->cases);
	cutter->cases[cutter->case_count++] = draft;
}

/* The chains of a stretch of an item. */
static void
cut_ways(struct cutter *cutter, const struct item *item, const struct stretch *stretch)
{
	const struct instruction *code = cutter->lexicon.code + item->code;
	struct part *parts = arena_alloc(cutter->arena, item->length, sizeof *parts);
	size_t count = find_parts(cutter, item, stretch, parts);
	const struct part *group = find_group(code, stretch, parts, count);
	if (group != NULL) {
		uint32_t at = group->from;
		for (; cut_alternative(code, at, group->to); at = code[at].argument) {
			struct stretch one = narrow(stretch, group, at + 1, code[at].argument - 1);
			cut_ways(cutter, item, &one);
		}
		struct stretch last = narrow(stretch, group, at, group->to);
		cut_ways(cutter, item, &last);
		return;
	}
	struct draft_chain chain = make_chain(cutter, item, parts, count);
	bool member = item->kind == ITEM_CLASS, pattern = item->kind == ITEM_PATTERN;
	bool stops = cut_may_stop(cutter, item);
	if (stops) {
		add_case(cutter, item, CASES_LATE, &chain);
		keep_least(&chain);
	}
	if (!stops || member)
		add_case(cutter, item, member ? CASES_OF_MEMBERS : CASES, &chain);
	if (member)
		weigh_member(cutter, item->target, &chain);
	struct chain end = {.value = pattern ? item->value : NO_VALUE,
	                    .class = member ? item->target : NO_CLASS,
	                    .with = pattern ? item->with : NO_VALUE};
	add_chain(cutter, end, &chain);
}

static void
cut_item(struct cutter *cutter, const struct item *item)
{
	cut_ways(cutter, item, &(struct stretch){{{0, item->length - 1}}, 1});
}

static void
cut_member(struct cutter *cutter, const struct item *item)
{
	uint32_t width = cut_spans(cutter, item, NULL)[0];
	cutter->widths[item->target] = cut_most(cutter->widths[item->target], width);
	cutter->stops[item->target] |= cut_may_stop(cutter, item);
	cut_item(cutter, item);
}

/* A name of a kind of party is a chain of its words. */
static void
cut_name(struct cutter *cutter, const struct name *name)
{
	const struct lexicon *lexicon = &cutter->lexicon;
	const char *at = lexicon->strings + name->text;
	struct draft_chain chain = {0};
	while (*at != '\0') {
		size_t length = strcspn(at, " ");
		uint32_t symbol = lexicon_symbol(lexicon, (struct span){at, length}, WORD_WHOLE);
		if (symbol != UINT32_MAX && cutter->words[symbol] != NO_CUT) {
			struct list word = {0};
			list_add(cutter->arena, &word, symbol);
			uint64_t cost = cutter->words[symbol];
			add_cut(&chain, add_cut_of(cutter, word, cost), name->words, cost);
		}
		at += length + (at[length] == ' ');
	}
	struct chain end = {name->kind, .class = NO_CLASS, .with = NO_VALUE};
	add_chain(cutter, end, &chain);
}

static void
weigh_words(struct cutter *cutter)
{
	const struct lexicon *lexicon = &cutter->lexicon;
	cut_weigh_words(cutter);
	cutter->costs = arena_alloc(cutter->arena, lexicon->class_count + 1, sizeof *cutter->costs);
	cutter->widths = arena_alloc(cutter->arena, lexicon->class_count + 1, sizeof *cutter->widths);
	cutter->members =
	        arena_alloc(cutter->arena, lexicon->class_count + 1, sizeof *cutter->members);
	cutter->stops = arena_alloc(cutter->arena, lexicon->class_count + 1, 1);
	cutter->stops[CLASS_QUESTION] = true;
	for (uint32_t i = 0; i < lexicon->class_count; i++)
		cutter->widths[i] = i == CLASS_PLACE ? PLACE_LONGEST : 1;
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		const struct symbol *symbol = &lexicon->symbols[i];
		for (uint32_t j = 0; j < symbol->class_count; j++) {
			uint32_t class = lexicon->links[symbol->classes + j];
			add_cost(&cutter->costs[class], cutter->words[i]);
			cutter->stops[class] |= cut_stops(cutter, i);
			list_add(cutter->arena, &cutter->members[class], i);
		}
	}
}

/* Adds a cut to the lists of the symbols and the classes that it is met by. */
static void
meet_cut(struct cutter *cutter, uint32_t cut, struct list *symbols, struct list *classes)
{
	const struct list *words = &cutter->cuts[cut].words;
	for (size_t i = 0; i < words->count; i++) {
		uint32_t word = words->at[i];
		if (!(word & CUT_CLASS)) {
			list_add(cutter->arena, &symbols[word], cut);
			continue;
		}
		const struct list *members = &cutter->members[word & ~CUT_CLASS];
		for (size_t j = 0; j < members->count; j++)
			list_add(cutter->arena, &symbols[members->at[j]], cut);
		list_add(cutter->arena, &classes[word & ~CUT_CLASS], cut);
	}
}

static void
put_links(struct cutter *cutter)
{
	uint32_t count = (uint32_t)cutter->cut_count;
	image_put(cutter->image, TEXT_SECTION(SECTION_CUT_COUNT), &count, sizeof count);
	for (size_t i = 0; i < cutter->link_count; i++)
		image_put(cutter->image, TEXT_SECTION(SECTION_CHAIN_LINKS), &cutter->links[i],
		          sizeof *cutter->links);
}

static void
put_lists(struct cutter *cutter, enum image_section section, struct list *lists, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		sort_list(&lists[i]);
		struct cut_list list = {.count = (uint32_t)lists[i].count};
		image_built(cutter->image, TEXT_SECTION(SECTION_CUT_LINKS), sizeof list.first,
		            &list.first);
		for (size_t j = 0; j < lists[i].count; j++)
			image_put(cutter->image, TEXT_SECTION(SECTION_CUT_LINKS), &lists[i].at[j],
			          sizeof *lists[i].at);
		image_put(cutter->image, section, &list, sizeof list);
	}
}

static void
meet_like(struct cutter *cutter, struct list *symbols, uint32_t to, uint32_t from)
{
	for (size_t i = 0; from != UINT32_MAX && i < symbols[from].count; i++)
		list_add(cutter->arena, &symbols[to], symbols[from].at[i]);
}

/* A spelling meets what the word that it stands for does, and what begins or
 * ends like that word. */
static void
meet_instead(struct cutter *cutter, struct list *symbols, uint32_t index)
{
	const struct lexicon *lexicon = &cutter->lexicon;
	uint32_t instead = lexicon->symbols[index].instead - 1;
	struct span word = {lexicon->strings + lexicon->symbols[instead].text,
	                    lexicon->symbols[instead].length};
	meet_like(cutter, symbols, index, instead);
	for (size_t length = STEM_LEAST; length <= word.length; length++)
		meet_like(cutter, symbols, index,
		          lexicon_symbol(lexicon, (struct span){word.at, length},
		                         WORD_BEGINNING));
	for (size_t length = END_LEAST; length < word.length; length++)
		meet_like(cutter, symbols, index,
		          lexicon_symbol(lexicon,
		                         (struct span){word.at + word.length - length, length},
		                         WORD_END));
}

static void
put_meetings(struct cutter *cutter)
{
	const struct lexicon *lexicon = &cutter->lexicon;
	struct list *symbols =
	        arena_alloc(cutter->arena, lexicon->symbol_count + 1, sizeof *symbols);
	struct list *classes =
	        arena_alloc(cutter->arena, lexicon->class_count + 1, sizeof *classes);
	for (uint32_t i = 1; i < cutter->cut_count; i++)
		meet_cut(cutter, i, symbols, classes);
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		if (lexicon->symbols[i].instead != 0)
			meet_instead(cutter, symbols, i);
	}
	put_lists(cutter, TEXT_SECTION(SECTION_SYMBOL_CUTS), symbols, lexicon->symbol_count);
	put_lists(cutter, TEXT_SECTION(SECTION_CLASS_CUTS), classes, lexicon->class_count);
	compile_cases(cutter, symbols, classes);
}

void
compile_chains(struct image_builder *image)
{
	struct cutter cutter = {.image = image, .arena = image->arena};
	lexicon_use(&cutter.lexicon, image_finish(image));
	weigh_words(&cutter);
	add_cut_of(&cutter, (struct list){0}, 0);
	for (uint32_t i = 0; i < cutter.lexicon.item_count; i++) {
		if (cutter.lexicon.items[i].kind == ITEM_CLASS)
			cut_member(&cutter, &cutter.lexicon.items[i]);
	}
	for (uint32_t i = 0; i < cutter.lexicon.item_count; i++) {
		const struct item *item = &cutter.lexicon.items[i];
		if (item->kind != ITEM_CLASS)
			cut_item(&cutter, item);
	}
	for (uint32_t i = 0; i < cutter.lexicon.name_count; i++) {
		if (cutter.lexicon.names[i].kind != NO_VALUE)
			cut_name(&cutter, &cutter.lexicon.names[i]);
	}
	put_links(&cutter);
	put_meetings(&cutter);
}
