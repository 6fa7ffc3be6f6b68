/*
 * The old page becomes a list of pieces: headings, items, kith's lines and the
 * person's. Of kith's those go that are said no more, and what is new is put
 * behind what it follows on the new page. So what is the person's cannot get
 * lost, and what has not changed stays where it stands. Which blank lines part
 * two pieces is decided at the end, in one place.
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
	const struct page *offered; /* as kith wrote it last; NULL where that is not known */
	struct str eol;             /* how the old page ends its lines */
	bool list;                  /* the last line that is not blank belongs to a list */
};

/* The last line of a file may lack its end. */
static void finish_line(struct page_writer *w)
{
	if (!str_begins_line(buf_str(w->out), w->out->n))
		buf_add(w->out, w->eol);
}

static void note_line(struct page_writer *w, struct str line)
{
	if (!line_is_blank(line))
		w->list = line_has_bullet(line) || (w->list && line_indent(line) > 0);
}

/* A new line, with the old page's line end. */
static void write_new(struct page_writer *w, struct str line)
{
	finish_line(w);
	buf_add(w->out, str_rtrim(line));
	buf_add(w->out, w->eol);
	note_line(w, line);
}

/* A line of the old page, to the byte. */
static void write_old(struct page_writer *w, struct str line)
{
	finish_line(w);
	buf_add(w->out, line);
	note_line(w, line);
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

/* As what stands below the item is written. */
static void add_note_line(struct page_writer *w, struct note_lines *n,
			  const struct page_chunk *item, struct str line)
{
	struct note_line note = {.text = page_nested_line(item, line, w->arena)};
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
	struct str was = when_of(w, item->says), is = when_of(w, made->says);
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

/* Whether kith wrote that line below the item, on the page as it was written last. */
static bool was_written(const struct page_writer *w, const struct page_chunk *item, struct str line)
{
	const struct page_chunk *was = w->offered ? page_find_item(w->offered, item->id) : NULL;
	for (size_t i = 0; was && i < was->count; i++)
		if (was->lines[i].kith && str_eq(str_trim(was->lines[i].text), str_trim(line)))
			return true;
	return false;
}

/*
 * The first line to the byte, the person's lines where they stand, and kith's anew; also where
 * the person wrote above them.
 */
static void write_item(struct page_writer *w, const struct page_chunk *item,
		       const struct page_chunk *made, const struct page_fate *fate)
{
	struct note_lines notes = notes_of(w, item, made, fate);
	bool own = false; /* a line of the person's was passed */
	write_old(w, item->head);
	for (size_t i = 0; i < item->count; i++) {
		struct str line = item->lines[i].text;
		if (item->lines[i].kith) {
			merge_note(w, &notes, line);
			continue;
		}
		bool italic = own && page_is_italic(line), said = false;
		for (size_t n = 0; n < notes.count && italic; n++)
			said = said || str_eq(str_trim(notes.items[n].text), str_trim(line));
		if (italic && !said && was_written(w, item, line))
			continue;
		/* Below a line of the person's italics would be the person's. */
		if (!own && !line_is_blank(line)) {
			finish_notes(w, &notes, notes.count);
			own = true;
		}
		write_old(w, line);
	}
	finish_notes(w, &notes, notes.count);
}

/* --- what stands on either page --- */

/* An item or a line of kith's on the new page; plain: another line, of a template's. */
struct element {
	const struct page_chunk *chunk;
	struct piece *piece; /* where it stands now; NULL while it is nowhere */
	bool gap;            /* a blank line stands before it on the new page */
	bool there;          /* an item that the old page has, wherever, or that stays hidden */
	bool plain;
};

/* A section of the new page. */
struct weave {
	const struct page_section *section;
	struct element *elements;
	size_t count, rank;
	struct piece *heading; /* where it stands now; NULL where the page lacks it */
	bool hidden;           /* taken out by the person: only new items bring it back */
};

/* A heading, an item or a line of the page in the making, in its order. */
struct piece {
	struct piece *next;
	const struct page_section *heading; /* or chunk; both NULL where the page begins */
	const struct page_chunk *chunk;
	const struct weave *weave;
	struct element *made; /* what it is on the new page; NULL */
	struct str text;      /* instead of the chunk's head, where it says something else by now */
	size_t section;       /* of the old page, which it stands in */
	bool old, own, gone;
	const struct piece *above; /* right above it on the old page; NULL for something gone */
	const struct page_chunk *blank; /* the blank lines between, there */
	size_t blanks;
	struct page_fate fate;
};

/* Elements by a text, sorted; equal ones in the page's order. */
struct element_key {
	struct str text;
	struct weave *weave;
	struct element *element;
	size_t used; /* of the first of equal ones: so many of them are taken */
};

struct element_keys {
	struct element_key *items;
	size_t count, cap;
};

struct remaking {
	struct page_writer to;
	struct arena *arena;
	struct page old, made;
	struct weave *weaves;       /* of each section of the new page */
	struct element_keys ids;    /* of its items */
	struct strs old_ids;        /* sorted */
	struct strs hidden;         /* ids, and names of sections */
	size_t hidden_before;       /* so many of them the old page has */
	bool titled;                /* the old page's title was passed */
	struct piece *first, *last; /* first: a piece before all others */
	page_fate_of *fate;
	void *context;
};

#define NOWHERE SIZE_MAX

static void keys_add(struct element_keys *keys, struct str text, struct weave *weave,
		     struct element *element)
{
	keys->items = mem_grow(keys->items, keys->count, &keys->cap, sizeof(*keys->items));
	keys->items[keys->count++] = (struct element_key){text, weave, element, 0};
}

static int compare_element_keys(const void *a, const void *b)
{
	const struct element_key *x = a, *y = b;
	int order = str_cmp(x->text, y->text);
	if (order)
		return order;
	/* Both are of one page's arrays. */
	return (x->element > y->element) - (x->element < y->element);
}

static void keys_sort(struct element_keys *keys)
{
	if (keys->count)
		qsort(keys->items, keys->count, sizeof(*keys->items), compare_element_keys);
}

/* The first of that text; NULL where there is none. */
static struct element_key *keys_find(const struct element_keys *keys, struct str text)
{
	size_t at;
	LOWER_BOUND(at, keys->count, str_cmp(keys->items[at].text, text) < 0);
	return at < keys->count && str_eq(keys->items[at].text, text) ? &keys->items[at] : NULL;
}

/* The next of that text which is not taken. */
static struct element *keys_take(const struct element_keys *keys, struct str text)
{
	struct element_key *first = keys_find(keys, text);
	if (!first || first->used >= keys->count - (size_t)(first - keys->items) ||
	    !str_eq(first[first->used].text, text))
		return NULL;
	return first[first->used++].element;
}

static bool has_text(const struct strs *sorted, struct str text)
{
	return str_is_among(sorted->items, sorted->count, text);
}

static struct strs ids_of_page(const struct page *page, struct arena *arena)
{
	struct strs ids = {NULL, 0};
	size_t most = 0;
	for (size_t s = 0; s < page->count; s++)
		most += page->sections[s].count;
	ids.items = ARENA_ARRAY(arena, struct str, most);
	for (size_t s = 0; s < page->count; s++)
		for (size_t c = 0; c < page->sections[s].count; c++)
			if (page->sections[s].chunks[c].kind == CHUNK_ITEM)
				ids.items[ids.count++] = page->sections[s].chunks[c].id;
	str_sort(ids.items, ids.count);
	return ids;
}

/* A heading of the first level is a title, or the person's. */
static bool is_kiths(const struct page_section *section)
{
	return section->level == 2 && review_heading_rank(section->name) != NOWHERE;
}

/* The section of the new page that one of the old page is; titles are one, whatever they say. */
static struct weave *find_weave(struct remaking *m, const struct page_section *old)
{
	if (old->level == 1) {
		if (m->titled)
			return NULL;
		m->titled = true;
	}
	for (size_t i = 0; i < m->made.count && old->level; i++)
		if (m->made.sections[i].level == old->level &&
		    (old->level == 1 || str_eq(m->made.sections[i].name, old->name)))
			return &m->weaves[i];
	return NULL;
}

/* --- what the person took out --- */

static struct str front_line(struct str front, const char *key)
{
	struct str line;
	while (str_next_line(&front, &line))
		if (page_is_front_key(line, key))
			return line;
	return STR("");
}

static void hide(struct remaking *m, struct str what, size_t *cap)
{
	for (size_t i = 0; i < m->hidden.count; i++)
		if (str_eq(m->hidden.items[i], what))
			return;
	m->hidden.items = mem_grow(m->hidden.items, m->hidden.count, cap, sizeof(*m->hidden.items));
	m->hidden.items[m->hidden.count++] = what;
}

static bool has_section(const struct page *page, struct str name)
{
	for (size_t i = 0; i < page->count; i++)
		if (page->sections[i].level == 2 && str_eq(page->sections[i].name, name))
			return true;
	return false;
}

/* An item that was offered, is there no more, and would be: it did not go with its person. */
static bool is_taken_out(const struct remaking *m, const struct strs *made,
			 const struct page_chunk *item)
{
	return item->kind == CHUNK_ITEM && !has_text(&m->old_ids, item->id) &&
	       (has_text(made, item->id) || !m->fate(m->context, item).drop);
}

/* A section that was offered, and of which nothing is left though there would be. */
static bool is_section_taken_out(const struct remaking *m, const struct page_section *offered)
{
	for (size_t i = 0; i < offered->count; i++)
		if (offered->chunks[i].kind == CHUNK_ITEM &&
		    has_text(&m->old_ids, offered->chunks[i].id))
			return false;
	return is_kiths(offered) && !has_section(&m->old, offered->name) &&
	       has_section(&m->made, offered->name);
}

/* What the front matter says that is hidden, and what was offered and is there no more. */
static void find_hidden(struct remaking *m)
{
	size_t cap = 0;
	struct strs made = ids_of_page(&m->made, m->arena);
	struct strs before = page_front_list(m->old.front, "hidden", m->arena);
	for (size_t i = 0; i < before.count; i++)
		hide(m, before.items[i], &cap);
	m->hidden_before = m->hidden.count;
	for (size_t s = 0; m->to.offered && s < m->to.offered->count; s++) {
		const struct page_section *section = &m->to.offered->sections[s];
		if (is_section_taken_out(m, section))
			hide(m, section->name, &cap);
		for (size_t c = 0; c < section->count; c++)
			if (is_taken_out(m, &made, &section->chunks[c]))
				hide(m, section->chunks[c].id, &cap);
	}
}

static void write_hidden(struct remaking *m)
{
	struct buf b;
	if (m->hidden.count == 0)
		return;
	buf_init(&b, 0);
	for (size_t i = 0; i < m->hidden.count; i++)
		buf_printf(&b, "%s%.*s", i ? ", " : "hidden: [", STR_ARG(m->hidden.items[i]));
	buf_addc(&b, ']');
	write_new(&m->to, buf_str(&b));
	buf_release(&b);
}

/* The day it was made moves on; `applied` is remembered, and own keys are the person's. */
static void merge_front(struct remaking *m)
{
	struct str rest = m->old.front, generated = front_line(m->made.front, "generated");
	struct str hidden = page_front_lines(rest, "hidden");
	bool more = m->hidden.count > m->hidden_before;
	while (rest.n) {
		struct str line = str_upto(rest, str_full_line(rest));
		if (more && (line.p == hidden.p || (!hidden.n && line.n == rest.n)))
			write_hidden(m);
		if (more && line.p == hidden.p)
			line = hidden;
		else if (page_is_front_key(line, "generated") && generated.n)
			write_new(&m->to, generated);
		else
			write_old(&m->to, line);
		rest = str_from(rest, line.n);
	}
}

/* --- the new page's elements --- */

static bool is_hidden(const struct remaking *m, struct str what)
{
	for (size_t i = 0; i < m->hidden.count; i++)
		if (str_eq(m->hidden.items[i], what))
			return true;
	return false;
}

static void make_weave(struct remaking *m, struct weave *w, const struct page_section *made)
{
	bool gap = false;
	w->section = made;
	w->elements = ARENA_ARRAY(m->arena, struct element, made->count);
	w->hidden = made->level == 2 && is_hidden(m, made->name);
	for (size_t i = 0; i < made->count; i++) {
		const struct page_chunk *chunk = &made->chunks[i];
		struct element *e = &w->elements[w->count];
		if (chunk->kind != CHUNK_BLANK) {
			*e = (struct element){
			    .chunk = chunk, .gap = gap, .plain = chunk->kind == CHUNK_OWN};
			w->count++;
		}
		if (chunk->kind == CHUNK_ITEM) {
			e->there = has_text(&m->old_ids, chunk->id) || is_hidden(m, chunk->id);
			keys_add(&m->ids, chunk->id, w, e);
		}
		gap = chunk->kind == CHUNK_BLANK;
	}
}

/* Sections of a template's own stand behind the one before them. */
static void make_weaves(struct remaking *m)
{
	size_t rank = 0;
	m->weaves = ARENA_ARRAY(m->arena, struct weave, m->made.count);
	for (size_t i = 0; i < m->made.count; i++) {
		make_weave(m, &m->weaves[i], &m->made.sections[i]);
		if (is_kiths(m->weaves[i].section))
			rank = review_heading_rank(m->weaves[i].section->name);
		m->weaves[i].rank = rank;
	}
	keys_sort(&m->ids);
}

/* --- the old page's pieces --- */

static struct piece *append_piece(struct remaking *m, struct piece piece)
{
	struct piece *p = arena_copy(m->arena, &piece, 1, sizeof(piece));
	m->last->next = p;
	m->last = p;
	return p;
}

/* Of a section's lines of kith's: the same text, else in the order in which they come. */
static void match_lines(struct weave *w, struct piece *pieces)
{
	struct element_keys lines = {0};
	size_t next = 0;
	for (size_t i = 0; i < w->count; i++)
		if (w->elements[i].chunk->kind == CHUNK_KITH && !w->elements[i].piece)
			keys_add(&lines, str_trim(w->elements[i].chunk->says), w, &w->elements[i]);
	keys_sort(&lines);
	for (struct piece *p = pieces; p; p = p->next) {
		if (!p->chunk || p->own || p->chunk->kind != CHUNK_KITH)
			continue;
		p->made = keys_take(&lines, str_trim(p->chunk->says));
		if (p->made)
			p->made->piece = p;
	}
	free(lines.items);
	for (struct piece *p = pieces; p; p = p->next) {
		if (!p->chunk || p->own || p->chunk->kind != CHUNK_KITH || p->made)
			continue;
		while (next < w->count &&
		       (w->elements[next].chunk->kind != CHUNK_KITH || w->elements[next].piece ||
			line_has_bullet(w->elements[next].chunk->head)))
			next++;
		if (next == w->count || line_has_bullet(p->chunk->head))
			continue;
		p->made = &w->elements[next];
		p->made->piece = p;
		p->text = p->made->chunk->head;
	}
}

static void match_item(struct remaking *m, struct piece *p)
{
	const struct element_key *key = keys_find(&m->ids, p->chunk->id);
	if (key) {
		p->made = key->element;
		if (key->weave == p->weave && !key->element->piece)
			key->element->piece = p;
		return;
	}
	p->fate = m->fate(m->context, p->chunk);
	p->gone = p->fate.drop && !page_item_is_touched(p->chunk);
}

/* A section's pieces; all of them go where it is kith's and nothing of it stays. */
static void take_section(struct remaking *m, size_t place, struct piece *gap)
{
	const struct page_section *old = &m->old.sections[place];
	struct weave *w = find_weave(m, old);
	struct piece *before = m->last;
	bool kiths = is_kiths(old), stays = w || !kiths, again = w && w->heading;
	for (size_t i = 0; i <= old->count; i++) {
		const struct page_chunk *chunk = i ? &old->chunks[i - 1] : NULL;
		if (chunk ? chunk->kind == CHUNK_BLANK : !old->heading.n) {
			gap->blank = chunk && gap->blanks++ == 0 ? chunk : gap->blank;
			continue;
		}
		bool own =
		    chunk ? chunk->kind == CHUNK_OWN || (chunk->kind == CHUNK_KITH && !w && !kiths)
			  : !w && !kiths;
		struct piece *p = append_piece(m, (struct piece){.heading = chunk ? NULL : old,
								 .chunk = chunk,
								 .weave = w,
								 .section = place,
								 .old = true,
								 .own = own,
								 .above = gap->above,
								 .blank = gap->blank,
								 .blanks = gap->blanks});
		*gap = (struct piece){.above = p};
		if (chunk && chunk->kind == CHUNK_ITEM)
			match_item(m, p);
		stays = stays || (chunk && (own || (chunk->kind == CHUNK_ITEM && !p->gone)));
	}
	if (w && !again)
		w->heading = before->next;
	if (w)
		match_lines(w, before->next);
	for (struct piece *p = before->next; p; p = p->next)
		p->gone = p->gone || !stays ||
			  (p->chunk && p->chunk->kind == CHUNK_KITH && !p->own && !p->made);
}

/* *gap: the blank lines at the page's end. */
static void take_old(struct remaking *m, struct piece *gap)
{
	m->first = m->last = ARENA_ARRAY(m->arena, struct piece, 1);
	*gap = (struct piece){.above = m->first};
	for (size_t i = 0; i < m->old.count; i++)
		take_section(m, i, gap);
	for (struct piece *p = m->first; p; p = p->next)
		while (p->next && p->next->gone)
			p->next = p->next->next;
}

/* --- what is new --- */

static struct piece *insert_after(struct remaking *m, struct piece *at, struct piece piece)
{
	struct piece *p = arena_copy(m->arena, &piece, 1, sizeof(piece));
	p->next = at->next;
	at->next = p;
	return p;
}

static bool is_same_section(const struct piece *p, const struct piece *next)
{
	return next && !next->heading && next->section == p->section && next->weave == p->weave;
}

/* Past the person's lines that belong to a piece: nothing comes between. */
static struct piece *with_its_own(struct piece *p)
{
	for (struct piece *next = p->next; is_same_section(p, next) && next->own;
	     next = next->next) {
		bool bullet = line_has_bullet(next->chunk->head);
		if (!next->chunk->code && line_indent(next->chunk->head) == 0 &&
		    (next->blanks || bullet))
			break;
		p = next;
	}
	return p;
}

/* Where the first new element comes: before the first that stands there, else at the end. */
static struct piece *before_first(struct piece *heading)
{
	struct piece *p = heading;
	while (is_same_section(heading, p->next) && !p->next->made)
		p = p->next;
	return p;
}

static bool is_new(const struct weave *w, const struct element *e)
{
	if (e->piece || e->there || e->plain)
		return false;
	return !w->hidden || e->chunk->kind == CHUNK_ITEM;
}

/* Behind what it follows on the new page. */
static void add_elements(struct remaking *m, struct weave *w)
{
	struct piece *last = NULL;
	for (size_t i = 0; i < w->count; i++) {
		struct element *e = &w->elements[i];
		if (is_new(w, e)) {
			struct piece *at = last ? with_its_own(last) : before_first(w->heading);
			e->piece = insert_after(m, at,
						(struct piece){.chunk = e->chunk,
							       .weave = w,
							       .made = e,
							       .section = w->heading->section});
		}
		if (e->piece)
			last = e->piece;
	}
}

/* Of a heading: its place among all sections; NOWHERE for one of the person's. */
static size_t rank_of(const struct piece *heading)
{
	if (heading->weave)
		return heading->weave->rank;
	return is_kiths(heading->heading) ? review_heading_rank(heading->heading->name) : NOWHERE;
}

/* The piece behind which a section comes: before the first that comes after it, else the last. */
static struct piece *place_of_rank(const struct remaking *m, size_t rank)
{
	struct piece *place = m->first;
	bool ranked = true;
	for (struct piece *p = m->first; p; p = p->next) {
		bool heading = p->next && p->next->heading;
		size_t next = heading ? rank_of(p->next) : NOWHERE;
		if (ranked && (heading || !p->next))
			place = p;
		if (heading && next != NOWHERE && next > rank)
			return p;
		if (heading)
			ranked = next != NOWHERE;
	}
	return place;
}

/* A section that the old page lacks, with what it does not hold elsewhere. */
static void add_section(struct remaking *m, struct weave *w)
{
	bool some = false;
	for (size_t i = 0; i < w->count; i++)
		some = some || is_new(w, &w->elements[i]);
	if (!some || w->section->level != 2)
		return;
	w->heading =
	    insert_after(m, place_of_rank(m, w->rank),
			 (struct piece){.heading = w->section,
					.weave = w,
					.section = m->old.count + (size_t)(w - m->weaves)});
	for (size_t i = 0; i < w->count; i++)
		w->elements[i].plain = false;
}

/* --- the page --- */

/* Whether a line of a piece is the person's. */
static bool holds_own(const struct piece *p)
{
	for (size_t i = 0; p->old && p->chunk && i < p->chunk->count; i++)
		if (!p->chunk->lines[i].kith)
			return true;
	return p->own;
}

/* The blank lines before a piece: as they stood between the same two, as the new page has them. */
static size_t blanks_before(const struct remaking *m, const struct piece *prev,
			    const struct piece *p)
{
	bool joined = p->old && p->above == prev, own = p->own || holds_own(prev);
	const struct element *made = p->made;
	if (joined || (p->own && p->blanks))
		return own || p->blanks == 0 ? p->blanks : 1;
	const struct element *next = prev->made ? prev->made + 1 : NULL;
	if (made && p->weave && prev->weave == p->weave &&
	    made == (prev->heading ? p->weave->elements : next))
		return made->gap;
	bool item = p->chunk && (p->chunk->kind == CHUNK_ITEM || line_has_bullet(p->chunk->head));
	bool inside = p->own && p->chunk && line_indent(p->chunk->head) > 0;
	return !(m->to.list && (item || inside)) && m->to.out->n > 0;
}

static void write_piece(struct remaking *m, const struct piece *p)
{
	if (p->heading) {
		struct str rest = p->heading->heading, line;
		while (rest.n) {
			line = str_upto(rest, str_full_line(rest));
			rest = str_from(rest, line.n);
			(p->old ? write_old : write_new)(&m->to, line);
		}
	} else if (!p->old) {
		write_new(&m->to, p->chunk->head);
		for (size_t i = 0; i < p->chunk->count; i++)
			write_new(&m->to, p->chunk->lines[i].text);
	} else if (p->text.n) {
		write_new(&m->to, p->text);
	} else {
		write_item(&m->to, p->chunk, p->made ? p->made->chunk : NULL, &p->fate);
	}
}

static void write_pieces(struct remaking *m, const struct piece *end)
{
	const struct piece *prev = m->first;
	for (const struct piece *p = prev->next; p; prev = p, p = p->next) {
		size_t blanks = blanks_before(m, prev, p);
		for (size_t i = 0; i < blanks && p->blanks >= blanks; i++)
			write_old(&m->to, p->blank[i].head);
		if (p->blanks < blanks)
			write_new(&m->to, STR(""));
		write_piece(m, p);
	}
	for (size_t i = 0; i < end->blanks && end->above == prev; i++)
		write_old(&m->to, end->blank[i].head);
}

static void remake_all(struct remaking *m)
{
	struct piece end;
	m->old_ids = ids_of_page(&m->old, m->arena);
	find_hidden(m);
	make_weaves(m);
	take_old(m, &end);
	for (size_t i = 0; i < m->made.count; i++) {
		if (!m->weaves[i].heading)
			add_section(m, &m->weaves[i]);
		if (m->weaves[i].heading)
			add_elements(m, &m->weaves[i]);
	}
	merge_front(m);
	write_pieces(m, &end);
	free(m->ids.items);
	free(m->hidden.items);
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

int remake_page(struct buf *out, struct str old, struct str made, const struct page *offered,
		bool items, page_fate_of *fate, void *context, struct kith_error *err)
{
	struct arena arena;
	struct remaking m = {.to = {.out = out, .arena = &arena, .offered = offered},
			     .arena = &arena,
			     .fate = fate,
			     .context = context};
	int rc = 0;
	arena_init(&arena);
	page_parse(&m.old, old, &arena);
	page_parse(&m.made, made, &arena);
	m.to.eol = splice_line_end(old, old.n);
	if (str_eq(old, made) && !offered)
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
