#include "agenda.h"

#include "report/json.h"
#include "report/words.h"

/* `22 days late`, `today`, `in 5 days`. */
static void add_when(struct table *table, const json_t *row, civil_day today, struct arena *arena)
{
	civil_day late = (civil_day)json_integer_value(json_object_get(row, "late"));
	if (late > 0)
		table_addf(table, ROLE_LATE, "%s late", words_span(today - late, today, arena).p);
	else if (late == 0)
		table_add(table, STR("today"), ROLE_SOON);
	else
		table_add(table, words_relative(today - late, today, arena), ROLE_PLAIN);
}

void agenda_print_people(struct context *context, const json_t *model, size_t most)
{
	static const struct table_column columns[] = {
	    {.heading = "who", .min = 12},
	    {.heading = "due"},
	    {.heading = "why", .min = 10, .drop = 1},
	    {.heading = "last talk", .min = 16, .drop = 2},
	};
	const json_t *people = json_object_get(model, "people");
	struct table table;
	table_init(&table, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < json_array_size(people) && i < most; i++) {
		const json_t *row = json_array_get(people, i);
		table_add(&table, json_text_at(row, "name"), ROLE_STRONG);
		add_when(&table, row, context->today, context->arena);
		table_add(&table, json_text_at(row, "why"), ROLE_PLAIN);
		table_add(&table, json_text_at(row, "talk"), ROLE_DIM);
	}
	out_table(context->out, &table);
	table_release(&table);
}

static enum role role_of(const json_t *row)
{
	struct str kind = json_text_at(row, "kind");
	if (str_eq(kind, STR("date")))
		return ROLE_GOOD;
	return json_integer_value(json_object_get(row, "late")) > 0 ? ROLE_LATE : ROLE_PLAIN;
}

void agenda_print_items(struct context *context, const json_t *list, size_t most)
{
	static const struct table_column columns[] = {
	    {.heading = NULL},
	    {.heading = NULL, .min = 12},
	    {.heading = NULL, .min = 20},
	};
	struct table table;
	table_init(&table, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < json_array_size(list) && i < most; i++) {
		const json_t *row = json_array_get(list, i);
		struct str time = json_text_at(row, "time"), kind = json_text_at(row, "kind");
		bool promise = str_eq(kind, STR("promise"));
		table_addf(&table, role_of(row), "%s%s%.*s", json_text_at(row, "when").p,
			   time.n ? " " : "", STR_ARG(time));
		table_add(&table, json_text_at(row, "name"), ROLE_STRONG);
		table_addf(&table, ROLE_PLAIN, "%s%s", promise ? "you promised: " : "",
			   json_text_at(row, "what").p);
	}
	out_table(context->out, &table);
	table_release(&table);
}
