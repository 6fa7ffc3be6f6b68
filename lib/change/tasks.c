/*
 * Where a task goes and how its fields look is taken from the tasks that
 * stand there; whether it was right is decided by reading the result
 * (change/verify.h).
 */
#include "change/tasks.h"

#include "base/search.h"
#include "base/text.h"
#include "change/section.h"
#include "change/verify.h"
#include "people/tags.h"

/* How fields are written: `(due:: DATE)`, `[due:: DATE]`, `📅 DATE`. */
enum field_style { FIELDS_ROUND, FIELDS_SQUARE, FIELDS_EMOJI };

struct task_work {
	struct verify *v;
	const struct note *note;
	struct str image;
	const struct config *config;
	struct arena *arena;
	const struct task_text *task;
	struct task alone; /* the task's text, read for itself */
	/* Instead of these, another file's tasks as they stand. */
	const struct note *from;
	const struct block *const *raw;
	size_t raw_count;
	bool new_section;
};

/* ---- fields ---- */

static struct str line_of_task(struct str image, const struct task *task)
{
	struct str line = str_slice(image, task->offset, task->block.to);
	return str_rtrim(str_upto(line, str_line(line)));
}

/* Dated signs of Obsidian Tasks: 📅, ➕, ✅, ❌. */
static const char *const sign_due = "\xF0\x9F\x93\x85";
static const char *const sign_made = "\xE2\x9E\x95";
static const char *const sign_done = "\xE2\x9C\x85";
static const char *const sign_dropped = "\xE2\x9D\x8C";

static bool has_sign(struct str s, const char *z)
{
	return str_find(s, str_of(z)) < s.n;
}

/* Adds one to what a task's fields are written in; they say nothing without a day. */
static void count_fields(struct str image, const struct task *task, size_t counts[3])
{
	if (task->due == NO_DAY && task->created == NO_DAY && task->done == NO_DAY)
		return;
	struct str line = line_of_task(image, task);
	size_t colons = str_find(line, STR(":: ")), at = colons;
	if (has_sign(line, sign_due) || has_sign(line, sign_made) || has_sign(line, sign_done) ||
	    has_sign(line, sign_dropped)) {
		counts[FIELDS_EMOJI]++;
		return;
	}
	if (colons == line.n)
		return;
	while (at > 0 && line.p[at - 1] != '(' && line.p[at - 1] != '[')
		at--;
	counts[at > 0 && line.p[at - 1] == '[' ? FIELDS_SQUARE : FIELDS_ROUND]++;
}

/* The task's own, else the file's, else the settings'. */
static enum field_style fields_style(const struct task_work *w, const struct task *own)
{
	const struct contact *c = &w->v->before.contact;
	size_t counts[3] = {0};
	if (own)
		count_fields(w->image, own, counts);
	bool is_own = counts[0] + counts[1] + counts[2] > 0;
	for (size_t i = 0; i < c->tasks_count && !is_own; i++)
		count_fields(w->image, &c->tasks[i], counts);
	enum field_style best = w->config->task_dates_emoji ? FIELDS_EMOJI : FIELDS_ROUND;
	for (enum field_style style = FIELDS_ROUND; style <= FIELDS_EMOJI; style++)
		if (counts[style] > counts[best])
			best = style;
	return best;
}

static void add_task_field(struct buf *b, enum field_style style, const char *name,
			   const char *sign, civil_day day)
{
	if (day == NO_DAY)
		return;
	if (style == FIELDS_EMOJI)
		buf_printf(b, " %s ", sign);
	else
		buf_printf(b, "  %c%s:: ", style == FIELDS_ROUND ? '(' : '[', name);
	day_format(b, day);
	if (style != FIELDS_EMOJI)
		buf_addc(b, style == FIELDS_ROUND ? ')' : ']');
}

/* ---- a new one ---- */

static int read_alone(struct task_work *w, struct kith_error *err)
{
	const struct task_text *t = w->task;
	struct str text = str_trim(t->text);
	for (size_t i = 0; i < text.n; i++)
		if (((unsigned char)text.p[i] < ' ' && text.p[i] != '\t') || text.p[i] == 0x7f)
			return kith_fail(err, KITH_INVALID,
					 "a task is one line without control characters");
	struct str line = arena_printf(w->arena, "[ ] %.*s", STR_ARG(text));
	struct span all = {0, line.n};
	struct reporter quiet = reporter_quiet(line);
	if (!task_read(&w->alone, line, all, all, w->arena, &quiet) || !w->alone.text.n)
		return kith_fail(err, KITH_INVALID, "a task needs a text");
	if (w->alone.due != NO_DAY && t->due != NO_DAY && w->alone.due != t->due)
		return kith_fail(err, KITH_INVALID,
				 "the task's text names another day than the one it is due");
	return 0;
}

/* The first of the settings' tags for such a task, else kith's own, unless the text has one. */
static void add_mark(struct buf *b, struct str text, struct strs tags, const char *own, bool wanted)
{
	struct str tag, first = tags.count ? tags.items[0] : str_of(own ? own : "");
	for (size_t at = 0; wanted && tags_next(text, &at, &tag);)
		wanted = !config_has_tag(tags, tag);
	if (!wanted || !first.n)
		return;
	buf_addz(b, str_starts(first, STR("#")) ? "" : "#");
	buf_add(b, first);
	buf_addc(b, ' ');
}

/* The task's line without its list mark. */
static struct str write_task(const struct task_work *w, enum field_style style)
{
	const struct task_text *t = w->task;
	struct str text = str_trim(t->text);
	size_t at = section_fields_at(text);
	struct buf b;
	buf_init(&b, 0);
	buf_addz(&b, "[ ] ");
	add_mark(&b, text, w->config->task_promise, NULL, true);
	add_mark(&b, text, w->config->task_waiting, "waiting", t->waiting && !w->alone.waiting);
	add_mark(&b, text, w->config->task_topic, "topic", t->topic && !w->alone.topic);
	buf_add(&b, str_upto(text, at));
	if (w->alone.created == NO_DAY)
		add_task_field(&b, style, "created", sign_made, t->created);
	if (w->alone.due == NO_DAY)
		add_task_field(&b, style, "due", sign_due, t->due);
	buf_add(&b, str_from(text, at));
	return arena_take(w->arena, &b);
}

static struct str task_item(const struct task_work *w, struct item_style style,
			    enum field_style fields)
{
	struct buf b;
	if (!w->raw_count)
		return section_item(style, write_task(w, fields), STR(""), w->arena);
	buf_init(&b, 0);
	for (size_t i = 0; i < w->raw_count; i++) {
		struct section_raw raw;
		section_take_raw(&raw, w->from, w->raw[i], 0, w->arena);
		buf_addz(&b, i ? "\n" : "");
		buf_add(&b, section_item(style, raw.first, raw.below, w->arena));
	}
	return arena_take(w->arena, &b);
}

static bool is_in_entry(const struct contact *c, size_t offset)
{
	size_t at;
	LOWER_BOUND(at, c->entries_count, c->entries[at].block.to <= offset);
	return at < c->entries_count && c->entries[at].block.from <= offset;
}

/* A task's block; they stand in the same order, so *block moves on through them. */
static const struct block *block_of(const struct task_work *w, const struct task *task,
				    size_t *block)
{
	const struct blocks *blocks = &w->note->blocks;
	while (*block < blocks->count && (blocks->items[*block].start != task->block.from ||
					  blocks->items[*block].kind != BLOCK_ITEM))
		(*block)++;
	return *block < blocks->count ? &blocks->items[*block] : NULL;
}

/* What tasks stand in a stretch. */
struct tasks_found {
	const struct block *any, *last, *open; /* the first, the last, the last open one */
};

/* Tasks of the outermost lists, none in entries. */
static struct tasks_found tasks_in(const struct task_work *w, struct span at)
{
	const struct contact *c = &w->v->before.contact;
	struct tasks_found found = {NULL, NULL, NULL};
	size_t next = 0;
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *task = &c->tasks[i];
		const struct block *b = block_of(w, task, &next);
		if (!b)
			break;
		if (b->level != 1 || b->start < at.from || b->start >= at.to ||
		    is_in_entry(c, b->start))
			continue;
		found.any = found.any ? found.any : b;
		found.last = b;
		found.open = task->state == TASK_OPEN ? b : found.open;
	}
	return found;
}

/* Headings of that name in one file, of which it is looked whether they hold tasks. */
#define MOST_LOOKED_AT 16

/* The first section for tasks that stands in no entry; that with tasks, if there is one. */
static const struct block *find_tasks_section(const struct task_work *w)
{
	const struct block *first = NULL;
	size_t looked = 0;
	for (size_t i = 0; i < w->note->blocks.count && looked < MOST_LOOKED_AT; i++) {
		const struct block *b = &w->note->blocks.items[i];
		if (b->kind != BLOCK_HEADING || is_in_entry(&w->v->before.contact, b->start))
			continue;
		const struct task_heading *row =
		    config_task_heading(w->config, span_str(w->note->image, b->content), w->arena);
		if (!row || row->waiting || row->topic)
			continue;
		if (tasks_in(w, (struct span){b->start, b->end}).any)
			return b;
		first = first ? first : b;
		looked++;
	}
	return first;
}

/* The first heading of the log that stands in no entry. */
static const struct block *find_tasks_log(const struct task_work *w)
{
	for (size_t i = 0; i < w->note->blocks.count; i++) {
		const struct block *b = &w->note->blocks.items[i];
		if (b->kind == BLOCK_HEADING && !is_in_entry(&w->v->before.contact, b->start) &&
		    section_is_log(w->note, b, w->config, w->arena))
			return b;
	}
	return NULL;
}

/* Whether the item before it in its list is numbered too. */
static bool follows_one(const struct task_work *w, const struct block *item)
{
	size_t i = (size_t)(item - w->note->blocks.items);
	while (i > 0) {
		const struct block *b = &w->note->blocks.items[--i];
		if (b->kind == BLOCK_ITEM && b->level == item->level)
			return str_is_digit(w->image.p[b->start]);
		if (b->kind == BLOCK_HEADING || !(b->nested || b->kind == BLOCK_ITEM))
			return false;
	}
	return false;
}

/* `1. [ ] a` is followed by `2.`, unless all are `1.`. */
static struct str next_number(const struct task_work *w, const struct block *like, struct str lead)
{
	struct str before = str_upto(lead, str_blanks(lead));
	struct str mark = str_from(lead, before.n);
	size_t digits = str_digits(mark);
	long number = str_number(str_upto(mark, digits), 99999999);
	bool all_one = number == 1 && follows_one(w, like);
	if (digits == 0 || number < 0 || all_one)
		return lead;
	return arena_printf(w->arena, "%.*s%ld%.*s", STR_ARG(before), number + 1,
			    STR_ARG(str_from(mark, digits)));
}

static int place_after_task(struct section_piece *piece, const struct task_work *w,
			    const struct tasks_found *found, enum field_style fields,
			    struct kith_error *err)
{
	const struct block *like = found->open ? found->open : found->last;
	struct item_style style;
	if (!section_item_style(&style, w->note, like, w->arena))
		return span_fail(err, KITH_FAILED, w->image, like->start,
				 "the task here shares its line with another item; put it "
				 "on a line of its own, so that one can be added below");
	style.lead = next_number(w, like, style.lead);
	*piece = (struct section_piece){.at = section_next_line(w->image, like->end)};
	/* A blank line before it where one stands between those that are there. */
	if (found->any != found->last) {
		const struct block *other = found->any == like ? found->last : like;
		piece->before =
		    section_blanks_before(w->note, section_line(w->note, other->start)) > 0;
	}
	piece->text = task_item(w, style, fields);
	return 0;
}

/* A new section: before the log, else at the end. */
static void place_new_section(struct section_piece *piece, const struct task_work *w,
			      enum field_style fields)
{
	const struct block *log = find_tasks_log(w);
	int level = log ? log->level : section_level(w->note);
	struct str name = config_new_tasks(w->config);
	/* A title stands for the whole file; what goes before it would be outside. */
	if (log && log->level == 1)
		log = NULL;
	struct str heading = section_heading(log ? level : section_level(w->note), name, w->arena);
	if (log) {
		size_t at = section_line(w->note, log->start);
		size_t gap = section_blanks_before(w->note, at);
		bool first = str_trim(str_slice(w->image, w->note->body, at)).n == 0;
		bool underlined = w->image.p[log->start] != '#';
		*piece = (struct section_piece){.at = at,
						.heading = heading,
						.airy = section_is_airy(w->note),
						.after = gap && !first ? gap : first || underlined};
	} else {
		*piece = section_at_end(w->note, heading);
	}
	struct item_style style = section_any_style(w->note, w->arena);
	piece->text = task_item(w, style, fields);
}

static int place_tasks(struct section_piece *piece, const struct task_work *w,
		       struct kith_error *err)
{
	enum field_style fields = fields_style(w, NULL);
	const struct block *heading = find_tasks_section(w);
	if (!heading) {
		place_new_section(piece, w, fields);
		return 0;
	}
	struct tasks_found found = tasks_in(w, section_own(w->note, heading));
	if (!found.any)
		found = tasks_in(w, (struct span){heading->start, heading->end});
	if (found.any)
		return place_after_task(piece, w, &found, fields, err);
	struct item_style style;
	*piece = section_after_text(w->note, heading, &style, w->arena);
	piece->text = task_item(w, style, fields);
	return 0;
}

static struct task wanted_task(const struct task_work *w)
{
	const struct task_text *t = w->task;
	struct task want = w->alone;
	want.waiting |= t->waiting;
	want.topic |= t->topic;
	want.created = want.created == NO_DAY ? t->created : want.created;
	want.due = want.due == NO_DAY ? t->due : want.due;
	return want;
}

static int judge_task(const struct verify *v, struct span is, void *context, struct kith_error *err)
{
	const struct task_work *w = context;
	size_t place;
	if (verify_find_added(&place, v, DIFFERENCE_TASK_ADDED, is, err))
		return -1;
	struct task want = wanted_task(w);
	bool good = differences_same_task(&want, &v->after.contact.tasks[place]);
	return verify_only_added(v, DIFFERENCE_TASK_ADDED, good ? place : NO_PLACE, is,
				 w->new_section, err);
}

/* At least so many tasks more: others may be nested in them, and text. */
static int judge_raw_tasks(const struct verify *v, struct span is, void *context,
			   struct kith_error *err)
{
	const struct task_work *w = context;
	(void)is;
	size_t added = 0;
	for (size_t i = 0; i < v->differences.count; i++) {
		const struct difference *d = &v->differences.items[i];
		added += d->kind == DIFFERENCE_TASK_ADDED;
		if (d->kind != DIFFERENCE_TASK_ADDED && d->kind != DIFFERENCE_TEXT)
			return verify_refuse(v, d, err);
	}
	return added >= w->raw_count
		   ? 0
		   : kith_fail(err, KITH_FAILED,
			       "the tasks added here would not be read as tasks; is there a "
			       "comment, a tag of HTML or a code block that never closes?");
}

static int write_tasks(struct buf *out, struct task_work *w, const struct section_piece *piece,
		       struct kith_error *err)
{
	struct splice splice = section_splice(w->note, piece, w->arena);
	w->new_section = piece->heading.n > 0;
	return verify_edit(out, w->v, &splice, 1, w->raw_count ? judge_raw_tasks : judge_task, w,
			   err);
}

static struct task_work task_work_on(struct verify *v, struct str image,
				     const struct config *config)
{
	verify_init(v, image, config);
	return (struct task_work){
	    .v = v, .note = &v->before.note, .image = image, .config = config, .arena = &v->arena};
}

int tasks_add_raw(struct buf *out, struct str image, const struct config *config,
		  const struct note *note, const struct block *const *tasks, size_t count,
		  struct kith_error *err)
{
	struct verify v;
	struct section_piece piece;
	if (count == 0) {
		buf_add(out, image);
		return 0;
	}
	struct task_work w = task_work_on(&v, image, config);
	w.from = note;
	w.raw = tasks;
	w.raw_count = count;
	int rc = place_tasks(&piece, &w, err) || write_tasks(out, &w, &piece, err);
	verify_release(&v);
	return rc ? -1 : 0;
}

/* ---- one that is there ---- */

/* An entry around a task may take its text from the task's line. */
static bool is_around(const struct verify *v, const struct difference *d, const struct task *task)
{
	if (d->kind != DIFFERENCE_ENTRY_CHANGED)
		return false;
	const struct entry *e = &v->before.contact.entries[d->was];
	return e->block.from <= task->offset && task->offset < e->block.to;
}

/* Of several equal tasks one may be told as gone and another as new. */
static bool is_retelling(const struct verify *v, const struct difference *d,
			 const struct task *task, const struct task *want)
{
	const struct task *before = v->before.contact.tasks, *after = v->after.contact.tasks;
	switch (d->kind) {
	case DIFFERENCE_TASK_CHANGED:
		return differences_same_task(task, &before[d->was]) &&
		       differences_same_task(want, &after[d->is]);
	case DIFFERENCE_TASK_ADDED:
		return differences_same_task(want, &after[d->is]);
	case DIFFERENCE_TASK_REMOVED:
		return differences_same_task(task, &before[d->was]);
	default:
		return false;
	}
}

/* A task that is there, and what it is to say. */
struct retelling {
	const struct task *task;
	struct task want;
};

static int judge_retold(const struct verify *v, struct span is, void *context,
			struct kith_error *err)
{
	const struct retelling *r = context;
	(void)is;
	size_t place = (size_t)(r->task - v->before.contact.tasks);
	if (v->after.contact.tasks_count != v->before.contact.tasks_count ||
	    !differences_same_task(&r->want, &v->after.contact.tasks[place]))
		return span_fail(err, KITH_FAILED, v->before.image, r->task->offset,
				 "the task would be read as something else than was meant");
	for (size_t i = 0; i < v->differences.count; i++) {
		const struct difference *d = &v->differences.items[i];
		if (!is_retelling(v, d, r->task, &r->want) && !is_around(v, d, r->task))
			return verify_refuse(v, d, err);
	}
	return 0;
}

/* A dated field as kith writes it, with the blanks before it; empty where the line has none. */
static struct span find_task_field(const struct task_work *w, const struct task *task,
				   const char *name, const char *sign, civil_day day)
{
	struct str line = line_of_task(w->image, task);
	struct span found = {0, 0};
	for (enum field_style style = FIELDS_ROUND; style <= FIELDS_EMOJI && !found.to; style++) {
		struct buf field;
		buf_init(&field, 0);
		add_task_field(&field, style, name, sign, day);
		struct str text = str_ltrim_blanks(buf_str(&field));
		size_t at = str_find(line, text);
		if (at < line.n)
			found = (struct span){
			    task->offset + str_rtrim(str_upto(line, at)).n,
			    task->offset + at + text.n,
			};
		buf_release(&field);
	}
	return found;
}

/* Where its due day stands: in a field, or after the last `by`; empty where it has none. */
static struct span due_span(const struct task_work *w, const struct task *task)
{
	struct str line = line_of_task(w->image, task);
	civil_day day;
	size_t used;
	if (task->due == NO_DAY || task->due_at.to)
		return task->due_at;
	for (size_t i = line.n; i-- > 0;)
		if (date_parse(str_from(line, i), &day, &used) == DATE_OK && day == task->due &&
		    (i == 0 || str_is_blank_char(line.p[i - 1])))
			return (struct span){task->offset + i, task->offset + i + used};
	return (struct span){0, 0};
}

/* A dated field's new day: in its place, at the line's end, or gone with the field. */
static int turn_field(struct splice *splice, struct buf *tail, struct buf *date,
		      const struct task_work *w, const struct retelling *r, bool due,
		      struct kith_error *err)
{
	civil_day was = due ? r->task->due : r->task->done, is = due ? r->want.due : r->want.done;
	bool dropped = (is == NO_DAY ? r->task : &r->want)->state == TASK_DROPPED;
	const char *name = due ? "due" : dropped ? "cancelled" : "completion";
	const char *sign = due ? sign_due : dropped ? sign_dropped : sign_done;
	struct span at = {0, 0};
	if (was == is)
		return 0;
	if (is == NO_DAY)
		at = find_task_field(w, r->task, name, sign, was);
	else if (due)
		at = due_span(w, r->task);
	if (is == NO_DAY && !at.to)
		return span_fail(err, KITH_FAILED, w->image, r->task->offset,
				 "the task's day is written in a way that kith cannot take out");
	if (at.to && is != NO_DAY)
		day_format(date, is);
	else if (!at.to)
		add_task_field(tail, fields_style(w, r->task), name, sign, is);
	*splice = (struct splice){at, STR("")};
	return 0;
}

static int retell_task(struct buf *out, const struct task_work *w, struct retelling *r,
		       struct kith_error *err)
{
	/* The mark is written as it was, too: what lies between is the stretch that changes. */
	static const char *const marks[] = {
	    [TASK_OPEN] = " ", [TASK_DONE] = "x", [TASK_DROPPED] = "-"};
	const struct task *task = r->task;
	struct span mark = {task->offset + 1, task->offset + 2};
	struct str line = line_of_task(w->image, task);
	mark.to = mark.from + str_find_char(str_from(line, 1), ']');
	bool same = r->want.state == task->state;
	size_t end = task->offset + section_fields_at(line), count = 1;
	struct splice splices[4] = {
	    {mark, same ? span_str(w->image, mark) : str_of(marks[r->want.state])}};
	struct splice due = {{0, 0}, STR("")}, done = {{0, 0}, STR("")};
	struct buf tail, date;
	buf_init(&tail, 0);
	buf_init(&date, 0);
	int rc = turn_field(&due, &tail, &date, w, r, true, err) ||
		 turn_field(&done, &tail, &date, w, r, false, err);
	due.bytes = buf_str(&date);
	bool first = due.at.from < done.at.from;
	for (int i = 0; i < 2; i++) {
		struct splice *s = (i == 0) == first ? &due : &done;
		if (s->at.to)
			splices[count++] = *s;
	}
	if (tail.n)
		splices[count++] = (struct splice){{end, end}, buf_str(&tail)};
	rc = rc || verify_edit(out, w->v, splices, count, judge_retold, r, err) ? -1 : 0;
	buf_release(&tail);
	buf_release(&date);
	return rc;
}

/* Refuses for one that another program makes come back; task: NULL where there is none. */
static int turn_task(struct buf *out, const struct task_work *w, const struct task *task,
		     struct str text, const struct task *want, struct kith_error *err)
{
	if (!task)
		return kith_fail(err, KITH_NOT_FOUND, "there is no task \"%.*s\"",
				 STR_ARG(str_upto(text, 200)));
	if (task->repeats)
		return kith_fail(err, KITH_INVALID,
				 "the task \"%.*s\" repeats: close it in the program that made it, "
				 "which writes the next one too",
				 STR_ARG(str_upto(text, 200)));
	struct retelling retelling = {task, *task};
	retelling.want.state = want->state;
	retelling.want.done = want->done;
	retelling.want.due = want->due;
	return retell_task(out, w, &retelling, err);
}

static const struct task *find_task(const struct task_work *w, const struct task *which, size_t nth)
{
	const struct contact *c = &w->v->before.contact;
	for (size_t i = 0; i < c->tasks_count; i++)
		if (c->tasks[i].waiting == which->waiting && c->tasks[i].topic == which->topic &&
		    str_eq(c->tasks[i].text, which->text) && nth-- == 0)
			return &c->tasks[i];
	return NULL;
}

int tasks_turn(struct buf *out, struct str image, const struct config *config,
	       const struct task *which, size_t occurrence, const struct task *want,
	       struct kith_error *err)
{
	struct verify v;
	struct task_work w = task_work_on(&v, image, config);
	int rc = turn_task(out, &w, find_task(&w, which, occurrence), which->text, want, err);
	verify_release(&v);
	return rc;
}

static int judge_taken_task(const struct verify *v, struct span is, void *context,
			    struct kith_error *err)
{
	const struct retelling *r = context;
	(void)is;
	for (size_t i = 0; i < v->differences.count; i++) {
		const struct difference *d = &v->differences.items[i];
		if ((d->kind != DIFFERENCE_TASK_REMOVED ||
		     !differences_same_task(&v->before.contact.tasks[d->was], r->task)) &&
		    !is_around(v, d, r->task))
			return verify_refuse(v, d, err);
	}
	return 0;
}

int tasks_take(struct buf *out, struct str image, const struct config *config,
	       const struct task *which, size_t occurrence, struct kith_error *err)
{
	struct verify v;
	struct task_work w = task_work_on(&v, image, config);
	struct retelling taken = {.task = find_task(&w, which, occurrence)};
	const struct block *block = NULL;
	for (size_t i = 0; taken.task && i < w.note->blocks.count; i++)
		if (w.note->blocks.items[i].kind == BLOCK_ITEM &&
		    w.note->blocks.items[i].content.from == taken.task->offset)
			block = &w.note->blocks.items[i];
	int rc;
	if (!block || !section_is_alone(w.note, block)) {
		rc = kith_fail(err, block ? KITH_FAILED : KITH_NOT_FOUND,
			       block ? "the task \"%.*s\" shares its line with another item"
				     : "there is no task \"%.*s\"",
			       STR_ARG(str_upto(which->text, 200)));
	} else {
		struct splice splice = {section_taken(w.note, block), STR("")};
		rc = verify_edit(out, &v, &splice, 1, judge_taken_task, &taken, err);
	}
	verify_release(&v);
	return rc;
}

/* ---- one that is made again ---- */

static const struct task *find_same(const struct task_work *w)
{
	const struct contact *c = &w->v->before.contact;
	struct task want = wanted_task(w);
	struct str text = text_line(want.text, w->arena);
	for (size_t i = 0; i < c->tasks_count; i++) {
		const struct task *task = &c->tasks[i];
		if (task->state == TASK_OPEN && !task->repeats && task->waiting == want.waiting &&
		    task->topic == want.topic && str_eq(text_line(task->text, w->arena), text))
			return task;
	}
	return NULL;
}

static int move_task(struct buf *out, const struct task_work *w, const struct task *task,
		     civil_day due, struct kith_error *err)
{
	struct retelling retelling = {task, *task};
	retelling.want.due = due;
	if (due == NO_DAY || due == task->due)
		return kith_fail(err, KITH_EXISTS, "the same is open there already");
	return retell_task(out, w, &retelling, err);
}

int tasks_add(struct buf *out, struct str image, const struct config *config,
	      const struct task_text *task, struct kith_error *err)
{
	struct verify v;
	struct section_piece piece;
	struct task_work w = task_work_on(&v, image, config);
	w.task = task;
	int rc = read_alone(&w, err);
	const struct task *same = rc ? NULL : find_same(&w);
	if (same)
		rc = move_task(out, &w, same, wanted_task(&w).due, err);
	else if (rc == 0)
		rc = place_tasks(&piece, &w, err) || write_tasks(out, &w, &piece, err);
	verify_release(&v);
	return rc ? -1 : 0;
}
