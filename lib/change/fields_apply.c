/*
 * A field's edit on a file: under the key that the file uses for it, in the
 * form that it has there; and what is read afterwards held against what was
 * meant.
 */
#include "base/text.h"
#include "change/fields_parts.h"
#include "people/differences.h"
#include "people/fields.h"
#include "people/link.h"

#define PATH STR("contact.md")
/* So many spellings of one key nobody has; each is another reading of the file. */
#define MOST_SYNONYMS 100

struct str fields_read(struct contact *contact, struct str image, const struct config *config,
		       struct arena *arena)
{
	struct diag diag;
	struct str error = STR_NONE;
	diag_init(&diag, arena);
	/* Notes that are passed over may be edited as well. */
	(void)contact_of_bytes(contact, PATH, image, config, &note_reader_libs, &diag, arena);
	for (size_t i = 0; i < diag.count && !error.p; i++)
		if (diag.items[i].severity == SEVERITY_ERROR)
			error = diag.items[i].message;
	diag_release(&diag);
	return error;
}

/* One edit at work on a file, whose bytes live in the arena. */
struct work {
	struct str image;
	struct yaml_node *map; /* NULL where there is none */
	enum key key;
	const struct field_edit *edit;
	bool note_title; /* the key `title` is the note's title, and no role */
	struct arena *arena;
	struct kith_error *err;
};

static void read_map(struct work *w)
{
	struct note note;
	struct diag diag;
	struct reporter reporter;
	diag_init(&diag, w->arena);
	reporter_init(&reporter, w->image, PATH, &diag);
	bool closed = note_split(&note, w->image);
	struct yaml_node *root = NULL;
	if (closed && note.has_front)
		root = note_reader_libs.front(w->image, note.front, w->arena, &reporter);
	w->map = root && root->kind == YAML_MAP ? root : NULL;
	diag_release(&diag);
}

/* A title equal to the name or the first heading: it says nothing to the reader. */
static bool has_note_title(struct work *w, const struct config *config)
{
	struct contact contact;
	int rank;
	const struct yaml_node *key = w->map && w->key == KEY_TITLE ? w->map->first : NULL;
	while (key && !(key_find(key->value, &rank) == KEY_TITLE && rank == 0))
		key = key->next->next;
	if (!key || yaml_is_null(key->next) || key->next->kind != YAML_SCALAR)
		return false;
	(void)fields_read(&contact, w->image, config, w->arena);
	struct str title = link_text(str_trim(key->next->value));
	for (size_t i = 0; i < contact.title.count; i++)
		if (str_eq(contact.title.items[i], title))
			return false;
	return title.n > 0;
}

static bool is_key(const struct work *w, const struct yaml_node *key, int *rank)
{
	*rank = 0;
	if (key->kind != YAML_SCALAR)
		return false;
	if (w->key == KEY_UNKNOWN)
		return key_compare(str_trim(key->value), w->edit->key) == 0;
	return key_find(key->value, rank) == w->key && !(w->note_title && *rank == 0);
}

/* The pair that counts: with a value rather than without, then by rank; after is passed over. */
static struct yaml_node *find_pair(const struct work *w, const struct str *but)
{
	struct yaml_node *best = NULL;
	int best_rank = 0, rank;
	for (struct yaml_node *k = w->map ? w->map->first : NULL; k; k = k->next->next) {
		if (!is_key(w, k, &rank) || (but && str_eq(*but, k->value)))
			continue;
		rank += yaml_is_null(k->next) ? 1000 : 0;
		if (!best || rank < best_rank) {
			best = k;
			best_rank = rank;
		}
	}
	return best;
}

/* One edit of the front matter; then the tree is another. */
static int run(struct work *w, const struct edit_front *edit)
{
	struct buf out;
	buf_init(&out, 0);
	int failed = edit_front(&out, w->image, edit, w->err);
	if (!failed) {
		w->image = arena_str(w->arena, buf_str(&out));
		read_map(w);
	}
	buf_release(&out);
	return failed;
}

static struct str what_of(struct str text, struct str *day)
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
static bool is_like(const struct work *w, struct str has, struct str typed)
{
	struct str day;
	if (str_ieq(has, typed))
		return true;
	switch (key_row(w->key)->shape) {
	case SHAPE_LINKS:
	case SHAPE_RELATIONS:
		return str_ieq(link_target(has), link_target(typed));
	case SHAPE_DATES:
		return str_ieq(what_of(has, &day), what_of(typed, &day));
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
static bool find_like(const struct work *w, const struct yaml_node *value, struct str typed,
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
		struct str wanted = w->key == KEY_DATES ? what_of(typed, &day) : typed;
		if (map && str_ieq(str_trim(key->value), wanted)) {
			*out = (struct edit_value){str_trim(key->value), STR_NONE};
			return true;
		}
	}
	return false;
}

/* `mobile +44 …`, `work ada@x.y`, `home: 1 Dorset Street`: a label for a map of them. */
static struct edit_value split_label(const struct work *w, struct str text)
{
	size_t at = 0, colon = str_find(text, STR(": "));
	struct edit_value value = {STR_NONE, text};
	if (w->key == KEY_DATES) {
		struct str what = what_of(text, &value.text);
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
static size_t make_values(struct work *w, const struct yaml_node *old, struct edit_value **out)
{
	size_t room = 1;
	for (size_t i = 0; i < w->edit->value.n; i++)
		room += w->edit->value.p[i] == ',';
	struct edit_value *values = *out = ARENA_ARRAY(w->arena, struct edit_value, room);
	struct str text = w->edit->value, rest = text, label;
	bool map = old && old->kind == YAML_MAP;
	bool nothing = !old || yaml_is_null(old);
	size_t count = 0;
	if (w->key == KEY_TAGS) {
		while (fields_next_tag(&rest, &values[count].text))
			count++;
		return count;
	}
	values[0] = (struct edit_value){STR_NONE, text};
	bool adds = w->edit->verb == EDIT_APPEND;
	if (w->key == KEY_DATES && (map || nothing))
		values[0] = split_label(w, text);
	else if (w->key == KEY_KNOWS && (map || nothing || !adds) &&
		 fields_split_named(text, &label))
		values[0] = split_label(w, text);
	else if (key_row(w->key)->shape == SHAPE_LABELLED && map && adds)
		values[0] = split_label(w, text);
	return 1;
}

/* Whether a new key is written as a list, even of one. */
static bool is_list_key(enum key key)
{
	enum key_shape shape = key_row(key)->shape;
	return shape == SHAPE_TAGS || (shape == SHAPE_TEXTS && key_unites(key));
}

/* `tags: a, b` stays a text. */
static bool is_comma_text(const struct work *w, const struct yaml_node *value)
{
	return w->key == KEY_TAGS && value && value->kind == YAML_SCALAR &&
	       str_find_char(value->value, ',') < value->value.n;
}

static int set_text(struct work *w, struct str key, struct str text)
{
	struct edit_value value = {STR_NONE, text};
	return run(
	    w, &(struct edit_front){.verb = EDIT_SET, .key = key, .values = &value, .count = 1});
}

/* The tags of a text split at commas, without one of them. */
static int take_from_commas(struct work *w, const struct yaml_node *key, struct str typed)
{
	struct buf left;
	bool found = false;
	int failed = 0;
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
		failed = -1;
	else if (str_trim(buf_str(&left)).n)
		failed = set_text(w, name, arena_str(w->arena, str_trim(buf_str(&left))));
	else
		failed = run(w, &(struct edit_front){.verb = EDIT_REMOVE, .key = name});
	buf_release(&left);
	return failed;
}

/* The key to write a value under: the one there is, else as typed. */
static struct str key_to_write(const struct work *w, const struct yaml_node *pair)
{
	int rank;
	if (pair)
		return pair->value;
	bool title = w->note_title && key_find(w->edit->key, &rank) == KEY_TITLE && rank == 0;
	return title ? STR("role") : w->edit->key;
}

/* Synonyms besides the one that was written: their values would count, too. */
static int remove_others(struct work *w, const struct str *but)
{
	struct yaml_node *pair;
	for (int i = 0; (pair = find_pair(w, but)) != NULL; i++)
		if (i == MOST_SYNONYMS)
			return kith_fail(w->err, KITH_FAILED,
					 "there are too many keys like \"%.*s\"",
					 STR_ARG(text_upto(w->edit->key, 100)));
		else if (run(w, &(struct edit_front){.verb = EDIT_REMOVE, .key = pair->value}))
			return -1;
	return 0;
}

static int set_field(struct work *w)
{
	struct edit_value *values;
	struct yaml_node *pair = find_pair(w, NULL);
	struct str key = key_to_write(w, pair);
	size_t count = make_values(w, pair ? pair->next : NULL, &values);
	struct edit_front edit = {.verb = EDIT_SET,
				  .key = key,
				  .values = values,
				  .count = count,
				  .list = is_list_key(w->key),
				  .block = w->key == KEY_DATES};
	if (run(w, &edit))
		return -1;
	/* All synonyms would count. */
	return key_unites(w->key) ? remove_others(w, &key) : 0;
}

/* What is there already, under whichever synonym, is not added again. */
static bool is_there(const struct work *w, struct edit_value value)
{
	struct edit_value found;
	int rank;
	for (const struct yaml_node *k = w->map ? w->map->first : NULL; k; k = k->next->next) {
		if (!is_key(w, k, &rank))
			continue;
		if (is_comma_text(w, k->next)) {
			struct str rest = k->next->value, tag;
			while (fields_next_tag(&rest, &tag))
				if (str_ieq(tag, value.text))
					return true;
		} else if (w->key != KEY_DATES && find_like(w, k->next, value.text, &found) &&
			   found.text.p) {
			return true;
		}
	}
	return false;
}

static int append_value(struct work *w, struct edit_value value)
{
	struct yaml_node *pair = find_pair(w, NULL);
	if (is_there(w, value))
		return 0;
	if (pair && is_comma_text(w, pair->next))
		return set_text(w, pair->value,
				arena_printf(w->arena, "%.*s, %.*s",
					     STR_ARG(str_trim(pair->next->value)),
					     STR_ARG(value.text)));
	struct edit_front edit = {.verb = EDIT_APPEND,
				  .key = key_to_write(w, pair),
				  .values = &value,
				  .count = 1,
				  .list = is_list_key(w->key),
				  .block = w->key == KEY_DATES};
	return run(w, &edit);
}

static int append_field(struct work *w)
{
	struct edit_value *values;
	struct yaml_node *pair = find_pair(w, NULL);
	size_t count = make_values(w, pair ? pair->next : NULL, &values);
	if (!key_is_list(w->key))
		return kith_fail(w->err, KITH_INVALID, "%.*s has one value; set it",
				 STR_ARG(w->edit->key));
	/* Several under a new key are written at once. */
	if (!pair && count > 1)
		return set_field(w);
	for (size_t i = 0; i < count; i++)
		if (append_value(w, values[i]))
			return -1;
	return 0;
}

static int take_value(struct work *w, struct str typed)
{
	struct edit_value found;
	int rank;
	for (struct yaml_node *k = w->map ? w->map->first : NULL; k; k = k->next->next) {
		if (!is_key(w, k, &rank) || yaml_is_null(k->next))
			continue;
		if (is_comma_text(w, k->next)) {
			if (take_from_commas(w, k, typed) == 0)
				return 0;
			if (w->err && w->err->status != KITH_OK)
				return -1;
		} else if (find_like(w, k->next, typed, &found)) {
			return run(w, &(struct edit_front){.verb = EDIT_TAKE,
							   .key = k->value,
							   .values = &found,
							   .count = 1});
		}
	}
	return 0;
}

static int take_field(struct work *w)
{
	struct str rest = w->edit->value, tag;
	if (w->key != KEY_TAGS)
		return take_value(w, rest);
	while (fields_next_tag(&rest, &tag))
		if (take_value(w, tag))
			return -1;
	return 0;
}

static int remove_field(struct work *w)
{
	return remove_others(w, NULL);
}

int fields_apply_one(struct str *image, const struct config *config, const struct field_edit *edit,
		     struct arena *arena, struct kith_error *err)
{
	struct work w = {
	    .image = *image, .key = fields_key(edit), .edit = edit, .arena = arena, .err = err};
	int failed = -1;
	read_map(&w);
	w.note_title = has_note_title(&w, config);
	switch (edit->verb) {
	case EDIT_SET:
		failed = set_field(&w);
		break;
	case EDIT_APPEND:
		failed = append_field(&w);
		break;
	case EDIT_TAKE:
		failed = take_field(&w);
		break;
	case EDIT_REMOVE:
		failed = remove_field(&w);
		break;
	}
	*image = w.image;
	return failed;
}

/* Names and tiers show in other keys' meaning. */
static bool is_meant(const struct field_edits *edits, const struct difference *d)
{
	for (size_t i = 0; i < edits->count; i++) {
		int rank;
		enum key key = key_find(edits->items[i].key, &rank);
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

/* What is read afterwards differs in these fields and in nothing else. */
static int verify(struct str before, struct str after, const struct config *config,
		  const struct field_edits *edits, struct arena *arena, struct kith_error *err)
{
	struct contact was, is;
	struct differences differences;
	struct str old = fields_read(&was, before, config, arena);
	struct str new = fields_read(&is, after, config, arena);
	if (new.p && !old.p)
		return kith_fail(err, KITH_FAILED, "then this would be wrong: %.*s", STR_ARG(new));
	differences_find(&differences, &was, &is, arena);
	for (size_t i = 0; i < differences.count; i++) {
		const struct difference *d = &differences.items[i];
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
	int failed = 0;
	arena_init(&arena);
	for (size_t i = 0; i < edits->count && !failed; i++)
		failed = fields_apply_one(&now, config, &edits->items[i], &arena, err);
	if (!failed && !str_eq(now, image))
		failed = verify(image, now, config, edits, &arena, err);
	if (!failed)
		buf_add(out, now);
	arena_release(&arena);
	return failed;
}
