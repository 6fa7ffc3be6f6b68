#include "front.h"

const struct command command_archive = {
    .name = "archive",
    .group = GROUP_PEOPLE,
    .needs = NEEDS_FOLDER,
    .summary = "put somebody aside for good, and keep the file",
    .usage = "WHO|--where QUERY",
    .text = "Writes `status: archived` into the person's file.\n",
    .options = {FRONT_OPTIONS},
    .examples =
	{
	    {"kith archive ada", "out of due and review; the file stays"},
	    {"kith list --all", "lists them too"},
	    {"kith resume ada", "takes it back"},
	    {"kith archive --where 'last:..5y not tag:friend'", "all whom a query means"},
	},
    .min_words = 1,
    .max_words = ANY_WORDS,
    .words = {KIND_WHO | KIND_ACTIVE, KIND_TEXT},
    .write = front_run,
    .who = WHO_ALL,
    .several = true,
    .kind = &(const struct front_kind){front_status, "archived", "is archived"},
};
