#include "glancer.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
	VIEW = 64,            /* bytes told apart together */
	LONG_RUN = 16 * 1024, /* bytes without a space that may be cut inside a word */
};

/* Whether a sentence ends. */
enum ending {
	ENDING_NONE,
	ENDING_LIKELY, /* if the word before is no abbreviation, and stands there as it is */
	ENDING_SURE,
};

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
		__m128i dot = is_either(bytes, '.', '!');
		__m128i stop = _mm_or_si128(dot, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('?')));
		__m128i glue = _mm_or_si128(dot, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')));
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
		view.stops |= c == '.' || c == '!' || c == '?' ? bit : 0;
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
fill_slot(struct glancer *glancer, size_t slot, uint64_t letters, size_t length)
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
		fill_slot(glancer, slot, letters, length);
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
	if (glancer->length - at < VIEW)
		view.odd |= UINT64_MAX << (glancer->length - at);
	uint64_t before = view.odd != 0 ? (view.odd & -view.odd) - 1 : UINT64_MAX;
	uint64_t spaces = view.spaces & before, at_most = 0;
	if (spaces == 0)
		return 0;
	size_t end = VIEW - (size_t)__builtin_clzll(spaces), start = 0, length = 0;
	const struct sight *sight = NULL;
	uint64_t letters = view.letters & (UINT64_MAX >> (VIEW - end));
	uint64_t starts = letters & ~(letters << 1), singles = starts & ~(letters >> 1);
	for (; starts != 0; starts &= starts - 1) {
		start = (size_t)__builtin_ctzll(starts);
		length = (size_t)__builtin_ctzll(~(letters >> start));
		if (singles != 0)
			count_alone(glancer, length == 1, true);
		memory->word += closely;
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
	if ((view.stops >> (start + length) & 1) && length > 1 && !sight->goes_on &&
	    start + length + 2 == end)
		glancer->stop = at + end;
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
	size_t left = glancer->whole - at;
	memset(rest, ' ', sizeof rest);
	memcpy(rest, glancer->text + at, left);
	size_t passed = pass_view(glancer, rest, at, glancer->memory->closely);
	return passed < left ? passed : left;
}

/* Passes plain words from `at` on if they can be told together; returns how many bytes. */
static size_t
pass_plain(struct glancer *glancer, size_t at)
{
	size_t passed = glancer->whole - at < VIEW + BLOCK ? pass_rest(glancer, at)
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
		return glancer_read(glancer, at);
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

static bool
is_bracket(char c)
{
	return c == '"' || c == ')';
}

static bool
is_stop(char c)
{
	return c == '.' || c == '!' || c == '?';
}

/* Where what is behind a sentence begins that ends at `at`: behind a stop, what may close
 * behind it, and white space; 0 if it does not end. */
static size_t
behind_stop(const struct glancer *glancer, size_t at)
{
	if (!is_stop((char)byte_at(glancer, at++)))
		return 0;
	while (is_bracket((char)byte_at(glancer, at)))
		at++;
	return byte_at(glancer, at) == ' ' || byte_at(glancer, at) == '\n' ? at + 1 : 0;
}

/* A word at [at, to), told by itself; returns where the glance goes on. */
static size_t
pass_word(struct glancer *glancer, size_t at, size_t to, bool letters, bool digits)
{
	enum kind after = kind_at(glancer, to);
	bool whole = !glancer->glued && (at == 0 || is_gap(kind_at(glancer, at - 1)));
	glancer->fresh = false;
	if (after == KIND_FOREIGN || (after == KIND_SIGN && glancer_mends(glancer, at)))
		return glancer_read(glancer, at);
	if (after == KIND_OTHER && is_clipped(glancer, at, to))
		return digits || to - at > WORD_LONGEST ? glancer_read(glancer, at)
		                                        : pass_clipped(glancer, at, to);
	size_t length = to - at < WORD_LONGEST ? to - at : WORD_LONGEST;
	const struct sight *sight = look_up(glancer, at, length);
	if (sight->mends)
		return glancer_read(glancer, at);
	take_word(glancer, (struct span){glancer->text + at, length}, sight, letters);
	if (whole && length > 1 && !sight->goes_on) {
		size_t next = behind_stop(glancer, to);
		if (next != 0)
			glancer_stop(glancer, next);
	}
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
	if (kind == KIND_FOREIGN || (kind == KIND_SIGN && glancer_mends(glancer, at)))
		return glancer_read(glancer, at);
	pass_mark(glancer, at, kind);
	return at + 1;
}

static bool
ends_in_letters(const char *end)
{
	return kind_of((unsigned char)end[-1]) == KIND_LETTER &&
	       kind_of((unsigned char)end[-2]) == KIND_LETTER;
}

/* Whether a sentence ends between what stands before `next`, a space or the end of a line,
 * and a letter there: behind a stop that shortens nothing, or an empty line. There are
 * ends that only the word before can tell. */
static enum ending
ending_at(const char *next)
{
	const char *end = next - 2;
	if (kind_of((unsigned char)*next) != KIND_LETTER || (next[-1] != ' ' && next[-1] != '\n'))
		return ENDING_NONE;
	if (*end == '\n' && next[-1] == '\n') {
		end -= end[-1] == '.' || end[-1] == '?' || end[-1] == ':';
		return ends_in_letters(end) || is_bracket(end[-1]) ? ENDING_SURE : ENDING_NONE;
	}
	if (is_stop(*end) && (is_bracket(end[-1]) || (*end == '?' && ends_in_letters(end))))
		return ENDING_SURE;
	end -= is_bracket(*end);
	bool signs = memcmp(end - 2, "\u2026", 3) == 0 || memcmp(end - 2, "\u201d", 3) == 0;
	return is_stop(*end) || signs ? ENDING_LIKELY : ENDING_NONE;
}

#ifdef __SSE2__
/* The bytes of a view that are white space behind a sign. */
static inline uint64_t
gaps_in(const char *view)
{
	__m128i blank = _mm_set1_epi8(' '), letters = _mm_set1_epi8('@');
	uint64_t gaps = 0;
	for (int i = 0; i < VIEW; i += BLOCK) {
		__m128i before = _mm_loadu_si128((const __m128i *)(const void *)(view + i - 1));
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(view + i));
		__m128i space = _mm_cmpeq_epi8(_mm_subs_epu8(bytes, blank), _mm_setzero_si128());
		/* What is left of a sign, or of what is no ASCII, is negative. */
		__m128i sign = _mm_subs_epi8(before, letters);
		gaps |= (uint64_t)bits_of(_mm_and_si128(space, sign)) << i;
	}
	return gaps;
}
#else
static inline uint64_t
gaps_in(const char *view)
{
	uint64_t gaps = 0;
	for (int i = 0; i < VIEW; i++)
		gaps |= (uint64_t)(view[i] == ' ' || view[i] == '\n') << i;
	return gaps;
}
#endif

/* Where the first of some gaps of a view ends behind which a sentence seems to; NULL if none. */
static inline const char *
first_end(const char *view, uint64_t gaps)
{
	for (; gaps != 0; gaps &= gaps - 1) {
		const char *next = view + __builtin_ctzll(gaps) + 1;
		if (kind_of((unsigned char)*next) == KIND_LETTER &&
		    ((next[-2] == '.' && next[-1] == ' ') || ending_at(next) != ENDING_NONE))
			return next;
	}
	return NULL;
}

/* Where the first sentence that does not end before `at` seems to: behind the space. */
static inline size_t
end_from(struct span text, size_t at)
{
	const char *next;
	for (; at + VIEW < text.length; at += VIEW) {
		next = first_end(text.at + at, gaps_in(text.at + at));
		if (next != NULL)
			return (size_t)(next - text.at);
	}
	if (text.length > VIEW + 1 && at + 1 < text.length) {
		size_t last = text.length - 1 - VIEW;
		next = first_end(text.at + last, gaps_in(text.at + last) & UINT64_MAX << (at - last));
		return next != NULL ? (size_t)(next - text.at) : text.length;
	}
	for (at += 1; at < text.length; at++) {
		if (ending_at(text.at + at) != ENDING_NONE)
			return at;
	}
	return text.length;
}

size_t
glancer_ends(struct span text, size_t from, size_t ends[], size_t most)
{
	size_t count = 0;
	for (; count < most && from < text.length; from = ends[count++])
		ends[count] = end_from(text, from + SENTENCE_LEAST);
	return count;
}

/* What seems to be the end of a sentence is none behind an abbreviation, say. */
size_t
glancer_pass(struct glance_memory *memory, struct span text, size_t end)
{
	struct glancer glancer = {.memory = memory,
	                          .arena = memory->arena,
	                          .text = text.at,
	                          .length = end,
	                          .whole = text.length,
	                          .fresh = true};
	sight_apart(memory);
	for (size_t at = 0; !glancer.unsure;) {
		at = pass_next(&glancer, at);
		if (at < glancer.length)
			continue;
		if (at == text.length || glancer.stop == at ||
		    ending_at(text.at + at) == ENDING_SURE)
			break;
		glancer.length = end_from(text, at + 1);
	}
	if (!glancer.unsure && glancer.length - glancer.run <= LONG_RUN)
		return glancer.length;
	sight_text(memory, memory->arena, text);
	return text.length;
}
