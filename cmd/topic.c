#include "task.h"

const struct command command_topic = {
    .name = "topic",
    .group = GROUP_WEEK,
    .needs = NEEDS_FOLDER,
    .summary = "note what to bring up next time",
    .usage = "WHO TEXT",
    .text = "Adds a task marked #topic to the person's file. It has no day, and stands\n"
	    "with the person, not in the week.\n",
    .examples =
	{
	    {"kith topic ada 'would brass do for the float?'", "something for the next talk"},
	    {"kith show ada", "shows it under To bring up"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_TEXT},
    .write = task_write,
    .who = WHO_FIRST,
    .kind = &(const struct task_kind){.told = "to bring up with", .topic = true},
};
