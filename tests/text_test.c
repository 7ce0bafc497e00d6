/* What free text tells: told through the reader, on the built-in vocabulary. */
#include <stdio.h>
#include <stdlib.h>

#include "builtin.h"
#include "text/text.h"
#include "suite.h"

static struct arena arena;
static struct vocabulary vocabulary;
static struct facts facts;
static struct text_reading reading;

static void
setup(void)
{
	arena_init(&arena);
	if (setjmp(arena.exhausted) != 0)
		abort();
	vocabulary_use(&vocabulary, builtin_image);
	facts_start(&facts, &vocabulary, &arena);
}

static void
teardown(void)
{
	arena_free(&arena);
}

static void
read_turns(const char *const *texts, size_t count, enum text_role role)
{
	static struct text_piece pieces[8]; /* the reading refers to them */
	for (size_t i = 0; i < count; i++)
		pieces[i] = (struct text_piece){span_of(texts[i]), "/text", role};
	text_read(&reading, &facts, pieces, count, true);
}

static void
read_text(const char *text)
{
	read_turns(&text, 1, TEXT_BODY);
}

/* The telling of a value, or of one narrower, in some passage; NULL: none. */
static const struct tell *
told(const char *axis_and_value, enum telling telling)
{
	static struct tell tell;
	uint32_t value = vocabulary_tell(&vocabulary, axis_and_value);
	ck_assert_uint_ne(value, NO_VALUE);
	for (size_t i = 0; i < reading.passage_count; i++) {
		const struct passage *passage = &reading.passages[i];
		for (size_t j = passage->first; j < passage->first + passage->count; j++) {
			tell = text_tell(&reading, j, 0);
			if (tell.telling == telling &&
			    vocabulary_within(&vocabulary, tell.value, value))
				return &tell;
		}
	}
	return NULL;
}

/* Whether one passage tells both. */
static bool
together(const char *one, const char *other)
{
	uint32_t first = vocabulary_tell(&vocabulary, one);
	uint32_t second = vocabulary_tell(&vocabulary, other);
	for (size_t i = 0; i < reading.passage_count; i++) {
		bool both[2] = {false, false};
		const struct passage *passage = &reading.passages[i];
		for (size_t j = passage->first; j < passage->first + passage->count; j++) {
			struct tell tell = text_tell(&reading, j, 0);
			if (tell.telling != TELL_TRUE)
				continue;
			both[0] |= vocabulary_within(&vocabulary, tell.value, first);
			both[1] |= vocabulary_within(&vocabulary, tell.value, second);
		}
		if (both[0] && both[1])
			return true;
	}
	return false;
}

static const struct mention *
mentioned(const char *axis_and_value)
{
	uint32_t value = vocabulary_tell(&vocabulary, axis_and_value);
	for (size_t i = 0; i < reading.mention_count; i++) {
		if (vocabulary_within(&vocabulary, reading.mentions[i].value, value))
			return &reading.mentions[i];
	}
	return NULL;
}

#define FACES "use=facial-recognition"
#define POLICE "party.kind=police"
#define US "party.jurisdiction=US"

START_TEST(plain_request)
{
	read_text("The Tulsa Police Department wants to match faces against booking photos.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
	ck_assert_ptr_nonnull(told(POLICE, TELL_TRUE));
	ck_assert_ptr_nonnull(told(US, TELL_TRUE));
}
END_TEST

START_TEST(evidence_is_bytes_of_the_original)
{
	const char *text = "\xc3\x84gypten \xe2\x80\x94 f\xc3\xa1" "ce rec\xc2\xad" "ognition";
	read_text(text);
	const struct tell *tell = told(FACES, TELL_TRUE);
	ck_assert_ptr_nonnull(tell);
	ck_assert(tell->evidence.ranged);
	ck_assert_uint_eq(tell->evidence.start, strlen("\xc3\x84gypten \xe2\x80\x94 "));
	ck_assert_uint_eq(tell->evidence.end, strlen(text));
	ck_assert_str_eq(tell->evidence.at, "/text");
}
END_TEST

START_TEST(denied_is_false)
{
	read_text("The Tulsa police need plate reading. There will be no facial recognition.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
	ck_assert_ptr_nonnull(told(FACES, TELL_FALSE));
}
END_TEST

START_TEST(assertion_outweighs_denial)
{
	read_text("No facial recognition on live video. The Tulsa police run facial recognition on "
	          "stored photos.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
	ck_assert_ptr_null(told(FACES, TELL_FALSE));
}
END_TEST

START_TEST(rejected_by_anaphora)
{
	read_text("Face recognition? Not us. The Tulsa police get a map.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
	ck_assert_int_eq(mentioned(FACES)->reading, READ_NEGATED);
	ck_assert_ptr_nonnull(mentioned(FACES)->trigger);
}
END_TEST

/* "? No …" answers only where nothing is denied by it. */
START_TEST(answer_ends_at_once)
{
	read_text("Can the Tulsa police match faces with mugshots? No live video is kept.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
	read_text("Can the Tulsa police match faces with mugshots? No, they need a map.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
}
END_TEST

/* What is removed takes with it only what is as narrow. */
START_TEST(narrower_goes_alone)
{
	read_text("The Tulsa police match faces with mugshots. Live face recognition was removed.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
	read_text("Live face recognition for the Tulsa police. Live face recognition was removed.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
}
END_TEST

START_TEST(heading_denies_its_list)
{
	read_text("Out of scope:\n- plates\n- face matching\nIn scope:\n- maps for the Tulsa police");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
	ck_assert_ptr_nonnull(told(FACES, TELL_FALSE));
	read_text("Out of scope:\n- plates\nIn scope:\n- face matching for the Tulsa police");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
	read_text("The Tulsa police keep stills. 4. Out of scope. Any search by face. 5. Roles.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
	read_text("For the Tulsa police. Module C (lookup of unknown persons by their faces among "
	          "the photographs in the jail roster): cancelled.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
}
END_TEST

/* What its own sentence does not deny, the next one may give up. */
START_TEST(next_sentence_gives_up)
{
	read_text("A tool says how likely it is that he is going to steal. Lawyers struck it out.");
	ck_assert_ptr_null(told("use=offender-prediction", TELL_TRUE));
	read_text("The Tulsa police match faces on phones. Fixed cameras are left out.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
}
END_TEST

/* What is said of a police force does not take its place away, nor does a number. */
START_TEST(party_stays_where_it_is)
{
	read_text("The police of Tulsa, Oklahoma, are not keen on paper. They match faces.");
	ck_assert_ptr_nonnull(told(US, TELL_TRUE));
	read_text("Never show less than 0.8. For the Tulsa police, match faces.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
}
END_TEST

START_TEST(clause_that_opens_is_no_mention)
{
	read_text("After the lawsuit against the shop, match the faces for the Tulsa police.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
	ck_assert_ptr_nonnull(told(POLICE, TELL_TRUE));
}
END_TEST

/* Several countries that the text asks about are all left open. */
START_TEST(asked_places_are_open)
{
	read_text("Police want to match faces. They are in Detroit or in Windsor, Ontario, and "
	          "nobody says which one.");
	ck_assert_ptr_nonnull(told(US, TELL_QUESTION));
	ck_assert_ptr_null(told(US, TELL_TRUE));
	read_text("Police in Detroit want to match faces. The vendor is in Windsor, Ontario.");
	ck_assert_ptr_nonnull(told(US, TELL_TRUE));
}
END_TEST

/* Which of two clients it is may be asked behind the sentence that names them. */
START_TEST(client_is_left_open)
{
	read_text("Face matching for one of our two clients, a police department in Ohio and a ski "
	          "resort in the mountains of Ohio. I was not told which.");
	ck_assert_ptr_null(told(POLICE, TELL_TRUE));
	ck_assert_ptr_nonnull(told(POLICE, TELL_QUESTION));
	read_text("Face matching for both our clients, a police department and a ski resort.");
	ck_assert_ptr_nonnull(told(POLICE, TELL_TRUE));
}
END_TEST

/* "That" at the beginning of a sentence is what was asked for, not who. */
START_TEST(given_up_is_not_asked_for)
{
	read_text("The Tulsa police wanted to match faces. That was banned.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
	read_text("The Tulsa police wanted to match faces. They gave up the idea.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
	read_text("The Tulsa police want to match faces. We could not do this before.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
	read_text("The Tulsa police want to match faces. It isn't our first project.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
	read_text("The Tulsa police want to match the faces of people that were banned.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
}
END_TEST

/* A force that only passes by is no party, unless something ties it to the use. */
START_TEST(police_pass_by)
{
	read_text("The police closed our street for a day. Members of our gym in Tulsa open the "
	          "door with their face, by face recognition.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
	ck_assert_ptr_null(told(POLICE, TELL_TRUE));
	read_text("We told the police about each match. Members of our gym in Tulsa open the door "
	          "with their face, by face recognition.");
	ck_assert_ptr_nonnull(told(POLICE, TELL_TRUE));
	read_text("Two officers of the Tulsa police stopped by yesterday. Now they get each hit of the "
	          "face recognition at our gym.");
	ck_assert_ptr_nonnull(told(POLICE, TELL_TRUE));
}
END_TEST

/* Nor is one that is spoken of where somebody else says what he does himself, but for who
 * writes. */
START_TEST(police_stand_by)
{
	read_text("Our bank in Tulsa recognises its clients by face. The police have a key to the "
	          "side entrance.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
	ck_assert_ptr_null(told(POLICE, TELL_TRUE));
	read_text("Our bank in Tulsa recognises its clients by face. The police want a copy of it.");
	ck_assert_ptr_nonnull(told(POLICE, TELL_TRUE));
	read_text("Our bank in Tulsa recognises its clients by face. Lt. Harris, Tulsa police.");
	ck_assert_ptr_nonnull(told(POLICE, TELL_TRUE));
	read_text("Recognise clients by face. The Tulsa police have a key to the side entrance.");
	ck_assert_ptr_nonnull(told(POLICE, TELL_TRUE));
}
END_TEST

/* A denial does not reach over the end of its sentence, also where what it denies does. */
START_TEST(denial_ends_with_its_sentence)
{
	read_text("The Tulsa police never store a photo of the man. It is run against mugshots.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
	read_text("The Tulsa police never compare faces with the warrant file.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
}
END_TEST

/* What a text is about ends at a comma. */
START_TEST(topic_ends_at_a_comma)
{
	read_text("The debate on police use of live face recognition goes on.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
	read_text("Despite the ruling on it, face recognition is what the Tulsa police want.");
	ck_assert_ptr_nonnull(told(FACES, TELL_TRUE));
}
END_TEST

START_TEST(mentioned_only)
{
	read_text("Write an essay about facial recognition by the Chicago police.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
	ck_assert_ptr_null(told(FACES, TELL_FALSE));
	ck_assert_int_eq(mentioned(FACES)->reading, READ_MENTIONED);
}
END_TEST

START_TEST(choice_is_open)
{
	read_text("French police want face recognition, live or the next day, on body cameras.");
	ck_assert_ptr_null(told("timing=real-time", TELL_TRUE));
	ck_assert_ptr_nonnull(told("timing=real-time", TELL_QUESTION));
}
END_TEST

START_TEST(nearest_rival_wins)
{
	read_text("Live video is shown on a wall. Faces are compared the next day by the Lyon police.");
	ck_assert_ptr_nonnull(told("timing=retrospective", TELL_TRUE));
	ck_assert_ptr_null(told("timing=real-time", TELL_TRUE));
}
END_TEST

/* A registration that is put off is none yet, and urgent only where it is said. */
START_TEST(put_off_is_not_done)
{
	read_text("The judge authorised it, and the registration was deferred.");
	ck_assert(told("registration=deferred", TELL_TRUE));
	ck_assert(!told("registration=true", TELL_TRUE));
	ck_assert(!told("registration=urgent", TELL_TRUE));
	read_text("As it was urgent, the registration was deferred.");
	ck_assert(told("registration=urgent", TELL_TRUE));
	read_text("The system is registered.");
	ck_assert(told("registration=true", TELL_TRUE));
}
END_TEST

/* Two sentences, the one so many after the other. */
static void
read_apart(const char *one, size_t sentences, const char *filling, const char *other)
{
	static char text[1000];
	size_t length = (size_t)snprintf(text, sizeof text, "%s", one);
	for (size_t i = 1; i < sentences; i++)
		length += (size_t)snprintf(text + length, sizeof text - length, " %s", filling);
	snprintf(text + length, sizeof text - length, " %s", other);
	read_text(text);
}

START_TEST(far_apart_is_apart)
{
	const char *police = "The Tulsa police need a roster.", *filling = "It is dull.",
	           *faces = "My phone opens by face recognition.";
	read_apart(police, 1, filling, faces);
	ck_assert(together(FACES, POLICE));
	read_apart(police, 5, filling, faces);
	ck_assert(together(FACES, POLICE));
	read_apart(police, 6, filling, faces);
	ck_assert(!together(FACES, POLICE));
}
END_TEST

/* Who is named without a place is who was named with one, unless that is far away. */
START_TEST(party_named_again)
{
	const char *police = "The Chicago police bought cars.",
	           *filling = "The weather in Paris is mild.",
	           *again = "The police use face recognition.";
	read_apart(police, 5, filling, again);
	ck_assert_ptr_null(told("party.jurisdiction=FR", TELL_TRUE));
	read_apart(police, 6, filling, again);
	ck_assert_ptr_nonnull(told("party.jurisdiction=FR", TELL_TRUE));
}
END_TEST

START_TEST(list_is_one_passage)
{
	read_text("- Who: Tulsa police\n- Where: the street\n- Kit: body cameras\n- When: live\n"
	          "- What: face recognition");
	ck_assert(together(FACES, POLICE));
}
END_TEST

START_TEST(who_holds_mugshots)
{
	read_text("Face recognition on our mugshots.");
	ck_assert(together(FACES, POLICE));
	read_text("Face recognition on our holiday pictures.");
	ck_assert_ptr_null(told(POLICE, TELL_TRUE));
	read_text("Our casino compares faces, by face recognition, with mugshots of known cheats.");
	ck_assert_ptr_null(told(POLICE, TELL_TRUE));
}
END_TEST

START_TEST(turns_are_apart_but_open)
{
	static const char *const turns[] = {"I work for the Tulsa police.",
	                                    "Match the faces in these photos."};
	read_turns(turns, 2, TEXT_TURN);
	ck_assert(!together(FACES, POLICE));
	ck_assert_ptr_nonnull(told(FACES, TELL_QUESTION));
	ck_assert_ptr_nonnull(told(POLICE, TELL_QUESTION));
}
END_TEST

START_TEST(unexplained_face_is_questioned)
{
	read_text("The Tulsa police bought something for faces.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
	ck_assert_ptr_nonnull(told(FACES, TELL_QUESTION));
}
END_TEST

START_TEST(question_opens_what_it_asks_for)
{
	read_text("Police of Lyon match faces live on bodycams in the street. The budget is still "
	          "open.");
	ck_assert_ptr_null(told("camera=mobile", TELL_QUESTION));
	ck_assert_ptr_nonnull(told("timing=real-time", TELL_TRUE));
	read_text("Police of Lyon match faces live on bodycams in the street. Location and budget "
	          "are still open.");
	ck_assert_ptr_nonnull(told("environment=uncontrolled", TELL_QUESTION));
	ck_assert_ptr_nonnull(told("timing=real-time", TELL_TRUE));
	read_text("Police of Lyon match faces live on bodycams in the street. All of that is still "
	          "open.");
	ck_assert_ptr_nonnull(told("timing=real-time", TELL_QUESTION));
}
END_TEST

START_TEST(places)
{
	static const struct {
		const char *text, *place;
	} cases[] = {{"Birmingham police match faces.", "party.jurisdiction=GB"},
	             {"Birmingham, Alabama police match faces.", "party.jurisdiction=US-AL"},
	             {"The Birmingham Police Department matches faces.", US},
	             {"Turkish gendarmes match faces.", "party.jurisdiction=TR"},
	             {"Faces are matched by our company in Tel Aviv for the Reno police.",
	              "party.jurisdiction=US-NV"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		read_text(cases[i].text);
		ck_assert_msg(told(cases[i].place, TELL_TRUE) != NULL, "%s", cases[i].text);
	}
	read_text("A police department matches faces.");
	ck_assert_ptr_null(told(US, TELL_TRUE));
}
END_TEST

START_TEST(regions_of_one_name)
{
	read_text("The Athens, Georgia police match faces.");
	ck_assert_ptr_nonnull(told(US, TELL_TRUE));
	read_text("The Tbilisi, Georgia police match faces.");
	ck_assert_ptr_null(told(US, TELL_TRUE));
	ck_assert_ptr_nonnull(told("party.jurisdiction=GE", TELL_TRUE));
}
END_TEST

START_TEST(hidden_spellings)
{
	static const char *const texts[] = {
	        "f a c e  r e c o g n i t i o n", "f-a-c-e recognition", "f4ce rec0gnition",
	        "facial recgonition", "facerecognition", "fac\xd0\xb5 recognition",
	        "\xef\xbd\x86\xef\xbd\x81\xef\xbd\x83\xef\xbd\x85 recognition",
	        ("fa\xe2\x80\x8b" "ce recognition"), "FACE RECOGNITION", "face\nrecognition"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		read_text(texts[i]);
		ck_assert_msg(told(FACES, TELL_TRUE) != NULL, "%s", texts[i]);
	}
}
END_TEST

static bool
read_alike(const struct text_reading *a, const struct text_reading *b)
{
	bool alike = a->mention_count == b->mention_count;
	for (size_t i = 0; alike && i < a->mention_count; i++) {
		const struct mention *one = &a->mentions[i], *other = &b->mentions[i];
		alike = one->value == other->value && one->reading == other->reading &&
		        one->weak == other->weak && one->evidence.start == other->evidence.start &&
		        one->evidence.end == other->evidence.end;
	}
	return alike;
}

START_TEST(remembered_words_read_alike)
{
	static const char *const texts[] = {
	        "facerecognition and recgonition for the US police, not for us",
	        "The Tulsa PD wants to match faces; TULSA PD wants facial recgonition.",
	        "La policia de Springfield, Illinois: facerecognition, please help us in the US",
	        "f a c e recognition by p0l!ce in Georgia; the Georgia police in georgia"};
	struct word_memory *memory = word_memory_new();
	ck_assert_ptr_nonnull(memory);
	for (size_t turn = 0; turn < 3; turn++) {
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
			read_text(texts[i]);
			struct text_reading alone = reading;
			ck_assert_uint_gt(alone.mention_count, 0);
			facts.words = memory;
			read_text(texts[i]);
			facts.words = NULL;
			ck_assert_msg(read_alike(&alone, &reading), "%s", texts[i]);
		}
	}
	word_memory_free(memory);
}
END_TEST

START_TEST(names_of_declared_parties)
{
	struct tell tell = {.party = facts_party(&facts, (struct party){.declared = true})};
	text_read_name(&facts, span_of("Springfield Police Department"), tell);
	ck_assert_uint_ge(facts.tell_count, 2);
	bool police = false, home = false;
	for (size_t i = 0; i < facts.tell_count; i++) {
		police |= vocabulary_within(&vocabulary, facts.tells[i].value,
		                            vocabulary_tell(&vocabulary, POLICE));
		home |= vocabulary_within(&vocabulary, facts.tells[i].value,
		                          vocabulary_tell(&vocabulary, US));
	}
	ck_assert(police && home);
}
END_TEST

START_TEST(nothing_told)
{
	read_text("12 + 12");
	ck_assert_uint_eq(reading.mention_count, 0);
	read_text("not face. not face. not face. not face.");
	ck_assert_ptr_null(told(FACES, TELL_TRUE));
}
END_TEST

START_TEST(hostile_text_ends)
{
	enum { WORDS = 40000 };
	char *text = malloc(WORDS * 6 + 1);
	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < WORDS; i++)
		memcpy(text + i * 6, i % 3 == 0 ? "face, " : i % 3 == 1 ? "police" : " not a", 6);
	text[WORDS * 6] = '\0';
	read_text(text);
	ck_assert_uint_ge(reading.passage_count, 1);
	free(text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("text");
	TCase *tests = tcase_create("text");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, plain_request);
	tcase_add_test(tests, evidence_is_bytes_of_the_original);
	tcase_add_test(tests, denied_is_false);
	tcase_add_test(tests, assertion_outweighs_denial);
	tcase_add_test(tests, rejected_by_anaphora);
	tcase_add_test(tests, answer_ends_at_once);
	tcase_add_test(tests, narrower_goes_alone);
	tcase_add_test(tests, heading_denies_its_list);
	tcase_add_test(tests, next_sentence_gives_up);
	tcase_add_test(tests, party_stays_where_it_is);
	tcase_add_test(tests, clause_that_opens_is_no_mention);
	tcase_add_test(tests, asked_places_are_open);
	tcase_add_test(tests, client_is_left_open);
	tcase_add_test(tests, given_up_is_not_asked_for);
	tcase_add_test(tests, police_pass_by);
	tcase_add_test(tests, police_stand_by);
	tcase_add_test(tests, denial_ends_with_its_sentence);
	tcase_add_test(tests, topic_ends_at_a_comma);
	tcase_add_test(tests, mentioned_only);
	tcase_add_test(tests, choice_is_open);
	tcase_add_test(tests, nearest_rival_wins);
	tcase_add_test(tests, put_off_is_not_done);
	tcase_add_test(tests, far_apart_is_apart);
	tcase_add_test(tests, party_named_again);
	tcase_add_test(tests, list_is_one_passage);
	tcase_add_test(tests, who_holds_mugshots);
	tcase_add_test(tests, turns_are_apart_but_open);
	tcase_add_test(tests, unexplained_face_is_questioned);
	tcase_add_test(tests, question_opens_what_it_asks_for);
	tcase_add_test(tests, places);
	tcase_add_test(tests, regions_of_one_name);
	tcase_add_test(tests, hidden_spellings);
	tcase_add_test(tests, remembered_words_read_alike);
	tcase_add_test(tests, names_of_declared_parties);
	tcase_add_test(tests, nothing_told);
	tcase_add_test(tests, hostile_text_ends);
	return suite_run(suite, tests);
}
