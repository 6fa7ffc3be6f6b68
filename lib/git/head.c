#include "git/head.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "git/share.h"

enum { ID_TEXT = 41, MAX_LOG_END = 8192 };

static bool is_detached(const struct head *head)
{
	return strcmp(head->ref, "HEAD") == 0;
}

static const char *base_of(const struct head *head, const struct hold *hold)
{
	return is_detached(head) ? hold->folder : hold->common;
}

/* Follows HEAD to the name that a commit moves. */
static int find_ref(struct head *head, const struct git_repo *repo, struct kith_error *err)
{
	git_reference *ref = NULL;
	snprintf(head->ref, sizeof(head->ref), "HEAD");
	for (int i = 0; i < 5; i++) {
		int rc = git_reference_lookup(&ref, repo->handle, head->ref);
		head->unborn = rc == GIT_ENOTFOUND;
		if (head->unborn && i > 0)
			return 0;
		if (rc < 0)
			return repo_fail(err, KITH_FAILED, "cannot read %s", head->ref);
		if (git_reference_type(ref) == GIT_REFERENCE_DIRECT) {
			git_oid_cpy(&head->id, git_reference_target(ref));
			git_reference_free(ref);
			return 0;
		}
		const char *target = git_reference_symbolic_target(ref);
		bool fits = strlen(target) < sizeof(head->ref);
		if (fits)
			memcpy(head->ref, target, strlen(target) + 1);
		git_reference_free(ref);
		if (!fits)
			break;
	}
	return kith_fail(err, KITH_FAILED, "HEAD cannot be followed to a branch");
}

int head_read(struct head *head, const struct git_repo *repo, struct kith_error *err)
{
	git_commit *commit = NULL;
	*head = (struct head){.unborn = true};
	if (find_ref(head, repo, err))
		return -1;
	if (head->unborn)
		return 0;
	if (git_commit_lookup(&commit, repo->handle, &head->id) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read HEAD's commit");
	git_oid_cpy(&head->tree, git_commit_tree_id(commit));
	git_commit_free(commit);
	return 0;
}

static void name_lock(char out[1040], const struct head *head)
{
	snprintf(out, 1040, "%s.lock", head->ref);
}

/* Folders above a name below base; what is there is no fault. */
static void make_folders(const struct git_repo *repo, const char *base, const char *name)
{
	struct buf path;
	buf_init(&path, 0);
	buf_addz(&path, base);
	for (const char *p = name; *p; p++) {
		if (*p == '/' && mkdir(path.p, 0777) == 0)
			share_path(repo, path.p);
		buf_addc(&path, *p);
	}
	buf_release(&path);
}

/* 1: both locked; 0: somebody has one of them; -1: failed. */
static int try_locks(const struct head *head, struct hold *hold, const struct git_repo *repo,
		     struct kith_error *err)
{
	char name[1040];
	name_lock(name, head);
	if (hold_lock(hold, hold->folder, "HEAD.lock") < 0)
		return errno == EEXIST ? 0 : kith_fail_errno(err, "cannot lock HEAD");
	if (is_detached(head))
		return 1;
	int rc = hold_lock(hold, hold->common, name);
	if (rc < 0 && errno == ENOENT) {
		make_folders(repo, hold->common, name);
		rc = hold_lock(hold, hold->common, name);
	}
	if (rc == 0)
		return 1;
	int cause = errno;
	hold_unlock(hold, hold->folder, "HEAD.lock");
	errno = cause;
	return cause == EEXIST ? 0 : kith_fail_errno(err, "cannot lock %s", head->ref);
}

static int locked(const struct head *head, const struct hold *hold, struct kith_error *err)
{
	char name[1040];
	name_lock(name, head);
	struct stat st;
	struct buf path;
	buf_init(&path, 0);
	buf_printf(&path, "%s%s", base_of(head, hold), name);
	if (lstat(path.p, &st) != 0) {
		buf_clear(&path);
		buf_printf(&path, "%sHEAD.lock", hold->folder);
	}
	kith_fail(err, KITH_BUSY,
		  "another git program holds the branch, by %s; try again when it is done. If "
		  "none is running, a crash left this lock there: remove it",
		  path.p);
	buf_release(&path);
	return -1;
}

/* HEAD as a link is git's oldest way of writing it; a commit would cut it off from its branch. */
static int check_plain(const struct hold *hold, struct kith_error *err)
{
	struct stat st;
	struct buf path;
	buf_init(&path, 0);
	buf_printf(&path, "%sHEAD", hold->folder);
	bool link = lstat(path.p, &st) == 0 && S_ISLNK(st.st_mode);
	buf_release(&path);
	return link ? kith_fail(err, KITH_UNSUPPORTED,
				"HEAD is a symbolic link, as very old versions of git made it; "
				"git symbolic-ref HEAD \"$(git symbolic-ref HEAD)\" renews it")
		    : 0;
}

int head_lock(struct head *head, struct hold *hold, const struct git_repo *repo,
	      struct kith_error *err)
{
	char ref[sizeof(head->ref)];
	*head = (struct head){.unborn = true};
	if (check_plain(hold, err))
		return -1;
	for (unsigned try = 0;; try++) {
		if (find_ref(head, repo, err))
			break;
		int rc = try_locks(head, hold, repo, err);
		if (rc < 0)
			break;
		if (rc > 0) {
			memcpy(ref, head->ref, sizeof(ref));
			if (head_read(head, repo, err) == 0 && strcmp(ref, head->ref) == 0)
				return 0;
			struct head old = {.unborn = true};
			memcpy(old.ref, ref, sizeof(ref));
			head_unlock(&old, hold);
			if (err && err->status)
				break;
		}
		if (!hold_wait(try)) {
			locked(head, hold, err);
			break;
		}
	}
	head->ref[0] = '\0';
	return -1;
}

void head_unlock(const struct head *head, const struct hold *hold)
{
	char name[1040];
	if (!head->ref[0])
		return;
	name_lock(name, head);
	if (!is_detached(head))
		hold_unlock(hold, hold->common, name);
	hold_unlock(hold, hold->folder, "HEAD.lock");
}

void head_clear(const struct head *head, const struct hold *hold)
{
	char name[1040];
	name_lock(name, head);
	if (!hold->certain)
		return;
	if (hold_owns(hold, hold->folder, "HEAD.lock"))
		hold_unlock(hold, hold->folder, "HEAD.lock");
	if (!is_detached(head) && hold_owns(hold, hold->common, name))
		hold_unlock(hold, hold->common, name);
}

/* ---- Reflogs ---- */

static bool makes_log(const char *ref, const struct git_repo *repo)
{
	git_config *config = NULL;
	const char *value = NULL;
	int on = 1;
	bool always = false;
	if (git_repository_config_snapshot(&config, repo->handle) == 0 &&
	    git_config_get_string(&value, config, "core.logAllRefUpdates") == 0) {
		always = str_ieq(str_of(value), STR("always"));
		if (!always && git_config_get_bool(&on, config, "core.logAllRefUpdates") != 0)
			on = 1;
	}
	git_config_free(config);
	return always ||
	       (on && (strcmp(ref, "HEAD") == 0 || str_starts(str_of(ref), STR("refs/heads/"))));
}

/* Whether the log's last line says that the branch came to this commit. */
static bool tells(int fd, const char *to)
{
	char end[MAX_LOG_END];
	struct stat st;
	if (fstat(fd, &st) != 0 || st.st_size == 0)
		return false;
	off_t from = st.st_size > (off_t)sizeof(end) ? st.st_size - (off_t)sizeof(end) : (off_t)0;
	ssize_t n = pread(fd, end, sizeof(end), from);
	if (n < 2)
		return false;
	size_t at = (size_t)n - 1;
	while (at > 0 && end[at - 1] != '\n')
		at--;
	struct str line = {end + at, (size_t)n - at};
	return str_starts(str_from(line, ID_TEXT), str_of(to));
}

static void add_log(const char *base, const char *ref, const struct git_repo *repo, struct str line,
		    const char *to)
{
	struct buf path, name;
	buf_init(&path, 0);
	buf_init(&name, 0);
	buf_printf(&name, "logs/%s", ref);
	buf_printf(&path, "%s%s", base, name.p);
	int flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOCTTY;
	int fd = open(path.p, flags);
	if (fd < 0 && errno == ENOENT && makes_log(ref, repo)) {
		make_folders(repo, base, name.p);
		fd = open(path.p, flags | O_CREAT, 0666);
		if (fd >= 0)
			share_open(repo, fd);
	}
	/* One write: a line is whole or not there. A log that cannot be written stops no commit. */
	if (fd >= 0 && !tells(fd, to) && write(fd, line.p, line.n) < 0)
		errno = 0;
	if (fd >= 0)
		close(fd);
	buf_release(&path);
	buf_release(&name);
}

void head_log(const struct head *head, const struct hold *hold, const struct git_repo *repo,
	      const git_oid *to, const git_signature *who, const char *message)
{
	char from_text[ID_TEXT], to_text[ID_TEXT];
	struct buf line;
	git_oid none = {{0}};
	struct str subject = str_upto(str_of(message), str_find_char(str_of(message), '\n'));
	int zone = who->when.offset < 0 ? -who->when.offset : who->when.offset;
	git_oid_tostr(from_text, sizeof(from_text), head->unborn ? &none : &head->id);
	git_oid_tostr(to_text, sizeof(to_text), to);
	buf_init(&line, 0);
	buf_printf(&line, "%s %s %s <%s> %" PRId64 " %c%02d%02d\tcommit%s: ", from_text, to_text,
		   who->name, who->email, (int64_t)who->when.time, who->when.offset < 0 ? '-' : '+',
		   zone / 60, zone % 60, head->unborn ? " (initial)" : "");
	buf_add(&line, subject);
	buf_addc(&line, '\n');
	add_log(base_of(head, hold), head->ref, repo, buf_str(&line), to_text);
	if (!is_detached(head))
		add_log(hold->folder, "HEAD", repo, buf_str(&line), to_text);
	buf_release(&line);
}

/* ---- Moving ---- */

/* A new branch `a/b` where there is a branch `a`, or a/b/c, has no place. */
static int check_free(const struct head *head, const struct git_repo *repo, struct kith_error *err)
{
	git_reference_iterator *iterator = NULL;
	const char *name = NULL;
	struct str ref = str_of(head->ref);
	bool blocked = false;
	if (git_reference_iterator_new(&iterator, repo->handle) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read the branches");
	while (!blocked && git_reference_next_name(&name, iterator) == 0) {
		struct str other = str_of(name), shorter = other.n < ref.n ? other : ref,
			   longer = other.n < ref.n ? ref : other;
		blocked =
		    other.n != ref.n && str_starts(longer, shorter) && longer.p[shorter.n] == '/';
		if (blocked)
			kith_fail(err, KITH_FAILED,
				  "the branch %s cannot be made: there is %s already", head->ref,
				  name);
	}
	git_reference_iterator_free(iterator);
	return blocked ? -1 : 0;
}

static int write_value(const char *path, const git_oid *to, struct flush *flush,
		       const struct git_repo *repo, struct kith_error *err)
{
	char text[ID_TEXT + 1];
	git_oid_tostr(text, ID_TEXT, to);
	text[ID_TEXT - 1] = '\n';
	unlink(path);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
	if (fd < 0)
		return kith_fail_errno(err, "cannot make %s", path);
	share_open(repo, fd);
	int cause = fs_write_all(fd, (struct str){text, ID_TEXT}) < 0 ? errno : 0;
	flush_add(flush, fd);
	if (flush_all(flush, repo->around.fsync && !cause) < 0 && !cause)
		cause = errno;
	errno = cause;
	return cause ? kith_fail_errno(err, "cannot write %s", path) : 0;
}

int head_move(const struct head *head, const struct hold *hold, const struct git_repo *repo,
	      const git_oid *to, const git_signature *who, const char *message, struct flush *with,
	      struct kith_error *err)
{
	struct buf from, place;
	buf_init(&from, 0);
	buf_init(&place, 0);
	buf_printf(&from, "%skith-ref", hold->folder);
	buf_printf(&place, "%s%s", base_of(head, hold), head->ref);
	int rc = head->unborn ? check_free(head, repo, err) : 0;
	if (rc == 0)
		rc = write_value(from.p, to, with, repo, err);
	if (rc == 0) {
		rc = rename(from.p, place.p);
		/* An empty folder of a branch that was deleted. */
		if (rc < 0 && errno == EISDIR && rmdir(place.p) == 0)
			rc = rename(from.p, place.p);
		if (rc < 0)
			kith_fail_errno(err, "cannot move %s", head->ref);
	}
	if (rc)
		unlink(from.p);
	else
		head_log(head, hold, repo, to, who, message);
	buf_release(&from);
	buf_release(&place);
	return rc;
}
