#include "policy.h"

static const char *const policy_members[] = {"$schema", "policy",    "title",   "issuer",
                                             "source",  "reviewed",  "note",    "revisions",
                                             "clauses", "out_of_reach", "applies_to", NULL};
static const char *const unreached_members[] = {"section", "title", "why", NULL};
static const char *const revision_members[] = {"revision", "published", "in_force", "corrects",
                                               "note",     "none",      "source",   NULL};
static const char *const clause_members[] = {"clause", "title", "text",  "section", "source",
                                             "confidence", "note", "since", "until", "when",
                                             "except", "tests", NULL};
static const char *const exception_members[] = {"ground", "conditions", "section",
                                                "title",  "note",       NULL};

struct reader {
	struct policy *policy;
	struct arena *arena;
	struct document *document;
	const struct vocabulary *vocabulary;
};

/* A name as verdicts tell it: policy@revision/clause. */
static const char *
read_name(struct reader *reader, const struct place *at, json_t *object, const char *key)
{
	const char *name = document_string(reader->document, at, object, key, true);
	struct place place = {.up = at, .key = key};
	if (name == NULL)
		return NULL;
	bool good = *name != '\0' && strcmp(name, "all") != 0 && strcmp(name, "applicable") != 0;
	for (const char *c = name; *c != '\0'; c++)
		good = good && strchr("/,@\x7f", *c) == NULL && (unsigned char)*c >= ' ';
	if (!good)
		document_problem(reader->document, &place, "name",
		                 "no verdict can tell a %s of this name", key);
	return name;
}

static int32_t
read_day(struct reader *reader, const struct place *at, json_t *object, const char *key,
         const char **as_written)
{
	const char *text = document_string(reader->document, at, object, key, true);
	*as_written = text;
	int32_t day = text != NULL ? date_parse_day(span_of(text)) : NO_DATE;
	if (text != NULL && day == NO_DATE) {
		struct place place = {.up = at, .key = key};
		document_problem(reader->document, &place, "date",
		                 "\"%s\" is not a day of the form YYYY-MM-DD", text);
	}
	return day;
}

static size_t
find_revision(struct reader *reader, const struct place *at, json_t *object, const char *key,
              bool required)
{
	const char *name = document_string(reader->document, at, object, key, required);
	if (name == NULL)
		return NO_REVISION;
	for (size_t i = 0; i < reader->policy->revision_count; i++) {
		const char *known = reader->policy->revisions[i].name;
		if (known != NULL && strcmp(known, name) == 0)
			return i;
	}
	struct place place = {.up = at, .key = key};
	document_problem(reader->document, &place, "unknown-revision", "no revision \"%s\"", name);
	return NO_REVISION;
}

static struct revision
read_revision(struct reader *reader, const struct place *at, json_t *object)
{
	struct document *document = reader->document;
	document_only(document, at, object, revision_members);
	struct revision revision = {.corrects = NO_REVISION};
	revision.name = read_name(reader, at, object, "revision");
	revision.note = document_string(document, at, object, "note", false);
	revision.published = read_day(reader, at, object, "published", &revision.published_text);
	revision.in_force = read_day(reader, at, object, "in_force", &revision.in_force_text);
	revision.none = json_is_true(json_object_get(object, "none"));
	return revision;
}

/* Revisions stand in the order of publication, so an order by index is one in
 * time, and a correction stands after what it corrects. */
static void
check_revision(struct reader *reader, const struct place *at, json_t *object,
               struct revision *revisions, size_t index)
{
	struct revision *revision = &revisions[index];
	for (size_t i = 0; i < index; i++) {
		if (revision->name != NULL && revisions[i].name != NULL &&
		    strcmp(revisions[i].name, revision->name) == 0)
			document_problem(reader->document, at, "duplicate",
			                 "revision \"%s\" stands twice", revision->name);
	}
	if (index > 0 && revision->published != NO_DATE &&
	    revision->published < revisions[index - 1].published)
		document_problem(reader->document, at, "order",
		                 "revisions are not in the order of their publication");
	revision->corrects = find_revision(reader, at, object, "corrects", false);
	if (revision->corrects != NO_REVISION && revision->corrects >= index) {
		document_problem(reader->document, at, "order",
		                 "a revision corrects one that does not stand before it");
		revision->corrects = NO_REVISION;
	}
}

static void
read_revisions(struct reader *reader)
{
	struct document *document = reader->document;
	json_t *list = document_array(document, NULL, document->root, "revisions", true);
	struct place place = {.key = "revisions"};
	if (list != NULL && json_array_size(list) == 0)
		document_problem(document, &place, "empty", "a policy has at least one revision");
	struct revision *revisions =
	        arena_alloc(reader->arena, json_array_size(list) + 1, sizeof *revisions);
	reader->policy->revisions = revisions;
	size_t i;
	json_t *entry;
	json_array_foreach(list, i, entry) {
		struct place at = {.up = &place, .index = i};
		if (!json_is_object(entry)) {
			document_problem(document, &at, "shape", "a revision is not an object");
			continue;
		}
		size_t index = reader->policy->revision_count;
		revisions[index] = read_revision(reader, &at, entry);
		reader->policy->revision_count++;
		check_revision(reader, &at, entry, revisions, index);
	}
}

static struct condition *
new_condition(struct reader *reader, json_t *source, enum condition_type type, size_t parts)
{
	struct condition *condition = arena_alloc(reader->arena, 1, sizeof *condition);
	condition->type = type;
	condition->source = source;
	condition->parts =
	        arena_alloc(reader->arena, parts + 1, sizeof *condition->parts);
	return condition;
}

static void
add_part(struct condition *condition, const struct condition *part)
{
	condition->parts[condition->part_count++] = part;
}

/* What silence means for the atoms of a condition. */
enum silence {
	SILENCE_BY_AXIS,
	SILENCE_FALSE,
	SILENCE_OPEN,
	SILENCE_TRUE, /* false under a negation */
};

static enum silence
negated_silence(enum silence silence)
{
	return silence == SILENCE_FALSE  ? SILENCE_TRUE
	       : silence == SILENCE_TRUE ? SILENCE_FALSE
	                                 : silence;
}

static enum truth
unstated_truth(const struct vocabulary *vocabulary, uint32_t axis, enum silence silence)
{
	switch (silence) {
	case SILENCE_FALSE:
		return TRUTH_FALSE;
	case SILENCE_TRUE:
		return TRUTH_TRUE;
	case SILENCE_OPEN:
		return TRUTH_OPEN;
	case SILENCE_BY_AXIS:
		break;
	}
	return vocabulary->axes[axis].unknown ? TRUTH_OPEN : TRUTH_FALSE;
}

static uint32_t
read_value(struct reader *reader, const struct place *at, uint32_t axis, json_t *entry)
{
	const struct vocabulary *vocabulary = reader->vocabulary;
	const char *text = json_is_boolean(entry) ? (json_is_true(entry) ? "true" : "false")
	                                          : json_string_value(entry);
	uint32_t value =
	        text != NULL ? vocabulary_value(vocabulary, axis, span_of(text)) : NO_VALUE;
	if (value == NO_VALUE)
		document_problem(reader->document, at, "unknown-value",
		                 "no value %s%s%s on axis \"%s\"", text ? "\"" : "",
		                 text ? text : "like this", text ? "\"" : "",
		                 vocabulary_text(vocabulary, vocabulary->axes[axis].name));
	return value;
}

/* "axis": "value", or an array of which any will do. */
static bool
read_property(struct reader *reader, const struct place *at, const char *axis_name,
              json_t *entry, enum silence silence, struct property *property)
{
	property->axis = vocabulary_axis(reader->vocabulary, axis_name);
	if (property->axis == NO_AXIS) {
		document_problem(reader->document, at, "unknown-axis", "no axis \"%s\"", axis_name);
		return false;
	}
	property->unstated = unstated_truth(reader->vocabulary, property->axis, silence);
	property->beside = TRUTH_TRUE;
	size_t count = json_is_array(entry) ? json_array_size(entry) : 1;
	uint32_t *values = arena_alloc(reader->arena, count + 1, sizeof *values);
	property->values = values;
	for (size_t i = 0; i < count; i++) {
		struct place element = {.up = at, .index = i};
		bool array = json_is_array(entry);
		uint32_t value = read_value(reader, array ? &element : at, property->axis,
		                            array ? json_array_get(entry, i) : entry);
		if (value != NO_VALUE)
			values[property->value_count++] = value;
	}
	if (count == 0)
		document_problem(reader->document, at, "empty", "no value is named");
	return property->value_count != 0;
}

static void
read_party(struct reader *reader, const struct place *at, json_t *object, enum silence silence,
           struct condition *atom)
{
	struct property *properties =
	        arena_alloc(reader->arena, json_object_size(object) + 1, sizeof *properties);
	atom->party = true;
	atom->properties = properties;
	if (!json_is_object(object) || json_object_size(object) == 0) {
		document_problem(reader->document, at, "shape",
		                 "\"party\" is not an object with at least one property");
		return;
	}
	const char *key;
	json_t *entry;
	json_object_foreach(object, key, entry) {
		struct place place = {.up = at, .key = key};
		const char *axis = arena_printf(reader->arena, "party.%s", key);
		if (read_property(reader, &place, axis, entry, silence,
		                  &properties[atom->property_count]))
			atom->property_count++;
	}
}

/* What the atom itself says that unstated means, or `silence`. */
static enum silence
read_unstated(struct reader *reader, const struct place *at, json_t *object,
              enum silence silence)
{
	const char *text = document_string(reader->document, at, object, "unstated", false);
	if (text == NULL)
		return silence;
	if (strcmp(text, "unknown") == 0)
		return SILENCE_OPEN;
	if (strcmp(text, "false") != 0) {
		struct place place = {.up = at, .key = "unstated"};
		document_problem(reader->document, &place, "shape",
		                 "\"unstated\" is neither \"unknown\" nor \"false\"");
	}
	return SILENCE_FALSE;
}

static void
read_fact(struct reader *reader, const struct place *at, json_t *entry, enum silence silence,
          struct condition *atom)
{
	if (strcmp(at->key, "party") == 0) {
		read_party(reader, at, entry, silence, atom);
		return;
	}
	struct property *property = arena_alloc(reader->arena, 1, sizeof *property);
	if (read_property(reader, at, at->key, entry, silence, property)) {
		atom->properties = property;
		atom->property_count = 1;
	}
}

static void
note_otherwise(struct reader *reader, const struct condition *atom, enum silence silence)
{
	for (size_t i = 0; i < atom->property_count; i++) {
		struct property *property = (struct property *)&atom->properties[i];
		property->otherwise = unstated_truth(reader->vocabulary, property->axis, silence);
	}
}

static const struct condition *
read_atom(struct reader *reader, const struct place *at, json_t *object, enum silence silence)
{
	struct condition *atom = new_condition(reader, object, CONDITION_ATOM, 0);
	enum silence own = read_unstated(reader, at, object, silence);
	const char *key;
	json_t *entry;
	size_t facts = 0;
	atom->overridden = json_object_get(object, "unstated") != NULL;
	json_object_foreach(object, key, entry) {
		struct place place = {.up = at, .key = key};
		if (strcmp(key, "unstated") == 0)
			continue;
		if (facts++ == 0)
			read_fact(reader, &place, entry, own, atom);
		else
			document_problem(reader->document, &place, "shape",
			                 "an atom names more than one fact: use \"all\"");
	}
	if (facts == 0)
		document_problem(reader->document, at, "empty", "an atom names no fact");
	note_otherwise(reader, atom, silence);
	return atom;
}

static const struct condition *read_condition(struct reader *, const struct place *, json_t *,
                                              enum silence);

static const struct condition *
read_parts(struct reader *reader, const struct place *at, json_t *list, enum condition_type type,
           enum silence silence)
{
	struct condition *condition = new_condition(reader, list, type, json_array_size(list));
	if (!json_is_array(list) || json_array_size(list) == 0)
		document_problem(reader->document, at, "shape",
		                 "not an array of at least one condition");
	size_t i;
	json_t *entry;
	json_array_foreach(list, i, entry) {
		struct place place = {.up = at, .index = i};
		add_part(condition, read_condition(reader, &place, entry, silence));
	}
	return condition;
}

static const struct condition *
read_condition(struct reader *reader, const struct place *at, json_t *object, enum silence silence)
{
	if (!json_is_object(object)) {
		document_problem(reader->document, at, "shape", "a condition is not an object");
		return new_condition(reader, object, CONDITION_ANY, 0);
	}
	const char *key = json_object_iter_key(json_object_iter(object));
	struct place place = {.up = at, .key = key};
	bool connective = key != NULL && (strcmp(key, "all") == 0 || strcmp(key, "any") == 0 ||
	                                  strcmp(key, "not") == 0);
	if (!connective)
		return read_atom(reader, at, object, silence);
	if (json_object_size(object) != 1)
		document_problem(reader->document, at, "shape",
		                 "\"%s\" stands beside another member", key);
	json_t *inner = json_object_get(object, key);
	if (strcmp(key, "not") != 0)
		return read_parts(reader, &place, inner,
		                  strcmp(key, "all") == 0 ? CONDITION_ALL : CONDITION_ANY, silence);
	struct condition *negation = new_condition(reader, object, CONDITION_NOT, 1);
	add_part(negation, read_condition(reader, &place, inner, negated_silence(silence)));
	return negation;
}

/* A ground that nobody states is false: nobody claimed the exception. A
 * condition that nobody states is open. */
static const struct condition *
read_exception(struct reader *reader, const struct place *at, json_t *object)
{
	struct document *document = reader->document;
	document_only(document, at, object, exception_members);
	json_t *ground = json_object_get(object, "ground");
	json_t *conditions = document_array(document, at, object, "conditions", false);
	struct condition *both =
	        new_condition(reader, object, CONDITION_ALL, json_array_size(conditions) + 1);
	struct place place = {.up = at, .key = "ground"};
	if (ground == NULL)
		document_problem(document, at, "missing-member", "\"ground\" is missing");
	else
		add_part(both, read_condition(reader, &place, ground, SILENCE_FALSE));
	struct place list = {.up = at, .key = "conditions"};
	size_t i;
	json_t *entry;
	json_array_foreach(conditions, i, entry) {
		struct place element = {.up = &list, .index = i};
		add_part(both, read_condition(reader, &element, entry, SILENCE_OPEN));
	}
	return both;
}

/* Whether a condition, met, needs or allows for something of an axis. `wanted`
 * is false under a negation. */
static bool
asks(const struct condition *condition, uint32_t axis, bool wanted)
{
	bool found = false;
	if (condition->type == CONDITION_NOT)
		return asks(condition->parts[0], axis, !wanted);
	for (size_t i = 0; i < condition->part_count && !found; i++)
		found = asks(condition->parts[i], axis, wanted);
	for (size_t i = 0; i < condition->property_count && wanted; i++)
		found = found || condition->properties[i].axis == axis;
	return found;
}

/* Marks what lifts a denial: all atoms of the request under a negation. Where
 * `when` asks for the same axis, what stands beside may be the very thing that
 * is excepted. */
static void
mark_lifts(const struct condition *condition, const struct condition *when, bool wanted)
{
	if (condition->type == CONDITION_NOT) {
		mark_lifts(condition->parts[0], when, !wanted);
		return;
	}
	for (size_t i = 0; i < condition->part_count; i++)
		mark_lifts(condition->parts[i], when, wanted);
	if (wanted || condition->party)
		return;
	for (size_t i = 0; i < condition->property_count; i++) {
		struct property *property = (struct property *)&condition->properties[i];
		property->beside = asks(when, property->axis, true) ? TRUTH_OPEN : TRUTH_FALSE;
	}
}

static void
read_clause_condition(struct reader *reader, const struct place *at, json_t *object,
                      struct clause *clause)
{
	struct document *document = reader->document;
	json_t *when = json_object_get(object, "when");
	json_t *list = document_array(document, at, object, "except", false);
	struct condition *whole =
	        new_condition(reader, object, CONDITION_ALL, json_array_size(list) + 1);
	struct exception *exceptions =
	        arena_alloc(reader->arena, json_array_size(list) + 1, sizeof *exceptions);
	struct place place = {.up = at, .key = "when"};
	if (when == NULL)
		document_problem(document, at, "missing-member", "\"when\" is missing");
	else
		add_part(whole, read_condition(reader, &place, when, SILENCE_BY_AXIS));
	struct place except = {.up = at, .key = "except"};
	size_t i;
	json_t *entry;
	json_array_foreach(list, i, entry) {
		struct place element = {.up = &except, .index = i};
		struct exception *exception = &exceptions[i];
		exception->title = document_string(document, &element, entry, "title", false);
		exception->section = document_string(document, &element, entry, "section", false);
		exception->note = document_string(document, &element, entry, "note", false);
		struct condition *negation =
		        new_condition(reader, entry, CONDITION_NOT, 1);
		add_part(negation, read_exception(reader, &element, entry));
		add_part(whole, negation);
	}
	if (when != NULL)
		mark_lifts(whole, whole->parts[0], true);
	clause->condition = whole;
	clause->exceptions = exceptions;
	clause->exception_count = json_array_size(list);
}

static struct clause
read_clause(struct reader *reader, const struct place *at, json_t *object)
{
	struct document *document = reader->document;
	document_only(document, at, object, clause_members);
	struct clause clause = {0};
	clause.name = read_name(reader, at, object, "clause");
	clause.title = document_string(document, at, object, "title", false);
	clause.text = document_string(document, at, object, "text", false);
	clause.section = document_string(document, at, object, "section", false);
	clause.source = document_string(document, at, object, "source", false);
	clause.confidence = document_string(document, at, object, "confidence", false);
	clause.note = document_string(document, at, object, "note", false);
	clause.since = find_revision(reader, at, object, "since", true);
	clause.until = find_revision(reader, at, object, "until", false);
	if (clause.until != NO_REVISION && clause.until <= clause.since)
		document_problem(document, at, "order", "\"until\" does not come after \"since\"");
	read_clause_condition(reader, at, object, &clause);
	document_array(document, at, object, "tests", false);
	for (size_t i = 0; i < reader->policy->clause_count; i++) {
		const char *known = reader->policy->clauses[i].name;
		if (clause.name != NULL && known != NULL && strcmp(known, clause.name) == 0)
			document_problem(document, at, "duplicate", "clause \"%s\" stands twice",
			                 clause.name);
	}
	return clause;
}

static void
read_clauses(struct reader *reader)
{
	struct document *document = reader->document;
	json_t *list = document_array(document, NULL, document->root, "clauses", true);
	struct place place = {.key = "clauses"};
	if (list != NULL && json_array_size(list) == 0)
		document_problem(document, &place, "empty", "a policy has at least one clause");
	struct clause *clauses =
	        arena_alloc(reader->arena, json_array_size(list) + 1, sizeof *clauses);
	reader->policy->clauses = clauses;
	size_t i;
	json_t *entry;
	json_array_foreach(list, i, entry) {
		struct place at = {.up = &place, .index = i};
		if (json_is_object(entry)) {
			clauses[reader->policy->clause_count] = read_clause(reader, &at, entry);
			reader->policy->clause_count++;
		} else {
			document_problem(document, &at, "shape", "a clause is not an object");
		}
	}
}

static void
read_unreached(struct reader *reader)
{
	struct document *document = reader->document;
	json_t *list = document_array(document, NULL, document->root, "out_of_reach", false);
	struct place place = {.key = "out_of_reach"};
	struct unreached *rules =
	        arena_alloc(reader->arena, json_array_size(list) + 1, sizeof *rules);
	reader->policy->unreached = rules;
	size_t i;
	json_t *entry;
	json_array_foreach(list, i, entry) {
		struct place at = {.up = &place, .index = i};
		if (!json_is_object(entry)) {
			document_problem(document, &at, "shape",
			                 "a rule out of reach is not an object");
			continue;
		}
		document_only(document, &at, entry, unreached_members);
		rules[reader->policy->unreached_count++] = (struct unreached){
		        document_string(document, &at, entry, "section", false),
		        document_string(document, &at, entry, "title", true),
		        document_string(document, &at, entry, "why", true)};
	}
}

bool
policy_compile(struct policy *policy, struct arena *arena, struct document *document,
               const struct vocabulary *vocabulary)
{
	*policy = (struct policy){.document = document};
	struct reader reader = {policy, arena, document, vocabulary};
	document_only(document, NULL, document->root, policy_members);
	policy->name = read_name(&reader, NULL, document->root, "policy");
	policy->title = document_string(document, NULL, document->root, "title", false);
	policy->issuer = document_string(document, NULL, document->root, "issuer", false);
	policy->source = document_string(document, NULL, document->root, "source", false);
	policy->note = document_string(document, NULL, document->root, "note", false);
	policy->reviewed = read_day(&reader, NULL, document->root, "reviewed",
	                            &policy->reviewed_text);
	struct place applies = {.key = "applies_to"};
	json_t *condition = json_object_get(document->root, "applies_to");
	if (condition != NULL)
		policy->applies = read_condition(&reader, &applies, condition, SILENCE_BY_AXIS);
	if (condition != NULL)
		mark_lifts(policy->applies, policy->applies, true);
	read_revisions(&reader);
	read_clauses(&reader);
	read_unreached(&reader);
	return document->problems == 0;
}
