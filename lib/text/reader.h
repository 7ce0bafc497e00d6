/*
 * One reading of a request's text, from words to passages. Internal to
 * lib/text. The rooms run in this order: words, repair, names, match, context,
 * parties, passages.
 */
#ifndef PROVISO_READER_H
#define PROVISO_READER_H

#include "../vocabulary.h"
#include "text.h"

/* What stands between a word and the one before it. */
enum gap {
	GAP_SPACE,
	GAP_WIDE,   /* several spaces */
	GAP_HYPHEN, /* "-", "_", "*" and the like, with no space */
	GAP_DOT,    /* a full stop between letters */
	GAP_MARK,   /* a token that is no word */
	GAP_BREAK,  /* the beginning of a piece or a line */
};

/* How the words of a sentence begin: names need a capital where some words have one. */
enum letter_case {
	CASE_MIXED, /* of all tokens until it is told */
	CASE_LOWER,
	CASE_CAPITALS,
};

/* The classes that the reader asks for by name, those of languages apart. */
enum { TOKEN_CLASSES = CLASS_LANGUAGE_FIRST - CLASS_LOOKS };

/* A long text has millions of these. */
struct token {
	const char *text; /* folded, NUL-terminated; of a mark, the mark */
	uint32_t start, end; /* bytes of the piece */
	uint32_t piece;
	uint32_t space;    /* what it shares passages with; SPACE_HEADING: all */
	uint32_t sentence; /* counted within its space */
	uint32_t paragraph; /* counted over all pieces */
	uint32_t symbols;  /* in reader.symbols */
	uint32_t languages; /* how many of them are function words of each: four bits each */
	uint32_t name;     /* finding of a name that begins here, + 1; or 0 */
	uint32_t denied_after, denied_before; /* context match that denies it, + 1; or 0 */
	uint32_t masked_by; /* mask match, + 1; or 0 */
	uint16_t length;   /* of `text` */
	uint8_t symbol_count;
	uint8_t name_words : 4; /* the most words of a name that begins with this word, or 0 */
	uint8_t gap : 4;   /* enum gap; of the end of a line, GAP_WIDE before an empty one */
	uint32_t classes : TOKEN_CLASSES; /* see token_in() */
	uint32_t letter_case : 2; /* enum letter_case, of the sentence */
	bool mark : 1, stop : 1; /* no word; ends a sentence */
	bool capital : 1, upper : 1;
	bool blank : 1;    /* masked */
	bool spared : 1;   /* a denial that begins here is none */
	bool named : 1;    /* the word is a name by itself */
};

enum { SPACE_HEADING, SPACE_BODY, SPACE_TURN };

/* A name found: an agency, a place, or both. */
struct finding {
	uint32_t first, last; /* tokens */
	uint32_t name;        /* in the lexicon; UINT32_MAX: by form ("Xyz County") */
	uint32_t place, kind; /* values, or NO_VALUE */
	bool demonym;
	bool elsewhere; /* the vendor's place, say */
	bool open;      /* one of two offered: "the American or the Australian one" */
};

struct match {
	uint32_t item;
	uint32_t first, last; /* tokens */
};

struct match_list {
	struct match *at;
	size_t count, capacity;
};

/* A mention while its reading is being decided. */
struct draft {
	uint32_t value;
	uint32_t first, last; /* tokens */
	uint32_t item;        /* UINT32_MAX: a name */
	uint32_t finding;     /* if a name */
	uint32_t party;       /* draft party + 1; or 0 */
	uint8_t strength;
	uint8_t reading; /* enum reading */
	bool settled : 1; /* kept, whatever denies it */
	bool use : 1, kind : 1; /* it tells a use, a kind of party */
	uint32_t settled_from, settled_to; /* tokens of what settles it */
	uint32_t trigger; /* context match + 1; or 0 */
};

struct draft_list {
	struct draft *at;
	size_t count, capacity;
};

/* Of a piece in a window of a long text: which part of which text it is. */
struct text_part {
	uint32_t text;
	uint32_t first;         /* byte of the text */
	uint32_t before, after; /* bytes at either end that other windows judge */
};

struct reader {
	struct arena *arena;
	const struct vocabulary *vocabulary;
	const struct lexicon *lexicon;
	struct facts *facts;
	struct word_memory *words; /* or NULL */
	const struct text_piece *pieces;
	size_t piece_count;
	const uint32_t *spaces; /* of each piece */
	uint8_t *languages; /* of each paragraph: index of its language */

	struct token *tokens;
	size_t token_count, token_capacity;
	uint32_t *symbols;
	size_t symbol_count, symbol_capacity;
	uint32_t space_count;

	struct finding *findings;
	size_t finding_count, finding_capacity;

	struct matcher *matcher;
	struct match_list masks, context, patterns;
	struct draft_list drafts;

	/* Of a window of a long text, else NULL; what is noted of all its windows, and what
	 * is recalled of the others: */
	const struct text_part *parts; /* of each piece */
	struct notes *notes;
	struct recollection *recalled;
};

/* Cuts all pieces into tokens: words repaired. */
void words_read(struct reader *);

/* Numbers the sentences and paragraphs of all tokens, and tells the language of each
 * paragraph and the letter case of each sentence. */
void sentences_count(struct reader *);

/* Repairs the tokens from `first` on (letters written apart, words broken up, words
 * run together, typing errors) and fills in what is known of each. */
void repair_words(struct reader *, size_t first);

/* Makes a word that is no symbol the key word that it is a slip of, if any. Returns where the
 * second word begins if it is two key words run together, else 0. */
size_t repair_spelling(const struct lexicon *, struct span *word);

/* "facerecognition", "seattlepolice": where the second word begins, a key word; or 0. */
size_t repair_cut(const struct lexicon *, struct span word);

/* Fills in what is known of a token's word; its text may become another. Returns
 * where the second word begins if it is two run together: then nothing is filled
 * in. Else 0. */
size_t word_know(struct reader *, struct token *);

/* How far a typing error may be from the key word it is repaired to. */
enum {
	KEY_LEAST = 5,     /* letters of such a key word */
	KEY_ANY_FIRST = 6, /* from here on the first letter may be the one that is wrong */
	KEY_LONG = 8,      /* from here on there may be two errors */
};

static inline unsigned
key_slips(const struct key_word *key)
{
	return key->length >= KEY_LONG ? 2 : 1;
}

/* A folded word that digits, signs or letters of other scripts may stand in
 * for; writes what it stands for into `fixed` and returns whether it differs. */
bool repair_letters(const struct lexicon *, const int32_t *codes, size_t count,
                    char fixed[WORD_LONGEST + 1]);

/* How many bits of a set are set, without the instruction for it. */
static inline unsigned
word_bits(uint32_t set)
{
	set -= (set >> 1) & 0x55555555;
	set = (set & 0x33333333) + ((set >> 2) & 0x33333333);
	return (((set + (set >> 4)) & 0x0f0f0f0f) * 0x01010101) >> 24;
}

/* Edits between two words: insert, drop, change, swap two neighbours. More than
 * `most` may be given as anything above it. */
unsigned word_edits(const char *a, size_t a_length, const char *b, size_t b_length, unsigned most);

/* What is remembered of stretches that were matched, once there are some more tokens; or
 * NULL. */
struct stretch_memory;
struct stretch_memory *word_memory_stretches(struct word_memory *, const struct lexicon *,
                                             size_t tokens);
struct stretch_memory *stretch_memory_new(const struct lexicon *); /* NULL: no memory */
void stretch_memory_free(struct stretch_memory *);

/* Likewise of sayings, once there are stretches. */
struct saying_memory *word_memory_sayings(struct word_memory *);

/* Whether a token is a word glued to the one before it: "po.lice", "rec-\nognition". */
static inline bool
token_is_glued(const struct token *token)
{
	return !token->mark && (token->gap == GAP_HYPHEN || token->gap == GAP_DOT);
}

bool word_known(const struct lexicon *, const char *text, size_t length);
bool token_in_any(const struct reader *, size_t token, uint32_t class);

/* Finds the names of agencies and places. */
void names_find(struct reader *);

/* The index of the first finding that ends at or after a token. */
size_t names_from(const struct reader *, uint32_t token);

/* Whether a mark stands in [from, to). */
bool names_mark_between(const struct reader *, uint32_t from, uint32_t to);

/* Marks the places that are a vendor's, say, and no party's. */
void names_elsewhere(struct reader *);

static inline bool
same_sentence(const struct reader *reader, size_t a, size_t b)
{
	return reader->tokens[a].space == reader->tokens[b].space &&
	       reader->tokens[a].sentence == reader->tokens[b].sentence;
}

/* Whether a token's word is a member of a class. */
static inline bool
token_in(const struct reader *reader, size_t token, uint32_t class)
{
	return class >= CLASS_LOOKS && class < CLASS_LANGUAGE_FIRST
	               ? reader->tokens[token].classes >> (class - CLASS_LOOKS) & 1
	               : token_in_any(reader, token, class);
}

/* Runs all items over all tokens. */
void match_run(struct reader *);

/* Blanks what masks match, for the patterns that do not read it raw. */
void match_blank(struct reader *);

/* Makes drafts of all patterns met and decides how each is read. */
void context_read(struct reader *);

enum { PARTIES_MOST = 64 }; /* of one request */

/* A party met in text. */
struct party_draft {
	uint32_t family;  /* its kind's branch: police, federal, ... */
	uint32_t place;   /* jurisdiction, or NO_VALUE */
	uint32_t piece, place_start, place_end; /* where that is said */
	uint32_t place_term; /* string offset of the name's or cue's id */
	bool place_weak;
	bool place_open; /* the text leaves open which of two it is */
	uint32_t first, last; /* tokens of the mention that it was first met by */
	uint32_t index;       /* 1-based in facts */
	bool declared;
};

struct party_list {
	struct party_draft *at;
	size_t count, capacity;
};

/* Begins to read. What is read lives in the facts' arena. */
void reader_start(struct reader *, struct facts *, const struct text_piece *, size_t count);

struct party_list;

/* Reads all but the passages. */
void reader_read(struct reader *, struct party_list *);

/* Joins drafts of kinds of party into parties, adds them to the facts, and
 * finds their jurisdictions. */
void parties_read(struct reader *, struct party_list *);

/* Whether a mask, pattern or context entry matches somewhere in a text, its
 * spelling and language included: what its example lines are checked by. */
bool reader_meets(struct facts *, const char *id, struct span text);

/* Whether a pattern's match is spelt as it must be, in its language. */
bool context_spelling_fits(const struct reader *, const struct item *, const struct match *);

/* Makes the passages and what each tells, and if asked for, the mentions. */
void passages_read(struct reader *, const struct party_list *, struct text_reading *,
                   bool mentions);

/* Where something stands, for evidence. */
struct proviso_evidence reader_evidence(const struct reader *, uint32_t first, uint32_t last,
                                        uint32_t term);
uint32_t draft_term(const struct reader *, const struct draft *);

/* The broadest value of the tree that a value stands in. */
static inline uint32_t
vocabulary_root(const struct vocabulary *vocabulary, uint32_t value)
{
	const struct value *entry = &vocabulary->values[value];
	return vocabulary->links[entry->ancestors + entry->ancestor_count - 1];
}

/* Whether what begins at a token is for this window to judge. */
static inline bool
reader_judges(const struct reader *reader, uint32_t token)
{
	if (reader->parts == NULL)
		return true;
	uint32_t piece = reader->tokens[token].piece;
	const struct text_part *part = &reader->parts[piece];
	uint32_t at = reader->tokens[token].start - part->first;
	return at >= part->before && at < reader->pieces[piece].bytes.length - part->after;
}

static inline const struct item *
reader_item(const struct reader *reader, uint32_t item)
{
	return &reader->lexicon->items[item];
}

#endif
