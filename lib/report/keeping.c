#include "report/keeping.h"

#include "base/interval.h"
#include "report/json.h"

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
	return model;
}
