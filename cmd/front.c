#include "front.h"

#include "base/text.h"
#include "people/keys.h"
#include "people/link.h"
#include "prompt.h"
#include "query.h"
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
	edits.path = change->who->path;
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

size_t front_first_word(const struct writing *w)
{
	return opts_has(&w->context->opts, "where") ? 0 : 1;
}

/* ---- several people ---- */

/* So many names are shown before it asks. */
#define MOST_SHOWN 20

/* The changes of several, with what is needed to make them. */
struct front_changes {
	struct front_change *changes;
	struct person *people;
	struct single *singles;
	struct preview *previews;
	size_t count;
};

/* Adds what is to be changed of somebody, unless it is so already. */
static int add_front_change(struct front_changes *all, struct writing *w, const struct contact *c)
{
	const struct front_kind *kind = w->context->command->kind;
	struct front_change *change = &all->changes[all->count];
	struct person *who = &all->people[all->count];
	*who = (struct person){c->path, c->slug, c->name, c};
	*change = (struct front_change){.who = who, .told = STR_NONE};
	int status = kind->make(w, who, change);
	if (status != EXIT_FINE || change->edits.count == 0)
		return status;
	change->edits.path = who->path;
	struct single *single = &all->singles[all->count];
	struct preview *preview = &all->previews[all->count];
	*single = (struct single){w, who, apply, &change->edits};
	status = writing_preview(single, preview);
	all->count += status == EXIT_FINE && !str_eq(preview->before.image, preview->after.image);
	return status;
}

static void show_people(struct out *out, const struct front_changes *all)
{
	for (size_t i = 0; i < all->count && i < MOST_SHOWN; i++)
		out_printf(out, "  %.*s  %.*s\n", STR_ARG(all->people[i].name),
			   STR_ARG(all->people[i].path));
	if (all->count > MOST_SHOWN)
		out_printf(out, "  and %zu more\n", all->count - MOST_SHOWN);
}

static int confirm_several(struct writing *w, const struct front_changes *all)
{
	struct context *context = w->context;
	const char *name = context->command->name;
	struct kith_error err = {0};
	struct str line;
	if (writing_is_dry(w) || opts_has(&context->opts, "yes"))
		return EXIT_FINE;
	show_people(context->out, all);
	out_flush(context->out);
	if (!prompt_is_possible())
		return context_usage(context, "it asks before it changes several; say --yes here");
	struct str ask = arena_printf(context->arena, "%s %zu %s? [y/N]", name, all->count,
				      all->count == 1 ? "file" : "files");
	if (prompt_line(&line, context, ask, &err))
		return context_fail(context, &err);
	line = str_trim(line);
	if (str_ieq(line, STR("y")) || str_ieq(line, STR("yes")))
		return EXIT_FINE;
	out_say(context->out, "nothing was changed");
	return EXIT_PROBLEM;
}

static int write_changes(struct writing *w, const struct front_changes *all)
{
	struct context *context = w->context;
	struct change_result result = {.unchanged = true, .uncommitted = STR("")};
	json_t *model = json_of_object(), *people = json_of_list();
	struct buf text;
	int status = EXIT_FINE;
	if (all->count)
		status = writing_make_several(
		    all->singles, all->previews, all->count,
		    arena_printf(context->arena, "%s --where", context->command->name), &result);
	buf_init(&text, 0);
	for (size_t i = 0; i < all->count; i++) {
		const struct person *who = &all->people[i];
		struct front_change change = all->changes[i];
		json_t *person = json_of_object();
		json_put(person, "slug", json_of_text(who->slug));
		json_put(person, "name", json_of_line(who->name));
		json_put(person, "path", json_of_text(who->path));
		add_report(&text, person, &change, &all->previews[i], context->arena);
		json_push(people, person);
	}
	json_put(model, "did", json_of_line(str_of(context->command->name)));
	json_put(model, "people", people);
	status = writing_tell(w, &result, status, buf_str(&text), model);
	buf_release(&text);
	return status;
}

static int change_people(struct writing *w, const uint32_t *who, size_t count)
{
	struct context *context = w->context;
	struct front_changes all = {
	    .changes = ARENA_ARRAY(context->arena, struct front_change, count + 1),
	    .people = ARENA_ARRAY(context->arena, struct person, count + 1),
	    .singles = ARENA_ARRAY(context->arena, struct single, count + 1),
	    .previews = ARENA_ARRAY(context->arena, struct preview, count + 1)};
	int status = EXIT_FINE;
	for (size_t i = 0; i < count && status == EXIT_FINE; i++)
		status = add_front_change(&all, w, &context->journal->contacts[who[i]]);
	if (status == EXIT_FINE && all.count)
		status = confirm_several(w, &all);
	return status == EXIT_FINE ? write_changes(w, &all) : status;
}

static int change_where(struct writing *w)
{
	struct context *context = w->context;
	struct str text = str_of(opts_value(&context->opts, "where"));
	struct query query;
	size_t count, hidden;
	bool explained;
	int status = query_of_text(context, &query, text, &explained);
	if (status != EXIT_FINE)
		return status;
	if (!query.root)
		return context_usage(context, "--where needs a query (kith help query)");
	const uint32_t *who = query_select(&query, context->journal, context->today, false, &count,
					   &hidden, context->arena);
	if (hidden)
		out_say(context->out,
			"%zu more %s paused, archived or deceased; is: in the query means them",
			hidden, hidden == 1 ? "is" : "are");
	if (count)
		return change_people(w, who, count);
	out_say(context->out, "nobody fits");
	return EXIT_PROBLEM;
}

/* Everybody is read for it: what others say of somebody counts. */
static int read_and_change(struct writing *w)
{
	const struct journal_options options = {.threads = 2};
	struct context *context = w->context;
	struct kith_error err = {0};
	struct journal journal;
	int status;
	if (journal_load(&journal, context->dir, &options, &err)) {
		status = context_fail(context, &err);
	} else {
		context->journal = &journal;
		status = change_where(w);
		context->journal = NULL;
	}
	journal_release(&journal);
	return status;
}

static int tell_unchanged(struct writing *w, const struct person *who)
{
	const struct change_result same = {
	    .unchanged = true, .uncommitted = STR(""), .recovered = STR("")};
	json_t *model = writing_model(w, who);
	json_put(model, "fields", json_of_list());
	return writing_tell(w, &same, EXIT_FINE, STR(""), model);
}

int front_run(struct writing *w, const struct person *who)
{
	const struct front_kind *kind = w->context->command->kind;
	struct front_change change = {.who = who, .told = STR_NONE};
	if (opts_has(&w->context->opts, "where"))
		return read_and_change(w);
	int status = kind->make(w, who, &change);
	if (status != EXIT_FINE)
		return status;
	return change.edits.count ? front_write(w, &change) : tell_unchanged(w, who);
}

int front_status(struct writing *w, const struct person *who, struct front_change *change)
{
	const struct front_kind *wanted = w->context->command->kind;
	const struct contact *c = who->contact;
	struct arena *arena = w->context->arena;
	struct str status = str_of(wanted->status);
	if (opts_has(&w->context->opts, "where") && w->context->opts.words_count)
		return context_usage(w->context, "--where says whom: \"%s\" is too much",
				     w->context->opts.words[0]);
	if (status.p ? str_ieq(c->status_text, status) : c->status == STATUS_ACTIVE)
		return EXIT_FINE;
	if (c->status == STATUS_DECEASED) {
		out_say(w->context->out,
			"the status of %.*s is deceased; `kith set %.*s status=%.*s` changes it",
			STR_ARG(who->name), STR_ARG(who->slug), STR_ARG(status));
		return EXIT_PROBLEM;
	}
	struct str was = c->status_text.n && c->status == STATUS_ACTIVE
			     ? arena_printf(arena, " (status was %.*s)", STR_ARG(c->status_text))
			     : STR("");
	struct field_edit edit = {status.p ? EDIT_SET : EDIT_REMOVE, STR("status"), status};
	change->edits =
	    (struct field_edits){arena_copy(arena, &edit, 1, sizeof(edit)), 1, STR_NONE};
	change->told =
	    arena_printf(arena, "%.*s %s%.*s", STR_ARG(who->name), wanted->told, STR_ARG(was));
	return EXIT_FINE;
}
