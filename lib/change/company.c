#include "change/company.h"

#include "people/lookup.h"
#include "people/people.h"

void company_init(struct company *company, int dir)
{
	*company = (struct company){.dir = dir};
}

void company_release(struct company *company)
{
	if (company->asked)
		journal_release(&company->journal);
	company->asked = false;
}

static const struct journal *everybody(struct company *company)
{
	const struct journal_options options = {.threads = 2, .depth = JOURNAL_FRONTS};
	struct kith_error ignored = {0};
	if (!company->asked) {
		company->asked = true;
		company->known =
		    journal_load(&company->journal, company->dir, &options, &ignored) == 0;
		/* Front matter alone is read without the tables for links. */
		if (company->known && !company->journal.index)
			lookup_init(&company->journal);
	}
	return company->known ? &company->journal : NULL;
}

struct strs company_names(struct company *company, struct str rest, struct arena *arena)
{
	struct strs names = people_names(company ? everybody(company) : NULL, rest, arena);
	/* The journal is released before the phrases are. */
	for (size_t i = 0; i < names.count; i++)
		names.items[i] = arena_str(arena, names.items[i]);
	return names;
}
