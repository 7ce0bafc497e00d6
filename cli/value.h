/* The values that options take. Each returns false where the text is none. */
#ifndef PROVISO_CLI_VALUE_H
#define PROVISO_CLI_VALUE_H

#include <stdbool.h>
#include <stddef.h>

enum when {
	WHEN_AUTO,
	WHEN_ALWAYS,
	WHEN_NEVER,
};

bool value_when(const char *text, enum when *when);

/* Verdicts separated by commas, as bits 1 << verdict. */
bool value_verdicts(const char *text, unsigned *verdicts);

/* A number of bytes below 4 GiB, with K, M or G for powers of 1024. */
bool value_bytes(const char *text, size_t *bytes);

/* A number of threads, 1 to 256. */
bool value_jobs(const char *text, size_t *jobs);

/* A day of the calendar, as YYYY-MM-DD. */
bool value_day(const char *text);

/* Room for YYYY-MM-DD. */
struct day {
	char text[sizeof "YYYY-MM-DD"];
};

/* The present day in UTC: the only use of the clock. */
bool value_today(struct day *today);

#endif
