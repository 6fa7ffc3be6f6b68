#include "change/verify.h"

#include "base/text.h"
#include "note/quick.h"

/* A contact's path is no matter here; its slug is the name of one without any. */
#define ANY_PATH STR("contact.md")

static void read_side(struct verify *v, struct verify_side *side, struct str image)
{
	struct reporter reporter, again = reporter_quiet(image);
	side->image = image;
	diag_init(&side->diag, &v->arena);
	reporter_init(&reporter, image, ANY_PATH, &side->diag);
	contact_init(&side->contact, ANY_PATH);
	/* What `only` passes over may be edited as well; of templates nothing is read. */
	side->passed_over = contact_read(&side->contact, v->config, &note_reader_quick, &v->arena,
					 &v->scratch, &reporter) == CONTACT_PASSED_OVER;
	if (!note_read(&side->note, &note_reader_quick, &v->arena, &again))
		side->note.blocks = (struct blocks){NULL, 0};
}

void verify_init(struct verify *v, struct str image, const struct config *config)
{
	*v = (struct verify){.config = config};
	arena_init(&v->arena);
	arena_init(&v->scratch);
	diag_init(&v->after.diag, &v->arena);
	read_side(v, &v->before, image);
}

void verify_release(struct verify *v)
{
	diag_release(&v->before.diag);
	diag_release(&v->after.diag);
	arena_release(&v->scratch);
	arena_release(&v->arena);
}

static struct str beginning_of_block(struct str image, const struct block *b)
{
	return text_upto(span_str(image, b->content), 40);
}

/* An offset outside the edited stretch, in the new bytes. */
static size_t moved(size_t at, struct span was, struct span is)
{
	return at < was.to ? at : at - was.to + is.to;
}

/* Where the text before an offset ends. */
static size_t text_end(struct str image, size_t at)
{
	return str_rtrim(str_upto(image, at)).n;
}

/* Whether a block that begins outside the stretch is the same one, moved with the bytes. */
static bool is_same_block(const struct verify *v, const struct block *a, const struct block *b,
			  struct span was, struct span is)
{
	struct str old = v->before.image, new = v->after.image;
	if (a->kind != b->kind || a->level != b->level || a->nested != b->nested ||
	    b->start != moved(a->start, was, is))
		return false;
	bool touched = a->content.to > was.from && a->content.from < was.to;
	if (!touched && !str_eq(span_str(old, a->content), span_str(new, b->content)))
		return false;
	if (a->kind == BLOCK_HEADING || (a->start < was.from && a->end > was.from))
		return true;
	/* What ended before the stretch may have got a line end, no more. */
	size_t end = text_end(old, a->end);
	return text_end(new, b->end) == (a->start < was.from ? end : moved(end, was, is));
}

static bool is_inside(const struct block *b, struct span at)
{
	return b->start >= at.from && b->start < at.to;
}

static int check_blocks(const struct verify *v, struct span was, struct span is,
			struct kith_error *err)
{
	const struct blocks *old = &v->before.note.blocks, *new = &v->after.note.blocks;
	size_t i = 0, k = 0;
	for (;;) {
		while (i < old->count && is_inside(&old->items[i], was))
			i++;
		while (k < new->count && is_inside(&new->items[k], is))
			k++;
		if (i == old->count && k == new->count)
			return 0;
		if (i == old->count || k == new->count)
			break;
		if (!is_same_block(v, &old->items[i], &new->items[k], was, is))
			break;
		i++;
		k++;
	}
	if (i < old->count)
		return span_fail(err, KITH_FAILED, v->before.image, old->items[i].start,
				 "\"%.*s\" would become something else by this change",
				 STR_ARG(beginning_of_block(v->before.image, &old->items[i])));
	return span_fail(err, KITH_FAILED, v->after.image, new->items[k].start,
			 "\"%.*s\" would become something else by this change",
			 STR_ARG(beginning_of_block(v->after.image, &new->items[k])));
}

/* A finding that was not there before. */
static int check_findings(const struct verify *v, struct kith_error *err)
{
	const struct diag *old = &v->before.diag, *new = &v->after.diag;
	size_t i = 0;
	for (size_t k = 0; k < new->count; k++) {
		size_t at = i;
		while (at < old->count && !str_eq(old->items[at].message, new->items[k].message))
			at++;
		if (at < old->count) {
			i = at + 1;
			continue;
		}
		return kith_fail_line(err, KITH_FAILED, new->items[k].line,
				      "then this would be wrong: %.*s",
				      STR_ARG(new->items[k].message));
	}
	return 0;
}

static int check_before(const struct verify *v, struct kith_error *err)
{
	if (v->before.contact.unread && v->before.diag.count > 0)
		return kith_fail(err, KITH_FAILED, "%.*s; mend that first",
				 STR_ARG(v->before.diag.items[0].message));
	if (v->before.note.too_costly)
		return kith_fail(err, KITH_FAILED,
				 "the text below the front matter holds %s, so it is not read, and "
				 "nothing is written into it; move some of it into another file",
				 v->before.note.too_costly);
	if (v->before.passed_over && v->config->only_count == 0)
		return kith_fail(err, KITH_FAILED,
				 "this is a template of another program ({{ or <%% stands in its "
				 "front matter), not a contact");
	return 0;
}

static int check_costs(const struct verify *v, struct kith_error *err)
{
	if (!v->after.note.too_costly)
		return 0;
	return kith_fail(err, KITH_FAILED,
			 "with this the text would hold %s, and no longer be read; move some of "
			 "it into another file",
			 v->after.note.too_costly);
}

int verify_edit(struct buf *out, struct verify *v, const struct splice *splices, size_t count,
		verify_judge *judge, void *context, struct kith_error *err)
{
	struct str image = v->before.image;
	size_t start = out->n;
	int rc = -1;
	splice_add(out, image, splices, count);
	struct str now = str_from(buf_str(out), start);
	struct span was = {splices[0].at.from, splices[count - 1].at.to};
	struct span is = {was.from, was.to + now.n - image.n};
	if (out->overflow)
		kith_fail(err, KITH_FAILED, "the file would be too large");
	else if (check_before(v, err) == 0) {
		read_side(v, &v->after, now);
		if (check_costs(v, err) == 0 && check_blocks(v, was, is, err) == 0 &&
		    check_findings(v, err) == 0) {
			differences_find(&v->differences, &v->before.contact, &v->after.contact,
					 &v->arena);
			rc = judge(v, is, context, err);
		}
	}
	if (rc)
		buf_cut(out, start);
	return rc;
}

/* Entries and tasks alike, by the kind of difference. */
static bool is_of_tasks(enum difference_kind kind)
{
	return kind >= DIFFERENCE_TASK_ADDED && kind <= DIFFERENCE_TASK_CHANGED;
}

static size_t offset_at(const struct verify_side *side, enum difference_kind kind, size_t place)
{
	return is_of_tasks(kind) ? side->contact.tasks[place].offset
				 : side->contact.entries[place].offset;
}

static const char *name_of(enum difference_kind kind)
{
	return is_of_tasks(kind) ? "task" : "entry";
}

int verify_find_added(size_t *place, const struct verify *v, enum difference_kind kind,
		      struct span is, struct kith_error *err)
{
	const struct contact *c = &v->after.contact;
	size_t count = is_of_tasks(kind) ? c->tasks_count : c->entries_count;
	for (*place = 0; *place < count; ++*place) {
		size_t offset = offset_at(&v->after, kind, *place);
		if (offset >= is.from && offset < is.to)
			return 0;
	}
	return span_fail(err, KITH_FAILED, v->after.image, is.from,
			 "what is added here would not be read as %s %s; is there a "
			 "comment, a tag of HTML or a code block above that never closes?",
			 is_of_tasks(kind) ? "a" : "an", name_of(kind));
}

static bool is_same(const struct contact *c, enum difference_kind kind, size_t a, size_t b)
{
	if (a == NO_PLACE)
		return false;
	return is_of_tasks(kind) ? differences_same_task(&c->tasks[a], &c->tasks[b])
				 : differences_same_entry(&c->entries[a], &c->entries[b]);
}

int verify_only_added(const struct verify *v, enum difference_kind kind, size_t place,
		      struct span is, bool new_section, struct kith_error *err)
{
	bool added = false;
	for (size_t i = 0; i < v->differences.count; i++) {
		const struct difference *d = &v->differences.items[i];
		bool meant =
		    d->kind == kind && !added && is_same(&v->after.contact, kind, place, d->is);
		if (!meant && !(new_section && d->kind == DIFFERENCE_TEXT && d->headings))
			return verify_refuse(v, d, err);
		added = added || meant;
	}
	if (added)
		return 0;
	return span_fail(err, KITH_FAILED, v->after.image, is.from,
			 "the %s added here would not be new", name_of(kind));
}

int verify_refuse(const struct verify *v, const struct difference *d, struct kith_error *err)
{
	static const char *const would[] = {
	    [DIFFERENCE_ENTRY_ADDED] = "be new, and read as something else than was meant",
	    [DIFFERENCE_ENTRY_REMOVED] = "go",
	    [DIFFERENCE_ENTRY_CHANGED] = "say something else than was meant",
	    [DIFFERENCE_TASK_ADDED] = "be new, and read as something else than was meant",
	    [DIFFERENCE_TASK_REMOVED] = "go",
	    [DIFFERENCE_TASK_CHANGED] = "say something else than was meant",
	};
	bool gone = d->is == NO_PLACE;
	size_t place = gone ? d->was : d->is;
	const struct verify_side *side = gone ? &v->before : &v->after;
	if (d->kind == DIFFERENCE_FIELD)
		return kith_fail(err, KITH_FAILED, "\"%.*s\" would change too",
				 STR_ARG(d->key_text));
	if (d->kind == DIFFERENCE_TEXT)
		return kith_fail(err, KITH_FAILED, "other text of the file would change too");
	size_t offset = offset_at(side, d->kind, place);
	if (is_of_tasks(d->kind))
		return span_fail(
		    err, KITH_FAILED, side->image, offset, "the task \"%.*s\" would %s",
		    STR_ARG(text_upto(side->contact.tasks[place].text, 60)), would[d->kind]);
	return span_fail(err, KITH_FAILED, side->image, offset, "the entry of %s would %s",
			 day_text(side->contact.entries[place].day).z, would[d->kind]);
}
