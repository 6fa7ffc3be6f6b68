#include "report/escape.h"

#include <stdbool.h>

/* How far to look back for the start of a line: markers of nested blocks are shorter. */
#define LOOK_BACK 128

/* Before the start and after the end: what stands there is not known. */
#define UNKNOWN (-1)

static bool blank(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool word(int c)
{
	return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int char_at(struct str s, size_t i)
{
	return i < s.n ? (unsigned char)s.p[i] : UNKNOWN;
}

static bool blank_or_end(struct str s, size_t i)
{
	return i >= s.n || blank(char_at(s, i));
}

/*
 * Whether what out's last line holds can be markers of quotes and list items
 * alone. `2026-11-23 ` passes too, which costs a backslash too many at times.
 */
static bool at_block_start(const struct buf *out)
{
	for (size_t back = 0; back < out->n && back < LOOK_BACK; back++) {
		char c = out->p[out->n - 1 - back];
		if (c == '\n' || c == '\r')
			return true;
		if (!digit(c) && !memchr(" \t>-+*.)", c, 8))
			return false;
	}
	return true;
}

/* The index in s of what makes its start a block of another kind, or s.n. */
static size_t block_marker(struct str s, int before)
{
	size_t i = 0;
	switch (char_at(s, 0)) {
	case '>':
	case '=':
	case '*':
	case '_':
		return 0;
	case '#':
		while (char_at(s, i) == '#')
			i++;
		return blank_or_end(s, i) ? 0 : s.n;
	case '-':
	case '+':
		return blank_or_end(s, 1) || s.p[1] == s.p[0] ? 0 : s.n;
	}
	while (digit(char_at(s, i)) && i < 9)
		i++;
	bool numbered = i ? true : digit(before);
	bool ends = char_at(s, i) == '.' || char_at(s, i) == ')';
	return numbered && ends && blank_or_end(s, i + 1) ? i : s.n;
}

/* Where the `#`s and blanks begin that end s: they would close a heading. */
static size_t heading_tail(struct str s)
{
	size_t i = s.n;
	while (i && (s.p[i - 1] == '#' || blank(s.p[i - 1])))
		i--;
	return i;
}

/* Whether the `&` before s begins an entity, or may with what follows s: `&lt`, but not `R&D`. */
static bool begins_entity(struct str s)
{
	size_t start = char_at(s, 0) == '#';
	size_t i = start;
	while (word(char_at(s, i)))
		i++;
	if (i < s.n)
		return i > start && s.p[i] == ';';
	return start || i != 1;
}

static bool doubled(int c, int before, int after)
{
	return before == c || after == c;
}

/* Whether the character c is markup between its two neighbours, wherever on the line. */
static bool is_markup(int c, int before, int after)
{
	bool alone = blank(before) && blank(after);
	switch (c) {
	case '`':
	case '[':
	case ']':
	case '|':
		return true;
	case '\\':
		return !word(after) && !blank(after) && after < 0x80;
	case '<':
		return !blank(after);
	case '*':
		return !alone;
	case '_':
		return !alone && !(word(before) && word(after));
	case '^':
		return blank(before) && !blank(after);
	case '=':
	case '%':
		return doubled(c, before, after);
	case '~':
		return doubled(c, before, after) || (!blank(before) && !word(after));
	case '$':
		return doubled(c, before, after) || (!blank(before) && !digit(after));
	}
	return false;
}

/* The page's own `[text]` before what would make a link or a definition of it. */
static bool follows_bracket(struct str s, int before)
{
	return before == ']' && (char_at(s, 0) == '(' || char_at(s, 0) == ':');
}

static void escape_line(struct buf *out, struct str s)
{
	int before = out->n ? (unsigned char)out->p[out->n - 1] : '\n';
	bool start = at_block_start(out);
	while (start && s.n && (blank(before) || before == '>') && blank(s.p[0]))
		s = str_from(s, 1);
	size_t marker = start ? block_marker(s, before) : s.n;
	if (follows_bracket(s, before))
		marker = 0;
	size_t tail = heading_tail(s), done = 0;
	for (size_t i = 0; i < s.n; before = char_at(s, i++)) {
		int c = char_at(s, i), after = char_at(s, i + 1);
		bool closes = c == '#' && i >= tail && (blank(before) || before == '#');
		bool entity = c == '&' && begins_entity(str_from(s, i + 1));
		if (i != marker && !closes && !entity && !is_markup(c, before, after))
			continue;
		buf_add(out, str_slice(s, done, i));
		buf_addc(out, '\\');
		done = i;
	}
	buf_add(out, str_from(s, done));
}

void escape_markdown(struct buf *out, struct str s)
{
	for (size_t end; s.n; s = str_from(s, end + 1)) {
		for (end = 0; end < s.n && s.p[end] != '\n' && s.p[end] != '\r'; end++)
			;
		escape_line(out, str_upto(s, end));
		buf_add(out, str_slice(s, end, end + 1));
	}
}

static const char *html_entity(char c)
{
	return c == '&'   ? "&amp;"
	       : c == '<' ? "&lt;"
	       : c == '>' ? "&gt;"
	       : c == '"' ? "&quot;"
			  : NULL;
}

void escape_html(struct buf *out, struct str s)
{
	size_t done = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *entity = html_entity(s.p[i]);
		if (!entity)
			continue;
		buf_add(out, str_slice(s, done, i));
		buf_addz(out, entity);
		done = i + 1;
	}
	buf_add(out, str_from(s, done));
}

static bool is_path_safe(unsigned char c, bool ascii)
{
	return (c >= 0x80 && !ascii) || str_is_alpha((char)c) || str_is_digit((char)c) ||
	       str_find_char(STR("-._~/@!$'+,;=:"), (char)c) < 14;
}

void escape_path(struct buf *out, struct str path, bool ascii)
{
	for (size_t i = 0; i < path.n; i++) {
		if (is_path_safe((unsigned char)path.p[i], ascii))
			buf_addc(out, path.p[i]);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)path.p[i]);
	}
}
