/* What an engine and a session are made of. */
#ifndef PROVISO_ENGINE_H
#define PROVISO_ENGINE_H

#include <pthread.h>
#include <stdio.h>

#include "docket.h"
#include "mould.h"

/* By what most requests are passed without a look at more than their words. */
struct preparation {
	pthread_mutex_t lock;
	bool ready; /* then the rest stays as it is */
	struct arena arena;
	struct glance glance;
	struct necessity **needs; /* of each policy, of each clause */
	uint64_t binding;         /* topics that whom a policy binds may hang on */
};

struct preparation *preparation_new(void); /* NULL if memory ran out */
void preparation_free(struct preparation *); /* or NULL */

struct proviso_engine {
	struct arena arena;
	FILE *reading;              /* while it is being read */
	struct document *documents; /* of policies and added vocabularies: their texts are used */
	size_t document_count;
	struct vocabulary vocabulary;
	struct policy *policies; /* sorted by name */
	size_t policy_count;
	struct preparation *preparation;
	const struct proviso_policy *descriptions;
	const char *const *clauses; /* glob patterns */
	size_t clause_count;
	int32_t as_of; /* NO_DATE: each policy's reviewed day */
	int32_t known_at;
	bool as_of_record;
	bool applicable; /* only policies that bind a request judge it */
	bool strict;
};

/* An account of what a request tells, for the parties, truths and mentions of a result. */
struct account {
	struct facts facts; /* all that is told, as if it were one passage; not settled */
	struct proviso_mention *mentions;
	size_t mention_count, mention_capacity;
};

struct proviso_session {
	const struct proviso_engine *engine;
	struct arena arena;
	struct arena texts; /* of a long text: the window that is open */
	const struct preparation *prepared; /* NULL as long as every text is read */
	struct glance_memory *memory;       /* likewise */
	size_t bytes;   /* of the requests that were judged before that */
	bool reads_all; /* every text is read, however many there are */
	struct recall recall;
	struct moulds moulds;
	struct docket docket;
	struct word_memory *words;
	bool explain;
	const struct quotable *quotables; /* if so: what may be quoted from the request */
	size_t quotable_count;
	struct account account; /* likewise */
	size_t requests, read; /* judged so far, and those of them whose texts were read */
	struct proviso_result result;
};

/* What the engine has prepared; it is done when first asked for, by any thread. NULL
 * if memory ran out. */
const struct preparation *engine_prepared(const struct proviso_engine *);

/* Whether a clause is one of those asked for. */
bool engine_chooses(const struct proviso_engine *, const struct clause *);

/* The day that a policy is judged as of, for a request of that date. */
int32_t engine_as_of(const struct proviso_engine *, const struct policy *, int32_t date);

/* Policies as a person reads them, in the engine's arena. */
const struct proviso_policy *describe_policies(struct proviso_engine *);

/* What is quoted from now on is quoted from this request. */
void quote_from(struct proviso_session *, const struct request *);

/* Adds the matched words to evidence that has a range. */
void quote_evidence(struct proviso_session *, struct proviso_evidence *);

/* Begins an account of a request by what is declared, */
void account_start(struct proviso_session *, const struct facts *declared);

/* adds what a text or a window of it tells, */
void account_reading(struct proviso_session *, const struct text_reading *);

/* and fills in the result. `declared` are the same as at first, with the parties met. */
void account_finish(struct proviso_session *, const struct facts *declared);

#endif
