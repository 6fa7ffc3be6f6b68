#include "change/attributes.h"

#include "base/fs.h"

#define MAX_ATTRIBUTES ((size_t)1024 * 1024)

/*
 * A driver that git cannot start, or that crashes, leaves ours without a mark (git 2.39): with 0
 * and 1 kith has done what it does, and whatever else it ends with, git merges the text.
 */
#define COMMAND                                                                                    \
	"%s%s%s%s merge-driver -- %s%%O %s%%A %s%%B %%L %%P; s=$?; test $s -le 1 && exit $s; "     \
	"exec git merge-file --marker-size=%%L -L ours -L base -L theirs %s%%A %s%%O %s%%B"

struct str attributes_command(const char *kith, const char *folder, struct arena *arena)
{
	const char *at = folder ? "\"$o\"/" : "";
	return arena_printf(arena, COMMAND, folder ? "o=$PWD; cd " : "", folder ? folder : "",
			    folder ? " && " : "", kith, at, at, at, at, at, at);
}

static bool is_special(char c)
{
	return c != '\0' && strchr("*?[\\", c);
}

/*
 * A pattern for what `glob` names below a folder: what would be a wildcard in the folder's name is
 * escaped, and what has blanks in it quoted as C does (gitattributes(5)).
 */
static struct str line_for(struct str folder, const char *glob, struct arena *arena)
{
	struct buf plain, out;
	buf_init(&plain, 0);
	buf_init(&out, 0);
	for (size_t i = 0; i < folder.n; i++) {
		if (is_special(folder.p[i]) || (i == 0 && folder.p[i] == '!'))
			buf_addc(&plain, '\\');
		buf_addc(&plain, folder.p[i]);
	}
	buf_addz(&plain, glob);
	bool quoted = plain.p[0] == '#' || strpbrk(plain.p, " \t\"");
	buf_addz(&out, quoted ? "\"" : "");
	for (size_t i = 0; i < plain.n; i++) {
		if (quoted && strchr("\"\\", plain.p[i]))
			buf_addc(&out, '\\');
		buf_addc(&out, plain.p[i]);
	}
	buf_printf(&out, "%s merge=%s", quoted ? "\"" : "", ATTRIBUTES_DRIVER);
	buf_release(&plain);
	return arena_take(arena, &out);
}

/* Of the notes at and below a folder of the journal. */
static struct str notes_line(struct str folder, struct str below, struct arena *arena)
{
	while (str_starts(folder, STR("./")))
		folder = str_from(folder, 2);
	if (str_eq(folder, STR(".")))
		folder = STR("");
	struct str path =
	    arena_printf(arena, "%.*s%.*s%s", STR_ARG(below), STR_ARG(folder), folder.n ? "/" : "");
	return line_for(path, path.n ? "**/*.md" : "*.md", arena);
}

struct strs attributes_lines(const struct config *config, struct str below, struct arena *arena)
{
	size_t count = config->people.count;
	struct strs lines = {ARENA_ARRAY(arena, struct str, count + 2), count + 2};
	lines.items[0] = line_for(below, below.n ? "kith.yaml" : "/kith.yaml", arena);
	for (size_t i = 0; i < count; i++)
		lines.items[i + 1] = notes_line(config->people.items[i], below, arena);
	lines.items[count + 1] = notes_line(config->reviews, below, arena);
	return lines;
}

/* Whether a line has the pattern of a wanted one, whatever else it sets. */
static bool has_pattern(struct str line, struct str wanted)
{
	struct str pattern = str_upto(wanted, wanted.n - strlen(" merge=" ATTRIBUTES_DRIVER));
	if (str_starts(pattern, STR("/")) && !str_starts(line, STR("/")))
		pattern = str_from(pattern, 1);
	return str_starts(line, pattern) && str_is_blank_char(str_at(line, pattern.n));
}

/* The lines that a file does not have; *named: the first of those it has. */
static struct strs missing_lines(struct str text, const struct strs *wanted, size_t *named,
				 struct arena *arena)
{
	struct strs missing = {ARENA_ARRAY(arena, struct str, wanted->count), 0};
	struct str rest = text, line;
	bool *had = ARENA_ARRAY(arena, bool, wanted->count), all = false;
	*named = 0;
	for (size_t number = 1; str_next_line(&rest, &line); number++) {
		line = str_trim(line);
		size_t sets = str_find(line, STR("merge=" ATTRIBUTES_DRIVER));
		if (sets == line.n || str_starts(line, STR("#")))
			continue;
		*named = *named ? *named : number;
		all = all || str_starts(line, STR("*.md ")) || str_starts(line, STR("**/*.md "));
		for (size_t i = 0; i < wanted->count; i++)
			had[i] = had[i] || has_pattern(line, wanted->items[i]);
	}
	for (size_t i = 0; i < wanted->count; i++)
		if (!had[i] && !(all && i > 0))
			missing.items[missing.count++] = wanted->items[i];
	return missing;
}

bool attributes_report(struct diag *diag, int dir, const struct config *config, struct arena *arena)
{
	struct kith_error ignored = {0};
	struct strs wanted = attributes_lines(config, STR(""), arena);
	struct str text = STR_NONE;
	size_t line;
	if (fs_kind(dir, ".gitattributes") != FS_FILE ||
	    fs_read_text(&text, dir, ".gitattributes", MAX_ATTRIBUTES, arena, &ignored))
		return false;
	struct strs missing = missing_lines(text, &wanted, &line, arena);
	struct str lines = STR("");
	for (size_t i = 0; i < missing.count; i++)
		lines = arena_printf(arena, "%.*s%s`%.*s`", STR_ARG(lines), i ? ", " : "",
				     STR_ARG(missing.items[i]));
	if (line && missing.count)
		diag_add(diag, SEVERITY_WARNING, STR(".gitattributes"), (int)line, 1,
			 "these no longer fit kith.yaml, and what they miss git merges as text; "
			 "add %.*s",
			 STR_ARG(lines));
	return line > 0;
}

struct str attributes_mend(struct str text, const struct config *config, struct arena *arena)
{
	struct strs wanted = attributes_lines(config, STR(""), arena);
	size_t line;
	struct strs missing = missing_lines(text, &wanted, &line, arena);
	bool crlf = str_find(text, STR("\r\n")) < text.n;
	struct buf out;
	if (!line || missing.count == 0)
		return text;
	buf_init(&out, 0);
	buf_add(&out, text);
	if (!str_ends(text, STR("\n")))
		buf_addz(&out, crlf ? "\r\n" : "\n");
	for (size_t i = 0; i < missing.count; i++) {
		buf_add(&out, missing.items[i]);
		buf_addz(&out, crlf ? "\r\n" : "\n");
	}
	return arena_take(arena, &out);
}

int attributes_set_driver(bool *news, const struct git_api *git, struct git_repo *repo,
			  struct str below, const struct config *config, struct arena *arena,
			  struct kith_error *err)
{
	struct strs lines = attributes_lines(config, below, arena);
	const struct git_driver driver = {
	    .name = ATTRIBUTES_DRIVER,
	    .title = "kith: contacts, reviews and settings by what they say",
	    .command = attributes_command("kith", NULL, arena).p,
	    .attributes = lines.items,
	    .count = lines.count,
	};
	return git->set_driver(news, repo, &driver, err);
}
