/* Agencies and places by name. */
#include "context.h"

enum { NEAR = 3, PARTY_WORDS_MOST = 4 };

static bool
near_party_word(const struct reader *reader, size_t first, size_t last)
{
	size_t from = first > NEAR ? first - NEAR : 0;
	for (size_t i = from; i <= last + NEAR && i < reader->token_count; i++) {
		if ((i < first || i > last) && token_in(reader, i, CLASS_PARTY_WORD))
			return true;
	}
	return false;
}

static bool
followed_by(const struct reader *reader, size_t last, uint32_t class, size_t within)
{
	for (size_t i = last + 1; i <= last + within && i < reader->token_count; i++) {
		if (reader->tokens[i].stop)
			return false;
		if (token_in(reader, i, class))
			return true;
	}
	return false;
}

static bool
is_mark(const struct reader *reader, size_t at, char mark)
{
	return at < reader->token_count && reader->tokens[at].mark &&
	       reader->tokens[at].text[0] == mark;
}

static bool
in_capitals(const struct reader *reader, size_t first, size_t last)
{
	for (size_t i = first; i <= last; i++) {
		if (!reader->tokens[i].upper)
			return false;
	}
	return true;
}

/* "Tulsa, OK" and "Tulsa OK", but not the OK of a text in capitals; of those in other
 * letters, "police in the US" and "deputies in OK", too. */
static bool
stands_as_code(const struct reader *reader, const struct name *name, size_t first)
{
	const struct token *before = first != 0 ? &reader->tokens[first - 1] : NULL;
	if (before == NULL)
		return false;
	if (before->text[0] == ',' || (!before->mark && before->capital && !before->upper))
		return true;
	if (reader->tokens[first].letter_case != CASE_MIXED || name->place == NO_VALUE)
		return false;
	bool country = vocabulary_root(reader->vocabulary, name->place) == name->place;
	return (country && before->length == 3 && memcmp(before->text, "the", 3) == 0) ||
	       (token_in(reader, first - 1, CLASS_LINK) && near_party_word(reader, first, first));
}

/* "Sgt. Austin", "Det. R. Reno": behind a title a person is named, but for "Ofc.,
 * Austin PD". */
static bool
names_person(const struct reader *reader, size_t first, size_t last)
{
	size_t at = first;
	if (at > 1 && !reader->tokens[at - 1].mark && reader->tokens[at - 1].length == 1)
		at--;
	return at != 0 && token_in(reader, at - 1, CLASS_TITLE) &&
	       !(last + 1 < reader->token_count && token_in(reader, last + 1, CLASS_PARTY_WORD));
}

/* "para la policía", "PARA LA POLICÍA", "Para la policía": a function word of its
 * paragraph's language, where case does not show that it is the name of Pará. */
static bool
is_function_word(const struct reader *reader, size_t at)
{
	const struct token *token = &reader->tokens[at];
	unsigned language = reader->languages[token->paragraph];
	bool shown = token->capital && token->letter_case == CASE_MIXED && at != 0 &&
	             !reader->tokens[at - 1].stop;
	return !shown && (token->languages >> 4 * language & 0xf) != 0;
}

/* Whether the spelling is that of the name: an acronym in capitals, a place
 * with a capital unless a party stands next to it. */
static bool
spelt_as_name(const struct reader *reader, const struct name *name, size_t first, size_t last)
{
	const struct token *token = &reader->tokens[first];
	if (first == last && name->kind == NO_VALUE && !name->upper &&
	    (token_in(reader, first, CLASS_PARTY_WORD) || token_in(reader, first, CLASS_COMMON) ||
	     is_function_word(reader, first)))
		return false;
	if (name->upper && name->region && token->length == 2)
		return token->upper && stands_as_code(reader, name, first);
	if (name->upper)
		return in_capitals(reader, first, last);
	if (name->demonym && !name->weak)
		return true;
	if (name->kind == NO_VALUE && names_person(reader, first, last))
		return false;
	if (name->kind != NO_VALUE)
		return !name->weak || reader->tokens[last].capital;
	bool party = near_party_word(reader, first, last);
	bool capital = token->capital || token->letter_case == CASE_LOWER;
	if (name->weak)
		return capital && (party || is_mark(reader, last + 1, ',') ||
		                   (name->region && first != 0 && is_mark(reader, first - 1, ',')));
	if (!token->capital && capital && reader->tokens[last].end - token->start < 4)
		return party;
	return capital || (party && reader->tokens[last].end - token->start > 4);
}

/* Whether a name of several words may begin with a word, by the one behind it. */
static bool
may_go_on(const struct reader *reader, size_t first)
{
	const struct token *token = &reader->tokens[first];
	if (token->name_words < 2 || first + 1 >= reader->token_count || token[1].mark)
		return false;
	uint32_t hash = lexicon_hash(LEXICON_SEED, token->text, token->length);
	hash = lexicon_hash(hash, " ", 1);
	hash = lexicon_hash(hash, token[1].text, token[1].length);
	return bits_have(reader->lexicon->pair_set, set_pair(hash));
}

static const struct name *
longest_name(const struct reader *reader, size_t first, size_t *last)
{
	char text[NAME_LONGEST * (WORD_LONGEST + 1)];
	const struct name *best = NULL;
	uint32_t hash = LEXICON_SEED;
	size_t length = 0;
	size_t most = may_go_on(reader, first) ? reader->tokens[first].name_words
	                                       : reader->tokens[first].named;
	for (size_t i = first; i < reader->token_count && i - first < most; i++) {
		const struct token *token = &reader->tokens[i];
		if (token->mark || token->length > WORD_LONGEST)
			break;
		size_t from = length;
		if (i != first)
			text[length++] = ' ';
		memcpy(text + length, token->text, token->length);
		length += token->length;
		hash = lexicon_hash(hash, text + from, length - from);
		const struct name *name =
		        lexicon_name(reader->lexicon, (struct span){text, length}, hash);
		if (name != NULL && spelt_as_name(reader, name, first, i)) {
			best = name;
			*last = i;
		}
	}
	return best;
}

/* The region behind a place: "Springfield, Illinois", "Springfield Police, in Illinois". */
static const struct name *
region_after(const struct reader *reader, size_t last)
{
	size_t end, at = last + 1;
	while (at < reader->token_count && at - last <= PARTY_WORDS_MOST &&
	       token_in(reader, at, CLASS_PARTY_WORD))
		at++;
	if (!is_mark(reader, at, ',') || ++at >= reader->token_count)
		return NULL;
	if (token_in(reader, at, CLASS_LINK) && at + 1 < reader->token_count)
		at++;
	const struct name *region = longest_name(reader, at, &end);
	return region != NULL && region->region ? region : NULL;
}

/* "Springfield, Illinois": the region decides, unless the place lies in another of
 * that name ("Tbilisi, Georgia"). */
static uint32_t
place_within(const struct reader *reader, uint32_t place, const struct name *region)
{
	const struct vocabulary *vocabulary = reader->vocabulary;
	if (vocabulary_within(vocabulary, place, region->place) ||
	    (region->other != NO_VALUE && vocabulary_within(vocabulary, place, region->other)))
		return place;
	return region->place;
}

/* Whether it is the other region of its name that the place before it lies in. */
static bool
is_other_region(const struct reader *reader, const struct name *name, size_t first)
{
	if (name->other == NO_VALUE || reader->finding_count == 0)
		return false;
	const struct finding *before = &reader->findings[reader->finding_count - 1];
	return before->last + 2 == first && is_mark(reader, first - 1, ',') &&
	       before->place != NO_VALUE &&
	       vocabulary_within(reader->vocabulary, before->place, name->other);
}

static uint32_t
place_of(const struct reader *reader, const struct name *name, size_t first, size_t last)
{
	uint32_t place = name->place;
	if (place == NO_VALUE || name->demonym)
		return place;
	if (is_other_region(reader, name, first))
		return name->other;
	const struct name *region = region_after(reader, last);
	if (region != NULL)
		return place_within(reader, place, region);
	if (name->home && followed_by(reader, last, CLASS_OFFICE, NEAR))
		return reader->vocabulary->home;
	return place;
}

void
names_find(struct reader *reader)
{
	for (size_t i = 0; i < reader->token_count; i++) {
		size_t last = i;
		if (reader->tokens[i].name_words == 0)
			continue;
		const struct name *name = longest_name(reader, i, &last);
		if (name == NULL)
			continue;
		uint32_t place = place_of(reader, name, i, last);
		reader->findings =
		        arena_grow(reader->arena, reader->findings, reader->finding_count,
		                   &reader->finding_capacity, sizeof *reader->findings);
		reader->findings[reader->finding_count++] = (struct finding){
		        .first = (uint32_t)i,
		        .last = (uint32_t)last,
		        .name = (uint32_t)(name - reader->lexicon->names),
		        .place = place,
		        .kind = name->kind,
		        .demonym = name->demonym};
		reader->tokens[i].name = (uint32_t)reader->finding_count;
		i = last;
	}
}

/* The first finding at or after a token. */
size_t
names_from(const struct reader *reader, uint32_t token)
{
	size_t low = 0, high = reader->finding_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (reader->findings[middle].last < token)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool
names_mark_between(const struct reader *reader, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		if (reader->tokens[i].mark && reader->tokens[i].text[0] != '"')
			return true;
	}
	return false;
}

/* "Albuquerque PD": the place is a part of a party's name. */
static bool
names_party(const struct reader *reader, const struct finding *finding)
{
	uint32_t next = finding->last + 1;
	return next < reader->token_count && token_in(reader, next, CLASS_PARTY_WORD);
}

/* "A vendor for police in Fresno": the place behind is that of a party within. */
static bool
holds_party(const struct reader *reader, const struct match *match)
{
	for (uint32_t i = match->first + 1; i < match->last; i++) {
		if (token_in(reader, i, CLASS_PARTY_WORD))
			return true;
	}
	return false;
}

/* The places within a match are not the party's; if none are, the one just behind it. */
static void
set_elsewhere_at(struct reader *reader, const struct match *match)
{
	size_t at = names_from(reader, match->first);
	bool inside = false;
	for (; at < reader->finding_count && reader->findings[at].first <= match->last; at++) {
		inside = true;
		reader->findings[at].elsewhere |= !names_party(reader, &reader->findings[at]);
	}
	if (!inside && at < reader->finding_count &&
	    reader->findings[at].first - match->last <= 2 && !holds_party(reader, match))
		reader->findings[at].elsewhere |= !names_party(reader, &reader->findings[at]);
}

void
names_elsewhere(struct reader *reader)
{
	for (size_t i = 0; i < reader->context.count; i++) {
		const struct match *match = &reader->context.at[i];
		uint8_t effect = reader_item(reader, match->item)->effect;
		if ((effect != EFFECT_ELSEWHERE && effect != EFFECT_ELSEWHERE_BEFORE) ||
		    !context_in_force(reader, match))
			continue;
		if (effect == EFFECT_ELSEWHERE) {
			set_elsewhere_at(reader, match);
			continue;
		}
		size_t before = names_from(reader, match->first);
		if (before == 0)
			continue;
		struct finding *finding = &reader->findings[before - 1];
		bool corrects = before < reader->finding_count &&
		                reader->findings[before].first <= match->last;
		bool apart = match->first - finding->last > 3 ||
		             (!corrects &&
		              names_mark_between(reader, finding->last + 1, match->first));
		for (uint32_t j = finding->last + 1; j < match->first && !apart; j++)
			apart = token_in(reader, j, CLASS_PARTY_WORD);
		if (!apart && finding->kind == NO_VALUE)
			finding->elsewhere = true;
	}
}
