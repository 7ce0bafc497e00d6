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

/* ASCII needs no tables. */
static size_t
fold_code(int32_t code, int32_t folded[EXPANSION], bool *capital)
{
	if (code < 0x80) {
		*capital = code >= 'A' && code <= 'Z';
		folded[0] = *capital ? code + 'a' - 'A' : plain_mark(code);
		return 1;
	}
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

size_t
fold_letters(struct arena *arena, struct letter **letters, size_t *capacity, struct span bytes,
             uint32_t offset)
{
	size_t count = 0;
	for (size_t at = 0; at < bytes.length;) {
		int32_t code, folded[EXPANSION];
		bool capital = false;
		utf8proc_ssize_t read =
		        utf8proc_iterate((const utf8proc_uint8_t *)bytes.at + at,
		                         (utf8proc_ssize_t)(bytes.length - at), &code);
		if (read <= 0) {
			read = 1;
			code = ' ';
		}
		size_t made = fold_code(code, folded, &capital);
		for (size_t i = 0; i < made; i++) {
			*letters = arena_grow(arena, *letters, count, capacity, sizeof **letters);
			(*letters)[count++] = (struct letter){
			        .code = plain_mark(folded[i]),
			        .start = offset + (uint32_t)at,
			        .end = offset + (uint32_t)(at + (size_t)read),
			        .capital = capital,
			        .word = is_word(folded[i])};
		}
		at += (size_t)read;
	}
	return count;
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
