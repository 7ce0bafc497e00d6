#include "request.h"

#include "member.h"

/* What is read at the moment, and where. */
struct reader {
	struct request *request;
	const struct scan *scan;
	const struct vocabulary *vocabulary;
	struct arena *arena;
	bool strict;
	bool told; /* some fact or text was found */
};

static const struct scan_node *
node_at(const struct reader *reader, uint32_t node)
{
	return &reader->scan->nodes[node];
}

static size_t
place_of(const struct reader *reader, uint32_t node)
{
	return (size_t)(scan_raw(reader->scan, node).at - reader->scan->text.at);
}

/* The pointer of a member, with `~` and `/` escaped as RFC 6901 says. */
static const char *
member_pointer(struct reader *reader, const char *parent, struct span key)
{
	size_t length = strlen(parent);
	char *pointer = arena_alloc(reader->arena, length + 2 * key.length + 2, 1);
	memcpy(pointer, parent, length);
	pointer[length++] = '/';
	for (size_t i = 0; i < key.length; i++) {
		bool special = key.at[i] == '~' || key.at[i] == '/';
		pointer[length++] = special ? '~' : key.at[i];
		if (special)
			pointer[length++] = key.at[i] == '~' ? '0' : '1';
	}
	return pointer;
}

static const char *
element_pointer(struct reader *reader, const char *parent, uint32_t index)
{
	return arena_printf(reader->arena, "%s/%u", parent, (unsigned)index);
}

static void
note(struct reader *reader, uint32_t node, const char *pointer, const char *text)
{
	struct request *request = reader->request;
	if (reader->strict && request->error == NULL) {
		request->error = arena_printf(reader->arena, "%s: %s", pointer, text);
		request->error_at = place_of(reader, node);
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

static void
add_text(struct reader *reader, struct span bytes, const char *pointer, enum text_role role)
{
	struct request *request = reader->request;
	size_t blank = 0;
	while (blank < bytes.length && strchr(" \t\r\n", bytes.at[blank]) != NULL)
		blank++;
	if (blank == bytes.length)
		return;
	request->texts = arena_grow(reader->arena, request->texts, request->text_count,
	                            &request->text_capacity, sizeof *request->texts);
	request->texts[request->text_count++] = (struct text_piece){bytes, pointer, role};
	reader->told = true;
}

/* The values of one axis for one party, as a member tells them. */
struct statement {
	uint32_t axis;
	uint32_t party;
	uint32_t group;
	enum telling telling; /* of a value that is simply named */
};

static void
tell_value(struct reader *reader, const struct statement *statement, uint32_t value,
           enum telling telling, const char *pointer)
{
	tell(reader, (struct tell){.value = value,
	                           .party = statement->party,
	                           .group = statement->group,
	                           .telling = (uint8_t)telling,
	                           .evidence = {.at = pointer}});
}

static void
question_axis(struct reader *reader, const struct statement *statement, const char *pointer)
{
	tell_value(reader, statement, reader->vocabulary->axes[statement->axis].root, TELL_QUESTION,
	           pointer);
}

/* The value that a scalar names, or NO_VALUE. */
static uint32_t
named_value(struct reader *reader, uint32_t axis, uint32_t node)
{
	switch (node_at(reader, node)->type) {
	case SCAN_TRUE:
		return vocabulary_declared(reader->vocabulary, axis, span_of("true"));
	case SCAN_FALSE:
		return vocabulary_declared(reader->vocabulary, axis, span_of("false"));
	case SCAN_STRING:
		return vocabulary_declared(reader->vocabulary, axis,
		                           scan_string(reader->scan, reader->arena, node));
	default:
		return NO_VALUE;
	}
}

static bool
is_blank(struct reader *reader, uint32_t node)
{
	const struct scan_node *value = node_at(reader, node);
	return value->type == SCAN_STRING && value->start == value->end;
}

/* Whether a string says itself that the value is open. */
static bool
is_open_word(struct reader *reader, uint32_t node)
{
	return node_at(reader, node)->type == SCAN_STRING &&
	       (is_blank(reader, node) ||
	        span_is(scan_string(reader->scan, reader->arena, node), "unknown"));
}

static void
read_scalar(struct reader *reader, const struct statement *statement, uint32_t node,
            const char *pointer)
{
	uint32_t value = named_value(reader, statement->axis, node);
	if (value != NO_VALUE) {
		tell_value(reader, statement, value, statement->telling, pointer);
		return;
	}
	if (node_at(reader, node)->type != SCAN_NULL && !is_open_word(reader, node))
		note(reader, node, pointer, "unrecognised value");
	question_axis(reader, statement, pointer);
}

/* {"facial-recognition": false, "redaction": true, "tracking": null} */
static void
read_table(struct reader *reader, const struct statement *statement, uint32_t node,
           const char *pointer)
{
	uint32_t end = node_at(reader, node)->next;
	for (uint32_t key = node + 1; key < end; key = node_at(reader, key + 1)->next) {
		struct span name = scan_string(reader->scan, reader->arena, key);
		const char *at = member_pointer(reader, pointer, name);
		uint32_t value = vocabulary_declared(reader->vocabulary, statement->axis, name);
		uint8_t type = node_at(reader, key + 1)->type;
		if (value == NO_VALUE) {
			note(reader, key, at, "unrecognised value");
			question_axis(reader, statement, at);
		} else if (type == SCAN_TRUE || type == SCAN_FALSE) {
			bool same = (type == SCAN_TRUE) == (statement->telling == TELL_TRUE);
			tell_value(reader, statement, value, same ? TELL_TRUE : TELL_FALSE, at);
		} else {
			if (type != SCAN_NULL)
				note(reader, key + 1, at, "neither true nor false nor null");
			tell_value(reader, statement, value, TELL_QUESTION, at);
		}
	}
}

static void
read_statement(struct reader *reader, struct statement statement, uint32_t node,
               const char *pointer)
{
	const struct scan_node *value = node_at(reader, node);
	if (value->type == SCAN_OBJECT) {
		statement.group = ++reader->request->facts.groups;
		read_table(reader, &statement, node, pointer);
		return;
	}
	if (value->type != SCAN_ARRAY) {
		read_scalar(reader, &statement, node, pointer);
		return;
	}
	statement.group = ++reader->request->facts.groups;
	uint32_t index = 0;
	for (uint32_t child = node + 1; child < value->next;
	     child = node_at(reader, child)->next, index++) {
		const char *at = element_pointer(reader, pointer, index);
		if (node_at(reader, child)->type == SCAN_OBJECT)
			read_table(reader, &statement, child, at);
		else
			read_scalar(reader, &statement, child, at);
	}
}

static void
add_name(struct reader *reader, uint32_t party, uint32_t node, const char *pointer)
{
	struct request *request = reader->request;
	struct span name = scan_string(reader->scan, reader->arena, node);
	request->facts.parties[party - 1].name = name;
	request->facts.parties[party - 1].name_at = pointer;
	request->names = arena_grow(reader->arena, request->names, request->name_count,
	                            &request->name_capacity, sizeof *request->names);
	request->names[request->name_count++] = (struct party_name){party, name, pointer};
}

static uint32_t
party_axis(struct reader *reader, struct span name)
{
	const char *axis = arena_printf(reader->arena, "party.%.*s", (int)name.length, name.at);
	return name.length < SPELLING_LONGEST ? vocabulary_axis(reader->vocabulary, axis) : NO_AXIS;
}

/* A member of a party that is no axis: the axis within two slips is questioned. */
static void
read_unknown_property(struct reader *reader, uint32_t party, struct span name, uint32_t key,
                      const char *pointer)
{
	const struct vocabulary *vocabulary = reader->vocabulary;
	for (uint32_t i = 0; i < vocabulary->axis_count; i++) {
		const char *axis = vocabulary_text(vocabulary, vocabulary->axes[i].name);
		if (vocabulary->axes[i].party &&
		    member_slips(name, span_of(axis + strlen("party.")), 2) <= 2) {
			note(reader, key, pointer,
			     arena_printf(reader->arena, "unrecognised member, like \"%s\"",
			                  axis + strlen("party.")));
			struct statement statement = {.axis = i, .party = party};
			question_axis(reader, &statement, pointer);
			return;
		}
	}
	note(reader, key, pointer, "unrecognised member");
}

static void
read_party_object(struct reader *reader, uint32_t party, uint32_t node, const char *pointer)
{
	uint32_t end = node_at(reader, node)->next;
	for (uint32_t key = node + 1; key < end; key = node_at(reader, key + 1)->next) {
		struct span name = scan_string(reader->scan, reader->arena, key);
		const char *at = member_pointer(reader, pointer, name);
		uint32_t axis = party_axis(reader, name);
		if (axis != NO_AXIS) {
			struct statement statement = {
			        .axis = axis, .party = party, .telling = TELL_TRUE};
			read_statement(reader, statement, key + 1, at);
		} else if (!span_is(name, "name")) {
			read_unknown_property(reader, party, name, key, at);
		} else if (node_at(reader, key + 1)->type == SCAN_STRING) {
			add_name(reader, party, key + 1, at);
		} else if (node_at(reader, key + 1)->type != SCAN_NULL) {
			note(reader, key + 1, at, "the name is not a string");
		}
	}
}

/* Whether a name is within two slips of a kind of party: "plice". */
static bool
is_like_kind(struct reader *reader, uint32_t axis, struct span name)
{
	const struct vocabulary *vocabulary = reader->vocabulary;
	char folded[SPELLING_LONGEST];
	struct span text = {folded, spelling_fold(folded, name)};
	for (uint32_t i = 0; i < vocabulary->spelling_count; i++) {
		struct span known = span_of(vocabulary_text(vocabulary, vocabulary->spellings[i].text));
		size_t most = known.length <= 3 ? 0 : known.length <= 5 ? 1 : 2;
		if (vocabulary->spellings[i].axis == axis && text.length != 0 &&
		    member_slips(text, known, most) <= most)
			return true;
	}
	return false;
}

static void
read_party(struct reader *reader, enum party_role role, uint32_t node, const char *pointer)
{
	const struct scan_node *value = node_at(reader, node);
	uint32_t kind_axis = vocabulary_axis(reader->vocabulary, "party.kind");
	uint32_t party = facts_party(&reader->request->facts, (struct party){
	                                                              .role = role,
	                                                              .declared = true,
	                                                              .evidence = {.at = pointer}});
	struct statement kind = {.axis = kind_axis, .party = party, .telling = TELL_TRUE};
	if (value->type == SCAN_OBJECT) {
		read_party_object(reader, party, node, pointer);
	} else if (value->type == SCAN_STRING && !is_blank(reader, node) &&
	           named_value(reader, kind_axis, node) == NO_VALUE &&
	           !is_like_kind(reader, kind_axis,
	                         scan_string(reader->scan, reader->arena, node))) {
		add_name(reader, party, node, pointer);
	} else {
		read_scalar(reader, &kind, node, pointer);
	}
}

static void
read_parties(struct reader *reader, enum party_role role, uint32_t node, const char *pointer)
{
	const struct scan_node *value = node_at(reader, node);
	if (value->type != SCAN_ARRAY) {
		read_party(reader, role, node, pointer);
		return;
	}
	uint32_t index = 0;
	for (uint32_t child = node + 1; child < value->next; child = node_at(reader, child)->next)
		read_party(reader, role, child, element_pointer(reader, pointer, index++));
}

/* The request's own jurisdiction: kept apart, for parties without one. */
static void
read_place(struct reader *reader, uint32_t node, const char *pointer)
{
	struct request *request = reader->request;
	size_t before = request->facts.tell_count;
	bool told = reader->told;
	struct statement statement = {
	        .axis = vocabulary_axis(reader->vocabulary, "party.jurisdiction"),
	        .party = NO_PARTY,
	        .telling = TELL_TRUE};
	read_statement(reader, statement, node, pointer);
	reader->told = told;
	for (size_t i = before; i < request->facts.tell_count; i++) {
		request->places = arena_grow(reader->arena, request->places, request->place_count,
		                             &request->place_capacity, sizeof *request->places);
		request->places[request->place_count++] = request->facts.tells[i];
	}
	request->facts.tell_count = before;
}

/* A string, or an array of strings and of content parts with a text. */
static void
read_text(struct reader *reader, uint32_t node, const char *pointer, enum text_role role)
{
	const struct scan_node *value = node_at(reader, node);
	if (value->type == SCAN_STRING) {
		add_text(reader, scan_string(reader->scan, reader->arena, node), pointer, role);
		return;
	}
	if (value->type == SCAN_OBJECT) {
		uint32_t text = scan_member(reader->scan, node, "text");
		if (text != 0 && node_at(reader, text)->type == SCAN_STRING)
			read_text(reader, text,
			          member_pointer(reader, pointer, span_of("text")), role);
		return;
	}
	if (value->type != SCAN_ARRAY) {
		if (value->type != SCAN_NULL)
			note(reader, node, pointer, "not a text");
		return;
	}
	uint32_t index = 0;
	for (uint32_t child = node + 1; child < value->next; child = node_at(reader, child)->next)
		read_text(reader, child, element_pointer(reader, pointer, index++), role);
}

/* The model's own turns are not read. */
static void
read_message(struct reader *reader, uint32_t node, const char *pointer)
{
	if (node_at(reader, node)->type != SCAN_OBJECT) {
		read_text(reader, node, pointer, TEXT_TURN);
		return;
	}
	uint32_t role = scan_member(reader->scan, node, "role");
	struct span name = {"", 0};
	if (role != 0 && node_at(reader, role)->type == SCAN_STRING)
		name = scan_string(reader->scan, reader->arena, role);
	uint32_t content = scan_member(reader->scan, node, "content");
	if (content == 0 || span_is(name, "assistant") || span_is(name, "model") ||
	    span_is(name, "tool") || span_is(name, "function"))
		return;
	bool heading = span_is(name, "system") || span_is(name, "developer");
	read_text(reader, content, member_pointer(reader, pointer, span_of("content")),
	          heading ? TEXT_HEADING : TEXT_TURN);
}

static void
read_messages(struct reader *reader, uint32_t node, const char *pointer)
{
	const struct scan_node *value = node_at(reader, node);
	if (value->type != SCAN_ARRAY) {
		read_message(reader, node, pointer);
		return;
	}
	uint32_t index = 0;
	for (uint32_t child = node + 1; child < value->next; child = node_at(reader, child)->next)
		read_message(reader, child, element_pointer(reader, pointer, index++));
}

static void
read_id(struct reader *reader, uint32_t node)
{
	uint8_t type = node_at(reader, node)->type;
	if (type != SCAN_OBJECT && type != SCAN_ARRAY) {
		reader->request->id = arena_copy(reader->arena, scan_raw(reader->scan, node));
	} else if (reader->request->error == NULL) {
		reader->request->error = "the id is not a string, number, true, false or null";
		reader->request->error_at = place_of(reader, node);
	}
}

static void
read_date(struct reader *reader, uint32_t node, const char *pointer)
{
	uint8_t type = node_at(reader, node)->type;
	struct span text = {"", 0};
	if (type == SCAN_STRING)
		text = scan_string(reader->scan, reader->arena, node);
	else if (type == SCAN_NUMBER)
		text = scan_raw(reader->scan, node);
	reader->request->date = date_parse(text);
	if (reader->request->date == NO_DATE && type != SCAN_NULL)
		note(reader, node, pointer, "not a date");
}

/* A purpose may be a value of its axis or free text. */
static void
read_axis(struct reader *reader, const struct member *member, uint32_t node, const char *pointer)
{
	struct statement statement = {
	        .axis = member->axis,
	        .telling = member->kind == MEMBER_DENIAL ? TELL_FALSE : TELL_TRUE};
	bool text = member->text_too && node_at(reader, node)->type == SCAN_STRING &&
	            !is_open_word(reader, node) &&
	            named_value(reader, member->axis, node) == NO_VALUE;
	if (text)
		read_text(reader, node, pointer, TEXT_BODY);
	else
		read_statement(reader, statement, node, pointer);
}

/* A service that the vocabulary does not know leaves open whose policies apply. */
static void
read_service(struct reader *reader, uint32_t axis, uint32_t node, const char *pointer)
{
	bool told = reader->told;
	struct statement statement = {.axis = axis, .telling = TELL_TRUE};
	uint32_t value = named_value(reader, axis, node);
	if (value != NO_VALUE)
		tell_value(reader, &statement, value, TELL_TRUE, pointer);
	else if (axis != NO_AXIS)
		question_axis(reader, &statement, pointer);
	reader->told = told;
}

static void read_member(struct reader *, struct member, uint32_t key, const char *pointer);

/* A slip is never taken for silence: the axis of the member that was meant is
 * questioned, and text is read. */
static void
read_slip(struct reader *reader, const char *meant, uint32_t key, const char *pointer)
{
	struct member member = member_find(reader->vocabulary, reader->arena, span_of(meant));
	note(reader, key, pointer,
	     arena_printf(reader->arena, "unrecognised member, like \"%s\"", meant));
	const char *axes[] = {"party.kind", "party.jurisdiction"};
	struct statement statement = {.axis = member.axis};
	switch (member.kind) {
	case MEMBER_ACTOR:
	case MEMBER_SERVED:
		statement.party = facts_party(
		        &reader->request->facts,
		        (struct party){.declared = true,
		                       .role = member.kind == MEMBER_ACTOR ? PARTY_ACTOR
		                                                           : PARTY_SERVED,
		                       .evidence = {.at = pointer}});
		for (size_t i = 0; i < 2; i++) {
			statement.axis = vocabulary_axis(reader->vocabulary, axes[i]);
			question_axis(reader, &statement, pointer);
		}
		break;
	case MEMBER_AXIS:
	case MEMBER_DENIAL:
		question_axis(reader, &statement, pointer);
		break;
	case MEMBER_TEXT:
	case MEMBER_HEADING:
	case MEMBER_MESSAGES:
	case MEMBER_PLACE:
		read_member(reader, member, key, pointer);
		break;
	case MEMBER_ID:
	case MEMBER_DATE:
	case MEMBER_SERVICE:
	case MEMBER_IGNORED:
	case MEMBER_UNKNOWN:
		break;
	}
}

static void
read_member(struct reader *reader, struct member member, uint32_t key, const char *pointer)
{
	uint32_t value = key + 1;
	switch (member.kind) {
	case MEMBER_ID:
		read_id(reader, value);
		break;
	case MEMBER_DATE:
		read_date(reader, value, pointer);
		break;
	case MEMBER_ACTOR:
		read_parties(reader, PARTY_ACTOR, value, pointer);
		break;
	case MEMBER_SERVED:
		read_parties(reader, PARTY_SERVED, value, pointer);
		break;
	case MEMBER_PLACE:
		read_place(reader, value, pointer);
		break;
	case MEMBER_AXIS:
	case MEMBER_DENIAL:
		read_axis(reader, &member, value, pointer);
		break;
	case MEMBER_TEXT:
		read_text(reader, value, pointer, TEXT_BODY);
		break;
	case MEMBER_HEADING:
		read_text(reader, value, pointer, TEXT_HEADING);
		break;
	case MEMBER_MESSAGES:
		read_messages(reader, value, pointer);
		break;
	case MEMBER_SERVICE:
		read_service(reader, member.axis, value, pointer);
		break;
	case MEMBER_IGNORED:
		break;
	case MEMBER_UNKNOWN:
		if (member.meant != NULL)
			read_slip(reader, member.meant, key, pointer);
		else
			note(reader, key, pointer, "unrecognised member");
		break;
	}
}

void
request_read(struct request *request, const struct scan *scan, const struct vocabulary *vocabulary,
             struct arena *arena, bool strict)
{
	*request = (struct request){.date = NO_DATE};
	facts_start(&request->facts, vocabulary, arena);
	struct reader reader = {request, scan, vocabulary, arena, strict, false};
	if (scan->nodes[0].type != SCAN_OBJECT) {
		request->error = "a request is a JSON object";
		request->error_at = (size_t)(scan_raw(scan, 0).at - scan->text.at);
		return;
	}
	uint32_t end = scan->nodes[0].next;
	for (uint32_t key = 1; key < end; key = scan->nodes[key + 1].next) {
		struct span name = scan_string(scan, arena, key);
		read_member(&reader, member_find(vocabulary, arena, name), key,
		            member_pointer(&reader, "", name));
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
		text_read_name(&request->facts, name->name,
		               (struct tell){.party = name->party,
		                             .evidence = {.at = name->pointer}});
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
	add_text(&reader, text, "/description", TEXT_BODY);
	if (!reader.told)
		request->error = "there is no text";
}
