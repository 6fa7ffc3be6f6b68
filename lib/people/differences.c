#include "people/differences.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "note/quick.h"
#include "people/fields.h"
#include "people/matching.h"
#include "people/tags.h"

/* One comparison: what is found, and memory that goes with it. */
struct comparing {
	const struct contact *before, *after;
	struct yaml_node *fronts[2]; /* maps, read again where the front matter's bytes differ */
	struct difference *items;    /* on the heap until the end */
	size_t count, cap;
	struct arena *arena, scratch;
};

bool differences_same_entry(const struct entry *a, const struct entry *b)
{
	return a->day == b->day && str_eq(a->time, b->time) && str_eq(a->channel, b->channel) &&
	       (a->rest.p == NULL) == (b->rest.p == NULL) && str_eq(a->rest, b->rest) &&
	       (a->rest.p || str_eq(a->text, b->text)) && a->planned == b->planned &&
	       a->cancelled == b->cancelled && a->gave == b->gave && a->got == b->got &&
	       a->asked == b->asked;
}

bool differences_same_task(const struct task *a, const struct task *b)
{
	return a->state == b->state && str_eq(a->text, b->text) && a->due == b->due &&
	       a->created == b->created && a->done == b->done && a->waiting == b->waiting &&
	       a->topic == b->topic && a->repeats == b->repeats && a->gave == b->gave &&
	       a->got == b->got && a->asked == b->asked;
}

static struct difference *push_difference(struct comparing *c, enum difference_kind kind)
{
	c->items = mem_grow(c->items, c->count, &c->cap, sizeof(*c->items));
	c->items[c->count] =
	    (struct difference){.kind = kind, .key = KEY_UNKNOWN, .was = NO_PLACE, .is = NO_PLACE};
	return &c->items[c->count++];
}

static void push_field(struct comparing *c, enum key key, struct strs before, struct strs after)
{
	struct difference *d = push_difference(c, DIFFERENCE_FIELD);
	d->key = key;
	d->key_text = key_name(key);
	d->before = before;
	d->after = after;
}

static bool same_strs(const struct strs *a, const struct strs *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!str_eq(a->items[i], b->items[i]))
			return false;
	return true;
}

/* Of these the order says nothing: an editor that sorts them only tidies. */
static bool is_unordered(enum key key)
{
	enum key_shape shape = key_row(key)->shape;
	return key == KEY_ALIASES || key == KEY_INTERESTS || shape == SHAPE_TAGS ||
	       shape == SHAPE_LINKS || shape == SHAPE_RELATIONS;
}

static struct strs sorted_texts(struct comparing *c, struct strs texts)
{
	struct strs sorted = {arena_copy(c->arena, texts.items, texts.count, sizeof(*texts.items)),
			      texts.count};
	str_sort(sorted.items, sorted.count);
	return sorted;
}

static bool same_values(struct comparing *c, enum key key, struct strs before, struct strs after)
{
	if (same_strs(&before, &after) || before.count != after.count || !is_unordered(key))
		return same_strs(&before, &after);
	before = sorted_texts(c, before);
	after = sorted_texts(c, after);
	return same_strs(&before, &after);
}

/* Links of an organisation show as what they say; where they lead is told apart. */
static bool same_links(const struct relations *a, const struct relations *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!str_eq(a->items[i].text, b->items[i].text))
			return false;
	return true;
}

/*
 * The front matter once more: a contact holds the tags of its body among its
 * tags, and nothing of values that could not be understood.
 */
static void read_fronts(struct comparing *c)
{
	const struct contact *contacts[] = {c->before, c->after};
	struct note notes[2];
	for (int i = 0; i < 2; i++)
		note_split(&notes[i], contacts[i]->image);
	if (str_eq(span_str(notes[0].image, notes[0].front),
		   span_str(notes[1].image, notes[1].front)))
		return;
	for (int i = 0; i < 2; i++)
		c->fronts[i] = note_front_map(&notes[i], &note_reader_quick, &c->scratch);
}

static struct strs front_tags(struct comparing *c, int side)
{
	struct contact contact = {.image = (side ? c->after : c->before)->image};
	struct reporter quiet = reporter_quiet(contact.image);
	struct fields fields = {&contact, NULL, c->arena, &quiet};
	int rank;
	const struct yaml_node *k = c->fronts[side] ? c->fronts[side]->first : NULL;
	for (; k; k = k->next->next)
		if (key_find(k->value, &rank) == KEY_TAGS && !yaml_is_null(k->next))
			fields_take(&fields, KEY_TAGS, k->next, STR(""));
	return contact.tags;
}

/* Whether a key may say what the contact does not hold: a wrong date, a tier of one's own. */
static bool may_lose(const struct comparing *c, enum key key)
{
	switch (key) {
	case KEY_GIVEN:
	case KEY_FAMILY:
		return c->count == 0 || c->items[0].key != KEY_NAME;
	case KEY_TIER:
		return !c->count || c->items[c->count - 1].key != KEY_CADENCE;
	default:
		break;
	}
	switch (key_row(key)->shape) {
	case SHAPE_DAY:
	case SHAPE_MET:
		return fields_day(c->before, key) == NO_DAY && fields_day(c->after, key) == NO_DAY;
	case SHAPE_DATES:
		return true;
	default:
		return false;
	}
}

static void compare_field(struct comparing *c, enum key key)
{
	bool tags = key == KEY_TAGS;
	struct strs before = tags ? front_tags(c, 0) : fields_words(c->before, key, c->arena);
	struct strs after = tags ? front_tags(c, 1) : fields_words(c->after, key, c->arena);
	bool same =
	    same_values(c, key, before, after) &&
	    (key_row(key)->shape != SHAPE_ORGS || same_links(&c->before->links, &c->after->links));
	if (same && may_lose(c, key) && (c->fronts[0] || c->fronts[1])) {
		before = fields_front_words(c->fronts[0], key, c->arena);
		after = fields_front_words(c->fronts[1], key, c->arena);
		same = same_strs(&before, &after);
	}
	if (!same)
		push_field(c, key, before, after);
}

/* A key of the user's own; side: 0 before, 1 after. */
struct own_key {
	const struct yaml_node *key;
	size_t side, place;
};

static int compare_own(const void *a, const void *b)
{
	const struct own_key *x = a, *y = b;
	int order = key_compare(x->key->value, y->key->value);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

static struct strs own_words(struct comparing *c, const struct yaml_node *key)
{
	struct strs words = {NULL, 0};
	if (!key)
		return words;
	words.items = ARENA_NEW(c->arena, struct str);
	words.items[words.count++] = fields_node_words(key->next, c->arena);
	return words;
}

/* One key; p[0], p[1]: NULL where it is not there. */
static void compare_own_key(struct comparing *c, const struct yaml_node *const p[2])
{
	const struct yaml_node *was = p[0] && !yaml_is_null(p[0]->next) ? p[0] : NULL;
	const struct yaml_node *is = p[1] && !yaml_is_null(p[1]->next) ? p[1] : NULL;
	if ((!was && !is) || (was && is && fields_same_node(was->next, is->next)))
		return;
	push_field(c, KEY_UNKNOWN, own_words(c, was), own_words(c, is));
	c->items[c->count - 1].key_text = (is ? is : was)->value;
}

/* The user's own keys by name; of a key twice the first counts, and one without a value is none. */
static void compare_own_keys(struct comparing *c)
{
	const struct yaml_node *maps[] = {c->before->own, c->after->own};
	size_t most = (maps[0] ? maps[0]->count : 0) + (maps[1] ? maps[1]->count : 0), count = 0;
	struct own_key *all = ARENA_ARRAY(&c->scratch, struct own_key, most);
	for (size_t side = 0; side < 2; side++)
		for (const struct yaml_node *k = maps[side] ? maps[side]->first : NULL; k;
		     k = k->next->next, count++)
			all[count] = (struct own_key){k, side, count};
	if (count)
		qsort(all, count, sizeof(*all), compare_own);
	for (size_t i = 0, from = 0; i < count; from = i) {
		const struct yaml_node *first[2] = {NULL, NULL};
		for (; i < count && key_compare(all[from].key->value, all[i].key->value) == 0; i++)
			if (!first[all[i].side])
				first[all[i].side] = all[i].key;
		compare_own_key(c, first);
	}
}

/* Walks the lines of a file together with its tasks: a task's first line is its own. */
struct own_lines {
	struct str image;
	const struct contact *contact;
	size_t at, to, task, entry;
};

/* The next line up to `to` that is no task's first, as a span; false at the end. */
static bool next_own_line(struct own_lines *l, struct span *line)
{
	const struct contact *c = l->contact;
	while (l->at < l->to) {
		line->from = l->at;
		struct str rest = str_slice(l->image, l->at, l->to);
		line->to = l->at + str_line(rest);
		l->at += str_full_line(rest);
		while (l->task < c->tasks_count && c->tasks[l->task].offset < line->from)
			l->task++;
		if (l->task == c->tasks_count || c->tasks[l->task].offset >= l->at)
			return true;
	}
	return false;
}

static bool is_heading(struct str line)
{
	size_t level = 0;
	while (level < line.n && line.p[level] == '#')
		level++;
	return level > 0 && (level == line.n || str_is_blank_char(line.p[level]));
}

/* The next line of the body that belongs to no entry or task and holds anything. */
static bool next_text(struct own_lines *l, bool headings, struct str *text)
{
	const struct contact *c = l->contact;
	struct span line;
	while (next_own_line(l, &line)) {
		while (l->entry < c->entries_count && c->entries[l->entry].block.to <= line.from)
			l->entry++;
		if (l->entry < c->entries_count && c->entries[l->entry].block.from < line.to)
			continue;
		*text = str_rtrim(span_str(l->image, line));
		if (text->n && (headings || !is_heading(*text)))
			return true;
	}
	return false;
}

static struct own_lines text_lines(const struct contact *contact)
{
	struct note note;
	note_split(&note, contact->image);
	return (struct own_lines){contact->image, contact, note.body, contact->image.n, 0, 0};
}

static bool same_other_text(const struct comparing *c, bool headings)
{
	struct own_lines before = text_lines(c->before), after = text_lines(c->after);
	struct str a = STR(""), b = STR("");
	bool more = true;
	while (more) {
		more = next_text(&before, headings, &a);
		if (more != next_text(&after, headings, &b) || (more && !str_eq(a, b)))
			return false;
	}
	return true;
}

/* With its length, so that no text can be taken for two. */
static void add_whole_part(struct buf *b, struct str part)
{
	buf_printf(b, "%zu:", part.n);
	buf_add(b, part);
}

/* All that an entry says, as one text. l: walks on through the file from entry to entry. */
static struct str entry_whole(const struct entry *e, struct own_lines *l, struct buf *b,
			      struct arena *arena)
{
	struct span line;
	buf_clear(b);
	buf_printf(b, "%d %d%d%d%d%d%d ", e->day, e->planned, e->cancelled, e->gave, e->got,
		   e->asked, e->rest.p != NULL);
	add_whole_part(b, e->time);
	add_whole_part(b, e->channel);
	add_whole_part(b, e->rest.p ? e->rest : e->text);
	l->at = e->offset + str_full_line(str_from(l->image, e->offset));
	l->to = e->block.to;
	while (next_own_line(l, &line)) {
		struct str text = str_trim(span_str(l->image, line));
		if (text.n)
			add_whole_part(b, text);
	}
	return arena_str(arena, buf_str(b));
}

static struct matching_list entry_list(const struct contact *contact, struct arena *arena)
{
	struct matching_list list = {
	    ARENA_ARRAY(arena, struct matching_item, contact->entries_count),
	    contact->entries_count};
	struct own_lines lines = {.image = contact->image, .contact = contact};
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < list.count; i++) {
		const struct entry *e = &contact->entries[i];
		struct matching_item *item = &list.items[i];
		item->whole = entry_whole(e, &lines, &b, arena);
		item->text = e->rest.p ? e->rest : e->text;
		item->keys[0] = arena_printf(arena, "%d %.*s", e->day, STR_ARG(item->text));
		item->keys[1] = arena_printf(arena, "%d %.*s", e->day, STR_ARG(e->channel));
		if (item->text.n)
			item->keys[2] = arena_printf(arena, "%.*s: %.*s", STR_ARG(e->channel),
						     STR_ARG(item->text));
	}
	buf_release(&b);
	return list;
}

/* All that a task says, with the tags that mean nothing to kith. */
static struct str task_whole(const struct task *t, struct str image, struct buf *b,
			     struct arena *arena)
{
	struct str line = str_slice(image, t->offset, t->block.to), tag;
	buf_clear(b);
	buf_printf(b, "%d %d %d %d %d%d%d%d%d%d ", t->state, t->due, t->created, t->done,
		   t->waiting, t->topic, t->repeats, t->gave, t->got, t->asked);
	add_whole_part(b, t->text);
	line = str_upto(line, str_line(line));
	for (size_t at = 0; tags_next(line, &at, &tag);)
		if (tags_which(tag) == TAG_OTHER)
			add_whole_part(b, tag);
	return arena_str(arena, buf_str(b));
}

static struct matching_list task_list(const struct contact *contact, struct arena *arena)
{
	struct matching_list list = {ARENA_ARRAY(arena, struct matching_item, contact->tasks_count),
				     contact->tasks_count};
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < list.count; i++) {
		const struct task *t = &contact->tasks[i];
		struct matching_item *item = &list.items[i];
		item->whole = task_whole(t, contact->image, &b, arena);
		item->keys[0] = item->text = t->text;
	}
	buf_release(&b);
	return list;
}

/* added: the first of three kinds in a row. */
static void push_pairs(struct comparing *c, struct matching_list *before,
		       struct matching_list *after, enum difference_kind added)
{
	matching_pair(before, after, &c->scratch);
	for (size_t is = 0; is < after->count; is++) {
		const struct matching_item *item = &after->items[is];
		if (item->equal)
			continue;
		bool new = item->other == MATCHING_NONE;
		struct difference *d = push_difference(c, new ? added : added + 2);
		d->is = is;
		d->was = item->other;
	}
	for (size_t was = 0; was < before->count; was++)
		if (before->items[was].other == MATCHING_NONE)
			push_difference(c, added + 1)->was = was;
}

static void compare_fields(struct comparing *c)
{
	read_fronts(c);
	for (enum key key = 0; key < KEY_COUNT; key++)
		compare_field(c, key);
	compare_own_keys(c);
}

void differences_find(struct differences *out, const struct contact *before,
		      const struct contact *after, struct arena *arena)
{
	struct comparing c = {.before = before, .after = after, .arena = arena};
	arena_init(&c.scratch);
	if (!str_eq(before->image, after->image)) {
		compare_fields(&c);
		struct matching_list was = entry_list(before, &c.scratch);
		struct matching_list is = entry_list(after, &c.scratch);
		push_pairs(&c, &was, &is, DIFFERENCE_ENTRY_ADDED);
		was = task_list(before, &c.scratch);
		is = task_list(after, &c.scratch);
		push_pairs(&c, &was, &is, DIFFERENCE_TASK_ADDED);
		if (!same_other_text(&c, true))
			push_difference(&c, DIFFERENCE_TEXT)->headings = same_other_text(&c, false);
	}
	out->count = c.count;
	out->items = arena_copy(arena, c.items, c.count, sizeof(*c.items));
	arena_release(&c.scratch);
	free(c.items);
}
