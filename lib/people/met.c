#include "people/met.h"

#include <string.h>

#include "base/datewords.h"

/* Where the first such word stands after `from`, or the last; count for none. */
static size_t find_joint(const char *const *words, size_t from, size_t count, const char *word,
			 bool last)
{
	size_t found = count;
	for (size_t i = from; i < count && (last || found == count); i++)
		if (strcmp(words[i], word) == 0)
			found = i;
	return found;
}

static struct str join_words(const char *const *words, size_t from, size_t to, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = from; i < to; i++)
		buf_printf(&b, "%s%s", i > from ? " " : "", words[i]);
	struct str text = str_trim(arena_str(arena, buf_str(&b)));
	buf_release(&b);
	return text;
}

/* Three letters of a weekday are somebody's name as well. */
static bool may_be_name(struct str word)
{
	for (int day = 1; day <= 7; day++)
		if (str_ieq(word, str_of(weekday_short(day))))
			return true;
	return false;
}

static int fail_name_or_day(struct str name, struct str word, civil_day day, struct arena *arena,
			    struct kith_error *err)
{
	struct str all = arena_printf(arena, "%.*s %.*s", STR_ARG(name), STR_ARG(word));
	return kith_fail(err, KITH_INVALID,
			 "\"%.*s\" may be a day or part of the name; write one of these:\n"
			 "  kith met \"%.*s\"\n"
			 "  kith met %.*s %s",
			 STR_ARG(word), STR_ARG(all), STR_ARG(name),
			 weekday_long(day_weekday(day)));
}

/* The longest end of the words that is a date, but never the first word, which is a name. */
static int take_met_name(struct met *out, const char *const *words, size_t count, civil_day today,
			 struct arena *arena, struct kith_error *err)
{
	/* No date takes more words. */
	size_t from = count > 9 ? count - 8 : 1;
	out->name = join_words(words, 0, count, arena);
	for (size_t i = from; i < count; i++) {
		civil_day day;
		struct str said = join_words(words, i, count, arena),
			   name = join_words(words, 0, i, arena);
		enum date_result result = datewords_parse_all(said, today, DATEWORDS_PAST, &day);
		if (result == DATE_NONE)
			continue;
		if (result == DATE_OK && may_be_name(said))
			return fail_name_or_day(name, said, day, arena, err);
		out->name = name;
		if (result != DATE_OK)
			return kith_fail(err, KITH_INVALID, "%.*s",
					 STR_ARG(datewords_explain(said, result, arena)));
		if (day > today)
			return kith_fail(err, KITH_INVALID,
					 "%.*s is ahead: `kith met` is for somebody you have met",
					 STR_ARG(said));
		out->day = day;
		break;
	}
	return out->name.n ? 0 : kith_fail(err, KITH_INVALID, "a name is missing");
}

int met_parse(struct met *out, const char *const *words, size_t count, civil_day today,
	      struct arena *arena, struct kith_error *err)
{
	size_t at = find_joint(words, 1, count, "at", false);
	size_t via = find_joint(words, 1, count, "via", at < count);
	size_t first = find_joint(words, 1, count, "via", false);
	*out = (struct met){.day = today, .text = STR(""), .via = STR("")};
	/* `via ada at the dinner` */
	if (first < at) {
		via = first;
		at = find_joint(words, via, count, "at", false);
	}
	size_t text_end = via > at ? via : count, via_end = at > via ? at : count;
	if (at < count)
		out->text = join_words(words, at + 1, text_end, arena);
	if (via < count)
		out->via = join_words(words, via + 1, via_end, arena);
	if (at < count && out->text.n == 0)
		return kith_fail(err, KITH_INVALID, "after \"at\" a place or occasion is missing");
	if (via < count && out->via.n == 0)
		return kith_fail(err, KITH_INVALID,
				 "after \"via\" the person who introduced you is missing");
	return take_met_name(out, words, at < via ? at : via, today, arena, err);
}

bool met_says_more(const char *const *words, size_t count, civil_day today, struct arena *arena)
{
	struct met met;
	struct kith_error ignored = {0};
	(void)!met_parse(&met, words, count, today, arena, &ignored);
	return met.name.n && met.name.n < join_words(words, 0, count, arena).n;
}

struct str met_value(const struct met *met, struct arena *arena)
{
	return arena_printf(arena, "%s%s%.*s", day_text(met->day).z, met->text.n ? " at " : "",
			    STR_ARG(met->text));
}
