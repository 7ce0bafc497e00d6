/* What was understood, and how text was read. */
#include "explanation.h"

#include <string.h>

enum { PLACES = 3 }; /* shown for one value */

/* What is said for a word of the library, or the word itself. */
static const char *
in_words(const char *const (*words)[2], size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(words[i][0], word) == 0)
			return words[i][1];
	}
	return word;
}

#define IN_WORDS(table, word) in_words((table), sizeof(table) / sizeof *(table), (word))

static bool
is_same_place(const struct proviso_evidence *a, const struct proviso_evidence *b)
{
	return a->at != NULL && b->at != NULL && strcmp(a->at, b->at) == 0 &&
	       a->ranged == b->ranged && a->start == b->start && a->end == b->end;
}

static void
add_places(struct explanation *explanation, struct prose *prose, const struct proviso_truth *truth)
{
	size_t shown = 0, more = 0;
	for (size_t i = 0; i < truth->evidence_count; i++) {
		const struct proviso_evidence *evidence = &truth->evidence[i];
		if (i != 0 && is_same_place(evidence, evidence - 1))
			continue;
		if (shown == PLACES) {
			more++;
			continue;
		}
		explain_place(explanation, prose, evidence);
		shown++;
	}
	if (more != 0) {
		prose_add(prose, " and ", NULL);
		prose_number(prose, more);
		prose_add(prose, " more", NULL);
	}
}

static void
add_truth(struct explanation *explanation, struct prose *prose, const struct proviso_truth *truth)
{
	static const char *const truths[][2] = {
	        {"true", ""},
	        {"false", "not "},
	        {"conflict", "told both ways: "},
	        {"questioned", "left open: "},
	};
	const char *axis = explain_label(explanation, truth->fact);
	if (strcmp(truth->label, axis) == 0)
		prose_add(prose, axis, ": left open", NULL);
	else
		prose_add(prose, axis, ": ", IN_WORDS(truths, truth->truth), truth->label, NULL);
	add_places(explanation, prose, truth);
}

/* `at`: where the truths about the party begin; left behind the last one. */
static void
write_party(struct explanation *explanation, size_t index, size_t *at)
{
	static const char *const roles[][2] = {{"actor", "who acts"},
	                                       {"on_behalf_of", "for whom"},
	                                       {"text", "named in the text"}};
	const struct proviso_result *result = explanation->result;
	const struct proviso_party *party = &result->parties[index];
	struct prose prose;
	bool in_text = strcmp(party->role, "text") == 0;
	explain_bullet(explanation, &prose);
	prose_add(&prose, IN_WORDS(roles, party->role), NULL);
	if (party->name != NULL && (explanation->style->quote || !in_text))
		prose_add(&prose, ", \"", party->name, "\"", NULL);
	for (size_t told = 0; *at < result->truth_count && result->truths[*at].party == (int)index;
	     ++*at) {
		prose_add(&prose, told++ == 0 ? ": " : "; ", NULL);
		add_truth(explanation, &prose, &result->truths[*at]);
	}
	prose_end(&prose);
}

void
explain_facts(struct explanation *explanation)
{
	const struct proviso_result *result = explanation->result;
	struct prose prose;
	size_t at = 0, own = 0;
	explain_heading(explanation, "What was understood:");
	while (own < result->truth_count && result->truths[own].party < 0)
		own++;
	for (size_t i = 0; i < result->party_count; i++)
		write_party(explanation, i, &own);
	for (; at < result->truth_count && result->truths[at].party < 0; at++) {
		explain_bullet(explanation, &prose);
		add_truth(explanation, &prose, &result->truths[at]);
		prose_end(&prose);
	}
	if (result->party_count == 0 && result->truth_count == 0)
		output_text(explanation->output, "  - nothing that a clause asks about\n");
}

static void
write_mention(struct explanation *explanation, const struct proviso_mention *mention)
{
	static const char *const readings[][2] = {
	        {"asserted", "taken as said"},
	        {"negated", "denied"},
	        {"questioned", "left open by the text"},
	        {"mentioned", "written about, not asked for"},
	};
	struct prose prose;
	explain_bullet(explanation, &prose);
	prose_add(&prose, explain_label(explanation, mention->fact), ": ", mention->label, NULL);
	explain_place(explanation, &prose, &mention->evidence);
	prose_add(&prose, ": ", IN_WORDS(readings, mention->reading), NULL);
	if (explanation->style->quote && mention->trigger_quote != NULL)
		prose_add(&prose, " by \"", mention->trigger_quote, "\"", NULL);
	if (mention->trigger != NULL)
		prose_add(&prose, " [", mention->trigger, "]", NULL);
	else if (mention->evidence.term != NULL)
		prose_add(&prose, " [", mention->evidence.term, "]", NULL);
	prose_end(&prose);
}

/* Met by two patterns and read alike. */
static bool
is_repeated(const struct proviso_mention *a, const struct proviso_mention *b)
{
	return is_same_place(&a->evidence, &b->evidence) && strcmp(a->fact, b->fact) == 0 &&
	       strcmp(a->value, b->value) == 0 && strcmp(a->reading, b->reading) == 0;
}

void
explain_mentions(struct explanation *explanation)
{
	const struct proviso_result *result = explanation->result;
	if (result->mention_count != 0)
		explain_heading(explanation, "How the text was read:");
	for (size_t i = 0; i < result->mention_count; i++) {
		const struct proviso_mention *mention = &result->mentions[i];
		if (i == 0 || !is_repeated(mention, mention - 1))
			write_mention(explanation, mention);
	}
}
