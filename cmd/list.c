#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "command.h"
#include "people/find.h"
#include "report/people.h"

/* A contact with what it is sorted by. */
struct listed {
	struct str key;
	uint32_t who;
};

static bool has_tags(const struct opts *opts, const struct contact *c)
{
	const char *tag;
	for (size_t at = 0; (tag = opts_next(opts, "tag", &at));)
		if (!contact_has_tag(c, str_of(tag[0] == '#' ? tag + 1 : tag)))
			return false;
	return true;
}

static int compare_listed(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;
	int order = str_cmp(x->key, y->key);
	return order ? order : (x->who > y->who) - (x->who < y->who);
}

/* The contacts that fit, by name; *hidden: how many more are not active. */
static uint32_t *choose_listed(struct context *context, bool everybody, size_t *count,
			       size_t *hidden)
{
	const struct journal *journal = context->journal;
	struct listed *items = mem_zalloc(journal->count, sizeof(*items));
	struct buf text;
	struct find_words words;
	buf_init(&text, 0);
	for (size_t i = 0; i < context->opts.words_count; i++)
		buf_printf(&text, "%s ", context->opts.words[i]);
	find_words_init(&words, buf_str(&text), context->arena);
	*count = *hidden = 0;
	for (uint32_t i = 0; i < journal->count; i++) {
		const struct contact *c = &journal->contacts[i];
		if (c->unread || !has_tags(&context->opts, c) ||
		    (str_trim(buf_str(&text)).n && !find_fits(&words, c, context->arena)))
			continue;
		if (everybody || c->status == STATUS_ACTIVE)
			items[(*count)++] = (struct listed){text_key(c->name, context->arena), i};
		else
			++*hidden;
	}
	if (*count)
		qsort(items, *count, sizeof(*items), compare_listed);
	uint32_t *who = ARENA_ARRAY(context->arena, uint32_t, *count + 1);
	for (size_t i = 0; i < *count; i++)
		who[i] = items[i].who;
	free(items);
	buf_release(&text);
	return who;
}

static void join_list(struct buf *b, struct strs list)
{
	for (size_t i = 0; i < list.count; i++) {
		buf_addz(b, b->n ? ", " : "");
		buf_add(b, list.items[i]);
	}
}

static void add_joined(struct table *table, struct strs first, struct strs second)
{
	struct buf b;
	buf_init(&b, 0);
	join_list(&b, first);
	join_list(&b, second);
	table_addf(table, ROLE_PLAIN, "%.*s", STR_ARG(buf_str(&b)));
	buf_release(&b);
}

static void add_day(struct table *table, civil_day day, enum role role)
{
	table_addf(table, role, "%s", day_text(day).z);
}

static void add_due(struct table *table, const struct contact *c, const struct reckoning *r,
		    civil_day today)
{
	if (c->status != STATUS_ACTIVE)
		table_add(table, str_of(status_name(c->status)), ROLE_DIM);
	else if (r->planned != NO_DAY)
		table_add(table, STR("planned"), ROLE_GOOD);
	else if (r->due == NO_DAY)
		table_add(table, STR("never"), ROLE_DIM);
	else
		add_day(table, r->due, r->due == today ? ROLE_SOON : ROLE_PLAIN);
}

static void print_rows(struct context *context, const uint32_t *who, size_t count)
{
	static const struct table_column columns[] = {
	    {.heading = "name", .min = 12},
	    {.heading = "role, organisation", .min = 12, .drop = 2},
	    {.heading = "last"},
	    {.heading = "due"},
	    {.heading = "tags", .min = 8, .drop = 3},
	};
	struct table table;
	struct reckoner reckoner;
	reckoner_init(&reckoner, context->journal, context->today);
	table_init(&table, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < count; i++) {
		const struct contact *c = &context->journal->contacts[who[i]];
		struct reckoning r = reckon(&reckoner, who[i]);
		table_add(&table, c->name, ROLE_STRONG);
		add_joined(&table, c->title, c->org);
		add_day(&table, r.last, ROLE_PLAIN);
		add_due(&table, c, &r, context->today);
		add_joined(&table, c->tags, (struct strs){NULL, 0});
	}
	out_table(context->out, &table);
	table_release(&table);
	reckoner_release(&reckoner);
}

static int cmd_list(struct context *context)
{
	bool json = opts_has(&context->opts, "json");
	size_t count, hidden;
	const uint32_t *who =
	    choose_listed(context, json || opts_has(&context->opts, "all"), &count, &hidden);
	if (json)
		out_json(context->out, people_list(context->journal, who, count, context->today));
	else
		print_rows(context, who, count);
	if (!json && hidden)
		out_say(context->out,
			"%zu more %s paused, archived or deceased; --all lists them too", hidden,
			hidden == 1 ? "is" : "are");
	else if (!json && !count)
		out_say(context->out, "%s",
			context->journal->count ? "nobody fits" : "no contacts yet");
	return EXIT_FINE;
}

const struct command command_list = {
    .name = "list",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .summary = "list people: last contact, when they are due, tags",
    .usage = "[WORD...]",
    .text = "Lists the contacts that have all the words, in columns that fit the\n"
	    "terminal. A word fits what begins with it: names, aliases, organisations,\n"
	    "roles, places, tags and e-mail addresses; case and marks do not count.\n",
    .options =
	{
	    {"tag", "TAG", "only who has that tag; several: all of them", 't'},
	    {"all", NULL, "also who is paused, archived or deceased", 'a'},
	    {"json", NULL, "print JSON (of everybody who fits, whatever the status)", 0},
	},
    .examples =
	{
	    {"kith list", "everybody who is active, by name"},
	    {"kith list acme berlin",
	     "who has words beginning so in name, organisation, place, tags, e-mail"},
	    {"kith list --tag mentor --tag maths", "who has both tags"},
	    {"kith list --json | jq -r '.[] | select(.due == null).name'",
	     "who is never due, or planned"},
	},
    .max_words = ANY_WORDS,
    .run = cmd_list,
};
