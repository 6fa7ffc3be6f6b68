/* Whom the format's table makes due, and when: each row as a contact's file in a journal. */
#include "insight/reckon.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define ENTRY(text) "---\n- " text "\n"

static const struct row {
	const char *slug, *file, *due;
	double ratio; /* 0: not said */
	bool is_new, dormant;
} rows[] = {
    {"a-1", ENTRY("2026-09-20 call"), "2026-11-01", 1.52, false, false},
    {"a-2", "cadence: monthly\n" ENTRY("2026-10-31 call"), "2026-11-30", 0.77, false, false},
    {"b-met-long-ago", "met: 2019-05-01\ncadence: light\n---\n", "2026-08-11", 1.57, false, false},
    {"a-4", "met: 2026-08-03\n---\n", "2026-08-10", 3.50, false, false},
    {"a-5", "met: 2026-10-25\n" ENTRY("2026-11-02 call"), "2026-11-25", 0, true, false},
    {"a-6", "met: 2026-10-25\n" ENTRY("2026-11-22 call"), "2026-11-29", 0, true, false},
    {"a-7", "met: 2026-11-20\n" ENTRY("2025-11-01 email"), "2026-11-27", 0, true, false},
    {"a-8", ENTRY("2026-09-20 call") "- 2026-11-20 tried\n", "2026-11-27", 1.52, false, false},
    {"a-9", "snooze: 2026-11-20\n" ENTRY("2026-01-20 call"), "2026-11-20", 7.31, false, true},
    {"a-10", "cadence: 2 weeks until 2026-11-01 then 2 months\n" ENTRY("2026-10-28 call"),
     "2026-11-11", 1.86, false, false},
    {"a-11", "cadence: 2 weeks until 2026-11-01 then 2 months\n" ENTRY("2026-11-03 call"),
     "2027-01-03", 0.31, false, false},
    {"a-12", ENTRY("2026-09-20 call") "- 2026-12-01 lunch: x #planned\n", "", 0, false, false},
    {"a-13", ENTRY("2026-09-20 call") "- 2026-12-20 note: bring the book\n", "2026-11-01", 1.52,
     false, false},
};

static void write_file(const char *path, const char *head, const char *rest)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fprintf(f, "%s%s", head, rest) > 0);
	assert_int_equal(fclose(f), 0);
}

static void test_table(void **state)
{
	char folder[] = "/tmp/kith-reckon.XXXXXX", path[200];
	struct kith_error err = {0};
	struct journal journal;
	struct reckoner reckoner;
	civil_day today;
	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/people", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/kith.yaml", folder);
	write_file(path, "since: 2026-06-01\ncadences: {light: 6 months}\n",
		   "cadence_default: 6 weeks\n");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		snprintf(path, sizeof(path), "%s/people/%s.md", folder, rows[i].slug);
		write_file(path, "---\n", rows[i].file);
	}
	int dir = open(folder, O_RDONLY | O_DIRECTORY);
	assert_true(dir >= 0);
	const struct journal_options options = {.threads = 1};
	assert_int_equal(journal_load(&journal, dir, &options, &err), 0);
	assert_int_equal(journal.count, ARRAY_LEN(rows));
	assert_int_equal(date_parse_all(STR("2026-11-23"), &today), DATE_OK);
	reckoner_init(&reckoner, &journal, today);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		uint32_t who = 0;
		while (!str_eq(journal.contacts[who].slug, str_of(rows[i].slug)))
			who++;
		struct reckoning r = reckon(&reckoner, who);
		struct buf due;
		buf_init(&due, 0);
		if (r.due != NO_DAY)
			day_format(&due, r.due);
		if (!str_eq(buf_str(&due), str_of(rows[i].due)))
			print_error("%s: %.*s, not %s\n", rows[i].slug, STR_ARG(buf_str(&due)),
				    rows[i].due);
		assert_true(str_eq(buf_str(&due), str_of(rows[i].due)));
		buf_release(&due);
		if (rows[i].ratio > 0)
			assert_int_equal((int)(r.ratio * 100 + 0.5),
					 (int)(rows[i].ratio * 100 + 0.5));
		assert_int_equal(r.is_new, rows[i].is_new);
		assert_int_equal(r.dormant, rows[i].dormant);
		assert_int_equal(r.planned != NO_DAY, rows[i].due[0] == '\0');
		snprintf(path, sizeof(path), "%s/people/%s.md", folder, rows[i].slug);
		assert_int_equal(unlink(path), 0);
	}
	reckoner_release(&reckoner);
	journal_release(&journal);
	close(dir);
	snprintf(path, sizeof(path), "%s/people", folder);
	rmdir(path);
	snprintf(path, sizeof(path), "%s/kith.yaml", folder);
	unlink(path);
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
