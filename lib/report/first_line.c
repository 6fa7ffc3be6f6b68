#include "report/first_line.h"

#include <string.h>

#include "people/link.h"
#include "report/page_line.h"
#include "report/prose.h"

/* Of equal promises so many are told apart. */
#define MOST_EQUAL 4

#define DOT " \xC2\xB7 "

/* Takes a text off the front, if it stands there. */
static bool take(struct str *s, struct str text)
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
static bool take_day(struct str *s)
{
	if (!str_starts(*s, STR("**")))
		return true;
	if (!take_form(s, "**aaa 00") && !take_form(s, "**aaa 0"))
		return false;
	if (take_form(s, " aaa"))
		take_form(s, " 0000");
	return take(s, STR("**"));
}

static bool take_link(struct str *s, struct link *link)
{
	size_t used;
	if (!link_parse(*s, link, &used) || !link->markdown)
		return false;
	*s = str_from(*s, used);
	return true;
}

/* A whole number and what follows it, to the end: `turns 75`, `5 years`. */
static bool is_counted(struct str s, const char *after)
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

static struct str slug_of(const struct link *link, struct arena *arena)
{
	struct str path = link_decode(link->target, arena);
	for (size_t slash; (slash = str_find_char(path, '/')) < path.n;)
		path = str_from(path, slash + 1);
	return str_ends(path, STR(".md")) ? str_upto(path, path.n - 3) : path;
}

/* Whether the item's id is made of that text. */
static bool is_text_of(const struct page_chunk *item, const struct link *link, struct str text,
		       struct arena *arena)
{
	struct str slug = slug_of(link, arena), plain = unescape(text, arena);
	for (size_t i = 0; i < MOST_EQUAL; i++) {
		char id[ID_SIZE];
		id_make(id, item->id.p[0], slug, plain, i);
		if (str_eq(str_of(id), item->id))
			return true;
	}
	return false;
}

static bool is_date(const struct page_chunk *item, const struct link *link, struct str tail,
		    struct arena *arena)
{
	if (!take(&tail, STR(DOT)))
		return str_eq(tail, STR(" has a birthday")) ||
		       str_eq(tail, STR(" had a birthday")) ||
		       ((take(&tail, STR(" turns ")) || take(&tail, STR(" turned "))) &&
			is_counted(tail, ""));
	size_t last = tail.n;
	for (size_t i = 0; i < tail.n; i++)
		if (str_starts(str_from(tail, i), STR(DOT)))
			last = i;
	struct str years = str_from(tail, last + strlen(DOT));
	if (is_counted(years, " year") || is_counted(years, " years"))
		tail = str_upto(tail, last);
	return is_text_of(item, link, tail, arena);
}

/* `12:30 · lunch with [A](…) and [B](…): text`, after the day. */
static bool is_entry(const struct prose *prose, const struct entry *entry, struct str s,
		     struct arena *arena)
{
	struct link link;
	struct str text = prose_text(prose, entry->text, arena);
	if (entry->time.n && !(take(&s, STR(" ")) && take(&s, entry->time)))
		return false;
	take(&s, STR(DOT));
	if (entry->channel.n && !(take(&s, entry->channel) && take(&s, STR(" with "))))
		return false;
	do
		if (!take_link(&s, &link))
			return false;
	while (take(&s, STR(", ")) || take(&s, STR(" and ")));
	return text.n ? take(&s, STR(": ")) && str_eq(s, text) : s.n == 0;
}

static bool is_task(const struct prose *prose, struct ids *ids, uint32_t who,
		    const struct page_chunk *item, const struct link *link, struct str tail,
		    struct arena *arena)
{
	bool promise = item->id.p[0] == 'p';
	if (!take(&tail, promise ? STR(DOT "you promised") : STR(DOT)))
		return false;
	if (promise && tail.n && !take(&tail, STR(": ")))
		return false;
	if (is_text_of(item, link, tail, arena))
		return true;
	const struct task *task = who == NO_CONTACT ? NULL : id_find_task(ids, who, item->id);
	return task && str_eq(tail, prose_text(prose, task->text, arena));
}

bool first_line_is_kiths(const struct journal *journal, struct ids *ids, uint32_t who,
			 const struct entry *entry, const struct page_chunk *item,
			 struct arena *arena)
{
	struct prose prose = {journal, journal->config.reviews};
	struct link link;
	struct str s = line_after_bullet(str_ltrim(item->head));
	if (item->head.n > PAGE_HEAD_MAX || !take(&s, STR("[ ]")))
		return false;
	s = str_trim(str_upto(s, (size_t)(item->id.p - 1 - s.p)));
	bool day = str_starts(s, STR("**"));
	if (!take_day(&s))
		return false;
	if (item->id.p[0] == 'h')
		return entry && is_entry(&prose, entry, s, arena);
	if ((day && !take(&s, STR(DOT))) || !take_link(&s, &link))
		return false;
	if (item->id.p[0] == 'd')
		return is_date(item, &link, s, arena);
	return is_task(&prose, ids, who, item, &link, s, arena);
}
