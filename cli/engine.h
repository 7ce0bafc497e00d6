/* The library's engine, as the options ask for it. */
#ifndef PROVISO_CLI_ENGINE_H
#define PROVISO_CLI_ENGINE_H

#include "options.h"
#include "proviso.h"

/* NULL if something was wrong with an option or a file, which has been reported. */
struct proviso_engine *engine_make(const struct options *);

/* The same as options of the library, which refer to these. */
struct proviso_options engine_options(const struct options *);

/* Copies the options, with the operands as policies, too; where neither names
 * one, all that are built in. policies.items is the caller's to free. Returns
 * false if memory ran out. */
bool options_name_policies(struct options *copy, const struct options *);

#endif
