/*
 * The tests that a policy file holds: run, shown to turn on every atom, and
 * shown to notice every small change of the file.
 */
#ifndef PROVISO_TRIAL_H
#define PROVISO_TRIAL_H

#include "proviso.h"

struct trial_place {
	const char *file;
	size_t line, column;
};

struct trial_test {
	struct trial_place place;
	const char *why, *as_of, *known_at; /* or NULL */
	const char *problem;                /* why it could not be run, or NULL */
	enum proviso_verdict wanted, got;
	const enum proviso_outcome *truths; /* of each atom of the clause */
};

/* One atom of a clause (equal ones are one). */
struct trial_atom {
	struct trial_place place;
	const char *name;
	bool shown;                         /* by two tests: */
	size_t first, second;
	bool exempt; /* the rest of the clause settles it */
};

enum trial_fate {
	FATE_NOTICED,
	FATE_EQUIVALENT, /* no request tells the two apart */
	FATE_SURVIVED,
	FATE_UNKNOWN,    /* not noticed, and too much to search for a difference */
};

struct trial_mutant {
	struct trial_place place;
	const char *change;
	enum trial_fate fate;
	const char *reason;  /* why it is equivalent; else the day on which a test would notice it,
	                      * as members of the test, or NULL */
	const char *request; /* one that would notice it, as JSON, or NULL */
};

struct trial_clause {
	const char *clause; /* NULL: the dates of the policy */
	const struct trial_test *tests;
	size_t test_count;
	const struct trial_atom *atoms;
	size_t atom_count;
	const struct trial_mutant *mutants;
	size_t mutant_count;
};

struct trial_policy {
	const char *policy;
	const struct trial_clause *clauses; /* in file order; the dates last */
	size_t clause_count;
};

struct trial;

/* Runs everything for the engine's policies; NULL if memory ran out. */
struct trial *trial_new(const struct proviso_engine *);
const struct trial_policy *trial_policies(const struct trial *, size_t *count);
void trial_free(struct trial *);

#endif
