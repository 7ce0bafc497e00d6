/* The facts that one member states. */
#include "request_parts.h"

size_t
request_place_of(const struct reader *reader, uint32_t node)
{
	return (size_t)(scan_raw(reader->scan, node).at - reader->scan->text.at);
}

static void
set_gaps(struct reader *reader, uint32_t node, struct gap gap)
{
	uint32_t end = reader->gaps != NULL ? node_at(reader, node)->next : node;
	for (uint32_t i = node; i < end; i++)
		leave_gap(reader, i, gap);
}

void
request_pass(struct reader *reader, uint32_t node)
{
	set_gaps(reader, node, (struct gap){.kind = GAP_UNREAD});
}

void
request_fix(struct reader *reader, uint32_t node)
{
	set_gaps(reader, node, (struct gap){.kind = GAP_NONE});
}

void
request_note(struct reader *reader, uint32_t node, const char *text)
{
	struct request *request = reader->request;
	const char *pointer = request_pointer(reader->scan, reader->arena, node);
	if (reader->strict && request->error == NULL) {
		request->error = arena_printf(reader->arena, "%s: %s", pointer, text);
		request->error_at = request_place_of(reader, node);
	}
	request->notes = arena_grow(reader->arena, request->notes, request->note_count,
	                            &request->note_capacity, sizeof *request->notes);
	request->notes[request->note_count++] = (struct proviso_note){pointer, text};
}

static void
tell(struct reader *reader, struct tell tell)
{
	facts_tell(&reader->request->facts, tell);
	reader->told = true;
}

void
request_tell(struct reader *reader, const struct statement *statement, uint32_t value,
             enum telling telling, uint32_t node)
{
	tell(reader, (struct tell){.value = value,
	                           .party = statement->party,
	                           .group = statement->group,
	                           .telling = (uint8_t)telling,
	                           .place = node});
}

void
request_tell_named(struct reader *reader, const struct statement *statement, uint32_t value,
                   uint32_t node)
{
	struct gap gap = {GAP_VALUE, statement->axis,
	                  (uint32_t)reader->request->facts.tell_count};
	leave_gap(reader, node, gap);
	request_tell(reader, statement, value, statement->telling, node);
}

void
request_question(struct reader *reader, const struct statement *statement, uint32_t node)
{
	request_tell(reader, statement, reader->vocabulary->axes[statement->axis].root, TELL_QUESTION,
	             node);
}

static uint32_t
declared(struct reader *reader, uint32_t axis, struct span text)
{
	return recall_value(reader->recall, reader->vocabulary, axis, text);
}

uint32_t
request_named_value(struct reader *reader, uint32_t axis, uint32_t node)
{
	switch (node_at(reader, node)->type) {
	case SCAN_TRUE:
		return declared(reader, axis, span_of("true"));
	case SCAN_FALSE:
		return declared(reader, axis, span_of("false"));
	case SCAN_STRING:
		return declared(reader, axis, scan_string(reader->scan, reader->arena, node));
	default:
		return NO_VALUE;
	}
}

/* Whether a string says itself that the value is open. */
static bool
says_open(struct reader *reader, uint32_t node)
{
	return node_at(reader, node)->type == SCAN_STRING &&
	       request_says_open(scan_string(reader->scan, reader->arena, node));
}

static void
read_scalar(struct reader *reader, const struct statement *statement, uint32_t node)
{
	uint32_t value = request_named_value(reader, statement->axis, node);
	if (value != NO_VALUE) {
		request_tell_named(reader, statement, value, node);
		return;
	}
	bool open = node_at(reader, node)->type == SCAN_NULL || says_open(reader, node);
	if (!open && statement->text_too && node_at(reader, node)->type == SCAN_STRING) {
		size_t texts = reader->request->text_count;
		request_text(reader, node, TEXT_BODY);
		if (reader->request->text_count != texts)
			leave_gap(reader, node, (struct gap){GAP_PURPOSE, statement->axis, 0});
		return;
	}
	if (!open)
		request_note(reader, node, "unrecognised value");
	request_question(reader, statement, node);
}

/* {"facial-recognition": false, "redaction": true, "tracking": null} */
static void
read_table(struct reader *reader, const struct statement *statement, uint32_t node)
{
	uint32_t end = node_at(reader, node)->next;
	for (uint32_t key = node + 1; key < end; key = node_at(reader, key + 1)->next) {
		struct span name = scan_string(reader->scan, reader->arena, key);
		uint32_t value = declared(reader, statement->axis, name);
		uint8_t type = node_at(reader, key + 1)->type;
		if (value == NO_VALUE) {
			request_note(reader, key, "unrecognised value");
			request_question(reader, statement, key);
			if (statement->text_too)
				request_text(reader, type == SCAN_TRUE ? key : key + 1, TEXT_BODY);
		} else if (type == SCAN_TRUE || type == SCAN_FALSE) {
			bool same = (type == SCAN_TRUE) == (statement->telling == TELL_TRUE);
			request_tell(reader, statement, value, same ? TELL_TRUE : TELL_FALSE, key);
		} else {
			if (type != SCAN_NULL)
				request_note(reader, key + 1, "neither true nor false nor null");
			request_tell(reader, statement, value, TELL_QUESTION, key);
		}
	}
}

void
request_statement(struct reader *reader, struct statement statement, uint32_t node)
{
	const struct scan_node *value = node_at(reader, node);
	if (value->type == SCAN_OBJECT) {
		statement.group = ++reader->request->facts.groups;
		read_table(reader, &statement, node);
		return;
	}
	if (value->type != SCAN_ARRAY) {
		read_scalar(reader, &statement, node);
		return;
	}
	statement.group = ++reader->request->facts.groups;
	for (uint32_t child = node + 1; child < value->next; child = node_at(reader, child)->next) {
		if (node_at(reader, child)->type == SCAN_OBJECT)
			read_table(reader, &statement, child);
		else
			read_scalar(reader, &statement, child);
	}
}
