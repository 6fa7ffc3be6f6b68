/*
 * A change as a few phrases and a subject. What is said stands in tables of sentences (and for
 * fields in people/keys.def); few changes are told one by one, and what comes in bulk is told as
 * a number: a subject is for reading at a glance, and its body for those who want all of it.
 */
#include "change/describe.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "people/fields.h"
#include "people/link.h"

/* So many characters of a text stand in a phrase. */
#define MOST_CHARACTERS 60

/* ---- sentences ---- */

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

/* What a sentence speaks of. */
struct filling {
	struct str name;  /* %n */
	struct str value; /* %v */
	civil_day day;    /* %d */
	size_t count;     /* %c */
};

static struct str fill_sentence(const char *sentence, const struct filling *with,
				struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (const char *p = sentence; *p; p++)
		if (*p != '%')
			buf_addc(&b, *p);
		else if (*++p == 'n')
			buf_add(&b, with->name);
		else if (*p == 'v')
			buf_add(&b, with->value);
		else if (*p == 'd')
			day_format(&b, with->day);
		else
			buf_printf(&b, "%zu", with->count);
	return arena_take(arena, &b);
}

/* ---- entries and tasks ---- */

/*
 * What may have happened to an entry or a task: the sentence for one, and the one for several,
 * where there are more than so many. %n: the person, of an entry all who were there; %v: what
 * it is.
 */
#define HAPPENINGS(TALK, JOB)                                                                      \
	TALK(LOG, 1, "Log %v", "Log %c conversations with %n")                                     \
	TALK(NOTE, 1, "Note about %n", "Add %c notes about %n")                                    \
	TALK(TRIED, 1, "Try to reach %n", "Log %c attempts to reach %n")                           \
	TALK(PLAN, 2, "Plan %v on %d", "Plan %c conversations with %n")                            \
	TALK(CANCEL, 2, "Cancel %v on %d", "Cancel %c conversations with %n")                      \
	TALK(MOVE, 2, "Move %v to %d", "Move %c planned conversations with %n")                    \
	TALK(CHANGE, 2, "Change %v of %d", "Change %c entries of the log of %n")                   \
	TALK(REMOVE, 2, "Remove %v of %d", "Remove %c entries from the log of %n")                 \
	JOB(PROMISE, "Promise %n", "")                                                             \
	JOB(ASK, "Ask %n", "")                                                                     \
	JOB(WAIT, "Wait for %n", "")                                                               \
	JOB(TOPIC, "Topic for %n", "")                                                             \
	JOB(DONE, "Done for %n", "")                                                               \
	JOB(GOT, "Got from %n", "")                                                                \
	JOB(TALKED, "Brought up with %n", "")                                                      \
	JOB(DROP, "Drop for %n", "")                                                               \
	JOB(REOPEN, "Open again for %n", "")                                                       \
	JOB(DAY, "New date for %n", ", by %d")                                                     \
	JOB(CHANGE, "Change a promise to %n", "")                                                  \
	JOB(CHANGE_WAIT, "Change what to expect from %n", "")                                      \
	JOB(CHANGE_TOPIC, "Change a topic for %n", "")                                             \
	JOB(REMOVE, "Remove a promise to %n", "")                                                  \
	JOB(REMOVE_WAIT, "Expect no longer from %n", "")                                           \
	JOB(REMOVE_TOPIC, "Remove a topic for %n", "")

#define TALK_ID(id, most, one, several)  TALK_##id,
#define JOB_ID(id, begin, end)           JOB_##id,
#define TALK_ROW(id, most, one, several) {one, several, most},
#define JOB_ROW(id, begin, end)          {begin ": %v" end, begin ": %c things", 3},

enum happening { HAPPENINGS(TALK_ID, JOB_ID) HAPPENINGS_COUNT };

static const struct {
	const char *one, *several;
	size_t most;
} happenings[] = {HAPPENINGS(TALK_ROW, JOB_ROW)};

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

/* How some channels are told; others stand as they are. */
static const struct channel_words {
	const char *channel, *article, *noun, *with;
} channel_words[] = {
    {"call", "a ", NULL, "with"},
    {"email", "an ", NULL, "with"},
    {"message", "a ", NULL, "with"},
    {"meeting", "a ", NULL, "with"},
    {"visit", "a ", NULL, "with"},
    {"event", "an ", NULL, "with"},
    {"letter", "a ", NULL, "with"},
    {"gift", "a ", NULL, "for"},
    {"intro", "an ", NULL, "with"},
    {"note", "a ", "note", "about"},
    {"tried", "an ", "attempt", "to reach"},
};

/* `a call with Ada Lovelace`, `lunch with …`; of a plan `the call`, `lunch`; else `the lunch`. */
static struct str talk_text(const struct entry *e, enum happening kind, struct str people,
			    struct arena *arena)
{
	struct str channel = e->channel.n ? describe_short(e->channel, arena) : STR("conversation");
	struct channel_words words = {"", e->channel.n ? "" : "a ", NULL, "with"};
	for (size_t i = 0; i < ARRAY_LEN(channel_words); i++)
		if (str_ieq(channel, str_of(channel_words[i].channel)))
			words = channel_words[i];
	bool definite =
	    kind >= TALK_CHANGE || (kind >= TALK_CANCEL && words.article[0] && !words.noun);
	if (e->got && str_ieq(channel, STR("gift")))
		words.with = "from";
	return arena_printf(arena, "%s%.*s %s %.*s", definite ? "the " : words.article,
			    STR_ARG(words.noun ? str_of(words.noun) : channel), words.with,
			    STR_ARG(people));
}

static bool is_planned_then(const struct entry *e, civil_day today)
{
	return !str_ieq(e->channel, STR("note")) && !str_ieq(e->channel, STR("tried")) &&
	       (e->planned || (today != NO_DAY && e->day > today));
}

static enum happening talk_came(const struct entry *e, civil_day today)
{
	if (e->cancelled)
		return TALK_CANCEL;
	if (is_planned_then(e, today))
		return TALK_PLAN;
	if (str_ieq(e->channel, STR("note")))
		return TALK_NOTE;
	return str_ieq(e->channel, STR("tried")) ? TALK_TRIED : TALK_LOG;
}

static enum happening talk_kind(const struct entry *was, const struct entry *is, civil_day today)
{
	if (!is)
		return TALK_REMOVE;
	if (!was)
		return talk_came(is, today);
	if (is->cancelled && !was->cancelled)
		return TALK_CANCEL;
	if (is->cancelled)
		return TALK_CHANGE;
	bool plan = is_planned_then(is, today), planned = is_planned_then(was, NO_DAY);
	if (plan && was->cancelled)
		return TALK_PLAN;
	if (planned && !plan)
		return talk_came(is, today);
	if (plan)
		return is->day != was->day ? TALK_MOVE : planned ? TALK_CHANGE : TALK_PLAN;
	return TALK_CHANGE;
}

static struct str talk_phrase(enum happening kind, const struct entry *e, struct str people,
			      struct arena *arena)
{
	const struct filling with = {people, talk_text(e, kind, people, arena), e->day, 1};
	return fill_sentence(happenings[kind].one, &with, arena);
}

struct str describe_talk(const struct entry *entry, const struct strs *names, struct arena *arena)
{
	return talk_text(entry, TALK_LOG, people_text(names, arena), arena);
}

static enum happening job_of(const struct task *t, enum happening promise, enum happening wait,
			     enum happening topic)
{
	return t->topic ? topic : t->waiting ? wait : promise;
}

static enum happening job_came(const struct task *t)
{
	enum happening wait = t->asked ? JOB_ASK : JOB_WAIT;
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

static enum happening job_kind(const struct task *was, const struct task *is)
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

/* The phrases about one contact in the making. */
struct contact_telling {
	const struct contact *before, *after;
	const struct differences *found;
	struct strs *out; /* with room for all */
	struct str name;
	const struct describe_setting *setting;
	struct arena *arena;
};

static void tell_phrase(struct contact_telling *t, struct str phrase)
{
	t->out->items[t->out->count++] = phrase;
}

/* The contact, and those after `with`. */
static struct str people_in_entry(const struct contact_telling *t, const struct entry *e)
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

static bool is_of_task(const struct difference *d)
{
	return d->kind >= DIFFERENCE_TASK_ADDED && d->kind <= DIFFERENCE_TASK_CHANGED;
}

static enum happening happening_of(const struct contact_telling *t, const struct difference *d)
{
	bool was = d->was != NO_PLACE, is = d->is != NO_PLACE;
	if (is_of_task(d))
		return job_kind(was ? &t->before->tasks[d->was] : NULL,
				is ? &t->after->tasks[d->is] : NULL);
	return talk_kind(was ? &t->before->entries[d->was] : NULL,
			 is ? &t->after->entries[d->is] : NULL, t->setting->today);
}

static struct str tell_happening(const struct contact_telling *t, const struct difference *d,
				 enum happening kind)
{
	bool is = d->is != NO_PLACE;
	if (!is_of_task(d)) {
		const struct entry *e =
		    is ? &t->after->entries[d->is] : &t->before->entries[d->was];
		return talk_phrase(kind, e, people_in_entry(t, e), t->arena);
	}
	const struct task *task = is ? &t->after->tasks[d->is] : &t->before->tasks[d->was];
	const struct filling with = {t->name, task_text(task->text, t->arena), task->due, 1};
	return fill_sentence(happenings[kind].one, &with, t->arena);
}

/* Entries, then tasks: a few of a kind one by one, more of them together. */
static void tell_happenings(struct contact_telling *t)
{
	size_t counts[HAPPENINGS_COUNT] = {0};
	for (size_t i = 0; i < t->found->count; i++) {
		const struct difference *d = &t->found->items[i];
		if (d->kind != DIFFERENCE_FIELD && d->kind != DIFFERENCE_TEXT)
			counts[happening_of(t, d)]++;
	}
	for (size_t i = 0; i < t->found->count; i++) {
		const struct difference *d = &t->found->items[i];
		if (d->kind == DIFFERENCE_FIELD || d->kind == DIFFERENCE_TEXT)
			continue;
		enum happening kind = happening_of(t, d);
		struct filling all = {.name = t->name, .count = counts[kind]};
		if (all.count > happenings[kind].most) {
			tell_phrase(t, fill_sentence(happenings[kind].several, &all, t->arena));
			counts[kind] = 0;
		} else if (all.count) {
			tell_phrase(t, tell_happening(t, d, kind));
		}
	}
}

/* ---- fields ---- */

static bool list_holds(const struct strs *list, struct str text)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq(list->items[i], text))
			return true;
	return false;
}

/* What is in `list` and not in `other`, between commas; "" for nothing, or for very many. */
static struct str not_in_other(const struct strs *list, const struct strs *other,
			       struct arena *arena)
{
	struct buf b;
	if (list->count > 64 || other->count > 64)
		return STR("");
	buf_init(&b, 0);
	for (size_t i = 0; i < list->count; i++) {
		if (list_holds(other, list->items[i]))
			continue;
		buf_addz(&b, b.n ? ", " : "");
		buf_add(&b, list->items[i]);
	}
	return describe_short(arena_take(arena, &b), arena);
}

static struct str tell_plain_change(const struct difference *d, struct str name,
				    struct arena *arena)
{
	const char *noun = key_row(d->key)->noun, *about = key_row(d->key)->told.about;
	const char *came = about ? "Note" : "Add";
	const char *verb = !d->before.count ? came : !d->after.count ? "Remove" : "Change";
	struct str key = noun ? str_of(noun) : describe_short(d->key_text, arena);
	struct str what = about ? fill_sentence(about, &(struct filling){.name = name}, arena)
				: arena_printf(arena, "%.*s of %.*s", STR_ARG(key), STR_ARG(name));
	return arena_printf(arena, "%s %.*s", verb, STR_ARG(what));
}

/* The sentence for what came and what went; NULL for none. */
static const char *told_by(const struct difference *d, bool came, bool went)
{
	const struct key_told *told = &key_row(d->key)->told;
	if (came)
		return !d->before.count ? told->first : went ? told->other : told->more;
	return !went ? NULL : d->after.count ? told->fewer : told->gone;
}

static struct str tell_by_row(const struct difference *d, struct str name,
			      const struct contact *after, struct arena *arena)
{
	struct str new = not_in_other(&d->after, &d->before, arena);
	struct str old = not_in_other(&d->before, &d->after, arena);
	bool day = key_row(d->key)->shape == SHAPE_DAY;
	/* Of what is no date nothing can be said. */
	bool vague = day && d->after.count && fields_day(after, d->key) == NO_DAY;
	const char *sentence = vague ? NULL : told_by(d, new.n, old.n);
	if (!sentence)
		return tell_plain_change(d, name, arena);
	return fill_sentence(sentence, &(struct filling){.name = name, .value = new.n ? new : old},
			     arena);
}

static struct str tell_status(const struct difference *d, struct str name,
			      const struct contact *before, const struct contact *after,
			      struct arena *arena)
{
	static const char *const sentences[] = {
	    [STATUS_ACTIVE] = "Resume %n",
	    [STATUS_PAUSED] = "Pause %n",
	    [STATUS_ARCHIVED] = "Archive %n",
	    [STATUS_DECEASED] = "Note the death of %n",
	};
	if (before->status == after->status)
		return tell_plain_change(d, name, arena);
	return fill_sentence(sentences[after->status], &(struct filling){.name = name}, arena);
}

/* `every 6 weeks`; `every week`. */
static struct str every_words(struct cadence cadence, struct arena *arena)
{
	struct str words = cadence_words(cadence, arena);
	bool single = str_starts(words, STR("1 ")) &&
		      str_find_char(str_from(words, 2), ' ') == str_from(words, 2).n;
	return arena_printf(arena, "every %.*s", STR_ARG(single ? str_from(words, 2) : words));
}

static struct str tell_cadence(const struct difference *d, struct str name,
			       const struct contact *after, struct arena *arena)
{
	const struct cadence_plan *plan = &after->cadence;
	const char *sentence = "Keep in touch with %n %v until %d";
	struct filling with = {.name = name, .value = STR(""), .day = plan->until};
	if (!d->after.count || plan->first.kind == CADENCE_UNSET)
		return tell_plain_change(d, name, arena);
	bool never = plan->first.kind == CADENCE_NEVER, then = plan->then.kind == CADENCE_EVERY;
	if (never)
		sentence = plan->until == NO_DAY ? "No check-ins with %n"
						 : "No check-ins with %n for a while";
	else if (plan->until == NO_DAY)
		sentence = "Keep in touch with %n %v";
	if (!never)
		with.value = every_words(plan->first, arena);
	struct str told = fill_sentence(sentence, &with, arena);
	if (never || plan->until == NO_DAY || !then)
		return told;
	return arena_printf(arena, "%.*s, then %.*s", STR_ARG(told),
			    STR_ARG(every_words(plan->then, arena)));
}

static struct str tell_field(const struct contact_telling *t, const struct difference *d)
{
	if (d->key == KEY_NAME && !str_eq(t->before->name, t->after->name))
		return arena_printf(t->arena, "Rename %.*s to %.*s",
				    STR_ARG(describe_short(t->before->name, t->arena)),
				    STR_ARG(t->name));
	switch (key_row(d->key)->shape) {
	case SHAPE_STATUS:
		return tell_status(d, t->name, t->before, t->after, t->arena);
	case SHAPE_CADENCE:
		return tell_cadence(d, t->name, t->after, t->arena);
	default:
		return tell_by_row(d, t->name, t->after, t->arena);
	}
}

static bool is_field(const struct difference *d, enum key key)
{
	return d->kind == DIFFERENCE_FIELD && d->key == key;
}

/* What came under `formerly` with a new post, or the old name, kept as an alias: no news. */
static bool is_kept_old(const struct contact_telling *t, const struct difference *d)
{
	const struct strs *after = &d->after;
	if (d->key == KEY_FORMERLY)
		return d > t->found->items &&
		       (is_field(d - 1, KEY_ORG) || is_field(d - 1, KEY_TITLE));
	return d->key == KEY_ALIASES && is_field(&t->found->items[0], KEY_NAME) &&
	       after->count == d->before.count + 1 &&
	       str_eq(after->items[after->count - 1], t->before->name);
}

/* A new role in a new place, told together; *with: the other one. */
static struct str tell_post(const struct contact_telling *t, const struct difference *d,
			    const struct difference **with)
{
	const struct difference *next = d + 1;
	*with = NULL;
	bool both = d->key == KEY_ORG && next < t->found->items + t->found->count &&
		    is_field(next, KEY_TITLE) && d->after.count == 1 && next->after.count == 1;
	if (!both)
		return tell_field(t, d);
	*with = next;
	bool new = d->before.count == 0 && next->before.count == 0;
	return arena_printf(t->arena, "%.*s is %s%.*s at %.*s", STR_ARG(t->name), new ? "" : "now ",
			    STR_ARG(describe_short(next->after.items[0], t->arena)),
			    STR_ARG(describe_short(d->after.items[0], t->arena)));
}

/* The owner's key of a last contact, which a logged talk set as the settings want. */
static bool is_kept_day(const struct contact_telling *t, const struct difference *d)
{
	bool talk = false;
	for (size_t i = 0; i < t->found->count; i++)
		talk |= t->found->items[i].kind == DIFFERENCE_ENTRY_ADDED ||
			t->found->items[i].kind == DIFFERENCE_ENTRY_CHANGED;
	return talk && d->key == KEY_LAST_CONTACT && t->setting->config->keep_last_contact;
}

static void tell_fields(struct contact_telling *t)
{
	const size_t most = 3;
	size_t details = 0;
	const struct difference *with = NULL;
	for (size_t i = 0; i < t->found->count; i++)
		details += t->found->items[i].kind == DIFFERENCE_FIELD &&
			   !key_row(t->found->items[i].key)->news &&
			   !is_kept_day(t, &t->found->items[i]) &&
			   !is_kept_old(t, &t->found->items[i]);
	for (size_t i = 0; i < t->found->count; i++) {
		const struct difference *d = &t->found->items[i];
		if (d->kind != DIFFERENCE_FIELD || d == with || d->key == KEY_NAME ||
		    is_kept_day(t, d) || is_kept_old(t, d))
			continue;
		if (key_row(d->key)->news)
			tell_phrase(t, tell_post(t, d, &with));
		else if (details <= most)
			tell_phrase(t, tell_field(t, d));
	}
	if (details > most)
		tell_phrase(t, arena_printf(t->arena, "Change %zu details of %.*s", details,
					    STR_ARG(t->name)));
}

/* A file's bytes, in which lines of fields that changed are made blank. */
struct blanking {
	const struct differences *found;
	char *bytes;
	size_t n;
};

static void blank_field(void *context, enum key key, struct span value)
{
	struct blanking *b = context;
	bool told = false;
	for (size_t i = 0; i < b->found->count; i++)
		told |= is_field(&b->found->items[i], key);
	while (told && value.from > 0 && b->bytes[value.from - 1] != '\n')
		value.from--;
	while (told && value.to < b->n && b->bytes[value.to] != '\n')
		value.to++;
	if (told)
		memset(b->bytes + value.from, ' ', value.to - value.from);
}

static struct contact without_fields(const struct contact_telling *t, const struct contact *c)
{
	struct contact copy = *c;
	struct blanking b = {t->found, arena_bytes(t->arena, c->image.n), c->image.n};
	if (b.n)
		memcpy(b.bytes, c->image.p, b.n);
	contact_each_below(c->image, t->setting->config, blank_field, &b, t->arena);
	copy.image = (struct str){b.bytes, b.n};
	return copy;
}

/* Headings that come with what stands below them are no news. */
static bool is_text_news(const struct differences *found)
{
	const struct difference *last = found->count ? &found->items[found->count - 1] : NULL;
	return last && last->kind == DIFFERENCE_TEXT && (!last->headings || found->count == 1);
}

/* Whether other text changed; what a field that stands in it says is told by itself. */
static bool has_other_text(const struct contact_telling *t)
{
	struct differences others;
	if (!is_text_news(t->found) || t->found->items[0].kind != DIFFERENCE_FIELD)
		return is_text_news(t->found);
	const struct contact before = without_fields(t, t->before);
	const struct contact after = without_fields(t, t->after);
	differences_find(&others, &before, &after, t->arena);
	return is_text_news(&others);
}

static void tell_other_text(struct contact_telling *t)
{
	const struct differences *found = t->found;
	if (has_other_text(t))
		tell_phrase(t,
			    arena_printf(t->arena, "Change the notes on %.*s", STR_ARG(t->name)));
	else if (found->count == 0)
		tell_phrase(t, arena_printf(t->arena, "Tidy the file of %.*s", STR_ARG(t->name)));
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
	struct contact_telling t = {before,  after, &found, out, describe_short(after->name, arena),
				    setting, arena};
	if (found.count && is_field(&found.items[0], KEY_NAME))
		tell_phrase(&t, tell_field(&t, &found.items[0]));
	tell_happenings(&t);
	tell_fields(&t);
	tell_other_text(&t);
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

/* ---- sets of files ---- */

#define SUBJECT_CHARACTERS 100
#define BODY_LINES         100
#define MOST_RENAMES       4
/* More than so many of a group are told as a number. */
#define MOST_OF_GROUP 3

enum file_group {
	GROUP_NONE,
	GROUP_ADDED,
	GROUP_REMOVED,
	GROUP_REVIEWS,
	GROUP_OTHERS,
	GROUPS,
};

/* In the order in which they are told. */
enum file_rank { RANK_START, RANK_CONTACT, RANK_REVIEW, RANK_SETTINGS, RANK_OTHER, RANKS };

/* How a large group is told; %n: the verb. */
static const char *const group_sentences[GROUPS] = {
    [GROUP_ADDED] = "Add %c people",
    [GROUP_REMOVED] = "Remove %c people",
    [GROUP_REVIEWS] = "Change %c reviews",
    [GROUP_OTHERS] = "%n %c other files",
};

struct told_line {
	struct str text;
	size_t file;
	enum file_group group;
};

struct files_telling {
	const struct describe_file *files;
	size_t count;
	const struct describe_setting *setting;
	struct arena *arena;
	struct told_line *lines;
	size_t lines_count, cap;
	size_t groups[GROUPS];
	const struct describe_file *renamed[MOST_RENAMES]; /* people; none, where there are more */
	size_t renamed_count;
	bool starts; /* the journal is new */
};

static void tell_line(struct files_telling *t, size_t file, enum file_group group, struct str text)
{
	t->lines = mem_grow(t->lines, t->lines_count, &t->cap, sizeof(*t->lines));
	t->lines[t->lines_count++] = (struct told_line){text, file, group};
	t->groups[group]++;
}

static void tell_named(struct files_telling *t, size_t file, enum file_group group,
		       const char *verb, struct str name)
{
	name = describe_short(name, t->arena);
	tell_line(t, file, group, arena_printf(t->arena, "%s %.*s", verb, STR_ARG(name)));
}

/* The week of a page of the folder of reviews. */
static bool is_review(const struct files_telling *t, struct str path, struct iso_week *week)
{
	struct str name = str_base(path), folder = str_folder(path);
	struct str reviews = t->setting->config->reviews;
	bool in = reviews.n && folder.n == reviews.n + 1 && str_starts(folder, reviews);
	return in && str_ends(name, STR(".md")) && week_parse(str_upto(name, name.n - 3), week);
}

static enum file_rank file_rank(const struct files_telling *t, const struct describe_file *file)
{
	struct iso_week week;
	if (file->before || file->after)
		return RANK_CONTACT;
	if (is_review(t, file->path, &week))
		return RANK_REVIEW;
	if (!str_eq(file->path, STR("kith.yaml")))
		return RANK_OTHER;
	return file->was ? RANK_SETTINGS : RANK_START;
}

static bool shares_value(const struct values *a, const struct values *b)
{
	for (size_t i = 0; i < a->count && i < 16; i++)
		for (size_t j = 0; j < b->count && j < 16; j++)
			if (str_ieq(a->items[i].text, b->items[j].text))
				return true;
	return false;
}

static bool shares_entry(const struct contact *a, const struct contact *b)
{
	for (size_t i = 0; i < a->entries_count && i < 16; i++)
		for (size_t j = 0; j < b->entries_count && j < 64; j++)
			if (differences_same_entry(&a->entries[i], &b->entries[j]))
				return true;
	return false;
}

bool describe_same_person(const struct contact *a, const struct contact *b)
{
	if (str_eq(a->image, b->image) || str_eq(a->name, b->name) || str_eq(a->slug, b->slug))
		return true;
	for (size_t i = 0; i < b->aliases.count && i < 64; i++)
		if (str_eq(b->aliases.items[i], a->name))
			return true;
	return shares_value(&a->email, &b->email) || shares_value(&a->phone, &b->phone) ||
	       shares_entry(a, b);
}

static bool is_renamed(const struct describe_file *file)
{
	return file->old_path.p && file->before && file->after &&
	       describe_same_person(file->before, file->after);
}

static void note_renames(struct files_telling *t)
{
	for (size_t i = 0; i < t->count; i++) {
		if (!is_renamed(&t->files[i]))
			continue;
		if (t->renamed_count == MOST_RENAMES) {
			t->renamed_count = 0;
			return;
		}
		t->renamed[t->renamed_count++] = &t->files[i];
	}
}

/* Which of the renamed a text begins with, by old or new name or slug; *length: of the longest. */
static size_t renamed_at(const struct files_telling *t, struct str text, size_t *length)
{
	size_t which = 0;
	*length = 0;
	for (size_t i = 0; i < t->renamed_count; i++) {
		const struct contact *old = t->renamed[i]->before, *new = t->renamed[i]->after;
		const struct str names[] = {old->slug, old->name, new->slug, new->name};
		for (size_t n = 0; n < ARRAY_LEN(names); n++)
			if (names[n].n > *length && str_starts(text, names[n])) {
				*length = names[n].n;
				which = i;
			}
	}
	return which;
}

/* A text with one sign for each of the renamed, whichever of their names stands there. */
static struct str without_names(const struct files_telling *t, struct str text)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0, length; i < text.n; i += length ? length : 1) {
		size_t which = renamed_at(t, str_from(text, i), &length);
		buf_addc(&b, length ? (char)(which + 1) : text.p[i]);
	}
	return arena_take(t->arena, &b);
}

/* Whether a file differs by nothing but the names of those who were renamed. */
static bool is_relinked(const struct files_telling *t, struct str before, struct str after)
{
	if (!t->renamed_count)
		return false;
	struct arena_mark mark = arena_mark(t->arena);
	bool same = str_eq(without_names(t, before), without_names(t, after));
	arena_rewind(t->arena, mark);
	return same;
}

/* A file that has moved: of somebody whose name is the file's, to another folder, or alone. */
static void tell_moved(struct files_telling *t, size_t i)
{
	const struct describe_file *f = &t->files[i];
	struct str name = describe_short(f->after->name, t->arena);
	bool unnamed = f->before->name.p == f->before->slug.p;
	if (unnamed && !str_eq(f->before->name, f->after->name))
		tell_line(t, i, GROUP_NONE,
			  arena_printf(t->arena, "Rename %.*s to %.*s",
				       STR_ARG(describe_short(f->before->name, t->arena)),
				       STR_ARG(name)));
	else if (str_eq(f->before->name, f->after->name))
		tell_line(t, i, GROUP_NONE,
			  arena_printf(t->arena, "Move the file of %.*s to %.*s", STR_ARG(name),
				       STR_ARG(describe_short(f->path, t->arena))));
}

static void tell_contact(struct files_telling *t, size_t i)
{
	const struct describe_file *f = &t->files[i];
	bool both = f->before && f->after, moved = is_renamed(f);
	struct strs phrases;
	if (!both || (f->old_path.p && !moved)) {
		if (f->before)
			tell_named(t, i, GROUP_REMOVED, "Remove", f->before->name);
		if (f->after)
			tell_named(t, i, GROUP_ADDED, "Add", f->after->name);
		return;
	}
	if (moved)
		tell_moved(t, i);
	else if (is_relinked(t, f->before->image, f->after->image))
		return;
	describe_contact(&phrases, f->before, f->after, t->setting, t->arena);
	for (size_t p = 0; p < phrases.count; p++)
		tell_line(t, i, GROUP_NONE, phrases.items[p]);
}

static void tell_review(struct files_telling *t, size_t i)
{
	const struct describe_file *f = &t->files[i];
	const char *verb = !f->is ? "Remove" : !f->was || t->setting->reviewed ? "Write" : "Edit";
	struct iso_week week = {0};
	/* Its links and ids follow a rename. */
	if (t->renamed_count && f->was && f->is)
		return;
	(void)is_review(t, f->path, &week);
	tell_line(
	    t, i, GROUP_REVIEWS,
	    arena_printf(t->arena, "%s the review of week %d, %d", verb, week.week, week.year));
}

static void tell_other(struct files_telling *t, size_t i)
{
	const struct describe_file *f = &t->files[i];
	const char *verb = f->old_path.p ? "Move" : !f->was ? "Add" : f->is ? "Change" : "Remove";
	bool template = str_starts(f->path, STR("templates/"));
	struct str path = template ? str_from(f->path, sizeof("templates/") - 1) : f->path;
	path = describe_short(path, t->arena);
	/* What a new journal begins with is no news beside it. */
	if (t->starts && f->path.n && (template || f->path.p[0] == '.'))
		return;
	tell_line(t, i, GROUP_OTHERS,
		  arena_printf(t->arena, "%s %s%.*s", verb, template ? "the template " : "",
			       STR_ARG(path)));
}

static void tell_file(struct files_telling *t, size_t i, enum file_rank rank)
{
	const struct describe_file *f = &t->files[i];
	switch (rank) {
	case RANK_CONTACT:
		tell_contact(t, i);
		return;
	case RANK_REVIEW:
		tell_review(t, i);
		return;
	case RANK_START:
		t->starts = true;
		tell_line(t, i, GROUP_NONE, STR("Start the journal"));
		return;
	case RANK_SETTINGS:
		tell_line(t, i, GROUP_NONE,
			  f->is ? STR("Change the settings") : STR("Remove the settings"));
		return;
	case RANK_OTHER:
	case RANKS:
		break;
	}
	tell_other(t, i);
}

static struct str group_phrase(const struct files_telling *t, enum file_group group)
{
	struct filling with = {.count = t->groups[group]};
	size_t came = 0, went = 0;
	for (size_t i = 0; i < t->lines_count; i++) {
		if (t->lines[i].group != group)
			continue;
		came += !t->files[t->lines[i].file].was;
		went += !t->files[t->lines[i].file].is;
	}
	/* One verb where it is the same for all. */
	with.name = came == with.count   ? STR("Add")
		    : went == with.count ? STR("Remove")
					 : STR("Change");
	return fill_sentence(group_sentences[group], &with, t->arena);
}

/* The lines with each large group as one phrase, where its first line stands. */
static void fold_groups(struct description *out, const struct files_telling *t)
{
	bool told[GROUPS] = {false};
	out->phrases = ARENA_ARRAY(t->arena, struct describe_phrase, t->lines_count);
	out->count = 0;
	for (size_t i = 0; i < t->lines_count; i++) {
		const struct told_line *line = &t->lines[i];
		bool folded = line->group != GROUP_NONE && t->groups[line->group] > MOST_OF_GROUP;
		if (folded && told[line->group])
			continue;
		told[line->group] = folded;
		out->phrases[out->count++] = (struct describe_phrase){
		    folded ? group_phrase(t, line->group) : line->text, line->file};
	}
}

static struct str make_subject(const struct description *d, struct arena *arena, bool *whole)
{
	const size_t more = sizeof("; and 1000 more");
	struct buf b;
	size_t length = 0, i = 0;
	buf_init(&b, 0);
	for (; i < d->count; i++) {
		struct str text = d->phrases[i].text;
		size_t wanted = length + 2 + text_length(text);
		if (i > 0 && wanted + (i + 1 < d->count ? more : 0) > SUBJECT_CHARACTERS)
			break;
		buf_addz(&b, i ? "; " : "");
		buf_add(&b, text);
		length = wanted;
	}
	*whole = i == d->count;
	if (!*whole)
		buf_printf(&b, "; and %zu more", d->count - i);
	return arena_take(arena, &b);
}

static struct str make_body(const struct files_telling *t)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < t->lines_count && i < BODY_LINES; i++) {
		buf_addz(&b, i ? "\n- " : "- ");
		buf_add(&b, t->lines[i].text);
	}
	if (t->lines_count > BODY_LINES)
		buf_printf(&b, "\n- and %zu more", t->lines_count - BODY_LINES);
	return arena_take(t->arena, &b);
}

void describe_files(struct description *out, const struct describe_file *files, size_t count,
		    const struct describe_setting *setting, struct arena *arena)
{
	struct files_telling t = {
	    .files = files, .count = count, .setting = setting, .arena = arena};
	bool whole = true;
	note_renames(&t);
	for (enum file_rank rank = RANK_START; rank < RANKS; rank++)
		for (size_t i = 0; i < count; i++)
			if (file_rank(&t, &files[i]) == rank)
				tell_file(&t, i, rank);
	fold_groups(out, &t);
	out->subject = make_subject(out, arena, &whole);
	out->body = whole && out->count == t.lines_count ? STR("") : make_body(&t);
	free(t.lines);
}
