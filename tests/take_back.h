/*
 * Takes one entry back out of a contact's bytes: that with this first line
 * (content), of several equal ones the occurrence-th from 0, with all that
 * belongs to it, tasks too, and the blank lines that came with it. No command
 * does that, but what is written can be judged by it: adding and taking back
 * must give the file as it was. KITH_NOT_FOUND where there is no such entry;
 * as with what is written, reading the result decides.
 */
#ifndef KITH_TESTS_TAKE_BACK_H
#define KITH_TESTS_TAKE_BACK_H

#include "change/entries.h"
#include "change/log.h"
#include "change/section.h"
#include "change/verify.h"

struct taking {
	struct verify *v;
	const struct note *note;
	struct str image;
	struct log log;
	const struct log_entry *entry; /* that goes */
	struct span was;               /* its stretch */
};

static const struct log_entry *find_line(const struct taking *w, struct str line, size_t occurrence)
{
	for (size_t i = 0; i < w->log.all_count; i++)
		if (str_eq(span_str(w->image, w->log.all[i].block->content), line) &&
		    occurrence-- == 0)
			return &w->log.all[i];
	return NULL;
}

static bool is_entry_at(const struct taking *w, size_t from, size_t to)
{
	for (size_t i = 0; i < w->log.all_count; i++)
		if (w->log.all[i].block->start >= from && w->log.all[i].block->start < to)
			return true;
	return false;
}

/* The stretch of an entry, with the blank lines on one side of it where there are some on both. */
static struct span stretch_of(const struct taking *w, const struct log_entry *m)
{
	struct str image = w->image;
	struct span at = {section_line(w->note, m->block->start),
			  section_next_line(image, m->block->end)};
	struct str rest = str_from(image, at.to), after = str_ltrim(rest);
	size_t next = section_line(w->note, image.n - after.n);
	size_t blanks = section_blanks_before(w->note, at.from);
	bool sibling = after.n && is_entry_at(w, next, section_next_line(image, next + 1));
	if (sibling && next > at.to)
		at.to = next;
	else if (!sibling && (next > at.to || after.n == 0))
		for (; blanks > 0; blanks--)
			at.from = section_line(w->note, at.from - 1);
	/* A file without a line end at its end keeps none. */
	if (at.to == image.n && image.n > 0 && image.p[image.n - 1] != '\n' &&
	    at.from > w->note->body) {
		at.from--;
		at.from -= at.from > 0 && image.p[at.from - 1] == '\r';
	}
	return at;
}

static int judge_removed(const struct verify *v, struct span is, void *context,
			 struct kith_error *err)
{
	const struct taking *w = context;
	const struct log_entry *m = w->entry;
	struct span was = w->was;
	const struct contact *before = &v->before.contact;
	size_t removed = 0;
	(void)is;
	for (size_t i = 0; i < v->differences.count; i++) {
		const struct difference *d = &v->differences.items[i];
		bool meant = d->kind == DIFFERENCE_ENTRY_REMOVED && removed++ == 0 &&
			     differences_same_entry(m->entry, &before->entries[d->was]);
		/* Tasks in it go with it. */
		if (d->kind == DIFFERENCE_TASK_REMOVED)
			meant = before->tasks[d->was].offset >= was.from &&
				before->tasks[d->was].offset < was.to;
		if (!meant)
			return verify_refuse(v, d, err);
	}
	return removed ? 0
		       : span_fail(err, KITH_FAILED, w->image, m->block->start,
				   "the entry would not be gone");
}

static int take_out(struct buf *out, struct taking *w, const struct log_entry *m,
		    struct kith_error *err)
{
	if (!section_is_alone(w->note, m->block))
		return span_fail(err, KITH_FAILED, w->image, m->block->start,
				 "the entry shares its line with another item");
	w->entry = m;
	w->was = stretch_of(w, m);
	struct splice splice = {w->was, STR("")};
	return verify_edit(out, w->v, &splice, 1, judge_removed, w, err);
}

static int entry_take_back(struct buf *out, struct str image, const struct config *config,
			   struct str line, size_t occurrence, struct kith_error *err)
{
	struct verify v;
	verify_init(&v, image, config);
	struct taking w = {.v = &v, .note = &v.before.note, .image = image};
	log_find(&w.log, w.note, &v.before.contact, config, &v.arena);
	const struct log_entry *m = find_line(&w, line, occurrence);
	int result = m ? take_out(out, &w, m, err)
		       : kith_fail(err, KITH_NOT_FOUND, "there is no entry \"%.*s\"",
				   STR_ARG(str_upto(line, 200)));
	verify_release(&v);
	return result;
}

#endif
