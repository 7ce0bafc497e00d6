#include "pipeline.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "message.h"

/* The workers of a run; the first one is the main thread. */
struct crew {
	struct run *run;
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
		if (!worker_start(worker, crew->run) ||
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
	struct run *run = crew->run;
	const struct options *options = run->options;
	const struct input_options wanted = {.max_record = options->max_record};
	bool named = options->operands.count != 0;
	feed_start(&run->feed, named ? options->operands.items : standard_input,
	           named ? options->operands.count : 1, &wanted, options->allow_empty);
	progress_start(&run->progress, progress_wanted(options), run->finding, run->feed.names,
	               run->feed.count);
	while (worker_step(&crew->workers[0], call_help, crew))
		;
	for (size_t i = 1; i < crew->count; i++)
		pthread_join(crew->threads[i], NULL);
	feed_finish(&run->feed);
	progress_wipe(&run->progress);
}

static void
judge_texts(struct crew *crew)
{
	const struct strings *texts = &crew->run->options->texts;
	bool going = true;
	for (size_t i = 0; going && i < texts->count; i++)
		going = worker_judge_text(&crew->workers[0], i + 1, texts->items[i]);
	worker_flush(&crew->workers[0]);
}

static bool
assemble(struct crew *crew)
{
	crew->workers = calloc(crew->size, sizeof *crew->workers);
	crew->threads = calloc(crew->size, sizeof *crew->threads);
	if (crew->workers == NULL || crew->threads == NULL)
		return false;
	crew->count = 1;
	return worker_start(&crew->workers[0], crew->run);
}

static void
dismiss(struct crew *crew)
{
	struct tally *tally = &crew->run->tally;
	for (size_t i = 0; i < crew->count; i++) {
		if (!tally_merge(tally, &crew->workers[i].tally)) {
			message("out of memory");
			tally->trouble = true;
		}
		worker_free(&crew->workers[i]);
	}
	free(crew->threads);
	free(crew->workers);
	tally->trouble = tally->trouble || crew->run->error != 0;
	output_complain(crew->run->error);
}

/* Whether both descriptors write to one place. */
static bool
are_together(int a, int b)
{
	struct stat first, second;
	return fstat(a, &first) == 0 && fstat(b, &second) == 0 && first.st_dev == second.st_dev &&
	       first.st_ino == second.st_ino;
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

bool
pipeline_run(struct run *run)
{
	struct crew crew = {.run = run, .size = jobs_wanted(run->options)};
	run->terminal = isatty(STDOUT_FILENO) != 0;
	run->together = are_together(STDOUT_FILENO, STDERR_FILENO);
	keep_little_memory();
	turn_start(&run->turn);
	bool assembled = assemble(&crew);
	if (!assembled)
		message("out of memory");
	else if (run->options->texts.count != 0)
		judge_texts(&crew);
	else
		judge_files(&crew);
	dismiss(&crew);
	turn_finish(&run->turn);
	return assembled;
}
