/*
 * A failure: something could not be done. The caller owns the struct and
 * zeroes it; the first failure wins, and boundaries add context. A finding
 * about the user's data is no failure: see base/diag.h.
 */
#ifndef KITH_BASE_ERROR_H
#define KITH_BASE_ERROR_H

#include "base/attr.h"

enum kith_status {
	KITH_OK = 0,
	KITH_FAILED,      /* the operation did not work; the message says why */
	KITH_IO,          /* the system refused: errno is in the message */
	KITH_INVALID,     /* the input cannot be understood */
	KITH_NOT_FOUND,   /* there is no such thing */
	KITH_AMBIGUOUS,   /* there are several */
	KITH_EXISTS,      /* it is there already */
	KITH_CHANGED,     /* it is not what was read before: somebody else changed it */
	KITH_BUSY,        /* somebody else holds a lock */
	KITH_OFFLINE,     /* another machine cannot be reached, or gives no answer */
	KITH_UNSUPPORTED, /* a newer version, or a repository that the library does not know */
};

struct kith_error {
	enum kith_status status;
	int line, column;   /* from 1; 0 where there is none */
	char path[512];     /* "" where there is none */
	char message[1536]; /* one sentence or more, without a final newline */
};

/*
 * Notes a failure, unless one is noted already. Returns -1, for
 * `return kith_fail(...)`. err may be NULL.
 */
int kith_fail(struct kith_error *err, enum kith_status status, const char *format, ...)
    ATTR_PRINTF(3, 4);
/* The same, at a line of a text; whose it is, the caller knows (kith_fail_at). */
int kith_fail_line(struct kith_error *err, enum kith_status status, int line, const char *format,
		   ...) ATTR_PRINTF(4, 5);
/* The same, with ": " and errno's text at the end (KITH_IO). */
int kith_fail_errno(struct kith_error *err, const char *format, ...) ATTR_PRINTF(2, 3);
/* Adds the place to a noted failure that has none yet; line 0 keeps the one noted. Returns -1. */
int kith_fail_at(struct kith_error *err, const char *path, int line, int column);
/* Puts "CONTEXT: " before the message. Returns -1. */
int kith_fail_context(struct kith_error *err, const char *format, ...) ATTR_PRINTF(2, 3);

#endif
