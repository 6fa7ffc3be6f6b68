#include "report/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/interval.h"
#include "base/mem.h"
#include "insight/dates.h"
#include "insight/week.h"
#include "people/fields.h"
#include "people/keys.h"
#include "people/link.h"
#include "report/json.h"

static struct str day_text(civil_day day, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	day_format(&b, day);
	return arena_take(arena, &b);
}

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
		return arena_printf(arena, "a new tie: you met on %.*s",
				    STR_ARG(day_text(c->met, arena)));
	if (c->met != NO_DAY && c->met >= journal->config.since && r->last == NO_DAY &&
	    journal->config.since != NO_DAY)
		return arena_printf(arena, "you met on %.*s, and no contact since",
				    STR_ARG(day_text(c->met, arena)));
	if (journal->config.since != NO_DAY)
		return arena_printf(
		    arena, "no contact yet: spread over %.*s from the start of the journal",
		    STR_ARG(words));
	return STR("no contact yet");
}

struct str people_why(const struct journal *journal, const struct contact *c,
		      const struct reckoning *r, struct arena *arena)
{
	if (r->planned != NO_DAY)
		return arena_printf(arena, "a contact is planned on %.*s",
				    STR_ARG(day_text(r->planned, arena)));
	if (r->due == NO_DAY)
		return STR("the cadence is none");
	if (r->due == r->step3)
		return why_step3(journal, c, r, arena);
	if (r->due == c->snooze)
		return STR("snoozed until then");
	return STR("tried without an answer, so it rests a week");
}

static json_t *texts_of(struct values values)
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
	json_put(o, "email", texts_of(c->email));
	json_put(o, "tags", json_of_lines(c->tags));
	json_put(o, "status", json_of_line(c->status_text.n ? c->status_text : STR("active")));
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

/* What the functions below share. */
struct person {
	const struct journal *journal;
	const struct contact *contact;
	uint32_t who;
	civil_day today;
	json_t *model;
};

static json_t *values_of(const struct values *values)
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

static json_t *field_of(const struct contact *c, enum key key)
{
	const void *at = fields_at(c, key);
	switch (key_row(key)->shape) {
	case SHAPE_LABELLED:
		return values_of(at);
	case SHAPE_TEXTS:
		return json_of_lines(*(const struct strs *)at);
	case SHAPE_DAY:
		return json_of_day(*(const civil_day *)at);
	default:
		return json_of_line(*(const struct str *)at);
	}
}

/* What is of interest only beside the person, and is no more than its value. */
static void put_fields(const struct person *p)
{
	for (enum key key = 0; key < KEY_COUNT; key++) {
		const struct key_row *row = key_row(key);
		if (row->in_json)
			json_put(p->model, row->json ? row->json : row->name,
				 field_of(p->contact, key));
	}
}

static void put_cadence(const struct person *p, const struct reckoning *r, struct arena *arena)
{
	const struct config *config = &p->journal->config;
	const struct cadence_plan *plan = &p->contact->cadence;
	bool over = plan->until != NO_DAY && (r->base != NO_DAY ? r->base : p->today) > plan->until;
	bool own = (over ? plan->then : plan->first).kind != CADENCE_UNSET;
	struct str tag = STR_NONE, written = p->contact->cadence_text;
	for (size_t i = 0; i < config->by_tag_count && !own && !tag.p; i++)
		if (contact_has_tag(p->contact, config->by_tag[i].tag))
			tag = config->by_tag[i].tag;
	struct str why = people_why(p->journal, p->contact, r, arena);
	json_put(p->model, "cadence_from", json_string(own ? "own" : tag.p ? "tag" : "default"));
	json_put(p->model, "cadence_tag", json_of_line(tag));
	json_put(p->model, "cadence_written", json_of_line(written));
	json_put(p->model, "why", json_of_line(p->contact->unread ? STR_NONE : why));
}

static json_t *reference(const struct contact *c)
{
	json_t *o = json_of_object();
	json_put(o, "name", json_of_line(c->name));
	json_put(o, "slug", json_of_text(c->slug));
	return o;
}

static void put_relations(const struct person *p, const char *key, struct relations relations)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < relations.count; i++) {
		const struct relation *r = &relations.items[i];
		json_t *o;
		if (r->who != NO_CONTACT) {
			o = reference(&p->journal->contacts[r->who]);
		} else {
			o = json_of_object();
			json_put(o, "name", json_of_line(link_text(r->text)));
			json_put(o, "slug", json_null());
		}
		json_put(o, "relation", json_of_line(r->relation.n ? r->relation : STR_NONE));
		json_push(list, o);
	}
	json_put(p->model, key, list);
}

static bool names(const struct relations *relations, uint32_t who, struct str *relation)
{
	for (size_t i = 0; i < relations->count; i++)
		if (relations->items[i].who == who) {
			*relation = relations->items[i].relation;
			return true;
		}
	return false;
}

/* The same ties as others' files tell them. */
static void put_reverse(const struct person *p)
{
	json_t *introduced = json_of_list(), *known = json_of_list();
	struct str relation;
	for (uint32_t i = 0; i < p->journal->count; i++) {
		const struct contact *c = &p->journal->contacts[i];
		if (i == p->who)
			continue;
		if (names(&c->introduced_by, p->who, &relation))
			json_push(introduced, reference(c));
		if (names(&c->knows, p->who, &relation)) {
			json_t *o = reference(c);
			json_put(o, "relation", json_of_line(relation.n ? relation : STR_NONE));
			json_push(known, o);
		}
	}
	json_put(p->model, "introduced", introduced);
	json_put(p->model, "known_by", known);
}

/* The next time of each date, by its place in the contact, the birthday last. */
struct next_dates {
	struct occurrence *items;
	size_t count;
};

static void keep_next(void *context, const struct contact *c, struct occurrence found)
{
	struct next_dates *next = context;
	struct occurrence *o = &next->items[found.which == BIRTHDAY ? c->dates_count : found.which];
	if (o->day == NO_DAY || found.day < o->day)
		*o = found;
}

static json_t *date_object(struct str what, json_t *day, const struct occurrence *next)
{
	json_t *o = json_of_object();
	json_put(o, "what", json_of_line(what));
	json_put(o, "day", day);
	json_put(o, "next", json_of_day(next->day));
	json_put(o, "years", next->years > 0 ? json_of_count((size_t)next->years) : json_null());
	return o;
}

static void put_dates(const struct person *p)
{
	const struct contact *c = p->contact;
	json_t *list = json_of_list();
	struct next_dates next = {mem_zalloc(c->dates_count + 1, sizeof(*next.items)),
				  c->dates_count + 1};
	for (size_t i = 0; i < next.count; i++)
		next.items[i].day = NO_DAY;
	dates_each(c, p->today, day_add_months(p->today, 12) - 1, p->journal->config.leap_march,
		   keep_next, &next);
	if (c->birthday.text.n) {
		/* A year that stands for none (Apple's 1604) is not shown. */
		char day[16];
		snprintf(day, sizeof(day), "--%02d-%02d", c->birthday.month, c->birthday.day);
		bool yearless = c->birthday.month && !c->birthday.year;
		json_push(list, date_object(STR("birthday"),
					    json_of_line(yearless ? str_of(day) : c->birthday.text),
					    &next.items[c->dates_count]));
	}
	for (size_t i = 0; i < c->dates_count; i++)
		json_push(list, date_object(c->dates[i].what, json_of_day(c->dates[i].day),
					    &next.items[i]));
	json_put(p->model, "dates", list);
	free(next.items);
}

static void put_tasks(const struct person *p)
{
	const struct contact *c = p->contact;
	json_t *promises = json_of_list(), *waiting = json_of_list(), *topics = json_of_list();
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		if (t->state != TASK_OPEN)
			continue;
		json_t *o = json_of_object();
		json_put(o, "text", json_of_line(t->text));
		json_put(o, "due", json_of_day(t->due));
		json_put(o, "created", json_of_day(t->created));
		json_push(task_is_promise(t) ? promises : t->waiting ? waiting : topics, o);
	}
	json_put(p->model, "promises", promises);
	json_put(p->model, "waiting", waiting);
	json_put(p->model, "topics", topics);
}

struct talk {
	const struct contact *owner;
	const struct entry *entry;
};

struct talks {
	struct talk *items;
	size_t count, cap;
};

static void keep_talk(void *context, const struct contact *owner, const struct entry *entry)
{
	struct talks *talks = context;
	talks->items = mem_grow(talks->items, talks->count, &talks->cap, sizeof(*talks->items));
	talks->items[talks->count++] = (struct talk){owner, entry};
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

static const char *kind_of(const struct entry *e, civil_day today)
{
	return e->cancelled                 ? "cancelled"
	       : e->note                    ? "note"
	       : entry_is_planned(e, today) ? "planned"
	       : e->tried                   ? "tried"
					    : "contact";
}

static json_t *talk_object(const struct person *p, const struct talk *talk)
{
	const struct entry *e = talk->entry;
	json_t *o = json_of_object(), *with = json_of_list();
	bool own = talk->owner == p->contact;
	if (!own)
		json_push(with, json_of_line(talk->owner->name));
	for (uint32_t i = 0; i < e->with_count; i++)
		if (e->with[i] != p->who)
			json_push(with, json_of_line(p->journal->contacts[e->with[i]].name));
	json_put(o, "day", json_of_day(e->day));
	json_put(o, "time", json_of_line(e->time.n ? e->time : STR_NONE));
	json_put(o, "channel", json_of_line(e->channel.n ? e->channel : STR_NONE));
	json_put(o, "text", json_of_line(e->text.p ? e->text : STR("")));
	json_put(o, "kind", json_string(kind_of(e, p->today)));
	json_put(o, "with", with);
	json_put(o, "in", own ? json_null() : reference(talk->owner));
	return o;
}

static void put_entries(const struct person *p)
{
	struct talks talks = {0};
	json_t *list = json_of_list();
	reckon_each_entry(p->journal, p->who, keep_talk, &talks);
	if (talks.count)
		qsort(talks.items, talks.count, sizeof(*talks.items), compare_talks);
	for (size_t i = 0; i < talks.count; i++)
		json_push(list, talk_object(p, &talks.items[i]));
	json_put(p->model, "entries", list);
	free(talks.items);
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

static void put_own_keys(const struct person *p)
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
	json_put(p->model, "own", own);
}

static void put_met(const struct person *p)
{
	const struct contact *c = p->contact;
	json_t *met = json_of_object();
	json_put(met, "day", json_of_day(c->met));
	json_put(met, "text", json_of_line(c->met_text.n ? c->met_text : STR_NONE));
	json_put(p->model, "met", met);
}

json_t *people_person(const struct journal *journal, uint32_t who, civil_day today)
{
	const struct contact *c = &journal->contacts[who];
	struct reckoning r = {
	    .last = NO_DAY, .base = NO_DAY, .step3 = NO_DAY, .due = NO_DAY, .planned = NO_DAY};
	/* Of a file that could not be read nothing is set, the days neither. */
	struct contact unread = {.slug = c->slug,
				 .name = c->name,
				 .path = c->path,
				 .last_contact = NO_DAY,
				 .snooze = NO_DAY,
				 .met = NO_DAY,
				 .cadence.until = NO_DAY,
				 .unread = true};
	c = c->unread ? &unread : c;
	struct person p = {journal, c, who, today, json_of_object()};
	struct reckoner reckoner;
	struct arena arena;
	arena_init(&arena);
	reckoner_init(&reckoner, journal, today);
	if (!c->unread)
		r = reckon(&reckoner, who);
	put_row(p.model, c, &r, &arena);
	json_put(p.model, "unread", json_boolean(c->unread));
	put_cadence(&p, &r, &arena);
	put_fields(&p);
	put_met(&p);
	put_relations(&p, "introduced_by", c->introduced_by);
	put_relations(&p, "knows", c->knows);
	put_reverse(&p);
	put_dates(&p);
	put_tasks(&p);
	put_entries(&p);
	put_own_keys(&p);
	reckoner_release(&reckoner);
	arena_release(&arena);
	return p.model;
}
