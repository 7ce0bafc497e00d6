/* Which topics there are, and which words anchor them. */
#include "sight.h"

void
glance_start(struct glance *glance, struct arena *arena, const struct vocabulary *vocabulary)
{
	*glance = (struct glance){.vocabulary = vocabulary};
	glance->values = arena_alloc(arena, vocabulary->value_count, sizeof *glance->values);
	glance->alone =
	        arena_alloc(arena, vocabulary->lexicon.symbol_count + 1, sizeof *glance->alone);
	glance->chained =
	        arena_alloc(arena, vocabulary->lexicon.symbol_count + 1, sizeof *glance->chained);
	glance->linked =
	        arena_alloc(arena, vocabulary->lexicon.symbol_count + 1, sizeof *glance->linked);
}

/* The number of the topic with these values, or of a new one. */
static unsigned
topic_number(struct glance *glance, const uint32_t *values, size_t count)
{
	for (unsigned i = 0; i < glance->topic_count; i++) {
		const struct topic *topic = &glance->topics[i];
		if (topic->count == count &&
		    memcmp(topic->values, values, count * sizeof *values) == 0)
			return i;
	}
	if (glance->topic_count == TOPICS_MOST)
		return TOPICS_MOST - 1;
	glance->topics[glance->topic_count] = (struct topic){values, count};
	return glance->topic_count++;
}

uint64_t
glance_topic(struct glance *glance, const uint32_t *values, size_t count)
{
	const struct vocabulary *vocabulary = glance->vocabulary;
	uint64_t topic = (uint64_t)1 << topic_number(glance, values, count);
	for (size_t i = 0; i < count; i++) {
		const struct axis *axis = &vocabulary->axes[vocabulary->values[values[i]].axis];
		glance->values[axis->root] |= topic;
		for (uint32_t j = axis->first; j < axis->first + axis->count; j++) {
			/* Where one value denies its rivals, any may leave this one open. */
			if (axis->one || vocabulary_within(vocabulary, j, values[i]) ||
			    vocabulary_within(vocabulary, values[i], j) ||
			    vocabulary_leaves(vocabulary, j, values[i]))
				glance->values[j] |= topic;
		}
	}
	return topic;
}

static struct company *
find_company(struct glance *glance, uint32_t value)
{
	for (unsigned i = 0; i < glance->company_count; i++) {
		if (glance->companies[i].value == value)
			return &glance->companies[i];
	}
	return NULL;
}

/* Beyond the most of them, chains count in any company. */
static void
find_companies(struct glance *glance)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	for (uint32_t i = 0; i < lexicon->chain_count; i++) {
		const struct chain *chain = &lexicon->chains[i];
		uint32_t value = chain->with;
		bool counts = value != NO_VALUE && chain->value != NO_VALUE &&
		              glance->values[chain->value] != 0;
		if (!counts || find_company(glance, value) != NULL ||
		    glance->company_count == COMPANIES_MOST ||
		    glance->topic_count + 2 > TOPICS_MOST)
			continue;
		struct company *company = &glance->companies[glance->company_count++];
		company->value = value;
		company->beside = glance_topic(glance, &company->value, 1);
		company->whole = (uint64_t)1 << glance->topic_count;
		glance->topics[glance->topic_count++] = (struct topic){NULL, 0};
	}
}

static void
join_companies(struct glance *glance)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	for (uint32_t i = 0; i < lexicon->chain_count; i++) {
		const struct chain *chain = &lexicon->chains[i];
		struct company *company = find_company(glance, chain->with);
		if (company != NULL && chain->value != NO_VALUE)
			company->topics |= glance->values[chain->value];
	}
}

/* What two companies tell may be all that either has beside it: so those go that have
 * nothing, as long as there are any. */
uint64_t
glance_in_company(const struct glance *glance, uint64_t topics)
{
	bool gone[COMPANIES_MOST] = {false}, more = true;
	uint64_t all = topics;
	while (more) {
		more = false;
		all = topics;
		for (unsigned i = 0; i < glance->company_count; i++) {
			const struct company *company = &glance->companies[i];
			all |= !gone[i] && (topics & company->whole) ? company->topics : 0;
		}
		for (unsigned i = 0; i < glance->company_count; i++) {
			bool goes = !gone[i] && (all & glance->companies[i].beside) == 0;
			gone[i] = gone[i] || goes;
			more = more || goes;
		}
	}
	return all;
}

uint64_t
glance_sources(const struct glance *glance, uint64_t topics, uint64_t certain)
{
	uint64_t before;
	do {
		before = topics;
		for (unsigned i = 0; i < glance->company_count; i++) {
			const struct company *company = &glance->companies[i];
			if (topics & company->topics)
				topics |= company->first & certain ? company->beside | company->whole
				                                   : company->first;
		}
	} while (topics != before);
	return topics;
}

uint32_t
glance_cost(const struct glance *glance, uint64_t topics)
{
	uint32_t cost = 0;
	for (uint64_t left = glance_sources(glance, topics, 0); left != 0; left &= left - 1)
		cost += glance->chains_to[__builtin_ctzll(left)];
	return cost;
}

/* The half of each company that fewer chains lead to is looked for first. */
static void
order_companies(struct glance *glance)
{
	for (unsigned i = 0; i < glance->company_count; i++) {
		struct company *company = &glance->companies[i];
		bool whole = glance_cost(glance, company->whole) <
		             glance_cost(glance, company->beside);
		company->first = whole ? company->whole : company->beside;
	}
}

uint64_t
glance_chain_topics(struct glance *glance, const struct chain *chain)
{
	uint64_t topics = glance->values[chain->value];
	const struct company *company = topics != 0 ? find_company(glance, chain->with) : NULL;
	return company != NULL ? company->whole : topics;
}

/* What follows from a value by inference is anchored as that value is. */
static void
spread_inferences(struct glance *glance)
{
	const struct vocabulary *vocabulary = glance->vocabulary;
	for (bool more = true; more;) {
		more = false;
		for (uint32_t i = 0; i < vocabulary->inference_count; i++) {
			const struct inference *inference = &vocabulary->inferences[i];
			uint64_t topics = glance->values[inference->follows];
			uint64_t *given = &glance->values[vocabulary->links[inference->given]];
			more = more || (topics & ~*given) != 0;
			*given |= topics;
		}
	}
}

/* The end of two letters of a longer word has any letter before it. */
static void
mark_short_end(struct glance *glance, const char *end)
{
	char three[] = {0, end[0], end[1]};
	for (; three[0] < 32; three[0]++)
		bits_add(glance->ends, key_three(three));
}

static void
mark_anchor(struct glance *glance, const struct symbol *symbol)
{
	const char *text = glance->vocabulary->lexicon.strings + symbol->text;
	size_t length = symbol->length;
	bits_add(glance->anchors,
	        lexicon_hash(LEXICON_SEED + symbol->part, text, length) >> 16);
	if (symbol->part != WORD_END)
		bits_add(glance->starts, sight_start_of(text, length));
	else if (length >= 3)
		bits_add(glance->ends, key_three(text + length - 3));
	else
		mark_short_end(glance, text);
}

static void
mark_shortened(struct glance *glance, uint32_t number)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	const struct symbol *symbol = &lexicon->symbols[number];
	bool may_be = symbol->class_count != 0 &&
	              lexicon->links[symbol->classes] <= CLASS_ABBREVIATION;
	if (may_be && lexicon_in_class(lexicon, number, CLASS_ABBREVIATION))
		bits_add(glance->shortened, lexicon_hash(LEXICON_SEED + WORD_WHOLE,
		                                        lexicon->strings + symbol->text,
		                                        symbol->length) >> 16);
}

/* Whether a word anchors anything, by itself, its beginning or its end. */
static bool
anchors_word(const struct glance *glance, struct span word)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	for (size_t length = 1; length <= word.length; length++) {
		const struct span end = {word.at + word.length - length, length};
		const uint32_t symbols[] = {
		        lexicon_symbol(lexicon, end, WORD_END),
		        lexicon_symbol(lexicon, (struct span){word.at, length}, WORD_BEGINNING),
		        lexicon_symbol(lexicon, (struct span){word.at, length}, WORD_WHOLE)};
		for (int i = 0; i < 3; i++) {
			if (symbols[i] != UINT32_MAX && (i < 2 || length == word.length) &&
			    glance_anchors(glance, symbols[i]))
				return true;
		}
	}
	return false;
}

static void
mark_slips(struct glance *glance, struct span key)
{
	uint32_t bits[WORD_LONGEST + 1];
	sight_slips(key, bits);
	for (size_t i = 0; i <= key.length; i++)
		bits_add(glance->slips, bits[i]);
}

/* Sorts the key words that anchor anything by first letter and length: counts how
 * many come before each list, then puts each where its list goes on. */
static void
sort_keys(struct glance *glance, struct arena *arena)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	uint32_t *from = glance->key_from, count = 0;
	glance->keys = arena_alloc(arena, lexicon->key_count + 1, sizeof *glance->keys);
	uint32_t *kept = arena_alloc(arena, lexicon->key_count + 1, sizeof *kept);
	for (uint32_t i = 0; i < lexicon->key_count; i++) {
		const struct key_word *key = &lexicon->keys[i];
		const struct symbol *symbol = &lexicon->symbols[key->symbol];
		struct span text = {lexicon->strings + symbol->text, key->length};
		if (!anchors_word(glance, text))
			continue;
		mark_slips(glance, text);
		kept[count++] = i;
	}
	for (uint32_t i = 0; i < count; i++) {
		const struct key_word *key = &lexicon->keys[kept[i]];
		from[glance_key_list(key->first, key->length) + 2]++;
	}
	for (uint32_t i = 2; i < KEY_LISTS + 2; i++)
		from[i] += from[i - 1];
	for (uint32_t i = 0; i < count; i++) {
		const struct key_word *key = &lexicon->keys[kept[i]];
		glance->keys[from[glance_key_list(key->first, key->length) + 1]++] = kept[i];
	}
}

void
glance_prepare(struct glance *glance, struct arena *arena)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	spread_inferences(glance);
	find_companies(glance);
	spread_inferences(glance);
	join_companies(glance);
	chains_find(glance, arena);
	order_companies(glance);
	/* Where a party is, nearly any name can tell. */
	uint32_t place = vocabulary_axis(glance->vocabulary, "party.jurisdiction");
	if (place != NO_AXIS)
		glance->always |= glance->values[glance->vocabulary->axes[place].root];
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		if (glance_anchors(glance, i))
			mark_anchor(glance, &lexicon->symbols[i]);
		mark_shortened(glance, i);
	}
	sort_keys(glance, arena);
}

uint64_t
glance_readable(const struct glance *glance)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	uint64_t topics = glance->always;
	for (uint32_t i = 0; i < lexicon->symbol_count; i++)
		topics |= glance->alone[i] | glance->chained[i];
	for (unsigned i = 0; i < glance->company_count; i++)
		topics |= glance->companies[i].topics;
	return topics;
}
