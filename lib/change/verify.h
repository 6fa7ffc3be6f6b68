/*
 * What is read of a contact's file before and after an edit, side by side.
 * An edit is good where the blocks of the body are the same but for those in
 * the edited stretch, nothing new is found wrong, and each difference
 * (people/differences.h) is one that was meant.
 */
#ifndef KITH_CHANGE_VERIFY_H
#define KITH_CHANGE_VERIFY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/error.h"
#include "base/str.h"
#include "note/note.h"
#include "note/span.h"
#include "note/splice.h"
#include "people/config.h"
#include "people/contact.h"
#include "people/differences.h"

/* One reading of a file. */
struct verify_side {
	struct str image;
	struct note note;
	struct contact contact;
	struct diag diag; /* what is wrong with it */
	bool passed_over; /* it is no contact of this journal */
};

struct verify {
	struct verify_side before, after;
	struct differences differences; /* in a verify_judge */
	struct arena arena;             /* holds both, and what an edit needs besides */
	struct arena scratch;
	const struct config *config;
};

/* Reads the file as it is. image and config must live as long as v. */
void verify_init(struct verify *v, struct str image, const struct config *config);
void verify_release(struct verify *v);

/*
 * Judges an edit once the file was read again and the differences were found
 * (v->after, v->differences): 0, or a refusal. is: the new bytes.
 */
typedef int verify_judge(const struct verify *v, struct span is, void *context,
			 struct kith_error *err);

/*
 * Makes the edit: the whole new file, appended to out, with splices (at least
 * one) that rise and are apart. Refuses (KITH_FAILED), with out as it was,
 * where a block outside of the stretch around all of them is another one,
 * something new is wrong, or the judge refuses. To be called once.
 */
int verify_edit(struct buf *out, struct verify *v, const struct splice *splices, size_t count,
		verify_judge *judge, void *context, struct kith_error *err) ATTR_MUST_CHECK;

/*
 * What is new, of the kind DIFFERENCE_ENTRY_ADDED or DIFFERENCE_TASK_ADDED:
 * the place of the first that begins in a stretch of the new bytes.
 */
int verify_find_added(size_t *place, const struct verify *v, enum difference_kind kind,
		      struct span is, struct kith_error *err) ATTR_MUST_CHECK;
/*
 * Refuses unless the one at that place (NO_PLACE: none) is what is new, and
 * all that is, but for headings of a new section. is: for a message. Of several equal ones any
 * may be told as the one that is new.
 */
int verify_only_added(const struct verify *v, enum difference_kind kind, size_t place,
		      struct span is, bool new_section, struct kith_error *err) ATTR_MUST_CHECK;

/* Refuses because of a difference that was not meant, in words. Returns -1. */
int verify_refuse(const struct verify *v, const struct difference *difference,
		  struct kith_error *err);

#endif
