#include "merge/merge.h"

#include <stdlib.h>

#include "base/search.h"
#include "base/text.h"
#include "merge/comments.h"
#include "merge/ends.h"
#include "merge/front.h"
#include "merge/kept.h"
#include "merge/lines.h"
#include "merge/lost.h"
#include "merge/pieces.h"
#include "merge/sequence.h"
#include "note/edit.h"
#include "note/quick.h"
#include "people/fields.h"
#include "people/keys.h"
#include "people/meaning.h"

struct merging {
	struct piece_reader reader; /* its arena is scratch */
	struct arena *keep;         /* for what is told */
	struct buf *out;
	struct kept_values kept; /* what goes under `merged` */
	struct merge_decision *decisions;
	size_t count, cap;
	struct str path;    /* of the key that is merged: `phone.mobile` */
	bool whole;         /* what both changed is not merged part by part */
	bool clashed;       /* an item's own line cannot be one of both */
	enum version later; /* the review that was made later; BASE where none was */
	struct str indent;  /* before the piece that is written */
};

/* One piece in three versions; NULL where it is not there. */
struct versions {
	struct merge_piece *of[VERSIONS];
	struct str image[VERSIONS];
};

typedef void clash_rule(struct merging *m, const struct versions *v);

static void merge_sequences(struct merging *m, const struct sequence *const of[VERSIONS]);

static struct str text_in(const struct versions *v, enum version which)
{
	return v->of[which] ? v->of[which]->text : STR_NONE;
}

static void note_decision(struct merging *m, struct merge_decision decision)
{
	if (m->count == m->cap) {
		size_t cap = 2 * m->cap + 8;
		struct merge_decision *more = ARENA_ARRAY(m->keep, struct merge_decision, cap);
		if (m->count)
			memcpy(more, m->decisions, m->count * sizeof(*more));
		m->decisions = more;
		m->cap = cap;
	}
	m->decisions[m->count++] = decision;
}

static struct str first_line_said(struct str text)
{
	text = str_trim(text);
	return str_upto(text, str_line(text));
}

static void note_both(struct merging *m, struct str ours, struct str theirs)
{
	struct merge_decision both = {.what = MERGE_BOTH,
				      .key = STR(""),
				      .stays = first_line_said(ours),
				      .other = first_line_said(theirs)};
	note_decision(m, both);
}

/* ---- what becomes of a piece that both sides changed ---- */

static enum version smaller_side(const struct merging *m, const struct versions *v)
{
	bool theirs = !m->reader.person && str_cmp(text_in(v, THEIRS), text_in(v, OURS)) < 0;
	return theirs ? THEIRS : OURS;
}

static void keep_smaller(struct merging *m, const struct versions *v)
{
	buf_add(m->out, text_in(v, smaller_side(m, v)));
}

static bool merge_parts(struct merging *m, const struct versions *v)
{
	static const struct sequence nothing = {.image = {"", 0}};
	const struct sequence *parts[VERSIONS];
	for (enum version k = BASE; k < VERSIONS; k++) {
		parts[k] = v->of[k] ? pieces_open(&m->reader, v->image[k], v->of[k]) : &nothing;
		if (!parts[k])
			return false;
	}
	merge_sequences(m, parts);
	return true;
}

static void merge_inside(struct merging *m, const struct versions *v)
{
	if (!merge_parts(m, v))
		keep_smaller(m, v);
}

/*
 * Pieces that read as others among their neighbours, as what stands open to the end of the file,
 * may come twice: then the side that has them stands.
 */
static void merge_body(struct merging *m, const struct versions *v)
{
	size_t from = m->out->n, decisions = m->count;
	merge_inside(m, v);
	struct str now = str_from(buf_str(m->out), from), stays = STR_NONE;
	for (enum version k = OURS; k < VERSIONS; k++) {
		struct str more = text_in(v, k), less = text_in(v, k == OURS ? THEIRS : OURS);
		if (lines_repeat(now, more, less, m->reader.arena))
			stays = sequence_choose(STR_NONE, stays, more);
	}
	if (!stays.p)
		return;
	buf_cut(m->out, from);
	buf_add(m->out, stays);
	m->count = decisions;
}

static void merge_comment(struct merging *m, const struct versions *v)
{
	lines_merge(m->out, text_in(v, BASE), text_in(v, OURS), text_in(v, THEIRS), LINES_UNION,
		    STR(""), m->reader.arena);
}

/* Both comments, one behind the other, but for what one holds of the other. */
static void merge_tail(struct merging *m, const struct versions *v)
{
	struct str ours = text_in(v, OURS), theirs = text_in(v, THEIRS);
	if (str_find(ours, theirs) < ours.n || str_find(theirs, ours) < theirs.n) {
		buf_add(m->out, ours.n >= theirs.n ? ours : theirs);
		return;
	}
	bool swapped = str_cmp(theirs, ours) < 0;
	buf_add(m->out, swapped ? theirs : ours);
	buf_add(m->out, swapped ? ours : theirs);
}

static void merge_text(struct merging *m, const struct versions *v)
{
	if (lines_merge(m->out, text_in(v, BASE), text_in(v, OURS), text_in(v, THEIRS), LINES_BOTH,
			m->indent, m->reader.arena))
		note_both(m, text_in(v, OURS), text_in(v, THEIRS));
}

/* Of two headings of one person that read alike the one is enough. */
static void merge_heading(struct merging *m, const struct versions *v)
{
	if (m->reader.person)
		buf_add(m->out, text_in(v, OURS));
	else
		merge_text(m, v);
}

/* Whole, with the comment between; each version of either once. */
static void merge_block(struct merging *m, const struct versions *v)
{
	if (lines_merge(m->out, STR_NONE, text_in(v, OURS), text_in(v, THEIRS), LINES_WHOLE,
			m->indent, m->reader.arena))
		note_both(m, text_in(v, OURS), text_in(v, THEIRS));
}

/* An item's own line: where lines clash, the item is there twice. */
static void merge_item_text(struct merging *m, const struct versions *v)
{
	if (lines_merge(m->out, text_in(v, BASE), text_in(v, OURS), text_in(v, THEIRS), LINES_FAIL,
			STR(""), m->reader.arena))
		m->clashed = true;
}

static void fail_item(struct merging *m, const struct versions *v)
{
	(void)v;
	m->clashed = true;
}

/* Any mark wins over none; done over dropped; of two others the smaller. */
static void merge_box(struct merging *m, const struct versions *v)
{
	static const char order[] = "xX-";
	char best = ' ';
	size_t rank = sizeof(order) + 1;
	for (enum version k = OURS; k < VERSIONS; k++) {
		char mark = str_at(text_in(v, k), 1);
		const char *at = mark ? strchr(order, mark) : NULL;
		size_t of = at            ? (size_t)(at - order)
			    : mark == ' ' ? sizeof(order)
					  : sizeof(order) - 1;
		if (of < rank || (of == rank && mark < best)) {
			best = mark;
			rank = of;
		}
	}
	buf_add(m->out, text_in(v, str_at(text_in(v, OURS), 1) == best ? OURS : THEIRS));
}

static void merge_italics(struct merging *m, const struct versions *v)
{
	if (m->later == BASE)
		keep_smaller(m, v);
	else
		buf_add(m->out, text_in(v, m->later));
}

/* An item with the comment of both kept at the end of its first line. */
static void write_marked(struct merging *m, struct str text)
{
	size_t line = str_rtrim(str_upto(text, str_line(text))).n;
	buf_add(m->out, str_upto(text, line));
	if (!str_ends(str_upto(text, line), STR(MERGE_BOTH_KEPT)))
		buf_addz(m->out, " " MERGE_BOTH_KEPT);
	buf_add(m->out, str_from(text, line));
}

static bool is_marked(struct str text)
{
	return str_find(text, STR(MERGE_BOTH_KEPT)) < text.n;
}

static void merge_item(struct merging *m, const struct versions *v)
{
	size_t from = m->out->n, decisions = m->count;
	const struct merge_piece *ours = v->of[OURS], *theirs = v->of[THEIRS];
	bool outer = m->clashed, parts;
	struct str indent = m->indent;
	/* Of two that read alike the smaller bytes stay; that both were kept is said on. */
	if (!v->of[BASE] && ours->kind == PIECE_ENTRY) {
		bool marked = is_marked(ours->text);
		if (marked == is_marked(theirs->text))
			keep_smaller(m, v);
		else
			buf_add(m->out, marked ? ours->text : theirs->text);
		return;
	}
	m->clashed = false;
	parts = !m->whole && merge_parts(m, v);
	bool clashed = m->clashed || !parts;
	m->clashed = outer;
	if (!clashed)
		return;
	buf_cut(m->out, from);
	m->count = decisions;
	if (str_cmp(theirs->same, ours->same) < 0) {
		ours = theirs;
		theirs = v->of[OURS];
	}
	buf_add(m->out, ours->text);
	buf_addc(m->out, '\n');
	buf_add(m->out, indent);
	write_marked(m, theirs->text);
	note_both(m, v->of[OURS]->text, v->of[THEIRS]->text);
}

/* ---- values ---- */

/* Of two values the one goes under `merged`. */
static void keep_other(struct merging *m, const struct versions *v, enum version stays,
		       const struct yaml_node *one, const struct yaml_node *other)
{
	struct arena *arena = m->keep;
	enum version goes = stays == OURS ? THEIRS : OURS;
	struct kept_value value = {
	    .path = arena_str(arena, m->path),
	    .text = arena_str(arena, kept_words(v->image[goes], other, m->reader.arena)),
	    .stays = arena_str(arena, kept_words(v->image[stays], one, m->reader.arena))};
	kept_add(&m->kept, value, arena);
}

/* Behind a text over lines no comment can stand. */
static void cut_tails(struct merging *m, const struct versions *v)
{
	bool lines = false;
	for (enum version k = OURS; k < VERSIONS; k++) {
		const struct yaml_node *value = v->of[k]->node ? v->of[k]->node->next : NULL;
		lines |= value && (value->style == YAML_LITERAL || value->style == YAML_FOLDED);
	}
	for (enum version k = BASE; lines && k < VERSIONS; k++) {
		struct sequence *s =
		    v->of[k] ? pieces_open(&m->reader, v->image[k], v->of[k]) : NULL;
		if (s && s->count && s->items[s->count - 1].kind == PIECE_TAIL)
			s->to = sequence_span(s->image, s->items[--s->count].text).from;
	}
}

/* Which key of a contact's is merged. */
static enum key contact_key(const struct merging *m)
{
	int rank;
	return m->reader.kind == MERGE_CONTACT ? key_find(m->path, &rank) : KEY_UNKNOWN;
}

/* Whether of the key's own values one went under `merged`, after so many. */
static bool is_kept_whole(const struct merging *m, size_t kept)
{
	while (kept < m->kept.count && !str_eq(m->kept.items[kept].path, m->path))
		kept++;
	return kept < m->kept.count;
}

static void merge_key(struct merging *m, const struct versions *v)
{
	enum key outer_key = m->reader.key;
	struct str outer = m->path;
	size_t from = m->out->n, kept = m->kept.count;
	const struct merge_piece *key = v->of[OURS];
	struct str name = key->node ? str_trim(key->node->value) : key->id;
	m->path = outer.n
		      ? arena_printf(m->reader.arena, "%.*s.%.*s", STR_ARG(outer), STR_ARG(name))
		      : name;
	if (!outer.n)
		m->reader.key = contact_key(m);
	cut_tails(m, v);
	/* What one side changed beside the key that the other emptied. */
	if (!merge_parts(m, v)) {
		buf_add(m->out, key->text);
		if (key->node && v->of[THEIRS]->node)
			keep_other(m, v, OURS, key->node->next, v->of[THEIRS]->node->next);
	}
	if (!outer.n)
		comments_keep(m->out, from, v->of, v->image, is_kept_whole(m, kept),
			      m->reader.arena);
	m->path = outer;
	m->reader.key = outer_key;
}

/* Of two that mean the same, but for a label, the one that has one; with two labels both are kept.
 */
static void keep_alike(struct merging *m, const struct versions *v, struct str ours,
		       struct str theirs)
{
	enum version side = !ours.n && theirs.n ? THEIRS : OURS;
	if (ours.n && theirs.n && !text_same(ours, theirs, m->reader.arena))
		keep_other(m, v, OURS, v->of[OURS]->node, v->of[THEIRS]->node);
	buf_add(m->out, v->of[side]->text);
}

/* Two files of one person: the same value in other words. */
static bool merge_alike(struct merging *m, const struct versions *v)
{
	struct meaning is[VERSIONS];
	for (enum version k = OURS; k < VERSIONS; k++) {
		if (!m->reader.person || v->of[k]->node->kind == YAML_MAP ||
		    front_marks(v->of[k]->node))
			return false;
		is[k] =
		    meaning_of(m->reader.key, v->of[k]->node, m->reader.config, m->reader.arena);
	}
	const struct strs *ours = &is[OURS].means, *theirs = &is[THEIRS].means;
	if (ours->count != 1 || theirs->count != 1 || !str_eq(ours->items[0], theirs->items[0]))
		return false;
	keep_alike(m, v, is[OURS].label, is[THEIRS].label);
	return true;
}

static void merge_element(struct merging *m, const struct versions *v)
{
	if (!merge_alike(m, v))
		merge_inside(m, v);
}

static civil_day day_of_value(struct str image, const struct merge_piece *value)
{
	struct str text = edit_text(image, value->node);
	civil_day day;
	return text.p && date_parse_all(text, &day) == DATE_OK ? day : NO_DAY;
}

/* Which side's value a rule of its key takes; BASE: none. */
static enum version later_day(const struct versions *v, bool earlier)
{
	civil_day ours = day_of_value(v->image[OURS], v->of[OURS]);
	civil_day theirs = day_of_value(v->image[THEIRS], v->of[THEIRS]);
	if (ours == NO_DAY || theirs == NO_DAY || ours == theirs)
		return BASE;
	return (ours > theirs) != earlier ? OURS : THEIRS;
}

enum { STATUS_WORDS = 4 };

/* The place among the words of a status, the first to win; past the last for another word. */
static size_t status_rank(const struct versions *v, enum version of)
{
	static const char *const order[STATUS_WORDS] = {"deceased", "archived", "paused", "active"};
	struct str text = edit_text(v->image[of], v->of[of]->node);
	size_t rank = 0;
	while (rank < STATUS_WORDS && !(text.p && str_ieq(text, str_of(order[rank]))))
		rank++;
	return rank;
}

/* The first of the words that a status may be; *other: the other side's is another word. */
static enum version first_status(const struct versions *v, bool *other)
{
	size_t ours = status_rank(v, OURS), theirs = status_rank(v, THEIRS);
	*other = (ours < STATUS_WORDS) != (theirs < STATUS_WORDS);
	return ours == theirs ? BASE : ours < theirs ? OURS : THEIRS;
}

/* Keys of which one side's value is enough; *other: the other's is kept all the same. */
static enum version side_by_key(const struct merging *m, const struct versions *v, bool *other)
{
	enum key key = contact_key(m);
	if (m->reader.kind == MERGE_REVIEW && str_ieq(m->path, STR("generated")))
		return m->later;
	switch (key == KEY_UNKNOWN ? UNITE_USUAL : key_row(key)->unite) {
	case UNITE_LATER:
		return later_day(v, false);
	case UNITE_EARLIER:
		return later_day(v, true);
	case UNITE_STATUS:
		return first_status(v, other);
	default:
		return BASE;
	}
}

static bool is_list_form(enum value_form form)
{
	return form == FORM_FLOW_LIST || form == FORM_BLOCK_LIST;
}

static bool is_map_form(enum value_form form)
{
	return form == FORM_FLOW_MAP || form == FORM_BLOCK_MAP;
}

/* Whether two texts without a base are a list of two: for keys that may have several. */
static bool is_listed_key(const struct merging *m, const struct versions *v)
{
	enum key key = contact_key(m);
	return !v->of[BASE] && key != KEY_UNKNOWN && key_is_list(key) &&
	       key_row(key)->unite == UNITE_USUAL;
}

/* Comments, for which a list or a map in one line has no place. */
static bool has_item_comments(const struct versions *v, const enum value_form *forms)
{
	bool found = false;
	for (enum version k = OURS; k < VERSIONS; k++)
		found |= (forms[k] == FORM_BLOCK_LIST || forms[k] == FORM_BLOCK_MAP) &&
			 str_find_char(v->of[k]->text, '#') < v->of[k]->text.n;
	return found;
}

/* Of two forms the one of the side that changed it; of those that are none of it the other. */
static enum value_form form_of_both(const enum value_form *forms, bool (*is_form)(enum value_form))
{
	enum value_form ours = forms[OURS], theirs = forms[THEIRS];
	if (!is_form(ours) || !is_form(theirs))
		return is_form(ours) ? ours : is_form(theirs) ? theirs : FORM_FLOW_LIST;
	if (ours == forms[BASE] || theirs == forms[BASE])
		return ours == forms[BASE] ? theirs : ours;
	return ours < theirs ? ours : theirs;
}

/* The line end and indentation before members over lines, as a side has them that has some. */
static struct str line_before_members(struct merging *m, const struct versions *v,
				      const enum value_form *forms, enum value_form form)
{
	struct str line = STR_NONE;
	for (enum version k = OURS; k < VERSIONS; k++) {
		struct sequence *s = forms[k] == form && v->of[k]->node->first
					 ? pieces_open(&m->reader, v->image[k], v->of[k])
					 : NULL;
		if (s && s->usual.p && !(m->reader.person && line.p))
			line = sequence_choose(STR_NONE, line, s->usual);
	}
	return line.p ? line : STR("\n  ");
}

/* A map of labels as a list of texts that begin with theirs. */
static struct merge_piece *as_texts(struct merging *m, const struct merge_piece *value)
{
	struct arena *arena = m->reader.arena;
	struct strs words = meaning_of(m->reader.key, value->node, m->reader.config, arena).words;
	struct merge_piece *piece = ARENA_NEW(arena, struct merge_piece);
	struct yaml_node *list = ARENA_NEW(arena, struct yaml_node), **end = &list->first;
	*list = (struct yaml_node){.kind = YAML_LIST, .style = YAML_FLOW, .count = words.count};
	for (size_t i = 0; i < words.count; i++) {
		*end = ARENA_NEW(arena, struct yaml_node);
		**end = (struct yaml_node){.kind = YAML_SCALAR, .value = words.items[i]};
		end = &(*end)->next;
	}
	*piece = *value;
	piece->node = list;
	return piece;
}

/* What has no label in a map of them. */
static struct merge_piece *as_others(struct merging *m, const struct merge_piece *value)
{
	struct arena *arena = m->reader.arena;
	struct merge_piece *piece = ARENA_NEW(arena, struct merge_piece);
	struct yaml_node *map = ARENA_NEW(arena, struct yaml_node);
	struct yaml_node *pair = ARENA_ARRAY(arena, struct yaml_node, 2);
	pair[0] = (struct yaml_node){.kind = YAML_SCALAR, .value = STR("other"), .next = &pair[1]};
	pair[1] = *value->node;
	pair[1].next = NULL;
	*map = (struct yaml_node){.kind = YAML_MAP, .style = YAML_FLOW, .count = 1, .first = pair};
	*piece = *value;
	piece->node = map;
	return piece;
}

/* A value as it can be merged with one of another form. */
static const struct merge_piece *as_form(struct merging *m, const struct merge_piece *value,
					 enum value_form has, enum value_form form)
{
	if (is_map_form(has) == is_map_form(form))
		return value;
	return is_map_form(has) ? as_texts(m, value) : as_others(m, value);
}

/* Where none is left: brackets without anything, for what has no value may get one again. */
static void write_brackets(struct merging *m, size_t from, enum value_form form)
{
	struct str left = str_rtrim(str_from(buf_str(m->out), from));
	bool comment = str_at(str_ltrim_blanks(left), 0) == '#' && str_line(left) == left.n;
	if (left.n && !comment)
		return;
	left = arena_str(m->reader.arena, left);
	buf_cut(m->out, from);
	buf_addz(m->out, is_list_form(form) ? " []" : " {}");
	buf_add(m->out, left);
}

/* Member by member, all in one form. */
static bool merge_members(struct merging *m, const struct versions *v, const enum value_form *forms,
			  enum value_form form)
{
	struct versions of = *v;
	size_t from = m->out->n;
	struct str line = line_before_members(m, v, forms, form);
	for (enum version k = BASE; k < VERSIONS; k++) {
		bool none = forms[k] == FORM_NONE ||
			    (forms[k] != FORM_ONE && v->of[k] && !v->of[k]->node->first);
		if (none)
			of.of[k] = NULL;
		if (of.of[k] && forms[k] == form &&
		    (form == FORM_BLOCK_LIST || form == FORM_BLOCK_MAP))
			of.of[k] = pieces_reindent(&m->reader, &of.image[k], of.of[k], line);
		if (!of.of[k] || forms[k] == form)
			continue;
		of.of[k] =
		    pieces_reform(&m->reader, &of.image[k], as_form(m, v->of[k], forms[k], form),
				  form, line, contact_key(m) == KEY_TAGS);
		if (!of.of[k])
			return false;
	}
	if (!merge_parts(m, &of))
		return false;
	write_brackets(m, from, form);
	return true;
}

static bool merge_several(struct merging *m, const struct versions *v)
{
	enum value_form forms[VERSIONS];
	enum key key = contact_key(m);
	bool lists = key == KEY_UNKNOWN || key_is_list(key), maps = true;
	enum key_shape shape = key_row(key)->shape;
	bool labels = m->reader.person &&
		      (shape == SHAPE_LABELLED || shape == SHAPE_DATES || shape == SHAPE_RELATIONS);
	for (enum version k = BASE; k < VERSIONS; k++) {
		forms[k] = v->of[k] ? pieces_form(&m->reader, v->image[k], v->of[k]) : FORM_NONE;
		lists = lists && (is_list_form(forms[k]) || forms[k] == FORM_ONE ||
				  forms[k] == FORM_NONE || (labels && is_map_form(forms[k])));
		maps = maps && (is_map_form(forms[k]) || (k == BASE && forms[k] == FORM_NONE));
	}
	/* Only maps say which relation. */
	if (m->reader.person && shape == SHAPE_RELATIONS && lists != maps)
		maps = is_map_form(forms[OURS]) || is_map_form(forms[THEIRS]);
	lists = lists && !maps &&
		(is_list_form(forms[OURS]) || is_list_form(forms[THEIRS]) || is_listed_key(m, v));
	if (m->whole || (!lists && !maps))
		return false;
	enum value_form form = form_of_both(forms, lists ? is_list_form : is_map_form);
	if (has_item_comments(v, forms))
		form = lists ? FORM_BLOCK_LIST : FORM_BLOCK_MAP;
	return merge_members(m, v, forms, form);
}

/* `[]`, `{}`, `""`: as if the key were not there, as without a value. */
static bool says_nothing(const struct yaml_node *node)
{
	if (node->marked)
		return false;
	return yaml_is_null(node) ||
	       (node->kind == YAML_SCALAR ? node->value.n == 0 : node->first == NULL);
}

/* Nothing, or, where it was not there before, what says nothing. */
static bool is_absent(const struct merge_piece *base, const struct merge_piece *value)
{
	return base && !value->node->marked ? yaml_is_null(value->node) : says_nothing(value->node);
}

/* Of two, of which at least one says nothing. */
static enum version side_with_more(const struct merging *m, const struct versions *v,
				   const bool *none)
{
	if (none[OURS] && none[THEIRS])
		return smaller_side(m, v);
	return none[OURS] ? THEIRS : OURS;
}

/* In other words, perhaps; with anchors, aliases and tags to the byte. */
static bool is_same_value(const struct merge_piece *a, const struct merge_piece *b)
{
	if (front_marks(a->node) + front_marks(b->node))
		return str_eq(str_trim(a->text), str_trim(b->text));
	return fields_same_node(a->node, b->node);
}

static void merge_value(struct merging *m, const struct versions *v)
{
	const struct merge_piece *ours = v->of[OURS], *theirs = v->of[THEIRS], *base = v->of[BASE];
	bool none[] = {false, is_absent(base, ours), is_absent(base, theirs)};
	size_t from = m->out->n;
	enum version side;
	bool other = false;
	/* An empty one is as if it were not there. */
	if (none[OURS] || none[THEIRS]) {
		side = side_with_more(m, v, none);
	} else if (is_same_value(ours, theirs)) {
		if (ours->node->kind == YAML_SCALAR || !merge_several(m, v))
			keep_smaller(m, v);
		return;
	} else if (base && (is_same_value(base, ours) || is_same_value(base, theirs))) {
		/* The same in another form, or with comments of its own. */
		if (merge_several(m, v))
			return;
		buf_cut(m->out, from);
		side = is_same_value(base, ours) ? THEIRS : OURS;
	} else {
		none[OURS] = says_nothing(ours->node);
		none[THEIRS] = says_nothing(theirs->node);
		if (!(none[OURS] && none[THEIRS]) && (merge_alike(m, v) || merge_several(m, v)))
			return;
		buf_cut(m->out, from);
		side = none[OURS] || none[THEIRS] ? side_with_more(m, v, none)
						  : side_by_key(m, v, &other);
	}
	if (side == BASE) {
		side = OURS;
		other = true;
	}
	if (other)
		keep_other(m, v, side, v->of[side]->node,
			   v->of[side == OURS ? THEIRS : OURS]->node);
	buf_add(m->out, v->of[side]->text);
}

/* ---- the walk ---- */

static clash_rule *const clash_rules[PIECE_KINDS] = {
    [PIECE_FRONT] = merge_inside,    [PIECE_BODY] = merge_body,
    [PIECE_KEY] = merge_key,         [PIECE_COMMENT] = merge_comment,
    [PIECE_NAME] = keep_smaller,     [PIECE_VALUE] = merge_value,
    [PIECE_TAIL] = merge_tail,       [PIECE_ELEMENT] = merge_element,
    [PIECE_DASH] = keep_smaller,     [PIECE_HEADING] = merge_heading,
    [PIECE_ENTRY] = merge_item,      [PIECE_TASK] = merge_item,
    [PIECE_ITEM] = merge_item,       [PIECE_TEXT] = merge_item_text,
    [PIECE_BOX] = merge_box,         [PIECE_FIELD] = fail_item,
    [PIECE_MARK] = keep_smaller,     [PIECE_PARAGRAPH] = merge_text,
    [PIECE_ITALICS] = merge_italics, [PIECE_BLOCK] = merge_block,
};

/* What is taken apart for it is given back behind it. */
static void clash(struct merging *m, const struct versions *v)
{
	enum piece_kind ours = v->of[OURS]->kind, theirs = v->of[THEIRS]->kind;
	struct arena_mark mark = arena_mark(m->reader.arena);
	struct sequence *parts[VERSIONS];
	for (enum version k = BASE; k < VERSIONS; k++)
		parts[k] = v->of[k] ? v->of[k]->parts : NULL;
	clash_rules[ours < theirs ? ours : theirs](m, v);
	arena_rewind(m->reader.arena, mark);
	for (enum version k = BASE; k < VERSIONS; k++)
		if (v->of[k])
			v->of[k]->parts = parts[k];
}

static void merge_piece(struct merging *m, const struct versions *v)
{
	const struct merge_piece *base = v->of[BASE], *ours = v->of[OURS], *theirs = v->of[THEIRS];
	if (!ours || !theirs) {
		buf_add(m->out, ours ? ours->text : theirs->text);
	} else if (str_eq(ours->text, theirs->text)) {
		buf_add(m->out, ours->text);
	} else if (base && str_eq(base->text, ours->text)) {
		buf_add(m->out, theirs->text);
	} else if (base && str_eq(base->text, theirs->text)) {
		buf_add(m->out, ours->text);
	} else {
		clash(m, v);
	}
}

/* What a line begins with that a gap ends in. */
static struct str line_indent_of(struct str gap)
{
	size_t at = gap.n;
	while (at > 0 && str_is_blank_char(gap.p[at - 1]))
		at--;
	bool line = at > 0 && (gap.p[at - 1] == '\n' || gap.p[at - 1] == '\r');
	return line ? str_from(gap, at) : STR("");
}

static bool may_be_empty(const struct versions *v)
{
	enum piece_kind kind = (v->of[OURS] ? v->of[OURS] : v->of[THEIRS])->kind;
	return kind == PIECE_COMMENT || kind >= PIECE_ENTRY;
}

static void merge_sequences(struct merging *m, const struct sequence *const of[VERSIONS])
{
	struct joined joined;
	struct str outer = m->indent;
	sequence_join(&joined, of, m->reader.person, m->reader.arena);
	if (joined.count == 0)
		buf_add(m->out, sequence_empty(&joined, m->reader.arena));
	for (size_t i = 0; i < joined.count; i++) {
		struct str gap = sequence_gap(&joined, i, m->reader.arena);
		struct versions v;
		size_t from = m->out->n;
		buf_add(m->out, gap);
		m->indent = line_indent_of(gap);
		for (enum version k = BASE; k < VERSIONS; k++) {
			v.of[k] = sequence_piece(&joined, i, k);
			v.image[k] = of[k]->image;
		}
		merge_piece(m, &v);
		/* Of lines that each side took some of nothing may be left. */
		if (i && m->out->n == from + gap.n && may_be_empty(&v))
			buf_cut(m->out, from);
	}
	if (joined.count)
		buf_add(m->out, sequence_gap(&joined, joined.count, m->reader.arena));
	m->indent = outer;
}

/* ---- files ---- */

enum merge_kind merge_kind_of(struct str path, const struct config *config)
{
	if (str_eq(path, STR("kith.yaml")))
		return MERGE_SETTINGS;
	if (!str_ends(path, STR(".md")))
		return MERGE_NONE;
	if (str_is_below(path, config->reviews))
		return MERGE_REVIEW;
	for (size_t i = 0; i < config->people.count; i++)
		if (str_is_below(path, config->people.items[i]))
			return config_passes_over(config, path, false) ? MERGE_NONE : MERGE_CONTACT;
	return MERGE_NONE;
}

/* A review's day, as it is written; "" for none. */
static struct str generated_in(struct str image, struct arena *arena)
{
	struct note note;
	note_split(&note, image);
	const struct yaml_node *map = note_front_map(&note, &note_reader_quick, arena);
	for (const struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next)
		if (key_compare(str_trim(k->value), STR("generated")) == 0)
			return k->next->value;
	return STR("");
}

static enum version later_review(const struct str *images, struct arena *arena)
{
	struct str ours = generated_in(images[OURS], arena);
	struct str theirs = generated_in(images[THEIRS], arena);
	int order = ours.n && theirs.n ? str_cmp(ours, theirs) : 0;
	return order > 0 ? OURS : order < 0 ? THEIRS : BASE;
}

/* Whether the result can be read as its kind, too; else why not is said. */
static bool is_result_read(struct merge_result *out, const struct merging *m)
{
	struct sequence read;
	struct str why;
	if (pieces_read(&read, &m->reader, out->bytes, &why))
		return true;
	out->unread =
	    arena_printf(m->keep, "what was merged could not be read: %.*s", STR_ARG(why));
	return false;
}

/* One try; -1 where the result is not what it shall be. */
static int try_merge(struct merge_result *out, struct merging *m,
		     const struct sequence *const files[VERSIONS], struct kith_error *err)
{
	struct buf b;
	buf_init(&b, 0);
	m->out = &b;
	merge_sequences(m, files);
	out->bytes = arena_take(m->keep, &b);
	if (!is_result_read(out, m) || kept_write(&out->bytes, &m->kept, &m->reader, err) ||
	    (m->kept.count && !is_result_read(out, m)))
		return -1;
	if (m->kept.count)
		out->bytes = arena_str(m->keep, out->bytes);
	for (enum version v = OURS; v < VERSIONS; v++)
		if (lost_check(files[BASE]->image, files[v]->image, out->bytes, &m->reader, err))
			return -1;
	for (size_t i = 0; i < m->kept.count; i++) {
		const struct kept_value *k = &m->kept.items[i];
		note_decision(m, (struct merge_decision){MERGE_VALUE, k->path, k->stays, k->text});
	}
	out->decisions = m->decisions;
	out->count = m->count;
	return 0;
}

static int merge_images(struct merge_result *out, const struct piece_reader *reader,
			const struct str *images, struct arena *keep, struct kith_error *err)
{
	struct sequence files[VERSIONS];
	const struct sequence *of[VERSIONS] = {&files[BASE], &files[OURS], &files[THEIRS]};
	for (enum version v = BASE; v < VERSIONS; v++)
		if (!pieces_read(&files[v], reader, images[v], &out->unread)) {
			out->unread = arena_str(keep, out->unread);
			return 0;
		}
	for (int whole = 0; whole < 2; whole++) {
		struct merging m = {.reader = *reader, .keep = keep, .whole = whole};
		struct kith_error why = {0};
		if (reader->kind == MERGE_REVIEW)
			m.later = later_review(images, reader->arena);
		out->unread = STR_NONE;
		if (try_merge(out, &m, of, &why) == 0 || (whole && out->unread.p))
			return 0;
		if (whole && err && err->status == KITH_OK)
			*err = why;
	}
	return -1;
}

int merge_files(struct merge_result *out, enum merge_kind kind,
		const struct merge_versions *versions, const struct config *config,
		struct arena *arena, struct kith_error *err)
{
	struct str images[] = {versions->base, versions->ours, versions->theirs};
	enum line_ends ends[VERSIONS];
	bool person = kind == MERGE_PERSON;
	*out = (struct merge_result){.unread = STR_NONE};
	for (enum version v = BASE; v < VERSIONS; v++) {
		images[v] = images[v].p ? images[v] : STR("");
		ends[v] = ends_of(images[v]);
	}
	if (str_eq(images[OURS], images[THEIRS]) || str_eq(images[BASE], images[THEIRS])) {
		out->bytes = images[OURS];
		return 0;
	}
	if (str_eq(images[BASE], images[OURS])) {
		out->bytes = images[THEIRS];
		return 0;
	}
	if (kind == MERGE_NONE) {
		out->unread = STR("it is no contact, review or setting");
		return 0;
	}
	for (enum version v = BASE; v < VERSIONS; v++)
		if (ends[v] == ENDS_CRLF)
			images[v] = ends_as(images[v], ENDS_LF, arena);
	struct arena scratch;
	arena_init(&scratch);
	int rc = merge_images(out,
			      &(struct piece_reader){person ? MERGE_CONTACT : kind, config,
						     &scratch, person, KEY_UNKNOWN, person},
			      images, arena, err);
	arena_release(&scratch);
	if (rc)
		return -1;
	if (!out->unread.p)
		out->bytes =
		    ends_as(out->bytes, ends_choose(ends[BASE], ends[OURS], ends[THEIRS]), arena);
	return 0;
}
