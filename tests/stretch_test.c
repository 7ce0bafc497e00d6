/*
 * What is remembered of stretches against matching without, in texts of few words and
 * of items that go on behind the ends of sentences in every way: one or several, after
 * gaps, masks at their longest, members of classes whose end lies behind them.
 */
#include <stdio.h>

#include "suite.h"
#include "text/reader.h"

enum { TEXTS = 40000, SENTENCES = 60, SENTENCES_MOST = 8, SENTENCE_MOST = 512 };

/* JSON with other quotation marks. */
static char words_and_items[] =
        "{'axes': [{'axis': 'colour', 'label': 'colour', 'holds': 'one',"
        "           'unstated': 'unknown', 'values': [{'value': 'red', 'label': 'red'}]}],"
        " 'classes': {'stop': ['.', '?', '\\n'], 'letter': ['alpha', 'bravo'], 'asked': ['?'],"
        "  'pair': ['alpha ~1 bravo', 'delta echo'],"
        "  'ending': ['charlie .', 'echo ~2 .'],"
        "  'across': ['golf . hotel', 'hotel ~2 <stop> ~1 golf']},"
        " 'masks': ["
        "  {'id': 'm1', 'say': 'alpha (bravo|. ~3 bravo)?', 'blank': 'letter'},"
        "  {'id': 'm2', 'say': 'bravo ~2 <stop> <letter>', 'blank': 'letter'}],"
        " 'context': ["
        "  {'id': 'c1', 'say': 'delta <asked> alpha', 'does': 'question'},"
        "  {'id': 'c2', 'say': '<pair> ~4 <stop> ~3 foxtrot', 'does': 'question'},"
        "  {'id': 'c3', 'say': 'echo (. india .|. ~6 . ~2 echo)', 'does': 'question'},"
        "  {'id': 'c4', 'say': 'foxtrot <across>', 'does': 'question'}],"
        " 'patterns': ["
        "  {'id': 'p1', 'say': 'alpha ~5 <stop> (~5 <stop>)? ~5 charlie bravo',"
        "   'tells': 'colour=red'},"
        "  {'id': 'p2', 'say': '<ending> ~2 delta', 'tells': 'colour=red'},"
        "  {'id': 'p3', 'say': 'bravo ~30 <stop> ~30 golf (<pair>|golf)',"
        "   'tells': 'colour=red'},"
        "  {'id': 'p4', 'say': '<across> ~3 alpha', 'tells': 'colour=red'},"
        "  {'id': 'p5', 'say': 'charlie (<stop>|~2 echo)', 'tells': 'colour=red'},"
        "  {'id': 'p6', 'say': '<pair> <letter>', 'tells': 'colour=red'},"
        "  {'id': 'p7', 'say': 'foxtrot ~30 ~20 <stop> ~30 golf', 'tells': 'colour=red'},"
        "  {'id': 'p8', 'say': 'delta . ~4 <across> ~2 bravo', 'tells': 'colour=red'}]}";

static struct arena arena;
static struct vocabulary vocabulary;
static uint32_t dice;

static uint32_t
roll(uint32_t sides)
{
	dice = dice * 1664525 + 1013904223;
	return (dice >> 8) % sides;
}

static void
print_problem(void *data, const struct proviso_problem *problem)
{
	(void)data;
	fprintf(stderr, "%zu: %s\n", problem->column, problem->message);
}

static void
compile(void)
{
	struct document document;
	struct span image;
	for (char *at = words_and_items; *at != '\0'; at++)
		*at = *at == '\'' ? '"' : *at;
	ck_assert(document_open(&document, &arena, "vocabulary", span_of(words_and_items),
	                        print_problem, NULL));
	ck_assert(vocabulary_compile(&arena, &document, 1, &image));
	document_close(&document);
	vocabulary_use(&vocabulary, image);
}

static void
make_sentence(char *text)
{
	static const char *const words[] = {"alpha", "bravo", "charlie", "delta", "echo",
	                                    "foxtrot", "golf", "hotel", "india"};
	size_t length = 0;
	for (uint32_t i = 1 + roll(roll(6) == 0 ? 40 : 9); i > 0; i--)
		length += (size_t)sprintf(text + length, " %s", words[roll(9)]);
	sprintf(text + length, "%s", roll(3) == 0 ? "?" : roll(8) == 0 ? "\n\n" : ".");
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
	return reader;
}

/* How many there are. */
static size_t
same_matches(const struct match_list *a, const struct match_list *b)
{
	ck_assert_uint_eq(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		ck_assert_uint_eq(a->at[i].item, b->at[i].item);
		ck_assert_uint_eq(a->at[i].first, b->at[i].first);
		ck_assert_uint_eq(a->at[i].last, b->at[i].last);
	}
	return a->count;
}

static void
make_text(char *text, const char (*sentences)[SENTENCE_MOST])
{
	size_t length = 0;
	for (uint32_t i = roll(SENTENCES_MOST); i < SENTENCES_MOST; i++)
		length += (size_t)sprintf(text + length, "%s", sentences[roll(SENTENCES)]);
}

START_TEST(same_in_any_order)
{
	static char sentences[SENTENCES][SENTENCE_MOST], text[SENTENCES_MOST * SENTENCE_MOST];
	struct word_memory *memory = word_memory_new();
	size_t counts[3] = {0};
	ck_assert_ptr_nonnull(memory);
	compile();
	for (uint32_t i = 0; i < TEXTS; i++) {
		struct arena_mark mark = arena_mark(&arena);
		if (i % (TEXTS / 8) == 0) {
			for (size_t j = 0; j < SENTENCES; j++)
				make_sentence(sentences[j]);
		}
		make_text(text, (const char (*)[SENTENCE_MOST])sentences);
		struct reader alone = read_with(text, NULL);
		struct reader recalled = read_with(text, memory);
		counts[0] += same_matches(&alone.masks, &recalled.masks);
		counts[1] += same_matches(&alone.context, &recalled.context);
		counts[2] += same_matches(&alone.patterns, &recalled.patterns);
		arena_release(&arena, mark);
	}
	for (size_t i = 0; i < 3; i++)
		ck_assert_uint_gt(counts[i], TEXTS / 8);
	ck_assert_ptr_nonnull(word_memory_stretches(memory, &vocabulary.lexicon, 0));
	word_memory_free(memory);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("stretch");
	TCase *tests = tcase_create("stretch");
	arena_init(&arena);
	if (setjmp(arena.exhausted) != 0)
		abort();
	tcase_set_timeout(tests, 100);
	tcase_add_test(tests, same_in_any_order);
	int status = suite_run(suite, tests);
	arena_free(&arena);
	return status;
}
