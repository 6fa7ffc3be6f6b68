/*
 * Of two people that become one neither is the other's company: `call with
 * [[grace]] and [[bob]]` is one with Bob. A line that would not read as
 * before otherwise stays as it is.
 */
#include "change/section.h"
#include "change/unite_parts.h"
#include "note/edit.h"
#include "people/link.h"

static size_t between(struct str s)
{
	struct str rest = str_ltrim_blanks(s);
	bool more = rest.n && (rest.p[0] == ',' || rest.p[0] == ';' || rest.p[0] == '&');
	if (more)
		rest = str_ltrim_blanks(str_from(rest, 1));
	if (str_istarts(rest, STR("and ")))
		return s.n - str_ltrim_blanks(str_from(rest, 4)).n;
	return more ? s.n - rest.n : 0;
}

/* A plain name up to what may end it. */
static size_t name_length(struct str s)
{
	for (size_t i = 1; i < s.n; i++) {
		struct str rest = str_from(s, i);
		bool blank = str_is_blank_char(s.p[i]);
		if (s.p[i] == ',' || s.p[i] == ';' || (s.p[i] == ':' && entry_separator(rest)) ||
		    (blank && (between(rest) || entry_separator(str_ltrim_blanks(rest)))))
			return i;
	}
	return s.n;
}

/* Who stands after `with`. */
#define MOST_COMPANY 64
struct company {
	struct span who[MOST_COMPANY], gap[MOST_COMPANY]; /* gap: what stands before each */
	bool self[MOST_COMPANY];
	size_t count, selves, end;
};

/* False where the list cannot be told from the text. */
static bool find_company(struct company *c, const struct uniting *u, struct str image, size_t from)
{
	struct span gap = {from, from};
	*c = (struct company){.end = from};
	while (c->count < MOST_COMPANY) {
		struct str rest = str_from(image, gap.to);
		struct link link;
		size_t used;
		bool self;
		rest = str_upto(rest, str_find_char(rest, '\n'));
		if (link_parse(rest, &link, &used)) {
			struct str target =
			    link.markdown ? link_decode(link.target, u->arena) : link.target;
			self = unite_is_self(u, target);
		} else {
			used = name_length(rest);
			self = used && unite_is_self(u, str_upto(rest, used));
			if (!self)
				return c->count > 0;
		}
		c->gap[c->count] = gap;
		c->who[c->count] = (struct span){gap.to, gap.to + used};
		c->self[c->count++] = self;
		c->selves += self;
		c->end = gap.to + used;
		size_t more = between(str_from(rest, used));
		if (more == 0)
			return true;
		gap = (struct span){c->end, c->end + more};
	}
	return false;
}

static struct str without_selves(const struct company *c, struct str image, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < c->count; i++) {
		if (c->self[i])
			continue;
		if (b.n)
			buf_add(&b, span_str(image, c->gap[i]));
		buf_add(&b, span_str(image, c->who[i]));
	}
	return arena_take(arena, &b);
}

/* Whether a line still reads as before, but for the company. */
static bool reads_alike(const struct uniting *u, struct str line, const struct entry *was,
			struct str text, bool alone)
{
	struct entry now;
	struct diag diag;
	struct reporter reporter;
	struct span all = {0, line.n};
	diag_init(&diag, u->arena);
	reporter_init(&reporter, line, STR(""), &diag);
	bool good = entry_read(&now, line, all, all, u->config, u->arena, &reporter) &&
		    now.day == was->day && str_eq(now.channel, was->channel) &&
		    str_eq(now.time, was->time) && now.planned == was->planned &&
		    now.cancelled == was->cancelled && (now.rest.p != NULL) == !alone;
	if (good && alone) {
		struct entry wanted = now;
		entry_set_text(&wanted, line, text, u->arena);
		good = str_eq(wanted.text, now.text);
	}
	diag_release(&diag);
	return good;
}

static bool drop_from_entry(struct edit_splice *splice, const struct uniting *u,
			    const struct unite_side *side, const struct entry *e)
{
	struct str image = side->image;
	struct company company;
	size_t with = (size_t)(e->rest.p - image.p);
	struct str people = str_ltrim_blanks(str_from(image, with + strlen("with ")));
	if (!find_company(&company, u, image, image.n - people.n) || !company.selves)
		return false;
	bool alone = company.selves == company.count;
	struct span at = {company.who[0].from, company.end};
	struct str instead = STR("");
	if (alone) {
		/* The blank before it goes, too, or the one after it. */
		at.from = with;
		while (at.from > e->offset && str_is_blank_char(image.p[at.from - 1]))
			at.from--;
	} else {
		instead = without_selves(&company, image, u->arena);
	}
	struct str line = str_from(image, e->offset);
	line = str_upto(line, str_find_char(line, '\n'));
	struct str after = str_slice(image, at.to, e->offset + line.n);
	struct str now =
	    arena_printf(u->arena, "%.*s%.*s%.*s", STR_ARG(str_slice(image, e->offset, at.from)),
			 STR_ARG(instead), STR_ARG(after));
	struct str text = str_ltrim_blanks(after);
	text = str_from(text, entry_separator(text));
	if (!reads_alike(u, str_rtrim(now), e, str_rtrim(text), alone))
		return false;
	*splice = (struct edit_splice){at, instead};
	return true;
}

struct str unite_drop_company(const struct uniting *u, const struct unite_side *side)
{
	const struct contact *c = &side->contact;
	struct edit_splice *splices =
	    ARENA_ARRAY(u->arena, struct edit_splice, c->company_count + 1);
	size_t count = 0;
	for (size_t i = 0; i < c->company_count; i++)
		count += drop_from_entry(&splices[count], u, side, &c->entries[c->company[i]]);
	if (count == 0)
		return side->image;
	struct buf b;
	buf_init(&b, 0);
	edit_splices(&b, side->image, splices, count);
	return arena_take(u->arena, &b);
}
