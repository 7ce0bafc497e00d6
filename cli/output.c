#include "output.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "characters.h"
#include "message.h"

enum { FIRST_CAPACITY = 4 * 1024 };

void
output_start(struct output *output)
{
	*output = (struct output){.descriptor = STDOUT_FILENO, .limit = OUTPUT_SIZE};
}

void
output_flush(struct output *output)
{
	size_t written = 0;
	if (output->used != 0 && output->turn != NULL)
		output->turn(output->data);
	while (written < output->used && output->error == 0) {
		ssize_t count = write(output->descriptor, output->bytes + written,
		                      output->used - written);
		if (count >= 0)
			written += (size_t)count;
		else if (errno == EAGAIN)
			poll(&(struct pollfd){.fd = output->descriptor, .events = POLLOUT}, 1, -1);
		else if (errno != EINTR)
			output->error = errno;
	}
	output->used = 0;
}

void
output_exchange(struct output *one, struct output *other)
{
	struct output held = *one;
	one->bytes = other->bytes;
	one->used = other->used;
	one->capacity = other->capacity;
	other->bytes = held.bytes;
	other->used = held.used;
	other->capacity = held.capacity;
}

void
output_complain(int error)
{
	if (error != 0 && error != EPIPE)
		message("standard output: %s", strerror(error));
}

bool
output_finish(struct output *output)
{
	output_flush(output);
	output_free(output);
	output_complain(output->error);
	return output->error == 0;
}

void
output_free(struct output *output)
{
	free(output->bytes);
	output->bytes = NULL;
	output->used = output->capacity = 0;
}

/* Room for one more byte at the least; false if there is no going on. */
static bool
make_room(struct output *output)
{
	if (output->used == output->capacity && output->capacity < output->limit) {
		size_t capacity = output->capacity != 0 ? output->capacity * 2 : FIRST_CAPACITY;
		char *bytes = realloc(output->bytes, capacity);
		if (bytes != NULL) {
			output->bytes = bytes;
			output->capacity = capacity;
		} else if (output->used == 0) {
			output->error = ENOMEM;
		}
	}
	if (output->used == output->capacity)
		output_flush(output);
	return output->error == 0;
}

void
output_more(struct output *output, const char *bytes, size_t length)
{
	while (length != 0 && make_room(output)) {
		size_t room = output->capacity - output->used;
		size_t taken = length < room ? length : room;
		memcpy(output->bytes + output->used, bytes, taken);
		output->used += taken;
		bytes += taken;
		length -= taken;
	}
}

void
output_number(struct output *output, size_t number)
{
	char digits[3 * sizeof number];
	size_t first = sizeof digits;
	do
		digits[--first] = (char)('0' + number % 10);
	while ((number /= 10) != 0);
	output_bytes(output, digits + first, sizeof digits - first);
}

/* The escapes that JSON and the text format share, or NULL. */
static const char *
short_escape(uint32_t code)
{
	switch (code) {
	case '\b': return "\\b";
	case '\t': return "\\t";
	case '\n': return "\\n";
	case '\f': return "\\f";
	case '\r': return "\\r";
	case '\\': return "\\\\";
	default: return NULL;
	}
}

static void
output_code(struct output *output, const char *format, uint32_t code)
{
	char escape[16];
	snprintf(escape, sizeof escape, format, (unsigned)code);
	output_text(output, escape);
}

/* Writes what needs no escape; returns how long it is. */
static size_t
output_plain(struct output *output, const char *text, size_t length)
{
	size_t plain = characters_plain(text, length);
	output_bytes(output, text, plain);
	return plain;
}

void
output_json(struct output *output, const char *text)
{
	const char *end = text + strlen(text);
	output_text(output, "\"");
	while ((text += output_plain(output, text, (size_t)(end - text))) != end) {
		struct character c = character_at(text, (size_t)(end - text));
		if (!c.valid)
			output_text(output, "\xef\xbf\xbd");
		else if (c.code == '"')
			output_text(output, "\\\"");
		else if (short_escape(c.code) != NULL)
			output_text(output, short_escape(c.code));
		else if (character_is_control(c.code))
			output_code(output, "\\u%04x", c.code);
		else
			output_bytes(output, text, c.length);
		text += c.length;
	}
	output_text(output, "\"");
}

void
output_escaped(struct output *output, const char *text, size_t length)
{
	const char *end = text + length;
	while ((text += output_plain(output, text, (size_t)(end - text))) != end) {
		struct character c = character_at(text, (size_t)(end - text));
		if (!c.valid)
			output_code(output, "\\x%02x", c.code);
		else if (short_escape(c.code) != NULL)
			output_text(output, short_escape(c.code));
		else if (character_is_control(c.code))
			output_code(output, "\\u%04x", c.code);
		else
			output_bytes(output, text, c.length);
		text += c.length;
	}
}
