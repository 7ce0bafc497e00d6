/* What the formats for people have in common. */
#ifndef PROVISO_CLI_COLUMNS_H
#define PROVISO_CLI_COLUMNS_H

#include "writer.h"

/* The verdict's word, coloured if the style says so. */
void output_verdict(struct output *, const struct style *, enum proviso_verdict);

/* The request's id, or FILE:LINE where it has none. */
void output_id(struct output *, const struct judged *);
void output_place(struct output *, const struct judged *);

/* Whether the request has an id that can be shown. */
bool has_id(const struct proviso_result *);

/* What an open clause leaves open, by the reason. */
enum open_list {
	OPEN_LIST_MISSING,
	OPEN_LIST_QUESTIONED,
	OPEN_LIST_CONFLICT,
};

struct fact_names {
	const char *const *names;
	size_t count;
};

/* Empty for a clause that is not open. */
struct fact_names open_facts(const struct proviso_finding *, enum open_list);

#endif
