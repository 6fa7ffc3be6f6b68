/*
 * What may stand next on a command line, from the descriptors of commands and options and from
 * the journal: for the scripts of shells (templates/install), which print what is said here. It
 * never fails and says nothing else: who presses Tab wants no message.
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "change/rewrite.h"
#include "check.h"
#include "command.h"
#include "insight/offers.h"
#include "locate.h"
#include "manual.h"
#include "picture.h"
#include "query.h"
#include "report/words.h"
#include "shell.h"
#include "write.h"

/* More are not printed; nor is longer looked for them, in seconds. */
#define MOST_OFFERED 1000
#define LONGEST      10
/* What is said of a word, in columns. */
#define ABOUT_WIDTH 60

/* A command line while it is typed. */
struct completing {
	struct context *context;
	char **words; /* behind `kith`; the last is being typed */
	size_t count;
	const struct command *command; /* NULL: its name is being typed */
	struct opts opts;              /* of it */
	struct offers offers;
	unsigned named;         /* OFFERS_NAMED, or 0 */
	struct journal journal; /* as far as it was read; what is offered lives there, too */
	bool has_journal;
	struct writing one; /* of whom a task is */
	bool has_one;
	const char *elsewhere; /* what the shell itself knows: "files", "folders", "text" */
};

/* ---- what stands there ---- */

/* Values of options by what the help calls them. */
static const struct value_kind {
	const char *name;
	unsigned kind;
} value_kinds[] = {
    {"COMMIT", KIND_TEXT},
    {"DATE", KIND_PAST | KIND_AHEAD},
    {"DATE|COMMIT", KIND_PAST},
    {"DIR", KIND_FOLDER},
    {"FILE", KIND_FILE},
    {"HOW", KIND_FORMAT},
    {"INTERVAL", KIND_INTERVAL},
    {"KEY,...", KIND_COLUMNS},
    {"KIND", KIND_GRAPH},
    {"LINE", KIND_TEXT},
    {"N", KIND_TEXT},
    {"QUERY", KIND_QUERY},
    {"REGEX", KIND_TEXT},
    {"SECONDS", KIND_TEXT},
    {"SLUG", KIND_TEXT},
    {"TAG", KIND_TAG},
    {"TEXT", KIND_TEXT},
    {"URL", KIND_TEXT},
    {"WHEN", KIND_COLOR},
    {"WHO", KIND_WHO},
};

static unsigned kind_of_value(const struct opt *o)
{
	for (size_t i = 0; i < ARRAY_LEN(value_kinds); i++)
		if (strcmp(value_kinds[i].name, o->value) == 0)
			return value_kinds[i].kind;
	return 0;
}

static unsigned kind_of_word(const struct completing *c, size_t index)
{
	const struct command *command = c->command;
	index += command->several && opts_has(&c->opts, "where");
	if (index >= command->max_words)
		return 0;
	size_t at = index < ARRAY_LEN(command->words) ? index : ARRAY_LEN(command->words) - 1;
	while (at > 0 && !command->words[at])
		at--;
	return command->words[at];
}

static void offer_options(struct completing *c)
{
	for (size_t t = 0; t < OPT_TABLES; t++)
		for (const struct opt *o = c->opts.tables[t]; o && o->name; o++)
			offers_add(&c->offers, arena_printf(c->context->arena, "--%s", o->name),
				   str_of(o->help));
}

/* Finds the command, and takes its name out of the words. False where there is none. */
static bool take_typed_command(struct completing *c)
{
	const struct opt *common = commands_common_options();
	size_t at = opts_first_word(c->words, c->count, common), last = c->count - 1, all;
	const struct command *const *list = commands_list(&all);
	c->command = at < last || c->words[last][0] == '-' ? &command_today : NULL;
	if (at < last) {
		size_t i = 0;
		while (i < all && strcmp(list[i]->name, c->words[at]) != 0)
			i++;
		if (i == all)
			return false;
		c->command = list[i];
		memmove(c->words + at, c->words + at + 1, (last - at) * sizeof(*c->words));
		c->count--;
	} else if (at >= c->count) {
		c->command = &command_today;
	}
	c->opts = (struct opts){.tables = {c->command ? c->command->options : NULL,
					   c->command ? commands_writing_options(c->command) : NULL,
					   common}};
	return true;
}

/* Whether all that is typed is text. */
static bool is_behind_dashes(const struct completing *c)
{
	for (size_t i = 0; i + 1 < c->count; i++)
		if (strcmp(c->words[i], "--") == 0)
			return true;
	return false;
}

/* Finds what stands where one types, and offers options; 0 for nothing else. */
static unsigned find_kind(struct completing *c)
{
	struct arena *arena = c->context->arena;
	const char *typed = c->words[c->count - 1];
	struct kith_error ignored = {0};
	if (!take_typed_command(c) || is_behind_dashes(c))
		return 0;
	if (typed[0] == '-' && !strchr(typed, '=') &&
	    opts_parse(&c->opts, c->words, c->count - 1, arena, &ignored) == 0) {
		offer_options(c);
		return 0;
	}
	c->opts.given_count = c->opts.words_count = 0;
	if (opts_parse(&c->opts, c->words, c->count, arena, &ignored))
		return 0;
	const struct opt_given *last =
	    c->opts.given_count ? &c->opts.given[c->opts.given_count - 1] : NULL;
	if (last && last->value && last->value >= typed && last->value <= typed + strlen(typed)) {
		offers_keep(&c->offers, (size_t)(last->value - typed));
		c->opts.given_count--;
		unsigned kind = kind_of_value(last->opt);
		c->offers.quotes = kind & KIND_QUERY;
		return kind;
	}
	if (!c->opts.words_count || c->opts.words[c->opts.words_count - 1] != typed)
		return 0;
	return c->command ? kind_of_word(c, c->opts.words_count - 1) : KIND_COMMAND;
}

/* ---- the journal ---- */

/* `-C ~/people`, where no shell has expanded it yet. */
static const char *typed_folder(const struct completing *c)
{
	const char *typed = opts_value(&c->opts, "dir"), *home = c->context->around.home;
	if (!typed)
		return opts_value(&c->context->opts, "dir");
	if (strncmp(typed, "~/", 2) != 0 && strcmp(typed, "~") != 0)
		return typed;
	return arena_printf(c->context->arena, "%s%s", home ? home : "", typed + 1).p;
}

static bool open_typed_journal(struct completing *c)
{
	struct context *context = c->context;
	struct kith_error ignored = {0};
	if (context->dir < 0)
		context->dir = locate_journal(&context->path, typed_folder(c), &context->around,
					      context->arena, &ignored);
	return context->dir >= 0;
}

/* NULL where there is none. Of several kinds the first decides how much is read. */
static const struct journal *read_typed_journal(struct completing *c, enum journal_depth depth)
{
	const struct journal_options options = {.threads = 2, .depth = depth};
	struct kith_error ignored = {0};
	if (c->has_journal || !open_typed_journal(c))
		return c->has_journal ? &c->journal : NULL;
	c->has_journal = journal_load(&c->journal, c->context->dir, &options, &ignored) == 0;
	if (!c->has_journal)
		journal_release(&c->journal);
	return c->has_journal ? &c->journal : NULL;
}

/* ---- kinds ---- */

static void offer_commands(struct completing *c, unsigned kind)
{
	size_t count;
	const struct command *const *list = commands_list(&count);
	(void)kind;
	for (size_t i = 0; i < count; i++)
		if (!list[i]->hidden)
			offers_add(&c->offers, str_of(list[i]->name), str_of(list[i]->summary));
}

static void offer_topics(struct completing *c, unsigned kind)
{
	size_t count;
	const struct manual_topic *topics = manual_topics(&count);
	(void)kind;
	for (size_t i = 0; i < count; i++)
		offers_add(&c->offers, str_of(topics[i].name), str_of(topics[i].what));
}

static void offer_elsewhere(struct completing *c, unsigned kind)
{
	c->elsewhere = kind & KIND_FILE ? "files" : kind & KIND_FOLDER ? "folders" : "text";
}

static void offer_people(struct completing *c, unsigned kind)
{
	enum journal_depth depth = kind & KIND_QUERY ? JOURNAL_WHOLE : JOURNAL_FRONTS;
	const struct journal *journal = read_typed_journal(c, depth);
	if (journal)
		offers_people(&c->offers, journal,
			      (kind & KIND_ACTIVE ? OFFERS_ACTIVE : 0) |
				  (kind & KIND_LIST ? OFFERS_LISTED : 0) | c->named);
}

static void offer_tasks(struct completing *c, unsigned kind)
{
	struct person who;
	struct todo todo = {0};
	(void)kind;
	if (!open_typed_journal(c))
		return;
	c->has_one = true;
	if (writing_begin(&c->one, c->context) == EXIT_FINE &&
	    writing_find(&c->one, str_of(c->opts.words[0]), &who) == EXIT_FINE) {
		todo_add(&todo, who.contact);
		todo_add_plans(&todo, who.contact, c->context->today, c->context->arena);
		offers_tasks(&c->offers, &todo);
		todo_release(&todo);
	}
}

static void offer_terms(struct completing *c, unsigned kind)
{
	const struct journal *journal = read_typed_journal(c, JOURNAL_WHOLE);
	const struct term_reader reader = {journal, c->context->today, c->context->arena, false};
	if (!journal)
		return;
	if (kind & KIND_QUERY)
		offers_query(&c->offers, &reader);
	if (kind & KIND_FIELD)
		offers_fields(&c->offers, &reader);
	if (kind & KIND_COLUMNS)
		offers_columns(&c->offers, &reader);
	if (kind & KIND_TAG)
		offers_values(&c->offers, STR("tag"), &reader);
}

/* The word before the one that is typed. */
static struct str word_before(const struct completing *c)
{
	return str_of(c->opts.words[c->opts.words_count - 2]);
}

/* Behind a colon all is text. */
static bool is_in_text(const struct completing *c)
{
	for (size_t i = 1; i < c->opts.words_count; i++)
		if (str_ends(str_of(c->opts.words[i]), STR(":")))
			return true;
	return false;
}

static void offer_head(struct completing *c, unsigned kind)
{
	static const char *const marks[] = {"+gave", "+got", "+asked"};
	const struct journal *journal = read_typed_journal(c, JOURNAL_FRONTS);
	for (size_t i = 0; kind & KIND_PAST && i < ARRAY_LEN(marks); i++)
		offers_add(&c->offers, str_of(marks[i]), STR(""));
	if (!journal || is_in_text(c))
		return;
	if (str_ieq(word_before(c), STR("with"))) {
		offers_people(&c->offers, journal, OFFERS_ACTIVE | OFFERS_LISTED | c->named);
		return;
	}
	for (size_t i = 0; i < journal->config.channels.count; i++)
		offers_add(&c->offers,
			   arena_printf(c->context->arena,
					"%.*s:", STR_ARG(journal->config.channels.items[i])),
			   STR(""));
	offers_add(&c->offers, STR("with"), STR("somebody else"));
}

static void offer_met(struct completing *c, unsigned kind)
{
	const struct journal *journal;
	(void)kind;
	offers_add(&c->offers, STR("at"), STR("where you met"));
	offers_add(&c->offers, STR("via"), STR("who introduced you"));
	if (str_ieq(word_before(c), STR("via")) && (journal = read_typed_journal(c, JOURNAL_WHOLE)))
		offers_people(&c->offers, journal, c->named);
}

static void offer_time(struct completing *c, unsigned kind)
{
	unsigned time = (kind & KIND_PAST ? OFFERS_PAST : 0) |
			(kind & (KIND_AHEAD | KIND_BY) ? OFFERS_AHEAD : 0) |
			(kind & KIND_INTERVAL ? OFFERS_INTERVAL : 0) |
			(kind & KIND_SPAN ? OFFERS_SPAN : 0);
	if (!(kind & KIND_BY) || str_ieq(word_before(c), STR("by")))
		offers_time(&c->offers, time, c->context->today);
}

static void offer_week(struct completing *c, civil_day monday)
{
	struct iso_week week = day_week(monday);
	struct arena *arena = c->context->arena;
	if (monday != NO_DAY)
		offers_add(&c->offers, arena_printf(arena, "%04d-W%02d", week.year, week.week),
			   words_week(monday, arena));
}

static void offer_weeks(struct completing *c, unsigned kind)
{
	civil_day today = c->context->today;
	const struct journal *journal = read_typed_journal(c, JOURNAL_NAMES);
	struct kith_error ignored = {0};
	struct strs pages = {NULL, 0};
	(void)kind;
	if (!journal)
		return;
	offer_week(c, today - day_weekday(today) + 1);
	if (rewrite_list_pages(&pages, journal, false, c->context->arena, &ignored) == 0)
		for (size_t i = 0; i < pages.count; i++)
			offer_week(c, rewrite_page_monday(pages.items[i]));
}

static void offer_names(struct completing *c, unsigned kind)
{
	const char *name, *what;
	static const char *const colors[] = {"auto", "always", "never", NULL};
	for (size_t i = 0; kind & KIND_CHECK && (name = check_name(i, &what)); i++)
		offers_add(&c->offers, str_of(name), str_of(what));
	for (size_t i = 0; kind & KIND_FORMAT && format_names[i]; i++)
		offers_add(&c->offers, str_of(format_names[i]), STR(""));
	for (size_t i = 0; kind & KIND_GRAPH && graph_formats[i]; i++)
		offers_add(&c->offers, str_of(graph_formats[i]), STR(""));
	if (kind & KIND_OFF)
		offers_add(&c->offers, STR("off"), STR("no longer"));
	for (size_t i = 0; kind & KIND_COLOR && colors[i]; i++)
		offers_add(&c->offers, str_of(colors[i]), STR(""));
}

/* Each offers what it knows of any of these kinds. */
static const struct offering {
	unsigned kinds;
	void (*offer)(struct completing *c, unsigned kind);
} offerings[] = {
    {KIND_COMMAND, offer_commands},
    {KIND_TOPIC, offer_topics},
    {KIND_FILE | KIND_FOLDER | KIND_TEXT, offer_elsewhere},
    {KIND_WHO | KIND_LIST, offer_people},
    {KIND_TASK, offer_tasks},
    {KIND_HEAD, offer_head},
    {KIND_MET, offer_met},
    {KIND_QUERY | KIND_FIELD | KIND_COLUMNS | KIND_TAG, offer_terms},
    {KIND_PAST | KIND_AHEAD | KIND_INTERVAL | KIND_SPAN | KIND_BY, offer_time},
    {KIND_WEEK, offer_weeks},
    {KIND_CHECK | KIND_FORMAT | KIND_GRAPH | KIND_COLOR | KIND_OFF, offer_names},
};

static void offer_all(struct completing *c, unsigned kind)
{
	const char *today = opts_value(&c->opts, "today");
	civil_day day;
	if (today && datewords_parse_all(str_of(today), c->context->today, DATEWORDS_FUTURE,
					 &day) == DATE_OK)
		c->context->today = day;
	for (size_t i = 0; i < ARRAY_LEN(offerings); i++) {
		struct offers before = c->offers;
		if (!(kind & offerings[i].kinds))
			continue;
		offerings[i].offer(c, kind);
		/* What one keeps of the word is not so for the next. */
		c->offers.kept = before.kept;
		c->offers.begun = before.begun;
	}
}

/* ---- what is printed ---- */

static void print_about(struct completing *c, const struct offer *offer)
{
	struct str about = offer->about;
	if (!about.p)
		about = words_count(offer->times, "person", "people", c->context->arena);
	about = text_fit(about, ABOUT_WIDTH);
	if (about.n)
		out_printf(c->context->out, "\t%.*s", STR_ARG(about));
	out_addz(c->context->out, "\n");
}

/* line: NULL, or where the words stand, with the end of it that a shell replaces. */
static void print_word(struct completing *c, const struct offer *offer,
		       const struct shell_line *line, struct str stays)
{
	struct buf b;
	buf_init(&b, 0);
	if (!line)
		buf_add(&b, offer->word);
	if (!line || (str_starts(offer->word, stays) &&
		      shell_add(&b, str_from(offer->word, stays.n), line->quote))) {
		out_add(c->context->out, buf_str(&b));
		print_about(c, offer);
	}
	buf_release(&b);
}

/* Of too many the last, too: what all have in common is what the first and the last have. */
static void print_offers(struct completing *c, const struct shell_line *line, struct str stays)
{
	struct offers *o = &c->offers;
	if (c->elsewhere)
		out_printf(c->context->out, "\t%s\n", c->elsewhere);
	offers_finish(o);
	if (o->count > MOST_OFFERED) {
		o->items[MOST_OFFERED - 1] = o->items[o->count - 1];
		o->count = MOST_OFFERED;
	}
	for (size_t i = 0; i < o->count; i++)
		print_word(c, &o->items[i], line, stays);
}

/* ---- the command ---- */

static void give_up(int number)
{
	(void)number;
	_exit(EXIT_FINE);
}

/* Nothing is said on standard error from here on, and none waits for long. */
static void be_quiet(struct context *context)
{
	const struct sigaction action = {.sa_handler = give_up};
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (nowhere >= 0)
		context->out->error_fd = nowhere;
	sigaction(SIGALRM, &action, NULL);
	alarm(LONGEST);
}

/* What stands in front of the piece in the word that is typed, without quotes. */
static bool find_stays(struct str *stays, const struct shell_line *line, struct str text,
		       struct str piece, struct arena *arena)
{
	struct str word = str_from(text, line->last);
	struct shell_line before;
	if (!str_ends(word, piece))
		return false;
	shell_read(&before, str_upto(word, word.n - piece.n), arena);
	*stays = before.words.items[before.words.count - 1];
	return true;
}

static int cmd_complete(struct context *context)
{
	const char *text = opts_value(&context->opts, "line");
	const char *piece = opts_value(&context->opts, "piece");
	struct strs words = {NULL, context->opts.words_count};
	struct completing c = {.context = context};
	struct shell_line line;
	struct str stays = STR("");
	c.named = opts_has(&context->opts, "as-typed") ? OFFERS_NAMED : 0;
	be_quiet(context);
	if (text) {
		shell_read(&line, str_of(text), context->arena);
		words = (struct strs){line.words.items + 1, line.words.count - 1};
		if (!find_stays(&stays, &line, str_of(text), str_of(piece ? piece : ""),
				context->arena))
			words.count = 0;
	}
	c.count = words.count;
	c.words = ARENA_ARRAY(context->arena, char *, words.count + 1);
	for (size_t i = 0; i < c.count; i++) {
		struct str word = text ? words.items[i] : str_of(context->opts.words[i]);
		c.words[i] = arena_copy(context->arena, word.p, word.n + 1, 1);
	}
	if (c.count) {
		offers_init(&c.offers, str_of(c.words[c.count - 1]), context->arena);
		unsigned kind = text && line.redirected ? KIND_FILE : find_kind(&c);
		offer_all(&c, kind);
		print_offers(&c, text ? &line : NULL, stays);
		offers_release(&c.offers);
	}
	if (c.has_journal)
		journal_release(&c.journal);
	if (c.has_one)
		writing_end(&c.one);
	return EXIT_FINE;
}

const struct command command_complete = {
    .name = "complete",
    .group = GROUP_JOURNAL,
    .needs = NEEDS_NOTHING,
    .summary = "say what may stand next on a command line, for shells",
    .usage = "-- WORD...",
    .text = "Prints a line for each word that may stand in the place of the last one, which\n"
	    "is being typed: the word, a tab, and what it is. A line without a word says\n"
	    "what the shell itself knows: files or folders, or that any text may stand there.\n",
    .options =
	{
	    {"line", "LINE", "take the words from a line as a shell has it, `kith` and all", 0},
	    {"as-typed", NULL, "people by a name, where the slug does not hold what is typed", 0},
	    {"piece", "TEXT", "with --line: its end that is replaced; quote words as that is", 0},
	},
    .examples =
	{
	    {"kith complete -- log a", "whom one may mean"},
	    {"kith complete --line 'kith list tag:m' --piece m", "as bash asks"},
	},
    .max_words = ANY_WORDS,
    .words = {KIND_TEXT},
    .hidden = true,
    .run = cmd_complete,
};
