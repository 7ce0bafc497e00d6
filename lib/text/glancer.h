/* Where a glance at a text stands, and what it does with words that are not as they are
 * written. Internal to the glance. */
#ifndef PROVISO_GLANCER_H
#define PROVISO_GLANCER_H

#include "sight.h"

enum { PARTS = 5 * 3 }; /* words glued together, of which three may be initials of one */

enum kind {
	KIND_OTHER,
	KIND_MARK,   /* stands between words wherever it is */
	KIND_LETTER,
	KIND_DIGIT,
	KIND_SPACE,
	KIND_LINE,
	KIND_GLUE, /* "-", "_", "*", ".": a word broken up may go on behind it */
	KIND_SIGN, /* stands for a letter next to one */
	KIND_FOREIGN,
};

static const uint8_t kinds[256] = {
        ['\0'] = KIND_SPACE, ['\t'] = KIND_SPACE, ['\n'] = KIND_LINE,  ['\v'] = KIND_LINE,
        ['\f'] = KIND_LINE,  ['\r'] = KIND_LINE,  [' '] = KIND_SPACE,  ['-'] = KIND_GLUE,
        ['_'] = KIND_GLUE,   ['*'] = KIND_GLUE,   ['.'] = KIND_GLUE,   ['@'] = KIND_SIGN,
        ['$'] = KIND_SIGN,   ['+'] = KIND_SIGN,   ['|'] = KIND_SIGN,   ['!'] = KIND_SIGN,
        ['0'] = KIND_DIGIT,  ['1'] = KIND_DIGIT,  ['2'] = KIND_DIGIT,  ['3'] = KIND_DIGIT,
        ['4'] = KIND_DIGIT,  ['5'] = KIND_DIGIT,  ['6'] = KIND_DIGIT,  ['7'] = KIND_DIGIT,
        ['8'] = KIND_DIGIT,  ['9'] = KIND_DIGIT,
        ['('] = KIND_MARK,   [')'] = KIND_MARK,   ['"'] = KIND_MARK,   [':'] = KIND_MARK,
        [';'] = KIND_MARK,   ['?'] = KIND_MARK,
#define LETTERS(a, b, c, d, e, f) \
	[a] = KIND_LETTER, [b] = KIND_LETTER, [c] = KIND_LETTER, [d] = KIND_LETTER, \
	[e] = KIND_LETTER, [f] = KIND_LETTER
        LETTERS('a', 'b', 'c', 'd', 'e', 'f'), LETTERS('g', 'h', 'i', 'j', 'k', 'l'),
        LETTERS('m', 'n', 'o', 'p', 'q', 'r'), LETTERS('s', 't', 'u', 'v', 'w', 'x'),
        LETTERS('A', 'B', 'C', 'D', 'E', 'F'), LETTERS('G', 'H', 'I', 'J', 'K', 'L'),
        LETTERS('M', 'N', 'O', 'P', 'Q', 'R'), LETTERS('S', 'T', 'U', 'V', 'W', 'X'),
        ['y'] = KIND_LETTER, ['z'] = KIND_LETTER, ['Y'] = KIND_LETTER, ['Z'] = KIND_LETTER,
#undef LETTERS
};

static inline enum kind
kind_of(unsigned char c)
{
	return c >= 0x80 ? KIND_FOREIGN : (enum kind)kinds[c];
}

static inline char
lower(char c)
{
	return kind_of((unsigned char)c) == KIND_LETTER ? (char)(c | 0x20) : c;
}

static inline bool
is_word(enum kind kind)
{
	return kind == KIND_LETTER || kind == KIND_DIGIT;
}

static inline bool
is_gap(enum kind kind)
{
	return kind == KIND_SPACE || kind == KIND_LINE;
}

struct glancer {
	struct glance_memory *memory;
	struct arena *arena;
	const char *text;
	size_t length;        /* up to where it is looked at */
	size_t whole;         /* of the whole text */
	size_t stop;          /* where what is behind the last sentence that ended begins */
	/* The words just passed that the next may be glued to. */
	struct span part[PARTS];
	size_t parts;
	size_t alone;         /* letters and digits that stood alone just now */
	bool alone_letter;    /* there is a letter among them */
	bool odd;             /* what was just passed was read, not glanced at */
	bool opens;           /* and its end may begin a key word */
	bool run_glued;       /* the run of bytes without white space may go on from the last */
	bool unsure;          /* the text has to be cut into words after all */
	bool glued;           /* the next word may go on from the last */
	bool fresh;           /* no word was passed alone since white space */
	size_t run;           /* where the run of bytes without a space began */
	size_t stretch;       /* where that of words and signs ends which was looked at */
};

static inline unsigned char
byte_at(const struct glancer *glancer, size_t at)
{
	return at < glancer->length ? (unsigned char)glancer->text[at] : ' ';
}

static inline enum kind
kind_at(const struct glancer *glancer, size_t at)
{
	return kind_of(byte_at(glancer, at));
}

/* Letters that stand alone, one after another, may be one word. */
static inline void
count_alone(struct glancer *glancer, bool alone, bool letter)
{
	if (!alone) {
		glancer->alone = 0;
		return;
	}
	bool first = glancer->alone++ == 0;
	glancer->alone_letter = letter || (!first && glancer->alone_letter);
	glancer->unsure |= glancer->alone >= ALONE_MOST && glancer->alone_letter;
}

/* Where the next sentences of a text from `from` on seem to end: each behind a space or with
 * the text. Returns how many of them. */
size_t glancer_ends(struct span text, size_t from, size_t ends[], size_t most);

/* Passes the first sentence of a text, which seems to end at `end`. Returns where it does. */
size_t glancer_pass(struct glance_memory *, struct span text, size_t end);

/* A sentence has ended: no chain goes on, and what begins at `next` is not glued to it. */
static inline void
glancer_stop(struct glancer *glancer, size_t next)
{
	sight_apart(glancer->memory);
	glancer->stop = next;
}

/* Adds a word to those passed that it is glued to. */
void glancer_glue(struct glancer *, struct span word);

/* Reads a run of bytes without white space around `at` that holds something odd. Returns
 * where it ends. */
size_t glancer_read(struct glancer *, size_t at);

/* Whether digits and signs in a stretch of words and signs from `at` on may stand for
 * letters, from any word on or from a sign right before one. */
bool glancer_mends(struct glancer *, size_t at);

static inline void
add_part(struct glancer *glancer, struct span word, bool glued)
{
	if (!glued) {
		glancer->part[0] = word;
		glancer->parts = 1;
		glancer->odd = false;
		return;
	}
	glancer_glue(glancer, word);
}

#endif
