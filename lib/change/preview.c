#include "change/preview.h"

void preview_make(struct preview *out, struct str path, struct str before, struct str after,
		  const struct config *config, struct arena *arena)
{
	/* Notes that are passed over read as well. */
	(void)contact_of_bytes(&out->before, path, before, config, NULL, NULL, arena);
	(void)contact_of_bytes(&out->after, path, after, config, NULL, NULL, arena);
	differences_find(&out->differences, &out->before, &out->after, arena);
}
