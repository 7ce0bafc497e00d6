/*
 * Who acts or is served: kinds of party met in text, each with the place that
 * its name, its neighbours or its passage give it.
 */
#include "context.h"
#include "declared.h"
#include "notes.h"

enum {
	ADJACENT = 8,   /* in half words */
	NEAR_SENTENCES = 5,
	FAR = 1000000,
	CHOICE_NEAR = 5,
};

/* The places, kinds and cues of one reading, in token order. */
struct finder {
	struct reader *reader;
	struct party_list *parties;
	const struct vocabulary *vocabulary;
	struct declared declared;
};

/* The branch of a kind just below the root of its tree; of a root, the root. */
static uint32_t
family_of(const struct vocabulary *vocabulary, uint32_t kind)
{
	const struct value *entry = &vocabulary->values[kind];
	uint32_t count = entry->ancestor_count;
	return vocabulary->links[entry->ancestors + (count > 1 ? count - 2 : 0)];
}

static bool
is_kind(const struct draft *draft)
{
	return draft_is_party(draft) &&
	       (draft->reading == READ_ASSERTED || draft->reading == READ_QUESTIONED) &&
	       draft->strength != STRENGTH_HINT;
}

/* How far a place is from a party, in half words; closer where "in" or a comma
 * ties it to the party, farther across a mark. */
static int
place_distance(const struct reader *reader, const struct draft *draft,
               const struct finding *finding)
{
	if (finding->first <= draft->last && finding->last >= draft->first)
		return 0;
	if (finding->last < draft->first) {
		int words = (int)(draft->first - finding->last);
		return 2 * words +
		       (words < 20 && names_mark_between(reader, finding->last + 1, draft->first) ? 6 : 0);
	}
	int words = (int)(finding->first - draft->last), distance = 2 * words + 1;
	if (words > 5)
		return distance;
	for (uint32_t i = draft->last + 1; i < finding->first; i++) {
		if (token_in(reader, i, CLASS_LINK)) {
			distance -= 4;
			break;
		}
	}
	if (reader->tokens[finding->first - 1].text[0] == ',')
		distance -= 2;
	return distance < 0 ? 0 : distance;
}

/* The nearest place in a party's sentence; UINT32_MAX if there is none. */
static size_t
nearest_in_sentence(const struct finder *finder, const struct draft *draft, int *distance)
{
	const struct reader *reader = finder->reader;
	size_t best = SIZE_MAX, middle = names_from(reader, draft->first);
	*distance = FAR;
	for (size_t i = middle; i < reader->finding_count; i++) {
		const struct finding *finding = &reader->findings[i];
		if (!same_sentence(reader, finding->first, draft->first))
			break;
		int far = place_distance(reader, draft, finding);
		if (finding_is_place(finding) && far < *distance) {
			*distance = far;
			best = i;
		}
	}
	for (size_t i = middle; i-- > 0;) {
		const struct finding *finding = &reader->findings[i];
		if (!same_sentence(reader, finding->first, draft->first))
			break;
		int far = place_distance(reader, draft, finding);
		if (finding_is_place(finding) && far <= *distance) {
			*distance = far;
			best = i;
		}
	}
	return best;
}

/* A place directly before an agency's name says whose it is: "Turkish
 * gendarmes". Returns the finding to go by. */
static size_t
owner_of(const struct finder *finder, size_t index)
{
	const struct reader *reader = finder->reader;
	const struct finding *agency = &reader->findings[index];
	if (agency->kind == NO_VALUE || index == 0)
		return index;
	const struct finding *before = &reader->findings[index - 1];
	bool owner = finding_is_place(before) && before->kind == NO_VALUE &&
	             before->last + 1 == agency->first &&
	             !same_country(finder->vocabulary, before->place, agency->place);
	return owner ? index - 1 : index;
}

/* Where a party's jurisdiction comes from. */
struct source {
	uint32_t place, first, last, term;
	bool weak;
};

static struct source
from_finding(const struct reader *reader, size_t index)
{
	const struct finding *finding = &reader->findings[index];
	return (struct source){finding->place, finding->first, finding->last,
	                       reader->lexicon->names[finding->name].id, false};
}

static struct source
from_cue(const struct reader *reader, const struct draft *cue)
{
	return (struct source){cue->value, cue->first, cue->last, draft_term(reader, cue), true};
}

static bool
cue_holds(const struct finder *finder, const struct places *places, const struct draft *cue)
{
	return cue != NULL && places->other == SIZE_MAX && !places->withheld &&
	       (places->only == SIZE_MAX ||
	        same_country(finder->vocabulary, cue->value,
	                     finder->reader->findings[places->only].place));
}

/* A cue that the words of a party themselves are part of. */
static const struct draft *
own_cue(const struct finder *finder, size_t index)
{
	const struct draft_list *drafts = &finder->reader->drafts;
	const struct draft *draft = &drafts->at[index];
	size_t from = index > 16 ? index - 16 : 0;
	for (size_t i = from; i < drafts->count && drafts->at[i].first <= draft->last; i++) {
		if (draft_is_cue(finder->reader, &drafts->at[i]) &&
		    drafts->at[i].last >= draft->first &&
		    drafts->at[i].strength == STRENGTH_STRONG)
			return &drafts->at[i];
	}
	return NULL;
}

static size_t
nearest_anywhere(const struct finder *finder, const struct draft *draft)
{
	const struct reader *reader = finder->reader;
	size_t best = SIZE_MAX, middle = names_from(reader, draft->first);
	uint32_t distance = UINT32_MAX, space = reader->tokens[draft->first].space;
	for (size_t i = middle; i < reader->finding_count; i++) {
		const struct finding *finding = &reader->findings[i];
		if (reader->tokens[finding->first].space != space)
			break;
		if (finding_is_place(finding)) {
			best = i;
			distance = finding->first - draft->first;
			break;
		}
	}
	for (size_t i = middle; i-- > 0;) {
		const struct finding *finding = &reader->findings[i];
		if (reader->tokens[finding->first].space != space)
			break;
		if (finding_is_place(finding))
			return draft->first - finding->first <= distance ? i : best;
	}
	return best;
}

/* The declared party that a mention speaks of: by its name, "our" of the actor,
 * or, of a mention without a place, the only declared one of its kind. */
static uint32_t
declared_party(const struct finder *finder, const struct draft *draft, bool placed)
{
	const struct reader *reader = finder->reader;
	const struct declared *declared = &finder->declared;
	bool ours = draft->first > 0 && token_in(reader, draft->first - 1, CLASS_SPEAKER);
	uint32_t named = declared_named(declared, draft->first);
	uint32_t actor = ours && !placed ? declared->actor : 0;
	if (named != 0 && (actor == 0 || named < actor))
		return named;
	return actor != 0 || placed ? actor : declared_kin(declared, draft->value);
}

static bool
party_takes(const struct finder *finder, const struct party_draft *party, uint32_t family,
            uint32_t place)
{
	if (party->declared || party->family != family)
		return false;
	if (party->place == NO_VALUE || place == NO_VALUE)
		return party->place == place;
	return vocabulary_within(finder->vocabulary, party->place, place) ||
	       vocabulary_within(finder->vocabulary, place, party->place);
}

static void
set_place(const struct reader *reader, struct party_draft *party, const struct source *source)
{
	party->place = source->place;
	party->place_term = source->term;
	party->place_weak = source->weak;
	if (source->place == NO_VALUE)
		return;
	party->piece = reader->tokens[source->first].piece;
	party->place_start = source->first;
	party->place_end = source->last;
}

static void
join_party(struct finder *finder, struct draft *draft, const struct source *source)
{
	struct reader *reader = finder->reader;
	struct party_list *list = finder->parties;
	uint32_t family = family_of(finder->vocabulary, draft->value);
	for (size_t i = 0; i < list->count; i++) {
		struct party_draft *party = &list->at[i];
		if (!party_takes(finder, party, family, source->place))
			continue;
		if (source->place != NO_VALUE &&
		    vocabulary_within(finder->vocabulary, source->place, party->place))
			set_place(reader, party, source);
		draft->party = (uint32_t)i + 1;
		return;
	}
	if (list->count == PARTIES_MOST) {
		draft->party = PARTIES_MOST;
		list->at[PARTIES_MOST - 1].place = NO_VALUE;
		return;
	}
	list->at = arena_grow(reader->arena, list->at, list->count, &list->capacity,
	                      sizeof *list->at);
	struct party_draft *party = &list->at[list->count++];
	*party = (struct party_draft){.family = family, .first = draft->first, .last = draft->last};
	set_place(reader, party, source);
	draft->party = (uint32_t)list->count;
}

static void
join_declared(struct finder *finder, struct draft *draft, uint32_t index)
{
	struct party_list *list = finder->parties;
	for (size_t i = 0; i < list->count; i++) {
		if (list->at[i].declared && list->at[i].index == index) {
			draft->party = (uint32_t)i + 1;
			return;
		}
	}
	if (list->count == PARTIES_MOST)
		return;
	list->at = arena_grow(finder->reader->arena, list->at, list->count, &list->capacity,
	                      sizeof *list->at);
	list->at[list->count++] = (struct party_draft){
	        .first = draft->first, .last = draft->last, .index = index, .declared = true};
	draft->party = (uint32_t)list->count;
}

/* Mentions that name their own place come first. */
static void
join_placed(struct finder *finder, const struct places *all)
{
	struct reader *reader = finder->reader;
	for (size_t i = 0; i < reader->drafts.count; i++) {
		struct draft *draft = &reader->drafts.at[i];
		if (!is_kind(draft))
			continue;
		const struct places *places = &all[reader->tokens[draft->first].space];
		int distance;
		size_t nearest = nearest_in_sentence(finder, draft, &distance);
		const struct draft *cue = own_cue(finder, i);
		struct source source = {0};
		if (nearest != SIZE_MAX && distance <= ADJACENT)
			source = from_finding(reader, owner_of(finder, nearest));
		else if (cue_holds(finder, places, cue))
			source = from_cue(reader, cue);
		uint32_t declared = declared_party(finder, draft, source.place != NO_VALUE);
		if (declared != 0)
			join_declared(finder, draft, declared);
		else if (source.place != NO_VALUE)
			join_party(finder, draft, &source);
	}
}

/* The nearest mention of the same branch that has a party already. */
static uint32_t
kin_nearby(const struct finder *finder, size_t index)
{
	const struct reader *reader = finder->reader;
	const struct draft *draft = &reader->drafts.at[index];
	const struct token *here = &reader->tokens[draft->first];
	uint32_t family = family_of(finder->vocabulary, draft->value);
	uint32_t best = 0, distance = UINT32_MAX;
	for (int way = -1; way <= 1; way += 2) {
		for (size_t i = index + (size_t)way; i < reader->drafts.count; i += (size_t)way) {
			const struct draft *other = &reader->drafts.at[i];
			const struct token *there = &reader->tokens[other->first];
			uint32_t apart = there->sentence < here->sentence
			                         ? here->sentence - there->sentence
			                         : there->sentence - here->sentence;
			if (there->space != here->space || apart > NEAR_SENTENCES)
				break;
			uint32_t words = way < 0 ? draft->first - other->first
			                         : other->first - draft->first;
			if (words >= distance)
				break;
			if (other->party == 0 ||
			    family_of(finder->vocabulary, other->value) != family)
				continue;
			best = other->party;
			distance = words;
			break;
		}
	}
	return best;
}

static struct source
place_for(const struct finder *finder, const struct draft *draft, const struct places *places)
{
	const struct reader *reader = finder->reader;
	int distance;
	size_t nearest = nearest_in_sentence(finder, draft, &distance);
	if (nearest != SIZE_MAX)
		return from_finding(reader, nearest);
	if (cue_holds(finder, places, places->strong))
		return from_cue(reader, places->strong);
	if (places->only != SIZE_MAX && places->other == SIZE_MAX)
		return from_finding(reader, places->only);
	nearest = places->other != SIZE_MAX ? nearest_anywhere(finder, draft) : SIZE_MAX;
	if (nearest != SIZE_MAX)
		return from_finding(reader, nearest);
	if (cue_holds(finder, places, places->weak))
		return from_cue(reader, places->weak);
	return (struct source){0};
}

static void
join_others(struct finder *finder, const struct places *all)
{
	struct reader *reader = finder->reader;
	for (size_t i = 0; i < reader->drafts.count; i++) {
		struct draft *draft = &reader->drafts.at[i];
		if (!is_kind(draft) || draft->party != 0)
			continue;
		draft->party = kin_nearby(finder, i);
		if (draft->party != 0)
			continue;
		struct source source =
		        place_for(finder, draft, &all[reader->tokens[draft->first].space]);
		join_party(finder, draft, &source);
	}
}

/* Two countries offered as a choice leave both open. */
static void
mark_choices(const struct finder *finder)
{
	struct reader *reader = finder->reader;
	for (size_t i = 1; i < reader->finding_count; i++) {
		struct finding *left = &reader->findings[i - 1], *right = &reader->findings[i];
		if (!finding_is_place(left) || !finding_is_place(right) ||
		    right->first > left->last + CHOICE_NEAR ||
		    !same_sentence(reader, left->first, right->first) ||
		    same_country(finder->vocabulary, left->place, right->place))
			continue;
		for (uint32_t token = left->last + 1; token < right->first; token++) {
			if (token_in(reader, token, CLASS_SCOPE_OR))
				left->open = right->open = true;
		}
	}
}

/* Several countries within the words of a question after the place are all left open. */
static void
mark_asked(const struct finder *finder)
{
	struct reader *reader = finder->reader;
	for (size_t i = 0; i < reader->context.count; i++) {
		const struct match *match = &reader->context.at[i];
		size_t first = SIZE_MAX;
		bool several = false;
		if (!places_asks_where(reader, match) || !context_in_force(reader, match))
			continue;
		for (size_t j = names_from(reader, match->first); j < reader->finding_count; j++) {
			const struct finding *finding = &reader->findings[j];
			if (finding->last > match->last)
				break;
			if (!finding_is_place(finding))
				continue;
			first = first == SIZE_MAX ? j : first;
			several = several || !same_country(finder->vocabulary, finding->place,
			                                   reader->findings[first].place);
		}
		for (size_t j = first; several && j < reader->finding_count &&
		                       reader->findings[j].last <= match->last; j++)
			reader->findings[j].open = true;
	}
}

/* Whether a party's country is one of those that its text leaves open. */
static bool
is_open(const struct finder *finder, const struct party_draft *party)
{
	const struct reader *reader = finder->reader;
	for (size_t i = 0; i < reader->finding_count; i++) {
		const struct finding *finding = &reader->findings[i];
		if (finding->open && party->place != NO_VALUE &&
		    reader->tokens[finding->first].space == reader->tokens[party->first].space &&
		    same_country(finder->vocabulary, finding->place, party->place))
			return true;
	}
	return false;
}

static bool
is_served(const struct reader *reader, const struct party_draft *party)
{
	uint32_t first = party->first;
	if (party->place != NO_VALUE && party->place_start < first &&
	    first - party->place_start <= NAME_LONGEST)
		first = party->place_start;
	for (uint32_t i = 1; i <= 3 && i <= first; i++) {
		if (reader->tokens[first - i].stop)
			return false;
		if (token_in(reader, first - i, CLASS_SERVES))
			return true;
	}
	return false;
}

/* The words of a party's name: the mention, and the place just before it. */
static struct span
party_name(const struct reader *reader, const struct party_draft *party)
{
	const struct token *last = &reader->tokens[party->last];
	uint32_t first = party->first;
	if (party->place != NO_VALUE && party->place_start < first &&
	    first - party->place_end == 1)
		first = party->place_start;
	struct span bytes = reader->pieces[last->piece].bytes;
	uint32_t start = reader->tokens[first].start;
	uint32_t first_byte = reader->parts != NULL ? reader->parts[last->piece].first : 0;
	return (struct span){bytes.at + (start - first_byte), last->end - start};
}

void
parties_read(struct reader *reader, struct party_list *parties)
{
	struct finder finder = {.reader = reader, .parties = parties,
	                        .vocabulary = reader->vocabulary};
	declared_start(&finder.declared, reader);
	names_elsewhere(reader);
	mark_choices(&finder);
	mark_asked(&finder);
	const struct places *all = places_find(reader);
	if (reader->notes != NULL)
		notes_recall_parties(reader, parties);
	join_placed(&finder, all);
	join_others(&finder, all);
	for (size_t i = 0; i < parties->count; i++) {
		struct party_draft *party = &parties->at[i];
		if (party->declared)
			continue;
		party->place_open = party->place_open || is_open(&finder, party);
		if (party->index != 0)
			continue;
		party->index = facts_party(
		        reader->facts,
		        (struct party){.role = is_served(reader, party) ? PARTY_SERVED : PARTY_ACTOR,
		                       .name = party_name(reader, party),
		                       .evidence = reader_evidence(reader, party->first,
		                                                   party->last, 0)});
	}	if (reader->notes != NULL)
		notes_take_parties(reader, parties);
}
