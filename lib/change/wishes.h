/*
 * What a review's page says that the files shall say: its ticks, the lines
 * below its items, and lines that name a person themselves. All of it, whether
 * it was applied or not; change/apply.h compares.
 */
#ifndef KITH_CHANGE_WISHES_H
#define KITH_CHANGE_WISHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "note/reporter.h"
#include "people/head.h"
#include "people/journal.h"
#include "report/applied.h"
#include "report/ids.h"
#include "report/page.h"

/* What is to be done to a contact's file. */
enum wish_act {
	WISH_LOG,    /* an entry */
	WISH_TASK,   /* a new task */
	WISH_TURN,   /* a task: closed, dropped, another day */
	WISH_PLAN,   /* a plan: held, cancelled, moved */
	WISH_SNOOZE, /* no check-in before a day */
};

struct wish {
	char id[ID_SIZE]; /* as its record has it */
	enum applied_what what;
	enum wish_act act;
	char content[APPLIED_KEY];
	char letter;      /* of the item that it stands in; 0 for a line elsewhere */
	struct str item;  /* the id of that item; "" */
	const char *at;   /* in the page's bytes */
	uint32_t who;     /* whom it is about */
	civil_day day;    /* what it says; NO_DAY: what history or today says */
	struct head head; /* of WISH_LOG; of WISH_PLAN its text */
	uint32_t *with;   /* the people of head.with */
	bool own_words;   /* it has a text, or names a channel */
	struct str task;  /* of WISH_TASK: the text */
	bool waiting, topic, asks;
};

/* An item as it stands, by its id. */
struct wish_item {
	struct str id;
	char mark;
	uint32_t who; /* NO_CONTACT where nobody is known for it */
	const struct page_chunk *chunk;
};

/* A line of the person's, with whom it would be applied. */
struct wish_line {
	char id[ID_SIZE], content[APPLIED_KEY];
};

struct wishes {
	struct wish *items;
	size_t count, cap;
	struct wish_item *page; /* each id once */
	size_t page_count, page_cap;
	struct wish_line *lines;
	size_t lines_count, lines_cap;
	size_t waiting; /* ticks on what lies ahead */
};

/* Where and when. */
struct wishes_source {
	const struct journal *journal;
	struct ids *ids;
	const struct applied_list *applied; /* lines that were applied are not judged again */
	civil_day monday, today;
	struct arena *arena;       /* for the wishes */
	struct reporter *reporter; /* for what is left alone */
};

/* The page's slices must live as long. */
void wishes_read(struct wishes *out, const struct page *page, const struct wishes_source *source);
void wishes_release(struct wishes *wishes);

/* What is to become of that, content: of a line; or NULL. */
const struct wish *wishes_find(const struct wishes *wishes, struct str id, enum applied_what what,
			       struct str content);
/* The item with that id; NULL where the page has none. */
const struct wish_item *wishes_item(const struct wishes *wishes, struct str id);

/* The plan of an item with that id: in the person's own file or in another's; NULL for none. */
const struct entry *wishes_plan(struct ids *ids, const struct journal *journal, uint32_t who,
				struct str id, uint32_t *file);

/* The front matter's Monday (`from`, else `week`); NO_DAY where it says none. */
civil_day wishes_monday(const struct page *page);

#endif
