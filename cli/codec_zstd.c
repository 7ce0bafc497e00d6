#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "codec.h"

enum {
	BLOCK_HEADER = 3, /* bytes; what the library asks for includes the next one's */
};

struct zstd {
	ZSTD_DStream *stream;
	size_t wanted; /* bytes that it asked for */
	bool full;     /* it may hold more than there was room for */
};

static void *
open_zstd(void)
{
	struct zstd *zstd = calloc(1, sizeof *zstd);
	if (zstd != NULL && (zstd->stream = ZSTD_createDStream()) == NULL) {
		free(zstd);
		return NULL;
	}
	if (zstd != NULL)
		zstd->wanted = ZSTD_initDStream(zstd->stream);
	return zstd;
}

static void
close_zstd(void *state)
{
	struct zstd *zstd = state;
	ZSTD_freeDStream(zstd->stream);
	free(zstd);
}

/* The library's own limit of a window is DECODER_MEMORY. */
static enum codec_event
error_event(size_t result)
{
	switch (ZSTD_getErrorCode(result)) {
	case ZSTD_error_frameParameter_windowTooLarge: return CODEC_TOO_LARGE;
	case ZSTD_error_memory_allocation: return CODEC_NO_MEMORY;
	default: return CODEC_DAMAGED;
	}
}

/* A call that fails hands over nothing of what it decoded before it failed. So no
 * call gets more than one header or one block, nor any byte while the last one's
 * is still being handed over. */
static size_t
bite(const struct zstd *zstd, size_t most)
{
	size_t length = zstd->wanted > BLOCK_HEADER ? zstd->wanted - BLOCK_HEADER : zstd->wanted;
	if (zstd->full)
		return 0;
	return length < most ? length : most;
}

static enum codec_event
run_bite(struct zstd *zstd, struct codec_bytes *bytes)
{
	ZSTD_inBuffer in = {bytes->in, bite(zstd, bytes->in_length), 0};
	ZSTD_outBuffer out = {bytes->out, bytes->out_length, 0};
	size_t result = ZSTD_decompressStream(zstd->stream, &out, &in);
	if (ZSTD_isError(result))
		return error_event(result);
	bytes->in += in.pos;
	bytes->in_length -= in.pos;
	bytes->out += out.pos;
	bytes->out_length -= out.pos;
	zstd->full = result != 0 && bytes->out_length == 0;
	zstd->wanted = result != 0 ? result : ZSTD_initDStream(zstd->stream);
	return result != 0 ? CODEC_GOING : CODEC_END;
}

static enum codec_event
run_zstd(void *state, struct codec_bytes *bytes, bool last)
{
	struct zstd *zstd = state;
	enum codec_event event;
	(void)last;
	do
		event = run_bite(zstd, bytes);
	while (event == CODEC_GOING && bytes->out_length != 0 && bytes->in_length != 0);
	return event;
}

const struct codec codec_zstd = {open_zstd, run_zstd, close_zstd};
