/*
 * What a person types of fields, in three steps: words into keys and values;
 * values checked: made what a file shall hold, then judged by the reader, in a
 * file that holds nothing else; and their edits of a file: under the key that
 * the file uses, in the form that it has there, with what is read afterwards
 * held against what was meant.
 */
#include "change/field_edits.h"

#include <string.h>

#include "base/datewords.h"
#include "base/text.h"
#include "change/former.h"
#include "note/quick.h"
#include "people/contact.h"
#include "people/differences.h"
#include "people/fields.h"
#include "people/link.h"
#include "people/tags.h"

/* Of a file that has none yet. */
#define NO_PATH STR("contact.md")
/* So many spellings of one key nobody has; each is another reading of the file. */
#define MOST_SYNONYMS 100

/* The key without the label of `phone.mobile`; *label: p == NULL without one. */
static struct str key_alone(struct str key, struct str *label)
{
	size_t dot = str_find_char(key, '.');
	struct str alone = str_trim(str_upto(key, dot));
	int rank;
	bool labelled =
	    dot + 1 < key.n && key_has_labels(key_find(alone, &rank)) && !key_is_label(alone);
	*label = labelled ? str_trim(str_from(key, dot + 1)) : STR_NONE;
	return labelled ? alone : key;
}

/* What is meant; KEY_UNKNOWN for one's own, and for `tier` and its like. */
static enum key key_meant(const struct field_edit *edit)
{
	int rank;
	struct str label;
	enum key key = key_find(key_alone(edit->key, &label), &rank);
	/* `tier`, `circle` and `category` are no synonyms where they are no cadence. */
	return key == KEY_TIER || key_is_label(edit->key) ? KEY_UNKNOWN : key;
}

/* A relation may be named: `sister: ada-lovelace`. */
static bool split_named(struct str text, struct str *label)
{
	size_t colon = str_find(text, STR(": "));
	*label = str_trim(str_upto(text, colon));
	return colon < text.n && label->n > 0 && !str_starts(text, STR("[["));
}

/* ---- words ---- */

/* The bytes before `=` where a word begins with `KEY=`, `KEY+=` or `KEY-=`; 0 where it does not. */
static size_t key_length(struct str word)
{
	size_t equals = str_find_char(word, '=');
	struct str label;
	bool labelled = key_alone(str_upto(word, equals), &label).n < equals;
	if (equals == word.n || !(str_is_alpha(word.p[0]) || (unsigned char)word.p[0] >= 0x80))
		return 0;
	for (size_t i = 0; i < equals; i++) {
		char c = word.p[i];
		bool last = i + 1 == equals && c == '+';
		if (!str_is_alpha(c) && !str_is_digit(c) && (unsigned char)c < 0x80 && c != ' ' &&
		    c != '_' && c != '-' && c != '[' && c != ']' && !(c == '.' && labelled) &&
		    !last)
			return 0;
	}
	return equals;
}

static struct field_edit begin_edit(struct str word, size_t equals)
{
	struct field_edit edit = {EDIT_SET, str_upto(word, equals), str_from(word, equals + 1)};
	char last = word.p[equals - 1];
	if (last == '+' || last == '-') {
		edit.verb = last == '+' ? EDIT_APPEND : EDIT_TAKE;
		edit.key.n--;
	}
	edit.key = str_trim(edit.key);
	return edit;
}

static int end_edit(struct field_edit *edit, struct kith_error *err)
{
	const char *sign = edit->verb == EDIT_TAKE ? "-" : "+";
	edit->value = str_trim(edit->value);
	if (edit->value.n)
		return 0;
	if (edit->verb != EDIT_SET)
		return kith_fail(err, KITH_INVALID,
				 "%.*s%s= needs a value after it (%.*s= alone takes the key away)",
				 STR_ARG(edit->key), sign, STR_ARG(edit->key));
	edit->verb = EDIT_REMOVE;
	return 0;
}

bool field_edits_begins(struct str word)
{
	return key_length(word) > 0;
}

int field_edits_parse(struct field_edits *out, const char *const *words, size_t count,
		      struct arena *arena, struct kith_error *err)
{
	*out = (struct field_edits){ARENA_ARRAY(arena, struct field_edit, count ? count : 1), 0,
				    STR_NONE};
	struct buf value;
	int rc = 0;
	buf_init(&value, 0);
	for (size_t i = 0; i < count && !rc;) {
		struct str word = str_of(words[i]);
		size_t equals = key_length(word);
		if (equals == 0) {
			rc = kith_fail(err, KITH_INVALID,
				       "\"%.*s\" is no KEY=VALUE (org=Analytical Engines)",
				       STR_ARG(text_upto(word, 100)));
			break;
		}
		struct field_edit *edit = &out->items[out->count++];
		*edit = begin_edit(word, equals);
		buf_clear(&value);
		buf_add(&value, edit->value);
		for (i++; i < count && key_length(str_of(words[i])) == 0; i++) {
			buf_addc(&value, ' ');
			buf_addz(&value, words[i]);
		}
		edit->value = arena_str(arena, buf_str(&value));
		rc = end_edit(edit, err);
	}
	buf_release(&value);
	return rc;
}

/* ---- one edit ---- */

/* Reads a file, which must live as long as *contact; the first error in it, or p == NULL. */
static struct str read_first_error(struct contact *contact, struct str path, struct str image,
				   const struct config *config, struct arena *arena)
{
	/* The text below is not touched: cmark need not see it. */
	const struct note_reader reader = {note_reader_libs.front, note_reader_quick.body};
	struct diag diag;
	struct str error = STR_NONE;
	diag_init(&diag, arena);
	/* Notes that are passed over may be edited as well. */
	(void)contact_of_bytes(contact, path.p ? path : NO_PATH, image, config, &reader, &diag,
			       arena);
	for (size_t i = 0; i < diag.count && !error.p; i++)
		if (diag.items[i].severity == SEVERITY_ERROR)
			error = diag.items[i].message;
	diag_release(&diag);
	return error;
}

/* One edit at work on a file, whose bytes live in the arena. */
struct field_work {
	struct str image, path;
	const struct config *config;
	struct yaml_node *map; /* NULL where there is none */
	enum key key;
	const struct field_edit *edit;
	bool under;      /* of one label alone */
	bool note_title; /* the key `title` is the note's title, and no role */
	struct arena *arena;
	struct kith_error *err;
};

static void read_front_map(struct field_work *w)
{
	struct note note;
	bool closed = note_split(&note, w->image);
	w->map = closed ? note_front_map(&note, &note_reader_libs, w->arena) : NULL;
}

/*
 * The key of a title that is the note's, and no role: equal to the name, the first heading or the
 * file's slug. NULL for none. *is_name: it is the name.
 */
static const struct yaml_node *find_note_title(const struct field_work *w, bool *is_name)
{
	struct contact contact;
	int rank;
	const struct yaml_node *key = w->map ? w->map->first : NULL;
	while (key && !(key_find(key->value, &rank) == KEY_TITLE && rank == 0))
		key = key->next->next;
	if (!key)
		return NULL;
	(void)read_first_error(&contact, w->path, w->image, w->config, w->arena);
	*is_name = str_ieq(str_trim(key->next->value), contact.name);
	return contact_is_note_title(&contact, key->next) ? key : NULL;
}

static bool is_field_key(const struct field_work *w, const struct yaml_node *key, int *rank)
{
	*rank = 0;
	if (key->kind != YAML_SCALAR)
		return false;
	if (w->key == KEY_UNKNOWN)
		return key_compare(str_trim(key->value), w->edit->key) == 0;
	return fields_key(key, rank) == w->key && !key_is_label(key->value) &&
	       !(w->note_title && *rank == 0);
}

/* The pair that counts: with a value rather than without, then by rank; after is passed over. */
static struct yaml_node *find_field(const struct field_work *w, const struct str *but)
{
	struct yaml_node *best = NULL;
	int best_rank = 0, rank;
	for (struct yaml_node *k = w->map ? w->map->first : NULL; k; k = k->next->next) {
		if (!is_field_key(w, k, &rank) || (but && str_eq(*but, k->value)))
			continue;
		rank += fields_absent(w->key, k->next) ? 1000 : 0;
		if (!best || rank < best_rank) {
			best = k;
			best_rank = rank;
		}
	}
	return best;
}

/* One edit of the front matter; then the tree is another. list: a new key is made a list. */
static int edit_key(struct field_work *w, enum edit_verb verb, struct str key,
		    const struct edit_value *values, size_t count, bool list)
{
	const struct edit_front edit = {.verb = verb,
					.key = key,
					.values = values,
					.count = count,
					.list = list,
					.under = w->under && verb == EDIT_SET,
					.block = w->key == KEY_DATES || w->key == KEY_FORMERLY};
	struct buf out;
	buf_init(&out, 0);
	int rc = edit_front(&out, w->image, &edit, w->err);
	if (!rc) {
		w->image = arena_str(w->arena, buf_str(&out));
		read_front_map(w);
	}
	buf_release(&out);
	return rc;
}

static int remove_key(struct field_work *w, struct str key)
{
	return edit_key(w, EDIT_REMOVE, key, NULL, 0, false);
}

static struct str what_of_date(struct str text, struct str *day)
{
	civil_day ignored;
	size_t used;
	*day = STR_NONE;
	if (date_parse(text, &ignored, &used) == DATE_OK) {
		*day = str_upto(text, used);
		text = str_trim(str_from(text, used));
		if (str_starts(text, STR(":")))
			text = str_trim(str_from(text, 1));
	}
	(void)fields_take_yearly(&text);
	return text;
}

/* Whether a text of the file is what was typed. */
static bool is_like(const struct field_work *w, struct str has, struct str typed)
{
	struct str day;
	if (str_ieq(has, typed))
		return true;
	switch (key_row(w->key)->shape) {
	case SHAPE_LINKS:
	case SHAPE_RELATIONS:
		return str_ieq(link_target(has), link_target(typed));
	case SHAPE_DATES:
		return str_ieq(what_of_date(has, &day), what_of_date(typed, &day));
	case SHAPE_LABELLED:
		return has.n > typed.n && str_ieq(str_from(has, has.n - typed.n), typed) &&
		       str_is_blank_char(has.p[has.n - typed.n - 1]);
	default:
		break;
	}
	if (w->key == KEY_TAGS && str_starts(has, STR("#")))
		return str_ieq(str_trim(str_from(has, 1)), typed);
	return w->key == KEY_ORG && str_ieq(link_text(has), link_text(typed));
}

/* What is typed, as it stands under a value; false where it does not. */
static bool find_like(const struct field_work *w, const struct yaml_node *value, struct str typed,
		      struct edit_value *out)
{
	struct str text = edit_text(w->image, value), day;
	if (text.p) {
		*out = (struct edit_value){STR_NONE, text};
		return !yaml_is_null(value) && is_like(w, text, typed);
	}
	bool map = value->kind == YAML_MAP;
	for (const struct yaml_node *n = value->first; n; n = n->next) {
		const struct yaml_node *key = n;
		n = map ? n->next : n;
		/* Recursion ends with the reader's limit; lists of lists are nobody's values. */
		bool found = find_like(w, n, typed, out);
		if (found && map)
			out->label = str_trim(key->value);
		if (found)
			return true;
		struct str wanted = w->key == KEY_DATES ? what_of_date(typed, &day) : typed;
		if (map && str_ieq(str_trim(key->value), wanted)) {
			*out = (struct edit_value){str_trim(key->value), STR_NONE};
			return true;
		}
	}
	return false;
}

/* `mobile +44 …`, `work ada@x.y`, `home: 1 Dorset Street`: a label for a map of them. */
static struct edit_value split_typed(const struct field_work *w, struct str text)
{
	size_t at = 0, colon = str_find(text, STR(": "));
	struct edit_value value = {STR_NONE, text};
	if (w->key == KEY_DATES) {
		struct str what = what_of_date(text, &value.text);
		bool yearly = str_ends(text, STR("yearly")) && !str_ends(what, STR("yearly"));
		value.label = what;
		if (yearly)
			value.text = arena_printf(w->arena, "%.*s yearly", STR_ARG(value.text));
		return value;
	}
	if (colon < text.n)
		at = colon + 1;
	else if (w->key == KEY_PHONE)
		while (at < text.n && !str_is_digit(text.p[at]) && text.p[at] != '+' &&
		       text.p[at] != '(')
			at++;
	else
		for (size_t i = 0; i < text.n; i++)
			at = str_is_blank_char(text.p[i]) ? i : at;
	struct str label = str_trim(str_upto(text, at));
	if (str_ends(label, STR(":")))
		label = str_rtrim(str_upto(label, label.n - 1));
	if (label.n && str_trim(str_from(text, at)).n)
		value = (struct edit_value){label, str_trim(str_from(text, at))};
	return value;
}

/* The values of a set or an append, in the form that the file has or shall have. */
static size_t make_values(struct field_work *w, const struct yaml_node *old,
			  struct edit_value **out)
{
	size_t room = 1;
	for (size_t i = 0; i < w->edit->value.n; i++)
		room += w->edit->value.p[i] == ',';
	struct edit_value *values = *out = ARENA_ARRAY(w->arena, struct edit_value, room);
	struct str text = w->edit->value, rest = text, label;
	bool map = old && old->kind == YAML_MAP;
	bool nothing = !old || fields_absent(w->key, old);
	size_t count = 0;
	if (w->key == KEY_TAGS) {
		while (tags_next_listed(&rest, &values[count].text))
			count++;
		return count;
	}
	values[0] = (struct edit_value){STR_NONE, text};
	bool adds = w->edit->verb == EDIT_APPEND;
	if (w->key == KEY_DATES && (map || nothing))
		values[0] = split_typed(w, text);
	else if (w->key == KEY_KNOWS && (map || nothing || !adds) && split_named(text, &label))
		values[0] = split_typed(w, text);
	else if (key_row(w->key)->shape == SHAPE_LABELLED && map && adds)
		values[0] = split_typed(w, text);
	return 1;
}

/* Whether a new key is written as a list, even of one. */
static bool is_list_key(enum key key)
{
	enum key_shape shape = key_row(key)->shape;
	return shape == SHAPE_TAGS || (shape == SHAPE_TEXTS && key_unites(key));
}

/* `tags: a, b` stays a text. */
static bool is_comma_text(const struct field_work *w, const struct yaml_node *value)
{
	return w->key == KEY_TAGS && value && value->kind == YAML_SCALAR &&
	       str_find_char(value->value, ',') < value->value.n;
}

static int set_text(struct field_work *w, struct str key, struct str text)
{
	return edit_key(w, EDIT_SET, key, &(struct edit_value){STR_NONE, text}, 1, false);
}

/* The tags of a text split at commas, without one of them. */
static int take_from_commas(struct field_work *w, const struct yaml_node *key, struct str typed)
{
	struct buf left;
	bool found = false;
	int rc = 0;
	struct str name = key->value;
	buf_init(&left, 0);
	for (struct str rest = str_trim(key->next->value); rest.n;) {
		size_t comma = str_find_char(rest, ',');
		struct str part = str_upto(rest, comma);
		bool like = !found && is_like(w, str_trim(part), typed);
		rest = str_from(rest, comma + 1);
		found = found || like;
		if (like)
			continue;
		buf_addz(&left, left.n ? "," : "");
		buf_add(&left, left.n ? part : str_ltrim(part));
	}
	if (!found)
		rc = -1;
	else if (str_trim(buf_str(&left)).n)
		rc = set_text(w, name, arena_str(w->arena, str_trim(buf_str(&left))));
	else
		rc = remove_key(w, name);
	buf_release(&left);
	return rc;
}

/* The key to write a value under: the one there is, else as typed. */
static struct str key_to_write(const struct field_work *w, const struct yaml_node *pair)
{
	int rank;
	struct str label;
	if (pair)
		return pair->value;
	bool title = w->note_title && key_find(w->edit->key, &rank) == KEY_TITLE && rank == 0;
	return title ? STR("role") : key_alone(w->edit->key, &label);
}

/* Synonyms besides the one that was written: their values would count, too. */
static int remove_others(struct field_work *w, const struct str *but)
{
	struct yaml_node *pair;
	for (int i = 0; (pair = find_field(w, but)) != NULL; i++)
		if (i == MOST_SYNONYMS)
			return kith_fail(w->err, KITH_FAILED,
					 "there are too many keys like \"%.*s\"",
					 STR_ARG(text_upto(w->edit->key, 100)));
		else if (remove_key(w, pair->value))
			return -1;
	return 0;
}

/* ---- below the front matter ---- */

static void splice_image(struct field_work *w, struct span at, struct str text)
{
	w->image = arena_printf(w->arena, "%.*s%.*s%.*s", STR_ARG(str_upto(w->image, at.from)),
				STR_ARG(text), STR_ARG(str_from(w->image, at.to)));
	read_front_map(w);
}

/* The whole line around a value, with what ends it. */
static struct span line_around(struct str image, struct span value)
{
	struct span line = {value.from, value.to};
	while (line.from > 0 && image.p[line.from - 1] != '\n')
		line.from--;
	line.to += str_find_char(str_from(image, line.to), '\n') + 1;
	return (struct span){line.from, line.to < image.n ? line.to : image.n};
}

static bool find_below(struct field_work *w, struct span *value)
{
	int rank;
	return w->key != KEY_UNKNOWN && key_find(w->edit->key, &rank) == w->key &&
	       !find_field(w, NULL) &&
	       contact_find_below(value, w->image, w->key, w->config, w->arena);
}

/* Those that are listed with commas in one line; others have a line each. */
static bool is_listed_below(enum key key)
{
	return key == KEY_TAGS || key == KEY_ALIASES || key == KEY_INTERESTS;
}

/* No cell of a table may hold a bar of its own, and no field a line's end. */
static bool fits_below(const struct field_work *w, struct span line, struct str text)
{
	struct str around = str_ltrim(span_str(w->image, line));
	return text_is_line(text) &&
	       !(str_starts(around, STR("|")) && str_find_char(text, '|') < text.n);
}

static void remove_below(struct field_work *w)
{
	struct span value;
	for (int i = 0; i < MOST_SYNONYMS && find_below(w, &value); i++)
		splice_image(w, line_around(w->image, value), STR(""));
}

/* 1 where the text does not fit there, and goes into the front matter. */
static int set_below(struct field_work *w, struct span value)
{
	struct str text = w->edit->value;
	if (!fits_below(w, line_around(w->image, value), text))
		return 1;
	if (key_unites(w->key)) {
		/* All lines count: the others go, behind it and so without moving it. */
		struct str kept = span_str(w->image, line_around(w->image, value));
		size_t before = value.from - line_around(w->image, value).from;
		size_t from = line_around(w->image, value).from;
		remove_below(w);
		from = from < w->image.n ? from : w->image.n;
		splice_image(w, (struct span){from, from}, kept);
		value = (struct span){from + before, from + before + (value.to - value.from)};
	}
	splice_image(w, value, text);
	return 0;
}

static int append_below(struct field_work *w, struct span value)
{
	struct span line = line_around(w->image, value);
	struct str old = span_str(w->image, value), text = w->edit->value;
	if (!fits_below(w, line, text))
		return 1;
	if (is_listed_below(w->key))
		splice_image(w, (struct span){value.to, value.to},
			     arena_printf(w->arena, ", %.*s", STR_ARG(text)));
	else if (!is_like(w, old, text))
		splice_image(w, (struct span){line.to, line.to},
			     arena_printf(w->arena, "%s%.*s%.*s%.*s",
					  w->image.p[line.to - 1] == '\n' ? "" : "\n",
					  STR_ARG(str_slice(w->image, line.from, value.from)),
					  STR_ARG(text),
					  STR_ARG(str_slice(w->image, value.to, line.to))));
	return 0;
}

static int take_below(struct field_work *w, struct span value)
{
	struct str rest = span_str(w->image, value), left = STR("");
	bool found = false;
	while (rest.n) {
		size_t comma = is_listed_below(w->key) ? str_find_char(rest, ',') : rest.n;
		struct str part = str_trim(str_upto(rest, comma));
		rest = str_from(rest, comma + 1);
		if (is_like(w, part, w->edit->value))
			found = true;
		else
			left = arena_printf(w->arena, "%.*s%s%.*s", STR_ARG(left),
					    left.n ? ", " : "", STR_ARG(part));
	}
	if (found)
		splice_image(w, left.n ? value : line_around(w->image, value), left);
	return 0;
}

/* An edit of what stands there; 1 where nothing does. */
static int edit_below(struct field_work *w)
{
	struct span value;
	if (!find_below(w, &value))
		return 1;
	switch (w->edit->verb) {
	case EDIT_SET:
		return set_below(w, value);
	case EDIT_APPEND:
		return append_below(w, value);
	case EDIT_TAKE:
		return take_below(w, value);
	default:
		remove_below(w);
		return 0;
	}
}

/* Of names the longest counts: a longer `full_name` beside the one that was set says it, too. */
static int shorten_names(struct field_work *w, struct str set)
{
	int rank;
	for (int i = 0; i < MOST_SYNONYMS; i++) {
		struct yaml_node *k = w->map ? w->map->first : NULL;
		while (k && !(is_field_key(w, k, &rank) && !str_eq(k->value, set) &&
			      k->next->kind == YAML_SCALAR &&
			      str_trim(k->next->value).n > w->edit->value.n))
			k = k->next->next;
		if (!k || set_text(w, k->value, w->edit->value))
			return k ? -1 : 0;
	}
	return 0;
}

/* The note's title that is the name would be a role beside another name. */
static int set_name_of_note(struct field_work *w, struct str key)
{
	bool is_name;
	const struct yaml_node *title = find_note_title(w, &is_name);
	struct str title_key = title && is_name ? title->value : STR_NONE;
	const struct edit_value value = {STR_NONE, w->edit->value};
	if (edit_key(w, EDIT_SET, key, &value, 1, false) || shorten_names(w, key))
		return -1;
	return title_key.p ? set_text(w, title_key, w->edit->value) : 0;
}

static int set_field(struct field_work *w)
{
	struct edit_value *values;
	struct yaml_node *pair = find_field(w, NULL);
	struct str key = key_to_write(w, pair);
	if (w->key == KEY_NAME)
		return set_name_of_note(w, key);
	size_t count = make_values(w, pair ? pair->next : NULL, &values);
	if (edit_key(w, EDIT_SET, key, values, count, is_list_key(w->key)))
		return -1;
	/* All synonyms would count. */
	return key_unites(w->key) ? remove_others(w, &key) : 0;
}

/* What is there already, under whichever synonym, is not added again. */
static bool is_there(const struct field_work *w, struct edit_value value)
{
	struct edit_value found;
	int rank;
	for (const struct yaml_node *k = w->map ? w->map->first : NULL; k; k = k->next->next) {
		if (!is_field_key(w, k, &rank))
			continue;
		if (is_comma_text(w, k->next)) {
			struct str rest = k->next->value, tag;
			while (tags_next_listed(&rest, &tag))
				if (str_ieq(tag, value.text))
					return true;
		} else if (w->key != KEY_DATES && find_like(w, k->next, value.text, &found) &&
			   found.text.p) {
			return true;
		}
	}
	return false;
}

static int append_value(struct field_work *w, struct edit_value value)
{
	struct yaml_node *pair = find_field(w, NULL);
	if (is_there(w, value))
		return 0;
	if (pair && is_comma_text(w, pair->next))
		return set_text(w, pair->value,
				arena_printf(w->arena, "%.*s, %.*s",
					     STR_ARG(str_trim(pair->next->value)),
					     STR_ARG(value.text)));
	return edit_key(w, EDIT_APPEND, key_to_write(w, pair), &value, 1, is_list_key(w->key));
}

static int append_field(struct field_work *w)
{
	struct edit_value *values;
	struct yaml_node *pair = find_field(w, NULL);
	size_t count = make_values(w, pair ? pair->next : NULL, &values);
	if (!key_is_list(w->key))
		return kith_fail(w->err, KITH_INVALID, "%.*s has one value; set it",
				 STR_ARG(w->edit->key));
	/* Several under a new key are written at once, and nothing empty stays beside them. */
	if (pair ? fields_absent(w->key, pair->next) && !yaml_is_null(pair->next) : count > 1)
		return set_field(w);
	for (size_t i = 0; i < count; i++)
		if (append_value(w, values[i]))
			return -1;
	return 0;
}

static int take_typed(struct field_work *w, struct str typed)
{
	struct edit_value found;
	int rank;
	for (struct yaml_node *k = w->map ? w->map->first : NULL; k; k = k->next->next) {
		if (!is_field_key(w, k, &rank) || yaml_is_null(k->next))
			continue;
		if (is_comma_text(w, k->next)) {
			if (take_from_commas(w, k, typed) == 0)
				return 0;
			if (w->err && w->err->status != KITH_OK)
				return -1;
		} else if (find_like(w, k->next, typed, &found)) {
			return edit_key(w, EDIT_TAKE, k->value, &found, 1, false);
		}
	}
	return 0;
}

static int take_values_of(struct field_work *w)
{
	struct str rest = w->edit->value, tag;
	if (w->key != KEY_TAGS)
		return take_typed(w, rest);
	while (tags_next_listed(&rest, &tag))
		if (take_typed(w, tag))
			return -1;
	return 0;
}

/* Whether a text, or one of a list, begins with a label. */
static bool begins_with_label(const struct field_work *w, const struct yaml_node *value,
			      struct str label)
{
	struct str text = edit_text(w->image, value);
	for (const struct yaml_node *n = text.p ? NULL : value->first; n; n = n->next)
		if (begins_with_label(w, n, label))
			return true;
	return text.p && str_istarts(text, label) &&
	       str_find_char(STR(": "), str_at(text, label.n)) < 2;
}

/* Of `phone.mobile`: what stands under that label. In a list it is added. */
static int edit_under(struct field_work *w, struct str label)
{
	struct yaml_node *pair = find_field(w, NULL);
	bool map = pair && pair->next->kind == YAML_MAP;
	bool nothing = !pair || yaml_is_null(pair->next);
	const struct yaml_node *under = map ? pair->next->first : NULL;
	while (under && !str_ieq(str_trim(under->value), label))
		under = under->next->next;
	struct edit_value value = {under ? under->value : label, w->edit->value};
	bool sets = w->edit->verb == EDIT_SET;
	w->under = true;
	if (!map && !nothing && w->edit->verb != EDIT_APPEND &&
	    begins_with_label(w, pair->next, label))
		return kith_fail(w->err, KITH_INVALID,
				 "%.*s holds no map of labels here; `%.*s-=` and `%.*s+=` change "
				 "one of its values",
				 STR_ARG(pair->value), STR_ARG(pair->value), STR_ARG(pair->value));
	if (w->edit->verb == EDIT_REMOVE)
		value.text = STR_NONE;
	if (w->edit->verb == EDIT_REMOVE || w->edit->verb == EDIT_TAKE)
		return under ? edit_key(w, EDIT_TAKE, pair->value, &value, 1, false) : 0;
	if (map || nothing)
		return edit_key(w, sets && under ? EDIT_SET : EDIT_APPEND, key_to_write(w, pair),
				&value, 1, false);
	return append_value(
	    w, (struct edit_value){STR_NONE,
				   arena_printf(w->arena, "%.*s%s%.*s", STR_ARG(label),
						fields_label_end(w->key), STR_ARG(value.text))});
}

int field_edits_apply_one(struct str *image, struct str path, const struct config *config,
			  const struct field_edit *edit, struct arena *arena,
			  struct kith_error *err)
{
	bool is_name;
	struct field_work w = {.image = *image,
			       .path = path,
			       .config = config,
			       .key = key_meant(edit),
			       .edit = edit,
			       .arena = arena,
			       .err = err};
	struct str label;
	int rc = -1;
	read_front_map(&w);
	(void)key_alone(edit->key, &label);
	if (label.p) {
		rc = edit_under(&w, label);
		*image = w.image;
		return rc;
	}
	w.note_title = w.key == KEY_TITLE && find_note_title(&w, &is_name);
	if (edit_below(&w) == 0) {
		*image = w.image;
		return 0;
	}
	switch (edit->verb) {
	case EDIT_SET:
		rc = set_field(&w);
		break;
	case EDIT_APPEND:
		rc = append_field(&w);
		break;
	case EDIT_TAKE:
		rc = take_values_of(&w);
		break;
	case EDIT_REMOVE:
		rc = remove_others(&w, NULL);
		if (rc == 0)
			remove_below(&w);
		break;
	}
	*image = w.image;
	return rc;
}

/* ---- checking ---- */

struct checking {
	const struct config *config;
	civil_day today;
	struct arena *arena;
	struct kith_error *err;
};

static int refuse_value(struct checking *c, const struct field_edit *edit, struct str why)
{
	return kith_fail(c->err, KITH_INVALID, "%.*s: %.*s", STR_ARG(text_upto(edit->key, 100)),
			 STR_ARG(why));
}

/* A day alone, in words or figures; for a snooze also how long. */
static int check_day(struct checking *c, struct field_edit *edit, enum key key)
{
	civil_day day;
	struct ymd date;
	bool future = key_row(key)->ahead;
	enum date_result result =
	    future ? datewords_parse_until(edit->value, c->today, &day)
		   : datewords_parse_all(edit->value, c->today, DATEWORDS_PAST, &day);
	/* A last contact may be some day of a month. */
	if (key == KEY_LAST_CONTACT && date_parse_partial(edit->value, &date) == DATE_OK &&
	    date.month && !date.day)
		return 0;
	if (result != DATE_OK)
		return refuse_value(c, edit, datewords_explain(edit->value, result, c->arena));
	edit->value = arena_str(c->arena, str_of(day_text(day).z));
	return 0;
}

/* A day in words at the start becomes one in figures; what follows stays. */
static int check_leading_day(struct checking *c, struct field_edit *edit, bool future, bool needed)
{
	civil_day day;
	size_t used;
	struct str text = edit->value, rest;
	enum datewords_direction direction = future ? DATEWORDS_FUTURE : DATEWORDS_PAST;
	enum date_result result = datewords_parse(text, c->today, direction, &day, &used);
	if (result == DATE_NONE && !needed)
		return 0;
	if (result == DATE_NONE)
		return refuse_value(
		    c, edit, STR("a date comes first (2026-12-03 talk at the Royal Society)"));
	if (result != DATE_OK)
		return refuse_value(c, edit,
				    datewords_explain(str_upto(text, used), result, c->arena));
	rest = str_from(text, used);
	edit->value = arena_printf(c->arena, "%s%.*s", day_text(day).z, STR_ARG(rest));
	if (needed && str_trim(rest).n == 0)
		return refuse_value(c, edit, STR("say what is on that day"));
	return 0;
}

static void check_status(struct field_edit *edit)
{
	for (int status = STATUS_ACTIVE; status <= STATUS_DECEASED; status++) {
		struct str name = str_of(status_name((enum status)status));
		if (str_ieq(edit->value, name))
			edit->value = name;
	}
}

static void check_link(struct checking *c, struct field_edit *edit, bool named)
{
	struct str text = edit->value, label;
	struct link link;
	size_t used;
	bool has_label = named && split_named(text, &label);
	if (has_label)
		text = str_trim(str_from(text, str_find(text, STR(": ")) + 2));
	else
		label = STR("");
	if (link_parse(text, &link, &used))
		return;
	edit->value = arena_printf(c->arena, "%.*s%s[[%.*s]]", STR_ARG(label),
				   has_label ? ": " : "", STR_ARG(text));
}

/* What a value is made of before the reader judges it. */
static int check_value(struct checking *c, struct field_edit *edit, enum key key)
{
	bool taken = edit->verb == EDIT_TAKE;
	struct str rest = edit->value, tag;
	const struct key_row *row = key_row(key);
	const struct yaml_node said = {.style = YAML_DOUBLE, .value = edit->value};
	if (!taken && fields_absent(key, &said))
		return refuse_value(c, edit, STR("that says nothing; KEY= takes the key away"));
	switch (row->shape) {
	case SHAPE_DAY:
		return check_day(c, edit, key);
	case SHAPE_DECEASED:
		return check_leading_day(c, edit, false, false);
	case SHAPE_MET:
		return check_leading_day(c, edit, false, false);
	case SHAPE_DATES:
		return taken ? 0 : check_leading_day(c, edit, true, true);
	case SHAPE_STATUS:
		check_status(edit);
		return 0;
	case SHAPE_LABELLED:
		if (key == KEY_EMAIL && !taken && str_find_char(edit->value, '@') == edit->value.n)
			return refuse_value(c, edit, STR("an e-mail address has an @"));
		return 0;
	case SHAPE_TAGS:
		return tags_next_listed(&rest, &tag)
			   ? 0
			   : refuse_value(c, edit, STR("a tag is needed"));
	case SHAPE_LINKS:
	case SHAPE_RELATIONS:
		check_link(c, edit, row->shape == SHAPE_RELATIONS);
		return 0;
	default:
		return 0;
	}
}

/* A file that holds nothing else must be without an error. */
static int check_reading(struct checking *c, struct field_edit *edit)
{
	struct str image = STR("");
	struct contact contact;
	if (str_find(edit->value, STR("{{")) < edit->value.n ||
	    str_find(edit->value, STR("<%")) < edit->value.n)
		return refuse_value(
		    c, edit,
		    STR("{{ and <% mark a template of another program, and no contact; "
			"write it without"));
	if (field_edits_apply_one(&image, STR_NONE, c->config, edit, c->arena, c->err))
		return -1;
	struct str error = read_first_error(&contact, STR_NONE, image, c->config, c->arena);
	return error.p ? refuse_value(c, edit, error) : 0;
}

static int check_slip(const struct field_edit *edit, struct kith_error *err)
{
	const char *nearest = key_meant(edit) == KEY_UNKNOWN ? key_nearest(edit->key) : NULL;
	int rank;
	if (!nearest || key_find(edit->key, &rank) != KEY_UNKNOWN || edit->verb == EDIT_REMOVE ||
	    edit->verb == EDIT_TAKE)
		return 0;
	return kith_fail(err, KITH_INVALID,
			 "\"%.*s\" is no key that is known; did you mean \"%s\"? (--force makes it "
			 "a key of your own)",
			 STR_ARG(edit->key), nearest);
}

static int check_one(struct checking *c, struct field_edit *edit, bool force)
{
	enum key key = key_meant(edit);
	bool adds = edit->verb == EDIT_APPEND || edit->verb == EDIT_TAKE;
	if (!force && check_slip(edit, c->err))
		return -1;
	if (edit->verb == EDIT_REMOVE)
		return 0;
	if (adds && !key_is_list(key))
		return refuse_value(
		    c, edit, STR("has one value: KEY=VALUE sets it, KEY= alone takes it away"));
	if (check_value(c, edit, key))
		return -1;
	return edit->verb == EDIT_TAKE ? 0 : check_reading(c, edit);
}

int field_edits_check(struct field_edits *edits, const struct config *config, civil_day today,
		      bool force, struct arena *arena, struct kith_error *err)
{
	struct checking c = {config, today, arena, err};
	for (size_t i = 0; i < edits->count; i++)
		if (check_one(&c, &edits->items[i], force))
			return -1;
	return 0;
}
/* ---- all of them ---- */

/* Names and tiers show in other keys' meaning. */
static bool is_meant(const struct field_edits *edits, const struct difference *d)
{
	for (size_t i = 0; i < edits->count; i++) {
		enum key key = key_meant(&edits->items[i]);
		int rank;
		if (key == KEY_UNKNOWN)
			key = key_find(edits->items[i].key, &rank);
		bool name = key <= KEY_FAMILY && d->key <= KEY_FAMILY;
		bool tier = (key == KEY_TIER || key == KEY_CADENCE) &&
			    (d->key == KEY_TIER || d->key == KEY_CADENCE);
		if (name || tier)
			return true;
		if (key == d->key && (key != KEY_UNKNOWN ||
				      key_compare(str_trim(d->key_text), edits->items[i].key) == 0))
			return true;
	}
	return false;
}

/* Whether one of these keys stands in the text below, which then changes with it. */
static bool edits_below(const struct field_edits *edits, struct str before,
			const struct config *config, struct arena *arena)
{
	struct span at;
	for (size_t i = 0; i < edits->count; i++)
		if (key_meant(&edits->items[i]) != KEY_UNKNOWN &&
		    contact_find_below(&at, before, key_meant(&edits->items[i]), config, arena))
			return true;
	return false;
}

/* What is read afterwards differs in these fields and in nothing else. */
static int verify(struct str before, struct str after, const struct config *config,
		  const struct field_edits *edits, struct arena *arena, struct kith_error *err)
{
	struct contact was, is;
	struct differences differences;
	struct str old = read_first_error(&was, edits->path, before, config, arena);
	struct str new = read_first_error(&is, edits->path, after, config, arena);
	if (new.p && !old.p)
		return kith_fail(err, KITH_FAILED, "then this would be wrong: %.*s", STR_ARG(new));
	differences_find(&differences, &was, &is, arena);
	for (size_t i = 0; i < differences.count; i++) {
		const struct difference *d = &differences.items[i];
		if (d->kind == DIFFERENCE_TEXT && edits_below(edits, before, config, arena))
			continue;
		if (d->kind != DIFFERENCE_FIELD)
			return kith_fail(err, KITH_FAILED,
					 "more than the front matter would change; nothing was "
					 "written");
		if (!is_meant(edits, d))
			return kith_fail(err, KITH_FAILED,
					 "\"%.*s\" would change too; nothing was written",
					 STR_ARG(text_upto(d->key_text, 100)));
	}
	return 0;
}

int field_edits_apply(struct buf *out, struct str image, const struct config *config,
		      const struct field_edits *edits, struct kith_error *err)
{
	struct arena arena;
	struct str now = image;
	int rc = 0;
	arena_init(&arena);
	for (size_t i = 0; i < edits->count && !rc; i++)
		rc =
		    field_edits_apply_one(&now, edits->path, config, &edits->items[i], &arena, err);
	if (!rc && !str_eq(now, image))
		rc = verify(image, now, config, edits, &arena, err);
	if (!rc)
		buf_add(out, now);
	arena_release(&arena);
	return rc;
}

/* ---- what was before ---- */

/* The year from which on the journal knew the person: the later of since and added; or 0. */
static int known_since(const struct contact *contact, const struct config *config)
{
	civil_day day = config->since > contact->added || contact->added == NO_DAY ? config->since
										   : contact->added;
	return day == NO_DAY ? 0 : day_to_ymd(day).year;
}

void field_edits_keep_former(struct field_edits *edits, const struct contact *contact,
			     const struct config *config, civil_day today, struct arena *arena)
{
	bool posts = false;
	struct kith_error none = {0};
	struct contact after;
	struct buf image;
	for (size_t i = 0; i < edits->count; i++) {
		enum key key = key_meant(&edits->items[i]);
		posts |= key == KEY_ORG || key == KEY_TITLE;
		if (key == KEY_FORMERLY)
			return;
	}
	if (!posts || config->formerly_off)
		return;
	buf_init(&image, 0);
	int rc = field_edits_apply(&image, contact->image, config, edits, &none);
	struct str bytes = arena_take(arena, &image);
	if (rc)
		return;
	(void)read_first_error(&after, contact->path, bytes, config, arena);
	struct str kept = former_kept(contact, &after, known_since(contact, config),
				      day_to_ymd(today).year, arena);
	if (!kept.n)
		return;
	struct field_edit *items = ARENA_ARRAY(arena, struct field_edit, edits->count + 1);
	memcpy(items, edits->items, edits->count * sizeof(*items));
	items[edits->count++] = (struct field_edit){EDIT_APPEND, STR("formerly"), kept};
	edits->items = items;
}

/* ---- what a merge kept ---- */

/* Whether a value is kept for what an edit is about: the key, or one label of it. */
static bool is_kept_for(struct str kept, const struct field_edit *edit)
{
	int rank;
	struct str label, part, key = key_alone(edit->key, &label);
	struct str whole = str_upto(kept, str_find_char(kept, '.'));
	enum key which = key_find(key, &rank);
	(void)key_alone(kept, &part);
	if (label.p && !(part.p && str_ieq(part, label)))
		return false;
	if (which != KEY_UNKNOWN)
		return key_find(whole, &rank) == which;
	return key_compare(whole, key) == 0 || key_compare(kept, key) == 0;
}

/* Whether an edit gives the contact a value that was kept for its key. */
static bool takes_kept(const struct field_edit *edit, const struct value *kept)
{
	struct str typed = link_text(edit->value), text = link_text(kept->text);
	return is_kept_for(kept->label, edit) && str_ends(typed, text) &&
	       (typed.n == text.n || str_is_blank_char(typed.p[typed.n - text.n - 1]));
}

bool field_edits_settle(struct field_edits *edits, const struct contact *contact,
			struct arena *arena)
{
	const struct values *kept = &contact->merged;
	size_t given = edits->count;
	bool taken = false;
	struct field_edit *items = ARENA_ARRAY(arena, struct field_edit, given + kept->count);
	memcpy(items, edits->items, given * sizeof(*items));
	for (size_t k = 0; k < kept->count; k++) {
		const struct value *v = &kept->items[k];
		bool settled = false;
		for (size_t i = 0; i < given; i++) {
			bool takes =
			    edits->items[i].verb <= EDIT_APPEND && takes_kept(&edits->items[i], v);
			taken = taken || takes;
			settled = settled || takes ||
				  (edits->items[i].verb == EDIT_SET &&
				   is_kept_for(v->label, &edits->items[i]));
		}
		if (settled)
			items[edits->count++] =
			    (struct field_edit){EDIT_TAKE, STR("merged"), v->text};
	}
	edits->items = items;
	return taken;
}
