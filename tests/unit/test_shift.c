/* Moved dates: each form, what stays, and the example journal, whose facts must move with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "base/fs.h"
#include "change/shift.h"
#include "insight/dates.h"
#include "insight/reckon.h"
#include "people/journal.h"
#include "report/carried.h"

#define MONDAY 20780 /* 2026-11-23 */

static void check(const char *text, int days, const char *wanted)
{
	struct buf out;
	buf_init(&out, 0);
	shift_dates(&out, str_of(text), MONDAY, MONDAY + days);
	assert_string_equal(out.p, wanted);
	buf_release(&out);
}

static void the_day_is_the_examples(void **state)
{
	(void)state;
	assert_int_equal(day_from_ymd(2026, 11, 23), MONDAY);
	assert_int_equal(day_weekday(MONDAY), 1);
}

static void each_form_stays_itself(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"- 2026-11-30 call", "- 2026-12-07 call"},
	    {"2026/11/30", "2026/12/07"},
	    {"2026-12-31: x", "2027-01-07: x"},
	    {"+ 20251012 letter", "+ 20251019 letter"},
	    {"2026-W48-1", "2026-W49-1"},
	    {"2026W487", "2026W497"},
	    {"2026-w53-5", "2027-w01-5"},
	    {"2026-9-5", "2026-9-12"},
	    {"2026/9/28", "2026/10/5"},
	    {"13/04/2026", "20/04/2026"},
	    {"04/13/2026", "04/20/2026"},
	    {"28/4/2026", "5/5/2026"},
	    {"30/04/2026", "2026-05-07"}, /* 07/05 reads two ways */
	    {"04/30/2026", "2026-05-07"},
	    {"2026-11-30T14:30 x", "2026-12-07T14:30 x"},
	    {"2026-11-30 14:30-15:00 x", "2026-12-07 14:30-15:00 x"},
	    {"20261130 14:30 x", "20261207 14:30 x"},
	    {"2026-11-28 \xE2\x80\x93 2026-11-30", "2026-12-05 \xE2\x80\x93 2026-12-07"},
	    {"2026-11-28\xE2\x80\x93"
	     "2026-11-30",
	     "2026-12-05\xE2\x80\x93"
	     "2026-12-07"},
	    {"**2026-11-30** _2026-11-30_", "**2026-12-07** _2026-11-30_"},
	    {"[[2026-11-30]], \"2026-11-30\".", "[[2026-12-07]], \"2026-12-07\"."},
	    {"(due:: 2026-11-30) [due:: 2026-11-30] due:2026-11-30 @due(2026-11-30)",
	     "(due:: 2026-12-07) [due:: 2026-12-07] due:2026-12-07 @due(2026-12-07)"},
	    {"\xF0\x9F\x93\x85"
	     "2026-11-30 \xE2\x9C\x85 2026-11-30",
	     "\xF0\x9F\x93\x85"
	     "2026-12-07 \xE2\x9C\x85 2026-12-07"},
	    {"### 2026-11-30 call\r\n\r\nx", "### 2026-12-07 call\r\n\r\nx"},
	    {"2026-02-22", "2026-03-01"},
	    {"2024-02-22", "2024-02-29"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check(cases[i][0], 7, cases[i][1]);
	check("2026-11-30 2026-W48-7", -7, "2026-11-23 2026-W47-7");
	check("2026-11-30 and 1 day", 1, "2026-12-01 and 1 day");
}

static void what_is_no_full_date_stays(void **state)
{
	(void)state;
	static const char *const texts[] = {
	    "",
	    "### 2026",
	    "2026-11, 2026/11, 2026-W48, 2026, 26-11-30, --11-26, --1126, 11-26, XXXX-11-26",
	    "2026-02-30 2026-13-01 2026-W54-1 20260230",
	    "03/04/2026",
	    "+49 30 20261130, (030) 20261130, 20261130 42, 0120261130, 2026113012",
	    "978-2026-11-30, 2026-11-30-1, 2026-11-30.md, v2026-11-30, 2026-11-30a",
	    "https://x.example/2026/11/30/page reviews/2026-11-30 ^2026-11-30 x_2026-11-30",
	    "urn:uuid:6f1f8a52-3c1e-4d0b-9a57-0d6c20261130",
	    "---\nphone: 20261130\n---\n",
	    "---\ntel:\n  - 20261130\n  - mobile 20261130\n---\n",
	    "---\nbirthday: 1984\n---\n",
	    "---\nbirthday: 1984?\n---\n",
	    "---\nbirthday: 198X\n---\n",
	    "---\nbirthday: 1984-11\n---\n",
	    "---\nmet: 2019-05\n---\n",
	    "9999-12-30",
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		check(texts[i], 7, texts[i]);
	check("0001-01-03", -7, "0001-01-03");
}

static void nothing_moves_by_nothing(void **state)
{
	(void)state;
	size_t count;
	const struct carried *carried = carried_list(&count);
	struct buf out;
	assert_true(count > 0);
	buf_init(&out, 0);
	for (size_t i = 0; i < count; i++) {
		buf_clear(&out);
		shift_dates(&out, carried[i].bytes, MONDAY, MONDAY);
		assert_true(str_eq(buf_str(&out), carried[i].bytes));
	}
	buf_release(&out);
}

/* What comes back each year: its occurrence around the day moves. */
static void yearly_dates_move_by_their_occurrence(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int days;
		const char *wanted;
	} cases[] = {
	    {"birthday: 1984-11-26", 7, "birthday: 1984-12-03"},
	    {"birthday: 1984-11-26", 42, "birthday: 1985-01-07"},
	    /* 2027-11-27 is 52 weeks and 3 days after 2026-11-26, as in any year without a leap day
	     */
	    {"birthday: 1984-11-26", 364, "birthday: 1985-11-25"},
	    /* 2028-03-30 lies after a leap day, 1986-03-30 does not: it is the former that counts
	     */
	    {"birthday: 1984-11-26", 490, "birthday: 1986-03-30"},
	    {"born: 19841126   # 1984-11-26", 490, "born: 19860330   # 1986-03-30"},
	    {"bday: --11-26", 490, "bday: --03-30"},
	    {"Date-of_Birth: '--1126'", 490, "Date-of_Birth: '--0330'"},
	    {"birthday: \"11-26\"", 490, "birthday: \"03-30\""},
	    {"birthday: xxxx-11-26", 490, "birthday: xxxx-03-30"},
	    {"birthday: --3-8", 7, "birthday: --3-15"},
	    {"birthday: 1604-11-26", 42, "birthday: 1604-01-07"},
	    {"birthday: 1992-02-29", 364, "birthday: 1993-02-28"},
	    {"birthday: --02-29", 7, "birthday: --03-08"},
	    {"birthday: 1985-02-22", 371, "birthday: 1986-02-28"},
	    /* The corner: 2028-02-29 in a first year that has none. */
	    {"birthday: 1985-02-22", 372, "birthday: 1986-02-28"},
	    {"birthday: 11-26-x", 7, "birthday: 11-26-x"},
	    {"dates: {a: 2021-11-26 yearly, b: 2021-11-26}", 490,
	     "dates: {a: 2023-03-30 yearly, b: 2023-03-31}"},
	    {"milestones:\n  - 2021-11-26 moved, in a hurry yearly  # 1\n  - 2021-11-26 once", 490,
	     "milestones:\n  - 2023-03-30 moved, in a hurry yearly  # 1\n  - 2023-03-31 once"},
	    {"dates: [\"2021-11-26 a yearly\", 2021-11-26 b]", 490,
	     "dates: [\"2023-03-30 a yearly\", 2023-03-31 b]"},
	    {"met: 2021-11-26 yearly", 490, "met: 2023-03-31 yearly"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[256], wanted[256];
		snprintf(text, sizeof(text), "---\n%s\n---\n2021-11-26\n", cases[i].text);
		snprintf(wanted, sizeof(wanted), "---\n%s\n---\n", cases[i].wanted);
		struct buf out;
		buf_init(&out, 0);
		shift_dates(&out, str_of(text), MONDAY, MONDAY + cases[i].days);
		buf_cut(&out, strlen(wanted) < out.n ? strlen(wanted) : out.n);
		assert_string_equal(out.p, wanted);
		buf_release(&out);
	}
}

static void front_matter_ends(void **state)
{
	(void)state;
	check("\xEF\xBB\xBF---\r\nbday: --11-26\r\n...\r\nbday: --11-26\r\n", 7,
	      "\xEF\xBB\xBF---\r\nbday: --12-03\r\n...\r\nbday: --11-26\r\n");
	check("bday: --11-26\n---\nbday: --11-26\n", 7, "bday: --11-26\n---\nbday: --11-26\n");
	check("---\nphone: 1\n---\n20261130", 7, "---\nphone: 1\n---\n20261207");
}

static void long_lines_take_their_time_once(void **state)
{
	(void)state;
	static const char *const pieces[] = {"1 ", "2026-11-30 ", "20261130 ", "--11-26",
					     " ",  "yearly ",     "- ",        "2026-"};
	struct buf text, out;
	buf_init(&text, 0);
	buf_init(&out, 0);
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		buf_clear(&text);
		buf_clear(&out);
		buf_addz(&text, "---\ndates: ");
		while (text.n < 4 * 1024 * 1024)
			buf_addz(&text, pieces[i]);
		shift_dates(&out, buf_str(&text), MONDAY, MONDAY + 7);
		assert_int_equal(out.n, text.n);
	}
	buf_release(&text);
	buf_release(&out);
}

/* ---- The example, as a journal ---- */

struct world {
	char path[64];
	int dir;
	struct journal journal;
	struct arena arena;
};

static void load_example(struct world *w, int days)
{
	struct kith_error err = {0};
	const struct journal_options options = {.threads = 1, .plain_reads = true};
	size_t count;
	const struct carried *carried = carried_list(&count);
	struct buf out;
	snprintf(w->path, sizeof(w->path), "/tmp/kith-shift-XXXXXX");
	assert_non_null(mkdtemp(w->path));
	w->dir = open(w->path, O_RDONLY | O_DIRECTORY);
	arena_init(&w->arena);
	buf_init(&out, 0);
	for (size_t i = 0; i < count; i++) {
		struct str path = carried[i].path;
		if (!str_starts(path, STR("example/")))
			continue;
		path = str_from(path, 8);
		size_t slash = path.n;
		while (slash > 0 && path.p[slash - 1] != '/')
			slash--;
		if (slash)
			assert_int_equal(
			    fs_make_folders(w->dir, arena_str(&w->arena, str_upto(path, slash)).p,
					    &err),
			    0);
		buf_clear(&out);
		shift_dates(&out, carried[i].bytes, MONDAY, MONDAY + days);
		assert_int_equal(fs_replace(w->dir, path.p, buf_str(&out), STR_NONE, &err), 0);
	}
	buf_release(&out);
	assert_int_equal(journal_load(&w->journal, w->dir, &options, &err), 0);
	assert_true(w->journal.count > 20);
}

static void remove_world(struct world *w)
{
	struct fs_list files;
	struct kith_error err = {0};
	assert_int_equal(fs_walk(w->dir, ".", NULL, NULL, &w->arena, &files, NULL, &err), 0);
	for (size_t i = 0; i < files.count; i++)
		assert_int_equal(unlinkat(w->dir, files.items[i].path.p, 0), 0);
	fs_list_release(&files);
	assert_int_equal(unlinkat(w->dir, "people/berlin", AT_REMOVEDIR), 0);
	assert_int_equal(unlinkat(w->dir, "people", AT_REMOVEDIR), 0);
	assert_int_equal(rmdir(w->path), 0);
	journal_release(&w->journal);
	arena_release(&w->arena);
	close(w->dir);
}

static void same_day(civil_day was, civil_day is, int days)
{
	assert_int_equal(was == NO_DAY ? NO_DAY : was + days, is);
}

static void same_contact(const struct contact *was, const struct contact *is, int days)
{
	assert_true(str_eq(was->path, is->path));
	assert_true(str_eq(was->name, is->name));
	same_day(was->last_contact, is->last_contact, days);
	same_day(was->snooze, is->snooze, days);
	same_day(was->met, is->met, days);
	same_day(was->cadence.until, is->cadence.until, days);
	assert_true(str_eq(was->met_text, is->met_text));
	assert_int_equal(was->entries_count, is->entries_count);
	assert_int_equal(was->tasks_count, is->tasks_count);
	assert_int_equal(was->shared_count, is->shared_count);
	assert_int_equal(was->dates_count, is->dates_count);
	assert_int_equal(was->phone.count, is->phone.count);
	for (size_t i = 0; i < was->phone.count; i++)
		assert_true(str_eq(was->phone.items[i].text, is->phone.items[i].text));
	for (size_t i = 0; i < was->entries_count; i++) {
		const struct entry *a = &was->entries[i], *b = &is->entries[i];
		same_day(a->day, b->day, days);
		assert_true(str_eq(a->time, b->time));
		assert_true(str_eq(a->channel, b->channel));
		assert_int_equal(a->planned, b->planned);
	}
	for (size_t i = 0; i < was->tasks_count; i++) {
		const struct task *a = &was->tasks[i], *b = &is->tasks[i];
		assert_int_equal(a->state, b->state);
		same_day(a->due, b->due, days);
		same_day(a->created, b->created, days);
		same_day(a->done, b->done, days);
	}
}

struct found {
	struct occurrence items[64];
	size_t count;
};

static void note_date(void *context, const struct contact *contact, struct occurrence found)
{
	struct found *list = context;
	(void)contact;
	assert_true(list->count < ARRAY_LEN(list->items));
	list->items[list->count++] = found;
}

/* Half a year around the day: there each date falls once, as far away and as old as before. */
static void same_dates(const struct contact *was, const struct contact *is, int days)
{
	struct found a = {.count = 0}, b = {.count = 0};
	dates_each(was, MONDAY - 170, MONDAY + 170, true, note_date, &a);
	dates_each(is, MONDAY + days - 170, MONDAY + days + 170, true, note_date, &b);
	assert_int_equal(a.count, b.count);
	for (size_t i = 0; i < a.count; i++) {
		struct ymd day = day_to_ymd(a.items[i].day + days);
		/* The corner: a first year may have no 29 February. */
		int corner = day.month == 2 && day.day == 29 &&
			     b.items[i].day != day_from_ymd(day.year, 2, 29);
		assert_int_equal(a.items[i].day + days - corner, b.items[i].day);
		assert_int_equal(a.items[i].which, b.items[i].which);
		assert_int_equal(a.items[i].years, b.items[i].years);
	}
}

/* Months differ in length, so an interval of months ends some days earlier or later. */
static void same_reckoning(const struct world *was, const struct world *is, uint32_t who, int days)
{
	struct reckoner a, b;
	reckoner_init(&a, &was->journal, MONDAY);
	reckoner_init(&b, &is->journal, MONDAY + days);
	struct reckoning x = reckon(&a, who), y = reckon(&b, who);
	same_day(x.last, y.last, days);
	same_day(x.base, y.base, days);
	same_day(x.planned, y.planned, days);
	assert_int_equal(x.cadence.kind, y.cadence.kind);
	assert_int_equal(x.cadence.interval.months, y.cadence.interval.months);
	assert_int_equal(x.is_new, y.is_new);
	if (x.due == NO_DAY || (x.last != NO_DAY && !x.is_new && x.cadence.interval.months == 0))
		same_day(x.due, y.due, days);
	else if (x.last != NO_DAY)
		assert_in_range(y.due - x.due - days + 4, 0, 8);
	reckoner_release(&a);
	reckoner_release(&b);
}

static void the_example_says_the_same(void **state)
{
	static const int weeks[] = {-520, -66, -1, 1,   3,   5,   14,  26,
				    52,   66,  70, 104, 157, 260, 1000};
	struct world was;
	(void)state;
	load_example(&was, 0);
	for (size_t i = 0; i < ARRAY_LEN(weeks); i++) {
		struct world is;
		int days = weeks[i] * 7;
		load_example(&is, days);
		same_day(was.journal.config.since, is.journal.config.since, days);
		assert_int_equal(was.journal.count, is.journal.count);
		assert_int_equal(was.journal.diag.count, is.journal.diag.count);
		for (uint32_t who = 0; who < was.journal.count; who++) {
			same_contact(&was.journal.contacts[who], &is.journal.contacts[who], days);
			same_dates(&was.journal.contacts[who], &is.journal.contacts[who], days);
			same_reckoning(&was, &is, who, days);
		}
		remove_world(&is);
	}
	remove_world(&was);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_day_is_the_examples),
	    cmocka_unit_test(each_form_stays_itself),
	    cmocka_unit_test(what_is_no_full_date_stays),
	    cmocka_unit_test(nothing_moves_by_nothing),
	    cmocka_unit_test(yearly_dates_move_by_their_occurrence),
	    cmocka_unit_test(front_matter_ends),
	    cmocka_unit_test(long_lines_take_their_time_once),
	    cmocka_unit_test(the_example_says_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
