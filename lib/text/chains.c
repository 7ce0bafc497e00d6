/* The chains that lead to topics, as they are weighed. */
#include "sight.h"

/* The topics that cuts and classes lead to, alone or in chains: by all links, or by
 * the least of each chain only. */
struct leading {
	struct glance *glance;
	bool least;
	uint64_t *alone, *chained; /* of each cut */
	uint64_t *class_alone, *class_chained;
};

/* Adds what the cuts of a list lead to; returns whether that was more. */
static bool
add_leading(const struct leading *leading, const struct cut_list *list, uint64_t *alone,
            uint64_t *chained)
{
	const struct lexicon *lexicon = &leading->glance->vocabulary->lexicon;
	uint64_t before = *alone, chained_before = *chained;
	for (uint32_t i = 0; i < list->count; i++) {
		uint32_t cut = lexicon->cut_links[list->first + i];
		*alone |= leading->alone[cut];
		*chained |= leading->chained[cut];
	}
	return *alone != before || *chained != chained_before;
}

/* What the links of a cut lead to: a value's topics, or what the class does. */
static void
lead_cut(struct leading *leading, uint32_t cut)
{
	const struct lexicon *lexicon = &leading->glance->vocabulary->lexicon;
	const struct chain_link *links = lexicon->chain_links + lexicon->cuts[cut].links;
	for (uint32_t i = 0; i < lexicon->cuts[cut].link_count; i++) {
		const struct chain_link *link = &links[i];
		bool member = link->class != NO_CLASS, whole = link->count == 1;
		uint64_t alone = member ? leading->class_alone[link->class]
		                        : glance_link_topics(leading->glance, link);
		uint64_t chained = member ? leading->class_chained[link->class] : 0;
		if (leading->least && !link->least)
			continue;
		leading->alone[cut] |= whole ? alone : 0;
		leading->chained[cut] |= whole ? chained : alone | chained;
	}
}

/* Classes have members that hold classes, so it takes as many rounds as these are
 * deep. */
static void
lead_cuts(struct leading *leading, struct arena *arena)
{
	const struct lexicon *lexicon = &leading->glance->vocabulary->lexicon;
	leading->alone = arena_alloc(arena, lexicon->cut_count, sizeof *leading->alone);
	leading->chained = arena_alloc(arena, lexicon->cut_count, sizeof *leading->chained);
	leading->class_alone = arena_alloc(arena, lexicon->class_count + 1, sizeof(uint64_t));
	leading->class_chained = arena_alloc(arena, lexicon->class_count + 1, sizeof(uint64_t));
	for (bool more = true; more;) {
		more = false;
		for (uint32_t i = 0; i < lexicon->cut_count; i++)
			lead_cut(leading, i);
		for (uint32_t i = 0; i < lexicon->class_count; i++)
			more |= add_leading(leading, &lexicon->class_cuts[i],
			                    &leading->class_alone[i], &leading->class_chained[i]);
	}
}

/* Chains being picked. Lists by cut are filled in two passes: the first counts how
 * many each has, the second puts them where its list goes on. */
struct picking {
	const struct leading *leading;
	struct glance_chains *chains;
	const struct chain_link **links; /* by number */
	bool *stands;                    /* of each cut: in a chain */
	bool counting;
};

static uint64_t
topics_of(const struct leading *leading, const struct chain_link *link)
{
	if (link->class != NO_CLASS)
		return leading->class_alone[link->class] | leading->class_chained[link->class];
	return glance_link_topics(leading->glance, link);
}

static void
pick_single(struct picking *picking, const struct glance_chain *chain, uint32_t cut, bool member)
{
	struct glance_chains *chains = picking->chains;
	if (!member)
		chains->cuts[cut].told |= chain->topics;
	else if (picking->counting)
		chains->cuts[cut + 2].class++;
	else
		chains->classes[chains->cuts[cut + 1].class++] = chain->class;
	chains->cuts[cut].least |= member;
}

static void
put_chain(struct picking *picking, const struct glance_chain *chain, uint32_t cut, bool member)
{
	struct glance_chains *chains = picking->chains;
	struct glance_cut *at = &chains->cuts[picking->counting ? cut + 2 : cut + 1];
	uint32_t *number = member ? &at->member : &at->value;
	if (!picking->counting)
		(member ? chains->members : chains->values)[*number] = *chain;
	++*number;
	chains->cuts[cut].least = true;
	chains->cuts[chain->next].leads = true;
}

/* The chain of the links from one on. */
static void
pick_chain(struct picking *picking, uint32_t number)
{
	const struct chain_link *const *links = picking->links + number;
	const struct link_place *places = picking->chains->links + number;
	struct glance_chain chain = {.topics = topics_of(picking->leading, links[0]),
	                             .first = number,
	                             .class = links[0]->class,
	                             .count = links[0]->count};
	uint32_t least = 0, next = 0, gap = 1;
	if (chain.topics == 0)
		return;
	for (uint32_t i = 0; i < chain.count; i++) {
		picking->stands[places[i].cut] = true;
		least = links[i]->least ? i : least;
		next = links[i]->next_least ? i : next;
	}
	chain.after = next > least;
	chain.next = places[next].cut;
	for (uint32_t i = chain.after ? least : next; i < (chain.after ? next : least); i++)
		gap += places[i + 1].gap - 1;
	chain.gap = (uint8_t)(gap < MATCH_LONGEST ? gap : MATCH_LONGEST);
	bool member = chain.class != NO_CLASS;
	if (chain.count == 1)
		pick_single(picking, &chain, places[0].cut, member);
	else
		put_chain(picking, &chain, places[least].cut, member);
}

static void
pick_chains(struct picking *picking, bool counting)
{
	const struct lexicon *lexicon = &picking->leading->glance->vocabulary->lexicon;
	picking->counting = counting;
	for (uint32_t i = 0; i < lexicon->chain_link_count; i += picking->links[i]->count)
		pick_chain(picking, i);
}

static void
find_links(struct picking *picking, struct arena *arena)
{
	const struct lexicon *lexicon = &picking->leading->glance->vocabulary->lexicon;
	struct glance_chains *chains = picking->chains;
	chains->links = arena_alloc(arena, lexicon->chain_link_count + 1, sizeof *chains->links);
	picking->links =
	        arena_alloc(arena, lexicon->chain_link_count + 1, sizeof *picking->links);
	for (uint32_t i = 0; i < lexicon->cut_count; i++) {
		const struct chain_link *link = lexicon->chain_links + lexicon->cuts[i].links;
		const struct chain_link *end = link + lexicon->cuts[i].link_count;
		for (; link != end; link++) {
			picking->links[link->number] = link;
			chains->links[link->number] = (struct link_place){i, link->gap};
		}
	}
}

static void
find_chains(struct picking *picking, struct arena *arena)
{
	const struct lexicon *lexicon = &picking->leading->glance->vocabulary->lexicon;
	struct glance_chains *chains = picking->chains;
	uint32_t count = lexicon->cut_count;
	picking->stands = arena_alloc(arena, count, sizeof *picking->stands);
	chains->cuts = arena_alloc(arena, count + 2, sizeof *chains->cuts);
	pick_chains(picking, true);
	for (uint32_t i = 2; i < count + 2; i++) {
		chains->cuts[i].value += chains->cuts[i - 1].value;
		chains->cuts[i].member += chains->cuts[i - 1].member;
		chains->cuts[i].class += chains->cuts[i - 1].class;
	}
	const struct glance_cut *all = &chains->cuts[count + 1];
	chains->values = arena_alloc(arena, all->value + 1, sizeof *chains->values);
	chains->members = arena_alloc(arena, all->member + 1, sizeof *chains->members);
	chains->classes = arena_alloc(arena, all->class + 1, sizeof *chains->classes);
	pick_chains(picking, false);
	for (uint32_t i = 0; i < count; i++)
		chains->cuts[i].leads |= chains->cuts[i].least;
}

/* Adds the cuts of a symbol that are the least of a chain, or the next, or stand in
 * one; returns how many there are so far. */
static uint16_t
pick_cuts(const struct picking *picking, uint32_t symbol, bool leads, bool least, uint32_t *count)
{
	const struct lexicon *lexicon = &picking->leading->glance->vocabulary->lexicon;
	const struct cut_list *all = &lexicon->symbol_cuts[symbol];
	struct glance_chains *chains = picking->chains;
	for (uint32_t i = 0; i < all->count; i++) {
		uint32_t cut = lexicon->cut_links[all->first + i];
		const struct glance_cut *is = &chains->cuts[cut];
		if (picking->stands[cut] && is->leads == leads && is->least == least)
			chains->lists[(*count)++] = cut;
	}
	return (uint16_t)(*count - chains->symbols[symbol].first);
}

static void
find_cuts(const struct picking *picking, struct arena *arena)
{
	const struct lexicon *lexicon = &picking->leading->glance->vocabulary->lexicon;
	struct glance_chains *chains = picking->chains;
	uint32_t count = 0;
	chains->symbols = arena_alloc(arena, lexicon->symbol_count + 1, sizeof *chains->symbols);
	chains->lists = arena_alloc(arena, lexicon->cut_link_count + 1, sizeof *chains->lists);
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		struct glance_list *list = &chains->symbols[i];
		if (lexicon->symbol_cuts[i].count == 0)
			continue;
		list->first = count;
		list->least = pick_cuts(picking, i, true, true, &count);
		list->leading = pick_cuts(picking, i, true, false, &count);
		list->all = pick_cuts(picking, i, false, false, &count);
	}
}

void
chains_find(struct glance *glance, struct arena *arena)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	struct leading all = {.glance = glance}, least = {.glance = glance, .least = true};
	struct picking picking = {.leading = &all, .chains = &glance->chains};
	lead_cuts(&all, arena);
	lead_cuts(&least, arena);
	glance->always |= all.alone[0] | all.chained[0];
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		const struct cut_list *cuts = &lexicon->symbol_cuts[i];
		add_leading(&least, cuts, &glance->alone[i], &glance->chained[i]);
		add_leading(&all, cuts, &glance->linked[i], &glance->linked[i]);
	}
	find_links(&picking, arena);
	find_chains(&picking, arena);
	find_cuts(&picking, arena);
}
