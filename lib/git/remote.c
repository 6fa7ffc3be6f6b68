#include "git/remote.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "git/branch.h"
#include "git/gitconfig.h"
#include "git/program.h"
#include "git/share.h"

#define HEADS "refs/heads/"

/* ---- Which one, and where it stands ---- */

static const char *config_text(git_repository *handle, const char *name, struct arena *arena)
{
	git_config *config = NULL;
	const char *text = NULL;
	if (git_repository_config_snapshot(&config, handle) == 0 &&
	    git_config_get_string(&text, config, name) == 0)
		text = arena_str(arena, str_of(text)).p;
	else
		text = NULL;
	git_config_free(config);
	return text;
}

/* The one that is asked for, the branch's own, the only one, or `origin`; NULL. */
static int choose_remote(struct git_remote *out, const struct git_repo *repo, const char *name,
			 struct arena *arena, struct kith_error *err)
{
	git_strarray all = {0};
	struct buf names;
	const char *wanted = name ? name : out->own, *only = name ? NULL : "origin";
	if (git_remote_list(&all, repo->handle) < 0)
		return repo_fail(err, KITH_FAILED, "cannot list the remotes");
	buf_init(&names, 0);
	for (size_t i = 0; i < all.count; i++) {
		buf_printf(&names, "%s %s", i ? "," : "", all.strings[i]);
		if (wanted ? strcmp(all.strings[i], wanted) == 0
			   : all.count == 1 || strcmp(all.strings[i], only) == 0)
			out->name = arena_str(arena, str_of(all.strings[i])).p;
	}
	out->remotes = all.count;
	int rc = 0;
	if (name && !out->name)
		rc = kith_fail(err, KITH_NOT_FOUND, "there is no remote \"%s\" here; %s%s", name,
			       names.n ? "there is:" : "kith sync --setup URL makes one",
			       names.n ? names.p : "");
	else if (!out->name && all.count > 1)
		rc = kith_fail(err, KITH_AMBIGUOUS, "which remote? kith sync NAME:%s", names.p);
	buf_release(&names);
	git_strarray_dispose(&all);
	return rc;
}

/* A shallow clone's end is known to the git program only. */
static int find_base(git_oid *base, const struct git_repo *repo, const struct git_remote *remote,
		     struct kith_error *err)
{
	const char *args[] = {"merge-base", remote->here, remote->there, NULL};
	git_oid here, there;
	struct buf out;
	int status = 0;
	*base = (git_oid){{0}};
	git_oid_fromstr(&here, remote->here);
	git_oid_fromstr(&there, remote->there);
	if (!remote->shallow) {
		int rc = git_merge_base(base, repo->handle, &here, &there);
		return rc < 0 && rc != GIT_ENOTFOUND
			   ? repo_fail(err, KITH_FAILED, "cannot compare the two histories")
			   : 0;
	}
	buf_init(&out, 0);
	const struct program_call call = {.repo = repo, .out = &out, .status = &status};
	int rc = program_run(&call, args, "cannot compare the two histories", err);
	if (rc == 0 && status == 0)
		git_oid_fromstrn(base, out.p, out.n < GIT_OID_HEXSZ ? out.n : GIT_OID_HEXSZ);
	buf_release(&out);
	return rc;
}

static int find_places(struct git_remote *out, const struct git_repo *repo,
		       const struct branch *head, struct kith_error *err)
{
	git_oid there, base = {{0}};
	if (!head->unborn)
		git_oid_tostr(out->here, sizeof(out->here), &head->id);
	if (!out->tracking || git_reference_name_to_id(&there, repo->handle, out->tracking) < 0)
		return 0;
	git_oid_tostr(out->there, sizeof(out->there), &there);
	if (!head->unborn && find_base(&base, repo, out, err))
		return -1;
	if (!git_oid_is_zero(&base))
		git_oid_tostr(out->base, sizeof(out->base), &base);
	return 0;
}

int remote_find(struct git_remote *out, struct git_repo *repo, const char *name,
		struct arena *arena, struct kith_error *err)
{
	struct branch head;
	*out = (struct git_remote){.shallow = git_repository_is_shallow(repo->handle) == 1};
	repo_enter(repo);
	if (branch_read(&head, repo, err))
		return -1;
	if (!str_starts(str_of(head.ref), STR(HEADS)))
		return choose_remote(out, repo, name, arena, err);
	out->branch = arena_str(arena, str_of(head.ref + strlen(HEADS))).p;
	const char *remote_key = arena_printf(arena, "branch.%s.remote", out->branch).p;
	const char *merge_key = arena_printf(arena, "branch.%s.merge", out->branch).p;
	const char *merge = config_text(repo->handle, merge_key, arena);
	out->own = config_text(repo->handle, remote_key, arena);
	if (out->own && strcmp(out->own, ".") == 0)
		out->own = NULL;
	if (choose_remote(out, repo, name, arena, err))
		return -1;
	if (!out->name)
		return find_places(out, repo, &head, err);
	out->upstream = out->own && merge && strcmp(out->own, out->name) == 0 &&
			str_starts(str_of(merge), STR(HEADS));
	out->theirs = out->upstream ? merge + strlen(HEADS) : out->branch;
	out->tracking = arena_printf(arena, "refs/remotes/%s/%s", out->name, out->theirs).p;
	out->url =
	    config_text(repo->handle, arena_printf(arena, "remote.%s.url", out->name).p, arena);
	return find_places(out, repo, &head, err);
}

int remote_add(struct git_repo *repo, const char *name, const char *url, struct kith_error *err)
{
	const char *args[] = {"remote", "add", "--", name, url, NULL};
	const struct program_call call = {.repo = repo};
	repo_enter(repo);
	return program_run(&call, args, "cannot add the remote", err);
}

int remote_remove(struct git_repo *repo, const char *name, struct kith_error *err)
{
	const char *args[] = {"remote", "remove", name, NULL};
	const struct program_call call = {.repo = repo};
	repo_enter(repo);
	return program_run(&call, args, "cannot take the remote away", err);
}

/* ---- Over the wire ---- */

/*
 * What to do about the usual failures, by git's and ssh's words (LC_ALL=C); nothing else depends
 * on them. offline: there is no network, or nobody at its other end.
 */
static const struct {
	const char *words, *way;
	bool offline;
} ways[] = {
    {"Could not resolve host", "is the network there, and the address right (git remote -v)?",
     true},
    {"Network is unreachable", "is the network there?", true},
    {"No route to host", "is the network there, and that machine on?", true},
    {"Connection refused", "is the address right (git remote -v), and that machine's server on?",
     true},
    {"timed out", "is the network there, and that machine on?", true},
    {"Couldn't connect", "is the network there, and that machine on?", true},
    {"Failed to connect", "is the network there, and that machine on?", true},
    {"Host key verification failed",
     "that machine is not known, or not the one it was: connect to it once by hand (ssh HOST), "
     "and compare its key",
     false},
    {"Permission denied (", "ssh has no key that is let in there: ssh-add -l lists yours", false},
    {"could not read Username",
     "git wants a password: git fetch in a terminal asks for it, and a credential helper keeps it "
     "(git help credentials)",
     false},
    {"could not read Password", "git fetch in a terminal asks for the password", false},
    {"Authentication failed", "the password or token is not right, or has run out", false},
    {"checked out branch",
     "that is somebody's work tree: make a bare repository beside it (git clone --bare) to sync "
     "with, or set receive.denyCurrentBranch to updateInstead in it",
     false},
    /* Before the hook that may have said so. */
    {"quota", "there is no room left there", false},
    {"No space left", "there is no room left there", false},
    {"exceeds maximum allowed size", "its server takes no more at once than that", false},
    {"protected branch", "its server lets nobody push to this branch: unprotect it there", false},
    {"hook declined", "a hook of that repository refuses it: what it says stands above", false},
    {"unable to create temporary", "nothing can be written there: is its disk full, is it yours?",
     false},
    {"insufficient permission", "nothing can be written there: is it yours?", false},
    {"Permission to", "you may read it, and not write to it", false},
    {"does not appear to be a git repository",
     "is the address right (git remote -v), and is there a repository (git init --bare)?", false},
    {"not exported", "is the address right (git remote -v), and may you read it?", false},
    {"not found", "is the address right (git remote -v), and may you read it?", false},
    {"Could not read from remote", "is the address right (git remote -v), and may you read it?",
     false},
};

static int add_advice(const struct git_remote *remote, struct kith_error *err)
{
	struct kith_error told = *err;
	struct str words = str_of(told.message);
	const char *way = NULL;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]) && !way; i++)
		if (str_find(words, str_of(ways[i].words)) < words.n) {
			way = ways[i].way;
			told.status = ways[i].offline ? KITH_OFFLINE : told.status;
		}
	*err = (struct kith_error){.status = KITH_OK};
	return kith_fail(err, told.status, "%s: %s%s%s", remote->name, told.message,
			 way ? "\n  " : "", way ? way : "");
}

/* Nobody is asked where nobody can answer, unless the user has another way for it. */
static const char *const *transport_environment(const struct git_repo *repo,
						const struct git_transport *how)
{
	static const char *const plain[] = {"LC_ALL=C", NULL};
	static const char *const silent[] = {"LC_ALL=C", "GIT_TERMINAL_PROMPT=0", NULL};
	static const char *const batch[] = {"LC_ALL=C", "GIT_TERMINAL_PROMPT=0",
					    "GIT_SSH_COMMAND=ssh -o BatchMode=yes", NULL};
	if (how->terminal)
		return plain;
	return how->own_ssh || gitconfig_has(repo->handle, "core.sshCommand") ? silent : batch;
}

/*
 * A file that is locked, and not empty, while git fetches or pushes for kith; git has the lock,
 * too. Who gets the lock and finds it filled comes behind one that was cut off, and takes away the
 * lock of the tracking branch that its git left, which would be in the way of each later one.
 * -1: another one is at it.
 */
static int begin_transport(const struct git_repo *repo, const struct git_remote *remote)
{
	struct arena arena;
	struct stat st;
	arena_init(&arena);
	const char *common = git_repository_commondir(repo->handle);
	const mode_t mask = share_begin(repo);
	int fd = open(arena_printf(&arena, "%skith.transport", common).p,
		      O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
	share_end(mask);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB)) {
		close(fd);
		fd = -1;
	}
	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0 && remote->tracking)
		(void)unlink(arena_printf(&arena, "%s%s.lock", common, remote->tracking).p);
	if (fd >= 0)
		(void)!fs_write_all(fd, STR("at it\n"));
	arena_release(&arena);
	return fd;
}

/* Not done: git may have been ended in the middle of it. */
static void end_transport(int fd, bool done)
{
	if (fd < 0)
		return;
	if (done)
		(void)!ftruncate(fd, 0);
	close(fd);
}

static int run_transport(struct buf *out, const struct git_repo *repo,
			 const struct git_remote *remote, const struct git_transport *how,
			 const char *const *args, const char *what, struct kith_error *err)
{
	const int mark = begin_transport(repo, remote);
	const struct program_call call = {.repo = repo,
					  .env = transport_environment(repo, how),
					  .patience = how->patience,
					  .show = how->terminal,
					  .keep = mark > 0 ? mark : 0,
					  .out = out};
	int rc = program_run(&call, args, what, err);
	end_transport(mark, rc == 0);
	return rc ? add_advice(remote, err) : 0;
}

int remote_fetch(struct git_repo *repo, const struct git_remote *remote,
		 const struct git_transport *how, struct kith_error *err)
{
	struct arena arena;
	repo_enter(repo);
	arena_init(&arena);
	/* A pattern: no such branch there is no failure. */
	const char *spec = arena_printf(&arena, "+" HEADS "%s*:refs/remotes/%s/%s*", remote->theirs,
					remote->name, remote->theirs)
			       .p;
	const char *args[] = {"fetch", "--progress", "--prune", "--no-recurse-submodules",
			      "--",    remote->name, spec,      NULL};
	int rc = run_transport(NULL, repo, remote, how, args, "git fetch does not work", err);
	arena_release(&arena);
	return rc;
}

/* The first push makes it the branch's counterpart. */
static int set_upstream(const struct git_repo *repo, const struct git_remote *remote,
			struct arena *arena, struct kith_error *err)
{
	const char *merge = arena_printf(arena, HEADS "%s", remote->theirs).p;
	const char *path =
	    arena_printf(arena, "%sconfig", git_repository_commondir(repo->handle)).p;
	git_config *config = NULL;
	int rc = git_config_open_ondisk(&config, path);
	if (rc == 0)
		rc = git_config_set_string(
		    config, arena_printf(arena, "branch.%s.remote", remote->branch).p,
		    remote->name);
	if (rc == 0)
		rc = git_config_set_string(
		    config, arena_printf(arena, "branch.%s.merge", remote->branch).p, merge);
	git_config_free(config);
	return rc < 0 ? repo_fail(err, KITH_FAILED, "cannot set the upstream in %s", path) : 0;
}

/* The line of a reference that was refused: `!\tFROM:TO\tSUMMARY (REASON)`. */
static struct str refused_line(const struct buf *out)
{
	struct str rest = buf_str(out), line;
	while (str_next_line(&rest, &line))
		if (str_starts(line, STR("!\t"))) {
			line = str_from(line, 2);
			return str_from(line, str_find_char(line, '\t') + 1);
		}
	return STR_NONE;
}

int remote_push(bool *refused, struct git_repo *repo, const struct git_remote *remote,
		const char *id, const struct git_transport *how, struct kith_error *err)
{
	struct arena arena;
	struct buf out;
	struct kith_error why = {0};
	repo_enter(repo);
	arena_init(&arena);
	buf_init(&out, 0);
	const char *spec = arena_printf(&arena, "%s:" HEADS "%s", id, remote->theirs).p;
	const char *args[] = {"push", "--progress", "--porcelain", "--", remote->name, spec, NULL};
	int rc = run_transport(&out, repo, remote, how, args, "git push does not work", &why);
	struct str line = refused_line(&out);
	*refused = rc != 0 && line.p;
	if (*refused) {
		struct kith_error told = {0};
		kith_fail(&told, why.status, "%.*s: %s", STR_ARG(line), why.message);
		why = told;
	}
	if (rc)
		kith_fail(err, why.status, "%s", why.message);
	else if (!remote->upstream && !remote->own)
		rc = set_upstream(repo, remote, &arena, err);
	buf_release(&out);
	arena_release(&arena);
	return rc;
}

int remote_branches(struct buf *out, struct git_repo *repo, const struct git_remote *remote,
		    const struct git_transport *how, struct kith_error *err)
{
	const char *args[] = {"ls-remote", "--heads", "--", remote->name, NULL};
	struct buf all;
	struct str rest, line;
	repo_enter(repo);
	buf_init(&all, 0);
	int rc = run_transport(&all, repo, remote, how, args, "git ls-remote does not work", err);
	for (rest = buf_str(&all); rc == 0 && str_next_line(&rest, &line);) {
		line = str_from(line, str_find_char(line, '\t') + 1);
		buf_addz(out, out->n ? " " : "");
		buf_add(out, str_from(line, strlen(HEADS)));
	}
	buf_release(&all);
	return rc;
}

/* Asks as somebody who has no home, no settings and no password. */
bool remote_is_public(struct git_repo *repo, const struct git_remote *remote,
		      const struct git_transport *how)
{
	static const char *const nobody[] = {"LC_ALL=C",
					     "GIT_TERMINAL_PROMPT=0",
					     "GIT_ASKPASS=true",
					     "HOME=/nonexistent",
					     "XDG_CONFIG_HOME=/nonexistent",
					     "GIT_CONFIG_GLOBAL=/dev/null",
					     NULL};
	const char *args[] = {"-c", "credential.helper=", "ls-remote", "--", remote->url, NULL};
	const struct program_call call = {.repo = repo, .env = nobody, .patience = how->patience};
	struct str url = str_of(remote->url ? remote->url : "");
	repo_enter(repo);
	return (str_starts(url, STR("http")) || str_starts(url, STR("git:"))) &&
	       program_run(&call, args, "not public", NULL) == 0;
}

/* ---- When that was ---- */

/* Not `kith-`: that is swept after a crash. */
static const char *note_path(const struct git_repo *repo, struct arena *arena)
{
	return arena_printf(arena, "%skith.synced", git_repository_path(repo->handle)).p;
}

void remote_note(struct git_repo *repo, struct str text)
{
	struct arena arena;
	arena_init(&arena);
	const mode_t mask = share_begin(repo);
	int fd = open(note_path(repo, &arena),
		      O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd >= 0) {
		(void)!fs_write_all(fd, text);
		close(fd);
	}
	share_end(mask);
	arena_release(&arena);
}

void remote_noted(struct buf *out, struct git_repo *repo)
{
	struct arena arena;
	arena_init(&arena);
	if (fs_load(AT_FDCWD, note_path(repo, &arena), 64, out))
		buf_clear(out);
	arena_release(&arena);
}
