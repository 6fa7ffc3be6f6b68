#include "base/datewords.h"
#include "front.h"
#include "report/words.h"

/* An interval, or a date in words; EXIT_USAGE after saying why it is neither, or past. */
static int read_snooze_day(struct context *context, struct str words, civil_day *day)
{
	struct arena *arena = context->arena;
	enum date_result result = datewords_parse_until(words, context->today, day);
	if (result != DATE_OK)
		return context_usage(context, "%.*s, nor an interval (3 weeks)",
				     STR_ARG(datewords_explain(words, result, arena)));
	if (*day <= context->today)
		return context_usage(context, "\"%.*s\" is not ahead", STR_ARG(words));
	return EXIT_FINE;
}

static int snooze_off(struct writing *w, const struct person *who)
{
	struct arena *arena = w->context->arena;
	struct field_edit edit = {EDIT_REMOVE, STR("snooze"), STR_NONE};
	const struct front_change change = {
	    .who = who,
	    .edits = {&edit, 1},
	    .told = arena_printf(arena, "%.*s is not snoozed any more", STR_ARG(who->name))};
	if (who->contact->snooze == NO_DAY)
		return writing_tell_unchanged(w, who);
	return front_write(w, &change);
}

static int snooze_until(struct writing *w, const struct person *who, civil_day day)
{
	struct context *context = w->context;
	struct arena *arena = context->arena;
	struct day_text text = day_text(day);
	struct str words = words_day(day, day_to_ymd(context->today).year, arena);
	struct field_edit edit = {EDIT_SET, STR("snooze"), str_of(text.z)};
	const struct front_change change = {
	    .who = who,
	    .edits = {&edit, 1},
	    .told =
		arena_printf(arena, "no check-in with %.*s before %.*s, %.*s", STR_ARG(who->name),
			     STR_ARG(words), STR_ARG(words_relative(day, context->today, arena)))};
	return front_write(w, &change);
}

static int snooze(struct writing *w, const struct person *who)
{
	struct context *context = w->context;
	struct str words = opts_joined(&context->opts, 1, context->arena);
	civil_day day;
	if (str_istarts(words, STR("until ")))
		words = str_ltrim(str_from(words, 6));
	if (str_ieq(words, STR("off")) || str_ieq(words, STR("none")))
		return snooze_off(w, who);
	int status = read_snooze_day(context, words, &day);
	return status == EXIT_FINE ? snooze_until(w, who, day) : status;
}

const struct command command_snooze = {
    .name = "snooze",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "ask for no check-in with somebody before a day",
    .usage = "WHO INTERVAL|DATE|off",
    .text = "Writes the day as `snooze` into the person's file. Dates and promises show\n"
	    "as before. `off` takes it out again.\n",
    .examples =
	{
	    {"kith snooze ada 3 weeks", "no check-in for three weeks"},
	    {"kith snooze ada until march 1", "or before a day"},
	    {"kith snooze ada off", "takes it back"},
	},
    .min_words = 2,
    .max_words = ANY_WORDS,
    .write = snooze,
    .who = WHO_FIRST,
};
