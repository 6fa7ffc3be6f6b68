#include "change/unite_text.h"

#include <stdlib.h>

#include "base/search.h"
#include "base/text.h"
#include "change/entries.h"
#include "change/section.h"
#include "change/tasks.h"
#include "merge/merge.h"
#include "people/differences.h"

/* The other's body, taken apart. */
struct parts {
	bool *entries_new;  /* what the file that stays does not say */
	size_t *tasks_like; /* the task there of the same text; NO_PLACE */
	struct entry_raw *entries;
	const struct block **tasks;
	size_t entries_count, tasks_count;
	struct splice *splices; /* of the file that stays: tasks of both; by their spans */
	size_t splices_count;
	struct span *taken; /* what does not stay with the text: rising */
	size_t taken_count;
	struct span *gone; /* headings of it, which nothing takes the place of */
	size_t gone_count;
};

/* ---- entries and tasks ---- */

static bool has_block_id(struct str image, size_t offset)
{
	struct str line = str_from(image, offset);
	line = str_rtrim(str_upto(line, str_line(line)));
	size_t at = line.n;
	while (at > 0 && !str_is_blank_char(line.p[at - 1]))
		at--;
	return str_at(line, at) == '^';
}

static struct str whole_entry(const struct unite_side *side, const struct entry *e)
{
	return str_rtrim(str_slice(side->image, e->offset, e->block.to));
}

/* Of the file that stays, sorted. */
static struct strs whole_entries(const struct uniting *u)
{
	const struct contact *who = &u->who.contact;
	struct strs all = {ARENA_ARRAY(u->arena, struct str, who->entries_count + 1), 0};
	for (size_t i = 0; i < who->entries_count; i++)
		all.items[all.count++] = whole_entry(&u->who, &who->entries[i]);
	str_sort(all.items, all.count);
	return all;
}

/* An entry that a link leads to, or with tasks in it, is there only where all of it is. */
static void find_new(struct parts *p, const struct uniting *u)
{
	struct differences d;
	const struct contact *o = &u->other.contact;
	bool *whole = ARENA_ARRAY(u->arena, bool, o->entries_count + 1);
	struct strs there = whole_entries(u);
	p->entries_new = ARENA_ARRAY(u->arena, bool, o->entries_count + 1);
	for (size_t i = 0, task = 0; i < o->entries_count; i++) {
		const struct entry *e = &o->entries[i];
		while (task < o->tasks_count && o->tasks[task].offset < e->offset)
			task++;
		bool holds = task < o->tasks_count && o->tasks[task].offset < e->block.to;
		whole[i] = holds || has_block_id(u->other.image, e->offset);
		if (whole[i])
			p->entries_new[i] =
			    !str_is_among(there.items, there.count, whole_entry(&u->other, e));
	}
	differences_find(&d, o, &u->who.contact, u->arena);
	for (size_t i = 0; i < d.count; i++)
		if (d.items[i].kind == DIFFERENCE_ENTRY_REMOVED ||
		    d.items[i].kind == DIFFERENCE_ENTRY_CHANGED)
			p->entries_new[d.items[i].was] |= !whole[d.items[i].was];
}

struct named_task {
	struct str text;
	size_t at;
};

static int compare_tasks(const void *a, const void *b)
{
	const struct named_task *x = a, *y = b;
	int order = str_cmp(x->text, y->text);
	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static struct named_task *sort_tasks(const struct contact *c, struct arena *arena)
{
	struct named_task *tasks = ARENA_ARRAY(arena, struct named_task, c->tasks_count + 1);
	for (size_t i = 0; i < c->tasks_count; i++)
		tasks[i] = (struct named_task){c->tasks[i].text, i};
	if (c->tasks_count)
		qsort(tasks, c->tasks_count, sizeof(*tasks), compare_tasks);
	return tasks;
}

/* Of the same text the first with the first. */
static void pair_tasks(struct parts *p, const struct uniting *u)
{
	const struct contact *o = &u->other.contact, *who = &u->who.contact;
	struct named_task *a = sort_tasks(o, u->arena), *b = sort_tasks(who, u->arena);
	p->tasks_like = ARENA_ARRAY(u->arena, size_t, o->tasks_count + 1);
	for (size_t i = 0, k = 0; i < o->tasks_count; i++) {
		while (k < who->tasks_count && str_cmp(b[k].text, a[i].text) < 0)
			k++;
		bool like = k < who->tasks_count && str_eq(b[k].text, a[i].text);
		p->tasks_like[a[i].at] = like ? b[k++].at : NO_PLACE;
	}
}

/* A stretch of whole lines. */
static struct span lines_of_block(const struct note *note, const struct block *b)
{
	return (struct span){section_line(note, b->start), section_next_line(note->image, b->end)};
}

static bool is_alone_item(const struct note *note, const struct block *b)
{
	return b->kind == BLOCK_ITEM && b->level == 1 && section_is_alone(note, b);
}

/* Whether a task of both becomes one where it stands, as the merge of two versions has it. */
static bool merge_task(struct parts *p, const struct uniting *u, size_t like, struct span at)
{
	const struct note *note = &u->who.note;
	const struct block *b = note->blocks.items;
	struct merge_result result;
	struct kith_error ignored = {0};
	size_t i;
	if (like == NO_PLACE)
		return false;
	size_t from = u->who.contact.tasks[like].block.from;
	LOWER_BOUND(i, note->blocks.count, b[i].start < from);
	if (i == note->blocks.count || b[i].start != from || !is_alone_item(note, &b[i]))
		return false;
	struct span lines = lines_of_block(note, &b[i]);
	lines.to = lines.from + str_rtrim(span_str(note->image, lines)).n;
	struct merge_versions both = {STR_NONE, span_str(note->image, lines),
				      str_rtrim(span_str(u->other.image, at))};
	if (merge_files(&result, MERGE_PERSON, &both, u->config, u->arena, &ignored) ||
	    result.unread.p)
		return false;
	p->splices[p->splices_count++] = (struct splice){lines, result.bytes};
	return true;
}

static void take_items(struct parts *p, const struct uniting *u)
{
	const struct unite_side *o = &u->other;
	const struct contact *c = &o->contact;
	size_t entry = 0, task = 0, end = 0;
	for (size_t i = 0; i < o->note.blocks.count; i++) {
		const struct block *b = &o->note.blocks.items[i];
		while (entry < c->entries_count && c->entries[entry].block.from < b->start)
			entry++;
		while (task < c->tasks_count && c->tasks[task].block.from < b->start)
			task++;
		if (b->start < end || b->kind == BLOCK_PARAGRAPH || !section_is_alone(&o->note, b))
			continue;
		bool is_entry =
		    entry < c->entries_count && c->entries[entry].block.from == b->start;
		bool is_task = !is_entry && is_alone_item(&o->note, b) && task < c->tasks_count &&
			       c->tasks[task].block.from == b->start;
		if (!is_entry && !is_task)
			continue;
		struct span at = lines_of_block(&o->note, b);
		end = b->end;
		p->taken[p->taken_count++] = at;
		if (is_entry && p->entries_new[entry])
			p->entries[p->entries_count++] =
			    (struct entry_raw){&o->note, b, c->entries[entry].day};
		else if (is_task && !merge_task(p, u, p->tasks_like[task], at))
			p->tasks[p->tasks_count++] = b;
	}
}

static int compare_spans(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

static int put_items(struct uniting *u, const struct parts *p)
{
	struct buf a, b, c;
	buf_init(&a, 0);
	buf_init(&b, 0);
	buf_init(&c, 0);
	if (p->splices_count)
		qsort(p->splices, p->splices_count, sizeof(*p->splices), compare_spans);
	splice_add(&a, u->who.image, p->splices, p->splices_count);
	int rc =
	    entries_add_raw(&b, buf_str(&a), u->config, p->entries, p->entries_count, u->err) ||
	    tasks_add_raw(&c, buf_str(&b), u->config, &u->other.note, p->tasks, p->tasks_count,
			  u->err);
	struct str made = arena_take(u->arena, &c);
	if (!rc)
		unite_read(u, &u->who, u->relink->to_path, made);
	buf_release(&a);
	buf_release(&b);
	return rc ? -1 : 0;
}

/* ---- headings ---- */

static bool is_named_so(const struct uniting *u, const struct block *heading)
{
	const struct note *note = &u->other.note;
	return config_task_heading(u->config, span_str(note->image, heading->content), u->arena) ||
	       section_is_log(note, heading, u->config, u->arena);
}

/* The first heading of level 1, where it says the name. */
static const struct block *find_title(const struct uniting *u)
{
	const struct note *note = &u->other.note;
	const struct block *b = note->blocks.items, *end = b + note->blocks.count;
	while (b < end && !(b->kind == BLOCK_HEADING && b->level == 1))
		b++;
	if (b == end)
		return NULL;
	struct str text = text_key(span_str(note->image, b->content), u->arena);
	return str_eq(text, text_key(u->name, u->arena)) ? b : NULL;
}

/* After its line, and the line under it where it is underlined. */
static size_t after_heading(const struct note *note, const struct block *heading)
{
	size_t at = section_next_line(note->image, heading->content.to);
	return note->image.p[heading->start] == '#' ? at : section_next_line(note->image, at + 1);
}

static void blank_out(char *left, struct span at)
{
	memset(left + at.from, ' ', at.to - at.from);
}

/*
 * Headings that say nothing any more: the name as the title, and those whose section was taken
 * away. From the last to the first, so that inner ones go before those around them.
 */
static void take_headings(struct parts *p, const struct uniting *u)
{
	const struct note *note = &u->other.note;
	const struct block *title = find_title(u);
	char *left = arena_bytes(u->arena, note->image.n + 1);
	size_t ends[7]; /* of a section of that level */
	memcpy(left, note->image.p, note->image.n);
	for (size_t i = 0; i < p->taken_count; i++)
		blank_out(left, p->taken[i]);
	for (int level = 0; level < 7; level++)
		ends[level] = note->image.n;
	for (size_t i = note->blocks.count; i-- > 0;) {
		const struct block *b = &note->blocks.items[i];
		if (b->kind != BLOCK_HEADING || left[b->start] == ' ')
			continue;
		struct span line = {section_line(note, b->start), after_heading(note, b)};
		size_t end = ends[b->level] < line.to ? line.to : ends[b->level];
		bool empty = !str_trim((struct str){left + line.to, end - line.to}).n;
		bool any = str_trim(str_slice(note->image, line.to, end)).n > 0;
		for (int level = b->level; level < 7; level++)
			ends[level] = line.from;
		if (b != title && !(empty && (any || is_named_so(u, b))))
			continue;
		blank_out(left, line);
		p->gone[p->gone_count++] = line;
	}
	for (size_t i = 0; i < p->gone_count; i++)
		p->taken[p->taken_count++] = p->gone[p->gone_count - 1 - i];
	if (p->taken_count)
		qsort(p->taken, p->taken_count, sizeof(*p->taken), compare_spans);
}

/* ---- what is left ---- */

/* What was taken away leaves blank lines on both sides: those before it are enough. */
static size_t after_blanks(const struct buf *b, struct str image, size_t at, size_t to)
{
	struct str rest = str_slice(image, at, to), line;
	bool blank = b->n == 0 || (b->n > 1 && b->p[b->n - 2] == '\n');
	while (blank && rest.n) {
		struct str here = rest;
		(void)str_next_line(&rest, &line);
		if (str_trim(line).n)
			return (size_t)(here.p - image.p);
	}
	return blank ? to : at;
}

/* The first heading that is a log's, but for what was taken; NULL for none. */
static const struct block *find_log(const struct uniting *u, const struct note *note,
				    const struct span *taken, size_t count)
{
	for (size_t i = 0; i < note->blocks.count; i++) {
		const struct block *b = &note->blocks.items[i];
		for (; count && taken->to <= b->start; count--)
			taken++;
		if (b->kind == BLOCK_HEADING && !(count && taken->from <= b->start) &&
		    section_is_log(note, b, u->config, u->arena))
			return b;
	}
	return NULL;
}

static void add_heading(struct buf *b, const struct note *note, const struct block *heading)
{
	buf_add(b, str_rtrim(str_slice(note->image, section_line(note, heading->start),
				       after_heading(note, heading))));
	buf_addc(b, '\n');
}

/*
 * The other's file without what was taken from it, between the title and the log's heading of the
 * file that stays, so that its text comes there.
 */
static struct str left_over(const struct parts *p, const struct uniting *u)
{
	const struct note *note = &u->other.note, *who = &u->who.note;
	const struct block *first = who->blocks.count ? &who->blocks.items[0] : NULL;
	const struct block *log = find_log(u, who, NULL, 0);
	struct buf b, text;
	buf_init(&b, 0);
	buf_init(&text, 0);
	size_t at = note->body;
	for (size_t i = 0; i <= p->taken_count; i++) {
		size_t to = i < p->taken_count ? p->taken[i].from : note->image.n;
		if (at < to)
			buf_add(&text, str_slice(note->image,
						 after_blanks(&text, note->image, at, to), to));
		if (i < p->taken_count && p->taken[i].to > at)
			at = p->taken[i].to;
	}
	struct str left = str_rtrim(arena_take(u->arena, &text));
	if (str_trim(span_str(note->image, note->front)).n)
		buf_add(&b, str_upto(note->image, note->body));
	if (left.n) {
		bool titled =
		    first && first->kind == BLOCK_HEADING && first->level == 1 && first != log;
		if (titled)
			add_heading(&b, who, first);
		buf_printf(&b, "%s%.*s\n", titled ? "\n" : "", STR_ARG(left));
		if (log && log->level > 1 && !find_log(u, note, p->taken, p->taken_count)) {
			buf_addc(&b, '\n');
			add_heading(&b, who, log);
		}
	}
	return arena_take(u->arena, &b);
}

/* They stand from the last to the first. */
static struct str without_gone(const struct parts *p, const struct uniting *u)
{
	struct buf b;
	size_t at = 0;
	buf_init(&b, 0);
	for (size_t i = p->gone_count; i > 0; at = p->gone[--i].to)
		buf_add(&b, str_slice(u->other.image, at, p->gone[i - 1].from));
	buf_add(&b, str_from(u->other.image, at));
	return arena_take(u->arena, &b);
}

int unite_items(struct uniting *u, struct str *left, struct str *all)
{
	size_t room = 2 * u->other.note.blocks.count + 1;
	struct parts p = {.entries = ARENA_ARRAY(u->arena, struct entry_raw, room),
			  .tasks = ARENA_ARRAY(u->arena, const struct block *, room),
			  .splices = ARENA_ARRAY(u->arena, struct splice, room),
			  .taken = ARENA_ARRAY(u->arena, struct span, room),
			  .gone = ARENA_ARRAY(u->arena, struct span, room)};
	find_new(&p, u);
	pair_tasks(&p, u);
	take_items(&p, u);
	take_headings(&p, u);
	if (put_items(u, &p))
		return -1;
	*left = left_over(&p, u);
	*all = without_gone(&p, u);
	return 0;
}
