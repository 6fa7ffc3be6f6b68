#include "change/rename.h"

#include "base/fs.h"
#include "base/text.h"
#include "change/field_edits.h"
#include "note/quick.h"
#include "note/splice.h"

/* The text of the first level-1 heading; to == 0 where there is none. */
static struct span first_heading(struct str image, struct arena *arena)
{
	struct note note;
	struct reporter quiet = reporter_quiet(image);
	struct span at = {0, 0};
	if (note_read(&note, &note_reader_quick, arena, &quiet))
		for (size_t i = 0; i < note.blocks.count && at.to == 0; i++)
			if (note.blocks.items[i].kind == BLOCK_HEADING &&
			    note.blocks.items[i].level == 1)
				at = note.blocks.items[i].content;
	return at;
}

/* The heading with the new name, appended to out; false where it would not read as that name. */
static bool put_heading(struct buf *out, const struct rename_plan *plan, struct str image,
			struct arena *arena)
{
	struct contact now;
	struct splice splice = {first_heading(image, arena), plan->name};
	if (!splice.at.to)
		return false;
	splice_add(out, image, &splice, 1);
	(void)contact_of_bytes(&now, plan->relink.path, buf_str(out), &plan->journal->config, NULL,
			       NULL, arena);
	return !now.named && str_eq(now.name, plan->name);
}

/* The new name and the old one as an alias. */
static int put_name(struct buf *out, const struct rename_plan *plan, struct str image,
		    struct kith_error *err)
{
	const struct contact *c = &plan->journal->contacts[plan->who];
	struct field_edit items[2];
	struct field_edits edits = {items, 0, c->path};
	struct arena arena;
	struct buf headed;
	arena_init(&arena);
	buf_init(&headed, 0);
	if (!c->named && put_heading(&headed, plan, image, &arena))
		image = buf_str(&headed);
	else if (!str_eq(c->name, plan->name))
		items[edits.count++] = (struct field_edit){EDIT_SET, STR("name"), plan->name};
	bool known = str_eq(text_key(c->name, &arena), text_key(plan->name, &arena));
	for (size_t i = 0; i < c->aliases.count && !known; i++)
		known = str_eq(text_key(c->aliases.items[i], &arena), text_key(c->name, &arena));
	if (!known)
		items[edits.count++] = (struct field_edit){EDIT_APPEND, STR("aliases"), c->name};
	int rc = field_edits_apply(out, image, &plan->journal->config, &edits, err);
	buf_release(&headed);
	arena_release(&arena);
	return rc;
}

static int edit_renamed(void *context, const struct change_copy *copy, struct str before,
			struct buf *after, bool *gone, struct kith_error *err)
{
	const struct rename_plan *plan = context;
	const struct relink *r = &plan->relink;
	struct buf linked;
	(void)gone;
	if (!str_eq(r->path, r->to_path)) {
		if (before.p)
			return kith_fail(err, KITH_INVALID, "%s is there already", r->to_path.p);
		if (change_copy_read(copy, r->path, &before, err))
			return -1;
	}
	if (!before.p)
		return kith_fail(err, KITH_NOT_FOUND, "%s is not there", r->path.p);
	buf_init(&linked, 0);
	int rc = relink_contact(&linked, r, &plan->journal->config, r->path, before, err) ||
		 put_name(after, plan, buf_str(&linked), err);
	buf_release(&linked);
	return rc ? -1 : 0;
}

/* Of these some end a link, and some are no name's. */
#define UNFIT "/\\[]#^|"

static bool is_unfit(char c)
{
	return str_find_char(STR(UNFIT), c) < strlen(UNFIT);
}

struct str rename_stem(const struct config *config, struct str name, struct arena *arena)
{
	if (!config->file_names_name)
		return text_slug(name, arena);
	struct str line = text_line(name, arena);
	char *stem = arena_copy(arena, line.p, line.n + 1, 1);
	for (size_t i = 0; i < line.n; i++)
		if (is_unfit(stem[i]) || (i == 0 && stem[i] == '.'))
			stem[i] = '-';
	struct str all = text_upto((struct str){stem, line.n}, 200);
	while (all.n > 200)
		all = text_upto(all, text_length(all) - 1);
	return all.n ? all : STR("contact");
}

/* No way out, no hidden file, and one that links can name. */
int rename_chosen_stem(struct str *stem, struct str slug, struct kith_error *err)
{
	*stem = str_ends(slug, STR(".md")) ? str_upto(slug, slug.n - strlen(".md")) : slug;
	bool good = stem->n > 0 && stem->n <= 200 && stem->p[0] != '.' && text_is_line(*stem);
	for (size_t i = 0; i < stem->n && good; i++)
		good = !is_unfit(stem->p[i]);
	return good ? 0
		    : kith_fail(err, KITH_INVALID,
				"\"%.*s\" cannot be the name of a contact's file: it has at most "
				"200 bytes, begins with no dot, and holds none of " UNFIT,
				STR_ARG(text_upto(*stem, 200)));
}

int rename_check_file(const struct journal *journal, uint32_t who, struct arena *arena,
		      struct kith_error *err)
{
	struct str path = journal->contacts[who].path, file;
	if (fs_real(&file, journal->dir, path.p, arena, err))
		return -1;
	if (str_eq(file, path))
		return 0;
	kith_fail(err, KITH_INVALID, "it is a link to %.*s; name that one, or remove the link",
		  STR_ARG(file));
	return kith_fail_at(err, path.p, 0, 0);
}

static int plan_paths(struct rename_plan *plan, struct str slug, bool explicit, struct arena *arena,
		      struct kith_error *err)
{
	const struct contact *c = &plan->journal->contacts[plan->who];
	struct str key = text_case_key(slug, arena);
	for (uint32_t i = 0; i < plan->journal->count; i++)
		if (i != plan->who &&
		    str_eq(text_case_key(plan->journal->contacts[i].slug, arena), key))
			return kith_fail(err, KITH_INVALID,
					 "%s has that file name already; choose another with "
					 "--slug, or unite the two with kith merge",
					 plan->journal->contacts[i].path.p);
	/* A folder that is a person keeps its name, and what it holds its place. */
	bool folder = config_is_readme(c->path);
	if (folder && explicit && !str_eq(slug, c->slug))
		return kith_fail(err, KITH_INVALID,
				 "%s is the person of its folder; rename the folder instead",
				 c->path.p);
	slug = folder ? c->slug : slug;
	struct str path = folder ? c->path
				 : arena_printf(arena, "%.*s%.*s.md", STR_ARG(str_folder(c->path)),
						STR_ARG(slug));
	plan->relink = (struct relink){c->slug, arena_str(arena, slug), c->path, path};
	if (!str_eq(path, c->path) && fs_kind(plan->journal->dir, path.p) != FS_NONE)
		return kith_fail(err, KITH_INVALID, "%s is there already", path.p);
	return 0;
}

int rename_plan(struct rename_plan *plan, const struct journal *journal,
		const struct notes_repo *repo, uint32_t who, struct str name, struct str slug,
		struct arena *arena, struct kith_error *err)
{
	const struct contact *c = &journal->contacts[who];
	struct str stem;
	*plan =
	    (struct rename_plan){.journal = journal, .who = who, .name = text_line(name, arena)};
	if (plan->name.n == 0)
		return kith_fail(err, KITH_INVALID, "a name is missing");
	if (rename_check_file(journal, who, arena, err) ||
	    (slug.p && rename_chosen_stem(&stem, slug, err)))
		return -1;
	if (!slug.p)
		stem = rename_stem(&journal->config, plan->name, arena);
	if (plan_paths(plan, stem, slug.p != NULL, arena, err) ||
	    rewrite_relinked(&plan->rewrite, journal, repo, &plan->relink, edit_renamed, plan,
			     arena, err))
		return -1;
	plan->change = rewrite_change(
	    &plan->rewrite,
	    arena_printf(arena, "Rename %.*s to %.*s", STR_ARG(c->name), STR_ARG(plan->name)),
	    arena_printf(arena, "rename %.*s %.*s", STR_ARG(c->slug),
			 STR_ARG(plan->relink.to_slug)));
	return 0;
}

void rename_release(struct rename_plan *plan)
{
	rewrite_release(&plan->rewrite);
}
