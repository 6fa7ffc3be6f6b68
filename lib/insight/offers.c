#include "insight/offers.h"

#include <stdlib.h>
#include <string.h>

#include "base/datewords.h"
#include "base/mem.h"
#include "base/text.h"
#include "people/find.h"

void offers_init(struct offers *o, struct str typed, struct arena *arena)
{
	*o = (struct offers){.kept = str_upto(typed, 0), .begun = typed, .arena = arena};
}

void offers_release(struct offers *o)
{
	free(o->items);
	*o = (struct offers){.items = NULL};
}

void offers_keep(struct offers *o, size_t n)
{
	o->kept = (struct str){o->kept.p, o->kept.n + n};
	o->begun = str_from(o->begun, n);
}

/* ---- words ---- */

static void put_offer(struct offers *o, struct str word, struct str about)
{
	if (!word.n || !text_is_line(word))
		return;
	if (o->kept.n)
		word = arena_printf(o->arena, "%.*s%.*s", STR_ARG(o->kept), STR_ARG(word));
	o->items = mem_grow(o->items, o->count, &o->cap, sizeof(*o->items));
	o->items[o->count++] = (struct offer){word, about, 1};
}

static bool begins_so(const struct offers *o, struct str word)
{
	struct arena_mark mark = arena_mark(o->arena);
	bool begins = !o->begun.n || str_istarts(word, o->begun) ||
		      str_starts(text_key(word, o->arena), text_key(o->begun, o->arena));
	arena_rewind(o->arena, mark);
	return begins;
}

void offers_add(struct offers *o, struct str word, struct str about)
{
	if (begins_so(o, word))
		put_offer(o, word, about);
}

static int compare_offers(const void *a, const void *b)
{
	const struct offer *x = a, *y = b;
	return str_cmp(x->word, y->word);
}

void offers_finish(struct offers *o)
{
	size_t kept = 0;
	if (o->count)
		qsort(o->items, o->count, sizeof(*o->items), compare_offers);
	for (size_t i = 0; i < o->count; i++) {
		if (kept && str_eq(o->items[kept - 1].word, o->items[i].word))
			o->items[kept - 1].times++;
		else
			o->items[kept++] = o->items[i];
	}
	o->count = kept;
}

/* ---- people ---- */

static int compare_slug_keys(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	return str_cmp(*x, *y);
}

/* The keys of all slugs, sorted. */
static struct strs slug_keys(const struct journal *journal, struct arena *arena)
{
	struct strs keys = {ARENA_ARRAY(arena, struct str, journal->count), journal->count};
	for (size_t i = 0; i < keys.count; i++)
		keys.items[i] = find_slug_key(journal->contacts[i].slug, arena);
	if (keys.count)
		qsort(keys.items, keys.count, sizeof(*keys.items), compare_slug_keys);
	return keys;
}

/* Whether one slug alone has that key; the word is none that a command takes for an option. */
static bool tells_apart(const struct strs *keys, struct str slug, struct arena *arena)
{
	struct str key = find_slug_key(slug, arena);
	const struct str *found =
	    bsearch(&key, keys->items, keys->count, sizeof(*keys->items), compare_slug_keys);
	if (!found || str_at(slug, 0) == '-')
		return false;
	return (found == keys->items || !str_eq(found[-1], key)) &&
	       (found + 1 == keys->items + keys->count || !str_eq(found[1], key));
}

static struct str about_person(const struct contact *c, struct arena *arena)
{
	struct str name = str_eq(c->name, c->slug) ? STR("") : text_line(c->name, arena);
	if (c->status == STATUS_ACTIVE)
		return name;
	return arena_printf(arena, "%.*s%s(%s)", STR_ARG(name), name.n ? " " : "",
			    status_name(c->status));
}

/* What somebody is offered by. */
static struct str word_for(const struct offers *o, const struct contact *c, unsigned whom,
			   const struct strs *keys)
{
	struct str word = tells_apart(keys, c->slug, o->arena) ? c->slug : c->path;
	struct str key = text_key(word, o->arena), begun = text_key(o->begun, o->arena);
	if (!(whom & OFFERS_NAMED) || str_find(key, begun) < key.n)
		return word;
	struct str name = find_begun_name(c, o->begun, o->arena);
	return name.p ? name : word;
}

void offers_people(struct offers *o, const struct journal *journal, unsigned whom)
{
	struct found found;
	struct strs keys = {NULL, 0};
	size_t last = o->begun.n;
	while (whom & OFFERS_LISTED && last && o->begun.p[last - 1] != ',')
		last--;
	if (whom & OFFERS_LISTED)
		offers_keep(o, last);
	find_begun(&found, journal, o->begun, o->arena);
	if (found.count)
		keys = slug_keys(journal, o->arena);
	for (size_t i = 0; i < found.count; i++) {
		const struct contact *c = &journal->contacts[found.who[i]];
		struct str word = word_for(o, c, whom, &keys);
		if (whom & OFFERS_ACTIVE && c->status != STATUS_ACTIVE)
			continue;
		if (!(whom & OFFERS_LISTED) || str_find_char(word, ',') == word.n)
			put_offer(o, word, about_person(c, o->arena));
	}
}

/* ---- queries ---- */

/* As a query takes it: of several words in quotes, where they are not an argument of their own. */
static void offer_value(struct offers *o, struct str value)
{
	bool is_word = str_find_char(value, ' ') == value.n &&
		       str_find_char(value, '(') == value.n &&
		       str_find_char(value, ')') == value.n && str_find_char(value, ':') == value.n;
	if (str_find_char(value, '"') < value.n || str_at(value, 0) == '/' || !begins_so(o, value))
		return;
	put_offer(
	    o, o->quotes && !is_word ? arena_printf(o->arena, "\"%.*s\"", STR_ARG(value)) : value,
	    STR_NONE);
}

static void add_texts(struct offers *o, const struct term *term, const struct term_reader *reader)
{
	struct term_match match;
	term_match_init(&match, reader->journal, reader->today);
	for (uint32_t i = 0; i < reader->journal->count; i++) {
		struct arena_mark mark = arena_mark(&match.scratch);
		term_match_begin(&match, i, NULL);
		struct strs texts = term_texts(term, &match);
		for (size_t t = 0; t < texts.count; t++)
			if (begins_so(o, texts.items[t]))
				offer_value(o, arena_str(o->arena, texts.items[t]));
		arena_rewind(&match.scratch, mark);
	}
	term_match_release(&match);
}

static void add_cadences(struct offers *o, const struct config *config)
{
	for (size_t i = 0; i < config->cadences.count; i++)
		offers_add(o, config->cadences.items[i].name,
			   cadence_words(config->cadences.items[i].cadence, o->arena));
	offers_add(o, STR("none"), STR("never due"));
}

/* after: what follows the name, "" or a sign; shown: of those alone that can be sorted by. */
static void add_keys(struct offers *o, const char *after, bool shown,
		     const struct term_reader *reader)
{
	struct term term;
	for (size_t at = 0; term_next_key(&term, &at);)
		if (!shown || term_is_shown(&term))
			offers_add(
			    o, arena_printf(o->arena, "%.*s%s", STR_ARG(term_name(&term)), after),
			    str_of(term_noun(&term)));
	for (size_t i = 0; i < reader->journal->count; i++) {
		const struct yaml_node *own = reader->journal->contacts[i].own;
		for (const struct yaml_node *key = own ? own->first : NULL; key;
		     key = key->next->next)
			if (begins_so(o, key->value))
				put_offer(
				    o, arena_printf(o->arena, "%.*s%s", STR_ARG(key->value), after),
				    STR_NONE);
	}
}

static void add_queries(struct offers *o, const struct config *config)
{
	for (size_t i = 0; i < config->queries_count; i++)
		offers_add(o, config->queries[i].name,
			   text_line(config->queries[i].text, o->arena));
}

void offers_values(struct offers *o, struct str key, const struct term_reader *reader)
{
	struct term term;
	const char *choice;
	if (term_read_key(&term, reader, key, NULL))
		return;
	for (size_t i = 0; (choice = term_choice_name(&term, i)); i++)
		offers_add(o, str_of(choice), STR(""));
	switch (term_values(&term)) {
	case VALUES_TEXTS:
		add_texts(o, &term, reader);
		break;
	case VALUES_DAYS:
		offers_time(o, OFFERS_SPAN, reader->today);
		break;
	case VALUES_CADENCES:
		add_cadences(o, &reader->journal->config);
		break;
	case VALUES_KEYS:
		add_keys(o, "", true, reader);
		break;
	case VALUES_QUERIES:
		add_queries(o, &reader->journal->config);
		break;
	case VALUES_FREE:
		break;
	}
}

/* Where the last value begins, behind its `key:`; 0 where there is none. */
static size_t value_at(struct str begun)
{
	size_t at = begun.n;
	while (at > 0 && begun.p[at - 1] != ':')
		at--;
	return at;
}

/* The key that ends before a colon there. */
static struct str key_before(struct str begun, size_t at)
{
	size_t from = at - 1;
	while (from > 0 && !strchr(" ()\"-", begun.p[from - 1]))
		from--;
	return str_slice(begun, from, at - 1);
}

void offers_query(struct offers *o, const struct term_reader *reader)
{
	struct offers values = *o;
	size_t at = value_at(o->begun), word = o->begun.n;
	if (at) {
		struct str key = key_before(o->begun, at);
		bool sorts = str_ieq(key, STR("sort")) && str_at(o->begun, at) == '-';
		offers_keep(&values, at + sorts);
		offers_values(&values, key, reader);
	}
	if (values.count > o->count ||
	    (at && str_find_char(str_from(o->begun, at), ' ') + at == word)) {
		*o = values;
		return;
	}
	while (word > 0 && !strchr(" (", o->begun.p[word - 1]))
		word--;
	offers_keep(o, word);
	add_keys(o, ":", false, reader);
}

void offers_columns(struct offers *o, const struct term_reader *reader)
{
	size_t last = o->begun.n;
	while (last && o->begun.p[last - 1] != ',')
		last--;
	offers_keep(o, last);
	add_keys(o, "", true, reader);
}

/* ---- fields ---- */

static void add_field_keys(struct offers *o, const struct term_reader *reader)
{
	static const char *const signs[] = {"=", "+=", "-="};
	for (enum key key = 0; key < KEY_COUNT; key++) {
		const struct key_row *row = key_row(key);
		for (size_t i = 0; i < (key_is_list(key) ? ARRAY_LEN(signs) : 1); i++)
			offers_add(o, arena_printf(o->arena, "%s%s", row->name, signs[i]),
				   str_of(row->noun ? row->noun : ""));
	}
	for (size_t i = 0; i < reader->journal->count; i++) {
		const struct yaml_node *own = reader->journal->contacts[i].own;
		for (const struct yaml_node *k = own ? own->first : NULL; k; k = k->next->next)
			if (str_find_char(k->value, '=') == k->value.n && begins_so(o, k->value))
				put_offer(o, arena_printf(o->arena, "%.*s=", STR_ARG(k->value)),
					  STR_NONE);
	}
}

void offers_fields(struct offers *o, const struct term_reader *reader)
{
	size_t sign = str_find_char(o->begun, '=');
	struct str key = str_upto(o->begun, sign);
	char before = sign ? str_at(o->begun, sign - 1) : '\0';
	int rank;
	if (sign == o->begun.n) {
		add_field_keys(o, reader);
		return;
	}
	key = str_upto(key, key.n - (before == '+' || before == '-'));
	offers_keep(o, sign + 1);
	if (key_find(key, &rank) == KEY_STATUS) {
		for (enum status s = STATUS_ACTIVE; s <= STATUS_ARCHIVED; s++)
			offers_add(o, str_of(status_name(s)), STR(""));
		return;
	}
	struct term term;
	if (term_read_key(&term, reader, key, NULL))
		return;
	if (term_is_day(&term))
		offers_time(o, OFFERS_PAST, reader->today);
	else if (term.key != KEY_NAME)
		offers_values(o, key, reader);
}

/* ---- tasks ---- */

void offers_tasks(struct offers *o, const struct todo *todo)
{
	for (size_t i = 0; i < todo->count; i++) {
		const struct todo_item *item = &todo->items[i];
		struct str number = arena_printf(o->arena, "%zu", item->number);
		if (str_starts(number, o->begun) || todo_fits(item, o->begun, o->arena))
			put_offer(o, number, text_line(item->task->text, o->arena));
	}
}

/* ---- time ---- */

static const struct offered_time {
	const char *words;
	unsigned when;
} offered_times[] = {
    {"today", OFFERS_PAST | OFFERS_AHEAD},
    {"yesterday", OFFERS_PAST},
    {"tomorrow", OFFERS_AHEAD},
    {"monday", OFFERS_PAST | OFFERS_AHEAD},
    {"tuesday", OFFERS_PAST | OFFERS_AHEAD},
    {"wednesday", OFFERS_PAST | OFFERS_AHEAD},
    {"thursday", OFFERS_PAST | OFFERS_AHEAD},
    {"friday", OFFERS_PAST | OFFERS_AHEAD},
    {"saturday", OFFERS_PAST | OFFERS_AHEAD},
    {"sunday", OFFERS_PAST | OFFERS_AHEAD},
    {"last week", OFFERS_PAST},
    {"last month", OFFERS_PAST},
    {"next week", OFFERS_AHEAD},
    {"next month", OFFERS_AHEAD},
    {"next year", OFFERS_AHEAD},
    {"1 week", OFFERS_INTERVAL},
    {"2 weeks", OFFERS_INTERVAL},
    {"1 month", OFFERS_INTERVAL},
    {"3 months", OFFERS_INTERVAL},
    {"6 months", OFFERS_INTERVAL},
    {"1 year", OFFERS_INTERVAL},
    {"today", OFFERS_SPAN},
    {"yesterday", OFFERS_SPAN},
    {"this-week", OFFERS_SPAN},
    {"last-week", OFFERS_SPAN},
    {"next-week", OFFERS_SPAN},
    {"this-month", OFFERS_SPAN},
    {"last-month", OFFERS_SPAN},
    {"next-month", OFFERS_SPAN},
    {"this-year", OFFERS_SPAN},
    {"last-year", OFFERS_SPAN},
    {"1mo..", OFFERS_SPAN},
    {"3mo..", OFFERS_SPAN},
    {"..3mo", OFFERS_SPAN},
    {"..1y", OFFERS_SPAN},
};

void offers_time(struct offers *o, unsigned time, civil_day today)
{
	enum datewords_direction direction =
	    time & OFFERS_AHEAD ? DATEWORDS_FUTURE : DATEWORDS_PAST;
	civil_day day;
	for (size_t i = 0; i < ARRAY_LEN(offered_times); i++) {
		struct str words = str_of(offered_times[i].words), about = STR("");
		bool is_day = offered_times[i].when & (OFFERS_PAST | OFFERS_AHEAD);
		if (!(offered_times[i].when & time) || !begins_so(o, words))
			continue;
		if (is_day && datewords_parse_all(words, today, direction, &day) == DATE_OK)
			about = arena_printf(o->arena, "%s %s", weekday_short(day_weekday(day)),
					     day_text(day).z);
		put_offer(o, words, about);
	}
	if (time & OFFERS_SPAN)
		offers_add(o, STR("none"), STR("no such day"));
}
