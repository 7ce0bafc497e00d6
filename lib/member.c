#include "member.h"

static const struct {
	const char *name;
	enum member_kind kind;   /* of a request */
	enum member_kind within; /* of an object within a text */
} known[] = {
        {"description", MEMBER_TEXT, MEMBER_TEXT},
        {"purpose", MEMBER_TEXT, MEMBER_TEXT},
        {"prompt", MEMBER_TEXT, MEMBER_TEXT},
        {"input", MEMBER_TEXT, MEMBER_TEXT},
        {"text", MEMBER_TEXT, MEMBER_TEXT},
        {"messages", MEMBER_MESSAGES, MEMBER_TEXT},
        {"title", MEMBER_HEADING, MEMBER_TEXT},
        {"system", MEMBER_HEADING, MEMBER_TEXT},
        {"instructions", MEMBER_HEADING, MEMBER_TEXT},
        {"content", MEMBER_CONTENT, MEMBER_TEXT},
        {"contents", MEMBER_CONTENT, MEMBER_TEXT},
        {"message", MEMBER_CONTENT, MEMBER_TEXT},
        {"parts", MEMBER_CONTENT, MEMBER_TEXT},
        {"value", MEMBER_UNKNOWN, MEMBER_TEXT},
        {"data", MEMBER_UNKNOWN, MEMBER_TEXT},
        {"source", MEMBER_UNKNOWN, MEMBER_TEXT},
        {"document", MEMBER_UNKNOWN, MEMBER_TEXT},
        {"name", MEMBER_UNKNOWN, MEMBER_TEXT},
        {"actor", MEMBER_ACTOR, MEMBER_UNKNOWN},
        {"on_behalf_of", MEMBER_SERVED, MEMBER_UNKNOWN},
        {"jurisdiction", MEMBER_PLACE, MEMBER_UNKNOWN},
        {"id", MEMBER_ID, MEMBER_IGNORED},
        {"date", MEMBER_DATE, MEMBER_IGNORED},
        {"service", MEMBER_SERVICE, MEMBER_UNKNOWN},
        {"$schema", MEMBER_IGNORED, MEMBER_UNKNOWN},
        {"user", MEMBER_IGNORED, MEMBER_TEXT},
        {"model", MEMBER_IGNORED, MEMBER_IGNORED},
        {"role", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"type", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"status", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"created_at", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"timestamp", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"annotations", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"assistant", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"audio", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"input_audio", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"image", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"image_file", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"image_url", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"video", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"video_url", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"file", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"file_data", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"file_id", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"inline_data", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"bytes", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"url", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"detail", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"format", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"media_type", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"mime_type", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"call_id", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"tool_call_id", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"tool_calls", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"tool_result", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"tool_use", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"function_call", MEMBER_UNKNOWN, MEMBER_IGNORED},
        {"function_response", MEMBER_UNKNOWN, MEMBER_IGNORED},
};
enum { KNOWN_COUNT = sizeof known / sizeof known[0], LONGEST_NAME = 64 };

static size_t
smallest(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;
	return least < c ? least : c;
}

size_t
member_slips(struct span a, struct span b, size_t most)
{
	size_t rows[3][LONGEST_NAME + 1];
	if (a.length > LONGEST_NAME || b.length > LONGEST_NAME ||
	    (a.length > b.length ? a.length - b.length : b.length - a.length) > most)
		return most + 1;
	for (size_t j = 0; j <= b.length; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.length; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *higher = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b.length; j++) {
			size_t changed = above[j - 1] + (a.at[i - 1] != b.at[j - 1]);
			row[j] = smallest(above[j] + 1, row[j - 1] + 1, changed);
			bool swapped = i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] &&
			               a.at[i - 2] == b.at[j - 1];
			if (swapped && higher[j - 2] + 1 < row[j])
				row[j] = higher[j - 2] + 1;
		}
	}
	size_t slips = rows[a.length % 3][b.length];
	return slips <= most ? slips : most + 1;
}

/* The axis that a member of this name states: its own name, or for `use` the
 * plural. Axes of a party are members of the party. */
static uint32_t
axis_of(const struct vocabulary *vocabulary, struct span name)
{
	if (span_is(name, "uses"))
		name.length--;
	for (uint32_t i = 0; i < vocabulary->axis_count; i++) {
		const struct axis *axis = &vocabulary->axes[i];
		if (!axis->party && span_is(name, vocabulary_text(vocabulary, axis->name)))
			return i;
	}
	return NO_AXIS;
}

static struct member
find_exactly(const struct vocabulary *vocabulary, struct span name)
{
	struct member member = {.kind = MEMBER_UNKNOWN, .axis = axis_of(vocabulary, name)};
	for (size_t i = 0; i < KNOWN_COUNT; i++) {
		if (span_is(name, known[i].name))
			member.kind = known[i].kind;
	}
	if (member.kind == MEMBER_SERVICE)
		return member;
	if (member.axis != NO_AXIS) {
		member.text_too = member.kind == MEMBER_TEXT;
		member.kind = MEMBER_AXIS;
	} else if (member.kind == MEMBER_UNKNOWN && name.length > 4 &&
	           memcmp(name.at, "not_", 4) == 0) {
		member.axis = axis_of(vocabulary, (struct span){name.at + 4, name.length - 4});
		if (member.axis != NO_AXIS)
			member.kind = MEMBER_DENIAL;
	}
	return member;
}

static struct span
lower(struct arena *arena, struct span name)
{
	char *copy = arena_copy(arena, name);
	for (size_t i = 0; i < name.length; i++) {
		char c = copy[i];
		copy[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c == '-' || c == ' ' ? '_' : c;
	}
	return (struct span){copy, name.length};
}

/* Two slips in a name of four letters would be a different word. Of names that
 * are as near, the first is meant. */
static void
consider(struct member *best, size_t *least, struct span name, const char *candidate)
{
	size_t length = strlen(candidate);
	size_t most = length <= 2 ? 0 : length <= 5 ? 1 : 2;
	size_t slips = member_slips(name, span_of(candidate), most);
	if (slips <= most && slips < *least) {
		*least = slips;
		best->meant = candidate;
	}
}

struct member
member_find(const struct vocabulary *vocabulary, struct arena *arena, struct span name)
{
	struct member member = find_exactly(vocabulary, name);
	if (member.kind != MEMBER_UNKNOWN || name.length > LONGEST_NAME)
		return member;
	struct span folded = lower(arena, name);
	size_t least = SIZE_MAX;
	consider(&member, &least, folded, "uses");
	consider(&member, &least, folded, "not_uses");
	for (uint32_t i = 0; i < vocabulary->axis_count; i++) {
		if (!vocabulary->axes[i].party)
			consider(&member, &least, folded,
			         vocabulary_text(vocabulary, vocabulary->axes[i].name));
	}
	for (size_t i = 0; i < KNOWN_COUNT; i++) {
		if (known[i].kind != MEMBER_UNKNOWN)
			consider(&member, &least, folded, known[i].name);
	}
	return member;
}

/* Whether two names differ in case and underscores at most: inlineData. */
static bool
is_same_name(struct span name, const char *other)
{
	size_t i = 0;
	for (;; i++, other++) {
		while (i < name.length && name.at[i] == '_')
			i++;
		while (*other == '_')
			other++;
		if (i == name.length || *other == '\0')
			return i == name.length && *other == '\0';
		char c = name.at[i];
		if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != *other)
			return false;
	}
}

enum member_kind
member_of_text(struct span name)
{
	for (size_t i = 0; i < KNOWN_COUNT; i++) {
		if (is_same_name(name, known[i].name))
			return known[i].within;
	}
	return MEMBER_UNKNOWN;
}

enum member_label
member_label(struct span text)
{
	static const char *const unread[] = {"assistant",     "model",
	                                     "tool",          "function",
	                                     "tool_use",      "tool_result",
	                                     "function_call", "function_call_output",
	                                     "base64"};
	for (size_t i = 0; i < sizeof unread / sizeof unread[0]; i++) {
		if (span_is(text, unread[i]))
			return LABEL_UNREAD;
	}
	if (span_is(text, "system") || span_is(text, "developer"))
		return LABEL_HEADING;
	return text.length != 0 ? LABEL_OTHER : LABEL_NONE;
}

struct member
member_of_party(const struct vocabulary *vocabulary, struct span name)
{
	struct member member = {.kind = MEMBER_UNKNOWN, .axis = NO_AXIS};
	if (span_is(name, "name"))
		member.kind = MEMBER_NAME;
	for (uint32_t i = 0; i < vocabulary->axis_count; i++) {
		const char *axis = vocabulary_text(vocabulary, vocabulary->axes[i].name);
		if (!vocabulary->axes[i].party)
			continue;
		struct span property = span_of(axis + strlen("party."));
		if (span_equal(name, property))
			return (struct member){.kind = MEMBER_AXIS, .axis = i};
		if (member.kind == MEMBER_UNKNOWN && member.meant == NULL &&
		    member_slips(name, property, 2) <= 2) {
			member.axis = i;
			member.meant = property.at;
		}
	}
	return member;
}
