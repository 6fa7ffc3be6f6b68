/*
 * The dispatcher: reads the command line, gives the command what it needs,
 * and ends with a status.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "help.h"
#include "locate.h"
#include "surroundings.h"
#include "write.h"

#define THREADS_MAX 8

static void ignore_signal(int number)
{
	(void)number;
}

/*
 * Writing to a reader that went away shall fail, not kill: findings are
 * still told. A handler, unlike SIG_IGN, is not inherited by an editor.
 * A closed standard stream is opened, for a file opened later would take its
 * number, and what is written to the stream.
 */
static void guard_streams(void)
{
	struct sigaction action = {.sa_handler = ignore_signal};
	sigemptyset(&action.sa_mask);
	sigaction(SIGPIPE, &action, NULL);
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
	*today = surroundings_date(&context->around);
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
	if (color && !out_set_color(context->out, color))
		context_usage(context, "--color is auto, always or never, not \"%s\"", color);
	else if (opts->words_count > command->max_words)
		context_usage(context, "\"%s\" is one word too many",
			      opts->words[command->max_words]);
	else if (opts->words_count < command->min_words)
		context_usage(context, "it needs %s", command->usage);
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

static int run_with_journal(struct context *context)
{
	const struct command *command = context->command;
	const struct journal_options options = {.threads = threads()};
	struct kith_error err = {0};
	struct journal journal;
	if (command->needs == NEEDS_NOTHING)
		return run_command(context);
	context->dir = locate_journal(&context->path, opts_value(&context->opts, "dir"),
				      &context->around, context->arena, &err);
	if (context->dir < 0)
		return context_fail(context, &err);
	if (command->needs == NEEDS_FOLDER)
		return run_command(context);

	int loaded = journal_load(&journal, context->dir, &options, &err);
	context->journal = &journal;
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
	if (opts_has(&context->opts, "help")) {
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

int main(int argc, char **argv)
{
	struct arena arena;
	struct out out;
	guard_streams();
	out_init(&out);
	arena_init(&arena);
	struct context context = {.out = &out, .arena = &arena, .dir = -1};
	surroundings_fill(&context.around);
	int status = dispatch(&context, argv + 1, argc > 0 ? (size_t)argc - 1 : 0);
	if (context.repo)
		context.git->close(context.repo);
	if (context.dir >= 0)
		close(context.dir);
	if (out_finish(&out) < 0 && status == EXIT_FINE)
		status = EXIT_PROBLEM;
	out_release(&out);
	arena_release(&arena);
	return status;
}
