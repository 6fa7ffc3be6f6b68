#include "report/standing.h"

#include <string.h>

#include "base/text.h"
#include "people/link.h"
#include "report/ids.h"
#include "report/prose.h"
#include "report/words.h"

/* The contact that an item is about: the target of its first link, as kith writes it. */
static uint32_t person_of(const struct journal *journal, struct str head, struct arena *arena)
{
	head = str_upto(head, PAGE_HEAD_MAX);
	for (size_t at = 0; (at += str_find_char(str_from(head, at), '[')) < head.n; at++) {
		struct link link;
		size_t used;
		uint32_t who;
		if (!link_parse(str_from(head, at), &link, &used) || !link.markdown)
			continue;
		struct str path = link_decode(link.target, arena);
		if (journal_resolve(journal, path, &who) == JOURNAL_FOUND)
			return who;
		return NO_CONTACT;
	}
	return NO_CONTACT;
}

struct standing standing_people(const struct journal *journal, const struct page *page,
				struct arena *arena)
{
	size_t count = 0, cap = 0;
	for (size_t s = 0; s < page->count; s++)
		cap += page->sections[s].count;
	uint32_t *who = ARENA_ARRAY(arena, uint32_t, cap);
	for (size_t s = 0; s < page->count; s++)
		for (size_t c = 0; c < page->sections[s].count; c++) {
			const struct page_chunk *chunk = &page->sections[s].chunks[c];
			if (chunk->kind != CHUNK_ITEM || chunk->id.p[0] != 'r')
				continue;
			uint32_t one = person_of(journal, chunk->head, arena);
			const struct contact *person =
			    one == NO_CONTACT ? NULL : &journal->contacts[one];
			/* What stays takes a place, also of somebody who is gone. */
			if ((person && (person->unread || contact_is_active(person))) ||
			    page_item_is_touched(chunk))
				who[count++] = one;
		}
	return (struct standing){who, count};
}

/* --- what kith wrote --- */

/* Of equal promises so many are told apart. */
#define MOST_EQUAL 4

#define DOT " \xC2\xB7 "

/* Takes a text off the front, if it stands there. */
static bool take_prefix(struct str *s, struct str text)
{
	bool there = str_starts(*s, text);
	if (there)
		*s = str_from(*s, text.n);
	return there;
}

/* `a` is for a letter, `0` for a digit. */
static bool take_form(struct str *s, const char *form)
{
	size_t n = strlen(form);
	if (s->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = s->p[i];
		if (form[i] == 'a'   ? !str_is_alpha(c)
		    : form[i] == '0' ? !str_is_digit(c)
				     : c != form[i])
			return false;
	}
	*s = str_from(*s, n);
	return true;
}

/* `**Wed 25**`, `**Thu 12 Nov**`, `**Thu 12 Nov 2026**`, as far as it is one; nothing is fine. */
static bool take_bold_day(struct str *s)
{
	if (!str_starts(*s, STR("**")))
		return true;
	if (!take_form(s, "**aaa 00") && !take_form(s, "**aaa 0"))
		return false;
	if (take_form(s, " aaa"))
		take_form(s, " 0000");
	return take_prefix(s, STR("**"));
}

static bool take_person_link(struct str *s, struct link *link)
{
	size_t used;
	if (!link_parse(*s, link, &used) || !link->markdown)
		return false;
	*s = str_from(*s, used);
	return true;
}

/* A whole number and what follows it, to the end: `turns 75`, `5 years`. */
static bool is_number_of(struct str s, const char *after)
{
	size_t digits = 0;
	while (digits < s.n && str_is_digit(s.p[digits]))
		digits++;
	return digits > 0 && digits < 5 && str_eq(str_from(s, digits), str_of(after));
}

/* Without the backslashes of escape_markdown. */
static struct str unescape(struct str s, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < s.n; i++) {
		char next = i + 1 < s.n ? s.p[i + 1] : 'a';
		bool mark = next > ' ' && next < 0x7F && !str_is_alpha(next) && !str_is_digit(next);
		if (s.p[i] == '\\' && mark)
			i++;
		buf_addc(&b, s.p[i]);
	}
	return arena_take(arena, &b);
}

static struct str link_slug(const struct link *link, struct arena *arena)
{
	struct str name = str_base(link_decode(link->target, arena));
	return str_ends(name, STR(".md")) ? str_upto(name, name.n - 3) : name;
}

/* Whether the item's id is made of that text. */
static bool is_text_of(const struct page_chunk *item, const struct link *link, struct str text,
		       struct arena *arena)
{
	struct str slug = link_slug(link, arena), plain = unescape(text, arena);
	for (size_t i = 0; i < MOST_EQUAL; i++) {
		char id[ID_SIZE];
		id_make(id, item->id.p[0], slug, plain, i);
		if (str_eq(str_of(id), item->id))
			return true;
	}
	return false;
}

static bool is_kiths_date(const struct page_chunk *item, const struct link *link, struct str tail,
			  struct arena *arena)
{
	if (!take_prefix(&tail, STR(DOT)))
		return str_eq(tail, STR(" has a birthday")) ||
		       str_eq(tail, STR(" had a birthday")) ||
		       ((take_prefix(&tail, STR(" turns ")) ||
			 take_prefix(&tail, STR(" turned "))) &&
			is_number_of(tail, ""));
	size_t last = tail.n;
	for (size_t i = 0; i < tail.n; i++)
		if (str_starts(str_from(tail, i), STR(DOT)))
			last = i;
	struct str years = str_from(tail, last + strlen(DOT));
	if (is_number_of(years, " year") || is_number_of(years, " years"))
		tail = str_upto(tail, last);
	return is_text_of(item, link, tail, arena);
}

/* `12:30 · lunch with [A](…) and [B](…): text`, after the day. */
static bool is_kiths_entry(const struct prose *prose, const struct entry *entry, struct str s,
			   struct arena *arena)
{
	struct link link;
	struct str text = prose_text(prose, entry->text, arena);
	if (entry->time.n && !(take_prefix(&s, STR(" ")) && take_prefix(&s, entry->time)))
		return false;
	take_prefix(&s, STR(DOT));
	if (entry->channel.n &&
	    !(take_prefix(&s, entry->channel) && take_prefix(&s, STR(" with "))))
		return false;
	do
		if (!take_person_link(&s, &link))
			return false;
	while (take_prefix(&s, STR(", ")) || take_prefix(&s, STR(" and ")));
	return text.n ? take_prefix(&s, STR(": ")) && str_eq(s, text) : s.n == 0;
}

static bool is_kiths_task(const struct prose *prose, struct ids *ids, uint32_t who,
			  const struct page_chunk *item, const struct link *link, struct str tail,
			  struct arena *arena)
{
	bool promise = item->id.p[0] == 'p';
	if (!take_prefix(&tail, promise ? STR(DOT "you promised") : STR(DOT)))
		return false;
	if (promise && tail.n && !take_prefix(&tail, STR(": ")))
		return false;
	if (is_text_of(item, link, tail, arena))
		return true;
	const struct task *task = who == NO_CONTACT ? NULL : id_find_task(ids, who, item->id);
	return task && str_eq(tail, prose_text(prose, task->text, arena));
}

/*
 * Whether the first line of an item holds nothing but what kith wrote there.
 *
 * For items of all kinds but `r`, which page_item_is_touched tells. who: whose
 * item it is, or NO_CONTACT; entry: the one with the item's id, or NULL. The id
 * itself vouches for a text, since it is made of it; where it cannot (the text
 * has links, is cut, or is an entry of somebody who is gone) the text is made
 * again from the file. False when in doubt, also for forms of other templates.
 */
static bool first_line_is_kiths(const struct journal *journal, struct ids *ids, uint32_t who,
				const struct entry *entry, const struct page_chunk *item,
				struct arena *arena)
{
	struct prose prose = {journal, journal->config.reviews};
	struct link link;
	struct str s = line_after_bullet(str_ltrim(item->head));
	if (item->head.n > PAGE_HEAD_MAX || !take_prefix(&s, STR("[ ]")))
		return false;
	s = str_trim(str_upto(s, (size_t)(item->id.p - 1 - s.p)));
	bool day = str_starts(s, STR("**"));
	if (!take_bold_day(&s))
		return false;
	if (item->id.p[0] == 'h')
		return entry && is_kiths_entry(&prose, entry, s, arena);
	if ((day && !take_prefix(&s, STR(DOT))) || !take_person_link(&s, &link))
		return false;
	if (item->id.p[0] == 'd')
		return is_kiths_date(item, &link, s, arena);
	return is_kiths_task(&prose, ids, who, item, &link, s, arena);
}

/* --- what became of it --- */

/* `talked on Tue 24`: what is over is said with its day. */
static struct str said_on(const struct week *week, const char *what, civil_day day,
			  struct arena *arena)
{
	bool near = day >= week->monday && day <= week->sunday;
	struct str words =
	    near ? words_weekday(day, arena) : words_day(day, day_to_ymd(week->monday).year, arena);
	return arena_printf(arena, "%s on %.*s", what, STR_ARG(words));
}

/* Somebody under Reach out who is no longer due. */
static struct str person_news(struct standing_fates *f, uint32_t who)
{
	const struct contact *c = &f->journal->contacts[who];
	struct reckoning r = reckon_one(f->journal, who, f->week->as_of);
	if (r.last != NO_DAY && r.last >= f->week->monday - 7)
		return said_on(f->week, "talked", r.last, f->arena);
	if (r.planned != NO_DAY)
		return said_on(f->week, "planned", r.planned, f->arena);
	if (c->snooze != NO_DAY && c->snooze > f->week->sunday)
		return arena_printf(
		    f->arena, "resting until %s",
		    words_day(c->snooze, day_to_ymd(f->week->monday).year, f->arena).p);
	if (r.due != NO_DAY)
		return said_on(f->week, "no longer this week: due", r.due, f->arena);
	return STR("no longer due");
}

static struct str task_news(struct standing_fates *f, uint32_t who, struct str id)
{
	const struct task *t = id_find_task(f->ids, who, id);
	if (!t)
		return STR("changed since, or taken out");
	if (t->state == TASK_DROPPED)
		return STR("dropped");
	if (t->state == TASK_DONE)
		return t->done == NO_DAY ? STR("done")
					 : said_on(f->week, "done", t->done, f->arena);
	if (t->due != NO_DAY && t->due < f->week->as_of)
		return arena_printf(f->arena, "%s %s", t->waiting ? "hoped for" : "meant for",
				    words_relative(t->due, f->week->as_of, f->arena).p);
	if (t->due != NO_DAY)
		return arena_printf(
		    f->arena, "now for %s",
		    words_day(t->due, day_to_ymd(f->week->monday).year, f->arena).p);
	return STR("still open");
}

/* In the person's own file, or in another's that names the person after `with`. */
static const struct entry *find_their_entry(struct standing_fates *f, uint32_t who, struct str id)
{
	const struct contact *c = &f->journal->contacts[who];
	const struct entry *found = id_find_entry(f->ids, who, id);
	for (size_t i = 0; i < c->shared_count && !found; i++)
		found = id_find_entry(f->ids, c->shared[i].contact, id);
	return found;
}

static struct str entry_news(struct standing_fates *f, uint32_t who, struct str id)
{
	const struct entry *found = find_their_entry(f, who, id);
	if (!found)
		return STR("changed since, or taken out");
	if (found->cancelled)
		return STR("cancelled");
	if (found->over)
		return said_on(f->week, "talked", found->day, f->arena);
	return found->planned ? STR("") : STR("it happened");
}

static civil_day find_date(struct standing_fates *f, const struct contact *c, size_t which,
			   civil_day from, civil_day to)
{
	return dates_first(c, which, from, to, f->journal->config.leap_march).day;
}

/* A date that falls on none of the page's days any more: where it is now. */
static struct str moved_date_news(struct standing_fates *f, const struct contact *c, size_t which)
{
	civil_day monday = f->week->monday;
	/* Nine years hold every date that comes back, 29 February too. */
	civil_day day = find_date(f, c, which, monday, day_add_months(monday, 12 * 9));
	if (day == NO_DAY && which != BIRTHDAY)
		day = c->dates[which].day;
	if (day == NO_DAY)
		return STR("changed since, or taken out");
	return arena_printf(f->arena, "now on %s",
			    words_day(day, day_to_ymd(monday).year, f->arena).p);
}

static struct str date_news(struct standing_fates *f, const struct contact *c, uint32_t who,
			    struct str id)
{
	civil_day from = f->week->passed_from;
	size_t which;
	if (!id_find_date(&which, f->ids, who, id))
		return STR("changed since, or taken out");
	if (find_date(f, c, which, from, f->week->ahead_end) == NO_DAY)
		return moved_date_news(f, c, which);
	civil_day last = reckon_one(f->journal, who, f->week->as_of).last;
	return last != NO_DAY && last >= from ? said_on(f->week, "talked", last, f->arena)
					      : STR("");
}

struct page_fate standing_fate(void *fates, const struct page_chunk *item)
{
	struct standing_fates *f = fates;
	uint32_t who = person_of(f->journal, item->head, f->arena);
	const struct contact *c = who == NO_CONTACT ? NULL : &f->journal->contacts[who];
	if (c && c->unread)
		return (struct page_fate){.line = STR("its file cannot be read: see Needs a look")};
	if (!c || !contact_is_active(c)) {
		const struct entry *entry =
		    c && item->id.p[0] == 'h' ? find_their_entry(f, who, item->id) : NULL;
		return (struct page_fate){
		    .drop = item->id.p[0] == 'r' ||
			    first_line_is_kiths(f->journal, f->ids, who, entry, item, f->arena)};
	}
	switch (item->id.p[0]) {
	case 'r':
		return (struct page_fate){.line = person_news(f, who)};
	case 'd':
		return (struct page_fate){.line = date_news(f, c, who, item->id)};
	case 'h':
		return (struct page_fate){.line = entry_news(f, who, item->id)};
	default:
		return (struct page_fate){.line = task_news(f, who, item->id)};
	}
}
