/*
 * Every key and synonym of the format, by rank, and no other; and the order
 * of the table, which is why the source itself is included.
 */
#include "people/keys.c"

#include "reading.h"

/* As the format's table has them, in its order. */
static const struct {
	enum key key;
	const char *names[10];
} table[] = {
    {KEY_NAME, {"name", "fn", "full name", "contact name", "fullname", "display name"}},
    {KEY_GIVEN, {"given", "first name", "firstname"}},
    {KEY_FAMILY, {"family", "last name", "lastname", "surname"}},
    {KEY_ALIASES, {"aliases", "alias", "nickname", "nicknames"}},
    {KEY_EMAIL, {"email", "emails", "mail", "e mail", "email address"}},
    {KEY_PHONE, {"phone", "tel", "phones", "mobile", "telephone", "phone number"}},
    {KEY_URL,
     {"url", "website", "urls", "links", "websites", "homepage", "linkedin", "github", "twitter",
      "mastodon"}},
    {KEY_ADDRESS, {"address", "addresses"}},
    {KEY_ORG,
     {"org", "company", "organization", "organisation", "employer", "companies", "organizations",
      "organisations", "affiliation"}},
    {KEY_TITLE, {"title", "role", "job", "job title", "position"}},
    {KEY_FORMERLY, {"formerly", "previously", "missions", "past roles"}},
    {KEY_LOCATION, {"location", "city", "place", "lives in"}},
    {KEY_TIMEZONE, {"timezone", "tz", "time zone"}},
    {KEY_TAGS, {"tags", "tag", "groups", "categories", "group"}},
    {KEY_INTERESTS, {"interests", "interest", "likes", "hobbies", "topics"}},
    {KEY_CADENCE,
     {"cadence", "frequency", "contact frequency", "cadence days", "keep in touch", "every",
      "contact cadence"}},
    {KEY_TIER, {"tier", "circle", "category"}},
    {KEY_LAST_CONTACT,
     {"last_contact", "last contacted", "lastContact", "date last contacted", "last contact date",
      "last contacted at", "last interaction", "last spoken", "last touch", "last talked"}},
    {KEY_STATUS, {"status"}},
    {KEY_DECEASED, {"deceased", "died", "date of death"}},
    {KEY_ADDED, {"added", "created", "date created", "created at", "dateCreated"}},
    {KEY_SNOOZE, {"snooze", "snooze until"}},
    {KEY_BIRTHDAY, {"birthday", "bday", "born", "birthdate", "date of birth", "birth date", "dob"}},
    {KEY_MET, {"met", "met on", "met at", "how we met", "first met", "met date"}},
    {KEY_INTRODUCED_BY, {"introduced_by", "via"}},
    {KEY_KNOWS, {"knows", "relations", "related"}},
    {KEY_DATES, {"dates", "milestones", "anniversaries", "events"}},
    {KEY_ANNIVERSARY, {"anniversary"}},
    {KEY_MERGED, {"merged", "merged_values"}},
    {KEY_UID, {"uid"}},
};

static void all_are_found(void **state)
{
	(void)state;
	assert_int_equal(ARRAY_LEN(table), KEY_COUNT);
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		for (size_t n = 0; n < 10 && table[i].names[n]; n++) {
			int rank = -1;
			enum key key = key_find(str_of(table[i].names[n]), &rank);
			if (key != table[i].key || rank != (int)n)
				print_error("%s\n", table[i].names[n]);
			assert_int_equal(key, table[i].key);
			assert_int_equal(rank, n);
			assert_int_equal(
			    key_compare(str_of(key_spelled(key, rank)), str_of(table[i].names[n])),
			    0);
			assert_true(n + 1 == 10 || table[i].names[n + 1] ||
				    !key_spelled(key, rank + 1));
		}
}

/* Case, and which of `-`, `_` and space stands there, do not matter. */
static void all_spellings(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		for (size_t n = 0; n < 10 && table[i].names[n]; n++)
			for (size_t s = 0; s < 3; s++) {
				char text[32];
				size_t length = 0;
				int rank = -1;
				for (const char *c = table[i].names[n]; *c; c++) {
					bool joint = *c == ' ' || *c == '_';
					bool upper = str_lower(*c) >= 'a' && s == 1;
					text[length++] = joint   ? " -_"[s]
							 : upper ? (char)(str_lower(*c) - 32)
								 : *c;
				}
				struct str key = {text, length};
				assert_int_equal(key_find(key, &rank), table[i].key);
				assert_int_equal(rank, n);
			}
}

static void others_are_none(void **state)
{
	(void)state;
	static const char *const names[] = {"",           "n",     "nam",      "names", "fullnames",
					    "job--title", "zebra", "~",        "Łódź",  "e  mail",
					    "lastnames",  "_",     "birth day"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		int rank = -1;
		assert_int_equal(key_find(str_of(names[i]), &rank), KEY_UNKNOWN);
	}
	int rank;
	assert_int_equal(key_find(STR("  name "), &rank), KEY_NAME);
	/* Only the whole text is a key, whatever follows it in memory. */
	assert_int_equal(key_find(str_upto(STR("names"), 4), &rank), KEY_NAME);
	assert_int_equal(key_find(str_upto(STR("name"), 3), &rank), KEY_UNKNOWN);
}

static void compares(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		int order;
	} cases[] = {
	    {"a", "A", 0},   {"a b", "A_B", 0}, {"a-b", "a b", 0},
	    {"a", "b", -1},  {"b", "A", 1},     {"a", "a b", -1},
	    {"a b", "a", 1}, {"", "", 0},       {"met", "met_on", -1},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(key_compare(str_of(cases[i].a), str_of(cases[i].b)),
				 cases[i].order);
}

static void slips(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"brithday", "birthday"},
	    {"candence", "cadence"},
	    {"locaton", "location"},
	    {"Cadense", "cadence"},
	    {"intrests", "interests"},
	    {"introduced-bye", "introduced by"},
	    {"colour", NULL},
	    {"notes", NULL},
	    {"type", NULL},
	    {"nam", NULL},
	    {"favourite food", NULL},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *got = key_nearest(str_of(cases[i][0]));
		if (!cases[i][1])
			assert_null(got);
		else
			assert_string_equal(got ? got : "", cases[i][1]);
	}
}

static void is_sorted(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(spellings); i++) {
		assert_int_equal(spellings[i].length, strlen(spellings[i].name));
		assert_true(i == 0 || strcmp(spellings[i - 1].name, spellings[i].name) < 0);
	}
}

static void nothing_else_is_read(void **state)
{
	size_t names = 0;
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		for (size_t n = 0; n < 10 && table[i].names[n]; n++)
			names++;
	assert_int_equal(ARRAY_LEN(spellings), names);
}

/* What a row says must be there for those who read it. */
static void rows_are_whole(void **state)
{
	(void)state;
	for (enum key key = 0; key < KEY_COUNT; key++) {
		const struct key_row *row = key_row(key);
		enum key_shape shape = row->shape;
		int rank = -1;
		assert_int_equal(key_find(str_of(row->name), &rank), key);
		assert_int_equal(rank, 0);
		assert_non_null(row->help);
		assert_true(row->noun || row->told.about);
		assert_true(row->at || shape == SHAPE_NAME || shape == SHAPE_TIER);
		assert_true(!row->in_json || shape == SHAPE_TEXT || shape == SHAPE_DAY ||
			    shape == SHAPE_TEXTS || shape == SHAPE_LABELLED ||
			    shape == SHAPE_MERGED);
		assert_true(!row->shown || row->in_json || shape == SHAPE_TEXTS ||
			    shape == SHAPE_TAGS);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_are_found),   cmocka_unit_test(all_spellings),
	    cmocka_unit_test(others_are_none), cmocka_unit_test(compares),
	    cmocka_unit_test(slips),           cmocka_unit_test(is_sorted),
	    cmocka_unit_test(rows_are_whole),  cmocka_unit_test(nothing_else_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
