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
	while (at > 0 && image.p[at - 1] != '\n')
		at--;
	if (at == 0)
		at = str_find_char(image, '\n') + 1;
	bool crlf = at >= 2 && at <= image.n && image.p[at - 2] == '\r';
	return crlf ? STR("\r\n") : STR("\n");
}
