#include "git/making.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "git/tree.h"

enum { ID_TEXT = 41 };

/* Adds what is still to be done in HEAD for one file. */
static int add_edit(struct tree_edit *edits, size_t *count, const struct git_repo *repo,
		    const struct head *head, const struct record_file *file, struct kith_error *err)
{
	struct tree_view view;
	if (tree_look(&view, repo, head->unborn ? NULL : &head->tree, file->path, err))
		return -1;
	bool none = view.mode == GIT_FILEMODE_UNREADABLE;
	if (none)
		view.id = (git_oid){{0}};
	if (git_oid_equal(&view.id, &file->head_new))
		return 0;
	if (!git_oid_equal(&view.id, &file->head_old))
		return kith_fail(err, KITH_CHANGED,
				 "%s was changed in the branch by somebody else meanwhile",
				 file->path);
	edits[(*count)++] = (struct tree_edit){
	    .path = file->path,
	    .remove = git_oid_is_zero(&file->head_new),
	    .id = file->head_new,
	    .mode = none ? (git_filemode_t)file->head_mode : view.mode,
	};
	return 0;
}

int making_tree(git_oid *out, bool *same, struct object_batch *batch, const struct head *head,
		const struct record *record, struct kith_error *err)
{
	struct tree_edit *edits = mem_zalloc(record->count + 1, sizeof(*edits));
	size_t count = 0;
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < record->count; i++)
		rc = add_edit(edits, &count, batch->repo, head, &record->files[i], err);
	*same = count == 0;
	if (rc == 0 && count)
		rc = tree_edited(out, batch, head->unborn ? NULL : &head->tree, edits, count, err);
	free(edits);
	return rc;
}

static void add_who(struct buf *out, const char *role, const git_signature *who)
{
	int zone = who->when.offset < 0 ? -who->when.offset : who->when.offset;
	buf_printf(out, "%s %s <%s> %" PRId64 " %c%02d%02d\n", role, who->name, who->email,
		   (int64_t)who->when.time, who->when.offset < 0 ? '-' : '+', zone / 60, zone % 60);
}

int making_commit(git_oid *out, struct object_batch *batch, const git_oid *tree,
		  const struct head *head, const git_signature *author,
		  const git_signature *committer, const char *message, struct kith_error *err)
{
	char id[ID_TEXT];
	struct buf text;
	buf_init(&text, 0);
	git_oid_tostr(id, sizeof(id), tree);
	buf_printf(&text, "tree %s\n", id);
	git_oid_tostr(id, sizeof(id), &head->id);
	if (!head->unborn)
		buf_printf(&text, "parent %s\n", id);
	add_who(&text, "author", author);
	add_who(&text, "committer", committer);
	buf_printf(&text, "\n%s", message);
	int rc = object_write(out, batch, GIT_OBJECT_COMMIT, buf_str(&text), err);
	buf_release(&text);
	return rc;
}
