#include "triage.h"

static void
add_topics(struct necessity *necessity, struct arena *arena, uint64_t topics)
{
	necessity->topics =
	        arena_grow(arena, necessity->topics, necessity->count, &necessity->capacity,
	                   sizeof *necessity->topics);
	necessity->topics[necessity->count++] = topics;
}

/* One of several parts will do: if each needs something, so does the whole. */
static void
need_any(struct necessity *necessity, struct glance *glance, struct arena *arena,
         const struct condition *condition)
{
	uint64_t topics = 0;
	for (size_t i = 0; i < condition->part_count; i++) {
		struct necessity part = {0};
		triage_need(&part, glance, arena, condition->parts[i]);
		if (part.count == 0)
			return;
		topics |= part.topics[0];
	}
	add_topics(necessity, arena, topics);
}

void
triage_need(struct necessity *necessity, struct glance *glance, struct arena *arena,
            const struct condition *condition)
{
	switch (condition->type) {
	case CONDITION_ALL:
		for (size_t i = 0; i < condition->part_count; i++)
			triage_need(necessity, glance, arena, condition->parts[i]);
		break;
	case CONDITION_ANY:
		need_any(necessity, glance, arena, condition);
		break;
	case CONDITION_NOT:
		break;
	case CONDITION_ATOM:
		for (size_t i = 0; i < condition->property_count; i++) {
			const struct property *property = &condition->properties[i];
			if (property->unstated == TRUTH_FALSE)
				add_topics(necessity, arena,
				           glance_topic(glance, property->values,
				                        property->value_count));
		}
		break;
	}
}

uint64_t
triage_topics(const struct glance *glance, struct glance_memory *memory,
              const struct request *request)
{
	struct arena *arena = request->facts.arena;
	uint64_t topics = glance->always;
	for (size_t i = 0; i < request->facts.tell_count; i++)
		topics |= glance->values[request->facts.tells[i].value];
	for (size_t i = request->names_read; i < request->name_count; i++)
		topics |= glance_text(glance, memory, arena, request->names[i].name);
	for (size_t i = 0; i < request->text_count; i++)
		topics |= glance_text(glance, memory, arena, request->texts[i].bytes);
	return topics;
}
