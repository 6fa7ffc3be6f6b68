/*
 * The other's body, taken apart: entries go to the log, tasks to the tasks,
 * and what is left, but for headings that hold nothing any more, under a
 * heading of its own.
 */
#include <stdlib.h>

#include "base/text.h"
#include "change/entries.h"
#include "change/raw.h"
#include "change/section.h"
#include "change/tasks.h"
#include "change/unite_parts.h"
#include "people/link.h"

/* So many entries of one head are looked at for one that says as much. */
#define MOST_ALIKE 64

/* ---- company ---- */

static size_t between(struct str s)
{
	struct str rest = str_ltrim_blanks(s);
	bool more = rest.n && (rest.p[0] == ',' || rest.p[0] == ';' || rest.p[0] == '&');
	if (more)
		rest = str_ltrim_blanks(str_from(rest, 1));
	if (str_istarts(rest, STR("and ")))
		return s.n - str_ltrim_blanks(str_from(rest, 4)).n;
	return more ? s.n - rest.n : 0;
}

/* A plain name up to what may end it. */
static size_t name_length(struct str s)
{
	for (size_t i = 1; i < s.n; i++) {
		struct str rest = str_from(s, i);
		bool blank = str_is_blank_char(s.p[i]);
		if (s.p[i] == ',' || s.p[i] == ';' || (s.p[i] == ':' && entry_separator(rest)) ||
		    (blank && (between(rest) || entry_separator(str_ltrim_blanks(rest)))))
			return i;
	}
	return s.n;
}

/* Who stands after `with`. */
#define MOST_COMPANY 64
struct company {
	struct span who[MOST_COMPANY], gap[MOST_COMPANY]; /* gap: what stands before each */
	bool self[MOST_COMPANY];
	size_t count, selves, end;
};

/* False where the list cannot be told from the text. */
static bool find_company(struct company *c, const struct uniting *u, struct str image, size_t from)
{
	struct span gap = {from, from};
	*c = (struct company){.end = from};
	while (c->count < MOST_COMPANY) {
		struct str rest = str_from(image, gap.to);
		struct link link;
		size_t used;
		bool self;
		rest = str_upto(rest, str_find_char(rest, '\n'));
		if (link_parse(rest, &link, &used)) {
			struct str target =
			    link.markdown ? link_decode(link.target, u->arena) : link.target;
			self = unite_is_self(u, target);
		} else {
			used = name_length(rest);
			self = used && unite_is_self(u, str_upto(rest, used));
			if (!self)
				return c->count > 0;
		}
		c->gap[c->count] = gap;
		c->who[c->count] = (struct span){gap.to, gap.to + used};
		c->self[c->count++] = self;
		c->selves += self;
		c->end = gap.to + used;
		size_t more = between(str_from(rest, used));
		if (more == 0)
			return true;
		gap = (struct span){c->end, c->end + more};
	}
	return false;
}

static struct str without_selves(const struct company *c, struct str image, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < c->count; i++) {
		if (c->self[i])
			continue;
		if (b.n)
			buf_add(&b, span_str(image, c->gap[i]));
		buf_add(&b, span_str(image, c->who[i]));
	}
	struct str text = arena_str(arena, buf_str(&b));
	buf_release(&b);
	return text;
}

/* Whether a line still reads as before, but for the company. */
static bool reads_alike(const struct uniting *u, struct str line, const struct entry *was,
			struct str text, bool alone)
{
	struct entry now;
	struct diag diag;
	struct reporter reporter;
	struct span all = {0, line.n};
	diag_init(&diag, u->arena);
	reporter_init(&reporter, line, STR(""), &diag);
	bool good = entry_read(&now, line, all, all, u->config, u->arena, &reporter) &&
		    now.day == was->day && str_eq(now.channel, was->channel) &&
		    str_eq(now.time, was->time) && now.planned == was->planned &&
		    now.cancelled == was->cancelled && (now.rest.p != NULL) == !alone;
	if (good && alone) {
		struct entry wanted = now;
		entry_set_text(&wanted, line, text, u->arena);
		good = str_eq(wanted.text, now.text);
	}
	diag_release(&diag);
	return good;
}

static bool drop_from_entry(struct edit_splice *splice, const struct uniting *u,
			    const struct unite_side *side, const struct entry *e)
{
	struct str image = side->image;
	struct company company;
	size_t with = (size_t)(e->rest.p - image.p);
	struct str people = str_ltrim_blanks(str_from(image, with + strlen("with ")));
	if (!find_company(&company, u, image, image.n - people.n) || !company.selves)
		return false;
	bool alone = company.selves == company.count;
	struct span at = {company.who[0].from, company.end};
	struct str instead = STR("");
	if (alone) {
		/* The blank before it goes, too, or the one after it. */
		at.from = with;
		while (at.from > e->offset && str_is_blank_char(image.p[at.from - 1]))
			at.from--;
	} else {
		instead = without_selves(&company, image, u->arena);
	}
	struct str line = str_from(image, e->offset);
	line = str_upto(line, str_find_char(line, '\n'));
	struct str after = str_slice(image, at.to, e->offset + line.n);
	struct str now =
	    arena_printf(u->arena, "%.*s%.*s%.*s", STR_ARG(str_slice(image, e->offset, at.from)),
			 STR_ARG(instead), STR_ARG(after));
	struct str text = str_ltrim_blanks(after);
	text = str_from(text, entry_separator(text));
	if (!reads_alike(u, str_rtrim(now), e, str_rtrim(text), alone))
		return false;
	*splice = (struct edit_splice){at, instead};
	return true;
}

struct str unite_drop_company(const struct uniting *u, const struct unite_side *side)
{
	const struct contact *c = &side->contact;
	struct edit_splice *splices =
	    ARENA_ARRAY(u->arena, struct edit_splice, c->company_count + 1);
	size_t count = 0;
	for (size_t i = 0; i < c->company_count; i++)
		count += drop_from_entry(&splices[count], u, side, &c->entries[c->company[i]]);
	if (count == 0)
		return side->image;
	struct buf b;
	buf_init(&b, 0);
	edit_splices(&b, side->image, splices, count);
	struct str image = arena_str(u->arena, buf_str(&b));
	buf_release(&b);
	return image;
}

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

/* Whether nothing stands before the block in its line. */
static bool is_alone(const struct note *note, const struct block *b)
{
	struct str lead = str_slice(note->image, section_line(note, b->start), b->start);
	return str_ltrim_blanks(lead).n == 0;
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
		if (b->start < end || b->kind == BLOCK_PARAGRAPH || !is_alone(&o->note, b))
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

static int by_from(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

/* The bytes of a stretch that were taken, as `taken` has them; blank lines apart, is that all? */
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

/*
 * Headings that say nothing any more: the name as the title, and those whose
 * section was taken away. From the last to the first, so that inner ones go
 * before those around them. The title's own section is all of the text.
 */
static void take_headings(struct parts *p, const struct uniting *u)
{
	const struct note *note = &u->other.note;
	struct str name = text_key(u->other.contact.name, u->arena);
	bool *in = ARENA_ARRAY(u->arena, bool, note->blocks.count + 1);
	size_t first = note->blocks.count;
	struct span *headings = ARENA_ARRAY(u->arena, struct span, note->blocks.count + 1);
	size_t count = 0, end = note->image.n, taken = 0;
	for (size_t i = 0; i < note->blocks.count; i++) {
		const struct block *b = &note->blocks.items[i];
		while (taken < p->taken_count && p->taken[taken].to <= b->start)
			taken++;
		bool inside = taken < p->taken_count && p->taken[taken].from <= b->start;
		in[i] = b->kind == BLOCK_HEADING && !inside;
		if (in[i] && b->level == 1 && first == note->blocks.count)
			first = i;
	}
	/* Each stays open until something is found in it; walked backwards, `end` is what follows.
	 */
	bool holds[8] = {false}, lost[8] = {false};
	for (size_t i = note->blocks.count; i-- > 0;) {
		const struct block *b = &note->blocks.items[i];
		if (!in[i])
			continue;
		size_t below = section_next_line(note->image, b->content.to);
		bool any, empty;
		if (note->image.p[b->start] != '#')
			below = section_next_line(note->image, below + 1);
		empty =
		    is_empty(p, note->image, (struct span){below < end ? below : end, end}, &any);
		for (int level = b->level + 1; level <= 6; level++) {
			empty = empty && !holds[level];
			any = any || lost[level];
			holds[level] = lost[level] = false;
		}
		bool title = i == first &&
			     str_eq(text_key(span_str(note->image, b->content), u->arena), name);
		bool goes = title || (empty && (any || is_named_so(u, b)));
		holds[b->level] = holds[b->level] || !goes;
		lost[b->level] = lost[b->level] || any || goes;
		end = section_line(note, b->start);
		if (goes)
			headings[count++] = (struct span){end, below};
	}
	for (size_t i = 0; i < count; i++)
		take(p, headings[i], true);
	if (p->taken_count)
		qsort(p->taken, p->taken_count, sizeof(*p->taken), by_from);
	if (p->twice_count)
		qsort(p->twice, p->twice_count, sizeof(*p->twice), by_from);
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

/*
 * The text that is left, its headings below a level. Without blank lines at its ends.
 */
static struct str left_over(const struct parts *p, const struct uniting *u, int under)
{
	const struct note *note = &u->other.note;
	struct buf b;
	int top = 0;
	buf_init(&b, 0);
	for (int pass = 0; pass < 2; pass++) {
		size_t at = note->body;
		for (size_t i = 0; i <= p->taken_count; i++) {
			size_t to = i < p->taken_count ? p->taken[i].from : note->image.n;
			if (at < to && pass == 0) {
				int level = raw_level(note, (struct span){at, to});
				top = level && (!top || level < top) ? level : top;
			} else if (at < to) {
				at = after_blanks(&b, note->image, at, to);
				raw_add_lines(&b, note, (struct span){at, to}, 0,
					      top && top <= under ? under + 1 - top : 0);
			}
			if (i < p->taken_count && p->taken[i].to > at)
				at = p->taken[i].to;
		}
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

static struct str put_text(const struct uniting *u, struct str image, const struct parts *p,
			   bool at_end)
{
	struct unite_side side;
	struct section_piece piece;
	struct uniting reading = *u;
	unite_read(&reading, &side, u->relink->to_path, image);
	const struct block *log = at_end ? NULL : find_log(u, &side);
	if (log && log->level == 1)
		log = NULL;
	int level = log ? log->level : level_at_end(&side);
	struct str text = left_over(p, u, level);
	struct str name = arena_printf(u->arena, "From %.*s",
				       STR_ARG(text_line(u->other.contact.name, u->arena)));
	struct str heading = section_heading(level, name, u->arena);
	if (log) {
		size_t at = section_line(&side.note, log->start);
		bool first = str_trim(str_slice(image, side.note.body, at)).n == 0;
		piece = (struct section_piece){.at = at,
					       .before = !first &&
							 section_blanks_before(&side.note, at) == 0,
					       .heading = heading,
					       .airy = section_is_airy(&side.note),
					       .after = 1};
	} else {
		piece = section_at_end(&side.note, heading);
	}
	piece.text = text;
	struct edit_splice splice = section_splice(&side.note, &piece, u->arena);
	struct buf b;
	buf_init(&b, 0);
	edit_splices(&b, image, &splice, 1);
	image = arena_str(u->arena, buf_str(&b));
	buf_release(&b);
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
			  .twice = ARENA_ARRAY(u->arena, struct span, room)};
	take_items(&p, u);
	take_headings(&p, u);
	u->told->entries = p.entries_count;
	u->told->tasks = p.tasks_count;
	if (put_items(u, &p, image))
		return -1;
	u->told->text = left_over(&p, u, 1).n > 0;
	if (!u->told->text)
		return check(u, &p, *image);
	/* Before the log; at the end where text that never closes would swallow the log. */
	struct kith_error ignored = {0}, *err = u->err;
	struct str before = put_text(u, *image, &p, false);
	u->err = &ignored;
	int failed = check(u, &p, before);
	u->err = err;
	if (failed) {
		before = put_text(u, *image, &p, true);
		failed = check(u, &p, before);
	}
	*image = before;
	return failed;
}
