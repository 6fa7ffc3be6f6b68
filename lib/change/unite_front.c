#include "change/unite_front.h"

#include "base/text.h"
#include "change/field_edits.h"
#include "note/edit.h"
#include "note/splice.h"
#include "people/cadence.h"
#include "people/fields.h"
#include "people/link.h"

/* Bytes times edits: each edit reads the front matter again. */
#define MOST_WORK 500000000

/* The front matter of the file that stays, edit by edit. */
struct unite_edits {
	struct uniting *u;
	struct str image;          /* the file as it is by now, in the arena */
	struct unite_keys has;     /* of the one that stays, as they were before, by name */
	struct unite_keys more;    /* the other's, in the order of the file */
	civil_day days[KEY_COUNT]; /* of those of which one stays, as it is by now */
	struct buf lines;          /* the other's, to be put at the end */
	struct edit_value *merged;
	size_t merged_count, count;
};

/* Of two days one stays. */
static bool unites_days(enum key key)
{
	return key_row(key)->unite == UNITE_LATER || key_row(key)->unite == UNITE_EARLIER;
}

/* Whether a day takes the place of another; NO_DAY never does. */
static bool takes_place(enum key key, civil_day day, civil_day of)
{
	if (day == NO_DAY || of == NO_DAY)
		return day != NO_DAY;
	return key_row(key)->unite == UNITE_EARLIER ? day < of : day > of;
}

static void begin_edits(struct unite_edits *e, struct uniting *u, struct str image)
{
	/* A pair takes two bytes at least. */
	size_t room = u->other.note.front.to - u->other.note.front.from + 2;
	*e = (struct unite_edits){.u = u,
				  .image = image,
				  .has = unite_keys_of(u, &u->who),
				  .more = unite_keys_of(u, &u->other),
				  .merged = ARENA_ARRAY(u->arena, struct edit_value, room)};
	u->told->kept = ARENA_ARRAY(u->arena, struct unite_kept, room);
	for (enum key key = 0; key < KEY_COUNT; key++)
		if (unites_days(key))
			e->days[key] = fields_day(&u->who.contact, key);
	unite_keys_sort(&e->has);
	buf_init(&e->lines, 0);
}

/* ---- values ---- */

static int count_edit(struct unite_edits *e)
{
	if (++e->count > MOST_WORK / (e->image.n + e->u->other.image.n + 1))
		return kith_fail(e->u->err, KITH_FAILED, "there are too many values to unite");
	return 0;
}

static int run_edit(struct unite_edits *e, const struct edit_front *edit)
{
	struct buf b;
	if (count_edit(e))
		return -1;
	buf_init(&b, 0);
	int rc = edit_front(&b, e->image, edit, e->u->err);
	struct str made = arena_take(e->u->arena, &b);
	e->image = rc ? e->image : made;
	return rc ? -1 : 0;
}

static int add_words(struct unite_edits *e, enum key which, struct str words)
{
	struct uniting *u = e->u;
	struct field_edit edit = {EDIT_APPEND, key_name(which), words};
	if (count_edit(e))
		return -1;
	u->told->values++;
	return field_edits_apply_one(&e->image, u->who.contact.path, u->config, &edit, u->arena,
				     u->err);
}

static int add_labelled(struct unite_edits *e, struct str key, struct str label, struct str text)
{
	struct edit_value value = {label.n ? label : STR_NONE, text};
	e->u->told->values++;
	return run_edit(
	    e,
	    &(struct edit_front){
		.verb = EDIT_APPEND, .key = key, .values = &value, .count = 1, .list = !label.n});
}

static int set_single(struct unite_edits *e, struct str key, struct str text)
{
	struct edit_value value = {STR_NONE, text};
	e->u->told->values++;
	return run_edit(
	    e, &(struct edit_front){.verb = EDIT_SET, .key = key, .values = &value, .count = 1});
}

/* ---- what comes over as it is written ---- */

static bool is_comment(struct str line)
{
	line = str_ltrim_blanks(line);
	return line.n && line.p[0] == '#';
}

/*
 * Where the lines of a value end that begin at `from`. A value over lines
 * reaches to the next token: comments there are the next key's.
 */
static size_t value_end(const struct unite_side *side, const struct yaml_node *key, size_t from)
{
	struct str image = side->image, line, rest = str_slice(image, from, key->next->span.to);
	bool literal = key->next->style == YAML_LITERAL || key->next->style == YAML_FOLDED;
	size_t end = from;
	while (rest.n) {
		size_t begins = (size_t)(rest.p - image.p);
		(void)str_next_line(&rest, &line);
		bool inside =
		    begins <= key->span.from || literal ||
		    (str_trim(line).n && (!is_comment(line) || str_is_blank_char(line.p[0])));
		if (inside)
			end = begins + line.n;
	}
	end += str_line(str_from(image, end));
	return end < side->note.front.to ? end : side->note.front.to;
}

/* The key's lines, with the comments above it; false where it shares a line with something. */
static bool lines_of_key(const struct unite_side *side, const struct yaml_node *key,
			 struct span *at)
{
	struct str image = side->image;
	size_t floor = side->note.front.from;
	at->from = str_line_start(image, key->span.from);
	if (at->from < floor || str_ltrim_blanks(str_slice(image, at->from, key->span.from)).n)
		return false;
	at->to = value_end(side, key, at->from);
	while (at->from > floor) {
		size_t above = str_line_start(image, at->from - 1);
		if (above < floor || !is_comment(str_slice(image, above, at->from)))
			break;
		at->from = above;
	}
	return true;
}

static size_t indentation(const struct unite_side *side)
{
	const struct yaml_node *first = side->note.map ? side->note.map->first : NULL;
	return first ? first->span.from - str_line_start(side->image, first->span.from) : 0;
}

/* Whether lines can be put below others: keys over lines in both. */
static bool may_copy(const struct uniting *u)
{
	const struct yaml_node *has = u->who.note.map, *more = u->other.note.map;
	return more->style == YAML_BLOCK && (!has || has->count == 0 || has->style == YAML_BLOCK);
}

static bool copy_lines(struct unite_edits *e, const struct yaml_node *key)
{
	const struct uniting *u = e->u;
	struct span at;
	struct str line, rest;
	size_t was = indentation(&u->other), is = indentation(&u->who);
	if (!may_copy(u) || !lines_of_key(&u->other, key, &at))
		return false;
	rest = span_str(u->other.image, at);
	while (str_next_line(&rest, &line)) {
		size_t blanks = str_blanks(line);
		buf_fill(&e->lines, ' ', str_trim(line).n ? is : 0);
		buf_add(&e->lines, str_from(line, blanks < was ? blanks : was));
		buf_addc(&e->lines, '\n');
	}
	return true;
}

static bool flatten_value(struct edit_front *out, const struct unite_edits *e,
			  const struct yaml_node *value)
{
	struct str image = e->u->other.image, text = edit_text(image, value);
	bool map = !text.p && value->kind == YAML_MAP;
	struct edit_value *values =
	    ARENA_ARRAY(e->u->arena, struct edit_value, text.p ? 1 : value->count + 1);
	out->values = values;
	out->list = !text.p && !map;
	if (text.p)
		values[out->count++] = (struct edit_value){STR_NONE, text};
	for (const struct yaml_node *n = text.p ? NULL : value->first; n; n = n->next) {
		struct str label = map ? n->value : STR_NONE;
		n = map ? n->next : n;
		struct str item = edit_text(image, n);
		if (!item.p)
			return false;
		values[out->count++] = (struct edit_value){label, item};
	}
	return out->count > 0;
}

static int bring_key(struct unite_edits *e, const struct yaml_node *key)
{
	const struct uniting *u = e->u;
	const struct yaml_node *has = unite_keys_named(&e->has, key->value);
	struct edit_front edit = {.verb = EDIT_SET, .key = has ? has->value : key->value};
	u->told->values++;
	/* A value that stands there and is none: the title of the note. */
	if (has && !yaml_is_null(has->next))
		edit.key = STR("role");
	if (!has && copy_lines(e, key))
		return 0;
	if (flatten_value(&edit, e, key->next))
		return run_edit(e, &edit);
	kith_fail(u->err, KITH_FAILED,
		  "the value of \"%.*s\" cannot be put into the other file as it is written; copy "
		  "it there by hand first",
		  STR_ARG(text_upto(key->value, 100)));
	return kith_fail_at(u->err, u->relink->path.p,
			    span_place(u->other.image, key->span.from).line, 0);
}

/* The copied lines at the end of the front matter, which is made where there is none. */
static void put_lines(struct unite_edits *e)
{
	struct note note;
	struct buf b;
	struct str rest = buf_str(&e->lines), line;
	if (rest.n == 0)
		return;
	(void)note_split(&note, e->image);
	size_t mark = str_starts(e->image, STR("\xEF\xBB\xBF")) ? 3 : 0;
	size_t at = note.has_front ? note.front.to : mark;
	struct str eol = splice_line_end(e->image, at);
	buf_init(&b, 0);
	buf_add(&b, str_upto(e->image, at));
	if (!note.has_front)
		buf_printf(&b, "---%.*s", STR_ARG(eol));
	while (str_next_line(&rest, &line)) {
		buf_add(&b, line);
		buf_add(&b, eol);
	}
	if (!note.has_front)
		buf_printf(&b, "---%.*s", STR_ARG(eol));
	buf_add(&b, str_from(e->image, at));
	e->image = arena_take(e->u->arena, &b);
}

/* ---- what is kept ---- */

static bool is_merged_key(struct str key)
{
	return key_compare(str_trim(key), STR("merged")) == 0;
}

static void keep_value(struct unite_edits *e, struct str key, struct str stays, struct str kept)
{
	struct unite_told *told = e->u->told;
	e->merged[e->merged_count++] = (struct edit_value){key, kept};
	told->kept[told->kept_count++] = (struct unite_kept){key, stays, kept};
}

/* What an earlier merge kept of the other one. */
static void keep_merged(struct unite_edits *e)
{
	const struct uniting *u = e->u;
	struct unite_items has = unite_items_of(u, &u->who, KEY_MERGED);
	const struct values *more = &u->other.contact.merged;
	for (size_t i = 0; i < more->count; i++) {
		struct unite_item item = {more->items[i].label, more->items[i].text};
		if (!unite_items_hold(&has, u, KEY_MERGED, &item))
			e->merged[e->merged_count++] = (struct edit_value){item.label, item.text};
	}
}

static int put_merged(struct unite_edits *e)
{
	const struct yaml_node *has = unite_keys_named(&e->has, STR("merged"));
	struct edit_front edit = {.verb = EDIT_APPEND,
				  .key = STR("merged"),
				  .values = e->merged,
				  .list = true,
				  .count = e->merged_count};
	for (size_t i = 0; i < e->more.count && !has; i++)
		if (is_merged_key(e->more.items[i].node->value))
			has = e->more.items[i].node;
	if (has && (yaml_is_null(has->next) || has->next->kind == YAML_MAP))
		edit.key = has->value;
	else if (has)
		edit.key = STR("merged_values");
	return edit.count ? run_edit(e, &edit) : 0;
}

static int finish_edits(struct unite_edits *e)
{
	put_lines(e);
	return put_merged(e);
}

/* ---- keys of several values ---- */

/* Relations are named in a map and not in a list: those of the other kind stand under a synonym. */
static int add_aside(struct unite_edits *e, const struct unite_item *item)
{
	static const char *const names[] = {"knows", "relations", "related"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!unite_keys_named(&e->has, str_of(names[i])))
			return add_labelled(e, str_of(names[i]), item->label, item->text);
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
				    fields_label_end(which), STR_ARG(text));
	bool yearly = fields_take_yearly(&text);
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
		return add_words(e, which, item->text);
	if (which == KEY_KNOWS && map != (item->label.n > 0))
		return add_aside(e, item);
	const struct unite_item *differs =
	    which == KEY_DATES ? find_label(list, item->label, arena) : NULL;
	if (differs) {
		keep_value(
		    e, arena_printf(arena, "%s.%.*s", key_row(which)->name, STR_ARG(item->label)),
		    differs->text, item->text);
		return 0;
	}
	if (map)
		return add_labelled(e, key->value, item->label.n ? item->label : STR("other"),
				    item->text);
	return add_labelled(e, key->value, STR(""),
			    which == KEY_KNOWS ? item->text : joined(arena, which, item));
}

/* A key that is missing, as it is written. */
static int bring_all(struct unite_edits *e, enum key which)
{
	for (size_t i = 0; i < e->more.count; i++) {
		const struct unite_key *key = &e->more.items[i];
		if (key->which == which && unite_keys_counts(&e->u->other, key) &&
		    bring_key(e, key->node))
			return -1;
	}
	return 0;
}

/* A key that is missing, and not all of whose values come over. */
static int add_all(struct unite_edits *e, enum key which, const struct unite_items *more)
{
	struct str name = key_name(which);
	const struct yaml_node *empty = unite_keys_named(&e->has, name);
	for (size_t i = 0; i < more->count; i++)
		if (add_labelled(e, empty ? empty->value : name, more->items[i].label,
				 more->items[i].text))
			return -1;
	return 0;
}

static int take_selves(struct unite_edits *e, enum key which)
{
	struct uniting *u = e->u;
	const struct relations *list = fields_place(&u->who.contact, which);
	for (size_t i = 0; i < list->count; i++) {
		struct field_edit edit = {EDIT_TAKE, key_name(which), list->items[i].text};
		if (unite_items_is_self(u, edit.value) &&
		    field_edits_apply_one(&e->image, u->who.contact.path, u->config, &edit,
					  u->arena, u->err))
			return -1;
	}
	return 0;
}

static int unite_list(struct unite_edits *e, enum key which)
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

static int unite_own_list(struct unite_edits *e, const struct yaml_node *has,
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
		    add_labelled(e, has->value, STR(""), item.text))
			return -1;
	}
	return 0;
}

static struct str node_words(const struct uniting *u, const struct unite_side *side,
			     const struct yaml_node *node)
{
	struct str text = edit_text(side->image, node);
	return text.p ? text : fields_node_words(node, u->arena);
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

/* Whether both contacts say the same under a key of one value, in whatever way. */
static bool same_meaning(const struct uniting *u, enum key which)
{
	const struct contact *a = &u->who.contact, *b = &u->other.contact;
	const struct birthday *x = &a->birthday, *y = &b->birthday;
	if (which == KEY_BIRTHDAY)
		return x->month && x->year == y->year && x->month == y->month && x->day == y->day;
	if (which == KEY_CADENCE)
		return same_cadence(&a->cadence, &b->cadence, u->arena);
	struct strs was = fields_words(a, which, u->arena), is = fields_words(b, which, u->arena);
	return was.count == 1 && is.count == 1 && text_same(was.items[0], is.items[0], u->arena);
}

/* Whether it is the key that the reader takes the other's value from. */
static bool is_read(const struct unite_edits *e, const struct unite_key *key)
{
	for (size_t i = 0; i < e->more.count; i++)
		if (e->more.items[i].which == key->which && e->more.items[i].rank < key->rank)
			return false;
	return true;
}

static int unite_day(struct unite_edits *e, enum key which, struct str key, civil_day day)
{
	if (!takes_place(which, day, e->days[which]))
		return 0;
	e->days[which] = day;
	return set_single(e, key, str_of(day_text(day).z));
}

static int unite_single(struct unite_edits *e, const struct unite_key *more)
{
	struct uniting *u = e->u;
	const struct yaml_node *value = more->node->next;
	const struct yaml_node *has = unite_keys_find(&e->has, &u->who, more->which);
	civil_day day = unites_days(more->which) ? unite_keys_day(&u->other, value) : NO_DAY;
	/* A tier of one's own is no cadence, but stands under the same key. */
	if (!has && more->which != KEY_TITLE)
		has = unite_keys_named(&e->has, more->node->value);
	if (!has || yaml_is_null(has->next))
		return bring_key(e, more->node);
	if (day != NO_DAY && e->days[more->which] != NO_DAY)
		return unite_day(e, more->which, has->value, day);
	struct str stays = node_words(u, &u->who, has->next);
	struct str kept = node_words(u, &u->other, value);
	bool same = text_same(str_trim(link_text(stays)), str_trim(link_text(kept)), u->arena) ||
		    (is_read(e, more) && same_meaning(u, more->which));
	if (!same)
		keep_value(e, key_name(more->which), stays, kept);
	return 0;
}

/* ---- names ---- */

/* `given` and `family` say nothing that the name does not, as a rule. */
static void unite_name_part(struct unite_edits *e, const struct unite_key *more)
{
	const struct uniting *u = e->u;
	struct str part = node_words(u, &u->other, more->node->next);
	struct str key = text_key(part, u->arena), name = text_key(u->other.contact.name, u->arena);
	if (str_find(name, key) == name.n && key.n)
		keep_value(e, key_name(more->which), u->who.contact.name, part);
}

/* The other's name becomes an alias, where none of the two files says it as one. */
static int unite_names(struct unite_edits *e)
{
	const struct uniting *u = e->u;
	struct str name = u->other.contact.name, key = text_key(name, u->arena);
	if (unite_is_name(u, &u->who.contact, key) || unite_is_alias(u, &u->other.contact, key))
		return 0;
	return add_words(e, KEY_ALIASES, text_line(name, u->arena));
}

/* ---- the user's own ---- */

static int unite_own(struct unite_edits *e, const struct unite_key *more)
{
	struct uniting *u = e->u;
	const struct yaml_node *has = unite_keys_named(&e->has, more->node->value);
	const struct yaml_node *value = more->node->next;
	struct edit_front values = {.count = 0};
	if (!has || yaml_is_null(has->next))
		return bring_key(e, more->node);
	if (fields_same_node(has->next, value))
		return 0;
	bool flat = flatten_value(&values, e, value);
	if (flat && has->next->kind == YAML_LIST && value->kind != YAML_MAP)
		return unite_own_list(e, has, &values);
	else
		keep_value(e, more->node->value, fields_node_words(has->next, u->arena),
			   node_words(u, &u->other, value));
	return 0;
}

/* ---- all of it ---- */

/* What the edit of front matter refuses cannot be read to its end either. */
static int check_readable(struct uniting *u, const struct unite_side *side, struct str path)
{
	struct edit_value value = {STR_NONE, STR("x")};
	struct buf b;
	buf_init(&b, 0);
	int rc =
	    (side->note.has_front || side->note.foreign) &&
	    edit_front(&b, side->image,
		       &(struct edit_front){
			   .verb = EDIT_SET, .key = STR("merged"), .values = &value, .count = 1},
		       u->err);
	buf_release(&b);
	return rc ? kith_fail_at(u->err, path.p, 0, 0) : 0;
}

static int check_twice(const struct uniting *u)
{
	struct unite_keys keys = unite_keys_of(u, &u->other);
	unite_keys_sort(&keys);
	for (size_t i = 1; i < keys.count; i++) {
		const struct yaml_node *key = keys.items[i].node;
		if (key_compare(str_trim(keys.items[i - 1].node->value), str_trim(key->value)))
			continue;
		kith_fail(u->err, KITH_INVALID,
			  "the key \"%.*s\" stands here a second time; mend that first",
			  STR_ARG(text_upto(key->value, 100)));
		return kith_fail_at(u->err, u->relink->path.p,
				    span_place(u->other.image, key->span.from).line, 0);
	}
	return 0;
}

static int unite_key(struct unite_edits *e, const struct unite_key *more, bool done)
{
	switch (more->which) {
	case KEY_NAME:
		return 0;
	case KEY_GIVEN:
	case KEY_FAMILY:
		unite_name_part(e, more);
		return 0;
	case KEY_MERGED:
		if (!done)
			keep_merged(e);
		return 0;
	case KEY_UNKNOWN:
		return unite_own(e, more);
	default:
		if (!unite_keys_is_list(e->u, more->which))
			return unite_single(e, more);
		return done ? 0 : unite_list(e, more->which);
	}
}

static int unite_keys(struct unite_edits *e)
{
	/* Selves go from the one that stays, even where the other has no such key. */
	static const enum key relations[] = {KEY_KNOWS, KEY_INTRODUCED_BY};
	bool done[KEY_COUNT + 1] = {false};
	for (size_t i = 0; i < ARRAY_LEN(relations); i++) {
		done[relations[i]] = unite_items_of(e->u, &e->u->who, relations[i]).selves;
		if (done[relations[i]] && unite_list(e, relations[i]))
			return -1;
	}
	for (size_t i = 0; i < e->more.count; i++) {
		const struct unite_key *more = &e->more.items[i];
		if (!unite_keys_counts(&e->u->other, more))
			continue;
		if (unite_key(e, more, done[more->which]))
			return -1;
		done[more->which] = true;
	}
	return 0;
}

int unite_fronts(struct uniting *u, struct str *image)
{
	struct unite_edits e;
	struct note note;
	struct buf b;
	/* Each edit reads all it is given: so the front matter alone. */
	bool has_front = note_split(&note, *image) && note.has_front;
	struct str body = has_front ? str_from(*image, note.body) : STR("");
	begin_edits(&e, u, has_front ? str_upto(*image, note.body) : *image);
	int rc = check_readable(u, &u->other, u->relink->path) ||
		 check_readable(u, &u->who, u->relink->to_path) || check_twice(u) ||
		 unite_keys(&e) || unite_names(&e) || finish_edits(&e);
	buf_init(&b, 0);
	buf_add(&b, e.image);
	buf_add(&b, body);
	if (!rc)
		*image = arena_str(u->arena, buf_str(&b));
	buf_release(&b);
	buf_release(&e.lines);
	return rc ? -1 : 0;
}

/* ---- whether all of it is there ---- */

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
	struct unite_items had = unite_items_of(u, side, which),
			   has = unite_items_of(u, now, which);
	const struct unite_item *item = had.items;
	for (size_t i = 0; i < had.count; i++, item++)
		if (!unite_items_hold(&has, u, which, item) && !is_kept(u, item->text))
			return lost(u, key_name(which), item->text);
	return 0;
}

/* The one that stays of all that both say; NO_DAY where the one that stays says nothing. */
static civil_day united_day(const struct uniting *u, enum key which)
{
	struct unite_keys keys = unite_keys_of(u, &u->other);
	civil_day last = fields_day(&u->who.contact, which);
	for (size_t i = 0; i < keys.count && last != NO_DAY; i++) {
		civil_day day = keys.items[i].which == which
				    ? unite_keys_day(&u->other, keys.items[i].node->next)
				    : NO_DAY;
		last = takes_place(which, day, last) ? day : last;
	}
	return last;
}

static int check_single(const struct uniting *u, const struct unite_side *now, enum key which)
{
	struct strs was = fields_words(&u->who.contact, which, u->arena);
	struct strs more = fields_words(&u->other.contact, which, u->arena);
	struct strs is = fields_words(&now->contact, which, u->arena);
	struct strs want = was.count ? was : more;
	bool same = want.count == is.count;
	for (size_t i = 0; i < want.count && same; i++)
		same = str_eq(want.items[i], is.items[i]);
	if (unites_days(which) && was.count)
		same = fields_day(&now->contact, which) == united_day(u, which);
	/* A value that nobody understands may stand in the way. */
	for (size_t i = 0; i < u->told->kept_count && !was.count && !same; i++)
		same = str_eq(u->told->kept[i].key, key_name(which));
	return same ? 0 : lost(u, key_name(which), want.count ? want.items[0] : STR("none"));
}

/* Keys of one's own: there as they were, united in a list, or kept. */
static int check_own(const struct uniting *u, const struct unite_side *side,
		     const struct unite_side *now)
{
	struct unite_keys had = unite_keys_of(u, side), has = unite_keys_of(u, now);
	unite_keys_sort(&has);
	for (size_t i = 0; i < had.count; i++) {
		const struct yaml_node *key = had.items[i].node, *value = key->next;
		const struct yaml_node *is = unite_keys_named(&has, key->value);
		if (had.items[i].which != KEY_UNKNOWN || yaml_is_null(value) ||
		    (is && fields_same_node(is->next, value)) || is_merged_key(key->value))
			continue;
		bool list = is && is->next->kind == YAML_LIST && value->kind != YAML_MAP;
		struct str text = edit_text(side->image, value);
		if (!list && !is_kept(u, text.p ? text : fields_node_words(value, u->arena)))
			return lost(u, key->value, fields_node_words(value, u->arena));
	}
	return 0;
}

static int check_kept(const struct uniting *u, const struct unite_side *now)
{
	struct unite_items list = unite_items_none(u, now);
	const struct yaml_node *k = now->note.map ? now->note.map->first : NULL;
	for (; k; k = k->next->next)
		if (is_merged_key(k->value) || str_eq(k->value, STR("merged_values")))
			unite_items_add(&list, u, now, KEY_UNKNOWN, STR_NONE, k->next);
	for (size_t i = 0; i < u->told->kept_count; i++) {
		const struct unite_kept *kept = &u->told->kept[i];
		struct unite_item item = {str_trim(kept->key), str_trim(kept->kept)};
		if (!unite_items_hold(&list, u, KEY_UNKNOWN, &item))
			return lost(u, kept->key, kept->kept);
	}
	return 0;
}

int unite_check_fronts(const struct uniting *u, const struct unite_side *now)
{
	for (enum key which = KEY_ALIASES; which < KEY_COUNT; which++) {
		int rc;
		if (which == KEY_TIER)
			continue;
		if (unite_keys_is_list(u, which))
			rc = check_list(u, &u->who, now, which) ||
			     check_list(u, &u->other, now, which);
		else
			rc = check_single(u, now, which);
		if (rc)
			return -1;
	}
	if (!str_eq(now->contact.name, u->who.contact.name))
		return lost(u, STR("name"), u->who.contact.name);
	return check_own(u, &u->who, now) || check_own(u, &u->other, now) || check_kept(u, now) ? -1
												: 0;
}
