/* What a mould makes of a record against what scanning and reading it does. */
#ifndef PROVISO_AGAINST_READING_H
#define PROVISO_AGAINST_READING_H

#include "mould.h"

/* What the two do not agree on, as a sentence without full stop; NULL if they do.
 * `moulded` is what mould_fit() has read. */
const char *against_reading(const struct request *moulded, struct span record,
                            const struct vocabulary *, struct recall *, struct arena *);

/* Scans and reads a record, and makes a mould of it where that can be done. Returns whether
 * it is a request. */
bool reading_mould(struct moulds *, struct span record, const struct vocabulary *,
                   struct recall *, struct arena *);

#endif
