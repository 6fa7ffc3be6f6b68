/*
 * What becomes of three versions, rule by rule: each row is three files and the one that they
 * give, to the byte. `both ways`: also when ours and theirs change places.
 */
#include "merge/merge.h"
#include "reading.h"

#define BOTH        " " MERGE_BOTH_KEPT
#define FRONT(keys) "---\n" keys "---\n"
#define LOG(lines)  "---\nname: Ada\n---\n## Log\n" lines

struct rule_case {
	const char *rule;
	const char *base, *ours, *theirs; /* NULL: no such file */
	const char *result;               /* NULL: a version cannot be read */
	bool one_way;                     /* a single value clashes, or ours decides */
};

/* 1 where something else comes out. */
static size_t is_otherwise(enum merge_kind kind, const struct rule_case *rule, bool swapped)
{
	struct merge_result got;
	struct kith_error err = {0};
	struct config config;
	struct arena arena;
	struct buf shown;
	struct str ours = str_of(rule->ours), theirs = str_of(rule->theirs);
	struct merge_versions versions = {str_of(rule->base), swapped ? theirs : ours,
					  swapped ? ours : theirs};
	arena_init(&arena);
	buf_init(&shown, 0);
	config_default(&config, &arena);
	if (merge_files(&got, kind, &versions, &config, &arena, &err))
		buf_printf(&shown, "refused: %s", err.message);
	else if (got.unread.p)
		buf_addz(&shown, "unread");
	else
		buf_add(&shown, got.bytes);
	size_t bad = differs(&shown, rule->result ? rule->result : "unread",
			     swapped ? "(the other way round)" : rule->rule);
	buf_release(&shown);
	arena_release(&arena);
	return bad;
}

static void check(enum merge_kind kind, const struct rule_case *rules, size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		size_t wrong = is_otherwise(kind, &rules[i], false);
		if (!wrong && !rules[i].one_way)
			wrong = is_otherwise(kind, &rules[i], true);
		if (wrong)
			print_error("^^^ %s\n", rules[i].rule);
		bad += wrong;
	}
	assert_int_equal(bad, 0);
}

#define CHECK(kind, rules) check(kind, rules, ARRAY_LEN(rules))

static void pieces(void **state)
{
	(void)state;
	static const struct rule_case rules[] = {
	    {"each side's own change", FRONT("title: A\norg: B\n"), FRONT("title: X\norg: B\n"),
	     FRONT("title: A\norg: Y\n"), FRONT("title: X\norg: Y\n"), false},
	    {"the same change on both sides, once", "a\n\nb\n", "a\n\nc\n", "a\n\nc\n", "a\n\nc\n",
	     false},
	    {"what nobody changed stays as it is written",
	     FRONT("name:    Ada\t# tab\ntags: [ a,b ,]  # mine\nurl: 'x'\n"),
	     FRONT("name:    Ada\t# tab\ntags: [ a,b ,]  # mine\nurl: 'y'\n"),
	     FRONT("name:    Ada\t# tab\ntags: [ a,b ,]  # mine\nurl: 'x'\n") "Tea.\n",
	     FRONT("name:    Ada\t# tab\ntags: [ a,b ,]  # mine\nurl: 'y'\n") "Tea.\n", false},
	    {"a comment before a piece is its own", FRONT("title: A\norg: B\n"),
	     FRONT("# why\ntitle: A\norg: B\n"), FRONT("org: C\ntitle: A\n"),
	     FRONT("org: C\n# why\ntitle: A\n"), false},
	    {"a comment makes a piece a changed one", FRONT("title: A\norg: B\n"),
	     FRONT("title: A\n# why\norg: B\n"), FRONT("title: A\n"),
	     FRONT("title: A\n# why\norg: B\n"), false},
	    {"a comment left where its key was taken away stays with the key that the other "
	     "side changed",
	     FRONT("# why\ntitle: A\norg: B\n"), FRONT("# why\norg: B\n"),
	     FRONT("# why\ntitle: C\norg: B\n"), FRONT("# why\ntitle: C\norg: B\n"), false},
	    {"the same before another comment, and with a new key",
	     FRONT("# why\ntitle: A\n# b\norg: B\n"), FRONT("# why\n# b\norg: B\n"),
	     FRONT("# why\ntitle: C\nurl: x\n# b\norg: D\n"),
	     FRONT("# why\ntitle: C\nurl: x\n# b\norg: D\n"), false},
	    {"the same of the last key", FRONT("name: Ada\n# why\ntitle: A\n"),
	     FRONT("name: Ada\n# why\n# end\n"), FRONT("name: Ada\n# why\ntitle: C\n"),
	     FRONT("name: Ada\n# why\ntitle: C\n# end\n"), false},
	    {"a comment behind a value", FRONT("title: A\norg: B\n"),
	     FRONT("title: A  # now\norg: B\n"), FRONT("title: A\norg: C\n"),
	     FRONT("title: A  # now\norg: C\n"), false},
	    {"a comment behind a key whose value the other side wrote over lines",
	     FRONT("title: A\norg: B\n"), FRONT("title: A  # now\norg: B\n"),
	     FRONT("title: |\n  C\n  D\norg: B\n"), FRONT("# now\ntitle: |\n  C\n  D\norg: B\n"),
	     false},
	    {"comments in a value that the other side replaced", FRONT("pets:\n  cat: Tom\n"),
	     FRONT("pets: # mine\n  # old\n  cat: Tom\n"), FRONT("pets: none\n"),
	     FRONT("# mine\n# old\npets: none\n"), false},
	    {"comments in a value, with an item of the other side's", FRONT("tags:\n  - a\n"),
	     FRONT("tags: # mine\n  - a # one\n"), FRONT("tags: [a, b]\n"),
	     FRONT("tags: # mine\n  - a # one\n  - b\n"), false},
	    {"a comment left in a list above the next item",
	     FRONT("tags:\n  # why\n  - a\n  - b\n"), FRONT("tags:\n  # why\n  - b\n"),
	     FRONT("tags:\n  # why\n  - a # x\n  - b\n"),
	     FRONT("tags:\n  # why\n  - a # x\n  - b\n"), false},
	    {"blank lines are merged on their own", "One.\n\n## Notes\nTwo.\n",
	     "One.\n\n\n## Notes\nTwo.\n", "One.\n\n## Thoughts\nTwo.\n",
	     "One.\n\n\n## Thoughts\nTwo.\n", false},
	    {"so are bullets", LOG("- 2026-09-20 call: x\n"), LOG("* 2026-09-20 call: x\n"),
	     LOG("- 2026-09-20 call: x, too\n"), LOG("* 2026-09-20 call: x, too\n"), false},
	    {"the file's end", LOG("- 2026-09-20 x"), LOG("- 2026-09-20 x\n"),
	     LOG("- 2026-11-20 call\n- 2026-09-20 x"), LOG("- 2026-11-20 call\n- 2026-09-20 x\n"),
	     false},
	    {"a byte-order mark", "One.\n", "\xEF\xBB\xBFOne.\n", "One.\n\nTwo.\n",
	     "\xEF\xBB\xBFOne.\n\nTwo.\n", false},
	    {"new keys of both stand in the order of their bytes", FRONT("name: Ada\n"),
	     FRONT("name: Ada\ncolor: teal\n"), FRONT("name: Ada\ncar: red\n"),
	     FRONT("name: Ada\ncar: red\ncolor: teal\n"), false},
	    {"new paragraphs, too", "One.\n", "One.\n\nbeta\n", "One.\n\nalpha\n",
	     "One.\n\nalpha\n\nbeta\n", false},
	    {"of two that read alike the smaller bytes stay", FRONT("name: Ada\n"),
	     FRONT("name: Ada\ntitle: CTO\n"), FRONT("name: Ada\ntitle: \"CTO\"\n"),
	     FRONT("name: Ada\ntitle: \"CTO\"\n"), false},
	    {"line ends of the side that changed them all",
	     "---\r\nname: Ada\r\n---\r\n## Log\r\n- 2026-09-20 x\r\n",
	     "---\r\nname: Ada\r\n---\r\n## Log\r\n- 2026-11-20 call\r\n- 2026-09-20 x\r\n",
	     LOG("- 2026-09-20 x\n"), LOG("- 2026-11-20 call\n- 2026-09-20 x\n"), false},
	    {"else ours", NULL, "One.\r\n", "Two.\n", "One.\r\n\r\nTwo.\r\n", true},
	    {"no base: one file with both", NULL, FRONT("name: Ada\nemail: a@x.example\n"),
	     FRONT("name: Ada\nphone: \"1\"\n"),
	     FRONT("name: Ada\nemail: a@x.example\nphone: \"1\"\n"), false},
	    {"front matter on one side, a text on the other", NULL, FRONT("name: Ada\n"), "One.\n",
	     FRONT("name: Ada\n") "One.\n", false},
	    {"both begin a log", FRONT("name: Ada\n"), LOG("- 2026-11-20 call: b\n"),
	     LOG("- 2026-11-20 call: a\n"), LOG("- 2026-11-20 call: a\n- 2026-11-20 call: b\n"),
	     false},
	    {"taken away by one, kept by the other", "One.\n\nTwo.\n\nThree.\n", "One.\n\nThree.\n",
	     "One.\n\nTwo.\n\nThree, too.\n", "One.\n\nThree, too.\n", false},
	    {"deleted and changed: stays as changed", "One.\n\nTwo.\n\nThree.\n",
	     "One.\n\nThree.\n", "One.\n\nTwo, too.\n\nThree.\n", "One.\n\nTwo, too.\n\nThree.\n",
	     false},
	    {"a side that cannot be read", FRONT("name: Ada\n"), FRONT("name: [Ada\n"),
	     FRONT("name: Ada K\n"), NULL, false},
	    {"marks of a conflict", FRONT("name: Ada\n"),
	     FRONT("name: Ada\n") "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n", FRONT("name: Ada K\n"),
	     NULL, false},
	};
	CHECK(MERGE_CONTACT, rules);
}

static void single_values(void **state)
{
	(void)state;
	static const struct rule_case rules[] = {
	    {"ours stays, theirs goes under merged", FRONT("title: CTO\n"), FRONT("title: CEO\n"),
	     FRONT("title: COO\n"), FRONT("title: CEO\nmerged: {title: [COO]}\n"), true},
	    {"removed and changed", FRONT("name: Ada\ncadence: 6w\n"), FRONT("name: Ada\n"),
	     FRONT("name: Ada\ncadence: 8w\n"), FRONT("name: Ada\ncadence: 8w\n"), false},
	    {"removed and as it was", FRONT("name: Ada\ncadence: 6w\n"), FRONT("name: Ada\n"),
	     FRONT("name: Ada K\ncadence: 6w\n"), FRONT("name: Ada K\n"), false},
	    {"the later last contact", FRONT("last_contact: 2026-09-01\n"),
	     FRONT("last_contact: 2026-11-01\n"), FRONT("last_contact: 2026-10-01\n"),
	     FRONT("last_contact: 2026-11-01\n"), false},
	    {"the later, however it is written", FRONT("last_contact: 2026-09-01\n"),
	     FRONT("last contact: 2026-10-01\n"), FRONT("last_contact: 20 Nov 2026\n"),
	     FRONT("last contact: 20 Nov 2026\n"), true},
	    {"the later snooze", FRONT("snooze: 2026-09-01\n"), FRONT("snooze: 2026-10-01\n"),
	     FRONT("snooze: 2026-11-01\n"), FRONT("snooze: 2026-11-01\n"), false},
	    {"the earlier day of adding", NULL, FRONT("added: 2026-10-02\n"),
	     FRONT("added: 2026-10-01\n"), FRONT("added: 2026-10-01\n"), false},
	    {"archived before paused", FRONT("status: active\n"), FRONT("status: paused\n"),
	     FRONT("status: archived\n"), FRONT("status: archived\n"), false},
	    {"deceased before archived", FRONT("status: active\n"), FRONT("status: archived\n"),
	     FRONT("status: deceased\n"), FRONT("status: deceased\n"), false},
	    {"paused before active", NULL, FRONT("status: active\n"), FRONT("status: paused\n"),
	     FRONT("status: paused\n"), false},
	    {"a status of one's own", FRONT("status: active\n"), FRONT("status: paused\n"),
	     FRONT("status: busy\n"), FRONT("status: paused\nmerged: {status: [busy]}\n"), true},
	    {"a key is its meaning", FRONT("company: A\n"), FRONT("org: A\n"),
	     FRONT("company: B\n"), FRONT("org: B\n"), false},
	    {"or its spelling, however that is", FRONT("fav color: teal\n"),
	     FRONT("fav color: red\n"), FRONT("fav color: teal\nFav_Car: x\n"),
	     FRONT("fav color: red\nFav_Car: x\n"), false},
	    {"not two keys of one spelling", NULL, FRONT("fav-color: teal\n"),
	     FRONT("Fav_Color: teal\n"), FRONT("Fav_Color: teal\n"), false},
	    {"a second value beside what is under merged", FRONT("title: CTO\n"),
	     FRONT("title: CEO\nmerged: {title: [CFO]}\n"), FRONT("title: COO\n"),
	     FRONT("title: CEO\nmerged: {title: [CFO, COO]}\n"), true},
	    {"what is under merged is not added again", FRONT("title: CTO\n"),
	     FRONT("title: CEO\nmerged: {title: [COO]}\n"), FRONT("title: COO\n"),
	     FRONT("title: CEO\nmerged: {title: [COO]}\n"), true},
	    {"merged of both sides", FRONT("title: CEO\n"),
	     FRONT("title: CEO\nmerged: {title: [A]}\n"),
	     FRONT("title: CEO\nmerged: {title: [B]}\n"),
	     FRONT("title: CEO\nmerged: {title: [A, B]}\n"), false},
	    {"a key merged of one's own", FRONT("title: CTO\nmerged: last year\n"),
	     FRONT("title: CEO\nmerged: last year\n"), FRONT("title: COO\nmerged: last year\n"),
	     FRONT("title: CEO\nmerged: last year\nmerged_values: {title: [COO]}\n"), true},
	    {"settled by one, as it was for the other", FRONT("title: CEO\nmerged: {title: [A]}\n"),
	     FRONT("title: A\n"), FRONT("title: CEO\nmerged: {title: [A]}\norg: X\n"),
	     FRONT("title: A\norg: X\n"), false},
	};
	CHECK(MERGE_CONTACT, rules);
}

static void lists_and_maps(void **state)
{
	(void)state;
	static const struct rule_case rules[] = {
	    {"a list in one line has no place for a comment of each item", NULL,
	     FRONT("tags:\n  - a\n  - b # both\n"), FRONT("tags: [a, c] # mine\n"),
	     FRONT("tags:\n  - a\n  - b # both\n  - c # mine\n"), false},
	    {"additions and removals of both", FRONT("tags: [a, b]  # mine\n"),
	     FRONT("tags: [a, b, c]  # mine\n"), FRONT("tags: [b]  # mine\n"),
	     FRONT("tags: [b, c]  # mine\n"), false},
	    {"a new item after the one that it followed", FRONT("tags: [a, b]\n"),
	     FRONT("tags: [a, x, b]\n"), FRONT("tags: [a, b, y]\n"), FRONT("tags: [a, x, b, y]\n"),
	     false},
	    {"of both at one place, by their bytes", FRONT("tags: [a]\n"), FRONT("tags: [a, y]\n"),
	     FRONT("tags: [a, x]\n"), FRONT("tags: [a, x, y]\n"), false},
	    {"the same on both sides, once", FRONT("tags: [a]\n"), FRONT("tags: [a, x]\n"),
	     FRONT("tags: [a, x]\n"), FRONT("tags: [a, x]\n"), false},
	    {"one item a line, with its comments", FRONT("tags:\n  - a\n  - b\n"),
	     FRONT("tags:\n  - a\n"), FRONT("tags:\n  - a\n  - b\n  # why\n  - c # new\n"),
	     FRONT("tags:\n  - a\n  # why\n  - c # new\n"), false},
	    {"an unknown list", FRONT("pets: [cat]\n"), FRONT("pets: [cat, dog]\n"),
	     FRONT("pets: []\n"), FRONT("pets: [dog]\n"), false},
	    {"the last items of both", FRONT("tags: [a, b]\n"), FRONT("tags: [a]\n"),
	     FRONT("tags: [b]\n"), FRONT("tags: []\n"), false},
	    {"the last of both, one a line", FRONT("tags: # mine\n  - a\n  - b\nurl: x\n"),
	     FRONT("tags: # mine\n  - a\nurl: x\n"), FRONT("tags: # mine\n  - b\nurl: x\n"),
	     FRONT("tags: [] # mine\nurl: x\n"), false},
	    {"the last of both in a map", FRONT("phone:\n  a: 1\n  b: 2\n"),
	     FRONT("phone:\n  a: 1\n"), FRONT("phone:\n  b: 2\n"), FRONT("phone: {}\n"), false},
	    {"quotes are no change of what the other took away", FRONT("org: Engines\n"),
	     FRONT("org: \"Engines\"\n"), FRONT("org: [c]\n"), FRONT("org: [c]\n"), false},
	    {"a text is a list of one", NULL, FRONT("tags: a\n"), FRONT("tags: [a, b]\n"),
	     FRONT("tags: [a, b]\n"), false},
	    {"other shapes are like one value", FRONT("pets: x\n"), FRONT("pets: {cat: Tom}\n"),
	     FRONT("pets: [dog]\n"), FRONT("pets: {cat: Tom}\nmerged: {pets: [\"[dog]\"]}\n"),
	     true},
	    {"a map by key", FRONT("phone: {mobile: \"1\"}\n"),
	     FRONT("phone: {mobile: \"1\", home: \"2\"}\n"), FRONT("phone: {mobile: \"3\"}\n"),
	     FRONT("phone: {mobile: \"3\", home: \"2\"}\n"), false},
	    {"a clash in it", FRONT("pets: {cat: Tom}\n"), FRONT("pets: {cat: Tim}\n"),
	     FRONT("pets: {cat: Ted}\n"), FRONT("pets: {cat: Tim}\nmerged: {pets.cat: [Ted]}\n"),
	     true},
	    {"a key of it taken away and another added",
	     FRONT("dates:\n  a: 2026-01-01\n  b: 2026-01-02\n"),
	     FRONT("dates:\n  b: 2026-01-02\n"),
	     FRONT("dates:\n  a: 2026-01-01\n  b: 2026-01-02\n  c: 2026-01-03 # new\n"),
	     FRONT("dates:\n  b: 2026-01-02\n  c: 2026-01-03 # new\n"), false},
	};
	CHECK(MERGE_CONTACT, rules);
}

static void logged(void **state)
{
	(void)state;
	static const struct rule_case rules[] = {
	    {"changed in two parts, once", LOG("- 2026-09-20 call: a\n  - x\n"),
	     LOG("- 2026-09-21 call: a, too\n  - x\n"), LOG("- 2026-09-20 call: a\n  - x\n  - y\n"),
	     LOG("- 2026-09-21 call: a, too\n  - x\n  - y\n"), false},
	    {"a word here, a line behind it there", LOG("- 2026-09-20 call: a\n"),
	     LOG("- 2026-09-20 call: a #gave\n"), LOG("- 2026-09-20 call: a\n  and more\n"),
	     LOG("- 2026-09-20 call: a #gave\n  and more\n"), false},
	    {"on top, the newest first", LOG("- 2026-09-20 x\n"),
	     LOG("- 2026-11-20 call: a\n- 2026-09-20 x\n"),
	     LOG("- 2026-11-20 call: b\n- 2026-09-20 x\n"),
	     LOG("- 2026-11-20 call: a\n- 2026-11-20 call: b\n- 2026-09-20 x\n"), false},
	    {"the oldest first", LOG("- 2026-08-01 w\n- 2026-09-20 x\n"),
	     LOG("- 2026-08-01 w\n- 2026-09-20 x\n- 2026-11-20 call: a\n"),
	     LOG("- 2026-08-01 w\n- 2026-09-20 x\n- 2026-11-20 call: b\n"),
	     LOG("- 2026-08-01 w\n- 2026-09-20 x\n- 2026-11-20 call: a\n- 2026-11-20 call: b\n"),
	     false},
	    {"as the section runs", LOG("- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-10-01 call: a\n- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 call: b\n- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 call: b\n- 2026-10-01 call: a\n- 2026-09-20 x\n- 2026-09-01 w\n"),
	     false},
	    {"within a day by time, the newest first", LOG("- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 08:00 call: a\n- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 09:15 call: b\n- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 09:15 call: b\n- 2026-11-20 08:00 call: a\n- 2026-09-20 x\n"
		 "- 2026-09-01 w\n"),
	     false},
	    {"within a day by time, the oldest first", LOG("- 2026-09-01 w\n- 2026-09-20 x\n"),
	     LOG("- 2026-09-01 w\n- 2026-09-20 x\n- 2026-11-20 09:15 call: b\n"),
	     LOG("- 2026-09-01 w\n- 2026-09-20 x\n- 2026-11-20 08:00 call: c\n"),
	     LOG("- 2026-09-01 w\n- 2026-09-20 x\n- 2026-11-20 08:00 call: c\n"
		 "- 2026-11-20 09:15 call: b\n"),
	     false},
	    {"those without a time after", LOG("- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 a\n- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 09:15 call: b\n- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 09:15 call: b\n- 2026-11-20 a\n- 2026-09-20 x\n- 2026-09-01 w\n"),
	     false},
	    {"a side's own order stays", LOG("- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 z\n- 2026-11-20 a\n- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-10-01 c\n- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 z\n- 2026-11-20 a\n- 2026-10-01 c\n- 2026-09-20 x\n- 2026-09-01 "
		 "w\n"),
	     false},
	    {"equal after reading, once, by the smaller bytes", LOG("- 2026-09-20 x\n"),
	     LOG("- 2026-11-20 call: a\n- 2026-09-20 x\n"),
	     LOG("- **2026-11-20** call: a\n- 2026-09-20 x\n"),
	     LOG("- **2026-11-20** call: a\n- 2026-09-20 x\n"), false},
	    {"small differences are differences", LOG("- 2026-09-20 x\n"),
	     LOG("- 2026-11-20 call: the grant\n- 2026-09-20 x\n"),
	     LOG("- 2026-11-20 call: the grant!\n- 2026-09-20 x\n"),
	     LOG("- 2026-11-20 call: the grant\n- 2026-11-20 call: the grant!\n- 2026-09-20 x\n"),
	     false},
	    {"changed by one side", LOG("- 2026-09-20 call: x\n- 2026-09-01 w\n"),
	     LOG("- 2026-09-20 call: x\n  more\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 a\n- 2026-09-20 call: x\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 a\n- 2026-09-20 call: x\n  more\n- 2026-09-01 w\n"), false},
	    {"changed by both: both stay, the second marked", LOG("- 2026-09-20 call: x\n"),
	     LOG("- 2026-09-20 call: x, y\n"), LOG("- 2026-09-20 call: x, z\n"),
	     LOG("- 2026-09-20 call: x, y\n- 2026-09-20 call: x, z" BOTH "\n"), false},
	    {"taken away, and as it was", LOG("- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-09-01 w\n"), LOG("- 2026-11-20 a\n- 2026-09-20 x\n- 2026-09-01 w\n"),
	     LOG("- 2026-11-20 a\n- 2026-09-01 w\n"), false},
	    {"taken away, and changed", LOG("- 2026-09-20 call: x\n- 2026-09-01 w\n"),
	     LOG("- 2026-09-01 w\n"), LOG("- 2026-09-20 call: x\n  more\n- 2026-09-01 w\n"),
	     LOG("- 2026-09-20 call: x\n  more\n- 2026-09-01 w\n"), false},
	    {"equal ones are told apart by their count", LOG("- 2026-09-20 call\n"),
	     LOG("- 2026-09-20 call\n- 2026-09-20 call\n"),
	     LOG("- 2026-09-20 call\n- 2026-09-01 w\n"),
	     LOG("- 2026-09-20 call\n- 2026-09-20 call\n- 2026-09-01 w\n"), false},
	    {"a second equal one of both sides", LOG("- 2026-09-20 call\n"),
	     LOG("- 2026-09-20 call\n- 2026-09-20 call\n"),
	     LOG("- 2026-09-20 call\n- 2026-09-20 call\n"),
	     LOG("- 2026-09-20 call\n- 2026-09-20 call\n"), false},
	    {"a section's entries stay in it, also where the other side has more behind it", NULL,
	     LOG("- 2026-09-20 x\n\n## Later\nwords\n"), LOG("### 2026-11-20 call\n\ntext\n"),
	     LOG("- 2026-09-20 x\n\n### 2026-11-20 call\n\ntext\n\n## Later\nwords\n"), false},
	    {"below a heading that the other side renames", LOG("- 2026-09-20 x\n"),
	     FRONT("name: Ada\n") "## Interactions\n- 2026-09-20 x\n",
	     LOG("- 2026-11-20 a\n- 2026-09-20 x\n"),
	     FRONT("name: Ada\n") "## Interactions\n- 2026-11-20 a\n- 2026-09-20 x\n", false},
	    {"the comment settled here, an entry there",
	     LOG("- 2026-09-20 call: x, y\n- 2026-09-20 call: x, z" BOTH "\n"),
	     LOG("- 2026-09-20 call: x, y\n- 2026-09-20 call: x, z\n"),
	     LOG("- 2026-11-20 a\n- 2026-09-20 call: x, y\n- 2026-09-20 call: x, z" BOTH "\n"),
	     LOG("- 2026-11-20 a\n- 2026-09-20 call: x, y\n- 2026-09-20 call: x, z\n"), false},
	};
	CHECK(MERGE_CONTACT, rules);
}

#define NEXT(lines) "---\nname: Ada\n---\n## Next\n" lines

static void promised(void **state)
{
	(void)state;
	static const struct rule_case rules[] = {
	    {"done here, another day there", NEXT("- [ ] send it  (due:: 2026-11-30)\n"),
	     NEXT("- [x] send it  (due:: 2026-11-30)  (completion:: 2026-11-28)\n"),
	     NEXT("- [ ] send it  (due:: 2026-12-05)\n"),
	     NEXT("- [x] send it  (due:: 2026-12-05)  (completion:: 2026-11-28)\n"), false},
	    {"dropped over open", NEXT("- [/] a\n"), NEXT("- [-] a\n"), NEXT("- [ ] a\n"),
	     NEXT("- [-] a\n"), false},
	    {"done over dropped", NEXT("- [ ] a\n"), NEXT("- [-] a\n"), NEXT("- [x] a\n"),
	     NEXT("- [x] a\n"), false},
	    {"dropped here, done there, once, with the day of either",
	     NEXT("- [ ] a  (due:: 2026-11-30)\n"),
	     NEXT("- [-] a  (due:: 2026-11-30)  (cancelled:: 2026-11-21)\n"),
	     NEXT("- [x] a  (due:: 2026-11-30)  (completion:: 2026-11-20)\n"),
	     NEXT("- [x] a  (due:: 2026-11-30)  (cancelled:: 2026-11-21)  "
		  "(completion:: 2026-11-20)\n"),
	     false},
	    {"of two other marks the smaller byte", NEXT("- [ ] a\n"), NEXT("- [/] a\n"),
	     NEXT("- [!] a\n"), NEXT("- [!] a\n"), false},
	    {"fields one by one", NEXT("- [ ] a  (created:: 2026-11-01)  (due:: 2026-11-30)\n"),
	     NEXT("- [ ] a  (created:: 2026-11-02)  (due:: 2026-11-30)\n"),
	     NEXT("- [ ] a  (created:: 2026-11-01)  (due:: 2026-12-05)\n"),
	     NEXT("- [ ] a  (created:: 2026-11-02)  (due:: 2026-12-05)\n"), false},
	    {"a clash of fields", NEXT("- [ ] a  (due:: 2026-11-30)\n"),
	     NEXT("- [ ] a  (due:: 2026-12-05)\n"), NEXT("- [ ] a  (due:: 2026-12-06)\n"),
	     NEXT("- [ ] a  (due:: 2026-12-05)\n- [ ] a  (due:: 2026-12-06)" BOTH "\n"), false},
	    {"moved here, taken away there: gone", NEXT("- [ ] a\n- [ ] b\n- [ ] c\n"),
	     NEXT("- [ ] b\n- [ ] c\n- [ ] a\n"), NEXT("- [ ] b\n- [ ] c\n"),
	     NEXT("- [ ] b\n- [ ] c\n"), false},
	    {"moved here, done there", NEXT("- [ ] a\n- [ ] b\n- [ ] c\n"),
	     NEXT("- [ ] b\n- [ ] c\n- [ ] a\n"), NEXT("- [x] a\n- [ ] b\n- [ ] c\n"),
	     NEXT("- [ ] b\n- [ ] c\n- [x] a\n"), false},
	    {"new ones of both", NEXT("- [ ] a\n"), NEXT("- [ ] a\n- [ ] c\n"),
	     NEXT("- [ ] a\n- [ ] b\n"), NEXT("- [ ] a\n- [ ] b\n- [ ] c\n"), false},
	};
	CHECK(MERGE_CONTACT, rules);
}

static void texts(void **state)
{
	(void)state;
	static const struct rule_case rules[] = {
	    {"also beside another block that was changed", "one\ntwo\nthree\n\n> a\n\nend\n",
	     "one\ntwo\nThree\n\n> a\n> b\n\nend\n", "One\ntwo\nthree\n\n> a\n\nend\n",
	     "One\ntwo\nThree\n\n> a\n> b\n\nend\n", false},
	    {"a paragraph by lines", "one\ntwo\nthree\n", "One\ntwo\nthree\n", "one\ntwo\nThree\n",
	     "One\ntwo\nThree\n", false},
	    {"a changed paragraph beside a new one, by its lines", "one\nto be\nor not\n",
	     "ONE\nto be\nor not\n", "one\nto be\nOR NOT\n\nnew\n", "ONE\nto be\nOR NOT\n\nnew\n",
	     false},
	    {"and behind a new one", "# A\none\nto be\nor not\n# B\n",
	     "# A\nONE\nto be\nor not\n# B\n", "# A\nnew\n\none\nto be\nOR NOT\n# B\n",
	     "# A\nnew\n\nONE\nto be\nOR NOT\n# B\n", false},
	    {"where lines clash, both stay", "one\n", "two\n", "three\n",
	     "three\n" MERGE_BOTH_KEPT "\ntwo\n", false},
	    {"so do headings", "# Ada\n\ntext\n", "# Ada L\n\ntext\n", "# Ada K\n\ntext\n",
	     "# Ada K\n" MERGE_BOTH_KEPT "\n# Ada L\n\ntext\n", false},
	    {"code clashes whole", "```\na\n\nb\n```\n", "```\nA\n\nb\n```\n", "```\na\n\nB\n```\n",
	     "```\nA\n\nb\n```\n" MERGE_BOTH_KEPT "\n```\na\n\nB\n```\n", false},
	    {"so does a quote", "> a\n> b\n> c\n", "> A\n> b\n> c\n", "> a\n> b\n> C\n",
	     "> A\n> b\n> c\n" MERGE_BOTH_KEPT "\n> a\n> b\n> C\n", false},
	    {"by the longest common sequence", "a\n\nb\n\nc\n", "a\n\nx\n\nb\n\nc\n", "a\n\nb\n",
	     "a\n\nx\n\nb\n", false},
	    {"the comment taken out here, a text there", "one\n" MERGE_BOTH_KEPT "\ntwo\n", "one\n",
	     "one\n" MERGE_BOTH_KEPT "\ntwo\n\nmore\n", "one\n\nmore\n", false},
	};
	CHECK(MERGE_CONTACT, rules);
}

#define PAGE(day, lines)                                                                           \
	"---\nkith: review\nweek: 2026-W48\ngenerated: " day "\napplied: []\n---\n# Week 48\n\n"   \
	"## Reach out\n\n" lines

static void ticked(void **state)
{
	(void)state;
	static const struct rule_case rules[] = {
	    {"a tick here, a line there", PAGE("2026-11-23", "- [ ] **Ada** ^r-1\n"),
	     PAGE("2026-11-23", "- [x] **Ada** ^r-1\n"),
	     PAGE("2026-11-23", "- [ ] **Ada** ^r-1\n  - she got it\n"),
	     PAGE("2026-11-23", "- [x] **Ada** ^r-1\n  - she got it\n"), false},
	    {"any mark over none", PAGE("2026-11-23", "- [x] **Ada** ^r-1\n"),
	     PAGE("2026-11-23", "- [-] **Ada** ^r-1\n"), PAGE("2026-11-23", "- [ ] **Ada** ^r-1\n"),
	     PAGE("2026-11-23", "- [-] **Ada** ^r-1\n"), false},
	    {"x over others", PAGE("2026-11-23", "- [ ] **Ada** ^r-1\n"),
	     PAGE("2026-11-23", "- [-] **Ada** ^r-1\n"), PAGE("2026-11-23", "- [x] **Ada** ^r-1\n"),
	     PAGE("2026-11-23", "- [x] **Ada** ^r-1\n"), false},
	    {"lines of both", PAGE("2026-11-23", "- [ ] **Ada** ^r-1\n"),
	     PAGE("2026-11-23", "- [ ] **Ada** ^r-1\n  - a\n"),
	     PAGE("2026-11-23", "- [ ] **Ada** ^r-1\n  - b\n"),
	     PAGE("2026-11-23", "- [ ] **Ada** ^r-1\n  - a\n  - b\n"), false},
	    {"kith's italics, of the later day",
	     PAGE("2026-11-23", "- [ ] **Ada** ^r-1\n  - *5 weeks*\n"),
	     PAGE("2026-11-24", "- [ ] **Ada** ^r-1\n  - *5 weeks and a day*\n"),
	     PAGE("2026-11-25", "- [ ] **Ada** ^r-1\n  - *talked on Tue 24*\n"),
	     PAGE("2026-11-25", "- [ ] **Ada** ^r-1\n  - *talked on Tue 24*\n"), false},
	    {"made on one day, the smaller bytes",
	     PAGE("2026-11-23", "- [ ] **Ada** ^r-1\n  - *5 weeks*\n"),
	     PAGE("2026-11-24", "- [ ] **Ada** ^r-1\n  - *b*\n"),
	     PAGE("2026-11-24", "- [ ] **Ada** ^r-1\n  - *a*\n"),
	     PAGE("2026-11-24", "- [ ] **Ada** ^r-1\n  - *a*\n"), false},
	    {"an item is its id", PAGE("2026-11-23", "- [ ] **Ada** ^r-1\n- [ ] **Lin** ^r-2\n"),
	     PAGE("2026-11-23", "- [ ] **Lin** ^r-2\n- [ ] **Ada** ^r-1\n"),
	     PAGE("2026-11-23", "- [x] **Ada** ^r-1\n- [ ] **Lin** ^r-2\n"),
	     PAGE("2026-11-23", "- [ ] **Lin** ^r-2\n- [x] **Ada** ^r-1\n"), false},
	    {"what was applied is united",
	     "---\nkith: review\napplied:\n  - r-1 done 2026-11-23\n---\n",
	     "---\nkith: review\napplied:\n  - r-1 done 2026-11-23\n  - r-2 done 2026-11-24\n---\n",
	     "---\nkith: review\napplied:\n  - r-1 done 2026-11-23\n  - r-3 done 2026-11-24\n---\n",
	     "---\nkith: review\napplied:\n  - r-1 done 2026-11-23\n  - r-2 done 2026-11-24\n"
	     "  - r-3 done 2026-11-24\n---\n",
	     false},
	};
	CHECK(MERGE_REVIEW, rules);
}

static void settings(void **state)
{
	(void)state;
	static const struct rule_case rules[] = {
	    {"all is front matter", "# mine\nversion: 1\n\ncommit: auto  # so far\n",
	     "# mine\nversion: 1\n\ncommit: manual  # so far\n",
	     "# mine\nversion: 1\npeople: friends\n\ncommit: auto  # so far\n",
	     "# mine\nversion: 1\npeople: friends\n\ncommit: manual  # so far\n", false},
	    {"a map by key", "review: {reach_out: 7}\n", "review: {reach_out: 5}\n",
	     "review: {reach_out: 7, revive: 1}\n", "review: {reach_out: 5, revive: 1}\n", false},
	    {"a clash is kept here, too", "cadence_default: light\n", "cadence_default: close\n",
	     "cadence_default: rare\n",
	     "cadence_default: close\nmerged: {cadence_default: [rare]}\n", true},
	    {"lists", "ignore: [a]\n", "ignore: [a, b]\n", "ignore: []\n", "ignore: [b]\n", false},
	    {"no base", NULL, "version: 1\npeople: people\n", "version: 1\nreviews: weeks\n",
	     "version: 1\npeople: people\nreviews: weeks\n", false},
	};
	CHECK(MERGE_SETTINGS, rules);
}

/* What broke a law once, made small (test_merge_laws). */
static void broken_once(void **state)
{
	(void)state;
	static const struct rule_case rules[] = {
	    {"a text above a new heading", NULL, "## x\n", "b\n", "b\n\n## x\n", false},
	    {"front matter above a heading", NULL, "## x\n", FRONT("tags: a\n"),
	     FRONT("tags: a\n") "## x\n", false},
	    {"a task's mark without a base", NULL, "- [ ] a\n", "* [x] a\n", "* [x] a\n", false},
	    {"a field on the first line", NULL, "- [x] a ^id-1\n", "- [x] a\n  more\n",
	     "- [x] a ^id-1\n  more\n", false},
	    {"a field that goes leaves its line's end", "- [ ] a (due:: 2026-11-30)\n", "- [ ] a\n",
	     "- [ ] a (due:: 2026-11-30)\n  more\n", "- [ ] a\n  more\n", false},
	    {"nothing against a text", NULL, FRONT("tags: ~\n"), FRONT("tags: c\n"),
	     FRONT("tags: c\n"), false},
	    {"nothing in two forms", NULL, FRONT("tags: ~\n"), FRONT("tags:\n"), FRONT("tags:\n"),
	     false},
	    {"a list emptied in two forms", FRONT("org: x\n"), FRONT("org: []\n"),
	     FRONT("org: \"\"\n"), FRONT("org: \"\"\n"), false},
	    {"lines of an item stand by its own blanks", "text\n", " - c\n\ntext\n",
	     "- b\n\n  more\n\ntext\n", "- b\n\n  more\n\n - c\n\ntext\n", false},
	    {"also behind a heading of both", "text\n", "## call\ntext\n- b\n\n  more\n",
	     "## call\n one\ntext\n", "## call\n- b\n\n  more\n\n one\ntext\n", false},
	    {"a heading taken away, where what is new stands below another", "### 2026\n",
	     "### 2026\nx\n- y\n", "## Talks\nx\n", "## Talks\nx\n- y\n", false},
	    {"that both were kept is said on", NULL, "- 2026-11-20 b" BOTH "\n", "- 2026-11-20 b\n",
	     "- 2026-11-20 b" BOTH "\n", false},
	    {"an empty list against a name", FRONT("name: A\n"), FRONT("name: []\n"),
	     FRONT("name: B\n"), FRONT("name: B\n"), false},
	    {"no value goes into a comment", FRONT("email:\n  work:\n"),
	     FRONT("email: # ours\n  work:\n"), FRONT("email: a@y.example\n"),
	     FRONT("# ours\nemail: a@y.example\n"), false},
	    {"comments of a map that the other left in one line",
	     FRONT("phone: {a: 1, b: 2}  # mine\n"), FRONT("phone: {a: 3, b: 2}  # mine\n"),
	     FRONT("phone:\n  a: 1 # home\n  b: 2  # mine\n"),
	     FRONT("phone:\n  a: 3 # home\n  b: 2  # mine\n"), false},
	    {"comments of a list that became one line", FRONT("tags:\n  - a # why\n  - b\n"),
	     FRONT("tags: [a, b]\n"), FRONT("tags:\n  - a # why\n  # new\n  - c\n"),
	     FRONT("tags:\n  - a\n  # new\n  - c\n"), false},
	    {"lists of two indentations", FRONT("tags:\n- a\n"), FRONT("tags:\n- a\n- b # x\n"),
	     FRONT("tags:\n    - a\n    # of c\n    - c\n"),
	     FRONT("tags:\n    - a\n    # of c\n    - c\n    - b # x\n"), false},
	    {"a comment that is indented", FRONT("   # c\nname: A\n"),
	     FRONT("tags: a\n   # c\nname: A\n"), FRONT("   # c\nname: B\n"),
	     FRONT("tags: a\n   # c\nname: B\n"), false},
	    {"a key behind a question mark", FRONT("? name\n: A\n"),
	     FRONT("? name\n: A\ntags: a\n"), FRONT("? name\n: B\n"),
	     FRONT("? name\n: B\ntags: a\n"), false},
	    {"definitions below a heading", "# A\n\n[x]: y\n", "# B\n\n[x]: y\n", "# A\n\n[x]: z\n",
	     "# B\n\n[x]: z\n", false},
	    {"comments among brackets", FRONT("tags: [a,\n  b] # mine\n"),
	     FRONT("tags: [a, # why\n  b] # mine\n"), FRONT("tags: c\n"), FRONT("# why\ntags: c\n"),
	     false},
	    {"maps of two forms go by key", FRONT("pets:\n  cat: Tom\n"),
	     FRONT("pets: {cat: Tim}\n"), FRONT("pets:\n  cat: Tom\n  dog: Rex\n"),
	     FRONT("pets: {cat: Tim, dog: Rex}\n"), false},
	    {"a new key before comments at the end", FRONT("name: A\n# end\n"),
	     FRONT("name: A\ntitle: x\n# end\n"), FRONT("name: B\n# end\n"),
	     FRONT("name: B\ntitle: x\n# end\n"), false},
	    {"code that never closes", "a\n", "a\n\n```\nb\n", "a\n\nc\n", NULL, false},
	};
	CHECK(MERGE_CONTACT, rules);
	static const struct rule_case pages[] = {
	    {"words behind the id", NULL, PAGE("2026-11-23", "- [ ] **Ada** ^r-1234567 tea\n"),
	     PAGE("2026-11-23", "- [ ] **Ada** ^r-1234567\n  - she got it\n"),
	     PAGE("2026-11-23", "- [ ] **Ada** ^r-1234567 tea\n  - she got it\n"), false},
	    {"italics that were wrapped", PAGE("2026-11-23", "*4 can wait*\n"),
	     PAGE("2026-11-24", "*5 can\nwait*\n"), PAGE("2026-11-25", "*6 can wait*\n"),
	     PAGE("2026-11-25", "*6 can wait*\n"), false},
	};
	CHECK(MERGE_REVIEW, pages);
	static const struct rule_case set[] = {
	    {"a byte-order mark", "version: 1\n", "\xEF\xBB\xBFversion: 1\n",
	     "version: 1\npeople: x\n", "\xEF\xBB\xBFversion: 1\npeople: x\n", false},
	    {"and a comment behind it that goes", "# why\npeople: x\n", "people: y\n",
	     "\xEF\xBB\xBF# why\n", "\xEF\xBB\xBFpeople: y\n", false},
	    {"comments of a map against a text", "cadences:\n  # why\n  light: 1w\n",
	     "cadences:\n  # why\n  close: 2w\n", "cadences: months\n",
	     "cadences:\n  # why\n  close: 2w\nmerged: {cadences: [months]}\n", true},
	    {"and the other way round", "cadences:\n  # why\n  light: 1w\n", "cadences: months\n",
	     "cadences:\n  # why\n  close: 2w\n",
	     "# why\ncadences: months\nmerged: {cadences: [\"{close: 2w}\"]}\n", true},
	};
	CHECK(MERGE_SETTINGS, set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pieces),         cmocka_unit_test(single_values),
	    cmocka_unit_test(lists_and_maps), cmocka_unit_test(logged),
	    cmocka_unit_test(promised),       cmocka_unit_test(texts),
	    cmocka_unit_test(ticked),         cmocka_unit_test(settings),
	    cmocka_unit_test(broken_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
