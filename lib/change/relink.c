#include "change/relink.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "note/edit.h"
#include "note/quick.h"
#include "note/splice.h"
#include "people/link.h"
#include "people/lookup.h"
#include "report/ids.h"

struct splices {
	struct splice *items;
	size_t count, cap;
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

/* `people/../people/ada.md`, `./ada.md` made plain; p == NULL where it leads out. */
static struct str plain_path(struct str folder, struct str path, struct arena *arena)
{
	struct str rest = str_starts(path, STR("/"))
			      ? str_from(path, 1)
			      : arena_printf(arena, "%.*s%.*s", STR_ARG(folder), STR_ARG(path));
	char *out = arena_bytes(arena, rest.n + 1);
	size_t n = 0;
	while (rest.n) {
		size_t end = str_find_char(rest, '/');
		struct str part = str_upto(rest, end);
		rest = str_from(rest, end + 1);
		if (part.n == 0 || str_eq(part, STR(".")))
			continue;
		if (str_eq(part, STR(".."))) {
			if (n == 0)
				return STR_NONE;
			while (n > 0 && out[--n] != '/')
				;
			continue;
		}
		if (n)
			out[n++] = '/';
		memcpy(out + n, part.p, part.n);
		n += part.n;
	}
	return (struct str){out, n};
}

/* The way from a folder (ending in '/', or "") to a path. */
static struct str relative_path(struct str folder, struct str path, struct arena *arena)
{
	size_t common = 0;
	for (size_t i = 0; i < folder.n && i < path.n && folder.p[i] == path.p[i]; i++)
		if (folder.p[i] == '/')
			common = i + 1;
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = common; i < folder.n; i++)
		if (folder.p[i] == '/')
			buf_addz(&b, "../");
	buf_add(&b, str_from(path, common));
	return arena_take(arena, &b);
}

/* As a Markdown link takes it: what would end it is encoded. */
static struct str encode(struct str path, struct arena *arena)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_bytes(arena, 3 * path.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < path.n; i++) {
		char c = path.p[i];
		bool plain = c != ' ' && c != '(' && c != ')' && c != '<' && c != '>' && c != '%' &&
			     c != '#' && c != '\\';
		if (plain) {
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

/* By the path's end, or from a vault around the journal, as the journal resolves it. */
static struct str by_path(const struct relink *r, const struct link *link, struct arena *arena)
{
	struct str way = stem(link_decode(link->target, arena));
	/* What says from where it starts leads there and nowhere else. */
	if (str_starts(way, STR(".")) || !lookup_is_path(way, r->path))
		return STR_NONE;
	bool stays = str_eq(str_folder(r->path), str_folder(r->to_path));
	struct str before = stays ? str_folder(link->target) : STR("");
	struct str name = stays ? r->to_slug : stem(r->to_path);
	return arena_printf(arena, "%.*s%.*s%s", STR_ARG(before),
			    STR_ARG(link->markdown ? encode(name, arena) : name),
			    str_ends(link->target, STR(".md")) ? ".md" : "");
}

static bool stays_in_folder(const struct relink *r)
{
	return str_eq(str_folder(r->path), str_folder(r->to_path));
}

/* What a link's target becomes; p == NULL where it leads elsewhere. */
static struct str new_target(const struct relink *r, struct str folder, const struct link *link,
			     struct arena *arena)
{
	if (!link->markdown && is_slug(r, link->target, arena))
		return r->to_slug;
	struct str way = link->markdown ? link_decode(link->target, arena) : STR("");
	if (way.n && str_eq(plain_path(folder, way, arena), r->path))
		return stays_in_folder(r)
			   ? arena_printf(arena, "%.*s%.*s", STR_ARG(str_folder(link->target)),
					  STR_ARG(encode(str_base(r->to_path), arena)))
			   : encode(relative_path(folder, r->to_path, arena), arena);
	return by_path(r, link, arena);
}

/* Code between fences, as far as it is seen line by line. */
struct fence {
	size_t length; /* of the marks that opened it; 0 outside */
	char mark;
	bool quoted;   /* it began behind a `>` */
	size_t column; /* of its text, in a list's item */
};

/* The blanks and marks of quotes and lists before a line's own text. */
static size_t lead_of(struct str line, bool *quoted)
{
	size_t at = 0, n;
	for (*quoted = false; at < line.n; at += n) {
		n = 1;
		if (str_is_blank_char(line.p[at]))
			continue;
		if (line.p[at] == '>') {
			*quoted = true;
			continue;
		}
		while (at + n < line.n && n < 10 && str_is_digit(line.p[at + n - 1]))
			n++;
		bool mark = n == 1 ? str_find_char(STR("-*+"), line.p[at]) < 3
				   : line.p[at + n - 1] == '.' || line.p[at + n - 1] == ')';
		if (!mark || at + n >= line.n || !str_is_blank_char(line.p[at + n]))
			break;
	}
	return at;
}

static size_t marks_of(struct str text)
{
	size_t n = 0;
	while (n < text.n && text.p[n] == text.p[0])
		n++;
	return n >= 3 && (text.p[0] == '`' || text.p[0] == '~') ? n : 0;
}

static bool opens(struct fence *fence, struct str line)
{
	size_t at = lead_of(line, &fence->quoted);
	struct str text = str_from(line, at);
	size_t n = marks_of(text);
	if (n == 0 || (text.p[0] == '`' && str_find_char(str_from(text, n), '`') < text.n - n))
		return false;
	fence->length = n;
	fence->mark = text.p[0];
	fence->column = str_ltrim_blanks(line).n > text.n ? at : 0;
	return true;
}

/* Whether the quote or the item that holds the fence has ended before this line. */
static bool is_left(const struct fence *fence, struct str line)
{
	struct str text = str_ltrim_blanks(line);
	if (fence->quoted)
		return text.n == 0 || text.p[0] != '>';
	return text.n > 0 && line.n - text.n < fence->column;
}

static bool closes(const struct fence *fence, struct str line)
{
	while (line.n && (str_is_blank_char(line.p[0]) || (fence->quoted && line.p[0] == '>')))
		line = str_from(line, 1);
	size_t n = marks_of(line);
	return n >= fence->length && line.p[0] == fence->mark && str_trim(str_from(line, n)).n == 0;
}

/* Whether a line is code, or opens or closes it. */
static bool is_code(struct fence *fence, struct str line)
{
	if (fence->length && is_left(fence, line))
		fence->length = 0;
	if (!fence->length)
		return opens(fence, line);
	if (closes(fence, line))
		fence->length = 0;
	return true;
}

/* Longer runs of backticks are text, for cmark too: so no line is searched more often. */
#define MOST_BACKTICKS 80

/* After the run of backticks at s: what closes it, in this line; only the run where nothing does.
 */
static size_t code_length(struct str s)
{
	size_t run = 0, n = 0;
	while (run < s.n && s.p[run] == '`')
		run++;
	for (size_t i = run; i < s.n && run <= MOST_BACKTICKS; i++) {
		n = s.p[i] == '`' ? n + 1 : 0;
		if (n == run && (i + 1 == s.n || s.p[i + 1] != '`'))
			return i + 1;
	}
	return run;
}

static void scan_line(struct splices *s, const struct relink *r, struct str folder,
		      struct str image, struct str line)
{
	size_t close = 0, used;
	for (size_t i = 0; i < line.n; i += used) {
		struct link link;
		used = 1;
		if (line.p[i] == '\\') {
			used = 2;
		} else if (line.p[i] == '`') {
			used = code_length(str_from(line, i));
		} else if (link_at(line, i, &close, &link, &used)) {
			struct arena_mark mark = arena_mark(&s->arena);
			struct str to = new_target(r, folder, &link, &s->arena);
			size_t from = (size_t)(link.target.p - image.p);
			if (to.p)
				add(s, from, from + link.target.n, to);
			else
				arena_rewind(&s->arena, mark);
			/* A label may hold a link of its own. */
			used = to.p ? used : 1;
		}
	}
}

static void scan(struct splices *s, const struct relink *r, struct str path, struct str image)
{
	struct str rest = image, line, folder = str_folder(path);
	struct fence fence = {.length = 0};
	while (str_next_line(&rest, &line))
		if (!is_code(&fence, line) && str_find_char(line, '[') < line.n)
			scan_line(s, r, folder, image, line);
}

static bool put(struct buf *out, struct splices *s, struct str image)
{
	settle(s);
	splice_add(out, image, s->items, s->count);
	return s->count > 0;
}

bool relink_file(struct buf *out, const struct relink *relink, struct str path, struct str image)
{
	struct splices s;
	splices_init(&s);
	scan(&s, relink, path, image);
	bool changed = put(out, &s, image);
	splices_release(&s);
	return changed;
}

/* `introduced_by: charles-babbage`, with or without quotes. */
static void add_bare(struct splices *s, const struct relink *r, const struct contact *c)
{
	const struct relations *lists[] = {&c->introduced_by, &c->knows, &c->links};
	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		for (size_t i = 0; i < lists[l]->count; i++) {
			const struct relation *relation = &lists[l]->items[i];
			size_t at = relation->offset;
			struct str here = str_from(c->image, at);
			if (here.n && (here.p[0] == '"' || here.p[0] == '\''))
				here = str_from(here, 1), at++;
			if (is_slug(r, relation->text, &s->arena) &&
			    str_starts(here, relation->text))
				add(s, at, at + relation->text.n, r->to_slug);
		}
}

/* Whether a text is what it was, or the link that it was leads to the new place. */
static bool same_text(const struct relink *r, struct str path, struct str was, struct str is)
{
	struct arena scratch;
	struct buf b;
	arena_init(&scratch);
	buf_init(&b, 0);
	bool same = str_eq(was, is) || (is_slug(r, was, &scratch) && str_eq(is, r->to_slug)) ||
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

static bool same_shape(const struct relink *r, const struct contact *a, const struct contact *b)
{
	bool same = a->entries_count == b->entries_count && a->tasks_count == b->tasks_count &&
		    a->unread == b->unread && same_text(r, a->path, a->name, b->name);
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
	(void)contact_of_bytes(&before, path, image, config, NULL, NULL, &arena);
	scan(&s, relink, path, image);
	if (!before.unread)
		add_bare(&s, relink, &before);
	if (put(out, &s, image)) {
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
	scan(&s, relink, path, image);
	scan_ids(&s, ids, image);
	bool changed = put(out, &s, image);
	splices_release(&s);
	return changed;
}
