/* Two sides that are compared. */
#ifndef PROVISO_CLI_DIFF_H
#define PROVISO_CLI_DIFF_H

#include "options.h"
#include "proviso.h"

/* Judges the requests that the options name by both engines, and prints those
 * that come out differently. */
enum status diff_requests(const struct options *, const struct proviso_engine *from,
                          const struct proviso_engine *to);

#endif
