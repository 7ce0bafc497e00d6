#include "wording.h"

const char *
values_words(struct arena *arena, const struct vocabulary *vocabulary, const uint32_t *values,
             size_t count, const char *between)
{
	const char *text = "";
	for (size_t i = 0; i < count; i++)
		text = arena_printf(
		        arena, "%s%s%s", text, i == 0 ? "" : between,
		        vocabulary_text(vocabulary, vocabulary->values[values[i]].label));
	return text;
}

static const char *
value_names(struct arena *arena, const struct vocabulary *vocabulary,
            const struct property *property)
{
	const char *text = "";
	for (size_t i = 0; i < property->value_count; i++) {
		uint32_t value = property->values[i];
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : "|",
		                    vocabulary_text(vocabulary, vocabulary->values[value].name));
	}
	return text;
}

const char *
atom_name(struct arena *arena, const struct vocabulary *vocabulary, const struct condition *atom)
{
	const char *text = atom->party ? "party" : "";
	for (size_t i = 0; i < atom->property_count; i++) {
		const struct property *property = &atom->properties[i];
		const char *axis =
		        vocabulary_text(vocabulary, vocabulary->axes[property->axis].name);
		text = arena_printf(arena, "%s%s%s=%s", text, atom->party ? " " : "",
		                    atom->party ? axis + strlen("party.") : axis,
		                    value_names(arena, vocabulary, property));
	}
	if (atom->overridden)
		text = arena_printf(arena, "%s (unstated is %s)", text,
		                    atom->properties->unstated == TRUTH_OPEN ? "unknown"
		                                                             : "false");
	return text;
}

const char *
atom_words(struct arena *arena, const struct vocabulary *vocabulary, const struct condition *atom)
{
	const char *text = "";
	for (size_t i = 0; i < atom->property_count; i++) {
		const struct property *property = &atom->properties[i];
		const char *words = values_words(arena, vocabulary, property->values,
		                                 property->value_count, " or ");
		if (!atom->party)
			words = arena_printf(
			        arena, "%s: %s",
			        vocabulary_text(vocabulary, vocabulary->axes[property->axis].label),
			        words);
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : ", ", words);
	}
	return text;
}
