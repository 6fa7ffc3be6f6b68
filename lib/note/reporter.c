#include "note/reporter.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/date.h"
#include "base/text.h"
#include "base/utf8.h"
#include "note/span.h"

#define MOST_OF_ONE_FILE 50

void reporter_init(struct reporter *r, struct str image, struct str path, struct diag *diag)
{
	*r = (struct reporter){.image = image, .path = path, .diag = diag};
}

struct reporter reporter_quiet(struct str image)
{
	return (struct reporter){.image = image, .path = STR("")};
}

static void report(struct reporter *r, enum severity severity, size_t offset, const char *format,
		   va_list args) __attribute__((__format__(__printf__, 4, 0)));

static void report(struct reporter *r, enum severity severity, size_t offset, const char *format,
		   va_list args)
{
	char text[1024];
	if (r->told > MOST_OF_ONE_FILE)
		return;
	bool last = r->told++ == MOST_OF_ONE_FILE;
	if (!r->diag)
		return;
	struct place place = span_place(r->image, offset);
	text[0] = '\0';
	if (last)
		snprintf(text, sizeof(text),
			 "more is wrong from here on; mend what stands above first");
	else
		vsnprintf(text, sizeof(text), format, args);
	struct str whole = utf8_whole(str_of(text));
	diag_add(r->diag, severity, r->path, place.line, place.column, "%.*s", STR_ARG(whole));
	if (r->check)
		r->diag->items[r->diag->count - 1].check = r->check;
}

void report_error(struct reporter *r, size_t offset, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	report(r, SEVERITY_ERROR, offset, format, args);
	va_end(args);
}

void report_warning(struct reporter *r, size_t offset, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	report(r, SEVERITY_WARNING, offset, format, args);
	va_end(args);
}

bool report_wrong_date(struct reporter *r, size_t offset, enum date_result result,
		       struct str written)
{
	civil_day day;
	if (result == DATE_IMPOSSIBLE)
		report_error(r, offset, "there is no such day as %.*s",
			     STR_ARG(text_upto(written, 40)));
	if (result != DATE_AMBIGUOUS || date_parse_all(written, &day) != DATE_AMBIGUOUS)
		return result == DATE_IMPOSSIBLE || result == DATE_AMBIGUOUS;
	struct ymd first = day_to_ymd(day);
	report_error(r, offset, "\"%.*s\" reads two ways: write %04d-%02d-%02d or %04d-%02d-%02d",
		     STR_ARG(written), first.year, first.month, first.day, first.year, first.day,
		     first.month);
	return true;
}
