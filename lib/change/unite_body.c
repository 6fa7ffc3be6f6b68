/*
 * The other's body, taken apart: entries go to the log, tasks to the tasks,
 * and what is left, but for headings that hold nothing any more, under a
 * heading of its own.
 */
#include "change/unite_body.h"

#include <stdlib.h>

#include "base/search.h"
#include "base/text.h"
#include "change/entries.h"
#include "change/section.h"
#include "change/tasks.h"
#include "people/link.h"
#include "people/tags.h"

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
struct companions {
	struct span who[MOST_COMPANY], gap[MOST_COMPANY]; /* gap: what stands before each */
	bool self[MOST_COMPANY];
	size_t count, selves, end;
};

/* False where the list cannot be told from the text. */
static bool find_company(struct companions *c, const struct uniting *u, struct str image,
			 size_t from)
{
	struct span gap = {from, from};
	*c = (struct companions){.end = from};
	while (c->count < MOST_COMPANY) {
		struct str rest = str_from(image, gap.to);
		struct link link;
		size_t used;
		bool self;
		rest = str_upto(rest, str_line(rest));
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

static struct str without_selves(const struct companions *c, struct str image, struct arena *arena)
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
	return arena_take(arena, &b);
}

/* Whether a line still reads as before, but for the company. */
static bool reads_alike(const struct uniting *u, struct str line, const struct entry *was,
			struct str text, bool alone)
{
	struct entry now;
	struct reporter quiet = reporter_quiet(line);
	struct span all = {0, line.n};
	bool good = entry_read(&now, line, all, all, u->config, u->arena, &quiet) &&
		    now.day == was->day && str_eq(now.channel, was->channel) &&
		    str_eq(now.time, was->time) && now.planned == was->planned &&
		    now.cancelled == was->cancelled && (now.rest.p != NULL) == !alone;
	if (good && alone) {
		struct entry wanted = now;
		entry_set_text(&wanted, line, text, u->arena);
		good = str_eq(wanted.text, now.text);
	}
	return good;
}

static bool drop_from_entry(struct splice *splice, const struct uniting *u,
			    const struct unite_side *side, const struct entry *e)
{
	struct str image = side->image;
	struct companions company;
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
	line = str_upto(line, str_line(line));
	struct str after = str_slice(image, at.to, e->offset + line.n);
	struct str now =
	    arena_printf(u->arena, "%.*s%.*s%.*s", STR_ARG(str_slice(image, e->offset, at.from)),
			 STR_ARG(instead), STR_ARG(after));
	struct str text = str_ltrim_blanks(after);
	text = str_from(text, entry_separator(text));
	if (!reads_alike(u, str_rtrim(now), e, str_rtrim(text), alone))
		return false;
	*splice = (struct splice){at, instead};
	return true;
}

struct str unite_drop_company(const struct uniting *u, const struct unite_side *side)
{
	const struct contact *c = &side->contact;
	struct splice *splices = ARENA_ARRAY(u->arena, struct splice, c->company_count + 1);
	size_t count = 0;
	for (size_t i = 0; i < c->company_count; i++)
		count += drop_from_entry(&splices[count], u, side, &c->entries[c->company[i]]);
	if (count == 0)
		return side->image;
	struct buf b;
	buf_init(&b, 0);
	splice_add(&b, side->image, splices, count);
	return arena_take(u->arena, &b);
}

/* ---- facts ---- */

/*
 * What two bodies say is compared as a bag of facts (an entry, a task, a line
 * of other text, whatever list mark, indentation or level of heading it has),
 * so that a fact lost, made twice or read as something else is found wherever
 * it stands.
 */
struct body_facts {
	struct str *items;
	size_t count;
};

static void add_part(struct buf *b, struct str part)
{
	buf_printf(b, "%zu:", part.n);
	buf_add(b, part);
}

/* A line without blanks around it and marks of a heading; "" for what underlines one. */
static struct str plain_line(struct str line)
{
	line = str_trim(line);
	size_t n = 0;
	while (n < line.n && line.p[n] == '#')
		n++;
	if (n && n <= 6 && (n == line.n || str_is_blank_char(line.p[n])))
		return str_trim(str_from(line, n));
	for (n = 0; n < line.n && (line.p[n] == '=' || line.p[n] == '-');)
		n++;
	return n == line.n ? STR("") : line;
}

static void add_lines(struct buf *b, struct str rest)
{
	struct str line;
	(void)str_next_line(&rest, &line);
	while (str_next_line(&rest, &line)) {
		line = plain_line(line);
		if (line.n)
			add_part(b, line);
	}
}

static struct str lines_below(const struct uniting *u, struct str image, size_t offset, size_t to)
{
	struct buf b;
	buf_init(&b, 0);
	add_lines(&b, str_slice(image, offset, to));
	return arena_take(u->arena, &b);
}

static struct str key_of_entry(const struct uniting *u, const struct unite_side *side, size_t entry,
			       bool whole)
{
	const struct entry *e = &side->contact.entries[entry];
	struct buf b;
	buf_init(&b, 0);
	buf_printf(&b, "e %d %d%d%d%d%d%d ", e->day, e->planned, e->cancelled, e->gave, e->got,
		   e->asked, e->rest.p != NULL);
	add_part(&b, e->channel);
	add_part(&b, e->rest.p ? e->rest : e->text);
	if (whole) {
		add_part(&b, e->time);
		add_lines(&b, str_slice(side->image, e->offset, e->block.to));
	}
	return arena_take(u->arena, &b);
}

static struct str key_of_task(const struct uniting *u, const struct unite_side *side, size_t task)
{
	const struct task *t = &side->contact.tasks[task];
	struct str line = str_slice(side->image, t->offset, t->block.to), tag;
	struct buf b;
	buf_init(&b, 0);
	buf_printf(&b, "t %d %d %d %d %d%d%d%d%d%d ", t->state, t->due, t->created, t->done,
		   t->waiting, t->topic, t->repeats, t->gave, t->got, t->asked);
	add_part(&b, t->text);
	line = str_upto(line, str_line(line));
	for (size_t at = 0; tags_next(line, &at, &tag);)
		if (tags_which(tag) == TAG_OTHER)
			add_part(&b, tag);
	return arena_take(u->arena, &b);
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* A walk over a body, with what stands at each line. */
struct body_walk {
	const struct unite_side *side;
	const struct span *but;
	size_t but_count, entry, task;
};

/* Whether the line is another thing's than text's. */
static bool is_taken(struct body_walk *w, size_t from, size_t to)
{
	const struct contact *c = &w->side->contact;
	while (w->but_count && w->but->to <= from)
		w->but++, w->but_count--;
	while (w->entry < c->entries_count && c->entries[w->entry].block.to <= from)
		w->entry++;
	while (w->task < c->tasks_count && c->tasks[w->task].offset < from)
		w->task++;
	return (w->but_count && w->but->from < to) ||
	       (w->entry < c->entries_count && c->entries[w->entry].block.from < to) ||
	       (w->task < c->tasks_count && c->tasks[w->task].offset < to);
}

static bool is_left_out(const struct span *but, size_t count, size_t offset)
{
	size_t at;
	LOWER_BOUND(at, count, but[at].to <= offset);
	return at < count && but[at].from <= offset;
}

/* Without those whose places are in `but`, by its blocks' starts (rising). */
static void find_facts(struct body_facts *facts, const struct uniting *u,
		       const struct unite_side *side, const struct span *but, size_t count)
{
	const struct contact *c = &side->contact;
	struct str rest = str_from(side->image, side->note.body), line;
	struct body_walk walk = {.side = side, .but = but, .but_count = count};
	size_t room = c->entries_count + c->tasks_count + 1;
	for (struct str all = rest; str_next_line(&all, &line);)
		room++;
	facts->items = ARENA_ARRAY(u->arena, struct str, room);
	facts->count = 0;
	for (size_t i = 0; i < c->entries_count; i++)
		if (!is_left_out(but, count, c->entries[i].offset))
			facts->items[facts->count++] = key_of_entry(u, side, i, true);
	for (size_t i = 0; i < c->tasks_count; i++)
		if (!is_left_out(but, count, c->tasks[i].offset))
			facts->items[facts->count++] = key_of_task(u, side, i);
	while (rest.n) {
		size_t from = (size_t)(rest.p - side->image.p);
		(void)str_next_line(&rest, &line);
		struct str text = plain_line(line);
		if (text.n && !is_taken(&walk, from, from + line.n))
			facts->items[facts->count++] =
			    arena_printf(u->arena, "l %.*s", STR_ARG(text));
	}
	if (facts->count)
		qsort(facts->items, facts->count, sizeof(*facts->items), by_text);
}

/* In words, for a message: a line, or the longest of the first two parts. */
static struct str fact_words(struct str fact)
{
	struct str best = STR(""), rest = fact;
	size_t blanks = fact.p[0] == 'e' ? 3 : fact.p[0] == 't' ? 6 : 1;
	for (; blanks > 0; blanks--)
		rest = str_from(rest, str_find_char(rest, ' ') + 1);
	if (fact.p[0] == 'l')
		best = rest;
	for (int i = 0; i < 2 && fact.p[0] != 'l'; i++) {
		size_t colon = str_find_char(rest, ':');
		long length = str_number(str_upto(rest, colon), 99999999);
		struct str part =
		    str_upto(str_from(rest, colon + 1), length > 0 ? (size_t)length : 0);
		best = part.n > best.n ? part : best;
		rest = str_from(rest, colon + 1 + part.n);
	}
	return text_upto(best, 80);
}

/* Whether now is all of the two, and new headings. */
static int compare_facts(const struct uniting *u, const struct body_facts *who,
			 const struct body_facts *other, const struct body_facts *now)
{
	size_t i = 0, k = 0, n = 0;
	while (i < who->count || k < other->count || n < now->count) {
		bool first = k == other->count ||
			     (i < who->count && str_cmp(who->items[i], other->items[k]) <= 0);
		struct str none = STR_NONE;
		struct str want = first && i < who->count ? who->items[i]
				  : k < other->count      ? other->items[k]
							  : none;
		int order = !want.p ? -1 : n == now->count ? 1 : str_cmp(now->items[n], want);
		if (order > 0)
			return kith_fail(
			    u->err, KITH_FAILED,
			    "\"%.*s\" would be lost, or read as something else; nothing "
			    "was written",
			    STR_ARG(fact_words(want)));
		/* What is new are headings, which are lines. */
		if (order < 0 && now->items[n].p[0] != 'l')
			return kith_fail(
			    u->err, KITH_FAILED,
			    "\"%.*s\" would stand there twice, or be read as something "
			    "else; nothing was written",
			    STR_ARG(fact_words(now->items[n])));
		n++;
		i += order == 0 && first;
		k += order == 0 && !first;
	}
	return 0;
}

/* ---- what stands in both ---- */

struct keyed {
	struct str key;
	size_t place;
};

static int compare_keyed(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = str_cmp(x->key, y->key);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

struct keyed_list {
	struct keyed *items;
	size_t count;
	bool tasks; /* not entries */
};

/* An entry or a task. */
struct thing {
	struct str key, time;
	size_t offset, to;
};

static struct thing thing_at(const struct uniting *u, const struct unite_side *side, bool task,
			     size_t place)
{
	const struct entry *e = &side->contact.entries[place];
	const struct task *t = &side->contact.tasks[place];
	if (task)
		return (struct thing){key_of_task(u, side, place), STR(""), t->offset, t->block.to};
	return (struct thing){key_of_entry(u, side, place, false), e->time, e->offset, e->block.to};
}

static struct keyed_list list_keys(const struct uniting *u, const struct unite_side *side,
				   bool tasks)
{
	size_t count = tasks ? side->contact.tasks_count : side->contact.entries_count;
	struct keyed_list keys = {ARENA_ARRAY(u->arena, struct keyed, count + 1), count, tasks};
	for (size_t i = 0; i < count; i++)
		keys.items[i] = (struct keyed){thing_at(u, side, tasks, i).key, i};
	if (count)
		qsort(keys.items, count, sizeof(*keys.items), compare_keyed);
	return keys;
}

/* The first with that key; count where there is none. */
static size_t find_keyed(const struct keyed_list *keys, struct str key)
{
	size_t at;
	LOWER_BOUND(at, keys->count, str_cmp(keys->items[at].key, key) < 0);
	return at;
}

static struct str block_id(struct str image, size_t offset)
{
	struct str line = str_from(image, offset);
	line = str_rtrim(str_upto(line, str_line(line)));
	size_t at = line.n;
	while (at > 0 && !str_is_blank_char(line.p[at - 1]))
		at--;
	return at < line.n && line.p[at] == '^' ? str_from(line, at) : STR("");
}

/* Whether one says all that the other's does, where the keys are the same. */
static bool says_all(const struct uniting *u, struct thing has, struct thing more)
{
	struct str image = u->who.image, other = u->other.image;
	struct str below = lines_below(u, other, more.offset, more.to);
	struct str id = block_id(other, more.offset);
	return (!more.time.n || str_eq(more.time, has.time)) &&
	       (!below.n || str_eq(below, lines_below(u, image, has.offset, has.to))) &&
	       (!id.n || str_eq(id, block_id(image, has.offset)));
}

static bool has_thing(const struct uniting *u, const struct keyed_list *keys, size_t place)
{
	struct thing more = thing_at(u, &u->other, keys->tasks, place);
	size_t i = find_keyed(keys, more.key);
	for (size_t tries = 0; i < keys->count && tries < MOST_ALIKE; i++, tries++) {
		struct thing has = thing_at(u, &u->who, keys->tasks, keys->items[i].place);
		if (!str_eq(keys->items[i].key, more.key))
			return false;
		if (says_all(u, has, more))
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

static void take_stretch(struct parts *p, struct span at, bool twice)
{
	p->taken[p->taken_count++] = at;
	if (twice)
		p->twice[p->twice_count++] = at;
}

/* A stretch of whole lines. */
static struct span lines_of_block(const struct note *note, const struct block *b)
{
	return (struct span){section_line(note, b->start), section_next_line(note->image, b->end)};
}

static void take_items(struct parts *p, struct uniting *u)
{
	const struct unite_side *o = &u->other;
	const struct contact *c = &o->contact;
	struct keyed_list entries = list_keys(u, &u->who, false),
			  tasks = list_keys(u, &u->who, true);
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
		bool twice = is_entry ? has_thing(u, &entries, entry) : has_thing(u, &tasks, task);
		end = b->end;
		take_stretch(p, lines_of_block(&o->note, b), twice);
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
	size_t from;
	*any = false;
	LOWER_BOUND(from, p->taken_count, p->taken[from].to <= at.from);
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
	return config_task_heading(u->config, span_str(note->image, heading->content), u->arena) ||
	       section_is_log(note, heading, u->config, u->arena);
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

static int compare_spans(const void *a, const void *b)
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
		take_stretch(p, gone[i], true);
	if (p->taken_count)
		qsort(p->taken, p->taken_count, sizeof(*p->taken), compare_spans);
	if (p->twice_count)
		qsort(p->twice, p->twice_count, sizeof(*p->twice), compare_spans);
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
	return str_rtrim(arena_take(u->arena, &b));
}

/* ---- putting it there ---- */

static const struct block *find_log_heading(const struct uniting *u, const struct unite_side *side)
{
	for (size_t i = 0; i < side->note.blocks.count; i++) {
		const struct block *b = &side->note.blocks.items[i];
		if (b->kind == BLOCK_HEADING && section_is_log(&side->note, b, u->config, u->arena))
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
	const struct block *log = at_end ? NULL : find_log_heading(u, side);
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
	struct splice splice = section_splice(&side.note, &piece, u->arena);
	buf_init(&b, 0);
	splice_add(&b, image, &splice, 1);
	return arena_take(u->arena, &b);
}

static int check(struct uniting *u, const struct parts *p, struct str image)
{
	struct body_facts who, other, now;
	struct unite_side after;
	unite_read(u, &after, u->relink->to_path, image);
	find_facts(&who, u, &u->who, NULL, 0);
	find_facts(&other, u, &u->other, p->twice, p->twice_count);
	find_facts(&now, u, &after, NULL, 0);
	return compare_facts(u, &who, &other, &now);
}

static int put_items(struct uniting *u, const struct parts *p, struct str *image)
{
	struct buf b, c;
	buf_init(&b, 0);
	buf_init(&c, 0);
	int rc = entries_add_raw(&b, *image, u->config, p->entries, p->entries_count, u->err) ||
		 tasks_add_raw(&c, buf_str(&b), u->config, &u->other.note, p->tasks, p->tasks_count,
			       u->err);
	struct str made = arena_take(u->arena, &c);
	*image = rc ? *image : made;
	buf_release(&b);
	return rc ? -1 : 0;
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
	int rc = check(u, &p, united);
	u->err = err;
	if (rc) {
		united = put_text(u, *image, &p, true);
		rc = check(u, &p, united);
	}
	*image = united;
	return rc;
}
