#include "change/section.h"

#include "base/search.h"
#include "people/contact.h"

bool section_is_log(const struct note *note, const struct block *heading,
		    const struct config *config, struct arena *arena)
{
	return contact_log_kind(span_str(note->image, heading->content), config, arena) == LOG_ALL;
}

int section_level(const struct note *note)
{
	int level = 0;
	bool title = false;
	for (size_t i = 0; i < note->blocks.count; i++) {
		const struct block *b = &note->blocks.items[i];
		if (b->kind != BLOCK_HEADING)
			continue;
		if (b->level == 1 && !title)
			title = true;
		else if (level == 0 || b->level < level)
			level = b->level;
	}
	return level ? level : 2;
}

size_t section_line(const struct note *note, size_t at)
{
	size_t start = str_line_start(note->image, at);
	return start > note->body ? start : at < note->body ? at : note->body;
}

size_t section_next_line(struct str image, size_t at)
{
	return str_begins_line(image, at) ? at : at + str_full_line(str_from(image, at));
}

static bool is_blank_line(struct str image, size_t at)
{
	struct str rest = str_from(image, at), line;
	return !str_next_line(&rest, &line) || str_trim(line).n == 0;
}

size_t section_blanks_before(const struct note *note, size_t at)
{
	size_t count = 0;
	while (at > note->body) {
		at = section_line(note, at - 1);
		if (at < note->body || !is_blank_line(note->image, at))
			break;
		count++;
	}
	return count;
}

/* What underlines a heading: `====` or `----`. */
static bool is_underline(struct str line)
{
	line = str_trim(line);
	size_t n = 0;
	while (n < line.n && (line.p[n] == '=' || line.p[n] == '-'))
		n++;
	return n > 0 && n == line.n;
}

/* The line below a heading's own. The text may have several lines before it is underlined. */
static size_t line_below(const struct note *note, const struct block *heading)
{
	size_t at = section_next_line(note->image, heading->content.to);
	bool underlined = note->image.p[heading->start] != '#';
	for (struct str rest = str_from(note->image, at), line;
	     underlined && str_next_line(&rest, &line); underlined = !is_underline(line))
		at = note->image.n - rest.n;
	return at;
}

bool section_is_airy(const struct note *note)
{
	size_t airy = 0, tight = 0;
	for (size_t i = 0; i < note->blocks.count; i++) {
		const struct block *b = &note->blocks.items[i];
		if (b->kind != BLOCK_HEADING || b->start >= b->end)
			continue;
		size_t at = line_below(note, b);
		if (at >= b->end)
			continue;
		if (is_blank_line(note->image, at))
			airy++;
		else
			tight++;
	}
	return airy > tight;
}

struct span section_own(const struct note *note, const struct block *heading)
{
	struct span own = {heading->start, heading->end};
	const struct block *end = note->blocks.items + note->blocks.count;
	for (const struct block *b = heading + 1; b < end && b->start < own.to; b++)
		if (b->kind == BLOCK_HEADING)
			own.to = section_line(note, b->start);
	struct str text = str_rtrim(span_str(note->image, own));
	own.to = section_next_line(note->image, own.from + text.n);
	return own;
}

/* How many columns wide blanks and marks at a line's start are, with tabs of four. */
static size_t columns_of(struct str s)
{
	size_t column = 0;
	for (size_t i = 0; i < s.n; i++)
		column += s.p[i] == '\t' ? 4 - column % 4 : 1;
	return column;
}

static struct item_style item_style_of(struct str lead, struct arena *arena)
{
	size_t blank = str_blanks(lead);
	struct str before = str_upto(lead, blank);
	size_t width = columns_of(lead) - columns_of(before);
	return (struct item_style){lead,
				   arena_printf(arena, "%.*s%*s", STR_ARG(before), (int)width, "")};
}

bool section_item_style(struct item_style *out, const struct note *note, const struct block *item,
			struct arena *arena)
{
	size_t line = section_line(note, item->start);
	struct str before = str_slice(note->image, line, item->start);
	/* An item without text, or with text on the next line, has no blank to copy. */
	struct str lead = str_slice(note->image, line, item->content.from);
	if (str_ltrim_blanks(before).n || item->content.from == item->content.to || lead.n > 40)
		return false;
	*out = item_style_of(lead, arena);
	return true;
}

struct item_style section_any_style(const struct note *note, struct arena *arena)
{
	struct item_style style;
	for (size_t i = 0; i < note->blocks.count; i++) {
		const struct block *b = &note->blocks.items[i];
		if (b->kind == BLOCK_ITEM && b->level == 1 &&
		    !str_is_digit(note->image.p[b->start]) &&
		    section_item_style(&style, note, b, arena))
			return style;
	}
	return item_style_of(STR("- "), arena);
}

/* Lines joined by LF, with the file's line ends in their place. */
static void add_with_ends(struct buf *b, struct str text, struct str eol)
{
	struct str line;
	for (bool first = true; str_next_line(&text, &line); first = false) {
		if (!first)
			buf_add(b, eol);
		buf_add(b, line);
	}
}

static void add_times(struct buf *b, struct str s, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_add(b, s);
}

/* Whether a line of text would be taken for more of the item that comes to stand above it. */
static bool is_drawn_in(const struct note *note, size_t at)
{
	if (is_blank_line(note->image, at))
		return false;
	struct str line = str_ltrim_blanks(str_from(note->image, at));
	size_t start = note->image.n - line.n;
	for (size_t i = 0; i < note->blocks.count && note->blocks.items[i].start <= start; i++) {
		const struct block *b = &note->blocks.items[i];
		if (b->start == start)
			return b->kind == BLOCK_PARAGRAPH ||
			       (b->kind == BLOCK_HEADING && line.p[0] != '#');
	}
	/* Quotes, code and rules begin something of their own. */
	return !memchr(">`~*-_", line.p[0], 6);
}

/* Whether the line that ends at the file's end has no line end. */
static bool is_unfinished(const struct note *note, size_t at)
{
	if (at < note->image.n || str_begins_line(note->image, at))
		return false;
	return note->has_front || at > note->body;
}

struct splice section_splice(const struct note *note, const struct section_piece *piece,
			     struct arena *arena)
{
	struct buf b;
	struct str eol = splice_line_end(note->image, piece->at);
	bool unfinished = is_unfinished(note, piece->at);
	buf_init(&b, 0);
	add_times(&b, eol, piece->before + unfinished);
	if (piece->heading.n) {
		buf_add(&b, piece->heading);
		add_times(&b, eol, 1 + (size_t)piece->airy);
	}
	add_with_ends(&b, piece->text, eol);
	size_t after = piece->after ? piece->after : is_drawn_in(note, piece->at);
	add_times(&b, eol, unfinished ? 0 : 1 + after);
	struct splice splice = {{piece->at, piece->at}, arena_str(arena, buf_str(&b))};
	buf_release(&b);
	return splice;
}

struct section_piece section_at_end(const struct note *note, struct str heading)
{
	size_t end = note->image.n;
	bool unfinished = is_unfinished(note, end);
	bool blank = end == note->body ? !note->has_front
				       : !unfinished && section_blanks_before(note, end) > 0;
	return (struct section_piece){
	    .at = end, .before = !blank, .heading = heading, .airy = section_is_airy(note)};
}

/* The last item at the end of a text that ends there; NULL where something else stands last. */
static const struct block *last_item_before(const struct note *note, const struct block *heading,
					    size_t end)
{
	const struct block *last = NULL;
	for (size_t i = (size_t)(heading - note->blocks.items) + 1; i < note->blocks.count; i++) {
		const struct block *b = &note->blocks.items[i];
		if (b->start >= end)
			break;
		if (b->kind == BLOCK_ITEM && b->level == 1)
			last = b;
		else if (!b->nested && b->kind != BLOCK_ITEM)
			last = NULL;
	}
	return last && section_next_line(note->image, last->end) == end ? last : NULL;
}

struct section_piece section_after_text(const struct note *note, const struct block *heading,
					struct item_style *style, struct arena *arena)
{
	struct span own = section_own(note, heading);
	const struct block *last = last_item_before(note, heading, own.to);
	struct section_piece piece = {.at = own.to};
	*style = section_any_style(note, arena);
	if (own.to <= line_below(note, heading))
		piece.before = section_is_airy(note);
	else if (!last || !section_item_style(style, note, last, arena))
		piece.before = 1;
	return piece;
}

struct str section_heading(int level, struct str name, struct arena *arena)
{
	return arena_printf(arena, "%.*s %.*s", level, "######", STR_ARG(name));
}

struct str section_item(struct item_style style, struct str first, struct str further,
			struct arena *arena)
{
	struct str line;
	struct buf b;
	buf_init(&b, 0);
	buf_add(&b, style.lead);
	buf_add(&b, first);
	while (str_next_line(&further, &line)) {
		buf_addc(&b, '\n');
		if (str_trim(line).n)
			buf_add(&b, style.indent);
		buf_add(&b, line);
	}
	return arena_take(arena, &b);
}

/* ---- as it stands in another file ---- */

bool section_is_alone(const struct note *note, const struct block *block)
{
	size_t line = section_line(note, block->start);
	return str_ltrim_blanks(str_slice(note->image, line, block->start)).n == 0;
}

/* The column in which an item's own text begins, as CommonMark reckons it. */
static size_t item_indentation(const struct note *note, const struct block *item)
{
	size_t line = section_line(note, item->start), mark = item->start;
	while (mark < item->content.from && !str_is_blank_char(note->image.p[mark]))
		mark++;
	size_t ends = columns_of(str_slice(note->image, line, mark));
	size_t begins = columns_of(str_slice(note->image, line, item->content.from));
	return begins > ends + 4 ? ends + 1 : begins;
}

/* A line without so many columns of blanks; of a tab that is cut, blanks are left. */
static void add_dedented(struct buf *b, struct str line, size_t indentation)
{
	size_t column = 0, i = 0;
	while (i < line.n && column < indentation && str_is_blank_char(line.p[i]))
		column += line.p[i++] == '\t' ? 4 - column % 4 : 1;
	for (; column > indentation; column--)
		buf_addc(b, ' ');
	buf_add(b, str_from(line, i));
}

/* The first block that begins at the offset or after it. */
static size_t block_from(const struct note *note, size_t offset)
{
	size_t at;
	LOWER_BOUND(at, note->blocks.count, note->blocks.items[at].start < offset);
	return at;
}

/* The smallest level of the headings that begin in a stretch; 0 for none. */
static int section_top_level(const struct note *note, struct span at)
{
	int level = 0;
	for (size_t i = block_from(note, at.from); i < note->blocks.count; i++) {
		const struct block *b = &note->blocks.items[i];
		if (b->start >= at.to)
			break;
		if (b->kind == BLOCK_HEADING && (level == 0 || b->level < level))
			level = b->level;
	}
	return level;
}

/* A heading's line some levels below; an underlined one loses the line under it. */
static void add_lower_heading(struct buf *b, const struct note *note, const struct block *heading,
			      struct str line, int down, struct str *rest)
{
	struct str after = *rest, under;
	int level = heading->level + down < 6 ? heading->level + down : 6;
	bool marked = note->image.p[heading->start] == '#';
	if (!marked && (!str_next_line(&after, &under) || !is_underline(under))) {
		buf_add(b, line);
		return;
	}
	buf_fill(b, '#', (size_t)level);
	if (!marked) {
		buf_addc(b, ' ');
		*rest = after;
	} else {
		line = str_ltrim_blanks(line);
		line = str_from(line, (size_t)heading->level);
	}
	buf_add(b, marked ? line : str_trim(line));
}

/*
 * Adds the whole lines of a stretch, each with an LF; headings go down by so
 * many levels, to 6 at most.
 */
static void section_add_lines(struct buf *b, const struct note *note, struct span at,
			      size_t indentation, int down)
{
	struct str rest = span_str(note->image, at), line;
	size_t next = block_from(note, at.from);
	while (rest.n) {
		size_t from = (size_t)(rest.p - note->image.p);
		(void)str_next_line(&rest, &line);
		while (next < note->blocks.count && note->blocks.items[next].start < from)
			next++;
		const struct block *block =
		    next < note->blocks.count ? &note->blocks.items[next] : NULL;
		bool heading = block && block->kind == BLOCK_HEADING && down > 0 &&
			       block->start <= from + line.n;
		if (heading)
			add_lower_heading(b, note, block, line, down, &rest);
		else
			add_dedented(b, line, indentation);
		buf_addc(b, '\n');
	}
}

/* Below the first line; an underlined heading's line under it is none of its text. */
static size_t below_first(struct buf *b, const struct note *note, const struct block *block)
{
	size_t at = section_next_line(note->image, block->content.to);
	if (block->kind != BLOCK_HEADING || note->image.p[block->start] == '#')
		return at;
	struct str rest = str_slice(note->image, at, block->end), line;
	while (str_next_line(&rest, &line)) {
		if (is_underline(line))
			return block->end - rest.n;
		buf_add(b, line);
		buf_addc(b, '\n');
	}
	return block->end;
}

void section_take_raw(struct section_raw *out, const struct note *note, const struct block *block,
		      int under, struct arena *arena)
{
	struct str image = note->image, line = str_from(image, block->content.from);
	struct buf b;
	buf_init(&b, 0);
	line = str_upto(line, str_line(line));
	out->first = block->kind == BLOCK_ITEM ? line : span_str(image, block->content);
	struct span at = {below_first(&b, note, block), block->end};
	if (at.from < at.to) {
		int level = section_top_level(note, at);
		bool item = block->kind == BLOCK_ITEM;
		section_add_lines(&b, note, at, item ? item_indentation(note, block) : 0,
				  under && level && level <= under ? under + 1 - level : 0);
	}
	out->below = arena_str(arena, str_rtrim(buf_str(&b)));
	buf_release(&b);
}

size_t section_fields_at(struct str line)
{
	size_t i = line.n;
	while (i > 0 &&
	       (str_is_alpha(line.p[i - 1]) || str_is_digit(line.p[i - 1]) || line.p[i - 1] == '-'))
		i--;
	if (i < 2 || i == line.n || line.p[i - 1] != '^' || !str_is_space_char(line.p[i - 2]))
		return line.n;
	return str_rtrim(str_upto(line, i - 1)).n;
}

struct span section_taken(const struct note *note, const struct block *block)
{
	struct span at = {section_line(note, block->start), block->end};
	at.to = section_next_line(note->image, at.from + str_rtrim(span_str(note->image, at)).n);
	struct str below = str_from(note->image, at.to);
	bool blank = below.n && str_trim(str_upto(below, str_line(below))).n == 0;
	/* Of the blank lines on both sides those below it go with it. */
	if (blank && section_blanks_before(note, at.from))
		at.to = section_next_line(note->image, at.to + 1);
	return at;
}
