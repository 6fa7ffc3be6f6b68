/*
 * One pass over the text. Whether a node begins a line of the template is
 * settled here, because a partial's indentation belongs to the lines of its
 * text, and not to those that interpolation makes.
 */
#include "report/mustache_nodes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static char *copy(struct str s)
{
	char *p = mem_alloc(s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

void mustache_nodes_free(struct mustache *t)
{
	if (!t)
		return;
	free(t->name);
	free(t->bytes);
	free(t->nodes);
	free(t);
}

void mustache_nodes_place(const struct mustache *t, size_t at, int *line, int *column)
{
	struct str text = t->text;
	size_t start = 0;
	*line = 1;
	for (size_t i = 0; i < at; i++)
		if (text.p[i] == '\n') {
			++*line;
			start = i + 1;
		}
	*column = (int)text_length(str_slice(text, start, at)) + 1;
}

int mustache_nodes_fail_at(const struct mustache *t, size_t at, struct kith_error *err)
{
	int line, column;
	mustache_nodes_place(t, at, &line, &column);
	return kith_fail_at(err, t->name, line, column);
}

struct parser {
	struct mustache *t;
	size_t at;
	struct str open, close; /* the delimiters in force */
	size_t sections[MUSTACHE_DEPTH];
	size_t depth;
	bool begins_line;
	struct kith_error *err;
};

struct tag {
	char sigil; /* one of #^/>&{!= or 0 */
	struct str content;
	size_t from, to;
	bool standalone;
	struct str indent; /* the blanks before it on its line */
};

/* As much of a name as a message bears. */
static struct str shown(struct str name)
{
	return text_upto(name, 60);
}

static int fail(struct parser *p, size_t at)
{
	return mustache_nodes_fail_at(p->t, at, p->err);
}

static struct node *add_node(struct parser *p, enum node_kind kind, struct str text, size_t from)
{
	struct mustache *t = p->t;
	t->nodes = mem_grow(t->nodes, t->count, &t->cap, sizeof(*t->nodes));
	struct node *n = &t->nodes[t->count++];
	*n = (struct node){.kind = kind, .text = text, .from = from, .begins_line = p->begins_line};
	p->begins_line = false;
	return n;
}

static void add_text(struct parser *p, size_t from, size_t to)
{
	if (from >= to)
		return;
	add_node(p, NODE_TEXT, str_slice(p->t->text, from, to), from);
	p->begins_line = p->t->text.p[to - 1] == '\n';
}

/* The index of mark followed by the closing delimiter; of the delimiter alone where mark is 0. */
static size_t find_close(const struct parser *p, size_t from, char mark)
{
	struct str all = p->t->text;
	for (size_t at = from; at < all.n; at++) {
		at += str_find(str_from(all, at), p->close);
		if (at == all.n || mark == 0)
			return at;
		if (at > from && all.p[at - 1] == mark)
			return at - 1;
	}
	return all.n;
}

/* Blanks alone before the tag on its line, and after it on the line where it ends. */
static void find_standalone(struct parser *p, struct tag *tag)
{
	struct str all = p->t->text;
	size_t start = tag->from, end = tag->to;
	if (tag->sigil == 0 || tag->sigil == '{' || tag->sigil == '&')
		return;
	while (start > p->at && str_is_blank_char(all.p[start - 1]))
		start--;
	while (end < all.n && str_is_blank_char(all.p[end]))
		end++;
	if (start > 0 && all.p[start - 1] != '\n')
		return;
	if (str_starts(str_from(all, end), STR("\r\n")))
		end++;
	if (end < all.n && all.p[end] != '\n')
		return;
	tag->standalone = true;
	tag->indent = str_slice(all, start, tag->from);
	tag->to = end < all.n ? end + 1 : end;
}

static int read_tag(struct parser *p, size_t from, struct tag *tag)
{
	struct str all = p->t->text;
	size_t in = from + p->open.n;
	while (in < all.n && str_is_space_char(all.p[in]))
		in++;
	char sigil = in < all.n && all.p[in] && strchr("#^/>&{!=", all.p[in]) ? all.p[in++] : 0;
	char mark = sigil == '{' ? '}' : sigil == '=' ? '=' : 0;
	size_t end = find_close(p, in, mark);
	if (end == all.n) {
		kith_fail(p->err, KITH_INVALID,
			  "the tag opened here is never closed: write `%.1s%.*s` at its end", &mark,
			  STR_ARG(shown(p->close)));
		return fail(p, from);
	}
	*tag = (struct tag){.sigil = sigil, .from = from};
	tag->content = str_trim(str_slice(all, in, end));
	tag->to = end + (mark != 0) + p->close.n;
	find_standalone(p, tag);
	return 0;
}

static bool has_space(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (str_is_space_char(s.p[i]))
			return true;
	return false;
}

static bool has_empty_part(struct str s)
{
	return str_starts(s, STR(".")) || str_ends(s, STR(".")) || str_find(s, STR("..")) < s.n;
}

static int check_name(struct parser *p, const struct tag *tag)
{
	struct str name = tag->content;
	if (name.n == 0)
		kith_fail(p->err, KITH_INVALID, "the tag has no name: write one, as in {{name}}");
	else if (has_space(name))
		kith_fail(p->err, KITH_INVALID, "\"%.*s\" is no name: write one without blanks",
			  STR_ARG(shown(name)));
	else if (tag->sigil != '>' && !str_eq(name, STR(".")) && has_empty_part(name))
		kith_fail(p->err, KITH_INVALID,
			  "\"%.*s\" has an empty part: write one dot between two names",
			  STR_ARG(shown(name)));
	else if (strchr("<$*", name.p[0]) && name.p[0])
		kith_fail(p->err, KITH_INVALID,
			  "\"%.*s\" is no name: templates here have no blocks, parents or dynamic "
			  "names; write a partial, as in {{>name}}",
			  STR_ARG(shown(name)));
	else
		return 0;
	return fail(p, tag->from);
}

static int set_delimiters(struct parser *p, const struct tag *tag)
{
	struct str all = tag->content, close;
	size_t n = 0;
	while (n < all.n && !str_is_space_char(all.p[n]))
		n++;
	close = str_ltrim(str_from(all, n));
	if (n == 0 || close.n == 0 || has_space(close)) {
		kith_fail(p->err, KITH_INVALID,
			  "these are no delimiters: write two with a blank between them, as in "
			  "{{=<%% %%>=}}");
		return fail(p, tag->from);
	}
	p->open = str_upto(all, n);
	p->close = close;
	return 0;
}

static int open_section(struct parser *p, const struct tag *tag)
{
	if (p->depth == MUSTACHE_DEPTH) {
		kith_fail(p->err, KITH_INVALID,
			  "sections nest more than %d deep: move the inner ones into a partial",
			  MUSTACHE_DEPTH);
		return fail(p, tag->from);
	}
	p->sections[p->depth++] = p->t->count;
	add_node(p, tag->sigil == '#' ? NODE_SECTION : NODE_INVERTED, tag->content, tag->from);
	return 0;
}

static int close_section(struct parser *p, const struct tag *tag)
{
	struct mustache *t = p->t;
	if (p->depth == 0) {
		kith_fail(p->err, KITH_INVALID,
			  "section \"%.*s\" is closed here but was never opened: open it, or take "
			  "this tag away",
			  STR_ARG(shown(tag->content)));
		return fail(p, tag->from);
	}
	size_t begin = p->sections[p->depth - 1];
	struct str open = t->nodes[begin].text;
	if (!str_eq(open, tag->content)) {
		int line, column;
		mustache_nodes_place(t, t->nodes[begin].from, &line, &column);
		kith_fail(p->err, KITH_INVALID,
			  "\"%.*s\" is closed here while section \"%.*s\" of line %d is still "
			  "open: close that one first",
			  STR_ARG(shown(tag->content)), STR_ARG(shown(open)), line);
		return fail(p, tag->from);
	}
	p->depth--;
	t->nodes[begin].other = t->count;
	add_node(p, NODE_END, tag->content, tag->from)->other = begin;
	return 0;
}

static int add_tag(struct parser *p, const struct tag *tag)
{
	if (tag->sigil == '!')
		return 0;
	if (tag->sigil == '=')
		return set_delimiters(p, tag);
	if (check_name(p, tag))
		return -1;
	switch (tag->sigil) {
	case '#':
	case '^':
		return open_section(p, tag);
	case '/':
		return close_section(p, tag);
	case '>':
		add_node(p, NODE_PARTIAL, tag->content, tag->from)->indent = tag->indent;
		return 0;
	}
	add_node(p, tag->sigil ? NODE_RAW : NODE_NAME, tag->content, tag->from);
	return 0;
}

static int parse_all(struct parser *p)
{
	struct str all = p->t->text;
	for (;;) {
		size_t from = p->at + str_find(str_from(all, p->at), p->open);
		if (from >= all.n)
			break;
		struct tag tag = {0};
		if (read_tag(p, from, &tag))
			return -1;
		add_text(p, p->at, from - tag.indent.n);
		/* A standalone line is none of the lines that are indented. */
		p->begins_line = p->begins_line && !tag.standalone;
		if (add_tag(p, &tag))
			return -1;
		p->begins_line = p->begins_line || tag.standalone;
		p->at = tag.to;
	}
	add_text(p, p->at, all.n);
	if (p->depth == 0)
		return 0;
	const struct node *open = &p->t->nodes[p->sections[p->depth - 1]];
	kith_fail(p->err, KITH_INVALID,
		  "section \"%.*s\" opened here is never closed: write {{/%.*s}} where it ends",
		  STR_ARG(shown(open->text)), STR_ARG(shown(open->text)));
	return fail(p, open->from);
}

int mustache_nodes_parse(struct mustache **out, struct str name, struct str text,
			 enum mustache_kind kind, struct kith_error *err)
{
	struct mustache *t = mem_zalloc(1, sizeof(*t));
	t->name = copy(name);
	t->bytes = copy(text);
	t->text = (struct str){t->bytes, text.n};
	t->kind = kind;
	struct parser p = {
	    .t = t, .open = STR("{{"), .close = STR("}}"), .begins_line = true, .err = err};
	int failed = parse_all(&p);
	if (failed) {
		mustache_nodes_free(t);
		t = NULL;
	}
	*out = t;
	return failed;
}
