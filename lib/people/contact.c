#include "people/contact.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "note/quick.h"
#include "people/bodyfields.h"
#include "people/fields.h"
#include "people/keys.h"
#include "people/link.h"
#include "people/tags.h"

const char *status_name(enum status status)
{
	static const char *const names[] = {"active", "paused", "archived", "deceased"};
	return names[status];
}

struct str contact_status(const struct contact *contact)
{
	bool own = contact->status == STATUS_ACTIVE && contact->status_text.n;
	return own ? contact->status_text : str_of(status_name(contact->status));
}

bool contact_has_tag(const struct contact *contact, struct str tag)
{
	for (size_t i = 0; i < contact->tags.count; i++) {
		struct str has = contact->tags.items[i];
		if (str_istarts(has, tag) && (has.n == tag.n || has.p[tag.n] == '/'))
			return true;
	}
	return false;
}

bool contact_is_note_title(const struct contact *contact, const struct yaml_node *value)
{
	struct str title = link_text(str_trim(value->value));
	if (yaml_is_null(value) || value->kind != YAML_SCALAR)
		return false;
	for (size_t i = 0; i < contact->title.count; i++)
		if (str_eq(contact->title.items[i], title))
			return false;
	return title.n > 0;
}

/* `{{`, `<%` and `\xE2\x80\xB9%` (U+2039) are marks of other programs' templates. */
static bool holds_template_mark(struct str s)
{
	return str_find(s, STR("{{")) < s.n || str_find(s, STR("<%")) < s.n ||
	       str_find(s, STR("\xB9%")) < s.n;
}

/* `{Full Name}`, `[Full Name]`, `<Full Name>`, and no `[[link]]`. */
static bool is_placeholder(struct str name)
{
	name = str_trim(name);
	char last = name.n > 2 ? name.p[name.n - 1] : '\0';
	switch (str_at(name, 0)) {
	case '{':
		return last == '}';
	case '[':
		return last == ']' && name.p[1] != '[';
	case '<':
		return last == '>';
	default:
		return false;
	}
}

/* For YAML, `{Full Name}` is a map of one key that says nothing, and `[Full Name]` a list. */
static bool names_placeholder(const struct note *note)
{
	for (const struct yaml_node *k = note->map ? note->map->first : NULL; k;
	     k = k->next->next) {
		const struct yaml_node *value = k->next;
		int rank;
		bool map = value->kind == YAML_MAP;
		if (value->kind != YAML_SCALAR && value->count == 1 &&
		    (!map || yaml_is_null(value->first->next)) &&
		    is_placeholder(span_str(note->image, value->span)) &&
		    key_find(k->value, &rank) == KEY_NAME)
			return true;
	}
	return false;
}

/* The first heading of any level; p == NULL for none. */
static struct str opening_heading(const struct note *note)
{
	for (size_t i = 0; i < note->blocks.count; i++)
		if (note->blocks.items[i].kind == BLOCK_HEADING)
			return span_str(note->image, note->blocks.items[i].content);
	return STR_NONE;
}

/* A key of the front matter, or of the text below, with its value. */
struct pair {
	const struct yaml_node *key;
	enum key which;
	int rank;
	bool below;
};

/* Those of the text below that mean something, or that `only` asks for. */
struct pairs_below {
	struct pair *items;
	size_t count, room;
};

/* By key, then rank: the synonym that wins comes first; unknown ones by name; then as they stand.
 */
static int compare_pairs(const struct pair *x, const struct pair *y)
{
	int order = (int)x->which - (int)y->which;
	if (order == 0)
		order = x->rank - y->rank;
	if (order == 0 && x->which == KEY_UNKNOWN)
		order = key_compare(x->key->value, y->key->value);
	if (order == 0)
		order = x->key->span.from < y->key->span.from ? -1 : 1;
	return order;
}

static int compare_for_qsort(const void *a, const void *b)
{
	return compare_pairs(a, b);
}

/* Nearly all front matter is short: there, inserting beats calling qsort. */
static void sort_pairs(struct pair *pairs, size_t count)
{
	if (count > 64) {
		qsort(pairs, count, sizeof(*pairs), compare_for_qsort);
		return;
	}
	for (size_t i = 1; i < count; i++) {
		struct pair pair = pairs[i];
		size_t at = i;
		for (; at > 0 && compare_pairs(&pair, &pairs[at - 1]) < 0; at--)
			pairs[at] = pairs[at - 1];
		pairs[at] = pair;
	}
}

static bool is_labelled(enum key key)
{
	return key_row(key)->shape == SHAPE_LABELLED;
}

static bool is_same_key(const struct pair *a, const struct pair *b)
{
	if (a->which != b->which || a->rank != b->rank)
		return false;
	bool named =
	    a->which == KEY_UNKNOWN || (is_labelled(a->which) && key_is_label(a->key->value));
	return !named || key_compare(a->key->value, b->key->value) == 0;
}

/*
 * The same key twice is an error, and the first one counts; one without a value is as if absent.
 * Returns how many are left.
 */
static size_t drop_some(struct pair *pairs, size_t count, struct reporter *reporter)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		bool same = i && is_same_key(&pairs[i - 1], &pairs[i]);
		if (same && pairs[i].below && !key_unites(pairs[i].which))
			continue;
		if (same && !pairs[i].below)
			report_error(
			    reporter, pairs[i].key->span.from,
			    "the key \"%.*s\" stands here a second time; the first one counts",
			    STR_ARG(text_upto(pairs[i].key->value, 100)));
		else if (!fields_absent(pairs[i].which, pairs[i].key->next))
			pairs[kept++] = pairs[i];
	}
	return kept;
}

/* A key is read as it looks; that it holds more is told, for other programs don't. */
static void report_unseen(const struct pair *pair, struct reporter *reporter)
{
	struct str key = pair->key->value;
	size_t at = key_unseen_at(key);
	int32_t point;
	if (at < key.n && utf8_decode(key, at, &point))
		report_warning(reporter, pair->key->span.from,
			       "this key holds a character that nobody sees (U+%04X); delete it",
			       (unsigned)point);
}

static void report_unknown(const struct pair *pair, struct reporter *reporter)
{
	struct str key = pair->key->value;
	int rank;
	const char *nearest = key_find(key, &rank) == KEY_UNKNOWN ? key_nearest(key) : NULL;
	if (nearest)
		report_warning(reporter, pair->key->span.from,
			       "\"%.*s\" is a key of your own; did you mean \"%s\"?", STR_ARG(key),
			       nearest);
}

/* The first heading of level 1, as it stands; p == NULL for none. */
static struct str top_heading(const struct note *note, bool *first)
{
	for (size_t i = 0; i < note->blocks.count; i++) {
		const struct block *b = &note->blocks.items[i];
		*first = i == 0;
		if (b->kind == BLOCK_HEADING && b->level == 1)
			return span_str(note->image, b->content);
	}
	return STR_NONE;
}

/* A sign in three bytes or more that is no letter: an emoji, an arrow; its bytes, or 0. */
static size_t sign_length(struct str s)
{
	unsigned char u = (unsigned char)str_at(s, 0), next = (unsigned char)str_at(s, 1);
	return u >= 0xF0 ? 4 : u == 0xEF || (u == 0xE2 && next < 0xB0) ? 3 : 0;
}

/* A heading without its marks: `**`, `[[ ]]`, `#tags`, and emoji at its ends. */
static struct str plain_heading(struct fields *f, struct str heading)
{
	struct link link;
	struct buf b;
	struct str tag;
	size_t used, copied = 0, close = 0;
	if (str_find_char(heading, '#') == heading.n && str_find_char(heading, '*') == heading.n &&
	    str_find_char(heading, '[') == heading.n && utf8_is_ascii(heading))
		return heading;
	buf_init(&b, 0);
	for (size_t at = 0; tags_next(heading, &at, &tag); copied = at)
		buf_add(&b, str_rtrim(str_slice(heading, copied, at - tag.n - 1)));
	buf_add(&b, str_from(heading, copied));
	struct str text = arena_take(f->arena, &b);
	buf_init(&b, 0);
	for (size_t i = 0; i < text.n; i++) {
		bool linked = link_at(text, i, &close, &link, &used);
		if (linked)
			buf_add(&b, link.label.p ? link.label : link.target);
		else if (text.p[i] != '*' && text.p[i] != '`')
			buf_addc(&b, text.p[i]);
		i += linked ? used - 1 : 0;
	}
	text = str_trim(arena_take(f->arena, &b));
	while (sign_length(text))
		text = str_ltrim(str_from(text, sign_length(text)));
	for (size_t n = 3; n <= 4 && text.n >= n; n++)
		while (text.n >= n && sign_length(str_from(text, text.n - n)) == n)
			text = str_rtrim(str_upto(text, text.n - n));
	return text;
}

/* Whether two texts share a word, as slugs have them. */
static bool share_a_word(struct str a, struct str b)
{
	for (struct str rest = a; rest.n;) {
		struct str word = str_upto(rest, str_find_char(rest, '-'));
		rest = str_from(rest, word.n + 1);
		for (struct str more = b; more.n;) {
			struct str other = str_upto(more, str_find_char(more, '-'));
			if (word.n && str_eq(word, other))
				return true;
			more = str_from(more, other.n + 1);
		}
	}
	return false;
}

/* The heading that is the note's name: p == NULL for none. */
static struct str heading_name(struct fields *f, const struct note *note)
{
	bool first;
	struct str heading = top_heading(note, &first), name;
	if (!heading.p)
		return heading;
	name = plain_heading(f, heading);
	first = first && !config_task_heading(f->config, heading, f->arena) &&
		contact_log_kind(heading, f->config, f->arena) == LOG_NONE;
	return name.n && (first || share_a_word(text_slug(name, f->arena),
						text_slug(f->contact->slug, f->arena)))
		   ? name
		   : STR_NONE;
}

/* Whether a text's slug is the file's. */
static bool is_slug_of(struct fields *f, struct str text)
{
	char a = str_lower(str_at(text, 0)), b = str_lower(str_at(f->contact->slug, 0));
	/* Most are told apart by their first letters. */
	if (a != b && str_is_alpha(a) && str_is_alpha(b))
		return false;
	return text.n && (str_ieq(text, f->contact->slug) ||
			  str_eq(text_slug(text, f->arena), text_slug(f->contact->slug, f->arena)));
}

/* A title equal to the name, the first heading or the file's slug is the note's title, not a role.
 */
static bool is_title_of_note(struct fields *f, const struct note *note, const struct pair *pair)
{
	const struct yaml_node *value = pair->key->next;
	bool first;
	if (pair->which != KEY_TITLE || pair->rank != 0 || value->kind != YAML_SCALAR)
		return false;
	struct str title = str_trim(value->value);
	return str_ieq(title, f->contact->name) || str_ieq(title, top_heading(note, &first)) ||
	       is_slug_of(f, title);
}

/* Two of `met`: the one tells the day, the other the rest. */
static bool take_second_met(struct fields *f, const struct pair *pair)
{
	struct contact *c = f->contact;
	civil_day day = c->met;
	struct str text = c->met_text;
	fields_take(f, KEY_MET, pair->key->next, STR(""));
	bool both = (day == NO_DAY || c->met == NO_DAY || day == c->met) &&
		    (!text.n || !c->met_text.n || str_eq(text, c->met_text));
	c->met = day != NO_DAY ? day : c->met;
	c->met_text = text.n ? text : c->met_text;
	return both;
}

static void take_pairs(struct fields *f, const struct note *note, const struct pair *pairs,
		       size_t count)
{
	const struct pair *taken = NULL;
	for (size_t i = 0; i < count; i++) {
		const struct pair *p = &pairs[i];
		if (p->which == KEY_UNKNOWN) {
			report_unknown(p, f->reporter);
			continue;
		}
		bool role = i + 1 < count && pairs[i + 1].which == p->which;
		if (is_title_of_note(f, note, p) || (p->which == KEY_TITLE && p->rank == 0 && role))
			continue;
		bool again = taken && taken->which == p->which && p->which != KEY_TIER &&
			     p->which != KEY_ORG;
		if (again && ((p->below && !key_unites(p->which)) ||
			      fields_same_node(p->key->next, taken->key->next) ||
			      (p->which == KEY_NAME &&
			       str_eq(f->contact->name, str_trim(p->key->next->value))) ||
			      (p->which == KEY_MET && take_second_met(f, p))))
			continue;
		if (again && !key_unites(p->which)) {
			report_warning(f->reporter, p->key->span.from,
				       "\"%.*s\" says the same as \"%.*s\", which counts",
				       STR_ARG(p->key->value), STR_ARG(taken->key->value));
			continue;
		}
		struct str label = is_labelled(p->which) ? key_label(p->key->value) : STR("");
		fields_take(f, p->which, p->key->next, fields_keep(f, label));
		taken = p;
	}
	fields_mail_aliases(f);
}

/*
 * The name that keys say: the longest of `name` and its synonyms (*shorter: `name` beside a longer
 * one), else `given` and `family`, else a title whose slug is the file's.
 */
static struct str said_name(struct fields *f, const struct pair *pairs, size_t count,
			    struct str *shorter)
{
	struct str parts[3] = {STR_NONE, STR_NONE, STR_NONE}, title = STR_NONE;
	bool is_name = false; /* `name` itself is there */
	*shorter = STR_NONE;
	for (size_t i = 0; i < count; i++) {
		const struct yaml_node *value = pairs[i].key->next;
		if (pairs[i].which == KEY_TITLE && pairs[i].rank == 0 &&
		    value->kind == YAML_SCALAR && is_slug_of(f, str_trim(value->value)))
			title = fields_keep(f, str_trim(value->value));
		if (pairs[i].which > KEY_FAMILY)
			continue;
		struct str text = fields_name(f, value), *part = &parts[pairs[i].which];
		if (part->n && (!is_name || text.n <= part->n))
			continue;
		*shorter = *part;
		*part = text;
		is_name |= pairs[i].which == KEY_NAME && pairs[i].rank == 0;
	}
	struct str joined = fields_join_names(f, parts[KEY_GIVEN], parts[KEY_FAMILY]);
	return parts[KEY_NAME].n ? parts[KEY_NAME] : joined.n ? joined : title;
}

static void set_name(struct fields *f, const struct note *note, const struct pair *pairs,
		     size_t count)
{
	struct contact *c = f->contact;
	struct str shorter, name = said_name(f, pairs, count, &shorter);
	/* Of the front matter alone: who reads no more must know whether there is more. */
	bool in_front = false;
	for (size_t i = 0; i < count; i++)
		in_front |=
		    !pairs[i].below && (pairs[i].which <= KEY_FAMILY ||
					(pairs[i].which == KEY_TITLE && pairs[i].rank == 0));
	c->named = name.n > 0 && in_front;
	if (!name.n)
		name = heading_name(f, note);
	c->name = name.n ? name : c->slug;
	if (shorter.n)
		fields_add_alias(f, shorter);
}

/* The keys that are the user's own, in the order of the file. */
static void keep_own(struct fields *f, const struct yaml_node *map)
{
	struct yaml_node own = *map, **tail = &own.first;
	own.count = 0;
	for (const struct yaml_node *key = map->first; key; key = key->next->next) {
		int rank;
		if (fields_key(key, &rank) != KEY_UNKNOWN)
			continue;
		*tail = fields_copy(f, key);
		(*tail)->next = fields_copy(f, key->next);
		tail = &(*tail)->next->next;
		own.count++;
	}
	*tail = NULL;
	f->contact->own = arena_copy(f->arena, &own, 1, sizeof(own));
}

/* Whether one of these is there, with a value. */
static bool is_said(const struct pair *pairs, size_t count, enum key which)
{
	for (size_t i = 0; i < count; i++)
		if (pairs[i].which == which && !fields_absent(which, pairs[i].key->next))
			return true;
	return false;
}

static void read_keys(struct fields *f, const struct note *note, const struct pairs_below *below,
		      struct arena *scratch)
{
	size_t count = 0, front;
	size_t room = (note->map ? note->map->count : 0) + below->count;
	struct pair *pairs = arena_alloc(scratch, (room + 1) * sizeof(*pairs));
	struct contact *c = f->contact;
	bool own = false;
	if (note->map) {
		for (const struct yaml_node *key = note->map->first; key; key = key->next->next) {
			struct pair *pair = &pairs[count++];
			*pair = (struct pair){.key = key};
			pair->which = fields_key(key, &pair->rank);
			report_unseen(pair, f->reporter);
			own = own || pair->which == KEY_UNKNOWN;
		}
	}
	front = count;
	c->says_who = is_said(pairs, count, KEY_NAME) || is_said(pairs, count, KEY_GIVEN) ||
		      is_said(pairs, count, KEY_EMAIL) || is_said(pairs, count, KEY_BIRTHDAY) ||
		      is_said(pairs, count, KEY_CADENCE);
	for (size_t i = 0; i < below->count; i++)
		if (below->items[i].which != KEY_UNKNOWN &&
		    !is_said(pairs, front, below->items[i].which))
			pairs[count++] = below->items[i];
	sort_pairs(pairs, count);
	count = drop_some(pairs, count, f->reporter);
	set_name(f, note, pairs, count);
	take_pairs(f, note, pairs, count);
	if (own)
		keep_own(f, note->map);
}

/* Words of a heading that is a log's, one of each; `1:1` ends in a digit, the others may end in s.
 */
static const char *const log_of_what[] = {"interaction", "meeting", "conversation", "communication",
					  "contact",     "call",    "talk",         "1:1"};
static const char *const log_words[] = {"log", "history", "note", "timeline"};
static const char *const lives_words[] = {"timeline", "journal", "history"};

static bool is_one_of_words(struct str word, const char *const *words, size_t count)
{
	struct str single = str_ends(word, STR("s")) ? str_upto(word, word.n - 1) : word;
	for (size_t i = 0; i < count; i++)
		if (str_ieq(word, str_of(words[i])) || str_ieq(single, str_of(words[i])))
			return true;
	return false;
}

/* In bytes; a longer heading is a text. */
#define LONGEST_LOG_HEADING 120

/*
 * A heading without markup, emoji and brackets with what is in them: ASCII marks but for `:` within
 * a word, and what is written in three bytes or more and is a sign.
 */
static struct str heading_words(char out[LONGEST_LOG_HEADING], struct str heading)
{
	size_t n = 0;
	int depth = 0;
	for (size_t i = 0; i < heading.n; i++) {
		char c = heading.p[i];
		unsigned char u = (unsigned char)c;
		bool opens = c == '(' || c == '[' || c == '{';
		bool closes = c == ')' || c == ']' || c == '}';
		bool sign = u >= 0xF0 ||
			    (u == 0xE2 && (unsigned char)str_at(heading, i + 1) < 0xB0) ||
			    u == 0xEF;
		depth += opens - (closes && depth > 0);
		if (sign)
			i += u >= 0xF0 ? 3 : 2;
		else if (depth == 0 && !closes && str_find_char(STR("*_`~#"), c) == 5)
			out[n++] = c;
	}
	while (n && (out[n - 1] == ':' || str_is_blank_char(out[n - 1])))
		n--;
	return str_trim((struct str){out, n});
}

static bool is_log_heading(struct str heading, const struct config *config, struct arena *arena)
{
	for (size_t i = 0; i < config->log_headings.count; i++)
		if (config_is_heading(heading, config->log_headings.items[i], arena))
			return true;
	return false;
}

enum log_kind contact_log_kind(struct str heading, const struct config *config, struct arena *arena)
{
	char room[LONGEST_LOG_HEADING];
	if (heading.n > sizeof(room))
		return LOG_NONE;
	if (is_log_heading(heading, config, arena))
		return LOG_ALL;
	struct str words = heading_words(room, heading);
	if (!str_eq(words, heading) && is_log_heading(words, config, arena))
		return LOG_ALL;
	size_t blank = str_find_char(words, ' ');
	struct str first = str_upto(words, blank), second = str_ltrim(str_from(words, blank));
	if (second.n == 0)
		return is_one_of_words(first, lives_words, ARRAY_LEN(lives_words)) ? LOG_LIVES
										   : LOG_NONE;
	return is_one_of_words(first, log_of_what, ARRAY_LEN(log_of_what)) &&
		       is_one_of_words(second, log_words, ARRAY_LEN(log_words))
		   ? LOG_ALL
		   : LOG_NONE;
}

/* Where in the body a block stands: which headings are around it. */
struct around {
	bool open[7], title[7]; /* by level */
	enum log_kind log[7];
	const struct task_heading *tasks[7]; /* where such headings say whose tasks are */
	struct str heading[7];
	bool seen_title;
	enum log_kind kind;  /* which entries count there */
	bool named;          /* in a section for them */
	size_t entry_end;    /* the end of the entry that the walk is in */
	struct span comment; /* the next `%% … %%` that ends behind it; empty for none */
	bool item;           /* the block before is an item */
	struct pairs_below *below;
	struct fields *f;
	struct arena *scratch;
};

/* Where is_commented begins: the text before the first comment, or nothing where there is none. */
static struct span before_comments(struct str image, size_t body)
{
	struct str text = str_from(image, body);
	bool any = str_find(text, STR("%%")) < text.n;
	return (struct span){0, any ? (body ? body : 1) : 0};
}

/* Whether a block stands in a comment of Obsidian's. */
static bool is_commented(struct around *a, struct str image, size_t at)
{
	while (a->comment.from < a->comment.to && a->comment.to <= at) {
		size_t from = a->comment.to + str_find(str_from(image, a->comment.to), STR("%%"));
		size_t to = from + 2 + str_find(str_from(image, from + 2), STR("%%")) + 2;
		a->comment =
		    (struct span){from, from < image.n ? (to < image.n ? to : image.n) : from};
	}
	return at >= a->comment.from && at < a->comment.to;
}

static void settle_around(struct around *a)
{
	bool only_title = true;
	enum log_kind most = LOG_NONE;
	for (int level = 1; level <= 6; level++) {
		if (a->open[level] && a->log[level] > most)
			most = a->log[level];
		if (a->open[level] && !a->title[level])
			only_title = false;
	}
	a->named = most != LOG_NONE;
	a->kind = only_title ? LOG_ALL : most;
}

static void leave_sections(struct around *a, int from)
{
	for (int level = from; level <= 6; level++)
		a->open[level] = false;
	settle_around(a);
}

static void enter_heading(struct around *a, const struct block *b, struct str text,
			  const struct fields *f)
{
	a->open[b->level] = true;
	a->heading[b->level] = text;
	a->log[b->level] = contact_log_kind(text, f->config, f->arena);
	a->tasks[b->level] = f->config->task_headings.some_told
				 ? config_task_heading(f->config, text, f->arena)
				 : NULL;
	a->title[b->level] = b->level == 1 && !a->seen_title;
	a->seen_title = a->seen_title || b->level == 1;
	settle_around(a);
}

/* In scratch while a file is read, with room for one a block, and copied to the arena at its end.
 */
struct body_parts {
	struct entry *entries;
	size_t entries_count, plans_count;
	uint32_t *company; /* places of entries with people after `with` */
	size_t company_count;
	struct task *tasks;
	size_t tasks_count;
};

/* `**2026-01-02** call: x`, as a paragraph of its own. */
static bool is_bold_date(struct str line)
{
	civil_day day;
	size_t at, used;
	return (str_starts(line, STR("**")) || str_starts(line, STR("__"))) &&
	       entry_begins(line, &day, &at, &used) == DATE_OK;
}

static bool read_block_entry(struct entry *entry, struct fields *f, const struct block *b,
			     bool in_log)
{
	struct span block = {b->start, b->end};
	struct str image = f->contact->image;
	if (b->kind == BLOCK_PARAGRAPH && !(in_log && is_bold_date(span_str(image, b->content))))
		return false;
	if (entry_read(entry, image, b->content, block, f->config, f->arena, f->reporter))
		return true;
	return b->kind == BLOCK_HEADING && in_log &&
	       entry_read_behind(entry, image, b->content, block, f->config, f->arena);
}

static void try_entry(struct fields *f, struct body_parts *body, struct around *a,
		      const struct block *b)
{
	if (a->kind == LOG_NONE || b->start < a->entry_end)
		return;
	struct entry *entry = &body->entries[body->entries_count];
	if (!read_block_entry(entry, f, b, a->named) ||
	    (a->kind == LOG_LIVES && !entry->channel.n && !entry->rest.p))
		return;
	if (entry->rest.p)
		body->company[body->company_count++] = (uint32_t)body->entries_count;
	body->entries_count++;
	a->entry_end = b->end;
}

/* Whose a task is by the settings' tags; false where they say that it is none. */
static bool take_task_tags(struct task *task, struct str line, const struct config *config)
{
	struct str tag;
	bool marked = config->task_promise.count == 0;
	for (size_t at = 0; tags_next(line, &at, &tag);) {
		marked |= config_has_tag(config->task_promise, tag);
		task->waiting |= config_has_tag(config->task_waiting, tag);
		task->topic |= config_has_tag(config->task_topic, tag);
	}
	return marked || task->waiting || task->topic;
}

static bool is_task_tag(const struct config *config, struct str tag)
{
	return config_has_tag(config->task_promise, tag) ||
	       config_has_tag(config->task_waiting, tag) || config_has_tag(config->task_topic, tag);
}

static bool try_task(struct fields *f, struct body_parts *body, const struct around *around,
		     const struct block *b)
{
	struct span block = {b->start, b->end};
	/* Looked at first, because most items are no tasks. */
	if (b->content.from == b->content.to || f->contact->image.p[b->content.from] != '[')
		return false;
	struct task *task = &body->tasks[body->tasks_count];
	bool is_task = task_read(task, f->contact->image, b->content, block, f->arena, f->reporter);
	if (is_task && !take_task_tags(task, span_str(f->contact->image, b->content), f->config))
		return true;
	body->tasks_count += is_task;
	for (int level = 6; is_task && level > 0 && !task->waiting && !task->topic; level--) {
		const struct task_heading *heading =
		    around->open[level] ? around->tasks[level] : NULL;
		task->waiting = heading && heading->waiting;
		task->topic = heading && heading->topic;
	}
	return is_task;
}

static void take_body_tags(struct fields *f, const struct note *note)
{
	struct str tag, body = str_from(f->contact->image, note->body);
	struct around a = {.comment = before_comments(f->contact->image, note->body)};
	if (str_find_char(body, '#') == body.n)
		return;
	for (size_t i = 0; i < note->blocks.count; i++) {
		const struct block *b = &note->blocks.items[i];
		struct str text = str_slice(f->contact->image, b->start, b->end);
		if (b->kind == BLOCK_HEADING)
			text = span_str(f->contact->image, b->content);
		if (b->kind == BLOCK_ITEM || is_commented(&a, f->contact->image, b->start))
			continue;
		for (size_t at = 0; tags_next(text, &at, &tag);)
			if (tags_which(tag) == TAG_OTHER && !is_task_tag(f->config, tag))
				fields_add_tag(f, tag);
	}
}

static unsigned first_line_tags(struct str image, const struct entry *e)
{
	struct str text = str_slice(image, e->offset, e->block.to);
	return tags_in(str_upto(text, str_line(text)));
}

/*
 * What was given and asked stands anywhere in an entry, but not in tasks
 * nested in it: those have their own. That it is planned or cancelled is
 * said of the entry itself, on its first line.
 */
static void mark_entries(struct str image, struct body_parts *body)
{
	size_t t = 0;
	for (size_t i = 0; i < body->entries_count; i++) {
		struct entry *e = &body->entries[i];
		size_t from = e->offset;
		unsigned tags = 0, planned = 0;
		while (t < body->tasks_count && body->tasks[t].offset < from)
			t++;
		for (; t < body->tasks_count && body->tasks[t].offset < e->block.to; t++) {
			if (body->tasks[t].offset < from)
				continue;
			tags |= tags_in(str_slice(image, from, body->tasks[t].block.from));
			from = body->tasks[t].block.to;
		}
		tags |= tags_in(str_slice(image, from, e->block.to));
		if (tags & (TAG_PLANNED | TAG_CANCELLED))
			planned = first_line_tags(image, e);
		e->planned = planned & TAG_PLANNED;
		body->plans_count += e->planned;
		e->cancelled = planned & TAG_CANCELLED;
		e->gave = tags & TAG_GAVE;
		e->got = tags & TAG_GOT;
		e->asked = tags & TAG_ASKED;
	}
}

/* A text of the body as a node of the front matter would be. */
static struct yaml_node *node_of_text(struct around *a, enum yaml_kind kind, struct span at)
{
	struct yaml_node *node = arena_alloc(a->scratch, sizeof(*node));
	*node = (struct yaml_node){.kind = kind, .style = YAML_PLAIN, .span = at};
	if (kind == YAML_SCALAR)
		node->value = span_str(a->f->contact->image, at);
	return node;
}

/* `a, b` as a list, for keys that hold several texts or links. */
static struct yaml_node *value_below(struct around *a, enum key which, struct span at)
{
	struct str image = a->f->contact->image, rest = span_str(image, at);
	enum key_shape shape = key_row(which)->shape;
	bool links = shape == SHAPE_LINKS || shape == SHAPE_RELATIONS || shape == SHAPE_TAGS;
	bool several = links || which == KEY_ALIASES || which == KEY_INTERESTS;
	if (!several || str_find_char(rest, ',') == rest.n)
		return node_of_text(a, YAML_SCALAR, at);
	struct yaml_node *list = node_of_text(a, YAML_LIST, at), **tail = &list->first;
	list->style = YAML_BLOCK;
	while (rest.n) {
		struct str part = str_trim(str_upto(rest, str_find_char(rest, ',')));
		size_t from = (size_t)(part.p - image.p);
		rest = str_from(rest, str_find_char(rest, ',') + 1);
		if (!part.n)
			continue;
		*tail = node_of_text(a, YAML_SCALAR, (struct span){from, from + part.n});
		tail = &(*tail)->next;
		list->count++;
	}
	return list;
}

/* In a section of tasks nothing is a field. */
static bool is_among_tasks(const struct around *a)
{
	for (int level = 1; level <= 6; level++)
		if (a->open[level] &&
		    config_task_heading(a->f->config, a->heading[level], a->f->arena))
			return true;
	return false;
}

static void keep_field_below(void *context, const struct body_field *field)
{
	struct around *a = context;
	struct pairs_below *below = a->below;
	struct pair pair = {.which = KEY_UNKNOWN, .below = true};
	pair.which = key_find(field->key, &pair.rank);
	struct str value = span_str(a->f->contact->image, field->value);
	bool plain = field->form == BODY_PLAIN;
	bool of_words = pair.which == KEY_ORG || pair.which == KEY_TITLE ||
			pair.which == KEY_LOCATION || pair.which == KEY_MET;
	if (field->form != BODY_DOUBLE &&
	    ((plain && of_words) || !fields_fits(a->f, pair.which, value)))
		return;
	/* `tags:: #person`: as all tags of the body. */
	if ((pair.which == KEY_TAGS && str_find_char(value, '#') < value.n) || is_among_tasks(a))
		return;
	size_t from = (size_t)(field->key.p - a->f->contact->image.p);
	struct yaml_node *key =
	    node_of_text(a, YAML_SCALAR, (struct span){from, from + field->key.n});
	key->next = value_below(a, pair.which, field->value);
	pair.key = key;
	pair.which = pair.which == KEY_UNKNOWN ? pair.which : fields_key(key, &pair.rank);
	if (below->count == below->room) {
		struct pair *more = arena_alloc(a->scratch, (below->room * 2 + 8) * sizeof(pair));
		if (below->count)
			memcpy(more, below->items, below->count * sizeof(pair));
		below->items = more;
		below->room = below->room * 2 + 8;
	}
	below->items[below->count++] = pair;
}

static void read_body_block(struct fields *f, struct body_parts *body, struct around *around,
			    const struct block *b)
{
	switch (b->kind) {
	case BLOCK_HEADING:
		leave_sections(around, b->level);
		try_entry(f, body, around, b);
		enter_heading(around, b, span_str(f->contact->image, b->content), f);
		break;
	case BLOCK_ITEM:
		if (!try_task(f, body, around, b))
			try_entry(f, body, around, b);
		break;
	case BLOCK_PARAGRAPH:
		if (!b->nested)
			try_entry(f, body, around, b);
		if (!around->named && b->start >= around->entry_end)
			bodyfields_each(f->contact->image, b, around->item, keep_field_below,
					around);
		break;
	case BLOCK_OTHER:
		break;
	}
	around->item = b->kind == BLOCK_ITEM;
}

static void read_contact_body(struct fields *f, const struct note *note, struct pairs_below *below,
			      struct arena *scratch)
{
	struct contact *c = f->contact;
	struct body_parts body = {0};
	struct around around = {.kind = LOG_ALL, .below = below, .f = f, .scratch = scratch};
	size_t items = note->blocks.count;
	body.entries = arena_alloc(scratch, items * sizeof(*body.entries));
	body.company = arena_alloc(scratch, items * sizeof(*body.company));
	body.tasks = arena_alloc(scratch, items * sizeof(*body.tasks));
	around.comment = before_comments(c->image, note->body);
	for (size_t i = 0; i < note->blocks.count; i++)
		if (!is_commented(&around, c->image, note->blocks.items[i].start))
			read_body_block(f, &body, &around, &note->blocks.items[i]);
	mark_entries(c->image, &body);
	c->entries = arena_copy(f->arena, body.entries, body.entries_count, sizeof(*body.entries));
	c->entries_count = body.entries_count;
	c->plans_count = body.plans_count;
	c->company = arena_copy(f->arena, body.company, body.company_count, sizeof(*body.company));
	c->company_count = body.company_count;
	c->tasks = arena_copy(f->arena, body.tasks, body.tasks_count, sizeof(*body.tasks));
	c->tasks_count = body.tasks_count;
}

/* Whether a value of a note is what `only` wants: `person`, `[[Person]]`, `#people/work`. */
static bool fits_only(const struct yaml_node *node, struct str want, bool tag)
{
	struct str has = link_text(str_trim(node->value));
	if (node->kind != YAML_SCALAR) {
		/* Recursion ends with the reader's limit on nesting. */
		for (const struct yaml_node *n = node->first; n; n = n->next)
			if (node->kind == YAML_LIST && fits_only(n, want, tag))
				return true;
		return false;
	}
	has = str_starts(has, STR("#")) ? str_from(has, 1) : has;
	return str_istarts(has, want) && (has.n == want.n || (tag && has.p[want.n] == '/'));
}

static bool fits_pair(const struct contact *c, const struct yaml_node *front,
		      const struct pairs_below *below, struct config_pair want)
{
	bool tag = str_ieq(want.key, STR("tag")) || str_ieq(want.key, STR("tags"));
	if (str_starts(want.value, STR("#")))
		want.value = str_from(want.value, 1);
	if (tag && contact_has_tag(c, want.value))
		return true;
	for (const struct yaml_node *key = front ? front->first : NULL; key; key = key->next->next)
		if (key_compare(key->value, want.key) == 0 && fits_only(key->next, want.value, tag))
			return true;
	for (size_t i = 0; i < below->count; i++)
		if (key_compare(below->items[i].key->value, want.key) == 0 &&
		    fits_only(below->items[i].key->next, want.value, tag))
			return true;
	return false;
}

/*
 * `only: {type: person, tag: [people, family]}`: notes of a vault that are no people are passed
 * over. Of several values of one key one is enough.
 */
static bool is_person_note(const struct contact *c, const struct yaml_node *front,
			   const struct pairs_below *below, const struct config *config)
{
	for (size_t i = 0; i < config->only_count; i++) {
		bool has = false;
		for (size_t j = 0; j < config->only_count && !has; j++)
			has = str_eq(config->only[j].key, config->only[i].key) &&
			      fits_pair(c, front, below, config->only[j]);
		if (!has)
			return false;
	}
	return true;
}

/* Why what was read is no person; NULL where it is one. */
static const char *why_nobody(const struct contact *c, const struct note *note,
			      const struct pairs_below *below, const struct config *config)
{
	if (holds_template_mark(opening_heading(note)) || is_placeholder(c->name) ||
	    names_placeholder(note))
		return PASSED_TEMPLATE;
	if (config_is_readme(c->path) && !c->says_who)
		return PASSED_README;
	return is_person_note(c, note->map, below, config) ? NULL : PASSED_ONLY;
}

struct str contact_slug(struct str path)
{
	struct str folder = str_folder(path);
	/* A folder that is a person: its README is theirs. */
	if (folder.n && config_is_readme(path))
		return str_base(str_upto(folder, folder.n - 1));
	return str_base(str_upto(path, path.n - strlen(".md")));
}

void contact_init(struct contact *contact, struct str path)
{
	struct str slug = contact_slug(path);
	*contact = (struct contact){.path = path,
				    .slug = slug,
				    .name = slug,
				    .last_contact = NO_DAY,
				    .added = NO_DAY,
				    .snooze = NO_DAY,
				    .met = NO_DAY,
				    .cadence = {.until = NO_DAY}};
}

enum contact_result contact_read(struct contact *c, const struct config *config,
				 const struct note_reader *reader, struct arena *arena,
				 struct arena *scratch, struct reporter *reporter)
{
	struct note note;
	struct fields fields = {c, config, arena, reporter};
	struct pairs_below below = {NULL, 0, 0};
	c->image = reporter->image;
	struct arena_mark mark = arena_mark(scratch);
	bool closed = note_split(&note, c->image);
	if (closed && holds_template_mark(span_str(note.image, note.front)))
		c->passed_over = PASSED_TEMPLATE;
	else
		c->unread = !note_read_parts(&note, closed, reader, scratch, reporter);
	if (!c->passed_over && !c->unread) {
		c->too_costly = note.too_costly;
		read_contact_body(&fields, &note, &below, scratch);
		read_keys(&fields, &note, &below, scratch);
		take_body_tags(&fields, &note);
		c->passed_over = why_nobody(c, &note, &below, config);
	}
	c->key = text_key(c->name, arena);
	arena_rewind(scratch, mark);
	return c->passed_over ? CONTACT_PASSED_OVER : CONTACT_OK;
}

enum contact_result contact_of_bytes(struct contact *contact, struct str path, struct str bytes,
				     const struct config *config, const struct note_reader *reader,
				     struct diag *diag, struct arena *arena)
{
	struct arena scratch;
	struct reporter reporter = reporter_quiet(bytes);
	arena_init(&scratch);
	if (diag)
		reporter_init(&reporter, bytes, path, diag);
	contact_init(contact, path);
	enum contact_result result = contact_read(
	    contact, config, reader ? reader : &note_reader_quick, arena, &scratch, &reporter);
	arena_release(&scratch);
	return result;
}

void contact_each_below(struct str image, const struct config *config, contact_below *found,
			void *context, struct arena *arena)
{
	struct note note;
	struct contact c;
	struct pairs_below below = {NULL, 0, 0};
	struct reporter quiet = reporter_quiet(image);
	struct fields fields = {&c, config, arena, &quiet};
	contact_init(&c, STR("contact.md"));
	c.image = image;
	if (!note_split(&note, image) ||
	    !note_read_parts(&note, true, &note_reader_quick, arena, &quiet))
		return;
	read_contact_body(&fields, &note, &below, arena);
	/* What wins comes first, and else what stands first. */
	sort_pairs(below.items, below.count);
	for (size_t i = 0; i < below.count; i++)
		if (below.items[i].which != KEY_UNKNOWN &&
		    !fields_absent(below.items[i].which, below.items[i].key->next))
			found(context, below.items[i].which, below.items[i].key->next->span);
}

struct below_search {
	enum key which;
	struct span *value;
	bool found;
};

static void match_below(void *context, enum key key, struct span value)
{
	struct below_search *s = context;
	if (key == s->which && !s->found)
		*s->value = value;
	s->found |= key == s->which;
}

bool contact_find_below(struct span *value, struct str image, enum key which,
			const struct config *config, struct arena *arena)
{
	struct below_search s = {which, value, false};
	contact_each_below(image, config, match_below, &s, arena);
	return s.found;
}

civil_day contact_last_contact(const struct contact *contact, civil_day as_of)
{
	civil_day day = contact->last_contact;
	if (day == NO_DAY || day <= as_of)
		return day;
	struct ymd last = day_to_ymd(day);
	bool month = contact->last_contact_month && as_of >= day_from_ymd(last.year, last.month, 1);
	return month ? as_of : NO_DAY;
}

static bool is_ahead(const struct contact *c, enum key key, civil_day today)
{
	const struct birthday *b = &c->birthday;
	if (key == KEY_BIRTHDAY)
		return b->year && day_from_ymd(b->year, b->month, b->day) > today;
	return key == KEY_LAST_CONTACT && c->last_contact != NO_DAY &&
	       contact_last_contact(c, today) == NO_DAY;
}

void contact_report_ahead(const struct contact *contact, civil_day today, struct diag *diag)
{
	struct arena arena;
	struct note note;
	struct reporter reporter;
	int rank;
	if (!is_ahead(contact, KEY_BIRTHDAY, today) && !is_ahead(contact, KEY_LAST_CONTACT, today))
		return;
	arena_init(&arena);
	reporter_init(&reporter, contact->image, contact->path, diag);
	(void)note_split(&note, contact->image);
	/* Read again for the places, which a contact does not keep. */
	const struct yaml_node *map = note_front_map(&note, &note_reader_quick, &arena);
	for (const struct yaml_node *k = map ? map->first : NULL; k; k = k->next->next)
		if (is_ahead(contact, fields_key(k, &rank), today))
			report_warning(&reporter, k->next->span.from, "\"%.*s\" is ahead of today",
				       STR_ARG(text_upto(k->next->value, 100)));
	arena_release(&arena);
}
