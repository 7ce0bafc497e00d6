/*
 * A JSON file written by people (a policy, a vocabulary): its tree, and where
 * in the file each value stands, so that every problem can be reported with
 * its place.
 */
#ifndef PROVISO_DOCUMENT_H
#define PROVISO_DOCUMENT_H

#include <jansson.h>

#include "proviso.h"
#include "scan.h"

struct document {
	const char *name; /* as shown in problems */
	struct span text;
	json_t *root;
	struct scan scan;
	struct arena *arena;
	proviso_report *report;
	void *report_data;
	size_t problems; /* reported so far */
};

/* A place in a document: the values on the way from the root. */
struct place {
	const struct place *up;
	const char *key; /* member name, or NULL for an element */
	size_t index;
};

/* One that stays as long as the arena. */
struct place *place_keep(struct arena *, const struct place *up, const char *key, size_t index);

/* Parses `text`, which must outlive the document. Problems go to `report`.
 * Returns false if it is not a JSON object; document_close() either way. */
bool document_open(struct document *, struct arena *, const char *name, struct span text,
                   proviso_report *report, void *report_data);
void document_close(struct document *);

/* Reports a problem at a place (NULL: the whole document). `id` is the stable
 * name of this kind of problem. */
void document_problem(struct document *, const struct place *, const char *id, const char *format,
                      ...) __attribute__((format(printf, 4, 5)));

/* The same for a value of the document's tree. */
void document_problem_of(struct document *, const json_t *value, const char *id,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Where a value of the tree begins (1-based, code points), and its bytes. */
void document_find(const struct document *, const json_t *value, size_t *line, size_t *column);
struct span document_text(const struct document *, const json_t *value);

/* Reports every member of the object at `place` that is not in the
 * NULL-terminated list. */
void document_only(struct document *, const struct place *, json_t *object,
                   const char *const *members);

/* The string member `key`, or NULL. Reports it where it is no string, or where
 * it is required and missing. */
const char *document_string(struct document *, const struct place *, json_t *object,
                            const char *key, bool required);

/* The array member `key` (NULL if absent), likewise. */
json_t *document_array(struct document *, const struct place *, json_t *object, const char *key,
                       bool required);

#endif
