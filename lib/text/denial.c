/*
 * What denials cover. Their words are data; here is only how far they reach.
 */
#include "context.h"

enum {
	AFTER_MOST = 12,
	HEADED_MOST = 30, /* "Dropped: the tool that …" */
	BEFORE_MOST = 7,
	ENTRY_MOST = 16, /* "Module C (…): cancelled" */
	LIST_AHEAD = 5,
	HEAD_NEAR = 3,   /* words before a rejection that heads its sentence */
	AGAIN_MOST = 64, /* drafts */
	HEADING_MOST = 4, /* words of a heading behind its denial */
	LIST_MOST = 60,   /* words of the list under it */
};

static bool
is_text(const struct token *token, const char *text)
{
	return strcmp(token->text, text) == 0;
}

static bool
list_goes_on(const struct reader *reader, size_t comma)
{
	for (size_t i = comma + 1; i <= comma + LIST_AHEAD && i < reader->token_count; i++) {
		if (token_in(reader, i, CLASS_SCOPE_OR))
			return true;
	}
	return false;
}

/* Whether a denial whose words are `trigger` ends at token `at`, after
 * covering `covered` words. */
static bool
ends_after(const struct reader *reader, const struct match *trigger, size_t at, size_t covered)
{
	const struct token *token = &reader->tokens[at];
	size_t next = at + 1 < reader->token_count ? at + 1 : at;
	if (token->stop || token_in(reader, at, CLASS_SCOPE_END))
		return true;
	if (covered >= 2 && token_in(reader, at, CLASS_SCOPE_LATE_END))
		return true;
	if (is_text(token, ","))
		return token_in(reader, next, CLASS_SCOPE_COMMA_END) || !list_goes_on(reader, at);
	if (!token_in(reader, at, CLASS_SCOPE_AND))
		return false;
	return token_in(reader, next, CLASS_SCOPE_AND_END) ||
	       (covered >= 3 && token_in(reader, trigger->first, CLASS_SCOPE_SHORT));
}

bool
context_spared(const struct reader *reader, const struct match *match)
{
	for (uint32_t i = match->first; i <= match->last; i++) {
		if (reader->tokens[i].spared)
			return true;
	}
	return false;
}

/* Whether a colon ends a heading of few words behind a denial, and a list follows. */
static bool
heads_list(const struct reader *reader, const struct match *match, size_t at)
{
	if (at + 1 >= reader->token_count || !is_text(&reader->tokens[at], ":") ||
	    !is_text(&reader->tokens[at + 1], "\n") || at > match->last + HEADING_MOST)
		return false;
	for (size_t i = match->last; i < at; i++) {
		if (reader->tokens[i].text[0] >= '0' && reader->tokens[i].text[0] <= '9')
			return false;
	}
	return true;
}

/* Whether a line is a heading of its own. */
static bool
is_heading(const struct reader *reader, size_t at)
{
	for (; at < reader->token_count && !is_text(&reader->tokens[at], "\n"); at++) {
		if (is_text(&reader->tokens[at], ":"))
			return true;
	}
	return false;
}

/* Whether a list ends at a token: at an empty line, a heading, or a line that is no item. */
static bool
ends_list(const struct reader *reader, size_t at)
{
	const struct token *token = &reader->tokens[at];
	if (is_text(token, "\n"))
		return token->gap == GAP_WIDE || is_heading(reader, at + 1);
	return token->gap == GAP_BREAK && !is_text(token - 1, "\n");
}

/* "Out of scope:" and a list: denies the items. */
static void
deny_list(struct reader *reader, uint32_t index, size_t at)
{
	for (size_t covered = 0; at < reader->token_count && covered < LIST_MOST; at++, covered++) {
		struct token *token = &reader->tokens[at];
		if (ends_list(reader, at))
			return;
		if (token->denied_after == 0 && !token->mark)
			token->denied_after = index + 1;
	}
}

/* Where the sentence begins that stands under a denial of several words which is a sentence
 * of its own: "4. Out of scope. Any search by face."; or 0. */
static size_t
headed_sentence(const struct reader *reader, const struct match *match)
{
	size_t from = match->first, end = (size_t)match->last + 1;
	if (match->last == match->first || end + 1 >= reader->token_count ||
	    !is_text(&reader->tokens[end], "."))
		return 0;
	if (from == 0 || !reader->tokens[from - 1].stop)
		return 0;
	return reader->tokens[end + 1].space == reader->tokens[end].space ? end + 1 : 0;
}

/* Denies a sentence that a heading stands before. */
static void
deny_sentence(struct reader *reader, uint32_t index, size_t at)
{
	for (size_t covered = 0; at < reader->token_count && covered < HEADED_MOST;
	     at++, covered++) {
		if (reader->tokens[at].stop || token_in(reader, at, CLASS_SCOPE_END))
			return;
		if (reader->tokens[at].denied_after == 0)
			reader->tokens[at].denied_after = index + 1;
	}
}

static void
deny_after(struct reader *reader, uint32_t index)
{
	const struct match *match = &reader->context.at[index];
	size_t at = match->last + 1, covered = 0;
	if (context_spared(reader, match))
		return;
	if (heads_list(reader, match, match->last) || heads_list(reader, match, at)) {
		deny_list(reader, index, match->last + 1);
		return;
	}
	if (match->first == match->last && at < reader->token_count && reader->tokens[at].mark &&
	    !is_text(&reader->tokens[at], "\"") && !is_text(&reader->tokens[at], "("))
		return;
	size_t below = headed_sentence(reader, match);
	if (below != 0) {
		deny_sentence(reader, index, below);
		return;
	}
	bool headed = is_text(&reader->tokens[match->last], ":");
	if (at < reader->token_count && is_text(&reader->tokens[at], ":")) {
		headed = true;
		at++;
	}
	size_t most = headed ? HEADED_MOST : AFTER_MOST;
	for (; at < reader->token_count && covered < most; at++, covered++) {
		if (heads_list(reader, match, at))
			deny_list(reader, index, at + 1);
		if (ends_after(reader, match, at, covered))
			return;
		if (reader->tokens[at].denied_after == 0)
			reader->tokens[at].denied_after = index + 1;
	}
}

static void
deny_before(struct reader *reader, uint32_t index)
{
	const struct match *match = &reader->context.at[index];
	bool colon = is_text(&reader->tokens[match->first], ":");
	if (context_spared(reader, match))
		return;
	bool entry = colon && match->first != 0 && is_text(&reader->tokens[match->first - 1], ")");
	size_t most = entry ? ENTRY_MOST : BEFORE_MOST;
	for (size_t at = match->first, covered = 0; at-- > 0 && covered < most; covered++) {
		const struct token *token = &reader->tokens[at];
		bool aside = colon && is_text(token, ")");
		bool mark = token->mark && !is_text(token, "\"") && !is_text(token, "(") &&
		            (!is_text(token, ":") || !colon);
		if (!aside && (mark || token_in(reader, at, CLASS_SCOPE_END)))
			return;
		if (reader->tokens[at].denied_before == 0)
			reader->tokens[at].denied_before = index + 1;
	}
}

void
read_scopes(struct reader *reader)
{
	for (size_t i = 0; i < reader->context.count; i++) {
		const struct match *match = &reader->context.at[i];
		if (reader_item(reader, match->item)->effect != EFFECT_SPARE ||
		    !context_in_force(reader, match))
			continue;
		for (size_t token = match->first; token <= match->last; token++)
			reader->tokens[token].spared = true;
	}
	for (size_t i = 0; i < reader->context.count; i++) {
		const struct match *match = &reader->context.at[i];
		uint8_t effect = reader_item(reader, match->item)->effect;
		if (effect == EFFECT_DENY_AFTER && context_in_force(reader, match))
			deny_after(reader, (uint32_t)i);
		else if (effect == EFFECT_DENY_BEFORE && context_in_force(reader, match))
			deny_before(reader, (uint32_t)i);
	}
}

/* Whether a use is told again after a match, in its turn, or any in its sentence. */
static bool
told_again(const struct reader *reader, const struct match *match, const struct draft *use)
{
	size_t from = draft_from(reader, match->last + 1);
	for (size_t i = from; i < reader->drafts.count && i < from + AGAIN_MOST; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		if (!same_space(reader, draft->first, match->first))
			break;
		bool here = same_sentence(reader, draft->first, match->first);
		if (draft->reading == READ_ASSERTED && draft->strength <= STRENGTH_WEAK &&
		    (draft->value == use->value || (here && draft_is_use(draft))))
			return true;
	}
	return false;
}

/* Whether a rejection heads its sentence and says what it does: "Our lawyer struck it out",
 * but not "It does not." */
static bool
heads_sentence(const struct reader *reader, const struct match *match)
{
	uint32_t from = match->first > HEAD_NEAR ? match->first - HEAD_NEAR : 0;
	return match->first > 0 && !reader->tokens[match->first].stop &&
	       !reader->tokens[match->last].stop && match->last > match->first &&
	       reader->tokens[match->first].denied_after == 0 && !context_spared(reader, match) &&
	       (from == 0 || !same_sentence(reader, from, match->first));
}

void
read_given_up(struct reader *reader)
{
	for (size_t i = 0; i < reader->context.count; i++) {
		const struct match *match = &reader->context.at[i];
		const struct item *item = reader_item(reader, match->item);
		if (item->effect != EFFECT_REJECT || item->value != NO_VALUE ||
		    !heads_sentence(reader, match) || !context_in_force(reader, match))
			continue;
		for (size_t j = draft_from(reader, match->first); j-- > 0;) {
			struct draft *draft = &reader->drafts.at[j];
			uint32_t apart = sentences_apart(reader, draft->first, match->first);
			if (!same_space(reader, draft->first, match->first) || apart > 1)
				break;
			if (apart == 1 && draft->settled && draft->reading == READ_ASSERTED &&
			    draft_is_use(draft) && !told_again(reader, match, draft)) {
				draft->reading = READ_NEGATED;
				draft->trigger = (uint32_t)i + 1;
			}
		}
	}
}
