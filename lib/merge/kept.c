#include "merge/kept.h"

#include <stdlib.h>

#include "base/buf.h"
#include "note/edit.h"
#include "note/scalar.h"
#include "note/splice.h"
#include "people/fields.h"
#include "people/keys.h"

void kept_add(struct kept_values *kept, struct kept_value value, struct arena *arena)
{
	if (kept->count == kept->cap) {
		kept->cap = 2 * kept->cap + 8;
		struct kept_value *more = ARENA_ARRAY(arena, struct kept_value, kept->cap);
		if (kept->count)
			memcpy(more, kept->items, kept->count * sizeof(*more));
		kept->items = more;
	}
	kept->items[kept->count++] = value;
}

struct str kept_words(struct str image, const struct yaml_node *node, struct arena *arena)
{
	struct str text =
	    node->marked ? str_trim(span_str(image, node->span)) : edit_text(image, node);
	return text.p ? text : fields_node_words(node, arena);
}

/* The key of that name; NULL for none. */
static struct merge_piece *key_named(const struct sequence *keys, struct str name)
{
	for (size_t i = 0; i < keys->count; i++)
		if (keys->items[i].kind == PIECE_KEY &&
		    key_compare(str_trim(keys->items[i].node->value), name) == 0)
			return &keys->items[i];
	return NULL;
}

/* Whether it is what a merge writes: a map of texts and lists of texts. */
static bool is_map_of_texts(const struct yaml_node *map)
{
	if (map->kind != YAML_MAP)
		return yaml_is_null(map);
	for (const struct yaml_node *k = map->first; k; k = k->next->next) {
		const struct yaml_node *n = k->next;
		if (n->kind == YAML_MAP || k->kind != YAML_SCALAR)
			return false;
		for (n = n->kind == YAML_LIST ? n->first : NULL; n; n = n->next)
			if (n->kind != YAML_SCALAR)
				return false;
	}
	return true;
}

/* A text under a key's path; `of`: the value that it is, or NULL for one that stands there. */
struct kept_text {
	struct str path, text;
	const struct kept_value *of;
	size_t at;
};

struct kept_texts {
	struct kept_text *items;
	size_t count;
};

static int compare_kept(const void *a, const void *b)
{
	const struct kept_text *x = a, *y = b;
	int order = str_cmp(x->path, y->path);
	order = order ? order : str_cmp(x->text, y->text);
	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static int compare_kept_place(const void *a, const void *b)
{
	const struct kept_text *x = a, *y = b;
	int order = str_cmp(x->path, y->path);
	return order ? order : (x->at > y->at) - (x->at < y->at);
}

/* Each once: what stands there first, in its order. */
static struct kept_texts all_kept(const struct yaml_node *map, struct kept_values *kept,
				  struct arena *arena)
{
	size_t most = kept->count, count = 0;
	for (const struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next)
		most += 1 + k->next->count;
	struct kept_texts all = {ARENA_ARRAY(arena, struct kept_text, most + 1), 0};
	for (const struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next) {
		bool list = k->next->kind == YAML_LIST;
		for (const struct yaml_node *n = list ? k->next->first : k->next; n; n = n->next) {
			all.items[count] = (struct kept_text){k->value, n->value, NULL, count};
			count++;
			if (!list)
				break;
		}
	}
	for (size_t i = 0; i < kept->count; i++, count++)
		all.items[count] = (struct kept_text){kept->items[i].path, kept->items[i].text,
						      &kept->items[i], count};
	qsort(all.items, count, sizeof(*all.items), compare_kept);
	for (size_t i = 0; i < count; i++) {
		struct kept_text *last = all.count ? &all.items[all.count - 1] : NULL;
		if (!last || !str_eq(last->path, all.items[i].path) ||
		    !str_eq(last->text, all.items[i].text))
			all.items[all.count++] = all.items[i];
	}
	qsort(all.items, all.count, sizeof(*all.items), compare_kept_place);
	return all;
}

/* `{title: [CTO], phone.mobile: ["+44 7700"]}` */
static struct str write_texts(const struct kept_texts *all, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < all->count; i++) {
		bool same = i && str_eq(all->items[i].path, all->items[i - 1].path);
		if (!same) {
			buf_addz(&b, i ? "], " : "{");
			scalar_write(&b, all->items[i].path, YAML_PLAIN, true);
			buf_addz(&b, ": [");
		} else {
			buf_addz(&b, ", ");
		}
		scalar_write(&b, all->items[i].text, YAML_PLAIN, true);
	}
	buf_addz(&b, "]}");
	return arena_take(arena, &b);
}

/* The list without those that stood there. */
static void keep_new(struct kept_values *kept, const struct kept_texts *all, struct arena *arena)
{
	struct kept_values fresh = {NULL, 0, 0};
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].of)
			kept_add(&fresh, *all->items[i].of, arena);
	*kept = fresh;
}

/* Where a new key goes: behind the last, before comments at the end. */
static size_t behind_last_key(const struct sequence *keys)
{
	for (size_t i = keys->count; i-- > 0;)
		if (keys->items[i].kind == PIECE_KEY)
			return sequence_span(keys->image, keys->items[i].text).to;
	return keys->from + str_line(str_slice(keys->image, keys->from, keys->to));
}

int kept_write(struct str *bytes, struct kept_values *kept, const struct piece_reader *reader,
	       struct kith_error *err)
{
	struct sequence file;
	struct str why, name = STR("merged");
	struct arena *arena = reader->arena;
	if (kept->count == 0)
		return 0;
	bool read = pieces_read(&file, reader, *bytes, &why);
	bool settings = reader->kind == MERGE_SETTINGS;
	if (!read || (!settings && (!file.count || file.items[0].kind != PIECE_FRONT)))
		return kith_fail(err, KITH_FAILED, "what was merged could not be read: %.*s",
				 STR_ARG(why.p ? why : STR("its front matter is gone")));
	const struct sequence *keys = settings ? &file : file.items[0].parts;
	struct merge_piece *key = key_named(keys, name);
	if (key && !is_map_of_texts(key->node->next)) {
		name = STR("merged_values");
		key = key_named(keys, name);
	}
	const struct yaml_node *has = key ? key->node->next : NULL;
	if (has && !is_map_of_texts(has))
		return kith_fail(err, KITH_FAILED,
				 "both `merged` and `merged_values` hold what no "
				 "merge put there; rename one of them");
	struct kept_texts all = all_kept(has && has->kind == YAML_MAP ? has : NULL, kept, arena);
	keep_new(kept, &all, arena);
	if (kept->count == 0)
		return 0;
	struct splice splice = {
	    .bytes = arena_printf(arena, " %.*s", STR_ARG(write_texts(&all, arena)))};
	struct sequence *parts = key ? pieces_open(reader, *bytes, key) : NULL;
	for (size_t i = 0; parts && i < parts->count; i++)
		if (parts->items[i].kind == PIECE_VALUE)
			splice.at = sequence_span(*bytes, parts->items[i].text);
	if (!key) {
		splice.at.from = splice.at.to = behind_last_key(keys);
		splice.bytes =
		    arena_printf(arena, "%s%.*s:%.*s%s", splice.at.from ? "\n" : "", STR_ARG(name),
				 STR_ARG(splice.bytes), splice.at.from ? "" : "\n");
	}
	struct buf b;
	buf_init(&b, 0);
	splice_add(&b, *bytes, &splice, 1);
	*bytes = arena_take(arena, &b);
	return 0;
}
