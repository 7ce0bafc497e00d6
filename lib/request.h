/*
 * A request in the native shape (proviso-request(5)): declared facts and the
 * texts to be read.
 */
#ifndef PROVISO_REQUEST_H
#define PROVISO_REQUEST_H

#include "date.h"
#include "gap.h"
#include "recall.h"
#include "text/text.h"

/* A declared party's name, which may tell more of it. */
struct party_name {
	uint32_t party;
	struct span name;
	uint32_t place; /* its node in the scan */
};

struct request_text {
	struct span bytes; /* as those of a text_piece */
	uint32_t place;
	enum text_role role;
};

struct request {
	const struct scan *scan; /* NULL: it is nothing but a description */
	struct facts facts; /* declared */
	struct request_text *texts;
	size_t text_count, text_capacity;
	struct text_piece *pieces; /* the texts, once pointers are made */
	const char *id;       /* the scalar as it stands, or NULL */
	struct party_name *names;
	size_t name_count, name_capacity;
	size_t names_read;
	int32_t date;         /* NO_DATE: none that is usable */
	struct tell *places;  /* the request's own jurisdiction, for parties that have none */
	size_t place_count, place_capacity;
	struct proviso_note *notes;
	size_t note_count, note_capacity;
	const char *error; /* why the request is invalid, or NULL */
	size_t error_at;   /* byte in the record */
	bool moulded;      /* there is no scan, and no more of it than a glance asks for */
};

/* Reads the scanned record, but for the pointers of what it tells. In `strict` an
 * unknown member or value is an error. The request lives in `arena` and refers to the
 * scan. `recall` is for records that are read by this vocabulary. `gaps`, if not NULL,
 * are set where reading leaves one; there is one for each node, and none so far. */
void request_read(struct request *, const struct scan *, const struct vocabulary *,
                  struct recall *recall, struct arena *, bool strict, struct gap *gaps);

/* Makes the pointers of all that the request tells and of its texts: nobody asks for
 * those of most requests. */
void request_point(struct request *);

/* Tells what the names of declared parties say, unless that is done. */
void request_read_names(struct request *);

/* A request that is nothing but a description. */
void request_of_text(struct request *, struct span text, const struct vocabulary *,
                     struct arena *);

#endif
