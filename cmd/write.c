#include "write.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "change/describe.h"
#include "insight/reckon.h"
#include "locate.h"
#include "people/head.h"
#include "report/json.h"
#include "report/words.h"
#include "who.h"

const struct opt writing_options[] = {
    {"dry-run", NULL, "print the difference, write nothing", 'n'},
    {"no-commit", NULL, "write the file, leave committing to you", 0},
    {"message", "TEXT", "the commit's message, instead of kith's", 'm'},
    {"no-verify", NULL, "pass over git's hooks pre-commit and commit-msg", 0},
    {"json", NULL, "print what was done as JSON", 0},
    OPT_END,
};

/* So many people in one command. */
#define MOST_PEOPLE 64
#define MOST_READ   (2 * MOST_PEOPLE)

/* Whether git is asked for anything. */
static bool is_for_git(const struct writing *w)
{
	const struct opts *opts = &w->context->opts;
	return opts_has(opts, "dry-run") ||
	       (!opts_has(opts, "no-commit") && !w->config->commit_manual);
}

bool writing_commits(const struct writing *w)
{
	struct kith_error ignored = {0};
	return is_for_git(w) && context_repo(w->context, &ignored) == 0;
}

static int list_people(struct writing *w)
{
	struct kith_error err = {0};
	int rc = journal_load_config(&w->names, w->context->dir, &err);
	w->config = &w->names.config;
	w->names.threads = 2;
	if (!rc)
		rc = journal_list(&w->names, &w->files, &err);
	if (rc)
		out_findings(w->context->out, &w->names.diag);
	return rc ? context_fail(w->context, &err) : EXIT_FINE;
}

int writing_begin(struct writing *w, struct context *context)
{
	*w = (struct writing){.context = context, .diff = STR_NONE};
	if (!context->journal)
		return list_people(w);
	w->config = &context->journal->config;
	return EXIT_FINE;
}

static void drop_picked(struct writing *w)
{
	if (w->has_picked)
		journal_release(&w->picked);
	w->has_picked = false;
}

void writing_end(struct writing *w)
{
	for (size_t i = 0; i < w->read_count; i++)
		journal_release(&w->read[i]);
	if (w->has_fronts)
		journal_release(&w->fronts);
	drop_picked(w);
	fs_list_release(&w->files);
	if (!w->context->journal)
		journal_release(&w->names);
}

/* Reads one contact whole. */
static int read_person(struct writing *w, struct str path, struct person *who)
{
	struct context *context = w->context;
	const struct strs only = {&path, 1};
	const struct journal_options options = {.threads = 1, .only = &only};
	struct kith_error err = {0};
	if (!w->read)
		w->read = ARENA_ARRAY(context->arena, struct journal, MOST_READ);
	if (w->read_count == MOST_READ)
		return context_usage(context, "these are too many people at once");
	struct journal *journal = &w->read[w->read_count++];
	if (journal_load(journal, context->dir, &options, &err))
		return context_fail(context, &err);
	const struct contact *c = journal->count ? &journal->contacts[0] : NULL;
	if (!c || c->unread) {
		out_findings(context->out, &journal->diag);
		out_say(context->out,
			!c && journal->diag.count == 0
			    ? "%.*s is no contact: `only` in kith.yaml leaves it out, or it is a "
			      "template of another program"
			    : "%.*s cannot be read, so nothing is written to it",
			STR_ARG(path));
		return EXIT_PROBLEM;
	}
	*who = (struct person){c->path, c->slug, c->name, c};
	return EXIT_FINE;
}

static bool has_slug_key(struct str path, struct str key, struct arena *arena)
{
	struct arena_mark mark = arena_mark(arena);
	bool same = str_eq(find_slug_key(contact_slug(path), arena), key);
	arena_rewind(arena, mark);
	return same;
}

/* Those whom the word may mean by path or slug: all of them, and few others. */
static struct strs pick_paths(const struct writing *w, struct str word, struct arena *arena)
{
	struct strs picked = {NULL, 0};
	size_t cap = 0;
	struct str key = find_slug_key(word, arena), name = str_base(word);
	bool is_path = str_ends(name, STR(".md"));
	for (size_t i = 0; i < w->files.count; i++) {
		struct str path = w->files.items[i].path;
		if (!(is_path && str_ends(path, name)) && !has_slug_key(path, key, arena))
			continue;
		picked.items = mem_grow(picked.items, picked.count, &cap, sizeof(*picked.items));
		picked.items[picked.count++] = path;
	}
	return picked;
}

/* By path and slug no file need be read, and nobody else be looked at. */
static int find_by_file(struct writing *w, struct str word, struct found *found,
			struct kith_error *err)
{
	struct context *context = w->context;
	struct strs only = pick_paths(w, str_trim(word), context->arena);
	const struct journal_options options = {
	    .threads = 1, .depth = JOURNAL_NAMES, .only = &only};
	drop_picked(w);
	w->has_picked = true;
	int rc = journal_load(&w->picked, context->dir, &options, err);
	free(only.items);
	*found = (struct found){.how = FIND_NOBODY};
	if (rc)
		return -1;
	find_contacts(found, &w->picked, word, context->arena);
	if (found->how > FIND_SLUG)
		found->count = 0;
	return 0;
}

bool writing_is_file(struct writing *w, struct str word)
{
	struct kith_error err = {0};
	struct found found;
	return find_by_file(w, word, &found, &err) == 0 && found.count;
}

int writing_everybody(struct writing *w, const struct journal **journal)
{
	const struct journal_options options = {.threads = 2, .depth = JOURNAL_FRONTS};
	struct kith_error err = {0};
	*journal = w->context->journal ? w->context->journal : &w->fronts;
	if (w->context->journal || w->has_fronts)
		return EXIT_FINE;
	w->has_fronts = true;
	if (journal_load(&w->fronts, w->context->dir, &options, &err))
		return context_fail(w->context, &err);
	return EXIT_FINE;
}

static int find_by_name(struct writing *w, struct str word, struct found *found)
{
	const struct journal *journal;
	int status = writing_everybody(w, &journal);
	if (status == EXIT_FINE)
		find_contacts(found, journal, word, w->context->arena);
	return status;
}

static int find_anybody(struct writing *w, struct str word, struct found *found,
			const struct journal **journal)
{
	struct context *context = w->context;
	struct kith_error err = {0};
	*journal = context->journal;
	if (context->journal) {
		find_contacts(found, *journal, word, context->arena);
		return EXIT_FINE;
	}
	if (find_by_file(w, word, found, &err) < 0)
		return context_fail(context, &err);
	*journal = found->count ? &w->picked : &w->fronts;
	return found->count ? EXIT_FINE : find_by_name(w, word, found);
}

int writing_find(struct writing *w, struct str word, struct person *who)
{
	struct context *context = w->context;
	const struct journal *journal;
	struct found found;
	int status = find_anybody(w, word, &found, &journal);
	if (status != EXIT_FINE)
		return status;
	if (!context->command->write)
		find_prefer_active(&found, journal);
	if (found.count != 1 || found.how == FIND_BEGINNINGS) {
		who_tell(context, journal, word, &found);
		return EXIT_PROBLEM;
	}
	const struct contact *c = &journal->contacts[found.who[0]];
	if (!context->journal)
		return read_person(w, c->path, who);
	*who = (struct person){c->path, c->slug, c->name, c};
	return EXIT_FINE;
}

int writing_find_list(struct writing *w, struct str words, struct person **people, size_t *count)
{
	struct context *context = w->context;
	*people = ARENA_ARRAY(context->arena, struct person, MOST_PEOPLE);
	*count = 0;
	for (bool more = true; more;) {
		size_t comma = str_find_char(words, ',');
		struct str word = str_trim(str_upto(words, comma));
		more = comma < words.n;
		words = str_from(words, comma + 1);
		if (word.n == 0)
			return context_usage(context, "between commas a person is missing");
		if (*count == MOST_PEOPLE)
			return context_usage(context, "these are too many people at once");
		struct person *who = &(*people)[*count];
		int status = writing_find(w, word, who);
		if (status != EXIT_FINE)
			return status;
		for (size_t i = 0; i < *count; i++)
			if (str_eq((*people)[i].path, who->path))
				return context_usage(context, "%.*s is named twice",
						     STR_ARG(who->name));
		++*count;
	}
	return EXIT_FINE;
}

/* Whether `word next` stands in a name, both as whole words and in this order. */
static bool goes_on(struct str name, struct str word, struct str next, struct arena *arena)
{
	struct str key = arena_printf(arena, " %.*s ", STR_ARG(text_key(name, arena)));
	struct str both = arena_printf(arena, " %.*s %.*s ", STR_ARG(text_key(word, arena)),
				       STR_ARG(text_key(next, arena)));
	return str_find(key, both) < key.n;
}

/* What words make as a slug, with `-` after each. */
static struct str joined_slug(struct str words, struct arena *arena)
{
	struct str key = find_slug_key(words, arena);
	char *p = arena_bytes(arena, key.n + 1);
	for (size_t i = 0; i < key.n; i++)
		p[i] = key.p[i] == ' ' ? '-' : key.p[i];
	p[key.n] = '-';
	return (struct str){p, key.n + 1};
}

/* Whether a file's slug begins with the one that both words make. */
static bool slug_begins_with(struct str path, struct str both, struct arena *arena)
{
	struct arena_mark mark = arena_mark(arena);
	bool begins = str_starts(joined_slug(contact_slug(path), arena), both);
	arena_rewind(arena, mark);
	return begins;
}

/* With Ann and Ann Marie, `ann marie` may be either; told by the files' names. NULL for nobody. */
static struct str other_of_both(struct writing *w, struct str word, struct str next,
				const struct person *who)
{
	const struct journal *journal = w->context->journal;
	struct arena *arena = w->context->arena;
	struct str both =
	    joined_slug(arena_printf(arena, "%.*s %.*s", STR_ARG(word), STR_ARG(next)), arena);
	size_t count = journal ? journal->count : w->files.count;
	for (size_t i = 0; i < count; i++) {
		struct str path = journal ? journal->contacts[i].path : w->files.items[i].path;
		if (!str_eq(path, who->path) && slug_begins_with(path, both, arena))
			return path;
	}
	return STR_NONE;
}

static int check_other(struct writing *w, struct str word, struct str next,
		       const struct person *who)
{
	struct context *context = w->context;
	/* `done ada 2` where there is an ada-2.md. */
	if (str_number(next, 1000000) >= 0 || text_key(next, context->arena).n == 0)
		return EXIT_FINE;
	struct str path = other_of_both(w, word, next, who);
	if (!path.p)
		return EXIT_FINE;
	struct str slug = contact_slug(path);
	const char *name = context->command->name;
	return context_usage(context,
			     "\"%.*s %.*s\" may be %.*s, or %.*s and the word \"%.*s\"; write: "
			     "kith %s %.*s ..., or: kith %s %.*s -- %.*s ...",
			     STR_ARG(word), STR_ARG(next), STR_ARG(path), STR_ARG(who->path),
			     STR_ARG(next), name, STR_ARG(head_typed(slug, context->arena)), name,
			     STR_ARG(who->slug), STR_ARG(next));
}

int writing_check_next(struct writing *w, const char *word, const struct person *who,
		       const char *next)
{
	struct context *context = w->context;
	struct strs aliases = who->contact->aliases;
	struct str rest = next ? str_of(next) : STR("");
	if (context->opts.raw == 1)
		return EXIT_FINE;
	bool joined = goes_on(who->name, str_of(word), rest, context->arena);
	for (size_t i = 0; i < aliases.count && !joined; i++)
		joined = goes_on(aliases.items[i], str_of(word), rest, context->arena);
	if (rest.n == 0)
		return EXIT_FINE;
	if (!joined)
		return check_other(w, str_of(word), rest, who);
	return context_usage(context,
			     "\"%s\" goes on with the name of %.*s; write the person as one word: "
			     "kith %s %.*s ...",
			     next, STR_ARG(who->name), context->command->name, STR_ARG(who->slug));
}

/* Whom the command line is about. */
static int find_whom(struct writing *w, struct person *who)
{
	const struct opts *opts = &w->context->opts;
	const char *word = opts->words[0], *next = opts->words_count > 1 ? opts->words[1] : NULL;
	if (w->context->command->who == WHO_ALL)
		return writing_find(w, opts_joined(opts, 0, w->context->arena), who);
	int status = writing_find(w, str_of(word), who);
	if (status == EXIT_FINE)
		return writing_check_next(w, word, who, next);
	if (strchr(word, ','))
		out_say(w->context->out, "kith %s takes one person: write a line for each",
			w->context->command->name);
	return status;
}

int writing_run(struct context *context)
{
	const struct command *command = context->command;
	struct writing w;
	struct person who = {.contact = NULL};
	int status = writing_begin(&w, context);
	bool begun = status == EXIT_FINE;
	bool several = command->several && opts_has(&context->opts, "where");
	if (begun && command->who != WHO_NOBODY && !several)
		status = find_whom(&w, &who);
	if (status == EXIT_FINE)
		status = command->write(&w, &who);
	if (begun && status != EXIT_USAGE)
		out_findings_of(context->out,
				context->journal ? &context->journal->diag : &w.names.diag, false);
	writing_end(&w);
	return status;
}

struct str writing_trailer(const struct writing *w, const struct person *who)
{
	return arena_printf(w->context->arena, "%s %.*s", w->context->command->name,
			    STR_ARG(who->slug));
}

bool writing_is_dry(const struct writing *w)
{
	return opts_has(&w->context->opts, "dry-run");
}

bool writing_is_json(const struct writing *w)
{
	return opts_has(&w->context->opts, "json");
}

static int show_change(struct writing *w, const struct change *change,
		       const struct change_order *order, struct kith_error *err)
{
	struct buf diff;
	buf_init(&diff, 0);
	int rc = change_show(&diff, change, order, err);
	if (!rc && writing_is_json(w))
		w->diff = arena_str(w->context->arena, buf_str(&diff));
	else if (!rc)
		out_add(w->context->out, buf_str(&diff));
	buf_release(&diff);
	return rc;
}

int writing_try(struct writing *w, const struct change *change, struct change_result *result,
		struct kith_error *err)
{
	struct context *context = w->context;
	const struct opts *opts = &context->opts;
	struct change_order order = {.dir = context->dir,
				     .journal = context->path,
				     .top = context->repo ? context->git->workdir(context->repo)
							  : NULL,
				     .below = context->below,
				     .max_file = w->config->max_file,
				     .around = &context->around,
				     .message = opts_value(opts, "message"),
				     .no_verify = opts_has(opts, "no-verify")};
	*result = (struct change_result){.uncommitted = STR(""), .recovered = STR("")};
	if (is_for_git(w) && !(order.git = context_git(context, err)))
		return -1;
	if (writing_is_dry(w))
		return show_change(w, change, &order, err);
	int rc = change_make(result, change, &order, context->arena, err);
	if (result->recovered.n)
		out_say(context->out, "%.*s", STR_ARG(result->recovered));
	if (rc == 0 && (result->id[0] || (!order.git && result->written)))
		locate_note_uncommitted(context->path, context->around.now,
					order.git ? STR("") : change->subject, context->arena);
	return rc;
}

int writing_make(struct writing *w, const struct change *change, struct change_result *result)
{
	struct context *context = w->context;
	const char *message = opts_value(&context->opts, "message");
	struct kith_error err = {0};
	*result = (struct change_result){.uncommitted = STR(""), .recovered = STR("")};
	if (message && str_trim(str_of(message)).n == 0)
		return context_usage(context, "--message needs some words");
	if (writing_try(w, change, result, &err))
		return context_fail(context, &err);
	return result->uncommitted.n ? EXIT_PROBLEM : EXIT_FINE;
}

static int edit_image(const struct single *s, struct str image, struct buf *out,
		      struct kith_error *err)
{
	if (s->edit(s->context, s->w->config, image, out, err) == 0)
		return 0;
	return kith_fail_at(err, s->who->path.p, err->line, err->column);
}

static int edit_copy(void *context, const struct change_copy *copy, struct str before,
		     struct buf *after, bool *gone, struct kith_error *err)
{
	const struct single *s = context;
	(void)copy;
	(void)gone;
	if (before.p)
		return edit_image(s, before, after, err);
	kith_fail(err, KITH_NOT_FOUND, "it is gone; it was there a moment ago");
	return kith_fail_at(err, s->who->path.p, 0, 0);
}

int writing_preview(const struct single *s, struct preview *preview)
{
	struct context *context = s->w->context;
	struct kith_error err = {0};
	struct buf after;
	buf_init(&after, 0);
	int rc = edit_image(s, s->who->contact->image, &after, &err);
	struct str bytes = arena_take(context->arena, &after);
	if (rc)
		return context_fail(context, &err);
	preview_make(preview, s->who->path, s->who->contact->image, bytes, s->w->config,
		     context->arena);
	return EXIT_FINE;
}

static void describe_changed(struct change *change, struct writing *w,
			     const struct describe_file *files, size_t count)
{
	struct context *context = w->context;
	struct description what;
	struct company company;
	const struct describe_setting setting = {
	    .config = w->config, .today = context->today, .company = &company};
	company_init(&company, context->dir);
	describe_files(&what, files, count, &setting, context->arena);
	company_release(&company);
	change->subject = what.subject;
	change->body = what.body;
}

void writing_describe(struct change *change, struct writing *w, const struct describe_file *file)
{
	describe_changed(change, w, file, 1);
}

struct gather_order writing_gather_order(const struct context *context, const struct config *config,
					 struct strs only)
{
	return (struct gather_order){.git = context->git,
				     .repo = context->repo,
				     .dir = context->dir,
				     .below = context->below,
				     .config = config,
				     .only = only,
				     .today = context->today};
}

int writing_gather(struct gathered *out, struct context *context, const struct config *config,
		   struct strs only)
{
	struct kith_error err = {0};
	*out = (struct gathered){.count = 0};
	if (context_repo(context, &err))
		return context_fail(context, &err);
	const struct gather_order order = writing_gather_order(context, config, only);
	if (gather_begin(out, &order, context->arena, &err))
		return context_fail(context, &err);
	if (out->recovered.n)
		out_say(context->out, "%s", out->recovered.p);
	return EXIT_FINE;
}

int writing_commit_gathered(char id[GIT_ID_SIZE], const struct gathered *gathered,
			    struct context *context)
{
	const struct opts *opts = &context->opts;
	struct kith_error err = {0};
	id[0] = '\0';
	if (gathered->count && gather_commit(id, gathered, opts_value(opts, "message"),
					     opts_has(opts, "no-verify"), context->arena, &err))
		return context_fail(context, &err);
	return EXIT_FINE;
}

int writing_make_several(const struct single *singles, const struct preview *previews, size_t count,
			 struct str trailer, struct change_result *result)
{
	struct writing *w = singles->w;
	struct arena *arena = w->context->arena;
	struct change_file *files = ARENA_ARRAY(arena, struct change_file, count);
	struct describe_file *described = ARENA_ARRAY(arena, struct describe_file, count);
	struct single *copies = arena_copy(arena, singles, count, sizeof(*singles));
	struct change change = {.files = files, .count = count, .trailer = trailer};
	for (size_t i = 0; i < count; i++) {
		struct str path = singles[i].who->path;
		files[i] =
		    (struct change_file){.path = path, .edit = edit_copy, .context = &copies[i]};
		described[i] = (struct describe_file){
		    .path = path, .before = &previews[i].before, .after = &previews[i].after};
	}
	describe_changed(&change, w, described, count);
	if (change.subject.n == 0)
		change.subject = arena_printf(arena, "Edit %.*s", STR_ARG(singles->who->name));
	return writing_make(w, &change, result);
}

int writing_make_single(const struct single *s, struct preview *preview,
			struct change_result *result)
{
	*result = (struct change_result){.uncommitted = STR("")};
	*preview = (struct preview){.differences = {.count = 0}};
	int status = writing_preview(s, preview);
	return status == EXIT_FINE
		   ? writing_make_several(s, preview, 1, writing_trailer(s->w, s->who), result)
		   : status;
}

static void tell_change(struct writing *w, const struct change_result *result, struct str text)
{
	struct out *out = w->context->out;
	if (result->unchanged)
		out_addz(out, "nothing to change: it is so already\n");
	else
		out_add(out, text);
	if (result->id[0])
		out_printf(out, "committed %.10s\n", result->id);
}

static void tell_uncommitted(struct context *context, const struct change_result *result)
{
	if (result->id[0] && result->uncommitted.n) {
		out_flush(context->out);
		out_say(context->out, "%.*s", STR_ARG(result->uncommitted));
	} else if (result->written && result->uncommitted.n) {
		out_flush(context->out);
		out_say(context->out, "it is written, but not committed: %.*s%s",
			STR_ARG(result->uncommitted),
			result->beyond ? "" : "; `kith commit` commits it");
	}
}

static void print_model(struct writing *w, const struct change_result *result, json_t *model)
{
	bool changed = w->diff.p ? w->diff.n > 0 : !result->unchanged;
	json_put(model, "changed", json_boolean(changed));
	json_put(model, "commit", json_of_text(result->id[0] ? str_of(result->id) : STR_NONE));
	if (w->diff.p)
		json_put(model, "diff", json_of_text(w->diff));
	out_json(w->context->out, model);
}

json_t *writing_model(const struct writing *w, const struct person *who)
{
	json_t *o = json_of_object();
	json_put(o, "did", json_of_line(str_of(w->context->command->name)));
	json_put(o, "slug", json_of_text(who->slug));
	json_put(o, "name", json_of_line(who->name));
	json_put(o, "path", json_of_text(who->path));
	return o;
}

int writing_tell(struct writing *w, const struct change_result *result, int status, struct str text,
		 json_t *model)
{
	struct context *context = w->context;
	if (result->written || result->unchanged || w->diff.p) {
		if (writing_is_json(w) && model) {
			print_model(w, result, model);
			model = NULL;
		} else {
			tell_change(w, result, text);
		}
	}
	tell_uncommitted(context, result);
	json_decref(model);
	return status;
}

struct str writing_next(struct writing *w, const struct person *who, civil_day *due)
{
	struct context *context = w->context;
	struct person now;
	*due = NO_DAY;
	if (read_person(w, who->path, &now) != EXIT_FINE)
		return STR("");
	*due = reckon_one(&w->read[w->read_count - 1], 0, context->today, context->today).due;
	if (*due == NO_DAY)
		return STR("");
	struct day_text day = day_text(*due);
	if (*due < context->today)
		return arena_printf(context->arena, "next check-in: now, due since %s", day.z);
	return arena_printf(context->arena, "next check-in: %s, %.*s", day.z,
			    STR_ARG(words_relative(*due, context->today, context->arena)));
}
