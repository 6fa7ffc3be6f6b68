#include "change/keep.h"

#include "change/field_edits.h"
#include "note/quick.h"
#include "people/fields.h"
#include "people/link.h"
#include "people/tags.h"

static bool counts_as_contact(const struct entry_text *entry)
{
	unsigned tags = tags_in(str_upto(entry->text, str_line(entry->text)));
	return !entry->planned && !str_ieq(entry->channel, STR("note")) &&
	       !str_ieq(entry->channel, STR("tried")) && !(tags & (TAG_PLANNED | TAG_CANCELLED));
}

/* The key as the file has it, and what it says there; key p == NULL where it has none. */
struct kept_key {
	struct str key, value;
};

static struct kept_key find_kept(struct str image, const struct config *config, struct arena *arena)
{
	struct kept_key found = {STR_NONE, STR("")};
	struct note note;
	struct span below;
	int rank;
	const struct yaml_node *map =
	    note_split(&note, image) ? note_front_map(&note, &note_reader_quick, arena) : NULL;
	for (const struct yaml_node *k = map ? map->first : NULL; k && !found.key.p;
	     k = k->next->next)
		if (fields_key(k, &rank) == KEY_LAST_CONTACT && k->next->kind == YAML_SCALAR)
			found = (struct kept_key){k->value, str_trim(k->next->value)};
	if (!found.key.p && contact_find_below(&below, image, KEY_LAST_CONTACT, config, arena))
		found = (struct kept_key){key_name(KEY_LAST_CONTACT), span_str(image, below)};
	return found;
}

/* The day in the way of the old value: `[[Daily/2026-10-01]]` stays a link. */
static struct str day_like(struct str old, civil_day day, struct arena *arena)
{
	struct day_text text = day_text(day);
	struct str target = link_target(old);
	civil_day was;
	if (!str_starts(old, STR("[[")) || date_parse_all(str_base(target), &was) != DATE_OK)
		return arena_str(arena, str_of(text.z));
	return arena_printf(arena, "[[%.*s%s]]", STR_ARG(str_folder(target)), text.z);
}

int keep_last_contact(struct buf *out, size_t from, const struct config *config,
		      const struct entry_text *entry, struct kith_error *err)
{
	struct arena arena;
	struct contact c;
	struct buf kept;
	int rc = 0;
	if (!config->keep_last_contact || !counts_as_contact(entry))
		return 0;
	arena_init(&arena);
	buf_init(&kept, 0);
	struct str image = arena_str(&arena, str_from(buf_str(out), from));
	struct kept_key key = find_kept(image, config, &arena);
	(void)contact_of_bytes(&c, STR("contact.md"), image, config, NULL, NULL, &arena);
	if (key.key.p && (c.last_contact == NO_DAY || c.last_contact < entry->day)) {
		struct field_edit edit = {EDIT_SET, key.key,
					  day_like(key.value, entry->day, &arena)};
		struct field_edits edits = {&edit, 1, STR_NONE};
		rc = field_edits_apply(&kept, image, config, &edits, err);
		if (rc == 0) {
			buf_cut(out, from);
			buf_add(out, buf_str(&kept));
		}
	}
	buf_release(&kept);
	arena_release(&arena);
	return rc;
}
