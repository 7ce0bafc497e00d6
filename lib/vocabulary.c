#include "vocabulary.h"

void
vocabulary_use(struct vocabulary *vocabulary, struct span image)
{
	uint32_t ignored;
	vocabulary->image = image;
	vocabulary->strings = image_section(image, SECTION_STRINGS, 1, &ignored);
	vocabulary->axes = image_section(image, SECTION_AXES, sizeof *vocabulary->axes,
	                                 &vocabulary->axis_count);
	vocabulary->values = image_section(image, SECTION_VALUES, sizeof *vocabulary->values,
	                                   &vocabulary->value_count);
	vocabulary->links = image_section(image, SECTION_LINKS, sizeof *vocabulary->links,
	                                  &vocabulary->link_count);
	vocabulary->spellings =
	        image_section(image, SECTION_SPELLINGS, sizeof *vocabulary->spellings,
	                      &vocabulary->spelling_count);
	vocabulary->inferences =
	        image_section(image, SECTION_INFERENCES, sizeof *vocabulary->inferences,
	                      &vocabulary->inference_count);
	vocabulary->kind_axis = vocabulary_axis(vocabulary, "party.kind");
	vocabulary->place_axis = vocabulary_axis(vocabulary, "party.jurisdiction");
	vocabulary->home = vocabulary_value(vocabulary, vocabulary->place_axis, span_of("US"));
	lexicon_use(&vocabulary->lexicon, image);
}

uint32_t
vocabulary_axis(const struct vocabulary *vocabulary, const char *name)
{
	for (uint32_t i = 0; i < vocabulary->axis_count; i++) {
		if (strcmp(vocabulary_text(vocabulary, vocabulary->axes[i].name), name) == 0)
			return i;
	}
	return NO_AXIS;
}

uint32_t
vocabulary_value(const struct vocabulary *vocabulary, uint32_t axis, struct span name)
{
	if (axis == NO_AXIS)
		return NO_VALUE;
	uint32_t first = vocabulary->axes[axis].first;
	for (uint32_t i = first; i < first + vocabulary->axes[axis].count; i++) {
		if (span_is(name, vocabulary_text(vocabulary, vocabulary->values[i].name)))
			return i;
	}
	return NO_VALUE;
}

uint32_t
vocabulary_tell(const struct vocabulary *vocabulary, const char *axis_and_value)
{
	const char *equals = strchr(axis_and_value, '=');
	if (equals == NULL)
		return NO_VALUE;
	size_t length = (size_t)(equals - axis_and_value);
	for (uint32_t i = 0; i < vocabulary->axis_count; i++) {
		if (span_is((struct span){axis_and_value, length},
		            vocabulary_text(vocabulary, vocabulary->axes[i].name)))
			return vocabulary_value(vocabulary, i, span_of(equals + 1));
	}
	return NO_VALUE;
}

/* The order of the spellings: axis first, then text by bytes. */
static int
compare_spelling(const struct vocabulary *vocabulary, const struct spelling *spelling,
                 uint32_t axis, struct span text)
{
	if (spelling->axis != axis)
		return spelling->axis < axis ? -1 : 1;
	struct span known = span_of(vocabulary_text(vocabulary, spelling->text));
	size_t shorter = known.length < text.length ? known.length : text.length;
	int order = memcmp(known.at, text.at, shorter);
	if (order == 0 && known.length != text.length)
		order = known.length < text.length ? -1 : 1;
	return order;
}

uint32_t
vocabulary_declared(const struct vocabulary *vocabulary, uint32_t axis, struct span text)
{
	char folded[SPELLING_LONGEST];
	size_t length = spelling_fold(folded, text);
	if (axis == NO_AXIS || length == 0)
		return NO_VALUE;
	uint32_t low = 0, high = vocabulary->spelling_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = compare_spelling(vocabulary, &vocabulary->spellings[middle], axis,
		                             (struct span){folded, length});
		if (order == 0)
			return vocabulary->spellings[middle].value;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NO_VALUE;
}

bool
vocabulary_within(const struct vocabulary *vocabulary, uint32_t value, uint32_t broader)
{
	const struct value *narrow = &vocabulary->values[value];
	for (uint32_t i = 0; i < narrow->ancestor_count; i++) {
		if (vocabulary->links[narrow->ancestors + i] == broader)
			return true;
	}
	return false;
}

bool
vocabulary_leaves(const struct vocabulary *vocabulary, uint32_t stated, uint32_t value)
{
	const struct value *by = &vocabulary->values[stated];
	for (uint32_t i = 0; i < by->leave_count; i++) {
		uint32_t left = vocabulary->links[by->leaves + i];
		if (vocabulary_within(vocabulary, value, left) ||
		    vocabulary_within(vocabulary, left, value))
			return true;
	}
	return false;
}

size_t
spelling_fold(char folded[SPELLING_LONGEST], struct span text)
{
	size_t length = 0;
	bool gap = false;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (c == ' ' || c == '_' || c == '-' || c == '\t') {
			gap = length != 0;
			continue;
		}
		if (length + 2 > SPELLING_LONGEST)
			return 0;
		if (gap)
			folded[length++] = ' ';
		gap = false;
		folded[length++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return length;
}
