#include "base/text.h"
#include "change/attributes.h"
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

static void print_findings(struct context *context, struct counts counts)
{
	const struct journal *journal = context->journal;
	out_diag(context->out, &journal->diag);
	if (opts_has(&context->opts, "verbose"))
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

/* Whether git merges the journal's files with kith here, where .gitattributes says so. */
static void check_merging(struct context *context)
{
	struct journal *journal = context->journal;
	struct kith_error ignored = {0};
	if (!attributes_report(&journal->diag, journal->dir, &journal->config, context->arena) ||
	    locate_driver(context->path, context->arena) || context_repo(context, &ignored) ||
	    context->git->has_driver(context->repo, ATTRIBUTES_DRIVER))
		return;
	diag_add(&journal->diag, SEVERITY_WARNING, STR(".gitattributes"), 0, 0,
		 "git was not told in this clone how to merge these files, and merges their text; "
		 "`kith init` tells it");
}

/* The columns of a file's lines beside what they were taken for. */
#define READ_WIDTH 60

static json_t *readout_model(const struct readout *readout)
{
	json_t *list = json_of_list();
	for (size_t i = 0; i < readout->count; i++) {
		json_t *o = json_of_object();
		json_put(o, "line", json_of_count(i + 1));
		json_put(o, "text", json_of_line(readout->items[i].text));
		json_put(
		    o, "what",
		    json_of_line(readout->items[i].what.n ? readout->items[i].what : STR_NONE));
		json_push(list, o);
	}
	return list;
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
		out_json(context->out, readout_model(&readout));
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

static int cmd_check(struct context *context)
{
	struct journal *journal = context->journal;
	if (opts_value(&context->opts, "read"))
		return read_out(context, opts_value(&context->opts, "read"));
	check_merging(context);
	settle_report(&journal->diag, journal->dir, context->arena);
	query_report(journal, context->today, context->arena);
	review_report_both_kept(journal, context->arena);
	twins_report(journal);
	survey_report(journal, context->arena);
	diag_sort(&journal->diag);
	struct counts counts = count(&journal->diag);
	if (opts_has(&context->opts, "json"))
		print_findings_json(context, counts);
	else
		print_findings(context, counts);
	return counts.errors ? EXIT_PROBLEM : EXIT_FINE;
}

const struct command command_check = {
    .name = "check",
    .group = GROUP_JOURNAL,
    .needs = NEEDS_CONTACTS,
    .summary = "say what in the journal cannot be read or understood",
    .usage = "",
    .text = "Prints every finding, one a line, with its place. The exit status is 1\n"
	    "where one of them is an error; warnings, hints and people who are due are\n"
	    "none. Notes and folders that are passed over, and why, are named by -v:\n"
	    "those whose names begin with a dot or _, templates, copies that a sync\n"
	    "program made, what is about a folder (README), and what `ignore` or `only`\n"
	    "in kith.yaml leaves out.\n",
    .options =
	{
	    {"verbose", NULL, "name what is passed over, too", 'v'},
	    {"read", "WHO", "print line by line what one file was taken for, and what was left", 0},
	    {"json", NULL, "print JSON", 0},
	},
    .examples =
	{
	    {"kith check",
	     "every finding, as path:line:column: error, warning or hint: what is wrong"},
	    {"kith check --read ada", "what each line of her file is to kith"},
	    {"vim -q <(kith check)", "step through the findings in an editor"},
	},
    .own_findings = true,
    .run = cmd_check,
};
