/* Names of places and agencies, and what spelling is repaired by. */
#include <stdlib.h>

#include "../vocabulary.h"
#include "compile.h"
#include "fold.h"

static const char *const name_members[] = {"id", "place", "kind", "say", "demonym", "weak",
                                           "upper", "region", "home", NULL};
static const char *const repair_members[] = {"letters", "keys", "plain", "short", NULL};

static uint32_t
name_slot(const struct lexicon_compiler *compiler, const uint32_t *slots, uint32_t slot_count,
          struct span text)
{
	uint32_t slot = lexicon_hash(LEXICON_SEED, text.at, text.length), ignored;
	const struct name *names = image_built(compiler->image, TEXT_SECTION(SECTION_NAMES),
	                                       sizeof *names, &ignored);
	const char *strings = image_built(compiler->image, SECTION_STRINGS, 1, &ignored);
	for (;; slot++) {
		uint32_t index = slots[slot & (slot_count - 1)];
		if (index == 0 || span_is(text, strings + names[index - 1].text))
			return slot & (slot_count - 1);
	}
}

/* Marks a word of a name; the first, with how many words the name has. */
static void
mark_word(struct symbol *symbol, uint32_t words)
{
	symbol->plain = true;
	if (words > symbol->name_words)
		symbol->name_words = (uint8_t)words;
}

static void
put_name(struct lexicon_compiler *compiler, const struct name *like, const char *say)
{
	struct span text = fold_phrase(compiler->arena, span_of(say));
	struct name name = *like;
	name.words = fold_count_words(text);
	if (name.words == 0 || name.words > NAME_LONGEST || text.length > WORD_LONGEST * 2) {
		compile_problem(compiler, "name-long", "\"%s\" is no name of 1 to 8 words", say);
		return;
	}
	for (size_t from = 0, i = 0; i <= text.length; i++) {
		if (i < text.length && text.at[i] != ' ')
			continue;
		uint32_t symbol = compile_word(compiler, (struct span){text.at + from, i - from});
		if (symbol != UINT32_MAX)
			mark_word(&compiler->symbols[symbol].symbol, from == 0 ? name.words : 0);
		from = i + 1;
	}
	name.text = image_string(compiler->image, text);
	image_put(compiler->image, TEXT_SECTION(SECTION_NAMES), &name, sizeof name);
}

static void
take_name(struct lexicon_compiler *compiler, json_t *object)
{
	document_only(compiler->document, compiler->place, object, name_members);
	const char *id = document_string(compiler->document, compiler->place, object, "id", true);
	struct name name = {.place = compile_value(compiler, object, "place", false),
	                    .other = NO_VALUE,
	                    .kind = compile_value(compiler, object, "kind", false),
	                    .demonym = json_is_true(json_object_get(object, "demonym")),
	                    .weak = json_is_true(json_object_get(object, "weak")),
	                    .upper = json_is_true(json_object_get(object, "upper")),
	                    .region = json_is_true(json_object_get(object, "region")),
	                    .home = json_is_true(json_object_get(object, "home"))};
	if (id != NULL)
		name.id = image_string(compiler->image, span_of(id));
	if (name.place == NO_VALUE && name.kind == NO_VALUE)
		compile_problem(compiler, "missing-member", "a name tells a place, a kind or both");
	json_t *list = document_array(compiler->document, compiler->place, object, "say", true);
	size_t i;
	json_t *entry;
	json_array_foreach(list, i, entry) {
		if (json_is_string(entry))
			put_name(compiler, &name, json_string_value(entry));
		else
			compile_problem(compiler, "shape", "a name is not a string");
	}
}

/* A name that several entries list is what the first says; where the others
 * stand is kept as far as it is the home country, and for what it is the region of. */
static void
merge_name(struct name *kept, const struct name *other)
{
	kept->home = kept->home || other->home;
	if (kept->region && other->region && kept->place != other->place)
		kept->other = other->place;
	kept->region = kept->region || other->region;
	if (kept->kind == NO_VALUE)
		kept->kind = other->kind;
	if (kept->place == NO_VALUE)
		kept->place = other->place;
}

void
compile_names(struct lexicon_compiler *compiler, struct document *documents, size_t count)
{
	compile_each(compiler, documents, count, "names", take_name);
	uint32_t names, slot_count = 64;
	struct name *list = (struct name *)image_built(
	        compiler->image, TEXT_SECTION(SECTION_NAMES), sizeof *list, &names);
	while (slot_count < names * 2)
		slot_count *= 2;
	uint32_t *slots = arena_alloc(compiler->arena, slot_count, sizeof *slots), ignored;
	const char *strings = image_built(compiler->image, SECTION_STRINGS, 1, &ignored);
	for (uint32_t i = 0; i < names; i++) {
		uint32_t slot = name_slot(compiler, slots, slot_count,
		                          span_of(strings + list[i].text));
		if (slots[slot] == 0)
			slots[slot] = i + 1;
		else
			merge_name(&list[slots[slot] - 1], &list[i]);
	}
	for (uint32_t i = 0; i < slot_count; i++) {
		uint32_t slot = slots[i];
		if (slot != 0) {
			struct span text = span_of(strings + list[slot - 1].text);
			slot = lexicon_slot(slot - 1,
			                    lexicon_hash(LEXICON_SEED, text.at, text.length));
		}
		image_put(compiler->image, TEXT_SECTION(SECTION_NAME_SLOTS), &slot, sizeof slot);
	}
}

static uint32_t
letter_set(struct span word)
{
	uint32_t set = 0;
	for (size_t i = 0; i < word.length; i++)
		set |= 1U << ((unsigned char)word.at[i] & 31);
	return set;
}

static int
by_code(const void *a, const void *b)
{
	const struct letter_swap *left = a, *right = b;
	return left->code < right->code ? -1 : left->code > right->code;
}

static void
take_letters(struct lexicon_compiler *compiler, json_t *letters)
{
	const char *from;
	json_t *to;
	json_object_foreach(letters, from, to) {
		struct letter *folded = NULL;
		size_t capacity = 0;
		size_t count = fold_letters(compiler->arena, &folded, &capacity, span_of(from), 0);
		if (count != 1 || !json_is_string(to)) {
			compile_problem(compiler, "shape", "\"%s\" is not one folded letter", from);
			continue;
		}
		struct letter_swap swap = {folded[0].code,
		                           image_string(compiler->image,
		                                        span_of(json_string_value(to)))};
		image_put(compiler->image, TEXT_SECTION(SECTION_LETTERS), &swap, sizeof swap);
	}
}

static void
take_keys(struct lexicon_compiler *compiler, json_t *repair, const char *member)
{
	json_t *list = document_array(compiler->document, compiler->place, repair, member, false);
	size_t i;
	json_t *entry;
	json_array_foreach(list, i, entry) {
		const char *text = json_string_value(entry);
		uint32_t symbol = text ? compile_word(compiler, span_of(text)) : UINT32_MAX;
		if (symbol == UINT32_MAX)
			continue;
		if (strcmp(member, "keys") == 0)
			compiler->symbols[symbol].symbol.key = true;
		else
			compiler->symbols[symbol].symbol.plain = true;
	}
}

static void
take_short(struct lexicon_compiler *compiler, json_t *words)
{
	const char *from;
	json_t *to;
	json_object_foreach(words, from, to) {
		const char *text = json_string_value(to);
		uint32_t symbol = compile_word(compiler, span_of(from));
		uint32_t instead = text ? compile_word(compiler, span_of(text)) : UINT32_MAX;
		if (symbol != UINT32_MAX && instead != UINT32_MAX)
			compiler->symbols[symbol].symbol.instead = instead + 1;
	}
}

static void
add_three(uint64_t set[KEY_THREES / 64], const char *letters, size_t length)
{
	if (length < 3) {
		memset(set, 0xff, KEY_THREES / 8);
		return;
	}
	bits_add(set, key_three(letters));
}

static void
put_keys(struct lexicon_compiler *compiler)
{
	uint64_t starts[KEY_THREES / 64] = {0}, ends[KEY_THREES / 64] = {0};
	for (uint32_t i = 0; i < compiler->symbol_count; i++) {
		const struct draft_symbol *draft = &compiler->symbols[i];
		if (!draft->symbol.key)
			continue;
		struct span text = draft->text;
		struct key_word key = {.symbol = i,
		                       .letters = letter_set(text),
		                       .first = (uint8_t)text.at[0],
		                       .length = (uint8_t)text.length};
		image_put(compiler->image, TEXT_SECTION(SECTION_KEYS), &key, sizeof key);
		add_three(starts, text.at, text.length);
		add_three(ends, text.at + text.length - (text.length < 3 ? text.length : 3),
		          text.length);
	}
	for (size_t i = 0; i < KEY_THREES / 64; i++) {
		image_put(compiler->image, TEXT_SECTION(SECTION_KEY_STARTS), &starts[i],
		          sizeof starts[i]);
		image_put(compiler->image, TEXT_SECTION(SECTION_KEY_ENDS), &ends[i], sizeof ends[i]);
	}
}

void
compile_repair(struct lexicon_compiler *compiler, struct document *documents, size_t count)
{
	static const struct place at = {.key = "repair"};
	for (size_t i = 0; i < count; i++) {
		json_t *repair = json_object_get(documents[i].root, "repair");
		compiler->document = &documents[i];
		compiler->place = &at;
		if (repair == NULL)
			continue;
		if (!json_is_object(repair)) {
			compile_problem(compiler, "shape", "\"repair\" is not an object");
			continue;
		}
		document_only(&documents[i], &at, repair, repair_members);
		take_letters(compiler, json_object_get(repair, "letters"));
		take_keys(compiler, repair, "keys");
		take_keys(compiler, repair, "plain");
		take_short(compiler, json_object_get(repair, "short"));
	}
	put_keys(compiler);
	uint32_t swaps;
	struct letter_swap *letters = (struct letter_swap *)image_built(
	        compiler->image, TEXT_SECTION(SECTION_LETTERS), sizeof *letters, &swaps);
	if (swaps != 0)
		qsort(letters, swaps, sizeof *letters, by_code);
}
