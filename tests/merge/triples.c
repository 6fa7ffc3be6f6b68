#include "triples.h"

#include <stdbool.h>

#define ONE_OF(dice, list) str_of((list)[dice_roll((dice), ARRAY_LEN(list))])

/* A version that is being edited. */
struct draft {
	struct buf text;
	struct dice *dice;
	struct arena *arena;
	enum merge_kind kind;
};

/* ---- What is written ---- */

/* Few, so that both sides often write the same or clash. */
static const char *const words[] = {"tea",  "looms", "Bath",  "the grant",
				    "a: b", "x",     "don't", "#gave"};
static const char *const values[] = {
    "CTO",      "CEO",     "\"CTO\"", "'a: b'", "2026-12-01", "2026-12-08", "[a, b]",
    "[b, c]",   "{a: x}",  "6w",      "8w",     "",           "paused",     "archived",
    "deceased", "x # why", "[]",      "busy",   "~",          "mentor",     "ada@x.example",
};
static const char *const keys[] = {
    "name: Ada Lovelace\n",
    "title: CTO\n",
    "role: CEO\n",
    "org: Engines\n",
    "company: Navy  # since May\n",
    "tags: [a, b, c]\n",
    "tags: [a, b]  # mine\n",
    "tags:\n  - a\n  # of them\n  - b\n",
    "tags: a\n",
    "aliases: [Countess, Ada Byron]\n",
    "applied:\n  - r-xr72pll done 2026-11-24\n  - p-zzz done 2026-11-25\n",
    "phone: {mobile: \"+44 1\", work: '2'}\n",
    "phone:\n  mobile: \"+44 1\"\n  home: +44 3 # old\n",
    "email: ada@x.example\n",
    "email: [ada@x.example, a@y.example]\n",
    "dates:\n  joined: 2021-05-01 yearly\n  talk: 2026-12-03\n",
    "knows: {mother: \"[[grace]]\"}\n",
    "cadence: 6w\n",
    "status: active\n",
    "last_contact: 2026-10-01\n",
    "snooze: 2026-12-24\n",
    "added: 2026-01-02\n",
    "birthday: 1984-11-26\n",
    "color: teal\n",
    "pets: [cat, dog]\n",
    "pets: {cat: Tom, dog: Rex}\n",
    "merged: {title: [CFO]}\n",
    "bio: |\n  # no comment\n  two lines\n",
    "bio: >-\n  folded\n  text\n",
    "# a comment\n",
    "\n",
};
static const char *const settings[] = {
    "version: 1\n",
    "# Where the people are.\npeople: people\n",
    "people: [people, friends]\n",
    "reviews: reviews\n",
    "ignore: []\n",
    "ignore:\n  - people/old/**\n  - \"*.draft.md\"\n",
    "since: 2026-11-23\n",
    "cadences: {close: 3 weeks, rare: 1 year}\n",
    "cadences:\n  close: 2 weeks # often\n  light: 6 months\n",
    "cadence_default: light\n",
    "cadence_default: close\n",
    "cadence_by_tag: {mentor: close}\n",
    "channels: [call, coffee, note, tried]\n",
    "new_ties: [1 week, 1 month]\n",
    "review: {reach_out: 7, revive: 2}\n",
    "review:\n  reach_out: 5\n",
    "leap_day: march\n",
    "log_headings: [Log, Talks]\n",
    "task_headings: [Next, {Waiting for: waiting}]\n",
    "commit: manual\n",
    "# a comment\n",
    "#formerly: on\n",
    "\n",
};
static const char *const respelled[][2] = {
    {"org:", "company:"}, {"title:", "role:"},    {"tags:", "Tags:"},
    {"email:", "mail:"},  {"name:", "\"name\":"}, {"last_contact:", "last contact:"},
};
static const char *const entries[] = {
    "- 2026-11-20 call: a\n",
    "- 2026-11-20 call: b\n",
    "- 2026-11-20 call: the grant\n",
    "- 2026-11-20 09:15 call: early\n",
    "- 2026-11-21 coffee with [[grace]]: looms\n  more of it\n",
    "- 2026-09-20 email\n",
    "- 2026-08-01\n  - nested\n\n  a paragraph\n",
    "- 2026-12-24 dinner: soon #planned\n",
    "### 2026-07-01 call\n\nUnder a heading.\n\n",
};
static const char *const tasks[] = {
    "- [ ] send it\n",
    "- [ ] send it  (due:: 2026-11-30)\n",
    "- [ ] call back  (created:: 2026-11-02)  (due:: 2026-11-30)\n",
    "- [ ] #waiting her slides\n",
    "* [ ] emoji ➕ 2026-11-02 📅 2026-11-30\n",
    "- [x] introduce her  (completion:: 2026-09-22)\n",
};
static const char *const paragraphs[] = {
    "She runs on tea.\n",
    "One line,\nand a second,\nand a third.\n",
    "- no entry\n- no task\n",
    "> quoted\n> twice\n",
    "```\ncode: 1\n\nmore\n```\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "<div>\nhtml\n</div>\n",
    "<!-- a note -->\n",
    "1. one\n2. two\n",
    "    indented code\n",
    "[x]: https://x.example\n",
    "## After\n\nMore.\n",
    "* * *\n",
    "**Birthday**: 1984-11-26\n",
};
static const char *const headings[] = {"## Log\n",   "## Log\n\n",   "## Interactions\n",
				       "# Ada\n",    "Next\n----\n", "## Next\n",
				       "### 2026\n", "## Notes\n"};
static const char *const items[] = {
    "- [ ] **[Ada](../people/ada.md)** ^r-krzn5ew\n  - *5 weeks since you talked*\n",
    "- [ ] **[Grace](../people/grace.md)** ^r-xr72pll\n  - *9 weeks since you talked*\n  - *last, "
    "Sun 18 Oct*\n",
    "- [ ] **Tue 24** · [Ada](../people/ada.md) turns 42 ^d-2xm2zq6\n",
    "- [ ] **Wed 25** · [Ada](../people/ada.md) · you promised: the paper ^p-e62hmub\n  - "
    "*promised 2 "
    "weeks ago*\n",
    "- [ ] **Wed 25** · her sabbatical ^h-nosi3zv\n",
};
static const char *const italics[] = {
    "  - *6 weeks since you talked*\n",
    "*4 more can wait: Lin Wu*\n",
    "- *Mon 16 · email with [Lin](../people/lin.md): VAT*\n",
};
static const char *const own_lines[] = {
    "  - the grant came through\n",
    "  - tue call: looms\n",
    "- [[grace]] coffee: tea\n",
    "Buy bread.\n",
};
static const char *const hostile[] = {
    "\r",
    "\xC2\x85",
    "\xE2\x80\xA8",
    "\t",
    "```\n",
    "~~~\n",
    "<!--\n",
    "-->\n",
    "<details>\n",
    "> ",
    "---\n",
    "...\n",
    "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n",
    MERGE_BOTH_KEPT "\n",
    (" " MERGE_BOTH_KEPT),
    "&a ",
    "key: [open\n",
    "org: Engines\norg: Twice\n",
    "merged: text\n",
    "merged_values: {org: [x]}\n",
    "? name\n: Ada\n",
    "\xFF",
    "- [ ] \n",
    "- \n",
    "  ",
    "===\n",
    "%% hidden %%\n",
};

/* ---- Places ---- */

static size_t lines_in(struct str text)
{
	size_t count = 0;
	for (; text.n; count++)
		text = str_from(text, str_full_line(text));
	return count;
}

/* Where the line of that number begins. */
static size_t line_offset(struct str text, size_t number)
{
	size_t at = 0;
	for (; number > 0 && at < text.n; number--)
		at += str_full_line(str_from(text, at));
	return at;
}

/* A line of from..to, as offsets; false where there is none. */
static bool roll_line(const struct draft *draft, size_t from, size_t to, size_t *begin, size_t *end)
{
	struct str part = str_slice(buf_str(&draft->text), from, to);
	size_t count = lines_in(part);
	if (count == 0)
		return false;
	*begin = from + line_offset(part, dice_roll(draft->dice, count));
	*end = *begin + str_full_line(str_from(buf_str(&draft->text), *begin));
	return true;
}

/* What stands between the fences; all of the settings. */
static void front_of(const struct draft *draft, size_t *from, size_t *to)
{
	struct str text = buf_str(&draft->text);
	size_t at = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
	*from = *to = 0;
	if (draft->kind == MERGE_SETTINGS) {
		*to = text.n;
		return;
	}
	if (!str_starts(str_from(text, at), STR("---")))
		return;
	*from = at + str_full_line(str_from(text, at));
	for (at = *from; at < text.n; at += str_full_line(str_from(text, at)))
		if (str_starts(str_from(text, at), STR("---")) ||
		    str_starts(str_from(text, at), STR("...")))
			break;
	*to = at;
}

static void splice_in(struct draft *draft, size_t from, size_t to, struct str with)
{
	struct str text = arena_str(draft->arena, buf_str(&draft->text));
	with = arena_str(draft->arena, with);
	buf_clear(&draft->text);
	buf_add(&draft->text, str_upto(text, from));
	buf_add(&draft->text, with);
	buf_add(&draft->text, str_from(text, to));
}

/* At the beginning of a line of that stretch, or at its end. */
static void put_line(struct draft *draft, size_t from, size_t to, struct str line)
{
	struct str part = str_slice(buf_str(&draft->text), from, to);
	size_t at = from + line_offset(part, dice_roll(draft->dice, lines_in(part) + 1));
	splice_in(draft, at, at, line);
}

/* A line that holds the text, and where in it; of several a random one. */
static bool roll_holding(const struct draft *draft, size_t from, size_t to, const char *needle,
			 size_t *at)
{
	struct str text = buf_str(&draft->text);
	size_t first = from + (to > from ? dice_roll(draft->dice, to - from) : 0);
	*at = first + str_find(str_slice(text, first, to), str_of(needle));
	if (*at < to)
		return true;
	*at = from + str_find(str_slice(text, from, to), str_of(needle));
	return *at < to;
}

/* ---- Edits of the front matter ---- */

static struct str roll_key(struct draft *draft)
{
	return draft->kind == MERGE_SETTINGS ? ONE_OF(draft->dice, settings)
					     : ONE_OF(draft->dice, keys);
}

/* Where a key of the top level begins, or the end. */
static size_t key_boundary(const struct draft *draft, size_t at, size_t to)
{
	struct str text = buf_str(&draft->text);
	while (at < to && (str_is_space_char(text.p[at]) || text.p[at] == '-' || text.p[at] == ']'))
		at += str_full_line(str_from(text, at));
	return at < to ? at : to;
}

static void add_key(struct draft *draft)
{
	size_t from, to, begin, end;
	front_of(draft, &from, &to);
	struct str key = roll_key(draft);
	/* A key that stands already is an error: then its value changes. */
	struct str name = str_upto(key, str_find_char(key, ':'));
	size_t at = from + str_find(str_slice(buf_str(&draft->text), from, to), name);
	if (name.n < key.n && at < to && str_begins_line(buf_str(&draft->text), at)) {
		end = at + str_full_line(str_from(buf_str(&draft->text), at));
		end = key_boundary(draft, end, to);
		splice_in(draft, at, end, key);
		return;
	}
	begin = roll_line(draft, from, to, &begin, &end) ? key_boundary(draft, begin, to) : to;
	if (dice_roll(draft->dice, 2))
		begin = to;
	splice_in(draft, begin, begin, key);
}

static void change_value(struct draft *draft)
{
	size_t from, to, at;
	front_of(draft, &from, &to);
	if (!roll_holding(draft, from, to, ": ", &at))
		return;
	struct str rest = str_from(buf_str(&draft->text), at + 2);
	size_t n = str_line(rest);
	if (dice_roll(draft->dice, 2))
		n = str_find(str_upto(rest, n), STR("  #"));
	splice_in(draft, at + 2, at + 2 + n, ONE_OF(draft->dice, values));
}

static bool roll_whole_key(struct draft *draft, size_t *begin, size_t *end)
{
	size_t from, to;
	front_of(draft, &from, &to);
	if (!roll_line(draft, from, to, begin, end))
		return false;
	*begin = key_boundary(draft, *begin, to);
	if (*begin == to)
		return false;
	*end = key_boundary(draft, *begin + str_full_line(str_from(buf_str(&draft->text), *begin)),
			    to);
	return true;
}

static void remove_key(struct draft *draft)
{
	size_t begin, end;
	if (roll_whole_key(draft, &begin, &end))
		splice_in(draft, begin, end, STR(""));
}

static void move_key(struct draft *draft)
{
	size_t begin, end, from, to;
	if (!roll_whole_key(draft, &begin, &end))
		return;
	struct str key = arena_str(draft->arena, str_slice(buf_str(&draft->text), begin, end));
	splice_in(draft, begin, end, STR(""));
	front_of(draft, &from, &to);
	begin = dice_roll(draft->dice, 2) ? from : to;
	splice_in(draft, begin, begin, key);
}

static void edit_items(struct draft *draft)
{
	size_t from, to, at, begin, end;
	front_of(draft, &from, &to);
	struct str word = ONE_OF(draft->dice, words);
	bool add = dice_roll(draft->dice, 2);
	if (dice_roll(draft->dice, 2) && roll_holding(draft, from, to, "\n  - ", &at)) {
		begin = at + 1;
		end = begin + str_full_line(str_from(buf_str(&draft->text), begin));
		splice_in(draft, begin, add ? begin : end,
			  add ? arena_printf(draft->arena, "  - \"%.*s\"\n", STR_ARG(word))
			      : STR(""));
	} else if (roll_holding(draft, from, to, "[", &at)) {
		end = at + 1 + str_find(str_from(buf_str(&draft->text), at + 1), STR(", "));
		if (add)
			splice_in(draft, at + 1, at + 1,
				  arena_printf(draft->arena, "\"%.*s\", ", STR_ARG(word)));
		else if (end < to)
			splice_in(draft, at + 1, end + 2, STR(""));
	} else if (roll_holding(draft, from, to, "]", &at) && add) {
		splice_in(draft, at, at, arena_printf(draft->arena, ", '%.*s'", STR_ARG(word)));
	}
}

static void comment(struct draft *draft)
{
	size_t from, to, begin, end;
	front_of(draft, &from, &to);
	if (!roll_line(draft, from, to, &begin, &end))
		return;
	if (dice_roll(draft->dice, 2)) {
		splice_in(draft, begin, begin,
			  dice_roll(draft->dice, 2) ? STR("# why\n") : STR("# so\n"));
		return;
	}
	begin += str_line(str_from(buf_str(&draft->text), begin));
	splice_in(draft, begin, begin,
		  dice_roll(draft->dice, 2) ? STR("  # mine") : STR(" # ours"));
}

static void quote(struct draft *draft)
{
	size_t from, to, at;
	front_of(draft, &from, &to);
	if (!roll_holding(draft, from, to, ": ", &at))
		return;
	struct str text = buf_str(&draft->text);
	at += 2;
	size_t n = str_line(str_from(text, at));
	for (size_t i = at; i < at + n; i++)
		if (str_find_char(STR("\"'#[]{}|>:"), text.p[i]) < 10)
			return;
	struct str value = str_trim(str_slice(text, at, at + n));
	splice_in(draft, at, at + n,
		  arena_printf(draft->arena, dice_roll(draft->dice, 2) ? "\"%.*s\"" : "'%.*s'",
			       STR_ARG(value)));
}

static void respell(struct draft *draft)
{
	size_t from, to, row = dice_roll(draft->dice, ARRAY_LEN(respelled)),
			 way = dice_roll(draft->dice, 2);
	front_of(draft, &from, &to);
	struct str was = str_of(respelled[row][way]), is = str_of(respelled[row][!way]);
	size_t at = from + str_find(str_slice(buf_str(&draft->text), from, to), was);
	if (at < to && str_begins_line(buf_str(&draft->text), at))
		splice_in(draft, at, at + was.n, is);
}

/* ---- Edits of the body ---- */

static size_t body_of(const struct draft *draft)
{
	size_t from, to;
	front_of(draft, &from, &to);
	return to + (draft->kind == MERGE_SETTINGS || to == 0
			 ? 0
			 : str_full_line(str_from(buf_str(&draft->text), to)));
}

/* After the line that holds needle, or anywhere. */
static void put_after(struct draft *draft, const char *needle, struct str what)
{
	size_t from = body_of(draft), at;
	if (dice_roll(draft->dice, 4) && roll_holding(draft, from, draft->text.n, needle, &at)) {
		at += str_full_line(str_from(buf_str(&draft->text), at));
		splice_in(draft, at, at, what);
	} else {
		put_line(draft, from, draft->text.n, what);
	}
}

static void add_entry(struct draft *draft)
{
	put_after(draft, dice_roll(draft->dice, 2) ? "## Log" : "- 2026-",
		  ONE_OF(draft->dice, entries));
}

static void add_task(struct draft *draft)
{
	put_after(draft, dice_roll(draft->dice, 2) ? "## Next" : "- [", ONE_OF(draft->dice, tasks));
}

static void add_item(struct draft *draft)
{
	put_after(draft, dice_roll(draft->dice, 2) ? "## " : "- [", ONE_OF(draft->dice, items));
}

static void add_italics(struct draft *draft)
{
	put_after(draft, " ^", ONE_OF(draft->dice, italics));
}

static void add_own_line(struct draft *draft)
{
	put_after(draft, " ^", ONE_OF(draft->dice, own_lines));
}

static void add_nested(struct draft *draft)
{
	put_after(draft, "- ",
		  dice_roll(draft->dice, 2) ? STR("  - and more\n") : STR("  a line of it\n"));
}

static void add_paragraph(struct draft *draft)
{
	struct str text = ONE_OF(draft->dice, paragraphs);
	put_line(draft, body_of(draft), draft->text.n,
		 arena_printf(draft->arena, "%s%.*s%s", dice_roll(draft->dice, 3) ? "\n" : "",
			      STR_ARG(text), dice_roll(draft->dice, 3) ? "\n" : ""));
}

static void tick(struct draft *draft)
{
	static const char *const marks[] = {"[x]", "[X]", "[-]", "[>]", "[/]", "[ ]"};
	size_t from = body_of(draft), at;
	if (!roll_holding(draft, from, draft->text.n, "- [", &at))
		return;
	struct str text = buf_str(&draft->text);
	if (str_at(text, at + 4) != ']')
		return;
	splice_in(draft, at + 2, at + 5, ONE_OF(draft->dice, marks));
	if (draft->kind == MERGE_CONTACT && dice_roll(draft->dice, 2)) {
		at += str_line(str_from(buf_str(&draft->text), at));
		splice_in(draft, at, at,
			  arena_printf(draft->arena, "  (completion:: 2026-11-2%zu)",
				       dice_roll(draft->dice, 3)));
	}
}

static void set_field(struct draft *draft)
{
	size_t from = body_of(draft), at;
	char digit = (char)('0' + dice_roll(draft->dice, 9) % 9);
	if (dice_roll(draft->dice, 2) &&
	    roll_holding(draft, from, draft->text.n, ":: 2026-1", &at)) {
		splice_in(draft, at + 12, at + 13, (struct str){&digit, 1});
	} else if (roll_holding(draft, from, draft->text.n, "- [", &at)) {
		at += str_line(str_from(buf_str(&draft->text), at));
		splice_in(draft, at, at,
			  dice_roll(draft->dice, 2) ? STR("  (due:: 2026-12-05)") : STR(" ^id-1"));
	}
}

static void change_word(struct draft *draft)
{
	size_t begin, end;
	if (!roll_line(draft, body_of(draft), draft->text.n, &begin, &end))
		return;
	struct str line = str_slice(buf_str(&draft->text), begin, end);
	size_t n = str_line(line), at = n ? dice_roll(draft->dice, n) : 0;
	at = str_find_char(str_from(line, at), ' ') + at;
	if (at >= n)
		at = n;
	size_t to = at + 1 + str_find_char(str_from(line, at + 1), ' ');
	if (dice_roll(draft->dice, 2) || to > n)
		to = at;
	splice_in(draft, begin + at, begin + to,
		  arena_printf(draft->arena, " %.*s", STR_ARG(ONE_OF(draft->dice, words))));
}

static void retitle(struct draft *draft)
{
	size_t at;
	if (!roll_holding(draft, body_of(draft), draft->text.n, "## ", &at))
		return;
	size_t n = str_line(str_from(buf_str(&draft->text), at));
	splice_in(draft, at, at + n,
		  dice_roll(draft->dice, 2) ? STR("## Interactions") : STR("## Talks"));
}

static void add_heading(struct draft *draft)
{
	put_line(draft, body_of(draft), draft->text.n, ONE_OF(draft->dice, headings));
}

/* ---- Edits of any line ---- */

static void remove_line(struct draft *draft)
{
	size_t begin, end;
	if (roll_line(draft, body_of(draft), draft->text.n, &begin, &end))
		splice_in(draft, begin, end, STR(""));
}

static void remove_block(struct draft *draft)
{
	size_t begin, end;
	if (!roll_line(draft, body_of(draft), draft->text.n, &begin, &end))
		return;
	struct str text = buf_str(&draft->text);
	while (end < text.n && str_line(str_from(text, end)) > 0 && text.p[end] != '-')
		end += str_full_line(str_from(text, end));
	splice_in(draft, begin, end, STR(""));
}

static void repeat_line(struct draft *draft)
{
	size_t begin, end;
	if (!roll_line(draft, body_of(draft), draft->text.n, &begin, &end))
		return;
	struct str line = arena_str(draft->arena, str_slice(buf_str(&draft->text), begin, end));
	splice_in(draft, end, end, line);
}

static void move_line(struct draft *draft)
{
	size_t begin, end;
	if (!roll_line(draft, body_of(draft), draft->text.n, &begin, &end))
		return;
	struct str line = arena_str(draft->arena, str_slice(buf_str(&draft->text), begin, end));
	splice_in(draft, begin, end, STR(""));
	put_line(draft, body_of(draft), draft->text.n, line);
}

static void add_blank(struct draft *draft)
{
	put_line(draft, 0, draft->text.n, STR("\n"));
}

static void remove_blank(struct draft *draft)
{
	size_t at;
	if (roll_holding(draft, 0, draft->text.n, "\n\n", &at))
		splice_in(draft, at, at + 1, STR(""));
}

static void turn_ends(struct draft *draft)
{
	struct str text = arena_str(draft->arena, buf_str(&draft->text)), line;
	bool crlf = str_find(text, STR("\r\n")) == text.n;
	buf_clear(&draft->text);
	while (text.n) {
		line = str_upto(text, str_line(text));
		buf_add(&draft->text, line);
		if (line.n < text.n)
			buf_addz(&draft->text, crlf ? "\r\n" : "\n");
		text = str_from(text, str_full_line(text));
	}
}

/* ---- What no one should do ---- */

static void put_hostile(struct draft *draft)
{
	struct str what = ONE_OF(draft->dice, hostile);
	if (dice_roll(draft->dice, 2)) {
		put_line(draft, 0, draft->text.n, what);
	} else {
		size_t at = dice_roll(draft->dice, draft->text.n + 1);
		splice_in(draft, at, at, what);
	}
}

static void lone_cr(struct draft *draft)
{
	size_t at;
	if (roll_holding(draft, 0, draft->text.n, "\n", &at))
		splice_in(draft, at, at + 1, dice_roll(draft->dice, 2) ? STR("\r") : STR("\r\n"));
}

static void last_end(struct draft *draft)
{
	struct str text = buf_str(&draft->text);
	if (text.n && text.p[text.n - 1] == '\n')
		buf_cut(&draft->text, text.n - 1);
	else
		buf_addc(&draft->text, '\n');
}

static void mark_bytes(struct draft *draft)
{
	bool marked = str_starts(buf_str(&draft->text), STR("\xEF\xBB\xBF"));
	splice_in(draft, 0, marked ? 3 : 0, marked ? STR("") : STR("\xEF\xBB\xBF"));
}

static void cut_out(struct draft *draft)
{
	size_t from = dice_roll(draft->dice, draft->text.n + 1),
	       to = from + dice_roll(draft->dice, 1 + (draft->text.n - from) / 4);
	splice_in(draft, from, to, STR(""));
}

static void empty(struct draft *draft)
{
	if (dice_roll(draft->dice, 4) == 0)
		buf_clear(&draft->text);
}

/* Many rows of what is done often. */
typedef void make_edit(struct draft *draft);
static make_edit *const in_front[] = {add_key,  add_key,    change_value, change_value, remove_key,
				      move_key, edit_items, edit_items,   comment,      quote,
				      respell,  add_blank,  turn_ends};
static make_edit *const in_contact[] = {
    add_entry,   add_entry,    add_entry,   add_task,  add_task,    tick,         tick,
    set_field,   change_word,  change_word, retitle,   add_heading, add_nested,   add_paragraph,
    remove_line, remove_block, repeat_line, move_line, add_blank,   remove_blank, add_paragraph};
static make_edit *const in_review[] = {add_item,      tick,        tick,         add_own_line,
				       add_own_line,  add_italics, add_nested,   change_word,
				       add_paragraph, remove_line, remove_block, move_line,
				       add_blank,     retitle,     repeat_line};
static make_edit *const in_hostile[] = {put_hostile, put_hostile, lone_cr, last_end,
					mark_bytes,  cut_out,     empty};

#define ROLL_EDIT(dice, list) (list)[dice_roll((dice), ARRAY_LEN(list))]

static void edit_once(struct draft *draft, bool wild)
{
	make_edit *edit = ROLL_EDIT(draft->dice, in_front);
	if (wild && dice_roll(draft->dice, 3) == 0)
		edit = ROLL_EDIT(draft->dice, in_hostile);
	else if (draft->kind == MERGE_CONTACT && dice_roll(draft->dice, 5) > 1)
		edit = ROLL_EDIT(draft->dice, in_contact);
	else if (draft->kind == MERGE_REVIEW && dice_roll(draft->dice, 5) > 0)
		edit = ROLL_EDIT(draft->dice, in_review);
	edit(draft);
}

/* ---- The base ---- */

/* Each at most once: the rows that begin with the same word are one key's. */
static void add_keys(struct draft *draft, size_t count)
{
	while (count-- > 0)
		add_key(draft);
}

static void tidy_contact(struct draft *draft)
{
	struct dice *dice = draft->dice;
	if (dice_roll(dice, 8)) {
		buf_addz(&draft->text, "---\nname: Ada Lovelace\n---\n");
		add_keys(draft, dice_roll(dice, 7));
	}
	for (size_t i = dice_roll(dice, 3); i > 0; i--)
		buf_printf(&draft->text, "%s\n", ONE_OF(dice, paragraphs).p);
	if (dice_roll(dice, 2)) {
		buf_addz(&draft->text, "## Next\n");
		for (size_t i = dice_roll(dice, 4); i > 0; i--)
			buf_add(&draft->text, ONE_OF(dice, tasks));
		buf_addc(&draft->text, '\n');
	}
	if (dice_roll(dice, 4))
		buf_add(&draft->text, ONE_OF(dice, headings));
	for (size_t i = dice_roll(dice, 5); i > 0; i--)
		buf_add(&draft->text, ONE_OF(dice, entries));
}

static void review_page(struct draft *draft)
{
	struct dice *dice = draft->dice;
	static const char *const sections[] = {"This week", "Reach out", "Waiting for"};
	buf_addz(&draft->text, "---\nkith: review\nweek: 2026-W48\nfrom: 2026-11-23\nto: "
			       "2026-11-29\ngenerated: 2026-11-2");
	buf_printf(&draft->text, "%zu\napplied: []\n---\n# Week 48 · 23–29 November 2026\n",
		   3 + dice_roll(dice, 4));
	for (size_t s = 0; s < ARRAY_LEN(sections); s++) {
		if (dice_roll(dice, 3) == 0)
			continue;
		buf_printf(&draft->text, "\n## %s\n\n", sections[s]);
		for (size_t i = s; i < ARRAY_LEN(items); i += ARRAY_LEN(sections))
			buf_add(&draft->text, str_of(items[i]));
		if (dice_roll(dice, 2))
			buf_printf(&draft->text, "\n%s", italics[1]);
	}
	if (dice_roll(dice, 3) == 0)
		buf_printf(&draft->text, "\n%s", ONE_OF(dice, own_lines).p);
}

static void make_base(struct draft *draft, bool wild)
{
	if (draft->kind == MERGE_SETTINGS)
		add_keys(draft, 1 + dice_roll(draft->dice, 7));
	else if (draft->kind == MERGE_REVIEW)
		review_page(draft);
	else if (wild && dice_roll(draft->dice, 3))
		texts_make(&draft->text, draft->dice);
	else
		tidy_contact(draft);
	if (wild && dice_roll(draft->dice, 4) == 0)
		ROLL_EDIT(draft->dice, in_hostile)(draft);
}

/* A version of the base: some edits, of which the other side makes some, too. */
static struct str version_of(struct str base, const struct draft *like, uint64_t common, bool wild)
{
	struct draft draft = *like;
	struct dice shared;
	buf_init(&draft.text, 0);
	buf_add(&draft.text, base);
	if (common) {
		dice_init(&shared, common);
		draft.dice = &shared;
		edit_once(&draft, wild);
		draft.dice = like->dice;
	}
	for (size_t i = 1 + dice_roll(draft.dice, 4); i > 0; i--)
		edit_once(&draft, wild);
	return arena_take(draft.arena, &draft.text);
}

void triple_make(struct triple *out, struct dice *dice, struct arena *arena)
{
	static const enum merge_kind kinds[] = {MERGE_CONTACT, MERGE_CONTACT, MERGE_CONTACT,
						MERGE_CONTACT, MERGE_REVIEW,  MERGE_REVIEW,
						MERGE_SETTINGS};
	bool wild = dice_roll(dice, 2);
	uint64_t common = dice_roll(dice, 3) ? 0 : 1 + dice_roll(dice, 1 << 20);
	struct draft draft = {.dice = dice, .arena = arena};
	out->wild = wild;
	out->kind = draft.kind = kinds[dice_roll(dice, ARRAY_LEN(kinds))];
	buf_init(&draft.text, 0);
	make_base(&draft, wild);
	struct str base = arena_take(arena, &draft.text);
	out->is.base = dice_roll(dice, 12) ? base : STR_NONE;
	out->is.ours = version_of(base, &draft, common, wild);
	out->is.theirs = version_of(base, &draft, common, wild);
}
