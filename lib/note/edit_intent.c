/* What is asked for, as one change at one place of the tree. */
#include "base/text.h"
#include "note/edit_front.h"

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

struct yaml_node *front_value(const struct yaml_node *parent, struct yaml_node *item)
{
	return parent->kind == YAML_MAP ? item->next : item;
}

static bool is_text(const struct front *f, const struct yaml_node *node, struct str text)
{
	struct str has = edit_text(f->image, node);
	return has.p && !yaml_is_null(node) && str_eq(has, str_trim(text));
}

static struct yaml_node *make(struct front *f, enum yaml_kind kind, enum yaml_style style)
{
	struct yaml_node *node = ARENA_NEW(f->arena, struct yaml_node);
	node->kind = kind;
	node->style = style;
	return node;
}

static struct yaml_node *make_text(struct front *f, struct str text, enum yaml_style style)
{
	struct yaml_node *node = make(f, YAML_SCALAR, style);
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
			*tail = make_text(f, value->label, YAML_PLAIN);
			tail = &(*tail)->next;
		}
		*tail = make_text(f, value->text, quotes);
		tail = &(*tail)->next;
	}
	return first;
}

static struct yaml_node *make_value(struct front *f, const struct edit_front *edit,
				    enum yaml_style quotes)
{
	bool map = edit->values[0].label.p != NULL;
	if (edit->count == 1 && !edit->list && !map)
		return make_text(f, edit->values[0].text, quotes);
	struct yaml_node *node =
	    make(f, map ? YAML_MAP : YAML_LIST, edit->block ? YAML_BLOCK : YAML_FLOW);
	node->first = make_items(f, edit, quotes);
	node->count = edit->count;
	return node;
}

/* The pair's key in a map; NULL without. Twice is refused: which one is meant? */
static int find_key(struct front *f, const struct yaml_node *map, struct str key,
		    struct yaml_node **out)
{
	*out = NULL;
	for (struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next) {
		if (k->kind != YAML_SCALAR || !str_eq(k->value, key))
			continue;
		if (*out)
			return front_fail(f, KITH_FAILED, k->span.from,
					  "\"%.*s\" stands here a second time; delete one of them "
					  "first",
					  STR_ARG(text_upto(key, 100)));
		*out = k;
	}
	return 0;
}

static int not_found(struct front *f, const struct edit_front *edit, struct str what)
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

static void site_add_pair(struct site *site, struct front *f, const struct edit_front *edit)
{
	struct yaml_node *key = make_text(f, edit->key, YAML_PLAIN);
	key->next = make_value(f, edit, YAML_PLAIN);
	*site = (struct site){SITE_ADD, f->map, NULL, is_flow(f->map), key};
}

static int wrong_kind(struct front *f, const struct yaml_node *value, const struct edit_front *edit)
{
	bool map = value->kind == YAML_MAP;
	return front_fail(f, KITH_INVALID, value->span.from,
			  map ? "\"%.*s\" holds values with labels; say which label the new one has"
			      : "\"%.*s\" holds values without labels",
			  STR_ARG(text_upto(edit->key, 100)));
}

/* One value to append to that of a pair. */
static int site_append(struct site *site, struct front *f, const struct edit_front *edit,
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
		if (find_key(f, value, edit->values[0].label, &under))
			return -1;
		plain.values = &bare;
		plain.list = false;
		if (under)
			return site_append(site, f, &plain, value, under);
	}
	*site =
	    (struct site){text ? SITE_WRAP : SITE_ADD, text ? parent : value, text ? item : NULL,
			  text ? flow : is_flow(value), make_items(f, edit, quotes_of(value))};
	return 0;
}

static void go(struct way *way, struct yaml_node *parent, struct yaml_node *item)
{
	if (way->count < MOST_LEVELS)
		way->levels[way->count++] =
		    (struct site){SITE_REMOVE, parent, item, is_flow(parent), NULL};
}

/* Goes down to a text under a value; false where it is not there. */
static bool take_text(struct way *way, struct front *f, struct yaml_node *value, struct str text)
{
	if (edit_text(f->image, value).p || value->kind == YAML_MAP)
		return is_text(f, value, text);
	for (struct yaml_node *item = value->first; item; item = item->next)
		if (is_text(f, item, text)) {
			go(way, value, item);
			return true;
		}
	return false;
}

/* Goes down to a pair, or a text under it. */
static bool take_pair(struct way *way, struct front *f, struct yaml_node *map,
		      struct edit_value what)
{
	size_t level = way->count;
	for (struct yaml_node *key = map->first; key; key = key->next->next) {
		if (what.label.p && !is_text(f, key, what.label))
			continue;
		go(way, map, key);
		if ((what.label.p && !what.text.p) || take_text(way, f, key->next, what.text))
			return true;
		way->count = level;
	}
	for (struct yaml_node *key = map->first; key && !what.label.p; key = key->next->next)
		if (is_text(f, key, what.text)) {
			go(way, map, key);
			return true;
		}
	return false;
}

static int site_take(struct site *site, struct front *f, const struct edit_front *edit,
		     struct yaml_node *key)
{
	struct way way = {.count = 0};
	struct edit_value what = edit->values[0];
	struct yaml_node *value = key->next;
	bool map = value->kind == YAML_MAP;
	go(&way, f->map, key);
	if (map ? !take_pair(&way, f, value, what)
		: what.label.p || !take_text(&way, f, value, what.text))
		return not_found(f, edit, what.text.p ? what.text : what.label);
	/* Nothing empty is left behind. */
	while (way.count > 1 && way.levels[way.count - 1].parent->count == 1)
		way.count--;
	*site = way.levels[way.count - 1];
	return 0;
}

int site_find(struct site *site, struct front *f, const struct edit_front *edit)
{
	struct yaml_node *key;
	if (find_key(f, f->map, edit->key, &key))
		return -1;
	switch (edit->verb) {
	case EDIT_SET:
	case EDIT_APPEND:
		if (!key)
			site_add_pair(site, f, edit);
		else if (edit->verb == EDIT_APPEND)
			return site_append(site, f, edit, f->map, key);
		else
			*site = (struct site){SITE_REPLACE, f->map, key, is_flow(f->map),
					      make_value(f, edit, quotes_of(key->next))};
		return 0;
	case EDIT_TAKE:
		return key ? site_take(site, f, edit, key) : no_key(f, edit);
	case EDIT_REMOVE:
		*site = (struct site){SITE_REMOVE, f->map, key, is_flow(f->map), NULL};
		return key ? 0 : no_key(f, edit);
	}
	return kith_fail(f->err, KITH_INVALID, "there is no such edit");
}
