/*
 * What cmark's man renderer (0.30) leaves to do: definitions; a dot or a quote that begins a
 * line of code; ' ` ^ ~, which a terminal would get as other characters; paragraphs right
 * behind a heading, which lint minds; and a font for code that terminals do not have.
 */
#include "report/roff.h"

#include "note/markdown.h"

/* Source lines of text are broken at the first blank past it. */
#define LONG_LINE 56

/* What stands as it is in cmark's roff, and would be typeset as something else. */
static const struct typeset {
	const char *text, *roff;
} typesets[] = {
    {"'", "\\(aq"}, {"`", "\\(ga"},  {"^", "\\(ha"},
    {"~", "\\(ti"}, {"\"", "\\(dq"}, {"\\f[C]", "\\f[B]"},
};

static const struct typeset *find_typeset(struct str s)
{
	for (size_t i = 0; i < ARRAY_LEN(typesets); i++)
		if (str_starts(s, str_of(typesets[i].text)))
			return &typesets[i];
	return NULL;
}

static void add_roff_line(struct buf *out, struct str line)
{
	while (line.n) {
		const struct typeset *found = find_typeset(line);
		buf_add(out, found ? str_of(found->roff) : str_upto(line, 1));
		line = str_from(line, found ? str_of(found->text).n : 1);
	}
	buf_addc(out, '\n');
}

/* The same of text that is filled, as several lines where it is long. */
static void add_roff_text(struct buf *out, struct str line)
{
	while (line.n > LONG_LINE) {
		size_t n = LONG_LINE + str_find_char(str_from(line, LONG_LINE), ' ');
		add_roff_line(out, str_upto(line, n));
		line = str_from(line, n + 1);
		buf_addz(out, str_at(line, 0) == '.' ? "\\&" : "");
	}
	if (line.n)
		add_roff_line(out, line);
}

/* What stands in `rest` up to the end of a code block, whose first line it is. */
static void add_roff_code(struct buf *out, struct str *rest, bool first)
{
	struct str line;
	buf_printf(out, "%s.RS 4\n.nf\n", first ? "" : ".PP\n");
	while (str_next_line(rest, &line) && !str_eq(line, STR("\\f[]"))) {
		if (str_at(line, 0) == '.')
			buf_addz(out, "\\&");
		add_roff_line(out, line);
	}
	buf_addz(out, ".fi\n.RE\n");
	str_next_line(rest, &line); /* .fi */
}

/* A paragraph: a term where its second line begins with a colon. */
static void add_roff_paragraph(struct buf *out, struct str *rest, bool first)
{
	struct str term, next = *rest;
	if (str_next_line(&next, &term) && str_starts(next, STR(": "))) {
		buf_addz(out, ".TP\n");
		add_roff_line(out, term);
		*rest = str_from(next, 2);
	} else if (!first) {
		buf_addz(out, ".PP\n");
	}
}

static void finish_page(struct buf *out, struct str rest)
{
	struct str line, heading;
	bool first = true; /* in its section */
	while (str_next_line(&rest, &line)) {
		if (str_eq(line, STR(".IP")) && str_starts(rest, STR(".nf\n\\f[C]\n"))) {
			rest = str_from(rest, STR(".nf\n\\f[C]\n").n);
			add_roff_code(out, &rest, first);
		} else if (str_eq(line, STR(".SH")) || str_eq(line, STR(".SS"))) {
			buf_printf(out, "%.*s ", STR_ARG(line));
			if (str_next_line(&rest, &heading))
				add_roff_line(out, heading);
		} else if (str_eq(line, STR(".PP"))) {
			add_roff_paragraph(out, &rest, first);
		} else {
			add_roff_text(out, line);
		}
		first = str_starts(line, STR(".S"));
	}
}

void roff_page(struct buf *out, const struct roff_title *title, struct str markdown,
	       struct arena *scratch)
{
	struct buf body;
	buf_init(&body, 0);
	markdown_add_roff(&body, markdown, scratch);
	buf_addz(out, ".TH ");
	for (size_t i = 0; i < title->name.n; i++) {
		char c = title->name.p[i];
		buf_addz(out, c == '-' ? "\\" : "");
		buf_addc(out, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
	}
	buf_printf(out, " %c %s \"%s\" \"%s\"\n.nh\n.ad l\n", title->section, title->day,
		   title->source, title->manual);
	finish_page(out, buf_str(&body));
	buf_release(&body);
}
