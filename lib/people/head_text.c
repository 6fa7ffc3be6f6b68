#include "base/text.h"
#include "people/head_parts.h"

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

int head_check_text(struct str text, struct kith_error *err)
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

struct str head_plain_lines(struct str text, struct arena *arena)
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

bool head_is_tag_byte(char c)
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
		    (n == s.n || !head_is_tag_byte(s.p[n])))
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

size_t head_tags_at(struct str s)
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

struct str head_joined(struct str a, char between, struct str b, struct arena *arena)
{
	if (a.n == 0 || b.n == 0)
		return a.n ? a : b;
	return arena_printf(arena, "%.*s%c%.*s", STR_ARG(a), between, STR_ARG(b));
}
