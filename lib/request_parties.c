/* The parties that a request declares, and where they are. */
#include "request_parts.h"

enum { PLACES_MOST = 64 };

static void
add_name(struct reader *reader, uint32_t party, uint32_t node)
{
	struct request *request = reader->request;
	struct span name = scan_string(reader->scan, reader->arena, node);
	request->facts.parties[party - 1].name = name;
	request->names = arena_grow(reader->arena, request->names, request->name_count,
	                            &request->name_capacity, sizeof *request->names);
	request->names[request->name_count++] = (struct party_name){party, name, node};
}

static struct member
find_property(struct reader *reader, struct span name)
{
	struct recalled *recalled = recall_word(reader->recall, RECALL_PROPERTY, name);
	if (!recalled->known) {
		recalled->member = member_of_party(reader->vocabulary, name);
		recalled->known = true;
	}
	return recalled->member;
}

/* A member of a party that is no axis: the axis within two slips is questioned. */
static void
read_unknown_property(struct reader *reader, uint32_t party, const struct member *member,
                      uint32_t key)
{
	struct statement statement = {.axis = member->axis, .party = party};
	if (member->meant == NULL) {
		request_note(reader, key, "unrecognised member");
		return;
	}
	request_note(reader, key,
	             arena_printf(reader->arena, "unrecognised member, like \"%s\"",
	                          member->meant));
	request_question(reader, &statement, key);
}

static void
read_party_object(struct reader *reader, uint32_t party, uint32_t node)
{
	uint32_t end = node_at(reader, node)->next;
	for (uint32_t key = node + 1; key < end; key = node_at(reader, key + 1)->next) {
		struct span name = scan_string(reader->scan, reader->arena, key);
		struct member member = find_property(reader, name);
		if (member.kind == MEMBER_AXIS) {
			struct statement statement = {
			        .axis = member.axis, .party = party, .telling = TELL_TRUE};
			request_statement(reader, statement, key + 1);
		} else if (member.kind == MEMBER_UNKNOWN) {
			read_unknown_property(reader, party, &member, key);
		} else if (node_at(reader, key + 1)->type == SCAN_STRING) {
			leave_gap(reader, key + 1, (struct gap){.kind = GAP_NAME});
			add_name(reader, party, key + 1);
		} else if (node_at(reader, key + 1)->type != SCAN_NULL) {
			request_note(reader, key + 1, "the name is not a string");
		}
	}
}

/* Whether a name is within two slips of a kind of party: "plice". */
static bool
is_like_kind(const struct vocabulary *vocabulary, struct span name)
{
	char folded[SPELLING_LONGEST];
	struct span text = {folded, spelling_fold(folded, name)};
	for (uint32_t i = 0; i < vocabulary->spelling_count && text.length != 0; i++) {
		if (vocabulary->spellings[i].axis != vocabulary->kind_axis)
			continue;
		struct span known = span_of(vocabulary_text(vocabulary, vocabulary->spellings[i].text));
		size_t most = known.length <= 3 ? 0 : known.length <= 5 ? 1 : 2;
		if (member_slips(text, known, most) <= most)
			return true;
	}
	return false;
}

bool
request_is_name(struct recall *recall, const struct vocabulary *vocabulary, struct span text)
{
	if (text.length == 0 ||
	    recall_value(recall, vocabulary, vocabulary->kind_axis, text) != NO_VALUE)
		return false;
	struct recalled *recalled = recall_word(recall, RECALL_LIKE, text);
	if (!recalled->known) {
		recalled->like = is_like_kind(vocabulary, text);
		recalled->known = true;
	}
	return !recalled->like;
}

static bool
is_name(struct reader *reader, uint32_t node)
{
	return node_at(reader, node)->type == SCAN_STRING &&
	       request_is_name(reader->recall, reader->vocabulary,
	                       scan_string(reader->scan, reader->arena, node));
}

static void
read_party(struct reader *reader, enum party_role role, uint32_t node)
{
	uint32_t party = facts_party(&reader->request->facts,
	                             (struct party){.role = role, .declared = true, .place = node});
	struct statement kind = {
	        .axis = reader->vocabulary->kind_axis, .party = party, .telling = TELL_TRUE};
	if (node_at(reader, node)->type == SCAN_OBJECT) {
		read_party_object(reader, party, node);
	} else if (is_name(reader, node)) {
		leave_gap(reader, node, (struct gap){.kind = GAP_PARTY});
		add_name(reader, party, node);
	} else {
		request_statement(reader, kind, node);
	}
}

void
request_parties(struct reader *reader, enum party_role role, uint32_t node)
{
	const struct scan_node *value = node_at(reader, node);
	if (value->type != SCAN_ARRAY) {
		read_party(reader, role, node);
		return;
	}
	for (uint32_t child = node + 1; child < value->next; child = node_at(reader, child)->next)
		read_party(reader, role, child);
}

/* What is told of the place of all parties that have none, each once; of more places
 * than a request can be about, only that it is open. */
static void
add_places(struct reader *reader, struct facts *told, uint32_t node)
{
	struct request *request = reader->request;
	facts_drop_repeated(told);
	if (told->tell_count > PLACES_MOST) {
		told->tells[0].value = reader->vocabulary->axes[reader->vocabulary->place_axis].root;
		told->tells[0].telling = TELL_QUESTION;
		told->tells[0].place = node;
		told->tell_count = 1;
	}
	for (size_t i = 0; i < told->tell_count; i++) {
		request->places = arena_grow(reader->arena, request->places, request->place_count,
		                             &request->place_capacity, sizeof *request->places);
		request->places[request->place_count++] = told->tells[i];
	}
}

void
request_place(struct reader *reader, uint32_t node)
{
	struct facts *facts = &reader->request->facts;
	struct facts declared = *facts;
	bool told = reader->told;
	struct statement statement = {
	        .axis = reader->vocabulary->place_axis,
	        .party = NO_PARTY,
	        .telling = TELL_TRUE};
	facts->tells = NULL;
	facts->tell_count = facts->tell_capacity = 0;
	request_statement(reader, statement, node);
	request_fix(reader, node);
	reader->told = told;
	add_places(reader, facts, node);
	facts->tells = declared.tells;
	facts->tell_count = declared.tell_count;
	facts->tell_capacity = declared.tell_capacity;
}
