/* What is offered as a choice. */
#include "context.h"

enum { CHOICE_NEAR = 6 };

static bool
choice_between(const struct reader *reader, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		if (token_in(reader, i, CLASS_SCOPE_OR))
			return true;
	}
	return false;
}

static bool
rivals(const struct reader *reader, uint32_t a, uint32_t b)
{
	const struct vocabulary *vocabulary = reader->vocabulary;
	const struct value *left = &vocabulary->values[a];
	return left->axis == vocabulary->values[b].axis && vocabulary->axes[left->axis].one &&
	       !vocabulary_within(vocabulary, a, b) && !vocabulary_within(vocabulary, b, a) &&
	       vocabulary->links[left->ancestors + left->ancestor_count - 1] !=
	               vocabulary->links[vocabulary->values[b].ancestors +
	                                 vocabulary->values[b].ancestor_count - 1];
}

void
read_choices(struct reader *reader)
{
	struct draft_list *drafts = &reader->drafts;
	for (size_t i = 0; i < drafts->count; i++) {
		struct draft *left = &drafts->at[i];
		for (size_t j = i + 1; j < drafts->count; j++) {
			struct draft *right = &drafts->at[j];
			if (right->first > left->last + CHOICE_NEAR)
				break;
			if (left->reading > READ_QUESTIONED || right->reading > READ_QUESTIONED ||
			    left->reading == READ_NEGATED || right->reading == READ_NEGATED ||
			    right->first <= left->last ||
			    !rivals(reader, left->value, right->value) ||
			    !choice_between(reader, left->last, right->first))
				continue;
			left->reading = right->reading = READ_QUESTIONED;
		}
	}
}
