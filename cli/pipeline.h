/* Inputs to records to verdicts to lines, in order. */
#ifndef PROVISO_CLI_PIPELINE_H
#define PROVISO_CLI_PIPELINE_H

#include "options.h"

/* Judges what the options name and writes it in the format that they ask for;
 * `facts`: with what was understood. */
enum status pipeline_run(const struct options *, bool facts);

#endif
