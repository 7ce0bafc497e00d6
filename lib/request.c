#include "request_parts.h"

static void
read_id(struct reader *reader, uint32_t node)
{
	uint8_t type = node_at(reader, node)->type;
	if (type != SCAN_OBJECT && type != SCAN_ARRAY) {
		leave_gap(reader, node, (struct gap){.kind = GAP_ID, .index = type == SCAN_STRING});
		reader->request->id = arena_copy(reader->arena, scan_raw(reader->scan, node));
	} else if (reader->request->error == NULL) {
		reader->request->error = "the id is not a string, number, true, false or null";
		reader->request->error_at = request_place_of(reader, node);
	}
}

static void
read_date(struct reader *reader, uint32_t node)
{
	uint8_t type = node_at(reader, node)->type;
	struct span text = {"", 0};
	if (type == SCAN_STRING)
		text = scan_string(reader->scan, reader->arena, node);
	else if (type == SCAN_NUMBER)
		text = scan_raw(reader->scan, node);
	reader->request->date = date_parse(text);
	const char *trouble = request_date_trouble(reader->request->date);
	if (trouble == NULL)
		leave_gap(reader, node, (struct gap){.kind = GAP_DATE});
	else if (type != SCAN_NULL)
		request_note(reader, node, trouble);
}

/* A purpose may be a value of its axis or free text. */
static void
read_axis(struct reader *reader, const struct member *member, uint32_t node)
{
	struct statement statement = {
	        .axis = member->axis,
	        .telling = member->kind == MEMBER_DENIAL ? TELL_FALSE : TELL_TRUE,
	        .text_too = member->text_too};
	request_statement(reader, statement, node);
}

/* A service that the vocabulary does not know leaves open whose policies apply. */
static void
read_service(struct reader *reader, uint32_t axis, uint32_t node)
{
	bool told = reader->told;
	struct statement statement = {.axis = axis, .telling = TELL_TRUE};
	uint32_t value = request_named_value(reader, axis, node);
	if (value != NO_VALUE)
		request_tell_named(reader, &statement, value, node);
	else if (axis != NO_AXIS)
		request_question(reader, &statement, node);
	reader->told = told;
}

static void
read_content(struct reader *reader, uint32_t node)
{
	bool told = reader->told;
	request_text(reader, node, TEXT_BODY);
	reader->told = told;
}

static void read_member(struct reader *, struct member, uint32_t key);

static struct member
find_member(struct reader *reader, struct span name)
{
	struct recalled *recalled = recall_word(reader->recall, RECALL_MEMBER, name);
	if (!recalled->known) {
		recalled->member = member_find(reader->vocabulary, reader->arena, name);
		recalled->known = true;
	}
	return recalled->member;
}

/* A slip is never taken for silence: the axis of the member that was meant is
 * questioned, and text is read. */
static void
read_slip(struct reader *reader, const char *meant, uint32_t key)
{
	struct member member = find_member(reader, span_of(meant));
	request_note(reader, key,
	             arena_printf(reader->arena, "unrecognised member, like \"%s\"", meant));
	const uint32_t axes[] = {reader->vocabulary->kind_axis, reader->vocabulary->place_axis};
	struct statement statement = {.axis = member.axis};
	switch (member.kind) {
	case MEMBER_ACTOR:
	case MEMBER_SERVED:
		statement.party = facts_party(
		        &reader->request->facts,
		        (struct party){.declared = true,
		                       .role = member.kind == MEMBER_ACTOR ? PARTY_ACTOR
		                                                           : PARTY_SERVED,
		                       .place = key});
		for (size_t i = 0; i < 2; i++) {
			statement.axis = axes[i];
			request_question(reader, &statement, key);
		}
		break;
	case MEMBER_AXIS:
	case MEMBER_DENIAL:
		request_question(reader, &statement, key);
		if (member.text_too)
			read_member(reader, member, key);
		break;
	case MEMBER_TEXT:
	case MEMBER_HEADING:
	case MEMBER_MESSAGES:
	case MEMBER_CONTENT:
	case MEMBER_PLACE:
		read_member(reader, member, key);
		break;
	case MEMBER_ID:
	case MEMBER_DATE:
	case MEMBER_SERVICE:
	case MEMBER_IGNORED:
	case MEMBER_NAME:
	case MEMBER_UNKNOWN:
		break;
	}
}

static void
read_member(struct reader *reader, struct member member, uint32_t key)
{
	uint32_t value = key + 1;
	switch (member.kind) {
	case MEMBER_ID:
		read_id(reader, value);
		break;
	case MEMBER_DATE:
		read_date(reader, value);
		break;
	case MEMBER_ACTOR:
		request_parties(reader, PARTY_ACTOR, value);
		break;
	case MEMBER_SERVED:
		request_parties(reader, PARTY_SERVED, value);
		break;
	case MEMBER_PLACE:
		request_place(reader, value);
		break;
	case MEMBER_AXIS:
	case MEMBER_DENIAL:
		read_axis(reader, &member, value);
		break;
	case MEMBER_TEXT:
		request_text(reader, value, TEXT_BODY);
		break;
	case MEMBER_HEADING:
		request_text(reader, value, TEXT_HEADING);
		break;
	case MEMBER_MESSAGES:
		request_text(reader, value, TEXT_TURN);
		break;
	case MEMBER_CONTENT:
		read_content(reader, value);
		break;
	case MEMBER_SERVICE:
		read_service(reader, member.axis, value);
		break;
	case MEMBER_IGNORED:
		request_pass(reader, value);
		break;
	case MEMBER_NAME:
		break;
	case MEMBER_UNKNOWN:
		if (member.meant != NULL) {
			read_slip(reader, member.meant, key);
			break;
		}
		request_note(reader, key, "unrecognised member");
		request_pass(reader, value);
		break;
	}
}

void
request_read(struct request *request, const struct scan *scan, const struct vocabulary *vocabulary,
             struct recall *recall, struct arena *arena, bool strict, struct gap *gaps)
{
	*request = (struct request){.scan = scan, .date = NO_DATE};
	facts_start(&request->facts, vocabulary, arena);
	struct reader reader = {.request = request,
	                        .scan = scan,
	                        .vocabulary = vocabulary,
	                        .recall = recall,
	                        .arena = arena,
	                        .gaps = gaps,
	                        .strict = strict};
	if (scan->nodes[0].type != SCAN_OBJECT) {
		request->error = "a request is a JSON object";
		request->error_at = (size_t)(scan_raw(scan, 0).at - scan->text.at);
		return;
	}
	uint32_t end = scan->nodes[0].next;
	for (uint32_t key = 1; key < end; key = scan->nodes[key + 1].next) {
		struct span name = scan_string(scan, arena, key);
		read_member(&reader, find_member(&reader, name), key);
	}
	size_t before = request->facts.tell_count;
	if (!reader.told)
		request_read_names(request);
	bool names_told = request->facts.tell_count != before;
	if (!reader.told && !names_told && request->error == NULL)
		request->error = "no fact and no text that could be judged (see proviso-request(5))";
}

void
request_read_names(struct request *request)
{
	for (; request->names_read < request->name_count; request->names_read++) {
		const struct party_name *name = &request->names[request->names_read];
		const char *at = request_pointer(request->scan, request->facts.arena, name->place);
		request->facts.parties[name->party - 1].name_at = at;
		text_read_name(&request->facts, name->name,
		               (struct tell){.party = name->party, .evidence = {.at = at}});
	}
}

void
request_of_text(struct request *request, struct span text, const struct vocabulary *vocabulary,
                struct arena *arena)
{
	*request = (struct request){.date = NO_DATE};
	facts_start(&request->facts, vocabulary, arena);
	struct reader reader = {.request = request, .vocabulary = vocabulary, .arena = arena};
	size_t bad = scan_utf8(text);
	if (bad != text.length) {
		request->error = "not valid UTF-8";
		request->error_at = bad;
		return;
	}
	request_add_text(&reader, text, 0, TEXT_BODY);
	if (!reader.told)
		request->error = "there is no text";
}
