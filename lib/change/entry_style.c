#include "change/entry_style.h"

#include "people/link.h"
#include "people/tags.h"

/* So much of a line is looked at for its style, in bytes. */
#define LOOKED_AT 500

struct entry_style entry_style_plain(void)
{
	return (struct entry_style){
	    .open = STR(""), .close = STR(""), .head_sep = STR(" "), .text_sep = STR(": ")};
}

static void add_day(struct buf *b, civil_day day, const struct entry_style *style)
{
	char text[DAY_SIZE];
	day_write(text, day);
	if (style->slashes)
		text[4] = text[7] = '/';
	buf_add(b, style->open);
	buf_addz(b, text);
	buf_add(b, style->close);
}

static void add_people(struct buf *b, const struct entry_text *entry,
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

struct str entry_style_first_line(struct str text)
{
	text = str_trim(text);
	return str_rtrim(str_upto(text, str_find_char(text, '\n')));
}

static bool is_marked_planned(const struct entry_text *entry)
{
	return entry->planned && !(tags_in(entry_style_first_line(entry->text)) & TAG_PLANNED);
}

void entry_style_write(struct buf *b, const struct entry_text *entry,
		       const struct entry_style *style, const char *guard)
{
	struct str text = entry_style_first_line(entry->text);
	add_day(b, entry->day, style);
	if (entry->time.n)
		buf_printf(b, " %.*s", STR_ARG(entry->time));
	if (entry->channel.n) {
		buf_add(b, style->head_sep);
		buf_add(b, entry->channel);
	}
	if (entry->with_count) {
		buf_addc(b, ' ');
		add_people(b, entry, style);
	}
	if (text.n) {
		buf_add(b, style->text_sep);
		buf_addz(b, guard);
		buf_add(b, text);
	}
	if (is_marked_planned(entry))
		buf_addz(b, " #planned");
}

static struct str mirrored(struct str marks, struct arena *arena)
{
	struct str copy = arena_str(arena, marks);
	char *p = arena_bytes(arena, marks.n + 1);
	for (size_t i = 0; i < copy.n; i++) {
		char c = copy.p[copy.n - 1 - i];
		p[i] = c == '[' ? ']' : c;
	}
	return (struct str){p, copy.n};
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

static struct str sep_text(enum entry_sep sep)
{
	static const char *const texts[] = {" ", ": ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 "};
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
	return (unsigned char)sign.p[2] == 0x93 ? ENTRY_SEP_EN : ENTRY_SEP_EM;
}

static void count_seps(struct entry_style_votes *votes, const struct entry *entry, struct str line)
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

void entry_style_count(struct entry_style_votes *votes, const struct entry *entry, struct str line)
{
	count_seps(votes, entry, line);
	count_labels(entry->rest, &votes->with_label, &votes->without_label);
	votes->slashes += has_slashes(line);
	votes->entries++;
}

struct entry_style entry_style_of(const struct entry_style_votes *votes, struct str next_line,
				  struct arena *arena)
{
	struct entry_style style = entry_style_plain();
	find_marks(&style, next_line, arena);
	style.slashes = votes->entries > 0 && votes->slashes == votes->entries;
	style.labels = votes->with_label > votes->without_label;
	style.head_sep = sep_text(most_of(votes->head, ENTRY_SEP_NONE));
	style.text_sep = sep_text(most_of(votes->text, ENTRY_SEP_COLON));
	return style;
}
