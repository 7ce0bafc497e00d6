#include "tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
is_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static char *
copy(const char *text, bool *failed)
{
	char *copied = text != NULL ? strdup(text) : NULL;
	*failed = *failed || (text != NULL && copied == NULL);
	return copied;
}

static struct clause_tally *
new_clause(struct tally *tally, const struct proviso_finding *finding)
{
	bool failed = false;
	if (tally->clause_count == tally->clause_capacity) {
		size_t capacity = tally->clause_capacity != 0 ? tally->clause_capacity * 2 : 16;
		struct clause_tally *grown =
		        realloc(tally->clauses, capacity * sizeof *tally->clauses);
		if (grown == NULL)
			return NULL;
		tally->clauses = grown;
		tally->clause_capacity = capacity;
	}
	struct clause_tally *clause = &tally->clauses[tally->clause_count++];
	*clause = (struct clause_tally){
	        .policy = copy(finding->policy, &failed),
	        .revision = copy(finding->revision, &failed),
	        .clause = copy(finding->clause, &failed),
	};
	return failed ? NULL : clause;
}

static struct clause_tally *
find_clause(struct tally *tally, const struct proviso_finding *finding)
{
	for (size_t i = 0; i < tally->clause_count; i++) {
		struct clause_tally *clause = &tally->clauses[i];
		if (is_same(clause->clause, finding->clause) &&
		    is_same(clause->policy, finding->policy) &&
		    is_same(clause->revision, finding->revision))
			return clause;
	}
	return new_clause(tally, finding);
}

bool
tally_add(struct tally *tally, const struct judged *judged, bool clauses)
{
	tally->verdicts[judged->verdict]++;
	for (size_t i = 0; clauses && i < judged->result->finding_count; i++) {
		const struct proviso_finding *finding = &judged->result->findings[i];
		if (finding->outcome == PROVISO_FALSE)
			continue;
		struct clause_tally *clause = find_clause(tally, finding);
		if (clause == NULL)
			return false;
		clause->denied += finding->outcome == PROVISO_TRUE;
		clause->open += finding->outcome == PROVISO_OPEN;
	}
	return true;
}

bool
tally_merge(struct tally *tally, const struct tally *other)
{
	tally->trouble = tally->trouble || other->trouble;
	for (size_t i = 0; i < VERDICTS; i++) {
		tally->verdicts[i] += other->verdicts[i];
		for (size_t j = 0; j < VERDICTS; j++)
			tally->changes[i][j] += other->changes[i][j];
	}
	for (size_t i = 0; i < other->clause_count; i++) {
		const struct clause_tally *added = &other->clauses[i];
		const struct proviso_finding finding = {.policy = added->policy,
		                                        .revision = added->revision,
		                                        .clause = added->clause};
		struct clause_tally *clause = find_clause(tally, &finding);
		if (clause == NULL)
			return false;
		clause->denied += added->denied;
		clause->open += added->open;
	}
	return true;
}

void
tally_free(struct tally *tally)
{
	for (size_t i = 0; i < tally->clause_count; i++) {
		free(tally->clauses[i].policy);
		free(tally->clauses[i].revision);
		free(tally->clauses[i].clause);
	}
	free(tally->clauses);
}

size_t
tally_requests(const struct tally *tally)
{
	size_t requests = 0;
	for (size_t i = 0; i < VERDICTS; i++)
		requests += tally->verdicts[i];
	return requests;
}

enum status
tally_status(const struct tally *tally, bool exit_zero)
{
	if (tally->trouble || tally->verdicts[PROVISO_INVALID] != 0)
		return STATUS_TROUBLE;
	if (exit_zero)
		return STATUS_ALLOWED;
	if (tally->verdicts[PROVISO_DENY] != 0)
		return STATUS_DENIED;
	return tally->verdicts[PROVISO_UNDECIDED] != 0 ? STATUS_UNDECIDED : STATUS_ALLOWED;
}

static int
compare_clauses(const void *a, const void *b)
{
	const struct clause_tally *left = a, *right = b;
	int order = strcmp(left->policy, right->policy);
	if (order == 0)
		order = strcmp(left->revision != NULL ? left->revision : "",
		               right->revision != NULL ? right->revision : "");
	if (order == 0)
		order = strcmp(left->clause != NULL ? left->clause : "",
		               right->clause != NULL ? right->clause : "");
	return order;
}

void
tally_summary(const struct tally *tally)
{
	size_t requests = tally_requests(tally);
	fprintf(stderr, "%8zu request%s\n", requests, requests == 1 ? "" : "s");
	for (unsigned i = 0; i < VERDICTS; i++)
		fprintf(stderr, "%8zu %s\n", tally->verdicts[i], verdict_name(i));
	if (tally->clause_count != 0)
		qsort(tally->clauses, tally->clause_count, sizeof *tally->clauses, compare_clauses);
	for (size_t i = 0; i < tally->clause_count; i++) {
		const struct clause_tally *clause = &tally->clauses[i];
		fprintf(stderr, "%8zu deny, %zu open: %s@%s%s%s\n", clause->denied, clause->open,
		        clause->policy, clause->revision != NULL ? clause->revision : "-",
		        clause->clause != NULL ? "/" : "",
		        clause->clause != NULL ? clause->clause : "");
	}
}
