#include "against_reading.h"

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
same_tells(const struct facts *a, const struct facts *b)
{
	bool same = a->tell_count == b->tell_count;
	for (size_t i = 0; i < a->tell_count && same; i++) {
		const struct tell *one = &a->tells[i], *other = &b->tells[i];
		same = one->value == other->value && one->party == other->party &&
		       one->group == other->group && one->telling == other->telling;
	}
	return same;
}

static bool
same_names(const struct request *a, const struct request *b)
{
	bool same = a->name_count == b->name_count;
	for (size_t i = 0; i < a->name_count && same; i++)
		same = span_equal(a->names[i].name, b->names[i].name);
	return same;
}

static bool
same_texts(const struct request *a, const struct request *b)
{
	bool same = a->text_count == b->text_count;
	for (size_t i = 0; i < a->text_count && same; i++)
		same = span_equal(a->texts[i].bytes, b->texts[i].bytes);
	return same;
}

static bool
same_notes(const struct request *a, const struct request *b)
{
	bool same = a->note_count == b->note_count;
	for (size_t i = 0; i < a->note_count && same; i++)
		same = same_text(a->notes[i].at, b->notes[i].at) &&
		       same_text(a->notes[i].note, b->notes[i].note);
	return same;
}

const char *
against_reading(const struct request *moulded, struct span record,
                const struct vocabulary *vocabulary, struct recall *recall, struct arena *arena)
{
	struct scan scan;
	struct request request;
	if (!scan_record(&scan, arena, record))
		return scan.error;
	request_read(&request, &scan, vocabulary, recall, arena, false, NULL);
	if (request.error != NULL)
		return request.error;
	if (request.names_read != 0)
		return "a name had to be read";
	if (!same_text(moulded->id, request.id))
		return "the ids differ";
	if (moulded->date != request.date)
		return "the dates differ";
	if (!same_tells(&moulded->facts, &request.facts))
		return "the facts differ";
	if (!same_names(moulded, &request))
		return "the names differ";
	if (!same_texts(moulded, &request))
		return "the texts differ";
	return same_notes(moulded, &request) ? NULL : "the notes differ";
}

bool
reading_mould(struct moulds *moulds, struct span record, const struct vocabulary *vocabulary,
              struct recall *recall, struct arena *arena)
{
	struct scan scan;
	struct request request;
	if (!scan_record(&scan, arena, record))
		return false;
	struct gap *gaps = arena_alloc(arena, scan.count, sizeof *gaps);
	request_read(&request, &scan, vocabulary, recall, arena, false, gaps);
	if (request.error == NULL)
		mould_make(moulds, &request, gaps);
	return request.error == NULL;
}
