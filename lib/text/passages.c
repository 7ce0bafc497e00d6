/*
 * The passages of a text. A passage is what stands within five sentences
 * around a use (or, where there is none, around a party or a circumstance), in
 * one space, with the headings.
 */
#include "notes.h"

enum { WINDOW = 5, ELSEWHERE_MOST = 8 };

/* Nothing is met but by drafts: a vocabulary has thousands of values, most texts
 * tell a few. */
static void
list_values(struct passage_maker *maker)
{
	const struct vocabulary *vocabulary = maker->vocabulary;
	const struct draft_list *drafts = &maker->reader->drafts;
	size_t count = 1, size = 4;
	for (size_t i = 0; i < drafts->count && count < vocabulary->value_count; i++)
		count += vocabulary->values[drafts->at[i].value].ancestor_count;
	while (size < count * 2 && size < vocabulary->value_count * (size_t)2)
		size *= 2;
	maker->values = arena_alloc(maker->reader->arena, size, sizeof *maker->values);
	maker->value_mask = (uint32_t)size - 1;
	for (size_t i = 0; i < drafts->count; i++) {
		const struct value *value = &vocabulary->values[drafts->at[i].value];
		for (uint32_t j = 0; j < value->ancestor_count; j++) {
			uint32_t number = vocabulary->links[value->ancestors + j];
			maker->values[passage_place(maker, number)] = number;
		}
	}
}

/* Of what the turns assert, a few for each value: enough for every turn to see
 * what the others tell. */
static void
pick_elsewhere(struct passage_maker *maker)
{
	struct reader *reader = maker->reader;
	if (reader->space_count <= SPACE_TURN)
		return;
	uint8_t *seen = arena_alloc(reader->arena, maker->value_mask + (size_t)1, sizeof *seen);
	uint32_t *space = arena_alloc(reader->arena, maker->value_mask + (size_t)1, sizeof *space);
	uint32_t *party = arena_alloc(reader->arena, maker->value_mask + (size_t)1, sizeof *party);
	for (uint32_t i = 0; i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		uint32_t here = reader->tokens[draft->first].space;
		uint32_t place = passage_place(maker, draft->value);
		if (!draft_tells_turns(reader, draft) || seen[place] == ELSEWHERE_MOST ||
		    (seen[place] != 0 && space[place] == here && party[place] == draft->party))
			continue;
		seen[place]++;
		space[place] = here;
		party[place] = draft->party;
		passage_add(reader, &maker->elsewhere, i);
	}
}

static uint32_t
sentence_of(const struct passage_maker *maker, uint32_t space, size_t position)
{
	const struct reader *reader = maker->reader;
	const struct draft *draft = &reader->drafts.at[maker->spaces[space].at[position]];
	return reader->tokens[draft->first].sentence;
}

/* A window that holds a use is a part of that use's own passage. */
static bool
window_has_use(const struct passage_maker *maker, const struct index_list *list, size_t low,
               size_t high)
{
	for (size_t i = low; i < high; i++) {
		if (draft_is_use(&maker->reader->drafts.at[list->at[i]]))
			return true;
	}
	return false;
}

/* Makes a passage around every sentence that holds a draft of the level: 0 a
 * use, 1 a party, 2 anything. Returns how many. */
static size_t
make_level(struct passage_maker *maker, uint32_t space, int level)
{
	const struct index_list *list = &maker->spaces[space];
	size_t low = 0, high = 0, last_low = SIZE_MAX, last_high = SIZE_MAX, made = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct draft *draft = &maker->reader->drafts.at[list->at[i]];
		if ((level == 0 && !draft_is_use(draft)) ||
		    (level == 1 && draft->party == 0) ||
		    !reader_judges(maker->reader, draft->first))
			continue;
		uint32_t sentence = sentence_of(maker, space, i);
		while (sentence_of(maker, space, low) + WINDOW < sentence)
			low++;
		while (high < list->count && sentence_of(maker, space, high) <= sentence + WINDOW)
			high++;
		if ((low == last_low && high == last_high) ||
		    (level != 0 && window_has_use(maker, list, low, high)))
			continue;
		passage_make(maker, space, low, high, level == 0);
		last_low = low;
		last_high = high;
		made++;
	}
	return made;
}

/* What is told of nothing but circumstances, or of nothing, counts where the whole space
 * tells no more. */
static void
make_space(struct passage_maker *maker, uint32_t space)
{
	const struct recollection *recalled = maker->reader->recalled;
	const struct outlook *outlook = recalled != NULL ? recalled->spaces[space].outlook : NULL;
	enum speaking speaking = outlook != NULL ? outlook->speaking : SPEAKS_OF_NOTHING;
	size_t made = make_level(maker, space, 0);
	made += make_level(maker, space, 1);
	if (made == 0 && speaking != SPEAKS_OF_MORE)
		made = make_level(maker, space, 2);
	if (made == 0 && speaking == SPEAKS_OF_NOTHING)
		passage_make(maker, space, 0, 0, true);
}

/* The headings belong to every passage: of drafts that tell the same, one. */
static void
pick_headings(struct passage_maker *maker)
{
	const struct reader *reader = maker->reader;
	const struct index_list *list = &maker->spaces[SPACE_HEADING];
	uint32_t *seen = arena_alloc(reader->arena, maker->value_mask + (size_t)1, sizeof *seen);
	uint32_t *party = arena_alloc(reader->arena, maker->value_mask + (size_t)1, sizeof *party);
	for (size_t i = 0; i < list->count; i++) {
		const struct draft *draft = &reader->drafts.at[list->at[i]];
		uint32_t bit = 1U << (draft->reading * 4 + draft->strength);
		uint32_t place = passage_place(maker, draft->value);
		if ((seen[place] & bit) && party[place] == draft->party)
			continue;
		seen[place] |= bit;
		party[place] = draft->party;
		passage_add(maker->reader, &maker->headings, list->at[i]);
	}
}

static void
make_mentions(struct passage_maker *maker, struct text_reading *reading)
{
	struct reader *reader = maker->reader;
	struct mention *mentions =
	        arena_alloc(reader->arena, reader->drafts.count + 1, sizeof *mentions);
	size_t count = 0;
	for (size_t i = 0; i < maker->draft_count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		bool last_line = draft->strength > STRENGTH_WEAK;
		if ((last_line && !maker->sends[i]) || !reader_judges(reader, draft->first))
			continue;
		struct mention *mention = &mentions[count++];
		*mention = (struct mention){
		        .value = draft->value,
		        .party = draft_party(maker->parties, draft),
		        .reading = draft->strength == STRENGTH_HINT ? READ_QUESTIONED
		                                                    : (enum reading)draft->reading,
		        .weak = draft->strength != STRENGTH_STRONG,
		        .evidence = reader_evidence(reader, draft->first, draft->last,
		                                    draft_term(reader, draft))};
		if (draft->reading == READ_ASSERTED && maker->lost[i] && !maker->sends[i])
			mention->reading = READ_SET_ASIDE;
		if (draft->trigger == 0)
			continue;
		const struct match *trigger = &reader->context.at[draft->trigger - 1];
		mention->trigger =
		        reader->lexicon->strings + reader_item(reader, trigger->item)->id;
		mention->trigger_start = reader->tokens[trigger->first].start;
		mention->trigger_end = reader->tokens[trigger->last].end;
	}
	reading->mentions = mentions;
	reading->mention_count = count;
}

void
passages_read(struct reader *reader, const struct party_list *parties,
              struct text_reading *reading, bool mentions)
{
	struct passage_maker maker = {.reader = reader,
	                              .vocabulary = reader->vocabulary,
	                              .parties = parties,
	                              .draft_count = reader->drafts.count};
	if (reader->notes != NULL)
		notes_recall_drafts(reader, &maker.headings, &maker.elsewhere);
	size_t drafts = reader->drafts.count + 1;
	list_values(&maker);
	size_t values = maker.value_mask + (size_t)1;
	maker.spaces = arena_alloc(reader->arena, reader->space_count + 1, sizeof *maker.spaces);
	maker.sends = arena_alloc(reader->arena, drafts, sizeof *maker.sends);
	maker.lost = arena_alloc(reader->arena, drafts, sizeof *maker.lost);
	maker.met = arena_alloc(reader->arena, values, sizeof *maker.met);
	maker.sent = arena_alloc(reader->arena, values, sizeof *maker.sent);
	maker.party_sent = arena_alloc(reader->arena, values, sizeof *maker.party_sent);
	maker.placed = arena_alloc(reader->arena, parties->count + 1, sizeof *maker.placed);
	bool *text = arena_alloc(reader->arena, reader->space_count + 1, sizeof *text);
	for (uint32_t i = 0; i < maker.draft_count; i++)
		passage_add(reader, &maker.spaces[reader->tokens[reader->drafts.at[i].first].space],
		          i);
	for (uint32_t i = 0; i < reader->token_count; i++)
		text[reader->tokens[i].space] |= reader_judges(reader, i);
	if (reader->notes == NULL) {
		pick_headings(&maker);
		pick_elsewhere(&maker);
	}
	for (uint32_t space = 1; space < reader->space_count; space++) {
		if (text[space])
			make_space(&maker, space);
	}
	if (maker.passage_count == 0 && text[SPACE_HEADING] &&
	    (reader->notes == NULL || reader->notes->headings_only))
		make_space(&maker, SPACE_HEADING);
	if (mentions)
		make_mentions(&maker, reading);
	reading->told = maker.told;
	reading->passages = maker.passages;
	reading->passage_count = maker.passage_count;
}
