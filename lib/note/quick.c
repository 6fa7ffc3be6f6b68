#include "note/quick.h"

static struct yaml_node *read_front(struct str image, struct span at, struct arena *arena,
				    struct reporter *reporter)
{
	struct yaml_node *root;
	return quick_front(&root, image, at, arena) ? root : yaml_read(image, at, arena, reporter);
}

static struct blocks read_body(struct str image, size_t body, struct arena *arena,
			       struct arena *scratch)
{
	struct blocks blocks;
	return quick_body(&blocks, image, body, arena) ? blocks
						       : markdown_read(image, body, arena, scratch);
}

const struct note_reader note_reader_quick = {read_front, read_body};
