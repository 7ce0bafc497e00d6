/* The library's engine, as the options ask for it. */
#ifndef PROVISO_CLI_ENGINE_H
#define PROVISO_CLI_ENGINE_H

#include "options.h"
#include "proviso.h"

/* NULL if something was wrong with an option or a file, which has been
 * reported. */
struct proviso_engine *engine_make(const struct options *);

#endif
