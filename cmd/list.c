#include "base/text.h"
#include "change/templates.h"
#include "command.h"
#include "query.h"
#include "report/json.h"
#include "report/people.h"

/* So large a page from a template may become. */
#define LARGEST_LIST ((size_t)64 * 1024 * 1024)

/* ---- the usual columns ---- */

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

static void print_rows(struct context *context, enum list_format format, const uint32_t *who,
		       size_t count)
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
		table_link(&table, c->path);
		add_joined(&table, c->title, c->org);
		add_day(&table, r.last, ROLE_PLAIN);
		add_due(&table, c, &r, context->today);
		add_joined(&table, c->tags, (struct strs){NULL, 0});
	}
	out_table_as(context->out, &table, format_of_table(format));
	table_release(&table);
	reckoner_release(&reckoner);
}

/* ---- columns that somebody asks for ---- */

struct columns {
	struct term terms[TABLE_COLUMNS_MAX];
	struct table_column heads[TABLE_COLUMNS_MAX];
	size_t count;
};

/* `name,last,email`; false after saying what is wrong. */
static bool read_columns(struct context *context, struct columns *columns, struct str text)
{
	const struct term_reader reader = {context->journal, context->today, context->arena, false};
	for (struct str rest = text; rest.n || columns->count == 0;) {
		struct str name = str_trim(str_upto(rest, str_find_char(rest, ',')));
		struct kith_error err = {0};
		struct term *term = &columns->terms[columns->count];
		rest = str_from(rest, str_find_char(rest, ',') + 1);
		if (columns->count == TABLE_COLUMNS_MAX) {
			context_usage(context, "--columns shows at most %d", TABLE_COLUMNS_MAX);
			return false;
		}
		if (term_read_key(term, &reader, name, &err) || !term_is_shown(term)) {
			context_usage(context, "--columns: %s",
				      err.message[0] ? err.message : "that is nothing to show");
			return false;
		}
		columns->heads[columns->count++] =
		    (struct table_column){.heading = arena_str(context->arena, name).p,
					  .min = term_is_day(term) ? 10 : 8};
	}
	return true;
}

static void print_columns(struct context *context, enum list_format format,
			  const struct columns *columns, const uint32_t *who, size_t count)
{
	struct term_match match;
	struct table table;
	term_match_init(&match, context->journal, context->today);
	table_init(&table, columns->heads, columns->count);
	for (size_t i = 0; i < count; i++) {
		struct arena_mark mark = arena_mark(&match.scratch);
		term_match_begin(&match, who[i], NULL);
		for (size_t c = 0; c < columns->count; c++) {
			struct strs texts = term_texts(&columns->terms[c], &match);
			if (texts.count > 1 && !term_is_list(&columns->terms[c]))
				texts.count = 1; /* aliases are no part of a name */
			add_joined(&table, texts, (struct strs){NULL, 0});
			if (c == 0)
				table_link(&table, context->journal->contacts[who[i]].path);
		}
		arena_rewind(&match.scratch, mark);
	}
	out_table_as(context->out, &table, format_of_table(format));
	table_release(&table);
	term_match_release(&match);
}

static json_t *column_model(const struct term *term, struct term_match *match)
{
	struct strs texts = term_texts(term, match);
	if (term_is_list(term))
		return json_of_lines(texts);
	return json_of_line(texts.count ? texts.items[0] : STR_NONE);
}

static json_t *columns_model(struct context *context, const struct columns *columns,
			     const uint32_t *who, size_t count)
{
	struct term_match match;
	json_t *list = json_of_list();
	term_match_init(&match, context->journal, context->today);
	for (size_t i = 0; i < count; i++) {
		struct arena_mark mark = arena_mark(&match.scratch);
		json_t *object = json_of_object();
		term_match_begin(&match, who[i], NULL);
		for (size_t c = 0; c < columns->count; c++)
			json_put(object, columns->heads[c].heading,
				 column_model(&columns->terms[c], &match));
		json_push(list, object);
		arena_rewind(&match.scratch, mark);
	}
	term_match_release(&match);
	return list;
}

/* ---- who ---- */

/* The words, and --tag, which is `tag:`. */
static struct str query_text(struct context *context)
{
	const struct opts *opts = &context->opts;
	struct str words = query_join(opts->words, opts->words_count, context->arena);
	struct buf b;
	const char *tag;
	if (!opts_has(opts, "tag"))
		return words;
	buf_init(&b, 0);
	if (words.n)
		buf_printf(&b, "(%.*s) ", STR_ARG(words));
	for (size_t at = 0; (tag = opts_next(opts, "tag", &at));)
		buf_printf(&b, "tag:\"%s\" ", tag);
	return arena_take(context->arena, &b);
}

static void print_listed(struct context *context, enum list_format format,
			 const struct columns *columns, const uint32_t *who, size_t count)
{
	bool models = format == LIST_JSON || format == LIST_NDJSON;
	if (models && columns->count)
		format_models(context, format, "people",
			      columns_model(context, columns, who, count));
	else if (models)
		format_models(context, format, "people",
			      people_list(context->journal, who, count, context->today));
	else if (columns->count)
		print_columns(context, format, columns, who, count);
	else
		print_rows(context, format, who, count);
}

/* {today, people}: people as --json has them. */
static int print_template(struct context *context, const char *file, json_t *people)
{
	struct kith_error err = {0};
	struct buf page;
	json_t *model = json_of_object();
	json_put(model, "today", json_of_day(context->today));
	json_put(model, "people", people);
	buf_init(&page, LARGEST_LIST);
	int rc = templates_render(&page, context->dir, file, file, model, &err);
	if (!rc)
		out_add(context->out, buf_str(&page));
	json_decref(model);
	buf_release(&page);
	return rc ? context_fail(context, &err) : EXIT_FINE;
}

static int cmd_list(struct context *context)
{
	const char *names = opts_value(&context->opts, "columns");
	struct columns columns = {.count = 0};
	struct query query;
	enum list_format format;
	size_t count, hidden;
	bool explained;
	int status = format_of(context, &format);
	if (status == EXIT_FINE)
		status = query_of_text(context, &query, query_text(context), &explained);
	if (status != EXIT_FINE || explained)
		return status;
	if (names && !read_columns(context, &columns, str_of(names)))
		return EXIT_USAGE;
	bool models = format == LIST_JSON || format == LIST_NDJSON;
	const uint32_t *who = query_select(&query, context->journal, context->today,
					   models || opts_has(&context->opts, "all"), &count,
					   &hidden, context->arena);
	const char *template = opts_value(&context->opts, "template");
	if (template)
		return print_template(context, template,
				      people_list(context->journal, who, count, context->today));
	print_listed(context, format, &columns, who, count);
	if (!models && hidden)
		out_say(context->out,
			"%zu more %s paused, archived or deceased; --all lists them too", hidden,
			hidden == 1 ? "is" : "are");
	else if (format == LIST_TABLE && !count)
		out_say(context->out, "%s",
			context->journal->count ? "nobody fits" : "no contacts yet");
	return EXIT_FINE;
}

const struct command command_list = {
    .name = "list",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .pages = true,
    .summary = "list people: last contact, when they are due, tags",
    .usage = "[QUERY]",
    .text = "Lists the contacts that fit, in columns that fit the terminal; all that are\n"
	    "active without a query. A word fits what begins with it: names, aliases,\n"
	    "organisations, roles, places, tags, interests and e-mail addresses; case and\n"
	    "marks do not count. `kith help query` says what else can be asked for.\n",
    .options =
	{
	    FORMAT_OPTIONS,
	    {"template", "FILE", "a Mustache template, over {today, people: as --json}", 0},
	    {"tag", "TAG", "only who has that tag; several: all of them", 't'},
	    {"all", NULL, "also who is paused, archived or deceased", 'a'},
	    QUERY_EXPLAIN,
	    {"json", NULL, "print JSON (of everybody who fits, whatever the status)", 0},
	},
    .examples =
	{
	    {"kith list", "everybody who is active, by name"},
	    {"kith list acme berlin",
	     "who has words beginning so in name, organisation, place, tags, e-mail"},
	    {"kith list tag:mentor last:..3mo", "mentors you last talked to over 3 months ago"},
	    {"kith list in:London sort:last --columns name,email,last",
	     "who is in London, the longest silence first, with addresses"},
	    {"kith list --as-of HEAD~3", "as it stood three commits ago"},
	    {"kith list --format csv --columns name,email,birthday", "for a spreadsheet"},
	    {"kith list --json | jq -r '.people[] | select(.due == null).name'",
	     "who is never due, or planned"},
	},
    .max_words = ANY_WORDS,
    .words = {KIND_QUERY},
    .looks_back = true,
    .run = cmd_list,
};
