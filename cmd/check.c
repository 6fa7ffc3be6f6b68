#include "check.h"

#include "base/text.h"
#include "change/attributes.h"
#include "change/mend.h"
#include "change/review.h"
#include "change/settle.h"
#include "change/survey.h"
#include "command.h"
#include "insight/query.h"
#include "locate.h"
#include "people/twins.h"
#include "report/json.h"
#include "report/readout.h"
#include "who.h"
#include "write.h"

struct counts {
	size_t hints, warnings, errors;
};

static struct counts count(const struct diag *diag)
{
	struct counts counts = {0};
	for (size_t i = 0; i < diag->count; i++)
		switch (diag->items[i].severity) {
		case SEVERITY_HINT:
			counts.hints++;
			break;
		case SEVERITY_WARNING:
			counts.warnings++;
			break;
		case SEVERITY_ERROR:
			counts.errors++;
			break;
		}
	return counts;
}

static json_t *place(int number)
{
	return number > 0 ? json_of_count((size_t)number) : json_null();
}

static json_t *finding_model(const struct finding *finding)
{
	json_t *o = json_of_object();
	json_put(o, "path", json_of_text(finding->path));
	json_put(o, "line", place(finding->line));
	json_put(o, "column", place(finding->column));
	json_put(o, "severity", json_string(severity_name(finding->severity)));
	json_put(o, "message", json_of_line(finding->message));
	json_put(o, "check", json_string(finding->check));
	return o;
}

static json_t *passed_model(const struct journal *journal)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < journal->passed.count; i++) {
		json_t *o = json_of_object();
		json_put(o, "path", json_of_text(journal->passed.items[i].path));
		json_put(o, "why", json_string(journal->passed.items[i].why));
		json_push(list, o);
	}
	return list;
}

static void print_findings_json(struct context *context, struct counts counts)
{
	const struct journal *journal = context->journal;
	json_t *model = json_of_object(), *findings = json_of_list();
	for (size_t i = 0; i < journal->diag.count; i++)
		json_push(findings, finding_model(&journal->diag.items[i]));
	json_put(model, "contacts", json_of_count(journal->count));
	json_put(model, "passed_over", json_of_count(journal->passed.count));
	json_put(model, "errors", json_of_count(counts.errors));
	json_put(model, "warnings", json_of_count(counts.warnings));
	json_put(model, "hints", json_of_count(counts.hints));
	json_put(model, "findings", findings);
	if (opts_has(&context->opts, "verbose"))
		json_put(model, "passed", passed_model(journal));
	out_json(context->out, model);
}

static void print_passed(struct context *context, const struct passed_list *passed)
{
	struct buf line;
	buf_init(&line, 0);
	for (size_t i = 0; i < passed->count; i++) {
		text_add_line(&line, passed->items[i].path);
		buf_printf(&line, "%s: passed over: %s\n", passed->items[i].folder ? "/" : "",
			   passed->items[i].why);
	}
	out_add(context->out, buf_str(&line));
	buf_release(&line);
}

/* Errors and warnings; with -v all there is, and hints also of the checks that were named. */
static void print_findings(struct context *context, struct counts counts)
{
	struct journal *journal = context->journal;
	bool verbose = opts_has(&context->opts, "verbose");
	if (!verbose && context->opts.words_count == 0)
		diag_drop_hints(&journal->diag);
	out_diag(context->out, &journal->diag);
	if (!verbose)
		return;
	print_passed(context, &journal->passed);
	struct str hints = counts.hints ? arena_printf(context->arena, ", %zu hint%s", counts.hints,
						       counts.hints == 1 ? "" : "s")
					: STR("");
	out_say(context->out,
		"%zu contact%s, %zu note%s passed over; %zu error%s, %zu warning%s%.*s",
		journal->count, journal->count == 1 ? "" : "s", journal->passed.count,
		journal->passed.count == 1 ? "" : "s", counts.errors, counts.errors == 1 ? "" : "s",
		counts.warnings, counts.warnings == 1 ? "" : "s", STR_ARG(hints));
}

/* Where .gitattributes says that kith merges the journal's files, and git was not told how. */
static bool lacks_driver(struct context *context)
{
	struct kith_error ignored = {0};
	return !locate_driver(context->path, context->arena) &&
	       context_repo(context, &ignored) == 0 &&
	       !context->git->has_driver(context->repo, ATTRIBUTES_DRIVER);
}

static void check_merging(struct context *context)
{
	struct journal *journal = context->journal;
	if (attributes_report(&journal->diag, journal->dir, &journal->config, context->arena) &&
	    lacks_driver(context))
		diag_add(&journal->diag, SEVERITY_WARNING, STR(".gitattributes"), 0, 0,
			 "git was not told in this clone how to merge these files, and merges "
			 "their text; `kith init` tells it");
}

static void check_conflicts(struct context *context)
{
	settle_report(&context->journal->diag, context->dir, context->arena);
}

static void check_queries(struct context *context)
{
	query_report(context->journal, context->today, context->arena);
}

static void check_both_kept(struct context *context)
{
	review_report_both_kept(context->journal, context->arena);
}

static void check_twins(struct context *context)
{
	twins_report(context->journal);
}

static void check_left_out(struct context *context)
{
	survey_report(context->journal, context->arena);
}

static const struct check {
	const char *name;
	enum severity gravest;
	const char *what;
	bool mends;                            /* --fix mends some of it */
	void (*look)(struct context *context); /* beside what is found while all is read; NULL */
} checks[] = {
    {JOURNAL_CHECK_FILES, SEVERITY_ERROR, "files and folders that cannot be read", false, NULL},
    {JOURNAL_CHECK_SETTINGS, SEVERITY_ERROR, "what kith.yaml says", false, NULL},
    {"queries", SEVERITY_ERROR, "the queries that have a name there", false, check_queries},
    {JOURNAL_CHECK_CONTACTS, SEVERITY_ERROR,
     "what people's files say: keys, days, intervals, entries, tasks", false, NULL},
    {JOURNAL_CHECK_LINKS, SEVERITY_ERROR, "links to people, and files of the same name", false,
     NULL},
    {JOURNAL_CHECK_AHEAD, SEVERITY_WARNING, "birthdays and last talks that are still ahead", false,
     NULL},
    {NOTE_CHECK_KEPT, SEVERITY_WARNING, "what a merge kept of both sides", true, check_both_kept},
    {"conflicts", SEVERITY_WARNING, "what a merge could not read", false, check_conflicts},
    {"merging", SEVERITY_WARNING, "whether git merges with kith here", true, check_merging},
    {"twins", SEVERITY_HINT, "two files that may be one person", false, check_twins},
    {"left-out", SEVERITY_HINT, "what the settings leave out of the notes", false, check_left_out},
};

const char *check_name(size_t i, const char **what)
{
	*what = i < ARRAY_LEN(checks) ? checks[i].what : NULL;
	return i < ARRAY_LEN(checks) ? checks[i].name : NULL;
}

static const struct check *find_check(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(checks); i++)
		if (strcmp(checks[i].name, name) == 0)
			return &checks[i];
	return NULL;
}

static int refuse_name(struct context *context, const char *name)
{
	const struct check *near = NULL;
	size_t least = 3;
	for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
		size_t distance = text_distance(str_of(name), str_of(checks[i].name), least);
		if (distance < least) {
			least = distance;
			near = &checks[i];
		}
	}
	return context_usage(
	    context, "there is no check \"%s\"%s%s%s; kith check --list names them", name,
	    near ? " (did you mean \"" : "", near ? near->name : "", near ? "\"?)" : "");
}

/* All checks, or those that were named. */
static bool is_asked(const struct context *context, const char *name)
{
	const struct opts *opts = &context->opts;
	for (size_t i = 0; i < opts->words_count; i++)
		if (strcmp(opts->words[i], name) == 0)
			return true;
	return opts->words_count == 0;
}

static json_t *checks_model(void)
{
	json_t *model = json_of_object(), *list = json_of_list();
	for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
		json_t *o = json_of_object();
		json_put(o, "check", json_string(checks[i].name));
		json_put(o, "severity", json_string(severity_name(checks[i].gravest)));
		json_put(o, "what", json_string(checks[i].what));
		json_put(o, "fix", json_boolean(checks[i].mends));
		json_push(list, o);
	}
	json_put(model, "checks", list);
	return model;
}

static int list_checks(struct context *context)
{
	if (opts_has(&context->opts, "json")) {
		out_json(context->out, checks_model());
		return EXIT_FINE;
	}
	for (size_t i = 0; i < ARRAY_LEN(checks); i++)
		out_printf(context->out, "%-10s %-8s %s%s\n", checks[i].name,
			   severity_name(checks[i].gravest), checks[i].what,
			   checks[i].mends ? " (--fix)" : "");
	return EXIT_FINE;
}

/* Looks at all that is asked for, and drops of what was found while reading what is not. */
static void run_checks(struct context *context)
{
	struct diag *diag = &context->journal->diag;
	const char *names[ARRAY_LEN(checks)];
	size_t count = 0;
	for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
		if (!is_asked(context, checks[i].name))
			continue;
		names[count++] = checks[i].name;
		diag->check = checks[i].name;
		if (checks[i].look)
			checks[i].look(context);
	}
	diag_keep_checks(diag, names, count);
	diag_sort(diag);
}

/* ---- the repairs that are safe ---- */

struct mending {
	struct writing *w;
	struct change_file *files; /* of the change */
	struct mended *mended;     /* what each is about */
	size_t count;
	struct buf told; /* what was mended, a line each */
};

struct mended {
	const struct writing *w;
	struct str path;
};

static int mend_attributes_file(void *context, const struct change_copy *copy, struct str before,
				struct buf *after, bool *gone, struct kith_error *err)
{
	const struct mended *m = context;
	(void)copy;
	(void)gone;
	(void)err;
	if (before.p)
		buf_add(after, attributes_mend(before, m->w->config, m->w->context->arena));
	return 0;
}

static int mend_contact_file(void *context, const struct change_copy *copy, struct str before,
			     struct buf *after, bool *gone, struct kith_error *err)
{
	const struct mended *m = context;
	(void)copy;
	(void)gone;
	return before.p ? mend_kept(after, m->path, before, m->w->config, err) : 0;
}

static void add_mended(struct mending *m, struct str path, change_edit *edit, const char *what)
{
	m->mended[m->count] = (struct mended){m->w, path};
	m->files[m->count] =
	    (struct change_file){.path = path, .edit = edit, .context = &m->mended[m->count]};
	m->count++;
	text_add_line(&m->told, path);
	buf_printf(&m->told, ": %s\n", what);
}

/* Each contact that can be mended; one whose file is in the way keeps no other from it. */
static void plan_kept(struct mending *m)
{
	struct context *context = m->w->context;
	for (size_t i = 0; i < context->journal->count; i++) {
		const struct contact *c = &context->journal->contacts[i];
		struct kith_error err = {0};
		struct buf after;
		if (c->unread || mend_count_kept(c, context->arena) == 0)
			continue;
		buf_init(&after, 0);
		if (mend_kept(&after, c->path, c->image, m->w->config, &err)) {
			kith_fail_at(&err, c->path.p, err.line, err.column);
			out_error(context->out, &err);
		} else {
			add_mended(m, c->path, mend_contact_file,
				   "without what a merge kept and stands there already");
		}
		buf_release(&after);
	}
}

/* Whether .gitattributes has kith merge the journal at all. */
static bool plan_attributes(struct mending *m)
{
	struct context *context = m->w->context;
	struct diag found;
	diag_init(&found, context->arena);
	bool named = attributes_report(&found, context->dir, m->w->config, context->arena);
	if (found.count)
		add_mended(m, STR(".gitattributes"), mend_attributes_file,
			   "with the lines that kith.yaml needs");
	diag_release(&found);
	return named;
}

/* What is no file of the journal, and in no commit: this clone's own settings of git. */
static int mend_driver(struct mending *m, bool *news)
{
	struct context *context = m->w->context;
	struct kith_error err = {0};
	*news = lacks_driver(context);
	if (*news && !writing_is_dry(m->w) &&
	    attributes_set_driver(news, context->git, context->repo, context->below, m->w->config,
				  context->arena, &err))
		return context_fail(context, &err);
	return EXIT_FINE;
}

static int tell_mended(struct mending *m, const struct change_result *result, bool driver,
		       int status)
{
	struct context *context = m->w->context;
	bool dry = writing_is_dry(m->w), as_json = writing_is_json(m->w);
	if (driver && dry && !as_json)
		out_addz(context->out, "git would be told how to merge in this clone\n");
	else if (driver && !dry)
		buf_addz(&m->told, "git is told how to merge in this clone\n");
	if (dry && as_json && m->count == 0)
		m->w->diff = STR("");
	json_t *model = json_of_object(), *paths = json_of_list();
	for (size_t i = 0; i < m->count; i++)
		json_push(paths, json_of_text(m->files[i].path));
	json_put(model, "did", json_string("check"));
	json_put(model, "paths", paths);
	json_put(model, "driver", json_boolean(driver));
	return writing_tell(m->w, result, status, arena_str(context->arena, buf_str(&m->told)),
			    model);
}

static int make_mended(struct mending *m, bool driver)
{
	struct arena *arena = m->w->context->arena;
	struct change_result result = {.unchanged = !driver,
				       .written = driver && !writing_is_dry(m->w),
				       .uncommitted = STR(""),
				       .recovered = STR("")};
	struct change change = {
	    .files = m->files, .count = m->count, .body = STR(""), .trailer = STR("check")};
	change.subject =
	    m->count == 1
		? arena_printf(arena, "Mend %.*s, as a check found it", STR_ARG(m->files->path))
		: arena_printf(arena, "Mend %zu files, as a check found them", m->count);
	int status = m->count ? writing_make(m->w, &change, &result) : EXIT_FINE;
	return tell_mended(m, &result, driver, status);
}

static int mend_all(struct context *context, struct writing *w)
{
	struct mending m = {.w = w};
	bool driver = false;
	int status = EXIT_FINE;
	size_t most = context->journal->count + 1;
	m.files = ARENA_ARRAY(context->arena, struct change_file, most);
	m.mended = ARENA_ARRAY(context->arena, struct mended, most);
	buf_init(&m.told, 0);
	if (is_asked(context, NOTE_CHECK_KEPT))
		plan_kept(&m);
	if (is_asked(context, "merging") && plan_attributes(&m))
		status = mend_driver(&m, &driver);
	if (status == EXIT_FINE)
		status = make_mended(&m, driver);
	buf_release(&m.told);
	return status;
}

static int mend_checked(struct context *context)
{
	struct writing w;
	int status = writing_begin(&w, context);
	/* What is found is told, and counts, without --fix. */
	diag_keep_checks(&context->journal->diag, NULL, 0);
	if (status == EXIT_FINE)
		status = mend_all(context, &w);
	writing_end(&w);
	return status;
}

/* ---- what one file was taken for ---- */

/* The columns of a file's lines beside what they were taken for. */
#define READ_WIDTH 60

static json_t *readout_model(const struct readout *readout, const struct contact *c)
{
	json_t *model = json_of_object(), *list = json_of_list();
	for (size_t i = 0; i < readout->count; i++) {
		json_t *o = json_of_object();
		json_put(o, "line", json_of_count(i + 1));
		json_put(o, "text", json_of_line(readout->items[i].text));
		json_put(
		    o, "what",
		    json_of_line(readout->items[i].what.n ? readout->items[i].what : STR_NONE));
		json_push(list, o);
	}
	json_put(model, "slug", json_of_line(c->slug));
	json_put(model, "name", json_of_line(c->name));
	json_put(model, "path", json_of_text(c->path));
	json_put(model, "lines", list);
	return model;
}

/* Line by line what one file was taken for. */
static int read_out(struct context *context, const char *text)
{
	struct readout readout;
	struct buf line;
	uint32_t who = who_is(context, str_of(text));
	if (who == NO_CONTACT)
		return EXIT_PROBLEM;
	readout_make(&readout, context->journal, who, context->arena);
	diag_keep_note(&context->journal->diag, context->journal->contacts[who].path);
	if (opts_has(&context->opts, "json")) {
		out_json(context->out, readout_model(&readout, &context->journal->contacts[who]));
		return EXIT_FINE;
	}
	buf_init(&line, 0);
	for (size_t i = 0; i < readout.count; i++) {
		struct str said = text_line(readout.items[i].text, context->arena);
		struct str fits = text_fit(said, READ_WIDTH);
		size_t width = text_width(fits);
		buf_clear(&line);
		text_add_line(&line, fits);
		out_printf(context->out, "%4zu  %.*s", i + 1, STR_ARG(buf_str(&line)));
		if (readout.items[i].what.n) {
			out_printf(context->out, "%*s", (int)(READ_WIDTH + 2 - width), "");
			out_role(context->out, ROLE_DIM, readout.items[i].what);
		}
		out_addz(context->out, "\n");
	}
	buf_release(&line);
	out_diag(context->out, &context->journal->diag);
	return EXIT_FINE;
}

static const char *const fix_options[] = {"dry-run", "no-commit", "message", "no-verify"};

static int cmd_check(struct context *context)
{
	const struct opts *opts = &context->opts;
	const char *read = opts_value(opts, "read");
	if (read && opts->words_count)
		return context_usage(context, "--read prints one file, without checks");
	if (read)
		return read_out(context, read);
	for (size_t i = 0; i < opts->words_count; i++)
		if (!find_check(opts->words[i]))
			return refuse_name(context, opts->words[i]);
	if (opts_has(opts, "list"))
		return list_checks(context);
	if (opts_has(opts, "fix"))
		return context->past ? context_usage(context, "--as-of does not go with --fix")
				     : mend_checked(context);
	for (size_t i = 0; i < ARRAY_LEN(fix_options); i++)
		if (opts_has(opts, fix_options[i]))
			return context_usage(context, "--%s goes with --fix", fix_options[i]);
	run_checks(context);
	struct counts counts = count(&context->journal->diag);
	if (opts_has(opts, "json"))
		print_findings_json(context, counts);
	else
		print_findings(context, counts);
	return counts.errors ? EXIT_PROBLEM : EXIT_FINE;
}

const struct command command_check = {
    .name = "check",
    .group = GROUP_JOURNAL,
    .needs = NEEDS_CONTACTS,
    .pages = true,
    .summary = "say what in the journal cannot be read or understood",
    .usage = "[CHECK]...",
    .text = "Prints every error and warning, one a line, with its place and the name of\n"
	    "the check that found it, and nothing where all is well. The exit status is\n"
	    "1 where one of them is an error; warnings, hints and people who are due are\n"
	    "none. With names of checks it is about these alone; --list says what each\n"
	    "looks at.\n"
	    "\n"
	    "Hints, of what may be meant otherwise, are there with -v, and where their\n"
	    "check is named. So are, with -v, how much was read, and the notes and\n"
	    "folders that are passed over, and why: those whose names begin with a dot\n"
	    "or _, templates, copies that a sync program made, what is about a folder\n"
	    "(README), and what `ignore` or `only` in kith.yaml leaves out.\n"
	    "\n"
	    "--fix makes the repairs that need no guess: a value that a merge kept goes\n"
	    "where its key has it already, .gitattributes gets the lines that kith.yaml\n"
	    "needs, and git is told in this clone how to merge. What is to be chosen, or\n"
	    "may be meant otherwise, stays for you.\n",
    .options =
	{
	    {"verbose", NULL, "hints, what is passed over, and how much was read, too", 'v'},
	    {"list", NULL, "name the checks", 0},
	    {"read", "WHO", "print line by line what one file was taken for, and what was left", 0},
	    {"json", NULL, "print JSON, hints and all", 0},
	    {"fix", NULL, "make the repairs that need no guess, in one commit", 0},
	    {"dry-run", NULL, "with --fix, print the difference, write nothing", 'n'},
	    {"no-commit", NULL, "with --fix, write the files, leave committing to you", 0},
	    {"message", "TEXT", "with --fix, the commit's message, instead of kith's", 'm'},
	    {"no-verify", NULL, "with --fix, pass over git's hooks pre-commit and commit-msg", 0},
	},
    .examples =
	{
	    {"kith check", "what is wrong, as path:line:column: error or warning: what [check]"},
	    {"kith check twins left-out", "who may be one person, and what the settings leave out"},
	    {"kith check --read ada", "what each line of her file is to kith"},
	    {"kith check --fix -n", "what would be repaired, as a difference"},
	    {"vim -q <(kith check)", "step through the findings in an editor"},
	},
    .max_words = ANY_WORDS,
    .words = {KIND_CHECK},
    .own_findings = true,
    .looks_back = true,
    .run = cmd_check,
};
