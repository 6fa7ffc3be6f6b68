#include "task.h"

static int cmd_ask(struct context *context)
{
	static const struct task_kind kind = {
	    .told = "asked", .waiting = true, .asks = true, .dated = true};
	return task_write(context, &kind);
}

static const struct opt options[] = {WRITE_OPTIONS, OPT_END};

static const struct example examples[] = {
    {"kith ask ada for a word with her publisher by december 10", "and wait for the answer"},
    {"kith done ada publisher", "the answer has come"},
    EXAMPLE_END,
};

const struct command command_ask = {
    .name = "ask",
    .group = GROUP_WEEK,
    .needs = NEEDS_FOLDER,
    .summary = "note what you asked somebody for",
    .usage = "WHO TEXT [by DATE]",
    .text = "Adds a task that waits for them, marked #asked. Where you asked more often\n"
	    "than you gave within a year, it says so: it is counted from #asked and\n"
	    "#gave in the entries and tasks of the person's file.\n",
    .options = options,
    .examples = examples,
    .min_words = 2,
    .max_words = ANY_WORDS,
    .run = cmd_ask,
};
