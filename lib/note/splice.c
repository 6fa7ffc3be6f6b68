#include "note/splice.h"

void splice_add(struct buf *out, struct str image, const struct splice *splices, size_t count)
{
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		buf_add(out, str_slice(image, at, splices[i].at.from));
		buf_add(out, splices[i].bytes);
		at = splices[i].at.to;
	}
	buf_add(out, str_from(image, at));
}

struct str splice_line_end(struct str image, size_t offset)
{
	size_t at = offset < image.n ? offset : image.n;
	at = str_line_start(image, at);
	if (at == 0)
		at = str_full_line(image);
	struct str end = str_from(str_upto(image, at), at - (at < 2 ? at : 2));
	return str_eq(end, STR("\r\n")) ? end : str_ends(end, STR("\r")) ? STR("\r") : STR("\n");
}
