/*
 * The other's front matter, key by key: what is missing comes over as it is
 * written, lists unite value by value, and of differing single values the
 * other's is kept in a map of its own.
 */
#include "base/text.h"
#include "change/unite_edits.h"
#include "change/unite_items.h"
#include "change/unite_lists.h"
#include "people/cadence.h"
#include "people/field_words.h"
#include "people/link.h"

static struct str node_words(const struct uniting *u, const struct unite_side *side,
			     const struct yaml_node *node)
{
	struct str text = edit_text(side->image, node);
	return text.p ? text : field_words_node(node, u->arena);
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
	struct strs was = field_words(a, which, u->arena), is = field_words(b, which, u->arena);
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

static int unite_last_contact(struct unite_edits *e, struct str key, civil_day day)
{
	char text[DAY_SIZE];
	if (day <= e->last_contact)
		return 0;
	e->last_contact = day;
	day_write(text, day);
	return unite_edits_set(e, key, str_of(text));
}

static int unite_single(struct unite_edits *e, const struct unite_key *more)
{
	struct uniting *u = e->u;
	const struct yaml_node *value = more->node->next;
	const struct yaml_node *has = unite_keys_find(&e->has, &u->who, more->which);
	civil_day day = more->which == KEY_LAST_CONTACT ? unite_keys_day(&u->other, value) : NO_DAY;
	/* A tier of one's own is no cadence, but stands under the same key. */
	if (!has && more->which != KEY_TITLE)
		has = unite_keys_named(&e->has, more->node->value);
	if (!has || yaml_is_null(has->next))
		return unite_edits_bring(e, more->node);
	if (day != NO_DAY && e->last_contact != NO_DAY)
		return unite_last_contact(e, has->value, day);
	struct str stays = node_words(u, &u->who, has->next);
	struct str kept = node_words(u, &u->other, value);
	bool same = text_same(str_trim(link_text(stays)), str_trim(link_text(kept)), u->arena) ||
		    (is_read(e, more) && same_meaning(u, more->which));
	if (!same)
		unite_edits_keep(e, field_words_key(more->which), stays, kept);
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
		unite_edits_keep(e, field_words_key(more->which), u->who.contact.name, part);
}

/* The other's name becomes an alias, where none of the two files says it as one. */
static int unite_names(struct unite_edits *e)
{
	const struct uniting *u = e->u;
	struct str name = u->other.contact.name, key = text_key(name, u->arena);
	if (unite_is_name(u, &u->who.contact, key) || unite_is_alias(u, &u->other.contact, key))
		return 0;
	return unite_edits_add_words(e, KEY_ALIASES, text_line(name, u->arena));
}

/* ---- the user's own ---- */

static int unite_own(struct unite_edits *e, const struct unite_key *more)
{
	struct uniting *u = e->u;
	const struct yaml_node *has = unite_keys_named(&e->has, more->node->value);
	const struct yaml_node *value = more->node->next;
	struct edit_front values = {.count = 0};
	if (!has || yaml_is_null(has->next))
		return unite_edits_bring(e, more->node);
	if (field_words_same_node(has->next, value))
		return 0;
	bool flat = unite_edits_flatten(&values, e, value);
	if (flat && unite_edits_is_merged(has->value) && value->kind == YAML_MAP)
		unite_edits_keep_merged(e, &values);
	else if (flat && has->next->kind == YAML_LIST && value->kind != YAML_MAP)
		return unite_lists_unite_own(e, has, &values);
	else
		unite_edits_keep(e, more->node->value, field_words_node(has->next, u->arena),
				 node_words(u, &u->other, value));
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
	case KEY_UNKNOWN:
		return unite_own(e, more);
	default:
		if (!unite_keys_is_list(e->u, more->which))
			return unite_single(e, more);
		return done ? 0 : unite_lists_unite(e, more->which);
	}
}

static int unite_keys(struct unite_edits *e)
{
	/* Selves go from the one that stays, even where the other has no such key. */
	static const enum key relations[] = {KEY_KNOWS, KEY_INTRODUCED_BY};
	bool done[KEY_COUNT + 1] = {false};
	for (size_t i = 0; i < ARRAY_LEN(relations); i++) {
		done[relations[i]] = unite_items_of(e->u, &e->u->who, relations[i]).selves;
		if (done[relations[i]] && unite_lists_unite(e, relations[i]))
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
	unite_edits_init(&e, u, has_front ? str_upto(*image, note.body) : *image);
	int failed = check_readable(u) || check_twice(u) || unite_keys(&e) || unite_names(&e) ||
		     unite_edits_finish(&e);
	buf_init(&b, 0);
	buf_add(&b, e.image);
	buf_add(&b, body);
	if (!failed)
		*image = arena_str(u->arena, buf_str(&b));
	buf_release(&b);
	unite_edits_release(&e);
	return failed ? -1 : 0;
}
