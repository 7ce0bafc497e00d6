#include "facts.h"

#include <stdlib.h>

void
facts_start(struct facts *facts, const struct vocabulary *vocabulary, struct arena *arena)
{
	*facts = (struct facts){.vocabulary = vocabulary, .arena = arena};
}

void
facts_tell(struct facts *facts, struct tell tell)
{
	facts->tells = arena_grow(facts->arena, facts->tells, facts->tell_count,
	                          &facts->tell_capacity, sizeof *facts->tells);
	facts->tells[facts->tell_count++] = tell;
}

uint32_t
facts_party(struct facts *facts, struct party party)
{
	facts->parties = arena_grow(facts->arena, facts->parties, facts->party_count,
	                            &facts->party_capacity, sizeof *facts->parties);
	facts->parties[facts->party_count++] = party;
	facts->declared_count += party.declared;
	return (uint32_t)facts->party_count;
}

struct subject
facts_subject(const struct facts *facts, uint32_t party)
{
	size_t low = 0, high = facts->subject_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (facts->subjects[middle].party == party)
			return facts->subjects[middle];
		if (facts->subjects[middle].party < party)
			low = middle + 1;
		else
			high = middle;
	}
	return (struct subject){.party = party};
}

/* What the tellings of one axis and party say about one value. */
struct testimony {
	const struct tell *truth;       /* the value or a narrower one is stated */
	const struct tell *denial;      /* the value or a broader one is denied */
	const struct tell *question;    /* the value itself is questioned */
	const struct tell *narrower;    /* a narrower value is questioned */
	const struct tell *broader;     /* a broader value is questioned, or the axis */
	const struct tell *rival;       /* another value stands where only one can */
	const struct tell *unspecified; /* a broader value is stated, and no more */
	const struct tell *left;        /* another value is stated that leaves this one open */
	const struct tell *axis;        /* the axis is questioned */
};

static void
note_first(const struct tell **first, const struct tell *tell, bool applies)
{
	if (applies && *first == NULL)
		*first = tell;
}

static bool
same_axis(const struct facts *facts, uint32_t a, uint32_t b)
{
	return facts->vocabulary->values[a].axis == facts->vocabulary->values[b].axis;
}

static uint64_t
axis_bit(const struct facts *facts, uint32_t value)
{
	return (uint64_t)1 << facts->vocabulary->values[value].axis % 64;
}

/* Whether something narrower than `broad` is stated that `value` is not within. */
static bool
narrowed(const struct facts *facts, const struct tell *broad, uint32_t value)
{
	struct subject subject = facts_subject(facts, broad->party);
	for (size_t i = 0; i < subject.count; i++) {
		const struct tell *tell = &facts->tells[subject.first + i];
		if (tell->telling == TELL_TRUE && tell->value != broad->value &&
		    vocabulary_within(facts->vocabulary, tell->value, broad->value) &&
		    !vocabulary_within(facts->vocabulary, value, tell->value))
			return true;
	}
	return false;
}

/* Whether what is stated of a party explains `broad`, so that it says nothing of
 * `value`. A party is one body, and the FBI is no police; uses are many. */
static bool
explained(const struct facts *facts, const struct tell *broad, uint32_t value)
{
	const struct vocabulary *vocabulary = facts->vocabulary;
	return vocabulary->axes[vocabulary->values[value].axis].party &&
	       narrowed(facts, broad, value);
}

/* Whether what is stated is denied or questioned as well: then it denies no
 * rival. */
static bool
contested(const struct facts *facts, const struct tell *stated)
{
	struct subject subject = facts_subject(facts, stated->party);
	for (size_t i = 0; i < subject.count; i++) {
		const struct tell *tell = &facts->tells[subject.first + i];
		if ((tell->telling == TELL_FALSE &&
		     vocabulary_within(facts->vocabulary, stated->value, tell->value)) ||
		    (tell->telling == TELL_QUESTION && tell->value == stated->value))
			return true;
	}
	return false;
}

static void
hear_truth(const struct facts *facts, struct testimony *heard, const struct tell *tell,
           uint32_t value)
{
	const struct vocabulary *vocabulary = facts->vocabulary;
	if (vocabulary_within(vocabulary, tell->value, value)) {
		note_first(&heard->truth, tell, true);
	} else if (vocabulary_within(vocabulary, value, tell->value)) {
		note_first(&heard->unspecified, tell, !explained(facts, tell, value));
	} else if (vocabulary_leaves(vocabulary, tell->value, value)) {
		note_first(&heard->left, tell, true);
	} else if (vocabulary->axes[vocabulary->values[value].axis].one) {
		note_first(contested(facts, tell) ? &heard->left : &heard->rival, tell, true);
	}
}

static void
hear(const struct facts *facts, struct testimony *heard, const struct tell *tell, uint32_t value)
{
	const struct vocabulary *vocabulary = facts->vocabulary;
	bool is_axis = tell->value == vocabulary->axes[vocabulary->values[value].axis].root;
	bool under = vocabulary_within(vocabulary, value, tell->value);
	switch (tell->telling) {
	case TELL_TRUE:
		hear_truth(facts, heard, tell, value);
		break;
	case TELL_FALSE:
		note_first(&heard->denial, tell, under);
		break;
	case TELL_QUESTION:
		note_first(&heard->axis, tell, is_axis);
		note_first(&heard->question, tell, tell->value == value);
		note_first(&heard->broader, tell, under && tell->value != value);
		note_first(&heard->narrower, tell,
		           tell->value != value &&
		                   vocabulary_within(vocabulary, tell->value, value));
		break;
	}
}

/* A rival denies, unless what states the value stands beside it in one array. */
static bool
rival_denies(const struct facts *facts, const struct testimony *heard, uint32_t value)
{
	if (heard->rival == NULL)
		return false;
	if (heard->truth == NULL)
		return true;
	struct subject subject = facts_subject(facts, heard->truth->party);
	for (size_t i = 0; i < subject.count; i++) {
		const struct tell *tell = &facts->tells[subject.first + i];
		struct testimony one = {0};
		if (tell->telling != TELL_TRUE || !same_axis(facts, tell->value, value))
			continue;
		hear_truth(facts, &one, tell, value);
		bool beside = tell->group != 0 && tell->group == heard->truth->group;
		if (one.rival != NULL && !beside)
			return true;
	}
	return false;
}

static struct answer
open_answer(enum open_reason reason, const struct tell *told, bool stated)
{
	return (struct answer){
	        .truth = TRUTH_OPEN, .reason = reason, .told = told, .stated = stated};
}

static const struct tell *
either(const struct tell *a, const struct tell *b)
{
	return a != NULL ? a : b;
}

struct answer
facts_answer(const struct facts *facts, uint32_t party, uint32_t value, enum truth unstated)
{
	struct subject subject = facts_subject(facts, party);
	if (!(subject.axes & axis_bit(facts, value)))
		return (struct answer){.truth = unstated, .reason = OPEN_MISSING};
	struct testimony heard = {0};
	for (size_t i = 0; i < subject.count; i++) {
		const struct tell *tell = &facts->tells[subject.first + i];
		if (same_axis(facts, tell->value, value))
			hear(facts, &heard, tell, value);
	}
	bool by_rival = rival_denies(facts, &heard, value);
	bool denied = heard.denial != NULL || by_rival;
	if (heard.question != NULL)
		return open_answer(OPEN_QUESTIONED, heard.question, true);
	if (heard.truth != NULL && denied)
		return open_answer(OPEN_CONFLICT, heard.truth, true);
	if (heard.truth != NULL)
		return (struct answer){
		        .truth = TRUTH_TRUE, .told = heard.truth, .stated = true};
	if (denied && heard.narrower != NULL)
		return open_answer(OPEN_QUESTIONED, heard.narrower, true);
	if (heard.denial != NULL)
		return (struct answer){
		        .truth = TRUTH_FALSE, .told = heard.denial, .stated = true};
	const struct tell *asked = either(heard.narrower, either(heard.broader, heard.axis));
	if (asked != NULL)
		return open_answer(OPEN_QUESTIONED, asked, true);
	/* A rival of a broader value that is stated denies nothing within that. */
	if (by_rival && (heard.unspecified == NULL || narrowed(facts, heard.unspecified, value)))
		return (struct answer){.truth = TRUTH_FALSE, .told = heard.rival, .stated = true};
	const struct tell *left = either(heard.unspecified, heard.left);
	if (left != NULL)
		return open_answer(OPEN_QUESTIONED, left, true);
	return (struct answer){.truth = unstated, .reason = OPEN_MISSING};
}

/* Whether two are told by the same words of a text: two names of one thing. */
static bool
same_words(const struct proviso_evidence *a, const struct proviso_evidence *b)
{
	return a->ranged && b->ranged && strcmp(a->at, b->at) == 0 && a->start < b->end &&
	       b->start < a->end;
}

/* Whether the words that tell something else tell one of the values, too. */
static bool
told_at_once(const struct facts *facts, const struct tell *other, const uint32_t *values,
             size_t count)
{
	struct subject subject = facts_subject(facts, other->party);
	for (size_t i = 0; i < subject.count * count; i++) {
		const struct tell *tell = &facts->tells[subject.first + i / count];
		if (tell->telling == TELL_TRUE &&
		    vocabulary_within(facts->vocabulary, tell->value, values[i % count]) &&
		    same_words(&tell->evidence, &other->evidence))
			return true;
	}
	return false;
}

/* Whether what `tell` is about stands beside the values. */
static struct answer
answer_beside(const struct facts *facts, const struct tell *tell, const uint32_t *values,
              size_t count)
{
	const struct vocabulary *vocabulary = facts->vocabulary;
	bool one = vocabulary->axes[vocabulary->values[tell->value].axis].one, broader = false;
	bool nothing = tell->telling == TELL_FALSE || told_at_once(facts, tell, values, count);
	for (size_t i = 0; i < count && !nothing; i++) {
		bool kind = vocabulary_within(vocabulary, values[i], tell->value);
		broader = broader || kind;
		nothing = vocabulary_within(vocabulary, tell->value, values[i]) ||
		          (one && kind && tell->telling == TELL_TRUE &&
		           facts_answer(facts, tell->party, values[i], TRUTH_FALSE).truth ==
		                   TRUTH_TRUE);
	}
	if (nothing)
		return (struct answer){.truth = TRUTH_FALSE};
	if (tell->telling == TELL_QUESTION || broader)
		return open_answer(OPEN_QUESTIONED, tell, true);
	return facts_answer(facts, tell->party, tell->value, TRUTH_FALSE);
}

/* Whether two values are kinds of one thing: on an axis that holds one value,
 * all are. */
static bool
are_kindred(const struct vocabulary *vocabulary, uint32_t a, uint32_t b)
{
	const struct value *value = &vocabulary->values[a];
	const struct axis *axis = &vocabulary->axes[value->axis];
	bool kindred = axis->one || a == axis->root;
	for (uint32_t i = 0; i < value->ancestor_count && !kindred; i++)
		kindred = vocabulary_within(vocabulary, b,
		                            vocabulary->links[value->ancestors + i]);
	return kindred;
}

struct answer
facts_beside(const struct facts *facts, uint32_t party, const uint32_t *values, size_t count,
             bool kindred)
{
	struct answer beside = {.truth = TRUTH_FALSE};
	struct subject subject = facts_subject(facts, party);
	for (size_t i = 0; i < subject.count && beside.truth != TRUTH_TRUE; i++) {
		const struct tell *tell = &facts->tells[subject.first + i];
		if (!same_axis(facts, tell->value, values[0]) ||
		    (kindred && !are_kindred(facts->vocabulary, tell->value, values[0])))
			continue;
		struct answer answer = answer_beside(facts, tell, values, count);
		if (answer.truth > beside.truth)
			beside = answer;
	}
	return beside;
}

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

static struct answer
given_answer(const struct facts *facts, uint32_t party, uint32_t value)
{
	return facts_answer(facts, told_of(facts, party, value), value, TRUTH_FALSE);
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
	enum truth truth = premise(facts, inference, party, &told);
	if (truth == TRUTH_FALSE)
		return;
	struct tell tell = {.value = inference->follows,
	                    .party = told_of(facts, party, inference->follows),
	                    .telling = truth == TRUTH_TRUE ? TELL_TRUE : TELL_QUESTION,
	                    .weak = true,
	                    .evidence = told->evidence};
	tell.evidence.term = vocabulary_text(facts->vocabulary, inference->term);
	if (!is_told(facts, tell.party, tell.value) && !yields(facts, &tell))
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

/* Puts the tellings of each party together, in the order told, each once. */
static void
sort_by_party(struct facts *facts)
{
	const struct tell **sorted = sort_by_content(facts);
	struct tell *tells = arena_alloc(facts->arena, facts->tell_count + 1, sizeof *tells);
	size_t kept = 0;
	for (size_t i = 0; i < facts->tell_count; i++) {
		if (i == 0 || compare_content(sorted[kept - 1], sorted[i]) != 0)
			sorted[kept++] = sorted[i];
	}
	qsort(sorted, kept, sizeof *sorted, by_party_and_order);
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
