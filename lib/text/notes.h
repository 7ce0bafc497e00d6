/*
 * What the windows of a long text are told of each other. They are read one after the
 * other, twice: first to be noted, then, with what is noted of all, to be judged.
 * What is recalled stands behind the last token of a window, apart from all that is read.
 * Internal to lib/text.
 */
#ifndef PROVISO_NOTES_H
#define PROVISO_NOTES_H

#include "passage.h"
#include "places.h"

/* Where something stands in the texts of a request. */
struct spot {
	uint32_t text, start, end;
};

struct noted_draft {
	struct draft draft; /* of value NO_VALUE: none */
	uint32_t name;      /* in the lexicon, if it is one */
	uint32_t word;      /* of the headings, where it begins */
	struct spot at;
};

struct noted_drafts {
	struct noted_draft *at;
	size_t count, capacity;
};

struct noted_place {
	struct finding finding; /* of place NO_VALUE: none */
	struct spot at;
};

struct noted_party {
	struct party_draft party;
	struct spot met, place;
};

/* What a space speaks of. */
enum speaking {
	SPEAKS_OF_NOTHING,
	SPEAKS_OF_CIRCUMSTANCES,
	SPEAKS_OF_MORE, /* of uses or parties */
};

/* What is noted of a space that no window holds whole. */
struct outlook {
	uint32_t text; /* of a turn */
	enum speaking speaking;
	bool mentions;
	uint32_t mention; /* item */
	struct spot mentioned;
	bool work, begun, quoted, withheld; /* see struct coverage and struct places */
	bool covered; /* something is written about that would be told if it were work */
	bool spoken; /* of a use or a party, by what is no last line */
	struct noted_place only, other;
	struct noted_draft strong, weak;
};

/* What is recalled of a space. */
struct recalled_space {
	struct outlook *outlook; /* NULL: the window holds it whole */
	uint32_t mention;        /* context match + 1; or 0 */
	struct places places;
	struct draft cues[2];    /* which these refer to */
};

/* What is recalled in a window. */
struct recollection {
	struct recalled_space *spaces;
	uint32_t first;  /* token */
	uint32_t *words; /* of each, see noted_draft.word */
	size_t token_count;
	struct text_piece *pieces; /* the window's own, and one for each token */
	struct text_part *parts;
	uint32_t text, space; /* the turn that the last space was made for */
	struct draft *headings, *elsewhere;
};

struct notes {
	struct arena *arena; /* outlives the windows */
	const struct vocabulary *vocabulary;
	const struct text_piece *texts;
	bool taking; /* else only recalled */
	struct outlook heading, body;
	struct outlook *turns; /* in order */
	size_t turn_count, turn_capacity;
	struct noted_party parties[PARTIES_MOST];
	size_t party_count;
	struct noted_drafts headings;  /* one of each kind */
	struct noted_drafts elsewhere; /* what turns tell each other */
	struct told_before *told;      /* of each value */
	uint32_t heading_words;  /* of the windows of headings before */
	uint64_t *heading_keys;  /* a hash table */
	size_t heading_size;
	bool headings_only;
};

void notes_start(struct notes *, struct arena *, const struct vocabulary *,
                 const struct text_piece *texts);

/* A turn that no window holds whole; they come in order. */
void notes_add_turn(struct notes *, uint32_t text);

/* Whether nothing that was noted as written about is asked for in another window. */
bool notes_are_sure(const struct notes *);

/* What headings tell, or what turns tell each other, is forgotten; what helps to read them
 * again is not. */
void notes_forget_headings(struct notes *);
void notes_forget_turns(struct notes *);

/* NULL: the windows hold each such text whole. */
struct outlook *notes_outlook(struct notes *, uint32_t text);

/* Before anything is read by its context. */
void notes_recall(struct reader *);
void notes_recall_parties(struct reader *, struct party_list *);

/* Puts behind the drafts of a window those of the headings, and then those that turns
 * tell each other; and makes lists of both. */
void notes_recall_drafts(struct reader *, struct index_list *headings,
                         struct index_list *elsewhere);

/* How many words lie between two tokens. */
uint32_t words_between(const struct reader *, uint32_t from, uint32_t to);

/* Whether the string goes on before or behind a token, in another window. */
bool notes_goes_on(const struct reader *, size_t token);

/* Marks the spaces that speak of a use or a party in other windows. */
void notes_share_speech(const struct reader *, bool *spaces);

/* Returns whether there is any mention. */
bool notes_recall_covers(const struct reader *, struct coverage *covers);

/* Whether a match was met in another window. */
bool notes_recalled(const struct reader *, const struct match *);

void notes_take_covers(const struct reader *, const struct coverage *covers);
void notes_take_places(const struct reader *, const struct places *places);
void notes_take_parties(const struct reader *, const struct party_list *);

/* Returns whether the window has any to judge. */
bool notes_take_drafts(const struct reader *);

#endif
