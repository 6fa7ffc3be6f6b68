#include "insight/ties.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/search.h"
#include "insight/meetings.h"
#include "note/hrefs.h"

static void put_tie(struct ties *ties, uint32_t one, uint32_t other, struct tie tie)
{
	if (one == other || other == NO_CONTACT)
		return;
	bool turned = one > other;
	tie.a = turned ? other : one;
	tie.b = turned ? one : other;
	if (turned) {
		bool introduced = tie.a_introduced_b;
		tie.a_introduced_b = tie.b_introduced_a;
		tie.b_introduced_a = introduced;
	}
	ties->items = mem_grow(ties->items, ties->count, &ties->cap, sizeof(*ties->items));
	ties->items[ties->count++] = tie;
}

/* Whom a link leads to; NO_CONTACT for nobody. */
static uint32_t linked_person(const struct journal *journal, const struct href *href)
{
	uint32_t who;
	struct str target = href->target;
	if (href->kind == HREF_MARKDOWN && str_ends(target, STR(".md")))
		target.n -= 3;
	bool known = target.n && journal_by_link(journal, target, &who) == JOURNAL_FOUND;
	return known ? who : NO_CONTACT;
}

static bool leads_to_somebody(void *context, const struct href *href)
{
	return linked_person(context, href) != NO_CONTACT;
}

/* Links as Markdown has them: nothing in code or a comment is one. */
static void put_links(struct ties *ties, struct journal *journal, uint32_t who, struct arena *arena)
{
	struct hrefs hrefs;
	struct arena_mark mark = arena_mark(arena);
	hrefs_find(&hrefs, journal->contacts[who].image, leads_to_somebody, journal, arena);
	for (size_t i = 0; i < hrefs.count; i++)
		put_tie(ties, who, linked_person(journal, &hrefs.items[i]),
			(struct tie){.links = true, .last = NO_DAY});
	free(hrefs.items);
	arena_rewind(arena, mark);
}

static void put_front(struct ties *ties, const struct contact *c, uint32_t who)
{
	for (size_t i = 0; i < c->introduced_by.count; i++)
		put_tie(ties, who, c->introduced_by.items[i].who,
			(struct tie){.b_introduced_a = true, .last = NO_DAY});
	for (size_t i = 0; i < c->knows.count; i++)
		put_tie(ties, who, c->knows.items[i].who,
			(struct tie){.knows = true, .last = NO_DAY});
}

static void put_talks(struct ties *ties, const struct journal *journal, civil_day today)
{
	struct meetings all;
	struct arena arena;
	arena_init(&arena);
	meetings_between(&all, journal, DAY_MIN, today);
	for (size_t m = 0; m < all.count; m++) {
		size_t count;
		struct arena_mark mark = arena_mark(&arena);
		if (!entry_counts(all.items[m].entry))
			continue;
		const uint32_t *who = meeting_people(&count, &all.items[m], journal, &arena);
		for (size_t i = 0; i < count; i++)
			for (size_t j = i + 1; j < count; j++)
				put_tie(ties, who[i], who[j],
					(struct tie){.talks = 1, .last = all.items[m].day});
		arena_rewind(&arena, mark);
	}
	meetings_release(&all);
	arena_release(&arena);
}

static int compare_ties(const void *a, const void *b)
{
	const struct tie *x = a, *y = b;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

/* All that ties the same two becomes one. */
static void join_ties(struct ties *ties)
{
	size_t kept = 0;
	if (ties->count)
		qsort(ties->items, ties->count, sizeof(*ties->items), compare_ties);
	for (size_t i = 0; i < ties->count; i++) {
		struct tie *to = kept ? &ties->items[kept - 1] : NULL;
		const struct tie *from = &ties->items[i];
		if (!to || to->a != from->a || to->b != from->b) {
			ties->items[kept++] = *from;
			continue;
		}
		to->a_introduced_b |= from->a_introduced_b;
		to->b_introduced_a |= from->b_introduced_a;
		to->knows |= from->knows;
		to->links |= from->links;
		to->talks += from->talks;
		to->last = from->last > to->last ? from->last : to->last;
	}
	ties->count = kept;
}

void ties_make(struct ties *out, struct journal *journal, civil_day today)
{
	struct arena arena;
	*out = (struct ties){0};
	arena_init(&arena);
	for (uint32_t i = 0; i < journal->count; i++) {
		put_front(out, &journal->contacts[i], i);
		put_links(out, journal, i, &arena);
	}
	put_talks(out, journal, today);
	join_ties(out);
	arena_release(&arena);
}

void ties_release(struct ties *ties)
{
	free(ties->items);
	*ties = (struct ties){0};
}

const struct tie *ties_between(const struct ties *ties, uint32_t one, uint32_t other)
{
	struct tie wanted = {.a = one < other ? one : other, .b = one < other ? other : one};
	size_t at;
	LOWER_BOUND(at, ties->count, compare_ties(&ties->items[at], &wanted) < 0);
	return at < ties->count && compare_ties(&ties->items[at], &wanted) == 0 ? &ties->items[at]
										: NULL;
}

/* Whom each person is tied to, one after the other: those of `who` begin at first[who]. */
struct neighbours {
	size_t *first;
	uint32_t *who;
};

static void find_neighbours(struct neighbours *n, const struct ties *ties, size_t people,
			    struct arena *arena)
{
	n->first = ARENA_ARRAY(arena, size_t, people + 2);
	n->who = ARENA_ARRAY(arena, uint32_t, ties->count * 2 + 1);
	for (size_t i = 0; i < ties->count; i++) {
		n->first[ties->items[i].a + 2]++;
		n->first[ties->items[i].b + 2]++;
	}
	for (size_t i = 2; i < people + 2; i++)
		n->first[i] += n->first[i - 1];
	for (size_t i = 0; i < ties->count; i++) {
		n->who[n->first[ties->items[i].a + 1]++] = ties->items[i].b;
		n->who[n->first[ties->items[i].b + 1]++] = ties->items[i].a;
	}
}

uint32_t *ties_path(size_t *count, const struct ties *ties, size_t people, uint32_t from,
		    uint32_t to, struct arena *arena)
{
	struct neighbours n;
	uint32_t *before = ARENA_ARRAY(arena, uint32_t, people);
	uint32_t *queue = ARENA_ARRAY(arena, uint32_t, people);
	size_t done = 0, waiting = 1, steps = 1;
	find_neighbours(&n, ties, people, arena);
	for (size_t i = 0; i < people; i++)
		before[i] = NO_CONTACT;
	before[from] = from;
	queue[0] = from;
	while (done < waiting && before[to] == NO_CONTACT) {
		uint32_t who = queue[done++];
		for (size_t i = n.first[who]; i < n.first[who + 1]; i++)
			if (before[n.who[i]] == NO_CONTACT) {
				before[n.who[i]] = who;
				queue[waiting++] = n.who[i];
			}
	}
	*count = 0;
	if (before[to] == NO_CONTACT)
		return NULL;
	for (uint32_t who = to; who != from; who = before[who])
		steps++;
	uint32_t *path = ARENA_ARRAY(arena, uint32_t, steps);
	*count = steps;
	for (uint32_t who = to; steps > 0; who = before[who])
		path[--steps] = who;
	return path;
}
