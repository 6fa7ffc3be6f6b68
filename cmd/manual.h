/*
 * The manual: of each command a page, made from its descriptor as --help is, and the topics
 * below templates/help, whose tables come from the program's own. A page is Markdown, which
 * becomes roff for man, or text for the terminal.
 */
#ifndef KITH_CMD_MANUAL_H
#define KITH_CMD_MANUAL_H

#include "command.h"

/* A page that is about no command. */
struct manual_topic {
	const char *name; /* "format" */
	char section;     /* '5' */
	const char *what; /* one line; NULL for kith(1), which is no word of `kith help` */
};

/* The topics that have a word, *count of them. */
const struct manual_topic *manual_topics(size_t *count);
/* NULL where there is none of that name. */
const struct manual_topic *manual_topic_named(const char *name);
/* kith(1). */
const struct manual_topic *manual_overview(void);

/* Puts out a page as roff: of the topic, or of the command. One is NULL. */
void manual_page(struct context *context, const struct manual_topic *topic,
		 const struct command *command);
/* Puts out the page of a topic for the terminal. */
void manual_text(struct out *out, const struct manual_topic *topic);

#endif
