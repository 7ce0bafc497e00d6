/* From the text sections of vocabulary files to the lexicon's tables. */
#include "blocks.h"

#include <stdarg.h>
#include <stdio.h>

#include "../vocabulary.h"
#include "fold.h"

enum { SLOTS_FIRST = 1024 };

static const char *const known_classes[CLASS_KNOWN] = {
        "Proper", "Upper", "number", "place", "question", "abbreviation", "sentence-starter",
        "scope-end", "scope-late-end", "scope-comma-end", "scope-and-end", "scope-and",
        "scope-or", "scope-short", "choice", "link", "office", "party-word", "common", "request",
        "speaker", "serves", "ties", "frequent", "usual", "title",
        "language-en", "language-es", "language-fr", "language-de",
        "language-pt", "language-it", "language-nl"};

static const char *const languages[] = {"en", "es", "fr", "de", "pt", "it", "nl", NULL};
static const char *const strengths[] = {"strong", "weak", "last", "hint", NULL};
static const char *const effects[EFFECT_COUNT + 1] = {
        "spare", "deny-after", "deny-before", "deny-weak", "explain", "drop", "reject",
        "keep", "doubt", "question", "subject", "mention", "mention-near", "mention-own",
        "topic", "topic-after", "spare-mention", "work", "work-start", "demand", "elsewhere",
        "elsewhere-before", "aside", "passing", "tie", "doer", "bystander", "case", NULL};

static const char *const mask_members[] = {"id", "say", "blank", "not-after", "yes", "no", NULL};
static const char *const pattern_members[] = {"id", "say", "tells", "strength", "unless", "with",
                                              "case",
                                              "raw", "in", "not-in", "yes", "no", NULL};
static const char *const context_members[] = {"id", "say", "does", "tells", "not-after", "start",
                                              "in",
                                              "not-in", "yes", "no", NULL};
static const char *const rival_members[] = {"axis", "prefer", "always", NULL};

void
list_add(struct arena *arena, struct list *list, uint32_t number)
{
	list->at = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *list->at);
	list->at[list->count++] = number;
}

void
compile_problem(struct lexicon_compiler *compiler, const char *id, const char *format, ...)
{
	char message[256];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);
	document_problem(compiler->document, compiler->place, id, "%s", message);
}

static uint32_t
symbol_hash(struct span word, uint8_t part)
{
	return lexicon_hash(LEXICON_SEED + (uint32_t)part, word.at, word.length);
}

static void
grow_slots(struct lexicon_compiler *compiler)
{
	compiler->slot_count = compiler->slot_count ? compiler->slot_count * 2 : SLOTS_FIRST;
	compiler->slots =
	        arena_alloc(compiler->arena, compiler->slot_count, sizeof *compiler->slots);
	for (uint32_t i = 0; i < compiler->symbol_count; i++) {
		const struct draft_symbol *draft = &compiler->symbols[i];
		size_t slot = symbol_hash(draft->text, draft->symbol.part);
		while (compiler->slots[slot & (compiler->slot_count - 1)] != 0)
			slot++;
		compiler->slots[slot & (compiler->slot_count - 1)] = i + 1;
	}
}

/* Where a symbol is or would be in the slots. */
static size_t
symbol_slot(const struct lexicon_compiler *compiler, struct span word, uint8_t part)
{
	size_t slot = symbol_hash(word, part);
	for (;; slot++) {
		uint32_t index = compiler->slots[slot & (compiler->slot_count - 1)];
		if (index == 0)
			return slot & (compiler->slot_count - 1);
		const struct draft_symbol *draft = &compiler->symbols[index - 1];
		if (draft->symbol.part == part && span_equal(draft->text, word))
			return slot & (compiler->slot_count - 1);
	}
}

static uint32_t
intern(struct lexicon_compiler *compiler, struct span word, uint8_t part)
{
	if (compiler->symbol_count * 2 >= compiler->slot_count)
		grow_slots(compiler);
	size_t slot = symbol_slot(compiler, word, part);
	if (compiler->slots[slot] != 0)
		return compiler->slots[slot] - 1;
	compiler->symbols = arena_grow(compiler->arena, compiler->symbols, compiler->symbol_count,
	                               &compiler->symbol_capacity, sizeof *compiler->symbols);
	compiler->symbols[compiler->symbol_count] = (struct draft_symbol){
	        .text = word, .symbol = {.part = part, .length = (uint8_t)word.length}};
	compiler->slots[slot] = (uint32_t)compiler->symbol_count + 1;
	return (uint32_t)compiler->symbol_count++;
}

bool
compile_in_class(const struct lexicon_compiler *compiler, uint32_t symbol, uint32_t class)
{
	const struct list *classes = &compiler->symbols[symbol].classes;
	return classes->count != 0 && classes->at[classes->count - 1] == class;
}

static bool
part_in_class(const struct lexicon_compiler *compiler, struct span word, uint8_t part,
              uint32_t class)
{
	uint32_t index = compiler->slots[symbol_slot(compiler, word, part)];
	return index != 0 && compile_in_class(compiler, index - 1, class);
}

bool
compile_covered(const struct lexicon_compiler *compiler, uint32_t symbol, uint32_t class)
{
	struct span text = compiler->symbols[symbol].text;
	uint8_t own = compiler->symbols[symbol].symbol.part;
	size_t stem_most = text.length - (own == WORD_BEGINNING);
	for (size_t length = STEM_LEAST; own != WORD_END && length <= stem_most; length++) {
		if (part_in_class(compiler, (struct span){text.at, length}, WORD_BEGINNING, class))
			return true;
	}
	for (size_t length = END_LEAST; own != WORD_BEGINNING && length < text.length; length++) {
		struct span end = {text.at + text.length - length, length};
		if (part_in_class(compiler, end, WORD_END, class))
			return true;
	}
	return false;
}

uint32_t
compile_word(struct lexicon_compiler *compiler, struct span word)
{
	uint8_t part = WORD_WHOLE;
	struct span stem = word;
	if (word.length > 1 && word.at[word.length - 1] == '*') {
		part = WORD_BEGINNING;
		stem.length--;
	} else if (word.length > 1 && word.at[0] == '*') {
		part = WORD_END;
		stem = (struct span){word.at + 1, word.length - 1};
	}
	struct span folded = fold_phrase(compiler->arena, stem);
	if (folded.length == 0 && stem.length <= 3)
		folded = stem; /* a mark, as ":" or a dash */
	if (folded.length == 0 || folded.length > WORD_LONGEST ||
	    memchr(folded.at, ' ', folded.length) != NULL) {
		compile_problem(compiler, "pattern-syntax", "\"%.*s\" is not one word",
		                (int)word.length, word.at);
		return UINT32_MAX;
	}
	if ((part == WORD_BEGINNING && folded.length < STEM_LEAST) ||
	    (part == WORD_END && folded.length < END_LEAST)) {
		compile_problem(compiler, "stem-short",
		                "\"%.*s\" would match too many words: write them out",
		                (int)word.length, word.at);
		return UINT32_MAX;
	}
	return intern(compiler, folded, part);
}

uint32_t
compile_class_named(struct lexicon_compiler *compiler, struct span name)
{
	for (uint32_t i = 0; i < compiler->class_count; i++) {
		if (compiler->classes[i].name != NULL && span_is(name, compiler->classes[i].name))
			return i;
	}
	compiler->classes = arena_grow(compiler->arena, compiler->classes, compiler->class_count,
	                               &compiler->class_capacity, sizeof *compiler->classes);
	compiler->classes[compiler->class_count] =
	        (struct draft_class){.name = arena_copy(compiler->arena, name)};
	return (uint32_t)compiler->class_count++;
}

static bool
is_one_word(const char *text)
{
	return text[0] != '\0' && (text[1] == '\0' || strpbrk(text, " (|)<>~?") == NULL);
}

void
compile_class(struct lexicon_compiler *compiler, uint32_t index)
{
	if (compiler->classes[index].compiled)
		return;
	struct document *document = compiler->document;
	const struct place *place = compiler->place;
	compiler->classes[index].compiled = compiler->classes[index].compiling = true;
	for (size_t i = 0; i < compiler->classes[index].member_count; i++) {
		struct draft_member member = compiler->classes[index].members[i];
		compiler->document = member.document;
		compiler->place = member.place;
		struct item item = {.kind = ITEM_CLASS, .target = index, .raw = true};
		if (is_one_word(member.text)) {
			uint32_t symbol = compile_word(compiler, span_of(member.text));
			if (symbol != UINT32_MAX)
				list_add(compiler->arena, &compiler->symbols[symbol].classes,
				         index);
		} else if (compile_pattern(compiler, span_of(member.text), &item)) {
			compile_add(compiler, &item);
		}
	}
	compiler->classes[index].compiling = false;
	compiler->document = document;
	compiler->place = place;
}

static void
add_members(struct lexicon_compiler *compiler, uint32_t class, const struct place *at,
            json_t *words)
{
	size_t i;
	json_t *word;
	json_array_foreach(words, i, word) {
		struct draft_class *draft = &compiler->classes[class];
		draft->members = arena_grow(compiler->arena, draft->members, draft->member_count,
		                            &draft->member_capacity, sizeof *draft->members);
		const struct place *place = place_keep(compiler->arena, at, NULL, i);
		if (!json_is_string(word))
			document_problem(compiler->document, place, "shape", "not a string");
		else
			draft->members[draft->member_count++] = (struct draft_member){
			        json_string_value(word), compiler->document, place};
	}
}

static void
collect_classes(struct lexicon_compiler *compiler, struct document *document)
{
	json_t *classes = json_object_get(document->root, "classes"), *words;
	const struct place *at = place_keep(compiler->arena, NULL, "classes", 0);
	const char *name;
	compiler->document = document;
	if (classes != NULL && !json_is_object(classes))
		document_problem(document, at, "shape", "\"classes\" is not an object");
	json_object_foreach(classes, name, words) {
		const struct place *place = place_keep(compiler->arena, at, name, 0);
		if (!json_is_array(words)) {
			document_problem(document, place, "shape", "a class is not an array");
			continue;
		}
		uint32_t class = compile_class_named(compiler, span_of(name));
		if (class < CLASS_LOOKS)
			document_problem(document, place, "class-reserved",
			                 "\"%s\" is not a list of words", name);
		else
			add_members(compiler, class, place, words);
	}
}

void
compile_each(struct lexicon_compiler *compiler, struct document *documents, size_t count,
             const char *key, void (*take)(struct lexicon_compiler *, json_t *))
{
	for (size_t i = 0; i < count; i++) {
		json_t *list = document_array(&documents[i], NULL, documents[i].root, key, false);
		const struct place *at = place_keep(compiler->arena, NULL, key, 0);
		size_t j;
		json_t *entry;
		json_array_foreach(list, j, entry) {
			compiler->document = &documents[i];
			compiler->place = place_keep(compiler->arena, at, NULL, j);
			if (json_is_object(entry))
				take(compiler, entry);
			else
				compile_problem(compiler, "shape", "not an object");
		}
	}
}

uint32_t
compile_value(struct lexicon_compiler *compiler, json_t *object, const char *key, bool required)
{
	const char *text = document_string(compiler->document, compiler->place, object, key,
	                                   required);
	if (text == NULL)
		return NO_VALUE;
	uint32_t value = vocabulary_tell(compiler->axes, text);
	uint32_t axis = vocabulary_axis(compiler->axes, text);
	if (value == NO_VALUE && axis != NO_AXIS)
		value = compiler->axes->axes[axis].root;
	if (value == NO_VALUE)
		compile_problem(compiler, "unknown-value",
		                "\"%s\" is neither an axis nor \"axis=value\"", text);
	return value;
}

/* The index of a word in a NULL-terminated list; the first is the default. */
static uint8_t
choose(struct lexicon_compiler *compiler, json_t *object, const char *key,
       const char *const *choices)
{
	const char *text =
	        document_string(compiler->document, compiler->place, object, key, false);
	for (uint8_t i = 0; text != NULL && choices[i] != NULL; i++) {
		if (strcmp(text, choices[i]) == 0)
			return i;
	}
	if (text != NULL)
		compile_problem(compiler, "shape", "\"%s\" is no \"%s\"", text, key);
	return 0;
}

static void
take_examples(struct lexicon_compiler *compiler, json_t *object)
{
	document_string(compiler->document, compiler->place, object, "yes", false);
	document_string(compiler->document, compiler->place, object, "no", false);
}

/* Reads what masks, patterns and context have in common. */
static bool
take_item(struct lexicon_compiler *compiler, json_t *object, struct item *item)
{
	const char *id = document_string(compiler->document, compiler->place, object, "id", true);
	const char *say = document_string(compiler->document, compiler->place, object, "say", true);
	take_examples(compiler, object);
	if (id == NULL || say == NULL)
		return false;
	compiler->ids = arena_grow(compiler->arena, compiler->ids, compiler->id_count,
	                           &compiler->id_capacity, sizeof *compiler->ids);
	compiler->ids[compiler->id_count] = (struct draft_id){
	        id, compiler->document, compiler->place, compiler->id_count};
	compiler->id_count++;
	item->id = image_string(compiler->image, span_of(id));
	return compile_pattern(compiler, span_of(say), item);
}

static uint32_t
class_member(struct lexicon_compiler *compiler, json_t *object, const char *key, bool required)
{
	const char *name =
	        document_string(compiler->document, compiler->place, object, key, required);
	if (name == NULL)
		return UINT32_MAX;
	uint32_t class = compile_class_named(compiler, span_of(name));
	if (compiler->classes[class].member_count == 0)
		compile_problem(compiler, "unknown-class", "no class \"%s\"", name);
	else
		compile_class(compiler, class);
	return class;
}

static void
take_mask(struct lexicon_compiler *compiler, json_t *object)
{
	struct item item = {.kind = ITEM_MASK, .raw = true};
	document_only(compiler->document, compiler->place, object, mask_members);
	item.target = class_member(compiler, object, "blank", true);
	item.not_after = class_member(compiler, object, "not-after", false) + 1;
	if (take_item(compiler, object, &item))
		compile_add(compiler, &item);
}

static uint8_t
language_set(struct lexicon_compiler *compiler, json_t *object, const char *key)
{
	json_t *list = document_array(compiler->document, compiler->place, object, key, false);
	uint8_t set = 0;
	size_t i;
	json_t *entry;
	json_array_foreach(list, i, entry) {
		const char *name = json_string_value(entry);
		unsigned j = 0;
		while (languages[j] != NULL && (name == NULL || strcmp(name, languages[j]) != 0))
			j++;
		if (languages[j] == NULL)
			compile_problem(compiler, "shape", "\"%s\" names no language it knows", key);
		else
			set = (uint8_t)(set | 1U << j);
	}
	return set;
}

/* The languages that an item is not in force in. */
static uint8_t
take_languages(struct lexicon_compiler *compiler, json_t *object)
{
	uint8_t only = language_set(compiler, object, "in");
	uint8_t not_in = language_set(compiler, object, "not-in");
	return only != 0 ? (uint8_t)~only : not_in;
}

static void
take_pattern(struct lexicon_compiler *compiler, json_t *object)
{
	static const char *const cases[] = {"any", "upper", "named", NULL};
	struct item item = {.kind = ITEM_PATTERN};
	document_only(compiler->document, compiler->place, object, pattern_members);
	item.value = compile_value(compiler, object, "tells", true);
	item.unless = compile_value(compiler, object, "unless", false);
	item.with = compile_value(compiler, object, "with", false);
	item.strength = choose(compiler, object, "strength", strengths);
	uint8_t letters = choose(compiler, object, "case", cases);
	item.upper = letters == 1;
	item.named = letters == 2;
	item.raw = json_is_true(json_object_get(object, "raw"));
	item.languages = take_languages(compiler, object);
	if (take_item(compiler, object, &item))
		compile_add(compiler, &item);
}

static void
take_context(struct lexicon_compiler *compiler, json_t *object)
{
	struct item item = {.kind = ITEM_CONTEXT, .raw = true};
	document_only(compiler->document, compiler->place, object, context_members);
	if (json_object_get(object, "does") == NULL)
		compile_problem(compiler, "missing-member", "\"does\" is missing");
	item.effect = choose(compiler, object, "does", effects);
	item.value = compile_value(compiler, object, "tells", false);
	item.start = json_is_true(json_object_get(object, "start"));
	item.not_after = class_member(compiler, object, "not-after", false) + 1;
	item.languages = take_languages(compiler, object);
	if (take_item(compiler, object, &item))
		compile_add(compiler, &item);
}

static void
take_rival(struct lexicon_compiler *compiler, json_t *object)
{
	document_only(compiler->document, compiler->place, object, rival_members);
	const char *axis = document_string(compiler->document, compiler->place, object, "axis", true);
	struct rival rival = {.axis = NO_AXIS};
	if (axis != NULL)
		rival.axis = vocabulary_axis(compiler->axes, axis);
	if (rival.axis == NO_AXIS)
		compile_problem(compiler, "unknown-axis", "no axis \"%s\"", axis ? axis : "");
	rival.prefer = compile_value(compiler, object, "prefer", true);
	rival.always = json_is_true(json_object_get(object, "always"));
	image_put(compiler->image, TEXT_SECTION(SECTION_RIVALS), &rival, sizeof rival);
}

static uint32_t
put_list(struct lexicon_compiler *compiler, const struct list *list)
{
	uint32_t first;
	image_built(compiler->image, TEXT_SECTION(SECTION_TEXT_LINKS), sizeof first, &first);
	for (size_t i = 0; i < list->count; i++)
		image_put(compiler->image, TEXT_SECTION(SECTION_TEXT_LINKS), &list->at[i],
		          sizeof list->at[i]);
	return first;
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *left = a, *right = b;
	return *left < *right ? -1 : *left > *right;
}

/* The starts of a symbol's classes are its own, too. */
static void
gather_starts(struct lexicon_compiler *compiler, struct draft_symbol *draft)
{
	for (size_t i = 0; i < draft->classes.count; i++) {
		const struct list *starts = &compiler->classes[draft->classes.at[i]].starts;
		for (size_t j = 0; j < starts->count; j++)
			list_add(compiler->arena, &draft->starts, starts->at[j]);
	}
}

/* Numbers the classes that have members of several words. */
static void
number_spans(struct lexicon_compiler *compiler)
{
	uint32_t count = 0;
	for (size_t i = 0; i < compiler->item_count; i++) {
		const struct item *item = &compiler->items[i];
		if (item->kind == ITEM_CLASS)
			compiler->classes[item->target].spans = 1;
	}
	for (size_t i = 0; i < compiler->class_count; i++) {
		if (compiler->classes[i].spans != 0)
			compiler->classes[i].spans = ++count;
	}
}

static void
put_symbols(struct lexicon_compiler *compiler)
{
	for (size_t i = 0; i < compiler->symbol_count; i++) {
		struct draft_symbol *draft = &compiler->symbols[i];
		struct symbol *symbol = &draft->symbol;
		symbol->text = image_string(compiler->image, draft->text);
		if (draft->classes.count != 0)
			qsort(draft->classes.at, draft->classes.count, sizeof *draft->classes.at,
			      by_number);
		gather_starts(compiler, draft);
		symbol->class_count = (uint32_t)draft->classes.count;
		symbol->classes = put_list(compiler, &draft->classes);
		symbol->starts = blocks_put(compiler->image, &draft->starts);
		image_put(compiler->image, TEXT_SECTION(SECTION_SYMBOLS), symbol, sizeof *symbol);
	}
	for (size_t i = 0; i < compiler->slot_count; i++) {
		uint32_t slot = compiler->slots[i];
		if (slot != 0) {
			const struct draft_symbol *draft = &compiler->symbols[slot - 1];
			slot = lexicon_slot(slot - 1, symbol_hash(draft->text, draft->symbol.part));
		}
		image_put(compiler->image, TEXT_SECTION(SECTION_SYMBOL_SLOTS), &slot, sizeof slot);
	}
	number_spans(compiler);
	for (size_t i = 0; i < compiler->class_count; i++) {
		const struct draft_class *draft = &compiler->classes[i];
		struct word_class class = {
		        .name = draft->name ? image_string(compiler->image, span_of(draft->name)) : 0,
		        .spans = draft->spans,
		        .starts = blocks_put(compiler->image, &compiler->classes[i].starts),
		        .signature = draft->signature};
		image_put(compiler->image, TEXT_SECTION(SECTION_CLASSES), &class, sizeof class);
	}
	for (size_t i = 0; i < compiler->item_count; i++)
		image_put(compiler->image, TEXT_SECTION(SECTION_ITEMS), &compiler->items[i],
		          sizeof compiler->items[i]);
}

static int
by_text_and_place(const void *a, const void *b)
{
	const struct draft_id *one = a, *other = b;
	int order = strcmp(one->text, other->text);
	if (order == 0 && one->document != other->document)
		return one->document < other->document ? -1 : 1;
	return order != 0 ? order : one->number < other->number ? -1 : 1;
}

static void
check_ids(struct lexicon_compiler *compiler)
{
	if (compiler->id_count != 0)
		qsort(compiler->ids, compiler->id_count, sizeof *compiler->ids,
		      by_text_and_place);
	for (size_t i = 1; i < compiler->id_count; i++) {
		const struct draft_id *id = &compiler->ids[i];
		if (strcmp(id[-1].text, id->text) == 0)
			document_problem(id->document, id->place, "duplicate-id",
			                 "the id \"%s\" stands twice", id->text);
	}
}

bool
lexicon_compile(struct image_builder *image, const struct vocabulary *axes,
                struct document *documents, size_t count)
{
	struct lexicon_compiler compiler = {.arena = image->arena, .image = image, .axes = axes};
	size_t problems = 0, after = 0;
	for (size_t i = 0; i < count; i++)
		problems += documents[i].problems;
	for (size_t i = 0; i < CLASS_KNOWN; i++)
		compile_class_named(&compiler, span_of(known_classes[i]));
	for (size_t i = 0; i < count; i++)
		collect_classes(&compiler, &documents[i]);
	for (uint32_t i = CLASS_LOOKS; i < compiler.class_count; i++)
		compile_class(&compiler, i);
	compile_each(&compiler, documents, count, "masks", take_mask);
	compile_each(&compiler, documents, count, "context", take_context);
	compile_each(&compiler, documents, count, "patterns", take_pattern);
	compile_each(&compiler, documents, count, "rivals", take_rival);
	compile_names(&compiler, documents, count);
	compile_repair(&compiler, documents, count);
	check_ids(&compiler);
	compile_items(&compiler);
	compile_sets(&compiler);
	put_symbols(&compiler);
	compile_chains(image);
	for (size_t i = 0; i < count; i++)
		after += documents[i].problems;
	return after == problems;
}
