#include "insight/dates.h"

static civil_day in_year(int year, int month, int day, bool leap_march)
{
	if (month != 2 || day != 29 || ymd_valid(year, 2, 29))
		return day_from_ymd(year, month, day);
	return leap_march ? day_from_ymd(year, 3, 1) : day_from_ymd(year, 2, 28);
}

/* Each year's day of a date that comes back; its year is 0 where it is not known. */
static void each_year(const struct contact *contact, size_t which, struct ymd date, civil_day from,
		      civil_day to, bool leap_march, dates_found *f, void *context)
{
	int last = day_to_ymd(to).year, first = date.year;
	for (int year = day_to_ymd(from).year; year <= last; year++) {
		civil_day day = in_year(year, date.month, date.day, leap_march);
		/* Nobody turns 0. */
		bool begun = year > first || (which != BIRTHDAY && year == first);
		if (day < from || day > to || !begun)
			continue;
		f(context, contact, (struct occurrence){day, which, first ? year - first : 0});
	}
}

/* One date of the contact, or the birthday. */
static void each_of(const struct contact *contact, size_t which, civil_day from, civil_day to,
		    bool leap_march, dates_found *f, void *context)
{
	const struct birthday *b = &contact->birthday;
	const struct milestone *m = which == BIRTHDAY ? NULL : &contact->dates[which];
	if (!contact_is_active(contact))
		return;
	if (m && !m->yearly) {
		if (m->day >= from && m->day <= to)
			f(context, contact, (struct occurrence){m->day, which, 0});
		return;
	}
	struct ymd date = m ? day_to_ymd(m->day) : (struct ymd){b->year, b->month, b->day};
	if (m && m->no_year)
		date.year = 0;
	if (date.month)
		each_year(contact, which, date, from, to, leap_march, f, context);
}

void dates_each(const struct contact *contact, civil_day from, civil_day to, bool leap_march,
		dates_found *f, void *context)
{
	each_of(contact, BIRTHDAY, from, to, leap_march, f, context);
	for (size_t i = 0; i < contact->dates_count; i++)
		each_of(contact, i, from, to, leap_march, f, context);
}

static void keep_first(void *context, const struct contact *contact, struct occurrence found)
{
	struct occurrence *first = context;
	(void)contact;
	if (first->day == NO_DAY || found.day < first->day)
		*first = found;
}

struct occurrence dates_first(const struct contact *contact, size_t which, civil_day from,
			      civil_day to, bool leap_march)
{
	struct occurrence first = {.day = NO_DAY};
	if (which == DATES_ANY)
		dates_each(contact, from, to, leap_march, keep_first, &first);
	else
		each_of(contact, which, from, to, leap_march, keep_first, &first);
	return first;
}
