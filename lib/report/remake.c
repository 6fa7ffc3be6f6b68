/*
 * The merge walks the old page and copies it; at kith's own places it puts
 * in what the new page says. So what is the person's cannot get lost: only
 * what is recognised as kith's is ever left out. What has not changed stays
 * where it stands; what is new follows what it follows on the new page.
 */
#include "report/remake.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/search.h"
#include "note/splice.h"
#include "report/review.h"

/* --- writing: old lines to the byte, new ones beside them --- */

struct page_writer {
	struct buf *out;
	struct arena *arena;
	struct str eol; /* how the old page ends its lines */
	bool added;     /* the last line written is a new one */
	bool list;      /* the last line that is not blank belongs to a list */
};

/* The last line of a file may lack its end. */
static void finish_line(struct page_writer *w)
{
	if (!str_begins_line(buf_str(w->out), w->out->n))
		buf_add(w->out, w->eol);
}

static void note_line(struct page_writer *w, struct str line, bool added)
{
	if (!line_is_blank(line))
		w->list = line_has_bullet(line) || (w->list && line_indent(line) > 0);
	w->added = added;
}

/* A new line, with the old page's line end. */
static void write_new(struct page_writer *w, struct str line)
{
	finish_line(w);
	buf_add(w->out, str_rtrim(line));
	buf_add(w->out, w->eol);
	note_line(w, line, true);
}

/* A line of the old page, to the byte. */
static void write_old(struct page_writer *w, struct str line)
{
	finish_line(w);
	buf_add(w->out, line);
	note_line(w, line, false);
}

/* One blank line before what follows, unless it stands there. */
static void write_gap(struct page_writer *w)
{
	finish_line(w);
	struct str s = buf_str(w->out);
	size_t last = s.n ? str_line_start(s, s.n - 1) : 0;
	if (s.n && str_trim(str_from(s, last)).n)
		buf_add(w->out, w->eol);
}

/* A line of kith's below an item's first line, as the new page has it. */
struct note_line {
	struct str text;
	bool here; /* it stands below the old item */
	bool used; /* and the walk came by */
};

struct note_lines {
	struct note_line *items;
	size_t count, next; /* next: how far they are written */
};

/* Of `- [ ] **Wed 25** 12:30 · …`: `Wed 25 12:30`; empty where the item has no day. */
static struct str when_of(struct page_writer *w, struct str head)
{
	size_t box = str_find(head, STR("] **"));
	struct str when = str_from(head, box < head.n ? box + 4 : head.n);
	when = str_upto(when, str_find(when, STR(" \xC2\xB7 ")));
	size_t day = str_find(when, STR("**"));
	if (str_starts(when, STR("[")) || day >= when.n)
		return STR("");
	return arena_printf(w->arena, "%.*s%.*s", STR_ARG(str_upto(when, day)),
			    STR_ARG(str_from(when, day + 2)));
}

/* Below the item, where a person has moved it deeper. */
static void add_note_line(struct page_writer *w, struct note_lines *n,
			  const struct page_chunk *item, struct str line)
{
	struct str deeper = str_upto(item->head, item->head.n - str_ltrim_blanks(item->head).n);
	struct note_line note = {.text = line};
	if (deeper.n)
		note.text = arena_printf(w->arena, "%.*s%.*s", STR_ARG(deeper), STR_ARG(line));
	for (size_t i = 0; i < item->count && !note.here; i++)
		note.here = str_eq(str_trim(item->lines[i].text), str_trim(note.text));
	n->items[n->count++] = note;
}

static struct note_lines notes_of(struct page_writer *w, const struct page_chunk *item,
				  const struct page_chunk *made, const struct page_fate *fate)
{
	struct note_lines n = {
	    .items = ARENA_ARRAY(w->arena, struct note_line, made ? made->count + 1 : 1)};
	if (!made) {
		if (fate->line.n)
			add_note_line(w, &n, item,
				      arena_printf(w->arena, "  - *%.*s*", STR_ARG(fate->line)));
		return n;
	}
	/* The first line stays; that its day is another by now is said below it. */
	struct str was = when_of(w, item->head), is = when_of(w, made->head);
	if (was.n && is.n && !str_eq(was, is))
		add_note_line(w, &n, item, arena_printf(w->arena, "  - *now %.*s*", STR_ARG(is)));
	for (size_t i = 0; i < made->count; i++)
		if (made->lines[i].kith)
			add_note_line(w, &n, item, made->lines[i].text);
	return n;
}

/* The new notes before `end` that follow what is written; all up to one that stands below. */
static void add_notes(struct page_writer *w, struct note_lines *n, size_t end)
{
	while (n->next < end && !n->items[n->next].here)
		write_new(w, n->items[n->next++].text);
}

/* All new ones before `end`. */
static void finish_notes(struct page_writer *w, struct note_lines *n, size_t end)
{
	for (; n->next < end; n->next++)
		if (!n->items[n->next].here)
			write_new(w, n->items[n->next].text);
}

/* A line of kith's: kept in its place where it is still said, else it gives way to new ones. */
static void merge_note(struct page_writer *w, struct note_lines *n, struct str line)
{
	size_t i = 0;
	while (i < n->count &&
	       (n->items[i].used || !str_eq(str_trim(n->items[i].text), str_trim(line))))
		i++;
	if (i == n->count) {
		add_notes(w, n, n->count);
		return;
	}
	finish_notes(w, n, i);
	n->next = i < n->next ? n->next : i + 1;
	n->items[i].used = true;
	write_old(w, line);
}

/* The first line to the byte, the person's lines where they stand, and kith's anew. */
static void write_item(struct page_writer *w, const struct page_chunk *item,
		       const struct page_chunk *made, const struct page_fate *fate)
{
	struct note_lines notes = notes_of(w, item, made, fate);
	write_old(w, item->head);
	for (size_t i = 0; i < item->count; i++) {
		struct str line = item->lines[i].text;
		if (item->lines[i].kith) {
			merge_note(w, &notes, line);
			continue;
		}
		/* Not between a line and what belongs to it. */
		if (!item->lines[i].code && line_has_bullet(line) && line_indent(line) <= 2)
			add_notes(w, &notes, notes.count);
		write_old(w, line);
	}
	finish_notes(w, &notes, notes.count);
}

/* --- what stands on either page --- */

/* Chunks by a text of theirs, sorted; equal ones in the page's order. */
struct chunk_key {
	struct str text;
	size_t place; /* of the section in its page */
	const struct page_chunk *chunk;
	size_t used; /* of the first of equal ones: so many of them are taken */
};

struct chunk_keys {
	struct chunk_key *items;
	size_t count, cap;
};

/* An item or a line of kith's on the new page. */
struct element {
	const struct page_chunk *chunk;
	bool apart;  /* a blank line stands before it */
	bool here;   /* it stands in this section of the old page */
	bool passed; /* and the walk came by */
	bool done;   /* written, or found elsewhere in the old page */
};

/* A section of the new page, and how far its elements are written. */
struct weave {
	struct element *elements;
	size_t count, next;
	struct chunk_keys lines; /* kith's lines among them */
	bool in_old;             /* the old page has the section */
	bool ended;              /* all of it is written */
};

struct remaking {
	struct page_writer to;
	struct arena *arena;
	struct page old, made;
	struct chunk_keys old_ids, made_ids;
	size_t title;         /* the place of the old page's, or NOWHERE */
	size_t *places;       /* of each old section: its place in the new page, or NOWHERE */
	struct weave *weaves; /* of each section of the new page */
	page_fate_of *fate;
	void *context;
	struct fated *fates; /* of the chunks of the old page's section */
};

#define NOWHERE SIZE_MAX

/* What has become of an item, asked for once. */
struct fated {
	bool known;
	struct page_fate fate;
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

static void keys_add(struct chunk_keys *keys, struct str text, size_t place,
		     const struct page_chunk *chunk)
{
	keys->items = mem_grow(keys->items, keys->count, &keys->cap, sizeof(*keys->items));
	keys->items[keys->count++] = (struct chunk_key){text, place, chunk, 0};
}

static int compare_chunk_keys(const void *a, const void *b)
{
	const struct chunk_key *x = a, *y = b;
	int order = str_cmp(x->text, y->text);
	if (order)
		return order;
	/* Both are slices of one page. */
	return (x->text.p > y->text.p) - (x->text.p < y->text.p);
}

static void keys_sort(struct chunk_keys *keys)
{
	if (keys->count)
		qsort(keys->items, keys->count, sizeof(*keys->items), compare_chunk_keys);
}

/* The first of that text; NULL where there is none. */
static struct chunk_key *keys_find(const struct chunk_keys *keys, struct str text)
{
	size_t at;
	LOWER_BOUND(at, keys->count, str_cmp(keys->items[at].text, text) < 0);
	return at < keys->count && str_eq(keys->items[at].text, text) ? &keys->items[at] : NULL;
}

/* The one that comes so many after the first of its text; NULL where there are fewer. */
static const struct chunk_key *keys_at(const struct chunk_keys *keys, const struct chunk_key *first,
				       size_t after)
{
	size_t left = keys->count - (size_t)(first - keys->items);
	return after < left && str_eq(first[after].text, first->text) ? first + after : NULL;
}

static void collect_ids(struct chunk_keys *keys, const struct page *page)
{
	for (size_t s = 0; s < page->count; s++)
		for (size_t c = 0; c < page->sections[s].count; c++) {
			const struct page_chunk *chunk = &page->sections[s].chunks[c];
			if (chunk->kind == CHUNK_ITEM)
				keys_add(keys, chunk->id, s, chunk);
		}
	keys_sort(keys);
}

static const struct page_chunk *find_made(const struct remaking *m, struct str id)
{
	const struct chunk_key *key = keys_find(&m->made_ids, id);
	return key ? key->chunk : NULL;
}

static void add_element(struct remaking *m, struct weave *w, struct element *e)
{
	if ((e->apart && e > w->elements) || !m->to.list)
		write_gap(&m->to);
	write_new(&m->to, e->chunk->head);
	for (size_t i = 0; i < e->chunk->count; i++)
		write_new(&m->to, e->chunk->lines[i].text);
	e->done = true;
}

/* --- a section --- */

/* The elements stand in the order of their chunks, which are one array. */
static struct element *find_element(struct weave *w, const struct page_chunk *chunk)
{
	size_t at;
	LOWER_BOUND(at, w->count, w->elements[at].chunk < chunk);
	return at < w->count && w->elements[at].chunk == chunk ? &w->elements[at] : NULL;
}

/* The element of an item that stands on both pages, if it is one of this section. */
static struct element *find_item_element(struct remaking *m, struct weave *w, struct str id)
{
	const struct chunk_key *key = w ? keys_find(&m->made_ids, id) : NULL;
	return key && &m->weaves[key->place] == w ? find_element(w, key->chunk) : NULL;
}

/* The first element of that line which is not written. */
static struct element *find_line_element(struct weave *w, struct str line)
{
	struct chunk_key *first = w ? keys_find(&w->lines, str_trim(line)) : NULL;
	for (const struct chunk_key *key = first ? keys_at(&w->lines, first, first->used) : NULL;
	     key; key = keys_at(&w->lines, key, 1)) {
		struct element *e = find_element(w, key->chunk);
		if (e && !e->done)
			return e;
		first->used++;
	}
	return NULL;
}

/* What is new from place `from` up to `end` or to an element that stands in the section. */
static void add_new(struct remaking *m, struct weave *w, size_t from, size_t end)
{
	for (size_t i = from; i < end && !w->elements[i].here; i++)
		if (!w->elements[i].done)
			add_element(m, w, &w->elements[i]);
}

/* What is new and of one run with the element before it: items, or lines of a list. */
static void add_followers(struct remaking *m, struct weave *w, const struct element *before)
{
	size_t from = (size_t)(before - w->elements) + 1, end = from;
	while (end < w->count && !w->elements[end].here &&
	       w->elements[end].chunk->kind == before->chunk->kind &&
	       (before->chunk->kind == CHUNK_ITEM || !w->elements[end].apart))
		end++;
	add_new(m, w, from, end);
}

/* Whether an item of the old page that the new one lacks has to go. */
static bool item_goes(struct remaking *m, const struct page_section *section, size_t at)
{
	const struct page_chunk *chunk = &section->chunks[at];
	struct fated *fated = &m->fates[at];
	if (!fated->known)
		*fated = (struct fated){true, m->fate(m->context, chunk)};
	return fated->fate.drop && !page_item_is_touched(chunk);
}

/* Walking through a section of the old page. */
struct section_walk {
	const struct page_section *section;
	struct weave *weave;          /* NULL: the new page lacks the section */
	const struct page_chunk *gap; /* blank lines that are not written yet */
	size_t gap_count;
	bool own; /* a section of the person's: its lines in italics are, too */
	const struct element
	    *last; /* what the last chunk is on the new page: its followers may come */
};

static void pass_gap(struct remaking *m, struct section_walk *w)
{
	for (; w->gap_count; w->gap_count--)
		write_old(&m->to, (w->gap++)->head);
}

static void follow_last(struct remaking *m, struct section_walk *w)
{
	if (w->last)
		add_followers(m, w->weave, w->last);
	w->last = NULL;
}

/* What stands on both pages, in its old place; first what is new and comes right before it. */
static void pass_element(struct remaking *m, struct section_walk *w, struct element *e)
{
	struct weave *weave = w->weave;
	size_t place = (size_t)(e - weave->elements), from = place;
	while (!e->passed && from > 0 && !weave->elements[from - 1].here)
		from--;
	if (from == 0 || weave->elements[from - 1].passed)
		add_new(m, weave, from, place);
	if (place >= weave->next)
		weave->next = place + 1;
	w->last = e->passed ? NULL : e;
	e->done = e->passed = true;
}

static void merge_item(struct remaking *m, struct section_walk *w, const struct page_chunk *chunk)
{
	const struct page_chunk *again = find_made(m, chunk->id);
	struct element *e = find_item_element(m, w->weave, chunk->id);
	size_t at = (size_t)(chunk - w->section->chunks);
	follow_last(m, w);
	if (!again && item_goes(m, w->section, at)) {
		if (m->to.list)
			w->gap_count = 0;
		pass_gap(m, w);
		return;
	}
	pass_gap(m, w);
	if (e)
		pass_element(m, w, e);
	write_item(&m->to, chunk, again, &m->fates[at].fate);
}

/* A line of kith's: in its place where it is still said, else it gives way to new ones. */
static void merge_kith_line(struct remaking *m, struct section_walk *w,
			    const struct page_chunk *chunk)
{
	struct element *e = find_line_element(w->weave, chunk->head);
	follow_last(m, w);
	if (e) {
		pass_gap(m, w);
		pass_element(m, w, e);
		write_old(&m->to, chunk->head);
		return;
	}
	struct weave *weave = w->weave;
	while (weave && weave->next < weave->count && !weave->elements[weave->next].here) {
		struct element *one = &weave->elements[weave->next++];
		if (one->done)
			continue;
		if (!(m->to.list && one->chunk->kind == CHUNK_ITEM))
			pass_gap(m, w);
		add_element(m, weave, one);
	}
	/* The blank lines before a line that goes go with it. */
	w->gap_count = 0;
}

static void merge_chunk(struct remaking *m, struct section_walk *w, const struct page_chunk *chunk)
{
	switch (chunk->kind) {
	case CHUNK_BLANK:
		if (w->gap_count++ == 0)
			w->gap = chunk;
		return;
	case CHUNK_ITEM:
		merge_item(m, w, chunk);
		return;
	case CHUNK_KITH:
		if (!w->own) {
			merge_kith_line(m, w, chunk);
			return;
		}
		break;
	case CHUNK_OWN:
		break;
	}
	/* Not between a line and what belongs to it. */
	if (!chunk->code && line_indent(chunk->head) == 0 &&
	    (w->gap_count || line_has_bullet(chunk->head)))
		follow_last(m, w);
	pass_gap(m, w);
	write_old(&m->to, chunk->head);
}

static void merge_section(struct remaking *m, const struct page_section *old, struct weave *weave,
			  bool own)
{
	struct section_walk w = {.section = old, .weave = weave, .own = own};
	write_old(&m->to, old->heading);
	for (size_t i = 0; i < old->count; i++)
		merge_chunk(m, &w, &old->chunks[i]);
	follow_last(m, &w);
	for (size_t i = 0; weave && !weave->ended && i < weave->count; i++)
		if (!weave->elements[i].here && !weave->elements[i].done)
			add_element(m, weave, &weave->elements[i]);
	if (weave)
		weave->ended = true;
	pass_gap(m, &w);
}

/* Whether anything of the section stays: an item, or a line of the person's. */
static bool has_own(struct remaking *m, const struct page_section *section)
{
	for (size_t i = 0; i < section->count; i++) {
		const struct page_chunk *chunk = &section->chunks[i];
		if (chunk->kind == CHUNK_OWN)
			return true;
		if (chunk->kind != CHUNK_ITEM)
			continue;
		if (find_made(m, chunk->id) || !item_goes(m, section, i))
			return true;
	}
	return false;
}

/* A section that the old page lacks, with what it does not hold elsewhere. */
static void add_section(struct remaking *m, size_t place)
{
	const struct page_section *made = &m->made.sections[place];
	struct weave *w = &m->weaves[place];
	size_t last = made->count;
	w->ended = true;
	write_gap(&m->to);
	write_new(&m->to, made->heading);
	while (last > 0 && made->chunks[last - 1].kind == CHUNK_BLANK)
		last--;
	for (size_t i = 0; i < last; i++) {
		const struct page_chunk *chunk = &made->chunks[i];
		if (chunk->kind == CHUNK_ITEM && keys_find(&m->old_ids, chunk->id))
			continue;
		write_new(&m->to, chunk->head);
		for (size_t j = 0; j < chunk->count; j++)
			write_new(&m->to, chunk->lines[j].text);
	}
}

static bool is_news(const struct weave *w)
{
	for (size_t i = 0; i < w->count; i++)
		if (!w->elements[i].done)
			return true;
	return false;
}

/* Sections of the new page that follow the one at `from` there and that the old page lacks. */
static void add_new_sections(struct remaking *m, size_t from)
{
	for (size_t i = from; i < m->made.count; i++) {
		if (!str_starts(m->made.sections[i].heading, STR("## ")))
			continue;
		if (m->weaves[i].in_old)
			return;
		if (!m->weaves[i].ended && is_news(&m->weaves[i]))
			add_section(m, i);
	}
}

/* --- the page --- */

static bool is_front_key(struct str line, const char *key)
{
	return str_starts(line, str_of(key)) && str_starts(str_from(line, strlen(key)), STR(":"));
}

static struct str front_line(struct str front, const char *key)
{
	struct str line;
	while (str_next_line(&front, &line))
		if (is_front_key(line, key))
			return line;
	return STR("");
}

/* Only the day it was made moves on: `applied` is remembered, and own keys are the person's. */
static void merge_front(struct remaking *m)
{
	struct str rest = m->old.front, generated = front_line(m->made.front, "generated");
	while (rest.n) {
		struct str line = str_upto(rest, str_full_line(rest));
		rest = str_from(rest, line.n);
		if (is_front_key(line, "generated") && generated.n)
			write_new(&m->to, generated);
		else
			write_old(&m->to, line);
	}
	m->to.added = false;
}

/* Where a section stands among the new page's; titles are one, whatever they say. */
static size_t place_of_section(const struct remaking *m, const struct page_section *old, bool title)
{
	for (size_t i = 0; i < m->made.count; i++) {
		const struct page_section *made = &m->made.sections[i];
		if (title ? is_title(made)
			  : str_starts(old->heading, STR("## ")) &&
				str_starts(made->heading, STR("## ")) &&
				str_eq(section_name(made), section_name(old)))
			return i;
	}
	return NOWHERE;
}

/* The sections kith writes, for headings that the new page has no need of. */
static bool is_kiths(const struct page_section *section)
{
	/* A heading of the first level is a title, or the person's. */
	return str_starts(section->heading, STR("## ")) &&
	       review_has_heading(section_name(section));
}

static void find_places(struct remaking *m)
{
	m->title = NOWHERE;
	m->places = ARENA_ARRAY(m->arena, size_t, m->old.count + 1);
	for (size_t i = 0; i < m->old.count; i++) {
		const struct page_section *old = &m->old.sections[i];
		if (is_title(old) && m->title == NOWHERE)
			m->title = i;
		m->places[i] = place_of_section(m, old, m->title == i);
		if (m->places[i] != NOWHERE)
			m->weaves[m->places[i]].in_old = true;
	}
}

/* kith's lines of the old page that stand in a section of the new one. */
static void collect_lines(struct chunk_keys *keys, const struct remaking *m, size_t place)
{
	for (size_t s = 0; s < m->old.count; s++)
		for (size_t c = 0; m->places[s] == place && c < m->old.sections[s].count; c++) {
			const struct page_chunk *chunk = &m->old.sections[s].chunks[c];
			if (chunk->kind == CHUNK_KITH)
				keys_add(keys, str_trim(chunk->head), s, chunk);
		}
	keys_sort(keys);
}

static struct element element_of(const struct remaking *m, const struct chunk_keys *lines,
				 size_t place, const struct page_chunk *chunk, bool apart)
{
	struct element e = {.chunk = chunk, .apart = apart};
	if (chunk->kind == CHUNK_KITH) {
		/* Of equal lines so many are here as the old page holds. */
		struct chunk_key *first = keys_find(lines, str_trim(chunk->head));
		e.here = first && keys_at(lines, first, first->used++);
		return e;
	}
	const struct chunk_key *key = keys_find(&m->old_ids, chunk->id);
	e.done = key != NULL;
	for (; key && !e.here; key = keys_at(&m->old_ids, key, 1))
		e.here = m->places[key->place] == place;
	return e;
}

static void make_weave(struct remaking *m, size_t place)
{
	const struct page_section *made = &m->made.sections[place];
	struct weave *w = &m->weaves[place];
	struct chunk_keys lines = {0};
	bool apart = false;
	collect_lines(&lines, m, place);
	w->elements = ARENA_ARRAY(m->arena, struct element, made->count + 1);
	for (size_t i = 0; i < made->count; i++) {
		const struct page_chunk *chunk = &made->chunks[i];
		if (chunk->kind == CHUNK_ITEM || chunk->kind == CHUNK_KITH)
			w->elements[w->count++] = element_of(m, &lines, place, chunk, apart);
		if (chunk->kind == CHUNK_KITH)
			keys_add(&w->lines, str_trim(chunk->head), place, chunk);
		apart = chunk->kind == CHUNK_BLANK;
	}
	keys_sort(&w->lines);
	free(lines.items);
}

static void merge_sections(struct remaking *m)
{
	bool began = false;
	for (size_t i = 0; i < m->old.count; i++) {
		const struct page_section *old = &m->old.sections[i];
		size_t place = m->places[i];
		m->fates = ARENA_ARRAY(m->arena, struct fated, old->count + 1);
		bool known = place != NOWHERE, kiths = is_kiths(old);
		bool head = old->heading.n == 0 || m->title == i;
		if (!head && !began)
			add_new_sections(m, 0);
		began = began || !head;
		if (!known && kiths && !has_own(m, old))
			continue;
		if (m->to.added)
			write_gap(&m->to);
		merge_section(m, old, known ? &m->weaves[place] : NULL, !known && !kiths);
		if (!head && known)
			add_new_sections(m, place + 1);
	}
	if (!began)
		add_new_sections(m, 0);
}

static void remake_all(struct remaking *m)
{
	m->weaves = ARENA_ARRAY(m->arena, struct weave, m->made.count + 1);
	collect_ids(&m->old_ids, &m->old);
	collect_ids(&m->made_ids, &m->made);
	find_places(m);
	for (size_t i = 0; i < m->made.count; i++)
		make_weave(m, i);
	merge_front(m);
	merge_sections(m);
	for (size_t i = 0; i < m->made.count; i++)
		free(m->weaves[i].lines.items);
	free(m->old_ids.items);
	free(m->made_ids.items);
}

/* Whether a page has items that cannot be known again; kiths: only in sections of kith's. */
static bool has_idless(const struct page *page, bool kiths)
{
	for (size_t s = 0; s < page->count; s++)
		if ((!kiths || is_kiths(&page->sections[s])) &&
		    page_has_idless_tasks(&page->sections[s]))
			return true;
	return false;
}

int remake_page(struct buf *out, struct str old, struct str made, bool items, page_fate_of *fate,
		void *context, struct kith_error *err)
{
	struct arena arena;
	struct remaking m = {
	    .to = {.out = out, .arena = &arena}, .arena = &arena, .fate = fate, .context = context};
	int rc = 0;
	arena_init(&arena);
	page_parse(&m.old, old, &arena);
	page_parse(&m.made, made, &arena);
	m.to.eol = splice_line_end(old, old.n);
	if (str_eq(old, made))
		buf_add(out, old);
	else if (!page_is_review(&m.old))
		rc = kith_fail(err, KITH_INVALID,
			       "there is a file of another kind in its place; "
			       "move it away, or write elsewhere with -o FILE");
	else if ((items && (!page_has_ids(&m.made) || has_idless(&m.made, false))) ||
		 (!page_has_ids(&m.old) && has_idless(&m.old, true)))
		rc = kith_fail(err, KITH_INVALID,
			       "the page that is there would be overwritten: it comes from a "
			       "template without ids (^{{id}}), so what you did in it cannot be "
			       "kept; move it away, or write elsewhere with -o FILE");
	else
		remake_all(&m);
	arena_release(&arena);
	return rc;
}
