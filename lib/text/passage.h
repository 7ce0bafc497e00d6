/* What the files that make passages share. */
#ifndef PROVISO_PASSAGE_H
#define PROVISO_PASSAGE_H

#include "context.h"
#include "told.h"

struct index_list {
	uint32_t *at;
	size_t count, capacity;
};

/* One passage being made. */
struct passage_maker {
	struct reader *reader;
	const struct vocabulary *vocabulary;
	const struct party_list *parties;
	size_t draft_count;         /* those behind are recalled from other windows */
	struct index_list *spaces;  /* drafts of each space, in order */
	struct index_list headings; /* one of each kind in the headings */
	struct index_list elsewhere; /* what turns tell each other */
	struct index_list here;     /* drafts of this passage */
	/* A hash table of the values that drafts tell and all that are broader; a
	 * place in it is where `met`, `sent` and `party_sent` stand for a value. */
	uint32_t *values, value_mask;
	uint8_t *met;
	bool *sends;                /* drafts that tell something somewhere */
	bool *lost;                 /* drafts that a nearer rival sets aside */
	uint8_t *sent;              /* tellings sent, this passage */
	uint32_t *party_sent;
	bool *placed;               /* parties whose place has been told, this passage */
	struct index_list uses, circumstances; /* of this passage */
	size_t uses_recalled; /* those that come first */
	struct index_list axes;                /* of each circumstance */
	struct index_list rivals;              /* circumstances of the axis at hand */
	uint32_t *told;             /* what passages tell, as told.h writes it */
	size_t told_count, told_capacity;
	struct passage *passages;
	size_t passage_count, passage_capacity;
	size_t first; /* what this passage tells, in `told` */
	struct likeness *likeness;
	uint32_t with;  /* the kind that party_met was last found out for */
	uint32_t alone; /* the value that alone_met was last found out for */
	bool party_met, alone_met;
	bool named;     /* the passage names a party by strong words, or one is declared */
};

/* Appends a draft to a list. */
void passage_add(struct reader *, struct index_list *, uint32_t draft);

/* Makes a passage of the headings and of the drafts [low, high) of a space, but
 * for uses unless `uses`. */
void passage_make(struct passage_maker *, uint32_t space, size_t low, size_t high, bool uses);

/* Whether a passage tells just what one made not long before does. */
bool passage_repeats(struct passage_maker *, struct passage);

/* Where a value stands in the table, or a free place that is like one of a value
 * never met. */
static inline uint32_t
passage_place(const struct passage_maker *maker, uint32_t value)
{
	uint32_t place = value * 2654435761U >> 16 & maker->value_mask;
	while (maker->values[place] != value && maker->values[place] != NO_VALUE)
		place = (place + 1) & maker->value_mask;
	return place;
}

#endif
