#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "options.h"

enum { FIRST_AFTER = 1000, AGAIN_AFTER = 200, LONGEST = 128 };

static int64_t
now(void)
{
	struct timespec time = {0};
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

bool
progress_wanted(const struct options *options)
{
	if (options->progress == WHEN_AUTO)
		return isatty(STDERR_FILENO) && !options->quiet;
	return options->progress == WHEN_ALWAYS && !options->quiet;
}

/* 0 if one of them is no file, and its size not known. */
static uint64_t
total_size(const char *const *names, size_t count)
{
	uint64_t total = 0;
	for (size_t i = 0; i < count; i++) {
		struct stat status;
		int found = strcmp(names[i], "-") == 0 ? fstat(STDIN_FILENO, &status) :
		                                         stat(names[i], &status);
		if (found == 0 && !S_ISREG(status.st_mode))
			return 0;
		if (found == 0)
			total += (uint64_t)status.st_size;
	}
	return total;
}

void
progress_start(struct progress *progress, bool on, const char *finding, const char *const *names,
               size_t count)
{
	*progress = (struct progress){.on = on, .finding = finding};
	if (!on)
		return;
	progress->total = total_size(names, count);
	progress->started = now();
}

/* Adds "1.2 GB". */
static size_t
add_size(char *text, size_t used, double bytes)
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
	size_t unit = 0;
	for (; bytes >= 999.5 && unit < 4; unit++)
		bytes /= 1000;
	used += (size_t)snprintf(text + used, LONGEST - used, unit > 2 ? "%.1f %s" : "%.0f %s",
	                         bytes, units[unit]);
	return used;
}

/* Adds ", 59 s left", ", 2:05 left" or ", 1:00:00 left". */
static void
add_time(char *text, size_t used, uint64_t seconds)
{
	unsigned long long hours = seconds / 3600, minutes = seconds / 60 % 60, rest = seconds % 60;
	if (hours != 0)
		snprintf(text + used, LONGEST - used, ", %llu:%02llu:%02llu left", hours, minutes,
		         rest);
	else if (minutes != 0)
		snprintf(text + used, LONGEST - used, ", %llu:%02llu left", minutes, rest);
	else
		snprintf(text + used, LONGEST - used, ", %llu s left", rest);
}

static void
describe(const struct progress *progress, char *text, int64_t time)
{
	const struct done *done = &progress->done;
	double rate = (double)done->bytes * 1000 / (double)time;
	size_t used = add_size(text, 0, (double)done->bytes);
	if (progress->total != 0) {
		used += (size_t)snprintf(text + used, LONGEST - used, " of ");
		used = add_size(text, used, (double)progress->total);
	}
	used += (size_t)snprintf(text + used, LONGEST - used, ", %zu request%s, %zu %s, ",
	                         done->requests, done->requests == 1 ? "" : "s", done->found,
	                         progress->finding);
	used = add_size(text, used, rate);
	used += (size_t)snprintf(text + used, LONGEST - used, "/s");
	if (progress->total > done->bytes && rate >= 1) {
		double left = (double)(progress->total - done->bytes);
		add_time(text, used, (uint64_t)(left / rate) + 1);
	}
}

static int
columns(void)
{
	struct winsize size = {0};
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 2)
		return LONGEST;
	return size.ws_col - 1;
}

void
progress_add(struct progress *progress, const struct done *more)
{
	progress->done.bytes += more->bytes;
	progress->done.requests += more->requests;
	progress->done.found += more->found;
	if (!progress->on)
		return;
	int64_t time = now();
	if (time - progress->started < FIRST_AFTER || time - progress->drawn < AGAIN_AFTER)
		return;
	char text[LONGEST];
	describe(progress, text, time - progress->started);
	fprintf(stderr, "\r%.*s\033[K", columns(), text);
	progress->drawn = time;
	progress->shown = true;
}

void
progress_wipe(struct progress *progress)
{
	if (!progress->shown)
		return;
	fputs("\r\033[K", stderr);
	progress->shown = false;
}
