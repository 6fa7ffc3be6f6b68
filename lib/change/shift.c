/*
 * A date is found by its form, as the reading does, and not in the parsed
 * file: so comments, keys of the user's own and prose move too, and nothing
 * else changes. What the form leaves open, which key a line of the front
 * matter belongs to decides.
 */
#include "change/shift.h"

#include <stdint.h>

#include "people/fields.h"
#include "people/keys.h"

#define YEARLY_WITHIN 200  /* bytes after a date in which `yearly` is looked for */
#define YEAR_UNKNOWN  1604 /* as Apple's address book writes it */

struct mover {
	struct buf *out;
	civil_day from, to;
	struct str line;
	size_t added; /* bytes of the line that are in out already */
	enum key key; /* of the front matter's line; KEY_UNKNOWN elsewhere */
};

/* Adds what stands before i as it is; the next `used` bytes are then replaced. */
static void replace_at(struct mover *m, size_t i, size_t used)
{
	buf_add(m->out, str_slice(m->line, m->added, i));
	m->added = i + used;
}

static bool is_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!str_is_digit(s.p[i]))
			return false;
	return s.n > 0;
}

static civil_day move_day(const struct mover *m, civil_day day)
{
	int64_t moved = (int64_t)day + m->to - m->from;
	return moved < DAY_MIN || moved > DAY_MAX ? NO_DAY : (civil_day)moved;
}

static civil_day occurrence(struct ymd first, int year)
{
	civil_day day = day_from_ymd(year, first.month, first.day);
	return day == NO_DAY ? day_from_ymd(year, 3, 1) : day;
}

static int64_t apart(civil_day a, civil_day b)
{
	return a > b ? (int64_t)a - b : (int64_t)b - a;
}

/* What comes back each year; year 0 stays 0. All zero where it cannot move. */
static struct ymd move_yearly(const struct mover *m, struct ymd first)
{
	int middle = day_to_ymd(m->from).year, nearest = 0;
	for (int year = middle - 1; year <= middle + 1; year++) {
		civil_day day = occurrence(first, year);
		if (day != NO_DAY &&
		    (!nearest || apart(day, m->from) < apart(occurrence(first, nearest), m->from)))
			nearest = year;
	}
	civil_day moved = nearest ? move_day(m, occurrence(first, nearest)) : NO_DAY;
	struct ymd to = day_to_ymd(moved);
	if (moved == NO_DAY)
		return to;
	bool known = first.year && first.year != YEAR_UNKNOWN;
	to.year = known ? first.year + to.year - nearest : first.year;
	if (to.year && !ymd_valid(to.year, to.month, to.day))
		to.day = 28;
	return to.year && !ymd_valid(to.year, to.month, to.day) ? (struct ymd){0} : to;
}

/* `2026-W48-1` or `2026W481` */
static void add_week_day(struct buf *out, struct str was, civil_day day)
{
	struct iso_week week = day_week(day);
	const char *hyphen = was.p[4] == '-' ? "-" : "";
	char letter = was.p[4] == '-' ? was.p[5] : was.p[4];
	buf_printf(out, "%04d%s%c%02d%s%d", week.year, hyphen, letter, week.week, hyphen,
		   day_weekday(day));
}

/* `13/04/2026`, or with the month first, as it was; `13.04.2026`. With a name: plainly. */
static void add_year_last(struct buf *out, struct str was, civil_day before, struct ymd to)
{
	size_t dot = str_find_char(was, '.'), slash = str_find_char(was, '/');
	bool dots = dot == 1 || dot == 2, named = str_find_char(was, ' ') < was.n;
	bool day_first = dots || str_number(str_upto(was, slash), 99) == day_to_ymd(before).day;
	int a = day_first ? to.day : to.month, b = day_first ? to.month : to.day;
	int width = was.n == 10 ? 2 : 1;
	const char *sign = dots ? "." : "/";
	if (named || (!dots && a <= 12 && b <= 12 && a != b))
		buf_printf(out, "%04d-%02d-%02d", to.year, to.month, to.day);
	else
		buf_printf(out, "%0*d%s%0*d%s%04d", width, a, sign, width, b, sign, to.year);
}

/* The date `to` in the form in which `was` says `before`. */
static void add_moved_date(struct buf *out, struct str was, civil_day before, struct ymd to)
{
	char separator = was.p[4];
	if (is_digits(was))
		buf_printf(out, "%04d%02d%02d", to.year, to.month, to.day);
	else if (!is_digits(str_upto(was, 4)))
		add_year_last(out, was, before, to);
	else if (str_lower(separator) == 'w' || str_lower(was.p[5]) == 'w')
		add_week_day(out, was, day_from_ymd(to.year, to.month, to.day));
	else
		buf_printf(out, "%04d%c%0*d%c%0*d", to.year, separator, was.n == 10 ? 2 : 1,
			   to.month, separator, was.n == 10 ? 2 : 1, to.day);
}

/* Whether a date may begin at i: not inside a number, a word, a path or an address. */
static bool date_may_begin(struct str line, size_t i)
{
	char before = i ? line.p[i - 1] : ' ';
	if (!str_is_digit(line.p[i]) || str_is_digit(before) || str_is_alpha(before))
		return false;
	return !before || !strchr("-/._+^", before);
}

/* Whether eight digits stand by themselves, and are no group of a longer number. */
static bool is_no_part(struct str line, size_t from, size_t to)
{
	size_t before = from, after = to;
	while (before && str_is_blank_char(line.p[before - 1]))
		before--;
	while (after < line.n && str_is_blank_char(line.p[after]))
		after++;
	if (before && before < from &&
	    (str_is_digit(line.p[before - 1]) || line.p[before - 1] == ')'))
		return false;
	return !str_is_digit(str_at(line, after)) || time_parse(str_from(line, to)) > 0;
}

/* `2021-05-01 yearly`, `- 2016-12-01 moved in yearly`: whether the date before `rest` comes back.
 */
static bool is_yearly(struct str rest, char quote)
{
	struct str word = STR("yearly");
	rest = str_upto(rest, YEARLY_WITHIN);
	if (quote == '"' || quote == '\'')
		rest = str_upto(rest, str_find_char(rest, quote));
	rest = str_trim(str_upto(rest, str_find(rest, STR(" #"))));
	if (str_istarts(rest, word))
		return !str_is_alpha(str_at(rest, word.n));
	while (rest.n && strchr("\"']}", rest.p[rest.n - 1]))
		rest.n--;
	for (size_t i = 0; i + 4 < rest.n; i++)
		if (is_digits(str_slice(rest, i, i + 4)))
			return false;
	return fields_take_yearly(&rest);
}

/* Moves the full date at i. Returns the bytes it takes, 0 where there is none to move. */
static size_t move_date(struct mover *m, size_t i)
{
	civil_day day;
	size_t used;
	struct str line = m->line;
	if (!date_may_begin(line, i) || date_parse(str_from(line, i), &day, &used) != DATE_OK)
		return 0;
	struct str was = str_slice(line, i, i + used);
	if (is_digits(was) && !is_no_part(line, i, i + used))
		return 0;
	char before = i ? line.p[i - 1] : '\0';
	bool yearly = m->key == KEY_BIRTHDAY ||
		      (m->key == KEY_DATES && is_yearly(str_from(line, i + used), before));
	struct ymd to = yearly ? move_yearly(m, day_to_ymd(day)) : day_to_ymd(move_day(m, day));
	if (to.year == 0)
		return 0;
	replace_at(m, i, used);
	add_moved_date(m->out, was, day, to);
	return used;
}

/* Moves `--11-26`, `--1126`, `11-26` or `XXXX-11-26` at i, likewise. */
static size_t move_month_day(struct mover *m, size_t i)
{
	struct str s = str_from(m->line, i);
	size_t mark = str_starts(s, STR("--")) ? 2 : str_istarts(s, STR("XXXX-")) ? 5 : 0;
	size_t n = str_digits(str_from(s, mark));
	bool packed = mark == 2 && n == 4;
	if (!packed && (n < 1 || n > 2 || str_at(s, mark + n) != '-'))
		return 0;
	size_t second = packed ? mark + 2 : mark + n + 1;
	size_t end = second + str_digits(str_from(s, second));
	struct ymd first = {0, (int)str_number(str_slice(s, mark, mark + (packed ? 2 : n)), 12),
			    (int)str_number(str_slice(s, second, end), 31)};
	if (!ymd_valid(2000, first.month, first.day) || !date_ends(str_from(s, end)))
		return 0;
	struct ymd to = move_yearly(m, first);
	if (to.month == 0)
		return 0;
	int width = n == 1 || end - second == 1 ? 1 : 2;
	replace_at(m, i, end);
	buf_add(m->out, str_upto(s, mark));
	buf_printf(m->out, "%0*d%s%0*d", width, to.month, packed ? "" : "-", width, to.day);
	return end;
}

/* Where the value of a birthday begins; the line's end on another line. */
static size_t birthday_at(const struct mover *m)
{
	struct str line = m->line;
	size_t at = m->key == KEY_BIRTHDAY ? str_find_char(line, ':') + 1 : line.n;
	while (at < line.n && (str_is_blank_char(line.p[at]) || strchr("\"'", line.p[at])))
		at++;
	return at;
}

static void move_line(struct mover *m)
{
	size_t birthday = birthday_at(m), used;
	m->added = 0;
	for (size_t i = 0; i < m->line.n && m->key != KEY_PHONE; i += used ? used : 1) {
		used = i == birthday ? move_month_day(m, i) : 0;
		used = used ? used : move_date(m, i);
	}
	replace_at(m, m->line.n, 0);
}

/* The key that a line of the front matter begins; `now` where it goes on with the one before. */
static enum key key_of_line(struct str line, enum key now)
{
	int rank;
	size_t colon = str_find_char(line, ':');
	if (colon == line.n || strchr(" \t-#\r\n", line.p[0]))
		return now;
	struct str key = str_trim(str_upto(line, colon));
	if (key.n >= 2 && strchr("\"'", key.p[0]))
		key = str_slice(key, 1, key.n - 1);
	return key_find(key, &rank);
}

static bool is_fence_line(struct str line, struct str fence)
{
	return str_eq(str_rtrim(line), fence);
}

void shift_dates(struct buf *out, struct str text, civil_day from, civil_day to)
{
	struct mover m = {.out = out, .from = from, .to = to, .key = KEY_UNKNOWN};
	struct str rest = text, bom = STR("\xEF\xBB\xBF");
	bool first = true, front = false;
	if (from == to) {
		buf_add(out, text);
		return;
	}
	if (str_starts(rest, bom)) {
		buf_add(out, bom);
		rest = str_from(rest, bom.n);
	}
	for (; rest.n; first = false) {
		m.line = str_upto(rest, str_full_line(rest));
		rest = str_from(rest, m.line.n);
		if (first)
			front = is_fence_line(m.line, STR("---"));
		else if (front)
			front = !is_fence_line(m.line, STR("---")) &&
				!is_fence_line(m.line, STR("..."));
		m.key = front && !first ? key_of_line(m.line, m.key) : KEY_UNKNOWN;
		move_line(&m);
	}
}
