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

static int snooze(struct writing *w, const struct person *who, struct front_change *change)
{
	struct context *context = w->context;
	struct arena *arena = context->arena;
	struct str words = opts_joined(&context->opts, front_first_word(w), arena);
	struct field_edit edit = {EDIT_REMOVE, STR("snooze"), STR_NONE};
	civil_day day;
	if (str_istarts(words, STR("until ")))
		words = str_ltrim(str_from(words, 6));
	if (str_ieq(words, STR("off")) || str_ieq(words, STR("none"))) {
		change->told =
		    arena_printf(arena, "%.*s is not snoozed any more", STR_ARG(who->name));
		if (who->contact->snooze == NO_DAY)
			return EXIT_FINE;
	} else {
		int status = read_snooze_day(context, words, &day);
		if (status != EXIT_FINE)
			return status;
		edit.verb = EDIT_SET;
		edit.value = arena_str(arena, str_of(day_text(day).z));
		change->told = arena_printf(
		    arena, "no check-in with %.*s before %.*s, %.*s", STR_ARG(who->name),
		    STR_ARG(words_day(day, day_to_ymd(context->today).year, arena)),
		    STR_ARG(words_relative(day, context->today, arena)));
	}
	change->edits =
	    (struct field_edits){arena_copy(arena, &edit, 1, sizeof(edit)), 1, STR_NONE};
	return EXIT_FINE;
}

const struct command command_snooze = {
    .name = "snooze",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "ask for no check-in with somebody before a day",
    .usage = "WHO|--where QUERY INTERVAL|DATE|off",
    .text = "Writes the day as `snooze` into the person's file. Dates and promises show\n"
	    "as before. `off` takes it out again.\n",
    .options = {FRONT_OPTIONS},
    .examples =
	{
	    {"kith snooze ada 3 weeks", "no check-in for three weeks"},
	    {"kith snooze ada until march 1", "or before a day"},
	    {"kith snooze ada off", "takes it back"},
	    {"kith snooze --where in:Kyiv 1 month", "all whom a query means, in one commit"},
	},
    .min_words = 2,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO | KIND_ACTIVE, KIND_AHEAD | KIND_INTERVAL | KIND_OFF},
    .write = front_run,
    .who = WHO_FIRST,
    .several = true,
    .kind = &(const struct front_kind){snooze, NULL, NULL},
};
