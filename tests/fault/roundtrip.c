/*
 * Makes every kind of edit on thousands of contacts, invented and real ones,
 * and judges each by what it was meant to do (judge.h): the bytes outside the
 * touched stretch, and what the file says before and after. A refusal loses
 * nothing, and is counted.
 *
 *	roundtrip [-v] [-r] [-s SEED] [-n ROUNDS] COUNT [FILE...]
 *
 * COUNT: how many to invent, beginning with number SEED; besides them the
 * files, ROUNDS times each (1): the second as some edit of the first left it.
 * -v prints each wrong one's bytes, -r the reasons of refusals. Ends
 * with 1 where anything was wrong.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../take_back.h"
#include "base/text.h"
#include "change/entries.h"
#include "change/field_edits.h"
#include "change/tasks.h"
#include "judge.h"
#include "note/edit.h"
#include "people/bodyfields.h"
#include "people/differences.h"
#include "people/fields.h"
#include "people/keys.h"
#include "texts.h"

#define TODAY 20780 /* 2026-11-23 */

static struct {
	unsigned long tried, refused, missing, wrong;
	bool verbose, reasons;
	char at[512];    /* which file */
	struct buf left; /* as one of the edits left it; "" for none */
} state;

/* One edit under way: the file before it, after it, and what was meant. */
struct trial {
	struct arena arena;
	const struct side *was;
	struct side is;
	struct buf out;
	struct kith_error err;
	const struct config *config;
	struct str what;
	bool done; /* not refused */
};

static void begin(struct trial *t, const struct side *was, const struct config *config,
		  struct str what)
{
	*t = (struct trial){.was = was, .config = config, .what = what};
	arena_init(&t->arena);
	buf_init(&t->out, 0);
}

static void accuse(struct trial *t, const char *why)
{
	state.wrong++;
	printf("# %s: %.*s: %s\n", state.at, STR_ARG(t->what), why);
	if (!state.verbose)
		return;
	printf("---- before\n%.*s\n---- after\n%.*s\n----\n", STR_ARG(t->was->image),
	       STR_ARG(buf_str(&t->out)));
}

/* Reads what the edit made; false where it was refused. */
static bool made(struct trial *t, int result)
{
	state.tried++;
	t->done = result == 0;
	if (!t->done) {
		*(t->err.status == KITH_NOT_FOUND ? &state.missing : &state.refused) += 1;
		if (state.reasons)
			printf("refused: %.*s: %s\n", STR_ARG(t->what), t->err.message);
		if (t->out.n)
			accuse(t, "it was refused, and bytes were made");
		if (t->err.message[0] == '\0')
			accuse(t, "it was refused without a word");
		return false;
	}
	side_read(&t->is, buf_str(&t->out), t->config);
	if (t->is.faults > t->was->faults)
		accuse(t, "there is more wrong with the front matter than before");
	return true;
}

static bool judged(struct trial *t, const char *why)
{
	if (why)
		accuse(t, why);
	return !why;
}

static void end(struct trial *t)
{
	if (t->done && state.tried % 7 == 0) {
		buf_clear(&state.left);
		buf_add(&state.left, buf_str(&t->out));
	}
	if (t->done)
		side_release(&t->is);
	buf_release(&t->out);
	arena_release(&t->arena);
}

/* The differences that the library finds are of this kind alone. */
static void judge_differences(struct trial *t, enum difference_kind kind)
{
	struct differences found;
	differences_find(&found, &t->was->contact, &t->is.contact, &t->arena);
	size_t of_kind = 0;
	for (size_t i = 0; i < found.count; i++)
		of_kind += found.items[i].kind == kind;
	if (of_kind != 1)
		accuse(t, arena_printf(&t->arena, "%zu differences of the kind meant, of %zu",
				       of_kind, found.count)
			      .p);
}

/* ---- Front matter ---- */

static bool exactly(struct str a, struct str b)
{
	return str_eq(a, b);
}

static bool means_the_same(struct str a, struct str b)
{
	enum key key = key_find(a, &(int){0});
	return key == KEY_UNKNOWN ? key_compare(a, b) == 0 : key == key_find(b, &(int){0});
}

/* The texts under a key, in order. */
static size_t texts_of(const struct side *side, struct str key, struct str *out, size_t cap)
{
	size_t count = 0;
	for (size_t i = 0; i < side->leaves_count && count < cap; i++)
		if (str_eq(side->leaves[i].key, key))
			out[count++] = side->leaves[i].text;
	return count;
}

enum { TEXTS_MAX = 64 };

static size_t find_text(const struct str *texts, size_t count, struct str text)
{
	size_t i = 0;
	while (i < count && !str_eq(texts[i], text))
		i++;
	return i;
}

/* What the key shall hold afterwards; false where that is not for this judge to say. */
static bool expect(const struct side *was, const struct edit_front *edit, struct str *out,
		   size_t *count)
{
	size_t old = texts_of(was, edit->key, out, TEXTS_MAX - 8), at;
	*count = old;
	switch (edit->verb) {
	case EDIT_SET:
		*count = edit->count;
		for (size_t i = 0; i < edit->count; i++)
			out[i] = edit->values[i].text;
		return true;
	case EDIT_APPEND:
		for (size_t i = 0; i < edit->count; i++)
			out[(*count)++] = edit->values[i].text;
		return true;
	case EDIT_TAKE:
		at = find_text(out, old, edit->values[0].text);
		if (at == old)
			return false;
		memmove(out + at, out + at + 1, (old - at - 1) * sizeof(*out));
		*count = old - 1;
		return find_text(out, *count, edit->values[0].text) == *count;
	case EDIT_REMOVE:
		*count = 0;
		return true;
	}
	return false;
}

static void judge_value(struct trial *t, const struct edit_front *edit)
{
	struct str wanted[TEXTS_MAX], found[TEXTS_MAX];
	size_t count, n;
	if (!expect(t->was, edit, wanted, &count))
		return;
	n = texts_of(&t->is, edit->key, found, TEXTS_MAX);
	/* A key without a value is one whose text is empty. */
	size_t gaps = 0;
	for (size_t i = 0, j = 0; i < n && n <= TEXTS_MAX; i++) {
		if (j < count && str_eq(found[i], wanted[j]))
			j++;
		else
			gaps++;
		if (i + 1 == n && (j != count || (edit->verb != EDIT_APPEND && gaps)))
			accuse(t, arena_printf(&t->arena, "the value is %zu texts, \"%.*s\"...", n,
					       STR_ARG(found[0]))
				      .p);
	}
	if (n == 0 && count != 0)
		accuse(t, "the key has no value");
}

static void try_front(const struct side *was, const struct config *config,
		      const struct edit_front *edit)
{
	static const char *const verbs[] = {"set", "append", "take", "remove"};
	struct trial t;
	begin(&t, was, config, STR(""));
	t.what = arena_printf(&t.arena, "%s %.*s%s \"%.*s\"", verbs[edit->verb], STR_ARG(edit->key),
			      edit->list ? " (list)" : "",
			      STR_ARG(edit->count ? edit->values[0].text : STR("")));
	if (made(&t, edit_front(&t.out, was->image, edit, &t.err)) &&
	    judged(&t, judge_front(was, &t.is, edit->key, &t.arena)) &&
	    judged(&t, judge_others(was, &t.is, edit->key, exactly, &t.arena)) &&
	    judged(&t, judge_line_ends(was, &t.is, &t.arena)))
		judge_value(&t, edit);
	end(&t);
}

static const char *const odd_texts[] = {
    "Bath",     "yes",        "2026-12-24", "a: b",     "# no comment", "- dash",
    " blanks ", "it's \"x\"", "[[ada]]",    "a, b",     "{x: [y]}",     "*star",
    "&and",     "!bang",      "%percent",   "@at",      "`tick`",       "08",
    "~",        "null",       "東京",       "a\u2028b", "tab\tin",      "colon:",
    "x #y",     "---",        "...",        "?",        "a\\b",         "",
    "|",        "> quoted",   "é\u0301",    "1_000",    "1:30",         "key: value # comment",
    "=",        "<<",         ".inf",       "0o7",
};
static const char *const absent[] = {"org",        "location", "email",  "cadence",
				     "my own key", "Tags",     "aliases"};

static void try_known_keys(const struct side *was, const struct config *config, struct dice *dice)
{
	for (size_t i = 0; i < 3; i++) {
		struct edit_value values[2] = {
		    {STR_NONE, str_of(odd_texts[dice_roll(dice, ARRAY_LEN(odd_texts))])},
		    {STR_NONE, str_of(odd_texts[dice_roll(dice, ARRAY_LEN(odd_texts))])}};
		struct edit_front edit = {.verb = i == 1 ? EDIT_APPEND : EDIT_SET,
					  .key = str_of(absent[dice_roll(dice, ARRAY_LEN(absent))]),
					  .values = values,
					  .count = 1 + (i == 2),
					  .list = i == 2};
		try_front(was, config, &edit);
	}
}

/* Every verb on the keys that are there. */
static void try_own_keys(const struct side *was, const struct config *config, struct dice *dice)
{
	struct str last = STR_NONE;
	for (size_t i = 0; i < was->leaves_count; i++) {
		const struct leaf *leaf = &was->leaves[i];
		struct edit_value value = {STR_NONE, leaf->text};
		struct edit_front edit = {.key = leaf->key, .values = &value, .count = 1};
		edit.verb = EDIT_TAKE;
		try_front(was, config, &edit);
		if (last.p && str_eq(last, leaf->key))
			continue;
		last = leaf->key;
		value.text = str_of(odd_texts[dice_roll(dice, ARRAY_LEN(odd_texts))]);
		edit = (struct edit_front){
		    .verb = EDIT_SET, .key = leaf->key, .values = &value, .count = 1};
		try_front(was, config, &edit);
		edit.verb = EDIT_APPEND;
		try_front(was, config, &edit);
		edit = (struct edit_front){.verb = EDIT_REMOVE, .key = leaf->key};
		try_front(was, config, &edit);
	}
}

/* ---- Fields, as typed ---- */

static const struct {
	const char *words[3];
	const char *key, *value; /* one of the values afterwards; NULL: the key is gone */
} typed[] = {
    {{"org=Analytical", "Engines"}, "org", "Analytical Engines"},
    {{"title=CTO"}, "title", "CTO"},
    {{"tags+=poetry"}, "tags", "poetry"},
    {{"aliases+=The", "Countess"}, "aliases", "The Countess"},
    {{"location=Bath:", "the", "spa"}, "location", "Bath: the spa"},
    {{"location="}, "location", NULL},
    {{"email="}, "email", NULL},
    {{"snooze=2027-01-05"}, "snooze", "2027-01-05"},
    {{"cadence=6", "weeks"}, "cadence", "6 weeks"},
    {{"status=paused"}, "status", "paused"},
};

static bool some_leaf(const struct side *side, struct str key, const char *value)
{
	for (size_t i = 0; i < side->leaves_count; i++) {
		const struct leaf *leaf = &side->leaves[i];
		if (means_the_same(leaf->key, key) && !key_is_label(leaf->key) &&
		    (!value || str_find(leaf->text, str_of(value)) < leaf->text.n))
			return true;
	}
	return false;
}

static void see_key(void *context, const struct body_field *field)
{
	int rank;
	enum key *wanted = context;
	*wanted = key_find(field->key, &rank) == *wanted ? KEY_COUNT : *wanted;
}

/* The lines of the body without those that have a field of that key. */
static struct str lines_without(const struct side *side, struct str key, struct arena *arena)
{
	struct str rest = str_from(side->image, side->note.body), line;
	struct buf b;
	int rank;
	buf_init(&b, 0);
	while (rest.n) {
		struct str before = rest;
		(void)str_next_line(&rest, &line);
		struct str text = str_ltrim(line);
		bool item = str_starts(text, STR("- ")) || str_starts(text, STR("* "));
		size_t from = (size_t)(text.p - side->image.p) + (item ? 2 : 0);
		struct block block = {.start = from,
				      .end = (size_t)(line.p - side->image.p) + line.n};
		enum key wanted = key_find(key, &rank);
		if (from < block.end)
			bodyfields_each(side->image, &block, item ? 1 : 0, see_key, &wanted);
		if (wanted != KEY_COUNT)
			buf_add(&b, str_upto(before, before.n - rest.n));
	}
	return arena_take(arena, &b);
}

/* A field below the front matter changes there, and its lines alone. */
static void judge_below(struct trial *t, const struct config *config, enum key key,
			const char *value)
{
	struct contact c;
	struct str name = key_name(key);
	(void)contact_of_bytes(&c, STR("a.md"), t->is.image, config, NULL, NULL, &t->arena);
	struct strs words = fields_words(&c, key, &t->arena);
	if (key == KEY_TAGS)
		words = c.tags;
	bool there = false;
	for (size_t i = 0; i < words.count; i++)
		there |= !value || str_find(words.items[i], str_of(value)) < words.items[i].n;
	if (there != (value != NULL))
		accuse(t, there ? "the key is there still" : "the value is not there");
	if (!str_eq(lines_without(t->was, name, &t->arena), lines_without(&t->is, name, &t->arena)))
		accuse(t, "other lines changed");
}

static void try_typed(const struct side *was, const struct config *config, size_t which)
{
	struct trial t;
	struct field_edits edits;
	struct str key = str_of(typed[which].key);
	size_t words = 0;
	while (words < 3 && typed[which].words[words])
		words++;
	begin(&t, was, config, str_of(typed[which].words[0]));
	if (field_edits_parse(&edits, typed[which].words, words, &t.arena, &t.err) < 0 ||
	    field_edits_check(&edits, config, TODAY, false, &t.arena, &t.err) < 0) {
		accuse(&t, t.err.message);
	} else if (made(&t, field_edits_apply(&t.out, was->image, config, &edits, &t.err)) &&
		   judged(&t, judge_others(was, &t.is, key, means_the_same, &t.arena)) &&
		   judged(&t, judge_line_ends(was, &t.is, &t.arena))) {
		struct str body = str_from(was->image, was->note.body);
		bool there = some_leaf(&t.is, key, typed[which].value);
		struct span at;
		int rank;
		enum key meant = key_find(key, &rank);
		if (!some_leaf(was, key, NULL) &&
		    contact_find_below(&at, was->image, meant, config, &t.arena)) {
			judge_below(&t, config, meant, typed[which].value);
			end(&t);
			return;
		}
		if (there != (typed[which].value != NULL))
			accuse(&t, there ? "the key is there still" : "the value is not there");
		if (was->note.has_front && !str_ends(t.is.image, body))
			accuse(&t, "the body is another one");
	}
	end(&t);
}

/* ---- Entries and tasks ---- */

/* For tables: a compound literal is no constant. */
#define TEXT(literal)                                                                              \
	{                                                                                          \
		literal, sizeof(literal) - 1                                                       \
	}

static const struct entry_companion grace[] = {{TEXT("grace-hopper"), TEXT("Grace Hopper")}};
static const struct entry_text new_entries[] = {
    {.day = TODAY, .channel = TEXT("call"), .text = TEXT("the move to Bath")},
    {.day = TODAY,
     .channel = TEXT("coffee"),
     .with = grace,
     .with_count = 1,
     .text = TEXT("cards")},
    {.day = TODAY - 3,
     .time = TEXT("14:30"),
     .channel = TEXT("lunch"),
     .text = TEXT("at noon #gave")},
    {.day = TODAY - 100, .text = TEXT("no channel: but a colon")},
    {.day = TODAY - 700, .channel = TEXT("email"), .text = TEXT("first line\nsecond line")},
    {.day = TODAY + 9, .channel = TEXT("dinner"), .text = TEXT("soon"), .planned = true},
    {.day = TODAY, .channel = TEXT("tried")},
    {.day = TODAY, .text = TEXT("- [ ] looks like a task")},
    {.day = TODAY, .channel = TEXT("note"), .text = TEXT("*bold* and <b>html</b> and `code")},
};

/* What the entry shall read as. */
static const char *judge_entry(const struct entry *is, const struct entry_text *wanted)
{
	struct str first = wanted->text;
	if (is->day != wanted->day)
		return "the entry has another day";
	if (!str_ieq(is->channel, wanted->channel.p ? wanted->channel : STR("")))
		return "the entry has another channel";
	if (!str_eq(str_trim(is->time), wanted->time.p ? wanted->time : STR("")))
		return "the entry has another time";
	if (is->planned != wanted->planned)
		return "the entry is planned, or is not";
	if (wanted->with_count)
		return str_starts(is->rest, STR("with [[grace-hopper")) ? NULL
									: "with somebody else";
	first = str_upto(first, str_find_char(first, '\n'));
	/* A separator before the text is none of it. */
	first = str_from(first, entry_separator(first));
	return !first.p || str_eq(str_trim(is->text), str_trim(first))
		   ? NULL
		   : "the entry has another text";
}

static void try_entry(const struct side *was, const struct config *config,
		      const struct entry_text *wanted)
{
	struct trial t;
	size_t at = 0, task;
	begin(&t, was, config, STR(""));
	t.what = arena_printf(&t.arena, "add entry %zu: %.*s", (size_t)(wanted - new_entries),
			      STR_ARG(wanted->text));
	if (made(&t, entries_add(&t.out, was->image, config, wanted, &t.err)) &&
	    judged(&t, judge_pure(was, &t.is, false, &t.arena)) &&
	    judged(&t, judge_entries(was, &t.is, false, &at, &t.arena)) &&
	    judged(&t, judge_tasks(was, &t.is, JUDGE_SAME, &task, &t.arena)) &&
	    judged(&t, judge_headings(was, &t.is, &t.arena)) &&
	    judged(&t, judge_line_ends(was, &t.is, &t.arena))) {
		/* Of equal ones side by side the first that differs is not the new one. */
		const char *why = judge_entry(&t.is.contact.entries[at], wanted);
		judged(&t, why);
		judge_differences(&t, DIFFERENCE_ENTRY_ADDED);
	}
	end(&t);
}

/* The first line of an entry without list mark, as entry_take_back wants it. */
static bool entry_content(const struct side *side, size_t which, struct str *line)
{
	size_t offset = side->contact.entries[which].offset;
	for (size_t i = 0; i < side->note.blocks.count; i++) {
		struct span at = side->note.blocks.items[i].content;
		if (offset < at.from || offset >= at.to)
			continue;
		*line = span_str(side->image, at);
		return true;
	}
	return false;
}

static void try_remove(const struct side *was, const struct config *config, size_t which)
{
	struct trial t;
	struct str line, other;
	size_t same = 0, at;
	if (!entry_content(was, which, &line))
		return;
	for (size_t i = 0; i < which; i++)
		same += entry_content(was, i, &other) && str_eq(other, line);
	begin(&t, was, config, STR(""));
	t.what = arena_printf(&t.arena, "remove %.*s (%zu)", STR_ARG(line), same);
	if (made(&t, entry_take_back(&t.out, was->image, config, line, same, &t.err)) &&
	    judged(&t, judge_pure(was, &t.is, true, &t.arena)) &&
	    judged(&t, judge_entries(was, &t.is, true, &at, &t.arena)) &&
	    judged(&t, judge_headings(&t.is, was, &t.arena)) &&
	    judged(&t, judge_line_ends(was, &t.is, &t.arena)))
		judge_differences(&t, DIFFERENCE_ENTRY_REMOVED);
	end(&t);
}

static const struct task_text new_tasks[] = {
    {.text = TEXT("send the drawings"), .created = TODAY, .due = TODAY + 7},
    {.text = TEXT("her slides from Bath"), .created = TODAY, .due = NO_DAY, .waiting = true},
    {.text = TEXT("the looms"), .created = TODAY, .due = NO_DAY, .topic = true},
    {.text = TEXT("a (due soon) word: with #gave"), .created = TODAY, .due = TODAY + 1},
};

static void try_task(const struct side *was, const struct config *config,
		     const struct task_text *wanted)
{
	struct trial t;
	size_t at = 0, entry;
	begin(&t, was, config, STR(""));
	t.what = arena_printf(&t.arena, "new task %.*s", STR_ARG(wanted->text));
	if (made(&t, tasks_add(&t.out, was->image, config, wanted, &t.err)) &&
	    judged(&t, judge_pure(was, &t.is, false, &t.arena)) &&
	    judged(&t, judge_tasks(was, &t.is, JUDGE_MORE, &at, &t.arena)) &&
	    judged(&t, judge_headings(was, &t.is, &t.arena)) &&
	    judged(&t, judge_line_ends(was, &t.is, &t.arena))) {
		const struct task *is = &t.is.contact.tasks[at];
		(void)entry;
		if (is->created != wanted->created || is->due != wanted->due ||
		    is->waiting != wanted->waiting || is->topic != wanted->topic ||
		    is->state != TASK_OPEN)
			accuse(&t, "the task reads otherwise");
		if (t.is.contact.entries_count != was->contact.entries_count)
			accuse(&t, "there is another number of entries");
		judge_differences(&t, DIFFERENCE_TASK_ADDED);
	}
	end(&t);
}

static void try_close(const struct side *was, const struct config *config, size_t which)
{
	const struct task *task = &was->contact.tasks[which];
	struct trial t;
	size_t at = 0, same = 0;
	for (size_t i = 0; i < which; i++)
		same += was->contact.tasks[i].waiting == task->waiting &&
			was->contact.tasks[i].topic == task->topic &&
			str_eq(was->contact.tasks[i].text, task->text);
	struct task done = *task;
	done.state = TASK_DONE;
	done.done = TODAY;
	begin(&t, was, config, STR(""));
	t.what = arena_printf(&t.arena, "close %.*s (%zu)", STR_ARG(task->text), same);
	if (made(&t, tasks_turn(&t.out, was->image, config, task, same, &done, &t.err)) &&
	    judged(&t, judge_tasks(was, &t.is, JUDGE_CHANGED, &at, &t.arena)) &&
	    judged(&t, judge_headings(was, &t.is, &t.arena)) &&
	    judged(&t, judge_line_ends(was, &t.is, &t.arena))) {
		struct stretch s = judge_stretch(was->image, t.is.image, true);
		const struct task *is = &t.is.contact.tasks[which];
		if (at != which || is->state != TASK_DONE || is->done != TODAY)
			accuse(&t, "it is not that task which is done now");
		if (!str_eq(is->text, task->text) || is->due != task->due)
			accuse(&t, "the task says something else");
		if (s.from < task->block.from || s.was_to > task->block.to + 2)
			accuse(&t, "bytes outside of the task were touched");
		if (task->text.n)
			judge_differences(&t, DIFFERENCE_TASK_CHANGED);
	}
	end(&t);
}

/* ---- One file, all files ---- */

static void try_all(struct str image, const struct config *config, struct dice *dice)
{
	struct side was;
	side_read(&was, image, config);
	try_known_keys(&was, config, dice);
	try_own_keys(&was, config, dice);
	for (size_t i = 0; i < 4; i++)
		try_typed(&was, config, dice_roll(dice, ARRAY_LEN(typed)));
	for (size_t i = 0; i < ARRAY_LEN(new_entries); i++)
		try_entry(&was, config, &new_entries[i]);
	for (size_t i = 0; i < ARRAY_LEN(new_tasks); i++)
		try_task(&was, config, &new_tasks[i]);
	for (size_t i = 0; i < was.contact.entries_count && i < 4; i++)
		try_remove(&was, config, dice_roll(dice, was.contact.entries_count));
	for (size_t i = 0; i < was.contact.tasks_count && i < 8; i++)
		if (was.contact.tasks[i].state == TASK_OPEN && !was.contact.tasks[i].repeats)
			try_close(&was, config, i);
	side_release(&was);
}

static void try_rounds(struct buf *text, const struct config *config, struct dice *dice,
		       unsigned long rounds)
{
	for (unsigned long i = 0; i < rounds && text->n < 65536; i++) {
		buf_clear(&state.left);
		try_all(buf_str(text), config, dice);
		if (state.left.n) {
			buf_clear(text);
			buf_add(text, buf_str(&state.left));
		}
	}
}

static bool read_file(struct buf *out, const char *path)
{
	FILE *in = fopen(path, "rb");
	if (!in)
		return false;
	for (;;) {
		char *room = buf_room(out, 65536);
		size_t n = room ? fread(room, 1, 65536, in) : 0;
		if (n == 0)
			break;
		buf_took(out, n);
	}
	fclose(in);
	return true;
}

int main(int argc, char **argv)
{
	struct arena arena;
	struct config config;
	struct buf text;
	unsigned long seed = 1, rounds = 1;
	int option;
	while ((option = getopt(argc, argv, "vrs:n:")) > 0) {
		state.verbose = state.verbose || option == 'v';
		state.reasons = state.reasons || option == 'r';
		seed = option == 's' ? strtoul(optarg, NULL, 10) : seed;
		rounds = option == 'n' ? strtoul(optarg, NULL, 10) : rounds;
	}
	arena_init(&arena);
	buf_init(&text, 0);
	buf_init(&state.left, 0);
	unsigned long count = optind < argc ? strtoul(argv[optind], NULL, 10) : 0;
	for (unsigned long i = 0; i < count; i++) {
		struct dice dice;
		dice_init(&dice, seed + i);
		config_default(&config, &arena);
		config.task_dates_emoji = i % 4 == 3;
		buf_clear(&text);
		texts_make(&text, &dice);
		snprintf(state.at, sizeof(state.at), "-s %lu 1", seed + i);
		try_all(buf_str(&text), &config, &dice);
	}
	config_default(&config, &arena);
	for (int i = optind + 1; i < argc; i++) {
		struct dice dice;
		dice_init(&dice, seed + (unsigned long)i);
		buf_clear(&text);
		snprintf(state.at, sizeof(state.at), "0 '%s'", argv[i]);
		if (!read_file(&text, argv[i]))
			printf("# %s cannot be read\n", argv[i]);
		else
			try_rounds(&text, &config, &dice, rounds);
	}
	printf("round trips: %lu tried, %lu refused, %lu had nothing to do, %lu wrong\n",
	       state.tried, state.refused, state.missing, state.wrong);
	buf_release(&text);
	buf_release(&state.left);
	arena_release(&arena);
	return state.wrong || !state.tried ? 1 : 0;
}
