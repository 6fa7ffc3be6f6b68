#include "texts.h"

#include <stdbool.h>

void dice_init(struct dice *dice, uint64_t seed)
{
	dice->state = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
	for (int i = 0; i < 4; i++)
		(void)dice_roll(dice, 2);
}

/* xorshift64*, by its upper half. */
size_t dice_roll(struct dice *dice, size_t count)
{
	uint64_t x = dice->state;
	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	dice->state = x;
	return (size_t)((x * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % count;
}

#define PICK(dice, list) (list)[dice_roll((dice), sizeof(list) / sizeof(*(list)))]

/* Each row: one key in the ways it is written; lines end in LF here. */
static const char *const names[] = {
    "name: Ada Lovelace\n",
    "name: \"Ada Lovelace\"\n",
    "name: 'Ada Lovelace'   # the Countess\n",
    "Name: Ada Lovelace\n",
    "name:    Ada Lovelace\t# tab\n",
    "name: >-\n  Ada\n  Lovelace\n",
    "name: Ada\n  Lovelace\n",
    "\"name\": Ada Lovelace\n",
    "name: {first: Ada, last: Lovelace}\n",
    "fn: Ada Lovelace\n",
    "given: Ada\nfamily: Lovelace\n",
    "name: 李明\n",
    "? name\n: Ada\n",
    "",
};
static const char *const aliases[] = {
    "aliases: [Countess, Ada Byron]\n",
    "aliases: [Countess, 'Ada, Byron',]  # flow\n",
    "aliases: [\n  Countess,\n  Ada Byron\n]\n",
    "aliases:\n  - Countess\n  # of Lovelace\n  - Ada Byron\n",
    "aliases:\n- Countess\n- \"Ada: Byron\"   # quoted\n",
    "aliases:\n    -   Countess\n",
    "aliases: []\n",
    "aliases:\n",
    "aliases: ~\n",
    "alias: Countess\n",
    "nickname: Countess   # one\n",
    "aliases: [ Countess ]\n",
    "",
};
static const char *const mails[] = {
    "email: ada@analytical.engine\n",
    "email: {home: ada@x.example, work: [a@y.example, b@y.example]}\n",
    "email:\n  home: ada@x.example\n  work: a@y.example # new\n",
    "emails:\n  - ada@x.example\n  - work a@y.example\n",
    "mail: 'ada@x.example'\n",
    "email: \"\"\n",
    "email: |\n  ada@x.example\n",
    "phone: {mobile: \"+44 7700 900123\"}\n",
    "phone: +44 7700 900123\ntel: '0117 123'\n",
    "",
};
static const char *const jobs[] = {
    "org: Analytical Engines\n",
    "org: [[analytical-engines]]\n",
    "org: \"[[engines|The Engines]]\"\ntitle: Programmer\n",
    "company: Engines\nrole: Chief\n",
    "organization: >\n  Analytical\n  Engines\n\n\ntitle: |+\n  Chief\n\n",
    "org: a: b\n",
    "org: Engines\norg: Twice\n",
    "org:\n\n  Engines\n\n# about the title\ntitle: 'It''s hers'\n",
    "",
};
static const char *const tags[] = {
    "tags: [mentor, maths]\n",
    "tags: mentor, maths\n",
    "tags: \"#mentor #maths\"\n",
    "tags:\n  - mentor\n  - a/b\n\n  - maths\n",
    "Tags: [mentor,maths]# none\n",
    "tags: [\"a, b\", 'c']\ninterests: [looms, \"flying machines\"]\n",
    "interests:\n- looms\n-\n- machines\n",
    "",
};
static const char *const days[] = {
    "cadence: every 6 weeks\n",
    "cadence: 6w   # often\nsnooze: 2026-12-01\n",
    "frequency: monthly\n",
    "birthday: 1984-11-26\nmet: 2024-03-02 at Babbage's soirée\n",
    "birthday: --11-26\n",
    "dates:\n  joined: 2021-05-01 yearly\n  talk: 2026-12-03\n",
    "dates: {joined: 2021-05-01 yearly}\n",
    "dates:\n  - 2021-05-01 joined yearly\n",
    "status: paused\nlast_contact: 2026-01-05\n",
    "met: 2024\n",
    "cadence: never ever\n",
    "",
};
static const char *const ties[] = {
    "introduced_by: \"[[charles-babbage]]\"\n",
    "introduced_by: [[charles-babbage]]\n",
    "introduced_by: charles-babbage\nknows: [charles-babbage, \"[[grace-hopper]]\"]\n",
    "knows: {mother: \"[[charles-babbage]]\", friend: [grace-hopper]}\n",
    "knows:\n  - [[charles-babbage]]\n  - '[[grace-hopper|Grace]]'\n",
    "knows:\n  friend: \"[[charles-babbage]]\"   # old\n",
    "",
};
static const char *const own[] = {
    "color: teal\n",
    "obsidian-ui: {mode: source, fold: [a, {b: c}]}\n",
    "notes: |\n  # no comment\n  name: not a key\n",
    "yes: no\n0x1: 08\n",
    "banner: \"a \\\"b\\\" \\u00e9\"\n",
    "banner: 'line one\n\n  line two'\n",
    "# a comment\n\n# another\n",
    "\n\n",
    "deep:\n  deeper:\n    - deepest: 1\n      more: 2\n    - x\n",
    "anchor: &a b\nalias2: *a\n",
    "tagged: !!str 1\n",
    "uid: urn:uuid:1-2\n# the end\n",
    "   # indented comment\n",
    "weird: \"a\u2028b\"\n",
    "",
};
static const char *const closings[] = {"---\n", "---\n", "---\n", "...\n", "--- \n", "---\n\n"};

static const char *const openings[] = {
    "",
    "She runs on tea. Knows [[grace-hopper]].\n",
    "\n# Ada Lovelace\n\nShe runs on tea.\n",
    "Ada\n===\n\n",
    "# Ada\n- 2026-01-02 under the title\n\n",
    "> quoted\n> - 2026-01-02 call\n\n",
    "<!--\n- 2026-01-02 call\n-->\n",
    "```\n## Log\n- 2026-01-02 call\n```\n",
    "| a | b |\n|---|---|\n| 2026-01-02 | call |\n\n",
    "[x]: https://x.example\n[2026-01-02]: /a\n",
    "    indented code\n",
    "* * *\n\n1. 2026-01-02 ordered\n2. 2026-01-03 too\n",
    "Trailing blanks   \n\t\n",
    "~~~\nnever closed\n",
    "<details>\n\n- 2026-01-02 call\n\n</details>\n",
    "Text with a tag #friend and ^anchor\n",
};
static const char *const tasks[] = {
    "## Next\n- [ ] send the paper  (created:: 2026-11-02)  (due:: 2026-11-30)\n- [ ] #waiting her "
    "slides\n- [x] introduce her  (completion:: 2026-09-22)\n",
    "## Next\n\n* [ ] send the paper ➕ 2026-11-02 📅 2026-11-30\n* [ ] call 🔁 every week\n",
    "## Next\n",
    "## Next\n\n\n",
    "### Next:\n1. [ ] one\n2. [ ] two ^id-2\n",
    "- [ ] send the paper due:2026-11-30\n",
    "## Next\n- [ ] send the paper\n  with more\n\n  - [ ] nested (due:: 2026-12-01)\n- [ ] send "
    "the "
    "paper\n",
    "## next\n+ [ ] plus #topic\n\n+ [-] dropped\n\nA paragraph.\n",
    "Next\n----\n- [ ] under setext\n",
    "",
};
static const char *const headings[] = {
    "## Log\n",
    "## Log\n\n",
    "# Interactions\n",
    "## log:\n",
    "Log\n---\n",
    "### Contact log\n",
    "## Log ##\n",
    "## History\n\n\n",
    "",
    "## Log\n\nAll of it:\n",
    "## 2026\n",
    "## Log\n### 2026\n\n",
};
static const char *const entries[] = {
    "- 2026-09-20 coffee: the move to Bath\n",
    "- 2026-08-02 call with [[grace-hopper]]: punch cards #gave\n",
    "- 2026-05-11 email: a reference #asked ^ref-1\n",
    "- 2026-05-10: no channel\n",
    "- 2026-05-09 - dashed\n",
    "- 2026-05-08 call – en dash\n",
    "- 2026-05-07 14:30 lunch: at noon\n",
    "- **2026-05-06** coffee: bold\n",
    "- [[2026-05-05]] call: a link\n",
    "- 2026-05-04 call: first\n  second line\n\n  a paragraph\n  - nested item\n",
    "- 2026-05-03\n  only below\n",
    "- 2026-05-01 – 2026-05-02 visit: a range\n",
    "- 2026-12-24 dinner: soon #planned\n",
    "- [x] 2026-04-30 call\n",
    "\n",
    "- not dated\n",
    "- 2026-04-29 tried\n",
    "- 2026-02-30 impossible\n",
    "- 2026-04-28 call: `code` and *stars*   \n",
};
static const char *const ends[] = {"",
				   "\n",
				   "\n\n\n",
				   "\n## After\n\nMore.\n",
				   "\n---\n\nfooter\n",
				   "\n<!-- end -->\n",
				   "\n%% obsidian %%\n",
				   "text at once\n"};

static void add_front(struct buf *out, struct dice *dice)
{
	const char *rows[] = {PICK(dice, names), PICK(dice, aliases), PICK(dice, mails),
			      PICK(dice, jobs),  PICK(dice, tags),    PICK(dice, days),
			      PICK(dice, ties),  PICK(dice, own),     PICK(dice, own)};
	size_t count = sizeof(rows) / sizeof(*rows);
	buf_addz(out, "---\n");
	if (dice_roll(dice, 3) == 0)
		buf_addz(out, PICK(dice, own));
	size_t first = dice_roll(dice, 3) ? 0 : dice_roll(dice, count);
	for (size_t i = 0; i < count; i++)
		if (dice_roll(dice, 4))
			buf_addz(out, rows[(first + i) % count]);
	buf_addz(out, PICK(dice, closings));
}

static const char *const headed[] = {
    "### 2026-09-20 coffee\n\nThe move to Bath.\n\n",
    "### 2026-08-02 call with [[grace-hopper]]: cards\n",
    "### 2026-07-01\n\n- not an entry\n\n",
};

/* Entries with another bullet, or indented, as a file has them throughout. */
static void add_entries(struct buf *out, struct dice *dice)
{
	static const char *const bullets[] = {"-", "-", "-", "*", "+", "1."};
	const char *bullet = PICK(dice, bullets), *indent = dice_roll(dice, 12) ? "" : "  ";
	bool headings_only = dice_roll(dice, 10) == 0;
	for (size_t i = dice_roll(dice, 7); i > 0; i--) {
		const char *text = PICK(dice, entries);
		if (headings_only) {
			buf_addz(out, PICK(dice, headed));
			continue;
		}
		buf_addz(out, indent);
		if (text[0] == '-')
			buf_addz(out, bullet);
		buf_addz(out, text + (text[0] == '-'));
	}
}

/* With CRLF, a byte-order mark, or no end of the last line, as it falls. */
static void add_dressed(struct buf *out, struct dice *dice, struct str text)
{
	bool crlf = dice_roll(dice, 5) == 0, mixed = dice_roll(dice, 25) == 0;
	if (dice_roll(dice, 12) == 0)
		buf_addz(out, "\xEF\xBB\xBF");
	if (text.n && dice_roll(dice, 6) == 0)
		text.n--;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\n' && (mixed ? dice_roll(dice, 2) : crlf))
			buf_addc(out, '\r');
		buf_addc(out, text.p[i]);
	}
}

void texts_make(struct buf *out, struct dice *dice)
{
	struct buf text;
	buf_init(&text, 0);
	if (dice_roll(dice, 12))
		add_front(&text, dice);
	if (dice_roll(dice, 2))
		buf_addz(&text, PICK(dice, openings));
	bool tasks_last = dice_roll(dice, 6) == 0;
	if (!tasks_last)
		buf_addz(&text, PICK(dice, tasks));
	if (dice_roll(dice, 2))
		buf_addz(&text, "\n");
	buf_addz(&text, PICK(dice, headings));
	add_entries(&text, dice);
	if (tasks_last)
		buf_addz(&text, PICK(dice, tasks));
	buf_addz(&text, PICK(dice, ends));
	add_dressed(out, dice, buf_str(&text));
	buf_release(&text);
}
