/* Inputs to records to results to lines, in order, by several threads. */
#ifndef PROVISO_CLI_PIPELINE_H
#define PROVISO_CLI_PIPELINE_H

#include "worker.h"

/* Judges what the options of the run name, and has each request finished. Returns false
 * if memory ran out before the first, which has been said. The tally of the run is the
 * caller's to free. */
bool pipeline_run(struct run *);

#endif
