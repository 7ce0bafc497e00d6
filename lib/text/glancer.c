/* Words that are not as they are written: broken up, or with signs for letters. */
#include "glancer.h"

enum { STRETCH_LEAST = 3 }; /* letters and signs that stand for a word */

/* Whether the last letters of the words glued together may be those of a key word. Where
 * there are shorter ones, the set is full. */
static bool
may_end_key(const struct glancer *glancer)
{
	const struct lexicon *lexicon = &glancer->memory->glance->vocabulary->lexicon;
	char three[3] = {0};
	size_t letters = 3;
	for (size_t i = glancer->parts; i-- > 0 && letters > 0;) {
		const struct span *part = &glancer->part[i];
		for (size_t j = part->length; j > 0 && letters > 0; j--)
			three[--letters] = part->at[j - 1];
	}
	return key_three_in(lexicon->key_ends, three);
}

/* The same of the first letters, from one of them on. */
static bool
may_begin_key(const struct glancer *glancer, size_t first)
{
	const struct lexicon *lexicon = &glancer->memory->glance->vocabulary->lexicon;
	char three[3] = {0};
	size_t letters = 0;
	if (glancer->part[first].length >= 3)
		return key_three_in(lexicon->key_starts, glancer->part[first].at);
	for (size_t i = first; i < glancer->parts && letters < 3; i++) {
		const struct span *part = &glancer->part[i];
		for (size_t j = 0; j < part->length && letters < 3; j++)
			three[letters++] = part->at[j];
	}
	return key_three_in(lexicon->key_starts, three);
}

/* Looks at the parts from one of them on as at one word, which is not too long. */
static void
glue(struct glancer *glancer, size_t first)
{
	char text[WORD_LONGEST];
	size_t length = 0;
	for (size_t i = first; i < glancer->parts; i++) {
		const struct span *part = &glancer->part[i];
		for (size_t j = 0; j < part->length; j++)
			text[length++] = lower(part->at[j]);
	}
	sight_glued(glancer->memory, (struct span){text, length});
}

/* Words glued together: initials are one word, and parts may make a key word. */
static void
glance_glued(struct glancer *glancer)
{
	size_t last = glancer->parts - 1;
	bool ends = may_end_key(glancer), initials = glancer->part[last].length == 1;
	size_t length = glancer->part[last].length;
	for (size_t i = last; i-- > 0 && (ends || initials);) {
		const struct span *part = &glancer->part[i];
		length += part->length;
		if (length > WORD_LONGEST)
			return;
		initials = initials && part->length == 1;
		bool letter = kind_of((unsigned char)part->at[0]) == KIND_LETTER;
		if ((initials && letter) || (ends && may_begin_key(glancer, i)))
			glue(glancer, i);
	}
}

void
glancer_glue(struct glancer *glancer, struct span word)
{
	glancer->unsure |= glancer->odd && glancer->opens;
	glancer->odd = false;
	if (glancer->parts == PARTS) {
		memmove(glancer->part, glancer->part + 1, sizeof *glancer->part * (PARTS - 1));
		glancer->parts--;
	}
	glancer->part[glancer->parts++] = word;
	if (glancer->parts > 1)
		glance_glued(glancer);
}

/* Whether the last letter before `to` may be folded to one that glues. */
static bool
ends_glued(const unsigned char *text, size_t to)
{
	size_t lead = to;
	while (lead > 0 && (text[lead - 1] & 0xc0) == 0x80)
		lead--;
	if (lead == to)
		return to > 0 && kind_of(text[to - 1]) == KIND_GLUE;
	unsigned char c = lead > 0 ? text[lead - 1] : 0;
	return c == 0xc2 || c == 0xce || c == 0xe2 || c == 0xef;
}

/* Whether a key word may have begun just before, and go on. */
static bool
may_go_on(const struct glancer *glancer)
{
	if (glancer->odd)
		return glancer->opens;
	size_t letters = 0;
	for (size_t first = glancer->parts; first-- > 0;) {
		letters += glancer->part[first].length;
		if (letters < 3 || may_begin_key(glancer, first))
			return true;
	}
	return false;
}

static void
take_odd(struct glancer *glancer, const struct sight *sight, size_t to)
{
	glancer->memory->word += !glancer->glued;
	sight_note(glancer->memory, sight);
	glancer->alone_letter = sight->alone_letter ||
	                        (glancer->alone != 0 && glancer->alone_letter);
	glancer->alone += sight->alone_count;
	glancer->unsure |= ((glancer->run_glued || sight->glued) && may_go_on(glancer)) ||
	                   (glancer->alone >= ALONE_MOST && glancer->alone_letter);
	if (!sight->ends_alone)
		glancer->alone = 0;
	glancer->odd = true;
	glancer->opens = sight->opens;
	glancer->parts = 0;
	if (sight->stops)
		glancer_stop(glancer, to + 1);
}

size_t
glancer_read(struct glancer *glancer, size_t at)
{
	const unsigned char *text = (const unsigned char *)glancer->text;
	size_t from = at, to = at;
	while (from > 0 && !is_gap(kind_of(text[from - 1])))
		from--;
	while (to < glancer->length && !is_gap(kind_of(text[to])))
		to++;
	struct span run = {glancer->text + from, to - from};
	const struct sight *sight = sight_run(glancer->memory, glancer->arena, run);
	if (!sight->wordless)
		take_odd(glancer, sight, to);
	glancer->glued = ends_glued(text, to);
	return to;
}

/* Where a stretch of words and signs ends. */
static size_t
stretch_end(const struct glancer *glancer, size_t at)
{
	for (;; at++) {
		enum kind kind = kind_at(glancer, at);
		bool sign = kind == KIND_SIGN && (glancer->text[at] != '!' ||
		                                  !is_gap(kind_at(glancer, at + 1)));
		if (!is_word(kind) && !sign)
			return at;
	}
}

bool
glancer_mends(struct glancer *glancer, size_t at)
{
	if (at < glancer->stretch)
		return false;
	size_t to = glancer->stretch = stretch_end(glancer, at);
	if (kind_at(glancer, to) == KIND_FOREIGN)
		return true;
	bool word = false;
	for (size_t from = at; from + STRETCH_LEAST <= to; from++) {
		bool inside = word;
		word = is_word(kind_at(glancer, from));
		bool begins = word ? !inside : is_word(kind_at(glancer, from + 1));
		if (begins &&
		    sight_mends(glancer->memory, (struct span){glancer->text + from, to - from}))
			return true;
	}
	return false;
}
