/* What is noted of a window. */
#include "notes.h"

enum { ELSEWHERE_MOST = 8 };

/* In which spaces, and of which parties, a value was told to other turns. */
struct told_before {
	uint8_t times;
	uint32_t space, party;
};

static struct spot
spot_of(const struct reader *reader, uint32_t first, uint32_t last)
{
	const struct token *from = &reader->tokens[first], *to = &reader->tokens[last];
	return (struct spot){reader->parts[from->piece].text, from->start, to->end};
}

static struct noted_draft
note_draft(const struct reader *reader, const struct draft *draft)
{
	return (struct noted_draft){
	        .draft = *draft,
	        .name = draft->item == UINT32_MAX ? reader->findings[draft->finding].name : 0,
	        .at = spot_of(reader, draft->first, draft->last)};
}

static void
add_draft(struct notes *notes, struct noted_drafts *list, struct noted_draft noted)
{
	list->at = arena_grow(notes->arena, list->at, list->count, &list->capacity,
	                      sizeof *list->at);
	list->at[list->count++] = noted;
}

void
notes_share_speech(const struct reader *reader, bool *spaces)
{
	for (uint32_t i = 0; i < reader->space_count; i++) {
		struct outlook *outlook = reader->recalled->spaces[i].outlook;
		if (outlook == NULL)
			continue;
		if (reader->notes->taking)
			outlook->spoken = outlook->spoken || spaces[i];
		spaces[i] = outlook->spoken;
	}
}

void
notes_take_covers(const struct reader *reader, const struct coverage *covers)
{
	for (uint32_t i = 0; i < reader->space_count && reader->notes->taking; i++) {
		struct outlook *outlook = reader->recalled->spaces[i].outlook;
		if (outlook == NULL)
			continue;
		outlook->work = covers[i].work;
		outlook->begun = covers[i].begun;
		outlook->quoted = covers[i].quoted;
		if (covers[i].mention == 0 || outlook->mentions)
			continue;
		const struct match *match = &reader->context.at[covers[i].mention - 1];
		outlook->mentions = true;
		outlook->mention = match->item;
		outlook->mentioned = spot_of(reader, match->first, match->last);
	}
}

static void
take_place(const struct reader *reader, struct noted_place *place, size_t index)
{
	if (index == SIZE_MAX || place->finding.place != NO_VALUE)
		return;
	place->finding = reader->findings[index];
	place->at = spot_of(reader, place->finding.first, place->finding.last);
}

static void
take_cue(const struct reader *reader, struct noted_draft *cue, const struct draft *draft)
{
	if (draft != NULL && cue->draft.value == NO_VALUE)
		*cue = note_draft(reader, draft);
}

void
notes_take_places(const struct reader *reader, const struct places *places)
{
	for (uint32_t i = 0; i < reader->space_count && reader->notes->taking; i++) {
		struct outlook *outlook = reader->recalled->spaces[i].outlook;
		if (outlook == NULL)
			continue;
		take_place(reader, &outlook->only, places[i].only);
		take_place(reader, &outlook->other, places[i].other);
		take_cue(reader, &outlook->strong, places[i].strong);
		take_cue(reader, &outlook->weak, places[i].weak);
		outlook->withheld = places[i].withheld;
	}
}

/* What is judged by what is noted of a party stays as it is. */
void
notes_take_parties(const struct reader *reader, const struct party_list *parties)
{
	struct notes *notes = reader->notes;
	for (size_t i = notes->taking ? 0 : notes->party_count; i < parties->count; i++) {
		const struct party_draft *party = &parties->at[i];
		struct noted_party *noted = &notes->parties[i];
		noted->party = *party;
		noted->met = spot_of(reader, party->first, party->last);
		if (party->place != NO_VALUE)
			noted->place = spot_of(reader, party->place_start, party->place_end);
	}
	notes->party_count = parties->count;
}

/* Where a key stands in a table of a size that is a power of two, or would. */
static uint64_t *
key_place(uint64_t *keys, size_t size, uint64_t key)
{
	size_t place = (size_t)(key * 0x9E3779B97F4A7C15U >> 32) & (size - 1);
	while (keys[place] != key && keys[place] != 0)
		place = (place + 1) & (size - 1);
	return &keys[place];
}

/* Adds what a draft tells to what is told in the headings; false if it is. */
static bool
is_new(struct notes *notes, const struct draft *draft)
{
	enum { SIZE_FIRST = 256 };
	uint64_t key = (uint64_t)draft->value << 32 | (uint64_t)draft->party << 8 |
	               (uint64_t)draft->reading << 4 | draft->strength;
	if (notes->headings.count * 2 >= notes->heading_size) {
		size_t size = notes->heading_size != 0 ? notes->heading_size * 2 : SIZE_FIRST;
		uint64_t *keys = arena_alloc(notes->arena, size, sizeof *keys);
		for (size_t i = 0; i < notes->heading_size; i++) {
			if (notes->heading_keys[i] != 0)
				*key_place(keys, size, notes->heading_keys[i]) =
				        notes->heading_keys[i];
		}
		notes->heading_keys = keys;
		notes->heading_size = size;
	}
	uint64_t *place = key_place(notes->heading_keys, notes->heading_size, key);
	bool new = *place == 0;
	*place = key;
	return new;
}

void
notes_forget_headings(struct notes *notes)
{
	notes->headings.count = 0;
	notes->heading_size = 0;
	notes->heading_words = 0;
}

static void
take_heading(const struct reader *reader, const struct draft *draft, uint32_t first)
{
	struct notes *notes = reader->notes;
	if (!is_new(notes, draft))
		return;
	struct noted_draft noted = note_draft(reader, draft);
	noted.word = notes->heading_words + draft->first - first;
	add_draft(notes, &notes->headings, noted);
}

/* Of what turns assert, a few for each value. */
static void
take_elsewhere(const struct reader *reader, const struct draft *draft, uint32_t space)
{
	struct notes *notes = reader->notes;
	if (notes->told == NULL)
		notes->told = arena_alloc(notes->arena, notes->vocabulary->value_count + 1,
		                          sizeof *notes->told);
	struct told_before *told = &notes->told[draft->value];
	uint32_t text = reader->parts[reader->tokens[draft->first].piece].text;
	uint32_t number = space == SPACE_BODY ? space : SPACE_TURN + text;
	if (!draft_tells_turns(reader, draft) || told->times == ELSEWHERE_MOST ||
	    (told->times != 0 && told->space == number && told->party == draft->party))
		return;
	*told = (struct told_before){(uint8_t)(told->times + 1), number, draft->party};
	add_draft(notes, &notes->elsewhere, note_draft(reader, draft));
}

/* Whether what asks for work would make a draft asserted. */
static bool
is_covered(const struct reader *reader, const struct draft *draft)
{
	if (draft->reading != READ_MENTIONED || draft->trigger == 0)
		return false;
	uint32_t item = reader->context.at[draft->trigger - 1].item;
	uint8_t effect = reader_item(reader, item)->effect;
	return effect == EFFECT_MENTION || effect == EFFECT_MENTION_NEAR;
}

bool
notes_are_sure(const struct notes *notes)
{
	bool sure = !notes->body.covered || !notes->body.work;
	for (size_t i = 0; i < notes->turn_count && sure; i++)
		sure = !notes->turns[i].covered || !notes->turns[i].work;
	return sure;
}

void
notes_forget_turns(struct notes *notes)
{
	notes->elsewhere.count = 0;
	notes->told = NULL;
}

static void
see_draft(const struct reader *reader, const struct draft *draft, struct outlook *outlook)
{
	enum speaking speaking = draft_is_use(draft) || draft->party != 0
	                                 ? SPEAKS_OF_MORE
	                                 : SPEAKS_OF_CIRCUMSTANCES;
	if (outlook == NULL)
		return;
	if (speaking > outlook->speaking)
		outlook->speaking = speaking;
	outlook->covered = outlook->covered || is_covered(reader, draft);
}

/* The first token that is the window's to judge; the last one is set. */
static uint32_t
own_tokens(const struct reader *reader, uint32_t *last)
{
	uint32_t first = UINT32_MAX;
	*last = 0;
	for (uint32_t i = 0; i < reader->recalled->first; i++) {
		if (!reader_judges(reader, i))
			continue;
		first = first == UINT32_MAX ? i : first;
		*last = i;
	}
	return first;
}

bool
notes_take_drafts(const struct reader *reader)
{
	struct notes *notes = reader->notes;
	uint32_t last, first = own_tokens(reader, &last);
	bool any = false;
	for (size_t i = 0; i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		uint32_t space = reader->tokens[draft->first].space;
		if (!reader_judges(reader, draft->first))
			continue;
		any = true;
		see_draft(reader, draft, reader->recalled->spaces[space].outlook);
		if (space == SPACE_HEADING)
			take_heading(reader, draft, first);
		else
			take_elsewhere(reader, draft, space);
	}
	if (first <= last && reader->tokens[first].space == SPACE_HEADING)
		notes->heading_words += last - first + 1;
	return any;
}
