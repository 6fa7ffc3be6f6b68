#include "people/introductions.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "people/link.h"
#include "people/lookup.h"

void introductions_resolve(const struct journal *journal, struct relation *relation,
			   struct reporter *reporter)
{
	struct link link;
	size_t used;
	struct str target = relation->text;
	if (link_parse(target, &link, &used) && used == target.n)
		target = link.target;
	enum journal_found found = journal_resolve(journal, target, &relation->who);
	if (found != JOURNAL_FOUND)
		relation->who = NO_CONTACT;
	lookup_report(found, target, relation->offset, reporter);
}

/* A place of the depth-first walk: a contact, and which of its introducers is next. */
struct step {
	uint32_t who;
	size_t next;
};

/* So many names of a longer circle are told. */
#define NAMES_TOLD 6

static void report_circle(struct journal *journal, const struct step *steps, size_t count)
{
	const struct step *last = &steps[count - 1];
	const struct contact *c = &journal->contacts[last->who];
	struct reporter reporter;
	struct buf names;
	buf_init(&names, 0);
	for (size_t i = 0; i < count && i < NAMES_TOLD; i++) {
		buf_add(&names, text_upto(journal->contacts[steps[i].who].slug, 40));
		buf_addz(&names, " \xE2\x86\x90 ");
	}
	if (count > NAMES_TOLD)
		buf_printf(&names, "\xE2\x80\xA6 (%zu people)", count);
	else
		buf_add(&names, text_upto(journal->contacts[steps[0].who].slug, 40));
	reporter_init(&reporter, c->image, c->path, &journal->diag);
	report_warning(&reporter, c->introduced_by.items[last->next - 1].offset,
		       "introductions go in a circle: %s", names.p);
	buf_release(&names);
}

/* What is known of a contact, else its place on the way, from 1 on. */
#define NEW  0
#define DONE UINT32_MAX

static void follow_introductions(struct journal *journal, uint32_t start, uint32_t *places,
				 struct step *steps)
{
	uint32_t depth = 0;
	steps[depth++] = (struct step){start, 0};
	places[start] = depth;
	while (depth > 0) {
		struct step *top = &steps[depth - 1];
		const struct relations *by = &journal->contacts[top->who].introduced_by;
		if (top->next == by->count) {
			places[top->who] = DONE;
			depth--;
			continue;
		}
		uint32_t who = by->items[top->next++].who;
		if (who == NO_CONTACT || places[who] == DONE)
			continue;
		if (places[who] == NEW) {
			steps[depth++] = (struct step){who, 0};
			places[who] = depth;
			continue;
		}
		report_circle(journal, &steps[places[who] - 1], depth - places[who] + 1);
		/* One circle of a contact is told, and the next once that is mended. */
		top->next = by->count;
	}
}

void introductions_check(struct journal *journal)
{
	uint32_t *places = mem_zalloc(journal->count, sizeof(*places));
	struct step *steps = mem_zalloc(journal->count + 1, sizeof(*steps));
	for (uint32_t start = 0; start < journal->count; start++)
		if (places[start] == NEW)
			follow_introductions(journal, start, places, steps);
	free(places);
	free(steps);
}
