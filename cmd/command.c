#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/interval.h"
#include "base/text.h"
#include "change/commit.h"
#include "write.h"

static const struct opt common_options[] = {
    {"dir", "DIR", "the journal's folder, instead of looking for it", 'C'},
    {"today", "DATE", "reckon as of that day, instead of now", 0},
    {"as-of", "DATE|COMMIT", "for what only reads: as it stood then", 0},
    {"color", "WHEN", "colours: auto, always or never", 0},
    {"no-pager", NULL, "show long output as it is", 0},
    {"help", NULL, "say how a command is used, with examples", 'h'},
    {"version", NULL, "say which version this is", 0},
    OPT_END,
};

static const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "commands.def"
#undef COMMAND
};

const struct command *const *commands_list(size_t *count)
{
	*count = ARRAY_LEN(commands);
	return commands;
}

/* The command whose name looks like it; NULL where none does. */
static const struct command *nearest_command(const char *name)
{
	const struct command *best = NULL;
	size_t least = 3, n = strlen(name);
	for (size_t i = 0; i < ARRAY_LEN(commands) && n < 32; i++) {
		struct str other = str_of(commands[i]->name);
		size_t distance = text_distance(str_of(name), other, least);
		/* Nearly all letters of a short word changed is another word. */
		if (distance < least && distance * 2 < other.n && !commands[i]->hidden) {
			least = distance;
			best = commands[i];
		}
	}
	return best;
}

const struct command *commands_named(struct context *context, const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	const struct command *near = nearest_command(name);
	if (near)
		context_usage(context, "there is no command \"%s\" (did you mean \"%s\"?)", name,
			      near->name);
	else
		context_usage(context, "there is no command \"%s\"", name);
	return NULL;
}

const struct opt *commands_common_options(void)
{
	return common_options;
}

const struct opt *commands_writing_options(const struct command *command)
{
	return command->run ? NULL : writing_options;
}

int context_usage(struct context *context, const char *format, ...)
{
	const char *name = context->command && context->named ? context->command->name : NULL;
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *message = arena_zalloc(context->arena, n < 0 ? 1 : (size_t)n + 1);
	vsnprintf(message, n < 0 ? 1 : (size_t)n + 1, format, again);
	va_end(again);
	out_say(context->out, "%s%s%s\nSee: kith %s%s--help", name ? name : "", name ? ": " : "",
		message, name ? name : "", name ? " " : "");
	return EXIT_USAGE;
}

int context_fail(struct context *context, const struct kith_error *err)
{
	out_error(context->out, err);
	return EXIT_PROBLEM;
}

bool context_date(struct context *context, const char *what, const char *text,
		  enum datewords_direction direction, civil_day *day)
{
	struct str s = str_of(text);
	enum date_result result = datewords_parse_all(s, context->today, direction, day);
	if (result == DATE_OK)
		return true;
	context_usage(context, "%s: %.*s", what,
		      STR_ARG(datewords_explain(s, result, context->arena)));
	return false;
}

bool context_interval(struct context *context, const char *what, const char *text,
		      struct interval *interval)
{
	struct str s = str_of(text);
	enum interval_result result = interval_parse(s, interval);
	if (result == INTERVAL_OK)
		return true;
	context_usage(context, "%s: %.*s", what,
		      STR_ARG(interval_explain(s, result, context->arena)));
	return false;
}

const struct git_api *context_git(struct context *context, struct kith_error *err)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self));
	bool known = n > 0 && (size_t)n < sizeof(self);
	struct str folder = str_folder((struct str){self, known ? (size_t)n : 0});
	const char *paths[3];
	size_t count = 0;
	if (folder.n) {
		paths[count++] = arena_printf(context->arena, "%.*skith-git.so", STR_ARG(folder)).p;
		paths[count++] =
		    arena_printf(context->arena, "%.*s../lib/kith/kith-git.so", STR_ARG(folder)).p;
	}
	paths[count++] = KITH_LIBDIR "/kith-git.so";
	if (!context->git)
		context->git = git_load(paths, count, err);
	return context->git;
}

int context_repo(struct context *context, struct kith_error *err)
{
	const struct git_api *git = context_git(context, err);
	if (context->repo)
		return 0;
	int rc = git ? commit_open(&context->repo, &context->below, git, &context->around,
				   context->path, context->arena, err)
		     : -1;
	if (rc && context->repo) {
		git->close(context->repo);
		context->repo = NULL;
	}
	return rc;
}
