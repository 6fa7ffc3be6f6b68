#include "note/span.h"

#include "base/text.h"

struct place span_place(struct str image, size_t offset)
{
	struct str before = str_upto(image, offset);
	struct place place = {1, 1};
	/* A byte-order mark takes no column. */
	if (str_starts(before, STR("\xEF\xBB\xBF")))
		before = str_from(before, 3);
	for (size_t end; (end = str_find_char(before, '\n')) < before.n; place.line++)
		before = str_from(before, end + 1);
	place.column = (int)text_length(before) + 1;
	return place;
}
