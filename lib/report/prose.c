#include "report/prose.h"

#include "base/text.h"
#include "people/link.h"
#include "people/tags.h"
#include "report/escape.h"
#include "report/words.h"

#define MOST_CHARACTERS 120

struct str prose_path_url(struct str folder, struct str path, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	while (folder.n && !str_eq(folder, STR("."))) {
		size_t slash = str_find_char(folder, '/');
		/* What both paths begin with is left out of neither: the way is up to the root. */
		buf_addz(&b, "../");
		folder = str_from(folder, slash + 1);
	}
	/* RFC 3986, 4.2: else what stands before a colon would be a scheme. */
	struct str first = str_upto(path, str_find_char(path, '/'));
	if (!b.n && str_find_char(first, ':') < first.n)
		buf_addz(&b, "./");
	escape_path(&b, path, false);
	return arena_take(arena, &b);
}

struct str prose_url(const struct prose *prose, const struct contact *contact, struct arena *arena)
{
	return prose_path_url(prose->folder, contact->path, arena);
}

struct str prose_cut(struct str text, struct arena *arena)
{
	struct str line = str_trim(text_line(text, arena));
	if (line.n <= MOST_CHARACTERS || text_length(line) <= MOST_CHARACTERS)
		return line;
	return arena_printf(arena, "%.*s\xE2\x80\xA6",
			    STR_ARG(str_rtrim(text_upto(line, MOST_CHARACTERS))));
}

struct str prose_escape(struct str text, struct arena *arena)
{
	return prose_message(prose_cut(text, arena), arena);
}

struct str prose_message(struct str text, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	/* Not at the start of a block: the page puts it in the middle of a line. */
	buf_addz(&b, "x ");
	escape_markdown(&b, text_line(str_trim(text), arena));
	struct str all = arena_take(arena, &b);
	return str_from(all, 2);
}

struct str prose_person(const struct prose *prose, const struct contact *contact,
			struct arena *arena)
{
	return arena_printf(arena, "[%s](%s)", prose_escape(contact->name, arena).p,
			    prose_url(prose, contact, arena).p);
}

struct str prose_address_url(struct str text, const char *scheme, struct arena *arena)
{
	bool number = str_eq(str_of(scheme), STR("tel:"));
	struct buf b;
	text = str_trim(text_line(text, arena));
	if (!*scheme && !str_istarts(text, STR("https://")) && !str_istarts(text, STR("http://")))
		return STR_NONE;
	buf_init(&b, 0);
	buf_addz(&b, scheme);
	for (size_t i = 0; i < text.n; i++) {
		/* In an address of mail or a number these are text, and no second recipient. */
		if (*scheme && str_find_char(STR("%?&#"), text.p[i]) < 4)
			buf_printf(&b, "%%%02X", (unsigned)text.p[i]);
		else if (text.p[i] != ' ')
			buf_addc(&b, text.p[i]);
		else if (!number)
			buf_addz(&b, "%20");
	}
	return arena_take(arena, &b);
}

struct str prose_address(struct str text, const char *scheme, struct arena *arena)
{
	struct str url = prose_address_url(text, scheme, arena);
	struct buf b;
	if (!url.p)
		return prose_escape(text, arena);
	buf_init(&b, 0);
	buf_printf(&b, "[%s](<", prose_escape(text, arena).p);
	for (size_t i = 0; i < url.n; i++) {
		if (str_find_char(STR("<>\\&"), url.p[i]) < 4)
			buf_addc(&b, '\\');
		buf_addc(&b, url.p[i]);
	}
	buf_addz(&b, ">)");
	return arena_take(arena, &b);
}

struct str prose_people(const struct prose *prose, const uint32_t *who, size_t count, bool links,
			struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < count; i++) {
		const struct contact *c = &prose->journal->contacts[who[i]];
		buf_addz(&b, i == 0 ? "" : i + 1 == count ? " and " : ", ");
		buf_add(&b, links ? prose_person(prose, c, arena) : text_line(c->name, arena));
	}
	return arena_take(arena, &b);
}

struct str prose_link_words(const struct prose *prose, const struct link *link,
			    const struct contact **who, struct arena *arena)
{
	uint32_t found;
	*who = NULL;
	if (prose->journal &&
	    journal_resolve(prose->journal, link->target, &found) == JOURNAL_FOUND)
		*who = &prose->journal->contacts[found];
	struct str words = link->label.p && link->label.n ? link->label
			   : *who                         ? (*who)->name
							  : link->target;
	return text_line(words, arena);
}

static void add_link_words(struct buf *b, struct str words, const struct contact *who,
			   bool markdown, const struct prose *prose, struct arena *arena)
{
	if (!markdown) {
		buf_add(b, words);
		return;
	}
	if (who)
		buf_addc(b, '[');
	escape_markdown(b, words);
	if (who)
		buf_printf(b, "](%s)", prose_url(prose, who, arena).p);
}

/* The text in pieces: plain runs and links; stops, with `…`, where it gets too long. */
static struct str render(const struct prose *prose, struct str text, bool markdown,
			 struct arena *arena)
{
	struct buf b;
	size_t left = MOST_CHARACTERS;
	struct str line =
	    str_trim(text_line(tags_strip(text, TAG_GAVE | TAG_GOT | TAG_ASKED, arena), arena));
	buf_init(&b, 0);
	buf_addz(&b, "x "); /* see prose_escape */
	while (line.n) {
		struct link link;
		const struct contact *who = NULL;
		size_t used = 0;
		struct str words;
		if (link_parse(line, &link, &used)) {
			words = prose_link_words(prose, &link, &who, arena);
		} else {
			used = 1;
			while (used < line.n && line.p[used] != '[')
				used++;
			words = str_upto(line, used);
		}
		size_t length = text_length(words);
		if (length > left) {
			add_link_words(&b, str_rtrim(text_upto(words, left)), who, markdown, prose,
				       arena);
			buf_addz(&b, "\xE2\x80\xA6");
			break;
		}
		add_link_words(&b, words, who, markdown, prose, arena);
		left -= length;
		line = str_from(line, used);
	}
	return str_from(arena_take(arena, &b), 2);
}

struct str prose_text(const struct prose *prose, struct str text, struct arena *arena)
{
	return render(prose, text, true, arena);
}

struct str prose_plain(const struct prose *prose, struct str text, struct arena *arena)
{
	return render(prose, text, false, arena);
}

struct str prose_date(struct occurrence date, struct str what, struct arena *arena)
{
	if (date.which == BIRTHDAY)
		return date.years ? arena_printf(arena, "turns %d", date.years)
				  : STR("has a birthday");
	if (!date.years)
		return what;
	return arena_printf(arena, "%.*s, %s", STR_ARG(what),
			    words_count((size_t)date.years, "year", "years", arena).p);
}
