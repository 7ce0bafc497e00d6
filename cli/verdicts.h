/* Requests to verdicts to lines. */
#ifndef PROVISO_CLI_VERDICTS_H
#define PROVISO_CLI_VERDICTS_H

#include "options.h"

/* Judges what the options name and writes it in the format that they ask for;
 * `facts`: with what was understood. */
enum status verdicts_run(const struct options *, bool facts);

#endif
