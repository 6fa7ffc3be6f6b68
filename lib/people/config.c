#include "people/config.h"

#include <fnmatch.h>
#include <string.h>

#include "base/interval.h"
#include "base/mem.h"
#include "base/text.h"
#include "note/yaml.h"

/* In bytes, with a NUL. */
#define LONGEST_GLOB 512

static const char *const default_channels[] = {"call",  "coffee", "email", "message", "meeting",
					       "lunch", "dinner", "visit", "event",   "letter",
					       "gift",  "intro",  "tried", "note"};
static const char *const default_headings[] = {
    "Log",           "Interactions", "Contact log", "Meeting log", "Meetings", "Communications",
    "Conversations", "Timeline",     "Journal",     "History"};
static const struct cadence_name default_cadences[] = {
    {{"close", 5}, {CADENCE_EVERY, {0, 21}}},
    {{"regular", 7}, {CADENCE_EVERY, {2, 0}}},
    {{"light", 5}, {CADENCE_EVERY, {6, 0}}},
    {{"rare", 4}, {CADENCE_EVERY, {12, 0}}},
};

static struct strs strs_of(const char *const *texts, size_t count, struct arena *arena)
{
	struct strs list = {ARENA_ARRAY(arena, struct str, count), count};
	for (size_t i = 0; i < count; i++)
		list.items[i] = str_of(texts[i]);
	return list;
}

void config_default(struct config *config, struct arena *arena)
{
	static const char *const people[] = {"people"};
	static const struct interval ties[] = {{0, 7}, {1, 0}};
	*config = (struct config){
	    .version = CONFIG_VERSION,
	    .people = strs_of(people, 1, arena),
	    .reviews = STR("reviews"),
	    .since = NO_DAY,
	    .cadences = {arena_copy(arena, default_cadences, ARRAY_LEN(default_cadences),
				    sizeof(default_cadences[0])),
			 ARRAY_LEN(default_cadences)},
	    .cadence_default = {CADENCE_EVERY, {6, 0}},
	    .channels = strs_of(default_channels, ARRAY_LEN(default_channels), arena),
	    .new_ties = arena_copy(arena, ties, ARRAY_LEN(ties), sizeof(ties[0])),
	    .new_ties_count = ARRAY_LEN(ties),
	    .reach_out = 7,
	    .revive = 2,
	    .ahead = {0, 14},
	    .late = {0, 14},
	    .log_headings = strs_of(default_headings, ARRAY_LEN(default_headings), arena),
	    .task_heading = STR("Next"),
	    .max_file = 4 * 1024 * 1024,
	};
}

/* One reading: the settings so far and where its findings go. */
struct settings {
	struct config *config;
	struct arena *arena;
	struct reporter *reporter;
	const struct yaml_node *cadence_default, *by_tag; /* read last: they may use the names */
};

static void wrong(struct settings *s, const struct yaml_node *node, const char *expected)
{
	if (node->kind == YAML_SCALAR)
		report_error(s->reporter, node->span.from, "\"%.*s\" is not %s",
			     STR_ARG(text_upto(node->value, 200)), expected);
	else
		report_error(s->reporter, node->span.from, "%s is expected here", expected);
}

static bool is_text(struct settings *s, const struct yaml_node *node, const char *expected)
{
	if (node->kind == YAML_SCALAR && str_trim(node->value).n)
		return true;
	wrong(s, node, expected);
	return false;
}

static void read_number(struct settings *s, const struct yaml_node *node, long *out)
{
	const char *expected = "a whole number (0 or more)";
	if (!is_text(s, node, expected))
		return;
	long number = str_number(str_trim(node->value), 1000000);
	if (number < 0)
		wrong(s, node, expected);
	else
		*out = number;
}

/* One of two words; true for the second. */
static void read_choice(struct settings *s, const struct yaml_node *node, const char *first,
			const char *second, bool *out)
{
	if (node->kind == YAML_SCALAR && str_ieq(node->value, str_of(first)))
		*out = false;
	else if (node->kind == YAML_SCALAR && str_ieq(node->value, str_of(second)))
		*out = true;
	else
		report_error(s->reporter, node->span.from, "\"%s\" or \"%s\" is expected here",
			     first, second);
}

static void read_strs(struct settings *s, const struct yaml_node *node, struct strs *out,
		      const char *expected)
{
	size_t count = node->kind == YAML_LIST ? node->count : 1;
	const struct yaml_node *item = node->kind == YAML_LIST ? node->first : node;
	struct strs list = {ARENA_ARRAY(s->arena, struct str, count), 0};
	if (node->kind == YAML_MAP) {
		wrong(s, node, expected);
		return;
	}
	for (size_t i = 0; i < count; i++, item = item->next)
		if (is_text(s, item, expected))
			list.items[list.count++] = arena_str(s->arena, str_trim(item->value));
	*out = list;
}

/* A folder inside the journal: relative, without `..`. */
static bool is_inside(struct str path)
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

static void read_folders(struct settings *s, const struct yaml_node *node, struct strs *out)
{
	struct strs list = {NULL, 0};
	read_strs(s, node, &list, "a folder inside the journal");
	for (size_t i = 0; i < list.count; i++) {
		if (!is_inside(list.items[i])) {
			report_error(s->reporter, node->span.from,
				     "\"%.*s\" is not a folder inside the journal",
				     STR_ARG(text_upto(list.items[i], 200)));
			return;
		}
		list.items[i] = plain_folder(list.items[i], s->arena);
	}
	if (list.count)
		*out = list;
}

static void read_ignore(struct settings *s, const struct yaml_node *node)
{
	struct strs all = {NULL, 0};
	read_strs(s, node, &all, "a list of globs");
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
		s->config->ignore = (struct strs){all.items, kept};
}

static bool read_interval(struct settings *s, const struct yaml_node *node, struct interval *out)
{
	if (!is_text(s, node, "an interval (2 weeks)"))
		return false;
	struct interval interval;
	enum interval_result result = interval_parse(node->value, &interval);
	if (result != INTERVAL_OK) {
		struct str why = interval_explain(node->value, result, s->arena);
		report_error(s->reporter, node->span.from, "%.*s", STR_ARG(why));
		return false;
	}
	*out = interval;
	return true;
}

static bool read_cadence(struct settings *s, const struct yaml_node *node, struct cadence *out)
{
	struct cadence cadence;
	struct str why;
	if (!is_text(s, node, "an interval, a name from cadences, or none"))
		return false;
	if (!cadence_parse(node->value, &s->config->cadences, &cadence, &why, s->arena)) {
		report_error(s->reporter, node->span.from, "%.*s", STR_ARG(why));
		return false;
	}
	*out = cadence;
	return true;
}

static bool is_map(struct settings *s, const struct yaml_node *node, const char *expected)
{
	if (node->kind == YAML_MAP)
		return true;
	wrong(s, node, expected);
	return false;
}

/* The same key twice in a map is an error, and the first one counts. */
static bool is_twin(struct settings *s, const struct yaml_node *map, const struct yaml_node *key)
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
static void read_cadences(struct settings *s, const struct yaml_node *node)
{
	struct cadence_names *names = &s->config->cadences;
	if (!is_map(s, node, "a map of names and intervals (close: 3 weeks)"))
		return;
	struct cadence_name *all =
	    ARENA_ARRAY(s->arena, struct cadence_name, names->count + node->count);
	memcpy(all, names->items, names->count * sizeof(*all));
	names->items = all;
	for (const struct yaml_node *key = node->first; key; key = key->next->next) {
		struct cadence cadence;
		if (is_twin(s, node, key) || !read_cadence(s, key->next, &cadence))
			continue;
		size_t at = 0;
		while (at < names->count && !str_ieq(all[at].name, key->value))
			at++;
		all[at] = (struct cadence_name){arena_str(s->arena, key->value), cadence};
		names->count += at == names->count;
	}
}

static void read_by_tag(struct settings *s, const struct yaml_node *node)
{
	struct config *config = s->config;
	if (!is_map(s, node, "a map of tags and intervals (mentor: close)"))
		return;
	config->by_tag = ARENA_ARRAY(s->arena, struct tag_cadence, node->count);
	for (const struct yaml_node *key = node->first; key; key = key->next->next) {
		struct tag_cadence *to = &config->by_tag[config->by_tag_count];
		struct str tag =
		    str_starts(key->value, STR("#")) ? str_from(key->value, 1) : key->value;
		if (is_twin(s, node, key) || !read_cadence(s, key->next, &to->cadence))
			continue;
		to->tag = arena_str(s->arena, tag);
		config->by_tag_count++;
	}
}

static void read_new_ties(struct settings *s, const struct yaml_node *node)
{
	struct config *config = s->config;
	const struct yaml_node *item = node->kind == YAML_LIST ? node->first : node;
	size_t count = node->kind == YAML_LIST ? node->count : 1, good = 0;
	struct interval *ties = ARENA_ARRAY(s->arena, struct interval, count);
	for (size_t i = 0; i < count; i++, item = item->next)
		good += read_interval(s, item, &ties[good]);
	if (good < count)
		return;
	config->new_ties = ties;
	config->new_ties_count = good;
}

static void unknown(struct settings *s, const struct yaml_node *key, const char *const *known,
		    size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_distance(key->value, str_of(known[i]), 2) <= 2) {
			report_error(s->reporter, key->span.from,
				     "unknown setting \"%.*s\" (did you mean \"%s\"?)",
				     STR_ARG(text_upto(key->value, 100)), known[i]);
			return;
		}
	report_error(s->reporter, key->span.from, "unknown setting \"%.*s\"",
		     STR_ARG(text_upto(key->value, 100)));
}

static void read_review(struct settings *s, const struct yaml_node *node)
{
	static const char *const known[] = {"reach_out", "revive", "ahead", "late"};
	struct config *config = s->config;
	if (!is_map(s, node, "a map (reach_out, revive, ahead, late)"))
		return;
	for (const struct yaml_node *key = node->first; key; key = key->next->next) {
		const struct yaml_node *value = key->next;
		if (is_twin(s, node, key))
			continue;
		if (str_eq(key->value, STR("reach_out")))
			read_number(s, value, &config->reach_out);
		else if (str_eq(key->value, STR("revive")))
			read_number(s, value, &config->revive);
		else if (str_eq(key->value, STR("ahead")))
			read_interval(s, value, &config->ahead);
		else if (str_eq(key->value, STR("late")))
			read_interval(s, value, &config->late);
		else
			unknown(s, key, known, ARRAY_LEN(known));
	}
}

static void read_only(struct settings *s, const struct yaml_node *node)
{
	struct config *config = s->config;
	if (!is_map(s, node, "a map (type: person, tag: people)"))
		return;
	config->only = ARENA_ARRAY(s->arena, struct config_pair, node->count);
	for (const struct yaml_node *key = node->first; key; key = key->next->next)
		if (!is_twin(s, node, key) && is_text(s, key->next, "a text"))
			config->only[config->only_count++] = (struct config_pair){
			    arena_str(s->arena, key->value), arena_str(s->arena, key->next->value)};
}

/* `4 MiB`, `200 kB`, `4096`. */
static void read_size(struct settings *s, const struct yaml_node *node)
{
	static const struct {
		const char *name;
		long bytes;
	} units[] = {{"", 1},       {"b", 1},          {"kb", 1000},
		     {"kib", 1024}, {"mb", 1000000},   {"mib", 1024 * 1024},
		     {"k", 1024},   {"m", 1024 * 1024}};
	const long largest = 64L * 1024 * 1024;
	struct str text = node->kind == YAML_SCALAR ? str_trim(node->value) : STR("");
	size_t digits = 0;
	while (digits < text.n && str_is_digit(text.p[digits]))
		digits++;
	long number = str_number(str_upto(text, digits), largest);
	struct str unit = str_trim(str_from(text, digits));
	for (size_t i = 0; number > 0 && i < ARRAY_LEN(units); i++)
		if (str_ieq(unit, str_of(units[i].name)) && number <= largest / units[i].bytes) {
			s->config->max_file = (size_t)(number * units[i].bytes);
			return;
		}
	wrong(s, node, "a size from 1 to 64 MiB (4 MiB)");
}

static void read_since(struct settings *s, const struct yaml_node *node)
{
	civil_day day;
	if (node->kind == YAML_SCALAR && date_parse_all(str_trim(node->value), &day) == DATE_OK)
		s->config->since = day;
	else
		wrong(s, node, "a date (2026-11-23)");
}

static void read_reviews(struct settings *s, const struct yaml_node *node)
{
	struct strs folders = {&s->config->reviews, 1};
	if (node->kind == YAML_SCALAR)
		read_folders(s, node, &folders);
	else
		wrong(s, node, "a folder inside the journal");
	s->config->reviews = folders.items[0];
}

static void read_task_heading(struct settings *s, const struct yaml_node *node)
{
	if (is_text(s, node, "a heading"))
		s->config->task_heading = arena_str(s->arena, str_trim(node->value));
}

static void read_key(struct settings *s, const struct yaml_node *key, const struct yaml_node *value)
{
	static const char *const known[] = {
	    "version",  "people",          "reviews",        "ignore",     "since",
	    "cadences", "cadence_default", "cadence_by_tag", "channels",   "new_ties",
	    "review",   "log_headings",    "task_heading",   "task_dates", "file_names",
	    "only",     "leap_day",        "commit",         "max_file"};
	struct config *config = s->config;
	size_t which = 0;
	while (which < ARRAY_LEN(known) && !str_eq(key->value, str_of(known[which])))
		which++;
	switch (which) {
	case 0: /* read before all others */
		return;
	case 1:
		read_folders(s, value, &config->people);
		return;
	case 2:
		read_reviews(s, value);
		return;
	case 3:
		read_ignore(s, value);
		return;
	case 4:
		read_since(s, value);
		return;
	case 5:
		read_cadences(s, value);
		return;
	case 6:
		s->cadence_default = value;
		return;
	case 7:
		s->by_tag = value;
		return;
	case 8:
		read_strs(s, value, &config->channels, "a list of words");
		return;
	case 9:
		read_new_ties(s, value);
		return;
	case 10:
		read_review(s, value);
		return;
	case 11:
		read_strs(s, value, &config->log_headings, "a list of headings");
		return;
	case 12:
		read_task_heading(s, value);
		return;
	case 13:
		read_choice(s, value, "dataview", "emoji", &config->task_dates_emoji);
		return;
	case 14:
		read_choice(s, value, "slug", "name", &config->file_names_name);
		return;
	case 15:
		read_only(s, value);
		return;
	case 16:
		read_choice(s, value, "february", "march", &config->leap_march);
		return;
	case 17:
		read_choice(s, value, "auto", "manual", &config->commit_manual);
		return;
	case 18:
		read_size(s, value);
		return;
	default:
		unknown(s, key, known, ARRAY_LEN(known));
	}
}

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
			wrong(s, key->next, "a version (1)");
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
	for (const struct yaml_node *key = root->first; key; key = key->next->next)
		if (!is_twin(&s, root, key) && !yaml_is_null(key->next))
			read_key(&s, key, key->next);
	if (s.cadence_default)
		read_cadence(&s, s.cadence_default, &config->cadence_default);
	if (s.by_tag)
		read_by_tag(&s, s.by_tag);
	return true;
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

bool config_ignores(const struct config *config, struct str path)
{
	for (size_t i = 0; i < config->ignore.count; i++)
		if (config_glob(config->ignore.items[i], path))
			return true;
	return false;
}

bool config_is_heading(struct str heading, struct str name, struct arena *arena)
{
	heading = str_trim(heading);
	if (str_ends(heading, STR(":")))
		heading = str_rtrim(str_upto(heading, heading.n - 1));
	return text_same(heading, name, arena);
}
