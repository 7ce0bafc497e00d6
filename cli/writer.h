/*
 * One output format a file: what to write for a judged request. A new format
 * is a file and a line in the table of writer.c.
 */
#ifndef PROVISO_CLI_WRITER_H
#define PROVISO_CLI_WRITER_H

#include "output.h"
#include "proviso.h"
#include "verb.h"

/* One request as it came out. */
struct judged {
	const char *file; /* as named, "-" for standard input, "text" for --text */
	size_t n, line;   /* ordinal in its file; line of its first byte */
	const struct proviso_result *result;
	const struct proviso_result *to; /* of the other side that is compared; or NULL */
	enum proviso_verdict verdict; /* as printed and counted: --undecided may make it deny */
	size_t error_line, error_column, error_byte; /* of an invalid one, within the file */
};

/* How to write it. */
struct style {
	const struct proviso_engine *engine;
	bool color, quote;
	bool facts;    /* explain: what was understood, not the verdict alone */
	bool sentence; /* the requests are single sentences: a pointer would say nothing */
};

struct writer {
	const char *format;
	unsigned verbs;     /* that offer it */
	bool notes_apart;   /* it has no room for notes: they go to standard error */
	void (*write)(struct output *, const struct style *, const struct judged *);
};

extern const struct writer writer_text, writer_jsonl, writer_explain;

/* The writer of a format for a verb, or NULL. */
const struct writer *writer_find(enum verb_bit, const char *format);

/* Writes the names of the verb's formats, "text, jsonl". */
void writer_formats(char *names, size_t size, enum verb_bit);

/* "allow", "deny", "undecided", "invalid" */
const char *verdict_name(enum proviso_verdict);

#endif
