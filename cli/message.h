/* What is said on standard error. */
#ifndef PROVISO_CLI_MESSAGE_H
#define PROVISO_CLI_MESSAGE_H

struct output;

/* "proviso: " and a line, escaped as by output_escaped(). */
void message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, written to an output instead. */
void message_into(struct output *, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
