/* The places that are named in a text, by its spaces. Internal to lib/text. */
#ifndef PROVISO_PLACES_H
#define PROVISO_PLACES_H

#include "context.h"

/* What the places of a space, and of the headings, have in common. */
struct places {
	size_t only;    /* a finding in the one country that is named, or SIZE_MAX */
	size_t other;   /* one in another country, or SIZE_MAX: then there are several */
	bool withheld;  /* the text says that it does not say where */
	const struct draft *strong, *weak; /* cues */
};

/* The places of every space, each with those of the headings. */
struct places *places_find(struct reader *);

/* Whether a match asks for the place: "it is in Ohio or in Ontario, I do not know which". */
bool places_asks_where(const struct reader *, const struct match *);

static inline bool
same_country(const struct vocabulary *vocabulary, uint32_t a, uint32_t b)
{
	return vocabulary_root(vocabulary, a) == vocabulary_root(vocabulary, b);
}

static inline bool
finding_is_place(const struct finding *finding)
{
	return finding->place != NO_VALUE && !finding->elsewhere;
}

/* Whether a draft tells a place without naming one: "our sheriff". */
static inline bool
draft_is_cue(const struct reader *reader, const struct draft *draft)
{
	return reader->vocabulary->values[draft->value].axis == reader->vocabulary->place_axis &&
	       draft->reading == READ_ASSERTED;
}

#endif
