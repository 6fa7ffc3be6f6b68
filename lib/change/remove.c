#include "change/remove.h"

#include <stdint.h>

#include "change/relink.h"
#include "change/rename.h"
#include "change/rewrite.h"
#include "people/link.h"

static bool begins_item(struct str line)
{
	line = str_ltrim_blanks(line);
	return line.n > 1 && (line.p[0] == '-' || line.p[0] == '*' || line.p[0] == '+') &&
	       str_is_blank_char(line.p[1]);
}

/*
 * How many links of a line lead to the person, and how many elsewhere. The
 * line is added to out with `someone` for each of the first.
 */
static size_t take_links_out(struct buf *out, struct str line, const struct relink *person,
			     struct str path, size_t *elsewhere)
{
	struct buf b;
	size_t to = 0, plain = 0; /* from where on no link was */
	buf_init(&b, 0);
	*elsewhere = 0;
	for (size_t i = 0, used, close = 0; i < line.n; i += used) {
		struct link link;
		used = 1;
		if (!link_at(line, i, &close, &link, &used))
			continue;
		struct str text = str_slice(line, i, i + used);
		buf_clear(&b);
		bool theirs = relink_file(&b, person, path, text);
		to += theirs;
		*elsewhere += !theirs;
		buf_add(out, str_slice(line, plain, i));
		buf_add(out, theirs ? STR("someone") : text);
		plain = i + used;
	}
	buf_add(out, str_from(line, plain));
	buf_release(&b);
	return to;
}

/* Away to any other place: what changes then is a link to them. */
static struct relink relink_away(struct str path)
{
	return (struct relink){contact_slug(path), STR("-"), path, STR("-")};
}

/*
 * A review page without the person whose file stands at that path: items whose
 * first line links to them and to nobody else go, with all that is nested in
 * them; other links to them become `someone`. Whether anything changed.
 */
static bool without_person(struct buf *out, const void *person, struct str path, struct str image)
{
	const struct relink away = relink_away(*(const struct str *)person);
	struct str rest = image, line;
	size_t deeper = SIZE_MAX; /* lines indented by more than that go */
	bool changed = false;
	while (rest.n) {
		const char *from = rest.p;
		(void)str_next_line(&rest, &line);
		struct str whole = {from, (size_t)((rest.n ? rest.p : image.p + image.n) - from)};
		size_t elsewhere, depth = str_blanks(line), start = out->n;
		if (deeper != SIZE_MAX && line.n > depth && depth > deeper)
			continue;
		if (line.n > depth)
			deeper = SIZE_MAX;
		size_t to = take_links_out(out, whole, &away, path, &elsewhere);
		changed = changed || to;
		if (to && !elsewhere && begins_item(line)) {
			deeper = depth;
			buf_cut(out, start);
		}
	}
	return changed;
}

/* By name, or without brackets: what the journal has resolved. */
static bool names_person(const struct contact *c, uint32_t who)
{
	const struct relations *lists[] = {&c->introduced_by, &c->knows, &c->links};
	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		for (size_t i = 0; i < lists[l]->count; i++)
			if (lists[l]->items[i].who == who)
				return true;
	for (size_t i = 0; i < c->company_count; i++) {
		const struct entry *entry = &c->entries[c->company[i]];
		for (uint32_t k = 0; k < entry->with_count; k++)
			if (entry->with[k] == who)
				return true;
	}
	return false;
}

static bool links_to(const struct contact *c, const struct remove_plan *plan)
{
	const struct relink away = relink_away(plan->journal->contacts[plan->who].path);
	struct str rest = c->unread ? STR("") : c->image, line;
	struct buf ignored;
	size_t to = 0, elsewhere;
	buf_init(&ignored, 0);
	while (to == 0 && str_next_line(&rest, &line)) {
		buf_clear(&ignored);
		to = take_links_out(&ignored, line, &away, c->path, &elsewhere);
	}
	buf_release(&ignored);
	return to || names_person(c, plan->who);
}

static void find_links(struct remove_plan *plan, struct arena *arena)
{
	const struct journal *journal = plan->journal;
	plan->linked_from = ARENA_ARRAY(arena, uint32_t, journal->count);
	for (uint32_t i = 0; i < journal->count; i++)
		if (i != plan->who && links_to(&journal->contacts[i], plan))
			plan->linked_from[plan->linked_count++] = i;
}

/* Only what was read, and asked about, goes. context: struct remove_plan. */
static int take_person_away(void *context, const struct change_copy *copy, struct str before,
			    struct buf *after, bool *gone, struct kith_error *err)
{
	const struct remove_plan *plan = context;
	if (change_copy_is_file(copy) && !str_eq(before, plan->journal->contacts[plan->who].image))
		return kith_fail(err, KITH_CHANGED, "was changed by somebody else meanwhile");
	return change_take_away(NULL, copy, before, after, gone, err);
}

int remove_plan(struct remove_plan *plan, const struct journal *journal, uint32_t who,
		struct arena *arena, struct kith_error *err)
{
	const struct contact *c = &journal->contacts[who];
	struct rewrite files;
	*plan = (struct remove_plan){.journal = journal, .who = who};
	if (rename_check_file(journal, who, arena, err) ||
	    rewrite_init(&files, journal, 1, arena, err) ||
	    rewrite_pages(&files, without_person, &c->path, err))
		return -1;
	rewrite_add(&files, c->path, take_person_away, plan);
	files.files[files.count - 1].takes = true;
	find_links(plan, arena);
	plan->reviews = files.reviews;
	plan->change = rewrite_change(&files, arena_printf(arena, "Remove %.*s", STR_ARG(c->name)),
				      arena_printf(arena, "remove %.*s", STR_ARG(c->slug)));
	return 0;
}
