/* The data that the binary carries; made at build time by builtin_make.c. */
#ifndef PROVISO_BUILTIN_H
#define PROVISO_BUILTIN_H

#include "span.h"

struct builtin_file {
	const char *name; /* without folder */
	struct span text;
};

extern const struct builtin_file builtin_policies[];
extern const size_t builtin_policy_count;

/* The same without the tests of their clauses. */
extern const struct builtin_file builtin_untested[];

/* The sources of the vocabulary, for --vocabulary to add to, and their image. */
extern const struct builtin_file builtin_vocabularies[];
extern const size_t builtin_vocabulary_count;
extern const struct span builtin_image;

#endif
