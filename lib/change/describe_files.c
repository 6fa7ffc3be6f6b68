/*
 * A set of changed files as a few phrases and a subject. Few changes are told
 * one by one, and what comes in bulk is told as a number: a subject is for
 * reading at a glance, and its body for those who want all of it.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "change/describe.h"

#define SUBJECT_CHARACTERS 100
#define BODY_LINES         100
#define MOST_RENAMES       4
#define MOST_LINKS         10000
/* More than so many of a group are told as a number. */
#define MOST_OF_GROUP 3

enum group {
	GROUP_NONE,
	GROUP_ADDED,
	GROUP_REMOVED,
	GROUP_REVIEWS,
	GROUP_OTHERS,
	GROUPS,
};

/* In the order in which they are told. */
enum rank { RANK_CONTACT, RANK_REVIEW, RANK_SETTINGS, RANK_OTHER, RANKS };

struct line {
	struct str text;
	size_t file;
	enum group group;
};

struct rename_pair {
	struct str old, new;
};

struct telling {
	const struct describe_file *files;
	size_t count;
	const struct describe_setting *setting;
	struct arena *arena;
	struct line *lines;
	size_t lines_count, cap;
	size_t groups[GROUPS];
	struct rename_pair renames[MOST_RENAMES * 2];
	size_t renames_count;
	bool starts; /* the journal is new */
};

static void tell(struct telling *t, size_t file, enum group group, struct str text)
{
	t->lines = mem_grow(t->lines, t->lines_count, &t->cap, sizeof(*t->lines));
	t->lines[t->lines_count++] = (struct line){text, file, group};
	t->groups[group]++;
}

static void tell_name(struct telling *t, size_t file, enum group group, const char *verb,
		      struct str name)
{
	name = describe_short(name, t->arena);
	tell(t, file, group, arena_printf(t->arena, "%s %.*s", verb, STR_ARG(name)));
}

/* The week of a page of the folder of reviews. */
static bool is_review(const struct telling *t, struct str path, struct iso_week *week)
{
	struct str name = str_base(path), folder = str_folder(path);
	struct str reviews = t->setting->config->reviews;
	bool in = reviews.n && folder.n == reviews.n + 1 && str_starts(folder, reviews);
	return in && str_ends(name, STR(".md")) && week_parse(str_upto(name, name.n - 3), week);
}

static bool is_contact(const struct describe_file *file)
{
	return file->before || file->after;
}

static enum rank file_rank(const struct telling *t, const struct describe_file *file)
{
	struct iso_week week;
	if (is_contact(file))
		return RANK_CONTACT;
	if (is_review(t, file->path, &week))
		return RANK_REVIEW;
	return str_eq(file->path, STR("kith.yaml")) ? RANK_SETTINGS : RANK_OTHER;
}

static bool shares_value(const struct values *a, const struct values *b)
{
	for (size_t i = 0; i < a->count && i < 16; i++)
		for (size_t j = 0; j < b->count && j < 16; j++)
			if (str_ieq(a->items[i].text, b->items[j].text))
				return true;
	return false;
}

static bool shares_entry(const struct contact *a, const struct contact *b)
{
	for (size_t i = 0; i < a->entries_count && i < 16; i++)
		for (size_t j = 0; j < b->entries_count && j < 64; j++)
			if (differences_same_entry(&a->entries[i], &b->entries[j]))
				return true;
	return false;
}

bool describe_same_person(const struct contact *a, const struct contact *b)
{
	if (str_eq(a->image, b->image) || str_eq(a->name, b->name) || str_eq(a->slug, b->slug))
		return true;
	for (size_t i = 0; i < b->aliases.count && i < 64; i++)
		if (str_eq(b->aliases.items[i], a->name))
			return true;
	return shares_value(&a->email, &b->email) || shares_value(&a->phone, &b->phone) ||
	       shares_entry(a, b);
}

static bool is_renamed(const struct describe_file *file)
{
	return file->old_path.p && file->before && file->after &&
	       describe_same_person(file->before, file->after);
}

static void note_renames(struct telling *t)
{
	size_t people = 0;
	for (size_t i = 0; i < t->count; i++) {
		const struct describe_file *f = &t->files[i];
		if (!is_renamed(f))
			continue;
		if (++people > MOST_RENAMES)
			break;
		t->renames[t->renames_count++] =
		    (struct rename_pair){f->before->slug, f->after->slug};
		t->renames[t->renames_count++] =
		    (struct rename_pair){f->before->name, f->after->name};
	}
	if (people > MOST_RENAMES)
		t->renames_count = 0;
}

/* Where the bytes before and after part ways: steps over one that is the other's new name. */
static bool step_over(const struct telling *t, struct str before, struct str after, size_t *i,
		      size_t *j)
{
	for (size_t r = 0; r < t->renames_count; r++) {
		struct rename_pair pair = t->renames[r];
		for (size_t back = 0; back <= *i && back <= *j && back < 256; back++) {
			size_t was = *i - back, is = *j - back;
			if (was + pair.old.n < *i || is + pair.new.n < *j || !pair.old.n)
				break;
			bool here = str_starts(str_from(before, was), pair.old) &&
				    str_starts(str_from(after, is), pair.new) &&
				    (was + pair.old.n > *i || is + pair.new.n > *j);
			if (!here)
				continue;
			*i = was + pair.old.n;
			*j = is + pair.new.n;
			return true;
		}
	}
	return false;
}

/* Whether a file differs by nothing but the names of those who were renamed. */
static bool is_relinked(const struct telling *t, struct str before, struct str after)
{
	size_t i = 0, j = 0, steps = 0;
	if (!t->renames_count)
		return false;
	while (i < before.n || j < after.n) {
		if (i < before.n && j < after.n && before.p[i] == after.p[j]) {
			i++;
			j++;
		} else if (steps++ == MOST_LINKS || !step_over(t, before, after, &i, &j)) {
			return false;
		}
	}
	return true;
}

/* A file that has moved: of somebody whose name is the file's, to another folder, or alone. */
static void tell_moved(struct telling *t, size_t i)
{
	const struct describe_file *f = &t->files[i];
	struct str name = describe_short(f->after->name, t->arena);
	bool unnamed = f->before->name.p == f->before->slug.p;
	if (unnamed && !str_eq(f->before->name, f->after->name))
		tell(t, i, GROUP_NONE,
		     arena_printf(t->arena, "Rename %.*s to %.*s",
				  STR_ARG(describe_short(f->before->name, t->arena)),
				  STR_ARG(name)));
	else if (str_eq(f->before->name, f->after->name))
		tell(t, i, GROUP_NONE,
		     arena_printf(t->arena, "Move the file of %.*s to %.*s", STR_ARG(name),
				  STR_ARG(describe_short(f->path, t->arena))));
}

static void tell_contact(struct telling *t, size_t i)
{
	const struct describe_file *f = &t->files[i];
	bool both = f->before && f->after, moved = is_renamed(f);
	struct strs phrases;
	if (!both || (f->old_path.p && !moved)) {
		if (f->before)
			tell_name(t, i, GROUP_REMOVED, "Remove", f->before->name);
		if (f->after)
			tell_name(t, i, GROUP_ADDED, "Add", f->after->name);
		return;
	}
	if (moved)
		tell_moved(t, i);
	else if (is_relinked(t, f->before->image, f->after->image))
		return;
	describe_contact(&phrases, f->before, f->after, t->setting, t->arena);
	for (size_t p = 0; p < phrases.count; p++)
		tell(t, i, GROUP_NONE, phrases.items[p]);
}

static void tell_review(struct telling *t, size_t i)
{
	const struct describe_file *f = &t->files[i];
	const char *verb = !f->is ? "Remove" : !f->was || t->setting->reviewed ? "Write" : "Edit";
	struct iso_week week = {0};
	/* Its links and ids follow a rename. */
	if (t->renames_count && f->was && f->is)
		return;
	(void)is_review(t, f->path, &week);
	tell(t, i, GROUP_REVIEWS,
	     arena_printf(t->arena, "%s the review of week %d, %d", verb, week.week, week.year));
}

static void tell_other(struct telling *t, size_t i)
{
	const struct describe_file *f = &t->files[i];
	const char *verb = f->old_path.p ? "Move" : !f->was ? "Add" : f->is ? "Change" : "Remove";
	bool template = str_starts(f->path, STR("templates/"));
	struct str path = template ? str_from(f->path, sizeof("templates/") - 1) : f->path;
	path = describe_short(path, t->arena);
	/* What a new journal begins with is no news beside it. */
	if (t->starts && f->path.n && (template || f->path.p[0] == '.'))
		return;
	tell(t, i, GROUP_OTHERS,
	     arena_printf(t->arena, "%s %s%.*s", verb, template ? "the template " : "",
			  STR_ARG(path)));
}

static void tell_file(struct telling *t, size_t i, enum rank rank)
{
	const struct describe_file *f = &t->files[i];
	switch (rank) {
	case RANK_CONTACT:
		tell_contact(t, i);
		return;
	case RANK_REVIEW:
		tell_review(t, i);
		return;
	case RANK_SETTINGS:
		tell(t, i, GROUP_NONE,
		     !f->was ? STR("Start the journal")
		     : f->is ? STR("Change the settings")
			     : STR("Remove the settings"));
		return;
	case RANK_OTHER:
	case RANKS:
		break;
	}
	tell_other(t, i);
}

/* `Change 12 other files`: one verb where it is the same for all. */
static struct str others_phrase(const struct telling *t, size_t count)
{
	size_t came = 0, went = 0;
	for (size_t i = 0; i < t->lines_count; i++) {
		if (t->lines[i].group != GROUP_OTHERS)
			continue;
		came += !t->files[t->lines[i].file].was;
		went += !t->files[t->lines[i].file].is;
	}
	const char *verb = came == count ? "Add" : went == count ? "Remove" : "Change";
	return arena_printf(t->arena, "%s %zu other files", verb, count);
}

static struct str group_phrase(const struct telling *t, enum group group)
{
	size_t count = t->groups[group];
	switch (group) {
	case GROUP_ADDED:
		return arena_printf(t->arena, "Add %zu people", count);
	case GROUP_REMOVED:
		return arena_printf(t->arena, "Remove %zu people", count);
	case GROUP_REVIEWS:
		return arena_printf(t->arena, "Change %zu reviews", count);
	case GROUP_OTHERS:
	case GROUP_NONE:
	case GROUPS:
		break;
	}
	return others_phrase(t, count);
}

/* The lines with each large group as one phrase, where its first line stands. */
static void fold_groups(struct description *out, const struct telling *t)
{
	bool told[GROUPS] = {false};
	out->phrases = ARENA_ARRAY(t->arena, struct describe_phrase, t->lines_count);
	out->count = 0;
	for (size_t i = 0; i < t->lines_count; i++) {
		const struct line *line = &t->lines[i];
		bool folded = line->group != GROUP_NONE && t->groups[line->group] > MOST_OF_GROUP;
		if (folded && told[line->group])
			continue;
		told[line->group] = folded;
		out->phrases[out->count++] = (struct describe_phrase){
		    folded ? group_phrase(t, line->group) : line->text, line->file};
	}
}

static struct str make_subject(const struct description *d, struct arena *arena, bool *whole)
{
	const size_t more = sizeof("; and 1000 more");
	struct buf b;
	size_t length = 0, i = 0;
	buf_init(&b, 0);
	for (; i < d->count; i++) {
		struct str text = d->phrases[i].text;
		size_t wanted = length + 2 + text_length(text);
		if (i > 0 && wanted + (i + 1 < d->count ? more : 0) > SUBJECT_CHARACTERS)
			break;
		buf_addz(&b, i ? "; " : "");
		buf_add(&b, text);
		length = wanted;
	}
	*whole = i == d->count;
	if (!*whole)
		buf_printf(&b, "; and %zu more", d->count - i);
	return arena_take(arena, &b);
}

static struct str make_body(const struct telling *t)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < t->lines_count && i < BODY_LINES; i++) {
		buf_addz(&b, i ? "\n- " : "- ");
		buf_add(&b, t->lines[i].text);
	}
	if (t->lines_count > BODY_LINES)
		buf_printf(&b, "\n- and %zu more", t->lines_count - BODY_LINES);
	return arena_take(t->arena, &b);
}

void describe_files(struct description *out, const struct describe_file *files, size_t count,
		    const struct describe_setting *setting, struct arena *arena)
{
	struct telling t = {.files = files, .count = count, .setting = setting, .arena = arena};
	bool whole = true;
	note_renames(&t);
	for (size_t i = 0; i < count; i++)
		t.starts = t.starts || (file_rank(&t, &files[i]) == RANK_SETTINGS && !files[i].was);
	for (size_t i = 0; i < count && t.starts; i++)
		if (file_rank(&t, &files[i]) == RANK_SETTINGS)
			tell_file(&t, i, RANK_SETTINGS);
	for (enum rank rank = RANK_CONTACT; rank < RANKS; rank++)
		for (size_t i = 0; i < count; i++)
			if (file_rank(&t, &files[i]) == rank &&
			    !(t.starts && rank == RANK_SETTINGS))
				tell_file(&t, i, rank);
	fold_groups(out, &t);
	out->subject = make_subject(out, arena, &whole);
	out->body = whole && out->count == t.lines_count ? STR("") : make_body(&t);
	free(t.lines);
}
