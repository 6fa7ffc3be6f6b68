/* QUERY on a command line: what the words of a command ask for. */
#ifndef KITH_CMD_QUERY_H
#define KITH_CMD_QUERY_H

#include "command.h"
#include "insight/query.h"
#include "report/table.h"

/* `--explain`, a flag of each command that takes a query. */
#define QUERY_EXPLAIN                                                                              \
	{                                                                                          \
		"explain", NULL, "say how the query is understood, and no more", 0                 \
	}

/*
 * Reads the words from `from` on, with the journal that the context has. EXIT_FINE; else
 * EXIT_USAGE, after showing where they are wrong. Where --explain is given it explains, and
 * *explained is true: nothing is left to do. It may not sort: what is asked for has an order of its
 * own.
 */
int query_of_words(struct context *context, struct query *out, size_t from, bool *explained);
/* The same of one text, which may sort. */
int query_of_text(struct context *context, struct query *out, struct str text, bool *explained);
/* As query_of_words, of one text, whose words alone are looked for in notes and entries. */
int query_of_search(struct context *context, struct query *out, struct str text, bool *explained);

/* Shows a query with a mark where it is wrong. */
void query_show_error(struct context *context, struct str text, const struct kith_error *err);

/* `--format`, `--json`, `--columns`, of those that list. */
#define FORMAT_OPTIONS                                                                             \
	{"columns", "KEY,...", "what to show: keys, as `kith help query` has them", 0},            \
	{                                                                                          \
		"format", "HOW", "table, plain, csv, tsv, json or ndjson (a JSON a line)", 0       \
	}

enum list_format {
	LIST_TABLE,
	LIST_PLAIN,
	LIST_CSV,
	LIST_TSV,
	LIST_JSON,
	LIST_NDJSON,
};

/* By that; NULL ends them. */
extern const char *const format_names[];

/* What --format says, or --json. EXIT_FINE, or EXIT_USAGE after saying what is wrong. */
int format_of(struct context *context, enum list_format *format);
/* Writes a list of models, which it takes: {today, NAME: list} for LIST_JSON, or LIST_NDJSON. */
void format_models(struct context *context, enum list_format format, const char *name,
		   json_t *list);
/* As a format of the others. */
static inline enum table_format format_of_table(enum list_format format)
{
	return (enum table_format)format;
}

#endif
