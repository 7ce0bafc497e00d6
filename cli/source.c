#include "source.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	LEAST_READ = 64 * 1024,
	FIRST_CAPACITY = SOURCE_CHUNK + LEAST_READ,
	MOST_KEPT = 4 * FIRST_CAPACITY, /* of the memory that one long record needed */
};

static bool
stop(struct source *source, int error)
{
	source->ended = true;
	source->error = error;
	return false;
}

/* Room for a read after `end`. */
static bool
make_room(struct source *source)
{
	if (source->capacity - source->end >= LEAST_READ)
		return true;
	if (source->at > 0) {
		memmove(source->bytes, source->bytes + source->at, source->end - source->at);
		source->end -= source->at;
		source->at = 0;
	}
	if (source->capacity - source->end >= LEAST_READ)
		return true;
	size_t capacity = source->capacity == 0 ? FIRST_CAPACITY : source->capacity * 2;
	char *bytes = realloc(source->bytes, capacity);
	if (bytes == NULL)
		return stop(source, ENOMEM);
	source->bytes = bytes;
	source->capacity = capacity;
	return true;
}

static bool
wait_ready(const struct source *source, int timeout)
{
	struct pollfd wanted = {.fd = source->descriptor, .events = POLLIN};
	return poll(&wanted, 1, timeout) != 0;
}

bool
source_is_ready(const struct source *source)
{
	return wait_ready(source, 0);
}

bool
source_more(struct source *source)
{
	if (source->ended || !make_room(source))
		return false;
	if (source->idle != NULL && !source_is_ready(source))
		source->idle(source->data);
	size_t room = source->capacity - source->end;
	for (;;) {
		ssize_t count = read(source->descriptor, source->bytes + source->end,
		                     room < SOURCE_CHUNK ? room : SOURCE_CHUNK);
		if (count > 0) {
			source->end += (size_t)count;
			return true;
		}
		if (count == 0)
			return stop(source, 0);
		if (errno == EAGAIN)
			wait_ready(source, -1);
		else if (errno != EINTR)
			return stop(source, errno);
	}
}

static void
start_line(struct source *source)
{
	source->line++;
	source->column = 1;
	source->line_start = source->byte;
}

void
source_pass(struct source *source, size_t count)
{
	for (; count > 0; count--) {
		unsigned char byte = (unsigned char)source->bytes[source->at++];
		source->byte++;
		if (byte == '\n')
			start_line(source);
		else if ((byte & 0xC0) != 0x80)
			source->column++;
	}
}

void
source_pass_line(struct source *source, size_t count)
{
	source->at += count;
	source->byte += count;
	if (count > 0 && source->bytes[source->at - 1] == '\n')
		start_line(source);
}

bool
source_give(struct source *source, struct source *other, size_t count)
{
	struct source given = *source;
	size_t left = source->end - source->at - count;
	char *bytes = other->bytes;
	size_t capacity = other->capacity;
	if (capacity < left || capacity > MOST_KEPT) {
		capacity = left + FIRST_CAPACITY;
		free(bytes);
		other->bytes = NULL;
		other->capacity = 0;
		bytes = malloc(capacity);
		if (bytes == NULL)
			return stop(source, ENOMEM);
	}
	memcpy(bytes, source->bytes + source->at + count, left);
	source->bytes = bytes;
	source->capacity = capacity;
	source->at = 0;
	source->end = left;
	source->byte += count;
	*other = given;
	other->descriptor = -1;
	other->idle = NULL;
	other->end = other->at + count;
	other->ended = true;
	other->error = 0;
	return true;
}
