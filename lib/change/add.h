/* A new contact: its file's bytes, from the template contact.md, and its place. */
#ifndef KITH_CHANGE_ADD_H
#define KITH_CHANGE_ADD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "change/change.h"
#include "change/field_edits.h"
#include "people/journal.h"

/* Who is added. */
struct add_person {
	struct str name;
	struct str stem;                 /* the file's name without `.md`: see add_place */
	const struct field_edits *edits; /* checked */
	civil_day today;                 /* for the template */
};

/* What is added: lives in the arena. */
struct added {
	struct str path, slug;
	struct str bytes;
	struct contact contact; /* as the bytes read */
};

/*
 * The file name's stem, as the settings want it, or the one that was chosen
 * (slug; p == NULL for none), which must be a good one (KITH_INVALID). Where
 * it is taken: the first free of `-2`, `-3`, if number asks for it or the file
 * there is of another name; else KITH_AMBIGUOUS. journal: names are needed.
 */
int add_place(struct str *stem, const struct journal *journal, struct str name, struct str slug,
	      bool number, struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * Renders the template (templates/contact.md of the journal, else the one
 * that is carried) and applies the edits. Its model: name, yaml (the name as
 * it is written in front matter), slug, today. Where `only` in the settings
 * asks for a key or tag, it is put in. Refuses what does not read as a person
 * of that name without a finding.
 */
int add_make(struct added *out, const struct journal *journal, const struct add_person *person,
	     struct arena *arena, struct kith_error *err) ATTR_MUST_CHECK;

/* Writes it; context: the struct added. Refuses where a file is there. */
int add_edit(void *context, const struct change_copy *copy, struct str before, struct buf *after,
	     bool *gone, struct kith_error *err);

/* How many words stand before the first that is KEY=VALUE, KEY+=VALUE or KEY-=VALUE. */
size_t add_words_before_fields(const char *const *words, size_t count);

#endif
