#include "change/section.h"

#include "people/config.h"

bool section_is_named(const struct note *note, const struct block *heading, struct str name,
		      struct arena *arena)
{
	return config_is_heading(span_str(note->image, heading->content), name, arena);
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
	while (at > note->body && note->image.p[at - 1] != '\n')
		at--;
	return at;
}

size_t section_next_line(struct str image, size_t at)
{
	if (at == 0 || image.p[at - 1] == '\n')
		return at;
	size_t end = at + str_find_char(str_from(image, at), '\n');
	return end < image.n ? end + 1 : end;
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

/* The line below a heading's own; a setext heading has two. */
static size_t below(const struct note *note, const struct block *heading)
{
	size_t at = section_next_line(note->image, heading->content.to);
	if (note->image.p[heading->start] == '#')
		return at;
	/* The text may have several lines before it is underlined. */
	for (struct str rest = str_from(note->image, at), line; str_next_line(&rest, &line);) {
		at = note->image.n - rest.n;
		struct str marks = str_trim(line);
		size_t n = 0;
		while (n < marks.n && (marks.p[n] == '=' || marks.p[n] == '-'))
			n++;
		if (n == marks.n)
			break;
	}
	return at;
}

bool section_is_airy(const struct note *note)
{
	size_t airy = 0, tight = 0;
	for (size_t i = 0; i < note->blocks.count; i++) {
		const struct block *b = &note->blocks.items[i];
		if (b->kind != BLOCK_HEADING || b->start >= b->end)
			continue;
		size_t at = below(note, b);
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

size_t section_columns(struct str s)
{
	size_t column = 0;
	for (size_t i = 0; i < s.n; i++)
		column += s.p[i] == '\t' ? 4 - column % 4 : 1;
	return column;
}

static struct item_style style_of(struct str lead, struct arena *arena)
{
	size_t blank = lead.n - str_ltrim_blanks(lead).n;
	struct str before = str_upto(lead, blank);
	size_t width = section_columns(lead) - section_columns(before);
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
	*out = style_of(lead, arena);
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
	return style_of(STR("- "), arena);
}

/* Lines joined by LF, with the file's line ends in their place. */
static void add_lines(struct buf *b, struct str text, struct str eol)
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
	if (at == 0 || at < note->image.n || note->image.p[at - 1] == '\n')
		return false;
	return note->has_front || at > note->body;
}

struct edit_splice section_splice(const struct note *note, const struct section_piece *piece,
				  struct arena *arena)
{
	struct buf b;
	struct str eol = edit_line_end(note->image, piece->at);
	bool unfinished = is_unfinished(note, piece->at);
	buf_init(&b, 0);
	add_times(&b, eol, piece->before + unfinished);
	if (piece->heading.n) {
		buf_add(&b, piece->heading);
		add_times(&b, eol, 1 + (size_t)piece->airy);
	}
	add_lines(&b, piece->text, eol);
	size_t after = piece->after ? piece->after : is_drawn_in(note, piece->at);
	add_times(&b, eol, unfinished ? 0 : 1 + after);
	struct edit_splice splice = {{piece->at, piece->at}, arena_str(arena, buf_str(&b))};
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
static const struct block *last_item(const struct note *note, const struct block *heading,
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
	const struct block *last = last_item(note, heading, own.to);
	struct section_piece piece = {.at = own.to};
	*style = section_any_style(note, arena);
	if (own.to <= below(note, heading))
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
	struct buf b;
	struct str line, rest = str_rtrim(further);
	buf_init(&b, 0);
	buf_add(&b, style.lead);
	buf_add(&b, first);
	while (str_next_line(&rest, &line)) {
		line = str_rtrim(line);
		buf_addc(&b, '\n');
		if (line.n)
			buf_add(&b, style.indent);
		buf_add(&b, line);
	}
	return arena_take(arena, &b);
}
