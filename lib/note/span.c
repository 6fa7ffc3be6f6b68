#include "note/span.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"

struct place span_place(struct str image, size_t offset)
{
	struct str before = str_upto(image, offset);
	struct place place = {1, 1};
	/* A byte-order mark takes no column. */
	if (str_starts(before, STR("\xEF\xBB\xBF")))
		before = str_from(before, 3);
	for (size_t end; before.n && str_begins_line(before, end = str_full_line(before));
	     place.line++)
		before = str_from(before, end);
	place.column = (int)text_length(before) + 1;
	return place;
}

int span_fail(struct kith_error *err, enum kith_status status, struct str image, size_t offset,
	      const char *format, ...)
{
	char text[1024];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return kith_fail_line(err, status, span_place(image, offset).line, "%s", text);
}
