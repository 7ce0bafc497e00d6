/* Facts in order: each once, none that yields, and what follows from them. */
#include <stdlib.h>

#include "facts.h"

/* On an axis that holds one value a weak telling yields to anything stated; on
 * the others, to a statement about the same value or a kindred one. */
static bool
yields(const struct facts *facts, const struct tell *weak)
{
	const struct vocabulary *vocabulary = facts->vocabulary;
	const struct axis *axis = &vocabulary->axes[vocabulary->values[weak->value].axis];
	struct subject subject = facts_subject(facts, weak->party);
	for (size_t i = 0; i < subject.count; i++) {
		const struct tell *tell = &facts->tells[subject.first + i];
		if (tell->weak || !same_axis(facts, tell->value, weak->value))
			continue;
		if (axis->one || tell->value == axis->root ||
		    vocabulary_within(vocabulary, tell->value, weak->value) ||
		    vocabulary_within(vocabulary, weak->value, tell->value))
			return true;
	}
	return false;
}

/* Whom a fact about a party, or about the request, is told of. */
static uint32_t
told_of(const struct facts *facts, uint32_t party, uint32_t value)
{
	const struct vocabulary *vocabulary = facts->vocabulary;
	return vocabulary->axes[vocabulary->values[value].axis].party ? party : 0;
}

/* Whether a value or a narrower one is told true. */
static bool
is_stated(const struct facts *facts, uint32_t party, uint32_t value)
{
	struct subject subject = facts_subject(facts, party);
	for (size_t i = 0; i < subject.count; i++) {
		const struct tell *tell = &facts->tells[subject.first + i];
		if (tell->telling == TELL_TRUE && same_axis(facts, tell->value, value) &&
		    vocabulary_within(facts->vocabulary, tell->value, value))
			return true;
	}
	return false;
}

/* Whether it is true, and what tells so: seldom is anything told of it. */
static struct answer
given_answer(const struct facts *facts, uint32_t party, uint32_t value)
{
	uint32_t of = told_of(facts, party, value);
	if (!is_stated(facts, of, value))
		return (struct answer){.truth = TRUTH_FALSE};
	return facts_answer(facts, of, value, TRUTH_FALSE);
}

/* Whether all that an inference needs is told: open if it is not known to be so
 * of all that is told beside it. `told`: the first of it. */
static enum truth
premise(const struct facts *facts, const struct inference *inference, uint32_t party,
        const struct tell **told)
{
	const uint32_t *links = facts->vocabulary->links;
	enum truth truth = TRUTH_TRUE;
	for (uint32_t i = 0; i < inference->given_count && truth != TRUTH_FALSE; i++) {
		const uint32_t *given = &links[inference->given + i];
		struct answer answer = given_answer(facts, party, *given);
		if (answer.truth != TRUTH_TRUE)
			return TRUTH_FALSE;
		struct answer beside =
		        facts_beside(facts, told_of(facts, party, *given), given, 1, true);
		if (*told == NULL)
			*told = answer.told;
		truth = TRUTH_TRUE - beside.truth < truth ? TRUTH_TRUE - beside.truth : truth;
	}
	for (uint32_t i = 0; i < inference->unless_count; i++) {
		if (given_answer(facts, party, links[inference->unless + i]).truth == TRUTH_TRUE)
			return TRUTH_FALSE;
	}
	return truth;
}

static bool
is_told(const struct facts *facts, uint32_t party, uint32_t value)
{
	struct subject subject = facts_subject(facts, party);
	for (size_t i = 0; i < subject.count; i++) {
		if (facts->tells[subject.first + i].value == value)
			return true;
	}
	return false;
}

/* Draws one inference for one party (0: none). */
static void
infer(struct facts *facts, const struct inference *inference, uint32_t party)
{
	const struct tell *told = NULL;
	uint32_t of = told_of(facts, party, inference->follows);
	if (is_told(facts, of, inference->follows))
		return;
	enum truth truth = premise(facts, inference, party, &told);
	if (truth == TRUTH_FALSE)
		return;
	struct tell tell = {.value = inference->follows,
	                    .party = of,
	                    .telling = truth == TRUTH_TRUE ? TELL_TRUE : TELL_QUESTION,
	                    .weak = true,
	                    .evidence = told->evidence};
	tell.evidence.term = vocabulary_text(facts->vocabulary, inference->term);
	if (!yields(facts, &tell))
		facts_tell(facts, tell);
}

static bool
about_party(const struct vocabulary *vocabulary, const struct inference *inference)
{
	bool party = vocabulary->axes[vocabulary->values[inference->follows].axis].party;
	for (uint32_t i = 0; i < inference->given_count; i++) {
		uint32_t value = vocabulary->links[inference->given + i];
		party = party || vocabulary->axes[vocabulary->values[value].axis].party;
	}
	return party;
}

bool
facts_apart(const struct facts *facts)
{
	bool apart = true;
	for (uint32_t i = 0; i < facts->vocabulary->inference_count && apart; i++)
		apart = !about_party(facts->vocabulary, &facts->vocabulary->inferences[i]);
	return apart;
}

/* Returns whether anything follows that was not told. */
static bool
infer_all(struct facts *facts)
{
	size_t before = facts->tell_count;
	const struct vocabulary *vocabulary = facts->vocabulary;
	for (uint32_t i = 0; i < vocabulary->inference_count; i++) {
		const struct inference *inference = &vocabulary->inferences[i];
		if (!about_party(vocabulary, inference)) {
			infer(facts, inference, 0);
			continue;
		}
		for (size_t j = 0; j < facts->subject_count; j++) {
			if (facts->subjects[j].party != 0)
				infer(facts, inference, facts->subjects[j].party);
		}
	}
	return facts->tell_count != before;
}

static int
compare(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int
compare_content(const struct tell *left, const struct tell *right)
{
	int order = compare(left->party, right->party);
	if (order == 0)
		order = compare(left->value, right->value);
	if (order == 0)
		order = compare(left->telling, right->telling);
	if (order == 0)
		order = compare(left->group, right->group);
	return order != 0 ? order : compare(left->weak, right->weak);
}

static int
by_content_and_order(const void *a, const void *b)
{
	const struct tell *const *left = a, *const *right = b;
	int order = compare_content(*left, *right);
	return order != 0 ? order : compare((*left)->order, (*right)->order);
}

/* The tellings, sorted: those that say the same stand together, the earliest first. */
static const struct tell **
sort_by_content(struct facts *facts)
{
	const struct tell **sorted =
	        arena_alloc(facts->arena, facts->tell_count + 1, sizeof *sorted);
	for (size_t i = 0; i < facts->tell_count; i++) {
		facts->tells[i].order = (uint32_t)i;
		sorted[i] = &facts->tells[i];
	}
	qsort(sorted, facts->tell_count, sizeof *sorted, by_content_and_order);
	return sorted;
}

void
facts_drop_repeated(struct facts *facts)
{
	size_t count = facts->tell_count, kept = 0;
	const struct tell **sorted = sort_by_content(facts);
	bool *repeated = arena_alloc(facts->arena, count + 1, sizeof *repeated);
	for (size_t i = 1; i < count; i++)
		repeated[sorted[i] - facts->tells] = compare_content(sorted[i - 1], sorted[i]) == 0;
	for (size_t i = 0; i < count; i++) {
		if (!repeated[i])
			facts->tells[kept++] = facts->tells[i];
	}
	facts->tell_count = kept;
}

static int
by_party_and_order(const void *a, const void *b)
{
	const struct tell *const *left = a, *const *right = b;
	int order = compare((*left)->party, (*right)->party);
	return order != 0 ? order : compare((*left)->order, (*right)->order);
}

/* Sorts the tellings by party and order, each once, and sets their number. */
static const struct tell **
sort_many(struct facts *facts, size_t *kept)
{
	const struct tell **sorted = sort_by_content(facts);
	*kept = 0;
	for (size_t i = 0; i < facts->tell_count; i++) {
		if (i == 0 || compare_content(sorted[*kept - 1], sorted[i]) != 0)
			sorted[(*kept)++] = sorted[i];
	}
	qsort(sorted, *kept, sizeof *sorted, by_party_and_order);
	return sorted;
}

static bool
is_among(const struct tell *const *tells, size_t count, const struct tell *tell)
{
	for (size_t i = 0; i < count; i++) {
		if (tells[i]->value == tell->value && compare_content(tells[i], tell) == 0)
			return true;
	}
	return false;
}

/* Does the same by looking through those kept so far. */
static const struct tell **
sort_few(struct facts *facts, size_t *kept)
{
	const struct tell **sorted =
	        arena_alloc(facts->arena, facts->tell_count + 1, sizeof *sorted);
	*kept = 0;
	for (size_t i = 0; i < facts->tell_count; i++) {
		const struct tell *tell = &facts->tells[i];
		if (is_among(sorted, *kept, tell))
			continue;
		size_t place = (*kept)++;
		for (; place > 0 && sorted[place - 1]->party > tell->party; place--)
			sorted[place] = sorted[place - 1];
		sorted[place] = tell;
	}
	return sorted;
}

/* Puts the tellings of each party together, in the order told, each once. */
static void
sort_by_party(struct facts *facts)
{
	enum { FEW = 32 };
	size_t kept;
	const struct tell **sorted = facts->tell_count <= FEW ? sort_few(facts, &kept)
	                                                      : sort_many(facts, &kept);
	struct tell *tells = arena_alloc(facts->arena, facts->tell_count + 1, sizeof *tells);
	for (size_t i = 0; i < kept; i++)
		tells[i] = *sorted[i];
	facts->tells = tells;
	facts->tell_capacity = facts->tell_count + 1;
	facts->tell_count = kept;
}

static uint64_t
axes_told(const struct facts *facts, size_t first, size_t end)
{
	uint64_t axes = 0;
	for (size_t i = first; i < end; i++)
		axes |= axis_bit(facts, facts->tells[i].value);
	return axes;
}

static void
find_subjects(struct facts *facts)
{
	size_t told = facts->told_elsewhere;
	facts->subjects =
	        arena_alloc(facts->arena, facts->tell_count + 1, sizeof *facts->subjects);
	facts->subject_count = 0;
	for (size_t i = 0, next; i < facts->tell_count; i = next) {
		uint32_t party = facts->tells[i].party;
		for (next = i + 1; next < facts->tell_count && facts->tells[next].party == party;)
			next++;
		facts->subjects[facts->subject_count++] =
		        (struct subject){party, i, next - i, axes_told(facts, i, next)};
		told += party != 0 && facts->parties[party - 1].declared;
	}
	facts->silent = told < facts->declared_count;
}

static void
order_tells(struct facts *facts)
{
	sort_by_party(facts);
	find_subjects(facts);
}

static void
drop_weak(struct facts *facts)
{
	size_t kept = 0;
	struct tell *tells = arena_alloc(facts->arena, facts->tell_count + 1, sizeof *tells);
	for (size_t i = 0; i < facts->tell_count; i++) {
		if (!facts->tells[i].weak || !yields(facts, &facts->tells[i]))
			tells[kept++] = facts->tells[i];
	}
	facts->tells = tells;
	facts->tell_capacity = facts->tell_count + 1;
	facts->tell_count = kept;
	find_subjects(facts);
}

void
facts_settle(struct facts *facts)
{
	order_tells(facts);
	drop_weak(facts);
	while (infer_all(facts))
		order_tells(facts);
	for (size_t i = 0; i < facts->tell_count; i++)
		facts->tells[i].order = (uint32_t)i;
}
