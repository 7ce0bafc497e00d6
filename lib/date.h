/* Dates as UTC days. */
#ifndef PROVISO_DATE_H
#define PROVISO_DATE_H

#include <stdint.h>

#include "arena.h"

enum { NO_DATE = INT32_MIN };

/* Days since 1970-01-01 of an RFC 3339 date or date-time (taken to UTC), or of
 * a decimal number of seconds or milliseconds since then. NO_DATE if it is
 * none of these. */
int32_t date_parse(struct span text);

/* Of YYYY-MM-DD only. */
int32_t date_parse_day(struct span text);

/* YYYY-MM-DD of a day of the years 0 to 9999. */
const char *date_text(struct arena *, int32_t day);

#endif
