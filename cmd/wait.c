#include "task.h"

const struct command command_wait = {
    .name = "wait",
    .group = GROUP_WEEK,
    .needs = NEEDS_FOLDER,
    .summary = "note what you wait for from somebody",
    .usage = "WHO TEXT [by DATE]",
    .text = "Adds a task marked #waiting to the person's file. The review lists it under\n"
	    "Waiting for. What you asked them for is `kith ask`.\n",
    .examples =
	{
	    {"kith wait ada her slides from Bath by dec 10", "what somebody owes you"},
	    {"kith done ada slides", "they are here"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_BY},
    .write = task_write,
    .who = WHO_FIRST,
    .kind = &(const struct task_kind){.told = "waiting for", .waiting = true, .dated = true},
};
