/* One pattern: from its text to instructions that only ever go forward. */
#include "compile.h"

#include "../vocabulary.h"

struct writer {
	struct lexicon_compiler *compiler;
	struct instruction code[CODE_LONGEST];
	uint32_t length;
	bool failed;
	unsigned depth;
};

enum { DEPTH_MOST = 16, SKIP_MOST = 30 };

static void
fail(struct writer *writer, const char *id, const char *message)
{
	if (!writer->failed)
		compile_problem(writer->compiler, id, "%s", message);
	writer->failed = true;
}

static uint32_t
emit(struct writer *writer, enum operation operation, uint32_t argument)
{
	if (writer->length == CODE_LONGEST) {
		fail(writer, "pattern-long", "the pattern is too long");
		return 0;
	}
	writer->code[writer->length] = (struct instruction){operation, argument};
	return writer->length++;
}

static bool
is_special(char c)
{
	return c == ' ' || c == '(' || c == ')' || c == '|' || c == '<' || c == '>' || c == '~' ||
	       c == '?';
}

static struct span
trim(struct span text)
{
	while (text.length != 0 && text.at[0] == ' ') {
		text.at++;
		text.length--;
	}
	while (text.length != 0 && text.at[text.length - 1] == ' ')
		text.length--;
	return text;
}

static bool
is_single(struct span text)
{
	for (size_t i = 0; i < text.length; i++) {
		if (is_special(text.at[i]))
			return false;
	}
	return text.length != 0;
}

/* The alternative that begins at `from`, up to the next bar outside brackets. */
static struct span
alternative(struct span text, size_t from)
{
	size_t depth = 0, end = from;
	for (; end < text.length; end++) {
		if (text.at[end] == '(')
			depth++;
		else if (text.at[end] == ')' && depth != 0)
			depth--;
		else if (text.at[end] == '|' && depth == 0)
			break;
	}
	return (struct span){text.at + from, end - from};
}

static void sequence(struct writer *, struct span);

static void
put_word(struct writer *writer, struct span word)
{
	uint32_t symbol = compile_word(writer->compiler, word);
	if (symbol == UINT32_MAX)
		writer->failed = true;
	else
		emit(writer, CODE_WORD, symbol);
}

static void
shadowed(struct writer *writer, struct span one, const char *how)
{
	if (!writer->failed)
		compile_problem(writer->compiler, "alternative-shadowed",
		                "the alternative \"%.*s\" %s", (int)one.length, one.at, how);
	writer->failed = true;
}

/* The class of an earlier group that is written alike; or class_count. */
static uint32_t
class_of_group(const struct lexicon_compiler *compiler, struct span group)
{
	uint32_t class = 0;
	while (class < compiler->class_count &&
	       (compiler->classes[class].group.length == 0 ||
	        !span_equal(compiler->classes[class].group, group)))
		class++;
	return class;
}

/* The single words of a group become a class, which groups that are written
 * alike share. */
static void
put_words(struct writer *writer, struct span group, size_t count)
{
	struct lexicon_compiler *compiler = writer->compiler;
	uint32_t known = class_of_group(compiler, group);
	if (known < compiler->class_count) {
		emit(writer, CODE_CLASS, known);
		return;
	}
	if (compiler->class_count >= CLASSES_MOST) {
		fail(writer, "class-many", "the vocabulary has too many groups of words");
		return;
	}
	compiler->classes = arena_grow(compiler->arena, compiler->classes, compiler->class_count,
	                               &compiler->class_capacity, sizeof *compiler->classes);
	uint32_t class = (uint32_t)compiler->class_count++;
	compiler->classes[class] =
	        (struct draft_class){.group = {arena_copy(compiler->arena, group), group.length},
	                             .compiled = true, .used = true};
	uint32_t *symbols = arena_alloc(compiler->arena, count, sizeof *symbols);
	count = 0;
	for (size_t from = 0; from <= group.length;) {
		struct span one = alternative(group, from);
		from += one.length + 1;
		one = trim(one);
		if (!is_single(one))
			continue;
		uint32_t symbol = compile_word(compiler, one);
		if (symbol == UINT32_MAX) {
			writer->failed = true;
			continue;
		}
		if (compile_in_class(compiler, symbol, class))
			shadowed(writer, one, "stands twice");
		list_add(compiler->arena, &compiler->symbols[symbol].classes, class);
		symbols[count++] = symbol;
	}
	for (size_t i = 0; i < count; i++) {
		if (compile_covered(compiler, symbols[i], class))
			shadowed(writer, compiler->symbols[symbols[i]].text,
			         "is covered by another with a star");
	}
	emit(writer, CODE_CLASS, class);
}

static void
put_group(struct writer *writer, struct span group)
{
	size_t singles = 0, longer = 0;
	struct span only = {0};
	for (size_t from = 0; from <= group.length;) {
		struct span one = alternative(group, from);
		from += one.length + 1;
		one = trim(one);
		if (one.length == 0)
			fail(writer, "pattern-syntax", "an alternative is empty");
		else if (is_single(one))
			only = one, singles++;
		else
			longer++;
	}
	uint32_t *jumps = arena_alloc(writer->compiler->arena, longer + 2, sizeof *jumps);
	struct span *seen = arena_alloc(writer->compiler->arena, longer + 2, sizeof *seen);
	size_t seen_count = 0;
	size_t jump_count = 0;
	for (size_t from = 0; from <= group.length && !writer->failed;) {
		struct span one = alternative(group, from);
		from += one.length + 1;
		one = trim(one);
		if (is_single(one))
			continue;
		for (size_t i = 0; i < seen_count; i++) {
			if (span_equal(seen[i], one))
				shadowed(writer, one, "stands twice");
		}
		seen[seen_count++] = one;
		longer--;
		bool last = longer == 0 && singles == 0;
		uint32_t fork = last ? 0 : emit(writer, CODE_FORK, 0);
		sequence(writer, one);
		if (last)
			continue;
		jumps[jump_count++] = emit(writer, CODE_JUMP, 0);
		writer->code[fork].argument = writer->length;
	}
	if (singles == 1)
		put_word(writer, only);
	else if (singles > 1)
		put_words(writer, group, singles);
	for (size_t i = 0; i < jump_count; i++)
		writer->code[jumps[i]].argument = writer->length;
}

static void
put_class(struct writer *writer, struct span name)
{
	struct lexicon_compiler *compiler = writer->compiler;
	uint32_t class = compile_class_named(compiler, name);
	struct draft_class *draft = &compiler->classes[class];
	if (class >= CLASS_LOOKS && draft->member_count == 0) {
		compile_problem(compiler, "unknown-class", "no class \"%.*s\"", (int)name.length,
		                name.at);
		writer->failed = true;
		return;
	}
	if (draft->compiling) {
		fail(writer, "class-cycle", "a class is a member of itself");
		return;
	}
	compile_class(compiler, class);
	compiler->classes[class].used = true;
	emit(writer, CODE_CLASS, class);
}

static void
put_skips(struct writer *writer, struct span number)
{
	unsigned count = 0;
	for (size_t i = 0; i < number.length && count <= SKIP_MOST; i++)
		count = count * 10 + (unsigned)(number.at[i] - '0');
	if (count == 0 || count > SKIP_MOST) {
		fail(writer, "pattern-gap", "a gap is of 1 to 30 words");
		return;
	}
	uint32_t end = writer->length + count;
	for (unsigned i = 0; i < count; i++)
		emit(writer, CODE_SKIP, end);
}

/* How long the element at the start of `text` is, its `?` not counted. */
static size_t
element_length(struct writer *writer, struct span text)
{
	size_t length = 1, depth = 0;
	switch (text.at[0]) {
	case '<':
		while (length < text.length && text.at[length - 1] != '>')
			length++;
		if (text.at[length - 1] != '>')
			fail(writer, "pattern-syntax", "a \"<\" is not closed");
		return length;
	case '(':
		for (length = 0; length < text.length; length++) {
			if (text.at[length] == '(')
				depth++;
			else if (text.at[length] == ')' && --depth == 0)
				return length + 1;
		}
		fail(writer, "pattern-syntax", "a bracket is not closed");
		return length;
	case '~':
		while (length < text.length && text.at[length] >= '0' && text.at[length] <= '9')
			length++;
		return length;
	case ')': case '|': case '>': case '?':
		fail(writer, "pattern-syntax", "a sign stands where a word should");
		return length;
	default:
		while (length < text.length && !is_special(text.at[length]))
			length++;
		return length;
	}
}

static void
put_element(struct writer *writer, struct span element)
{
	struct span inner = {element.at + 1, element.length - 2};
	if (element.at[0] == '<' && element.length > 2)
		put_class(writer, inner);
	else if (element.at[0] == '(' && element.length > 2)
		put_group(writer, inner);
	else if (element.at[0] == '~')
		put_skips(writer, (struct span){element.at + 1, element.length - 1});
	else
		put_word(writer, element);
}

static void
sequence(struct writer *writer, struct span text)
{
	if (++writer->depth > DEPTH_MOST)
		fail(writer, "pattern-syntax", "brackets are nested too deeply");
	while (!writer->failed && (text = trim(text)).length != 0) {
		size_t length = element_length(writer, text);
		bool optional = length < text.length && text.at[length] == '?';
		uint32_t fork = optional ? emit(writer, CODE_FORK, 0) : 0;
		if (!writer->failed)
			put_element(writer, (struct span){text.at, length});
		if (optional)
			writer->code[fork].argument = writer->length;
		length += optional;
		text.at += length;
		text.length -= length;
	}
	writer->depth--;
}

/* Marks all instructions that can be reached from the first without reading a
 * word. Jumps go forward only, so that one pass finds them. */
static bool
check_start(struct writer *writer)
{
	bool reached[CODE_LONGEST + 1] = {true};
	for (uint32_t i = 0; i < writer->length; i++) {
		if (!reached[i])
			continue;
		switch (writer->code[i].operation) {
		case CODE_FORK:
			reached[i + 1] = true;
			reached[writer->code[i].argument] = true;
			break;
		case CODE_JUMP:
			reached[writer->code[i].argument] = true;
			break;
		case CODE_SKIP:
			fail(writer, "pattern-start", "the pattern may begin with a gap");
			break;
		case CODE_MATCH:
			fail(writer, "pattern-empty", "the pattern matches nothing at all");
			break;
		default:
			break;
		}
	}
	return !writer->failed;
}

bool
compile_pattern(struct lexicon_compiler *compiler, struct span text, struct item *item)
{
	struct writer *writer = arena_alloc(compiler->arena, 1, sizeof *writer);
	writer->compiler = compiler;
	sequence(writer, text);
	emit(writer, CODE_MATCH, 0);
	if (writer->failed || !check_start(writer))
		return false;
	item->length = writer->length;
	for (uint32_t i = 0; i < writer->length; i++) {
		uint32_t index = image_put(compiler->image, TEXT_SECTION(SECTION_CODE), &writer->code[i],
		                           sizeof writer->code[i]);
		if (i == 0)
			item->code = index;
	}
	return true;
}

void
compile_add(struct lexicon_compiler *compiler, const struct item *item)
{
	compiler->items = arena_grow(compiler->arena, compiler->items, compiler->item_count,
	                             &compiler->item_capacity, sizeof *compiler->items);
	compiler->items[compiler->item_count++] = *item;
}
