#include "change/unite_edits.h"

#include "base/text.h"
#include "change/fields.h"
#include "people/field_words.h"

/* Bytes times edits: each edit reads the front matter again. */
#define MOST_WORK 500000000

void unite_edits_init(struct unite_edits *e, struct uniting *u, struct str image)
{
	/* A pair takes two bytes at least. */
	size_t room = u->other.note.front.to - u->other.note.front.from + 2;
	*e = (struct unite_edits){.u = u,
				  .image = image,
				  .has = unite_keys_of(u, &u->who),
				  .more = unite_keys_of(u, &u->other),
				  .last_contact = u->who.contact.last_contact,
				  .merged = ARENA_ARRAY(u->arena, struct edit_value, room)};
	u->told->kept = ARENA_ARRAY(u->arena, struct unite_kept, room);
	unite_keys_sort(&e->has);
	buf_init(&e->lines, 0);
}

void unite_edits_release(struct unite_edits *e)
{
	buf_release(&e->lines);
}

/* ---- values ---- */

static int count_edit(struct unite_edits *e)
{
	if (++e->count > MOST_WORK / (e->image.n + e->u->other.image.n + 1))
		return kith_fail(e->u->err, KITH_FAILED, "there are too many values to unite");
	return 0;
}

int unite_edits_run(struct unite_edits *e, const struct edit_front *edit)
{
	struct buf b;
	if (count_edit(e))
		return -1;
	buf_init(&b, 0);
	int failed = edit_front(&b, e->image, edit, e->u->err);
	if (!failed)
		e->image = arena_str(e->u->arena, buf_str(&b));
	buf_release(&b);
	return failed ? -1 : 0;
}

int unite_edits_add_words(struct unite_edits *e, enum key which, struct str words)
{
	struct uniting *u = e->u;
	struct field_edit edit = {EDIT_APPEND, field_words_key(which), words};
	if (count_edit(e))
		return -1;
	u->told->values++;
	return fields_apply_one(&e->image, u->config, &edit, u->arena, u->err);
}

int unite_edits_add(struct unite_edits *e, struct str key, struct str label, struct str text)
{
	struct edit_value value = {label.n ? label : STR_NONE, text};
	e->u->told->values++;
	return unite_edits_run(
	    e,
	    &(struct edit_front){
		.verb = EDIT_APPEND, .key = key, .values = &value, .count = 1, .list = !label.n});
}

int unite_edits_set(struct unite_edits *e, struct str key, struct str text)
{
	struct edit_value value = {STR_NONE, text};
	e->u->told->values++;
	return unite_edits_run(
	    e, &(struct edit_front){.verb = EDIT_SET, .key = key, .values = &value, .count = 1});
}

/* ---- what comes over as it is written ---- */

static size_t line_start(struct str image, size_t at)
{
	while (at > 0 && image.p[at - 1] != '\n')
		at--;
	return at;
}

static bool is_comment(struct str line)
{
	line = str_ltrim_blanks(line);
	return line.n && line.p[0] == '#';
}

/*
 * Where the lines of a value end that begin at `from`. A value over lines
 * reaches to the next token: comments there are the next key's.
 */
static size_t value_end(const struct unite_side *side, const struct yaml_node *key, size_t from)
{
	struct str image = side->image, line, rest = str_slice(image, from, key->next->span.to);
	bool literal = key->next->style == YAML_LITERAL || key->next->style == YAML_FOLDED;
	size_t end = from;
	while (rest.n) {
		size_t begins = (size_t)(rest.p - image.p);
		(void)str_next_line(&rest, &line);
		bool inside =
		    begins <= key->span.from || literal ||
		    (str_trim(line).n && (!is_comment(line) || str_is_blank_char(line.p[0])));
		if (inside)
			end = begins + line.n;
	}
	end += str_find_char(str_from(image, end), '\n');
	return end < side->note.front.to ? end : side->note.front.to;
}

/* The key's lines, with the comments above it; false where it shares a line with something. */
static bool lines_of(const struct unite_side *side, const struct yaml_node *key, struct span *at)
{
	struct str image = side->image;
	size_t floor = side->note.front.from;
	at->from = line_start(image, key->span.from);
	if (at->from < floor || str_ltrim_blanks(str_slice(image, at->from, key->span.from)).n)
		return false;
	at->to = value_end(side, key, at->from);
	while (at->from > floor) {
		size_t above = line_start(image, at->from - 1);
		if (above < floor || !is_comment(str_slice(image, above, at->from)))
			break;
		at->from = above;
	}
	return true;
}

static size_t indentation(const struct unite_side *side)
{
	const struct yaml_node *first = side->note.map ? side->note.map->first : NULL;
	return first ? first->span.from - line_start(side->image, first->span.from) : 0;
}

/* Whether lines can be put below others: keys over lines in both. */
static bool may_copy(const struct uniting *u)
{
	const struct yaml_node *has = u->who.note.map, *more = u->other.note.map;
	return more->style == YAML_BLOCK && (!has || has->count == 0 || has->style == YAML_BLOCK);
}

static bool copy_lines(struct unite_edits *e, const struct yaml_node *key)
{
	const struct uniting *u = e->u;
	struct span at;
	struct str line, rest;
	size_t was = indentation(&u->other), is = indentation(&u->who);
	if (!may_copy(u) || !lines_of(&u->other, key, &at))
		return false;
	rest = span_str(u->other.image, at);
	while (str_next_line(&rest, &line)) {
		size_t blanks = line.n - str_ltrim_blanks(line).n;
		buf_fill(&e->lines, ' ', str_trim(line).n ? is : 0);
		buf_add(&e->lines, str_from(line, blanks < was ? blanks : was));
		buf_addc(&e->lines, '\n');
	}
	return true;
}

bool unite_edits_flatten(struct edit_front *out, const struct unite_edits *e,
			 const struct yaml_node *value)
{
	struct str image = e->u->other.image, text = edit_text(image, value);
	bool map = !text.p && value->kind == YAML_MAP;
	struct edit_value *values =
	    ARENA_ARRAY(e->u->arena, struct edit_value, text.p ? 1 : value->count + 1);
	out->values = values;
	out->list = !text.p && !map;
	if (text.p)
		values[out->count++] = (struct edit_value){STR_NONE, text};
	for (const struct yaml_node *n = text.p ? NULL : value->first; n; n = n->next) {
		struct str label = map ? n->value : STR_NONE;
		n = map ? n->next : n;
		struct str item = edit_text(image, n);
		if (!item.p)
			return false;
		values[out->count++] = (struct edit_value){label, item};
	}
	return out->count > 0;
}

int unite_edits_bring(struct unite_edits *e, const struct yaml_node *key)
{
	const struct uniting *u = e->u;
	const struct yaml_node *has = unite_keys_named(&e->has, key->value);
	struct edit_front edit = {.verb = EDIT_SET, .key = has ? has->value : key->value};
	u->told->values++;
	/* A value that stands there and is none: the title of the note. */
	if (has && !yaml_is_null(has->next))
		edit.key = STR("role");
	if (!has && copy_lines(e, key))
		return 0;
	if (unite_edits_flatten(&edit, e, key->next))
		return unite_edits_run(e, &edit);
	kith_fail(u->err, KITH_FAILED,
		  "the value of \"%.*s\" cannot be put into the other file as it is written; copy "
		  "it there by hand first",
		  STR_ARG(text_upto(key->value, 100)));
	return kith_fail_at(u->err, u->relink->path.p,
			    span_place(u->other.image, key->span.from).line, 0);
}

/* The copied lines at the end of the front matter, which is made where there is none. */
static void put_lines(struct unite_edits *e)
{
	struct note note;
	struct buf b;
	struct str rest = buf_str(&e->lines), line;
	if (rest.n == 0)
		return;
	(void)note_split(&note, e->image);
	size_t mark = str_starts(e->image, STR("\xEF\xBB\xBF")) ? 3 : 0;
	size_t at = note.has_front ? note.front.to : mark;
	struct str eol = edit_line_end(e->image, at);
	buf_init(&b, 0);
	buf_add(&b, str_upto(e->image, at));
	if (!note.has_front)
		buf_printf(&b, "---%.*s", STR_ARG(eol));
	while (str_next_line(&rest, &line)) {
		buf_add(&b, line);
		buf_add(&b, eol);
	}
	if (!note.has_front)
		buf_printf(&b, "---%.*s", STR_ARG(eol));
	buf_add(&b, str_from(e->image, at));
	e->image = arena_take(e->u->arena, &b);
}

/* ---- what is kept ---- */

bool unite_edits_is_merged(struct str key)
{
	return key_compare(str_trim(key), STR("merged")) == 0;
}

void unite_edits_keep(struct unite_edits *e, struct str key, struct str stays, struct str kept)
{
	struct unite_told *told = e->u->told;
	e->merged[e->merged_count++] = (struct edit_value){key, kept};
	told->kept[told->kept_count++] = (struct unite_kept){key, stays, kept};
}

void unite_edits_keep_merged(struct unite_edits *e, const struct edit_front *values)
{
	for (size_t i = 0; i < values->count; i++)
		e->merged[e->merged_count++] = values->values[i];
}

static int put_merged(struct unite_edits *e)
{
	const struct yaml_node *has = unite_keys_named(&e->has, STR("merged"));
	struct edit_front edit = {.verb = EDIT_APPEND,
				  .key = STR("merged"),
				  .values = e->merged,
				  .count = e->merged_count};
	for (size_t i = 0; i < e->more.count && !has; i++)
		if (unite_edits_is_merged(e->more.items[i].node->value))
			has = e->more.items[i].node;
	if (has && (yaml_is_null(has->next) || has->next->kind == YAML_MAP))
		edit.key = has->value;
	else if (has)
		edit.key = STR("merged_values");
	return edit.count ? unite_edits_run(e, &edit) : 0;
}

int unite_edits_finish(struct unite_edits *e)
{
	put_lines(e);
	return put_merged(e);
}
