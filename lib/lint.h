/*
 * What is wrong with a policy although it loads: with its dates and tests, and
 * with the logic of its clauses, by searching their fact space; and with a
 * vocabulary, by its examples.
 */
#ifndef PROVISO_LINT_H
#define PROVISO_LINT_H

#include "policy.h"

/* Reports to the policy's document. The logic is looked at only if the file
 * had no problem so far. */
void policy_lint(struct arena *, const struct policy *, const struct vocabulary *);

/* Reports to a file of the vocabulary which of its entries do not match their own
 * example lines as they should. */
void vocabulary_lint(struct arena *, struct document *, const struct vocabulary *);

#endif
