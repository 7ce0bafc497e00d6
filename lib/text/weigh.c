/*
 * Which chains are whole in what a close look has met.
 *
 * A sentence has 64 places, and every cut a set of those where it is met. First come the
 * cuts that catch least text of the chains to what is wanted. A chain can be whole only
 * where its own has a place near one of the next least: few have, and only of these all
 * links are followed, place by place; the cuts of the others are looked up by need. A
 * whole chain of a class member meets the cuts that the class is in, so members come
 * first, until no more is met.
 */
#include "sight.h"

enum {
	PLACES = 64,
	WINDOW = 2 * PLACES, /* words of a part of a long sentence: two share a place */
	WINDOW_STEP = WINDOW - MATCH_LONGEST - 8,
	CHAINS_MANY = 4, /* more looking up by need takes longer than meeting all that lead */
};

struct weighing {
	struct glance_memory *memory;
	const struct glance_chains *chains;
	const struct hit *hits;
	size_t hit_count;
	uint32_t start;    /* word of the first place */
	unsigned shift;    /* words of a place, as a power of two */
	uint64_t together; /* places of more than one word */
	size_t least_count, met_count;
	uint32_t chain_count; /* of the least */
	bool all_lead;     /* the leading cuts have been met by all hits */
	bool more;         /* a cut of a class member was met since */
	uint64_t wanted, found; /* topics */
};

/* The places less than `gap` words behind these, or before them. */
static inline uint64_t
near(const struct weighing *weighing, uint64_t places, unsigned gap, bool after)
{
	unsigned count = (gap - 1 + (1U << weighing->shift) - 1) >> weighing->shift;
	uint64_t reached = places & weighing->together;
	if (count >= PLACES)
		return UINT64_MAX;
	places = count == 0 ? 0 : after ? places << 1 : places >> 1;
	for (unsigned done = 1, step; done < count; done += step) {
		step = done < count - done ? done : count - done;
		places |= after ? places << step : places >> step;
	}
	return reached | places;
}

/* Adds places, one at least, to those of a cut. Returns whether any is new. */
static inline bool
meet(struct weighing *weighing, uint32_t cut, uint64_t places)
{
	struct glance_memory *memory = weighing->memory;
	uint64_t before = memory->places[cut];
	if (before == 0)
		memory->met[weighing->met_count++] = cut;
	memory->places[cut] = before | places;
	return (places & ~before) != 0;
}

/* Whether a cut is the least of a chain that leads to what is wanted. */
static inline bool
is_wanted(const struct weighing *weighing, const struct glance_cut *cut)
{
	return (cut->topics & weighing->wanted) != 0;
}

/* Likewise, for a cut that is wanted: takes note of the first time. */
static inline bool
meet_least(struct weighing *weighing, uint32_t cut, uint64_t places)
{
	struct glance_memory *memory = weighing->memory;
	const struct glance_cut *is = &weighing->chains->cuts[cut];
	if (memory->places[cut] == 0) {
		memory->least[weighing->least_count++] = cut;
		weighing->chain_count += is[1].value - is->value + is[1].member - is->member;
	}
	return meet(weighing, cut, places);
}

static inline uint64_t
place_of(const struct weighing *weighing, const struct hit *hit)
{
	return (uint64_t)1 << ((hit->word - weighing->start) >> weighing->shift);
}

static void
meet_class(struct weighing *weighing, uint32_t class, uint64_t places)
{
	const struct lexicon *lexicon = &weighing->memory->glance->vocabulary->lexicon;
	const struct cut_list *list = &lexicon->class_cuts[class];
	for (uint32_t i = 0; i < list->count; i++) {
		uint32_t cut = lexicon->cut_links[list->first + i];
		const struct glance_cut *is = &weighing->chains->cuts[cut];
		weighing->found |= is->told;
		bool more = is_wanted(weighing, is) ? meet_least(weighing, cut, places)
		                                    : meet(weighing, cut, places);
		weighing->more |= more && is->inner;
	}
}

static void
meet_hits(struct weighing *weighing)
{
	const struct glance_chains *chains = weighing->chains;
	for (size_t i = 0; i < weighing->hit_count; i++) {
		const struct hit *hit = &weighing->hits[i];
		const struct glance_list *list = &chains->symbols[hit->symbol & ~HIT_NEXT];
		const uint32_t *cuts = chains->lists + list->first;
		uint64_t place = list->least != 0 ? place_of(weighing, hit) : 0;
		for (uint32_t j = 0; j < list->least; j++) {
			if (is_wanted(weighing, &chains->cuts[cuts[j]]))
				meet_least(weighing, cuts[j], place);
		}
	}
}

/* Where there are many chains, the places of all cuts that lead them are soon needed. */
static void
meet_leading(struct weighing *weighing)
{
	const struct glance_chains *chains = weighing->chains;
	uint64_t *places = weighing->memory->places;
	for (size_t i = 0; i < weighing->hit_count; i++) {
		const struct hit *hit = &weighing->hits[i];
		const struct glance_list *list = &chains->symbols[hit->symbol & ~HIT_NEXT];
		const uint32_t *cut = chains->lists + list->first, *end = cut + list->leading;
		for (uint64_t place = place_of(weighing, hit); cut < end; cut++)
			places[*cut] |= place;
	}
	weighing->all_lead = true;
}

static void
forget_places(const struct weighing *weighing)
{
	const struct glance_chains *chains = weighing->chains;
	const struct glance_memory *memory = weighing->memory;
	for (size_t i = 0; i < weighing->met_count; i++)
		memory->places[memory->met[i]] = 0;
	for (size_t i = 0; i < weighing->hit_count && weighing->all_lead; i++) {
		uint32_t symbol = weighing->hits[i].symbol & ~HIT_NEXT;
		const struct glance_list *list = &chains->symbols[symbol];
		const uint32_t *cut = chains->lists + list->first, *end = cut + list->leading;
		for (; cut < end; cut++)
			memory->places[*cut] = 0;
	}
}

static bool
is_in(const uint32_t *cuts, uint32_t count, uint32_t cut)
{
	while (count > 1) {
		uint32_t half = count / 2;
		cuts += cuts[half] <= cut ? half : 0;
		count -= half;
	}
	return count == 1 && *cuts == cut;
}

/* Meets a cut by all hits: of the list of each, only the part that it is in is searched. */
static void
look_up(struct weighing *weighing, uint32_t cut)
{
	const struct glance_chains *chains = weighing->chains;
	bool least = chains->cuts[cut].least, leads = chains->cuts[cut].leads;
	for (size_t i = 0; i < weighing->hit_count; i++) {
		const struct hit *hit = &weighing->hits[i];
		const struct glance_list *list = &chains->symbols[hit->symbol & ~HIT_NEXT];
		uint32_t from = least ? 0 : leads ? list->least : list->leading;
		uint32_t to = least ? list->least : leads ? list->leading : list->all;
		if (from < to && is_in(chains->lists + list->first + from, to - from, cut))
			meet(weighing, cut, place_of(weighing, hit));
	}
}

/* The places of a cut. It is looked up by need, unless all hits have met such cuts. */
static uint64_t
places_of(struct weighing *weighing, uint32_t cut)
{
	struct glance_memory *memory = weighing->memory;
	const struct glance_cut *is = &weighing->chains->cuts[cut];
	bool met = is_wanted(weighing, is) || (weighing->all_lead && is->leads);
	if (!met && memory->looked_up[cut] != memory->sentence) {
		memory->looked_up[cut] = memory->sentence;
		look_up(weighing, cut);
	}
	return memory->places[cut];
}

/* The places where all links of a chain have been met. */
static uint64_t
follow(struct weighing *weighing, const struct glance_chain *chain)
{
	const struct lexicon *lexicon = &weighing->memory->glance->vocabulary->lexicon;
	const struct chain_link *link = lexicon->chain_links + chain->links;
	uint64_t places = places_of(weighing, link->cut);
	for (uint8_t i = 1; i < chain->count && places != 0; i++)
		places = near(weighing, places, link[i].gap, true) & places_of(weighing, link[i].cut);
	return places;
}

static uint64_t
whole(struct weighing *weighing, uint64_t least, const struct glance_chain *chain)
{
	uint64_t next = places_of(weighing, chain->next);
	if (next == 0 || (near(weighing, least, chain->gap, chain->after) & next) == 0)
		return 0;
	return follow(weighing, chain);
}

/* Whether a chain leads to any of these topics, as far as that is seen without a look
 * for its links. */
static inline bool
may_lead(const struct weighing *weighing, const struct glance_chain *chain, uint64_t topics)
{
	return (chain->topics & topics) != 0 &&
	       (!weighing->all_lead || weighing->memory->places[chain->next] != 0);
}

static void
weigh_members(struct weighing *weighing, uint32_t cut)
{
	const struct glance_chains *chains = weighing->chains;
	const struct glance_cut *from = &chains->cuts[cut], *to = from + 1;
	const struct glance_chain *chain = chains->members + from->member;
	const struct glance_chain *end = chains->members + to->member;
	for (uint32_t i = from->class, last = to->class; i < last; i++)
		meet_class(weighing, chains->classes[i], weighing->memory->places[cut]);
	for (uint64_t topics = weighing->wanted; chain < end; chain++) {
		if (!may_lead(weighing, chain, topics))
			continue;
		uint64_t places = whole(weighing, weighing->memory->places[cut], chain);
		if (places != 0)
			meet_class(weighing, chain->class, places);
	}
}

static void
weigh_values(struct weighing *weighing, uint32_t cut)
{
	const struct glance_chains *chains = weighing->chains;
	const struct glance_cut *from = &chains->cuts[cut], *to = from + 1;
	const struct glance_chain *chain = chains->values + from->value;
	const struct glance_chain *end = chains->values + to->value;
	for (uint64_t topics = weighing->wanted & ~weighing->found; chain < end; chain++) {
		if (may_lead(weighing, chain, topics) &&
		    whole(weighing, weighing->memory->places[cut], chain) != 0) {
			weighing->found |= chain->topics;
			topics &= ~chain->topics;
		}
	}
}

static void
find_together(struct weighing *weighing)
{
	weighing->together = weighing->shift != 0 ? UINT64_MAX : 0;
	for (size_t i = 1; i < weighing->hit_count; i++) {
		const struct hit *hit = &weighing->hits[i];
		if ((hit->symbol & HIT_NEXT) && hit[-1].word == hit->word)
			weighing->together |= place_of(weighing, hit);
	}
}

/* When the numbers come round again, all is forgotten. */
static void
next_sentence(struct glance_memory *memory)
{
	if (++memory->sentence != 0)
		return;
	memset(memory->looked_up, 0,
	       memory->glance->vocabulary->lexicon.cut_count * sizeof *memory->looked_up);
	memory->sentence = 1;
}

/* The topics of the chains that are whole in these hits: all those wanted. */
static uint64_t
weigh(struct glance_memory *memory, const struct hit *hits, size_t count, unsigned shift,
      uint64_t wanted)
{
	struct weighing weighing = {.memory = memory,
	                            .chains = &memory->glance->chains,
	                            .hits = hits,
	                            .hit_count = count,
	                            .start = hits[0].word,
	                            .shift = shift,
	                            .wanted = wanted};
	find_together(&weighing);
	next_sentence(memory);
	meet_hits(&weighing);
	do {
		weighing.more = false;
		if (weighing.chain_count >= CHAINS_MANY && !weighing.all_lead)
			meet_leading(&weighing);
		for (size_t i = 0; i < weighing.least_count; i++)
			weigh_members(&weighing, memory->least[i]);
	} while (weighing.more);
	for (size_t i = 0; i < weighing.least_count; i++)
		weigh_values(&weighing, memory->least[i]);
	forget_places(&weighing);
	return weighing.found;
}

/* A sentence that is too long is weighed in parts: every chain is whole in one. */
static uint64_t
weigh_sentence(struct glance_memory *memory, const struct hit *hits, size_t count, uint64_t wanted)
{
	uint64_t topics = 0;
	if (hits[count - 1].word - hits[0].word < PLACES)
		return weigh(memory, hits, count, 0, wanted);
	for (size_t from = 0, to = 0, next; to < count; from = next) {
		while (to < count && hits[to].word - hits[from].word < WINDOW)
			to++;
		for (next = from; next < to && hits[next].word - hits[from].word < WINDOW_STEP;)
			next++;
		topics |= weigh(memory, hits + from, to - from, 1, wanted);
	}
	return topics;
}

/* Any keys that were put down since may be in place of its own where these are kept no
 * longer. */
static bool
is_remembered(const struct glance_memory *memory, const struct weighed *weighed,
              const struct weighed *now)
{
	return weighed->hash == now->hash && weighed->key_count == now->key_count &&
	       weighed->keys + WEIGHED_KEYS >= memory->key_end + HITS_MOST &&
	       memcmp(memory->keys + weighed->keys % WEIGHED_KEYS,
	              memory->keys + now->keys % WEIGHED_KEYS,
	              now->key_count * sizeof *memory->keys) == 0;
}

/* What was weighed of the keys put down last; if they are new, in place of the oldest of
 * its row. */
static struct weighed *
find_weighed(struct glance_memory *memory, uint64_t hash, uint32_t count)
{
	struct weighed now = {.keys = memory->key_end,
	                      .key_count = count,
	                      .hash = (uint32_t)(hash >> 16)};
	struct weighed *row = memory->weighed[hash >> (64 - WEIGHED_BITS)], *oldest = row;
	for (size_t i = 0; i < WEIGHED_ROW; i++) {
		if (is_remembered(memory, &row[i], &now))
			return &row[i];
		oldest = row[i].keys < oldest->keys ? &row[i] : oldest;
	}
	*oldest = now;
	memory->key_end += count;
	return oldest;
}

/* What the same words told before, at the same places: sentences often differ in words
 * that anchor nothing. */
static uint64_t
recall_weighed(struct glance_memory *memory, uint64_t hash, const struct hit *hits, size_t count,
               uint64_t wanted)
{
	struct weighed *weighed = find_weighed(memory, hash, (uint32_t)count);
	wanted &= ~weighed->wanted;
	if (wanted != 0) {
		weighed->topics |= weigh_sentence(memory, hits, count, wanted);
		weighed->wanted |= wanted;
	}
	return weighed->topics;
}

/* A chain can be whole only where its least link is met. */
uint64_t
weigh_hits(struct glance_memory *memory, const struct hit *hits, size_t count, uint64_t wanted)
{
	const struct glance *glance = memory->glance;
	const struct hit *end = hits + count;
	uint64_t topics = 0;
	while (hits < end) {
		const struct hit *to = hits;
		uint32_t *keys = memory->keys + memory->key_end % WEIGHED_KEYS, word = hits->word;
		uint64_t live = 0, hash = 0;
		for (; to < end && to->word - word <= MATCH_LONGEST; to++) {
			struct hit hit = *to;
			uint32_t key = hit.symbol | (hit.word - word) * SLOT_INDICES;
			hash = (hash ^ key) * UINT64_C(0x9e3779b97f4a7c15);
			live |= glance->chained[hit.symbol & ~HIT_NEXT];
			word = hit.word;
			*keys++ = key;
		}
		live &= wanted & ~topics;
		if (live != 0)
			topics |= recall_weighed(memory, hash, hits, (size_t)(to - hits), live);
		hits = to;
	}
	return topics;
}

/* What is left out may have begun any chain. */
void
weigh_full(struct glance_memory *memory, size_t room)
{
	size_t from = memory->hit_first;
	memory->topics |= weigh_hits(memory, memory->hits + from, memory->hit_count - from,
	                             UINT64_MAX);
	while (from < memory->hit_count && memory->word - memory->hits[from].word > 2 * MATCH_LONGEST)
		from++;
	size_t left = memory->hit_count - from;
	memmove(memory->hits + memory->hit_first, memory->hits + from, left * sizeof *memory->hits);
	memory->hit_count = memory->hit_first + left;
	if (memory->hit_count + room > HITS_MOST) {
		memory->topics = UINT64_MAX;
		memory->hit_count = memory->hit_first;
	}
}
