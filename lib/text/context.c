/*
 * How what is met is read. The words are data; here is only what they do:
 * direction, scope, sentence, cancel.
 */
#include "context.h"

enum {
	START_MOST = 2, /* words before what is still the start of a sentence */
	HEAD_MOST = 1,  /* words before what a draft still begins with */
	NEAR_TOPIC = 6,
	NOT_AFTER = 4,
	SUBJECT_MOST = 16, /* words of what a question asks for */
};

/* The words of a sentence before a token; more than enough are not counted. */
static size_t
words_before(const struct reader *reader, size_t at)
{
	size_t words = 0;
	for (size_t i = at; i-- > 0 && words <= START_MOST && same_sentence(reader, i, at);)
		words += !reader->tokens[i].mark;
	return words;
}

bool
context_in_force(const struct reader *reader, const struct match *match)
{
	const struct item *item = reader_item(reader, match->item);
	if (item->languages & 1U << reader->languages[reader->tokens[match->first].paragraph])
		return false;
	if (item->start && words_before(reader, match->first) > START_MOST)
		return false;
	for (uint32_t i = 1; item->not_after != 0 && i <= NOT_AFTER && i <= match->first; i++) {
		if (reader->tokens[match->first - i].stop)
			break;
		if (token_in(reader, match->first - i, item->not_after - 1))
			return false;
	}
	return true;
}

bool
context_spelling_fits(const struct reader *reader, const struct item *item,
                      const struct match *match)
{
	const struct token *first = &reader->tokens[match->first];
	if (item->languages & 1U << reader->languages[first->paragraph])
		return false;
	if (item->upper)
		return first->upper || first->letter_case == CASE_LOWER;
	if (!item->named)
		return true;
	return first->upper && match->first != 0 && !reader->tokens[match->first - 1].mark &&
	       reader->tokens[match->first - 1].capital &&
	       !token_in(reader, match->first - 1, CLASS_COMMON);
}

/* Drafts come nearly in order. */
static bool
stands_behind(const struct draft *left, const struct draft *right)
{
	if (left->first != right->first)
		return left->first > right->first;
	if (left->last != right->last)
		return left->last > right->last;
	if (left->strength != right->strength)
		return left->strength > right->strength;
	return left->item > right->item;
}

static void
add_draft(struct reader *reader, struct draft draft)
{
	struct draft_list *list = &reader->drafts;
	const struct vocabulary *vocabulary = reader->vocabulary;
	uint32_t axis = vocabulary->values[draft.value].axis;
	draft.use = !vocabulary->axes[axis].party && !vocabulary->axes[axis].unknown;
	draft.kind = axis == vocabulary->kind_axis;
	list->at = arena_grow(reader->arena, list->at, list->count, &list->capacity,
	                      sizeof *list->at);
	size_t place = list->count++;
	for (; place > 0 && stands_behind(&list->at[place - 1], &draft); place--)
		list->at[place] = list->at[place - 1];
	list->at[place] = draft;
}

static void
draft_name(struct reader *reader, size_t index)
{
	const struct finding *finding = &reader->findings[index];
	if (finding->kind != NO_VALUE && !reader->tokens[finding->last].blank)
		add_draft(reader, (struct draft){.value = finding->kind,
		                                 .first = finding->first,
		                                 .last = finding->last,
		                                 .item = UINT32_MAX,
		                                 .finding = (uint32_t)index});
}

static void
make_drafts(struct reader *reader)
{
	size_t names = 0;
	for (size_t i = 0; i < reader->patterns.count; i++) {
		const struct match *match = &reader->patterns.at[i];
		const struct item *item = reader_item(reader, match->item);
		while (names < reader->finding_count &&
		       reader->findings[names].first < match->first)
			draft_name(reader, names++);
		if (context_spelling_fits(reader, item, match))
			add_draft(reader, (struct draft){.value = item->value,
			                                 .first = match->first,
			                                 .last = match->last,
			                                 .item = match->item,
			                                 .strength = item->strength});
	}
	while (names < reader->finding_count)
		draft_name(reader, names++);
}

bool
draft_tells_turns(const struct reader *reader, const struct draft *draft)
{
	bool is_party = draft->party != 0 && draft_is_party(draft);
	return reader->tokens[draft->first].space != SPACE_HEADING &&
	       draft->reading == READ_ASSERTED && draft->strength <= STRENGTH_WEAK &&
	       (is_party || draft_is_use(draft));
}

static bool
says(const struct reader *reader, uint32_t value, const char *name)
{
	const struct vocabulary *vocabulary = reader->vocabulary;
	return strcmp(vocabulary_text(vocabulary, vocabulary->values[value].name), name) == 0;
}

/* Whether a denial's words stand within a draft that tells that something is not so:
 * "the provider has not been asked" is denied by no word of its own. */
static bool
denies_itself(const struct reader *reader, const struct draft *draft, uint32_t denial)
{
	return denial != 0 && says(reader, draft->value, "false") &&
	       reader->context.at[denial - 1].first >= draft->first &&
	       reader->context.at[denial - 1].first <= draft->last;
}

/* The denial that covers a draft, + 1; or 0. A draft that begins with a denial
 * of its own is denied only from further back, and one that goes on into the next sentence
 * only if that is denied. What is said of a party after it does not
 * deny the party, nor its place. */
static uint32_t
denied_by(const struct reader *reader, const struct draft *draft)
{
	const struct token *first = &reader->tokens[draft->first];
	const struct token *last = &reader->tokens[draft->last];
	if (first->denied_after != 0 && same_sentence(reader, draft->first, draft->last))
		return first->denied_after;
	if (token_in(reader, draft->first, CLASS_SCOPE_SHORT))
		return 0;
	if (reader->vocabulary->axes[reader->vocabulary->values[draft->value].axis].party)
		return draft->last - draft->first < 4 ? last->denied_after : 0;
	if (denies_itself(reader, draft, last->denied_after))
		return 0;
	return last->denied_after != 0 ? last->denied_after : last->denied_before;
}

static void
read_as(struct draft *draft, enum reading reading, uint32_t trigger)
{
	if (draft->reading != READ_ASSERTED || draft->settled)
		return;
	draft->reading = (uint8_t)reading;
	draft->trigger = trigger;
}

static void
read_denials(struct reader *reader)
{
	for (size_t i = 0; i < reader->drafts.count; i++) {
		struct draft *draft = &reader->drafts.at[i];
		uint32_t trigger = denied_by(reader, draft);
		if (trigger != 0)
			read_as(draft, READ_NEGATED, trigger);
	}
}

size_t
draft_from(const struct reader *reader, uint32_t token)
{
	size_t low = 0, high = reader->drafts.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (reader->drafts.at[middle].first < token)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Where the drafts of one space lie that are at most `sentences` from a match:
 * drafts are in token order, so they are near in the list. */
static size_t
first_draft_near(const struct reader *reader, const struct match *match, uint32_t sentences)
{
	uint32_t from = match->first;
	while (from > 0 && same_space(reader, from - 1, match->first) &&
	       sentences_apart(reader, from - 1, match->first) <= sentences)
		from--;
	return draft_from(reader, from);
}

bool
context_about(const struct reader *reader, const struct item *item, const struct draft *draft)
{
	if (item->value == NO_VALUE)
		return true;
	const struct value *value = &reader->vocabulary->values[item->value];
	return reader->vocabulary->axes[value->axis].root == item->value
	               ? reader->vocabulary->values[draft->value].axis == value->axis
	               : vocabulary_within(reader->vocabulary, draft->value, item->value);
}

static void
apply_weak(struct reader *reader, struct draft *draft, const struct match *match, uint32_t index,
           bool explain)
{
	bool overlap = draft->first <= match->last && match->first <= draft->last;
	uint32_t apart = sentences_apart(reader, match->first, draft->first);
	enum reading reading = explain ? READ_SET_ASIDE : READ_NEGATED;
	if (!draft_is_use(draft))
		return;
	if (!explain && apart > 0 && draft->first > match->last &&
	    draft->strength != STRENGTH_HINT)
		return;
	if (draft->strength != STRENGTH_STRONG && (!explain || apart == 0))
		read_as(draft, reading, index + 1);
	else if (!explain && apart == 0 && draft->last - draft->first > 2 && !overlap)
		read_as(draft, reading, index + 1);
}

static void
apply_aside(struct reader *reader, struct draft *draft, const struct match *match,
            uint32_t index, bool settle)
{
	(void)reader;
	if (draft->first < match->first || draft->first > match->last)
		return;
	if (settle) {
		if (!draft->settled || match->first < draft->settled_from)
			draft->settled_from = match->first;
		if (!draft->settled || match->last > draft->settled_to)
			draft->settled_to = match->last;
		draft->settled = true;
		draft->reading = READ_ASSERTED;
		return;
	}
	if (draft->settled && (match->first < draft->settled_from ||
	                       (match->first == draft->settled_from &&
	                        match->last > draft->settled_to)))
		draft->settled = false;
	read_as(draft, READ_SET_ASIDE, index + 1);
}

/* The words of a match with those of a draft that it ends, or that goes on where it does:
 * "the Boise police drop by", "one is the police chief of Boise". Returns whether it covers
 * the draft. */
static bool
covers_name(const struct draft *draft, struct match *match)
{
	if (draft->first < match->first && draft->last >= match->first)
		match->first = draft->first;
	if (draft->first == match->last + 1)
		match->last = draft->last;
	return draft->first >= match->first && draft->first <= match->last;
}

static void
apply_passing(struct reader *reader, struct draft *draft, struct match match, uint32_t index)
{
	if (covers_name(draft, &match) && !party_is_tied(reader, draft))
		apply_aside(reader, draft, &match, index, false);
}

/* What ends a sentence or stands before a comma may be who writes: "Lt. Harris, Boise PD". */
static void
apply_bystander(struct reader *reader, struct draft *draft, struct match match, uint32_t index)
{
	uint32_t next = (draft->last > match.last ? draft->last : match.last) + 1;
	bool signs = next >= reader->token_count || reader->tokens[next].mark;
	if (!signs && covers_name(draft, &match) && !party_is_tied(reader, draft) &&
	    party_stands_by(reader, draft))
		apply_aside(reader, draft, &match, index, false);
}

static void
apply_topic(struct reader *reader, struct draft *draft, const struct match *match, uint32_t index,
            bool after)
{
	if (!draft_is_use(draft) || sentences_apart(reader, match->first, draft->first) != 0)
		return;
	if (after ? match->first == draft->last + 1
	          : match->first <= draft->first && draft->first <= match->last + NEAR_TOPIC &&
	            (draft->first <= match->last ||
	             !names_mark_between(reader, match->last + 1, draft->first)))
		read_as(draft, READ_MENTIONED, index + 1);
}

/* Whether a question, or the sentence that it begins in, offers a choice, or is short. */
static bool
has_choice(const struct reader *reader, const struct match *match)
{
	size_t from = match->first, length = 0;
	uint32_t sentence = reader->tokens[from].sentence;
	while (from > 0 && reader->tokens[from - 1].sentence == sentence &&
	       !reader->tokens[from - 1].stop)
		from--;
	for (; from < reader->token_count &&
	       (from <= match->last || (!reader->tokens[from].stop &&
	                                reader->tokens[from].sentence == sentence)); from++) {
		if (token_in(reader, from, CLASS_CHOICE))
			return true;
		length++;
	}
	return length < 14;
}

/* Whether a draft tells what is unknown unless it is said. */
static bool
draft_may_be_open(const struct reader *reader, const struct draft *draft)
{
	return reader->vocabulary->axes[reader->vocabulary->values[draft->value].axis].unknown;
}

/* Whether the subject of a question, if it is one, is what a draft tells: 1, or 0; or -1. */
static int
asks_as(const struct reader *reader, const struct match *subject, const struct match *question,
        const struct draft *draft)
{
	const struct item *item = reader_item(reader, subject->item);
	if (item->effect != EFFECT_SUBJECT || subject->last < question->first ||
	    subject->first > question->last || !context_in_force(reader, subject))
		return -1;
	return item->value != NO_VALUE && context_about(reader, item, draft);
}

/* Whether a question asks for what a draft tells. If it says what it asks for, it asks for
 * nothing else: "the vendor is still open". */
static bool
asks_for(const struct reader *reader, uint32_t index, const struct draft *draft)
{
	const struct match *all = reader->context.at, *match = &all[index];
	size_t first = index;
	bool named = false;
	while (first > 0 && all[first - 1].first + SUBJECT_MOST >= match->first)
		first--;
	for (; first < reader->context.count && all[first].first <= match->last; first++) {
		int asks = asks_as(reader, &all[first], match, draft);
		if (asks == 1)
			return true;
		named = named || asks == 0;
	}
	return !named;
}

/* Whether a question speaks of what a draft of a sentence before it tells: its own
 * sentence tells the same axis or, where it follows at once, nothing that may be open.
 * "Live or later? They have not decided." */
static bool
asks_back(const struct reader *reader, const struct match *match, const struct draft *before)
{
	const struct value *values = reader->vocabulary->values;
	bool other = false;
	for (size_t i = first_draft_near(reader, match, 0); i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		if (!same_sentence(reader, draft->first, match->first))
			break;
		if (draft_may_be_open(reader, draft) &&
		    values[draft->value].axis == values[before->value].axis)
			return true;
		other = other || draft_may_be_open(reader, draft);
	}
	return !other && sentences_apart(reader, before->first, match->first) == 1;
}

static void
apply_question(struct reader *reader, struct draft *draft, const struct match *match,
               uint32_t index)
{
	bool here = same_sentence(reader, draft->first, match->first);
	if ((draft->first > match->last && !here) || draft->reading == READ_NEGATED)
		return;
	if (!draft_may_be_open(reader, draft)) {
		uint32_t told = reader_item(reader, reader->context.at[index].item)->value;
		bool inside = draft->first >= match->first && draft->last <= match->last;
		if (told == NO_VALUE || !inside)
			return;
	}
	if (draft->reading == READ_ASSERTED && asks_for(reader, index, draft) &&
	    (here || asks_back(reader, match, draft)))
		read_as(draft, READ_QUESTIONED, index + 1);
}

static void
apply(struct reader *reader, uint32_t index)
{
	const struct match *match = &reader->context.at[index];
	const struct item *item = reader_item(reader, match->item);
	uint32_t reach = item->effect == EFFECT_DENY_WEAK  ? 2
	                 : item->effect == EFFECT_QUESTION ? 2
	                                                   : 0;
	if (item->effect == EFFECT_QUESTION && !has_choice(reader, match))
		return;
	if (item->effect == EFFECT_DENY_WEAK && context_spared(reader, match))
		return;
	for (size_t i = first_draft_near(reader, match, reach); i < reader->drafts.count; i++) {
		struct draft *draft = &reader->drafts.at[i];
		if (!same_space(reader, draft->first, match->first) ||
		    (draft->first > match->last &&
		     sentences_apart(reader, draft->first, match->first) > reach))
			break;
		if (!context_about(reader, item, draft))
			continue;
		if (item->effect == EFFECT_DENY_WEAK || item->effect == EFFECT_EXPLAIN)
			apply_weak(reader, draft, match, index, item->effect == EFFECT_EXPLAIN);
		else if (item->effect == EFFECT_ASIDE || item->effect == EFFECT_CASE)
			apply_aside(reader, draft, match, index, item->effect == EFFECT_CASE);
		else if (item->effect == EFFECT_PASSING)
			apply_passing(reader, draft, *match, index);
		else if (item->effect == EFFECT_BYSTANDER)
			apply_bystander(reader, draft, *match, index);
		else if (item->effect == EFFECT_TOPIC || item->effect == EFFECT_TOPIC_AFTER)
			apply_topic(reader, draft, match, index,
			            item->effect == EFFECT_TOPIC_AFTER);
		else
			apply_question(reader, draft, match, index);
	}
}

static void
read_near(struct reader *reader, unsigned effects)
{
	for (size_t i = 0; i < reader->context.count; i++) {
		const struct match *match = &reader->context.at[i];
		if ((effects >> reader_item(reader, match->item)->effect & 1) &&
		    context_in_force(reader, match))
			apply(reader, (uint32_t)i);
	}
}

/* Whether a draft takes part in what becomes of a use's weaker evidence. */
static bool
is_of(const struct draft *draft, uint32_t value, bool strong)
{
	return draft->value == value && (draft->strength == STRENGTH_STRONG) == strong;
}

/* Marks the words of strong drafts of a value; asserted ones mark last. */
static void
mark_strong(const struct reader *reader, uint32_t value, bool asserted, uint32_t *marks)
{
	for (size_t i = 0; i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		if (!is_of(draft, value, true) || (draft->reading == READ_ASSERTED) != asserted)
			continue;
		for (uint32_t token = draft->first; token <= draft->last; token++)
			marks[token] = (uint32_t)i + 1;
	}
}

/* Reads a weaker draft as a strong one that it begins with or, if that is written
 * about, holds; not if it holds one that is asserted. */
static void
read_as_strong(const struct reader *reader, struct draft *draft, const uint32_t *marks)
{
	const struct draft *found = NULL;
	for (uint32_t token = draft->first; token <= draft->last; token++) {
		const struct draft *strong =
		        marks[token] != 0 ? &reader->drafts.at[marks[token] - 1] : NULL;
		if (strong == NULL || strong->value != draft->value)
			continue;
		if (strong->reading == READ_ASSERTED)
			return;
		if (strong->reading == READ_MENTIONED || token <= draft->first + HEAD_MOST)
			found = strong;
	}
	if (found != NULL && found->trigger != 0)
		read_as(draft, (enum reading)found->reading, found->trigger);
}

/* What is denied or written about in so many words is no evidence for what a
 * weaker pattern takes from the same words and others around them. */
static void
read_weaker(struct reader *reader)
{
	uint32_t *marks = NULL;
	bool *done = NULL;
	for (size_t i = 0; i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		uint32_t value = draft->value;
		if (!is_of(draft, value, true) || !draft_is_use(draft) ||
		    (done != NULL && done[value]) ||
		    (draft->reading != READ_NEGATED && draft->reading != READ_MENTIONED))
			continue;
		if (done == NULL) {
			marks = arena_alloc(reader->arena, reader->token_count + 1, sizeof *marks);
			done = arena_alloc(reader->arena, reader->vocabulary->value_count + 1,
			                   sizeof *done);
		}
		done[value] = true;
		mark_strong(reader, value, false, marks);
		mark_strong(reader, value, true, marks);
		for (size_t j = 0; j < reader->drafts.count; j++) {
			if (is_of(&reader->drafts.at[j], value, false))
				read_as_strong(reader, &reader->drafts.at[j], marks);
		}
	}
}

/* The value of an axis that says no: "they did not consent"; or NO_VALUE. */
static uint32_t
value_of_no(const struct reader *reader, const struct axis *axis)
{
	for (uint32_t i = axis->first; i < axis->first + axis->count; i++) {
		if (says(reader, i, "false"))
			return i;
	}
	return NO_VALUE;
}

/* "Approval: none", "we do not have her permission": where only one of yes and no can
 * be, whoever denies the yes says no. */
static void
read_refusals(struct reader *reader)
{
	for (size_t i = 0; i < reader->drafts.count; i++) {
		struct draft *draft = &reader->drafts.at[i];
		const struct axis *axis =
		        &reader->vocabulary->axes[reader->vocabulary->values[draft->value].axis];
		if (draft->reading != READ_NEGATED || draft->strength > STRENGTH_WEAK ||
		    !axis->one || !axis->unknown || !says(reader, draft->value, "true"))
			continue;
		uint32_t no = value_of_no(reader, axis);
		if (no == NO_VALUE)
			continue;
		draft->value = no;
		draft->reading = READ_ASSERTED;
		draft->strength = STRENGTH_WEAK;
	}
}

void
context_read(struct reader *reader)
{
	make_drafts(reader);
	if (reader->drafts.count == 0 && reader->notes == NULL)
		return;
	read_scopes(reader);
	read_near(reader, 1U << EFFECT_CASE);
	read_denials(reader);
	read_near(reader, 1U << EFFECT_ASIDE | 1U << EFFECT_PASSING |
	                          1U << EFFECT_BYSTANDER | 1U << EFFECT_TOPIC |
	                          1U << EFFECT_TOPIC_AFTER | 1U << EFFECT_DENY_WEAK |
	                          1U << EFFECT_EXPLAIN);
	read_rejections(reader);
	read_given_up(reader);
	read_paragraphs(reader);
	read_near(reader, 1U << EFFECT_QUESTION);
	read_choices(reader);
	read_mentions(reader);
	struct arena_mark mark = arena_mark(reader->arena);
	read_weaker(reader);
	arena_release(reader->arena, mark);
	read_refusals(reader);
}
