/*
 * Input: a byte that says what to do, one of a text's length, the text, and
 * the bytes of a contact's file, into which it is written as an entry or a
 * task. Nothing may crash. Where it is not refused, all bytes but those put
 * in are as they were, and what is read is what was read before and that one
 * entry or task more; closing it and taking it out work as well or refuse.
 */
#include <stdint.h>
#include <stdlib.h>

#include "../take_back.h"
#include "change/tasks.h"
#include "note/note.h"
#include "people/contact.h"

#define DAY 20780 /* 2026-11-23 */

static void must(bool holds)
{
	if (!holds)
		abort();
}

struct reading {
	struct arena arena, scratch;
	struct diag diag;
	struct contact contact;
};

static void read_contact(struct reading *r, struct str image, const struct config *config)
{
	struct reporter reporter;
	arena_init(&r->arena);
	arena_init(&r->scratch);
	diag_init(&r->diag, &r->arena);
	reporter_init(&reporter, image, STR("people/input.md"), &r->diag);
	contact_init(&r->contact, STR("people/input.md"));
	(void)contact_read(&r->contact, config, &note_reader_libs, &r->arena, &r->scratch,
			   &reporter);
}

static void release(struct reading *r)
{
	diag_release(&r->diag);
	arena_release(&r->scratch);
	arena_release(&r->arena);
}

static void must_be_insertion(struct str before, struct str after)
{
	size_t same = 0, end = 0;
	while (same < before.n && same < after.n && before.p[same] == after.p[same])
		same++;
	while (end < before.n && end < after.n &&
	       before.p[before.n - 1 - end] == after.p[after.n - 1 - end])
		end++;
	must(after.n > before.n && same + end >= before.n);
}

/* The days of entries and the texts of tasks, in order, but for one that is new. */
static void must_hold(const struct contact *a, const struct contact *b, size_t entries,
		      size_t tasks)
{
	size_t at = 0;
	must(b->entries_count == a->entries_count + entries);
	must(b->tasks_count == a->tasks_count + tasks);
	for (size_t i = 0; i < b->entries_count; i++)
		at += at < a->entries_count && a->entries[at].day == b->entries[i].day;
	must(at == a->entries_count);
	at = 0;
	for (size_t i = 0; i < b->tasks_count; i++)
		at += at < a->tasks_count && a->tasks[at].state == b->tasks[i].state &&
		      str_eq(a->tasks[at].text, b->tasks[i].text);
	must(at == a->tasks_count);
}

static void must_say_why(const struct buf *out, const struct kith_error *err)
{
	must(out->n == 0 && err->status != KITH_OK && err->message[0]);
}

/* Takes the first entry out again. */
static void remove_first(struct str image, const struct contact *c, const struct config *config)
{
	struct kith_error err = {0};
	struct reading after;
	struct buf out;
	struct str line = str_from(image, c->entries[0].offset);
	buf_init(&out, 0);
	line = str_rtrim(str_upto(line, str_find_char(line, '\n')));
	if (entry_take_back(&out, image, config, line, 0, &err) < 0) {
		must_say_why(&out, &err);
	} else {
		read_contact(&after, buf_str(&out), config);
		must(after.contact.entries_count + 1 == c->entries_count);
		release(&after);
	}
	buf_release(&out);
}

static void try_entry(struct str image, const struct contact *before, struct str text, int how,
		      const struct config *config)
{
	const struct entry_companion grace = {STR("grace-hopper"), STR("Grace Hopper")};
	struct entry_text entry = {.day = how & 1 ? DAY : DAY - 400,
				   .time = how & 2 ? STR("14:30") : STR(""),
				   .channel = how & 4 ? STR("call") : STR(""),
				   .with = &grace,
				   .with_count = how & 8 ? 1 : 0,
				   .planned = how & 16,
				   .text = text};
	struct kith_error err = {0};
	struct reading after;
	struct buf out;
	buf_init(&out, 0);
	if (entries_add(&out, image, config, &entry, &err) < 0) {
		must_say_why(&out, &err);
	} else {
		must_be_insertion(image, buf_str(&out));
		read_contact(&after, buf_str(&out), config);
		must_hold(before, &after.contact, 1, 0);
		remove_first(buf_str(&out), &after.contact, config);
		release(&after);
	}
	buf_release(&out);
}

static void close_last(struct str image, const struct contact *c, const struct config *config)
{
	struct kith_error err = {0};
	struct reading after;
	struct buf out;
	const struct task *task = &c->tasks[c->tasks_count - 1];
	struct task done = *task;
	done.state = TASK_DONE;
	done.done = DAY;
	buf_init(&out, 0);
	if (tasks_turn(&out, image, config, task, 0, &done, &err) < 0) {
		must_say_why(&out, &err);
	} else {
		read_contact(&after, buf_str(&out), config);
		must(after.contact.tasks_count == c->tasks_count);
		must(after.contact.entries_count == c->entries_count);
		must(out.n <= image.n + 40);
		release(&after);
	}
	buf_release(&out);
}

static void try_task(struct str image, const struct contact *before, struct str text, int how,
		     struct config *config)
{
	struct task_text task = {.text = text,
				 .created = DAY,
				 .due = how & 1 ? DAY + 7 : NO_DAY,
				 .waiting = how & 2,
				 .topic = how & 4};
	struct kith_error err = {0};
	struct reading after;
	struct buf out;
	buf_init(&out, 0);
	config->task_dates_emoji = how & 8;
	if (tasks_add(&out, image, config, &task, &err) < 0) {
		must_say_why(&out, &err);
	} else {
		must_be_insertion(image, buf_str(&out));
		read_contact(&after, buf_str(&out), config);
		must_hold(before, &after.contact, 0, 1);
		close_last(buf_str(&out), &after.contact, config);
		release(&after);
	}
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config config;
	struct reading before;
	struct arena arena;
	if (size < 2 || data[1] - ' ' > (int)size - 2 || data[1] < ' ')
		return 0;
	arena_init(&arena);
	config_default(&config, &arena);
	struct str all = arena_str(&arena, (struct str){(const char *)data, size});
	struct str text = arena_str(&arena, str_slice(all, 2, 2 + data[1] - (size_t)' '));
	struct str image = arena_str(&arena, str_from(all, 2 + text.n));
	read_contact(&before, image, &config);
	if (data[0] & 32)
		try_entry(image, &before.contact, text, data[0], &config);
	else
		try_task(image, &before.contact, text, data[0], &config);
	release(&before);
	arena_release(&arena);
	return 0;
}
