/* The texts of a request: its own, and those of a conversation. */
#include "request_parts.h"
#include "text/fold.h"

void
request_add_text(struct reader *reader, struct span bytes, const char *pointer,
                 enum text_role role)
{
	struct request *request = reader->request;
	if (!fold_has_word(bytes))
		return;
	request->texts = arena_grow(reader->arena, request->texts, request->text_count,
	                            &request->text_capacity, sizeof *request->texts);
	request->texts[request->text_count++] = (struct text_piece){bytes, pointer, role};
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

static struct span
read_label(struct reader *reader, uint32_t object, const char *name)
{
	uint32_t label = scan_member(reader->scan, object, name);
	if (label == 0 || node_at(reader, label)->type != SCAN_STRING)
		return (struct span){"", 0};
	return scan_string(reader->scan, reader->arena, label);
}

/* Speakers and kinds of content that are not read: the model's own words, what
 * it called, what came back, and bytes. */
static bool
is_unread(struct span label)
{
	static const char *const unread[] = {"assistant",     "model",
	                                     "tool",          "function",
	                                     "tool_use",      "tool_result",
	                                     "function_call", "function_call_output",
	                                     "base64"};
	for (size_t i = 0; i < sizeof unread / sizeof unread[0]; i++) {
		if (span_is(label, unread[i]))
			return true;
	}
	return false;
}

/* `known` of a member that should hold text: numbers in it are worth a note. */
static void read_value(struct reader *, uint32_t node, const char *pointer, enum text_role role,
                       bool known);

static void
read_member(struct reader *reader, uint32_t key, const char *pointer, enum text_role role)
{
	struct span name = scan_string(reader->scan, reader->arena, key);
	enum member_kind kind = find_kind(reader, name);
	if (kind == MEMBER_IGNORED)
		return;
	const char *at = request_member_pointer(reader, pointer, name);
	size_t before = reader->request->text_count;
	read_value(reader, key + 1, at, role, kind != MEMBER_UNKNOWN);
	if (kind == MEMBER_UNKNOWN && reader->request->text_count != before)
		request_note(reader, key, at, "unrecognised member, read as text");
}

static void
read_object(struct reader *reader, uint32_t node, const char *pointer, enum text_role role)
{
	struct span speaker = read_label(reader, node, "role");
	if (is_unread(speaker) || is_unread(read_label(reader, node, "type")))
		return;
	if (speaker.length != 0)
		role = span_is(speaker, "system") || span_is(speaker, "developer") ? TEXT_HEADING :
		                                                                     TEXT_TURN;
	uint32_t end = node_at(reader, node)->next;
	for (uint32_t key = node + 1; key < end; key = node_at(reader, key + 1)->next)
		read_member(reader, key, pointer, role);
}

static void
read_value(struct reader *reader, uint32_t node, const char *pointer, enum text_role role,
           bool known)
{
	const struct scan_node *value = node_at(reader, node);
	uint32_t index = 0;
	switch (value->type) {
	case SCAN_STRING:
		request_add_text(reader, scan_string(reader->scan, reader->arena, node), pointer,
		                 role);
		break;
	case SCAN_ARRAY:
		for (uint32_t child = node + 1; child < value->next;
		     child = node_at(reader, child)->next)
			read_value(reader, child,
			           request_element_pointer(reader, pointer, index++), role, known);
		break;
	case SCAN_OBJECT:
		read_object(reader, node, pointer, role);
		break;
	default:
		if (known && value->type != SCAN_NULL)
			request_note(reader, node, pointer, "not a text");
	}
}

void
request_text(struct reader *reader, uint32_t node, const char *pointer, enum text_role role)
{
	read_value(reader, node, pointer, role, true);
}
