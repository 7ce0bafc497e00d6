#include "policy.h"

static bool
is_known(const struct revision *revision, int32_t known_at)
{
	return known_at == NO_DATE || revision->published <= known_at;
}

/* The known revision that corrects the one at `index`, or NO_REVISION. */
static size_t
corrector(const struct policy *policy, size_t index, int32_t known_at)
{
	for (size_t i = index + 1; i < policy->revision_count; i++) {
		if (policy->revisions[i].corrects == index &&
		    is_known(&policy->revisions[i], known_at))
			return i;
	}
	return NO_REVISION;
}

int32_t
policy_binding_from(const struct policy *policy, size_t index)
{
	int32_t day = policy->revisions[index].in_force;
	size_t corrected = policy->revisions[index].corrects;
	while (corrected != NO_REVISION) {
		if (policy->revisions[corrected].in_force < day)
			day = policy->revisions[corrected].in_force;
		corrected = policy->revisions[corrected].corrects;
	}
	return day;
}

size_t
policy_revision(const struct policy *policy, int32_t as_of, int32_t known_at)
{
	size_t found = NO_REVISION;
	int32_t found_from = 0;
	for (size_t i = 0; i < policy->revision_count; i++) {
		if (!is_known(&policy->revisions[i], known_at) ||
		    corrector(policy, i, known_at) != NO_REVISION)
			continue;
		int32_t from = policy_binding_from(policy, i);
		if (from <= as_of && (found == NO_REVISION || from >= found_from)) {
			found = i;
			found_from = from;
		}
	}
	return found;
}
