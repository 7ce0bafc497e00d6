/* Which words anchor a topic. */
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
	for (uint32_t i = 0; i < lexicon->chain_link_count; i++) {
		const struct chain_link *link = &lexicon->chain_links[i];
		uint32_t value = link->with;
		bool counts = value != NO_VALUE && link->value != NO_VALUE &&
		              glance->values[link->value] != 0;
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
	for (uint32_t i = 0; i < lexicon->chain_link_count; i++) {
		const struct chain_link *link = &lexicon->chain_links[i];
		struct company *company = find_company(glance, link->with);
		if (company != NULL && link->value != NO_VALUE)
			company->topics |= glance->values[link->value];
	}
}

uint64_t
glance_in_company(const struct glance *glance, uint64_t topics)
{
	uint64_t before;
	do {
		before = topics;
		for (unsigned i = 0; i < glance->company_count; i++) {
			const struct company *company = &glance->companies[i];
			if ((topics & company->beside) && (topics & company->whole))
				topics |= company->topics;
		}
	} while (topics != before);
	return topics;
}

/* The topics that a chain of a value tells. */
static uint64_t
link_topics(struct glance *glance, const struct chain_link *link)
{
	uint64_t topics = glance->values[link->value];
	const struct company *company = topics != 0 ? find_company(glance, link->with) : NULL;
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

/* The topics that cuts and classes lead to, alone or in the chains of a weighing: by
 * all links, or by the least of each chain only. */
struct leading {
	struct glance *glance;
	uint8_t weighing;
	bool least;
	uint64_t *alone, *chained; /* of each cut */
	uint64_t *class_alone, *class_chained;
};

/* Adds what the cuts of a list lead to; returns whether that was more. */
static bool
add_leading(const struct leading *leading, const struct cut_list *list, uint64_t *alone,
            uint64_t *chained)
{
	const struct lexicon *lexicon = &leading->glance->vocabulary->lexicon;
	uint64_t before = *alone, chained_before = *chained;
	for (uint32_t i = 0; i < list->count; i++) {
		uint32_t cut = lexicon->cut_links[list->first + i];
		*alone |= leading->alone[cut];
		*chained |= leading->chained[cut];
	}
	return *alone != before || *chained != chained_before;
}

/* What the links of a cut lead to: a value's topics, or what the class does. */
static void
lead_cut(struct leading *leading, uint32_t cut)
{
	const struct lexicon *lexicon = &leading->glance->vocabulary->lexicon;
	const struct chain_link *links = lexicon->chain_links + lexicon->cuts[cut].links;
	for (uint32_t i = 0; i < lexicon->cuts[cut].link_count; i++) {
		const struct chain_link *link = &links[i];
		bool member = link->value == NO_VALUE, whole = link->first && link->last;
		uint64_t alone = member ? leading->class_alone[link->class]
		                        : link_topics(leading->glance, link);
		uint64_t chained = member ? leading->class_chained[link->class] : 0;
		if (!(link->weighings & leading->weighing) || (leading->least && !link->least))
			continue;
		leading->alone[cut] |= whole ? alone : 0;
		leading->chained[cut] |= whole ? chained : alone | chained;
	}
}

/* Classes have members that hold classes, so it takes as many rounds as these are
 * deep. */
static void
lead_cuts(struct leading *leading, struct arena *arena)
{
	const struct lexicon *lexicon = &leading->glance->vocabulary->lexicon;
	leading->alone = arena_alloc(arena, lexicon->cut_count, sizeof *leading->alone);
	leading->chained = arena_alloc(arena, lexicon->cut_count, sizeof *leading->chained);
	leading->class_alone = arena_alloc(arena, lexicon->class_count + 1, sizeof(uint64_t));
	leading->class_chained = arena_alloc(arena, lexicon->class_count + 1, sizeof(uint64_t));
	for (bool more = true; more;) {
		more = false;
		for (uint32_t i = 0; i < lexicon->cut_count; i++)
			lead_cut(leading, i);
		for (uint32_t i = 0; i < lexicon->class_count; i++)
			more |= add_leading(leading, &lexicon->class_cuts[i],
			                    &leading->class_alone[i], &leading->class_chained[i]);
	}
}

/* The links of a weighing that lead to a topic, by cut. */
static void
pick_links(const struct leading *leading, struct arena *arena, struct glance_links *links)
{
	const struct lexicon *lexicon = &leading->glance->vocabulary->lexicon;
	uint32_t count = 0;
	links->links = arena_alloc(arena, lexicon->chain_link_count + 1, sizeof *links->links);
	links->from = arena_alloc(arena, lexicon->cut_count + 1, sizeof *links->from);
	for (uint32_t i = 0; i < lexicon->cut_count; i++) {
		const struct cut *cut = &lexicon->cuts[i];
		for (uint32_t j = 0; j < cut->link_count; j++) {
			const struct chain_link *link = &lexicon->chain_links[cut->links + j];
			uint64_t topics = link->value == NO_VALUE
			                          ? leading->class_alone[link->class] |
			                                    leading->class_chained[link->class]
			                          : link_topics(leading->glance, link);
			if (topics != 0 && (link->weighings & leading->weighing))
				links->links[count++] = (struct glance_link){topics, *link};
		}
		links->from[i + 1] = count;
	}
}

/* The cuts of every symbol that have such links, and the topics that they lead to. */
static void
pick_cuts(const struct leading *leading, struct arena *arena, struct glance_links *links)
{
	const struct lexicon *lexicon = &leading->glance->vocabulary->lexicon;
	uint32_t count = 0;
	links->symbols = arena_alloc(arena, lexicon->symbol_count + 1, sizeof *links->symbols);
	links->cuts = arena_alloc(arena, lexicon->cut_link_count + 1, sizeof *links->cuts);
	links->topics = arena_alloc(arena, lexicon->symbol_count + 1, sizeof *links->topics);
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		const struct cut_list *all = &lexicon->symbol_cuts[i];
		if (all->count == 0)
			continue;
		links->symbols[i].first = count;
		for (uint32_t j = 0; j < all->count; j++) {
			uint32_t cut = lexicon->cut_links[all->first + j];
			if (links->from[cut] != links->from[cut + 1])
				links->cuts[count++] = cut;
		}
		links->symbols[i].count = count - links->symbols[i].first;
		add_leading(leading, all, &links->topics[i], &links->topics[i]);
	}
}

static void
find_anchors(struct glance *glance, struct arena *arena)
{
	const struct lexicon *lexicon = &glance->vocabulary->lexicon;
	struct leading fine = {.glance = glance, .weighing = WEIGH_FINELY};
	struct leading rough = {.glance = glance, .weighing = WEIGH_ROUGHLY};
	struct leading least = {.glance = glance, .weighing = WEIGH_ROUGHLY, .least = true};
	lead_cuts(&fine, arena);
	lead_cuts(&rough, arena);
	lead_cuts(&least, arena);
	pick_links(&fine, arena, &glance->fine);
	pick_links(&rough, arena, &glance->rough);
	pick_cuts(&fine, arena, &glance->fine);
	pick_cuts(&rough, arena, &glance->rough);
	glance->always |= fine.alone[0] | fine.chained[0];
	for (uint32_t i = 0; i < lexicon->symbol_count; i++)
		add_leading(&least, &lexicon->symbol_cuts[i], &glance->alone[i],
		            &glance->chained[i]);
}

static void
put_bit(uint64_t *set, uint32_t bit)
{
	set[bit / 64] |= (uint64_t)1 << (bit % 64);
}

static void
mark_anchor(struct glance *glance, const struct symbol *symbol)
{
	const char *text = glance->vocabulary->lexicon.strings + symbol->text;
	size_t length = symbol->length;
	if (symbol->part != WORD_END)
		put_bit(glance->starts, sight_start_of(text, length));
	else if (length >= 3)
		put_bit(glance->ends, sight_three(text + length - 3));
	else
		memset(glance->ends, 0xff, sizeof glance->ends);
}

static void
mark_key(struct glance *glance, const struct symbol *symbol)
{
	const char *text = glance->vocabulary->lexicon.strings + symbol->text;
	if (symbol->length >= 3) {
		put_bit(glance->key_starts, sight_three(text));
		put_bit(glance->key_ends, sight_three(text + symbol->length - 3));
	} else {
		memset(glance->key_starts, 0xff, sizeof glance->key_starts);
		memset(glance->key_ends, 0xff, sizeof glance->key_ends);
	}
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
		if (anchors_word(glance, (struct span){lexicon->strings + symbol->text, key->length}))
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
	find_anchors(glance, arena);
	/* Where a party is, nearly any name can tell. */
	uint32_t place = vocabulary_axis(glance->vocabulary, "party.jurisdiction");
	if (place != NO_AXIS)
		glance->always |= glance->values[glance->vocabulary->axes[place].root];
	for (uint32_t i = 0; i < lexicon->symbol_count; i++) {
		if (glance_anchors(glance, i))
			mark_anchor(glance, &lexicon->symbols[i]);
		if (lexicon->symbols[i].key)
			mark_key(glance, &lexicon->symbols[i]);
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
