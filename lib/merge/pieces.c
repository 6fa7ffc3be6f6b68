#include "merge/pieces.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/text.h"
#include "merge/body.h"
#include "merge/front.h"
#include "note/quick.h"
#include "people/keys.h"

struct sequence *sequence_new(struct str image, struct span at, struct arena *arena)
{
	struct sequence *s = ARENA_NEW(arena, struct sequence);
	*s = (struct sequence){.image = image, .from = at.from, .to = at.to};
	return s;
}

struct merge_piece *sequence_add(struct sequence *s, enum piece_kind kind, struct span at,
				 struct arena *arena)
{
	if (s->count == s->cap) {
		struct merge_piece *more = ARENA_ARRAY(arena, struct merge_piece, 2 * s->cap + 4);
		if (s->count)
			memcpy(more, s->items, s->count * sizeof(*more));
		s->items = more;
		s->cap = 2 * s->cap + 4;
	}
	struct str text = span_str(s->image, at);
	struct merge_piece *piece = &s->items[s->count++];
	*piece = (struct merge_piece){.kind = kind,
				      .text = text,
				      .same = text,
				      .id = STR(""),
				      .twin = STR(""),
				      .section = STR("")};
	return piece;
}

struct span sequence_span(struct str image, struct str slice)
{
	size_t from = (size_t)(slice.p - image.p);
	return (struct span){from, from + slice.n};
}

/* Whether a comment in a gap begins its line. */
static bool is_lead(struct str gap, size_t comment)
{
	size_t line = comment;
	while (line > 0 && str_is_blank_char(gap.p[line - 1]))
		line--;
	if (comment == gap.n || line == 0)
		return comment < gap.n && comment == 0;
	return gap.p[line - 1] == '\n' || gap.p[line - 1] == '\r' ||
	       str_eq(str_upto(gap, line), STR("\xEF\xBB\xBF"));
}

struct str pieces_gap(const struct sequence *s, size_t at)
{
	size_t from = at ? sequence_span(s->image, s->items[at - 1].text).to : s->from;
	size_t to = at < s->count ? sequence_span(s->image, s->items[at].text).from : s->to;
	struct str gap = str_slice(s->image, from, to);
	size_t comment = str_find_char(gap, '#');
	/* Lines of it that are another piece's now. */
	return at < s->count && s->items[at].kind < PIECE_HEADING && is_lead(gap, comment)
		   ? str_upto(gap, comment)
		   : gap;
}

struct sequence *pieces_open(const struct piece_reader *reader, struct str image,
			     struct merge_piece *piece)
{
	typedef struct sequence *opener(const struct piece_reader *, struct str,
					struct merge_piece *);
	static opener *const openers[PIECE_KINDS] = {
	    [PIECE_KEY] = front_open,  [PIECE_ELEMENT] = front_open, [PIECE_VALUE] = front_open,
	    [PIECE_ENTRY] = body_open, [PIECE_TASK] = body_open,     [PIECE_ITEM] = body_open,
	};
	if (!piece->parts && openers[piece->kind])
		piece->parts = openers[piece->kind](reader, image, piece);
	return piece->parts;
}

/* ---- files ---- */

static struct str key_spelling(const struct merge_piece *key)
{
	return str_trim(key->node->value);
}

static int compare_spellings(const void *a, const void *b)
{
	const struct merge_piece *x = *(struct merge_piece *const *)a;
	const struct merge_piece *y = *(struct merge_piece *const *)b;
	int order = key_compare(key_spelling(x), key_spelling(y));
	return order ? order : (x > y) - (x < y);
}

/* The key that stands there twice and may not; p == NULL for none. */
static struct str key_twice(const struct piece_reader *reader, const struct sequence *keys)
{
	struct merge_piece **all =
	    ARENA_ARRAY(reader->arena, struct merge_piece *, keys->count + 1);
	size_t count = 0;
	for (size_t i = 0; i < keys->count; i++)
		if (keys->items[i].kind == PIECE_KEY)
			all[count++] = &keys->items[i];
	if (count)
		qsort(all, count, sizeof(struct merge_piece *), compare_spellings);
	for (size_t i = 1; i < count; i++) {
		if (key_compare(key_spelling(all[i - 1]), key_spelling(all[i])) != 0)
			continue;
		if (!reader->twice)
			return key_spelling(all[i]);
		all[i]->same = all[i]->text;
		all[i]->id = all[i]->twin = STR("");
	}
	return STR_NONE;
}

static bool read_front_keys(struct sequence **keys, const struct piece_reader *reader,
			    struct str image, struct span front, struct span at, struct str *why)
{
	struct diag diag;
	struct reporter reporter;
	diag_init(&diag, reader->arena);
	reporter_init(&reporter, image, STR(""), &diag);
	struct yaml_node *root = note_reader_quick.front(image, front, reader->arena, &reporter);
	/* Of two files of one person an anchor, an alias or a tag is of its value's text. */
	if (reader->person ? !front_is_whole(root, diag.count) : diag.count > 0)
		*why = diag.items[0].message;
	diag_release(&diag);
	if (why->p)
		return false;
	if (yaml_is_null(root))
		root = NULL;
	*keys = root && root->kind != YAML_MAP ? NULL : front_keys(reader, image, root, at);
	if (!*keys)
		*why = STR("its keys do not begin lines of their own");
	struct str twice = *keys ? key_twice(reader, *keys) : STR_NONE;
	if (twice.p)
		*why = arena_printf(reader->arena, "the key \"%.*s\" stands here a second time",
				    STR_ARG(text_upto(twice, 80)));
	return !why->p;
}

static bool read_note(struct sequence *file, const struct piece_reader *reader, struct str *why)
{
	struct note note;
	struct str image = file->image;
	bool closed = note_split(&note, image);
	size_t end = note.body;
	if (note.foreign || !closed)
		*why = note.foreign ? str_of(note.foreign)
				    : STR("the front matter that begins here never closes");
	else if (note_costly(str_from(image, note.body)))
		*why = arena_printf(reader->arena, "its text holds %s",
				    note_costly(str_from(image, note.body)));
	if (why->p)
		return false;
	if (note.has_front) {
		size_t fence = note.front.to + str_line(str_from(image, note.front.to));
		struct span at = {note.first, fence};
		struct merge_piece *front = sequence_add(file, PIECE_FRONT, at, reader->arena);
		front->id = front->twin = STR("front");
		/* Between the fences; the line end before the second is a separator. */
		if (!read_front_keys(&front->parts, reader, image, note.front, note.front, why))
			return false;
		front->parts->from = at.from;
		front->parts->to = at.to;
	}
	/* There also where it is empty, so that the line end behind the front matter is before it.
	 */
	struct merge_piece *body =
	    sequence_add(file, PIECE_BODY, (struct span){end, image.n}, reader->arena);
	body->id = body->twin = STR("body");
	body->parts = body_pieces(reader, image, end);
	if (!body->parts)
		*why = STR("code or HTML that begins in it never closes");
	return body->parts != NULL;
}

bool pieces_read(struct sequence *out, const struct piece_reader *reader, struct str image,
		 struct str *why)
{
	*why = STR_NONE;
	*out = (struct sequence){.image = image, .to = image.n};
	if (note_is_utf16(image))
		*why = STR("it is UTF-16");
	else if (note_conflict(image) < image.n)
		*why = STR("it holds the marks of a merge that was not finished");
	if (why->p)
		return false;
	if (reader->kind != MERGE_SETTINGS)
		return read_note(out, reader, why);
	struct sequence *keys;
	struct span all = {str_starts(image, STR("\xEF\xBB\xBF")) ? 3 : 0, image.n};
	if (!read_front_keys(&keys, reader, image, all, all, why))
		return false;
	*out = *keys;
	out->from = 0;
	return true;
}
