/*
 * The laws of merging, on triples of files that nobody chose: contacts, pages and settings with
 * random edits on both sides.
 *
 *	SEED=7 ROUNDS=100000 build/unit/test_merge_laws
 *
 * A triple that breaks a law is shown with its seed, made as small as it goes.
 */
#include "../merge/facts.h"
#include "../merge/laws.h"
#include "reading.h"

static unsigned long asked(const char *name, unsigned long usual)
{
	const char *said = getenv(name);
	return said ? strtoul(said, NULL, 10) : usual;
}

/* As a C string, so that a CR or a mark is seen. */
static void show_text(const char *name, struct str text)
{
	struct buf out;
	if (!text.p) {
		print_message("  %s: none\n", name);
		return;
	}
	buf_init(&out, 0);
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (c == 0xEF)
			buf_addz(&out, "\\xEF");
		else if (c == '\n')
			buf_addz(&out, "\\n");
		else if (c == '\r')
			buf_addz(&out, "\\r");
		else if (c == '"' || c == '\\')
			buf_printf(&out, "\\%c", c);
		else if (c < ' ' || c == 0x7F)
			buf_printf(&out, "\\%03o", c);
		else
			buf_addc(&out, (char)c);
	}
	print_message("  %s: \"%s\"\n", name, out.p);
	buf_release(&out);
}

static void show_broken(struct triple *triple, const struct verdict *was, unsigned long seed,
			const struct config *config)
{
	static const char *const kinds[] = {"none", "contact", "review", "settings"};
	struct verdict verdict;
	struct arena arena;
	arena_init(&arena);
	laws_shrink(triple, was, config, &arena);
	laws_judge(&verdict, triple, config, &arena);
	print_message("SEED=%lu ROUNDS=1: %s, %s%s: %s\n", seed, merge_law_names[was->law],
		      triple->wild ? "wild " : "", kinds[triple->kind],
		      verdict.why ? verdict.why : "");
	show_text("base", triple->is.base);
	show_text("ours", triple->is.ours);
	show_text("theirs", triple->is.theirs);
	show_text("result", verdict.result);
	arena_release(&arena);
}

static void the_laws_hold(void **state)
{
	(void)state;
	enum { SHOWN = 3 };
	unsigned long seed = asked("SEED", 1), rounds = asked("ROUNDS", 3000),
		      shown = asked("SHOWN", SHOWN);
	unsigned long broken[LAW_COUNT] = {0}, unread = 0, clashes = 0, again = 0, bad = 0;
	for (unsigned long i = 0; i < rounds; i++) {
		struct arena arena;
		struct config config;
		struct dice dice;
		struct triple triple;
		struct verdict verdict;
		arena_init(&arena);
		config_default(&config, &arena);
		dice_init(&dice, seed + i);
		triple_make(&triple, &dice, &arena);
		laws_judge(&verdict, &triple, &config, &arena);
		unread += verdict.unread;
		clashes += verdict.clashes > 0;
		again += verdict.again;
		/* What a few may break is shown to who asks. */
		unsigned long show = verdict.law == LAW_AGAIN && !getenv("SHOWN") ? 0 : shown;
		if (verdict.law != LAW_NONE && broken[verdict.law]++ < show)
			show_broken(&triple, &verdict, seed + i, &config);
		arena_release(&arena);
	}
	for (size_t law = 1; law < LAW_COUNT; law++) {
		/* Of what is merged once more a few change, and lose nothing by it: they are told.
		 */
		bad += law == LAW_AGAIN && broken[law] * 100 <= again ? 0 : broken[law];
		if (broken[law])
			print_message("# %s: broken by %lu\n", merge_law_names[law], broken[law]);
	}
	print_message("# %lu triples: %lu with a clash, %lu merged once more, %lu that cannot be "
		      "read; %lu broke a law\n",
		      rounds, clashes, again, unread, bad);
	assert_int_equal(bad, 0);
	/* Else there would be little that holds. */
	assert_true(unread * 3 < rounds || rounds < 100);
}

/* The judge must see what it is to judge: each fact of a text as `WHERE: TEXT`, in order. */
static void facts_are_seen(void **state)
{
	(void)state;
	static const struct {
		enum merge_kind kind;
		const char *text, *facts;
	} cases[] = {
	    {MERGE_CONTACT,
	     "---\ncompany: A\nFav_color: x # why\ntags: [a, \"b\"]\nphone: {home: 1}\nurl: "
	     "~\n---\n",
	     "=favcolor: x; =org: A; =phone.home: 1; =tags: a; =tags: b; comment: # why"},
	    {MERGE_CONTACT, "---\nmerged: {title: [CTO], phone.home: [2]}\ntitle: CEO\n---\n",
	     "=phone.home: 2; =title: CEO; =title: CTO"},
	    {MERGE_CONTACT, "\xEF\xBB\xBF## Log\r\n- a\r  1. b\n\nc " MERGE_BOTH_KEPT "\n",
	     "item: a; item: b; line: ## Log; line: c"},
	    {MERGE_CONTACT, "- [x] a #b (due:: 1) c 📅 2026-11-30\n",
	     "field: #b; field: (due:: 1); field: 📅 2026-11-30; field of a c: #b; "
	     "field of a c: (due:: 1); field of a c: 📅 2026-11-30; task: a c"},
	    {MERGE_REVIEW, "- [ ] a ^r-1\n  - *kith's*\n  - **mine**\n",
	     "field: ^r-1; field of a: ^r-1; item: **mine**; kith: *kith's*; task: a"},
	    {MERGE_SETTINGS, "people: x\n# y\nreview: {late: 1 week}\n",
	     "=people: x; =review.late: 1 week; comment: # y"},
	};
	size_t bad = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct merge_facts facts;
		struct arena arena;
		struct buf got;
		arena_init(&arena);
		buf_init(&got, 0);
		merge_facts_read(&facts, cases[i].kind, str_of(cases[i].text), &arena);
		for (size_t f = 0; f < facts.count; f++) {
			fact(&got, "");
			buf_printf(&got, "%.*s: %.*s", STR_ARG(facts.items[f].where),
				   STR_ARG(facts.items[f].text));
		}
		bad += differs(&got, cases[i].facts, cases[i].text);
		buf_release(&got);
		arena_release(&arena);
	}
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(facts_are_seen),
	    cmocka_unit_test(the_laws_hold),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
