/*
 * What a key's value says: read into the contact by the shape that its row of keys.def has, and
 * told in words again.
 */
#include "people/fields.h"

#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/text.h"
#include "note/note.h"
#include "people/head.h"
#include "people/link.h"
#include "people/tags.h"

/* A key's value, and where in the contact it goes. */
struct taking {
	enum key key;
	const struct yaml_node *node;
	void *to;
	struct str label; /* for values without one */
};

static void tell_wrong_value(struct fields *f, const struct yaml_node *node, const char *expected)
{
	if (node->kind == YAML_SCALAR)
		report_error(f->reporter, node->span.from, "\"%.*s\" is not %s",
			     STR_ARG(text_upto(node->value, 100)), expected);
	else
		report_error(f->reporter, node->span.from, "%s is expected here", expected);
}

/* An unquoted `[[x]]` is a list in a list for YAML: its raw text is the link. */
static bool is_bare_link(const struct yaml_node *node)
{
	return node->kind == YAML_LIST && node->style == YAML_FLOW && node->count == 1 &&
	       node->first->kind == YAML_LIST && node->first->style == YAML_FLOW &&
	       node->first->count >= 1 && node->first->first->kind == YAML_SCALAR &&
	       node->span.to >= node->span.from + 4;
}

struct str fields_keep(struct fields *f, struct str text)
{
	struct str image = f->contact->image;
	uintptr_t at = (uintptr_t)text.p, from = (uintptr_t)image.p;
	bool inside = at >= from && at <= from + image.n;
	return !text.p || inside ? text : arena_str(f->arena, text);
}

struct yaml_node *fields_copy(struct fields *f, const struct yaml_node *node)
{
	struct yaml_node *copy = arena_copy(f->arena, node, 1, sizeof(*node));
	struct yaml_node **tail = &copy->first;
	copy->value = fields_keep(f, node->value);
	copy->next = NULL;
	/* Recursion ends with the reader's limit on nesting. */
	for (const struct yaml_node *child = node->first; child; child = child->next) {
		*tail = fields_copy(f, child);
		tail = &(*tail)->next;
	}
	return copy;
}

/* Said of what is not known. */
static bool is_unknown(struct str text)
{
	static const char *const words[] = {"", "unknown", "?", "n/a", "-"};
	text = str_trim(text);
	for (size_t i = 0; i < ARRAY_LEN(words) && text.n <= strlen("unknown"); i++)
		if (str_ieq(text, str_of(words[i])))
			return true;
	return false;
}

static bool has_type(enum key key)
{
	switch (key_row(key)->shape) {
	case SHAPE_DAY:
	case SHAPE_CADENCE:
	case SHAPE_TIER:
	case SHAPE_DECEASED:
	case SHAPE_BIRTHDAY:
	case SHAPE_ANNIVERSARY:
	case SHAPE_MET:
	case SHAPE_LABELLED:
	case SHAPE_DATES:
		return true;
	default:
		return false;
	}
}

static bool is_empty_node(const struct yaml_node *node, bool typed)
{
	bool map = node->kind == YAML_MAP;
	if (node->kind == YAML_SCALAR)
		return yaml_is_null(node) || str_trim(node->value).n == 0 ||
		       (typed && is_unknown(node->value));
	/* Recursion ends with the reader's limit on nesting. */
	for (const struct yaml_node *n = node->first; n; n = n->next) {
		n = map ? n->next : n;
		if (!is_empty_node(n, typed))
			return false;
	}
	return true;
}

bool fields_absent(enum key key, const struct yaml_node *value)
{
	return key == KEY_UNKNOWN ? yaml_is_null(value) : is_empty_node(value, has_type(key));
}

/* Whether a value holds an address of the web somewhere. */
static bool holds_url(const struct yaml_node *node)
{
	struct str mark = STR("://");
	bool holds = node->kind == YAML_SCALAR && str_find(node->value, mark) < node->value.n;
	/* Recursion ends with the reader's limit on nesting. */
	for (const struct yaml_node *n = node->first; n && !holds; n = n->next)
		holds = holds_url(n);
	return holds;
}

static bool begins_with_date(const struct yaml_node *node)
{
	civil_day day;
	size_t used;
	struct ymd date;
	struct str text = str_trim(node->value);
	if (str_starts(text, STR("[[")))
		text = str_base(link_target(text));
	return node->kind == YAML_LIST || date_parse(text, &day, &used) != DATE_NONE ||
	       date_parse_partial(text, &date) == DATE_OK;
}

enum key fields_key(const struct yaml_node *key, int *rank)
{
	enum key which = key_find(key->value, rank);
	bool other = (which == KEY_LAST_CONTACT && *rank && !begins_with_date(key->next)) ||
		     (which == KEY_MERGED && key->next->kind != YAML_MAP) ||
		     (which == KEY_URL && key_compare(str_trim(key->value), STR("links")) == 0 &&
		      !holds_url(key->next));
	return other && !yaml_is_null(key->next) ? KEY_UNKNOWN : which;
}

static struct str node_text(struct fields *f, const struct yaml_node *node)
{
	if (node->kind == YAML_SCALAR)
		return fields_keep(f, str_trim(node->value));
	if (is_bare_link(node))
		return span_str(f->contact->image, node->span);
	return STR_NONE;
}

/* Each text of a value that may be a text, a link or a list of them. */
static void each_text(struct fields *f, const struct yaml_node *node, const char *expected,
		      void (*take)(struct fields *f, struct str text, const struct yaml_node *node,
				   void *to),
		      void *to)
{
	struct str text = node_text(f, node);
	if (text.p) {
		if (text.n && !yaml_is_null(node))
			take(f, text, node, to);
		return;
	}
	if (node->kind == YAML_MAP) {
		tell_wrong_value(f, node, expected);
		return;
	}
	for (const struct yaml_node *item = node->first; item; item = item->next) {
		text = node_text(f, item);
		if (!text.p)
			tell_wrong_value(f, item, expected);
		else if (text.n && !yaml_is_null(item))
			take(f, text, item, to);
	}
}

/* The array with room for one more: it doubles at each power of two, in the arena. */
static void *room(struct fields *f, void *items, size_t count, size_t size)
{
	if ((count & (count - 1)) != 0)
		return items;
	void *all = arena_alloc(f->arena, (count ? count * 2 : 1) * size);
	if (count)
		memcpy(all, items, count * size);
	return all;
}

static void push_str(struct fields *f, struct strs *to, struct str text)
{
	to->items = room(f, to->items, to->count, sizeof(*to->items));
	to->items[to->count++] = text;
}

static void take_list_text(struct fields *f, struct str text, const struct yaml_node *node,
			   void *to)
{
	(void)node;
	push_str(f, to, link_text(text));
}

static void push_tag(struct fields *f, struct strs *to, struct str tag)
{
	tag = str_trim(tag);
	if (str_starts(tag, STR("#")))
		tag = str_from(tag, 1);
	/* So many are compared with: nobody has more, and a list of 200,000 takes no longer. */
	for (size_t i = 0; i < to->count && i < 256; i++)
		if (str_ieq(to->items[i], tag))
			return;
	if (tag.n)
		push_str(f, to, tag);
}

static void take_tag(struct fields *f, struct str text, const struct yaml_node *node, void *to)
{
	(void)node;
	push_tag(f, to, text);
}

static void take_tags(struct fields *f, const struct taking *t)
{
	if (t->node->kind != YAML_SCALAR) {
		each_text(f, t->node, "a tag or a list of tags", take_tag, t->to);
		return;
	}
	struct str rest = fields_keep(f, t->node->value), tag;
	while (tags_next_listed(&rest, &tag))
		push_tag(f, t->to, tag);
}

/* The year that a date of a post begins with; "" for none. */
static struct str year_of_post(struct str text)
{
	return str_number(str_upto(text, 4), 9999) > 0 ? str_upto(text, 4) : STR("");
}

/* {title, org, start, end} as one text: `Commander, Navy (2019–2024)`. */
static void take_post(struct fields *f, const struct yaml_node *map, struct strs *to)
{
	struct str title = STR(""), org = STR(""), start = STR(""), end = STR(""), years = STR("");
	int rank;
	for (const struct yaml_node *k = map->first; k; k = k->next->next) {
		struct str text = node_text(f, k->next);
		enum key key = key_find(k->value, &rank);
		if (!text.n || yaml_is_null(k->next))
			continue;
		title = key == KEY_TITLE ? link_text(text) : title;
		org = key == KEY_ORG ? link_text(text) : org;
		start = str_ieq(k->value, STR("start")) ? year_of_post(text) : start;
		end = str_ieq(k->value, STR("end")) ? year_of_post(text) : end;
	}
	if (!title.n && !org.n) {
		tell_wrong_value(f, map, "a text or {title, org, start, end}");
		return;
	}
	if (start.n && end.n && !str_eq(start, end))
		years =
		    arena_printf(f->arena, " (%.*s\xE2\x80\x93%.*s)", STR_ARG(start), STR_ARG(end));
	else if (start.n || end.n)
		years = arena_printf(f->arena, " (%s%.*s)",
				     !end.n     ? "since "
				     : !start.n ? "until "
						: "",
				     STR_ARG(end.n ? end : start));
	push_str(f, to,
		 arena_printf(f->arena, "%.*s%s%.*s%.*s", STR_ARG(title),
			      title.n && org.n ? ", " : "", STR_ARG(org), STR_ARG(years)));
}

/* A career line: texts and posts. */
static void take_posts(struct fields *f, const struct taking *t)
{
	const struct yaml_node *node = t->node;
	const struct yaml_node *first = node->kind == YAML_LIST ? node->first : node;
	for (; first; first = node->kind == YAML_LIST ? first->next : NULL)
		if (first->kind == YAML_MAP)
			take_post(f, first, t->to);
		else
			each_text(f, first, "a text", take_list_text, t->to);
}

static void take_texts(struct fields *f, const struct taking *t)
{
	if (t->key == KEY_FORMERLY) {
		take_posts(f, t);
		return;
	}
	each_text(f, t->node, "a text or a list of texts", take_list_text, t->to);
}

/* Where the text begins behind its label: `work ada@x.y`, `mobile +44 …`, `blog https://…`. */
static size_t label_end(struct str text, const char *mark)
{
	size_t at = 0;
	if (!mark)
		return 0;
	if (strcmp(mark, "0") == 0) {
		while (at < text.n && !str_is_digit(text.p[at]) && text.p[at] != '+' &&
		       text.p[at] != '(')
			at++;
		return at;
	}
	for (at = text.n; at > 0 && !str_is_space_char(text.p[at - 1]);)
		at--;
	struct str last = str_from(text, at);
	return str_find(last, str_of(mark)) == last.n ? 0 : at;
}

static bool is_mail(struct str text)
{
	size_t at = str_find_char(text, '@');
	bool one = at > 0 && at < text.n && str_find_char(str_from(text, at), '.') < text.n - at;
	for (size_t i = 0; one && i < text.n; i++)
		one = !str_is_space_char(text.p[i]);
	return one;
}

static bool is_phone_number(struct str text)
{
	size_t digits = 0;
	for (size_t i = 0; i < text.n; i++)
		if (str_is_digit(text.p[i]))
			digits++;
		else if (str_find_char(STR("+()-./ "), text.p[i]) == 7)
			return false;
	return digits >= 5;
}

void fields_add_alias(struct fields *f, struct str alias)
{
	struct strs *to = &f->contact->aliases;
	for (size_t i = 0; i < to->count && i < 256; i++)
		if (str_eq(to->items[i], alias))
			return;
	push_str(f, to, alias);
}

void fields_mail_aliases(struct fields *f)
{
	struct contact *c = f->contact;
	for (size_t i = 0; i < c->aliases.count; i++) {
		struct str alias = c->aliases.items[i];
		bool known = !is_mail(alias);
		for (size_t e = 0; e < c->email.count && !known; e++)
			known = str_ieq(c->email.items[e].text, alias);
		if (known)
			continue;
		c->email.items = room(f, c->email.items, c->email.count, sizeof(*c->email.items));
		c->email.items[c->email.count++] = (struct value){STR(""), alias};
	}
}

static struct value split_value(struct str text, const char *mark, struct str label)
{
	size_t at = label_end(text, mark);
	if (at == 0 || at == text.n)
		return (struct value){label, text};
	struct str said = str_trim(str_upto(text, at));
	if (str_ends(said, STR(":")))
		said = str_rtrim(str_upto(said, said.n - 1));
	return (struct value){said, str_from(text, at)};
}

struct labelled {
	struct values *values;
	const char *mark;
	struct str label;
};

static void take_labelled_text(struct fields *f, struct str text, const struct yaml_node *node,
			       void *to)
{
	struct labelled *l = to;
	struct values *values = l->values;
	(void)node;
	if (is_unknown(text))
		return;
	values->items = room(f, values->items, values->count, sizeof(*values->items));
	values->items[values->count++] = split_value(text, l->mark, l->label);
}

static void take_labelled(struct fields *f, const struct taking *t)
{
	const struct yaml_node *node = t->node;
	const char *expected = "a text, a list, or a map of labels", *mark = key_row(t->key)->mark;
	if (node->kind != YAML_MAP) {
		each_text(f, node, expected, take_labelled_text,
			  &(struct labelled){t->to, mark, t->label});
		return;
	}
	for (const struct yaml_node *k = node->first; k; k = k->next->next)
		if (!yaml_is_null(k->next))
			each_text(f, k->next, expected, take_labelled_text,
				  &(struct labelled){t->to, mark, fields_keep(f, k->value)});
}

/* Of one key by a command alone. */
struct str fields_kept_way(struct str slug, struct str key, struct str text, bool one,
			   struct arena *arena)
{
	struct str who = head_typed(slug, arena);
	struct str label = head_typed(text_line(str_trim(key), arena), arena);
	int rank;
	size_t dot = str_find_char(key, '.');
	enum key which = key_find(str_upto(key, dot), &rank);
	bool name = which == KEY_NAME || which == KEY_GIVEN || which == KEY_FAMILY;
	bool simple = one && !name && text_is_line(text) && (dot == key.n || key_has_labels(which));
	if (!simple)
		return arena_printf(arena,
				    "write it in where it is right, and then `kith set %.*s "
				    "merged-=%.*s`",
				    STR_ARG(who), STR_ARG(label));
	struct str set = arena_printf(arena, "%.*s=%.*s", STR_ARG(label), STR_ARG(text));
	return arena_printf(
	    arena, "`kith set %.*s %.*s` takes it, `kith set %.*s merged-=%.*s` leaves it",
	    STR_ARG(who), STR_ARG(head_typed(set, arena)), STR_ARG(who), STR_ARG(label));
}

static void report_merged(struct fields *f, const struct yaml_node *key,
			  const struct yaml_node *node, struct str text)
{
	struct str label = head_typed(text_line(str_trim(key->value), f->arena), f->arena);
	struct str way = fields_kept_way(f->contact->slug, key->value, text,
					 node->kind == YAML_SCALAR, f->arena);
	f->reporter->check = NOTE_CHECK_KEPT;
	report_warning(f->reporter, node->span.from, "for %.*s a merge also kept \"%.*s\": %.*s",
		       STR_ARG(text_upto(label, 100)), STR_ARG(text_upto(text, 100)), STR_ARG(way));
	f->reporter->check = NULL;
}

static void take_merged(struct fields *f, const struct taking *t)
{
	struct values *to = t->to;
	for (const struct yaml_node *k = t->node->first; k; k = k->next->next) {
		bool list = k->next->kind == YAML_LIST && !is_bare_link(k->next);
		const struct yaml_node *node = list ? k->next->first : k->next;
		for (; node; node = list ? node->next : NULL) {
			struct str text = node_text(f, node);
			if (yaml_is_null(node))
				continue;
			if (!text.p)
				text = fields_node_words(node, f->arena);
			to->items = room(f, to->items, to->count, sizeof(*to->items));
			to->items[to->count++] =
			    (struct value){fields_keep(f, str_trim(k->value)), text};
			report_merged(f, k, node, text);
		}
	}
}

static void take_single(struct fields *f, const struct yaml_node *node, struct str *out)
{
	struct str text = node_text(f, node);
	if (!text.p && node->kind == YAML_LIST && node->count == 1)
		text = node_text(f, node->first);
	if (!text.p)
		tell_wrong_value(f, node, "a text");
	else
		*out = link_text(text);
}

static void take_one_text(struct fields *f, const struct taking *t)
{
	take_single(f, t->node, t->to);
}

/* Says what is wrong with a date; `expected` where it is none at all. */
static void wrong_date(struct fields *f, const struct yaml_node *node, enum date_result result,
		       struct str text, const char *expected)
{
	if (!report_wrong_date(f->reporter, node->span.from, result, text))
		tell_wrong_value(f, node, expected);
}

/* A text that may be a date, without the folder of the note that a link to it names. */
static struct str date_text(struct fields *f, const struct yaml_node *node)
{
	struct str text = node_text(f, node);
	return str_starts(text, STR("[[")) ? str_base(link_target(text)) : text;
}

/* A full date alone; anything else is reported, and NO_DAY. */
static civil_day read_day(struct fields *f, const struct yaml_node *node)
{
	civil_day day = NO_DAY;
	struct str text = date_text(f, node);
	enum date_result result = text.p ? date_parse_all(text, &day) : DATE_NONE;
	if (result == DATE_OK)
		return day;
	wrong_date(f, node, result, text, "a date (2026-11-30)");
	return NO_DAY;
}

static void take_date(struct fields *f, const struct taking *t)
{
	civil_day *day = t->to, first;
	struct str text = date_text(f, t->node);
	struct ymd date;
	bool month = t->key == KEY_LAST_CONTACT && text.p &&
		     date_parse_partial(text, &date) == DATE_OK && date.month && !date.day;
	if (month)
		ymd_span(date, &first, day);
	else
		*day = read_day(f, t->node);
	if (t->key == KEY_LAST_CONTACT)
		f->contact->last_contact_month = month;
}

static bool is_partial_date(struct str text)
{
	if (text.n != 4 && text.n != 7)
		return false;
	return str_number(str_upto(text, 4), 9999) > 0 &&
	       (text.n == 4 ||
		((text.p[4] == '-' || text.p[4] == '/') && str_number(str_from(text, 5), 12) > 0));
}

/* `1984?`, `1984~`, `198X`, a bare year or month: kept, and nothing to remind of. */
static bool is_vague(struct str text)
{
	if (text.n &&
	    (text.p[text.n - 1] == '?' || text.p[text.n - 1] == '~' || text.p[text.n - 1] == '%')) {
		struct ymd date;
		text.n--;
		if (date_parse_year_optional(text, &date) == DATE_OK)
			return true;
	}
	size_t digits = str_digits(text);
	struct str rest = str_from(text, digits);
	bool unknown = digits >= 1 && digits < 4 && digits + rest.n >= 4;
	for (size_t i = 0; i < rest.n && i + digits < 4; i++)
		unknown = unknown && str_lower(rest.p[i]) == 'x';
	return unknown || is_partial_date(text);
}

bool fields_fits(const struct fields *f, enum key key, struct str text)
{
	struct cadence_plan plan;
	struct ymd date;
	struct str why;
	civil_day day;
	size_t used;
	switch (key) {
	case KEY_BIRTHDAY:
		return is_vague(text) || date_parse_year_optional(text, &date) == DATE_OK;
	case KEY_LAST_CONTACT:
		return date_parse(text, &day, &used) == DATE_OK ||
		       date_parse_partial(text, &date) == DATE_OK;
	case KEY_EMAIL:
		return is_mail(text);
	case KEY_PHONE:
		return is_phone_number(text);
	case KEY_URL:
		return str_find(text, STR("://")) < text.n || str_starts(text, STR("www."));
	case KEY_CADENCE:
		return cadence_parse_plan(text, &f->config->cadences, &plan, &why, f->arena);
	case KEY_ORG:
	case KEY_TITLE:
	case KEY_LOCATION:
	case KEY_MET:
		return text.n > 0;
	default:
		return false;
	}
}

static void take_birthday(struct fields *f, const struct taking *t)
{
	struct birthday *birthday = t->to;
	struct str text = date_text(f, t->node);
	struct ymd date;
	birthday->text = node_text(f, t->node);
	if (text.p && is_vague(text))
		return;
	if (!text.p || date_parse_year_optional(text, &date) != DATE_OK) {
		(void)read_day(f, t->node);
		return;
	}
	/* Apple's address book writes 1604 for an unknown year. */
	*birthday = (struct birthday){birthday->text, date.year == 1604 ? 0 : date.year, date.month,
				      date.day};
}

static void take_met(struct fields *f, const struct taking *t)
{
	const struct yaml_node *node = t->node;
	struct contact *contact = f->contact;
	struct str text = node_text(f, node);
	size_t used = 0;
	civil_day day;
	if (!text.p) {
		tell_wrong_value(f, node, "a date, a text, or a date and a text");
		return;
	}
	enum date_result result = date_parse(text, &day, &used);
	if (result == DATE_IMPOSSIBLE || result == DATE_AMBIGUOUS) {
		wrong_date(f, node, result, str_upto(text, used), "a date");
		contact->met_text = str_trim(str_from(text, used));
		return;
	}
	if (result == DATE_OK)
		contact->met = day;
	else
		used = 0;
	struct str rest = str_trim(str_from(text, used));
	if (used && rest.n && (rest.p[0] == ',' || rest.p[0] == ':'))
		rest = str_trim(str_from(rest, 1));
	contact->met_text = rest;
}

static void take_status(struct fields *f, const struct taking *t)
{
	struct contact *contact = f->contact;
	enum status said = contact->status;
	take_single(f, t->node, &contact->status_text);
	for (int status = STATUS_PAUSED; status <= STATUS_DECEASED; status++)
		if (str_ieq(contact->status_text, str_of(status_name((enum status)status))))
			said = (enum status)status;
	if (str_ieq(contact->status_text, STR("dead")) ||
	    str_ieq(contact->status_text, STR("died")) || contact->deceased.p)
		said = STATUS_DECEASED;
	contact->status = said;
}

/* A value that is no day, perhaps a word of how, is reported, and says it all the same. */
static void take_deceased(struct fields *f, const struct taking *t)
{
	struct str text = node_text(f, t->node);
	if (text.p && (text.n == 0 || str_ieq(text, STR("no")) || str_ieq(text, STR("false"))))
		return;
	f->contact->deceased = text.p ? text : STR("");
	f->contact->status = STATUS_DECEASED;
	if (!text.p ||
	    (!is_partial_date(text) && !str_ieq(text, STR("yes")) && !str_ieq(text, STR("true"))))
		(void)read_day(f, t->node);
}

static void take_cadence(struct fields *f, const struct taking *t)
{
	const struct yaml_node *node = t->node;
	struct contact *contact = f->contact;
	struct str why, text = node_text(f, node);
	if (!text.p) {
		tell_wrong_value(f, node, "an interval (6 weeks), a name from cadences, or none");
		return;
	}
	contact->cadence_text = text;
	if (!cadence_parse_plan(text, &f->config->cadences, &contact->cadence, &why, f->arena))
		report_error(f->reporter, node->span.from, "%.*s", STR_ARG(why));
}

/* `tier: close`: a cadence where it is a name of one and none is said; else the user's own key. */
static void take_tier(struct fields *f, const struct taking *t)
{
	const struct yaml_node *node = t->node;
	struct contact *contact = f->contact;
	struct str text = node_text(f, node);
	if (!text.p || contact->cadence_text.p)
		return;
	const struct cadence_name *named = cadence_find(&f->config->cadences, text, f->arena);
	if (!named)
		return;
	contact->cadence_text = text;
	contact->cadence = (struct cadence_plan){.first = named->cadence, .until = NO_DAY};
}

struct related {
	struct relations *relations;
	struct str relation;
};

static void take_relation(struct fields *f, struct str text, const struct yaml_node *node, void *to)
{
	struct related *r = to;
	struct relations *list = r->relations;
	list->items = room(f, list->items, list->count, sizeof(*list->items));
	list->items[list->count++] =
	    (struct relation){r->relation, text, node->span.from, NO_CONTACT};
}

static void take_links(struct fields *f, const struct taking *t)
{
	const struct yaml_node *node = t->node;
	const char *expected = "a link ([[ada-lovelace]]) or a list of them";
	if (node->kind != YAML_MAP || key_row(t->key)->shape != SHAPE_RELATIONS) {
		each_text(f, node, expected, take_relation, &(struct related){t->to, STR("")});
		return;
	}
	for (const struct yaml_node *key = node->first; key; key = key->next->next)
		if (!yaml_is_null(key->next))
			each_text(f, key->next, expected, take_relation,
				  &(struct related){t->to, fields_keep(f, key->value)});
}

/* An organisation may be a link, to a note of its own or to a contact. */
static void take_org(struct fields *f, struct str text, const struct yaml_node *node, void *to)
{
	const struct strs *orgs = to;
	for (size_t i = 0; i < orgs->count && i < 64; i++)
		if (str_ieq(orgs->items[i], link_text(text)))
			return;
	take_list_text(f, text, node, to);
	if (str_starts(text, STR("[[")))
		take_relation(f, text, node, &(struct related){&f->contact->links, STR("")});
}

/* The value under `name` in a map, as lists of organisations have them; NULL for none. */
static const struct yaml_node *name_in_map(const struct yaml_node *node)
{
	for (const struct yaml_node *k = node->kind == YAML_MAP ? node->first : NULL; k;
	     k = k->next->next)
		if (str_ieq(k->value, STR("name")))
			return k->next;
	return NULL;
}

static void take_orgs(struct fields *f, const struct taking *t)
{
	const struct yaml_node *node = t->node;
	bool maps = node->kind == YAML_LIST && node->first && name_in_map(node->first);
	for (const struct yaml_node *n = maps ? node->first : node; n; n = maps ? n->next : NULL) {
		const struct yaml_node *name = name_in_map(n);
		each_text(f, name ? name : n, "a text or a list of texts", take_org, t->to);
	}
}

bool fields_take_yearly(struct str *text)
{
	struct str word = STR("yearly");
	bool yearly = text->n > word.n && str_ieq(str_from(*text, text->n - word.n), word) &&
		      str_is_space_char(text->p[text->n - word.n - 1]);
	if (yearly)
		*text = str_rtrim(str_upto(*text, text->n - word.n));
	return yearly;
}

static void push_milestone(struct fields *f, struct milestone milestone)
{
	struct contact *contact = f->contact;
	contact->dates = room(f, contact->dates, contact->dates_count, sizeof(*contact->dates));
	contact->dates[contact->dates_count++] = milestone;
}

/* A day of no year comes back; of a leap year, so that 29 February is one. */
static void set_date(struct milestone *milestone, struct ymd date)
{
	milestone->no_year = date.year == 0;
	milestone->yearly = milestone->yearly || milestone->no_year;
	milestone->day = day_from_ymd(date.year ? date.year : 4, date.month, date.day);
}

/* `2021-05-01 yearly` under its name. What is no date is the user's own. */
static void take_named_date(struct fields *f, struct milestone milestone,
			    const struct yaml_node *node)
{
	struct str text = date_text(f, node);
	const char *expected = "a date (2026-11-30, or 2021-05-01 yearly)";
	struct ymd date;
	civil_day day;
	size_t used;
	if (!text.p) {
		tell_wrong_value(f, node, expected);
		return;
	}
	milestone.yearly = fields_take_yearly(&text) || milestone.yearly;
	enum date_result result = date_parse_year_optional(text, &date);
	if (result == DATE_OK)
		set_date(&milestone, date);
	else if (is_partial_date(text))
		milestone.partial = text;
	if (result == DATE_OK || milestone.partial.n)
		push_milestone(f, milestone);
	else if (result != DATE_NONE || date_parse(text, &day, &used) != DATE_NONE)
		wrong_date(f, node, result, text, expected);
}

/* A date at the start of a text, of a year or none; *used: its bytes. */
static enum date_result leading_date(struct str text, struct ymd *date, size_t *used)
{
	civil_day day;
	enum date_result result = date_parse(text, &day, used);
	*date = day_to_ymd(day);
	if (result != DATE_NONE)
		return result;
	*used = date_parse_named(text, date);
	if (!*used)
		*used = str_find_char(text, ' ');
	return date_parse_year_optional(str_upto(text, *used), date);
}

/* `2016-11-23 joined the THE group yearly`. */
static void take_listed_date(struct fields *f, const struct yaml_node *node)
{
	struct str text = date_text(f, node);
	struct milestone milestone = {.day = NO_DAY};
	struct ymd date;
	size_t used;
	if (!text.p) {
		tell_wrong_value(f, node,
				 "a date and what it is (2026-12-03 talk at the Royal Society)");
		return;
	}
	milestone.yearly = fields_take_yearly(&text);
	enum date_result result = leading_date(text, &date, &used);
	if (result == DATE_OK) {
		struct str rest = str_trim(str_from(text, used));
		milestone.what = rest.n && rest.p[0] == ':' ? str_trim(str_from(rest, 1)) : rest;
		set_date(&milestone, date);
		push_milestone(f, milestone);
	} else if (result != DATE_NONE) {
		wrong_date(f, node, result, str_upto(text, used), "a date");
	}
}

static void take_anniversary(struct fields *f, const struct taking *t)
{
	struct str *text = t->to;
	*text = node_text(f, t->node);
	take_named_date(
	    f,
	    (struct milestone){
		.what = STR("anniversary"), .day = NO_DAY, .yearly = true, .own_key = true},
	    t->node);
}

static void take_date_nodes(struct fields *f, const struct yaml_node *node)
{
	if (node->kind == YAML_SCALAR) {
		take_listed_date(f, node);
		return;
	}
	if (node->kind == YAML_MAP) {
		for (const struct yaml_node *key = node->first; key; key = key->next->next)
			if (!fields_absent(KEY_DATES, key->next))
				take_named_date(
				    f,
				    (struct milestone){.what = fields_keep(f, str_trim(key->value)),
						       .day = NO_DAY},
				    key->next);
		return;
	}
	for (const struct yaml_node *item = node->first; item; item = item->next) {
		if (item->kind == YAML_MAP)
			take_date_nodes(f, item);
		else if (!fields_absent(KEY_DATES, item))
			take_listed_date(f, item);
	}
}

static void take_dates(struct fields *f, const struct taking *t)
{
	take_date_nodes(f, t->node);
}

void fields_add_tag(struct fields *f, struct str tag)
{
	push_tag(f, &f->contact->tags, tag);
}

struct str fields_join_names(struct fields *f, struct str given, struct str family)
{
	if (given.n && family.n)
		return arena_printf(f->arena, "%.*s %.*s", STR_ARG(given), STR_ARG(family));
	return given.n ? given : family.n ? family : STR_NONE;
}

struct str fields_name(struct fields *f, const struct yaml_node *value)
{
	if (value->kind != YAML_MAP) {
		struct str text = node_text(f, value);
		if (!text.p)
			tell_wrong_value(f, value, "a name");
		return text.p ? link_text(text) : STR_NONE;
	}
	struct str first = STR_NONE, last = STR_NONE;
	bool known = false;
	for (const struct yaml_node *key = value->first; key; key = key->next->next) {
		int rank;
		enum key which = key_find(key->value, &rank);
		bool is_first = str_ieq(key->value, STR("first")) || which == KEY_GIVEN;
		bool is_last = str_ieq(key->value, STR("last")) || which == KEY_FAMILY;
		known |= is_first || is_last;
		if (is_first && !yaml_is_null(key->next))
			take_single(f, key->next, &first);
		else if (is_last && !yaml_is_null(key->next))
			take_single(f, key->next, &last);
	}
	if (!known)
		tell_wrong_value(f, value, "a name");
	return fields_join_names(f, first, last);
}

/* Labels of a map may not stand there twice either; short maps only, which all real ones are. */
static void report_twice(struct fields *f, const struct yaml_node *map)
{
	size_t place = 0;
	for (const struct yaml_node *key = map->first; key && place < 64; key = key->next->next) {
		const struct yaml_node *before = map->first;
		while (before != key && !str_eq(before->value, key->value))
			before = before->next->next;
		if (before != key)
			report_error(f->reporter, key->span.from,
				     "\"%.*s\" stands here a second time",
				     STR_ARG(text_upto(key->value, 100)));
		place++;
	}
}

/* ---- values in words ---- */

static struct strs one(struct str text, struct arena *arena)
{
	if (!text.n)
		return (struct strs){NULL, 0};
	return (struct strs){arena_copy(arena, &text, 1, sizeof(text)), 1};
}

static struct str join_label(struct str label, const char *between, struct str text,
			     struct arena *arena)
{
	if (!label.n || !text.n)
		return label.n ? label : text;
	return arena_printf(arena, "%.*s%s%.*s", STR_ARG(label), between, STR_ARG(text));
}

static struct str day_as_written(civil_day day, struct arena *arena)
{
	return arena_str(arena, str_of(day_text(day).z));
}

struct str fields_milestone_day(const struct milestone *date, struct arena *arena)
{
	struct ymd ymd = day_to_ymd(date->day);
	return date->no_year ? arena_printf(arena, "--%02d-%02d", ymd.month, ymd.day)
			     : day_as_written(date->day, arena);
}

const void *fields_place(const struct contact *contact, enum key key)
{
	return (const char *)contact + key_row(key)->at;
}

civil_day fields_day(const struct contact *contact, enum key key)
{
	const civil_day *day = fields_place(contact, key);
	return *day;
}

/* A name that nothing says is the slug itself. */
static struct strs words_of_name(const struct contact *c, enum key key, struct arena *arena)
{
	bool said = key == KEY_NAME && (c->named || c->name.p != c->slug.p);
	return one(said ? c->name : STR(""), arena);
}

/* Also of a cadence, a status, a death and a birthday: their texts as they are written. */
static struct strs words_of_text(const struct contact *c, enum key key, struct arena *arena)
{
	const struct str *text = fields_place(c, key);
	return one(*text, arena);
}

static struct strs words_of_day(const struct contact *c, enum key key, struct arena *arena)
{
	return one(day_as_written(fields_day(c, key), arena), arena);
}

static struct strs words_of_met(const struct contact *c, enum key key, struct arena *arena)
{
	struct str day = day_as_written(fields_day(c, key), arena);
	return one(join_label(day, " ", c->met_text, arena), arena);
}

static struct strs words_of_texts(const struct contact *c, enum key key, struct arena *arena)
{
	const struct strs *texts = fields_place(c, key);
	(void)arena;
	return *texts;
}

const char *fields_label_end(enum key key)
{
	return key_row(key)->mark ? " " : ": ";
}

static struct strs words_of_values(const struct contact *c, enum key key, struct arena *arena)
{
	const struct values *values = fields_place(c, key);
	struct strs words = {ARENA_ARRAY(arena, struct str, values->count), values->count};
	for (size_t i = 0; i < values->count; i++)
		words.items[i] = join_label(values->items[i].label, fields_label_end(key),
					    values->items[i].text, arena);
	return words;
}

static struct strs words_of_links(const struct contact *c, enum key key, struct arena *arena)
{
	const struct relations *links = fields_place(c, key);
	struct strs words = {ARENA_ARRAY(arena, struct str, links->count), links->count};
	for (size_t i = 0; i < links->count; i++)
		words.items[i] =
		    join_label(links->items[i].relation, ": ", links->items[i].text, arena);
	return words;
}

static struct strs words_of_dates(const struct contact *c, enum key key, struct arena *arena)
{
	struct strs words = {ARENA_ARRAY(arena, struct str, c->dates_count), 0};
	(void)key;
	for (size_t i = 0; i < c->dates_count; i++) {
		const struct milestone *date = &c->dates[i];
		if (date->own_key)
			continue;
		struct str day =
		    join_label(fields_milestone_day(date, arena), " ", date->what, arena);
		words.items[words.count++] =
		    date->yearly ? join_label(day, " ", STR("yearly"), arena) : day;
	}
	return words;
}

/* ---- each shape ---- */

static const struct {
	void (*take)(struct fields *f, const struct taking *t);
	struct strs (*words)(const struct contact *c, enum key key, struct arena *arena);
} shapes[SHAPES] = {
    [SHAPE_NAME] = {NULL, words_of_name}, /* see fields_name */
    [SHAPE_TEXT] = {take_one_text, words_of_text},
    [SHAPE_DAY] = {take_date, words_of_day},
    [SHAPE_CADENCE] = {take_cadence, words_of_text},
    [SHAPE_TIER] = {take_tier, NULL},
    [SHAPE_STATUS] = {take_status, words_of_text},
    [SHAPE_DECEASED] = {take_deceased, words_of_text},
    [SHAPE_BIRTHDAY] = {take_birthday, words_of_text},
    [SHAPE_ANNIVERSARY] = {take_anniversary, words_of_text},
    [SHAPE_MET] = {take_met, words_of_met},
    [SHAPE_TEXTS] = {take_texts, words_of_texts},
    [SHAPE_ORGS] = {take_orgs, words_of_texts},
    [SHAPE_TAGS] = {take_tags, NULL}, /* the contact has those of its body among them */
    [SHAPE_LABELLED] = {take_labelled, words_of_values},
    [SHAPE_LINKS] = {take_links, words_of_links},
    [SHAPE_RELATIONS] = {take_links, words_of_links},
    [SHAPE_DATES] = {take_dates, words_of_dates},
    [SHAPE_MERGED] = {take_merged, words_of_values},
};

void fields_take(struct fields *f, enum key key, const struct yaml_node *value, struct str label)
{
	const struct key_row *row = key_row(key);
	struct taking t = {key, value, (char *)f->contact + row->at, label};
	if (value->kind == YAML_MAP)
		report_twice(f, value);
	if (shapes[row->shape].take)
		shapes[row->shape].take(f, &t);
}

struct strs fields_words(const struct contact *contact, enum key key, struct arena *arena)
{
	enum key_shape shape = key_row(key)->shape;
	if (!shapes[shape].words)
		return (struct strs){NULL, 0};
	return shapes[shape].words(contact, key, arena);
}

/* ---- front matter in words ---- */

static bool needs_quotes(struct str text)
{
	if (!text.n || !text_is_line(text))
		return true;
	for (size_t i = 0; i < text.n; i++)
		if (str_find_char(STR(",[]{}:\"#"), text.p[i]) < 8)
			return true;
	return false;
}

static void add_quotable(struct buf *b, struct str text)
{
	if (!needs_quotes(text)) {
		buf_add(b, text);
		return;
	}
	buf_addc(b, '"');
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '"' || c == '\\')
			buf_addc(b, '\\');
		if (c == '\n')
			buf_addz(b, "\\n");
		else
			buf_addc(b, c);
	}
	buf_addc(b, '"');
}

static void add_yaml(struct buf *b, const struct yaml_node *node)
{
	bool map = node->kind == YAML_MAP, key = true;
	if (node->kind == YAML_SCALAR) {
		add_quotable(b, node->value);
		return;
	}
	buf_addc(b, map ? '{' : '[');
	for (const struct yaml_node *child = node->first; child; child = child->next) {
		add_yaml(b, child);
		if (child->next)
			buf_addz(b, map && key ? ": " : ", ");
		key = !key;
	}
	buf_addc(b, map ? '}' : ']');
}

struct str fields_node_words(const struct yaml_node *node, struct arena *arena)
{
	struct buf b;
	if (node->kind == YAML_SCALAR)
		return node->value;
	buf_init(&b, 0);
	add_yaml(&b, node);
	return arena_take(arena, &b);
}

struct strs fields_front_words(const struct yaml_node *map, enum key key, struct arena *arena)
{
	struct strs words = {NULL, 0};
	int rank;
	if (!map)
		return words;
	size_t count = 0;
	for (const struct yaml_node *k = map->first; k; k = k->next->next)
		count += fields_key(k, &rank) == key && !fields_absent(key, k->next);
	words.items = ARENA_ARRAY(arena, struct str, count);
	for (const struct yaml_node *k = map->first; k; k = k->next->next)
		if (fields_key(k, &rank) == key && !fields_absent(key, k->next))
			words.items[words.count++] =
			    arena_str(arena, fields_node_words(k->next, arena));
	return words;
}

bool fields_same_node(const struct yaml_node *a, const struct yaml_node *b)
{
	if (yaml_is_null(a) || yaml_is_null(b))
		return yaml_is_null(a) && yaml_is_null(b);
	if (a->kind != b->kind || a->count != b->count || !str_eq(a->value, b->value))
		return false;
	a = a->first;
	b = b->first;
	for (; a && b; a = a->next, b = b->next)
		if (!fields_same_node(a, b))
			return false;
	return !a && !b;
}
