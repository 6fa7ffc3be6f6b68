#include "front.h"

const struct command command_resume = {
    .name = "resume",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "take somebody up again after pause or archive",
    .usage = "WHO",
    .text = "Takes `status` out of the person's file. A snooze stays; see `kith snooze`.\n",
    .examples =
	{
	    {"kith resume ada", "after pause or archive"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .write = front_set_status,
    .who = WHO_ALL,
    .kind = &(const struct front_status){NULL, "is active again"},
};
