#include "people/entry.h"

#include "base/text.h"
#include "people/tags.h"

/* `-`, `–` (U+2013) or `—` (U+2014) at the start of s: its bytes; 0 for none. */
static size_t dash_length(struct str s)
{
	if (s.n == 0)
		return 0;
	if (s.p[0] == '-')
		return 1;
	bool dash = s.n >= 3 && s.p[0] == '\xE2' && s.p[1] == '\x80' &&
		    (s.p[2] == '\x93' || s.p[2] == '\x94');
	return dash ? 3 : 0;
}

size_t entry_separator(struct str s)
{
	size_t sign = s.n && s.p[0] == ':' ? 1 : dash_length(s);
	if (sign == 0 || (sign < s.n && !str_is_space_char(s.p[sign])))
		return 0;
	return s.n - str_ltrim_blanks(str_from(s, sign)).n;
}

/* Marks of emphasis and of a link around a date: `**[[2026-09-20]]**`. */
static size_t opening_marks(struct str s)
{
	size_t i = 0;
	while (i < s.n && i < 8 && (s.p[i] == '*' || s.p[i] == '_' || s.p[i] == '['))
		i++;
	return i;
}

/* What closes them, and a link's label between (`[[2026-09-20|Sunday]]`). */
static size_t closing_marks(struct str s, size_t opened)
{
	size_t i = 0;
	if (opened && s.n && s.p[0] == '|')
		i = str_find(s, STR("]]"));
	while (i < s.n && i < 512 && opened && (s.p[i] == '*' || s.p[i] == '_' || s.p[i] == ']')) {
		i++;
		opened--;
	}
	return i;
}

enum date_result entry_begins(struct str content, civil_day *day, size_t *at, size_t *used)
{
	size_t length = 0;
	*at = 0;
	if (content.n < 8 || !(str_is_digit(content.p[0]) || content.p[0] == '*' ||
			       content.p[0] == '_' || content.p[0] == '['))
		return DATE_NONE;
	*at = opening_marks(content);
	enum date_result result = date_parse(str_from(content, *at), day, &length);
	*used = *at + length;
	if (result == DATE_OK)
		*used += closing_marks(str_from(content, *used), *at);
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
	if (entry_begins(after, &last, &at, &used) != DATE_OK)
		return 0;
	*day = last > *day ? last : *day;
	return s.n - after.n + used;
}

/* `14:30`, with seconds and a zone perhaps; 0 where it is none. */
static size_t clock_length(struct str s)
{
	size_t hours = 0;
	while (hours < s.n && hours < 2 && str_is_digit(s.p[hours]))
		hours++;
	size_t n = hours + 3;
	if (hours == 0 || s.n < n || s.p[hours] != ':' || !str_is_digit(s.p[hours + 1]) ||
	    !str_is_digit(s.p[hours + 2]) || str_number(str_upto(s, hours), 24) < 0 ||
	    s.p[hours + 1] > '5')
		return 0;
	if (n + 2 < s.n && s.p[n] == ':' && str_is_digit(s.p[n + 1]) && str_is_digit(s.p[n + 2]))
		n += 3;
	if (n < s.n && s.p[n] == 'Z')
		n++;
	return n;
}

size_t entry_time(struct str s, struct str *time)
{
	size_t skipped = s.n && s.p[0] == 'T' ? 1 : 0;
	struct str rest = str_from(s, skipped);
	size_t n = clock_length(rest);
	size_t dash = n ? dash_length(str_from(rest, n)) : 0;
	size_t second = dash ? clock_length(str_from(rest, n + dash)) : 0;
	if (second)
		n += dash + second;
	if (!n ||
	    (n < rest.n && !str_is_space_char(rest.p[n]) && !entry_separator(str_from(rest, n))))
		return 0;
	*time = str_upto(rest, n);
	return skipped + n;
}

/* TIME after a date, with the blanks between; they may lack before a `T` alone. */
static size_t parse_time(struct str s, struct str *time)
{
	struct str rest = str_ltrim_blanks(s);
	size_t blanks = s.n - rest.n;
	if (rest.n == 0 || (rest.p[0] != 'T' && (blanks == 0 || !str_is_digit(rest.p[0]))))
		return 0;
	size_t n = entry_time(rest, time);
	return n ? blanks + n : 0;
}

/* Whether a word of the settings begins s, in any case; *length: its bytes there. */
static bool begins_with(struct str s, struct str word, struct arena *arena, size_t *length)
{
	*length = word.n;
	if (s.n == 0 ||
	    ((unsigned char)word.p[0] < 0x80 && str_lower(s.p[0]) != str_lower(word.p[0])))
		return false;
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

size_t entry_channel(struct str s, const struct config *config, struct arena *arena,
		     struct str *channel)
{
	for (size_t i = 0; i < config->channels.count; i++) {
		size_t length;
		if (!begins_with(s, config->channels.items[i], arena, &length))
			continue;
		struct str after = str_from(s, length);
		if (after.n && !str_is_space_char(after.p[0]) && !entry_separator(after))
			continue;
		*channel = config->channels.items[i];
		return length;
	}
	return 0;
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

bool entry_read(struct entry *out, struct str image, struct span content, struct span block,
		const struct config *config, struct arena *arena, struct reporter *reporter)
{
	struct str line = span_str(image, content);
	civil_day day;
	size_t at, used;
	enum date_result result = entry_begins(line, &day, &at, &used);
	struct str written = str_slice(line, at, used);
	if (result == DATE_NONE)
		return false;
	if (report_wrong_date(reporter, content.from + at, result, written))
		return false;

	*out = (struct entry){.day = day, .offset = content.from + at, .block = block};
	struct str rest = str_from(line, used);
	rest = str_from(rest, entry_range(rest, &out->day));
	rest = str_ltrim_blanks(str_from(rest, parse_time(rest, &out->time)));
	rest = str_from(rest, entry_separator(rest));
	rest = str_ltrim_blanks(str_from(rest, entry_channel(rest, config, arena, &out->channel)));
	out->note = str_ieq(out->channel, STR("note"));
	out->tried = str_ieq(out->channel, STR("tried"));
	if (str_istarts(rest, STR("with ")))
		out->rest = rest;
	else
		entry_set_text(out, image, str_from(rest, entry_separator(rest)), arena);
	return true;
}
