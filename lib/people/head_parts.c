/*
 * A head is read from left to right, each part as far as it goes; what counts
 * is whether that reaches the head's end.
 */
#include "people/head_parts.h"

#include "people/entry.h"
#include "people/link.h"
#include "people/people.h"

static bool at_gap(struct str s, size_t i)
{
	return i >= s.n || str_is_blank_char(s.p[i]);
}

static size_t skip_blanks(struct str s, size_t i)
{
	return s.n - str_ltrim_blanks(str_from(s, i)).n;
}

static size_t word_end(struct str s, size_t i)
{
	while (!at_gap(s, i))
		i++;
	return i;
}

struct str head_first_word(struct str s)
{
	return str_upto(s, word_end(s, 0));
}

size_t head_colon_at(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ':' && at_gap(s, i + 1))
			return i;
	return s.n;
}

/* --- People after `with` --- */

/* What stands between two people at i, with the blanks after it; 0 for nothing. */
static size_t joint_at(struct str s, size_t i)
{
	struct str rest = str_from(s, i);
	size_t n = people_joint(rest);
	bool comma = n && (rest.p[0] == ',' || rest.p[0] == ';');
	bool alone =
	    (i == 0 || str_is_blank_char(s.p[i - 1])) && n < rest.n && str_is_blank_char(rest.p[n]);
	return n && (comma || alone) ? skip_blanks(rest, n) : 0;
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

bool head_are_names(const struct head_source *s, const struct strs *names)
{
	const struct head_line *line = s->line;
	for (size_t i = 0; i < names->count; i++) {
		struct str name = names->items[i];
		if (head_first_word(name).n < name.n &&
		    !(line->knows && line->knows(line->context, name)))
			return false;
	}
	return true;
}

size_t head_single_names(struct str s)
{
	size_t i = word_end(s, 0);
	for (;;) {
		size_t next = skip_blanks(s, i);
		size_t joint = joint_at(s, next);
		bool comma = i > 0 && (s.p[i - 1] == ',' || s.p[i - 1] == ';');
		if (next >= s.n || (!joint && !comma) || next + joint >= s.n)
			return i;
		i = word_end(s, next + joint);
	}
}

/* --- A head --- */

enum date_result head_date_at(const struct head_source *s, struct str text, civil_day *day,
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
	if (head_date_at(s, text, &day, &used) != DATE_OK)
		return true;
	p->head.day = day;
	p->head.dated = true;
	p->date_end = p->at = used;
	/* `friday, 12:30 lunch` */
	if (used < text.n && text.p[used] == ',' && at_gap(text, used + 1))
		p->at++;
	return at_gap(text, p->at) || text.p[p->at] == 'T';
}

static bool read_time(struct head_parts *p, struct str text)
{
	size_t from = skip_blanks(text, p->at);
	if (from == text.n || (text.p[from] == 'T' && !p->head.dated))
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
	size_t from = skip_blanks(text, p->at);
	size_t n = entry_channel(str_from(text, from), s->config, s->arena, &p->head.channel);
	if (n && at_gap(text, from + n))
		p->at = from + n;
	else
		p->head.channel = STR("");
}

/* `with` and people, to the text's end. */
static void read_people(struct head_parts *p, const struct head_source *s, struct str text)
{
	size_t from = skip_blanks(text, p->at);
	struct str rest = str_from(text, from);
	if (!str_istarts(rest, STR("with")) || rest.n < 5 || !at_gap(rest, 4))
		return;
	p->people = str_trim(str_from(rest, 4));
	if (split_people(&p->head.with, p->people, s->arena))
		p->at = text.n;
}

/* Behind SEP, which may stand after a day or a time. */
static size_t skip_separator(struct str text, size_t at)
{
	size_t from = skip_blanks(text, at);
	size_t n = entry_separator(str_from(text, from));
	return n ? from + n : at;
}

void head_read_parts(struct head_parts *p, const struct head_source *s, struct str text, bool date)
{
	*p = (struct head_parts){.head = {.day = s->today}};
	p->head.time = p->head.channel = p->head.text = STR("");
	p->head.unknown_channel = p->head.kept_date = STR("");
	if ((date && !read_date(p, s, text)) || !read_time(p, text))
		return;
	if (p->at)
		p->at = skip_separator(text, p->at);
	read_channel(p, s, text);
	read_people(p, s, text);
	p->all = skip_blanks(text, p->at) == text.n;
}
