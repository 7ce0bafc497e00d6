#include <zstd.h>
#include <zstd_errors.h>

#include "codec.h"

static void *
open_zstd(void)
{
	return ZSTD_createDStream();
}

static void
close_zstd(void *state)
{
	ZSTD_freeDStream(state);
}

/* The library's own limit of a window is DECODER_MEMORY. */
static enum codec_event
run_zstd(void *state, struct codec_bytes *bytes, bool last)
{
	ZSTD_inBuffer in = {bytes->in, bytes->in_length, 0};
	ZSTD_outBuffer out = {bytes->out, bytes->out_length, 0};
	(void)last;
	size_t result = ZSTD_decompressStream(state, &out, &in);
	bytes->in += in.pos;
	bytes->in_length -= in.pos;
	bytes->out += out.pos;
	bytes->out_length -= out.pos;
	if (!ZSTD_isError(result))
		return result == 0 ? CODEC_END : CODEC_GOING;
	switch (ZSTD_getErrorCode(result)) {
	case ZSTD_error_frameParameter_windowTooLarge: return CODEC_TOO_LARGE;
	case ZSTD_error_memory_allocation: return CODEC_NO_MEMORY;
	default: return CODEC_DAMAGED;
	}
}

const struct codec codec_zstd = {open_zstd, run_zstd, close_zstd};
