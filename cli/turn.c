#include "turn.h"

void
turn_start(struct turn *turn)
{
	*turn = (struct turn){.ticket = 0};
	pthread_mutex_init(&turn->lock, NULL);
	pthread_cond_init(&turn->passed, NULL);
}

void
turn_finish(struct turn *turn)
{
	for (size_t i = 0; i < PARCELS_MOST; i++) {
		output_free(&turn->left[i].parcel.output);
		output_free(&turn->left[i].parcel.notes);
	}
	pthread_cond_destroy(&turn->passed);
	pthread_mutex_destroy(&turn->lock);
}

void
turn_wait(struct turn *turn, size_t ticket)
{
	pthread_mutex_lock(&turn->lock);
	while (turn->ticket != ticket)
		pthread_cond_wait(&turn->passed, &turn->lock);
	pthread_mutex_unlock(&turn->lock);
}

bool
turn_has_come(struct turn *turn, size_t ticket)
{
	pthread_mutex_lock(&turn->lock);
	bool has_come = turn->ticket == ticket;
	pthread_mutex_unlock(&turn->lock);
	return has_come;
}

static size_t
parcel_size(const struct parcel *parcel)
{
	return parcel->output.capacity + parcel->notes.capacity;
}

static void
exchange(struct parcel *one, struct parcel *other)
{
	struct done done = one->done;
	one->done = other->done;
	other->done = done;
	output_exchange(&one->output, &other->output);
	output_exchange(&one->notes, &other->notes);
}

bool
turn_leave(struct turn *turn, size_t ticket, struct parcel *parcel)
{
	pthread_mutex_lock(&turn->lock);
	struct parcel *place = &turn->left[ticket % PARCELS_MOST].parcel;
	size_t held = turn->held - parcel_size(place) + parcel_size(parcel);
	bool left = ticket != turn->ticket && ticket - turn->ticket < PARCELS_MOST &&
	            held <= PARCEL_BYTES_MOST;
	if (left) {
		exchange(place, parcel);
		turn->left[ticket % PARCELS_MOST].taken = true;
		turn->held = held;
	}
	pthread_mutex_unlock(&turn->lock);
	return left;
}

bool
turn_pass(struct turn *turn, struct parcel *parcel)
{
	pthread_mutex_lock(&turn->lock);
	size_t next = ++turn->ticket % PARCELS_MOST;
	bool taken = turn->left[next].taken;
	if (taken) {
		turn->held += parcel_size(parcel);
		exchange(&turn->left[next].parcel, parcel);
		turn->held -= parcel_size(parcel);
		turn->left[next].taken = false;
	} else {
		pthread_cond_broadcast(&turn->passed);
	}
	pthread_mutex_unlock(&turn->lock);
	return taken;
}
