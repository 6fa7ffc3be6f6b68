#include "change/survey.h"

#include <jansson.h>
#include <string.h>

#include "base/fs.h"
#include "base/text.h"
#include "change/paths.h"
#include "note/quick.h"
#include "people/contact.h"
#include "people/elsewhere.h"
#include "people/fields.h"
#include "people/keys.h"
#include "people/link.h"
#include "people/tags.h"

/* Larger notes are drawings and exports. */
#define MOST_BYTES ((size_t)512 * 1024)
/* So many different folders, headings, keys are counted. */
#define MOST_COUNTED 64

/* How often something was seen, and some of what was seen there. */
struct counted {
	struct str name;
	size_t count, other;
};

struct counts_of {
	struct counted items[MOST_COUNTED];
	size_t count;
};

static struct counted *count_name(struct counts_of *counts, struct str name)
{
	for (size_t i = 0; i < counts->count; i++)
		if (str_eq(counts->items[i].name, name)) {
			counts->items[i].count++;
			return &counts->items[i];
		}
	if (counts->count == MOST_COUNTED)
		return NULL;
	counts->items[counts->count] = (struct counted){name, 1, 0};
	return &counts->items[counts->count++];
}

/* The one seen most; NULL for none. */
static const struct counted *seen_most(const struct counts_of *counts)
{
	const struct counted *most = NULL;
	for (size_t i = 0; i < counts->count; i++)
		if (!most || counts->items[i].count > most->count)
			most = &counts->items[i];
	return most;
}

/* What one note is, at the first look. */
struct noted {
	struct str path;
	struct str mark, mark_key; /* `person` under `type`, `people` among the tags; or "" */
	bool template, evident;    /* evident: it has what only people have */
	bool meeting;              /* it names who attended */
	int form;                  /* of a daily note's name, from 1; 0 for none */
};

struct surveying {
	int dir;
	struct config config; /* the usual one, or the journal's */
	bool is_journal;
	struct arena *arena;
	struct noted *notes;
	size_t count;
	struct strs people; /* folders of people */
	bool by_content;
	struct survey *out;
};

static const char *const daily_forms[] = {"%Y-%m-%d", "%Y_%m_%d",    "%Y.%m.%d",   "%Y%m%d",
					  "%d-%m-%Y", "%Y-%m-%d %A", "%Y-%m-%d-%A"};

/* ---- each note by itself ---- */

static bool skip_unread(void *context, struct str path, struct str name, enum fs_kind kind)
{
	const struct surveying *l = context;
	bool folder = kind == FS_FOLDER;
	if (!folder && (kind != FS_FILE || !str_ends(name, STR(".md"))))
		return true;
	return str_eq(name, STR("node_modules")) || config_passes_over(&l->config, path, folder);
}

static bool is_any_word(struct str word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_ieq(word, str_of(words[i])))
			return true;
	return false;
}

static const char *const person_words[] = {"person", "people", "contact", "contacts"};

static bool is_person_word(struct str word)
{
	return is_any_word(word, person_words, ARRAY_LEN(person_words));
}

/* `type:: [[Person]]` among the first lines, as Logseq has it. */
static struct str type_below(struct str bytes)
{
	struct str line, rest = str_upto(bytes, 1024);
	while (str_next_line(&rest, &line))
		if (str_istarts(str_trim(line), STR("type:: ")))
			return link_text(str_trim(str_from(str_trim(line), 7)));
	return STR("");
}

static struct str text_of_type(const struct yaml_node *node)
{
	if (node->kind == YAML_LIST)
		for (const struct yaml_node *n = node->first; n; n = n->next)
			if (is_person_word(link_text(str_trim(n->value))))
				return link_text(str_trim(n->value));
	return link_text(str_trim(node->value));
}

static void look_at_note(struct surveying *l, struct noted *n, struct str bytes,
			 struct arena *scratch)
{
	static const char *const attendance[] = {"attendees", "participants"};
	struct contact c;
	struct config usual = l->config;
	usual.only_count = 0;
	(void)contact_of_bytes(&c, n->path, bytes, &usual, NULL, NULL, scratch);
	n->template = c.passed_over != NULL;
	n->evident = c.email.count || c.birthday.text.n || c.last_contact != NO_DAY ||
		     c.cadence_text.p || c.phone.count;
	struct str type = type_below(bytes);
	for (const struct yaml_node *k = c.own ? c.own->first : NULL; k; k = k->next->next) {
		if (str_ieq(k->value, STR("type")) || str_ieq(k->value, STR("kind")))
			type = text_of_type(k->next);
		n->meeting |= is_any_word(k->value, attendance, ARRAY_LEN(attendance));
		if (is_person_word(type) && !n->mark.n) {
			n->mark = arena_str(l->arena, type);
			n->mark_key = arena_str(l->arena, k->value);
		}
	}
	if (is_person_word(type) && !n->mark.n)
		n->mark = arena_str(l->arena, type), n->mark_key = STR("type");
	for (size_t i = 0; i < c.tags.count && !n->mark.n; i++) {
		struct str tag = c.tags.items[i];
		struct str top = str_upto(tag, str_find_char(tag, '/'));
		if (is_person_word(top))
			n->mark = arena_str(l->arena, top), n->mark_key = STR("tag");
	}
	for (size_t f = 0; f < ARRAY_LEN(daily_forms) && !n->form; f++) {
		usual.daily_folder = STR(".");
		usual.daily_form = str_of(daily_forms[f]);
		if (elsewhere_day(&usual, n->path) != NO_DAY)
			n->form = (int)f + 1;
	}
}

static int look_at_all(struct surveying *l, struct kith_error *err)
{
	struct fs_list files;
	struct arena scratch;
	struct buf bytes;
	int rc = fs_walk(l->dir, ".", skip_unread, l, l->arena, &files, NULL, err);
	arena_init(&scratch);
	buf_init(&bytes, 0);
	l->notes = ARENA_ARRAY(l->arena, struct noted, files.count);
	for (size_t i = 0; i < files.count && rc == 0; i++) {
		struct arena_mark mark = arena_mark(&scratch);
		struct noted *n = &l->notes[l->count];
		n->path = files.items[i].path;
		if (fs_load(l->dir, n->path.p, MOST_BYTES, &bytes) != 0)
			continue;
		look_at_note(l, n, buf_str(&bytes), &scratch);
		l->count++;
		arena_rewind(&scratch, mark);
	}
	buf_release(&bytes);
	arena_release(&scratch);
	fs_list_release(&files);
	return rc;
}

/* ---- where people are ---- */

/* Whether a folder is called so: `80 People`, `CRM`, `my-contacts`. */
static bool is_called(struct str name, const char *const *words, size_t count)
{
	for (size_t i = 0; i < name.n;) {
		size_t end = i;
		while (end < name.n && str_is_alpha(name.p[end]))
			end++;
		if (end > i && is_any_word(str_slice(name, i, end), words, count))
			return true;
		i = end > i ? end : i + 1;
	}
	return false;
}

/* The topmost folder above a path that is called so; "" for none. */
static struct str called_above(struct str path, const char *const *words, size_t count)
{
	for (size_t i = 0, from = 0; i < path.n; i++)
		if (path.p[i] == '/') {
			if (is_called(str_slice(path, from, i), words, count))
				return str_upto(path, i);
			from = i + 1;
		}
	return STR("");
}

static bool is_in_people(const struct surveying *l, struct str path)
{
	for (size_t i = 0; i < l->people.count; i++)
		if (str_is_below(path, l->people.items[i]))
			return true;
	return false;
}

/* Whether a note is taken for somebody's. */
static bool is_somebody(const struct surveying *l, const struct noted *n)
{
	return is_in_people(l, n->path) && (l->config.only_count == 0 || n->mark.n);
}

static void take_folders(struct surveying *l, const struct counts_of *folders)
{
	l->people.items = ARENA_ARRAY(l->arena, struct str, folders->count);
	for (size_t i = 0; i < folders->count; i++)
		l->people.items[l->people.count++] = folders->items[i].name;
}

static void find_people(struct surveying *l)
{
	static const char *const words[] = {"people",   "persons", "person",
					    "contacts", "contact", "crm",
					    "authors",  "rolodex", "relationships"};
	struct counts_of named = {.count = 0}, marked = {.count = 0};
	size_t in_named = 0, in_marked = 0;
	for (size_t i = 0; i < l->count; i++) {
		const struct noted *n = &l->notes[i];
		struct str folder = called_above(n->path, words, ARRAY_LEN(words));
		if (n->template || n->meeting || n->form)
			continue;
		if (folder.n && count_name(&named, folder))
			in_named++;
		else if (n->mark.n && count_name(&marked, paths_parent(n->path)))
			in_marked++;
	}
	l->by_content = in_marked > in_named;
	if (marked.count > 4)
		marked = (struct counts_of){.items = {{STR("."), in_marked, 0}}, .count = 1};
	take_folders(l, l->by_content ? &marked : &named);
}

/* The folder around all notes that are so, but for people's: the one above them all. */
static struct str common_folder(const struct surveying *l,
				bool fits(const struct noted *n, int form), int form, size_t *count)
{
	struct str common = STR_NONE;
	*count = 0;
	for (size_t i = 0; i < l->count; i++) {
		const struct noted *n = &l->notes[i];
		struct str folder = paths_parent(n->path);
		if (!fits(n, form) || is_somebody(l, n))
			continue;
		++*count;
		if (!common.p)
			common = folder;
		while (!str_is_below(n->path, common))
			common = paths_parent(common);
	}
	return common;
}

/* ---- what is proposed ---- */

static void propose(struct surveying *l, const char *key, struct str value, struct str found)
{
	if (l->out->count < SURVEY_MOST && value.n)
		l->out->items[l->out->count++] = (struct survey_proposal){key, value, found};
}

/* A text as kith.yaml may hold it within brackets. */
static struct str setting_word(struct str text, struct arena *arena)
{
	struct yaml_node item = {.kind = YAML_SCALAR, .style = YAML_PLAIN, .value = text};
	const struct yaml_node list = {.kind = YAML_LIST, .count = 1, .first = &item};
	struct str words = fields_node_words(&list, arena);
	return str_slice(words, 1, words.n - 1);
}

static struct str setting_list(struct strs texts, struct arena *arena)
{
	struct str all = STR("");
	for (size_t i = 0; i < texts.count; i++)
		all = arena_printf(arena, "%.*s%s%.*s", STR_ARG(all), i ? ", " : "",
				   STR_ARG(setting_word(texts.items[i], arena)));
	return texts.count == 1 ? all : arena_printf(arena, "[%.*s]", STR_ARG(all));
}

static void propose_people(struct surveying *l)
{
	struct counts_of marks = {.count = 0};
	size_t unmarked = 0, evident = 0;
	for (size_t i = 0; i < l->count; i++) {
		const struct noted *n = &l->notes[i];
		if (n->template || !is_in_people(l, n->path))
			continue;
		l->out->people++;
		if (n->mark.n)
			count_name(&marks, arena_printf(l->arena, "%.*s: %.*s",
							STR_ARG(n->mark_key), STR_ARG(n->mark)));
		unmarked += !n->mark.n;
		evident += !n->mark.n && n->evident;
	}
	const struct counted *most = seen_most(&marks);
	bool usual = l->people.count == 1 && str_eq(l->people.items[0], STR("people"));
	if (!usual && l->people.count)
		propose(l, "people", setting_list(l->people, l->arena), STR(""));
	if (most && unmarked && (l->by_content || evident == 0)) {
		propose(l, "only", arena_printf(l->arena, "{%.*s}", STR_ARG(most->name)),
			arena_printf(l->arena, "the other %zu there are nobody", unmarked));
		l->out->people -= unmarked;
		l->config.only = ARENA_NEW(l->arena, struct config_pair);
		l->config.only_count = 1;
		size_t colon = str_find_char(most->name, ':');
		*l->config.only = (struct config_pair){str_upto(most->name, colon),
						       str_from(most->name, colon + 2)};
	}
}

/* Headings and keys of the people's notes, at the second look. */
struct habits {
	struct counts_of dated;   /* headings with dated lines; other: those that tell of a talk */
	struct counts_of logs;    /* those of them that are log sections as they are */
	struct counts_of waiting; /* headings with tasks that say whose they are */
	struct counts_of topics;
	struct counts_of last;                   /* keys of a last contact, as they are written */
	struct counts_of odd_last, odd_birthday; /* keys that may be one, and are not */
	size_t birthdays, people;
};

/* open: the headings around it, by level; heading: the innermost. */
static void count_dated(struct surveying *l, struct habits *h, const struct note *note,
			const struct block *b, const struct str *open, struct str heading,
			struct arena *scratch)
{
	struct entry e;
	struct reporter quiet = reporter_quiet(note->image);
	enum log_kind kind = LOG_NONE;
	for (int level = 1; level <= 6 && kind != LOG_ALL; level++) {
		enum log_kind this = contact_log_kind(open[level], &l->config, scratch);
		heading = this == LOG_ALL ? open[level] : heading;
		kind = this > kind ? this : kind;
	}
	if (!heading.n || !entry_read(&e, note->image, b->content, (struct span){b->start, b->end},
				      &l->config, scratch, &quiet))
		return;
	struct counted *c = count_name(kind == LOG_ALL ? &h->logs : &h->dated,
				       arena_str(l->arena, str_upto(heading, 80)));
	if (c)
		c->other += kind == LOG_NONE && (e.channel.n || e.rest.p);
}

static void count_task(struct surveying *l, struct habits *h, struct str heading)
{
	static const char *const theirs[] = {"waiting for", "waiting on", "things they owe me",
					     "they owe me", "owed to me", "waiting"};
	static const char *const topics[] = {"agenda", "topics", "to discuss", "talk about",
					     "to bring up"};
	if (is_any_word(heading, theirs, ARRAY_LEN(theirs)))
		count_name(&h->waiting, arena_str(l->arena, heading));
	if (is_any_word(heading, topics, ARRAY_LEN(topics)))
		count_name(&h->topics, arena_str(l->arena, heading));
}

static bool holds_word(struct str key, const char *word)
{
	for (size_t i = 0; i < key.n; i++)
		if (str_istarts(str_from(key, i), str_of(word)))
			return true;
	return false;
}

/* A key of one's own with a date, called like one that kith knows. */
static void count_odd(struct surveying *l, struct habits *h, const struct yaml_node *key)
{
	civil_day day;
	size_t used;
	struct str name = str_upto(key->value, 80);
	bool birthday = holds_word(name, "birth") || holds_word(name, "bday");
	bool last = holds_word(name, "last") || holds_word(name, "contacted");
	if (key->next->kind == YAML_SCALAR && (birthday || last) && !holds_word(name, "modified") &&
	    !holds_word(name, "updated") && !holds_word(name, "edited") &&
	    date_parse(str_trim(key->next->value), &day, &used) == DATE_OK)
		count_name(birthday ? &h->odd_birthday : &h->odd_last, arena_str(l->arena, name));
}

static void look_at_habits(struct surveying *l, struct habits *h, struct str image,
			   struct arena *scratch)
{
	struct note note;
	struct reporter quiet = reporter_quiet(image);
	struct str heading = STR(""), open[7];
	int rank, level = 0;
	for (int i = 0; i < 7; i++)
		open[i] = STR("");
	if (!note_read(&note, &note_reader_quick, scratch, &quiet))
		return;
	for (const struct yaml_node *k = note.map ? note.map->first : NULL; k; k = k->next->next) {
		enum key key = fields_key(k, &rank);
		if (key == KEY_LAST_CONTACT)
			count_name(&h->last, arena_str(l->arena, str_upto(k->value, 80)));
		else if (key == KEY_UNKNOWN)
			count_odd(l, h, k);
	}
	for (size_t i = 0; i < note.blocks.count; i++) {
		const struct block *b = &note.blocks.items[i];
		enum task_state state;
		size_t used;
		struct str line = span_str(image, b->content);
		bool task = b->kind == BLOCK_ITEM && task_begins(line, &state, &used);
		if (task)
			count_task(l, h, heading);
		else if (b->kind != BLOCK_PARAGRAPH &&
			 !(b->kind == BLOCK_HEADING && b->level <= level))
			count_dated(l, h, &note, b, open, heading, scratch);
		civil_day day;
		size_t at;
		if (b->kind == BLOCK_HEADING && entry_begins(line, &day, &at, &used) != DATE_OK) {
			heading = b->level > 1 ? line : STR("");
			level = b->level;
			for (int deeper = level; deeper <= 6; deeper++)
				open[deeper] = STR("");
			open[level] = heading;
			if (str_ends(heading, STR(":")))
				heading = str_rtrim(str_upto(heading, heading.n - 1));
		}
	}
}

static void find_habits(struct surveying *l, struct habits *h)
{
	struct arena scratch;
	struct buf bytes;
	arena_init(&scratch);
	buf_init(&bytes, 0);
	for (size_t i = 0; i < l->count; i++) {
		const struct noted *n = &l->notes[i];
		struct arena_mark mark = arena_mark(&scratch);
		struct contact c;
		if (n->template || !is_in_people(l, n->path) ||
		    fs_load(l->dir, n->path.p, MOST_BYTES, &bytes) != 0 ||
		    contact_of_bytes(&c, n->path, buf_str(&bytes), &l->config, NULL, NULL,
				     &scratch) != CONTACT_OK)
			continue;
		h->people++;
		h->birthdays += c.birthday.text.n > 0;
		look_at_habits(l, h, buf_str(&bytes), &scratch);
		arena_rewind(&scratch, mark);
	}
	buf_release(&bytes);
	arena_release(&scratch);
}

/* Headings under which most dated lines tell of a talk, before those that are settings already. */
static void propose_headings(struct surveying *l, const struct habits *h)
{
	const struct config *config = &l->config;
	struct strs logs = {
	    ARENA_ARRAY(l->arena, struct str, h->dated.count + config->log_headings.count), 0};
	size_t lines = 0;
	for (size_t i = 0; i < h->dated.count; i++) {
		const struct counted *c = &h->dated.items[i];
		if (c->other * 2 < c->count || c->other == 0)
			continue;
		logs.items[logs.count++] = c->name;
		lines += c->count;
	}
	if (logs.count == 0)
		return;
	struct str found =
	    arena_printf(l->arena, "%zu dated line%s under *%.*s*, which is no log section yet",
			 lines, lines == 1 ? "" : "s", STR_ARG(logs.items[0]));
	for (size_t i = 0; i < config->log_headings.count; i++)
		logs.items[logs.count++] = config->log_headings.items[i];
	propose(l, "log_headings", setting_list(logs, l->arena), found);
}

static void propose_task_headings(struct surveying *l, const struct habits *h)
{
	struct str all = setting_word(l->config.task_headings.items[0].name, l->arena);
	const struct counts_of *both[] = {&h->waiting, &h->topics};
	for (size_t b = 0; b < ARRAY_LEN(both); b++)
		for (size_t i = 0; i < both[b]->count; i++)
			all = arena_printf(l->arena, "%.*s, {%.*s: %s}", STR_ARG(all),
					   STR_ARG(setting_word(both[b]->items[i].name, l->arena)),
					   b ? "topic" : "waiting");
	if (h->waiting.count + h->topics.count && !l->config.task_headings.some_told)
		propose(l, "task_headings", arena_printf(l->arena, "[%.*s]", STR_ARG(all)),
			STR("sections that say whose their tasks are"));
}

static void propose_keeping(struct surveying *l, const struct habits *h)
{
	const struct counted *last = seen_most(&h->last);
	if (last && last->count * 2 >= h->people && !l->config.keep_last_contact)
		propose(l, "keep_last_contact", STR("true"),
			arena_printf(l->arena, "what logs a talk then sets `%.*s`, too",
				     STR_ARG(last->name)));
}

static bool is_of_form(const struct noted *n, int form)
{
	return n->form == form;
}

static bool is_meeting(const struct noted *n, int form)
{
	(void)form;
	return n->meeting && !n->template;
}

/* A moment.js form, as Obsidian's settings have it, for strptime; "" where it says more. */
static struct str form_of_moment(struct str moment, struct arena *arena)
{
	static const struct {
		const char *moment, *form;
	} parts[] = {{"YYYY", "%Y"}, {"YY", "%y"},   {"MMMM", "%B"}, {"MMM", "%b"}, {"MM", "%m"},
		     {"DD", "%d"},   {"dddd", "%A"}, {"ddd", "%a"},  {"M", "%m"},   {"D", "%d"}};
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < moment.n;) {
		size_t p = 0;
		while (p < ARRAY_LEN(parts) &&
		       !str_starts(str_from(moment, i), str_of(parts[p].moment)))
			p++;
		if (p < ARRAY_LEN(parts)) {
			buf_addz(&b, parts[p].form);
			i += strlen(parts[p].moment);
		} else if (str_is_alpha(moment.p[i])) {
			buf_release(&b);
			return STR("");
		} else {
			buf_addc(&b, moment.p[i++]);
		}
	}
	return arena_take(arena, &b);
}

static json_t *load_json(const struct surveying *l, const char *path)
{
	struct buf bytes;
	buf_init(&bytes, 0);
	json_t *o = NULL;
	if (fs_load(l->dir, path, MOST_BYTES, &bytes) == 0)
		o = json_loadb(bytes.p, bytes.n, 0, NULL);
	buf_release(&bytes);
	return o;
}

static struct str json_text(const json_t *o, const char *key, struct arena *arena)
{
	const char *text = json_string_value(json_object_get(o, key));
	return text ? arena_str(arena, str_trim(str_of(text))) : STR("");
}

static void propose_daily(struct surveying *l)
{
	size_t most = 0;
	struct str folder = STR(""), form = STR("");
	json_t *o = load_json(l, ".obsidian/daily-notes.json");
	if (o) {
		struct str moment = json_text(o, "format", l->arena);
		folder = json_text(o, "folder", l->arena);
		form = moment.n ? form_of_moment(moment, l->arena) : str_of(daily_forms[0]);
		json_decref(o);
	}
	for (int f = 1; f <= (int)ARRAY_LEN(daily_forms); f++) {
		size_t count;
		struct str common = common_folder(l, is_of_form, f, &count);
		if (count <= most)
			continue;
		most = count;
		/* Next year's folder is another one. */
		while (str_is_digit(str_at(str_base(common), 0)))
			common = paths_parent(common);
		if (!form.n || !folder.n) {
			folder = common;
			form = str_of(daily_forms[f - 1]);
		}
	}
	if (most && folder.n && !l->config.daily_folder.p)
		propose(l, "daily",
			arena_printf(l->arena, "{folder: %.*s, form: \"%.*s\"}",
				     STR_ARG(setting_word(folder, l->arena)), STR_ARG(form)),
			arena_printf(l->arena, "%zu daily note%s, whose conversations may count",
				     most, most == 1 ? "" : "s"));
}

static void propose_meetings(struct surveying *l)
{
	static const char *const words[] = {"meetings", "meeting", "granola"};
	struct counts_of folders = {.count = 0};
	size_t count = 0;
	for (size_t i = 0; i < l->count; i++) {
		const struct noted *n = &l->notes[i];
		struct str folder = called_above(n->path, words, ARRAY_LEN(words));
		if (n->template || is_somebody(l, n) || (!folder.n && !is_meeting(n, 0)))
			continue;
		if (count_name(&folders, folder.n ? folder : paths_parent(n->path)))
			count++;
	}
	struct strs list = {ARENA_ARRAY(l->arena, struct str, folders.count), 0};
	for (size_t i = 0; i < folders.count; i++)
		list.items[list.count++] = folders.items[i].name;
	if (list.count && list.count <= 8 && !l->config.meetings.count)
		propose(l, "meetings",
			arena_printf(l->arena,
				     list.count == 1 ? "{folders: [%.*s]}" : "{folders: %.*s}",
				     STR_ARG(setting_list(list, l->arena))),
			arena_printf(l->arena, "%zu note%s of meetings, whose people may count",
				     count, count == 1 ? "" : "s"));
}

static void propose_task_tags(struct surveying *l)
{
	json_t *o = load_json(l, ".obsidian/plugins/obsidian-tasks-plugin/data.json");
	struct str filter = json_text(o, "globalFilter", l->arena);
	if (str_starts(filter, STR("#")) && filter.n > 1 && !l->config.task_promise.count)
		propose(l, "task_tags",
			arena_printf(l->arena, "{promise: %.*s}", STR_ARG(str_from(filter, 1))),
			arena_printf(l->arena, "the Tasks plugin takes boxes with %.*s alone",
				     STR_ARG(filter)));
	json_decref(o);
}

static struct str tell_people(struct surveying *l, const struct habits *h)
{
	const struct counted *log = seen_most(&h->logs), *last = seen_most(&h->last);
	struct str all = STR("");
	for (size_t i = 0; i < l->people.count; i++)
		all = arena_printf(l->arena, "%.*s%s%.*s/", STR_ARG(all), i ? ", " : "",
				   STR_ARG(l->people.items[i]));
	all = arena_printf(l->arena, "%.*s: %zu note%s of people", STR_ARG(all), h->people,
			   h->people == 1 ? "" : "s");
	if (h->birthdays)
		all = arena_printf(l->arena, "%.*s \xC2\xB7 %zu with a birthday", STR_ARG(all),
				   h->birthdays);
	if (log)
		all = arena_printf(l->arena, "%.*s \xC2\xB7 talks under *%.*s*", STR_ARG(all),
				   STR_ARG(log->name));
	if (last)
		all = arena_printf(l->arena, "%.*s \xC2\xB7 %zu with `%.*s`", STR_ARG(all),
				   last->count, STR_ARG(last->name));
	return all;
}

static int look(struct surveying *l, struct habits *h, struct kith_error *err)
{
	if (look_at_all(l, err))
		return -1;
	if (!l->is_journal) {
		find_people(l);
		propose_people(l);
	}
	if (l->people.count == 0)
		return 0;
	find_habits(l, h);
	propose_headings(l, h);
	propose_task_headings(l, h);
	if (!l->is_journal)
		propose_keeping(l, h);
	propose_daily(l);
	propose_meetings(l);
	propose_task_tags(l);
	l->out->found = tell_people(l, h);
	return 0;
}

int survey_folder(struct survey *out, int dir, struct arena *arena, struct kith_error *err)
{
	struct surveying l = {.dir = dir, .arena = arena, .out = out};
	*out = (struct survey){.found = STR("")};
	config_default(&l.config, arena);
	return look(&l, ARENA_NEW(arena, struct habits), err);
}

static void report_odd(struct journal *journal, const struct counts_of *odd, const char *like)
{
	for (size_t i = 0; i < odd->count; i++)
		diag_add(&journal->diag, SEVERITY_HINT, journal->config.people.items[0], 0, 0,
			 "the key \"%.*s\" (%zu note%s) looks like a %s, and is one of your own; "
			 "kith reads `%s`",
			 STR_ARG(odd->items[i].name), odd->items[i].count,
			 odd->items[i].count == 1 ? "" : "s", like,
			 *like == 'b' ? "birthday" : "last_contact");
}

/* Templates and what is about a folder: one line a kind, at the first. */
static void report_passed(struct journal *journal)
{
	static const char *const kinds[] = {PASSED_README, PASSED_TEMPLATE, PASSED_TEMPLATES};
	const struct passed_list *passed = &journal->passed;
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		const struct passed_note *first = NULL;
		bool more = false;
		for (size_t i = 0; i < passed->count; i++)
			if (strcmp(passed->items[i].why, kinds[k]) == 0) {
				more = first;
				first = first ? first : &passed->items[i];
			}
		if (first)
			diag_add(&journal->diag, SEVERITY_HINT, first->path, 0, 0,
				 "passed over: %s%s; `ignore` in kith.yaml says that this is right",
				 kinds[k], more ? ", as others are (see `kith check -v`)" : "");
	}
}

void survey_report(struct journal *journal, struct arena *arena)
{
	struct survey survey = {.found = STR("")};
	struct habits *h = ARENA_NEW(arena, struct habits);
	struct kith_error ignored = {0};
	struct surveying l = {.dir = journal->dir,
			      .config = journal->config,
			      .people = journal->config.people,
			      .is_journal = true,
			      .arena = arena,
			      .out = &survey};
	report_passed(journal);
	if (look(&l, h, &ignored))
		return;
	for (size_t i = 0; i < survey.count; i++)
		diag_add(&journal->diag, SEVERITY_HINT, STR("kith.yaml"), 0, 0,
			 "%.*s: `%s: %.*s` here says so", STR_ARG(survey.items[i].found),
			 survey.items[i].key, STR_ARG(survey.items[i].value));
	report_odd(journal, &h->odd_last, "last contact");
	report_odd(journal, &h->odd_birthday, "birthday");
}

struct str survey_settings(const struct survey *survey, struct str settings, struct arena *arena)
{
	struct buf b;
	struct str line;
	bool replaced = false;
	buf_init(&b, 0);
	while (str_next_line(&settings, &line)) {
		/* The lines that go on from a setting that was replaced. */
		if (replaced && str_starts(line, STR("#  ")))
			continue;
		replaced = false;
		for (size_t i = 0; i < survey->count && !replaced; i++) {
			struct str key = str_of(survey->items[i].key);
			replaced = str_starts(line, STR("#")) &&
				   str_starts(str_from(line, 1), key) &&
				   str_at(line, key.n + 1) == ':';
			if (replaced)
				buf_printf(&b, "%s: %.*s\n", survey->items[i].key,
					   STR_ARG(survey->items[i].value));
		}
		if (replaced)
			continue;
		buf_add(&b, line);
		buf_addc(&b, '\n');
	}
	return arena_take(arena, &b);
}
