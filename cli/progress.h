/*
 * A line on the terminal's standard error that says how far a long run has
 * come: drawn after a second at the earliest, over and over, and wiped at the
 * end. It belongs to whose turn it is to write.
 */
#ifndef PROVISO_CLI_PROGRESS_H
#define PROVISO_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct options;

struct done {
	uint64_t bytes; /* as the files hold them */
	size_t requests, found;
};

struct progress {
	bool on, shown;
	const char *finding;    /* what is found of some requests: "denied" */
	uint64_t total;         /* bytes of all inputs; 0: not known */
	int64_t started, drawn; /* milliseconds */
	struct done done;
};

/* Whether the options ask for it. */
bool progress_wanted(const struct options *);

/* Starts the clock; `names` are the inputs. If it is not `on`, nothing is
 * ever drawn. */
void progress_start(struct progress *, bool on, const char *finding, const char *const *names,
                    size_t count);

/* Some more has been done. */
void progress_add(struct progress *, const struct done *);

/* Makes room for something else to be written to the terminal. */
void progress_wipe(struct progress *);

#endif
