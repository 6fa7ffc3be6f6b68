#include "people/keys.h"

#include <stdlib.h>

#include "base/text.h"

struct known {
	const char *name;
	unsigned char key, rank;
};

/* Sorted by name, as key_compare sees it; each key's names by rank are in format order. */
static const struct known known[] = {
    {"address", KEY_ADDRESS, 0},
    {"addresses", KEY_ADDRESS, 1},
    {"alias", KEY_ALIASES, 1},
    {"aliases", KEY_ALIASES, 0},
    {"anniversaries", KEY_DATES, 2},
    {"bday", KEY_BIRTHDAY, 1},
    {"birthdate", KEY_BIRTHDAY, 3},
    {"birthday", KEY_BIRTHDAY, 0},
    {"born", KEY_BIRTHDAY, 2},
    {"cadence", KEY_CADENCE, 0},
    {"cadence days", KEY_CADENCE, 3},
    {"categories", KEY_TAGS, 3},
    {"category", KEY_TIER, 2},
    {"circle", KEY_TIER, 1},
    {"city", KEY_LOCATION, 1},
    {"company", KEY_ORG, 1},
    {"contact frequency", KEY_CADENCE, 2},
    {"contact name", KEY_NAME, 3},
    {"date last contacted", KEY_LAST_CONTACT, 3},
    {"date of birth", KEY_BIRTHDAY, 4},
    {"dates", KEY_DATES, 0},
    {"email", KEY_EMAIL, 0},
    {"emails", KEY_EMAIL, 1},
    {"employer", KEY_ORG, 4},
    {"events", KEY_DATES, 3},
    {"every", KEY_CADENCE, 5},
    {"family", KEY_FAMILY, 0},
    {"first met", KEY_MET, 4},
    {"first name", KEY_GIVEN, 1},
    {"fn", KEY_NAME, 1},
    {"frequency", KEY_CADENCE, 1},
    {"full name", KEY_NAME, 2},
    {"given", KEY_GIVEN, 0},
    {"groups", KEY_TAGS, 2},
    {"hobbies", KEY_INTERESTS, 3},
    {"how we met", KEY_MET, 3},
    {"interest", KEY_INTERESTS, 1},
    {"interests", KEY_INTERESTS, 0},
    {"introduced by", KEY_INTRODUCED_BY, 0},
    {"job", KEY_TITLE, 2},
    {"job title", KEY_TITLE, 3},
    {"keep in touch", KEY_CADENCE, 4},
    {"knows", KEY_KNOWS, 0},
    {"last contact", KEY_LAST_CONTACT, 0},
    {"last contacted", KEY_LAST_CONTACT, 1},
    {"last name", KEY_FAMILY, 1},
    {"lastcontact", KEY_LAST_CONTACT, 2},
    {"likes", KEY_INTERESTS, 2},
    {"links", KEY_URL, 3},
    {"location", KEY_LOCATION, 0},
    {"mail", KEY_EMAIL, 2},
    {"met", KEY_MET, 0},
    {"met at", KEY_MET, 2},
    {"met on", KEY_MET, 1},
    {"milestones", KEY_DATES, 1},
    {"mobile", KEY_PHONE, 3},
    {"name", KEY_NAME, 0},
    {"nickname", KEY_ALIASES, 2},
    {"org", KEY_ORG, 0},
    {"organisation", KEY_ORG, 3},
    {"organization", KEY_ORG, 2},
    {"phone", KEY_PHONE, 0},
    {"phones", KEY_PHONE, 2},
    {"place", KEY_LOCATION, 2},
    {"position", KEY_TITLE, 4},
    {"related", KEY_KNOWS, 2},
    {"relations", KEY_KNOWS, 1},
    {"role", KEY_TITLE, 1},
    {"snooze", KEY_SNOOZE, 0},
    {"snooze until", KEY_SNOOZE, 1},
    {"status", KEY_STATUS, 0},
    {"tag", KEY_TAGS, 1},
    {"tags", KEY_TAGS, 0},
    {"tel", KEY_PHONE, 1},
    {"tier", KEY_TIER, 0},
    {"timezone", KEY_TIMEZONE, 0},
    {"title", KEY_TITLE, 0},
    {"topics", KEY_INTERESTS, 4},
    {"tz", KEY_TIMEZONE, 1},
    {"uid", KEY_UID, 0},
    {"url", KEY_URL, 0},
    {"urls", KEY_URL, 2},
    {"via", KEY_INTRODUCED_BY, 1},
    {"website", KEY_URL, 1},
};

static char plain(char c)
{
	return c == '-' || c == '_' ? ' ' : str_lower(c);
}

int key_compare(struct str a, struct str b)
{
	for (size_t i = 0; i < a.n && i < b.n; i++) {
		char x = plain(a.p[i]), y = plain(b.p[i]);
		if (x != y)
			return (unsigned char)x < (unsigned char)y ? -1 : 1;
	}
	return (a.n > b.n) - (a.n < b.n);
}

static int compare_known(const void *text, const void *entry)
{
	return key_compare(*(const struct str *)text, str_of(((const struct known *)entry)->name));
}

enum key key_find(struct str text, int *rank)
{
	text = str_trim(text);
	const struct known *found =
	    bsearch(&text, known, ARRAY_LEN(known), sizeof(known[0]), compare_known);
	*rank = found ? found->rank : 0;
	return found ? (enum key)found->key : KEY_UNKNOWN;
}

const char *key_nearest(struct str text)
{
	/* Short words are too near to each other to guess. */
	if (text.n < 5 || text.n > 24)
		return NULL;
	char lower[24];
	for (size_t i = 0; i < text.n; i++)
		lower[i] = plain(text.p[i]);
	size_t allowed = text.n < 8 ? 1 : 2;
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		struct str name = str_of(known[i].name);
		size_t gap = name.n > text.n ? name.n - text.n : text.n - name.n;
		if (name.n >= 5 && gap <= allowed &&
		    text_distance((struct str){lower, text.n}, name, allowed) <= allowed)
			return known[i].name;
	}
	return NULL;
}
