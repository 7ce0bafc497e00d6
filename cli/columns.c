#include "columns.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

void
output_verdict(struct output *output, const struct style *style, enum proviso_verdict verdict)
{
	static const char *const colors[] = {
	        [PROVISO_ALLOW] = "\033[32m",
	        [PROVISO_DENY] = "\033[1;31m",
	        [PROVISO_UNDECIDED] = "\033[33m",
	        [PROVISO_INVALID] = "\033[35m",
	};
	output_text(output, style->color ? colors[verdict] : "");
	output_text(output, verdict_name(verdict));
	output_text(output, style->color ? "\033[0m" : "");
}

void
output_place(struct output *output, const struct judged *judged)
{
	output_escaped(output, judged->file, strlen(judged->file));
	output_text(output, ":");
	output_number(output, judged->line);
}

bool
has_id(const struct proviso_result *result)
{
	return result->id != NULL && strcmp(result->id, "null") != 0 &&
	       strcmp(result->id, "\"\"") != 0;
}

void
output_id(struct output *output, const struct judged *judged)
{
	const char *id = judged->result->id;
	if (!has_id(judged->result)) {
		output_place(output, judged);
	} else if (id[0] != '"') {
		output_text(output, id);
	} else if (strchr(id, '\\') == NULL) {
		output_escaped(output, id + 1, strlen(id) - 2);
	} else {
		json_t *string = json_loads(id, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
		output_escaped(output, string != NULL ? json_string_value(string) : id,
		               string != NULL ? json_string_length(string) : strlen(id));
		json_decref(string);
	}
}

struct fact_names
open_facts(const struct proviso_finding *finding, enum open_list list)
{
	if (finding->outcome != PROVISO_OPEN)
		return (struct fact_names){NULL, 0};
	switch (list) {
	case OPEN_LIST_MISSING:
		return (struct fact_names){finding->missing, finding->missing_count};
	case OPEN_LIST_QUESTIONED:
		return (struct fact_names){finding->questioned, finding->questioned_count};
	default: return (struct fact_names){finding->conflict, finding->conflict_count};
	}
}
