#include "people/config.h"

#include <fnmatch.h>
#include <string.h>

#include "base/fs.h"
#include "base/interval.h"
#include "base/mem.h"
#include "base/text.h"
#include "note/note.h"
#include "note/yaml.h"
#include "people/keys.h"

/* In bytes, with a NUL. */
#define LONGEST_GLOB 512

/* One reading: the settings so far and where its findings go. */
struct settings {
	struct config *config;
	struct arena *arena;
	struct reporter *reporter;
	const struct setting *setting; /* that is being read */
	const struct yaml_node *root;
};

/* What is known of a setting: the row of a table at the end of this file. */
struct setting {
	const char *name;
	void (*read)(struct settings *s, const struct yaml_node *node, void *to);
	size_t at;            /* where it goes in struct config */
	const char *usual;    /* its value where nothing is said, as one would write it; or NULL */
	const char *expected; /* what a wrong value should have been; the first of two choices */
	const char *other;    /* the second, which is `true` */
	bool last;            /* read after the others: it may use the names of cadences */
};

static void tell_wrong_setting(struct settings *s, const struct yaml_node *node,
			       const char *expected)
{
	if (node->kind == YAML_SCALAR)
		report_error(s->reporter, node->span.from, "\"%.*s\" is not %s",
			     STR_ARG(text_upto(node->value, 200)), expected);
	else
		report_error(s->reporter, node->span.from, "%s is expected here", expected);
}

static bool is_setting_text(struct settings *s, const struct yaml_node *node, const char *expected)
{
	if (node->kind == YAML_SCALAR && str_trim(node->value).n)
		return true;
	tell_wrong_setting(s, node, expected);
	return false;
}

/* Tells that it is none where it is not right. */
static bool is_setting(struct settings *s, const struct yaml_node *node, bool right)
{
	if (!right)
		tell_wrong_setting(s, node, s->setting->expected);
	return right;
}

static void read_number(struct settings *s, const struct yaml_node *node, void *to)
{
	const char *expected = "a whole number (0 or more)";
	long *out = to;
	if (!is_setting_text(s, node, expected))
		return;
	long number = str_number(str_trim(node->value), 1000000);
	if (number < 0)
		tell_wrong_setting(s, node, expected);
	else
		*out = number;
}

/* One of two words; true for the second. */
static void read_choice(struct settings *s, const struct yaml_node *node, void *to)
{
	bool *out = to;
	bool first =
	    node->kind == YAML_SCALAR && str_ieq(node->value, str_of(s->setting->expected));
	bool second = node->kind == YAML_SCALAR && str_ieq(node->value, str_of(s->setting->other));
	if (first || second)
		*out = second;
	else
		report_error(s->reporter, node->span.from, "\"%s\" or \"%s\" is expected here",
			     s->setting->expected, s->setting->other);
}

/* One of three words, as an enum config_apply. */
static void read_apply(struct settings *s, const struct yaml_node *node, void *to)
{
	static const char *const words[] = {
	    [CONFIG_ASK] = "ask", [CONFIG_AUTO] = "auto", [CONFIG_NEVER] = "never"};
	enum config_apply *out = to;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (node->kind == YAML_SCALAR && str_ieq(node->value, str_of(words[i]))) {
			*out = (enum config_apply)i;
			return;
		}
	(void)is_setting(s, node, false);
}

/* A list of texts, or one of them; items == NULL, and reported, for a map. */
static struct strs take_list(struct settings *s, const struct yaml_node *node)
{
	const char *expected = s->setting->expected;
	size_t count = node->kind == YAML_LIST ? node->count : 1;
	const struct yaml_node *item = node->kind == YAML_LIST ? node->first : node;
	struct strs list = {NULL, 0};
	if (!is_setting(s, node, node->kind != YAML_MAP))
		return list;
	list.items = ARENA_ARRAY(s->arena, struct str, count);
	for (size_t i = 0; i < count; i++, item = item->next)
		if (is_setting_text(s, item, expected))
			list.items[list.count++] = arena_str(s->arena, str_trim(item->value));
	return list;
}

static void read_list(struct settings *s, const struct yaml_node *node, void *to)
{
	struct strs list = take_list(s, node), *out = to;
	if (list.items)
		*out = list;
}

/* A folder inside the journal: relative, without `..`. */
static bool is_inside_journal(struct str path)
{
	if (path.n == 0 || path.p[0] == '/')
		return false;
	for (struct str rest = path; rest.n;) {
		size_t slash = str_find_char(rest, '/');
		if (str_eq(str_upto(rest, slash), STR("..")))
			return false;
		rest = str_from(rest, slash + 1);
	}
	return true;
}

/* Without empty parts and `.`; `.` where nothing is left. */
static struct str plain_folder(struct str path, struct arena *arena)
{
	char *p = arena_bytes(arena, path.n + 2);
	size_t n = 0;
	for (struct str rest = path; rest.n;) {
		struct str part = str_upto(rest, str_find_char(rest, '/'));
		rest = str_from(rest, part.n + 1);
		if (part.n == 0 || str_eq(part, STR(".")))
			continue;
		if (n)
			p[n++] = '/';
		memcpy(p + n, part.p, part.n);
		n += part.n;
	}
	if (n == 0)
		p[n++] = '.';
	p[n] = '\0';
	return (struct str){p, n};
}

static void read_folders(struct settings *s, const struct yaml_node *node, void *to)
{
	struct strs list = take_list(s, node), *out = to;
	for (size_t i = 0; i < list.count; i++) {
		bool inside = is_inside_journal(list.items[i]);
		if (!inside || fs_names_git(list.items[i])) {
			report_error(s->reporter, node->span.from, "\"%.*s\" is %s",
				     STR_ARG(text_upto(list.items[i], 200)),
				     inside ? "in git's own folder"
					    : "not a folder inside the journal");
			return;
		}
		list.items[i] = plain_folder(list.items[i], s->arena);
	}
	if (list.count)
		*out = list;
}

static void read_folder(struct settings *s, const struct yaml_node *node, void *to)
{
	struct strs one = {NULL, 0};
	struct str *out = to;
	if (is_setting(s, node, node->kind == YAML_SCALAR))
		read_folders(s, node, &one);
	if (one.count)
		*out = one.items[0];
}

static void read_globs(struct settings *s, const struct yaml_node *node, void *to)
{
	struct strs all = take_list(s, node), *out = to;
	size_t kept = 0;
	for (size_t i = 0; i < all.count; i++) {
		if (all.items[i].n < LONGEST_GLOB)
			all.items[kept++] = all.items[i];
		else
			report_error(s->reporter, node->span.from,
				     "a glob of more than %d bytes fits nothing: \"%.*s\"",
				     LONGEST_GLOB - 1, STR_ARG(text_upto(all.items[i], 40)));
	}
	if (all.items)
		*out = (struct strs){all.items, kept};
}

/* These two leave a wrong value as it was: of nothing said it says nothing. */
static void read_interval(struct settings *s, const struct yaml_node *node, void *to)
{
	struct interval interval, *out = to;
	if (!is_setting_text(s, node, "an interval (2 weeks)"))
		return;
	enum interval_result result = interval_parse(node->value, &interval);
	if (result == INTERVAL_OK)
		*out = interval;
	else
		report_error(s->reporter, node->span.from, "%.*s",
			     STR_ARG(interval_explain(node->value, result, s->arena)));
}

static void read_cadence(struct settings *s, const struct yaml_node *node, void *to)
{
	struct cadence cadence, *out = to;
	struct str why;
	if (!is_setting_text(s, node, "an interval, a name from cadences, or none"))
		return;
	if (cadence_parse(node->value, &s->config->cadences, &cadence, &why, s->arena))
		*out = cadence;
	else
		report_error(s->reporter, node->span.from, "%.*s", STR_ARG(why));
}

/* The same key twice in a map is an error, and the first one counts. */
static bool is_setting_twin(struct settings *s, const struct yaml_node *map,
			    const struct yaml_node *key)
{
	const struct yaml_node *before = map->first;
	/* So many are compared with: a map of nothing but keys takes no longer than others. */
	for (size_t i = 0; before != key && i < 64; i++, before = before->next->next)
		if (str_ieq(before->value, key->value)) {
			report_error(s->reporter, key->span.from,
				     "the setting \"%.*s\" stands here twice",
				     STR_ARG(text_upto(key->value, 100)));
			return true;
		}
	return false;
}

/* Merged with the defaults name by name. */
static void read_cadences(struct settings *s, const struct yaml_node *node, void *to)
{
	struct cadence_names *names = to;
	if (!is_setting(s, node, node->kind == YAML_MAP))
		return;
	struct cadence_name *all =
	    ARENA_ARRAY(s->arena, struct cadence_name, names->count + node->count);
	if (names->count)
		memcpy(all, names->items, names->count * sizeof(*all));
	names->items = all;
	for (const struct yaml_node *key = node->first; key; key = key->next->next) {
		struct cadence cadence = {.kind = CADENCE_UNSET};
		if (!is_setting_twin(s, node, key))
			read_cadence(s, key->next, &cadence);
		if (cadence.kind == CADENCE_UNSET)
			continue;
		size_t at = 0;
		while (at < names->count && !str_ieq(all[at].name, key->value))
			at++;
		all[at] = (struct cadence_name){arena_str(s->arena, key->value), cadence};
		names->count += at == names->count;
	}
}

static void read_by_tag(struct settings *s, const struct yaml_node *node, void *to)
{
	struct config *config = s->config;
	(void)to;
	if (!is_setting(s, node, node->kind == YAML_MAP))
		return;
	config->by_tag = ARENA_ARRAY(s->arena, struct tag_cadence, node->count);
	for (const struct yaml_node *key = node->first; key; key = key->next->next) {
		struct str tag =
		    str_starts(key->value, STR("#")) ? str_from(key->value, 1) : key->value;
		struct cadence cadence = {.kind = CADENCE_UNSET};
		if (!is_setting_twin(s, node, key))
			read_cadence(s, key->next, &cadence);
		if (cadence.kind != CADENCE_UNSET)
			config->by_tag[config->by_tag_count++] =
			    (struct tag_cadence){arena_str(s->arena, tag), cadence};
	}
}

static void read_new_ties(struct settings *s, const struct yaml_node *node, void *to)
{
	struct config *config = s->config;
	(void)to;
	const struct yaml_node *item = node->kind == YAML_LIST ? node->first : node;
	size_t count = node->kind == YAML_LIST ? node->count : 1, good = 0;
	struct interval *ties = ARENA_ARRAY(s->arena, struct interval, count);
	for (size_t i = 0; i < count; i++, item = item->next) {
		read_interval(s, item, &ties[good]);
		good += ties[good].months || ties[good].days;
	}
	if (good < count)
		return;
	config->new_ties = ties;
	config->new_ties_count = good;
}

static void read_only(struct settings *s, const struct yaml_node *node, void *to)
{
	struct config *config = s->config;
	size_t count = 0;
	(void)to;
	if (!is_setting(s, node, node->kind == YAML_MAP))
		return;
	for (const struct yaml_node *key = node->first; key; key = key->next->next)
		count += key->next->kind == YAML_LIST ? key->next->count : 1;
	config->only = ARENA_ARRAY(s->arena, struct config_pair, count);
	for (const struct yaml_node *key = node->first; key; key = key->next->next) {
		struct strs values = {NULL, 0};
		if (!is_setting_twin(s, node, key))
			values = take_list(s, key->next);
		for (size_t i = 0; i < values.count; i++)
			config->only[config->only_count++] =
			    (struct config_pair){arena_str(s->arena, key->value), values.items[i]};
	}
}

/* The key of a setting by its path, `review.late`; NULL for none. */
static const struct yaml_node *find_setting(const struct yaml_node *map, struct str path)
{
	const struct yaml_node *k = NULL;
	while (path.n) {
		struct str name = str_upto(path, str_find_char(path, '.'));
		path = str_from(path, name.n + 1);
		k = map->kind == YAML_MAP ? map->first : NULL;
		while (k && key_compare(str_trim(k->value), name) != 0)
			k = k->next->next;
		if (!k)
			return NULL;
		map = k->next;
	}
	return k;
}

static size_t line_of_offset(struct str image, size_t at)
{
	size_t line = 1;
	for (size_t end; (end = str_full_line(image)) <= at && end; line++) {
		image = str_from(image, end);
		at -= end;
	}
	return line;
}

/*
 * What a merge kept for both sides, and which lines a person writes to settle it; no command
 * changes settings.
 */
static void tell_merged_setting(struct settings *s, const struct yaml_node *merged,
				const struct yaml_node *key)
{
	struct str name = text_upto(str_trim(key->value), 100);
	const struct yaml_node *stays = find_setting(s->root, str_trim(key->value));
	const struct yaml_node *other = key->next->kind == YAML_LIST ? key->next->first : key->next;
	struct str kept = other && other->kind == YAML_SCALAR ? other->value : STR("another value");
	struct str where = stays
			       ? arena_printf(s->arena, "line %zu has the one that holds",
					      line_of_offset(s->reporter->image, stays->span.from))
			       : STR("nothing is said of it now");
	bool line = merged->count == 1 || merged->style == YAML_BLOCK;
	report_warning(
	    s->reporter, key->span.from,
	    "for %.*s a merge also kept \"%.*s\", and %.*s: write what is right, and then "
	    "take %.*s out",
	    STR_ARG(name), STR_ARG(text_upto(kept, 100)), STR_ARG(where),
	    STR_ARG(line ? STR("this line")
			 : arena_printf(s->arena, "%.*s in this line", STR_ARG(name))));
}

static void read_merged_settings(struct settings *s, const struct yaml_node *node, void *to)
{
	(void)to;
	if (!is_setting(s, node, node->kind == YAML_MAP))
		return;
	s->reporter->check = NOTE_CHECK_KEPT;
	for (const struct yaml_node *key = node->first; key; key = key->next->next)
		tell_merged_setting(s, node, key);
	s->reporter->check = NULL;
}

static void read_queries(struct settings *s, const struct yaml_node *node, void *to)
{
	struct config *config = s->config;
	(void)to;
	if (!is_setting(s, node, node->kind == YAML_MAP))
		return;
	config->queries = ARENA_ARRAY(s->arena, struct named_query, node->count);
	for (const struct yaml_node *key = node->first; key; key = key->next->next) {
		const struct yaml_node *text = key->next;
		if (is_setting_twin(s, node, key) ||
		    !is_setting_text(s, text, "a query (kith help query)"))
			continue;
		size_t quote = text->style != YAML_PLAIN;
		struct place at = span_place(s->reporter->image, text->span.from + quote);
		config->queries[config->queries_count++] =
		    (struct named_query){arena_str(s->arena, key->value),
					 arena_str(s->arena, text->value), at.line, at.column};
	}
}

/* `Next`, or `{Waiting for: waiting}`; false, and reported, for anything else. */
static bool read_task_heading(struct settings *s, const struct yaml_node *node,
			      struct task_heading *out)
{
	bool told = node->kind == YAML_MAP && node->count == 1;
	const struct yaml_node *name = told ? node->first : node;
	struct str whose = told ? str_trim(name->next->value) : STR("");
	if (!is_setting_text(s, name, s->setting->expected))
		return false;
	*out = (struct task_heading){.name = arena_str(s->arena, str_trim(name->value)),
				     .waiting = str_ieq(whose, STR("waiting")),
				     .topic = str_ieq(whose, STR("topic"))};
	if (told && !out->waiting && !out->topic)
		tell_wrong_setting(s, name->next, "\"waiting\" or \"topic\"");
	return !told || out->waiting || out->topic;
}

static void read_task_headings(struct settings *s, const struct yaml_node *node, void *to)
{
	bool list = node->kind == YAML_LIST;
	const struct yaml_node *item = list ? node->first : node;
	size_t count = list ? node->count : 1;
	struct task_headings all = {ARENA_ARRAY(s->arena, struct task_heading, count), 0, false};
	struct task_headings *out = to;
	for (size_t i = 0; i < count; i++, item = item->next)
		if (read_task_heading(s, item, &all.items[all.count])) {
			all.some_told |= all.items[all.count].waiting | all.items[all.count].topic;
			all.count++;
		}
	if (all.count)
		*out = all;
}

/* `4 MiB`, `200 kB`, `4096`. */
static void read_size(struct settings *s, const struct yaml_node *node, void *to)
{
	static const struct {
		const char *name;
		long bytes;
	} units[] = {{"", 1},       {"b", 1},          {"kb", 1000},
		     {"kib", 1024}, {"mb", 1000000},   {"mib", 1024 * 1024},
		     {"k", 1024},   {"m", 1024 * 1024}};
	size_t *out = to;
	const long largest = 64L * 1024 * 1024;
	struct str text = node->kind == YAML_SCALAR ? str_trim(node->value) : STR("");
	size_t digits = str_digits(text);
	long number = str_number(str_upto(text, digits), largest);
	struct str unit = str_trim(str_from(text, digits));
	for (size_t i = 0; number > 0 && i < ARRAY_LEN(units); i++)
		if (str_ieq(unit, str_of(units[i].name)) && number <= largest / units[i].bytes) {
			*out = (size_t)(number * units[i].bytes);
			return;
		}
	(void)is_setting(s, node, false);
}

static void read_first_day(struct settings *s, const struct yaml_node *node, void *to)
{
	civil_day day, *out = to;
	if (is_setting(s, node,
		       node->kind == YAML_SCALAR &&
			   date_parse_all(str_trim(node->value), &day) == DATE_OK))
		*out = day;
}

/* So many settings a map may have. */
#define MOST_SETTINGS 32

static void tell_unknown_setting(struct settings *s, const struct setting *known, size_t count,
				 const struct yaml_node *key)
{
	struct str name = text_upto(key->value, 100);
	for (size_t i = 0; i < count; i++)
		if (text_distance(key->value, str_of(known[i].name), 2) <= 2) {
			report_error(s->reporter, key->span.from,
				     "unknown setting \"%.*s\" (did you mean \"%s\"?)",
				     STR_ARG(name), known[i].name);
			return;
		}
	report_error(s->reporter, key->span.from, "unknown setting \"%.*s\"", STR_ARG(name));
}

static void read_setting(struct settings *s, const struct setting *setting,
			 const struct yaml_node *node)
{
	s->setting = setting;
	setting->read(s, node, (char *)s->config + setting->at);
}

static void read_map(struct settings *s, const struct setting *known, size_t count,
		     const struct yaml_node *map)
{
	const struct yaml_node *last[MOST_SETTINGS] = {NULL};
	for (const struct yaml_node *key = map->first; key; key = key->next->next) {
		size_t which = 0;
		if (is_setting_twin(s, map, key) || yaml_is_null(key->next))
			continue;
		while (which < count && !str_eq(key->value, str_of(known[which].name)))
			which++;
		if (which == count)
			tell_unknown_setting(s, known, count, key);
		else if (known[which].last)
			last[which] = key->next;
		else if (known[which].read)
			read_setting(s, &known[which], key->next);
	}
	for (size_t i = 0; i < count; i++)
		if (last[i])
			read_setting(s, &known[i], last[i]);
}

#define SETTING(name, read, field, usual, expected)                                                \
	{                                                                                          \
		name, read, offsetof(struct config, field), usual, expected, NULL, false           \
	}
/* Read after the others: it may use the names of cadences. */
#define LATER(name, read, field, usual, expected)                                                  \
	{                                                                                          \
		name, read, offsetof(struct config, field), usual, expected, NULL, true            \
	}
/* A bool; without the setting it is the first. */
#define CHOICE(name, field, first, second)                                                         \
	{                                                                                          \
		name, read_choice, offsetof(struct config, field), NULL, first, second, false      \
	}

/* What `review` may hold. */
static const struct setting review_settings[] = {
    SETTING("reach_out", read_number, reach_out, NULL, NULL),
    SETTING("revive", read_number, revive, NULL, NULL),
    SETTING("ahead", read_interval, ahead, NULL, NULL),
    SETTING("late", read_interval, late, NULL, NULL),
    SETTING("apply", read_apply, apply, "ask", "ask, auto or never"),
};

static void read_review(struct settings *s, const struct yaml_node *node, void *to)
{
	(void)to;
	if (is_setting(s, node, node->kind == YAML_MAP))
		read_map(s, review_settings, ARRAY_LEN(review_settings), node);
}

/* What `sync` may hold. */
static const struct setting sync_settings[] = {
    SETTING("remind", read_interval, sync_remind, NULL, NULL),
};

static void read_sync(struct settings *s, const struct yaml_node *node, void *to)
{
	(void)to;
	if (is_setting(s, node, node->kind == YAML_MAP))
		read_map(s, sync_settings, ARRAY_LEN(sync_settings), node);
}

/* The form of a date as strptime reads it, with a year, a month and a day: `%Y-%m-%d`. */
static void read_date_form(struct settings *s, const struct yaml_node *node, void *to)
{
	static const char *const parts[] = {"Yy", "mbB", "d", "aA"};
	struct str *out = to, form = node->kind == YAML_SCALAR ? str_trim(node->value) : STR("");
	unsigned found = 0;
	bool known = true;
	for (size_t i = str_find_char(form, '%'); i < form.n && known;
	     i += 1 + str_find_char(str_from(form, i + 1), '%')) {
		char c = str_at(form, i + 1);
		known = false;
		for (unsigned p = 0; p < ARRAY_LEN(parts); p++)
			if (c && strchr(parts[p], c)) {
				found |= 1u << p;
				known = true;
			}
	}
	if (is_setting(s, node, known && (found & 7) == 7))
		*out = arena_str(s->arena, form);
}

/* What `daily`, `meetings` and `task_tags` may hold. */
static const struct setting daily_settings[] = {
    SETTING("folder", read_folder, daily_folder, NULL, "a folder inside the journal"),
    SETTING("form", read_date_form, daily_form, NULL, "the form of a date (%Y-%m-%d)"),
};
static const struct setting meetings_settings[] = {
    SETTING("folders", read_folders, meetings, NULL, "a folder inside the journal"),
};

static const struct setting task_tag_settings[] = {
    SETTING("promise", read_list, task_promise, NULL, "a tag or a list of tags"),
    SETTING("waiting", read_list, task_waiting, NULL, "a tag or a list of tags"),
    SETTING("topic", read_list, task_topic, NULL, "a tag or a list of tags"),
};

static void read_task_tags(struct settings *s, const struct yaml_node *node, void *to)
{
	(void)to;
	if (is_setting(s, node, node->kind == YAML_MAP))
		read_map(s, task_tag_settings, ARRAY_LEN(task_tag_settings), node);
}

static void read_daily(struct settings *s, const struct yaml_node *node, void *to)
{
	struct config *config = s->config;
	(void)to;
	if (!is_setting(s, node, node->kind == YAML_MAP))
		return;
	read_map(s, daily_settings, ARRAY_LEN(daily_settings), node);
	if (config->daily_folder.p && !config->daily_form.p)
		config->daily_form = STR("%Y-%m-%d");
}

static void read_meetings(struct settings *s, const struct yaml_node *node, void *to)
{
	(void)to;
	if (is_setting(s, node, node->kind == YAML_MAP))
		read_map(s, meetings_settings, ARRAY_LEN(meetings_settings), node);
}

/*
 * All settings: name, reader, field, what holds where nothing is said, and what a wrong value
 * should have been. A new one is a row here, a field of struct config, and its explanation for
 * people in templates/journal/kith.yaml, which `kith init` writes.
 */
static const struct setting settings[] = {
    SETTING("version", NULL, version, "1", NULL), /* read before all others */
    SETTING("people", read_folders, people, "people", "a folder inside the journal"),
    SETTING("reviews", read_folder, reviews, "reviews", "a folder inside the journal"),
    SETTING("ignore", read_globs, ignore, NULL, "a list of globs"),
    SETTING("since", read_first_day, since, NULL, "a date (2026-11-23)"),
    SETTING("cadences", read_cadences, cadences,
	    "{close: 3 weeks, regular: 2 months, light: 6 months, rare: 1 year}",
	    "a map of names and intervals (close: 3 weeks)"),
    LATER("cadence_default", read_cadence, cadence_default, "6 months", NULL),
    LATER("cadence_by_tag", read_by_tag, by_tag, NULL,
	  "a map of tags and intervals (mentor: close)"),
    SETTING("channels", read_list, channels,
	    "[call, coffee, email, message, meeting, lunch, dinner, visit, event, letter, gift,"
	    " intro, tried, note]",
	    "a list of words"),
    SETTING("new_ties", read_new_ties, new_ties, "[1 week, 1 month]", NULL),
    SETTING("review", read_review, reach_out,
	    "{reach_out: 7, revive: 2, ahead: 2 weeks, late: 2 weeks}",
	    "a map (reach_out, revive, ahead, late, apply)"),
    SETTING("sync", read_sync, sync_remind, "{remind: 3 days}", "a map (remind)"),
    SETTING("log_headings", read_list, log_headings,
	    "[Log, Interactions, Contact log, Meeting log, Meetings, Communications,"
	    " Conversations]",
	    "a list of headings"),
    SETTING("task_headings", read_task_headings, task_headings, "[Next]",
	    "a list of headings (Next, or Waiting for: waiting)"),
    SETTING("daily", read_daily, daily_folder, NULL, "a map (folder, form)"),
    SETTING("meetings", read_meetings, meetings, NULL, "a map (folders: [Meetings])"),
    SETTING("task_tags", read_task_tags, task_promise, NULL, "a map (promise, waiting, topic)"),
    CHOICE("task_dates", task_dates_emoji, "dataview", "emoji"),
    CHOICE("file_names", file_names_name, "slug", "name"),
    SETTING("only", read_only, only, NULL, "a map (type: person, tag: people)"),
    SETTING("queries", read_queries, queries, NULL,
	    "a map of names and queries (mentors: \"tag:mentor\")"),
    CHOICE("leap_day", leap_march, "february", "march"),
    CHOICE("commit", commit_manual, "auto", "manual"),
    CHOICE("keep_last_contact", keep_last_contact, "false", "true"),
    CHOICE("formerly", formerly_off, "on", "off"),
    SETTING("merged", read_merged_settings, version, NULL, "a map of settings and values"),
    SETTING("max_file", read_size, max_file, "4 MiB", "a size from 1 to 64 MiB (4 MiB)"),
};

/* False where the journal is of a newer version. */
static bool read_version(struct settings *s, const struct yaml_node *root)
{
	for (const struct yaml_node *key = root->first; key; key = key->next->next) {
		if (!str_eq(key->value, STR("version")) || yaml_is_null(key->next))
			continue;
		long version = key->next->kind == YAML_SCALAR
				   ? str_number(str_trim(key->next->value), 1000000)
				   : -1;
		if (version > CONFIG_VERSION) {
			report_error(
			    s->reporter, key->next->span.from,
			    "this journal is of version %ld, and this kith knows up to %d; "
			    "install a newer kith",
			    version, CONFIG_VERSION);
			return false;
		}
		if (version < 1)
			tell_wrong_setting(s, key->next, "a version (1)");
		else
			s->config->version = version;
	}
	return true;
}

bool config_read(struct config *config, struct arena *arena, struct reporter *reporter)
{
	struct settings s = {config, arena, reporter, NULL, NULL};
	struct str image = reporter->image;
	size_t bom = str_starts(image, STR("\xEF\xBB\xBF")) ? 3 : 0;
	struct yaml_node *root = yaml_read(image, (struct span){bom, image.n}, arena, reporter);

	if (yaml_is_null(root))
		return true;
	if (root->kind != YAML_MAP) {
		report_error(reporter, root->span.from, "settings are expected here (version: 1)");
		return true;
	}
	if (!read_version(&s, root))
		return false;
	s.root = root;
	read_map(&s, settings, ARRAY_LEN(settings), root);
	return true;
}

void config_default(struct config *config, struct arena *arena)
{
	struct buf b;
	*config = (struct config){.since = NO_DAY};
	buf_init(&b, 0);
	for (size_t i = 0; i < ARRAY_LEN(settings); i++)
		if (settings[i].usual)
			buf_printf(&b, "%s: %s\n", settings[i].name, settings[i].usual);
	struct reporter reporter = reporter_quiet(arena_take(arena, &b));
	(void)config_read(config, arena, &reporter);
}

bool config_glob(struct str pattern, struct str path)
{
	char glob[LONGEST_GLOB], file[4096];
	bool anchored = str_find_char(pattern, '/') + 1 < pattern.n;
	if (str_ends(pattern, STR("/")))
		pattern.n--;
	/* It says that the glob begins in the journal's folder, and paths have none. */
	if (pattern.n && pattern.p[0] == '/')
		pattern = str_from(pattern, 1);
	if (pattern.n >= sizeof(glob) || path.n >= sizeof(file))
		return false;
	memcpy(glob, pattern.p, pattern.n);
	glob[pattern.n] = '\0';
	int flags = str_find(pattern, STR("**")) < pattern.n ? 0 : FNM_PATHNAME;
	/* The path itself, and each folder above it. */
	for (size_t n = path.n; n > 0;) {
		memcpy(file, path.p, n);
		file[n] = '\0';
		char *name = strrchr(file, '/');
		if (fnmatch(glob, anchored || !name ? file : name + 1, flags) == 0)
			return true;
		n = name ? (size_t)(name - file) : 0;
	}
	return false;
}

/* What a sync program leaves beside a file that two sides changed. */
static bool is_sync_copy(struct str name)
{
	static const char *const marks[] = {".sync-conflict-", "(conflicted copy",
					    " conflicted copy"};
	for (size_t m = 0; m < ARRAY_LEN(marks); m++)
		for (size_t i = 0; (i += str_find_char(str_from(name, i), marks[m][0])) < name.n;
		     i++)
			if (str_istarts(str_from(name, i), str_of(marks[m])))
				return true;
	return false;
}

bool config_is_readme(struct str path)
{
	struct str name = str_base(path);
	return str_ieq(name, STR("README.md")) || str_ieq(name, STR("index.md")) ||
	       str_ieq(name, STR("_index.md"));
}

/* Whether it lies right below a folder of people. */
static bool is_at_top(const struct config *config, struct str path)
{
	struct str folder = str_upto(path, path.n - str_base(path).n - 1);
	for (size_t i = 0; i < config->people.count; i++) {
		struct str people = config->people.items[i];
		if (str_eq(folder, people) ||
		    (str_eq(people, STR(".")) && str_base(path).n == path.n))
			return true;
	}
	return false;
}

const char *config_passes_over(const struct config *config, struct str path, bool folder)
{
	struct str name = str_base(path);
	if (str_starts(name, STR(".")))
		return "its name begins with a dot";
	if (str_starts(name, STR("_")) && (folder || !config_is_readme(path)))
		return "its name begins with _";
	for (size_t i = 0; i < config->ignore.count; i++)
		if (config_glob(config->ignore.items[i], path))
			return "`ignore` in kith.yaml names it";
	if (folder && str_eq(path, STR("conflicts")))
		return "what a merge could not read";
	if (folder)
		return str_ieq(name, STR("templates")) || str_ieq(name, STR("template"))
			   ? PASSED_TEMPLATES
			   : NULL;
	if (is_sync_copy(name))
		return PASSED_SYNC_COPY;
	return config_is_readme(path) && is_at_top(config, path) ? PASSED_README : NULL;
}

bool config_is_heading(struct str heading, struct str name, struct arena *arena)
{
	heading = str_trim(heading);
	if (str_ends(heading, STR(":")))
		heading = str_rtrim(str_upto(heading, heading.n - 1));
	return text_same(heading, name, arena);
}

const struct task_heading *config_task_heading(const struct config *config, struct str heading,
					       struct arena *arena)
{
	for (size_t i = 0; i < config->task_headings.count; i++)
		if (config_is_heading(heading, config->task_headings.items[i].name, arena))
			return &config->task_headings.items[i];
	return NULL;
}

bool config_has_tag(struct strs tags, struct str tag)
{
	for (size_t i = 0; i < tags.count; i++) {
		struct str one = tags.items[i];
		one = str_starts(one, STR("#")) ? str_from(one, 1) : one;
		if (one.n && str_istarts(tag, one) && (tag.n == one.n || tag.p[one.n] == '/'))
			return true;
	}
	return false;
}

struct str config_new_tasks(const struct config *config)
{
	for (size_t i = 0; i < config->task_headings.count; i++)
		if (!config->task_headings.items[i].waiting &&
		    !config->task_headings.items[i].topic)
			return config->task_headings.items[i].name;
	return STR("Next");
}
