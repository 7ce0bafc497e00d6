/*
 * What a passage tells, written as a number: a draft and how it tells its value, or a
 * party whose place is told. Internal to lib/text.
 */
#ifndef PROVISO_TOLD_H
#define PROVISO_TOLD_H

#include "reader.h"

enum { TOLD_WAYS = 4, TOLD_PLACE = TOLD_WAYS - 1 };

static inline uint32_t
told_of_draft(uint32_t draft, enum telling telling)
{
	return draft * TOLD_WAYS + telling / 2;
}

static inline uint32_t
told_of_place(uint32_t party)
{
	return party * TOLD_WAYS + TOLD_PLACE;
}

/* The telling, evidence included; of rivals told in one passage, with their group. */
struct tell told_tell(const struct reader *, const struct party_list *, uint32_t told,
                      uint32_t group);

/* The index in the facts of a draft's party, or 0. */
uint32_t draft_party(const struct party_list *, const struct draft *);

#endif
