#include "change/add.h"

#include "base/fs.h"
#include "base/text.h"
#include "change/rename.h"
#include "change/templates.h"
#include "note/edit.h"
#include "note/scalar.h"
#include "report/json.h"

#define TEMPLATE "contact.md"
/* Of one name; then somebody chooses. */
#define MOST_NUMBERS 1000

static struct str path_of_stem(const struct journal *journal, struct str stem, struct arena *arena)
{
	struct strs people = journal->config.people;
	struct str folder = people.count ? people.items[0] : STR("people");
	if (str_eq(folder, STR(".")))
		return arena_printf(arena, "%.*s.md", STR_ARG(stem));
	return arena_printf(arena, "%.*s/%.*s.md", STR_ARG(folder), STR_ARG(stem));
}

/* The contact's path that stands in the way; p == NULL for none. *who: NULL where it is none. */
static struct str taken_by(const struct journal *journal, struct str stem,
			   const struct contact **who, struct arena *arena)
{
	struct str path = path_of_stem(journal, stem, arena), taken = STR_NONE;
	struct str key = text_case_key(stem, arena);
	*who = NULL;
	for (uint32_t i = 0; i < journal->count && !taken.p; i++) {
		struct arena_mark mark = arena_mark(arena);
		if (str_eq(text_case_key(journal->contacts[i].slug, arena), key))
			taken = (*who = &journal->contacts[i])->path;
		arena_rewind(arena, mark);
	}
	if (!taken.p && fs_kind(journal->dir, path.p) != FS_NONE)
		taken = path;
	return taken;
}

/*
 * Whether a file that has the slug is certainly another person's: the name in
 * it makes another one, or no name does.
 */
static bool is_another(const struct journal *journal, const struct contact *who, struct str stem,
		       struct arena *arena)
{
	if (!who || who->unread)
		return false;
	return str_eq(stem, text_slug(STR(""), arena)) ||
	       !str_eq(text_case_key(rename_stem(&journal->config, who->name, arena), arena),
		       text_case_key(stem, arena));
}

int add_place(struct str *stem, const struct journal *journal, struct str name, struct str slug,
	      bool number, struct arena *arena, struct kith_error *err)
{
	struct str base;
	if (slug.p && rename_chosen_stem(&base, slug, err) < 0)
		return -1;
	if (!slug.p)
		base = rename_stem(&journal->config, name, arena);
	const struct contact *who;
	struct str taken = taken_by(journal, base, &who, arena);
	number = !slug.p && (number || is_another(journal, who, base, arena));
	*stem = base;
	for (size_t n = 2; taken.p && number && n < MOST_NUMBERS; n++) {
		*stem = arena_printf(arena, "%.*s-%zu", STR_ARG(base), n);
		taken = taken_by(journal, *stem, &who, arena);
	}
	if (!taken.p)
		return 0;
	return kith_fail(err, KITH_AMBIGUOUS,
			 "%.*s is there already; if this is another person: %s--slug with another "
			 "file name",
			 STR_ARG(taken), slug.p || number ? "" : "--force, or ");
}

static int render_contact(struct buf *out, const struct journal *journal,
			  const struct add_person *person, struct kith_error *err)
{
	struct buf yaml;
	json_t *model = json_of_object();
	buf_init(&yaml, 0);
	buf_init(out, journal->config.max_file);
	scalar_write(&yaml, person->name, YAML_PLAIN, false);
	json_put(model, "name", json_of_line(person->name));
	json_put(model, "yaml", json_of_text(buf_str(&yaml)));
	json_put(model, "slug", json_of_line(person->stem));
	json_put(model, "today", json_of_day(person->today));
	int rc = templates_render(out, journal->dir, TEMPLATE, NULL, model, err);
	json_decref(model);
	buf_release(&yaml);
	return rc;
}

/* Replaces bytes by what the edits make of them. */
static int apply_edits_to(struct buf *bytes, const struct config *config,
			  const struct field_edits *edits, struct kith_error *err)
{
	struct buf after;
	if (edits->count == 0)
		return 0;
	buf_init(&after, config->max_file);
	int rc = field_edits_apply(&after, buf_str(bytes), config, edits, err);
	if (rc == 0) {
		buf_clear(bytes);
		buf_add(bytes, buf_str(&after));
	}
	buf_release(&after);
	return rc;
}

/* What `only` asks of a note that it be a person. */
static struct field_edits wanted(const struct config *config, struct arena *arena)
{
	struct field_edits edits = {ARENA_ARRAY(arena, struct field_edit, config->only_count), 0,
				    STR_NONE};
	for (size_t i = 0; i < config->only_count; i++) {
		struct config_pair pair = config->only[i];
		bool tag = str_ieq(pair.key, STR("tag")) || str_ieq(pair.key, STR("tags"));
		/* Of several values the first. */
		if (i && str_eq(pair.key, config->only[i - 1].key))
			continue;
		edits.items[edits.count++] = (struct field_edit){
		    tag ? EDIT_APPEND : EDIT_SET, tag ? STR("tags") : pair.key, pair.value};
	}
	return edits;
}

/* The first error, as a refusal; a template of the journal's own may have brought it. */
static int check_added(const struct added *added, const struct diag *diag, struct str name,
		       struct kith_error *err)
{
	const char *hint = "see templates/" TEMPLATE " where the journal has one";
	for (size_t i = 0; i < diag->count; i++)
		if (diag->items[i].severity == SEVERITY_ERROR)
			return kith_fail(
			    err, KITH_FAILED, "line %d of the new file would be wrong: %.*s; %s",
			    diag->items[i].line, STR_ARG(diag->items[i].message), hint);
	if (added->contact.unread || !str_eq(added->contact.name, name))
		return kith_fail(err, KITH_FAILED,
				 "the new file would not read as %.*s, but as %.*s; %s",
				 STR_ARG(name), STR_ARG(added->contact.name), hint);
	return 0;
}

int add_make(struct added *out, const struct journal *journal, const struct add_person *person,
	     struct arena *arena, struct kith_error *err)
{
	const struct config *config = &journal->config;
	const struct field_edits more = wanted(config, arena), *rounds[] = {person->edits, &more};
	bool passed_over = true;
	struct diag diag;
	struct buf bytes;
	*out = (struct added){.path = path_of_stem(journal, person->stem, arena),
			      .slug = person->stem};
	diag_init(&diag, arena);
	int rc = render_contact(&bytes, journal, person, err);
	for (size_t i = 0; i < ARRAY_LEN(rounds) && rc == 0 && passed_over; i++) {
		diag_release(&diag);
		diag_init(&diag, arena);
		rc = apply_edits_to(&bytes, config, rounds[i], err);
		out->bytes = arena_str(arena, buf_str(&bytes));
		passed_over = contact_of_bytes(&out->contact, out->path, out->bytes, config, NULL,
					       &diag, arena) == CONTACT_PASSED_OVER;
	}
	if (rc == 0 && passed_over)
		rc = kith_fail(err, KITH_FAILED,
			       "the new file would be passed over as no person: see `only` in "
			       "kith.yaml and templates/" TEMPLATE);
	if (rc == 0)
		rc = check_added(out, &diag, person->name, err);
	diag_release(&diag);
	buf_release(&bytes);
	return rc;
}

int add_edit(void *context, const struct change_copy *copy, struct str before, struct buf *after,
	     bool *gone, struct kith_error *err)
{
	const struct added *added = context;
	(void)copy;
	(void)gone;
	if (before.p && !str_eq(before, added->bytes)) {
		kith_fail(err, KITH_FAILED, "it is there already");
		return kith_fail_at(err, added->path.p, 0, 0);
	}
	buf_add(after, added->bytes);
	return 0;
}

size_t add_words_before_fields(const char *const *words, size_t count)
{
	size_t n = 0;
	while (n < count && !field_edits_begins(str_of(words[n])))
		n++;
	return n;
}
