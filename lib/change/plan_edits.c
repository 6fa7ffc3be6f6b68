/*
 * An edit here is a few splices of the plan's first line: where its parts are
 * is found on the bytes, and whether that was right is decided by reading the
 * result (change/verify.h).
 */
#include "change/plan_edits.h"
#include "change/keep.h"

#include "base/text.h"
#include "change/section.h"
#include "change/verify.h"
#include "people/entry.h"
#include "people/link.h"
#include "people/tags.h"

#define MOST_SPLICES 6

struct plan_work {
	struct verify *v;
	struct str image;
	struct arena *arena;
	const struct entry *plan;
	struct entry want; /* what the plan is to say */
	size_t date_to;    /* where the date ends, with the marks around it */
	size_t head_to;    /* where time and channel end, or the date */
	struct splice splices[MOST_SPLICES];
	size_t count;
};

static const unsigned OWN_TAGS =
    TAG_PLANNED | TAG_CANCELLED | TAG_GAVE | TAG_GOT | TAG_ASKED | TAG_WAITING | TAG_TOPIC;

/* In rising order; what is put at one place stays in the order in which it came. */
static void add_plan_splice(struct plan_work *w, struct span at, struct str bytes)
{
	size_t i = w->count++;
	for (; i > 0 && w->splices[i - 1].at.from > at.from; i--)
		w->splices[i] = w->splices[i - 1];
	w->splices[i] = (struct splice){at, bytes};
}

static struct str plan_line(const struct plan_work *w)
{
	return entry_line(w->image, w->plan);
}

static size_t after_marks(struct str image, size_t at)
{
	while (at < image.n && str_find_char(STR("*_]"), image.p[at]) < 3)
		at++;
	return at;
}

/* Where a part of the head ends that stands behind an offset of the line; that itself for none. */
static size_t after_part(const struct plan_work *w, size_t from, struct str part)
{
	struct str line = str_slice(w->image, from, w->plan->offset + plan_line(w).n);
	for (size_t i = 0; part.n && i < line.n; i++)
		if (str_istarts(str_from(line, i), part))
			return after_marks(w->image, from + i + part.n);
	return from;
}

static void find_plan_head(struct plan_work *w)
{
	civil_day day;
	size_t used = 0;
	(void)date_parse(plan_line(w), &day, &used);
	w->date_to = after_marks(w->image, w->plan->offset + used);
	w->date_to += entry_range(str_from(w->image, w->date_to), &day);
	w->head_to = after_part(w, w->date_to, w->plan->time);
	w->head_to = after_part(w, w->head_to, w->plan->channel);
}

static struct plan_work plan_work_on(struct verify *v, struct str image, const struct entry *plan)
{
	struct plan_work w = {
	    .v = v, .image = image, .arena = &v->arena, .plan = plan, .want = *plan};
	find_plan_head(&w);
	return w;
}

/* The text that stands in the plan's first line, without tags. */
static struct str text_in_line(const struct plan_work *w)
{
	struct str s = str_slice(w->image, w->head_to, w->plan->offset + plan_line(w).n);
	if (w->plan->rest.p)
		while (s.n && !entry_separator(s))
			s = str_from(s, 1);
	for (size_t n; (n = entry_separator(s = str_ltrim(s))) > 0;)
		s = str_from(s, n);
	return tags_strip(s, OWN_TAGS, w->arena);
}

/* A tag with the blanks before it; where a line is added to, for none. */
static struct span tag_span(const struct plan_work *w, enum own_tag wanted)
{
	const struct entry *plan = w->plan;
	struct str text = str_slice(w->image, plan->offset, plan->block.to), tag;
	size_t end = plan->offset + section_fields_at(plan_line(w));
	for (size_t at = 0; tags_next(text, &at, &tag);)
		if (tags_which(tag) == wanted)
			return (struct span){plan->offset +
						 str_rtrim(str_upto(text, at - tag.n - 1)).n,
					     plan->offset + at};
	return (struct span){end, end};
}

static int judge_plan(const struct verify *v, struct span is, void *context, struct kith_error *err)
{
	const struct plan_work *w = context;
	size_t place = (size_t)(w->plan - v->before.contact.entries);
	const struct entry *got = &v->after.contact.entries[place];
	struct entry want = w->want;
	(void)is;
	if (v->after.contact.entries_count != v->before.contact.entries_count)
		return span_fail(err, KITH_FAILED, v->before.image, w->plan->offset,
				 "the entry would not be read as it is meant");
	want.rest = got->rest;
	if (got->rest.p || str_starts(got->text, w->plan->text) || !text_in_line(w).n)
		want.text = got->text;
	for (size_t i = 0; i < v->differences.count; i++) {
		const struct difference *d = &v->differences.items[i];
		bool its = (d->was == place || d->was == NO_PLACE) &&
			   (d->is == place || d->is == NO_PLACE);
		if (!its || d->kind < DIFFERENCE_ENTRY_ADDED || d->kind > DIFFERENCE_ENTRY_CHANGED)
			return verify_refuse(v, d, err);
	}
	if (differences_same_entry(&want, got))
		return 0;
	return span_fail(err, KITH_FAILED, v->before.image, w->plan->offset,
			 "the entry would be read as something else than was meant");
}

static int make_plan_edit(struct buf *out, struct plan_work *w, struct kith_error *err)
{
	/* The date's first byte is written as it was: from there on is the stretch that changes. */
	struct span first = {w->plan->offset, w->plan->offset + 1};
	if (w->splices[0].at.from != first.from)
		add_plan_splice(w, first, span_str(w->image, first));
	return verify_edit(out, w->v, w->splices, w->count, judge_plan, w, err);
}

/* ---- it took place ---- */

/* Whether those after `with` in the plan's line are all who were there; they may be more. */
static bool names_all(const struct entry *plan, const struct entry_text *said, struct arena *arena)
{
	for (size_t i = 0; i < said->with_count; i++) {
		struct str rest = plan->rest;
		struct link link;
		bool found = false;
		for (size_t used; !found && rest.n; rest = str_from(rest, used)) {
			used = 1;
			if (link_parse(rest, &link, &used))
				found = text_same(link.target, said->with[i].slug, arena);
			else
				found =
				    said->with[i].name.n && str_istarts(rest, said->with[i].name);
			used = used ? used : 1;
		}
		if (!found)
			return false;
	}
	return true;
}

/* Time, channel and people that the plan's line does not have yet. */
static void add_said_head(struct plan_work *w, const struct entry_text *said)
{
	const struct entry *plan = w->plan;
	struct buf b;
	if (said->time.n && !str_eq(said->time, plan->time)) {
		size_t to = plan->time.n ? after_part(w, w->date_to, plan->time) : w->date_to;
		add_plan_splice(w, (struct span){w->date_to, to},
				arena_printf(w->arena, " %.*s", STR_ARG(said->time)));
		w->want.time = said->time;
	}
	buf_init(&b, 0);
	if (said->channel.n && !plan->channel.n) {
		buf_printf(&b, " %.*s", STR_ARG(said->channel));
		w->want.channel = said->channel;
	}
	for (size_t i = 0; i < said->with_count && !plan->rest.p; i++)
		buf_printf(&b, "%s[[%.*s]]", i ? ", " : " with ", STR_ARG(said->with[i].slug));
	struct str head = arena_take(w->arena, &b);
	if (head.n)
		add_plan_splice(w, (struct span){w->head_to, w->head_to}, head);
}

/* ` #gave` and the like count for the entry that a text joins. */
static void want_tags(struct entry *want, struct str text)
{
	unsigned tags = tags_in(text);
	want->gave |= (tags & TAG_GAVE) != 0;
	want->got |= (tags & TAG_GOT) != 0;
	want->asked |= (tags & TAG_ASKED) != 0;
}

static const struct block *block_of_entry(const struct plan_work *w)
{
	const struct blocks *blocks = &w->v->before.note.blocks;
	for (size_t i = 0; i < blocks->count; i++)
		if (blocks->items[i].start <= w->plan->offset &&
		    blocks->items[i].content.to > w->plan->offset)
			return &blocks->items[i];
	return NULL;
}

/* Further lines of what is said go below all that belongs to the plan. */
static void add_lines_below(struct plan_work *w, struct str lines)
{
	const struct note *note = &w->v->before.note;
	const struct block *block = block_of_entry(w);
	struct item_style style = {STR(""), STR("")};
	bool heading = !block || block->kind != BLOCK_ITEM;
	if (!heading)
		(void)section_item_style(&style, note, block, w->arena);
	style.lead = STR("");
	struct str item = section_item(style, STR(""), lines, w->arena);
	const struct section_piece piece = {.at = section_next_line(w->image, w->plan->block.to),
					    .before = heading,
					    .text = str_from(item, str_full_line(item))};
	struct splice splice = section_splice(note, &piece, w->arena);
	add_plan_splice(w, splice.at, splice.bytes);
}

/* The first line of what is said, as it joins what the plan says. */
static struct str text_joining(const struct plan_work *w, struct str first, size_t at)
{
	struct str has = text_in_line(w);
	bool stop = at > 0 && str_find_char(STR(".!?;:,"), w->image.p[at - 1]) < 6;
	if (!first.n || text_same(has, first, w->arena))
		return STR("");
	return arena_printf(w->arena, "%s%.*s", !has.n ? ": " : stop ? " " : "; ", STR_ARG(first));
}

static int take_plan(struct buf *out, struct plan_work *w, const struct entry_text *said,
		     struct kith_error *err)
{
	struct span planned = tag_span(w, TAG_PLANNED);
	size_t end = w->plan->offset + section_fields_at(plan_line(w));
	struct str text = str_trim(said->text);
	struct str first = str_rtrim(str_upto(text, str_line(text)));
	struct str further = str_trim(str_from(text, str_full_line(text)));
	bool last = planned.to == end;
	w->want.planned = false;
	add_said_head(w, said);
	struct str joined = text_joining(w, first, last ? planned.from : end);
	add_plan_splice(w, planned, last ? joined : STR(""));
	if (joined.n && !last)
		add_plan_splice(w, (struct span){end, end}, joined);
	if (further.n)
		add_lines_below(w, further);
	want_tags(&w->want, text);
	return make_plan_edit(out, w, err);
}

static bool same_channel(struct str a, struct str b)
{
	return !a.n || !b.n || str_ieq(a, b);
}

static bool is_plan(const struct entry *e)
{
	return e->planned && !e->cancelled && !e->note && !e->tried;
}

/* The plan that an entry is the talk of: of its channel rather than of none, the first; or NULL. */
static const struct entry *plan_of_talk(const struct verify *v, const struct entry_text *said)
{
	const struct contact *c = &v->before.contact;
	const struct entry *found = NULL;
	if (str_ieq(said->channel, STR("note")) || str_ieq(said->channel, STR("tried")) ||
	    (tags_in(said->text) & (TAG_PLANNED | TAG_CANCELLED)))
		return NULL;
	for (size_t i = 0; i < c->entries_count; i++) {
		const struct entry *e = &c->entries[i];
		/* `#planned lunch: x` would become `lunch lunch: x`. */
		bool twice =
		    !e->channel.n && said->channel.n && str_istarts(e->text, said->channel);
		bool fits = is_plan(e) && e->day == said->day && !twice &&
			    same_channel(e->channel, said->channel);
		if (fits && (!found || (str_ieq(e->channel, said->channel) &&
					!str_ieq(found->channel, said->channel))))
			found = e;
	}
	return found;
}

/* ---- it moves ---- */

static int move_plan(struct buf *out, struct plan_work *w, civil_day day, struct str time,
		     struct kith_error *err)
{
	struct str line = plan_line(w);
	civil_day was;
	size_t used = 0;
	struct day_text text = day_text(day);
	(void)date_parse(line, &was, &used);
	if (str_at(line, 4) == '/')
		text.z[4] = text.z[7] = '/';
	w->want.day = day;
	add_plan_splice(w, (struct span){w->plan->offset, w->plan->offset + used}, str_of(text.z));
	add_said_head(w, &(struct entry_text){.time = time});
	return make_plan_edit(out, w, err);
}

/* Whether something was logged on its day, so that it is over. */
static bool was_held(const struct contact *c, const struct entry *plan)
{
	for (size_t i = 0; i < c->entries_count; i++)
		if (entry_counts(&c->entries[i]) && c->entries[i].day == plan->day &&
		    same_channel(c->entries[i].channel, plan->channel))
			return true;
	return false;
}

/* The only open plan that says the same but for its day and time; or NULL. */
static const struct entry *plan_said_again(struct verify *v, const struct entry_text *said)
{
	const struct contact *c = &v->before.contact;
	const struct entry *found = NULL;
	struct str text = tags_strip(str_trim(said->text), OWN_TAGS, &v->arena);
	for (size_t i = 0; i < c->entries_count; i++) {
		const struct entry *e = &c->entries[i];
		if (!is_plan(e) || !str_ieq(e->channel, said->channel) ||
		    !e->rest.p != !said->with_count || !names_all(e, said, &v->arena))
			continue;
		struct plan_work w = plan_work_on(v, c->image, e);
		if (!text_same(text_in_line(&w), text, &v->arena) || was_held(c, e))
			continue;
		if (found || (e->day == said->day && str_eq(e->time, said->time)))
			return NULL;
		found = e;
	}
	return found;
}

/* ---- all of them ---- */

int plan_edits_add(struct buf *out, struct str image, const struct config *config,
		   const struct entry_text *entry, struct kith_error *err)
{
	struct verify v;
	struct kith_error odd = {0};
	const struct entry *plan = NULL;
	size_t from = out->n;
	int rc = -1;
	if (entry->again || entries_check_text(entry->text, &odd))
		return entries_add(out, image, config, entry, err);
	verify_init(&v, image, config);
	plan = entry->planned ? plan_said_again(&v, entry) : plan_of_talk(&v, entry);
	if (plan) {
		struct plan_work w = plan_work_on(&v, image, plan);
		if (entry->planned)
			rc = move_plan(out, &w, entry->day, entry->time, &odd);
		else if (!plan->rest.p || names_all(plan, entry, &v.arena))
			rc = take_plan(out, &w, entry, &odd);
		if (rc == 0 && keep_last_contact(out, from, config, entry, &odd)) {
			buf_cut(out, from);
			rc = -1;
		}
	}
	verify_release(&v);
	/* A line that is written in an odd way is left as it is. */
	return rc == 0 ? 0 : entries_add(out, image, config, entry, err);
}
