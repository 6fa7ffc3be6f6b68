#include "people/find.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

/* More words than this name nobody. */
#define WORDS_MAX 16
/* Longer texts are no slips of anything that a person typed. */
#define SLIP_LENGTH 64

struct str find_slug_key(struct str text, struct arena *arena)
{
	struct str key = text_key(text, arena);
	char *p = arena_bytes(arena, key.n + 1);
	for (size_t i = 0; i < key.n; i++)
		p[i] = key.p[i] == '.' || key.p[i] == '_' ? '-' : key.p[i];
	return (struct str){p, key.n};
}

static bool next_key_word(struct str *words, struct str *word)
{
	if (words->n == 0)
		return false;
	size_t end = str_find_char(*words, ' ');
	*word = str_upto(*words, end);
	*words = str_from(*words, end + 1);
	return true;
}

static void split(struct strs *out, struct str words, struct arena *arena)
{
	struct str word;
	*out = (struct strs){ARENA_ARRAY(arena, struct str, WORDS_MAX), 0};
	while (next_key_word(&words, &word)) {
		if (out->count == WORDS_MAX) {
			out->count = 0;
			return;
		}
		out->items[out->count++] = word;
	}
}

/* Which of the words are there: bits for whole ones, and for beginnings. */
struct hits {
	unsigned whole, begun;
};

static void look_for_words(struct hits *hits, const struct strs *wanted, struct str words)
{
	struct str word;
	while (next_key_word(&words, &word))
		for (size_t i = 0; i < wanted->count; i++)
			if (str_starts(word, wanted->items[i])) {
				hits->begun |= 1U << i;
				if (word.n == wanted->items[i].n)
					hits->whole |= 1U << i;
			}
}

struct search {
	struct str path;      /* p == NULL where the text is none */
	struct str slug;      /* the text as a slug's key */
	struct str name;      /* as words */
	struct str email;     /* as it is; p == NULL where it is none */
	struct strs words;    /* of the name */
	struct arena scratch; /* keys of one contact */
};

static bool is_path(struct str text, struct str path)
{
	if (!text.p || text.n < path.n)
		return text.p && str_ends(path, text) && path.p[path.n - text.n - 1] == '/';
	return str_ends(text, path) && (text.n == path.n || text.p[text.n - path.n - 1] == '/');
}

static bool has_email(const struct contact *c, struct str email)
{
	for (size_t i = 0; email.p && i < c->email.count; i++)
		if (str_ieq(str_trim(c->email.items[i].text), email))
			return true;
	return false;
}

static bool has_all(unsigned bits, const struct strs *words)
{
	return words->count && bits == (1U << words->count) - 1;
}

/* The surest way in which a contact fits. */
static enum find_how how_fits(struct search *s, const struct contact *c)
{
	struct hits hits = {0};
	bool named = false;
	if (is_path(s->path, c->path))
		return FIND_PATH;
	if (str_eq(find_slug_key(c->slug, &s->scratch), s->slug))
		return FIND_SLUG;
	for (size_t i = 0; i <= c->aliases.count && !named; i++) {
		struct str name = i ? c->aliases.items[i - 1] : c->name;
		struct str words = text_words(name, &s->scratch);
		named = s->name.n && str_eq(words, s->name);
		look_for_words(&hits, &s->words, words);
	}
	if (named)
		return FIND_NAME;
	if (has_email(c, s->email))
		return FIND_EMAIL;
	look_for_words(&hits, &s->words, text_words(c->slug, &s->scratch));
	return has_all(hits.whole, &s->words)   ? FIND_WORDS
	       : has_all(hits.begun, &s->words) ? FIND_BEGINNINGS
						: FIND_NOBODY;
}

static void search_init(struct search *s, struct str text, struct arena *arena)
{
	text = str_trim(text);
	*s = (struct search){.slug = find_slug_key(text, arena), .name = text_words(text, arena)};
	while (str_starts(text, STR("./")))
		text = str_from(text, 2);
	if (str_ends(text, STR(".md")))
		s->path = text;
	if (str_find_char(text, '@') < text.n)
		s->email = text;
	split(&s->words, s->name, arena);
	arena_init(&s->scratch);
	/* A first piece to go back to: rewinding then frees nothing. */
	(void)arena_alloc(&s->scratch, 16);
}

void find_contacts(struct found *out, const struct journal *journal, struct str text,
		   struct arena *arena)
{
	struct search search;
	uint32_t *who = NULL;
	size_t cap = 0;
	*out = (struct found){.how = FIND_NOBODY};
	search_init(&search, text, arena);
	struct arena_mark mark = arena_mark(&search.scratch);
	for (uint32_t i = 0; i < journal->count && search.slug.n; i++) {
		enum find_how how = how_fits(&search, &journal->contacts[i]);
		arena_rewind(&search.scratch, mark);
		if (how == FIND_NOBODY || how > out->how)
			continue;
		if (how < out->how)
			out->count = 0;
		out->how = how;
		who = mem_grow(who, out->count, &cap, sizeof(*who));
		who[out->count++] = i;
	}
	out->who = arena_copy(arena, who, out->count, sizeof(*who));
	free(who);
	arena_release(&search.scratch);
}

static bool begins_at_word(struct str words, struct str wanted)
{
	struct str word;
	for (struct str rest = words; wanted.n && rest.n; (void)next_key_word(&rest, &word))
		if (str_starts(rest, wanted))
			return true;
	return false;
}

/* The name that begins with these words at one of its own. */
static struct str name_begun(const struct contact *c, struct str wanted, struct arena *scratch)
{
	for (size_t i = 0; i <= c->aliases.count; i++) {
		struct str name = i ? c->aliases.items[i - 1] : c->name;
		if (begins_at_word(text_words(name, scratch), wanted))
			return name;
	}
	return STR_NONE;
}

struct str find_begun_name(const struct contact *contact, struct str text, struct arena *arena)
{
	return name_begun(contact, text_words(text, arena), arena);
}

static bool is_begun(struct search *s, const struct contact *c)
{
	return str_starts(find_slug_key(c->slug, &s->scratch), s->slug) ||
	       begins_at_word(text_words(c->slug, &s->scratch), s->name) ||
	       name_begun(c, s->name, &s->scratch).p;
}

void find_begun(struct found *out, const struct journal *journal, struct str text,
		struct arena *arena)
{
	struct search search;
	search_init(&search, text, arena);
	struct arena_mark mark = arena_mark(&search.scratch);
	*out = (struct found){FIND_BEGINNINGS, ARENA_ARRAY(arena, uint32_t, journal->count), 0};
	for (uint32_t i = 0; i < journal->count; i++) {
		if (is_begun(&search, &journal->contacts[i]))
			out->who[out->count++] = i;
		arena_rewind(&search.scratch, mark);
	}
	arena_release(&search.scratch);
}

void find_prefer_active(struct found *found, const struct journal *journal)
{
	size_t active = 0, which = 0;
	for (size_t i = 0; i < found->count; i++)
		if (journal->contacts[found->who[i]].status == STATUS_ACTIVE) {
			active++;
			which = i;
		}
	if (active == 1 && found->how != FIND_PATH && found->how != FIND_SLUG) {
		found->who[0] = found->who[which];
		found->count = 1;
	}
}

struct near {
	uint32_t who;
	size_t distance;
};

static size_t slip(struct str a, struct str b, size_t max)
{
	return a.n > SLIP_LENGTH || b.n > SLIP_LENGTH ? max + 1 : text_distance(a, b, max);
}

/* The least distance of the words to a name as a whole, or to one of its words. */
static size_t distance_to(struct str wanted, struct str name, size_t max)
{
	struct str word;
	size_t least = slip(wanted, name, max);
	while (least && next_key_word(&name, &word)) {
		size_t distance = slip(wanted, word, max);
		least = distance < least ? distance : least;
	}
	return least;
}

/* In Latin letters: `christos` is near to `Χρήστος`. */
static struct str near_words(struct str text, struct arena *arena)
{
	return text_words(text_latin(text, arena), arena);
}

static size_t distance_of(const struct contact *c, struct str wanted, size_t max,
			  struct arena *scratch)
{
	size_t least = distance_to(wanted, near_words(c->slug, scratch), max);
	for (size_t i = 0; i <= c->aliases.count; i++) {
		struct str name = near_words(i ? c->aliases.items[i - 1] : c->name, scratch);
		size_t distance = distance_to(wanted, name, max);
		least = distance < least ? distance : least;
	}
	return least;
}

static int compare_near(const void *a, const void *b)
{
	const struct near *x = a, *y = b;
	if (x->distance != y->distance)
		return x->distance < y->distance ? -1 : 1;
	return (x->who > y->who) - (x->who < y->who);
}

void find_near(struct found *out, const struct journal *journal, struct str text, size_t most,
	       struct arena *arena)
{
	struct arena scratch;
	struct near *items = NULL;
	size_t count = 0, cap = 0;
	*out = (struct found){.how = FIND_NOBODY};
	struct str wanted = near_words(text, arena);
	size_t max = wanted.n < 3 ? 0 : wanted.n < 6 ? 1 : wanted.n < 12 ? 2 : 3;
	arena_init(&scratch);
	(void)arena_alloc(&scratch, 16);
	struct arena_mark mark = arena_mark(&scratch);
	for (uint32_t i = 0; i < journal->count && wanted.n; i++) {
		size_t distance = distance_of(&journal->contacts[i], wanted, max, &scratch);
		arena_rewind(&scratch, mark);
		if (distance > max)
			continue;
		items = mem_grow(items, count, &cap, sizeof(*items));
		items[count++] = (struct near){i, distance};
	}
	if (count)
		qsort(items, count, sizeof(*items), compare_near);
	out->count = count < most ? count : most;
	out->who = ARENA_ARRAY(arena, uint32_t, out->count);
	for (size_t i = 0; i < out->count; i++)
		out->who[i] = items[i].who;
	free(items);
	arena_release(&scratch);
}
