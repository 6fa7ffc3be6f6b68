/*
 * This knows nothing of how files are united: it takes lines apart by itself
 * and leaves out what stands around words (marks of lists and headings,
 * blanks), which may change where a thing moves to.
 */
#include "change/unite_check.h"

#include <stdlib.h>

#include "base/search.h"
#include "base/text.h"

/* An entry, a task or a line: what is compared, and how it reads. */
struct saying {
	struct str key, text;
};

/* All that a file says, sorted. */
struct said {
	struct saying *items;
	size_t count;
};

static int compare_said(const void *a, const void *b)
{
	const struct saying *x = a, *y = b;
	return str_cmp(x->key, y->key);
}

static bool is_word_byte(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || (unsigned char)c >= 0x80;
}

/* Letters and digits alone. */
static void add_said_words(struct buf *b, struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (is_word_byte(text.p[i]))
			buf_addc(b, text.p[i]);
}

/* Companions may be gone: only what stands behind them counts. */
static struct str behind_company(const struct entry *e)
{
	struct str rest = e->rest;
	if (!rest.p)
		return e->text;
	for (; rest.n; rest = str_from(rest, 1)) {
		struct str end = str_ltrim_blanks(rest);
		size_t used = entry_separator(end);
		if (used)
			return str_from(end, used);
	}
	return rest;
}

static struct saying say_entry(const struct entry *e, struct buf *b, struct arena *arena)
{
	buf_clear(b);
	buf_printf(b, "e%d %.*s ", e->day, STR_ARG(e->channel));
	add_said_words(b, behind_company(e));
	struct str text = e->rest.p ? e->rest : e->text;
	text = arena_printf(arena, "%s %.*s %.*s", day_text(e->day).z, STR_ARG(e->channel),
			    STR_ARG(text));
	return (struct saying){arena_str(arena, buf_str(b)), text};
}

static struct saying say_task(const struct task *t, struct buf *b, struct arena *arena)
{
	buf_clear(b);
	buf_printf(b, "t%d %d ", t->state, t->due);
	add_said_words(b, t->text);
	return (struct saying){arena_str(arena, buf_str(b)), t->text};
}

/* Where entries, tasks and headings begin: these lines are compared as what they are. */
struct beginnings {
	size_t *items;
	size_t count;
};

static int compare_offset(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	return (x > y) - (x < y);
}

static struct beginnings find_beginnings(const struct unite_side *side, struct arena *arena)
{
	const struct contact *c = &side->contact;
	size_t room = c->entries_count + c->tasks_count + side->note.blocks.count + 1;
	struct beginnings all = {ARENA_ARRAY(arena, size_t, room), 0};
	for (size_t i = 0; i < c->entries_count; i++)
		all.items[all.count++] = c->entries[i].offset;
	for (size_t i = 0; i < c->tasks_count; i++)
		all.items[all.count++] = c->tasks[i].offset;
	for (size_t i = 0; i < side->note.blocks.count; i++)
		if (side->note.blocks.items[i].kind == BLOCK_HEADING)
			all.items[all.count++] = side->note.blocks.items[i].start;
	if (all.count)
		qsort(all.items, all.count, sizeof(*all.items), compare_offset);
	return all;
}

static void say_lines(struct said *said, const struct unite_side *side, struct buf *b,
		      struct arena *arena)
{
	struct str image = side->image;
	struct beginnings all = find_beginnings(side, arena);
	for (size_t at = side->note.body, end, next = 0; at < image.n; at = end + 1) {
		for (end = at; end < image.n && image.p[end] != '\n' && image.p[end] != '\r';)
			end++;
		while (next < all.count && all.items[next] < at)
			next++;
		if (next < all.count && all.items[next] < end)
			continue;
		struct str line = str_trim(str_slice(image, at, end));
		buf_clear(b);
		buf_addz(b, "l");
		add_said_words(b, line);
		if (b->n > 1)
			said->items[said->count++] =
			    (struct saying){arena_str(arena, buf_str(b)), line};
	}
}

static struct said read_said(const struct uniting *u, struct str path, struct str image)
{
	struct unite_side side;
	struct said said;
	struct buf b;
	buf_init(&b, 0);
	unite_read_by(&side, &note_reader_libs, u, path, image);
	/* Each has a line of its own. */
	said = (struct said){ARENA_ARRAY(u->arena, struct saying, image.n / 2 + 2), 0};
	for (size_t i = 0; i < side.contact.entries_count; i++)
		said.items[said.count++] = say_entry(&side.contact.entries[i], &b, u->arena);
	for (size_t i = 0; i < side.contact.tasks_count; i++)
		said.items[said.count++] = say_task(&side.contact.tasks[i], &b, u->arena);
	say_lines(&said, &side, &b, u->arena);
	buf_release(&b);
	if (said.count)
		qsort(said.items, said.count, sizeof(*said.items), compare_said);
	return said;
}

static size_t times_said(const struct said *said, struct str what)
{
	size_t from, to;
	/* A talk whose text may have been that of its company: any of that day and kind. */
	bool any = what.p[what.n - 1] == ' ';
	LOWER_BOUND(from, said->count, str_cmp(said->items[from].key, what) < 0);
	for (to = from; to < said->count; to++)
		if (any ? !str_starts(said->items[to].key, what)
			: !str_eq(said->items[to].key, what))
			break;
	return to - from;
}

static int check_said(const struct uniting *u, const struct said *had, const struct said *mine,
		      const struct said *now)
{
	for (size_t i = 0, end; i < had->count; i = end) {
		struct str what = had->items[i].key;
		for (end = i + 1; end < had->count && str_eq(had->items[end].key, what);)
			end++;
		size_t own = times_said(mine, what);
		size_t want = own ? own : end - i;
		if (times_said(now, what) < want)
			return kith_fail(u->err, KITH_FAILED,
					 "\"%.*s\" would be lost; nothing was written",
					 STR_ARG(text_upto(had->items[i].text, 80)));
	}
	return 0;
}

int unite_check_texts(const struct uniting *u, struct str who, struct str other, struct str now)
{
	struct said mine = read_said(u, u->relink->to_path, who);
	struct said more = read_said(u, u->relink->path, other);
	struct said all = read_said(u, u->relink->to_path, now);
	return check_said(u, &mine, &mine, &all) || check_said(u, &more, &mine, &all) ? -1 : 0;
}
