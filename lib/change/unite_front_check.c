/* Whether the front matter that was united holds all values of both: each key by its kind. */
#include "base/text.h"
#include "change/unite_edits.h"
#include "change/unite_items.h"
#include "people/field_words.h"

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
			return lost(u, field_words_key(which), item->text);
	return 0;
}

/* The later of all that both say; NO_DAY where the one that stays says nothing. */
static civil_day last_contact(const struct uniting *u)
{
	struct unite_keys keys = unite_keys_of(u, &u->other);
	civil_day last = u->who.contact.last_contact;
	for (size_t i = 0; i < keys.count && last != NO_DAY; i++) {
		civil_day day = keys.items[i].which == KEY_LAST_CONTACT
				    ? unite_keys_day(&u->other, keys.items[i].node->next)
				    : NO_DAY;
		last = day > last ? day : last;
	}
	return last;
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
	if (which == KEY_LAST_CONTACT && was.count)
		same = now->contact.last_contact == last_contact(u);
	/* A value that nobody understands may stand in the way. */
	for (size_t i = 0; i < u->told->kept_count && !was.count && !same; i++)
		same = str_eq(u->told->kept[i].key, field_words_key(which));
	return same ? 0 : lost(u, field_words_key(which), want.count ? want.items[0] : STR("none"));
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
		    (is && field_words_same_node(is->next, value)) ||
		    unite_edits_is_merged(key->value))
			continue;
		bool list = is && is->next->kind == YAML_LIST && value->kind != YAML_MAP;
		struct str text = edit_text(side->image, value);
		if (!list && !is_kept(u, text.p ? text : field_words_node(value, u->arena)))
			return lost(u, key->value, field_words_node(value, u->arena));
	}
	return 0;
}

static int check_kept(const struct uniting *u, const struct unite_side *now)
{
	struct unite_items list = unite_items_none(u, now);
	const struct yaml_node *k = now->note.map ? now->note.map->first : NULL;
	for (; k; k = k->next->next)
		if (unite_edits_is_merged(k->value) || str_eq(k->value, STR("merged_values")))
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
		int failed;
		if (which == KEY_TIER)
			continue;
		if (unite_keys_is_list(u, which))
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
