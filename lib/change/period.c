#include "change/period.h"

static bool parse_month_name(struct str text, struct ymd *date, enum period_form *form)
{
	size_t blank = str_find_char(text, ' ');
	long year = str_number(str_ltrim_blanks(str_from(text, blank)), 9999);
	if (year < 1)
		return false;
	for (int month = 1; month <= 12; month++) {
		bool is_long = str_ieq(str_upto(text, blank), str_of(month_long(month)));
		if (!is_long && !str_ieq(str_upto(text, blank), str_of(month_short(month))))
			continue;
		*date = (struct ymd){(int)year, month, 0};
		*form = is_long ? PERIOD_LONG : PERIOD_SHORT;
		return true;
	}
	return false;
}

struct period period_of(struct str text)
{
	struct period period = {PERIOD_NONE, NO_DAY, NO_DAY};
	struct iso_week week;
	struct ymd date;
	text = str_trim(text);
	if (str_ends(text, STR(":")))
		text = str_rtrim(str_upto(text, text.n - 1));
	if (week_parse(text, &week)) {
		civil_day monday = week_monday(week);
		return (struct period){PERIOD_WEEK, monday, monday + 6};
	}
	if (date_parse_partial(text, &date) == DATE_OK && date.day == 0)
		period.form = PERIOD_NUMBERS;
	else if (!parse_month_name(text, &date, &period.form))
		return period;
	ymd_span(date, &period.first, &period.last);
	return period;
}

bool period_covers(struct period period, civil_day day)
{
	return period.form != PERIOD_NONE && period.first <= day && day <= period.last;
}

struct str period_like(struct str text, civil_day day, struct arena *arena)
{
	struct period period = period_of(text);
	struct ymd date = day_to_ymd(day);
	struct iso_week week = day_week(day);
	if (period.form == PERIOD_WEEK)
		return arena_printf(arena, "%04d-W%02d", week.year, week.week);
	if (period.form == PERIOD_LONG)
		return arena_printf(arena, "%s %d", month_long(date.month), date.year);
	if (period.form == PERIOD_SHORT)
		return arena_printf(arena, "%s %d", month_short(date.month), date.year);
	if (period.last - period.first > 31)
		return arena_printf(arena, "%04d", date.year);
	return arena_printf(arena, "%04d%c%02d", date.year,
			    str_find_char(text, '/') < text.n ? '/' : '-', date.month);
}
