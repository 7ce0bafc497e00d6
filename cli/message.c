#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "output.h"

enum { TEXT_SIZE = 4096, LONGEST_ESCAPE = 6 };

static void
write_line(struct output *output, const char *format, va_list arguments)
{
	char text[TEXT_SIZE];
	int written = vsnprintf(text, sizeof text, format, arguments);
	output_text(output, "proviso: ");
	output_escaped(output, text, written < 0 ? 0 : strlen(text));
	output_text(output, "\n");
}

/* Written as one piece, and without memory of its own: it may be that that is out. */
void
message(const char *format, ...)
{
	char line[sizeof "proviso: \n" + TEXT_SIZE * LONGEST_ESCAPE];
	struct output output = {
	        .bytes = line, .capacity = sizeof line, .descriptor = STDERR_FILENO};
	va_list arguments;
	va_start(arguments, format);
	write_line(&output, format, arguments);
	va_end(arguments);
	output_flush(&output);
}

void
message_into(struct output *output, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	write_line(output, format, arguments);
	va_end(arguments);
}
