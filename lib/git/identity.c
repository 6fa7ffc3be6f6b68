#include "git/identity.h"

#include "git/gitconfig.h"
#include "git/program.h"

/* What counts in one of the two roles. */
struct identity_role {
	const char *name, *email;         /* from the environment */
	const char *name_key, *email_key; /* in the configuration */
	const char *variable;             /* git-var(1) */
};

/*
 * Without what git would take out of a name: `<`, `>` and line ends anywhere
 * (ident.c calls them crud); NULL where nothing remains. libgit2 trims the ends.
 */
static const char *clean(const char *text, struct arena *arena)
{
	if (!text)
		return NULL;
	size_t n = 0;
	char *copy = arena_bytes(arena, strlen(text) + 1);
	for (const char *p = text; *p; p++)
		if (*p != '<' && *p != '>' && *p != '\n')
			copy[n++] = *p;
	copy[n] = '\0';
	return str_trim((struct str){copy, n}).n > 0 ? copy : NULL;
}

/* *odd: what counts is given, and empty. */
static const char *pick(const char *given, git_config *config, const char *key,
			const char *user_key, bool *odd, struct arena *arena)
{
	const char *value = given;
	if (!value && git_config_get_string(&value, config, key) < 0 &&
	    git_config_get_string(&value, config, user_key) < 0)
		return NULL;
	const char *text = clean(value, arena);
	*odd |= !text;
	return text;
}

static int missing(const char *name, const char *email, struct kith_error *err)
{
	const char *set_name = "git config --global user.name 'Your Name'";
	const char *set_email = "git config --global user.email 'you@example.com'";
	if (!name && !email)
		return kith_fail(err, KITH_INVALID,
				 "git does not know your name and e-mail yet; type: %s; %s",
				 set_name, set_email);
	return kith_fail(err, KITH_INVALID, "git does not know your %s yet; type: %s",
			 name ? "e-mail" : "name", name ? set_email : set_name);
}

/* Dates have many forms, and what is given may be empty: git knows it all. */
static int ask_identity(git_signature **out, const char *name, const struct git_repo *repo,
			struct kith_error *err)
{
	const char *args[] = {"var", name, NULL};
	struct buf ident;
	buf_init(&ident, 0);
	struct program_call call = {.repo = repo, .out = &ident};
	int rc = program_run(&call, args, "git cannot tell who commits, and when", err);
	struct str line = str_trim(buf_str(&ident));
	if (rc == 0 && line.n < ident.n)
		ident.p[line.n] = '\0';
	if (rc == 0 && git_signature_from_buffer(out, ident.p) < 0)
		rc = repo_fail(err, KITH_FAILED, "git cannot tell who commits, and when");
	buf_release(&ident);
	return rc;
}

static int sign(git_signature **out, const struct identity_role *role, const struct git_repo *repo,
		git_config *config, struct kith_error *err)
{
	const struct git_surroundings *around = &repo->around;
	struct arena arena;
	arena_init(&arena);
	bool odd = false;
	const char *name = pick(role->name, config, role->name_key, "user.name", &odd, &arena);
	const char *email = pick(role->email, config, role->email_key, "user.email", &odd, &arena);
	if (!email && !gitconfig_bool(repo->handle, "user.useConfigOnly", false))
		email = clean(around->email, &arena);
	int rc = 0;
	/* Without a name git looks for the one that the system has. */
	if (odd || (!name && email))
		rc = ask_identity(out, role->variable, repo, err);
	else if (!name || !email)
		rc = missing(name, email, err);
	else if (git_signature_new(out, name, email, around->now, around->zone) < 0)
		rc = repo_fail(err, KITH_INVALID, "git cannot use the name '%s' and e-mail '%s'",
			       name, email);
	arena_release(&arena);
	return rc;
}

int identity_find(git_signature **author, git_signature **committer, const struct git_repo *repo,
		  struct kith_error *err)
{
	const struct git_surroundings *around = &repo->around;
	struct identity_role write = {around->author_name, around->author_email, "author.name",
				      "author.email", "GIT_AUTHOR_IDENT"};
	struct identity_role commit = {around->committer_name, around->committer_email,
				       "committer.name", "committer.email", "GIT_COMMITTER_IDENT"};
	git_config *config = NULL;
	*author = *committer = NULL;
	if (around->author_date || around->committer_date)
		return ask_identity(author, write.variable, repo, err) ||
			       ask_identity(committer, commit.variable, repo, err)
			   ? -1
			   : 0;
	if (git_repository_config_snapshot(&config, repo->handle) < 0)
		return repo_fail(err, KITH_FAILED, "cannot read git's configuration");
	int rc = sign(author, &write, repo, config, err);
	if (rc == 0)
		rc = sign(committer, &commit, repo, config, err);
	git_config_free(config);
	return rc;
}

int identity_email(struct git_repo *repo, struct buf *email, struct kith_error *err)
{
	git_signature *author, *committer;
	buf_clear(email);
	repo_enter(repo);
	int rc = identity_find(&author, &committer, repo, err);
	if (rc == 0)
		buf_addz(email, author->email);
	git_signature_free(author);
	git_signature_free(committer);
	return rc;
}
