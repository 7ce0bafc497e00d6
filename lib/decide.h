/* Clauses over facts, in Kleene's three values, and the reasons. */
#ifndef PROVISO_DECIDE_H
#define PROVISO_DECIDE_H

#include "policy.h"

enum truth decide_condition(const struct facts *, const struct condition *);

/* Fills in outcome and reasons of a finding; the names of policy, revision and
 * clause are the caller's. Memory comes from the facts' arena. */
void decide_reasons(const struct facts *, const struct condition *, struct proviso_finding *);

#endif
