/*
 * What denials cover. Their words are data; here is only how far they reach.
 */
#include "context.h"

enum {
	AFTER_MOST = 12,
	BEFORE_MOST = 7,
	LIST_AHEAD = 5,
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
	if (at < reader->token_count && is_text(&reader->tokens[at], ":"))
		at++;
	for (; at < reader->token_count && covered < AFTER_MOST; at++, covered++) {
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
	for (size_t at = match->first, covered = 0; at-- > 0 && covered < BEFORE_MOST; covered++) {
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
