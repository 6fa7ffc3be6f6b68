/*
 * What a person types of fields: how words are read, what is refused, and what
 * a file becomes, in the key and the form that it has. Today is Monday,
 * 2026-11-23.
 */
#include "change/field_edits.h"
#include "reading.h"

#define TODAY      20780
#define MOST_WORDS 32
#define F(text)    "---\n" text "---\n"

struct typed {
	struct arena arena;
	struct config config;
	struct field_edits edits;
	struct kith_error err;
};

/* The words of a line, as a shell would give them without any quotes. */
static int typed_init(struct typed *t, const char *line)
{
	const char *words[MOST_WORDS];
	size_t count = 0;
	*t = (struct typed){.err = {.status = KITH_OK}};
	arena_init(&t->arena);
	config_default(&t->config, &t->arena);
	for (struct str rest = str_of(line); rest.n && count < MOST_WORDS;) {
		size_t blank = str_find_char(rest, ' ');
		words[count++] = arena_str(&t->arena, str_upto(rest, blank)).p;
		rest = str_from(rest, blank + 1);
	}
	return field_edits_parse(&t->edits, words, count, &t->arena, &t->err);
}

static void reads_words(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"org=Analytical Engines title=CTO", "set org <Analytical Engines>; set title <CTO>"},
	    {"url=https://x.y/?a=b", "set url <https://x.y/?a=b>"},
	    {"bio=see https://x.y/?a=b", "set bio <see https://x.y/?a=b>"},
	    {"bio=x y=z", "set bio <x>; set y <z>"},
	    {"tags+=mentor", "append tags <mentor>"},
	    {"tags-=a b", "take tags <a b>"},
	    {"org=", "remove org <>"},
	    {"org= New", "set org <New>"},
	    {"last_contact=x e-mail=y", "set last_contact <x>; set e-mail <y>"},
	    {"größe=1", "set größe <1>"},
	    {"a=b 1=2 -x=y", "set a <b 1=2 -x=y>"},
	    {"a=b=c", "set a <b=c>"},
	    {"a=b a+b=c", "set a <b a+b=c>"},
	    {"", ""},
	    {"org", "!\"org\" is no KEY=VALUE"},
	    {"=x", "!\"=x\" is no KEY=VALUE"},
	    {"tags+=", "!tags+= needs a value"},
	    {"tags-=", "!tags-= needs a value"},
	};
	static const char *const verbs[] = {"set", "append", "take", "remove"};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct typed t;
		struct buf got;
		buf_init(&got, 0);
		int failed = typed_init(&t, cases[i][0]);
		for (size_t k = 0; k < t.edits.count && !failed; k++) {
			const struct field_edit *e = &t.edits.items[k];
			fact(&got, verbs[e->verb]);
			buf_printf(&got, " %.*s <%.*s>", STR_ARG(e->key), STR_ARG(e->value));
		}
		if (failed && cases[i][1][0] == '!' && strstr(t.err.message, cases[i][1] + 1))
			assert_int_equal(t.err.status, KITH_INVALID);
		else
			bad += differs(&got, failed ? t.err.message : cases[i][1], cases[i][0]);
		buf_release(&got);
		arena_release(&t.arena);
	}
	assert_int_equal(bad, 0);
}

struct field_case {
	const char *line, *before, *after; /* after: begins with `!` for a refusal */
};

static size_t check_one(const struct field_case *c, bool force)
{
	struct typed t;
	struct buf out;
	buf_init(&out, 0);
	int failed = typed_init(&t, c->line);
	if (!failed)
		failed = field_edits_check(&t.edits, &t.config, TODAY, force, &t.arena, &t.err);
	if (!failed)
		failed = field_edits_apply(&out, str_of(c->before), &t.config, &t.edits, &t.err);
	size_t bad = 0;
	if (!failed || c->after[0] != '!' || !strstr(t.err.message, c->after + 1) || out.n) {
		if (failed)
			buf_addz(&out, t.err.message);
		bad = differs(&out, c->after, c->line);
	}
	buf_release(&out);
	arena_release(&t.arena);
	return bad;
}

static void check(const struct field_case *cases, size_t count, bool force)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++)
		bad += check_one(&cases[i], force);
	assert_int_equal(bad, 0);
}

#define CHECK(cases) check(cases, ARRAY_LEN(cases), false)

static void values(void **state)
{
	(void)state;
	static const struct field_case cases[] = {
	    {"snooze=2026-12-01", F("a: 1\n"), F("a: 1\nsnooze: 2026-12-01\n")},
	    {"snooze=in 3 weeks", F("a: 1\n"), F("a: 1\nsnooze: 2026-12-14\n")},
	    {"snooze=3 weeks", F("a: 1\n"), F("a: 1\nsnooze: 2026-12-14\n")},
	    {"snooze=friday", F("a: 1\n"), F("a: 1\nsnooze: 2026-11-27\n")},
	    {"snooze=fridy", F("a: 1\n"), "!snooze: \"fridy\" is not a date"},
	    {"snooze=03/04/2027", F("a: 1\n"), "!snooze: "},
	    {"last_contact=yesterday", F("a: 1\n"), F("a: 1\nlast_contact: 2026-11-22\n")},
	    {"met=last friday at Babbage's soirée", F("a: 1\n"),
	     F("a: 1\nmet: 2026-11-20 at Babbage's soirée\n")},
	    {"met=at the zoo", F("a: 1\n"), F("a: 1\nmet: at the zoo\n")},
	    {"met=2026-02-30", F("a: 1\n"), "!met: \"2026-02-30\" is not a date"},
	    {"cadence=every 6 weeks", F("a: 1\n"), F("a: 1\ncadence: every 6 weeks\n")},
	    {"cadence=42", F("a: 1\n"), F("a: 1\ncadence: 42\n")},
	    {"cadence=none", F("a: 1\n"), F("a: 1\ncadence: none\n")},
	    {"cadence=close", F("a: 1\n"), F("a: 1\ncadence: close\n")},
	    {"cadence=2 weeks until 2027-02-01 then 2 months", F("a: 1\n"),
	     F("a: 1\ncadence: 2 weeks until 2027-02-01 then 2 months\n")},
	    {"cadence=6 weks", F("a: 1\n"), "!did you mean \"6 weeks\"?"},
	    {"cadence=biweekly", F("a: 1\n"), "!cadence: \"biweekly\""},
	    {"status=Paused", F("a: 1\n"), F("a: 1\nstatus: paused\n")},
	    {"status=on tour", F("a: 1\n"), F("a: 1\nstatus: on tour\n")},
	    {"birthday=1984-11-26", F("a: 1\n"), F("a: 1\nbirthday: 1984-11-26\n")},
	    {"birthday=--11-26", F("a: 1\n"), F("a: 1\nbirthday: --11-26\n")},
	    {"birthday=1984?", F("a: 1\n"), F("a: 1\nbirthday: 1984?\n")},
	    {"birthday=soon", F("a: 1\n"), "!birthday: \"soon\" is not a date"},
	    {"email=ada@x.y", F("a: 1\n"), F("a: 1\nemail: ada@x.y\n")},
	    {"email=ada", F("a: 1\n"), "!email: an e-mail address has an @"},
	    {"phone=+447700900123", F("a: 1\n"), F("a: 1\nphone: \"+447700900123\"\n")},
	    {"introduced_by=charles-babbage", F("a: 1\n"),
	     F("a: 1\nintroduced_by: \"[[charles-babbage]]\"\n")},
	    {"knows=[[x|X Y]]", F("a: 1\n"), F("a: 1\nknows: \"[[x|X Y]]\"\n")},
	    {"knows=sister: ada", F("a: 1\n"), F("a: 1\nknows: {sister: \"[[ada]]\"}\n")},
	    {"tags=#mentor, maths", F("a: 1\n"), F("a: 1\ntags: [mentor, maths]\n")},
	    {"tags=mentor", F("a: 1\n"), F("a: 1\ntags: [mentor]\n")},
	    {"tags=, #", F("a: 1\n"), "!tags: a tag is needed"},
	    {"dates=2026-12-03 talk at the Royal Society", F("a: 1\n"),
	     F("a: 1\ndates:\n  talk at the Royal Society: 2026-12-03\n")},
	    {"dates=2021-05-01", F("a: 1\n"), "!dates: say what is on that day"},
	    {"dates=talk", F("a: 1\n"), "!dates: a date comes first"},
	    {"bio={{name}}", F("a: 1\n"), "!template of another program"},
	    {"name+=x", F("a: 1\n"), "!name: has one value"},
	    {"brithday=1984-11-26", F("a: 1\n"), "!did you mean \"birthday\"?"},
	    {"brithday=", F("brithday: x\na: 1\n"), F("a: 1\n")},
	    {"colour=no", F("a: 1\n"), F("a: 1\ncolour: \"no\"\n")},
	    {"colour=red", "Text\n", F("colour: red\n") "Text\n"},
	};
	CHECK(cases);
	static const struct field_case forced[] = {
	    {"brithday=x", F("a: 1\n"), F("a: 1\nbrithday: x\n")},
	};
	check(forced, ARRAY_LEN(forced), true);
}

static void synonyms(void **state)
{
	(void)state;
	static const struct field_case cases[] = {
	    {"org=New", F("company: Old # x\n"), F("company: New # x\n")},
	    {"org=New", F("employer: B\ncompany: A\n"), F("employer: B\ncompany: New\n")},
	    {"Introduced-By=x", F("via: \"[[y]]\"\n"), F("via: \"[[x]]\"\n")},
	    {"org=New", F("company:\norg: A\n"), F("company:\norg: New\n")},
	    {"org=New", F("company: A\norg:\n"), F("company: New\norg:\n")},
	    {"org=", F("a: 1\norg: A\ncompany: B\n"), F("a: 1\n")},
	    {"org=", F("a: 1\n"), F("a: 1\n")},
	    {"tags=a", F("tag: b\ngroups: c\n"), F("tag: [a]\n")},
	    {"tags+=a", F("tag: b\ngroups: c\n"), F("tag: [b, a]\ngroups: c\n")},
	    {"tags+=c", F("tag: b\ngroups: c\n"), F("tag: b\ngroups: c\n")},
	    {"tags-=c", F("tag: b\ngroups: c\n"), F("tag: b\n")},
	    {"title=CTO", F("name: Ada\ntitle: Ada\n"), F("name: Ada\ntitle: Ada\nrole: CTO\n")},
	    {"title=CTO", F("title: Ada\nrole: x\n") "# Ada\n",
	     F("title: Ada\nrole: CTO\n") "# Ada\n"},
	    {"title=CTO", F("title: \"[[Boss]]\"\n"), F("title: \"CTO\"\n")},
	    {"cadence=monthly", F("tier: close\n"), F("tier: close\ncadence: monthly\n")},
	    {"tier=close", F("Tier: light\n"), F("Tier: close\n")},
	    {"Colour=red", F("colour: blue\n"), F("colour: red\n")},
	    {"name=Ada King", F("first name: Ada\nlast name: Byron\n"),
	     F("first name: Ada\nlast name: Byron\nname: Ada King\n")},
	    /* A title that was the name would be a role. */
	    {"name=Ada King", F("name: Ada\ntitle: Ada\n"), F("name: Ada King\ntitle: Ada King\n")},
	};
	CHECK(cases);
}

static void lists(void **state)
{
	(void)state;
	static const struct field_case cases[] = {
	    {"tags+=c, #d", F("tags: [a, b]\n"), F("tags: [a, b, c, d]\n")},
	    {"tags+=c,d", F("a: 1\n"), F("a: 1\ntags: [c, d]\n")},
	    {"tags+=B", F("tags: [a, b]\n"), F("tags: [a, b]\n")},
	    {"tags+=c", F("tags: a, b\n"), F("tags: a, b, c\n")},
	    {"tags+=b", F("tags: \"#a, #b\"\n"), F("tags: \"#a, #b\"\n")},
	    {"tags-=a", F("tags: a, b, c # x\n"), F("tags: b, c # x\n")},
	    {"tags-=b,c", F("tags: a, b,c\n"), F("tags: a\n")},
	    {"tags-=a", F("x: 1\ntags: 'a,'\n"), F("x: 1\n")},
	    {"tags-=a", F("tags:\n  - \"#A\"\n  - b\n"), F("tags:\n  - b\n")},
	    {"tags-=z", F("tags: a, b\n"), F("tags: a, b\n")},
	    {"tags-=z", F("a: 1\n"), F("a: 1\n")},
	    {"aliases+=Countess", F("a: 1\n"), F("a: 1\naliases: [Countess]\n")},
	    {"aliases+=Countess", F("alias: Ada\n"), F("alias: [Ada, Countess]\n")},
	    {"aliases-=countess", F("aliases: [Ada, Countess]\n"), F("aliases: [Ada]\n")},
	    {"org+=B", F("org: A, Inc.\n"), F("org: [\"A, Inc.\", B]\n")},
	    {"org-=B", F("org: [A, \"[[b|B]]\"]\n"), F("org: [A]\n")},
	    {"email+=b@x.y", F("email: a@x.y\n"), F("email: [a@x.y, b@x.y]\n")},
	    {"email+=work b@x.y", F("email: {home: a@x.y}\n"),
	     F("email: {home: a@x.y, work: b@x.y}\n")},
	    {"email+=b@x.y", F("email: {home: a@x.y}\n"), "!say which label"},
	    {"email-=a@x.y", F("email: [home a@x.y, b@x.y]\n"), F("email: [b@x.y]\n")},
	    {"email-=broken", F("email: [broken, b@x.y]\n"), F("email: [b@x.y]\n")},
	    {"phone+=mobile +44 1", F("phone:\n  work: 2\n"),
	     F("phone:\n  work: 2\n  mobile: +44 1\n")},
	    {"phone+=work 3", F("phone:\n  work: 2\n"), F("phone:\n  work: [2, 3]\n")},
	    {"phone-=work", F("phone:\n  work: 2\n  home: 3\n"), F("phone:\n  home: 3\n")},
	    {"phone-=3", F("phone:\n  work: 2\n  home: 3\n"), F("phone:\n  work: 2\n")},
	    {"address+=home: 1 Dorset Street", F("address: {work: x}\n"),
	     F("address: {work: x, home: 1 Dorset Street}\n")},
	    {"knows+=ada", F("knows: [[bob]]\n"), F("knows: [[[bob]], \"[[ada]]\"]\n")},
	    {"knows+=bob", F("knows: [[bob]]\n"), F("knows: [[bob]]\n")},
	    {"knows+=sister: ada", F("knows: {friend: bob}\n"),
	     F("knows: {friend: bob, sister: \"[[ada]]\"}\n")},
	    {"knows-=bob", F("a: 1\nknows: [[bob]]\n"), F("a: 1\n")},
	    {"knows-=bob", F("knows:\n  - \"[[Bob|B]]\"\n  - x\n"), F("knows:\n  - x\n")},
	    {"knows-=bob", F("knows: {friend: [x, bob]}\n"), F("knows: {friend: [x]}\n")},
	    {"dates+=2026-12-03 talk", F("dates:\n  joined: 2021-05-01 yearly\n"),
	     F("dates:\n  joined: 2021-05-01 yearly\n  talk: 2026-12-03\n")},
	    {"dates+=2026-12-03 talk yearly", F("dates: {x: 2021-05-01}\n"),
	     F("dates: {x: 2021-05-01, talk: 2026-12-03 yearly}\n")},
	    {"dates+=2026-12-03 talk", F("dates: [2021-05-01 x]\n"),
	     F("dates: [2021-05-01 x, 2026-12-03 talk]\n")},
	    {"dates+=tomorrow talk: the engine", F("a: 1\n"),
	     F("a: 1\ndates:\n  \"talk: the engine\": 2026-11-24\n")},
	    {"dates-=talk", F("dates:\n  x: 2021-05-01\n  talk: 2026-12-03\n"),
	     F("dates:\n  x: 2021-05-01\n")},
	    {"dates-=talk", F("dates:\n  - 2021-05-01 x\n  - 2026-12-03 talk yearly\n"),
	     F("dates:\n  - 2021-05-01 x\n")},
	    {"colour+=red", F("colour: blue\n"), F("colour: [blue, red]\n")},
	    {"org=A title=B tags+=c", F("org: x\ntags: [y]\n") "Text\n",
	     F("org: A\ntags: [y, c]\ntitle: B\n") "Text\n"},
	    {"org=A title=B", F("org: x\na: &b 1\ntitle: *b\n"), "!an anchor"},
	};
	CHECK(cases);
}

/* What is not checked first is refused all the same where it would break something. */
static void unchecked(void **state)
{
	(void)state;
	struct arena arena;
	struct config config;
	struct kith_error err = {.status = KITH_OK};
	struct buf out;
	struct field_edit edit = {EDIT_SET, STR("cadence"), STR("6 weks")};
	struct field_edits edits = {&edit, 1, STR_NONE};
	arena_init(&arena);
	config_default(&config, &arena);
	buf_init(&out, 0);
	assert_int_equal(field_edits_apply(&out, STR("---\na: 1\n---\n"), &config, &edits, &err),
			 -1);
	assert_non_null(strstr(err.message, "then this would be wrong"));
	assert_int_equal(out.n, 0);
	err = (struct kith_error){.status = KITH_OK};
	edit = (struct field_edit){EDIT_APPEND, STR("aliases"), STR("Ada: \xE2\x80\xA8x")};
	assert_int_equal(field_edits_apply(&out, STR("Text"), &config, &edits, &err), 0);
	assert_string_equal(out.p, "---\naliases: [\"Ada: \\Lx\"]\n---\nText");
	buf_release(&out);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_words), cmocka_unit_test(values),    cmocka_unit_test(synonyms),
	    cmocka_unit_test(lists),       cmocka_unit_test(unchecked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
