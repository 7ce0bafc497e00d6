#include "prose.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "characters.h"

void
prose_start(struct prose *prose, struct output *output, const char *lead)
{
	*prose = (struct prose){.output = output};
	output_text(output, lead);
	prose->indent = prose->column = strlen(lead);
}

static void
break_line(struct prose *prose)
{
	output_text(prose->output, "\n");
	for (size_t i = 0; i < prose->indent; i++)
		output_text(prose->output, " ");
	prose->column = prose->indent;
	prose->blank = false;
}

static void
put_word(struct prose *prose)
{
	if (prose->word_length == 0)
		return;
	if (prose->column + prose->blank + prose->word_width > PROSE_WIDTH &&
	    prose->column > prose->indent)
		break_line(prose);
	if (prose->blank)
		output_text(prose->output, " ");
	output_escaped(prose->output, prose->word, prose->word_length);
	prose->column += prose->blank + prose->word_width;
	prose->blank = false;
	prose->word_length = prose->word_width = 0;
}

static void
put_text(struct prose *prose, const char *text)
{
	size_t length = strlen(text);
	for (struct character c; length != 0; text += c.length, length -= c.length) {
		c = character_at(text, length);
		if (c.code == ' ') {
			put_word(prose);
			prose->blank = prose->column > prose->indent;
			continue;
		}
		if (prose->word_length + c.length > PROSE_WORD)
			put_word(prose);
		memcpy(prose->word + prose->word_length, text, c.length);
		prose->word_length += c.length;
		prose->word_width++;
	}
}

void
prose_add(struct prose *prose, const char *text, ...)
{
	va_list texts;
	va_start(texts, text);
	for (; text != NULL; text = va_arg(texts, const char *))
		put_text(prose, text);
	va_end(texts);
}

void
prose_number(struct prose *prose, size_t number)
{
	char digits[32];
	snprintf(digits, sizeof digits, "%zu", number);
	put_text(prose, digits);
}

void
prose_end(struct prose *prose)
{
	put_word(prose);
	output_text(prose->output, "\n");
}
