#include "fold.h"

#include <utf8proc.h>

enum { EXPANSION = 24 };

size_t
fold_write(char *text, int32_t code)
{
	return (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)text);
}

static bool
is_word(int32_t code)
{
	if (code < 0x80)
		return (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9');
	utf8proc_category_t category = utf8proc_category(code);
	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
	       (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

static int32_t
plain_mark(int32_t code)
{
	switch (code) {
	case 0x2018: case 0x2019: case 0x02bc: case 0x02b9: case 0x2032: case 0x60: case 0xb4:
		return '\'';
	case 0x201c: case 0x201d: case 0x201e: case 0xab: case 0xbb: case 0x2033:
		return '"';
	case 0x2010: case 0x2011: case 0x2012: case 0x2212:
		return '-';
	case 0x2013: case 0x2014: case 0x2015:
		return 0x2014;
	case 0x2028: case 0x2029: case 0x85:
		return '\n';
	case 0x3002:
		return '.';
	default:
		return code;
	}
}

static size_t
fold_code(int32_t code, int32_t folded[EXPANSION], bool *capital)
{
	int boundary = 0;
	*capital = utf8proc_category(code) == UTF8PROC_CATEGORY_LU;
	int32_t marked = plain_mark(code);
	if (marked != code) {
		folded[0] = marked;
		return 1;
	}
	utf8proc_ssize_t count = utf8proc_decompose_char(
	        code, folded, EXPANSION,
	        UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE |
	                UTF8PROC_DECOMPOSE,
	        &boundary);
	if (count < 0 || count > EXPANSION)
		return 0;
	return (size_t)count;
}

/* Letters while they are made. */
struct folder {
	struct arena *arena;
	struct letter *letters;
	size_t count, capacity;
	struct span bytes;
	uint32_t offset;
};

static void
make_room(struct folder *folder, size_t count)
{
	folder->letters = arena_room(folder->arena, folder->letters, folder->count, count,
	                             &folder->capacity, sizeof *folder->letters);
}

/* ASCII needs no tables. Returns where it ends. */
static size_t
fold_ascii(struct folder *folder, size_t at)
{
	struct span bytes = folder->bytes;
	struct letter *letter = folder->letters + folder->count;
	for (; at < bytes.length; at++, letter++) {
		unsigned char c = (unsigned char)bytes.at[at];
		if (c >= 0x80)
			break;
		bool capital = (unsigned char)(c - 'A') < 26;
		unsigned char code = c == '`' ? '\'' : (unsigned char)(c | capital << 5);
		letter->code = code;
		letter->start = folder->offset + (uint32_t)at;
		letter->end = folder->offset + (uint32_t)at + 1;
		letter->capital = capital;
		letter->word = (unsigned char)(code - 'a') < 26 || (unsigned char)(c - '0') < 10;
	}
	folder->count = (size_t)(letter - folder->letters);
	return at;
}

/* One code point that is not ASCII. Returns where it ends. */
static size_t
fold_foreign(struct folder *folder, size_t at)
{
	int32_t code, folded[EXPANSION];
	bool capital = false;
	utf8proc_ssize_t read =
	        utf8proc_iterate((const utf8proc_uint8_t *)folder->bytes.at + at,
	                         (utf8proc_ssize_t)(folder->bytes.length - at), &code);
	if (read <= 0) {
		read = 1;
		code = ' ';
	}
	size_t made = fold_code(code, folded, &capital);
	make_room(folder, made);
	for (size_t i = 0; i < made; i++)
		folder->letters[folder->count++] =
		        (struct letter){.code = plain_mark(folded[i]),
		                        .start = folder->offset + (uint32_t)at,
		                        .end = folder->offset + (uint32_t)(at + (size_t)read),
		                        .capital = capital,
		                        .word = is_word(folded[i])};
	return at + (size_t)read;
}

size_t
fold_letters(struct arena *arena, struct letter **letters, size_t *capacity, struct span bytes,
             uint32_t offset)
{
	struct folder folder = {arena, *letters, 0, *capacity, bytes, offset};
	for (size_t at = 0; at < bytes.length;) {
		make_room(&folder, bytes.length - at);
		at = fold_ascii(&folder, at);
		if (at < bytes.length)
			at = fold_foreign(&folder, at);
	}
	*letters = folder.letters;
	*capacity = folder.capacity;
	return folder.count;
}

static bool
is_word_folded(int32_t code)
{
	int32_t folded[EXPANSION];
	bool capital, word = false;
	size_t count = fold_code(code, folded, &capital);
	for (size_t i = 0; i < count; i++)
		word = word || is_word(folded[i]);
	return word;
}

bool
fold_has_word(struct span bytes)
{
	for (size_t at = 0; at < bytes.length;) {
		unsigned char c = (unsigned char)bytes.at[at];
		int32_t code;
		if (c < 0x80 && is_word(c >= 'A' && c <= 'Z' ? c | 0x20 : c))
			return true;
		utf8proc_ssize_t read =
		        utf8proc_iterate((const utf8proc_uint8_t *)bytes.at + at,
		                         (utf8proc_ssize_t)(bytes.length - at), &code);
		if (read > 0 && is_word_folded(code))
			return true;
		at += read > 0 ? (size_t)read : 1;
	}
	return false;
}

struct span
fold_phrase(struct arena *arena, struct span phrase)
{
	struct letter *letters = NULL;
	size_t capacity = 0;
	size_t count = fold_letters(arena, &letters, &capacity, phrase, 0);
	char *text = arena_alloc(arena, count * 4 + 1, 1);
	size_t length = 0;
	bool gap = false;
	for (size_t i = 0; i < count; i++) {
		if (!letters[i].word) {
			gap = gap || letters[i].code != '.';
			continue;
		}
		if (gap && length != 0)
			text[length++] = ' ';
		gap = false;
		length += fold_write(text + length, letters[i].code);
	}
	text[length] = '\0';
	return (struct span){text, length};
}

uint32_t
fold_count_words(struct span folded)
{
	uint32_t words = folded.length != 0;
	for (size_t i = 0; i < folded.length; i++)
		words += folded.at[i] == ' ';
	return words;
}
