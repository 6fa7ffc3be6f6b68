#include "change/former.h"

#include "base/text.h"

static bool is_among(const struct strs *list, struct str text, struct arena *arena)
{
	for (size_t i = 0; i < list->count; i++)
		if (text_same(list->items[i], text, arena))
			return true;
	return false;
}

/* Those of a list that are not in the other, or all of them where other is NULL; between commas. */
static struct str joined_but(const struct strs *list, const struct strs *other, struct arena *arena)
{
	struct str all = STR("");
	for (size_t i = 0; i < list->count; i++)
		if (!other || !is_among(other, list->items[i], arena))
			all = arena_printf(arena, "%.*s%s%.*s", STR_ARG(all), all.n ? ", " : "",
					   STR_ARG(list->items[i]));
	return all;
}

/* What went of titles and organisations. */
struct leaving {
	struct str title, org;
};

static struct leaving what_left(const struct contact *before, const struct contact *after,
				struct arena *arena)
{
	return (struct leaving){joined_but(&before->title, &after->title, arena),
				joined_but(&before->org, &after->org, arena)};
}

struct str former_post(const struct contact *before, const struct contact *after,
		       struct arena *arena)
{
	struct leaving left = what_left(before, after, arena);
	struct str all = joined_but(&before->org, NULL, arena);
	if (!left.title.n && !left.org.n)
		return STR("");
	/* Of several organisations one may end without the title. */
	if (!left.title.n && str_eq(left.org, all))
		left.title = joined_but(&before->title, NULL, arena);
	if (!left.org.n)
		left.org = all;
	return arena_printf(arena, "%.*s%s%.*s", STR_ARG(left.title),
			    left.title.n && left.org.n ? ", " : "", STR_ARG(left.org));
}

struct str former_line(struct str post, int start, int end, struct arena *arena)
{
	if (!start)
		return arena_printf(arena, "%.*s (until %d)", STR_ARG(post), end);
	if (start == end)
		return arena_printf(arena, "%.*s (%d)", STR_ARG(post), end);
	return arena_printf(arena, "%.*s (%d\xE2\x80\x93%d)", STR_ARG(post), start, end);
}

/* The year before the bracket that ends a text; 0 for none. */
static int year_at_end(struct str text)
{
	text = str_rtrim(text);
	if (!str_ends(text, STR(")")) || text.n < 6)
		return 0;
	long year = str_number(str_slice(text, text.n - 5, text.n - 1), 9999);
	return year > 0 ? (int)year : 0;
}

struct str former_kept(const struct contact *before, const struct contact *after, int since,
		       int year, struct arena *arena)
{
	struct str latest = STR("");
	int start = 0;
	for (size_t i = 0; i < before->formerly.count; i++)
		if (year_at_end(before->formerly.items[i]) >= start) {
			latest = before->formerly.items[i];
			start = year_at_end(latest);
		}
	struct leaving left = what_left(before, after, arena);
	bool said = start == year && str_find(latest, left.title) + left.title.n <= latest.n &&
		    str_find(latest, left.org) + left.org.n <= latest.n;
	struct str post = said ? STR("") : former_post(before, after, arena);
	if (!post.n)
		return STR("");
	return former_line(post, since && start >= since ? start : 0, year, arena);
}

/* ---- from history ---- */

/* A post that ended, the latest first. */
struct ended_post {
	struct str post;
	int end;
	struct ended_post *later;
};

struct former_search {
	struct ended_post *first; /* the earliest so far */
	size_t count;
	struct arena *arena;
};

static bool visit_for_posts(void *context, const struct history_commit *commit)
{
	struct former_search *s = context;
	for (size_t i = 0; i < commit->count; i++) {
		const struct history_file *file = &commit->files[i];
		struct str post = file->before && file->after
				      ? former_post(file->before, file->after, s->arena)
				      : STR("");
		if (!post.n)
			continue;
		struct ended_post *ended = ARENA_NEW(s->arena, struct ended_post);
		*ended = (struct ended_post){post, day_to_ymd(commit->day).year, s->first};
		s->first = ended;
		s->count++;
	}
	return true;
}

int former_of_history(struct strs *out, const struct history_order *order, struct arena *arena,
		      struct kith_error *err)
{
	struct former_search s = {NULL, 0, arena};
	const struct history_visit visit = {.visit = visit_for_posts, .context = &s};
	struct history_order mine = *order;
	struct history none;
	int start = 0;
	mine.visit = &visit;
	int rc = history_read(&none, &mine, arena, err);
	*out = (struct strs){ARENA_ARRAY(arena, struct str, s.count), 0};
	for (const struct ended_post *p = s.first; p; p = p->later) {
		out->items[out->count++] = former_line(p->post, start, p->end, arena);
		start = p->end;
	}
	return rc;
}
