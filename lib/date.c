#include "date.h"

/* Numbers from here on are milliseconds: as seconds they would be the year 5138. */
#define FIRST_MILLISECONDS INT64_C(100000000000)
#define DAY_SECONDS 86400

static int
digits(const char *at, size_t count)
{
	int number = 0;
	for (size_t i = 0; i < count; i++) {
		if (at[i] < '0' || at[i] > '9')
			return -1;
		number = number * 10 + (at[i] - '0');
	}
	return number;
}

static int
month_length(int year, int month)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month == 2 && leap ? 29 : lengths[month - 1];
}

static int32_t
day_number(int year, int month, int day)
{
	int before = year - 1;
	int32_t days = before * 365 + before / 4 - before / 100 + before / 400;
	for (int i = 1; i < month; i++)
		days += month_length(year, i);
	return days + day - 1 - 719162;
}

int32_t
date_parse_day(struct span text)
{
	if (text.length != 10 || text.at[4] != '-' || text.at[7] != '-')
		return NO_DATE;
	int year = digits(text.at, 4), month = digits(text.at + 5, 2),
	    day = digits(text.at + 8, 2);
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_length(year, month))
		return NO_DATE;
	return day_number(year, month, day);
}

/* Seconds east of UTC, or INT32_MIN. */
static int32_t
zone_offset(struct span zone)
{
	if (zone.length == 1 && (zone.at[0] == 'Z' || zone.at[0] == 'z'))
		return 0;
	if (zone.length != 6 || zone.at[3] != ':' || (zone.at[0] != '+' && zone.at[0] != '-'))
		return INT32_MIN;
	int hours = digits(zone.at + 1, 2), minutes = digits(zone.at + 4, 2);
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
		return INT32_MIN;
	int32_t seconds = hours * 3600 + minutes * 60;
	return zone.at[0] == '-' ? -seconds : seconds;
}

static int32_t
parse_time(int32_t day, struct span time)
{
	if (time.length < 9 || time.at[2] != ':' || time.at[5] != ':')
		return NO_DATE;
	int hour = digits(time.at, 2), minute = digits(time.at + 3, 2),
	    second = digits(time.at + 6, 2);
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
		return NO_DATE;
	size_t at = 8;
	if (time.at[at] == '.') {
		at++;
		while (at < time.length && time.at[at] >= '0' && time.at[at] <= '9')
			at++;
	}
	int32_t offset = zone_offset((struct span){time.at + at, time.length - at});
	if (offset == INT32_MIN)
		return NO_DATE;
	int32_t seconds = hour * 3600 + minute * 60 + (second == 60 ? 59 : second) - offset;
	if (seconds < 0)
		return day - 1;
	return seconds >= DAY_SECONDS ? day + 1 : day;
}

static int32_t
parse_number(struct span text)
{
	bool negative = text.length > 0 && text.at[0] == '-';
	size_t at = negative;
	int64_t number = 0;
	size_t first = at;
	for (; at < text.length && text.at[at] >= '0' && text.at[at] <= '9'; at++) {
		if (at - first >= 15)
			return NO_DATE;
		number = number * 10 + (text.at[at] - '0');
	}
	bool whole = at == text.length;
	if (at == first || (!whole && text.at[at] != '.'))
		return NO_DATE;
	for (size_t i = at + 1; i < text.length; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return NO_DATE;
	}
	if (number >= FIRST_MILLISECONDS)
		number /= 1000;
	int64_t days = number / DAY_SECONDS;
	if (!negative)
		return (int32_t)days;
	return (int32_t)(number % DAY_SECONDS == 0 && whole ? -days : -days - 1);
}

int32_t
date_parse(struct span text)
{
	if (text.length >= 10) {
		int32_t day = date_parse_day((struct span){text.at, 10});
		if (day != NO_DATE && text.length == 10)
			return day;
		if (day != NO_DATE &&
		    (text.at[10] == 'T' || text.at[10] == 't' || text.at[10] == ' '))
			return parse_time(day,
			                  (struct span){text.at + 11, text.length - 11});
	}
	return parse_number(text);
}

const char *
date_text(struct arena *arena, int32_t day)
{
	/* Years that begin in March, in eras of 400 years. */
	int32_t since = day + 719468, era = since / 146097, left = since % 146097;
	int32_t year = (left - left / 1460 + left / 36524 - left / 146096) / 365;
	int32_t of_year = left - (365 * year + year / 4 - year / 100);
	int32_t month = (5 * of_year + 2) / 153;
	int32_t of_month = of_year - (153 * month + 2) / 5 + 1;
	month = month < 10 ? month + 3 : month - 9;
	return arena_printf(arena, "%04d-%02d-%02d", era * 400 + year + (month <= 2), month,
	                    of_month);
}
