#include "change/forget.h"

#include <stdlib.h>

#include "base/mem.h"
#include "change/describe.h"
#include "change/rename.h"

/* Texts, each once. */
struct once {
	struct str *items;
	size_t count, cap;
};

/* What somebody was ever called. */
struct forgetting {
	const struct forget_order *order;
	struct once paths; /* of the file, in the work tree */
	struct once slugs;
	struct once
	    words; /* as they are written: names, addresses; no slug that is a word as any */
	struct once numbers; /* of phones, digits alone */
	struct arena *arena;
	struct kith_error *err;
	bool failed;
};

static bool add_once(struct once *list, struct str text, struct arena *arena)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq(list->items[i], text))
			return false;
	list->items = mem_grow(list->items, list->count, &list->cap, sizeof(*list->items));
	list->items[list->count++] = arena_str(arena, text);
	return text.n > 0;
}

static struct str digits_alone(struct str number, struct arena *arena)
{
	char *p = arena_bytes(arena, number.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < number.n; i++)
		if (str_is_digit(number.p[i]))
			p[n++] = number.p[i];
	return (struct str){p, n};
}

static bool has_value(const struct values *values, struct str text, bool digits,
		      struct arena *arena)
{
	for (size_t i = 0; i < values->count; i++) {
		struct str value = values->items[i].text;
		if (digits ? str_eq(digits_alone(value, arena), text) : str_ieq(value, text))
			return true;
	}
	return false;
}

/* Whether somebody else has that name, alias, slug, address or number, which then stays. */
static bool is_of_others(const struct forgetting *f, struct str word, bool digits)
{
	const struct journal *journal = f->order->journal;
	for (size_t i = 0; i < journal->count; i++) {
		const struct contact *other = &journal->contacts[i];
		bool same = str_eq(other->name, word) || str_eq(other->slug, word) ||
			    has_value(&other->email, word, false, f->arena) ||
			    (digits && has_value(&other->phone, word, true, f->arena));
		for (size_t k = 0; k < other->aliases.count; k++)
			same = same || str_eq(other->aliases.items[k], word);
		if (same && other != f->order->who)
			return true;
	}
	return false;
}

static void add_slug(struct forgetting *f, struct str slug)
{
	if (is_of_others(f, slug, false) || !add_once(&f->slugs, slug, f->arena))
		return;
	/* Others are words as any. */
	if (str_find_char(slug, '-') < slug.n)
		add_once(&f->words, slug, f->arena);
}

static void add_name(struct forgetting *f, struct str name)
{
	if (name.n == 0 || is_of_others(f, name, false))
		return;
	add_once(&f->words, name, f->arena);
	add_slug(f, rename_stem(&f->order->journal->config, name, f->arena));
}

/* Fewer digits may be anything. */
#define FEWEST_DIGITS 7

static void add_contact(struct forgetting *f, const struct contact *c)
{
	add_name(f, c->name);
	for (size_t i = 0; i < c->aliases.count; i++)
		add_name(f, c->aliases.items[i]);
	for (size_t i = 0; i < c->email.count; i++)
		if (!is_of_others(f, c->email.items[i].text, false))
			add_once(&f->words, c->email.items[i].text, f->arena);
	for (size_t i = 0; i < c->phone.count; i++) {
		struct str digits = digits_alone(c->phone.items[i].text, f->arena);
		if (digits.n >= FEWEST_DIGITS && !is_of_others(f, digits, true))
			add_once(&f->numbers, digits, f->arena);
	}
}

/* Whether another contact has that path now, whose history then stays. */
static bool is_anothers_path(const struct forgetting *f, struct str path)
{
	const struct journal *journal = f->order->journal;
	size_t below = f->order->below.n;
	for (size_t i = 0; i < journal->count; i++)
		if (&journal->contacts[i] != f->order->who && str_starts(path, f->order->below) &&
		    str_eq(journal->contacts[i].path, str_from(path, below)))
			return true;
	return false;
}

static void add_past_path(struct forgetting *f, struct str path)
{
	if (str_ends(path, STR(".md")) && !is_anothers_path(f, path) &&
	    add_once(&f->paths, path, f->arena))
		add_slug(f, contact_slug(path));
}

/* ---- the file's history ---- */

/* NULL for one that is not there, is too large, or is no contact. */
static const struct contact *read_past_version(struct forgetting *f, const char *id,
					       const char *path)
{
	const struct forget_order *o = f->order;
	const struct config *config = &o->journal->config;
	struct contact *c = ARENA_NEW(f->arena, struct contact);
	struct buf image;
	if (!id[0])
		return NULL;
	buf_init(&image, 0);
	int rc = o->git->blob(o->repo, id, path, config->max_file, &image, f->err);
	struct str bytes = arena_take(f->arena, &image);
	f->failed = f->failed || (rc && f->err->status != KITH_INVALID);
	if (rc || !contact_of_bytes(c, arena_str(f->arena, str_of(path)), bytes, config, NULL, NULL,
				    f->arena))
		return NULL;
	return c;
}

/* What git takes for a rename may be two people made from one template. */
static void read_delta(struct forgetting *f, const struct git_delta *d)
{
	const struct contact *is = read_past_version(f, d->after, d->path);
	const struct contact *was =
	    read_past_version(f, d->before, d->from_path ? d->from_path : d->path);
	if (is)
		add_contact(f, is);
	if (d->from_path && is && was && !describe_same_person(was, is))
		return;
	if (was)
		add_contact(f, was);
	if (d->from_path)
		add_past_path(f, str_of(d->from_path));
}

static bool read_commit(void *context, const struct git_commit_info *commit)
{
	struct forgetting *f = context;
	for (size_t i = 0; i < commit->count && !f->failed; i++) {
		const struct git_delta *d = &commit->deltas[i];
		bool theirs = false;
		for (size_t k = 0; k < f->paths.count && !theirs; k++)
			theirs = str_eq(f->paths.items[k], str_of(d->path));
		if (theirs)
			read_delta(f, d);
	}
	return !f->failed;
}

static int read_past(struct forgetting *f)
{
	const struct forget_order *o = f->order;
	const char *all = "";
	const struct git_walk walk = {.folders = &all, .folders_count = 1, .renames = true};
	add_past_path(f,
		      arena_printf(f->arena, "%.*s%.*s", STR_ARG(o->below), STR_ARG(o->who->path)));
	add_contact(f, o->who);
	return o->git->walk(o->repo, &walk, read_commit, f, f->err) || f->failed ? -1 : 0;
}

/* ---- the lines ---- */

/* Letters and digits as they are; what a shell or an expression would read, as a number. */
static void add_forgetting(struct buf *b, struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] == ' ')
			buf_addz(b, "(?:\\x20|%20)");
		else if (str_is_alpha(word.p[i]) || str_is_digit(word.p[i]) || word.p[i] == '-' ||
			 (unsigned char)word.p[i] >= 0x80)
			buf_addc(b, word.p[i]);
		else
			buf_printf(b, "\\x%02x", (unsigned char)word.p[i]);
}

/* `(?:ada-lovelace|ada|…)`, the longest first, so that none is taken for its beginning. */
static int longest_first(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : str_cmp(*x, *y);
}

static struct str any_of(struct once *words, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	if (words->count)
		qsort(words->items, words->count, sizeof(*words->items), longest_first);
	for (size_t i = 0; i < words->count; i++) {
		buf_addz(&b, i ? "|" : "(?:");
		add_forgetting(&b, words->items[i]);
	}
	buf_addc(&b, ')');
	return arena_take(arena, &b);
}

/* Not within a longer word. */
#define NO_WORD_BEFORE "(?<![-0-9A-Za-z_\\x80-\\xff])"
#define NO_WORD_AFTER  "(?![-0-9A-Za-z_\\x80-\\xff])"
/* Keys whose values may be slugs without brackets. */
#define KEYS "(?:knows|introduced[-_ ]by|via|relations|related)"

/* An item of a page with what is nested in it, links of all kinds, and slugs in front matter. */
static void add_link_expressions(struct buf *b, struct str all)
{
	buf_printf(b,
		   "'regex:(?m)^([ \\t]*)[-*+] [^\\n]*\\]\\((?:\\.\\./)+[^)\\n]*%.*s\\.md\\)"
		   "[^\\n]*\\n(?:\\1[ \\t]+[^\\n]*\\n)*==>' "
		   "'regex:(?i)!?\\[\\[(?:[^]\\n|]*/)?%.*s(?:\\.md)?\\s*(?:\\\\?[|#][^]]*)?\\]\\]"
		   "==>someone' ",
		   STR_ARG(all), STR_ARG(all));
	buf_printf(
	    b,
	    "'regex:(?i)!?\\[[^][]*\\]\\(\\s*<?(?:[^)\\n]*/)?%.*s\\.md[^)\\n]*\\)==>someone' "
	    "'regex:(?i)" NO_WORD_BEFORE "(?:[^\\s()<>\\x22\\x27|]*/)?%.*s\\.md" NO_WORD_AFTER
	    "==>someone' ",
	    STR_ARG(all), STR_ARG(all));
}

static void add_expressions(struct buf *b, struct forgetting *f)
{
	struct str slugs = any_of(&f->slugs, f->arena), words = any_of(&f->words, f->arena);
	struct once both = {NULL, 0, 0};
	for (size_t i = 0; i < f->slugs.count; i++)
		add_once(&both, f->slugs.items[i], f->arena);
	for (size_t i = 0; i < f->words.count; i++)
		add_once(&both, f->words.items[i], f->arena);
	add_link_expressions(b, any_of(&both, f->arena));
	free(both.items);
	/* Each takes one of a line's. */
	for (size_t i = 0; i < f->slugs.count; i++)
		buf_printf(b,
			   "'regex:(?im)^(" KEYS
			   "[ \\t]*:[^\\n]*?(?:\\n(?:[ \\t]+|-[ \\t])[^\\n]*?)*?)" NO_WORD_BEFORE
			   "%.*s(?:\\.md)?" NO_WORD_AFTER "==>\\1someone' ",
			   STR_ARG(any_of(&(struct once){&f->slugs.items[i], 1, 1}, f->arena)));
	buf_printf(b,
		   "'regex:(?m)^(Kith: .*?)" NO_WORD_BEFORE "%.*s" NO_WORD_AFTER "==>\\1someone'",
		   STR_ARG(slugs));
	if (f->words.count)
		buf_printf(b, " 'regex:" NO_WORD_BEFORE "%.*s" NO_WORD_AFTER "==>someone'",
			   STR_ARG(words));
	for (size_t i = 0; i < f->numbers.count; i++) {
		buf_addz(b, " 'regex:\\+?(?<![0-9])");
		for (size_t k = 0; k < f->numbers.items[i].n; k++)
			buf_printf(b, "%s%c", k ? "[- ./()]*" : "", f->numbers.items[i].p[k]);
		buf_addz(b, "(?![0-9])==>someone'");
	}
}

static void add_shell_word(struct buf *b, struct str word)
{
	buf_addc(b, '\'');
	for (size_t i = 0; i < word.n; i++)
		buf_addz(b, word.p[i] == '\'' ? "'\\''" : (char[]){word.p[i], '\0'});
	buf_addc(b, '\'');
}

int forget_lines(struct str *out, const struct forget_order *order, struct arena *arena,
		 struct kith_error *err)
{
	struct forgetting f = {.order = order, .arena = arena, .err = err};
	struct once *lists[] = {&f.paths, &f.slugs, &f.words, &f.numbers};
	struct str folder = str_folder(order->who->path);
	struct buf b;
	buf_init(&b, 0);
	int rc = read_past(&f);
	for (size_t i = 0; i < f.slugs.count && !rc; i++)
		add_past_path(&f, arena_printf(arena, "%.*s%.*s%.*s.md", STR_ARG(order->below),
					       STR_ARG(folder), STR_ARG(f.slugs.items[i])));
	buf_addz(&b, "  forget=$(git rev-parse --absolute-git-dir)/forget\n  printf '%s\\n' ");
	add_expressions(&b, &f);
	buf_addz(&b, " > \"$forget\"\n  git diff --quiet HEAD && (cd \"$(git rev-parse "
		     "--show-toplevel)\" && git filter-repo --force --replace-refs delete-no-add "
		     "--replace-text \"$forget\" --replace-message \"$forget\" --invert-paths");
	for (size_t i = 0; i < f.paths.count; i++) {
		buf_addz(&b, " --path ");
		add_shell_word(&b, f.paths.items[i]);
	}
	buf_addz(&b, ")\n  rm \"$forget\"\n");
	*out = arena_take(arena, &b);
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		free(lists[i]->items);
	return rc;
}
