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

/* Whether a name tells something already, from a telling on. */
static bool
tells_already(const struct facts *facts, size_t first, const struct tell *tell)
{
	for (size_t i = first; i < facts->tell_count; i++) {
		const struct tell *other = &facts->tells[i];
		if (other->value == tell->value && other->weak == tell->weak)
			return true;
	}
	return false;
}

/* A part of a party's name that is being read. */
struct name_part {
	struct facts *facts; /* which it tells */
	struct tell tell;
	size_t first; /* telling of the whole name */
	size_t byte;  /* of the name, that the part begins with */
};

static void
tell_part(const struct name_part *part, uint32_t value, bool weak,
          struct proviso_evidence evidence)
{
	struct tell tell = part->tell;
	tell.value = value;
	tell.telling = TELL_TRUE;
	tell.weak = weak;
	tell.evidence = evidence;
	tell.evidence.start += part->byte;
	tell.evidence.end += part->byte;
	if (!tells_already(part->facts, part->first, &tell))
		facts_tell(part->facts, tell);
}

/* What a name tells of its party, and where that is. */
static void
tell_name(const struct reader *reader, const struct party_list *parties,
          const struct name_part *part)
{
	for (size_t i = 0; i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		if (draft->reading != READ_ASSERTED || draft->party == 0)
			continue;
		const struct party_draft *party = &parties->at[draft->party - 1];
		tell_part(part, draft->value, draft->strength != STRENGTH_STRONG,
		          reader_evidence(reader, draft->first, draft->last,
		                          draft_term(reader, draft)));
		if (party->place != NO_VALUE)
			tell_part(part, party->place, party->place_weak,
			          reader_evidence(reader, party->place_start, party->place_end,
			                          party->place_term));
	}
}

/* Reading a name takes far more memory than what it tells: that is given back
 * unless what it tells had to be put behind it. */
static void
read_part(const struct name_part *part, struct span name)
{
	struct facts *facts = part->facts;
	struct reader reader;
	struct text_piece piece = {name, part->tell.evidence.at, TEXT_BODY};
	struct party_list parties = {0};
	struct facts alone = {.vocabulary = facts->vocabulary,
	                      .arena = facts->arena,
	                      .words = facts->words};
	struct arena_mark mark = arena_mark(facts->arena);
	size_t capacity = facts->tell_capacity;
	reader_start(&reader, &alone, &piece, 1);
	reader_read(&reader, &parties);
	tell_name(&reader, &parties, part);
	if (facts->tell_capacity == capacity)
		arena_release(facts->arena, mark);
}

/* A name of any length is read in parts, each of which begins with the end of the one
 * before. */
void
text_read_name(struct facts *facts, struct span name, struct tell tell)
{
	enum { PART_BYTES = 64 * 1024, AGAIN_BYTES = 4 * 1024 };
	struct name_part part = {facts, tell, facts->tell_count, 0};
	for (;;) {
		size_t rest = name.length - part.byte;
		read_part(&part, (struct span){name.at + part.byte,
		                               rest < PART_BYTES ? rest : PART_BYTES});
		if (rest <= PART_BYTES)
			return;
		part.byte += PART_BYTES - AGAIN_BYTES;
	}
}
