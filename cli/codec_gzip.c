#define ZLIB_CONST
#include <stdlib.h>
#include <zlib.h>

#include "codec.h"

struct gzip {
	z_stream stream;
	bool between; /* one member has ended */
};

static void *
open_gzip(void)
{
	const int gzip_only = 16;
	struct gzip *gzip = calloc(1, sizeof *gzip);
	if (gzip != NULL && inflateInit2(&gzip->stream, MAX_WBITS + gzip_only) != Z_OK) {
		free(gzip);
		return NULL;
	}
	return gzip;
}

static void
close_gzip(void *state)
{
	struct gzip *gzip = state;
	inflateEnd(&gzip->stream);
	free(gzip);
}

static enum codec_event
run_member(z_stream *stream, struct codec_bytes *bytes)
{
	const size_t most = 1U << 30;
	stream->next_in = bytes->in;
	stream->avail_in = (uInt)(bytes->in_length < most ? bytes->in_length : most);
	stream->next_out = bytes->out;
	stream->avail_out = (uInt)(bytes->out_length < most ? bytes->out_length : most);
	int result = inflate(stream, Z_NO_FLUSH);
	bytes->in_length -= (size_t)(stream->next_in - bytes->in);
	bytes->in = stream->next_in;
	bytes->out_length -= (size_t)(stream->next_out - bytes->out);
	bytes->out = stream->next_out;
	switch (result) {
	case Z_OK:
	case Z_BUF_ERROR: return CODEC_GOING;
	case Z_STREAM_END: return inflateReset(stream) == Z_OK ? CODEC_END : CODEC_DAMAGED;
	case Z_MEM_ERROR: return CODEC_NO_MEMORY;
	default: return CODEC_DAMAGED;
	}
}

/* Zeroes may stand between members and after the last one. */
static enum codec_event
run_gzip(void *state, struct codec_bytes *bytes, bool last)
{
	struct gzip *gzip = state;
	(void)last;
	while (gzip->between && bytes->in_length != 0 && *bytes->in == 0) {
		bytes->in++;
		bytes->in_length--;
	}
	if (gzip->between && bytes->in_length == 0)
		return CODEC_END;
	enum codec_event event = run_member(&gzip->stream, bytes);
	gzip->between = event == CODEC_END;
	return event;
}

const struct codec codec_gzip = {open_gzip, run_gzip, close_gzip};
