/* The settings of a journal: kith.yaml. Every key is optional. */
#ifndef KITH_PEOPLE_CONFIG_H
#define KITH_PEOPLE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "note/reporter.h"
#include "people/cadence.h"

#define CONFIG_VERSION 1

struct strs {
	struct str *items;
	size_t count;
};

/* A key and one of its values, as `only` has them. */
struct config_pair {
	struct str key, value;
};

/* A query with a name (insight/query.h), and where its text begins. */
struct named_query {
	struct str name, text;
	int line, column;
};

struct tag_cadence {
	struct str tag;
	struct cadence cadence;
};

/* A heading of tasks, and whose those below it are that do not say it themselves: yours, or… */
struct task_heading {
	struct str name;
	bool waiting, topic;
};

struct task_headings {
	struct task_heading *items;
	size_t count;
	bool some_told; /* one of them says whose */
};

/* Whether what was done on a review's page is applied by itself. */
enum config_apply { CONFIG_ASK, CONFIG_AUTO, CONFIG_NEVER };

struct config {
	long version;
	struct strs people; /* folders, relative to the journal, without `.` in them but alone */
	struct str reviews; /* one such folder */
	struct strs ignore; /* globs of paths to pass over */
	civil_day since;    /* NO_DAY where it is not said */
	struct cadence_names cadences;
	struct cadence cadence_default;
	struct tag_cadence *by_tag;
	size_t by_tag_count;
	struct strs channels;
	struct interval *new_ties;
	size_t new_ties_count;
	long reach_out, revive; /* people */
	struct interval ahead, late;
	struct interval sync_remind;         /* `kith` tells of a last sync that is longer ago */
	struct str daily_folder, daily_form; /* of daily notes; p == NULL without; NUL-terminated */
	struct strs meetings;                /* folders of notes of meetings */
	struct strs log_headings;
	struct task_headings task_headings;
	/* Tags by which tasks are marked besides kith's own; with any of task_promise, only those
	 * that bear one, or one of the others, are tasks. */
	struct strs task_promise, task_waiting, task_topic;
	bool task_dates_emoji;
	bool file_names_name;
	struct config_pair *only;
	size_t only_count;
	struct named_query *queries;
	size_t queries_count;
	bool leap_march;
	bool commit_manual;
	bool keep_last_contact;  /* what logs a contact sets the owner's own key */
	bool formerly_off;       /* what `kith set` writes over is not kept */
	size_t max_file;         /* bytes of one file */
	enum config_apply apply; /* what a page says goes into the files when it is met */
};

/* Whether a heading is called so: neither case nor a colon at its end counts. */
bool config_is_heading(struct str heading, struct str name, struct arena *arena);

/* The settings of an empty kith.yaml. Texts are literals or in the arena. */
void config_default(struct config *config, struct arena *arena);

/*
 * Reads the reporter's image over the defaults. What is wrong is reported as
 * an error at its place, and the default stays. Returns false where the
 * journal is of a newer version than this program knows: nothing else can be
 * trusted then.
 */
bool config_read(struct config *config, struct arena *arena, struct reporter *reporter);

/* Of copies that a sync program made, which are told of besides. */
#define PASSED_SYNC_COPY "a copy that a sync program made"
#define PASSED_README    "it is about the folder"
#define PASSED_TEMPLATE  "a template of another program"
#define PASSED_TEMPLATES "a folder of templates"
#define PASSED_ICLOUD    "iCloud keeps it, and it is not on this machine"
#define PASSED_ONLY      "`only` in kith.yaml leaves it out"

/* The row of a heading of tasks, without regard to case and a colon; NULL for none. */
const struct task_heading *config_task_heading(const struct config *config, struct str heading,
					       struct arena *arena);

/* Whether a tag is one of a list of them, or below one (`task/deep`); a `#` there is none. */
bool config_has_tag(struct strs tags, struct str tag);

/* The heading under which new tasks go. */
struct str config_new_tasks(const struct config *config);

/*
 * Why what lies at a path below a folder of people is nobody's file by its name; NULL where it may
 * be somebody's. folder: it is a folder, and what it holds is nobody's either.
 */
const char *config_passes_over(const struct config *config, struct str path, bool folder);

/* Whether a note is called `README`, `index` or `_index`, in any case. */
bool config_is_readme(struct str path);

/* A glob as .gitignore has them: `*`, `?`, `[a-z]` within a folder, `**` across. */
bool config_glob(struct str pattern, struct str path);

#endif
