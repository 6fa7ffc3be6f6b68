/*
 * Each reader below knows one shape of words and returns the bytes it took;
 * the shapes differ in their first words, so their order does not matter. A
 * reader that finds its shape but no such day leaves NO_DAY.
 */
#include "base/datewords.h"

#include "base/interval.h"
#include "base/text.h"

#define QUOTED_MAX 60
/* The letters of `tue` and `nov`. */
#define SHORT_NAME 3
/* The letters of a word, more than any of those known has. */
#define WORD_MAX 12
/* The most years between two 29 Februaries, as around 1900. */
#define LEAP_GAP 8

struct words_reading {
	struct str s;
	civil_day today;
	enum datewords_direction direction;
};

/* The word that begins there, letters alone; empty where there is none or it goes on. */
static struct str word_at(struct str s, size_t from)
{
	size_t i = from;
	while (i < s.n && i - from < WORD_MAX && str_is_alpha(s.p[i]))
		i++;
	return date_word_ends(s, i) ? str_slice(s, from, i) : (struct str){s.p, 0};
}

/* The word after the one that ends there; *end: where it ends itself. */
static struct str word_after(struct str s, size_t from, size_t *end)
{
	size_t start = from + str_blanks(str_from(s, from));
	struct str word = start > from ? word_at(s, start) : (struct str){s.p, 0};
	*end = start + word.n;
	return word;
}

/* Whether word is the name or its first three letters. */
static bool is_name(struct str word, const char *name)
{
	struct str full = str_of(name);
	return (word.n == SHORT_NAME || word.n == full.n) && str_istarts(full, word);
}

/* `tue`, `tues`, `thurs`, `tuesday`; 0 for none. */
static int weekday_of(struct str word)
{
	for (int i = 1; i <= 7; i++)
		if (is_name(word, weekday_long(i)))
			return i;
	if (str_ieq(word, STR("tues")))
		return 2;
	if (str_ieq(word, STR("thur")) || str_ieq(word, STR("thurs")))
		return 4;
	return 0;
}

static civil_day add_days(civil_day day, int days)
{
	return day_add(day, (struct interval){0, days});
}

/* The last such weekday before the day, and the first after it. */
static civil_day weekday_before(civil_day day, int weekday)
{
	return add_days(day, -((day_weekday(day) - weekday + 6) % 7 + 1));
}

static civil_day weekday_after(civil_day day, int weekday)
{
	return add_days(day, (weekday - day_weekday(day) + 6) % 7 + 1);
}

/* `today`, `tuesday` */
static size_t read_single(const struct words_reading *r, civil_day *day)
{
	struct str word = word_at(r->s, 0);
	int weekday = weekday_of(word);
	if (str_ieq(word, STR("today")))
		*day = r->today;
	else if (str_ieq(word, STR("yesterday")))
		*day = add_days(r->today, -1);
	else if (str_ieq(word, STR("tomorrow")))
		*day = add_days(r->today, 1);
	else if (weekday == 0)
		return 0;
	else if (r->direction == DATEWORDS_FUTURE)
		*day = weekday_after(r->today, weekday);
	else if (weekday == day_weekday(r->today))
		*day = r->today;
	else
		*day = weekday_before(r->today, weekday);
	return word.n;
}

/* `last friday`, `next month` */
static size_t read_neighbour(const struct words_reading *r, civil_day *day)
{
	struct str which = word_at(r->s, 0);
	bool next = str_ieq(which, STR("next"));
	if (!next && !str_ieq(which, STR("last")))
		return 0;
	size_t end;
	int sign = next ? 1 : -1;
	struct str word = word_after(r->s, which.n, &end);
	int weekday = weekday_of(word);
	if (weekday)
		*day = next ? weekday_after(r->today, weekday) : weekday_before(r->today, weekday);
	else if (str_ieq(word, STR("week")))
		*day = add_days(r->today, 7 * sign);
	else if (str_ieq(word, STR("month")))
		*day = day_add_months(r->today, sign);
	else if (str_ieq(word, STR("year")))
		*day = day_add_months(r->today, 12 * sign);
	else
		return 0;
	return end;
}

/* `in 3 weeks` */
static size_t read_ahead(const struct words_reading *r, civil_day *day)
{
	struct interval interval;
	struct str in = word_at(r->s, 0);
	size_t start = in.n + str_blanks(str_from(r->s, in.n));
	if (!str_ieq(in, STR("in")) || start == in.n)
		return 0;
	size_t n = interval_amount(str_from(r->s, start), &interval);
	if (n == 0 || !date_word_ends(r->s, start + n))
		return 0;
	*day = day_add(r->today, interval);
	return start + n;
}

/* `2 weeks ago`, `2 weeks from now` */
static size_t read_distance(const struct words_reading *r, civil_day *day)
{
	struct interval interval;
	size_t end, n = interval_amount(r->s, &interval);
	struct str word = n ? word_after(r->s, n, &end) : (struct str){r->s.p, 0};
	if (str_ieq(word, STR("ago"))) {
		*day = day_add(r->today, (struct interval){-interval.months, -interval.days});
		return end;
	}
	if (!str_ieq(word, STR("from")))
		return 0;
	word = word_after(r->s, end, &end);
	if (!str_ieq(word, STR("now")) && !str_ieq(word, STR("today")))
		return 0;
	*day = day_add(r->today, interval);
	return end;
}

/* The nearest such day in the direction, today included; NO_DAY where no year has it. */
static civil_day nearest_day(const struct words_reading *r, int month, int number)
{
	int step = r->direction == DATEWORDS_PAST ? -1 : 1;
	int year = day_to_ymd(r->today).year;
	for (int i = 0; i <= LEAP_GAP; i++, year += step) {
		civil_day day = day_from_ymd(year, month, number);
		if (day != NO_DAY && (step > 0 ? day >= r->today : day <= r->today))
			return day;
	}
	return NO_DAY;
}

/* `nov 30`, `30th of november` */
static size_t read_month_and_day(const struct words_reading *r, civil_day *day)
{
	struct ymd date;
	size_t n = date_parse_named(r->s, &date);
	if (n)
		*day = nearest_day(r, date.month, date.day);
	return n;
}

/* `30.11.`: two numbers, each with its dot. */
static size_t read_dotted(const struct words_reading *r, civil_day *day)
{
	long numbers[2];
	size_t i = 0;
	for (size_t k = 0; k < ARRAY_LEN(numbers); k++) {
		size_t n = str_find_char(str_from(r->s, i), '.');
		numbers[k] = n == 1 || n == 2 ? str_number(str_slice(r->s, i, i + n), 31) : -1;
		if (numbers[k] < 1)
			return 0;
		i += n + 1;
	}
	if (i > r->s.n || !date_word_ends(r->s, i))
		return 0;
	*day = nearest_day(r, (int)numbers[1], (int)numbers[0]);
	return i;
}

typedef size_t read_shape(const struct words_reading *r, civil_day *day);

static size_t read_any(const struct words_reading *r, civil_day *day)
{
	static read_shape *const shapes[] = {read_single,   read_neighbour,     read_ahead,
					     read_distance, read_month_and_day, read_dotted};
	size_t n = 0;
	for (size_t i = 0; i < ARRAY_LEN(shapes) && n == 0; i++)
		n = shapes[i](r, day);
	return n;
}

enum date_result datewords_parse(struct str s, civil_day today, enum datewords_direction direction,
				 civil_day *day, size_t *used)
{
	struct str on = word_at(s, 0);
	size_t skipped = str_ieq(on, STR("on")) ? on.n + str_blanks(str_from(s, on.n)) : 0;
	struct words_reading r = {str_from(s, skipped), today, direction};
	enum date_result result = date_parse(r.s, day, used);
	if (result == DATE_NONE && r.s.n)
		*used = read_any(&r, day);
	if (*used == 0)
		return DATE_NONE;
	if (result == DATE_NONE)
		result = *day == NO_DAY ? DATE_IMPOSSIBLE : DATE_OK;
	*used += skipped;
	return result;
}

enum date_result datewords_parse_all(struct str s, civil_day today,
				     enum datewords_direction direction, civil_day *day)
{
	size_t used;
	s = str_trim(s);
	enum date_result result = datewords_parse(s, today, direction, day, &used);
	if (result == DATE_NONE || time_parse(str_from(s, used)) == s.n - used)
		return result;
	*day = NO_DAY;
	return DATE_NONE;
}

enum date_result datewords_parse_until(struct str s, civil_day today, civil_day *day)
{
	struct interval interval;
	enum date_result result = datewords_parse_all(s, today, DATEWORDS_FUTURE, day);
	if (result != DATE_NONE || interval_parse(s, &interval) != INTERVAL_OK)
		return result;
	*day = day_add(today, interval);
	return DATE_OK;
}

/* The words there are, for guessing; where two are as near, the first is meant. */
static const char date_words[][10] = {
    "today",    "yesterday", "tomorrow", "monday",  "tuesday",   "wednesday", "thursday",
    "friday",   "saturday",  "sunday",   "january", "february",  "march",     "april",
    "may",      "june",      "july",     "august",  "september", "october",   "november",
    "december", "next",      "last",     "weeks",   "week",      "months",    "month",
    "days",     "day",       "years",    "year",    "ago",       "from",      "now"};

/* The word of the table nearest to one in lower case, which may be itself; empty for none. */
static struct str nearest_date_word(struct str word)
{
	struct str best = {word.p, 0};
	size_t below = word.n < 5 ? 2 : 3;
	for (size_t i = 0; i < ARRAY_LEN(date_words); i++)
		if (text_nearer(word, str_of(date_words[i]), &below))
			best = str_of(date_words[i]);
	return best;
}

/* Adds the word, in lower case, or the one that it is a slip of. */
static void add_corrected(struct buf *b, struct str word)
{
	size_t from = b->n;
	for (size_t i = 0; i < word.n; i++)
		buf_addc(b, str_lower(word.p[i]));
	if (word.n < SHORT_NAME || word.n > WORD_MAX || weekday_of(word) || month_named(word))
		return;
	struct str best = nearest_date_word(str_from(buf_str(b), from));
	if (best.n == 0)
		return;
	buf_cut(b, from);
	buf_add(b, best);
}

static void correct_words(struct str s, struct buf *b)
{
	for (size_t i = 0; i < s.n;) {
		size_t end = i;
		while (end < s.n && str_is_alpha(s.p[end]))
			end++;
		if (end == i)
			buf_addc(b, s.p[end++]);
		else
			add_corrected(b, str_slice(s, i, end));
		i = end;
	}
}

/* What was meant, or examples; only what reads as a date is offered. */
static struct str guess_date(struct str s, struct arena *arena)
{
	struct buf fixed;
	civil_day day;
	struct str meant = STR("such as 2026-11-30, tuesday, nov 30 or \"in 3 weeks\"");
	if (s.n == 0 || s.n > QUOTED_MAX)
		return meant;
	buf_init(&fixed, 0);
	correct_words(s, &fixed);
	if (datewords_parse_all(buf_str(&fixed), 0, DATEWORDS_PAST, &day) == DATE_OK)
		meant = arena_printf(arena, "did you mean \"%.*s\"?", STR_ARG(buf_str(&fixed)));
	buf_release(&fixed);
	return meant;
}

struct str datewords_explain(struct str s, enum date_result result, struct arena *arena)
{
	struct ymd date;
	civil_day day;
	size_t used;
	s = str_trim(s);
	struct str quoted = text_line(text_upto(s, QUOTED_MAX), arena);
	bool words_alone = date_parse(s, &day, &used) == DATE_NONE;
	if (result == DATE_IMPOSSIBLE && words_alone)
		return arena_printf(arena, "\"%.*s\" is not a date (there is no such day)",
				    STR_ARG(quoted));
	if (result != DATE_NONE || date_parse_partial(s, &date) == DATE_OK)
		return date_explain(s, result, arena);
	struct str more = guess_date(s, arena);
	return arena_printf(arena, "\"%.*s\" is not a date (%.*s)", STR_ARG(quoted), STR_ARG(more));
}
