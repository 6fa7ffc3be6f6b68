#include "change/unite_front.h"

#include "base/buf.h"
#include "merge/front.h"
#include "note/note.h"
#include "note/quick.h"
#include "people/fields.h"

/* NULL where it is no map, or not read to its end. */
static const struct yaml_node *read_root(struct str image, struct note *note, struct arena *arena)
{
	struct reporter quiet = reporter_quiet(image);
	if (!note_split(note, image) || !note->has_front)
		return NULL;
	const struct yaml_node *root = note_reader_quick.front(image, note->front, arena, &quiet);
	bool read = root && root->kind == YAML_MAP && root->first;
	return read && front_is_whole(root, quiet.told) ? root : NULL;
}

/* Each line with so many blanks less. */
static void add_less_indented(struct buf *b, struct str text, size_t indent)
{
	while (text.n) {
		struct str line = str_upto(text, str_full_line(text));
		size_t blanks = str_blanks(line);
		buf_add(b, str_from(line, blanks < indent ? blanks : indent));
		text = str_from(text, line.n);
	}
}

/* A value's lines behind its key. */
static void add_indented(struct buf *b, struct str text, struct str line_end)
{
	while (text.n) {
		size_t line = str_line(text);
		buf_add(b, str_rtrim(str_upto(text, line)));
		text = str_from(text, str_full_line(text));
		if (!text.n)
			break;
		buf_add(b, line_end);
		buf_addz(b, "  ");
		text = str_ltrim_blanks(text);
	}
}

/* Comments among commas. */
static void add_comments(struct buf *b, struct str gap, struct str line_end)
{
	struct str line;
	while (str_next_line(&gap, &line)) {
		struct str comment = str_rtrim(str_from(line, str_find_char(line, '#')));
		buf_add(b, comment);
		buf_add(b, comment.n ? line_end : STR(""));
	}
}

/* `{name: Ada, org: Engines}` */
static void add_from_braces(struct buf *b, struct str image, const struct yaml_node *root,
			    struct span front)
{
	struct str line_end = str_find(image, STR("\r\n")) < image.n ? STR("\r\n") : STR("\n");
	size_t at = front.from;
	for (const struct yaml_node *k = root->first; k; k = k->next->next) {
		add_comments(b, str_slice(image, at, k->span.from), line_end);
		buf_add(b, span_str(image, k->span));
		buf_addz(b, ": ");
		add_indented(b, span_str(image, k->next->span), line_end);
		buf_add(b, line_end);
		at = k->next->span.to < k->span.to ? k->span.to : k->next->span.to;
	}
	add_comments(b, str_slice(image, at, front.to), line_end);
}

struct str unite_front_flush(struct str image, size_t *indent, struct arena *arena)
{
	struct note note, changed;
	const struct yaml_node *root = read_root(image, &note, arena), *now;
	struct buf b;
	*indent = 0;
	if (!root)
		return image;
	size_t column = root->first->span.from;
	column -= str_line_start(image, column);
	if (root->style == YAML_BLOCK && column == 0)
		return image;
	buf_init(&b, 0);
	buf_add(&b, str_upto(image, note.front.from));
	if (root->style == YAML_BLOCK)
		add_less_indented(&b, span_str(image, note.front), column);
	else
		add_from_braces(&b, image, root, note.front);
	buf_add(&b, str_from(image, note.front.to));
	struct str made = arena_take(arena, &b);
	now = read_root(made, &changed, arena);
	if (!now || !fields_same_node(root, now) || front_marks(root) != front_marks(now))
		return image;
	*indent = root->style == YAML_BLOCK ? column : 0;
	return made;
}

struct str unite_front_indent(struct str image, size_t indent, struct arena *arena)
{
	struct note note;
	struct buf b;
	if (!indent || !note_split(&note, image) || !note.has_front)
		return image;
	struct str front = span_str(image, note.front);
	buf_init(&b, 0);
	buf_add(&b, str_upto(image, note.front.from));
	while (front.n) {
		struct str line = str_upto(front, str_full_line(front));
		if (str_trim(line).n)
			buf_fill(&b, ' ', indent);
		buf_add(&b, line);
		front = str_from(front, line.n);
	}
	buf_add(&b, str_from(image, note.front.to));
	return arena_take(arena, &b);
}
