#include "feed.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void
feed_start(struct feed *feed, const char *const *names, size_t count,
           const struct input_options *options, bool allow_empty)
{
	*feed = (struct feed){
	        .names = names,
	        .count = count,
	        .options = *options,
	        .allow_empty = allow_empty,
	};
	pthread_mutex_init(&feed->lock, NULL);
	atomic_init(&feed->stopped, false);
}

/* How much must be read before other threads are worth starting. */
enum { MUCH = 64 * 1024 };

static void
set_failure(struct piece *piece, const char *failure)
{
	snprintf(piece->failure, sizeof piece->failure, "%s", failure);
}

/* How an input ended that has nothing more to give. */
static void
see_end(const struct feed *feed, struct piece *piece, struct input *input)
{
	struct record record;
	if (input_next(input, &record) == INPUT_FAILED)
		set_failure(piece, input_failure(input));
	else
		piece->empty = input_count(input) == 0 && !feed->allow_empty;
}

static void
open_next(struct feed *feed, struct piece *piece)
{
	feed->name = *feed->names++;
	feed->count--;
	feed->counted = 0;
	feed->input = input_open(feed->name, &feed->options);
	piece->name = feed->name;
	if (feed->input == NULL)
		set_failure(piece, strerror(errno));
}

static void
take_from(struct feed *feed, struct piece *piece, struct input *part)
{
	enum input_parting parting = input_take(feed->input, part);
	piece->before = feed->counted;
	feed->counted = input_taken(feed->input);
	piece->taken += feed->counted - piece->before;
	piece->name = feed->name;
	piece->input = parting == INPUT_PART ? part : parting == INPUT_WHOLE ? feed->input : NULL;
	piece->whole = parting == INPUT_WHOLE;
	piece->held = parting == INPUT_WHOLE && !input_is_file(feed->input);
	if (parting == INPUT_PART)
		return;
	if (parting == INPUT_OVER) {
		see_end(feed, piece, feed->input);
		input_close(feed->input);
	}
	feed->input = NULL;
}

static bool
has_something(const struct piece *piece)
{
	return piece->input != NULL || piece->failure[0] != '\0' || piece->empty;
}

bool
feed_take(struct feed *feed, struct piece *piece, struct input *part)
{
	*piece = (struct piece){.ticket = 0};
	pthread_mutex_lock(&feed->lock);
	while (!has_something(piece) && !atomic_load(&feed->stopped) &&
	       (feed->input != NULL || feed->count != 0)) {
		if (feed->input != NULL)
			take_from(feed, piece, part);
		else
			open_next(feed, piece);
	}
	bool taken = has_something(piece);
	if (taken)
		piece->ticket = feed->tickets++;
	piece->more = piece->ticket != 0 || (piece->input == part && input_held(part) >= MUCH);
	if (!piece->held)
		pthread_mutex_unlock(&feed->lock);
	return taken;
}

void
feed_return(struct feed *feed, struct piece *piece)
{
	if (!piece->whole)
		return;
	if (!atomic_load(&feed->stopped))
		see_end(feed, piece, piece->input);
	piece->taken = input_taken(piece->input) - piece->before;
	input_close(piece->input);
	if (piece->held)
		pthread_mutex_unlock(&feed->lock);
}

void
feed_stop(struct feed *feed)
{
	atomic_store(&feed->stopped, true);
}

void
feed_finish(struct feed *feed)
{
	input_close(feed->input);
	pthread_mutex_destroy(&feed->lock);
}
