#include "report/page.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "people/link.h"
#include "report/ids.h"

/* Takes a line off, its line end included. */
static bool take_page_line(struct str *rest, struct str *line)
{
	if (rest->n == 0)
		return false;
	*line = str_upto(*rest, str_full_line(*rest));
	*rest = str_from(*rest, line->n);
	return true;
}

static bool is_part_of_word(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || (unsigned char)c >= 0x80;
}

/* Past a code span that begins at i; i itself where there is none. */
static size_t after_code(struct str s, size_t i)
{
	size_t ticks = 0;
	while (i + ticks < s.n && s.p[i + ticks] == '`')
		ticks++;
	for (size_t j = i + ticks, run = 0; ticks && j < s.n; j++) {
		run = s.p[j] == '`' ? run + 1 : 0;
		if (run == ticks && (j + 1 == s.n || s.p[j + 1] != '`'))
			return j + 1;
	}
	return i;
}

/* `*all of it*`, perhaps as an item: the first mark is closed by the last, and by no other. */
bool page_is_italic(struct str line)
{
	struct str s = line_after_bullet(str_trim(line));
	char mark = s.n ? s.p[0] : '\0';
	if (s.n < 3 || (mark != '*' && mark != '_') || s.p[1] == mark ||
	    str_is_blank_char(s.p[1]) || str_is_blank_char(s.p[s.n - 2]))
		return false;
	size_t i = 1, spans = 0;
	while (i + 1 < s.n) {
		/* So many that looking for their ends would take long are no line of kith's. */
		size_t after = s.p[i] == '`' && spans++ < 64 ? after_code(s, i) : i;
		bool inside =
		    mark == '_' && is_part_of_word(s.p[i - 1]) && is_part_of_word(s.p[i + 1]);
		if (after > i)
			i = after;
		else if (s.p[i] == '\\')
			i += 2;
		else if (s.p[i] == mark && !inside)
			return false;
		else
			i++;
	}
	return i + 1 == s.n && s.p[i] == mark;
}

/* `## Ahead`, `## Ahead ##`: the name and the level; 0 for any other line. */
static int hash_heading(struct str line, struct str *name)
{
	int level = str_starts(line, STR("# ")) ? 1 : str_starts(line, STR("## ")) ? 2 : 0;
	*name = str_trim(str_from(line, level ? (size_t)level : line.n));
	size_t n = name->n;
	while (n > 0 && name->p[n - 1] == '#')
		n--;
	if (n == 0 || str_is_blank_char(name->p[n - 1]))
		*name = str_rtrim(str_upto(*name, n));
	return level;
}

/* 1 or 2 where a line of `=` or `-` makes a heading of the line above it; else 0. */
static int underline_level(struct str line)
{
	struct str s = str_rtrim(line);
	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] != s.p[0])
			return 0;
	return s.n < 2 ? 0 : s.p[0] == '=' ? 1 : s.p[0] == '-' ? 2 : 0;
}

/* The marks of a line that may open or close fenced code; 0 for any other line. */
static size_t fence_of(struct str line, char *mark, bool *bare)
{
	struct str s = str_trim(line);
	size_t n = 0;
	*mark = s.n ? s.p[0] : '\0';
	if (*mark != '`' && *mark != '~')
		return 0;
	while (n < s.n && s.p[n] == *mark)
		n++;
	*bare = n == s.n;
	bool code = *mark == '`' && str_find_char(str_from(s, n), '`') < s.n - n;
	return n < 3 || code ? 0 : n;
}

/* Whether it is an item's first line; of several lines, only one with a box. */
static bool is_page_item(struct str line)
{
	struct str s = str_ltrim_blanks(line), text = line_after_bullet(s);
	bool box = text.n > 2 && text.p[0] == '[' && text.p[2] == ']';
	return line_indent(line) < 4 && text.n < s.n && id_in_line(line).p &&
	       (box || str_full_line(line) == line.n);
}

/* So many lines one was wrapped to, at most. */
#define WRAPPED_MAX 24

/* Text that goes on with the paragraph above it. */
static bool goes_on_below(struct str line)
{
	struct str s = str_trim(line);
	char mark;
	bool bare;
	return s.n && !line_has_bullet(line) && str_find_char(STR("#><"), s.p[0]) == 3 &&
	       !fence_of(line, &mark, &bare);
}

/*
 * A line, and those after it in rest over which another program wrapped it: as far as something
 * is so of all of them together. The line alone where that is nowhere so.
 */
static struct str with_wrapped(struct str line, struct str rest, bool (*is)(struct str))
{
	struct str all = line, next;
	if (is(line) || line_is_blank(line))
		return line;
	for (int i = 0; i < WRAPPED_MAX && take_page_line(&rest, &next) && goes_on_below(next);
	     i++) {
		all.n += next.n;
		if (is(all))
			return all;
	}
	return line;
}

/* Lines as one; with its line end where it is one. */
static struct str as_one_line(struct str lines, struct arena *arena)
{
	struct buf b;
	struct str line;
	if (str_full_line(lines) == lines.n)
		return lines;
	buf_init(&b, 0);
	for (bool first = true; take_page_line(&lines, &line); first = false) {
		buf_addz(&b, first ? "" : " ");
		buf_add(&b, first ? str_rtrim(line) : str_trim(line));
	}
	return arena_take(arena, &b);
}

struct parsing {
	struct str rest;
	struct arena *arena;
	struct page_chunk *chunks;
	size_t count, cap;
	struct page_section section; /* the one that is being read */
	struct page_section *sections;
	size_t sections_count, sections_cap;
	size_t unclosed;
};

/* So many fences without an end are looked for; after that a fence is text. */
#define UNCLOSED_MAX 64

/*
 * How many bytes of rest belong to the code that line opens, with the line
 * that closes it; 0 where it opens none. A fence that is never closed is text:
 * one slip of a person's must not hide the whole page. within: only lines
 * that are indented deeper belong to it; SIZE_MAX: all.
 */
static size_t fenced_bytes(struct parsing *p, struct str line, struct str rest, size_t within)
{
	char mark, closing;
	bool bare;
	size_t length = fence_of(line, &mark, &bare), all = rest.n;
	if (length == 0 || p->unclosed >= UNCLOSED_MAX)
		return 0;
	while (take_page_line(&rest, &line)) {
		if (within != SIZE_MAX && !line_is_blank(line) && line_indent(line) <= within)
			break;
		if (fence_of(line, &closing, &bare) >= length && closing == mark && bare)
			return all - rest.n;
	}
	p->unclosed++;
	return 0;
}

static void add_page_chunk(struct parsing *p, struct page_chunk chunk)
{
	chunk.says = as_one_line(chunk.head, p->arena);
	chunk.id = chunk.kind == CHUNK_ITEM ? id_in_line(chunk.says) : STR_NONE;
	p->chunks = mem_grow(p->chunks, p->count, &p->cap, sizeof(*p->chunks));
	p->chunks[p->count++] = chunk;
}

/* Text that goes on with the paragraph above it, though it is not indented. */
static bool is_lazy(struct str line, struct str above)
{
	struct str s = str_ltrim_blanks(line);
	char mark;
	bool bare;
	return !line_is_blank(above) && !line_is_blank(line) && line_after_bullet(s).n == s.n &&
	       str_find_char(STR("#><"), s.p[0]) == 3 && !str_is_digit(s.p[0]) &&
	       !fence_of(line, &mark, &bare) && !page_is_italic(line);
}

/* An item with its nested lines; blank lines at its end are not its own. */
static void take_page_item(struct parsing *p, struct str head)
{
	struct page_line *lines = NULL;
	size_t count = 0, cap = 0, kept = 0;
	size_t indent = line_indent(head);
	struct str rest = p->rest, line, after = rest;
	size_t code = 0;    /* so many bytes of rest are code */
	size_t italics = 0; /* and so many are of one line in italics */
	bool own = false;
	while (take_page_line(&rest, &line)) {
		if (!line_is_blank(line) && line_indent(line) <= indent && !italics &&
		    !is_lazy(line, count ? lines[count - 1].text : head))
			break;
		bool text = code == 0;
		if (text)
			code = fenced_bytes(p, line, rest, indent) + line.n;
		code -= line.n;
		lines = mem_grow(lines, count, &cap, sizeof(*lines));
		struct str whole = with_wrapped(line, rest, page_is_italic);
		bool kith = text && !own && (italics || page_is_italic(whole));
		italics = !kith ? 0 : italics ? italics - line.n : whole.n - line.n;
		own = own || (!kith && !line_is_blank(line));
		lines[count++] = (struct page_line){line, kith, !text};
		if (!line_is_blank(line)) {
			kept = count;
			after = rest;
		}
	}
	p->rest = after;
	add_page_chunk(
	    p, (struct page_chunk){.kind = CHUNK_ITEM,
				   .head = head,
				   .lines = arena_copy(p->arena, lines, kept, sizeof(*lines)),
				   .count = kept});
	free(lines);
}

/* The next section, up to its heading, has that one. */
static void end_page_section(struct parsing *p, struct page_section next)
{
	p->section.chunks = arena_copy(p->arena, p->chunks, p->count, sizeof(*p->chunks));
	p->section.count = p->count;
	p->sections =
	    mem_grow(p->sections, p->sections_count, &p->sections_cap, sizeof(*p->sections));
	p->sections[p->sections_count++] = p->section;
	p->section = next;
	p->count = 0;
}

/* A line that is a heading, or the next line makes one of it; that one is taken, too. */
static bool take_page_heading(struct parsing *p, struct str line)
{
	struct page_section next = {.heading = line};
	bool alone = p->count == 0 || p->chunks[p->count - 1].kind == CHUNK_BLANK;
	char first = line.n ? line.p[0] : ' ';
	next.level = hash_heading(line, &next.name);
	if (!next.level && alone && !line_is_blank(line) && !line_has_bullet(line) &&
	    !str_is_blank_char(first) && first != '>' && first != '<' && !page_is_italic(line)) {
		struct str rest = p->rest, under;
		if (take_page_line(&rest, &under) && (next.level = underline_level(under)) > 0) {
			next.name = str_trim(line);
			next.heading.n += under.n;
			p->rest = rest;
		}
	}
	if (next.level)
		end_page_section(p, next);
	return next.level > 0;
}

static struct str take_page_front(struct str *rest)
{
	struct str start = *rest, line;
	struct str after = *rest;
	if (str_starts(after, STR("\xEF\xBB\xBF")))
		after = str_from(after, 3);
	if (!take_page_line(&after, &line) || !str_eq(str_rtrim(line), STR("---")))
		return STR("");
	while (take_page_line(&after, &line))
		if (str_eq(str_rtrim(line), STR("---"))) {
			*rest = after;
			return str_upto(start, start.n - after.n);
		}
	return STR("");
}

static void take_page_line_or_item(struct parsing *p, struct str line)
{
	struct str item = with_wrapped(line, p->rest, is_page_item);
	struct str italics = with_wrapped(line, p->rest, page_is_italic);
	if (is_page_item(item)) {
		p->rest = str_from(p->rest, item.n - line.n);
		take_page_item(p, item);
		return;
	}
	/* What is indented belongs to something of the person's. */
	bool kith = line_indent(line) == 0 && page_is_italic(italics);
	struct str head = kith ? italics : line;
	p->rest = str_from(p->rest, head.n - line.n);
	add_page_chunk(p, (struct page_chunk){.kind = line_is_blank(line) ? CHUNK_BLANK
						      : kith              ? CHUNK_KITH
									  : CHUNK_OWN,
					      .head = head});
}

void page_parse(struct page *page, struct str bytes, struct arena *arena)
{
	struct parsing p = {.rest = bytes, .arena = arena};
	struct str line;
	page->front = take_page_front(&p.rest);
	size_t code = 0; /* so many bytes of rest are code */
	while (take_page_line(&p.rest, &line)) {
		bool text = code == 0;
		if (text)
			code = fenced_bytes(&p, line, p.rest, SIZE_MAX) + line.n;
		code -= line.n;
		if (!text || code) {
			add_page_chunk(&p, (struct page_chunk){
					       .kind = CHUNK_OWN, .head = line, .code = !text});
		} else if (take_page_heading(&p, line)) {
			continue;
		} else {
			take_page_line_or_item(&p, line);
		}
	}
	end_page_section(&p, (struct page_section){.level = 0});
	page->sections = arena_copy(arena, p.sections, p.sections_count, sizeof(*p.sections));
	page->count = p.sections_count;
	free(p.chunks);
	free(p.sections);
}

bool page_is_front_key(struct str line, const char *key)
{
	return str_starts(line, str_of(key)) && str_starts(str_from(line, strlen(key)), STR(":"));
}

struct str page_front_lines(struct str front, const char *key)
{
	struct str all = front, line;
	while (str_next_line(&front, &line)) {
		if (page_is_front_key(line, key)) {
			size_t n = str_full_line(all);
			for (size_t at = n; at < all.n; at += str_full_line(str_from(all, at))) {
				struct str next = str_from(all, at);
				bool more = str_is_blank_char(next.p[0]) || next.p[0] == '-';
				if (str_trim(str_upto(next, str_line(next))).n == 0)
					continue;
				if (!more || str_starts(next, STR("---")))
					break;
				n = at + str_full_line(next);
			}
			return str_upto(all, n);
		}
		all = front;
	}
	return STR("");
}

/* Of `[r-krzn5ew`, `  - "r-krzn5ew"`: the text alone. */
static struct str bare_text(struct str s)
{
	s = str_trim(line_after_bullet(str_trim(s)));
	while (s.n && str_find_char(STR("[]\"'"), s.p[0]) < 4)
		s = str_ltrim(str_from(s, 1));
	while (s.n && str_find_char(STR("[]\"'"), s.p[s.n - 1]) < 4)
		s = str_rtrim(str_upto(s, s.n - 1));
	return s;
}

struct strs page_front_list(struct str front, const char *key, struct arena *arena)
{
	struct str rest = page_front_lines(front, key), line;
	struct strs list = {NULL, 0};
	size_t most = 1;
	rest = str_from(rest, rest.n ? strlen(key) + 1 : 0);
	for (size_t i = 0; i < rest.n; i++)
		most += rest.p[i] == ',' || rest.p[i] == '\n';
	list.items = ARENA_ARRAY(arena, struct str, most);
	while (str_next_line(&rest, &line)) {
		while (line.n) {
			struct str one = str_upto(line, str_find_char(line, ','));
			line = str_from(line, one.n + 1 < line.n ? one.n + 1 : line.n);
			one = bare_text(one);
			if (one.n)
				list.items[list.count++] = one;
		}
	}
	return list;
}

bool page_is_review(const struct page *page)
{
	struct str rest = page->front, line;
	while (str_next_line(&rest, &line))
		if (str_eq(str_rtrim(line), STR("kith: review")))
			return true;
	return false;
}

const struct page_chunk *page_find_item(const struct page *page, struct str id)
{
	for (size_t s = 0; s < page->count; s++)
		for (size_t c = 0; c < page->sections[s].count; c++)
			if (page->sections[s].chunks[c].kind == CHUNK_ITEM &&
			    str_eq(page->sections[s].chunks[c].id, id))
				return &page->sections[s].chunks[c];
	return NULL;
}

bool page_has_ids(const struct page *page)
{
	for (size_t s = 0; s < page->count; s++)
		for (size_t c = 0; c < page->sections[s].count; c++)
			if (page->sections[s].chunks[c].kind == CHUNK_ITEM)
				return true;
	return false;
}

bool page_has_idless_tasks(const struct page_section *section)
{
	for (size_t c = 0; c < section->count; c++) {
		const struct page_chunk *chunk = &section->chunks[c];
		if (chunk->kind == CHUNK_OWN && !id_in_line(chunk->head).p &&
		    str_find(chunk->head, STR("](")) < chunk->head.n &&
		    str_starts(line_after_bullet(str_ltrim_blanks(chunk->head)), STR("[ ]")))
			return true;
	}
	return false;
}

struct str page_nested_line(const struct page_chunk *item, struct str line, struct arena *arena)
{
	struct str head = str_ltrim_blanks(item->head), bare = str_ltrim_blanks(line);
	struct str text = line_after_bullet(bare);
	struct str before = str_upto(item->head, item->head.n - head.n);
	if (text.n == bare.n)
		return arena_printf(arena, "%.*s%.*s", STR_ARG(before), STR_ARG(line));
	for (size_t i = 0; i < item->count; i++) {
		struct str nested = item->lines[i].text, s = str_ltrim_blanks(nested);
		size_t n = nested.n - line_after_bullet(s).n;
		if (!item->lines[i].code && line_after_bullet(s).n < s.n)
			return arena_printf(arena, "%.*s%.*s", STR_ARG(str_upto(nested, n)),
					    STR_ARG(text));
	}
	return arena_printf(arena, "%.*s  %c %.*s", STR_ARG(before),
			    line_after_bullet(head).n < head.n ? head.p[0] : '-', STR_ARG(text));
}

/* Whether a person's first line holds more than `**[name](path)**`: words written beside it. */
static bool has_more_than_a_name(const struct page_chunk *item)
{
	struct str s = str_from(line_after_bullet(str_ltrim_blanks(item->says)), strlen("[ ]"));
	s = str_trim(str_upto(s, (size_t)(item->id.p - 1 - s.p)));
	struct link link;
	size_t used;
	if (s.n > PAGE_HEAD_MAX || !str_starts(s, STR("**[")) || !str_ends(s, STR(")**")))
		return true;
	s = str_slice(s, 2, s.n - 2);
	return !link_parse(s, &link, &used) || !link.markdown || used < s.n;
}

bool page_item_is_touched(const struct page_chunk *item)
{
	struct str box = line_after_bullet(str_ltrim_blanks(item->says));
	const char *end = item->id.p + item->id.n;
	if (!str_starts(box, STR("[ ]")) || (item->id.p[0] == 'r' && has_more_than_a_name(item)) ||
	    str_trim(str_from(item->says, (size_t)(end - item->says.p))).n)
		return true;
	for (size_t i = 0; i < item->count; i++)
		if (!item->lines[i].kith && !line_is_blank(item->lines[i].text))
			return true;
	return false;
}
