/*
 * Free text to facts: normalise, words, names, masks, patterns, context,
 * passages. What is read by is data (lexicon.h).
 */
#ifndef PROVISO_TEXT_H
#define PROVISO_TEXT_H

#include "facts.h"

enum text_role {
	TEXT_HEADING, /* title, system and developer turns: belongs to every passage */
	TEXT_BODY,    /* fields of the request: one passage space, in order */
	TEXT_TURN,    /* a user turn: ends a passage before and after it */
};

struct text_piece {
	struct span bytes;   /* valid UTF-8, decoded from JSON; NUL is a word break */
	const char *pointer; /* JSON Pointer of the string in the record */
	enum text_role role;
};

enum reading {
	READ_ASSERTED,
	READ_NEGATED,    /* denied: tells false if nothing asserts it in the passage */
	READ_QUESTIONED, /* left open by the text itself */
	READ_MENTIONED,  /* written about, studied, opposed, forbidden: tells nothing */
	READ_SET_ASIDE,  /* another role, a rival nearer to the use, an idiom: tells nothing */
};

/* Something met in the text and how it was read, in text order, for explain. */
struct mention {
	uint32_t value;
	uint32_t party; /* 1-based into reading.facts' parties, or 0 */
	enum reading reading;
	bool weak;
	struct proviso_evidence evidence; /* term: the id of the pattern or name */
	const char *trigger;              /* id of the context entry that decided, or NULL */
	uint32_t trigger_start, trigger_end; /* its bytes in the same piece */
};

struct passage {
	size_t first, count; /* what it tells, as text_tell() counts */
};

struct text_reading {
	const struct mention *mentions; /* if asked for */
	size_t mention_count;
	/* A clause is judged once a passage, on the declared facts plus the passage's.
	 * At least one passage wherever there is any text; it may tell nothing. */
	const struct passage *passages;
	size_t passage_count;
	/* A long text has far more passages than mentions, and each tells many of them:
	 * what is kept of a telling is only where it comes from. */
	const uint32_t *told;
	const struct reader *reader;
	const struct party_list *parties;
};

/* The i-th telling of all passages, evidence included. `group`: for rivals of one
 * axis, told in one passage. */
struct tell text_tell(const struct text_reading *, size_t i, uint32_t group);

/* Marks those of the first `count` parties of whom it may tell something, by their
 * indices. Returns whether one was not marked. */
bool text_speaks_of(const struct text_reading *, bool *parties, size_t count);

/* The texts of a request as they are read to be judged: long ones window by window, in
 * bounded memory, and twice: first for what windows are told of each other. */
struct text_windows;

/* Whether texts of so many bytes are long. */
bool text_is_long(size_t bytes);

/* Cuts long texts, which will be read in `scratch`; all else lives in the facts' arena. */
struct text_windows *text_windows_new(struct facts *, struct arena *scratch,
                                      const struct text_piece *, size_t count);

/* Sets `parts` to all that the windows of long texts see; returns how many those are. */
size_t text_windows_parts(const struct text_windows *, struct span **parts);

/* Reads all windows for what they are told of each other: before any is read. */
void text_windows_note(struct text_windows *);
size_t text_windows_count(const struct text_windows *);

/* Reads a window, and ends the reading of another. Every passage is in one of them: a
 * window may be without any. */
void text_windows_read(struct text_windows *, size_t window, struct text_reading *,
                       bool mentions);

/* Whether a window tells nothing that another does not tell. */
bool text_windows_silent(const struct text_windows *, size_t window);

/* Words met so far and what is known of them. Belongs to one thread and one
 * vocabulary; what is read is the same without it. */
struct word_memory;
struct word_memory *word_memory_new(void); /* NULL if memory ran out */
void word_memory_free(struct word_memory *);

/* Reads `pieces` in order; all that is used of the reading lives in the facts' arena.
 * `facts` holds what the request declares: declared parties may be joined by name or
 * by "we"; parties met in text are added to it with facts_party(); its tells are left
 * alone. */
void text_read(struct text_reading *, struct facts *facts, const struct text_piece *pieces,
               size_t count, bool mentions);

/* Tells what a party's declared name says (kind, jurisdiction): every agency
 * and place in it counts. `tell` gives party and evidence.at to be used. */
void text_read_name(struct facts *facts, struct span name, struct tell tell);

#endif
