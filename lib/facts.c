#include "facts.h"

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
