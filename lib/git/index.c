#include "git/index.h"

#include "git/repo.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "base/fs.h"
#include "base/mem.h"
#include "git/sha1.h"

enum {
	HEADER = 12,
	MODE_AT = 24,
	SIZE_AT = 36,
	ID_AT = 40,
	FLAGS_AT = 60,
	NAME_AT = 62, /* 64 in an extended entry */
	FLAG_VALID = 0x8000,
	FLAG_EXTENDED = 0x4000,
	FLAG_STAGE = 0x3000,
	NAME_MASK = 0x0fff,
	MORE_INTENT = 0x2000,
	MAX_DEPTH = 128,
};
#define MAX_FILE ((size_t)1 << 31)

static uint32_t get_u32(const void *at)
{
	const unsigned char *p = at;
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static unsigned get_u16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static void put_u32(unsigned char *p, uint64_t value)
{
	p[0] = (unsigned char)(value >> 24);
	p[1] = (unsigned char)(value >> 16);
	p[2] = (unsigned char)(value >> 8);
	p[3] = (unsigned char)value;
}

static void put_u16(unsigned char *p, unsigned value)
{
	p[0] = (unsigned char)(value >> 8);
	p[1] = (unsigned char)value;
}

static int damaged(struct kith_error *err)
{
	return kith_fail(err, KITH_FAILED,
			 "git's index is damaged; git status tells more, and git reset makes it "
			 "anew from HEAD");
}

static size_t fixed_size(const unsigned char *at)
{
	return get_u16(at + FLAGS_AT) & FLAG_EXTENDED ? NAME_AT + 2 : NAME_AT;
}

/* git's way of writing numbers of any size, for version 4. */
static bool get_varint(size_t *out, struct str *rest)
{
	size_t value = 0;
	for (size_t i = 0; i < rest->n && i < 5; i++) {
		unsigned char c = (unsigned char)rest->p[i];
		value = (i ? value + 1 : 0) << 7 | (c & 127);
		if (c & 128)
			continue;
		*out = value;
		*rest = str_from(*rest, i + 1);
		return true;
	}
	return false;
}

static void add_varint(struct buf *out, size_t value)
{
	char bytes[16];
	size_t at = sizeof(bytes) - 1;
	bytes[at] = (char)(value & 127);
	while (value >>= 7)
		bytes[--at] = (char)(128 | (--value & 127));
	buf_add(out, (struct str){bytes + at, sizeof(bytes) - at});
}

/* The name behind the fixed part, at the beginning of rest; false where it has no end. */
static bool read_name(struct index *x, struct index_entry *entry, struct str rest, struct str last)
{
	size_t fixed = fixed_size(entry->at), drop = 0;
	struct str name = str_from(rest, fixed);
	if (x->version == 4 && !get_varint(&drop, &name))
		return false;
	size_t n = str_find_char(name, '\0'), used = (size_t)(name.p - rest.p) + n;
	if (n == name.n || drop > last.n)
		return false;
	if (x->version < 4) {
		entry->path = str_upto(name, n);
		entry->size = (uint32_t)((used + 8) & ~(size_t)7);
		return entry->size <= rest.n;
	}
	char *path = arena_bytes(&x->arena, last.n - drop + n + 1);
	memcpy(path, last.p, last.n - drop);
	memcpy(path + last.n - drop, name.p, n + 1);
	entry->path = (struct str){path, last.n - drop + n};
	entry->size = (uint32_t)used + 1;
	return true;
}

/* *sound: they are in order; those of a split index need not be. */
static bool read_entries(struct index *x, struct str *rest, bool *sound)
{
	struct str last = STR("");
	unsigned last_stage = 0;
	for (size_t i = 0; i < x->count; i++) {
		struct index_entry *entry = &x->entries[i];
		if (rest->n < NAME_AT + 2)
			return false;
		entry->at = (const unsigned char *)rest->p;
		unsigned flags = get_u16(entry->at + FLAGS_AT), stage = flags & FLAG_STAGE;
		if ((x->version == 2 && (flags & FLAG_EXTENDED)) ||
		    !read_name(x, entry, *rest, last))
			return false;
		int order = i ? str_cmp(last, entry->path) : -1;
		if (order > 0 || (order == 0 && last_stage >= stage) || entry->path.n == 0)
			*sound = false;
		x->conflicts = x->conflicts || stage;
		last = entry->path;
		last_stage = stage;
		*rest = str_from(*rest, entry->size);
	}
	return true;
}

static bool next_extension(struct str *rest, struct str *name, struct str *data)
{
	if (rest->n < 8)
		return false;
	size_t n = get_u32(rest->p + 4);
	if (n > rest->n - 8)
		return false;
	*name = str_upto(*rest, 4);
	*data = str_slice(*rest, 8, 8 + n);
	*rest = str_from(*rest, 8 + n);
	return true;
}

static int check_extensions(struct str rest, struct kith_error *err)
{
	struct str name, data;
	while (next_extension(&rest, &name, &data)) {
		if (name.p[0] >= 'A' && name.p[0] <= 'Z')
			continue;
		return repo_refuse_index(err, str_eq(name, STR("link")));
	}
	return rest.n ? damaged(err) : 0;
}

/* No checksum at all is what index.skipHash asks for. */
static bool has_sum(struct str bytes)
{
	static const unsigned char none[SHA1_SIZE];
	return memcmp(bytes.p + bytes.n - SHA1_SIZE, none, SHA1_SIZE) != 0;
}

static bool sum_is_right(struct str bytes)
{
	unsigned char sum[SHA1_SIZE];
	if (!has_sum(bytes))
		return true;
	sha1_of(sum, str_upto(bytes, bytes.n - SHA1_SIZE));
	return memcmp(sum, bytes.p + bytes.n - SHA1_SIZE, SHA1_SIZE) == 0;
}

/* What lies between the entries and the checksum. */
static struct str extensions(const struct index *x)
{
	const struct index_entry *last = x->count ? &x->entries[x->count - 1] : NULL;
	size_t at =
	    last ? (size_t)((const char *)last->at - x->bytes.p) + last->size : (size_t)HEADER;
	return str_slice(buf_str(&x->bytes), at, x->bytes.n - SHA1_SIZE);
}

static int parse(struct index *x, struct kith_error *err)
{
	struct str bytes = buf_str(&x->bytes);
	if (bytes.n < HEADER + SHA1_SIZE || !str_starts(bytes, STR("DIRC")) || !sum_is_right(bytes))
		return damaged(err);
	x->version = get_u32(bytes.p + 4);
	x->count = get_u32(bytes.p + 8);
	if (x->version < 2 || x->version > 4)
		return kith_fail(err, KITH_UNSUPPORTED,
				 "git's index has version %u, which kith does not know; git "
				 "update-index --index-version 4 makes one that it knows",
				 x->version);
	struct str rest = str_slice(bytes, HEADER, bytes.n - SHA1_SIZE);
	if (x->count > rest.n / NAME_AT)
		return damaged(err);
	x->entries = mem_alloc((x->count + 1) * sizeof(*x->entries));
	bool sound = true;
	if (!read_entries(x, &rest, &sound))
		return damaged(err);
	if (check_extensions(rest, err))
		return -1;
	return sound ? 0 : damaged(err);
}

int index_read(struct index *x, const char *path, struct kith_error *err)
{
	*x = (struct index){.version = 2};
	buf_init(&x->bytes, MAX_FILE);
	arena_init(&x->arena);
	int cause = fs_load(AT_FDCWD, path, MAX_FILE, &x->bytes);
	if (cause == ENOENT)
		return 0;
	errno = cause;
	return cause ? kith_fail_errno(err, "cannot read git's index %s", path) : parse(x, err);
}

void index_release(struct index *x)
{
	if (!x->bytes.p)
		return;
	free(x->entries);
	buf_release(&x->bytes);
	arena_release(&x->arena);
	*x = (struct index){0};
}

/* Where the first entry stands that is not before that path. */
static size_t lower_bound(const struct index *x, struct str path)
{
	size_t from = 0, to = x->count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (str_cmp(x->entries[middle].path, path) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

const struct index_entry *index_find(const struct index *x, const char *path)
{
	size_t at = lower_bound(x, str_of(path));
	const struct index_entry *entry = &x->entries[at];
	bool found = at < x->count && str_eq(entry->path, str_of(path)) &&
		     !(get_u16(entry->at + FLAGS_AT) & FLAG_STAGE);
	return found ? entry : NULL;
}

void index_look(struct index_view *out, const struct index_entry *entry)
{
	unsigned flags = get_u16(entry->at + FLAGS_AT);
	out->mode = get_u32(entry->at + MODE_AT);
	memcpy(out->id.id, entry->at + ID_AT, sizeof(out->id.id));
	out->intent = flags & FLAG_EXTENDED && get_u16(entry->at + NAME_AT) & MORE_INTENT;
}

bool index_blocks(const struct index *x, const char *path)
{
	struct str whole = str_of(path);
	for (size_t i = 0; i < whole.n; i++) {
		size_t at = whole.p[i] == '/' ? lower_bound(x, str_upto(whole, i)) : x->count;
		if (at < x->count && str_eq(x->entries[at].path, str_upto(whole, i)))
			return true;
	}
	for (size_t at = lower_bound(x, whole); at < x->count; at++) {
		struct str other = x->entries[at].path;
		if (!str_starts(other, whole))
			return false;
		if (other.n > whole.n && other.p[whole.n] >= '/')
			return other.p[whole.n] == '/';
	}
	return false;
}

static void fill_stat(unsigned char *at, const struct stat *st)
{
	put_u32(at, (uint64_t)st->st_ctim.tv_sec);
	put_u32(at + 4, (uint64_t)st->st_ctim.tv_nsec);
	put_u32(at + 8, (uint64_t)st->st_mtim.tv_sec);
	put_u32(at + 12, (uint64_t)st->st_mtim.tv_nsec);
	put_u32(at + 16, st->st_dev);
	put_u32(at + 20, st->st_ino);
	put_u32(at + 28, st->st_uid);
	put_u32(at + 32, st->st_gid);
	put_u32(at + SIZE_AT, (uint64_t)st->st_size);
}

/* Adds the name as this version has it; before: the path of the entry before it. */
static void add_name(struct buf *out, unsigned version, struct str path, size_t fixed,
		     struct str before)
{
	if (version < 4) {
		buf_add(out, path);
		buf_fill(out, '\0', ((fixed + path.n + 8) & ~(size_t)7) - fixed - path.n);
		return;
	}
	size_t same = 0;
	while (same < before.n && same < path.n && before.p[same] == path.p[same])
		same++;
	add_varint(out, before.n - same);
	buf_add(out, str_from(path, same));
	buf_addc(out, '\0');
}

static void add_edited(struct buf *out, const struct index *x, const struct index_edit *edit,
		       const struct index_entry *old, struct str before)
{
	unsigned char fixed[NAME_AT + 2] = {0};
	struct str path = str_of(edit->path);
	unsigned flags = path.n < NAME_MASK ? (unsigned)path.n : NAME_MASK;
	size_t n = NAME_AT;
	if (old) {
		n = fixed_size(old->at);
		flags |= get_u16(old->at + FLAGS_AT) & (FLAG_VALID | FLAG_EXTENDED);
		if (n > NAME_AT)
			put_u16(fixed + NAME_AT,
				get_u16(old->at + NAME_AT) & ~(unsigned)MORE_INTENT);
	}
	if (edit->stat)
		fill_stat(fixed, edit->stat);
	put_u32(fixed + MODE_AT, edit->mode);
	memcpy(fixed + ID_AT, edit->id.id, sizeof(edit->id.id));
	put_u16(fixed + FLAGS_AT, flags);
	buf_add(out, (struct str){(const char *)fixed, n});
	add_name(out, x->version, path, n, before);
}

/* Adds entries from..to as they are; in version 4 names lean on those before them. */
static void add_kept(struct buf *out, const struct index *x, size_t from, size_t to,
		     struct str before)
{
	if (from == to)
		return;
	const struct index_entry *last = &x->entries[to - 1];
	const char *start = (const char *)x->entries[from].at;
	if (x->version < 4) {
		buf_add(out,
			(struct str){start, (size_t)((const char *)last->at - start) + last->size});
		return;
	}
	for (size_t i = from; i < to; i++) {
		const struct index_entry *entry = &x->entries[i];
		size_t fixed = fixed_size(entry->at);
		buf_add(out, (struct str){(const char *)entry->at, fixed});
		add_name(out, 4, entry->path, fixed, before);
		before = entry->path;
	}
}

/* All entries, with the edits; returns how many. */
static size_t add_entries(struct buf *out, const struct index *x, const struct index_edit *edits,
			  size_t count)
{
	struct str before = STR("");
	size_t at = 0, n = 0;
	for (size_t i = 0; i <= count; i++) {
		struct str path = i < count ? str_of(edits[i].path) : STR_NONE;
		size_t to = i < count ? lower_bound(x, path) : x->count;
		add_kept(out, x, at, to, before);
		n += to - at;
		if (to > at)
			before = x->entries[to - 1].path;
		at = to;
		if (i == count)
			break;
		const struct index_entry *old = index_find(x, edits[i].path);
		at += old ? 1 : 0;
		if (edits[i].remove)
			continue;
		add_edited(out, x, &edits[i], old, before);
		before = path;
		n++;
	}
	return n;
}

/* Whether some edit lies below that folder, given with a final '/'; "" is the root. */
static bool touches(const struct index_edit *edits, size_t count, struct str folder)
{
	size_t from = 0, to = count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (str_cmp(str_of(edits[middle].path), folder) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from < count && str_starts(str_of(edits[from].path), folder);
}

/* A number of the extension, up to its end; -1 for none. */
static long take_number(struct str *rest, char end)
{
	size_t n = str_find_char(*rest, end);
	struct str digits = str_upto(*rest, n);
	*rest = str_from(*rest, n + 1);
	return str_number(digits, INT32_MAX);
}

/*
 * The cached trees, folder before those in it: NAME NUL ENTRIES SPACE FOLDERS
 * LF, and the tree's id where ENTRIES is not -1. Those of changed folders are
 * made unknown. False, with nothing added, for what cannot be understood.
 */
static bool add_trees(struct buf *out, struct str data, const struct index_edit *edits,
		      size_t count)
{
	struct buf path, made;
	size_t lengths[MAX_DEPTH], depth = 0;
	long left[MAX_DEPTH];
	bool good = true;
	buf_init(&path, 0);
	buf_init(&made, 0);
	while (data.n && good) {
		struct str name = str_upto(data, str_find_char(data, '\0'));
		data = str_from(data, name.n + 1);
		bool known = data.n && data.p[0] != '-';
		long entries = take_number(&data, ' '), folders = take_number(&data, '\n');
		good = depth < MAX_DEPTH && folders >= 0 && entries >= (known ? 0 : -1) &&
		       (depth > 0) == (name.n > 0) && (!known || data.n >= SHA1_SIZE) &&
		       (depth > 0 || made.n == 0);
		if (!good)
			break;
		buf_add(&path, name);
		if (depth)
			buf_addc(&path, '/');
		buf_add(&made, name);
		buf_addc(&made, '\0');
		bool stays = known && !touches(edits, count, buf_str(&path));
		buf_printf(&made, "%ld %ld\n", stays ? entries : -1L, folders);
		if (stays)
			buf_add(&made, str_upto(data, SHA1_SIZE));
		data = str_from(data, known ? SHA1_SIZE : 0);
		left[depth] = folders;
		lengths[depth++] = path.n;
		while (depth > 0 && left[depth - 1] == 0)
			depth--;
		if (depth > 0) {
			left[depth - 1]--;
			buf_cut(&path, lengths[depth - 1]);
		}
	}
	good = good && depth == 0;
	if (good)
		buf_add(out, buf_str(&made));
	buf_release(&path);
	buf_release(&made);
	return good;
}

static void add_extensions(struct buf *out, const struct index *x, const struct index_edit *edits,
			   size_t count, bool same_paths)
{
	struct str rest = extensions(x), name, data;
	while (next_extension(&rest, &name, &data)) {
		bool trees = str_eq(name, STR("TREE"));
		if (!trees && !str_eq(name, STR("REUC")) &&
		    !(same_paths && str_eq(name, STR("UNTR"))))
			continue;
		size_t at = out->n;
		buf_add(out, name);
		buf_fill(out, '\0', 4);
		if (!trees)
			buf_add(out, data);
		else if (!add_trees(out, data, edits, count))
			buf_cut(out, at);
		if (out->n > at)
			put_u32((unsigned char *)out->p + at + 4, out->n - at - 8);
	}
}

int index_edited(struct buf *out, const struct index *x, const struct index_edit *edits,
		 size_t count, struct kith_error *err)
{
	unsigned char sum[SHA1_SIZE] = {0}, *header;
	size_t at = out->n, more = HEADER + SHA1_SIZE;
	for (size_t i = 0; i < count; i++)
		more += NAME_AT + strlen(edits[i].path) + 10;
	/* Room for all at once. */
	char *room = buf_room(out, x->bytes.n + more);
	if (!room)
		return kith_fail(err, KITH_FAILED, "git's index is too large");
	buf_add(out, STR("DIRC"));
	buf_fill(out, '\0', HEADER - 4);
	size_t n = add_entries(out, x, edits, count);
	header = (unsigned char *)out->p + at;
	put_u32(header + 4, x->version);
	put_u32(header + 8, n);
	if (x->bytes.n)
		add_extensions(out, x, edits, count, n == x->count);
	if (x->bytes.n == 0 || has_sum(buf_str(&x->bytes)))
		sha1_of(sum, str_from(buf_str(out), at));
	buf_add(out, (struct str){(const char *)sum, SHA1_SIZE});
	return out->overflow ? kith_fail(err, KITH_FAILED, "git's index is too large") : 0;
}
