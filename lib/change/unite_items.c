#include "change/unite_items.h"

#include "base/text.h"
#include "change/fields.h"
#include "change/unite_keys.h"
#include "note/edit.h"
#include "people/link.h"

/* So many values are compared with each other. */
#define MOST_VALUES 20000

/* ---- what there is ---- */

static void push(struct unite_items *list, struct str label, struct str text)
{
	list->items[list->count++] = (struct unite_item){label, text};
}

bool unite_items_take_yearly(struct str *text)
{
	struct str word = STR("yearly");
	bool yearly = text->n > word.n && str_ieq(str_from(*text, text->n - word.n), word) &&
		      str_is_space_char(text->p[text->n - word.n - 1]);
	if (yearly)
		*text = str_rtrim(str_upto(*text, text->n - word.n));
	return yearly;
}

/* `2021-05-01 joined X yearly`. */
static void push_date(struct unite_items *list, const struct uniting *u, struct str text)
{
	civil_day day;
	size_t used;
	bool yearly = unite_items_take_yearly(&text);
	if (date_parse(text, &day, &used) != DATE_OK)
		used = str_find_char(text, ' ');
	struct str what = str_trim(str_from(text, used));
	if (str_starts(what, STR(":")))
		what = str_trim(str_from(what, 1));
	push(list, what,
	     arena_printf(u->arena, "%.*s%s", STR_ARG(str_upto(text, used)),
			  yearly ? " yearly" : ""));
}

static void push_text(struct unite_items *list, const struct uniting *u, enum key which,
		      struct str label, struct str text)
{
	struct str tag;
	if (which == KEY_TAGS && !label.p)
		while (fields_next_tag(&text, &tag))
			push(list, STR(""), tag);
	else if (which == KEY_TAGS && str_starts(text, STR("#")))
		push(list, STR(""), str_from(text, 1));
	else if (which == KEY_DATES && !label.n)
		push_date(list, u, text);
	else
		push(list, label.p ? label : STR(""), text);
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
		push_text(list, u, which, label, text);
	/* Recursion ends with the reader's limit on nesting. */
	for (const struct yaml_node *n = text.p ? NULL : value->first; n; n = n->next) {
		struct str inner = map ? str_trim(n->value) : label.p ? label : STR("");
		n = map ? n->next : n;
		unite_items_add(list, u, side, which, inner, n);
	}
}

/* Values that the reader tells from their labels; NULL for other keys. */
static const struct values *labelled(const struct contact *c, enum key which)
{
	switch (which) {
	case KEY_EMAIL:
		return &c->email;
	case KEY_PHONE:
		return &c->phone;
	case KEY_URL:
		return &c->url;
	case KEY_ADDRESS:
		return &c->address;
	default:
		return NULL;
	}
}

static bool is_relation(enum key which)
{
	return which == KEY_KNOWS || which == KEY_INTRODUCED_BY;
}

static struct str target_of(struct str text)
{
	struct link link;
	size_t used;
	return link_parse(text, &link, &used) ? link.target : text;
}

bool unite_items_is_self(const struct uniting *u, struct str relation)
{
	return unite_is_self(u, target_of(relation));
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
	const struct values *values = labelled(&side->contact, which);
	if (values) {
		list.items = ARENA_ARRAY(u->arena, struct unite_item, values->count + 1);
		for (size_t i = 0; i < values->count; i++)
			push(&list, values->items[i].label, values->items[i].text);
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
	if (unite_items_take_yearly(&a) != unite_items_take_yearly(&b))
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
		return label && text_same(target_of(has->text), target_of(item->text), u->arena);
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
