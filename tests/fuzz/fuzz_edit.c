/*
 * Input: a first byte that chooses a verb, a line with a key, one with a value
 * (`label=>text` is a pair), then a file. An edit must leave the body and what
 * stands before the front matter as they are, and read as one that was made;
 * what is refused must leave nothing. What is set must read back as itself,
 * and taking it out again must work where the key was not there before.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/text.h"
#include "note/edit.h"
#include "note/scalar.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

static struct str take_line(struct str *rest)
{
	struct str line = {rest->p, 0};
	(void)str_next_line(rest, &line);
	return line;
}

static struct edit_value value_of(struct str line)
{
	size_t at = str_find(line, STR("=>"));
	if (at == line.n)
		return (struct edit_value){STR_NONE, line};
	return (struct edit_value){str_upto(line, at), str_from(line, at + 2)};
}

/* The front matter as the libraries read it. */
static const struct yaml_node *read_map(struct str image, struct note *note, struct arena *arena)
{
	struct diag diag;
	struct reporter reporter;
	diag_init(&diag, arena);
	reporter_init(&reporter, image, STR("a.md"), &diag);
	must(note_split(note, image));
	const struct yaml_node *map =
	    note->has_front ? note_reader_libs.front(image, note->front, arena, &reporter) : NULL;
	diag_release(&diag);
	return map && map->kind == YAML_MAP ? map : NULL;
}

static const struct yaml_node *find(const struct yaml_node *map, struct str key)
{
	for (const struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next)
		if (k->kind == YAML_SCALAR && str_eq(k->value, key))
			return k->next;
	return NULL;
}

static void check_edit(struct str before, struct str after, const struct edit_front *edit,
		       struct arena *arena)
{
	struct note was, is;
	const struct yaml_node *map = read_map(before, &was, arena);
	bool was_there = find(map, edit->key) != NULL;
	const struct yaml_node *value = find(read_map(after, &is, arena), edit->key);
	must(str_eq(str_from(before, was.body), str_from(after, is.body)));
	must(is.has_front);
	if (was.has_front)
		must(str_eq(str_upto(before, was.front.from), str_upto(after, is.front.from)));
	if (edit->verb == EDIT_REMOVE)
		must(was_there && !value);
	if (edit->verb == EDIT_SET || edit->verb == EDIT_APPEND)
		must(value != NULL);
	if (edit->verb == EDIT_SET && !edit->list && !edit->values[0].label.p)
		must(value->kind == YAML_SCALAR && !yaml_is_null(value) &&
		     str_eq(value->value, edit->values[0].text));
	if (edit->verb != EDIT_SET || was_there || !was.has_front ||
	    (map && map->style != YAML_BLOCK))
		return;
	/* A line that was added can be removed, and all is as it was. */
	struct buf again;
	struct kith_error err = {.status = KITH_OK};
	struct edit_front remove = {.verb = EDIT_REMOVE, .key = edit->key};
	buf_init(&again, 0);
	if (edit_front(&again, after, &remove, &err) == 0)
		must(str_eq(buf_str(&again), before));
	buf_release(&again);
}

/* A scalar that is written must be read as its text, alone and in a list. */
static void check_scalar(struct str text, struct arena *arena)
{
	if (text_invalid_at(text) < text.n || str_find_char(text, '\0') < text.n)
		return;
	for (int flow = 0; flow < 2; flow++) {
		struct buf out;
		struct note note;
		buf_init(&out, 0);
		buf_addz(&out, flow ? "---\nk: [" : "---\nk: ");
		scalar_write(&out, text, YAML_PLAIN, flow);
		buf_addz(&out, flow ? "]\n---\n" : "\n---\n");
		struct str image = arena_str(arena, buf_str(&out));
		const struct yaml_node *node = find(read_map(image, &note, arena), STR("k"));
		must(node != NULL);
		node = flow ? node->first : node;
		must(node && node->kind == YAML_SCALAR && !yaml_is_null(node) &&
		     str_eq(node->value, text));
		buf_release(&out);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct kith_error err = {.status = KITH_OK};
	struct buf out;
	if (size == 0)
		return 0;
	arena_init(&arena);
	buf_init(&out, 0);
	struct str rest = arena_str(&arena, (struct str){(const char *)data + 1, size - 1});
	struct str key = take_line(&rest), line = take_line(&rest);
	struct edit_value value = value_of(line);
	struct edit_front edit = {.verb = (enum edit_verb)((data[0] & 7) % 4),
				  .key = key,
				  .values = &value,
				  .count = 1,
				  .list = (data[0] & 8) != 0,
				  .block = (data[0] & 64) != 0};
	if (edit_front(&out, rest, &edit, &err) == 0)
		check_edit(rest, buf_str(&out), &edit, &arena);
	else
		must(out.n == 0 && err.status != KITH_OK && err.message[0]);
	check_scalar(line, &arena);
	buf_release(&out);
	arena_release(&arena);
	return 0;
}
