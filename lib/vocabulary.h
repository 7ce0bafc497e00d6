/*
 * The words that policies and requests share: axes, their values in trees,
 * the spellings that declared fields may use, what follows from what, and
 * (lexicon) what text is read by. Data: policies/vocabulary/; the format is
 * described in proviso-policy(5).
 */
#ifndef PROVISO_VOCABULARY_H
#define PROVISO_VOCABULARY_H

#include "document.h"
#include "image.h"
#include "text/lexicon.h"

/* Every axis has a root value that stands for the axis itself: a question
 * about the root questions the whole axis. Value 0 does not exist. */
struct axis {
	uint32_t name;  /* "camera", "party.kind" */
	uint32_t label; /* as a person says it: "kind of camera" */
	uint32_t root;  /* value index */
	uint32_t first, count; /* its values, the root not counted, in file order */
	uint8_t one;     /* holds one value: stating one denies its rivals */
	uint8_t unknown; /* unstated is open; else unstated is false */
	uint8_t party;   /* a property of a party, not of the request */
	uint8_t spare;
};

struct value {
	uint32_t name;
	uint32_t label;
	uint32_t axis;
	uint32_t ancestors, ancestor_count; /* in SECTION_LINKS: itself, then all broader ones */
	uint32_t leaves, leave_count;       /* in SECTION_LINKS: rivals that it leaves questioned */
};

struct spelling {
	uint32_t text; /* folded: lower case, one space between words */
	uint32_t axis;
	uint32_t value;
};

/* A fact that a reader takes from another, weakly: explicit facts win. All the
 * `given` values (in SECTION_LINKS), unless one of `unless` is told true. */
struct inference {
	uint32_t given, given_count;
	uint32_t unless, unless_count;
	uint32_t follows;
	uint32_t term; /* id shown as the evidence's term */
};

struct vocabulary {
	struct span image;
	const char *strings;
	const struct axis *axes;
	const struct value *values;
	const uint32_t *links;
	const struct spelling *spellings;
	const struct inference *inferences;
	uint32_t axis_count, value_count, link_count, spelling_count, inference_count;
	uint32_t kind_axis, place_axis; /* "party.kind", "party.jurisdiction"; or NO_AXIS */
	uint32_t home; /* the country that an ambiguous name with an office is in, or NO_VALUE */
	struct lexicon lexicon;
};

enum { NO_VALUE = 0 };
#define NO_AXIS UINT32_MAX

/* Compiles documents, in order, into an image in `arena`. Returns false if a
 * document has a problem (all of them reported). */
bool vocabulary_compile(struct arena *, struct document *documents, size_t count,
                        struct span *image);
void vocabulary_use(struct vocabulary *, struct span image);

/* By name; NO_AXIS, NO_VALUE if there is none. */
uint32_t vocabulary_axis(const struct vocabulary *, const char *name);
uint32_t vocabulary_value(const struct vocabulary *, uint32_t axis, struct span name);
/* "axis=value", as patterns and names tell it. */
uint32_t vocabulary_tell(const struct vocabulary *, const char *axis_and_value);

/* By name or spelling as a declared field may write it: letter case, runs of
 * spaces, `_` and `-` do not matter. */
uint32_t vocabulary_declared(const struct vocabulary *, uint32_t axis, struct span text);

/* The form in which spellings are compared; returns its length, or 0 for a text
 * that is empty or too long to be a spelling. */
enum { SPELLING_LONGEST = 128 };
size_t spelling_fold(char folded[SPELLING_LONGEST], struct span text);

/* Whether `value` is `broader` or narrower than it. */
bool vocabulary_within(const struct vocabulary *, uint32_t value, uint32_t broader);

/* Whether to state a value leaves another one open: one that it is said to leave,
 * what is narrower than that, and what that would make true. */
bool vocabulary_leaves(const struct vocabulary *, uint32_t stated, uint32_t value);

static inline const char *
vocabulary_text(const struct vocabulary *vocabulary, uint32_t offset)
{
	return vocabulary->strings + offset;
}

#endif
