#include "git/diff.h"

#include <stdlib.h>

#include <git2.h>

#include "base/mem.h"
#include "git/alloc.h"
#include "git/repo.h"

/* As git: 3 lines around a change, and at most 80 bytes of the line that names the part. */
enum { DIFF_LINES_MAX = 40000, CONTEXT = 3, HEADING_MAX = 80, BINARY_LOOK = 8000 };

/* A text as lines: starts[i] to starts[i + 1], with the line ends. */
struct lines {
	struct str text;
	size_t *starts;
	size_t count;
};

struct collect {
	struct git_hunk *items;
	size_t count, cap;
};

static void lines_init(struct lines *l, struct str text)
{
	size_t count = 0, at = 0;
	for (struct str rest = text; rest.n > 0; count++)
		rest = str_from(rest, str_find_char(rest, '\n') + 1);
	*l = (struct lines){text, mem_alloc((count + 1) * sizeof(size_t)), count};
	for (size_t i = 0; i < count; i++) {
		l->starts[i] = at;
		at += str_find_char(str_from(text, at), '\n') + 1;
	}
	l->starts[count] = text.n;
}

static struct str line_at(const struct lines *l, size_t at)
{
	return str_slice(l->text, l->starts[at], l->starts[at + 1]);
}

/* What lies between the lines that both have at the beginning and at the end. */
static struct git_hunk middle(const struct lines *a, const struct lines *b)
{
	size_t head = 0, tail = 0, least = a->count < b->count ? a->count : b->count;
	while (head < least && str_eq(line_at(a, head), line_at(b, head)))
		head++;
	while (tail < least - head &&
	       str_eq(line_at(a, a->count - 1 - tail), line_at(b, b->count - 1 - tail)))
		tail++;
	return (struct git_hunk){head, a->count - head - tail, head, b->count - head - tail};
}

static void collect_add(struct collect *c, struct git_hunk hunk)
{
	c->items = mem_grow(c->items, c->count, &c->cap, sizeof(*c->items));
	c->items[c->count++] = hunk;
}

/* Of no lines git gives the one before them. */
static size_t first_line(int start, int count)
{
	return (size_t)(count > 0 ? start - 1 : start);
}

static int on_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *context)
{
	(void)delta;
	collect_add(context, (struct git_hunk){first_line(hunk->old_start, hunk->old_lines),
					       (size_t)hunk->old_lines,
					       first_line(hunk->new_start, hunk->new_lines),
					       (size_t)hunk->new_lines});
	return 0;
}

static int by_libgit2(struct collect *out, struct str before, struct str after,
		      struct kith_error *err)
{
	git_diff_options options = {
	    .version = GIT_DIFF_OPTIONS_VERSION,
	    .flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC,
	};
	alloc_install();
	if (git_libgit2_init() < 0)
		return repo_fail(err, KITH_FAILED, "cannot start libgit2");
	int rc = git_diff_buffers(before.n ? before.p : "", before.n, NULL, after.n ? after.p : "",
				  after.n, NULL, &options, NULL, NULL, on_hunk, NULL, out);
	if (rc < 0)
		repo_fail(err, KITH_FAILED, "cannot compare two texts");
	git_libgit2_shutdown();
	return rc < 0 ? -1 : 0;
}

static int find_hunks(struct collect *out, const struct lines *before, const struct lines *after,
		      struct kith_error *err)
{
	struct git_hunk whole = middle(before, after);
	size_t lines = whole.before_count + whole.after_count;
	if (lines == 0)
		return 0;
	if (whole.before_count > 0 && whole.after_count > 0 && lines <= DIFF_LINES_MAX)
		return by_libgit2(out, before->text, after->text, err);
	collect_add(out, whole);
	return 0;
}

int diff_hunks(struct git_hunk **hunks, size_t *count, struct str before, struct str after,
	       struct arena *arena, struct kith_error *err)
{
	struct lines a, b;
	struct collect found = {0};
	lines_init(&a, before);
	lines_init(&b, after);
	int rc = find_hunks(&found, &a, &b, err);
	*hunks = rc ? NULL : arena_copy(arena, found.items, found.count, sizeof(*found.items));
	*count = rc ? 0 : found.count;
	free(found.items);
	free(a.starts);
	free(b.starts);
	return rc;
}

/* As git quotes names, but for what is not ASCII. */
static void add_path(struct buf *out, const char *prefix, const char *path)
{
	bool plain = true;
	for (const unsigned char *p = (const unsigned char *)path; *p; p++)
		plain = plain && *p >= 0x20 && *p != 0x7f && *p != '"' && *p != '\\';
	if (plain) {
		buf_addz(out, prefix);
		buf_addz(out, path);
		return;
	}
	buf_addc(out, '"');
	buf_addz(out, prefix);
	for (const char *p = path; *p; p++) {
		size_t letter = str_find_char(STR("\a\b\t\n\v\f\r\"\\"), *p);
		if (letter < 9)
			buf_printf(out, "\\%c", "abtnvfr\"\\"[letter]);
		else if ((unsigned char)*p < 0x20 || *p == 0x7f)
			buf_printf(out, "\\%03o", (unsigned)*p);
		else
			buf_addc(out, *p);
	}
	buf_addc(out, '"');
}

static void add_side(struct buf *out, const char *mark, const char *prefix, const char *path,
		     bool there)
{
	buf_addz(out, mark);
	if (there)
		add_path(out, prefix, path);
	else
		buf_addz(out, "/dev/null");
	/* git ends a name with blanks in it by a tab, so that patch(1) finds its end. */
	buf_addz(out, there && strchr(path, ' ') ? "\t\n" : "\n");
}

static void add_moved(struct buf *out, const char *words, const char *path)
{
	buf_addz(out, words);
	add_path(out, "", path);
	buf_addc(out, '\n');
}

static void add_header(struct buf *out, const char *from, const char *to, bool was, bool is)
{
	buf_addz(out, "diff --git ");
	add_path(out, "a/", from);
	buf_addc(out, ' ');
	add_path(out, "b/", to);
	buf_addc(out, '\n');
	if (!was)
		buf_addz(out, "new file mode 100644\n");
	if (!is)
		buf_addz(out, "deleted file mode 100644\n");
	if (strcmp(from, to) != 0) {
		add_moved(out, "rename from ", from);
		add_moved(out, "rename to ", to);
	}
}

static bool is_binary(struct str text)
{
	struct str start = str_upto(text, BINARY_LOOK);
	return str_find_char(start, '\0') < start.n;
}

static void add_line(struct buf *out, char mark, struct str line)
{
	buf_addc(out, mark);
	buf_add(out, line);
	if (!str_ends(line, STR("\n")))
		buf_addz(out, "\n\\ No newline at end of file\n");
}

static void add_range(struct buf *out, char mark, size_t from, size_t count)
{
	buf_printf(out, "%c%zu", mark, count > 0 ? from + 1 : from);
	if (count != 1)
		buf_printf(out, ",%zu", count);
}

/* The last line before `at` that begins like a name; looked for from where the last search ended.
 */
static void find_heading(struct str *heading, size_t *looked, const struct lines *l, size_t at)
{
	struct str found = STR_NONE;
	for (size_t i = at; i > *looked && !found.p; i--) {
		struct str line = line_at(l, i - 1);
		if (str_is_alpha(line.p[0]) || line.p[0] == '_' || line.p[0] == '$')
			found = str_rtrim(str_upto(line, HEADING_MAX));
	}
	*looked = at;
	if (found.p)
		*heading = found;
}

struct print {
	struct buf *out;
	const struct lines *before, *after;
	struct str heading;
	size_t looked;
};

/* Changes so near to each other that they share their context. */
static void print_group(struct print *p, const struct git_hunk *hunks, size_t count)
{
	const struct git_hunk *first = &hunks[0], *last = &hunks[count - 1];
	size_t lead = first->before < CONTEXT ? first->before : CONTEXT;
	size_t end = last->before + last->before_count;
	size_t rest = p->before->count - end, trail = rest < CONTEXT ? rest : CONTEXT;
	size_t from = first->before - lead;
	find_heading(&p->heading, &p->looked, p->before, from);
	buf_addz(p->out, "@@ ");
	add_range(p->out, '-', from, end + trail - from);
	buf_addc(p->out, ' ');
	size_t to = first->after - lead;
	add_range(p->out, '+', to, last->after + last->after_count + trail - to);
	buf_addz(p->out, p->heading.n > 0 ? " @@ " : " @@");
	buf_add(p->out, p->heading);
	buf_addc(p->out, '\n');
	for (size_t i = 0; i < count; i++) {
		for (; from < hunks[i].before; from++)
			add_line(p->out, ' ', line_at(p->before, from));
		for (; from < hunks[i].before + hunks[i].before_count; from++)
			add_line(p->out, '-', line_at(p->before, from));
		for (size_t j = 0; j < hunks[i].after_count; j++)
			add_line(p->out, '+', line_at(p->after, hunks[i].after + j));
	}
	for (; from < end + trail; from++)
		add_line(p->out, ' ', line_at(p->before, from));
}

static void print_hunks(struct buf *out, const struct lines *before, const struct lines *after,
			const struct collect *found)
{
	struct print p = {.out = out, .before = before, .after = after};
	for (size_t i = 0, n; i < found->count; i += n) {
		const struct git_hunk *hunks = &found->items[i];
		n = 1;
		while (i + n < found->count &&
		       hunks[n].before - hunks[n - 1].before - hunks[n - 1].before_count <=
			   2 * CONTEXT)
			n++;
		print_group(&p, hunks, n);
	}
}

static int diff_lines(struct buf *out, const char *from, struct str before, const char *to,
		      struct str after, struct kith_error *err)
{
	struct lines a, b;
	struct collect found = {0};
	lines_init(&a, before);
	lines_init(&b, after);
	int rc = find_hunks(&found, &a, &b, err);
	if (rc == 0) {
		add_header(out, from, to, before.p != NULL, after.p != NULL);
		if (found.count > 0) {
			add_side(out, "--- ", "a/", from, before.p != NULL);
			add_side(out, "+++ ", "b/", to, after.p != NULL);
		}
		print_hunks(out, &a, &b, &found);
	}
	free(found.items);
	free(a.starts);
	free(b.starts);
	return rc;
}

static void diff_binary(struct buf *out, const char *from, struct str before, const char *to,
			struct str after)
{
	add_header(out, from, to, before.p != NULL, after.p != NULL);
	buf_addz(out, "Binary files ");
	add_path(out, before.p ? "a/" : "", before.p ? from : "/dev/null");
	buf_addz(out, " and ");
	add_path(out, after.p ? "b/" : "", after.p ? to : "/dev/null");
	buf_addz(out, " differ\n");
}

int diff_text(struct buf *out, const char *before_path, struct str before, const char *after_path,
	      struct str after, struct kith_error *err)
{
	/* Where there is no file its path is the other's. */
	const char *from = before.p && before_path ? before_path : after_path;
	const char *to = after.p && after_path ? after_path : from;
	if (!before.p)
		from = to;
	if (!from || (!before.p && !after.p))
		return 0;
	bool both = before.p && after.p;
	if (both && str_eq(before, after) && strcmp(from, to) == 0)
		return 0;
	if (is_binary(before) || is_binary(after)) {
		diff_binary(out, from, before, to, after);
		return 0;
	}
	return diff_lines(out, from, before, to, after, err);
}
