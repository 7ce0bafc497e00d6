/* Which declared party a mention in text speaks of. Internal to lib/text. */
#ifndef PROVISO_DECLARED_H
#define PROVISO_DECLARED_H

#include "reader.h"

/* Who is declared of the kinds of one tree. */
struct declared_kin {
	uint32_t root; /* of the tree */
	uint32_t party; /* the last of them; 0: nobody */
	bool several;
};

struct declared {
	const struct reader *reader;
	struct declared_name *names; /* a hash table, twice as large as need be */
	uint32_t mask;
	uint32_t longest; /* words of the longest name */
	uint32_t actor;   /* the first one, or 0 */
	struct declared_kin *kin; /* vocabularies have a few such trees */
	size_t kin_count, kin_capacity;
};

/* Looks through the parties of the reader's facts. */
void declared_start(struct declared *, const struct reader *);

/* The first party whose name stands around the token that a mention begins with, or 0. */
uint32_t declared_named(const struct declared *, uint32_t mention);

/* The only party of the same tree of kinds, or 0. */
uint32_t declared_kin(const struct declared *, uint32_t kind);

#endif
