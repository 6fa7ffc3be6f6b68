#include "people/link.h"

/* In bytes; what is longer is text. */
#define LONGEST_LINK 4096

static bool parse_wiki(struct str s, struct link *out, size_t *used)
{
	s = str_upto(s, LONGEST_LINK);
	size_t end = 2 + str_find(str_from(s, 2), STR("]]"));
	struct str inner = str_slice(s, 2, end);
	if (end == s.n || inner.n == 0 || str_line(inner) < inner.n ||
	    str_find(inner, STR("[[")) < inner.n)
		return false;
	size_t bar = str_find_char(inner, '|');
	struct str target = str_upto(inner, bar);
	out->label = bar < inner.n ? str_trim(str_from(inner, bar + 1)) : STR_NONE;
	/* In a table the bar is written with a backslash. */
	if (bar < inner.n && str_ends(target, STR("\\")))
		target.n--;
	out->target = str_trim(str_upto(target, str_find_char(target, '#')));
	out->markdown = false;
	*used = end + 2;
	return true;
}

/* The end of a bracketed text that begins at s, with pairs inside; s.n where it does not close. */
static size_t closing(struct str s, char open, char close)
{
	size_t depth = 0;
	for (size_t i = 0; i < s.n && s.p[i] != '\n' && s.p[i] != '\r' && i < LONGEST_LINK; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == open)
			depth++;
		else if (s.p[i] == close && --depth == 0)
			return i;
	}
	return s.n;
}

static bool has_scheme(struct str path)
{
	size_t colon = str_find_char(path, ':'), slash = str_find_char(path, '/');
	return colon < path.n && colon < slash;
}

/* Where a title may begin behind a path: a blank, and a quote or bracket that the end closes. */
static struct str without_title(struct str path)
{
	char last = path.n ? path.p[path.n - 1] : '\0';
	char open = last == ')' ? '(' : last;
	for (size_t i = 0; (last == '"' || last == '\'' || last == ')') && i + 2 < path.n; i++)
		if (str_is_space_char(path.p[i]) && path.p[i + 1] == open)
			return str_rtrim(str_upto(path, i));
	return path;
}

static bool parse_markdown(struct str s, struct link *out, size_t *used)
{
	size_t close = closing(s, '[', ']');
	if (close + 1 >= s.n || s.p[close + 1] != '(')
		return false;
	struct str rest = str_from(s, close + 1);
	size_t end = closing(rest, '(', ')');
	if (end == rest.n)
		return false;
	struct str path = without_title(str_trim(str_slice(rest, 1, end)));
	if (path.n > 1 && path.p[0] == '<' && path.p[path.n - 1] == '>')
		path = str_slice(path, 1, path.n - 1);
	path = str_upto(path, str_find_char(path, '#'));
	if (path.n == 0 || has_scheme(path))
		return false;
	*out = (struct link){.target = path, .label = str_slice(s, 1, close), .markdown = true};
	*used = close + 1 + end + 1;
	return true;
}

bool link_parse(struct str s, struct link *out, size_t *used)
{
	if (s.n < 4 || s.p[0] != '[')
		return false;
	if (s.p[1] == '[' && parse_wiki(s, out, used))
		return true;
	return parse_markdown(s, out, used);
}

/* Where the first `]]` or `](` stands, from `at` on; s.n where none does. */
static size_t find_close(struct str s, size_t at)
{
	while ((at += str_find_char(str_from(s, at), ']')) + 1 < s.n && s.p[at + 1] != ']' &&
	       s.p[at + 1] != '(')
		at++;
	return at + 1 < s.n ? at : s.n;
}

bool link_at(struct str line, size_t at, size_t *close, struct link *out, size_t *used)
{
	if (line.p[at] != '[')
		return false;
	if (*close <= at)
		*close = find_close(line, at + 1);
	return *close < line.n && *close - at < LONGEST_LINK &&
	       link_parse(str_from(line, at), out, used);
}

static int hex(char c)
{
	if (str_is_digit(c))
		return c - '0';
	c = str_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str link_decode(struct str path, struct arena *arena)
{
	if (str_find_char(path, '%') == path.n)
		return path;
	char *p = arena_bytes(arena, path.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < path.n; i++) {
		bool coded = path.p[i] == '%' && i + 2 < path.n && hex(path.p[i + 1]) >= 0 &&
			     hex(path.p[i + 2]) >= 0;
		p[n++] = coded ? (char)(hex(path.p[i + 1]) * 16 + hex(path.p[i + 2])) : path.p[i];
		i += coded ? 2 : 0;
	}
	return (struct str){p, n};
}

struct str link_text(struct str s)
{
	struct link link;
	size_t used;
	struct str trimmed = str_trim(s);
	if (!link_parse(trimmed, &link, &used) || used != trimmed.n)
		return s;
	return link.label.p ? link.label : link.target;
}

struct str link_target(struct str s)
{
	struct link link;
	size_t used;
	return link_parse(s, &link, &used) ? link.target : s;
}
