#include "people/keys.h"

#include "base/search.h"
#include "base/text.h"
#include "base/utf8.h"
#include "people/contact.h"

#define AT(field)       .at = offsetof(struct contact, field)
#define TEXT(field)     .shape = SHAPE_TEXT, AT(field)
#define DAY(field)      .shape = SHAPE_DAY, AT(field)
#define TEXTS(field)    .shape = SHAPE_TEXTS, AT(field)
#define LABELLED(field) .shape = SHAPE_LABELLED, AT(field)

static const struct key_row rows[KEY_COUNT + 1] = {
#define KEY(id, ...) [KEY_##id] = {__VA_ARGS__},
#include "people/keys.def"
#undef KEY
    [KEY_UNKNOWN] = {.name = "", .shape = SHAPE_OWN},
};

static const struct spelling {
	const char *name;
	unsigned char key, rank, length;
} spellings[] = {
#define SPELLING(text, id, rank) {text, KEY_##id, rank, sizeof(text) - 1},
#include "people/keys.def"
#undef SPELLING
};

const struct key_row *key_row(enum key key)
{
	return &rows[key];
}

struct str key_name(enum key key)
{
	return str_of(rows[key].name);
}

const char *key_spelled(enum key key, int rank)
{
	for (size_t i = 0; i < ARRAY_LEN(spellings); i++)
		if (spellings[i].key == (unsigned char)key && spellings[i].rank == rank)
			return spellings[i].name;
	return NULL;
}

bool key_is_list(enum key key)
{
	return rows[key].shape >= SHAPE_TEXTS;
}

bool key_unites(enum key key)
{
	return key_is_list(key) && rows[key].unite != UNITE_SEVERAL;
}

bool key_has_labels(enum key key)
{
	return rows[key].shape == SHAPE_LABELLED || rows[key].shape == SHAPE_RELATIONS;
}

static char plain_char(char c)
{
	return c == '-' || c == '_' ? ' ' : str_lower(c);
}

int key_compare(struct str a, struct str b)
{
	for (size_t i = 0; i < a.n && i < b.n; i++) {
		char x = plain_char(a.p[i]), y = plain_char(b.p[i]);
		if (x != y)
			return (unsigned char)x < (unsigned char)y ? -1 : 1;
	}
	return (a.n > b.n) - (a.n < b.n);
}

/* Longer than every spelling. */
#define MOST_KEY_BYTES 32

/* Without what nobody sees; shortened where it is longer than a key. */
static struct str seen_key(char out[MOST_KEY_BYTES], struct str text)
{
	size_t n = 0, used;
	for (size_t i = 0; i < text.n && n < MOST_KEY_BYTES; i += used ? used : 1) {
		used = text_unseen(str_from(text, i));
		if (!used)
			out[n++] = text.p[i];
	}
	return str_trim((struct str){out, n});
}

size_t key_unseen_at(struct str text)
{
	size_t at = utf8_ascii_end(text, 0);
	while (at < text.n && !text_unseen(str_from(text, at)))
		at++;
	return at;
}

/* `EMAIL[HOME]`, `TEL[1:CELL]`: what stands in the brackets, without a number; p == NULL for none.
 */
static struct str bracket_label(struct str text)
{
	text = str_trim(text);
	if (text.n < 3 || text.p[text.n - 1] != ']')
		return STR_NONE;
	size_t open = str_find_char(text, '['), digits;
	struct str label = str_slice(text, open + 1, text.n - 1);
	if (open == 0 || label.n == 0)
		return STR_NONE;
	digits = str_digits(label);
	return str_at(label, digits) == ':' ? str_from(label, digits + 1) : label;
}

/* Called for each key of each file: the table is cut down by first letters before it is compared.
 */
enum key key_find(struct str text, int *rank)
{
	char seen[MOST_KEY_BYTES];
	text = str_trim(text);
	*rank = 0;
	if (bracket_label(text).p) {
		enum key key = key_find(str_upto(text, str_find_char(text, '[')), rank);
		return rows[key].shape == SHAPE_LABELLED ? key : KEY_UNKNOWN;
	}
	if (!utf8_is_ascii(text))
		text = seen_key(seen, text);
	if (text.n == 0)
		return KEY_UNKNOWN;
	char first = plain_char(text.p[0]);
	size_t at;
	LOWER_BOUND(at, ARRAY_LEN(spellings), spellings[at].name[0] < first);
	for (; at < ARRAY_LEN(spellings) && spellings[at].name[0] == first; at++) {
		const struct spelling *s = &spellings[at];
		if (s->length != text.n || (memcmp(text.p, s->name, text.n) != 0 &&
					    key_compare(text, (struct str){s->name, text.n}) != 0))
			continue;
		*rank = s->rank;
		return (enum key)s->key;
	}
	return KEY_UNKNOWN;
}

struct str key_label(struct str text)
{
	static const char *const labels[] = {"github", "linkedin", "mastodon", "mobile", "twitter"};
	struct str bracket = bracket_label(text);
	for (size_t i = 0; i < ARRAY_LEN(labels) && !bracket.p; i++)
		if (key_compare(str_trim(text), str_of(labels[i])) == 0)
			return text;
	return bracket.p ? bracket : STR("");
}

bool key_is_label(struct str text)
{
	return key_label(text).n > 0;
}

const char *key_nearest(struct str text)
{
	/* Short words are too near to each other to guess. */
	if (text.n < 5 || text.n > 24)
		return NULL;
	char lower[24];
	for (size_t i = 0; i < text.n; i++)
		lower[i] = plain_char(text.p[i]);
	size_t allowed = text.n < 8 ? 1 : 2;
	const char *nearest = NULL;
	for (size_t i = 0; i < ARRAY_LEN(spellings); i++) {
		struct str name = {spellings[i].name, spellings[i].length};
		size_t gap = name.n > text.n ? name.n - text.n : text.n - name.n;
		if (name.n < 5 || gap > allowed)
			continue;
		size_t distance = text_distance((struct str){lower, text.n}, name, allowed);
		if (distance > allowed)
			continue;
		nearest = spellings[i].name;
		if (distance == 0)
			break;
		/* A later one must be nearer. */
		allowed = distance - 1;
	}
	return nearest;
}
