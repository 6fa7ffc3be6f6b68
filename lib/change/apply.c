/*
 * Each step is tried on the bytes that the journal read, one after the other,
 * so that one that cannot be done leaves all others; the change then repeats
 * those that could, on each copy of the file. A record tells what was made by
 * its key, so that only what is still so is taken back.
 */
#include "change/apply.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/text.h"
#include "change/describe.h"
#include "change/plan_edits.h"
#include "change/review.h"
#include "change/rewrite.h"
#include "note/splice.h"
#include "people/differences.h"
#include "people/tags.h"
#include "report/review.h"
#include "report/standing.h"
#include "report/words.h"

#define MAX_APPLIED_PAGE ((size_t)8 * 1024 * 1024)

/* So many earlier states of a page are looked at for the day of a tick. */
#define MOST_STATES 100

static struct applied *record_of(const struct apply_plan *plan, const struct apply_step *s)
{
	return &plan->applied.items[s->record];
}

/* ---- one edit ---- */

static int set_one_field(struct buf *out, struct str image, const struct config *config,
			 const struct field_edit *field, struct kith_error *err)
{
	struct field_edit copy = *field;
	const struct field_edits edits = {&copy, 1, STR_NONE};
	return field_edits_apply(out, image, config, &edits, err);
}

static int make_step_edit(struct buf *out, struct str image, const struct config *config,
			  const struct apply_edit *e, struct kith_error *err)
{
	switch (e->kind) {
	case APPLY_ADD:
		return plan_edits_add(out, image, config, &e->entry, err);
	case APPLY_TAKE:
		return entries_take(out, image, config, e->line, err);
	case APPLY_TASK:
		return tasks_add(out, image, config, &e->task, err);
	case APPLY_UNTASK:
		return tasks_take(out, image, config, &e->which, e->occurrence, err);
	case APPLY_TURN:
		return tasks_turn(out, image, config, &e->which, e->occurrence, &e->want, err);
	case APPLY_PLAN:
		return entries_turn(out, image, config, e->line, &e->turn, err);
	case APPLY_SET:
		return set_one_field(out, image, config, &e->field, err);
	default:
		buf_add(out, image);
		return 0;
	}
}

/* ---- what is new, what goes ---- */

static void add_step(struct apply_plan *plan, struct apply_step step)
{
	plan->steps = mem_grow(plan->steps, plan->count, &plan->cap, sizeof(*plan->steps));
	plan->steps[plan->count++] = step;
}

static bool still_stands(const struct apply_plan *plan, const struct applied *a)
{
	for (size_t i = 0; i < plan->wishes.lines_count; i++)
		if (str_eq(str_of(plan->wishes.lines[i].id), a->id) &&
		    str_eq(str_of(plan->wishes.lines[i].content), a->content))
			return true;
	return false;
}

/* Whose a record of a line is: the id is the person's. */
static uint32_t person_of_record(const struct apply_plan *plan, struct str id)
{
	const struct journal *journal = plan->order.journal;
	char one[ID_SIZE];
	for (uint32_t i = 0; i < journal->count; i++) {
		id_of_person(one, &journal->contacts[i]);
		if (str_eq(str_of(one), id))
			return i;
	}
	return NO_CONTACT;
}

static struct apply_step back_step(const struct apply_plan *plan, size_t record, uint32_t who,
				   struct str item)
{
	const struct applied *a = &plan->applied.items[record];
	return (struct apply_step){.back = true,
				   .record = record,
				   .before = NO_PLACE,
				   .who = who,
				   .file = who,
				   .letter = a->id.p[0],
				   .id = item,
				   .day = a->day};
}

/* Records whose mark or line is taken back, though the item or the line is there. */
static void find_taken_back(struct apply_plan *plan)
{
	for (size_t i = 0; i < plan->records; i++) {
		const struct applied *a = &plan->applied.items[i];
		if (a->what == APPLIED_KINDS ||
		    wishes_find(&plan->wishes, a->id, a->what, a->content))
			continue;
		const struct wish_item *item = wishes_item(&plan->wishes, a->id);
		uint32_t who = item && a->what != APPLIED_LINE ? item->who : NO_CONTACT;
		if (a->what == APPLIED_LINE && still_stands(plan, a))
			who = person_of_record(plan, a->id);
		if (who != NO_CONTACT)
			add_step(plan, back_step(plan, i, who, item ? a->id : STR("")));
	}
}

/* ---- what is made, by its key ---- */

static void entry_key(char out[APPLIED_KEY], struct str image, const struct entry *e)
{
	applied_key(out, str_slice(image, e->offset, e->block.to));
}

static const struct contact *read_image(const struct apply_plan *plan, uint32_t file,
					struct str image)
{
	struct contact *c = ARENA_NEW(plan->arena, struct contact);
	(void)contact_of_bytes(c, plan->order.journal->contacts[file].path, image,
			       &plan->order.journal->config, NULL, NULL, plan->arena);
	return c;
}

/* day: NO_DAY for any. */
static const struct entry *find_made(const struct contact *c, civil_day day, struct str made)
{
	char key[APPLIED_KEY];
	for (size_t i = 0; i < c->entries_count && made.n; i++) {
		if (day != NO_DAY && c->entries[i].day != day)
			continue;
		entry_key(key, c->image, &c->entries[i]);
		if (str_eq(str_of(key), made))
			return &c->entries[i];
	}
	return NULL;
}

/* An open task that a record made; NULL where it is not so any more. */
static const struct task *find_made_task(const struct contact *c, struct str made)
{
	char key[APPLIED_KEY];
	for (size_t i = 0; i < c->tasks_count && made.n; i++) {
		applied_key(key, c->tasks[i].text);
		if (c->tasks[i].state == TASK_OPEN && str_eq(str_of(key), made))
			return &c->tasks[i];
	}
	return NULL;
}

/* Of an image and the one before it: the key of the entry, or of the task, that is in it alone. */
static struct str key_of_new(const struct apply_plan *plan, uint32_t file, bool task,
			     struct str before, struct str after)
{
	const struct contact *was = read_image(plan, file, before);
	const struct contact *is = read_image(plan, file, after);
	char key[APPLIED_KEY];
	for (size_t i = 0; task && i < is->tasks_count; i++) {
		applied_key(key, is->tasks[i].text);
		if (is->tasks_count > was->tasks_count && !find_made_task(was, str_of(key)))
			return arena_str(plan->arena, str_of(key));
	}
	for (size_t i = 0; !task && i < is->entries_count; i++) {
		entry_key(key, after, &is->entries[i]);
		if (!find_made(was, is->entries[i].day, str_of(key)))
			return arena_str(plan->arena, str_of(key));
	}
	return STR("");
}

/* ---- how each step edits ---- */

static int changed_since(struct kith_error *err)
{
	return kith_fail(err, KITH_NOT_FOUND, "it was changed in the file since");
}

static size_t occurrence_of(const struct contact *c, const struct task *task)
{
	size_t count = 0;
	for (const struct task *t = c->tasks; t < task; t++)
		count += t->waiting == task->waiting && t->topic == task->topic &&
			 str_eq(t->text, task->text);
	return count;
}

/* A task of a person, the nth like it, as the steps so far leave it in their file; or NULL. */
static const struct task *task_now(const struct apply_plan *plan, uint32_t who,
				   const struct task *task, size_t nth)
{
	struct str image = plan->images[who];
	if (image.p == plan->order.journal->contacts[who].image.p)
		return task;
	const struct contact *now = read_image(plan, who, image);
	for (size_t i = 0; i < now->tasks_count; i++) {
		const struct task *t = &now->tasks[i];
		if (t->waiting == task->waiting && t->topic == task->topic &&
		    str_eq(t->text, task->text) && nth-- == 0)
			return t;
	}
	return NULL;
}

static int edit_task(struct apply_step *s, const struct apply_plan *plan, struct kith_error *err)
{
	struct str id = s->back ? record_of(plan, s)->id : str_of(s->wish->id);
	enum applied_what what = s->back ? record_of(plan, s)->what : s->wish->what;
	const struct task *t = id_find_task(plan->ids, s->who, id);
	size_t nth = t ? occurrence_of(&plan->order.journal->contacts[s->who], t) : 0;
	t = t ? task_now(plan, s->who, t, nth) : NULL;
	if (!t)
		return changed_since(err);
	enum task_state state = what == APPLIED_DONE ? TASK_DONE : TASK_DROPPED;
	struct task want = *t;
	s->made.from = NO_DAY;
	if (what == APPLIED_MOVED) {
		if (s->back && t->due != record_of(plan, s)->day)
			return changed_since(err);
		want.due = s->back ? record_of(plan, s)->from : s->day;
		if (!s->back && t->state != TASK_OPEN)
			return changed_since(err);
		s->made.from =
		    s->record != NO_PLACE && !s->back ? record_of(plan, s)->from : t->due;
	} else if (s->back) {
		if (t->state != state || (t->done != NO_DAY && t->done != record_of(plan, s)->day))
			return changed_since(err);
		want.state = TASK_OPEN;
		want.done = NO_DAY;
	} else {
		want.state = state;
		want.done = s->day;
	}
	bool same = t->state == want.state && (t->due == want.due || what != APPLIED_MOVED);
	s->edit = (struct apply_edit){.kind = same ? APPLY_NOTHING : APPLY_TURN,
				      .which = *t,
				      .want = want,
				      .occurrence = nth};
	return 0;
}

/* The entry that a step before brought back for the same item; NULL where none did. */
static const struct entry *find_brought_back(const struct apply_plan *plan,
					     const struct apply_step *s, uint32_t *file)
{
	for (const struct apply_step *b = plan->steps; b < s; b++) {
		if (!b->back || b->refused || b->edit.kind != APPLY_PLAN ||
		    !str_eq(record_of(plan, b)->id, str_of(s->wish->id)))
			continue;
		*file = b->file;
		return find_made(read_image(plan, b->file, plan->images[b->file]), NO_DAY,
				 b->made.made);
	}
	return NULL;
}

/* A plan, in its person's file or in another's. */
static int edit_plan(struct apply_step *s, const struct apply_plan *plan, struct kith_error *err)
{
	const struct journal *journal = plan->order.journal;
	uint32_t file;
	const struct entry *e = find_brought_back(plan, s, &file);
	struct str image = e ? plan->images[file] : STR_NONE;
	if (!e && (e = wishes_plan(plan->ids, journal, s->who, str_of(s->wish->id), &file)))
		image = journal->contacts[file].image;
	if (!e)
		return changed_since(err);
	struct entry_turn turn = {.day = NO_DAY, .more = STR(""), .less = STR("")};
	enum applied_what what = s->wish->what;
	turn.cancelled = what == APPLIED_DROPPED;
	turn.planned = what == APPLIED_MOVED;
	turn.day = what == APPLIED_MOVED ? s->day : NO_DAY;
	turn.more = what == APPLIED_DONE ? s->wish->head.text : STR("");
	s->file = file;
	s->made.from = what == APPLIED_MOVED ? e->day : NO_DAY;
	s->day = what == APPLIED_MOVED ? s->day : e->day;
	bool over = !e->planned && what == APPLIED_DONE && !turn.more.n;
	if (!e->planned && what != APPLIED_DONE)
		return changed_since(err);
	s->edit = (struct apply_edit){
	    .kind = over ? APPLY_NOTHING : APPLY_PLAN, .line = entry_line(image, e), .turn = turn};
	return 0;
}

/* An entry of what was made, in the person's file or in another's; NULL where it is not so. */
static const struct entry *find_made_anywhere(const struct apply_plan *plan, struct apply_step *s)
{
	const struct contact *c = &plan->order.journal->contacts[s->who];
	const struct entry *e = find_made(c, record_of(plan, s)->day, record_of(plan, s)->made);
	s->file = s->who;
	for (size_t i = 0; i < c->shared_count && !e; i++) {
		if (c->shared[i].contact >= plan->order.journal->count)
			continue;
		s->file = c->shared[i].contact;
		e = find_made(&plan->order.journal->contacts[s->file], record_of(plan, s)->day,
			      record_of(plan, s)->made);
	}
	return e;
}

/* The text that was applied with a plan: as far as it still stands below the item. */
static struct str text_of_record(const struct apply_plan *plan, const struct apply_step *s,
				 const struct entry *e)
{
	struct str line = entry_line(plan->order.journal->contacts[s->file].image, e);
	size_t joint = line.n;
	char key[APPLIED_KEY];
	while (joint-- > 0) {
		if (line.p[joint] != ';' && line.p[joint] != ':')
			continue;
		struct str tail = str_trim(str_from(line, joint + 1));
		applied_key(key, tail);
		if (str_eq(str_of(key), record_of(plan, s)->content))
			return tail;
	}
	return STR("");
}

static int take_plan_back(struct apply_step *s, const struct apply_plan *plan,
			  struct kith_error *err)
{
	if (!record_of(plan, s)->made.n)
		return 0;
	const struct entry *e = find_made_anywhere(plan, s);
	if (!e)
		return changed_since(err);
	s->edit = (struct apply_edit){
	    .kind = APPLY_PLAN,
	    .line = entry_line(plan->order.journal->contacts[s->file].image, e),
	    .turn = {.planned = true,
		     .day = record_of(plan, s)->what == APPLIED_MOVED ? record_of(plan, s)->from
								      : NO_DAY,
		     .more = STR(""),
		     .less = text_of_record(plan, s, e)}};
	return 0;
}

/* An entry that was made of a plan is that plan again. */
static int give_plan_back(struct apply_step *s, const struct apply_plan *plan, struct str image,
			  const struct entry *e, struct kith_error *err)
{
	char key[APPLIED_KEY];
	struct str line = entry_line(image, e);
	struct str below = str_slice(image, e->offset + line.n, e->block.to);
	struct entry_turn turn = {.planned = true, .day = NO_DAY, .more = STR(""), .less = STR("")};
	for (size_t joint = line.n + 1; joint-- > 0;) {
		if (joint < line.n && line.p[joint] != ';' && line.p[joint] != ':')
			continue;
		turn.less = str_trim(str_from(line, joint + 1));
		struct str was = entries_turned_line(e, line, &turn, plan->arena);
		applied_key(key,
			    arena_printf(plan->arena, "%.*s%.*s", STR_ARG(was), STR_ARG(below)));
		if (!str_eq(str_of(key), record_of(plan, s)->plan))
			continue;
		s->edit = (struct apply_edit){.kind = APPLY_PLAN, .line = line, .turn = turn};
		return 0;
	}
	return changed_since(err);
}

static int take_entry_back(struct apply_step *s, const struct apply_plan *plan,
			   struct kith_error *err)
{
	struct str image = plan->images[s->who];
	if (!record_of(plan, s)->made.n)
		return 0;
	const struct contact *c = read_image(plan, s->who, image);
	const struct entry *e = find_made(c, record_of(plan, s)->day, record_of(plan, s)->made);
	const struct task *t = e ? NULL : find_made_task(c, record_of(plan, s)->made);
	if (t) {
		s->edit = (struct apply_edit){
		    .kind = APPLY_UNTASK, .which = *t, .occurrence = occurrence_of(c, t)};
		return 0;
	}
	if (!e)
		return changed_since(err);
	if (record_of(plan, s)->plan.n)
		return give_plan_back(s, plan, image, e, err);
	s->edit = (struct apply_edit){.kind = APPLY_TAKE,
				      .line = str_slice(image, e->offset, e->block.to)};
	return 0;
}

static void set_snooze(struct apply_step *s, civil_day day, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	day_format(&b, day);
	s->edit = (struct apply_edit){.kind = APPLY_SET,
				      .field = {day == NO_DAY ? EDIT_REMOVE : EDIT_SET,
						STR("snooze"), arena_take(arena, &b)}};
}

static int edit_snooze(struct apply_step *s, const struct apply_plan *plan, struct kith_error *err)
{
	civil_day now = plan->order.journal->contacts[s->who].snooze;
	if (s->back && now != record_of(plan, s)->day)
		return changed_since(err);
	s->made.from = s->record != NO_PLACE && !s->back ? record_of(plan, s)->from : now;
	set_snooze(s, s->back ? record_of(plan, s)->from : s->day, plan->arena);
	return 0;
}

/* Whether they were in touch in the page's week already, up to a day; which day. */
static civil_day known_contact(const struct apply_plan *plan, uint32_t who, civil_day day)
{
	const struct journal *journal = plan->order.journal;
	const struct contact *c = &journal->contacts[who];
	civil_day found = NO_DAY;
	for (size_t i = 0; i < c->entries_count + c->shared_count; i++) {
		const struct entry *e = NULL;
		if (i < c->entries_count) {
			e = &c->entries[i];
		} else {
			const struct entry_ref *ref = &c->shared[i - c->entries_count];
			e = &journal->contacts[ref->contact].entries[ref->entry];
		}
		if (entry_counts(e) && e->day >= plan->monday && e->day <= day && e->day > found)
			found = e->day;
	}
	return found;
}

static void edit_entry(struct apply_step *s, const struct apply_plan *plan)
{
	const struct journal *journal = plan->order.journal;
	const struct wish *w = s->wish;
	const struct strs *names = &w->head.with;
	struct entry_companion *with =
	    ARENA_ARRAY(plan->arena, struct entry_companion, names->count);
	for (size_t i = 0; i < names->count; i++)
		with[i] = (struct entry_companion){journal->contacts[w->with[i]].slug,
						   journal->contacts[w->with[i]].name};
	civil_day known = w->own_words ? NO_DAY : known_contact(plan, s->who, s->day);
	if (known != NO_DAY)
		s->day = known;
	s->edit = (struct apply_edit){.kind = known == NO_DAY ? APPLY_ADD : APPLY_NOTHING,
				      .entry = {.day = s->day,
						.time = w->head.time,
						.channel = w->head.channel,
						.with = with,
						.with_count = names->count,
						.text = w->head.text}};
}

static int edit_new_task(struct apply_step *s, const struct apply_plan *plan,
			 struct kith_error *err)
{
	const struct wish *w = s->wish;
	civil_day today = plan->order.today;
	struct task_text task = {.text = head_tags(text_line(w->task, plan->arena), plan->arena),
				 .created = today,
				 .due = NO_DAY,
				 .waiting = w->waiting,
				 .topic = w->topic};
	if (!w->topic && head_take_due(&task.text, &task.due, today, plan->arena, err))
		return -1;
	if (w->asks && !(tags_in(task.text) & TAG_ASKED))
		task.text = arena_printf(plan->arena, "#asked %.*s", STR_ARG(task.text));
	s->edit = (struct apply_edit){.kind = APPLY_TASK, .task = task};
	return 0;
}

static int find_edit(struct apply_step *s, const struct apply_plan *plan, struct kith_error *err)
{
	if (s->back &&
	    (record_of(plan, s)->what == APPLIED_LINE ||
	     (record_of(plan, s)->what == APPLIED_DONE && (s->letter == 'r' || s->letter == 'd'))))
		return take_entry_back(s, plan, err);
	if (s->back && s->letter == 'h')
		return take_plan_back(s, plan, err);
	if (s->back)
		return s->letter == 'r' ? edit_snooze(s, plan, err) : edit_task(s, plan, err);
	switch (s->wish->act) {
	case WISH_TASK:
		return edit_new_task(s, plan, err);
	case WISH_TURN:
		return edit_task(s, plan, err);
	case WISH_PLAN:
		return edit_plan(s, plan, err);
	case WISH_SNOOZE:
		return edit_snooze(s, plan, err);
	default:
		edit_entry(s, plan);
		return 0;
	}
}

/* ---- the steps ---- */

static bool shares_word(struct str a, struct str b, struct arena *arena)
{
	struct str rest = text_key(b, arena), all;
	all = arena_printf(arena, " %.*s ", STR_ARG(text_key(a, arena)));
	while (rest.n) {
		struct str word = str_upto(rest, str_find_char(rest, ' '));
		rest = str_from(rest, word.n + 1);
		if (word.n > 2 &&
		    str_find(all, arena_printf(arena, " %.*s ", STR_ARG(word))) < all.n)
			return true;
	}
	return false;
}

static bool has_step(const struct apply_plan *plan, size_t record)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->steps[i].record == record)
			return true;
	return false;
}

/* The record of a line that is another now: its own stands nowhere, and much of it is the same. */
static size_t find_reworded(const struct apply_plan *plan, const struct wish *w)
{
	const struct contact *c = &plan->order.journal->contacts[w->who];
	for (size_t i = 0; i < plan->records; i++) {
		const struct applied *a = &plan->applied.items[i];
		if (a->what != APPLIED_LINE || !str_eq(a->id, str_of(w->id)) ||
		    still_stands(plan, a) || has_step(plan, i))
			continue;
		const struct task *t = find_made_task(c, a->made);
		const struct entry *e = find_made(c, a->day, a->made);
		if (w->act == WISH_TASK && t && shares_word(t->text, w->task, plan->arena))
			return i;
		if (w->act == WISH_TASK || !e ||
		    (w->day != NO_DAY && w->day != a->day && !str_eq(e->text, w->head.text)))
			continue;
		if (str_ieq(e->channel, w->head.channel) ||
		    shares_word(e->text, w->head.text, plan->arena))
			return i;
	}
	return NO_PLACE;
}

static void add_wished(struct apply_plan *plan, const struct wish *w)
{
	struct str id = str_of(w->id);
	if (applied_find(&plan->applied, id, w->what, str_of(w->content)))
		return;
	const struct applied *a =
	    w->what == APPLIED_LINE ? NULL : applied_find(&plan->applied, id, w->what, STR(""));
	size_t record = a ? (size_t)(a - plan->applied.items) : NO_PLACE;
	struct apply_step s = {.wish = w,
			       .record = NO_PLACE,
			       .before = NO_PLACE,
			       .who = w->who,
			       .file = w->who,
			       .letter = w->letter,
			       .id = w->what == APPLIED_LINE ? w->item : str_of(w->id),
			       .day = w->day,
			       .made = {.from = NO_DAY, .made = STR(""), .plan = STR("")}};
	if (w->what == APPLIED_LINE)
		record = find_reworded(plan, w);
	if (w->what == APPLIED_MOVED) {
		s.record = record;
	} else if (record != NO_PLACE) {
		s.before = plan->count;
		s.day = s.day == NO_DAY ? plan->applied.items[record].day : s.day;
		add_step(plan, back_step(plan, record, w->who, s.id));
	}
	add_step(plan, s);
}

/* ---- trying ---- */

static void refuse_step(struct apply_plan *plan, struct apply_step *s, const char *why)
{
	const struct contact *c = &plan->order.journal->contacts[s->who];
	const struct wish_item *item = wishes_item(&plan->wishes, s->id);
	const char *at = s->wish ? s->wish->at : item ? item->chunk->head.p : plan->before.p;
	s->refused = true;
	report_error(&plan->reporter, (size_t)(at - plan->before.p), "%.*s: %s%s",
		     STR_ARG(describe_short(c->name, plan->arena)), why,
		     s->back ? "; it is not taken back" : "");
}

static void try_step(struct apply_plan *plan, struct apply_step *s)
{
	const struct journal *journal = plan->order.journal;
	struct kith_error err = {0};
	struct buf after;
	if (s->before != NO_PLACE && plan->steps[s->before].refused) {
		s->refused = true;
		s->later = plan->steps[s->before].later;
		return;
	}
	int rc = find_edit(s, plan, &err);
	struct str before = plan->images[s->file];
	buf_init(&after, 0);
	if (!rc && s->edit.kind)
		rc = make_step_edit(&after, before, &journal->config, &s->edit, &err);
	else if (!rc)
		buf_add(&after, before);
	struct str bytes = arena_take(plan->arena, &after);
	if (!rc && note_conflict(bytes) < bytes.n)
		rc = kith_fail(&err, KITH_FAILED,
			       "a merge left its marks in %s; choose between the "
			       "two versions first",
			       journal->contacts[s->file].path.p);
	if (rc && err.status == KITH_EXISTS) {
		s->edit.kind = APPLY_NOTHING;
	} else if (rc) {
		s->later = err.status != KITH_NOT_FOUND;
		refuse_step(plan, s, err.message);
	} else {
		if (s->edit.kind == APPLY_ADD || s->edit.kind == APPLY_PLAN ||
		    s->edit.kind == APPLY_TASK) {
			s->made.made =
			    key_of_new(plan, s->file, s->edit.kind == APPLY_TASK, before, bytes);
			if (s->edit.kind == APPLY_ADD)
				s->made.plan = key_of_new(plan, s->file, false, bytes, before);
			s->made.from = s->made.plan.n ? s->day : s->made.from;
		}
		plan->images[s->file] = bytes;
	}
}

static void try_steps(struct apply_plan *plan)
{
	const struct journal *journal = plan->order.journal;
	plan->images = ARENA_ARRAY(plan->arena, struct str, plan->count ? journal->count : 0);
	for (size_t i = 0; i < journal->count && plan->count; i++)
		plan->images[i] = journal->contacts[i].image;
	for (size_t i = 0; i < plan->count; i++)
		try_step(plan, &plan->steps[i]);
}

/* ---- when a tick came ---- */

struct looking {
	struct apply_plan *plan;
	size_t states;
	bool *open; /* by step: it stood there in every state so far */
	struct kith_error err;
};

static bool look_at_state(struct looking *l, struct str bytes, civil_day day)
{
	struct apply_plan *plan = l->plan;
	struct page page;
	struct wishes was;
	struct reporter quiet = reporter_quiet(bytes);
	const struct applied_list none = {NULL, 0, 0};
	bool any = false;
	page_parse(&page, bytes, plan->arena);
	const struct wishes_source source = {plan->order.journal, plan->ids,   &none, plan->monday,
					     plan->order.today,   plan->arena, &quiet};
	wishes_read(&was, &page, &source);
	for (size_t i = 0; i < plan->count; i++) {
		struct apply_step *s = &plan->steps[i];
		const struct wish *w = s->wish;
		l->open[i] =
		    l->open[i] && wishes_find(&was, str_of(w->id), w->what, str_of(w->content));
		if (l->open[i] && day < s->day)
			s->day = day;
		any = any || l->open[i];
	}
	wishes_release(&was);
	return any;
}

static bool visit_state(void *context, const struct git_commit_info *commit)
{
	struct looking *l = context;
	const struct apply_order *o = &l->plan->order;
	struct buf page;
	if (commit->count == 0)
		return true;
	if (!commit->deltas->after[0] || ++l->states > MOST_STATES)
		return false;
	buf_init(&page, MAX_APPLIED_PAGE);
	bool more = o->git->blob(o->repo, commit->deltas->after, commit->deltas->path,
				 MAX_APPLIED_PAGE, &page, &l->err) == 0;
	struct str bytes = arena_take(l->plan->arena, &page);
	return more && look_at_state(l, bytes, day_of_time(commit->time, commit->zone));
}

/* Of steps whose day is not said: the day on which history shows them first, else today. */
static void find_days(struct apply_plan *plan)
{
	const struct apply_order *o = &plan->order;
	civil_day last = plan->monday + 6 < o->today ? plan->monday + 6 : o->today;
	struct looking l = {.plan = plan, .open = ARENA_ARRAY(plan->arena, bool, plan->count)};
	bool any = false;
	for (size_t i = 0; i < plan->count; i++) {
		struct apply_step *s = &plan->steps[i];
		l.open[i] = !s->back && s->day == NO_DAY;
		s->day = l.open[i] ? o->today : s->day;
		any = any || l.open[i];
	}
	if (any && o->repo) {
		bool *undated = ARENA_ARRAY(plan->arena, bool, plan->count);
		memcpy(undated, l.open, plan->count * sizeof(bool));
		struct str path =
		    arena_printf(plan->arena, "%.*s%.*s", STR_ARG(o->below), STR_ARG(o->path));
		const char *folders[] = {path.p, NULL};
		/* Without history it is today. */
		(void)o->git->walk(o->repo,
				   &(struct git_walk){.folders = folders, .folders_count = 1},
				   visit_state, &l, &l.err);
		memcpy(l.open, undated, plan->count * sizeof(bool));
	}
	for (size_t i = 0; i < plan->count; i++)
		if (l.open[i] && plan->steps[i].day > last)
			plan->steps[i].day = last;
}

/* ---- in words ---- */

static struct str task_of_step(const struct apply_plan *plan, const struct apply_step *s)
{
	struct str text = s->edit.kind == APPLY_TASK ? s->edit.task.text : s->edit.which.text;
	if (!text.p) {
		const struct task *t = id_find_task(
		    plan->ids, s->who, s->back ? record_of(plan, s)->id : str_of(s->wish->id));
		text = t ? t->text : STR("");
	}
	return describe_short(tags_strip(text, TAG_ASKED, plan->arena), plan->arena);
}

/* `a call with Ada Lovelace`, of an entry or a plan. */
static struct str talk_of_step(const struct apply_plan *plan, const struct apply_step *s)
{
	const struct journal *journal = plan->order.journal;
	const struct entry_text *e = &s->edit.entry;
	struct entry told = {.day = s->day, .channel = e->channel.p ? e->channel : STR("")};
	struct strs names = {ARENA_ARRAY(plan->arena, struct str, e->with_count + 1), 1};
	names.items[0] = journal->contacts[s->who].name;
	told.note = str_ieq(told.channel, STR("note"));
	told.tried = str_ieq(told.channel, STR("tried"));
	for (size_t i = 0; i < e->with_count; i++)
		names.items[names.count++] = e->with[i].name;
	if (s->wish && s->wish->act == WISH_PLAN) {
		uint32_t file;
		const struct entry *plan_entry =
		    wishes_plan(plan->ids, journal, s->who, str_of(s->wish->id), &file);
		if (plan_entry)
			told.channel = plan_entry->channel;
	}
	return describe_talk(&told, &names, plan->arena);
}

/*
 * What is told of each, by what it does (%t the talk, %n the person, %x the task, %d the day),
 * and in a subject, in its order. APPLIED_KINDS: whatever.
 */
static const struct telling {
	enum wish_act act;
	enum applied_what what;
	const char *told, *one, *many;
} tellings[] = {
    {WISH_LOG, APPLIED_KINDS, "logged %t on %d", "%t", "conversations"},
    {WISH_PLAN, APPLIED_DONE, "took place: %t on %d", "a plan held", "plans held"},
    {WISH_TURN, APPLIED_DONE, "closed: %x (%n)", "a promise kept", "promises kept"},
    {WISH_TASK, APPLIED_KINDS, "to do for %n: %x", "a task", "tasks"},
    {WISH_TURN, APPLIED_DROPPED, "dropped: %x (%n)", "a promise dropped", "promises dropped"},
    {WISH_PLAN, APPLIED_DROPPED, "cancelled: %t", "a plan cancelled", "plans cancelled"},
    {WISH_TURN, APPLIED_MOVED, "moved to %d: %x (%n)", "a promise moved", "promises moved"},
    {WISH_PLAN, APPLIED_MOVED, "moved to %d: %t", "a plan moved", "plans moved"},
    {WISH_SNOOZE, APPLIED_KINDS, "%n rests until %d", "a snooze", "snoozes"},
};

static bool is_told_by(const struct apply_step *s, const struct telling *t)
{
	return s->wish->act == t->act && (t->what == APPLIED_KINDS || s->wish->what == t->what);
}

static void add_telling(struct buf *b, const char *form, const struct apply_plan *plan,
			const struct apply_step *s)
{
	struct arena *arena = plan->arena;
	for (const char *p = form; *p; p++) {
		if (*p != '%')
			buf_addc(b, *p);
		else if (*++p == 't')
			buf_add(b, talk_of_step(plan, s));
		else if (*p == 'x')
			buf_add(b, task_of_step(plan, s));
		else if (*p == 'n')
			buf_add(b,
				describe_short(plan->order.journal->contacts[s->who].name, arena));
		else
			buf_add(b, words_day(s->day, day_to_ymd(plan->order.today).year, arena));
	}
}

static void tell_step(const struct apply_plan *plan, struct apply_step *s)
{
	const struct telling *t = tellings;
	struct buf b;
	buf_init(&b, 0);
	while (!s->back && !is_told_by(s, t))
		t++;
	add_telling(&b,
		    s->back ? "taken back: what was ticked or written for %n (%d)"
		    : s->edit.kind == APPLY_NOTHING ? "in the file already: %n (%d)"
						    : t->told,
		    plan, s);
	s->told = arena_take(plan->arena, &b);
}

/* ---- the page ---- */

/* What the italics below an item say, once that is done; "" for none; p == NULL: as they are. */
static struct str became(const struct apply_plan *plan, const struct apply_step *s)
{
	civil_day day = s->day;
	bool talk = s->back ? false : s->wish->act == WISH_LOG;
	enum applied_what what = s->back ? record_of(plan, s)->what : s->wish->what;
	bool note = talk && s->edit.entry.channel.p && str_ieq(s->edit.entry.channel, STR("note"));
	bool tried =
	    talk && s->edit.entry.channel.p && str_ieq(s->edit.entry.channel, STR("tried"));
	struct str moved = words_day(day, day_to_ymd(plan->monday).year, plan->arena);
	if (s->letter == 'd' || note || (what == APPLIED_LINE && s->letter != 'r'))
		return STR_NONE;
	if (s->back)
		return STR("");
	if (talk)
		return standing_said_on(plan->monday, tried ? "tried" : "talked", day, plan->arena);
	if (what == APPLIED_DROPPED)
		return s->letter == 'h' ? STR("cancelled") : STR("dropped");
	if (what == APPLIED_DONE)
		return s->letter == 'h' ? STR("it happened")
					: standing_said_on(plan->monday, "done", day, plan->arena);
	return arena_printf(plan->arena, "%s %s",
			    s->letter == 'r'   ? "resting until"
			    : s->letter == 'h' ? "now on"
					       : "now for",
			    moved.p);
}

struct page_edit {
	struct splice *items;
	size_t count;
	struct str image, eol;
	struct arena *arena;
};

static void edit_at(struct page_edit *e, const char *from, size_t n, struct str bytes)
{
	size_t at = (size_t)(from - e->image.p);
	e->items[e->count++] = (struct splice){{at, at + n}, bytes};
}

/* kith's lines below an item give way to other lines. */
static void edit_italics(struct page_edit *e, const struct page_chunk *item, struct str lines)
{
	edit_at(e, item->head.p + item->head.n, 0, lines);
	for (size_t i = 0; i < item->count; i++)
		if (item->lines[i].kith)
			edit_at(e, item->lines[i].text.p, item->lines[i].text.n, STR(""));
}

static struct str italic_line(const struct page_edit *e, const struct page_chunk *item,
			      struct str says)
{
	bool ended = str_ends(item->head, STR("\n")) || str_ends(item->head, STR("\r"));
	struct str line = arena_printf(e->arena, "- *%.*s*", STR_ARG(says));
	line = page_nested_line(item, line, e->arena);
	return says.n ? arena_printf(e->arena, "%.*s%.*s%.*s", STR_ARG(ended ? STR("") : e->eol),
				     STR_ARG(line), STR_ARG(e->eol))
		      : STR("");
}

static void edit_records(struct page_edit *e, const struct apply_plan *plan)
{
	struct str lines = page_front_lines(plan->page.front, "applied");
	struct buf b;
	buf_init(&b, 0);
	applied_write(&b, &plan->applied, e->eol);
	edit_at(e, lines.p, lines.n, arena_take(e->arena, &b));
}

static struct page_edit page_edit_of(struct str image, const struct page *page, struct arena *arena)
{
	size_t lines = 1;
	for (size_t s = 0; s < page->count; s++)
		for (size_t c = 0; c < page->sections[s].count; c++)
			lines += page->sections[s].chunks[c].count + 1;
	return (struct page_edit){.items = ARENA_ARRAY(arena, struct splice, lines),
				  .image = image,
				  .eol = splice_line_end(image, 0),
				  .arena = arena};
}

static struct str edited_page(const struct page_edit *e)
{
	struct buf b;
	buf_init(&b, 0);
	splice_add(&b, e->image, e->items, e->count);
	return arena_take(e->arena, &b);
}

/* Notes the records, and makes the page's new bytes of them. */
static void make_applied_page(struct apply_plan *plan)
{
	const struct wishes *w = &plan->wishes;
	struct page_edit e = page_edit_of(plan->before, &plan->page, plan->arena);
	edit_records(&e, plan);
	for (size_t i = 0; i < w->page_count; i++) {
		struct str says = STR_NONE;
		for (size_t k = 0; k < plan->count; k++) {
			const struct apply_step *s = &plan->steps[k];
			struct str one = s->refused || !str_eq(s->id, w->page[i].id)
					     ? STR_NONE
					     : became(plan, s);
			says = one.p ? one : says;
		}
		if (says.p)
			edit_italics(&e, w->page[i].chunk, italic_line(&e, w->page[i].chunk, says));
	}
	plan->after = edited_page(&e);
}

/* The records of what is done, in place of those that give way. */
static void note_records(struct apply_plan *plan)
{
	plan->applied.count = plan->records;
	for (size_t i = 0; i < plan->records; i++)
		plan->applied.items[i].gone = false;
	for (size_t i = 0; i < plan->count; i++) {
		const struct apply_step *s = &plan->steps[i];
		/* What is no more as it was made is let go: it is said once. */
		if (s->record != NO_PLACE && !s->later && (s->back || !s->refused))
			plan->applied.items[s->record].gone = true;
	}
	for (size_t i = 0; i < plan->count; i++) {
		struct apply_step *s = &plan->steps[i];
		if (s->back || s->later || (s->refused && s->before == NO_PLACE))
			continue;
		s->made.id = str_of(s->wish->id);
		s->made.what = s->wish->what;
		s->made.day = s->day;
		s->made.content = str_of(s->wish->content);
		applied_add(&plan->applied, s->made, plan->arena);
	}
	make_applied_page(plan);
}

/* kith's lines below an item. */
static struct str italics_of(const struct page_chunk *item, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < item->count; i++)
		if (item->lines[i].kith)
			buf_add(&b, item->lines[i].text);
	return arena_take(arena, &b);
}

struct str apply_unapplied(struct str was, struct str is, struct arena *arena)
{
	struct page before, after;
	page_parse(&before, was, arena);
	page_parse(&after, is, arena);
	struct str lines = page_front_lines(before.front, "applied");
	struct str now = page_front_lines(after.front, "applied");
	if (!page_is_review(&before) || !lines.n || !now.n)
		return was;
	struct page_edit e = page_edit_of(is, &after, arena);
	edit_at(&e, now.p, now.n, lines);
	for (size_t s = 0; s < after.count; s++)
		for (size_t c = 0; c < after.sections[s].count; c++) {
			const struct page_chunk *item = &after.sections[s].chunks[c];
			const struct page_chunk *old =
			    item->kind == CHUNK_ITEM ? page_find_item(&before, item->id) : NULL;
			if (old && !str_eq(italics_of(old, arena), italics_of(item, arena)))
				edit_italics(&e, item, italics_of(old, arena));
		}
	return edited_page(&e);
}

/* ---- the change ---- */

struct apply_file {
	const struct apply_plan *plan;
	uint32_t file;
};

static int apply_to_contact(void *context, const struct change_copy *copy, struct str before,
			    struct buf *after, bool *gone, struct kith_error *err)
{
	const struct apply_file *f = context;
	const struct config *config = &f->plan->order.journal->config;
	struct buf now, next;
	int rc = before.p ? 0 : kith_fail(err, KITH_NOT_FOUND, "the file is not there");
	(void)copy;
	(void)gone;
	buf_init(&now, 0);
	buf_init(&next, 0);
	buf_add(&now, before);
	for (size_t i = 0; i < f->plan->count && !rc; i++) {
		const struct apply_step *s = &f->plan->steps[i];
		if (s->refused || s->file != f->file || s->edit.kind == APPLY_NOTHING)
			continue;
		buf_clear(&next);
		rc = make_step_edit(&next, buf_str(&now), config, &s->edit, err);
		buf_clear(&now);
		buf_add(&now, buf_str(&next));
	}
	buf_add(after, buf_str(&now));
	buf_release(&now);
	buf_release(&next);
	return rc;
}

static int apply_to_page(void *context, const struct change_copy *copy, struct str before,
			 struct buf *after, bool *gone, struct kith_error *err)
{
	const struct apply_plan *plan = context;
	(void)gone;
	if (change_copy_is_file(copy) && !str_eq(before, plan->before))
		return kith_fail(err, KITH_CHANGED,
				 "the page was changed by somebody else meanwhile; run it again");
	buf_add(after, plan->after);
	return 0;
}

/* A few of what was done, for a subject: `a call with Ada Lovelace, 2 promises kept`. */
static struct str in_short(const struct apply_plan *plan)
{
	struct buf b;
	size_t back = 0;
	buf_init(&b, 0);
	for (const struct telling *t = tellings; t < tellings + ARRAY_LEN(tellings); t++) {
		const struct apply_step *last = NULL;
		size_t count = 0;
		for (size_t i = 0; i < plan->count; i++) {
			const struct apply_step *s = &plan->steps[i];
			if (s->refused || s->back || !is_told_by(s, t))
				continue;
			last = s;
			count++;
		}
		buf_addz(&b, count && b.n ? ", " : "");
		if (count == 1)
			add_telling(&b, t->one, plan, last);
		else if (count)
			buf_printf(&b, "%zu %s", count, t->many);
	}
	for (size_t i = 0; i < plan->count; i++)
		back += plan->steps[i].back && !plan->steps[i].refused;
	if (back)
		buf_printf(&b, "%s%zu taken back", b.n ? ", " : "", back);
	if (!b.n)
		buf_addz(&b, "what stands there already");
	return arena_take(plan->arena, &b);
}

static struct str all_told(const struct apply_plan *plan)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < plan->count; i++)
		if (!plan->steps[i].refused)
			buf_printf(&b, "%s%.*s", b.n ? "\n" : "", STR_ARG(plan->steps[i].told));
	return arena_take(plan->arena, &b);
}

/* The contacts first, the page last: it says what was done. */
static void make_apply_change(struct apply_plan *plan)
{
	struct arena *arena = plan->arena;
	struct change_file *files = ARENA_ARRAY(arena, struct change_file, plan->count + 1);
	struct apply_file *contexts = ARENA_ARRAY(arena, struct apply_file, plan->count);
	struct iso_week week = day_week(plan->monday);
	size_t count = 0;
	for (size_t i = 0; i < plan->count; i++) {
		const struct apply_step *s = &plan->steps[i];
		bool there = s->refused || s->edit.kind == APPLY_NOTHING;
		for (size_t k = 0; k < count && !there; k++)
			there = contexts[k].file == s->file;
		if (there)
			continue;
		contexts[count] = (struct apply_file){plan, s->file};
		files[count] =
		    (struct change_file){.path = plan->order.journal->contacts[s->file].path,
					 .edit = apply_to_contact,
					 .context = &contexts[count]};
		count++;
	}
	files[count++] =
	    (struct change_file){.path = plan->order.path, .edit = apply_to_page, .context = plan};
	struct str subject = in_short(plan), body = all_told(plan);
	bool one = str_find_char(body, '\n') == body.n;
	plan->change = (struct change){
	    .files = files,
	    .count = count,
	    .subject = arena_printf(arena, "Apply week %d: %.*s", week.week, STR_ARG(subject)),
	    .body = one ? STR("") : body,
	    .trailer = arena_printf(arena, "apply %04d-W%02d", week.year, week.week)};
}

/* ---- the plan ---- */

static int read_page(struct apply_plan *plan, struct kith_error *err)
{
	struct buf bytes;
	buf_init(&bytes, MAX_APPLIED_PAGE);
	int rc =
	    fs_read(plan->order.journal->dir, plan->order.path.p, MAX_APPLIED_PAGE, &bytes, err);
	plan->before = plan->after = arena_take(plan->arena, &bytes);
	if (rc)
		return kith_fail_at(err, plan->order.path.p, 0, 0);
	page_parse(&plan->page, plan->before, plan->arena);
	plan->monday = wishes_monday(&plan->page);
	return 0;
}

/* A page that cannot be acted on at all: says why. */
static bool is_unfit_page(struct apply_plan *plan)
{
	struct reporter *r = &plan->reporter;
	size_t conflict = note_conflict(plan->before);
	civil_day named = rewrite_page_monday(plan->order.path);
	struct iso_week week = day_week(plan->monday == NO_DAY ? named : plan->monday);
	if (!page_is_review(&plan->page))
		return true;
	if (conflict < plan->before.n)
		report_error(r, conflict,
			     "a merge left its marks here; choose between the two versions first");
	else if (plan->monday == NO_DAY)
		report_error(r, 0,
			     "its front matter does not say which week it is of (week: 2026-W48)");
	else if (named == NO_DAY)
		report_warning(r, 0,
			       "a review under another name is not acted on; call it "
			       "%04d-W%02d.md, if there is none yet",
			       week.year, week.week);
	else if (plan->monday != named)
		report_error(r, 0,
			     "its front matter is that of week %d, its name is not; call it "
			     "%04d-W%02d.md, or take it away",
			     week.week, week.year, week.week);
	else if (!page_front_lines(plan->page.front, "applied").n)
		report_error(r, 0,
			     "its front matter has no `applied:`, so nobody knows what of it is in "
			     "the files; write `applied: []` there to apply all of it");
	else
		return false;
	return true;
}

/* A tick in a section of kith's, none of whose items can be known again; NULL for none. */
static const struct page_chunk *idless_tick(const struct page_section *section)
{
	const struct page_chunk *found = NULL;
	if (section->level != 2 || review_heading_rank(section->name) == SIZE_MAX)
		return NULL;
	for (size_t c = 0; c < section->count; c++) {
		const struct page_chunk *chunk = &section->chunks[c];
		struct str box = line_after_bullet(chunk->head);
		if (chunk->kind == CHUNK_ITEM)
			return NULL;
		if (!found && box.n < chunk->head.n && box.n > 3 && box.p[0] == '[' &&
		    box.p[2] == ']' && !str_is_blank_char(box.p[1]) &&
		    str_find(box, STR("](")) < box.n)
			found = chunk;
	}
	return found;
}

static void report_idless(struct apply_plan *plan)
{
	for (size_t s = 0; s < plan->page.count; s++) {
		const struct page_chunk *tick = idless_tick(&plan->page.sections[s]);
		if (tick)
			report_error(&plan->reporter, (size_t)(tick->head.p - plan->before.p),
				     "a template without ids (^{{id}}) made this section, so its "
				     "ticks do nothing");
	}
}

int apply_plan_make(struct apply_plan *plan, const struct apply_order *order, struct arena *arena,
		    struct kith_error *err)
{
	*plan = (struct apply_plan){.order = *order, .arena = arena, .monday = NO_DAY};
	diag_init(&plan->diag, arena);
	if (read_page(plan, err))
		return -1;
	reporter_init(&plan->reporter, plan->before, order->path, &plan->diag);
	plan->ids = ids_new(order->journal);
	if (is_unfit_page(plan))
		return 0;
	applied_read(&plan->applied, plan->page.front, arena);
	plan->records = plan->applied.count;
	const struct wishes_source source = {order->journal, plan->ids,    &plan->applied,
					     plan->monday,   order->today, arena,
					     &plan->reporter};
	wishes_read(&plan->wishes, &plan->page, &source);
	report_idless(plan);
	find_taken_back(plan);
	for (size_t i = 0; i < plan->wishes.count; i++)
		add_wished(plan, &plan->wishes.items[i]);
	find_days(plan);
	try_steps(plan);
	for (size_t i = 0; i < plan->count; i++)
		tell_step(plan, &plan->steps[i]);
	note_records(plan);
	make_apply_change(plan);
	return 0;
}

void apply_plan_release(struct apply_plan *plan)
{
	ids_free(plan->ids);
	wishes_release(&plan->wishes);
	free(plan->steps);
	diag_release(&plan->diag);
}

size_t apply_plan_things(const struct apply_plan *plan)
{
	size_t count = 0;
	for (size_t i = 0; i < plan->count; i++)
		count += !plan->steps[i].refused;
	return count;
}

bool apply_plan_changes(const struct apply_plan *plan)
{
	return plan->count && !str_eq(plan->before, plan->after);
}

bool apply_plan_refuse(struct apply_plan *plan, struct str path, const char *why)
{
	bool any = false;
	for (size_t i = 0; i < plan->count; i++) {
		struct apply_step *s = &plan->steps[i];
		bool its = str_eq(plan->order.journal->contacts[s->file].path, path);
		if (s->refused || !its || s->edit.kind == APPLY_NOTHING)
			continue;
		any = s->later = true;
		refuse_step(plan, s, why);
	}
	if (any) {
		note_records(plan);
		make_apply_change(plan);
	}
	return any;
}
