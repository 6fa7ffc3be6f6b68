#include "front.h"

#include "base/text.h"
#include "people/keys.h"
#include "people/link.h"
#include "report/json.h"
#include "report/prose.h"

static int apply(void *context, const struct config *config, struct str image, struct buf *out,
		 struct kith_error *err)
{
	return field_edits_apply(out, image, config, context, err);
}

static struct str join_values(struct strs list, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < list.count; i++)
		buf_printf(&b, "%s%.*s", i ? ", " : "", STR_ARG(list.items[i]));
	struct str text = prose_cut(arena_str(arena, buf_str(&b)), arena);
	buf_release(&b);
	return text;
}

/* `org: Digital (was Navy)`, `title: gone (was Rear Admiral)`. */
static void add_field(struct buf *text, json_t *fields, const struct difference *d,
		      struct arena *arena)
{
	struct str before = join_values(d->before, arena), after = join_values(d->after, arena);
	json_t *o = json_of_object();
	buf_printf(text, "  %.*s: %.*s", STR_ARG(d->key_text),
		   STR_ARG(d->after.count ? after : STR("gone")));
	if (d->before.count)
		buf_printf(text, " (was %.*s)", STR_ARG(before));
	buf_addc(text, '\n');
	json_put(o, "key", json_of_line(d->key_text));
	json_put(o, "before", json_of_lines(d->before));
	json_put(o, "after", json_of_lines(d->after));
	json_push(fields, o);
}

static void add_report(struct buf *text, json_t *model, const struct front_change *change,
		       const struct preview *preview, struct arena *arena)
{
	json_t *fields = json_of_list();
	struct buf lines;
	buf_init(&lines, 0);
	for (size_t i = 0; i < preview->differences.count; i++)
		if (preview->differences.items[i].kind == DIFFERENCE_FIELD)
			add_field(&lines, fields, &preview->differences.items[i], arena);
	json_put(model, "fields", fields);
	if (lines.n == 0)
		buf_addz(&lines, "  the same, written another way\n");
	if (change->told.p)
		buf_printf(text, "%.*s, in %.*s\n", STR_ARG(change->told),
			   STR_ARG(change->who->path));
	else
		buf_printf(text, "%.*s, in %.*s:\n%.*s", STR_ARG(change->who->name),
			   STR_ARG(change->who->path), STR_ARG(buf_str(&lines)));
	buf_release(&lines);
}

/* The text of the link to somebody as the file has it; p == NULL for none. */
static struct str written_link(const struct relations *relations, const struct person *other,
			       struct arena *arena)
{
	for (size_t i = 0; i < relations->count; i++) {
		struct str text = relations->items[i].text;
		struct str target = link_target(text);
		if (text_same(target, other->slug, arena) || text_same(target, other->name, arena))
			return text;
	}
	return STR_NONE;
}

static int resolve(struct writing *w, const struct contact *contact, enum key key,
		   struct field_edit *edit)
{
	struct arena *arena = w->context->arena;
	struct person other;
	size_t colon = str_find(edit->value, STR(": "));
	bool labelled = key == KEY_KNOWS && colon < edit->value.n;
	struct str label = labelled ? str_upto(edit->value, colon + 2) : STR("");
	struct str name = str_trim(str_from(edit->value, label.n));
	if (name.n == 0 || str_starts(name, STR("[")))
		return EXIT_FINE;
	int status = writing_find(w, name, &other);
	if (status != EXIT_FINE)
		return status;
	struct str link = STR_NONE;
	if (contact && edit->verb == EDIT_TAKE)
		link = written_link(key == KEY_KNOWS ? &contact->knows : &contact->introduced_by,
				    &other, arena);
	if (!link.p)
		link = arena_printf(arena, "[[%.*s]]", STR_ARG(other.slug));
	edit->value = arena_printf(arena, "%.*s%.*s", STR_ARG(label), STR_ARG(link));
	return EXIT_FINE;
}

int front_resolve(struct writing *w, const struct contact *contact, struct field_edits *edits)
{
	int status = EXIT_FINE;
	for (size_t i = 0; i < edits->count && status == EXIT_FINE; i++) {
		int rank;
		enum key key = key_find(edits->items[i].key, &rank);
		if ((key == KEY_INTRODUCED_BY || key == KEY_KNOWS) &&
		    edits->items[i].verb != EDIT_REMOVE)
			status = resolve(w, contact, key, &edits->items[i]);
	}
	return status;
}

int front_write(struct writing *w, const struct front_change *change)
{
	struct arena *arena = w->context->arena;
	struct field_edits edits = change->edits;
	const struct single single = {w, change->who, apply, &edits};
	struct change_result result;
	struct preview preview;
	struct buf text;
	int status = writing_make_single(&single, &preview, &result);
	json_t *model = writing_model(w, change->who);
	buf_init(&text, 0);
	add_report(&text, model, change, &preview, arena);
	status = writing_tell(w, &result, status, buf_str(&text), model);
	buf_release(&text);
	return status;
}

int front_set_status(struct writing *w, const struct person *who)
{
	const struct front_status *wanted = w->context->command->kind;
	const struct contact *c = who->contact;
	struct arena *arena = w->context->arena;
	struct str status = str_of(wanted->status);
	struct field_edit edit = {status.p ? EDIT_SET : EDIT_REMOVE, STR("status"), status};
	if (status.p ? str_ieq(c->status_text, status) : c->status == STATUS_ACTIVE)
		return writing_tell_unchanged(w, who);
	if (c->status == STATUS_DECEASED) {
		out_say(w->context->out,
			"the status of %.*s is deceased; `kith set %.*s status=%.*s` changes it",
			STR_ARG(who->name), STR_ARG(who->slug), STR_ARG(status));
		return EXIT_PROBLEM;
	}
	struct str was = c->status_text.n && c->status == STATUS_ACTIVE
			     ? arena_printf(arena, " (status was %.*s)", STR_ARG(c->status_text))
			     : STR("");
	const struct front_change change = {
	    .who = who,
	    .edits = {&edit, 1},
	    .told =
		arena_printf(arena, "%.*s %s%.*s", STR_ARG(who->name), wanted->told, STR_ARG(was))};
	return front_write(w, &change);
}
