#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"

void diag_init(struct diag *d, struct arena *arena)
{
	*d = (struct diag){.arena = arena};
}

void diag_release(struct diag *d)
{
	free(d->items);
	*d = (struct diag){0};
}

static void push_finding(struct diag *d, struct finding finding)
{
	d->items = mem_grow(d->items, d->count, &d->cap, sizeof(*d->items));
	d->items[d->count++] = finding;
}

void diag_add(struct diag *d, enum severity severity, struct str path, int line, int column,
	      const char *format, ...)
{
	char text[1024];
	va_list args;
	va_start(args, format);
	int n = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	struct str message = {text, n < 0 ? 0 : (size_t)n};
	/* A cut in the middle of a character would leave bytes that no printer takes. */
	if (message.n >= sizeof(text))
		message = utf8_whole((struct str){text, sizeof(text) - 1});
	push_finding(d, (struct finding){.path = path,
					 .line = line,
					 .column = column,
					 .severity = severity,
					 .check = d->check,
					 .message = arena_str(d->arena, message)});
}

void diag_append(struct diag *d, const struct diag *from)
{
	for (size_t i = 0; i < from->count; i++)
		push_finding(d, from->items[i]);
}

/* By place; equal ones by where they stand now, for qsort keeps no order. */
static int compare_findings(const void *x, const void *y)
{
	const struct finding *a = *(const struct finding *const *)x;
	const struct finding *b = *(const struct finding *const *)y;
	int order = str_cmp(a->path, b->path);
	if (order)
		return order;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return (a > b) - (a < b);
}

void diag_sort(struct diag *d)
{
	const struct finding **order = mem_zalloc(d->count, sizeof(const struct finding *));
	struct finding *sorted = mem_zalloc(d->cap, sizeof(*sorted));
	for (size_t i = 0; i < d->count; i++)
		order[i] = &d->items[i];
	if (d->count)
		qsort(order, d->count, sizeof(*order), compare_findings);
	for (size_t i = 0; i < d->count; i++)
		sorted[i] = *order[i];
	free(order);
	free(d->items);
	d->items = sorted;
}

void diag_keep_note(struct diag *d, struct str path)
{
	size_t kept = 0;
	for (size_t i = 0; i < d->count; i++)
		if (str_eq(d->items[i].path, path) || !str_ends(d->items[i].path, STR(".md")))
			d->items[kept++] = d->items[i];
	d->count = kept;
}

static bool is_found_by(const struct finding *finding, const char *const *checks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (finding->check && strcmp(finding->check, checks[i]) == 0)
			return true;
	return false;
}

void diag_keep_checks(struct diag *d, const char *const *checks, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < d->count; i++)
		if (is_found_by(&d->items[i], checks, count))
			d->items[kept++] = d->items[i];
	d->count = kept;
}

void diag_drop_hints(struct diag *d)
{
	size_t kept = 0;
	for (size_t i = 0; i < d->count; i++)
		if (d->items[i].severity != SEVERITY_HINT)
			d->items[kept++] = d->items[i];
	d->count = kept;
}

bool diag_has_error(const struct diag *d)
{
	for (size_t i = 0; i < d->count; i++)
		if (d->items[i].severity == SEVERITY_ERROR)
			return true;
	return false;
}

const char *severity_name(enum severity severity)
{
	static const char *const names[] = {"hint", "warning", "error"};
	return names[severity];
}
