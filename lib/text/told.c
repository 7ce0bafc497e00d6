#include "told.h"

#include <stdlib.h>

#include "passage.h"

uint32_t
draft_party(const struct party_list *parties, const struct draft *draft)
{
	return draft->party != 0 ? parties->at[draft->party - 1].index : 0;
}

static struct tell
tell_of_place(const struct reader *reader, const struct party_draft *party)
{
	return (struct tell){.value = party->place,
	                     .party = party->index,
	                     .telling = party->place_open ? TELL_QUESTION : TELL_TRUE,
	                     .weak = party->place_weak,
	                     .evidence = reader_evidence(reader, party->place_start,
	                                                 party->place_end, party->place_term)};
}

/* Whether a draft's value may stand beside others of one passage that it is a rival
 * of elsewhere. */
static bool
is_grouped(const struct reader *reader, const struct draft *draft)
{
	const struct vocabulary *vocabulary = reader->vocabulary;
	return !draft_is_use(draft) &&
	       !vocabulary->axes[vocabulary->values[draft->value].axis].party;
}

struct tell
told_tell(const struct reader *reader, const struct party_list *parties, uint32_t told,
          uint32_t group)
{
	static const enum telling tellings[TOLD_PLACE] = {TELL_TRUE, TELL_FALSE, TELL_QUESTION};
	if (told % TOLD_WAYS == TOLD_PLACE)
		return tell_of_place(reader, &parties->at[told / TOLD_WAYS]);
	const struct draft *draft = &reader->drafts.at[told / TOLD_WAYS];
	enum telling telling = tellings[told % TOLD_WAYS];
	return (struct tell){
	        .value = draft->value,
	        .party = draft_party(parties, draft),
	        .group = telling == TELL_TRUE && is_grouped(reader, draft) ? group : 0,
	        .telling = (uint8_t)telling,
	        .weak = draft->strength != STRENGTH_STRONG,
	        .evidence = reader_evidence(reader, draft->first, draft->last,
	                                    draft_term(reader, draft))};
}

/* All of a telling that bears on what comes out. Where its words stand does so only by
 * what they have in common with the words of others: `from` and `to` are the order of
 * their ends among all ends of the passage. */
struct trait {
	uint32_t value, party;
	uint32_t from, to;
	uint8_t telling;
	bool weak, grouped;
};

struct end {
	const char *at;
	size_t byte;
};

/* The traits of one passage, and room to make them. */
struct traits {
	struct trait *list;
	size_t capacity;
	struct end *ends;
	size_t end_capacity;
};

enum { REMEMBERED = 1024, FEW = 4 };

/* Passages made before, by what they tell: their numbers + 1. */
struct likeness {
	uint32_t remembered[REMEMBERED];
	struct traits here, there;
};

static int
by_end(const void *a, const void *b)
{
	const struct end *left = a, *right = b;
	if (left->at != right->at)
		return (uintptr_t)left->at < (uintptr_t)right->at ? -1 : 1;
	return (left->byte > right->byte) - (left->byte < right->byte);
}

static uint32_t
rank(const struct end *ends, size_t count, struct end end)
{
	const struct end *found = bsearch(&end, ends, count, sizeof *ends, by_end);
	return (uint32_t)(found - ends);
}

/* Sorts a few ends. */
static void
sort_few(struct end *ends, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct end end = ends[i];
		size_t place = i;
		for (; place > 0 && by_end(&ends[place - 1], &end) > 0; place--)
			ends[place] = ends[place - 1];
		ends[place] = end;
	}
}

/* Sorts the ends, each once. */
static size_t
sort_ends(struct end *ends, size_t count)
{
	enum { FEW_ENDS = 32 };
	size_t kept = 0;
	if (count <= FEW_ENDS)
		sort_few(ends, count);
	else
		qsort(ends, count, sizeof *ends, by_end);
	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || by_end(&ends[kept - 1], &ends[i]) != 0)
			ends[kept++] = ends[i];
	}
	return kept;
}

/* What is recalled from other windows is the same in every passage that tells it, and has
 * no words in common with what is not. */
static bool
is_recalled(const struct passage_maker *maker, uint32_t told)
{
	return told % TOLD_WAYS != TOLD_PLACE && told / TOLD_WAYS >= maker->draft_count;
}

static void
make_traits(const struct passage_maker *maker, struct passage passage, struct traits *traits)
{
	const struct reader *reader = maker->reader;
	struct arena *arena = reader->arena;
	traits->list = arena_room(arena, traits->list, 0, passage.count, &traits->capacity,
	                         sizeof *traits->list);
	traits->ends = arena_room(arena, traits->ends, 0, passage.count * 2, &traits->end_capacity,
	                         sizeof *traits->ends);
	size_t ends = 0;
	for (size_t i = 0; i < passage.count; i++) {
		uint32_t told = maker->told[passage.first + i];
		if (is_recalled(maker, told))
			continue;
		struct tell tell = told_tell(reader, maker->parties, told, 1);
		traits->ends[ends++] = (struct end){tell.evidence.at, tell.evidence.start};
		traits->ends[ends++] = (struct end){tell.evidence.at, tell.evidence.end};
	}
	ends = sort_ends(traits->ends, ends);
	for (size_t i = 0; i < passage.count; i++) {
		uint32_t told = maker->told[passage.first + i];
		traits->list[i] = (struct trait){.value = told, .party = UINT32_MAX};
		if (is_recalled(maker, told))
			continue;
		struct tell tell = told_tell(reader, maker->parties, told, 1);
		struct end from = {tell.evidence.at, tell.evidence.start};
		struct end to = {tell.evidence.at, tell.evidence.end};
		traits->list[i] = (struct trait){.value = tell.value,
		                               .party = tell.party,
		                               .from = rank(traits->ends, ends, from),
		                               .to = rank(traits->ends, ends, to),
		                               .telling = tell.telling,
		                               .weak = tell.weak,
		                               .grouped = tell.group != 0};
	}
}

static bool
same_trait(const struct trait *a, const struct trait *b)
{
	return a->value == b->value && a->party == b->party && a->from == b->from &&
	       a->to == b->to && a->telling == b->telling && a->weak == b->weak &&
	       a->grouped == b->grouped;
}

static uint32_t
slot_of(const struct trait *traits, size_t count)
{
	uint64_t hash = count;
	for (size_t i = 0; i < count; i++) {
		hash = (hash ^ traits[i].value ^ (uint64_t)traits[i].party << 32) *
		       0x9E3779B97F4A7C15U;
		hash = (hash ^ hash >> 32 ^ traits[i].from ^ (uint64_t)traits[i].to << 32 ^
		        traits[i].telling) * 0xD6E8FEB86659FD93U;
	}
	return (uint32_t)(hash >> 32) % REMEMBERED;
}

bool
passage_repeats(struct passage_maker *maker, struct passage passage)
{
	if (maker->passage_count < FEW)
		return false;
	if (maker->likeness == NULL)
		maker->likeness = arena_alloc(maker->reader->arena, 1, sizeof *maker->likeness);
	struct likeness *likeness = maker->likeness;
	make_traits(maker, passage, &likeness->here);
	uint32_t *slot = &likeness->remembered[slot_of(likeness->here.list, passage.count)];
	const struct passage *like = *slot != 0 ? &maker->passages[*slot - 1] : NULL;
	*slot = (uint32_t)maker->passage_count + 1;
	if (like == NULL || like->count != passage.count)
		return false;
	make_traits(maker, *like, &likeness->there);
	for (size_t i = 0; i < passage.count; i++) {
		if (!same_trait(&likeness->here.list[i], &likeness->there.list[i]))
			return false;
	}
	*slot = (uint32_t)(like - maker->passages) + 1;
	return true;
}
