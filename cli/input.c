#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input_parts.h"

enum { DEFAULT_MAX = 16 * 1024 * 1024 };

struct input *
input_open(const char *name, const struct input_options *options)
{
	if (strcmp(name, "-") == 0)
		return input_attach(STDIN_FILENO, options);
	int descriptor;
	do
		descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	while (descriptor < 0 && errno == EINTR);
	if (descriptor < 0)
		return NULL;
	struct input *input = input_attach(descriptor, options);
	if (input == NULL) {
		close(descriptor);
		errno = ENOMEM;
	}
	return input;
}

struct input *
input_attach(int descriptor, const struct input_options *options)
{
	struct input *input = calloc(1, sizeof *input);
	if (input == NULL)
		return NULL;
	input->source = (struct source){.descriptor = descriptor,
	                                .idle = options->idle,
	                                .data = options->data,
	                                .line = 1,
	                                .column = 1};
	input->max_record = options->max_record != 0 ? options->max_record : DEFAULT_MAX;
	if (input->max_record > SIZE_MAX / 4)
		input->max_record = SIZE_MAX / 4;
	snprintf(input->too_long, sizeof input->too_long, "longer than %zu bytes",
	         input->max_record);
	return input;
}

void
input_close(struct input *input)
{
	if (input == NULL)
		return;
	if (input->source.descriptor > STDIN_FILENO)
		close(input->source.descriptor);
	decoder_free(input->source.decoder);
	free(input->source.bytes);
	free(input);
}

const char *
input_failure(const struct input *input)
{
	const struct source *source = &input->source;
	const char *trouble = source->decoder != NULL ? decoder_trouble(source->decoder) : NULL;
	return trouble != NULL ? trouble : strerror(source->error);
}

void
record_place(const struct record *record, size_t *line, size_t *column, size_t *byte)
{
	if (*line == 1)
		*column += record->column - 1;
	*line += record->line - 1;
	*byte += record->byte;
}

int
input_pass_blank(struct input *input)
{
	int byte;
	while (is_blank(byte = source_peek(&input->source, 0)))
		source_pass(&input->source, 1);
	return byte;
}

enum input_event
input_end(const struct input *input)
{
	if (input->source.error == 0)
		return INPUT_END;
	errno = input->source.error;
	return INPUT_FAILED;
}

enum input_event
input_give(struct input *input, struct record *record, size_t length, const char *error)
{
	const struct source *source = &input->source;
	if (source->error != 0)
		return input_end(input);
	*record = (struct record){
	        .bytes = {source->bytes + source->at, length},
	        .n = ++input->count,
	        .line = source->line,
	        .column = source->column,
	        .byte = source->byte,
	        .error = error,
	        .error_line = source->line,
	        .error_column = source->column,
	        .error_byte = source->byte,
	};
	return INPUT_RECORD;
}

static void
pass_rest(struct input *input)
{
	enum rest rest = input->rest;
	input->rest = REST_NONE;
	switch (rest) {
	case REST_NONE:
		break;
	case REST_FIRST_LINE:
		lines_pass_first(input);
		break;
	case REST_LINE:
		lines_pass(input);
		break;
	case REST_VALUE:
		documents_pass_value(input);
		break;
	case REST_WRONG:
		documents_pass_wrong(input);
		break;
	}
}

enum input_event
input_next(struct input *input, struct record *record)
{
	while (input->rest != REST_NONE)
		pass_rest(input);
	if (input->form == FORM_UNKNOWN)
		lines_find_form(input);
	switch (input->form) {
	case FORM_LINES:
		return lines_next(input, record);
	case FORM_DOCUMENTS:
		return documents_next(input, record);
	case FORM_REFUSED:
		*record = input->refused;
		input->form = FORM_LINES;
		return INPUT_RECORD;
	default:
		return lines_first_too_long(input, record);
	}
}

struct input *
input_part(void)
{
	return calloc(1, sizeof(struct input));
}

void
input_begin_part(const struct input *input, struct input *part)
{
	part->max_record = input->max_record;
	part->count = input->count;
	part->form = input->form;
	part->rest = REST_NONE;
	part->place = input->place;
	part->broken = false;
	part->goes_on = true;
	part->newline_count = part->newline = 0;
	memcpy(part->too_long, input->too_long, sizeof part->too_long);
}

/* A record too long to be kept is a part by itself. */
static enum input_parting
take_refused(struct input *input, struct input *part)
{
	if (input_next(input, &part->refused) != INPUT_RECORD)
		return INPUT_OVER;
	memcpy(part->too_long, input->too_long, sizeof part->too_long);
	part->refused.error = part->too_long;
	part->form = FORM_REFUSED;
	part->source.at = part->source.end = 0;
	part->source.ended = true;
	return INPUT_PART;
}

enum input_parting
input_take(struct input *input, struct input *part)
{
	while (input->rest != REST_NONE)
		pass_rest(input);
	if (input->form == FORM_UNKNOWN)
		lines_find_form(input);
	if (input->form == FORM_DOCUMENTS)
		return documents_give(input, part) ? INPUT_PART : INPUT_WHOLE;
	if (input->form == FORM_LINES && lines_give(input, part))
		return INPUT_PART;
	return take_refused(input, part);
}

void
input_set_idle(struct input *input, void (*idle)(void *data), void *data)
{
	input->source.idle = idle;
	input->source.data = data;
}

bool
input_is_file(const struct input *input)
{
	struct stat status;
	return input->source.descriptor != STDIN_FILENO &&
	       fstat(input->source.descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

size_t
input_taken(const struct input *input)
{
	return input->source.taken;
}

size_t
input_held(const struct input *input)
{
	return input->source.end - input->source.at;
}

size_t
input_count(const struct input *input)
{
	return input->count;
}
