/* What an input is cut into, however its bytes come in. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "input.h"
#include "scan.h"
#include "suite.h"

/* A pipe that is fed so many bytes whenever its reader would block. */
struct feed {
	struct span text;
	size_t chunk, sent;
	int reader, writer;
};

static void
feed_more(void *data)
{
	struct feed *feed = data;
	size_t left = feed->text.length - feed->sent;
	size_t size = left < feed->chunk ? left : feed->chunk;
	if (size == 0) {
		close(feed->writer);
		return;
	}
	ck_assert_int_eq(write(feed->writer, feed->text.at + feed->sent, size), (ssize_t)size);
	feed->sent += size;
}

static struct input *
open_feed(struct feed *feed, struct span text, size_t chunk, size_t max_record)
{
	int ends[2];
	ck_assert_int_eq(pipe(ends), 0);
	*feed = (struct feed){text, chunk, 0, ends[0], ends[1]};
	struct input *input =
	        input_attach(feed->reader, &(struct input_options){max_record, feed_more, feed});
	ck_assert_ptr_nonnull(input);
	return input;
}

/* "line:column:byte bytes|", or with an error "line:column:byte !error|". */
static void
write_down(FILE *out, struct input *input, size_t *count)
{
	struct record record;
	enum input_event event;
	while ((event = input_next(input, &record)) == INPUT_RECORD) {
		ck_assert_uint_eq(record.n, ++*count);
		fprintf(out, "%zu:%zu:%zu ", record.line, record.column, record.byte);
		if (record.error != NULL)
			fprintf(out, "!%s|", record.error);
		else
			fprintf(out, "%.*s|", (int)record.bytes.length, record.bytes.at);
	}
	ck_assert_int_eq(event, INPUT_END);
	ck_assert_int_eq(input_next(input, &record), INPUT_END);
}

/* All records of a text, written down. */
static char *
cut(struct span text, size_t chunk, size_t max_record)
{
	struct feed feed;
	char *list = NULL;
	size_t size = 0, count = 0;
	struct input *input = open_feed(&feed, text, chunk, max_record);
	FILE *out = open_memstream(&list, &size);
	write_down(out, input, &count);
	input_close(input);
	fclose(out);
	return list;
}

/* The same, each part with memory of its own as if by another thread. */
static char *
cut_in_parts(struct span text, size_t chunk, size_t max_record)
{
	struct feed feed;
	char *list = NULL;
	size_t size = 0, count = 0, turn = 0;
	struct input *input = open_feed(&feed, text, chunk, max_record);
	struct input *parts[] = {input_part(), input_part(), input_part()};
	FILE *out = open_memstream(&list, &size);
	while (input_take(input, parts[turn % 3]) == INPUT_PART) {
		write_down(out, parts[turn++ % 3], &count);
		ck_assert_uint_eq(input_count(input), count);
	}
	write_down(out, input, &count);
	for (int i = 0; i < 3; i++)
		input_close(parts[i]);
	input_close(input);
	fclose(out);
	return list;
}

static const struct {
	const char *text, *records;
	size_t max_record;
} inputs[] = {
        /* JSON Lines */
        {"{\"a\":1}\n{\"b\":2}\n", "1:1:0 {\"a\":1}|2:1:8 {\"b\":2}|", 0},
        {"{\"a\":1}\r\n\r\n \t\n  {\"b\":2} \r\n", "1:1:0 {\"a\":1}|4:3:16 {\"b\":2}|", 0},
        {"\n\n{\"a\":1}\n{\"b\":2}", "3:1:2 {\"a\":1}|4:1:10 {\"b\":2}|", 0},
        {"\xEF\xBB\xBF{\"a\":1}\n{\"b\":2}\n", "1:1:3 {\"a\":1}|2:1:11 {\"b\":2}|", 0},
        {"{\"a\":1}\n42\n\"x\"\n[{}]\nhello\n{\"b\":\n}\n{}{}\n",
         "1:1:0 {\"a\":1}|2:1:8 42|3:1:11 \"x\"|4:1:15 [{}]|5:1:20 hello|"
         "6:1:26 {\"b\":|7:1:32 }|8:1:34 {}{}|", 0},
        {"42\n{\n", "1:1:0 42|2:1:3 {|", 0},
        {"true\n}\n", "1:1:0 true|2:1:5 }|", 0},
        {"\"{\"\n,\n", "1:1:0 \"{\"|2:1:4 ,|", 0},
        {"{\"a\":\"\\\"}\"}\n}\n", "1:1:0 {\"a\":\"\\\"}\"}|2:1:12 }|", 0},
        {"{\"a\":tru}\n ]\n", "1:1:0 {\"a\":tru}|2:2:11 ]|", 0},
        {"{\"a\":\n{\"b\":2}\n\n{\"c\":3}", "1:1:0 {\"a\":|2:1:6 {\"b\":2}|4:1:15 {\"c\":3}|", 0},
        {"hello\n\n \r\n{\"b\":2}\n,", "1:1:0 hello|4:1:10 {\"b\":2}|5:1:18 ,|", 0},
        {"{}{}\n{}{}\n", "1:1:0 {}{}|2:1:5 {}{}|", 0},
        /* one document, and several */
        {"", "", 0},
        {"\xEF\xBB\xBF \n", "", 0},
        {"{\"a\":1}", "1:1:0 {\"a\":1}|", 0},
        {"{\n  \"a\": \"\xC3\xA9\"\n}\n", "1:1:0 {\n  \"a\": \"\xC3\xA9\"\n}|", 0},
        {"{\r\n\"a\":\r\n[1]}\r\n{\r\n}", "1:1:0 {\r\n\"a\":\r\n[1]}|4:1:15 {\r\n}|", 0},
        {"{\"a\":{}}{\"b\":\"\xC3\xA9\"}  {}",
         "1:1:0 {\"a\":{}}|1:9:8 {\"b\":\"\xC3\xA9\"}|1:20:20 {}|", 0},
        {"{}{}\n {}", "1:1:0 {}|1:3:2 {}|2:2:6 {}|", 0},
        {"{\n}{\n}\n1 -2e5[{},3]true\"a b\"null",
         "1:1:0 {\n}|2:2:3 {\n}|4:1:7 1|4:3:9 -2e5|4:8:14 {}|4:11:17 3|4:13:19 true|"
         "4:17:23 \"a b\"|4:22:28 null|", 0},
        {"{\"a\":tru}{\n}", "1:1:0 {\"a\":tru}|1:10:9 {\n}|", 0},
        /* errors among documents */
        {"{\n}\ngarbage {} here\n {}\n{\"b\":\n2}", "1:1:0 {\n}|3:1:4 g|5:1:24 {\"b\":\n2}|", 0},
        {"{\n}\n}\n{\n}", "1:1:0 {\n}|3:1:4 }|4:1:6 {\n}|", 0},
        {"id,name\n1,x\n2,y\n", "1:1:0 i|", 0},
        {"nope\n", "1:1:0 no|", 0},
        {"\xC3\xA9t\xC3\xA9\n", "1:1:0 \xC3\xA9|", 0},
        {"{\n\"a\":\"x\n}\n{\n}\n", "1:1:0 {\n\"a\":\"x\n|4:1:11 {\n}|", 0},
        {"{\n\"a\":\"x\n{\"b\":1}\n", "1:1:0 {\n\"a\":\"x\n|3:1:9 {\"b\":1}|", 0},
        {"{\n\"a\":[1}\n}\n{\n}", "1:1:0 {\n\"a\":[1}|4:1:12 {\n}|", 0},
        {"{\n\"a\":{\n{\n", "1:1:0 {\n\"a\":{\n|3:1:8 {\n|", 0},
        {"{\n}\n{", "1:1:0 {\n}|3:1:4 {|", 0},
        {"{\n} tru", "1:1:0 {\n}|2:3:4 tru|", 0},
        {"{\n},{}\n", "1:1:0 {\n}|2:2:3 ,|", 0},
        {"{\n}\xEF\xBB\xBF{\n}", "1:1:0 {\n}|2:2:3 \xEF\xBB\xBF|", 0},
        /* left open where the next one begins */
        {"{\n\"a\":1\n\n{\n\"b\":2\n}\n{}",
         "1:1:0 {\n\"a\":1\n\n|4:1:9 {\n\"b\":2\n}|7:1:19 {}|", 0},
        {"{\n\"a\":[1,2\n{\"b\":2}\n{}", "1:1:0 {\n\"a\":[1,2\n|3:1:11 {\"b\":2}|4:1:19 {}|", 0},
        {"{\n\"a\":1,\r\n{}\r\n{}", "1:1:0 {\n\"a\":1,\r\n|3:1:10 {}|4:1:14 {}|", 0},
        {"{\n\"a\":\n{\n},\"b\":[\n{},\n{}]\n}\n{\n",
         "1:1:0 {\n\"a\":\n{\n},\"b\":[\n{},\n{}]\n}|8:1:27 {\n|", 0},
        {"[\n{\"a\":1\n{\"b\":2},\n{}\n]\n{}",
         "2:1:2 {\"a\":1\n|3:1:9 {\"b\":2}|4:1:18 {}|6:1:23 {}|", 0},
        {"{\n\"a\":1000\n{}\n}\n{}", "1:1:0 !longer than 8 bytes|3:1:11 {}|4:1:14 }|5:1:16 {}|", 8},
        /* a top-level array */
        {"[]", "", 0},
        {"[{\"a\":1},{\"b\":2}]", "1:2:1 {\"a\":1}|1:10:9 {\"b\":2}|", 0},
        {"\n [\r\n  {\r\n    \"a\": 1\r\n  },\r\n  {}\r\n]\r\n",
         "3:3:7 {\r\n    \"a\": 1\r\n  }|6:3:30 {}|", 0},
        {"[\n{\"a\":1}\n,\n{\"b\":2}\n]\n{\"c\":3}\n[4]",
         "2:1:2 {\"a\":1}|4:1:12 {\"b\":2}|6:1:22 {\"c\":3}|7:2:31 4|", 0},
        {"[1,\"a]\",[{},[]],null,tru,{}]",
         "1:2:1 1|1:4:3 \"a]\"|1:9:8 [{},[]]|1:17:16 null|1:22:21 tru,|", 0},
        {"[{}", "1:2:1 {}|1:4:3 !input ends inside an array|", 0},
        {"[{},\n", "1:2:1 {}|2:1:5 !input ends inside an array|", 0},
        {"[", "1:2:1 !input ends inside an array|", 0},
        {"[{\"a\":", "1:2:1 {\"a\":|", 0},
        {"[{},]", "1:2:1 {}|1:5:4 !value missing|", 0},
        {"[,{},,{}]", "1:2:1 !value missing|1:3:2 {}|1:7:6 {}|", 0},
        {"[{} {},{}]", "1:2:1 {}|1:5:4 !comma missing before this value|1:8:7 {}|", 0},
        {"[{}]]{}", "1:2:1 {}|1:5:4 ]|", 0},
        {"[{}}\n{\"b\":1}]\n{\"c\":1}", "1:2:1 {}|1:4:3 }|2:1:5 {\"b\":1}|3:1:14 {\"c\":1}|", 0},
        {"[\n{\"a\":\"x},\n{\"b\":1},\n{\"c\":1}\n]\n{}",
         "2:1:2 {\"a\":\"x},\n|3:1:12 {\"b\":1}|4:1:21 {\"c\":1}|6:1:31 {}|", 0},
        {"[\n{\"a\":\"x}\n]\n{\"b\":1}\n{\"c\":1}\n[{}",
         "2:1:2 {\"a\":\"x}\n|4:1:13 {\"b\":1}|5:1:21 {\"c\":1}|6:1:29 [{}|", 0},
        /* longer than eight bytes */
        {"{\"a\":10}\n{\"b\":100}\n {\"c\":1}\r\n{\"d\":10}\r\n{\"e\":10} \n{\"f\":1000000}",
         "1:1:0 {\"a\":10}|2:1:9 !longer than 8 bytes|3:2:20 {\"c\":1}|4:1:29 {\"d\":10}|"
         "5:1:39 !longer than 8 bytes|6:1:49 !longer than 8 bytes|", 8},
        {"{\"a\":100000000}\n}\n{}\n", "1:1:0 !longer than 8 bytes|2:1:16 }|3:1:18 {}|", 8},
        {"{\"a\":100000000\n{}\n}\n", "1:1:0 !longer than 8 bytes|2:1:15 {}|3:1:18 }|", 8},
        {"{\"a\":\"aaaaaaaa\n{}\n}\n", "1:1:0 !longer than 8 bytes|2:1:15 {}|3:1:18 }|", 8},
        {"{\"a\":100000000}  \r\n\n,\n", "1:1:0 !longer than 8 bytes|3:1:20 ,|", 8},
        {"{\"a\":100000000} {} {}{\n}",
         "1:1:0 !longer than 8 bytes|1:17:16 {}|1:20:19 {}|1:22:21 {\n}|", 8},
        {"{\"a\":100000000,\n\"b\":1}\n{\n}", "1:1:0 !longer than 8 bytes|3:1:23 {\n}|", 8},
        {"{\"a\":\"aaaaaaaa\n 1\n{\n}", "1:1:0 !longer than 8 bytes|3:1:18 {\n}|", 8},
        {"{\"a\":1}{}{}{}\n{}\n{",
         "1:1:0 {\"a\":1}|1:8:7 {}|1:10:9 {}|1:12:11 {}|2:1:14 {}|3:1:17 {|", 8},
        {"1234567890 {}", "1:1:0 !longer than 8 bytes|1:12:11 {}|", 8},
        {"12345678 {}", "1:1:0 !longer than 8 bytes|1:10:9 {}|", 8},
        {"{\n} 12345678 {} 123456789",
         "1:1:0 {\n}|2:3:4 12345678|2:12:13 {}|2:15:16 !longer than 8 bytes|", 8},
        {"[{\"a\":10},{\"a\":\"[}]\"},{\"b\":1}\n]{\n}",
         "1:2:1 {\"a\":10}|1:11:10 !longer than 8 bytes|1:23:22 {\"b\":1}|2:2:31 {\n}|", 8},
        {"[{\"a\":[1,2,3}},{}\n{\"b\":1}]", "1:2:1 !longer than 8 bytes|2:1:18 {\"b\":1}|", 8},
        {"[{\"a\":[1,2,3", "1:2:1 !longer than 8 bytes|", 8},
        {"hello, this is no JSON\n{}\n", "1:1:0 h|2:1:23 {}|", 8},
};

START_TEST(cuts_alike_whatever_is_read_at_once)
{
	struct span text = span_of(inputs[_i].text);
	for (size_t chunk = 1; chunk <= 70; chunk++) {
		char *records = cut(text, chunk, inputs[_i].max_record);
		ck_assert_msg(strcmp(records, inputs[_i].records) == 0,
		              "%s\nin chunks of %zu gave %s\nnot %s", inputs[_i].text, chunk,
		              records, inputs[_i].records);
		free(records);
		records = cut_in_parts(text, chunk, inputs[_i].max_record);
		ck_assert_msg(strcmp(records, inputs[_i].records) == 0,
		              "%s\nin parts of %zu gave %s\nnot %s", inputs[_i].text, chunk,
		              records, inputs[_i].records);
		free(records);
	}
}
END_TEST

START_TEST(a_record_comes_before_the_next_is_waited_for)
{
	static const char *const texts[][2] = {
	        {"{\"a\":1}\n", "{\"b\":2}\n"},
	        {"{\"a\":\n1}", "{\"b\":\n2}"},
	        {"[{\"a\":1}", ",{\"b\":2}"},
	};
	char text[64];
	size_t half = strlen(texts[_i][0]);
	snprintf(text, sizeof text, "%s%s", texts[_i][0], texts[_i][1]);
	struct feed feed;
	struct record record;
	struct input *input = open_feed(&feed, span_of(text), half, 0);
	for (size_t n = 1; n <= 2; n++) {
		ck_assert_int_eq(input_next(input, &record), INPUT_RECORD);
		ck_assert_uint_eq(feed.sent, n * half);
	}
	input_close(input);
	close(feed.writer);
}
END_TEST

START_TEST(places_in_a_record_are_places_in_its_input)
{
	struct record record = {.line = 7, .column = 5, .byte = 100};
	size_t line = 1, column = 3, byte = 2;
	record_place(&record, &line, &column, &byte);
	ck_assert(line == 7 && column == 7 && byte == 102);
	line = 2, column = 3, byte = 20;
	record_place(&record, &line, &column, &byte);
	ck_assert(line == 8 && column == 3 && byte == 120);
}
END_TEST

START_TEST(errors_of_the_system_are_passed_on)
{
	struct input_options options = {0};
	struct record record;
	ck_assert_ptr_null(input_open("no/such/file", &options));
	ck_assert_int_eq(errno, ENOENT);
	struct input *input = input_open(".", &options);
	ck_assert_ptr_nonnull(input);
	for (int again = 0; again < 2; again++) {
		errno = 0;
		ck_assert_int_eq(input_next(input, &record), INPUT_FAILED);
		ck_assert_int_eq(errno, EISDIR);
	}
	input_close(input);
}
END_TEST

START_TEST(a_file_is_read_as_a_pipe_is)
{
	char name[] = "/tmp/proviso-input-XXXXXX";
	int descriptor = mkstemp(name);
	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_eq(write(descriptor, "{}\n{}\n", 6), 6);
	close(descriptor);
	struct record record;
	struct input *input = input_open(name, &(struct input_options){0});
	unlink(name);
	ck_assert_ptr_nonnull(input);
	ck_assert_int_eq(input_next(input, &record), INPUT_RECORD);
	ck_assert_int_eq(input_next(input, &record), INPUT_RECORD);
	ck_assert_uint_eq(record.byte, 3);
	ck_assert_int_eq(input_next(input, &record), INPUT_END);
	input_close(input);
}
END_TEST

START_TEST(a_descriptor_that_does_not_block_is_waited_for)
{
	int ends[2];
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		poll(NULL, 0, 50);
		ssize_t sent = write(ends[1], "{}", 2);
		_exit(sent == 2 ? 0 : 1);
	}
	close(ends[1]);
	struct record record;
	struct input *input = input_attach(ends[0], &(struct input_options){0});
	ck_assert_int_eq(input_next(input, &record), INPUT_RECORD);
	ck_assert_int_eq(input_next(input, &record), INPUT_END);
	input_close(input);
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
}
END_TEST

/* Endless inputs, which only bounded memory gets through. */
static const struct {
	const char *start, *repeated, *end, *records;
} long_inputs[] = {
        {"{}\n{\"a\":\"", "x", "\"}\n{}\n",
         "1:1:0 {}|2:1:3 !longer than 1000 bytes|3:1:10000012 {}|"},
        {"{\"a\":\"", "x", "\"}\n{}\n", "1:1:0 !longer than 1000 bytes|2:1:10000009 {}|"},
        {"{\n\"a\":\"", "x", "\"}\n{\n}\n", "1:1:0 !longer than 1000 bytes|3:1:10000010 {\n}|"},
        {"[{\"a\":[", "[],{}, ", "0]},{}]",
         "1:2:1 !longer than 1000 bytes|1:10000009:10000008 {}|"},
        {"[", " ", "{}]", "1:10000002:10000001 {}|"},
        {"{}\n", "\n", "{}", "1:1:0 {}|10000002:1:10000003 {}|"},
        {"{\n", "\n", "}", "1:1:0 !longer than 1000 bytes|"},
        {"{\n", "\"a\":1,\n", "{}\n{}\n",
         "1:1:0 !longer than 1000 bytes|1428573:1:9999999 {}|1428574:1:10000002 {}|"},
        {"", "garbage\n", "{}", "1:1:0 g|1250001:1:10000000 {}|"},
        {"{\n}", "1234567890", " {}",
         "1:1:0 {\n}|2:2:3 !longer than 1000 bytes|2:10000003:10000004 {}|"},
};

static size_t
peak_memory(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (size_t)usage.ru_maxrss;
}

START_TEST(memory_is_bounded)
{
	enum { SIZE = 10000000 };
	const char *unit = long_inputs[_i].repeated;
	size_t start = strlen(long_inputs[_i].start), step = strlen(unit);
	size_t end = strlen(long_inputs[_i].end), body = SIZE - SIZE % step;
	char *text = malloc(start + body + end);
	ck_assert_ptr_nonnull(text);
	memcpy(text, long_inputs[_i].start, start);
	for (size_t i = 0; i < body; i += step)
		memcpy(text + start + i, unit, step);
	memcpy(text + start + body, long_inputs[_i].end, end);
	size_t before = peak_memory();
	char *records = cut((struct span){text, start + body + end}, 50000, 1000);
	ck_assert_uint_lt(peak_memory() - before, 4096);
	ck_assert_str_eq(records, long_inputs[_i].records);
	free(records);
	records = cut_in_parts((struct span){text, start + body + end}, 50000, 1000);
	ck_assert_uint_lt(peak_memory() - before, 4096);
	ck_assert_str_eq(records, long_inputs[_i].records);
	free(records);
	free(text);
}
END_TEST

static unsigned
next_random(unsigned *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

/* Whether bytes without a record are only what may stand between records. */
static bool
is_between(const char *from, const char *to)
{
	while (from < to && strchr(" \t\r\n,[]", *from) != NULL)
		from++;
	return from >= to;
}

static bool
is_valid(const struct record *record)
{
	struct arena arena;
	struct scan scan;
	arena_init(&arena);
	bool valid = setjmp(arena.exhausted) == 0 && record->error == NULL &&
	             scan_record(&scan, &arena, record->bytes);
	arena_free(&arena);
	return valid;
}

/* Every byte is in a record, or between two, or follows one that is invalid. */
static void
expect_all_accounted(struct span text)
{
	struct feed feed;
	struct record record;
	struct input *input = open_feed(&feed, text, 4096, 0);
	const char *next = text.at;
	bool valid = true;
	while (input_next(input, &record) == INPUT_RECORD) {
		const char *start = text.at + record.byte;
		ck_assert(next <= start);
		ck_assert(memcmp(start, record.bytes.at, record.bytes.length) == 0);
		ck_assert_msg(!valid || is_between(next, start), "skipped in silence: %s", text.at);
		size_t line, column;
		scan_position(text, record.byte, &line, &column);
		ck_assert_uint_eq(record.line, line);
		ck_assert_uint_eq(record.column, column);
		valid = is_valid(&record);
		next = start + record.bytes.length;
	}
	ck_assert_msg(!valid || is_between(next, text.at + text.length), "skipped: %s", text.at);
	input_close(input);
}

START_TEST(nothing_is_skipped_in_silence)
{
	static const char bits[] = "{}[]\"\",:\n\n \\1eat\xC3\xA9";
	unsigned state = 7;
	for (int round = 0; round < 6000; round++) {
		char text[256];
		const char *seed = inputs[round % (int)(sizeof inputs / sizeof *inputs)].text;
		size_t length = strlen(seed);
		memcpy(text, seed, length + 1);
		if (memcmp(seed, "\xEF", 1) == 0 || length == 0)
			continue;
		for (unsigned left = 1 + next_random(&state) % 3; left > 0; left--)
			text[next_random(&state) % length] =
			        bits[next_random(&state) % (sizeof bits - 1)];
		size_t max_record = next_random(&state) % 2 * 8;
		char *slow = cut((struct span){text, length}, 1, max_record);
		char *fast = cut_in_parts((struct span){text, length}, 4096, max_record);
		ck_assert_msg(strcmp(slow, fast) == 0, "%s\n%s\n%s", text, slow, fast);
		expect_all_accounted((struct span){text, length});
		free(slow);
		free(fast);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("input");
	TCase *tests = tcase_create("input");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, cuts_alike_whatever_is_read_at_once, 0,
	                    (int)(sizeof inputs / sizeof *inputs));
	tcase_add_loop_test(tests, a_record_comes_before_the_next_is_waited_for, 0, 3);
	tcase_add_loop_test(tests, memory_is_bounded, 0,
	                    (int)(sizeof long_inputs / sizeof *long_inputs));
	tcase_add_test(tests, places_in_a_record_are_places_in_its_input);
	tcase_add_test(tests, errors_of_the_system_are_passed_on);
	tcase_add_test(tests, a_file_is_read_as_a_pipe_is);
	tcase_add_test(tests, a_descriptor_that_does_not_block_is_waited_for);
	tcase_add_test(tests, nothing_is_skipped_in_silence);
	return suite_run(suite, tests);
}
