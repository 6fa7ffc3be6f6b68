#include "people/keys.h"

#include "base/text.h"

struct known {
	const char *name;
	unsigned char key, rank, length;
};

#define KNOWN(name, key, rank)                                                                     \
	{                                                                                          \
		name, key, rank, sizeof(name) - 1                                                  \
	}

/* Sorted by name, as key_compare sees it; each key's names by rank are in format order. */
static const struct known known[] = {
    KNOWN("address", KEY_ADDRESS, 0),
    KNOWN("addresses", KEY_ADDRESS, 1),
    KNOWN("alias", KEY_ALIASES, 1),
    KNOWN("aliases", KEY_ALIASES, 0),
    KNOWN("anniversaries", KEY_DATES, 2),
    KNOWN("bday", KEY_BIRTHDAY, 1),
    KNOWN("birthdate", KEY_BIRTHDAY, 3),
    KNOWN("birthday", KEY_BIRTHDAY, 0),
    KNOWN("born", KEY_BIRTHDAY, 2),
    KNOWN("cadence", KEY_CADENCE, 0),
    KNOWN("cadence days", KEY_CADENCE, 3),
    KNOWN("categories", KEY_TAGS, 3),
    KNOWN("category", KEY_TIER, 2),
    KNOWN("circle", KEY_TIER, 1),
    KNOWN("city", KEY_LOCATION, 1),
    KNOWN("company", KEY_ORG, 1),
    KNOWN("contact frequency", KEY_CADENCE, 2),
    KNOWN("contact name", KEY_NAME, 3),
    KNOWN("date last contacted", KEY_LAST_CONTACT, 3),
    KNOWN("date of birth", KEY_BIRTHDAY, 4),
    KNOWN("dates", KEY_DATES, 0),
    KNOWN("email", KEY_EMAIL, 0),
    KNOWN("emails", KEY_EMAIL, 1),
    KNOWN("employer", KEY_ORG, 4),
    KNOWN("events", KEY_DATES, 3),
    KNOWN("every", KEY_CADENCE, 5),
    KNOWN("family", KEY_FAMILY, 0),
    KNOWN("first met", KEY_MET, 4),
    KNOWN("first name", KEY_GIVEN, 1),
    KNOWN("fn", KEY_NAME, 1),
    KNOWN("frequency", KEY_CADENCE, 1),
    KNOWN("full name", KEY_NAME, 2),
    KNOWN("given", KEY_GIVEN, 0),
    KNOWN("groups", KEY_TAGS, 2),
    KNOWN("hobbies", KEY_INTERESTS, 3),
    KNOWN("how we met", KEY_MET, 3),
    KNOWN("interest", KEY_INTERESTS, 1),
    KNOWN("interests", KEY_INTERESTS, 0),
    KNOWN("introduced by", KEY_INTRODUCED_BY, 0),
    KNOWN("job", KEY_TITLE, 2),
    KNOWN("job title", KEY_TITLE, 3),
    KNOWN("keep in touch", KEY_CADENCE, 4),
    KNOWN("knows", KEY_KNOWS, 0),
    KNOWN("last contact", KEY_LAST_CONTACT, 0),
    KNOWN("last contacted", KEY_LAST_CONTACT, 1),
    KNOWN("last name", KEY_FAMILY, 1),
    KNOWN("lastcontact", KEY_LAST_CONTACT, 2),
    KNOWN("likes", KEY_INTERESTS, 2),
    KNOWN("links", KEY_URL, 3),
    KNOWN("location", KEY_LOCATION, 0),
    KNOWN("mail", KEY_EMAIL, 2),
    KNOWN("met", KEY_MET, 0),
    KNOWN("met at", KEY_MET, 2),
    KNOWN("met on", KEY_MET, 1),
    KNOWN("milestones", KEY_DATES, 1),
    KNOWN("mobile", KEY_PHONE, 3),
    KNOWN("name", KEY_NAME, 0),
    KNOWN("nickname", KEY_ALIASES, 2),
    KNOWN("org", KEY_ORG, 0),
    KNOWN("organisation", KEY_ORG, 3),
    KNOWN("organization", KEY_ORG, 2),
    KNOWN("phone", KEY_PHONE, 0),
    KNOWN("phones", KEY_PHONE, 2),
    KNOWN("place", KEY_LOCATION, 2),
    KNOWN("position", KEY_TITLE, 4),
    KNOWN("related", KEY_KNOWS, 2),
    KNOWN("relations", KEY_KNOWS, 1),
    KNOWN("role", KEY_TITLE, 1),
    KNOWN("snooze", KEY_SNOOZE, 0),
    KNOWN("snooze until", KEY_SNOOZE, 1),
    KNOWN("status", KEY_STATUS, 0),
    KNOWN("tag", KEY_TAGS, 1),
    KNOWN("tags", KEY_TAGS, 0),
    KNOWN("tel", KEY_PHONE, 1),
    KNOWN("tier", KEY_TIER, 0),
    KNOWN("timezone", KEY_TIMEZONE, 0),
    KNOWN("title", KEY_TITLE, 0),
    KNOWN("topics", KEY_INTERESTS, 4),
    KNOWN("tz", KEY_TIMEZONE, 1),
    KNOWN("uid", KEY_UID, 0),
    KNOWN("url", KEY_URL, 0),
    KNOWN("urls", KEY_URL, 2),
    KNOWN("via", KEY_INTRODUCED_BY, 1),
    KNOWN("website", KEY_URL, 1),
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

/* Called for each key of each file: the table is cut down by first letters before it is compared.
 */
enum key key_find(struct str text, int *rank)
{
	text = str_trim(text);
	*rank = 0;
	if (text.n == 0)
		return KEY_UNKNOWN;
	char first = plain(text.p[0]);
	size_t low = 0, high = ARRAY_LEN(known);
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (known[middle].name[0] < first)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < ARRAY_LEN(known) && known[low].name[0] == first; low++) {
		if (known[low].length != text.n ||
		    (memcmp(text.p, known[low].name, text.n) != 0 &&
		     key_compare(text, (struct str){known[low].name, text.n}) != 0))
			continue;
		*rank = known[low].rank;
		return (enum key)known[low].key;
	}
	return KEY_UNKNOWN;
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
	const char *nearest = NULL;
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		struct str name = {known[i].name, known[i].length};
		size_t gap = name.n > text.n ? name.n - text.n : text.n - name.n;
		if (name.n < 5 || gap > allowed)
			continue;
		size_t distance = text_distance((struct str){lower, text.n}, name, allowed);
		if (distance > allowed)
			continue;
		nearest = known[i].name;
		if (distance == 0)
			break;
		/* A later one must be nearer. */
		allowed = distance - 1;
	}
	return nearest;
}
