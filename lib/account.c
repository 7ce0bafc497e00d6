/* What a session says of a request beside the verdict, for a person to read. */
#include <stdlib.h>

#include "engine.h"

/* A decoded string, and the pointer that was made for it while the request was read. */
struct quotable {
	const char *pointer;
	struct span text;
};

static int
by_pointer(const void *a, const void *b)
{
	const struct quotable *left = a, *right = b;
	uintptr_t before = (uintptr_t)left->pointer, after = (uintptr_t)right->pointer;
	return (before > after) - (before < after);
}

void
quote_from(struct proviso_session *session, const struct request *request)
{
	size_t parties = request->facts.party_count, count = 0;
	struct quotable *all = arena_alloc(&session->arena, request->text_count + parties + 1,
	                                   sizeof *all);
	for (size_t i = 0; i < request->text_count; i++)
		all[count++] = (struct quotable){request->pieces[i].pointer,
		                                 request->pieces[i].bytes};
	for (size_t i = 0; i < parties; i++) {
		const struct party *party = &request->facts.parties[i];
		if (party->name_at != NULL)
			all[count++] = (struct quotable){party->name_at, party->name};
	}
	qsort(all, count, sizeof *all, by_pointer);
	session->quotables = all;
	session->quotable_count = count;
}

static struct span
text_at(const struct proviso_session *session, const char *pointer)
{
	struct quotable wanted = {.pointer = pointer};
	const struct quotable *found = bsearch(&wanted, session->quotables,
	                                       session->quotable_count, sizeof wanted, by_pointer);
	return found != NULL ? found->text : (struct span){NULL, 0};
}

static const char *
quote(struct proviso_session *session, struct span text, size_t start, size_t end)
{
	if (start >= end || end > text.length)
		return NULL;
	return arena_copy(&session->arena, (struct span){text.at + start, end - start});
}

void
quote_evidence(struct proviso_session *session, struct proviso_evidence *evidence)
{
	if (evidence->ranged && evidence->at != NULL)
		evidence->quote = quote(session, text_at(session, evidence->at), evidence->start,
		                        evidence->end);
}

/* What one passage tells of one axis that it takes the rivals of: tellings that stand
 * together, and the same of them in every passage that tells just that. */
struct rivals {
	const uint32_t *told; /* value and strength of each */
	size_t first, count;
};

static int
by_told(const void *a, const void *b)
{
	const struct rivals *left = a, *right = b;
	if (left->count != right->count)
		return left->count < right->count ? -1 : 1;
	return memcmp(left->told, right->told, left->count * sizeof *left->told);
}

/* Numbers the rivals of all passages: `groups` of each telling, or 0. */
static void
number_rivals(struct facts *facts, struct rivals *rivals, size_t count, uint32_t *groups)
{
	qsort(rivals, count, sizeof *rivals, by_told);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || by_told(&rivals[i - 1], &rivals[i]) != 0)
			facts->groups++;
		for (size_t j = 0; j < rivals[i].count; j++)
			groups[rivals[i].first + j] = facts->groups;
	}
}

/* The group of each telling of a text, as many as there are different ones. */
static const uint32_t *
group_rivals(struct facts *facts, const struct text_reading *reading, size_t tellings)
{
	uint32_t *groups = arena_alloc(facts->arena, tellings + 1, sizeof *groups);
	uint32_t *told = arena_alloc(facts->arena, tellings + 1, sizeof *told);
	struct rivals *rivals = arena_alloc(facts->arena, tellings + 1, sizeof *rivals);
	size_t count = 0;
	for (size_t i = 0; i < reading->passage_count; i++) {
		struct passage passage = reading->passages[i];
		uint32_t last = NO_AXIS;
		for (size_t j = passage.first; j < passage.first + passage.count; j++) {
			struct tell tell = text_tell(reading, j, 1);
			uint32_t axis = facts->vocabulary->values[tell.value].axis;
			if (tell.group == 0)
				continue;
			told[j] = tell.value * 2 + tell.weak;
			if (axis != last || rivals[count - 1].first + rivals[count - 1].count != j)
				rivals[count++] = (struct rivals){&told[j], j, 0};
			rivals[count - 1].count++;
			last = axis;
		}
	}
	number_rivals(facts, rivals, count, groups);
	return groups;
}

/* Everything told, as if the whole request were one passage. */
static struct facts
whole_facts(const struct facts *declared, const struct text_reading *reading)
{
	struct facts facts = *declared;
	size_t tellings = 0;
	facts.tells = NULL;
	facts.tell_count = facts.tell_capacity = 0;
	for (size_t i = 0; i < declared->tell_count; i++)
		facts_tell(&facts, declared->tells[i]);
	for (size_t i = 0; i < reading->passage_count; i++)
		tellings += reading->passages[i].count;
	const uint32_t *groups = group_rivals(&facts, reading, tellings);
	for (size_t i = 0; i < tellings; i++)
		facts_tell(&facts, text_tell(reading, i, groups[i]));
	facts_settle(&facts);
	return facts;
}

static int
by_value(const void *a, const void *b)
{
	const struct tell *left = a, *right = b;
	if (left->value != right->value)
		return left->value < right->value ? -1 : 1;
	return left->order < right->order ? -1 : left->order > right->order;
}

static const char *
truth_name(struct answer answer)
{
	if (answer.truth == TRUTH_OPEN)
		return answer.reason == OPEN_CONFLICT ? "conflict" : "questioned";
	return answer.truth == TRUTH_TRUE ? "true" : "false";
}

/* Passages overlap: what one tells, the next may tell by the same words. */
static bool
same_place(const struct proviso_evidence *a, const struct proviso_evidence *b)
{
	return a->at == b->at && a->start == b->start && a->end == b->end && a->term == b->term;
}

static struct proviso_truth
truth_of(struct proviso_session *session, const struct facts *facts, const struct tell *tells,
         size_t count)
{
	const struct vocabulary *vocabulary = facts->vocabulary;
	const struct value *value = &vocabulary->values[tells->value];
	const struct axis *axis = &vocabulary->axes[value->axis];
	bool whole = tells->value == axis->root;
	size_t listed = 0;
	struct proviso_evidence *evidence =
	        arena_alloc(&session->arena, count, sizeof *evidence);
	for (size_t i = 0; i < count; i++) {
		if (listed == 0 || !same_place(&evidence[listed - 1], &tells[i].evidence))
			evidence[listed++] = tells[i].evidence;
	}
	return (struct proviso_truth){
	        .fact = vocabulary_text(vocabulary, axis->name),
	        .value = whole ? "*" : vocabulary_text(vocabulary, value->name),
	        .label = vocabulary_text(vocabulary, value->label),
	        .party = (int)tells->party - 1,
	        .truth = whole ? "questioned"
	                       : truth_name(facts_answer(facts, tells->party, tells->value, TRUTH_FALSE)),
	        .evidence = evidence,
	        .evidence_count = listed};
}

static void
account_truths(struct proviso_session *session, const struct facts *facts)
{
	struct proviso_truth *truths =
	        arena_alloc(&session->arena, facts->tell_count + 1, sizeof *truths);
	struct tell *tells = arena_alloc(&session->arena, facts->tell_count + 1, sizeof *tells);
	size_t count = 0;
	for (size_t i = 0; i < facts->subject_count; i++) {
		struct subject subject = facts->subjects[i];
		memcpy(tells, facts->tells + subject.first, subject.count * sizeof *tells);
		qsort(tells, subject.count, sizeof *tells, by_value);
		for (size_t j = 0, next; j < subject.count; j = next) {
			for (next = j + 1;
			     next < subject.count && tells[next].value == tells[j].value;)
				next++;
			truths[count] = truth_of(session, facts, &tells[j], next - j);
			for (size_t k = 0; k < truths[count].evidence_count; k++)
				quote_evidence(session,
				               (struct proviso_evidence *)&truths[count].evidence[k]);
			count++;
		}
	}
	session->result.truths = truths;
	session->result.truth_count = count;
}

/* The first value of an axis told true of a party that no other told value is
 * narrower than. */
static const char *
narrowest(const struct facts *facts, struct subject subject, const char *axis_name)
{
	const struct vocabulary *vocabulary = facts->vocabulary;
	uint32_t axis = vocabulary_axis(vocabulary, axis_name), best = NO_VALUE;
	for (size_t i = 0; i < subject.count; i++) {
		const struct tell *tell = &facts->tells[subject.first + i];
		if (tell->telling == TELL_TRUE && vocabulary->values[tell->value].axis == axis &&
		    (best == NO_VALUE || vocabulary_within(vocabulary, tell->value, best)))
			best = tell->value;
	}
	return best == NO_VALUE
	               ? NULL
	               : vocabulary_text(vocabulary, vocabulary->values[best].name);
}

static void
account_parties(struct proviso_session *session, const struct facts *facts)
{
	struct proviso_party *parties =
	        arena_alloc(&session->arena, facts->party_count + 1, sizeof *parties);
	for (size_t i = 0; i < facts->party_count; i++) {
		const struct party *party = &facts->parties[i];
		struct subject subject = facts_subject(facts, (uint32_t)i + 1);
		struct proviso_evidence *evidence =
		        arena_alloc(&session->arena, subject.count + 1, sizeof *evidence);
		evidence[0] = party->evidence;
		for (size_t j = 0; j < subject.count; j++)
			evidence[j + 1] = facts->tells[subject.first + j].evidence;
		for (size_t j = 0; j <= subject.count; j++)
			quote_evidence(session, &evidence[j]);
		parties[i] = (struct proviso_party){
		        .role = !party->declared            ? "text"
		                : party->role == PARTY_ACTOR ? "actor"
		                                             : "on_behalf_of",
		        .name = party->name.length != 0 ? arena_copy(&session->arena, party->name)
		                                        : NULL,
		        .kind = narrowest(facts, subject, "party.kind"),
		        .jurisdiction = narrowest(facts, subject, "party.jurisdiction"),
		        .evidence = evidence,
		        .evidence_count = subject.count + 1};
	}
	session->result.parties = parties;
	session->result.party_count = facts->party_count;
}

static void
account_mentions(struct proviso_session *session, const struct vocabulary *vocabulary,
                 const struct text_reading *reading)
{
	static const char *const readings[] = {
	        [READ_ASSERTED] = "asserted",   [READ_NEGATED] = "negated",
	        [READ_QUESTIONED] = "questioned", [READ_MENTIONED] = "mentioned",
	        [READ_SET_ASIDE] = "set aside"};
	struct proviso_mention *mentions =
	        arena_alloc(&session->arena, reading->mention_count + 1, sizeof *mentions);
	for (size_t i = 0; i < reading->mention_count; i++) {
		const struct mention *from = &reading->mentions[i];
		const struct value *value = &vocabulary->values[from->value];
		struct proviso_mention *mention = &mentions[i];
		struct span text = text_at(session, from->evidence.at);
		*mention = (struct proviso_mention){
		        .fact = vocabulary_text(vocabulary, vocabulary->axes[value->axis].name),
		        .value = vocabulary_text(vocabulary, value->name),
		        .label = vocabulary_text(vocabulary, value->label),
		        .reading = readings[from->reading],
		        .evidence = from->evidence,
		        .trigger = from->trigger};
		mention->evidence.quote = quote(session, text, from->evidence.start,
		                                from->evidence.end);
		if (from->trigger != NULL)
			mention->trigger_quote = quote(session, text, from->trigger_start,
			                               from->trigger_end);
	}
	session->result.mentions = mentions;
	session->result.mention_count = reading->mention_count;
}

void
account_for(struct proviso_session *session, const struct facts *declared,
            const struct text_reading *reading)
{
	struct facts facts = whole_facts(declared, reading);
	account_truths(session, &facts);
	account_parties(session, &facts);
	account_mentions(session, facts.vocabulary, reading);
}
