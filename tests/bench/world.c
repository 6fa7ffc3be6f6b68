#define _POSIX_C_SOURCE 200809L
#include "world.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void die(const char *what)
{
	fprintf(stderr, "generate: %s: %s\n", what, strerror(errno));
	exit(1);
}

void *zalloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size);

	if (!p)
		die("memory");
	return p;
}

static char *copy(const char *s)
{
	char *p = strdup(s);

	if (!p)
		die("memory");
	return p;
}

/* splitmix64, by Sebastiano Vigna: one addition and a mix; any seed will do. */
uint64_t mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

unsigned below(uint64_t *random, size_t n)
{
	*random += UINT64_C(0x9e3779b97f4a7c15);
	return (unsigned)(mix(*random) % (n ? n : 1));
}

uint64_t fnv(const char *s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return h;
}

struct list split(const char *text, char at)
{
	struct list l = {NULL, 0};
	char *p;

	if (!*text)
		return l;
	p = copy(text);
	l.item = zalloc(strlen(p) + 1, sizeof(*l.item));
	for (char *next; p; p = next) {
		next = strchr(p, at);
		if (next)
			*next++ = '\0';
		l.item[l.n++] = p;
	}
	return l;
}

void list_free(struct list *l)
{
	if (l->n)
		free(l->item[0]);
	free(l->item);
}

enum part { TEXT, SLUG, PLAIN };

/* Adds one part of a `text:slug:plain` to a string of NAME_MAX_BYTES. */
static void add_part(char *to, const char *word, enum part part)
{
	const char *from = word, *end = word + strcspn(word, ":");

	for (enum part at = TEXT; at < part && *end; at++) {
		const char *next = end + 1;
		size_t n = strcspn(next, ":");

		if (n)
			from = next;
		end = next + n;
	}
	size_t size = strcspn(from, ":"), old = strlen(to);

	for (size_t i = 0; i < size && old + i + 1 < NAME_MAX_BYTES; i++) {
		char c = from[i];

		to[old + i] = part != TEXT && c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
		to[old + i + 1] = '\0';
	}
}

/* Puts the words of a name one after the other, with what stands between them. */
static char *join(const char *const *word, size_t count, enum part part, const char *between)
{
	char name[NAME_MAX_BYTES] = "";

	for (size_t i = 0; i < count; i++) {
		if (i)
			add_part(name, between, TEXT);
		add_part(name, word[i], part);
	}
	return copy(name);
}

static bool slug_is_free(const struct world *w, const char *slug, size_t *slot)
{
	for (*slot = fnv(slug) % w->slots; w->slot[*slot]; *slot = (*slot + 1) % w->slots)
		if (!strcmp(w->contact[w->slot[*slot] - 1].slug, slug))
			return false;
	return true;
}

/* The name with a first letter in upper case, as an alias of a name in another script. */
static char *in_latin(const char *given, const char *family)
{
	char *name = join((const char *[]){given, family}, 2, PLAIN, " ");

	for (char *s = name; *s; s++)
		if ((s == name || s[-1] == ' ') && *s >= 'a' && *s <= 'z')
			*s = (char)(*s - 'a' + 'A');
	return name;
}

static size_t draw_words(struct world *w, size_t region, uint64_t *random, bool middle,
			 const char *word[3])
{
	const struct list *given = &w->given[region], *family = &w->family[region];
	unsigned order = name_pools[region].order;
	bool family_first = order & (FAMILY_FIRST | JOINED);
	const char *last = family->item[below(random, family->n)];
	size_t first = below(random, given->n), n = 0;

	if (family_first)
		word[n++] = last;
	word[n++] = given->item[first];
	if ((order & TWICE) || (middle && !family_first))
		word[n++] = given->item[(first + 1 + below(random, given->n - 1)) % given->n];
	if (!family_first)
		word[n++] = last;
	return n;
}

size_t world_draw_region(uint64_t *random)
{
	unsigned at = below(random, 1000);
	size_t region = 0;

	while (region + 1 < name_pool_count && at >= name_pools[region].share)
		at -= name_pools[region++].share;
	return region;
}

/* A middle name after some tries, and then a number, as the program itself does it. */
static char *free_slug(struct world *w, size_t region, uint64_t *random, const char *word[3],
		       size_t *n, size_t *slot)
{
	const char *between = name_pools[region].order & JOINED ? "" : "-";
	char numbered[NAME_MAX_BYTES + 24];
	char *slug = NULL;

	for (int tries = 0; tries < 12; tries++) {
		free(slug);
		*n = draw_words(w, region, random, tries > 2, word);
		slug = join(word, *n, SLUG, between);
		if (slug_is_free(w, slug, slot))
			return slug;
	}
	for (unsigned i = 2;; i++) {
		snprintf(numbered, sizeof(numbered), "%s-%u", slug, i);
		if (slug_is_free(w, numbered, slot))
			break;
	}
	free(slug);
	return copy(numbered);
}

static void name_contact(struct world *w, size_t index)
{
	uint64_t random = mix(w->seed ^ mix(index + 1));
	struct contact *c = &w->contact[index];
	size_t region = world_draw_region(&random), n, slot;
	const struct pool *pool = &name_pools[region];
	const char *word[3];
	char *slug = free_slug(w, region, &random, word, &n, &slot);
	bool family_first = pool->order & (FAMILY_FIRST | JOINED);
	const char *between = pool->order & JOINED ? "" : " ";
	const char *given = word[family_first], *family = word[family_first ? 0 : n - 1];

	w->slot[slot] = index + 1;
	c->slug = slug;
	c->region = region;
	c->pool = pool;
	c->name = join(word, n, TEXT, between);
	c->given = join(word + family_first, pool->order & TWICE ? 2 : 1, TEXT, between);
	c->mail = join((const char *[]){given, family}, 2, PLAIN, ".");
	if (strchr(given, ':') && strchr(strchr(given, ':') + 1, ':'))
		c->latin = in_latin(given, family);
}

void world_build(struct world *w)
{
	for (size_t i = 0; i < name_pool_count && i < POOLS_MAX; i++) {
		w->places[i] = split(name_pools[i].places, '|');
		w->phrases[i] = split(name_pools[i].phrases, '|');
		w->given[i] = split(name_pools[i].given, ' ');
		w->family[i] = split(name_pools[i].family, ' ');
	}
	w->contact = zalloc(w->count, sizeof(*w->contact));
	w->slots = w->count * 2 + 1;
	w->slot = zalloc(w->slots, sizeof(*w->slot));
	for (size_t i = 0; i < w->count; i++)
		name_contact(w, i);
}
