/* A change made on the tree alone, and trees compared: what the new bytes are judged by. */
#include "note/edit_front.h"

static struct yaml_node **last(struct yaml_node **at)
{
	while (*at)
		at = &(*at)->next;
	return at;
}

/* The pointer that points to an item, or to its value where parent is a map. */
static struct yaml_node **link_to(const struct site *site, bool value)
{
	struct yaml_node **at = &site->parent->first;
	while (*at != site->item)
		at = &(*at)->next;
	return value && site->parent->kind == YAML_MAP ? &(*at)->next : at;
}

static void replace(struct yaml_node **at, struct yaml_node *want)
{
	want->next = (*at)->next;
	*at = want;
}

static void add(struct front *f, const struct site *site)
{
	struct yaml_node *map = site->parent;
	if (!map) {
		map = f->map = ARENA_NEW(f->arena, struct yaml_node);
		map->kind = YAML_MAP;
	}
	size_t count = 0;
	for (const struct yaml_node *n = site->want; n; n = n->next)
		count++;
	*last(&map->first) = site->want;
	map->count += map->kind == YAML_MAP ? count / 2 : count;
}

static void wrap(struct front *f, struct yaml_node **at, struct yaml_node *more)
{
	struct yaml_node *list = ARENA_NEW(f->arena, struct yaml_node);
	list->kind = YAML_LIST;
	list->first = arena_copy(f->arena, *at, 1, sizeof(**at));
	list->first->next = more;
	for (const struct yaml_node *n = list->first; n; n = n->next)
		list->count++;
	replace(at, list);
}

static void take_out(const struct site *site)
{
	struct yaml_node **at = link_to(site, false);
	*at = front_value(site->parent, *at)->next;
	site->parent->count--;
}

void site_apply(struct front *f, const struct site *site)
{
	switch (site->kind) {
	case SITE_REPLACE:
		replace(link_to(site, true), site->want);
		break;
	case SITE_ADD:
		add(f, site);
		break;
	case SITE_REMOVE:
		take_out(site);
		break;
	case SITE_WRAP:
		wrap(f, link_to(site, true), site->want);
		break;
	}
}

/* Nesting ends at the reader's limit, and so does recursion. */
static bool same(const struct yaml_node *a, const struct yaml_node *b)
{
	if (a->kind != b->kind || a->count != b->count)
		return false;
	if (a->kind == YAML_SCALAR)
		return str_eq(a->value, b->value) && yaml_is_null(a) == yaml_is_null(b);
	const struct yaml_node *x = a->first, *y = b->first;
	for (; x && y; x = x->next, y = y->next)
		if (!same(x, y))
			return false;
	return !x && !y;
}

bool front_same(const struct yaml_node *a, const struct yaml_node *b)
{
	if (!a || !b)
		return (!a || a->count == 0) && (!b || b->count == 0);
	return same(a, b);
}
