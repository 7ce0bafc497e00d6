#include "writer.h"

#include <stdio.h>
#include <string.h>

static const struct writer *const writers[] = {
        &writer_text,
        &writer_explain,
        &writer_jsonl,
};

enum { WRITERS = sizeof writers / sizeof writers[0] };

const struct writer *
writer_find(enum verb_bit verb, const char *format)
{
	for (size_t i = 0; i < WRITERS; i++) {
		if ((writers[i]->verbs & verb) != 0 && strcmp(writers[i]->format, format) == 0)
			return writers[i];
	}
	return NULL;
}

void
writer_formats(char *names, size_t size, enum verb_bit verb)
{
	size_t used = 0;
	names[0] = '\0';
	for (size_t i = 0; i < WRITERS && used < size; i++) {
		if ((writers[i]->verbs & verb) != 0)
			used += (size_t)snprintf(names + used, size - used, "%s%s",
			                         used == 0 ? "" : ", ", writers[i]->format);
	}
}

const char *
verdict_name(enum proviso_verdict verdict)
{
	static const char *const names[] = {
	        [PROVISO_ALLOW] = "allow",
	        [PROVISO_DENY] = "deny",
	        [PROVISO_UNDECIDED] = "undecided",
	        [PROVISO_INVALID] = "invalid",
	};
	return names[verdict];
}
