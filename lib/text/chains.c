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

/* What the cuts of a chain lead to: a value's topics, or what the class does. */
static void
lead_chain(struct leading *leading, const struct chain *chain)
{
	const struct lexicon *lexicon = &leading->glance->vocabulary->lexicon;
	const struct chain_link *links = lexicon->chain_links + chain->links;
	bool member = chain->class != NO_CLASS, whole = chain->link_count == 1;
	uint64_t alone = member ? leading->class_alone[chain->class]
	                        : glance_chain_topics(leading->glance, chain);
	uint64_t chained = member ? leading->class_chained[chain->class] : 0;
	for (uint32_t i = 0; i < chain->link_count; i++) {
		if (leading->least && i != chain->least)
			continue;
		leading->alone[links[i].cut] |= whole ? alone : 0;
		leading->chained[links[i].cut] |= whole ? chained : alone | chained;
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
		for (uint32_t i = 0; i < lexicon->chain_count; i++)
			lead_chain(leading, &lexicon->chains[i]);
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
	bool *stands; /* of each cut: in a chain */
	bool counting;
};

static uint64_t
topics_of(const struct leading *leading, const struct chain *chain)
{
	if (chain->class != NO_CLASS)
		return leading->class_alone[chain->class] | leading->class_chained[chain->class];
	return glance_chain_topics(leading->glance, chain);
}

static void
pick_single(struct picking *picking, const struct glance_chain *chain, uint32_t cut, bool member)
{
	struct glance_chains *chains = picking->chains;
	if (!member) {
		chains->cuts[cut].told |= chain->topics;
		return;
	}
	if (picking->counting)
		chains->cuts[cut + 2].class++;
	else
		chains->classes[chains->cuts[cut + 1].class++] = chain->class;
	chains->cuts[cut].least = true;
	chains->cuts[cut].topics |= chain->topics;
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
	chains->cuts[cut].topics |= chain->topics;
	chains->cuts[chain->next].leads = true;
}

static void
pick_chain(struct picking *picking, const struct chain *from)
{
	const struct lexicon *lexicon = &picking->leading->glance->vocabulary->lexicon;
	const struct chain_link *links = lexicon->chain_links + from->links;
	struct glance_chain chain = {.topics = topics_of(picking->leading, from),
	                             .next = links[from->next].cut,
	                             .links = from->links,
	                             .class = from->class,
	                             .count = from->link_count,
	                             .after = from->next > from->least};
	uint32_t first = chain.after ? from->least : from->next, gap = 1;
	uint32_t last = chain.after ? from->next : from->least;
	bool member = from->class != NO_CLASS;
	if (chain.topics == 0)
		return;
	for (uint64_t left = chain.topics; left != 0 && picking->counting; left &= left - 1)
		picking->leading->glance->chains_to[__builtin_ctzll(left)]++;
	for (uint32_t i = 0; i < chain.count; i++) {
		picking->stands[links[i].cut] = true;
		picking->chains->cuts[links[i].cut].inner |= member;
		gap += i > first && i <= last ? links[i].gap - 1 : 0;
	}
	chain.gap = (uint8_t)(gap < MATCH_LONGEST ? gap : MATCH_LONGEST);
	if (chain.count == 1)
		pick_single(picking, &chain, links[0].cut, member);
	else
		put_chain(picking, &chain, links[from->least].cut, member);
}

static void
pick_chains(struct picking *picking, bool counting)
{
	const struct lexicon *lexicon = &picking->leading->glance->vocabulary->lexicon;
	picking->counting = counting;
	for (uint32_t i = 0; i < lexicon->chain_count; i++)
		pick_chain(picking, &lexicon->chains[i]);
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
	find_chains(&picking, arena);
	find_cuts(&picking, arena);
}
