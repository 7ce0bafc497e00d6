/* A request for a point. */
#include "space_parts.h"

/* A JSON object that is being written. */
struct writing {
	struct space *space;
	const struct vocabulary *vocabulary;
	const unsigned char *states;
	const char *text;
};

static void
append(struct writing *writing, const char *text)
{
	writing->text = arena_printf(writing->space->arena, "%s%s", writing->text, text);
}

static void
append_member(struct writing *writing, const char *prefix, const char *name)
{
	struct arena *arena = writing->space->arena;
	bool first = writing->text[strlen(writing->text) - 1] == '{';
	append(writing, arena_printf(arena, "%s\"%s%s\":", first ? "" : ",", prefix, name));
}

static const char *
value_name(const struct writing *writing, uint32_t value)
{
	return vocabulary_text(writing->vocabulary, writing->vocabulary->values[value].name);
}

/* The variables of an axis in one state, as an array: of those that are told the
 * first value of each. */
static void
append_facts(struct writing *writing, const char *prefix, uint32_t axis, unsigned char state)
{
	struct arena *arena = writing->space->arena;
	const char *list = "";
	for (size_t i = 0; i < writing->space->variable_count; i++) {
		const struct variable *variable = &writing->space->variables[i];
		if (variable->party != NULL || variable->axis != axis ||
		    writing->states[i] != state)
			continue;
		size_t count = state == TOLD_TRUE ? 1 : variable->value_count;
		for (size_t j = 0; j < count; j++)
			list = arena_printf(arena, "%s%s\"%s\"", list, *list != '\0' ? "," : "",
			                    value_name(writing, variable->values[j]));
	}
	if (*list == '\0')
		return;
	append_member(writing, prefix,
	              vocabulary_text(writing->vocabulary,
	                              writing->vocabulary->axes[axis].name));
	append(writing, arena_printf(arena, "[%s]", list));
}

static bool
is_within(const struct writing *writing, uint32_t value, const struct property *property)
{
	bool within = false;
	for (size_t i = 0; i < property->value_count; i++)
		within = within ||
		         vocabulary_within(writing->vocabulary, value, property->values[i]);
	return within;
}

/* Whether an atom that no party is to meet asks for a value. */
static bool
is_denied(const struct writing *writing, uint32_t value)
{
	for (size_t i = 0; i < writing->space->variable_count; i++) {
		const struct condition *other = writing->space->variables[i].party;
		if (other == NULL || writing->states[i] != TOLD_FALSE)
			continue;
		for (size_t j = 0; j < other->property_count; j++) {
			if (is_within(writing, value, &other->properties[j]))
				return true;
		}
	}
	return false;
}

/* The value by which a party has a property. */
static uint32_t
told_value(const struct writing *writing, const struct property *property)
{
	for (size_t i = 0; i < property->value_count; i++) {
		if (!is_denied(writing, property->values[i]))
			return property->values[i];
	}
	return property->values[0];
}

static bool
has_property(const struct writing *writing, const struct condition *atom,
             const struct property *property)
{
	bool has = false;
	for (size_t i = 0; i < atom->property_count; i++)
		has = has ||
		      is_within(writing, told_value(writing, &atom->properties[i]), property);
	return has;
}

/* Whether a party that is told by `atom` needs to deny a property, so that it
 * does not meet the other atom: the last of those that it does not have. */
static const struct property *
property_to_deny(const struct writing *writing, const struct condition *atom,
                 const struct condition *other)
{
	const struct property *found = NULL;
	for (size_t i = 0; i < other->property_count; i++) {
		if (!has_property(writing, atom, &other->properties[i]))
			found = &other->properties[i];
	}
	return found;
}

static void
append_property(struct writing *writing, const struct condition *atom, uint32_t axis)
{
	struct arena *arena = writing->space->arena;
	const char *list = "", *told = "";
	for (size_t i = 0; i < atom->property_count; i++) {
		if (atom->properties[i].axis == axis)
			told = value_name(writing, told_value(writing, &atom->properties[i]));
	}
	if (*told != '\0')
		list = arena_printf(arena, "\"%s\":true", told);
	for (size_t i = 0; i < writing->space->variable_count; i++) {
		const struct condition *other = writing->space->variables[i].party;
		const struct property *denied =
		        other != NULL && writing->states[i] == TOLD_FALSE
		                ? property_to_deny(writing, atom, other)
		                : NULL;
		for (size_t j = 0;
		     denied != NULL && denied->axis == axis && j < denied->value_count; j++) {
			const char *denial = arena_printf(arena, "\"%s\":false",
			                                  value_name(writing, denied->values[j]));
			if (strstr(list, denial) == NULL)
				list = arena_printf(arena, "%s%s%s", list,
				                    *list != '\0' ? "," : "", denial);
		}
	}
	if (*list == '\0')
		return;
	const char *name =
	        vocabulary_text(writing->vocabulary, writing->vocabulary->axes[axis].name);
	append_member(writing, "", name + strlen("party."));
	append(writing, strstr(list, "false") != NULL ? arena_printf(arena, "{%s}", list)
	                                              : arena_printf(arena, "\"%s\"", told));
}

static void
append_parties(struct writing *writing)
{
	bool first = true;
	for (size_t i = 0; i < writing->space->variable_count; i++) {
		const struct condition *atom = writing->space->variables[i].party;
		if (atom == NULL || writing->states[i] != TOLD_TRUE)
			continue;
		if (first)
			append_member(writing, "", "actor");
		append(writing, first ? "[{" : ",{");
		first = false;
		for (uint32_t axis = 0; axis < writing->vocabulary->axis_count; axis++) {
			if (writing->vocabulary->axes[axis].party)
				append_property(writing, atom, axis);
		}
		append(writing, "}");
	}
	if (!first)
		append(writing, "]");
}

const char *
space_request(struct space *space, const unsigned char *states)
{
	struct writing writing = {space, space->vocabulary, states, "{"};
	append_parties(&writing);
	for (uint32_t axis = 0; axis < writing.vocabulary->axis_count; axis++) {
		append_facts(&writing, "", axis, TOLD_TRUE);
		append_facts(&writing, "not_", axis, TOLD_FALSE);
	}
	append(&writing, "}");
	return writing.text;
}
