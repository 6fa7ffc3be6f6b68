#include "change/unite_keys.h"

#include <stdlib.h>

#include "change/fields.h"
#include "note/edit.h"
#include "people/cadence.h"
#include "people/link.h"

static enum key key_of(const struct uniting *u, const struct yaml_node *key, int *rank)
{
	enum key which = key_find(key->value, rank);
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
	size_t from = 0, to = keys->count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (compare_names(keys->items[middle].node, name) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	bool found = from < keys->count && compare_names(keys->items[from].node, name) == 0;
	return found ? keys->items[from].node : NULL;
}

static bool is_note_title(const struct unite_side *side, const struct unite_key *key)
{
	const struct strs *titles = &side->contact.title;
	const struct yaml_node *value = key->node->next;
	if (key->which != KEY_TITLE || key->rank != 0 || value->kind != YAML_SCALAR)
		return false;
	struct str text = link_text(str_trim(value->value));
	for (size_t i = 0; i < titles->count; i++)
		if (str_eq(titles->items[i], text))
			return false;
	return true;
}

bool unite_keys_counts(const struct unite_side *side, const struct unite_key *key)
{
	return !yaml_is_null(key->node->next) && !is_note_title(side, key);
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
	if (which == KEY_ORG || which == KEY_TITLE)
		return has_several(u, &u->who, which) || has_several(u, &u->other, which);
	return which != KEY_UNKNOWN && fields_is_list(which);
}

civil_day unite_keys_day(const struct unite_side *side, const struct yaml_node *value)
{
	struct str text = edit_text(side->image, value);
	civil_day day;
	return text.p && date_parse_all(text, &day) == DATE_OK ? day : NO_DAY;
}
