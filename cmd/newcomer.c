#include "newcomer.h"

#include "base/text.h"
#include "front.h"
#include "people/head.h"
#include "people/twins.h"
#include "report/json.h"

int newcomer_name(struct context *context, struct str said, struct str *name)
{
	if (text_invalid_at(said) < said.n)
		return context_usage(context, "the name is not UTF-8");
	*name = str_trim(text_line(said, context->arena));
	return name->n ? EXIT_FINE : context_usage(context, "a name is missing");
}

bool newcomer_has_key(const struct field_edits *edits, enum key wanted)
{
	for (size_t i = 0; i < edits->count; i++) {
		int rank;
		if (key_find(edits->items[i].key, &rank) == wanted)
			return true;
	}
	return false;
}

static int read_fields(struct writing *w, size_t from, struct field_edits *edits)
{
	struct context *context = w->context;
	const struct opts *opts = &context->opts;
	struct kith_error err = {0};
	bool force = opts_has(opts, "force");
	if (field_edits_parse(edits, opts->words + from, opts->words_count - from, context->arena,
			      &err) < 0)
		return context_usage(context, "%s", err.message);
	if (newcomer_has_key(edits, KEY_NAME))
		return context_usage(context, "the name stands before the first KEY=VALUE");
	int status = force ? EXIT_FINE : front_resolve(w, NULL, edits);
	if (status == EXIT_FINE &&
	    field_edits_check(edits, w->config, context->today, force, context->arena, &err) < 0)
		return context_usage(context, "%s", err.message);
	return status;
}

int newcomer_fields(struct writing *w, size_t from, size_t room, struct field_edits *edits)
{
	int status = EXIT_FINE;
	*edits = (struct field_edits){NULL, 0, STR_NONE};
	if (from < w->context->opts.words_count)
		status = read_fields(w, from, edits);
	struct field_edit *items =
	    ARENA_ARRAY(w->context->arena, struct field_edit, edits->count + room);
	for (size_t i = 0; i < edits->count; i++)
		items[i] = edits->items[i];
	edits->items = items;
	return status;
}

/* Where the only one of that name has no `met` yet, met may be meant for that person. */
static const struct contact *known_unmet(const struct newcomer *newcomer,
					 const struct journal *journal, const struct twins *twins)
{
	if (!newcomer->met.p || twins->count != 1 || twins->items[0].sign != TWIN_NAME)
		return NULL;
	const struct contact *c = &journal->contacts[twins->items[0].who];
	return c->met == NO_DAY && c->met_text.n == 0 ? c : NULL;
}

static void tell_twins(struct context *context, const struct newcomer *newcomer,
		       const struct journal *journal, const struct twins *twins)
{
	const struct contact *unmet = known_unmet(newcomer, journal, twins);
	struct buf b;
	buf_init(&b, 0);
	buf_addz(&b, twins->count == 1 ? "somebody is there already:" : "these are there already:");
	for (size_t i = 0; i < twins->count; i++) {
		const struct twin *twin = &twins->items[i];
		const struct contact *c = &journal->contacts[twin->who];
		buf_addz(&b, "\n  ");
		text_add_line(&b, c->name);
		buf_addz(&b, "  ");
		text_add_line(&b, c->path);
		buf_printf(&b, "  the same %s", twin_sign_name(twin->sign));
		if (!str_eq(twin->text, c->name)) {
			buf_addz(&b, ": ");
			text_add_line(&b, twin->text);
		}
	}
	if (unmet)
		buf_printf(&b, "\nto note how you met: kith set %.*s %.*s", STR_ARG(unmet->slug),
			   STR_ARG(head_typed(
			       arena_printf(context->arena, "met=%.*s", STR_ARG(newcomer->met)),
			       context->arena)));
	buf_addz(&b, "\nif this is another person: --force, or --slug with another file name");
	out_say(context->out, "%s", b.p);
	buf_release(&b);
}

/* A new person's file in the making. */
struct newcomer_file {
	const struct newcomer *newcomer;
	const struct journal *everybody;
	struct added added;
};

/* The file's bytes, and whether somebody like that is there. */
static int prepare(struct writing *w, struct newcomer_file *m)
{
	struct context *context = w->context;
	struct arena *arena = context->arena;
	const char *slug = opts_value(&context->opts, "slug");
	bool force = opts_has(&context->opts, "force");
	struct kith_error err = {0};
	struct add_person person = {
	    .name = m->newcomer->name, .edits = &m->newcomer->edits, .today = context->today};
	struct twins twins = {NULL, 0};
	person.stem = slug ? str_of(slug) : text_slug(person.name, arena);
	/* First as any file, to find its twins; the place is told after them. */
	if (add_make(&m->added, m->everybody, &person, arena, &err) < 0)
		return context_fail(context, &err);
	if (!force && !slug)
		twins_find(&twins, m->everybody, &m->added.contact, arena);
	if (twins.count) {
		tell_twins(context, m->newcomer, m->everybody, &twins);
		return EXIT_PROBLEM;
	}
	if (add_place(&person.stem, m->everybody, person.name, str_of(slug), force, arena, &err) <
		0 ||
	    add_make(&m->added, m->everybody, &person, arena, &err) < 0)
		return err.status == KITH_INVALID ? context_usage(context, "%s", err.message)
						  : context_fail(context, &err);
	return EXIT_FINE;
}

static struct str newcomer_report(struct writing *w, const struct person *who, struct str met,
				  json_t *model)
{
	struct arena *arena = w->context->arena;
	civil_day due;
	struct str next = writing_next(w, who, &due);
	struct str word = head_typed(who->slug, arena);
	json_put(model, "next", json_of_day(due));
	return arena_printf(arena,
			    "added %.*s%s%.*s, in %.*s\n%.*s%s"
			    "then: kith log %.*s TEXT, kith set %.*s KEY=VALUE, kith edit %.*s\n",
			    STR_ARG(who->name), met.p ? ", met " : "", STR_ARG(met),
			    STR_ARG(who->path), STR_ARG(next), next.n ? "\n" : "", STR_ARG(word),
			    STR_ARG(word), STR_ARG(word));
}

static int write_newcomer(struct writing *w, struct newcomer_file *m)
{
	struct added *added = &m->added;
	const struct change_file file = {.path = added->path, .edit = add_edit, .context = added};
	const struct describe_file described = {.path = added->path, .after = &added->contact};
	const struct person who = {added->path, added->slug, m->newcomer->name, &added->contact};
	struct change change = {.files = &file, .count = 1, .trailer = writing_trailer(w, &who)};
	struct change_result result;
	struct str text = STR("");
	writing_describe(&change, w, &described);
	int status = writing_make(w, &change, &result);
	json_t *model = writing_model(w, &who);
	json_put(model, "met", json_of_line(m->newcomer->met));
	json_put(model, "next", json_null());
	if (result.written)
		text = newcomer_report(w, &who, m->newcomer->met, model);
	return writing_tell(w, &result, status, text, model);
}

int newcomer_write(struct writing *w, const struct newcomer *newcomer)
{
	struct newcomer_file m = {.newcomer = newcomer};
	int status = writing_everybody(w, &m.everybody);
	if (status == EXIT_FINE)
		status = prepare(w, &m);
	return status == EXIT_FINE ? write_newcomer(w, &m) : status;
}
