#include "change/relink.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "change/paths.h"
#include "note/edit.h"
#include "note/hrefs.h"
#include "note/quick.h"
#include "note/splice.h"
#include "people/lookup.h"
#include "report/ids.h"

struct splices {
	struct splice *items;
	size_t count, cap;
	size_t links;       /* so many of them are links */
	struct arena arena; /* their bytes, and scratch */
};

static void splices_init(struct splices *s)
{
	*s = (struct splices){0};
	arena_init(&s->arena);
}

static void splices_release(struct splices *s)
{
	free(s->items);
	arena_release(&s->arena);
}

static void add(struct splices *s, size_t from, size_t to, struct str bytes)
{
	s->items = mem_grow(s->items, s->count, &s->cap, sizeof(*s->items));
	s->items[s->count++] = (struct splice){{from, to}, bytes};
}

static int by_place(const void *a, const void *b)
{
	const struct splice *x = a, *y = b;
	return (x->at.from > y->at.from) - (x->at.from < y->at.from);
}

/* Rising and apart: of two that meet the first counts. */
static void settle(struct splices *s)
{
	size_t kept = 0;
	if (s->count)
		qsort(s->items, s->count, sizeof(*s->items), by_place);
	for (size_t i = 0; i < s->count; i++)
		if (kept == 0 || s->items[i].at.from >= s->items[kept - 1].at.to)
			s->items[kept++] = s->items[i];
	s->count = kept;
}

static struct str stem(struct str path)
{
	return str_ends(path, STR(".md")) ? str_upto(path, path.n - 3) : path;
}

/* As Markdown and HTML take it: what would end it is encoded, between marks less than elsewhere. */
static struct str encode(struct str path, bool angle, struct arena *arena)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *special = angle ? "<>%#\\&\"'" : " ()<>%#\\&\"'";
	char *out = arena_bytes(arena, 3 * path.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < path.n; i++) {
		char c = path.p[i];
		if (!strchr(special, c)) {
			out[n++] = c;
			continue;
		}
		out[n++] = '%';
		out[n++] = digits[((unsigned char)c >> 4) & 15];
		out[n++] = digits[(unsigned char)c & 15];
	}
	return (struct str){out, n};
}

static bool is_slug(const struct relink *r, struct str target, struct arena *arena)
{
	return str_eq(target, r->slug) ||
	       str_eq(text_case_key(target, arena), text_case_key(r->slug, arena));
}

/* ---- which links lead to the contact, and where they lead then ---- */

/* Equal but for case and normal form, as file names are for who follows links. */
static bool same_path(struct str a, struct str b, struct arena *arena)
{
	return str_eq(a, b) || str_eq(text_case_key(a, arena), text_case_key(b, arena));
}

struct relinking {
	const struct relink *relink;
	const struct relink_place *place; /* of a note that is none of the journal's; else NULL */
	struct str folder;                /* the note's, in the repository */
	struct str image;
	struct arena *arena;
};

/* A path below the journal as it is in the repository. */
static struct str whole_path(const struct relinking *l, struct str path)
{
	return paths_plain(l->place ? l->place->below : STR(""), path, l->arena);
}

static struct relinking relinking_of(const struct relink *r, const struct relink_place *place,
				     struct str path, struct str image, struct arena *arena)
{
	struct relinking l = {.relink = r, .place = place, .image = image, .arena = arena};
	l.folder = str_folder(whole_path(&l, path));
	return l;
}

/* Whether a path, without its ending, is that of another note of the repository. */
static bool is_namesake(const struct relinking *l, struct str way)
{
	bool found = false;
	for (size_t i = 0; l->place && i < l->place->namesakes.count && !found; i++)
		found = same_path(stem(l->place->namesakes.items[i]), way, l->arena);
	return found;
}

/*
 * Whether a link's way leads to the contact: as it goes on from the note's folder, or as it names
 * the end of the contact's path, or all of it after some folders of a vault around the journal.
 */
static bool leads_there(const struct relinking *l, struct str way)
{
	struct str here = paths_plain(l->folder, way, l->arena);
	struct str there = whole_path(l, l->relink->path);
	if (here.p && same_path(here, stem(there), l->arena))
		return true;
	/* What says from where it starts leads there and nowhere else. */
	if (str_starts(way, STR("./")) || str_starts(way, STR("../")) ||
	    (here.p && is_namesake(l, here)) || is_namesake(l, way))
		return false;
	way = text_case_key(str_from(way, str_starts(way, STR("/"))), l->arena);
	return lookup_is_path(way, text_case_key(l->relink->path, l->arena)) ||
	       lookup_is_path(way, text_case_key(there, l->arena));
}

static bool is_bare_name(struct str target)
{
	return str_base(target).n == target.n;
}

static bool is_wanted(void *context, const struct href *href)
{
	const struct relinking *l = context;
	struct arena_mark mark = arena_mark(l->arena);
	struct str way = stem(href->target);
	bool wanted = is_slug(l->relink, str_base(way), l->arena) &&
		      ((href->kind == HREF_WIKI && is_bare_name(way)) || leads_there(l, way));
	arena_rewind(l->arena, mark);
	return wanted;
}

/* In the journal's own notes a name means the contact; elsewhere what the reader's program says. */
static bool is_ambiguous(const struct relinking *l, const struct href *href)
{
	return l->place && l->place->namesakes.count && is_bare_name(href->target);
}

/* The way to the new place, where the folder is another: as the old one was written. */
static struct str moved_way(const struct relinking *l, const struct href *href)
{
	const struct relink *r = l->relink;
	struct str way = stem(href->target), was = stem(r->path), is = stem(r->to_path);
	struct str here = paths_plain(l->folder, way, l->arena);
	bool relative = (href->kind != HREF_WIKI || str_starts(way, STR("."))) && here.p &&
			!str_starts(way, STR("/")) &&
			same_path(here, stem(whole_path(l, r->path)), l->arena);
	if (relative)
		return paths_between(l->folder, stem(whole_path(l, r->to_path)), l->arena);
	if (is_bare_name(way))
		return r->to_slug;
	struct str before = str_upto(way, str_ends(way, was) ? way.n - was.n : 0);
	return arena_printf(l->arena, "%.*s%.*s", STR_ARG(before), STR_ARG(is));
}

static struct str new_target(const struct relinking *l, const struct href *href)
{
	const struct relink *r = l->relink;
	bool stays = str_eq(str_folder(r->path), str_folder(r->to_path));
	struct str raw = span_str(l->image, href->at);
	struct str before = stays ? str_folder(raw) : STR("");
	struct str way = stays ? r->to_slug : moved_way(l, href);
	/* The last '/' may be written %2F. */
	if (stays && href->kind != HREF_WIKI &&
	    str_istarts(str_from(raw, before.n + str_find_char(str_base(raw), '%')), STR("%2f")))
		before = encode(str_folder(href->target), href->angle, l->arena);
	return arena_printf(
	    l->arena, "%.*s%.*s%s", STR_ARG(before),
	    STR_ARG(href->kind == HREF_WIKI ? way : encode(way, href->angle, l->arena)),
	    str_ends(href->target, STR(".md")) ? ".md" : "");
}

static struct hrefs hrefs_to(struct relinking *l)
{
	struct hrefs found;
	hrefs_find(&found, l->image, is_wanted, l, l->arena);
	return found;
}

static void collect_links(struct splices *s, struct relinking *l)
{
	struct hrefs found = hrefs_to(l);
	for (size_t i = 0; i < found.count; i++)
		if (!found.items[i].unsure && !is_ambiguous(l, &found.items[i]))
			add(s, found.items[i].at.from, found.items[i].at.to,
			    new_target(l, &found.items[i]));
	free(found.items);
	s->links = s->count;
}

/* How many links of an image lead to the new place. */
static size_t count_moved(struct relinking l, struct str image)
{
	const struct relink there = {.slug = l.relink->to_slug, .path = l.relink->to_path};
	l.relink = &there;
	l.image = image;
	struct hrefs found = hrefs_to(&l);
	free(found.items);
	return found.count;
}

/*
 * Appends the image with what was collected. Where not each link that was rewritten would be
 * read as one to the new place, the image as it is. Whether anything changes.
 */
static bool put(struct buf *out, struct splices *s, const struct relinking *l)
{
	size_t from = out->n, before = 0;
	settle(s);
	splice_add(out, l->image, s->items, s->count);
	if (s->links == 0)
		return s->count > 0;
	if (!is_slug(l->relink, l->relink->to_slug, l->arena))
		before = count_moved(*l, l->image);
	if (count_moved(*l, str_from(buf_str(out), from)) == before + s->links)
		return true;
	buf_cut(out, from);
	buf_add(out, l->image);
	return false;
}

bool relink_note(struct buf *out, const struct relink *relink, const struct relink_place *place,
		 struct str path, struct str image)
{
	struct splices s;
	splices_init(&s);
	struct relinking l = relinking_of(relink, place, path, image, &s.arena);
	collect_links(&s, &l);
	bool changed = put(out, &s, &l);
	splices_release(&s);
	return changed;
}

bool relink_file(struct buf *out, const struct relink *relink, struct str path, struct str image)
{
	return relink_note(out, relink, NULL, path, image);
}

void relink_tell_left(struct diag *out, const struct relink *relink,
		      const struct relink_place *place, struct str path, struct str image)
{
	struct arena arena;
	arena_init(&arena);
	struct relinking l = relinking_of(relink, place, path, image, &arena);
	struct hrefs found = {.count = 0};
	if (!is_slug(relink, relink->to_slug, &arena))
		found = hrefs_to(&l);
	for (size_t i = 0; i < found.count; i++) {
		const struct href *href = &found.items[i];
		struct place at = span_place(image, href->at.from);
		if (is_ambiguous(&l, href))
			diag_add(out, SEVERITY_WARNING, path, at.line, at.column,
				 "\"%.*s\" may mean %.*s, too, so this link stays as it is",
				 STR_ARG(href->target), STR_ARG(place->namesakes.items[0]));
		else
			diag_add(out, SEVERITY_WARNING, path, at.line, at.column,
				 "the link to \"%.*s\" stays as it is: %s", STR_ARG(href->target),
				 href->unsure ? "not all could be read here"
					      : "what it would become would not read as a link");
	}
	free(found.items);
	arena_release(&arena);
}

/* What a text without brackets becomes that leads to the contact by slug or path; else p == NULL.
 */
static struct str bare_target(struct relinking *l, struct str text)
{
	const struct href href = {.at = {0, text.n}, .target = text, .kind = HREF_WIKI};
	l->image = text;
	return text.n && is_wanted(l, &href) ? new_target(l, &href) : STR_NONE;
}

/* `introduced_by: charles-babbage`, with or without quotes. */
static void add_bare(struct splices *s, const struct relink *r, const struct contact *c)
{
	const struct relations *lists[] = {&c->introduced_by, &c->knows, &c->links};
	struct relinking l = relinking_of(r, NULL, c->path, STR(""), &s->arena);
	for (size_t k = 0; k < ARRAY_LEN(lists); k++)
		for (size_t i = 0; i < lists[k]->count; i++) {
			const struct relation *relation = &lists[k]->items[i];
			size_t at = relation->offset;
			struct str here = str_from(c->image, at);
			if (here.n && (here.p[0] == '"' || here.p[0] == '\''))
				here = str_from(here, 1), at++;
			struct str to = bare_target(&l, relation->text);
			if (to.p && str_starts(here, relation->text))
				add(s, at, at + relation->text.n, to);
		}
}

/* Whether a text is what it was, or the link that it was leads to the new place. */
static bool same_text(const struct relink *r, struct str path, struct str was, struct str is)
{
	struct arena scratch;
	struct buf b;
	arena_init(&scratch);
	buf_init(&b, 0);
	struct relinking l = relinking_of(r, NULL, path, was, &scratch);
	struct str to = bare_target(&l, was);
	bool same = str_eq(was, is) || (to.p && str_eq(is, to)) ||
		    (relink_file(&b, r, path, was) && str_eq(buf_str(&b), is));
	buf_release(&b);
	arena_release(&scratch);
	return same;
}

/* Recursion ends at the reader's limit. */
static bool same_tree(const struct relink *r, const struct contact *a, const struct yaml_node *x,
		      const struct contact *b, const struct yaml_node *y)
{
	struct str was = edit_text(a->image, x), is = edit_text(b->image, y);
	if (was.p || is.p)
		return was.p && is.p && same_text(r, a->path, was, is);
	if (x->kind != y->kind || x->count != y->count)
		return false;
	const struct yaml_node *m = x->first, *n = y->first;
	for (; m && n; m = m->next, n = n->next)
		if (!same_tree(r, a, m, b, n))
			return false;
	return !m && !n;
}

static struct yaml_node *front_of(const struct contact *c, size_t *findings, struct arena *arena)
{
	struct note note;
	struct reporter quiet = reporter_quiet(c->image);
	struct yaml_node *front = note_split(&note, c->image) && note.has_front
				      ? note_reader_quick.front(c->image, note.front, arena, &quiet)
				      : NULL;
	*findings = quiet.told;
	return front;
}

static bool same_front(const struct relink *r, const struct contact *a, const struct contact *b,
		       struct arena *arena)
{
	size_t was, is;
	const struct yaml_node *x = front_of(a, &was, arena), *y = front_of(b, &is, arena);
	return was == is && !x == !y && (!x || same_tree(r, a, x, b, y));
}

/* A name from a heading holds its links without their brackets. */
static bool same_name(const struct relink *r, const struct contact *a, const struct contact *b)
{
	return a->named == b->named && (!a->named || same_text(r, a->path, a->name, b->name));
}

static bool same_shape(const struct relink *r, const struct contact *a, const struct contact *b)
{
	bool same = a->entries_count == b->entries_count && a->tasks_count == b->tasks_count &&
		    a->unread == b->unread && same_name(r, a, b);
	for (size_t i = 0; same && i < a->entries_count; i++)
		same = a->entries[i].day == b->entries[i].day;
	for (size_t i = 0; same && i < a->tasks_count; i++)
		same = a->tasks[i].state == b->tasks[i].state && a->tasks[i].due == b->tasks[i].due;
	return same;
}

int relink_contact(struct buf *out, const struct relink *relink, const struct config *config,
		   struct str path, struct str image, struct kith_error *err)
{
	struct contact before, after;
	struct splices s;
	struct arena arena;
	size_t from = out->n;
	bool good = true;
	arena_init(&arena);
	splices_init(&s);
	struct relinking l = relinking_of(relink, NULL, path, image, &s.arena);
	(void)contact_of_bytes(&before, path, image, config, NULL, NULL, &arena);
	collect_links(&s, &l);
	if (!before.unread)
		add_bare(&s, relink, &before);
	if (put(out, &s, &l)) {
		(void)contact_of_bytes(&after, path, str_from(buf_str(out), from), config, NULL,
				       NULL, &arena);
		good = same_shape(relink, &before, &after) &&
		       same_front(relink, &before, &after, &arena);
	}
	splices_release(&s);
	arena_release(&arena);
	if (good)
		return 0;
	buf_cut(out, from);
	kith_fail(err, KITH_FAILED,
		  "with its links rewritten it would read as something else; "
		  "rewrite the link there by hand first");
	return kith_fail_at(err, path.p, 0, 0);
}

static bool has_error(const struct journal *journal, struct str path)
{
	for (size_t i = 0; i < journal->diag.count; i++)
		if (journal->diag.items[i].severity == SEVERITY_ERROR &&
		    str_eq(journal->diag.items[i].path, path))
			return true;
	return false;
}

static bool still_named(const struct relink *r, const struct contact *c)
{
	struct buf b;
	buf_init(&b, 0);
	(void)relink_file(&b, r, c->path, c->image);
	bool named = str_find(buf_str(&b), r->slug) < b.n;
	buf_release(&b);
	return named;
}

void relink_unsure(struct strs *out, const struct relink *r, const struct journal *journal,
		   struct arena *arena)
{
	*out = (struct strs){ARENA_ARRAY(arena, struct str, journal->count), 0};
	for (size_t i = 0; i < journal->count; i++) {
		const struct contact *c = &journal->contacts[i];
		if (str_eq(c->path, r->path) || str_eq(c->path, r->to_path))
			continue;
		if (c->unread || (str_find(c->image, r->slug) < c->image.n && still_named(r, c) &&
				  has_error(journal, c->path)))
			out->items[out->count++] = c->path;
	}
}

struct id_pair {
	char from[ID_SIZE], to[ID_SIZE];
};

struct relink_ids {
	struct id_pair *items;
	size_t count, cap;
};

static int compare_ids(const void *a, const void *b)
{
	return memcmp(a, b, ID_SIZE);
}

static void pair_ids(struct relink_ids *ids, const struct id_pair *p)
{
	if (memcmp(p->from, p->to, ID_SIZE) == 0)
		return;
	ids->items = mem_grow(ids->items, ids->count, &ids->cap, sizeof(*ids->items));
	ids->items[ids->count++] = *p;
}

/* A text of a contact as it is after its links are rewritten. */
static struct str later(struct buf *b, const struct relink *r, const struct contact *c,
			struct str text)
{
	buf_clear(b);
	return relink_file(b, r, c->path, text) ? buf_str(b) : text;
}

static void pair_all(struct relink_ids *pairs, struct ids *ids, const struct journal *journal,
		     uint32_t who, const struct relink *r)
{
	const struct contact *c = &journal->contacts[who];
	struct str slug = str_eq(c->slug, r->slug) ? r->to_slug : c->slug;
	size_t count;
	const struct id_thing *things = ids_of_contact(ids, who, &count);
	struct id_pair p;
	struct buf text;
	buf_init(&text, 0);
	id_of_person(p.from, c);
	id_make(p.to, 'r', slug, STR(""), 0);
	pair_ids(pairs, &p);
	for (size_t i = 0; i < count; i++) {
		const struct id_thing *t = &things[i];
		if (t->letter == 0)
			continue;
		id_of_thing(p.from, t, c->slug, t->text);
		/* What a date is called is no text with links. */
		id_of_thing(p.to, t, slug,
			    t->letter == 'd' ? t->text : later(&text, r, c, t->text));
		pair_ids(pairs, &p);
	}
	buf_release(&text);
}

struct relink_ids *relink_ids_new(const struct journal *journal, const struct relink *relink)
{
	struct relink_ids *pairs = mem_zalloc(1, sizeof(*pairs));
	struct ids *ids = ids_new(journal);
	struct buf scratch;
	buf_init(&scratch, 0);
	for (uint32_t i = 0; i < journal->count; i++) {
		const struct contact *c = &journal->contacts[i];
		buf_clear(&scratch);
		if (!c->unread && (str_eq(c->path, relink->path) ||
				   relink_file(&scratch, relink, c->path, c->image)))
			pair_all(pairs, ids, journal, i, relink);
	}
	buf_release(&scratch);
	ids_free(ids);
	if (pairs->count)
		qsort(pairs->items, pairs->count, sizeof(*pairs->items), compare_ids);
	return pairs;
}

void relink_ids_free(struct relink_ids *ids)
{
	if (ids)
		free(ids->items);
	free(ids);
}

static bool is_id_char(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || c == '-';
}

/* Ids at the ends of items, and those that front matter lists. */
static void scan_ids(struct splices *s, const struct relink_ids *ids, struct str image)
{
	const size_t length = ID_SIZE - 1;
	for (size_t i = 0; i + length <= image.n; i++) {
		char id[ID_SIZE] = {0};
		if (image.p[i + 1] != '-' || (i && is_id_char(image.p[i - 1])) ||
		    (i + length < image.n && is_id_char(image.p[i + length])))
			continue;
		memcpy(id, image.p + i, length);
		const struct id_pair *found = ids->count ? bsearch(id, ids->items, ids->count,
								   sizeof(*ids->items), compare_ids)
							 : NULL;
		if (found)
			add(s, i, i + length, (struct str){found->to, length});
	}
}

bool relink_review(struct buf *out, const struct relink *relink, const struct relink_ids *ids,
		   struct str path, struct str image)
{
	struct splices s;
	splices_init(&s);
	struct relinking l = relinking_of(relink, NULL, path, image, &s.arena);
	collect_links(&s, &l);
	scan_ids(&s, ids, image);
	bool changed = put(out, &s, &l);
	splices_release(&s);
	return changed;
}
