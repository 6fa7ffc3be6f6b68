/*
 * Input: a byte for the form and whether paths are links, and a text. Nothing may crash, and the
 * HTML of it has no element and no attribute but those that Markdown makes, and leads where a page
 * may.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/text.h"
#include "note/markdown.h"
#include "note/note.h"

static void must_be_html(bool holds)
{
	if (!holds)
		abort();
}

static bool is_one_of(struct str word, const char *words)
{
	for (struct str rest = str_of(words); rest.n;) {
		struct str one = str_upto(rest, str_find_char(rest, ' '));
		if (str_eq(word, one))
			return true;
		rest = str_from(rest, one.n + 1);
	}
	return false;
}

static void check_attribute(struct str name, struct str value, bool files)
{
	must_be_html(is_one_of(name, "href title class start"));
	must_be_html(str_find_char(value, '<') == value.n && str_find_char(value, '>') == value.n);
	if (str_eq(name, STR("class")))
		must_be_html(str_starts(value, STR("language-")));
	if (!str_eq(name, STR("href")))
		return;
	bool known = str_istarts(value, STR("http://")) || str_istarts(value, STR("https://")) ||
		     str_istarts(value, STR("mailto:")) || str_istarts(value, STR("tel:"));
	must_be_html(known || (files && str_find_char(value, ':') == value.n &&
			       !str_starts(value, STR("/"))));
}

/* What stands between `<` and `>`. */
static void check_tag(struct str tag, bool files)
{
	bool closes = str_starts(tag, STR("/"));
	struct str name = str_from(tag, closes), rest;
	if (str_ends(name, STR(" /")))
		name.n -= 2;
	rest = str_from(name, str_find_char(name, ' '));
	name = str_upto(name, str_find_char(name, ' '));
	must_be_html(
	    is_one_of(name, "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong a hr br"));
	while (rest.n) {
		size_t equals = str_find_char(rest, '=');
		must_be_html(rest.p[0] == ' ' && equals + 1 < rest.n && rest.p[equals + 1] == '"');
		struct str key = str_slice(rest, 1, equals), value = str_from(rest, equals + 2);
		value = str_upto(value, str_find_char(value, '"'));
		check_attribute(key, value, files);
		rest = str_from(rest, equals + 2 + value.n + 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data + 1, size - 1};
	if (size < 1 || text_invalid_at(text) < text.n || note_costly(text))
		return 0;
	bool files = data[0] & 1, line = data[0] & 2;
	struct arena scratch;
	struct buf html;
	arena_init(&scratch);
	buf_init(&html, 0);
	if (line)
		text = text_line(text, &scratch);
	markdown_add_html(&html, text, line ? MARKDOWN_LINE : MARKDOWN_BLOCKS, files, &scratch);
	struct str rest = buf_str(&html);
	for (size_t at; (at = str_find_char(rest, '<')) < rest.n;) {
		rest = str_from(rest, at + 1);
		size_t end = str_find_char(rest, '>');
		must_be_html(end < rest.n);
		check_tag(str_upto(rest, end), files);
		rest = str_from(rest, end + 1);
	}
	buf_release(&html);
	arena_release(&scratch);
	return 0;
}
