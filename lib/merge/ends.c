#include "merge/ends.h"

enum line_ends ends_of(struct str text)
{
	enum line_ends ends = ENDS_NONE;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '\n' && text.p[i] != '\r')
			continue;
		bool crlf = text.p[i] == '\r' && str_at(text, i + 1) == '\n';
		enum line_ends here = crlf ? ENDS_CRLF : text.p[i] == '\n' ? ENDS_LF : ENDS_MIXED;
		if (ends != ENDS_NONE && ends != here)
			return ENDS_MIXED;
		ends = here;
		i += crlf;
	}
	return ends;
}

struct str ends_as(struct str text, enum line_ends ends, struct arena *arena)
{
	enum line_ends has = ends_of(text);
	size_t lines = 0, n = 0;
	if (has == ends || has == ENDS_NONE || (ends != ENDS_LF && ends != ENDS_CRLF))
		return text;
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	char *p = arena_bytes(arena, text.n + lines + 1);
	for (size_t i = 0; i < text.n; i++) {
		bool crlf = text.p[i] == '\r' && str_at(text, i + 1) == '\n';
		if (crlf)
			continue;
		if (text.p[i] == '\n' && ends == ENDS_CRLF)
			p[n++] = '\r';
		p[n++] = text.p[i];
	}
	return (struct str){p, n};
}

enum line_ends ends_choose(enum line_ends base, enum line_ends ours, enum line_ends theirs)
{
	if (ours == ENDS_NONE || theirs == ENDS_NONE)
		return ours == ENDS_NONE ? theirs : ours;
	return ours == base ? theirs : ours;
}
