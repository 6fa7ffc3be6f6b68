#include "change/describe.h"

#include "base/buf.h"
#include "base/text.h"
#include "people/link.h"

/* So many characters of a text stand in a phrase. */
#define MOST_CHARACTERS 60

/* Kinds of change that are told together where there are several. */
enum talk_kind {
	TALK_LOG,
	TALK_NOTE,
	TALK_TRIED,
	TALK_PLAN,
	TALK_CANCEL,
	TALK_MOVE,
	TALK_CHANGE,
	TALK_REMOVE,
	TALK_KINDS,
};

enum job_kind {
	JOB_PROMISE,
	JOB_ASK,
	JOB_WAIT,
	JOB_TOPIC,
	JOB_DONE,
	JOB_GOT,
	JOB_TALKED,
	JOB_DROP,
	JOB_REOPEN,
	JOB_DAY,
	JOB_CHANGE,
	JOB_CHANGE_WAIT,
	JOB_CHANGE_TOPIC,
	JOB_REMOVE,
	JOB_REMOVE_WAIT,
	JOB_REMOVE_TOPIC,
	JOB_KINDS,
};

struct str describe_short(struct str text, struct arena *arena)
{
	/* Enough of it, so that one of megabytes costs no more than another. */
	struct str line = str_trim(text_line(str_upto(text, 64 * MOST_CHARACTERS), arena));
	if (line.n <= MOST_CHARACTERS || text_length(line) <= MOST_CHARACTERS)
		return line;
	return arena_printf(arena, "%.*s\xE2\x80\xA6",
			    STR_ARG(str_rtrim(text_upto(line, MOST_CHARACTERS - 1))));
}

/* A text with each link told by its label or target. */
static struct str task_text(struct str text, struct arena *arena)
{
	struct buf b;
	struct link link;
	buf_init(&b, 0);
	text = str_upto(text, 64 * MOST_CHARACTERS);
	for (size_t at = 0; at < text.n;) {
		size_t used = 0;
		struct str rest = str_from(text, at);
		if (rest.p[0] == '[' && link_parse(rest, &link, &used) && used) {
			buf_add(&b, link_text(str_upto(rest, used)));
			at += used;
		} else {
			buf_addc(&b, text.p[at++]);
		}
	}
	struct str shown = describe_short(arena_str(arena, buf_str(&b)), arena);
	buf_release(&b);
	return shown;
}

static struct str day_text(civil_day day, struct arena *arena)
{
	char text[DAY_SIZE] = "";
	if (day != NO_DAY)
		day_write(text, day);
	return arena_str(arena, str_of(text));
}

/* `A`, `A and B`, `A, B and 2 more`. */
static struct str people_text(const struct strs *names, struct arena *arena)
{
	const size_t most = 3;
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < names->count && i < most; i++) {
		bool last = i + 1 == names->count;
		buf_addz(&b, i == 0 ? "" : last ? " and " : ", ");
		buf_add(&b, describe_short(names->items[i], arena));
	}
	if (names->count > most)
		buf_printf(&b, " and %zu more", names->count - most);
	return arena_take(arena, &b);
}

/* How channels of the default settings are told; others stand as they are. */
static const struct channel_words {
	const char *channel, *article, *with;
} channel_words[] = {
    {"call", "a ", "with"},    {"email", "an ", "with"}, {"message", "a ", "with"},
    {"meeting", "a ", "with"}, {"visit", "a ", "with"},  {"event", "an ", "with"},
    {"letter", "a ", "with"},  {"gift", "a ", "for"},    {"intro", "an ", "with"},
    {"lunch", "", "with"},     {"dinner", "", "with"},   {"coffee", "", "with"},
};

/* `a call with Ada Lovelace`, `lunch with …`; of a plan `the call`, `lunch`; else `the lunch`. */
static struct str talk_text(const struct entry *e, enum talk_kind kind, struct str people,
			    struct arena *arena)
{
	struct str channel = e->channel.n ? describe_short(e->channel, arena) : STR("conversation");
	const char *article = e->channel.n ? "" : "a ", *with = "with";
	for (size_t i = 0; i < sizeof(channel_words) / sizeof(*channel_words); i++) {
		if (!str_ieq(channel, str_of(channel_words[i].channel)))
			continue;
		article = channel_words[i].article;
		with = channel_words[i].with;
	}
	bool definite = kind >= TALK_CHANGE || (kind >= TALK_CANCEL && article[0]);
	if (e->got && str_ieq(channel, STR("gift")))
		with = "from";
	if (str_ieq(channel, STR("note")))
		return arena_printf(arena, "%snote about %.*s", definite ? "the " : "a ",
				    STR_ARG(people));
	if (str_ieq(channel, STR("tried")))
		return arena_printf(arena, "%sattempt to reach %.*s", definite ? "the " : "an ",
				    STR_ARG(people));
	return arena_printf(arena, "%s%.*s %s %.*s", definite ? "the " : article, STR_ARG(channel),
			    with, STR_ARG(people));
}

static bool is_plan(const struct entry *e, civil_day today)
{
	return !str_ieq(e->channel, STR("note")) && !str_ieq(e->channel, STR("tried")) &&
	       (e->planned || (today != NO_DAY && e->day > today));
}

static enum talk_kind talk_came(const struct entry *e, civil_day today)
{
	if (e->cancelled)
		return TALK_CANCEL;
	if (is_plan(e, today))
		return TALK_PLAN;
	if (str_ieq(e->channel, STR("note")))
		return TALK_NOTE;
	return str_ieq(e->channel, STR("tried")) ? TALK_TRIED : TALK_LOG;
}

static enum talk_kind talk_kind(const struct entry *was, const struct entry *is, civil_day today)
{
	if (!is)
		return TALK_REMOVE;
	if (!was)
		return talk_came(is, today);
	if (is->cancelled && !was->cancelled)
		return TALK_CANCEL;
	if (is->cancelled)
		return TALK_CHANGE;
	bool plan = is_plan(is, today), planned = is_plan(was, NO_DAY);
	if (plan && was->cancelled)
		return TALK_PLAN;
	if (planned && !plan)
		return talk_came(is, today);
	if (plan)
		return is->day != was->day ? TALK_MOVE : planned ? TALK_CHANGE : TALK_PLAN;
	return TALK_CHANGE;
}

static struct str talk_phrase(enum talk_kind kind, const struct entry *e, struct str people,
			      struct arena *arena)
{
	struct str what = talk_text(e, kind, people, arena);
	struct str day = day_text(e->day, arena);
	switch (kind) {
	case TALK_LOG:
		return arena_printf(arena, "Log %.*s", STR_ARG(what));
	case TALK_NOTE:
		return arena_printf(arena, "Note about %.*s", STR_ARG(people));
	case TALK_TRIED:
		return arena_printf(arena, "Try to reach %.*s", STR_ARG(people));
	case TALK_PLAN:
		return arena_printf(arena, "Plan %.*s on %.*s", STR_ARG(what), STR_ARG(day));
	case TALK_CANCEL:
		return arena_printf(arena, "Cancel %.*s on %.*s", STR_ARG(what), STR_ARG(day));
	case TALK_MOVE:
		return arena_printf(arena, "Move %.*s to %.*s", STR_ARG(what), STR_ARG(day));
	case TALK_CHANGE:
		return arena_printf(arena, "Change %.*s of %.*s", STR_ARG(what), STR_ARG(day));
	case TALK_REMOVE:
	case TALK_KINDS:
		break;
	}
	return arena_printf(arena, "Remove %.*s of %.*s", STR_ARG(what), STR_ARG(day));
}

/* Several of a kind: `Log 3 conversations with Ada Lovelace`. */
static struct str talks_phrase(enum talk_kind kind, size_t count, struct str name,
			       struct arena *arena)
{
	static const struct {
		const char *before, *after;
	} words[TALK_KINDS] = {
	    [TALK_LOG] = {"Log ", " conversations with "},
	    [TALK_NOTE] = {"Add ", " notes about "},
	    [TALK_TRIED] = {"Log ", " attempts to reach "},
	    [TALK_PLAN] = {"Plan ", " conversations with "},
	    [TALK_CANCEL] = {"Cancel ", " conversations with "},
	    [TALK_MOVE] = {"Move ", " planned conversations with "},
	    [TALK_CHANGE] = {"Change ", " entries of the log of "},
	    [TALK_REMOVE] = {"Remove ", " entries from the log of "},
	};
	return arena_printf(arena, "%s%zu%s%.*s", words[kind].before, count, words[kind].after,
			    STR_ARG(name));
}

struct str describe_talk(const struct entry *entry, const struct strs *names, struct arena *arena)
{
	return talk_text(entry, TALK_LOG, people_text(names, arena), arena);
}

struct str describe_entry(const struct entry *entry, const struct strs *names, civil_day today,
			  struct arena *arena)
{
	return talk_phrase(talk_came(entry, today), entry, people_text(names, arena), arena);
}

static enum job_kind job_of(const struct task *t, enum job_kind promise, enum job_kind wait,
			    enum job_kind topic)
{
	return t->topic ? topic : t->waiting ? wait : promise;
}

static enum job_kind job_came(const struct task *t)
{
	enum job_kind wait = t->asked ? JOB_ASK : JOB_WAIT;
	switch (t->state) {
	case TASK_DONE:
		return job_of(t, JOB_DONE, JOB_GOT, JOB_TALKED);
	case TASK_DROPPED:
		return JOB_DROP;
	case TASK_OPEN:
		break;
	}
	return job_of(t, JOB_PROMISE, wait, JOB_TOPIC);
}

static enum job_kind job_kind(const struct task *was, const struct task *is)
{
	if (!is)
		return job_of(was, JOB_REMOVE, JOB_REMOVE_WAIT, JOB_REMOVE_TOPIC);
	if (!was)
		return job_came(is);
	if (is->state != was->state)
		return is->state == TASK_OPEN ? JOB_REOPEN : job_came(is);
	if (is->due != was->due && is->due != NO_DAY && str_eq(is->text, was->text))
		return JOB_DAY;
	return job_of(is, JOB_CHANGE, JOB_CHANGE_WAIT, JOB_CHANGE_TOPIC);
}

static const char *job_words(enum job_kind kind)
{
	static const char *const words[JOB_KINDS] = {
	    [JOB_PROMISE] = "Promise",
	    [JOB_ASK] = "Ask",
	    [JOB_WAIT] = "Wait for",
	    [JOB_TOPIC] = "Topic for",
	    [JOB_DONE] = "Done for",
	    [JOB_GOT] = "Got from",
	    [JOB_TALKED] = "Brought up with",
	    [JOB_DROP] = "Drop for",
	    [JOB_REOPEN] = "Open again for",
	    [JOB_DAY] = "New date for",
	    [JOB_CHANGE] = "Change a promise to",
	    [JOB_CHANGE_WAIT] = "Change what to expect from",
	    [JOB_CHANGE_TOPIC] = "Change a topic for",
	    [JOB_REMOVE] = "Remove a promise to",
	    [JOB_REMOVE_WAIT] = "Expect no longer from",
	    [JOB_REMOVE_TOPIC] = "Remove a topic for",
	};
	return words[kind];
}

static struct str job_phrase(enum job_kind kind, const struct task *t, struct str name,
			     struct arena *arena)
{
	struct str text = task_text(t->text, arena);
	struct str day = kind == JOB_DAY ? day_text(t->due, arena) : STR("");
	return arena_printf(arena, "%s %.*s: %.*s%s%.*s", job_words(kind), STR_ARG(name),
			    STR_ARG(text), day.n ? ", by " : "", STR_ARG(day));
}

struct str describe_task(const struct task *was, const struct task *is, struct str name,
			 struct arena *arena)
{
	return job_phrase(job_kind(was, is), is ? is : was, describe_short(name, arena), arena);
}

/* The phrases about one contact in the making. */
struct telling {
	const struct contact *before, *after;
	const struct differences *found;
	struct strs *out; /* with room for all */
	struct str name;
	const struct describe_setting *setting;
	struct arena *arena;
};

static void tell(struct telling *t, struct str phrase)
{
	t->out->items[t->out->count++] = phrase;
}

static bool is_of(const struct difference *d, enum difference_kind first)
{
	return d->kind >= first && d->kind <= first + 2;
}

static enum talk_kind talk_of(const struct telling *t, const struct difference *d,
			      const struct entry **entry)
{
	const struct entry *was = d->was == NO_PLACE ? NULL : &t->before->entries[d->was];
	const struct entry *is = d->is == NO_PLACE ? NULL : &t->after->entries[d->is];
	*entry = is ? is : was;
	return talk_kind(was, is, t->setting->today);
}

/* The contact, and those after `with`. */
static struct str people_of(const struct telling *t, const struct entry *e)
{
	struct strs others = {NULL, 0};
	if (e->rest.p)
		others = company_names(t->setting->company, e->rest, t->arena);
	struct strs names = {ARENA_ARRAY(t->arena, struct str, others.count + 1), 1};
	names.items[0] = t->name;
	for (size_t i = 0; i < others.count; i++)
		names.items[names.count++] = others.items[i];
	return people_text(&names, t->arena);
}

/* Up to two of a kind are told one by one, but conversations together. */
static void tell_entries(struct telling *t)
{
	size_t counts[TALK_KINDS] = {0};
	const struct entry *e;
	for (size_t i = 0; i < t->found->count; i++)
		if (is_of(&t->found->items[i], DIFFERENCE_ENTRY_ADDED))
			counts[talk_of(t, &t->found->items[i], &e)]++;
	for (size_t i = 0; i < t->found->count; i++) {
		if (!is_of(&t->found->items[i], DIFFERENCE_ENTRY_ADDED))
			continue;
		enum talk_kind kind = talk_of(t, &t->found->items[i], &e);
		size_t most = kind <= TALK_TRIED ? 1 : 2;
		if (counts[kind] > most)
			tell(t, talks_phrase(kind, counts[kind], t->name, t->arena));
		else if (counts[kind])
			tell(t, talk_phrase(kind, e, people_of(t, e), t->arena));
		if (counts[kind] > most)
			counts[kind] = 0;
	}
}

static enum job_kind job_of_difference(const struct telling *t, const struct difference *d,
				       const struct task **task)
{
	const struct task *was = d->was == NO_PLACE ? NULL : &t->before->tasks[d->was];
	const struct task *is = d->is == NO_PLACE ? NULL : &t->after->tasks[d->is];
	*task = is ? is : was;
	return job_kind(was, is);
}

static void tell_tasks(struct telling *t)
{
	const size_t most = 3;
	size_t counts[JOB_KINDS] = {0};
	const struct task *task;
	for (size_t i = 0; i < t->found->count; i++)
		if (is_of(&t->found->items[i], DIFFERENCE_TASK_ADDED))
			counts[job_of_difference(t, &t->found->items[i], &task)]++;
	for (size_t i = 0; i < t->found->count; i++) {
		if (!is_of(&t->found->items[i], DIFFERENCE_TASK_ADDED))
			continue;
		enum job_kind kind = job_of_difference(t, &t->found->items[i], &task);
		if (counts[kind] && counts[kind] <= most)
			tell(t, job_phrase(kind, task, t->name, t->arena));
		if (counts[kind] <= most)
			continue;
		tell(t, arena_printf(t->arena, "%s %.*s: %zu things", job_words(kind),
				     STR_ARG(t->name), counts[kind]));
		counts[kind] = 0;
	}
}

static bool is_field(const struct difference *d, enum key key)
{
	return d->kind == DIFFERENCE_FIELD && d->key == key;
}

/* Whether a field's phrase is one of those that are a number where there are many. */
static bool is_detail(enum key key)
{
	return !key_row(key)->news;
}

/* The old name, kept as an alias by a rename: no news beside it. */
static bool is_old_name(const struct telling *t, const struct difference *d)
{
	const struct strs *after = &d->after;
	return d->key == KEY_ALIASES && is_field(&t->found->items[0], KEY_NAME) &&
	       after->count == d->before.count + 1 &&
	       str_eq(after->items[after->count - 1], t->before->name);
}

/* A new role in a new place, told together; *with: the other one. */
static struct str describe_post(const struct telling *t, const struct difference *d,
				const struct difference **with)
{
	const struct difference *next = d + 1;
	*with = NULL;
	bool both = d->key == KEY_ORG && next < t->found->items + t->found->count &&
		    is_field(next, KEY_TITLE) && d->after.count == 1 && next->after.count == 1;
	if (!both)
		return describe_field(d, t->before, t->after, t->arena);
	*with = next;
	bool new = d->before.count == 0 && next->before.count == 0;
	return arena_printf(t->arena, "%.*s is %s%.*s at %.*s", STR_ARG(t->name), new ? "" : "now ",
			    STR_ARG(describe_short(next->after.items[0], t->arena)),
			    STR_ARG(describe_short(d->after.items[0], t->arena)));
}

static void tell_fields(struct telling *t)
{
	const size_t most = 3;
	size_t details = 0;
	const struct difference *with = NULL;
	for (size_t i = 0; i < t->found->count; i++)
		details += t->found->items[i].kind == DIFFERENCE_FIELD &&
			   is_detail(t->found->items[i].key) &&
			   !is_old_name(t, &t->found->items[i]);
	for (size_t i = 0; i < t->found->count; i++) {
		const struct difference *d = &t->found->items[i];
		if (d->kind != DIFFERENCE_FIELD || d == with || d->key == KEY_NAME ||
		    is_old_name(t, d))
			continue;
		if (!is_detail(d->key))
			tell(t, describe_post(t, d, &with));
		else if (details <= most)
			tell(t, describe_field(d, t->before, t->after, t->arena));
	}
	if (details > most)
		tell(t, arena_printf(t->arena, "Change %zu details of %.*s", details,
				     STR_ARG(t->name)));
}

static void tell_text(struct telling *t)
{
	const struct differences *found = t->found;
	if (found->count && found->items[found->count - 1].kind == DIFFERENCE_TEXT &&
	    (!found->items[found->count - 1].headings || found->count == 1))
		tell(t, arena_printf(t->arena, "Change the notes on %.*s", STR_ARG(t->name)));
	else if (found->count == 0)
		tell(t, arena_printf(t->arena, "Tidy the file of %.*s", STR_ARG(t->name)));
}

void describe_contact(struct strs *out, const struct contact *before, const struct contact *after,
		      const struct describe_setting *setting, struct arena *arena)
{
	struct differences found;
	*out = (struct strs){NULL, 0};
	if (str_eq(before->image, after->image))
		return;
	differences_find(&found, before, after, arena);
	out->items = ARENA_ARRAY(arena, struct str, found.count + 2);
	struct telling t = {before,  after, &found, out, describe_short(after->name, arena),
			    setting, arena};
	if (found.count && is_field(&found.items[0], KEY_NAME))
		tell(&t, describe_field(&found.items[0], before, after, arena));
	tell_entries(&t);
	tell_tasks(&t);
	tell_fields(&t);
	tell_text(&t);
}

const struct contact *describe_read(struct str path, struct str bytes, const struct config *config,
				    struct arena *arena)
{
	if (!bytes.p || !str_ends(path, STR(".md")))
		return NULL;
	struct contact *contact = ARENA_NEW(arena, struct contact);
	enum contact_result result =
	    contact_of_bytes(contact, path, bytes, config, NULL, NULL, arena);
	return result == CONTACT_OK ? contact : NULL;
}

struct str describe_edit(struct str *body, struct str path, struct str before, struct str after,
			 const struct config *config, struct arena *arena)
{
	struct description description;
	struct describe_file file = {.path = path,
				     .before = describe_read(path, before, config, arena),
				     .after = describe_read(path, after, config, arena),
				     .was = before.p != NULL,
				     .is = after.p != NULL};
	const struct describe_setting setting = {.config = config, .today = NO_DAY};
	describe_files(&description, &file, 1, &setting, arena);
	*body = description.body;
	return description.subject;
}
