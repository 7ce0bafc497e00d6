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
	if (source->decoder != NULL && !decoder_is_hungry(source->decoder))
		return true;
	return wait_ready(source, 0);
}

/* The next bytes of the file, whatever they mean. Returns how many; 0 at the
 * end, where the source is stopped, as it is after an error. */
static size_t
read_bytes(struct source *source, char *bytes, size_t size)
{
	if (source->idle != NULL && !wait_ready(source, 0))
		source->idle(source->data);
	for (;;) {
		ssize_t count = read(source->descriptor, bytes, size);
		if (count > 0) {
			source->taken += (size_t)count;
			return (size_t)count;
		}
		if (count == 0)
			return stop(source, 0);
		if (errno == EAGAIN)
			wait_ready(source, -1);
		else if (errno != EINTR)
			return stop(source, errno);
	}
}

/* Takes what has been read so far, which is the beginning, for compressed. */
static bool
start_decoder(struct source *source)
{
	source->decoder = decoder_new(source->bytes, source->end);
	if (source->decoder == NULL)
		return stop(source, ENOMEM);
	source->end = 0;
	return source_more(source);
}

static bool
read_first(struct source *source)
{
	enum sniffed sniffed = SNIFFED_PART;
	while (sniffed == SNIFFED_PART) {
		size_t count = read_bytes(source, source->bytes + source->end,
		                          DECODER_SIZE - source->end);
		source->end += count;
		if (count == 0)
			break;
		sniffed = decoder_sniff(source->bytes, source->end);
	}
	source->begun = true;
	if (sniffed == SNIFFED_COMPRESSED)
		return start_decoder(source);
	return source->end != 0;
}

static bool
decode_more(struct source *source, size_t room)
{
	struct decoder *decoder = source->decoder;
	for (;;) {
		size_t count = decoder_run(decoder, source->bytes + source->end, room);
		source->end += count;
		if (count != 0)
			return true;
		if (!decoder_is_hungry(decoder))
			return stop(source, decoder_trouble(decoder) != NULL ? EBADMSG : 0);
		size_t length = read_bytes(source, decoder_room(decoder), DECODER_SIZE);
		if (source->error != 0)
			return false;
		source->ended = false;
		decoder_feed(decoder, length);
	}
}

bool
source_more(struct source *source)
{
	if (source->ended || !make_room(source))
		return false;
	size_t room = source->capacity - source->end;
	room = room < SOURCE_CHUNK ? room : SOURCE_CHUNK;
	if (!source->begun)
		return read_first(source);
	if (source->decoder != NULL)
		return decode_more(source, room);
	size_t count = read_bytes(source, source->bytes + source->end, room);
	source->end += count;
	return count != 0;
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
	if (count == 0)
		return;
	const char *bytes = source->bytes + source->at, *end = bytes + count, *newline;
	size_t columns = 0;
	while ((newline = memchr(bytes, '\n', (size_t)(end - bytes))) != NULL) {
		source->byte += (size_t)(newline + 1 - bytes);
		start_line(source);
		bytes = newline + 1;
	}
	source->at += count;
	source->byte += (size_t)(end - bytes);
	for (; bytes < end; bytes++)
		columns += ((unsigned char)*bytes & 0xC0) != 0x80;
	source->column += columns;
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
	if (left != 0)
		memcpy(bytes, source->bytes + source->at + count, left);
	source->bytes = bytes;
	source->capacity = capacity;
	source->at = 0;
	source->end = left;
	source->byte += count;
	*other = given;
	other->descriptor = -1;
	other->decoder = NULL;
	other->idle = NULL;
	other->end = other->at + count;
	other->ended = true;
	other->error = 0;
	return true;
}
