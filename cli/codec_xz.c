#include <lzma.h>
#include <stdlib.h>

#include "codec.h"
#include "decoder.h"

static void *
open_xz(void)
{
	lzma_stream *stream = calloc(1, sizeof *stream);
	if (stream != NULL &&
	    lzma_stream_decoder(stream, DECODER_MEMORY, LZMA_CONCATENATED) != LZMA_OK) {
		free(stream);
		return NULL;
	}
	return stream;
}

static void
close_xz(void *state)
{
	lzma_end(state);
	free(state);
}

static enum codec_event
run_xz(void *state, struct codec_bytes *bytes, bool last)
{
	lzma_stream *stream = state;
	stream->next_in = bytes->in;
	stream->avail_in = bytes->in_length;
	stream->next_out = bytes->out;
	stream->avail_out = bytes->out_length;
	lzma_ret result = lzma_code(stream, last ? LZMA_FINISH : LZMA_RUN);
	bytes->in = stream->next_in;
	bytes->in_length = stream->avail_in;
	bytes->out = stream->next_out;
	bytes->out_length = stream->avail_out;
	switch (result) {
	case LZMA_OK:
	case LZMA_BUF_ERROR: return CODEC_GOING;
	case LZMA_STREAM_END: return CODEC_END;
	case LZMA_MEMLIMIT_ERROR: return CODEC_TOO_LARGE;
	case LZMA_MEM_ERROR: return CODEC_NO_MEMORY;
	default: return CODEC_DAMAGED;
	}
}

const struct codec codec_xz = {open_xz, run_xz, close_xz};
