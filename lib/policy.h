/*
 * A policy: one published document with dated revisions and clauses, compiled
 * from a file in the format of proviso-policy(5).
 */
#ifndef PROVISO_POLICY_H
#define PROVISO_POLICY_H

#include "date.h"
#include "document.h"
#include "facts.h"

enum condition_type { CONDITION_ALL, CONDITION_ANY, CONDITION_NOT, CONDITION_ATOM };

/* One property that an atom asks for: any of `values` on one axis. */
struct property {
	uint32_t axis;
	const uint32_t *values;
	size_t value_count;
	enum truth unstated;
	enum truth otherwise; /* unstated, but for what the atom itself says of it */
	/* The most that it is where something else of the axis stands beside: what
	 * lifts a denial holds of every value told, or does not lift it. */
	enum truth beside;
};

/* An atom over a party holds if one and the same party has all properties; an
 * atom over the request has exactly one property. */
struct condition {
	enum condition_type type;
	const struct condition **parts; /* of all, any, not */
	size_t part_count;
	bool party;                     /* of an atom */
	bool overridden;                /* the atom says itself what unstated means */
	const struct property *properties;
	size_t property_count;
	json_t *source; /* what it was read from; of a negated exception, the exception */
};

struct revision {
	const char *name, *note;
	const char *published_text, *in_force_text;
	int32_t published, in_force;
	size_t corrects; /* index of the revision that this one corrects, or NO_REVISION */
	bool none;       /* says that no such text was in force */
};

struct exception {
	const char *title, *section, *note;
};

struct clause {
	const char *name, *title, *text, *section, *source, *confidence, *note;
	size_t since, until; /* revision indices; until is exclusive, NO_REVISION: still there */
	/* `when` AND NOT any exception, as one condition: all of the first part and
	 * the negations of the others, each of all of a ground and its conditions. */
	const struct condition *condition;
	const struct exception *exceptions; /* in the order of those negations */
	size_t exception_count;
};

#define NO_REVISION SIZE_MAX

/* A rule of the document that no fact and no text can meet: for readers only. */
struct unreached {
	const char *section, *title, *why;
};

struct policy {
	const char *name, *title, *issuer, *source, *note;
	const char *reviewed_text;
	int32_t reviewed;
	const struct revision *revisions; /* in file order, which is that of publication */
	size_t revision_count;
	const struct clause *clauses;
	size_t clause_count;
	const struct unreached *unreached;
	size_t unreached_count;
	const struct condition *applies; /* whom it binds; NULL: everybody */
	struct document *document;
};

/* Compiles a document, which stays open as long as the policy is used. Every
 * problem is reported; false if there was one. */
bool policy_compile(struct policy *, struct arena *, struct document *,
                    const struct vocabulary *);

/* Reports what is wrong with how a test of a clause is written. Both are counted
 * as they stand in the file. The policy loads nevertheless. */
void policy_check_test(struct document *, size_t clause, size_t test);

/* The revision in force on a day, of those published by `known_at` (NO_DATE:
 * all), or NO_REVISION. */
size_t policy_revision(const struct policy *, int32_t as_of, int32_t known_at);

/* When the text of a revision began to bind: a corrector takes over the day of
 * what it corrects. */
int32_t policy_binding_from(const struct policy *, size_t revision);

static inline bool
clause_stands(const struct clause *clause, size_t revision)
{
	return clause->since <= revision && revision < clause->until;
}

#endif
