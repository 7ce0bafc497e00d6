/*
 * A buffered descriptor. It is flushed when it is full and whenever the caller
 * says so; the first error is kept and whatever follows it is dropped.
 */
#ifndef PROVISO_CLI_OUTPUT_H
#define PROVISO_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { OUTPUT_SIZE = 64 * 1024 };

struct output {
	char *bytes;
	size_t used, capacity;
	size_t limit; /* bytes that it may hold back */
	int descriptor;
	int error;                /* errno of the first write that failed, or 0 */
	void (*turn)(void *data); /* called before anything is written; or NULL */
	void *data;
};

/* Standard output, holding back OUTPUT_SIZE bytes at the most. output_finish()
 * ends it. */
void output_start(struct output *);

void output_flush(struct output *);

/* Exchanges what two outputs hold that is not written yet. */
void output_exchange(struct output *, struct output *);

/* Flushes and, where something could not be written, says so on standard
 * error (a closed pipe excepted). Returns whether all was written. Frees what
 * the output owns. */
bool output_finish(struct output *);
void output_free(struct output *);

/* What output_finish() says about an error. */
void output_complain(int error);

/* output_bytes() where there is too little room. */
void output_more(struct output *, const char *bytes, size_t length);

static inline void
output_bytes(struct output *output, const char *bytes, size_t length)
{
	if (length < output->capacity - output->used) {
		memcpy(output->bytes + output->used, bytes, length);
		output->used += length;
	} else {
		output_more(output, bytes, length);
	}
}

static inline void
output_text(struct output *output, const char *text)
{
	output_bytes(output, text, strlen(text));
}

void output_number(struct output *, size_t number);

/* As a JSON string; bytes that are not UTF-8 become U+FFFD. */
void output_json(struct output *, const char *text);

/* For people: control characters, bidirectional controls, backslashes and
 * bytes that are not UTF-8 are escaped, so that one line stays one line. */
void output_escaped(struct output *, const char *text, size_t length);

#endif
