/* Lines of a page, for parsing it and for merging two: indentation, bullets. */
#ifndef KITH_REPORT_PAGE_LINE_H
#define KITH_REPORT_PAGE_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* In columns, with a tab's stop at every fourth (CommonMark 0.30, 2.2). */
static inline size_t line_indent(struct str line)
{
	size_t columns = 0;
	for (size_t i = 0; i < line.n && str_is_blank_char(line.p[i]); i++)
		columns += line.p[i] == '\t' ? 4 - columns % 4 : 1;
	return columns;
}

static inline bool line_is_blank(struct str line)
{
	return str_trim(line).n == 0;
}

/* Past a bullet at the very start and the blanks after it; s itself where there is none. */
static inline struct str line_after_bullet(struct str s)
{
	bool bullet = s.n > 1 && (s.p[0] == '-' || s.p[0] == '*' || s.p[0] == '+');
	return bullet && str_is_blank_char(s.p[1]) ? str_ltrim_blanks(str_from(s, 1)) : s;
}

/* Whether the line is an item's first, with a bullet or a number. */
static inline bool line_has_bullet(struct str line)
{
	struct str s = str_ltrim_blanks(line);
	size_t digits = 0;
	while (digits < s.n && str_is_digit(s.p[digits]))
		digits++;
	if (digits == 0)
		return line_after_bullet(s).n < s.n;
	s = str_from(s, digits);
	return s.n > 1 && (s.p[0] == '.' || s.p[0] == ')') && str_is_blank_char(s.p[1]);
}

#endif
