#include "bystanders.h"

#include <stdint.h>

#include "decide.h"

enum { SIZE_FIRST = 64 };

struct bystander_truth {
	const struct condition *atom; /* NULL: a free place */
	enum truth truth;
};

static struct bystander_truth *
place_of(const struct bystanders *bystanders, const struct condition *atom)
{
	size_t mask = bystanders->known_size - 1;
	size_t place = (uintptr_t)atom / sizeof *atom & mask;
	while (bystanders->known[place].atom != NULL && bystanders->known[place].atom != atom)
		place = (place + 1) & mask;
	return &bystanders->known[place];
}

static void
make_room(struct bystanders *bystanders)
{
	struct bystanders old = *bystanders;
	if (old.known_count * 2 < old.known_size)
		return;
	bystanders->known_size = old.known_size != 0 ? old.known_size * 2 : SIZE_FIRST;
	bystanders->known = arena_alloc(old.facts.arena, bystanders->known_size,
	                                sizeof *bystanders->known);
	for (size_t i = 0; i < old.known_size; i++) {
		if (old.known[i].atom != NULL)
			*place_of(bystanders, old.known[i].atom) = old.known[i];
	}
}

static void
learn_atom(struct bystanders *bystanders, const struct condition *atom)
{
	make_room(bystanders);
	struct bystander_truth *known = place_of(bystanders, atom);
	if (known->atom != NULL)
		return;
	*known = (struct bystander_truth){atom, decide_among(&bystanders->facts, atom)};
	bystanders->known_count++;
}

void
bystanders_learn(struct bystanders *bystanders, const struct condition *condition)
{
	if (condition->type == CONDITION_ATOM && condition->party)
		learn_atom(bystanders, condition);
	for (size_t i = 0; i < condition->part_count; i++)
		bystanders_learn(bystanders, condition->parts[i]);
}

enum truth
bystanders_truth(const struct bystanders *bystanders, const struct condition *atom)
{
	return place_of(bystanders, atom)->truth;
}
