#include "merge/comments.h"
/* Comments, sorted; of several on one line each for itself. */
struct comment_list {
	struct str *items;
	size_t count, cap;
	struct arena *arena;
};

static void note_comment(struct comment_list *list, struct str comment)
{
	if (list->count == list->cap) {
		list->cap = 2 * list->cap + 8;
		struct str *more = ARENA_ARRAY(list->arena, struct str, list->cap);
		if (list->count)
			memcpy(more, list->items, list->count * sizeof(*more));
		list->items = more;
	}
	list->items[list->count++] = comment;
}

/* Where a comment may begin in a text, from a place on; its length where none does. */
static size_t comment_place(struct str text, size_t at)
{
	for (; (at += str_find_char(str_from(text, at), '#')) < text.n; at++)
		if (at == 0 || str_is_space_char(text.p[at - 1]))
			return at;
	return text.n;
}

static void note_comments(struct comment_list *list, struct str text)
{
	for (size_t at = comment_place(text, 0), next; at < text.n; at = next) {
		next = comment_place(text, at + 1);
		struct str comment = str_slice(text, at, next);
		note_comment(list, str_rtrim(str_upto(comment, str_line(comment))));
	}
}

static struct comment_list comments_in(struct str text, struct arena *arena)
{
	struct comment_list list = {.arena = arena};
	note_comments(&list, text);
	str_sort(list.items, list.count);
	return list;
}

static bool is_comment_there(const struct comment_list *list, struct str comment)
{
	return str_is_among(list->items, list->count, comment);
}

/* What stands between the texts of a key and its values; a `#` in those is none. Recursion ends
 * with the reader's limit on nesting. */
static void note_outside(struct comment_list *list, struct str image, size_t *at,
			 const struct yaml_node *node)
{
	if (node->kind == YAML_SCALAR && node->span.from >= *at) {
		note_comments(list, str_slice(image, *at, node->span.from));
		*at = node->span.to;
	}
	for (const struct yaml_node *n = node->first; n; n = n->next)
		note_outside(list, image, at, n);
}

static struct comment_list comments_of(struct str image, const struct merge_piece *key,
				       struct arena *arena)
{
	struct comment_list list = {.arena = arena};
	struct span span = sequence_span(image, key->text);
	size_t at = span.from;
	note_outside(&list, image, &at, key->node);
	note_outside(&list, image, &at, key->node->next);
	if (at < span.to)
		note_comments(&list, str_slice(image, at, span.to));
	return list;
}

struct str comments_alone(struct str image, const struct merge_piece *key, struct arena *arena)
{
	struct comment_list list = comments_of(image, key, arena);
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < list.count; i++)
		buf_printf(&b, "%.*s\n", STR_ARG(list.items[i]));
	return arena_take(arena, &b);
}

void comments_keep(struct buf *out, size_t from, struct merge_piece *const keys[VERSIONS],
		   const struct str images[VERSIONS], bool clashed, struct arena *arena)
{
	struct str text = str_from(buf_str(out), from);
	struct comment_list in[VERSIONS] = {{.count = 0}}, merged = comments_in(text, arena);
	struct buf missing;
	buf_init(&missing, 0);
	for (enum version v = BASE; v < VERSIONS; v++)
		in[v] = comments_in(keys[v] ? keys[v]->text : STR(""), arena);
	for (enum version v = OURS; v < VERSIONS; v++) {
		const struct comment_list *other = &in[v == OURS ? THEIRS : OURS];
		if (in[v].count == 0 || !keys[v]->node)
			continue;
		/* Those among the members of what stays whole are there in any case. */
		bool whole = clashed && keys[v]->node->next->style == YAML_BLOCK;
		struct comment_list own = comments_of(images[v], keys[v], arena);
		for (size_t i = 0; i < own.count; i++) {
			struct str is = own.items[i];
			bool gone = !whole && is_comment_there(&in[BASE], is) &&
				    !is_comment_there(other, is);
			bool twice = v == THEIRS && is_comment_there(&in[OURS], is);
			if (gone || twice || is_comment_there(&merged, is))
				continue;
			buf_add(&missing, is);
			buf_addc(&missing, '\n');
		}
	}
	if (missing.n) {
		buf_add(&missing, text);
		buf_cut(out, from);
		buf_add(out, buf_str(&missing));
	}
	buf_release(&missing);
}
