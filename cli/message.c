#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "characters.h"
#include "output.h"

enum { TEXT_SIZE = 4096, LONGEST_ESCAPE = 6 };

struct line {
	char text[sizeof "proviso: \n" + TEXT_SIZE * LONGEST_ESCAPE];
	size_t length;
};

static void
add(struct line *line, const char *format, unsigned code)
{
	line->length += (size_t)snprintf(line->text + line->length,
	                                 sizeof line->text - line->length, format, code);
}

static void
format_line(struct line *line, const char *format, va_list arguments)
{
	char text[TEXT_SIZE];
	line->length = 0;
	add(line, "proviso: ", 0);
	int written = vsnprintf(text, sizeof text, format, arguments);
	size_t length = written < 0 ? 0 : strlen(text);
	const char *at = text;
	for (struct character c; length != 0; at += c.length, length -= c.length) {
		c = character_at(at, length);
		if (!c.valid)
			add(line, "\\x%02x", c.code);
		else if (character_is_control(c.code))
			add(line, c.code < 0x100 ? "\\x%02x" : "\\u%04x", c.code);
		else
			for (size_t i = 0; i < c.length; i++)
				line->text[line->length++] = at[i];
	}
	line->text[line->length++] = '\n';
}

void
message(const char *format, ...)
{
	struct line line;
	va_list arguments;
	va_start(arguments, format);
	format_line(&line, format, arguments);
	va_end(arguments);
	fwrite(line.text, 1, line.length, stderr);
}

void
message_into(struct output *output, const char *format, ...)
{
	struct line line;
	va_list arguments;
	va_start(arguments, format);
	format_line(&line, format, arguments);
	va_end(arguments);
	output_bytes(output, line.text, line.length);
}
