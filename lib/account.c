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

/* The group of rivals that a passage tells of one axis: tellings that stand together, and
 * the same ones in any passage. */
static uint32_t
group_of(const struct text_reading *reading, size_t first, size_t end)
{
	uint32_t hash = 2166136261U;
	for (size_t i = first; i < end; i++) {
		struct tell tell = text_tell(reading, i, 1);
		hash = (hash ^ (tell.value * 2 + tell.weak)) * 16777619U;
		hash ^= hash >> 15;
	}
	return hash | 1U << 31;
}

/* Where rivals end that begin at a telling; there, if it has none. */
static size_t
rivals_end(const struct vocabulary *vocabulary, const struct text_reading *reading, size_t first,
           size_t end)
{
	struct tell tell = text_tell(reading, first, 1), next = tell;
	size_t at = first;
	while (next.group != 0 &&
	       vocabulary->values[next.value].axis == vocabulary->values[tell.value].axis &&
	       ++at < end)
		next = text_tell(reading, at, 1);
	return at;
}

static void
add_passage(struct facts *facts, const struct text_reading *reading, struct passage passage)
{
	size_t end = passage.first + passage.count, rivals = passage.first;
	uint32_t group = 0;
	for (size_t i = passage.first; i < end; i++) {
		if (i >= rivals) {
			rivals = rivals_end(facts->vocabulary, reading, i, end);
			group = group_of(reading, i, rivals);
		}
		facts_tell(facts, text_tell(reading, i, group));
	}
}

void
account_start(struct proviso_session *session, const struct facts *declared)
{
	struct account *account = &session->account;
	*account = (struct account){.facts = *declared};
	account->facts.tells = NULL;
	account->facts.tell_count = account->facts.tell_capacity = 0;
	for (size_t i = 0; i < declared->tell_count; i++)
		facts_tell(&account->facts, declared->tells[i]);
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
add_mentions(struct proviso_session *session, const struct text_reading *reading)
{
	static const char *const readings[] = {
	        [READ_ASSERTED] = "asserted",   [READ_NEGATED] = "negated",
	        [READ_QUESTIONED] = "questioned", [READ_MENTIONED] = "mentioned",
	        [READ_SET_ASIDE] = "set aside"};
	struct account *account = &session->account;
	const struct vocabulary *vocabulary = account->facts.vocabulary;
	account->mentions = arena_room(&session->arena, account->mentions, account->mention_count,
	                               reading->mention_count, &account->mention_capacity,
	                               sizeof *account->mentions);
	for (size_t i = 0; i < reading->mention_count; i++) {
		const struct mention *from = &reading->mentions[i];
		const struct value *value = &vocabulary->values[from->value];
		struct proviso_mention *mention = &account->mentions[account->mention_count++];
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
}

/* Of what several windows tell, as of what several passages tell, the first is kept. */
void
account_reading(struct proviso_session *session, const struct text_reading *reading)
{
	struct facts *facts = &session->account.facts;
	for (size_t i = 0; i < reading->passage_count; i++)
		add_passage(facts, reading, reading->passages[i]);
	struct arena_mark mark = arena_mark(facts->arena);
	facts_drop_repeated(facts);
	arena_release(facts->arena, mark);
	add_mentions(session, reading);
}

void
account_finish(struct proviso_session *session, const struct facts *declared)
{
	struct account *account = &session->account;
	account->facts.parties = declared->parties;
	account->facts.party_count = declared->party_count;
	facts_settle(&account->facts);
	account_truths(session, &account->facts);
	account_parties(session, &account->facts);
	session->result.mentions = account->mentions;
	session->result.mention_count = account->mention_count;
}
