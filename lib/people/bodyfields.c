#include "people/bodyfields.h"

/* In bytes, with its marks; what is longer before a colon or a bar is text. */
#define LONGEST_BODY_KEY 48

static bool is_bold_mark(struct str s)
{
	return str_starts(s, STR("**")) || str_starts(s, STR("__"));
}

/* Without the bold marks around it; *bold: they were there. */
static struct str plain_cell(struct str cell, bool *bold)
{
	cell = str_trim(cell);
	*bold = cell.n > 4 && is_bold_mark(cell) && is_bold_mark(str_from(cell, cell.n - 2));
	return *bold ? str_trim(str_slice(cell, 2, cell.n - 2)) : cell;
}

static struct str without_colon(struct str key)
{
	key = str_trim(key);
	return str_ends(key, STR(":")) ? str_rtrim(str_upto(key, key.n - 1)) : key;
}

/* `<ada@x.y>` and `[ada@x.y](mailto:ada@x.y)` are what stands in the brackets. */
static struct str unlinked_value(struct str value)
{
	size_t close = str_find(value, STR("](mailto:"));
	close = close < value.n ? close : str_find(value, STR("](tel:"));
	if (str_at(value, 0) == '[' && close < value.n && value.p[value.n - 1] == ')')
		return str_slice(value, 1, close);
	bool angles = value.n > 2 && value.p[0] == '<' && value.p[value.n - 1] == '>';
	return angles ? str_slice(value, 1, value.n - 1) : value;
}

static struct span span_of(struct str image, struct str text)
{
	size_t from = (size_t)(text.p - image.p);
	return (struct span){from, from + text.n};
}

/* `| Key | value |`, of two cells. */
static bool read_row(struct str line, struct str *key, struct str *value, enum body_form *form)
{
	struct str cells = str_from(line, 1);
	size_t bar = str_find_char(cells, '|'), end;
	bool bold, ignored;
	if (bar >= LONGEST_BODY_KEY || bar == cells.n)
		return false;
	*key = without_colon(plain_cell(str_upto(cells, bar), &bold));
	struct str rest = str_from(cells, bar + 1);
	for (end = 0;
	     end < rest.n && !(rest.p[end] == '|' && (end == 0 || rest.p[end - 1] != '\\'));)
		end++;
	*value = plain_cell(str_upto(rest, end), &ignored);
	*form = bold ? BODY_BOLD : BODY_PLAIN;
	return str_trim(str_from(rest, end + 1)).n == 0;
}

/* `key:: value`, `**Key**: value`, `**Key:** value`, `Key: value`. */
static bool read_pair(struct str line, struct str *key, struct str *value, enum body_form *form)
{
	size_t colon = str_find_char(str_upto(line, LONGEST_BODY_KEY), ':');
	if (colon >= LONGEST_BODY_KEY || colon >= line.n)
		return false;
	bool bold = is_bold_mark(line), twice = str_at(line, colon + 1) == ':';
	struct str after = str_from(line, colon + 1 + twice);
	*key = str_slice(line, bold ? 2 : 0, colon);
	if (bold && key->n > 2 && is_bold_mark(str_from(*key, key->n - 2)))
		key->n -= 2;
	else if (bold && is_bold_mark(after))
		after = str_from(after, 2);
	else if (bold)
		return false;
	*key = str_trim(*key);
	*value = str_trim(after);
	*form = twice ? BODY_DOUBLE : bold ? BODY_BOLD : BODY_PLAIN;
	return after.n == 0 || str_is_space_char(after.p[0]);
}

/* What stands in the brackets around a whole line: `[birthday:: 1984-11-26]`. */
static struct str unbracketed(struct str line)
{
	char close = str_at(line, 0) == '[' ? ']' : str_at(line, 0) == '(' ? ')' : '\0';
	bool whole = close && line.n > 4 && line.p[line.n - 1] == close && line.p[1] != '[';
	return whole && str_find(line, STR("::")) < line.n ? str_slice(line, 1, line.n - 1) : line;
}

static bool is_delimiter_row(struct str line)
{
	line = str_trim(line);
	for (size_t i = 0; i < line.n; i++)
		if (str_find_char(STR("|-: "), line.p[i]) == 4)
			return false;
	return line.n > 2 && str_find(line, STR("--")) < line.n;
}

void bodyfields_each(struct str image, const struct block *paragraph, size_t plain,
		     found_body_field *found, void *context)
{
	struct str rest = str_slice(image, paragraph->start, paragraph->end), raw;
	for (size_t n = 0; str_next_line(&rest, &raw); n++) {
		struct body_field field;
		struct str line = str_trim(raw), value;
		char c = str_at(line, 0), next = str_at(line, 1);
		/* A task, a link, most prose: looked at first. */
		if (!str_is_alpha(c) && (unsigned char)c < 0x80 && c != '|' && c != '*' &&
		    c != '_' && (c != '[' || next == '[' || !str_is_alpha(next)) && c != '(')
			continue;
		bool row = c == '|';
		if (!(row ? read_row(line, &field.key, &value, &field.form)
			  : read_pair(unbracketed(line), &field.key, &value, &field.form)))
			continue;
		struct str below = rest, delimiter;
		if (row && str_next_line(&below, &delimiter) && is_delimiter_row(delimiter))
			continue;
		if (!field.key.n || !value.n || (field.form == BODY_PLAIN && !row && n >= plain))
			continue;
		field.value = span_of(image, unlinked_value(value));
		field.line = (struct span){(size_t)(raw.p - image.p), (size_t)(rest.p - image.p)};
		found(context, &field);
	}
}
