/*
 * Who may write now. What is worked on by several threads is numbered in the
 * order of the input, and written in that order.
 */
#ifndef PROVISO_CLI_TURN_H
#define PROVISO_CLI_TURN_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct turn {
	pthread_mutex_t lock;
	pthread_cond_t passed;
	size_t ticket; /* whose turn it is, from 0 */
};

#define TURN_START {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0}

/* Waits until it is the ticket's turn. */
void turn_wait(struct turn *, size_t ticket);
bool turn_has_come(struct turn *, size_t ticket);

/* Ends the present turn. */
void turn_pass(struct turn *);

#endif
