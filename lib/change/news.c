#include "change/news.h"

#include <stdlib.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/text.h"
#include "change/review.h"
#include "people/fields.h"

/* So many commits are looked back through for the last page. */
#define MOST_COMMITS 5000
#define MOST_KEYS    8

/* A key's values over the commits: what it is after the last, was before the first. */
struct news_value {
	bool changed;
	civil_day day; /* of the last */
	struct strs before, after;
};

struct news_person {
	struct str path;
	struct news_value values[MOST_KEYS];
};

struct news_search {
	const struct journal *journal;
	struct str below; /* as in a history_order */
	civil_day monday, sunday, today;
	enum key keys[MOST_KEYS]; /* in the order in which they are told */
	size_t keys_count;
	struct news_person *people;
	size_t count, cap, commits;
	bool found; /* the last page */
	struct arena *arena;
};

/* ---- the last page ---- */

/* So many weeks before a page it is looked for another: five years. */
#define MOST_WEEKS 260

bool news_may_be(const struct journal *journal, civil_day monday)
{
	struct arena arena;
	bool earlier = false;
	arena_init(&arena);
	for (int week = 1; week <= MOST_WEEKS && !earlier; week++) {
		struct str path = review_path(journal, monday - 7 * week, &arena);
		earlier = fs_kind(journal->dir, path.p) == FS_FILE;
	}
	arena_release(&arena);
	return earlier;
}

/* Whether a file of a commit is a page of an earlier week. */
static bool is_earlier_page(const struct news_search *s, const struct git_delta *delta)
{
	struct iso_week week;
	struct str path = str_of(delta->path), name = str_base(path);
	if (!str_ends(name, STR(".md")) || !week_parse(str_upto(name, name.n - 3), &week))
		return false;
	civil_day monday = week_monday(week);
	struct str page = review_path(s->journal, monday, s->arena);
	return monday != NO_DAY && monday < s->monday && str_starts(path, s->below) &&
	       str_eq(str_from(path, s->below.n), page);
}

/*
 * Whether a commit wrote the last page of an earlier week. One that was made again when its week
 * was over tells nothing of later days; only that which came first is taken at any time.
 */
static bool is_last_page(const struct news_search *s, const struct history_commit *commit)
{
	struct str trailer = commit->trailer;
	struct iso_week week;
	if (str_starts(trailer, STR("review ")) && week_parse(str_from(trailer, 7), &week)) {
		civil_day monday = week_monday(week);
		if (monday != NO_DAY && monday < s->monday && commit->day <= monday + 6)
			return true;
	}
	for (size_t i = 0; i < commit->info->count; i++)
		if (!commit->info->deltas[i].before[0] &&
		    is_earlier_page(s, &commit->info->deltas[i]))
			return true;
	return false;
}

/* ---- what changed ---- */

static bool same_words(const struct strs *a, const struct strs *b)
{
	bool same = a->count == b->count;
	for (size_t i = 0; same && i < a->count; i++)
		same = str_eq(a->items[i], b->items[i]);
	return same;
}

static struct strs keep_words(const struct strs *words, struct arena *arena)
{
	struct strs kept = {ARENA_ARRAY(arena, struct str, words->count), words->count};
	for (size_t i = 0; i < words->count; i++)
		kept.items[i] = arena_str(arena, words->items[i]);
	return kept;
}

static struct strs words_of_key(const struct contact *c, enum key key, struct arena *arena)
{
	struct str status = contact_status(c);
	if (key == KEY_STATUS)
		return (struct strs){arena_copy(arena, &status, 1, sizeof(status)), 1};
	return fields_words(c, key, arena);
}

static struct news_person *person_at(struct news_search *s, struct str path)
{
	for (size_t i = 0; i < s->count; i++)
		if (str_eq(s->people[i].path, path))
			return &s->people[i];
	s->people = mem_grow(s->people, s->count, &s->cap, sizeof(*s->people));
	s->people[s->count] = (struct news_person){.path = arena_str(s->arena, path)};
	return &s->people[s->count++];
}

static void take_news(struct news_search *s, const struct history_file *file, civil_day day)
{
	for (size_t k = 0; k < s->keys_count; k++) {
		struct strs before = words_of_key(file->before, s->keys[k], s->arena);
		struct strs after = words_of_key(file->after, s->keys[k], s->arena);
		if (same_words(&before, &after))
			continue;
		struct news_value *value = &person_at(s, file->path)->values[k];
		if (!value->changed) {
			value->day = day;
			value->after = keep_words(&after, s->arena);
		}
		value->changed = true;
		value->before = keep_words(&before, s->arena);
	}
}

static bool wants_news(void *context, const struct git_delta *delta, struct str path)
{
	(void)context;
	(void)path;
	return delta->before[0] && delta->after[0];
}

static bool visit_for_news(void *context, const struct history_commit *commit)
{
	struct news_search *s = context;
	s->found = is_last_page(s, commit);
	if (s->found || ++s->commits > MOST_COMMITS)
		return false;
	/* A page of a week that is over holds nothing of later days. */
	if (s->today > s->sunday && commit->day > s->sunday)
		return true;
	for (size_t i = 0; i < commit->count; i++)
		if (commit->files[i].before && commit->files[i].after)
			take_news(s, &commit->files[i], commit->day);
	return true;
}

/* ---- as the page tells it ---- */

/* With the key of the name beside, because qsort has no context. */
struct named_change {
	struct str key;
	struct review_change change;
};

static int compare_changes(const void *a, const void *b)
{
	const struct named_change *x = a, *y = b;
	int order = str_cmp(x->key, y->key);
	return order ? order : (x->change.who > y->change.who) - (x->change.who < y->change.who);
}

/* False where nothing is left to tell. */
static bool make_news(struct named_change *out, const struct news_search *s,
		      const struct news_person *person)
{
	uint32_t who;
	if (journal_resolve(s->journal, person->path, &who) != JOURNAL_FOUND ||
	    !contact_is_active(&s->journal->contacts[who]))
		return false;
	struct difference *fields = ARENA_ARRAY(s->arena, struct difference, s->keys_count);
	*out = (struct named_change){text_key(s->journal->contacts[who].name, s->arena),
				     {who, NO_DAY, fields, 0}};
	for (size_t k = 0; k < s->keys_count; k++) {
		const struct news_value *v = &person->values[k];
		if (!v->changed || same_words(&v->before, &v->after))
			continue;
		if (out->change.day == NO_DAY || v->day > out->change.day)
			out->change.day = v->day;
		fields[out->change.count++] = (struct difference){.kind = DIFFERENCE_FIELD,
								  .key = s->keys[k],
								  .key_text = key_name(s->keys[k]),
								  .before = v->before,
								  .after = v->after};
	}
	return out->change.count > 0;
}

static void collect_changes(struct review_changes *out, const struct news_search *s)
{
	struct named_change *all = ARENA_ARRAY(s->arena, struct named_change, s->count);
	size_t count = 0;
	for (size_t i = 0; i < s->count; i++)
		count += make_news(&all[count], s, &s->people[i]);
	if (count)
		qsort(all, count, sizeof(*all), compare_changes);
	*out = (struct review_changes){ARENA_ARRAY(s->arena, struct review_change, count), count};
	for (size_t i = 0; i < count; i++)
		out->items[i] = all[i].change;
}

/* The keys that are told, by their place in the line. How many they are. */
static size_t find_told_keys(enum key keys[MOST_KEYS])
{
	size_t count = 0;
	for (unsigned place = 1; place <= MOST_KEYS; place++)
		for (enum key key = 0; key < KEY_COUNT; key++)
			if (key_row(key)->in_review == place)
				keys[count++] = key;
	return count;
}

int news_find(struct review_changes *out, const struct history_order *order,
	      const struct journal *journal, civil_day monday, civil_day today, struct arena *arena,
	      struct kith_error *err)
{
	struct news_search s = {.journal = journal,
				.below = order->below,
				.monday = monday,
				.sunday = monday + 6,
				.today = today,
				.arena = arena};
	const struct history_visit visit = {visit_for_news, wants_news, &s};
	struct history_order mine = *order;
	struct history none;
	mine.config = &journal->config;
	mine.visit = &visit;
	s.keys_count = find_told_keys(s.keys);
	*out = (struct review_changes){NULL, 0};
	int rc = history_read(&none, &mine, arena, err);
	if (rc == 0 && s.found)
		collect_changes(out, &s);
	free(s.people);
	return rc;
}

/* ---- of one person ---- */

/* Commits by several clocks need not stand in the order of their days. */
#define DAYS_AMISS 7
/* The furthest zone east, in minutes. */
#define ZONE_EAST (14 * 60)

struct since_search {
	struct str path;
	civil_day day, today;
	enum key keys[MOST_KEYS];
	size_t keys_count, commits;
	struct strs before[MOST_KEYS];
	bool found, came; /* the file is of later than that day */
	struct arena *arena;
};

bool news_since_may_be(const struct journal *journal, uint32_t who, civil_day day)
{
	int64_t written = fs_written(journal->dir, journal->contacts[who].path.p);
	return written != INT64_MIN && day_of_time(written, ZONE_EAST) > day;
}

static bool wants_of_one(void *context, const struct git_delta *delta, struct str path)
{
	const struct since_search *s = context;
	return delta->after[0] && str_eq(path, s->path);
}

static bool visit_for_since(void *context, const struct history_commit *commit)
{
	struct since_search *s = context;
	bool late = commit->day > s->day && commit->day <= s->today;
	for (size_t i = 0; late && i < commit->count; i++) {
		const struct contact *before = commit->files[i].before;
		s->came = !before;
		s->found = before;
		for (size_t k = 0; before && k < s->keys_count; k++) {
			struct strs words = words_of_key(before, s->keys[k], s->arena);
			s->before[k] = keep_words(&words, s->arena);
		}
	}
	return !s->came && commit->day >= s->day - DAYS_AMISS && ++s->commits < MOST_COMMITS;
}

static void compare_since(struct differences *out, const struct since_search *s,
			  const struct contact *now)
{
	out->items = ARENA_ARRAY(s->arena, struct difference, s->keys_count);
	for (size_t k = 0; k < s->keys_count; k++) {
		struct strs after = words_of_key(now, s->keys[k], s->arena);
		if (!same_words(&s->before[k], &after))
			out->items[out->count++] =
			    (struct difference){.kind = DIFFERENCE_FIELD,
						.key = s->keys[k],
						.key_text = key_name(s->keys[k]),
						.before = s->before[k],
						.after = after};
	}
}

int news_since(struct differences *out, const struct history_order *order,
	       const struct journal *journal, uint32_t who, civil_day day, civil_day today,
	       struct arena *arena, struct kith_error *err)
{
	const struct contact *c = &journal->contacts[who];
	struct since_search s = {.path = c->path, .day = day, .today = today, .arena = arena};
	const struct history_visit visit = {visit_for_since, wants_of_one, &s};
	struct history_order mine = *order;
	struct history none;
	mine.config = &journal->config;
	mine.visit = &visit;
	s.keys_count = find_told_keys(s.keys);
	*out = (struct differences){NULL, 0};
	int rc = history_read(&none, &mine, arena, err);
	if (rc == 0 && s.found && !c->unread)
		compare_since(out, &s, c);
	return rc;
}
