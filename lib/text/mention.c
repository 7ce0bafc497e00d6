/* Rejections and mentions: what is decided over several sentences. */
#include "context.h"
#include "notes.h"

enum { DROP_NEAR = 6, ROUNDS_MOST = 64, LATER_MOST = 64,
       PARAGRAPH_LEAST = 3, BACK_MOST = 3, NARROW_NEAR = 3,
       OPENING_MOST = 64 };

static bool
asserted_use(const struct draft *draft)
{
	return draft->reading == READ_ASSERTED && draft_is_use(draft);
}

/* Whether the same is asserted after a match, too. */
static bool
stands_later(const struct reader *reader, const struct match *match, const struct draft *draft)
{
	size_t from = draft_from(reader, match->last + 1);
	for (size_t i = from; i < reader->drafts.count && i < from + LATER_MOST; i++) {
		const struct draft *later = &reader->drafts.at[i];
		if (reader->tokens[later->first].space != reader->tokens[draft->first].space)
			return false;
		if (asserted_use(later) && later->strength <= STRENGTH_WEAK &&
		    (vocabulary_within(reader->vocabulary, later->value, draft->value) ||
		     vocabulary_within(reader->vocabulary, draft->value, later->value)))
			return true;
	}
	return false;
}

/* How many sentences back a match speaks of: to the nearest one before its own that
 * tells a use. What begins with the end of a question ("? Not us") answers that
 * question, if it speaks of anything at all. */
static uint32_t
reach_back(const struct reader *reader, const struct match *match)
{
	const struct token *here = &reader->tokens[match->first];
	for (size_t i = draft_from(reader, match->first); i-- > 0;) {
		const struct draft *draft = &reader->drafts.at[i];
		const struct token *token = &reader->tokens[draft->first];
		uint32_t apart = here->sentence - token->sentence;
		if (token->space != here->space || apart > BACK_MOST)
			break;
		bool answered = here->stop && apart == 0 &&
		                (draft_is_use(draft) || draft_is_party(draft));
		if (answered)
			return 0;
		if (apart != 0 && draft->strength <= STRENGTH_WEAK && draft_is_use(draft))
			return apart;
	}
	return 1;
}

/* Uses that stand before a match or, if they are doubted, in it, in its sentence or as
 * far back as it reaches, and are read one way, are read the other. */
static void
turn_before(struct reader *reader, uint32_t index, enum reading from, enum reading to)
{
	const struct match *match = &reader->context.at[index];
	const struct item *item = reader_item(reader, match->item);
	const struct token *here = &reader->tokens[match->first];
	uint32_t reach = reach_back(reader, match);
	bool doubt = to == READ_QUESTIONED;
	for (size_t i = draft_from(reader, doubt ? match->last : match->first); i-- > 0;) {
		struct draft *draft = &reader->drafts.at[i];
		const struct token *token = &reader->tokens[draft->first];
		if (token->space != here->space || here->sentence > token->sentence + reach)
			break;
		if ((draft->last >= match->first && !doubt) || draft->reading != from ||
		    draft->settled || (to == READ_NEGATED && stands_later(reader, match, draft)) ||
		    !(item->value != NO_VALUE ? context_about(reader, item, draft)
		                              : draft_is_use(draft)))
			continue;
		draft->reading = (uint8_t)to;
		draft->trigger = index + 1;
	}
}

/* Whether a match that begins with the end of a question answers it: "? No, …", "? No we
 * do not", but not "? No live video is kept". */
static bool
answers(const struct reader *reader, const struct match *match)
{
	size_t next = (size_t)match->last + 1;
	return !reader->tokens[match->first].stop || next >= reader->token_count ||
	       reader->tokens[next].mark || !token_in(reader, match->last, CLASS_SCOPE_SHORT) ||
	       token_in(reader, next, CLASS_SCOPE_COMMA_END) ||
	       token_in(reader, next, CLASS_SCOPE_END) ||
	       token_in(reader, next, CLASS_SCOPE_SHORT);
}

static void
reject_before(struct reader *reader, uint32_t index)
{
	const struct match *match = &reader->context.at[index];
	if (reader->tokens[match->first].denied_after != 0 || context_spared(reader, match) ||
	    !answers(reader, match))
		return;
	turn_before(reader, index, READ_ASSERTED, READ_NEGATED);
}

/* "faces without a match": the denial is a part of what it denies. */
static bool
denied_inside(const struct reader *reader, const struct draft *draft)
{
	if (draft->trigger == 0)
		return false;
	const struct match *trigger = &reader->context.at[draft->trigger - 1];
	return trigger->first <= draft->last && trigger->last >= draft->first;
}

/* What narrows a use that is denied: "live face matching", "faces on drones"; or NULL. */
static const struct draft *
narrowed_by(const struct reader *reader, const struct draft *denied, const struct match *match)
{
	uint32_t from = denied->first > NARROW_NEAR ? denied->first - NARROW_NEAR : 0;
	uint32_t to = denied->last > match->first ? denied->last : match->first;
	for (size_t i = draft_from(reader, from); i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		const struct token *token = &reader->tokens[draft->first];
		uint32_t axis = reader->vocabulary->values[draft->value].axis;
		if (draft->first > to)
			break;
		if (reader->vocabulary->axes[axis].unknown && draft->reading == READ_NEGATED &&
		    token->space == reader->tokens[denied->first].space &&
		    token->sentence == reader->tokens[denied->first].sentence)
			return draft;
	}
	return NULL;
}

/* Whether what narrows a use is told near it in its sentence: what else tells it stands. */
static bool
is_narrowed(const struct reader *reader, size_t use, const struct draft *by)
{
	const struct token *token = &reader->tokens[reader->drafts.at[use].first];
	size_t first = use > LATER_MOST ? use - LATER_MOST : 0;
	for (size_t i = first; i < reader->drafts.count && i < use + LATER_MOST; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		const struct token *here = &reader->tokens[draft->first];
		if (draft->value == by->value && here->space == token->space &&
		    here->sentence == token->sentence)
			return true;
	}
	return false;
}

/* "Face matching … Face matching has been removed": the later word counts. */
static void
drop_before(struct reader *reader, uint32_t index)
{
	const struct match *match = &reader->context.at[index];
	struct draft_list *drafts = &reader->drafts;
	for (size_t i = 0; i < drafts->count; i++) {
		const struct draft *denied = &drafts->at[i];
		uint32_t gap = denied->last < match->first ? match->first - denied->last
		               : match->last < denied->first ? denied->first - match->last
		                                             : 0;
		if (denied->first > match->last + DROP_NEAR)
			break;
		if (denied->reading != READ_NEGATED || denied->strength != STRENGTH_STRONG ||
		    gap > DROP_NEAR || !draft_is_use(denied) ||
		    denied_inside(reader, denied))
			continue;
		const struct token *here = &reader->tokens[denied->first];
		const struct draft *by = narrowed_by(reader, denied, match);
		for (size_t j = i; j-- > 0;) {
			struct draft *draft = &drafts->at[j];
			if (reader->tokens[draft->first].space != here->space)
				break;
			if (asserted_use(draft) && !draft->settled &&
			    (by == NULL || is_narrowed(reader, j, by)) &&
			    (vocabulary_within(reader->vocabulary, draft->value, denied->value) ||
			     vocabulary_within(reader->vocabulary, denied->value, draft->value))) {
				draft->reading = READ_NEGATED;
				draft->trigger = index + 1;
			}
		}
		break;
	}
}

void
read_rejections(struct reader *reader)
{
	size_t rounds = 0;
	for (size_t i = 0; i < reader->context.count && rounds < ROUNDS_MOST; i++) {
		const struct match *match = &reader->context.at[i];
		uint8_t effect = reader_item(reader, match->item)->effect;
		if ((effect != EFFECT_DROP && effect != EFFECT_REJECT && effect != EFFECT_KEEP &&
		     effect != EFFECT_DOUBT) ||
		    !context_in_force(reader, match))
			continue;
		rounds++;
		if (effect == EFFECT_DROP)
			drop_before(reader, (uint32_t)i);
		else if (effect == EFFECT_REJECT)
			reject_before(reader, (uint32_t)i);
		else if (effect == EFFECT_DOUBT)
			turn_before(reader, (uint32_t)i, READ_ASSERTED, READ_QUESTIONED);
		else if (reader->tokens[match->first].denied_after == 0)
			turn_before(reader, (uint32_t)i, READ_NEGATED, READ_ASSERTED);
	}
}

/* What a paragraph holds. */
struct paragraph {
	uint32_t sentences;
	bool speaks; /* of a use or a party */
};

/* A paragraph of several sentences that speaks of no use and of no party is
 * about something else, where another one does speak of them. */
void
read_paragraphs(struct reader *reader)
{
	if (reader->token_count == 0)
		return;
	size_t count = reader->tokens[reader->token_count - 1].paragraph + 1;
	struct paragraph *all = arena_alloc(reader->arena, count, sizeof *all);
	bool *spaces = arena_alloc(reader->arena, reader->space_count + 1, sizeof *spaces);
	for (size_t i = 1; i < reader->token_count; i++)
		all[reader->tokens[i].paragraph].sentences +=
		        reader->tokens[i].stop && !reader->tokens[i - 1].stop;
	for (size_t i = 0; i < reader->token_count && reader->notes != NULL; i++)
		all[reader->tokens[i].paragraph].speaks |= notes_goes_on(reader, i);
	for (size_t i = 0; i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		const struct token *token = &reader->tokens[draft->first];
		if (draft->strength > STRENGTH_WEAK ||
		    (!draft_is_use(draft) && !draft_is_party(draft)))
			continue;
		all[token->paragraph].speaks = true;
		spaces[token->space] = true;
	}
	if (reader->notes != NULL)
		notes_share_speech(reader, spaces);
	for (size_t i = 0; i < reader->drafts.count; i++) {
		struct draft *draft = &reader->drafts.at[i];
		const struct token *token = &reader->tokens[draft->first];
		const struct paragraph *paragraph = &all[token->paragraph];
		if (!paragraph->speaks && spaces[token->space] &&
		    paragraph->sentences >= PARAGRAPH_LEAST && draft->reading == READ_ASSERTED)
			draft->reading = READ_SET_ASIDE;
	}
}

static bool
meets_spare(const struct reader *reader, const struct match *mention, size_t index)
{
	for (size_t i = index;
	     i-- > 0 && reader->context.at[i].first + MATCH_LONGEST > mention->first;) {
		const struct match *other = &reader->context.at[i];
		if (reader_item(reader, other->item)->effect == EFFECT_SPARE_MENTION &&
		    other->last >= mention->first)
			return true;
	}
	for (size_t i = index; i < reader->context.count; i++) {
		const struct match *other = &reader->context.at[i];
		if (other->first > mention->last)
			return false;
		if (reader_item(reader, other->item)->effect == EFFECT_SPARE_MENTION)
			return true;
	}
	return false;
}

static bool
begins_request(const struct reader *reader, size_t token)
{
	return token == 0 || reader->tokens[token - 1].stop ||
	       token_in(reader, token - 1, CLASS_REQUEST);
}

/* How many uses and parties each sentence speaks of, and the mentions. */
struct speech {
	struct index_list starts; /* of each sentence, counted over all spaces: its first token */
	struct index_list mentions; /* context matches, in order: one a token */
	uint32_t *counts;         /* of each sentence */
};

static void
list_sentences(struct reader *reader, struct speech *speech)
{
	if (reader->token_count != 0)
		passage_add(reader, &speech->starts, 0);
	for (uint32_t i = 0; i < reader->token_count; i++) {
		if (reader->tokens[i].stop)
			passage_add(reader, &speech->starts, i + 1);
	}
}

/* The sentence of a token. */
static uint32_t
sentence_at(const struct speech *speech, uint32_t token)
{
	uint32_t low = 0, high = (uint32_t)speech->starts.count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (speech->starts.at[middle] <= token)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static bool
is_spoken_of(const struct draft *draft)
{
	return draft->strength <= STRENGTH_WEAK &&
	       (draft_is_use(draft) || draft_is_party(draft));
}

static struct speech
find_speech(struct reader *reader)
{
	struct speech speech = {0};
	list_sentences(reader, &speech);
	speech.counts =
	        arena_alloc(reader->arena, speech.starts.count + 1, sizeof *speech.counts);
	for (size_t i = 0; i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		if (is_spoken_of(draft))
			speech.counts[sentence_at(&speech, draft->first)]++;
	}
	return speech;
}

/* The uses that a match tells by its own words: "translate". */
static uint32_t
uses_inside(const struct reader *reader, const struct match *match)
{
	uint32_t count = 0;
	for (size_t i = draft_from(reader, match->first); i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		if (draft->first > match->last)
			break;
		count += draft->last <= match->last && is_spoken_of(draft) &&
		         draft_is_use(draft);
	}
	return count;
}

static uint32_t
spoken_at(const struct reader *reader, const struct speech *speech, uint32_t token,
          uint32_t like)
{
	bool same = reader->tokens[token].space == reader->tokens[like].space &&
	            reader->tokens[token].paragraph == reader->tokens[like].paragraph;
	return same ? speech->counts[sentence_at(speech, token)] : 0;
}

static bool
is_mention(uint8_t effect)
{
	return effect == EFFECT_MENTION || effect == EFFECT_MENTION_NEAR ||
	       effect == EFFECT_MENTION_OWN;
}

/* Whether a mention has something to be about: a use beside its own words or a
 * party, in its sentence, or in the one before or after it in its paragraph. */
static bool
is_about_anything(const struct reader *reader, const struct speech *speech,
                  const struct match *match)
{
	uint32_t id = sentence_at(speech, match->first);
	uint32_t count = speech->counts[id];
	bool alone = reader_item(reader, match->item)->effect == EFFECT_MENTION_OWN;
	if (id > 0 && !alone)
		count += spoken_at(reader, speech, speech->starts.at[id] - 1, match->first);
	if (!alone && id + 1 < speech->starts.count &&
	    speech->starts.at[id + 1] < reader->token_count)
		count += spoken_at(reader, speech, speech->starts.at[id + 1], match->first);
	return count > uses_inside(reader, match);
}

/* Whether a match stands in a clause that opens its sentence and only says when or why,
 * and the use that is asked for follows: "After the lawsuit against us, match …". */
static bool
is_circumstance(const struct reader *reader, const struct speech *speech,
                const struct match *match)
{
	uint32_t id = sentence_at(speech, match->first);
	uint32_t at = speech->starts.at[id], end = at + OPENING_MOST;
	while (at < match->first && reader->tokens[at].mark)
		at++;
	if (match->first >= end || !token_in(reader, at, CLASS_SCOPE_LATE_END))
		return false;
	for (at = match->first; strcmp(reader->tokens[at].text, ",") != 0; at++) {
		if (at + 1 >= reader->token_count || at >= end || sentence_at(speech, at) != id)
			return false;
	}
	for (size_t i = draft_from(reader, at); i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		if (sentence_at(speech, draft->first) != id)
			break;
		if (is_spoken_of(draft) && draft_is_use(draft))
			return true;
	}
	return false;
}

/* Lists the mentions; of those that begin at one token, the last. */
static void
find_mentions(struct reader *reader, struct speech *speech, struct coverage *covers)
{
	struct index_list *list = &speech->mentions;
	for (size_t i = 0; i < reader->context.count; i++) {
		const struct match *match = &reader->context.at[i];
		uint8_t effect = reader_item(reader, match->item)->effect;
		if (!is_mention(effect) || !context_in_force(reader, match) ||
		    meets_spare(reader, match, i) ||
		    !is_about_anything(reader, speech, match) ||
		    is_circumstance(reader, speech, match))
			continue;
		struct coverage *cover = &covers[reader->tokens[match->first].space];
		if (cover->mention == 0 && effect != EFFECT_MENTION_NEAR)
			cover->mention = (uint32_t)i + 1;
		if (list->count != 0 &&
		    reader->context.at[list->at[list->count - 1]].first == match->first)
			list->count--;
		passage_add(reader, list, (uint32_t)i);
	}
}

static void
find_quotations(const struct reader *reader, struct coverage *covers)
{
	for (size_t i = 0; i < reader->token_count; i++) {
		struct coverage *cover = &covers[reader->tokens[i].space];
		cover->quoted = cover->begun ? cover->quoted : reader->tokens[i].text[0] == '"';
		cover->begun = true;
	}
}

static void
find_work(struct reader *reader, const struct speech *speech, struct coverage *covers)
{
	bool *uses = arena_alloc(reader->arena, speech->starts.count + 1, sizeof *uses);
	bool *spoken = arena_alloc(reader->arena, speech->starts.count + 1, sizeof *spoken);
	for (size_t i = 0; i < reader->drafts.count; i++) {
		if (asserted_use(&reader->drafts.at[i]))
			uses[sentence_at(speech, reader->drafts.at[i].first)] = true;
	}
	for (size_t i = 0; i < speech->mentions.count; i++) {
		const struct match *match = &reader->context.at[speech->mentions.at[i]];
		spoken[sentence_at(speech, match->first)] = true;
	}
	for (size_t i = 0; i < reader->context.count; i++) {
		const struct match *match = &reader->context.at[i];
		uint8_t effect = reader_item(reader, match->item)->effect;
		bool work = effect == EFFECT_WORK ||
		            (effect == EFFECT_WORK_START && begins_request(reader, match->first));
		uint32_t id = work ? sentence_at(speech, match->first) : 0;
		bool asks = work && uses[id] && !spoken[id];
		if (asks || (effect == EFFECT_DEMAND && !context_spared(reader, match) &&
		             reader->tokens[match->first].denied_after == 0))
			covers[reader->tokens[match->first].space].work = true;
	}
}

/* The first mention behind a token, by its place in the list. */
static size_t
mention_behind(const struct reader *reader, const struct speech *speech, uint32_t token)
{
	size_t low = 0, high = speech->mentions.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (reader->context.at[speech->mentions.at[middle]].first <= token)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The mention before a token, or else the one behind it, that is near enough to cover it,
 * + 1; or 0. */
static uint32_t
near_mention(const struct reader *reader, const struct speech *speech, uint32_t at)
{
	const struct token *here = &reader->tokens[at], *from;
	const uint32_t *mentions = speech->mentions.at;
	size_t behind = mention_behind(reader, speech, at);
	if (behind > 0) {
		from = &reader->tokens[reader->context.at[mentions[behind - 1]].first];
		if (here->space == from->space && here->sentence <= from->sentence + 1)
			return mentions[behind - 1] + 1;
	}
	if (behind < speech->mentions.count) {
		from = &reader->tokens[reader->context.at[mentions[behind]].first];
		if (here->space == from->space && here->sentence + 1 >= from->sentence)
			return mentions[behind] + 1;
	}
	return 0;
}

/* Whether a mention reaches back to a token: to the sentence before its own or, where that
 * speaks of nothing, to the one before that. */
static bool
reaches_back(const struct reader *reader, const struct speech *speech,
             const struct match *match, uint32_t at)
{
	uint32_t own = reader->tokens[match->first].sentence, there = reader->tokens[at].sentence;
	uint32_t id = sentence_at(speech, match->first);
	return there + 1 >= own || (there + 2 == own && id > 0 && speech->counts[id - 1] == 0);
}

static uint32_t
covering(const struct reader *reader, const struct speech *speech,
         const struct coverage *covers, const struct draft *draft)
{
	const struct token *token = &reader->tokens[draft->first];
	const struct coverage *own = &covers[token->space];
	if (own->work)
		return 0;
	uint32_t near = near_mention(reader, speech, draft->first);
	if (near != 0)
		return near;
	if (own->mention != 0) {
		const struct match *match = &reader->context.at[own->mention - 1];
		if (notes_recalled(reader, match) ||
		    reaches_back(reader, speech, match, draft->first))
			return own->mention;
	}
	if (covers[SPACE_HEADING].mention != 0 && !covers[SPACE_HEADING].work)
		return covers[SPACE_HEADING].mention;
	if (token->space > 2 && covers[token->space - 1].mention != 0 && own->quoted)
		return covers[token->space - 1].mention;
	return 0;
}

static void
cover_drafts(struct reader *reader)
{
	struct coverage *covers =
	        arena_alloc(reader->arena, reader->space_count + 1, sizeof *covers);
	struct speech speech = find_speech(reader);
	bool recalled = reader->notes != NULL && notes_recall_covers(reader, covers);
	find_mentions(reader, &speech, covers);
	if (speech.mentions.count == 0 && !recalled && reader->notes == NULL)
		return;
	find_quotations(reader, covers);
	find_work(reader, &speech, covers);
	if (reader->notes != NULL)
		notes_take_covers(reader, covers);
	for (size_t i = 0; i < reader->drafts.count; i++) {
		struct draft *draft = &reader->drafts.at[i];
		uint32_t trigger = covering(reader, &speech, covers, draft);
		if (trigger == 0 || draft->reading != READ_ASSERTED || draft->settled ||
		    (!draft_is_use(draft) && !draft_is_party(draft)))
			continue;
		draft->reading = READ_MENTIONED;
		draft->trigger = trigger;
	}
}

void
read_mentions(struct reader *reader)
{
	struct arena_mark mark = arena_mark(reader->arena);
	cover_drafts(reader);
	arena_release(reader->arena, mark);
}
