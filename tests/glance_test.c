/*
 * What is read in a text, a glance at it has seen.
 *
 *	glance_test VOCABULARY...
 *
 * takes the lines that the entries of the files match, as they are, with other
 * words put between theirs, two of them one after the other, and in the middle of
 * words that never end; reads each in full, and looks whether a glance sees every value that is met, under every
 * policy, and all that tells whom one binds. Prints TAP. Exit status 1 if one is missed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "engine.h"

enum { TURNS = 12, LONGEST = 2000, MISSED_MOST = 20, BURIALS = 3, WORDS_FEW = 300, WORDS_MOST = 6000,
       CROWD = 60000, LENGTHS = 540 };

struct bench {
	struct proviso_engine *engine;
	const struct glance *glance;
	struct glance_memory *memory, *other;
	struct arena arena;
	const char **lines;
	size_t line_count, line_capacity;
	uint64_t random;
	size_t texts, missed;
};

static unsigned
random_below(struct bench *bench, size_t most)
{
	bench->random = bench->random * UINT64_C(6364136223846793005) + 1442695040888963407U;
	return (unsigned)((bench->random >> 33) % most);
}

static uint64_t
glance_with(struct bench *bench, struct glance_memory *memory, const char *text, uint64_t first)
{
	struct arena_mark mark = arena_mark(&bench->arena);
	glance_begin(memory, &bench->arena);
	glance_text(memory, span_of(text));
	glance_weigh(memory, first);
	glance_weigh(memory, ~first);
	arena_release(&bench->arena, mark);
	return glance_topics(memory);
}

/* Topics that are decided in turn are those that are decided at once. */
static uint64_t
glance_at(struct bench *bench, const char *text)
{
	uint64_t first = (uint64_t)1 << random_below(bench, TOPICS_MOST);
	first |= (uint64_t)1 << random_below(bench, TOPICS_MOST);
	uint64_t topics = glance_with(bench, bench->memory, text, first);
	if (random_below(bench, 8) == 0 &&
	    topics != glance_with(bench, bench->other, text, UINT64_MAX) &&
	    bench->missed++ < MISSED_MOST)
		printf("# other topics in turn in \"%s\"\n", text);
	return topics;
}

static void
look(struct bench *bench, const char *line)
{
	const struct glance *glance = bench->glance;
	struct arena_mark mark = arena_mark(&bench->arena);
	const struct text_piece piece = {span_of(line), "", TEXT_BODY};
	struct text_reading reading;
	struct facts facts;
	facts_start(&facts, &bench->engine->vocabulary, &bench->arena);
	text_read(&reading, &facts, &piece, 1, true);
	uint64_t seen = glance_at(bench, line);
	/* What is told only in company is a mention without it, too. */
	for (unsigned i = 0; i < glance->company_count; i++)
		seen |= seen & glance->companies[i].whole ? glance->companies[i].topics : 0;
	for (size_t i = 0; i < reading.mention_count; i++) {
		uint32_t value = reading.mentions[i].value;
		if ((glance->values[value] & ~seen) == 0)
			continue;
		if (bench->missed++ < MISSED_MOST)
			printf("# %s in \"%s\"\n",
			       vocabulary_text(glance->vocabulary, glance->vocabulary->values[value].name),
			       line);
	}
	bench->texts++;
	arena_release(&bench->arena, mark);
}

/* Puts other words between those of a line: a few here and there, or many in one
 * place. */
static void
stretch(struct bench *bench, const char *line, char text[LONGEST])
{
	static const char *const fillers[] = {"blue", "x", "tables,", "rather", "e.g.", "3", "isn't",
	                                      "approx.", "approx\u2026", "(approx.)", "sgt.\n"};
	size_t length = 0, place = random_below(bench, 12), count = random_below(bench, 14);
	bool one = random_below(bench, 2) == 0;
	for (; *line != '\0' && length + 200 < LONGEST; line++) {
		text[length++] = *line;
		if (*line != ' ')
			continue;
		size_t more = one ? (place-- == 0 ? count : 0) : random_below(bench, 4) == 0;
		for (; more != 0; more--)
			length += (size_t)sprintf(text + length, "%s ",
			                          fillers[random_below(bench, one ? 2 : 11)]);
	}
	text[length] = '\0';
}

/* Puts signs between the letters of a part of a line, and a space here and there. */
static void
take_apart(struct bench *bench, const char *line, char text[LONGEST])
{
	static const char *const signs[] = {"\u00b7", "\u200b_", "\u2010", "-"};
	const char *sign = signs[random_below(bench, 4)];
	size_t length = 0, first = random_below(bench, 20), last = first + random_below(bench, 40);
	for (size_t i = 0; line[i] != '\0' && length + 200 < LONGEST; i++) {
		text[length++] = line[i];
		if (i >= first && i < last && line[i] > ' ' && random_below(bench, 4) != 0)
			length += (size_t)sprintf(text + length, "%s%s", sign,
			                          random_below(bench, 6) == 0 ? " " : "");
	}
	text[length] = '\0';
}

/* Puts a line behind words that every text holds, up to so many; the last of them is
 * no letter that would make a word with one that begins the line. */
static void
bury(struct bench *bench, const char *line, unsigned most, char text[LONGEST + 8 * WORDS_MOST])
{
	static const char *const words[] = {"the", "of", "a", "in", "that", "with", "this", "is"};
	size_t length = 0;
	unsigned count = random_below(bench, most);
	for (unsigned i = 0; i < count; i++)
		length += (size_t)sprintf(text + length, "%s ", words[random_below(bench, 8)]);
	snprintf(text + length, LONGEST, "that %s of the %s", line, words[random_below(bench, 8)]);
}

/* What is seen in a line by itself is seen in it wherever it stands. */
static void
look_deep(struct bench *bench, const char *line, char text[LONGEST + 8 * WORDS_MOST])
{
	uint64_t topics = glance_at(bench, line);
	bury(bench, line, WORDS_MOST, text);
	if ((topics & ~glance_at(bench, text)) != 0 && bench->missed++ < MISSED_MOST)
		printf("# a topic of \"%s\" behind many words\n", line);
}

/* What has been looked at up to an abbreviation, with white space behind it, is no sentence
 * where something follows. */
static void
look_in_parts(struct bench *bench, const char *line, char text[LONGEST])
{
	size_t length = (size_t)snprintf(text, LONGEST, "it is known that ");
	unsigned words = random_below(bench, 8) + 1;
	for (; *line != '\0' && words != 0; line++) {
		text[length++] = *line;
		words -= *line == ' ';
	}
	for (; length < 30; length++)
		text[length] = length % 3 == 0 ? ' ' : 'u';
	length += (size_t)sprintf(text + length, " approx. ");
	look(bench, text);
	snprintf(text + length, LONGEST - length, "%s", line);
	look(bench, text);
}

/* The last word of a line that is seen by itself; NULL if there is none. */
static const char *
find_word(struct bench *bench, uint64_t *topics)
{
	for (size_t i = 0; i < bench->line_count; i++) {
		const char *word = strrchr(bench->lines[i], ' ');
		*topics = word == NULL ? 0 : glance_at(bench, ++word) & ~bench->glance->always;
		if (*topics != 0)
			return word;
	}
	return NULL;
}

/* A word is seen wherever it stands in a sentence that has been seen without it. */
static void
look_everywhere(struct bench *bench)
{
	char text[LENGTHS];
	uint64_t topics;
	const char *word = find_word(bench, &topics);
	size_t length = word != NULL ? strlen(word) : LENGTHS;
	for (size_t last = length + 1; last < LENGTHS; last += 3) {
		for (size_t at = 0; at + length < last; at += 2) {
			for (size_t i = 0; i < last; i++)
				text[i] = "tree "[i % 5];
			text[last] = '\0';
			glance_at(bench, text);
			memcpy(text + at, word, length);
			text[at + length] = ' ';
			if (at != 0)
				text[at - 1] = ' ';
			if ((topics & ~glance_at(bench, text)) != 0 && bench->missed++ < MISSED_MOST)
				printf("# a word in \"%s\"\n", text);
		}
	}
	if (word == NULL)
		printf("# no word is seen by itself, missed %zu\n", ++bench->missed);
}

/* A sentence is seen behind more sentences with one of its words than are remembered. */
static void
look_in_crowd(struct bench *bench)
{
	static const char line[] = "They want to tell who it is from a picture of the face.";
	static const char *const words[] = {"tell", "who", "picture", "face"};
	struct arena_mark mark = arena_mark(&bench->arena);
	char *text = arena_text(&bench->arena, CROWD * 64 + sizeof line);
	size_t length = 0;
	for (unsigned i = 0; i < CROWD; i++)
		length += (size_t)sprintf(text + length, "Nothing but the %s of %c%c%c%c is left here. ",
		                          words[i % 4], 'a' + i % 23, 'a' + i / 23 % 23,
		                          'a' + i / 529 % 23, 'a' + i / 12167 % 23);
	uint64_t others = glance_with(bench, bench->other, text, UINT64_MAX);
	memcpy(text + length, line, sizeof line);
	uint64_t topics = glance_with(bench, bench->memory, line, UINT64_MAX) & ~others;
	if (topics == 0 || (topics & ~glance_with(bench, bench->other, text, UINT64_MAX)) != 0)
		printf("# a topic of \"%s\" in a crowd, missed %zu\n", line, ++bench->missed);
	arena_release(&bench->arena, mark);
}

static void
take_line(struct bench *bench, const char *line)
{
	bench->lines = arena_grow(&bench->arena, bench->lines, bench->line_count,
	                          &bench->line_capacity, sizeof *bench->lines);
	bench->lines[bench->line_count++] = arena_copy(&bench->arena, span_of(line));
}

static void
take_file(struct bench *bench, const char *path)
{
	static const char *const members[] = {"masks", "patterns", "context"};
	json_t *root = json_load_file(path, 0, NULL), *entry;
	size_t i;
	for (int member = 0; member < 3; member++) {
		json_array_foreach(json_object_get(root, members[member]), i, entry) {
			const char *line = json_string_value(json_object_get(entry, "yes"));
			if (line != NULL)
				take_line(bench, line);
		}
	}
	json_decref(root);
}

static void
look_at_all(struct bench *bench)
{
	static const char *const joints[] = {" ",    ", ",   ". ",  "; ",    "\n",    " - ",
	                                     "? ",   "! ",   ".\n", ".\n\n", "\n\n",  ":\n\n",
	                                     ".) ", "). ", "\". ", "?\n",  " etc. ", "-\n\n",
	                                     "\u2026 ", ".\u201d ", ".\" ", "!) "};
	char text[LONGEST * 2], stretched[LONGEST];
	static char buried[LONGEST + 8 * WORDS_MOST];
	for (size_t i = 0; i < bench->line_count; i++) {
		look(bench, bench->lines[i]);
		for (int turn = 0; turn < TURNS; turn++) {
			stretch(bench, bench->lines[i], stretched);
			look(bench, stretched);
			take_apart(bench, bench->lines[i], text);
			look(bench, text);
			look_in_parts(bench, bench->lines[i], text);
			size_t other = random_below(bench, bench->line_count);
			snprintf(text, sizeof text, "%s%s%s", stretched, joints[random_below(bench, 22)],
			         bench->lines[other]);
			look(bench, text);
		}
		for (int turn = 0; turn < BURIALS; turn++) {
			look_deep(bench, bench->lines[i], buried);
			bury(bench, bench->lines[i], WORDS_FEW, buried);
			look(bench, buried);
		}
	}
}

int
main(int count, char **paths)
{
	const char *const policies[] = {"applicable"};
	const struct proviso_options options = {.policies = policies, .policy_count = 1};
	struct bench bench = {.engine = proviso_engine_new(&options, NULL, NULL), .random = 1};
	if (bench.engine == NULL || engine_prepared(bench.engine) == NULL)
		return 2;
	bench.glance = &engine_prepared(bench.engine)->glance;
	bench.memory = glance_memory_new(bench.glance, NULL);
	bench.other = glance_memory_new(bench.glance, NULL);
	arena_init(&bench.arena);
	if (bench.memory == NULL || bench.other == NULL || setjmp(bench.arena.exhausted) != 0)
		return 2;
	for (int i = 1; i < count; i++)
		take_file(&bench, paths[i]);
	/* What ends a run of odd letters may begin a word that goes on behind it. */
	take_line(&bench, "smar\u2010t;gl -as -s -es");
	look_at_all(&bench);
	look_everywhere(&bench);
	look_in_crowd(&bench);
	printf("%s 1 - of %zu texts, nothing is read that a glance has not seen\n1..1\n",
	       bench.missed == 0 && bench.texts > 10000 ? "ok" : "not ok", bench.texts);
	arena_free(&bench.arena);
	glance_memory_free(bench.memory);
	glance_memory_free(bench.other);
	proviso_engine_free(bench.engine);
	return bench.missed != 0;
}
