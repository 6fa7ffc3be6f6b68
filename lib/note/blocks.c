#include "note/blocks.h"

#include "base/attr.h"

static size_t skip_marker(struct str line, enum block_kind kind)
{
	size_t i = 0;
	if (kind == BLOCK_HEADING)
		while (i < line.n && i < 6 && line.p[i] == '#')
			i++;
	else if (kind == BLOCK_ITEM) {
		i = str_digits(line);
		if (i < line.n)
			i++;
	}
	return i + str_blanks(str_from(line, i));
}

struct span blocks_content(struct str image, size_t start, size_t line_end, enum block_kind kind)
{
	struct str line = str_rtrim(str_slice(image, start, line_end));
	size_t skip = skip_marker(line, kind);
	if (kind == BLOCK_HEADING && line.n && line.p[0] == '#') {
		/* An ATX heading may be closed by a run of # after a blank. */
		size_t n = line.n;
		while (n > skip && line.p[n - 1] == '#')
			n--;
		if (n == skip || (n < line.n && str_is_blank_char(line.p[n - 1])))
			line = str_rtrim(str_upto(line, n));
	}
	size_t to = start + line.n;
	return (struct span){start + skip < to ? start + skip : to, to};
}

bool blocks_lone_cr(struct str text)
{
	for (size_t at = 0; (at += str_find_char(str_from(text, at), '\r')) < text.n; at++)
		if (at + 1 == text.n || text.p[at + 1] != '\n')
			return true;
	return false;
}

size_t blocks_trim(struct str image, size_t end)
{
	size_t at = end;
	while (at > 0 && str_is_space_char(image.p[at - 1]))
		at--;
	/* The last line keeps its own end. */
	return at + str_full_line(str_slice(image, at, end));
}

void blocks_settle_sections(struct str image, struct block *items, size_t count)
{
	size_t next[8];
	for (size_t level = 0; level < ARRAY_LEN(next); level++)
		next[level] = image.n;
	for (size_t i = count; i-- > 0;) {
		struct block *b = &items[i];
		/* `- - - … x`: or each level would hold the whole line. */
		if (b->kind == BLOCK_ITEM && b->level > 4 && i + 1 < count &&
		    items[i + 1].kind == BLOCK_ITEM && items[i + 1].start == b->content.from)
			b->content.to = b->content.from;
		if (b->kind != BLOCK_HEADING)
			continue;
		size_t end = blocks_trim(image, next[b->level]);
		b->end = end > b->content.to ? end : b->content.to;
		for (size_t level = (size_t)b->level; level < ARRAY_LEN(next); level++)
			next[level] = b->start;
	}
}
