#include "change/remove.h"

#include <stdint.h>

#include "change/relink.h"
#include "change/rename.h"
#include "change/rewrite.h"
#include "people/link.h"

static size_t depth_of_line(struct str line)
{
	return line.n - str_ltrim_blanks(line).n;
}

static bool begins_item(struct str line)
{
	line = str_ltrim_blanks(line);
	return line.n > 1 && (line.p[0] == '-' || line.p[0] == '*' || line.p[0] == '+') &&
	       str_is_blank_char(line.p[1]);
}

/* How many links of a line lead to the person, and how many elsewhere. */
static void count_links(struct str line, const struct relink *person, struct str path, size_t *to,
			size_t *elsewhere)
{
	struct buf b;
	buf_init(&b, 0);
	*to = *elsewhere = 0;
	for (size_t i = 0, used, close = 0; i < line.n; i += used) {
		struct link link;
		used = 1;
		if (!link_at(line, i, &close, &link, &used))
			continue;
		buf_clear(&b);
		bool theirs = relink_file(&b, person, path, str_slice(line, i, i + used));
		*to += theirs;
		*elsewhere += !theirs;
	}
	buf_release(&b);
}

/* Adds a line with `someone` for each link to the person. */
static void add_without(struct buf *out, struct str line, const struct relink *person,
			struct str path)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0, used, close = 0; i < line.n; i += used) {
		struct link link;
		used = 1;
		bool is_link = link_at(line, i, &close, &link, &used);
		buf_clear(&b);
		if (is_link && relink_file(&b, person, path, str_slice(line, i, i + used)))
			buf_addz(out, "someone");
		else
			buf_add(out, str_slice(line, i, i + used));
	}
	buf_release(&b);
}

/* Away to any other place: what changes then is a link to them. */
static struct relink relink_away(struct str path)
{
	struct str name = str_base(path);
	return (struct relink){str_upto(name, name.n - strlen(".md")), STR("-"), path, STR("-")};
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
		size_t to, elsewhere, depth = depth_of_line(line);
		if (deeper != SIZE_MAX && line.n > depth && depth > deeper)
			continue;
		if (line.n > depth)
			deeper = SIZE_MAX;
		count_links(line, &away, path, &to, &elsewhere);
		if (to && !elsewhere && begins_item(line)) {
			deeper = depth;
			changed = true;
			continue;
		}
		if (to)
			add_without(out, whole, &away, path);
		else
			buf_add(out, whole);
		changed = changed || to > 0;
	}
	return changed;
}

/* By name, or without brackets: what the journal has resolved. */
static size_t count_named(const struct contact *c, uint32_t who)
{
	const struct relations *lists[] = {&c->introduced_by, &c->knows, &c->links};
	size_t count = 0;
	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		for (size_t i = 0; i < lists[l]->count; i++)
			count += lists[l]->items[i].who == who;
	for (size_t i = 0; i < c->company_count; i++) {
		const struct entry *entry = &c->entries[c->company[i]];
		for (uint32_t k = 0; k < entry->with_count; k++)
			count += entry->with[k] == who;
	}
	return count;
}

static void find_links(struct remove_plan *plan, struct arena *arena)
{
	const struct journal *journal = plan->journal;
	const struct relink away = relink_away(journal->contacts[plan->who].path);
	plan->links = ARENA_ARRAY(arena, struct remove_link, journal->count);
	for (uint32_t i = 0; i < journal->count; i++) {
		const struct contact *c = &journal->contacts[i];
		size_t links = 0, elsewhere;
		struct str rest = c->image, line;
		while (i != plan->who && !c->unread && str_next_line(&rest, &line)) {
			size_t to;
			count_links(line, &away, c->path, &to, &elsewhere);
			links += to;
		}
		if (links == 0 && i != plan->who)
			links = count_named(c, plan->who);
		if (links)
			plan->links[plan->links_count++] = (struct remove_link){i, links};
	}
}

int remove_plan(struct remove_plan *plan, const struct journal *journal, uint32_t who,
		struct arena *arena, struct kith_error *err)
{
	const struct contact *c = &journal->contacts[who];
	struct rewrite files;
	*plan = (struct remove_plan){.journal = journal, .who = who};
	if (rename_check_file(journal, who, arena, err) ||
	    rewrite_init(&files, journal, 1, arena, err) ||
	    rewrite_pages(&plan->reviews, &files, without_person, &c->path, err))
		return -1;
	rewrite_add(&files, c->path, change_take_away, NULL);
	find_links(plan, arena);
	plan->change.files = files.files;
	plan->change.count = files.count;
	plan->change.subject = arena_printf(arena, "Remove %.*s", STR_ARG(c->name));
	plan->change.body = STR("");
	plan->change.trailer = arena_printf(arena, "remove %.*s", STR_ARG(c->slug));
	return 0;
}
