#include "decoder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec.h"

struct format {
	const char *name;
	const char *magic;
	size_t length;
	unsigned char spare; /* bits of the first byte that may be anything */
	const struct codec *codec; /* NULL: not built in */
};

#ifdef PROVISO_GZIP
#define GZIP &codec_gzip
#else
#define GZIP NULL
#endif
#ifdef PROVISO_ZSTD
#define ZSTD &codec_zstd
#else
#define ZSTD NULL
#endif
#ifdef PROVISO_XZ
#define XZ &codec_xz
#else
#define XZ NULL
#endif

static const struct format formats[] = {
        {"gzip", "\x1F\x8B", 2, 0, GZIP},
        {"zstd", "\x28\xB5\x2F\xFD", 4, 0, ZSTD},
        {"zstd", "\x50\x2A\x4D\x18", 4, 0x0F, ZSTD}, /* a frame to be skipped comes first */
        {"xz", "\xFD" "7zXZ\0", 6, 0, XZ},
};

enum { FORMATS = sizeof formats / sizeof formats[0] };

struct decoder {
	const struct format *format;
	void *state;
	size_t passed;       /* compressed bytes before `bytes` */
	size_t at, end;      /* those at bytes[at, end) are still to be decoded */
	bool last;           /* nothing follows them */
	bool between, ended; /* a part has ended; all of it has, or is in trouble */
	char trouble[128];
	char bytes[DECODER_SIZE];
};

/* How many of the first bytes are as this format has them. */
static size_t
alike(const struct format *format, const char *bytes, size_t length)
{
	size_t count = 0;
	while (count < length && count < format->length) {
		unsigned char spare = count == 0 ? format->spare : 0;
		unsigned char got = (unsigned char)bytes[count];
		if ((got & ~spare) != (unsigned char)format->magic[count])
			return 0;
		count++;
	}
	return count;
}

enum sniffed
decoder_sniff(const char *bytes, size_t length)
{
	enum sniffed sniffed = SNIFFED_PLAIN;
	for (size_t i = 0; i < FORMATS; i++) {
		size_t count = alike(&formats[i], bytes, length);
		if (count == formats[i].length)
			return SNIFFED_COMPRESSED;
		if (count != 0)
			sniffed = SNIFFED_PART;
	}
	return sniffed;
}

static void
set_trouble(struct decoder *decoder, const char *what)
{
	decoder->ended = true;
	snprintf(decoder->trouble, sizeof decoder->trouble,
	         "%s %s at byte %zu of the compressed file", decoder->format->name, what,
	         decoder->passed + decoder->at);
}

struct decoder *
decoder_new(const char *bytes, size_t length)
{
	struct decoder *decoder = calloc(1, sizeof *decoder);
	if (decoder == NULL)
		return NULL;
	decoder->format = formats;
	while (alike(decoder->format, bytes, length) != decoder->format->length)
		decoder->format++;
	memcpy(decoder->bytes, bytes, length);
	decoder->end = length;
	if (decoder->format->codec == NULL) {
		decoder->ended = true;
		snprintf(decoder->trouble, sizeof decoder->trouble,
		         "compressed with %s, which this proviso was built without",
		         decoder->format->name);
		return decoder;
	}
	decoder->state = decoder->format->codec->open();
	if (decoder->state == NULL) {
		free(decoder);
		return NULL;
	}
	return decoder;
}

void
decoder_free(struct decoder *decoder)
{
	if (decoder == NULL)
		return;
	if (decoder->state != NULL)
		decoder->format->codec->close(decoder->state);
	free(decoder);
}

bool
decoder_is_hungry(const struct decoder *decoder)
{
	return !decoder->ended && !decoder->last && decoder->at == decoder->end;
}

char *
decoder_room(struct decoder *decoder)
{
	return decoder->bytes;
}

void
decoder_feed(struct decoder *decoder, size_t length)
{
	decoder->passed += decoder->end;
	decoder->at = 0;
	decoder->end = length;
	decoder->last = length == 0;
}

/* One call of the codec. */
static void
decode(struct decoder *decoder, struct codec_bytes *bytes)
{
	size_t in_before = bytes->in_length, out_before = bytes->out_length;
	enum codec_event event =
	        decoder->format->codec->run(decoder->state, bytes, decoder->last);
	bool moved = in_before != bytes->in_length || out_before != bytes->out_length;
	decoder->at = decoder->end - bytes->in_length;
	decoder->between = event == CODEC_END;
	if (event == CODEC_DAMAGED)
		set_trouble(decoder, "data found damaged");
	else if (event == CODEC_TOO_LARGE)
		set_trouble(decoder, "data needs more than 128 MiB to be decoded,");
	else if (event == CODEC_NO_MEMORY)
		set_trouble(decoder, "data: out of memory");
	else if (event == CODEC_GOING && !moved && decoder->last)
		set_trouble(decoder, "data ends too early,");
	else if (event == CODEC_GOING && !moved)
		set_trouble(decoder, "data found damaged");
}

size_t
decoder_run(struct decoder *decoder, char *bytes, size_t size)
{
	struct codec_bytes at = {(const unsigned char *)decoder->bytes + decoder->at,
	                         decoder->end - decoder->at, (unsigned char *)bytes, size};
	while (!decoder->ended && !decoder_is_hungry(decoder) && at.out_length != 0) {
		if (decoder->last && decoder->between && at.in_length == 0)
			decoder->ended = true;
		else
			decode(decoder, &at);
	}
	return size - at.out_length;
}

const char *
decoder_trouble(const struct decoder *decoder)
{
	return decoder->trouble[0] != '\0' ? decoder->trouble : NULL;
}
