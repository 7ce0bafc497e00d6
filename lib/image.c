#include "image.h"

/* The image starts with one entry a section: where its bytes stand. */
struct entry {
	uint64_t offset, size;
};

void
image_start(struct image_builder *builder, struct arena *arena)
{
	memset(builder, 0, sizeof *builder);
	builder->arena = arena;
	image_string(builder, span_of(""));
}

static unsigned char *
append(struct image_builder *builder, enum image_section section, size_t size)
{
	size_t used = builder->sections[section].size;
	if (builder->sections[section].capacity - used < size) {
		size_t capacity = (used + size) * 2;
		unsigned char *bytes = arena_alloc(builder->arena, capacity, 1);
		if (used != 0)
			memcpy(bytes, builder->sections[section].bytes, used);
		builder->sections[section].bytes = bytes;
		builder->sections[section].capacity = capacity;
	}
	builder->sections[section].size += size;
	return builder->sections[section].bytes + used;
}

uint32_t
image_put(struct image_builder *builder, enum image_section section, const void *record,
          size_t size)
{
	memcpy(append(builder, section, size), record, size);
	return (uint32_t)(builder->sections[section].size / size - 1);
}

uint32_t
image_string(struct image_builder *builder, struct span text)
{
	uint32_t offset = (uint32_t)builder->sections[SECTION_STRINGS].size;
	unsigned char *bytes = append(builder, SECTION_STRINGS, text.length + 1);
	memcpy(bytes, text.at, text.length);
	bytes[text.length] = '\0';
	return offset;
}

const void *
image_built(const struct image_builder *builder, enum image_section section, size_t size,
            uint32_t *count)
{
	*count = (uint32_t)(builder->sections[section].size / size);
	return builder->sections[section].bytes;
}

struct span
image_finish(struct image_builder *builder)
{
	size_t size = SECTION_COUNT * sizeof(struct entry);
	for (int i = 0; i < SECTION_COUNT; i++)
		size += (builder->sections[i].size + 7) / 8 * 8;
	unsigned char *image = arena_alloc(builder->arena, size, 1);
	size_t offset = SECTION_COUNT * sizeof(struct entry);
	for (int i = 0; i < SECTION_COUNT; i++) {
		struct entry entry = {offset, builder->sections[i].size};
		memcpy(image + (size_t)i * sizeof entry, &entry, sizeof entry);
		if (entry.size != 0)
			memcpy(image + offset, builder->sections[i].bytes, entry.size);
		offset += (entry.size + 7) / 8 * 8;
	}
	return (struct span){(const char *)image, size};
}

const void *
image_section(struct span image, enum image_section section, size_t size, uint32_t *count)
{
	struct entry entry;
	memcpy(&entry, image.at + (size_t)section * sizeof entry, sizeof entry);
	*count = (uint32_t)(entry.size / size);
	return image.at + entry.offset;
}
