/*
 * The matcher against a plain one, which takes an item's instructions word for
 * word: both must find the same in texts made of what items say. And with what it
 * remembers of stretches against itself without: in texts of the same sentences, in
 * another order.
 */
#include <stdlib.h>

#include "builtin.h"
#include "suite.h"
#include "text/reader.h"

enum { TEXTS = 600, PHRASES = 6, TEXT_LONGEST = 1 << 14 };
enum { SENTENCES = 400, SHUFFLED = 3000, SENTENCES_MOST = 9 };

static struct arena arena;
static struct vocabulary vocabulary;
static uint32_t dice;

static uint32_t
roll(uint32_t sides)
{
	dice = dice * 1664525 + 1013904223;
	return (dice >> 8) % sides;
}

struct maker {
	char text[TEXT_LONGEST];
	size_t length;
};

static void
say(struct maker *maker, const char *word)
{
	size_t length = strlen(word);
	if (maker->length + length + 2 > sizeof maker->text)
		return;
	if (roll(40) == 0)
		maker->text[maker->length++] = ".,?"[roll(3)];
	maker->text[maker->length++] = ' ';
	memcpy(maker->text + maker->length, word, length);
	if (roll(8) == 0 && word[0] >= 'a' && word[0] <= 'z')
		maker->text[maker->length] = (char)(word[0] - 'a' + 'A');
	maker->length += length;
	maker->text[maker->length] = '\0';
}

static void
say_symbol(struct maker *maker, uint32_t symbol)
{
	say(maker, vocabulary.lexicon.strings + vocabulary.lexicon.symbols[symbol].text);
}

static void say_item(struct maker *, const struct item *);

/* A member of several words. */
static void
say_long_member(struct maker *maker, uint32_t class)
{
	const struct lexicon *lexicon = &vocabulary.lexicon;
	uint32_t from = roll(lexicon->item_count);
	for (uint32_t i = 0; i < lexicon->item_count; i++) {
		const struct item *item = &lexicon->items[(from + i) % lexicon->item_count];
		if (item->kind == ITEM_CLASS && item->target == class) {
			say_item(maker, item);
			return;
		}
	}
}

static void
say_member(struct maker *maker, uint32_t class)
{
	const struct lexicon *lexicon = &vocabulary.lexicon;
	if (lexicon->classes[class].spans != 0 && roll(2) == 0) {
		say_long_member(maker, class);
		return;
	}
	uint32_t from = roll(lexicon->symbol_count);
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		uint32_t symbol = (from + i) % lexicon->symbol_count;
		if (lexicon_in_class(lexicon, symbol, class)) {
			say_symbol(maker, symbol);
			return;
		}
	}
	say(maker, "Bavaria");
}

/* One way through an item; now and then a word is left out. */
static void
say_item(struct maker *maker, const struct item *item)
{
	const struct lexicon *lexicon = &vocabulary.lexicon;
	const struct instruction *code = lexicon->code + item->code;
	for (uint32_t at = 0; code[at].operation != CODE_MATCH;) {
		bool other = roll(2) == 0;
		if (code[at].operation == CODE_WORD && roll(50) != 0)
			say_symbol(maker, code[at].argument);
		else if (code[at].operation == CODE_CLASS)
			say_member(maker, code[at].argument);
		else if (code[at].operation == CODE_SKIP && !other)
			say_symbol(maker, roll(lexicon->symbol_count));
		bool jump = code[at].operation == CODE_JUMP ||
		            (other && (code[at].operation == CODE_FORK ||
		                       code[at].operation == CODE_SKIP));
		at = jump ? code[at].argument : at + 1;
	}
}

static void
make_text(struct maker *maker)
{
	maker->length = 0;
	for (uint32_t i = 0; i < PHRASES; i++)
		say_item(maker, &vocabulary.lexicon.items[roll(vocabulary.lexicon.item_count)]);
}

/* The plain matcher. Lengths are bit sets: bit 0 is one word. */
struct plain {
	const struct reader *reader;
	bool masked;
	uint64_t *lengths; /* of each class at each token, where known */
	bool *known;
	uint32_t *first_item, *next_item; /* class members of several words, + 1; or 0 */
};

static bool
is_visible(const struct plain *plain, size_t token)
{
	return token < plain->reader->token_count &&
	       !(plain->masked && plain->reader->tokens[token].blank);
}

static uint64_t walk(struct plain *, const struct item *, uint32_t at, size_t start,
                     size_t offset);

static uint64_t
look_lengths(const struct reader *reader, size_t at, uint32_t look)
{
	const struct token *token = &reader->tokens[at];
	if (look == CLASS_PROPER)
		return token->capital && token->length > 1 && !token_in(reader, at, CLASS_COMMON);
	if (look == CLASS_UPPER)
		return token->upper;
	if (look == CLASS_NUMBER)
		return !token->mark && token->text[0] >= '0' && token->text[0] <= '9';
	if (look == CLASS_QUESTION)
		return token->mark && token->text[0] == '?';
	if (token->name == 0)
		return 0;
	const struct finding *finding = &reader->findings[token->name - 1];
	bool place = finding->place != NO_VALUE && finding->kind == NO_VALUE;
	return (uint64_t)place << (finding->last - finding->first);
}

static uint64_t
class_lengths(struct plain *plain, uint32_t class, size_t token)
{
	if (!is_visible(plain, token))
		return 0;
	size_t index = class * plain->reader->token_count + token;
	if (plain->known[index])
		return plain->lengths[index];
	uint64_t lengths = class < CLASS_LOOKS ? look_lengths(plain->reader, token, class)
	                                       : token_in(plain->reader, token, class);
	for (uint32_t i = plain->first_item[class]; i != 0; i = plain->next_item[i - 1])
		lengths |= walk(plain, reader_item(plain->reader, i - 1), 0, token, 0);
	plain->known[index] = true;
	return plain->lengths[index] = lengths;
}

static bool
has_symbol(const struct plain *plain, size_t at, uint32_t symbol)
{
	if (!is_visible(plain, at))
		return false;
	const struct token *token = &plain->reader->tokens[at];
	for (uint32_t i = 0; i < token->symbol_count; i++) {
		if (plain->reader->symbols[token->symbols + i] == symbol)
			return true;
	}
	return false;
}

/* The lengths of all matches that go on with instruction `at`. */
static uint64_t
walk(struct plain *plain, const struct item *item, uint32_t at, size_t start, size_t offset)
{
	const struct reader *reader = plain->reader;
	const struct instruction *code = &reader->lexicon->code[item->code + at];
	size_t token = start + offset;
	uint64_t found = 0, lengths;
	if (offset > MATCH_LONGEST)
		return 0;
	switch (code->operation) {
	case CODE_WORD:
		return has_symbol(plain, token, code->argument)
		               ? walk(plain, item, at + 1, start, offset + 1)
		               : 0;
	case CODE_CLASS:
		lengths = class_lengths(plain, code->argument, token);
		for (size_t i = 0; i < MATCH_LONGEST; i++) {
			if (lengths >> i & 1)
				found |= walk(plain, item, at + 1, start, offset + i + 1);
		}
		return found;
	case CODE_FORK:
		return walk(plain, item, at + 1, start, offset) |
		       walk(plain, item, code->argument, start, offset);
	case CODE_JUMP:
		return walk(plain, item, code->argument, start, offset);
	case CODE_SKIP:
		found = walk(plain, item, code->argument, start, offset);
		if (token < reader->token_count && !reader->tokens[token].stop)
			found |= walk(plain, item, at + 1, start, offset + 1);
		return found;
	default:
		return (uint64_t)1 << (offset - 1);
	}
}

static uint32_t
pick_length(uint64_t lengths, bool longest)
{
	uint32_t length = 0;
	for (uint32_t i = 0; i < MATCH_LONGEST && (longest || length == 0); i++) {
		if (lengths >> i & 1)
			length = i + 1;
	}
	return length;
}

static void
start_plain(struct plain *plain, const struct reader *reader, bool masked)
{
	const struct lexicon *lexicon = reader->lexicon;
	size_t count = lexicon->class_count * reader->token_count + 1;
	*plain = (struct plain){.reader = reader, .masked = masked};
	plain->lengths = arena_alloc(&arena, count, sizeof *plain->lengths);
	plain->known = arena_alloc(&arena, count, sizeof *plain->known);
	plain->first_item = arena_alloc(&arena, lexicon->class_count, sizeof(uint32_t));
	plain->next_item = arena_alloc(&arena, lexicon->item_count, sizeof(uint32_t));
	for (uint32_t i = 0; i < lexicon->item_count; i++) {
		if (lexicon->items[i].kind != ITEM_CLASS)
			continue;
		plain->next_item[i] = plain->first_item[lexicon->items[i].target];
		plain->first_item[lexicon->items[i].target] = i + 1;
	}
}

/* By token, and those of one token from the last item to the first. */
static void
compare(const struct reader *reader, const struct match_list *list, enum item_kind kind)
{
	struct plain whole, masked;
	size_t count = 0;
	start_plain(&whole, reader, false);
	start_plain(&masked, reader, true);
	for (uint32_t token = 0; token < reader->token_count; token++) {
		for (uint32_t i = reader->lexicon->item_count; i-- > 0;) {
			const struct item *item = reader_item(reader, i);
			struct plain *plain = item->raw ? &whole : &masked;
			if (item->kind != kind)
				continue;
			uint32_t length = pick_length(walk(plain, item, 0, token, 0),
			                              kind == ITEM_MASK);
			if (length == 0)
				continue;
			ck_assert_uint_lt(count, list->count);
			ck_assert_uint_eq(list->at[count].item, i);
			ck_assert_uint_eq(list->at[count].first, token);
			ck_assert_uint_eq(list->at[count].last, token + length - 1);
			count++;
		}
	}
	ck_assert_uint_eq(count, list->count);
}

static struct reader
read_with(const char *text, struct word_memory *words)
{
	struct facts *facts = arena_alloc(&arena, 1, sizeof *facts);
	struct text_piece *piece = arena_alloc(&arena, 1, sizeof *piece);
	*piece = (struct text_piece){span_of(text), "/text", TEXT_BODY};
	facts_start(facts, &vocabulary, &arena);
	facts->words = words;
	struct reader reader;
	reader_start(&reader, facts, piece, 1);
	words_read(&reader);
	sentences_count(&reader);
	names_find(&reader);
	match_run(&reader);
	match_blank(&reader);
	return reader;
}

static void
read_and_compare(const char *text, size_t counts[3])
{
	struct reader reader = read_with(text, NULL);
	compare(&reader, &reader.masks, ITEM_MASK);
	compare(&reader, &reader.context, ITEM_CONTEXT);
	compare(&reader, &reader.patterns, ITEM_PATTERN);
	counts[0] += reader.masks.count;
	counts[1] += reader.context.count;
	counts[2] += reader.patterns.count;
}

START_TEST(same_as_plain)
{
	static struct maker maker;
	size_t counts[3] = {0};
	for (uint32_t i = 0; i < TEXTS; i++) {
		dice = i;
		struct arena_mark mark = arena_mark(&arena);
		make_text(&maker);
		read_and_compare(maker.text, counts);
		arena_release(&arena, mark);
	}
	for (size_t i = 0; i < 3; i++)
		ck_assert_uint_gt(counts[i], TEXTS / 8);
}
END_TEST

START_TEST(short_and_stopped)
{
	size_t counts[3] = {0};
	read_and_compare("", counts);
	read_and_compare("facial", counts);
	read_and_compare("do not use facial recognition", counts);
	read_and_compare("police. facial. recognition? of the police", counts);
}
END_TEST

/* Whether a match of an item may go on behind the end of a sentence. */
static bool
may_stop(const struct item *item)
{
	const struct lexicon *lexicon = &vocabulary.lexicon;
	uint32_t stop = lexicon_symbol(lexicon, span_of("."), WORD_WHOLE);
	for (uint32_t i = 0; i < item->length; i++) {
		const struct instruction *code = &lexicon->code[item->code + i];
		if (code->operation == CODE_WORD ? code->argument == stop
		    : code->operation == CODE_CLASS &&
		              lexicon_in_class(lexicon, stop, code->argument))
			return true;
	}
	return false;
}

/* Sentences that items say, mostly such, in their order. */
static void
make_sentences(struct maker *sentences)
{
	static struct maker whole;
	for (size_t count = 0; count < SENTENCES;) {
		const struct item *item =
		        &vocabulary.lexicon.items[roll(vocabulary.lexicon.item_count)];
		if (!may_stop(item) && roll(200) != 0)
			continue;
		whole.length = 0;
		say_item(&whole, item);
		whole.text[whole.length] = '\0';
		const char *end;
		for (const char *at = whole.text; *at != '\0' && count < SENTENCES; at = end) {
			end = at + strcspn(at, ".?");
			end += *end != '\0';
			sentences[count].length = (size_t)(end - at);
			memcpy(sentences[count++].text, at, (size_t)(end - at));
		}
	}
}

/* Some letters are capitals, or no longer. */
static void
say_sentence(struct maker *maker, const struct maker *sentence)
{
	if (maker->length + sentence->length + 3 > sizeof maker->text)
		return;
	for (size_t i = 0; i < sentence->length; i++) {
		char c = sentence->text[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool first = letter && (i == 0 || sentence->text[i - 1] == ' ');
		maker->text[maker->length++] = first && roll(40) == 0 ? (char)(c ^ ' ') : c;
	}
	maker->text[maker->length++] = roll(3) == 0 ? '.' : ' ';
	maker->text[maker->length++] = ' ';
	maker->text[maker->length] = '\0';
}

/* Some of them, a few that follow each other at a time. */
static void
shuffle(struct maker *maker, const struct maker *sentences)
{
	maker->length = 0;
	for (uint32_t i = roll(SENTENCES_MOST), at = 0; i <= SENTENCES_MOST; i++, at++) {
		if (at % SENTENCES == 0 || roll(3) == 0)
			at = roll(SENTENCES);
		say_sentence(maker, &sentences[at % SENTENCES]);
	}
}

static void
same_matches(const struct match_list *a, const struct match_list *b)
{
	ck_assert_uint_eq(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		ck_assert_uint_eq(a->at[i].item, b->at[i].item);
		ck_assert_uint_eq(a->at[i].first, b->at[i].first);
		ck_assert_uint_eq(a->at[i].last, b->at[i].last);
	}
}

START_TEST(same_remembered)
{
	static struct maker maker, sentences[SENTENCES];
	struct word_memory *memory = word_memory_new();
	ck_assert_ptr_nonnull(memory);
	dice = 0;
	make_sentences(sentences);
	for (uint32_t i = 0; i < SHUFFLED; i++) {
		struct arena_mark mark = arena_mark(&arena);
		shuffle(&maker, sentences);
		struct reader alone = read_with(maker.text, NULL);
		struct reader recalled = read_with(maker.text, memory);
		same_matches(&alone.masks, &recalled.masks);
		same_matches(&alone.context, &recalled.context);
		same_matches(&alone.patterns, &recalled.patterns);
		arena_release(&arena, mark);
	}
	ck_assert_ptr_nonnull(word_memory_stretches(memory, &vocabulary.lexicon, 0));
	word_memory_free(memory);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("match");
	TCase *tests = tcase_create("match");
	arena_init(&arena);
	if (setjmp(arena.exhausted) != 0)
		abort();
	vocabulary_use(&vocabulary, builtin_image);
	tcase_set_timeout(tests, 100);
	tcase_add_test(tests, same_as_plain);
	tcase_add_test(tests, short_and_stopped);
	tcase_add_test(tests, same_remembered);
	int status = suite_run(suite, tests);
	arena_free(&arena);
	return status;
}
