#include "people/introductions.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "people/link.h"

void introductions_resolve(const struct journal *journal, struct relation *relation,
			   struct reporter *reporter)
{
	struct link link;
	size_t used;
	struct str target = relation->text;
	if (link_parse(target, &link, &used) && used == target.n)
		target = link.target;
	enum journal_found found = journal_resolve(journal, target, &relation->who);
	if (found == JOURNAL_FOUND)
		return;
	relation->who = NO_CONTACT;
	if (found == JOURNAL_NOBODY)
		report_warning(reporter, relation->offset, "nobody is called \"%.*s\"",
			       STR_ARG(str_upto(target, 100)));
	else if (found == JOURNAL_SEVERAL)
		report_warning(reporter, relation->offset, "\"%.*s\" means more than one person",
			       STR_ARG(str_upto(target, 100)));
}

/* A place of the depth-first walk: a contact, and which of its introducers is next. */
struct step {
	uint32_t who;
	size_t next;
};

static void report_circle(struct journal *journal, const struct step *steps, size_t count)
{
	const struct step *last = &steps[count - 1];
	const struct contact *c = &journal->contacts[last->who];
	struct reporter reporter;
	struct buf names;
	buf_init(&names, 400);
	for (size_t i = 0; i < count; i++) {
		buf_add(&names, journal->contacts[steps[i].who].slug);
		buf_addz(&names, " \xE2\x86\x90 ");
	}
	buf_add(&names, journal->contacts[steps[0].who].slug);
	reporter_init(&reporter, c->image, c->path, &journal->diag);
	report_warning(&reporter, c->introduced_by.items[last->next - 1].offset,
		       "introductions go in a circle: %s", names.overflow ? c->slug.p : names.p);
	buf_release(&names);
}

void introductions_check(struct journal *journal)
{
	enum { NEW, OPEN, DONE };
	unsigned char *state = mem_zalloc(journal->count, 1);
	struct step *steps = mem_zalloc(journal->count + 1, sizeof(*steps));
	for (uint32_t start = 0; start < journal->count; start++) {
		size_t depth = 0;
		if (state[start] != NEW)
			continue;
		steps[depth++] = (struct step){start, 0};
		state[start] = OPEN;
		while (depth > 0) {
			struct step *top = &steps[depth - 1];
			const struct relations *by = &journal->contacts[top->who].introduced_by;
			if (top->next == by->count) {
				state[top->who] = DONE;
				depth--;
				continue;
			}
			uint32_t who = by->items[top->next++].who;
			if (who == NO_CONTACT || state[who] == DONE)
				continue;
			if (state[who] == NEW) {
				state[who] = OPEN;
				steps[depth++] = (struct step){who, 0};
				continue;
			}
			size_t from = depth - 1;
			while (steps[from].who != who)
				from--;
			report_circle(journal, steps + from, depth - from);
		}
	}
	free(state);
	free(steps);
}
