#include "input_parts.h"

/* How much white space is read after the first line to see what follows it. */
enum { LOOK_AHEAD = 64 * 1024 };

/* The newline that ends the line, where that has been looked for before; or NULL. */
static const char *
known_newline(struct input *input)
{
	const struct source *source = &input->source;
	while (input->newline < input->newline_count &&
	       input->newlines[input->newline] < source->at)
		input->newline++;
	return input->newline < input->newline_count ?
	               source->bytes + input->newlines[input->newline] : NULL;
}

/* The length of the line without its newline. More than the longest record and
 * a carriage return is only measured as far as it has been read. */
static size_t
measure_line(struct input *input)
{
	struct source *source = &input->source;
	const char *known = known_newline(input);
	if (known != NULL)
		return (size_t)(known - source->bytes) - source->at;
	for (size_t seen = 0;;) {
		const char *line = source->bytes + source->at;
		size_t left = source->end - source->at;
		const char *newline = left == seen ? NULL : memchr(line + seen, '\n', left - seen);
		if (newline != NULL)
			return (size_t)(newline - line);
		seen = left;
		if (seen > input->max_record + 1 || !source_more(source))
			return seen;
	}
}

static bool
is_too_long(const struct input *input, size_t line)
{
	bool returned = line > 0 && input->source.bytes[input->source.at + line - 1] == '\r';
	return line - returned > input->max_record;
}

static size_t
trim(const struct source *source, size_t length)
{
	while (length > 0 && is_blank((unsigned char)source->bytes[source->at + length - 1]))
		length--;
	return length;
}

/* Whether these next bytes are just one value. */
static bool
is_value(const struct source *source, size_t length)
{
	struct extent extent = {0};
	for (size_t i = 0;; i++) {
		int byte = i < length ? (unsigned char)source->bytes[source->at + i] : -1;
		enum extent_event event = extent_next(&extent, byte);
		if (event != EXTENT_INSIDE)
			return event == EXTENT_LAST ? i + 1 == length :
			                              event == EXTENT_PAST && i == length;
	}
}

/* Whether the next line that is not blank begins with `{`, the newline before
 * it being `ahead`. */
static bool
object_follows(struct source *source, size_t ahead)
{
	size_t limit = ahead + LOOK_AHEAD;
	while (ahead < limit && is_blank(source_peek(source, ahead)))
		ahead++;
	return source_peek(source, ahead) == '{' &&
	       source->bytes[source->at + ahead - 1] == '\n';
}

static void
pass_mark(struct source *source)
{
	if (source_peek(source, 0) != 0xEF || source_peek(source, 1) != 0xBB ||
	    source_peek(source, 2) != 0xBF)
		return;
	source_pass(source, 3);
	source->column = 1;
	source->line_start = source->byte;
}

/* Whether the value that starts here goes on beyond the longest record. */
static bool
outgrows(struct input *input)
{
	input->extent = (struct extent){0};
	for (size_t i = 0; i < input->max_record; i++)
		if (extent_next(&input->extent, source_peek(&input->source, i)) != EXTENT_INSIDE)
			return false;
	return true;
}

void
lines_find_form(struct input *input)
{
	struct source *source = &input->source;
	pass_mark(source);
	input->form = FORM_DOCUMENTS;
	int byte = input_pass_blank(input);
	if (byte < 0 || byte == '[')
		return;
	size_t line = measure_line(input);
	if (is_too_long(input, line))
		input->form = outgrows(input) ? FORM_UNKNOWN : FORM_DOCUMENTS;
	else if (is_value(source, trim(source, line)) || object_follows(source, line))
		input->form = FORM_LINES;
}

enum input_event
lines_first_too_long(struct input *input, struct record *record)
{
	enum input_event event = input_give(input, record, 0, input->too_long);
	source_pass(&input->source, input->max_record);
	input->rest = REST_FIRST_LINE;
	return event;
}

/* Where the value ends that was too long tells what the line is; should
 * another one begin on it, documents stand there one after the other. */
static enum extent_event
follow(struct extent *extent, enum extent_event event, int byte)
{
	if (event == EXTENT_INSIDE)
		event = extent_next(extent, byte);
	else if (event == EXTENT_LAST)
		event = EXTENT_PAST;
	return event == EXTENT_PAST && is_blank(byte) ? EXTENT_LAST : event;
}

void
lines_pass_first(struct input *input)
{
	struct source *source = &input->source;
	enum extent_event event = EXTENT_INSIDE;
	for (int byte = 0; byte != '\n'; source_pass(source, 1)) {
		byte = source_peek(source, 0);
		event = follow(&input->extent, event, byte);
		if (byte < 0 || event == EXTENT_PAST)
			break;
	}
	bool lines = event == EXTENT_LAST ||
	             (event != EXTENT_PAST && source_peek(source, 0) == '{');
	input->form = lines ? FORM_LINES : FORM_DOCUMENTS;
	if (!lines && event == EXTENT_INSIDE)
		input->rest = REST_VALUE;
	else if (!lines && event == EXTENT_WRONG)
		input->rest = REST_WRONG;
}

enum input_event
lines_next(struct input *input, struct record *record)
{
	struct source *source = &input->source;
	if (input_pass_blank(input) < 0)
		return input_end(input);
	size_t line = measure_line(input);
	if (is_too_long(input, line)) {
		input->rest = REST_LINE;
		return input_give(input, record, 0, input->too_long);
	}
	enum input_event event = input_give(input, record, trim(source, line), NULL);
	source_pass_line(source, line + (source->end - source->at > line));
	return event;
}

void
lines_pass(struct input *input)
{
	struct source *source = &input->source;
	for (;;) {
		size_t left = source->end - source->at;
		const char *line = source->bytes + source->at;
		const char *newline = left == 0 ? NULL : memchr(line, '\n', left);
		source_pass_line(source, newline != NULL ? (size_t)(newline - line) + 1 : left);
		if (newline != NULL || !source_more(source))
			return;
	}
}

/* Just behind the last newline of the bytes [from, end), or `from`. */
static size_t
last_line_end(const char *bytes, size_t from, size_t end)
{
	enum { STRIDE = 256 };
	while (end - from > STRIDE && memchr(bytes + end - STRIDE, '\n', STRIDE) == NULL)
		end -= STRIDE;
	while (end > from && bytes[end - 1] != '\n')
		end--;
	return end;
}

/* The length of the lines that are ready. */
static size_t
lines_ready(struct input *input)
{
	struct source *source = &input->source;
	size_t ready = 0;
	for (size_t seen = 0;;) {
		const char *lines = source->bytes + source->at;
		size_t left = source->end - source->at;
		size_t last = last_line_end(lines, seen, left);
		if (last > seen)
			ready = last;
		seen = left;
		if (ready == 0 && left > input->max_record + 1)
			return 0;
		if (ready != 0 && (left >= SOURCE_CHUNK / 2 || !source_is_ready(source)))
			return ready;
		if (!source_more(source))
			return source->error == 0 ? left : ready;
	}
}

/* Counts the lines given to a part, and those that are not blank. */
static void
count_lines(struct input *input, struct input *part, size_t length)
{
	const char *bytes = part->source.bytes, *line = bytes + part->source.at;
	const char *end = line + length;
	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		const char *stop = newline != NULL ? newline : end;
		while (line < stop && is_blank((unsigned char)*line))
			line++;
		input->count += line < stop;
		input->source.line += newline != NULL;
		if (newline != NULL && part->newline_count < NEWLINES_KNOWN)
			part->newlines[part->newline_count++] = (size_t)(newline - bytes);
		line = stop + 1;
	}
}

bool
lines_give(struct input *input, struct input *part)
{
	struct source *source = &input->source;
	if (input_pass_blank(input) < 0)
		return false;
	size_t length = lines_ready(input);
	if (length == 0 || !source_give(source, &part->source, length))
		return false;
	input_begin_part(input, part);
	count_lines(input, part, length);
	source->column = 1;
	source->line_start = source->byte;
	return true;
}
