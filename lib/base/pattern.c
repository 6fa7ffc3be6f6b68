#include "base/pattern.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

#define STEPS_MAX  4000
#define REPEAT_MAX 100
#define DEPTH_MAX  50
#define NO_CHAR    (-1)

enum step_kind {
	STEP_CHAR, /* that character, in small letters */
	STEP_ANY,
	STEP_SET,
	STEP_BOTH, /* goes on at both places, counted from itself */
	STEP_JUMP,
	STEP_BEGIN,
	STEP_END,
	STEP_EDGE,
	STEP_NO_EDGE,
	STEP_MATCH,
};

struct pattern_step {
	enum step_kind kind;
	int32_t x, y;
};

/* A stretch of characters, or a class of them. */
struct set_part {
	int32_t from, to;
	char class; /* d, w, s, D, W, S; 0 */
};

struct set {
	struct set_part *parts;
	size_t count;
	bool not ;
};

struct pattern {
	struct pattern_step *steps;
	size_t count;
	struct set *sets;
	size_t sets_count;
	bool first[256]; /* bytes that a match may begin with */
};

/* ---- reading ---- */

struct pattern_reader {
	struct pattern *out;
	struct str source;
	size_t at;
	int depth;
	struct arena *arena;
	struct kith_error *err;
};

static int pattern_fail(struct pattern_reader *r, size_t at, const char *why)
{
	kith_fail(r->err, KITH_INVALID, "%s", why);
	if (r->err && !r->err->column)
		r->err->column = (int)text_length(str_upto(r->source, at)) + 1;
	return -1;
}

static int emit_step(struct pattern_reader *r, struct pattern_step step)
{
	if (r->out->count == STEPS_MAX)
		return pattern_fail(r, r->at, "the regular expression is too large");
	r->out->steps[r->out->count++] = step;
	return 0;
}

/* Moves what stands from `at` on by one. Jumps are counted from themselves, and none leads across.
 */
static int insert_step(struct pattern_reader *r, size_t at, struct pattern_step step)
{
	if (emit_step(r, step))
		return -1;
	struct pattern_step *steps = r->out->steps;
	memmove(&steps[at + 1], &steps[at], (r->out->count - 1 - at) * sizeof(*steps));
	steps[at] = step;
	return 0;
}

static int copy_steps(struct pattern_reader *r, const struct pattern_step *atom, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (emit_step(r, atom[i]))
			return -1;
	return 0;
}

static bool next_is(const struct pattern_reader *r, char c)
{
	return r->at < r->source.n && r->source.p[r->at] == c;
}

static int32_t take_char(struct pattern_reader *r)
{
	int32_t point;
	r->at += utf8_decode_any(r->source, r->at, &point);
	return point;
}

static bool is_class_letter(char c)
{
	return c && strchr("dwsDWS", c) != NULL;
}

static int read_alternatives(struct pattern_reader *r);

/* One character of a set, or a class; the `\` before it is taken. */
static int take_set_char(struct pattern_reader *r, struct set_part *part)
{
	size_t at = r->at;
	bool escaped = next_is(r, '\\');
	r->at += escaped;
	if (r->at == r->source.n)
		return pattern_fail(r, at, "[ is not closed");
	char c = r->source.p[r->at];
	if (escaped && is_class_letter(c)) {
		r->at++;
		*part = (struct set_part){NO_CHAR, NO_CHAR, c};
		return 0;
	}
	part->from = part->to = take_char(r);
	part->class = 0;
	return 0;
}

static int read_set(struct pattern_reader *r)
{
	struct pattern *p = r->out;
	struct set *set = &p->sets[p->sets_count];
	size_t begun = r->at - 1;
	*set = (struct set){ARENA_ARRAY(r->arena, struct set_part, r->source.n), 0, false};
	set->not = next_is(r, '^');
	r->at += set->not ;
	while (r->at < r->source.n && (set->count == 0 || !next_is(r, ']'))) {
		struct set_part *part = &set->parts[set->count++], last;
		if (take_set_char(r, part))
			return -1;
		if (part->class || !next_is(r, '-') || str_at(r->source, r->at + 1) == ']')
			continue;
		r->at++;
		if (take_set_char(r, &last))
			return -1;
		part->to = last.from;
		if (last.class || part->to < part->from)
			return pattern_fail(r, r->at - 1, "a range in [ ] goes from less to more");
	}
	if (!next_is(r, ']'))
		return pattern_fail(r, begun, "[ is not closed");
	r->at++;
	return emit_step(r, (struct pattern_step){STEP_SET, (int32_t)p->sets_count++, 0});
}

static int read_escape(struct pattern_reader *r)
{
	size_t at = r->at - 1;
	if (r->at == r->source.n)
		return pattern_fail(r, at, "nothing stands after \\");
	char c = r->source.p[r->at];
	if (is_class_letter(c)) {
		struct pattern *p = r->out;
		r->at++;
		struct set_part *part = ARENA_NEW(r->arena, struct set_part);
		*part = (struct set_part){NO_CHAR, NO_CHAR, c};
		p->sets[p->sets_count] = (struct set){part, 1, false};
		return emit_step(r, (struct pattern_step){STEP_SET, (int32_t)p->sets_count++, 0});
	}
	if (c == 'b' || c == 'B') {
		r->at++;
		return emit_step(r,
				 (struct pattern_step){c == 'b' ? STEP_EDGE : STEP_NO_EDGE, 0, 0});
	}
	if (str_is_alpha(c) || str_is_digit(c))
		return pattern_fail(r, at, "there is no such \\ in regular expressions here");
	return emit_step(r, (struct pattern_step){STEP_CHAR, text_lower_char(take_char(r)), 0});
}

static int read_group(struct pattern_reader *r)
{
	size_t at = r->at - 1;
	if (++r->depth > DEPTH_MAX)
		return pattern_fail(r, at, "parentheses are nested too deeply");
	if (str_starts(str_from(r->source, r->at), STR("?:")))
		r->at += 2;
	if (read_alternatives(r))
		return -1;
	if (!next_is(r, ')'))
		return pattern_fail(r, at, "( is not closed");
	r->at++;
	r->depth--;
	return 0;
}

static int read_atom(struct pattern_reader *r)
{
	size_t at = r->at;
	int32_t c = take_char(r);
	switch (c) {
	case '(':
		return read_group(r);
	case '[':
		return read_set(r);
	case '\\':
		return read_escape(r);
	case '*':
	case '+':
	case '?':
		return pattern_fail(r, at, "there is nothing to repeat");
	case '.':
		return emit_step(r, (struct pattern_step){STEP_ANY, 0, 0});
	case '^':
		return emit_step(r, (struct pattern_step){STEP_BEGIN, 0, 0});
	case '$':
		return emit_step(r, (struct pattern_step){STEP_END, 0, 0});
	default:
		return emit_step(r, (struct pattern_step){STEP_CHAR, text_lower_char(c), 0});
	}
}

/* `{3}`, `{3,}`, `{3,5}` at the place; false for another text, which stands for itself. */
static bool take_counts(struct pattern_reader *r, long *least, long *most)
{
	struct str rest = str_from(r->source, r->at + 1);
	size_t end = str_find_char(rest, '}'), comma = str_find_char(rest, ',');
	if (!next_is(r, '{') || end == rest.n)
		return false;
	struct str first = str_upto(rest, comma < end ? comma : end);
	struct str second = str_slice(rest, comma + 1, end);
	*least = str_number(first, REPEAT_MAX);
	*most = comma > end ? *least : second.n ? str_number(second, REPEAT_MAX) : -2;
	if (first.n == 0 || str_digits(first) != first.n ||
	    (comma < end && str_digits(second) != second.n))
		return false;
	r->at += end + 2;
	return true;
}

static int repeat_counted(struct pattern_reader *r, size_t from, long least, long most)
{
	struct pattern *p = r->out;
	size_t count = p->count - from;
	struct pattern_step *atom = arena_copy(r->arena, p->steps + from, count, sizeof(*atom));
	if (least < 0 || most == -1 || (most >= 0 && most < least))
		return pattern_fail(r, r->at - 1, "{ } holds one or two numbers up to 100");
	p->count = from;
	for (long i = 0; i < least; i++)
		if (copy_steps(r, atom, count))
			return -1;
	if (most == -2)
		return emit_step(r, (struct pattern_step){STEP_BOTH, 1, (int32_t)count + 2}) ||
			       copy_steps(r, atom, count) ||
			       emit_step(r,
					 (struct pattern_step){STEP_JUMP, -(int32_t)count - 1, 0})
			   ? -1
			   : 0;
	for (long i = least; i < most; i++)
		if (emit_step(r, (struct pattern_step){STEP_BOTH, 1, (int32_t)count + 1}) ||
		    copy_steps(r, atom, count))
			return -1;
	return 0;
}

/* What stands behind an atom whose steps begin at `from`. */
static int read_repeats(struct pattern_reader *r, size_t from)
{
	for (;;) {
		long least, most;
		int32_t count = (int32_t)(r->out->count - from);
		int rc = 0;
		if (take_counts(r, &least, &most)) {
			rc = repeat_counted(r, from, least, most);
		} else if (next_is(r, '*')) {
			r->at++;
			rc = insert_step(r, from, (struct pattern_step){STEP_BOTH, 1, count + 2}) ||
			     emit_step(r, (struct pattern_step){STEP_JUMP, -count - 1, 0});
		} else if (next_is(r, '+')) {
			r->at++;
			rc = emit_step(r, (struct pattern_step){STEP_BOTH, -count, 1});
		} else if (next_is(r, '?')) {
			r->at++;
			rc = insert_step(r, from, (struct pattern_step){STEP_BOTH, 1, count + 1});
		} else {
			return 0;
		}
		if (rc)
			return -1;
	}
}

static int read_alternatives(struct pattern_reader *r)
{
	size_t jumps_count = 0;
	size_t *jumps = ARENA_ARRAY(r->arena, size_t, r->source.n - r->at + 1);
	for (;;) {
		size_t from = r->out->count;
		while (r->at < r->source.n && !next_is(r, '|') && !next_is(r, ')')) {
			size_t atom = r->out->count;
			if (read_atom(r) || read_repeats(r, atom))
				return -1;
		}
		if (!next_is(r, '|'))
			break;
		r->at++;
		int32_t count = (int32_t)(r->out->count - from);
		if (insert_step(r, from, (struct pattern_step){STEP_BOTH, 1, count + 2}) ||
		    emit_step(r, (struct pattern_step){STEP_JUMP, 0, 0}))
			return -1;
		jumps[jumps_count++] = r->out->count - 1;
	}
	for (size_t i = 0; i < jumps_count; i++)
		r->out->steps[jumps[i]].x = (int32_t)(r->out->count - jumps[i]);
	return 0;
}

/* ---- matching ---- */

static bool is_in_class(int32_t c, char class)
{
	bool in = class == 'd' || class == 'D'   ? c >= '0' && c <= '9'
		  : class == 's' || class == 'S' ? c == ' ' || c == '\t' || c == 0xa0
						 : c == '_' || text_is_word_char(c);
	return in == (class >= 'a');
}

static bool is_in_set(const struct set *set, int32_t c)
{
	int32_t forms[] = {c, text_lower_char(c), text_upper_char(c)};
	for (size_t i = 0; i < set->count; i++) {
		const struct set_part *part = &set->parts[i];
		if (part->class) {
			if (is_in_class(c, part->class))
				return !set->not ;
			continue;
		}
		for (size_t f = 0; f < 3; f++)
			if (forms[f] >= part->from && forms[f] <= part->to)
				return !set->not ;
	}
	return set->not ;
}

/* Where one of the ways stands, and where its match began. */
struct pattern_way {
	size_t step, begun;
};

struct ways {
	struct pattern_way *items;
	size_t count;
};

struct pattern_run {
	const struct pattern *pattern;
	struct str text;
	struct ways now, next;
	size_t *seen; /* by step: in which round it was added last, from 1 */
	size_t round;
	size_t *stack;
	int32_t before; /* the character before the place; NO_CHAR at the ends, as the next */
};

static bool is_word_at(int32_t c)
{
	return c != NO_CHAR && is_in_class(c, 'w');
}

static bool is_line_end(int32_t c)
{
	return c == NO_CHAR || c == '\n' || c == '\r';
}

static bool holds(enum step_kind kind, int32_t before, int32_t after)
{
	if (kind == STEP_BEGIN)
		return is_line_end(before);
	if (kind == STEP_END)
		return is_line_end(after);
	return (is_word_at(before) != is_word_at(after)) == (kind == STEP_EDGE);
}

/* Adds the places to which a step leads without a character. */
static void add_way(struct pattern_run *run, struct ways *to, struct pattern_way way, int32_t after)
{
	size_t depth = 0;
	run->stack[depth++] = way.step;
	while (depth) {
		size_t at = run->stack[--depth];
		const struct pattern_step *step = &run->pattern->steps[at];
		if (run->seen[at] == run->round)
			continue;
		run->seen[at] = run->round;
		switch (step->kind) {
		case STEP_BOTH:
			run->stack[depth++] = at + (size_t)step->y;
			run->stack[depth++] = at + (size_t)step->x;
			break;
		case STEP_JUMP:
			run->stack[depth++] = at + (size_t)step->x;
			break;
		case STEP_BEGIN:
		case STEP_END:
		case STEP_EDGE:
		case STEP_NO_EDGE:
			if (holds(step->kind, run->before, after))
				run->stack[depth++] = at + 1;
			break;
		default:
			to->items[to->count++] = (struct pattern_way){at, way.begun};
		}
	}
}

static bool step_takes(const struct pattern *p, const struct pattern_step *step, int32_t c)
{
	if (c == NO_CHAR || c == '\n' || c == '\r' || step->kind == STEP_MATCH)
		return false;
	return step->kind == STEP_ANY   ? true
	       : step->kind == STEP_SET ? is_in_set(&p->sets[step->x], c)
					: text_lower_char(c) == step->x;
}

/* Goes on over the character c, behind which stands `after`. */
static void take_step(struct pattern_run *run, int32_t c, int32_t after)
{
	run->next.count = 0;
	run->round++;
	run->before = c;
	for (size_t i = 0; i < run->now.count; i++) {
		struct pattern_way way = run->now.items[i];
		if (step_takes(run->pattern, &run->pattern->steps[way.step], c))
			add_way(run, &run->next, (struct pattern_way){way.step + 1, way.begun},
				after);
	}
	struct ways swap = run->now;
	run->now = run->next;
	run->next = swap;
}

static int32_t point_at(struct str text, size_t at, size_t *n)
{
	int32_t point;
	*n = 0;
	if (at >= text.n)
		return NO_CHAR;
	*n = utf8_decode_any(text, at, &point);
	return point;
}

/* Of the ways that are at an end, the one that began first; those that began later are let go. */
static bool keep_match(struct pattern_run *run, size_t at, size_t *begins, size_t *ends, bool found)
{
	size_t kept = 0;
	for (size_t i = 0; i < run->now.count; i++) {
		struct pattern_way way = run->now.items[i];
		if (run->pattern->steps[way.step].kind == STEP_MATCH && at > way.begun &&
		    (!found || way.begun <= *begins)) {
			*begins = way.begun;
			*ends = at;
			found = true;
		}
	}
	for (size_t i = 0; found && i < run->now.count; i++)
		if (run->now.items[i].begun <= *begins)
			run->now.items[kept++] = run->now.items[i];
	if (found)
		run->now.count = kept;
	return found;
}

static void run_init(struct pattern_run *run, const struct pattern *p, struct str text, size_t from,
		     struct arena *scratch)
{
	*run = (struct pattern_run){.pattern = p, .text = text, .round = 1, .before = NO_CHAR};
	run->now.items = ARENA_ARRAY(scratch, struct pattern_way, p->count);
	run->next.items = ARENA_ARRAY(scratch, struct pattern_way, p->count);
	run->seen = ARENA_ARRAY(scratch, size_t, p->count);
	run->stack = ARENA_ARRAY(scratch, size_t, p->count * 2 + 2);
	size_t start = from;
	while (start > 0 && (utf8_byte(text, --start) & 0xc0) == 0x80)
		;
	if (from > 0)
		(void)utf8_decode_any(text, start, &run->before);
}

bool pattern_find(const struct pattern *p, struct str text, size_t from, size_t *begins,
		  size_t *ends, struct arena *scratch)
{
	struct pattern_run run;
	struct arena_mark mark = arena_mark(scratch);
	bool found = false;
	size_t n, at = from;
	/* Most texts have no byte that it may begin with, for long stretches. */
	run_init(&run, p, text, from, scratch);
	int32_t c = point_at(text, at, &n);
	for (;;) {
		if (run.now.count == 0 && !found && n && !p->first[utf8_byte(text, at)]) {
			while (at < text.n && !p->first[utf8_byte(text, at)])
				run.before = utf8_byte(text, at++);
			c = point_at(text, at, &n);
			run.round++;
		}
		if (!found)
			add_way(&run, &run.now, (struct pattern_way){0, at}, c);
		if (n == 0 || (found && run.now.count == 0))
			break;
		size_t next_n;
		int32_t after = point_at(text, at + n, &next_n);
		take_step(&run, c, after);
		at += n;
		found = keep_match(&run, at, begins, ends, found);
		c = after;
		n = next_n;
	}
	arena_rewind(scratch, mark);
	return found;
}

/* Sets which bytes a match may begin with: of its first characters, or all where there is none. */
static void set_first(struct pattern *p, struct arena *arena)
{
	size_t depth = 0, *stack = ARENA_ARRAY(arena, size_t, p->count * 2 + 2);
	bool *seen = ARENA_ARRAY(arena, bool, p->count);
	stack[depth++] = 0;
	while (depth) {
		size_t at = stack[--depth];
		const struct pattern_step *step = &p->steps[at];
		if (seen[at])
			continue;
		seen[at] = true;
		if (step->kind == STEP_BOTH)
			stack[depth++] = at + (size_t)step->y;
		if (step->kind == STEP_BOTH || step->kind == STEP_JUMP)
			stack[depth++] = at + (size_t)step->x;
		else if (step->kind >= STEP_BEGIN && step->kind <= STEP_NO_EDGE)
			stack[depth++] = at + 1;
		else
			for (int c = 0; c < 256; c++)
				p->first[c] |= c >= 0x80 || step_takes(p, step, c);
	}
}

int pattern_make(const struct pattern **out, struct str source, struct arena *arena,
		 struct kith_error *err)
{
	struct pattern *p = ARENA_NEW(arena, struct pattern);
	struct pattern_reader r = {.out = p, .source = source, .arena = arena, .err = err};
	if (source.n == 0)
		return pattern_fail(&r, 0, "the regular expression is empty");
	if (source.n > PATTERN_MAX)
		return pattern_fail(&r, 0, "the regular expression is too long");
	p->steps = ARENA_ARRAY(arena, struct pattern_step, STEPS_MAX);
	p->sets = ARENA_ARRAY(arena, struct set, source.n);
	if (read_alternatives(&r))
		return -1;
	if (r.at < source.n)
		return pattern_fail(&r, r.at, ") closes nothing");
	if (emit_step(&r, (struct pattern_step){STEP_MATCH, 0, 0}))
		return -1;
	set_first(p, arena);
	*out = p;
	return 0;
}
