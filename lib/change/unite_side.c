#include "change/unite_side.h"

#include "base/text.h"
#include "change/field_edits.h"
#include "merge/comments.h"
#include "merge/pieces.h"
#include "note/quick.h"
#include "note/splice.h"
#include "people/fields.h"
#include "people/link.h"
#include "people/people.h"

void unite_read(struct uniting *u, struct unite_side *side, struct str path, struct str image)
{
	struct reporter quiet = reporter_quiet(image), again = quiet;
	struct arena scratch;
	arena_init(&scratch);
	side->image = image;
	contact_init(&side->contact, path);
	/* Notes that are passed over read as well. */
	(void)contact_read(&side->contact, u->config, &note_reader_quick, u->arena, &scratch,
			   &quiet);
	if (!note_read(&side->note, &note_reader_quick, u->arena, &again))
		side->note = (struct note){.image = image};
	arena_release(&scratch);
}

/* Whether a contact is called so: key is a name's text_key. */
static bool goes_by(const struct uniting *u, const struct contact *c, struct str key)
{
	if (str_eq(key, text_key(c->name, u->arena)))
		return true;
	for (size_t i = 0; i < c->aliases.count; i++)
		if (str_eq(key, text_key(c->aliases.items[i], u->arena)))
			return true;
	return false;
}

/* Whether a link's target or a plain name means one of the two. */
static bool is_self(const struct uniting *u, struct str target)
{
	const struct relink *r = u->relink;
	const struct str names[] = {r->slug, r->to_slug, r->path, r->to_path};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str name = names[i];
		if (text_same(target, name, u->arena) ||
		    (str_ends(name, STR(".md")) && str_eq(target, str_upto(name, name.n - 3))))
			return true;
	}
	return str_is_among(u->called.items, u->called.count, text_key(target, u->arena));
}

static void read_called(struct uniting *u)
{
	const struct contact *both[] = {&u->who.contact, &u->other.contact};
	struct strs *called = &u->called;
	size_t most = both[0]->aliases.count + both[1]->aliases.count + 2;
	*called = (struct strs){ARENA_ARRAY(u->arena, struct str, most), 0};
	for (size_t i = 0; i < ARRAY_LEN(both); i++) {
		called->items[called->count++] = text_key(both[i]->name, u->arena);
		for (size_t k = 0; k < both[i]->aliases.count; k++)
			called->items[called->count++] =
			    text_key(both[i]->aliases.items[k], u->arena);
	}
	str_sort(called->items, called->count);
}

/* ---- company ---- */

/* Who stands after `with`. */
#define MOST_COMPANY 64
struct companions {
	struct span who[MOST_COMPANY], gap[MOST_COMPANY]; /* gap: what stands before each */
	bool self[MOST_COMPANY];
	size_t count, selves, end;
};

/* False where the list cannot be told from the text. */
static bool find_company(struct companions *c, const struct uniting *u, struct str image,
			 size_t from)
{
	struct span gap = {from, from};
	*c = (struct companions){.end = from};
	while (c->count < MOST_COMPANY) {
		struct str rest = str_from(image, gap.to);
		struct link link;
		size_t used;
		bool self;
		rest = str_upto(rest, str_line(rest));
		if (link_parse(rest, &link, &used)) {
			struct str target =
			    link.markdown ? link_decode(link.target, u->arena) : link.target;
			self = is_self(u, target);
		} else {
			used = people_name_length(rest, 1);
			self = used && is_self(u, str_upto(rest, used));
			if (!self)
				return c->count > 0;
		}
		c->gap[c->count] = gap;
		c->who[c->count] = (struct span){gap.to, gap.to + used};
		c->self[c->count++] = self;
		c->selves += self;
		c->end = gap.to + used;
		size_t more = people_joint_length(str_from(rest, used));
		if (more == 0)
			return true;
		gap = (struct span){c->end, c->end + more};
	}
	return false;
}

static struct str without_selves(const struct companions *c, struct str image, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < c->count; i++) {
		if (c->self[i])
			continue;
		if (b.n)
			buf_add(&b, span_str(image, c->gap[i]));
		buf_add(&b, span_str(image, c->who[i]));
	}
	return arena_take(arena, &b);
}

/* Whether a line still reads as before, but for the company. */
static bool reads_alike(const struct uniting *u, struct str line, const struct entry *was,
			struct str text, bool alone)
{
	struct entry now;
	struct reporter quiet = reporter_quiet(line);
	struct span all = {0, line.n};
	bool good = entry_read(&now, line, all, all, u->config, u->arena, &quiet) &&
		    now.day == was->day && str_eq(now.channel, was->channel) &&
		    str_eq(now.time, was->time) && now.planned == was->planned &&
		    now.cancelled == was->cancelled && (now.rest.p != NULL) == !alone;
	if (good && alone) {
		struct entry wanted = now;
		entry_set_text(&wanted, line, text, u->arena);
		good = str_eq(wanted.text, now.text);
	}
	return good;
}

static bool drop_from_entry(struct splice *splice, const struct uniting *u,
			    const struct unite_side *side, const struct entry *e)
{
	struct str image = side->image;
	struct companions company;
	size_t with = (size_t)(e->rest.p - image.p);
	struct str people = str_ltrim_blanks(str_from(image, with + strlen("with ")));
	if (!find_company(&company, u, image, image.n - people.n) || !company.selves)
		return false;
	bool alone = company.selves == company.count;
	struct span at = {company.who[0].from, company.end};
	struct str instead = STR("");
	if (alone) {
		/* The blank before it goes, too, or the one after it. */
		at.from = with;
		while (at.from > e->offset && str_is_blank_char(image.p[at.from - 1]))
			at.from--;
	} else {
		instead = without_selves(&company, image, u->arena);
	}
	struct str line = str_from(image, e->offset);
	line = str_upto(line, str_line(line));
	struct str after = str_slice(image, at.to, e->offset + line.n);
	struct str now =
	    arena_printf(u->arena, "%.*s%.*s%.*s", STR_ARG(str_slice(image, e->offset, at.from)),
			 STR_ARG(instead), STR_ARG(after));
	struct str text = str_ltrim_blanks(after);
	text = str_from(text, entry_separator(text));
	if (!reads_alike(u, str_rtrim(now), e, str_rtrim(text), alone))
		return false;
	*splice = (struct splice){at, instead};
	return true;
}

/* `call with [[grace]] and [[bob]]` is one with Bob. A line that would not read as before otherwise
 * stays as it is. */
static struct str drop_company(const struct uniting *u, const struct unite_side *side)
{
	const struct contact *c = &side->contact;
	struct splice *splices = ARENA_ARRAY(u->arena, struct splice, c->company_count + 1);
	size_t count = 0;
	for (size_t i = 0; i < c->company_count; i++)
		count += drop_from_entry(&splices[count], u, side, &c->entries[c->company[i]]);
	if (count == 0)
		return side->image;
	struct buf b;
	buf_init(&b, 0);
	splice_add(&b, side->image, splices, count);
	return arena_take(u->arena, &b);
}

/* ---- front matter ---- */

/* So many, for each reads the file again. */
#define MOST_EDITS 100

static int edit_side(struct uniting *u, struct unite_side *side, enum edit_verb verb,
		     struct str key, struct str value)
{
	struct field_edit edit = {verb, key, value};
	struct str image = side->image;
	if (u->edits++ == MOST_EDITS)
		return kith_fail(
		    u->err, KITH_INVALID,
		    "more than %d values of %.*s would have to be edited, at \"%.*s\"; "
		    "take some away first",
		    MOST_EDITS, STR_ARG(side->contact.path), STR_ARG(key));
	if (field_edits_apply_one(&image, side->contact.path, u->config, &edit, u->arena, u->err))
		return -1;
	unite_read(u, side, side->contact.path, image);
	return 0;
}

/* They do not know themselves. */
static int drop_selves(struct uniting *u, struct unite_side *side)
{
	static const enum key keys[] = {KEY_KNOWS, KEY_INTRODUCED_BY};
	for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
		struct relations list =
		    *(const struct relations *)fields_place(&side->contact, keys[k]);
		for (size_t i = 0; i < list.count; i++)
			if (is_self(u, link_target(list.items[i].text)) &&
			    edit_side(u, side, EDIT_TAKE, key_name(keys[k]), list.items[i].text))
				return -1;
	}
	return 0;
}

/* A key of the other's goes, but for its comments. */
static int drop_key(struct uniting *u, const struct yaml_node *key)
{
	struct unite_side *o = &u->other;
	const struct piece_reader reader = {MERGE_CONTACT, u->config,   u->arena,
					    true,          KEY_UNKNOWN, true};
	struct sequence file;
	struct str why;
	const struct sequence *keys =
	    pieces_read(&file, &reader, o->image, &why) ? file.items[0].parts : NULL;
	size_t i = 0;
	while (
	    keys && i < keys->count &&
	    !(keys->items[i].kind == PIECE_KEY && keys->items[i].node->span.from == key->span.from))
		i++;
	if (!keys || i == keys->count)
		return kith_fail(u->err, KITH_FAILED, "the key \"%.*s\" cannot be taken out",
				 STR_ARG(text_upto(key->value, 80)));
	struct span at = sequence_span(o->image, keys->items[i].text);
	at.to += str_full_line(str_from(o->image, at.to));
	struct splice splice = {at, comments_alone(o->image, &keys->items[i], u->arena)};
	struct buf b;
	buf_init(&b, 0);
	splice_add(&b, o->image, &splice, 1);
	unite_read(u, o, u->relink->path, arena_take(u->arena, &b));
	return 0;
}

/* A title that is the note's and no role; NULL for none. */
static const struct yaml_node *note_title(const struct unite_side *side)
{
	int rank;
	const struct yaml_node *k = side->note.map ? side->note.map->first : NULL;
	while (k && !(fields_key(k, &rank) == KEY_TITLE && rank == 0 &&
		      contact_is_note_title(&side->contact, k->next)))
		k = k->next->next;
	return k;
}

/* The other's is none of the note that stays; beside that one's own a role is called so. */
static int title_other(struct uniting *u)
{
	struct unite_side *o = &u->other;
	const struct yaml_node *title = note_title(o), *k;
	int rank;
	if (title && drop_key(u, title))
		return -1;
	struct strs roles = fields_words(&o->contact, KEY_TITLE, u->arena);
	if (!note_title(&u->who) || !roles.count)
		return 0;
	for (size_t i = 0; i < roles.count; i++)
		if (edit_side(u, &u->who, EDIT_APPEND, STR("title"), roles.items[i]))
			return -1;
	for (k = o->note.map ? o->note.map->first : NULL; k; k = k->next->next)
		if (fields_key(k, &rank) == KEY_TITLE)
			return drop_key(u, k);
	return 0;
}

/* A key of the other's goes; what it says of the name that the name does not is another alias. */
static int drop_name_key(struct uniting *u, const struct yaml_node *key, bool whole,
			 struct str name)
{
	struct str words = text_line(fields_node_words(key->next, u->arena), u->arena);
	struct str means = text_key(words, u->arena);
	bool said = whole ? str_eq(name, means) : str_find(name, means) < name.n || !means.n;
	/* `{first: Ada, last: Lovelace}` */
	if (key->next->kind == YAML_MAP) {
		said = true;
		for (const struct yaml_node *k = key->next->first; k; k = k->next->next)
			said = said && k->next->kind == YAML_SCALAR &&
			       str_find(name, text_key(k->next->value, u->arena)) < name.n;
	}
	if (drop_key(u, key))
		return -1;
	return said ? 0 : edit_side(u, &u->other, EDIT_APPEND, STR("aliases"), words);
}

/* The other's name becomes an alias, where none of the two files says it as one. */
static int name_other(struct uniting *u)
{
	struct unite_side *o = &u->other;
	struct str name = text_line(u->name, u->arena), key = text_key(name, u->arena);
	const struct yaml_node *k = o->note.map ? o->note.map->first : NULL;
	int rank;
	while (k) {
		enum key which = fields_key(k, &rank);
		bool goes = which == KEY_NAME || which == KEY_GIVEN || which == KEY_FAMILY;
		if (goes && drop_name_key(u, k, which == KEY_NAME, key))
			return -1;
		k = !goes ? k->next->next : o->note.map ? o->note.map->first : NULL;
	}
	for (size_t i = 0; i < o->contact.aliases.count; i++)
		if (str_eq(key, text_key(o->contact.aliases.items[i], u->arena)))
			return 0;
	return goes_by(u, &u->who.contact, key)
		   ? 0
		   : edit_side(u, o, EDIT_APPEND, STR("aliases"), name);
}

int unite_as_one(struct uniting *u)
{
	struct unite_side *sides[] = {&u->who, &u->other};
	u->name = u->other.contact.name;
	u->before = u->who.contact;
	read_called(u);
	for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
		struct str image = drop_company(u, sides[i]);
		unite_read(u, sides[i], sides[i]->contact.path, image);
	}
	return drop_selves(u, &u->who) || drop_selves(u, &u->other) || title_other(u) ||
		       name_other(u)
		   ? -1
		   : 0;
}
