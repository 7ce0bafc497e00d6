/* The parties that a request declares, and where they are. */
#include "request_parts.h"

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
			request_note(reader, key, pointer,
			     arena_printf(reader->arena, "unrecognised member, like \"%s\"",
			                  axis + strlen("party.")));
			struct statement statement = {.axis = i, .party = party};
			request_question(reader, &statement, pointer);
			return;
		}
	}
	request_note(reader, key, pointer, "unrecognised member");
}

static void
read_party_object(struct reader *reader, uint32_t party, uint32_t node, const char *pointer)
{
	uint32_t end = node_at(reader, node)->next;
	for (uint32_t key = node + 1; key < end; key = node_at(reader, key + 1)->next) {
		struct span name = scan_string(reader->scan, reader->arena, key);
		const char *at = request_member_pointer(reader, pointer, name);
		uint32_t axis = party_axis(reader, name);
		if (axis != NO_AXIS) {
			struct statement statement = {
			        .axis = axis, .party = party, .telling = TELL_TRUE};
			request_statement(reader, statement, key + 1, at);
		} else if (!span_is(name, "name")) {
			read_unknown_property(reader, party, name, key, at);
		} else if (node_at(reader, key + 1)->type == SCAN_STRING) {
			add_name(reader, party, key + 1, at);
		} else if (node_at(reader, key + 1)->type != SCAN_NULL) {
			request_note(reader, key + 1, at, "the name is not a string");
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
	} else if (value->type == SCAN_STRING && !request_is_blank(reader, node) &&
	           request_named_value(reader, kind_axis, node) == NO_VALUE &&
	           !is_like_kind(reader, kind_axis,
	                         scan_string(reader->scan, reader->arena, node))) {
		add_name(reader, party, node, pointer);
	} else {
		request_statement(reader, kind, node, pointer);
	}
}

void
request_parties(struct reader *reader, enum party_role role, uint32_t node, const char *pointer)
{
	const struct scan_node *value = node_at(reader, node);
	if (value->type != SCAN_ARRAY) {
		read_party(reader, role, node, pointer);
		return;
	}
	uint32_t index = 0;
	for (uint32_t child = node + 1; child < value->next; child = node_at(reader, child)->next)
		read_party(reader, role, child, request_element_pointer(reader, pointer, index++));
}

void
request_place(struct reader *reader, uint32_t node, const char *pointer)
{
	struct request *request = reader->request;
	size_t before = request->facts.tell_count;
	bool told = reader->told;
	struct statement statement = {
	        .axis = vocabulary_axis(reader->vocabulary, "party.jurisdiction"),
	        .party = NO_PARTY,
	        .telling = TELL_TRUE};
	request_statement(reader, statement, node, pointer);
	reader->told = told;
	for (size_t i = before; i < request->facts.tell_count; i++) {
		request->places = arena_grow(reader->arena, request->places, request->place_count,
		                             &request->place_capacity, sizeof *request->places);
		request->places[request->place_count++] = request->facts.tells[i];
	}
	request->facts.tell_count = before;
}
