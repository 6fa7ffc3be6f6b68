/*
 * The dispatcher: reads the command line, gives the command what it needs,
 * and ends with a status.
 */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "locate.h"
#include "lookback.h"
#include "write.h"

#define THREADS_MAX 8

/* So many may be open at once in a change with hooks. */
#define FEWEST_FILES 16

/* --- What comes from outside: the environment and the clock --- */

/* Minutes east of UTC: POSIX has no field for it. */
static int zone_of(time_t now)
{
	struct tm local;
	tzset();
	if (!localtime_r(&now, &local))
		return 0;
	int64_t day = day_from_ymd(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
	int64_t seconds = day * 86400 + local.tm_hour * 3600L + local.tm_min * 60L +
			  (local.tm_sec < 60 ? local.tm_sec : 59);
	int64_t east = seconds - (int64_t)now;
	return (int)((east + (east < 0 ? -30 : 30)) / 60);
}

static bool is_true(const char *value)
{
	return value && *value && value[0] != '0' && value[0] != 'f' && value[0] != 'n';
}

static void fill_surroundings(struct git_surroundings *around)
{
	time_t now = time(NULL);
	*around = (struct git_surroundings){
	    .home = getenv("HOME"),
	    .xdg_config_home = getenv("XDG_CONFIG_HOME"),
	    .config_global = getenv("GIT_CONFIG_GLOBAL"),
	    .config_system = getenv("GIT_CONFIG_SYSTEM"),
	    .config_nosystem = is_true(getenv("GIT_CONFIG_NOSYSTEM")),
	    .author_name = getenv("GIT_AUTHOR_NAME"),
	    .author_email = getenv("GIT_AUTHOR_EMAIL"),
	    .committer_name = getenv("GIT_COMMITTER_NAME"),
	    .committer_email = getenv("GIT_COMMITTER_EMAIL"),
	    .author_date = getenv("GIT_AUTHOR_DATE"),
	    .committer_date = getenv("GIT_COMMITTER_DATE"),
	    .config_given = getenv("GIT_CONFIG_COUNT") || getenv("GIT_CONFIG_PARAMETERS"),
	    .dir = getenv("GIT_DIR"),
	    .work_tree = getenv("GIT_WORK_TREE"),
	    .email = getenv("EMAIL"),
	    .now = now,
	    .zone = zone_of(now),
	    .fsync = true,
	};
}

/* --- The command line --- */

static void ignore_signal(int number)
{
	(void)number;
}

/*
 * Writing to a reader that went away, or past the largest size that a file may
 * have, shall fail, not kill: it is still told. A handler, unlike SIG_IGN, is not inherited by an
 * editor. A closed standard stream is opened, for a file opened later would take its number, and
 * what is written to the stream.
 */
static void guard_streams(void)
{
	struct sigaction action = {.sa_handler = ignore_signal};
	sigemptyset(&action.sa_mask);
	sigaction(SIGPIPE, &action, NULL);
	sigaction(SIGXFSZ, &action, NULL);
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", O_RDONLY) < 0)
			_exit(EXIT_PROBLEM);
}

/* The command named first, or `today`; args and *count then hold the rest. NULL as commands_named.
 */
static const struct command *take_command(struct context *context, char **args, size_t *count)
{
	size_t at = opts_first_word(args, *count, commands_common_options());
	context->named = at < *count;
	if (!context->named)
		return &command_today;
	const struct command *command = commands_named(context, args[at]);
	memmove(args + at, args + at + 1, (*count - at - 1) * sizeof(*args));
	--*count;
	return command;
}

/* Words of --today count from KITH_TODAY, so that a day which is set is the day for all. */
static bool set_today(struct context *context)
{
	const char *said = opts_value(&context->opts, "today"), *kept = getenv("KITH_TODAY");
	civil_day *today = &context->today;
	*today = day_of_time(context->around.now, context->around.zone);
	if (kept && *kept && !context_date(context, "KITH_TODAY", kept, DATEWORDS_FUTURE, today))
		return false;
	return !said || context_date(context, "--today", said, DATEWORDS_FUTURE, today);
}

/* What every command's options and words must be. */
static bool check_usage(struct context *context)
{
	const struct command *command = context->command;
	const struct opts *opts = &context->opts;
	const char *color = opts_value(opts, "color");
	bool told = command->several && opts_has(opts, "where");
	if (color && !out_set_color(context->out, color))
		context_usage(context, "--color is auto, always or never, not \"%s\"", color);
	else if (opts->words_count > command->max_words)
		context_usage(context, "\"%s\" is one word too many",
			      opts->words[command->max_words]);
	else if (opts->words_count + told < command->min_words)
		context_usage(context, "it needs %s", command->usage);
	else if (opts_has(opts, "as-of") && !command->looks_back)
		context_usage(context, "--as-of goes only with what reads the journal");
	else
		return set_today(context);
	return false;
}

static size_t threads(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	return processors < 1 ? 1 : processors > THREADS_MAX ? THREADS_MAX : (size_t)processors;
}

static int run_command(struct context *context)
{
	return context->command->run ? context->command->run(context) : writing_run(context);
}

static void tell_cut_off(struct context *context)
{
	if (locate_cut_off(context->path, context->arena))
		out_say(context->out, "a change was cut off before it was done; the next command "
				      "that changes something, or kith commit, finishes it");
}

static int run_on_contacts(struct context *context)
{
	const struct command *command = context->command;
	const struct journal_options options = {.threads = threads()};
	struct kith_error err = {0};
	struct journal journal;
	int loaded = journal_load(&journal, context->dir, &options, &err);
	context->journal = &journal;
	if (loaded == 0)
		journal_report_ahead(&journal, context->today);
	int status = loaded < 0 ? context_fail(context, &err) : run_command(context);
	bool told = command->own_findings || command->writes;
	if (status != EXIT_USAGE && (loaded < 0 || !told))
		out_findings(context->out, &journal.diag);
	if (status == EXIT_FINE && !command->writes && diag_has_error(&journal.diag))
		status = EXIT_PROBLEM;
	context->journal = NULL;
	journal_release(&journal);
	return status;
}

static void tell_progress(struct context *context)
{
	struct progress *progress = out_progress(context->out);
	if (!progress || opts_has(&context->opts, "quiet"))
		return;
	context->around.tick = progress_tick;
	context->around.tick_context = progress;
}

static int run_with_journal(struct context *context)
{
	const struct command *command = context->command;
	bool writes = (command->writes || command->write) && !opts_has(&context->opts, "dry-run");
	struct kith_error err = {0};
	struct rlimit files;
	if (command->needs == NEEDS_NOTHING)
		return run_command(context);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < FEWEST_FILES) {
		kith_fail(&err, KITH_FAILED,
			  "no more than %lu files may be open at once here (ulimit -n); at least "
			  "%d are needed",
			  (unsigned long)files.rlim_cur, FEWEST_FILES);
		return context_fail(context, &err);
	}
	context->dir = locate_journal(&context->path, opts_value(&context->opts, "dir"),
				      &context->around, context->arena, &err);
	if (context->dir < 0)
		return context_fail(context, &err);
	tell_progress(context);
	int status = lookback_begin(context);
	if (status != EXIT_FINE)
		return status;
	/* A file of that time may be another one now, or none. */
	if (!context->past)
		out_link(context->out, context->path);
	if (!writes && !context->past)
		tell_cut_off(context);
	status = command->needs == NEEDS_FOLDER ? run_command(context) : run_on_contacts(context);
	/* One that found nothing to change has finished nothing either. */
	if (writes)
		tell_cut_off(context);
	return status;
}

static int dispatch(struct context *context, char **args, size_t count)
{
	struct kith_error err = {0};
	const struct command *command = take_command(context, args, &count);
	if (!command)
		return EXIT_USAGE;
	context->command = command;
	context->opts =
	    (struct opts){.tables = {command->options, commands_writing_options(command),
				     commands_common_options()}};
	if (opts_parse(&context->opts, args, count, context->arena, &err) < 0)
		return context_usage(context, "%s", err.message);
	if (opts_has(&context->opts, "version")) {
		out_addz(context->out, "kith " KITH_VERSION "\n");
		return EXIT_FINE;
	}
	bool help = opts_has(&context->opts, "help");
	if ((command->pages || help) && !opts_has(&context->opts, "no-pager"))
		out_page(context->out);
	if (help) {
		if (context->named)
			help_of_command(context->out, command);
		else
			help_overview(context->out);
		return EXIT_FINE;
	}
	if (!check_usage(context))
		return EXIT_USAGE;
	return run_with_journal(context);
}

static int run_program(int argc, char **argv)
{
	struct arena arena;
	struct out out;
	/* What is read and thrown away again leaves no holes behind that stay with the process. */
	mallopt(M_MMAP_THRESHOLD, 1 << 20);
	out_init(&out);
	arena_init(&arena);
	struct context context = {.out = &out, .arena = &arena, .dir = -1};
	fill_surroundings(&context.around);
	int status = dispatch(&context, argv + 1, argc > 0 ? (size_t)argc - 1 : 0);
	if (context.repo)
		context.git->close(context.repo);
	if (context.dir >= 0)
		close(context.dir);
	lookback_end(&context);
	if (out_finish(&out) < 0 && status == EXIT_FINE)
		status = EXIT_PROBLEM;
	out_release(&out);
	arena_release(&arena);
	return status;
}

/* --- A stack that is large enough --- */

#define STACK ((size_t)2 * 1024 * 1024)

struct program {
	int argc;
	char **argv;
	int status;
};

static void *run_in_thread(void *context)
{
	struct program *program = context;
	program->status = run_program(program->argc, program->argv);
	return NULL;
}

/* Where the shell allows less (`ulimit -s`), all is done in a thread, which has its own. */
static bool run_with_stack(struct program *program)
{
	struct rlimit limit;
	pthread_attr_t attributes;
	pthread_t thread;
	if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= STACK ||
	    pthread_attr_init(&attributes) != 0)
		return false;
	bool started = pthread_attr_setstacksize(&attributes, STACK) == 0 &&
		       pthread_create(&thread, &attributes, run_in_thread, program) == 0;
	(void)pthread_attr_destroy(&attributes);
	return started && pthread_join(thread, NULL) == 0;
}

int main(int argc, char **argv)
{
	struct program program = {argc, argv, EXIT_FINE};
	guard_streams();
	return run_with_stack(&program) ? program.status : run_program(argc, argv);
}
