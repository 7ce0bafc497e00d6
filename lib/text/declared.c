/*
 * The parties that a request declares, to be found by what a mention says: the name,
 * "our" of the actor, a kind. A request may declare thousands, and mention them
 * thousands of times.
 */
#include "declared.h"

#include "fold.h"

enum {
	NAME_BACK = 6,   /* words before a mention that its name may begin with */
	WORDS_MOST = 32, /* of a name that is looked for in text */
	BYTES_MOST = 64 * 1024, /* of one that may have so few */
};

struct declared_name {
	uint32_t hash;
	uint32_t party; /* 0: a free place */
};

static struct span
folded_name(const struct declared *declared, uint32_t party)
{
	return fold_phrase(declared->reader->arena, declared->reader->facts->parties[party - 1].name);
}

/* Where a name stands in the table, or would. */
static struct declared_name *
place_of(const struct declared *declared, uint32_t hash, struct span folded)
{
	struct arena *arena = declared->reader->arena;
	for (uint32_t place = hash & declared->mask;; place = (place + 1) & declared->mask) {
		struct declared_name *name = &declared->names[place];
		if (name->party == 0)
			return name;
		if (name->hash != hash)
			continue;
		struct arena_mark mark = arena_mark(arena);
		bool same = span_equal(folded_name(declared, name->party), folded);
		arena_release(arena, mark);
		if (same)
			return name;
	}
}

/* Of parties of one name, the first is the one that is found. */
static void
add_name(struct declared *declared, uint32_t party)
{
	struct arena *arena = declared->reader->arena;
	if (declared->reader->facts->parties[party - 1].name.length > BYTES_MOST)
		return;
	struct arena_mark mark = arena_mark(arena);
	struct span folded = folded_name(declared, party);
	uint32_t words = fold_count_words(folded);
	if (words != 0 && words <= WORDS_MOST) {
		uint32_t hash = lexicon_hash(LEXICON_SEED, folded.at, folded.length);
		struct declared_name *name = place_of(declared, hash, folded);
		if (name->party == 0)
			*name = (struct declared_name){hash, party};
		if (words > declared->longest)
			declared->longest = words;
	}
	arena_release(arena, mark);
}

static struct declared_kin *
kin_of(const struct declared *declared, uint32_t root)
{
	for (size_t i = 0; i < declared->kin_count; i++) {
		if (declared->kin[i].root == root)
			return &declared->kin[i];
	}
	return NULL;
}

static void
add_kin(struct declared *declared, const struct tell *tell)
{
	const struct vocabulary *vocabulary = declared->reader->vocabulary;
	if (tell->telling != TELL_TRUE || tell->party == 0 ||
	    !declared->reader->facts->parties[tell->party - 1].declared ||
	    vocabulary->values[tell->value].axis != vocabulary->kind_axis)
		return;
	uint32_t root = vocabulary_root(vocabulary, tell->value);
	struct declared_kin *kin = kin_of(declared, root);
	if (kin == NULL) {
		declared->kin = arena_grow(declared->reader->arena, declared->kin,
		                           declared->kin_count, &declared->kin_capacity,
		                           sizeof *declared->kin);
		kin = &declared->kin[declared->kin_count++];
		*kin = (struct declared_kin){.root = root};
	}
	kin->several = kin->several || (kin->party != 0 && kin->party != tell->party);
	kin->party = tell->party;
}

void
declared_start(struct declared *declared, const struct reader *reader)
{
	const struct facts *facts = reader->facts;
	*declared = (struct declared){.reader = reader};
	if (facts->party_count == 0)
		return;
	size_t size = 4;
	while (size < facts->party_count * 2)
		size *= 2;
	declared->mask = (uint32_t)size - 1;
	declared->names = arena_alloc(reader->arena, size, sizeof *declared->names);
	for (uint32_t i = 1; i <= facts->party_count; i++) {
		if (!facts->parties[i - 1].declared)
			continue;
		add_name(declared, i);
		if (declared->actor == 0 && facts->parties[i - 1].role == PARTY_ACTOR)
			declared->actor = i;
	}
	for (size_t i = 0; i < facts->tell_count; i++)
		add_kin(declared, &facts->tells[i]);
}

/* Of the names that begin at a token and reach a mention, the first declared. */
static uint32_t
named_from(const struct declared *declared, uint32_t start, uint32_t mention)
{
	const struct reader *reader = declared->reader;
	char text[WORDS_MOST * (WORD_LONGEST + 1) * 4];
	size_t length = 0;
	uint32_t hash = LEXICON_SEED, found = 0;
	for (uint32_t i = start; i < reader->token_count && i - start < declared->longest; i++) {
		const struct token *token = &reader->tokens[i];
		size_t from = length;
		if (token->mark || length + 1 + token->length > sizeof text)
			break;
		if (i != start)
			text[length++] = ' ';
		memcpy(text + length, token->text, token->length);
		length += token->length;
		hash = lexicon_hash(hash, text + from, length - from);
		if (i < mention)
			continue;
		uint32_t party = place_of(declared, hash, (struct span){text, length})->party;
		if (party != 0 && (found == 0 || party < found))
			found = party;
	}
	return found;
}

uint32_t
declared_named(const struct declared *declared, uint32_t mention)
{
	uint32_t found = 0;
	uint32_t from = mention > NAME_BACK ? mention - NAME_BACK : 0;
	for (uint32_t start = from; start <= mention && declared->longest != 0; start++) {
		uint32_t party = named_from(declared, start, mention);
		if (party != 0 && (found == 0 || party < found))
			found = party;
	}
	return found;
}

uint32_t
declared_kin(const struct declared *declared, uint32_t kind)
{
	const struct declared_kin *kin =
	        kin_of(declared, vocabulary_root(declared->reader->vocabulary, kind));
	return kin == NULL || kin->several ? 0 : kin->party;
}
