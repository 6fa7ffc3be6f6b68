/* What a week holds, section by section. The week is 2026-W48, from Monday 2026-11-23 to 29. */
#include "folder.h"
#include "insight/week.h"

struct week_case {
	const char *files;    /* without kith.yaml, which says `since: 2026-06-01` */
	const char *wanted;   /* a section's facts */
	const char *today;    /* NULL: Monday */
	const char *settings; /* more of them; NULL */
};

typedef void section(struct buf *b, const struct journal *j, const struct week *w);

static civil_day day_of(const char *text)
{
	civil_day day;
	assert_int_equal(date_parse_all(str_of(text), &day), DATE_OK);
	return day;
}

static struct str slug_of(const struct journal *j, uint32_t who)
{
	return j->contacts[who].slug;
}

static void say_items(struct buf *b, const struct journal *j, const struct items *items)
{
	static const char *const kinds[] = {"date", "planned", "promise", "waiting"};
	for (size_t i = 0; i < items->count; i++) {
		const struct item *item = &items->items[i];
		fact(b, kinds[item->kind]);
		buf_addz(b, item->day == NO_DAY ? "" : " ");
		day_format(b, item->day);
		buf_addz(b, " ");
		buf_add(b, slug_of(j, item->who));
		buf_addz(b, item->task || item->entry ? ": " : "");
		if (item->task)
			buf_add(b, item->task->text);
		if (item->entry)
			buf_add(b, item->entry->text);
	}
}

static void say_older(struct buf *b, size_t older)
{
	if (!older)
		return;
	fact(b, "older ");
	buf_printf(b, "%zu", older);
}

static void say_late(struct buf *b, const struct journal *j, const struct week *w)
{
	say_items(b, j, &w->lists[WEEK_LATE]);
	say_older(b, w->older_promises);
}

static void say_this_week(struct buf *b, const struct journal *j, const struct week *w)
{
	say_items(b, j, &w->lists[WEEK_DAYS]);
}

static void say_ahead(struct buf *b, const struct journal *j, const struct week *w)
{
	say_items(b, j, &w->lists[WEEK_AHEAD]);
	if (w->undated_promises) {
		fact(b, "undated ");
		buf_printf(b, "%zu", w->undated_promises);
	}
}

static void say_passed(struct buf *b, const struct journal *j, const struct week *w)
{
	say_items(b, j, &w->lists[WEEK_PASSED]);
}

static void say_happened(struct buf *b, const struct journal *j, const struct week *w)
{
	say_items(b, j, &w->lists[WEEK_HAPPENED]);
	say_older(b, w->older_planned);
}

static void say_waiting(struct buf *b, const struct journal *j, const struct week *w)
{
	say_items(b, j, &w->lists[WEEK_WAITING]);
}

static void say_reaches(struct buf *b, const struct journal *j, const struct reaches *reaches)
{
	for (size_t i = 0; i < reaches->count; i++)
		fact_text(b, "", slug_of(j, reaches->items[i].who));
}

static void say_reach_out(struct buf *b, const struct journal *j, const struct week *w)
{
	say_reaches(b, j, &w->reach_out);
	if (w->can_wait.count) {
		buf_addz(b, " | ");
		struct buf rest;
		buf_init(&rest, 0);
		say_reaches(&rest, j, &w->can_wait);
		buf_add(b, buf_str(&rest));
		buf_release(&rest);
	}
}

static void say_balances(struct buf *b, const struct journal *j, const struct week *w)
{
	for (size_t i = 0; i < w->people[WEEK_UNEVEN].count; i++) {
		const struct remark *balance = &w->people[WEEK_UNEVEN].items[i];
		fact_text(b, "", slug_of(j, balance->who));
		buf_printf(b, " %zu ", balance->number);
		day_format(b, balance->day);
	}
}

static void say_drifting(struct buf *b, const struct journal *j, const struct week *w)
{
	for (size_t i = 0; i < w->people[WEEK_DRIFTING].count; i++) {
		fact_text(b, "", slug_of(j, w->people[WEEK_DRIFTING].items[i].who));
		buf_printf(b, " %d", (int)w->people[WEEK_DRIFTING].items[i].number);
	}
}

static void say_meetings(struct buf *b, const struct meetings *m, const struct journal *j)
{
	for (size_t i = 0; i < m->count; i++) {
		const struct meeting *meeting = &m->items[i];
		fact_day(b, "", meeting->day);
		buf_addz(b, " ");
		buf_add(b, meeting->slug);
		for (uint32_t w = 0; w < meeting->entry->with_count; w++) {
			buf_addz(b, "+");
			buf_add(b, slug_of(j, meeting->entry->with[w]));
		}
	}
}

static void say_last_week(struct buf *b, const struct journal *j, const struct week *w)
{
	say_meetings(b, &w->last_week, j);
	buf_printf(b, " (%zu)", w->last_week.people);
}

static void say_year_ago(struct buf *b, const struct journal *j, const struct week *w)
{
	say_meetings(b, &w->year_ago, j);
}

/* The names in stand are those who stand on the page already, between blanks; NULL for none. */
static void check_one(const struct week_case *c, section *say, const char *stand, size_t *bad)
{
	struct folder f;
	struct week week;
	struct buf settings, got;
	uint32_t who[8];
	struct standing standing = {who, 0};
	buf_init(&settings, 0);
	buf_init(&got, 0);
	buf_printf(&settings, "since: 2026-06-01\n%s\n", c->settings ? c->settings : "");
	folder_init(&f, c->files);
	folder_put(&f, "kith.yaml", buf_str(&settings));
	folder_load(&f, 1, true);
	assert_int_equal(f.journal.diag.count, 0);
	for (struct str rest = str_of(stand ? stand : ""); rest.n;) {
		size_t end = str_find_char(rest, ' ');
		(void)journal_resolve(&f.journal, str_upto(rest, end), &who[standing.count++]);
		rest = str_from(rest, end + 1);
	}
	week_make(&week, &f.journal, day_of(c->today ? c->today : "2026-11-23"),
		  day_of("2026-11-23"), standing);
	say(&got, &f.journal, &week);
	*bad += differs(&got, c->wanted, c->files);
	week_release(&week);
	buf_release(&settings);
	buf_release(&got);
	folder_release(&f);
}

static void check(const struct week_case *cases, size_t count, section *say)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++)
		check_one(&cases[i], say, NULL, &bad);
	assert_int_equal(bad, 0);
}

#define CHECK(cases, say) check(cases, ARRAY_LEN(cases), say)

static void late(void **state)
{
	(void)state;
	static const struct week_case cases[] = {
	    {"=== people/a.md\n- [ ] x due:2026-11-22\n", "promise 2026-11-22 a: x", NULL, NULL},
	    /* Late by two weeks, and a day more. */
	    {"=== people/a.md\n- [ ] x due:2026-11-09\n", "promise 2026-11-09 a: x", NULL, NULL},
	    {"=== people/a.md\n- [ ] x due:2026-11-08\n", "older 1", NULL, NULL},
	    {"=== people/a.md\n- [ ] x due:2026-11-19\n", "promise 2026-11-19 a: x", NULL,
	     "review: {late: 4 days}"},
	    {"=== people/a.md\n- [ ] x due:2026-11-18\n", "older 1", NULL,
	     "review: {late: 4 days}"},
	    /* As of a later day of the week. */
	    {"=== people/a.md\n- [ ] x due:2026-11-09\n", "older 1", "2026-11-24", NULL},
	    {"=== people/a.md\n- [ ] x due:2026-11-23\n", "", "2026-11-25", NULL},
	    {"=== people/a.md\n- [ ] x due:2026-11-23\n", "", NULL, NULL},
	    /* What is done, dropped, no promise, or nobody's to keep. */
	    {"=== people/a.md\n- [x] x due:2026-11-20\n- [-] y due:2026-11-20\n", "", NULL, NULL},
	    {"=== people/a.md\n- [ ] #waiting x due:2026-11-20\n- [ ] #topic y due:2026-11-20\n",
	     "", NULL, NULL},
	    {"=== people/a.md\n---\nstatus: paused\n---\n- [ ] x due:2026-11-20\n",
	     "promise 2026-11-20 a: x", NULL, NULL},
	    {"=== people/a.md\n- [x] x due:2026-11-20 done:2026-11-24\n", "promise 2026-11-20 a: x",
	     NULL, NULL},
	    {"=== people/a.md\n- [x] x due:2026-11-20 done:2026-11-23\n", "", NULL, NULL},
	    {"=== people/a.md\n- [ ] x due:2026-11-20 ➕ 2026-11-24\n", "", NULL, NULL},
	    /* By day, then slug, then place. */
	    {"=== people/b.md\n- [ ] y due:2026-11-20\n- [ ] x due:2026-11-20\n"
	     "- [ ] z due:2026-11-19\n=== people/a.md\n- [ ] w due:2026-11-20\n",
	     "promise 2026-11-19 b: z; promise 2026-11-20 a: w; promise 2026-11-20 b: y; "
	     "promise 2026-11-20 b: x",
	     NULL, NULL},
	};
	CHECK(cases, say_late);
}

static void this_week_and_ahead(void **state)
{
	(void)state;
	static const struct week_case week[] = {
	    {"=== people/a.md\n- [ ] x due:2026-11-23\n- [ ] y due:2026-11-29\n"
	     "- [ ] z due:2026-11-30\n",
	     "promise 2026-11-23 a: x; promise 2026-11-29 a: y", NULL, NULL},
	    {"=== people/a.md\n---\nbirthday: --11-26\ndates: {t: 2026-11-26}\n---\n"
	     "- 2026-11-26 14:00 call: p\n- 2026-11-26 09:00 call: q #planned\n"
	     "- [ ] x due:2026-11-26\n",
	     "date 2026-11-26 a; date 2026-11-26 a; planned 2026-11-26 a: q; "
	     "planned 2026-11-26 a: p; promise 2026-11-26 a: x",
	     NULL, NULL},
	    /* An entry of today is a contact, and what was planned of the kind is over. */
	    {"=== people/a.md\n- 2026-11-23 call: p\n- 2026-11-23 call: q #planned\n", "", NULL,
	     NULL},
	    {"=== people/a.md\n- 2026-11-23 email: p\n- 2026-11-23 call: q #planned\n",
	     "planned 2026-11-23 a: q", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-26 note: p\n- 2026-11-26 call: q #cancelled\n", "", NULL,
	     NULL},
	    {"=== people/a.md\n---\nstatus: archived\nbirthday: --11-26\n---\n"
	     "- [ ] x due:2026-11-26\n- 2026-11-26 call: p\n",
	     "planned 2026-11-26 a: p; promise 2026-11-26 a: x", NULL, NULL},
	    {"=== people/a.md\n---\nstatus: archived\n---\n- 2026-11-26 call with [[b]]: p\n"
	     "=== people/b.md\n",
	     "planned 2026-11-26 a: p", NULL, NULL},
	};
	CHECK(week, say_this_week);
	static const struct week_case ahead[] = {
	    {"=== people/a.md\n- [ ] x due:2026-11-29\n- [ ] y due:2026-11-30\n"
	     "- [ ] z due:2026-12-13\n- [ ] w due:2026-12-14\n",
	     "promise 2026-11-30 a: y; promise 2026-12-13 a: z", NULL, NULL},
	    {"=== people/a.md\n- [ ] y due:2026-12-02\n- [ ] z due:2026-12-03\n",
	     "promise 2026-12-02 a: y", NULL, "review: {ahead: 3 days}"},
	    {"=== people/a.md\n- [ ] y\n- [ ] z\n- [ ] #topic w\n- [x] v\n", "undated 2", NULL,
	     NULL},
	};
	CHECK(ahead, say_ahead);
}

static void passed_and_happened(void **state)
{
	(void)state;
	static const struct week_case passed[] = {
	    {"=== people/a.md\n---\nbirthday: --11-22\n---\n", "date 2026-11-22 a", NULL, NULL},
	    {"=== people/a.md\n---\nbirthday: --11-09\n---\n", "date 2026-11-09 a", NULL, NULL},
	    {"=== people/a.md\n---\nbirthday: --11-08\n---\n", "", NULL, NULL},
	    {"=== people/a.md\n---\nbirthday: --11-23\n---\n", "", NULL, NULL},
	    {"=== people/a.md\n---\nbirthday: --11-20\n---\n- 2026-11-20 call\n", "", NULL, NULL},
	    {"=== people/a.md\n---\nbirthday: --11-20\n---\n- 2026-11-19 call\n",
	     "date 2026-11-20 a", NULL, NULL},
	    {"=== people/a.md\n---\nbirthday: --11-20\n---\n- 2026-11-21 note: x\n",
	     "date 2026-11-20 a", NULL, NULL},
	    {"=== people/a.md\n---\nbirthday: --11-20\nstatus: deceased\n---\n", "", NULL, NULL},
	};
	CHECK(passed, say_passed);
	static const struct week_case happened[] = {
	    {"=== people/a.md\n- 2026-11-22 call: x #planned\n", "planned 2026-11-22 a: x", NULL,
	     NULL},
	    {"=== people/a.md\n- 2026-11-09 call: x #planned\n", "planned 2026-11-09 a: x", NULL,
	     NULL},
	    {"=== people/a.md\n- 2026-11-08 call: x #planned\n", "older 1", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-22 call: x #planned #cancelled\n", "", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-22 call: x\n- 2026-11-23 call: y #planned\n", "", NULL,
	     NULL},
	    {"=== people/a.md\n- 2026-11-22 note: x #planned\n", "", NULL, NULL},
	};
	CHECK(happened, say_happened);
}

static void waiting(void **state)
{
	(void)state;
	static const struct week_case cases[] = {
	    {"=== people/a.md\n- [ ] #waiting x due:2026-11-29\n- [ ] #waiting y due:2026-11-30\n",
	     "waiting 2026-11-29 a: x", NULL, NULL},
	    {"=== people/a.md\n- [ ] #waiting x due:2025-01-01\n", "waiting 2025-01-01 a: x", NULL,
	     NULL},
	    {"=== people/a.md\n- [ ] #waiting x\n", "waiting a: x", NULL, NULL},
	    {"=== people/a.md\n- [ ] #waiting x ➕ 2026-11-09\n", "waiting a: x", NULL, NULL},
	    {"=== people/a.md\n- [ ] #waiting x ➕ 2026-11-10\n", "", NULL, NULL},
	    {"=== people/a.md\n- [x] #waiting x\n", "", NULL, NULL},
	    {"=== people/a.md\n- [ ] #waiting u\n- [ ] #waiting v ➕ 2026-11-01\n"
	     "- [ ] #waiting w ➕ 2026-10-01\n- [ ] #waiting x due:2026-11-25\n",
	     "waiting 2026-11-25 a: x; waiting a: w; waiting a: v; waiting a: u", NULL, NULL},
	};
	CHECK(cases, say_waiting);
}

#define DUE(slug, day) "=== people/" slug ".md\n---\ncadence: 1 month\n---\n- " day " call\n"

static void reach_out(void **state)
{
	(void)state;
	static const struct week_case cases[] = {
	    /* Due on the week's Sunday, and on the Monday after it. */
	    {DUE("a", "2026-10-29") DUE("b", "2026-10-30"), "a", NULL, NULL},
	    /* New ties, then who has a date in the week, then by ratio, then by slug. */
	    {DUE("a", "2026-09-01") DUE("b", "2026-09-01")
		 DUE("c", "2026-08-01") "=== people/d.md\n---\ncadence: 1 month\nbirthday: "
					"--11-26\n---\n- 2026-10-20 call\n"
					"=== people/e.md\n---\nmet: 2026-11-12\n---\n",
	     "e; d; c; a; b", NULL, NULL},
	    {DUE("a", "2026-09-01") DUE("b", "2026-09-01") DUE("c", "2026-08-01"), "c; a | b", NULL,
	     "review: {reach_out: 2}"},
	    {DUE("a", "2026-09-01"), " | a", NULL, "review: {reach_out: 0}"},
	    {"=== people/a.md\n---\ncadence: none\n---\n- 2020-01-01 call\n", "", NULL, NULL},
	    {"=== people/a.md\n---\ncadence: 1 month\nstatus: paused\n---\n- 2026-01-01 call\n", "",
	     NULL, NULL},
	    /* Who is planned is not due. */
	    {DUE("a", "2026-09-01") "- 2026-11-27 lunch: x #planned\n", "", NULL, NULL},
	};
	CHECK(cases, say_reach_out);
}

/*
 * Eight dormant people. Monday 2026-11-23 is week 2968 since that of 1970-01-05: with two a
 * week, the turn begins at place 2968 * 2 mod 8 = 0; with three, 8904 mod 8 = 0.
 */
#define DORMANT(slug) "=== people/" slug ".md\n---\ncadence: 1 month\n---\n- 2026-01-10 call\n"
#define FIVE          DORMANT("a") DORMANT("b") DORMANT("c") DORMANT("d") DORMANT("e")

static void turns_of_the_dormant(void **state)
{
	(void)state;
	/* 2968 * 2 mod 5 = 1: b and c. 2968 * 4 mod 5 = 2: c, d, e and a. */
	static const struct week_case cases[] = {
	    {FIVE, "b; c | a; d; e", NULL, NULL},
	    {FIVE, "a; c; d; e | b", NULL, "review: {revive: 4}"},
	    {FIVE, "a; b; c; d; e", NULL, "review: {revive: 9}"},
	    {FIVE, " | a; b; c; d; e", NULL, "review: {revive: 0}"},
	    {FIVE, "b | a; c; d; e", NULL, "review: {reach_out: 1}"},
	    {FIVE DUE("z", "2026-10-20"), "b; c; z | a; d; e", NULL, NULL},
	    /* Who is silent or never due takes no turn: of a, c, d and e, 5936 mod 4 = 0. */
	    {DORMANT("a") "=== people/b.md\n---\nstatus: paused\ncadence: 1 month\n---\n"
			  "- 2026-01-10 call\n" DORMANT("c") DORMANT("d") DORMANT("e"),
	     "a; c | d; e", NULL, NULL},
	};
	CHECK(cases, say_reach_out);
}

/* Weeks later the turn has moved on by `revive` each. */
static void turns_move_on(void **state)
{
	static const char *const chosen[] = {"bc", "de", "ab", "cd", "ae", "bc"};
	struct folder f;
	(void)state;
	folder_init(&f, "=== kith.yaml\n" FIVE);
	folder_load(&f, 1, true);
	for (int i = 0; i < 6; i++) {
		struct week week;
		struct buf got;
		civil_day monday = day_of("2026-11-23") + 7 * i;
		buf_init(&got, 0);
		week_make(&week, &f.journal, monday, monday, (struct standing){NULL, 0});
		for (size_t r = 0; r < week.reach_out.count; r++)
			buf_add(&got, slug_of(&f.journal, week.reach_out.items[r].who));
		assert_string_equal(got.p, chosen[i]);
		buf_release(&got);
		week_release(&week);
	}
	folder_release(&f);
}

static void who_stands_already(void **state)
{
	(void)state;
	static const struct {
		struct week_case week;
		const char *standing;
	} cases[] = {
	    /* Stands: stays, and takes a place. */
	    {{DUE("a", "2026-09-01") DUE("b", "2026-09-02") DUE("c", "2026-09-03"), "b; c | a",
	      NULL, "review: {reach_out: 2}"},
	     "c b"},
	    {{DUE("a", "2026-09-01") DUE("b", "2026-09-02") DUE("c", "2026-09-03"), "a; c | b",
	      NULL, "review: {reach_out: 2}"},
	     "c"},
	    /* Stands, and was talked to: the place is not filled again. */
	    {{DUE("a", "2026-09-01") DUE("b", "2026-11-23") DUE("c", "2026-09-03"), "a | c", NULL,
	      "review: {reach_out: 2}"},
	     "b"},
	    {{DUE("a", "2026-09-01") DUE("b", "2026-11-23") DUE("c", "2026-11-23"), " | a", NULL,
	      "review: {reach_out: 2}"},
	     "b c"},
	    /* A dormant one that stands stays without a turn. */
	    {{FIVE, "a; b | c; d; e", NULL, NULL}, "a"},
	    /* Whose turn it was and who was talked to since: nobody else is revived instead. */
	    {{DORMANT("a") DORMANT("b") "- 2026-11-24 call\n" DORMANT("c") DORMANT("d")
		  DORMANT("e"),
	      "c | a; d; e", "2026-11-25", NULL},
	     "b c"},
	    {{DORMANT("a") DORMANT("b") "- 2026-11-24 call\n" DORMANT("c") DORMANT("d")
		  DORMANT("e"),
	      " | a; c; d; e", "2026-11-25", "review: {revive: 1}"},
	     "b"},
	    /* Turns are taken among the same people all week. */
	    {{DORMANT("a") DORMANT("b") "- 2026-11-24 call\n" DORMANT("c") DORMANT("d")
		  DORMANT("e"),
	      "c | a; d; e", "2026-11-25", NULL},
	     ""},
	    /* One that stands twice takes one place. */
	    {{DUE("a", "2026-09-01") DUE("b", "2026-09-02"), "a; b", NULL,
	      "review: {reach_out: 2}"},
	     "a a"},
	};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_one(&cases[i].week, say_reach_out, cases[i].standing, &bad);
	assert_int_equal(bad, 0);
}

static void give_and_ask(void **state)
{
	(void)state;
	static const struct week_case cases[] = {
	    {"=== people/a.md\n- 2026-11-16 x #asked\n- 2026-10-01 y #asked\n- 2026-09-01 z "
	     "#asked\n",
	     "a 3 ", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-22 x #asked\n- 2026-10-01 y #asked\n- 2026-09-01 z "
	     "#asked\n",
	     "a 3 ", NULL, NULL},
	    /* One of them last week; three in all; since the last time given. */
	    {"=== people/a.md\n- 2026-11-15 x #asked\n- 2026-10-01 y #asked\n- 2026-09-01 z "
	     "#asked\n",
	     "", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-23 x #asked\n- 2026-10-01 y #asked\n- 2026-09-01 z "
	     "#asked\n",
	     "", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 x #asked\n- 2026-10-01 y #asked\n", "", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 x #asked\n- 2026-10-01 y #asked\n- 2025-11-23 z "
	     "#asked\n",
	     "a 3 ", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 x #asked\n- 2026-10-01 y #asked\n- 2025-11-22 z "
	     "#asked\n",
	     "", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 x #asked\n- 2026-10-01 y #asked\n- 2026-09-01 z "
	     "#asked\n"
	     "- 2026-08-01 w #gave\n",
	     "a 3 2026-08-01", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 x #asked\n- 2026-10-01 y #asked\n- 2026-09-01 z "
	     "#asked\n"
	     "- 2026-09-15 w #gave\n",
	     "", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 x #asked\n- 2026-10-01 y #asked\n- 2026-09-01 z "
	     "#asked\n"
	     "- 2026-11-25 w #gave\n- 2026-11-20 v #gave #planned\n- 2026-11-20 u #gave "
	     "#cancelled\n",
	     "a 3 ", NULL, NULL},
	    /* What was asked on the day of giving is not since then. */
	    {"=== people/a.md\n- 2026-11-16 x #asked\n- 2026-10-01 y #asked\n- 2026-09-01 z #asked "
	     "#gave\n",
	     "", NULL, NULL},
	    /* Tasks: what was asked when it was made, what was given when it was done. */
	    {"=== people/a.md\n- [ ] x #asked ➕ 2026-11-17\n- 2026-10-01 y #asked\n"
	     "- [x] z #asked ✅ 2026-09-01\n",
	     "a 3 ", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 x #asked\n- 2026-10-01 y #asked\n- 2026-09-01 z "
	     "#asked\n"
	     "- [x] w #gave ✅ 2026-10-02\n",
	     "", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 x #asked\n- 2026-10-01 y #asked\n- 2026-09-01 z "
	     "#asked\n"
	     "- [ ] w #gave ✅ 2026-10-02\n",
	     "a 3 ", NULL, NULL},
	    /* The file's own person alone. */
	    {"=== people/a.md\n- 2026-11-16 with [[b]]: x #asked\n- 2026-10-01 with [[b]]: y "
	     "#asked\n"
	     "- 2026-09-01 with [[b]]: z #asked\n=== people/b.md\n",
	     "a 3 ", NULL, NULL},
	};
	CHECK(cases, say_balances);
}

#define MONTHS "---\ncadence: 1 year\n---\n- 2026-06-01 a\n- 2026-07-01 a\n- 2026-07-31 a\n"

static void drifting(void **state)
{
	(void)state;
	static const struct week_case cases[] = {
	    /* Every 30 days: it begins 61 days after the last. */
	    {"=== people/a.md\n" MONTHS "- 2026-09-23 a\n", "a 60", NULL, NULL},
	    {"=== people/a.md\n" MONTHS "- 2026-09-17 a\n", "a 60", NULL, NULL},
	    {"=== people/a.md\n" MONTHS "- 2026-09-24 a\n", "", NULL, NULL},
	    {"=== people/a.md\n" MONTHS "- 2026-09-16 a\n", "", NULL, NULL},
	    /* Due, or fewer than four days, or less than four weeks. */
	    {"=== people/a.md\n- 2026-06-01 a\n- 2026-07-01 a\n- 2026-07-31 a\n- 2026-09-20 a\n",
	     "a 60", NULL, NULL},
	    {"=== people/a.md\n---\ncadence: 1 month\n---\n- 2026-06-01 a\n- 2026-07-01 a\n"
	     "- 2026-07-31 a\n- 2026-09-20 a\n",
	     "", NULL, NULL},
	    {"=== people/a.md\n---\ncadence: 1 year\n---\n- 2026-07-01 a\n- 2026-08-01 a\n"
	     "- 2026-09-20 a\n",
	     "", NULL, NULL},
	    {"=== people/a.md\n---\ncadence: 1 year\n---\n- 2026-10-09 a\n- 2026-10-18 a\n"
	     "- 2026-10-27 a\n- 2026-11-05 a\n",
	     "", NULL, NULL},
	    /* At least a week is usual: 2 * 7 + 1 days. */
	    {"=== people/a.md\n---\ncadence: 1 year\n---\n- 2026-10-01 a\n- 2026-11-02 a\n"
	     "- 2026-11-03 a\n- 2026-11-04 a\n- 2026-11-05 a\n",
	     "a 14", NULL, NULL},
	    /* Two on one day are one; gaps from more than two years ago do not count. */
	    {"=== people/a.md\n" MONTHS "- 2026-07-31 b\n- 2026-09-20 a\n- 2020-01-01 a\n", "a 60",
	     NULL, NULL},
	    /* The mean of the middle two: gaps 20, 30, 40, 50, so 35. */
	    {"=== people/a.md\n---\ncadence: 1 year\n---\n- 2026-04-26 a\n- 2026-05-16 a\n"
	     "- 2026-06-15 a\n- 2026-07-25 a\n- 2026-09-13 a\n",
	     "a 70", NULL, NULL},
	    /* By name. */
	    {"=== people/a.md\n---\nname: Zoe\ncadence: 1 year\n---\n- 2026-06-01 a\n- 2026-07-01 "
	     "a\n"
	     "- 2026-07-31 a\n- 2026-09-20 a\n=== people/b.md\n" MONTHS "- 2026-09-20 a\n",
	     "b 60; a 60", NULL, NULL},
	};
	CHECK(cases, say_drifting);
}

static void last_week(void **state)
{
	(void)state;
	static const struct week_case cases[] = {
	    {"=== people/a.md\n- 2026-11-15 x\n- 2026-11-16 x\n- 2026-11-22 x\n- 2026-11-23 x\n",
	     "2026-11-16 a; 2026-11-22 a (1)", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 note: x\n- 2026-11-16 tried: x\n"
	     "- 2026-11-16 call: x #planned\n- 2026-11-16 call: x #cancelled\n",
	     " (0)", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 call with [[b]]: x\n=== people/b.md\n",
	     "2026-11-16 a+b (2)", NULL, NULL},
	    /* Written down by both: once. */
	    {"=== people/a.md\n- 2026-11-16 call with [[b]]: x\n"
	     "=== people/b.md\n- 2026-11-16 call with [[a]]: y\n",
	     "2026-11-16 a+b (2)", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 call with [[b]], [[c]]: x\n"
	     "=== people/b.md\n- 2026-11-16 call with [[c]], [[a]]: y\n=== people/c.md\n",
	     "2026-11-16 a+b+c (3)", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 call with [[b]]: x\n"
	     "=== people/b.md\n- 2026-11-16 email with [[a]]: y\n",
	     "2026-11-16 a+b; 2026-11-16 b+a (2)", NULL, NULL},
	    {"=== people/a.md\n- 2026-11-16 call with [[b]]: x\n"
	     "=== people/b.md\n- 2026-11-17 call with [[a]]: y\n",
	     "2026-11-16 a+b; 2026-11-17 b+a (2)", NULL, NULL},
	    /* Two talks with one person on one day are two. */
	    {"=== people/a.md\n- 2026-11-16 15:00 call: x\n- 2026-11-16 09:00 call: y\n",
	     "2026-11-16 a; 2026-11-16 a (1)", NULL, NULL},
	    /* Silent people stand here too. */
	    {"=== people/a.md\n---\nstatus: deceased\n---\n- 2026-11-16 call: x\n",
	     "2026-11-16 a (1)", NULL, NULL},
	};
	CHECK(cases, say_last_week);
	static const struct week_case year[] = {
	    /* From 2025-11-24 to 30, at most three, of people one is in touch with. */
	    {"=== people/a.md\n- 2025-11-23 x\n- 2025-11-24 x\n- 2025-11-30 x\n- 2025-12-01 x\n",
	     "2025-11-24 a; 2025-11-30 a", NULL, NULL},
	    {"=== people/a.md\n- 2025-11-24 x\n- 2025-11-25 x\n- 2025-11-26 x\n- 2025-11-27 x\n",
	     "2025-11-24 a; 2025-11-25 a; 2025-11-26 a", NULL, NULL},
	    {"=== people/a.md\n---\nstatus: archived\n---\n- 2025-11-24 x\n"
	     "- 2025-11-25 call with [[b]]: y\n=== people/b.md\n",
	     "2025-11-25 a+b", NULL, NULL},
	};
	CHECK(year, say_year_ago);
}

static void chart(void **state)
{
	struct folder f;
	struct week week;
	(void)state;
	/* 52 weeks that end with last week: from 2025-11-24. */
	folder_init(&f, "=== kith.yaml\n=== people/a.md\n- 2025-11-23 x\n- 2025-11-24 x\n"
			"- 2026-11-15 x\n- 2026-11-16 x\n- 2026-11-22 call with [[b]]: x\n"
			"- 2026-11-23 x\n=== people/b.md\n- 2026-11-22 call with [[a]]: y\n");
	folder_load(&f, 1, true);
	week_make(&week, &f.journal, day_of("2026-11-23"), day_of("2026-11-23"),
		  (struct standing){NULL, 0});
	assert_int_equal(week.last_week.by_week[0], 1);
	assert_int_equal(week.last_week.by_week[CHART_WEEKS - 2], 1);
	assert_int_equal(week.last_week.by_week[CHART_WEEKS - 1], 2);
	size_t all = 0;
	for (size_t i = 0; i < CHART_WEEKS; i++)
		all += week.last_week.by_week[i];
	assert_int_equal(all, 4);
	week_release(&week);
	folder_release(&f);
}

static void as_of(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"2026-11-22", "2026-11-23"}, {"2026-11-23", "2026-11-23"},
	    {"2026-11-26", "2026-11-26"}, {"2026-11-29", "2026-11-29"},
	    {"2026-11-30", "2026-11-29"}, {"2030-01-01", "2026-11-29"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(week_as_of(day_of(cases[i][0]), day_of("2026-11-23")),
				 day_of(cases[i][1]));
	/* A past week is told as it was: what was done since was open then. */
	static const struct week_case past[] = {
	    {"=== people/a.md\n- [x] x due:2026-11-20 done:2026-11-30\n"
	     "- [x] y due:2026-11-20 done:2026-11-29\n- [ ] z due:2026-11-20 ➕ 2026-11-30\n",
	     "promise 2026-11-20 a: x", "2027-03-01", NULL},
	};
	CHECK(past, say_late);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(late),
	    cmocka_unit_test(this_week_and_ahead),
	    cmocka_unit_test(passed_and_happened),
	    cmocka_unit_test(waiting),
	    cmocka_unit_test(reach_out),
	    cmocka_unit_test(turns_of_the_dormant),
	    cmocka_unit_test(turns_move_on),
	    cmocka_unit_test(who_stands_already),
	    cmocka_unit_test(give_and_ask),
	    cmocka_unit_test(drifting),
	    cmocka_unit_test(last_week),
	    cmocka_unit_test(chart),
	    cmocka_unit_test(as_of),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
