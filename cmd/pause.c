#include "front.h"

const struct command command_pause = {
    .name = "pause",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "leave somebody out of due and review for now",
    .usage = "WHO",
    .text = "Writes `status: paused` into the person's file.\n",
    .examples =
	{
	    {"kith pause ada", "no check-ins, until `kith resume ada`"},
	    {"kith snooze ada 3 months", "the same for some time"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .write = front_set_status,
    .who = WHO_ALL,
    .kind = &(const struct front_status){"paused", "is paused"},
};
