#include "task.h"

const struct command command_ask = {
    .name = "ask",
    .group = GROUP_WEEK,
    .needs = NEEDS_FOLDER,
    .summary = "note what you asked somebody for",
    .usage = "WHO TEXT [by DATE]",
    .text = "Adds a task that waits for them, marked #asked. Where you asked more often\n"
	    "than you gave within a year, it says so: it is counted from #asked and\n"
	    "#gave in the entries and tasks of the person's file.\n",
    .examples =
	{
	    {"kith ask ada for a word with her publisher by december 10",
	     "and wait for the answer"},
	    {"kith done ada publisher", "the answer has come"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_BY},
    .write = task_write,
    .who = WHO_FIRST,
    .kind =
	&(const struct task_kind){.told = "asked", .waiting = true, .asks = true, .dated = true},
};
