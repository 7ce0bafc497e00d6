/* One request before the clauses of a session's policies. */
#ifndef PROVISO_HEARING_H
#define PROVISO_HEARING_H

#include "decide.h"
#include "engine.h"

struct hearing {
	struct proviso_session *session;
	const struct request *request;
	const struct facts *declared; /* not yet settled, with the parties met in text */
	struct text_windows *windows; /* of its texts; or NULL */
	struct text_reading reading;  /* of the one that is open */
	size_t open;                  /* that window, + 1; or 0 */
	const struct docket *docket;
	struct case_clause *clauses; /* of those called, the ones that may not be false */
	size_t clause_count, clause_capacity;
	struct facts near; /* declared, but for bystanders, each telling once */
	bool *spoken;      /* the declared parties that texts speak of, and the request */
	bool *binds; /* each policy of the engine; by what is told in any passage */
	struct facts found; /* of the passage that was last looked into for a finding */
	size_t found_in;    /* that passage, + 1; or 0 */
	size_t found_window;
	struct proviso_finding *findings;
	size_t finding_count, finding_capacity;
	struct proviso_judged *judged;
	size_t judged_count, judged_capacity;
	struct proviso_note *notes;
	size_t note_count, note_capacity;
};

/* Something that a request could tell, in place of what it tells of that: a
 * value as true or as denied, of a party (0: the request, NO_PARTY: whoever is
 * there and of whom nothing is told). */
struct change {
	uint32_t value, party;
	bool truth;
};

struct changes {
	struct change *list;
	size_t count, capacity;
};

/* Judges every clause in every passage. */
void hearing_judge(struct hearing *);

/* Makes findings of the clauses that were judged, and the result of the session: of the
 * policies that bind. With explanations, they quote. */
void hearing_conclude(struct hearing *);

/* Reads a window of the texts, unless it is open. */
void hearing_open(struct hearing *, size_t window);

size_t hearing_windows(const struct hearing *);

/* Those of the window that is open. */
size_t hearing_passages(const struct hearing *);

/* Declared facts and those of one passage, changed (NULL: as they are). */
struct facts hearing_facts(const struct hearing *, size_t passage, const struct changes *);

/* Changes facts that are not settled yet. */
void suppose(struct facts *, const struct changes *);

/* Finds what would meet a clause, and what would end it if it is open. Whatever
 * is said has been tried. */
void find_changes(struct hearing *, const struct case_clause *, const struct openings *,
                  struct proviso_finding *);

#endif
