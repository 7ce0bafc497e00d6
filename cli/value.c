#include "value.h"

#include <stdint.h>
#include <string.h>
#include <time.h>

#include "date.h"
#include "writer.h"

bool
value_when(const char *text, enum when *when)
{
	static const char *const names[] = {
	        [WHEN_AUTO] = "auto", [WHEN_ALWAYS] = "always", [WHEN_NEVER] = "never"};
	for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(names[i], text) == 0) {
			*when = i;
			return true;
		}
	}
	return false;
}

static unsigned
verdict_bit(const char *text, size_t length)
{
	for (unsigned i = PROVISO_ALLOW; i <= PROVISO_INVALID; i++) {
		const char *name = verdict_name(i);
		if (strlen(name) == length && memcmp(name, text, length) == 0)
			return 1U << i;
	}
	return 0;
}

bool
value_verdicts(const char *text, unsigned *verdicts)
{
	*verdicts = 0;
	for (;;) {
		size_t length = strcspn(text, ",");
		unsigned bit = verdict_bit(text, length);
		if (bit == 0)
			return false;
		*verdicts |= bit;
		if (text[length] == '\0')
			return true;
		text += length + 1;
	}
}

bool
value_bytes(const char *text, size_t *bytes)
{
	static const char suffixes[] = "KMG";
	const size_t limit = UINT32_MAX;
	const char *at = text;
	size_t number = 0;
	for (; *at >= '0' && *at <= '9' && number < limit; at++)
		number = number * 10 + (size_t)(*at - '0');
	const char *suffix = *at != '\0' ? strchr(suffixes, *at) : NULL;
	if (suffix != NULL && number < limit) {
		number <<= 10 * (suffix - suffixes + 1);
		at++;
	}
	*bytes = number;
	return at != text && *at == '\0' && number > 0 && number < limit;
}

bool
value_jobs(const char *text, size_t *jobs)
{
	const size_t limit = 256;
	*jobs = 0;
	for (; *text >= '0' && *text <= '9' && *jobs <= limit; text++)
		*jobs = *jobs * 10 + (size_t)(*text - '0');
	return *text == '\0' && *jobs > 0 && *jobs <= limit;
}

bool
value_day(const char *text)
{
	return date_parse_day(span_of(text)) != NO_DATE;
}

bool
value_today(struct day *today)
{
	struct tm day;
	time_t now = time(NULL);
	return gmtime_r(&now, &day) != NULL &&
	       strftime(today->text, sizeof today->text, "%Y-%m-%d", &day) != 0;
}
