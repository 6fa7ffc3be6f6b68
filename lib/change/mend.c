#include "change/mend.h"

#include "change/field_edits.h"
#include "people/fields.h"
#include "people/keys.h"

/* Whether a value that was kept is one that its key has: `phone.mobile` also by its label. */
static bool value_stands(const struct contact *contact, const struct value *kept,
			 struct arena *arena)
{
	int rank;
	size_t dot = str_find_char(kept->label, '.');
	enum key key = key_find(str_upto(kept->label, dot), &rank);
	struct str label = str_from(kept->label, dot + 1), wanted = kept->text;
	if (key == KEY_UNKNOWN || key == KEY_MERGED)
		return false;
	if (label.n)
		wanted = arena_printf(arena, "%.*s%s%.*s", STR_ARG(label), fields_label_end(key),
				      STR_ARG(wanted));
	struct strs words = fields_words(contact, key, arena);
	for (size_t i = 0; i < words.count; i++)
		if (str_eq(words.items[i], wanted))
			return true;
	return false;
}

size_t mend_count_kept(const struct contact *contact, struct arena *arena)
{
	size_t count = 0;
	for (size_t i = 0; i < contact->merged.count; i++)
		count += value_stands(contact, &contact->merged.items[i], arena);
	return count;
}

static int mend_image(struct buf *out, struct str path, struct str image,
		      const struct config *config, struct arena *arena, struct kith_error *err)
{
	struct contact before, after;
	struct field_edits edits = {.path = path};
	(void)contact_of_bytes(&before, path, image, config, NULL, NULL, arena);
	const struct values *kept = &before.merged;
	edits.items = ARENA_ARRAY(arena, struct field_edit, kept->count);
	for (size_t i = 0; i < kept->count; i++)
		if (value_stands(&before, &kept->items[i], arena))
			edits.items[edits.count++] =
			    (struct field_edit){EDIT_TAKE, STR("merged"), kept->items[i].text};
	if (edits.count == 0) {
		buf_add(out, image);
		return 0;
	}
	size_t from = out->n;
	if (field_edits_apply(out, image, config, &edits, err))
		return -1;
	/* The same text may be kept for another key, where it is still to be chosen. */
	struct str made = arena_str(arena, str_from(buf_str(out), from));
	(void)contact_of_bytes(&after, path, made, config, NULL, NULL, arena);
	if (after.merged.count + edits.count == kept->count)
		return 0;
	buf_cut(out, from);
	return kith_fail(err, KITH_FAILED,
			 "a value that stands already is kept for another key, too; choose there "
			 "first");
}

int mend_kept(struct buf *out, struct str path, struct str image, const struct config *config,
	      struct kith_error *err)
{
	struct arena arena;
	arena_init(&arena);
	int rc = mend_image(out, path, image, config, &arena, err);
	arena_release(&arena);
	return rc;
}
