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

void
differ_describe(struct differ *differ, struct difference *difference,
                const unsigned char *states)
{
	/* What is told, before what is denied; parties first. */
	static const unsigned char order[] = {TOLD_TRUE, TOLD_FALSE, TOLD_OPEN, TOLD_NOT};
	size_t size = space_size(differ->space);
	const char **facts = arena_alloc(&differ->arena, size + 1, sizeof *facts);
	for (size_t round = 0; round < 2 * sizeof order; round++) {
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
