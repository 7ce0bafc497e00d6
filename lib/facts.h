/*
 * Facts: what a request tells, and the truth that it gives each value.
 */
#ifndef PROVISO_FACTS_H
#define PROVISO_FACTS_H

#include "proviso.h"
#include "vocabulary.h"

enum telling {
	TELL_TRUE = 1,
	TELL_FALSE = 2,
	TELL_QUESTION = 4,
};

/* Nobody: what an atom asks for where a request has no party. */
#define NO_PARTY UINT32_MAX

/* One telling of one value. A question about an axis' root leaves open every
 * value of the axis that nothing else tells. */
struct tell {
	uint32_t value;
	uint32_t party; /* 1-based index into parties; 0: about the request */
	uint32_t group; /* rivals told in one group (an array) do not deny each other */
	uint32_t order; /* set by facts_settle() */
	uint8_t telling;
	bool weak; /* inferred: yields to anything told of the same axis and party */
	uint32_t place; /* of a declared one, until evidence.at is set: a node of the record */
	struct proviso_evidence evidence;
};

enum party_role {
	PARTY_ACTOR,  /* acts */
	PARTY_SERVED, /* is acted for */
};

struct party {
	enum party_role role;
	bool declared;       /* else met in text */
	uint32_t place;      /* likewise */
	struct span name;    /* may be empty */
	const char *name_at; /* JSON Pointer of the name, or NULL */
	struct proviso_evidence evidence;
};

/* The tellings about one party (0: the request), once settled. */
struct subject {
	uint32_t party;
	size_t first, count;
	uint64_t axes; /* bit set: remainders modulo 64 of the axes that are told of */
};

struct bystanders;

struct facts {
	const struct vocabulary *vocabulary;
	struct arena *arena;
	struct word_memory *words; /* for reading texts and names; or NULL */
	struct tell *tells;
	size_t tell_count, tell_capacity;
	struct party *parties;
	size_t party_count, party_capacity, declared_count;
	uint32_t groups; /* last group number given out */
	/* Declared parties of whom is told elsewhere: how many, and by whom they are
	 * judged; or 0 and NULL. */
	size_t told_elsewhere;
	const struct bystanders *bystanders;
	/* Once settled: who is told of, in order of party, and whether somebody is
	 * named of whom nothing is told. */
	struct subject *subjects;
	size_t subject_count;
	bool silent;
};

void facts_start(struct facts *, const struct vocabulary *, struct arena *);
void facts_tell(struct facts *, struct tell);
uint32_t facts_party(struct facts *, struct party); /* its 1-based index */

/* Of tellings that say the same, leaves only the earliest. */
void facts_drop_repeated(struct facts *);

/* Whether what follows by inference follows for each party by itself, and for the
 * request without any. */
bool facts_apart(const struct facts *);

/* Orders the tellings by party, drops repeated ones and every weak one that
 * yields to a stated one, and adds what follows by inference. To be called once
 * all is told, before any answer. */
void facts_settle(struct facts *);

static inline bool
same_axis(const struct facts *facts, uint32_t a, uint32_t b)
{
	return facts->vocabulary->values[a].axis == facts->vocabulary->values[b].axis;
}

/* Of subject.axes. */
static inline uint64_t
axis_bit(const struct facts *facts, uint32_t value)
{
	return (uint64_t)1 << facts->vocabulary->values[value].axis % 64;
}

/* The settled tellings about a party; none if nothing is told. */
struct subject facts_subject(const struct facts *, uint32_t party);

/* Kleene's three values, ordered so that AND is the least and OR the greatest;
 * the same numbers as enum proviso_outcome. */
enum truth { TRUTH_FALSE, TRUTH_OPEN, TRUTH_TRUE };
enum open_reason { OPEN_MISSING, OPEN_QUESTIONED, OPEN_CONFLICT };

struct answer {
	enum truth truth;
	enum open_reason reason;                   /* if open */
	const struct tell *told;                   /* earliest telling that carries it, or NULL */
	bool stated;                               /* told true, false or both, or questioned */
};

/* The truth of `value` for a party (0: the request), `unstated` where nothing is
 * told of it. */
struct answer facts_answer(const struct facts *, uint32_t party, uint32_t value,
                           enum truth unstated);

/* Whether something else of their axis stands beside some values: true if that
 * is told, open if it is left open, or if a broader value is told where there
 * may be several. `kindred`: something of the same kind as the first. */
struct answer facts_beside(const struct facts *, uint32_t party, const uint32_t *values,
                           size_t count, bool kindred);

#endif
