/*
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
#include "report/mustache_nodes.h"

/* A page of 10,000 people takes a few million. */
#define MAX_STEPS ((uint64_t)1 << 24)

int mustache_parse(struct mustache **out, const char *name, struct str text,
		   enum mustache_kind kind, struct kith_error *err)
{
	return mustache_nodes_parse(out, str_of(name), text, kind, err);
}

void mustache_free(struct mustache *t)
{
	mustache_nodes_free(t);
}

/* A section that is being rendered: its item is what the context stack holds. */
struct loop {
	size_t section;
	const json_t *item;
	const json_t *list; /* NULL where the section is no list */
	size_t next;
};

/* A template that is being rendered: the page's own, or a partial. */
struct run {
	const struct mustache *t;
	size_t at;
	size_t indent_from, indent_to; /* in the renderer's indent */
};

struct renderer {
	const json_t *model;
	struct buf *out;
	struct run runs[MUSTACHE_DEPTH + 1];
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

static void add_value(struct renderer *r, const struct node *n, const json_t *value)
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

static void add_indent(struct renderer *r, const struct run *run)
{
	buf_add(r->out, str_slice(buf_str(&r->indent), run->indent_from, run->indent_to));
}

static void render_text(struct renderer *r, const struct run *run, const struct node *n)
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

static void begin_section(struct renderer *r, struct run *run, const struct node *n, size_t index)
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

static void end_section(struct renderer *r, struct run *run, const struct node *n)
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
		if (mustache_nodes_parse(&t, name, text, page->kind, r->err))
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
static int find_partial(struct renderer *r, const struct run *run, const struct node *n,
			const struct mustache **t)
{
	count_steps(r, n->text);
	const json_t *known = json_object_getn(r->known, n->text.p, n->text.n);
	json_int_t index = json_integer_value(known);
	if (!known && parse_partial(r, n->text, &index)) {
		int line, column;
		mustache_nodes_place(run->t, n->from, &line, &column);
		return kith_fail_context(r->err, "in a partial of %s:%d:%d", run->t->name, line,
					 column);
	}
	*t = index < 0 ? NULL : r->partials[index];
	return 0;
}

static int begin_partial(struct renderer *r, const struct run *run, const struct node *n)
{
	const struct mustache *t = NULL;
	if (find_partial(r, run, n, &t))
		return -1;
	if (!t)
		return 0;
	if (r->depth > MUSTACHE_DEPTH) {
		kith_fail(r->err, KITH_INVALID,
			  "partials nest more than %d deep, \"%.*s\" the last: does it include "
			  "itself without an end? Put it into a section that ends",
			  MUSTACHE_DEPTH, STR_ARG(text_upto(n->text, 60)));
		return mustache_nodes_fail_at(run->t, n->from, r->err);
	}
	struct run *inner = &r->runs[r->depth++];
	*inner = (struct run){.t = t, .indent_from = run->indent_from};
	if (n->indent.p)
		buf_add(&r->indent, n->indent);
	else
		inner->indent_from = r->indent.n;
	inner->indent_to = r->indent.n;
	return 0;
}

static int render_node(struct renderer *r, struct run *run)
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
		add_value(r, n, find_value(r, n->text));
		break;
	case NODE_SECTION:
	case NODE_INVERTED:
		begin_section(r, run, n, index);
		break;
	case NODE_END:
		end_section(r, run, n);
		break;
	case NODE_PARTIAL:
		return begin_partial(r, run, n);
	}
	return 0;
}

static int check_limits(struct renderer *r, const struct run *run)
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
	return mustache_nodes_fail_at(run->t, run->t->nodes[run->at - 1].from, r->err);
}

static int render_all(struct renderer *r)
{
	while (r->depth) {
		struct run *run = &r->runs[r->depth - 1];
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
	int failed = render_all(&r);
	for (size_t i = 0; i < r.partial_count; i++)
		mustache_nodes_free(r.partials[i]);
	free(r.partials);
	free(r.loops);
	json_decref(r.known);
	buf_release(&r.indent);
	return failed;
}
