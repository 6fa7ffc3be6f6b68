#include "front.h"

const struct command command_resume = {
    .name = "resume",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "take somebody up again after pause or archive",
    .usage = "WHO|--where QUERY",
    .text = "Takes `status` out of the person's file. A snooze stays; see `kith snooze`.\n",
    .options = {FRONT_OPTIONS},
    .examples =
	{
	    {"kith resume ada", "after pause or archive"},
	    {"kith resume --where is:paused", "all who are paused"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_TEXT},
    .write = front_run,
    .who = WHO_ALL,
    .several = true,
    .kind = &(const struct front_kind){front_status, NULL, "is active again"},
};
