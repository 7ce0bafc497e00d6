#include "text.h"

#include "notes.h"

uint32_t
draft_term(const struct reader *reader, const struct draft *draft)
{
	if (draft->item != UINT32_MAX)
		return reader_item(reader, draft->item)->id;
	return reader->lexicon->names[reader->findings[draft->finding].name].id;
}

struct proviso_evidence
reader_evidence(const struct reader *reader, uint32_t first, uint32_t last, uint32_t term)
{
	const struct token *from = &reader->tokens[first], *to = &reader->tokens[last];
	return (struct proviso_evidence){
	        .at = reader->pieces[from->piece].pointer,
	        .ranged = true,
	        .start = from->start,
	        .end = to->end,
	        .term = term != 0 ? reader->lexicon->strings + term : NULL};
}

void
reader_start(struct reader *reader, struct facts *facts, const struct text_piece *pieces,
             size_t count)
{
	*reader = (struct reader){.arena = facts->arena,
	                          .vocabulary = facts->vocabulary,
	                          .lexicon = &facts->vocabulary->lexicon,
	                          .facts = facts,
	                          .words = facts->words,
	                          .pieces = pieces,
	                          .piece_count = count};
}

void
reader_read(struct reader *reader, struct party_list *parties)
{
	words_read(reader);
	sentences_count(reader);
	names_find(reader);
	match_run(reader);
	match_blank(reader);
	if (reader->notes != NULL)
		notes_recall(reader);
	context_read(reader);
	parties_read(reader, parties);
}

void
text_read(struct text_reading *reading, struct facts *facts, const struct text_piece *pieces,
          size_t count, bool mentions)
{
	struct reader *reader = arena_alloc(facts->arena, 1, sizeof *reader);
	struct party_list *parties = arena_alloc(facts->arena, 1, sizeof *parties);
	*reading = (struct text_reading){.reader = reader, .parties = parties};
	reader_start(reader, facts, pieces, count);
	reader_read(reader, parties);
	passages_read(reader, parties, reading, mentions);
}

struct tell
text_tell(const struct text_reading *reading, size_t i, uint32_t group)
{
	return told_tell(reading->reader, reading->parties, reading->told[i], group);
}

bool
text_speaks_of(const struct text_reading *reading, bool *parties, size_t count)
{
	bool more = false;
	for (size_t i = 0; reading->parties != NULL && i < reading->parties->count; i++) {
		uint32_t party = reading->parties->at[i].index;
		if (party > count || parties[party])
			continue;
		parties[party] = more = true;
	}
	return more;
}

static bool
list_meets(const struct reader *reader, const struct match_list *list, const char *id)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct item *item = reader_item(reader, list->at[i].item);
		if (strcmp(reader->lexicon->strings + item->id, id) == 0 &&
		    context_spelling_fits(reader, item, &list->at[i]))
			return true;
	}
	return false;
}

bool
reader_meets(struct facts *facts, const char *id, struct span text)
{
	struct reader reader;
	struct text_piece piece = {text, NULL, TEXT_BODY};
	reader_start(&reader, facts, &piece, 1);
	words_read(&reader);
	sentences_count(&reader);
	names_find(&reader);
	match_run(&reader);
	return list_meets(&reader, &reader.masks, id) || list_meets(&reader, &reader.context, id) ||
	       list_meets(&reader, &reader.patterns, id);
}

/* What a name tells of its party, and where that is. */
static void
tell_name(const struct reader *reader, const struct party_list *parties, struct facts *facts,
          struct tell tell)
{
	for (size_t i = 0; i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		if (draft->reading != READ_ASSERTED || draft->party == 0)
			continue;
		const struct party_draft *party = &parties->at[draft->party - 1];
		tell.value = draft->value;
		tell.telling = TELL_TRUE;
		tell.weak = draft->strength != STRENGTH_STRONG;
		tell.evidence = reader_evidence(reader, draft->first, draft->last,
		                                draft_term(reader, draft));
		facts_tell(facts, tell);
		if (party->place == NO_VALUE)
			continue;
		tell.value = party->place;
		tell.weak = party->place_weak;
		tell.evidence = reader_evidence(reader, party->place_start, party->place_end,
		                                party->place_term);
		facts_tell(facts, tell);
	}
}

/* Reading a name takes far more memory than what it tells: that is given back
 * unless what it tells had to be put behind it. */
void
text_read_name(struct facts *facts, struct span name, struct tell tell)
{
	struct reader reader;
	struct text_piece piece = {name, tell.evidence.at, TEXT_BODY};
	struct party_list parties = {0};
	struct facts alone = {.vocabulary = facts->vocabulary,
	                      .arena = facts->arena,
	                      .words = facts->words};
	struct arena_mark mark = arena_mark(facts->arena);
	size_t capacity = facts->tell_capacity;
	reader_start(&reader, &alone, &piece, 1);
	reader_read(&reader, &parties);
	tell_name(&reader, &parties, facts, tell);
	if (facts->tell_capacity == capacity)
		arena_release(facts->arena, mark);
}
