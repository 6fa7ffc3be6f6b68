#include "report/words.h"

static struct str words_number(long n, const char *unit, struct arena *arena)
{
	return arena_printf(arena, "%ld %s%s", n, unit, n == 1 ? "" : "s");
}

static long whole_months(civil_day from, civil_day to)
{
	struct ymd a = day_to_ymd(from), b = day_to_ymd(to);
	long months = (b.year - a.year) * 12L + b.month - a.month;
	return day_add_months(from, (int)months) > to ? months - 1 : months;
}

/* months: as many as the days are. */
static struct str span_words(long days, long months, struct arena *arena)
{
	if (days <= 13)
		return words_number(days < 0 ? 0 : days, "day", arena);
	if (days / 7 <= 13)
		return words_number(days / 7, "week", arena);
	return months <= 23 ? words_number(months, "month", arena)
			    : words_number(months / 12, "year", arena);
}

struct str words_span(civil_day from, civil_day to, struct arena *arena)
{
	return span_words((long)to - from, whole_months(from, to), arena);
}

struct str words_days(double days, struct arena *arena)
{
	return span_words((long)days, (long)(days / 30.44), arena);
}

struct str words_interval(struct interval interval, struct arena *arena)
{
	if (interval.months && interval.days == 0)
		return interval.months % 12 == 0 ? words_number(interval.months / 12, "year", arena)
						 : words_number(interval.months, "month", arena);
	if (interval.months == 0)
		return interval.days % 7 == 0 ? words_number(interval.days / 7, "week", arena)
					      : words_number(interval.days, "day", arena);
	return arena_printf(arena, "%d months and %d days", interval.months, interval.days);
}

struct str words_relative(civil_day day, civil_day today, struct arena *arena)
{
	if (day == today)
		return STR("today");
	if (day == today - 1)
		return STR("yesterday");
	if (day == today + 1)
		return STR("tomorrow");
	if (day < today)
		return arena_printf(arena, "%s ago", words_span(day, today, arena).p);
	return arena_printf(arena, "in %s", words_span(today, day, arena).p);
}

struct str words_day(civil_day day, int year, struct arena *arena)
{
	struct ymd d = day_to_ymd(day);
	const char *weekday = weekday_short(day_weekday(day)), *month = month_short(d.month);
	if (d.year == year)
		return arena_printf(arena, "%s %d %s", weekday, d.day, month);
	return arena_printf(arena, "%s %d %s %d", weekday, d.day, month, d.year);
}

struct str words_weekday(civil_day day, struct arena *arena)
{
	return arena_printf(arena, "%s %d", weekday_short(day_weekday(day)), day_to_ymd(day).day);
}

struct str words_date(civil_day day, int year, struct arena *arena)
{
	struct ymd d = day_to_ymd(day);
	if (d.year == year)
		return arena_printf(arena, "%d %s", d.day, month_long(d.month));
	return arena_printf(arena, "%d %s %d", d.day, month_long(d.month), d.year);
}

struct str words_month(civil_day day, int year, struct arena *arena)
{
	struct ymd d = day_to_ymd(day);
	if (d.year == year)
		return str_of(month_long(d.month));
	return arena_printf(arena, "%s %d", month_long(d.month), d.year);
}

struct str words_week(civil_day monday, struct arena *arena)
{
	struct ymd a = day_to_ymd(monday), b = day_to_ymd(monday + 6);
	if (a.month == b.month)
		return arena_printf(arena, "%d\xE2\x80\x93%d %s %d", a.day, b.day,
				    month_long(b.month), b.year);
	if (a.year == b.year)
		return arena_printf(arena, "%d %s \xE2\x80\x93 %d %s %d", a.day,
				    month_long(a.month), b.day, month_long(b.month), b.year);
	return arena_printf(arena, "%d %s %d \xE2\x80\x93 %d %s %d", a.day, month_long(a.month),
			    a.year, b.day, month_long(b.month), b.year);
}

struct str words_count(size_t count, const char *one, const char *many, struct arena *arena)
{
	return arena_printf(arena, "%zu %s", count, count == 1 ? one : many);
}

struct str words_chart(const size_t *weeks, size_t count, struct arena *arena)
{
	size_t most = 1;
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < count; i++)
		most = weeks[i] > most ? weeks[i] : most;
	for (size_t i = 0; i < count; i++) {
		size_t eighths = (weeks[i] * 8 + most - 1) / most;
		/* U+2581 to U+2588 */
		if (eighths)
			buf_printf(&b, "\xE2\x96%c", (char)(0x80 + eighths));
		else
			buf_addz(&b, "\xC2\xB7");
	}
	return arena_take(arena, &b);
}
