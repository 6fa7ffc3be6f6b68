/*
 * A person's page, and how it stands: what is not known takes no line.
 * Lines are wrapped for a terminal and left whole in a pipe.
 */
#include <stdlib.h>

#include "base/text.h"
#include "change/former.h"
#include "command.h"
#include "people/fields.h"
#include "report/people.h"
#include "report/portrait.h"
#include "report/words.h"
#include "webpage.h"
#include "who.h"

/* Entries on the page; --all shows the rest. */
#define LATEST 10
/* Where the values of the facts begin. */
#define FACTS 14

/* Adds text from a column on, its further lines indented to it. */
static void wrap(struct out *out, size_t column, struct str text)
{
	size_t width = out->fit > column + 20 ? out->fit - column : 0, used = 0;
	struct buf b;
	buf_init(&b, 0);
	while (text.n) {
		size_t end = str_find_char(text, ' ');
		struct str word = str_upto(text, end);
		size_t n = text_width(word);
		if (used && width && used + 1 + n > width) {
			buf_addc(&b, '\n');
			buf_fill(&b, ' ', column);
			used = 0;
		}
		if (used)
			buf_addc(&b, ' ');
		buf_add(&b, word);
		used += n + (used > 0);
		text = str_from(text, end + 1);
	}
	buf_addc(&b, '\n');
	out_add(out, buf_str(&b));
	buf_release(&b);
}

/* What a buffer holds, which is released. */
static void print_wrapped(struct out *out, const char *before, size_t column, struct buf *b)
{
	out_addz(out, before);
	wrap(out, column, buf_str(b));
	buf_release(b);
}

static void fact(struct out *out, const char *label, struct str text)
{
	struct str s = str_of(label);
	struct buf b;
	if (!text.n)
		return;
	buf_init(&b, 0);
	buf_fill(&b, ' ', FACTS - 2 - s.n);
	out_addz(out, "  ");
	out_role(out, ROLE_DIM, s);
	out_add(out, buf_str(&b));
	wrap(out, FACTS, text);
	buf_release(&b);
}

/* One of several values, with what is said about it. */
static void add_value(struct buf *b, struct str text, struct str extra)
{
	buf_addz(b, b->n ? ", " : "");
	text_add_line(b, text);
	if (!extra.n)
		return;
	buf_addz(b, " (");
	text_add_line(b, extra);
	buf_addc(b, ')');
}

static void fact_of_key(struct out *out, const char *label, const struct contact *c, enum key key)
{
	const void *at = fields_place(c, key);
	const struct values *values = at;
	const struct strs *texts = at;
	struct buf b;
	buf_init(&b, 0);
	switch (key_row(key)->shape) {
	case SHAPE_LABELLED:
	case SHAPE_MERGED:
		for (size_t i = 0; i < values->count; i++)
			add_value(&b, values->items[i].text, values->items[i].label);
		break;
	case SHAPE_TEXTS:
	case SHAPE_TAGS:
		for (size_t i = 0; i < texts->count; i++)
			add_value(&b, texts->items[i], STR_NONE);
		break;
	case SHAPE_DAY:
		day_format(&b, fields_day(c, key));
		break;
	default:
		text_add_line(&b, *(const struct str *)at);
	}
	fact(out, label, buf_str(&b));
	buf_release(&b);
}

static void fact_of_ties(struct out *out, const char *label, const struct profile *p,
			 const struct relations *ties)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < ties->count; i++)
		add_value(&b, profile_tie_name(p, &ties->items[i]), ties->items[i].relation);
	fact(out, label, buf_str(&b));
	buf_release(&b);
}

/* `2026-11-30, in 7 days`. */
static struct str day_and_span(struct context *context, civil_day day)
{
	return arena_printf(context->arena, "%s, %s", day_text(day).z,
			    words_relative(day, context->today, context->arena).p);
}

static void print_heading(struct out *out, const char *heading)
{
	out_addz(out, "\n");
	out_role(out, ROLE_STRONG, str_of(heading));
	out_addz(out, "\n");
}

static void print_head(struct context *context, const struct contact *c)
{
	struct out *out = context->out;
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < c->title.count; i++)
		add_value(&b, c->title.items[i], STR_NONE);
	for (size_t i = 0; i < c->org.count; i++)
		add_value(&b, c->org.items[i], STR_NONE);
	if (c->location.n) {
		buf_addz(&b, b.n ? " · " : "");
		text_add_line(&b, c->location);
	}
	out_role(out, ROLE_STRONG, text_line(c->name, context->arena));
	out_addz(out, "\n");
	if (b.n)
		wrap(out, 0, buf_str(&b));
	out_role(out, ROLE_DIM, c->path);
	out_addz(out, "\n\n");
	buf_release(&b);
}

static void print_contact_data(struct context *context, const struct contact *c)
{
	for (enum key key = 0; key < KEY_COUNT; key++)
		if (key_row(key)->shown)
			fact_of_key(context->out, key_row(key)->name, c, key);
}

static void print_met(struct context *context, const struct contact *c)
{
	struct buf b;
	buf_init(&b, 0);
	day_format(&b, c->met);
	if (c->met_text.n) {
		buf_addz(&b, b.n ? " " : "");
		text_add_line(&b, c->met_text);
	}
	fact(context->out, "met", buf_str(&b));
	buf_release(&b);
}

static void print_cadence(struct context *context, const struct profile *p)
{
	struct arena *arena = context->arena;
	const struct contact *c = p->contact;
	const struct reckoning *r = &p->reckoning;
	struct str from = r->from == CADENCE_OWN ? STR("own") : STR("the default");
	if (r->from == CADENCE_TAG)
		from = arena_printf(arena, "by the tag %.*s", STR_ARG(text_line(r->tag, arena)));
	if (!str_eq(contact_status(c), STR("active")))
		fact(context->out, "status", text_line(contact_status(c), arena));
	fact(context->out, "cadence",
	     arena_printf(arena, "%.*s (%.*s)", STR_ARG(cadence_words(r->cadence, arena)),
			  STR_ARG(from)));
	if (r->last != NO_DAY)
		fact(context->out, "last", day_and_span(context, r->last));
	if (c->snooze != NO_DAY && c->snooze > context->today)
		fact(context->out, "snooze", str_of(day_text(c->snooze).z));
	if (c->status != STATUS_ACTIVE)
		return;
	struct str due = r->due != NO_DAY       ? day_and_span(context, r->due)
			 : r->planned != NO_DAY ? STR("not now")
						: STR("never");
	fact(context->out, "due", arena_printf(arena, "%.*s: %.*s", STR_ARG(due), STR_ARG(p->why)));
}

/* The year by weeks, how often that usually is, and what was asked and given. */
static void print_rhythm(struct context *context, const struct profile *p)
{
	struct arena *arena = context->arena;
	const struct balance *year = &p->year;
	size_t talks = 0;
	for (size_t i = 0; i < CHART_WEEKS; i++)
		talks += p->by_week[i];
	if (talks)
		fact(context->out, "52 weeks", words_chart(p->by_week, CHART_WEEKS, arena));
	if (p->usual_twice)
		fact(context->out, "usually",
		     arena_printf(arena, "every %.*s",
				  STR_ARG(words_days(p->usual_twice / 2.0, arena))));
	if (year->asked || year->gave)
		fact(context->out, "in a year",
		     arena_printf(arena, "asked %s, gave %s",
				  words_count(year->asked, "time", "times", arena).p,
				  words_count(year->gave, "time", "times", arena).p));
}

static void print_ties(struct context *context, const struct profile *p)
{
	print_met(context, p->contact);
	fact_of_ties(context->out, "through", p, &p->contact->introduced_by);
	fact_of_ties(context->out, "introduced", p, &p->introduced);
	fact_of_ties(context->out, "knows", p, &p->contact->knows);
	fact_of_ties(context->out, "known by", p, &p->known_by);
}

static void add_own_value(struct buf *b, const json_t *value)
{
	char *text = NULL;
	if (json_is_string(value))
		buf_addz(b, json_string_value(value));
	else
		text = json_dumps(value, JSON_ENCODE_ANY | JSON_PRESERVE_ORDER);
	if (text && !json_is_null(value))
		text_add_line(b, str_of(text));
	free(text);
}

static void print_own_keys(struct context *context, const struct profile *p)
{
	json_t *own = profile_own_keys(p), *value;
	const char *key;
	struct buf b;
	if (json_object_size(own))
		print_heading(context->out, "Your own keys");
	json_object_foreach(own, key, value)
	{
		buf_init(&b, 0);
		buf_printf(&b, "%s: ", key);
		add_own_value(&b, value);
		out_addz(context->out, "  ");
		wrap(context->out, 4, str_trim(buf_str(&b)));
		buf_release(&b);
	}
	json_decref(own);
}

static void print_dates(struct context *context, const struct profile *p)
{
	if (p->dates_count)
		print_heading(context->out, "Dates");
	for (size_t i = 0; i < p->dates_count; i++) {
		const struct profile_date *d = &p->dates[i];
		struct buf b;
		buf_init(&b, 0);
		text_add_line(&b, d->what);
		buf_addc(&b, ' ');
		text_add_line(&b, d->day);
		if (d->next != NO_DAY)
			buf_printf(&b, ", next on %s", day_and_span(context, d->next).p);
		if (d->next != NO_DAY && d->years > 0)
			buf_printf(
			    &b, " (%s)",
			    words_count((size_t)d->years, "year", "years", context->arena).p);
		print_wrapped(context->out, "  ", 4, &b);
	}
}

static void print_tasks(struct context *context, const struct contact *c, enum todo_kind kind,
			const char *heading)
{
	bool first = true;
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *t = &c->tasks[i];
		struct buf b;
		if (t->state != TASK_OPEN || todo_kind_of(t) != kind)
			continue;
		if (first)
			print_heading(context->out, heading);
		first = false;
		buf_init(&b, 0);
		text_add_line(&b, t->text);
		if (t->due != NO_DAY)
			buf_printf(&b, " (%s)", day_and_span(context, t->due).p);
		print_wrapped(context->out, "  - ", 4, &b);
	}
}

/* `call 14:30 with Grace Hopper: what was said`, and what is special about it. */
static void print_talk(struct context *context, const struct profile *p, const struct talk *talk)
{
	const struct entry *e = talk->entry;
	struct str kind = str_of(talk_kind_name(talk->kind));
	/* Plans have a section of their own, and channels `note` and `tried` say it themselves. */
	bool plain =
	    talk->kind == TALK_CONTACT || talk->kind == TALK_PLANNED || str_eq(kind, e->channel);
	struct buf b;
	buf_init(&b, 0);
	text_add_line(&b, e->time);
	buf_addz(&b, b.n && e->channel.n ? " " : "");
	text_add_line(&b, e->channel);
	for (size_t i = 0; i < talk->with_count; i++) {
		buf_addz(&b, i ? ", " : b.n ? " with " : "with ");
		text_add_line(&b, p->journal->contacts[talk->with[i]].name);
	}
	if (e->text.n) {
		buf_addz(&b, b.n ? ": " : "");
		text_add_line(&b, e->text);
	}
	if (!plain)
		buf_printf(&b, "%s(%.*s)", b.n ? " " : "", STR_ARG(kind));
	const struct entry_place *place = journal_place(p->journal, e);
	if (place) {
		buf_addz(&b, " (");
		text_add_line(&b, place->path);
		buf_printf(&b, ":%zu)", place->line);
	}
	out_addz(context->out, "  ");
	out_role(context->out, ROLE_DIM, str_of(day_text(e->day).z));
	print_wrapped(context->out, "  ", FACTS, &b);
}

/* At most `most` of the talks that are plans, or of the others; how many there are. */
static size_t print_talks(struct context *context, const struct profile *p, bool plans,
			  const char *heading, size_t most)
{
	size_t count = 0;
	for (size_t i = 0; i < p->talks_count; i++) {
		if ((p->talks[i].kind == TALK_PLANNED) != plans)
			continue;
		if (count == 0)
			print_heading(context->out, heading);
		if (count++ < most)
			print_talk(context, p, &p->talks[i]);
	}
	return count;
}

static size_t most_talks(const struct context *context)
{
	return opts_has(&context->opts, "all") ? SIZE_MAX : LATEST;
}

static void print_profile(struct context *context, const struct profile *p)
{
	const struct contact *c = p->contact;
	size_t most = most_talks(context);
	print_head(context, c);
	if (c->unread) {
		out_addz(context->out, "  The file cannot be read: see below.\n");
		return;
	}
	print_contact_data(context, c);
	print_cadence(context, p);
	print_rhythm(context, p);
	print_ties(context, p);
	print_dates(context, p);
	print_tasks(context, c, TODO_PROMISE, "Promised");
	print_tasks(context, c, TODO_WAITING, "Waiting for");
	print_tasks(context, c, TODO_TOPIC, "To bring up");
	print_talks(context, p, true, "Planned", SIZE_MAX);
	size_t talks = print_talks(context, p, false, "Talks", most);
	if (talks > most)
		out_printf(context->out, "  and %zu earlier; --all shows them\n", talks - most);
	print_own_keys(context, p);
}

/* The career line, from history where the file holds none and all is asked for. */
static void find_career(struct context *context, struct contact *c)
{
	struct kith_error err = {0};
	if (c->unread || c->formerly.count || !opts_has(&context->opts, "all") ||
	    context_repo(context, &err) < 0)
		return;
	const struct history_order order = {.git = context->git,
					    .repo = context->repo,
					    .below = context->below,
					    .config = &context->journal->config,
					    .path = c->path};
	if (former_of_history(&c->formerly, &order, context->arena, &err) < 0)
		(void)context_fail(context, &err);
}

static int cmd_show(struct context *context)
{
	struct webpage page = {.kind = "show",
			       .above = "A person",
			       .chart_from = context->today - day_weekday(context->today) + 1 -
					     7 * (CHART_WEEKS - 1)};
	struct profile profile;
	int status = EXIT_FINE;
	struct journal *journal = context->journal;
	uint32_t who = who_is(context, opts_joined(&context->opts, 0, context->arena));
	if (!webpage_asked(&page, context))
		return EXIT_USAGE;
	if (who == NO_CONTACT)
		return EXIT_PROBLEM;
	find_career(context, &journal->contacts[who]);
	diag_keep_note(&journal->diag, journal->contacts[who].path);
	profile_init(&profile, journal, who, context->today, context->arena);
	if (page.wanted)
		status = webpage_put(&page, context, portrait_model(&profile, most_talks(context)));
	else if (opts_has(&context->opts, "json"))
		out_json(context->out, profile_model(&profile));
	else
		print_profile(context, &profile);
	profile_release(&profile);
	return status;
}

const struct command command_show = {
    .name = "show",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_CONTACTS,
    .pages = true,
    .summary = "show all that is known of a person",
    .usage = "WHO",
    .text = "WHO is the file's path or its name without .md, a name or alias, an e-mail\n"
	    "address, whole words of a name, or beginnings of such words; what is first\n"
	    "in this list and fits anybody decides. Case and marks do not count. Where\n"
	    "several fit and only one of them is active, that one is shown; else they are\n"
	    "listed.\n",
    .options =
	{
	    {"all", NULL, "all talks, and the career from history where `formerly` has none", 'a'},
	    {"json", NULL, "print JSON", 0},
	    WEBPAGE_HTML,
	    WEBPAGE_FILE,
	    WEBPAGE_OPEN,
	},
    .examples =
	{
	    {"kith show ada-lovelace", "by the name of the file"},
	    {"kith show lovelace", "by a word of the name; beginnings of words will do"},
	    {"kith show ada@analytical.engine", "by an e-mail address"},
	    {"kith show --html --open ada", "a page in the browser"},
	    {"kith show ada --as-of 2025", "what was known of her when that year ended"},
	    {"kith show --json ada | jq '.entries[0]'", "the latest talk"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_TEXT},
    .looks_back = true,
    .run = cmd_show,
};
