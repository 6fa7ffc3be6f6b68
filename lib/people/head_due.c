#include "base/datewords.h"
#include "people/head_parts.h"

/* More words than these after `by` are no day that was meant. */
#define DUE_WORDS 5

/* Where the last ` by ` begins; s.n for none. */
static size_t last_by(struct str s)
{
	for (size_t i = s.n; i-- > 0;) {
		if (str_lower(s.p[i]) != 'b' || (i > 0 && !str_is_space_char(s.p[i - 1])))
			continue;
		struct str rest = str_from(s, i);
		if (str_istarts(rest, STR("by")) && rest.n > 2 && str_is_blank_char(rest.p[2]))
			return i;
	}
	return s.n;
}

/* `friday.` ends a sentence. */
static struct str without_stop(struct str s)
{
	static const struct str stops = {".,;!", 4};
	while (s.n && str_find_char(stops, s.p[s.n - 1]) < stops.n)
		s.n--;
	return s;
}

/* Whether a word speaks of time: `december`, `5pm`, `Friday-ish`, `week`. */
static bool is_of_time(struct str word, civil_day today, struct arena *arena)
{
	static const char *const words[] = {"week",    "weekend", "month",    "year",
					    "tonight", "morning", "noon",     "afternoon",
					    "evening", "easter",  "midnight", "christmas"};
	civil_day day;
	size_t used;
	if (word.n == 0 || word.n > HEAD_WORD_MAX)
		return false;
	if (str_is_digit(word.p[0]))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ieq(word, str_of(words[i])))
			return true;
	struct str first = arena_printf(arena, "%.*s 1", STR_ARG(word));
	return datewords_parse(word, today, DATEWORDS_FUTURE, &day, &used) == DATE_OK ||
	       datewords_parse(first, today, DATEWORDS_FUTURE, &day, &used) == DATE_OK;
}

struct str head_kept_due(struct str text, civil_day today, struct arena *arena)
{
	size_t tags = head_tags_at(text), by = last_by(str_upto(text, tags));
	struct str words = str_trim(str_slice(text, by, tags));
	struct str rest = str_ltrim(str_from(words, 2));
	bool timely = false;
	int count = 0;
	for (; rest.n && count <= DUE_WORDS; count++) {
		struct str word = rest;
		word.n = 0;
		while (word.n < rest.n && !str_is_space_char(rest.p[word.n]))
			word.n++;
		timely = timely || is_of_time(without_stop(word), today, arena);
		rest = str_ltrim(str_from(rest, word.n));
	}
	return timely && count <= DUE_WORDS ? words : STR("");
}

int head_take_due(struct str *text, civil_day *due, civil_day today, struct arena *arena,
		  struct kith_error *err)
{
	size_t tags = head_tags_at(*text), by = last_by(str_upto(*text, tags)), used = 0;
	*due = NO_DAY;
	if (by >= tags)
		return 0;
	civil_day day = NO_DAY;
	struct str words = without_stop(str_trim(str_slice(*text, by + 2, tags)));
	enum date_result result = datewords_parse_all(words, today, DATEWORDS_FUTURE, &day);
	if (result == DATE_NONE)
		return 0;
	if (result != DATE_OK) {
		struct str why = datewords_explain(words, result, arena);
		return kith_fail(err, KITH_INVALID, "%.*s", STR_ARG(why));
	}
	/* A time after it is no part of the day, and stays. */
	if (datewords_parse(words, today, DATEWORDS_FUTURE, &day, &used) != DATE_OK)
		return 0;
	struct str left = str_trim(str_upto(*text, by));
	left = head_joined(left, ' ', str_trim(str_from(words, used)), arena);
	*text = head_joined(left, ' ', str_trim(str_from(*text, tags)), arena);
	*due = day;
	return 0;
}
