#include "insight/dates.h"

static civil_day in_year(int year, int month, int day, bool leap_march)
{
	if (month != 2 || day != 29 || ymd_valid(year, 2, 29))
		return day_from_ymd(year, month, day);
	return leap_march ? day_from_ymd(year, 3, 1) : day_from_ymd(year, 2, 28);
}

/* Each year's day of a date that comes back; first: the year it was first, 0 where not known. */
static void each_year(const struct contact *contact, size_t which, struct ymd date, int first,
		      civil_day from, civil_day to, bool leap_march, dates_found *f, void *context)
{
	int last = day_to_ymd(to).year;
	for (int year = day_to_ymd(from).year; year <= last; year++) {
		civil_day day = in_year(year, date.month, date.day, leap_march);
		/* Nobody turns 0. */
		bool begun = year > first || (which != BIRTHDAY && year == first);
		if (day < from || day > to || !begun)
			continue;
		f(context, contact, (struct occurrence){day, which, first ? year - first : 0});
	}
}

void dates_each(const struct contact *contact, civil_day from, civil_day to, bool leap_march,
		dates_found *f, void *context)
{
	const struct birthday *b = &contact->birthday;
	if (b->month)
		each_year(contact, BIRTHDAY, (struct ymd){0, b->month, b->day}, b->year, from, to,
			  leap_march, f, context);
	for (size_t i = 0; i < contact->dates_count; i++) {
		const struct milestone *m = &contact->dates[i];
		if (m->day == NO_DAY)
			continue;
		if (m->yearly) {
			struct ymd ymd = day_to_ymd(m->day);
			each_year(contact, i, ymd, ymd.year, from, to, leap_march, f, context);
		} else if (m->day >= from && m->day <= to) {
			f(context, contact, (struct occurrence){m->day, i, 0});
		}
	}
}

static void keep_first(void *context, const struct contact *contact, struct occurrence found)
{
	struct occurrence *first = context;
	(void)contact;
	if (first->day == NO_DAY || found.day < first->day)
		*first = found;
}

struct occurrence dates_first(const struct contact *contact, civil_day from, civil_day to,
			      bool leap_march)
{
	struct occurrence first = {.day = NO_DAY};
	dates_each(contact, from, to, leap_march, keep_first, &first);
	return first;
}
