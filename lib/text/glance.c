#include "sight.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
	VIEW = 64,            /* bytes told apart together */
	PARTS = 5 * 3,        /* words glued together, of which three may be initials of one */
	LONG_RUN = 16 * 1024, /* bytes without a space that may be cut inside a word */
	STRETCH_LEAST = 3,    /* letters and signs that stand for a word */
};

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

struct glancer {
	struct glance_memory *memory;
	struct arena *arena;
	const char *text;
	size_t length;
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

static inline void
add_part(struct glancer *glancer, struct span word, bool glued)
{
	if (!glued) {
		glancer->part[0] = word;
		glancer->parts = 1;
		glancer->odd = false;
		return;
	}
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

static bool
is_word(enum kind kind)
{
	return kind == KIND_LETTER || kind == KIND_DIGIT;
}

static bool
is_gap(enum kind kind)
{
	return kind == KIND_SPACE || kind == KIND_LINE;
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
take_odd(struct glancer *glancer, const struct sight *sight)
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
}

/* A run of bytes without white space around `at` that has to be read. Returns
 * where it ends. */
static size_t
read_odd(struct glancer *glancer, size_t at)
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
		take_odd(glancer, sight);
	glancer->glued = ends_glued(text, to);
	return to;
}

/* One bit for each byte of a view. */
struct view {
	uint64_t letters, spaces; /* of any kind: no mark that glues stands before one but " " */
	uint64_t stops; /* what ends a sentence behind a word, an abbreviation apart */
	uint64_t odd;   /* what makes the word beside it no plain one */
};

#ifdef __SSE2__
static inline unsigned
bits_of(__m128i bytes)
{
	return (unsigned)_mm_movemask_epi8(bytes);
}

/* Adding what brings the last one up to 127 leaves none but these above the limit. */
static inline __m128i
is_between(__m128i bytes, char first, char last)
{
	return _mm_cmpgt_epi8(_mm_add_epi8(bytes, _mm_set1_epi8((char)(127 - last))),
	                      _mm_set1_epi8((char)(127 - last + first - 1)));
}

static inline __m128i
is_either(__m128i bytes, char a, char b)
{
	return _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(a)),
	                    _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b)));
}

static inline struct view
view_at(const char *text)
{
	struct view view = {0};
	__m128i blank = _mm_set1_epi8(' ');
	for (int i = 0; i < VIEW; i += BLOCK) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + i));
		__m128i next = _mm_loadu_si128((const __m128i *)(const void *)(text + i + 1));
		__m128i letter = is_between(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z');
		__m128i space = _mm_cmpeq_epi8(_mm_min_epu8(bytes, blank), bytes);
		__m128i stop = is_either(bytes, '.', '!');
		__m128i glue = _mm_or_si128(stop, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')));
		__m128i mark = _mm_or_si128(_mm_or_si128(is_between(bytes, ':', '?'),
		                                         is_between(bytes, '(', ')')),
		                            is_either(bytes, ',', '"'));
		__m128i last = _mm_and_si128(glue, _mm_cmpeq_epi8(next, blank));
		__m128i fine = _mm_or_si128(_mm_or_si128(letter, space), _mm_or_si128(last, mark));
		view.letters |= (uint64_t)bits_of(letter) << i;
		view.spaces |= (uint64_t)bits_of(space) << i;
		view.stops |= (uint64_t)bits_of(stop) << i;
		view.odd |= (uint64_t)(bits_of(fine) ^ 0xffff) << i;
	}
	return view;
}

#else
static inline struct view
view_at(const char *text)
{
	struct view view = {0};
	for (int i = 0; i < VIEW; i++) {
		unsigned char c = (unsigned char)text[i];
		uint64_t bit = (uint64_t)1 << i;
		enum kind kind = kind_of(c);
		bool glue = kind == KIND_GLUE || c == '!';
		bool glued = glue && text[i + 1] != ' ';
		view.letters |= kind == KIND_LETTER ? bit : 0;
		view.spaces |= c <= ' ' ? bit : 0;
		view.stops |= c == '.' || c == '!' ? bit : 0;
		if (kind == KIND_DIGIT || kind == KIND_FOREIGN || (kind == KIND_SIGN && !glue) ||
		    glued || c == '&' || c == '\'' || c == '`')
			view.odd |= bit;
	}
	return view;
}
#endif

/* Puts a word that is not in its slot there: from the neighbouring one, or anew.
 * What was there goes next door. */
static void
recall_word(struct glancer *glancer, size_t slot, uint64_t letters, size_t length)
{
	struct glance_memory *memory = glancer->memory;
	struct word_slot word = memory->words[slot ^ 1];
	struct sight sight = memory->sights[slot ^ 1];
	if (word.letters != letters) {
		char text[WORD_SHORT];
		memcpy(text, &letters, sizeof text);
		sight = sight_word(memory, glancer->arena, (struct span){text, length});
		word = (struct word_slot){letters, sight.alone | sight.chained};
	}
	memory->words[slot ^ 1] = memory->words[slot];
	memory->sights[slot ^ 1] = memory->sights[slot];
	memory->words[slot] = word;
	memory->sights[slot] = sight;
}

/* The slot of a short word of plain letters, WORD_SHORT bytes before the end of the
 * buffer. */
static inline size_t
find_word(struct glancer *glancer, const char *text, size_t length)
{
	static const unsigned char keep[WORD_SHORT * 2] = {255, 255, 255, 255, 255, 255, 255, 255};
	uint64_t letters, mask;
	memcpy(&letters, text, sizeof letters);
	memcpy(&mask, keep + WORD_SHORT - length, sizeof mask);
	letters = (letters | UINT64_C(0x2020202020202020)) & mask;
	size_t slot = letters * UINT64_C(0x9e3779b97f4a7c15) >> (64 - WORD_BITS);
	if (glancer->memory->words[slot].letters != letters)
		recall_word(glancer, slot, letters, length);
	return slot;
}

/* Passes the plain words at the start of a view that are whole and stand among
 * spaces and marks. Returns where the glance goes on: behind a space, or at the
 * start if the first word is no such one. No chain goes on behind a stop. */
__attribute__((always_inline)) static inline size_t
pass_view(struct glancer *glancer, const char *text, size_t at, bool closely)
{
	struct glance_memory *memory = glancer->memory;
	struct view view = view_at(text);
	uint64_t before = view.odd != 0 ? (view.odd & -view.odd) - 1 : UINT64_MAX;
	uint64_t spaces = view.spaces & before, at_most = 0;
	if (spaces == 0)
		return 0;
	size_t end = VIEW - (size_t)__builtin_clzll(spaces), start = 0, length = 0;
	uint64_t letters = view.letters & (UINT64_MAX >> (VIEW - end));
	uint64_t starts = letters & ~(letters << 1), singles = starts & ~(letters >> 1);
	for (; starts != 0; starts &= starts - 1) {
		start = (size_t)__builtin_ctzll(starts);
		length = (size_t)__builtin_ctzll(~(letters >> start));
		if (singles != 0)
			count_alone(glancer, length == 1, true);
		memory->word += closely;
		const struct sight *sight;
		if (length <= WORD_SHORT) {
			size_t slot = find_word(glancer, text + start, length);
			at_most |= memory->words[slot].at_most;
			sight = &memory->sights[slot];
		} else {
			sight = sight_run(memory, glancer->arena,
			                  (struct span){text + start, length});
			at_most |= sight->alone | sight->chained;
		}
		if (!closely)
			continue;
		sight_note(memory, sight);
		bool stop = (view.stops >> (start + length) & 1) && length > 1;
		memory->word += stop && !sight->goes_on ? MATCH_LONGEST + 1 : 0;
	}
	memory->at_most |= at_most;
	if (length == 0)
		return end;
	if (singles == 0)
		count_alone(glancer, false, true);
	add_part(glancer, (struct span){glancer->text + at + start, length}, false);
	return end;
}

static size_t
pass_far(struct glancer *glancer, size_t at)
{
	return pass_view(glancer, glancer->text + at, at, false);
}

static size_t
pass_closely(struct glancer *glancer, size_t at)
{
	return pass_view(glancer, glancer->text + at, at, true);
}

/* The same at the end of a text, which is filled up with spaces. */
static size_t
pass_rest(struct glancer *glancer, size_t at)
{
	char rest[VIEW + BLOCK];
	size_t left = glancer->length - at;
	memset(rest, ' ', sizeof rest);
	memcpy(rest, glancer->text + at, left);
	size_t passed = pass_view(glancer, rest, at, glancer->memory->closely);
	return passed < left ? passed : left;
}

/* Passes plain words from `at` on if they can be told together; returns how many bytes. */
static size_t
pass_plain(struct glancer *glancer, size_t at)
{
	size_t passed = glancer->length - at < VIEW + BLOCK ? pass_rest(glancer, at)
	                : glancer->memory->closely          ? pass_closely(glancer, at)
	                                                    : pass_far(glancer, at);
	glancer->fresh = passed != 0;
	if (passed == 0)
		return 0;
	glancer->run_glued = false;
	glancer->unsure |= at - glancer->run > LONG_RUN;
	char last = glancer->text[at + passed - 1];
	if (last == ' ' || last == '\n')
		glancer->run = at + passed;
	return passed;
}

static unsigned char
byte_at(const struct glancer *glancer, size_t at)
{
	return at < glancer->length ? (unsigned char)glancer->text[at] : ' ';
}

static enum kind
kind_at(const struct glancer *glancer, size_t at)
{
	return kind_of(byte_at(glancer, at));
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

/* Whether digits and signs in a stretch of words and signs from `at` on may stand for
 * letters, from any word on or from a sign right before one. */
static bool
stretch_mends(struct glancer *glancer, size_t at)
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

/* What a word anchors as it stands. */
static const struct sight *
look_up(struct glancer *glancer, size_t at, size_t length)
{
	struct glance_memory *memory = glancer->memory;
	const char *text = glancer->text + at;
	char rest[WORD_SHORT];
	if (length > WORD_SHORT)
		return sight_run(memory, glancer->arena, (struct span){text, length});
	if (glancer->length - at < WORD_SHORT)
		text = memcpy(rest, text, length);
	return &memory->sights[find_word(glancer, text, length)];
}

static inline void
take_word(struct glancer *glancer, struct span word, const struct sight *sight, bool letter)
{
	count_alone(glancer, word.length == 1, letter);
	glancer->memory->word += !glancer->glued;
	sight_note(glancer->memory, sight);
	add_part(glancer, word, glancer->glued);
	glancer->glued = false;
}

static void
take_short(struct glancer *glancer, const char word[WORD_SHORT])
{
	size_t length = strlen(word);
	const struct sight *sight = &glancer->memory->sights[find_word(glancer, word, length)];
	take_word(glancer, (struct span){word, length}, sight, true);
}

static bool
is_apostrophe(unsigned char c)
{
	return c == '\'' || c == '`';
}

/* Whether the word at [at, to) ends in a clipped "not", as "don't" does. */
static bool
is_clipped(const struct glancer *glancer, size_t at, size_t to)
{
	return is_apostrophe(byte_at(glancer, to)) && to - at > 1 &&
	       (byte_at(glancer, to - 1) | 0x20) == 'n' &&
	       (byte_at(glancer, to + 1) | 0x20) == 't' && !is_word(kind_at(glancer, to + 2));
}

/* A word of letters that does; returns where the glance goes on. */
static size_t
pass_clipped(struct glancer *glancer, size_t at, size_t to)
{
	static const char will[WORD_SHORT] = "will", not[WORD_SHORT] = "not";
	const char *text = glancer->text + at;
	unsigned char next = byte_at(glancer, to + 2);
	bool three = to - at == 3;
	if (kind_of(next) == KIND_FOREIGN || is_apostrophe(next))
		return read_odd(glancer, at);
	if (three && lower(text[0]) == 'w' && lower(text[1]) == 'o') {
		take_short(glancer, will);
	} else {
		bool can = three && lower(text[0]) == 'c' && lower(text[1]) == 'a';
		size_t length = to - at - !can;
		take_word(glancer, (struct span){text, length}, look_up(glancer, at, length), true);
	}
	take_short(glancer, not);
	return to + 2;
}

/* Where the word at `at` ends, and which kinds there are in it. */
static inline size_t
word_end(const struct glancer *glancer, size_t at, bool *letters, bool *digits)
{
	enum kind kind;
#ifdef __SSE2__
	if (glancer->length - at >= BLOCK) {
		const char *text = glancer->text + at;
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);
		__m128i letter = is_between(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z');
		unsigned letter_bits = bits_of(letter);
		unsigned digit_bits = bits_of(is_between(bytes, '0', '9'));
		unsigned others = ~(letter_bits | digit_bits), word = (others & -others) - 1;
		*letters = (letter_bits & word) != 0;
		*digits = (digit_bits & word) != 0;
		at += (size_t)__builtin_ctz(others);
		if (word != 0xffff)
			return at;
	}
#endif
	for (; is_word(kind = kind_at(glancer, at)); at++) {
		*letters |= kind == KIND_LETTER;
		*digits |= kind == KIND_DIGIT;
	}
	return at;
}

/* A word at [at, to), told by itself; returns where the glance goes on. */
static size_t
pass_word(struct glancer *glancer, size_t at, size_t to, bool letters, bool digits)
{
	enum kind after = kind_at(glancer, to);
	glancer->fresh = false;
	if (after == KIND_FOREIGN || (after == KIND_SIGN && stretch_mends(glancer, at)))
		return read_odd(glancer, at);
	if (after == KIND_OTHER && is_clipped(glancer, at, to))
		return digits || to - at > WORD_LONGEST ? read_odd(glancer, at)
		                                        : pass_clipped(glancer, at, to);
	size_t length = to - at < WORD_LONGEST ? to - at : WORD_LONGEST;
	const struct sight *sight = look_up(glancer, at, length);
	if (sight->mends)
		return read_odd(glancer, at);
	take_word(glancer, (struct span){glancer->text + at, length}, sight, letters);
	return to;
}

/* Whether a space stands at `at`, or behind the mark there: a view passes the word before. */
static bool
is_spaced(const struct glancer *glancer, size_t at)
{
	return byte_at(glancer, at) <= ' ' || byte_at(glancer, at + 1) == ' ';
}

/* Plain words from `at` on, or any one word. */
static size_t
pass_words(struct glancer *glancer, size_t at)
{
	bool letters = false, digits = false;
	size_t to = word_end(glancer, at, &letters, &digits);
	if (glancer->fresh && !glancer->glued && !digits && is_spaced(glancer, to)) {
		size_t passed = pass_plain(glancer, at);
		if (passed != 0)
			return at + passed;
	}
	return pass_word(glancer, at, to, letters, digits);
}

/* Whether a comma stands between words: it does not between digits. */
static bool
is_comma(const struct glancer *glancer, size_t at)
{
	enum kind before = at > 0 ? kind_at(glancer, at - 1) : KIND_SPACE;
	enum kind after = kind_at(glancer, at + 1);
	return byte_at(glancer, at) == ',' &&
	       ((before != KIND_DIGIT && before != KIND_FOREIGN) ||
	        (after != KIND_DIGIT && after != KIND_FOREIGN));
}

static void
pass_gap(struct glancer *glancer, size_t at, enum kind kind)
{
	glancer->glued = glancer->glued && kind != KIND_SPACE;
	glancer->run_glued = glancer->glued;
	glancer->fresh = true;
	if (glancer->text[at] != ' ' && glancer->text[at] != '\n')
		return;
	glancer->unsure |= at - glancer->run > LONG_RUN;
	glancer->run = at;
}

/* A byte that is part of no word. */
static void
pass_mark(struct glancer *glancer, size_t at, enum kind kind)
{
	static const char and[WORD_SHORT] = "and";
	if (kind == KIND_GLUE) {
		glancer->glued = true;
	} else if (kind == KIND_MARK || is_comma(glancer, at)) {
		glancer->glued = false;
		glancer->alone = 0;
	} else if (glancer->text[at] == '&' && (at == 0 || is_gap(kind_at(glancer, at - 1)))) {
		glancer->glued = false;
		take_short(glancer, and);
	}
}

/* Passes what stands at `at`; returns where the glance goes on. */
static inline size_t
pass_next(struct glancer *glancer, size_t at)
{
	enum kind kind = kind_of((unsigned char)glancer->text[at]);
	if (is_gap(kind)) {
		pass_gap(glancer, at, kind);
		return at + 1;
	}
	if (is_word(kind))
		return pass_words(glancer, at);
	if (kind == KIND_FOREIGN || (kind == KIND_SIGN && stretch_mends(glancer, at)))
		return read_odd(glancer, at);
	pass_mark(glancer, at, kind);
	return at + 1;
}

void
glance_text(struct glance_memory *memory, struct arena *arena, struct span text)
{
	struct glancer glancer = {.memory = memory,
	                          .arena = arena,
	                          .text = text.at,
	                          .length = text.length,
	                          .fresh = true};
	sight_apart(memory);
	for (size_t at = 0; at < text.length && !glancer.unsure;)
		at = pass_next(&glancer, at);
	if (glancer.unsure || text.length - glancer.run > LONG_RUN)
		sight_text(memory, arena, text);
}
