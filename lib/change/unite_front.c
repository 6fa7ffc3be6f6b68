/*
 * The other's front matter, key by key: what is missing comes over as it is
 * written, lists unite value by value, and of differing single values the
 * other's is kept in a map of its own.
 */
#include <stdlib.h>

#include "base/text.h"
#include "change/fields_parts.h"
#include "change/unite_parts.h"
#include "note/edit.h"
#include "note/quick.h"
#include "people/cadence.h"
#include "people/field_words.h"
#include "people/link.h"

/* Bytes times edits: each edit reads the front matter again. */
#define MOST_WORK 500000000

struct key_at {
	const struct yaml_node *key;
	enum key which;
	int rank;
};

struct front {
	struct uniting *u;
	struct str image;   /* as it is by now */
	struct key_at *has; /* the keys of the one that stays, by name */
	size_t has_count;
	struct key_at *more; /* the other's, in the order of the file */
	size_t more_count;
	struct buf lines; /* to be put at the end, as they stand in the other's */
	struct edit_value *merged;
	size_t merged_count, edits;
};

static int by_name(const void *a, const void *b)
{
	const struct key_at *x = a, *y = b;
	int order = key_compare(str_trim(x->key->value), str_trim(y->key->value));
	return order ? order : x->key->span.from < y->key->span.from ? -1 : 1;
}

/* `tier: close` is a cadence; `tier: gold` is a key of one's own. */
static enum key key_of(const struct uniting *u, const struct yaml_node *key, int *rank)
{
	enum key which = key_find(key->value, rank);
	if (which != KEY_TIER)
		return which;
	bool cadence = key->next->kind == YAML_SCALAR &&
		       cadence_find(&u->config->cadences, str_trim(key->next->value), u->arena);
	return cadence ? KEY_CADENCE : KEY_UNKNOWN;
}

static struct key_at *list_keys(const struct uniting *u, const struct yaml_node *map, size_t *count)
{
	struct key_at *keys = ARENA_ARRAY(u->arena, struct key_at, map ? map->count + 1 : 1);
	*count = 0;
	for (const struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next) {
		struct key_at *at = &keys[(*count)++];
		at->key = k;
		at->which = key_of(u, k, &at->rank);
	}
	return keys;
}

/* The key of that name in the file that stays, also one without a value. */
static const struct yaml_node *find_name(const struct front *f, struct str name)
{
	size_t from = 0, to = f->has_count;
	name = str_trim(name);
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (key_compare(str_trim(f->has[middle].key->value), name) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	bool found =
	    from < f->has_count && key_compare(str_trim(f->has[from].key->value), name) == 0;
	return found ? f->has[from].key : NULL;
}

/* The key `title` that is the note's title, and no role. */
static bool is_note_title(const struct unite_side *side, const struct key_at *at)
{
	const struct strs *titles = &side->contact.title;
	if (at->which != KEY_TITLE || at->rank != 0 || at->key->next->kind != YAML_SCALAR)
		return false;
	struct str text = link_text(str_trim(at->key->next->value));
	for (size_t i = 0; i < titles->count; i++)
		if (str_eq(titles->items[i], text))
			return false;
	return true;
}

/* The key with a value that wins among the synonyms; NULL for none. */
static const struct yaml_node *find_key(const struct front *f, enum key which)
{
	const struct key_at *best = NULL;
	for (size_t i = 0; i < f->has_count; i++) {
		const struct key_at *at = &f->has[i];
		if (at->which == which && !yaml_is_null(at->key->next) &&
		    !is_note_title(&f->u->who, at) && (!best || at->rank < best->rank))
			best = at;
	}
	return best ? best->key : NULL;
}

/* ---- edits ---- */

static int run(struct front *f, const struct edit_front *edit)
{
	struct uniting *u = f->u;
	struct buf b;
	if (++f->edits > MOST_WORK / (f->image.n + u->other.image.n + 1))
		return kith_fail(u->err, KITH_FAILED, "there are too many values to unite");
	buf_init(&b, 0);
	int failed = edit_front(&b, f->image, edit, u->err);
	if (!failed)
		f->image = arena_str(u->arena, buf_str(&b));
	buf_release(&b);
	return failed ? -1 : 0;
}

/* A value that is typed as `kith set KEY+=VALUE` has it. */
static int append_words(struct front *f, enum key which, struct str words)
{
	struct uniting *u = f->u;
	struct field_edit edit = {EDIT_APPEND, field_words_key(which), words};
	if (++f->edits > MOST_WORK / (f->image.n + u->other.image.n + 1))
		return kith_fail(u->err, KITH_FAILED, "there are too many values to unite");
	u->told->values++;
	return fields_apply_one(&f->image, u->config, &edit, u->arena, u->err);
}

static int append_value(struct front *f, const struct yaml_node *key, struct str label,
			struct str text)
{
	struct edit_value value = {label.n ? label : STR_NONE, text};
	f->u->told->values++;
	return run(f, &(struct edit_front){
			  .verb = EDIT_APPEND, .key = key->value, .values = &value, .count = 1});
}

static struct str node_words(const struct front *f, const struct yaml_node *node)
{
	struct str text = edit_text(f->u->other.image, node);
	return text.p ? text : field_words_node(node, f->u->arena);
}

static void keep(struct front *f, struct str key, struct str stays, struct str kept)
{
	struct unite_told *told = f->u->told;
	f->merged[f->merged_count++] = (struct edit_value){key, kept};
	told->kept[told->kept_count++] = (struct unite_kept){key, stays, kept};
}

/* ---- what comes over as it is written ---- */

static size_t line_start(struct str image, size_t at)
{
	while (at > 0 && image.p[at - 1] != '\n')
		at--;
	return at;
}

static bool is_comment(struct str line)
{
	line = str_ltrim_blanks(line);
	return line.n && line.p[0] == '#';
}

/* The key's lines, with the comments above it; false where it shares a line with something. */
static bool lines_of(const struct unite_side *side, const struct yaml_node *key, struct span *at)
{
	struct str image = side->image, line, rest;
	size_t floor = side->note.front.from, end = key->next->span.to;
	at->from = line_start(image, key->span.from);
	if (at->from < floor || str_ltrim_blanks(str_slice(image, at->from, key->span.from)).n)
		return false;
	/* A value over lines reaches to the next token: comments there are the next key's. */
	rest = str_slice(image, at->from, end);
	at->to = at->from;
	while (rest.n) {
		size_t begins = (size_t)(rest.p - image.p);
		(void)str_next_line(&rest, &line);
		bool literal = key->next->style == YAML_LITERAL || key->next->style == YAML_FOLDED;
		bool inside =
		    begins <= key->span.from || literal ||
		    (str_trim(line).n && (!is_comment(line) || str_is_blank_char(line.p[0])));
		if (inside)
			at->to = begins + line.n;
	}
	at->to += str_find_char(str_from(image, at->to), '\n');
	if (at->to > side->note.front.to)
		at->to = side->note.front.to;
	while (at->from > floor) {
		size_t above = line_start(image, at->from - 1);
		if (above < floor || !is_comment(str_slice(image, above, at->from)))
			break;
		at->from = above;
	}
	return true;
}

static size_t indentation(const struct unite_side *side)
{
	const struct yaml_node *first = side->note.map ? side->note.map->first : NULL;
	return first ? first->span.from - line_start(side->image, first->span.from) : 0;
}

/* Whether lines can be put below others: keys over lines in both. */
static bool may_copy(const struct front *f)
{
	const struct yaml_node *has = f->u->who.note.map, *more = f->u->other.note.map;
	return more->style == YAML_BLOCK && (!has || has->count == 0 || has->style == YAML_BLOCK);
}

static bool copy_lines(struct front *f, const struct yaml_node *key)
{
	struct span at;
	struct str line, rest;
	size_t was = indentation(&f->u->other), is = indentation(&f->u->who);
	if (!may_copy(f) || !lines_of(&f->u->other, key, &at))
		return false;
	rest = span_str(f->u->other.image, at);
	while (str_next_line(&rest, &line)) {
		size_t blanks = line.n - str_ltrim_blanks(line).n;
		buf_fill(&f->lines, ' ', str_trim(line).n ? is : 0);
		buf_add(&f->lines, str_from(line, blanks < was ? blanks : was));
		buf_addc(&f->lines, '\n');
	}
	return true;
}

/* Values of a text, a list or a map of texts; false for what is deeper. */
static bool flatten(const struct front *f, const struct yaml_node *node, struct edit_front *edit)
{
	struct str image = f->u->other.image, text = edit_text(image, node);
	struct edit_value *values =
	    ARENA_ARRAY(f->u->arena, struct edit_value, text.p ? 1 : node->count + 1);
	bool map = !text.p && node->kind == YAML_MAP;
	edit->values = values;
	edit->list = !text.p && !map;
	if (text.p)
		values[edit->count++] = (struct edit_value){STR_NONE, text};
	for (const struct yaml_node *n = text.p ? NULL : node->first; n; n = n->next) {
		struct str label = map ? n->value : STR_NONE;
		n = map ? n->next : n;
		struct str item = edit_text(image, n);
		if (!item.p)
			return false;
		values[edit->count++] = (struct edit_value){label, item};
	}
	return edit->count > 0;
}

/* A key that is missing: its lines, or its value where lines cannot be copied. */
static int bring(struct front *f, const struct yaml_node *key)
{
	const struct yaml_node *has = find_name(f, key->value);
	struct edit_front edit = {.verb = EDIT_SET, .key = has ? has->value : key->value};
	f->u->told->values++;
	/* A value that stands there and is none: the title of the note. */
	if (has && !yaml_is_null(has->next))
		edit.key = STR("role");
	if (!has && copy_lines(f, key))
		return 0;
	if (flatten(f, key->next, &edit))
		return run(f, &edit);
	kith_fail(
	    f->u->err, KITH_FAILED,
	    "the value of \"%.*s\" cannot be put into the other file as it is written; copy it "
	    "there by hand first",
	    STR_ARG(text_upto(key->value, 100)));
	return kith_fail_at(f->u->err, f->u->relink->path.p,
			    span_place(f->u->other.image, key->span.from).line, 0);
}

/* ---- lists ---- */

static bool same_text(const struct front *f, struct str a, struct str b)
{
	return text_same(str_trim(a), str_trim(b), f->u->arena);
}

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

/* A value of a list: how it is labelled, and what it says. */
struct item {
	struct str label, text; /* label: "" for none */
};
struct items {
	struct item *items;
	size_t count;
};

static void push(struct items *list, struct str label, struct str text)
{
	list->items[list->count++] = (struct item){label, text};
}

static bool take_yearly(struct str *text)
{
	struct str word = STR("yearly");
	bool yearly = text->n > word.n && str_ieq(str_from(*text, text->n - word.n), word) &&
		      str_is_space_char(text->p[text->n - word.n - 1]);
	if (yearly)
		*text = str_rtrim(str_upto(*text, text->n - word.n));
	return yearly;
}

/* `2021-05-01 joined X yearly`: the label is what is on that day. */
static void push_date(const struct uniting *u, struct items *list, struct str text)
{
	civil_day day;
	size_t used;
	bool yearly = take_yearly(&text);
	if (date_parse(text, &day, &used) != DATE_OK)
		used = str_find_char(text, ' ');
	struct str what = str_trim(str_from(text, used));
	if (str_starts(what, STR(":")))
		what = str_trim(str_from(what, 1));
	push(list, what,
	     arena_printf(u->arena, "%.*s%s", STR_ARG(str_upto(text, used)),
			  yearly ? " yearly" : ""));
}

static void push_text(const struct uniting *u, struct items *list, enum key which, struct str label,
		      struct str text)
{
	if (which == KEY_DATES && !label.n)
		push_date(u, list, text);
	else if (which == KEY_TAGS && str_starts(text, STR("#")))
		push(list, STR(""), str_from(text, 1));
	else
		push(list, label, text);
}

static void push_node(const struct uniting *u, const struct unite_side *side, struct items *list,
		      enum key which, struct str label, const struct yaml_node *node)
{
	struct str text = edit_text(side->image, node), tag;
	bool map = node->kind == YAML_MAP;
	if (yaml_is_null(node))
		return;
	if (text.p && which == KEY_TAGS && !label.p)
		while (fields_next_tag(&text, &tag))
			push(list, STR(""), tag);
	else if (text.p)
		push_text(u, list, which, label.p ? label : STR(""), text);
	/* Recursion ends with the reader's limit on nesting. */
	for (const struct yaml_node *n = text.p ? NULL : node->first; n; n = n->next) {
		struct str inner = map ? str_trim(n->value) : label.p ? label : STR("");
		n = map ? n->next : n;
		push_node(u, side, list, which, inner, n);
	}
}

static bool is_labelled(enum key which)
{
	return which == KEY_EMAIL || which == KEY_PHONE || which == KEY_URL || which == KEY_ADDRESS;
}

static bool is_relation(enum key which)
{
	return which == KEY_KNOWS || which == KEY_INTRODUCED_BY;
}

static const struct values *values_of(const struct contact *c, enum key which)
{
	return which == KEY_EMAIL   ? &c->email
	       : which == KEY_PHONE ? &c->phone
	       : which == KEY_URL   ? &c->url
				    : &c->address;
}

static struct str target_of(struct str text)
{
	struct link link;
	size_t used;
	return link_parse(text, &link, &used) ? link.target : text;
}

static bool is_self(const struct uniting *u, enum key which, const struct item *item)
{
	return is_relation(which) && unite_is_self(u, target_of(item->text));
}

/* All that a side holds under a key and its synonyms. selves: whether they are themselves in it. */
static struct items items_of(const struct uniting *u, const struct unite_side *side, enum key which,
			     bool *selves)
{
	struct span front = side->note.front;
	struct items list = {NULL, 0};
	size_t count, room = front.to - front.from + 1, kept = 0;
	struct key_at *keys = list_keys(u, side->note.map, &count);
	*selves = false;
	if (is_labelled(which)) {
		const struct values *values = values_of(&side->contact, which);
		list.items = ARENA_ARRAY(u->arena, struct item, values->count + 1);
		for (size_t i = 0; i < values->count; i++)
			push(&list, values->items[i].label, values->items[i].text);
		return list;
	}
	for (size_t i = 0; i < count; i++) {
		if (keys[i].which != which || is_note_title(side, &keys[i]))
			continue;
		/* A value takes at least a byte. */
		list.items = list.items ? list.items : ARENA_ARRAY(u->arena, struct item, room);
		push_node(u, side, &list, which, STR_NONE, keys[i].key->next);
	}
	for (size_t i = 0; i < list.count; i++)
		if (!is_self(u, which, &list.items[i]))
			list.items[kept++] = list.items[i];
		else
			*selves = true;
	list.count = kept;
	return list;
}

static bool same_date(struct str a, struct str b)
{
	civil_day x, y;
	bool yearly = take_yearly(&a) == take_yearly(&b);
	return yearly && (str_eq(a, b) || (date_parse_all(a, &x) == DATE_OK &&
					   date_parse_all(b, &y) == DATE_OK && x == y));
}

static bool same_item(const struct uniting *u, enum key which, const struct item *has,
		      const struct item *item)
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

/* So many values are compared with each other. */
#define MOST_VALUES 20000

static bool holds(const struct uniting *u, enum key which, const struct items *list,
		  const struct item *item)
{
	for (size_t i = 0; i < list->count; i++)
		if (same_item(u, which, &list->items[i], item))
			return true;
	return false;
}

/* Relations are named in a map and not in a list: those of the other kind stand under a synonym. */
static int append_aside(struct front *f, const struct item *item)
{
	static const char *const names[] = {"knows", "relations", "related"};
	struct edit_value value = {item->label.n ? item->label : STR_NONE, item->text};
	struct edit_front edit = {
	    .verb = EDIT_APPEND, .values = &value, .count = 1, .list = !item->label.n};
	for (size_t i = 0; i < ARRAY_LEN(names) && !edit.key.p; i++)
		if (!find_name(f, str_of(names[i])))
			edit.key = str_of(names[i]);
	f->u->told->values++;
	return edit.key.p ? run(f, &edit)
			  : kith_fail(f->u->err, KITH_FAILED,
				      "there are too many keys for whom they know; unite these by "
				      "hand first");
}

static struct str joined(const struct front *f, enum key which, const struct item *item)
{
	struct str text = item->text, none = STR("");
	if (!item->label.n)
		return text;
	if (which != KEY_DATES)
		return arena_printf(f->u->arena, "%.*s%s%.*s", STR_ARG(item->label),
				    which == KEY_ADDRESS ? ": " : " ", STR_ARG(text));
	bool yearly = take_yearly(&text);
	return arena_printf(f->u->arena, "%.*s %.*s%.*s", STR_ARG(text), STR_ARG(item->label),
			    STR_ARG(yearly ? STR(" yearly") : none));
}

/* has: the key it goes under. */
static int append_item(struct front *f, enum key which, const struct yaml_node *has,
		       const struct items *list, const struct item *item)
{
	bool map = has->next->kind == YAML_MAP;
	if (which == KEY_TAGS)
		return append_words(f, which, item->text);
	if (which == KEY_KNOWS && map != (item->label.n > 0))
		return append_aside(f, item);
	for (size_t i = 0; which == KEY_DATES && i < list->count; i++)
		if (same_text(f, list->items[i].label, item->label)) {
			keep(f, item->label, list->items[i].text, item->text);
			return 0;
		}
	if (map)
		return append_value(f, has, item->label.n ? item->label : STR("other"), item->text);
	return append_value(f, has, STR(""),
			    which == KEY_KNOWS ? item->text : joined(f, which, item));
}

static int bring_all(struct front *f, enum key which)
{
	for (size_t i = 0; i < f->more_count; i++)
		if (f->more[i].which == which && !yaml_is_null(f->more[i].key->next) &&
		    !is_note_title(&f->u->other, &f->more[i]) && bring(f, f->more[i].key))
			return -1;
	return 0;
}

/* A key that is missing, and not all of whose values come over. */
static int set_items(struct front *f, enum key which, const struct items *items)
{
	struct edit_front edit = {.verb = EDIT_APPEND, .key = field_words_key(which), .count = 1};
	const struct yaml_node *empty = find_name(f, edit.key);
	edit.key = empty ? empty->value : edit.key;
	for (size_t i = 0; i < items->count; i++) {
		const struct item *item = &items->items[i];
		struct edit_value value = {item->label.n ? item->label : STR_NONE, item->text};
		edit.values = &value;
		edit.list = !item->label.n;
		f->u->told->values++;
		if (run(f, &edit))
			return -1;
	}
	return 0;
}

static int drop_selves(struct front *f, enum key which)
{
	struct uniting *u = f->u;
	const struct relations *list =
	    which == KEY_KNOWS ? &u->who.contact.knows : &u->who.contact.introduced_by;
	for (size_t i = 0; i < list->count; i++) {
		struct field_edit edit = {EDIT_TAKE, field_words_key(which), list->items[i].text};
		if (unite_is_self(u, target_of(list->items[i].text)) &&
		    fields_apply_one(&f->image, u->config, &edit, u->arena, u->err))
			return -1;
	}
	return 0;
}

static int unite_list(struct front *f, enum key which)
{
	struct uniting *u = f->u;
	bool selves, theirs;
	struct items has = items_of(u, &u->who, which, &selves);
	struct items more = items_of(u, &u->other, which, &theirs);
	const struct yaml_node *key = find_key(f, which);
	if (has.count + more.count > MOST_VALUES)
		return kith_fail(u->err, KITH_FAILED, "there are too many values to unite");
	if (selves && drop_selves(f, which))
		return -1;
	/* What held nothing else went with them. */
	if (!key || (selves && has.count == 0))
		return theirs || selves || which == KEY_ALIASES ? set_items(f, which, &more)
								: bring_all(f, which);
	for (size_t i = 0; i < more.count; i++)
		if (!holds(u, which, &has, &more.items[i]) &&
		    append_item(f, which, key, &has, &more.items[i]))
			return -1;
	return 0;
}

/* The other's name, and other names that its front matter says. */
static int add_names(struct front *f)
{
	struct uniting *u = f->u;
	struct items has = {ARENA_ARRAY(u->arena, struct item, u->who.contact.aliases.count + 1),
			    0};
	push(&has, STR(""), u->who.contact.name);
	for (size_t i = 0; i < u->who.contact.aliases.count; i++)
		push(&has, STR(""), u->who.contact.aliases.items[i]);
	const struct contact *o = &u->other.contact;
	bool known = false;
	struct str key = text_key(o->name, u->arena);
	for (size_t i = 0; i < has.count && !known; i++)
		known = str_eq(text_key(has.items[i].text, u->arena), key);
	for (size_t i = 0; i < o->aliases.count && !known; i++)
		known = str_eq(text_key(o->aliases.items[i], u->arena), key);
	return known ? 0 : append_words(f, KEY_ALIASES, text_line(o->name, u->arena));
}

/* ---- single values ---- */

static bool same_cadence(const struct cadence_plan *a, const struct cadence_plan *b,
			 struct arena *arena)
{
	return a->first.kind != CADENCE_UNSET && a->first.kind == b->first.kind &&
	       a->until == b->until && a->then.kind == b->then.kind &&
	       str_eq(cadence_words(a->first, arena), cadence_words(b->first, arena)) &&
	       str_eq(cadence_words(a->then, arena), cadence_words(b->then, arena));
}

/* Whether two contacts say the same under a key of one value, in whatever way. */
static bool same_meaning(const struct uniting *u, const struct contact *a, const struct contact *b,
			 enum key which)
{
	const struct birthday *x = &a->birthday, *y = &b->birthday;
	switch (which) {
	case KEY_BIRTHDAY:
		return x->month && x->year == y->year && x->month == y->month && x->day == y->day;
	case KEY_CADENCE:
		return same_cadence(&a->cadence, &b->cadence, u->arena);
	default:
		break;
	}
	struct strs was = field_words(a, which, u->arena), is = field_words(b, which, u->arena);
	return was.count == 1 && is.count == 1 && text_same(was.items[0], is.items[0], u->arena);
}

static int unite_single(struct front *f, const struct key_at *more)
{
	struct uniting *u = f->u;
	const struct yaml_node *has = find_key(f, more->which);
	if (is_note_title(&u->other, more))
		return 0;
	/* A tier of one's own is no cadence, but stands under the same key. */
	if (!has && more->which != KEY_TITLE)
		has = find_name(f, more->key->value);
	if (!has || yaml_is_null(has->next))
		return bring(f, more->key);
	struct str stays = edit_text(u->who.image, has->next);
	struct str kept = node_words(f, more->key->next);
	stays = stays.p ? stays : field_words_node(has->next, u->arena);
	bool first = true;
	for (size_t i = 0; i < f->more_count; i++)
		first = first && !(f->more[i].which == more->which && f->more[i].rank < more->rank);
	if (!same_text(f, link_text(stays), link_text(kept)) &&
	    !(first && same_meaning(u, &u->who.contact, &u->other.contact, more->which)))
		keep(f, field_words_key(more->which), stays, kept);
	return 0;
}

/* `given` and `family` say nothing that the name does not, as a rule. */
static void unite_name_part(struct front *f, const struct key_at *more)
{
	struct str part = node_words(f, more->key->next);
	struct str key = text_key(part, f->u->arena);
	struct str name = text_key(f->u->other.contact.name, f->u->arena);
	if (str_find(name, key) == name.n && key.n)
		keep(f, field_words_key(more->which), f->u->who.contact.name, part);
}

/* ---- the user's own ---- */

static bool is_merged(struct str key)
{
	return key_compare(str_trim(key), STR("merged")) == 0;
}

static int unite_own(struct front *f, const struct key_at *more)
{
	const struct yaml_node *has = find_name(f, more->key->value), *value = more->key->next;
	struct edit_front values = {.count = 0};
	struct uniting *u = f->u;
	if (!has || yaml_is_null(has->next))
		return bring(f, more->key);
	if (field_words_same_node(has->next, value))
		return 0;
	bool flat = flatten(f, value, &values);
	if (flat && is_merged(has->value) && value->kind == YAML_MAP) {
		for (size_t i = 0; i < values.count; i++)
			f->merged[f->merged_count++] = values.values[i];
		return 0;
	}
	if (!flat || has->next->kind != YAML_LIST || value->kind == YAML_MAP) {
		keep(f, more->key->value, field_words_node(has->next, u->arena),
		     node_words(f, value));
		return 0;
	}
	struct items list = {
	    ARENA_ARRAY(u->arena, struct item, u->who.note.front.to - u->who.note.front.from + 1),
	    0};
	push_node(u, &u->who, &list, KEY_UNKNOWN, STR_NONE, has->next);
	if (list.count + values.count > MOST_VALUES)
		return kith_fail(u->err, KITH_FAILED, "there are too many values to unite");
	for (size_t i = 0; i < values.count; i++) {
		struct item item = {STR(""), values.values[i].text};
		if (!holds(u, KEY_UNKNOWN, &list, &item) &&
		    append_value(f, has, STR(""), item.text))
			return -1;
	}
	return 0;
}

/* ---- all of it ---- */

/* What the edit of front matter refuses cannot be read to its end either. */
static int check_readable(struct uniting *u)
{
	struct edit_value value = {STR_NONE, STR("x")};
	struct buf b;
	buf_init(&b, 0);
	int failed =
	    u->other.note.has_front &&
	    edit_front(&b, u->other.image,
		       &(struct edit_front){
			   .verb = EDIT_SET, .key = STR("merged"), .values = &value, .count = 1},
		       u->err);
	buf_release(&b);
	return failed ? kith_fail_at(u->err, u->relink->path.p, 0, 0) : 0;
}

static int check_twice(struct front *f)
{
	struct uniting *u = f->u;
	struct key_at *keys = arena_copy(u->arena, f->more, f->more_count, sizeof(*keys));
	if (f->more_count)
		qsort(keys, f->more_count, sizeof(*keys), by_name);
	for (size_t i = 1; i < f->more_count; i++)
		if (key_compare(str_trim(keys[i - 1].key->value), str_trim(keys[i].key->value)) ==
		    0) {
			kith_fail(u->err, KITH_INVALID,
				  "the key \"%.*s\" stands here a second time; mend that first",
				  STR_ARG(text_upto(keys[i].key->value, 100)));
			return kith_fail_at(u->err, u->relink->path.p,
					    span_place(u->other.image, keys[i].key->span.from).line,
					    0);
		}
	return 0;
}

static bool is_many(const struct unite_side *side, enum key which, const struct uniting *u)
{
	size_t count, found = 0;
	const struct key_at *keys = list_keys(u, side->note.map, &count);
	for (size_t i = 0; i < count; i++)
		if (keys[i].which == which && !yaml_is_null(keys[i].key->next) &&
		    !edit_text(side->image, keys[i].key->next).p)
			found++;
	return found > 0;
}

/* Keys of a list; org and title where one of the two has several. */
static bool is_list(const struct uniting *u, enum key which)
{
	if (which == KEY_ORG || which == KEY_TITLE)
		return is_many(&u->who, which, u) || is_many(&u->other, which, u);
	return which != KEY_UNKNOWN && fields_shape(which) != SHAPE_SINGLE;
}

static int unite_keys(struct front *f)
{
	bool done[KEY_COUNT + 1] = {false};
	bool selves;
	if (items_of(f->u, &f->u->who, KEY_KNOWS, &selves).count + 1 && selves)
		done[KEY_KNOWS] = unite_list(f, KEY_KNOWS) == 0;
	if (items_of(f->u, &f->u->who, KEY_INTRODUCED_BY, &selves).count + 1 && selves)
		done[KEY_INTRODUCED_BY] = unite_list(f, KEY_INTRODUCED_BY) == 0;
	for (size_t i = 0; i < f->more_count; i++) {
		const struct key_at *more = &f->more[i];
		int failed = 0;
		if (yaml_is_null(more->key->next))
			continue;
		if (more->which == KEY_NAME)
			continue;
		if (more->which == KEY_GIVEN || more->which == KEY_FAMILY)
			unite_name_part(f, more);
		else if (more->which == KEY_UNKNOWN)
			failed = unite_own(f, more);
		else if (!is_list(f->u, more->which))
			failed = unite_single(f, more);
		else if (!done[more->which])
			failed = unite_list(f, more->which);
		if (failed)
			return -1;
		done[more->which] = true;
	}
	return f->u->err && f->u->err->status != KITH_OK ? -1 : 0;
}

/* The copied lines at the end of the front matter. */
static void put_lines(struct front *f)
{
	struct note note;
	struct buf b;
	struct str rest = buf_str(&f->lines), line;
	if (rest.n == 0)
		return;
	(void)note_split(&note, f->image);
	size_t at = note.has_front ? note.front.to : 0;
	bool marked = at == 0 && str_starts(f->image, STR("\xEF\xBB\xBF"));
	at += marked ? 3 : 0;
	struct str eol = edit_line_end(f->image, at);
	buf_init(&b, 0);
	buf_add(&b, str_upto(f->image, at));
	if (!note.has_front) {
		buf_addz(&b, "---");
		buf_add(&b, eol);
	}
	while (str_next_line(&rest, &line)) {
		buf_add(&b, line);
		buf_add(&b, eol);
	}
	if (!note.has_front) {
		buf_addz(&b, "---");
		buf_add(&b, eol);
	}
	buf_add(&b, str_from(f->image, at));
	f->image = arena_str(f->u->arena, buf_str(&b));
	buf_release(&b);
}

static int put_merged(struct front *f)
{
	const struct yaml_node *has = find_name(f, STR("merged"));
	struct edit_front edit = {.verb = EDIT_APPEND, .key = STR("merged")};
	for (size_t i = 0; i < f->more_count && !has; i++)
		has = is_merged(f->more[i].key->value) ? f->more[i].key : NULL;
	if (has && (yaml_is_null(has->next) || has->next->kind == YAML_MAP))
		edit.key = has->value;
	else if (has)
		edit.key = STR("merged_values");
	edit.values = f->merged;
	edit.count = f->merged_count;
	return f->merged_count ? run(f, &edit) : 0;
}

int unite_fronts(struct uniting *u, struct str *image)
{
	struct front f = {.u = u, .image = *image};
	struct note note;
	struct str body = STR("");
	size_t room;
	/* Each edit reads all it is given. */
	if (note_split(&note, *image) && note.has_front) {
		body = str_from(*image, note.body);
		f.image = str_upto(*image, note.body);
	}
	f.has = list_keys(u, u->who.note.map, &f.has_count);
	f.more = list_keys(u, u->other.note.map, &f.more_count);
	if (f.has_count)
		qsort(f.has, f.has_count, sizeof(*f.has), by_name);
	/* A pair takes two bytes at least. */
	room = u->other.note.front.to - u->other.note.front.from + 2;
	f.merged = ARENA_ARRAY(u->arena, struct edit_value, room);
	u->told->kept = ARENA_ARRAY(u->arena, struct unite_kept, room);
	buf_init(&f.lines, 0);
	int failed = check_readable(u) || check_twice(&f) || unite_keys(&f) || add_names(&f);
	if (!failed) {
		put_lines(&f);
		failed = put_merged(&f);
	}
	buf_release(&f.lines);
	if (!failed)
		*image = body.n
			     ? arena_printf(u->arena, "%.*s%.*s", STR_ARG(f.image), STR_ARG(body))
			     : f.image;
	return failed ? -1 : 0;
}

/* ---- whether it is all there ---- */

static int lost(const struct uniting *u, struct str key, struct str text)
{
	return kith_fail(u->err, KITH_FAILED,
			 "\"%.*s: %.*s\" would be lost, or read as something else; nothing was "
			 "written",
			 STR_ARG(text_upto(key, 100)), STR_ARG(text_upto(text, 100)));
}

/* Whether it is under `merged`. */
static bool is_kept(const struct uniting *u, struct str text)
{
	for (size_t i = 0; i < u->told->kept_count; i++)
		if (str_eq(u->told->kept[i].kept, text))
			return true;
	return false;
}

static int check_list(const struct uniting *u, const struct unite_side *side,
		      const struct unite_side *now, enum key which)
{
	bool selves;
	struct items had = items_of(u, side, which, &selves),
		     has = items_of(u, now, which, &selves);
	struct item *item = had.items;
	for (size_t i = 0; i < had.count; i++, item++)
		if (!holds(u, which, &has, item) && !is_kept(u, item->text))
			return lost(u, field_words_key(which), item->text);
	return 0;
}

static int check_single(const struct uniting *u, const struct unite_side *now, enum key which)
{
	struct strs was = field_words(&u->who.contact, which, u->arena);
	struct strs more = field_words(&u->other.contact, which, u->arena);
	struct strs is = field_words(&now->contact, which, u->arena);
	struct strs want = was.count ? was : more;
	bool same = want.count == is.count;
	for (size_t i = 0; i < want.count && same; i++)
		same = str_eq(want.items[i], is.items[i]);
	/* A value that nobody understands may stand in the way. */
	for (size_t i = 0; i < u->told->kept_count && !was.count && !same; i++)
		same = str_eq(u->told->kept[i].key, field_words_key(which));
	return same ? 0 : lost(u, field_words_key(which), want.count ? want.items[0] : STR("none"));
}

/* Keys of one's own, and all whose value is kept. */
static int check_own(const struct uniting *u, const struct unite_side *side,
		     const struct unite_side *now)
{
	struct front f = {.has = list_keys(u, now->note.map, &f.has_count)};
	if (f.has_count)
		qsort(f.has, f.has_count, sizeof(*f.has), by_name);
	const struct yaml_node *k = side->note.map ? side->note.map->first : NULL;
	for (; k; k = k->next->next) {
		int rank;
		const struct yaml_node *is = find_name(&f, k->value);
		if (key_of(u, k, &rank) != KEY_UNKNOWN || yaml_is_null(k->next) ||
		    (is && field_words_same_node(is->next, k->next)) || is_merged(k->value))
			continue;
		bool list = is && is->next->kind == YAML_LIST && k->next->kind != YAML_MAP;
		struct str text = edit_text(side->image, k->next);
		if (!list && !is_kept(u, text.p ? text : field_words_node(k->next, u->arena)))
			return lost(u, k->value, field_words_node(k->next, u->arena));
	}
	return 0;
}

static int check_kept(const struct uniting *u, const struct unite_side *now)
{
	struct items list = {
	    ARENA_ARRAY(u->arena, struct item, now->note.front.to - now->note.front.from + 1), 0};
	const struct yaml_node *k = now->note.map ? now->note.map->first : NULL;
	for (; k; k = k->next->next)
		if (is_merged(k->value) || str_eq(k->value, STR("merged_values")))
			push_node(u, now, &list, KEY_UNKNOWN, STR_NONE, k->next);
	for (size_t i = 0; i < u->told->kept_count; i++) {
		const struct unite_kept *kept = &u->told->kept[i];
		struct item item = {str_trim(kept->key), str_trim(kept->kept)};
		if (!holds(u, KEY_UNKNOWN, &list, &item))
			return lost(u, kept->key, kept->kept);
	}
	return 0;
}

int unite_check_fronts(const struct uniting *u, const struct unite_side *now)
{
	for (enum key which = KEY_ALIASES; which < KEY_COUNT; which++) {
		int failed = 0;
		if (which == KEY_TIER)
			continue;
		if (is_list(u, which))
			failed = check_list(u, &u->who, now, which) ||
				 check_list(u, &u->other, now, which);
		else
			failed = check_single(u, now, which);
		if (failed)
			return -1;
	}
	if (!str_eq(now->contact.name, u->who.contact.name))
		return lost(u, STR("name"), u->who.contact.name);
	return check_own(u, &u->who, now) || check_own(u, &u->other, now) || check_kept(u, now) ? -1
												: 0;
}
