#include "differ_parts.h"
#include "wording.h"

static const char *
variable_words(struct differ *differ, const struct variable *variable, unsigned char state)
{
	struct arena *arena = &differ->arena;
	const struct vocabulary *vocabulary = &differ->sides[0].engine->vocabulary;
	bool not_true = state == TOLD_FALSE;
	const char *open = state == TOLD_OPEN ? "left open whether "
	                   : state == TOLD_NOT ? "not told whether "
	                                       : "";
	if (variable->party != NULL)
		return arena_printf(arena, "%s: %s%s", not_true ? "no party" : "party", open,
		                    atom_words(arena, vocabulary, variable->party));
	return arena_printf(
	        arena, "%s: %s%s%s",
	        vocabulary_text(vocabulary, vocabulary->axes[variable->axis].label),
	        not_true ? variable->value_count > 1 ? "neither " : "not " : "", open,
	        values_words(arena, vocabulary, variable->values, variable->value_count,
	                     not_true ? " nor " : " or "));
}

/* "use: redaction or transcription" */
static const char *
either_words(struct differ *differ, const unsigned char *states)
{
	struct arena *arena = &differ->arena;
	const struct vocabulary *vocabulary = &differ->sides[0].engine->vocabulary;
	const char *text = NULL;
	for (size_t i = 0; i < space_size(differ->space); i++) {
		const struct variable *variable = space_variable(differ->space, i);
		if (states[i] == TOLD_EITHER && text == NULL)
			text = variable_words(differ, variable, TOLD_TRUE);
		else if (states[i] == TOLD_EITHER)
			text = arena_printf(arena, "%s or %s", text,
			                    values_words(arena, vocabulary, variable->values,
			                                 variable->value_count, " or "));
	}
	return text;
}

static void
describe(struct differ *differ, struct difference *difference, const unsigned char *states)
{
	/* What is told, before what is denied; parties first. */
	static const unsigned char order[] = {TOLD_TRUE, TOLD_FALSE, TOLD_OPEN, TOLD_NOT};
	size_t size = space_size(differ->space);
	const char **facts = arena_alloc(&differ->arena, size + 1, sizeof *facts);
	const char *either = either_words(differ, states);
	for (size_t round = 0; round < 2 * sizeof order; round++) {
		if (round == 1 && either != NULL)
			facts[difference->fact_count++] = either;
		for (size_t i = 0; i < size; i++) {
			const struct variable *variable = space_variable(differ->space, i);
			if (states[i] == order[round / 2] &&
			    (variable->party != NULL) == (round % 2 == 0))
				facts[difference->fact_count++] =
				        variable_words(differ, variable, states[i]);
		}
	}
	difference->facts = facts;
}

static bool
is_free(unsigned char state)
{
	return (state & (state - 1)) != 0;
}

/* Whether `other` is `spot` with another value of one axis: then the variable
 * that holds it, else SIZE_MAX. */
static size_t
other_value(const struct differ *differ, const struct spot *spot, const struct spot *other)
{
	size_t own = SIZE_MAX, another = SIZE_MAX;
	for (size_t i = 0; i < space_size(differ->space); i++) {
		unsigned char a = spot->states[i], b = other->states[i];
		if (a == b)
			continue;
		if ((a == TOLD_TRUE || a == TOLD_EITHER) && is_free(b) &&
		    (own == SIZE_MAX || (a == TOLD_EITHER && spot->states[own] == a)))
			own = i;
		else if (is_free(a) && b == TOLD_TRUE && another == SIZE_MAX)
			another = i;
		else
			return SIZE_MAX;
	}
	if (own == SIZE_MAX || another == SIZE_MAX)
		return SIZE_MAX;
	const struct variable *left = space_variable(differ->space, own);
	const struct variable *right = space_variable(differ->space, another);
	bool one_axis = left->party == NULL && right->party == NULL && left->axis == right->axis;
	return one_axis ? another : SIZE_MAX;
}

/* Takes `other` into `spot`, if that says the same. */
static bool
join(const struct differ *differ, struct spot *spot, const struct spot *other)
{
	const struct difference *a = &spot->difference, *b = &other->difference;
	size_t value = a->from == b->from && a->to == b->to && a->unless == b->unless
	                       ? other_value(differ, spot, other)
	                       : SIZE_MAX;
	if (value == SIZE_MAX)
		return false;
	for (size_t i = 0; i < space_size(differ->space); i++) {
		if (spot->states[i] != other->states[i] && spot->states[i] == TOLD_TRUE)
			spot->states[i] = TOLD_EITHER;
	}
	spot->states[value] = TOLD_EITHER;
	return true;
}

void
differ_sum_up(struct differ *differ)
{
	size_t count = 0;
	for (size_t i = 0; i < differ->spot_count; i++) {
		bool joined = false;
		for (size_t j = 0; j < count && !joined; j++)
			joined = join(differ, &differ->spots[j], &differ->spots[i]);
		if (!joined)
			differ->spots[count++] = differ->spots[i];
	}
	differ->found = arena_alloc(&differ->arena, count + 1, sizeof *differ->found);
	for (size_t i = 0; i < count; i++) {
		differ->found[i] = differ->spots[i].difference;
		describe(differ, &differ->found[i], differ->spots[i].states);
	}
	differ->found_count = count;
}
