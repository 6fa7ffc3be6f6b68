/*
 * The other's body, taken apart: entries go to the log, tasks to the tasks,
 * and what is left, but for headings that hold nothing any more, under a
 * heading of its own.
 */
#include <stdlib.h>

#include "base/text.h"
#include "change/entries.h"
#include "change/section.h"
#include "change/tasks.h"
#include "change/unite_parts.h"

/* So many entries of one head are looked at for one that says as much. */
#define MOST_ALIKE 64

/* ---- what stands in both ---- */

struct keyed {
	struct str key;
	size_t place;
};

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = str_cmp(x->key, y->key);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

struct keys {
	struct keyed *items;
	size_t count;
};

static struct keys keys_of(const struct uniting *u, const struct unite_side *side, bool tasks)
{
	size_t count = tasks ? side->contact.tasks_count : side->contact.entries_count;
	struct keys keys = {ARENA_ARRAY(u->arena, struct keyed, count + 1), count};
	for (size_t i = 0; i < count; i++)
		keys.items[i] = (struct keyed){
		    tasks ? unite_task_key(u, side, i) : unite_entry_key(u, side, i, false), i};
	if (count)
		qsort(keys.items, count, sizeof(*keys.items), by_key);
	return keys;
}

/* The first with that key; count where there is none. */
static size_t find_key(const struct keys *keys, struct str key)
{
	size_t from = 0, to = keys->count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (str_cmp(keys->items[middle].key, key) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static struct str block_id(struct str image, size_t offset)
{
	struct str line = str_from(image, offset);
	line = str_rtrim(str_upto(line, str_find_char(line, '\n')));
	size_t at = line.n;
	while (at > 0 && !str_is_blank_char(line.p[at - 1]))
		at--;
	return at < line.n && line.p[at] == '^' ? str_from(line, at) : STR("");
}

/* Whether a says all that b does, where the keys are the same. */
static bool says_all(const struct uniting *u, const struct unite_side *one, size_t offset,
		     size_t to, const struct unite_side *two, size_t two_offset, size_t two_to)
{
	struct str below = unite_lines_below(u, two->image, two_offset, two_to);
	struct str id = block_id(two->image, two_offset);
	return (!below.n || str_eq(below, unite_lines_below(u, one->image, offset, to))) &&
	       (!id.n || str_eq(id, block_id(one->image, offset)));
}

static bool has_entry(const struct uniting *u, const struct keys *keys, size_t place)
{
	const struct entry *e = &u->other.contact.entries[place];
	struct str key = unite_entry_key(u, &u->other, place, false);
	size_t i = find_key(keys, key);
	for (size_t tries = 0; i < keys->count && tries < MOST_ALIKE; i++, tries++) {
		const struct entry *has = &u->who.contact.entries[keys->items[i].place];
		if (!str_eq(keys->items[i].key, key))
			return false;
		if ((!e->time.n || str_eq(e->time, has->time)) &&
		    says_all(u, &u->who, has->offset, has->block.to, &u->other, e->offset,
			     e->block.to))
			return true;
	}
	return false;
}

static bool has_task(const struct uniting *u, const struct keys *keys, size_t place)
{
	const struct task *t = &u->other.contact.tasks[place];
	struct str key = unite_task_key(u, &u->other, place);
	size_t i = find_key(keys, key);
	for (size_t tries = 0; i < keys->count && tries < MOST_ALIKE; i++, tries++) {
		const struct task *has = &u->who.contact.tasks[keys->items[i].place];
		if (!str_eq(keys->items[i].key, key))
			return false;
		if (says_all(u, &u->who, has->offset, has->block.to, &u->other, t->offset,
			     t->block.to))
			return true;
	}
	return false;
}

/* ---- taking the other's body apart ---- */

struct parts {
	struct entry_raw *entries;
	const struct block **tasks;
	size_t entries_count, tasks_count;
	struct span *taken; /* what does not stay with the text: rising */
	size_t taken_count;
	struct span *twice; /* of it, what the other file says already, and headings */
	size_t twice_count;
	struct span *left; /* what stays with it */
	size_t left_count;
};

static void take(struct parts *p, struct span at, bool twice)
{
	p->taken[p->taken_count++] = at;
	if (twice)
		p->twice[p->twice_count++] = at;
}

/* A stretch of whole lines. */
static struct span lines_of(const struct note *note, const struct block *b)
{
	return (struct span){section_line(note, b->start), section_next_line(note->image, b->end)};
}

static void take_items(struct parts *p, struct uniting *u)
{
	const struct unite_side *o = &u->other;
	const struct contact *c = &o->contact;
	struct keys entries = keys_of(u, &u->who, false), tasks = keys_of(u, &u->who, true);
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
		bool is_task = !is_entry && b->kind == BLOCK_ITEM && b->level == 1 &&
			       task < c->tasks_count && c->tasks[task].block.from == b->start;
		if (!is_entry && !is_task)
			continue;
		bool twice = is_entry ? has_entry(u, &entries, entry) : has_task(u, &tasks, task);
		end = b->end;
		take(p, lines_of(&o->note, b), twice);
		if (is_entry && !twice)
			p->entries[p->entries_count++] =
			    (struct entry_raw){&o->note, b, c->entries[entry].day};
		else if (!twice)
			p->tasks[p->tasks_count++] = b;
		u->told->entries_twice += is_entry && twice;
		u->told->tasks_twice += is_task && twice;
	}
}

/* Whether nothing of a stretch stays but blank lines. *any: whether something of it was taken. */
static bool is_empty(const struct parts *p, struct str image, struct span at, bool *any)
{
	size_t from = 0, to = p->taken_count;
	*any = false;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (p->taken[middle].to <= at.from)
			from = middle + 1;
		else
			to = middle;
	}
	for (; at.from < at.to; from++) {
		bool more = from < p->taken_count && p->taken[from].from < at.to;
		size_t until = more ? p->taken[from].from : at.to;
		if (str_trim(str_slice(image, at.from, until)).n)
			return false;
		*any = *any || more;
		at.from = more ? p->taken[from].to : at.to;
	}
	return true;
}

static bool is_named_so(const struct uniting *u, const struct block *heading)
{
	const struct note *note = &u->other.note;
	if (section_is_named(note, heading, u->config->task_heading, u->arena))
		return true;
	for (size_t i = 0; i < u->config->log_headings.count; i++)
		if (section_is_named(note, heading, u->config->log_headings.items[i], u->arena))
			return true;
	return false;
}

/* Headings that stand in nothing that was taken, in the order of the file. */
static const struct block **list_headings(size_t *count, const struct parts *p,
					  const struct uniting *u)
{
	const struct blocks *blocks = &u->other.note.blocks;
	const struct block **headings =
	    ARENA_ARRAY(u->arena, const struct block *, blocks->count + 1);
	*count = 0;
	for (size_t i = 0, taken = 0; i < blocks->count; i++) {
		const struct block *b = &blocks->items[i];
		while (taken < p->taken_count && p->taken[taken].to <= b->start)
			taken++;
		bool inside = taken < p->taken_count && p->taken[taken].from <= b->start;
		if (b->kind == BLOCK_HEADING && !inside)
			headings[(*count)++] = b;
	}
	return headings;
}

/* The first heading of level 1, where it says the name: its section is all of the text. */
static const struct block *find_title(const struct block *const *headings, size_t count,
				      const struct uniting *u)
{
	size_t i = 0;
	while (i < count && headings[i]->level != 1)
		i++;
	if (i == count)
		return NULL;
	struct str text = span_str(u->other.image, headings[i]->content);
	bool named = str_eq(text_key(text, u->arena), text_key(u->other.contact.name, u->arena));
	return named ? headings[i] : NULL;
}

/* By level: what there is in the sections of those headings that no heading above holds yet. */
struct inner {
	bool stays[7], taken[7];
};

/* They are in this one's section: whether none stays. *any: set where something was taken. */
static bool close_inner(struct inner *inner, int level, bool *any)
{
	bool empty = true;
	while (++level <= 6) {
		empty = empty && !inner->stays[level];
		*any = *any || inner->taken[level];
		inner->stays[level] = inner->taken[level] = false;
	}
	return empty;
}

/* After its line, and the line under it where it is underlined. */
static size_t after_heading(const struct note *note, const struct block *heading)
{
	size_t at = section_next_line(note->image, heading->content.to);
	return note->image.p[heading->start] == '#' ? at : section_next_line(note->image, at + 1);
}

static int by_from(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

/*
 * Headings that say nothing any more: the name as the title, and those whose
 * section was taken away. From the last to the first, so that inner ones go
 * before those around them.
 */
static void take_headings(struct parts *p, const struct uniting *u)
{
	const struct note *note = &u->other.note;
	size_t count, end = note->image.n, gone_count = 0;
	const struct block **headings = list_headings(&count, p, u);
	const struct block *title = find_title(headings, count, u);
	struct span *gone = ARENA_ARRAY(u->arena, struct span, count + 1);
	struct inner inner = {.stays = {false}};
	for (size_t i = count; i-- > 0;) {
		const struct block *b = headings[i];
		size_t after = after_heading(note, b);
		struct span own = {after < end ? after : end, end};
		bool any, empty = is_empty(p, note->image, own, &any);
		empty = close_inner(&inner, b->level, &any) && empty;
		bool goes = b == title || (empty && (any || is_named_so(u, b)));
		inner.stays[b->level] = inner.stays[b->level] || !goes;
		inner.taken[b->level] = inner.taken[b->level] || any || goes;
		end = section_line(note, b->start);
		if (goes)
			gone[gone_count++] = (struct span){end, after};
	}
	for (size_t i = 0; i < gone_count; i++)
		take(p, gone[i], true);
	if (p->taken_count)
		qsort(p->taken, p->taken_count, sizeof(*p->taken), by_from);
	if (p->twice_count)
		qsort(p->twice, p->twice_count, sizeof(*p->twice), by_from);
}

/* The stretches between what was taken. */
static void find_left(struct parts *p, const struct note *note)
{
	size_t at = note->body;
	for (size_t i = 0; i <= p->taken_count; i++) {
		size_t to = i < p->taken_count ? p->taken[i].from : note->image.n;
		if (at < to)
			p->left[p->left_count++] = (struct span){at, to};
		if (i < p->taken_count && p->taken[i].to > at)
			at = p->taken[i].to;
	}
}

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

/* The text that is left, its headings below a level, without blank lines at its ends. */
static struct str left_over(const struct parts *p, const struct uniting *u, int under)
{
	const struct note *note = &u->other.note;
	struct buf b;
	int top = 0;
	buf_init(&b, 0);
	for (size_t i = 0; i < p->left_count; i++) {
		int level = section_top_level(note, p->left[i]);
		top = level && (!top || level < top) ? level : top;
	}
	for (size_t i = 0; i < p->left_count; i++) {
		struct span at = p->left[i];
		at.from = after_blanks(&b, note->image, at.from, at.to);
		section_add_lines(&b, note, at, 0, top && top <= under ? under + 1 - top : 0);
	}
	struct str text = arena_str(u->arena, str_rtrim(buf_str(&b)));
	buf_release(&b);
	return text;
}

/* ---- putting it there ---- */

static const struct block *find_log(const struct uniting *u, const struct unite_side *side)
{
	for (size_t i = 0; i < side->note.blocks.count; i++) {
		const struct block *b = &side->note.blocks.items[i];
		for (size_t k = 0; b->kind == BLOCK_HEADING && k < u->config->log_headings.count;
		     k++)
			if (section_is_named(&side->note, b, u->config->log_headings.items[k],
					     u->arena))
				return b;
	}
	return NULL;
}

/* A section at the end must not become a part of an entry that is a heading. */
static int level_at_end(const struct unite_side *side)
{
	int level = section_level(&side->note);
	size_t entry = 0;
	for (size_t i = 0; i < side->note.blocks.count; i++) {
		const struct block *b = &side->note.blocks.items[i];
		while (entry < side->contact.entries_count &&
		       side->contact.entries[entry].block.from < b->start)
			entry++;
		if (b->kind == BLOCK_HEADING && entry < side->contact.entries_count &&
		    side->contact.entries[entry].block.from == b->start && b->level < level)
			level = b->level;
	}
	return level;
}

/* Where other text goes: before the log, or at the end. */
static struct section_piece place_text(const struct uniting *u, const struct unite_side *side,
				       const struct parts *p, bool at_end)
{
	const struct block *log = at_end ? NULL : find_log(u, side);
	if (log && log->level == 1)
		log = NULL;
	int level = log ? log->level : level_at_end(side);
	struct str name = arena_printf(u->arena, "From %.*s",
				       STR_ARG(text_line(u->other.contact.name, u->arena)));
	struct str heading = section_heading(level, name, u->arena);
	struct section_piece piece = section_at_end(&side->note, heading);
	if (log) {
		size_t at = section_line(&side->note, log->start);
		bool first = str_trim(str_slice(side->image, side->note.body, at)).n == 0;
		size_t blanks = section_blanks_before(&side->note, at);
		piece = (struct section_piece){.at = at,
					       .before = !first && blanks == 0,
					       .heading = heading,
					       .airy = section_is_airy(&side->note),
					       .after = 1};
	}
	piece.text = left_over(p, u, level);
	return piece;
}

static struct str put_text(struct uniting *u, struct str image, const struct parts *p, bool at_end)
{
	struct unite_side side;
	struct buf b;
	unite_read(u, &side, u->relink->to_path, image);
	struct section_piece piece = place_text(u, &side, p, at_end);
	struct edit_splice splice = section_splice(&side.note, &piece, u->arena);
	buf_init(&b, 0);
	edit_splices(&b, image, &splice, 1);
	image = arena_take(u->arena, &b);
	return image;
}

static int check(struct uniting *u, const struct parts *p, struct str image)
{
	struct unite_facts who, other, now;
	struct unite_side after;
	unite_read(u, &after, u->relink->to_path, image);
	unite_facts_find(&who, u, &u->who, NULL, 0);
	unite_facts_find(&other, u, &u->other, p->twice, p->twice_count);
	unite_facts_find(&now, u, &after, NULL, 0);
	return unite_check_bodies(u, &who, &other, &now);
}

static int put_items(struct uniting *u, const struct parts *p, struct str *image)
{
	struct buf b, c;
	buf_init(&b, 0);
	buf_init(&c, 0);
	int failed = entries_add_raw(&b, *image, u->config, p->entries, p->entries_count, u->err) ||
		     tasks_add_raw(&c, buf_str(&b), u->config, &u->other.note, p->tasks,
				   p->tasks_count, u->err);
	if (!failed)
		*image = arena_str(u->arena, buf_str(&c));
	buf_release(&b);
	buf_release(&c);
	return failed ? -1 : 0;
}

int unite_bodies(struct uniting *u, struct str *image)
{
	size_t room = 2 * u->other.note.blocks.count + 1;
	struct parts p = {.entries = ARENA_ARRAY(u->arena, struct entry_raw, room),
			  .tasks = ARENA_ARRAY(u->arena, const struct block *, room),
			  .taken = ARENA_ARRAY(u->arena, struct span, room),
			  .twice = ARENA_ARRAY(u->arena, struct span, room),
			  .left = ARENA_ARRAY(u->arena, struct span, room + 1)};
	take_items(&p, u);
	take_headings(&p, u);
	find_left(&p, &u->other.note);
	u->told->entries = p.entries_count;
	u->told->tasks = p.tasks_count;
	if (put_items(u, &p, image))
		return -1;
	u->told->text = left_over(&p, u, 1).n > 0;
	if (!u->told->text)
		return check(u, &p, *image);
	/* Before the log; at the end where text that never closes would swallow the log. */
	struct kith_error ignored = {0}, *err = u->err;
	struct str united = put_text(u, *image, &p, false);
	u->err = &ignored;
	int failed = check(u, &p, united);
	u->err = err;
	if (failed) {
		united = put_text(u, *image, &p, true);
		failed = check(u, &p, united);
	}
	*image = united;
	return failed;
}
