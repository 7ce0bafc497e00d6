/* How what is met is read. Internal to lib/text. */
#ifndef PROVISO_CONTEXT_H
#define PROVISO_CONTEXT_H

#include "reader.h"

/* Whether a context match counts where it stands: its language, and the words
 * before it. */
bool context_in_force(const struct reader *, const struct match *);

/* Whether two tokens are of one turn; how many sentences lie between them, if so. */
static inline bool
same_space(const struct reader *reader, size_t a, size_t b)
{
	return reader->tokens[a].space == reader->tokens[b].space;
}

static inline uint32_t
sentences_apart(const struct reader *reader, size_t a, size_t b)
{
	uint32_t left = reader->tokens[a].sentence, right = reader->tokens[b].sentence;
	return left < right ? right - left : left - right;
}

/* The first draft that begins at or after a token. */
size_t draft_from(const struct reader *, uint32_t token);

/* Whether some of a denial's words say, with others, that it is none. */
bool context_spared(const struct reader *, const struct match *);

/* Whether a context entry speaks of a draft's value: of anything, where it
 * names no value; of the axis, where it names one. */
bool context_about(const struct reader *, const struct item *, const struct draft *);

/* A use: a value of an axis of the request that is false unless stated. */
static inline bool
draft_is_use(const struct draft *draft)
{
	return draft->use;
}

static inline bool
draft_is_party(const struct draft *draft)
{
	return draft->kind;
}

/* Whether a turn, or the fields of a request, tell it to the others. */
bool draft_tells_turns(const struct reader *, const struct draft *);

/* Whether the words around a draft of a party tie it to what is done. */
bool party_is_tied(const struct reader *, const struct draft *);

/* Whether a sentence near a draft of a party says who else does what it tells. */
bool party_stands_by(const struct reader *, const struct draft *);

/* Marks the words that denials cover. */
void read_scopes(struct reader *);

/* What stands whatever denies it in its own sentence, and the next one gives up. */
void read_given_up(struct reader *);

/* Rejections that look back, and changes of state. */
void read_rejections(struct reader *);

/* Paragraphs that speak of something else. */
void read_paragraphs(struct reader *);

/* "live or the next day": rivals offered as a choice are left open. */
void read_choices(struct reader *);

/* What the sentences of one space hold. */
struct coverage {
	uint32_t mention; /* context match + 1 of the first mention that covers all after it */
	bool work;        /* some sentence asks for a use */
	bool begun, quoted; /* a token was seen; the first is a quotation mark */
};

/* What is written about and not asked for. */
void read_mentions(struct reader *);

#endif
