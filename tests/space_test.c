/* The search of a fact space against trying out everything that can be told. */
#include <stdlib.h>

#include "builtin.h"
#include "decide.h"
#include "space.h"
#include "suite.h"

enum { CONDITIONS = 150, PROPERTIES_MOST = 2, PARTIES_MOST = 2 };

enum { POOL = 3 };
static const char *const names[][POOL] = {
        {"use=facial-recognition", "use=identification", "use=tracking"},
        {"camera=mobile", "camera=body-worn", "camera=fixed"},
        {"party.kind=law-enforcement", "party.kind=police", "party.jurisdiction=US"},
};

static struct arena arena, scratch;
static struct vocabulary vocabulary;
static uint32_t values[3][POOL]; /* of those names */
static const uint32_t *const uses = values[0], *const cameras = values[1],
                            *const parties = values[2];
static uint64_t seed;

static uint32_t
random_below(uint32_t bound)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(seed >> 33) % bound;
}

/* A condition of random shape over a pool of facts. */
struct making {
	const uint32_t *pool;
	bool negated;
	size_t parties; /* atoms so far */
};

/* What an atom that lifts a denial leaves of itself where something stands
 * beside it; only of one that nothing in the pool is broader than. */
static enum truth
make_beside(const struct making *making, const struct property *property)
{
	enum truth beside = (enum truth)random_below(3);
	for (size_t i = 0; i < property->value_count; i++) {
		for (size_t j = 0; j < POOL; j++) {
			if (making->pool == parties ||
			    (property->values[i] != making->pool[j] &&
			     vocabulary_within(&vocabulary, property->values[i], making->pool[j])))
				beside = TRUTH_TRUE;
		}
	}
	return beside;
}

static struct property
make_property(const struct making *making, uint32_t first)
{
	uint32_t *both = arena_alloc(&arena, 2, sizeof *both);
	static const enum truth unstated[] = {TRUTH_FALSE, TRUTH_OPEN};
	both[0] = first;
	uint32_t second = making->pool[random_below(POOL)];
	uint32_t axis = vocabulary.values[first].axis;
	bool two = random_below(4) == 0 && second != first &&
	            vocabulary.values[second].axis == axis;
	both[1] = second;
	struct property property = {.axis = axis,
	                            .values = both,
	                            .value_count = two ? 2 : 1,
	                            .unstated = unstated[random_below(2)]};
	property.beside = make_beside(making, &property);
	return property;
}

static const struct condition *
make_atom(struct making *making)
{
	struct condition *atom = arena_alloc(&arena, 1, sizeof *atom);
	struct property *properties = arena_alloc(&arena, PROPERTIES_MOST, sizeof *properties);
	bool party = making->parties < PARTIES_MOST && random_below(2) == 0;
	atom->type = CONDITION_ATOM;
	atom->properties = properties;
	if (!party) {
		properties[atom->property_count++] =
		        make_property(making, making->pool[random_below(POOL)]);
		return atom;
	}
	struct making of_party = {.pool = parties};
	making->parties++;
	atom->party = true;
	properties[atom->property_count++] =
	        make_property(&of_party, parties[random_below(2)]);
	if (random_below(2) == 0)
		properties[atom->property_count++] =
		        make_property(&of_party, parties[2]);
	return atom;
}

static const struct condition *
make_condition(struct making *making, unsigned depth)
{
	static const enum condition_type types[] = {CONDITION_ALL, CONDITION_ANY, CONDITION_NOT};
	if (depth == 0 || random_below(4) == 0)
		return make_atom(making);
	struct condition *condition = arena_alloc(&arena, 1, sizeof *condition);
	condition->type = types[random_below(3)];
	condition->part_count = condition->type == CONDITION_NOT ? 1 : 2 + random_below(2);
	condition->parts = arena_alloc(&arena, 4, sizeof *condition->parts);
	for (size_t i = 0; i < condition->part_count; i++)
		condition->parts[i] = make_condition(making, depth - 1);
	return condition;
}

enum { TOLD_WAY = 1, QUESTIONED_WAY = 3 };

/* Tells three facts each in one of four ways: the digits of `ways` base 4. */
static void
tell(struct facts *facts, const uint32_t *pool, uint32_t party, unsigned ways)
{
	static const uint8_t tellings[] = {0, TELL_TRUE, TELL_FALSE, TELL_QUESTION};
	for (size_t i = 0; i < POOL; i++, ways /= 4) {
		if (tellings[ways % 4] != 0)
			facts_tell(facts, (struct tell){.value = pool[i],
			                                .party = party,
			                                .group = 1 + party,
			                                .telling = tellings[ways % 4]});
	}
}

/* Two conditions, and which pairs of truths they have together: bit 3 a + b. */
struct pair {
	const struct condition *conditions[2];
};
enum { PAIRS_ALL = 511 };

static unsigned
pair_told(const struct pair *pair, const uint32_t *pool, unsigned request, const unsigned *others)
{
	struct arena_mark mark = arena_mark(&scratch);
	struct facts facts;
	facts_start(&facts, &vocabulary, &scratch);
	tell(&facts, pool, 0, request);
	for (size_t i = 0; i < PARTIES_MOST; i++)
		tell(&facts, parties,
		     facts_party(&facts, (struct party){.role = PARTY_ACTOR, .declared = true}),
		     others[i]);
	facts_settle(&facts);
	unsigned a = decide_condition(&facts, pair->conditions[0]);
	unsigned b = decide_condition(&facts, pair->conditions[1]);
	arena_release(&scratch, mark);
	return 1U << (3 * a + b);
}

static bool
mentions(const struct condition *condition, uint32_t value)
{
	bool found = false;
	for (size_t i = 0; i < condition->property_count; i++) {
		for (size_t j = 0; j < condition->properties[i].value_count; j++)
			found = found || condition->properties[i].values[j] == value;
	}
	for (size_t i = 0; i < condition->part_count && !found; i++)
		found = mentions(condition->parts[i], value);
	return found;
}

/* Whether nothing is told but what the conditions mention, and nothing broader
 * questioned than what is told. */
static bool
is_relevant(const struct pair *pair, const uint32_t *pool, unsigned ways)
{
	for (size_t i = 0, left = ways; i < POOL; i++, left /= 4) {
		for (size_t j = 0, other = ways; j < POOL; j++, other /= 4) {
			if (left % 4 == TOLD_WAY && other % 4 == QUESTIONED_WAY &&
			    vocabulary_within(&vocabulary, pool[i], pool[j]))
				return false;
		}
	}
	for (size_t i = 0; i < POOL; i++, ways /= 4) {
		if (ways % 4 != 0 && !mentions(pair->conditions[0], pool[i]) &&
		    !mentions(pair->conditions[1], pool[i]))
			return false;
	}
	return true;
}

static unsigned
pairs_told(const struct pair *pair, const uint32_t *pool)
{
	unsigned pairs = 0, ways = 4 * 4 * 4;
	for (unsigned i = 0; i < ways; i++) {
		for (unsigned a = 0; is_relevant(pair, pool, i) && a < ways; a++) {
			for (unsigned b = a; is_relevant(pair, parties, a) && b < ways; b++) {
				if (pairs != PAIRS_ALL && is_relevant(pair, parties, b))
					pairs |= pair_told(pair, pool, i, (unsigned[]){a, b});
			}
		}
	}
	return pairs;
}

static unsigned
pairs_found(const struct pair *pair)
{
	struct space *space = space_new(&arena, &vocabulary, pair->conditions, 2);
	const struct formula *a = space_formula(space, pair->conditions[0]);
	const struct formula *b = space_formula(space, pair->conditions[1]);
	unsigned pairs = 0;
	for (unsigned i = 0; i < 9; i++) {
		struct goal goals[] = {{a, true, (enum truth)(i / 3)},
		                       {a, false, (enum truth)(i / 3)},
		                       {b, true, (enum truth)(i % 3)},
		                       {b, false, (enum truth)(i % 3)}};
		unsigned char *states = space_states(space, TOLD_ANYHOW);
		enum finding finding = space_find(space, goals, 4, states);
		ck_assert(finding != FINDING_UNKNOWN);
		if (finding != FINDING_POINT)
			continue;
		ck_assert_uint_eq(space_truth(a, states), i / 3);
		ck_assert_uint_eq(space_truth(b, states), i % 3);
		pairs |= 1U << i;
	}
	return pairs;
}

/* The same pairs are found as come out of all that can be told. */
static void
expect_same(const uint32_t *pool)
{
	unsigned full = 0;
	for (unsigned i = 0; i < CONDITIONS; i++) {
		struct making making = {.pool = pool};
		struct pair pair;
		pair.conditions[0] = make_condition(&making, i % 3);
		pair.conditions[1] = make_condition(&making, i % 2);
		unsigned told = pairs_told(&pair, pool), found = pairs_found(&pair);
		ck_assert_msg(found == told, "pair %u: told %x, found %x", i, told, found);
		full += told == PAIRS_ALL;
	}
	ck_assert_uint_lt(full, CONDITIONS);
}

START_TEST(values_of_many)
{
	expect_same(uses);
}
END_TEST

START_TEST(values_of_one)
{
	expect_same(cameras);
}
END_TEST

static void
setup(void)
{
	arena_init(&arena);
	arena_init(&scratch);
	if (setjmp(arena.exhausted) != 0 || setjmp(scratch.exhausted) != 0)
		abort();
	vocabulary_use(&vocabulary, builtin_image);
	vocabulary.inference_count = 0;
	for (size_t i = 0; i < 3 * POOL; i++)
		values[i / POOL][i % POOL] =
		        vocabulary_tell(&vocabulary, names[i / POOL][i % POOL]);
	seed = 20240503;
}

static void
teardown(void)
{
	arena_free(&arena);
	arena_free(&scratch);
}

int
main(void)
{
	Suite *suite = suite_create("space");
	TCase *search = tcase_create("search");
	tcase_add_checked_fixture(search, setup, teardown);
	tcase_set_timeout(search, 100);
	tcase_add_test(search, values_of_many);
	tcase_add_test(search, values_of_one);
	return suite_run(suite, search);
}
