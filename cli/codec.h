/* One compressed format: a file, and a line in the table of decoder.c. */
#ifndef PROVISO_CLI_CODEC_H
#define PROVISO_CLI_CODEC_H

#include <stdbool.h>
#include <stddef.h>

enum codec_event {
	CODEC_GOING,
	CODEC_END, /* of a part; another may follow */
	CODEC_DAMAGED,
	CODEC_TOO_LARGE, /* it would take more than DECODER_MEMORY */
	CODEC_NO_MEMORY,
};

/* Both are moved on past what was used. */
struct codec_bytes {
	const unsigned char *in;
	size_t in_length;
	unsigned char *out;
	size_t out_length;
};

struct codec {
	void *(*open)(void); /* NULL if memory ran out */
	/* `last`: nothing follows these bytes. */
	enum codec_event (*run)(void *state, struct codec_bytes *, bool last);
	void (*close)(void *state);
};

extern const struct codec codec_gzip, codec_zstd, codec_xz;

#endif
