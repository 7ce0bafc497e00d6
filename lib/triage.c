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

void
triage_order(struct necessity *necessity, const struct glance *glance)
{
	for (size_t i = 1; i < necessity->count; i++) {
		uint64_t topics = necessity->topics[i];
		uint32_t cost = glance_cost(glance, topics);
		size_t at = i;
		for (; at > 0 && glance_cost(glance, necessity->topics[at - 1]) > cost; at--)
			necessity->topics[at] = necessity->topics[at - 1];
		necessity->topics[at] = topics;
	}
}

/* The topic of a whole axis. */
static uint64_t
axis_topic(struct glance *glance, struct arena *arena, const struct axis *axis)
{
	uint32_t *values = arena_alloc(arena, axis->count + (size_t)1, sizeof *values);
	for (uint32_t i = 0; i < axis->count; i++)
		values[i] = axis->first + i;
	return glance_topic(glance, values, axis->count);
}

/* Text tells where a party is only beside its kind or the like. */
static uint64_t
atom_topics(struct glance *glance, struct arena *arena, const struct condition *atom)
{
	const struct vocabulary *vocabulary = glance->vocabulary;
	uint64_t topics = 0;
	for (uint32_t i = 0; i < vocabulary->axis_count; i++) {
		const struct axis *axis = &vocabulary->axes[i];
		bool counts = atom->party && axis->party && i != vocabulary->place_axis;
		for (size_t j = 0; j < atom->property_count && !atom->party; j++)
			counts = counts || atom->properties[j].axis == i;
		topics |= counts ? axis_topic(glance, arena, axis) : 0;
	}
	return topics;
}

uint64_t
triage_subjects(struct glance *glance, struct arena *arena, const struct condition *condition)
{
	if (condition->type == CONDITION_ATOM)
		return atom_topics(glance, arena, condition);
	uint64_t topics = 0;
	for (size_t i = 0; i < condition->part_count; i++)
		topics |= triage_subjects(glance, arena, condition->parts[i]);
	return topics;
}

static void
look(struct glance_memory *memory, const struct request *request)
{
	for (size_t i = request->names_read; i < request->name_count; i++)
		glance_text(memory, request->names[i].name);
	for (size_t i = 0; i < request->text_count; i++)
		glance_text(memory, request->texts[i].bytes);
}

/* The first of what is needed that is not certain. */
static uint64_t
doubtful(const struct necessity *necessity, uint64_t certain)
{
	for (size_t i = 0; i < necessity->count; i++) {
		if ((necessity->topics[i] & certain) == 0)
			return necessity->topics[i];
	}
	return 0;
}

/* The topics that are weighed next; none if it is certain of each necessity whether it
 * is possible. */
static uint64_t
next_topics(const struct glance *glance, const struct necessity *const *needs, size_t count,
            uint64_t certain, uint64_t possible)
{
	uint64_t topics = 0;
	for (size_t i = 0; i < count; i++) {
		if (triage_possible(needs[i], possible))
			topics |= doubtful(needs[i], certain);
	}
	return glance_sources(glance, topics, certain);
}

uint64_t
triage_topics(struct glance_memory *memory, const struct glance *glance,
              const struct request *request, const struct necessity *const *needs, size_t count)
{
	struct arena *arena = request->facts.arena;
	struct arena_mark mark = arena_mark(arena);
	uint64_t told = 0;
	for (size_t i = 0; i < request->facts.tell_count; i++)
		told |= glance->values[request->facts.tells[i].value];
	glance_begin(memory, arena);
	look(memory, request);
	for (;;) {
		uint64_t certain = glance_in_company(glance, told | glance_topics(memory));
		uint64_t undecided = glance_undecided(memory);
		uint64_t possible = glance_in_company(glance, certain | undecided);
		uint64_t next = next_topics(glance, needs, count, certain, possible);
		if (next == 0) {
			arena_release(arena, mark);
			return possible;
		}
		/* Of two that need each other, the first may be decided and not certain. */
		glance_weigh(memory, (next & undecided) != 0 ? next & undecided : undecided);
	}
}
