#include "insight/terms.h"

#include "base/date.h"
#include "base/datewords.h"
#include "base/interval.h"
#include "base/text.h"
#include "insight/dates.h"
#include "insight/todo.h"
#include "note/note.h"
#include "people/fields.h"

/* What kind of value a key has: how it is read, compared and told. */
struct term_kind {
	int (*read)(struct term *term, const struct term_reader *reader, struct str value,
		    struct kith_error *err);
	bool (*fits)(const struct term *term, struct term_match *match);
	void (*explain)(struct buf *b, const struct term *term);
	bool takes_pattern;
};

struct term_choice {
	const char *name;
	bool (*fits)(struct term_match *match);
	bool status; /* it is one */
};

struct term_row {
	const char *name; /* as it is typed; NULL for what stands for other keys */
	const char *noun; /* in a sentence; NULL: the contact's key has one */
	enum key key;     /* which it stands for; KEY_UNKNOWN: none */
	const struct term_kind *kind;
	civil_day (*day)(const struct term *term, struct term_match *match);
	struct strs (*texts)(const struct term *term, struct term_match *match);
	bool ahead; /* its day is one to come */
	const struct term_choice *choices;
	size_t choices_count;
	enum term_values values; /* where it has no day */
};

/* ---- who is looked at ---- */

void term_match_init(struct term_match *match, const struct journal *journal, civil_day today)
{
	*match = (struct term_match){.journal = journal};
	reckoner_init(&match->reckoner, journal, today);
	arena_init(&match->scratch);
	/* A first piece to go back to: rewinding then frees nothing. */
	(void)arena_alloc(&match->scratch, 4096);
}

void term_match_release(struct term_match *match)
{
	reckoner_release(&match->reckoner);
	arena_release(&match->scratch);
}

void term_match_begin(struct term_match *match, uint32_t who, const struct task *task)
{
	match->who = who;
	match->contact = &match->journal->contacts[who];
	match->task = task;
	match->text = STR_NONE;
	match->reckoned = false;
}

static const struct reckoning *reckoned(struct term_match *match)
{
	if (!match->reckoned)
		match->reckoning = reckon(&match->reckoner, match->who);
	match->reckoned = true;
	return &match->reckoning;
}

static civil_day day_now(const struct term_match *match)
{
	return match->reckoner.as_of;
}

/* ---- texts ---- */

static struct strs one_text(struct str text, struct term_match *match)
{
	struct strs list = {ARENA_ARRAY(&match->scratch, struct str, 1), text.n > 0};
	list.items[0] = text;
	return list;
}

static struct strs texts_of_key(const struct term *term, struct term_match *match)
{
	return fields_words(match->contact, term->key, &match->scratch);
}

static struct strs texts_of_name(const struct term *term, struct term_match *match)
{
	const struct contact *c = match->contact;
	struct strs list = {ARENA_ARRAY(&match->scratch, struct str, c->aliases.count + 1), 0};
	(void)term;
	list.items[list.count++] = c->name;
	for (size_t i = 0; i < c->aliases.count; i++)
		list.items[list.count++] = c->aliases.items[i];
	return list;
}

static struct strs texts_of_slug(const struct term *term, struct term_match *match)
{
	(void)term;
	return one_text(match->contact->slug, match);
}

static struct strs texts_of_path(const struct term *term, struct term_match *match)
{
	(void)term;
	return one_text(match->contact->path, match);
}

static struct strs texts_of_tags(const struct term *term, struct term_match *match)
{
	(void)term;
	return match->contact->tags;
}

static struct strs texts_of_status(const struct term *term, struct term_match *match)
{
	(void)term;
	return one_text(contact_status(match->contact), match);
}

static struct strs texts_of_cadence(const struct term *term, struct term_match *match)
{
	(void)term;
	return one_text(cadence_words(reckoned(match)->cadence, &match->scratch), match);
}

/* Links by the names of those to whom they lead, and as they stand. */
static struct strs texts_of_links(const struct term *term, struct term_match *match)
{
	const struct relations *links = fields_place(match->contact, term->key);
	struct strs list = {ARENA_ARRAY(&match->scratch, struct str, links->count), 0};
	for (size_t i = 0; i < links->count; i++) {
		const struct relation *link = &links->items[i];
		list.items[list.count++] =
		    link->who == NO_CONTACT ? link->text : match->journal->contacts[link->who].name;
	}
	return list;
}

static size_t count_scalars(const struct yaml_node *node)
{
	size_t count = node->kind == YAML_SCALAR;
	for (const struct yaml_node *child = node->first; child; child = child->next)
		count += count_scalars(child);
	return count;
}

static void add_scalars(struct strs *list, const struct yaml_node *node)
{
	if (node->kind == YAML_SCALAR)
		list->items[list->count++] = node->value;
	for (const struct yaml_node *child = node->first; child; child = child->next)
		add_scalars(list, child);
}

static const struct yaml_node *own_value(const struct contact *c, struct str name)
{
	for (const struct yaml_node *key = c->own ? c->own->first : NULL; key;
	     key = key->next->next)
		if (key_compare(key->value, name) == 0)
			return key->next;
	return NULL;
}

static struct strs texts_of_own(const struct term *term, struct term_match *match)
{
	const struct yaml_node *value = own_value(match->contact, term->own);
	struct strs list = {NULL, 0};
	if (value && !yaml_is_null(value)) {
		list.items = ARENA_ARRAY(&match->scratch, struct str, count_scalars(value));
		add_scalars(&list, value);
	}
	return list;
}

static struct strs texts_of_body(const struct term *term, struct term_match *match)
{
	struct note note;
	(void)term;
	(void)note_split(&note, match->contact->image);
	return one_text(str_trim(str_from(match->contact->image, note.body)), match);
}

static bool find_term(const struct term *term, struct str text, struct needle_hit *hit,
		      struct arena *scratch)
{
	hit->whole = true;
	return term->pattern ? pattern_find(term->pattern, text, 0, &hit->from, &hit->to, scratch)
			     : needle_find(&term->needle, text, 0, hit, scratch);
}

static bool finds_term(const struct term *term, struct str text, struct arena *scratch)
{
	struct needle_hit hit;
	return find_term(term, text, &hit, scratch);
}

static bool fits_texts(const struct term *term, struct term_match *match)
{
	struct strs texts = term->row->texts(term, match);
	for (size_t i = 0; i < texts.count; i++)
		if (finds_term(term, texts.items[i], &match->scratch))
			return true;
	return false;
}

static bool finds_term_in(const struct term *term, struct strs texts, struct arena *scratch)
{
	for (size_t i = 0; i < texts.count; i++)
		if (finds_term(term, texts.items[i], scratch))
			return true;
	return false;
}

/* In the text that is looked at, or a name; else in all notes and entries. */
static bool fits_body(const struct term *term, struct term_match *match)
{
	if (!match->text.p)
		return fits_texts(term, match);
	return finds_term(term, match->text, &match->scratch) ||
	       (!term->pattern && finds_term_in(term, texts_of_name(term, match), &match->scratch));
}

/* What a word alone is looked for in. */
static bool fits_words(const struct term *term, struct term_match *match)
{
	const struct contact *c = match->contact;
	struct arena *scratch = &match->scratch;
	if (finds_term(term, c->name, scratch) || finds_term(term, c->slug, scratch) ||
	    finds_term(term, c->location, scratch) || finds_term_in(term, c->aliases, scratch) ||
	    finds_term_in(term, c->org, scratch) || finds_term_in(term, c->title, scratch) ||
	    finds_term_in(term, c->tags, scratch) || finds_term_in(term, c->interests, scratch))
		return true;
	for (size_t i = 0; i < c->email.count; i++)
		if (finds_term(term, c->email.items[i].text, scratch))
			return true;
	return false;
}

static int read_needle(struct term *term, const struct term_reader *reader, struct str value,
		       struct kith_error *err)
{
	if (needle_init(&term->needle, value, reader->arena))
		return 0;
	return kith_fail(err, KITH_INVALID, "\"%.*s\" has no letter or digit to look for",
			 STR_ARG(text_upto(value, 40)));
}

const char *term_noun(const struct term *term)
{
	if (term->row->noun)
		return term->row->noun;
	const struct key_row *row = key_row(term->key);
	return row->noun ? row->noun : row->name;
}

static void explain_words(struct buf *b, const struct term *term)
{
	if (term->own.n)
		buf_printf(b, "%.*s", STR_ARG(term->own));
	else
		buf_addz(b, term_noun(term));
	if (term->pattern)
		buf_printf(b, " matches /%.*s/", STR_ARG(term->text));
	else
		buf_printf(b, " has \"%.*s\"", STR_ARG(term->text));
}

/* ---- tags ---- */

static int read_term_tag(struct term *term, const struct term_reader *reader, struct str value,
			 struct kith_error *err)
{
	(void)reader;
	if (str_starts(value, STR("#")))
		value = str_from(value, 1);
	term->text = value;
	return value.n ? 0 : kith_fail(err, KITH_INVALID, "a tag is expected after tag:");
}

static bool fits_tag(const struct term *term, struct term_match *match)
{
	return contact_has_tag(match->contact, term->text);
}

static void explain_tag(struct buf *b, const struct term *term)
{
	buf_printf(b, "has the tag %.*s", STR_ARG(term->text));
}

/* ---- days ---- */

/* One end of a range: a span of days, or so far from today. */
struct day_end {
	civil_day first, last;
	struct interval length;
	bool is_length;
};

static struct str with_blanks(struct str value, struct arena *arena)
{
	char *p = arena_bytes(arena, value.n + 1);
	for (size_t i = 0; i < value.n; i++)
		p[i] = value.p[i] == '-' || value.p[i] == '_' ? ' ' : value.p[i];
	return (struct str){p, value.n};
}

static civil_day month_begin(civil_day day)
{
	struct ymd date = day_to_ymd(day);
	return day_from_ymd(date.year, date.month, 1);
}

/* `this week`, `next month`, `last year`: all its days. */
static bool read_unit(struct str words, civil_day today, struct day_end *end)
{
	static const struct {
		const char *name;
		int by;
	} which[] = {{"this ", 0}, {"next ", 1}, {"last ", -1}};
	for (size_t i = 0; i < ARRAY_LEN(which); i++) {
		struct str name = str_of(which[i].name);
		struct str unit = str_from(words, name.n);
		int months = str_ieq(unit, STR("month")) ? 1 : str_ieq(unit, STR("year")) ? 12 : 0;
		if (!str_istarts(words, name))
			continue;
		civil_day first = month_begin(today);
		if (str_ieq(unit, STR("week"))) {
			end->first = today - day_weekday(today) + 1 + 7 * which[i].by;
			end->last = end->first + 6;
			return true;
		}
		if (months == 12)
			first = day_from_ymd(day_to_ymd(today).year, 1, 1);
		end->first = day_add_months(first, months * which[i].by);
		end->last = day_add_months(end->first, months) - 1;
		return months > 0;
	}
	return false;
}

/* `november`: the one that is, else the nearest. */
static bool read_month(struct str word, civil_day today, bool ahead, struct day_end *end)
{
	struct ymd now = day_to_ymd(today);
	int month = month_named(word);
	if (!month)
		return false;
	int year = now.year + (ahead ? month < now.month : -(month > now.month));
	ymd_span((struct ymd){year, month, 0}, &end->first, &end->last);
	return end->first != NO_DAY;
}

static int read_day_end(struct day_end *end, struct str value, const struct term_reader *reader,
			bool ahead, struct kith_error *err)
{
	struct str words = with_blanks(value, reader->arena);
	struct ymd date;
	struct iso_week week;
	civil_day day;
	*end = (struct day_end){0};
	if (date_parse_partial(value, &date) == DATE_OK) {
		ymd_span(date, &end->first, &end->last);
		return 0;
	}
	if (week_parse(value, &week)) {
		end->first = week_monday(week);
		end->last = end->first + 6;
		return 0;
	}
	if (interval_parse(value, &end->length) == INTERVAL_OK ||
	    interval_parse(words, &end->length) == INTERVAL_OK) {
		end->is_length = true;
		return 0;
	}
	if (read_unit(words, reader->today, end) || read_month(words, reader->today, ahead, end))
		return 0;
	enum datewords_direction way = ahead ? DATEWORDS_FUTURE : DATEWORDS_PAST;
	enum date_result result = datewords_parse_all(value, reader->today, way, &day);
	if (result == DATE_NONE) {
		result = datewords_parse_all(words, reader->today, way, &day);
		value = str_is_digit(str_at(value, 0)) ? value : words;
	}
	if (result != DATE_OK)
		return kith_fail(err, KITH_INVALID, "%.*s",
				 STR_ARG(datewords_explain(value, result, reader->arena)));
	end->first = end->last = day;
	return 0;
}

static int read_range(struct term *term, const struct term_reader *reader, struct str first,
		      struct str last, struct kith_error *err)
{
	bool ahead = term->row->ahead || (term->key != KEY_UNKNOWN && key_row(term->key)->ahead);
	struct day_end begin = {.first = DAY_MIN}, end = {.last = DAY_MAX};
	if ((first.n && read_day_end(&begin, first, reader, ahead, err)) ||
	    (last.n && read_day_end(&end, last, reader, ahead, err)))
		return -1;
	/* The end of an interval that is nearer to today belongs to it. */
	struct interval a = begin.length, b = end.length;
	term->from = !begin.is_length ? begin.first
		     : ahead          ? day_add(reader->today, a) + 1
			     : day_add(reader->today, (struct interval){-a.months, -a.days});
	term->to = !end.is_length ? end.last
		   : ahead        ? day_add(reader->today, b)
			   : day_add(reader->today, (struct interval){-b.months, -b.days}) - 1;
	return term->from <= term->to
		   ? 0
		   : kith_fail(err, KITH_INVALID, "the range ends before it begins");
}

static int read_days(struct term *term, const struct term_reader *reader, struct str value,
		     struct kith_error *err)
{
	bool named = term->row->name || term->key != KEY_UNKNOWN;
	struct str name = named ? term_name(term) : STR("");
	struct str key = arena_printf(reader->arena, "%.*s%s", STR_ARG(name), named ? ":" : "");
	size_t dots = str_find(value, STR(".."));
	struct day_end end;
	term->from = term->to = NO_DAY;
	if (str_ieq(value, STR("none")) || str_ieq(value, STR("never")))
		return 0;
	if (dots < value.n)
		return read_range(term, reader, str_trim(str_upto(value, dots)),
				  str_trim(str_from(value, dots + 2)), err);
	if (read_day_end(&end, value, reader, term->row->ahead, err))
		return -1;
	if (end.is_length)
		return kith_fail(err, KITH_INVALID,
				 "an interval is the end of a range: %.*s%.*s.. or %.*s..%.*s",
				 STR_ARG(key), STR_ARG(value), STR_ARG(key), STR_ARG(value));
	term->from = end.first;
	term->to = end.last;
	return 0;
}

static bool fits_day(const struct term *term, struct term_match *match)
{
	civil_day day = term->row->day(term, match);
	return day == NO_DAY ? term->from == NO_DAY : day >= term->from && day <= term->to;
}

static void explain_day(struct buf *b, const struct term *term)
{
	const char *noun = term_noun(term);
	if (term->from == NO_DAY)
		buf_printf(b, "%s: none", noun);
	else if (term->from == term->to)
		buf_printf(b, "%s: %s", noun, day_text(term->from).z);
	else if (term->from == DAY_MIN && term->to == DAY_MAX)
		buf_printf(b, "%s: any", noun);
	else if (term->from == DAY_MIN)
		buf_printf(b, "%s: until %s", noun, day_text(term->to).z);
	else if (term->to == DAY_MAX)
		buf_printf(b, "%s: from %s on", noun, day_text(term->from).z);
	else
		buf_printf(b, "%s: from %s to %s", noun, day_text(term->from).z,
			   day_text(term->to).z);
}

static civil_day day_of_key(const struct term *term, struct term_match *match)
{
	return fields_day(match->contact, term->key);
}

static civil_day day_of_last(const struct term *term, struct term_match *match)
{
	(void)term;
	return reckoned(match)->last;
}

static civil_day day_of_due(const struct term *term, struct term_match *match)
{
	(void)term;
	return match->task ? match->task->due : reckoned(match)->due;
}

static civil_day day_of_plan(const struct term *term, struct term_match *match)
{
	const struct contact *c = match->contact;
	civil_day first = NO_DAY;
	(void)term;
	for (size_t i = 0; i < c->entries_count + c->shared_count; i++) {
		const struct entry_ref *ref =
		    i < c->entries_count ? NULL : &c->shared[i - c->entries_count];
		const struct entry *e =
		    ref ? &match->journal->contacts[ref->contact].entries[ref->entry]
			: &c->entries[i];
		if (e->day >= day_now(match) && entry_is_planned(e, day_now(match)) &&
		    (first == NO_DAY || e->day < first))
			first = e->day;
	}
	return first;
}

/* What comes round: no further ahead than it takes to do so once, and no more than ten years. */
#define LONGEST_LOOK 3653

static size_t which_date(const struct term *term)
{
	return term->key == KEY_BIRTHDAY ? BIRTHDAY : DATES_ANY;
}

static bool fits_coming(const struct term *term, struct term_match *match)
{
	civil_day today = day_now(match), from = term->from, to = term->to;
	if (from == NO_DAY)
		return texts_of_key(term, match).count == 0;
	if (from == DAY_MIN)
		from = to < today ? to - LONGEST_LOOK : today;
	if (to == DAY_MAX)
		to = day_add_months(from > today + 365 ? from : today, 12) - 1;
	if (to - from > LONGEST_LOOK)
		to = from + LONGEST_LOOK;
	return dates_first(match->contact, which_date(term), from, to,
			   match->journal->config.leap_march)
		   .day != NO_DAY;
}

static civil_day day_of_coming(const struct term *term, struct term_match *match)
{
	civil_day today = day_now(match);
	return dates_first(match->contact, which_date(term), today, day_add_months(today, 12) - 1,
			   match->journal->config.leap_march)
	    .day;
}

/* A day where the value is one, else words. */
static int read_day_or_words(struct term *term, const struct term_reader *reader, struct str value,
			     struct kith_error *err)
{
	struct kith_error none = {0};
	if (str_find(value, STR("..")) < value.n || str_is_digit(str_at(value, 0)))
		return read_days(term, reader, value, err);
	if (read_days(term, reader, value, &none) == 0)
		return 0;
	return read_needle(term, reader, value, err);
}

static bool fits_day_or_words(const struct term *term, struct term_match *match)
{
	bool words = term->pattern || term->needle.count;
	return words ? fits_texts(term, match) : fits_day(term, match);
}

static void explain_day_or_words(struct buf *b, const struct term *term)
{
	if (term->pattern || term->needle.count)
		explain_words(b, term);
	else
		explain_day(b, term);
}

/* ---- the cadence ---- */

static int read_term_cadence(struct term *term, const struct term_reader *reader, struct str value,
			     struct kith_error *err)
{
	struct str why, words = with_blanks(value, reader->arena);
	const struct cadence_names *names = &reader->journal->config.cadences;
	if (cadence_parse(value, names, &term->cadence, &why, reader->arena) ||
	    cadence_parse(words, names, &term->cadence, &why, reader->arena))
		return 0;
	return kith_fail(err, KITH_INVALID, "%.*s", STR_ARG(why));
}

static bool fits_cadence(const struct term *term, struct term_match *match)
{
	struct cadence a = term->cadence, b = reckoned(match)->cadence;
	return a.kind == b.kind &&
	       (a.kind != CADENCE_EVERY ||
		(a.interval.months == b.interval.months && a.interval.days == b.interval.days));
}

static void explain_cadence(struct buf *b, const struct term *term)
{
	struct arena arena;
	arena_init(&arena);
	buf_printf(b, "the cadence in force is %.*s",
		   STR_ARG(cadence_words(term->cadence, &arena)));
	arena_release(&arena);
}

/* ---- what somebody is, and has ---- */

static bool is_active(struct term_match *match)
{
	return match->contact->status == STATUS_ACTIVE;
}

static bool is_paused(struct term_match *match)
{
	return match->contact->status == STATUS_PAUSED;
}

static bool is_archived(struct term_match *match)
{
	return match->contact->status == STATUS_ARCHIVED;
}

static bool is_deceased(struct term_match *match)
{
	return match->contact->status == STATUS_DECEASED;
}

static bool is_new_tie(struct term_match *match)
{
	return reckoned(match)->is_new;
}

static bool is_dormant_tie(struct term_match *match)
{
	return reckoned(match)->dormant;
}

static bool is_due_now(struct term_match *match)
{
	return reckoned(match)->due != NO_DAY && reckoned(match)->due <= day_now(match);
}

static bool is_snoozed(struct term_match *match)
{
	return match->contact->snooze != NO_DAY && match->contact->snooze > day_now(match);
}

static bool is_planned(struct term_match *match)
{
	return day_of_plan(NULL, match) != NO_DAY;
}

/* As the review has it (insight/week.h), whenever it began. */
static bool is_drifting(struct term_match *match)
{
	const struct reckoning *r = reckoned(match);
	civil_day today = day_now(match);
	bool due = r->due != NO_DAY && r->due <= today + 7 - day_weekday(today);
	if (!contact_is_active(match->contact) || r->last == NO_DAY || due || r->dormant)
		return false;
	int twice = reckon_usual_twice(&match->reckoner, match->who, r->last);
	return twice > 0 && r->last + twice + 1 <= today;
}

static const struct term_choice what_is[] = {
    {"active", is_active, true},        {"paused", is_paused, true},
    {"archived", is_archived, true},    {"deceased", is_deceased, true},
    {"due", is_due_now, false},         {"new", is_new_tie, false},
    {"dormant", is_dormant_tie, false}, {"drifting", is_drifting, false},
    {"planned", is_planned, false},     {"snoozed", is_snoozed, false},
};

static bool has_task(struct term_match *match, enum todo_kind kind)
{
	const struct contact *c = match->contact;
	for (size_t i = 0; i < c->tasks_count; i++)
		if (c->tasks[i].state == TASK_OPEN && todo_kind_of(&c->tasks[i]) == kind)
			return true;
	return false;
}

static bool has_promise(struct term_match *match)
{
	return has_task(match, TODO_PROMISE);
}

static bool has_waiting(struct term_match *match)
{
	return has_task(match, TODO_WAITING);
}

static bool has_topic(struct term_match *match)
{
	return has_task(match, TODO_TOPIC);
}

static const struct term_choice what_has[] = {
    {"promise", has_promise, false},
    {"waiting", has_waiting, false},
    {"topic", has_topic, false},
};

static const struct term_choice *find_choice(const struct term_row *row, struct str value)
{
	for (size_t i = 0; i < row->choices_count; i++)
		if (str_ieq(value, str_of(row->choices[i].name)))
			return &row->choices[i];
	return NULL;
}

static int fail_choice(const struct term_row *row, struct str value, struct arena *arena,
		       struct kith_error *err)
{
	struct buf b;
	const char *near = NULL;
	size_t below = value.n < 5 ? 2 : 3;
	buf_init(&b, 0);
	for (size_t i = 0; i < row->choices_count; i++) {
		buf_printf(&b, "%s%s", i ? ", " : "", row->choices[i].name);
		if (value.n < 32 && text_nearer(value, str_of(row->choices[i].name), &below))
			near = row->choices[i].name;
	}
	struct str all = arena_take(arena, &b);
	struct str shown = text_upto(value, 40);
	return near ? kith_fail(err, KITH_INVALID, "%s: cannot be \"%.*s\" (did you mean \"%s\"?)",
				row->name, STR_ARG(shown), near)
		    : kith_fail(err, KITH_INVALID, "%s: cannot be \"%.*s\"; it is one of %.*s",
				row->name, STR_ARG(shown), STR_ARG(all));
}

static int read_choice_of_row(struct term *term, const struct term_reader *reader, struct str value,
			      struct kith_error *err)
{
	term->choice = find_choice(term->row, value);
	return term->choice ? 0 : fail_choice(term->row, value, reader->arena, err);
}

static bool fits_choice(const struct term *term, struct term_match *match)
{
	return term->choice->fits(match);
}

static void explain_choice(struct buf *b, const struct term *term)
{
	buf_printf(b, "%s %s", term->row->noun, term->choice->name);
}

static int read_has(struct term *term, const struct term_reader *reader, struct str value,
		    struct kith_error *err)
{
	struct term *inner = ARENA_NEW(reader->arena, struct term);
	term->choice = find_choice(term->row, value);
	term->inner = inner;
	return term->choice ? 0 : term_read_key(inner, reader, value, err);
}

static bool fits_has(const struct term *term, struct term_match *match)
{
	const struct term *inner = term->inner;
	if (term->choice)
		return term->choice->fits(match);
	if (!inner->row->texts)
		return inner->row->day(inner, match) != NO_DAY;
	/* One of all is in force; what is asked is whether there is an own one. */
	if (inner->key == KEY_CADENCE || inner->key == KEY_STATUS)
		return texts_of_key(inner, match).count > 0;
	return inner->row->texts(inner, match).count > 0;
}

static void explain_has(struct buf *b, const struct term *term)
{
	const struct term *inner = term->inner;
	if (term->choice)
		buf_printf(b, "has an open %s", term->choice->name);
	else if (inner->own.n)
		buf_printf(b, "has %.*s", STR_ARG(inner->own));
	else
		buf_printf(b, "has %s", term_noun(inner));
}

/* ---- the rows ---- */

static const struct term_kind kind_words = {read_needle, fits_words, explain_words, false};
static const struct term_kind kind_texts = {read_needle, fits_texts, explain_words, true};
static const struct term_kind kind_body = {read_needle, fits_body, explain_words, true};
static const struct term_kind kind_tag = {read_term_tag, fits_tag, explain_tag, false};
static const struct term_kind kind_days = {read_days, fits_day, explain_day, false};
static const struct term_kind kind_coming = {read_days, fits_coming, explain_day, false};
static const struct term_kind kind_met = {read_day_or_words, fits_day_or_words,
					  explain_day_or_words, true};
static const struct term_kind kind_cadence = {read_term_cadence, fits_cadence, explain_cadence,
					      false};
static const struct term_kind kind_is = {read_choice_of_row, fits_choice, explain_choice, false};
static const struct term_kind kind_has = {read_has, fits_has, explain_has, false};
static const struct term_kind kind_order = {NULL, NULL, NULL, false};

#define CHOICES(list) .choices = (list), .choices_count = ARRAY_LEN(list)

static const struct term_row row_words = {NULL,
					  "a name, organisation, place, tag, interest or address",
					  KEY_UNKNOWN, &kind_words, .texts = texts_of_name};
static const struct term_row row_own = {NULL, NULL, KEY_UNKNOWN, &kind_texts,
					.texts = texts_of_own};

/* What is asked for by a name of its own, or otherwise than as its shape says. */
static const struct term_row rows[] = {
    {"name", "the name", KEY_NAME, &kind_texts, .texts = texts_of_name},
    {"given", "the name", KEY_GIVEN, &kind_texts, .texts = texts_of_name},
    {"family", "the name", KEY_FAMILY, &kind_texts, .texts = texts_of_name},
    {"slug", "the file's name", KEY_UNKNOWN, &kind_texts, .texts = texts_of_slug},
    {"path", "the file", KEY_UNKNOWN, &kind_texts, .texts = texts_of_path},
    {"in", "the place", KEY_LOCATION, &kind_texts, .texts = texts_of_key},
    {"tag", "the tags", KEY_TAGS, &kind_tag, .texts = texts_of_tags},
    {"text", "a note or entry", KEY_UNKNOWN, &kind_body, .texts = texts_of_body,
     .values = VALUES_FREE},
    {"last", "the last contact", KEY_LAST_CONTACT, &kind_days, .day = day_of_last},
    {"due", "due", KEY_UNKNOWN, &kind_days, .day = day_of_due, .ahead = true},
    {"planned", "the next plan", KEY_UNKNOWN, &kind_days, .day = day_of_plan, .ahead = true},
    {"met", "the day you met", KEY_MET, &kind_met, .day = day_of_key, .texts = texts_of_key},
    {"birthday", "a birthday", KEY_BIRTHDAY, &kind_coming, .day = day_of_coming,
     .texts = texts_of_key, .ahead = true},
    {"dates", "a date", KEY_DATES, &kind_coming, .day = day_of_coming, .texts = texts_of_key,
     .ahead = true},
    {"cadence", NULL, KEY_CADENCE, &kind_cadence, .texts = texts_of_cadence,
     .values = VALUES_CADENCES},
    {"tier", NULL, KEY_TIER, &kind_cadence, .texts = texts_of_cadence, .values = VALUES_CADENCES},
    {"status", NULL, KEY_STATUS, &kind_texts, .texts = texts_of_status},
    {"via", "who introduced you", KEY_INTRODUCED_BY, &kind_texts, .texts = texts_of_links},
    {"knows", "who is known", KEY_KNOWS, &kind_texts, .texts = texts_of_links},
    {"is", "is", KEY_UNKNOWN, &kind_is, CHOICES(what_is), .values = VALUES_FREE},
    {"has", "has", KEY_UNKNOWN, &kind_has, CHOICES(what_has), .values = VALUES_KEYS},
    {"sort", "the order", KEY_UNKNOWN, &kind_order, .values = VALUES_KEYS},
    {"limit", "how many", KEY_UNKNOWN, &kind_order, .values = VALUES_FREE},
    {"query", "a query of kith.yaml", KEY_UNKNOWN, &kind_order, .values = VALUES_QUERIES},
};

/* Of all other keys of contacts. */
static const struct term_row row_day = {NULL, NULL, KEY_UNKNOWN, &kind_days, .day = day_of_key};
static const struct term_row row_texts = {NULL, NULL, KEY_UNKNOWN, &kind_texts,
					  .texts = texts_of_key};

static const struct term_row *row_of_key(enum key key)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (rows[i].key == key)
			return &rows[i];
	return key_row(key)->shape == SHAPE_DAY ? &row_day : &row_texts;
}

bool term_next_key(struct term *out, size_t *at)
{
	while (*at < ARRAY_LEN(rows) + KEY_COUNT) {
		size_t i = (*at)++;
		enum key key = i < ARRAY_LEN(rows) ? rows[i].key : (enum key)(i - ARRAY_LEN(rows));
		const struct term_row *row = i < ARRAY_LEN(rows) ? &rows[i] : row_of_key(key);
		if (i >= ARRAY_LEN(rows) && row != &row_day && row != &row_texts)
			continue;
		*out = (struct term){.row = row, .key = key, .from = NO_DAY, .to = NO_DAY};
		return true;
	}
	return false;
}

enum term_values term_values(const struct term *term)
{
	return term->row->day ? VALUES_DAYS : term->row->values;
}

const char *term_choice_name(const struct term *term, size_t i)
{
	return i < term->row->choices_count ? term->row->choices[i].name : NULL;
}

static bool is_own_key(const struct journal *journal, struct str name)
{
	for (size_t i = 0; i < journal->count; i++)
		if (own_value(&journal->contacts[i], name))
			return true;
	return false;
}

/* The key that a name looks like a slip of; p == NULL for none. */
static struct str nearest_key(const struct journal *journal, struct str name)
{
	struct str near = STR_NONE;
	size_t below = name.n < 5 ? 2 : 3;
	for (size_t i = 0; i < ARRAY_LEN(rows) && name.n < 32; i++)
		if (text_nearer(name, str_of(rows[i].name), &below))
			near = str_of(rows[i].name);
	for (size_t i = 0; i < journal->count && name.n < 32; i++) {
		const struct yaml_node *own = journal->contacts[i].own;
		for (const struct yaml_node *key = own ? own->first : NULL; key && below;
		     key = key->next->next)
			if (key->value.n < 32 && text_nearer(name, key->value, &below))
				near = key->value;
	}
	const char *known = near.p ? NULL : key_nearest(name);
	return known ? str_of(known) : near;
}

int term_read_key(struct term *out, const struct term_reader *reader, struct str name,
		  struct kith_error *err)
{
	int rank;
	*out = (struct term){.key = KEY_UNKNOWN, .own = {NULL, 0}, .from = NO_DAY, .to = NO_DAY};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (key_compare(name, str_of(rows[i].name)) == 0) {
			out->row = &rows[i];
			out->key = rows[i].key;
			return 0;
		}
	out->key = key_find(name, &rank);
	if (out->key != KEY_UNKNOWN) {
		out->row = row_of_key(out->key);
		return 0;
	}
	if (is_own_key(reader->journal, name)) {
		out->row = &row_own;
		out->own = name;
		return 0;
	}
	struct str shown = text_line(text_upto(name, 40), reader->arena);
	struct str near = nearest_key(reader->journal, name);
	if (near.p)
		return kith_fail(err, KITH_INVALID,
				 "there is no key \"%.*s\" (did you mean \"%.*s\"?)",
				 STR_ARG(shown), STR_ARG(text_line(near, reader->arena)));
	return kith_fail(err, KITH_INVALID,
			 "nobody has a key \"%.*s\"; put \"%.*s:…\" into quotes to look for it",
			 STR_ARG(shown), STR_ARG(shown));
}

int term_read_value(struct term *term, const struct term_reader *reader, struct str value,
		    bool is_pattern, struct kith_error *err)
{
	term->text = value;
	if (!is_pattern)
		return term->row->kind->read(term, reader, value, err);
	if (!term->row->kind->takes_pattern)
		return kith_fail(err, KITH_INVALID, "%s: takes no /expression/", term->row->name);
	return pattern_make(&term->pattern, value, reader->arena, err);
}

int term_read_words(struct term *out, const struct term_reader *reader, struct str value,
		    bool is_pattern, struct kith_error *err)
{
	if (is_pattern || reader->words_are_text)
		return term_read_key(out, reader, STR("text"), err) ||
			       term_read_value(out, reader, value, is_pattern, err)
			   ? -1
			   : 0;
	*out = (struct term){.row = &row_words, .key = KEY_UNKNOWN};
	return term_read_value(out, reader, value, false, err);
}

int term_read_span(civil_day *from, civil_day *to, const struct term_reader *reader,
		   struct str text, struct kith_error *err)
{
	struct term term = {.row = &row_day, .key = KEY_UNKNOWN};
	bool looks_like = str_is_digit(str_at(text, 0)) || str_find(text, STR("..")) < text.n;
	struct kith_error why = {0};
	if (read_days(&term, reader, text, &why) == 0 && term.from != NO_DAY) {
		*from = term.from;
		*to = term.to;
		return 0;
	}
	return kith_fail(err, looks_like ? KITH_INVALID : KITH_NOT_FOUND, "%s", why.message);
}

bool term_is_text(const struct term *term)
{
	return term->row->kind == &kind_body;
}

bool term_find(const struct term *term, struct str text, struct needle_hit *hit,
	       struct term_match *match)
{
	return find_term(term, text, hit, &match->scratch);
}

bool term_is_order(const struct term *term)
{
	return term->row->kind == &kind_order;
}

struct str term_name(const struct term *term)
{
	return term->own.n       ? term->own
	       : term->row->name ? str_of(term->row->name)
				 : key_name(term->key);
}

bool term_fits(const struct term *term, struct term_match *match)
{
	struct arena_mark mark = arena_mark(&match->scratch);
	bool fits = term->row->kind->fits(term, match);
	arena_rewind(&match->scratch, mark);
	return fits;
}

bool term_names_status(const struct term *term)
{
	return term->key == KEY_STATUS || term->key == KEY_DECEASED ||
	       (term->choice && term->choice->status) ||
	       (term->inner && !term->choice && term_names_status(term->inner));
}

struct str term_explain(const struct term *term, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	term->row->kind->explain(&b, term);
	return text_line(arena_take(arena, &b), arena);
}

bool term_is_day(const struct term *term)
{
	return term->row->day != NULL;
}

bool term_is_shown(const struct term *term)
{
	return term->row->day || term->row->texts;
}

bool term_is_list(const struct term *term)
{
	return term->own.n || (term->key != KEY_UNKNOWN && key_is_list(term->key));
}

civil_day term_day(const struct term *term, struct term_match *match)
{
	return term->row->day(term, match);
}

struct strs term_texts(const struct term *term, struct term_match *match)
{
	if (term->row->texts)
		return term->row->texts(term, match);
	return one_text(arena_str(&match->scratch, str_of(day_text(term_day(term, match)).z)),
			match);
}
