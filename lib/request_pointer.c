/* Where the parts of a request stand in its record. */
#include "request_parts.h"

static size_t
put_name(char *out, struct span name)
{
	size_t length = 0;
	for (size_t i = 0; i < name.length; i++) {
		char c = name.at[i];
		if (c == '~' || c == '/') {
			out[length++] = '~';
			c = c == '~' ? '0' : '1';
		}
		out[length++] = c;
	}
	return length;
}

static size_t
put_number(char *out, uint32_t number)
{
	size_t length = 1;
	for (uint32_t rest = number; rest >= 10; rest /= 10)
		length++;
	for (size_t i = length; i-- > 0; number /= 10)
		out[i] = (char)('0' + number % 10);
	return length;
}

/* The name of a member; nothing for an element. */
static struct span
name_of(const struct scan *scan, struct arena *arena, uint32_t node)
{
	const struct scan_node *value = &scan->nodes[node];
	if (scan->nodes[value->parent].type != SCAN_OBJECT)
		return (struct span){NULL, 0};
	return scan_string(scan, arena, value->name ? node : node - 1);
}

const char *
request_pointer(const struct scan *scan, struct arena *arena, uint32_t node)
{
	enum { DIGITS = 10 };
	uint32_t path[SCAN_DEPTH];
	struct span names[SCAN_DEPTH];
	size_t depth = 0, length = 0, size = 1;
	for (; node != 0; node = scan->nodes[node].parent, depth++) {
		path[depth] = node;
		names[depth] = name_of(scan, arena, node);
		size += 1 + (names[depth].at != NULL ? 2 * names[depth].length : DIGITS);
	}
	char *pointer = arena_text(arena, size);
	while (depth-- > 0) {
		pointer[length++] = '/';
		length += names[depth].at != NULL
		                  ? put_name(pointer + length, names[depth])
		                  : put_number(pointer + length, scan->nodes[path[depth]].order);
	}
	pointer[length] = '\0';
	return pointer;
}

static void
point(const struct request *request, const char **at, uint32_t place)
{
	if (*at == NULL && request->scan == NULL)
		*at = "/description";
	else if (*at == NULL)
		*at = request_pointer(request->scan, request->facts.arena, place);
}

void
request_point(struct request *request)
{
	struct facts *facts = &request->facts;
	for (size_t i = 0; i < facts->tell_count; i++)
		point(request, &facts->tells[i].evidence.at, facts->tells[i].place);
	for (size_t i = 0; i < request->place_count; i++)
		point(request, &request->places[i].evidence.at, request->places[i].place);
	for (size_t i = 0; i < facts->party_count; i++)
		point(request, &facts->parties[i].evidence.at, facts->parties[i].place);
	request->pieces =
	        arena_alloc(facts->arena, request->text_count + 1, sizeof *request->pieces);
	for (size_t i = 0; i < request->text_count; i++) {
		const struct request_text *text = &request->texts[i];
		request->pieces[i] = (struct text_piece){.bytes = text->bytes, .role = text->role};
		point(request, &request->pieces[i].pointer, text->place);
	}
}
