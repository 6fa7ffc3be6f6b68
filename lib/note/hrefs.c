#include "note/hrefs.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "note/markdown.h"
#include "note/quick.h"

/* In bytes; what is longer is text. */
#define LONGEST_HREF 4096

/* ---- what may be a link, by its bytes ---- */

struct href_scan {
	struct str image;
	struct hrefs *out;
	href_wanted *wanted;
	void *context;
	struct arena *arena;
};

static int hex_value(char c)
{
	if (str_is_digit(c))
		return c - '0';
	c = str_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_punctuation(char c)
{
	return c > ' ' && c < 0x7f && !str_is_alpha(c) && !str_is_digit(c);
}

/* `ada%20byron.md`, `ada\-byron.md`, `tom&amp;co.md` as they are meant. */
static struct str decode_target(struct str s, enum href_kind kind, struct arena *arena)
{
	char *p = arena_bytes(arena, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; n++) {
		bool coded = s.p[i] == '%' && hex_value(str_at(s, i + 1)) >= 0 &&
			     hex_value(str_at(s, i + 2)) >= 0;
		bool escaped =
		    s.p[i] == '\\' && kind != HREF_HTML && is_punctuation(str_at(s, i + 1));
		bool amp = str_starts(str_from(s, i), STR("&amp;"));
		p[n] = coded ? (char)(hex_value(s.p[i + 1]) * 16 + hex_value(s.p[i + 2]))
			     : s.p[i + escaped];
		i += coded ? 3 : amp ? 5 : 1 + (size_t)escaped;
	}
	return (struct str){p, n};
}

static void add_href(struct href_scan *s, struct span at, enum href_kind kind, bool angle)
{
	struct str raw = span_str(s->image, at);
	struct href href = {
	    .at = {at.from, at.from + str_find_char(raw, '#')}, .kind = kind, .angle = angle};
	raw = str_trim(span_str(s->image, href.at));
	struct arena_mark mark = arena_mark(s->arena);
	bool coded = kind != HREF_WIKI && (memchr(raw.p, '%', raw.n) ||
					   memchr(raw.p, '\\', raw.n) || memchr(raw.p, '&', raw.n));
	href.target = coded ? decode_target(raw, kind, s->arena) : raw;
	href.at = (struct span){(size_t)(raw.p - s->image.p), (size_t)(raw.p - s->image.p) + raw.n};
	if (raw.n == 0 || str_line(raw) < raw.n || !s->wanted(s->context, &href)) {
		arena_rewind(s->arena, mark);
		return;
	}
	s->out->items =
	    mem_grow(s->out->items, s->out->count, &s->out->cap, sizeof(*s->out->items));
	s->out->items[s->out->count++] = href;
}

static bool is_escaped(struct str image, size_t at)
{
	size_t marks = 0;
	while (marks < at && image.p[at - marks - 1] == '\\')
		marks++;
	return marks % 2;
}

/* Behind `[[`. Its label may go over a line's end, but not over a blank line. */
static void scan_wiki(struct href_scan *s, size_t at)
{
	struct str rest = str_upto(str_from(s->image, at), LONGEST_HREF);
	size_t n = 0, bar = SIZE_MAX;
	while (n + 1 < rest.n && !(rest.p[n] == ']' && rest.p[n + 1] == ']')) {
		bool blank =
		    rest.p[n] == '\n' &&
		    str_trim(str_upto(str_from(rest, n + 1), str_line(str_from(rest, n + 1)))).n ==
			0;
		if ((rest.p[n] == '[' && rest.p[n + 1] == '[') || blank)
			return;
		bar = rest.p[n] == '|' && bar == SIZE_MAX ? n : bar;
		n++;
	}
	if (n + 1 >= rest.n)
		return;
	size_t to = bar < n ? bar : n;
	/* In a table the bar is written with a backslash. */
	to -= bar < n && to > 0 && rest.p[to - 1] == '\\';
	add_href(s, (struct span){at, at + to}, HREF_WIKI, false);
}

/* Where a target begins behind `](` or `]:`: perhaps on the next line, of a quote too. */
static size_t skip_to_target(struct str image, size_t at)
{
	size_t ends = 0;
	for (; at < image.n && ends < 2; at++) {
		bool quote = ends && image.p[at] == '>';
		if (!str_is_space_char(image.p[at]) && !quote)
			break;
		ends += image.p[at] == '\n';
	}
	return at;
}

static void scan_target(struct href_scan *s, size_t at, enum href_kind kind)
{
	at = skip_to_target(s->image, at);
	struct str rest = str_upto(str_from(s->image, at), LONGEST_HREF);
	bool angle = str_at(rest, 0) == '<';
	size_t n = angle, depth = 0;
	for (; n < rest.n; n++) {
		char c = rest.p[n];
		if (c == '\\' && n + 1 < rest.n && is_punctuation(rest.p[n + 1])) {
			n++;
		} else if (angle ? c == '>' || c == '\n' : str_is_space_char(c)) {
			break;
		} else if (!angle && c == ')') {
			if (depth-- == 0)
				break;
		} else if (!angle) {
			depth += c == '(';
		}
	}
	add_href(s, (struct span){at + angle, at + n}, kind, angle);
}

/* `href="` or `src='` ends at that place. */
static void scan_html(struct href_scan *s, size_t at)
{
	struct str before = str_slice(s->image, at < 6 ? 0 : at - 6, at - 1);
	struct str rest = str_upto(str_from(s->image, at), LONGEST_HREF);
	size_t n = str_find_char(rest, s->image.p[at - 1]);
	if (n < rest.n && (str_ends(before, STR("href=")) || str_ends(before, STR("src="))))
		add_href(s, (struct span){at, at + n}, HREF_HTML, true);
}

static void scan_hrefs(struct href_scan *s)
{
	struct str image = s->image;
	for (size_t i = 0; i + 2 < image.n; i++) {
		char c = image.p[i], next = image.p[i + 1];
		if (c == '[' && next == '[' && !is_escaped(image, i))
			scan_wiki(s, i + 2);
		else if (c == ']' && next == '(')
			scan_target(s, i + 2, HREF_MARKDOWN);
		else if (c == ']' && next == ':')
			scan_target(s, i + 2, HREF_DEFINITION);
		else if (c == '=' && (next == '"' || next == '\''))
			scan_html(s, i + 2);
	}
}

/* ---- which of them are links, by what cmark makes of words in their place ---- */

/* A word in the place of a link's target, or of `%%`. */
struct href_word {
	struct span at;
	struct href *href; /* NULL for `%%`, which begins and ends a comment of Obsidian's */
};

struct judging {
	struct str image, prefix;
	struct buf text; /* with the words */
	struct href_word *words;
	size_t count, cap;
};

/* `[^1]: [[ada]]` is a footnote; cmark takes it for a definition. */
static bool begins_footnote(struct str image, size_t at)
{
	if (image.p[at] != '[' || str_at(image, at + 1) != '^')
		return false;
	size_t from = at;
	while (from > 0 && (str_is_blank_char(image.p[from - 1]) || image.p[from - 1] == '>'))
		from--;
	return str_begins_line(image, from);
}

static size_t mask_one(struct judging *j, struct span at, struct href *href)
{
	j->words = mem_grow(j->words, j->count, &j->cap, sizeof(*j->words));
	buf_printf(&j->text, "%.*s%zuz", STR_ARG(j->prefix), j->count);
	j->words[j->count++] = (struct href_word){at, href};
	return at.to;
}

static void mask_hrefs(struct judging *j, struct span at, struct href *hrefs, size_t count)
{
	for (size_t i = at.from, next = 0; i < at.to;) {
		if (next < count && hrefs[next].at.from <= i) {
			struct href *href = &hrefs[next++];
			i = href->at.from == i ? mask_one(j, href->at, href) : i;
		} else if (str_starts(str_from(j->image, i), STR("%%"))) {
			i = mask_one(j, (struct span){i, i + 2}, NULL);
		} else {
			buf_addc(&j->text, begins_footnote(j->image, i) ? '(' : j->image.p[i]);
			i++;
		}
	}
}

/* Whether a comment may go from one `%%` to the other: over a blank line only from a line's start.
 */
static bool joins_comment(struct str image, struct span open, struct span close)
{
	size_t line = str_line_start(image, open.from);
	if (str_trim(str_slice(image, line, open.from)).n == 0)
		return true;
	struct str rest = str_slice(image, open.to, close.from), text;
	(void)str_next_line(&rest, &text);
	while (str_next_line(&rest, &text) && rest.n)
		if (str_trim(text).n == 0)
			return false;
	return true;
}

/* What stands between `%%` and `%%` leads nowhere. */
static void drop_in_comments(struct judging *j, enum markdown_place *places)
{
	size_t open = SIZE_MAX;
	for (size_t i = 0; i < j->count; i++) {
		if (j->words[i].href || places[i] != MARKDOWN_TEXT)
			continue;
		if (open == SIZE_MAX ||
		    !joins_comment(j->image, j->words[open].at, j->words[i].at)) {
			open = i;
			continue;
		}
		for (; open < i; open++)
			places[open] = MARKDOWN_ELSEWHERE;
		open = SIZE_MAX;
	}
}

static bool is_link_at(enum href_kind kind, enum markdown_place place)
{
	switch (kind) {
	case HREF_WIKI:
		return place == MARKDOWN_TEXT;
	case HREF_HTML:
		return place == MARKDOWN_HTML;
	case HREF_DEFINITION:
		return place == MARKDOWN_TARGET || place == MARKDOWN_GONE;
	default:
		return place == MARKDOWN_TARGET;
	}
}

/* Letters that stand nowhere in the text; p == NULL where that is hard to find. */
static struct str free_prefix(struct str text)
{
	static const char letters[] = "kithlinkqqqqqqqq";
	for (size_t n = strlen("kithlink"); n < sizeof(letters); n++)
		if (str_find(text, (struct str){letters, n}) == text.n)
			return (struct str){letters, n};
	return STR_NONE;
}

/* Of the hrefs in that stretch, those that are no links get no target. */
static void judge_stretch(struct str image, struct span at, struct href *hrefs, size_t count,
			  struct arena *arena)
{
	struct judging j = {.image = image, .prefix = free_prefix(span_str(image, at))};
	if (!j.prefix.p || note_costly(span_str(image, at))) {
		for (size_t i = 0; i < count; i++)
			hrefs[i].unsure = true;
		return;
	}
	buf_init(&j.text, 0);
	mask_hrefs(&j, at, hrefs, count);
	enum markdown_place *places = ARENA_ARRAY(arena, enum markdown_place, j.count);
	markdown_find_words(places, j.count, j.prefix, buf_str(&j.text), arena);
	drop_in_comments(&j, places);
	for (size_t i = 0; i < j.count; i++)
		if (j.words[i].href && !is_link_at(j.words[i].href->kind, places[i]))
			j.words[i].href->target = STR_NONE;
	buf_release(&j.text);
	free(j.words);
}

/* ---- front matter: only in values ---- */

struct front_judging {
	struct str image;
	struct href *hrefs;
	size_t count, next; /* next: of the one that is looked for */
	bool broken;        /* the front matter is not all read */
	struct arena *arena;
};

/* Up to an offset they stand in no value that was read: in a comment, say. */
static void pass_values(struct front_judging *f, size_t to)
{
	for (; f->next < f->count && f->hrefs[f->next].at.from < to; f->next++)
		if (f->broken)
			f->hrefs[f->next].unsure = true;
		else
			f->hrefs[f->next].target = STR_NONE;
}

/* `"see [[ada]]"`, and `[[ada]]` itself, of which YAML makes a list in a list. */
static void judge_scalar(struct front_judging *f, struct span at)
{
	pass_values(f, at.from);
	size_t first = f->next;
	for (; f->next < f->count && f->hrefs[f->next].at.from < at.to; f->next++)
		;
	bool bare = first < f->next && f->hrefs[first].at.from == at.from;
	if (first < f->next && !bare)
		judge_stretch(f->image, at, f->hrefs + first, f->next - first, f->arena);
}

/* Of a map every other node is a key, which leads nowhere. Recursion ends at the reader's limit. */
static void judge_values(struct front_judging *f, const struct yaml_node *parent)
{
	bool key = parent->kind == YAML_MAP;
	for (const struct yaml_node *node = parent->first; node; node = node->next) {
		if (node->kind != YAML_SCALAR)
			judge_values(f, node);
		else if (!key)
			judge_scalar(f, node->span);
		else
			pass_values(f, node->span.to);
		key = parent->kind == YAML_MAP && !key;
	}
}

static void judge_front(const struct note *note, struct href *hrefs, size_t count,
			struct arena *arena)
{
	struct reporter quiet = reporter_quiet(note->image);
	const struct yaml_node *map =
	    note_reader_quick.front(note->image, note->front, arena, &quiet);
	struct front_judging f = {note->image, hrefs, count, 0, quiet.told > 0, arena};
	if (map)
		judge_values(&f, map);
	pass_values(&f, note->body);
}

void hrefs_find(struct hrefs *out, struct str image, href_wanted *wanted, void *context,
		struct arena *arena)
{
	struct href_scan scan = {image, out, wanted, context, arena};
	struct note note;
	size_t front = 0, kept = 0;
	*out = (struct hrefs){.count = 0};
	scan_hrefs(&scan);
	if (out->count == 0)
		return;
	(void)note_split(&note, image);
	while (front < out->count && out->items[front].at.from < note.body)
		front++;
	if (front)
		judge_front(&note, out->items, front, arena);
	if (front < out->count)
		judge_stretch(image, (struct span){note.body, image.n}, out->items + front,
			      out->count - front, arena);
	for (size_t i = 0; i < out->count; i++)
		if (out->items[i].target.p)
			out->items[kept++] = out->items[i];
	out->count = kept;
}
