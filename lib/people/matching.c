#include "people/matching.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/hash.h"

/* So many of a gap's items are compared with each one that may stand for them. */
#define LOOK_AHEAD 8

static void pair_up(struct matching_list *before, size_t was, struct matching_list *after,
		    size_t is, bool equal)
{
	before->items[was].other = is;
	before->items[was].equal = equal;
	after->items[is].other = was;
	after->items[is].equal = equal;
}

/* What lists begin and end with alike, which is nearly all of them. */
static void join_ends(struct matching_list *before, struct matching_list *after)
{
	size_t least = before->count < after->count ? before->count : after->count, from = 0;
	while (from < least && str_eq(before->items[from].whole, after->items[from].whole)) {
		pair_up(before, from, after, from, true);
		from++;
	}
	for (size_t i = 1; i <= least - from; i++) {
		size_t was = before->count - i, is = after->count - i;
		if (!str_eq(before->items[was].whole, after->items[is].whole))
			break;
		pair_up(before, was, after, is, true);
	}
}

struct sorted {
	struct str key;
	uint64_t hash;
	size_t place;
};

static int compare_keys(const struct sorted *a, const struct sorted *b)
{
	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return str_cmp(a->key, b->key);
}

static int compare_sorted(const void *x, const void *y)
{
	const struct sorted *a = x, *b = y;
	int order = compare_keys(a, b);
	return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* The items without a pair, by a key: the whole (which < 0), or one of the keys. */
static struct sorted *sort_rest(const struct matching_list *list, int which, size_t *count,
				struct arena *scratch)
{
	struct sorted *sorted = arena_alloc(scratch, (list->count + 1) * sizeof(*sorted));
	*count = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct matching_item *item = &list->items[i];
		struct str key = which < 0 ? item->whole : item->keys[which];
		if (item->other == MATCHING_NONE && key.n)
			sorted[(*count)++] = (struct sorted){key, hash_fnv1a(key), i};
	}
	if (*count > 1)
		qsort(sorted, *count, sizeof(*sorted), compare_sorted);
	return sorted;
}

static void join_by(struct matching_list *before, struct matching_list *after, int which,
		    struct arena *scratch)
{
	struct arena_mark mark = arena_mark(scratch);
	size_t left_count, right_count, i = 0, j = 0;
	struct sorted *left = sort_rest(before, which, &left_count, scratch);
	struct sorted *right = sort_rest(after, which, &right_count, scratch);
	while (i < left_count && j < right_count) {
		int order = compare_keys(&left[i], &right[j]);
		if (order == 0)
			pair_up(before, left[i].place, after, right[j].place, which < 0);
		i += order <= 0;
		j += order >= 0;
	}
	arena_rewind(scratch, mark);
}

/* Whether at least half of the longer one is the other's beginning and end. */
static bool is_alike(struct str a, struct str b)
{
	size_t least = a.n < b.n ? a.n : b.n, most = a.n < b.n ? b.n : a.n, from = 0, to = 0;
	while (from < least && a.p[from] == b.p[from])
		from++;
	while (to < least - from && a.p[a.n - 1 - to] == b.p[b.n - 1 - to])
		to++;
	return most > 0 && (from + to) * 2 >= most;
}

/* Pairs what follows the same equal item on both sides; gaps[i]: where the walk of gap i is. */
static void join_gaps(struct matching_list *before, struct matching_list *after,
		      struct arena *scratch)
{
	struct arena_mark mark = arena_mark(scratch);
	size_t *gaps = arena_alloc(scratch, (before->count + 1) * sizeof(*gaps)), gap = 0;
	for (size_t i = 0; i <= before->count; i++)
		gaps[i] = i;
	for (size_t is = 0; is < after->count; is++) {
		const struct matching_item *item = &after->items[is];
		if (item->other != MATCHING_NONE) {
			gap = item->equal ? item->other + 1 : gap;
			continue;
		}
		while (gaps[gap] < before->count && !before->items[gaps[gap]].equal &&
		       before->items[gaps[gap]].other != MATCHING_NONE)
			gaps[gap]++;
		for (size_t was = gaps[gap]; was < before->count && was < gaps[gap] + LOOK_AHEAD;
		     was++) {
			const struct matching_item *old = &before->items[was];
			if (old->equal)
				break;
			if (old->other == MATCHING_NONE && is_alike(old->text, item->text)) {
				pair_up(before, was, after, is, false);
				break;
			}
		}
	}
	arena_rewind(scratch, mark);
}

static void forget_pairs(struct matching_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		list->items[i].other = MATCHING_NONE;
		list->items[i].equal = false;
	}
}

static bool is_done(const struct matching_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].other == MATCHING_NONE)
			return false;
	return true;
}

void matching_pair(struct matching_list *before, struct matching_list *after, struct arena *scratch)
{
	forget_pairs(before);
	forget_pairs(after);
	join_ends(before, after);
	for (int which = -1; which < MATCHING_KEYS; which++) {
		if (is_done(before) || is_done(after))
			return;
		join_by(before, after, which, scratch);
	}
	join_gaps(before, after, scratch);
}
