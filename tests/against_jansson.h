/* The scanner's reading of a record against that of jansson. */
#ifndef PROVISO_AGAINST_JANSSON_H
#define PROVISO_AGAINST_JANSSON_H

#include "scan.h"

/* What the two do not agree on, as a sentence without full stop; NULL if they
 * do. `scan` is what scan_record() left, whether it accepted the record or not.
 *
 * Accepted means accepted by jansson with the same values in the same order,
 * each node of the right kind and on its own bytes, and each member found by its
 * name. Rejected means rejected by jansson, with an error that suits the
 * sentence. Not compared: what the scanner's limits of depth and number reject;
 * integers of 309 digits or more, which jansson has none of; and of a record with
 * a NUL in it, which jansson takes for the end of a number, more than that it is
 * rejected.
 */
const char *against_jansson(const struct scan *scan, struct arena *);

#endif
