/* Cutting items while a lexicon is being compiled. Internal to compile_cuts.c and
 * compile_chains.c. */
#ifndef PROVISO_CUTS_H
#define PROVISO_CUTS_H

#include "../vocabulary.h"
#include "compile.h"

#define NO_CUT UINT64_MAX

enum { COST_EVERYWHERE = 20000 };

/* A cut of the ways from one instruction on. */
struct way {
	uint64_t cost; /* NO_CUT: there is a way that takes none */
	uint32_t *at;  /* instructions */
	size_t count;
};

struct draft_cut {
	struct list words; /* sorted; symbols, and classes with CUT_CLASS */
	uint64_t cost;
	uint32_t hash;     /* of the words */
	bool least;        /* of a chain */
};

/* Cuts of which a match takes one word each, the least first. */
struct draft_case {
	uint32_t item;
	uint32_t region; /* enum case_region */
	uint32_t cuts[CHAIN_LONGEST], count;
	uint32_t number; /* bit */
};

struct cutter {
	struct image_builder *image;
	struct arena *arena;
	struct lexicon lexicon;
	/* How often each symbol stands in a text, roughly, in times of a rare word: those
	 * that stand in most texts a thousand times, those that make a language more often
	 * still, English ones above all. NO_CUT for a mark, which is no word to a glance. */
	uint64_t *words;
	uint64_t *costs;        /* of each class: how much text its members would catch */
	uint32_t *widths;       /* of each class: words of its longest member */
	bool *stops;            /* of each class: a member may hold the end of a sentence */
	struct list *members;   /* of each class: symbols */
	struct draft_cut *cuts; /* the first is that of no words */
	size_t cut_count, cut_capacity;
	struct chain_link *links; /* of all chains, with indices of drafts */
	size_t link_count, link_capacity;
	struct draft_case *cases;
	size_t case_count, case_capacity;
};

/* Whether a symbol is a mark that ends a sentence. */
bool cut_stops(const struct cutter *, uint32_t symbol);

/* Finds out how often words stand in a text. */
void cut_weigh_words(struct cutter *);

/* The least cut of instructions [from, to), which all ways pass through from the
 * first to the last. They go forward only, so the cut is found from the end. */
struct way cut_find(const struct cutter *, const struct item *, uint32_t from, uint32_t to);

/* The most words from each instruction to the end of the last of `to` after it,
 * or of the item with no `to`; 0 if none comes after it. */
uint32_t *cut_spans(const struct cutter *, const struct item *, const struct way *to);

/* How many words behind a word of the one a word of the other may stand. */
uint32_t cut_gap(const struct cutter *, const struct item *, const struct way *one,
                 const struct way *other);

/* The instruction behind the part of an item that begins at `from`: no way leads
 * past it. */
uint32_t cut_part_end(const struct instruction *, uint32_t from);

/* Whether the group that ends at `to` has an alternative that begins behind the
 * fork at `at`, and another one. */
bool cut_alternative(const struct instruction *, uint32_t at, uint32_t to);

/* Whether a match may go on behind the end of a sentence. */
bool cut_may_stop(const struct cutter *, const struct item *);

/* Whether nearly every text meets a cut, so that it is not worth looking for. */
static inline bool
cut_is_usual(const struct draft_cut *cut)
{
	return !cut->least && cut->cost >= 2 * COST_EVERYWHERE;
}

/* Puts the cases into the image; with the lists of cuts that each symbol and each class
 * meets. */
void compile_cases(struct cutter *, const struct list *symbols, const struct list *classes);

static inline uint32_t
cut_most(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

#endif
