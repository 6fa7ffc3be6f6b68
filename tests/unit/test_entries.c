/* Entries written into a contact's bytes, and taken out again: where they go and in what style. */
#include "../take_back.h"
#include "change/tasks.h"
#include "reading.h"

/* A body; DATE|TIME|CHANNEL|WITH|TEXT with ! for planned; the body afterwards. */
struct entry_case {
	const char *before, *entry, *after;
};

static struct str part(struct str *rest)
{
	size_t bar = str_find_char(*rest, '|');
	struct str part = str_upto(*rest, bar);
	*rest = str_from(*rest, bar + 1);
	return part;
}

/* with: `slug=Name,slug=Name`. */
static size_t people_of(struct str text, struct entry_companion out[4])
{
	size_t count = 0;
	while (text.n && count < 4) {
		size_t comma = str_find_char(text, ',');
		struct str one = str_upto(text, comma);
		size_t equals = str_find_char(one, '=');
		out[count++] =
		    (struct entry_companion){str_upto(one, equals), str_from(one, equals + 1)};
		text = str_from(text, comma + 1);
	}
	return count;
}

static struct entry_text entry_of(const char *spec, struct entry_companion people[4])
{
	struct str rest = str_of(spec);
	struct entry_text entry = {.with = people};
	if (str_starts(rest, STR("!"))) {
		entry.planned = true;
		rest = str_from(rest, 1);
	}
	assert_int_equal(date_parse_all(part(&rest), &entry.day), DATE_OK);
	entry.time = part(&rest);
	entry.channel = part(&rest);
	entry.with_count = people_of(part(&rest), people);
	entry.text = rest;
	return entry;
}

/* What became of it: the new file, or `status: message`. */
static void add(struct buf *got, struct str image, const char *spec, const struct config *config)
{
	struct kith_error err = {0};
	struct entry_companion people[4];
	struct entry_text entry = entry_of(spec, people);
	buf_clear(got);
	buf_addz(got, "kept");
	if (entries_add(got, image, config, &entry, &err) < 0) {
		assert_string_equal(got->p, "kept");
		buf_clear(got);
		buf_printf(got, "%d: ", (int)err.status);
		if (err.line)
			buf_printf(got, "line %d: ", err.line);
		buf_addz(got, err.message);
		return;
	}
	char *p = got->p;
	memmove(p, p + 4, got->n - 4);
	buf_cut(got, got->n - 4);
}

static void check(const struct entry_case *cases, size_t count, const char *settings)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct reading r;
		struct buf got;
		buf_init(&got, 0);
		reading_init(&r, settings, "people/p.md", str_of(cases[i].before));
		add(&got, r.image, cases[i].entry, &r.config);
		struct str wanted = str_of(cases[i].after);
		bool refusal = wanted.n && str_is_digit(wanted.p[0]);
		if (refusal && str_find(buf_str(&got), wanted) < got.n)
			wanted = buf_str(&got);
		bad += differs(&got, wanted.p, cases[i].before);
		buf_release(&got);
		reading_release(&r);
	}
	assert_int_equal(bad, 0);
}

#define CHECK(cases) check(cases, ARRAY_LEN(cases), NULL)

static void places(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    /* Newest first by default, oldest first where they run so. */
	    {"## Log\n- 2026-09-20 call: a\n", "2026-11-23||coffee||b",
	     "## Log\n- 2026-11-23 coffee: b\n- 2026-09-20 call: a\n"},
	    {"## Log\n- 2026-09-20 call: a\n", "2026-08-01||coffee||b",
	     "## Log\n- 2026-09-20 call: a\n- 2026-08-01 coffee: b\n"},
	    {"## Log\n- 2026-09-20 a\n- 2026-05-11 c\n", "2026-08-01||call||b",
	     "## Log\n- 2026-09-20 a\n- 2026-08-01 call: b\n- 2026-05-11 c\n"},
	    {"## Log\n- 2026-09-20 a\n- 2026-09-20 c\n", "2026-09-20||call||b",
	     "## Log\n- 2026-09-20 call: b\n- 2026-09-20 a\n- 2026-09-20 c\n"},
	    {"## Log\n- 2026-05-11 c\n- 2026-09-20 a\n", "2026-11-23||call||b",
	     "## Log\n- 2026-05-11 c\n- 2026-09-20 a\n- 2026-11-23 call: b\n"},
	    {"## Log\n- 2026-05-11 c\n- 2026-09-20 a\n", "2026-05-11||call||b",
	     "## Log\n- 2026-05-11 c\n- 2026-05-11 call: b\n- 2026-09-20 a\n"},
	    {"## Log\n- 2026-05-11 c\n- 2026-09-20 a\n", "2026-01-11||call||b",
	     "## Log\n- 2026-01-11 call: b\n- 2026-05-11 c\n- 2026-09-20 a\n"},
	    /* Below what is planned. */
	    {"## Log\n- 2026-12-24 visit #planned\n- 2026-05-11 c\n", "2026-11-23||call||b",
	     "## Log\n- 2026-12-24 visit #planned\n- 2026-11-23 call: b\n- 2026-05-11 c\n"},
	    /* Between headings. */
	    {"## Log\n- 2026-09-20 a\n\n## Notes\nx\n", "2026-08-23||call||b",
	     "## Log\n- 2026-09-20 a\n- 2026-08-23 call: b\n\n## Notes\nx\n"},
	    /* Whatever belongs to an entry stays with it. */
	    {"## Log\n- 2026-09-20 a\n  more\n  - nested\n\n  para\n- 2026-01-01 z\n",
	     "2026-08-23||call||b",
	     "## Log\n- 2026-09-20 a\n  more\n  - nested\n\n  para\n- 2026-08-23 call: b\n"
	     "- 2026-01-01 z\n"},
	    /* The file's own section, by any of its names; that with entries, if there are two. */
	    {"## Meetings:\n- 2026-09-20 a\n", "2026-11-23||call||b",
	     "## Meetings:\n- 2026-11-23 call: b\n- 2026-09-20 a\n"},
	    {"## Log\n\n## Meetings\n- 2026-09-20 a\n", "2026-11-23||call||b",
	     "## Log\n\n## Meetings\n- 2026-11-23 call: b\n- 2026-09-20 a\n"},
	    {"## Meetings\n## Log\n", "2026-11-23||call||b",
	     "## Meetings\n- 2026-11-23 call: b\n## Log\n"},
	    /* Dated lines in other sections are none of its business. */
	    {"## Life events\n- 2026-09-20 wedding\n\n## Log\n- 2026-01-01 a\n",
	     "2026-11-23||call||b",
	     "## Life events\n- 2026-09-20 wedding\n\n## Log\n- 2026-11-23 call: b\n"
	     "- 2026-01-01 a\n"},
	    /* Entries without a section. */
	    {"# Ada\n\n- 2026-09-20 a\n- 2026-01-01 z\n", "2026-03-01||call||b",
	     "# Ada\n\n- 2026-09-20 a\n- 2026-03-01 call: b\n- 2026-01-01 z\n"},
	    {"- 2026-09-20 a", "2026-10-01||call||b", "- 2026-10-01 call: b\n- 2026-09-20 a"},
	    {"- 2026-09-20 a", "2026-03-01||call||b", "- 2026-09-20 a\n- 2026-03-01 call: b"},
	};
	CHECK(cases);
}

static void new_sections(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    {"", "2026-11-23||call||b", "## Log\n- 2026-11-23 call: b\n"},
	    {"---\nname: Ada\n---\n", "2026-11-23||call||b",
	     "---\nname: Ada\n---\n\n## Log\n- 2026-11-23 call: b\n"},
	    {"---\nname: Ada\n---", "2026-11-23||call||b",
	     "---\nname: Ada\n---\n\n## Log\n- 2026-11-23 call: b"},
	    {"She runs on tea.\n", "2026-11-23||call||b",
	     "She runs on tea.\n\n## Log\n- 2026-11-23 call: b\n"},
	    {"She runs on tea.", "2026-11-23||call||b",
	     "She runs on tea.\n\n## Log\n- 2026-11-23 call: b"},
	    {"She runs on tea.\r\n", "2026-11-23||call||b",
	     "She runs on tea.\r\n\r\n## Log\r\n- 2026-11-23 call: b\r\n"},
	    {"She runs on tea.\n\n", "2026-11-23||call||b",
	     "She runs on tea.\n\n## Log\n- 2026-11-23 call: b\n"},
	    {"# Ada\n\n### Notes\n\n* x\n", "2026-11-23||call||b",
	     "# Ada\n\n### Notes\n\n* x\n\n### Log\n\n* 2026-11-23 call: b\n"},
	    {"# Ada\n\n# Notes\nx\n", "2026-11-23||call||b",
	     "# Ada\n\n# Notes\nx\n\n# Log\n- 2026-11-23 call: b\n"},
	    {"## Next\n- [ ] x\n", "2026-11-23||call||b",
	     "## Next\n- [ ] x\n\n## Log\n- 2026-11-23 call: b\n"},
	    {"# Ada\n", "2026-11-23||call||b", "# Ada\n\n## Log\n- 2026-11-23 call: b\n"},
	    /* Sections without an entry. */
	    {"## Log", "2026-11-23||call||b", "## Log\n- 2026-11-23 call: b"},
	    {"## Log\n\n## Notes\n\nx\n", "2026-11-23||call||b",
	     "## Log\n\n- 2026-11-23 call: b\n\n## Notes\n\nx\n"},
	    {"## Log\nWhat we spoke of.\n\n## Notes\nx\n", "2026-11-23||call||b",
	     "## Log\nWhat we spoke of.\n\n- 2026-11-23 call: b\n\n## Notes\nx\n"},
	    {"## Log\n| a | b |\n|---|---|\n| 1 | 2 |\n", "2026-11-23||call||b",
	     "## Log\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- 2026-11-23 call: b\n"},
	    {"## Log\n+ soon\n", "2026-11-23||call||b", "## Log\n+ soon\n+ 2026-11-23 call: b\n"},
	    {"Log\n---\n\n## Notes\n", "2026-11-23||call||b",
	     "Log\n---\n- 2026-11-23 call: b\n\n## Notes\n"},
	    {"## Log\n<!-- never closed\n", "2026-11-23||call||b", "1: line 3: "},
	    {"## Log\n```\ncode\n", "2026-11-23||call||b", "1: line 4: "},
	};
	CHECK(cases);
	static const struct entry_case named[] = {
	    {"x\n", "2026-11-23||call||b", "x\n\n## Kontakte\n- 2026-11-23 call: b\n"},
	};
	check(named, ARRAY_LEN(named), "log_headings: [Kontakte, Log]\n");
}

static void styles(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    /* Bullets, indentation, blank lines, line ends. */
	    {"## Log\n* 2026-09-20 a\n", "2026-11-23||call||b",
	     "## Log\n* 2026-11-23 call: b\n* 2026-09-20 a\n"},
	    {"## Log\n  -   2026-09-20 a\n", "2026-11-23||call||b\nmore",
	     "## Log\n  -   2026-11-23 call: b\n      more\n  -   2026-09-20 a\n"},
	    {"## Log\n1. 2026-09-20 a\n", "2026-11-23||call||b\nmore",
	     "## Log\n1. 2026-11-23 call: b\n   more\n1. 2026-09-20 a\n"},
	    {"## Log\n\n- 2026-09-20 a\n\n- 2026-05-11 c\n", "2026-11-23||call||b",
	     "## Log\n\n- 2026-11-23 call: b\n\n- 2026-09-20 a\n\n- 2026-05-11 c\n"},
	    {"## Log\n\n- 2026-09-20 a\n\n- 2026-05-11 c\n", "2026-01-23||call||b",
	     "## Log\n\n- 2026-09-20 a\n\n- 2026-05-11 c\n\n- 2026-01-23 call: b\n"},
	    {"## Log\r\n- 2026-09-20 a\r\n", "2026-11-23||call||b\nc",
	     "## Log\r\n- 2026-11-23 call: b\r\n  c\r\n- 2026-09-20 a\r\n"},
	    {"\xEF\xBB\xBF## Log\n- 2026-09-20 a\n", "2026-11-23||call||b",
	     "\xEF\xBB\xBF## Log\n- 2026-11-23 call: b\n- 2026-09-20 a\n"},
	    /* Entries as headings. */
	    {"## Log\n\n### 2026-09-20 call\n\nTalk.\n\n### 2026-05-11 mail\n\nMail.\n",
	     "2026-11-23||call||b",
	     "## Log\n\n### 2026-11-23 call: b\n\n### 2026-09-20 call\n\nTalk.\n\n"
	     "### 2026-05-11 mail\n\nMail.\n"},
	    {"## Log\n\n### 2026-09-20 call\n\nTalk.\n", "2026-01-23||call||b\nmore\n",
	     "## Log\n\n### 2026-09-20 call\n\nTalk.\n\n### 2026-01-23 call: b\n\nmore\n"},
	    {"## Log\n### 2026-09-20 call\nTalk.\n", "2026-01-23||call||b\nmore\n",
	     "## Log\n### 2026-09-20 call\nTalk.\n\n### 2026-01-23 call: b\nmore\n"},
	    /* Marks around the date, and its form. */
	    {"## Log\n- **2026-09-20** a\n", "2026-11-23||call||b",
	     "## Log\n- **2026-11-23** call: b\n- **2026-09-20** a\n"},
	    {"## Log\n- [[2026-09-20]] a\n", "2026-11-23||call||b",
	     "## Log\n- [[2026-11-23]] call: b\n- [[2026-09-20]] a\n"},
	    {"## Log\n- *[[2026-09-20|Sunday]]* a\n", "2026-11-23||call||b",
	     "## Log\n- *[[2026-11-23]]* call: b\n- *[[2026-09-20|Sunday]]* a\n"},
	    {"## Log\n- **2026-09-20 call**: a\n", "2026-11-23||call||b",
	     "## Log\n- 2026-11-23 call: b\n- **2026-09-20 call**: a\n"},
	    {"## Log\n- 2026/09/20 a\n", "2026-11-23||call||b",
	     "## Log\n- 2026/11/23 call: b\n- 2026/09/20 a\n"},
	    {"## Log\n- 20260920 a\n", "2026-11-23||call||b",
	     "## Log\n- 2026-11-23 call: b\n- 20260920 a\n"},
	    /* Separators. */
	    {"## Log\n- 2026-09-20 call - a\n", "2026-11-23||call||b",
	     "## Log\n- 2026-11-23 call - b\n- 2026-09-20 call - a\n"},
	    {"## Log\n- 2026-09-20 call with [[grace-hopper]] \xE2\x80\x93 a\n",
	     "2026-11-23||call||b",
	     "## Log\n- 2026-11-23 call \xE2\x80\x93 b\n"
	     "- 2026-09-20 call with [[grace-hopper]] \xE2\x80\x93 a\n"},
	    {"## Log\n- 2026-09-20: call - a\n", "2026-11-23||call||b",
	     "## Log\n- 2026-11-23: call - b\n- 2026-09-20: call - a\n"},
	    {"## Log\n- 2026-09-20 call a - b: c\n", "2026-11-23||call||b",
	     "## Log\n- 2026-11-23 call: b\n- 2026-09-20 call a - b: c\n"},
	    {"## Log\n- 2026-09-20 14:30 call \xE2\x80\x94 a\n", "2026-11-23|15:00|call||b",
	     "## Log\n- 2026-11-23 15:00 call \xE2\x80\x94 b\n"
	     "- 2026-09-20 14:30 call \xE2\x80\x94 a\n"},
	    /* Labels. */
	    {"## Log\n- 2026-09-20 call with [[x|Xenia]]: a\n",
	     "2026-11-23||call|ada-lovelace=Ada Lovelace,b=B|c",
	     "## Log\n- 2026-11-23 call with [[ada-lovelace|Ada Lovelace]], [[b|B]]: c\n"
	     "- 2026-09-20 call with [[x|Xenia]]: a\n"},
	    {"", "2026-11-23||call|ada-lovelace=Ada Lovelace,b=B|c",
	     "## Log\n- 2026-11-23 call with [[ada-lovelace]], [[b]]: c\n"},
	};
	CHECK(cases);
}

static void groups(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    {"## Log\n### 2026\n- 2026-09-20 a\n\n### 2025\n- 2025-09-20 a\n",
	     "2026-11-23||call||b",
	     "## Log\n### 2026\n- 2026-11-23 call: b\n- 2026-09-20 a\n\n### 2025\n"
	     "- 2025-09-20 a\n"},
	    {"## Log\n### 2026\n- 2026-09-20 a\n\n### 2025\n- 2025-09-20 a\n",
	     "2025-01-23||call||b",
	     "## Log\n### 2026\n- 2026-09-20 a\n\n### 2025\n- 2025-09-20 a\n"
	     "- 2025-01-23 call: b\n"},
	    {"## Log\n### 2026\n- 2026-09-20 a\n\n### 2025\n- 2025-09-20 a\n",
	     "2026-01-23||call||b",
	     "## Log\n### 2026\n- 2026-09-20 a\n- 2026-01-23 call: b\n\n### 2025\n"
	     "- 2025-09-20 a\n"},
	    {"## Log\n### 2026\n- 2026-09-20 a\n", "2027-01-23||call||b",
	     "## Log\n### 2027\n- 2027-01-23 call: b\n\n### 2026\n- 2026-09-20 a\n"},
	    {"## Log\n### 2026\n- 2026-09-20 a\n", "2024-01-23||call||b",
	     "## Log\n### 2026\n- 2026-09-20 a\n\n### 2024\n- 2024-01-23 call: b\n"},
	    {"## Log\n### 2025\n- 2025-09-20 a\n\n### 2026\n- 2026-09-20 a\n\n## More\n",
	     "2027-01-23||call||b",
	     "## Log\n### 2025\n- 2025-09-20 a\n\n### 2026\n- 2026-09-20 a\n\n### 2027\n"
	     "- 2027-01-23 call: b\n\n## More\n"},
	    {"## Log\n\n### October 2026\n\n- 2026-10-20 a\n", "2026-11-23||call||b",
	     "## Log\n\n### November 2026\n\n- 2026-11-23 call: b\n\n### October 2026\n\n"
	     "- 2026-10-20 a\n"},
	    {"## Log\n### Oct 2026\n- 2026-10-20 a\n", "2026-11-23||call||b",
	     "## Log\n### Nov 2026\n- 2026-11-23 call: b\n\n### Oct 2026\n- 2026-10-20 a\n"},
	    {"## Log\n### 2026-10\n- 2026-10-20 a\n", "2026-11-23||call||b",
	     "## Log\n### 2026-11\n- 2026-11-23 call: b\n\n### 2026-10\n- 2026-10-20 a\n"},
	    {"## Log\n### 2026-W47\n- 2026-11-20 a\n", "2026-11-23||call||b",
	     "## Log\n### 2026-W48\n- 2026-11-23 call: b\n\n### 2026-W47\n- 2026-11-20 a\n"},
	    {"## Log\n### 2026\n#### 2026-10\n- 2026-10-20 a\n", "2026-11-23||call||b",
	     "## Log\n### 2026\n#### 2026-11\n- 2026-11-23 call: b\n\n#### 2026-10\n"
	     "- 2026-10-20 a\n"},
	    {"## Log\n### 2026\n#### 2026-10\n- 2026-10-20 a\n", "2027-01-23||call||b",
	     "## Log\n### 2027\n- 2027-01-23 call: b\n\n### 2026\n#### 2026-10\n"
	     "- 2026-10-20 a\n"},
	    {"## Log\n### 2027\n### 2026\n- 2026-10-20 a\n", "2027-01-23||call||b",
	     "## Log\n### 2027\n- 2027-01-23 call: b\n### 2026\n- 2026-10-20 a\n"},
	    /* Other names say nothing against it. */
	    {"## Log\n### London years\n- 2026-09-20 a\n", "2027-01-23||call||b",
	     "## Log\n### London years\n- 2027-01-23 call: b\n- 2026-09-20 a\n"},
	};
	CHECK(cases);
}

static void texts(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    {"", "2026-11-23||||", "## Log\n- 2026-11-23\n"},
	    {"", "2026-11-23||call||", "## Log\n- 2026-11-23 call\n"},
	    {"", "!2026-11-23||lunch||the plan", "## Log\n- 2026-11-23 lunch: the plan #planned\n"},
	    {"", "!2026-11-23||lunch||", "## Log\n- 2026-11-23 lunch #planned\n"},
	    {"", "!2026-11-23||lunch||x #planned", "## Log\n- 2026-11-23 lunch: x #planned\n"},
	    {"", "2026-11-23|14:30|||b", "## Log\n- 2026-11-23 14:30: b\n"},
	    {"", "2026-11-23|||g=Grace|b", "## Log\n- 2026-11-23 with [[g]]: b\n"},
	    {"", "!2026-11-23|||g=Grace|", "## Log\n- 2026-11-23 with [[g]] #planned\n"},
	    {"", "2026-11-23||||the move #gave #asked",
	     "## Log\n- 2026-11-23: the move #gave #asked\n"},
	    {"", "2026-11-23||||#gave\na book", "## Log\n- 2026-11-23: #gave\n  a book\n"},
	    {"", "2026-11-23||call||b #mentor", "## Log\n- 2026-11-23 call: b #mentor\n"},
	    /* What would be read as more of the head. */
	    {"", "2026-11-23||||call her back", "## Log\n- 2026-11-23 call: her back\n"},
	    {"", "2026-11-23||||with care", "## Log\n- 2026-11-23: with care\n"},
	    {"", "2026-11-23||||- a dash", "## Log\n- 2026-11-23: a dash\n"},
	    {"", "2026-11-23||call||call again", "## Log\n- 2026-11-23 call: call again\n"},
	    {"", "2026-11-23||call||with care", "## Log\n- 2026-11-23 call: with care\n"},
	    {"", "2026-11-23||call||- a dash", "## Log\n- 2026-11-23 call: a dash\n"},
	    {"", "2026-11-23||||14:30 at the station",
	     "## Log\n- 2026-11-23: 14:30 at the station\n"},
	    {"", "2026-11-23||||2026-11-24 is her day",
	     "## Log\n- 2026-11-23: 2026-11-24 is her day\n"},
	    {"", "2026-11-23||||[ ] no task", "## Log\n- 2026-11-23: [ ] no task\n"},
	    /* Several lines. */
	    {"", "2026-11-23||call||a\n\nb\r\n  - c\n\n",
	     "## Log\n- 2026-11-23 call: a\n\n  b\n    - c\n"},
	    {"", "2026-11-23||call||a\n```\n## x\n```",
	     "## Log\n- 2026-11-23 call: a\n  ```\n  ## x\n  ```\n"},
	    {"", "2026-11-23||call||a\n# x", "## Log\n- 2026-11-23 call: a\n  # x\n"},
	    {"", "2026-11-23||call||a\n2026-01-01 x",
	     "## Log\n- 2026-11-23 call: a\n  2026-01-01 x\n"},
	    /* What cannot be written so that it reads back. */
	    {"", "2026-11-23||call||a\n- [ ] do it", "1: line 3: the task \"do it\" would be new"},
	    {"", "2026-11-23||call||a\n\n[x]: http://y.z", "1: the text's line \"[x]:\""},
	    {"", "2026-11-23||call||a\x01", "3: "},
	    {"", "2026-11-23||call||a\rb", "3: "},
	    {"", "2026-11-23||call||a \xff", "1: line 2: "},
	    {"", "2026-11-23||smoke signal||a", "1: line 2: "},
	    {"", "2026-11-23||call|a]]b|a", "3: "},
	    {"## Log\n### 2026-09-20 call\n", "2026-11-23||call||a\n# x", "1: "},
	    {"## Log\n### 2026-09-20 call\n", "2026-11-23||call||a #", "1: line "},
	    {"- - 2026-09-20 call\n", "2026-11-23||call||a", "1: line 1: "},
	    {"---\na: {{x}}\n---\n", "2026-11-23||call||a", "1: this is a template"},
	    {"\xff\xfe", "2026-11-23||call||a", "1: this is UTF-16"},
	};
	CHECK(cases);
}

static void the_line(void **state)
{
	(void)state;
	static const struct entry_case cases[] = {
	    {"", "2026-11-23||coffee|grace-hopper=Grace Hopper|punch cards #gave",
	     "## Log\n- 2026-11-23 coffee with [[grace-hopper]]: punch cards #gave\n"},
	    {"", "2026-11-23||||text", "## Log\n- 2026-11-23: text\n"},
	    {"", "!2026-11-23||lunch||", "## Log\n- 2026-11-23 lunch #planned\n"},
	    {"", "!2026-11-23|12:00|lunch||x\ny",
	     "## Log\n- 2026-11-23 12:00 lunch: x #planned\n  y\n"},
	};
	CHECK(cases);
}

static void taking_back(void **state)
{
	(void)state;
	/* The line; the first digit is the occurrence. */
	static const struct entry_case cases[] = {
	    {"## Log\n- 2026-11-23 a\n- 2026-09-20 b\n", "02026-11-23 a",
	     "## Log\n- 2026-09-20 b\n"},
	    {"## Log\n- 2026-11-23 a\n- 2026-09-20 b\n", "02026-09-20 b",
	     "## Log\n- 2026-11-23 a\n"},
	    {"## Log\n- 2026-11-23 a\n- 2026-09-20 b", "02026-09-20 b", "## Log\n- 2026-11-23 a"},
	    {"## Log\r\n- 2026-11-23 a\r\n- 2026-09-20 b", "02026-09-20 b",
	     "## Log\r\n- 2026-11-23 a"},
	    {"## Log\n- 2026-11-23 a\n  x\n- 2026-11-23 a\n  y\n", "12026-11-23 a",
	     "## Log\n- 2026-11-23 a\n  x\n"},
	    {"## Log\n- 2026-11-23 a\n\n  x\n  - [ ] y\n\n## Notes\n", "02026-11-23 a",
	     "## Log\n\n## Notes\n"},
	    {"## Log\n\n- 2026-11-23 a\n\n- 2026-09-20 b\n\n## N\n", "02026-11-23 a",
	     "## Log\n\n- 2026-09-20 b\n\n## N\n"},
	    {"## Log\n\n- 2026-11-23 a\n\n- 2026-09-20 b\n\n## N\n", "02026-09-20 b",
	     "## Log\n\n- 2026-11-23 a\n\n## N\n"},
	    {"## Log\n### 2026-11-23 a\nx\n\n### 2026-09-20 b\ny\n", "02026-11-23 a",
	     "## Log\n### 2026-09-20 b\ny\n"},
	    {"## Log\n- 2026-11-23 a\n", "12026-11-23 a", "4: "},
	    {"## Log\n- 2026-11-23 a\n", "02026-11-23", "4: "},
	    {"## Notes\n- 2026-11-23 a\n", "02026-11-23 a", "4: "},
	};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reading r;
		struct kith_error err = {0};
		struct buf got;
		buf_init(&got, 0);
		reading_init(&r, NULL, "people/p.md", str_of(cases[i].before));
		struct str line = str_of(cases[i].entry + 1);
		size_t occurrence = (size_t)(cases[i].entry[0] - '0');
		if (entry_take_back(&got, r.image, &r.config, line, occurrence, &err) < 0) {
			assert_int_equal(got.n, 0);
			buf_printf(&got, "%d: ", (int)err.status);
		}
		bad += differs(&got, cases[i].after, cases[i].before);
		buf_release(&got);
		reading_release(&r);
	}
	assert_int_equal(bad, 0);
}

/* ---- many bodies, made of pieces ---- */

static uint64_t next_number(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *state >> 33;
}

static const char *pick(uint64_t *state, const char *const *of, size_t count)
{
	return of[next_number(state) % count];
}

#define PICK(state, of) pick(state, of, ARRAY_LEN(of))

static const char *const fronts[] = {
    "", "", "---\nname: Ada\n---\n", "---\nname: Ada\ntags: [a, b]\n---\n\n", "\xEF\xBB\xBF",
};
static const char *const openings[] = {
    "",
    "# Ada\n",
    "Ada\n===\n\n",
    "She runs on tea.\n",
    "> quoted\n\n",
    "<!-- note -->\n\n",
    "- likes tea\n- and letters\n\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n",
    "Text\nof lines\n\n",
};
static const char *const sections[] = {
    "## Next\n",  "## Next\n\n",           "## Log\n",
    "## Log\n\n", "### Meetings:\n",       "Log\n---\n\n",
    "## Notes\n", "# Journal\n",           "## Life events\n\n",
    "### 2026\n", "### November 2026\n\n",
};
static const char *const contents[] = {
    "- 2026-09-20 call: a\n",
    "- 2026-09-20 coffee with [[grace]]: a\n- 2026-05-11 email: b\n",
    "- 2026-05-11 email: b\n- 2026-09-20 call: a\n",
    "* 2026-09-20 call: a\n\n* 2026-05-11 email: b\n\n* 2026-01-01 z\n",
    "1. 2026-09-20 call\n2. 2026-05-11 email\n",
    "  - **2026-09-20** call \xE2\x80\x93 a\n    more\n\n    paragraph\n    - nested\n",
    "- 2026-09-20 call\n  ```\n  code\n  ```\n  > quote\n- [[2026-05-11]] b\n",
    "### 2026-09-20 call\n\nText.\n\n### 2026-05-11 mail\n- x\n",
    "- 2026-12-24 visit #planned\n- 2026-02-01\n\tmore\n",
    "- [ ] send it  (due:: 2026-11-30)\n- [x] done  (completion:: 2026-01-02)\n",
    "- [ ] send it \xF0\x9F\x93\x85 2026-11-30\n  - [ ] part\n\n- [ ] more\n",
    "* [ ] a\n* [-] b\n\nText after.\n",
    "```\n- 2026-09-20 code\n```\n",
    "    - 2026-09-20 code\n",
    "<details>\n- 2026-09-20 html\n\n- 2026-09-21 not\n</details>\n",
    "<!-- - 2026-09-20 comment\n-->\n",
    "Text\n- 2026-09-20 after text\n",
    "> - 2026-09-20 quoted\n",
    "| when | what |\n|---|---|\n| 2026-09-20 | call |\n",
    "[x]: http://a.b\n\n- [x] c\n",
    "- - 2026-09-20 twice\n",
    "***\n",
    "\n\n",
    "text without end",
};

static void make_body(struct buf *b, uint64_t *state)
{
	struct buf plain;
	buf_init(&plain, 0);
	buf_addz(&plain, PICK(state, fronts));
	buf_addz(&plain, PICK(state, openings));
	for (uint64_t parts = next_number(state) % 4; parts > 0; parts--) {
		buf_addz(&plain, PICK(state, sections));
		for (uint64_t in = next_number(state) % 3; in > 0; in--)
			buf_addz(&plain, PICK(state, contents));
		buf_addz(&plain, next_number(state) % 3 ? "\n" : "");
	}
	if (next_number(state) % 4 == 0)
		plain.n = str_rtrim(buf_str(&plain)).n;
	bool crlf = next_number(state) % 4 == 0;
	for (size_t i = 0; i < plain.n; i++) {
		if (crlf && plain.p[i] == '\n')
			buf_addc(b, '\r');
		buf_addc(b, plain.p[i]);
	}
	buf_release(&plain);
}

/* Whether one text is the other with something put in. */
static bool is_insertion(struct str before, struct str after)
{
	size_t same = 0, end = 0;
	while (same < before.n && same < after.n && before.p[same] == after.p[same])
		same++;
	while (end < before.n && end < after.n &&
	       before.p[before.n - 1 - end] == after.p[after.n - 1 - end])
		end++;
	return after.n > before.n && same + end >= before.n;
}

static const char *const some_entries[] = {
    "2026-11-23||coffee||the move to Bath",
    "2026-11-23||call|grace-hopper=Grace Hopper|punch cards #gave",
    "2026-06-01|14:30|email||a reference\nwith two\n\nparagraphs",
    "!2027-01-03||lunch||",
    "2025-11-23||||call her: soon",
    "2026-05-11||note|a=A,b=B|- with a list\n- of two\n> quote",
};
static const char *const some_tasks[] = {"send the paper", "a ^id", "#topic ask #gave",
					 "(due 2026-01-02) x"};

/* How many entries of one stand in the other, in order. */
static size_t count_equal(const struct contact *a, const struct contact *b)
{
	size_t equal = 0;
	for (size_t i = 0, k = 0; i < a->entries_count; i++)
		for (size_t at = k; at < b->entries_count; at++)
			if (a->entries[i].day == b->entries[at].day &&
			    str_eq(a->entries[i].text, b->entries[at].text)) {
				equal++;
				k = at + 1;
				break;
			}
	return equal;
}

struct tally {
	size_t tried, refused, restored;
};

/* Where the first entry stands that the other does not have. */
static size_t first_new(const struct contact *before, const struct contact *after)
{
	size_t i = 0;
	while (i < before->entries_count && before->entries[i].day == after->entries[i].day &&
	       str_eq(before->entries[i].text, after->entries[i].text) &&
	       str_eq(before->entries[i].rest, after->entries[i].rest))
		i++;
	return i;
}

/* Takes the new entry out again: then all is as it was, but for blank lines and a new section. */
static void try_removing(struct tally *tally, struct reading *before, struct reading *after)
{
	struct kith_error err = {0};
	struct reading again;
	struct buf got;
	buf_init(&got, 0);
	size_t place = first_new(&before->contact, &after->contact), occurrence = 0;
	const struct entry *e = &after->contact.entries[place];
	struct str line = str_from(after->image, e->block.from);
	line = str_rtrim(str_upto(line, str_find_char(line, '\n')));
	line = str_ltrim(str_from(line, str_find_char(line, ' ')));
	for (size_t i = 0; i < place; i++) {
		const struct entry *other = &after->contact.entries[i];
		struct str text = str_slice(after->image, other->block.from, other->block.to);
		text = str_rtrim(str_upto(text, str_find_char(text, '\n')));
		occurrence += str_ends(text, line);
	}
	assert_int_equal(
	    entry_take_back(&got, after->image, &before->config, line, occurrence, &err), 0);
	tally->restored += str_eq(buf_str(&got), before->image);
	reading_init(&again, NULL, "people/p.md", buf_str(&got));
	assert_int_equal(again.contact.entries_count, before->contact.entries_count);
	assert_int_equal(count_equal(&before->contact, &again.contact),
			 before->contact.entries_count);
	assert_int_equal(again.contact.tasks_count, before->contact.tasks_count);
	reading_release(&again);
	buf_release(&got);
}

static void try_entry(struct tally *tally, struct str body, const char *spec)
{
	struct reading before, after;
	struct kith_error err = {0};
	struct entry_companion people[4];
	struct entry_text entry = entry_of(spec, people);
	struct buf got;
	buf_init(&got, 0);
	reading_init(&before, NULL, "people/p.md", body);
	tally->tried++;
	if (entries_add(&got, before.image, &before.config, &entry, &err) < 0) {
		tally->refused++;
		assert_true(err.message[0]);
		assert_int_equal(got.n, 0);
	} else {
		reading_init(&after, NULL, "people/p.md", buf_str(&got));
		assert_true(is_insertion(before.image, buf_str(&got)));
		assert_int_equal(after.contact.entries_count, before.contact.entries_count + 1);
		assert_int_equal(after.contact.tasks_count, before.contact.tasks_count);
		assert_int_equal(count_equal(&before.contact, &after.contact),
				 before.contact.entries_count);
		assert_int_equal(after.diag.count, before.diag.count);
		try_removing(tally, &before, &after);
		reading_release(&after);
	}
	reading_release(&before);
	buf_release(&got);
}

static void close_task(struct buf *out, const struct reading *r, const struct task *task)
{
	struct kith_error err = {0};
	struct task done = *task;
	done.state = TASK_DONE;
	done.done = 20781;
	assert_int_equal(tasks_turn(out, r->image, &r->config, task, 0, &done, &err), 0);
}

static void try_task(struct tally *tally, struct str body, const char *text)
{
	struct reading before, after;
	struct kith_error err = {0};
	struct task_text task = {.text = str_of(text), .created = 20780, .due = NO_DAY};
	struct buf got, closed;
	buf_init(&got, 0);
	buf_init(&closed, 0);
	reading_init(&before, NULL, "people/p.md", body);
	tally->tried++;
	if (tasks_add(&got, before.image, &before.config, &task, &err) < 0) {
		tally->refused++;
		assert_int_equal(got.n, 0);
	} else {
		reading_init(&after, NULL, "people/p.md", buf_str(&got));
		assert_true(is_insertion(before.image, buf_str(&got)));
		assert_int_equal(after.contact.tasks_count, before.contact.tasks_count + 1);
		assert_int_equal(after.contact.entries_count, before.contact.entries_count);
		for (size_t i = 0; i < after.contact.tasks_count; i++)
			if (after.contact.tasks[i].state == TASK_OPEN)
				close_task(&closed, &after, &after.contact.tasks[i]);
		reading_release(&after);
	}
	reading_release(&before);
	buf_release(&closed);
	buf_release(&got);
}

static void many_bodies(void **state)
{
	(void)state;
	uint64_t seed = 1;
	struct tally entries = {0}, tasks = {0};
	for (int i = 0; i < 600; i++) {
		struct buf body;
		buf_init(&body, 0);
		make_body(&body, &seed);
		try_entry(&entries, buf_str(&body), PICK(&seed, some_entries));
		try_task(&tasks, buf_str(&body), PICK(&seed, some_tasks));
		buf_release(&body);
	}
	print_message("entries: %zu tried, %zu refused, %zu taken back to the byte\n"
		      "tasks: %zu tried, %zu refused\n",
		      entries.tried, entries.refused, entries.restored, tasks.tried, tasks.refused);
	assert_true(entries.refused * 20 < entries.tried);
	assert_true(tasks.refused * 20 < tasks.tried);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(places),      cmocka_unit_test(new_sections),
	    cmocka_unit_test(styles),      cmocka_unit_test(groups),
	    cmocka_unit_test(texts),       cmocka_unit_test(the_line),
	    cmocka_unit_test(taking_back), cmocka_unit_test(many_bodies),
	};
	return cmocka_run_group_tests_name("entries", tests, NULL, NULL);
}
