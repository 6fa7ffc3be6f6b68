#include "report/html.h"

#include "base/mem.h"
#include "base/text.h"
#include "insight/meetings.h"
#include "note/markdown.h"
#include "report/json.h"
#include "report/prose.h"
#include "report/words.h"

/* A week's bar: how far apart they are, and the height of the highest. */
#define BAR_STEP   10
#define BAR_HEIGHT 48

struct html_maker {
	const struct html_order *order;
	struct arena *arena;
	int year; /* goes without saying */
};

static struct str html_text(const json_t *value)
{
	return (struct str){json_string_value(value), json_string_length(value)};
}

static bool is_markdown_key(const char *key)
{
	static const char *const keys[] = {"markdown", "line",   "lines",
					   "notes",    "people", "can_wait"};
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (str_eq(str_of(key), str_of(keys[i])))
			return true;
	return false;
}

static void html_set(json_t *value, struct str text)
{
	if (json_string_setn_nocheck(value, text.n ? text.p : "", text.n) < 0)
		mem_die();
}

static void make_html(struct html_maker *h, json_t *value, enum markdown_form form)
{
	struct buf b;
	buf_init(&b, 0);
	markdown_add_html(&b, html_text(value), form, h->order->folder.p != NULL, h->arena);
	html_set(value, buf_str(&b));
	buf_release(&b);
}

static void make_text(struct html_maker *h, json_t *value, const char *key)
{
	if (str_eq(str_of(key), STR("about"))) {
		make_html(h, value, MARKDOWN_BLOCKS);
		return;
	}
	html_set(value, text_line(html_text(value), h->arena));
	if (is_markdown_key(key))
		make_html(h, value, MARKDOWN_LINE);
}

static void put_day(struct html_maker *h, json_t *more, const char *key, struct str text)
{
	civil_day day;
	if (text.n != 10 || text.p[4] != '-' || date_parse_all(text, &day) != DATE_OK)
		return;
	json_put(more, arena_printf(h->arena, "%s_date", key).p,
		 json_of_line(words_day(day, h->year, h->arena)));
	json_put(more, arena_printf(h->arena, "%s_ago", key).p,
		 json_of_line(words_relative(day, h->order->today, h->arena)));
}

/* NULL where there is nothing to draw. */
static json_t *chart_model(struct html_maker *h, const json_t *weeks)
{
	size_t count = json_array_size(weeks);
	json_int_t most = 0;
	for (size_t i = 0; i < count; i++) {
		json_int_t n = json_integer_value(json_array_get(weeks, i));
		most = n > most ? n : most;
	}
	if (!most)
		return NULL;
	json_t *chart = json_of_object(), *bars = json_of_list();
	for (size_t i = 0; i < count; i++) {
		json_int_t n = json_integer_value(json_array_get(weeks, i));
		/* A week without any is a line on the ground. */
		json_int_t height = n ? (n * BAR_HEIGHT + most - 1) / most : 1;
		civil_day monday = h->order->chart_from + 7 * (civil_day)i;
		json_t *bar = json_of_object();
		json_put(bar, "x", json_of_count(i * BAR_STEP));
		json_put(bar, "y", json_integer(BAR_HEIGHT - height));
		json_put(bar, "height", json_integer(height));
		json_put(bar, "what",
			 json_of_line(arena_printf(
			     h->arena, "%s, week of %s",
			     n ? words_count((size_t)n, "conversation", "conversations", h->arena).p
			       : "none",
			     words_date(monday, h->year, h->arena).p)));
		json_push(bars, bar);
	}
	json_put(chart, "bars", bars);
	json_put(chart, "from", json_of_line(words_month(h->order->chart_from, h->year, h->arena)));
	json_put(chart, "to",
		 json_of_line(words_month(h->order->chart_from + 7 * (civil_day)count - 1, h->year,
					  h->arena)));
	return chart;
}

static void ready_object(struct html_maker *h, json_t *object);

/* A value of an object or of a list below that key. more: what the object gets besides. */
static void ready_value(struct html_maker *h, json_t *value, const char *key, json_t *more)
{
	json_t *item;
	size_t i;
	if (json_is_object(value))
		ready_object(h, value);
	json_array_foreach(value, i, item)
	{
		ready_value(h, item, key, NULL);
	}
	if (!json_is_string(value))
		return;
	if (more)
		put_day(h, more, key, html_text(value));
	make_text(h, value, key);
}

/* A model of a report nests a few deep, and what a person wrote into it 64 at most. */
static void ready_object(struct html_maker *h, json_t *object)
{
	json_t *more = json_of_object(), *value;
	const char *key;
	const json_t *path = json_object_get(object, "path");
	const json_t *weeks = json_object_get(object, "weeks");
	if (json_is_string(path) && h->order->folder.p)
		json_put(more, "href",
			 json_of_line(prose_path_url(h->order->folder, html_text(path), h->arena)));
	json_object_foreach(object, key, value)
	{
		ready_value(h, value, key, more);
	}
	json_t *chart = json_is_array(weeks) ? chart_model(h, weeks) : NULL;
	if (chart)
		json_put(more, "chart", chart);
	if (json_object_update(object, more) < 0)
		mem_die();
	json_decref(more);
}

void html_ready(json_t *model, const struct html_order *order)
{
	struct arena arena;
	arena_init(&arena);
	struct html_maker h = {order, &arena, day_to_ymd(order->today).year};
	ready_object(&h, model);
	arena_release(&arena);
}
