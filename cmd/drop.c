#include "done.h"

const struct command command_drop = {
    .name = "drop",
    .group = GROUP_WEEK,
    .needs = NEEDS_FOLDER,
    .summary = "give up a promise, what you waited for, a topic or a plan",
    .usage = "WHO [N|TEXT]",
    .text = "Says which as kith done does. A task gets `[-]` and the day, a plan #cancelled:\n"
	    "nothing asks for it any more, and the line stays.\n",
    .examples =
	{
	    {"kith drop ada 2", "the second of `kith todo ada`"},
	    {"kith drop ada lunch", "it will not take place"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO, KIND_TASK, KIND_TEXT},
    .write = done_write,
    .who = WHO_FIRST,
    .kind = &(const struct done_kind){.told = {[TODO_PROMISE] = "given up for",
					       [TODO_WAITING] = "no longer expected from",
					       [TODO_TOPIC] = "dropped with",
					       [TODO_PLAN] = "cancelled with"},
				      .drops = true},
};
