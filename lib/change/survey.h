/*
 * What a folder of notes holds that is about people, and the settings that fit it: looked at by
 * `kith init` before it makes a journal of the folder, and by `kith check`, which tells what the
 * settings leave out. Reads, and changes nothing.
 */
#ifndef KITH_CHANGE_SURVEY_H
#define KITH_CHANGE_SURVEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"
#include "people/journal.h"

/* A setting that fits what was found. */
struct survey_proposal {
	const char *key;
	struct str value; /* as kith.yaml has it: `[People, CRM]` */
	struct str found; /* what it rests on: `People/: 43 notes`; "" where another tells it */
};

#define SURVEY_MOST 12

struct survey {
	struct survey_proposal items[SURVEY_MOST];
	size_t count;
	size_t people;    /* notes that are somebody */
	struct str found; /* what is known of them: `43 notes · 41 with a birthday` */
};

/* Looks at a folder that is no journal yet. Texts live in the arena. */
int survey_folder(struct survey *out, int dir, struct arena *arena,
		  struct kith_error *err) ATTR_MUST_CHECK;

/* Adds hints to a journal's findings: what its settings leave out, each with the line for it. */
void survey_report(struct journal *journal, struct arena *arena);

/* The settings of a template of kith.yaml with the proposals in their places. In the arena. */
struct str survey_settings(const struct survey *survey, struct str settings, struct arena *arena);

#endif
