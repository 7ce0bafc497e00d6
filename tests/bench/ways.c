/*
 * Other ways through a log of JSON Lines, to measure the command against.
 *
 *   ways parse FILE          jansson reads every record, and that is all
 *   ways slow POLICY FILE    jansson reads every record and says whether it is
 *                            JSON, and every text is read in full, whatever a
 *                            glance at it shows
 *   ways fast POLICY FILE    as the command does it
 *
 * The last two print, for each record, the verdict, the clauses that are
 * not false and the policies that judged, and at the end how many records had their texts read.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine.h"

struct ways {
	bool parses, reads_all;
	struct proviso_engine *engine;
	struct proviso_session *session;
};

static bool
parse(const char *line, size_t length)
{
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL |
	                     JSON_DECODE_INT_AS_REAL;
	json_error_t error;
	json_t *value = json_loadb(line, length, flags, &error);
	json_decref(value);
	return value != NULL;
}

static void
print(const struct proviso_result *result)
{
	static const char *const names[] = {"allow", "deny", "undecided", "invalid"};
	fputs(names[result->verdict], stdout);
	for (size_t i = 0; i < result->finding_count; i++) {
		const struct proviso_finding *finding = &result->findings[i];
		if (finding->outcome != PROVISO_FALSE)
			printf(" %s/%s%s", finding->policy,
			       finding->clause != NULL ? finding->clause : "-",
			       finding->outcome == PROVISO_OPEN ? "?" : "");
	}
	for (size_t i = 0; i < result->judged_count; i++)
		printf(" by %s", result->judged_by[i].policy);
	putchar('\n');
}

static void
pass(const struct ways *ways, const char *line, size_t length)
{
	bool valid = !ways->parses || parse(line, length);
	if (ways->session == NULL)
		return;
	if (!valid) {
		puts("invalid");
		return;
	}
	const struct proviso_result *result = proviso_judge(ways->session, line, length);
	if (result == NULL)
		exit(2);
	print(result);
}

static void
report(void *data, const struct proviso_problem *problem)
{
	(void)data;
	fprintf(stderr, "%s\n", problem->message);
}

static bool
start(struct ways *ways, const char *way, const char *policy)
{
	const struct proviso_options options = {.policies = &policy, .policy_count = 1};
	ways->parses = strcmp(way, "fast") != 0;
	if (policy == NULL)
		return true;
	ways->engine = proviso_engine_new(&options, report, NULL);
	if (ways->engine == NULL)
		return false;
	ways->session = proviso_session_new(ways->engine, false);
	if (ways->session == NULL)
		return false;
	ways->session->reads_all = ways->parses;
	return true;
}

static size_t
pass_all(const struct ways *ways, FILE *file)
{
	char *line = NULL;
	size_t size = 0, records = 0;
	for (ssize_t length; (length = getline(&line, &size, file)) > 0; records++)
		pass(ways, line, (size_t)length - (line[length - 1] == '\n'));
	free(line);
	return records;
}

int
main(int count, char **arguments)
{
	struct ways ways = {0};
	FILE *file = count > 2 ? fopen(arguments[count - 1], "r") : NULL;
	if (file == NULL || !start(&ways, arguments[1], count > 3 ? arguments[2] : NULL)) {
		fprintf(stderr, "usage: ways parse FILE | ways slow|fast POLICY FILE\n");
		return 2;
	}
	size_t records = pass_all(&ways, file);
	if (ways.session != NULL)
		fprintf(stderr, "%zu of %zu records read in full\n", ways.session->read, records);
	fclose(file);
	proviso_session_free(ways.session);
	proviso_engine_free(ways.engine);
	return 0;
}
