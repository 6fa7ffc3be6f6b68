/*
 * What makes a journal believable is in the tables; all else draws from them.
 * Nothing here may give a finding: links go to people who are there, chains of
 * introductions run backwards only, no key or date is there twice or wrong.
 */
#define _POSIX_C_SOURCE 200809L
#include "page.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TODAY = 20780, ENTRIES_MAX = 40, PAGE_MAX = 1 << 16 };

struct cadence {
	const char *text; /* NULL: the key is missing */
	unsigned days, share;
};
static const struct cadence CADENCES[] = {
    {"close", 21, 4},           {"regular", 61, 16}, {"light", 182, 22}, {"rare", 365, 16},
    {"every 6 weeks", 42, 4},   {"2 months", 61, 5}, {"monthly", 30, 3}, {"quarterly", 91, 6},
    {"every 10 weeks", 70, 2},  {"P8W", 56, 1},      {"45 days", 45, 1}, {"twice a year", 182, 4},
    {"every 4 months", 122, 3}, {"none", 150, 3},    {NULL, 182, 10},
};

struct channel {
	const char *name;
	unsigned share;
};
static const struct channel CHANNELS[] = {
    {"call", 18}, {"coffee", 14}, {"email", 22}, {"message", 13}, {"meeting", 10},
    {"lunch", 7}, {"dinner", 3},  {"visit", 2},  {"event", 4},    {"letter", 1},
    {"gift", 1},  {"intro", 1},   {"note", 2},   {"tried", 2},
};

/* One file while it is written. */
struct page {
	const struct world *world;
	struct list prose[PROSE_LISTS];
	const struct contact *who;
	size_t index;
	uint64_t random;
	bool woman, oldest_first, by_year, emoji;
	const char *separator;
	int day[ENTRIES_MAX]; /* of the entries, the newest first */
	size_t days;
	size_t n;
	char text[PAGE_MAX];
};

static unsigned upto(struct page *p, size_t n)
{
	return below(&p->random, n);
}

static bool chance(struct page *p, unsigned permille)
{
	return upto(p, 1000) < permille;
}

static const char *pick(struct page *p, const struct list *l)
{
	return l->item[upto(p, l->n)];
}

static void add(struct page *p, const char *s)
{
	size_t n = strlen(s);

	if (n >= sizeof(p->text) - p->n) {
		errno = EFBIG;
		die(p->who->slug);
	}
	memcpy(p->text + p->n, s, n);
	p->n += n;
}

static void add_all(struct page *p, const char *const *s)
{
	for (; *s; s++)
		add(p, *s);
}
#define ADD(p, ...) add_all(p, (const char *const[]){__VA_ARGS__, NULL})

static void add_number(struct page *p, unsigned n, unsigned digits)
{
	char text[16];

	snprintf(text, sizeof(text), "%0*u", (int)digits, n);
	add(p, text);
}

struct civil {
	unsigned year, month, day;
};

/* A day since 1970-01-01 in the calendar (Howard Hinnant's civil_from_days). */
static struct civil civil(int day)
{
	unsigned z = (unsigned)(day + 719468), era = z / 146097, doe = z % 146097;
	unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	unsigned month = mp < 10 ? mp + 3 : mp - 9;

	return (struct civil){yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

static void add_month_day(struct page *p, int day)
{
	add_number(p, civil(day).month, 2);
	add(p, "-");
	add_number(p, civil(day).day, 2);
}

static void add_date(struct page *p, int day)
{
	add_number(p, civil(day).year, 4);
	add(p, "-");
	add_month_day(p, day);
}

static const struct contact *other(struct page *p, size_t among)
{
	const struct world *w = p->world;
	size_t i = upto(p, among);

	if (i == p->index)
		i = i ? i - 1 : (w->count > 1);
	return &w->contact[i];
}

static void add_link(struct page *p, const struct contact *c)
{
	ADD(p, "[[", c->slug);
	if (chance(p, 150))
		ADD(p, "|", c->given);
	add(p, "]]");
}

static void add_word(struct page *p, char letter)
{
	switch (letter) {
	case 's':
		add(p, p->woman ? "she" : "he");
		break;
	case 'S':
		add(p, p->woman ? "She" : "He");
		break;
	case 'h':
		add(p, p->woman ? "her" : "his");
		break;
	case 'i':
		add(p, p->woman ? "her" : "him");
		break;
	case 't':
		add(p, pick(p, &p->prose[TOPICS]));
		break;
	case 'o':
		add(p, pick(p, &p->prose[ORGS]));
		break;
	case 'p':
		add(p, pick(p, &p->world->places[chance(p, 600) ? p->who->region
								: world_draw_region(&p->random)]));
		break;
	case 'm':
		add(p, pick(p, &p->prose[MONTHS]));
		break;
	default:
		add_link(p, other(p, p->world->count));
	}
}

static void add_prose(struct page *p, const char *template)
{
	for (const char *s = template; *s; s++) {
		char c[2] = {*s, '\0'};

		if (*s == '%')
			add_word(p, *++s);
		else
			add(p, c);
	}
}

/* Front matter ----------------------------------------------------------- */

static void add_some(struct page *p, const char *key, const struct list *l, size_t most)
{
	size_t count = 1 + upto(p, most), at = upto(p, l->n);

	ADD(p, key, ": [");
	for (size_t i = 0; i < count; i++, at = (at + 1 + l->n / 7) % l->n)
		ADD(p, i ? ", " : "", l->item[at]);
	add(p, "]\n");
}

static void add_aliases(struct page *p)
{
	const struct contact *c = p->who;

	if (c->latin)
		ADD(p, "aliases: [", c->latin, "]\n");
	else if (chance(p, 500))
		ADD(p, "aliases: ", c->given, "\n");
	else
		ADD(p, "aliases: [", c->given, ", Dr. ", strrchr(c->name, ' ') + 1, "]\n");
}

static void add_phone(struct page *p)
{
	ADD(p, "phone: {mobile: \"", p->who->pool->phone, " ");
	add_number(p, upto(p, 1000000), 6);
	if (chance(p, 400)) {
		ADD(p, "\", work: \"", p->who->pool->phone, " ");
		add_number(p, upto(p, 1000000), 6);
	}
	add(p, "\"}\n");
}

/* E-mail, phone, url, org and title: one organisation stands behind them. */
static void add_work(struct page *p)
{
	size_t org = upto(p, p->prose[ORGS].n);
	const char *mail = p->who->mail, *domain = p->prose[DOMAINS].item[org];

	if (chance(p, 150))
		ADD(p, "email: {work: ", mail, "@", domain, ".example, home: ", mail,
		    "@post.example}\n");
	else if (chance(p, 980))
		ADD(p, "email: ", mail, "@", domain, ".example\n");
	if (chance(p, 800))
		add_phone(p);
	if (chance(p, 700))
		ADD(p, "url: https://", domain, ".example/people/", mail, "\n");
	if (chance(p, 950))
		ADD(p, "org: ", p->prose[ORGS].item[org], "\n");
	if (chance(p, 950))
		ADD(p, "title: ", pick(p, &p->prose[TITLES]), "\n");
}

static void add_birthday(struct page *p)
{
	int day = -9000 + (int)upto(p, 20500);
	unsigned how = upto(p, 100);

	add(p, "birthday: ");
	if (how >= 15)
		add_date(p, day);
	else {
		add(p, how < 10 ? "--" : "");
		add_month_day(p, day);
	}
	add(p, "\n");
}

/* Only to an earlier contact, so that no chain of introductions comes back. */
static void add_introduction(struct page *p)
{
	const char *slug;
	unsigned how = upto(p, 100);

	if (!p->index)
		return;
	slug = p->world->contact[upto(p, p->index)].slug;
	if (how < 75)
		ADD(p, "introduced_by: \"[[", slug, "]]\"\n");
	else if (how < 80)
		ADD(p, "introduced_by: [[", slug, "]]\n");
	else
		ADD(p, "introduced_by: ", slug, "\n");
}

static void add_dates(struct page *p)
{
	const struct list *l = &p->prose[OCCASIONS];
	size_t count = 1 + upto(p, 3), at = upto(p, l->n);

	add(p, "dates:\n");
	for (size_t i = 0; i < count; i++, at = (at + 1) % l->n) {
		bool yearly = chance(p, 600);

		add(p, "  ");
		add_prose(p, l->item[at]);
		add(p, ": ");
		add_date(p, TODAY + 240 - (int)upto(p, yearly ? 6000 : 900));
		add(p, yearly ? " yearly\n" : "\n");
	}
}

static void add_state(struct page *p, bool settled)
{
	unsigned how = settled ? upto(p, 1000) : 1000;

	if (how < 40)
		add(p, how < 12 ? "status: paused\n" : "status: archived\n");
	else if (how < 44)
		add(p, "status: deceased\n");
	else if (how < 54) {
		add(p, "snooze: ");
		add_date(p, TODAY - 20 + (int)upto(p, 80));
		add(p, "\n");
	}
}

static void add_front(struct page *p, const struct cadence *cadence, int met, bool settled)
{
	ADD(p, "---\nname: ", p->who->name, "\n");
	if (chance(p, 850))
		add_aliases(p);
	add_work(p);
	if (chance(p, 950))
		ADD(p, "location: ", pick(p, &p->world->places[p->who->region]), "\n");
	if (chance(p, 950))
		add_some(p, "tags", &p->prose[TAGS], 4);
	if (chance(p, 900))
		add_some(p, "interests", &p->prose[TOPICS], 4);
	if (cadence->text)
		ADD(p, "cadence: ", cadence->text, "\n");
	if (chance(p, 700))
		add_birthday(p);
	add(p, "met: ");
	add_date(p, met);
	if (chance(p, 500))
		add_prose(p, " at a talk on %t in %p");
	add(p, "\n");
	if (chance(p, 650))
		add_introduction(p);
	if (p->world->count > 1 && chance(p, 100))
		ADD(p, "knows: {colleague: \"[[", other(p, p->world->count)->slug, "]]\"}\n");
	add_state(p, settled);
	if (chance(p, 750))
		add_dates(p);
	add(p, "---\n");
}

/* Body ------------------------------------------------------------------- */

static void add_notes(struct page *p)
{
	size_t count = 4 + upto(p, 5), at = upto(p, p->prose[SENTENCES].n);
	bool lines = chance(p, 300);

	if (chance(p, 200))
		ADD(p, "# ", p->who->name, "\n\n");
	for (size_t i = 0; i < count; i++) {
		if (i)
			add(p, lines ? "\n" : " ");
		add_prose(p, p->prose[SENTENCES].item[at]);
		at = (at + 5) % p->prose[SENTENCES].n;
	}
	add(p, "\n");
}

static void add_field(struct page *p, const char *dataview, const char *emoji, int day)
{
	ADD(p, p->emoji ? " " : "  (", p->emoji ? emoji : dataview, p->emoji ? " " : ":: ");
	add_date(p, day);
	add(p, p->emoji ? "" : ")");
}

static void add_task(struct page *p, const char *mark, const struct list *what, int made, int due,
		     int done)
{
	ADD(p, "- [", done ? "x" : " ", "] ", mark);
	add_prose(p, pick(p, what));
	if (chance(p, 800))
		add_field(p, "created", "➕", made);
	if (due)
		add_field(p, "due", "📅", due);
	if (done)
		add_field(p, "completion", "✅", done);
	add(p, "\n");
}

static int draw_due(struct page *p, int first, size_t span)
{
	return chance(p, 600) ? first + (int)upto(p, span) : 0;
}

/* No two draws among the arguments of a call: C leaves their order open. */
static void add_tasks(struct page *p)
{
	bool promise = chance(p, 220), hope = chance(p, 90), topic = chance(p, 60);
	size_t done = chance(p, 450) ? 1 + upto(p, 3) : 0;
	int made = TODAY - (int)upto(p, 50);

	if (!promise && !hope && !topic && !done)
		return;
	add(p, "\n## Next\n");
	if (promise) {
		int due = draw_due(p, TODAY - 10, 70);

		add_task(p, chance(p, 60) ? "#gave " : "", &p->prose[PROMISES], made, due, 0);
	}
	if (hope) {
		int due = draw_due(p, TODAY - 15, 60);

		add_task(p, chance(p, 200) ? "#waiting #asked " : "#waiting ", &p->prose[HOPES],
			 made, due, 0);
	}
	if (topic)
		add_task(p, "#topic ", &p->prose[TOPICS], made, 0, 0);
	for (; done; done--) {
		int day = TODAY - 5 - (int)upto(p, 500);

		add_task(p, "", &p->prose[PROMISES], day - (int)upto(p, 60), 0, day);
	}
}

static const char *draw_channel(struct page *p)
{
	unsigned at = upto(p, 100);
	size_t i = 0;

	while (i + 1 < sizeof(CHANNELS) / sizeof(*CHANNELS) && at >= CHANNELS[i].share)
		at -= CHANNELS[i++].share;
	return CHANNELS[i].name;
}

/* Links, and no one twice. */
static void add_company(struct page *p)
{
	const struct contact *first = other(p, p->world->count), *second;

	if (p->world->count < 3)
		return;
	add(p, " with ");
	add_link(p, first);
	second = other(p, p->world->count);
	if (second != first && chance(p, 150)) {
		add(p, " and ");
		add_link(p, second);
	}
}

static void add_entry_text(struct page *p)
{
	const struct list *own = &p->world->phrases[p->who->region];

	if (own->n && chance(p, 350))
		add(p, pick(p, own));
	else
		add_prose(p, pick(p, &p->prose[TEXTS]));
	if (chance(p, 480)) {
		add(p, "; ");
		add_prose(p, pick(p, &p->prose[TEXTS]));
	}
}

static void add_time(struct page *p)
{
	add(p, " ");
	add_number(p, 8 + upto(p, 12), 2);
	add(p, chance(p, 500) ? ":30" : ":00");
}

static void add_entry(struct page *p, int day)
{
	const char *channel = draw_channel(p);
	unsigned tag = upto(p, 1000);

	add(p, "- ");
	add_date(p, day);
	if (chance(p, 40))
		add_time(p);
	ADD(p, " ", channel);
	if (strcmp(channel, "tried") && strcmp(channel, "note") && chance(p, 140))
		add_company(p);
	if (chance(p, 960)) {
		add(p, p->separator);
		add_entry_text(p);
	}
	add(p, tag < 50 ? " #gave" : tag < 90 ? " #asked" : tag < 120 ? " #got" : "");
	add(p, tag > 996 ? " #cancelled\n" : "\n");
	if (chance(p, 110)) {
		add(p, chance(p, 300) ? "  - " : "  ");
		add_prose(p, pick(p, &p->prose[SENTENCES]));
		add(p, "\n");
	}
}

static void add_planned(struct page *p)
{
	add(p, "- ");
	add_date(p, TODAY + 1 + (int)upto(p, 40));
	add_time(p);
	add_prose(p,
		  chance(p, 500) ? " lunch: %t #planned\n" : " call: the plans for %p #planned\n");
}

static void add_log(struct page *p)
{
	static const char *const HEADINGS[] = {"Interactions", "Conversations", "Timeline"};
	unsigned year = 0;
	bool planned = chance(p, 15);

	if (!p->days && !planned)
		return;
	ADD(p, "\n## ", chance(p, 920) ? "Log" : HEADINGS[upto(p, 3)], "\n");
	if (planned && !p->oldest_first)
		add_planned(p);
	for (size_t i = 0; i < p->days; i++) {
		int day = p->day[p->oldest_first ? p->days - 1 - i : i];

		if (p->by_year && civil(day).year != year) {
			year = civil(day).year;
			add(p, i || planned ? "\n### " : "### ");
			add_number(p, year, 4);
			add(p, "\n");
		}
		add_entry(p, day);
	}
	if (planned && p->oldest_first)
		add_planned(p);
}

/* One contact ------------------------------------------------------------ */

static const struct cadence *draw_cadence(struct page *p)
{
	unsigned at = upto(p, 100);
	size_t i = 0;

	while (i + 1 < sizeof(CADENCES) / sizeof(*CADENCES) && at >= CADENCES[i].share)
		at -= CADENCES[i++].share;
	return &CADENCES[i];
}

/* Someone just met: hardly an entry. Returns the day of meeting. */
static int draw_new_days(struct page *p)
{
	int met = TODAY - (int)upto(p, 45), day = TODAY + 1;
	size_t count = upto(p, 4);

	while (p->days < count && (day -= 1 + (int)upto(p, 14)) >= met)
		p->day[p->days++] = day;
	return met;
}

/*
 * Most are in touch as they mean to be, some are late, a few are lost; between
 * the entries lies about the interval, as far as twelve years hold them.
 */
static int draw_days(struct page *p, unsigned interval)
{
	unsigned how = upto(p, 100), u = upto(p, 1000);
	size_t count = 5 + 35 * u * u / 1000000;
	unsigned most = (unsigned)(4400 / count), gap = interval < most ? interval : most;
	int day = TODAY - (int)upto(p, interval);

	if (how >= 92)
		day -= (int)(2 * interval + upto(p, interval * 2));
	else if (how >= 78)
		day -= (int)(interval / 3);
	for (; p->days < count; day -= 1 + (int)(gap / 3 + upto(p, gap * 4 / 3)))
		p->day[p->days++] = day;
	day = p->day[p->days - 1];
	return chance(p, 600) ? day : day - (int)upto(p, 200);
}

const char *page_fill(struct page *p, size_t index, size_t *size)
{
	static const char *const SEPARATORS[] = {": ", ": ", ": ",  ": ", ": ",
						 ": ", ": ", " - ", " – "};
	const struct cadence *cadence;
	bool settled;
	int met;

	p->who = &p->world->contact[index];
	p->index = index;
	p->random = mix(p->world->seed + mix(~(uint64_t)index));
	p->days = p->n = 0;
	p->woman = chance(p, 500);
	p->oldest_first = chance(p, 50);
	p->by_year = chance(p, 40);
	p->emoji = chance(p, 50);
	p->separator = SEPARATORS[upto(p, sizeof(SEPARATORS) / sizeof(*SEPARATORS))];
	cadence = draw_cadence(p);
	settled = chance(p, 980);
	met = settled ? draw_days(p, cadence->days) : draw_new_days(p);
	add_front(p, cadence, met, settled);
	add_notes(p);
	add_tasks(p);
	add_log(p);
	*size = p->n;
	return p->text;
}

struct page *page_new(const struct world *w)
{
	struct page *p = zalloc(1, sizeof(*p));

	p->world = w;
	for (size_t i = 0; i < PROSE_LISTS; i++)
		p->prose[i] = split(prose[i], '|');
	return p;
}

void page_free(struct page *p)
{
	for (size_t i = 0; p && i < PROSE_LISTS; i++)
		list_free(&p->prose[i]);
	free(p);
}
