#include "git/diff.h"

#include <stdlib.h>

#include <git2.h>

#include "base/mem.h"
#include "git/alloc.h"
#include "git/repo.h"

/* As git: 3 lines around a change, and what is no text shows in its first 8,000 bytes. */
enum { DIFF_LINES_MAX = 40000, CONTEXT = 3, BINARY_LOOK = 8000 };

/* Where hunks go: into a list, or, as git prints them, into a text. */
struct diff_sink {
	struct git_hunk *items;
	size_t count, cap;
	struct buf *text;
};

static size_t count_lines(struct str text)
{
	size_t count = 0;
	for (; text.n > 0; count++)
		text = str_from(text, str_find_char(text, '\n') + 1);
	return count;
}

/* What lies between the lines that both have at the beginning and at the end, as one hunk. */
static struct git_hunk find_middle(struct str a, struct str b)
{
	size_t same = 0, from = 0;
	while (same < a.n && same < b.n && a.p[same] == b.p[same])
		if (a.p[same++] == '\n')
			from = same;
	if (same == a.n && same == b.n)
		return (struct git_hunk){0, 0, 0, 0};
	size_t head = count_lines(str_upto(a, from)), least = (a.n < b.n ? a.n : b.n) - from;
	size_t tail = 0, to = 0;
	while (to < least && a.p[a.n - 1 - to] == b.p[b.n - 1 - to])
		if (a.p[a.n - 1 - to++] == '\n')
			tail = to - 1;
	return (struct git_hunk){head, count_lines(str_slice(a, from, a.n - tail)), head,
				 count_lines(str_slice(b, from, b.n - tail))};
}

static void add_hunk(struct diff_sink *sink, struct git_hunk hunk)
{
	sink->items = mem_grow(sink->items, sink->count, &sink->cap, sizeof(*sink->items));
	sink->items[sink->count++] = hunk;
}

/* Of no lines git gives the one before them. */
static size_t first_line(int start, int count)
{
	return (size_t)(count > 0 ? start - 1 : start);
}

static int take_diff_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *context)
{
	struct diff_sink *sink = context;
	(void)delta;
	if (sink->text)
		buf_add(sink->text, (struct str){hunk->header, hunk->header_len});
	else
		add_hunk(sink, (struct git_hunk){first_line(hunk->old_start, hunk->old_lines),
						 (size_t)hunk->old_lines,
						 first_line(hunk->new_start, hunk->new_lines),
						 (size_t)hunk->new_lines});
	return 0;
}

static int take_diff_line(const git_diff_delta *delta, const git_diff_hunk *hunk,
			  const git_diff_line *line, void *context)
{
	struct diff_sink *sink = context;
	(void)delta, (void)hunk;
	if (strchr(" +-", line->origin))
		buf_addc(sink->text, line->origin);
	buf_add(sink->text, (struct str){line->content, line->content_len});
	return 0;
}

static int compare_texts(struct diff_sink *sink, struct str before, struct str after,
			 struct kith_error *err)
{
	git_diff_options options = {
	    .version = GIT_DIFF_OPTIONS_VERSION,
	    .flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC,
	    .context_lines = sink->text ? CONTEXT : 0,
	};
	alloc_install();
	if (git_libgit2_init() < 0)
		return repo_fail(err, KITH_FAILED, "cannot start libgit2");
	int rc = git_diff_buffers(before.n ? before.p : "", before.n, NULL, after.n ? after.p : "",
				  after.n, NULL, &options, NULL, NULL, take_diff_hunk,
				  sink->text ? take_diff_line : NULL, sink);
	if (rc < 0)
		repo_fail(err, KITH_FAILED, "cannot compare two texts");
	git_libgit2_shutdown();
	return rc < 0 ? -1 : 0;
}

/* Whether to find the shortest difference would take too long. */
static bool is_too_much(const struct git_hunk *middle)
{
	return middle->before_count > 0 && middle->after_count > 0 &&
	       middle->before_count + middle->after_count > DIFF_LINES_MAX;
}

int diff_hunks(struct git_hunk **hunks, size_t *count, struct str before, struct str after,
	       struct arena *arena, struct kith_error *err)
{
	struct diff_sink sink = {0};
	struct git_hunk middle = find_middle(before, after);
	int rc = 0;
	if (is_too_much(&middle))
		add_hunk(&sink, middle);
	else
		rc = compare_texts(&sink, before, after, err);
	*hunks = rc ? NULL : arena_copy(arena, sink.items, sink.count, sizeof(*sink.items));
	*count = rc ? 0 : sink.count;
	free(sink.items);
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

static void add_unshown(struct buf *out, const char *from, struct str before, const char *to,
			struct str after)
{
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
	struct diff_sink sink = {.text = out};
	struct git_hunk middle = find_middle(before, after);
	add_header(out, from, to, before.p != NULL, after.p != NULL);
	if (is_binary(before) || is_binary(after) || is_too_much(&middle)) {
		add_unshown(out, from, before, to, after);
		return 0;
	}
	if (middle.before_count + middle.after_count == 0)
		return 0;
	add_side(out, "--- ", "a/", from, before.p != NULL);
	add_side(out, "+++ ", "b/", to, after.p != NULL);
	return compare_texts(&sink, before, after, err);
}
