/*
 * An entry is put beside the one that is nearest in time among those of its
 * section, and written as that one is. Where it goes is decided on the blocks
 * of the note, how it looks on the bytes of its neighbour; whether that was
 * right is decided by reading the result (change/verify.h), so what is odd
 * here leads to a refusal and never to a wrong file.
 */
#include "change/entries.h"

#include <stdlib.h>

#include "change/entry_style.h"
#include "change/log.h"
#include "change/period.h"
#include "change/raw.h"
#include "change/section.h"
#include "change/verify.h"
#include "people/link.h"
#include "people/tags.h"

struct work {
	struct verify *v;
	const struct note *note;
	struct str image;
	const struct config *config;
	struct arena *arena;
	const struct entry_text *entry;
	struct log log;
	struct str line;             /* the entry's first line, as it is written */
	const struct entry_raw *raw; /* instead of the entry's text; NULL */
	size_t gap;                  /* blank lines between entries, where it was placed */
	struct item_style lead;      /* how it was marked there */
	bool airy;                   /* section_is_airy, for the raw ones */
};

/* What the reader takes for the text; "" where the first line has none but marks of give and ask.
 */
static struct str text_of(const struct entry_text *entry, struct arena *arena)
{
	const unsigned drop = TAG_PLANNED | TAG_CANCELLED, marks = TAG_GAVE | TAG_GOT | TAG_ASKED;
	struct str text = entry_style_first_line(entry->text);
	return tags_strip(text, drop | marks, arena).n ? tags_strip(text, drop, arena) : STR("");
}

/* Whether a line with a text and without a channel reads back as that text. */
static bool reads_as_text(const struct work *w, struct str line)
{
	struct entry got;
	struct diag diag;
	struct reporter reporter;
	diag_init(&diag, w->arena);
	reporter_init(&reporter, line, STR(""), &diag);
	bool is_entry = entry_read(&got, line, (struct span){0, line.n}, (struct span){0, line.n},
				   w->config, w->arena, &reporter);
	diag_release(&diag);
	struct str text = text_of(w->entry, w->arena);
	return is_entry && got.channel.n == 0 && got.time.n == w->entry->time.n && !got.rest.p &&
	       (text.n == 0 || str_eq(got.text, text));
}

/*
 * The line in that style. A text that begins like more of the head (`call
 * her`, without a channel) stands behind two separators, of which the reader
 * takes one for the head's and one for the text's.
 */
static struct str make_line(const struct work *w, const struct entry_style *style)
{
	struct buf b;
	buf_init(&b, 0);
	entry_style_write(&b, w->entry, style, "");
	bool bare = !w->entry->channel.n && !w->entry->with_count &&
		    entry_style_first_line(w->entry->text).n;
	if (bare && !reads_as_text(w, buf_str(&b))) {
		buf_clear(&b);
		entry_style_write(&b, w->entry, style, style->text_sep.p[0] == ':' ? "- " : ": ");
	}
	return arena_take(w->arena, &b);
}

/* ---- what is asked for ---- */

static bool is_link_to(const struct entry_companion *who, struct str name, struct arena *arena)
{
	struct link link;
	size_t used;
	struct str text =
	    name.n ? arena_printf(arena, "[[%.*s|%.*s]]", STR_ARG(who->slug), STR_ARG(name))
		   : arena_printf(arena, "[[%.*s]]", STR_ARG(who->slug));
	return link_parse(text, &link, &used) && used == text.n && str_eq(link.target, who->slug) &&
	       (!name.n || str_eq(link.label, name));
}

/* Companions with names that no link can hold are linked without one. */
static int check_people(struct entry_text *entry, struct arena *arena, struct kith_error *err)
{
	struct entry_companion *with =
	    arena_copy(arena, entry->with, entry->with_count, sizeof(*entry->with));
	for (size_t i = 0; i < entry->with_count; i++) {
		if (!is_link_to(&with[i], STR(""), arena))
			return kith_fail(err, KITH_INVALID, "no link can lead to \"%.*s\"",
					 STR_ARG(with[i].slug));
		if (!is_link_to(&with[i], with[i].name, arena))
			with[i].name = STR("");
	}
	entry->with = with;
	return 0;
}

static int check_text(struct str text, struct kith_error *err)
{
	struct str line, rest = text;
	bool blank = false;
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		bool crlf = c == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
		if ((c < ' ' && c != '\n' && c != '\t' && !crlf) || c == 0x7f)
			return kith_fail(err, KITH_INVALID,
					 "the text holds a control character (byte %zu)", i + 1);
	}
	while (str_next_line(&rest, &line)) {
		line = str_trim(line);
		size_t close = str_find(line, STR("]:"));
		if (blank && line.n && line.p[0] == '[' && close < line.n)
			return kith_fail(err, KITH_FAILED,
					 "the text's line \"%.*s\" would define a link for the "
					 "whole file; begin the line with a word",
					 STR_ARG(str_upto(line, close + 2)));
		blank = line.n == 0;
	}
	return 0;
}

static struct entry_style find_style(const struct work *w, const struct log_entry *next)
{
	struct entry_style_votes votes = {0};
	if (w->raw)
		return entry_style_plain();
	for (size_t i = 0; i < w->log.section.count; i++) {
		const struct log_entry *m = &w->log.section.entries[i];
		entry_style_count(&votes, m->entry, span_str(w->image, m->block->content));
	}
	return entry_style_of(&votes, span_str(w->image, next->block->content), w->arena);
}

/* ---- putting it there ---- */

/* The blank lines between two entries of one list, as they stand next to that place. */
static size_t gap_at(const struct work *w, size_t place)
{
	const struct log_entry *m = w->log.section.entries;
	size_t with = place + 1 < w->log.section.count && m[place + 1].group == m[place].group
			  ? place + 1
		      : place > 0 && m[place - 1].group == m[place].group ? place
									  : 0;
	if (with > 0)
		return section_blanks_before(w->note, section_line(w->note, m[with].block->start));
	return m[place].block->kind == BLOCK_HEADING;
}

/* How it is marked: as an item, or as a heading of that level. */
static bool lead_like(struct item_style *out, const struct work *w, const struct block *like)
{
	if (like->kind == BLOCK_ITEM)
		return section_item_style(out, w->note, like, w->arena);
	*out = (struct item_style){section_heading(like->level, STR(""), w->arena), STR("")};
	return raw_is_alone(w->note, like);
}

static struct str further_lines(struct str text)
{
	text = str_trim(text);
	return str_from(text, str_find_char(text, '\n') + 1);
}

/* Another file's entry, as it stands there. */
static struct str raw_text(struct work *w, struct item_style lead)
{
	struct raw_block raw;
	w->lead = lead;
	bool heading = lead.lead.n && lead.lead.p[0] == '#';
	size_t level = heading ? str_find_char(lead.lead, ' ') : 0;
	raw_take(&raw, w->raw->note, w->raw->block, (int)level, w->arena);
	/* What follows a first line in a paragraph stays in it below a heading, too. */
	if (heading && raw.below.n && w->airy && str_trim(raw.below).p == raw.below.p)
		raw.below = arena_printf(w->arena, "\n%.*s", STR_ARG(raw.below));
	return raw_item(lead, &raw, w->arena);
}

static struct str item_text(struct work *w, struct item_style lead, const struct entry_style *style)
{
	if (w->raw)
		return raw_text(w, lead);
	struct str further = further_lines(w->entry->text);
	w->line = make_line(w, style);
	/* Below a heading a blank line, where the file has them there. */
	if (further.n && lead.lead.p[0] == '#' && section_is_airy(w->note))
		further = arena_printf(w->arena, "\n%.*s", STR_ARG(further));
	return section_item(lead, w->line, further, w->arena);
}

static int place_beside(struct section_piece *piece, struct work *w, struct log_spot spot,
			struct kith_error *err)
{
	const struct log_entry *m = &w->log.section.entries[spot.place];
	struct entry_style style = find_style(w, m);
	struct item_style lead;
	if (!lead_like(&lead, w, m->block))
		return verify_refuse_at(err, w->image, m->block->start,
					"the entry here shares its line with another item; put it "
					"on a line of its own, so that one can be added beside it");
	size_t gap = w->gap = gap_at(w, spot.place);
	*piece = (struct section_piece){.text = item_text(w, lead, &style)};
	if (spot.after) {
		piece->at = section_next_line(w->image, m->block->end);
		piece->before = gap;
	} else {
		piece->at = section_line(w->note, m->block->start);
		piece->after = gap;
	}
	return 0;
}

/* A group of its own, before or after those that are there. */
static int place_in_new_group(struct section_piece *piece, struct work *w, const struct block *like,
			      struct log_spot spot, struct kith_error *err)
{
	const struct block *before = NULL, *last = like;
	if (place_beside(piece, w, spot, err) < 0)
		return -1;
	for (size_t i = 0; i < w->log.heading_count && !before; i++) {
		const struct block *h = w->log.headings[i];
		if (!log_holds(&w->log, h) || h->level != like->level)
			continue;
		struct period period = period_of(span_str(w->image, h->content));
		if (period.form == PERIOD_NONE)
			continue;
		last = h;
		if (w->log.oldest_first ? period.first > w->entry->day
					: period.last < w->entry->day)
			before = h;
	}
	piece->heading = section_heading(
	    like->level, period_like(span_str(w->image, like->content), w->entry->day, w->arena),
	    w->arena);
	piece->airy = section_is_airy(w->note);
	piece->before = before ? 0 : 1;
	piece->after = before ? 1 : 0;
	piece->at =
	    before ? section_line(w->note, before->start) : section_next_line(w->image, last->end);
	return 0;
}

static void place_in_empty(struct section_piece *piece, struct work *w, const struct block *heading)
{
	struct item_style lead;
	const struct log_entry *m = w->log.section.entries;
	struct entry_style style = w->log.section.count ? find_style(w, m) : entry_style_plain();
	*piece = section_after_text(w->note, heading, &lead, w->arena);
	if (w->log.section.count && m->block->kind == BLOCK_ITEM)
		(void)lead_like(&lead, w, m->block);
	piece->text = item_text(w, lead, &style);
}

static void place_at_end(struct section_piece *piece, struct work *w)
{
	struct strs names = w->config->log_headings;
	struct str name = names.count ? names.items[0] : STR("Log");
	struct str heading = section_heading(section_level(w->note), name, w->arena);
	struct entry_style plain = entry_style_plain();
	*piece = section_at_end(w->note, heading);
	piece->text = item_text(w, section_any_style(w->note, w->arena), &plain);
}

static int place(struct section_piece *piece, struct work *w, struct kith_error *err)
{
	struct log_spot spot;
	const struct block *group = log_group_of(&w->log, w->entry->day);
	if (group && log_find_spot(&spot, &w->log, group, w->entry->day))
		return place_beside(piece, w, spot, err);
	if (group) {
		struct log_section inner = log_section_of(&w->log, group);
		if (!inner.count) {
			place_in_empty(piece, w, group);
			return 0;
		}
		w->log.section = inner;
	}
	if (log_find_spot(&spot, &w->log, NULL, w->entry->day)) {
		const struct block *like =
		    log_time_around(&w->log, w->log.section.entries[spot.place].group);
		return like ? place_in_new_group(piece, w, like, spot, err)
			    : place_beside(piece, w, spot, err);
	}
	if (w->log.section.heading)
		place_in_empty(piece, w, w->log.section.heading);
	else
		place_at_end(piece, w);
	return 0;
}

/* ---- whether it was right ---- */

/* What the new entry must say, whatever style it is in; got: for what is not asked for. */
static struct entry expected(const struct work *w, const struct entry *got, struct str written)
{
	const struct entry_text *e = w->entry;
	struct str text = entry_style_first_line(e->text);
	unsigned first = tags_in(text), all = tags_in(written);
	struct entry want = {.day = e->day,
			     .time = e->time,
			     .channel = e->channel,
			     .note = str_ieq(e->channel, STR("note")),
			     .tried = str_ieq(e->channel, STR("tried")),
			     .planned = e->planned || (first & TAG_PLANNED),
			     .cancelled = first & TAG_CANCELLED,
			     .gave = all & TAG_GAVE,
			     .got = all & TAG_GOT,
			     .asked = all & TAG_ASKED};
	if (e->with_count)
		want.rest = got->rest;
	else
		want.text = text_of(e, w->arena);
	if (!want.text.n)
		want.text = got->text;
	return want;
}

/* With people: what follows the channel is what was written. */
static bool has_people(const struct work *w, const struct entry *got)
{
	if (!w->entry->with_count)
		return !got->rest.p;
	return str_eq(got->rest, str_from(w->line, str_find(w->line, STR("with [["))));
}

/* The first entry that begins in a stretch of the new bytes. */
static const struct entry *entry_in(const struct contact *c, struct span at)
{
	for (size_t i = 0; i < c->entries_count; i++)
		if (c->entries[i].offset >= at.from && c->entries[i].offset < at.to)
			return &c->entries[i];
	return NULL;
}

/* Of several equal entries any may be told as the one that is new. */
static int check_added(const struct work *w, struct span is, bool new_section,
		       struct kith_error *err)
{
	const struct verify *v = w->v;
	const struct entry *got = entry_in(&v->after.contact, is);
	if (!got)
		return verify_refuse_at(err, v->after.image, is.from,
					"what is added here would not be read as an entry; is "
					"there a comment, a tag of HTML or a code block above that "
					"never closes?");
	struct entry want = expected(w, got, span_str(v->after.image, is));
	bool good = has_people(w, got) && differences_same_entry(&want, got);
	size_t added = 0;
	for (size_t i = 0; i < v->differences.count; i++) {
		const struct difference *d = &v->differences.items[i];
		bool meant = d->kind == DIFFERENCE_ENTRY_ADDED && good && added++ == 0 &&
			     differences_same_entry(got, &v->after.contact.entries[d->is]);
		if (!meant && !(new_section && d->kind == DIFFERENCE_TEXT && d->headings))
			return verify_refuse(v, d, err);
	}
	return added ? 0
		     : verify_refuse_at(err, v->after.image, is.from,
					"the entry added here would not be new");
}

static int finish_add(struct buf *out, const struct work *w, const struct section_piece *piece,
		      struct kith_error *err)
{
	size_t start = out->n;
	struct edit_splice splice = section_splice(w->note, piece, w->arena);
	edit_splices(out, w->image, &splice, 1);
	struct span is = {splice.at.from, splice.at.from + splice.bytes.n};
	int result = out->overflow ? kith_fail(err, KITH_FAILED, "the file would be too large") : 0;
	if (result == 0)
		result = verify_after(w->v, str_from(buf_str(out), start), splice.at, is, err);
	if (result == 0)
		result = check_added(w, is, piece->heading.n > 0, err);
	if (result < 0)
		buf_cut(out, start);
	return result;
}

int entries_add(struct buf *out, struct str image, const struct config *config,
		const struct entry_text *entry, struct kith_error *err)
{
	struct verify v;
	struct entry_text mine = *entry;
	struct section_piece piece;
	verify_init(&v, image, config);
	struct work w = {.v = &v,
			 .note = &v.before.note,
			 .image = image,
			 .config = config,
			 .arena = &v.arena,
			 .entry = &mine};
	int result = check_text(entry->text, err);
	if (result == 0)
		result = check_people(&mine, &v.arena, err);
	if (result == 0) {
		log_find(&w.log, w.note, &v.before.contact, config, w.arena);
		result = place(&piece, &w, err);
	}
	if (result == 0)
		result = finish_add(out, &w, &piece, err);
	verify_release(&v);
	return result;
}

/* ---- another file's, as they stand ---- */

/* So many steps are taken to find the places of all. */
#define MOST_STEPS 2000000000

struct raw_piece {
	struct section_piece piece;
	civil_day day;
	size_t order, gap;
	bool down; /* newest first */
};

static int by_place(const void *a, const void *b)
{
	const struct raw_piece *x = a, *y = b;
	if (x->piece.at != y->piece.at)
		return x->piece.at < y->piece.at ? -1 : 1;
	if (x->day != y->day)
		return (x->day < y->day) == x->down ? 1 : -1;
	return x->order < y->order ? -1 : 1;
}

static int place_all(struct raw_piece *pieces, struct work *w, struct entry_text *mine,
		     const struct entry_raw *entries, size_t count, struct kith_error *err)
{
	const struct log_section section = w->log.section;
	bool rising = count && entries[0].day < entries[count - 1].day;
	bool same = !count || entries[0].day == entries[count - 1].day;
	const struct raw_piece *empty = NULL;
	struct item_style lead = {STR(""), STR("")};
	size_t steps = section.count + w->log.heading_count + w->note->blocks.count;
	if (count && steps > MOST_STEPS / count)
		return kith_fail(err, KITH_FAILED,
				 "there are too many entries to put them together");
	for (size_t i = 0; i < count; i++) {
		bool turned = !same && rising != w->log.oldest_first;
		mine->day = entries[i].day;
		w->raw = &entries[i];
		w->gap = 0;
		w->log.section = section;
		/* In a log without entries all go to one place. */
		bool open = !section.count && !log_group_of(&w->log, mine->day);
		if (open && empty) {
			pieces[i].piece = empty->piece;
			pieces[i].piece.text = raw_text(w, lead);
		} else if (place(&pieces[i].piece, w, err)) {
			return -1;
		}
		if (open && !empty) {
			empty = &pieces[i];
			lead = w->lead;
		}
		pieces[i].day = mine->day;
		pieces[i].order = turned ? count - i : i;
		pieces[i].gap = w->gap;
		pieces[i].down = !w->log.oldest_first;
	}
	w->log.section = section;
	return 0;
}

static bool goes_with(const struct raw_piece *a, const struct raw_piece *b)
{
	return a->piece.at == b->piece.at && str_eq(a->piece.heading, b->piece.heading);
}

/* Pieces of one place become one. Returns how many are left. */
static size_t join_pieces(struct raw_piece *pieces, size_t count, struct arena *arena)
{
	size_t kept = 0;
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0, end; i < count; i = end) {
		buf_clear(&b);
		for (end = i; end < count && goes_with(&pieces[i], &pieces[end]); end++) {
			if (end > i)
				buf_fill(&b, '\n', 1 + pieces[i].gap);
			buf_add(&b, pieces[end].piece.text);
		}
		pieces[kept] = pieces[i];
		pieces[kept++].piece.text = arena_str(arena, buf_str(&b));
	}
	buf_release(&b);
	return kept;
}

static int check_raw(const struct work *w, size_t count, struct kith_error *err)
{
	const struct verify *v = w->v;
	size_t added = 0;
	for (size_t i = 0; i < v->differences.count; i++) {
		const struct difference *d = &v->differences.items[i];
		added += d->kind == DIFFERENCE_ENTRY_ADDED;
		if (d->kind != DIFFERENCE_ENTRY_ADDED && d->kind != DIFFERENCE_TASK_ADDED &&
		    !(d->kind == DIFFERENCE_TEXT && d->headings))
			return verify_refuse(v, d, err);
	}
	if (added != count)
		return kith_fail(err, KITH_FAILED,
				 "of the %zu entries that are put in, %zu would be read as entries",
				 count, added);
	return 0;
}

static int finish_raw(struct buf *out, const struct work *w, struct raw_piece *pieces, size_t count,
		      struct kith_error *err)
{
	size_t start = out->n, grown = 0;
	struct edit_splice *splices = ARENA_ARRAY(w->arena, struct edit_splice, count);
	size_t left = join_pieces(pieces, count, w->arena);
	for (size_t i = 0; i < left; i++) {
		splices[i] = section_splice(w->note, &pieces[i].piece, w->arena);
		grown += splices[i].bytes.n;
	}
	edit_splices(out, w->image, splices, left);
	struct span was = {splices[0].at.from, splices[left - 1].at.to};
	struct span is = {was.from, was.to + grown};
	int result = out->overflow
			 ? kith_fail(err, KITH_FAILED, "the file would be too large")
			 : verify_after(w->v, str_from(buf_str(out), start), was, is, err);
	if (result == 0)
		result = check_raw(w, count, err);
	if (result < 0)
		buf_cut(out, start);
	return result;
}

int entries_add_raw(struct buf *out, struct str image, const struct config *config,
		    const struct entry_raw *entries, size_t count, struct kith_error *err)
{
	struct verify v;
	struct entry_text mine = {.day = NO_DAY};
	if (count == 0) {
		buf_add(out, image);
		return 0;
	}
	verify_init(&v, image, config);
	struct work w = {.v = &v,
			 .note = &v.before.note,
			 .image = image,
			 .config = config,
			 .arena = &v.arena,
			 .entry = &mine};
	struct raw_piece *pieces = ARENA_ARRAY(&v.arena, struct raw_piece, count);
	log_find(&w.log, w.note, &v.before.contact, config, w.arena);
	w.airy = section_is_airy(w.note);
	int result = place_all(pieces, &w, &mine, entries, count, err);
	if (result == 0) {
		qsort(pieces, count, sizeof(*pieces), by_place);
		result = finish_raw(out, &w, pieces, count, err);
	}
	verify_release(&v);
	return result;
}
