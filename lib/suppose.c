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

/* Whether anything is told of a party that was not there already. */
static bool
is_silent(const struct facts *facts, uint32_t party)
{
	bool silent = facts->parties[party - 1].declared;
	for (size_t i = 0; i < facts->tell_count && silent; i++)
		silent = facts->tells[i].party != party;
	return silent;
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

/* The changes with the parties that they are about, for whoever is silent. */
static struct changes
about_somebody(struct facts *facts, const struct changes *changes)
{
	struct changes all = {0};
	size_t parties = facts->party_count, silent = 0;
	bool nobody = false;
	for (size_t i = 0; i < changes->count; i++)
		nobody = nobody || changes->list[i].party == NO_PARTY;
	for (size_t i = 1; i <= parties; i++)
		silent += is_silent(facts, (uint32_t)i);
	if (nobody && silent == 0)
		add_party(facts);
	all.list = arena_alloc(facts->arena, changes->count * (facts->party_count + 1),
	                       sizeof *all.list);
	for (size_t i = 0; i < changes->count; i++) {
		struct change change = changes->list[i];
		if (change.party != NO_PARTY)
			all.list[all.count++] = change;
		for (size_t j = 1; j <= facts->party_count && changes->list[i].party == NO_PARTY;
		     j++) {
			change.party = (uint32_t)j;
			if (is_silent(facts, change.party))
				all.list[all.count++] = change;
		}
	}
	return all;
}

void
suppose(struct facts *facts, const struct changes *changes)
{
	struct changes all = about_somebody(facts, changes);
	uint32_t group = ++facts->groups;
	for (size_t i = 0; i < all.count; i++)
		replace_told(facts, &all.list[i]);
	for (size_t i = 0; i < all.count; i++)
		facts_tell(facts, (struct tell){
		                          .value = all.list[i].value,
		                          .party = all.list[i].party,
		                          .group = group,
		                          .telling = all.list[i].truth ? TELL_TRUE : TELL_FALSE});
}
