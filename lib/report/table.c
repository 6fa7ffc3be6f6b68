#include "report/table.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "report/escape.h"

/* Blanks between two columns. */
#define GAP 2
/* Before what stands on a line of its own. */
#define INDENT 4
/* Without a limit longer cells run over, lest one long cell pads all the others. */
#define PAD_MAX 72

static const char *role_code(enum role role)
{
	static const char *const codes[] = {
	    [ROLE_PLAIN] = "",          [ROLE_STRONG] = "\033[1m", [ROLE_DIM] = "\033[2m",
	    [ROLE_WRONG] = "\033[31m",  [ROLE_SOON] = "\033[33m",  [ROLE_GOOD] = "\033[32m",
	    [ROLE_COMMAND] = "\033[36m"};
	return codes[role];
}

void role_add(struct buf *b, enum role role, struct str s, bool color)
{
	bool coded = color && s.n && role != ROLE_PLAIN;
	if (coded)
		buf_addz(b, role_code(role));
	buf_add(b, s);
	if (coded)
		buf_addz(b, "\033[0m");
}

void table_init(struct table *table, const struct table_column *columns, size_t count)
{
	*table =
	    (struct table){.columns = columns,
			   .columns_count = count < TABLE_COLUMNS_MAX ? count : TABLE_COLUMNS_MAX};
	arena_init(&table->arena);
}

void table_release(struct table *table)
{
	free(table->cells);
	arena_release(&table->arena);
	*table = (struct table){0};
}

void table_add(struct table *table, struct str text, enum role role)
{
	struct str line = text.n ? text_line(text, &table->arena) : STR("");
	table->cells = mem_grow(table->cells, table->count, &table->cap, sizeof(*table->cells));
	table->cells[table->count++] =
	    (struct table_cell){.text = line, .role = role, .width = text_width(line)};
}

void table_link(struct table *table, struct str file)
{
	table->cells[table->count - 1].file = file;
}

/* How wide each column is drawn; 0 for one that is left out. */
struct layout {
	size_t width[TABLE_COLUMNS_MAX];
	bool cuts; /* what is wider */
	/* The column that stands on a line of its own; TABLE_COLUMNS_MAX: none does. */
	size_t below;
};

static bool has_headings(const struct table *table)
{
	for (size_t c = 0; c < table->columns_count; c++)
		if (table->columns[c].heading)
			return true;
	return false;
}

/* What the cells ask for; a column without any text takes nothing, whatever its heading. */
static void measure(const struct table *table, struct layout *layout)
{
	*layout = (struct layout){.below = TABLE_COLUMNS_MAX};
	for (size_t i = 0; i < table->count; i++) {
		size_t *width = &layout->width[i % table->columns_count];
		if (table->cells[i].width > *width)
			*width = table->cells[i].width;
	}
	for (size_t c = 0; c < table->columns_count; c++) {
		const char *heading = table->columns[c].heading;
		size_t width = heading ? text_width(str_of(heading)) : 0;
		if (layout->width[c] && width > layout->width[c])
			layout->width[c] = width;
	}
}

static size_t total(const struct table *table, const struct layout *layout)
{
	size_t sum = table->indent, columns = 0;
	for (size_t c = 0; c < table->columns_count; c++) {
		sum += layout->width[c];
		columns += layout->width[c] > 0;
	}
	return sum + (columns > 1 ? (columns - 1) * GAP : 0);
}

/* Cuts the widest columns, evenly, until the rest fits or each is at its least. */
static void shrink(const struct table *table, struct layout *layout, size_t width)
{
	for (size_t c = 0; c < table->columns_count; c++) {
		size_t least = table->columns[c].min;
		size_t most = width > least ? width : least;
		if (least && layout->width[c] > most)
			layout->width[c] = most;
	}
	for (size_t over = total(table, layout); over > width; over--) {
		size_t widest = TABLE_COLUMNS_MAX;
		for (size_t c = 0; c < table->columns_count; c++)
			if (table->columns[c].min && layout->width[c] > table->columns[c].min &&
			    (widest == TABLE_COLUMNS_MAX ||
			     layout->width[c] >= layout->width[widest]))
				widest = c;
		if (widest == TABLE_COLUMNS_MAX)
			return;
		layout->width[widest]--;
	}
}

/* Which column goes next, of those that are there; TABLE_COLUMNS_MAX for none. */
static size_t next_to_drop(const struct table *table, const struct layout *layout)
{
	size_t found = TABLE_COLUMNS_MAX;
	for (size_t c = 0; c < table->columns_count; c++)
		if (layout->width[c] && table->columns[c].drop > 0 &&
		    (found == TABLE_COLUMNS_MAX ||
		     table->columns[c].drop > table->columns[found].drop))
			found = c;
	return found;
}

/* The last of several, where it may be cut; else TABLE_COLUMNS_MAX. */
static size_t last_column(const struct table *table, const struct layout *layout)
{
	size_t last = TABLE_COLUMNS_MAX, columns = 0;
	for (size_t c = 0; c < table->columns_count; c++) {
		last = layout->width[c] ? c : last;
		columns += layout->width[c] > 0;
	}
	return columns > 1 && table->columns[last].min ? last : TABLE_COLUMNS_MAX;
}

static void fit(const struct table *table, struct layout *layout, size_t width)
{
	struct layout natural;
	measure(table, &natural);
	natural.cuts = width > 0;
	*layout = natural;
	for (size_t c = 0; c < table->columns_count && width == 0; c++)
		if (layout->width[c] > PAD_MAX)
			layout->width[c] = PAD_MAX;
	while (width > 0) {
		*layout = natural;
		shrink(table, layout, width);
		size_t dropped = next_to_drop(table, &natural);
		if (total(table, layout) <= width || natural.below < TABLE_COLUMNS_MAX)
			return;
		if (dropped == TABLE_COLUMNS_MAX)
			natural.below = dropped = last_column(table, &natural);
		if (dropped == TABLE_COLUMNS_MAX)
			return;
		natural.width[dropped] = 0;
	}
}

static void add_cut(struct buf *out, struct str text, enum role role, bool color)
{
	struct buf cut;
	buf_init(&cut, 0);
	buf_add(&cut, text);
	buf_addz(&cut, "…");
	role_add(out, role, buf_str(&cut), color);
	buf_release(&cut);
}

/* Behind a word, where that leaves a third of what there is room for with `…`. */
static struct str cut_text(struct str text, size_t width)
{
	struct str cut = text_fit(text, width - 1);
	size_t end = cut.n;
	while (end > 0 && end < text.n && text.p[end] != ' ')
		end--;
	bool enough = text_width(str_upto(cut, end)) * 3 >= width;
	return str_rtrim(enough ? str_upto(cut, end) : cut);
}

static void begin_link(struct buf *out, struct str folder, struct str file)
{
	buf_addz(out, "\033]8;;");
	buf_add(out, folder);
	escape_path(out, file, true);
	buf_addz(out, "\033\\");
}

/* *pending: the blanks owed before the next text, so that none end a line. */
static void draw_cell(const struct table *table, const struct layout *layout, size_t column,
		      const struct table_cell *cell, bool color, size_t *pending, struct buf *out)
{
	struct str text = cell->text;
	size_t width = layout->width[column];
	bool cut = layout->cuts && cell->width > width;
	if (cut)
		text = cut_text(text, width);
	size_t used = cut ? text_width(text) + 1 : cell->width;
	size_t blanks = used < width ? width - used : 0;
	size_t right = table->columns[column].right && used ? blanks : 0;
	bool linked = used && color && table->links.n && cell->file.n;
	if (used)
		buf_fill(out, ' ', *pending + right);
	if (linked)
		begin_link(out, table->links, cell->file);
	if (cut)
		add_cut(out, text, cell->role, color);
	else
		role_add(out, cell->role, text, color);
	if (linked)
		buf_addz(out, "\033]8;;\033\\");
	*pending = (used ? 0 : *pending) + blanks - right + GAP;
}

static void draw_row(const struct table *table, const struct layout *layout,
		     const struct table_cell *cells, size_t count, bool color, struct buf *out)
{
	size_t pending = table->indent;
	for (size_t c = 0; c < count; c++)
		if (layout->width[c] && c != layout->below)
			draw_cell(table, layout, c, &cells[c], color, &pending, out);
	buf_addc(out, '\n');
	if (layout->below >= count || cells[layout->below].width == 0)
		return;
	pending = table->indent + INDENT;
	draw_cell(table, layout, layout->below, &cells[layout->below], color, &pending, out);
	buf_addc(out, '\n');
}

static void draw_headings(const struct table *table, const struct layout *layout, bool color,
			  struct buf *out)
{
	struct table_cell cells[TABLE_COLUMNS_MAX];
	for (size_t c = 0; c < table->columns_count; c++) {
		const char *heading = table->columns[c].heading;
		struct str text = heading ? str_of(heading) : STR("");
		cells[c] =
		    (struct table_cell){.text = text, .role = ROLE_DIM, .width = text_width(text)};
	}
	draw_row(table, layout, cells, table->columns_count, color, out);
}

static void render_rows(const struct table *table, size_t width, bool color, bool headings,
			struct buf *out)
{
	struct layout layout;
	size_t columns = table->columns_count;
	if (table->count == 0 || columns == 0)
		return;
	fit(table, &layout, width);
	if (layout.below < columns)
		layout.width[layout.below] =
		    width > table->indent + INDENT + 1 ? width - table->indent - INDENT : 1;
	if (headings && has_headings(table))
		draw_headings(table, &layout, color, out);
	for (size_t i = 0; i < table->count; i += columns) {
		size_t left = table->count - i;
		draw_row(table, &layout, table->cells + i, left < columns ? left : columns, color,
			 out);
	}
}

void table_render(const struct table *table, size_t width, bool color, struct buf *out)
{
	render_rows(table, width, color, true, out);
}

static void add_quoted_cell(struct buf *out, struct str text)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			buf_addc(out, '"');
		buf_addc(out, text.p[i]);
	}
	buf_addc(out, '"');
}

static void add_separated(const struct table *table, size_t column, struct str text, char between,
			  struct buf *out)
{
	bool quoted = between == ',' &&
		      (str_find_char(text, ',') < text.n || str_find_char(text, '"') < text.n);
	if (quoted)
		add_quoted_cell(out, text);
	else
		buf_add(out, text);
	buf_addc(out, column + 1 < table->columns_count ? between : '\n');
}

void table_write(const struct table *table, enum table_format format, size_t width, bool color,
		 struct buf *out)
{
	if (format == TABLE_FITTED || format == TABLE_PLAIN) {
		render_rows(table, format == TABLE_FITTED ? width : 0,
			    color && format == TABLE_FITTED, format == TABLE_FITTED, out);
		return;
	}
	char between = format == TABLE_CSV ? ',' : '\t';
	for (size_t c = 0; c < table->columns_count && has_headings(table); c++)
		add_separated(table, c, str_of(table->columns[c].heading), between, out);
	for (size_t i = 0; i < table->count; i++)
		add_separated(table, i % table->columns_count, table->cells[i].text, between, out);
}
