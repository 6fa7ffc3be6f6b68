/*
 * A line below an item is read by the grammar of the command line
 * (people/head.h), with weekdays of the page's week. What that does not take as
 * a head is text, which counts only below a tick.
 */
#include "change/wishes.h"

#include <stdlib.h>
#include <string.h>

#include "base/datewords.h"
#include "base/mem.h"
#include "base/text.h"
#include "people/entry.h"
#include "people/link.h"
#include "people/task.h"
#include "report/standing.h"

/* So many words may be a name that begins a line. */
#define NAME_WORDS 6

struct reading {
	struct wishes *out;
	const struct wishes_source *from;
};

/* A line of the person's with what belongs to it. */
struct own_line {
	const char *at;
	char box;        /* the mark in its brackets; 0 without */
	struct str text; /* without bullet and box; further lines below */
};

struct own_line_list {
	struct own_line *items;
	size_t count, cap;
};

/* ---- what was left alone ---- */

static size_t page_offset(const struct reading *r, const char *at)
{
	return (size_t)(at - r->from->reporter->image.p);
}

/* ---- the person's lines ---- */

static void say_line(struct own_line_list *all, struct str line)
{
	struct str text = line_after_bullet(str_ltrim_blanks(line));
	struct own_line said = {.at = text.p};
	enum task_state state;
	size_t used;
	text = str_trim(text);
	if (task_begins(text, &state, &used)) {
		said.box = text.p[1];
		text = str_from(text, used);
	}
	said.text = text;
	all->items = mem_grow(all->items, all->count, &all->cap, sizeof(*all->items));
	all->items[all->count++] = said;
}

/* A further line, less the indentation that an item's content has. */
static void say_more(struct own_line *said, struct str line, size_t base, struct arena *arena)
{
	size_t columns = 0, i = 0;
	while (i < line.n && str_is_blank_char(line.p[i]) && columns < base + 2)
		columns += line.p[i++] == '\t' ? 4 : 1;
	said->text = arena_printf(arena, "%.*s\n%.*s", STR_ARG(said->text),
				  STR_ARG(str_rtrim(str_from(line, i))));
}

/*
 * The person's items among lines: not code, quotes, comments and what is kith's. An item wholly
 * in italics may be kith's also below a line of the person's, which was written above it.
 */
static struct own_line_list own_lines_in(const struct page_line *lines, size_t count,
					 struct arena *arena)
{
	struct own_line_list all = {NULL, 0, 0};
	size_t base = SIZE_MAX;
	bool open = false, comment = false, blank = false;
	for (size_t i = 0; i < count; i++) {
		struct str line = lines[i].text, s = str_trim(line);
		bool was = comment, bullet = line_has_bullet(line);
		size_t start = str_find(s, STR("<!--")), end = str_find(s, STR("-->"));
		comment = (comment || start < s.n) && end == s.n;
		if (s.n == 0) {
			blank = true;
			continue;
		}
		bool mine = !lines[i].kith && !lines[i].code && !was && start == s.n &&
			    s.p[0] != '>' && !(bullet && page_is_italic(line));
		if (mine && bullet && line_indent(line) < (open ? base + 2 : SIZE_MAX)) {
			base = line_indent(line);
			say_line(&all, line);
			open = true;
		} else if (mine && open && (!blank || line_indent(line) > base)) {
			say_more(&all.items[all.count - 1], line, base, arena);
		} else if (mine && !bullet && line_indent(line) > 0 && !open) {
			base = 0;
			say_line(&all, line);
		} else if (!mine && !lines[i].kith) {
			open = false;
		}
		blank = false;
	}
	return all;
}

/* ---- how a line begins ---- */

enum beginning {
	SAYS_TEXT,
	SAYS_HEAD,  /* a day, or a channel and a separator */
	SAYS_TIME,  /* a time alone */
	SAYS_DAY,   /* nothing but a day ahead */
	SAYS_AHEAD, /* a day ahead, and more */
};

/* A weekday of the page's week; 0 for none. *used: its bytes. */
static int weekday_at(struct str s, size_t *used)
{
	for (int i = 1; i <= 7; i++) {
		const char *const names[] = {weekday_long(i), weekday_short(i)};
		for (int k = 0; k < 2; k++) {
			*used = strlen(names[k]);
			if (str_istarts(s, str_of(names[k])) && date_word_ends(s, *used))
				return i;
		}
	}
	return 0;
}

/* A day at the start; of two years the nearer. NO_DAY for none. */
static civil_day day_at(const struct reading *r, struct str s, size_t *used, bool *weekday)
{
	civil_day past, future, today = r->from->today;
	size_t length;
	int which = weekday_at(s, used);
	*weekday = which > 0;
	if (which)
		return r->from->monday + which - 1;
	if (datewords_parse(s, today, DATEWORDS_PAST, &past, used) != DATE_OK)
		return NO_DAY;
	if (datewords_parse(s, today, DATEWORDS_FUTURE, &future, &length) == DATE_OK &&
	    length == *used && future - today < today - past)
		return future;
	return past;
}

static bool is_name_of_somebody(void *context, struct str name)
{
	const struct reading *r = context;
	uint32_t who;
	return journal_by_name(r->from->journal, name, &who) == JOURNAL_FOUND;
}

static bool parse_said(struct head *head, struct reading *r, struct str text)
{
	struct kith_error err = {0};
	const struct head_line line = {.kind = HEAD_LOG,
				       .text = text,
				       .who = STR("WHO"),
				       .knows = is_name_of_somebody,
				       .context = r};
	return head_parse(head, &line, &r->from->journal->config, r->from->today, r->from->arena,
			  &err) == 0;
}

/* Whether it begins with a channel and a separator, or a colon after people. */
static bool has_channel(const struct reading *r, struct str text, const struct head *head)
{
	struct str channel, line = str_upto(text, str_line(text));
	size_t n = entry_channel(text, &r->from->journal->config, r->from->arena, &channel);
	if (!n || !head->channel.n)
		return false;
	return entry_separator(str_ltrim_blanks(str_from(text, n))) > 0 ||
	       (head->with.count && str_find_char(line, ':') < line.n);
}

/* Reads a line; *day: NO_DAY where it says none. */
static enum beginning read_beginning(struct head *head, civil_day *day, struct reading *r,
				     struct str text)
{
	size_t used;
	bool weekday;
	struct arena *arena = r->from->arena;
	*head = (struct head){.text = text};
	*day = day_at(r, text, &used, &weekday);
	if (*day == NO_DAY) {
		if (!parse_said(head, r, text))
			return SAYS_TEXT;
		if (has_channel(r, text, head))
			return SAYS_HEAD;
		return head->time.n && !head->dated ? SAYS_TIME : SAYS_TEXT;
	}
	struct str rest = str_from(text, used), bare = str_trim(rest);
	while (bare.n && str_find_char(STR(":.,"), bare.p[0]) < 3)
		bare = str_ltrim(str_from(bare, 1));
	if (*day > r->from->today)
		return bare.n ? SAYS_AHEAD : SAYS_DAY;
	if (parse_said(head, r, arena_printf(arena, "%s%.*s", day_text(*day).z, STR_ARG(rest))) &&
	    head->dated)
		return SAYS_HEAD;
	*head = (struct head){.text = bare, .time = STR(""), .channel = STR("")};
	/* A full date is no word of a text. */
	if (!weekday && date_parse(text, day, &used) == DATE_OK)
		return SAYS_HEAD;
	*day = NO_DAY;
	head->text = text;
	return SAYS_TEXT;
}

/* ---- wishes ---- */

const struct wish *wishes_find(const struct wishes *w, struct str id, enum applied_what what,
			       struct str content)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->items[i].what == what && str_eq(str_of(w->items[i].id), id) &&
		    (what != APPLIED_LINE || str_eq(str_of(w->items[i].content), content)))
			return &w->items[i];
	return NULL;
}

static void add_wish(struct reading *r, struct wish wish)
{
	struct wishes *w = r->out;
	if (wishes_find(w, str_of(wish.id), wish.what, str_of(wish.content)))
		return;
	w->items = mem_grow(w->items, w->count, &w->cap, sizeof(*w->items));
	w->items[w->count++] = wish;
}

static void note_line_there(struct reading *r, const char *id, const char *content)
{
	struct wishes *w = r->out;
	w->lines = mem_grow(w->lines, w->lines_count, &w->lines_cap, sizeof(*w->lines));
	struct wish_line *line = &w->lines[w->lines_count++];
	memcpy(line->id, id, ID_SIZE);
	memcpy(line->content, content, APPLIED_KEY);
}

/* The people after `with`; false after saying who is not known. */
static bool find_companions(struct reading *r, struct wish *wish)
{
	const struct strs *names = &wish->head.with;
	wish->with = ARENA_ARRAY(r->from->arena, uint32_t, names->count);
	for (size_t i = 0; i < names->count; i++) {
		enum journal_found found =
		    journal_resolve(r->from->journal, names->items[i], &wish->with[i]);
		if (found == JOURNAL_FOUND && wish->with[i] != wish->who)
			continue;
		report_error(r->from->reporter, page_offset(r, wish->at),
			     found == JOURNAL_SEVERAL
				 ? "\"with %.*s\" may mean several people; write "
				   "a link ([[slug]]) instead"
			     : found == JOURNAL_FOUND ? "\"with %.*s\" names the person of the line"
						      : "\"with %.*s\" names nobody in the journal",
			     STR_ARG(names->items[i]));
		return false;
	}
	return true;
}

/* Whether a line was applied already, so that it needs no judging. */
static bool is_known_line(const struct reading *r, const char *id, const char *content)
{
	return applied_find(r->from->applied, str_of(id), APPLIED_LINE, str_of(content)) != NULL;
}

static bool is_people_known(struct reading *r, struct wish *wish)
{
	return is_known_line(r, wish->id, wish->content) || find_companions(r, wish);
}

/* An entry of somebody's. */
static void wish_entry(struct reading *r, const struct own_line *said, uint32_t who,
		       struct str item, const struct head *head, civil_day day)
{
	struct wish wish = {.what = APPLIED_LINE,
			    .act = WISH_LOG,
			    .letter = item.n ? item.p[0] : '\0',
			    .item = item,
			    .at = said->at,
			    .who = who,
			    .day = day,
			    .head = *head,
			    .own_words = true};
	id_of_person(wish.id, &r->from->journal->contacts[who]);
	applied_key(wish.content, said->text);
	if (is_people_known(r, &wish))
		add_wish(r, wish);
}

/* ---- lines that name a person themselves ---- */

/* Whom a text begins with: a link, or a whole name. *used: its bytes; 0 for nobody. */
static enum journal_found begins_with_whom(struct reading *r, struct str text, uint32_t *who,
					   size_t *used)
{
	const struct journal *journal = r->from->journal;
	struct link link;
	size_t ends[NAME_WORDS], count = 0;
	*used = 0;
	if (link_parse(text, &link, used))
		return journal_resolve(journal, link_decode(link.target, r->from->arena), who);
	for (size_t i = 1; i < text.n && count < NAME_WORDS && text.p[i - 1] != '\n'; i++)
		if ((str_is_blank_char(text.p[i]) || text.p[i] == ':') &&
		    !str_is_blank_char(text.p[i - 1]))
			ends[count++] = i;
	enum journal_found found = JOURNAL_NOBODY;
	while (count-- > 0 && found == JOURNAL_NOBODY) {
		*used = ends[count];
		found = journal_by_name(journal, str_upto(text, *used), who);
	}
	return found;
}

/* Tasks as the command line names them. */
static const struct {
	const char *word;
	bool waiting, topic, asks;
} task_words[] = {
    {"promise", false, false, false},
    {"ask", true, false, true},
    {"wait", true, false, false},
    {"topic", false, true, false},
};

static void left_alone(struct reading *r, const char *at, enum journal_found found, struct str name)
{
	report_error(r->from->reporter, page_offset(r, at),
		     found == JOURNAL_SEVERAL
			 ? "\"%.*s\" may mean several people; write a link ([[slug]]) instead"
			 : "\"%.*s\" is nobody in the journal",
		     STR_ARG(text_upto(name, 60)));
}

/* `- [ ] promise [[ada-lovelace]] …`. Whether it is one. */
static bool read_own_task(struct reading *r, const struct own_line *said)
{
	for (size_t i = 0; i < ARRAY_LEN(task_words); i++) {
		struct str word = str_of(task_words[i].word), rest = str_from(said->text, word.n);
		if (!str_istarts(said->text, word) || !rest.n || !str_is_blank_char(rest.p[0]))
			continue;
		rest = str_ltrim_blanks(rest);
		uint32_t who;
		size_t used;
		enum journal_found found = begins_with_whom(r, rest, &who, &used);
		if (found != JOURNAL_FOUND) {
			struct str name = str_upto(rest, used);
			if (used && (found == JOURNAL_SEVERAL || name.p[0] == '['))
				left_alone(r, said->at, found, name);
			return true;
		}
		struct str text = str_ltrim(str_from(rest, used));
		if (text.n && text.p[0] == ':')
			text = str_ltrim(str_from(text, 1));
		struct wish wish = {.what = APPLIED_LINE,
				    .act = WISH_TASK,
				    .at = said->at,
				    .who = who,
				    .day = NO_DAY,
				    .task = text,
				    .waiting = task_words[i].waiting,
				    .topic = task_words[i].topic,
				    .asks = task_words[i].asks};
		id_of_person(wish.id, &r->from->journal->contacts[who]);
		applied_key(wish.content, said->text);
		note_line_there(r, wish.id, wish.content);
		if (text.n && (said->box == ' ' || is_known_line(r, wish.id, wish.content)))
			add_wish(r, wish);
		return true;
	}
	return false;
}

/* `- [[grace-hopper]] coffee: compilers`. Whether it is one. */
static bool read_own_line(struct reading *r, const struct own_line *said)
{
	uint32_t who;
	size_t used;
	civil_day day;
	struct head head;
	char id[ID_SIZE], content[APPLIED_KEY];
	if (said->box && read_own_task(r, said))
		return true;
	if (said->box && str_lower(said->box) != 'x')
		return false;
	enum journal_found found = begins_with_whom(r, said->text, &who, &used);
	struct str rest = str_ltrim_blanks(str_from(said->text, used));
	struct str first = str_upto(rest, str_line(rest));
	if (!used || found == JOURNAL_NOBODY || found == JOURNAL_OTHER_FILE || !rest.n)
		return false;
	struct own_line line = {said->at, 0, rest};
	enum beginning says = read_beginning(&head, &day, r, rest);
	if (str_find_char(first, ':') == first.n || says == SAYS_TEXT || says == SAYS_DAY)
		return false;
	if (found == JOURNAL_SEVERAL) {
		left_alone(r, said->at, found, str_upto(said->text, used));
		return true;
	}
	id_of_person(id, &r->from->journal->contacts[who]);
	applied_key(content, rest);
	note_line_there(r, id, content);
	if (says != SAYS_AHEAD)
		wish_entry(r, &line, who, STR(""), &head, day);
	else if (!is_known_line(r, id, content))
		report_warning(r->from->reporter, page_offset(r, said->at),
			       "its day lies ahead, so it is left alone; kith plan writes plans");
	return true;
}

/* ---- items ---- */

/* What the lines below an item say together. */
struct below {
	struct str text;            /* those that are no heads, a line each */
	struct str joined;          /* the same as one line */
	const struct own_line *day; /* the one that is nothing but a day ahead */
	civil_day until;
	bool heads;
};

static char mark_of(const struct page_chunk *item)
{
	struct str box = line_after_bullet(str_ltrim_blanks(item->head));
	return box.n > 2 && box.p[0] == '[' && box.p[2] == ']' ? str_lower(box.p[1]) : 0;
}

static void add_text(struct below *b, const struct own_line *said, struct arena *arena)
{
	struct str line = str_upto(said->text, str_line(said->text));
	b->joined = b->joined.n
			? arena_printf(arena, "%.*s; %.*s", STR_ARG(b->joined), STR_ARG(line))
			: line;
	b->text = b->text.n
		      ? arena_printf(arena, "%.*s\n- %.*s", STR_ARG(b->text), STR_ARG(said->text))
		      : said->text;
}

/* One line below an item. */
static void read_below(struct reading *r, struct below *b, const struct own_line *said,
		       const struct wish_item *item, const struct entry *plan)
{
	char id[ID_SIZE], content[APPLIED_KEY];
	struct head head;
	civil_day day;
	bool ticked = item->mark == 'x';
	if (read_own_line(r, said) || said->box == ' ')
		return;
	enum beginning says = read_beginning(&head, &day, r, said->text);
	id_of_person(id, &r->from->journal->contacts[item->who]);
	applied_key(content, said->text);
	note_line_there(r, id, content);
	const struct applied *moved =
	    applied_find(r->from->applied, item->id, APPLIED_MOVED, str_of(content));
	/* What a held plan was about is said by a line of its channel. */
	bool of_plan = plan && ticked && (day == NO_DAY || day == plan->day) && !head.time.n &&
		       says != SAYS_TEXT && str_ieq(head.channel, plan->channel) && head.text.n &&
		       !is_known_line(r, id, content);
	if (says == SAYS_DAY || moved) {
		b->day = said;
		b->until = moved ? moved->day : day;
	} else if (says == SAYS_AHEAD && !is_known_line(r, id, content)) {
		report_warning(r->from->reporter, page_offset(r, said->at),
			       "its day lies ahead, so it is left alone; kith plan writes plans");
	} else if (of_plan) {
		struct own_line text = {said->at, 0, head.text};
		add_text(b, &text, r->from->arena);
	} else if (says == SAYS_HEAD || (says == SAYS_TIME && ticked)) {
		b->heads = true;
		wish_entry(r, said, item->who, item->id, &head, day);
	} else if (ticked) {
		add_text(b, said, r->from->arena);
	}
}

/* The Monday after today. */
static civil_day next_monday(const struct reading *r)
{
	return r->from->today + 8 - day_weekday(r->from->today);
}

/* The day of a date that stands on the page: NO_DAY where it is not known. */
static civil_day day_of_date(const struct reading *r, const struct wish_item *item)
{
	const struct config *config = &r->from->journal->config;
	size_t which;
	civil_day from = r->from->monday - 31, to = r->from->monday + 62;
	if (!id_find_date(&which, r->from->ids, item->who, item->id))
		return NO_DAY;
	return dates_first(&r->from->journal->contacts[item->who], which, from, to,
			   config->leap_march)
	    .day;
}

/* `✅ 2026-11-24` in the first line. */
static civil_day said_done(const struct reading *r, const struct page_chunk *item)
{
	struct task task;
	struct str line = line_after_bullet(str_ltrim_blanks(str_upto(item->says, PAGE_HEAD_MAX)));
	struct reporter quiet = reporter_quiet(line);
	struct span all = {0, str_rtrim(line).n};
	return task_read(&task, line, all, all, r->from->arena, &quiet) ? task.done : NO_DAY;
}

static void wish_of_item(struct reading *r, const struct wish_item *item, enum applied_what what,
			 const struct below *b, const struct entry *plan)
{
	char letter = item->id.p[0];
	bool talk = letter == 'r' || letter == 'd';
	struct wish wish = {.what = what,
			    .letter = letter,
			    .at = item->chunk->head.p,
			    .who = item->who,
			    .day = NO_DAY,
			    .head = {.text = STR(""), .time = STR(""), .channel = STR("")}};
	memcpy(wish.id, item->id.p, item->id.n);
	applied_key(wish.content, STR("mark"));
	wish.act = letter == 'h' ? WISH_PLAN : WISH_TURN;
	if (talk)
		wish.act = what == APPLIED_MOVED ? WISH_SNOOZE : WISH_LOG;
	if (what == APPLIED_MOVED) {
		wish.day = b->day ? b->until : next_monday(r);
		if (b->day)
			applied_key(wish.content, b->day->text);
	} else if (what == APPLIED_DONE) {
		wish.day = said_done(r, item->chunk);
		wish.head.text = letter == 'h' ? b->joined : talk ? b->text : STR("");
		wish.own_words = wish.head.text.n > 0;
		if (wish.own_words)
			applied_key(wish.content, wish.head.text);
	}
	if (plan && what != APPLIED_MOVED)
		wish.day = plan->day;
	add_wish(r, wish);
}

/* Whether a tick is on what lies ahead: it waits. */
static bool waits(struct reading *r, const struct wish_item *item, const struct entry *plan)
{
	char letter = item->id.p[0];
	civil_day day = letter == 'd' ? day_of_date(r, item) : plan ? plan->day : NO_DAY;
	/* What a mark moved goes back to its day before the tick counts. */
	const struct applied *moved =
	    applied_find(r->from->applied, item->id, APPLIED_MOVED, STR(""));
	if (letter == 'h' && moved)
		day = moved->from;
	if (item->mark != 'x' || day == NO_DAY || day <= r->from->today ||
	    applied_find(r->from->applied, item->id, APPLIED_DONE, STR("")))
		return false;
	report_warning(r->from->reporter, page_offset(r, item->chunk->head.p),
		       "its day lies ahead: the tick waits until %s", day_text(day).z);
	r->out->waiting++;
	return true;
}

static void read_marks(struct reading *r, const struct wish_item *item, const struct below *b,
		       const struct entry *plan)
{
	char letter = item->id.p[0], mark = item->mark;
	if (mark == 'x') {
		bool talk = letter == 'r' || letter == 'd';
		bool nothing = letter == 'd' ? !b->text.n : letter == 'r' && b->heads && !b->text.n;
		if (!talk || !nothing)
			wish_of_item(r, item, APPLIED_DONE, b, plan);
	}
	if (mark == '-' && letter != 'r' && letter != 'd')
		wish_of_item(r, item, APPLIED_DROPPED, b, plan);
	/* What is closed or dropped moves no more; a person rests all the same. */
	bool over = mark == 'x' || mark == '-';
	if (letter != 'd' && (mark == '>' || b->day) && (letter == 'r' || !over))
		wish_of_item(r, item, APPLIED_MOVED, b, plan);
}

const struct entry *wishes_plan(struct ids *ids, const struct journal *journal, uint32_t who,
				struct str id, uint32_t *file)
{
	const struct contact *c = &journal->contacts[who];
	const struct entry *found = id_find_entry(ids, who, id);
	*file = who;
	for (size_t i = 0; i < c->shared_count && !found; i++)
		found = id_find_entry(ids, *file = c->shared[i].contact, id);
	return found;
}

/* Whose item it is: by its link, and for people by the id too. */
static uint32_t whose_item(struct reading *r, const struct page_chunk *chunk)
{
	const struct journal *journal = r->from->journal;
	char id[ID_SIZE];
	uint32_t who = standing_person(journal, chunk->says, r->from->arena);
	if (chunk->id.p[0] != 'r')
		return who;
	for (uint32_t i = 0; i <= journal->count; i++) {
		uint32_t one = i ? i - 1 : who;
		if (one == NO_CONTACT)
			continue;
		id_of_person(id, &journal->contacts[one]);
		if (str_eq(str_of(id), chunk->id))
			return one;
	}
	return NO_CONTACT;
}

const struct wish_item *wishes_item(const struct wishes *w, struct str id)
{
	for (size_t i = 0; i < w->page_count; i++)
		if (str_eq(w->page[i].id, id))
			return &w->page[i];
	return NULL;
}

/* Whether something of the item was applied. */
static bool is_on_record(const struct reading *r, struct str id)
{
	for (size_t i = 0; i < r->from->applied->count; i++)
		if (str_eq(r->from->applied->items[i].id, id))
			return true;
	return false;
}

static void read_item(struct reading *r, const struct page_chunk *chunk)
{
	struct wishes *w = r->out;
	struct reporter *reporter = r->from->reporter;
	size_t place = page_offset(r, chunk->head.p);
	bool touched = page_item_is_touched(chunk);
	const struct wish_item *twin = wishes_item(w, chunk->id);
	if (twin) {
		if (touched)
			report_error(
			    reporter, place,
			    "the id ^%.*s stands on line %d too; only that one counts",
			    STR_ARG(chunk->id),
			    span_place(reporter->image, page_offset(r, twin->chunk->head.p)).line);
		return;
	}
	struct wish_item item = {chunk->id, mark_of(chunk), NO_CONTACT, chunk};
	touched = touched || is_on_record(r, chunk->id);
	if (touched)
		item.who = whose_item(r, chunk);
	w->page = mem_grow(w->page, w->page_count, &w->page_cap, sizeof(*w->page));
	w->page[w->page_count++] = item;
	if (!touched)
		return;
	struct own_line_list said = own_lines_in(chunk->lines, chunk->count, r->from->arena);
	const struct journal *journal = r->from->journal;
	bool unread = item.who != NO_CONTACT && journal->contacts[item.who].unread;
	if (item.who == NO_CONTACT || unread) {
		for (size_t i = 0; i < said.count; i++)
			(void)read_own_line(r, &said.items[i]);
		if (touched)
			report_error(reporter, place,
				     unread
					 ? "the person's file cannot be read, so this waits"
					 : "whose item this is, is not in the journal (any more)");
		free(said.items);
		return;
	}
	uint32_t file;
	const struct entry *plan =
	    chunk->id.p[0] == 'h' ? wishes_plan(r->from->ids, journal, item.who, chunk->id, &file)
				  : NULL;
	struct below below = {.text = STR(""), .joined = STR("")};
	if (waits(r, &item, plan))
		item.mark = 0;
	for (size_t i = 0; i < said.count; i++)
		read_below(r, &below, &said.items[i], &item, plan);
	read_marks(r, &item, &below, plan);
	free(said.items);
}

/* A run of the person's lines. Returns how many chunks it has. */
static size_t read_run(struct reading *r, const struct page_section *section, size_t from)
{
	size_t to = from;
	while (to < section->count &&
	       (section->chunks[to].kind == CHUNK_OWN || section->chunks[to].kind == CHUNK_BLANK))
		to++;
	if (to == from)
		return 0;
	struct page_line *lines = ARENA_ARRAY(r->from->arena, struct page_line, to - from);
	for (size_t i = from; i < to; i++)
		lines[i - from] =
		    (struct page_line){section->chunks[i].head, false, section->chunks[i].code};
	struct own_line_list said = own_lines_in(lines, to - from, r->from->arena);
	for (size_t i = 0; i < said.count; i++)
		(void)read_own_line(r, &said.items[i]);
	free(said.items);
	return to - from;
}

void wishes_read(struct wishes *out, const struct page *page, const struct wishes_source *source)
{
	struct reading r = {.out = out, .from = source};
	*out = (struct wishes){.items = NULL};
	for (size_t s = 0; s < page->count; s++) {
		const struct page_section *section = &page->sections[s];
		for (size_t c = 0; c < section->count;) {
			size_t run = read_run(&r, section, c);
			if (!run && section->chunks[c].kind == CHUNK_ITEM)
				read_item(&r, &section->chunks[c]);
			c += run ? run : 1;
		}
	}
}

void wishes_release(struct wishes *wishes)
{
	free(wishes->items);
	free(wishes->page);
	free(wishes->lines);
}

civil_day wishes_monday(const struct page *page)
{
	struct str rest = page->front, line;
	struct iso_week week;
	civil_day day, monday = NO_DAY;
	while (str_next_line(&rest, &line)) {
		struct str value = str_trim(str_from(line, str_find_char(line, ':') + 1));
		while (value.n && (value.p[0] == '"' || value.p[0] == '\''))
			value = str_slice(value, 1, value.n - 1);
		if (page_is_front_key(line, "week") && week_parse(value, &week))
			monday = week_monday(week);
		if (page_is_front_key(line, "from") && monday == NO_DAY &&
		    date_parse_all(value, &day) == DATE_OK)
			monday = day - day_weekday(day) + 1;
	}
	return monday;
}
