/* proviso: the table of verbs. */
#include <stdio.h>
#include <string.h>

#include "message.h"
#include "nearest.h"
#include "options.h"
#include "proviso.h"

static const struct verb verbs[] = {
        {"check", "[OPTION]... [FILE]...", "verdicts, one a request",
         "Judge requests by a policy and print one verdict a line: allow, deny, undecided\n"
         "or invalid, what decided, and why. Requests are JSON: lines, documents or an\n"
         "array. Without FILE, or where FILE is -, read standard input.\n",
         VERB_CHECK, check_run},
        {"explain", "[OPTION]... [FILE]...", "the facts read, and how each clause came out",
         "Judge requests as check does, and tell for each what was understood, which\n"
         "clause decided, what is missing, and what one changed fact would alter.\n",
         VERB_EXPLAIN, explain_run},
        {"policy list", "[OPTION]...", "the policies there are",
         "Print name, title, revisions and number of clauses of each policy.\n", VERB_LIST,
         policy_list_run},
        {"policy show", "[OPTION]... NAME|FILE [CLAUSE]", "a policy as a person reads it",
         "Print a policy, or one clause of it.\n", VERB_SHOW, policy_show_run},
        {"policy lint", "[OPTION]... [NAME|FILE]...", "what is wrong with a policy",
         "Print everything that is wrong or doubtful about policies, by place. Without a\n"
         "name or file, look at all built-in ones. Exit 1 if there is something.\n",
         VERB_LINT, policy_lint_run},
        {"policy test", "[OPTION]... [NAME|FILE]...", "whether a policy does what it says",
         "Run the tests that policies hold, show which atoms they turn on, and change the\n"
         "policy in small ways that they must notice. Without a name or file, test all\n"
         "built-in ones. Exit 1 if something failed.\n",
         VERB_TEST, policy_test_run},
        {"diff", "[OPTION]... [FILE]...", "what two policies or texts judge differently",
         "Compare two policies, or two texts of one: on the requests in FILE, or without\n"
         "FILE on everything that a request can tell. Exit 1 if they differ.\n",
         VERB_DIFF, diff_run},
};

enum { VERBS = sizeof verbs / sizeof verbs[0] };

static void
write_verbs(struct output *output, const char *group)
{
	for (size_t i = 0; i < VERBS; i++) {
		char line[100];
		if (strncmp(verbs[i].name, group, strlen(group)) != 0)
			continue;
		snprintf(line, sizeof line, "  proviso %-12s %s\n", verbs[i].name,
		         verbs[i].summary);
		output_text(output, line);
	}
}

/* The verbs whose names begin with `group`; all, if it is empty. */
static void
write_overview(struct output *output, const char *group)
{
	bool all = *group == '\0';
	output_text(output, "Usage: proviso ");
	output_text(output, group);
	output_text(output, all ? "" : " ");
	output_text(output, "VERB [OPTION]... [ARGUMENT]...\n");
	if (all)
		output_text(output, "Decide whether a policy prohibits a use of an AI service.\n");
	output_text(output, "\n");
	write_verbs(output, group);
	if (all)
		output_text(output,
		            "\nFirst steps:\n"
		            "  proviso check --text 'We match faces for the county sheriff.'\n"
		            "  proviso check requests.jsonl | grep ^deny\n");
	output_text(output, "\n'proviso VERB --help' lists the options of a verb.\n");
}

static void
write_help(struct output *output, const struct verb *verb)
{
	output_text(output, "Usage: proviso ");
	output_text(output, verb->name);
	output_text(output, " ");
	output_text(output, verb->operands);
	output_text(output, "\n");
	output_text(output, verb->description);
	output_text(output, "\n");
	options_help(output, verb);
	if ((verb->bit & VERBS_REQUESTS) != 0)
		output_text(output,
		            "\nExit status: 0 all allowed, 1 one denied, 3 none denied but one\n"
		            "undecided, 2 the job could not be done in full.\n");
}

/* Answers --help, of one verb or of a group of them, or --version. */
static enum status
answer(enum parsed asked, const struct verb *verb, const char *group)
{
	static struct output output;
	output_start(&output);
	if (asked == PARSED_VERSION) {
		output_text(&output, "proviso ");
		output_text(&output, proviso_version());
		output_text(&output, "\n");
	} else if (verb != NULL) {
		write_help(&output, verb);
	} else {
		write_overview(&output, group);
	}
	return output_finish(&output) ? STATUS_ALLOWED : STATUS_TROUBLE;
}

/* How many words of `name`, separated by spaces, the arguments begin with; 0
 * if not with all of them. */
static int
words_matched(const char *name, int count, char **arguments)
{
	int words = 0;
	for (size_t length; *name != '\0'; name += length + (name[length] == ' ')) {
		length = strcspn(name, " ");
		if (words == count || strlen(arguments[words]) != length ||
		    strncmp(arguments[words], name, length) != 0)
			return 0;
		words++;
	}
	return words;
}

static enum status
refuse_verb(const char *word, const char *next)
{
	const char *near = NULL;
	size_t best = NEAR + 1;
	for (size_t i = 0; i < VERBS; i++) {
		char first[20];
		snprintf(first, sizeof first, "%.*s", (int)strcspn(verbs[i].name, " "),
		         verbs[i].name);
		size_t distance = edit_distance(word, first);
		if (distance == 0) {
			usage_error(NULL, "'%s' wants list, show, lint or test, not '%.100s'", word,
			            next != NULL ? next : "");
			return STATUS_TROUBLE;
		}
		if (distance < best) {
			best = distance;
			near = verbs[i].name;
		}
	}
	if (near != NULL)
		usage_error(NULL, "unknown verb '%.100s'; did you mean '%s'?", word, near);
	else
		usage_error(NULL, "unknown verb '%.100s'", word);
	return STATUS_TROUBLE;
}

static enum status
run_verb(const struct verb *verb, int count, char **arguments)
{
	struct options options;
	enum status status = STATUS_TROUBLE;
	enum parsed parsed = options_parse(&options, verb, count, arguments);
	if (parsed == PARSED)
		status = verb->run(&options);
	else if (parsed == PARSED_NO_MEMORY)
		message("out of memory");
	else if (parsed != PARSED_WRONG)
		status = answer(parsed, verb, "");
	options_free(&options);
	return status;
}

static bool
is_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static enum status
run(int count, char **arguments)
{
	if (count < 2) {
		usage_error(NULL, "say what to do: check, explain, diff or policy");
		return STATUS_TROUBLE;
	}
	if (is_help(arguments[1]))
		return answer(PARSED_HELP, NULL, "");
	if (count > 2 && strcmp(arguments[1], "policy") == 0 && is_help(arguments[2]))
		return answer(PARSED_HELP, NULL, "policy");
	if (strcmp(arguments[1], "--version") == 0)
		return answer(PARSED_VERSION, NULL, "");
	for (size_t i = 0; i < VERBS; i++) {
		int words = words_matched(verbs[i].name, count - 1, arguments + 1);
		if (words != 0)
			return run_verb(&verbs[i], count - words, arguments + words);
	}
	return refuse_verb(arguments[1], count > 2 ? arguments[2] : NULL);
}

int
main(int count, char **arguments)
{
	return (int)run(count, arguments);
}
