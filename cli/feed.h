/*
 * The inputs of a run, handed out piece by piece to the threads that judge
 * them. Each piece has a ticket, its number in the order of the inputs.
 */
#ifndef PROVISO_CLI_FEED_H
#define PROVISO_CLI_FEED_H

#include <pthread.h>
#include <stdatomic.h>

#include "input.h"

struct feed {
	pthread_mutex_t lock;
	const char *const *names;
	size_t count; /* names still to be opened */
	struct input_options options;
	bool allow_empty;
	const char *name; /* of the input that is open */
	struct input *input;
	size_t counted; /* bytes of it that pieces have accounted for */
	size_t tickets;
	atomic_bool stopped;
};

struct piece {
	size_t ticket;
	const char *name;    /* of the input */
	struct input *input; /* whose records these are, to be read by input_next(); or NULL */
	bool whole;          /* it is the input itself, which ends with this piece */
	bool held;           /* nothing else is handed out meanwhile */
	size_t taken;        /* bytes of the file that it is made of */
	size_t before;       /* those that were accounted for before; of a whole one */
	bool more;           /* there is enough for several threads */
	bool empty;          /* the input ended without a record, and should not have */
	char failure[128];   /* why the input could not be opened or read, or "" */
};

void feed_start(struct feed *, const char *const *names, size_t count,
                const struct input_options *, bool allow_empty);

/* The next piece; `part` is the caller's own, from input_part(), to be filled.
 * Waits for bytes, and for other callers. Returns false at the end. */
bool feed_take(struct feed *, struct piece *, struct input *part);

/* To be called when input_next() has given all, by the thread that took it.
 * Sets `failure`, `empty` and `taken` of a piece that is whole. */
void feed_return(struct feed *, struct piece *);

/* Nothing more is handed out. */
void feed_stop(struct feed *);

/* After all pieces have been returned. */
void feed_finish(struct feed *);

#endif
