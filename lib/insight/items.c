#include "insight/items.h"

#include <stdlib.h>

#include "base/mem.h"

void items_add(struct items *items, struct item item)
{
	items->items = mem_grow(items->items, items->count, &items->cap, sizeof(*items->items));
	items->items[items->count++] = item;
}

void items_append(struct items *items, const struct items *more)
{
	items->items = mem_append(items->items, &items->count, &items->cap, more->items,
				  more->count, sizeof(*more->items));
}

struct span_search {
	struct items *items;
	const struct journal *journal;
};

static void add_occurrence(void *context, const struct contact *contact, struct occurrence found)
{
	struct span_search *s = context;
	items_add(s->items, (struct item){.kind = ITEM_DATE,
					  .day = found.day,
					  .who = (uint32_t)(contact - s->journal->contacts),
					  .date = found});
}

static void add_plans(struct items *items, const struct journal *journal, uint32_t who,
		      civil_day as_of, civil_day today, civil_day from, civil_day to)
{
	const struct contact *c = &journal->contacts[who];
	for (size_t i = 0; i < c->entries_count; i++) {
		const struct entry *e = &c->entries[i];
		if (e->day >= from && e->day <= to && entry_was_planned(e, as_of, today))
			items_add(items,
				  (struct item){
				      .kind = ITEM_PLANNED, .day = e->day, .who = who, .entry = e});
	}
}

void items_of_span(struct items *items, const struct journal *journal, uint32_t who,
		   civil_day as_of, civil_day today, civil_day from, civil_day to)
{
	const struct contact *c = &journal->contacts[who];
	struct span_search search = {items, journal};
	add_plans(items, journal, who, as_of, today, from, to);
	dates_each(c, from, to, journal->config.leap_march, add_occurrence, &search);
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		if (t->due != NO_DAY && t->due >= from && t->due <= to && task_is_promise(t) &&
		    task_was_open(t, as_of))
			items_add(items,
				  (struct item){
				      .kind = ITEM_PROMISE, .day = t->due, .who = who, .task = t});
	}
}

/* With the slug beside it, because qsort has no context. */
struct sorted_item {
	struct item item;
	struct str slug, time;
	size_t place;
};

/* Of one day waiting ones by the day made, unknown last. */
static int compare_items(const void *a, const void *b)
{
	const struct sorted_item *x = a, *y = b;
	civil_day dx = day_or_last(x->item.day), dy = day_or_last(y->item.day);
	if (dx != dy)
		return dx < dy ? -1 : 1;
	if (x->item.kind != y->item.kind)
		return x->item.kind < y->item.kind ? -1 : 1;
	if (x->item.kind == ITEM_WAITING) {
		dx = day_or_last(x->item.task->created);
		dy = day_or_last(y->item.task->created);
		if (dx != dy)
			return dx < dy ? -1 : 1;
	}
	int order = str_cmp(x->time, y->time);
	if (!order)
		order = str_cmp(x->slug, y->slug);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

void items_sort(struct items *items, const struct journal *journal)
{
	struct sorted_item *sorted = mem_zalloc(items->count, sizeof(*sorted));
	for (size_t i = 0; i < items->count; i++) {
		const struct item *item = &items->items[i];
		sorted[i] = (struct sorted_item){
		    .item = *item,
		    .slug = journal->contacts[item->who].slug,
		    .time = item->entry ? item->entry->time : STR(""),
		    .place = item->entry  ? item->entry->offset
			     : item->task ? item->task->offset
					  : item->date.which + 1, /* the birthday first */
		};
	}
	qsort(sorted, items->count, sizeof(*sorted), compare_items);
	for (size_t i = 0; i < items->count; i++)
		items->items[i] = sorted[i].item;
	free(sorted);
}
