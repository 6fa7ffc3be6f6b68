#include "change/asof.h"

static int tell_beginning(const struct git_past *past, const char *name, civil_day day,
			  struct kith_error *err)
{
	const char *more = past->shallow ? "; this clone lacks what was before: git fetch "
					   "--unshallow brings it"
					 : "";
	if (past->begins == NO_DAY)
		return kith_fail(err, KITH_NOT_FOUND, "the journal is in no commit yet%s", more);
	if (name)
		return kith_fail(err, KITH_NOT_FOUND,
				 "there is no journal in %s: it begins on %s%s", name,
				 day_text(past->begins).z, more);
	if (past->begins > day)
		return kith_fail(err, KITH_NOT_FOUND,
				 "there was no journal on %s: it begins on %s%s", day_text(day).z,
				 day_text(past->begins).z, more);
	return kith_fail(err, KITH_NOT_FOUND,
			 "on %s, in commit %.10s, its folder had no kith.yaml; it begins on %s%s",
			 day_text(day).z, past->id, day_text(past->begins).z, more);
}

int asof_find(struct git_past *out, const struct asof *from, const char *name, civil_day day,
	      struct arena *arena, struct kith_error *err)
{
	const char *path = arena_printf(arena, "%.*skith.yaml", STR_ARG(from->below)).p;
	if (from->git->look_back(out, from->repo, name, day, path, err))
		return -1;
	return out->holds ? 0 : tell_beginning(out, name, day, err);
}

/* Anything that is read of a journal: its notes, its settings and its templates. */
static bool is_of_journal(const char *path)
{
	struct str s = str_of(path);
	return str_ends(s, STR(".md")) || str_eq(s, STR("kith.yaml")) ||
	       str_eq(s, STR(".gitattributes")) || str_starts(s, STR("templates/"));
}

int asof_write(const struct asof *from, const char *id, int dir, struct kith_error *err)
{
	const struct git_unpacking order = {
	    .id = id, .folder = from->below.p, .dir = dir, .wanted = is_of_journal};
	return from->git->unpack(from->repo, &order, err);
}
