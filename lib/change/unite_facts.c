/*
 * What two bodies say is compared as a bag of facts, so that a fact lost, made
 * twice or read as something else is found wherever it stands.
 */
#include <stdlib.h>

#include "base/text.h"
#include "change/unite_parts.h"
#include "people/tags.h"

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

struct str unite_lines_below(const struct uniting *u, struct str image, size_t offset, size_t to)
{
	struct buf b;
	buf_init(&b, 0);
	add_lines(&b, str_slice(image, offset, to));
	return arena_take(u->arena, &b);
}

struct str unite_entry_key(const struct uniting *u, const struct unite_side *side, size_t entry,
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

struct str unite_task_key(const struct uniting *u, const struct unite_side *side, size_t task)
{
	const struct task *t = &side->contact.tasks[task];
	struct str line = str_slice(side->image, t->offset, t->block.to), tag;
	struct buf b;
	buf_init(&b, 0);
	buf_printf(&b, "t %d %d %d %d %d%d%d%d%d%d ", t->state, t->due, t->created, t->done,
		   t->waiting, t->topic, t->repeats, t->gave, t->got, t->asked);
	add_part(&b, t->text);
	line = str_upto(line, str_find_char(line, '\n'));
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
struct walk {
	const struct unite_side *side;
	const struct span *but;
	size_t but_count, entry, task;
};

/* Whether the line is another thing's than text's. */
static bool is_taken(struct walk *w, size_t from, size_t to)
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
	size_t from = 0, to = count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (but[middle].to <= offset)
			from = middle + 1;
		else
			to = middle;
	}
	return from < count && but[from].from <= offset;
}

void unite_facts_find(struct unite_facts *facts, const struct uniting *u,
		      const struct unite_side *side, const struct span *but, size_t count)
{
	const struct contact *c = &side->contact;
	struct str rest = str_from(side->image, side->note.body), line;
	struct walk walk = {.side = side, .but = but, .but_count = count};
	size_t room = c->entries_count + c->tasks_count + 1;
	for (size_t i = 0; i < rest.n; i++)
		room += rest.p[i] == '\n';
	facts->items = ARENA_ARRAY(u->arena, struct str, room);
	facts->count = 0;
	for (size_t i = 0; i < c->entries_count; i++)
		if (!is_left_out(but, count, c->entries[i].offset))
			facts->items[facts->count++] = unite_entry_key(u, side, i, true);
	for (size_t i = 0; i < c->tasks_count; i++)
		if (!is_left_out(but, count, c->tasks[i].offset))
			facts->items[facts->count++] = unite_task_key(u, side, i);
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

int unite_check_bodies(const struct uniting *u, const struct unite_facts *who,
		       const struct unite_facts *other, const struct unite_facts *now)
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
