/*
 * The merge walks the old page and copies it; at kith's own places it puts
 * in what the new page says. So what is the person's cannot get lost: only
 * what is recognised as kith's is ever left out.
 */
#include "report/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct merge {
	struct buf *out;
	struct page old, made;
	page_fate_of *fate;
	void *context;
	bool crlf; /* how the old page ends its lines */
};

static struct str section_name(const struct page_section *section)
{
	struct str s = str_trim(section->heading);
	while (s.n && s.p[0] == '#')
		s = str_from(s, 1);
	return str_trim(s);
}

static bool is_title(const struct page_section *section)
{
	return str_starts(section->heading, STR("# "));
}

static const struct page_section *find_section(const struct page *page, struct str name)
{
	for (size_t i = 0; i < page->count; i++)
		if (str_starts(page->sections[i].heading, STR("## ")) &&
		    str_eq(section_name(&page->sections[i]), name))
			return &page->sections[i];
	return NULL;
}

static const struct page_chunk *find_item(const struct page *page, struct str id)
{
	for (size_t s = 0; s < page->count; s++)
		for (size_t c = 0; c < page->sections[s].count; c++) {
			const struct page_chunk *chunk = &page->sections[s].chunks[c];
			if (chunk->kind == CHUNK_ITEM && str_eq(chunk->id, id))
				return chunk;
		}
	return NULL;
}

/* A line with the old page's line end. */
static void add_line(struct merge *m, struct str line)
{
	buf_add(m->out, str_rtrim(line));
	buf_addz(m->out, m->crlf ? "\r\n" : "\n");
}

static void add_bytes(struct merge *m, struct str line)
{
	buf_add(m->out, line);
	/* The last line of a file may lack its end. */
	if (line.n && line.p[line.n - 1] != '\n')
		buf_addz(m->out, m->crlf ? "\r\n" : "\n");
}

/* One blank line before what follows, unless it stands there. */
static void ensure_blank(struct merge *m)
{
	struct str s = buf_str(m->out);
	if (s.n && !str_ends(s, STR("\n\n")) && !str_ends(s, STR("\n\r\n")))
		buf_addz(m->out, m->crlf ? "\r\n" : "\n");
}

static void add_new_item(struct merge *m, const struct page_chunk *item)
{
	add_line(m, item->head);
	for (size_t i = 0; i < item->count; i++)
		add_line(m, item->lines[i].text);
}

/* The first line to the byte, kith's italics anew, and the person's lines where they stand. */
static void add_old_item(struct merge *m, const struct page_chunk *item,
			 const struct page_chunk *made, const struct page_fate *fate)
{
	add_bytes(m, item->head);
	for (size_t i = 0; made && i < made->count; i++)
		add_line(m, made->lines[i].text);
	for (size_t i = 0; !made && i < fate->count; i++) {
		buf_printf(m->out, "  - *%.*s*%s", STR_ARG(fate->lines[i]),
			   m->crlf ? "\r\n" : "\n");
	}
	for (size_t i = 0; i < item->count; i++)
		if (!item->lines[i].kith)
			add_bytes(m, item->lines[i].text);
}

/* New items that come right after `after` in the new section (NULL: at its start). */
static void add_followers(struct merge *m, const struct page_section *made,
			  const struct page_chunk *after)
{
	size_t i = 0;
	if (!made)
		return;
	while (after && i < made->count && &made->chunks[i] != after)
		i++;
	i += after ? 1 : 0;
	for (; i < made->count; i++) {
		const struct page_chunk *chunk = &made->chunks[i];
		if (chunk->kind != CHUNK_ITEM)
			continue;
		if (find_item(&m->old, chunk->id))
			return;
		add_new_item(m, chunk);
	}
}

/* kith's lines of a section: from the first to the last, with the blank lines between. */
static void add_kith_lines(struct merge *m, const struct page_section *made)
{
	size_t first = made->count, last = 0;
	for (size_t i = 0; i < made->count; i++)
		if (made->chunks[i].kind == CHUNK_KITH) {
			first = i < first ? i : first;
			last = i + 1;
		}
	for (size_t i = first; i < last; i++)
		if (made->chunks[i].kind != CHUNK_ITEM)
			add_line(m, made->chunks[i].head);
}

static bool has_kith_lines(const struct page_section *section)
{
	for (size_t i = 0; section && i < section->count; i++)
		if (section->chunks[i].kind == CHUNK_KITH)
			return true;
	return false;
}

/* Whether anything of the section stays: an item, or a line of the person's. */
static bool has_own(struct merge *m, const struct page_section *section)
{
	for (size_t i = 0; i < section->count; i++) {
		const struct page_chunk *chunk = &section->chunks[i];
		if (chunk->kind == CHUNK_OWN)
			return true;
		if (chunk->kind != CHUNK_ITEM)
			continue;
		if (find_item(&m->made, chunk->id) || page_item_is_touched(chunk) ||
		    !m->fate(m->context, chunk).drop)
			return true;
	}
	return false;
}

/* Whether the next chunk that is not blank, from i on, is one of kith's lines. */
static bool kith_line_follows(const struct page_section *section, size_t i)
{
	while (i < section->count && section->chunks[i].kind == CHUNK_BLANK)
		i++;
	return i < section->count && section->chunks[i].kind == CHUNK_KITH;
}

static bool has_item(const struct page_section *section)
{
	for (size_t i = 0; i < section->count; i++)
		if (section->chunks[i].kind == CHUNK_ITEM)
			return true;
	return false;
}

/* Where the items that come first in the new section go: before the first old one. */
struct placing {
	bool began;      /* the first item of the section is written */
	bool lines_done; /* kith's lines are */
};

static void merge_item(struct merge *m, const struct page_section *made,
		       const struct page_chunk *chunk, struct placing *at)
{
	const struct page_chunk *again = find_item(&m->made, chunk->id);
	struct page_fate fate = {0};
	if (!at->began)
		add_followers(m, made, NULL);
	at->began = true;
	if (!again) {
		fate = m->fate(m->context, chunk);
		if (fate.drop && !page_item_is_touched(chunk))
			return;
	}
	add_old_item(m, chunk, again, &fate);
	if (again)
		add_followers(m, made, again);
}

/* kith's line in the old section: the first one gives its place to all the new ones. */
static void merge_kith_line(struct merge *m, const struct page_section *made, struct placing *at)
{
	if (!at->lines_done && has_kith_lines(made)) {
		ensure_blank(m);
		add_kith_lines(m, made);
	}
	at->lines_done = true;
}

static void merge_section(struct merge *m, const struct page_section *old,
			  const struct page_section *made)
{
	struct placing at = {false, false};
	bool items = has_item(old);
	add_bytes(m, old->heading);
	for (size_t i = 0; i < old->count; i++) {
		const struct page_chunk *chunk = &old->chunks[i];
		switch (chunk->kind) {
		case CHUNK_ITEM:
			merge_item(m, made, chunk, &at);
			break;
		case CHUNK_KITH:
			if (!items && !at.began) {
				/* A section of lines until now may hold items from now on. */
				at.began = true;
				ensure_blank(m);
				add_followers(m, made, NULL);
			}
			merge_kith_line(m, made, &at);
			break;
		case CHUNK_BLANK:
			/* Blank lines between kith's lines come with the new ones. */
			if (!(kith_line_follows(old, i) && (at.lines_done || items)))
				add_bytes(m, chunk->head);
			break;
		case CHUNK_OWN:
			add_bytes(m, chunk->head);
			break;
		}
	}
	if (!at.began && made && has_item(made)) {
		ensure_blank(m);
		add_followers(m, made, NULL);
	}
	if (!at.lines_done && made)
		merge_kith_line(m, made, &at);
}

static void add_section(struct merge *m, const struct page_section *made)
{
	size_t last = made->count;
	ensure_blank(m);
	add_line(m, made->heading);
	while (last > 0 && made->chunks[last - 1].kind == CHUNK_BLANK)
		last--;
	for (size_t i = 0; i < last; i++) {
		const struct page_chunk *chunk = &made->chunks[i];
		if (chunk->kind != CHUNK_ITEM)
			add_line(m, chunk->head);
		else if (!find_item(&m->old, chunk->id))
			add_new_item(m, chunk);
	}
}

/* Whether a section of the new page has something that the old page does not hold elsewhere. */
static bool is_news(struct merge *m, const struct page_section *made)
{
	for (size_t i = 0; i < made->count; i++) {
		const struct page_chunk *chunk = &made->chunks[i];
		if (chunk->kind == CHUNK_KITH ||
		    (chunk->kind == CHUNK_ITEM && !find_item(&m->old, chunk->id)))
			return true;
	}
	return false;
}

/* Sections of the new page that follow the one at `from` there and that the old page lacks. */
static void add_new_sections(struct merge *m, size_t from)
{
	for (size_t i = from; i < m->made.count; i++) {
		const struct page_section *made = &m->made.sections[i];
		if (!str_starts(made->heading, STR("## ")))
			continue;
		if (find_section(&m->old, section_name(made)))
			return;
		if (is_news(m, made))
			add_section(m, made);
	}
}

static bool is_key(struct str line, const char *key)
{
	return str_starts(line, str_of(key)) && str_starts(str_from(line, strlen(key)), STR(":"));
}

static struct str front_line(struct str front, const char *key)
{
	struct str line;
	while (str_next_line(&front, &line))
		if (is_key(line, key))
			return line;
	return STR("");
}

/* Only the day it was made moves on: `applied` is remembered, and own keys are the person's. */
static void merge_front(struct merge *m)
{
	struct str rest = m->old.front;
	while (rest.n) {
		struct str line = str_upto(rest, str_find_char(rest, '\n') + 1);
		rest = str_from(rest, line.n);
		if (is_key(line, "generated"))
			add_line(m, front_line(m->made.front, "generated"));
		else
			add_bytes(m, line);
	}
}

/* Where a section stands among the new page's; the count where it is the person's own. */
static size_t place_of(const struct merge *m, const struct page_section *old)
{
	for (size_t i = 0; i < m->made.count; i++)
		if (str_starts(old->heading, STR("## ")) &&
		    str_starts(m->made.sections[i].heading, STR("## ")) &&
		    str_eq(section_name(&m->made.sections[i]), section_name(old)))
			return i;
	return m->made.count;
}

/* The sections kith writes, for headings that the new page has no need of. */
static bool is_kiths(struct str name)
{
	static const char *const names[] = {"This week",    "Reach out",      "Ahead",
					    "Just passed",  "Did it happen?", "Waiting for",
					    "What changed", "Give and ask",   "Drifting",
					    "Last week",    "A year ago",     "Needs a look"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(name, str_of(names[i])))
			return true;
	return false;
}

static void merge_sections(struct merge *m)
{
	bool titled = false, began = false;
	for (size_t i = 0; i < m->old.count; i++) {
		const struct page_section *old = &m->old.sections[i];
		size_t place = place_of(m, old);
		const struct page_section *made =
		    place < m->made.count ? &m->made.sections[place] : NULL;
		bool head = old->heading.n == 0 || (is_title(old) && !titled);
		titled = titled || is_title(old);
		/* The quiet line of the head goes with the quiet. */
		if (head && is_title(old))
			made = m->made.count > 1 ? &m->made.sections[1] : NULL;
		if (!head && !began) {
			add_new_sections(m, 0);
			began = true;
		}
		if (!head && !made && is_kiths(section_name(old)) && !has_own(m, old))
			continue;
		if (!head && place < m->made.count)
			ensure_blank(m);
		merge_section(m, old, made);
		if (!head && place < m->made.count)
			add_new_sections(m, place + 1);
	}
	if (!began)
		add_new_sections(m, 0);
}

int page_merge(struct buf *out, struct str old, struct str made, page_fate_of *fate, void *context,
	       struct kith_error *err)
{
	struct arena arena;
	struct merge m = {.out = out, .fate = fate, .context = context};
	int result = 0;
	arena_init(&arena);
	page_parse(&m.old, old, &arena);
	page_parse(&m.made, made, &arena);
	m.crlf = str_find(old, STR("\r\n")) < old.n;
	if (!page_is_review(&m.old))
		result = kith_fail(err, KITH_INVALID,
				   "there is a file of another kind in its place; "
				   "move it away, or write elsewhere with -o FILE");
	else if ((!page_has_ids(&m.old) && page_has_idless_tasks(&m.old)) ||
		 (!page_has_ids(&m.made) && page_has_idless_tasks(&m.made)))
		result =
		    kith_fail(err, KITH_INVALID,
			      "the page that is there would be overwritten: it comes from a "
			      "template without ids (^{{id}}), so what you did in it cannot be "
			      "kept; move it away, or write elsewhere with -o FILE");
	if (result == 0) {
		merge_front(&m);
		merge_sections(&m);
	}
	arena_release(&arena);
	return result;
}
