/* A command line as a shell takes it, as far as it is typed. Nothing in it is expanded or run. */
#ifndef KITH_CMD_SHELL_H
#define KITH_CMD_SHELL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "people/config.h"

struct shell_line {
	struct strs words; /* without their quotes; the last is being typed, and may be empty */
	size_t last;       /* where that begins, quotes and all */
	char quote;        /* the quote that stands open in it; 0 for none */
	bool redirected;   /* it is a file, as after `>` */
};

/* The words live in the arena, each with a NUL behind it. */
void shell_read(struct shell_line *out, struct str line, struct arena *arena);

/* Adds a text so that it stands for itself behind that open quote; false where it cannot. */
bool shell_add(struct buf *b, struct str text, char quote);

#endif
