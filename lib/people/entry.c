#include "people/entry.h"

#include "base/buf.h"
#include "base/text.h"
#include "people/tags.h"

/* `](../Daily/2026-11-20.md "Friday")`, in bytes; what is longer is text. */
#define LONGEST_TAIL 512

/* `-` to `---`, `–` (U+2013) or `—` (U+2014) at the start of s: its bytes; 0 for none. */
static size_t dash_length(struct str s)
{
	size_t hyphens = 0;
	while (hyphens < 3 && str_at(s, hyphens) == '-')
		hyphens++;
	if (hyphens)
		return hyphens;
	bool dash = s.n >= 3 && s.p[0] == '\xE2' && s.p[1] == '\x80' &&
		    (s.p[2] == '\x93' || s.p[2] == '\x94');
	return dash ? 3 : 0;
}

/* The sign of SEP, whatever follows: its bytes; 0 for none. */
static size_t separator_sign(struct str s)
{
	if (s.n && (s.p[0] == ':' || s.p[0] == '|'))
		return 1;
	return str_starts(s, STR("\xC2\xB7")) ? 2 : dash_length(s);
}

size_t entry_separator(struct str s)
{
	size_t sign = separator_sign(s);
	if (sign == 0 || (sign < s.n && !str_is_space_char(s.p[sign])))
		return 0;
	return s.n - str_ltrim_blanks(str_from(s, sign)).n;
}

static bool is_emphasis(char c)
{
	return c == '*' || c == '_';
}

/* Marks of emphasis and of a link around a date: `**[[2026-09-20]]**`. */
static size_t opening_marks(struct str s)
{
	size_t i = 0;
	while (i < s.n && i < 8 && (is_emphasis(s.p[i]) || s.p[i] == '['))
		i++;
	return i;
}

/* The bytes of a wiki link's folders: `Daily/2026/` of `Daily/2026/2026-11-20`. */
static size_t folders_length(struct str s)
{
	struct str target = str_upto(s, str_find_char(s, ']'));
	target = str_upto(target, str_find_char(target, '|'));
	size_t i = target.n;
	while (i > 0 && target.p[i - 1] != '/')
		i--;
	return i;
}

/* `](x.md "Friday")` after a Markdown link's label: its bytes; 0 for none. */
static size_t link_tail(struct str s)
{
	if (!str_starts(s, STR("](")))
		return 0;
	size_t close = str_find_char(str_upto(s, LONGEST_TAIL), ')');
	return close < s.n && close < LONGEST_TAIL ? close + 1 : 0;
}

/* What closes `opened` marks, and a link's label between (`[[2026-09-20|Sunday]]`). */
static size_t closing_marks(struct str s, size_t opened)
{
	size_t i = 0;
	if (opened && s.n && s.p[0] == '|' && str_find(s, STR("]]")) < s.n)
		i = str_find(s, STR("]]"));
	if (opened && link_tail(s))
		i = link_tail(s), opened--;
	while (i < s.n && i < 512 && opened && (is_emphasis(s.p[i]) || s.p[i] == ']')) {
		i++;
		opened--;
	}
	return i;
}

enum date_result entry_begins(struct str content, civil_day *day, size_t *at, size_t *used)
{
	size_t length = 0;
	*at = 0;
	if (content.n < 8 || !(str_is_digit(content.p[0]) || is_emphasis(content.p[0]) ||
			       str_is_alpha(content.p[0]) || content.p[0] == '['))
		return DATE_NONE;
	*at = opening_marks(content);
	if (*at >= 2 && content.p[*at - 1] == '[' && content.p[*at - 2] == '[')
		*at += folders_length(str_from(content, *at));
	enum date_result result = date_parse(str_from(content, *at), day, &length);
	*used = *at + length;
	if (result == DATE_OK && *at)
		*used += closing_marks(str_from(content, *used), opening_marks(content));
	return result;
}

size_t entry_range(struct str s, civil_day *day)
{
	struct str rest = str_ltrim_blanks(s);
	size_t dash = dash_length(rest), at, used;
	civil_day last;
	if (dash == 0)
		return 0;
	struct str after = str_ltrim_blanks(str_from(rest, dash));
	if (str_is_alpha(str_at(after, 0)) || entry_begins(after, &last, &at, &used) != DATE_OK)
		return 0;
	*day = last > *day ? last : *day;
	return s.n - after.n + used;
}

static size_t digit_pair(struct str s, size_t at)
{
	return str_is_digit(str_at(s, at)) && str_is_digit(str_at(s, at + 1)) ? 2 : 0;
}

/* `Z`, `+01:00`, `-0500` */
static size_t zone_length(struct str s)
{
	if (str_at(s, 0) == 'Z')
		return 1;
	if ((str_at(s, 0) != '+' && str_at(s, 0) != '-') || !digit_pair(s, 1))
		return 0;
	size_t n = 3 + (str_at(s, 3) == ':');
	return n + digit_pair(s, n) == 5 + (str_at(s, 3) == ':') ? n + 2 : 0;
}

/* `14:30`, with seconds and a zone perhaps; 0 where it is none. */
static size_t clock_length(struct str s)
{
	size_t hours = str_digits(str_upto(s, 2)), n = hours + 3;
	if (hours == 0 || s.n < n || s.p[hours] != ':' || !str_is_digit(s.p[hours + 1]) ||
	    !str_is_digit(s.p[hours + 2]) || str_number(str_upto(s, hours), 24) < 0 ||
	    s.p[hours + 1] > '5')
		return 0;
	bool seconds = str_at(s, n) == ':' && digit_pair(s, n + 1);
	n += seconds ? 3 : 0;
	if (seconds && str_at(s, n) == '.')
		for (n++; str_is_digit(str_at(s, n));)
			n++;
	/* Without seconds, what follows a hyphen is the time of the end. */
	return n + (seconds || str_at(s, n) != '-' ? zone_length(str_from(s, n)) : 0);
}

/* A time, or a range of them, whatever follows. */
static size_t times_length(struct str s)
{
	size_t n = clock_length(s);
	size_t dash = n ? dash_length(str_from(s, n)) : 0;
	size_t second = dash ? clock_length(str_from(s, n + dash)) : 0;
	return second ? n + dash + second : n;
}

size_t entry_time(struct str s, struct str *time)
{
	size_t skipped = s.n && s.p[0] == 'T' ? 1 : 0;
	struct str rest = str_from(s, skipped);
	size_t n = times_length(rest);
	if (!n ||
	    (n < rest.n && !str_is_space_char(rest.p[n]) && !entry_separator(str_from(rest, n))))
		return 0;
	*time = str_upto(rest, n);
	return skipped + n;
}

/* Whether a word of the settings begins s, in any case; *length: its bytes there. */
static bool begins_with(struct str s, struct str word, struct arena *arena, size_t *length)
{
	*length = word.n;
	if (str_istarts(s, word))
		return true;
	/* Of another script: case may change the number of bytes. */
	if ((unsigned char)word.p[0] < 0x80)
		return false;
	size_t n = 0;
	while (n < s.n && !str_is_space_char(s.p[n]) && !entry_separator(str_from(s, n)))
		n++;
	*length = n;
	return text_same(str_upto(s, n), word, arena);
}

/* CHANNEL at the start of s, whatever follows: its bytes; 0 for none. */
static size_t channel_length(struct str s, const struct config *config, struct arena *arena,
			     struct str *channel)
{
	char first = str_lower(str_at(s, 0));
	for (size_t i = 0; i < config->channels.count && s.n; i++) {
		size_t length;
		char begins = config->channels.items[i].p[0];
		if (((unsigned char)begins < 0x80 && str_lower(begins) != first) ||
		    !begins_with(s, config->channels.items[i], arena, &length))
			continue;
		struct str after = str_from(s, length);
		if (after.n && !str_is_space_char(after.p[0]) && !separator_sign(after) &&
		    !is_emphasis(after.p[0]))
			continue;
		*channel = config->channels.items[i];
		return length;
	}
	return 0;
}

/* `note to self` is none, and neither is `tried the new place`: they say something with a sign. */
static bool needs_sign(struct str channel)
{
	return str_ieq(channel, STR("note")) || str_ieq(channel, STR("tried"));
}

static bool names_people(struct str s)
{
	return str_istarts(s, STR("with ")) && str_ltrim_blanks(str_from(s, 5)).n > 0;
}

size_t entry_channel(struct str s, const struct config *config, struct arena *arena,
		     struct str *channel)
{
	struct str found;
	size_t length = channel_length(s, config, arena, &found);
	struct str after = str_from(s, length), next = str_ltrim_blanks(after);
	bool ends = after.n == 0 || str_is_space_char(after.p[0]) || entry_separator(after);
	bool signed_ = next.n == 0 || entry_separator(next) || names_people(next);
	if (length == 0 || !ends || (needs_sign(found) && !signed_))
		return 0;
	*channel = found;
	return length;
}

/* The first line after the entry's own that holds anything, without marks of lists and headings. */
static struct str first_further_line(const struct entry *entry, struct str image, size_t from)
{
	struct str rest = str_slice(image, from, entry->block.to), line;
	str_next_line(&rest, &line);
	while (str_next_line(&rest, &line)) {
		line = str_trim(line);
		size_t n = 0;
		/* A setext heading's underline. */
		while (n < line.n && (line.p[n] == '=' || line.p[n] == '-'))
			n++;
		if (n == line.n)
			continue;
		if (line.n > 1 && (line.p[0] == '-' || line.p[0] == '*' || line.p[0] == '+') &&
		    str_is_blank_char(line.p[1]))
			line = str_trim(str_from(line, 2));
		if (str_starts(line, STR("# ")) || str_starts(line, STR("##")))
			while (line.n && (line.p[0] == '#' || line.p[0] == ' '))
				line = str_from(line, 1);
		if (line.n)
			return line;
	}
	return STR("");
}

void entry_set_text(struct entry *entry, struct str image, struct str text, struct arena *arena)
{
	const unsigned drop = TAG_PLANNED | TAG_CANCELLED;
	entry->text = tags_strip(text, drop, arena);
	/* Marks of give and ask alone are no text either. */
	const unsigned marks = TAG_GAVE | TAG_GOT | TAG_ASKED;
	bool empty = entry->text.n == 0 ||
		     (entry->text.p[0] == '#' && tags_strip(entry->text, marks, arena).n == 0);
	if (empty)
		entry->text =
		    tags_strip(first_further_line(entry, image, entry->offset), drop, arena);
}

/* Where the reader of a head is, and how many marks of emphasis are open there. */
struct head_cursor {
	struct str rest;
	size_t open;
};

static void skip_head_blanks(struct head_cursor *c)
{
	c->rest = str_ltrim_blanks(c->rest);
}

static void skip_opening(struct head_cursor *c)
{
	size_t n = 0;
	while (n < 3 && n < c->rest.n && is_emphasis(c->rest.p[n]))
		n++;
	c->rest = str_from(c->rest, n);
	c->open += n;
}

static void skip_closing(struct head_cursor *c)
{
	for (; c->open && c->rest.n && is_emphasis(c->rest.p[0]); c->open--)
		c->rest = str_from(c->rest, 1);
}

/* SEP, which may stand within the emphasis (`**call:** x`). */
static bool skip_separator(struct head_cursor *c)
{
	struct head_cursor at = *c;
	skip_closing(&at);
	skip_head_blanks(&at);
	size_t sign = separator_sign(at.rest);
	if (sign == 0)
		return false;
	at.rest = str_from(at.rest, sign);
	skip_closing(&at);
	if (at.rest.n && !str_is_space_char(at.rest.p[0]))
		return false;
	skip_head_blanks(&at);
	*c = at;
	return true;
}

/* Whether a word of the head ends there: before a blank, a SEP or the end. */
static bool ends_word(struct head_cursor at)
{
	skip_closing(&at);
	return at.rest.n == 0 || str_is_space_char(at.rest.p[0]) || skip_separator(&at);
}

/* TIME after a date, with the blanks between; they may lack before a `T` alone. */
static void take_time(struct entry *out, struct head_cursor *c, bool blank)
{
	struct head_cursor at = *c;
	skip_head_blanks(&at);
	bool t = str_at(at.rest, 0) == 'T';
	if (!t && at.rest.p == c->rest.p && !blank)
		return;
	if (!t)
		skip_opening(&at);
	at.rest = str_from(at.rest, t);
	size_t n = times_length(at.rest);
	struct str time = str_upto(at.rest, n);
	at.rest = str_from(at.rest, n);
	if (n == 0 || !ends_word(at))
		return;
	out->time = time;
	*c = at;
}

static void take_channel(struct entry *out, struct head_cursor *c, const struct config *config,
			 struct arena *arena)
{
	struct str channel;
	struct head_cursor at = *c;
	skip_opening(&at);
	size_t n = channel_length(at.rest, config, arena, &channel);
	at.rest = str_from(at.rest, n);
	if (n == 0 || !ends_word(at))
		return;
	struct head_cursor next = at;
	skip_closing(&next);
	skip_head_blanks(&next);
	if (needs_sign(channel) && next.rest.n && !skip_separator(&at) && !names_people(next.rest))
		return;
	out->channel = channel;
	out->note = str_ieq(channel, STR("note"));
	out->tried = str_ieq(channel, STR("tried"));
	*c = next;
}

/* `Sat`, `Saturday`, `Sat.`, `(Sat)` at the start of s, of that day: the bytes; 0 for none. */
static size_t weekday_length(struct str s, civil_day day)
{
	size_t bracket = str_starts(s, STR("(")), n = bracket;
	while (str_is_alpha(str_at(s, n)))
		n++;
	struct str word = str_slice(s, bracket, n);
	int weekday = day_weekday(day);
	if (!str_ieq(word, str_of(weekday_short(weekday))) &&
	    !str_ieq(word, str_of(weekday_long(weekday))))
		return 0;
	n += str_at(s, n) == '.';
	return bracket && str_at(s, n) != ')' ? 0 : n + bracket;
}

static void skip_comma(struct head_cursor *c)
{
	if (str_starts(c->rest, STR(",")) && (c->rest.n == 1 || str_is_space_char(c->rest.p[1])))
		c->rest = str_from(c->rest, 1);
}

/* The day's name after it, and commas; `2026-09-20 Sun was shining` is a text. */
static void skip_weekday(const struct entry *entry, struct head_cursor *c,
			 const struct config *config, struct arena *arena)
{
	struct entry probe = *entry;
	skip_comma(c);
	struct head_cursor at = *c;
	skip_head_blanks(&at);
	size_t n = weekday_length(at.rest, entry->day);
	bool bracket = str_starts(at.rest, STR("("));
	at.rest = str_from(at.rest, n);
	skip_closing(&at);
	struct head_cursor after = at, next = at;
	if (n == 0 || (at.rest.n && !str_is_space_char(at.rest.p[0]) && at.rest.p[0] != ',' &&
		       !skip_separator(&next)))
		return;
	take_time(&probe, &after, false);
	skip_head_blanks(&after);
	take_channel(&probe, &after, config, arena);
	if (!bracket && after.rest.n && !probe.time.n && !probe.channel.n && at.rest.p[0] != ',' &&
	    !names_people(after.rest) && !skip_separator(&after))
		return;
	*c = at;
	skip_comma(c);
}

/* What may stand between DATE and CHANNEL: a day that it reaches to or its name, TIME, SEP. */
static void take_before_channel(struct entry *out, struct head_cursor *c,
				const struct config *config, struct arena *arena)
{
	c->rest = str_from(c->rest, entry_range(c->rest, &out->day));
	skip_weekday(out, c, config, arena);
	take_time(out, c, false);
	skip_closing(c);
	skip_head_blanks(c);
	if (skip_separator(c) && !out->time.n) {
		/* Behind a SEP only before another: `- 14:30 at the station` is a text. */
		struct head_cursor after = *c;
		struct entry timed = *out;
		take_time(&timed, &after, true);
		if (timed.time.n && skip_separator(&after)) {
			out->time = timed.time;
			*c = after;
		}
	}
}

/* What follows DATE; `**x** and y` is a text, which keeps its marks. */
static void read_entry_head(struct entry *out, struct head_cursor *c, const struct config *config,
			    struct arena *arena)
{
	/* Nearly always a word follows that is no name of the day, and no time but for its `T`. */
	char next = str_at(c->rest, 1), weekday = weekday_short(day_weekday(out->day))[0];
	if (str_at(c->rest, 0) != ' ' || !str_is_alpha(next) || next == 'T' ||
	    str_lower(next) == str_lower(weekday))
		take_before_channel(out, c, config, arena);
	skip_head_blanks(c);
	take_channel(out, c, config, arena);
}

/* People, or else the text. */
static void take_head_text(struct entry *out, struct head_cursor *c, struct str image,
			   struct arena *arena)
{
	struct head_cursor at = *c;
	skip_opening(&at);
	if (str_istarts(at.rest, STR("with "))) {
		out->rest = at.rest;
		return;
	}
	(void)skip_separator(c);
	skip_closing(c);
	entry_set_text(out, image, c->rest, arena);
}

/* `2026-10-01 Kickoff]]`: the rest of the line without what closes the link. */
static struct str unlinked(struct str rest, struct arena *arena)
{
	size_t close = str_find(rest, STR("]]"));
	struct buf b;
	if (close == rest.n || str_find(rest, STR("[[")) < close)
		return rest;
	buf_init(&b, 0);
	buf_add(&b, str_upto(rest, close));
	buf_add(&b, str_from(rest, close + 2));
	return arena_take(arena, &b);
}

bool entry_read(struct entry *out, struct str image, struct span content, struct span block,
		const struct config *config, struct arena *arena, struct reporter *reporter)
{
	struct str line = span_str(image, content);
	civil_day day;
	size_t at, used;
	enum date_result result = entry_begins(line, &day, &at, &used);
	if (result == DATE_NONE)
		return false;
	if (result != DATE_OK &&
	    report_wrong_date(reporter, content.from + at, result, str_slice(line, at, used)))
		return false;

	*out = (struct entry){.day = day, .offset = content.from + at, .block = block};
	struct head_cursor c = {str_from(line, used), 0};
	for (size_t i = 0; i < at && is_emphasis(line.p[i]); i++)
		c.open++;
	for (size_t i = used; c.open && i > at && is_emphasis(line.p[i - 1]); i--)
		c.open--;
	bool in_link = at > 1 && str_find(str_upto(line, at), STR("[[")) < at &&
		       str_find(str_slice(line, at, used), STR("]]")) == used - at;
	if (in_link) {
		entry_set_text(out, image, unlinked(c.rest, arena), arena);
		return true;
	}
	read_entry_head(out, &c, config, arena);
	take_head_text(out, &c, image, arena);
	return true;
}

/* Where a date begins that is the last thing in s; s.n for none. */
static size_t last_date(struct str s, civil_day *day)
{
	size_t used, found = s.n;
	for (size_t words = 0, i = s.n; words < 3 && i > 0; words++) {
		i = str_rtrim(str_upto(s, i)).n;
		while (i > 0 && !str_is_blank_char(s.p[i - 1]))
			i--;
		civil_day that;
		size_t bracket = str_at(s, i) == '(' && str_ends(s, STR(")"));
		struct str date = str_slice(s, i + bracket, s.n - bracket);
		if (i == 0 || date_parse(date, &that, &used) != DATE_OK || used < date.n)
			continue;
		*day = that;
		found = i + bracket;
	}
	return found;
}

bool entry_read_behind(struct entry *out, struct str image, struct span content, struct span block,
		       const struct config *config, struct arena *arena)
{
	struct str line = str_rtrim(span_str(image, content));
	civil_day day = NO_DAY;
	size_t at = last_date(line, &day);
	if (at == line.n)
		return false;
	struct str before = str_rtrim(str_upto(line, at));
	while (before.n && str_find_char(STR(",:-("), before.p[before.n - 1]) < 4)
		before = str_rtrim(str_upto(before, before.n - 1));
	size_t last = before.n;
	while (last > 0 && !str_is_blank_char(before.p[last - 1]))
		last--;
	/* `Meeting on 2026-01-02`, `Friday, January 2, 2026` */
	if (str_ieq(str_from(before, last), STR("on")) ||
	    weekday_length(str_from(before, last), day) == before.n - last)
		before = str_rtrim(str_upto(before, last));
	*out = (struct entry){.day = day, .offset = content.from + at, .block = block};
	struct head_cursor c = {before, 0};
	take_channel(out, &c, config, arena);
	take_head_text(out, &c, image, arena);
	return true;
}
