#include "git/object.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "git/share.h"

enum { MAX_NAMES = 1000, ID_TEXT = 41, MAX_OPEN = 128 };

struct object_file {
	git_oid id;
	int fd;          /* -1 once it is on the disk */
	char *temporary; /* the name it has */
	char *place;     /* the one it gets */
};

static int cannot_store(struct kith_error *err)
{
	return kith_fail_errno(err, "cannot store an object in the repository");
}

/* git's rule: core.looseCompression, else core.compression, else the fastest. */
static int level_of(const struct git_repo *repo)
{
	git_config *config = NULL;
	int32_t level = Z_BEST_SPEED;
	if (git_repository_config_snapshot(&config, repo->handle) == 0 &&
	    git_config_get_int32(&level, config, "core.looseCompression") != 0 &&
	    git_config_get_int32(&level, config, "core.compression") != 0)
		level = Z_BEST_SPEED;
	git_config_free(config);
	return level >= Z_DEFAULT_COMPRESSION && level <= Z_BEST_COMPRESSION ? level : Z_BEST_SPEED;
}

/* Compresses the header and the bytes. zlib's next_in is no pointer to const. */
static bool compress_parts(struct buf *out, struct str header, struct str bytes, int level)
{
	z_stream z = {0};
	union {
		const char *from;
		Bytef *to;
	} at = {header.p};
	if (deflateInit(&z, level) != Z_OK)
		return false;
	size_t bound = deflateBound(&z, (uLong)(header.n + bytes.n)) + 64;
	char *room = buf_room(out, bound);
	z.next_out = (Bytef *)room;
	z.avail_out = (uInt)bound;
	z.next_in = at.to;
	z.avail_in = (uInt)header.n;
	bool good = room && deflate(&z, Z_NO_FLUSH) == Z_OK;
	at.from = bytes.p ? bytes.p : "";
	z.next_in = at.to;
	z.avail_in = (uInt)bytes.n;
	good = good && deflate(&z, Z_FINISH) == Z_STREAM_END;
	if (good)
		buf_took(out, z.total_out);
	deflateEnd(&z);
	return good;
}

/* A new file of git's pattern for these, which git gc clears away, too. */
static int make_temporary(char *path, size_t size, const char *folder,
			  const struct object_batch *batch, struct kith_error *err)
{
	int fd = -1;
	errno = EEXIST;
	for (unsigned i = 0; fd < 0 && errno == EEXIST && i < MAX_NAMES; i++) {
		snprintf(path, size, "%s/" OBJECT_TEMPORARY "%ld-%u", folder, batch->process, i);
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0444);
		if (fd < 0 && errno == ENOENT && mkdir(folder, 0777) == 0) {
			share_path(batch->repo, folder);
			errno = EEXIST;
		}
	}
	if (fd < 0)
		return cannot_store(err);
	share_open(batch->repo, fd);
	return fd;
}

static char *copy_text(const char *text)
{
	size_t n = strlen(text) + 1;
	char *copy = mem_alloc(n);
	memcpy(copy, text, n);
	return copy;
}

static int write_loose(struct object_batch *batch, const git_oid *id, struct str bytes,
		       struct kith_error *err)
{
	char name[ID_TEXT], folder[4160], place[4200], path[4200];
	git_oid_tostr(name, sizeof(name), id);
	int n = snprintf(folder, sizeof(folder), "%sobjects/%.2s",
			 git_repository_commondir(batch->repo->handle), name);
	if (n < 0 || (size_t)n >= sizeof(folder))
		return kith_fail(err, KITH_FAILED, "the repository's path is too long");
	snprintf(place, sizeof(place), "%s/%s", folder, name + 2);
	int fd = make_temporary(path, sizeof(path), folder, batch, err);
	if (fd < 0)
		return -1;
	batch->files = mem_grow(batch->files, batch->count, &batch->cap, sizeof(*batch->files));
	batch->files[batch->count++] =
	    (struct object_file){*id, fd, copy_text(path), copy_text(place)};
	if (fs_write_all(fd, bytes) < 0)
		return cannot_store(err);
	/* Without fsync nothing is gained by waiting; nor with very many. */
	return !batch->repo->around.fsync || batch->count >= MAX_OPEN
		   ? object_name_all(batch, NULL, err)
		   : 0;
}

static void forget(struct object_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	free(file->temporary);
	free(file->place);
}

int object_name_all(struct object_batch *batch, struct flush *with, struct kith_error *err)
{
	struct flush own = {.count = 0};
	struct flush *flush = with ? with : &own;
	int rc = 0;
	for (size_t i = 0; i < batch->count; i++) {
		flush_add(flush, batch->files[i].fd);
		batch->files[i].fd = -1;
	}
	if (flush_all(flush, batch->repo->around.fsync) < 0)
		rc = cannot_store(err);
	for (size_t i = 0; i < batch->count; i++) {
		struct object_file *file = &batch->files[i];
		if (rc == 0 && rename(file->temporary, file->place) < 0)
			rc = cannot_store(err);
		if (rc)
			unlink(file->temporary);
		forget(file);
	}
	batch->count = 0;
	return rc;
}

void object_batch_init(struct object_batch *batch, const struct git_repo *repo, long process)
{
	*batch = (struct object_batch){.repo = repo, .level = level_of(repo), .process = process};
}

void object_batch_release(struct object_batch *batch)
{
	for (size_t i = 0; i < batch->count; i++) {
		unlink(batch->files[i].temporary);
		forget(&batch->files[i]);
	}
	free(batch->files);
	*batch = (struct object_batch){.count = 0};
}

static bool is_written(const struct object_batch *batch, const git_oid *id)
{
	for (size_t i = 0; i < batch->count; i++)
		if (git_oid_equal(&batch->files[i].id, id))
			return true;
	return false;
}

/* What the repository has gets a new time: git gc takes old objects that belong to nothing yet. */
static int freshen(git_oid *id, git_odb *odb, git_object_t type, struct str bytes,
		   struct kith_error *err)
{
	return git_odb_write(id, odb, bytes.p ? bytes.p : "", bytes.n, type) < 0
		   ? repo_fail(err, KITH_FAILED, "cannot store an object in the repository")
		   : 0;
}

static int write_new(const git_oid *id, struct object_batch *batch, git_object_t type,
		     struct str bytes, struct kith_error *err)
{
	char header[64];
	struct buf packed;
	int n = snprintf(header, sizeof(header), "%s %zu", git_object_type2string(type), bytes.n);
	struct str head = {header, (size_t)n + 1};
	buf_init(&packed, 0);
	int rc = compress_parts(&packed, head, bytes, batch->level)
		     ? write_loose(batch, id, buf_str(&packed), err)
		     : kith_fail(err, KITH_FAILED, "cannot compress an object");
	buf_release(&packed);
	return rc;
}

int object_write(git_oid *out, struct object_batch *batch, git_object_t type, struct str bytes,
		 struct kith_error *err)
{
	git_odb *odb = NULL;
	int rc = -1;
	if (bytes.n > INT32_MAX)
		return kith_fail(err, KITH_INVALID, "a file of %zu bytes is too large for kith",
				 bytes.n);
	if (git_odb_hash(out, bytes.p ? bytes.p : "", bytes.n, type) < 0 ||
	    git_repository_odb(&odb, batch->repo->handle) < 0)
		repo_fail(err, KITH_FAILED, "cannot store an object in the repository");
	else if (is_written(batch, out))
		rc = 0;
	else if (git_odb_exists_ext(odb, out, GIT_ODB_LOOKUP_NO_REFRESH))
		rc = freshen(out, odb, type, bytes, err);
	else
		rc = write_new(out, batch, type, bytes, err);
	git_odb_free(odb);
	return rc;
}

int object_id(git_oid *out, struct str bytes, struct kith_error *err)
{
	if (git_odb_hash(out, bytes.p ? bytes.p : "", bytes.n, GIT_OBJECT_BLOB) < 0)
		return repo_fail(err, KITH_FAILED, "cannot name an object");
	return 0;
}

int object_read(git_odb_object **out, struct str *bytes, const struct git_repo *repo,
		const git_oid *id, git_object_t type, size_t max, struct kith_error *err)
{
	git_odb *odb = NULL;
	size_t n = 0;
	git_object_t found = GIT_OBJECT_INVALID;
	*out = NULL;
	*bytes = STR_NONE;
	int rc = git_repository_odb(&odb, repo->handle);
	if (rc == 0 && max)
		rc = git_odb_read_header(&n, &found, odb, id);
	if (rc == 0 && n > max && max)
		rc = kith_fail(err, KITH_INVALID, "is larger than %zu bytes", max);
	else if (rc == 0)
		rc = git_odb_read(out, odb, id);
	if (rc == 0 && git_odb_object_type(*out) != type)
		rc = kith_fail(err, KITH_FAILED, "the repository is damaged: an object is no %s",
			       git_object_type2string(type));
	else if (rc < 0)
		repo_fail(err, KITH_FAILED, "cannot read an object of the repository");
	else
		*bytes = (struct str){git_odb_object_data(*out), git_odb_object_size(*out)};
	if (rc && *out) {
		git_odb_object_free(*out);
		*out = NULL;
	}
	git_odb_free(odb);
	return rc ? -1 : 0;
}
