#include "task.h"

const struct command command_promise = {
    .name = "promise",
    .group = GROUP_WEEK,
    .needs = NEEDS_FOLDER,
    .summary = "note what you promised somebody",
    .usage = "WHO TEXT [by DATE]",
    .text = "Adds an open task to the person's file. With a day it stands in the review\n"
	    "and in `kith due` until it is done. The day is a date, or words for one:\n"
	    "`by friday`, `by nov 30`, `by next month`, `by in 3 weeks`.\n"
	    "\n"
	    "WHO is one word: a file's name, a word of the name, an e-mail address.\n",
    .examples =
	{
	    {"kith promise ada send her the Jacquard paper by friday", "due on the next Friday"},
	    {"kith promise ada introduce her to Michael +gave", "giving: counted once it is done"},
	    {"kith done ada jacquard", "the promise is kept"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_BY},
    .write = task_write,
    .who = WHO_FIRST,
    .kind = &(const struct task_kind){.told = "promised", .dated = true},
};
