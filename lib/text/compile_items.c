/*
 * What the matcher runs items by: their elements, which of these may follow
 * which, and for each that an item may begin with what must be ahead of it.
 */
#include "blocks.h"

enum {
	SETS = CODE_LONGEST / 64,
	SIGN_RARE = SIGN_WORD + 20, /* signs below are of frequent words, those above of others */
	WEIGHT_LOOK = 60,           /* how often something is met, roughly: a rare word, 1 */
	WEIGHT_FREQUENT = 30,
};

struct element_set {
	uint64_t bits[SETS];
};

/* Something of which a match has one word, within so many. */
struct ahead {
	uint64_t signatures[SIGNINGS];
	uint32_t within;
};

struct draft_start {
	struct start start;
	const struct instruction *at;
};

struct item_compiler {
	struct lexicon_compiler *compiler;
	const struct instruction *code;
	bool *used_symbols, *used_classes; /* by some item */
	struct ahead *classes; /* what members begin with, and how many words they may have */
	uint32_t weights[SIGNS]; /* of the second signing */
	struct draft_start *starts; /* by item */
	size_t start_count, start_capacity;
};

static void
join(struct element_set *set, const struct element_set *more)
{
	for (size_t i = 0; i < SETS; i++)
		set->bits[i] |= more->bits[i];
}

/* The first word of a gap stands for the gap. */
static bool
is_element(const struct instruction *code, uint32_t at)
{
	if (code[at].operation == CODE_SKIP)
		return at == 0 || code[at - 1].operation != CODE_SKIP ||
		       code[at - 1].argument != code[at].argument;
	return code[at].operation != CODE_FORK && code[at].operation != CODE_JUMP;
}

/* Notes which words and classes there is anything to do about. */
static void
use_words(struct item_compiler *state, struct item *item)
{
	const struct instruction *code = state->code + item->code;
	for (uint32_t at = 0; at < item->length; at++) {
		item->element_count += is_element(code, at);
		if (code[at].operation == CODE_WORD)
			state->used_symbols[code[at].argument] = true;
		else if (code[at].operation == CODE_CLASS)
			state->used_classes[code[at].argument] = true;
	}
}

/* For each instruction, the elements that are reached from it before any of them
 * is taken; from the last to the first, as instructions go forward only. */
static void
find_reached(const struct item_compiler *state, const struct item *item,
             struct element_set reached[CODE_LONGEST])
{
	const struct instruction *code = state->code + item->code;
	uint32_t element = item->element_count;
	for (uint32_t at = item->length; at-- > 0;) {
		reached[at] = (struct element_set){0};
		if (is_element(code, at)) {
			element--;
			bits_add(reached[at].bits, element);
		}
		if (code[at].operation == CODE_FORK)
			join(&reached[at], &reached[at + 1]);
		if (code[at].operation == CODE_FORK || code[at].operation == CODE_JUMP ||
		    code[at].operation == CODE_SKIP)
			join(&reached[at], &reached[code[at].argument]);
	}
}

static uint32_t
put_row(const struct item_compiler *state, const struct item *item, const struct element_set *set)
{
	uint32_t last = 0, words = element_words(item->element_count);
	for (uint32_t i = 0; i < words; i++)
		last = image_put(state->compiler->image, TEXT_SECTION(SECTION_FOLLOWS),
		                 &set->bits[i], sizeof set->bits[i]);
	return last + 1 - words;
}

static bool
is_used(const struct item_compiler *state, uint32_t symbol)
{
	const struct list *classes = &state->compiler->symbols[symbol].classes;
	bool used = state->used_symbols[symbol];
	for (size_t i = 0; i < classes->count; i++)
		used = used || state->used_classes[classes->at[i]];
	return used;
}

static bool
is_frequent(const struct draft_symbol *draft)
{
	unsigned char first = (unsigned char)draft->text.at[0];
	bool frequent = (first | 0x20) < 'a' && (first < '0' || first > '9'); /* a mark */
	for (size_t i = 0; i < draft->classes.count; i++)
		frequent = frequent || draft->classes.at[i] == CLASS_FREQUENT;
	return frequent;
}

/* Signs of frequent words are apart from the others': in running text the latter
 * are rarely met. Words that are written one after the other share a sign, as
 * they often stand in one list: then it has few. */
static void
deal_signs(struct item_compiler *state, bool frequent, unsigned from, unsigned to)
{
	struct lexicon_compiler *compiler = state->compiler;
	uint32_t count = 0, dealt = 0;
	for (uint32_t i = 0; i < compiler->symbol_count; i++)
		count += is_used(state, i) && is_frequent(&compiler->symbols[i]) == frequent;
	for (uint32_t i = 0; i < compiler->symbol_count; i++) {
		struct draft_symbol *draft = &compiler->symbols[i];
		if (!is_used(state, i) || is_frequent(draft) != frequent)
			continue;
		draft->symbol.signs[0] = (uint8_t)(from + (uint64_t)dealt * (to - from) / count);
		draft->symbol.signs[1] = (uint8_t)(from + dealt++ % (to - from));
		state->weights[draft->symbol.signs[1]] += frequent ? WEIGHT_FREQUENT : 1;
	}
}

static uint64_t
cost(const struct item_compiler *state, struct ahead ahead)
{
	uint64_t sum = 0;
	if (ahead.signatures[1] & sign_bit(SIGN_ANY))
		return UINT64_MAX;
	for (unsigned sign = 0; sign < SIGNS; sign++)
		sum += (ahead.signatures[1] >> sign & 1) * state->weights[sign];
	return sum * ahead.within;
}

static struct ahead
later(struct ahead ahead, uint32_t words)
{
	ahead.within += words;
	if (ahead.within > MATCH_LONGEST)
		ahead.within = MATCH_LONGEST;
	return ahead;
}

static struct ahead
either(struct ahead a, struct ahead b)
{
	for (unsigned i = 0; i < SIGNINGS; i++)
		a.signatures[i] |= b.signatures[i];
	if (a.within < b.within)
		a.within = b.within;
	return a;
}

/* What a word or a member of a class begins with, and how many words it may have. */
static struct ahead
taken(const struct item_compiler *state, const struct instruction *at)
{
	if (at->operation == CODE_CLASS)
		return state->classes[at->argument];
	const uint8_t *signs = state->compiler->symbols[at->argument].symbol.signs;
	return (struct ahead){{sign_bit(signs[0]), sign_bit(signs[1])}, 1};
}

/* What comes first from each instruction on, and what is rarest of all that
 * every way from there on takes. */
static void
look_ahead(const struct item_compiler *state, const struct item *item,
           struct ahead first[CODE_LONGEST], struct ahead rarest[CODE_LONGEST])
{
	const struct instruction *code = state->code + item->code;
	for (uint32_t at = item->length; at-- > 0;) {
		uint32_t to = code[at].argument;
		struct ahead own;
		switch (code[at].operation) {
		case CODE_WORD:
		case CODE_CLASS:
			own = taken(state, &code[at]);
			rarest[at] = later(rarest[at + 1], own.within);
			own.within = 1;
			first[at] = own;
			if (cost(state, own) <= cost(state, rarest[at]))
				rarest[at] = own;
			break;
		case CODE_FORK:
			first[at] = either(first[at + 1], first[to]);
			rarest[at] = either(rarest[at + 1], rarest[to]);
			break;
		case CODE_JUMP:
			first[at] = first[to];
			rarest[at] = rarest[to];
			break;
		case CODE_SKIP:
			first[at] = later(first[to], to - at);
			rarest[at] = later(rarest[to], to - at);
			break;
		default:
			rarest[at] = (struct ahead){{sign_bit(SIGN_ANY), sign_bit(SIGN_ANY)}, 1};
			first[at] = rarest[at];
			break;
		}
	}
}

static uint8_t
window(uint32_t within)
{
	uint8_t window = 0;
	while ((uint32_t)1 << window < within)
		window++;
	return window;
}

/* Where an element ends, and what may follow it is reached. */
static uint32_t
element_end(const struct instruction *code, uint32_t at)
{
	return code[at].operation == CODE_SKIP ? code[at].argument : at + 1;
}

static struct element
make_element(const struct item_compiler *state, const struct instruction *at)
{
	struct element element = {.argument = at->argument, .operation = at->operation};
	if (at->operation == CODE_WORD || at->operation == CODE_CLASS)
		element.signature = taken(state, at).signatures[0];
	else
		element.signature = sign_bit(at->operation == CODE_SKIP ? SIGN_GAP : SIGN_ANY);
	return element;
}

/* With a second gap, anything may follow the first. */
static void
extend_gap(const struct item_compiler *state, const struct item *item, uint32_t at,
           const struct element_set *next, struct element *gap)
{
	const struct instruction *code = state->code + item->code;
	uint32_t number = 0;
	gap->argument -= at;
	for (uint32_t i = 0; i < item->length; i++) {
		if (!is_element(code, i) || !bits_have(next->bits, number++))
			continue;
		if (code[i].operation == CODE_SKIP)
			gap->signature |= sign_bit(SIGN_ANY);
		else
			gap->signature |= make_element(state, &code[i]).signature;
	}
}

static void
put_elements(struct item_compiler *state, struct item *item,
             const struct element_set reached[CODE_LONGEST])
{
	const struct instruction *code = state->code + item->code;
	struct image_builder *image = state->compiler->image;
	image_built(image, TEXT_SECTION(SECTION_ELEMENTS), sizeof(struct element), &item->elements);
	item->follows = put_row(state, item, &reached[0]);
	for (uint32_t at = 0; at < item->length; at++) {
		if (!is_element(code, at))
			continue;
		struct element element = make_element(state, &code[at]);
		if (code[at].operation == CODE_SKIP)
			extend_gap(state, item, at, &reached[code[at].argument], &element);
		image_put(image, TEXT_SECTION(SECTION_ELEMENTS), &element, sizeof element);
		if (code[at].operation != CODE_MATCH)
			put_row(state, item, &reached[element_end(code, at)]);
	}
}

static void
add_start(struct item_compiler *state, const struct instruction *at, const struct start *start)
{
	struct arena *arena = state->compiler->arena;
	state->starts = arena_grow(arena, state->starts, state->start_count,
	                           &state->start_capacity, sizeof *state->starts);
	state->starts[state->start_count++] = (struct draft_start){*start, at};
}

static void
find_starts(struct item_compiler *state, uint32_t index, const struct element_set *begins)
{
	struct item *item = &state->compiler->items[index];
	const struct instruction *code = state->code + item->code;
	struct ahead first[CODE_LONGEST], rarest[CODE_LONGEST];
	uint16_t element = 0;
	item->starts = (uint32_t)state->start_count;
	look_ahead(state, item, first, rarest);
	for (uint32_t at = 0; at < item->length; at++) {
		if (!is_element(code, at) || !bits_have(begins->bits, element++))
			continue;
		struct start start = {.next = first[at + 1].signatures[0],
		                      .need = rarest[at + 1].signatures[1],
		                      .item = index,
		                      .element = (uint16_t)(element - 1),
		                      .next_window = window(first[at + 1].within),
		                      .need_window = window(rarest[at + 1].within)};
		add_start(state, &code[at], &start);
		item->start_count++;
	}
}

static void
put_item(struct item_compiler *state, uint32_t index)
{
	struct item *item = &state->compiler->items[index];
	struct element_set reached[CODE_LONGEST];
	find_reached(state, item, reached);
	put_elements(state, item, reached);
	find_starts(state, index, &reached[0]);
}

/* The symbols of each class, or, behind the classes, each symbol alone. */
static struct list *
list_members(const struct lexicon_compiler *compiler)
{
	size_t count = compiler->class_count + compiler->symbol_count;
	struct list *members = arena_alloc(compiler->arena, count + 1, sizeof *members);
	for (uint32_t i = 0; i < compiler->symbol_count; i++) {
		const struct list *classes = &compiler->symbols[i].classes;
		list_add(compiler->arena, &members[compiler->class_count + i], i);
		for (size_t j = 0; j < classes->count; j++)
			list_add(compiler->arena, &members[classes->at[j]], i);
	}
	return members;
}

/* In the order in which words give them. */
static uint32_t *
order_starts(const struct item_compiler *state)
{
	const struct lexicon_compiler *compiler = state->compiler;
	const struct list *members = list_members(compiler);
	struct setters *setters =
	        arena_alloc(compiler->arena, state->start_count + 1, sizeof *setters);
	for (size_t i = 0; i < state->start_count; i++) {
		const struct instruction *at = state->starts[i].at;
		size_t before = at->operation == CODE_WORD ? compiler->class_count : 0;
		setters[i].symbols = &members[before + at->argument];
	}
	return blocks_order(compiler->arena, setters, state->start_count, compiler->symbol_count);
}

static void
put_starts(const struct item_compiler *state)
{
	struct lexicon_compiler *compiler = state->compiler;
	const uint32_t *order = order_starts(state);
	uint32_t *numbers = arena_alloc(compiler->arena, state->start_count + 1, sizeof *numbers);
	for (uint32_t i = 0; i < state->start_count; i++) {
		const struct draft_start *draft = &state->starts[order[i]];
		uint32_t argument = draft->at->argument;
		numbers[order[i]] = image_put(compiler->image, TEXT_SECTION(SECTION_STARTS),
		                              &draft->start, sizeof draft->start);
		list_add(compiler->arena,
		         draft->at->operation == CODE_WORD ? &compiler->symbols[argument].starts
		                                           : &compiler->classes[argument].starts,
		         i);
	}
	for (size_t i = 0; i < state->start_count; i++) {
		uint32_t bit = block_bit(numbers[i]);
		image_put(compiler->image, TEXT_SECTION(SECTION_ITEM_STARTS), &bit, sizeof bit);
	}
}

/* Class members of several words refer only to classes of earlier items. */
static void
sign_classes(struct item_compiler *state)
{
	struct lexicon_compiler *compiler = state->compiler;
	for (uint32_t i = 0; i < compiler->class_count; i++)
		state->classes[i].within = 1;
	for (unsigned look = 0; look < CLASS_LOOKS; look++) {
		uint64_t sign = sign_bit(SIGN_LOOK + look);
		state->classes[look] = (struct ahead){{sign, sign}, 1};
	}
	state->classes[CLASS_PLACE].within = MATCH_LONGEST;
	for (uint32_t i = 0; i < compiler->symbol_count; i++) {
		const struct draft_symbol *draft = &compiler->symbols[i];
		for (size_t j = 0; j < draft->classes.count; j++) {
			struct ahead *class = &state->classes[draft->classes.at[j]];
			for (unsigned k = 0; k < SIGNINGS; k++)
				class->signatures[k] |= sign_bit(draft->symbol.signs[k]);
			compiler->classes[draft->classes.at[j]].signature = class->signatures[1];
		}
	}
	for (uint32_t i = 0; i < compiler->item_count; i++) {
		const struct item *item = &compiler->items[i];
		struct ahead first[CODE_LONGEST], rarest[CODE_LONGEST];
		if (item->kind != ITEM_CLASS)
			continue;
		look_ahead(state, item, first, rarest);
		struct ahead *class = &state->classes[item->target];
		*class = either(*class, first[0]);
		class->within = MATCH_LONGEST;
	}
}

void
compile_items(struct lexicon_compiler *compiler)
{
	uint32_t ignored;
	struct arena *arena = compiler->arena;
	struct item_compiler state = {
	        .compiler = compiler,
	        .code = image_built(compiler->image, TEXT_SECTION(SECTION_CODE),
	                            sizeof *state.code, &ignored),
	        .used_symbols = arena_alloc(arena, compiler->symbol_count + 1, sizeof(bool)),
	        .used_classes = arena_alloc(arena, compiler->class_count + 1, sizeof(bool)),
	        .classes = arena_alloc(arena, compiler->class_count + 1, sizeof *state.classes)};
	for (uint32_t i = 0; i < compiler->item_count; i++)
		use_words(&state, &compiler->items[i]);
	for (unsigned sign = SIGN_LOOK; sign < SIGN_WORD; sign++)
		state.weights[sign] = WEIGHT_LOOK;
	deal_signs(&state, true, SIGN_WORD, SIGN_RARE);
	deal_signs(&state, false, SIGN_RARE, SIGNS);
	sign_classes(&state);
	for (uint32_t i = 0; i < compiler->item_count; i++)
		put_item(&state, i);
	put_starts(&state);
}
