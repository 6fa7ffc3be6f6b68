#include "shell.h"

#include <string.h>

struct shell_reader {
	struct shell_line *line;
	struct buf word;
	bool begun;
	struct arena *arena;
};

/* What follows `>` is no word of the command. */
static void end_word(struct shell_reader *r)
{
	if (r->begun && !r->line->redirected)
		r->line->words.items[r->line->words.count++] =
		    arena_str(r->arena, buf_str(&r->word));
	r->line->redirected = r->line->redirected && !r->begun;
	r->begun = false;
	buf_clear(&r->word);
}

static bool takes_next(const struct shell_reader *r, char next)
{
	return r->line->quote != '\'' && next &&
	       (r->line->quote == 0 || strchr("$`\"\\", next) != NULL);
}

static void take_plain(struct shell_reader *r, char c, size_t at)
{
	struct shell_line *line = r->line;
	bool parts = c == ' ' || c == '\t' || c == '\n', leads = c == '<' || c == '>';
	if (!r->begun && !parts && !leads)
		line->last = at;
	if (parts || leads) {
		/* `2>` is no word either. */
		if (leads && str_digits(buf_str(&r->word)) == r->word.n)
			r->begun = false;
		end_word(r);
		line->redirected |= leads;
		return;
	}
	r->begun = true;
	if (c == '\'' || c == '"')
		line->quote = c;
	else
		buf_addc(&r->word, c);
}

void shell_read(struct shell_line *out, struct str line, struct arena *arena)
{
	struct shell_reader r = {.line = out, .arena = arena};
	*out = (struct shell_line){.words = {ARENA_ARRAY(arena, struct str, line.n + 1), 0}};
	buf_init(&r.word, 0);
	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];
		if (c == '\\' && takes_next(&r, str_at(line, i + 1))) {
			out->last = r.begun ? out->last : i;
			r.begun = true;
			buf_addc(&r.word, line.p[++i]);
		} else if (out->quote && c == out->quote) {
			out->quote = 0;
		} else if (out->quote) {
			buf_addc(&r.word, c);
		} else {
			take_plain(&r, c, i);
		}
	}
	if (!r.begun)
		out->last = line.n;
	out->words.items[out->words.count++] = arena_str(arena, buf_str(&r.word));
	buf_release(&r.word);
}

static bool is_plain_in_shell(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || (c && strchr("-_./:=@%+,", c)) ||
	       (unsigned char)c >= 0x80;
}

bool shell_add(struct buf *b, struct str text, char quote)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (quote == '\'' && c == '\'')
			buf_addz(b, "'\\'");
		else if (quote == '"' && c == '!')
			return false;
		else if (quote == '"' ? strchr("$`\"\\", c) != NULL
				      : !quote && !is_plain_in_shell(c))
			buf_addc(b, '\\');
		buf_addc(b, c);
	}
	return true;
}
