/*
 * What a person types of fields, in two steps: words into keys and values, and
 * values checked: made what a file shall hold, then judged by the reader, in a
 * file that holds nothing else.
 */
#include "change/fields.h"

#include "base/datewords.h"
#include "base/text.h"
#include "change/fields_parts.h"
#include "people/link.h"

enum key fields_key(const struct field_edit *edit)
{
	int rank;
	enum key key = key_find(edit->key, &rank);
	/* `tier`, `circle` and `category` are no synonyms where they are no cadence. */
	return key == KEY_TIER ? KEY_UNKNOWN : key;
}

/* The bytes before `=` where a word begins with `KEY=`, `KEY+=` or `KEY-=`; 0 where it does not. */
static size_t key_length(struct str word)
{
	size_t equals = str_find_char(word, '=');
	if (equals == word.n || !(str_is_alpha(word.p[0]) || (unsigned char)word.p[0] >= 0x80))
		return 0;
	for (size_t i = 0; i < equals; i++) {
		char c = word.p[i];
		bool last = i + 1 == equals && c == '+';
		if (!str_is_alpha(c) && !str_is_digit(c) && (unsigned char)c < 0x80 && c != ' ' &&
		    c != '_' && c != '-' && !last)
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
	*out = (struct field_edits){ARENA_ARRAY(arena, struct field_edit, count ? count : 1), 0};
	struct buf value;
	int failed = 0;
	buf_init(&value, 0);
	for (size_t i = 0; i < count && !failed;) {
		struct str word = str_of(words[i]);
		size_t equals = key_length(word);
		if (equals == 0) {
			failed = kith_fail(err, KITH_INVALID,
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
		failed = end_edit(edit, err);
	}
	buf_release(&value);
	return failed;
}

/* Checking. */

struct checking {
	const struct config *config;
	civil_day today;
	struct arena *arena;
	struct kith_error *err;
};

static int wrong(struct checking *c, const struct field_edit *edit, struct str why)
{
	return kith_fail(c->err, KITH_INVALID, "%.*s: %.*s", STR_ARG(text_upto(edit->key, 100)),
			 STR_ARG(why));
}

static struct str day_text(struct checking *c, civil_day day)
{
	char text[DAY_SIZE];
	day_write(text, day);
	return arena_str(c->arena, str_of(text));
}

/* A day alone, in words or figures; for a snooze also how long. */
static int check_day(struct checking *c, struct field_edit *edit, bool future)
{
	civil_day day;
	enum date_result result =
	    future ? datewords_parse_until(edit->value, c->today, &day)
		   : datewords_parse_all(edit->value, c->today, DATEWORDS_PAST, &day);
	if (result != DATE_OK)
		return wrong(c, edit, datewords_explain(edit->value, result, c->arena));
	edit->value = day_text(c, day);
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
		return wrong(c, edit,
			     STR("a date comes first (2026-12-03 talk at the Royal Society)"));
	if (result != DATE_OK)
		return wrong(c, edit, datewords_explain(str_upto(text, used), result, c->arena));
	rest = str_from(text, used);
	edit->value = arena_printf(c->arena, "%.*s%.*s", STR_ARG(day_text(c, day)), STR_ARG(rest));
	if (needed && str_trim(rest).n == 0)
		return wrong(c, edit, STR("say what is on that day"));
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

bool fields_next_tag(struct str *rest, struct str *tag)
{
	while (rest->n) {
		size_t comma = str_find_char(*rest, ',');
		*tag = str_trim(str_upto(*rest, comma));
		*rest = str_from(*rest, comma + 1);
		if (str_starts(*tag, STR("#")))
			*tag = str_trim(str_from(*tag, 1));
		if (tag->n)
			return true;
	}
	return false;
}

/* A relation may be named: `sister: ada-lovelace`. */
bool fields_split_named(struct str text, struct str *label)
{
	size_t colon = str_find(text, STR(": "));
	*label = str_trim(str_upto(text, colon));
	return colon < text.n && label->n > 0 && !str_starts(text, STR("[["));
}

static void check_link(struct checking *c, struct field_edit *edit, bool named)
{
	struct str text = edit->value, label;
	struct link link;
	size_t used;
	bool has_label = named && fields_split_named(text, &label);
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
static int settle(struct checking *c, struct field_edit *edit, enum key key)
{
	bool taken = edit->verb == EDIT_TAKE;
	struct str rest = edit->value, tag;
	const struct key_row *row = key_row(key);
	switch (row->shape) {
	case SHAPE_DAY:
		return check_day(c, edit, row->ahead);
	case SHAPE_MET:
		return check_leading_day(c, edit, false, false);
	case SHAPE_DATES:
		return taken ? 0 : check_leading_day(c, edit, true, true);
	case SHAPE_STATUS:
		check_status(edit);
		return 0;
	case SHAPE_LABELLED:
		if (key == KEY_EMAIL && !taken && str_find_char(edit->value, '@') == edit->value.n)
			return wrong(c, edit, STR("an e-mail address has an @"));
		return 0;
	case SHAPE_TAGS:
		return fields_next_tag(&rest, &tag) ? 0 : wrong(c, edit, STR("a tag is needed"));
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
		return wrong(c, edit,
			     STR("{{ and <% mark a template of another program, and no contact; "
				 "write it without"));
	if (fields_apply_one(&image, c->config, edit, c->arena, c->err))
		return -1;
	struct str error = fields_read(&contact, image, c->config, c->arena);
	return error.p ? wrong(c, edit, error) : 0;
}

static int check_slip(const struct field_edit *edit, struct kith_error *err)
{
	const char *nearest = fields_key(edit) == KEY_UNKNOWN ? key_nearest(edit->key) : NULL;
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
	enum key key = fields_key(edit);
	bool adds = edit->verb == EDIT_APPEND || edit->verb == EDIT_TAKE;
	if (!force && check_slip(edit, c->err))
		return -1;
	if (edit->verb == EDIT_REMOVE)
		return 0;
	if (adds && !key_is_list(key))
		return wrong(c, edit,
			     STR("has one value: KEY=VALUE sets it, KEY= alone takes it away"));
	if (settle(c, edit, key))
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
