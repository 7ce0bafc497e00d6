/*
 * One thread's part in a run: it takes pieces of the inputs, judges their
 * records, has them finished, and writes what came out when its turn comes.
 */
#ifndef PROVISO_CLI_WORKER_H
#define PROVISO_CLI_WORKER_H

#include "feed.h"
#include "options.h"
#include "progress.h"
#include "tally.h"
#include "turn.h"

enum { SIDES = 2 };

struct worker;

/* What all workers of a run share. */
struct run {
	const struct options *options;
	const struct proviso_engine *engines[SIDES]; /* one, or two to compare */
	bool explain;
	/* Counts and writes a request that has been judged. Returns false if memory ran
	 * out. */
	bool (*finish)(struct worker *, struct judged *);
	const char *finding; /* what is found of some requests, for the progress */
	const struct writer *writer; /* this and the next where a verdict is printed */
	struct style style;
	/* The rest is pipeline_run()'s. */
	bool terminal; /* standard output is one: a line is shown at once */
	bool together; /* notes go where the verdicts go */
	struct feed feed;
	struct turn turn;
	struct progress progress; /* this and the next belong to whose turn it is */
	int error;                /* of writing, or 0 */
	struct tally tally;       /* of all workers, when they have ended */
};

struct worker {
	struct run *run;
	struct proviso_session *sessions[SIDES]; /* one for each engine */
	struct input *part;
	struct parcel parcel; /* `done`: what the progress has not been told of */
	struct tally tally;
	struct piece piece;
	size_t told; /* bytes of the piece that the progress has been told of */
};

/* Returns false if memory ran out; worker_free() in any case. */
bool worker_start(struct worker *, struct run *);
void worker_free(struct worker *);

/* Takes one piece and judges it. Returns false if there is none. `more`, which
 * may be NULL, is called before it is judged if there is work for others. */
bool worker_step(struct worker *, void (*more)(void *data), void *data);

/* Judges a text given with --text; returns false if there is no going on. */
bool worker_judge_text(struct worker *, size_t n, const char *text);

/* Where messages go that belong to a request. */
struct output *worker_notes(struct worker *);

/* Writes out what there is, waiting for the worker's turn. */
void worker_flush(struct worker *);

#endif
