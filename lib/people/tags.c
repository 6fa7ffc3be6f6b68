#include "people/tags.h"

/* Backticks that begin a code span. */
#define LONGEST_TICKS 64

static bool is_tag_char(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || c == '_' || c == '-' || c == '/' ||
	       (unsigned char)c >= 0x80;
}

static bool may_precede(char c)
{
	return str_is_space_char(c) || c == '(' || c == '[' || c == '"' || c == ',';
}

/* The end of a code span that begins at i, or the end of its backticks where it is none. */
static size_t skip_code(struct str s, size_t i)
{
	size_t run = i;
	while (run < s.n && s.p[run] == '`')
		run++;
	size_t length = run - i;
	/* Rows of ever more backticks would be looked for in vain, each to the line's end. */
	if (length > LONGEST_TICKS)
		return run;
	for (size_t at = run; at < s.n;) {
		at += str_find_char(str_from(s, at), '`');
		size_t end = at;
		while (end < s.n && s.p[end] == '`')
			end++;
		if (end > at && end - at == length)
			return end;
		at = end;
	}
	return run;
}

bool tags_next(struct str s, size_t *at, struct str *tag)
{
	size_t hash = *at + str_find_char(str_from(s, *at), '#');
	for (size_t i = *at; i < s.n;) {
		if (hash < i)
			hash = i + str_find_char(str_from(s, i), '#');
		if (hash == s.n)
			break;
		size_t tick = i + str_find_char(str_slice(s, i, hash), '`');
		if (tick < hash) {
			i = skip_code(s, tick);
			continue;
		}
		i = hash;
		if (i > 0 && !may_precede(s.p[i - 1])) {
			i++;
			continue;
		}
		size_t end = i + 1;
		bool word = false;
		while (end < s.n && is_tag_char(s.p[end])) {
			word = word || !str_is_digit(s.p[end]);
			end++;
		}
		if (end > i + 1 && word) {
			*tag = str_slice(s, i + 1, end);
			*at = end;
			return true;
		}
		i = end;
	}
	*at = s.n;
	return false;
}

bool tags_next_listed(struct str *rest, struct str *tag)
{
	while (rest->n) {
		size_t comma = str_find_char(*rest, ',');
		*tag = str_trim(str_upto(*rest, comma));
		*rest = str_from(*rest, comma + 1);
		if (str_starts(*tag, STR("#")))
			*tag = str_trim(str_from(*tag, 1));
		if (tag->n)
			return true;
	}
	return false;
}

enum own_tag tags_which(struct str tag)
{
	static const struct {
		const char *name;
		enum own_tag which;
	} own[] = {{"planned", TAG_PLANNED}, {"cancelled", TAG_CANCELLED}, {"waiting", TAG_WAITING},
		   {"topic", TAG_TOPIC},     {"gave", TAG_GAVE},           {"got", TAG_GOT},
		   {"asked", TAG_ASKED}};
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (tag.n && str_lower(tag.p[0]) == own[i].name[0] &&
		    str_ieq(tag, str_of(own[i].name)))
			return own[i].which;
	return TAG_OTHER;
}

unsigned tags_in(struct str s)
{
	unsigned found = 0;
	struct str tag;
	if (str_find_char(s, '#') == s.n)
		return 0;
	for (size_t at = 0; tags_next(s, &at, &tag);)
		found |= (unsigned)tags_which(tag);
	return found;
}

/* Where a `^block-id` at the end of s begins; s.n without one. */
static size_t block_id_at(struct str s)
{
	size_t i = s.n;
	while (i > 0 && (str_is_alpha(s.p[i - 1]) || str_is_digit(s.p[i - 1]) || s.p[i - 1] == '-'))
		i--;
	bool is_id =
	    i > 0 && i < s.n && s.p[i - 1] == '^' && (i == 1 || str_is_space_char(s.p[i - 2]));
	return is_id ? i - 1 : s.n;
}

struct str tags_strip(struct str s, unsigned drop, struct arena *arena)
{
	s = str_trim(s);
	s = str_rtrim(str_upto(s, block_id_at(s)));
	if (!(tags_in(s) & drop))
		return s;
	char *p = arena_bytes(arena, s.n + 1);
	size_t n = 0, copied = 0;
	struct str tag;
	for (size_t at = 0; tags_next(s, &at, &tag);) {
		if (!((unsigned)tags_which(tag) & drop))
			continue;
		size_t hash = at - tag.n - 1;
		memcpy(p + n, s.p + copied, hash - copied);
		n += hash - copied;
		copied = at;
		bool blank_before = n == 0 || str_is_blank_char(p[n - 1]);
		while (blank_before && copied < s.n && str_is_blank_char(s.p[copied]))
			copied++;
	}
	memcpy(p + n, s.p + copied, s.n - copied);
	n += s.n - copied;
	struct str left = str_trim((struct str){p, n});
	/* A tag may have hidden the id's place. */
	return str_rtrim(str_upto(left, block_id_at(left)));
}
