/* What one passage tells. */
#include "notes.h"

enum { ELSEWHERE_FAR = 1000 };

/* What is met about one value in one passage, or about one narrower than it. */
enum {
	MET_ASSERTED = 1,
	MET_DENIED = 2,
	MET_ANY = 4,        /* however read, but for the last lines */
	MET_NARROWER = 8,   /* a narrower value is asserted */
	MET_NARROWER_ANY = 16,
	MET_LAST = 32,      /* by a last line: no hint is needed */
	MET_LAST_ASSERTED = 64,
};

void
passage_add(struct reader *reader, struct index_list *list, uint32_t index)
{
	list->at = arena_grow(reader->arena, list->at, list->count, &list->capacity,
	                      sizeof *list->at);
	list->at[list->count++] = index;
}

static uint32_t
draft_index(const struct passage_maker *maker, const struct draft *draft)
{
	return (uint32_t)(draft - maker->reader->drafts.at);
}

static const struct draft *
listed(const struct passage_maker *maker, const struct index_list *list, size_t position)
{
	return &maker->reader->drafts.at[list->at[position]];
}

static const struct draft *
draft_at(const struct passage_maker *maker, size_t position)
{
	return listed(maker, &maker->here, position);
}

static const struct axis *
axis_of(const struct passage_maker *maker, uint32_t value)
{
	return &maker->vocabulary->axes[maker->vocabulary->values[value].axis];
}

static void
add_told(struct passage_maker *maker, uint32_t told)
{
	maker->told = arena_grow(maker->reader->arena, maker->told, maker->told_count,
	                         &maker->told_capacity, sizeof *maker->told);
	maker->told[maker->told_count++] = told;
}

/* Tells once; the drafts come in order, so the first is the earliest. */
static void
send(struct passage_maker *maker, const struct draft *draft, enum telling telling)
{
	uint32_t party = draft_party(maker->parties, draft), index = draft_index(maker, draft);
	bool weak = draft->strength != STRENGTH_STRONG;
	uint8_t bit = (uint8_t)(telling << (weak ? 3 : 0));
	uint32_t place = passage_place(maker, draft->value);
	maker->sends[index] = true;
	if ((maker->sent[place] & bit) && maker->party_sent[place] == party)
		return;
	maker->sent[place] |= bit;
	maker->party_sent[place] = party;
	add_told(maker, told_of_draft(index, telling));
}

static void
meet(struct passage_maker *maker, const struct draft *draft)
{
	const struct value *value = &maker->vocabulary->values[draft->value];
	bool asserted = draft->reading == READ_ASSERTED;
	maker->met[passage_place(maker, draft->value)] |=
	        (uint8_t)(MET_ANY | (asserted ? MET_ASSERTED : 0) |
	                  (draft->reading == READ_NEGATED ? MET_DENIED : 0));
	for (uint32_t i = 1; i < value->ancestor_count; i++)
		maker->met[passage_place(maker, maker->vocabulary->links[value->ancestors + i])] |=
		        (uint8_t)(MET_NARROWER_ANY | (asserted ? MET_NARROWER : 0));
}

/* Whether a value, a broader or a narrower one was met in one of the ways. */
static bool
was_met(const struct passage_maker *maker, uint32_t number, uint8_t ways, uint8_t narrower)
{
	const struct value *value = &maker->vocabulary->values[number];
	if (maker->met[passage_place(maker, number)] & (ways | narrower))
		return true;
	for (uint32_t i = 1; i < value->ancestor_count; i++) {
		if (maker->met[passage_place(maker, maker->vocabulary->links[value->ancestors + i])] &
		    ways)
			return true;
	}
	return false;
}

static bool
is_kind(const struct passage_maker *maker, uint32_t value)
{
	return maker->vocabulary->values[value].axis == maker->vocabulary->kind_axis;
}

static uint32_t
goes_with_what(const struct passage_maker *maker, const struct draft *draft)
{
	return draft->item == UINT32_MAX ? NO_VALUE
	                                 : reader_item(maker->reader, draft->item)->with;
}

static bool
find_alone(const struct passage_maker *maker, uint32_t value)
{
	for (size_t i = 0; i < maker->here.count; i++) {
		const struct draft *draft = draft_at(maker, i);
		if (draft->reading == READ_ASSERTED && draft->strength <= STRENGTH_WEAK &&
		    vocabulary_within(maker->vocabulary, draft->value, value))
			return true;
	}
	return false;
}

/* Whether a value is told by what needs no party beside it. */
static bool
told_alone(struct passage_maker *maker, uint32_t value)
{
	if (maker->alone != value) {
		maker->alone_met = find_alone(maker, value);
		maker->alone = value;
	}
	return maker->alone_met;
}

/* Whether what a party is told by stands: it is beside what it goes with, and what tells
 * it as a last line stands where nothing names a party. */
static bool
party_stands(struct passage_maker *maker, const struct draft *draft)
{
	uint32_t with = goes_with_what(maker, draft);
	if (draft->strength > STRENGTH_WEAK && maker->named)
		return false;
	return with == NO_VALUE || is_kind(maker, with) || told_alone(maker, with);
}

static bool
find_party(struct passage_maker *maker, uint32_t kind)
{
	const struct facts *facts = maker->reader->facts;
	for (size_t i = 0; i < maker->here.count; i++) {
		const struct draft *draft = draft_at(maker, i);
		if (draft->party != 0 && vocabulary_within(maker->vocabulary, draft->value, kind) &&
		    party_stands(maker, draft))
			return true;
	}
	for (size_t i = 0; i < facts->tell_count; i++) {
		if (facts->tells[i].party != 0 && facts->tells[i].telling != TELL_FALSE &&
		    vocabulary_within(maker->vocabulary, facts->tells[i].value, kind))
			return true;
	}
	return false;
}

/* Whether some party of the passage, or a declared one, is of a kind. */
static bool
party_is(struct passage_maker *maker, uint32_t kind)
{
	if (kind == NO_VALUE)
		return true;
	if (maker->with != kind) {
		maker->party_met = find_party(maker, kind);
		maker->with = kind;
	}
	return maker->party_met;
}

/* Whether the passage asks which value of an axis holds, where only one can, and does
 * not answer. */
static bool
is_open(const struct passage_maker *maker, const struct axis *axis)
{
	bool open = false;
	for (size_t i = 0; axis->one && i < maker->here.count; i++) {
		const struct draft *draft = draft_at(maker, i);
		bool asserted = draft->reading == READ_ASSERTED;
		if (axis_of(maker, draft->value) != axis)
			continue;
		if (asserted && draft->strength != STRENGTH_HINT)
			return false;
		open = open || asserted || draft->reading == READ_QUESTIONED;
	}
	return open;
}

/* Whether a party is of a kind, or what else a value is of is met or left open. */
static bool
goes_with(struct passage_maker *maker, uint32_t value)
{
	if (value == NO_VALUE || is_kind(maker, value))
		return party_is(maker, value);
	return was_met(maker, value, MET_ASSERTED, MET_NARROWER) ||
	       is_open(maker, axis_of(maker, value));
}

static bool
in_play(struct passage_maker *maker, const struct draft *draft)
{
	if (draft->item == UINT32_MAX)
		return true;
	const struct item *item = reader_item(maker->reader, draft->item);
	if (item->unless != NO_VALUE &&
	    was_met(maker, item->unless, MET_ASSERTED, MET_NARROWER))
		return false;
	if (!goes_with(maker, item->with))
		return false;
	if (draft->strength == STRENGTH_HINT)
		return !was_met(maker, draft->value, MET_ANY | MET_LAST, MET_NARROWER_ANY);
	return draft->strength != STRENGTH_LAST ||
	       !was_met(maker, draft->value, MET_ANY, MET_NARROWER_ANY);
}

/* The ways of being met that are more than a draft's denial. */
static uint8_t
asserted_to(const struct draft *draft)
{
	return draft->strength == STRENGTH_LAST ? MET_ASSERTED | MET_LAST_ASSERTED : MET_ASSERTED;
}

static void
tell_uses(struct passage_maker *maker)
{
	for (size_t i = 0; i < maker->here.count; i++) {
		const struct draft *draft = draft_at(maker, i);
		if (!draft_is_use(draft) || !in_play(maker, draft))
			continue;
		if (draft->reading == READ_ASSERTED)
			send(maker, draft,
			     draft->strength == STRENGTH_HINT ? TELL_QUESTION : TELL_TRUE);
		else if (draft->reading == READ_QUESTIONED)
			send(maker, draft, TELL_QUESTION);
		else if (draft->reading == READ_NEGATED && draft->strength != STRENGTH_HINT &&
		         !was_met(maker, draft->value, asserted_to(draft), MET_NARROWER))
			send(maker, draft, TELL_FALSE);
	}
}

/* Whether a party is named in the passage by strong words, or declared. */
static bool
names_party(struct passage_maker *maker)
{
	const struct facts *facts = maker->reader->facts;
	for (size_t i = 0; i < maker->here.count; i++) {
		const struct draft *draft = draft_at(maker, i);
		if (draft->strength == STRENGTH_STRONG && draft->party != 0 &&
		    draft_is_party(draft) && party_stands(maker, draft))
			return true;
	}
	for (size_t i = 0; i < facts->tell_count; i++) {
		if (facts->tells[i].party != 0 && facts->tells[i].telling != TELL_FALSE)
			return true;
	}
	return false;
}

static void
tell_parties(struct passage_maker *maker)
{
	bool *placed = maker->placed;
	memset(placed, 0, maker->parties->count * sizeof *placed);
	for (size_t i = 0; i < maker->here.count; i++) {
		const struct draft *draft = draft_at(maker, i);
		if (draft->party == 0 || !draft_is_party(draft) ||
		    !party_stands(maker, draft) || !in_play(maker, draft))
			continue;
		send(maker, draft, draft->reading == READ_QUESTIONED ? TELL_QUESTION : TELL_TRUE);
		const struct party_draft *party = &maker->parties->at[draft->party - 1];
		if (party->place != NO_VALUE && !placed[draft->party - 1])
			add_told(maker, told_of_place(draft->party - 1));
		placed[draft->party - 1] = true;
	}
}

/* Words between a draft and the nearest use of the passage. */
static uint32_t
distance_to_use(const struct passage_maker *maker, const struct index_list *uses,
                const struct draft *draft)
{
	const struct reader *reader = maker->reader;
	uint32_t best = ELSEWHERE_FAR;
	bool recalled = draft_index(maker, draft) >= maker->draft_count;
	size_t first = recalled ? 0 : maker->uses_recalled;
	size_t end = recalled ? maker->uses_recalled : uses->count;
	size_t low = first, high = end;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (reader->drafts.at[uses->at[middle]].first < draft->first)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = low > first + 4 ? low - 4 : first; i < low + 1 && i < end; i++) {
		const struct draft *use = &reader->drafts.at[uses->at[i]];
		uint32_t words =
		        use->last < draft->first   ? words_between(reader, use->last, draft->first)
		        : draft->last < use->first ? words_between(reader, draft->last, use->first)
		                                   : 0;
		if (reader->tokens[use->first].space == reader->tokens[draft->first].space &&
		    words < best)
			best = words;
	}
	return best;
}

/* The rivals of one axis in one passage. */
struct contest {
	const struct index_list *rivals;
	const struct rival *rule; /* or NULL */
	bool strong;              /* strong ones were met: the weak ones yield */
	bool firm;                /* ones that leave no rival open: those that do yield */
	bool met;
	uint32_t nearest;  /* of what the rule prefers, or UINT32_MAX */
	uint32_t other;    /* of all else */
	uint32_t winner;   /* the broadest value of the nearest other */
};

/* Of rivals that are asserted, only those in play are listed. */
static bool
takes_part(const struct passage_maker *maker, const struct contest *contest,
           const struct draft *draft)
{
	return draft->reading == READ_ASSERTED &&
	       (draft->strength == STRENGTH_STRONG || !contest->strong) &&
	       (!contest->firm || maker->vocabulary->values[draft->value].leave_count == 0);
}

static void
hold_contest(struct passage_maker *maker, const struct index_list *uses, struct contest *contest)
{
	for (size_t i = 0; i < contest->rivals->count; i++) {
		const struct draft *draft = listed(maker, contest->rivals, i);
		if (takes_part(maker, contest, draft) && draft->strength == STRENGTH_STRONG)
			contest->strong = true;
	}
	for (size_t i = 0; i < contest->rivals->count && !contest->strong; i++) {
		const struct draft *draft = listed(maker, contest->rivals, i);
		if (takes_part(maker, contest, draft) &&
		    maker->vocabulary->values[draft->value].leave_count == 0)
			contest->firm = true;
	}
	for (size_t i = 0; i < contest->rivals->count; i++) {
		const struct draft *draft = listed(maker, contest->rivals, i);
		if (!takes_part(maker, contest, draft))
			continue;
		uint32_t words = distance_to_use(maker, uses, draft);
		contest->met = true;
		if (contest->rule != NULL &&
		    vocabulary_within(maker->vocabulary, draft->value, contest->rule->prefer)) {
			if (words < contest->nearest)
				contest->nearest = words;
		} else if (words < contest->other) {
			contest->other = words;
			contest->winner = vocabulary_root(maker->vocabulary, draft->value);
		}
	}
	if (contest->nearest != UINT32_MAX &&
	    (contest->rule->always || contest->nearest <= contest->other))
		contest->winner = contest->rule->prefer;
}

/* Whether a value does not deny another of its axis: pictures that are stored may have
 * been taken by a camera of any kind. */
static bool
leaves_open(const struct passage_maker *maker, uint32_t stated, uint32_t value)
{
	const struct vocabulary *vocabulary = maker->vocabulary;
	const struct value *by = &vocabulary->values[stated];
	for (uint32_t i = 0; i < by->leave_count; i++) {
		if (vocabulary_within(vocabulary, value, vocabulary->links[by->leaves + i]))
			return true;
	}
	return false;
}

static void
tell_axis(struct passage_maker *maker, const struct index_list *uses, uint32_t axis)
{
	struct index_list *rivals = &maker->rivals;
	struct contest contest = {
	        .rivals = rivals, .nearest = UINT32_MAX, .other = UINT32_MAX};
	const struct lexicon *lexicon = maker->reader->lexicon;
	rivals->count = 0;
	for (size_t i = 0; i < maker->circumstances.count; i++) {
		if (maker->axes.at[i] == axis)
			passage_add(maker->reader, rivals, maker->circumstances.at[i]);
	}
	for (uint32_t i = 0; i < lexicon->rival_count; i++) {
		if (lexicon->rivals[i].axis == axis)
			contest.rule = &lexicon->rivals[i];
	}
	hold_contest(maker, uses, &contest);
	for (size_t i = 0; i < rivals->count; i++) {
		const struct draft *draft = listed(maker, rivals, i);
		if (takes_part(maker, &contest, draft)) {
			if (vocabulary_within(maker->vocabulary, draft->value, contest.winner))
				send(maker, draft, TELL_TRUE);
			else
				maker->lost[draft_index(maker, draft)] = true;
		} else if (draft->reading == READ_QUESTIONED && !contest.strong) {
			send(maker, draft, TELL_QUESTION);
		} else if (draft->reading == READ_NEGATED &&
		           (!contest.met ||
		            (leaves_open(maker, contest.winner, draft->value) &&
		             !was_met(maker, draft->value, MET_ASSERTED, MET_NARROWER)))) {
			send(maker, draft, TELL_FALSE);
		}
	}
}

static void
tell_axes(struct passage_maker *maker)
{
	struct index_list *uses = &maker->uses;
	uint32_t axes[32], count = 0;
	uses->count = maker->circumstances.count = maker->axes.count = maker->uses_recalled = 0;
	for (size_t i = 0; i < maker->here.count; i++) {
		const struct draft *draft = draft_at(maker, i);
		uint32_t axis = maker->vocabulary->values[draft->value].axis, j = 0;
		if (draft_is_use(draft)) {
			if (draft->reading == READ_ASSERTED)
				passage_add(maker->reader, uses, maker->here.at[i]);
			if (maker->here.at[i] >= maker->draft_count)
				maker->uses_recalled = uses->count;
			continue;
		}
		if (maker->vocabulary->axes[axis].party)
			continue;
		while (j < count && axes[j] != axis)
			j++;
		if (j == count && count < 32)
			axes[count++] = axis;
		if (draft->reading == READ_ASSERTED && !in_play(maker, draft))
			continue;
		passage_add(maker->reader, &maker->circumstances, maker->here.at[i]);
		passage_add(maker->reader, &maker->axes, axis);
	}
	for (uint32_t i = 0; i < count; i++)
		tell_axis(maker, uses, axes[i]);
}

/* A passage that tells what another tells comes out as that does. */
static void
end_passage(struct passage_maker *maker)
{
	struct passage passage = {maker->first, maker->told_count - maker->first};
	if (passage_repeats(maker, passage)) {
		maker->told_count = maker->first;
		return;
	}
	maker->passages = arena_grow(maker->reader->arena, maker->passages, maker->passage_count,
	                             &maker->passage_capacity, sizeof *maker->passages);
	maker->passages[maker->passage_count++] = passage;
}

/* Clears only what this passage touched. */
static void
clear_values(struct passage_maker *maker)
{
	for (size_t i = 0; i < maker->here.count; i++) {
		uint32_t number = draft_at(maker, i)->value;
		const struct value *value = &maker->vocabulary->values[number];
		maker->sent[passage_place(maker, number)] = 0;
		for (uint32_t j = 0; j < value->ancestor_count; j++)
			maker->met[passage_place(maker,
			                    maker->vocabulary->links[value->ancestors + j])] = 0;
	}
}

/* Whether the passage asserts a use or a party. */
static bool
tells_anything(const struct passage_maker *maker)
{
	for (size_t i = maker->first; i < maker->told_count; i++) {
		struct tell tell = told_tell(maker->reader, maker->parties, maker->told[i], 0);
		const struct axis *axis = axis_of(maker, tell.value);
		if (tell.telling == TELL_TRUE && (axis->party || !axis->unknown))
			return true;
	}
	return false;
}

/* What is told in another turn is open here, if anything is told here. */
static void
tell_elsewhere(struct passage_maker *maker, uint32_t space)
{
	struct reader *reader = maker->reader;
	if (space == SPACE_HEADING || !tells_anything(maker))
		return;
	for (size_t i = 0; i < maker->elsewhere.count; i++) {
		const struct draft *draft = &reader->drafts.at[maker->elsewhere.at[i]];
		if (reader->tokens[draft->first].space == space || !in_play(maker, draft))
			continue;
		passage_add(reader, &maker->here, maker->elsewhere.at[i]);
		send(maker, draft, TELL_QUESTION);
	}
}

void
passage_make(struct passage_maker *maker, uint32_t space, size_t low, size_t high, bool uses)
{
	struct reader *reader = maker->reader;
	maker->here.count = 0;
	maker->with = maker->alone = NO_VALUE;
	maker->first = maker->told_count;
	for (size_t i = 0; i < maker->headings.count && space != SPACE_HEADING; i++)
		passage_add(reader, &maker->here, maker->headings.at[i]);
	for (size_t i = low; i < high; i++) {
		uint32_t index = maker->spaces[space].at[i];
		if (uses || !draft_is_use(&reader->drafts.at[index]))
			passage_add(reader, &maker->here, index);
	}
	for (size_t i = 0; i < maker->here.count; i++) {
		const struct draft *draft = draft_at(maker, i);
		if (draft->strength <= STRENGTH_WEAK)
			meet(maker, draft);
		else if (draft->strength == STRENGTH_LAST)
			maker->met[passage_place(maker, draft->value)] |=
			        (uint8_t)(MET_LAST | (draft->reading == READ_ASSERTED
			                                      ? MET_LAST_ASSERTED
			                                      : 0));
	}
	maker->named = names_party(maker);
	tell_parties(maker);
	tell_uses(maker);
	tell_axes(maker);
	tell_elsewhere(maker, space);
	clear_values(maker);
	end_passage(maker);
}
