/* The texts of a request: its own, and those of a conversation. */
#include "request_parts.h"
#include "text/fold.h"

void
request_add_text(struct reader *reader, struct span bytes, uint32_t node, enum text_role role)
{
	struct request *request = reader->request;
	if (!fold_has_word(bytes))
		return;
	request->texts = arena_grow(reader->arena, request->texts, request->text_count,
	                            &request->text_capacity, sizeof *request->texts);
	request->texts[request->text_count++] = (struct request_text){bytes, node, role};
	leave_gap(reader, node, (struct gap){.kind = GAP_TEXT});
	reader->told = true;
}

static enum member_kind
find_kind(struct reader *reader, struct span name)
{
	struct recalled *recalled = recall_word(reader->recall, RECALL_CONTENT, name);
	if (!recalled->known) {
		recalled->kind = member_of_text(name);
		recalled->known = true;
	}
	return recalled->kind;
}

static enum member_label
find_label(struct reader *reader, uint32_t node)
{
	if (node_at(reader, node)->type != SCAN_STRING)
		return LABEL_NONE;
	struct span text = scan_string(reader->scan, reader->arena, node);
	struct recalled *recalled = recall_word(reader->recall, RECALL_LABEL, text);
	if (!recalled->known) {
		recalled->label = member_label(text);
		recalled->known = true;
	}
	return recalled->label;
}

/* Whether a member of an object may tell of whom its texts are. */
static bool
is_label(struct span name)
{
	return span_is(name, "role") || span_is(name, "type");
}

/* The role of the texts in an object of those that have `role`. Returns whether they
 * are read: not where it says that they are of the model, or of a kind that is none. */
static bool
find_role(struct reader *reader, uint32_t object, enum text_role *role)
{
	uint32_t end = node_at(reader, object)->next;
	for (uint32_t key = object + 1; key < end; key = node_at(reader, key + 1)->next) {
		struct span name = scan_string(reader->scan, reader->arena, key);
		if (!is_label(name))
			continue;
		enum member_label label = find_label(reader, key + 1);
		if (label == LABEL_UNREAD)
			return false;
		if (span_is(name, "role") && label != LABEL_NONE)
			*role = label == LABEL_HEADING ? TEXT_HEADING : TEXT_TURN;
	}
	return true;
}

/* Labels have been looked at. */
static void
pass_member(struct reader *reader, uint32_t key, struct span name)
{
	if (!is_label(name))
		request_pass(reader, key + 1);
}

static void
pass_members(struct reader *reader, uint32_t object)
{
	uint32_t end = node_at(reader, object)->next;
	for (uint32_t key = object + 1; key < end; key = node_at(reader, key + 1)->next)
		pass_member(reader, key, scan_string(reader->scan, reader->arena, key));
}

/* `known` of a member that should hold text: numbers in it are worth a note. */
static void read_value(struct reader *, uint32_t node, enum text_role role, bool known);

static void
read_member(struct reader *reader, uint32_t key, enum text_role role)
{
	struct span name = scan_string(reader->scan, reader->arena, key);
	enum member_kind kind = find_kind(reader, name);
	if (kind == MEMBER_IGNORED) {
		pass_member(reader, key, name);
		return;
	}
	size_t before = reader->request->text_count;
	read_value(reader, key + 1, role, kind != MEMBER_UNKNOWN);
	if (kind == MEMBER_UNKNOWN && reader->request->text_count != before)
		request_note(reader, key, "unrecognised member, read as text");
}

static void
read_object(struct reader *reader, uint32_t node, enum text_role role)
{
	if (!find_role(reader, node, &role)) {
		if (reader->gaps != NULL)
			pass_members(reader, node);
		return;
	}
	uint32_t end = node_at(reader, node)->next;
	for (uint32_t key = node + 1; key < end; key = node_at(reader, key + 1)->next)
		read_member(reader, key, role);
}

static void
read_value(struct reader *reader, uint32_t node, enum text_role role, bool known)
{
	const struct scan_node *value = node_at(reader, node);
	switch (value->type) {
	case SCAN_STRING:
		request_add_text(reader, scan_string(reader->scan, reader->arena, node), node,
		                 role);
		break;
	case SCAN_ARRAY:
		for (uint32_t child = node + 1; child < value->next;
		     child = node_at(reader, child)->next)
			read_value(reader, child, role, known);
		break;
	case SCAN_OBJECT:
		read_object(reader, node, role);
		break;
	default:
		if (known && value->type != SCAN_NULL)
			request_note(reader, node, "not a text");
		else
			request_pass(reader, node);
	}
}

/* What is read of an element is the same wherever it stands in an array, but for the
 * pointers of notes and the role that its texts have from elsewhere. */
void
request_text(struct reader *reader, uint32_t node, enum text_role role)
{
	const struct request *request = reader->request;
	size_t notes = request->note_count, texts = request->text_count;
	read_value(reader, node, role, true);
	struct gap gap = {.kind = GAP_ELEMENTS, .index = request->text_count != texts};
	if (node_at(reader, node)->type == SCAN_ARRAY && node_at(reader, node)->parent == 0 &&
	    request->note_count == notes)
		leave_gap(reader, node, gap);
}
