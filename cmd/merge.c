#include "base/text.h"
#include "change/unite.h"
#include "links.h"
#include "report/json.h"
#include "report/words.h"
#include "write.h"

static struct str merged_name(const struct unite_plan *plan, uint32_t who, struct arena *arena)
{
	return text_line(plan->journal->contacts[who].name, arena);
}

static void add_count(struct buf *b, size_t count, const char *one, const char *many,
		      struct arena *arena)
{
	if (count)
		buf_printf(b, "%s%.*s", b->n ? ", " : "",
			   STR_ARG(words_count(count, one, many, arena)));
}

/* `3 entries, 1 task, 2 values`; "" for nothing. */
static struct str what_came(const struct unite_told *told, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	add_count(&b, told->entries, "entry", "entries", arena);
	add_count(&b, told->tasks, "task", "tasks", arena);
	add_count(&b, told->values, "value", "values", arena);
	if (told->text)
		buf_printf(&b, "%stext", b.n ? ", " : "");
	return arena_take(arena, &b);
}

static struct str what_stood_twice(const struct unite_told *told, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	add_count(&b, told->entries_twice, "entry", "entries", arena);
	add_count(&b, told->tasks_twice, "task", "tasks", arena);
	return arena_take(arena, &b);
}

/* Which values differ, so that one sees two people in time. */
static void add_kept_values(struct buf *b, const struct unite_told *told, struct arena *arena)
{
	for (size_t i = 0; i < told->kept_count; i++)
		buf_printf(b, "kept both: %.*s: %.*s stays, %.*s is under merged:\n",
			   STR_ARG(text_line(told->kept[i].key, arena)),
			   STR_ARG(text_line(told->kept[i].stays, arena)),
			   STR_ARG(text_line(told->kept[i].kept, arena)));
}

static struct str merge_report(struct context *context, const struct unite_plan *plan)
{
	struct arena *arena = context->arena;
	const struct relink *r = &plan->relink;
	struct str came = what_came(&plan->told, arena),
		   twice = what_stood_twice(&plan->told, arena);
	struct buf b;
	buf_init(&b, 0);
	buf_printf(&b, "merged %.*s into %.*s, in %.*s; %.*s is gone\n",
		   STR_ARG(merged_name(plan, plan->other, arena)),
		   STR_ARG(merged_name(plan, plan->who, arena)), STR_ARG(r->to_path),
		   STR_ARG(r->path));
	if (came.n)
		buf_printf(&b, "came over: %.*s\n", STR_ARG(came));
	if (twice.n)
		buf_printf(&b, "stood in both: %.*s\n", STR_ARG(twice));
	add_kept_values(&b, &plan->told, arena);
	buf_add(&b, links_report(&plan->rewrite, arena));
	return arena_take(arena, &b);
}

static json_t *merge_model(const struct writing *w, const struct unite_plan *plan)
{
	const struct unite_told *told = &plan->told;
	const struct contact *who = &plan->journal->contacts[plan->who];
	const struct person now = {plan->relink.to_path, who->slug, who->name, who};
	json_t *o = writing_model(w, &now), *kept = json_of_list();
	for (size_t i = 0; i < told->kept_count; i++) {
		json_t *one = json_of_object();
		json_put(one, "key", json_of_line(told->kept[i].key));
		json_put(one, "stays", json_of_line(told->kept[i].stays));
		json_put(one, "merged", json_of_line(told->kept[i].kept));
		json_push(kept, one);
	}
	json_put(o, "removed", json_of_text(plan->relink.path));
	json_put(o, "entries", json_of_count(told->entries));
	json_put(o, "tasks", json_of_count(told->tasks));
	json_put(o, "values", json_of_count(told->values));
	json_put(o, "has_text", json_boolean(told->text));
	json_put(o, "entries_in_both", json_of_count(told->entries_twice));
	json_put(o, "tasks_in_both", json_of_count(told->tasks_twice));
	json_put(o, "kept", kept);
	links_put(o, &plan->rewrite);
	return o;
}

/* With --dry-run the difference is printed, and beside it what cannot be seen from it. */
static void tell_dry(struct writing *w, const struct unite_plan *plan)
{
	struct buf b;
	buf_init(&b, 0);
	add_kept_values(&b, &plan->told, w->context->arena);
	struct str rest = buf_str(&b), line;
	out_flush(w->context->out);
	while (str_next_line(&rest, &line))
		out_say(w->context->out, "%.*s", STR_ARG(line));
	buf_release(&b);
}

static int merge_people(struct writing *w, const struct person *who)
{
	struct context *context = w->context;
	const struct contact *contacts = context->journal->contacts;
	struct kith_error err = {0};
	struct person other;
	struct unite_plan plan;
	struct change_result result;
	int status = writing_find(w, str_of(context->opts.words[1]), &other);
	if (status != EXIT_FINE)
		return status;
	const struct notes_repo repo = links_repo(context);
	if (unite_plan(&plan, context->journal, &repo, (uint32_t)(who->contact - contacts),
		       (uint32_t)(other.contact - contacts), context->arena, &err)) {
		status = context_fail(context, &err);
	} else {
		status = writing_make(w, &plan.change, &result);
		if (writing_is_dry(w))
			tell_dry(w, &plan);
		status = writing_tell(w, &result, status, merge_report(context, &plan),
				      merge_model(w, &plan));
		if (result.written)
			status = links_tell_left(context, &plan.rewrite, status);
	}
	unite_release(&plan);
	return status;
}

const struct command command_merge = {
    .name = "merge",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .summary = "make one file of two for the same person",
    .usage = "WHO OTHER",
    .text = "WHO's file stays, and gets what OTHER's says and it does not: names as\n"
	    "aliases, values, entries, tasks and text. Of values that differ WHO's stays, and\n"
	    "OTHER's goes under `merged` in the front matter. Links to OTHER are rewritten,\n"
	    "and its file goes, all in one commit; `kith undo` brings both back.\n",
    .examples =
	{
	    {"kith merge ada-lovelace ada-king", "ada-king's notes go into ada-lovelace's file"},
	    {"kith merge -n ada-lovelace ada-king", "show what would change, and what differs"},
	},
    .min_words = 2,
    .max_words = 2,
    .words = {KIND_WHO},
    .writes = true,
    .write = merge_people,
    .who = WHO_FIRST,
};
