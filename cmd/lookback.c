#define _DEFAULT_SOURCE /* closefrom */
#include "lookback.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "change/asof.h"
#include "change/period.h"

struct lookback {
	const char *folder;
	pid_t keeper; /* -1: none could be had */
	int alive;    /* open as long as this process is; -1 without */
};

/* ---- The folder ---- */

static int remove_unpacked(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	(void)remove(path);
	return 0;
}

static void remove_all(const char *folder)
{
	(void)nftw(folder, remove_unpacked, 8, FTW_DEPTH | FTW_PHYS);
}

/* Waits for the end of the other side, out of reach of what a terminal sends to both. */
static void keep_until_end(const char *folder, int alive)
{
	char byte;
	(void)setsid();
	if (dup2(alive, STDIN_FILENO) < 0)
		_exit(EXIT_PROBLEM);
	closefrom(STDIN_FILENO + 1);
	while (read(STDIN_FILENO, &byte, 1) < 0 && errno == EINTR)
		;
	remove_all(folder);
	_exit(EXIT_FINE);
}

/* A process that takes the folder away if this one is killed before it does so itself. */
static void start_keeper(struct lookback *past)
{
	int ends[2];
	past->keeper = past->alive = -1;
	if (pipe(ends))
		return;
	(void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	past->keeper = fork();
	if (past->keeper == 0) {
		close(ends[1]);
		keep_until_end(past->folder, ends[0]);
	}
	close(ends[0]);
	past->alive = ends[1];
}

static void drop_folder(struct lookback *past)
{
	remove_all(past->folder);
	if (past->alive >= 0)
		close(past->alive);
	if (past->keeper > 0)
		(void)waitpid(past->keeper, NULL, 0);
}

/* Returns the new folder, open, or -1 where none can be made there. */
static int make_past_folder(struct lookback *past, const char *where, struct arena *arena)
{
	struct str name = arena_printf(arena, "%s/kith-XXXXXX", where);
	char *folder = arena_copy(arena, name.p, name.n + 1, 1);
	past->folder = mkdtemp(folder);
	if (!past->folder)
		return -1;
	start_keeper(past);
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		drop_folder(past);
	return dir;
}

/* Where it fits: in memory if that can be, for these are other people's data. */
static int unpack_somewhere(struct context *context, const struct asof *from, const char *id)
{
	const char *const places[] = {getenv("XDG_RUNTIME_DIR"), "/dev/shm", getenv("TMPDIR"),
				      "/tmp"};
	struct lookback *past = ARENA_ARRAY(context->arena, struct lookback, 1);
	struct kith_error err = {0};
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		int dir = places[i] && places[i][0] == '/'
			      ? make_past_folder(past, places[i], context->arena)
			      : -1;
		if (dir < 0)
			continue;
		err = (struct kith_error){0};
		if (asof_write(from, id, dir, &err) == 0) {
			close(context->dir);
			context->dir = dir;
			context->past = past;
			return EXIT_FINE;
		}
		close(dir);
		drop_folder(past);
		if (err.status != KITH_IO)
			break;
	}
	if (err.status == KITH_OK)
		kith_fail_errno(&err, "cannot make a folder in /dev/shm or /tmp");
	kith_fail_context(&err, "--as-of");
	return context_fail(context, &err);
}

/* ---- Which commit ---- */

/* A day, or the last one of a week, a month or a year; DATE_NONE for what may be a commit. */
static enum date_result past_day(struct context *context, const char *word, civil_day *day)
{
	struct period period = period_of(str_of(word));
	enum date_result result =
	    datewords_parse_all(str_of(word), context->today, DATEWORDS_PAST, day);
	if (result != DATE_NONE || period.form == PERIOD_NONE)
		return result;
	bool over = period.last < context->today || period.first > context->today;
	*day = over ? period.last : context->today;
	return DATE_OK;
}

/* A date wins; that it is a commit's name, too, is said. */
static void tell_twin(struct context *context, const char *word, civil_day day)
{
	struct kith_error ignored = {0};
	char id[GIT_ID_SIZE];
	if (context->git->find(context->repo, word, id, &ignored) == 0)
		out_say(context->out,
			"--as-of %s is taken for the day %s; the commit of that name is %.10s",
			word, day_text(day).z, id);
}

static int find_commit(struct context *context, struct git_past *out, const struct asof *from,
		       const char *word)
{
	struct kith_error err = {0};
	civil_day day = NO_DAY;
	enum date_result result = past_day(context, word, &day);
	if (result == DATE_AMBIGUOUS)
		return context_usage(
		    context, "--as-of: %.*s",
		    STR_ARG(datewords_explain(str_of(word), result, context->arena)));
	bool dated = result == DATE_OK;
	if (dated && day > context->today)
		return context_usage(context, "--as-of looks back, and %s is still ahead",
				     day_text(day).z);
	if (dated)
		tell_twin(context, word, day);
	if (asof_find(out, from, dated ? NULL : word, day, context->arena, &err) == 0) {
		context->today = dated ? day : out->day;
		return EXIT_FINE;
	}
	if (!dated && !out->id[0] && err.status == KITH_NOT_FOUND)
		return context_usage(
		    context, "--as-of: %.*s, and no commit that git knows",
		    STR_ARG(datewords_explain(str_of(word), result, context->arena)));
	kith_fail_context(&err, "--as-of");
	return context_fail(context, &err);
}

int lookback_begin(struct context *context)
{
	const char *word = opts_value(&context->opts, "as-of");
	const char *today = opts_value(&context->opts, "today");
	struct kith_error err = {0};
	struct git_past past = {.id = ""};
	if (!word)
		return EXIT_FINE;
	if (context_repo(context, &err)) {
		kith_fail_context(&err, "--as-of");
		return context_fail(context, &err);
	}
	const struct asof from = {context->git, context->repo, context->below};
	int status = find_commit(context, &past, &from, word);
	if (status != EXIT_FINE)
		return status;
	if (today && !context_date(context, "--today", today, DATEWORDS_FUTURE, &context->today))
		return EXIT_USAGE;
	return unpack_somewhere(context, &from, past.id);
}

void lookback_end(struct context *context)
{
	if (context->past)
		drop_folder(context->past);
	context->past = NULL;
}
