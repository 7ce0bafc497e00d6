/* Moulds of records. */
#include <stdalign.h>
#include <stddef.h>

#include "mould_parts.h"

enum {
	LONGEST_STEP = 4096,
	MOST_STEPS = 64, /* that may stand in the same place */
	MOST_BYTES = 256 * 1024, /* of all moulds */
};

/* A form while it is made. */
struct making {
	struct moulds *moulds;
	const struct scan *scan;
	const struct gap *gaps;   /* of each node */
	struct gap found[MOULD_GAPS];
	size_t found_count;
	struct step **link; /* where the next step belongs */
	size_t at;          /* the first byte that is in no step yet */
	struct mould *mould;
};

static void *
keep(struct moulds *moulds, size_t count, size_t size)
{
	moulds->bytes += count * size;
	return arena_alloc(&moulds->arena, count + 1, size);
}

/* The step of these bytes among those that `*link` is the first of, or the end of them. */
static struct step **
find_link(struct step **link, struct span bytes, enum follows follows, size_t *before)
{
	for (*before = 0; *link != NULL; link = &(*link)->other, ++*before) {
		const struct step *step = *link;
		if (step->follows == follows && step->length == bytes.length &&
		    memcmp(step->bytes, bytes.at, bytes.length) == 0)
			break;
	}
	return link;
}

/* A step up to byte `end`, unless it is there already. What comes first in a log is tried
 * first. */
static bool
add_step(struct making *making, size_t end, enum follows follows)
{
	struct span bytes = {making->scan->text.at + making->at, end - making->at};
	size_t before;
	struct step **link = find_link(making->link, bytes, follows, &before), *step = *link;
	if (bytes.length > LONGEST_STEP || before == MOST_STEPS)
		return false;
	if (step == NULL) {
		step = keep(making->moulds, 1, sizeof *step + bytes.length);
		step->follows = follows;
		step->length = (uint32_t)bytes.length;
		memcpy(step->bytes, bytes.at, bytes.length);
		*link = step;
	}
	if (follows == FOLLOWS_END && step->mould == NULL)
		step->mould = keep(making->moulds, 1, sizeof *step->mould);
	making->mould = step->mould;
	making->link = &step->next;
	return true;
}

/* What a node with a gap is to the steps; FOLLOWS_END: nothing. */
static enum follows
follows_of(const struct making *making, uint32_t node)
{
	const struct scan_node *value = &making->scan->nodes[node];
	enum gap_kind kind = making->gaps[node].kind;
	if (kind == GAP_ELEMENTS)
		return FOLLOWS_ELEMENTS;
	if (kind == GAP_NONE || value->name)
		return FOLLOWS_END;
	return value->type == SCAN_STRING   ? FOLLOWS_STRING
	       : value->type == SCAN_NUMBER ? FOLLOWS_NUMBER
	                                    : FOLLOWS_END;
}

static bool
add_gap(struct making *making, uint32_t node, enum follows follows)
{
	const struct scan_node *value = &making->scan->nodes[node];
	bool array = follows == FOLLOWS_ELEMENTS;
	if (making->found_count == MOULD_GAPS || !add_step(making, value->start + array, follows))
		return false;
	making->found[making->found_count++] = making->gaps[node];
	making->at = value->end - (size_t)array;
	return true;
}

/* Adds what stands from byte `at` to `end`, where the nodes are from `first` to `last`.
 * Its elements have moulds of their own. */
static bool
add_steps(struct making *making, size_t end, uint32_t first, uint32_t last)
{
	const struct scan_node *nodes = making->scan->nodes;
	for (uint32_t node = first; node < last;) {
		enum follows follows = follows_of(making, node);
		if (follows != FOLLOWS_END && !add_gap(making, node, follows))
			return false;
		node = follows == FOLLOWS_ELEMENTS ? nodes[node].next : node + 1;
	}
	if (!add_step(making, end, FOLLOWS_END))
		return false;
	struct mould *mould = making->mould;
	mould->gaps = keep(making->moulds, making->found_count, sizeof *mould->gaps);
	mould->gap_count = making->found_count;
	if (making->found_count != 0)
		memcpy(mould->gaps, making->found, making->found_count * sizeof *mould->gaps);
	return true;
}

static void
make_element(struct moulds *moulds, const struct scan *scan, const struct gap *gaps, uint32_t node)
{
	struct span raw = scan_raw(scan, node);
	struct making making = {.moulds = moulds,
	                        .scan = scan,
	                        .gaps = gaps,
	                        .link = &moulds->elements,
	                        .at = (size_t)(raw.at - scan->text.at)};
	add_steps(&making, making.at + raw.length, node, scan->nodes[node].next);
}

static void
make_elements(struct moulds *moulds, const struct scan *scan, const struct gap *gaps)
{
	const struct scan_node *nodes = scan->nodes;
	for (uint32_t node = 1; node < scan->count; node++) {
		if (gaps[node].kind != GAP_ELEMENTS)
			continue;
		for (uint32_t child = node + 1; child < nodes[node].next; child = nodes[child].next)
			make_element(moulds, scan, gaps, child);
	}
}

static void
keep_notes(struct moulds *moulds, struct mould *mould, const struct request *request)
{
	struct arena *arena = &moulds->arena;
	mould->note_count = request->note_count;
	mould->notes = keep(moulds, request->note_count, sizeof *mould->notes);
	for (size_t i = 0; i < request->note_count; i++) {
		struct span pointer = span_of(request->notes[i].at);
		struct span text = span_of(request->notes[i].note);
		moulds->bytes += pointer.length + text.length;
		mould->notes[i] = (struct proviso_note){arena_copy(arena, pointer),
		                                        arena_copy(arena, text)};
	}
}

static void
make_record(struct moulds *moulds, const struct request *request, const struct gap *gaps)
{
	const struct scan *scan = request->scan;
	const struct facts *facts = &request->facts;
	struct making making = {
	        .moulds = moulds, .scan = scan, .gaps = gaps, .link = &moulds->records};
	if (!add_steps(&making, scan->text.length, 0, scan->count))
		return;
	struct mould *mould = making.mould;
	mould->date = request->date;
	if (request->id != NULL)
		mould->id = arena_copy(&moulds->arena, span_of(request->id));
	mould->tell_count = facts->tell_count;
	mould->tells = keep(moulds, facts->tell_count, sizeof *mould->tells);
	if (facts->tell_count != 0)
		memcpy(mould->tells, facts->tells, facts->tell_count * sizeof *mould->tells);
	keep_notes(moulds, mould, request);
}

/* Whether all texts and names stand in gaps. */
static bool
are_in_gaps(const struct request *request, const struct gap *gaps)
{
	const struct scan *scan = request->scan;
	size_t texts = 0, names = 0;
	for (uint32_t node = 0; node < scan->count; node++) {
		enum gap_kind kind = scan->nodes[node].name ? GAP_NONE : gaps[node].kind;
		texts += kind == GAP_TEXT || kind == GAP_PURPOSE;
		names += kind == GAP_NAME;
	}
	return texts == request->text_count && names == request->name_count;
}

void
mould_make(struct moulds *moulds, const struct request *request, const struct gap *gaps)
{
	if (request->names_read != 0 || !are_in_gaps(request, gaps))
		return;
	if (moulds->bytes > MOST_BYTES || setjmp(moulds->arena.exhausted) != 0) {
		moulds_forget(moulds);
		return;
	}
	make_elements(moulds, request->scan, gaps);
	make_record(moulds, request, gaps);
}

void
moulds_forget(struct moulds *moulds)
{
	arena_free(&moulds->arena);
	moulds->records = moulds->elements = NULL;
	moulds->bytes = 0;
}
