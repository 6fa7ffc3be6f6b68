#include "people/elsewhere.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/search.h"
#include "base/text.h"
#include "people/bodyfields.h"
#include "people/fields.h"
#include "people/index.h"
#include "people/keys.h"
#include "people/link.h"
#include "people/people.h"
#include "people/tags.h"

/* More people than this are no meeting. */
#define MOST_ATTENDEES 1000

bool elsewhere_is_set(const struct config *config)
{
	return config->daily_folder.p || config->meetings.count;
}

civil_day elsewhere_day(const struct config *config, struct str path)
{
	struct tm tm = {.tm_mday = 0};
	struct str folder = config->daily_folder, form = config->daily_form;
	char name[256];
	if (!folder.p || !str_is_below(path, folder))
		return NO_DAY;
	struct str rest = str_eq(folder, STR(".")) ? path : str_from(path, folder.n + 1);
	if (str_find_char(form, '/') == form.n)
		rest = str_base(rest);
	rest = str_upto(rest, rest.n - strlen(".md"));
	if (rest.n >= sizeof(name))
		return NO_DAY;
	memcpy(name, rest.p, rest.n);
	name[rest.n] = '\0';
	const char *end = strptime(name, form.p, &tm);
	return end && !*end && ymd_valid(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday)
		   ? day_from_ymd(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday)
		   : NO_DAY;
}

/* ---- looking, before anybody is known ---- */

static bool may_link(struct str s)
{
	return str_find(s, STR("[[")) < s.n || str_find(s, STR("](")) < s.n;
}

/* Without the mark of a list or a heading. */
static struct str unmarked(struct str line)
{
	line = str_ltrim(line);
	size_t n = str_digits(line);
	n += n && (str_at(line, n) == '.' || str_at(line, n) == ')');
	while (!n && str_at(line, 0) == '#')
		line = str_from(line, 1);
	if (!n && line.n && str_find_char(STR("-*+"), line.p[0]) < 3)
		n = 1;
	return str_ltrim(str_from(line, n));
}

static bool is_wordy_with(struct str line)
{
	size_t at = str_find(line, STR(" with "));
	return at < line.n || str_find(line, STR(" With ")) < line.n;
}

/* Most notes name nobody in such a place: their lines alone tell. */
static bool may_hold_talks(struct str image)
{
	struct str rest = image, line;
	if (!may_link(image))
		return false;
	while (str_next_line(&rest, &line)) {
		size_t bracket = str_find_char(line, '[');
		if (bracket + 3 >= line.n)
			continue;
		struct str text = unmarked(line);
		enum task_state state;
		size_t used;
		while (text.n && (text.p[0] == '*' || text.p[0] == '_'))
			text = str_from(text, 1);
		if (str_at(text, 0) == '[' ? !task_begins(text, &state, &used)
					   : is_wordy_with(str_upto(line, bracket + 1)))
			return true;
	}
	return false;
}

/* Where a heading leads that is a link. */
static struct str linked_heading(struct str image, const struct block *b)
{
	struct link link;
	struct str text = unmarked(span_str(image, b->content));
	size_t used;
	return link_parse(text, &link, &used) && used == text.n ? link.target : STR_NONE;
}

/* `DATE rest`, with the lines that belong to it. */
static struct str written_entry(civil_day day, struct str rest, struct str below,
				struct arena *arena)
{
	struct day_text date = day_text(day);
	size_t n = strlen(date.z), at = 0;
	char *p = arena_bytes(arena, n + rest.n + below.n + 3);
	memcpy(p, date.z, n);
	p[n] = ' ';
	memcpy(p + (at = n + 1), rest.p, rest.n);
	p[at += rest.n] = '\n';
	memcpy(p + ++at, below.p, below.n);
	return (struct str){p, at + below.n};
}

static void read_find(struct elsewhere_find *find, const struct elsewhere_note *note,
		      struct str rest, struct str below, const struct config *config,
		      struct arena *arena)
{
	struct entry *e = &find->entry;
	find->image = written_entry(note->day, rest, below, arena);
	struct reporter quiet = reporter_quiet(find->image);
	size_t end = str_find_char(find->image, '\n');
	(void)entry_read(e, find->image, (struct span){0, end}, (struct span){0, find->image.n},
			 config, arena, &quiet);
	unsigned tags = tags_in(find->image), first = tags_in(str_upto(find->image, end));
	e->planned = first & TAG_PLANNED;
	e->cancelled = first & TAG_CANCELLED;
	e->gave = tags & TAG_GAVE;
	e->got = tags & TAG_GOT;
	e->asked = tags & TAG_ASKED;
}

/* A channel, `with` and a link: that alone makes an entry. */
static bool is_with_linked(const struct entry *e)
{
	struct str after = str_ltrim_blanks(str_from(e->rest.p ? e->rest : STR(""), 5));
	while (after.n && (after.p[0] == '*' || after.p[0] == '_'))
		after = str_from(after, 1);
	return e->channel.n && str_at(after, 0) == '[';
}

static bool may_begin_talk(struct str line, bool under)
{
	char c = str_at(line, 0);
	return under || c == '[' || c == '*' || c == '_' || (may_link(line) && is_wordy_with(line));
}

/* The one behind those that there are; the array doubles at each power of two. */
static struct elsewhere_find *room_for_find(struct elsewhere_note *note, struct arena *arena)
{
	size_t count = note->count;
	if ((count & (count - 1)) == 0) {
		struct elsewhere_find *more =
		    ARENA_ARRAY(arena, struct elsewhere_find, count ? count * 2 : 1);
		if (count)
			memcpy(more, note->finds, count * sizeof(*more));
		note->finds = more;
	}
	return &note->finds[count];
}

static void find_talks_of_day(struct elsewhere_note *note, struct str image,
			      const struct blocks *blocks, const struct config *config,
			      struct arena *arena)
{
	struct str under[7] = {STR_NONE};
	size_t end = 0, counted = 0, lines = 1;
	for (size_t i = 0; i < blocks->count; i++) {
		const struct block *b = &blocks->items[i];
		struct elsewhere_find *find;
		struct str whose = STR_NONE;
		enum task_state state;
		size_t used;
		if (b->kind == BLOCK_HEADING) {
			for (int level = b->level; level < 7; level++)
				under[level] = STR_NONE;
			under[b->level] = linked_heading(image, b);
		}
		struct str line = span_str(image, b->content);
		for (int level = 6; level > 0 && !whose.p; level--)
			whose = under[level];
		if (b->kind != BLOCK_ITEM || b->start < end || task_begins(line, &state, &used) ||
		    !may_begin_talk(line, whose.p))
			continue;
		find = room_for_find(note, arena);
		used = people_links_length(line);
		find->under = whose.p ? arena_str(arena, whose) : whose;
		find->links = arena_str(arena, str_upto(line, used));
		read_find(find, note, str_ltrim_blanks(str_from(line, used)),
			  str_slice(image, b->content.to, b->end), config, arena);
		if (!find->under.p && !used && !is_with_linked(&find->entry))
			continue;
		for (; counted < b->start; counted++)
			lines += image.p[counted] == '\n';
		find->line = lines;
		end = b->end;
		note->count++;
	}
}

/* What a note of a meeting says under one of these keys. */
static bool names_attendees(struct str key)
{
	static const char *const names[] = {"people", "attendees", "participants", "with",
					    "person"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (key_compare(key, str_of(names[i])) == 0)
			return true;
	return false;
}

struct attendees {
	struct elsewhere_note *note;
	struct str image;
	struct arena *arena;
};

/* `[[Ada]], Bob; ada@x.y` */
static void add_attendees(void *context, struct str text)
{
	struct attendees *a = context;
	struct strs *people = &a->note->people;
	while (text.n && people->count < MOST_ATTENDEES) {
		size_t end = 0;
		int depth = 0;
		for (; end < text.n; end++) {
			depth += (text.p[end] == '[') - (text.p[end] == ']');
			if (depth <= 0 && (text.p[end] == ',' || text.p[end] == ';'))
				break;
		}
		struct str one = str_trim(str_upto(text, end));
		text = str_from(text, end + 1);
		if (one.n == 0)
			continue;
		if ((people->count & (people->count - 1)) == 0) {
			struct str *more = ARENA_ARRAY(a->arena, struct str, people->count * 2 + 1);
			if (people->count)
				memcpy(more, people->items, people->count * sizeof(*more));
			people->items = more;
		}
		people->items[people->count++] = arena_str(a->arena, one);
	}
}

static void add_attendee_nodes(struct attendees *a, const struct yaml_node *node)
{
	const struct yaml_node *best = NULL;
	int rank;
	if (node->kind == YAML_SCALAR) {
		add_attendees(a, node->value);
		return;
	}
	/* An unquoted `[[x]]` is a list in a list, whose inner text is looked up as well. */
	/* Recursion ends with the reader's limit on nesting. */
	for (const struct yaml_node *n = node->first; n && node->kind == YAML_LIST; n = n->next)
		add_attendee_nodes(a, n);
	/* {name, email}: the address tells more. */
	for (const struct yaml_node *k = node->first; k && node->kind == YAML_MAP;
	     k = k->next->next) {
		enum key key = key_find(k->value, &rank);
		if (k->next->kind == YAML_SCALAR && !yaml_is_null(k->next) &&
		    (key == KEY_EMAIL || (key == KEY_NAME && !best)))
			best = k->next;
	}
	if (best)
		add_attendees(a, best->value);
}

static void add_field_below(void *context, const struct body_field *field)
{
	struct attendees *a = context;
	if (names_attendees(field->key))
		add_attendees(a, span_str(a->image, field->value));
}

/* `**Attendees**: …`, or the items below a heading of that name. */
static void find_attendees_below(struct attendees *a, const struct blocks *blocks)
{
	int level = 0;
	for (size_t i = 0; i < blocks->count; i++) {
		const struct block *b = &blocks->items[i];
		struct str line = span_str(a->image, b->content);
		if (b->kind == BLOCK_HEADING && (!level || b->level <= level)) {
			struct str name =
			    str_ends(line, STR(":")) ? str_upto(line, line.n - 1) : line;
			level = names_attendees(name) ? b->level : 0;
		}
		if (b->kind == BLOCK_PARAGRAPH)
			bodyfields_each(a->image, b, SIZE_MAX, add_field_below, a);
		if (level && b->kind == BLOCK_ITEM)
			add_attendees(a, line);
	}
}

/* A date somewhere in a text; *from, *to: where. */
static civil_day day_within(struct str text, size_t *from, size_t *to)
{
	civil_day day;
	for (size_t i = 0; i < text.n; i++)
		if (str_is_digit(text.p[i]) && (i == 0 || !str_is_digit(text.p[i - 1])) &&
		    date_parse(str_from(text, i), &day, to) == DATE_OK) {
			*from = i;
			*to += i;
			return day;
		}
	return NO_DAY;
}

/* The day under the first of these keys that has one. */
static civil_day day_of_keys(const struct yaml_node *map)
{
	static const char *const keys[] = {"date", "start", "start time", "created at", "created"};
	civil_day day;
	size_t used;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		for (const struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next) {
			struct str text = str_trim(k->next->value);
			if (str_starts(text, STR("[[")))
				text = str_base(link_target(text));
			if (key_compare(k->value, str_of(keys[i])) == 0 &&
			    date_parse(text, &day, &used) == DATE_OK)
				return day;
		}
	return NO_DAY;
}

/* The name of the file without the date and what parts it from the rest. */
static struct str title_of_file(struct str stem, size_t from, size_t to)
{
	struct str before = str_upto(stem, from), after = str_from(stem, to);
	struct str rest = str_trim(after).n ? after : before;
	while (rest.n && str_find_char(STR(" -_.,()"), rest.p[0]) < 7)
		rest = str_from(rest, 1);
	while (rest.n && str_find_char(STR(" -_.,("), rest.p[rest.n - 1]) < 6)
		rest = str_upto(rest, rest.n - 1);
	return rest;
}

static void find_meeting(struct elsewhere_note *note, struct str image,
			 const struct note_reader *reader, struct arena *arena,
			 struct arena *scratch)
{
	struct note parts;
	struct attendees attendees = {note, image, arena};
	struct str stem = contact_slug(note->path);
	size_t from = 0, to = 0;
	bool closed = note_split(&parts, image);
	const struct yaml_node *map = closed ? note_front_map(&parts, reader, scratch) : NULL;
	civil_day named = day_within(stem, &from, &to);
	note->title = title_of_file(stem, from, to);
	for (const struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next) {
		if (names_attendees(k->value))
			add_attendee_nodes(&attendees, k->next);
		if (str_ieq(k->value, STR("title")) && k->next->kind == YAML_SCALAR &&
		    !yaml_is_null(k->next))
			note->title = arena_str(arena, str_trim(k->next->value));
		if (str_ieq(k->value, STR("date")) && k->next->kind == YAML_SCALAR)
			named = day_of_keys(map) != NO_DAY ? day_of_keys(map) : named;
	}
	note->day = named != NO_DAY ? named : day_of_keys(map);
	if (note->day == NO_DAY || note->people.count || note_costly(str_from(image, parts.body)))
		return;
	struct blocks blocks = reader->body(image, parts.body, scratch, scratch);
	find_attendees_below(&attendees, &blocks);
}

void elsewhere_scan(struct elsewhere_note *note, struct str bytes, const struct config *config,
		    const struct note_reader *reader, struct arena *arena, struct arena *scratch)
{
	struct note parts;
	struct arena_mark mark = arena_mark(scratch);
	note->day = elsewhere_day(config, note->path);
	if (note->day == NO_DAY) {
		find_meeting(note, bytes, reader, arena, scratch);
	} else if (may_hold_talks(bytes) && note_split(&parts, bytes) &&
		   !note_costly(str_from(bytes, parts.body))) {
		struct blocks blocks = reader->body(bytes, parts.body, scratch, scratch);
		find_talks_of_day(note, bytes, &blocks, config, arena);
	}
	arena_rewind(scratch, mark);
}

/* ---- who it is ---- */

struct elsewhere_settling {
	struct journal *journal;
	struct index mails;
	bool has_mails;
	uint32_t *who; /* the people of the one at hand */
	uint32_t count;
	struct arena scratch;
};

static void add_who(struct elsewhere_settling *s, uint32_t who)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (s->who[i] == who)
			return;
	if (s->count < MOST_ATTENDEES)
		s->who[s->count++] = who;
}

static bool add_by_mail(struct elsewhere_settling *s, struct str text)
{
	struct journal *journal = s->journal;
	size_t open = str_find_char(text, '<'), close = str_find_char(text, '>');
	if (open < close && close < text.n)
		text = str_slice(text, open + 1, close);
	if (str_find_char(text, '@') == text.n)
		return false;
	if (!s->has_mails) {
		size_t count = 0;
		for (size_t i = 0; i < journal->count; i++)
			count += journal->contacts[i].email.count;
		index_init(&s->mails, count);
		for (uint32_t i = 0; i < journal->count; i++)
			for (size_t e = 0; e < journal->contacts[i].email.count; e++)
				index_put(&s->mails,
					  text_case_key(journal->contacts[i].email.items[e].text,
							&journal->arena),
					  i);
		s->has_mails = true;
	}
	uint32_t who = index_get(&s->mails, text_case_key(str_trim(text), &s->scratch));
	if (who != UINT32_MAX)
		add_who(s, who);
	return who != UINT32_MAX;
}

/* An item of a daily note. */
static bool settle_item(struct elsewhere_settling *s, struct entry *e,
			const struct elsewhere_note *note, struct elsewhere_find *find)
{
	uint32_t who[64], count;
	s->count = 0;
	*e = find->entry;
	if (find->under.p && journal_by_link(s->journal, find->under, who) == JOURNAL_FOUND)
		add_who(s, who[0]);
	people_linked(s->journal, find->links, who, &count, ARRAY_LEN(who));
	for (uint32_t i = 0; i < count; i++)
		add_who(s, who[i]);
	if (e->rest.p && (s->count || is_with_linked(e))) {
		struct contact owner = {.path = note->path, .image = find->image};
		struct reporter quiet = reporter_quiet(find->image);
		people_finish_of(s->journal, &owner, NO_CONTACT, e, &s->journal->arena, &quiet);
		for (uint32_t i = 0; i < e->with_count; i++)
			add_who(s, e->with[i]);
	}
	return s->count > 0;
}

static bool settle_meeting(struct elsewhere_settling *s, struct entry *e,
			   const struct elsewhere_note *note)
{
	uint32_t who;
	s->count = 0;
	for (size_t i = 0; i < note->people.count; i++) {
		struct str text = note->people.items[i];
		if (!add_by_mail(s, text) &&
		    journal_by_link(s->journal, link_target(text), &who) == JOURNAL_FOUND)
			add_who(s, who);
	}
	*e = (struct entry){
	    .day = note->day, .text = note->title, .channel = STR(""), .time = STR("")};
	for (size_t i = 0; i < s->journal->config.channels.count; i++)
		if (str_ieq(s->journal->config.channels.items[i], STR("meeting")))
			e->channel = s->journal->config.channels.items[i];
	return s->count > 0;
}

static int compare_who(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* Whether one of them has an entry of that day with just the others. */
static bool is_in_their_files(const struct journal *journal, const struct entry *e)
{
	for (uint32_t i = 0; i < e->with_count; i++) {
		const struct contact *c = &journal->contacts[e->with[i]];
		for (size_t n = 0; n < c->entries_count; n++) {
			const struct entry *own = &c->entries[n];
			uint32_t same = 1;
			if (own->day != e->day || own->with_count + 1 != e->with_count ||
			    own->note || own->cancelled)
				continue;
			for (uint32_t w = 0; w < own->with_count; w++)
				for (uint32_t k = 0; k < e->with_count; k++)
					same += own->with[w] == e->with[k];
			if (same == e->with_count)
				return true;
		}
	}
	return false;
}

/* Day and people as bytes: what stands in two notes is kept once. */
static bool is_told_elsewhere(struct index *told, const struct entry *e, uint32_t note,
			      struct arena *arena)
{
	struct buf key;
	uint32_t *who = arena_copy(arena, e->with, e->with_count, sizeof(*who));
	qsort(who, e->with_count, sizeof(*who), compare_who);
	buf_init(&key, 0);
	buf_add(&key, (struct str){(const char *)&e->day, sizeof(e->day)});
	buf_add(&key, (struct str){(const char *)who, e->with_count * sizeof(*who)});
	uint32_t first = index_put(told, arena_take(arena, &key), note);
	return first != UINT32_MAX && first != note;
}

/* Adds the entries of a note to those of all, which have room. */
static void settle_note(struct elsewhere_settling *s, struct elsewhere_note *note, uint32_t which,
			struct index *told, struct contact *all)
{
	struct journal *journal = s->journal;
	size_t most = note->title.p ? 1 : note->count;
	for (size_t i = 0; i < most; i++) {
		struct entry *e = &all->entries[all->entries_count];
		if (note->title.p ? !settle_meeting(s, e, note)
				  : !settle_item(s, e, note, &note->finds[i]))
			continue;
		e->offset = all->entries_count;
		e->with = arena_copy(&journal->arena, s->who, s->count, sizeof(*s->who));
		e->with_count = s->count;
		if (is_in_their_files(journal, e) ||
		    is_told_elsewhere(told, e, which, &journal->arena))
			continue;
		journal->places[all->entries_count++] =
		    (struct entry_place){note->path, note->title.p ? 1 : note->finds[i].line};
	}
}

static bool is_contact_file(const struct journal *journal, struct str path)
{
	size_t at;
	LOWER_BOUND(at, journal->count, str_cmp(journal->contacts[at].path, path) < 0);
	return at < journal->count && str_eq(journal->contacts[at].path, path);
}

/* Meetings first: they have a title; then by path. */
static int compare_notes(const void *a, const void *b)
{
	const struct elsewhere_note *x = a, *y = b;
	if (!x->title.p != !y->title.p)
		return x->title.p ? -1 : 1;
	return str_cmp(x->path, y->path);
}

void elsewhere_settle(struct journal *journal, struct elsewhere *notes)
{
	struct elsewhere_settling s = {.journal = journal};
	struct contact *all = &journal->contacts[journal->count];
	struct index told;
	size_t most = 0;
	for (size_t i = 0; i < notes->count; i++)
		most += notes->items[i].count + (notes->items[i].people.count > 0);
	if (most == 0)
		return;
	qsort(notes->items, notes->count, sizeof(*notes->items), compare_notes);
	contact_init(all, STR("elsewhere.md"));
	all->entries = ARENA_ARRAY(&journal->arena, struct entry, most);
	journal->places = ARENA_ARRAY(&journal->arena, struct entry_place, most);
	journal->elsewhere = true;
	s.who = mem_zalloc(MOST_ATTENDEES, sizeof(*s.who));
	arena_init(&s.scratch);
	index_init(&told, most);
	for (size_t i = 0; i < notes->count; i++)
		if ((notes->items[i].count || notes->items[i].people.count) &&
		    !is_contact_file(journal, notes->items[i].path))
			settle_note(&s, &notes->items[i], (uint32_t)i, &told, all);
	index_release(&told);
	if (s.has_mails)
		index_release(&s.mails);
	arena_release(&s.scratch);
	free(s.who);
}
