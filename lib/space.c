#include "space_parts.h"

struct atoms {
	const struct condition **atoms;
	size_t count, capacity;
};

static bool
same_property(const struct property *a, const struct property *b)
{
	return a->axis == b->axis && a->unstated == b->unstated && a->beside == b->beside &&
	       a->value_count == b->value_count &&
	       memcmp(a->values, b->values, a->value_count * sizeof *a->values) == 0;
}

bool
same_atom(const struct condition *a, const struct condition *b)
{
	bool same = a->party == b->party && a->property_count == b->property_count;
	for (size_t i = 0; same && i < a->property_count; i++)
		same = same_property(&a->properties[i], &b->properties[i]);
	return same;
}

bool
same_condition(const struct condition *a, const struct condition *b)
{
	bool same = a->type == b->type && a->part_count == b->part_count &&
	            (a->type != CONDITION_ATOM || same_atom(a, b));
	for (size_t i = 0; same && i < a->part_count; i++)
		same = same_condition(a->parts[i], b->parts[i]);
	return same;
}

static void
collect_atoms(struct space *space, struct atoms *atoms, const struct condition *condition)
{
	for (size_t i = 0; i < condition->part_count; i++)
		collect_atoms(space, atoms, condition->parts[i]);
	if (condition->type != CONDITION_ATOM)
		return;
	for (size_t i = 0; i < atoms->count; i++) {
		if (same_atom(atoms->atoms[i], condition))
			return;
	}
	atoms->atoms = arena_grow(space->arena, atoms->atoms, atoms->count, &atoms->capacity,
	                          sizeof *atoms->atoms);
	atoms->atoms[atoms->count++] = condition;
}

static bool
names(const struct condition *atom, uint32_t value)
{
	for (size_t i = 0; i < atom->property_count; i++) {
		for (size_t j = 0; j < atom->properties[i].value_count; j++) {
			if (atom->properties[i].values[j] == value)
				return true;
		}
	}
	return false;
}

static struct variable *
add_variable(struct space *space, struct variable variable)
{
	space->variables =
	        arena_grow(space->arena, space->variables, space->variable_count,
	                   &space->variable_capacity, sizeof *space->variables);
	space->variables[space->variable_count] = variable;
	return &space->variables[space->variable_count++];
}

/* The variable that holds a value told of the request, or SIZE_MAX. */
static size_t
variable_of(const struct space *space, uint32_t value)
{
	for (size_t i = 0; i < space->variable_count; i++) {
		const struct variable *variable = &space->variables[i];
		for (size_t j = 0; j < variable->value_count; j++) {
			if (variable->values[j] == value)
				return i;
		}
	}
	return SIZE_MAX;
}

static bool
are_kin(const struct vocabulary *vocabulary, uint32_t a, uint32_t b)
{
	return a != b &&
	       (vocabulary_within(vocabulary, a, b) || vocabulary_within(vocabulary, b, a));
}

static bool
has_kin(const struct space *space, const struct atoms *atoms, uint32_t value)
{
	for (size_t i = 0; i < atoms->count; i++) {
		const struct property *property = atoms->atoms[i]->properties;
		for (size_t j = 0; !atoms->atoms[i]->party && j < property->value_count; j++) {
			if (are_kin(space->vocabulary, property->values[j], value))
				return true;
		}
	}
	return false;
}

static bool
told_apart(const struct atoms *atoms, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < atoms->count; i++) {
		if (!atoms->atoms[i]->party &&
		    names(atoms->atoms[i], a) != names(atoms->atoms[i], b))
			return true;
	}
	return false;
}

/* One variable for a value and those of the same atom that no atom tells apart
 * from it. */
static void
add_values(struct space *space, const struct atoms *atoms, const struct property *property,
           size_t first)
{
	uint32_t value = property->values[first];
	if (variable_of(space, value) != SIZE_MAX)
		return;
	uint32_t *values = arena_alloc(space->arena, property->value_count, sizeof *values);
	size_t count = 0;
	values[count++] = value;
	bool alone = has_kin(space, atoms, value);
	for (size_t i = first + 1; !alone && i < property->value_count; i++) {
		uint32_t other = property->values[i];
		if (variable_of(space, other) == SIZE_MAX && !has_kin(space, atoms, other) &&
		    !told_apart(atoms, value, other))
			values[count++] = other;
	}
	add_variable(
	        space,
	        (struct variable){.values = values, .value_count = count, .axis = property->axis});
}

static void
add_kinships(struct space *space)
{
	for (size_t i = 0; i < space->variable_count; i++) {
		for (size_t j = 0; j < space->variable_count; j++) {
			const struct variable *a = &space->variables[i], *b = &space->variables[j];
			if (i == j || a->party != NULL || b->party != NULL ||
			    !vocabulary_within(space->vocabulary, a->values[0], b->values[0]))
				continue;
			space->kinships = arena_grow(space->arena, space->kinships,
			                             space->kinship_count,
			                             &space->kinship_capacity,
			                             sizeof *space->kinships);
			space->kinships[space->kinship_count++] = (struct kinship){i, j};
		}
	}
}

struct space *
space_new(struct arena *arena, const struct vocabulary *vocabulary,
          const struct condition *const *conditions, size_t count)
{
	struct space *space = arena_alloc(arena, 1, sizeof *space);
	struct atoms atoms = {0};
	space->arena = arena;
	space->vocabulary = vocabulary;
	space->work_left = SIZE_MAX;
	for (size_t i = 0; i < count; i++)
		collect_atoms(space, &atoms, conditions[i]);
	for (size_t i = 0; i < atoms.count; i++) {
		const struct condition *atom = atoms.atoms[i];
		if (atom->party)
			add_variable(space, (struct variable){.party = atom});
		for (size_t j = 0; !atom->party && j < atom->properties->value_count; j++)
			add_values(space, &atoms, atom->properties, j);
	}
	add_kinships(space);
	space_add_parties(space);
	return space;
}

void
space_limit(struct space *space, size_t work)
{
	space->work_left = work;
}

size_t
space_size(const struct space *space)
{
	return space->variable_count;
}

const struct variable *
space_variable(const struct space *space, size_t index)
{
	return &space->variables[index];
}

static bool
any_kin(const struct space *space, const struct property *a, const struct property *b)
{
	for (size_t i = 0; i < a->value_count; i++) {
		for (size_t j = 0; j < b->value_count; j++) {
			if (a->values[i] == b->values[j] ||
			    are_kin(space->vocabulary, a->values[i], b->values[j]))
				return true;
		}
	}
	return false;
}

bool
space_related(const struct space *space, size_t a, size_t b)
{
	const struct condition *one = space->variables[a].party, *other = space->variables[b].party;
	bool related = a == b;
	for (size_t i = 0; i < space->kinship_count && !related; i++) {
		const struct kinship *kin = &space->kinships[i];
		related = (kin->narrow == a && kin->broad == b) ||
		          (kin->narrow == b && kin->broad == a);
	}
	for (size_t i = 0; one != NULL && other != NULL && i < one->property_count; i++) {
		for (size_t j = 0; j < other->property_count; j++)
			related = related ||
			          any_kin(space, &one->properties[i], &other->properties[j]);
	}
	return related;
}

unsigned char *
space_states(struct space *space, unsigned char told)
{
	unsigned char *states = arena_alloc(space->arena, space->variable_count + 1, 1);
	memset(states, told, space->variable_count);
	return states;
}

static struct formula *
new_formula(struct space *space, enum condition_type type, size_t parts)
{
	struct formula *formula = arena_alloc(space->arena, 1, sizeof *formula);
	formula->type = type;
	formula->parts = arena_alloc(space->arena, parts + 1, sizeof *formula->parts);
	return formula;
}

static struct formula *
new_leaf(struct space *space, size_t variable, enum truth unstated)
{
	struct formula *leaf = new_formula(space, CONDITION_ATOM, 0);
	leaf->variable = variable;
	leaf->unstated = unstated;
	leaf->most = TRUTH_TRUE;
	return leaf;
}

const struct formula *
space_leaf(struct space *space, size_t variable)
{
	return new_leaf(space, variable, TRUTH_OPEN);
}

const struct formula *
space_join(struct space *space, enum condition_type type, const struct formula *const *parts,
           size_t count)
{
	struct formula *formula = new_formula(space, type, count);
	for (size_t i = 0; i < count; i++)
		formula->parts[formula->part_count++] = parts[i];
	return formula;
}

static const struct formula *
party_formula(struct space *space, const struct condition *atom)
{
	size_t i = 0;
	while (space->variables[i].party == NULL || !same_atom(space->variables[i].party, atom))
		i++;
	return new_leaf(space, i, TRUTH_OPEN);
}

/* Any of its values; each variable once. */
static const struct formula *
values_formula(struct space *space, const struct property *property)
{
	struct formula *any = new_formula(space, CONDITION_ANY, property->value_count);
	for (size_t i = 0; i < property->value_count; i++) {
		size_t variable = variable_of(space, property->values[i]);
		bool repeated = false;
		for (size_t j = 0; j < any->part_count; j++)
			repeated = repeated || any->parts[j]->variable == variable;
		if (!repeated)
			any->parts[any->part_count++] =
			        new_leaf(space, variable, property->unstated);
	}
	return any->part_count == 1 ? any->parts[0] : any;
}

static bool
is_beside(const struct space *space, const struct variable *variable,
          const struct property *property)
{
	bool beside = variable->party == NULL && variable->axis == property->axis;
	for (size_t i = 0; i < property->value_count && beside; i++)
		beside = variable->values[0] != property->values[i] &&
		         !are_kin(space->vocabulary, variable->values[0], property->values[i]) &&
		         variable_of(space, property->values[i]) !=
		                 (size_t)(variable - space->variables);
	return beside;
}

/* Any of its values, and where the atom lifts a denial nothing else beside. */
static const struct formula *
fact_formula(struct space *space, const struct condition *atom)
{
	const struct property *property = atom->properties;
	const struct formula *values = values_formula(space, property);
	if (property->beside == TRUTH_TRUE)
		return values;
	struct formula *alone = new_formula(space, CONDITION_ALL, space->variable_count + 1);
	alone->parts[alone->part_count++] = values;
	for (size_t i = 0; i < space->variable_count; i++) {
		if (!is_beside(space, &space->variables[i], property))
			continue;
		struct formula *other = new_leaf(space, i, TRUTH_FALSE);
		struct formula *nothing = new_formula(space, CONDITION_NOT, 1);
		other->most = (enum truth)(TRUTH_TRUE - property->beside);
		nothing->parts[nothing->part_count++] = other;
		alone->parts[alone->part_count++] = nothing;
	}
	return alone;
}

const struct formula *
space_formula(struct space *space, const struct condition *condition)
{
	if (condition->type == CONDITION_ATOM)
		return condition->party ? party_formula(space, condition)
		                        : fact_formula(space, condition);
	struct formula *formula = new_formula(space, condition->type, condition->part_count);
	for (size_t i = 0; i < condition->part_count; i++)
		formula->parts[formula->part_count++] = space_formula(space, condition->parts[i]);
	return formula;
}
