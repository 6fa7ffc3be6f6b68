/*
 * Input: a byte that says the kind of file, and three versions of one, with the byte 0x1E between
 * them; where the last is missing, there is no base. Nothing may crash. Where it is not refused
 * with a reason, what one side alone changed is that side's to the byte, and the result is no
 * longer than the versions and what tells of clashes, also when it is merged once more.
 */
#include <stdint.h>
#include <stdlib.h>

#include "merge/merge.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* The bytes up to the mark, as an allocation of their own, so that reading past them is seen. */
static struct str take_version(struct str *rest, char *copies[], size_t *count)
{
	size_t n = str_find_char(*rest, '\x1E');
	if (!rest->p)
		return STR_NONE;
	char *copy = malloc(n ? n : 1);
	must(copy != NULL);
	memcpy(copy, rest->p, n);
	*rest = n < rest->n ? str_from(*rest, n + 1) : STR_NONE;
	copies[(*count)++] = copy;
	return (struct str){copy, n};
}

/* Merges into *out; false where it is not merged, for which there is a reason. */
static bool merged(struct merge_result *out, enum merge_kind kind, struct str base, struct str ours,
		   struct str theirs, struct arena *arena)
{
	struct merge_versions versions = {base, ours, theirs};
	struct kith_error err = {0};
	struct config config;
	config_default(&config, arena);
	if (merge_files(out, kind, &versions, &config, arena, &err)) {
		must(err.status != KITH_OK && err.message[0]);
		return false;
	}
	if (out->unread.p)
		return false;
	must(out->bytes.n <=
	     base.n + 2 * (ours.n + theirs.n) + 200 + out->count * (sizeof(MERGE_BOTH_KEPT) + 16));
	return true;
}

static void must_give(struct str wanted, enum merge_kind kind, struct str base, struct str ours,
		      struct str theirs, struct arena *arena)
{
	struct merge_result got;
	if (merged(&got, kind, base, ours, theirs, arena))
		must(str_eq(got.bytes, wanted));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum merge_kind kinds[] = {MERGE_CONTACT, MERGE_REVIEW, MERGE_SETTINGS};
	struct merge_result got;
	struct arena arena;
	char *copies[3] = {NULL};
	size_t count = 0;
	if (size < 1)
		return 0;
	enum merge_kind kind = kinds[data[0] % 3];
	struct str rest = {(const char *)data + 1, size - 1};
	struct str ours = take_version(&rest, copies, &count),
		   theirs = take_version(&rest, copies, &count),
		   base = take_version(&rest, copies, &count);
	arena_init(&arena);
	if (theirs.p && merged(&got, kind, base, ours, theirs, &arena)) {
		struct merge_result again;
		(void)merged(&again, kind, base, got.bytes, ours, &arena);
		(void)merged(&again, kind, base, theirs, got.bytes, &arena);
		must_give(ours, kind, theirs, ours, theirs, &arena);
		must_give(ours, kind, theirs, theirs, ours, &arena);
		must_give(ours, kind, base, ours, ours, &arena);
	}
	arena_release(&arena);
	for (size_t i = 0; i < count; i++)
		free(copies[i]);
	return 0;
}
