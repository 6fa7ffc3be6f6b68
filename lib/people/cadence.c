#include "people/cadence.h"

#include "base/interval.h"
#include "base/text.h"

const struct cadence_name *cadence_find(const struct cadence_names *names, struct str name,
					struct arena *arena)
{
	for (size_t i = 0; i < names->count; i++)
		if (text_same(names->items[i].name, name, arena))
			return &names->items[i];
	return NULL;
}

static const struct cadence_name *nearest_cadence(const struct cadence_names *names, struct str s)
{
	for (size_t i = 0; i < names->count; i++)
		if (s.n > 3 && text_distance(names->items[i].name, s, 1) <= 1)
			return &names->items[i];
	return NULL;
}

bool cadence_parse(struct str s, const struct cadence_names *names, struct cadence *out,
		   struct str *why, struct arena *arena)
{
	s = str_trim(s);
	*out = (struct cadence){CADENCE_NEVER, {0, 0}};
	if (str_ieq(s, STR("none")) || str_ieq(s, STR("never")))
		return true;
	const struct cadence_name *named = cadence_find(names, s, arena);
	if (named) {
		*out = named->cadence;
		return true;
	}
	enum interval_result result = interval_parse(s, &out->interval);
	out->kind = result == INTERVAL_OK ? CADENCE_EVERY : CADENCE_UNSET;
	if (result == INTERVAL_OK)
		return true;
	named = result == INTERVAL_NONE ? nearest_cadence(names, s) : NULL;
	*why = named ? arena_printf(arena, "\"%.*s\" is not an interval (did you mean \"%.*s\"?)",
				    STR_ARG(s), STR_ARG(named->name))
		     : interval_explain(s, result, arena);
	return false;
}

/* The offset of a word between blanks, in any case; s.n where it is not there. */
static size_t find_plan_word(struct str s, struct str word)
{
	for (size_t i = 1; i + word.n < s.n; i++)
		if (str_is_blank_char(s.p[i - 1]) && str_istarts(str_from(s, i), word) &&
		    str_is_blank_char(s.p[i + word.n]))
			return i;
	return s.n;
}

bool cadence_parse_plan(struct str s, const struct cadence_names *names, struct cadence_plan *out,
			struct str *why, struct arena *arena)
{
	struct str until = STR("until"), then = STR("then");
	size_t at = find_plan_word(s, until);
	*out = (struct cadence_plan){.until = NO_DAY};
	if (!cadence_parse(str_upto(s, at), names, &out->first, why, arena))
		return false;
	if (at == s.n)
		return true;
	struct str rest = str_from(s, at + until.n);
	size_t next = find_plan_word(rest, then);
	struct str day = str_trim(str_upto(rest, next));
	if (date_parse_all(day, &out->until) != DATE_OK) {
		*why = arena_printf(arena, "\"%.*s\" after \"until\" is not a date (2027-02-01)",
				    STR_ARG(text_upto(day, 40)));
		*out = (struct cadence_plan){.until = NO_DAY};
		return false;
	}
	if (next == rest.n ||
	    cadence_parse(str_from(rest, next + then.n), names, &out->then, why, arena))
		return true;
	*out = (struct cadence_plan){.until = NO_DAY};
	return false;
}

struct str cadence_words(struct cadence cadence, struct arena *arena)
{
	if (cadence.kind == CADENCE_EVERY)
		return interval_words(cadence.interval, arena);
	return cadence.kind == CADENCE_NEVER ? STR("none") : STR("");
}
