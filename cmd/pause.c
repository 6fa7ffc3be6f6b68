#include "front.h"

static int cmd_pause(struct context *context)
{
	const struct front_status status = {STR("paused"), "is paused"};
	return front_set_status(context, &status);
}

static const struct opt options[] = {WRITE_OPTIONS, OPT_END};

static const struct example examples[] = {
    {"kith pause ada", "no check-ins, until `kith resume ada`"},
    {"kith snooze ada 3 months", "the same for some time"},
    EXAMPLE_END,
};

const struct command command_pause = {
    .name = "pause",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "leave somebody out of due and review for now",
    .usage = "WHO",
    .text = "Writes `status: paused` into the person's file.\n",
    .options = options,
    .examples = examples,
    .min_words = 1,
    .max_words = ANY_WORDS,
    .run = cmd_pause,
};
