/*
 * Parsing is one pass over the text, into an array of nodes in which a section
 * knows where it ends and an end where its section began. Whether a node
 * begins a line of the template is settled there, because a partial's
 * indentation belongs to the lines of its text, and not to those that
 * interpolation makes.
 *
 * Rendering walks the nodes with a stack of open sections, whose items are
 * the context stack, and a stack of templates, and so needs no recursion.
 */
#include "report/mustache.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report/escape.h"

/* How deep sections and partials nest. */
#define MUSTACHE_DEPTH 64

enum node_kind {
	NODE_TEXT,
	NODE_NAME, /* {{name}} */
	NODE_RAW,  /* {{{name}}}, {{&name}} */
	NODE_SECTION,
	NODE_INVERTED,
	NODE_END,
	NODE_PARTIAL,
};

struct node {
	enum node_kind kind;
	bool begins_line;  /* of the template: a partial's indentation goes before it */
	struct str text;   /* or the name */
	struct str indent; /* of a standalone partial; p == NULL for an inline one */
	size_t from;       /* where the tag stands in the text */
	size_t other;      /* a section's end, an end's section */
};

/* The nodes stand in the order of the text. */
struct mustache {
	char *name, *bytes;
	struct str text; /* the bytes; the nodes hold slices of it */
	enum mustache_kind kind;
	struct node *nodes;
	size_t count, cap;
};

static char *copy_template_text(struct str s)
{
	char *p = mem_alloc(s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

void mustache_free(struct mustache *t)
{
	if (!t)
		return;
	free(t->name);
	free(t->bytes);
	free(t->nodes);
	free(t);
}

/* Line and column, in characters from 1, of an offset in the text. */
static void template_place(const struct mustache *t, size_t at, int *line, int *column)
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

/* Adds the place to a failure that was just noted. Returns -1. */
static int fail_in_template(const struct mustache *t, size_t at, struct kith_error *err)
{
	int line, column;
	template_place(t, at, &line, &column);
	return kith_fail_at(err, t->name, line, column);
}

/* Says what is wrong at that place. -1. */
#define REFUSE(p, at, ...)                                                                         \
	(kith_fail((p)->err, KITH_INVALID, __VA_ARGS__), fail_in_template((p)->t, (at), (p)->err))

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
static struct str short_name(struct str name)
{
	return text_upto(name, 60);
}

static struct node *add_template_node(struct parser *p, enum node_kind kind, struct str text,
				      size_t from)
{
	struct mustache *t = p->t;
	t->nodes = mem_grow(t->nodes, t->count, &t->cap, sizeof(*t->nodes));
	struct node *n = &t->nodes[t->count++];
	*n = (struct node){.kind = kind, .text = text, .from = from, .begins_line = p->begins_line};
	p->begins_line = false;
	return n;
}

static void add_text_node(struct parser *p, size_t from, size_t to)
{
	if (from >= to)
		return;
	add_template_node(p, NODE_TEXT, str_slice(p->t->text, from, to), from);
	p->begins_line = p->t->text.p[to - 1] == '\n';
}

/* The index of mark followed by the closing delimiter; of the delimiter alone where mark is 0. */
static size_t find_tag_end(const struct parser *p, size_t from, char mark)
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
	size_t end = find_tag_end(p, in, mark);
	if (end == all.n) {
		return REFUSE(p, from,
			      "the tag opened here is never closed: write `%.1s%.*s` at its end",
			      &mark, STR_ARG(short_name(p->close)));
	}
	*tag = (struct tag){.sigil = sigil, .from = from};
	tag->content = str_trim(str_slice(all, in, end));
	tag->to = end + (mark != 0) + p->close.n;
	find_standalone(p, tag);
	return 0;
}

static bool name_has_space(struct str s)
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

static int check_tag_name(struct parser *p, const struct tag *tag)
{
	struct str name = tag->content;
	if (name.n == 0)
		return REFUSE(p, tag->from, "the tag has no name: write one, as in {{name}}");
	if (name_has_space(name))
		return REFUSE(p, tag->from, "\"%.*s\" is no name: write one without blanks",
			      STR_ARG(short_name(name)));
	if (tag->sigil != '>' && !str_eq(name, STR(".")) && has_empty_part(name))
		return REFUSE(p, tag->from,
			      "\"%.*s\" has an empty part: write one dot between two names",
			      STR_ARG(short_name(name)));
	if (strchr("<$*", name.p[0]) && name.p[0])
		return REFUSE(p, tag->from,
			      "\"%.*s\" is no name: templates here have no blocks, parents or "
			      "dynamic names; write a partial, as in {{>name}}",
			      STR_ARG(short_name(name)));
	return 0;
}

static int set_delimiters(struct parser *p, const struct tag *tag)
{
	struct str all = tag->content, close;
	size_t n = 0;
	while (n < all.n && !str_is_space_char(all.p[n]))
		n++;
	close = str_ltrim(str_from(all, n));
	if (n == 0 || close.n == 0 || name_has_space(close)) {
		return REFUSE(p, tag->from,
			      "these are no delimiters: write two with a blank between them, as in "
			      "{{=<%% %%>=}}");
	}
	p->open = str_upto(all, n);
	p->close = close;
	return 0;
}

static int open_section(struct parser *p, const struct tag *tag)
{
	if (p->depth == MUSTACHE_DEPTH) {
		return REFUSE(p, tag->from,
			      "sections nest more than %d deep: move the inner ones into a partial",
			      MUSTACHE_DEPTH);
	}
	p->sections[p->depth++] = p->t->count;
	add_template_node(p, tag->sigil == '#' ? NODE_SECTION : NODE_INVERTED, tag->content,
			  tag->from);
	return 0;
}

static int close_section(struct parser *p, const struct tag *tag)
{
	struct mustache *t = p->t;
	if (p->depth == 0) {
		return REFUSE(
		    p, tag->from,
		    "section \"%.*s\" is closed here but was never opened: open it, or take "
		    "this tag away",
		    STR_ARG(short_name(tag->content)));
	}
	size_t begin = p->sections[p->depth - 1];
	struct str open = t->nodes[begin].text;
	if (!str_eq(open, tag->content)) {
		int line, column;
		template_place(t, t->nodes[begin].from, &line, &column);
		return REFUSE(p, tag->from,
			      "\"%.*s\" is closed here while section \"%.*s\" of line %d is still "
			      "open: close that one first",
			      STR_ARG(short_name(tag->content)), STR_ARG(short_name(open)), line);
	}
	p->depth--;
	t->nodes[begin].other = t->count;
	add_template_node(p, NODE_END, tag->content, tag->from)->other = begin;
	return 0;
}

static int add_tag(struct parser *p, const struct tag *tag)
{
	if (tag->sigil == '!')
		return 0;
	if (tag->sigil == '=')
		return set_delimiters(p, tag);
	if (check_tag_name(p, tag))
		return -1;
	switch (tag->sigil) {
	case '#':
	case '^':
		return open_section(p, tag);
	case '/':
		return close_section(p, tag);
	case '>':
		add_template_node(p, NODE_PARTIAL, tag->content, tag->from)->indent = tag->indent;
		return 0;
	}
	add_template_node(p, tag->sigil ? NODE_RAW : NODE_NAME, tag->content, tag->from);
	return 0;
}

static int parse_template(struct parser *p)
{
	struct str all = p->t->text;
	for (;;) {
		size_t from = p->at + str_find(str_from(all, p->at), p->open);
		if (from >= all.n)
			break;
		struct tag tag = {0};
		if (read_tag(p, from, &tag))
			return -1;
		add_text_node(p, p->at, from - tag.indent.n);
		/* A standalone line is none of the lines that are indented. */
		p->begins_line = p->begins_line && !tag.standalone;
		if (add_tag(p, &tag))
			return -1;
		p->begins_line = p->begins_line || tag.standalone;
		p->at = tag.to;
	}
	add_text_node(p, p->at, all.n);
	if (p->depth == 0)
		return 0;
	const struct node *open = &p->t->nodes[p->sections[p->depth - 1]];
	return REFUSE(p, open->from,
		      "section \"%.*s\" opened here is never closed: write {{/%.*s}} where it ends",
		      STR_ARG(short_name(open->text)), STR_ARG(short_name(open->text)));
}

static int parse_named(struct mustache **out, struct str name, struct str text,
		       enum mustache_kind kind, struct kith_error *err)
{
	struct mustache *t = mem_zalloc(1, sizeof(*t));
	t->name = copy_template_text(name);
	t->bytes = copy_template_text(text);
	t->text = (struct str){t->bytes, text.n};
	t->kind = kind;
	struct parser p = {
	    .t = t, .open = STR("{{"), .close = STR("}}"), .begins_line = true, .err = err};
	int rc = parse_template(&p);
	if (rc < 0) {
		mustache_free(t);
		t = NULL;
	}
	*out = t;
	return rc;
}

int mustache_parse(struct mustache **out, const char *name, struct str text,
		   enum mustache_kind kind, struct kith_error *err)
{
	return parse_named(out, str_of(name), text, kind, err);
}

/* --- rendering --- */

/* A page of 10,000 people takes a few million. */
#define MAX_STEPS ((uint64_t)1 << 24)

/* A section that is being rendered: its item is what the context stack holds. */
struct loop {
	size_t section;
	const json_t *item;
	const json_t *list; /* NULL where the section is no list */
	size_t next;
};

/* A template that is being rendered: the page's own, or a partial. */
struct frame {
	const struct mustache *t;
	size_t at;
	size_t indent_from, indent_to; /* in the renderer's indent */
};

struct renderer {
	const json_t *model;
	struct buf *out;
	struct frame runs[MUSTACHE_DEPTH + 1];
	size_t depth;
	struct loop *loops;
	size_t loop_count, loop_cap;
	struct buf indent;
	size_t bang; /* where out ended with an interpolated `!`; 0 for nowhere */
	mustache_partial *find;
	void *context;
	json_t *known; /* name of a partial → its index in partials, or -1 */
	struct mustache **partials;
	size_t partial_count, partial_cap;
	uint64_t steps;
	struct kith_error *err;
};

/* Work that long names and deep stacks make counts too. */
static void count_steps(struct renderer *r, struct str name)
{
	r->steps += 1 + name.n / 64;
}

static const json_t *find_first(struct renderer *r, struct str name)
{
	for (size_t i = r->loop_count; i-- > 0;) {
		count_steps(r, name);
		const json_t *value = json_object_getn(r->loops[i].item, name.p, name.n);
		if (value)
			return value;
	}
	return json_object_getn(r->model, name.p, name.n);
}

static const json_t *find_value(struct renderer *r, struct str name)
{
	if (str_eq(name, STR(".")))
		return r->loop_count ? r->loops[r->loop_count - 1].item : r->model;
	size_t dot = str_find_char(name, '.');
	const json_t *value = find_first(r, str_upto(name, dot));
	while (value && dot < name.n) {
		name = str_from(name, dot + 1);
		dot = str_find_char(name, '.');
		count_steps(r, str_upto(name, dot));
		value = json_object_getn(value, name.p, dot);
	}
	return value;
}

static bool is_falsey(const json_t *value)
{
	return !value || json_is_null(value) || json_is_false(value) ||
	       (json_is_array(value) && json_array_size(value) == 0);
}

/* The shortest of 15 to 17 digits that reads back the same, with a point in any locale. */
static void add_real(struct buf *out, double value)
{
	char digits[64];
	for (int precision = 15; precision <= 17; precision++) {
		snprintf(digits, sizeof(digits), "%.*g", precision, value);
		if (strtod(digits, NULL) >= value && strtod(digits, NULL) <= value)
			break;
	}
	for (char *c = digits; *c; c++)
		buf_addc(out, str_is_digit(*c) || strchr("+-e", *c) ? *c : '.');
}

/* An interpolated `!` becomes an image's when a `[` follows. */
static void guard_bang(struct renderer *r, struct str next)
{
	if (r->bang == 0 || r->bang != r->out->n || !str_starts(next, STR("[")))
		return;
	buf_cut(r->out, r->bang - 1);
	buf_add(r->out, STR("\\!"));
}

static void add_escaped(struct renderer *r, const struct node *n, struct str s)
{
	enum mustache_kind kind = r->runs[0].t->kind;
	if (n->kind == NODE_RAW || kind == MUSTACHE_TEXT) {
		guard_bang(r, s);
		buf_add(r->out, s);
	} else if (kind == MUSTACHE_HTML) {
		escape_html(r->out, s);
	} else {
		escape_markdown(r->out, s);
		if (str_ends(s, STR("!")))
			r->bang = r->out->n;
	}
}

static void add_model_value(struct renderer *r, const struct node *n, const json_t *value)
{
	if (!value || json_is_null(value))
		return;
	if (json_is_string(value)) {
		add_escaped(r, n,
			    (struct str){json_string_value(value), json_string_length(value)});
	} else if (json_is_integer(value)) {
		buf_printf(r->out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	} else if (json_is_real(value)) {
		add_real(r->out, json_real_value(value));
	} else {
		char *dump =
		    json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		add_escaped(r, n, str_of(dump));
		free(dump);
	}
}

static void add_indent(struct renderer *r, const struct frame *run)
{
	buf_add(r->out, str_slice(buf_str(&r->indent), run->indent_from, run->indent_to));
}

static void render_text(struct renderer *r, const struct frame *run, const struct node *n)
{
	struct str rest = n->text;
	guard_bang(r, rest);
	if (run->indent_from == run->indent_to) {
		buf_add(r->out, rest);
		return;
	}
	for (bool begins = n->begins_line; rest.n && !r->out->overflow; begins = true) {
		size_t end = str_find_char(rest, '\n');
		bool empty = end == 0 || (end == 1 && rest.p[0] == '\r');
		if (begins && !empty)
			add_indent(r, run);
		buf_add(r->out, str_upto(rest, end + 1));
		rest = str_from(rest, end + 1);
	}
}

static void push_loop(struct renderer *r, struct loop loop)
{
	r->loops = mem_grow(r->loops, r->loop_count, &r->loop_cap, sizeof(*r->loops));
	r->loops[r->loop_count++] = loop;
}

static void begin_loop(struct renderer *r, struct frame *run, const struct node *n, size_t index)
{
	const json_t *value = find_value(r, n->text);
	bool falsey = is_falsey(value);
	if (falsey != (n->kind == NODE_INVERTED)) {
		run->at = n->other + 1;
	} else if (n->kind == NODE_SECTION) {
		const json_t *list = json_is_array(value) ? value : NULL;
		const json_t *item = list ? json_array_get(list, 0) : value;
		push_loop(r, (struct loop){index, item, list, 1});
	}
}

static void end_loop(struct renderer *r, struct frame *run, const struct node *n)
{
	if (run->t->nodes[n->other].kind == NODE_INVERTED)
		return;
	struct loop *loop = &r->loops[r->loop_count - 1];
	if (!loop->list || loop->next >= json_array_size(loop->list)) {
		r->loop_count--;
		return;
	}
	loop->item = json_array_get(loop->list, loop->next++);
	run->at = loop->section + 1;
}

static int parse_partial(struct renderer *r, struct str name, json_int_t *index)
{
	const struct mustache *page = r->runs[0].t;
	struct str text = r->find ? r->find(r->context, name) : STR_NONE;
	*index = -1;
	if (text.p) {
		struct mustache *t = NULL;
		if (parse_named(&t, name, text, page->kind, r->err))
			return -1;
		r->partials = mem_grow(r->partials, r->partial_count, &r->partial_cap,
				       sizeof(struct mustache *));
		r->partials[r->partial_count] = t;
		*index = (json_int_t)r->partial_count++;
	}
	if (json_object_setn_new_nocheck(r->known, name.p, name.n, json_integer(*index)))
		mem_die();
	return 0;
}

/* *t is NULL where there is no such partial. */
static int find_known_partial(struct renderer *r, const struct frame *run, const struct node *n,
			      const struct mustache **t)
{
	count_steps(r, n->text);
	const json_t *known = json_object_getn(r->known, n->text.p, n->text.n);
	json_int_t index = json_integer_value(known);
	if (!known && parse_partial(r, n->text, &index)) {
		int line, column;
		template_place(run->t, n->from, &line, &column);
		return kith_fail_context(r->err, "in a partial of %s:%d:%d", run->t->name, line,
					 column);
	}
	*t = index < 0 ? NULL : r->partials[index];
	return 0;
}

static int begin_partial(struct renderer *r, const struct frame *run, const struct node *n)
{
	const struct mustache *t = NULL;
	if (find_known_partial(r, run, n, &t))
		return -1;
	if (!t)
		return 0;
	if (r->depth > MUSTACHE_DEPTH) {
		kith_fail(r->err, KITH_INVALID,
			  "partials nest more than %d deep, \"%.*s\" the last: does it include "
			  "itself without an end? Put it into a section that ends",
			  MUSTACHE_DEPTH, STR_ARG(text_upto(n->text, 60)));
		return fail_in_template(run->t, n->from, r->err);
	}
	struct frame *inner = &r->runs[r->depth++];
	*inner = (struct frame){.t = t, .indent_from = run->indent_from};
	if (n->indent.p)
		buf_add(&r->indent, n->indent);
	else
		inner->indent_from = r->indent.n;
	inner->indent_to = r->indent.n;
	return 0;
}

static int render_node(struct renderer *r, struct frame *run)
{
	size_t index = run->at++;
	const struct node *n = &run->t->nodes[index];
	if (n->begins_line && n->kind != NODE_TEXT)
		add_indent(r, run);
	switch (n->kind) {
	case NODE_TEXT:
		render_text(r, run, n);
		break;
	case NODE_NAME:
	case NODE_RAW:
		add_model_value(r, n, find_value(r, n->text));
		break;
	case NODE_SECTION:
	case NODE_INVERTED:
		begin_loop(r, run, n, index);
		break;
	case NODE_END:
		end_loop(r, run, n);
		break;
	case NODE_PARTIAL:
		return begin_partial(r, run, n);
	}
	return 0;
}

static int check_limits(struct renderer *r, const struct frame *run)
{
	if (r->out->overflow)
		kith_fail(r->err, KITH_FAILED,
			  "the page is larger than its limit of %zu bytes: show less in it",
			  r->out->max);
	else if (++r->steps > MAX_STEPS)
		kith_fail(r->err, KITH_FAILED,
			  "the page takes too many steps: are there sections or partials here that "
			  "multiply themselves?");
	else
		return 0;
	return fail_in_template(run->t, run->t->nodes[run->at - 1].from, r->err);
}

static int render_template(struct renderer *r)
{
	while (r->depth) {
		struct frame *run = &r->runs[r->depth - 1];
		if (run->at == run->t->count) {
			r->depth--;
			if (r->depth)
				buf_cut(&r->indent, r->runs[r->depth - 1].indent_to);
		} else if (render_node(r, run) || check_limits(r, run)) {
			return -1;
		}
	}
	return 0;
}

int mustache_render(const struct mustache *t, const json_t *model, mustache_partial *partial,
		    void *context, struct buf *out, struct kith_error *err)
{
	struct renderer r = {
	    .model = model,
	    .out = out,
	    .runs = {{.t = t}},
	    .depth = 1,
	    .find = partial,
	    .context = context,
	    .known = json_object(),
	    .err = err,
	};
	if (!r.known)
		mem_die();
	buf_init(&r.indent, 0);
	int rc = render_template(&r);
	for (size_t i = 0; i < r.partial_count; i++)
		mustache_free(r.partials[i]);
	free(r.partials);
	free(r.loops);
	json_decref(r.known);
	buf_release(&r.indent);
	return rc;
}
