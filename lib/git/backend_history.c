#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "git/backend.h"
#include "git/child.h"
#include "git/filter.h"

enum { FIELDS = 6, DELTAS_MAX = 1000000, HEADER_MAX = 512 };

/* ---- Names ---- */

/* Asks for one name. *there: false where git knows none; what it said then is in *why. */
static int ask_name(char id[GIT_ID_SIZE], bool *there, const struct git_repo *repo,
		    const char *name, struct kith_error *why, struct kith_error *err)
{
	static const char *const env[] = {"LC_ALL=C", NULL};
	const char *args[] = {"rev-parse", "--verify", name, NULL};
	struct buf out;
	struct child child = {.repo = repo, .env = env, .out = &out};
	id[0] = '\0';
	*there = false;
	buf_init(&out, 1024);
	int rc = child_run(&child, args, "", why);
	struct str line = str_trim(buf_str(&out));
	if (rc == 0 && filter_is_id(line)) {
		memcpy(id, line.p, line.n);
		id[line.n] = '\0';
		*there = true;
	}
	buf_release(&out);
	/* All but git's own words is about git itself. */
	return rc < 0 && why->status == KITH_IO ? kith_fail(err, KITH_IO, "%s", why->message) : 0;
}

int backend_find(struct git_repo *repo, const char *name, char id[GIT_ID_SIZE],
		 struct kith_error *err)
{
	struct kith_error why = {0};
	struct arena arena;
	bool there = false;
	int rc = 0;
	id[0] = '\0';
	repo_enter(repo);
	arena_init(&arena);
	/* git would take these for options and for sets of commits. */
	if (name[0] != '-' && name[0] != '^')
		rc = ask_name(id, &there, repo, arena_printf(&arena, "%s^{commit}", name).p, &why,
			      err);
	arena_release(&arena);
	if (rc || there)
		return rc;
	if (strstr(why.message, "ambiguous"))
		return kith_fail(err, KITH_AMBIGUOUS,
				 "'%s' may be several commits; give more of its name", name);
	return kith_fail(err, KITH_NOT_FOUND, "there is no commit named '%s'", name);
}

int backend_head(char id[GIT_ID_SIZE], const struct git_repo *repo, struct kith_error *err)
{
	struct kith_error why = {0};
	bool there;
	return ask_name(id, &there, repo, "HEAD", &why, err);
}

int backend_branch(const char **ref, const struct git_repo *repo, struct arena *arena,
		   struct kith_error *err)
{
	const char *args[] = {"symbolic-ref", "-q", "HEAD", NULL};
	struct buf out;
	int status = 1;
	struct child child = {.repo = repo, .out = &out, .status = &status};
	buf_init(&out, 4096);
	int rc = child_run(&child, args, "", err);
	*ref = arena_str(arena, str_trim(buf_str(&out))).p;
	buf_release(&out);
	return rc;
}

int backend_blob(struct git_repo *repo, const char *id, const char *path, size_t max,
		 struct buf *out, struct kith_error *err)
{
	struct buf type;
	int status = 1;
	buf_clear(out);
	repo_enter(repo);
	if (!filter_is_id(str_of(id)))
		return kith_fail(err, KITH_INVALID, "'%s' is no name of a blob", id);
	buf_init(&type, 64);
	const char *args[] = {"cat-file", "-t", id, NULL};
	struct child child = {.repo = repo, .out = &type, .status = &status};
	int rc = child_run(&child, args, "", err);
	if (rc == 0 && status != 0)
		rc = kith_fail(err, KITH_NOT_FOUND, "the repository lacks a copy of %s", path);
	else if (rc == 0 && !str_eq(str_trim(buf_str(&type)), STR("blob")))
		rc = kith_fail(err, KITH_INVALID, "%s is no file there", path);
	buf_release(&type);
	return rc ? rc : filter_show(out, repo, id, path, max, err);
}

/* ---- Commits ---- */

/*
 * git log -z prints texts that end in NUL: the six of a commit, then for each
 * file ":MODES IDS STATUS" and its path, or two. Empty ones and line ends
 * stand between.
 */
struct log {
	git_visit *visit;
	void *context;
	struct buf token;
	struct arena arena; /* of the commit at hand */
	struct str fields[FIELDS];
	size_t fields_count; /* 0: no commit yet */
	struct git_delta *deltas;
	size_t count, cap;
	bool in_file; /* a path follows */
	bool renamed; /* and another one */
	bool stopped;
	struct kith_error *err;
};

static const char *read_id(char out[GIT_ID_SIZE], struct str word)
{
	bool none = true;
	for (size_t i = 0; i < word.n; i++)
		none = none && word.p[i] == '0';
	size_t n = none || word.n >= GIT_ID_SIZE ? 0 : word.n;
	memcpy(out, word.n ? word.p : "", n);
	out[n] = '\0';
	return out;
}

static struct str take_word(struct str *rest)
{
	struct str word = str_upto(*rest, str_find_char(*rest, ' '));
	*rest = str_from(*rest, word.n + 1);
	return word;
}

static int by_path(const void *a, const void *b)
{
	const struct git_delta *x = a, *y = b;
	return strcmp(x->path, y->path);
}

static void read_date(struct git_commit_info *info, struct str text)
{
	struct str seconds = take_word(&text);
	bool west = str_starts(text, STR("-")), before = str_starts(seconds, STR("-"));
	long time = str_number(str_from(seconds, before ? 1 : 0), INT64_MAX - 1);
	long zone = str_number(str_from(text, 1), 9999);
	info->time = time < 0 ? 0 : before ? -time : time;
	info->zone = zone < 0 ? 0 : (int)(zone / 100 * 60 + zone % 100) * (west ? -1 : 1);
}

static void flush(struct log *log)
{
	struct git_commit_info info = {.message = log->fields[5].p,
				       .author = log->fields[2].p,
				       .email = log->fields[3].p,
				       .deltas = log->deltas,
				       .count = log->count};
	if (log->fields_count < FIELDS)
		return;
	read_id(info.id, log->fields[0]);
	struct str parents = log->fields[1];
	for (; parents.n > 0; info.parents++) {
		struct str parent = take_word(&parents);
		if (info.parents == 0)
			read_id(info.parent, parent);
	}
	read_date(&info, log->fields[4]);
	if (log->count > 0)
		qsort(log->deltas, log->count, sizeof(*log->deltas), by_path);
	log->stopped = !log->visit(log->context, &info);
	arena_release(&log->arena);
	arena_init(&log->arena);
	log->fields_count = log->count = 0;
}

/* As many colons as parents, so many modes and ids and one more of each, and the status. */
static int read_header(struct log *log, struct str text)
{
	size_t parents = 0;
	for (; str_starts(text, STR(":")); parents++)
		text = str_from(text, 1);
	if (log->count >= DELTAS_MAX)
		return kith_fail(log->err, KITH_INVALID,
				 "commit %s changes more files than can be told", log->fields[0].p);
	log->deltas = mem_grow(log->deltas, log->count, &log->cap, sizeof(*log->deltas));
	struct git_delta *delta = &log->deltas[log->count++];
	*delta = (struct git_delta){.path = ""};
	for (size_t i = 0; i <= parents; i++)
		take_word(&text);
	for (size_t i = 0; i <= parents; i++) {
		struct str id = take_word(&text);
		if (i == 0)
			read_id(delta->before, id);
		if (i == parents)
			read_id(delta->after, id);
	}
	log->in_file = true;
	log->renamed = parents == 1 && str_starts(text, STR("R"));
	return 0;
}

static int take_token(struct log *log, struct str text)
{
	struct git_delta *delta = log->count ? &log->deltas[log->count - 1] : NULL;
	if (log->in_file && delta) {
		const char *path = arena_str(&log->arena, text).p;
		if (log->renamed)
			delta->from_path = path;
		else
			delta->path = path;
		log->in_file = log->renamed;
		log->renamed = false;
		return 0;
	}
	bool between = log->fields_count == 0 || log->fields_count == FIELDS;
	while (between && str_starts(text, STR("\n")))
		text = str_from(text, 1);
	if (between && text.n == 0)
		return 0;
	if (log->fields_count == FIELDS && text.p[0] == ':')
		return read_header(log, text);
	if (log->fields_count == FIELDS)
		flush(log);
	if (!log->stopped)
		log->fields[log->fields_count++] = arena_str(&log->arena, text);
	return 0;
}

static bool take_log(void *context, struct str bytes)
{
	struct log *log = context;
	while (bytes.n > 0) {
		size_t n = str_find_char(bytes, '\0');
		buf_add(&log->token, str_upto(bytes, n));
		if (n == bytes.n)
			return true;
		if (take_token(log, buf_str(&log->token)) || log->stopped)
			return false;
		buf_clear(&log->token);
		bytes = str_from(bytes, n + 1);
	}
	return true;
}

static void add_folders(const char **args, size_t count, const struct git_walk *walk)
{
	for (size_t i = 0; i < walk->folders_count; i++)
		if (str_eq(str_of(walk->folders[i]), STR("")))
			return;
	for (size_t i = 0; i < walk->folders_count; i++)
		args[count++] = walk->folders[i];
}

static int run_log(struct log *log, const struct git_repo *repo, const char *from,
		   const struct git_walk *walk)
{
	const char *first[] = {"-c",
			       "log.showRoot=true",
			       "log",
			       "-z",
			       "--date-order",
			       "--full-history",
			       "--sparse",
			       "-c",
			       "--raw",
			       "--no-abbrev",
			       walk->renames ? "-M" : "--no-renames",
			       "-l200",
			       "-O/dev/null",
			       "--no-color",
			       "--no-show-signature",
			       "--no-ext-diff",
			       "--encoding=UTF-8",
			       "--date=raw",
			       "--format=%H%x00%P%x00%an%x00%ae%x00%ad%x00%B%x00",
			       from,
			       "--"};
	const char **args = mem_zalloc(ARRAY_LEN(first) + walk->folders_count + 1, sizeof(*args));
	memcpy(args, first, sizeof(first));
	add_folders(args, ARRAY_LEN(first), walk);
	struct child child = {.repo = repo, .take = take_log, .context = log};
	int rc = child_run(&child, args, "cannot read the history", log->err);
	free(args);
	return rc;
}

int backend_walk(struct git_repo *repo, const struct git_walk *walk, git_visit *visit,
		 void *context, struct kith_error *err)
{
	struct kith_error failure = {0};
	struct log log = {.visit = visit, .context = context, .err = &failure};
	char from[GIT_ID_SIZE];
	repo_enter(repo);
	if (walk->from ? backend_find(repo, walk->from, from, err) : backend_head(from, repo, err))
		return -1;
	if (!from[0])
		return 0;
	arena_init(&log.arena);
	buf_init(&log.token, 0);
	int rc = run_log(&log, repo, from, walk);
	if (rc == 0 && failure.status == KITH_OK && !log.stopped)
		flush(&log);
	if (failure.status != KITH_OK)
		rc = kith_fail(err, failure.status, "%s", failure.message);
	free(log.deltas);
	buf_release(&log.token);
	arena_release(&log.arena);
	return rc;
}
