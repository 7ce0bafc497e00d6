#include "pipeline.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "engine.h"
#include "message.h"
#include "worker.h"

/* The workers of a run; the first one is the main thread. */
struct crew {
	struct run run;
	const struct proviso_engine *engine;
	struct worker *workers;
	pthread_t *threads;
	size_t size; /* workers wanted */
	size_t count;
};

static void *
work(void *data)
{
	struct worker *worker = data;
	while (worker_step(worker, NULL, NULL))
		;
	return NULL;
}

/* Called when there is work for more than one. Where no more threads are to be
 * had, those that there are do it. */
static void
call_help(void *data)
{
	struct crew *crew = data;
	while (crew->count < crew->size) {
		struct worker *worker = &crew->workers[crew->count];
		if (!worker_start(worker, &crew->run, crew->engine) ||
		    pthread_create(&crew->threads[crew->count], NULL, work, worker) != 0) {
			worker_free(worker);
			crew->size = crew->count;
			return;
		}
		crew->count++;
	}
}

static void
judge_files(struct crew *crew)
{
	static const char *const standard_input[] = {"-"};
	const struct options *options = crew->run.options;
	const struct input_options wanted = {.max_record = options->max_record};
	bool named = options->operands.count != 0;
	feed_start(&crew->run.feed, named ? options->operands.items : standard_input,
	           named ? options->operands.count : 1, &wanted, options->allow_empty);
	progress_start(&crew->run.progress, progress_wanted(options), "denied",
	               crew->run.feed.names, crew->run.feed.count);
	while (worker_step(&crew->workers[0], call_help, crew))
		;
	for (size_t i = 1; i < crew->count; i++)
		pthread_join(crew->threads[i], NULL);
	feed_finish(&crew->run.feed);
	progress_wipe(&crew->run.progress);
}

static void
judge_texts(struct crew *crew)
{
	const struct strings *texts = &crew->run.options->texts;
	bool going = true;
	for (size_t i = 0; going && i < texts->count; i++)
		going = worker_judge_text(&crew->workers[0], i + 1, texts->items[i]);
	worker_flush(&crew->workers[0]);
}

/* Ends the workers; returns the status of it all. */
static enum status
dismiss(struct crew *crew)
{
	const struct options *options = crew->run.options;
	struct tally *tally = &crew->workers[0].tally;
	for (size_t i = 1; i < crew->count; i++) {
		if (!tally_merge(tally, &crew->workers[i].tally)) {
			message("out of memory");
			tally->trouble = true;
		}
	}
	tally->trouble = tally->trouble || crew->run.error != 0;
	output_complain(crew->run.error);
	if (options->summary)
		tally_summary(tally);
	enum status status = tally_status(tally, options->exit_zero);
	for (size_t i = 0; i < crew->count; i++)
		worker_free(&crew->workers[i]);
	turn_finish(&crew->run.turn);
	return status;
}

static bool
wants_color(const struct options *options)
{
	const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
	if (options->color != WHEN_AUTO)
		return options->color == WHEN_ALWAYS;
	return isatty(STDOUT_FILENO) && (no_color == NULL || *no_color == '\0') &&
	       terminal != NULL && strcmp(terminal, "dumb") != 0;
}

/* Whether both descriptors write to one place. */
static bool
are_together(int a, int b)
{
	struct stat first, second;
	return fstat(a, &first) == 0 && fstat(b, &second) == 0 && first.st_dev == second.st_dev &&
	       first.st_ino == second.st_ino;
}

static enum status
run_with(struct crew *crew, const struct options *options, const struct proviso_engine *engine,
         bool facts)
{
	bool quote = options->quote || (facts && options->texts.count != 0);
	struct run *run = &crew->run;
	*run = (struct run){
	        .options = options,
	        .writer = writer_find(options->verb->bit, options->format),
	        .style = {engine, wants_color(options), quote, facts, options->texts.count != 0},
	        .explain = facts || quote,
	        .terminal = isatty(STDOUT_FILENO) != 0,
	        .together = are_together(STDOUT_FILENO, STDERR_FILENO),
	};
	turn_start(&run->turn);
	crew->engine = engine;
	crew->count = 1;
	if (!worker_start(&crew->workers[0], run, engine)) {
		message("out of memory");
		worker_free(&crew->workers[0]);
		turn_finish(&run->turn);
		return STATUS_TROUBLE;
	}
	if (options->texts.count != 0)
		judge_texts(crew);
	else
		judge_files(crew);
	return dismiss(crew);
}

/* What a long record needed is given back to the system: glibc would keep ever more of
 * it for each thread. */
static void
keep_little_memory(void)
{
#ifdef __GLIBC__
	enum { KEPT_MOST = 256 * 1024 };
	mallopt(M_MMAP_THRESHOLD, KEPT_MOST);
#endif
}

static size_t
jobs_wanted(const struct options *options)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	return options->jobs != 0 ? options->jobs : processors > 1 ? (size_t)processors : 1;
}

static bool
is_usable(const struct options *options)
{
	if (options->texts.count != 0 && options->operands.count != 0) {
		usage_error(options->verb, "--text and files do not go together");
		return false;
	}
	if (options->texts.count == 0 && options->operands.count == 0 && isatty(STDIN_FILENO)) {
		usage_error(options->verb, "no file is named and standard input is a terminal");
		return false;
	}
	return true;
}

enum status
pipeline_run(const struct options *options, bool facts)
{
	enum status status = STATUS_TROUBLE;
	if (!is_usable(options))
		return status;
	size_t size = jobs_wanted(options);
	struct proviso_engine *engine = engine_make(options);
	if (engine == NULL)
		return status;
	keep_little_memory();
	struct crew *crew = calloc(1, sizeof *crew);
	struct worker *workers = calloc(size, sizeof *workers);
	pthread_t *threads = calloc(size, sizeof *threads);
	if (crew != NULL && workers != NULL && threads != NULL) {
		*crew = (struct crew){.workers = workers, .threads = threads, .size = size};
		status = run_with(crew, options, engine, facts);
	} else {
		message("out of memory");
	}
	free(threads);
	free(workers);
	free(crew);
	proviso_engine_free(engine);
	return status;
}
