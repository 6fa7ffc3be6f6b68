#include "git/backend_work.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/hash.h"
#include "base/mem.h"

#define NAME       "kith-record"
#define FIRST_LINE "kith-record by git 1\n"
#define MAX_RECORD ((size_t)256 * 1024 * 1024)

void work_set_id(char out[GIT_ID_SIZE], const char *id)
{
	size_t n = strlen(id);
	n = n < GIT_ID_SIZE ? n : GIT_ID_SIZE - 1;
	memcpy(out, id, n);
	out[n] = '\0';
}

void work_sum(char out[WORK_SUM_SIZE], struct str bytes)
{
	if (bytes.p)
		snprintf(out, WORK_SUM_SIZE, "%016" PRIx64 ":%zu", hash_fnv1a(bytes), bytes.n);
	else
		snprintf(out, WORK_SUM_SIZE, WORK_NONE);
}

static void add(struct buf *out, const char *text)
{
	buf_add(out, (struct str){text, strlen(text) + 1});
}

static void add_number(struct buf *out, unsigned number)
{
	buf_printf(out, "%u", number);
	buf_addc(out, '\0');
}

static void make_text(struct buf *out, const struct work *work)
{
	char sum[WORK_SUM_SIZE];
	buf_addz(out, FIRST_LINE);
	add(out, work->head);
	add(out, work->ref);
	add(out, work->message);
	add_number(out, work->no_verify);
	for (size_t i = 0; i < work->count; i++) {
		const struct work_file *file = &work->files[i];
		add(out, file->path);
		add(out, file->before);
		add(out, file->moves ? file->after : "");
		add(out, file->head_old);
		add(out, file->head_new);
		add_number(out, file->head_mode);
		add(out, file->index_old);
		add(out, file->index_new);
		add_number(out, file->index_mode);
		add_number(out, file->index_flags);
	}
	work_sum(sum, buf_str(out));
	add(out, sum);
}

int work_write(const struct work *work, const char *folder, struct kith_error *err)
{
	struct arena arena;
	struct buf text;
	arena_init(&arena);
	buf_init(&text, 0);
	make_text(&text, work);
	work_clear(folder);
	int rc = fs_replace(AT_FDCWD, arena_printf(&arena, "%s" NAME, folder).p, buf_str(&text),
			    STR_NONE, err);
	if (rc)
		kith_fail_context(err, "cannot note the change in the repository");
	buf_release(&text);
	arena_release(&arena);
	return rc;
}

void work_clear(const char *folder)
{
	struct arena arena;
	arena_init(&arena);
	unlink(arena_printf(&arena, "%s" NAME, folder).p);
	arena_release(&arena);
}

static bool take(struct str *rest, struct str *text)
{
	size_t n = str_find_char(*rest, '\0');
	*text = str_upto(*rest, n);
	bool good = n < rest->n;
	*rest = str_from(*rest, n + 1);
	return good;
}

static bool take_text(struct str *rest, char *out, size_t size)
{
	struct str text;
	if (!take(rest, &text) || text.n >= size)
		return false;
	memcpy(out, text.p, text.n);
	out[text.n] = '\0';
	return true;
}

static bool take_number(struct str *rest, unsigned *number)
{
	struct str text;
	long value = take(rest, &text) ? str_number(text, 1 << 20) : -1;
	*number = value < 0 ? 0 : (unsigned)value;
	return value >= 0;
}

static bool take_file(struct work_file *file, struct str *rest, struct arena *arena)
{
	struct str path;
	*file = (struct work_file){.path = ""};
	bool good = take(rest, &path) && take_text(rest, file->before, sizeof(file->before)) &&
		    take_text(rest, file->after, GIT_ID_SIZE) &&
		    take_text(rest, file->head_old, GIT_ID_SIZE) &&
		    take_text(rest, file->head_new, GIT_ID_SIZE) &&
		    take_number(rest, &file->head_mode) &&
		    take_text(rest, file->index_old, GIT_ID_SIZE) &&
		    take_text(rest, file->index_new, GIT_ID_SIZE) &&
		    take_number(rest, &file->index_mode) && take_number(rest, &file->index_flags);
	if (good)
		file->path = arena_str(arena, path).p;
	file->moves = file->after[0] != '\0';
	return good;
}

/* Takes the last text off, if it is the sum of what is before it. */
static bool check_sum(struct str *text)
{
	char sum[WORK_SUM_SIZE];
	size_t at = text->n > 0 ? text->n - 1 : 0;
	while (at > 0 && text->p[at - 1] != '\0')
		at--;
	struct str last = str_from(*text, at);
	*text = str_upto(*text, at);
	work_sum(sum, *text);
	return str_eq(last, (struct str){sum, strlen(sum) + 1});
}

static bool parse(struct work *work, struct str text, struct arena *arena)
{
	size_t cap = 0;
	unsigned no_verify = 0;
	struct work_file *files = NULL;
	if (!check_sum(&text) || !str_starts(text, STR(FIRST_LINE)))
		return false;
	text = str_from(text, strlen(FIRST_LINE));
	struct str ref = STR("");
	bool good = take_text(&text, work->head, GIT_ID_SIZE) && take(&text, &ref) &&
		    take_text(&text, work->message, GIT_ID_SIZE) && take_number(&text, &no_verify);
	work->no_verify = no_verify != 0;
	work->ref = arena_str(arena, ref).p;
	while (good && text.n > 0) {
		files = mem_grow(files, work->count, &cap, sizeof(*files));
		good = take_file(&files[work->count++], &text, arena);
	}
	work->files = arena_copy(arena, files, work->count, sizeof(*files));
	free(files);
	return good;
}

int work_read(struct work *work, bool *found, const char *folder, struct arena *arena,
	      struct kith_error *err)
{
	struct buf text;
	*work = (struct work){.count = 0};
	*found = false;
	buf_init(&text, 0);
	const char *path = arena_printf(arena, "%s" NAME, folder).p;
	errno = fs_load(AT_FDCWD, path, MAX_RECORD, &text);
	int rc = errno && errno != ENOENT ? kith_fail_errno(err, "cannot read %s", path) : 0;
	if (rc == 0 && text.n > 0)
		*found = parse(work, buf_str(&text), arena);
	buf_release(&text);
	return rc;
}
