/* One run of items over a text. Internal to match.c and match_item.c. */
#ifndef PROVISO_MATCH_H
#define PROVISO_MATCH_H

#include "reader.h"

enum {
	RING = MATCH_LONGEST * 2,
	ELEMENT_WORDS = CODE_LONGEST / 64,
	STRETCH_LEAST = 6, /* tokens that are looked at together */
	SPANS_MOST = 24,   /* class members of several words that begin at one token */
	LATE_STRETCHES = (MATCH_LONGEST + STRETCH_LEAST - 1) / STRETCH_LEAST + 1,
};

/* A class member of several words, or a place, that begins at a token. */
struct class_span {
	uint32_t token;
	uint32_t class;
	uint32_t length;
};

/* What begins at one token. */
struct position {
	uint64_t ahead[WINDOWS][SIGNINGS]; /* signatures of the 1 << i words from here on */
	uint32_t looks;                    /* bit set of classes below CLASS_LOOKS */
	uint32_t spans, span_count;        /* in matcher.spans */
};

struct number_list {
	uint32_t *at;
	size_t count, capacity;
};

/* What a stretch met of the clues and cases of matches that go on behind it. */
struct late {
	size_t first; /* token */
	uint64_t *met;
};

/* Which items may match in a stretch of a text, and how they may begin. */
struct possible {
	const struct lexicon *lexicon;
	struct arena *arena;
	size_t first;       /* token of the stretch */
	uint64_t *starts;   /* bit set */
	uint64_t *met;      /* bit set: see struct item_case */
	uint64_t *spans;    /* bit set: classes whose members of several words are looked for */
	struct number_list items, members; /* whose starts are set; that are there */
	struct late late[LATE_STRETCHES];
	size_t turn; /* in that */
	size_t span_words, late_words;
};

/* An item that is being tried. */
struct trial {
	const struct item *item;
	const struct element *elements;
	const uint64_t *follows;
	uint32_t words; /* of a row of these */
	size_t token;
};

/* A trial that would go on at the edge, with these elements of one word of a set. */
struct crossing {
	uint64_t set;
	uint32_t item, word;
	size_t token;
};

struct matcher {
	struct reader *reader;
	struct possible possible;
	struct stretch_memory *memory; /* or NULL */
	bool masked; /* reads no blanked word, and proposes only members of classes */
	struct position ring[RING];
	size_t known, unknown; /* the ring has the tokens from this one on, before that one */
	size_t edge;           /* token at which trials end; or SIZE_MAX */
	struct crossing *crossings; /* that would go on there */
	size_t crossing_count, crossing_capacity;
	struct class_span *spans; /* from the last token to the first */
	size_t span_count, span_capacity;
	uint32_t *candidates; /* starts, from that of the last item to that of the first */
	size_t candidate_count, candidate_capacity;
	struct trial trial;
	/* Of the item being tried, the elements that may come after 1 word, 2 words, ...; and
	 * a bit for each of these where there are any. */
	uint64_t states[MATCH_LONGEST][ELEMENT_WORDS];
	uint64_t reached;
};

static inline struct position *
match_position(struct matcher *matcher, size_t token)
{
	return &matcher->ring[token % RING];
}

void possible_start(struct possible *, const struct reader *);

/* Begins with the end of the text again. */
void possible_again(struct possible *);

/* Where the stretch begins that ends before token `end`. */
size_t possible_first(const struct reader *, size_t end);

/* Goes on to the stretch of these tokens; */
void possible_find(struct possible *, const struct reader *, size_t first, size_t end);

/* or to one of which nothing but the late bits is known, as blocks of two words each. */
void possible_pass(struct possible *, size_t first, const uint32_t *late_bits, size_t count);

/* What the stretch at hand met. */
const struct late *possible_own(const struct possible *);

/* The bit set of those below CLASS_LOOKS that a token is in, places apart. */
static inline uint32_t
match_looks(const struct reader *reader, size_t index)
{
	const struct token *token = &reader->tokens[index];
	uint32_t looks = 0;
	if (token->capital && token->length > 1 && !token_in(reader, index, CLASS_COMMON))
		looks |= 1U << CLASS_PROPER;
	if (token->upper)
		looks |= 1U << CLASS_UPPER;
	if (!token->mark && token->text[0] >= '0' && token->text[0] <= '9')
		looks |= 1U << CLASS_NUMBER;
	if (token->mark && token->text[0] == '?')
		looks |= 1U << CLASS_QUESTION;
	return looks;
}

/* How many words the place has that is named at a token and is no agency; 0: none. */
static inline size_t
match_place(const struct reader *reader, const struct token *token)
{
	if (token->name == 0)
		return 0;
	const struct finding *finding = &reader->findings[token->name - 1];
	return finding->place != NO_VALUE && finding->kind == NO_VALUE
	               ? finding->last - finding->first + 1
	               : 0;
}

/* Adds a member of a class, and proposes the items that it may begin. */
void match_add_span(struct matcher *, size_t token, uint32_t class, size_t length);

/* Matches the tokens [first, end) of which these spans are known, whatever stands behind
 * them. */
void match_apart(struct matcher *, size_t first, size_t end, const struct class_span *spans,
                 size_t span_count);

/* Whether a trial that was left at a token comes to a match. */
bool match_crosses(struct matcher *, const struct crossing *, size_t token);

/* Tries an item at a token: */
void item_try(struct matcher *, const struct item *, size_t token);

/* takes one of its first elements, if it is there; */
void item_begin(struct matcher *, uint32_t element);

/* or all of them that are there; */
void item_begin_any(struct matcher *);

/* or what is left of a trial at the edge where that was; */
void item_cross(struct matcher *, const struct crossing *, size_t edge);

/* and goes on from what was begun. Returns the length of the shortest match, or of a
 * mask the longest; of class members, adds every one. 0: none. */
size_t item_finish(struct matcher *);

#endif
