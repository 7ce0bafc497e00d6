/* Moulds of records. */
#include "mould_parts.h"

enum {
	LONGEST_STEP = 4096,
	MOST_STEPS = 64,         /* that may stand in the same place */
	MOST_BYTES = 256 * 1024, /* of all moulds */
};

/* A form while it is made. */
struct making {
	struct moulds *moulds;
	const struct scan *scan;
	const struct gap *gaps; /* of each node */
	struct gap found[MOULD_GAPS];
	size_t found_count;
	struct step **link; /* where the next step belongs */
	struct step *last;  /* the one before it */
	size_t at;          /* the first byte that is in no step yet */
};

static void *
keep(struct moulds *moulds, size_t count, size_t size)
{
	moulds->bytes += count * size;
	return arena_alloc(&moulds->arena, count, size);
}

static struct step *
known_step(struct step *step, struct span bytes, enum follows follows)
{
	while (step != NULL && (step->follows != follows || step->length != bytes.length ||
	                        memcmp(step->bytes, bytes.at, bytes.length) != 0))
		step = step->other;
	return step;
}

/* NULL if there are too many already. Long ones come first: what is shorter may be how they
 * begin. */
static struct step *
new_step(struct making *making, struct span bytes, enum follows follows)
{
	struct step **link = making->link;
	size_t others = 0;
	for (const struct step *step = *link; step != NULL; step = step->other)
		others++;
	if (others == MOST_STEPS || bytes.length > LONGEST_STEP)
		return NULL;
	while (*link != NULL && (*link)->length >= bytes.length)
		link = &(*link)->other;
	struct step *step = keep(making->moulds, 1, sizeof *step + bytes.length);
	*step = (struct step){
	        .other = *link, .follows = follows, .length = (uint32_t)bytes.length};
	memcpy(step->bytes, bytes.at, bytes.length);
	return *link = step;
}

/* A step up to byte `end`, unless it is there already. */
static bool
add_step(struct making *making, size_t end, enum follows follows)
{
	struct span bytes = {making->scan->text.at + making->at, end - making->at};
	struct step *step = known_step(*making->link, bytes, follows);
	if (step == NULL && (step = new_step(making, bytes, follows)) == NULL)
		return false;
	making->last = step;
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

/* Adds the steps of what stands from byte `at` to `end`, where the nodes are from `first` to
 * `last`. Its elements have moulds of their own. */
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
	return add_step(making, end, FOLLOWS_END);
}

/* The mould at the end of these steps; NULL if there is none that is new. */
static struct mould *
add_mould(struct making *making)
{
	size_t count = making->found_count;
	struct mould **link = &making->last->mould;
	for (; *link != NULL; link = &(*link)->other)
		if (count == 0 ||
		    memcmp((*link)->gaps, making->found, count * sizeof *making->found) == 0)
			return NULL;
	struct mould *mould = keep(making->moulds, 1, sizeof *mould);
	mould->gaps = keep(making->moulds, count, sizeof *mould->gaps);
	mould->gap_count = count;
	if (count != 0)
		memcpy(mould->gaps, making->found, count * sizeof *mould->gaps);
	return *link = mould;
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
	if (add_steps(&making, making.at + raw.length, node, scan->nodes[node].next))
		add_mould(&making);
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
	struct mould *mould = add_mould(&making);
	if (mould == NULL)
		return;
	mould->date = request->date;
	if (request->id != NULL)
		mould->id = arena_copy(&moulds->arena, span_of(request->id));
	mould->tell_count = facts->tell_count;
	mould->tells = keep(moulds, facts->tell_count, sizeof *mould->tells);
	if (facts->tell_count != 0)
		memcpy(mould->tells, facts->tells, facts->tell_count * sizeof *mould->tells);
	keep_notes(moulds, mould, request);
}

static bool
is_gap(const struct request *request, const struct gap *gaps, uint32_t node, enum gap_kind kind,
       enum gap_kind other)
{
	return !request->scan->nodes[node].name &&
	       (gaps[node].kind == kind || gaps[node].kind == other);
}

/* Whether all texts and names stand in gaps: a text may be the name of a member. */
static bool
are_in_gaps(const struct request *request, const struct gap *gaps)
{
	for (size_t i = 0; i < request->text_count; i++)
		if (!is_gap(request, gaps, request->texts[i].place, GAP_TEXT, GAP_PURPOSE))
			return false;
	for (size_t i = 0; i < request->name_count; i++)
		if (!is_gap(request, gaps, request->names[i].place, GAP_NAME, GAP_PARTY))
			return false;
	return true;
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
