/*
 * Of cmark's tree only block starts are used, which are right in all cases;
 * its end lines are wrong for setext headings and HTML, and its inline
 * positions cannot be trusted past a paragraph's first line. Ends are taken
 * from the next block's start. cmark's allocator has no context argument,
 * which makes the one thread-local variable of the library necessary: the
 * arena of the call that runs on this thread.
 */
#include "note/markdown.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "note/blocks.h"

/* `![` makes cmark's inline parser quadratic: above this many they are masked. */
#define MANY_IMAGES 2000

static _Thread_local struct arena *scratch_here;

/* The size stands before each piece, because realloc is not told the old one. */
static void *scratch_calloc(size_t count, size_t size)
{
	size_t *p = arena_alloc(scratch_here, count * size + 16);
	memset(p, 0, count * size + 16);
	p[0] = count * size;
	return p + 2;
}

static void *scratch_realloc(void *old, size_t size)
{
	size_t had = old ? ((size_t *)old)[-2] : 0;
	if (old && size <= had)
		return old;
	size_t *p = arena_alloc(scratch_here, size + 16);
	p[0] = size;
	if (had)
		memcpy(p + 2, old, had);
	return p + 2;
}

static void scratch_free(void *p)
{
	(void)p;
}

struct block_walk {
	struct str image;
	bool all; /* also of blocks that kith does not read */
	int line; /* the line that begins at offset, cmark's numbers */
	size_t offset;
	size_t line_to; /* where that line's text ends */
	struct block *blocks;
	size_t count, cap;
	size_t *ended; /* blocks that ended, and wait for the next start to know where */
	size_t ended_count, ended_cap;
	size_t *open; /* the items that the walk is in */
	size_t open_count, open_cap;
};

/* Start lines rise in the order of the walk, so this moves over the text once. */
static size_t line_offset(struct block_walk *w, int line)
{
	while (w->line < line && w->offset < w->image.n) {
		w->offset += str_full_line(str_from(w->image, w->offset));
		w->line_to = w->offset + str_line(str_from(w->image, w->offset));
		w->line++;
	}
	return w->offset;
}

static size_t start_of_node(struct block_walk *w, cmark_node *node)
{
	size_t line = line_offset(w, cmark_node_get_start_line(node));
	int column = cmark_node_get_start_column(node);
	size_t at = line + (size_t)(column > 0 ? column - 1 : 0);
	return at < w->image.n ? at : w->image.n;
}

/* A block begins on the line that holds `at`: what ended before it ends there. */
static void settle_ends(struct block_walk *w, size_t at)
{
	if (w->ended_count == 0)
		return;
	size_t end = blocks_trim(w->image, at < w->image.n ? str_line_start(w->image, at) : at);
	while (w->ended_count > 0) {
		struct block *block = &w->blocks[w->ended[--w->ended_count]];
		block->end = end > block->content.to ? end : block->content.to;
	}
}

static void note_end(struct block_walk *w, size_t block)
{
	w->ended = mem_grow(w->ended, w->ended_count, &w->ended_cap, sizeof(*w->ended));
	w->ended[w->ended_count++] = block;
}

static void add_block(struct block_walk *w, cmark_node *node, enum block_kind kind, size_t start)
{
	w->blocks = mem_grow(w->blocks, w->count, &w->cap, sizeof(*w->blocks));
	struct block *b = &w->blocks[w->count++];
	*b = (struct block){.kind = kind,
			    .nested = w->open_count > 0,
			    .start = start,
			    .content = blocks_content(w->image, start, w->line_to, kind)};
	b->level = kind == BLOCK_HEADING ? cmark_node_get_heading_level(node)
					 : (int)w->open_count + (kind == BLOCK_ITEM);
	b->end = b->content.to;
}

/* An item that begins with code, a quote or HTML has no text of its own. */
static bool is_text_item(cmark_node *item)
{
	cmark_node *child = cmark_node_first_child(item);
	if (!child)
		return true;
	cmark_node_type type = cmark_node_get_type(child);
	return type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING ||
	       type == CMARK_NODE_LIST;
}

/* Takes a node in; true where its children are to be walked. */
static bool enter(struct block_walk *w, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	size_t start = start_of_node(w, node);
	if (type != CMARK_NODE_LIST)
		settle_ends(w, start);
	switch (type) {
	case CMARK_NODE_LIST:
		return true;
	case CMARK_NODE_ITEM:
		add_block(w, node, BLOCK_ITEM, start);
		if (!is_text_item(node))
			w->blocks[w->count - 1].content.to = w->blocks[w->count - 1].content.from;
		w->open = mem_grow(w->open, w->open_count, &w->open_cap, sizeof(*w->open));
		w->open[w->open_count++] = w->count - 1;
		return true;
	case CMARK_NODE_HEADING:
		if (w->open_count == 0)
			add_block(w, node, BLOCK_HEADING, start);
		else if (w->all)
			add_block(w, node, BLOCK_OTHER, start);
		return false;
	case CMARK_NODE_PARAGRAPH:
		add_block(w, node, BLOCK_PARAGRAPH, start);
		note_end(w, w->count - 1);
		return false;
	default:
		if (w->all)
			add_block(w, node, BLOCK_OTHER, start);
		return false;
	}
}

static void leave(struct block_walk *w, cmark_node *node)
{
	if (cmark_node_get_type(node) == CMARK_NODE_ITEM)
		note_end(w, w->open[--w->open_count]);
}

static void walk_blocks(struct block_walk *w, cmark_node *document)
{
	cmark_node *node = cmark_node_first_child(document);
	while (node) {
		cmark_node *next = enter(w, node) ? cmark_node_first_child(node) : NULL;
		if (!next) {
			while (node != document) {
				leave(w, node);
				next = cmark_node_next(node);
				if (next)
					break;
				node = cmark_node_parent(node);
			}
		}
		node = next;
	}
	settle_ends(w, w->image.n);
}

/*
 * The same text with the `[` of each `![` masked, where there are very many. The
 * blocks stay, but for a paragraph that the mask makes a link definition.
 */
static struct str mask_images(struct str body, struct arena *scratch)
{
	size_t many = 0;
	for (struct str rest = body; rest.n > 1;) {
		size_t at = str_find_char(rest, '!');
		rest = str_from(rest, at + 1);
		many += rest.n && rest.p[0] == '[';
	}
	if (many < MANY_IMAGES)
		return body;
	char *p = arena_copy(scratch, body.p, body.n, 1);
	for (size_t i = 0; i + 1 < body.n; i++)
		if (p[i] == '!' && p[i + 1] == '[')
			p[i + 1] = '(';
	return (struct str){p, body.n};
}

static const cmark_mem from_scratch = {scratch_calloc, scratch_realloc, scratch_free};

/* cmark's tree of a text, in scratch; mem, a from_scratch, must live as long. */
static cmark_node *parse_text(struct str text, cmark_mem *mem)
{
	text = mask_images(text, scratch_here);
	/* Neither the tree nor the parser is freed: both lie in scratch. */
	cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, mem);
	cmark_parser_feed(parser, text.p, text.n);
	return cmark_parser_finish(parser);
}

static struct blocks read_markdown(struct str image, size_t body, bool all, struct arena *arena,
				   struct arena *scratch)
{
	struct block_walk w = {.image = image,
			       .all = all,
			       .line = 1,
			       .offset = body,
			       .line_to = body + str_line(str_from(image, body))};
	struct arena_mark mark = arena_mark(scratch);
	struct arena *outer = scratch_here;
	cmark_mem mem = from_scratch;

	scratch_here = scratch;
	walk_blocks(&w, parse_text(str_from(image, body), &mem));
	blocks_settle_sections(image, w.blocks, w.count);
	scratch_here = outer;
	arena_rewind(scratch, mark);

	struct blocks blocks = {arena_copy(arena, w.blocks, w.count, sizeof(*w.blocks)), w.count};
	free(w.blocks);
	free(w.ended);
	free(w.open);
	return blocks;
}

struct blocks markdown_read(struct str image, size_t body, struct arena *arena,
			    struct arena *scratch)
{
	return read_markdown(image, body, false, arena, scratch);
}

struct blocks markdown_read_all(struct str image, size_t body, struct arena *arena,
				struct arena *scratch)
{
	return read_markdown(image, body, true, arena, scratch);
}

struct word_search {
	enum markdown_place *places;
	size_t count;
	struct str prefix;
};

/* Whether a comment of HTML is open after a text, where one was, or was not, before it. */
static bool in_comment(bool open, struct str text)
{
	for (size_t at; (at = str_find(text, open ? STR("-->") : STR("<!--"))) < text.n;) {
		text = str_from(text, at + 3);
		open = !open;
	}
	return open;
}

static void note_words(const struct word_search *s, const char *text, enum markdown_place place)
{
	struct str rest = str_of(text);
	bool comment = false;
	for (size_t at; (at = str_find(rest, s->prefix)) < rest.n;) {
		size_t number = 0, i = at + s->prefix.n;
		for (; i < rest.n && str_is_digit(rest.p[i]) && number < s->count; i++)
			number = 10 * number + (size_t)(rest.p[i] - '0');
		comment = place == MARKDOWN_HTML && in_comment(comment, str_upto(rest, at));
		if (number < s->count && str_at(rest, i) == 'z')
			s->places[number] = comment ? MARKDOWN_ELSEWHERE : place;
		rest = str_from(rest, i);
	}
}

static void note_words_of(const struct word_search *s, cmark_node *node, bool image)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		note_words(s, cmark_node_get_literal(node),
			   image ? MARKDOWN_ELSEWHERE : MARKDOWN_TEXT);
		break;
	case CMARK_NODE_CODE_BLOCK:
		note_words(s, cmark_node_get_fence_info(node), MARKDOWN_ELSEWHERE);
		note_words(s, cmark_node_get_literal(node), MARKDOWN_ELSEWHERE);
		break;
	case CMARK_NODE_CODE:
		note_words(s, cmark_node_get_literal(node), MARKDOWN_ELSEWHERE);
		break;
	case CMARK_NODE_HTML_INLINE:
	case CMARK_NODE_HTML_BLOCK:
		note_words(s, cmark_node_get_literal(node), MARKDOWN_HTML);
		break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		note_words(s, cmark_node_get_title(node), MARKDOWN_ELSEWHERE);
		note_words(s, cmark_node_get_url(node), MARKDOWN_TARGET);
		break;
	default:
		break;
	}
}

void markdown_find_words(enum markdown_place *places, size_t count, struct str prefix,
			 struct str text, struct arena *scratch)
{
	const struct word_search s = {places, count, prefix};
	struct arena_mark mark = arena_mark(scratch);
	struct arena *outer = scratch_here;
	cmark_mem mem = from_scratch;
	size_t images = 0;

	for (size_t i = 0; i < count; i++)
		places[i] = MARKDOWN_GONE;
	scratch_here = scratch;
	cmark_iter *iter = cmark_iter_new(parse_text(text, &mem));
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		bool image = cmark_node_get_type(node) == CMARK_NODE_IMAGE;
		if (event == CMARK_EVENT_ENTER)
			note_words_of(&s, node, images > 0);
		images += image && event == CMARK_EVENT_ENTER;
		images -= image && event == CMARK_EVENT_EXIT;
	}
	scratch_here = outer;
	arena_rewind(scratch, mark);
}

/* Whether a page may lead there. */
static bool is_page_link(struct str url, bool files)
{
	static const char *const known[] = {"http://", "https://", "mailto:", "tel:"};
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_istarts(url, str_of(known[i])))
			return true;
	return files && url.n && url.p[0] != '/' && str_find_char(url, ':') == url.n;
}

/* Its children take its place. */
static void unwrap_node(cmark_node *node)
{
	for (cmark_node *child; (child = cmark_node_first_child(node));)
		cmark_node_insert_before(node, child);
	cmark_node_unlink(node);
}

/* What is HTML in the text, as text; a comment is for its writer alone. */
static void show_html(cmark_node *node, cmark_mem *mem)
{
	struct str html = str_of(cmark_node_get_literal(node));
	bool block = cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK;
	if (!str_starts(str_ltrim(html), STR("<!--"))) {
		cmark_node *text = cmark_node_new_with_mem(CMARK_NODE_TEXT, mem), *whole = text;
		cmark_node_set_literal(text, html.p);
		if (block) {
			whole = cmark_node_new_with_mem(CMARK_NODE_PARAGRAPH, mem);
			cmark_node_append_child(whole, text);
		}
		cmark_node_insert_before(node, whole);
	}
	cmark_node_unlink(node);
}

/* A node may go at its last event: the walk knows by then what comes after it. */
static void make_harmless(cmark_node *document, bool files, cmark_mem *mem)
{
	cmark_iter *iter = cmark_iter_new(document);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		bool leaves = event == CMARK_EVENT_EXIT;
		if (type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HTML_BLOCK)
			show_html(node, mem);
		else if (leaves && (type == CMARK_NODE_IMAGE ||
				    (type == CMARK_NODE_LINK &&
				     !is_page_link(str_of(cmark_node_get_url(node)), files))))
			unwrap_node(node);
	}
}

void markdown_add_html(struct buf *out, struct str text, enum markdown_form form, bool files,
		       struct arena *scratch)
{
	cmark_mem mem = from_scratch;
	struct arena_mark mark = arena_mark(scratch);
	struct arena *outer = scratch_here;
	/* Where a line begins, other things are markup than in its middle. */
	const struct str before = STR("x "), open = STR("<p>x "), close = STR("</p>\n");

	if (str_trim(text).n == 0)
		return;
	scratch_here = scratch;
	if (form == MARKDOWN_LINE)
		text = arena_printf(scratch, "%s%.*s", before.p, STR_ARG(text));
	cmark_node *document = parse_text(text, &mem);
	make_harmless(document, files, &mem);
	struct str html = str_of(cmark_render_html(document, CMARK_OPT_SAFE));
	if (form == MARKDOWN_LINE && str_starts(html, open) && str_ends(html, close))
		html = str_slice(html, open.n, html.n - close.n);
	buf_add(out, html);
	scratch_here = outer;
	arena_rewind(scratch, mark);
}

void markdown_add_roff(struct buf *out, struct str text, struct arena *scratch)
{
	cmark_mem mem = from_scratch;
	struct arena_mark mark = arena_mark(scratch);
	struct arena *outer = scratch_here;
	scratch_here = scratch;
	buf_addz(out, cmark_render_man(parse_text(text, &mem), CMARK_OPT_DEFAULT, 0));
	scratch_here = outer;
	arena_rewind(scratch, mark);
}
