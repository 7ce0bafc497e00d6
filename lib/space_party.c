/* Which truths party atoms can have together. */
#include "space_parts.h"

/* One imagined party: a state for each value that a party atom names. */
struct imagined {
	const uint32_t *values;
	unsigned char *states;
	size_t count;
};

static struct imagined
imagine(struct space *space)
{
	struct imagined party = {0};
	size_t most = 0;
	for (size_t i = 0; i < space->variable_count; i++) {
		const struct condition *atom = space->variables[i].party;
		for (size_t j = 0; atom != NULL && j < atom->property_count; j++)
			most += atom->properties[j].value_count;
	}
	uint32_t *values = arena_alloc(space->arena, most + 1, sizeof *values);
	party.states = arena_alloc(space->arena, most + 1, 1);
	for (size_t i = 0; i < space->variable_count; i++) {
		const struct condition *atom = space->variables[i].party;
		for (size_t j = 0; atom != NULL && j < atom->property_count; j++) {
			for (size_t k = 0; k < atom->properties[j].value_count; k++)
				values[party.count++] = atom->properties[j].values[k];
		}
	}
	party.values = values;
	return party;
}

static enum truth
state_truth(unsigned char state, enum truth unstated)
{
	return state == TOLD_FALSE  ? TRUTH_FALSE
	       : state == TOLD_OPEN ? TRUTH_OPEN
	       : state == TOLD_TRUE ? TRUTH_TRUE
	                            : unstated;
}

static enum truth
atom_truth(const struct imagined *party, const struct condition *atom)
{
	enum truth least = TRUTH_TRUE;
	for (size_t i = 0; i < atom->property_count; i++) {
		const struct property *property = &atom->properties[i];
		enum truth most = TRUTH_FALSE;
		for (size_t j = 0; j < property->value_count; j++) {
			size_t k = 0;
			while (party->values[k] != property->values[j])
				k++;
			enum truth truth = state_truth(party->states[k], property->unstated);
			most = truth > most ? truth : most;
		}
		least = most < least ? most : least;
	}
	return least;
}

static void
keep_example(struct space *space, const struct imagined *party)
{
	unsigned char *truths = arena_alloc(space->arena, space->variable_count + 1, 1);
	for (size_t i = 0; i < space->variable_count; i++) {
		const struct condition *atom = space->variables[i].party;
		truths[i] = atom != NULL ? (unsigned char)atom_truth(party, atom) : 0;
	}
	for (size_t i = 0; i < space->example_count; i++) {
		if (memcmp(space->examples[i].truths, truths, space->variable_count) == 0)
			return;
	}
	space->examples = arena_grow(space->arena, space->examples, space->example_count,
	                             &space->example_capacity, sizeof *space->examples);
	space->examples[space->example_count++] = (struct example){truths};
}

/* Tells a value and with it all that is broader. */
static void
tell(const struct space *space, struct imagined *party, uint32_t value, unsigned char state)
{
	for (size_t i = 0; i < party->count; i++) {
		if (vocabulary_within(space->vocabulary, value, party->values[i]))
			party->states[i] = state;
	}
}

/* All ways to meet or to leave open the properties of an atom from `at` on, by
 * one value of each; whatever is not needed is denied. */
static void
meet(struct space *space, struct imagined *party, const struct condition *atom, size_t at)
{
	static const unsigned char ways[] = {TOLD_TRUE, TOLD_OPEN, TOLD_NOT};
	if (at == atom->property_count) {
		keep_example(space, party);
		return;
	}
	const struct property *property = &atom->properties[at];
	for (size_t i = 0; i < property->value_count; i++) {
		for (size_t j = 0; j < sizeof ways; j++) {
			tell(space, party, property->values[i], ways[j]);
			meet(space, party, atom, at + 1);
			tell(space, party, property->values[i], TOLD_FALSE);
		}
	}
}

void
space_add_parties(struct space *space)
{
	struct imagined party = imagine(space);
	memset(party.states, TOLD_FALSE, party.count);
	for (size_t i = 0; i < space->variable_count; i++) {
		if (space->variables[i].party != NULL)
			meet(space, &party, space->variables[i].party, 0);
	}
	space->possible = arena_alloc(space->arena, space->example_count + 1, 1);
}
