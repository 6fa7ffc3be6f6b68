#include "change/log.h"

#include "change/period.h"
#include "change/section.h"

/* Walks the blocks once: which entries and which headings are where. */
static void survey(struct log *log, const struct contact *c, struct arena *arena)
{
	const struct blocks *blocks = &log->note->blocks;
	const struct block *open[7] = {NULL};
	size_t entry_end = 0;
	log->all = arena_alloc(arena, (c->entries_count + 1) * sizeof(*log->all));
	log->headings = arena_alloc(arena, (blocks->count + 1) * sizeof(*log->headings));
	for (size_t i = 0; i < blocks->count; i++) {
		const struct block *b = &blocks->items[i], *group = NULL;
		size_t next = log->all_count;
		for (int level = 1; level < (b->kind == BLOCK_HEADING ? b->level : 7); level++)
			group = open[level] ? open[level] : group;
		if (b->kind == BLOCK_HEADING)
			for (int level = b->level; level <= 6; level++)
				open[level] = NULL;
		if (next < c->entries_count && c->entries[next].block.from == b->start) {
			log->all[log->all_count++] =
			    (struct log_entry){&c->entries[next], b, group};
			entry_end = b->end;
		} else if (b->kind == BLOCK_HEADING && b->start >= entry_end) {
			log->headings[log->heading_count++] = b;
			open[b->level] = b;
		}
	}
}

/* from: the first entry that may stand in it. */
static struct log_section section_at(const struct log *log, const struct block *heading,
				     size_t from)
{
	while (from < log->all_count && log->all[from].block->start < heading->start)
		from++;
	size_t to = from;
	while (to < log->all_count && log->all[to].block->start < heading->end)
		to++;
	return (struct log_section){heading, log->all + from, to - from};
}

/* The log section: that which holds entries, else the first, else one of lives, else the body. */
static void find_section(struct log *log, const struct config *config, struct arena *arena)
{
	struct log_section first = {NULL, log->all, log->all_count}, lives = {NULL, NULL, 0};
	size_t from = 0;
	for (size_t i = 0; i < log->heading_count; i++) {
		const struct block *h = log->headings[i];
		struct str text = span_str(log->note->image, h->content);
		enum log_kind kind = contact_log_kind(text, config, arena);
		if (kind == LOG_NONE)
			continue;
		struct log_section here = section_at(log, h, from);
		from = (size_t)(here.entries - log->all);
		if (kind == LOG_LIVES) {
			lives = lives.heading || !here.count ? lives : here;
			continue;
		}
		if (here.count) {
			log->section = here;
			return;
		}
		first = first.heading ? first : here;
	}
	log->lives = !first.heading && lives.heading;
	log->section = log->lives ? lives : first;
}

static void find_order(struct log *log)
{
	size_t up = 0, down = 0;
	const struct log_entry *m = log->section.entries;
	for (size_t i = 1; i < log->section.count; i++) {
		up += m[i].entry->day > m[i - 1].entry->day;
		down += m[i].entry->day < m[i - 1].entry->day;
	}
	log->oldest_first = up > down || (up && up == down &&
					  m[log->section.count - 1].entry->day > m[0].entry->day);
}

void log_find(struct log *log, const struct note *note, const struct contact *contact,
	      const struct config *config, struct arena *arena)
{
	*log = (struct log){.note = note};
	survey(log, contact, arena);
	find_section(log, config, arena);
	find_order(log);
}

struct log_section log_section_of(const struct log *log, const struct block *heading)
{
	return section_at(log, heading, 0);
}

bool log_holds(const struct log *log, const struct block *heading)
{
	return heading->start > log->section.heading->start &&
	       heading->start < log->section.heading->end;
}

const struct block *log_group_of(const struct log *log, civil_day day)
{
	const struct block *found = NULL;
	if (!log->section.heading)
		return NULL;
	for (size_t i = 0; i < log->heading_count; i++) {
		const struct block *h = log->headings[i];
		if (!log_holds(log, h))
			continue;
		/* The narrowest: a month in its year. */
		if (period_covers(period_of(span_str(log->note->image, h->content)), day) &&
		    (!found || h->level > found->level))
			found = h;
	}
	return found;
}

const struct block *log_time_around(const struct log *log, const struct block *group)
{
	if (!log->section.heading || !group)
		return NULL;
	for (size_t i = 0; i < log->heading_count && log->headings[i]->start <= group->start; i++) {
		const struct block *h = log->headings[i];
		if (log_holds(log, h) && h->end >= group->end &&
		    period_of(span_str(log->note->image, h->content)).form != PERIOD_NONE)
			return h;
	}
	return NULL;
}

static bool may_use(const struct log_entry *m, const struct block *group)
{
	return !group || m->group == group;
}

bool log_find_spot(struct log_spot *spot, const struct log *log, const struct block *group,
		   civil_day day)
{
	bool any = false;
	for (size_t i = 0; i < log->section.count; i++) {
		const struct log_entry *m = &log->section.entries[i];
		if (!may_use(m, group))
			continue;
		if (!log->oldest_first && m->entry->day <= day) {
			*spot = (struct log_spot){i, false};
			return true;
		}
		if (log->oldest_first ? m->entry->day <= day : true)
			*spot = (struct log_spot){i, true};
		else if (!any)
			*spot = (struct log_spot){i, false};
		any = true;
	}
	return any;
}
