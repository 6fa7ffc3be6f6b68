/* kith.yaml: every key, what is wrong with it and where, and the globs of `ignore`. */
#include "people/config.h"
#include "reading.h"

struct loaded {
	struct arena arena;
	struct diag diag;
	struct config config;
	bool known; /* its version */
};

static void load(struct loaded *l, const char *text)
{
	struct reporter reporter;
	arena_init(&l->arena);
	diag_init(&l->diag, &l->arena);
	config_default(&l->config, &l->arena);
	reporter_init(&reporter, str_of(text), STR("kith.yaml"), &l->diag);
	l->known = config_read(&l->config, &l->arena, &reporter);
}

static void unload(struct loaded *l)
{
	diag_release(&l->diag);
	arena_release(&l->arena);
}

static void fact_number(struct buf *b, const char *name, long number)
{
	fact(b, name);
	buf_printf(b, "%ld", number);
}

static void fact_interval(struct buf *b, const char *name, struct interval i)
{
	fact(b, name);
	buf_printf(b, "%d months %d days", i.months, i.days);
}

/* One line a setting, with its key before it, so that tables can name one of them. */
static void describe(struct buf *b, struct loaded *l)
{
	struct config *c = &l->config;
	struct arena *a = &l->arena;
	fact_number(b, "version ", c->version);
	fact_strs(b, "people ", c->people);
	fact_text(b, "reviews ", c->reviews);
	fact_strs(b, "ignore ", c->ignore);
	fact_day(b, "since ", c->since);
	for (size_t i = 0; i < c->cadences.count; i++) {
		fact_text(b, "cadence ", c->cadences.items[i].name);
		buf_addz(b, " ");
		buf_add(b, cadence_words(c->cadences.items[i].cadence, a));
	}
	fact_text(b, "cadence_default ", cadence_words(c->cadence_default, a));
	for (size_t i = 0; i < c->by_tag_count; i++) {
		fact_text(b, "by_tag ", c->by_tag[i].tag);
		buf_addz(b, " ");
		buf_add(b, cadence_words(c->by_tag[i].cadence, a));
	}
	fact_strs(b, "channels ", c->channels);
	for (size_t i = 0; i < c->new_ties_count; i++)
		fact_interval(b, "new_tie ", c->new_ties[i]);
	fact_number(b, "reach_out ", c->reach_out);
	fact_number(b, "revive ", c->revive);
	fact_interval(b, "ahead ", c->ahead);
	fact_interval(b, "late ", c->late);
	fact_strs(b, "log_headings ", c->log_headings);
	for (size_t i = 0; i < c->task_headings.count; i++) {
		const struct task_heading *t = &c->task_headings.items[i];
		fact_text(b,
			  t->waiting ? "awaited "
			  : t->topic ? "topics "
				     : "task_heading ",
			  t->name);
	}
	fact(b, c->task_dates_emoji ? "emoji" : "dataview");
	fact(b, c->file_names_name ? "name" : "slug");
	for (size_t i = 0; i < c->only_count; i++) {
		fact_text(b, "only ", c->only[i].key);
		buf_addz(b, "=");
		buf_add(b, c->only[i].value);
	}
	if (c->task_promise.count)
		fact_strs(b, "promise ", c->task_promise);
	if (c->task_waiting.count)
		fact_strs(b, "waiting ", c->task_waiting);
	if (c->task_topic.count)
		fact_strs(b, "topic ", c->task_topic);
	if (c->daily_folder.p) {
		fact_text(b, "daily ", c->daily_folder);
		buf_addc(b, ' ');
		buf_add(b, c->daily_form);
	}
	if (c->meetings.count)
		fact_strs(b, "meetings ", c->meetings);
	fact(b, c->leap_march ? "march" : "february");
	fact(b, c->commit_manual ? "manual" : "auto");
	fact_number(b, "max_file ", (long)c->max_file);
}

static const char defaults[] =
    "version 1; people people; reviews reviews; cadence close 3 weeks; cadence regular 2 months; "
    "cadence light 6 months; cadence rare 1 year; cadence_default 6 months; "
    "channels call|coffee|email|message|meeting|lunch|dinner|visit|event|letter|gift|intro|tried|"
    "note; new_tie 0 months 7 days; new_tie 1 months 0 days; reach_out 7; revive 2; "
    "ahead 0 months 14 days; late 0 months 14 days; "
    "log_headings Log|Interactions|Contact log|Meeting log|Meetings|Communications|Conversations; "
    "task_heading Next; dataview; slug; february; auto; "
    "max_file 4194304";

/* The facts that are others than the defaults', old ones with a `-` before them. */
static void differences(struct buf *out, struct loaded *l)
{
	struct buf all;
	buf_init(&all, 0);
	describe(&all, l);
	for (int turn = 0; turn < 2; turn++) {
		struct str rest = turn ? buf_str(&all) : str_of(defaults);
		const char *other = turn ? defaults : all.p;
		while (rest.n) {
			char item[1024];
			size_t end = str_find(rest, STR("; "));
			snprintf(item, sizeof(item), "; %.*s;", (int)end, rest.p);
			rest = str_from(rest, end + 2);
			struct buf framed;
			buf_init(&framed, 0);
			buf_printf(&framed, "; %s;", other);
			if (!strstr(framed.p, item)) {
				fact(out, turn ? "" : "-");
				buf_add(out, str_slice(str_of(item), 2, strlen(item) - 1));
			}
			buf_release(&framed);
		}
	}
	buf_release(&all);
}

struct config_case {
	const char *text, *facts, *findings;
};

static void check(const struct config_case *cases, size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct loaded l;
		struct buf got;
		buf_init(&got, 0);
		load(&l, cases[i].text);
		assert_true(l.known);
		differences(&got, &l);
		bad += differs(&got, cases[i].facts, cases[i].text);
		buf_clear(&got);
		facts_findings(&got, &l.diag);
		bad += differs(&got, cases[i].findings, cases[i].text);
		buf_release(&got);
		unload(&l);
	}
	assert_int_equal(bad, 0);
}

#define CHECK(cases) check(cases, ARRAY_LEN(cases))

static void nothing_said(void **state)
{
	(void)state;
	struct loaded l;
	struct buf got;
	buf_init(&got, 0);
	load(&l, "");
	describe(&got, &l);
	assert_string_equal(got.p, defaults);
	buf_release(&got);
	unload(&l);
	static const struct config_case cases[] = {
	    {"# a comment\n", "", ""},
	    {"---\n", "", ""},
	    {"version: 1\n", "", ""},
	    {"\xEF\xBB\xBFversion: 1\r\npeople: people\r\n", "", ""},
	    {"people:\nsince: ~\nchannels: null\nreview:\n", "", ""},
	};
	CHECK(cases);
}

static void every_key(void **state)
{
	(void)state;
	static const struct config_case cases[] = {
	    {"people: contacts", "-people people; people contacts", ""},
	    {"people: [a, b/c]", "-people people; people a|b/c", ""},
	    {"people: a/", "-people people; people a", ""},
	    {"people: ./a//b/./", "-people people; people a/b", ""},
	    {"people: [., ./]", "-people people; people .|.", ""},
	    {"people: .a/...", "-people people; people .a/...", ""},
	    {"reviews: ./weeks", "-reviews reviews; reviews weeks", ""},
	    {"reviews: .", "-reviews reviews; reviews .", ""},
	    {"reviews: weeks", "-reviews reviews; reviews weeks", ""},
	    {"ignore: ['*.tmp.md', Archive/]", "ignore *.tmp.md|Archive/", ""},
	    {"ignore: []", "", ""},
	    {"since: 2026-11-23", "since 2026-11-23", ""},
	    {"cadences: {close: 10 days}", "-cadence close 3 weeks; cadence close 10 days", ""},
	    {"cadences: {Close: 10 days}", "-cadence close 3 weeks; cadence Close 10 days", ""},
	    {"cadences: {family: 2 weeks, never: none}",
	     "cadence family 2 weeks; cadence never none", ""},
	    {"cadence_default: close", "-cadence_default 6 months; cadence_default 3 weeks", ""},
	    {"cadence_default: 40 days", "-cadence_default 6 months; cadence_default 40 days", ""},
	    {"cadence_default: none", "-cadence_default 6 months; cadence_default none", ""},
	    {"cadence_default: family\ncadences: {family: 2 weeks}",
	     "-cadence_default 6 months; cadence family 2 weeks; cadence_default 2 weeks", ""},
	    {"cadence_by_tag: {mentor: close, author: none, '#x': 2 weeks}",
	     "by_tag mentor 3 weeks; by_tag author none; by_tag x 2 weeks", ""},
	    {"new_ties: [3 days]",
	     "-new_tie 0 months 7 days; -new_tie 1 months 0 days; new_tie 0 months 3 days", ""},
	    {"new_ties: []", "-new_tie 0 months 7 days; -new_tie 1 months 0 days", ""},
	    {"review: {reach_out: 0, revive: 5}", "-reach_out 7; -revive 2; reach_out 0; revive 5",
	     ""},
	    {"review: {ahead: 1 month}", "-ahead 0 months 14 days; ahead 1 months 0 days", ""},
	    {"review: {late: 3 days}", "-late 0 months 14 days; late 0 months 3 days", ""},
	    {"task_headings: To do", "-task_heading Next; task_heading To do", ""},
	    {"task_headings: [To do, {Waiting for: waiting}, {Ask: topic}]",
	     "-task_heading Next; task_heading To do; awaited Waiting for; topics Ask", ""},
	    {"task_dates: emoji", "-dataview; emoji", ""},
	    {"task_dates: dataview", "", ""},
	    {"file_names: name", "-slug; name", ""},
	    {"task_tags: {promise: task, waiting: [a, b], topic: '#ask'}",
	     "promise task; waiting a|b; topic #ask", ""},
	    {"daily: {folder: D}", "daily D %Y-%m-%d", ""},
	    {"daily: {form: \"%Y_%m_%d\", folder: D/e/}", "daily D/e %Y_%m_%d", ""},
	    {"meetings: {folders: [M, N]}", "meetings M|N", ""},
	    {"only: {type: [person, friend]}", "only type=person; only type=friend", ""},
	    {"only: {type: person, tag: people}", "only type=person; only tag=people", ""},
	    {"leap_day: march", "-february; march", ""},
	    {"commit: manual", "-auto; manual", ""},
	    {"max_file: 1 MiB", "-max_file 4194304; max_file 1048576", ""},
	    {"max_file: 200 kB", "-max_file 4194304; max_file 200000", ""},
	    {"max_file: 4096", "-max_file 4194304; max_file 4096", ""},
	    {"max_file: 64 MiB", "-max_file 4194304; max_file 67108864", ""},
	};
	CHECK(cases);
	struct loaded l;
	load(&l, "channels: [fax]\nlog_headings: [Seen, 連絡]\n");
	assert_int_equal(l.config.channels.count, 1);
	assert_true(str_eq(l.config.channels.items[0], STR("fax")));
	assert_int_equal(l.config.log_headings.count, 2);
	assert_true(str_eq(l.config.log_headings.items[1], STR("連絡")));
	unload(&l);
}

/* Each is an error at its line, and the default stays. */
static void wrong_values(void **state)
{
	(void)state;
	static const struct config_case cases[] = {
	    {"chanels: [a]", "", "1:1 error"},
	    {"version: 1\nfrobnicate: yes", "", "2:1 error"},
	    {"daily: notes", "", "1:8 error"},
	    {"daily: {folder: ../x}", "", "1:17 error"},
	    {"daily: {folder: D, form: \"%Y-%m\"}", "daily D %Y-%m-%d", "1:26 error"},
	    {"daily: {folder: D, form: \"%H %Y-%m-%d\"}", "daily D %Y-%m-%d", "1:26 error"},
	    {"meetings: [a]", "", "1:11 error"},
	    {"task_tags: [task]", "", "1:12 error"},
	    {"task_tags: {mine: task}", "", "1:13 error"},
	    {"version: 0", "", "1:10 error"},
	    {"version: one", "", "1:10 error"},
	    {"version: [1]", "", "1:10 error"},
	    {"people: {a: b}", "", "1:9 error"},
	    {"people: /etc", "", "1:9 error"},
	    {"people: a/../../b", "", "1:9 error"},
	    {"people: [a, ..]", "", "1:9 error"},
	    {"people: ./..", "", "1:9 error"},
	    {"reviews: [a]", "", "1:10 error"},
	    {"reviews: ../a", "", "1:10 error"},
	    {"ignore: {a: b}", "", "1:9 error"},
	    {"since: 2026-02-30", "", "1:8 error"},
	    {"since: 2026-11", "", "1:8 error"},
	    {"since: 03/04/2026", "", "1:8 error"},
	    {"since: [2026-11-23]", "", "1:8 error"},
	    {"cadences: [close]", "", "1:11 error"},
	    {"cadences: {close: 3 weks}", "", "1:19 error"},
	    {"cadences: {close: biweekly, x: 1 week}", "cadence x 1 week", "1:19 error"},
	    {"cadences: {close: 0}", "", "1:19 error"},
	    {"cadence_default: clse", "", "1:18 error"},
	    {"cadence_by_tag: [a]", "", "1:17 error"},
	    {"cadence_by_tag: {a: 6 weks, b: none}", "by_tag b none", "1:21 error"},
	    {"channels: {a: b}", "", "1:11 error"},
	    {"new_ties: [1 week, 1 moth]", "", "1:20 error"},
	    {"new_ties: {a: b}", "", "1:11 error"},
	    {"review: [a]", "", "1:9 error"},
	    {"review: {reachout: 7}", "", "1:10 error"},
	    {"review: {reach_out: -1}", "", "1:21 error"},
	    {"review: {reach_out: many}", "", "1:21 error"},
	    {"review: {reach_out: 99999999999999999999}", "", "1:21 error"},
	    {"review: {revive: -2, reach_out: 3}", "-reach_out 7; reach_out 3", "1:18 error"},
	    {"review: {ahead: 2 weks}", "", "1:17 error"},
	    {"review: {late: 0}", "", "1:16 error"},
	    {"task_headings: [[a]]", "", "1:17 error"},
	    {"task_headings: {a: mine}", "", "1:20 error"},
	    {"task_heading: Next", "", "1:1 error"},
	    {"task_dates: org", "", "1:13 error"},
	    {"file_names: upper", "", "1:13 error"},
	    {"only: [a]", "", "1:7 error"},
	    {"leap_day: april", "", "1:11 error"},
	    {"commit: yes", "", "1:9 error"},
	    {"max_file: -1", "", "1:11 error"},
	    {"max_file: 0", "", "1:11 error"},
	    {"max_file: big", "", "1:11 error"},
	    {"max_file: 65 MiB", "", "1:11 error"},
	    {"max_file: 99999999999999999999 MiB", "", "1:11 error"},
	    {"since: 2026-01-01\nsince: 2026-01-02", "since 2026-01-01", "2:1 error"},
	    {"- a", "", "1:1 error"},
	    {"text", "", "1:1 error"},
	    {"people: a\nreviews: [b", "-people people; people a", "2:10 error; 2:12 error"},
	    {"since: &a 2026-01-01", "since 2026-01-01", "1:8 error"},
	    {"people: a\n---\nreviews: b", "-people people; people a", "2:1 error"},
	};
	CHECK(cases);
}

/* The same key twice is an error in the maps below the top too. */
static void twice_within_a_map(void **state)
{
	(void)state;
	static const struct config_case cases[] = {
	    {"review:\n  revive: 3\n  revive: 4", "-revive 2; revive 3", "3:3 error"},
	    {"cadences:\n  a: 1 week\n  a: 2 weeks", "cadence a 1 week", "3:3 error"},
	    {"cadence_by_tag:\n  a: 1 week\n  a: 2 weeks", "by_tag a 1 week", "3:3 error"},
	    {"only:\n  a: b\n  a: c", "only a=b", "3:3 error"},
	};
	CHECK(cases);
}

static void newer_versions_are_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {"version: 2", "people: [\nversion: 99",
					    "frobnicate: 1\nversion: 2\n"};
	struct loaded l;
	load(&l, texts[0]);
	assert_false(l.known);
	assert_true(is_told(&l.diag, "install a newer kith"));
	unload(&l);
	load(&l, texts[2]);
	assert_false(l.known);
	/* What it does not know may be right there. */
	assert_int_equal(l.diag.count, 1);
	unload(&l);
}

static void guesses(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"chanels: [a]", "did you mean \"channels\"?"},
	    {"review: {reachout: 7}", "did you mean \"reach_out\"?"},
	    {"cadence_default: clse", "did you mean \"close\"?"},
	    {"review: {ahead: 2 weks}", "did you mean \"2 weeks\"?"},
	    {"task_dates: org", "\"dataview\" or \"emoji\""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct loaded l;
		load(&l, cases[i][0]);
		assert_true(is_told(&l.diag, cases[i][1]));
		unload(&l);
	}
}

static void globs(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *path;
		bool matches;
	} cases[] = {
	    {"*.md", "people/a.md", true},
	    {"a.md", "people/x/a.md", true},
	    {"a.md", "people/ba.md", false},
	    {"people/*.md", "people/a.md", true},
	    {"people/*.md", "people/x/a.md", false},
	    {"people/**/a.md", "people/x/y/a.md", true},
	    {"Archive", "people/Archive/a.md", true},
	    {"Archive/", "people/Archive/a.md", true},
	    {"people/x", "people/x/y/a.md", true},
	    {"x/a.md", "people/x/a.md", false},
	    {"?.md", "people/a.md", true},
	    {"?.md", "people/ab.md", false},
	    {"[a-c].md", "people/b.md", true},
	    {"[a-c].md", "people/d.md", false},
	    {"A.md", "people/a.md", false},
	    {"", "people/a.md", false},
	    {"[", "people/[", true},
	    {"/people/a.md", "people/a.md", true},
	    {"/people/", "people/a.md", true},
	    {"/a.md", "people/a.md", false},
	    {"/", "people/a.md", false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool got = config_glob(str_of(cases[i].pattern), str_of(cases[i].path));
		if (got != cases[i].matches)
			print_error("%s %s\n", cases[i].pattern, cases[i].path);
		assert_int_equal(got, cases[i].matches);
	}
}

static void long_globs_are_told(void **state)
{
	(void)state;
	for (size_t length = 511; length <= 512; length++) {
		struct loaded l;
		struct buf text;
		buf_init(&text, 0);
		buf_addz(&text, "ignore: [a, ");
		buf_fill(&text, 'x', length);
		buf_addz(&text, "]\n");
		load(&l, text.p);
		assert_int_equal(l.config.ignore.count, length == 511 ? 2 : 1);
		assert_int_equal(l.diag.count, length == 511 ? 0 : 1);
		assert_int_equal(is_told(&l.diag, "more than 511 bytes"), length == 512);
		unload(&l);
		buf_release(&text);
	}
}

static void globs_stay_quick(void **state)
{
	(void)state;
	struct str pattern = STR("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b");
	struct str path =
	    STR("people/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	assert_false(config_glob(pattern, path));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nothing_said),
	    cmocka_unit_test(every_key),
	    cmocka_unit_test(wrong_values),
	    cmocka_unit_test(twice_within_a_map),
	    cmocka_unit_test(newer_versions_are_refused),
	    cmocka_unit_test(guesses),
	    cmocka_unit_test(globs),
	    cmocka_unit_test(long_globs_are_told),
	    cmocka_unit_test(globs_stay_quick),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
