/* What facts_answer() makes of tellings (section by section of the truth rules). */
#include <stdlib.h>

#include "builtin.h"
#include "facts.h"
#include "suite.h"

static struct arena arena;
static struct vocabulary vocabulary;
static struct facts facts;

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

static uint32_t
value(const char *name)
{
	uint32_t found = vocabulary_tell(&vocabulary, name);
	ck_assert_msg(found != NO_VALUE, "no value %s", name);
	return found;
}

static uint32_t
root(const char *axis)
{
	return vocabulary.axes[vocabulary_axis(&vocabulary, axis)].root;
}

static void
tell(uint32_t told, enum telling telling, uint32_t group, bool weak)
{
	facts_tell(&facts, (struct tell){.value = told,
	                                 .telling = (uint8_t)telling,
	                                 .group = group,
	                                 .weak = weak});
}

static void
say(const char *name, enum telling telling)
{
	tell(value(name), telling, 0, false);
}

static struct answer
ask(const char *name, enum truth unstated)
{
	return facts_answer(&facts, 0, value(name), unstated);
}

static void
expect_truth(const char *name, enum truth truth)
{
	ck_assert_msg(ask(name, TRUTH_OPEN).truth == truth, "%s comes out as %d", name,
	              (int)ask(name, TRUTH_OPEN).truth);
}

static void
expect_open(const char *name, enum open_reason reason)
{
	struct answer answer = ask(name, TRUTH_OPEN);
	ck_assert_msg(answer.truth == TRUTH_OPEN, "%s is not open", name);
	ck_assert_msg(answer.reason == reason, "%s is open for reason %d", name,
	              (int)answer.reason);
}

START_TEST(unstated_is_what_the_axis_says)
{
	facts_settle(&facts);
	ck_assert_int_eq(ask("use=redaction", TRUTH_FALSE).truth, TRUTH_FALSE);
	ck_assert_int_eq(ask("camera=mobile", TRUTH_OPEN).truth, TRUTH_OPEN);
	ck_assert_int_eq(ask("camera=mobile", TRUTH_OPEN).reason, OPEN_MISSING);
}
END_TEST

START_TEST(stated_makes_broader_true_and_leaves_narrower_questioned)
{
	say("use=facial-recognition", TELL_TRUE);
	facts_settle(&facts);
	expect_truth("use=biometric-identification", TRUTH_TRUE);
	expect_open("use=verification", OPEN_QUESTIONED);
	ck_assert_int_eq(ask("use=voice-identification", TRUTH_FALSE).truth, TRUTH_FALSE);
}
END_TEST

START_TEST(a_narrower_kind_explains_the_broader_one)
{
	uint32_t party = facts_party(&facts, (struct party){.declared = true});
	const char *kinds[] = {"party.kind=law-enforcement", "party.kind=federal-law-enforcement"};
	for (size_t i = 0; i < 2; i++)
		facts_tell(&facts, (struct tell){
		                           .value = value(kinds[i]), .party = party, .telling = TELL_TRUE});
	facts_settle(&facts);
	ck_assert_int_eq(facts_answer(&facts, party, value("party.kind=police"), TRUTH_FALSE).truth,
	                 TRUTH_FALSE);
}
END_TEST

START_TEST(a_value_leaves_open_what_it_may_be)
{
	uint32_t party = facts_party(&facts, (struct party){.declared = true});
	facts_tell(&facts, (struct tell){.value = value("party.kind=federal-agency"),
	                                 .party = party,
	                                 .telling = TELL_TRUE});
	facts_settle(&facts);
	static const struct {
		const char *kind;
		enum truth truth;
	} kinds[] = {{"party.kind=federal-law-enforcement", TRUTH_OPEN},
	             {"party.kind=law-enforcement", TRUTH_OPEN},
	             {"party.kind=police", TRUTH_FALSE},
	             {"party.kind=vendor", TRUTH_FALSE}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		ck_assert_int_eq(
		        facts_answer(&facts, party, value(kinds[i].kind), TRUTH_FALSE).truth,
		        kinds[i].truth);
}
END_TEST

START_TEST(a_narrower_use_explains_no_broader_one)
{
	say("use=biometric-identification", TELL_TRUE);
	say("use=voice-identification", TELL_TRUE);
	facts_settle(&facts);
	expect_open("use=facial-recognition", OPEN_QUESTIONED);
}
END_TEST

START_TEST(what_is_in_conflict_denies_no_rival)
{
	say("environment=controlled", TELL_TRUE);
	say("environment=controlled", TELL_FALSE);
	facts_settle(&facts);
	expect_open("environment=controlled", OPEN_CONFLICT);
	expect_open("environment=uncontrolled", OPEN_QUESTIONED);
}
END_TEST

START_TEST(stating_one_denies_its_rivals)
{
	say("camera=body-worn", TELL_TRUE);
	facts_settle(&facts);
	expect_truth("camera=mobile", TRUTH_TRUE);
	expect_truth("camera=fixed", TRUTH_FALSE);
	expect_truth("camera=dash", TRUTH_FALSE);
}
END_TEST

START_TEST(values_of_one_array_are_no_rivals)
{
	tell(value("camera=mobile"), TELL_TRUE, 1, false);
	tell(value("camera=fixed"), TELL_TRUE, 1, false);
	facts_settle(&facts);
	expect_truth("camera=mobile", TRUTH_TRUE);
	expect_truth("camera=fixed", TRUTH_TRUE);
	expect_truth("camera=none", TRUTH_FALSE);
}
END_TEST

START_TEST(a_rival_of_the_broader_value_denies_nothing_within_it)
{
	tell(value("camera=mobile"), TELL_TRUE, 1, false);
	tell(value("camera=fixed"), TELL_TRUE, 1, false);
	facts_settle(&facts);
	expect_open("camera=dash", OPEN_QUESTIONED);
	tell(value("camera=body-worn"), TELL_TRUE, 1, false);
	facts_settle(&facts);
	expect_truth("camera=dash", TRUTH_FALSE);
}
END_TEST

START_TEST(rivals_told_apart_conflict)
{
	tell(value("camera=mobile"), TELL_TRUE, 1, false);
	tell(value("camera=fixed"), TELL_TRUE, 2, false);
	facts_settle(&facts);
	expect_open("camera=mobile", OPEN_CONFLICT);
	expect_open("camera=fixed", OPEN_CONFLICT);
}
END_TEST

START_TEST(told_and_denied_is_a_conflict)
{
	say("use=facial-recognition", TELL_TRUE);
	say("use=facial-recognition", TELL_FALSE);
	facts_settle(&facts);
	expect_open("use=facial-recognition", OPEN_CONFLICT);
}
END_TEST

START_TEST(denying_the_broader_denies_the_narrower)
{
	say("use=facial-recognition", TELL_FALSE);
	facts_settle(&facts);
	expect_truth("use=verification", TRUTH_FALSE);
	ck_assert_int_eq(ask("use=biometric-identification", TRUTH_FALSE).truth, TRUTH_FALSE);
}
END_TEST

START_TEST(a_question_outweighs_an_assertion)
{
	say("use=facial-recognition", TELL_TRUE);
	say("use=facial-recognition", TELL_QUESTION);
	facts_settle(&facts);
	expect_open("use=facial-recognition", OPEN_QUESTIONED);
}
END_TEST

START_TEST(a_question_about_the_narrower_opens_the_broader)
{
	say("use=verification", TELL_QUESTION);
	facts_settle(&facts);
	expect_open("use=facial-recognition", OPEN_QUESTIONED);
}
END_TEST

START_TEST(a_question_about_the_axis_opens_what_is_not_told)
{
	tell(root("camera"), TELL_QUESTION, 1, false);
	tell(value("camera=fixed"), TELL_TRUE, 1, false);
	facts_settle(&facts);
	expect_truth("camera=fixed", TRUTH_TRUE);
	expect_open("camera=mobile", OPEN_QUESTIONED);
}
END_TEST

START_TEST(stored_does_not_say_where_footage_is_from)
{
	say("camera=stored", TELL_TRUE);
	facts_settle(&facts);
	expect_open("camera=mobile", OPEN_QUESTIONED);
	expect_truth("camera=none", TRUTH_FALSE);
	expect_truth("timing=retrospective", TRUTH_TRUE);
}
END_TEST

START_TEST(inferred_yields_to_stated)
{
	say("camera=stored", TELL_TRUE);
	say("timing=real-time", TELL_TRUE);
	facts_settle(&facts);
	expect_truth("timing=real-time", TRUTH_TRUE);
	expect_truth("timing=retrospective", TRUTH_FALSE);
}
END_TEST

START_TEST(weak_yields_to_a_question)
{
	tell(value("timing=retrospective"), TELL_TRUE, 0, TRUTH_OPEN);
	tell(root("timing"), TELL_QUESTION, 0, false);
	facts_settle(&facts);
	expect_open("timing=real-time", OPEN_QUESTIONED);
}
END_TEST

START_TEST(parties_are_told_apart)
{
	uint32_t first = facts_party(&facts, (struct party){.declared = true});
	uint32_t second = facts_party(&facts, (struct party){.declared = true});
	facts_tell(&facts, (struct tell){.value = value("party.kind=sheriff"),
	                                 .party = second,
	                                 .telling = TELL_TRUE});
	facts_settle(&facts);
	uint32_t police = value("party.kind=police");
	ck_assert_int_eq(facts_answer(&facts, first, police, TRUTH_FALSE).truth, TRUTH_FALSE);
	ck_assert_int_eq(facts_answer(&facts, second, police, TRUTH_FALSE).truth, TRUTH_TRUE);
	ck_assert(facts.silent);
}
END_TEST

START_TEST(the_earliest_telling_is_the_evidence)
{
	facts_tell(&facts, (struct tell){.value = value("use=redaction"),
	                                 .telling = TELL_TRUE,
	                                 .group = 2,
	                                 .evidence = {.at = "/first"}});
	facts_tell(&facts, (struct tell){.value = value("use=redaction"),
	                                 .telling = TELL_TRUE,
	                                 .group = 1,
	                                 .evidence = {.at = "/second"}});
	facts_settle(&facts);
	ck_assert_str_eq(ask("use=redaction", TRUTH_FALSE).told->evidence.at, "/first");
}
END_TEST

START_TEST(declared_spellings)
{
	uint32_t kind = vocabulary_axis(&vocabulary, "party.kind");
	uint32_t place = vocabulary_axis(&vocabulary, "party.jurisdiction");
	ck_assert_uint_eq(vocabulary_declared(&vocabulary, kind, span_of("Police_Department")),
	                  value("party.kind=police"));
	ck_assert_uint_eq(vocabulary_declared(&vocabulary, kind, span_of("  SHERIFF's  office ")),
	                  value("party.kind=sheriff"));
	ck_assert_uint_eq(vocabulary_declared(&vocabulary, kind, span_of("polcie")), NO_VALUE);
	ck_assert_uint_eq(vocabulary_declared(&vocabulary, place, span_of("usa")),
	                  value("party.jurisdiction=US"));
	ck_assert(vocabulary_within(&vocabulary, value("party.jurisdiction=US-IL"),
	                            value("party.jurisdiction=US")));
	ck_assert(vocabulary_within(&vocabulary, value("party.jurisdiction=PR"),
	                            value("party.jurisdiction=US")));
	ck_assert(!vocabulary_within(&vocabulary, value("party.jurisdiction=FR"),
	                             value("party.jurisdiction=US")));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("facts");
	TCase *facts_case = tcase_create("facts");
	tcase_add_checked_fixture(facts_case, setup, teardown);
	tcase_add_test(facts_case, unstated_is_what_the_axis_says);
	tcase_add_test(facts_case, stated_makes_broader_true_and_leaves_narrower_questioned);
	tcase_add_test(facts_case, a_narrower_kind_explains_the_broader_one);
	tcase_add_test(facts_case, a_narrower_use_explains_no_broader_one);
	tcase_add_test(facts_case, what_is_in_conflict_denies_no_rival);
	tcase_add_test(facts_case, stating_one_denies_its_rivals);
	tcase_add_test(facts_case, values_of_one_array_are_no_rivals);
	tcase_add_test(facts_case, a_rival_of_the_broader_value_denies_nothing_within_it);
	tcase_add_test(facts_case, rivals_told_apart_conflict);
	tcase_add_test(facts_case, told_and_denied_is_a_conflict);
	tcase_add_test(facts_case, denying_the_broader_denies_the_narrower);
	tcase_add_test(facts_case, a_question_outweighs_an_assertion);
	tcase_add_test(facts_case, a_question_about_the_narrower_opens_the_broader);
	tcase_add_test(facts_case, a_question_about_the_axis_opens_what_is_not_told);
	tcase_add_test(facts_case, a_value_leaves_open_what_it_may_be);
	tcase_add_test(facts_case, stored_does_not_say_where_footage_is_from);
	tcase_add_test(facts_case, inferred_yields_to_stated);
	tcase_add_test(facts_case, weak_yields_to_a_question);
	tcase_add_test(facts_case, parties_are_told_apart);
	tcase_add_test(facts_case, the_earliest_telling_is_the_evidence);
	tcase_add_test(facts_case, declared_spellings);
	return suite_run(suite, facts_case);
}
