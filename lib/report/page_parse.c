#include <stdlib.h>

#include "base/mem.h"
#include "report/ids.h"
#include "report/page.h"

/* Takes a line off, its line end included. */
static bool take_line(struct str *rest, struct str *line)
{
	if (rest->n == 0)
		return false;
	*line = str_upto(*rest, str_find_char(*rest, '\n') + 1);
	*rest = str_from(*rest, line->n);
	return true;
}

static size_t indent_of(struct str line)
{
	size_t n = 0;
	while (n < line.n && str_is_blank_char(line.p[n]))
		n++;
	return n;
}

static bool is_blank(struct str line)
{
	return str_trim(line).n == 0;
}

/* Past a bullet and the blanks after it. */
static struct str after_bullet(struct str s)
{
	if (s.n > 1 && (s.p[0] == '-' || s.p[0] == '*' || s.p[0] == '+') &&
	    str_is_blank_char(s.p[1]))
		return str_ltrim(str_from(s, 1));
	return s;
}

/* `*all of it*`, perhaps as an item: no other `*` that is not escaped. */
static bool is_italic(struct str line)
{
	struct str s = after_bullet(str_trim(line));
	if (s.n < 3 || (s.p[0] != '*' && s.p[0] != '_') || s.p[s.n - 1] != s.p[0] ||
	    s.p[1] == s.p[0])
		return false;
	for (size_t i = 1; i + 1 < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '*' && s.p[0] == '*')
			return false;
		if (i + 1 >= s.n)
			return false;
	}
	return true;
}

static bool is_heading(struct str line)
{
	return str_starts(line, STR("# ")) || str_starts(line, STR("## "));
}

static bool is_fence(struct str line)
{
	struct str s = str_ltrim(line);
	return str_starts(s, STR("```")) || str_starts(s, STR("~~~"));
}

static bool is_item(struct str line)
{
	struct str s = str_ltrim(line);
	return indent_of(line) < 4 && after_bullet(s).n < s.n && id_at_end(line).p;
}

struct parsing {
	struct str rest;
	struct arena *arena;
	struct page_chunk *chunks;
	size_t count, cap;
	struct page_section *sections;
	size_t sections_count, sections_cap;
	bool fenced;
};

static void push(struct parsing *p, struct page_chunk chunk)
{
	p->chunks = mem_grow(p->chunks, p->count, &p->cap, sizeof(*p->chunks));
	p->chunks[p->count++] = chunk;
}

/* An item with its nested lines; blank lines at its end are not its own. */
static void take_item(struct parsing *p, struct str head)
{
	struct page_line *lines = NULL;
	size_t count = 0, cap = 0, kept = 0;
	size_t indent = indent_of(head);
	struct str rest = p->rest, line, after = rest;
	while (take_line(&rest, &line)) {
		bool fence = is_fence(line);
		if (!is_blank(line) && indent_of(line) <= indent && !p->fenced)
			break;
		p->fenced = p->fenced != fence;
		lines = mem_grow(lines, count, &cap, sizeof(*lines));
		lines[count++] = (struct page_line){line, !p->fenced && !fence && is_italic(line)};
		if (!is_blank(line)) {
			kept = count;
			after = rest;
		}
	}
	p->rest = after;
	push(p, (struct page_chunk){.kind = CHUNK_ITEM,
				    .head = head,
				    .id = id_at_end(head),
				    .lines = arena_copy(p->arena, lines, kept, sizeof(*lines)),
				    .count = kept});
	free(lines);
}

static void end_section(struct parsing *p, struct str heading)
{
	p->sections =
	    mem_grow(p->sections, p->sections_count, &p->sections_cap, sizeof(*p->sections));
	p->sections[p->sections_count++] = (struct page_section){
	    .heading = heading,
	    .chunks = arena_copy(p->arena, p->chunks, p->count, sizeof(*p->chunks)),
	    .count = p->count};
	p->count = 0;
}

static struct str take_front(struct str *rest)
{
	struct str start = *rest, line;
	struct str after = *rest;
	if (!take_line(&after, &line) || !str_eq(str_rtrim(line), STR("---")))
		return STR("");
	while (take_line(&after, &line))
		if (str_eq(str_rtrim(line), STR("---"))) {
			*rest = after;
			return str_upto(start, start.n - after.n);
		}
	return STR("");
}

void page_parse(struct page *page, struct str bytes, struct arena *arena)
{
	struct parsing p = {.rest = bytes, .arena = arena};
	struct str line, heading = STR("");
	page->front = take_front(&p.rest);
	while (take_line(&p.rest, &line)) {
		bool fence = is_fence(line);
		if (fence)
			p.fenced = !p.fenced;
		if (p.fenced || fence) {
			push(&p, (struct page_chunk){.kind = CHUNK_OWN, .head = line});
		} else if (is_heading(line)) {
			end_section(&p, heading);
			heading = line;
		} else if (is_item(line)) {
			take_item(&p, line);
		} else {
			enum chunk_kind kind = is_blank(line)    ? CHUNK_BLANK
					       : is_italic(line) ? CHUNK_KITH
								 : CHUNK_OWN;
			push(&p, (struct page_chunk){.kind = kind, .head = line});
		}
	}
	end_section(&p, heading);
	page->sections = arena_copy(arena, p.sections, p.sections_count, sizeof(*p.sections));
	page->count = p.sections_count;
	free(p.chunks);
	free(p.sections);
}

bool page_is_review(const struct page *page)
{
	struct str rest = page->front, line;
	while (str_next_line(&rest, &line))
		if (str_eq(str_rtrim(line), STR("kith: review")))
			return true;
	return false;
}

bool page_has_ids(const struct page *page)
{
	for (size_t s = 0; s < page->count; s++)
		for (size_t c = 0; c < page->sections[s].count; c++)
			if (page->sections[s].chunks[c].kind == CHUNK_ITEM)
				return true;
	return false;
}

bool page_has_idless_tasks(const struct page *page)
{
	for (size_t s = 0; s < page->count; s++)
		for (size_t c = 0; c < page->sections[s].count; c++) {
			const struct page_chunk *chunk = &page->sections[s].chunks[c];
			if (chunk->kind == CHUNK_OWN &&
			    str_starts(after_bullet(str_ltrim(chunk->head)), STR("[ ]")))
				return true;
		}
	return false;
}

bool page_item_is_touched(const struct page_chunk *item)
{
	struct str box = after_bullet(str_ltrim(item->head));
	if (!str_starts(box, STR("[ ]")))
		return true;
	for (size_t i = 0; i < item->count; i++)
		if (!item->lines[i].kith && !is_blank(item->lines[i].text))
			return true;
	return false;
}
