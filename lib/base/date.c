/*
 * Day numbers are reckoned in years that begin in March, so that the leap day
 * is a year's last and every month's first day is a linear function of the
 * month; 400 years have 146097 days, always.
 *
 * Texts are read in two steps: read_form takes any text in a date's form
 * apart, judge says which day it is. date_parse is asked about every list item
 * of a journal, so what is no date leaves it at the first byte.
 */
#include "base/date.h"

#include "base/text.h"

#define DAYS_IN_400_YEARS 146097
/* From 0000-03-01 to 1970-01-01. */
#define DAYS_TO_EPOCH 719468
#define YEAR_MAX      9999
#define SHORTEST_DATE 8
/* `4 May`; the letters of `nov`, and more than any month has. */
#define SHORTEST_NAMED 5
#define SHORT_NAME     3
#define LONGEST_MONTH  10
#define QUOTED_MAX     60

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int year, int month)
{
	if (month < 1 || month > 12)
		return 0;
	if (month == 2)
		return is_leap(year) ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool ymd_valid(int year, int month, int day)
{
	return year >= 1 && year <= YEAR_MAX && day >= 1 && day <= days_in_month(year, month);
}

civil_day day_from_ymd(int year, int month, int day)
{
	if (!ymd_valid(year, month, day))
		return NO_DAY;
	int from_march = (month + 9) % 12;
	int y = month < 3 ? year - 1 : year;
	int before = y * 365 + y / 4 - y / 100 + y / 400;
	return before + (from_march * 153 + 2) / 5 + day - 1 - DAYS_TO_EPOCH;
}

static civil_day clamp_day(int64_t day)
{
	return day < DAY_MIN ? DAY_MIN : day > DAY_MAX ? DAY_MAX : (civil_day)day;
}

struct ymd day_to_ymd(civil_day day)
{
	if (day == NO_DAY)
		return (struct ymd){0};
	int n = clamp_day(day) + DAYS_TO_EPOCH;
	int era = n / DAYS_IN_400_YEARS;
	int in_era = n % DAYS_IN_400_YEARS;
	/* 1460, 36524, 146096: the days after which a leap day is still to be taken off. */
	int y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int in_year = in_era - (y * 365 + y / 4 - y / 100);
	int from_march = (in_year * 5 + 2) / 153;
	int month = (from_march + 2) % 12 + 1;
	return (struct ymd){.year = era * 400 + y + (month < 3),
			    .month = month,
			    .day = in_year - (from_march * 153 + 2) / 5 + 1};
}

void ymd_span(struct ymd date, civil_day *first, civil_day *last)
{
	int from = date.month ? date.month : 1;
	int to = date.month ? date.month : 12;
	*first = day_from_ymd(date.year, from, date.day ? date.day : 1);
	*last = day_from_ymd(date.year, to, date.day ? date.day : days_in_month(date.year, to));
	if (date.day && !date.month)
		*first = *last = NO_DAY;
}

civil_day day_of_time(int64_t seconds, int zone)
{
	const int64_t length = 86400;
	if (seconds >= DAY_MAX * length || seconds <= DAY_MIN * length)
		return seconds > 0 ? DAY_MAX : DAY_MIN;
	int64_t local = seconds + zone * INT64_C(60);
	return (civil_day)((local >= 0 ? local : local - (length - 1)) / length);
}

int day_weekday(civil_day day)
{
	/* 1970-01-01 was a Thursday. */
	return day == NO_DAY ? 0 : (day % 7 + 10) % 7 + 1;
}

civil_day day_add_months(civil_day day, int months)
{
	if (day == NO_DAY)
		return NO_DAY;
	struct ymd from = day_to_ymd(day);
	int64_t total = (int64_t)from.year * 12 + from.month - 1 + months;
	if (total < 12)
		return DAY_MIN;
	if (total >= (YEAR_MAX + 1) * 12)
		return DAY_MAX;
	int year = (int)(total / 12), month = (int)(total % 12) + 1;
	int last = days_in_month(year, month);
	return day_from_ymd(year, month, from.day < last ? from.day : last);
}

civil_day day_add(civil_day day, struct interval interval)
{
	if (day == NO_DAY)
		return NO_DAY;
	return clamp_day((int64_t)day_add_months(day, interval.months) + interval.days);
}

/* A week belongs to the year that has its Thursday. */
struct iso_week day_week(civil_day day)
{
	if (day == NO_DAY)
		return (struct iso_week){0};
	civil_day thursday = day - day_weekday(day) + 4;
	int year = day_to_ymd(thursday).year;
	return (struct iso_week){year, (thursday - day_from_ymd(year, 1, 1)) / 7 + 1};
}

static int weeks_in_year(int year)
{
	/* 28 December is always in the last one. */
	return day_week(day_from_ymd(year, 12, 28)).week;
}

civil_day week_monday(struct iso_week week)
{
	if (week.year < 1 || week.year > YEAR_MAX || week.week < 1 ||
	    week.week > weeks_in_year(week.year))
		return NO_DAY;
	civil_day fourth = day_from_ymd(week.year, 1, 4);
	return fourth - day_weekday(fourth) + 1 + (week.week - 1) * 7;
}

struct day_text day_text(civil_day day)
{
	struct ymd d = day_to_ymd(day);
	int numbers[] = {d.year / 100, d.year % 100, d.month, d.day};
	static const size_t places[] = {0, 2, 5, 8};
	struct day_text text = {"0000-00-00"};
	if (day == NO_DAY)
		return (struct day_text){""};
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		text.z[places[i]] = (char)('0' + numbers[i] / 10);
		text.z[places[i] + 1] = (char)('0' + numbers[i] % 10);
	}
	return text;
}

void day_format(struct buf *b, civil_day day)
{
	buf_addz(b, day_text(day).z);
}

const char *weekday_long(int weekday)
{
	static const char names[8][10] = {"",         "Monday", "Tuesday",  "Wednesday",
					  "Thursday", "Friday", "Saturday", "Sunday"};
	return names[weekday >= 1 && weekday <= 7 ? weekday : 0];
}

const char *weekday_short(int weekday)
{
	static const char names[8][4] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	return names[weekday >= 1 && weekday <= 7 ? weekday : 0];
}

const char *month_long(int month)
{
	static const char names[13][10] = {"",        "January",  "February", "March",  "April",
					   "May",     "June",     "July",     "August", "September",
					   "October", "November", "December"};
	return names[month >= 1 && month <= 12 ? month : 0];
}

const char *month_short(int month)
{
	static const char names[13][4] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	return names[month >= 1 && month <= 12 ? month : 0];
}

/* A byte that may be part of a word; dashes and the no-break space are not. */
static bool continues_word(struct str s, size_t i)
{
	char c = str_at(s, i);
	struct str rest = str_from(s, i);
	if ((unsigned char)c >= 0x80)
		return !str_starts(rest, STR("\xe2\x80\x93")) &&
		       !str_starts(rest, STR("\xe2\x80\x94")) && !str_starts(rest, STR("\xc2\xa0"));
	return str_is_alpha(c) || str_is_digit(c) || c == '_' || c == '\'';
}

static bool is_alnum(char c)
{
	return str_is_digit(c) || str_is_alpha(c);
}

static size_t few_digits(struct str s, size_t from)
{
	size_t n = 0;
	while (n < 9 && str_is_digit(str_at(s, from + n)))
		n++;
	return n;
}

/* Of n digits, at most 8. */
static int number_at(struct str s, size_t from, size_t n)
{
	return (int)str_number(str_slice(s, from, from + n), 99999999);
}

static bool time_ends(struct str s, size_t i)
{
	return !is_alnum(str_at(s, i)) && !(str_at(s, i) == ':' && str_is_digit(str_at(s, i + 1)));
}

/* `Z`, `+01:00`, `+0100`, `+01`; after a blank only with its minutes. */
static size_t zone_at(struct str s, size_t from)
{
	size_t blank = str_at(s, from) == ' ';
	size_t i = from + blank;
	if (!blank && str_lower(str_at(s, i)) == 'z')
		return time_ends(s, i + 1) ? 1 : 0;
	if (str_at(s, i) != '+' && str_at(s, i) != '-')
		return 0;
	size_t n = few_digits(s, i + 1), end = i + 1 + n;
	int hour = n == 2 || n == 4 ? number_at(s, i + 1, 2) : 99;
	int minute = n == 4 ? number_at(s, i + 3, 2) : 0;
	bool colon = n == 2 && str_at(s, end) == ':' && few_digits(s, end + 1) == 2;
	if (colon) {
		minute = number_at(s, end + 1, 2);
		end += 3;
	}
	bool bare = blank && n == 2 && !colon;
	return hour <= 14 && minute <= 59 && !bare && time_ends(s, end) ? end - from : 0;
}

/* `:05`, `:05.25` */
static size_t seconds_at(struct str s, size_t from)
{
	if (str_at(s, from) != ':' || few_digits(s, from + 1) != 2 ||
	    number_at(s, from + 1, 2) > 60)
		return 0;
	size_t i = from + 3;
	if ((str_at(s, i) == '.' || str_at(s, i) == ',') && str_is_digit(str_at(s, i + 1)))
		i += 1 + few_digits(s, i + 1);
	return i - from;
}

/* One time of day with its zone; basic: `1430` and `143005` too. */
static size_t clock_at(struct str s, size_t from, bool basic)
{
	size_t n = few_digits(s, from), end;
	int hour, minute, second = 0;
	if ((n == 1 || n == 2) && str_at(s, from + n) == ':' && few_digits(s, from + n + 1) == 2) {
		hour = number_at(s, from, n);
		minute = number_at(s, from + n + 1, 2);
		end = from + n + 3;
		end += seconds_at(s, end);
	} else if (basic && (n == 4 || n == 6)) {
		hour = number_at(s, from, 2);
		minute = number_at(s, from + 2, 2);
		second = n == 6 ? number_at(s, from + 4, 2) : 0;
		end = from + n;
	} else {
		return 0;
	}
	if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute > 0))
		return 0;
	end += zone_at(s, end);
	return time_ends(s, end) ? end - from : 0;
}

/* A hyphen, an en dash or an em dash, with blanks around it. */
static size_t dash_at(struct str s, size_t from)
{
	size_t i = from + str_blanks(str_from(s, from));
	struct str rest = str_from(s, i);
	if (str_starts(rest, STR("\xe2\x80\x93")) || str_starts(rest, STR("\xe2\x80\x94")))
		i += 3;
	else if (str_at(s, i) == '-')
		i++;
	else
		return 0;
	return i + str_blanks(str_from(s, i)) - from;
}

size_t time_parse(struct str s)
{
	size_t i = str_blanks(s);
	bool mark = str_lower(str_at(s, i)) == 't';
	i += mark;
	size_t n = clock_at(s, i, mark);
	if (n == 0)
		return 0;
	i += n;
	size_t dash = dash_at(s, i);
	size_t until = dash ? clock_at(s, i + dash, false) : 0;
	return until ? i + dash + until : i;
}

bool date_ends(struct str rest)
{
	char c = str_at(rest, 0);
	if (is_alnum(c))
		return str_lower(c) == 't' && time_parse(rest) > 0;
	return !((c == '-' || c == '/' || c == '.' || c == '_') && is_alnum(str_at(rest, 1)));
}

enum form_kind { FORM_NONE, FORM_YEAR_FIRST, FORM_COMPACT, FORM_YEAR_LAST, FORM_WEEK };

/* A text in a date's form: its numbers, whatever they are. */
struct form {
	enum form_kind kind;
	int year, a,
	    b; /* a, b: month and day, week and weekday, or as they stand before the year */
	size_t used;
};

/* `11-30`, `11/30` after the year's separator: two numbers of one or two digits. */
static bool read_two_numbers(struct str s, size_t from, char separator, struct form *form)
{
	size_t n = few_digits(s, from);
	size_t second = from + n + 1;
	if (n < 1 || n > 2 || str_at(s, from + n) != separator)
		return false;
	size_t m = few_digits(s, second);
	if (m < 1 || m > 2)
		return false;
	form->a = number_at(s, from, n);
	form->b = number_at(s, second, m);
	form->used = second + m;
	return true;
}

/* `-W48-1` or `W481` after the year. */
static bool read_week_day(struct str s, struct form *form)
{
	bool extended = str_at(s, 4) == '-';
	size_t w = extended ? 5 : 4;
	size_t n = few_digits(s, w + 1);
	if (str_lower(str_at(s, w)) != 'w' || n != (extended ? 2 : 3))
		return false;
	if (extended && (str_at(s, w + 3) != '-' || few_digits(s, w + 4) != 1))
		return false;
	form->kind = FORM_WEEK;
	form->a = number_at(s, w + 1, 2);
	form->b = number_at(s, extended ? w + 4 : w + 3, 1);
	form->used = extended ? w + 5 : w + 4;
	return true;
}

static struct form read_year_first(struct str s)
{
	struct form form = {.year = number_at(s, 0, 4)};
	char separator = str_at(s, 4);
	if (!read_week_day(s, &form) &&
	    (separator == '-' || separator == '/' || separator == '.') &&
	    read_two_numbers(s, 5, separator, &form))
		form.kind = FORM_YEAR_FIRST;
	return form;
}

/* Between dots the day stands first, everywhere; between strokes nobody knows. */
static struct form read_year_last(struct str s)
{
	struct form form = {0};
	char separator = str_find_char(str_upto(s, 3), '.') < 3 ? '.' : '/';
	if (!read_two_numbers(s, 0, separator, &form) || str_at(s, form.used) != separator ||
	    few_digits(s, form.used + 1) != 4)
		return form;
	int year = number_at(s, form.used + 1, 4);
	if (separator == '.')
		return (struct form){FORM_YEAR_FIRST, year, form.b, form.a, form.used + 5};
	form.kind = FORM_YEAR_LAST;
	form.year = year;
	form.used += 5;
	return form;
}

bool date_word_ends(struct str s, size_t i)
{
	char c = str_at(s, i);
	return !continues_word(s, i) && !((c == '-' || c == '/') && continues_word(s, i + 1));
}

int month_named(struct str word)
{
	for (int i = 1; i <= 12 && word.n >= SHORT_NAME; i++) {
		struct str full = str_of(month_long(i));
		if ((word.n == SHORT_NAME || word.n == full.n) && str_istarts(full, word))
			return i;
	}
	return str_ieq(word, STR("sept")) ? 9 : 0;
}

/* `nov`, `sept.`, `november`: its bytes; 0 for none. */
static size_t month_at(struct str s, size_t from, int *month)
{
	size_t n = 0;
	while (n < LONGEST_MONTH && str_is_alpha(str_at(s, from + n)))
		n++;
	*month = month_named(str_slice(s, from, from + n));
	if (*month == 0)
		return 0;
	return n + (str_at(s, from + n) == '.' && !is_alnum(str_at(s, from + n + 1)));
}

/* A time's hour is no day of a month, and no year: of `nov 30:`, the colon is no part. */
static bool number_ends(struct str s, size_t i)
{
	return date_word_ends(s, i) && date_ends(str_from(s, i)) &&
	       !(str_at(s, i) == ':' && str_is_digit(str_at(s, i + 1)));
}

/* `30`, `30th`, and before a month `30.` */
static size_t day_number_at(struct str s, size_t from, int *number)
{
	static const char endings[4][3] = {"st", "nd", "rd", "th"};
	size_t n = few_digits(s, from);
	if (n < 1 || n > 2)
		return 0;
	*number = number_at(s, from, n);
	for (size_t k = 0; k < ARRAY_LEN(endings); k++)
		if (str_istarts(str_from(s, from + n), str_of(endings[k])))
			return number_ends(s, from + n + 2) ? n + 2 : 0;
	return number_ends(s, from + n) ? n : 0;
}

/* ` 2027`, `, 2027`: its bytes; 0 for none. */
static size_t year_at(struct str s, size_t from, int *year)
{
	size_t comma = str_at(s, from) == ',';
	size_t blanks = str_blanks(str_from(s, from + comma)), start = from + comma + blanks;
	if (blanks == 0 || few_digits(s, start) != 4 || !number_ends(s, start + 4))
		return 0;
	*year = number_at(s, start, 4);
	return start + 4 - from;
}

/* `nov 30`; its bytes, 0 for none. */
static size_t month_first_at(struct str s, struct ymd *date)
{
	size_t i = month_at(s, 0, &date->month);
	size_t blanks = i ? str_blanks(str_from(s, i)) : 0;
	size_t n = blanks ? day_number_at(s, i + blanks, &date->day) : 0;
	return n ? i + blanks + n : 0;
}

/* `30 nov`, `30. Nov`, `30th of november` */
static size_t day_first_at(struct str s, struct ymd *date)
{
	size_t i = day_number_at(s, 0, &date->day);
	i += i && str_at(s, i) == '.';
	size_t blanks = i ? str_blanks(str_from(s, i)) : 0;
	if (blanks == 0)
		return 0;
	i += blanks;
	if (str_istarts(str_from(s, i), STR("of ")))
		i += 2 + str_blanks(str_from(s, i + 2));
	size_t n = month_at(s, i, &date->month);
	return n && date_word_ends(s, i + n) ? i + n : 0;
}

size_t date_parse_named(struct str s, struct ymd *date)
{
	*date = (struct ymd){0};
	if (s.n < SHORTEST_NAMED)
		return 0;
	size_t n = str_is_digit(s.p[0]) ? day_first_at(s, date) : month_first_at(s, date);
	return n ? n + year_at(s, n, &date->year) : 0;
}

static struct form read_named(struct str s)
{
	struct ymd date;
	size_t n = date_parse_named(s, &date);
	if (n == 0 || date.year == 0)
		return (struct form){0};
	return (struct form){FORM_YEAR_FIRST, date.year, date.month, date.day, n};
}

static bool may_be_date(struct str s)
{
	return s.n >= SHORTEST_DATE && is_alnum(s.p[0]);
}

static struct form read_form(struct str s)
{
	struct form form = {0};
	if (!may_be_date(s))
		return form;
	size_t n = few_digits(s, 0);
	if (n == 4)
		form = read_year_first(s);
	else if (n == 8)
		form = (struct form){FORM_COMPACT, number_at(s, 0, 4), number_at(s, 4, 2),
				     number_at(s, 6, 2), 8};
	else if (n == 1 || n == 2)
		form = read_year_last(s);
	if (form.kind == FORM_NONE && n <= 2)
		form = read_named(s);
	if (form.kind != FORM_NONE && !date_ends(str_from(s, form.used)))
		form.kind = FORM_NONE;
	return form;
}

static civil_day day_of_week(int year, int week, int weekday)
{
	civil_day monday = week_monday((struct iso_week){year, week});
	if (monday == NO_DAY || weekday < 1 || weekday > 7 || monday + weekday - 1 > DAY_MAX)
		return NO_DAY;
	return monday + weekday - 1;
}

static enum date_result judge(struct form form, civil_day *day)
{
	civil_day swapped;
	*day = NO_DAY;
	switch (form.kind) {
	case FORM_NONE:
		return DATE_NONE;
	case FORM_WEEK:
		*day = day_of_week(form.year, form.a, form.b);
		break;
	case FORM_COMPACT:
		/* Eight digits are a date only where they are one: they may be a number. */
		*day = day_from_ymd(form.year, form.a, form.b);
		return *day == NO_DAY ? DATE_NONE : DATE_OK;
	case FORM_YEAR_FIRST:
		*day = day_from_ymd(form.year, form.a, form.b);
		break;
	case FORM_YEAR_LAST:
		*day = day_from_ymd(form.year, form.b, form.a);
		swapped = day_from_ymd(form.year, form.a, form.b);
		if (*day == NO_DAY)
			*day = swapped;
		else if (swapped != NO_DAY && swapped != *day)
			return DATE_AMBIGUOUS;
		break;
	}
	return *day == NO_DAY ? DATE_IMPOSSIBLE : DATE_OK;
}

/* Two digits at that place; -1 or less where they are none. */
static int two_digits(const char *p)
{
	bool digits = str_is_digit(p[0]) && str_is_digit(p[1]);
	return digits ? (p[0] - '0') * 10 + (p[1] - '0') : -10000;
}

/* `2026-11-30` alone or before a blank, which is how nearly every date is written. */
static bool parse_plain(struct str s, civil_day *day)
{
	if (s.n < 10 || s.p[4] != '-' || s.p[7] != '-' || (s.n > 10 && s.p[10] != ' '))
		return false;
	*day = day_from_ymd(two_digits(s.p) * 100 + two_digits(s.p + 2), two_digits(s.p + 5),
			    two_digits(s.p + 8));
	return *day != NO_DAY;
}

/* `[[2026-11-30]]`, `[[2026-11-30|Monday]]`: the bytes of what closes it, 0 for none. */
static size_t link_end(struct str s)
{
	size_t close = str_find(s, STR("]]"));
	bool near = close == 0 || (str_at(s, 0) == '|' && str_find_char(s, '\n') > close);
	return near && close < s.n ? close + 2 : 0;
}

static enum date_result parse_linked(struct str s, civil_day *day, size_t *used)
{
	enum date_result result = date_parse(str_from(s, 2), day, used);
	size_t close = result == DATE_NONE ? 0 : link_end(str_from(s, 2 + *used));
	*used = close ? 2 + *used + close : 0;
	if (close)
		return result;
	*day = NO_DAY;
	return DATE_NONE;
}

enum date_result date_parse(struct str s, civil_day *day, size_t *used)
{
	*used = 10;
	if (parse_plain(s, day))
		return DATE_OK;
	*day = NO_DAY;
	*used = 0;
	if (str_at(s, 0) == '[' && str_at(s, 1) == '[' && str_at(s, 2) != '[')
		return parse_linked(s, day, used);
	if (!may_be_date(s))
		return DATE_NONE;
	struct form form = read_form(s);
	enum date_result result = judge(form, day);
	*used = result == DATE_NONE ? 0 : form.used;
	return result;
}

enum date_result date_parse_all(struct str s, civil_day *day)
{
	size_t used;
	s = str_trim(s);
	enum date_result result = date_parse(s, day, &used);
	if (result == DATE_NONE || time_parse(str_from(s, used)) == s.n - used)
		return result;
	*day = NO_DAY;
	return DATE_NONE;
}

enum date_result date_parse_partial(struct str s, struct ymd *date)
{
	civil_day day;
	enum date_result result = date_parse_all(s, &day);
	*date = result == DATE_OK ? day_to_ymd(day) : (struct ymd){0};
	s = str_trim(s);
	size_t n = few_digits(s, 5);
	bool month = s.n > 5 && (s.p[4] == '-' || s.p[4] == '/') && (n == 1 || n == 2);
	if (result != DATE_NONE || few_digits(s, 0) != 4 || s.n != (month ? 5 + n : 4))
		return result;
	struct ymd partial = {number_at(s, 0, 4), month ? number_at(s, 5, n) : 0, 0};
	if (!ymd_valid(partial.year, month ? partial.month : 1, 1))
		return DATE_IMPOSSIBLE;
	*date = partial;
	return DATE_OK;
}

/* `--11-30`, `--1130`, `11-30`, `XXXX-11-30` */
static bool parse_without_year(struct str s, struct ymd *date)
{
	struct form form = {0};
	bool marked = str_starts(s, STR("--")) || str_istarts(s, STR("xxxx-"));
	if (marked)
		s = str_from(s, str_find_char(str_upto(s, 5), '-') + 1 + (s.p[0] == '-'));
	if (marked && s.n == 4 && few_digits(s, 0) == 4)
		form = (struct form){.a = number_at(s, 0, 2), .b = number_at(s, 2, 2), .used = 4};
	else if (!read_two_numbers(s, 0, '-', &form))
		return false;
	*date = (struct ymd){0, form.a, form.b};
	return form.used == s.n;
}

enum date_result date_parse_year_optional(struct str s, struct ymd *date)
{
	civil_day day;
	enum date_result result = date_parse_all(s, &day);
	*date = result == DATE_OK ? day_to_ymd(day) : (struct ymd){0};
	if (result != DATE_NONE)
		return result;
	struct ymd found;
	s = str_trim(s);
	struct str inner = s;
	if (str_starts(s, STR("[[")) && link_end(str_from(s, s.n - 2)))
		inner = str_slice(s, 2, s.n - 2);
	size_t n = date_parse_named(inner, &found);
	if (n == 0 || n < inner.n)
		if (!parse_without_year(inner, &found))
			return DATE_NONE;
	/* 2024 was a leap year: 29 February is a day of no year in particular. */
	if (!ymd_valid(2024, found.month, found.day))
		return DATE_IMPOSSIBLE;
	*date = found;
	return DATE_OK;
}

bool week_parse(struct str s, struct iso_week *week)
{
	size_t w = str_at(s, 4) == '-' ? 5 : 4;
	*week = (struct iso_week){0};
	if (s.n != w + 3 || few_digits(s, 0) != 4 || str_lower(s.p[w]) != 'w' ||
	    few_digits(s, w + 1) != 2)
		return false;
	struct iso_week found = {number_at(s, 0, 4), number_at(s, w + 1, 2)};
	if (week_monday(found) == NO_DAY)
		return false;
	*week = found;
	return true;
}

/* What is wrong with the numbers of a form that is no day. */
static struct str explain_numbers(struct form form, struct arena *arena)
{
	int month = form.a, day = form.b;
	if (form.year < 1)
		return STR("years go from 1 to 9999");
	if (form.kind == FORM_WEEK && (day < 1 || day > 7))
		return STR("weekdays go from 1 to 7");
	if (form.kind == FORM_WEEK && month <= weeks_in_year(form.year) && month > 0)
		return STR("years go from 1 to 9999");
	if (form.kind == FORM_WEEK)
		return arena_printf(arena, "%d has weeks 1 to %d", form.year,
				    weeks_in_year(form.year));
	if (form.kind == FORM_YEAR_LAST && day <= 12) {
		month = form.b;
		day = form.a;
	}
	if (month < 1 || month > 12)
		return STR("months go from 1 to 12");
	if (day < 1)
		return STR("days begin with 1");
	return arena_printf(arena, "%s %d has %d days", month_long(month), form.year,
			    days_in_month(form.year, month));
}

struct str date_explain(struct str s, enum date_result result, struct arena *arena)
{
	s = str_trim(s);
	struct form form = read_form(s);
	struct ymd partial;
	struct str quoted = text_line(text_upto(s, QUOTED_MAX), arena);
	struct str why;
	switch (result) {
	case DATE_IMPOSSIBLE:
		why = explain_numbers(form, arena);
		return arena_printf(arena, "\"%.*s\" is not a date (%.*s)", STR_ARG(quoted),
				    STR_ARG(why));
	case DATE_AMBIGUOUS:
		return arena_printf(
		    arena, "\"%.*s\" may be %d %s or %d %s: write %04d-%02d-%02d or %04d-%02d-%02d",
		    STR_ARG(quoted), form.a, month_long(form.b), form.b, month_long(form.a),
		    form.year, form.b, form.a, form.year, form.a, form.b);
	case DATE_NONE:
		why = date_parse_partial(s, &partial) == DATE_OK ? STR("the day is missing")
								 : STR("such as 2026-11-30");
		return arena_printf(arena, "\"%.*s\" is not a date (%.*s)", STR_ARG(quoted),
				    STR_ARG(why));
	case DATE_OK:
		break;
	}
	return STR("");
}
