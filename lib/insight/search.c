#include "insight/search.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/text.h"
#include "note/note.h"

/* One worker's part. */
struct search_part {
	const struct journal *journal;
	const struct query *query;
	struct term_match match;
	struct search_hits hits;
};

/* ---- the pieces of a file ---- */

/* A walk through a body: entries as they are, and beside them paragraphs and items. */
struct search_walk {
	const struct contact *contact;
	const struct config *config;
	size_t at;
	size_t next_entry;
};

static bool begins_piece(struct str line)
{
	struct str s = str_ltrim_blanks(line);
	size_t digits = str_digits(s);
	char c = str_at(s, digits), after = str_at(s, digits + 1);
	if (digits)
		return (c == '.' || c == ')') && str_is_blank_char(after);
	return c == '#' || ((c == '-' || c == '*' || c == '+') && str_is_blank_char(after));
}

/* Headings that only say what kind of thing stands below them. */
static bool is_heading_of_kith(const struct search_walk *w, struct str line, struct arena *scratch)
{
	struct str name = line;
	while (str_starts(name, STR("#")))
		name = str_from(name, 1);
	if (name.n == line.n)
		return false;
	name = str_trim(name);
	struct arena_mark mark = arena_mark(scratch);
	bool kith = contact_log_kind(name, w->config, scratch) != LOG_NONE ||
		    config_task_heading(w->config, name, scratch);
	arena_rewind(scratch, mark);
	return kith;
}

/* The next piece; *entry: NULL for a note. False at the end. */
static bool next_piece(struct search_walk *w, struct span *piece, const struct entry **entry,
		       struct arena *scratch)
{
	const struct contact *c = w->contact;
	for (;;) {
		const struct entry *next =
		    w->next_entry < c->entries_count ? &c->entries[w->next_entry] : NULL;
		size_t end = next ? next->block.from : c->image.n;
		*entry = NULL;
		if (w->at >= end) {
			if (!next)
				return false;
			w->next_entry++;
			*piece = next->block;
			*entry = next;
			/* One that begins within the one before was told with it. */
			if (next->block.to <= w->at)
				continue;
			w->at = next->block.to;
			return true;
		}
		struct str rest = str_slice(c->image, w->at, end), line = rest;
		line = str_upto(rest, str_line(rest));
		*piece = (struct span){w->at, w->at + line.n};
		w->at += str_full_line(rest);
		if (str_trim(line).n == 0 || is_heading_of_kith(w, line, scratch))
			continue;
		bool heading = str_at(line, 0) == '#';
		while (w->at < end && !heading) {
			rest = str_slice(c->image, w->at, end);
			line = str_upto(rest, str_line(rest));
			if (str_trim(line).n == 0 || begins_piece(line))
				break;
			piece->to = w->at + line.n;
			w->at += str_full_line(rest);
		}
		return true;
	}
}

/* ---- what fits ---- */

/* The first place in the text that one of the conditions finds; whole: all that are found are. */
static bool find_first_text(const struct query_node *node, struct term_match *match,
			    struct span *found, bool *whole)
{
	struct needle_hit hit;
	bool any = false;
	if (node->kind == QUERY_NOT)
		return false;
	if (node->kind != QUERY_TERM) {
		for (const struct query_node *part = node->first; part; part = part->next)
			any |= find_first_text(part, match, found, whole);
		return any;
	}
	if (!term_is_text(&node->term) || !term_find(&node->term, match->text, &hit, match))
		return false;
	*whole &= hit.whole;
	if (hit.from < found->from)
		*found = (struct span){hit.from, hit.to};
	return true;
}

static void add_hit(struct search_part *p, struct search_hit hit)
{
	struct search_hits *hits = &p->hits;
	hits->items = mem_grow(hits->items, hits->count, &hits->cap, sizeof(*hits->items));
	hits->items[hits->count++] = hit;
}

static void search_piece(struct search_part *p, uint32_t who, struct span piece,
			 const struct entry *entry)
{
	const struct contact *c = &p->journal->contacts[who];
	struct search_hit hit = {.who = who,
				 .whole = true,
				 .entry = entry,
				 .day = entry ? entry->day : NO_DAY,
				 .unit = piece,
				 .found = {SIZE_MAX, SIZE_MAX}};
	p->match.text = span_str(c->image, piece);
	if (!query_fits_text(p->query, &p->match) ||
	    !find_first_text(p->query->root, &p->match, &hit.found, &hit.whole))
		return;
	hit.found.from += piece.from;
	hit.found.to += piece.from;
	add_hit(p, hit);
}

static void search_contact(struct search_part *p, uint32_t who)
{
	const struct contact *c = &p->journal->contacts[who];
	struct search_walk walk = {.contact = c, .config = &p->journal->config};
	struct note note;
	struct span piece;
	const struct entry *entry;
	(void)note_split(&note, c->image);
	term_match_begin(&p->match, who, NULL);
	p->match.text = STR("");
	if (query_fits_text(p->query, &p->match))
		add_hit(p, (struct search_hit){.who = who, .person = true, .day = NO_DAY});
	/* Most files have none of it, and are looked at once. */
	p->match.text = str_from(c->image, note.body);
	p->match.coarse = true;
	bool may_fit = query_fits_text(p->query, &p->match);
	p->match.coarse = false;
	walk.at = note.body;
	while (may_fit && next_piece(&walk, &piece, &entry, &p->match.scratch))
		search_piece(p, who, piece, entry);
}

/* Conversations in other notes are asked by their text, and all who were there. */
static void search_elsewhere(struct search_part *p)
{
	const struct journal *journal = p->journal;
	const struct contact *notes = &journal->contacts[journal->count];
	for (size_t i = 0; journal->elsewhere && i < notes->entries_count; i++) {
		const struct entry *e = &notes->entries[i];
		struct search_hit hit = {.entry = e,
					 .day = e->day,
					 .whole = true,
					 .found = {SIZE_MAX, SIZE_MAX},
					 .place = journal_place(journal, e)};
		bool fits = false;
		for (uint32_t w = 0; w < e->with_count && !fits; w++) {
			hit.who = e->with[w];
			fits = query_fits_entry(p->query, &p->match, hit.who, e->text);
		}
		if (fits && find_first_text(p->query->root, &p->match, &hit.found, &hit.whole))
			add_hit(p, hit);
	}
}

struct searching {
	size_t threads;
	const struct journal *journal;
	struct search_part parts[PARALLEL_MAX];
};

static void search_part(void *context, size_t worker)
{
	struct searching *s = context;
	struct search_part *part = &s->parts[worker];
	size_t from, to;
	parallel_part(s->journal->count, s->threads, worker, &from, &to);
	for (uint32_t who = (uint32_t)from; who < to; who++)
		if (!s->journal->contacts[who].unread)
			search_contact(part, who);
}

/* Contacts and pieces stand in the order of paths and of files. */
static int compare_hits(const void *a, const void *b)
{
	const struct search_hit *x = a, *y = b;
	if (x->person != y->person)
		return x->person ? -1 : 1;
	if (x->whole != y->whole)
		return x->whole ? -1 : 1;
	if (x->day != y->day)
		return x->day > y->day ? -1 : 1;
	if (x->who != y->who)
		return x->who < y->who ? -1 : 1;
	if (x->unit.from != y->unit.from)
		return x->unit.from < y->unit.from ? -1 : 1;
	return (x->entry > y->entry) - (x->entry < y->entry);
}

void search_journal(struct search_hits *out, const struct query *query,
		    const struct journal *journal, civil_day today)
{
	struct searching s = {.threads = parallel_threads(journal->count, 256, journal->threads),
			      .journal = journal};
	*out = (struct search_hits){0};
	for (size_t i = 0; i < s.threads; i++) {
		s.parts[i].journal = journal;
		s.parts[i].query = query;
		term_match_init(&s.parts[i].match, journal, today);
	}
	parallel_run(s.threads, search_part, &s);
	search_elsewhere(&s.parts[0]);
	for (size_t i = 0; i < s.threads; i++) {
		struct search_hits *part = &s.parts[i].hits;
		out->items = mem_append(out->items, &out->count, &out->cap, part->items,
					part->count, sizeof(*part->items));
		free(part->items);
		term_match_release(&s.parts[i].match);
	}
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), compare_hits);
}

void search_release(struct search_hits *hits)
{
	free(hits->items);
	*hits = (struct search_hits){0};
}
