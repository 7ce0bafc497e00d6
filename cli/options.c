#include "options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "nearest.h"
#include "writer.h"

enum key {
	KEY_TEXT = 't',
	KEY_POLICY = 'p',
	KEY_FORMAT = 'f',
	KEY_JOBS = 'j',
	KEY_QUIET = 'q',
	KEY_HELP = 'h',
	KEY_CLAUSE = 256, /* those without a letter */
	KEY_VOCABULARY,
	KEY_AS_OF,
	KEY_KNOWN_AT,
	KEY_ONLY,
	KEY_UNDECIDED,
	KEY_STRICT,
	KEY_QUOTE,
	KEY_SUMMARY,
	KEY_MAX_RECORD,
	KEY_ALLOW_EMPTY,
	KEY_EXIT_ZERO,
	KEY_COLOR,
	KEY_PROGRESS,
	KEY_FROM,
	KEY_TO,
	KEY_EXPLAIN,
	KEY_VERSION,
};

struct row {
	int key;
	const char *name;
	const char *argument; /* NULL: takes none */
	unsigned verbs;
	const char *help;
};

static const struct row rows[] = {
        {KEY_TEXT, "text", "SENTENCE", VERBS_REQUESTS, "judge this sentence; repeatable"},
        {KEY_POLICY, "policy", "NAME|FILE",
         VERBS_REQUESTS | VERB_LIST | VERB_LINT | VERB_TEST | VERB_DIFF,
         "a built-in policy, a file, all or applicable"},
        {KEY_CLAUSE, "clause", "GLOB", VERBS_REQUESTS, "only clauses that match; repeatable"},
        {KEY_VOCABULARY, "vocabulary", "FILE", VERBS_ALL, "add to the vocabulary; repeatable"},
        {KEY_FORMAT, "format", "FORMAT", VERBS_REQUESTS, NULL},
        {KEY_AS_OF, "as-of", "DATE", VERBS_REQUESTS | VERB_SHOW,
         "policies in force on YYYY-MM-DD, today or record"},
        {KEY_KNOWN_AT, "known-at", "DATE", VERBS_REQUESTS | VERB_SHOW,
         "policies as they were known on that day"},
        {KEY_FROM, "from", "POLICY|DAY", VERB_DIFF,
         "the one: POLICY, POLICY@REVISION or the text of a day"},
        {KEY_TO, "to", "POLICY|DAY", VERB_DIFF, "the other one"},
        {KEY_EXPLAIN, "explain", "ID", VERB_LINT, "what a problem means; all for the list"},
        {KEY_ONLY, "only", "VERDICT[,...]", VERBS_REQUESTS, "print only these verdicts"},
        {KEY_UNDECIDED, "undecided", "deny", VERB_CHECK, "print and count undecided as deny"},
        {KEY_STRICT, "strict", NULL, VERBS_REQUESTS | VERB_DIFF,
         "unknown members and values are invalid"},
        {KEY_QUOTE, "quote", NULL, VERBS_REQUESTS, "show the matched words of the text"},
        {KEY_SUMMARY, "summary", NULL, VERB_CHECK, "end with counts on standard error"},
        {KEY_MAX_RECORD, "max-record", "BYTES", VERBS_REQUESTS | VERB_DIFF,
         "longest request to accept, 16M by default"},
        {KEY_JOBS, "jobs", "N", VERBS_REQUESTS | VERB_DIFF,
         "threads; as many as processors by default"},
        {KEY_ALLOW_EMPTY, "allow-empty", NULL, VERBS_REQUESTS | VERB_DIFF,
         "an input without requests is no error"},
        {KEY_EXIT_ZERO, "exit-zero", NULL, VERBS_REQUESTS, "exit 0 instead of 1 and 3"},
        {KEY_QUIET, "quiet", NULL, VERBS_REQUESTS | VERB_DIFF,
         "neither notes nor progress on standard error"},
        {KEY_PROGRESS, "progress", "WHEN", VERBS_REQUESTS | VERB_DIFF,
         "auto, always or never; of long work, on standard error"},
        {KEY_COLOR, "color", "WHEN", VERBS_REQUESTS, "auto, always or never"},
        {KEY_HELP, "help", NULL, VERBS_ALL, "print this and exit"},
        {KEY_VERSION, "version", NULL, VERBS_ALL, "print the version and exit"},
};

static const char a_day[] = "a day of the form YYYY-MM-DD";

enum { ROWS = sizeof rows / sizeof rows[0] };

void
usage_error(const struct verb *verb, const char *format, ...)
{
	char text[1024];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	message("%s", text);
	fprintf(stderr, "Try 'proviso %s%s--help' for more information.\n",
	        verb != NULL ? verb->name : "", verb != NULL ? " " : "");
}

static void
add(struct strings *strings, const char *item)
{
	strings->items[strings->count++] = item;
}

/* One array that all lists share: no list can be longer than the arguments. */
static bool
make_lists(struct options *options, int count)
{
	struct strings *lists[] = {&options->texts, &options->policies, &options->clauses,
	                           &options->vocabularies, &options->operands};
	size_t longest = (size_t)count + 1, number = sizeof lists / sizeof lists[0];
	const char **items = calloc(longest * number, sizeof *items);
	for (size_t i = 0; i < number && items != NULL; i++)
		lists[i]->items = items + i * longest;
	return items != NULL;
}

void
options_free(struct options *options)
{
	free(options->texts.items);
}

static const char *
resolve_date(struct options *options, const char *value)
{
	if (strcmp(value, "today") == 0 && value_today(&options->today))
		return options->today.text;
	return value;
}

static bool
set_format(struct options *options, const char *value)
{
	char names[100];
	options->format = value;
	if (writer_find(options->verb->bit, value) != NULL)
		return true;
	writer_formats(names, sizeof names, options->verb->bit);
	usage_error(options->verb, "--format: '%.100s' is none of %s", value, names);
	return false;
}

/* `set`: whether the value was one. */
static bool
accept(const struct options *options, bool set, const char *name, const char *value,
       const char *wanted)
{
	if (!set)
		usage_error(options->verb, "--%s: '%.100s' is not %s", name, value, wanted);
	return set;
}

static bool
set_as_of(struct options *options, const char *value)
{
	bool record = strcmp(value, "record") == 0;
	options->as_of = resolve_date(options, value);
	if (!record)
		return accept(options, value_day(options->as_of), "as-of", value, a_day);
	if (options->verb->bit == VERB_SHOW)
		usage_error(options->verb,
		            "--as-of: there is no record here to take the date from");
	return options->verb->bit != VERB_SHOW;
}

static bool
set_known_at(struct options *options, const char *value)
{
	options->known_at = resolve_date(options, value);
	return accept(options, value_day(options->known_at), "known-at", value, a_day);
}

static bool
set_undecided(struct options *options, const char *value)
{
	options->undecided_deny = strcmp(value, "deny") == 0;
	return accept(options, options->undecided_deny, "undecided", value, "deny");
}

static bool
set_valued(struct options *options, int key, const char *value)
{
	switch (key) {
	case KEY_TEXT: add(&options->texts, value); return true;
	case KEY_POLICY: add(&options->policies, value); return true;
	case KEY_CLAUSE: add(&options->clauses, value); return true;
	case KEY_VOCABULARY: add(&options->vocabularies, value); return true;
	case KEY_FORMAT: return set_format(options, value);
	case KEY_AS_OF: return set_as_of(options, value);
	case KEY_KNOWN_AT: return set_known_at(options, value);
	case KEY_FROM: options->from = value; return true;
	case KEY_TO: options->to = value; return true;
	case KEY_EXPLAIN: options->explain = value; return true;
	case KEY_UNDECIDED: return set_undecided(options, value);
	case KEY_ONLY:
		return accept(options, value_verdicts(value, &options->only), "only", value,
		              "allow, deny, undecided or invalid, or some of them between commas");
	case KEY_MAX_RECORD:
		return accept(options, value_bytes(value, &options->max_record), "max-record",
		              value, "a number of bytes above 0 and below 4G");
	case KEY_JOBS:
		return accept(options, value_jobs(value, &options->jobs), "jobs", value,
		              "a number of threads from 1 to 256");
	case KEY_PROGRESS:
		return accept(options, value_when(value, &options->progress), "progress", value,
		              "auto, always or never");
	default:
		return accept(options, value_when(value, &options->color), "color", value,
		              "auto, always or never");
	}
}

static void
set_flag(struct options *options, int key)
{
	switch (key) {
	case KEY_STRICT: options->strict = true; break;
	case KEY_QUOTE: options->quote = true; break;
	case KEY_SUMMARY: options->summary = true; break;
	case KEY_ALLOW_EMPTY: options->allow_empty = true; break;
	case KEY_EXIT_ZERO: options->exit_zero = true; break;
	default: options->quiet = true; break;
	}
}

/* What getopt_long() wants to know about the verb's options. */
static void
make_tables(const struct verb *verb, char *letters, struct option *names)
{
	*letters++ = ':';
	for (size_t i = 0; i < ROWS; i++) {
		if ((rows[i].verbs & verb->bit) == 0)
			continue;
		int has_value = rows[i].argument != NULL ? required_argument : no_argument;
		*names++ = (struct option){rows[i].name, has_value, NULL, rows[i].key};
		if (rows[i].key >= KEY_CLAUSE)
			continue;
		*letters++ = (char)rows[i].key;
		if (rows[i].argument != NULL)
			*letters++ = ':';
	}
	*names = (struct option){NULL, 0, NULL, 0};
	*letters = '\0';
}

/* Says which option a long one that is not known may have meant. */
static void
wrong_name(const struct verb *verb, const char *given)
{
	const struct row *near = NULL;
	char name[32];
	size_t best = NEAR + 1, length = strcspn(given, "="), begun = 0;
	snprintf(name, sizeof name, "%.*s", (int)(length < 31 ? length : 31), given);
	for (size_t i = 0; i < ROWS; i++) {
		if ((rows[i].verbs & verb->bit) == 0)
			continue;
		begun += strncmp(rows[i].name, name, strlen(name)) == 0;
		size_t distance = edit_distance(name, rows[i].name);
		if (distance < best) {
			best = distance;
			near = &rows[i];
		}
	}
	if (begun > 1)
		usage_error(verb, "option '--%s' is ambiguous", name);
	else if (near != NULL)
		usage_error(verb, "unknown option '--%s'; did you mean '--%s'?", name, near->name);
	else
		usage_error(verb, "unknown option '--%s'", name);
}

static const struct row *
row_of(const struct verb *verb, int key)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (rows[i].key == key && (rows[i].verbs & verb->bit) != 0)
			return &rows[i];
	}
	return NULL;
}

/* getopt_long() returned '?' or ':'. */
static void
wrong_option(const struct verb *verb, int found, const char *argument)
{
	const struct row *row = row_of(verb, optopt);
	if (row != NULL && found == ':')
		usage_error(verb, "option '%s' wants %s", argument, row->argument);
	else if (row != NULL)
		usage_error(verb, "option '--%s' takes no value", row->name);
	else if (optopt != 0)
		usage_error(verb, "unknown option '-%c'", optopt);
	else
		wrong_name(verb, argument + strspn(argument, "-"));
}

static enum parsed
parse_options(struct options *options, int count, char **arguments)
{
	char letters[2 * ROWS + 2];
	struct option names[ROWS + 1];
	make_tables(options->verb, letters, names);
	opterr = 0;
	for (int key; (key = getopt_long(count, arguments, letters, names, NULL)) != -1;) {
		if (key == KEY_HELP)
			return PARSED_HELP;
		if (key == KEY_VERSION)
			return PARSED_VERSION;
		if (key == '?' || key == ':') {
			wrong_option(options->verb, key, arguments[optind - 1]);
			return PARSED_WRONG;
		}
		if (optarg == NULL)
			set_flag(options, key);
		else if (!set_valued(options, key, optarg))
			return PARSED_WRONG;
	}
	return PARSED;
}

enum parsed
options_parse(struct options *options, const struct verb *verb, int count, char **arguments)
{
	*options = (struct options){
	        .verb = verb,
	        .format = "text",
	        .only = ~0U,
	        .max_record = (size_t)16 << 20,
	};
	if (!make_lists(options, count))
		return PARSED_NO_MEMORY;
	enum parsed parsed = parse_options(options, count, arguments);
	for (int i = optind; parsed == PARSED && i < count; i++)
		add(&options->operands, arguments[i]);
	return parsed;
}

void
options_help(struct output *output, const struct verb *verb)
{
	for (size_t i = 0; i < ROWS; i++) {
		char letter[] = "    ", line[200], formats[100], help[150];
		const struct row *row = &rows[i];
		if ((row->verbs & verb->bit) == 0)
			continue;
		if (row->key < KEY_CLAUSE)
			snprintf(letter, sizeof letter, "-%c, ", row->key);
		writer_formats(formats, sizeof formats, verb->bit);
		snprintf(help, sizeof help, "one of %s", formats);
		snprintf(line, sizeof line, "  %s--%s%s%s", letter, row->name,
		         row->argument != NULL ? "=" : "",
		         row->argument != NULL ? row->argument : "");
		output_text(output, line);
		for (size_t width = strlen(line); width < 30; width++)
			output_text(output, " ");
		output_text(output, row->help != NULL ? row->help : help);
		output_text(output, "\n");
	}
}
