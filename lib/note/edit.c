/*
 * An edit of front matter from the outside: read, find the place, plan the
 * bytes, make them, and read those again: the libraries' reader is the judge
 * of what stands there, not the code that wrote it.
 */
#include "note/edit.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"
#include "note/edit_front.h"

int front_fail(struct front *f, enum kith_status status, size_t offset, const char *format, ...)
{
	char text[1024];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return kith_fail_line(f->err, status, span_place(f->image, offset).line, "%s", text);
}

static bool is_utf16(struct str image)
{
	return str_starts(image, STR("\xFF\xFE")) || str_starts(image, STR("\xFE\xFF"));
}

/* Anchors, aliases and tags are in nobody's way but their own node's; see note/yaml.c. */
static bool is_about_property(struct str message)
{
	return str_find(message, STR("is not allowed here")) < message.n;
}

/* The tree, and how much was found wrong with it; the first finding that stops all edits. */
static struct yaml_node *read_tree(struct str image, struct span at, struct arena *arena,
				   size_t *findings, struct finding *worst)
{
	struct diag diag;
	struct reporter reporter;
	diag_init(&diag, arena);
	reporter_init(&reporter, image, STR(""), &diag);
	struct yaml_node *root = note_reader_libs.front(image, at, arena, &reporter);
	*findings = diag.count;
	for (size_t i = 0; i < diag.count && !worst->message.p; i++)
		if (!is_about_property(diag.items[i].message))
			*worst = diag.items[i];
	diag_release(&diag);
	bool nothing = root && yaml_is_null(root) && root->span.from == root->span.to;
	return nothing ? NULL : root;
}

int front_read(struct front *f, struct str image, struct arena *arena, struct kith_error *err)
{
	struct finding worst = {.message = STR_NONE};
	*f = (struct front){.image = image, .arena = arena, .err = err};
	if (is_utf16(image))
		return kith_fail(err, KITH_FAILED, "this is UTF-16; save the file as UTF-8 first");
	if (!note_split(&f->note, image))
		return front_fail(f, KITH_FAILED, 0,
				  "the front matter that begins here never closes; write a line "
				  "--- after its last key first");
	if (!f->note.has_front)
		return 0;
	f->map = read_tree(image, f->note.front, arena, &f->findings, &worst);
	if (worst.message.p)
		return kith_fail_line(err, KITH_FAILED, worst.line, "%.*s; mend that first",
				      STR_ARG(worst.message));
	if (f->map && f->map->kind != YAML_MAP)
		return front_fail(f, KITH_FAILED, f->map->span.from,
				  "the front matter is no map; write keys with values there "
				  "(name: Ada Lovelace) first");
	return 0;
}

/* Whether the new bytes say what the changed tree does, and the body is as it was. */
static bool holds(const struct front *f, struct str now)
{
	struct note note;
	struct finding worst = {.message = STR_NONE};
	size_t findings;
	if (!note_split(&note, now) || !note.has_front ||
	    !str_eq(str_from(now, note.body), str_from(f->image, f->note.body)))
		return false;
	const struct yaml_node *map = read_tree(now, note.front, f->arena, &findings, &worst);
	return !worst.message.p && findings == f->findings && front_same(f->map, map);
}

static int make(struct buf *out, struct front *f, const struct site *site)
{
	struct plan plan;
	size_t before = out->n;
	if (site_plan(&plan, f, site))
		return -1;
	edit_splices(out, f->image, plan.splices, plan.count);
	site_apply(f, site);
	if (!out->overflow && holds(f, str_from(buf_str(out), before)))
		return 0;
	buf_cut(out, before);
	return front_fail(f, KITH_FAILED, plan.splices[0].at.from,
			  "the change would not read back as exactly that; nothing was written. "
			  "Edit the file by hand");
}

static int check_text(struct str text, const char *what, struct kith_error *err)
{
	if (text_invalid_at(text) < text.n)
		return kith_fail(err, KITH_INVALID, "the %s is not UTF-8", what);
	if (str_find_char(text, '\0') < text.n)
		return kith_fail(err, KITH_INVALID, "the %s holds a NUL byte", what);
	return 0;
}

static int check(const struct edit_front *edit, struct kith_error *err)
{
	if (check_text(edit->key, "key", err))
		return -1;
	if (str_trim(edit->key).n == 0)
		return kith_fail(err, KITH_INVALID, "a key is needed");
	if (edit->count == 0 && edit->verb != EDIT_REMOVE)
		return kith_fail(err, KITH_INVALID, "\"%.*s\": a value is needed",
				 STR_ARG(text_upto(edit->key, 100)));
	for (size_t i = 0; i < edit->count; i++) {
		struct edit_value value = edit->values[i];
		if (check_text(value.text, "value", err) || check_text(value.label, "label", err))
			return -1;
		if ((value.label.p == NULL) != (edit->values[0].label.p == NULL))
			return kith_fail(err, KITH_INVALID,
					 "values with labels and without are mixed");
	}
	return 0;
}

static int edit_once(struct buf *out, struct str image, const struct edit_front *edit,
		     struct kith_error *err)
{
	struct arena arena;
	struct front f;
	struct site site;
	int failed = -1;
	arena_init(&arena);
	if (front_read(&f, image, &arena, err) == 0 && site_find(&site, &f, edit) == 0)
		failed = make(out, &f, &site);
	arena_release(&arena);
	return failed;
}

/* Items are appended and taken one after the other: each may change what the next one finds. */
int edit_front(struct buf *out, struct str image, const struct edit_front *edit,
	       struct kith_error *err)
{
	struct edit_front one = *edit;
	struct buf step[2];
	int failed = 0;
	if (check(edit, err))
		return -1;
	if ((edit->verb != EDIT_APPEND && edit->verb != EDIT_TAKE) || edit->count < 2)
		return edit_once(out, image, edit, err);
	buf_init(&step[0], out->max);
	buf_init(&step[1], out->max);
	one.count = 1;
	for (size_t i = 0; i < edit->count && !failed; i++) {
		one.values = &edit->values[i];
		buf_clear(&step[i % 2]);
		failed = edit_once(&step[i % 2], image, &one, err);
		image = buf_str(&step[i % 2]);
	}
	if (!failed)
		buf_add(out, image);
	buf_release(&step[0]);
	buf_release(&step[1]);
	return failed;
}
