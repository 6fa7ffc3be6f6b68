#include "front.h"

const struct command command_pause = {
    .name = "pause",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "leave somebody out of due and review for now",
    .usage = "WHO|--where QUERY",
    .text = "Writes `status: paused` into the person's file.\n",
    .options = {FRONT_OPTIONS},
    .examples =
	{
	    {"kith pause ada", "no check-ins, until `kith resume ada`"},
	    {"kith snooze ada 3 months", "the same for some time"},
	    {"kith pause --where org:Digital", "all whom a query means, in one commit"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO | KIND_ACTIVE, KIND_TEXT},
    .write = front_run,
    .who = WHO_ALL,
    .several = true,
    .kind = &(const struct front_kind){front_status, "paused", "is paused"},
};
