/*
 * A word at a time, with one table of the words and a small grammar over
 * their kinds; the position is a value that is copied to look ahead. The
 * guess of what was meant puts the nearest word of the table for each that is
 * not in it, and believes the result only if it reads as an interval.
 */
#include "base/interval.h"

#include "base/text.h"

#define MONTHS_MAX  12000
#define NUMBER_MAX  1000000000
#define NUMBER_LONG 9 /* digits */
#define COUNT_MAX   366
#define QUOTED_MAX  60
/* Longer than any interval in words; what is longer is not guessed at. */
#define GUESS_MAX 100
/* 400 years of the calendar. */
#define CYCLE_MONTHS 4800
#define CYCLE_DAYS   146097

enum kind {
	END,
	UNKNOWN,
	NUMBER,  /* 6, six */
	ORDINAL, /* 2nd, second */
	UNIT,    /* week */
	UNITS,   /* weeks, and what only follows a number: w, wk */
	ADVERB,  /* weekly */
	ARTICLE, /* a */
	COUNT,   /* twice */
	TIMES,   /* times, x */
	PER,     /* per, in */
	SLASH,   /* of 2/year */
	EVERY,   /* every, each */
	OTHER,   /* other */
	AND,     /* and */
	HALF,    /* half, semi: of what follows */
	BI,      /* bi: nobody knows */
};

struct word {
	char text[13];
	unsigned char kind;
	short value; /* a number; of units and adverbs the months */
	short days;
};

/* Where two words are as near to a slip, the first is meant. */
static const struct word words[] = {
    {"weekly", ADVERB, 0, 7},
    {"monthly", ADVERB, 1, 0},
    {"quarterly", ADVERB, 3, 0},
    {"yearly", ADVERB, 12, 0},
    {"annually", ADVERB, 12, 0},
    {"annual", ADVERB, 12, 0},
    {"daily", ADVERB, 0, 1},
    {"fortnightly", ADVERB, 0, 14},
    {"biennially", ADVERB, 24, 0},
    {"biennial", ADVERB, 24, 0},
    {"weeks", UNITS, 0, 7},
    {"week", UNIT, 0, 7},
    {"months", UNITS, 1, 0},
    {"month", UNIT, 1, 0},
    {"days", UNITS, 0, 1},
    {"day", UNIT, 0, 1},
    {"years", UNITS, 12, 0},
    {"year", UNIT, 12, 0},
    {"quarters", UNITS, 3, 0},
    {"quarter", UNIT, 3, 0},
    {"fortnights", UNITS, 0, 14},
    {"fortnight", UNIT, 0, 14},
    {"every", EVERY, 0, 0},
    {"each", EVERY, 0, 0},
    {"other", OTHER, 2, 0},
    {"once", COUNT, 1, 0},
    {"twice", COUNT, 2, 0},
    {"thrice", COUNT, 3, 0},
    {"times", TIMES, 0, 0},
    {"time", TIMES, 0, 0},
    {"x", TIMES, 0, 0},
    {"a", ARTICLE, 1, 0},
    {"an", ARTICLE, 1, 0},
    {"per", PER, 0, 0},
    {"in", PER, 0, 0},
    {"and", AND, 0, 0},
    {"half", HALF, 0, 0},
    {"semi", HALF, 0, 0},
    {"bi", BI, 0, 0},
    {"zero", NUMBER, 0, 0},
    {"one", NUMBER, 1, 0},
    {"two", NUMBER, 2, 0},
    {"three", NUMBER, 3, 0},
    {"four", NUMBER, 4, 0},
    {"five", NUMBER, 5, 0},
    {"six", NUMBER, 6, 0},
    {"seven", NUMBER, 7, 0},
    {"eight", NUMBER, 8, 0},
    {"nine", NUMBER, 9, 0},
    {"ten", NUMBER, 10, 0},
    {"eleven", NUMBER, 11, 0},
    {"twelve", NUMBER, 12, 0},
    {"second", ORDINAL, 2, 0},
    {"third", ORDINAL, 3, 0},
    {"fourth", ORDINAL, 4, 0},
    {"fifth", ORDINAL, 5, 0},
    {"sixth", ORDINAL, 6, 0},
    {"seventh", ORDINAL, 7, 0},
    {"eighth", ORDINAL, 8, 0},
    {"ninth", ORDINAL, 9, 0},
    {"tenth", ORDINAL, 10, 0},
    {"eleventh", ORDINAL, 11, 0},
    {"twelfth", ORDINAL, 12, 0},
    {"d", UNITS, 0, 1},
    {"w", UNITS, 0, 7},
    {"wk", UNITS, 0, 7},
    {"wks", UNITS, 0, 7},
    {"m", UNITS, 1, 0},
    {"mo", UNITS, 1, 0},
    {"mos", UNITS, 1, 0},
    {"mth", UNITS, 1, 0},
    {"mths", UNITS, 1, 0},
    {"y", UNITS, 12, 0},
    {"yr", UNITS, 12, 0},
    {"yrs", UNITS, 12, 0},
};

/* A span as it is summed up, wider than struct interval. */
struct stretch {
	int64_t months, days;
};

struct token {
	enum kind kind;
	int64_t number;
	struct stretch unit;
	struct str text;
};

/* What is left to read, and the token at its head. A value: a copy is a place to return to. */
struct cursor {
	struct str s;
	size_t end;   /* of the last token taken */
	size_t start; /* of this one */
	size_t next;  /* behind this one */
	struct token token;
};

static const struct word *find_interval_word(struct str s)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ieq(s, str_of(words[i].text)))
			return &words[i];
	return NULL;
}

static size_t leading_letters(struct str s)
{
	size_t n = 0;
	while (n < s.n && str_is_alpha(s.p[n]))
		n++;
	return n;
}

/* `biweekly`: the length of a prefix that is a token of its own, or 0. */
static size_t prefix_length(struct str letters)
{
	static const char prefixes[][5] = {"semi", "half", "bi"};
	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
		struct str prefix = str_of(prefixes[i]);
		if (letters.n > prefix.n + 3 && str_istarts(letters, prefix))
			return prefix.n;
	}
	return 0;
}

static struct token word_token(struct str letters)
{
	size_t prefix = 0;
	const struct word *word = find_interval_word(letters);
	if (!word && (prefix = prefix_length(letters)) > 0) {
		letters = str_upto(letters, prefix);
		word = find_interval_word(letters);
	}
	if (!word)
		return (struct token){.kind = UNKNOWN, .text = letters};
	return (struct token){.kind = (enum kind)word->kind,
			      .number = word->value,
			      .unit = {word->value, word->days},
			      .text = letters};
}

static bool is_ordinal_ending(struct str s)
{
	return str_ieq(s, STR("st")) || str_ieq(s, STR("nd")) || str_ieq(s, STR("rd")) ||
	       str_ieq(s, STR("th"));
}

static struct token number_token(struct str s)
{
	size_t digits = str_digits(s);
	size_t letters = leading_letters(str_from(s, digits));
	int64_t value =
	    digits > NUMBER_LONG ? NUMBER_MAX : str_number(str_upto(s, digits), NUMBER_MAX);
	bool ordinal = is_ordinal_ending(str_slice(s, digits, digits + letters));
	return (struct token){.kind = ordinal ? ORDINAL : NUMBER,
			      .number = value,
			      .text = str_upto(s, ordinal ? digits + letters : digits)};
}

static struct token read_token(struct str s)
{
	if (s.n == 0)
		return (struct token){.kind = END, .text = s};
	if (str_is_digit(s.p[0]))
		return number_token(s);
	if (str_is_alpha(s.p[0]))
		return word_token(str_upto(s, leading_letters(s)));
	if (s.p[0] == '/')
		return (struct token){.kind = SLASH, .text = str_upto(s, 1)};
	return (struct token){.kind = UNKNOWN, .text = str_upto(s, 1)};
}

/* White space, a comma before it, or a hyphen between letters or after a digit. */
static size_t count_gap(struct str s, size_t from)
{
	size_t i = from;
	if (i > 0 && i + 1 < s.n && s.p[i] == ',' && str_is_space_char(s.p[i + 1]))
		i++;
	if (i > 0 && i + 1 < s.n && s.p[i] == '-' && str_is_alpha(s.p[i + 1]))
		return 1;
	while (i < s.n && str_is_space_char(s.p[i]))
		i++;
	return i - from;
}

static void advance(struct cursor *c)
{
	c->end = c->next;
	c->start = c->next + count_gap(c->s, c->next);
	c->token = read_token(str_from(c->s, c->start));
	c->next = c->start + c->token.text.n;
}

static struct cursor cursor_at(struct str s)
{
	struct cursor c = {.s = s};
	advance(&c);
	return c;
}

static bool take_token(struct cursor *c, enum kind kind)
{
	if (c->token.kind != kind)
		return false;
	advance(c);
	return true;
}

/* For comparing units; a month counts as its mean length. */
static int64_t weight(struct stretch span)
{
	return span.months * CYCLE_DAYS + span.days * CYCLE_MONTHS;
}

static bool take_unit(struct cursor *c, struct stretch *unit, bool singular)
{
	*unit = c->token.unit;
	return take_token(c, UNIT) || (!singular && take_token(c, UNITS));
}

/* `half a year`: what has a half in whole months or days. */
static bool take_half(struct cursor *c, struct stretch *amount)
{
	struct stretch unit;
	if (!take_token(c, HALF))
		return false;
	take_token(c, ARTICLE);
	if (!take_unit(c, &unit, true) || unit.months % 2 != 0 || unit.days % 2 != 0)
		return false;
	*amount = (struct stretch){unit.months / 2, unit.days / 2};
	return true;
}

/* One number and its unit; the cursor stays where there is none. */
static bool take_amount(struct cursor *c, struct stretch *unit, struct stretch *amount,
			bool article)
{
	struct cursor at = *c;
	int64_t number = at.token.number;
	bool some = take_token(&at, NUMBER);
	bool one = !some && article && take_token(&at, ARTICLE);
	if (take_unit(&at, unit, one) && (some || one)) {
		*amount = (struct stretch){number * unit->months, number * unit->days};
		*c = at;
		return true;
	}
	at = *c;
	if (article)
		take_token(&at, ARTICLE);
	if (!article || !take_half(&at, amount))
		return false;
	*unit = *amount;
	*c = at;
	return true;
}

/* `1 year 6 months`, from the larger unit to the smaller. */
static bool take_amounts(struct cursor *c, struct stretch *sum)
{
	struct stretch unit, more;
	if (!take_amount(c, &unit, sum, true))
		return false;
	for (;;) {
		struct cursor at = *c;
		struct stretch before = unit;
		bool joined = take_token(&at, AND);
		if (!take_amount(&at, &unit, &more, joined) || weight(unit) >= weight(before))
			return true;
		sum->months += more.months;
		sum->days += more.days;
		*c = at;
	}
}

/* What follows `every` or `twice a`: `week`, `6 weeks`; after `every`: `other week`, `2nd week`. */
static bool take_period(struct cursor *c, struct stretch *span, bool every)
{
	struct cursor at = *c;
	int64_t number = at.token.number;
	if (!every || !(take_token(&at, OTHER) || take_token(&at, ORDINAL)))
		number = 1;
	if (take_unit(&at, span, true)) {
		*span = (struct stretch){span->months * number, span->days * number};
		*c = at;
		return true;
	}
	return take_amounts(c, span);
}

static struct stretch divide(struct stretch span, int64_t n)
{
	if (span.months % n == 0 && span.days % n == 0)
		return (struct stretch){span.months / n, span.days / n};
	return (struct stretch){0, (span.months * 365 / 12 + span.days) / n};
}

/* What follows so many times: `a year`, `every 2 years`, `/year`, `yearly`. */
static bool take_per(struct cursor *c, struct stretch *span)
{
	if (take_token(c, SLASH))
		return take_unit(c, span, true);
	*span = c->token.unit;
	if (take_token(c, ADVERB))
		return true;
	bool every = take_token(c, EVERY);
	return (every || take_token(c, PER) || take_token(c, ARTICLE)) &&
	       take_period(c, span, every);
}

/* `twice a year`, `3 times every 2 years`, `2/year` */
static bool take_times(struct cursor *c, struct stretch *span)
{
	int64_t n = c->token.number;
	if (take_token(c, NUMBER)) {
		bool said = take_token(c, TIMES) || c->token.kind == SLASH || c->token.kind == PER;
		if (!said)
			return false;
	} else if (!take_token(c, COUNT)) {
		return false;
	}
	if (n < 1 || n > COUNT_MAX || !take_per(c, span))
		return false;
	*span = divide(*span, n);
	return true;
}

static bool take_adverb(struct cursor *c, struct stretch *span)
{
	bool half = take_token(c, HALF);
	*span = c->token.unit;
	if (!take_token(c, ADVERB))
		return false;
	if (half)
		*span = divide(*span, 2);
	return true;
}

/* `biweekly`, `bi-monthly`, `biannual`; *unit: of what. */
static bool take_ambiguous(struct cursor *c, struct stretch *unit)
{
	if (!take_token(c, BI))
		return false;
	*unit = c->token.unit;
	return take_token(c, ADVERB) &&
	       (unit->months == 1 || unit->months == 12 || unit->days == 7);
}

/* Puts span where it is an interval. */
static enum interval_result settle_span(struct stretch span, struct interval *out)
{
	if (span.months == 0 && span.days == 0)
		return INTERVAL_ZERO;
	if (weight(span) > weight((struct stretch){MONTHS_MAX, 0}))
		return INTERVAL_TOO_LONG;
	*out = (struct interval){(int)span.months, (int)span.days};
	return INTERVAL_OK;
}

typedef bool take_what(struct cursor *c, struct stretch *span);

/* A bare number is of days. */
static bool take_days(struct cursor *c, struct stretch *span)
{
	*span = (struct stretch){0, c->token.number};
	return take_token(c, NUMBER);
}

static bool take_every(struct cursor *c, struct stretch *span)
{
	bool every = take_token(c, EVERY);
	return take_period(c, span, every) || (every && take_days(c, span));
}

static bool alone(struct str s, take_what *what, struct stretch *span)
{
	struct cursor c = cursor_at(s);
	return what(&c, span) && c.token.kind == END;
}

/* ISO 8601's `P1Y6M`, without the `P`: numbers and single letters. */
static bool is_iso(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = str_lower(s.p[i]);
		bool letter = c == 'y' || c == 'm' || c == 'w' || c == 'd';
		if (!str_is_digit(c) && !(letter && i > 0 && str_is_digit(s.p[i - 1])))
			return false;
	}
	return s.n > 0 && !str_is_digit(s.p[s.n - 1]);
}

enum interval_result interval_parse(struct str s, struct interval *out)
{
	static take_what *const forms[] = {take_every, take_adverb, take_times, take_days};
	struct stretch span;
	*out = (struct interval){0};
	s = str_trim(s);
	if (s.n == 0)
		return INTERVAL_NONE;
	if (s.n > 1 && s.p[0] == '-' && str_is_digit(s.p[1])) {
		struct interval positive;
		enum interval_result result = interval_parse(str_from(s, 1), &positive);
		return result == INTERVAL_NONE ? INTERVAL_NONE : INTERVAL_ZERO;
	}
	if (str_lower(s.p[0]) == 'p' && is_iso(str_from(s, 1)))
		return alone(str_from(s, 1), take_amounts, &span) ? settle_span(span, out)
								  : INTERVAL_NONE;
	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		if (alone(s, forms[i], &span))
			return settle_span(span, out);
	return alone(s, take_ambiguous, &span) ? INTERVAL_AMBIGUOUS : INTERVAL_NONE;
}

size_t interval_amount(struct str s, struct interval *out)
{
	struct stretch span;
	*out = (struct interval){0};
	if (s.n == 0)
		return 0;
	struct cursor c = cursor_at(s);
	if (c.start > 0 || !take_amounts(&c, &span) || settle_span(span, out) == INTERVAL_TOO_LONG)
		return 0;
	return c.end;
}

/* The word of the table that is nearest to a slip in it, or NULL. */
static const struct word *nearest_word(struct str slip)
{
	const struct word *best = NULL;
	size_t below = slip.n < 3 ? 0 : slip.n < 5 ? 2 : 3;
	char lower[sizeof(words[0].text) + 2];
	if (slip.n > sizeof(lower))
		return NULL;
	for (size_t i = 0; i < slip.n; i++)
		lower[i] = str_lower(slip.p[i]);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strlen(words[i].text) >= 3 &&
		    text_nearer((struct str){lower, slip.n}, str_of(words[i].text), &below))
			best = &words[i];
	return best;
}

/* s with the nearest words in place of unknown ones; false where one has none. */
static bool correct_interval(struct str s, struct buf *fixed)
{
	size_t copied = 0;
	for (struct cursor c = cursor_at(s); c.token.kind != END; advance(&c)) {
		if (c.token.kind != UNKNOWN)
			continue;
		const struct word *word = nearest_word(c.token.text);
		if (!word)
			return false;
		buf_add(fixed, str_slice(s, copied, c.start));
		buf_addz(fixed, word->text);
		copied = c.next;
	}
	buf_add(fixed, str_from(s, copied));
	return true;
}

/* `"every 2 weeks" or "twice a week"`, for what take_ambiguous takes. */
static struct str both_readings(struct str s, struct arena *arena)
{
	struct stretch unit = {0};
	alone(s, take_ambiguous, &unit);
	const char *name = unit.months == 12 ? "year" : unit.months == 1 ? "month" : "week";
	return arena_printf(arena, "\"every 2 %ss\" or \"twice a %s\"", name, name);
}

static struct str guess_interval(struct str s, struct arena *arena)
{
	struct buf fixed;
	struct interval interval;
	struct str meant = STR("such as \"6 weeks\", \"monthly\" or \"twice a year\"");
	if (s.n == 0 || s.n > GUESS_MAX)
		return meant;
	buf_init(&fixed, 0);
	enum interval_result result = correct_interval(s, &fixed)
					  ? interval_parse(buf_str(&fixed), &interval)
					  : INTERVAL_NONE;
	if (result == INTERVAL_OK)
		meant = arena_printf(arena, "did you mean \"%.*s\"?", STR_ARG(buf_str(&fixed)));
	else if (result == INTERVAL_AMBIGUOUS)
		meant = arena_printf(arena, "did you mean %.*s?",
				     STR_ARG(both_readings(buf_str(&fixed), arena)));
	buf_release(&fixed);
	return meant;
}

struct str interval_explain(struct str s, enum interval_result result, struct arena *arena)
{
	s = str_trim(s);
	struct str quoted = text_line(text_upto(s, QUOTED_MAX), arena);
	struct str more;
	switch (result) {
	case INTERVAL_NONE:
		more = guess_interval(s, arena);
		return arena_printf(arena, "\"%.*s\" is not an interval (%.*s)", STR_ARG(quoted),
				    STR_ARG(more));
	case INTERVAL_ZERO:
		return arena_printf(
		    arena, "\"%.*s\" is not an interval: it must be more than zero, a day at least",
		    STR_ARG(quoted));
	case INTERVAL_AMBIGUOUS:
		more = both_readings(s, arena);
		return arena_printf(arena, "\"%.*s\" means two things: write %.*s", STR_ARG(quoted),
				    STR_ARG(more));
	case INTERVAL_TOO_LONG:
		return arena_printf(arena,
				    "\"%.*s\" is too long: an interval is at most 1000 years",
				    STR_ARG(quoted));
	case INTERVAL_OK:
		break;
	}
	return STR("");
}

static void add_amount(struct buf *b, int number, const char *unit)
{
	if (number == 0)
		return;
	buf_printf(b, "%s%d %s%s", b->n ? " " : "", number, unit, number == 1 ? "" : "s");
}

struct str interval_words(struct interval interval, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	if (interval.months % 12 == 0)
		add_amount(&b, interval.months / 12, "year");
	else
		add_amount(&b, interval.months, "month");
	if (interval.days % 7 == 0)
		add_amount(&b, interval.days / 7, "week");
	else
		add_amount(&b, interval.days, "day");
	if (b.n == 0)
		buf_addz(&b, "0 days");
	return arena_take(arena, &b);
}
