#include "change/unite_lists.h"

#include "base/text.h"
#include "change/fields.h"
#include "change/unite_items.h"
#include "people/field_words.h"

/* Relations are named in a map and not in a list: those of the other kind stand under a synonym. */
static int add_aside(struct unite_edits *e, const struct unite_item *item)
{
	static const char *const names[] = {"knows", "relations", "related"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!unite_keys_named(&e->has, str_of(names[i])))
			return unite_edits_add(e, str_of(names[i]), item->label, item->text);
	return kith_fail(e->u->err, KITH_FAILED,
			 "there are too many keys for whom they know; unite these by hand first");
}

/* Label and text in one, as a list has them. */
static struct str joined(struct arena *arena, enum key which, const struct unite_item *item)
{
	struct str text = item->text;
	if (!item->label.n)
		return text;
	if (which != KEY_DATES)
		return arena_printf(arena, "%.*s%s%.*s", STR_ARG(item->label),
				    which == KEY_ADDRESS ? ": " : " ", STR_ARG(text));
	bool yearly = unite_items_take_yearly(&text);
	return arena_printf(arena, "%.*s %.*s%s", STR_ARG(text), STR_ARG(item->label),
			    yearly ? " yearly" : "");
}

/* Another date of what is there already; NULL. */
static const struct unite_item *find_label(const struct unite_items *list, struct str label,
					   struct arena *arena)
{
	for (size_t i = 0; i < list->count; i++)
		if (text_same(str_trim(list->items[i].label), str_trim(label), arena))
			return &list->items[i];
	return NULL;
}

static int add_item(struct unite_edits *e, enum key which, const struct yaml_node *key,
		    const struct unite_items *list, const struct unite_item *item)
{
	struct arena *arena = e->u->arena;
	bool map = key->next->kind == YAML_MAP;
	if (which == KEY_TAGS)
		return unite_edits_add_words(e, which, item->text);
	if (which == KEY_KNOWS && map != (item->label.n > 0))
		return add_aside(e, item);
	const struct unite_item *differs =
	    which == KEY_DATES ? find_label(list, item->label, arena) : NULL;
	if (differs) {
		unite_edits_keep(e, item->label, differs->text, item->text);
		return 0;
	}
	if (map)
		return unite_edits_add(e, key->value, item->label.n ? item->label : STR("other"),
				       item->text);
	return unite_edits_add(e, key->value, STR(""),
			       which == KEY_KNOWS ? item->text : joined(arena, which, item));
}

/* A key that is missing, as it is written. */
static int bring_all(struct unite_edits *e, enum key which)
{
	for (size_t i = 0; i < e->more.count; i++) {
		const struct unite_key *key = &e->more.items[i];
		if (key->which == which && unite_keys_counts(&e->u->other, key) &&
		    unite_edits_bring(e, key->node))
			return -1;
	}
	return 0;
}

/* A key that is missing, and not all of whose values come over. */
static int add_all(struct unite_edits *e, enum key which, const struct unite_items *more)
{
	struct str name = field_words_key(which);
	const struct yaml_node *empty = unite_keys_named(&e->has, name);
	for (size_t i = 0; i < more->count; i++)
		if (unite_edits_add(e, empty ? empty->value : name, more->items[i].label,
				    more->items[i].text))
			return -1;
	return 0;
}

static int take_selves(struct unite_edits *e, enum key which)
{
	struct uniting *u = e->u;
	const struct contact *c = &u->who.contact;
	const struct relations *list = which == KEY_KNOWS ? &c->knows : &c->introduced_by;
	for (size_t i = 0; i < list->count; i++) {
		struct field_edit edit = {EDIT_TAKE, field_words_key(which), list->items[i].text};
		if (unite_items_is_self(u, edit.value) &&
		    fields_apply_one(&e->image, u->config, &edit, u->arena, u->err))
			return -1;
	}
	return 0;
}

int unite_lists_unite(struct unite_edits *e, enum key which)
{
	struct uniting *u = e->u;
	struct unite_items has = unite_items_of(u, &u->who, which);
	struct unite_items more = unite_items_of(u, &u->other, which);
	const struct yaml_node *key = unite_keys_find(&e->has, &u->who, which);
	if (unite_items_check(u, has.count, more.count) || (has.selves && take_selves(e, which)))
		return -1;
	/* What held nothing else went with them. */
	if (!key || (has.selves && has.count == 0))
		return more.selves || has.selves || which == KEY_ALIASES ? add_all(e, which, &more)
									 : bring_all(e, which);
	for (size_t i = 0; i < more.count; i++)
		if (!unite_items_hold(&has, u, which, &more.items[i]) &&
		    add_item(e, which, key, &has, &more.items[i]))
			return -1;
	return 0;
}

int unite_lists_unite_own(struct unite_edits *e, const struct yaml_node *has,
			  const struct edit_front *more)
{
	struct uniting *u = e->u;
	struct unite_items list = unite_items_none(u, &u->who);
	unite_items_add(&list, u, &u->who, KEY_UNKNOWN, STR_NONE, has->next);
	if (unite_items_check(u, list.count, more->count))
		return -1;
	for (size_t i = 0; i < more->count; i++) {
		struct unite_item item = {STR(""), more->values[i].text};
		if (!unite_items_hold(&list, u, KEY_UNKNOWN, &item) &&
		    unite_edits_add(e, has->value, STR(""), item.text))
			return -1;
	}
	return 0;
}
