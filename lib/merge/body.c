#include "merge/body.h"

#include "base/buf.h"
#include "base/text.h"
#include "note/blocks.h"
#include "note/markdown.h"
#include "note/quick.h"
#include "people/entry.h"
#include "people/tags.h"
#include "people/task.h"
#include "report/page.h"

/* Items of more levels than that are merged by their lines. */
#define MOST_LEVELS 12

static const struct str both_kept = {MERGE_BOTH_KEPT, sizeof(MERGE_BOTH_KEPT) - 1};

/* A text without the comments of both kept that end its lines, and the blanks before them. */
static struct str without_both_kept(struct str text, struct arena *arena)
{
	size_t at = str_find(text, both_kept);
	if (at == text.n)
		return text;
	struct buf b;
	buf_init(&b, 0);
	for (; (at = str_find(text, both_kept)) < text.n; text = str_from(text, at + both_kept.n)) {
		buf_add(&b, str_upto(text, at));
		while (b.n && str_is_blank_char(b.p[b.n - 1]))
			buf_cut(&b, b.n - 1);
	}
	buf_add(&b, text);
	return arena_take(arena, &b);
}

/* ---- which block is which piece ---- */

static bool is_entry_piece(const struct piece_reader *reader, struct merge_piece *piece,
			   struct str image, struct span content, struct str nested)
{
	struct entry entry;
	struct reporter quiet = reporter_quiet(image);
	if (!entry_read(&entry, image, content, content, reader->config, reader->arena, &quiet))
		return false;
	struct str rest = entry.rest.p ? entry.rest : STR("");
	piece->kind = PIECE_ENTRY;
	piece->day = entry.day;
	piece->time = entry.time;
	piece->id = arena_printf(reader->arena, "%d %.*s %.*s %.*s", entry.day, STR_ARG(entry.time),
				 STR_ARG(entry.channel), STR_ARG(rest));
	/* All that it says: tags, too. */
	struct str said = str_slice(image, entry.offset, content.to);
	civil_day day;
	size_t at, used;
	if (entry_begins(said, &day, &at, &used) == DATE_OK)
		said = str_from(said, used);
	/* What ends the date's own emphasis or link. */
	while (said.n && str_find_char(STR("*_]"), said.p[0]) < 3)
		said = str_from(said, 1);
	size_t separator = entry_separator(str_ltrim_blanks(said));
	said = str_from(str_ltrim_blanks(said), separator);
	piece->twin = arena_printf(reader->arena, "%.*s %.*s\n%.*s", STR_ARG(piece->id),
				   STR_ARG(str_trim(said)), STR_ARG(nested));
	return true;
}

/* The `^id` of kith's in a review's item; empty for none. */
static struct str item_page_id(struct str line)
{
	for (size_t at = 0; (at += str_find_char(str_from(line, at), '^')) < line.n; at++) {
		size_t n = 1;
		while (at + n < line.n && (str_is_alpha(line.p[at + n]) ||
					   str_is_digit(line.p[at + n]) || line.p[at + n] == '-'))
			n++;
		if (n > 3 && str_at(line, at + 2) == '-' &&
		    (at == 0 || str_is_blank_char(line.p[at - 1])))
			return str_slice(line, at, at + n);
	}
	return STR("");
}

static void tell_item(const struct piece_reader *reader, struct merge_piece *piece,
		      struct str image, const struct block *b)
{
	struct task task;
	struct arena *arena = reader->arena;
	struct span block = sequence_span(image, piece->text);
	struct reporter quiet = reporter_quiet(image);
	struct str line = str_trim(without_both_kept(span_str(image, b->content), arena));
	struct span content = {0, line.n};
	struct str nested = without_both_kept(str_slice(image, b->content.to, block.to), arena);
	struct str id = reader->kind == MERGE_REVIEW ? item_page_id(line) : STR("");
	if (task_read(&task, line, content, content, arena, &quiet)) {
		piece->kind = PIECE_TASK;
		piece->id = piece->twin = id.n ? id : arena_str(arena, task.text);
	} else if (id.n) {
		piece->id = piece->twin = id;
	} else if (reader->kind == MERGE_REVIEW && page_is_italic(piece->text)) {
		piece->kind = PIECE_ITALICS;
		piece->id = piece->twin = STR("italics");
	} else {
		(void)is_entry_piece(reader, piece, line, content, nested);
	}
}

static enum piece_kind kind_of_block(const struct block *b)
{
	static const enum piece_kind kinds[] = {[BLOCK_HEADING] = PIECE_HEADING,
						[BLOCK_ITEM] = PIECE_ITEM,
						[BLOCK_PARAGRAPH] = PIECE_PARAGRAPH,
						[BLOCK_OTHER] = PIECE_BLOCK};
	return kinds[b->kind];
}

/* ---- one level of blocks ---- */

/* The blocks of a body, and which of them are walked. */
struct block_range {
	const struct block *items;
	size_t count;
};

/* Where a block begins: indented code with its blanks. */
static size_t block_start(struct str image, const struct block *b)
{
	size_t line = str_line_start(image, b->start);
	return b->kind == BLOCK_OTHER && str_trim(str_slice(image, line, b->start)).n == 0
		   ? line
		   : b->start;
}

static size_t without_line_end(struct str image, size_t from, size_t to)
{
	return from + str_rtrim(str_slice(image, from, to)).n;
}

static bool is_mark_line(struct str text)
{
	struct str line = str_upto(text, str_line(text));
	return str_eq(str_trim(line), both_kept);
}

/* Whether no blank line stands between what ends and what begins. */
static bool is_next_line(struct str image, size_t end, size_t start)
{
	struct str gap = str_slice(image, end, start);
	return str_blanks(str_from(gap, str_full_line(gap))) == gap.n - str_full_line(gap);
}

/* Two versions of one piece, with the comment of both kept between, are one. */
static bool is_glued(struct str image, const struct merge_piece *last, struct span at)
{
	struct str text = last->text;
	size_t end = sequence_span(image, text).to;
	size_t line = text.n;
	while (line > 0 && text.p[line - 1] != '\n' && text.p[line - 1] != '\r')
		line--;
	return is_next_line(image, end, at.from) &&
	       (is_mark_line(span_str(image, at)) || is_mark_line(str_from(text, line)));
}

static void add_body_piece(const struct piece_reader *reader, struct sequence *s,
			   const struct block *b, struct span at)
{
	enum piece_kind kind = kind_of_block(b);
	struct merge_piece *last = s->count ? &s->items[s->count - 1] : NULL;
	bool leaf = last && (last->kind == PIECE_PARAGRAPH || last->kind == PIECE_HEADING ||
			     last->kind == PIECE_BLOCK);
	bool italics = reader->kind == MERGE_REVIEW && kind == PIECE_PARAGRAPH &&
		       page_is_italic(span_str(s->image, at));
	if (kind != PIECE_ITEM && leaf && is_glued(s->image, last, at)) {
		last->text.n = at.to - sequence_span(s->image, last->text).from;
		last->same = last->text;
		return;
	}
	struct merge_piece *piece =
	    sequence_add(s, italics ? PIECE_ITALICS : kind, at, reader->arena);
	if (italics)
		piece->id = piece->twin = STR("italic lines");
	if (kind == PIECE_HEADING) {
		piece->level = b->level;
		piece->id = piece->twin =
		    arena_printf(reader->arena, "# %.*s",
				 STR_ARG(text_key(span_str(s->image, b->content), reader->arena)));
	}
	if (kind != PIECE_ITEM)
		return;
	piece->same = without_both_kept(piece->text, reader->arena);
	tell_item(reader, piece, s->image, b);
	/* Several of kith's lines are one. */
	if (piece->kind == PIECE_ITALICS && s->count > 1 && piece[-1].kind == PIECE_ITALICS) {
		last = piece - 1;
		last->text.n = at.to - sequence_span(s->image, last->text).from;
		last->same = last->text;
		s->count--;
	}
}

/* The blocks at `depth` among a range, which are in an item where it is above 0. */
static void add_blocks(const struct piece_reader *reader, struct sequence *s,
		       const struct block_range *range, int depth)
{
	struct str image = s->image;
	size_t pos = s->count ? sequence_span(image, s->items[s->count - 1].text).to : s->from;
	const struct block rest = {.kind = BLOCK_OTHER};
	for (size_t i = 0, next; i < range->count; i = next) {
		const struct block *b = &range->items[i];
		size_t start = block_start(image, b), end;
		for (next = i + 1; next < range->count; next++) {
			const struct block *n = &range->items[next];
			if (n->kind == BLOCK_HEADING || n->level - (n->kind == BLOCK_ITEM) <= depth)
				break;
		}
		end = next < range->count ? str_line_start(image, range->items[next].start) : s->to;
		start = start < pos ? pos : start;
		/* Definitions of links behind a heading are none of it. */
		if (b->kind == BLOCK_HEADING && str_at(image, start) == '#')
			end = start + str_line(str_slice(image, start, end));
		end = without_line_end(image, start, end < start ? start : end);
		/* What leaves no block: definitions of links. */
		size_t stray = without_line_end(image, pos, start);
		struct str before = str_slice(image, pos, stray);
		if (str_trim(before).n)
			add_body_piece(
			    reader, s, &rest,
			    (struct span){pos + (before.n - str_ltrim(before).n), stray});
		if (end > start)
			add_body_piece(reader, s, b, (struct span){start, end});
		pos = end;
	}
	size_t stray = without_line_end(image, pos, s->to);
	struct str before = str_slice(image, pos, stray);
	if (str_trim(before).n)
		add_body_piece(reader, s, &rest,
			       (struct span){pos + (before.n - str_ltrim(before).n), stray});
}

/* ---- bodies ---- */

static struct blocks read_body(struct str image, size_t from, struct arena *arena)
{
	struct blocks blocks;
	struct arena scratch;
	if (quick_body(&blocks, image, from, arena))
		return blocks;
	arena_init(&scratch);
	blocks = markdown_read_all(image, from, arena, &scratch);
	arena_release(&scratch);
	return blocks;
}

/* What would close a block of code or HTML that goes on to the end of the text because nothing
 * does; p == NULL for any other. */
static struct str closing_of(struct str block)
{
	static const struct {
		const char *open, *close;
	} pairs[] = {{"<!--", "-->"},          {"<?", "?>"},
		     {"<![CDATA[", "]]>"},     {"<pre", "</pre>"},
		     {"<script", "</script>"}, {"<style", "</style>"}};
	char fence = str_at(block, 0);
	size_t n = 0, last = block.n, end = 0;
	while (fence == str_at(block, n) && (fence == '`' || fence == '~'))
		n++;
	while (last > 0 && block.p[last - 1] != '\n' && block.p[last - 1] != '\r')
		last--;
	struct str line = str_trim(str_from(block, last));
	while (end < line.n && line.p[end] == fence)
		end++;
	if (n >= 3)
		return last == 0 || end < n || end < line.n ? str_upto(block, n) : STR_NONE;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		struct str close = str_of(pairs[i].close);
		if (str_istarts(block, str_of(pairs[i].open)))
			return str_find(block, close) == block.n ? close : STR_NONE;
	}
	return STR_NONE;
}

static struct str closing_of_last(struct str image, const struct blocks *blocks)
{
	const struct block *last = blocks->count ? &blocks->items[blocks->count - 1] : NULL;
	return last && last->kind == BLOCK_OTHER
		   ? closing_of(str_trim(str_from(image, last->start)))
		   : STR_NONE;
}

struct str body_close(struct str image, size_t from, struct arena *arena)
{
	struct blocks blocks = read_body(image, from, arena);
	struct str close = closing_of_last(image, &blocks);
	if (!close.p)
		return image;
	size_t start = blocks.items[blocks.count - 1].start;
	struct str indent = str_slice(image, str_line_start(image, start), start);
	bool crlf = str_find(image, STR("\r\n")) < image.n;
	bool ended = image.p[image.n - 1] == '\n' || image.p[image.n - 1] == '\r';
	struct buf b;
	buf_init(&b, 0);
	buf_printf(&b, "%.*s%s", STR_ARG(image), ended ? "" : crlf ? "\r\n" : "\n");
	for (size_t i = 0; i < indent.n; i++)
		buf_addc(&b, str_is_blank_char(indent.p[i]) ? indent.p[i] : ' ');
	buf_printf(&b, "%.*s%s", STR_ARG(close), crlf ? "\r\n" : "\n");
	return arena_take(arena, &b);
}

/* So much of a heading's words tells it from others. */
#define SECTION_WORDS 80

/* Dated lines of a story are no entries, though the log has the same: see `section`. Under which
 * title a section stands says nothing. */
static void tell_sections(const struct piece_reader *reader, struct sequence *s)
{
	struct str in[7]; /* the innermost down to each level */
	for (int level = 0; level < 7; level++)
		in[level] = STR("");
	for (size_t i = 0; i < s->count; i++) {
		struct merge_piece *piece = &s->items[i];
		int level = piece->kind == PIECE_HEADING ? piece->level : 0;
		piece->section = in[!level ? 6 : level > 2 ? level - 1 : 0];
		if (!level)
			continue;
		in[level] = arena_printf(reader->arena, "%.*s\n%.*s", STR_ARG(piece->section),
					 STR_ARG(str_upto(piece->id, SECTION_WORDS)));
		for (int deeper = level + 1; deeper < 7; deeper++)
			in[deeper] = in[level];
	}
}

struct sequence *body_pieces(const struct piece_reader *reader, struct str image, size_t from)
{
	struct blocks blocks = read_body(image, from, reader->arena);
	struct sequence *s = sequence_new(image, (struct span){from, image.n}, reader->arena);
	add_blocks(reader, s, &(struct block_range){blocks.items, blocks.count}, 0);
	if (reader->person)
		tell_sections(reader, s);
	return closing_of_last(image, &blocks).p ? NULL : s;
}

/* ---- the inside of an item ---- */

/* A part of a line, from there on: a field, a tag, an id; 0 where words stand. */
static size_t token_length(struct str line, size_t at, struct str *name)
{
	struct str rest = str_from(line, at), tag;
	bool begins = at == 0 || str_is_blank_char(line.p[at - 1]);
	size_t n = str_starts(rest, both_kept) ? both_kept.n : 0;
	*name = rest;
	if (n)
		return n;
	n = task_field(line, at, name);
	if (n || !begins)
		return n;
	if (rest.p[0] == '#') {
		size_t end = at;
		if (tags_next(line, &end, &tag) && tag.p == rest.p + 1)
			n = end - at;
	} else if (rest.p[0] == '^') {
		while (n < rest.n && !str_is_space_char(rest.p[n]))
			n++;
	}
	*name = str_upto(rest, n);
	return n;
}

/* A task's line behind its box: words, and what stands between them. */
static void add_tokens(const struct piece_reader *reader, struct sequence *s, struct span at)
{
	struct str line = span_str(s->image, at), name;
	size_t words = 0, n;
	for (size_t i = 0; i <= line.n; i += n ? n : 1) {
		n = i < line.n ? token_length(line, i, &name) : 0;
		if (n == 0 && i < line.n)
			continue;
		struct str text = str_slice(line, words, i);
		if (str_trim(text).n) {
			size_t from = at.from + words + (text.n - str_ltrim(text).n);
			struct merge_piece *piece = sequence_add(
			    s, PIECE_TEXT, (struct span){from, from + str_trim(text).n},
			    reader->arena);
			piece->id = piece->twin = STR("text");
		}
		words = i + n;
		if (n == 0)
			break;
		bool mark = str_starts(str_from(line, i), both_kept);
		struct merge_piece *piece =
		    sequence_add(s, mark ? PIECE_MARK : PIECE_FIELD,
				 (struct span){at.from + i, at.from + i + n}, reader->arena);
		piece->id = piece->twin = mark ? STR("mark") : arena_str(reader->arena, name);
	}
}

/* One of which an item has no second. */
static void add_item_part(const struct piece_reader *reader, struct sequence *s,
			  enum piece_kind kind, struct span at, const char *name)
{
	struct merge_piece *piece = sequence_add(s, kind, at, reader->arena);
	piece->id = piece->twin = str_of(name);
}

/* The first paragraph of an item that is no task. */
static void add_item_text(const struct piece_reader *reader, struct sequence *s, struct span at)
{
	struct str text = span_str(s->image, at);
	size_t line = str_line(text), mark = str_find(str_upto(text, line), both_kept);
	size_t end = mark < line ? str_rtrim(str_upto(text, mark)).n : text.n;
	if (end)
		add_item_part(reader, s, PIECE_TEXT, (struct span){at.from, at.from + end}, "text");
	if (mark == line)
		return;
	add_item_part(reader, s, PIECE_MARK,
		      (struct span){at.from + mark, at.from + mark + both_kept.n}, "mark");
	struct str rest = str_trim(str_from(text, mark + both_kept.n));
	if (rest.n)
		add_item_part(reader, s, PIECE_TEXT, sequence_span(s->image, rest), "more");
}

struct sequence *body_open(const struct piece_reader *reader, struct str image,
			   struct merge_piece *piece)
{
	struct span at = sequence_span(image, piece->text);
	struct sequence *s = sequence_new(image, at, reader->arena);
	/* An item alone is a body of its own: what is nested in it keeps its indentation. */
	struct blocks blocks = read_body(str_upto(image, at.to), at.from, reader->arena);
	enum task_state state;
	size_t used = 0, next = 1;
	if (blocks.count == 0 || blocks.items[0].kind != BLOCK_ITEM ||
	    blocks.items[0].start != at.from || blocks.items[0].content.from > at.to)
		return NULL;
	struct span content = blocks.items[0].content;
	size_t dash = without_line_end(image, at.from, content.from);
	add_item_part(reader, s, PIECE_DASH, (struct span){at.from, dash}, "dash");
	while (next < blocks.count && blocks.items[next].kind == BLOCK_PARAGRAPH &&
	       blocks.items[next].start == content.from)
		next++;
	size_t head = next < blocks.count ? str_line_start(image, blocks.items[next].start) : at.to;
	head = head < content.to ? content.to : head;
	head = without_line_end(image, content.from, head);
	if (task_begins(span_str(image, content), &state, &used)) {
		add_item_part(reader, s, PIECE_BOX, (struct span){content.from, content.from + 3},
			      "box");
		add_tokens(reader, s, (struct span){content.from + used, content.to});
		size_t more = content.to + str_full_line(str_slice(image, content.to, head));
		if (more < head)
			sequence_add(s, PIECE_PARAGRAPH, (struct span){more, head}, reader->arena);
	} else {
		add_item_text(reader, s, (struct span){content.from, head});
	}
	for (size_t i = next; i < blocks.count; i++)
		if (blocks.items[i].level > MOST_LEVELS || blocks.items[i].start < head)
			return NULL;
	struct block_range range = {blocks.items + next, blocks.count - next};
	if (range.count)
		add_blocks(reader, s, &range, 1);
	return s;
}
