#include "change/unite_side.h"

#include <stdlib.h>

#include "base/search.h"
#include "base/text.h"
#include "change/field_edits.h"
#include "note/edit.h"
#include "note/quick.h"
#include "people/cadence.h"
#include "people/fields.h"
#include "people/link.h"
#include "people/tags.h"

/* So many values are compared with each other. */
#define MOST_VALUES 20000

void unite_read(struct uniting *u, struct unite_side *side, struct str path, struct str image)
{
	struct reporter quiet = reporter_quiet(image), again = quiet;
	struct arena scratch;
	arena_init(&scratch);
	side->image = image;
	contact_init(&side->contact, path);
	/* Notes that are passed over read as well. */
	(void)contact_read(&side->contact, u->config, &note_reader_quick, u->arena, &scratch,
			   &quiet);
	if (!note_read(&side->note, &note_reader_quick, u->arena, &again))
		side->note = (struct note){.image = image};
	arena_release(&scratch);
}

bool unite_is_alias(const struct uniting *u, const struct contact *c, struct str key)
{
	for (size_t i = 0; i < c->aliases.count; i++)
		if (str_eq(key, text_key(c->aliases.items[i], u->arena)))
			return true;
	return false;
}

bool unite_is_name(const struct uniting *u, const struct contact *c, struct str key)
{
	return str_eq(key, text_key(c->name, u->arena)) || unite_is_alias(u, c, key);
}

bool unite_is_self(const struct uniting *u, struct str target)
{
	const struct relink *r = u->relink;
	const struct str names[] = {r->slug, r->to_slug, r->path, r->to_path};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str name = names[i];
		if (text_same(target, name, u->arena) ||
		    (str_ends(name, STR(".md")) && str_eq(target, str_upto(name, name.n - 3))))
			return true;
	}
	struct str key = text_key(target, u->arena);
	return unite_is_name(u, &u->who.contact, key) || unite_is_name(u, &u->other.contact, key);
}

/* ---- keys ---- */

static enum key key_of(const struct uniting *u, const struct yaml_node *key, int *rank)
{
	enum key which = fields_key(key, rank);
	if (which != KEY_TIER)
		return which;
	bool cadence = key->next->kind == YAML_SCALAR &&
		       cadence_find(&u->config->cadences, str_trim(key->next->value), u->arena);
	return cadence ? KEY_CADENCE : KEY_UNKNOWN;
}

struct unite_keys unite_keys_of(const struct uniting *u, const struct unite_side *side)
{
	const struct yaml_node *map = side->note.map;
	struct unite_keys keys = {ARENA_ARRAY(u->arena, struct unite_key, map ? map->count + 1 : 1),
				  0};
	for (const struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next) {
		struct unite_key *key = &keys.items[keys.count++];
		key->node = k;
		key->which = key_of(u, k, &key->rank);
	}
	return keys;
}

static int compare_names(const struct yaml_node *key, struct str name)
{
	return key_compare(str_trim(key->value), str_trim(name));
}

static int by_name(const void *a, const void *b)
{
	const struct unite_key *x = a, *y = b;
	int order = compare_names(x->node, y->node->value);
	return order ? order : x->node->span.from < y->node->span.from ? -1 : 1;
}

void unite_keys_sort(struct unite_keys *keys)
{
	if (keys->count)
		qsort(keys->items, keys->count, sizeof(*keys->items), by_name);
}

const struct yaml_node *unite_keys_named(const struct unite_keys *keys, struct str name)
{
	size_t at;
	LOWER_BOUND(at, keys->count, compare_names(keys->items[at].node, name) < 0);
	bool found = at < keys->count && compare_names(keys->items[at].node, name) == 0;
	return found ? keys->items[at].node : NULL;
}

bool unite_keys_counts(const struct unite_side *side, const struct unite_key *key)
{
	const struct yaml_node *value = key->node->next;
	bool title = key->which == KEY_TITLE && key->rank == 0;
	return !fields_absent(key->which, value) &&
	       !(title && contact_is_note_title(&side->contact, value));
}

const struct yaml_node *unite_keys_find(const struct unite_keys *keys,
					const struct unite_side *side, enum key which)
{
	const struct unite_key *best = NULL;
	for (size_t i = 0; i < keys->count; i++) {
		const struct unite_key *key = &keys->items[i];
		if (key->which == which && unite_keys_counts(side, key) &&
		    (!best || key->rank < best->rank))
			best = key;
	}
	return best ? best->node : NULL;
}

static bool has_several(const struct uniting *u, const struct unite_side *side, enum key which)
{
	struct unite_keys keys = unite_keys_of(u, side);
	for (size_t i = 0; i < keys.count; i++) {
		const struct yaml_node *value = keys.items[i].node->next;
		if (keys.items[i].which == which && !yaml_is_null(value) &&
		    !edit_text(side->image, value).p)
			return true;
	}
	return false;
}

bool unite_keys_is_list(const struct uniting *u, enum key which)
{
	if (key_row(which)->unite == UNITE_SEVERAL)
		return has_several(u, &u->who, which) || has_several(u, &u->other, which);
	return which != KEY_UNKNOWN && key_is_list(which);
}

civil_day unite_keys_day(const struct unite_side *side, const struct yaml_node *value)
{
	struct str text = edit_text(side->image, value);
	civil_day day;
	return text.p && date_parse_all(text, &day) == DATE_OK ? day : NO_DAY;
}

/* ---- what there is ---- */

static void push_item(struct unite_items *list, struct str label, struct str text)
{
	list->items[list->count++] = (struct unite_item){label, text};
}

/* `2021-05-01 joined X yearly`. */
static void push_date(struct unite_items *list, const struct uniting *u, struct str text)
{
	civil_day day;
	size_t used;
	bool yearly = fields_take_yearly(&text);
	if (date_parse(text, &day, &used) != DATE_OK)
		used = str_find_char(text, ' ');
	struct str what = str_trim(str_from(text, used));
	if (str_starts(what, STR(":")))
		what = str_trim(str_from(what, 1));
	push_item(list, what,
		  arena_printf(u->arena, "%.*s%s", STR_ARG(str_upto(text, used)),
			       yearly ? " yearly" : ""));
}

static void push_item_text(struct unite_items *list, const struct uniting *u, enum key which,
			   struct str label, struct str text)
{
	struct str tag;
	if (which == KEY_TAGS && !label.p)
		while (tags_next_listed(&text, &tag))
			push_item(list, STR(""), tag);
	else if (which == KEY_TAGS && str_starts(text, STR("#")))
		push_item(list, STR(""), str_from(text, 1));
	else if (which == KEY_DATES && !label.n)
		push_date(list, u, text);
	else
		push_item(list, label.p ? label : STR(""), text);
}

struct unite_items unite_items_none(const struct uniting *u, const struct unite_side *side)
{
	/* A value takes at least a byte. */
	size_t room = side->note.front.to - side->note.front.from + 1;
	return (struct unite_items){.items = ARENA_ARRAY(u->arena, struct unite_item, room)};
}

void unite_items_add(struct unite_items *list, const struct uniting *u,
		     const struct unite_side *side, enum key which, struct str label,
		     const struct yaml_node *value)
{
	struct str text = edit_text(side->image, value);
	bool map = value->kind == YAML_MAP;
	if (yaml_is_null(value))
		return;
	if (text.p)
		push_item_text(list, u, which, label, text);
	/* Recursion ends with the reader's limit on nesting. */
	for (const struct yaml_node *n = text.p ? NULL : value->first; n; n = n->next) {
		struct str inner = map ? str_trim(n->value) : label.p ? label : STR("");
		n = map ? n->next : n;
		unite_items_add(list, u, side, which, inner, n);
	}
}

static bool is_relation(enum key which)
{
	enum key_shape shape = key_row(which)->shape;
	return shape == SHAPE_LINKS || shape == SHAPE_RELATIONS;
}

bool unite_items_is_self(const struct uniting *u, struct str relation)
{
	return unite_is_self(u, link_target(relation));
}

static void leave_selves_out(struct unite_items *list, const struct uniting *u)
{
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++)
		if (!unite_items_is_self(u, list->items[i].text))
			list->items[kept++] = list->items[i];
	list->selves = kept < list->count;
	list->count = kept;
}

struct unite_items unite_items_of(const struct uniting *u, const struct unite_side *side,
				  enum key which)
{
	struct unite_items list = {.items = NULL};
	/* These the reader tells from their labels. */
	if (key_row(which)->shape == SHAPE_LABELLED) {
		const struct values *values = fields_place(&side->contact, which);
		list.items = ARENA_ARRAY(u->arena, struct unite_item, values->count + 1);
		for (size_t i = 0; i < values->count; i++)
			push_item(&list, values->items[i].label, values->items[i].text);
		return list;
	}
	struct unite_keys keys = unite_keys_of(u, side);
	for (size_t i = 0; i < keys.count; i++) {
		const struct unite_key *key = &keys.items[i];
		if (key->which != which || !unite_keys_counts(side, key))
			continue;
		if (!list.items)
			list = unite_items_none(u, side);
		unite_items_add(&list, u, side, which, STR_NONE, key->node->next);
	}
	if (is_relation(which))
		leave_selves_out(&list, u);
	return list;
}

/* ---- what says the same ---- */

/* Equal in digits and `+`, of which there are more than two. */
static bool same_number(struct str a, struct str b)
{
	size_t i = 0, k = 0, digits = 0;
	for (;;) {
		while (i < a.n && !str_is_digit(a.p[i]) && a.p[i] != '+')
			i++;
		while (k < b.n && !str_is_digit(b.p[k]) && b.p[k] != '+')
			k++;
		if (i == a.n || k == b.n)
			return i == a.n && k == b.n && digits > 2;
		if (a.p[i++] != b.p[k++])
			return false;
		digits++;
	}
}

static bool same_date(struct str a, struct str b)
{
	civil_day x, y;
	if (fields_take_yearly(&a) != fields_take_yearly(&b))
		return false;
	return str_eq(a, b) ||
	       (date_parse_all(a, &x) == DATE_OK && date_parse_all(b, &y) == DATE_OK && x == y);
}

static bool same_item(const struct uniting *u, enum key which, const struct unite_item *has,
		      const struct unite_item *item)
{
	bool label = !item->label.n || text_same(item->label, has->label, u->arena);
	if (which == KEY_DATES)
		return label && same_date(has->text, item->text);
	if (is_relation(which))
		return label &&
		       text_same(link_target(has->text), link_target(item->text), u->arena);
	if (which == KEY_PHONE && label && same_number(has->text, item->text))
		return true;
	if (label && text_same(link_text(has->text), link_text(item->text), u->arena))
		return true;
	/* Where a label cannot be told from the text. */
	struct str text = has->text;
	return item->label.n && str_starts(text, item->label) && str_ends(text, item->text) &&
	       text.n <= item->label.n + item->text.n + 2;
}

bool unite_items_hold(const struct unite_items *list, const struct uniting *u, enum key which,
		      const struct unite_item *item)
{
	for (size_t i = 0; i < list->count; i++)
		if (same_item(u, which, &list->items[i], item))
			return true;
	return false;
}

int unite_items_check(const struct uniting *u, size_t count, size_t more)
{
	return count + more > MOST_VALUES
		   ? kith_fail(u->err, KITH_FAILED, "there are too many values to unite")
		   : 0;
}
