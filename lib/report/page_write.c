#include "report/page_write.h"

#include "report/page_line.h"

static const char *line_end(const struct page_writer *w)
{
	return w->crlf ? "\r\n" : "\n";
}

/* The last line of a file may lack its end. */
static void end_line(struct page_writer *w)
{
	if (w->out->n && w->out->p[w->out->n - 1] != '\n')
		buf_addz(w->out, line_end(w));
}

static void note_line(struct page_writer *w, struct str line, bool added)
{
	if (!line_is_blank(line))
		w->list = line_has_bullet(line) || (w->list && line_indent(line) > 0);
	w->added = added;
}

/* A new line, with the old page's line end. */
void page_write_new(struct page_writer *w, struct str line)
{
	end_line(w);
	buf_add(w->out, str_rtrim(line));
	buf_addz(w->out, line_end(w));
	note_line(w, line, true);
}

/* A line of the old page, to the byte. */
void page_write_old(struct page_writer *w, struct str line)
{
	end_line(w);
	buf_add(w->out, line);
	note_line(w, line, false);
}

/* One blank line before what follows, unless it stands there. */
void page_write_gap(struct page_writer *w)
{
	end_line(w);
	struct str s = buf_str(w->out);
	if (s.n && !str_ends(s, STR("\n\n")) && !str_ends(s, STR("\n\r\n")))
		buf_addz(w->out, line_end(w));
}

/* kith's lines below an item's first line: what the new page says, and how far it is written. */
struct notes {
	struct str *lines;
	bool *here; /* it stands below the old item */
	bool *used; /* and the walk came by */
	size_t count, next;
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

static struct notes notes_of(struct page_writer *w, const struct page_chunk *item,
			     const struct page_chunk *made, const struct page_fate *fate)
{
	struct notes n = {0};
	size_t most = (made ? made->count : fate->count) + 1;
	n.lines = ARENA_ARRAY(w->arena, struct str, most);
	n.here = ARENA_ARRAY(w->arena, bool, most);
	n.used = ARENA_ARRAY(w->arena, bool, most);
	/* The first line stays; that its day is another by now is said below it. */
	struct str was = made ? when_of(w, item->head) : STR("");
	struct str is = made ? when_of(w, made->head) : STR("");
	if (was.n && is.n && !str_eq(was, is))
		n.lines[n.count++] = arena_printf(w->arena, "  - *now %.*s*", STR_ARG(is));
	for (size_t i = 0; made && i < made->count; i++)
		if (made->lines[i].kith)
			n.lines[n.count++] = made->lines[i].text;
	for (size_t i = 0; !made && i < fate->count; i++)
		n.lines[n.count++] = arena_printf(w->arena, "  - *%.*s*", STR_ARG(fate->lines[i]));
	/* Below the item, where a person has moved it deeper. */
	size_t deeper = item->head.n - str_ltrim_blanks(item->head).n;
	for (size_t i = 0; deeper && i < n.count; i++)
		n.lines[i] =
		    arena_printf(w->arena, "%.*s%.*s", STR_ARG(str_upto(item->head, deeper)),
				 STR_ARG(n.lines[i]));
	for (size_t i = 0; i < n.count; i++) {
		n.here[i] = false;
		for (size_t j = 0; j < item->count && !n.here[i]; j++)
			n.here[i] = str_eq(str_trim(item->lines[j].text), str_trim(n.lines[i]));
	}
	return n;
}

/* The new notes before `end` that follow what is written; all up to one that stands below. */
static void add_notes(struct page_writer *w, struct notes *n, size_t end)
{
	while (n->next < end && !n->here[n->next])
		page_write_new(w, n->lines[n->next++]);
}

/* A line of kith's: kept in its place where it is still said, else it gives way to new ones. */
static void merge_note(struct page_writer *w, struct notes *n, struct str line)
{
	size_t i = 0;
	while (i < n->count && (n->used[i] || !str_eq(str_trim(n->lines[i]), str_trim(line))))
		i++;
	if (i == n->count) {
		add_notes(w, n, n->count);
		return;
	}
	for (; n->next < i; n->next++)
		if (!n->here[n->next])
			page_write_new(w, n->lines[n->next]);
	n->next = i < n->next ? n->next : i + 1;
	n->used[i] = true;
	page_write_old(w, line);
}

/* The first line to the byte, the person's lines where they stand, and kith's anew. */
void page_write_item(struct page_writer *w, const struct page_chunk *item,
		     const struct page_chunk *made, const struct page_fate *fate)
{
	struct notes notes = notes_of(w, item, made, fate);
	page_write_old(w, item->head);
	for (size_t i = 0; i < item->count; i++) {
		struct str line = item->lines[i].text;
		if (item->lines[i].kith) {
			merge_note(w, &notes, line);
			continue;
		}
		/* Not between a line and what belongs to it. */
		if (!item->lines[i].code && line_has_bullet(line) && line_indent(line) <= 2)
			add_notes(w, &notes, notes.count);
		page_write_old(w, line);
	}
	add_notes(w, &notes, notes.count);
	for (; notes.next < notes.count; notes.next++)
		if (!notes.here[notes.next])
			page_write_new(w, notes.lines[notes.next]);
}
