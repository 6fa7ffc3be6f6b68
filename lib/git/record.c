#include "git/record.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/hash.h"
#include "base/mem.h"

#define NAME       "kith-record"
#define NEW_NAME   "kith-record.new"
#define FIRST_LINE "kith-record 2\n"
#define MAX_RECORD ((size_t)256 * 1024 * 1024)

enum { ID_TEXT = 41, SUM_DIGITS = 16 };

static void add_record_id(struct buf *out, const git_oid *id)
{
	char text[ID_TEXT];
	git_oid_tostr(text, sizeof(text), id);
	buf_printf(out, " %s", text);
}

/* Without blanks and line ends: those, and '%', as %XX. */
static void add_coded_path(struct buf *out, const char *path)
{
	for (const char *p = path; *p; p++) {
		unsigned char c = (unsigned char)*p;
		if (c <= ' ' || c == '%' || c == 127)
			buf_printf(out, "%%%02x", c);
		else
			buf_addc(out, *p);
	}
}

static void make_record_text(struct buf *out, const struct record *record)
{
	buf_addz(out, FIRST_LINE "ref ");
	add_coded_path(out, record->ref);
	buf_addz(out, "\ndraft");
	add_record_id(out, &record->draft);
	buf_printf(out, "\nverify %d\ngiven %d", record->no_verify ? 0 : 1, record->given ? 1 : 0);
	add_record_id(out, &record->from);
	buf_addc(out, '\n');
	for (size_t i = 0; i < record->count; i++) {
		const struct record_file *file = &record->files[i];
		add_coded_path(out, file->path);
		buf_printf(out, " %d", file->moves ? 1 : 0);
		add_record_id(out, &file->before);
		add_record_id(out, &file->after);
		add_record_id(out, &file->head_old);
		add_record_id(out, &file->head_new);
		buf_printf(out, " %" PRIo32, file->head_mode);
		add_record_id(out, &file->index_old);
		add_record_id(out, &file->index_new);
		buf_printf(out, " %" PRIo32 "\n", file->index_mode);
	}
	buf_printf(out, "sum %016" PRIx64 "\n", hash_fnv1a(buf_str(out)));
}

static int write_record_file(const char *path, struct str text, bool sync, struct kith_error *err)
{
	unlink(path);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
	if (fd < 0)
		return kith_fail_errno(err, "cannot make %s", path);
	int rc = fs_write_all(fd, text);
	if (rc == 0 && sync)
		rc = fsync(fd);
	if (rc < 0)
		kith_fail_errno(err, "cannot write %s", path);
	if (close(fd) < 0 && rc == 0)
		rc = kith_fail_errno(err, "cannot write %s", path);
	return rc;
}

int record_write(const struct record *record, const char *folder, bool sync, struct kith_error *err)
{
	struct arena arena;
	struct buf text;
	arena_init(&arena);
	buf_init(&text, 0);
	make_record_text(&text, record);
	const char *path = arena_printf(&arena, "%s" NAME, folder).p;
	const char *temporary = arena_printf(&arena, "%s" NEW_NAME, folder).p;
	int rc = write_record_file(temporary, buf_str(&text), sync, err);
	if (rc == 0 && rename(temporary, path) < 0)
		rc = kith_fail_errno(err, "cannot make %s", path);
	if (rc)
		unlink(temporary);
	buf_release(&text);
	arena_release(&arena);
	return rc;
}

void record_clear(const char *folder)
{
	struct arena arena;
	arena_init(&arena);
	unlink(arena_printf(&arena, "%s" NAME, folder).p);
	unlink(arena_printf(&arena, "%s" NEW_NAME, folder).p);
	arena_release(&arena);
}

/* ---- Reading ---- */

static bool take_record_word(struct str *rest, struct str *word)
{
	*word = str_upto(*rest, str_find_char(*rest, ' '));
	*rest = str_from(*rest, word->n + 1);
	return word->n > 0;
}

static bool take_record_id(struct str *rest, git_oid *id)
{
	struct str word;
	return take_record_word(rest, &word) && word.n == ID_TEXT - 1 &&
	       git_oid_fromstrn(id, word.p, word.n) == 0;
}

static bool take_record_mode(struct str *rest, uint32_t *mode)
{
	struct str word;
	*mode = 0;
	if (!take_record_word(rest, &word) || word.n > 7)
		return false;
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] < '0' || word.p[i] > '7')
			return false;
		*mode = *mode * 8 + (uint32_t)(word.p[i] - '0');
	}
	return true;
}

static int hex_digit(char c)
{
	if (str_is_digit(c))
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static const char *take_coded_path(struct str *rest, struct arena *arena)
{
	struct str word;
	if (!take_record_word(rest, &word))
		return NULL;
	char *path = arena_bytes(arena, word.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < word.n; i++) {
		bool coded = word.p[i] == '%' && word.n - i > 2;
		int high = coded ? hex_digit(word.p[i + 1]) : 0,
		    low = coded ? hex_digit(word.p[i + 2]) : 0;
		if (high < 0 || low < 0)
			return NULL;
		path[n++] = coded ? (char)(high * 16 + low) : word.p[i];
		i += coded ? 2 : 0;
	}
	path[n] = '\0';
	return path;
}

static bool read_record_file(struct record_file *file, struct str line, struct arena *arena)
{
	struct str moves;
	*file = (struct record_file){.path = take_coded_path(&line, arena)};
	bool good =
	    file->path && take_record_word(&line, &moves) && take_record_id(&line, &file->before) &&
	    take_record_id(&line, &file->after) && take_record_id(&line, &file->head_old) &&
	    take_record_id(&line, &file->head_new) && take_record_mode(&line, &file->head_mode) &&
	    take_record_id(&line, &file->index_old) && take_record_id(&line, &file->index_new) &&
	    take_record_mode(&line, &file->index_mode);
	file->moves = good && str_eq(moves, STR("1"));
	return good;
}

/* Takes the last line off, if it is the sum of what is before it. */
static bool take_record_sum(struct str *text)
{
	char sum[SUM_DIGITS + 8];
	size_t n = sizeof("sum \n") - 1 + SUM_DIGITS;
	if (text->n < n)
		return false;
	struct str last = str_from(*text, text->n - n);
	*text = str_upto(*text, text->n - n);
	snprintf(sum, sizeof(sum), "sum %016" PRIx64 "\n", hash_fnv1a(*text));
	return str_eq(last, str_of(sum));
}

/* The next line, which begins so; *rest: what follows. */
static bool take_record_line(struct str *text, struct str beginning, struct str *rest)
{
	if (!str_next_line(text, rest) || !str_starts(*rest, beginning))
		return false;
	*rest = str_from(*rest, beginning.n);
	return true;
}

static bool parse_record(struct record *record, struct str text, struct arena *arena)
{
	struct str line;
	size_t cap = 0, n = 0;
	bool good = take_record_sum(&text) && str_starts(text, STR(FIRST_LINE));
	text = str_from(text, strlen(FIRST_LINE));
	good = good && take_record_line(&text, STR("ref "), &line);
	record->ref = good ? take_coded_path(&line, arena) : NULL;
	good = record->ref && take_record_line(&text, STR("draft "), &line) &&
	       take_record_id(&line, &record->draft) && str_next_line(&text, &line) &&
	       str_starts(line, STR("verify "));
	if (!good)
		return false;
	record->no_verify = str_eq(line, STR("verify 0"));
	struct str given;
	if (!take_record_line(&text, STR("given "), &line) || !take_record_word(&line, &given) ||
	    !take_record_id(&line, &record->from))
		return false;
	record->given = str_eq(given, STR("1"));
	struct record_file *files = NULL;
	while (good && str_next_line(&text, &line)) {
		files = mem_grow(files, n, &cap, sizeof(*files));
		good = read_record_file(&files[n++], line, arena);
	}
	record->files = arena_copy(arena, files, n, sizeof(*files));
	record->count = n;
	free(files);
	return good;
}

int record_read(struct record *record, bool *found, const char *folder, struct arena *arena,
		struct kith_error *err)
{
	struct buf text;
	*record = (struct record){.count = 0};
	*found = false;
	buf_init(&text, 0);
	const char *path = arena_printf(arena, "%s" NAME, folder).p;
	int cause = fs_load(AT_FDCWD, path, MAX_RECORD, &text);
	errno = cause;
	int rc = cause && cause != ENOENT ? kith_fail_errno(err, "cannot read %s", path) : 0;
	if (cause == 0)
		*found = parse_record(record, buf_str(&text), arena);
	buf_release(&text);
	return rc;
}
