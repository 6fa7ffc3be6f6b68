#include "insight/keeping.h"

#include <stdlib.h>

#include "base/mem.h"
#include "insight/balance.h"
#include "insight/items.h"
#include "insight/reckon.h"

static void count_channel(struct keeping *h, struct str channel)
{
	size_t at = 0;
	while (at < h->channels_count && !str_eq(h->channels[at].channel, channel))
		at++;
	if (at == h->channels_count) {
		h->channels = mem_grow(h->channels, h->channels_count, &h->channels_cap,
				       sizeof(*h->channels));
		h->channels[h->channels_count++] = (struct channel_count){channel, 0};
	}
	h->channels[at].count++;
}

static int compare_channels(const void *a, const void *b)
{
	const struct channel_count *x = a, *y = b;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return str_cmp(x->channel, y->channel);
}

static void count_talks(struct keeping *h, const struct journal *journal, civil_day today,
			const bool *who)
{
	struct meetings all;
	struct arena arena;
	bool *met = mem_zalloc(journal->count + 1, sizeof(*met));
	arena_init(&arena);
	meetings_between(&all, journal, h->from, today);
	for (size_t i = 0; i < all.count; i++) {
		size_t count;
		bool theirs = false;
		const uint32_t *people = meeting_people(&count, &all.items[i], journal, &arena);
		for (size_t p = 0; p < count; p++)
			theirs |= who[people[p]];
		if (!theirs || !entry_counts(all.items[i].entry))
			continue;
		h->talks++;
		h->by_week[(all.items[i].day - h->from) / 7]++;
		count_channel(h, all.items[i].entry->channel);
		for (size_t p = 0; p < count; p++) {
			h->people += who[people[p]] && !met[people[p]];
			met[people[p]] = true;
		}
	}
	if (h->channels_count)
		qsort(h->channels, h->channels_count, sizeof(*h->channels), compare_channels);
	meetings_release(&all);
	arena_release(&arena);
	free(met);
}

/* Days that promises took. */
struct spans {
	int *days;
	size_t count, cap;
};

static void count_promises(struct keeping *h, struct spans *spans, const struct contact *c,
			   civil_day today)
{
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		bool past = t->done >= h->from && t->done <= today;
		if (!task_is_promise(t))
			continue;
		h->open += t->state == TASK_OPEN;
		h->dropped += t->state == TASK_DROPPED && past;
		if (t->state != TASK_DONE || !past)
			continue;
		h->kept++;
		h->late += t->due != NO_DAY && t->done > t->due;
		if (t->created == NO_DAY || t->created > t->done)
			continue;
		spans->days =
		    mem_grow(spans->days, spans->count, &spans->cap, sizeof(*spans->days));
		spans->days[spans->count++] = t->done - t->created;
	}
}

static int compare_promise_days(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;
	return (x > y) - (x < y);
}

/* A gap is told where one is more than half as long again as the other. */
static bool is_far(int usual, int wished)
{
	return usual * 2 > wished * 3 || wished * 2 > usual * 3;
}

static void note_nearness(struct keeping *h, const struct reckoner *reckoner, uint32_t who,
			  const struct reckoning *r)
{
	if (!contact_is_active(&reckoner->journal->contacts[who]))
		return;
	bool past = r->dormant || (r->due != NO_DAY && r->due < reckoner->as_of);
	h->near = mem_grow(h->near, h->near_count, &h->near_cap, sizeof(*h->near));
	h->near[h->near_count++] = (struct nearness){who, r->last, past};
}

/* No talk yet comes last. */
static int compare_nearness(const void *a, const void *b)
{
	const struct nearness *x = a, *y = b;
	if (x->last != y->last)
		return x->last == NO_DAY ? 1 : y->last == NO_DAY || x->last > y->last ? -1 : 1;
	return (x->who > y->who) - (x->who < y->who);
}

static void look_for_gap(struct keeping *h, struct reckoner *reckoner, uint32_t who,
			 struct reckoning r)
{
	const struct contact *c = &reckoner->journal->contacts[who];
	if (!contact_is_active(c) || r.cadence.kind != CADENCE_EVERY || r.last == NO_DAY ||
	    r.dormant || r.from == CADENCE_DEFAULT)
		return;
	int twice = reckon_usual_twice(reckoner, who, r.last);
	int wished = day_add(r.last, r.cadence.interval) - r.last;
	if (!twice || !is_far(twice / 2, wished))
		return;
	h->gaps = mem_grow(h->gaps, h->gaps_count, &h->gaps_cap, sizeof(*h->gaps));
	h->gaps[h->gaps_count++] = (struct wish_gap){who, r.cadence.interval, twice / 2};
}

/* How many times one is the other, in hundredths. */
static long gap_size(const struct wish_gap *gap)
{
	long wished = gap->wished.months * 30 + gap->wished.days, usual = gap->usual;
	return wished > usual ? wished * 100 / (usual ? usual : 1)
			      : usual * 100 / (wished ? wished : 1);
}

static int compare_gaps(const void *a, const void *b)
{
	const struct wish_gap *x = a, *y = b;
	long dx = gap_size(x), dy = gap_size(y);
	if (dx != dy)
		return dx > dy ? -1 : 1;
	return (x->who > y->who) - (x->who < y->who);
}

void keeping_make(struct keeping *h, const struct journal *journal, civil_day today,
		  const bool *who)
{
	civil_day sunday = today + 7 - day_weekday(today);
	struct reckoner reckoner;
	struct spans spans = {0};
	*h = (struct keeping){.from = sunday - 7 * CHART_WEEKS + 1, .to = today};
	count_talks(h, journal, today, who);
	reckoner_init(&reckoner, journal, today);
	for (uint32_t i = 0; i < journal->count; i++) {
		const struct contact *c = &journal->contacts[i];
		if (!who[i] || c->unread)
			continue;
		struct balance balance = balance_year(c, today);
		h->asked += balance.asked;
		h->gave += balance.gave;
		count_promises(h, &spans, c, today);
		struct reckoning r = reckon(&reckoner, i);
		note_nearness(h, &reckoner, i, &r);
		look_for_gap(h, &reckoner, i, r);
	}
	reckoner_release(&reckoner);
	if (spans.count)
		qsort(spans.days, spans.count, sizeof(*spans.days), compare_promise_days);
	h->timed = spans.count;
	h->kept_days = spans.count ? spans.days[spans.count / 2] : 0;
	if (h->gaps_count)
		qsort(h->gaps, h->gaps_count, sizeof(*h->gaps), compare_gaps);
	if (h->near_count)
		qsort(h->near, h->near_count, sizeof(*h->near), compare_nearness);
	free(spans.days);
}

void keeping_release(struct keeping *h)
{
	free(h->channels);
	free(h->gaps);
	free(h->near);
	*h = (struct keeping){0};
}

struct interval keeping_honest(int days)
{
	if (days < 91)
		return (struct interval){0, (days + 3) / 7 ? (days + 3) / 7 * 7 : 7};
	return (struct interval){(days + 15) / 30, 0};
}
