/*
 * What text is read by, compiled: word classes, masks, patterns, context
 * triggers and names, as tables in the vocabulary's image. Records refer to
 * each other by index and to text by offset into SECTION_STRINGS.
 */
#ifndef PROVISO_LEXICON_H
#define PROVISO_LEXICON_H

#include "../bits.h"
#include "../document.h"
#include "../image.h"

struct vocabulary;

enum {
	SECTION_SYMBOLS = SECTION_TEXT_FIRST, /* struct symbol */
	SECTION_SYMBOL_SLOTS,                 /* uint32_t: hash table of symbols */
	SECTION_CLASSES,                      /* struct word_class */
	SECTION_ITEMS,                        /* struct item */
	SECTION_CODE,                         /* struct instruction */
	SECTION_ELEMENTS,                     /* struct element, by item */
	SECTION_FOLLOWS,                      /* uint64_t: bit sets of elements */
	SECTION_STARTS,                       /* struct start */
	SECTION_ITEM_STARTS,                  /* uint32_t lists of the bits of starts, by item */
	SECTION_TEXT_LINKS,                   /* uint32_t lists */
	SECTION_NAMES,                        /* struct name */
	SECTION_NAME_SLOTS,                   /* uint32_t: hash table of names */
	SECTION_KEYS,                         /* struct key_word, by first letter and length */
	SECTION_KEY_STARTS,                   /* uint64_t: bit set of key_three() of their starts */
	SECTION_KEY_ENDS,                     /* and of their ends */
	SECTION_STEM_SET,                     /* uint64_t: bit set of set_stem() of beginnings */
	SECTION_END_SET,                      /* of set_end() of ends */
	SECTION_PAIR_SET,                     /* of set_pair() of names of several words */
	SECTION_LETTERS,                      /* struct letter_swap, sorted by code */
	SECTION_RIVALS,                       /* struct rival */
	SECTION_CUT_COUNT,                    /* uint32_t */
	SECTION_CHAINS,                       /* struct chain; those of members come first */
	SECTION_CHAIN_LINKS,                  /* struct chain_link, by chain */
	SECTION_SYMBOL_CUTS,                  /* struct cut_list, of each symbol */
	SECTION_CLASS_CUTS,                   /* struct cut_list, of each class */
	SECTION_CUT_LINKS,                    /* uint32_t lists of cuts */
	SECTION_BLOCKS,                       /* uint64_t lists of blocks */
	SECTION_CASES,                        /* struct item_case, of each number in its regions */
	SECTION_CASE_CLUES,                   /* uint32_t lists of bits */
	SECTION_CASE_REGIONS,                 /* uint32_t, of each enum case_region */
	SECTION_SYMBOL_BITS,                  /* uint32_t: where the list of each symbol begins */
	SECTION_SPANS_BITS,                   /* uint32_t: likewise of each word_class.spans */
	SECTION_ITEM_SPANS,                   /* uint32_t: likewise of each item; see below */
};

enum word_part {
	WORD_WHOLE,
	WORD_BEGINNING, /* `camera*`: any word that begins so */
	WORD_END,       /* `*polizei`: any word that ends so */
};

enum { SIGNINGS = 2 }; /* see enum sign */

/* A block is one word of a bit set, as far as something sets it: the bits, above the
 * index of the word. So bit sets that are set by blocks have but 48 bits in a word. */
enum { BLOCK_BITS = 48, BLOCK_INDEX = 64 - BLOCK_BITS };

static inline uint32_t
block_word(uint64_t block)
{
	return block & ((1U << BLOCK_INDEX) - 1);
}

/* Where the bit of a number stands in such a set. */
static inline uint32_t
block_bit(uint32_t number)
{
	return number / BLOCK_BITS * 64 + number % BLOCK_BITS;
}

struct block_list {
	uint32_t first, count; /* in SECTION_BLOCKS */
};

/* A word that some pattern writes, folded; or what a word begins or ends with. */
struct symbol {
	uint32_t text;
	uint32_t classes, class_count; /* in SECTION_TEXT_LINKS: what it is a member of, in order */
	struct block_list starts;      /* that it or its classes give */
	uint8_t length;
	uint8_t signs[SIGNINGS];       /* enum sign */
	uint8_t part;                  /* enum word_part */
	uint8_t plain;                 /* an ordinary word, never taken for a typing error */
	uint8_t key;                   /* a word that typing errors are repaired towards */
	uint8_t name_words;            /* the most words of a name that begins with it, or 0 */
	uint8_t spare;
	uint32_t instead;              /* symbol that this spelling stands for, + 1; or 0 */
};

/* The classes that the reader itself knows by name. The first ones are not
 * lists of words: they hold what a token looks like. */
enum known_class {
	CLASS_PROPER,   /* begins with a capital */
	CLASS_UPPER,    /* all capitals, two letters or more */
	CLASS_NUMBER,   /* begins with a digit */
	CLASS_PLACE,    /* a name that tells a jurisdiction */
	CLASS_QUESTION, /* a question mark */
	CLASS_LOOKS,    /* number of those above */
	CLASS_ABBREVIATION = CLASS_LOOKS, /* a full stop after it ends no sentence */
	CLASS_STARTER,          /* begins a sentence even after an abbreviation */
	CLASS_SCOPE_END,        /* ends what a denial covers */
	CLASS_SCOPE_LATE_END,   /* ends it once it covers two words */
	CLASS_SCOPE_COMMA_END,  /* ends it after a comma */
	CLASS_SCOPE_AND_END,    /* ends it after "and" */
	CLASS_SCOPE_AND,        /* "and" */
	CLASS_SCOPE_OR,         /* words that let it go on through a list */
	CLASS_SCOPE_SHORT,      /* denials that end at "and" once they have an object */
	CLASS_CHOICE,           /* "or", "whether": words of an open choice */
	CLASS_LINK,             /* "in", "of" between a party and its place */
	CLASS_OFFICE,           /* "department", "pd": makes an ambiguous name a US one */
	CLASS_PARTY_WORD,       /* "police": lets a name stand without a capital */
	CLASS_COMMON,           /* words that are no names, even with a capital */
	CLASS_REQUEST,          /* "please", "to": what may stand before a request */
	CLASS_SPEAKER,          /* "we", "our" */
	CLASS_SERVES,           /* "for", "on behalf of" */
	CLASS_TIES,             /* "match", "suspect": what ties a party to what is done */
	CLASS_FREQUENT,         /* words that stand in most texts */
	CLASS_USUAL,            /* words that stand in many */
	CLASS_TITLE,            /* "Sgt.", "Mr": what stands before the name of a person */
	CLASS_LANGUAGE_FIRST,   /* function words of each language */
	CLASS_LANGUAGE_LAST = CLASS_LANGUAGE_FIRST + 6,
	CLASS_KNOWN,
};

struct word_class {
	uint32_t name;
	uint32_t spans;           /* its number of those that have members of several words; or 0 */
	struct block_list starts; /* that a member of it gives */
	uint64_t signature;       /* second signing, of its members of one word */
};

enum item_kind {
	ITEM_CLASS,   /* a member of several words: gives a span of its class */
	ITEM_MASK,    /* blanks words before patterns are run */
	ITEM_CONTEXT, /* decides how what is met is read */
	ITEM_PATTERN, /* tells a value */
};

enum strength {
	STRENGTH_STRONG,
	STRENGTH_WEAK, /* yields to anything strong, and to denials of any kind */
	STRENGTH_LAST, /* as weak, and only where nothing stronger tells the value */
	STRENGTH_HINT, /* as the last, and only questions its value */
};

enum effect {
	EFFECT_SPARE,          /* a denial that begins in it is none */
	EFFECT_DENY_AFTER,
	EFFECT_DENY_BEFORE,
	EFFECT_DENY_WEAK,      /* nothing weak is told near it */
	EFFECT_EXPLAIN,        /* nothing weak is told in its sentence */
	EFFECT_DROP,           /* what is denied near it is denied where it stood before, too */
	EFFECT_REJECT,         /* denies what stands before it, here or in the sentence before */
	EFFECT_KEEP,           /* asserts again what was denied before it */
	EFFECT_DOUBT,          /* leaves open what stands before it, as far as a rejection goes */
	EFFECT_QUESTION,       /* leaves open the axes told in its sentence */
	EFFECT_SUBJECT,        /* what a question is about: its axis alone, or nothing told */
	EFFECT_MENTION,        /* all from its sentence on is written about, not asked for */
	EFFECT_MENTION_NEAR,   /* its sentence and the next one are written about */
	EFFECT_MENTION_OWN,    /* as EFFECT_MENTION, if its own sentence speaks of something */
	EFFECT_TOPIC,          /* what follows it closely is written about */
	EFFECT_TOPIC_AFTER,    /* what it follows is written about */
	EFFECT_SPARE_MENTION,  /* a mention that meets it is none */
	EFFECT_WORK,           /* its sentence asks for a use: ends a mention */
	EFFECT_WORK_START,     /* likewise where it begins a sentence or a request */
	EFFECT_DEMAND,         /* asks for something that works: ends a mention of any use */
	EFFECT_ELSEWHERE,      /* a place just after it is not the party's */
	EFFECT_ELSEWHERE_BEFORE, /* nor is one just before this */
	EFFECT_ASIDE,          /* sets aside what tells the axis of its value within it */
	EFFECT_PASSING,        /* the same, but where its sentence ties it to what is done */
	EFFECT_TIE,            /* ties what its sentence tells to what is done */
	EFFECT_DOER,           /* says who does what its sentence tells */
	EFFECT_BYSTANDER,      /* as passing, where a doer of another sentence does it */
	EFFECT_CASE,           /* what tells its value within it stands, whatever denies it */
	EFFECT_COUNT,
};

struct item {
	uint32_t id;
	uint32_t code, length;   /* in SECTION_CODE */
	uint32_t elements, element_count; /* in SECTION_ELEMENTS */
	uint32_t follows;        /* in SECTION_FOLLOWS: a row for its beginning, and one for
	                          * each element: what may come next */
	uint32_t starts, start_count; /* in SECTION_ITEM_STARTS */
	uint32_t target;         /* class it gives (ITEM_CLASS) or blanks (ITEM_MASK) */
	uint32_t value;          /* what it tells, questions, or sets aside; or NO_VALUE */
	uint32_t unless;         /* a value that it yields to; or NO_VALUE */
	uint32_t with;           /* only where some party is of this kind; or NO_VALUE */
	uint32_t not_after;      /* class + 1: not where such a word stands within 4 before */
	uint8_t kind, strength, effect;
	uint8_t raw;             /* reads masked words too */
	uint8_t languages;       /* bit set: languages it is not in force in */
	uint8_t upper;           /* only where the text has it in capitals */
	uint8_t named;           /* only next to a name */
	uint8_t start;           /* only at the start of a sentence */
};

enum operation {
	CODE_WORD,  /* argument: symbol */
	CODE_CLASS, /* argument: class */
	CODE_FORK,  /* next, or argument (an instruction further on) */
	CODE_JUMP,  /* argument */
	CODE_SKIP,  /* any word but a sentence end, or argument */
	CODE_MATCH,
};

struct instruction {
	uint32_t operation;
	uint32_t argument; /* of forks, jumps and skips: counted from the item's first */
};

enum {
	CODE_LONGEST = 512,  /* instructions of one item */
	MATCH_LONGEST = 64,  /* words that one match may span */
	NAME_LONGEST = 8,    /* words of a name */
	WORD_LONGEST = 48,   /* bytes of a word that is looked up */
	STEM_LEAST = 4,      /* letters before a star */
	END_LEAST = 2,       /* letters after a star */
	CLASSES_MOST = 16384,
	CHAIN_LONGEST = 6,   /* cuts of one chain */
};
#define TEXT_SECTION(section) ((enum image_section)(section))

/* What can be told at a glance of what stands in a text. A signature is a set of
 * signs, one bit for each: every word of items has one, which it shares with many
 * others. There are two signings, so that words which share a sign in the first
 * seldom do in the second. */
enum sign {
	SIGN_ANY,  /* of everything, even of the end */
	SIGN_GAP,  /* of all that a gap may hold */
	SIGN_LOOK, /* of the first class of looks; the others follow */
	SIGN_WORD = SIGN_LOOK + CLASS_LOOKS,
	SIGNS = 64,
};

static inline uint64_t
sign_bit(unsigned sign)
{
	return (uint64_t)1 << sign;
}

/* What a match is made of: a word, a member of a class, a gap of at least one
 * word; and the end. All else in an item's instructions says only which of these
 * may follow which. */
struct element {
	uint64_t signature; /* of what it may begin with; of a gap, also of what may follow it */
	uint32_t argument;  /* symbol, class, or how many words the gap may have */
	uint32_t operation; /* CODE_WORD, CODE_CLASS, CODE_SKIP or CODE_MATCH */
};

/* How long a bit set of elements is: a row of follows is one. */
static inline uint32_t
element_words(uint32_t element_count)
{
	return (element_count + 63) / 64;
}

enum { WINDOWS = 7 }; /* of 1, 2, 4, ... 64 words */

/* An item may begin with this element where what it cannot do without may be in
 * the words after it. */
struct start {
	uint64_t next; /* signature, first signing: one of its signs is in next_window */
	uint64_t need; /* likewise of the second signing, in need_window */
	uint32_t item;
	uint16_t element;
	uint8_t next_window, need_window; /* of 1 << that many words */
};

struct name {
	uint32_t text;             /* folded, one space between words */
	uint32_t id;
	uint32_t place;            /* jurisdiction, or NO_VALUE */
	uint32_t other;            /* another that bears the name, or NO_VALUE */
	uint32_t kind;             /* kind of party, or NO_VALUE */
	uint32_t words;
	uint8_t demonym;           /* "Bavarian": needs no capital */
	uint8_t weak;              /* also a word: only next to a party or a region */
	uint8_t upper;             /* only in capitals */
	uint8_t region;            /* may follow "City," */
	uint8_t home;              /* is also a place in the United States */
	uint8_t spare[3];
};

struct key_word {
	uint32_t symbol;
	uint32_t letters; /* bit set of the letters in it */
	uint8_t first, length;
	uint8_t spare[2];
};

enum { KEY_THREES = 1 << 15 };

/* Three letters, as a number below KEY_THREES. */
static inline uint32_t
key_three(const char *letters)
{
	return ((uint32_t)letters[0] & 31) << 10 | ((uint32_t)letters[1] & 31) << 5 |
	       ((uint32_t)letters[2] & 31);
}

static inline bool
key_three_in(const uint64_t *set, const char *letters)
{
	return bits_have(set, key_three(letters));
}

enum { SET_STEMS = 1 << 16, SET_ENDS = 1 << 10, SET_PAIRS = 1 << 17 };

/* Of the hash of the first STEM_LEAST letters of a beginning. */
static inline uint32_t
set_stem(uint32_t hash)
{
	return (hash ^ hash >> 16) % SET_STEMS;
}

/* Of the last two letters before `end`. */
static inline uint32_t
set_end(const char *end)
{
	return ((uint32_t)end[-2] & 31) << 5 | ((uint32_t)end[-1] & 31);
}

/* Of the hash of the first two words of a name. */
static inline uint32_t
set_pair(uint32_t hash)
{
	return (hash ^ hash >> 16) % SET_PAIRS;
}

struct letter_swap {
	int32_t code;
	uint32_t text;
};

/* How the rivals of an axis are told apart: the nearest to the use wins. */
struct rival {
	uint32_t axis;
	uint32_t prefer; /* wins where they are as near */
	uint32_t always; /* wins wherever it stands */
};

/* A cut is a set of words of which a text must hold one for what it is a cut of to be
 * read in it. These are cuts that a match of an item, or a name of a kind of party, takes
 * one word of each of, in order. Each item has a chain that is whole where it matches. */
struct chain {
	uint32_t value; /* that a pattern or a name tells, or NO_VALUE */
	uint32_t class; /* that it gives a member of several words, or NO_CLASS */
	uint32_t with;  /* the value that it tells its own only beside, or NO_VALUE */
	uint32_t links; /* in SECTION_CHAIN_LINKS */
	uint8_t link_count;
	uint8_t least;  /* the link that catches least text */
	uint8_t next;   /* the one that does of the others; the same if there is none */
};

struct chain_link {
	uint32_t cut;
	uint32_t gap; /* less than so many words behind the link before */
};

#define NO_CLASS UINT32_MAX

/* The cuts that a symbol is a word of, or that a member of a class meets, in order. */
struct cut_list {
	uint32_t first, count; /* in SECTION_CUT_LINKS */
};

/* What words of a text meet is a bit set: first clues, then the cases that are open. An
 * item can match only where one of its cases is open and has all its clues. */
struct item_case {
	uint32_t clue;             /* bit: of the one that fewest texts meet */
	uint32_t more, more_count; /* in SECTION_CASE_CLUES: those of the others */
	uint32_t item;
};

enum { CLUE_USUAL = 0 }; /* met by all texts */

/* The parts of the bit set behind the clues: with which word each begins. Late ones are
 * of items whose matches may go on behind the end of a sentence.
 *
 * What each symbol sets in it is a list of blocks, behind these what is set without a
 * word; and what a class sets that has a member of several words. Each item has a list,
 * too: of the classes that it refers to and that have such members; behind the items, of
 * those that any late item refers to. The lists stand one after the other.
 */
enum case_region {
	CASES_OF_MEMBERS, /* of class members of several words */
	CASES,
	CASES_LATE,
	CLUES_LATE,
	CASE_END,
	CASE_REGIONS,
};

struct lexicon {
	const char *strings;
	const struct symbol *symbols;
	const uint32_t *symbol_slots;
	const struct word_class *classes;
	const struct item *items;
	const struct instruction *code;
	const struct element *elements;
	const uint64_t *follows;
	const struct start *starts;
	const uint32_t *item_starts;
	const uint64_t *blocks;
	const struct item_case *cases;
	const uint32_t *case_clues, *case_regions;
	const uint32_t *symbol_bits, *spans_bits, *item_spans;
	const uint32_t *links;
	const struct name *names;
	const uint32_t *name_slots;
	const struct key_word *keys;
	const uint64_t *key_starts, *key_ends;
	const uint64_t *stem_set, *end_set, *pair_set;
	const struct letter_swap *letters;
	const struct rival *rivals;
	const struct chain *chains;
	const struct chain_link *chain_links;
	const struct cut_list *symbol_cuts;
	const struct cut_list *class_cuts;
	const uint32_t *cut_links;
	uint32_t symbol_count, symbol_slot_count, class_count, item_count, code_count, link_count;
	uint32_t element_count, follow_count, start_count, item_start_count, block_count;
	uint32_t case_count, case_clue_count, case_region_count;
	uint32_t symbol_bit_count, spans_bit_count, item_span_count;
	uint32_t name_count, name_slot_count, key_count, key_start_count, key_end_count;
	uint32_t stem_set_count, end_set_count, pair_set_count;
	uint32_t letter_count, rival_count;
	uint32_t chain_count, chain_link_count;
	uint32_t cut_count, symbol_cut_count, class_cut_count, cut_link_count;
};

/* The members of a vocabulary file that the lexicon is compiled from. */
#define LEXICON_MEMBERS \
	"classes", "masks", "patterns", "context", "names", "rivals", "repair"

/* Compiles the text sections of all documents into the image. Reports every
 * problem with document_problem(); returns false if there is one. */
bool lexicon_compile(struct image_builder *, const struct vocabulary *axes,
                     struct document *documents, size_t count);

void lexicon_use(struct lexicon *, struct span image);

/* The symbol of a folded word, or of a part of one; UINT32_MAX if there is none. */
uint32_t lexicon_symbol(const struct lexicon *, struct span word, enum word_part);

/* The same where the hash is known: lexicon_hash(LEXICON_SEED + part, word). */
uint32_t lexicon_hashed(const struct lexicon *, struct span word, enum word_part, uint32_t hash);

/* Whether a symbol is a member of a class, by itself. */
bool lexicon_in_class(const struct lexicon *, uint32_t symbol, uint32_t class);

/* The name of a folded run of words; NULL if there is none. */
const struct name *lexicon_name(const struct lexicon *, struct span words, uint32_t hash);

/* FNV-1a, continued from `hash`; LEXICON_SEED starts it. */
enum { LEXICON_SEED = 0x811c9dc5U & 0x7fffffff };
static inline uint32_t
lexicon_hash(uint32_t hash, const char *at, size_t length)
{
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)at[i]) * 16777619U;
	return hash;
}

/* A slot of a hash table, 0 if it is free: an index + 1 and, above it, bits of the
 * hash by which most others are told apart without a look at them. */
enum { SLOT_INDICES = 1 << 20 };
static inline uint32_t
lexicon_slot(uint32_t index, uint32_t hash)
{
	return (hash & ~(uint32_t)(SLOT_INDICES - 1)) | (index + 1);
}

static inline bool
lexicon_slot_may_be(uint32_t slot, uint32_t hash)
{
	return ((slot ^ hash) & ~(uint32_t)(SLOT_INDICES - 1)) == 0;
}

#endif
