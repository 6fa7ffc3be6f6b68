#include "log.h"

const struct command command_plan = {
    .name = "plan",
    .group = GROUP_WEEK,
    .needs = NEEDS_FOLDER,
    .summary = "note a day on which you will meet somebody",
    .usage = "WHO[,WHO...] HEAD[: TEXT]",
    .text = "Writes an entry with #planned into the log of WHO and commits it. While\n"
	    "it is ahead, nobody reminds you of a check-in with them. HEAD is DATE\n"
	    "[TIME] [CHANNEL] [with WHO[,WHO...]]; dates may be words: friday, nov\n"
	    "30, in 3 weeks. A text stands after a colon. With nothing after WHO a\n"
	    "prompt reads one line as it is typed.\n"
	    "\n"
	    "When the day is past, kith log says how it was.\n",
    .options = {{"edit", NULL, "write the text in your editor", 'e'},
		{"again", NULL, "also where the same plan stands there", 0}},
    .examples =
	{
	    {"kith plan ada friday 12:30 lunch", "on the next friday"},
	    {"kith plan ada in 3 weeks call: the licence", "with what it is about"},
	    {"kith plan ada,grace dec 1 dinner", "with two people"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_LIST | KIND_ACTIVE, KIND_HEAD | KIND_AHEAD},
    .write = log_write,
    .kind = &(const enum head_kind){HEAD_PLAN},
};
