#include "people/twins.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

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

const char *twin_sign_name(enum twin_sign sign)
{
	static const char *const names[] = {"name", "e-mail", "phone"};
	return names[sign];
}
