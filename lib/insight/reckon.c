#include "insight/reckon.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

void reckoner_init(struct reckoner *r, const struct journal *journal, civil_day as_of)
{
	*r = (struct reckoner){.journal = journal, .as_of = as_of, .today = as_of};
}

void reckoner_release(struct reckoner *r)
{
	free(r->days);
	*r = (struct reckoner){0};
}

void reckon_each_entry(const struct journal *journal, uint32_t who, reckon_entry *f, void *context)
{
	const struct contact *c = &journal->contacts[who];
	for (size_t i = 0; i < c->entries_count; i++)
		f(context, c, &c->entries[i]);
	for (size_t i = 0; i < c->shared_count; i++) {
		const struct contact *owner = &journal->contacts[c->shared[i].contact];
		f(context, owner, &owner->entries[c->shared[i].entry]);
	}
}

/* What the entries of one person say, in one pass. */
struct facts {
	civil_day as_of;
	civil_day last, tried, planned; /* planned: the first from as_of on */
	const struct entry *last_entry;
	civil_day today;
};

static void take_entry(void *context, const struct contact *owner, const struct entry *entry)
{
	struct facts *f = context;
	(void)owner;
	if (entry_was_planned(entry, f->as_of, f->today)) {
		if (entry->day >= f->as_of && (f->planned == NO_DAY || entry->day < f->planned))
			f->planned = entry->day;
	} else if (entry->day > f->as_of) {
		return;
	} else if (entry_counts(entry)) {
		if (entry->day > f->last) {
			f->last = entry->day;
			f->last_entry = entry;
		}
	} else if (entry->tried && !entry->planned && !entry->cancelled && entry->day > f->tried) {
		f->tried = entry->day;
	}
}

static void take_contact_day(void *context, const struct contact *owner, const struct entry *entry)
{
	struct reckoner *r = context;
	(void)owner;
	if (entry->day > r->as_of || !entry_counts(entry))
		return;
	r->days = mem_grow(r->days, r->days_count, &r->days_cap, sizeof(*r->days));
	r->days[r->days_count++] = entry->day;
}

static int compare_days(const void *a, const void *b)
{
	civil_day x = *(const civil_day *)a, y = *(const civil_day *)b;
	return (x > y) - (x < y);
}

/* Days are few and mostly in order, one way or the other: then inserting beats qsort. */
static void sort_days(civil_day *days, size_t count)
{
	if (count > 64) {
		qsort(days, count, sizeof(*days), compare_days);
		return;
	}
	bool falling = count > 1 && days[0] > days[count - 1];
	for (size_t i = 0; falling && i < count / 2; i++) {
		civil_day day = days[i];
		days[i] = days[count - 1 - i];
		days[count - 1 - i] = day;
	}
	for (size_t i = 1; i < count; i++) {
		civil_day day = days[i];
		size_t at = i;
		for (; at > 0 && days[at - 1] > day; at--)
			days[at] = days[at - 1];
		days[at] = day;
	}
}

/* The distinct days of contact, rising, into r->days. */
static void collect_days(struct reckoner *r, uint32_t who, civil_day last)
{
	r->days_count = 0;
	reckon_each_entry(r->journal, who, take_contact_day, r);
	/* `last_contact` is a day of contact where it is the last. */
	if (last != NO_DAY) {
		r->days = mem_grow(r->days, r->days_count, &r->days_cap, sizeof(*r->days));
		r->days[r->days_count++] = last;
	}
	sort_days(r->days, r->days_count);
	size_t kept = 0;
	for (size_t i = 0; i < r->days_count; i++)
		if (kept == 0 || r->days[kept - 1] != r->days[i])
			r->days[kept++] = r->days[i];
	r->days_count = kept;
}

/* What the contact's own key says; of `X until DATE then Y`, the one that is in force. */
static struct cadence own_cadence(const struct contact *c, civil_day base, civil_day as_of)
{
	bool over =
	    c->cadence.until != NO_DAY && (base != NO_DAY ? base : as_of) > c->cadence.until;
	return over ? c->cadence.then : c->cadence.first;
}

static void set_cadence(struct reckoning *out, const struct config *config, const struct contact *c,
			civil_day as_of)
{
	out->cadence = own_cadence(c, out->base, as_of);
	if (out->cadence.kind != CADENCE_UNSET)
		return;
	for (size_t i = 0; i < config->by_tag_count; i++)
		if (contact_has_tag(c, config->by_tag[i].tag)) {
			out->cadence = config->by_tag[i].cadence;
			out->from = CADENCE_TAG;
			out->tag = config->by_tag[i].tag;
			return;
		}
	out->cadence = config->cadence_default;
	out->from = CADENCE_DEFAULT;
}

/* Steps 1 and 2: from the last contact, or spread over the first interval in the journal. */
static civil_day first_steps(const struct reckoner *r, const struct contact *c,
			     const struct reckoning *out)
{
	civil_day since = r->journal->config.since;
	if (c->added > since)
		since = c->added;
	if (out->cadence.kind != CADENCE_EVERY)
		return NO_DAY;
	civil_day day = out->base == NO_DAY ? NO_DAY : day_add(out->base, out->cadence.interval);
	if (out->last != NO_DAY || (day != NO_DAY && (since == NO_DAY || day >= since)))
		return day;
	if (since == NO_DAY)
		return r->as_of;
	civil_day span = day_add(since, out->cadence.interval) - since;
	return since + (civil_day)(hash_fnv1a(c->slug) % (uint64_t)(span > 0 ? span : 1));
}

static civil_day end_of_new(const struct config *config, civil_day met)
{
	struct interval last = config->new_ties[config->new_ties_count - 1];
	return day_add(met, (struct interval){last.months * 2, last.days * 2});
}

static bool may_be_new(const struct reckoner *r, const struct contact *c, civil_day base)
{
	return c->met != NO_DAY && c->met <= r->as_of && r->journal->config.new_ties_count > 0 &&
	       own_cadence(c, base, r->as_of).kind != CADENCE_NEVER;
}

/* Step 3: a new tie's first days; NO_DAY where it is none. */
static civil_day new_tie(struct reckoner *r, uint32_t who, const struct reckoning *out)
{
	const struct config *config = &r->journal->config;
	const struct contact *c = &r->journal->contacts[who];
	if (!may_be_new(r, c, out->base))
		return NO_DAY;
	size_t n = 0;
	bool talked = out->last != NO_DAY && out->last > c->met;
	bool over = r->as_of > end_of_new(config, c->met);
	/* After its time only a tie without a word since is still a new one. */
	if (talked && over)
		return NO_DAY;
	if (talked) {
		collect_days(r, who, out->last);
		for (size_t i = 0; i < r->days_count; i++)
			n += r->days[i] > c->met;
	}
	bool since = n == 0 && config->since != NO_DAY && c->met >= config->since;
	if (n >= config->new_ties_count || (over && !since))
		return NO_DAY;
	civil_day day = day_add(c->met, config->new_ties[n]);
	civil_day rested = talked ? day_add(out->last, config->new_ties[0]) : day;
	return rested > day ? rested : day;
}

/* Step 5: whether a plan lies between today and today + I. */
static bool is_held(const struct reckoner *r, const struct reckoning *out, civil_day planned)
{
	if (planned == NO_DAY)
		return false;
	return out->cadence.kind != CADENCE_EVERY ||
	       planned <= day_add(r->as_of, out->cadence.interval);
}

static bool is_dormant(const struct reckoning *out, civil_day as_of)
{
	if (out->last == NO_DAY || out->cadence.kind != CADENCE_EVERY ||
	    day_add_months(out->base, 6) >= as_of)
		return false;
	civil_day thrice = out->base;
	for (int i = 0; i < 3; i++)
		thrice = day_add(thrice, out->cadence.interval);
	return thrice < as_of;
}

struct reckoning reckon(struct reckoner *r, uint32_t who)
{
	const struct contact *c = &r->journal->contacts[who];
	const struct config *config = &r->journal->config;
	struct facts facts = {r->as_of, NO_DAY, NO_DAY, NO_DAY, NULL, r->today};
	struct reckoning out = {.tried = NO_DAY, .step3 = NO_DAY, .due = NO_DAY, .planned = NO_DAY};

	reckon_each_entry(r->journal, who, take_entry, &facts);
	out.last = facts.last;
	out.last_entry = facts.last_entry;
	civil_day floor = contact_last_contact(c, r->as_of);
	if (floor != NO_DAY && floor > out.last) {
		out.last = floor;
		out.last_entry = NULL;
	}
	out.base = out.last;
	if (c->met != NO_DAY && c->met <= r->as_of && c->met > out.base)
		out.base = c->met;
	if (facts.tried > out.last)
		out.tried = facts.tried;
	set_cadence(&out, config, c, r->as_of);
	if (!contact_is_active(c))
		return out;

	out.step3 = first_steps(r, c, &out);
	civil_day tie = new_tie(r, who, &out);
	if (tie != NO_DAY && (out.step3 == NO_DAY || tie < out.step3))
		out.step3 = tie;
	out.is_new = may_be_new(r, c, out.base) && r->as_of <= end_of_new(config, c->met);
	out.dormant = is_dormant(&out, r->as_of);
	if (out.step3 == NO_DAY)
		return out;

	out.due = out.step3;
	if (c->snooze != NO_DAY && c->snooze > out.due)
		out.due = c->snooze;
	if (out.tried != NO_DAY && out.tried + 7 > out.due)
		out.due = out.tried + 7;
	if (out.cadence.kind == CADENCE_EVERY) {
		civil_day days = day_add(out.step3, out.cadence.interval) - out.step3;
		out.ratio = 1 + (double)(r->as_of - out.step3) / (days > 0 ? days : 1);
	}
	if (is_held(r, &out, facts.planned)) {
		out.planned = facts.planned;
		out.due = NO_DAY;
	}
	return out;
}

struct reckoning reckon_one(const struct journal *journal, uint32_t who, civil_day as_of,
			    civil_day today)
{
	struct reckoner reckoner;
	reckoner_init(&reckoner, journal, as_of);
	reckoner.today = today;
	struct reckoning reckoning = reckon(&reckoner, who);
	reckoner_release(&reckoner);
	return reckoning;
}

int reckon_usual_twice(struct reckoner *r, uint32_t who, civil_day last)
{
	collect_days(r, who, last);
	civil_day from = day_add_months(last, -24);
	size_t first = 0;
	while (first < r->days_count && r->days[first] < from)
		first++;
	size_t count = r->days_count - first;
	civil_day *days = r->days + first;
	if (count < 4 || days[count - 1] - days[0] < 28)
		return 0;
	size_t gaps = count - 1;
	for (size_t i = 0; i < gaps; i++)
		days[i] = days[i + 1] - days[i];
	sort_days(days, gaps);
	int twice = days[(gaps - 1) / 2] + days[gaps / 2];
	return twice < 14 ? 14 : twice;
}
