/*
 * Who may write now. What is worked on by several threads is numbered in the
 * order of the input, and written in that order. What is done before its turn may
 * be left here, and is written by whose turn ends just before.
 */
#ifndef PROVISO_CLI_TURN_H
#define PROVISO_CLI_TURN_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "output.h"
#include "progress.h"

/* What is to be written in a turn. */
struct parcel {
	struct output output, notes;
	struct done done;
};

enum {
	PARCELS_MOST = 64,
	PARCEL_BYTES_MOST = 8 * 1024 * 1024, /* that parcels hold which wait for their turn */
};

struct turn {
	pthread_mutex_t lock;
	pthread_cond_t passed;
	size_t ticket; /* whose turn it is, from 0 */
	struct {
		struct parcel parcel;
		bool taken;
	} left[PARCELS_MOST]; /* by ticket */
	size_t held;              /* bytes of all of these */
};

void turn_start(struct turn *);
void turn_finish(struct turn *);

/* Waits until it is the ticket's turn. */
void turn_wait(struct turn *, size_t ticket);
bool turn_has_come(struct turn *, size_t ticket);

/* Leaves a parcel for its turn, and gives back an empty one for it. Returns false if
 * that has come, or no more can be held. */
bool turn_leave(struct turn *, size_t ticket, struct parcel *);

/* Ends the present turn. Returns true if a parcel was left for the next one, which is
 * put in the place of an empty one: then that turn is the caller's, too. */
bool turn_pass(struct turn *, struct parcel *);

#endif
