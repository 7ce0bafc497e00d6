/*
 * Long texts, read in windows. A window judges the passages of its own bytes, and sees as
 * many words around them as passages and their context can reach.
 */
#include "notes.h"

enum {
	TEXTS_LONG = 256 * 1024, /* bytes of texts that are read at once: less is no burden */
	WINDOW_BYTES = 96 * 1024,
	WINDOW_LEAST = WINDOW_BYTES / 2,
	WINDOW_MOST = WINDOW_BYTES / 3 * 4, /* so that a text is not cut */
	PIECE_BYTES = 16,                   /* what a text takes beside its own */
	MARGIN_WORDS = 1600, /* eight of the longest sentences: a passage has five on a side */
	MARGIN_MOST = 64 * 1024, /* bytes */
};

/* A place between two bytes of the texts. */
struct point {
	size_t text, byte;
};

struct window {
	struct point from, to; /* what it judges */
	struct point sees_from, sees_to;
	bool heading;          /* of the headings, else of all other texts */
	bool silent;           /* nothing is met in it */
};

struct text_windows {
	struct facts *facts;
	struct arena *scratch;
	const struct text_piece *texts;
	size_t text_count;
	struct window *list; /* those of headings first; none of texts that are not long */
	size_t count, capacity;
	size_t heading_count;
	struct notes notes;
};

static bool
is_heading(const struct text_windows *windows, size_t text)
{
	return windows->texts[text].role == TEXT_HEADING;
}

static bool
is_word(unsigned char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10 || c >= 0x80;
}

/* How much of a margin is left: no word is cut where the words end it. */
struct margin {
	size_t words, bytes;
};

static bool
goes_on(struct margin *margin, struct span text, size_t at)
{
	bool begins = is_word((unsigned char)text.at[at]) &&
	              (at == 0 || !is_word((unsigned char)text.at[at - 1]));
	if ((margin->words == 0 && begins) || margin->bytes == 0)
		return false;
	margin->words -= begins;
	margin->bytes--;
	return true;
}

/* Forward to where a character begins. */
static size_t
character_from(struct span text, size_t at)
{
	while (at < text.length && ((unsigned char)text.at[at] & 0xC0) == 0x80)
		at++;
	return at;
}

/* Where a window begins to see. */
static struct point
see_back(const struct text_windows *windows, const struct window *window)
{
	struct margin margin = {MARGIN_WORDS, MARGIN_MOST};
	struct point at = window->from;
	for (size_t text = at.text + 1; text-- > 0 && margin.words != 0 && margin.bytes != 0;) {
		struct span bytes = windows->texts[text].bytes;
		if (is_heading(windows, text) != window->heading)
			continue;
		size_t byte = text == window->from.text ? window->from.byte : bytes.length;
		while (byte > 0 && margin.words != 0 && goes_on(&margin, bytes, byte - 1))
			byte--;
		at = (struct point){text, character_from(bytes, byte)};
	}
	return at;
}

/* Where it ends to see. */
static struct point
see_ahead(const struct text_windows *windows, const struct window *window)
{
	struct margin margin = {MARGIN_WORDS, MARGIN_MOST};
	struct point at = window->to;
	for (size_t text = at.text;
	     text < windows->text_count && margin.words != 0 && margin.bytes != 0; text++) {
		struct span bytes = windows->texts[text].bytes;
		if (is_heading(windows, text) != window->heading)
			continue;
		size_t byte = text == window->to.text ? window->to.byte : 0;
		while (byte < bytes.length && goes_on(&margin, bytes, byte))
			byte++;
		at = (struct point){text, character_from(bytes, byte)};
	}
	return at;
}

static void
add_window(struct text_windows *windows, struct window window)
{
	windows->list = arena_grow(windows->facts->arena, windows->list, windows->count,
	                           &windows->capacity, sizeof *windows->list);
	window.sees_from = see_back(windows, &window);
	window.sees_to = see_ahead(windows, &window);
	windows->list[windows->count++] = window;
}

/* How many bytes of a text a window takes that holds some already. */
static size_t
bytes_taken(size_t held, size_t rest)
{
	if (held + rest <= WINDOW_MOST)
		return rest;
	return held < WINDOW_LEAST ? WINDOW_BYTES - held : 0;
}

/* Cuts the headings, or all others, into windows. */
static void
cut_texts(struct text_windows *windows, bool heading)
{
	struct window window = {.heading = heading};
	size_t held = 0;
	for (size_t text = 0; text < windows->text_count; text++) {
		size_t length = windows->texts[text].bytes.length;
		for (size_t byte = 0; is_heading(windows, text) == heading && byte < length;) {
			if (held == 0)
				window.from = (struct point){text, byte};
			size_t taken = bytes_taken(held, length - byte);
			byte += taken;
			held += taken + PIECE_BYTES;
			if (held < WINDOW_BYTES && byte == length)
				continue;
			window.to = (struct point){text, byte};
			add_window(windows, window);
			held = 0;
			if (byte < length && byte != 0 && windows->texts[text].role == TEXT_TURN)
				notes_add_turn(&windows->notes, (uint32_t)text);
		}
	}
	if (held != 0) {
		window.to = (struct point){windows->text_count, 0};
		add_window(windows, window);
	}
}

/* The bytes of a text before a point. */
static size_t
bytes_before(struct point point, size_t text, size_t length)
{
	return text < point.text ? length : text == point.text ? point.byte : 0;
}

static size_t
within(size_t at, size_t least, size_t most)
{
	return at < least ? least : at > most ? most : at;
}

/* What a window sees of a text: `*part`, which it judges but for its ends. */
static struct span
part_of(const struct text_windows *windows, const struct window *window, size_t text,
        struct text_part *part)
{
	struct span bytes = windows->texts[text].bytes;
	size_t first = bytes_before(window->sees_from, text, bytes.length);
	size_t end = bytes_before(window->sees_to, text, bytes.length);
	size_t own = within(bytes_before(window->from, text, bytes.length), first, end);
	size_t own_end = within(bytes_before(window->to, text, bytes.length), first, end);
	*part = (struct text_part){.text = (uint32_t)text,
	                           .first = (uint32_t)first,
	                           .before = (uint32_t)(own - first),
	                           .after = (uint32_t)(end - own_end)};
	return (struct span){bytes.at + first, end - first};
}

/* Gives a reader the parts of texts that a window sees. */
static void
give_parts(const struct text_windows *windows, const struct window *window,
           struct reader *reader)
{
	size_t most = window->sees_to.text - window->sees_from.text + 1;
	struct text_piece *pieces = arena_alloc(windows->scratch, most, sizeof *pieces);
	struct text_part *parts = arena_alloc(windows->scratch, most, sizeof *parts);
	size_t count = 0;
	for (size_t i = 0; i < most; i++) {
		size_t text = window->sees_from.text + i;
		if (text == windows->text_count || is_heading(windows, text) != window->heading)
			continue;
		pieces[count] = windows->texts[text];
		pieces[count].bytes = part_of(windows, window, text, &parts[count]);
		count += pieces[count].bytes.length != 0;
	}
	reader->pieces = pieces;
	reader->parts = parts;
	reader->piece_count = count;
}

static void
read_window(struct text_windows *windows, const struct window *window,
            struct text_reading *reading, bool mentions)
{
	struct reader *reader = arena_alloc(windows->scratch, 1, sizeof *reader);
	struct party_list *parties = arena_alloc(windows->scratch, 1, sizeof *parties);
	*reading = (struct text_reading){.reader = reader, .parties = parties};
	reader_start(reader, windows->facts, NULL, 0);
	give_parts(windows, window, reader);
	reader->arena = windows->scratch;
	reader->notes = &windows->notes;
	reader_read(reader, parties);
	if (!windows->notes.taking)
		passages_read(reader, parties, reading, mentions);
}

/* The scratch arena has an end of its own. */
static void
read_in_scratch(struct text_windows *windows, const struct window *window,
                struct text_reading *reading, bool mentions)
{
	if (setjmp(windows->scratch->exhausted) != 0)
		longjmp(windows->facts->arena->exhausted, 1);
	arena_reset(windows->scratch);
	read_window(windows, window, reading, mentions);
}

static void
note_windows(struct text_windows *windows, size_t from, size_t to)
{
	struct text_reading reading;
	for (size_t i = from; i < to; i++) {
		read_in_scratch(windows, &windows->list[i], &reading, false);
		windows->list[i].silent = !notes_take_drafts(reading.reader);
	}
}

/* Whether some space of a window is told nothing of. */
static bool
has_silence(struct text_windows *windows, const struct window *window)
{
	for (size_t text = window->from.text;
	     text < windows->text_count && text <= window->to.text; text++) {
		if (is_heading(windows, text) != window->heading ||
		    (text == window->to.text && window->to.byte == 0))
			continue;
		const struct outlook *outlook = notes_outlook(&windows->notes, (uint32_t)text);
		if (outlook == NULL || outlook->speaking == SPEAKS_OF_NOTHING)
			return true;
	}
	return false;
}

/* Of windows where nothing is met, one is enough, if any. */
static void
pick_silent(struct text_windows *windows)
{
	bool picked = false;
	for (size_t i = 0; i < windows->count; i++) {
		struct window *window = &windows->list[i];
		if (!window->silent)
			continue;
		window->silent = picked || !has_silence(windows, window);
		picked = picked || !window->silent;
	}
}

/* What headings tell depends on all of them: they are noted twice. */
void
text_windows_note(struct text_windows *windows)
{
	struct notes *notes = &windows->notes;
	size_t headings = windows->heading_count;
	if (windows->count == 0)
		return;
	notes->headings_only = headings == windows->count;
	notes->taking = true;
	note_windows(windows, 0, headings);
	notes_forget_headings(notes);
	note_windows(windows, 0, headings);
	note_windows(windows, headings, windows->count);
	if (!notes_are_sure(notes)) {
		notes_forget_turns(notes);
		note_windows(windows, headings, windows->count);
	}
	notes->taking = false;
	pick_silent(windows);
}

bool
text_is_long(size_t bytes)
{
	return bytes > TEXTS_LONG;
}

struct text_windows *
text_windows_new(struct facts *facts, struct arena *scratch, const struct text_piece *texts,
                 size_t count)
{
	struct text_windows *windows = arena_alloc(facts->arena, 1, sizeof *windows);
	size_t bytes = 0;
	*windows = (struct text_windows){
	        .facts = facts, .scratch = scratch, .texts = texts, .text_count = count};
	for (size_t i = 0; i < count; i++)
		bytes += texts[i].bytes.length;
	if (!text_is_long(bytes))
		return windows;
	notes_start(&windows->notes, facts->arena, facts->vocabulary, texts);
	cut_texts(windows, true);
	windows->heading_count = windows->count;
	cut_texts(windows, false);
	return windows;
}

size_t
text_windows_parts(const struct text_windows *windows, struct span **parts)
{
	size_t count = 0, capacity = 0;
	struct text_part ignored;
	*parts = NULL;
	for (size_t i = 0; i < windows->count; i++) {
		const struct window *window = &windows->list[i];
		for (size_t text = window->sees_from.text;
		     text < windows->text_count && text <= window->sees_to.text; text++) {
			struct span part = part_of(windows, window, text, &ignored);
			if (is_heading(windows, text) != window->heading || part.length == 0)
				continue;
			*parts = arena_grow(windows->facts->arena, *parts, count, &capacity,
			                    sizeof **parts);
			(*parts)[count++] = part;
		}
	}
	return count;
}

size_t
text_windows_count(const struct text_windows *windows)
{
	return windows->count != 0 ? windows->count : 1;
}

bool
text_windows_silent(const struct text_windows *windows, size_t window)
{
	return windows->count != 0 && windows->list[window].silent;
}

void
text_windows_read(struct text_windows *windows, size_t window, struct text_reading *reading,
                  bool mentions)
{
	if (windows->count == 0)
		text_read(reading, windows->facts, windows->texts, windows->text_count, mentions);
	else
		read_in_scratch(windows, &windows->list[window], reading, mentions);
}
