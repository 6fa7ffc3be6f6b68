/*
 * A change that was cut off is carried out to its end only where nobody has
 * done anything about it since. What HEAD has of it tells how far it came, and
 * the files: all as before means that nothing had begun, or that somebody took
 * it back, and so it stays. One that is neither as before nor as it was to be
 * is somebody's newer work. So may be what is half done where our lock of the
 * index is gone, for then git was at work since (git reset, git checkout).
 * Nothing is written or committed there.
 */
#include "git/recover.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "git/carry.h"
#include "git/merge.h"

#define MAX_FILE ((size_t)1 << 31)

enum file_state { AS_BEFORE, AS_AFTER, AS_OTHER };

/* How the files stand that were to change. */
struct files_standing {
	size_t after, before; /* how many */
	const char *taken;    /* one of those before; NULL */
	const char *other;    /* one that somebody else changed since; NULL */
};

/* Takes regular files of that beginning out of a folder. */
static void sweep_files(int folder, const char *beginning, const char *but)
{
	DIR *dir = folder < 0 ? NULL : fdopendir(folder);
	struct dirent *entry;
	struct stat st;
	if (!dir && folder >= 0)
		close(folder);
	while (dir && (entry = readdir(dir))) {
		if (!str_starts(str_of(entry->d_name), str_of(beginning)) ||
		    (but && strcmp(entry->d_name, but) == 0))
			continue;
		if (fstatat(folder, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode))
			unlinkat(folder, entry->d_name, 0);
	}
	if (dir)
		closedir(dir);
}

/* What fs_replace of the dead process left where it was to write. */
static void sweep_folders(const struct git_change *change, const struct record *record)
{
	char beginning[64];
	if (!change->hold.dead)
		return;
	snprintf(beginning, sizeof(beginning), FS_TEMPORARY "%ld-", change->hold.dead);
	struct str last = STR_NONE;
	for (size_t i = 0; i < record->count; i++) {
		const char *path = record->files[i].path, *slash = strrchr(path, '/');
		struct str folder = {path, slash ? (size_t)(slash - path) : 0};
		if (!record->files[i].moves || (last.p && str_eq(last, folder)))
			continue;
		last = folder;
		struct arena arena;
		arena_init(&arena);
		const char *name = folder.n ? arena_str(&arena, folder).p : ".";
		sweep_files(fs_open_below(change->workdir, name, O_RDONLY | O_DIRECTORY), beginning,
			    NULL);
		arena_release(&arena);
	}
}

/* How a file stands; *bytes: what it holds, p == NULL for no file. */
static int find_file_state(enum file_state *out, struct buf *bytes, bool *there,
			   const struct git_change *change, const struct record_file *file,
			   struct kith_error *err)
{
	git_oid id = {{0}};
	int cause = fs_load(change->workdir, file->path, MAX_FILE, bytes);
	*there = cause == 0;
	*out = AS_OTHER;
	if (cause == EINVAL || cause == EXDEV || cause == ELOOP || cause == EFBIG)
		return 0;
	errno = cause;
	if (cause && cause != ENOENT && cause != ENOTDIR)
		return kith_fail_errno(err, "cannot read %s", file->path);
	if (cause == 0 &&
	    git_odb_hash(&id, bytes->n ? bytes->p : "", bytes->n, GIT_OBJECT_BLOB) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read %s", file->path);
	if (git_oid_equal(&id, &file->after))
		*out = AS_AFTER;
	else if (git_oid_equal(&id, &file->before))
		*out = AS_BEFORE;
	return 0;
}

static int write_recorded(const struct git_change *change, const struct record_file *file,
			  struct str now, struct kith_error *err)
{
	git_blob *blob = NULL;
	if (git_oid_is_zero(&file->after))
		return fs_carry(change->workdir, &(struct fs_file){file->path, now, STR_NONE, 0},
				err);
	if (git_blob_lookup(&blob, change->repo->handle, &file->after) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read an object of the repository");
	struct str bytes = {git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob)};
	bytes = bytes.p ? bytes : STR("");
	int rc = fs_carry(change->workdir, &(struct fs_file){file->path, now, bytes, 0}, err);
	git_blob_free(blob);
	return rc;
}

/* Looks at all files, and writes those that are as before, if asked to. */
static int go_through_files(struct files_standing *out, const struct git_change *change,
			    const struct record *record, bool write, struct kith_error *err)
{
	struct buf bytes;
	int rc = 0;
	*out = (struct files_standing){0};
	buf_init(&bytes, 0);
	for (size_t i = 0; rc == 0 && i < record->count; i++) {
		const struct record_file *file = &record->files[i];
		enum file_state state;
		bool there;
		if (!file->moves)
			continue;
		rc = find_file_state(&state, &bytes, &there, change, file, err);
		if (state == AS_OTHER)
			out->other = file->path;
		if (state == AS_BEFORE)
			out->taken = file->path;
		out->after += state == AS_AFTER;
		out->before += state == AS_BEFORE;
		if (rc == 0 && state == AS_BEFORE && write)
			rc = write_recorded(change, file, there ? buf_str(&bytes) : STR_NONE, err);
	}
	buf_release(&bytes);
	return rc;
}

/* Whether HEAD has all that was to be committed: then the files were written, too. */
static bool is_committed(const struct git_change *change, const struct record *record,
			 const struct branch *head)
{
	bool all = !git_oid_is_zero(&record->draft);
	for (size_t i = 0; all && i < record->count; i++) {
		const struct record_file *file = &record->files[i];
		struct kith_error ignored = {0};
		struct branch_entry had;
		all = branch_look(&had, head, change->repo, file->path, &ignored) == 0 &&
		      git_oid_equal(&had.id, &file->head_new);
	}
	return all;
}

static const char *draft_subject(const struct git_change *change, const struct record *record,
				 struct arena *arena)
{
	git_commit *draft = NULL;
	const char *subject = "";
	if (!git_oid_is_zero(&record->draft) &&
	    git_commit_lookup(&draft, change->repo->handle, &record->draft) == 0) {
		struct str message = str_of(git_commit_message(draft));
		struct str line = str_upto(message, str_find_char(message, '\n'));
		subject = arena_printf(arena, ": %.*s", STR_ARG(line)).p;
	}
	git_commit_free(draft);
	return subject;
}

static int tell_recovered(struct git_change *change, const char *what, const char *subject,
			  const char *more)
{
	change->recovered = arena_printf(&change->arena, "%s%s%s", what, subject, more).p;
	return 0;
}

/* The files are as they shall be: the commit, if HEAD lacks it, and the index. */
static int finish_commit(struct git_change *change, const struct record *record, bool written,
			 const char *subject, struct kith_error *err)
{
	struct carry_outcome carried;
	struct kith_error why = {0};
	int rc = carry_commit(&carried, change, record, NULL, &why);
	if (rc && why.status == KITH_BUSY)
		return kith_fail(err, why.status, "%s", why.message);
	if (rc)
		return tell_recovered(
		    change, "an earlier change that was cut off is in the files, but not committed",
		    subject, arena_printf(&change->arena, " (%s)", why.message).p);
	if (!written && !carried.entries && !carried.left && git_oid_is_zero(&carried.id))
		return 0;
	return tell_recovered(change, "finished an earlier change that was cut off", subject,
			      carried.left ? "; what you staged since stays as it is" : "");
}

static int finish_change(struct git_change *change, const struct record *record,
			 struct kith_error *err)
{
	const char *subject = draft_subject(change, record, &change->arena);
	struct kith_error why = {0};
	struct files_standing standing;
	struct branch head;
	if (branch_read(&head, change->repo, err))
		return -1;
	if (is_committed(change, record, &head))
		return finish_commit(change, record, false, subject, err);
	if (go_through_files(&standing, change, record, false, err))
		return -1;
	if (change->touched && standing.after && !standing.other)
		standing.other = standing.taken;
	if (standing.other)
		return tell_recovered(
		    change, "an earlier change was cut off", subject,
		    arena_printf(&change->arena,
				 ". %s was changed since, so it was not finished; git "
				 "status shows what of it is in the files",
				 standing.other)
			.p);
	if (standing.after == 0)
		return tell_recovered(change,
				      "an earlier change was cut off, and nothing of it was done",
				      subject, "");
	if (go_through_files(&standing, change, record, true, &why)) {
		if (why.status == KITH_IO)
			return kith_fail(err, why.status, "%s: %s", why.path, why.message);
		return tell_recovered(
		    change, "an earlier change was cut off and cannot be finished", subject,
		    arena_printf(&change->arena,
				 " (%s); git status shows what of it is in the files", why.message)
			.p);
	}
	if (strcmp(head.ref, record->ref) == 0)
		return finish_commit(change, record, standing.before > 0, subject, err);
	return tell_recovered(
	    change, "an earlier change that was cut off is in the files, but not committed",
	    subject,
	    arena_printf(&change->arena, " (it was for %s, and another branch is here now)",
			 record->ref)
		.p);
}

int recover_change(struct git_change *change, struct kith_error *err)
{
	struct record record;
	struct stat st;
	bool found;
	const char *folder = change->hold.folder;
	const char *path = arena_printf(&change->arena, "%skith-record", folder).p;
	bool noted = lstat(path, &st) == 0;
	if (!noted && !change->hold.crashed)
		return 0;
	sweep_files(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "kith-", "kith-record");
	path = arena_printf(&change->arena, "%s" MERGE_SCRATCH, folder).p;
	sweep_files(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "", NULL);
	rmdir(path);
	if (!noted)
		return 0;
	if (record_read(&record, &found, folder, &change->arena, err))
		return -1;
	if (!found)
		change->recovered = "an earlier change was cut off, and what it was about cannot "
				    "be read any more; git status shows what is not committed";
	else
		sweep_folders(change, &record);
	if (found && !git_oid_is_zero(&record.draft))
		branch_clear(record.ref, &record.draft, &change->hold);
	if (found && (finish_change(change, &record, err) || stage_read(&change->stage, err)))
		return kith_fail_context(err, "an earlier change was cut off, and cannot be "
					      "finished now");
	record_clear(folder);
	return 0;
}
