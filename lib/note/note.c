#include "note/note.h"

#include <string.h>

#include "base/text.h"

/* A line counts as two marks. */
#define MOST_MARKS 450000
/* Lines times the levels of the deepest. */
#define MOST_STEPS 16000000
/* So few bytes cannot come near. */
#define NEVER_COSTLY 8192

const struct note_reader note_reader_libs = {yaml_read, markdown_read};

static bool is_fence(struct str line, const char *fence)
{
	return str_eq(str_rtrim(line), str_of(fence));
}

static size_t offset_in(struct str image, struct str rest)
{
	return image.n - rest.n;
}

/* Over a byte-order mark and blank lines. */
static size_t first_text_line(struct str image)
{
	size_t at = str_starts(image, STR("\xEF\xBB\xBF")) ? 3 : 0;
	struct str rest = str_from(image, at), line;
	while (str_next_line(&rest, &line) && str_trim(line).n == 0)
		at = offset_in(image, rest);
	return at;
}

/* `---` as it is typed by a hand that is helped: with a dash for two, or behind what nobody sees.
 */
static bool is_like_fence(struct str line)
{
	size_t dashes = 0;
	while (line.n) {
		size_t unseen = text_unseen(line), n = 1;
		bool dash = str_starts(line, STR("\u2013")) || str_starts(line, STR("\u2014"));
		if (dash)
			n = 3;
		else if (unseen)
			n = unseen;
		else if (line.p[0] != '-' && !str_is_space_char(line.p[0]))
			return false;
		dashes += dash ? 2 : line.p[0] == '-';
		line = str_from(line, n);
	}
	return dashes >= 2;
}

static bool is_like_pair(struct str line)
{
	size_t colon = str_find_char(line, ':');
	return colon > 0 && colon < line.n &&
	       (colon + 1 == line.n || str_is_space_char(line.p[colon + 1]));
}

/* `---yaml`, `--- # Ada`: nothing but one word or a comment behind the dashes. */
static bool is_named_fence(struct str line)
{
	struct str word = str_trim(str_from(line, 3));
	if (!str_starts(line, STR("---")) || !word.n)
		return false;
	for (size_t i = 0; i < word.n && word.p[0] != '#'; i++)
		if (!str_is_alpha(word.p[i]))
			return false;
	return true;
}

/* Whether two or more keys with values stand up to a line `---`. */
static bool are_pairs_to_fence(struct str rest)
{
	struct str line;
	size_t pairs = 0;
	while (str_next_line(&rest, &line) && is_like_pair(line))
		pairs++;
	return pairs >= 2 && is_fence(line, "---");
}

/* Lines above front matter, a heading or a comment, that it is looked for behind. */
#define MOST_ABOVE 8

static bool stands_below(struct str rest)
{
	struct str line;
	for (int i = 0; i < MOST_ABOVE && str_next_line(&rest, &line); i++)
		if (is_fence(line, "---") && are_pairs_to_fence(rest))
			return true;
	return false;
}

/* What front matter of another kind begins with that line, and what to do; NULL for none. */
static const char *foreign_kind(struct str line, struct str rest)
{
	struct str next, trimmed = str_rtrim(line), inner = str_trim(str_from(line, 1));
	if (str_eq(trimmed, STR("+++")))
		return "this front matter is TOML, which is not read; write it as YAML "
		       "(name: Ada Lovelace), between lines ---";
	if (str_eq(trimmed, STR(";;;")) ||
	    (str_starts(line, STR("{")) && (!inner.n || inner.p[0] == '"')))
		return "this front matter is JSON, which is not read; write it as YAML "
		       "(name: Ada Lovelace), between lines ---";
	if (is_named_fence(line))
		return "the line that begins the front matter must be --- alone";
	if (is_like_fence(line) && str_next_line(&rest, &next) && is_like_pair(next))
		return "the line that begins the front matter must be --- alone, of three hyphens "
		       "without anything before them";
	if ((str_ieq(trimmed, STR("```yaml")) || str_ieq(trimmed, STR("```yml"))) &&
	    str_next_line(&rest, &next) && is_like_pair(next))
		return "this front matter is in a code block, where it is not read; write it "
		       "between lines ---";
	if (is_like_pair(line) &&
	    are_pairs_to_fence((struct str){line.p, (size_t)(rest.p + rest.n - line.p)}))
		return "the front matter that ends below begins with no line ---; write one above "
		       "its first key";
	if (stands_below(rest))
		return "the front matter below is read only where a file begins with it; move it "
		       "to the top, from its line --- to the other";
	return NULL;
}

bool note_split(struct note *note, struct str image)
{
	size_t guess = 0, first = first_text_line(image);
	struct str rest = str_from(image, first), line;

	*note = (struct note){
	    .image = image, .first = first, .body = str_starts(image, STR("\xEF\xBB\xBF")) ? 3 : 0};
	if (!str_next_line(&rest, &line))
		return true;
	if (!is_fence(line, "---")) {
		note->foreign = foreign_kind(line, rest);
		return true;
	}
	note->has_front = true;
	note->front.from = offset_in(image, rest);
	for (size_t at; at = offset_in(image, rest), str_next_line(&rest, &line);) {
		if (line.n && line.p[0] != '-' && line.p[0] != '.' && line.p[0] != '#')
			continue;
		if (is_fence(line, "---") || is_fence(line, "...")) {
			note->front.to = at;
			note->body = offset_in(image, rest);
			return true;
		}
		if (!guess &&
		    (line.n == 0 || str_starts(line, STR("# ")) || str_starts(line, STR("##"))))
			guess = at;
	}
	note->front.to = note->body = guess ? guess : image.n;
	return false;
}

/* The next run of seven such marks that is the first word of a line; image.n for none. */
static size_t next_conflict(struct str image, size_t at, char mark)
{
	while ((at += str_find_char(str_from(image, at), mark)) < image.n) {
		size_t run = at;
		while (run < image.n && image.p[run] == mark)
			run++;
		bool starts = str_begins_line(image, at);
		bool ends = run == image.n || str_is_space_char(image.p[run]);
		if (starts && ends && run - at == 7)
			return at;
		at = run;
	}
	return image.n;
}

/* `<<<<<<< ours` and its kin at the start of a line: a merge that nobody finished. */
static void report_conflicts(struct reporter *r, char mark, const char *what)
{
	for (size_t at = 0; (at = next_conflict(r->image, at, mark)) < r->image.n; at += 7)
		report_error(r, at, "%s", what);
}

void note_report_both_kept(struct reporter *r)
{
	struct str image = r->image, comment = STR(NOTE_BOTH_KEPT);
	const char *check = r->check;
	r->check = NOTE_CHECK_KEPT;
	for (size_t at = 0; (at += str_find(str_from(image, at), comment)) < image.n; at++)
		report_warning(r, at,
			       "a merge kept here what both sides said; mend it, and delete this "
			       "comment");
	r->check = check;
}

bool note_is_utf16(struct str image)
{
	return str_starts(image, STR("\xFF\xFE")) || str_starts(image, STR("\xFE\xFF"));
}

size_t note_conflict(struct str image)
{
	size_t ours = next_conflict(image, 0, '<');
	return next_conflict(image, ours, '>') < image.n ? ours : image.n;
}

/* In the body; the front matter's own bytes are the YAML reader's to judge. */
static void report_bad_bytes(const struct note *note, struct reporter *r)
{
	struct str body = str_from(note->image, note->body);
	size_t invalid = text_invalid_at(body), nul = str_find_char(body, '\0');
	if (invalid < body.n)
		report_error(r, note->body + invalid, "this is not UTF-8; save the file as UTF-8");
	if (nul < body.n)
		report_error(r, note->body + nul, "a NUL byte; delete it");
}

static struct yaml_node *read_front(const struct note *note, const struct note_reader *reader,
				    struct arena *arena, struct reporter *r)
{
	struct yaml_node *root = reader->front(note->image, note->front, arena, r);
	if (yaml_is_null(root))
		return NULL;
	if (root->kind == YAML_MAP)
		return root;
	report_error(r, root->span.from,
		     "the front matter is %s; keys with values are expected (name: Ada Lovelace)",
		     root->kind == YAML_LIST ? "a list" : "no map");
	return NULL;
}

/* How deep a line's marks nest it in lists and quotes; *rest: what stands behind them. */
static size_t nesting_of_line(struct str line, struct str *rest)
{
	size_t depth = 0, blanks = 0;
	for (*rest = line;; depth++) {
		size_t n = 0;
		blanks += rest->n;
		*rest = str_ltrim_blanks(*rest);
		blanks -= rest->n;
		while (n < rest->n && n < 9 && str_is_digit(rest->p[n]))
			n++;
		if (n == rest->n || !memchr(n ? ".)" : ">-+*", rest->p[n], n ? 2 : 4))
			break;
		bool ends = n + 1 == rest->n || str_is_blank_char(rest->p[n + 1]);
		if (!ends && rest->p[n] != '>')
			break;
		*rest = str_from(*rest, n + 1);
	}
	/* An item lies in others that its indentation stands for. */
	return depth ? depth + blanks / 2 : 0;
}

static size_t marks_in(struct str text)
{
	size_t marks = 0;
	for (size_t i = 0; i < text.n; i++) {
		switch (text.p[i]) {
		case '[':
		case ']':
		case '*':
		case '_':
		case '&':
		case '<':
		case '!':
		case '\\':
		case '"':
		case '\'':
			marks++;
			break;
		case '`': /* as many as stand together are one */
			marks += i == 0 || text.p[i - 1] != '`';
		}
	}
	return marks;
}

/*
 * cmark keeps a node of some 200 bytes for each mark, two for a line or a level
 * of nesting, and goes through all levels at each line.
 */
const char *note_costly(struct str body)
{
	struct str line;
	size_t lines = 0, marks = 0, deepest = 0;
	if (body.n <= NEVER_COSTLY)
		return NULL;
	while (marks <= MOST_MARKS && deepest * lines <= MOST_STEPS &&
	       str_next_line(&body, &line)) {
		size_t depth = nesting_of_line(line, &line);
		deepest = depth > deepest ? depth : deepest;
		marks += 2 + 2 * depth + marks_in(line);
		lines++;
	}
	if (marks > MOST_MARKS)
		return "too many lines or marks of Markdown ([ * _ & < ` - >)";
	return deepest * lines > MOST_STEPS
		   ? "too deeply nested marks of Markdown ([ * _ & < ` - >)"
		   : NULL;
}

static size_t find_percents(struct str image, size_t from)
{
	return from + str_find(str_from(image, from), STR("%%"));
}

/* Where the next comment of Obsidian's begins that a line begins with (`%%`); the end for none. */
static struct span next_comment(struct str image, size_t from)
{
	for (size_t i = from; (i = find_percents(image, i)) < image.n; i += 2) {
		size_t line = i;
		while (line > from && str_is_blank_char(image.p[line - 1]))
			line--;
		size_t close = find_percents(image, i + 2);
		if (close < image.n && (line == from || str_begins_line(image, line)))
			return (struct span){i, close};
	}
	return (struct span){image.n, image.n};
}

/* What begins in a comment is no block; those of HTML are left out by the readers. */
static void drop_commented(struct note *note)
{
	struct blocks *blocks = &note->blocks;
	struct span comment = next_comment(note->image, note->body);
	if (comment.from == note->image.n)
		return;
	size_t kept = 0;
	for (size_t i = 0; i < blocks->count; i++) {
		struct block b = blocks->items[i];
		while (b.start > comment.to)
			comment = next_comment(note->image, comment.to + 2);
		if (b.start <= comment.from)
			blocks->items[kept++] = b;
	}
	blocks->count = kept;
}

bool note_read(struct note *note, const struct note_reader *reader, struct arena *arena,
	       struct reporter *reporter)
{
	bool closed = note_split(note, reporter->image);
	return note_read_parts(note, closed, reader, arena, reporter);
}

bool note_read_parts(struct note *note, bool closed, const struct note_reader *reader,
		     struct arena *arena, struct reporter *reporter)
{
	struct str image = note->image;
	if (note_is_utf16(image)) {
		report_error(reporter, 0, "this is UTF-16; save the file as UTF-8");
		return false;
	}
	if (note->foreign)
		report_error(reporter, note->first, "%s", note->foreign);
	if (!closed)
		report_error(reporter, note->first,
			     "the front matter that begins here never closes; "
			     "write a line --- after its last key");
	report_bad_bytes(note, reporter);
	report_conflicts(reporter, '<',
			 "a merge conflict begins here; choose one side and delete the markers");
	report_conflicts(reporter, '>', "a merge conflict ends here; delete the markers");
	note_report_both_kept(reporter);
	if (note->has_front)
		note->map = read_front(note, reader, arena, reporter);
	note->too_costly = note_costly(str_from(note->image, note->body));
	if (note->too_costly)
		report_error(reporter, note->body,
			     "the text below holds %s, and is not read; is this a contact?",
			     note->too_costly);
	else
		note->blocks = reader->body(image, note->body, arena, arena);
	drop_commented(note);
	return true;
}

struct yaml_node *note_front_map(const struct note *note, const struct note_reader *reader,
				 struct arena *arena)
{
	struct reporter quiet = reporter_quiet(note->image);
	struct yaml_node *root =
	    note->has_front ? reader->front(note->image, note->front, arena, &quiet) : NULL;
	return root && root->kind == YAML_MAP ? root : NULL;
}
