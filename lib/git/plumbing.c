#include "git/plumbing.h"

#include <stdlib.h>

#include "base/mem.h"
#include "git/child.h"
#include "git/filter.h"

/* Of `git ls-files --debug`: git's in-memory flags (read-cache-ll.h, CE_VALID and so on). */
enum { FLAG_ASSUMED = 0x8000, FLAG_INTENT = 1 << 29, FLAG_SKIPPED = 1 << 30 };

static struct str take_upto(struct str *rest, char end)
{
	struct str part = str_upto(*rest, str_find_char(*rest, end));
	*rest = str_from(*rest, part.n + 1);
	return part;
}

static unsigned read_number(struct str digits, unsigned base)
{
	unsigned value = 0;
	for (size_t i = 0; i < digits.n; i++) {
		char c = str_lower(digits.p[i]);
		unsigned digit = str_is_digit(c) ? (unsigned)(c - '0') : (unsigned)(c - 'a') + 10;
		if (digit >= base)
			break;
		value = value * base + digit;
	}
	return value;
}

static bool take_id(char out[GIT_ID_SIZE], struct str word)
{
	if (!filter_is_id(word))
		return false;
	memcpy(out, word.p, word.n);
	out[word.n] = '\0';
	return true;
}

static int unreadable(const char *path, struct kith_error *err)
{
	return kith_fail(err, KITH_FAILED, "git told something strange about %s", path);
}

/* What is at the path is a folder: git names what is below it. */
static void set_folder(struct plumbing_view *out)
{
	*out = (struct plumbing_view){.mode = 040000};
}

int plumbing_look_commit(struct plumbing_view *out, const struct git_repo *repo, const char *commit,
			 const char *path, struct kith_error *err)
{
	const char *args[] = {"ls-tree", "-z", commit, "--", path, NULL};
	struct buf text;
	struct child child = {.repo = repo, .out = &text};
	*out = (struct plumbing_view){0};
	buf_init(&text, 0);
	int rc = child_run(&child, args, "cannot read HEAD", err);
	struct str rest = buf_str(&text);
	if (rc == 0 && rest.n > 0) {
		out->mode = read_number(take_upto(&rest, ' '), 8);
		take_upto(&rest, ' ');
		bool good = take_id(out->id, take_upto(&rest, '\t'));
		if (!good || !str_eq(take_upto(&rest, '\0'), str_of(path)))
			rc = unreadable(path, err);
	}
	buf_release(&text);
	return rc;
}

int plumbing_look_index(struct plumbing_view *out, const struct git_repo *repo, const char *path,
			struct kith_error *err)
{
	const char *args[] = {"ls-files", "-s", "--debug", "-z", "--", path, NULL};
	struct buf text;
	struct child child = {.repo = repo, .out = &text};
	*out = (struct plumbing_view){0};
	buf_init(&text, 0);
	int rc = child_run(&child, args, "cannot read the index", err);
	struct str rest = buf_str(&text);
	if (rc == 0 && rest.n > 0) {
		out->mode = read_number(take_upto(&rest, ' '), 8);
		bool good = take_id(out->id, take_upto(&rest, ' '));
		take_upto(&rest, '\t');
		struct str name = take_upto(&rest, '\0');
		unsigned flags =
		    read_number(str_from(rest, str_find(rest, STR("flags: ")) + 7), 16);
		out->assumed = (flags & FLAG_ASSUMED) != 0;
		out->skipped = (flags & FLAG_SKIPPED) != 0;
		out->intent = (flags & FLAG_INTENT) != 0;
		if (!good)
			rc = unreadable(path, err);
		else if (!str_eq(name, str_of(path)))
			set_folder(out);
	}
	buf_release(&text);
	return rc;
}

int plumbing_conflicts(bool *out, const struct git_repo *repo, struct kith_error *err)
{
	const char *args[] = {"ls-files", "-u", "-z", NULL};
	struct buf text;
	struct child child = {.repo = repo, .out = &text};
	buf_init(&text, 1); /* one byte tells */
	int rc = child_run(&child, args, "cannot read the index", err);
	*out = text.overflow;
	buf_release(&text);
	return rc;
}

static bool take_difference(struct plumbing_difference *out, struct str *rest, struct arena *arena)
{
	*out = (struct plumbing_difference){0};
	if (!str_eq(take_upto(rest, ':'), STR("")))
		return false;
	out->before_mode = read_number(take_upto(rest, ' '), 8);
	out->after_mode = read_number(take_upto(rest, ' '), 8);
	bool good =
	    take_id(out->before, take_upto(rest, ' ')) && take_id(out->after, take_upto(rest, ' '));
	take_upto(rest, '\0');
	out->path = arena_str(arena, take_upto(rest, '\0')).p;
	return good;
}

int plumbing_compare(struct plumbing_difference **out, size_t *count, const struct git_repo *repo,
		     const char *before, const char *after, struct arena *arena,
		     struct kith_error *err)
{
	const char *args[] = {"diff-tree",
			      "-r",
			      "-z",
			      "--raw",
			      "--no-abbrev",
			      "--no-renames",
			      "--no-commit-id",
			      before[0] ? before : "--root",
			      after,
			      NULL};
	struct plumbing_difference *found = NULL;
	size_t cap = 0, n = 0;
	struct buf text;
	struct child child = {.repo = repo, .out = &text};
	buf_init(&text, 0);
	int rc = child_run(&child, args, "cannot look at the commit", err);
	for (struct str rest = buf_str(&text); rc == 0 && rest.n > 0; n++) {
		found = mem_grow(found, n, &cap, sizeof(*found));
		if (!take_difference(&found[n], &rest, arena))
			rc = unreadable("the commit", err);
	}
	*out = arena_copy(arena, found, n, sizeof(*found));
	*count = n;
	free(found);
	buf_release(&text);
	return rc;
}

int plumbing_store(char id[GIT_ID_SIZE], const struct git_repo *repo, struct str bytes,
		   struct kith_error *err)
{
	const char *args[] = {"hash-object", "-w", "--no-filters", "--stdin", NULL};
	struct buf out;
	struct child child = {.repo = repo, .input = bytes, .out = &out};
	buf_init(&out, 256);
	int rc = child_run(&child, args, "git cannot store a file", err);
	if (rc == 0 && !take_id(id, str_trim(buf_str(&out))))
		rc = unreadable("a file that it stored", err);
	buf_release(&out);
	return rc;
}

int plumbing_load(struct buf *out, const struct git_repo *repo, const char *id,
		  struct kith_error *err)
{
	const char *args[] = {"cat-file", "blob", id, NULL};
	struct child child = {.repo = repo, .out = out};
	buf_clear(out);
	return child_run(&child, args, "git cannot read a file", err);
}

/* A mark of an entry, which `--index-info` takes off. */
static int mark(const struct git_repo *repo, const char *index, const char *option,
		const char *path, struct kith_error *err)
{
	const char *args[] = {"update-index", option, "--", path, NULL};
	struct child child = {.repo = repo, .index = index};
	return child_run(&child, args, "cannot change the index", err);
}

/* git-update-index(1), "USING --INDEX-INFO". */
int plumbing_edit_index(const struct git_repo *repo, const char *index,
			const struct plumbing_edit *edits, size_t count, struct kith_error *err)
{
	const char *args[] = {"update-index", "-z", "--index-info", NULL};
	struct buf input;
	buf_init(&input, 0);
	for (size_t i = 0; i < count; i++) {
		buf_printf(&input, "%o %s\t%s", edits[i].mode, edits[i].id, edits[i].path);
		buf_addc(&input, '\0');
	}
	struct child child = {.repo = repo, .index = index, .input = buf_str(&input)};
	int rc = count > 0 ? child_run(&child, args, "cannot change the index", err) : 0;
	for (size_t i = 0; rc == 0 && i < count; i++) {
		if (edits[i].mode && edits[i].assumed)
			rc = mark(repo, index, "--assume-unchanged", edits[i].path, err);
		if (rc == 0 && edits[i].mode && edits[i].skipped)
			rc = mark(repo, index, "--skip-worktree", edits[i].path, err);
	}
	buf_release(&input);
	return rc;
}

int plumbing_make_plain(const struct git_repo *repo, const char *index, struct kith_error *err)
{
	const char *args[] = {"-c",
			      "core.splitIndex=false",
			      "-c",
			      "index.sparse=false",
			      "update-index",
			      "--no-split-index",
			      "--force-write-index",
			      NULL};
	struct child child = {.repo = repo, .index = index};
	return child_run(&child, args, "cannot read git's index", err);
}
