#include "judge.h"

#include <string.h>

/* ---- Reading ---- */

static void add_leaf(struct side *side, struct str key, struct str path, struct str text)
{
	side->leaves[side->leaves_count++] = (struct leaf){key, path, text};
}

/* The scalar of an unquoted [[x]], which YAML reads as a list in a list; NULL for other nodes. */
static const struct yaml_node *bare_link(const struct yaml_node *node)
{
	for (int i = 0; i < 2; i++) {
		if (node->kind != YAML_LIST || node->style != YAML_FLOW || node->count != 1)
			return NULL;
		node = node->first;
	}
	return node->kind == YAML_SCALAR ? node : NULL;
}

/* Calls itself: the reader ends nesting at 64. */
static void add_leaves(struct side *side, struct str key, struct str path,
		       const struct yaml_node *node)
{
	const struct yaml_node *link = bare_link(node);
	if (link) {
		add_leaf(side, key, path,
			 arena_printf(&side->arena, "[[%.*s]]", STR_ARG(link->value)));
	} else if (node->kind == YAML_SCALAR) {
		if (!yaml_is_null(node))
			add_leaf(side, key, path, node->value);
	} else if (node->kind == YAML_LIST) {
		for (const struct yaml_node *item = node->first; item; item = item->next)
			add_leaves(side, key, path, item);
	} else {
		for (const struct yaml_node *at = node->first; at && at->next; at = at->next->next)
			add_leaves(side, key,
				   arena_printf(&side->arena, "%.*s/%.*s", STR_ARG(path),
						STR_ARG(at->value)),
				   at->next);
	}
}

static void read_leaves(struct side *side)
{
	const struct yaml_node *map = side->note.map;
	side->leaves = ARENA_ARRAY(&side->arena, struct leaf, side->image.n + 1);
	if (!map || map->kind != YAML_MAP)
		return;
	for (const struct yaml_node *at = map->first; at && at->next; at = at->next->next)
		add_leaves(side, at->value, STR(""), at->next);
}

void side_read(struct side *side, struct str image, const struct config *config)
{
	struct reporter reporter;
	struct str path = STR("people/somebody.md");
	*side = (struct side){.image = image};
	arena_init(&side->arena);
	arena_init(&side->scratch);
	diag_init(&side->diag, &side->arena);
	reporter_init(&reporter, image, path, &side->diag);
	(void)note_read(&side->note, &note_reader_libs, &side->arena, &reporter);
	read_leaves(side);
	side->faults = side->diag.count;
	diag_release(&side->diag);
	diag_init(&side->diag, &side->arena);
	reporter_init(&reporter, image, path, &side->diag);
	contact_init(&side->contact, path);
	(void)contact_read(&side->contact, config, &note_reader_libs, &side->arena, &side->scratch,
			   &reporter);
}

void side_release(struct side *side)
{
	diag_release(&side->diag);
	arena_release(&side->arena);
	arena_release(&side->scratch);
}

/* ---- Bytes ---- */

struct stretch judge_stretch(struct str was, struct str is, bool last)
{
	size_t least = was.n < is.n ? was.n : is.n, head = 0, tail = 0;
	if (last)
		while (head < least && was.p[head] == is.p[head])
			head++;
	while (tail < least - head && was.p[was.n - 1 - tail] == is.p[is.n - 1 - tail])
		tail++;
	if (!last)
		while (head < least - tail && was.p[head] == is.p[head])
			head++;
	return (struct stretch){head, was.n - tail, is.n - tail};
}

static size_t line_start(struct str image, size_t at)
{
	while (at > 0 && image.p[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(struct str image, size_t at)
{
	while (at < image.n && image.p[at] != '\n')
		at++;
	return at < image.n ? at + 1 : at;
}

/* Where a value really ends: block collections reach up to the next token. */
static size_t value_end(const struct side *side, const struct yaml_node *node)
{
	while (node->kind != YAML_SCALAR && node->style == YAML_BLOCK && node->first) {
		node = node->first;
		while (node->next)
			node = node->next;
	}
	size_t end = node->span.to;
	bool block = node->kind == YAML_SCALAR &&
		     (node->style == YAML_LITERAL || node->style == YAML_FOLDED);
	return block ? end : line_end(side->image, end);
}

/* The lines of a key: false where it is not there. */
static bool key_lines(const struct side *side, struct str key, struct span *lines)
{
	const struct yaml_node *map = side->note.map;
	if (!map || map->kind != YAML_MAP)
		return false;
	for (const struct yaml_node *at = map->first; at && at->next; at = at->next->next) {
		if (!str_eq(at->value, key))
			continue;
		lines->from = line_start(side->image, at->span.from);
		lines->to = value_end(side, at->next);
		return true;
	}
	return false;
}

static size_t count_lines(struct str text, struct str wanted)
{
	struct str line;
	size_t count = 0;
	while (str_next_line(&text, &line))
		count += str_eq(str_trim(line), wanted);
	return count;
}

/* Comments on lines of their own, outside of the key's. */
static const char *judge_comments(const struct side *was, const struct side *is, struct span lines,
				  struct arena *arena)
{
	struct str image = was->image;
	for (size_t at = was->note.front.from; at < was->note.front.to;) {
		size_t next = line_end(image, at);
		struct str line = str_trim(str_slice(image, at, next));
		bool outside = at < lines.from || at >= lines.to;
		if (outside && line.n && line.p[0] == '#' &&
		    count_lines(is->image, line) < count_lines(str_upto(image, lines.from), line) +
						       count_lines(str_from(image, lines.to), line))
			return arena_printf(arena, "the comment %.*s is gone", STR_ARG(line)).p;
		at = next;
	}
	return NULL;
}

const char *judge_front(const struct side *was, const struct side *is, struct str key,
			struct arena *arena)
{
	struct stretch last = judge_stretch(was->image, is->image, true);
	struct stretch first = judge_stretch(was->image, is->image, false);
	struct span lines = {was->note.front.from, was->note.front.to};
	bool there = key_lines(was, key, &lines);
	if (!was->note.has_front) {
		struct str put = str_slice(is->image, first.from, first.is_to);
		return first.was_to == first.from && str_starts(put, STR("---"))
			   ? NULL
			   : "new front matter is not all that is new";
	}
	if (last.from < lines.from || first.was_to > lines.to)
		return arena_printf(arena, "bytes %zu to %zu differ, and the key has %zu to %zu",
				    last.from, first.was_to, lines.from, lines.to)
		    .p;
	if (!there && first.was_to > first.from)
		return "a new key took bytes away";
	if (!there)
		lines.from = lines.to;
	return judge_comments(was, is, lines, arena);
}

const char *judge_others(const struct side *was, const struct side *is, struct str key,
			 judge_same *same, struct arena *arena)
{
	size_t b = 0;
	for (size_t a = 0; a < was->leaves_count; a++) {
		const struct leaf *old = &was->leaves[a];
		if (same(old->key, key))
			continue;
		while (b < is->leaves_count && same(is->leaves[b].key, key))
			b++;
		const struct leaf *new = b < is->leaves_count ? &is->leaves[b++] : NULL;
		if (!new || !str_eq(old->key, new->key) || !str_eq(old->path, new->path) ||
		    !str_eq(old->text, new->text))
			return arena_printf(arena, "%.*s%.*s: \"%.*s\" is another now",
					    STR_ARG(old->key), STR_ARG(old->path),
					    STR_ARG(old->text))
			    .p;
	}
	for (; b < is->leaves_count; b++)
		if (!same(is->leaves[b].key, key))
			return arena_printf(arena, "%.*s is new", STR_ARG(is->leaves[b].key)).p;
	return NULL;
}

const char *judge_pure(const struct side *was, const struct side *is, bool taken,
		       struct arena *arena)
{
	struct stretch last = judge_stretch(was->image, is->image, true);
	size_t gone = last.was_to - last.from, put = last.is_to - last.from;
	if (taken ? put != 0 : gone != 0)
		return arena_printf(arena, "%zu bytes at %zu became %zu", gone, last.from, put).p;
	if (last.from < was->note.body)
		return "the front matter was touched";
	return NULL;
}

struct ends {
	size_t lf, crlf, cr;
};

static struct ends count_ends(struct str text)
{
	struct ends ends = {0};
	for (size_t i = 0; i < text.n; i++) {
		bool after_cr = i > 0 && text.p[i - 1] == '\r';
		ends.crlf += text.p[i] == '\n' && after_cr;
		ends.lf += text.p[i] == '\n' && !after_cr;
		ends.cr += text.p[i] == '\r';
	}
	ends.cr -= ends.crlf;
	return ends;
}

const char *judge_line_ends(const struct side *was, const struct side *is, struct arena *arena)
{
	struct ends old = count_ends(was->image), new = count_ends(is->image);
	if (old.cr)
		return NULL; /* a line end to YAML and Markdown, and none to most others */
	if (old.lf == 0 && old.crlf > 0 && new.lf > 0)
		return arena_printf(arena, "%zu bare line ends among CRLF", new.lf).p;
	if (old.crlf == 0 && new.crlf > 0)
		return arena_printf(arena, "%zu CRLF", new.crlf).p;
	return new.cr ? "a CR by itself" : NULL;
}

/* ---- What the body says ---- */

static const struct block *next_heading(const struct side *side, size_t *at)
{
	while (*at < side->note.blocks.count) {
		const struct block *block = &side->note.blocks.items[(*at)++];
		if (block->kind == BLOCK_HEADING)
			return block;
	}
	return NULL;
}

const char *judge_headings(const struct side *was, const struct side *is, struct arena *arena)
{
	size_t a = 0, b = 0, more = 0;
	const struct block *old = next_heading(was, &a), *new = next_heading(is, &b);
	while (new) {
		if (old && old->level == new->level &&str_eq(span_str(was->image, old->content),
							     span_str(is->image, new->content)))
			old = next_heading(was, &a);
		else
			more++;
		new = next_heading(is, &b);
	}
	if (old)
		return arena_printf(arena, "the heading %.*s is gone",
				    STR_ARG(span_str(was->image, old->content)))
		    .p;
	return more > 1 ? "more than one new heading" : NULL;
}

static bool same_text(struct str a, struct str b)
{
	return str_eq(str_trim(a), str_trim(b));
}

static bool same_entry(const struct entry *a, const struct entry *b)
{
	return a->day == b->day && str_eq(a->time, b->time) && str_eq(a->channel, b->channel) &&
	       same_text(a->rest, b->rest) && same_text(a->text, b->text) &&
	       a->planned == b->planned && a->cancelled == b->cancelled && a->gave == b->gave &&
	       a->got == b->got && a->asked == b->asked;
}

static bool same_task(const struct task *a, const struct task *b)
{
	return a->state == b->state && str_eq(a->text, b->text) && a->due == b->due &&
	       a->created == b->created && a->done == b->done && a->waiting == b->waiting &&
	       a->topic == b->topic && a->repeats == b->repeats && a->gave == b->gave &&
	       a->got == b->got && a->asked == b->asked;
}

const char *judge_entries(const struct side *was, const struct side *is, bool taken, size_t *at,
			  struct arena *arena)
{
	const struct contact *less = taken ? &is->contact : &was->contact;
	const struct contact *more = taken ? &was->contact : &is->contact;
	if (more->entries_count != less->entries_count + 1)
		return arena_printf(arena, "%zu entries became %zu", was->contact.entries_count,
				    is->contact.entries_count)
		    .p;
	size_t i = 0;
	while (i < less->entries_count && same_entry(&less->entries[i], &more->entries[i]))
		i++;
	*at = i;
	for (; i < less->entries_count; i++)
		if (!same_entry(&less->entries[i], &more->entries[i + 1]))
			return arena_printf(arena, "entry %zu reads otherwise", i).p;
	return NULL;
}

const char *judge_tasks(const struct side *was, const struct side *is, enum judge_how how,
			size_t *at, struct arena *arena)
{
	const struct contact *old = &was->contact, *new = &is->contact;
	size_t i = 0, skip = how == JUDGE_SAME ? 0 : 1, wanted = old->tasks_count;
	if (how == JUDGE_MORE)
		wanted++;
	if (new->tasks_count != wanted)
		return arena_printf(arena, "%zu tasks became %zu", old->tasks_count,
				    new->tasks_count)
		    .p;
	while (i < old->tasks_count && same_task(&old->tasks[i], &new->tasks[i]))
		i++;
	*at = i;
	if (how == JUDGE_SAME)
		return i == old->tasks_count ? NULL : "a task reads otherwise";
	for (size_t a = how == JUDGE_MORE ? i : i + 1, b = i + skip; a < old->tasks_count; a++, b++)
		if (!same_task(&old->tasks[a], &new->tasks[b]))
			return arena_printf(arena, "task %zu reads otherwise", a).p;
	return NULL;
}
