#include "places.h"

#include "notes.h"

static void
see_place(const struct reader *reader, struct places *places, size_t index)
{
	if (index == SIZE_MAX)
		return;
	if (places->only == SIZE_MAX)
		places->only = index;
	else if (places->other == SIZE_MAX &&
	         !same_country(reader->vocabulary, reader->findings[index].place,
	                       reader->findings[places->only].place))
		places->other = index;
}

static void
see_cue(struct places *places, const struct draft *draft)
{
	if (draft == NULL)
		return;
	if (draft->strength == STRENGTH_STRONG && places->strong == NULL)
		places->strong = draft;
	if (draft->strength == STRENGTH_WEAK && places->weak == NULL)
		places->weak = draft;
}

/* Adds those of another space, or those that are known already. */
static void
see_all(const struct reader *reader, struct places *places, const struct places *others)
{
	see_place(reader, places, others->only);
	see_place(reader, places, others->other);
	see_cue(places, others->strong);
	see_cue(places, others->weak);
}

bool
places_asks_where(const struct reader *reader, const struct match *match)
{
	const struct item *item = reader_item(reader, match->item);
	return item->effect == EFFECT_QUESTION && item->value != NO_VALUE &&
	       reader->vocabulary->values[item->value].axis == reader->vocabulary->place_axis;
}

/* Those that the text names from its first word to its last. */
static void
look_around(const struct reader *reader, struct places *all)
{
	for (size_t i = 0; i < reader->finding_count; i++) {
		const struct finding *finding = &reader->findings[i];
		if (finding_is_place(finding))
			see_place(reader, &all[reader->tokens[finding->first].space], i);
	}
	for (size_t i = 0; i < reader->drafts.count; i++) {
		const struct draft *draft = &reader->drafts.at[i];
		if (draft_is_cue(reader, draft))
			see_cue(&all[reader->tokens[draft->first].space], draft);
	}
	for (size_t i = 0; i < reader->context.count; i++) {
		const struct match *match = &reader->context.at[i];
		if (places_asks_where(reader, match))
			all[reader->tokens[match->first].space].withheld = true;
	}
}

struct places *
places_find(struct reader *reader)
{
	struct places *all = arena_alloc(reader->arena, reader->space_count + 1, sizeof *all);
	for (uint32_t i = 0; i <= reader->space_count; i++) {
		all[i].only = all[i].other = SIZE_MAX;
		if (reader->notes != NULL) {
			see_all(reader, &all[i], &reader->recalled->spaces[i].places);
			all[i].withheld = reader->recalled->spaces[i].places.withheld;
		}
	}
	look_around(reader, all);
	if (reader->notes != NULL)
		notes_take_places(reader, all);
	for (uint32_t i = 1; i < reader->space_count; i++)
		see_all(reader, &all[i], &all[SPACE_HEADING]);
	return all;
}
