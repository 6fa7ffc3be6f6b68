#include "report/keeping.h"

#include <limits.h>

#include "base/interval.h"
#include "report/json.h"
#include "report/words.h"

static json_t *promises_model(const struct keeping *h)
{
	json_t *o = json_of_object();
	json_put(o, "kept", json_of_count(h->kept));
	json_put(o, "late", json_of_count(h->late));
	json_put(o, "dropped", json_of_count(h->dropped));
	json_put(o, "open", json_of_count(h->open));
	json_put(o, "days", h->timed ? json_integer(h->kept_days) : json_null());
	return o;
}

static json_t *wishes_model(const struct keeping *h, const struct journal *journal)
{
	json_t *list = json_of_list();
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < h->gaps_count; i++) {
		const struct wish_gap *gap = &h->gaps[i];
		const struct contact *c = &journal->contacts[gap->who];
		json_t *o = json_of_object();
		json_put(o, "slug", json_of_text(c->slug));
		json_put(o, "name", json_of_line(c->name));
		json_put(o, "wished", json_of_line(interval_words(gap->wished, &arena)));
		json_put(o, "usual", json_integer(gap->usual));
		json_put(o, "honest",
			 json_of_line(interval_words(keeping_honest(gap->usual), &arena)));
		json_push(list, o);
	}
	arena_release(&arena);
	return list;
}

/* The last talk was so many days ago at most. */
static const struct near_span {
	const char *words;
	int days;
} near_spans[] = {{"in the last week", 7}, {"in a month", 31}, {"in three months", 92},
		  {"in half a year", 183}, {"in a year", 366}, {"longer ago", INT_MAX},
		  {"no talk yet", INT_MAX}};

/* From *at on: those of one span. */
static json_t *span_model(const struct keeping *h, const struct journal *journal, size_t which,
			  size_t *at)
{
	bool never = which == ARRAY_LEN(near_spans) - 1;
	json_t *o = json_of_object(), *who = json_of_list();
	size_t past = 0;
	for (; *at < h->near_count; (*at)++) {
		const struct nearness *n = &h->near[*at];
		const struct contact *c = &journal->contacts[n->who];
		if (!never && (n->last == NO_DAY || h->to - n->last > near_spans[which].days))
			break;
		json_t *one = json_of_object();
		json_put(one, "slug", json_of_text(c->slug));
		json_put(one, "name", json_of_line(c->name));
		json_put(one, "past", json_boolean(n->past));
		json_push(who, one);
		past += n->past;
	}
	json_put(o, "span", json_of_line(str_of(near_spans[which].words)));
	json_put(o, "people", json_of_count(json_array_size(who)));
	json_put(o, "past", json_of_count(past));
	json_put(o, "who", who);
	return o;
}

static json_t *near_model(const struct keeping *h, const struct journal *journal)
{
	json_t *list = json_of_list();
	size_t at = 0;
	for (size_t i = 0; i < ARRAY_LEN(near_spans); i++) {
		json_t *span = span_model(h, journal, i, &at);
		if (json_array_size(json_object_get(span, "who")))
			json_push(list, span);
		else
			json_decref(span);
	}
	return list;
}

json_t *keeping_model(const struct keeping *h, const struct journal *journal)
{
	json_t *model = json_of_object(), *weeks = json_of_list(), *channels = json_of_list();
	for (size_t i = 0; i < CHART_WEEKS; i++)
		json_push(weeks, json_of_count(h->by_week[i]));
	for (size_t i = 0; i < h->channels_count; i++) {
		json_t *o = json_of_object();
		struct str channel = h->channels[i].channel;
		json_put(o, "channel", json_of_line(channel.n ? channel : STR_NONE));
		json_put(o, "count", json_of_count(h->channels[i].count));
		json_push(channels, o);
	}
	json_put(model, "from", json_of_day(h->from));
	json_put(model, "to", json_of_day(h->to));
	json_put(model, "weeks", weeks);
	json_put(model, "talks", json_of_count(h->talks));
	json_put(model, "people", json_of_count(h->people));
	json_put(model, "channels", channels);
	json_put(model, "asked", json_of_count(h->asked));
	json_put(model, "gave", json_of_count(h->gave));
	json_put(model, "promises", promises_model(h));
	json_put(model, "wishes", wishes_model(h, journal));
	json_put(model, "near", near_model(h, journal));
	return model;
}

/* --- for a page --- */

/* So many names of a span. */
#define MOST_NEAR_NAMES 12

/* The next bar of a row, as wide as it is of all; the rows of a picture have one `all`. */
static void push_bar(json_t *bars, size_t *before, size_t count, size_t all, const char *class)
{
	json_t *bar = json_of_object();
	if (!count || !all) {
		json_decref(bar);
		return;
	}
	json_put(bar, "class", json_of_line(str_of(class)));
	json_put(bar, "x", json_of_count(*before * 1000 / all));
	json_put(bar, "width", json_of_count(count * 1000 / all));
	json_push(bars, bar);
	*before += count;
}

static size_t counted(const json_t *object, const char *key)
{
	return (size_t)json_integer_value(json_object_get(object, key));
}

static size_t most_counted(const json_t *list, const char *key)
{
	size_t most = 0;
	for (size_t i = 0; i < json_array_size(list); i++)
		if (counted(json_array_get(list, i), key) > most)
			most = counted(json_array_get(list, i), key);
	return most;
}

static void draw_near(json_t *near)
{
	size_t most = most_counted(near, "people"), i;
	json_t *span;
	json_array_foreach(near, i, span)
	{
		json_t *bars = json_of_list(), *who = json_object_get(span, "who");
		size_t past = counted(span, "past"), people = counted(span, "people"), at = 0;
		push_bar(bars, &at, people - past, most, "kept");
		push_bar(bars, &at, past, most, "late");
		json_put(span, "bars", bars);
		json_put(span, "more",
			 people > MOST_NEAR_NAMES ? json_of_count(people - MOST_NEAR_NAMES)
						  : json_null());
		while (json_array_size(who) > MOST_NEAR_NAMES)
			(void)json_array_remove(who, json_array_size(who) - 1);
	}
}

static void draw_channels(json_t *channels)
{
	size_t most = most_counted(channels, "count"), i;
	json_t *channel;
	json_array_foreach(channels, i, channel)
	{
		json_t *bars = json_of_list();
		size_t at = 0;
		push_bar(bars, &at, counted(channel, "count"), most, "kept");
		json_put(channel, "bars", bars);
	}
}

/* Of all promises: kept in time, kept late, dropped, open; each with its bar and in words. */
static json_t *promise_parts(const struct keeping *h)
{
	const struct {
		size_t count;
		const char *words, *class;
	} parts[] = {{h->kept - h->late, "kept", "kept"},
		     {h->late, "kept after their day", "late"},
		     {h->dropped, "dropped", "dropped"},
		     {h->open, "open", "open"}};
	json_t *list = json_of_list();
	size_t all = h->kept + h->dropped + h->open, at = 0;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (!parts[i].count)
			continue;
		json_t *part = json_of_object(), *bars = json_of_list();
		push_bar(bars, &at, parts[i].count, all, parts[i].class);
		json_put(part, "count", json_of_count(parts[i].count));
		json_put(part, "what", json_of_line(str_of(parts[i].words)));
		json_put(part, "class", json_of_line(str_of(parts[i].class)));
		json_put(part, "bars", bars);
		json_push(list, part);
	}
	return list;
}

struct str keeping_days(const struct keeping *h, struct arena *arena)
{
	return h->kept_days > 1 ? words_days(h->kept_days, arena) : STR("a day");
}

json_t *keeping_page_model(const struct keeping *h, const struct journal *journal)
{
	static const char *const lists[] = {"near", "channels", "wishes"};
	json_t *model = keeping_model(h, journal);
	struct arena arena;
	arena_init(&arena);
	draw_near(json_object_get(model, "near"));
	draw_channels(json_object_get(model, "channels"));
	json_put(model, "said",
		 json_of_line(
		     arena_printf(&arena, "%s with %s since %s",
				  words_count(h->talks, "conversation", "conversations", &arena).p,
				  words_count(h->people, "person", "people", &arena).p,
				  words_date(h->from, 0, &arena).p)));
	json_put(model, "asked_said",
		 h->asked || h->gave
		     ? json_of_line(arena_printf(&arena, "You asked %s, and gave %s.",
						 words_count(h->asked, "time", "times", &arena).p,
						 words_count(h->gave, "time", "times", &arena).p))
		     : json_null());
	json_put(model, "kept_said",
		 h->timed ? json_of_line(
				arena_printf(&arena, "%s took %s at most.",
					     h->timed > 1 ? "Half of those kept" : "The one kept",
					     keeping_days(h, &arena).p))
			  : json_null());
	json_put_section(model, "promises", promise_parts(h));
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		json_put_section(model, lists[i], json_incref(json_object_get(model, lists[i])));
	arena_release(&arena);
	return model;
}
