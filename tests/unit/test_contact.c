/* What a contact's file says: identity, front matter, findings and the shape of the body. */
#include "base/text.h"
#include "reading.h"

/* Text between the fences; what it says; what is told of it. */
struct front_case {
	const char *front, *facts, *findings;
};

static void check_front(const struct front_case *cases, size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct reading r;
		struct buf text, got;
		buf_init(&text, 0);
		buf_init(&got, 0);
		buf_printf(&text, "---\n%s\n---\n", cases[i].front);
		reading_init(&r, NULL, "people/p.md", buf_str(&text));
		assert_int_equal(r.result, CONTACT_OK);
		facts_front(&got, &r);
		bad += differs(&got, cases[i].facts, text.p);
		buf_clear(&got);
		facts_findings(&got, &r.diag);
		bad += differs(&got, cases[i].findings, text.p);
		buf_release(&text);
		buf_release(&got);
		reading_release(&r);
	}
	assert_int_equal(bad, 0);
}

#define CHECK(cases) check_front(cases, ARRAY_LEN(cases))

static void names(void **state)
{
	(void)state;
	static const struct front_case cases[] = {
	    {"name: Ada Lovelace", "name Ada Lovelace", ""},
	    {"fn: Ada", "name Ada", ""},
	    {"Full-Name: Ada", "name Ada", ""},
	    {"CONTACT_NAME: Ada", "name Ada", ""},
	    {"given: Ada\nfamily: King", "name Ada King", ""},
	    {"last name: King\nfirst_name: Ada", "name Ada King", ""},
	    {"given: Ada", "name Ada", ""},
	    {"family: King", "name King", ""},
	    {"name: {first: Ada, last: King}", "name Ada King", ""},
	    {"name: {last: King}", "name King", ""},
	    {"name: {first: Ada, last: ~}", "name Ada", ""},
	    {"name: {first: ~, last: null}", "", ""},
	    {"name: {nick: Ada}", "", "2:7 error"},
	    {"name: {}", "", ""},
	    {"name: {first: {a: b}, last: King}", "name King", "2:15 error"},
	    {"name: {given: Ada, family: King}", "name Ada King", ""},
	    {"family: King\nname: Ada", "name Ada", ""},
	    {"name: \"[[Ada]]\"", "name Ada", ""},
	    {"name: 007", "name 007", ""},
	    {"name: no", "name no", ""},
	    {"name:", "", ""},
	    {"name: ~", "", ""},
	    {"name: null", "", ""},
	    {"name: 'null'", "name null", ""},
	    /* The key named first in the table wins. */
	    {"fn: Ada\nname: Countess", "name Countess", "2:1 warning"},
	    {"full name: A\nfn: B", "name B", "2:1 warning"},
	    {"name: Ada\nfull name: Ada King", "name Ada King; aliases Ada", ""},
	    {"name: Ada\nfn: Ada", "name Ada", ""},
	    {"name:\nfn: Ada", "name Ada", ""},
	    {"firstname: Ada\nsurname: Byron", "name Ada Byron", ""},
	    {"name: Ada\nname: Eve", "name Ada", "3:1 error"},
	    {"name: Ada\nNAME: Eve", "name Ada", "3:1 error"},
	    {"aliases: [Countess, Ada Byron]", "aliases Countess|Ada Byron", ""},
	    {"aliases: Countess", "aliases Countess", ""},
	    {"alias: Countess, of Lovelace", "aliases Countess, of Lovelace", ""},
	    {"nickname: A\naliases: [B]\nalias: C", "aliases B|C|A", ""},
	    {"aliases: [A, ~, '', B]", "aliases A|B", ""},
	    {"aliases: {a: b}", "", "2:10 error"},
	    {"aliases: [A, [B, C]]", "aliases A", "2:14 error"},
	    {"aliases: []", "", ""},
	};
	CHECK(cases);
}

static void addresses(void **state)
{
	(void)state;
	static const struct front_case cases[] = {
	    {"email: ada@x.y", "email ada@x.y", ""},
	    {"email: [ada@x.y, work ada@z]", "email ada@x.y|work=ada@z", ""},
	    {"emails: {work: ada@x, home: [a@b, c@d]}", "email work=ada@x|home=a@b|home=c@d", ""},
	    {"mail: 'at work: ada@x.y'", "email at work=ada@x.y", ""},
	    {"mail: c@d\nemail: a@b", "email a@b|c@d", ""},
	    {"email: {work: ~}", "", ""},
	    {"phone: +44 7700 900123", "phone +44 7700 900123", ""},
	    {"phone: mobile +44 7700 900123", "phone mobile=+44 7700 900123", ""},
	    {"phone: {mobile: \"+44 1\"}", "phone mobile=+44 1", ""},
	    {"mobile: +44 1", "phone mobile=+44 1", ""},
	    {"tel: 1\nphones: [2, office (0) 3]\nmobile: 4", "phone 1|2|office=(0) 3|mobile=4", ""},
	    {"url: https://a.b/c", "url https://a.b/c", ""},
	    {"website: blog https://a.b", "url blog=https://a.b", ""},
	    {"links: [https://b]\nurls: {home: https://a}", "url home=https://a|https://b", ""},
	    {"linkedin: https://l/a\nurl: https://b", "url https://b|linkedin=https://l/a", ""},
	    {"GitHub: ada\nMastodon: '@ada@b.c'", "url GitHub=ada|Mastodon=@ada@b.c", ""},
	    /* Links to notes are the user's own. */
	    {"links: \"[[bob]]\"", "own links", ""},
	    {"links: [\"[[bob]]\", https://b]", "url [[bob]]|https://b", ""},
	    {"e-mail: a@b\nemail address: c@d", "email a@b|c@d", ""},
	    {"address: 12 St James's Square, London", "address 12 St James's Square, London", ""},
	    {"addresses: {home: Bath}\naddress: London", "address London|home=Bath", ""},
	    {"email: [{work: a@b}]", "", "2:9 error"},
	};
	CHECK(cases);
}

static void work_and_place(void **state)
{
	(void)state;
	static const struct front_case cases[] = {
	    {"org: Analytical Engines", "org Analytical Engines", ""},
	    {"org: [A, \"[[b-ltd|B Ltd]]\"]", "org A|B Ltd", ""},
	    {"org: \"[[engines]]\"", "org engines", ""},
	    {"org: [[engines]]", "org engines", ""},
	    {"company: A", "org A", ""},
	    {"organization: A", "org A", ""},
	    {"organisation: A", "org A", ""},
	    {"employer: A", "org A", ""},
	    {"employer: B\ncompany: A", "org A|B", ""},
	    {"company: A\norg: a", "org a", ""},
	    {"org: [{name: A, url: x}, {name: B}]", "org A|B", ""},
	    {"title: Chief Programmer", "title Chief Programmer", ""},
	    {"role: A", "title A", ""},
	    {"job: A", "title A", ""},
	    {"job title: A", "title A", ""},
	    {"position: A", "title A", ""},
	    {"job: B\nrole: [A, C]", "title A|C", "2:1 warning"},
	    /* A title that repeats the name is the note's. */
	    {"name: Ada\ntitle: ada", "name Ada", ""},
	    {"name: Ada\ntitle: Ada\nrole: Countess", "name Ada; title Countess", ""},
	    {"title: P", "name P", ""},
	    {"title: Q\nrole: R", "title R", ""},
	    {"location: Bath", "location Bath", ""},
	    {"city: Bath", "location Bath", ""},
	    {"place: London\ncity: Bath", "location Bath", "2:1 warning"},
	    {"location: [Bath]", "location Bath", ""},
	    {"location: [Bath, London]", "", "2:11 error"},
	    {"timezone: Europe/London", "timezone Europe/London", ""},
	    {"tz: Europe/London", "timezone Europe/London", ""},
	    {"uid: urn:uuid:1", "uid urn:uuid:1", ""},
	};
	CHECK(cases);
}

static void tags_and_interests(void **state)
{
	(void)state;
	static const struct front_case cases[] = {
	    {"tags: [mentor, maths]", "tags mentor|maths", ""},
	    {"tags: mentor, maths", "tags mentor|maths", ""},
	    {"tags: two words, maths", "tags two words|maths", ""},
	    {"tags: ['#mentor', '#a/b']", "tags mentor|a/b", ""},
	    {"tags: '#mentor, #maths'", "tags mentor|maths", ""},
	    {"tags: [Mentor, mentor, '', ~]", "tags Mentor", ""},
	    {"categories: d\ngroups: c\ntag: b\ntags: [a]", "tags a|b|c|d", ""},
	    {"tags: {a: b}", "", "2:7 error"},
	    {"interests: [looms, flying machines]", "interests looms|flying machines", ""},
	    {"interests: looms, machines", "interests looms, machines", ""},
	    {"topics: e\nhobbies: d\nlikes: c\ninterest: b\ninterests: a", "interests a|b|c|d|e",
	     ""},
	};
	CHECK(cases);
}

static void cadences(void **state)
{
	(void)state;
	static const struct front_case cases[] = {
	    {"cadence: every 6 weeks", "cadence 6 weeks", ""},
	    {"cadence: close", "cadence 3 weeks", ""},
	    {"cadence: Close", "cadence 3 weeks", ""},
	    {"cadence: none", "cadence none", ""},
	    {"cadence: 42", "cadence 6 weeks", ""},
	    {"frequency: monthly", "cadence 1 month", ""},
	    {"contact-frequency: monthly", "cadence 1 month", ""},
	    {"cadence days: 30", "cadence 30 days", ""},
	    {"keep in touch: yearly", "cadence 1 year", ""},
	    {"every: 2 months", "cadence 2 months", ""},
	    {"cadence: 2 weeks until 2027-02-01 then 2 months",
	     "cadence 2 weeks until 2027-02-01 then 2 months", ""},
	    {"cadence: 2 weeks until 2027-02-01", "cadence 2 weeks until 2027-02-01", ""},
	    {"cadence: 6 wekes", "", "2:10 error"},
	    {"cadence: biweekly", "", "2:10 error"},
	    {"cadence: 0", "", "2:10 error"},
	    {"cadence: [monthly]", "", "2:10 error"},
	    {"cadence: {a: b}", "", "2:10 error"},
	    /* Other words for a circle of people are the user's own, unless cadences has them. */
	    {"tier: close", "cadence 3 weeks", ""},
	    {"circle: light", "cadence 6 months", ""},
	    {"category: rare", "cadence 1 year", ""},
	    {"tier: 1", "", ""},
	    {"tier: monthly", "", ""},
	    {"tier: [close]", "", ""},
	    {"tier: close\ncadence: monthly", "cadence 1 month", ""},
	    {"tier: inner\ncircle: close", "cadence 3 weeks", ""},
	    {"frequency: weekly\ncadence: monthly", "cadence 1 month", "2:1 warning"},
	    {"last_contact: 2026-09-01", "last_contact 2026-09-01", ""},
	    {"lastContact: 2026-09-01", "last_contact 2026-09-01", ""},
	    {"last contacted: 2026-09-01T14:30", "last_contact 2026-09-01", ""},
	    {"date-last-contacted: 2026/09/01", "last_contact 2026-09-01", ""},
	    {"last_contact: 2026-09", "last_contact 2026-09-30", ""},
	    {"last_contact: yesterday", "", "2:15 error"},
	    {"last interaction: 2026-09-01", "last_contact 2026-09-01", ""},
	    {"Last Spoken: \"[[Daily/2026-09-01]]\"", "last_contact 2026-09-01", ""},
	    /* Of its synonyms only dates are one. */
	    {"last interaction: coffee at the pub", "own last interaction", ""},
	    {"last contacted: by phone", "own last contacted", ""},
	    {"last touch: 2026-09-31", "", "2:13 error"},
	    {"last talked: 2026-09-01 on the phone", "", "2:14 error"},
	    {"snooze: 2026-12-24", "snooze 2026-12-24", ""},
	    {"snooze until: 20261224", "snooze 2026-12-24", ""},
	    {"snooze: 2026-W48-1", "snooze 2026-11-23", ""},
	    {"snooze: 2026-02-30", "", "2:9 error"},
	    {"snooze: 03/04/2026", "", "2:9 error"},
	    {"snooze: 13/04/2026", "snooze 2026-04-13", ""},
	    {"status: active", "status active", ""},
	    {"status: Paused", "paused; status Paused", ""},
	    {"status: archived", "archived; status archived", ""},
	    {"status: deceased", "deceased; status deceased", ""},
	    {"status: on holiday", "status on holiday", ""},
	};
	CHECK(cases);
}

static void dates(void **state)
{
	(void)state;
	static const struct front_case cases[] = {
	    {"birthday: 1984-11-26", "birthday 1984-11-26", ""},
	    {"bday: 19841126", "birthday 1984-11-26", ""},
	    {"born: --11-26", "birthday 0-11-26", ""},
	    {"birthdate: 11-26", "birthday 0-11-26", ""},
	    {"date of birth: XXXX-11-26", "birthday 0-11-26", ""},
	    {"birthday: --1126", "birthday 0-11-26", ""},
	    {"birthday: --02-29", "birthday 0-2-29", ""},
	    {"birthday: 1604-11-26", "birthday 0-11-26", ""},
	    {"birthday: 1984?", "birthday 0-0-0", ""},
	    {"birthday: 1984~", "birthday 0-0-0", ""},
	    {"birthday: 198X", "birthday 0-0-0", ""},
	    {"birthday: 1984", "birthday 0-0-0", ""},
	    {"birthday: 1984-11", "birthday 0-0-0", ""},
	    {"birthday: 1984-11-26?", "birthday 0-0-0", ""},
	    {"birthday: 1985-02-29", "birthday 0-0-0", "2:11 error"},
	    {"birthday: --02-30", "birthday 0-0-0", "2:11 error"},
	    {"birthday: 13-26", "birthday 0-0-0", "2:11 error"},
	    {"birthday: soon", "birthday 0-0-0", "2:11 error"},
	    {"birthday: when?", "birthday 0-0-0", "2:11 error"},
	    {"birthday: '?'", "", ""},
	    {"birthday: 1984-02-30~", "birthday 0-0-0", "2:11 error"},
	    {"birthday: 198X?", "birthday 0-0-0", ""},
	    {"birthday: 1984-11%", "birthday 0-0-0", ""},
	    {"birthday: --11-26?", "birthday 0-0-0", ""},
	    {"met: 2024-03-02 at Babbage's soirée", "met 2024-03-02; met_text at Babbage's soirée",
	     ""},
	    {"met: 2024-03-02", "met 2024-03-02", ""},
	    {"met: 2024-03", "met_text 2024-03", ""},
	    {"met on: 2024-03-02, at Bath", "met 2024-03-02; met_text at Bath", ""},
	    {"met at: the soirée", "met_text the soirée", ""},
	    {"how we met: by chance", "met_text by chance", ""},
	    {"first met: 2024-03-02", "met 2024-03-02", ""},
	    {"met: 2024-02-30 at Bath", "met_text at Bath", "2:6 error"},
	    {"met: 03/04/2024 at Bath", "met_text at Bath", "2:6 error"},
	    {"met: [2024-03-02]", "", "2:6 error"},
	    {"dates: {joined: 2021-05-01 yearly, talk: 2026-12-03}",
	     "on 2021-05-01 yearly joined; on 2026-12-03 talk", ""},
	    {"milestones:\n- 2016-11-23 joined the group yearly\n- '2026-12-03: talk'",
	     "on 2016-11-23 yearly joined the group; on 2026-12-03 talk", ""},
	    {"anniversaries: 2016-11-23 wedding", "on 2016-11-23 wedding", ""},
	    {"events: {a: 2021-05}", "on  a", ""},
	    {"events:\n- a: 2021-05-01\n- b: 2021-05-02 YEARLY",
	     "on 2021-05-01 a; on 2021-05-02 yearly b", ""},
	    {"dates: {a: 2021-05-32}", "", "2:12 error"},
	    {"dates: {a: 03/04/2021}", "", "2:12 error"},
	    {"dates: {a: someday, b: 2021-05-01}", "on 2021-05-01 b", ""},
	    {"dates: [joined in May]", "", ""},
	    {"dates: {a: ~}", "", ""},
	    {"events: {c: 2023-01-01}\ndates: {a: 2021-01-01}\nmilestones: {b: 2022-01-01}",
	     "on 2021-01-01 a; on 2022-01-01 b; on 2023-01-01 c", ""},
	};
	CHECK(cases);
}

static void relations(void **state)
{
	(void)state;
	static const struct front_case cases[] = {
	    {"introduced_by: \"[[charles-babbage]]\"", "introduced_by [[charles-babbage]]", ""},
	    {"introduced by: charles-babbage", "introduced_by charles-babbage", ""},
	    {"introduced_by: [[charles-babbage]]", "introduced_by [[charles-babbage]]", ""},
	    {"via: [a, \"[[b]]\"]", "introduced_by a|[[b]]", ""},
	    {"introduced_by: [[[a]], [[b]]]", "introduced_by [[a]]|[[b]]", ""},
	    {"introduced_by: {a: b}", "", "2:16 error"},
	    {"knows: [a, b]", "knows a|b", ""},
	    {"knows: {sister: a, friends: [b, [[c]]]}", "knows sister=a|friends=b|friends=[[c]]",
	     ""},
	    {"related: c\nrelations: {brother: b}\nknows: a", "knows a|brother=b|c", ""},
	};
	CHECK(cases);
}

static void keys_and_yaml(void **state)
{
	(void)state;
	static const struct front_case cases[] = {
	    {"favourite colour: blue", "own favourite colour", ""},
	    {"a: 1\nA: 2", "own a; own A", "3:1 error"},
	    {"brithday: 1984-11-26", "own brithday", "2:1 warning"},
	    {"candence: monthly", "own candence", "2:1 warning"},
	    {"colour: blue", "own colour", ""},
	    {"location: &a Bath", "location Bath", "2:11 error"},
	    {"name: Ada\nlocation: *a\ncity: Bath", "name Ada; location Bath", "3:11 error"},
	    {"name: Ada\nlocation: *a", "name Ada", "3:11 error"},
	    {"name: Ada\nlocation: !!str Bath", "name Ada; location Bath", "3:11 error"},
	    /* Where it breaks, what stands before counts. */
	    {"name: Ada\nlocation: [Bath", "name Ada; location Bath", "4:1 error"},
	    {"name: Ada\norg:\n\t- A\ncity: Rome", "name Ada", "4:1 error"},
	    {"name: Ada\nno key\nlocation: Bath", "name Ada", "4:1 error"},
	    {"- a\n- b", "", "2:1 error"},
	    {"just text", "", "2:1 error"},
	    {"", "", ""},
	    {"# only a comment", "", ""},
	    {"name: on\nlocation: yes\norg: 08", "name on; org 08; location yes", ""},
	    {"name: 'Ada'  # the first\nlocation: \"Bath\\u0020Spa\"",
	     "name Ada; location Bath Spa", ""},
	    {"location: >\n  Bath\n  Spa\n", "location Bath Spa", ""},
	};
	CHECK(cases);
}

/* Whole files: what frames the front matter, and what can be read of a broken one. */
static void files(void **state)
{
	(void)state;
	const struct {
		struct str text;
		const char *facts, *findings;
		bool unread;
	} cases[] = {
	    {STR("---\nname: Ada\n---\n"), "name Ada", "", false},
	    {STR("---\nname: Ada\n...\n- 2026-01-01 a\n"), "name Ada; 2026-01-01: a", "", false},
	    {STR("---\r\nname: Ada\r\ncity: Bath\r\n---\r\n- 2026-01-01 call: a\r\n"),
	     "name Ada; location Bath; 2026-01-01 call: a", "", false},
	    {STR("\xEF\xBB\xBF---\nname: Ada\n---\n- 2026-01-01 a\n"), "name Ada; 2026-01-01: a",
	     "", false},
	    {STR("---  \nname: Ada\n---  \n"), "name Ada", "", false},
	    {STR("\n---\nname: Ada\n---\n"), "name Ada", "", false},
	    {STR(" ---\nname: Ada\n---\n"), "", "1:1 error", false},
	    {STR("----\nname: Ada\n---\n"), "", "1:1 error", false},
	    {STR("\xC2\xA0---\nname: Ada\n---\n"), "", "1:1 error", false},
	    {STR("\u2014-\nname: Ada\n---\n"), "", "1:1 error", false},
	    {STR("\n---yaml\nname: Ada\n---\n"), "", "2:1 error", false},
	    {STR("{\"name\": \"Ada\"}\n"), "", "1:1 error", false},
	    {STR("----\n\nname: Ada\n"), "", "", false},
	    {STR("{braces}\n"), "", "", false},
	    {STR("---\nci\u200Bty: Bath\n---\n"), "location Bath", "2:1 warning", false},
	    {STR("- 2026-01-01 a"), "2026-01-01: a", "", false},
	    {STR(""), "", "", false},
	    {STR("# Ada Lovelace\n\ntext\n"), "unnamed Ada Lovelace", "", false},
	    {STR("## Log\n# Ada #\n"), "", "", false},
	    {STR("## Log\n# Miss P. Ada #\n"), "unnamed Miss P. Ada", "", false},
	    {STR("# Meetings\n"), "", "", false},
	    {STR("---\ntitle: Ada L\n---\n# Ada L\n"), "unnamed Ada L", "", false},
	    {STR("---\ntitle: Boss\n---\n# Ada L\n"), "unnamed Ada L; title Boss", "", false},
	    {STR("---\nrole: Ada L\n---\n# Ada L\n"), "unnamed Ada L; title Ada L", "", false},
	    /* Errors, and what still counts. */
	    {STR("---\nname: Ada\n\n- 2026-01-01 a\n"), "name Ada; 2026-01-01: a", "1:1 error",
	     false},
	    {STR("---\nname: A\xFF\ncity: Bath\n---\n- 2026-01-01 a\n"), "2026-01-01: a",
	     "2:8 error", false},
	    {STR("---\nname: Ada\n---\n\xFF\n\n- 2026-01-01 a\n"), "name Ada; 2026-01-01: a",
	     "4:1 error", false},
	    {STR("---\nname: Ada\ncity: B\0\n---\n"), "name Ada", "3:8 error", false},
	    {STR("a\0b\n"), "", "1:2 error", false},
	    {STR("\xFF\xFE-\0-\0-\0"), "", "1:1 error", true},
	    {STR("---\nname: Ada\n---\n<<<<<<< ours\n- 2026-01-01 a\n=======\n>>>>>>> theirs\n"),
	     "name Ada; 2026-01-01: a", "4:1 error; 7:1 error", false},
	    {STR("a <<<<<<< b\n >>>>>>> c\n<<<<<<<<\n"), "", "", false},
	    {STR("- 2026-02-30 a\n- 2026-01-01 b\n"), "2026-01-01: b", "1:3 error", false},
	    {STR("- 03/04/2026 a\n- 13/04/2026 b\n"), "2026-04-13: b", "1:3 error", false},
	};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reading r;
		struct buf got;
		buf_init(&got, 0);
		reading_init(&r, NULL, "people/p.md", cases[i].text);
		facts_front(&got, &r);
		facts_entries(&got, &r.contact);
		bad += differs(&got, cases[i].facts, cases[i].text.p);
		buf_clear(&got);
		facts_findings(&got, &r.diag);
		bad += differs(&got, cases[i].findings, cases[i].text.p);
		assert_int_equal(r.contact.unread, cases[i].unread);
		buf_release(&got);
		reading_release(&r);
	}
	assert_int_equal(bad, 0);
}

static void what_is_passed_over(void **state)
{
	(void)state;
	static const char only[] = "only: {type: person, tag: people}";
	static const struct {
		const char *settings, *text;
		enum contact_result result;
	} cases[] = {
	    {NULL, "---\nname: {{title}}\n---\n", CONTACT_PASSED_OVER},
	    {NULL, "---\nname: <% tp.title %>\n---\n", CONTACT_PASSED_OVER},
	    {NULL, "---\nname: a\n---\n{{title}} <% a %>\n", CONTACT_OK},
	    {NULL, "---\nname: a { { b < %\n---\n", CONTACT_OK},
	    {NULL, "{{title}}\n", CONTACT_OK},
	    {only, "---\ntype: person\ntags: people\n---\n", CONTACT_OK},
	    {only, "---\nType: Person\n---\nmet #people/work there\n", CONTACT_OK},
	    {only, "---\ntype: person\n---\n", CONTACT_PASSED_OVER},
	    {only, "---\ntype: place\ntags: people\n---\n", CONTACT_PASSED_OVER},
	    {only, "---\ntype: person\ntags: peoples\n---\n", CONTACT_PASSED_OVER},
	    {only, "text\n", CONTACT_PASSED_OVER},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reading r;
		reading_init(&r, cases[i].settings, "people/p.md", str_of(cases[i].text));
		if (r.result != cases[i].result)
			print_error("%s\n", cases[i].text);
		assert_int_equal(r.result, cases[i].result);
		reading_release(&r);
	}
}

/* Which dated lines are entries, by the headings around them; which items are tasks. */
struct body_case {
	const char *text, *entries, *tasks;
};

static void check_body(const struct body_case *cases, size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct reading r;
		struct buf got;
		buf_init(&got, 0);
		reading_init(&r, NULL, "people/p.md", str_of(cases[i].text));
		facts_entries(&got, &r.contact);
		bad += differs(&got, cases[i].entries, cases[i].text);
		buf_clear(&got);
		facts_tasks(&got, &r.contact);
		bad += differs(&got, cases[i].tasks, cases[i].text);
		assert_int_equal(r.diag.count, 0);
		buf_release(&got);
		reading_release(&r);
	}
	assert_int_equal(bad, 0);
}

static void log_sections(void **state)
{
	(void)state;
	static const struct body_case cases[] = {
	    {"- 2026-01-01 a\n", "2026-01-01: a", ""},
	    {"# Ada\n- 2026-01-01 a\n", "2026-01-01: a", ""},
	    {"## Log\n- 2026-01-01 a\n", "2026-01-01: a", ""},
	    {"# Ada\n## LOG:\n- 2026-01-01 a\n", "2026-01-01: a", ""},
	    {"## Meeting log\n- 2026-01-01 a\n", "2026-01-01: a", ""},
	    {"Log\n---\n- 2026-01-01 a\n", "2026-01-01: a", ""},
	    {"## Log ##\n- 2026-01-01 a\n", "2026-01-01: a", ""},
	    {"# Log\n- 2026-01-01 a\n", "2026-01-01: a", ""},
	    {"## Life events\n- 2026-01-01 a\n", "", ""},
	    {"## Logs\n- 2026-01-01 a\n", "", ""},
	    {"# Ada\n# Other\n- 2026-01-01 a\n", "", ""},
	    {"# Ada\n# Log\n- 2026-01-01 a\n", "2026-01-01: a", ""},
	    {"## Log\n### 2026\n- 2026-01-01 a\n#### May\n- 2026-05-01 b\n",
	     "2026-01-01: a; 2026-05-01: b", ""},
	    {"## Log\n## Else\n- 2026-01-01 a\n", "", ""},
	    {"### Log\n## Else\n- 2026-01-01 a\n## Log\n- 2026-02-01 b\n", "2026-02-01: b", ""},
	    {"### Log\n#### Else\n- 2026-01-01 a\n### Else\n- 2026-01-02 b\n", "2026-01-01: a", ""},
	    {"## Else\n### Log\n- 2026-01-01 a\n", "2026-01-01: a", ""},
	    {"text\n\n## Else\n\n# Ada\n- 2026-01-01 a\n", "2026-01-01: a", ""},
	    /* Headings as entries, with their sections. */
	    {"## 2026-01-01 call\n\nof the move\n", "2026-01-01 call: of the move", ""},
	    {"## Log\n### 2026-01-01 call: a\ntext\n### 2026-01-02 b\n",
	     "2026-01-01 call: a; 2026-01-02: b", ""},
	    {"## Log\n### 2026-01-01 a\n- 2026-01-02 b\n", "2026-01-01: a", ""},
	    {"## Log\n## 2026-01-01 a\n## 2026-01-02 b\n", "2026-01-01: a; 2026-01-02: b", ""},
	    {"## Else\n### 2026-01-01 a\n", "", ""},
	    {"# 2026-01-01 a\n", "2026-01-01: a", ""},
	    /* Items at any depth, but not in another entry. */
	    {"- x\n  - 2026-01-01 a\n", "2026-01-01: a", ""},
	    {"- x\n  1. y\n     * 2026-01-01 a\n", "2026-01-01: a", ""},
	    {"- 2026-01-01 a\n  - 2026-01-02 b\n- 2026-01-03 c\n", "2026-01-01: a; 2026-01-03: c",
	     ""},
	    {"* 2026-01-01 a\n\n+ 2026-01-02 b\n\n1) 2026-01-03 c\n",
	     "2026-01-01: a; 2026-01-02: b; 2026-01-03: c", ""},
	    {"2026-01-01 a\n", "", ""},
	    /* Outside code, quotes and HTML. */
	    {"```\n- 2026-01-01 a\n```\n- 2026-01-02 b\n", "2026-01-02: b", ""},
	    {"> - 2026-01-01 a\n> - [ ] b\n", "", ""},
	    {"<div>\n- 2026-01-01 a\n- [ ] b\n</div>\n", "", ""},
	    {"    - 2026-01-01 a\n", "", ""},
	    {"- > 2026-01-01 a\n", "", ""},
	    {"- - 2026-01-01 a\n", "2026-01-01: a", ""},
	};
	check_body(cases, ARRAY_LEN(cases));
}

static void tasks_and_marks(void **state)
{
	(void)state;
	static const struct body_case cases[] = {
	    {"- [ ] a\n", "", "open: a"},
	    {"- [x] 2026-09-20 call\n", "", "done: 2026-09-20 call"},
	    {"## Anywhere\n- [ ] a\n", "", "open: a"},
	    {"- x\n  - [ ] a\n    - [x] b\n", "", "open: a; done: b"},
	    {"- 2026-01-01 call\n  - [ ] a\n", "2026-01-01 call: [ ] a", "open: a"},
	    {"[ ] a\n", "", ""},
	    /* What was given and asked stands anywhere in an entry, but not in its tasks. */
	    {"- 2026-01-01 a\n  - b #gave\n", "2026-01-01 gave: a", ""},
	    {"- 2026-01-01 a #asked\n\n  b #got\n", "2026-01-01 got asked: a #asked", ""},
	    {"- 2026-01-01 a\n  - [ ] b #gave\n", "2026-01-01: a", "open gave: b"},
	    {"- 2026-01-01 a\n  - [ ] b #gave\n    - c #got\n  - d #asked\n", "2026-01-01 asked: a",
	     "open gave: b"},
	    {"### 2026-01-01 a\ntext #gave\n", "2026-01-01 gave: a", ""},
	    {"- 2026-01-01 a `#gave`\n", "2026-01-01: a `#gave`", ""},
	    {"- 2026-01-01 a\n- 2026-01-02 b #gave\n", "2026-01-01: a; 2026-01-02 gave: b #gave",
	     ""},
	    /* That it is planned is said on the first line. */
	    {"- 2026-01-01 a #planned\n", "2026-01-01 planned: a", ""},
	    {"- 2026-01-01 a #Cancelled b\n", "2026-01-01 cancelled: a b", ""},
	    {"- 2026-01-01 a\n  - the next one #planned\n", "2026-01-01: a", ""},
	    {"- 2026-01-01 a\n  more #cancelled\n", "2026-01-01: a", ""},
	    {"- 2026-01-01 a #planned #cancelled\n  - b #gave\n",
	     "2026-01-01 planned cancelled gave: a", ""},
	    {"### 2026-01-01 a #planned\ntext #gave\n", "2026-01-01 planned gave: a", ""},
	    {"- 2026-01-01 #planned\n  - the text\n", "2026-01-01 planned: the text", ""},
	    {"- 2026-01-01 a #plannedly\n", "2026-01-01: a #plannedly", ""},
	};
	check_body(cases, ARRAY_LEN(cases));
}

static void tags_of_the_body(void **state)
{
	(void)state;
	static const struct {
		const char *text, *tags;
	} cases[] = {
	    {"met at #chess/club\n", "chess/club"},
	    {"- 2026-01-01 a #maths #gave\n", "maths"},
	    {"- [ ] a #waiting #errand\n", "errand"},
	    {"`#code` \\#no a#no #1234\n", ""},
	    {"```\n#code\n```\n", ""},
	    {"> #quoted\n", ""},
	    {"---\ntags: Maths\n---\n#maths #new\n", "Maths|new"},
	};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reading r;
		struct buf got;
		buf_init(&got, 0);
		reading_init(&r, NULL, "people/p.md", str_of(cases[i].text));
		fact_strs(&got, "", r.contact.tags);
		bad += differs(&got, cases[i].tags, cases[i].text);
		buf_release(&got);
		reading_release(&r);
	}
	assert_int_equal(bad, 0);
}

static void slugs(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"people/ada.md", "ada"},
	    {"people/a/b/Ada Lovelace.md", "Ada Lovelace"},
	    {"people/a.md.md", "a.md"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct contact c;
		contact_init(&c, str_of(cases[i][0]));
		assert_true(str_eq(c.slug, str_of(cases[i][1])));
		assert_true(str_eq(c.name, c.slug));
		assert_true(contact_is_active(&c));
	}
}

static void has_tag(void **state)
{
	struct str items[] = {STR("a/b"), STR("Maths")};
	struct contact c = {.tags = {items, 2}};
	(void)state;
	assert_true(contact_has_tag(&c, STR("a")));
	assert_true(contact_has_tag(&c, STR("A/B")));
	assert_true(contact_has_tag(&c, STR("maths")));
	assert_false(contact_has_tag(&c, STR("b")));
	assert_false(contact_has_tag(&c, STR("math")));
	assert_false(contact_has_tag(&c, STR("a/b/c")));
}

static void findings_say_what(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"---\ncadence: 6 wekes\n---\n", "did you mean \"6 weeks\"?"},
	    {"---\ncadence: clsoe\n---\n", "did you mean \"close\"?"},
	    {"---\nbrithday: x\n---\n", "did you mean \"birthday\"?"},
	    {"---\nsnooze: 03/04/2026\n---\n", "2026-04-03 or 2026-03-04"},
	    {"---\ncadence: biweekly\n---\n", "2 weeks"},
	    {"---\nname: Ada\nfn: Eve\n---\n", "\"fn\" says the same as \"name\""},
	    {"---\nname: Ada\n", "never closes"},
	    {"- 2026-02-30 a\n", "2026-02-30"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reading r;
		reading_init(&r, NULL, "people/p.md", str_of(cases[i][0]));
		if (!is_told(&r.diag, cases[i][1]))
			print_error("%s", cases[i][0]);
		assert_true(is_told(&r.diag, cases[i][1]));
		reading_release(&r);
	}
}

/* Messages and what they quote are cut between characters. */
static void cuts_are_whole(void **state)
{
	(void)state;
	struct buf text, front;
	buf_init(&text, 0);
	for (int i = 0; i < 1200; i++)
		buf_addz(&text, i % 2 ? "\xC3\xA9" : "\xF0\x9F\x91\xA9");
	for (size_t shift = 0; shift < 8; shift++) {
		struct reading r;
		struct reporter reporter;
		buf_init(&front, 0);
		buf_addz(&front, "---\nbirthday: ");
		buf_fill(&front, 'x', shift);
		buf_add(&front, buf_str(&text));
		buf_addz(&front, "\n---\n");
		reading_init(&r, NULL, "people/p.md", buf_str(&front));
		reporter_init(&reporter, r.image, STR("people/p.md"), &r.diag);
		report_warning(&reporter, 0, "%s", front.p);
		diag_add(&r.diag, SEVERITY_WARNING, STR("people/p.md"), 1, 1, "%s", front.p);
		assert_int_equal(r.diag.count, 3);
		for (size_t i = 0; i < r.diag.count; i++) {
			struct str message = r.diag.items[i].message;
			assert_int_equal(text_invalid_at(message), message.n);
			assert_true(i == 0 ? message.n > 100 : message.n > 1019);
		}
		reading_release(&r);
		buf_release(&front);
	}
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names),
	    cmocka_unit_test(addresses),
	    cmocka_unit_test(work_and_place),
	    cmocka_unit_test(tags_and_interests),
	    cmocka_unit_test(cadences),
	    cmocka_unit_test(dates),
	    cmocka_unit_test(relations),
	    cmocka_unit_test(keys_and_yaml),
	    cmocka_unit_test(files),
	    cmocka_unit_test(what_is_passed_over),
	    cmocka_unit_test(log_sections),
	    cmocka_unit_test(tasks_and_marks),
	    cmocka_unit_test(tags_of_the_body),
	    cmocka_unit_test(slugs),
	    cmocka_unit_test(has_tag),
	    cmocka_unit_test(findings_say_what),
	    cmocka_unit_test(cuts_are_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
