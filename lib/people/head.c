/*
 * What stands before a colon, or all of a line, is a head where it reads as one to its end: it is
 * read from left to right, each part as far as it goes. Where it does not reach the end, it still
 * tells how the line was perhaps meant; that is not guessed, but a message shows the lines to
 * type, for each meaning that it may have.
 */
#include "people/head.h"

#include "base/datewords.h"
#include "base/text.h"
#include "people/entry.h"
#include "people/link.h"
#include "people/people.h"

/* Bytes of a word that may be a channel, or speak of time. */
#define WORD_MAX 24
/* Characters of a line that a message shows. */
#define SHOWN_MAX 160
/* Words at the end of a head that may be its day: `1 year 6 months ago`. */
#define LATE_WORDS 5
/* More words than these after `by` are no day that was meant. */
#define DUE_WORDS 5

struct head_source {
	const struct head_line *line;
	const struct config *config;
	civil_day today;
	struct arena *arena;
	struct str first; /* the line that holds the head, trimmed */
	struct str more;  /* the lines after it */
};

/* How far a head reads, and as what. */
struct head_parts {
	struct head head;
	size_t date_end; /* behind the date; 0 for none */
	size_t channel_end;
	size_t at;         /* behind all that reads */
	struct str people; /* what follows `with ` */
	bool all;          /* it reads to the end */
};

/* ---- the text ---- */

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

static int check_line_text(struct str text, struct kith_error *err)
{
	if (text_invalid_at(text) < text.n)
		return kith_fail(err, KITH_INVALID,
				 "the text is not UTF-8 (at byte %zu); nothing is written",
				 text_invalid_at(text) + 1);
	for (size_t i = 0; i < text.n; i++)
		if (is_control(text.p[i]))
			return kith_fail(
			    err, KITH_INVALID,
			    "the text holds a control character, as an arrow key makes "
			    "one (at byte %zu); nothing is written",
			    i + 1);
	return 0;
}

/* Every line end as LF: a CR alone would end a line in the file too. */
static struct str plain_line_ends(struct str text, struct arena *arena)
{
	if (str_find_char(text, '\r') == text.n)
		return text;
	char *p = arena_bytes(arena, text.n);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '\r')
			p[n++] = text.p[i];
		else if (i + 1 == text.n || text.p[i + 1] != '\n')
			p[n++] = '\n';
	return (struct str){p, n};
}

static bool is_tag_byte(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || c == '_' || c == '-' || c == '/' ||
	       (unsigned char)c >= 0x80;
}

/* `+gave` at the start of s: its length; 0 for none. */
static size_t plus_tag(struct str s)
{
	static const char names[][6] = {"gave", "got", "asked"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t n = 1 + str_of(names[i]).n;
		if (str_istarts(str_from(s, 1), str_of(names[i])) &&
		    (n == s.n || !is_tag_byte(s.p[n])))
			return n;
	}
	return 0;
}

struct str head_tags(struct str text, struct arena *arena)
{
	char *p = NULL;
	for (size_t i = 0; i < text.n; i++) {
		i += str_find_char(str_from(text, i), '+');
		if (i == text.n)
			break;
		bool begins = i == 0 || str_is_space_char(text.p[i - 1]) || text.p[i - 1] == '(' ||
			      text.p[i - 1] == '[';
		if (!begins || !plus_tag(str_from(text, i)))
			continue;
		if (!p) {
			struct str copy = arena_str(arena, text);
			p = arena_copy(arena, copy.p, copy.n, 1);
		}
		p[i] = '#';
	}
	return p ? (struct str){p, text.n} : text;
}

/* Tags at the end: where they begin, behind the blanks before them; s.n for none. */
static size_t end_tags_at(struct str s)
{
	size_t end = s.n;
	for (;;) {
		size_t i = str_rtrim(str_upto(s, end)).n;
		while (i > 0 && !str_is_space_char(s.p[i - 1]))
			i--;
		struct str word = str_trim(str_slice(s, i, end));
		bool tag = word.n > 1 && (plus_tag(word) == word.n || word.p[0] == '#');
		if (!tag || (word.p[0] != '#' && word.p[0] != '+'))
			return end;
		end = i;
		if (i == 0)
			return 0;
	}
}

static struct str join_parts(struct str a, char between, struct str b, struct arena *arena)
{
	if (a.n == 0 || b.n == 0)
		return a.n ? a : b;
	return arena_printf(arena, "%.*s%c%.*s", STR_ARG(a), between, STR_ARG(b));
}

/* ---- how far a line is a head ---- */

static bool at_gap(struct str s, size_t i)
{
	return i >= s.n || str_is_blank_char(s.p[i]);
}

static size_t past_blanks(struct str s, size_t i)
{
	return s.n - str_ltrim_blanks(str_from(s, i)).n;
}

static size_t word_end(struct str s, size_t i)
{
	while (!at_gap(s, i))
		i++;
	return i;
}

static struct str first_word(struct str s)
{
	return str_upto(s, word_end(s, 0));
}

/* Where the first word that ends in a colon ends, before that; s.n for none. */
static size_t colon_at(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ':' && at_gap(s, i + 1))
			return i;
	return s.n;
}

/* What stands between two people at i, with the blanks after it; 0 for nothing. */
static size_t joint_at(struct str s, size_t i)
{
	struct str rest = str_from(s, i);
	size_t n = people_joint(rest);
	bool comma = n && (rest.p[0] == ',' || rest.p[0] == ';');
	bool alone =
	    (i == 0 || str_is_blank_char(s.p[i - 1])) && n < rest.n && str_is_blank_char(rest.p[n]);
	return n && (comma || alone) ? past_blanks(rest, n) : 0;
}

/* Where the person that begins at i ends. */
static size_t person_end(struct str s, size_t i, struct str *name)
{
	struct link link;
	size_t used, from = i;
	if (link_parse(str_from(s, i), &link, &used)) {
		*name = link.target;
		return i + used;
	}
	while (i < s.n && !joint_at(s, i))
		i++;
	*name = str_trim(str_slice(s, from, i));
	return i;
}

/* Takes people apart; false where they are none, or too many. */
static bool split_people(struct strs *out, struct str s, struct arena *arena)
{
	struct str names[HEAD_MOST_PEOPLE];
	size_t count = 0, i = 0;
	s = str_trim(s);
	while (i < s.n) {
		size_t joint = joint_at(s, i);
		if (joint) {
			i += joint;
			continue;
		}
		if (str_is_blank_char(s.p[i])) {
			i++;
			continue;
		}
		if (count == HEAD_MOST_PEOPLE)
			return false;
		i = person_end(s, i, &names[count]);
		count++;
	}
	out->items = arena_copy(arena, names, count, sizeof(names[0]));
	out->count = count;
	return count > 0;
}

/* Without a colon, a name of several words may be text: only a known one is a name. */
static bool are_names(const struct head_source *s, const struct strs *names)
{
	const struct head_line *line = s->line;
	for (size_t i = 0; i < names->count; i++) {
		struct str name = names->items[i];
		if (first_word(name).n < name.n &&
		    !(line->knows && line->knows(line->context, name)))
			return false;
	}
	return true;
}

/* Of what follows `with`, where text follows people: names of one word each. */
static size_t single_names_end(struct str s)
{
	size_t i = word_end(s, 0);
	for (;;) {
		size_t next = past_blanks(s, i);
		size_t joint = joint_at(s, next);
		bool comma = i > 0 && (s.p[i - 1] == ',' || s.p[i - 1] == ';');
		if (next >= s.n || (!joint && !comma) || next + joint >= s.n)
			return i;
		i = word_end(s, next + joint);
	}
}

/* A date at the start of text, in the direction of the line's kind. */
static enum date_result date_at(const struct head_source *s, struct str text, civil_day *day,
				size_t *used)
{
	bool plan = s->line->kind == HEAD_PLAN;
	return datewords_parse(text, s->today, plan ? DATEWORDS_FUTURE : DATEWORDS_PAST, day, used);
}

/* False where something is joined to the date (`friday's`, `friday.`). */
static bool read_date(struct head_parts *p, const struct head_source *s, struct str text)
{
	civil_day day;
	size_t used;
	if (date_at(s, text, &day, &used) != DATE_OK)
		return true;
	p->head.day = day;
	p->head.dated = true;
	p->date_end = p->at = used;
	/* `friday, 12:30 lunch` */
	if (used < text.n && text.p[used] == ',' && at_gap(text, used + 1))
		p->at++;
	return at_gap(text, p->at) || text.p[p->at] == 'T';
}

/* `at` before a time says nothing. */
static size_t past_at(struct str text, size_t from)
{
	struct str rest = str_from(text, from);
	return str_istarts(rest, STR("at ")) ? past_blanks(text, from + 2) : from;
}

static bool read_time(struct head_parts *p, struct str text)
{
	size_t from = past_at(text, past_blanks(text, p->at));
	if (from >= text.n || p->head.time.n || (text.p[from] == 'T' && !p->head.dated))
		return true;
	size_t n = entry_time(str_from(text, from), &p->head.time);
	if (n && at_gap(text, from + n))
		p->at = from + n;
	else
		p->head.time = STR("");
	return p->at == 0 || at_gap(text, p->at);
}

static void read_channel(struct head_parts *p, const struct head_source *s, struct str text)
{
	size_t from = past_blanks(text, p->at);
	size_t n = entry_channel(str_from(text, from), s->config, s->arena, &p->head.channel);
	if (n && at_gap(text, from + n))
		p->at = p->channel_end = from + n;
	else
		p->head.channel = STR("");
	/* `call at 15:30` */
	if (p->channel_end && past_at(text, past_blanks(text, p->at)) > past_blanks(text, p->at))
		(void)read_time(p, text);
}

/* `with` and people, to the text's end. */
static void read_people(struct head_parts *p, const struct head_source *s, struct str text)
{
	size_t from = past_blanks(text, p->at);
	struct str rest = str_from(text, from);
	if (!str_istarts(rest, STR("with")) || rest.n < 5 || !at_gap(rest, 4))
		return;
	p->people = str_trim(str_from(rest, 4));
	if (split_people(&p->head.with, p->people, s->arena))
		p->at = text.n;
}

/* Behind SEP, which may stand after a day or a time. */
static size_t skip_head_separator(struct str text, size_t at)
{
	size_t from = past_blanks(text, at);
	size_t n = entry_separator(str_from(text, from));
	return n ? from + n : at;
}

/* Reads text, without blanks at its ends, as far as it is a head; date: it may begin with one. */
static void read_head(struct head_parts *p, const struct head_source *s, struct str text, bool date)
{
	*p = (struct head_parts){.head = {.day = s->today}};
	p->head.time = p->head.channel = p->head.text = STR("");
	p->head.unknown_channel = p->head.kept_date = p->head.kept_channel = STR("");
	if ((date && !read_date(p, s, text)) || !read_time(p, text))
		return;
	if (p->at)
		p->at = skip_head_separator(text, p->at);
	read_channel(p, s, text);
	read_people(p, s, text);
	p->all = past_blanks(text, p->at) == text.n;
}

/* ---- what is refused ---- */

static bool is_plain(struct str s)
{
	static const struct str plain = {"_-./,:@%+", 9};
	for (size_t i = 0; i < s.n; i++)
		if (!str_is_alpha(s.p[i]) && !str_is_digit(s.p[i]) &&
		    (unsigned char)s.p[i] < 0x80 && str_find_char(plain, s.p[i]) == plain.n &&
		    !((s.p[i] == ' ' || s.p[i] == '=') && i > 0 && s.p[i - 1] != ' '))
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

static int fail_empty(const struct head_source *s, struct kith_error *err)
{
	bool plan = s->line->kind == HEAD_PLAN;
	struct str example =
	    plan ? STR("friday 12:30 lunch: the licence") : STR("coffee: the move to Bath");
	struct str typed = command_for(s, s->line->kind, "", example);
	return kith_fail(err, KITH_INVALID, "there is nothing to %s; for example:\n  %.*s",
			 verb(s->line->kind), STR_ARG(typed));
}

static int fail_date(const struct head_source *s, enum date_result result, struct str words,
		     struct kith_error *err)
{
	struct str why = datewords_explain(words, result, s->arena);
	if (s->line->kind == HEAD_PLAN)
		return kith_fail(err, KITH_INVALID, "%.*s", STR_ARG(why));
	struct str typed = command_for(s, HEAD_LOG, "-- ", s->first);
	return kith_fail(err, KITH_INVALID, "%.*s; where it is text and no date:\n  %.*s",
			 STR_ARG(why), STR_ARG(typed));
}

static int fail_range(const struct head_source *s, struct str words, civil_day last,
		      struct kith_error *err)
{
	return kith_fail(err, KITH_INVALID,
			 "\"%.*s\" is more than one day: an entry is of one; say the last, %s, and "
			 "the others in the text",
			 STR_ARG(text_line(text_upto(words, SHOWN_MAX), s->arena)),
			 day_text(last).z);
}

/* The line with a colon where its head perhaps was to end. */
static struct str with_colon(const struct head_source *s, const struct head_parts *p,
			     struct str text)
{
	size_t at = p->at;
	if (p->people.n)
		at = (size_t)(p->people.p - text.p) + single_names_end(p->people);
	struct str left = str_rtrim(str_upto(text, at)), right = str_ltrim(str_from(text, at));
	size_t sign = entry_separator(right);
	if (sign == 0 && right.n && str_find_char(STR(".,;:-"), right.p[0]) < 5)
		sign = 1;
	right = str_ltrim(str_from(right, sign));
	while (left.n && str_find_char(STR(",;-"), left.p[left.n - 1]) < 3)
		left = str_rtrim(str_upto(left, left.n - 1));
	return arena_printf(s->arena, "%.*s: %.*s", STR_ARG(left), STR_ARG(right));
}

/* `monday is her first day` */
static int fail_two_ways(const struct head_source *s, const struct head_parts *p,
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

static int fail_plan(const struct head_source *s, const struct head_parts *p,
		     struct kith_error *err)
{
	struct str line = s->first;
	if (p->date_end) {
		struct str typed = command_for(s, HEAD_PLAN, "", with_colon(s, p, line));
		return kith_fail(err, KITH_INVALID,
				 "a plan's text stands after a colon; type:\n  %.*s",
				 STR_ARG(typed));
	}
	bool colon = colon_at(line) < line.n;
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
		if (at > 0 && date_at(s, date, &day, &used) == DATE_OK && used == date.n)
			*out = (struct late){str_rtrim(str_upto(head, at)), date, day};
	}
	if (out->words.n == 0)
		return false;
	read_head(&p, s, out->head, false);
	return p.all && p.at && are_names(s, &p.head.with);
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

/* Refuses what is nearly a head (`coffee friday`), up to end. 0 where it is none. */
static int check_nearly(const struct head_source *s, const struct head_parts *p, struct str head,
			size_t end, struct kith_error *err)
{
	struct late late;
	if (lacks_company(p, head))
		return fail_company(s, p, end, err);
	if (p->date_end == 0 && find_late_date(&late, s, head))
		return fail_late_date(s, &late, end, err);
	return 0;
}

static int fail_side(const struct head_source *s, const struct head_parts *p,
		     struct kith_error *err)
{
	bool plan = s->line->kind == HEAD_PLAN;
	struct str typed = command_for(s, plan ? HEAD_LOG : HEAD_PLAN, "", s->first);
	return kith_fail(err, KITH_INVALID, "%s is %s; type:\n  %.*s", day_text(p->head.day).z,
			 plan ? "past, and no plan" : "still ahead: that is a plan",
			 STR_ARG(typed));
}

/* ---- a line ---- */

/* `monday: call: x`: a day alone, and the rest of the head after its colon. */
static struct str second_head(struct head_parts *p, const struct head_source *s, struct str text)
{
	struct head_parts next;
	size_t colon = colon_at(text);
	if (p->head.channel.n || p->people.n || colon == text.n)
		return text;
	read_head(&next, s, str_rtrim(str_upto(text, colon)), false);
	if (!next.all || next.at == 0 || (next.head.time.n && p->head.time.n))
		return text;
	if (next.head.time.n)
		p->head.time = next.head.time;
	p->head.channel = next.head.channel;
	p->head.with = next.head.with;
	return str_trim(str_from(text, colon + 1));
}

static bool may_be_channel(struct str word)
{
	if (word.n == 0 || word.n > WORD_MAX ||
	    !(str_is_alpha(word.p[0]) || (unsigned char)word.p[0] >= 0x80))
		return false;
	for (size_t i = 0; i < word.n; i++)
		if (!is_tag_byte(word.p[i]) || word.p[i] == '/')
			return false;
	return true;
}

/* `zoom`, `zoom with grace`, `video call`: what would be the rest of a head, were zoom a channel.
 */
static struct str unknown_channel(const struct head_parts *p, const struct head_source *s,
				  struct str head)
{
	struct str rest = str_ltrim_blanks(str_from(head, p->at)), word = first_word(rest), known;
	struct str after = str_ltrim_blanks(str_from(rest, word.n));
	if (p->head.channel.n || !may_be_channel(word) || str_ieq(word, STR("with")))
		return STR("");
	/* `video call`: two words, and only the second is one. */
	if (after.n && entry_channel(after, s->config, s->arena, &known) == after.n)
		return rest;
	return after.n == 0 || str_istarts(after, STR("with ")) ? word : STR("");
}

/* `friday.` ends a sentence. */
static struct str without_stop(struct str s)
{
	static const struct str stops = {".,;!", 4};
	while (s.n && str_find_char(stops, s.p[s.n - 1]) < stops.n)
		s.n--;
	return s;
}

/* Whether a word speaks of time: `december`, `5pm`, `Friday-ish`, `week`. */
static bool is_of_time(struct str word, civil_day today, struct arena *arena)
{
	static const char *const words[] = {
	    "week",  "weekend",   "month",   "year",   "tonight",  "morning",
	    "noon",  "afternoon", "evening", "easter", "midnight", "christmas",
	    "night", "ago",       "eod",     "eow",    "eom"};
	civil_day day;
	size_t used;
	if (word.n == 0 || word.n > WORD_MAX)
		return false;
	if (str_is_digit(word.p[0]))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ieq(word, str_of(words[i])))
			return true;
	struct str first = arena_printf(arena, "%.*s 1", STR_ARG(word));
	return datewords_parse(word, today, DATEWORDS_FUTURE, &day, &used) == DATE_OK ||
	       datewords_parse(first, today, DATEWORDS_FUTURE, &day, &used) == DATE_OK;
}

/* Words before a colon that speak of time and are no head, and so are text: `this morning`. */
static struct str words_of_time(struct str words, civil_day today, struct arena *arena)
{
	struct str rest = str_trim(words);
	bool timely = false;
	int count = 0;
	for (; rest.n && count <= DUE_WORDS; count++) {
		struct str word = first_word(rest);
		rest = str_ltrim(str_from(rest, word.n));
		/* `may I say` */
		bool verb = rest.n && count == 0 &&
			    (str_ieq(word, STR("may")) || str_ieq(word, STR("march")));
		timely = timely || (!verb && is_of_time(without_stop(word), today, arena));
	}
	return timely && count <= DUE_WORDS ? str_trim(words) : STR("");
}

static int read_with_colon(struct head_parts *p, const struct head_source *s, size_t colon,
			   struct kith_error *err)
{
	struct str head = str_rtrim(str_upto(s->first, colon));
	struct str text = str_ltrim(str_from(s->first, colon + 1));
	if (head.n + text.n + s->more.n == 0)
		return fail_empty(s, err);
	read_head(p, s, head, true);
	if (!p->all && check_nearly(s, p, head, colon, err) < 0)
		return -1;
	if (p->all) {
		if (p->date_end)
			text = second_head(p, s, text);
	} else {
		p->head.unknown_channel = unknown_channel(p, s, head);
		bool begun = p->head.unknown_channel.n || p->channel_end;
		if (!begun && s->line->kind == HEAD_PLAN)
			return fail_plan(s, p, err);
		struct str kept = p->date_end ? str_upto(s->first, p->date_end)
					      : words_of_time(head, s->today, s->arena);
		if (p->channel_end)
			kept = words_of_time(str_from(head, p->at), s->today, s->arena);
		if (!begun)
			read_head(p, s, STR(""), false);
		if (!p->head.unknown_channel.n)
			p->head.kept_date = kept;
		text = str_ltrim(str_from(s->first, p->at));
	}
	p->head.text = text;
	return 0;
}

/* The words at the end that are a day, most of them first: `next week` of `call next week`. */
static struct str day_at_end(struct str s, civil_day today)
{
	struct str found = STR("");
	size_t at = s.n;
	for (int words = 0; words < LATE_WORDS && at > 0; words++) {
		civil_day day;
		at = str_rtrim(str_upto(s, at)).n;
		while (at > 0 && !str_is_space_char(s.p[at - 1]))
			at--;
		struct str last = str_trim(str_from(s, at));
		if (at > 0 && datewords_parse_all(last, today, DATEWORDS_FUTURE, &day) == DATE_OK)
			found = last;
	}
	return found;
}

/* `had coffee yesterday`: the words of a day that was, at the end of what is text. */
static struct str past_day_at_end(const struct head_source *s, struct str text)
{
	civil_day day;
	struct str words = day_at_end(text, s->today);
	bool past = words.n &&
		    datewords_parse_all(words, s->today, DATEWORDS_PAST, &day) == DATE_OK &&
		    day < s->today;
	return past ? words : STR("");
}

/* `tried calling`, `coffee, and cake`: a channel's word that begins what is text. */
static struct str channel_without_sign(const struct head_source *s)
{
	struct str channel, word = without_stop(first_word(s->first));
	return entry_channel(word, s->config, s->arena, &channel) == word.n ? word : STR("");
}

static int read_without_colon(struct head_parts *p, const struct head_source *s,
			      struct kith_error *err)
{
	size_t tags = end_tags_at(s->first);
	struct str head = str_rtrim(str_upto(s->first, tags));
	read_head(p, s, head, true);
	bool is_head = p->all && head.n && are_names(s, &p->head.with);
	if (is_head) {
		p->head.text = str_from(s->first, tags);
		return 0;
	}
	if (check_nearly(s, p, head, tags, err) < 0)
		return -1;
	/* `yesterday email about the grant` */
	bool others = p->people.n && (p->date_end || s->line->kind == HEAD_PLAN);
	if (p->channel_end && !others) {
		p->head.with = (struct strs){NULL, 0};
		p->at = skip_head_separator(s->first, p->people.n ? p->channel_end : p->at);
		p->head.text = str_ltrim(str_from(s->first, p->at));
		return 0;
	}
	if (s->line->kind == HEAD_PLAN)
		return fail_plan(s, p, err);
	if (p->date_end)
		return fail_two_ways(s, p, err);
	read_head(p, s, STR(""), false);
	p->head.text = s->first;
	p->head.kept_date = past_day_at_end(s, head);
	p->head.kept_channel = channel_without_sign(s);
	return 0;
}

/* Refuses a line that begins with a date that is none, reads two ways, or is a range of days. */
static int check_date(const struct head_source *s, struct kith_error *err)
{
	civil_day day = NO_DAY;
	size_t used = 0;
	enum date_result result = date_at(s, s->first, &day, &used);
	struct str words = str_upto(s->first, used);
	if (result == DATE_IMPOSSIBLE || result == DATE_AMBIGUOUS)
		return fail_date(s, result, words, err);
	size_t range = result == DATE_OK ? entry_range(str_from(s->first, used), &day) : 0;
	if (range)
		return fail_range(s, str_upto(s->first, used + range), day, err);
	return 0;
}

static int read_head_line(struct head_parts *p, const struct head_source *s, struct kith_error *err)
{
	read_head(p, s, STR(""), false);
	if (s->line->raw && s->line->kind == HEAD_PLAN)
		return fail_plan(s, p, err);
	if (s->line->raw) {
		p->head.text = s->first;
		return 0;
	}
	if (check_date(s, err) < 0)
		return -1;
	size_t colon = colon_at(s->first);
	int rc =
	    colon < s->first.n ? read_with_colon(p, s, colon, err) : read_without_colon(p, s, err);
	if (rc < 0)
		return -1;
	bool plan = s->line->kind == HEAD_PLAN;
	if (plan && !p->head.dated)
		return fail_plan(s, p, err);
	if (plan ? p->head.day < s->today : p->head.day > s->today)
		return fail_side(s, p, err);
	return 0;
}

/* Without a list's mark or a separator at the beginning: they are no text. */
static struct str without_marks(struct str s)
{
	for (size_t n = 1; n > 0; s = str_from(s, n)) {
		bool bullet = s.n > 1 && (s.p[0] == '*' || s.p[0] == '+') && s.p[1] == ' ';
		n = bullet ? 2 : entry_separator(s);
	}
	return str_ltrim(s);
}

int head_parse(struct head *out, const struct head_line *line, const struct config *config,
	       civil_day today, struct arena *arena, struct kith_error *err)
{
	struct head_source s = {.line = line, .config = config, .today = today, .arena = arena};
	struct head_parts p;
	if (check_line_text(line->text, err) < 0)
		return -1;
	struct str rest = str_trim(plain_line_ends(line->text, arena));
	if (rest.n == 0)
		return fail_empty(&s, err);
	str_next_line(&rest, &s.first);
	s.first = without_marks(str_trim(s.first));
	s.more = rest;
	if (s.first.n == 0 && str_trim(rest).n == 0)
		return fail_empty(&s, err);
	if (read_head_line(&p, &s, err) < 0)
		return -1;
	*out = p.head;
	/* Without text in the first line, the next one that holds something begins it. */
	if (out->text.n == 0)
		s.more = str_trim(s.more);
	out->text = head_tags(join_parts(out->text, '\n', s.more, arena), arena);
	return 0;
}

/* ---- the day of a task ---- */

/* Words before a task's day. */
static const char *const due_words[] = {"by", "until", "before", "on"};

/* Where the last of them begins that a blank follows, and its bytes; s.n for none. */
static size_t last_due_word(struct str s, size_t *length)
{
	for (size_t i = s.n; i-- > 0;) {
		if (i > 0 && !str_is_space_char(s.p[i - 1]))
			continue;
		for (size_t k = 0; k < ARRAY_LEN(due_words); k++) {
			struct str word = str_of(due_words[k]);
			*length = word.n;
			if (str_istarts(str_from(s, i), word) && i + word.n < s.n &&
			    str_is_blank_char(s.p[i + word.n]))
				return i;
		}
	}
	*length = 0;
	return s.n;
}

struct str head_kept_due(struct str text, civil_day today, struct arena *arena)
{
	size_t tags = end_tags_at(text), length;
	size_t at = last_due_word(str_upto(text, tags), &length);
	struct str words = str_trim(str_slice(text, at, tags));
	if (words_of_time(str_from(words, length), today, arena).n)
		return words;
	words = day_at_end(str_upto(text, tags), today);
	if (words.n)
		return words;
	/* `friday: the slides`, `the slides (by friday)` */
	size_t colon = colon_at(text), open = str_find_char(text, '(');
	if (colon < text.n)
		words = words_of_time(str_upto(text, colon), today, arena);
	if (!words.n && open < tags && str_ends(str_rtrim(str_upto(text, tags)), STR(")")))
		words = head_kept_due(
		    str_slice(text, open + 1, str_rtrim(str_upto(text, tags)).n - 1), today, arena);
	return words;
}

int head_take_due(struct str *text, civil_day *due, civil_day today, struct arena *arena,
		  struct kith_error *err)
{
	size_t tags = end_tags_at(*text), used = 0, length;
	size_t at = last_due_word(str_upto(*text, tags), &length);
	*due = NO_DAY;
	if (at >= tags)
		return 0;
	civil_day day = NO_DAY;
	struct str words = str_trim(str_slice(*text, at + length, tags));
	enum date_result result = datewords_parse_all(words, today, DATEWORDS_FUTURE, &day);
	if (result == DATE_NONE) {
		words = without_stop(words);
		result = datewords_parse_all(words, today, DATEWORDS_FUTURE, &day);
	}
	if (result == DATE_NONE)
		return 0;
	if (result != DATE_OK) {
		struct str why = datewords_explain(words, result, arena);
		return kith_fail(err, KITH_INVALID, "%.*s", STR_ARG(why));
	}
	/* A time after it is no part of the day, and stays. */
	if (datewords_parse(words, today, DATEWORDS_FUTURE, &day, &used) != DATE_OK)
		return 0;
	struct str left = str_trim(str_upto(*text, at));
	left = join_parts(left, ' ', str_trim(str_from(words, used)), arena);
	*text = join_parts(left, ' ', str_trim(str_from(*text, tags)), arena);
	*due = day;
	return 0;
}
