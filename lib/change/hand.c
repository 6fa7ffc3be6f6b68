#include "change/hand.h"

#include "change/undo.h"

int hand_make(void *context, const struct change_copy *copy, struct str before, struct buf *after,
	      bool *gone, struct kith_error *err)
{
	const struct hand_edit *edit = context;
	(void)copy;
	*gone = !edit->after.p;
	if (*gone)
		return 0;
	if (!before.p || !edit->before.p || str_eq(before, edit->after)) {
		buf_add(after, edit->after);
		return 0;
	}
	/* Forward is the reverse of backward. */
	return undo_reverse(after, edit->git, edit->after, edit->before, before, err);
}
