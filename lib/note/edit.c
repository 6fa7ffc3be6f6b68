/*
 * An edit of front matter: read, find the place in the tree, plan the bytes,
 * make them, and read those again: the libraries' reader is the judge of what
 * stands there, not the code that wrote it.
 */
#include "note/edit.h"

#include "base/text.h"
#include "note/site.h"

/* ---- what there is ---- */

/* Anchors, aliases and tags are in nobody's way but their own node's; see note/yaml.c. */
static bool is_about_property(struct str message)
{
	return str_find(message, STR("is not allowed here")) < message.n;
}

/* The tree, and how much was found wrong with it; the first finding that stops all edits. */
static struct yaml_node *read_front_tree(struct str image, struct span at, struct arena *arena,
					 size_t *findings, struct finding *worst)
{
	struct diag diag;
	struct reporter reporter;
	diag_init(&diag, arena);
	reporter_init(&reporter, image, STR(""), &diag);
	struct yaml_node *root = note_reader_libs.front(image, at, arena, &reporter);
	*findings = diag.count;
	for (size_t i = 0; i < diag.count && !worst->message.p; i++)
		if (!is_about_property(diag.items[i].message))
			*worst = diag.items[i];
	diag_release(&diag);
	bool nothing = root && yaml_is_null(root) && root->span.from == root->span.to;
	return nothing ? NULL : root;
}

/* Reads the front matter; fails where it cannot be edited. */
static int read_front_to_edit(struct front *f, struct str image, struct arena *arena,
			      struct kith_error *err)
{
	struct finding worst = {.message = STR_NONE};
	*f = (struct front){.image = image, .arena = arena, .err = err};
	if (note_is_utf16(image))
		return kith_fail(err, KITH_FAILED, "this is UTF-16; save the file as UTF-8 first");
	if (!note_split(&f->note, image))
		return span_fail(f->err, KITH_FAILED, f->image, f->note.first,
				 "the front matter that begins here never closes; write a line "
				 "--- after its last key first");
	if (f->note.foreign)
		return span_fail(err, KITH_FAILED, image, f->note.first, "%s; do that first",
				 f->note.foreign);
	if (!f->note.has_front)
		return 0;
	f->map = read_front_tree(image, f->note.front, arena, &f->findings, &worst);
	if (worst.message.p)
		return kith_fail_line(err, KITH_FAILED, worst.line, "%.*s; mend that first",
				      STR_ARG(worst.message));
	if (f->map && f->map->kind != YAML_MAP)
		return span_fail(f->err, KITH_FAILED, f->image, f->map->span.from,
				 "the front matter is no map; write keys with values there "
				 "(name: Ada Lovelace) first");
	return 0;
}

/* ---- what is asked for, as one change at one place of the tree ---- */

/* Deeper than any list in a map in the front matter. */
#define MOST_LEVELS 4

/* The way from the front matter down to what is to be taken. */
struct way {
	struct site levels[MOST_LEVELS];
	size_t count;
};

struct str edit_text(struct str image, const struct yaml_node *node)
{
	if (node->kind == YAML_SCALAR)
		return str_trim(node->value);
	const struct yaml_node *inner = node->first;
	bool link = node->kind == YAML_LIST && node->style == YAML_FLOW && node->count == 1 &&
		    inner->kind == YAML_LIST && inner->style == YAML_FLOW && inner->count >= 1 &&
		    inner->first->kind == YAML_SCALAR && node->span.to >= node->span.from + 4;
	return link ? span_str(image, node->span) : STR_NONE;
}

static bool is_this_text(const struct front *f, const struct yaml_node *node, struct str text)
{
	struct str has = edit_text(f->image, node);
	return has.p && !yaml_is_null(node) && str_eq(has, str_trim(text));
}

static struct yaml_node *make_node(struct front *f, enum yaml_kind kind, enum yaml_style style)
{
	struct yaml_node *node = ARENA_NEW(f->arena, struct yaml_node);
	node->kind = kind;
	node->style = style;
	return node;
}

static struct yaml_node *make_text_node(struct front *f, struct str text, enum yaml_style style)
{
	struct yaml_node *node = make_node(f, YAML_SCALAR, style);
	node->value = text;
	/* `null` and nothing are texts here. */
	if (yaml_is_null(node))
		node->style = YAML_DOUBLE;
	return node;
}

/* The quotes that the texts of a value have: those of its first. */
static enum yaml_style quotes_of(const struct yaml_node *node)
{
	while (node && node->kind != YAML_SCALAR)
		node = node->kind == YAML_MAP && node->first ? node->first->next : node->first;
	bool quoted = node && (node->style == YAML_SINGLE || node->style == YAML_DOUBLE);
	return quoted ? node->style : YAML_PLAIN;
}

/* The values as a chain of items, or of keys and values. */
static struct yaml_node *make_items(struct front *f, const struct edit_front *edit,
				    enum yaml_style quotes)
{
	struct yaml_node *first = NULL, **tail = &first;
	for (size_t i = 0; i < edit->count; i++) {
		const struct edit_value *value = &edit->values[i];
		if (value->label.p) {
			*tail = make_text_node(f, value->label, YAML_PLAIN);
			tail = &(*tail)->next;
		}
		struct yaml_node *text = make_text_node(f, value->text, quotes);
		*tail = value->label.p && edit->list ? make_node(f, YAML_LIST, YAML_FLOW) : text;
		if (*tail != text) {
			(*tail)->first = text;
			(*tail)->count = 1;
		}
		tail = &(*tail)->next;
	}
	return first;
}

static struct yaml_node *make_value(struct front *f, const struct edit_front *edit,
				    enum yaml_style quotes)
{
	bool map = edit->values[0].label.p != NULL;
	if (edit->count == 1 && !edit->list && !map)
		return make_text_node(f, edit->values[0].text, quotes);
	struct yaml_node *node =
	    make_node(f, map ? YAML_MAP : YAML_LIST, edit->block ? YAML_BLOCK : YAML_FLOW);
	node->first = make_items(f, edit, quotes);
	node->count = edit->count;
	return node;
}

/* The pair's key in a map; NULL without. Twice is refused: which one is meant? */
static int find_pair_named(struct front *f, const struct yaml_node *map, struct str key,
			   struct yaml_node **out)
{
	*out = NULL;
	for (struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next) {
		if (k->kind != YAML_SCALAR || !str_eq(k->value, key))
			continue;
		if (*out)
			return span_fail(f->err, KITH_FAILED, f->image, k->span.from,
					 "\"%.*s\" stands here a second time; delete one of them "
					 "first",
					 STR_ARG(text_upto(key, 100)));
		*out = k;
	}
	return 0;
}

static int nothing_to_take(struct front *f, const struct edit_front *edit, struct str what)
{
	return kith_fail(f->err, KITH_NOT_FOUND, "there is no \"%.*s\" in \"%.*s\"",
			 STR_ARG(text_upto(what, 100)), STR_ARG(text_upto(edit->key, 100)));
}

static int no_key(struct front *f, const struct edit_front *edit)
{
	return kith_fail(f->err, KITH_NOT_FOUND, "there is no key \"%.*s\"",
			 STR_ARG(text_upto(edit->key, 100)));
}

static bool is_flow(const struct yaml_node *node)
{
	return node && node->style == YAML_FLOW;
}

static void find_new_pair(struct site *site, struct front *f, const struct edit_front *edit)
{
	struct yaml_node *key = make_text_node(f, edit->key, YAML_PLAIN);
	key->next = make_value(f, edit, YAML_PLAIN);
	*site = (struct site){SITE_ADD, f->map, NULL, is_flow(f->map), key};
}

static int wrong_kind(struct front *f, const struct yaml_node *value, const struct edit_front *edit)
{
	bool map = value->kind == YAML_MAP;
	return span_fail(f->err, KITH_INVALID, f->image, value->span.from,
			 map ? "\"%.*s\" holds values with labels; say which label the new one has"
			     : "\"%.*s\" holds values without labels",
			 STR_ARG(text_upto(edit->key, 100)));
}

/* One value to append to that of a pair. */
static int find_append(struct site *site, struct front *f, const struct edit_front *edit,
		       struct yaml_node *parent, struct yaml_node *item)
{
	struct yaml_node *value = item->next, *under;
	bool flow = is_flow(parent), text = edit_text(f->image, value).p != NULL;
	struct edit_front plain = *edit;
	struct edit_value bare = {STR_NONE, edit->values[0].text};
	if (yaml_is_null(value)) {
		*site = (struct site){SITE_REPLACE, parent, item, flow,
				      make_value(f, edit, YAML_PLAIN)};
		return 0;
	}
	if ((text || value->kind == YAML_LIST) == (edit->values[0].label.p != NULL))
		return wrong_kind(f, value, edit);
	if (value->kind == YAML_MAP) {
		if (find_pair_named(f, value, edit->values[0].label, &under))
			return -1;
		plain.values = &bare;
		plain.list = false;
		if (under)
			return find_append(site, f, &plain, value, under);
	}
	*site =
	    (struct site){text ? SITE_WRAP : SITE_ADD, text ? parent : value, text ? item : NULL,
			  text ? flow : is_flow(value), make_items(f, edit, quotes_of(value))};
	return 0;
}

static void go_down(struct way *way, struct yaml_node *parent, struct yaml_node *item)
{
	if (way->count < MOST_LEVELS)
		way->levels[way->count++] =
		    (struct site){SITE_REMOVE, parent, item, is_flow(parent), NULL};
}

/* Goes down to a text under a value; false where it is not there. */
static bool way_to_text(struct way *way, struct front *f, struct yaml_node *value, struct str text)
{
	if (edit_text(f->image, value).p || value->kind == YAML_MAP)
		return is_this_text(f, value, text);
	for (struct yaml_node *item = value->first; item; item = item->next)
		if (is_this_text(f, item, text)) {
			go_down(way, value, item);
			return true;
		}
	return false;
}

/* Goes down to a pair, or a text under it. */
static bool way_to_pair(struct way *way, struct front *f, struct yaml_node *map,
			struct edit_value what)
{
	size_t level = way->count;
	for (struct yaml_node *key = map->first; key; key = key->next->next) {
		if (what.label.p && !is_this_text(f, key, what.label))
			continue;
		go_down(way, map, key);
		if ((what.label.p && !what.text.p) || way_to_text(way, f, key->next, what.text))
			return true;
		way->count = level;
	}
	for (struct yaml_node *key = map->first; key && !what.label.p; key = key->next->next)
		if (is_this_text(f, key, what.text)) {
			go_down(way, map, key);
			return true;
		}
	return false;
}

static int find_take(struct site *site, struct front *f, const struct edit_front *edit,
		     struct yaml_node *key)
{
	struct way way = {.count = 0};
	struct edit_value what = edit->values[0];
	struct yaml_node *value = key->next;
	bool map = value->kind == YAML_MAP;
	go_down(&way, f->map, key);
	if (map ? !way_to_pair(&way, f, value, what)
		: what.label.p || !way_to_text(&way, f, value, what.text))
		return nothing_to_take(f, edit, what.text.p ? what.text : what.label);
	/* Nothing empty is left behind. */
	while (way.count > 1 && way.levels[way.count - 1].parent->count == 1)
		way.count--;
	*site = way.levels[way.count - 1];
	return 0;
}

/* Where the key's map has the label; else *site is as it was. */
static int find_under(struct site *site, struct front *f, const struct edit_front *edit,
		      struct yaml_node *key)
{
	struct yaml_node *map = key->next, *under;
	if (map->kind != YAML_MAP || find_pair_named(f, map, edit->values[0].label, &under))
		return f->err && f->err->status != KITH_OK ? -1 : 0;
	if (under)
		*site =
		    (struct site){SITE_REPLACE, map, under, is_flow(map),
				  make_text_node(f, edit->values[0].text, quotes_of(under->next))};
	return 0;
}

static int find_site(struct site *site, struct front *f, const struct edit_front *edit)
{
	struct yaml_node *key;
	if (find_pair_named(f, f->map, edit->key, &key))
		return -1;
	switch (edit->verb) {
	case EDIT_SET:
	case EDIT_APPEND:
		if (!key)
			find_new_pair(site, f, edit);
		else if (edit->verb == EDIT_APPEND)
			return find_append(site, f, edit, f->map, key);
		else
			*site = (struct site){SITE_REPLACE, f->map, key, is_flow(f->map),
					      make_value(f, edit, quotes_of(key->next))};
		return key && edit->under ? find_under(site, f, edit, key) : 0;
	case EDIT_TAKE:
		return key ? find_take(site, f, edit, key) : no_key(f, edit);
	case EDIT_REMOVE:
		*site = (struct site){SITE_REMOVE, f->map, key, is_flow(f->map), NULL};
		return key ? 0 : no_key(f, edit);
	}
	return kith_fail(f->err, KITH_INVALID, "there is no such edit");
}

/* ---- making it ---- */

/* Whether the new bytes say what the changed tree does, and the body is as it was. */
static bool reads_back(const struct front *f, struct str now)
{
	struct note note;
	struct finding worst = {.message = STR_NONE};
	size_t findings;
	if (!note_split(&note, now) || !note.has_front ||
	    !str_eq(str_from(now, note.body), str_from(f->image, f->note.body)))
		return false;
	const struct yaml_node *map = read_front_tree(now, note.front, f->arena, &findings, &worst);
	return !worst.message.p && findings == f->findings && site_same(f->map, map);
}

static int make_edit(struct buf *out, struct front *f, const struct site *site)
{
	struct site_plan plan;
	size_t before = out->n;
	if (site_plan(&plan, f, site))
		return -1;
	splice_add(out, f->image, plan.splices, plan.count);
	site_apply(f, site);
	if (!out->overflow && reads_back(f, str_from(buf_str(out), before)))
		return 0;
	buf_cut(out, before);
	return span_fail(f->err, KITH_FAILED, f->image, plan.splices[0].at.from,
			 "the change would not read back as exactly that; nothing was written. "
			 "Edit the file by hand");
}

static int check_edit_text(struct str text, const char *what, struct kith_error *err)
{
	if (text_invalid_at(text) < text.n)
		return kith_fail(err, KITH_INVALID, "the %s is not UTF-8", what);
	if (str_find_char(text, '\0') < text.n)
		return kith_fail(err, KITH_INVALID, "the %s holds a NUL byte", what);
	return 0;
}

static int check_edit(const struct edit_front *edit, struct kith_error *err)
{
	if (check_edit_text(edit->key, "key", err))
		return -1;
	if (str_trim(edit->key).n == 0)
		return kith_fail(err, KITH_INVALID, "a key is needed");
	if (edit->count == 0 && edit->verb != EDIT_REMOVE)
		return kith_fail(err, KITH_INVALID, "\"%.*s\": a value is needed",
				 STR_ARG(text_upto(edit->key, 100)));
	for (size_t i = 0; i < edit->count; i++) {
		struct edit_value value = edit->values[i];
		if (check_edit_text(value.text, "value", err) ||
		    check_edit_text(value.label, "label", err))
			return -1;
		if ((value.label.p == NULL) != (edit->values[0].label.p == NULL))
			return kith_fail(err, KITH_INVALID,
					 "values with labels and without are mixed");
	}
	return 0;
}

static int edit_once(struct buf *out, struct str image, const struct edit_front *edit,
		     struct kith_error *err)
{
	struct arena arena;
	struct front f;
	struct site site;
	int rc = -1;
	arena_init(&arena);
	if (read_front_to_edit(&f, image, &arena, err) == 0 && find_site(&site, &f, edit) == 0)
		rc = make_edit(out, &f, &site);
	arena_release(&arena);
	return rc;
}

/* Items are appended and taken one after the other: each may change what the next one finds. */
int edit_front(struct buf *out, struct str image, const struct edit_front *edit,
	       struct kith_error *err)
{
	struct edit_front one = *edit;
	struct buf step[2];
	int rc = 0;
	if (check_edit(edit, err))
		return -1;
	if ((edit->verb != EDIT_APPEND && edit->verb != EDIT_TAKE) || edit->count < 2)
		return edit_once(out, image, edit, err);
	buf_init(&step[0], out->max);
	buf_init(&step[1], out->max);
	one.count = 1;
	for (size_t i = 0; i < edit->count && !rc; i++) {
		one.values = &edit->values[i];
		buf_clear(&step[i % 2]);
		rc = edit_once(&step[i % 2], image, &one, err);
		image = buf_str(&step[i % 2]);
	}
	if (!rc)
		buf_add(out, image);
	buf_release(&step[0]);
	buf_release(&step[1]);
	return rc;
}
