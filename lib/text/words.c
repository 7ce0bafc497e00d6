/* Letters to tokens: words, marks and the ends of sentences. */
#include "words.h"

static int32_t
code_at(const struct scanner *scanner, size_t at)
{
	return at < scanner->count ? scanner->letters[at].code : '\n';
}

static bool
word_at(const struct scanner *scanner, size_t at)
{
	return at < scanner->count && scanner->letters[at].word;
}

static struct token *
add_token(struct scanner *scanner, const char *text, size_t length, size_t from, size_t to)
{
	struct reader *reader = scanner->reader;
	reader->tokens = arena_grow(reader->arena, reader->tokens, reader->token_count,
	                            &reader->token_capacity, sizeof *reader->tokens);
	struct token *token = &reader->tokens[reader->token_count++];
	*token = (struct token){
	        .text = arena_copy(reader->arena, (struct span){text, length}),
	        .length = (uint16_t)length,
	        .start = scanner->letters[from].start,
	        .end = scanner->letters[to - 1].end,
	        .piece = scanner->piece,
	        .gap = (unsigned)scanner->gap & 0xfU};
	scanner->gap = GAP_SPACE;
	return token;
}

static void
add_mark(struct scanner *scanner, const char *text, bool stop)
{
	struct token *token =
	        add_token(scanner, text, strlen(text), scanner->at, scanner->at + 1);
	token->mark = true;
	token->stop = stop;
	scanner->gap = GAP_MARK;
}

/* The words of letters[from, to): one, or two where the second is a clipped
 * "not". Case is looked at in the original. */
static void
add_word(struct scanner *scanner, size_t from, size_t to)
{
	int32_t codes[WORD_LONGEST];
	char text[WORD_LONGEST * 4 + 1];
	size_t length = 0, capitals = 0, count = to - from;
	for (size_t i = from; i < to; i++)
		capitals += scanner->letters[i].capital;
	if (count <= WORD_LONGEST) {
		for (size_t i = 0; i < count; i++)
			codes[i] = scanner->letters[from + i].code;
		if (repair_letters(scanner->reader->lexicon, codes, count, text))
			length = strlen(text);
	}
	if (length == 0) {
		for (size_t i = from; i < to && i - from < WORD_LONGEST; i++)
			length += fold_write(text + length, scanner->letters[i].code);
	}
	struct token *token = add_token(scanner, text, length, from, to);
	token->capital = scanner->letters[from].capital;
	token->upper = capitals == count && count > 1;
}

static void
add_text(struct scanner *scanner, const char *text, size_t from, size_t to)
{
	scanner->gap = GAP_SPACE;
	add_token(scanner, text, strlen(text), from, to);
}

static size_t
word_end(const struct scanner *scanner, size_t from)
{
	while (word_at(scanner, from))
		from++;
	return from;
}

/* "U.S.", "p.m.": where such letters end, or `from` if it is none. */
static size_t
initials_end(const struct scanner *scanner, size_t from)
{
	size_t at = from, letters = 0;
	int32_t first = code_at(scanner, from);
	if (first >= '0' && first <= '9')
		return from;
	while (word_at(scanner, at) && !word_at(scanner, at + 1)) {
		letters++;
		at++;
		if (code_at(scanner, at) != '.' || !word_at(scanner, at + 1) ||
		    word_at(scanner, at + 2))
			break;
		at++;
	}
	return letters > 1 ? at : from;
}

static void
add_initials(struct scanner *scanner, size_t from, size_t to)
{
	char text[WORD_LONGEST * 4 + 1];
	size_t length = 0;
	bool upper = true;
	for (size_t i = from; i < to && i - from < WORD_LONGEST; i++) {
		if (!word_at(scanner, i))
			continue;
		length += fold_write(text + length, scanner->letters[i].code);
		upper = upper && scanner->letters[i].capital;
	}
	struct token *token = add_token(scanner, text, length, from, to);
	token->capital = token->upper = upper;
}

static bool
ends_with(const struct scanner *scanner, size_t to, const char *text)
{
	size_t length = strlen(text);
	for (size_t i = 0; i < length; i++) {
		if (to < length || code_at(scanner, to - length + i) != text[i])
			return false;
	}
	return true;
}

/* What follows an apostrophe inside a word: a clipped "not", or a word of its
 * own ("s", "ll", "esquadra"). */
static size_t
clipped(struct scanner *scanner, size_t from, size_t to)
{
	size_t end = word_end(scanner, to + 1);
	bool negated = end == to + 2 && code_at(scanner, to + 1) == 't' && to - from > 1 &&
	               code_at(scanner, to - 1) == 'n';
	if (!negated) {
		add_word(scanner, from, to);
		return to + 1;
	}
	if (to - from == 3 && ends_with(scanner, to, "can"))
		add_text(scanner, "can", from, to);
	else if (to - from == 3 && ends_with(scanner, to, "won"))
		add_text(scanner, "will", from, to);
	else
		add_word(scanner, from, to - 1);
	add_text(scanner, "not", to - 1, end);
	return end;
}

/* What may stand for a letter; "!" only before another. */
static bool
is_sign(int32_t code)
{
	return code == '@' || code == '$' || code == '+' || code == '|' || code == '!';
}

/* A run that mixes letters with digits and signs, as "p0l!ce" does. */
static size_t
mixed_end(const struct scanner *scanner, size_t from)
{
	bool letters = false, others = false;
	size_t at = from;
	for (; at < scanner->count; at++) {
		int32_t code = scanner->letters[at].code;
		bool sign = is_sign(code) && (code != '!' || word_at(scanner, at + 1));
		if (!scanner->letters[at].word && !sign)
			break;
		others = others || sign || (code >= '0' && code <= '9');
		letters = letters || code >= 'a';
	}
	return letters && others ? at : from;
}

static bool
add_mixed(struct scanner *scanner, size_t to)
{
	int32_t codes[WORD_LONGEST];
	char text[WORD_LONGEST + 1];
	size_t from = scanner->at;
	if (to < from + 3 || to - from > WORD_LONGEST)
		return false;
	for (size_t i = from; i < to; i++)
		codes[i - from] = scanner->letters[i].code;
	if (!repair_letters(scanner->reader->lexicon, codes, to - from, text))
		return false;
	struct token *token = add_token(scanner, text, strlen(text), from, to);
	token->capital = scanner->letters[from].capital;
	scanner->at = to;
	return true;
}

static bool
is_latin(int32_t code)
{
	return code >= 'a' && code <= 'z';
}

/* The most common case of scan_word(): plain letters that nothing stands beside
 * which could make them anything else. Returns false for all others. */
static bool
scan_plain(struct scanner *scanner)
{
	const struct letter *first = scanner->letters + scanner->at;
	size_t most = scanner->count - scanner->at, length = 0, capitals = 0;
	char text[WORD_LONGEST];
	for (; length < most && length < WORD_LONGEST && is_latin(first[length].code); length++) {
		text[length] = (char)first[length].code;
		capitals += first[length].capital;
	}
	const struct letter *next = first + length;
	if (length == 0 || (length < most && (next->word || is_sign(next->code) ||
	                                      next->code == '\'' ||
	                                      (next->code == '.' && length == 1))))
		return false;
	struct token *token =
	        add_token(scanner, text, length, scanner->at, scanner->at + length);
	token->capital = first->capital;
	token->upper = capitals == length && length > 1;
	scanner->at += length;
	return true;
}

static void
scan_word(struct scanner *scanner)
{
	if (scan_plain(scanner))
		return;
	size_t from = scanner->at;
	size_t to = mixed_end(scanner, from);
	if (to != from && add_mixed(scanner, to))
		return;
	to = initials_end(scanner, from);
	if (to != from) {
		add_initials(scanner, from, to);
		if (code_at(scanner, to) == '.')
			to++;
		scanner->at = to;
		return;
	}
	to = word_end(scanner, from);
	while (code_at(scanner, to) == '\'' && word_at(scanner, to + 1)) {
		from = clipped(scanner, from, to);
		to = word_end(scanner, from);
	}
	if (to > from)
		add_word(scanner, from, to);
	scanner->at = to;
}

static size_t
next_letter(const struct scanner *scanner, size_t at)
{
	while (at < scanner->count &&
	       (scanner->letters[at].code == ' ' || scanner->letters[at].code == '\t'))
		at++;
	return at;
}

/* Whether the line that begins at `at` has the form of an item or a field. */
static bool
line_like_item(const struct scanner *scanner, size_t at)
{
	at = next_letter(scanner, at);
	int32_t code = code_at(scanner, at);
	if (code == '-' || code == '*' || code == 0x2022 || code == '#' || code == 0x2014 ||
	    code == '|')
		return true;
	size_t words = 0;
	bool number = code >= '0' && code <= '9';
	for (; words < 4 && word_at(scanner, at); words++) {
		at = word_end(scanner, at);
		if (code_at(scanner, at) == ':')
			return code_at(scanner, at + 1) == ' ' || code_at(scanner, at + 1) == '\n';
		if (words == 0 && number && (code_at(scanner, at) == '.' || code_at(scanner, at) == ')'))
			return true;
		while (code_at(scanner, at) == ' ' || code_at(scanner, at) == '-' ||
		       code_at(scanner, at) == '/' || code_at(scanner, at) == '(')
			at++;
	}
	return false;
}

static bool
is_line_end(int32_t code)
{
	return code == '\n' || code == '\r';
}

/* A line of that form inside a sentence is where the sentence happened to be broken:
 * it is one of its own behind what has ended, or where there are others. */
static bool
line_apart(const struct scanner *scanner, size_t at)
{
	const struct reader *reader = scanner->reader;
	if (!line_like_item(scanner, at))
		return false;
	if (scanner->listed || reader->token_count == 0)
		return true;
	const struct token *last = &reader->tokens[reader->token_count - 1];
	if (last->text[0] == '\n' || last->text[0] == ':')
		return true;
	while (at < scanner->count && !is_line_end(code_at(scanner, at)))
		at++;
	at += code_at(scanner, at) == '\r' && code_at(scanner, at + 1) == '\n' ? 2 : 1;
	return at < scanner->count && line_like_item(scanner, at);
}

/* Whether nothing follows at `at`, or a line that does not go on with this one. */
static bool
ends_block(const struct scanner *scanner, size_t at)
{
	if (!is_line_end(code_at(scanner, at)))
		return false;
	at += code_at(scanner, at) == '\r' && code_at(scanner, at + 1) == '\n' ? 2 : 1;
	at = next_letter(scanner, at);
	return at >= scanner->count || is_line_end(code_at(scanner, at)) ||
	       line_like_item(scanner, at);
}

static bool
is_of_class(const struct reader *reader, size_t index, uint32_t class)
{
	const struct token *token = &reader->tokens[index];
	uint32_t symbol = lexicon_symbol(reader->lexicon, (struct span){token->text, token->length},
	                                 WORD_WHOLE);
	if (token->mark || symbol == UINT32_MAX)
		return false;
	const struct symbol *known = &reader->lexicon->symbols[symbol];
	for (uint32_t i = 0; i < known->class_count; i++) {
		if (reader->lexicon->links[known->classes + i] == class)
			return true;
	}
	return false;
}

bool
words_shortened(const struct reader *reader, size_t word)
{
	const struct token *token = &reader->tokens[word];
	bool initial = !token->mark && token->length == 1 && word != 0 &&
	               reader->tokens[word - 1].length > 1;
	return is_of_class(reader, word, CLASS_ABBREVIATION) ||
	       (initial && (is_of_class(reader, word - 1, CLASS_ABBREVIATION) ||
	                    is_of_class(reader, word - 1, CLASS_TITLE)));
}

/* A full stop ends a sentence but after an abbreviation and inside a word. */
static void
scan_stop(struct scanner *scanner)
{
	struct reader *reader = scanner->reader;
	size_t next = next_letter(scanner, scanner->at + 1);
	bool inside = next == scanner->at + 1 && word_at(scanner, next) && scanner->at != 0 &&
	              word_at(scanner, scanner->at - 1);
	if (inside && !(scanner->letters[next].capital &&
	                !scanner->letters[scanner->at - 1].capital)) {
		scanner->gap = GAP_DOT;
		return;
	}
	if (scanner->gap == GAP_SPACE && reader->token_count != 0 && !ends_block(scanner, next) &&
	    words_shortened(reader, reader->token_count - 1))
		return;
	add_mark(scanner, ".", true);
}

static void
scan_gap(struct scanner *scanner)
{
	size_t spaces = 0, lines = 0, at = scanner->at;
	for (; at < scanner->count; at++) {
		int32_t code = scanner->letters[at].code;
		if (code == '\n' || (code == '\r' && code_at(scanner, at + 1) != '\n'))
			lines++;
		else if (code == ' ' || code == '\t' || code == '\r' || code == 0)
			spaces++;
		else
			break;
	}
	bool item = lines != 0 && (lines > 1 ? line_like_item(scanner, at) : line_apart(scanner, at));
	if (lines > 1)
		scanner->gap = GAP_WIDE;
	if (lines > 1 || item)
		add_mark(scanner, "\n", true);
	scanner->listed = item || (scanner->listed && lines < 2);
	if (lines != 0 && scanner->gap != GAP_HYPHEN)
		scanner->gap = GAP_BREAK;
	else if (spaces != 0 && scanner->gap != GAP_BREAK && scanner->gap != GAP_MARK)
		scanner->gap = spaces > 1 ? GAP_WIDE : GAP_SPACE;
	scanner->at = at;
}

static bool
is_space(int32_t code)
{
	return code == ' ' || code == '\n' || code == '\r' || code == '\t' || code == 0;
}

static void
scan_sign(struct scanner *scanner)
{
	int32_t code = code_at(scanner, scanner->at);
	bool spaced = scanner->at == 0 || is_space(code_at(scanner, scanner->at - 1));
	bool digits = scanner->at != 0 && code_at(scanner, scanner->at - 1) <= '9' &&
	              code_at(scanner, scanner->at - 1) >= '0' &&
	              code_at(scanner, scanner->at + 1) <= '9' &&
	              code_at(scanner, scanner->at + 1) >= '0';
	char text[5] = {0};
	fold_write(text, code);
	switch (code) {
	case '.':
		scan_stop(scanner);
		break;
	case '?': case '!': case ';':
		add_mark(scanner, text, true);
		break;
	case ',':
		if (!digits)
			add_mark(scanner, text, false);
		break;
	case ':': case '(': case ')': case '"': case 0x2014:
		add_mark(scanner, text, false);
		break;
	case '&':
		if (spaced)
			add_text(scanner, "and", scanner->at, scanner->at + 1);
		break;
	case '-': case '_': case '*': case 0xb7: case 0x2022:
		if (code == '-' && spaced && is_space(code_at(scanner, scanner->at + 1)))
			add_mark(scanner, "\xe2\x80\x94", false);
		else
			scanner->gap = GAP_HYPHEN;
		break;
	default:
		break;
	}
	scanner->at++;
}

void
words_scan(struct scanner *scanner, uint32_t end)
{
	while (scanner->at < scanner->count && scanner->letters[scanner->at].start < end) {
		int32_t code = scanner->letters[scanner->at].code;
		if (is_space(code))
			scan_gap(scanner);
		else if (scanner->letters[scanner->at].word)
			scan_word(scanner);
		else if (!word_at(scanner, scanner->at + 1) || code < '!' || code > '|' ||
		         !add_mixed(scanner, mixed_end(scanner, scanner->at)))
			scan_sign(scanner);
	}
}

bool
token_in_any(const struct reader *reader, size_t at, uint32_t class)
{
	const struct token *token = &reader->tokens[at];
	for (uint32_t i = 0; i < token->symbol_count; i++) {
		if (lexicon_in_class(reader->lexicon, reader->symbols[token->symbols + i], class))
			return true;
	}
	return false;
}
