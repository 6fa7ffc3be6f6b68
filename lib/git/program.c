#include "git/program.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "git/config.h"

extern char **environ;

enum { OUTPUT_MAX = 65536, WORDS_MAX = 1200 };

/* What a child must not inherit: set anew below, or about another repository. */
static const char *const withheld[] = {
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_INDEX_FILE",
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_EMAIL",
    "GIT_AUTHOR_DATE",
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
    "GIT_COMMITTER_DATE",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "HOME",
    "XDG_CONFIG_HOME",
};

struct environment {
	char **items; /* NULL at the end */
	size_t count, cap;
	struct arena *arena;
};

static bool hook_enabled(const char *folder, const char *name, struct arena *arena)
{
	return access(arena_printf(arena, "%s/%s", folder, name).p, X_OK) == 0;
}

static const char *hook_folder(const struct git_repo *repo, struct arena *arena)
{
	git_config *config = NULL;
	git_buf path = GIT_BUF_INIT;
	const char *folder = NULL;
	if (git_repository_config_snapshot(&config, repo->handle) == 0 &&
	    git_config_get_path(&path, config, "core.hooksPath") == 0 && path.size > 0)
		folder =
		    arena_printf(arena, "%s%s",
				 path.ptr[0] == '/' ? "" : git_repository_workdir(repo->handle),
				 path.ptr)
			.p;
	git_buf_dispose(&path);
	git_config_free(config);
	return folder ? folder
		      : arena_printf(arena, "%shooks", git_repository_commondir(repo->handle)).p;
}

bool program_needed(const struct git_repo *repo)
{
	static const char *const hooks[] = {"pre-commit", "prepare-commit-msg", "commit-msg",
					    "post-commit", "reference-transaction"};
	struct arena arena;
	arena_init(&arena);
	const char *folder = hook_folder(repo, &arena);
	bool needed = config_bool(repo->handle, "commit.gpgSign", false);
	for (size_t i = 0; !needed && i < ARRAY_LEN(hooks); i++)
		needed = hook_enabled(folder, hooks[i], &arena);
	arena_release(&arena);
	return needed;
}

static void env_push(struct environment *env, char *item)
{
	env->items = mem_grow(env->items, env->count, &env->cap, sizeof(*env->items));
	env->items[env->count++] = item;
}

/* Nothing for a value that is not given. */
static void env_set(struct environment *env, const char *name, const char *value)
{
	if (!value)
		return;
	size_t n = strlen(name), m = strlen(value);
	char *item = arena_bytes(env->arena, n + m + 2);
	memcpy(item, name, n);
	item[n] = '=';
	memcpy(item + n + 1, value, m + 1);
	env_push(env, item);
}

static bool is_withheld(const char *item)
{
	struct str name = str_upto(str_of(item), str_find_char(str_of(item), '='));
	for (size_t i = 0; i < ARRAY_LEN(withheld); i++)
		if (str_eq(name, str_of(withheld[i])))
			return true;
	return false;
}

static void env_sign(struct environment *env, const git_signature *who, const char *const names[3])
{
	int zone = who->when.offset < 0 ? -who->when.offset : who->when.offset;
	env_set(env, names[0], who->name);
	env_set(env, names[1], who->email);
	env_set(env, names[2],
		arena_printf(env->arena, "@%" PRId64 " %c%02d%02d", who->when.time,
			     who->when.offset < 0 ? '-' : '+', zone / 60, zone % 60)
		    .p);
}

static void env_make(struct environment *env, const struct plan *plan, const char *index)
{
	static const char *const author[] = {"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL",
					     "GIT_AUTHOR_DATE"};
	static const char *const committer[] = {"GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL",
						"GIT_COMMITTER_DATE"};
	const struct git_surroundings *around = &plan->repo->around;
	for (char **item = environ; item && *item; item++)
		if (!is_withheld(*item))
			env_push(env, *item);
	env_set(env, "HOME", around->home);
	env_set(env, "XDG_CONFIG_HOME", around->xdg_config_home);
	env_set(env, "GIT_CONFIG_GLOBAL", around->config_global);
	env_set(env, "GIT_CONFIG_SYSTEM", around->config_system);
	env_set(env, "GIT_CONFIG_NOSYSTEM", around->config_nosystem ? "1" : NULL);
	env_set(env, "GIT_INDEX_FILE", index);
	env_sign(env, plan->author, author);
	env_sign(env, plan->committer, committer);
	env_push(env, NULL);
}

/* A file without a name: input and output of a program that may leave children behind. */
static int scratch(const struct git_repo *repo, struct kith_error *err)
{
	struct arena arena;
	arena_init(&arena);
	struct str name = arena_printf(&arena, "%skith-XXXXXX", git_repository_path(repo->handle));
	char *path = arena_copy(&arena, name.p, name.n + 1, 1);
	int fd = mkstemp(path);
	if (fd < 0)
		kith_fail_errno(err, "cannot make a temporary file %s", path);
	else if (unlink(path) < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
		kith_fail_errno(err, "cannot set up the temporary file %s", path);
	arena_release(&arena);
	return fd;
}

static int fill(int fd, const char *bytes, size_t n, struct kith_error *err)
{
	for (size_t done = 0; done < n;) {
		ssize_t m = pwrite(fd, bytes + done, n - done, (off_t)done);
		if (m < 0 && errno != EINTR)
			return kith_fail_errno(err, "cannot write the commit's message");
		done += m > 0 ? (size_t)m : 0;
	}
	return 0;
}

/* The exit status; 128 and more where it was killed; -1 where git could not be started. */
static int spawn(const struct stage *stage, char *const argv[], char *const envp[], int in, int out,
		 struct kith_error *err)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	pid_t pid;
	int status = 0;
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
	posix_spawnattr_setsigmask(&attributes, &stage->before);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	int rc = posix_spawnp(&pid, argv[0], &files, &attributes, argv, envp);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	if (rc != 0) {
		errno = rc;
		return kith_fail_errno(err, "this repository has hooks or signs its commits, and "
					    "the git program, which is needed then, cannot start");
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return kith_fail_errno(err, "cannot wait for git");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int run_commit(const struct plan *plan, const struct stage *stage, int in, int out,
		      struct kith_error *err)
{
	/* Lists of texts that may be written to, as exec asks. */
	char git[] = "git", folder[] = "-C", option[] = "-c", commit[] = "commit", quiet[] = "-q",
	     cleanup[] = "--cleanup=verbatim", file[] = "-F", standard[] = "-",
	     sync[] = "core.fsync=committed,loose-object,reference",
	     lax[] = "core.fsync=loose-object";
	struct arena arena;
	struct environment env = {.arena = &arena};
	arena_init(&arena);
	struct str place = str_of(git_repository_workdir(plan->repo->handle));
	char *workdir = arena_copy(&arena, place.p, place.n + 1, 1);
	char *argv[] = {git,     folder, workdir,  option, stage->fsync ? sync : lax, commit, quiet,
			cleanup, file,   standard, NULL};
	env_make(&env, plan, stage->copy);
	int rc = spawn(stage, argv, env.items, in, out, err);
	free(env.items);
	arena_release(&arena);
	return rc;
}

static int refused(int output, struct kith_error *err)
{
	struct buf raw, words;
	buf_init(&raw, OUTPUT_MAX);
	buf_init(&words, 0);
	char *room = buf_room(&raw, OUTPUT_MAX - 1);
	ssize_t n = room ? pread(output, room, OUTPUT_MAX - 1, 0) : 0;
	if (n > 0)
		buf_took(&raw, (size_t)n);
	text_add_line(&words, str_trim(buf_str(&raw)));
	if (words.n == 0)
		buf_addz(&words, "without a word");
	kith_fail(err, KITH_FAILED, "git, or a hook of this repository, refused the commit: %.*s",
		  STR_ARG(text_upto(buf_str(&words), WORDS_MAX)));
	buf_release(&raw);
	buf_release(&words);
	return -1;
}

static int write_private(struct plan *plan, git_index *index, struct kith_error *err)
{
	if (git_index_read_tree(index, plan->tree) < 0 || git_index_write(index) < 0)
		return repo_fail(err, KITH_FAILED, "cannot write the index for git commit");
	return 0;
}

/* The commit that git made: HEAD, when it moved. *made stays NULL when it did not. */
static int read_made(git_commit **made, const struct plan *plan, struct kith_error *err)
{
	git_repository *handle = plan->repo->handle;
	git_oid head;
	*made = NULL;
	int rc = git_reference_name_to_id(&head, handle, "HEAD");
	if (rc == GIT_ENOTFOUND && !plan->parent)
		return 0;
	if (rc == 0 && plan->parent && git_oid_equal(&head, git_commit_id(plan->parent)))
		return 0;
	if (rc == 0)
		rc = git_commit_lookup(made, handle, &head);
	return rc < 0 ? repo_fail(err, KITH_FAILED, "cannot read HEAD after the commit") : 0;
}

static int check_parent(const git_commit *made, const struct plan *plan, struct kith_error *err)
{
	unsigned parents = git_commit_parentcount(made);
	bool ours = plan->parent ? parents == 1 && git_oid_equal(git_commit_parent_id(made, 0),
								 git_commit_id(plan->parent))
				 : parents == 0;
	char name[41];
	git_oid_tostr(name, sizeof(name), git_commit_id(made));
	return ours ? 0
		    : kith_fail(err, KITH_CHANGED,
				"somebody else moved the branch while git committed; look at "
				"commit %s, which may take back what they did",
				name);
}

/* What the commit changed goes into the index: our files, and others unless something else is
 * staged. */
static int follow(const struct plan *plan, git_index *index, const git_diff_delta *delta,
		  struct kith_error *err)
{
	const char *path = delta->new_file.path;
	const git_index_entry *entry = git_index_get_bypath(index, path, 0);
	bool as_before = entry ? git_oid_equal(&entry->id, &delta->old_file.id)
			       : delta->status == GIT_DELTA_ADDED;
	if (!plan_find(plan, path) && !as_before)
		return 0;
	if (delta->status == GIT_DELTA_DELETED)
		return stage_remove(index, path, err);
	return stage_put(index, path, &delta->new_file.id, (git_filemode_t)delta->new_file.mode,
			 err);
}

static int follow_commit(const struct plan *plan, const git_commit *made, struct stage *stage,
			 struct kith_error *err)
{
	git_tree *tree = NULL;
	git_diff *diff = NULL;
	git_index *index = NULL;
	int rc = stage_open(&index, stage, err);
	if (rc == 0 &&
	    (git_commit_tree(&tree, made) < 0 ||
	     git_diff_tree_to_tree(&diff, plan->repo->handle, plan->base, tree, NULL) < 0))
		rc = repo_fail(err, KITH_FAILED, "cannot read what git committed");
	for (size_t i = 0; rc == 0 && i < git_diff_num_deltas(diff); i++)
		rc = follow(plan, index, git_diff_get_delta(diff, i), err);
	if (rc == 0)
		rc = stage_write(stage, index, err);
	git_diff_free(diff);
	git_tree_free(tree);
	git_index_free(index);
	return rc < 0 ? kith_fail_context(err, "the commit was made, but the index is as before")
		      : 0;
}

int program_commit(struct plan *plan, struct stage *stage, git_index *index, git_oid *id,
		   struct kith_error *err)
{
	git_commit *made = NULL;
	int in = -1, out = -1, rc = -1;
	if (write_private(plan, index, err))
		return -1;
	in = scratch(plan->repo, err);
	out = in < 0 ? -1 : scratch(plan->repo, err);
	if (out < 0 || fill(in, plan->message.ptr, plan->message.size, err))
		goto out;
	int code = run_commit(plan, stage, in, out, err);
	if (code < 0 || read_made(&made, plan, err))
		goto out;
	if (!made) {
		rc = refused(out, err);
		goto out;
	}
	git_oid_cpy(id, git_commit_id(made));
	rc = check_parent(made, plan, err) || follow_commit(plan, made, stage, err) ? -1 : 0;
out:
	git_commit_free(made);
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return rc;
}
