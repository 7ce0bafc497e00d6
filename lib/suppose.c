/* What a request would tell if it told something else. */
#include "hearing.h"

static bool
is_about(const struct vocabulary *vocabulary, const struct tell *tell, const struct change *change)
{
	return tell->party == change->party &&
	       vocabulary->values[tell->value].axis == vocabulary->values[change->value].axis;
}

/* Whether a change takes the place of what is told: on an axis that holds one
 * value of anything, else of what contradicts or questions it. */
static bool
replaces(const struct vocabulary *vocabulary, const struct change *change, const struct tell *tell)
{
	const struct axis *axis = &vocabulary->axes[vocabulary->values[change->value].axis];
	bool under = vocabulary_within(vocabulary, tell->value, change->value);
	if (axis->one)
		return true;
	if (!change->truth)
		return tell->telling != TELL_FALSE && under;
	return tell->telling == TELL_FALSE
	               ? vocabulary_within(vocabulary, change->value, tell->value)
	               : tell->telling == TELL_QUESTION && tell->value == change->value;
}

static void
replace_told(struct facts *facts, const struct change *change)
{
	size_t kept = 0;
	for (size_t i = 0; i < facts->tell_count; i++) {
		const struct tell *tell = &facts->tells[i];
		if (!is_about(facts->vocabulary, tell, change) ||
		    !replaces(facts->vocabulary, change, tell))
			facts->tells[kept++] = *tell;
	}
	facts->tell_count = kept;
}

/* Marks the declared parties of whom nothing is told; returns how many. */
static size_t
find_silent(const struct facts *facts, bool *silent)
{
	size_t count = 0;
	for (size_t i = 0; i < facts->party_count; i++)
		silent[i + 1] = facts->parties[i].declared;
	for (size_t i = 0; i < facts->tell_count; i++)
		silent[facts->tells[i].party] = false;
	for (size_t i = 1; i <= facts->party_count; i++)
		count += silent[i];
	return count;
}

/* Adds a party to facts that share their parties with others. */
static void
add_party(struct facts *facts)
{
	const struct party *shared = facts->parties;
	size_t count = facts->party_count;
	facts->parties = arena_alloc(facts->arena, count + 1, sizeof *facts->parties);
	facts->party_capacity = count + 1;
	if (count != 0)
		memcpy(facts->parties, shared, count * sizeof *shared);
	facts_party(facts, (struct party){.role = PARTY_ACTOR, .declared = true});
}

static bool
is_of_anybody(const struct changes *changes)
{
	bool anybody = false;
	for (size_t i = 0; i < changes->count; i++)
		anybody = anybody || changes->list[i].party == NO_PARTY;
	return anybody;
}

static void
tell_change(struct facts *facts, const struct change *change, uint32_t party, uint32_t group)
{
	facts_tell(facts, (struct tell){
	                          .value = change->value,
	                          .party = party,
	                          .group = group,
	                          .telling = change->truth ? TELL_TRUE : TELL_FALSE});
}

/* A change of nobody's is of whoever is silent, and of somebody new if nobody is. */
void
suppose(struct facts *facts, const struct changes *changes)
{
	uint32_t group = ++facts->groups;
	bool *silent = arena_alloc(facts->arena, facts->party_count + 2, sizeof *silent);
	size_t parties = facts->party_count;
	if (is_of_anybody(changes) && find_silent(facts, silent) == 0) {
		add_party(facts);
		silent[++parties] = true;
	}
	for (size_t i = 0; i < changes->count; i++) {
		if (changes->list[i].party != NO_PARTY)
			replace_told(facts, &changes->list[i]);
	}
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->list[i];
		if (change->party != NO_PARTY)
			tell_change(facts, change, change->party, group);
		for (uint32_t j = 1; j <= parties && change->party == NO_PARTY; j++) {
			if (silent[j])
				tell_change(facts, change, j, group);
		}
	}
}
