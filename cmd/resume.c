#include "front.h"

static const struct front_status status = {NULL, "is active again"};

static const struct example examples[] = {
    {"kith resume ada", "after pause or archive"},
    EXAMPLE_END,
};

const struct command command_resume = {
    .name = "resume",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "take somebody up again after pause or archive",
    .usage = "WHO",
    .text = "Takes `status` out of the person's file. A snooze stays; see `kith snooze`.\n",
    .examples = examples,
    .min_words = 1,
    .max_words = ANY_WORDS,
    .write = front_set_status,
    .who = WHO_ALL,
    .kind = &status,
};
