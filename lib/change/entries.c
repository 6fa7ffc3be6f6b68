/*
 * An entry is put beside the one that is nearest in time among those of its
 * section, and written as that one is. Where it goes is decided on the blocks
 * of the note, how it looks on the bytes of its neighbour; whether that was
 * right is decided by reading the result (change/verify.h), so what is odd
 * here leads to a refusal and never to a wrong file.
 */
#include "change/entries.h"

#include <stdlib.h>

#include "change/keep.h"
#include "change/log.h"
#include "change/period.h"
#include "change/section.h"
#include "change/verify.h"
#include "people/entry.h"
#include "people/link.h"
#include "people/tags.h"

/* ---- how a file writes its entries ---- */

/* So much of a line is looked at for its style, in bytes. */
#define LOOKED_AT 500

/* Marks around the date, the separators, links with labels or without. */
struct entry_style {
	struct str open, close; /* marks around the date */
	bool slashes;           /* 2026/11/23 */
	bool labels;            /* [[slug|name]] */
	struct str head_sep;    /* between date and channel: a blank, or `: ` */
	struct str text_sep;    /* before the text: `: `, ` - ` */
};

enum entry_sep {
	ENTRY_SEP_NONE,
	ENTRY_SEP_COLON,
	ENTRY_SEP_DASH,
	ENTRY_SEP_EN,
	ENTRY_SEP_EM,
	ENTRY_SEP_DOT,
	ENTRY_SEP_BAR,
	ENTRY_SEP_COUNT
};

/* What the entries around do, counted. To be zeroed first. */
struct style_votes {
	size_t head[ENTRY_SEP_COUNT], text[ENTRY_SEP_COUNT];
	size_t entries, slashes, with_label, without_label;
};

/* `2026-11-23 call with [[slug]]: text`. */
static struct entry_style plain_style(void)
{
	return (struct entry_style){
	    .open = STR(""), .close = STR(""), .head_sep = STR(" "), .text_sep = STR(": ")};
}

static void add_styled_day(struct buf *b, civil_day day, const struct entry_style *style)
{
	struct day_text text = day_text(day);
	if (style->slashes)
		text.z[4] = text.z[7] = '/';
	buf_add(b, style->open);
	buf_addz(b, text.z);
	buf_add(b, style->close);
}

static void add_companions(struct buf *b, const struct entry_text *entry,
			   const struct entry_style *style)
{
	for (size_t i = 0; i < entry->with_count; i++) {
		const struct entry_companion *who = &entry->with[i];
		buf_addz(b, i ? ", " : "with ");
		buf_addz(b, "[[");
		buf_add(b, who->slug);
		if (style->labels && who->name.n && !str_eq(who->name, who->slug)) {
			buf_addc(b, '|');
			buf_add(b, who->name);
		}
		buf_addz(b, "]]");
	}
}

/* The first line of a text of several. */
static struct str first_line_of(struct str text)
{
	text = str_trim(text);
	return str_rtrim(str_upto(text, str_line(text)));
}

static bool is_marked_planned(const struct entry_text *entry)
{
	return entry->planned && !(tags_in(first_line_of(entry->text)) & TAG_PLANNED);
}

static void write_in_style(struct buf *b, const struct entry_text *entry,
			   const struct entry_style *style)
{
	struct str text = first_line_of(entry->text);
	add_styled_day(b, entry->day, style);
	if (entry->time.n)
		buf_printf(b, " %.*s", STR_ARG(entry->time));
	if (entry->channel.n) {
		buf_add(b, style->head_sep);
		buf_add(b, entry->channel);
	}
	if (entry->with_count) {
		buf_addc(b, ' ');
		add_companions(b, entry, style);
	}
	if (text.n) {
		buf_add(b, style->text_sep);
		buf_add(b, text);
	}
	if (is_marked_planned(entry))
		buf_addz(b, " #planned");
}

static struct str mirrored(struct str marks, struct arena *arena)
{
	char *p = arena_bytes(arena, marks.n + 1);
	for (size_t i = 0; i < marks.n; i++) {
		char c = marks.p[marks.n - 1 - i];
		p[i] = c == '[' ? ']' : c;
	}
	return (struct str){p, marks.n};
}

/* The marks around a date, where they close right after it. */
static void find_marks(struct entry_style *style, struct str line, struct arena *arena)
{
	civil_day day;
	size_t at, used, length;
	if (entry_begins(line, &day, &at, &used) != DATE_OK || at == 0)
		return;
	date_parse(str_from(line, at), &day, &length);
	struct str open = str_upto(line, at), close = mirrored(open, arena);
	struct str after = str_slice(line, at + length, used);
	if (after.n && after.p[0] == '|')
		after = str_from(after, str_find(after, STR("]]")));
	if (str_eq(after, close)) {
		style->open = open;
		style->close = close;
	}
}

static bool has_slashes(struct str line)
{
	while (line.n && !str_is_digit(line.p[0]))
		line = str_from(line, 1);
	return line.n > 4 && line.p[4] == '/';
}

static struct str text_of_sep(enum entry_sep sep)
{
	static const char *const texts[] = {
	    " ", ": ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xB7 ", " | "};
	return str_of(texts[sep]);
}

static enum entry_sep sep_at(struct str s)
{
	struct str sign = str_ltrim_blanks(s);
	if (!entry_separator(sign) || (s.p[0] != ':' && sign.p[0] != ':' && sign.n == s.n))
		return ENTRY_SEP_NONE;
	if (sign.p[0] == ':')
		return ENTRY_SEP_COLON;
	if (sign.p[0] == '-')
		return ENTRY_SEP_DASH;
	if (sign.p[0] == '|')
		return ENTRY_SEP_BAR;
	if ((unsigned char)sign.p[0] == 0xC2)
		return ENTRY_SEP_DOT;
	return (unsigned char)sign.p[2] == 0x93 ? ENTRY_SEP_EN : ENTRY_SEP_EM;
}

static void count_seps(struct style_votes *votes, const struct entry *entry, struct str line)
{
	struct str rest;
	civil_day day;
	size_t at, used;
	if (entry_begins(line, &day, &at, &used) != DATE_OK)
		return;
	rest = str_from(line, used);
	rest = str_from(rest, time_parse(rest));
	enum entry_sep first = sep_at(rest);
	struct str after = str_ltrim_blanks(rest);
	after = str_from(after, entry_separator(after));
	if (!str_istarts(after, entry->channel) || !entry->channel.n) {
		votes->text[first] += !str_istarts(after, STR("with "));
		return;
	}
	votes->head[first]++;
	rest = str_from(after, entry->channel.n);
	if (!str_istarts(str_ltrim_blanks(rest), STR("with "))) {
		votes->text[sep_at(rest)]++;
		return;
	}
	for (rest = str_upto(rest, LOOKED_AT); rest.n; rest = str_from(rest, 1))
		if (sep_at(rest)) {
			votes->text[sep_at(rest)]++;
			return;
		}
}

static enum entry_sep most_of(const size_t counts[ENTRY_SEP_COUNT], enum entry_sep from)
{
	enum entry_sep best = from;
	for (int sep = (int)from + 1; sep < ENTRY_SEP_COUNT; sep++)
		if (counts[sep] > counts[best])
			best = (enum entry_sep)sep;
	return best;
}

static void count_labels(struct str rest, size_t *with, size_t *without)
{
	struct link link;
	size_t used;
	rest = str_upto(rest, LOOKED_AT);
	for (; (rest = str_from(rest, str_find(rest, STR("[["))), rest.n);
	     rest = str_from(rest, used)) {
		used = 2;
		if (!link_parse(rest, &link, &used))
			continue;
		*with += link.label.n > 0;
		*without += link.label.n == 0;
	}
}

/* Counts one entry; line: its content. */
static void count_votes(struct style_votes *votes, const struct entry *entry, struct str line)
{
	count_seps(votes, entry, line);
	count_labels(entry->rest, &votes->with_label, &votes->without_label);
	votes->slashes += has_slashes(line);
	votes->entries++;
}

/* What most do; the marks around the date are those of the line next to it. */
static struct entry_style style_of_most(const struct style_votes *votes, struct str next_line,
					struct arena *arena)
{
	struct entry_style style = plain_style();
	find_marks(&style, next_line, arena);
	style.slashes = votes->entries > 0 && votes->slashes == votes->entries;
	style.labels = votes->with_label > votes->without_label;
	style.head_sep = text_of_sep(most_of(votes->head, ENTRY_SEP_NONE));
	style.text_sep = text_of_sep(most_of(votes->text, ENTRY_SEP_COLON));
	return style;
}

/* ---- one to be written ---- */

struct entry_work {
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
	bool new_section;
	size_t raw_count;
};

/* What the reader takes for the text; "" where the first line has none but marks of give and ask.
 */
static struct str text_as_read(const struct entry_text *entry, struct arena *arena)
{
	const unsigned drop = TAG_PLANNED | TAG_CANCELLED, marks = TAG_GAVE | TAG_GOT | TAG_ASKED;
	struct str text = first_line_of(entry->text);
	return tags_strip(text, drop | marks, arena).n ? tags_strip(text, drop, arena) : STR("");
}

static struct str write_entry(const struct entry_work *w, const struct entry_style *style)
{
	struct buf b;
	buf_init(&b, 0);
	write_in_style(&b, w->entry, style);
	return arena_take(w->arena, &b);
}

/* ---- what is asked for ---- */

static struct str without_separators(struct str text)
{
	for (size_t n; (n = entry_separator(text = str_ltrim(text))) > 0;)
		text = str_from(text, n);
	return text;
}

/*
 * A text that begins as a head does is read as one, and so it is written: `call her back` as a
 * call, and no separator before it.
 */
static void take_head_of_text(struct entry_text *entry, const struct config *config,
			      struct arena *arena)
{
	struct str text = without_separators(entry->text), time;
	size_t n = entry_time(text, &time);
	size_t sign = n ? entry_separator(str_ltrim_blanks(str_from(text, n))) : 0;
	if (sign && !entry->time.n && !entry->channel.n && !entry->with_count) {
		entry->time = time;
		text = without_separators(str_from(text, n));
	}
	if (!entry->channel.n && !entry->with_count) {
		n = entry_channel(text, config, arena, &entry->channel);
		text = n ? without_separators(str_from(text, n)) : text;
	}
	entry->text = text;
}

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

int entries_check_text(struct str text, struct kith_error *err)
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

static struct entry_style style_around(const struct entry_work *w, const struct log_entry *next)
{
	struct style_votes votes = {0};
	if (w->raw)
		return plain_style();
	for (size_t i = 0; i < w->log.section.count; i++) {
		const struct log_entry *m = &w->log.section.entries[i];
		count_votes(&votes, m->entry, span_str(w->image, m->block->content));
	}
	return style_of_most(&votes, span_str(w->image, next->block->content), w->arena);
}

/* ---- putting it there ---- */

/* The blank lines between two entries of one list, as they stand next to that place. */
static size_t gap_at(const struct entry_work *w, size_t place)
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
static bool lead_like(struct item_style *out, const struct entry_work *w, const struct block *like)
{
	if (like->kind == BLOCK_ITEM)
		return section_item_style(out, w->note, like, w->arena);
	*out = (struct item_style){section_heading(like->level, STR(""), w->arena), STR("")};
	return section_is_alone(w->note, like);
}

/* Those below the first, without blanks at their ends. */
static struct str further_lines(struct str text, struct arena *arena)
{
	struct str rest = str_trim(text), line;
	struct buf b;
	buf_init(&b, 0);
	(void)str_next_line(&rest, &line);
	for (bool first = true; str_next_line(&rest, &line); first = false) {
		buf_addz(&b, first ? "" : "\n");
		buf_add(&b, str_rtrim(line));
	}
	return arena_take(arena, &b);
}

/* Another file's entry, as it stands there. */
static struct str raw_entry(struct entry_work *w, struct item_style lead)
{
	struct section_raw raw;
	w->lead = lead;
	bool heading = lead.lead.n && lead.lead.p[0] == '#';
	size_t level = heading ? str_find_char(lead.lead, ' ') : 0;
	section_take_raw(&raw, w->raw->note, w->raw->block, (int)level, w->arena);
	/* What follows a first line in a paragraph stays in it below a heading, too. */
	if (heading && raw.below.n && w->airy && str_trim(raw.below).p == raw.below.p)
		raw.below = arena_printf(w->arena, "\n%.*s", STR_ARG(raw.below));
	return section_item(lead, raw.first, raw.below, w->arena);
}

static struct str entry_item(struct entry_work *w, struct item_style lead,
			     const struct entry_style *style)
{
	if (w->raw)
		return raw_entry(w, lead);
	struct str further = further_lines(w->entry->text, w->arena);
	w->line = write_entry(w, style);
	/* Below a heading a blank line, where the file has them there. */
	if (further.n && lead.lead.p[0] == '#' && section_is_airy(w->note))
		further = arena_printf(w->arena, "\n%.*s", STR_ARG(further));
	return section_item(lead, w->line, further, w->arena);
}

static int place_beside(struct section_piece *piece, struct entry_work *w, struct log_spot spot,
			struct kith_error *err)
{
	const struct log_entry *m = &w->log.section.entries[spot.place];
	struct entry_style style = style_around(w, m);
	struct item_style lead;
	if (!lead_like(&lead, w, m->block))
		return span_fail(err, KITH_FAILED, w->image, m->block->start,
				 "the entry here shares its line with another item; put it "
				 "on a line of its own, so that one can be added beside it");
	size_t gap = w->gap = gap_at(w, spot.place);
	*piece = (struct section_piece){.text = entry_item(w, lead, &style)};
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
static int place_in_new_group(struct section_piece *piece, struct entry_work *w,
			      const struct block *like, struct log_spot spot,
			      struct kith_error *err)
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

static void place_in_empty(struct section_piece *piece, struct entry_work *w,
			   const struct block *heading)
{
	struct item_style lead;
	const struct log_entry *m = w->log.section.entries;
	struct entry_style style = w->log.section.count ? style_around(w, m) : plain_style();
	*piece = section_after_text(w->note, heading, &lead, w->arena);
	if (w->log.section.count && m->block->kind == BLOCK_ITEM)
		(void)lead_like(&lead, w, m->block);
	piece->text = entry_item(w, lead, &style);
}

static void place_at_end(struct section_piece *piece, struct entry_work *w)
{
	struct strs names = w->config->log_headings;
	struct str name = names.count ? names.items[0] : STR("Log");
	struct str heading = section_heading(section_level(w->note), name, w->arena);
	struct entry_style plain = plain_style();
	*piece = section_at_end(w->note, heading);
	piece->text = entry_item(w, section_any_style(w->note, w->arena), &plain);
}

static int place_entry(struct section_piece *piece, struct entry_work *w, struct kith_error *err)
{
	struct log_spot spot;
	bool would_count = w->raw || w->entry->channel.n || w->entry->with_count;
	if (w->log.lives && !would_count) {
		place_at_end(piece, w);
		return 0;
	}
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
static struct entry wanted_entry(const struct entry_work *w, const struct entry *got,
				 struct str written)
{
	const struct entry_text *e = w->entry;
	struct str text = first_line_of(e->text);
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
	if (got->rest.p)
		want.rest = got->rest;
	else
		want.text = text_as_read(e, w->arena);
	if (!want.text.n)
		want.text = got->text;
	return want;
}

/* With people: what follows the channel is what was written. */
static bool has_people(const struct entry_work *w, const struct entry *got)
{
	if (!w->entry->with_count)
		return !got->rest.p || str_starts(got->rest, first_line_of(w->entry->text));
	return str_eq(got->rest, str_from(w->line, str_find(w->line, STR("with [["))));
}

/* What belongs to an entry below its first line. */
static struct str entry_lines_below(const struct entry *e, struct str image)
{
	struct str all = str_slice(image, e->offset, e->block.to);
	return str_trim(str_from(all, str_find_char(all, '\n')));
}

static bool stands_already(const struct contact *c, size_t place)
{
	const struct entry *e = &c->entries[place];
	for (size_t i = 0; i < c->entries_count; i++)
		if (i != place && differences_same_entry(e, &c->entries[i]) &&
		    str_eq(entry_lines_below(e, c->image),
			   entry_lines_below(&c->entries[i], c->image)))
			return true;
	return false;
}

static int judge_entry(const struct verify *v, struct span is, void *context,
		       struct kith_error *err)
{
	const struct entry_work *w = context;
	size_t place;
	if (verify_find_added(&place, v, DIFFERENCE_ENTRY_ADDED, is, err))
		return -1;
	const struct entry *got = &v->after.contact.entries[place];
	struct entry want = wanted_entry(w, got, span_str(v->after.image, is));
	bool good = has_people(w, got) && differences_same_entry(&want, got);
	if (good && !w->entry->again && stands_already(&v->after.contact, place))
		return kith_fail(
		    err, KITH_EXISTS,
		    "the same stands there already, of the same day; --again writes it "
		    "once more");
	return verify_only_added(v, DIFFERENCE_ENTRY_ADDED, good ? place : NO_PLACE, is,
				 w->new_section, err);
}

/* For the entry of that text, which may be changed. */
static struct entry_work entry_work_on(struct verify *v, struct str image,
				       const struct config *config, struct entry_text *entry)
{
	verify_init(v, image, config);
	struct entry_work w = {.v = v,
			       .note = &v->before.note,
			       .image = image,
			       .config = config,
			       .arena = &v->arena,
			       .entry = entry};
	log_find(&w.log, w.note, &v->before.contact, config, w.arena);
	return w;
}

int entries_add(struct buf *out, struct str image, const struct config *config,
		const struct entry_text *entry, struct kith_error *err)
{
	struct verify v;
	struct entry_text mine = *entry;
	struct section_piece piece;
	size_t from = out->n;
	struct entry_work w = entry_work_on(&v, image, config, &mine);
	take_head_of_text(&mine, config, &v.arena);
	int rc = entries_check_text(entry->text, err) || check_people(&mine, &v.arena, err) ||
		 place_entry(&piece, &w, err);
	if (rc == 0) {
		struct splice splice = section_splice(w.note, &piece, w.arena);
		w.new_section = piece.heading.n > 0;
		rc = verify_edit(out, &v, &splice, 1, judge_entry, &w, err);
	}
	if (rc == 0)
		rc = keep_last_contact(out, from, config, &mine, err);
	verify_release(&v);
	return rc ? -1 : 0;
}

/* ---- one that is there, said otherwise or taken out ---- */

/* The line without one tag and the blanks before it. */
static struct str without_tag(struct str line, enum own_tag which, struct arena *arena)
{
	struct str tag;
	for (size_t at = 0; tags_next(line, &at, &tag);) {
		if (tags_which(tag) != which)
			continue;
		struct str before = str_rtrim(str_upto(line, at - tag.n - 1));
		line =
		    arena_printf(arena, "%.*s%.*s", STR_ARG(before), STR_ARG(str_from(line, at)));
		at = before.n;
	}
	return line;
}

/* Something at the line's end, before a `^block-id`. */
static struct str with_more(struct str line, struct str more, struct arena *arena)
{
	size_t at = section_fields_at(line);
	return arena_printf(arena, "%.*s%.*s%.*s", STR_ARG(str_upto(line, at)), STR_ARG(more),
			    STR_ARG(str_from(line, at)));
}

static struct str without_more(struct str line, struct str less, struct arena *arena)
{
	static const char *const joints[] = {"; ", ": "};
	size_t end = section_fields_at(line);
	for (size_t i = 0; i < ARRAY_LEN(joints) && less.n; i++) {
		struct str tail = arena_printf(arena, "%s%.*s", joints[i], STR_ARG(less));
		if (str_ends(str_upto(line, end), tail))
			return arena_printf(arena, "%.*s%.*s",
					    STR_ARG(str_upto(line, end - tail.n)),
					    STR_ARG(str_from(line, end)));
	}
	return line;
}

/* Whether it says anything, also behind people who are not looked up yet. */
static bool says_something(const struct entry *entry)
{
	struct str rest = entry->rest.p ? entry->rest : STR("");
	size_t n = 0;
	while (rest.n && !(n = entry_separator(rest)))
		rest = str_from(rest, 1);
	return entry->text.n || str_trim(str_from(rest, n)).n > 0;
}

struct str entries_turned_line(const struct entry *entry, struct str line,
			       const struct entry_turn *turn, struct arena *arena)
{
	struct day_text day = day_text(turn->day);
	size_t used;
	civil_day was;
	if (turn->day != NO_DAY && date_parse(line, &was, &used) == DATE_OK) {
		if (has_slashes(line))
			day.z[4] = day.z[7] = '/';
		line = arena_printf(arena, "%s%.*s", day.z, STR_ARG(str_from(line, used)));
	}
	line = without_tag(without_tag(line, TAG_PLANNED, arena), TAG_CANCELLED, arena);
	line = without_more(line, turn->less, arena);
	if (turn->more.n)
		line = with_more(line,
				 arena_printf(arena, "%s%.*s", says_something(entry) ? "; " : ": ",
					      STR_ARG(turn->more)),
				 arena);
	if (turn->planned || turn->cancelled)
		line =
		    with_more(line, turn->planned ? STR(" #planned") : STR(" #cancelled"), arena);
	return line;
}

static size_t find_entry_line(const struct contact *c, struct str line, bool planned)
{
	for (size_t i = 0; i < c->entries_count; i++)
		if ((c->entries[i].planned || !planned) &&
		    str_eq(entry_line(c->image, &c->entries[i]), line))
			return i;
	return NO_PLACE;
}

/* An entry that is there, by its place. */
struct entry_retold {
	size_t place;
	struct entry_turn turn;
	bool taken; /* it goes */
};

/* Whether a difference is about that entry alone. */
static bool is_of_entry(const struct difference *d, size_t place)
{
	return d->kind >= DIFFERENCE_ENTRY_ADDED && d->kind <= DIFFERENCE_ENTRY_CHANGED &&
	       (d->was == place || d->was == NO_PLACE) && (d->is == place || d->is == NO_PLACE);
}

static int judge_retold_entry(const struct verify *v, struct span is, void *context,
			      struct kith_error *err)
{
	const struct entry_retold *r = context;
	const struct contact *before = &v->before.contact, *after = &v->after.contact;
	struct entry want = before->entries[r->place];
	(void)is;
	if (after->entries_count != before->entries_count)
		return span_fail(err, KITH_FAILED, v->before.image, want.offset,
				 "the entry would not be read as one");
	const struct entry *got = &after->entries[r->place];
	want.planned = r->turn.planned;
	want.cancelled = r->turn.cancelled;
	want.day = r->turn.day == NO_DAY ? want.day : r->turn.day;
	want.rest = got->rest;
	if (r->turn.more.n || r->turn.less.n) {
		want.text = got->text;
		want.gave = got->gave;
		want.got = got->got;
		want.asked = got->asked;
	}
	for (size_t i = 0; i < v->differences.count; i++)
		if (!is_of_entry(&v->differences.items[i], r->place) ||
		    !differences_same_entry(&want, got))
			return verify_refuse(v, &v->differences.items[i], err);
	return 0;
}

static int turn_entry(struct buf *out, struct str image, const struct config *config,
		      struct str line, bool planned, const struct entry_turn *turn,
		      struct kith_error *err)
{
	struct verify v;
	int rc;
	verify_init(&v, image, config);
	const struct contact *c = &v.before.contact;
	struct entry_retold retold = {.place = find_entry_line(c, line, planned), .turn = *turn};
	if (retold.place == NO_PLACE) {
		rc = kith_fail(err, KITH_NOT_FOUND, "%s: %.*s",
			       planned ? "it is planned no more"
				       : "it does not stand there any more",
			       STR_ARG(str_upto(line, 200)));
	} else {
		const struct entry *entry = &c->entries[retold.place];
		struct splice splice = {{entry->offset, entry->offset + line.n},
					entries_turned_line(entry, line, turn, &v.arena)};
		rc = verify_edit(out, &v, &splice, 1, judge_retold_entry, &retold, err);
	}
	verify_release(&v);
	return rc;
}

int entries_hold(struct buf *out, struct str image, const struct config *config, struct str line,
		 struct kith_error *err)
{
	const struct entry_turn held = {.day = NO_DAY, .more = STR(""), .less = STR("")};
	return turn_entry(out, image, config, line, true, &held, err);
}

int entries_turn(struct buf *out, struct str image, const struct config *config, struct str line,
		 const struct entry_turn *turn, struct kith_error *err)
{
	return turn_entry(out, image, config, line, false, turn, err);
}

static int judge_taken_entry(const struct verify *v, struct span is, void *context,
			     struct kith_error *err)
{
	const size_t *place = context;
	const struct entry *taken = &v->before.contact.entries[*place];
	(void)is;
	for (size_t i = 0; i < v->differences.count; i++) {
		const struct difference *d = &v->differences.items[i];
		if (d->kind != DIFFERENCE_ENTRY_REMOVED ||
		    !differences_same_entry(&v->before.contact.entries[d->was], taken))
			return verify_refuse(v, d, err);
	}
	return 0;
}

int entries_take(struct buf *out, struct str image, const struct config *config, struct str all,
		 struct kith_error *err)
{
	struct verify v;
	struct log log;
	size_t place = 0;
	verify_init(&v, image, config);
	const struct note *note = &v.before.note;
	log_find(&log, note, &v.before.contact, config, &v.arena);
	while (place < log.all_count &&
	       !str_eq(str_trim(all), str_trim(str_slice(image, log.all[place].entry->offset,
							 log.all[place].entry->block.to))))
		place++;
	int rc;
	if (place == log.all_count) {
		rc = kith_fail(err, KITH_NOT_FOUND, "it does not stand there any more: %.*s",
			       STR_ARG(str_upto(first_line_of(all), 200)));
	} else if (!section_is_alone(note, log.all[place].block)) {
		rc = span_fail(err, KITH_FAILED, image, log.all[place].block->start,
			       "the entry here shares its line with another item");
	} else {
		struct splice splice = {section_taken(note, log.all[place].block), STR("")};
		rc = verify_edit(out, &v, &splice, 1, judge_taken_entry, &place, err);
	}
	verify_release(&v);
	return rc;
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

static int compare_pieces(const void *a, const void *b)
{
	const struct raw_piece *x = a, *y = b;
	if (x->piece.at != y->piece.at)
		return x->piece.at < y->piece.at ? -1 : 1;
	if (x->day != y->day)
		return (x->day < y->day) == x->down ? 1 : -1;
	return x->order < y->order ? -1 : 1;
}

static int place_raw_entries(struct raw_piece *pieces, struct entry_work *w,
			     struct entry_text *mine, const struct entry_raw *entries, size_t count,
			     struct kith_error *err)
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
			pieces[i].piece.text = raw_entry(w, lead);
		} else if (place_entry(&pieces[i].piece, w, err)) {
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

static int judge_raw_entries(const struct verify *v, struct span is, void *context,
			     struct kith_error *err)
{
	const struct entry_work *w = context;
	(void)is;
	size_t added = 0;
	for (size_t i = 0; i < v->differences.count; i++) {
		const struct difference *d = &v->differences.items[i];
		added += d->kind == DIFFERENCE_ENTRY_ADDED;
		if (d->kind != DIFFERENCE_ENTRY_ADDED && d->kind != DIFFERENCE_TASK_ADDED &&
		    !(d->kind == DIFFERENCE_TEXT && d->headings))
			return verify_refuse(v, d, err);
	}
	if (added != w->raw_count)
		return kith_fail(err, KITH_FAILED,
				 "of the %zu entries that are put in, %zu would be read as entries",
				 w->raw_count, added);
	return 0;
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
	struct entry_work w = entry_work_on(&v, image, config, &mine);
	struct raw_piece *pieces = ARENA_ARRAY(w.arena, struct raw_piece, count);
	struct splice *splices = ARENA_ARRAY(w.arena, struct splice, count);
	w.airy = section_is_airy(w.note);
	w.raw_count = count;
	int rc = place_raw_entries(pieces, &w, &mine, entries, count, err);
	if (rc == 0) {
		qsort(pieces, count, sizeof(*pieces), compare_pieces);
		size_t left = join_pieces(pieces, count, w.arena);
		for (size_t i = 0; i < left; i++)
			splices[i] = section_splice(w.note, &pieces[i].piece, w.arena);
		rc = verify_edit(out, &v, splices, left, judge_raw_entries, &w, err);
	}
	verify_release(&v);
	return rc;
}
