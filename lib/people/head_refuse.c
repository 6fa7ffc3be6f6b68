/*
 * Where a line is no head it is not guessed what was meant: a message shows
 * the lines to type, for each meaning that it may have.
 */
#include "base/text.h"
#include "people/entry.h"
#include "people/head_parts.h"

/* Characters of a line that a message shows. */
#define SHOWN_MAX 160
/* Words at the end of a head that may be its day: `1 year 6 months ago`. */
#define LATE_WORDS 5

/* --- Lines to type --- */

static bool is_plain(struct str s)
{
	static const struct str plain = {"_-./,:@%+", 9};
	for (size_t i = 0; i < s.n; i++)
		if (!str_is_alpha(s.p[i]) && !str_is_digit(s.p[i]) &&
		    (unsigned char)s.p[i] < 0x80 && str_find_char(plain, s.p[i]) == plain.n &&
		    !(s.p[i] == ' ' && i > 0 && s.p[i - 1] != ' '))
			return false;
	return s.n > 0;
}

static void add_quoted(struct buf *b, struct str s)
{
	bool simple = true;
	for (size_t i = 0; i < s.n; i++)
		simple = simple && s.p[i] != '"' && s.p[i] != '$' && s.p[i] != '`' &&
			 s.p[i] != '\\' && s.p[i] != '!';
	buf_addc(b, simple ? '"' : '\'');
	for (size_t i = 0; i < s.n; i++)
		if (!simple && s.p[i] == '\'')
			buf_addz(b, "'\\''");
		else
			buf_addc(b, s.p[i]);
	buf_addc(b, simple ? '"' : '\'');
}

struct str head_typed(struct str words, struct arena *arena)
{
	struct buf b;
	struct str rest = str_trim(words), line = STR("");
	str_next_line(&rest, &line);
	struct str shown = text_upto(line, SHOWN_MAX);
	if (shown.n < line.n || str_trim(rest).n)
		shown = arena_printf(arena, "%.*s…", STR_ARG(str_rtrim(shown)));
	if (is_plain(shown))
		return shown;
	buf_init(&b, 0);
	add_quoted(&b, shown);
	return arena_take(arena, &b);
}

static const char *verb(enum head_kind kind)
{
	return kind == HEAD_PLAN ? "plan" : "log";
}

/* `kith log ada WORDS`, with the lines after the first told by an ellipsis. */
static struct str command_for(const struct head_source *s, enum head_kind kind, const char *dashes,
			      struct str words)
{
	struct str who = s->line->who.n ? head_typed(s->line->who, s->arena) : STR("WHO");
	if (s->more.n)
		words = arena_printf(s->arena, "%.*s\n…", STR_ARG(words));
	struct str typed = head_typed(words, s->arena);
	return arena_printf(s->arena, "kith %s %.*s %s%.*s", verb(kind), STR_ARG(who), dashes,
			    STR_ARG(typed));
}

/* --- What is refused --- */

int head_fail_empty(const struct head_source *s, struct kith_error *err)
{
	bool plan = s->line->kind == HEAD_PLAN;
	struct str example =
	    plan ? STR("friday 12:30 lunch: the licence") : STR("coffee: the move to Bath");
	struct str typed = command_for(s, s->line->kind, "", example);
	return kith_fail(err, KITH_INVALID, "there is nothing to %s; for example:\n  %.*s",
			 verb(s->line->kind), STR_ARG(typed));
}

int head_fail_date(const struct head_source *s, enum date_result result, struct str words,
		   struct kith_error *err)
{
	struct str why = datewords_explain(words, result, s->arena);
	if (s->line->kind == HEAD_PLAN)
		return kith_fail(err, KITH_INVALID, "%.*s", STR_ARG(why));
	struct str typed = command_for(s, HEAD_LOG, "-- ", s->first);
	return kith_fail(err, KITH_INVALID, "%.*s; where it is text and no date:\n  %.*s",
			 STR_ARG(why), STR_ARG(typed));
}

int head_fail_range(const struct head_source *s, struct str words, civil_day last,
		    struct kith_error *err)
{
	char day[DAY_SIZE];
	day_write(day, last);
	return kith_fail(err, KITH_INVALID,
			 "\"%.*s\" is more than one day: an entry is of one; say the last, %s, and "
			 "the others in the text",
			 STR_ARG(text_line(text_upto(words, SHOWN_MAX), s->arena)), day);
}

/* The line with a colon where its head perhaps was to end. */
static struct str with_colon(const struct head_source *s, const struct head_parts *p,
			     struct str text)
{
	size_t at = p->at;
	if (p->people.n)
		at = (size_t)(p->people.p - text.p) + head_single_names(p->people);
	struct str left = str_rtrim(str_upto(text, at)), right = str_ltrim(str_from(text, at));
	size_t sign = entry_separator(right);
	if (sign == 0 && right.n && str_find_char(STR(".,;:-"), right.p[0]) < 5)
		sign = 1;
	right = str_ltrim(str_from(right, sign));
	while (left.n && str_find_char(STR(",;-"), left.p[left.n - 1]) < 3)
		left = str_rtrim(str_upto(left, left.n - 1));
	return arena_printf(s->arena, "%.*s: %.*s", STR_ARG(left), STR_ARG(right));
}

int head_fail_two_ways(const struct head_source *s, const struct head_parts *p,
		       struct kith_error *err)
{
	bool ahead = p->head.day > s->today;
	struct str first =
	    command_for(s, ahead ? HEAD_PLAN : HEAD_LOG, "", with_colon(s, p, s->first));
	struct str second = command_for(s, HEAD_LOG, "-- ", s->first);
	return kith_fail(err, KITH_INVALID,
			 "\"%.*s\" may be the day, or the beginning of the text; type one of:\n"
			 "  %.*s\n  %.*s",
			 STR_ARG(str_upto(s->first, p->date_end)), STR_ARG(first), STR_ARG(second));
}

int head_fail_plan(const struct head_source *s, const struct head_parts *p, struct kith_error *err)
{
	struct str line = s->first;
	if (p->date_end) {
		struct str typed = command_for(s, HEAD_PLAN, "", with_colon(s, p, line));
		return kith_fail(err, KITH_INVALID,
				 "a plan's text stands after a colon; type:\n  %.*s",
				 STR_ARG(typed));
	}
	bool colon = head_colon_at(line) < line.n;
	if (!p->all && !colon)
		line = with_colon(s, p, line);
	line = arena_printf(s->arena, "friday%s%.*s", str_starts(line, STR(":")) ? "" : " ",
			    STR_ARG(line));
	struct str typed = command_for(s, HEAD_PLAN, "", line);
	return kith_fail(
	    err, KITH_INVALID,
	    "a plan needs its day first, such as friday, nov 30 or in 3 weeks:\n  %.*s",
	    STR_ARG(typed));
}

/* A line as it would be with other words before its first colon, or its tags. */
static struct str with_head(const struct head_source *s, struct str head, size_t old)
{
	struct str rest = str_from(s->first, old);
	return arena_printf(s->arena, "%.*s%s%.*s", STR_ARG(head),
			    rest.n && !str_starts(rest, STR(":")) ? " " : "",
			    STR_ARG(str_ltrim_blanks(rest)));
}

/* `coffee friday`: a head, but for the day, which stands at its end. */
struct late {
	struct str head, words; /* `coffee`, `friday` */
	civil_day day;
};

static bool find_late_date(struct late *out, const struct head_source *s, struct str head)
{
	struct head_parts p;
	*out = (struct late){STR(""), STR(""), NO_DAY};
	size_t at = head.n;
	for (int words = 0; words < LATE_WORDS && at > 0; words++) {
		civil_day day;
		size_t used;
		at = str_rtrim(str_upto(head, at)).n;
		while (at > 0 && !str_is_blank_char(head.p[at - 1]))
			at--;
		struct str date = str_from(head, at);
		if (at > 0 && head_date_at(s, date, &day, &used) == DATE_OK && used == date.n)
			*out = (struct late){str_rtrim(str_upto(head, at)), date, day};
	}
	if (out->words.n == 0)
		return false;
	head_read_parts(&p, s, out->head, false);
	return p.all && p.at && head_are_names(s, &p.head.with);
}

static int fail_late_date(const struct head_source *s, const struct late *late, size_t end,
			  struct kith_error *err)
{
	enum head_kind asked = s->line->kind;
	enum head_kind kind = late->day > s->today   ? HEAD_PLAN
			      : late->day < s->today ? HEAD_LOG
						     : asked;
	struct str head =
	    arena_printf(s->arena, "%.*s %.*s", STR_ARG(late->words), STR_ARG(late->head));
	struct str first = command_for(s, kind, "", with_head(s, head, end));
	if (asked == HEAD_PLAN)
		return kith_fail(err, KITH_INVALID, "the day stands first; type:\n  %.*s",
				 STR_ARG(first));
	struct str second = command_for(s, HEAD_LOG, "-- ", s->first);
	return kith_fail(err, KITH_INVALID,
			 "\"%.*s\" may be the day, which stands first, or text; type one of:\n"
			 "  %.*s\n  %.*s",
			 STR_ARG(late->words), STR_ARG(first), STR_ARG(second));
}

/* Whether a head ends in a `with` that names nobody: `coffee with`. */
static bool lacks_company(const struct head_parts *p, struct str head)
{
	return p->at && str_ieq(str_trim(str_from(head, p->at)), STR("with"));
}

static int fail_company(const struct head_source *s, const struct head_parts *p, size_t end,
			struct kith_error *err)
{
	struct str head = str_rtrim(str_upto(s->first, p->at));
	struct str first = command_for(s, s->line->kind, "", with_head(s, head, end));
	struct str second = command_for(s, HEAD_LOG, "-- ", s->first);
	if (s->line->kind == HEAD_PLAN)
		return kith_fail(err, KITH_INVALID,
				 "nobody stands after \"with\"; with no other:\n  %.*s",
				 STR_ARG(first));
	return kith_fail(
	    err, KITH_INVALID,
	    "nobody stands after \"with\"; with no other, or where all is text:\n  %.*s\n  %.*s",
	    STR_ARG(first), STR_ARG(second));
}

int head_check_nearly(const struct head_source *s, const struct head_parts *p, struct str head,
		      size_t end, struct kith_error *err)
{
	struct late late;
	if (lacks_company(p, head))
		return fail_company(s, p, end, err);
	if (p->date_end == 0 && find_late_date(&late, s, head))
		return fail_late_date(s, &late, end, err);
	return 0;
}

int head_fail_side(const struct head_source *s, const struct head_parts *p, struct kith_error *err)
{
	bool plan = s->line->kind == HEAD_PLAN;
	struct str typed = command_for(s, plan ? HEAD_LOG : HEAD_PLAN, "", s->first);
	char day[DAY_SIZE];
	day_write(day, p->head.day);
	return kith_fail(err, KITH_INVALID, "%s is %s; type:\n  %.*s", day,
			 plan ? "past, and no plan" : "still ahead: that is a plan",
			 STR_ARG(typed));
}
