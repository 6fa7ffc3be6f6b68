#include "people/twins.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "people/head.h"

/* Fewer digits than these are an extension, which many share. */
#define LEAST_DIGITS 7
/* A number without its country has at least so many. */
#define NATIONAL_DIGITS 8

/* What a contact is known by, ready for comparing. */
struct marks {
	struct strs names, emails, phones;
};

/* The digits without zeros before them: `0044 …`, `+44 …` and `07700 …` begin alike then. */
static struct str digits_of(struct str text, struct arena *arena)
{
	char *p = arena_bytes(arena, text.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++)
		if (str_is_digit(text.p[i]) && (n > 0 || text.p[i] != '0'))
			p[n++] = text.p[i];
	return (struct str){p, n};
}

static bool is_same_number(struct str a, struct str b)
{
	if (a.n < LEAST_DIGITS || b.n < LEAST_DIGITS)
		return false;
	if (str_eq(a, b))
		return true;
	return a.n < b.n ? a.n >= NATIONAL_DIGITS && str_ends(b, a)
			 : b.n >= NATIONAL_DIGITS && str_ends(a, b);
}

static struct strs texts_of(struct values values, struct arena *arena)
{
	struct strs out = {ARENA_ARRAY(arena, struct str, values.count), values.count};
	for (size_t i = 0; i < values.count; i++)
		out.items[i] = str_trim(values.items[i].text);
	return out;
}

static void marks_init(struct marks *m, const struct contact *c, struct arena *arena)
{
	size_t count = c->aliases.count + 1;
	m->names = (struct strs){ARENA_ARRAY(arena, struct str, count), count};
	for (size_t i = 0; i < count; i++)
		m->names.items[i] = text_key(i ? c->aliases.items[i - 1] : c->name, arena);
	m->emails = texts_of(c->email, arena);
	m->phones = texts_of(c->phone, arena);
	for (size_t i = 0; i < m->phones.count; i++)
		m->phones.items[i] = digits_of(m->phones.items[i], arena);
}

static bool shares_name(const struct marks *m, struct str key)
{
	for (size_t i = 0; i < m->names.count; i++)
		if (key.n && str_eq(m->names.items[i], key))
			return true;
	return false;
}

static bool shares_email(const struct marks *m, struct str email)
{
	for (size_t i = 0; i < m->emails.count; i++)
		if (email.n && str_ieq(m->emails.items[i], email))
			return true;
	return false;
}

static bool shares_phone(const struct marks *m, struct str digits)
{
	for (size_t i = 0; i < m->phones.count; i++)
		if (is_same_number(m->phones.items[i], digits))
			return true;
	return false;
}

static bool is_twin_of(const struct marks *m, const struct contact *c, struct twin *twin,
		       struct arena *scratch)
{
	for (size_t i = 0; i <= c->aliases.count; i++) {
		twin->text = i ? c->aliases.items[i - 1] : c->name;
		twin->sign = TWIN_NAME;
		if (shares_name(m, text_key(twin->text, scratch)))
			return true;
	}
	for (size_t i = 0; i < c->email.count; i++) {
		twin->text = c->email.items[i].text;
		twin->sign = TWIN_EMAIL;
		if (shares_email(m, str_trim(twin->text)))
			return true;
	}
	for (size_t i = 0; i < c->phone.count; i++) {
		twin->text = c->phone.items[i].text;
		twin->sign = TWIN_PHONE;
		if (shares_phone(m, digits_of(twin->text, scratch)))
			return true;
	}
	return false;
}

void twins_find(struct twins *out, const struct journal *journal, const struct contact *contact,
		struct arena *arena)
{
	struct twin *items = NULL, twin;
	struct marks marks;
	size_t cap = 0;
	*out = (struct twins){NULL, 0};
	marks_init(&marks, contact, arena);
	for (uint32_t i = 0; i < journal->count; i++) {
		struct arena_mark mark = arena_mark(arena);
		twin.who = i;
		bool found = is_twin_of(&marks, &journal->contacts[i], &twin, arena);
		arena_rewind(arena, mark);
		if (!found)
			continue;
		items = mem_grow(items, out->count, &cap, sizeof(*items));
		items[out->count++] = twin;
	}
	out->items = arena_copy(arena, items, out->count, sizeof(*items));
	free(items);
}

/* ---- all of a journal ---- */

/* A sign that more have than these is a switchboard's number, or a name like `Mum`. */
#define MOST_TWINS     4
#define MOST_SIGHTINGS 64

/* Who has a sign; key: what is the same of those that may be equal. */
struct sighting {
	enum twin_sign sign;
	uint32_t who;
	bool alias;
	struct str key, whole, text;
};

struct sightings {
	struct sighting *items;
	size_t count, cap;
};

/* Two who share a sign; a stands before b. */
struct twin_pair {
	uint32_t a, b;
	enum twin_sign sign;
	struct str text; /* as b has it */
};

struct twin_pairs {
	struct twin_pair *items;
	size_t count, cap;
};

static void add_sighting(struct sightings *all, struct sighting s)
{
	if (s.key.n == 0)
		return;
	all->items = mem_grow(all->items, all->count, &all->cap, sizeof(*all->items));
	all->items[all->count++] = s;
}

static void add_sightings(struct sightings *all, const struct contact *c, uint32_t who,
			  struct arena *arena)
{
	struct marks m;
	marks_init(&m, c, arena);
	for (size_t i = 0; i < m.names.count; i++)
		add_sighting(all, (struct sighting){TWIN_NAME, who, i > 0, m.names.items[i],
						    m.names.items[i],
						    i ? c->aliases.items[i - 1] : c->name});
	for (size_t i = 0; i < m.emails.count; i++)
		add_sighting(all, (struct sighting){TWIN_EMAIL, who, false,
						    text_case_key(m.emails.items[i], arena),
						    m.emails.items[i], m.emails.items[i]});
	for (size_t i = 0; i < m.phones.count; i++) {
		struct str digits = m.phones.items[i];
		size_t skip = digits.n > NATIONAL_DIGITS ? digits.n - NATIONAL_DIGITS : 0;
		add_sighting(all, (struct sighting){TWIN_PHONE, who, false, str_from(digits, skip),
						    digits, c->phone.items[i].text});
	}
}

static int compare_sightings(const void *a, const void *b)
{
	const struct sighting *x = a, *y = b;
	int order = x->sign != y->sign ? (x->sign > y->sign ? 1 : -1) : str_cmp(x->key, y->key);
	return order ? order : (x->who > y->who) - (x->who < y->who);
}

static int compare_twins(const void *a, const void *b)
{
	const struct twin_pair *x = a, *y = b;
	if (x->a != y->a)
		return x->a > y->a ? 1 : -1;
	if (x->b != y->b)
		return x->b > y->b ? 1 : -1;
	return (x->sign > y->sign) - (x->sign < y->sign);
}

static bool knows_contact(const struct contact *c, uint32_t other)
{
	const struct relations *lists[] = {&c->knows, &c->introduced_by};
	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		for (size_t i = 0; i < lists[l]->count; i++)
			if (lists[l]->items[i].who == other)
				return true;
	return false;
}

/* Those that have one key, in the order of their contacts. */
static void pair_run(struct twin_pairs *pairs, const struct journal *journal,
		     const struct sighting *run, size_t count)
{
	size_t people = 1;
	for (size_t i = 1; i < count; i++)
		people += run[i].who != run[i - 1].who;
	bool told = people > 1 && people <= MOST_TWINS && count <= MOST_SIGHTINGS;
	for (size_t i = 0; i < count && told; i++)
		for (size_t k = i + 1; k < count; k++) {
			const struct sighting *a = &run[i], *b = &run[k];
			if (a->who == b->who || (a->alias && b->alias) ||
			    (a->sign == TWIN_PHONE && !is_same_number(a->whole, b->whole)) ||
			    knows_contact(&journal->contacts[a->who], b->who) ||
			    knows_contact(&journal->contacts[b->who], a->who))
				continue;
			pairs->items = mem_grow(pairs->items, pairs->count, &pairs->cap,
						sizeof(*pairs->items));
			pairs->items[pairs->count++] =
			    (struct twin_pair){a->who, b->who, a->sign, b->text};
		}
}

static void report_pair(struct journal *journal, const struct twin_pair *pair)
{
	const struct contact *a = &journal->contacts[pair->a], *b = &journal->contacts[pair->b];
	struct arena *arena = &journal->arena;
	uintptr_t at = (uintptr_t)pair->text.p, from = (uintptr_t)b->image.p;
	struct place place =
	    span_place(b->image, at >= from && at < from + b->image.n ? at - from : 0);
	diag_add(&journal->diag, SEVERITY_HINT, b->path, place.line, place.column,
		 "%.*s has the same %s; if they are one, `kith merge %.*s %.*s`, and if not, "
		 "`knows` in one of them says so",
		 STR_ARG(a->path), twin_sign_name(pair->sign), STR_ARG(head_typed(a->slug, arena)),
		 STR_ARG(head_typed(b->slug, arena)));
}

void twins_report(struct journal *journal)
{
	struct sightings all = {NULL, 0, 0};
	struct twin_pairs pairs = {NULL, 0, 0};
	struct arena arena;
	arena_init(&arena);
	for (uint32_t i = 0; i < journal->count; i++)
		if (!journal->contacts[i].unread)
			add_sightings(&all, &journal->contacts[i], i, &arena);
	if (all.count)
		qsort(all.items, all.count, sizeof(*all.items), compare_sightings);
	for (size_t i = 0, n; i < all.count; i += n) {
		for (n = 1; i + n < all.count && all.items[i].sign == all.items[i + n].sign &&
			    str_eq(all.items[i].key, all.items[i + n].key);)
			n++;
		pair_run(&pairs, journal, &all.items[i], n);
	}
	if (pairs.count)
		qsort(pairs.items, pairs.count, sizeof(*pairs.items), compare_twins);
	for (size_t i = 0; i < pairs.count; i++)
		if (i == 0 || pairs.items[i].a != pairs.items[i - 1].a ||
		    pairs.items[i].b != pairs.items[i - 1].b)
			report_pair(journal, &pairs.items[i]);
	free(all.items);
	free(pairs.items);
	arena_release(&arena);
}

const char *twin_sign_name(enum twin_sign sign)
{
	static const char *const names[] = {"name", "e-mail", "phone"};
	return names[sign];
}
