#include "change/sync.h"

#include <stdlib.h>
#include <unistd.h>

#include "applying.h"
#include "change/attributes.h"
#include "report/json.h"
#include "report/words.h"
#include "write.h"

/* Of what came in, so much is named in the line; the rest is counted. */
#define MOST_PHRASES 5
#define PATIENCE     30

static bool is_silent(const struct context *context)
{
	return opts_has(&context->opts, "quiet");
}

/* ---- Before ---- */

/* As `kith commit` without words; *phrases: what it was. */
static int commit_by_hand(struct context *context, const struct config *config)
{
	struct gathered gathered;
	char id[GIT_ID_SIZE];
	int status = writing_gather(&gathered, context, config, (struct strs){NULL, 0});
	if (status == EXIT_FINE)
		status = writing_commit_gathered(id, &gathered, context);
	for (size_t i = 0; i < gathered.refused.count; i++)
		out_say(context->out, "not committed: %s", gathered.refused.items[i].p);
	gather_end(&gathered);
	return status;
}

/* As a shell takes it: between quotes. */
static const char *quoted(struct context *context, struct str text)
{
	struct buf b;
	buf_init(&b, 0);
	buf_addc(&b, '\'');
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '\'')
			buf_addz(&b, "'\\''");
		else
			buf_addc(&b, text.p[i]);
	buf_addc(&b, '\'');
	return arena_take(context->arena, &b).p;
}

static const char *quoted_self(struct context *context)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self));
	return n > 0 && (size_t)n < sizeof(self) ? quoted(context, (struct str){self, (size_t)n})
						 : "kith";
}

static bool read_patience(struct context *context, int *seconds)
{
	const char *said = opts_value(&context->opts, "timeout");
	long number = said ? str_number(str_of(said), 86400) : PATIENCE;
	*seconds = (int)number;
	if (number < 1)
		context_usage(context, "--timeout is a number of seconds, not \"%s\"", said);
	return number >= 1;
}

/* ---- What is told ---- */

/* `coffee with Ada` of `Log coffee with Ada`: what came in is no order. */
static struct str plain_phrase(struct str phrase)
{
	return str_starts(phrase, STR("Log ")) ? str_from(phrase, 4) : phrase;
}

static void add_phrases(struct buf *out, const struct description *what, size_t most)
{
	for (size_t i = 0; i < what->count && i < most; i++) {
		buf_addz(out, i ? ", " : "");
		buf_add(out, plain_phrase(what->phrases[i].text));
	}
	if (what->count > most)
		buf_printf(out, "%s%zu more", most ? ", " : "", what->count - most);
	if (what->count == 0)
		buf_addz(out, "other files");
}

static void add_names(struct buf *out, struct strs names)
{
	for (size_t i = 0; i < names.count; i++) {
		buf_addz(out, i ? ", " : " (from ");
		buf_add(out, names.items[i]);
	}
	buf_addz(out, names.count ? ")" : "");
}

static void print_synced(struct context *context, const struct sync_result *r, bool look)
{
	const struct git_remote *remote = &r->remote;
	bool came = remote->there[0] && strcmp(remote->there, remote->base) != 0;
	bool went = remote->here[0] && strcmp(remote->here, remote->base) != 0;
	struct buf line;
	buf_init(&line, 0);
	if (came) {
		buf_addz(&line, look ? "would come in: " : "in: ");
		add_phrases(&line, &r->in, MOST_PHRASES);
		add_names(&line, r->from);
	}
	if (went) {
		bool all = r->pushed || look;
		buf_printf(&line, "%s%s", came ? " \xC2\xB7 " : "",
			   look  ? "would go out: "
			   : all ? "out: "
				 : "not pushed: ");
		if (r->out.count > 1)
			buf_printf(&line, "%zu changes", r->out.count);
		else
			add_phrases(&line, &r->out, 1);
	}
	if (!came && !went)
		buf_printf(&line, "nothing to sync: %s has all that is here, and no more",
			   remote->name);
	out_printf(context->out, "%s\n", line.p);
	for (size_t i = 0; i < r->told.count; i++)
		out_printf(context->out, "  %s\n", r->told.items[i].p);
	buf_release(&line);
}

static json_t *phrases_model(const struct description *what)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < what->count; i++)
		json_push(list, json_of_line(what->phrases[i].text));
	return list;
}

static json_t *synced_model(const struct sync_result *r)
{
	json_t *model = json_of_object();
	json_put(model, "did", json_of_line(STR("sync")));
	json_put(model, "changed", json_boolean(r->id[0] || r->pushed));
	json_put(model, "remote", json_of_line(str_of(r->remote.name)));
	json_put(model, "branch", json_of_line(str_of(r->remote.branch)));
	json_put(model, "in", phrases_model(&r->in));
	json_put(model, "from", json_of_lines(r->from));
	json_put(model, "out", phrases_model(&r->out));
	json_put(model, "decided", json_of_lines(r->told));
	json_put(model, "merged", json_boolean(r->merged));
	json_put(model, "pushed", json_boolean(r->pushed));
	json_put(model, "commit", json_of_text(r->id[0] ? str_of(r->id) : STR_NONE));
	return model;
}

/* ---- The command ---- */

/* The day, for `kith` to tell how long ago that was. */
static void note_synced_day(struct context *context)
{
	struct buf day;
	buf_init(&day, 0);
	day_format(&day, context->today);
	context->git->note_sync(context->repo, buf_str(&day));
	buf_release(&day);
}

static int sync_now(struct git_remote *found, struct context *context, const struct config *config,
		    const char *remote, bool join)
{
	const struct opts *opts = &context->opts;
	const bool look = opts_has(opts, "dry-run"), keep = opts_has(opts, "no-push");
	struct kith_error err = {0};
	struct sync_result result;
	struct sync_order order = {
	    .where = writing_gather_order(context, config, (struct strs){NULL, 0}),
	    .kith = quoted_self(context),
	    .folder = quoted(context, str_of(context->git->workdir(context->repo))),
	    .remote = remote,
	    .how = {.own_ssh = getenv("GIT_SSH_COMMAND") || getenv("GIT_SSH"),
		    .terminal = context->out->error_terminal && isatty(STDIN_FILENO) == 1 &&
					!is_silent(context)
				    ? STDERR_FILENO
				    : 0},
	    .look = look,
	    .keep = keep,
	    .join = join};
	if (!read_patience(context, &order.how.patience))
		return EXIT_USAGE;
	int rc = sync_run(&result, &order, context->arena, &err);
	*found = result.remote;
	if (result.recovered.n)
		out_say(context->out, "%s", result.recovered.p);
	if (rc && err.status == KITH_OFFLINE && is_silent(context))
		return EXIT_FINE;
	if (rc)
		return context_fail(context, &err);
	if (!look && !keep)
		note_synced_day(context);
	if (opts_has(opts, "json"))
		out_json(context->out, synced_model(&result));
	else if (!is_silent(context) || result.told.count)
		print_synced(context, &result, look);
	return EXIT_FINE;
}

static int check_syncable(struct context *context)
{
	struct kith_error err = {0};
	if (context_repo(context, &err))
		return context_fail(context, &err);
	enum git_state state = context->git->state(context->repo);
	if (state == GIT_CLEAN)
		return EXIT_FINE;
	out_say(context->out, "the repository is in the middle of %s; %s", git_state_words(state),
		git_state_way(state));
	return EXIT_PROBLEM;
}

/* ---- Setting it up ---- */

#define SETUP_NAME "origin"

/* One sentence about who may read all this, and a second where that is known. */
static void say_who_reads(struct context *context, const struct git_remote *remote)
{
	const struct git_transport how = {.patience = PATIENCE};
	if (context->git->is_public(context->repo, remote, &how))
		out_say(context->out,
			"warning: everybody can read %s, without a password: make that repository "
			"private at once, for all that you wrote about others is in it",
			remote->url);
	else if (remote->url && str_find(str_of(remote->url), STR(":")) < strlen(remote->url))
		out_say(context->out,
			"see to it that nobody but you can read %s: all that you wrote about "
			"others is in it now",
			remote->url);
}

/* *added: the remote is new. */
static int add_setup_remote(bool *added, struct context *context, const char *url,
			    struct kith_error *err)
{
	struct git_remote now;
	struct kith_error none = {0};
	*added = false;
	if (context->git->remote(&now, context->repo, SETUP_NAME, context->arena, &none) == 0)
		return now.url && strcmp(now.url, url) == 0
			   ? 0
			   : kith_fail(err, KITH_EXISTS,
				       SETUP_NAME " is %s already; git remote set-url " SETUP_NAME
						  " '%s' changes that, and then kith sync",
				       now.url ? now.url : "something else", url);
	if (none.status != KITH_NOT_FOUND)
		return kith_fail(err, none.status, "%s", none.message);
	*added = true;
	return context->git->add_remote(context->repo, SETUP_NAME, url, err);
}

/* So that plain git merges here, too, as kith does. */
static int tell_git(bool *news, struct context *context, const struct config *config,
		    struct kith_error *err)
{
	return attributes_set_driver(news, context->git, context->repo, context->below, config,
				     context->arena, err);
}

/* Where it does not work out the remote goes again, and another address can be tried. */
static int set_up(struct context *context, const struct config *config, const char *url)
{
	struct kith_error err = {0};
	struct git_remote remote;
	bool added, news;
	if (add_setup_remote(&added, context, url, &err) || tell_git(&news, context, config, &err))
		return context_fail(context, &err);
	int status = sync_now(&remote, context, config, SETUP_NAME, true);
	if (status == EXIT_FINE)
		say_who_reads(context, &remote);
	else if (added && context->git->remove_remote(context->repo, SETUP_NAME, &err))
		return context_fail(context, &err);
	return status;
}

/* A clone that was never set up is so from its first sync on. */
static int sync_clone(struct context *context, const struct config *config, const char *remote)
{
	struct kith_error err = {0};
	struct git_remote found;
	bool news = false;
	int status = sync_now(&found, context, config, remote, false);
	if (status != EXIT_FINE || opts_has(&context->opts, "dry-run"))
		return status;
	if (tell_git(&news, context, config, &err))
		return context_fail(context, &err);
	if (news && !is_silent(context))
		out_say(context->out, "git merges this journal's files with kith here from now on");
	return status;
}

static int sync_journal(struct context *context, const struct config *config)
{
	const struct opts *opts = &context->opts;
	const char *remote = opts->words_count ? opts->words[0] : NULL;
	const char *url = opts_value(opts, "setup");
	bool still =
	    opts_has(opts, "dry-run") || opts_has(opts, "no-commit") || config->commit_manual;
	int status = check_syncable(context);
	int applied = status == EXIT_FINE && !still ? applying_first(context) : EXIT_FINE;
	if (status == EXIT_FINE && !still)
		status = commit_by_hand(context, config);
	if (status == EXIT_FINE)
		status = url ? set_up(context, config, url) : sync_clone(context, config, remote);
	return applied > status ? applied : status;
}

static int cmd_sync(struct context *context)
{
	struct kith_error err = {0};
	struct journal journal = {0};
	int status;
	if (journal_load_config(&journal, context->dir, &err)) {
		out_findings(context->out, &journal.diag);
		status = context_fail(context, &err);
	} else {
		status = sync_journal(context, &journal.config);
		out_findings_of(context->out, &journal.diag, false);
	}
	journal_release(&journal);
	return status;
}

const struct command command_sync = {
    .name = "sync",
    .group = GROUP_JOURNAL,
    .needs = NEEDS_FOLDER,
    .summary = "bring this journal and the one elsewhere together",
    .usage = "[REMOTE]",
    .text = "Commits what you changed by hand (kith commit), fetches what is new in the\n"
	    "journal's remote repository, merges it with what is new here, and pushes. Says\n"
	    "what came in and what went out.\n"
	    "\n"
	    "Nothing is lost, and no conflict is left in a file: what one side changed is\n"
	    "taken, and of two values for one key the one here stays, with the other under\n"
	    "`merged` in the same file.\n"
	    "\n"
	    "REMOTE is the branch's own (git push -u), the only one, or origin. git does\n"
	    "fetch and push, with your keys and passwords.\n",
    .options =
	{
	    {"setup", "URL", "begin with that repository: an empty one, or this journal's", 0},
	    {"dry-run", NULL, "fetch, and say what would come in and go out", 'n'},
	    {"no-commit", NULL, "leave what you changed by hand uncommitted", 0},
	    {"no-push", NULL, "push nothing", 0},
	    {"no-verify", NULL, "pass over git's hooks pre-commit and commit-msg", 0},
	    {"timeout", "SECONDS", "how long to wait for an answer (30)", 0},
	    {"quiet", NULL, "say nothing where all is well, or where there is no network", 'q'},
	    {"json", NULL, "print what was done as JSON", 0},
	},
    .examples =
	{
	    {"kith sync", "commit, fetch, merge, push"},
	    {"kith sync --setup git@example.com:me/journal.git", "begin with it"},
	    {"kith sync -n", "look at what would come in"},
	    {"kith sync -q", "from a timer, or when an editor saves"},
	},
    .max_words = 1,
    .words = {KIND_TEXT},
    .run = cmd_sync,
};
