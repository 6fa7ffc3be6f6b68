#include "report/people.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/interval.h"
#include "base/mem.h"
#include "insight/dates.h"
#include "people/fields.h"
#include "people/link.h"
#include "report/json.h"

/* Why the day of the first three steps is what it is. */
static struct str why_step3(const struct journal *journal, const struct contact *c,
			    const struct reckoning *r, struct arena *arena)
{
	const char *after = r->base == r->last ? "the last contact" : "you met";
	struct str words = cadence_words(r->cadence, arena);
	bool every = r->cadence.kind == CADENCE_EVERY;
	if (every && r->base != NO_DAY && day_add(r->base, r->cadence.interval) == r->step3)
		return arena_printf(arena, "%.*s after %s", STR_ARG(words), after);
	if (c->met != NO_DAY && r->is_new)
		return arena_printf(arena, "a new tie: you met on %s", day_text(c->met).z);
	if (c->met != NO_DAY && c->met >= journal->config.since && r->last == NO_DAY &&
	    journal->config.since != NO_DAY)
		return arena_printf(arena, "you met on %s, and no contact since",
				    day_text(c->met).z);
	if (c->added != NO_DAY && c->added > journal->config.since)
		return arena_printf(arena, "no contact yet: spread over %.*s from %s, when added",
				    STR_ARG(words), day_text(c->added).z);
	if (journal->config.since != NO_DAY)
		return arena_printf(
		    arena, "no contact yet: spread over %.*s from the start of the journal",
		    STR_ARG(words));
	return STR("no contact yet");
}

static struct str why_due(const struct journal *journal, const struct contact *c,
			  const struct reckoning *r, struct arena *arena)
{
	if (!contact_is_active(c))
		return contact_status(c);
	if (r->planned != NO_DAY)
		return arena_printf(arena, "a contact is planned on %s", day_text(r->planned).z);
	if (r->due == NO_DAY)
		return STR("the cadence is none");
	if (r->due == r->step3)
		return why_step3(journal, c, r, arena);
	if (r->due == c->snooze)
		return STR("snoozed until then");
	return STR("tried without an answer, so it rests a week");
}

/* --- what is known of a person --- */

static void add_tie(struct relations *ties, size_t *cap, const struct relations *named,
		    uint32_t who, uint32_t other)
{
	for (size_t i = 0; i < named->count; i++) {
		if (named->items[i].who != who)
			continue;
		ties->items = mem_grow(ties->items, ties->count, cap, sizeof(*ties->items));
		ties->items[ties->count++] =
		    (struct relation){.relation = named->items[i].relation, .who = other};
		return;
	}
}

/* The ties that others' files tell. */
static void find_ties(struct profile *p)
{
	size_t introduced = 0, known = 0;
	for (uint32_t i = 0; i < p->journal->count; i++) {
		const struct contact *c = &p->journal->contacts[i];
		if (i == p->who)
			continue;
		add_tie(&p->introduced, &introduced, &c->introduced_by, p->who, i);
		add_tie(&p->known_by, &known, &c->knows, p->who, i);
	}
}

static void add_profile_date(struct profile *p, struct str what, struct str day, size_t which)
{
	struct occurrence next =
	    dates_first(p->contact, which, p->today, day_add_months(p->today, 12) - 1,
			p->journal->config.leap_march);
	p->dates[p->dates_count++] = (struct profile_date){what, day, next.day, next.years};
}

static void find_dates(struct profile *p, struct arena *arena)
{
	const struct contact *c = p->contact;
	const struct birthday *b = &c->birthday;
	struct day_text born = day_text(day_from_ymd(b->year, b->month, b->day));
	p->dates = ARENA_ARRAY(arena, struct profile_date, c->dates_count + 1);
	/* A year that stands for none (Apple's 1604) is not shown. */
	if (b->month && !b->year)
		add_profile_date(p, STR("birthday"),
				 arena_printf(arena, "--%02d-%02d", b->month, b->day), BIRTHDAY);
	else if (b->text.n)
		add_profile_date(p, STR("birthday"),
				 b->month ? arena_str(arena, str_of(born.z)) : b->text, BIRTHDAY);
	for (size_t i = 0; i < c->dates_count; i++)
		add_profile_date(p, c->dates[i].what,
				 c->dates[i].partial.n ? c->dates[i].partial
						       : fields_milestone_day(&c->dates[i], arena),
				 i);
}

enum talk_kind talk_kind_of(const struct entry *e, civil_day today)
{
	return e->cancelled                            ? TALK_CANCELLED
	       : e->note                               ? TALK_NOTE
	       : e->over || entry_is_planned(e, today) ? TALK_PLANNED
	       : e->tried                              ? TALK_TRIED
						       : TALK_CONTACT;
}

const char *talk_kind_name(enum talk_kind kind)
{
	static const char *const names[] = {"contact", "planned", "cancelled", "tried", "note"};
	return names[kind];
}

static void keep_talk(void *context, const struct contact *owner, const struct entry *entry)
{
	struct profile *p = context;
	p->talks = mem_grow(p->talks, p->talks_count, &p->talks_cap, sizeof(*p->talks));
	p->talks[p->talks_count++] =
	    (struct talk){owner, entry, talk_kind_of(entry, p->today), NULL, 0};
}

/* The latest first; on one day the later time, then by file and place. */
static int compare_talks(const void *a, const void *b)
{
	const struct talk *x = a, *y = b;
	if (x->entry->day != y->entry->day)
		return x->entry->day > y->entry->day ? -1 : 1;
	int order = str_cmp(y->entry->time, x->entry->time);
	if (order == 0)
		order = str_cmp(x->owner->path, y->owner->path);
	if (order == 0)
		order =
		    (x->entry->offset > y->entry->offset) - (x->entry->offset < y->entry->offset);
	return order;
}

static void find_talks(struct profile *p, struct arena *arena)
{
	reckon_each_entry(p->journal, p->who, keep_talk, p);
	if (p->talks_count)
		qsort(p->talks, p->talks_count, sizeof(*p->talks), compare_talks);
	for (size_t i = 0; i < p->talks_count; i++) {
		struct talk *t = &p->talks[i];
		uint32_t owner = (uint32_t)(t->owner - p->journal->contacts);
		t->with = ARENA_ARRAY(arena, uint32_t, t->entry->with_count + 1u);
		if (owner != p->who && owner < p->journal->count)
			t->with[t->with_count++] = owner;
		for (uint32_t w = 0; w < t->entry->with_count; w++)
			if (t->entry->with[w] != p->who)
				t->with[t->with_count++] = t->entry->with[w];
	}
}

/* How often, and who asked and gave. */
static void find_rhythm(struct profile *p)
{
	civil_day sunday = p->today + 7 - day_weekday(p->today);
	civil_day from = sunday - 7 * CHART_WEEKS + 1;
	struct reckoner reckoner;
	for (size_t i = 0; i < p->talks_count; i++) {
		const struct entry *e = p->talks[i].entry;
		if (p->talks[i].kind == TALK_CONTACT && e->day >= from && e->day <= p->today)
			p->by_week[(e->day - from) / 7]++;
	}
	p->year = balance_year(p->contact, p->today);
	if (p->reckoning.last == NO_DAY)
		return;
	reckoner_init(&reckoner, p->journal, p->today);
	p->usual_twice = reckon_usual_twice(&reckoner, p->who, p->reckoning.last);
	reckoner_release(&reckoner);
}

static json_t *rhythm_model(const struct profile *p)
{
	json_t *weeks = json_of_list();
	for (size_t i = 0; i < CHART_WEEKS; i++)
		json_push(weeks, json_of_count(p->by_week[i]));
	return weeks;
}

static json_t *year_model(const struct profile *p)
{
	json_t *year = json_of_object();
	json_put(year, "asked", json_of_count(p->year.asked));
	json_put(year, "gave", json_of_count(p->year.gave));
	return year;
}

void profile_init(struct profile *p, const struct journal *journal, uint32_t who, civil_day today,
		  struct arena *arena)
{
	const struct contact *c = &journal->contacts[who];
	*p = (struct profile){.journal = journal, .contact = c, .who = who, .today = today};
	p->reckoning = (struct reckoning){.last = NO_DAY,
					  .base = NO_DAY,
					  .tried = NO_DAY,
					  .from = CADENCE_DEFAULT,
					  .step3 = NO_DAY,
					  .due = NO_DAY,
					  .planned = NO_DAY};
	if (!c->unread) {
		p->reckoning = reckon_one(journal, who, today, today);
		p->why = why_due(journal, c, &p->reckoning, arena);
	}
	find_ties(p);
	find_dates(p, arena);
	find_talks(p, arena);
	find_rhythm(p);
}

void profile_release(struct profile *p)
{
	free(p->introduced.items);
	free(p->known_by.items);
	free(p->talks);
	*p = (struct profile){0};
}

struct str profile_tie_name(const struct profile *p, const struct relation *tie)
{
	return tie->who == NO_CONTACT ? link_text(tie->text) : p->journal->contacts[tie->who].name;
}

/* --- models --- */

static json_t *value_texts(struct values values)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < values.count; i++)
		json_push(list, json_of_line(values.items[i].text));
	return list;
}

static void put_row(json_t *o, const struct contact *c, const struct reckoning *r,
		    struct arena *arena)
{
	json_put(o, "slug", json_of_text(c->slug));
	json_put(o, "name", json_of_line(c->name));
	json_put(o, "path", json_of_text(c->path));
	json_put(o, "aliases", json_of_lines(c->aliases));
	json_put(o, "org", json_of_lines(c->org));
	json_put(o, "title", json_of_lines(c->title));
	json_put(o, "location", json_of_line(c->location));
	json_put(o, "email", value_texts(c->email));
	json_put(o, "tags", json_of_lines(c->tags));
	json_put(o, "status", json_of_line(contact_status(c)));
	json_put(o, "cadence", json_of_line(cadence_words(r->cadence, arena)));
	json_put(o, "last", json_of_day(r->last));
	json_put(o, "due", json_of_day(r->due));
	json_put(o, "planned", json_of_day(r->planned));
	json_put(o, "snooze", json_of_day(c->snooze));
	json_put(o, "new", json_boolean(r->is_new));
	json_put(o, "dormant", json_boolean(r->dormant));
}

json_t *people_list(const struct journal *journal, const uint32_t *who, size_t count,
		    civil_day today)
{
	struct reckoner reckoner;
	struct arena arena;
	json_t *list = json_of_list();
	reckoner_init(&reckoner, journal, today);
	arena_init(&arena);
	for (size_t i = 0; i < count; i++) {
		const struct contact *c = &journal->contacts[who[i]];
		if (c->unread)
			continue;
		struct arena_mark mark = arena_mark(&arena);
		struct reckoning r = reckon(&reckoner, who[i]);
		json_t *row = json_of_object();
		put_row(row, c, &r, &arena);
		json_push(list, row);
		arena_rewind(&arena, mark);
	}
	reckoner_release(&reckoner);
	arena_release(&arena);
	return list;
}

static json_t *labelled_model(const struct values *values)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < values->count; i++) {
		struct str label = values->items[i].label;
		json_t *value = json_of_object();
		json_put(value, "label", json_of_line(label.n ? label : STR_NONE));
		json_put(value, "text", json_of_line(values->items[i].text));
		json_push(list, value);
	}
	return list;
}

static json_t *field_model(const struct contact *c, enum key key)
{
	const void *at = fields_place(c, key);
	switch (key_row(key)->shape) {
	case SHAPE_LABELLED:
	case SHAPE_MERGED:
		return labelled_model(at);
	case SHAPE_TEXTS:
		return json_of_lines(*(const struct strs *)at);
	case SHAPE_DAY:
		return json_of_day(*(const civil_day *)at);
	default:
		return json_of_line(*(const struct str *)at);
	}
}

/* What is of interest only beside the person, and is no more than its value; lists come last. */
static void put_fields(const struct profile *p, json_t *model, bool lists)
{
	for (enum key key = 0; key < KEY_COUNT; key++) {
		const struct key_row *row = key_row(key);
		if (row->in_json && (row->shape == SHAPE_TEXTS) == lists)
			json_put(model, row->json ? row->json : row->name,
				 field_model(p->contact, key));
	}
}

static json_t *ties_model(const struct profile *p, const struct relations *ties, bool named)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < ties->count; i++) {
		const struct relation *r = &ties->items[i];
		bool known = r->who != NO_CONTACT;
		json_t *o = json_of_object();
		json_put(o, "name", json_of_line(profile_tie_name(p, r)));
		json_put(o, "slug",
			 json_of_text(known ? p->journal->contacts[r->who].slug : STR_NONE));
		if (named)
			json_put(o, "relation",
				 json_of_line(r->relation.n ? r->relation : STR_NONE));
		json_push(list, o);
	}
	return list;
}

static json_t *dates_model(const struct profile *p)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < p->dates_count; i++) {
		const struct profile_date *d = &p->dates[i];
		json_t *o = json_of_object();
		json_put(o, "what", json_of_line(d->what));
		json_put(o, "day", json_of_line(d->day.n ? d->day : STR_NONE));
		json_put(o, "next", json_of_day(d->next));
		json_put(o, "years", d->years > 0 ? json_of_count((size_t)d->years) : json_null());
		json_push(list, o);
	}
	return list;
}

static json_t *tasks_model(const struct contact *c, enum todo_kind kind)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		if (t->state != TASK_OPEN || todo_kind_of(t) != kind)
			continue;
		json_t *o = json_of_object();
		json_put(o, "text", json_of_line(t->text));
		json_put(o, "due", json_of_day(t->due));
		json_put(o, "created", json_of_day(t->created));
		json_push(list, o);
	}
	return list;
}

static json_t *owner_model(const struct profile *p, const struct talk *talk)
{
	const struct entry_place *place = journal_place(p->journal, talk->entry);
	json_t *o = json_of_object();
	json_put(o, "name", json_of_line(place ? STR_NONE : talk->owner->name));
	json_put(o, "slug", json_of_text(place ? STR_NONE : talk->owner->slug));
	if (place) {
		json_put(o, "path", json_of_text(place->path));
		json_put(o, "line", json_of_count(place->line));
	}
	return o;
}

static json_t *talks_model(const struct profile *p)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < p->talks_count; i++) {
		const struct talk *t = &p->talks[i];
		const struct entry *e = t->entry;
		json_t *o = json_of_object(), *with = json_of_list();
		for (size_t w = 0; w < t->with_count; w++)
			json_push(with, json_of_line(p->journal->contacts[t->with[w]].name));
		json_put(o, "day", json_of_day(e->day));
		json_put(o, "time", json_of_line(e->time.n ? e->time : STR_NONE));
		json_put(o, "channel", json_of_line(e->channel.n ? e->channel : STR_NONE));
		json_put(o, "text", json_of_line(e->text.p ? e->text : STR("")));
		json_put(o, "kind", json_string(talk_kind_name(t->kind)));
		json_put(o, "with", with);
		json_put(o, "in", t->owner == p->contact ? json_null() : owner_model(p, t));
		json_push(list, o);
	}
	return list;
}

/* YAML nests at most 64 deep (see note/yaml.h), and so does this. */
static json_t *yaml_model(const struct yaml_node *node)
{
	if (yaml_is_null(node))
		return json_null();
	if (node->kind == YAML_SCALAR)
		return json_of_text(node->value);
	bool map = node->kind == YAML_MAP;
	json_t *o = map ? json_of_object() : json_of_list();
	for (const struct yaml_node *n = node->first; n; n = n->next) {
		if (!map) {
			json_push(o, yaml_model(n));
			continue;
		}
		if (!n->next)
			break;
		json_t *key = n->kind == YAML_SCALAR ? json_of_text(n->value) : json_string("?");
		json_put(o, json_string_value(key), yaml_model(n->next));
		json_decref(key);
		n = n->next;
	}
	return o;
}

json_t *profile_own_keys(const struct profile *p)
{
	const struct yaml_node *map = p->contact->own;
	json_t *own = json_of_object();
	for (const struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next) {
		if (k->kind != YAML_SCALAR)
			continue;
		json_t *key = json_of_line(k->value);
		json_put(own, json_string_value(key), yaml_model(k->next));
		json_decref(key);
	}
	return own;
}

json_t *profile_model(const struct profile *p)
{
	static const char *const sources[] = {"own", "tag", "default"};
	const struct contact *c = p->contact;
	json_t *model = json_of_object(), *met = json_of_object();
	struct arena arena;
	arena_init(&arena);
	json_put(model, "today", json_of_day(p->today));
	put_row(model, c, &p->reckoning, &arena);
	arena_release(&arena);
	json_put(model, "unread", json_boolean(c->unread));
	json_put(model, "cadence_from", json_string(sources[p->reckoning.from]));
	json_put(model, "cadence_tag", json_of_line(p->reckoning.tag));
	json_put(model, "cadence_written", json_of_line(c->cadence_text));
	json_put(model, "why", json_of_line(p->why));
	put_fields(p, model, false);
	put_fields(p, model, true);
	json_put(met, "day", json_of_day(c->met));
	json_put(met, "text", json_of_line(c->met_text.n ? c->met_text : STR_NONE));
	json_put(model, "met", met);
	json_put(model, "introduced_by", ties_model(p, &c->introduced_by, true));
	json_put(model, "knows", ties_model(p, &c->knows, true));
	json_put(model, "introduced", ties_model(p, &p->introduced, false));
	json_put(model, "known_by", ties_model(p, &p->known_by, true));
	json_put(model, "dates", dates_model(p));
	json_put(model, "promises", tasks_model(c, TODO_PROMISE));
	json_put(model, "waiting", tasks_model(c, TODO_WAITING));
	json_put(model, "topics", tasks_model(c, TODO_TOPIC));
	json_put(model, "entries", talks_model(p));
	json_put(model, "weeks", rhythm_model(p));
	json_put(model, "usual", p->usual_twice ? json_real(p->usual_twice / 2.0) : json_null());
	json_put(model, "year", year_model(p));
	json_put(model, "own", profile_own_keys(p));
	return model;
}
