#include "mould.h"

#include "mould_parts.h"
#include "request_parts.h"
#include "scan_parts.h"
#include "text/fold.h"

enum {
	LONGEST = 64 * 1024,  /* record: its texts are no long ones, its values not too many */
	LONGEST_NUMBER = 300, /* each of these a double holds */
	TRIES = 64,           /* records that may miss, and one more for two that fit */
	LATE = 1024,          /* that fit: what was before them counts less */
	REST = 4096,          /* records, where too many missed */
};

/* A record that is held against moulds. */
struct fitting {
	struct moulds *moulds;
	struct request *request;
	const unsigned char *at, *end;
	const struct vocabulary *vocabulary;
	struct recall *recall;
	struct arena *arena;
};

static inline uint64_t
eight_at(const void *at)
{
	uint64_t bytes;
	memcpy(&bytes, at, sizeof bytes);
	return bytes;
}

/* Names and signs are short. */
static inline bool
are_same(const unsigned char *a, const unsigned char *b, size_t length)
{
	size_t i = 0;
	for (; length > i + sizeof(uint64_t); i += sizeof(uint64_t))
		if (eight_at(a + i) != eight_at(b + i))
			return false;
	if (length >= sizeof(uint64_t))
		return eight_at(a + length - 8) == eight_at(b + length - 8);
	for (; i < length; i++)
		if (a[i] != b[i])
			return false;
	return true;
}

/* The step whose bytes come next. */
static inline const struct step *
find_step(const struct fitting *fitting, const struct step *step)
{
	size_t left = (size_t)(fitting->end - fitting->at);
	while (step != NULL &&
	       (step->length > left || !are_same(fitting->at, step->bytes, step->length)))
		step = step->other;
	return step;
}

/* The filling of the next gap; NULL where there are too many. */
static inline struct filling *
next_filling(struct moulds *moulds)
{
	return moulds->filling_count < MOULD_GAPS ? &moulds->fillings[moulds->filling_count++] : NULL;
}

/* A string behind its first quote. */
static inline bool
pass_string(struct fitting *fitting)
{
	const unsigned char *start = fitting->at, *end = scan_near(start, fitting->end);
	struct filling *filling = next_filling(fitting->moulds);
	if (filling == NULL)
		return false;
	bool near = end != NULL && *end == '"';
	if (!near)
		end = scan_whole_string(fitting->arena, start, fitting->end, &filling->text);
	if (end == NULL)
		return false;
	filling->raw = (struct span){(const char *)start, (size_t)(end - start)};
	if (near)
		filling->text = filling->raw;
	fitting->at = end;
	return true;
}

static const unsigned char *
pass_digits(const unsigned char *at, const unsigned char *end)
{
	while (at < end && *at >= '0' && *at <= '9')
		at++;
	return at;
}

/* A number without exponent, and not one that jansson may find too large. */
static bool
pass_number(struct fitting *fitting)
{
	const unsigned char *end = fitting->end, *start = fitting->at;
	const unsigned char *first = start + (start < end && *start == '-');
	const unsigned char *at = pass_digits(first, end);
	if (at == first || (*first == '0' && at - first > 1) || at - first > LONGEST_NUMBER)
		return false;
	if (at < end && *at == '.') {
		const unsigned char *point = at++;
		at = pass_digits(at, end);
		if (at == point + 1)
			return false;
	}
	struct filling *filling = next_filling(fitting->moulds);
	fitting->at = at;
	if (filling != NULL)
		filling->raw = filling->text =
		        (struct span){(const char *)start, (size_t)(at - start)};
	return filling != NULL;
}

static void
pass_space(struct fitting *fitting)
{
	while (fitting->at < fitting->end &&
	       (*fitting->at == ' ' || *fitting->at == '\n' || *fitting->at == '\r' ||
	        *fitting->at == '\t'))
		fitting->at++;
}

static const struct mould *pass_steps(struct fitting *, const struct step *first);

/* One element of an array, and the texts in it. */
static bool
pass_element(struct fitting *fitting)
{
	struct moulds *moulds = fitting->moulds;
	size_t before = moulds->filling_count;
	const struct mould *mould = pass_steps(fitting, moulds->elements);
	for (size_t i = 0; mould != NULL && i < mould->gap_count; i++) {
		if (mould->gaps[i].kind != GAP_TEXT)
			continue;
		if (moulds->held_count == MOULD_TEXTS)
			return false;
		moulds->held[moulds->held_count++] = moulds->fillings[before + i].text;
	}
	moulds->filling_count = before;
	return mould != NULL;
}

static bool
pass_elements(struct fitting *fitting)
{
	struct moulds *moulds = fitting->moulds;
	size_t first = moulds->held_count;
	pass_space(fitting);
	bool any = fitting->at < fitting->end && *fitting->at != ']';
	while (any) {
		if (!pass_element(fitting))
			return false;
		pass_space(fitting);
		any = fitting->at < fitting->end && *fitting->at == ',';
		fitting->at += any;
		if (any)
			pass_space(fitting);
	}
	struct filling *filling = next_filling(moulds);
	if (filling != NULL) {
		filling->first = first;
		filling->count = moulds->held_count - first;
	}
	return filling != NULL;
}

static bool
pass_gap(struct fitting *fitting, enum follows follows)
{
	switch (follows) {
	case FOLLOWS_STRING:
		return pass_string(fitting);
	case FOLLOWS_NUMBER:
		return pass_number(fitting);
	case FOLLOWS_ELEMENTS:
		return pass_elements(fitting);
	default:
		return false;
	}
}

/* From the first bytes to the end of a mould; NULL if there is none. */
static const struct mould *
pass_steps(struct fitting *fitting, const struct step *first)
{
	const struct step *step;
	while ((step = find_step(fitting, first)) != NULL) {
		fitting->at += step->length;
		if (step->follows == FOLLOWS_END)
			return step->mould;
		if (!pass_gap(fitting, step->follows))
			return NULL;
		first = step->next;
	}
	return NULL;
}

static bool
take_text(struct fitting *fitting, struct span text)
{
	struct request *request = fitting->request;
	if (request->text_count == MOULD_TEXTS || !fold_has_word(text))
		return false;
	request->texts[request->text_count++].bytes = text;
	return true;
}

/* That there are texts may be all that makes a record a request. */
static bool
take_elements(struct fitting *fitting, struct gap gap, const struct filling *filling)
{
	for (size_t i = 0; i < filling->count; i++)
		if (!take_text(fitting, fitting->moulds->held[filling->first + i]))
			return false;
	return gap.index == 0 || filling->count != 0;
}

static bool
take_id(struct fitting *fitting, struct gap gap, struct span bytes)
{
	size_t quote = gap.index != 0;
	struct span raw = {bytes.at - quote, bytes.length + 2 * quote};
	fitting->request->id = arena_copy(fitting->arena, raw);
	return true;
}

static bool
take_date(struct fitting *fitting, struct span text)
{
	fitting->request->date = date_parse(text);
	return request_date_trouble(fitting->request->date) == NULL;
}

static uint32_t
find_value(struct fitting *fitting, uint32_t axis, struct span text)
{
	return recall_value(fitting->recall, fitting->vocabulary, axis, text);
}

static bool
take_value(struct fitting *fitting, struct gap gap, struct span text)
{
	uint32_t value = find_value(fitting, gap.axis, text);
	fitting->request->facts.tells[gap.index].value = value;
	return value != NO_VALUE;
}

static bool
take_name(struct fitting *fitting, struct span text)
{
	struct request *request = fitting->request;
	request->names[request->name_count++].name = text;
	return true;
}

static bool
take_purpose(struct fitting *fitting, struct gap gap, struct span text)
{
	return !request_says_open(text) && find_value(fitting, gap.axis, text) == NO_VALUE &&
	       take_text(fitting, text);
}

static bool
take(struct fitting *fitting, struct gap gap, const struct filling *filling)
{
	switch (gap.kind) {
	case GAP_ID:
		return take_id(fitting, gap, filling->raw);
	case GAP_DATE:
		return take_date(fitting, filling->text);
	case GAP_TEXT:
		return take_text(fitting, filling->text);
	case GAP_PURPOSE:
		return take_purpose(fitting, gap, filling->text);
	case GAP_NAME:
		return take_name(fitting, filling->text);
	case GAP_PARTY:
		return request_is_name(fitting->recall, fitting->vocabulary, filling->text) &&
		       take_name(fitting, filling->text);
	case GAP_VALUE:
		return take_value(fitting, gap, filling->text);
	case GAP_ELEMENTS:
		return take_elements(fitting, gap, filling);
	default:
		return true;
	}
}

static bool
fill(struct fitting *fitting, const struct mould *mould)
{
	struct moulds *moulds = fitting->moulds;
	struct request *request = fitting->request;
	*request = (struct request){.facts = {.vocabulary = fitting->vocabulary,
	                                      .arena = fitting->arena,
	                                      .tells = mould->tells,
	                                      .tell_count = mould->tell_count},
	                            .names = moulds->names,
	                            .texts = moulds->texts,
	                            .notes = mould->notes,
	                            .note_count = mould->note_count,
	                            .note_capacity = mould->note_count,
	                            .id = mould->id,
	                            .date = mould->date,
	                            .moulded = true};
	for (size_t i = 0; i < mould->gap_count; i++)
		if (!take(fitting, mould->gaps[i], &moulds->fillings[i]))
			return false;
	return true;
}

/* Records of the last time count. */
static void
count(struct moulds *moulds, bool fits)
{
	++*(fits ? &moulds->fitted : &moulds->missed);
	if (moulds->fitted > LATE) {
		moulds->fitted /= 2;
		moulds->missed /= 2;
	}
}

bool
mould_fit(struct moulds *moulds, struct request *request, struct span record,
          const struct vocabulary *vocabulary, struct recall *recall, struct arena *arena)
{
	const unsigned char *at = (const unsigned char *)record.at;
	struct fitting fitting = {moulds, request, at, at + record.length, vocabulary, recall, arena};
	moulds->filling_count = moulds->held_count = 0;
	const struct mould *mould = pass_steps(&fitting, moulds->records);
	while (mould != NULL && (fitting.at != fitting.end || !fill(&fitting, mould)))
		mould = mould->other;
	count(moulds, mould != NULL);
	return mould != NULL;
}

bool
mould_wanted(struct moulds *moulds, struct span record)
{
	if (record.length > LONGEST)
		return false;
	if (moulds->resting != 0) {
		moulds->resting--;
		return false;
	}
	if (moulds->missed <= TRIES + moulds->fitted / 2)
		return true;
	moulds_forget(moulds);
	moulds->fitted = moulds->missed = 0;
	moulds->resting = REST;
	return false;
}
