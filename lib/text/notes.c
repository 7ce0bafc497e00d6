#include "notes.h"

#include <stdlib.h>

/* What is recalled is in no sentence that a text gets to. */
enum { SENTENCE_APART = UINT32_MAX / 2 };

void
notes_start(struct notes *notes, struct arena *arena, const struct vocabulary *vocabulary,
            const struct text_piece *texts)
{
	*notes = (struct notes){.arena = arena, .vocabulary = vocabulary, .texts = texts};
}

void
notes_add_turn(struct notes *notes, uint32_t text)
{
	if (notes->turn_count != 0 && notes->turns[notes->turn_count - 1].text == text)
		return;
	notes->turns = arena_grow(notes->arena, notes->turns, notes->turn_count,
	                          &notes->turn_capacity, sizeof *notes->turns);
	notes->turns[notes->turn_count++] = (struct outlook){.text = text};
}

static int
by_text(const void *a, const void *b)
{
	const struct outlook *left = a, *right = b;
	return (left->text > right->text) - (left->text < right->text);
}

struct outlook *
notes_outlook(struct notes *notes, uint32_t text)
{
	struct outlook wanted = {.text = text};
	switch (notes->texts[text].role) {
	case TEXT_HEADING:
		return &notes->heading;
	case TEXT_BODY:
		return &notes->body;
	default:
		return notes->turn_count == 0
		               ? NULL
		               : bsearch(&wanted, notes->turns, notes->turn_count,
		                         sizeof wanted, by_text);
	}
}

static int
by_part(const void *a, const void *b)
{
	const struct text_part *left = a, *right = b;
	return (left->text > right->text) - (left->text < right->text);
}

/* The space of a text in a window, or one of its own. */
static uint32_t
space_of(struct reader *reader, uint32_t text)
{
	struct recollection *recalled = reader->recalled;
	struct text_part wanted = {.text = text};
	enum text_role role = reader->notes->texts[text].role;
	if (role != TEXT_TURN)
		return role == TEXT_HEADING ? SPACE_HEADING : SPACE_BODY;
	const struct text_part *part =
	        bsearch(&wanted, recalled->parts, reader->piece_count, sizeof wanted, by_part);
	if (part != NULL)
		return reader->spaces[part - recalled->parts];
	if (recalled->space == 0 || recalled->text != text) {
		recalled->space = reader->space_count++;
		recalled->text = text;
	}
	return recalled->space;
}

/* A token for what stands somewhere else. */
static uint32_t
recall(struct reader *reader, struct spot at, uint32_t word)
{
	struct recollection *recalled = reader->recalled;
	const struct text_piece *text = &reader->notes->texts[at.text];
	size_t piece = reader->piece_count + recalled->token_count;
	recalled->pieces[piece] = (struct text_piece){
	        .bytes = {"", 0}, .pointer = text->pointer, .role = text->role};
	recalled->parts[piece] = (struct text_part){.text = at.text};
	recalled->words[recalled->token_count++] = word;
	uint32_t paragraph =
	        reader->token_count != 0 ? reader->tokens[reader->token_count - 1].paragraph : 0;
	uint32_t space = space_of(reader, at.text);
	reader->tokens = arena_grow(reader->arena, reader->tokens, reader->token_count,
	                            &reader->token_capacity, sizeof *reader->tokens);
	reader->tokens[reader->token_count] = (struct token){
	        .text = "\n", .length = 1, .start = at.start, .end = at.end,
	        .piece = (uint32_t)piece, .space = space, .sentence = SENTENCE_APART,
	        .paragraph = paragraph, .mark = true, .stop = true, .gap = GAP_BREAK};
	return (uint32_t)reader->token_count++;
}

static size_t
recall_finding(struct reader *reader, struct finding finding)
{
	reader->findings = arena_grow(reader->arena, reader->findings, reader->finding_count,
	                              &reader->finding_capacity, sizeof *reader->findings);
	reader->findings[reader->finding_count] = finding;
	return reader->finding_count++;
}

static size_t
recall_place(struct reader *reader, const struct noted_place *place)
{
	if (place->finding.place == NO_VALUE)
		return SIZE_MAX;
	struct finding finding = place->finding;
	finding.first = finding.last = recall(reader, place->at, 0);
	finding.kind = NO_VALUE;
	return recall_finding(reader, finding);
}

/* The first token is that of its beginning, the last that of its end: the distance between
 * what the headings tell is that of the text. */
static struct draft
recall_draft(struct reader *reader, const struct noted_draft *noted)
{
	struct draft draft = noted->draft;
	uint32_t words = draft.last - draft.first;
	draft.first = draft.last = recall(reader, noted->at, noted->word);
	if (words != 0)
		draft.last = recall(reader, noted->at, noted->word + words);
	draft.trigger = 0;
	if (draft.item == UINT32_MAX)
		draft.finding = (uint32_t)recall_finding(
		        reader, (struct finding){draft.first, draft.last, noted->name, NO_VALUE,
		                                 NO_VALUE, false, false, false});
	return draft;
}

static const struct draft *
recall_cue(struct reader *reader, const struct noted_draft *noted, struct draft *cue)
{
	if (noted->draft.value == NO_VALUE)
		return NULL;
	*cue = recall_draft(reader, noted);
	return cue;
}

/* Whether something stands before all that a window judges of its texts. */
static bool
stands_before(const struct reader *reader, struct spot at)
{
	size_t own = 0;
	while (own + 1 < reader->piece_count &&
	       reader->parts[own].before == reader->pieces[own].bytes.length)
		own++;
	const struct text_part *part = &reader->parts[own];
	return at.text != part->text ? at.text < part->text
	                             : at.start < part->first + part->before;
}

static void
recall_mention(struct reader *reader, struct recalled_space *space)
{
	const struct outlook *outlook = space->outlook;
	bool heading = outlook == &reader->notes->heading;
	struct match_list *list = &reader->context;
	if (!outlook->mentions || (!(heading && reader->pieces[0].role != TEXT_HEADING) &&
	                           !stands_before(reader, outlook->mentioned)))
		return;
	uint32_t token = recall(reader, outlook->mentioned, 0);
	list->at = arena_grow(reader->arena, list->at, list->count, &list->capacity,
	                      sizeof *list->at);
	list->at[list->count++] = (struct match){outlook->mention, token, token};
	space->mention = (uint32_t)list->count;
}

static void
recall_space(struct reader *reader, uint32_t number, struct outlook *outlook)
{
	struct recalled_space *space = &reader->recalled->spaces[number];
	if (outlook == NULL || space->outlook != NULL)
		return;
	space->outlook = outlook;
	recall_mention(reader, space);
	space->places = (struct places){
	        .only = recall_place(reader, &outlook->only),
	        .other = recall_place(reader, &outlook->other),
	        .withheld = outlook->withheld,
	        .strong = recall_cue(reader, &outlook->strong, &space->cues[0]),
	        .weak = recall_cue(reader, &outlook->weak, &space->cues[1])};
}

static struct draft *
recall_all(struct reader *reader, const struct noted_drafts *noted)
{
	struct draft *drafts = arena_alloc(reader->arena, noted->count + 1, sizeof *drafts);
	for (size_t i = 0; i < noted->count; i++)
		drafts[i] = recall_draft(reader, &noted->at[i]);
	return drafts;
}

/* Room for all that may be recalled in a window. */
static void
make_room(struct reader *reader)
{
	enum { TOKENS_OF_SPACE = 7, TOKENS_OF_DRAFT = 2, TOKENS_OF_PARTY = 2 };
	const struct notes *notes = reader->notes;
	struct recollection *recalled = reader->recalled =
	        arena_alloc(reader->arena, 1, sizeof *recalled);
	size_t drafts = notes->headings.count + notes->elsewhere.count;
	size_t tokens = TOKENS_OF_SPACE * (reader->piece_count + 2) + TOKENS_OF_DRAFT * drafts +
	                TOKENS_OF_PARTY * notes->party_count;
	size_t spaces = reader->space_count + drafts + TOKENS_OF_PARTY * notes->party_count + 1;
	recalled->first = (uint32_t)reader->token_count;
	recalled->words = arena_alloc(reader->arena, tokens, sizeof *recalled->words);
	recalled->spaces = arena_alloc(reader->arena, spaces, sizeof *recalled->spaces);
	recalled->pieces = arena_alloc(reader->arena, reader->piece_count + tokens,
	                               sizeof *recalled->pieces);
	recalled->parts = arena_alloc(reader->arena, reader->piece_count + tokens,
	                              sizeof *recalled->parts);
	memcpy(recalled->pieces, reader->pieces, reader->piece_count * sizeof *reader->pieces);
	memcpy(recalled->parts, reader->parts, reader->piece_count * sizeof *reader->parts);
	reader->pieces = recalled->pieces;
	reader->parts = recalled->parts;
	for (size_t i = 0; i < spaces; i++)
		recalled->spaces[i].places.only = recalled->spaces[i].places.other = SIZE_MAX;
}

void
notes_recall(struct reader *reader)
{
	struct notes *notes = reader->notes;
	make_room(reader);
	recall_space(reader, SPACE_HEADING, &notes->heading);
	for (size_t i = 0; i < reader->piece_count; i++)
		recall_space(reader, reader->spaces[i],
		             notes_outlook(notes, reader->parts[i].text));
	reader->recalled->headings = recall_all(reader, &notes->headings);
	reader->recalled->elsewhere = recall_all(reader, &notes->elsewhere);
}

void
notes_recall_parties(struct reader *reader, struct party_list *parties)
{
	const struct notes *notes = reader->notes;
	parties->at = arena_alloc(reader->arena, PARTIES_MOST, sizeof *parties->at);
	parties->capacity = PARTIES_MOST;
	for (size_t i = 0; i < notes->party_count; i++) {
		const struct noted_party *noted = &notes->parties[i];
		struct party_draft *party = &parties->at[parties->count++];
		*party = noted->party;
		party->first = party->last = recall(reader, noted->met, 0);
		if (party->place != NO_VALUE)
			party->place_start = party->place_end = recall(reader, noted->place, 0);
	}
}

static void
add_drafts(struct reader *reader, const struct draft *drafts, size_t count,
           struct index_list *list)
{
	struct draft_list *all = &reader->drafts;
	for (size_t i = 0; i < count; i++) {
		all->at = arena_grow(reader->arena, all->at, all->count, &all->capacity,
		                     sizeof *all->at);
		passage_add(reader, list, (uint32_t)all->count);
		all->at[all->count++] = drafts[i];
	}
}

void
notes_recall_drafts(struct reader *reader, struct index_list *headings,
                    struct index_list *elsewhere)
{
	const struct notes *notes = reader->notes;
	add_drafts(reader, reader->recalled->headings, notes->headings.count, headings);
	add_drafts(reader, reader->recalled->elsewhere, notes->elsewhere.count, elsewhere);
}

bool
notes_recall_covers(const struct reader *reader, struct coverage *covers)
{
	bool any = false;
	for (uint32_t i = 0; i < reader->space_count; i++) {
		const struct recalled_space *space = &reader->recalled->spaces[i];
		if (space->outlook == NULL)
			continue;
		covers[i] = (struct coverage){.mention = space->mention,
		                              .work = space->outlook->work,
		                              .begun = space->outlook->begun,
		                              .quoted = space->outlook->quoted};
		any = any || space->mention != 0;
	}
	return any;
}

bool
notes_recalled(const struct reader *reader, const struct match *match)
{
	return reader->recalled != NULL && match->first >= reader->recalled->first;
}

uint32_t
words_between(const struct reader *reader, uint32_t from, uint32_t to)
{
	const struct recollection *recalled = reader->recalled;
	if (recalled == NULL || from < recalled->first || to < recalled->first)
		return to - from;
	return recalled->words[to - recalled->first] - recalled->words[from - recalled->first];
}

bool
notes_goes_on(const struct reader *reader, size_t token)
{
	const struct token *tokens = reader->tokens;
	const struct text_piece *piece = &reader->pieces[tokens[token].piece];
	bool first = token == 0 || tokens[token - 1].piece != tokens[token].piece;
	bool last = token + 1 == reader->token_count ||
	            tokens[token + 1].piece != tokens[token].piece;
	const struct text_part *part = &reader->parts[tokens[token].piece];
	size_t end = part->first + piece->bytes.length;
	return piece->bytes.length != 0 &&
	       ((first && part->first != 0) ||
	        (last && end != reader->notes->texts[part->text].bytes.length));
}
