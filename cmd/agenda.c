#include "agenda.h"

#include "report/agenda.h"
#include "report/words.h"

/* `Sun 1 Nov`, `today`, `in 5 days`; nothing is said to be late, and nothing grows. */
static void add_due_day(struct table *table, const struct agenda_words *words,
			const struct reckoning *r)
{
	if (r->due < words->today)
		table_add(table,
			  r->dormant ? STR("can wait")
				     : words_day(r->due, words->year, words->arena),
			  ROLE_PLAIN);
	else
		table_add(table, words_relative(r->due, words->today, words->arena),
			  r->due == words->today ? ROLE_SOON : ROLE_PLAIN);
}

void agenda_print_people(struct context *context, const struct week *days, size_t most)
{
	static const struct table_column columns[] = {
	    {.heading = "who", .min = 12},
	    {.heading = "due"},
	    {.heading = "why", .min = 10, .drop = 1},
	    {.heading = "last talk", .min = 16, .drop = 2},
	};
	struct agenda_words words;
	struct table table;
	agenda_words_init(&words, context->journal, days->today, context->arena);
	table_init(&table, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < days->reach_out.count && i < most; i++) {
		const struct reach *reach = &days->reach_out.items[i];
		const struct contact *c = &context->journal->contacts[reach->who];
		table_add(&table, c->name, ROLE_STRONG);
		table_link(&table, c->path);
		add_due_day(&table, &words, &reach->reckoning);
		table_add(&table, agenda_why(&words, reach), ROLE_PLAIN);
		table_add(&table, agenda_talk(&words, reach), ROLE_DIM);
	}
	out_table(context->out, &table);
	table_release(&table);
}

static void add_item_row(struct table *table, const struct agenda_words *words,
			 const struct item *item)
{
	enum role role = item->day == words->today ? ROLE_SOON
			 : item->kind == ITEM_DATE ? ROLE_GOOD
						   : ROLE_PLAIN;
	struct str when = words_day(item->day, words->year, words->arena);
	struct str time = item->entry ? item->entry->time : STR("");
	table_addf(table, role, "%s%s%.*s", when.p, time.n ? " " : "", STR_ARG(time));
	const struct contact *c = &words->prose.journal->contacts[item->who];
	table_add(table, c->name, ROLE_STRONG);
	table_link(table, c->path);
	table_addf(table, ROLE_PLAIN, "%s%.*s", item->kind == ITEM_PROMISE ? "you promised: " : "",
		   STR_ARG(agenda_what(words, item)));
}

bool agenda_print_list(struct context *context, const struct week *days,
		       const struct agenda_list *list, size_t most, bool apart)
{
	static const struct table_column columns[] = {
	    {.heading = NULL},
	    {.heading = NULL, .min = 12},
	    {.heading = NULL, .min = 20},
	};
	const struct items *items = &days->lists[list->list];
	struct agenda_words words;
	struct table table;
	size_t count = 0;
	agenda_words_init(&words, context->journal, days->today, context->arena);
	table_init(&table, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < items->count; i++) {
		const struct item *item = &items->items[i];
		if (item->day >= list->from && item->day <= list->to && count++ < most)
			add_item_row(&table, &words, item);
	}
	if (count) {
		out_addz(context->out, apart ? "\n" : "");
		out_role(context->out, ROLE_STRONG, str_of(list->heading));
		out_addz(context->out, "\n");
		out_table(context->out, &table);
		agenda_print_rest(context, count, most);
	}
	table_release(&table);
	return count > 0;
}

void agenda_print_rest(struct context *context, size_t all, size_t shown)
{
	if (all > shown)
		out_printf(context->out, "and %zu more\n", all - shown);
}
