#include "front.h"

static int cmd_resume(struct context *context)
{
	const struct front_status status = {STR_NONE, "is active again"};
	return front_set_status(context, &status);
}

static const struct opt options[] = {WRITE_OPTIONS, OPT_END};

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
    .options = options,
    .examples = examples,
    .min_words = 1,
    .max_words = ANY_WORDS,
    .run = cmd_resume,
};
