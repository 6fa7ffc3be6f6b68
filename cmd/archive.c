#include "front.h"

const struct command command_archive = {
    .name = "archive",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "put somebody aside for good, and keep the file",
    .usage = "WHO",
    .text = "Writes `status: archived` into the person's file.\n",
    .examples =
	{
	    {"kith archive ada", "out of due and review; the file stays"},
	    {"kith list --all", "lists them too"},
	    {"kith resume ada", "takes it back"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .write = front_set_status,
    .who = WHO_ALL,
    .kind = &(const struct front_status){"archived", "is archived"},
};
