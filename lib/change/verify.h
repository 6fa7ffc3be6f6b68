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
#include "base/diag.h"
#include "base/error.h"
#include "base/str.h"
#include "note/note.h"
#include "note/span.h"
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
	struct differences differences; /* after verify_after */
	struct arena arena;             /* holds both, and what an edit needs besides */
	struct arena scratch;
	const struct config *config;
};

/* Reads the file as it is. image and config must live as long as v. */
void verify_init(struct verify *v, struct str image, const struct config *config);
void verify_release(struct verify *v);

/*
 * Reads the file as it would be: `was` of the old bytes became `is` of the
 * new ones (one stretch around all that changed). Refuses (KITH_FAILED) where
 * a block outside is another one, or something new is wrong; else finds the
 * differences, to be judged by the caller. To be called once.
 */
int verify_after(struct verify *v, struct str image, struct span was, struct span is,
		 struct kith_error *err) ATTR_MUST_CHECK;

/* Refuses because of a difference that was not meant, in words. Returns -1. */
int verify_refuse(const struct verify *v, const struct difference *difference,
		  struct kith_error *err);

/* Refuses with a message, at the line that holds an offset of image. Returns -1. */
int verify_refuse_at(struct kith_error *err, struct str image, size_t offset, const char *format,
		     ...) ATTR_PRINTF(4, 5);

#endif
