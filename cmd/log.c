/*
 * The entry stands once, in the file of the first of those who are named; the
 * others are linked after `with`, which counts for all.
 */
#include "log.h"

#include <string.h>

#include "base/datewords.h"
#include "base/text.h"
#include "change/describe.h"
#include "change/plan_edits.h"
#include "people/find.h"
#include "people/tags.h"
#include "prompt.h"
#include "report/json.h"
#include "report/prose.h"
#include "report/words.h"
#include "write.h"

/* How often the editor is opened again on a text that cannot be taken. */
#define MOST_ROUNDS 10

struct logging {
	struct context *context;
	enum head_kind kind;
	struct writing *w;
	struct person *people; /* those of WHO; the first has the file; then those after `with` */
	size_t people_count;
	struct head head;
	struct entry_text entry;
	struct entry told; /* the same as phrases want it */
	struct strs names; /* of all people */
	struct str typed;  /* what came from a prompt or the editor; "" */
};

static bool is_planning(const struct logging *l)
{
	return l->kind == HEAD_PLAN;
}

/* --- What was typed --- */

/* Whether all after WHO is text: `kith log ada -- monday is her first day`. */
static bool is_raw(const struct opts *opts)
{
	return opts->raw == 1 && opts->words_count > 1;
}

/* `Ada Lovelace`, `Ada Lovelace and 2 others`: for the prompt. */
static struct str label_of(const struct logging *l)
{
	struct arena *arena = l->context->arena;
	struct str name = text_line(text_upto(l->people[0].name, 60), arena);
	if (l->people_count < 2)
		return name;
	return arena_printf(arena, "%.*s and %.*s", STR_ARG(name),
			    STR_ARG(words_count(l->people_count - 1, "other", "others", arena)));
}

/* Whether somebody is called exactly so: asked of a line without a colon (see people/head.h). */
static bool is_known(void *context, struct str name)
{
	struct logging *l = context;
	struct writing *w = l->w;
	struct found found;
	if (writing_is_file(w, name))
		return true;
	const struct journal *fronts;
	if (writing_everybody(w, &fronts) != EXIT_FINE)
		return false;
	find_contacts(&found, fronts, name, l->context->arena);
	return found.count && found.how <= FIND_NAME;
}

static int read_said_head(struct logging *l, struct str text, struct kith_error *err)
{
	const struct opts *opts = &l->context->opts;
	const struct head_line line = {.kind = l->kind,
				       .text = text,
				       .raw = is_raw(opts),
				       .who = str_of(opts->words[0]),
				       .knows = is_known,
				       .context = l};
	return head_parse(&l->head, &line, l->w->config, l->context->today, l->context->arena, err);
}

static struct str editor_help(struct logging *l, const struct kith_error *err)
{
	struct arena *arena = l->context->arena;
	struct str names = label_of(l);
	const char *example = is_planning(l) ? "friday 12:30 lunch: the licence"
					     : "yesterday coffee: the move to Bath +gave";
	struct str wrong = STR("");
	if (err->status)
		wrong = arena_printf(arena, "\n%s\n", err->message);
	return arena_printf(arena,
			    "Nothing from the line above on is kept.\n%.*s\n"
			    "An entry with %.*s: its first line as on the command line,\n"
			    "such as\n\n    %s\n\n"
			    "and more lines below it, if you like. Without any text nothing is\n"
			    "written.\n",
			    STR_ARG(wrong), STR_ARG(names), example);
}

static int fail_nothing(struct logging *l)
{
	out_say(l->context->out, "nothing was said, so nothing is written");
	return EXIT_PROBLEM;
}

/* The editor, again where somebody sits there who can put right what is wrong. */
static int from_editor(struct logging *l, struct str text)
{
	struct kith_error wrong = {0};
	for (int round = 0;; round++) {
		struct kith_error err = {0};
		struct str before = text;
		int rc = prompt_editor(&text, l->context, editor_help(l, &wrong), &err);
		/* What the command line said is in the shell's history. */
		if (!rc || round || !str_eq(text, str_trim(before)))
			l->typed = text;
		if (rc)
			return context_fail(l->context, &err);
		if (text.n == 0)
			return fail_nothing(l);
		if (round && str_eq(text, before))
			return context_fail(l->context, &wrong);
		if (read_said_head(l, text, &err) == 0)
			return EXIT_FINE;
		wrong = err;
		if (round == MOST_ROUNDS || !prompt_is_possible())
			return context_fail(l->context, &wrong);
	}
}

/* Where nothing stands after WHO: a prompt. */
static int from_prompt(struct logging *l)
{
	struct kith_error err = {0};
	struct context *context = l->context;
	if (!prompt_is_possible())
		return context_usage(context,
				     "say after %s what it was, or `-` to read standard input",
				     context->opts.words[0]);
	int status = prompt_text(&l->typed, l->w, label_of(l));
	if (status != EXIT_FINE)
		return status;
	return read_said_head(l, l->typed, &err) < 0 ? context_fail(context, &err) : EXIT_FINE;
}

static int from_input(struct logging *l)
{
	struct kith_error err = {0};
	struct str text;
	if (prompt_input(&text, l->context, &err) < 0 || read_said_head(l, text, &err) < 0)
		return context_fail(l->context, &err);
	return EXIT_FINE;
}

/* `kith log ada lovelace coffee`: the last of WHO may go on in the next word. */
static int check_who(struct logging *l, struct str text)
{
	struct str all = str_of(l->context->opts.words[0]), rest = str_ltrim(text);
	size_t from = all.n, end = 0;
	while (from > 0 && all.p[from - 1] != ',')
		from--;
	while (end < rest.n && !str_is_space_char(rest.p[end]) && rest.p[end] != ':' &&
	       rest.p[end] != ',')
		end++;
	struct str word = str_trim(str_from(all, from));
	return writing_check_next(l->w, arena_str(l->context->arena, word).p,
				  &l->people[l->people_count - 1],
				  arena_str(l->context->arena, str_upto(rest, end)).p);
}

static int from_words(struct logging *l, struct str text)
{
	struct kith_error err = {0};
	int status = is_raw(&l->context->opts) ? EXIT_FINE : check_who(l, text);
	if (status != EXIT_FINE)
		return status;
	if (read_said_head(l, text, &err) == 0)
		return EXIT_FINE;
	return context_usage(l->context, "%s", err.message);
}

static int take_entry_text(struct logging *l)
{
	const struct opts *opts = &l->context->opts;
	struct str text = opts_joined(opts, 1, l->context->arena);
	if (opts_has(opts, "edit"))
		return from_editor(l, text);
	if (opts->words_count == 1)
		return from_prompt(l);
	if (opts->words_count == 2 && str_eq(text, STR("-")) && !is_raw(opts))
		return from_input(l);
	return from_words(l, text);
}

/* --- People --- */

static bool is_named_already(const struct logging *l, const struct person *who)
{
	for (size_t i = 0; i < l->people_count; i++)
		if (str_eq(l->people[i].path, who->path))
			return true;
	return false;
}

static int find_with(struct logging *l)
{
	const struct strs *words = &l->head.with;
	struct person *all =
	    ARENA_ARRAY(l->context->arena, struct person, l->people_count + words->count);
	memcpy(all, l->people, l->people_count * sizeof(*all));
	l->people = all;
	for (size_t i = 0; i < words->count; i++) {
		struct person who;
		int status = writing_find(l->w, words->items[i], &who);
		if (status != EXIT_FINE) {
			out_say(l->context->out,
				"where \"with %.*s\" is text, let a colon stand before it",
				STR_ARG(text_upto(words->items[i], 60)));
			return status;
		}
		if (is_named_already(l, &who))
			return context_usage(l->context, "%.*s is named twice", STR_ARG(who.name));
		all[l->people_count++] = who;
	}
	return EXIT_FINE;
}

static void set_entry(struct logging *l)
{
	size_t count = l->people_count - 1;
	struct entry_companion *with =
	    ARENA_ARRAY(l->context->arena, struct entry_companion, count);
	for (size_t i = 0; i < count; i++)
		with[i] = (struct entry_companion){l->people[i + 1].slug, l->people[i + 1].name};
	l->entry = (struct entry_text){.day = l->head.day,
				       .time = l->head.time,
				       .channel = l->head.channel,
				       .with = with,
				       .with_count = count,
				       .text = l->head.text,
				       .again = opts_has(&l->context->opts, "again"),
				       .planned = is_planning(l)};
	l->told = (struct entry){.day = l->entry.day,
				 .channel = l->entry.channel,
				 .planned = l->entry.planned,
				 .got = tags_in(l->entry.text) & TAG_GOT};
	l->names = (struct strs){ARENA_ARRAY(l->context->arena, struct str, l->people_count),
				 l->people_count};
	for (size_t i = 0; i < l->people_count; i++)
		l->names.items[i] = l->people[i].name;
}

/* --- The change --- */

static int edit_log(void *context, const struct config *config, struct str image, struct buf *out,
		    struct kith_error *err)
{
	const struct logging *l = context;
	return plan_edits_add(out, image, config, &l->entry, err);
}

/* The plan that the entry was; both NULL where a new one was written. */
struct former_plan {
	const struct entry *was, *is;
};

static struct former_plan find_former(const struct preview *preview)
{
	struct former_plan plan = {NULL, NULL};
	for (size_t i = 0; i < preview->differences.count; i++) {
		const struct difference *d = &preview->differences.items[i];
		bool entry =
		    d->kind >= DIFFERENCE_ENTRY_ADDED && d->kind <= DIFFERENCE_ENTRY_CHANGED;
		if (entry && d->was != NO_PLACE)
			plan.was = &preview->before.entries[d->was];
		if (entry && d->is != NO_PLACE)
			plan.is = &preview->after.entries[d->is];
	}
	return plan.was && plan.is ? plan : (struct former_plan){NULL, NULL};
}

/* --- What is told --- */

/* What became of a plan that stood there. */
static struct str told_former(const struct logging *l, struct former_plan plan, struct str after)
{
	struct arena *arena = l->context->arena;
	if (!plan.was)
		return STR("");
	struct str line = str_from(after, str_line_start(after, plan.is->offset));
	if (is_planning(l))
		return arena_printf(arena, "it moves there from %s%s%.*s; --again plans one more\n",
				    day_text(plan.was->day).z, plan.was->time.n ? " " : "",
				    STR_ARG(plan.was->time));
	return arena_printf(arena, "it was planned, and the plan's line says now: %.*s\n",
			    STR_ARG(prose_cut(str_upto(line, str_line(line)), arena)));
}

static struct str log_report(struct logging *l, struct str former, struct str next)
{
	struct arena *arena = l->context->arena;
	struct str thing = describe_talk(&l->told, &l->names, arena);
	return arena_printf(arena, "%s %.*s on %s in %.*s\n%.*s%.*s%s",
			    is_planning(l) ? "planned" : "logged", STR_ARG(thing),
			    day_text(l->entry.day).z, STR_ARG(l->people[0].path), STR_ARG(former),
			    STR_ARG(next), next.n ? "\n" : "");
}

static json_t *people_model(const struct logging *l)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < l->people_count; i++) {
		json_t *person = json_of_object();
		json_put(person, "slug", json_of_text(l->people[i].slug));
		json_put(person, "name", json_of_line(l->people[i].name));
		json_push(list, person);
	}
	return list;
}

static struct str or_none(struct str s)
{
	return s.n ? s : STR_NONE;
}

static json_t *log_model(const struct logging *l, struct former_plan plan, civil_day next)
{
	json_t *model = writing_model(l->w, &l->people[0]);
	json_put(model, "people", people_model(l));
	json_put(model, "day", json_of_day(l->entry.day));
	json_put(model, "time", json_of_line(or_none(l->entry.time)));
	json_put(model, "channel", json_of_line(or_none(l->entry.channel)));
	json_put(model, "text", json_of_text(or_none(l->entry.text)));
	json_put(model, "planned", json_boolean(l->entry.planned));
	json_put(model, "plan", json_of_day(plan.was ? plan.was->day : NO_DAY));
	json_put(model, "next", json_of_day(next));
	return model;
}

/* What was taken otherwise than it was perhaps meant. */
static void tell_kept_words(struct logging *l)
{
	struct out *out = l->context->out;
	struct str channel = l->head.unknown_channel, date = l->head.kept_date;
	if (channel.n)
		out_say(out,
			"\"%.*s\" is no channel of this journal, so \"%.*s:\" is kept as text "
			"(`channels:` in kith.yaml names them)",
			STR_ARG(channel), STR_ARG(channel));
	struct str sign = l->head.kept_channel;
	if (sign.n)
		out_say(out,
			"\"%.*s\" is kept as text; with a colon, \"%.*s: ...\", it is the channel",
			STR_ARG(sign), STR_ARG(sign));
	civil_day day;
	if (date.n && datewords_parse_all(date, l->context->today, DATEWORDS_PAST, &day) == DATE_OK)
		out_say(out, "\"%.*s\" is kept as text; with a colon, \"%.*s: ...\", it is the day",
			STR_ARG(date), STR_ARG(date));
	else if (date.n)
		out_say(out,
			"\"%.*s\" is kept as text; days and times are such as friday, nov 20, "
			"2026-11-20 and 15:30",
			STR_ARG(date));
}

/* A text that is in no shell's history shall not be lost. */
static void tell_lost_text(struct logging *l)
{
	if (l->typed.n)
		out_say(l->context->out, "nothing is written; this was the text:\n%.*s",
			STR_ARG(l->typed));
}

static int log_entry(struct logging *l)
{
	const struct person *first = &l->people[0];
	const struct single single = {l->w, first, edit_log, l};
	struct change_result result;
	struct preview preview;
	struct str next = STR("");
	civil_day due = NO_DAY;
	int status = writing_make_single(&single, &preview, &result);
	if (result.written)
		next = writing_next(l->w, first, &due);
	if (result.written && due != NO_DAY && l->people_count > 1)
		next = arena_printf(l->context->arena, "%.*s (%.*s)", STR_ARG(next),
				    STR_ARG(first->name));
	if (result.written || (writing_is_dry(l->w) && status == EXIT_FINE))
		tell_kept_words(l);
	else if (!result.unchanged)
		tell_lost_text(l);
	struct former_plan plan = find_former(&preview);
	struct str former = told_former(l, plan, preview.after.image);
	json_t *model = writing_is_json(l->w) ? log_model(l, plan, due) : NULL;
	return writing_tell(l->w, &result, status, log_report(l, former, next), model);
}

static int find_and_write(struct logging *l)
{
	struct str words = str_of(l->context->opts.words[0]);
	int status = writing_find_list(l->w, words, &l->people, &l->people_count);
	if (status != EXIT_FINE)
		return status;
	status = take_entry_text(l);
	if (status == EXIT_FINE)
		status = find_with(l);
	if (status != EXIT_FINE) {
		tell_lost_text(l);
		return status;
	}
	set_entry(l);
	return log_entry(l);
}

int log_write(struct writing *w, const struct person *nobody)
{
	const enum head_kind *kind = w->context->command->kind;
	struct logging l = {.w = w, .context = w->context, .kind = *kind, .typed = STR("")};
	(void)nobody;
	return find_and_write(&l);
}

const struct command command_log = {
    .name = "log",
    .group = GROUP_WEEK,
    .needs = NEEDS_FOLDER,
    .summary = "note that you were in touch with somebody",
    .usage = "WHO[,WHO...] [HEAD:] TEXT [+gave|+got|+asked]",
    .text = "Writes an entry into the log of WHO and commits it. Of several people\n"
	    "the first has the entry, with links to the others. HEAD is what an entry\n"
	    "begins with: [DATE] [TIME] [CHANNEL] [with WHO[,WHO...]]. It ends at the\n"
	    "first word that ends in a colon; without a text it needs none. Dates may\n"
	    "be words: yesterday, friday, 2 weeks ago, nov 20; without one it is\n"
	    "today.\n"
	    "\n"
	    "+gave, +got and +asked are written #gave, #got and #asked. With nothing\n"
	    "after WHO a prompt reads one line as it is typed. On the command line a\n"
	    "shell reads ? * ! $ & ; # and quotes for itself: put the text in single\n"
	    "quotes, or use the prompt. For a day ahead: kith plan.\n",
    .options = {{"edit", NULL, "write the text in your editor", 'e'},
		{"again", NULL, "also where the same entry stands there", 0}},
    .examples =
	{
	    {"kith log ada", "a prompt reads one line as it is typed: no quotes are needed"},
	    {"kith log ada coffee: the move to Bath", "a coffee, today"},
	    {"kith log ada yesterday call with grace: punch cards +gave",
	     "with others; given and taken"},
	    {"kith log ada,grace 'lunch: who asks whom?'",
	     "single quotes, where a shell would read it"},
	    {"kith log ada tried", "no answer: not a contact, but rests the reminder for a week"},
	    {"kith log ada -- monday is her first day", "all after -- is text"},
	    {"kith log ada - < notes.txt", "from standard input; -e opens the editor"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_LIST | KIND_ACTIVE, KIND_HEAD | KIND_PAST},
    .write = log_write,
    .kind = &(const enum head_kind){HEAD_LOG},
};
