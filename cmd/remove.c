#include "change/remove.h"
#include "base/text.h"
#include "change/rename.h"
#include "people/head.h"
#include "prompt.h"
#include "report/json.h"
#include "report/words.h"
#include "write.h"

/* Of those who link there, so many are named. */
#define NAMED 5

static void tell_links(struct context *context, const struct remove_plan *plan)
{
	struct buf b;
	if (plan->linked_count == 0)
		return;
	buf_init(&b, 0);
	for (size_t i = 0; i < plan->linked_count && i < NAMED; i++) {
		buf_addz(&b, i ? ", " : "");
		text_add_line(&b, context->journal->contacts[plan->linked_from[i]].name);
	}
	if (plan->linked_count > NAMED)
		buf_printf(&b, " and %zu more", plan->linked_count - NAMED);
	out_say(context->out, "linked from the notes on %s; those links stay, and lead nowhere",
		b.p);
	buf_release(&b);
}

static void tell_plan(struct context *context, const struct remove_plan *plan)
{
	const struct contact *c = &context->journal->contacts[plan->who];
	struct arena *arena = context->arena;
	out_flush(context->out);
	out_say(context->out, "%s: %.*s, %.*s, %.*s%s", c->path.p,
		STR_ARG(text_line(c->name, arena)),
		STR_ARG(words_count(c->entries_count, "entry", "entries", arena)),
		STR_ARG(words_count(c->tasks_count, "task", "tasks", arena)),
		c->too_costly ? ", and a text that is not read (see kith check)" : "");
	tell_links(context, plan);
	if (plan->reviews)
		out_say(context->out, "taken out of %.*s, too",
			STR_ARG(words_count(plan->reviews, "review", "reviews", arena)));
}

/* EXIT_FINE to go on. keep: git will hold what is not committed yet. */
static int confirm(struct context *context, bool keep)
{
	struct kith_error err = {0};
	struct str line;
	if (opts_has(&context->opts, "dry-run") || opts_has(&context->opts, "for-good"))
		return EXIT_FINE;
	if (opts_has(&context->opts, "yes") && !keep)
		return context_usage(context,
				     "nothing is committed here, so nothing would bring it "
				     "back; say --for-good, too");
	if (opts_has(&context->opts, "yes"))
		return EXIT_FINE;
	if (!prompt_is_possible())
		return context_usage(context, "it asks before it removes anybody; say --yes here");
	if (prompt_line(&line, context,
			keep ? STR("remove it? [y/N]")
			     : STR("remove it? What was never committed of it is gone for good "
				   "[y/N]"),
			&err))
		return context_fail(context, &err);
	line = str_trim(line);
	if (str_ieq(line, STR("y")) || str_ieq(line, STR("yes")))
		return EXIT_FINE;
	out_say(context->out, "nothing was removed");
	return EXIT_PROBLEM;
}

static json_t *remove_model(const struct writing *w, const struct person *who,
			    const struct remove_plan *plan)
{
	json_t *o = writing_model(w, who), *links = json_of_list();
	for (size_t i = 0; i < plan->linked_count; i++)
		json_push(links, json_of_text(plan->journal->contacts[plan->linked_from[i]].slug));
	json_put(o, "linked_from", links);
	json_put(o, "reviews", json_of_count(plan->reviews));
	return o;
}

/* ---- how git forgets ---- */

/* Letters and digits as they are; what a shell or an expression would read, as a number. */
static void add_forgetting(struct buf *b, struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (str_is_alpha(word.p[i]) || str_is_digit(word.p[i]) || word.p[i] == '-' ||
		    (unsigned char)word.p[i] >= 0x80)
			buf_addc(b, word.p[i]);
		else
			buf_printf(b, "\\x%02x", (unsigned char)word.p[i]);
}

/* Whether somebody else has that name, alias or slug, which then stays. */
static bool is_of_others(const struct journal *journal, const struct contact *c, struct str word)
{
	for (size_t i = 0; i < journal->count; i++) {
		const struct contact *other = &journal->contacts[i];
		bool same = str_eq(other->name, word) || str_eq(other->slug, word);
		for (size_t k = 0; k < other->aliases.count; k++)
			same = same || str_eq(other->aliases.items[k], word);
		if (same && other != c)
			return true;
	}
	return false;
}

/* What somebody was ever called, and with that the files' names: a rename keeps the old one. */
struct names_ever {
	struct strs slugs;
	struct strs words; /* names as they are written; no slug that is a word as any other */
	struct strs all;
};

static void add_once(struct strs *list, struct str text)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq(list->items[i], text))
			return;
	list->items[list->count++] = text;
}

static void find_names_ever(struct names_ever *out, const struct journal *journal,
			    const struct contact *c, struct arena *arena)
{
	struct strs *lists[] = {&out->slugs, &out->words, &out->all};
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		*lists[i] =
		    (struct strs){ARENA_ARRAY(arena, struct str, 2 * c->aliases.count + 3), 0};
	add_once(&out->slugs, c->slug);
	for (size_t i = 0; i <= c->aliases.count; i++) {
		struct str name = i ? c->aliases.items[i - 1] : c->name;
		struct str slug = rename_stem(&journal->config, name, arena);
		if (!is_of_others(journal, c, slug))
			add_once(&out->slugs, slug);
		if (name.n && !is_of_others(journal, c, name))
			add_once(&out->words, name);
	}
	for (size_t i = 0; i < out->slugs.count; i++)
		if (str_find_char(out->slugs.items[i], '-') < out->slugs.items[i].n)
			add_once(&out->words, out->slugs.items[i]);
	for (size_t l = 0; l < 2; l++)
		for (size_t i = 0; i < lists[l]->count; i++)
			add_once(&out->all, lists[l]->items[i]);
}

/* `(?:ada\x20lovelace|ada-lovelace)` */
static struct str any_of(struct strs words, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < words.count; i++) {
		buf_addz(&b, i ? "|" : "(?:");
		add_forgetting(&b, words.items[i]);
	}
	buf_addc(&b, ')');
	return arena_take(arena, &b);
}

static void add_shell_word(struct buf *b, struct str word)
{
	buf_addc(b, '\'');
	for (size_t i = 0; i < word.n; i++)
		buf_addz(b, word.p[i] == '\'' ? "'\\''" : (char[]){word.p[i], '\0'});
	buf_addc(b, '\'');
}

/* Not within a longer word. */
#define NO_WORD_BEFORE "(?<![-0-9A-Za-z_\\x80-\\xff])"
#define NO_WORD_AFTER  "(?![-0-9A-Za-z_\\x80-\\xff])"

/* An item of a page with what is nested in it, links, the commits' own lines, and names. */
static void add_expressions(struct buf *b, const struct names_ever *names, struct arena *arena)
{
	struct str all = any_of(names->all, arena), slugs = any_of(names->slugs, arena),
		   words = any_of(names->words, arena);
	buf_printf(b,
		   "'regex:(?m)^([ \\t]*)[-*+] [^\\n]*\\]\\((?:\\.\\./)+[^)\\n]*%.*s\\.md\\)"
		   "[^\\n]*\\n(?:\\1[ \\t]+[^\\n]*\\n)*==>' "
		   "'regex:\\[\\[(?:[^]\\n|]*/)?%.*s(?:\\.md)?(?:[|#][^]\\n]*)?\\]\\]==>someone' ",
		   STR_ARG(all), STR_ARG(all));
	buf_printf(b,
		   "'regex:\\[[^]\\n]*\\]\\((?:[^)\\n]*/)?%.*s\\.md[^)\\n]*\\)==>someone' "
		   "'regex:(?m)^(Kith: .*?)" NO_WORD_BEFORE "%.*s" NO_WORD_AFTER "==>\\1someone'",
		   STR_ARG(all), STR_ARG(slugs));
	if (names->words.count)
		buf_printf(b, " 'regex:" NO_WORD_BEFORE "%.*s" NO_WORD_AFTER "==>someone'",
			   STR_ARG(words));
}

/* The lines of a shell that rewrite the history. */
static struct str forgetting_lines(struct context *context, const struct contact *c)
{
	struct arena *arena = context->arena;
	struct names_ever names;
	struct buf b;
	find_names_ever(&names, context->journal, c, arena);
	buf_init(&b, 0);
	buf_addz(&b, "  forget=$(git rev-parse --absolute-git-dir)/forget\n  printf '%s\\n' ");
	add_expressions(&b, &names, arena);
	buf_addz(&b, " > \"$forget\"\n  git diff --quiet HEAD && (cd \"$(git rev-parse "
		     "--show-toplevel)\" && git filter-repo --force --replace-refs delete-no-add "
		     "--replace-text \"$forget\" --replace-message \"$forget\" --invert-paths");
	for (size_t i = 0; i < names.slugs.count; i++) {
		buf_addz(&b, " --path ");
		add_shell_word(&b, arena_printf(arena, "%.*s%.*s%.*s.md", STR_ARG(context->below),
						STR_ARG(str_folder(c->path)),
						STR_ARG(names.slugs.items[i])));
	}
	buf_addz(&b, ")\n  rm \"$forget\"\n");
	return arena_take(arena, &b);
}

/* How git's history forgets the person; "" without a repository. */
static struct str how_to_forget(struct context *context, const struct contact *c)
{
	struct kith_error ignored = {0};
	if (context_repo(context, &ignored))
		return STR("");
	return arena_printf(
	    context->arena,
	    "git's history still holds it. These lines take it out of every commit: the file, "
	    "what\n"
	    "reviews say, links and names in other files, and messages (commit all else first):\n\n"
	    "%.*s\n"
	    "They need git-filter-repo, and say nothing to other clones, backups, and where you "
	    "pushed it:\nit remains there until you push with --force and make the others anew.\n",
	    STR_ARG(forgetting_lines(context, c)));
}

static int remove_person(struct writing *w, const struct person *who)
{
	struct context *context = w->context;
	struct kith_error err = {0};
	struct remove_plan plan;
	struct change_result result;
	uint32_t which = (uint32_t)(who->contact - context->journal->contacts);
	if (remove_plan(&plan, context->journal, which, context->arena, &err))
		return context_fail(context, &err);
	tell_plan(context, &plan);
	bool keep = writing_commits(w);
	int status = confirm(context, keep);
	plan.change.keep = keep && !opts_has(&context->opts, "for-good");
	if (status != EXIT_FINE)
		return status;
	status = writing_make(w, &plan.change, &result);
	struct str forget = result.written ? how_to_forget(context, who->contact) : STR("");
	struct str text = arena_printf(context->arena, "removed %.*s, %.*s\n%.*s",
				       STR_ARG(text_line(who->name, context->arena)),
				       STR_ARG(who->path), STR_ARG(forget));
	return writing_tell(w, &result, status, text, remove_model(w, who, &plan));
}

const struct command command_remove = {
    .name = "remove",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .summary = "remove somebody's file",
    .usage = "WHO",
    .text = "Says who links there, asks, and removes the file; review pages lose what\n"
	    "they say of the person. What is not committed yet is committed first, so git's\n"
	    "history still holds it all: `kith undo` brings it back, and git filter-repo\n"
	    "takes it out for good, by the lines it prints.\n",
    .options =
	{
	    {"yes", NULL, "do not ask", 'y'},
	    {"for-good", NULL, "remove it where git does not hold it, too; do not ask", 0},
	},
    .examples =
	{
	    {"kith remove ada", "ask, then remove the file, and what reviews say"},
	    {"kith remove -n ada", "show what would go"},
	    {"kith archive ada", "keep the notes, and never be reminded: often what is meant"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .writes = true,
    .write = remove_person,
    .who = WHO_ALL,
};
