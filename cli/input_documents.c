#include "input_parts.h"

/* From now on, everything up to a line that begins with `{` is wrong. */
static void
set_wrong(struct input *input)
{
	input->rest = REST_WRONG;
	input->broken = true;
}

void
documents_pass_wrong(struct input *input)
{
	struct source *source = &input->source;
	int byte;
	while ((byte = source_peek(source, 0)) >= 0 &&
	       !(byte == '{' && source->byte == source->line_start))
		source_pass(source, 1);
}

/* How many bytes, up to `most` from the next one, are inside the value from `ahead` on,
 * as far as they have been read and can be told at once. */
static size_t
pass_inside(struct input *input, size_t ahead, size_t most)
{
	const struct source *source = &input->source;
	size_t held = source->end - source->at, to = most < held ? most : held;
	return to > ahead ? extent_pass(&input->extent, source->bytes + source->at + ahead,
	                                to - ahead)
	                  : 0;
}

void
documents_pass_value(struct input *input)
{
	for (;;) {
		source_pass(&input->source, pass_inside(input, 0, SIZE_MAX));
		int byte = source_peek(&input->source, 0);
		enum extent_event event = extent_next(&input->extent, byte);
		if (byte >= 0 && event != EXTENT_PAST && event != EXTENT_ANEW)
			source_pass(&input->source, 1);
		if (event == EXTENT_WRONG)
			set_wrong(input);
		input->broken = input->broken || event == EXTENT_ANEW;
		if (event != EXTENT_INSIDE)
			return;
	}
}

/* The bytes up to one that is wrong, with all that belongs to its character. */
static size_t
whole_character(struct source *source, size_t ahead)
{
	size_t length = ahead + 1;
	if (source_peek(source, ahead) < 0)
		return ahead;
	if (source_peek(source, ahead) >= 0xC0)
		while (length < ahead + 4 && (source_peek(source, length) & ~0x3F) == 0x80)
			length++;
	return length;
}

/* The value that starts here. Of one that is wrong, the bytes show why. */
static enum input_event
cut_value(struct input *input, struct record *record, const char *error)
{
	struct source *source = &input->source;
	enum extent_event event = EXTENT_INSIDE;
	size_t length = 0;
	input->extent = (struct extent){0};
	for (; event == EXTENT_INSIDE && length <= input->max_record; length++) {
		length += pass_inside(input, length, input->max_record);
		event = extent_next(&input->extent, source_peek(source, length));
	}
	if (event == EXTENT_PAST || event == EXTENT_ANEW)
		length--;
	input->broken = input->broken || event == EXTENT_ANEW;
	if (event == EXTENT_WRONG) {
		length = whole_character(source, length - 1);
		error = NULL;
		set_wrong(input);
	} else if (length > input->max_record) {
		error = input->too_long;
		input->rest = event == EXTENT_INSIDE ? REST_VALUE : REST_NONE;
	}
	bool whole = error != input->too_long;
	enum input_event given = input_give(input, record, whole ? length : 0, error);
	source_pass(source, length);
	return given;
}

/* Something is missing in a top-level array just before the next byte. */
static enum input_event
give_gap(struct input *input, struct record *record, const char *error)
{
	input->broken = true;
	return input_give(input, record, 0, error);
}

static enum input_event
next_element(struct input *input, struct record *record)
{
	const char *error = NULL;
	if (input->place == PLACE_VALUE && !input->broken) {
		error = "comma missing before this value";
		input->broken = true;
	}
	input->place = PLACE_VALUE;
	return cut_value(input, record, error);
}

/* A comma or closing bracket between the elements. Returns whether a value
 * should have stood before it. */
static bool
take_punctuation(struct input *input, int byte)
{
	bool missing = byte == ']' ? input->place == PLACE_COMMA : input->place != PLACE_VALUE;
	input->place = byte == ']' ? PLACE_TOP : PLACE_COMMA;
	return missing && !input->broken;
}

static enum input_event
end_documents(struct input *input, struct record *record)
{
	if (input->place == PLACE_TOP || input->broken || input->goes_on)
		return input_end(input);
	return give_gap(input, record, "input ends inside an array");
}

enum input_event
documents_next(struct input *input, struct record *record)
{
	for (;;) {
		int byte = input_pass_blank(input);
		if (byte < 0)
			return end_documents(input, record);
		if (input->place == PLACE_TOP && byte != '[')
			return cut_value(input, record, NULL);
		if (input->place != PLACE_TOP && byte != ',' && byte != ']')
			return next_element(input, record);
		enum input_event event = INPUT_END;
		if (input->place == PLACE_TOP) {
			input->place = PLACE_ARRAY;
			input->broken = false;
		} else if (take_punctuation(input, byte)) {
			event = give_gap(input, record, "value missing");
		}
		source_pass(&input->source, 1);
		if (event != INPUT_END)
			return event;
	}
}

/* Values one after the other as they should be, as far as they have been read. */
struct stretch {
	size_t at;    /* from the next byte of the input */
	size_t begin; /* of the value at hand */
	bool inside;  /* there is one */
	bool odd;     /* the next byte is not as it should be, as far as can be told here */
	enum place place;
	size_t length, count; /* up to the end of the last value; values */
	enum place last;
};

static void
stretch_value(struct input *input, struct stretch *stretch)
{
	struct source *source = &input->source;
	stretch->at += pass_inside(input, stretch->at, stretch->begin + input->max_record);
	if (stretch->at == source->end - source->at)
		return;
	enum extent_event event = extent_next(&input->extent, source_peek(source, stretch->at++));
	stretch->odd = (event != EXTENT_INSIDE && event != EXTENT_LAST) ||
	               stretch->at - stretch->begin > input->max_record;
	if (event != EXTENT_LAST || stretch->odd)
		return;
	stretch->inside = false;
	stretch->length = stretch->at;
	stretch->last = stretch->place;
	stretch->count++;
}

/* What stands between values. */
static void
stretch_between(struct input *input, struct stretch *stretch)
{
	int byte = source_peek(&input->source, stretch->at);
	bool array = stretch->place != PLACE_TOP, value = stretch->place == PLACE_VALUE;
	if (is_blank(byte)) {
		stretch->at++;
	} else if (!array && byte == '[') {
		stretch->place = PLACE_ARRAY;
		stretch->at++;
	} else if (array && (byte == ',' || byte == ']')) {
		stretch->odd = byte == ',' ? !value : stretch->place == PLACE_COMMA;
		stretch->place = byte == ',' ? PLACE_COMMA : PLACE_TOP;
		stretch->at++;
	} else {
		stretch->odd = value;
		stretch->inside = true;
		stretch->begin = stretch->at;
		stretch->place = array ? PLACE_VALUE : PLACE_TOP;
		input->extent = (struct extent){0};
	}
}

/* Passes what stands before the first value, however much it is. */
static void
pass_between(struct input *input, struct stretch *stretch)
{
	source_pass(&input->source, stretch->at);
	input->place = stretch->place;
	stretch->at = 0;
}

static struct stretch
find_stretch(struct input *input)
{
	struct source *source = &input->source;
	struct stretch stretch = {.place = input->place, .odd = input->broken};
	do {
		while (!stretch.odd && stretch.at < source->end - source->at) {
			if (stretch.inside)
				stretch_value(input, &stretch);
			else
				stretch_between(input, &stretch);
		}
		if (stretch.count == 0 && !stretch.inside && !stretch.odd)
			pass_between(input, &stretch);
		if (stretch.count != 0 &&
		    (stretch.at >= SOURCE_CHUNK / 2 || !source_is_ready(source)))
			break;
	} while (!stretch.odd && source_more(source));
	return stretch;
}

bool
documents_give(struct input *input, struct input *part)
{
	struct source *source = &input->source;
	struct stretch stretch = find_stretch(input);
	if (stretch.count == 0 || !source_give(source, &part->source, stretch.length))
		return false;
	input_begin_part(input, part);
	struct source passed = part->source;
	source_pass(&passed, stretch.length);
	source->line = passed.line;
	source->column = passed.column;
	source->line_start = passed.line_start;
	input->place = stretch.last;
	input->count += stretch.count;
	return true;
}
