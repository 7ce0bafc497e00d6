#include <stdlib.h>

#include "vocabulary.h"

enum { SOURCES = 4 };

/* A value while the documents are being read. */
struct draft_value {
	const char *name, *label;
	json_t *sources[SOURCES]; /* the objects that describe it, one a document */
	struct document *source_documents[SOURCES];
	struct place source_places[SOURCES];
	size_t source_count;
	uint32_t index;
	bool visiting;
	uint32_t *ancestors;
	size_t ancestor_count, ancestor_capacity;
};

struct draft_axis {
	const char *name, *label;
	bool one, unknown;
	struct draft_value *values;
	size_t value_count, value_capacity;
	struct draft_value **sorted; /* by name, once merged */
};

struct compiler {
	struct arena *arena;
	struct image_builder image;
	struct draft_axis *axes;
	size_t axis_count, axis_capacity;
	struct draft_spelling {
		const char *text;
		uint32_t axis, value;
		struct document *document; /* NULL: the value's own name */
		struct place place;
	} *spellings;
	size_t spelling_count, spelling_capacity;
};

static const char *const document_members[] = {
        "$schema", "title",   "note",     "source",  "axes", "inferences", LEXICON_MEMBERS, NULL};
static const char *const axis_members[] = {"axis", "label", "holds", "unstated", "values", NULL};
static const char *const value_members[] = {"value", "label", "broader", "spellings", "leaves",
                                            NULL};
static const char *const inference_members[] = {"id", "given", "unless", "follows", NULL};

static bool
choice(struct document *document, const struct place *at, json_t *object, const char *key,
       const char *no, const char *yes)
{
	const char *text = document_string(document, at, object, key, true);
	if (text != NULL && strcmp(text, no) != 0 && strcmp(text, yes) != 0) {
		struct place place = {.up = at, .key = key};
		document_problem(document, &place, "shape", "\"%s\" is neither \"%s\" nor \"%s\"",
		                 key, no, yes);
	}
	return text != NULL && strcmp(text, yes) == 0;
}

static struct draft_axis *
find_axis(struct compiler *compiler, const char *name)
{
	for (size_t i = 0; i < compiler->axis_count; i++) {
		if (strcmp(compiler->axes[i].name, name) == 0)
			return &compiler->axes[i];
	}
	return NULL;
}

static struct draft_axis *
add_axis(struct compiler *compiler, struct document *document, const struct place *at,
         json_t *object, const char *name)
{
	compiler->axes = arena_grow(compiler->arena, compiler->axes, compiler->axis_count,
	                            &compiler->axis_capacity, sizeof *compiler->axes);
	struct draft_axis *axis = &compiler->axes[compiler->axis_count++];
	*axis = (struct draft_axis){
	        .name = name,
	        .label = document_string(document, at, object, "label", true),
	        .one = choice(document, at, object, "holds", "many", "one"),
	        .unknown = choice(document, at, object, "unstated", "false", "unknown")};
	return axis;
}

static int
by_name(const void *a, const void *b)
{
	const struct draft_value *const *left = a, *const *right = b;
	int order = strcmp((*left)->name, (*right)->name);
	return order != 0 ? order : (*left < *right ? -1 : *left > *right);
}

static void
merge_value(struct draft_value *kept, struct draft_value *again)
{
	if (kept->source_count == SOURCES) {
		document_problem(again->source_documents[0], &again->source_places[0], "duplicate",
		                 "value \"%s\" is restated too often", again->name);
		return;
	}
	kept->sources[kept->source_count] = again->sources[0];
	kept->source_documents[kept->source_count] = again->source_documents[0];
	kept->source_places[kept->source_count++] = again->source_places[0];
	if (kept->label == NULL)
		kept->label = again->label;
	again->name = NULL;
}

/* Values arrive by the thousand and may be restated by a later document: they
 * are collected first and then merged by name, the earliest first. */
static void
merge_values(struct compiler *compiler, struct draft_axis *axis)
{
	size_t count = axis->value_count;
	struct draft_value **sorted = arena_alloc(compiler->arena, count + 1, sizeof *sorted);
	for (size_t i = 0; i < count; i++)
		sorted[i] = &axis->values[i];
	qsort(sorted, count, sizeof *sorted, by_name);
	for (size_t i = 0, same; i < count; i = same) {
		const char *name = sorted[i]->name;
		for (same = i + 1; same < count && strcmp(sorted[same]->name, name) == 0; same++)
			merge_value(sorted[i], sorted[same]);
	}
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		if (axis->values[i].name != NULL)
			axis->values[kept++] = axis->values[i];
	}
	axis->value_count = kept;
	for (size_t i = 0; i < kept; i++)
		sorted[i] = &axis->values[i];
	qsort(sorted, kept, sizeof *sorted, by_name);
	axis->sorted = sorted;
}

static void
read_axis(struct compiler *compiler, struct document *document, const struct place *at,
          json_t *object)
{
	document_only(document, at, object, axis_members);
	const char *name = document_string(document, at, object, "axis", true);
	json_t *values = document_array(document, at, object, "values", true);
	if (name == NULL)
		return;
	struct draft_axis *axis = find_axis(compiler, name);
	if (axis == NULL)
		axis = add_axis(compiler, document, at, object, name);
	const struct place *list = place_keep(compiler->arena, at, "values", 0);
	size_t i;
	json_t *entry;
	json_array_foreach(values, i, entry) {
		struct place *place = place_keep(compiler->arena, list, NULL, i);
		if (!json_is_object(entry)) {
			document_problem(document, place, "shape", "a value is not an object");
			continue;
		}
		document_only(document, place, entry, value_members);
		const char *value_name = document_string(document, place, entry, "value", true);
		if (value_name == NULL)
			continue;
		axis->values = arena_grow(compiler->arena, axis->values, axis->value_count,
		                          &axis->value_capacity, sizeof *axis->values);
		struct draft_value *value = &axis->values[axis->value_count++];
		*value = (struct draft_value){.name = value_name};
		value->label = document_string(document, place, entry, "label", false);
		value->sources[0] = entry;
		value->source_documents[0] = document;
		value->source_places[0] = *place;
		value->source_count = 1;
	}
}

static void
put_axes(struct compiler *compiler)
{
	struct value none = {0};
	image_put(&compiler->image, SECTION_VALUES, &none, sizeof none);
	for (size_t i = 0; i < compiler->axis_count; i++) {
		struct draft_axis *draft = &compiler->axes[i];
		merge_values(compiler, draft);
		struct axis axis = {
		        .name = image_string(&compiler->image, span_of(draft->name)),
		        .label = image_string(&compiler->image,
		                              span_of(draft->label ? draft->label : draft->name)),
		        .count = (uint32_t)draft->value_count,
		        .one = draft->one,
		        .unknown = draft->unknown,
		        .party = strncmp(draft->name, "party.", 6) == 0};
		struct value root = {.name = axis.name, .label = axis.label, .axis = (uint32_t)i};
		axis.root = image_put(&compiler->image, SECTION_VALUES, &root, sizeof root);
		axis.first = axis.root + 1;
		image_put(&compiler->image, SECTION_AXES, &axis, sizeof axis);
		for (size_t j = 0; j < draft->value_count; j++) {
			struct draft_value *from = &draft->values[j];
			struct value value = {
			        .name = image_string(&compiler->image, span_of(from->name)),
			        .label = image_string(
			                &compiler->image,
			                span_of(from->label ? from->label : from->name)),
			        .axis = (uint32_t)i};
			from->index = image_put(&compiler->image, SECTION_VALUES, &value,
			                        sizeof value);
		}
	}
}

static struct draft_value *
find_value(struct draft_axis *axis, const char *name)
{
	size_t low = 0, high = axis->value_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(axis->sorted[middle]->name, name);
		if (order == 0)
			return axis->sorted[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Calls for each string in the array member `key` of each source of a value. */
static void
each_string(struct draft_value *value, const char *key,
            void (*take)(void *data, struct document *, const struct place *, const char *),
            void *data)
{
	for (size_t i = 0; i < value->source_count; i++) {
		struct document *document = value->source_documents[i];
		json_t *list = document_array(document, &value->source_places[i], value->sources[i],
		                              key, false);
		struct place at = {.up = &value->source_places[i], .key = key};
		size_t j;
		json_t *entry;
		json_array_foreach(list, j, entry) {
			struct place place = {.up = &at, .index = j};
			if (json_is_string(entry))
				take(data, document, &place, json_string_value(entry));
			else
				document_problem(document, &place, "shape", "not a string");
		}
	}
}

/* The axes compiled so far, for names to be resolved by. Valid until the next
 * record is put. */
static void
compiler_view(const struct compiler *compiler, struct vocabulary *view)
{
	const struct image_builder *image = &compiler->image;
	uint32_t ignored;
	*view = (struct vocabulary){0};
	view->strings = image_built(image, SECTION_STRINGS, 1, &ignored);
	view->axes = image_built(image, SECTION_AXES, sizeof *view->axes, &view->axis_count);
	view->values =
	        image_built(image, SECTION_VALUES, sizeof *view->values, &view->value_count);
	view->links = image_built(image, SECTION_LINKS, sizeof *view->links, &view->link_count);
}

/* What is being said of which value. */
struct relation {
	struct compiler *compiler;
	struct draft_axis *axis;
	struct draft_value *value;
};

static void find_ancestors(struct relation);

static struct draft_value *
related(const struct relation *relation, struct document *document, const struct place *place,
        const char *name)
{
	struct draft_value *value = find_value(relation->axis, name);
	if (value == NULL)
		document_problem(document, place, "unknown-value", "no value \"%s\" on axis \"%s\"",
		                 name, relation->axis->name);
	return value;
}

static void
add_ancestor(struct compiler *compiler, struct draft_value *value, uint32_t ancestor)
{
	for (size_t i = 0; i < value->ancestor_count; i++) {
		if (value->ancestors[i] == ancestor)
			return;
	}
	value->ancestors =
	        arena_grow(compiler->arena, value->ancestors, value->ancestor_count,
	                   &value->ancestor_capacity, sizeof *value->ancestors);
	value->ancestors[value->ancestor_count++] = ancestor;
}

static void
take_broader(void *data, struct document *document, const struct place *place, const char *name)
{
	struct relation *relation = data;
	struct draft_value *broader = related(relation, document, place, name);
	if (broader == NULL)
		return;
	if (broader->visiting) {
		document_problem(document, place, "cycle", "\"%s\" is broader than itself", name);
		return;
	}
	find_ancestors((struct relation){relation->compiler, relation->axis, broader});
	for (size_t i = 0; i < broader->ancestor_count; i++)
		add_ancestor(relation->compiler, relation->value, broader->ancestors[i]);
}

static void
find_ancestors(struct relation relation)
{
	if (relation.value->ancestor_count != 0)
		return;
	relation.value->visiting = true;
	add_ancestor(relation.compiler, relation.value, relation.value->index);
	each_string(relation.value, "broader", take_broader, &relation);
	relation.value->visiting = false;
}

static void
take_leaves(void *data, struct document *document, const struct place *place, const char *name)
{
	struct relation *relation = data;
	struct draft_value *rival = related(relation, document, place, name);
	if (rival != NULL)
		image_put(&relation->compiler->image, SECTION_LINKS, &rival->index,
		          sizeof rival->index);
}

static void
add_spelling(const struct relation *relation, const char *text, struct document *document,
             struct place place)
{
	struct compiler *compiler = relation->compiler;
	char folded[SPELLING_LONGEST];
	size_t length = spelling_fold(folded, span_of(text));
	if (length == 0) {
		if (document != NULL)
			document_problem(document, &place, "shape",
			                 "a spelling is empty or too long");
		return;
	}
	compiler->spellings =
	        arena_grow(compiler->arena, compiler->spellings, compiler->spelling_count,
	                   &compiler->spelling_capacity, sizeof *compiler->spellings);
	compiler->spellings[compiler->spelling_count++] = (struct draft_spelling){
	        arena_copy(compiler->arena, (struct span){folded, length}),
	        (uint32_t)(relation->axis - compiler->axes), relation->value->index, document,
	        place};
}

/* The place is kept: two values may turn out to claim the spelling. */
static void
take_spelling(void *data, struct document *document, const struct place *place, const char *text)
{
	const struct relation *relation = data;
	struct place kept = *place;
	kept.up = place_keep(relation->compiler->arena, place->up->up, place->up->key, 0);
	add_spelling(relation, text, document, kept);
}

static uint32_t
link_count(const struct compiler *compiler)
{
	uint32_t count;
	image_built(&compiler->image, SECTION_LINKS, sizeof(uint32_t), &count);
	return count;
}

static void
put_links(struct compiler *compiler, const uint32_t *links, size_t count)
{
	for (size_t i = 0; i < count; i++)
		image_put(&compiler->image, SECTION_LINKS, &links[i], sizeof links[i]);
}

static void
put_relations(struct relation relation)
{
	struct compiler *compiler = relation.compiler;
	struct draft_value *draft = relation.value;
	struct value value = {.ancestors = link_count(compiler),
	                      .ancestor_count = (uint32_t)draft->ancestor_count};
	put_links(compiler, draft->ancestors, draft->ancestor_count);
	value.leaves = link_count(compiler);
	each_string(draft, "leaves", take_leaves, &relation);
	value.leave_count = link_count(compiler) - value.leaves;

	uint32_t count;
	struct value *values = (struct value *)image_built(&compiler->image, SECTION_VALUES,
	                                                   sizeof *values, &count);
	value.name = values[draft->index].name;
	value.label = values[draft->index].label;
	value.axis = values[draft->index].axis;
	values[draft->index] = value;

	add_spelling(&relation, draft->name, NULL, (struct place){0});
	each_string(draft, "spellings", take_spelling, &relation);
}

static int
by_axis_and_text(const void *a, const void *b)
{
	const struct draft_spelling *left = a, *right = b;
	if (left->axis != right->axis)
		return left->axis < right->axis ? -1 : 1;
	int order = strcmp(left->text, right->text);
	if (order != 0)
		return order;
	return left->value < right->value ? -1 : left->value > right->value;
}

static void
put_spellings(struct compiler *compiler)
{
	if (compiler->spelling_count != 0)
		qsort(compiler->spellings, compiler->spelling_count, sizeof *compiler->spellings,
		      by_axis_and_text);
	const struct draft_spelling *last = NULL;
	for (size_t i = 0; i < compiler->spelling_count; i++) {
		const struct draft_spelling *draft = &compiler->spellings[i];
		if (last != NULL && last->axis == draft->axis &&
		    strcmp(last->text, draft->text) == 0) {
			const struct draft_spelling *at = draft->document ? draft : last;
			if (last->value != draft->value && at->document != NULL)
				document_problem(at->document, &at->place, "ambiguous",
				                 "\"%s\" is a spelling of two values", at->text);
			continue;
		}
		struct spelling spelling = {
		        image_string(&compiler->image, span_of(draft->text)), draft->axis,
		        draft->value};
		image_put(&compiler->image, SECTION_SPELLINGS, &spelling, sizeof spelling);
		last = draft;
	}
}

static uint32_t
put_told(struct compiler *compiler, const struct vocabulary *axes, struct document *document,
         const struct place *at, json_t *object, const char *key)
{
	json_t *list = document_array(document, at, object, key, false);
	struct place place = {.up = at, .key = key};
	size_t i;
	json_t *entry;
	json_array_foreach(list, i, entry) {
		const char *text = json_string_value(entry);
		uint32_t value = text != NULL ? vocabulary_tell(axes, text) : NO_VALUE;
		struct place element = {.up = &place, .index = i};
		if (value == NO_VALUE)
			document_problem(document, &element, "unknown-value",
			                 "not \"axis=value\" of this vocabulary");
		put_links(compiler, &value, 1);
	}
	return (uint32_t)json_array_size(list);
}

static void
read_inference(struct compiler *compiler, const struct vocabulary *axes,
               struct document *document, const struct place *at, json_t *object)
{
	document_only(document, at, object, inference_members);
	const char *id = document_string(document, at, object, "id", true);
	const char *follows = document_string(document, at, object, "follows", true);
	struct inference inference = {0};
	inference.given = link_count(compiler);
	inference.given_count = put_told(compiler, axes, document, at, object, "given");
	inference.unless = link_count(compiler);
	inference.unless_count = put_told(compiler, axes, document, at, object, "unless");
	if (id == NULL || follows == NULL)
		return;
	inference.term = image_string(&compiler->image, span_of(id));
	inference.follows = vocabulary_tell(axes, follows);
	struct place place = {.up = at, .key = "follows"};
	if (inference.follows == NO_VALUE)
		document_problem(document, &place, "unknown-value",
		                 "not \"axis=value\" of this vocabulary");
	if (inference.given_count == 0)
		document_problem(document, at, "missing-member", "\"given\" names nothing");
	image_put(&compiler->image, SECTION_INFERENCES, &inference, sizeof inference);
}

static void
each_object(struct compiler *compiler, struct document *document, const char *key,
            void (*take)(struct compiler *, struct document *, const struct place *, json_t *))
{
	const struct place *list = place_keep(compiler->arena, NULL, key, 0);
	json_t *array = document_array(document, NULL, document->root, key, false);
	size_t i;
	json_t *entry;
	json_array_foreach(array, i, entry) {
		const struct place *place = place_keep(compiler->arena, list, NULL, i);
		if (json_is_object(entry))
			take(compiler, document, place, entry);
		else
			document_problem(document, place, "shape", "not an object");
	}
}

static void
take_inference(struct compiler *compiler, struct document *document, const struct place *at,
               json_t *object)
{
	struct vocabulary axes;
	compiler_view(compiler, &axes);
	read_inference(compiler, &axes, document, at, object);
}

bool
vocabulary_compile(struct arena *arena, struct document *documents, size_t count,
                   struct span *image)
{
	struct compiler compiler = {.arena = arena};
	image_start(&compiler.image, arena);
	for (size_t i = 0; i < count; i++) {
		document_only(&documents[i], NULL, documents[i].root, document_members);
		each_object(&compiler, &documents[i], "axes", read_axis);
	}
	put_axes(&compiler);
	for (size_t i = 0; i < compiler.axis_count; i++) {
		struct draft_axis *axis = &compiler.axes[i];
		for (size_t j = 0; j < axis->value_count; j++)
			find_ancestors((struct relation){&compiler, axis, &axis->values[j]});
		for (size_t j = 0; j < axis->value_count; j++)
			put_relations((struct relation){&compiler, axis, &axis->values[j]});
	}
	put_spellings(&compiler);
	for (size_t i = 0; i < count; i++)
		each_object(&compiler, &documents[i], "inferences", take_inference);

	struct vocabulary axes;
	compiler_view(&compiler, &axes);
	bool good = lexicon_compile(&compiler.image, &axes, documents, count);
	for (size_t i = 0; i < count; i++)
		good = good && documents[i].problems == 0;
	*image = image_finish(&compiler.image);
	return good;
}
