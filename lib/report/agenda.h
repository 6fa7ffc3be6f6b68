/* What is due and what is open, in words and as models: for `due`, today's page, `todo`. */
#ifndef KITH_REPORT_AGENDA_H
#define KITH_REPORT_AGENDA_H

#include <jansson.h>

#include "base/attr.h"
#include "insight/todo.h"
#include "insight/week.h"
#include "report/prose.h"

/* What the words are told by. journal: for the names of links in texts too; NULL for tasks alone.
 */
struct agenda_words {
	struct prose prose;
	civil_day today;
	int year;
	struct arena *arena; /* where the words live */
};
void agenda_words_init(struct agenda_words *words, const struct journal *journal, civil_day today,
		       struct arena *arena);

/* `every 6 weeks`, `new: met 3 days ago`, `worth reviving`; plain, as all the words here are. */
struct str agenda_why(const struct agenda_words *words, const struct reach *reach);
/* `9 weeks ago, coffee: the move to Bath`. */
struct str agenda_talk(const struct agenda_words *words, const struct reach *reach);
/* `turns 75`, `lunch with Bob: the grant`, or a task's text. */
struct str agenda_what(const struct agenda_words *words, const struct item *item);
/* `Fri 20 Nov` for a day that is past, else `in 2 weeks`; p == NULL without a day. */
struct str agenda_task_when(const struct agenda_words *words, const struct task *task);

/*
 * {today, until, people: [{slug, name, path, due, late, last, ratio, cadence,
 * why, talk, new, dormant}], items: [{kind, day, when, time, slug, name, path,
 * what, late}], waiting: [...]}. Days are "YYYY-MM-DD" or null; `late` is in
 * days, negative for what is to come; all texts are plain, one line each.
 */
json_t *agenda_model(const struct journal *journal, const struct week *days) ATTR_MUST_CHECK;

/*
 * {today, promises, waiting, topics, plans}: lists of {number, text, due, when, late,
 * created, repeats, slug, name, path}, in the order of the list. number: as
 * `done` takes it; when and late as above, or null. journal: as above.
 */
json_t *agenda_todo_model(const struct journal *journal, const struct todo *todo,
			  civil_day today) ATTR_MUST_CHECK;

/* What became of a closed task: `kept`, `got`, `brought up`, `dropped`. */
const char *agenda_closed_word(const struct todo_item *item);
/* `made 2026-11-02, due 2026-11-30, took 3 weeks`, as far as it is known. */
struct str agenda_closed_days(const struct todo_item *item, struct arena *arena);
/*
 * {today, closed}: a list of {kind, text, became, created, due, done, days, slug, name, path} of
 * closed tasks; days: from the day made to the day closed, or null.
 */
json_t *agenda_closed_model(const struct journal *journal, const struct todo *todo,
			    civil_day today) ATTR_MUST_CHECK;

#endif
