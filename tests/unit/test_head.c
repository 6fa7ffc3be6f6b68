/* What a person types after `kith log WHO` and `kith plan WHO`. Today is Monday 2026-11-23. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "people/head.h"

#define KNOWN "grace hopper"

struct fixture {
	struct arena arena;
	struct config config;
	civil_day today;
};

static int set_up(void **state)
{
	static struct fixture f;
	arena_init(&f.arena);
	config_default(&f.config, &f.arena);
	f.today = day_from_ymd(2026, 11, 23);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	arena_release(&f->arena);
	return 0;
}

static bool knows(void *context, struct str name)
{
	return str_ieq(name, str_of(context));
}

/* `DAY|time|channel|with,with|text|unknown|kept`; `*` before a day that was said. */
static struct str told(const struct head *head, struct arena *arena)
{
	struct str with = STR("");
	for (size_t i = 0; i < head->with.count; i++)
		with = arena_printf(arena, "%.*s%s%.*s", STR_ARG(with), i ? "," : "",
				    STR_ARG(head->with.items[i]));
	return arena_printf(arena, "%s%s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s", head->dated ? "*" : "",
			    day_text(head->day).z + 5, STR_ARG(head->time), STR_ARG(head->channel),
			    STR_ARG(with), STR_ARG(head->text), STR_ARG(head->unknown_channel),
			    STR_ARG(head->kept_date));
}

static int parse(struct head *head, struct fixture *f, enum head_kind kind, bool raw,
		 struct str text, struct kith_error *err)
{
	static char known[] = KNOWN;
	const struct head_line line = {.kind = kind,
				       .text = text,
				       .raw = raw,
				       .who = STR("ada"),
				       .knows = knows,
				       .context = known};
	return head_parse(head, &line, &f->config, f->today, &f->arena, err);
}

struct row {
	const char *line, *want;
};

static void check_rows(struct fixture *f, enum head_kind kind, bool raw, const struct row *rows,
		       size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct head head;
		struct kith_error err = {0};
		int result = parse(&head, f, kind, raw, str_of(rows[i].line), &err);
		struct str got = result ? str_of(err.message) : told(&head, &f->arena);
		if (result == 0 && str_eq(got, str_of(rows[i].want)))
			continue;
		bad++;
		print_error("%s\n  got  %.*s\n  want %s\n", rows[i].line, STR_ARG(got),
			    rows[i].want);
	}
	assert_int_equal(bad, 0);
}

/* Each word of want, between bars, must stand in the message. */
static void check_refusals(struct fixture *f, enum head_kind kind, const struct row *rows,
			   size_t count)
{
	size_t bad = 0;
	for (size_t i = 0; i < count; i++) {
		struct head head;
		struct kith_error err = {0};
		int result = parse(&head, f, kind, false, str_of(rows[i].line), &err);
		struct str rest = str_of(rows[i].want), said = str_of(err.message);
		bool right = result < 0 && err.status == KITH_INVALID;
		while (rest.n && right) {
			size_t bar = str_find_char(rest, '|');
			struct str part = str_upto(rest, bar);
			right = str_find(said, part) < said.n;
			rest = str_from(rest, bar + 1);
		}
		if (right)
			continue;
		bad++;
		print_error("%s\n  got  %.*s\n  want %s\n", rows[i].line,
			    STR_ARG(result ? said : told(&head, &f->arena)), rows[i].want);
	}
	assert_int_equal(bad, 0);
}

static const struct row logs[] = {
    /* Text, a head, or both. */
    {"coffee: the move to Bath", "11-23||coffee||the move to Bath||"},
    {"the move to Bath", "11-23||||the move to Bath||"},
    {"coffee", "11-23||coffee||||"},
    {"coffee:", "11-23||coffee||||"},
    {"Coffee: x", "11-23||coffee||x||"},
    {"coffee : x", "11-23||coffee||x||"},
    {"coffee:the move", "11-23||||coffee:the move||"},
    {"  coffee:   x  ", "11-23||coffee||x||"},
    {"\tcoffee:\tx", "11-23||coffee||x||"},
    {"tried", "11-23||tried||||"},
    {"tried: no answer", "11-23||tried||no answer||"},
    {"note: x", "11-23||note||x||"},
    {"call me maybe", "11-23||call||me maybe||"},
    {"call the bank about x", "11-23||call||the bank about x||"},
    {"call me: maybe", "11-23||call||me: maybe||"},
    {"she said: yes", "11-23||||she said: yes||"},
    {"a day: b: c", "11-23||||a day: b: c||"},
    {"coffee: a: b", "11-23||coffee||a: b||"},
    {"march was hard", "11-23||||march was hard||"},
    {"may I say: no", "11-23||||may I say: no||"},
    {": x", "11-23||||x||"},
    {"https://kith.example/ is hers", "11-23||||https://kith.example/ is hers||"},
    {"at 14:30 it rained", "11-23||||at 14:30 it rained||"},
    {"- five things", "11-23||||five things||"},
    {"today's plan was hers", "11-23||||today's plan was hers||"},
    {"sun-dried tomatoes", "11-23||||sun-dried tomatoes||"},
    {"2026 was hard", "11-23||||2026 was hard||"},
    /* Days. */
    {"yesterday call", "*11-22||call||||"},
    {"yesterday", "*11-22||||||"},
    {"today", "*11-23||||||"},
    {"monday: is her first day", "*11-23||||is her first day||"},
    {"monday", "*11-23||||||"},
    {"tue 9:00 call: y", "*11-17|9:00|call||y||"},
    {"last friday lunch", "*11-20||lunch||||"},
    {"Last  Friday  lunch :  x", "*11-20||lunch||x||"},
    {"2 weeks ago letter", "*11-09||letter||||"},
    {"nov 20 call: x", "*11-20||call||x||"},
    {"20 nov call", "*11-20||call||||"},
    {"nov 20, 2026: x", "*11-20||||x||"},
    {"friday, 12:30 lunch: x", "*11-20|12:30|lunch||x||"},
    {"2026-11-20 call", "*11-20||call||||"},
    {"2026/11/20: x", "*11-20||||x||"},
    {"2026-W47-5 call: x", "*11-20||call||x||"},
    {"13/11/2026 call: x", "*11-13||call||x||"},
    {"sat: in the garden", "*11-21||||in the garden||"},
    {"2026-11-20 - call", "*11-20||call||||"},
    {"2026-11-20 – call with grace – x: y",
     "*11-20||call|grace – x|y||"}, /* nobody: the command says so */
    {"yesterday: call: x", "*11-22||call||x||"},
    {"yesterday: call with grace: x", "*11-22||call|grace|x||"},
    {"yesterday: 14:30 call: x", "*11-22|14:30|call||x||"},
    {"yesterday: call me maybe", "*11-22||||call me maybe||"},
    {"yesterday: she said: yes", "*11-22||||she said: yes||"},
    {"yesterday: today: x", "*11-22||||today: x||"},
    /* Times. */
    {"14:30 call: x", "11-23|14:30|call||x||"},
    {"14:30", "11-23|14:30|||||"},
    {"14:30: x", "11-23|14:30|||x||"},
    {"14:30–15:00 lunch: x", "11-23|14:30–15:00|lunch||x||"},
    {"2026-11-20 14:30–15:00 lunch: x", "*11-20|14:30–15:00|lunch||x||"},
    {"2026-11-20 14:30-15:00 lunch", "*11-20|14:30-15:00|lunch||||"},
    {"2026-11-20T14:30 call: x", "*11-20|14:30|call||x||"},
    {"2026-11-20T14:30Z: x", "*11-20|14:30Z|||x||"},
    {"yesterday 25:30: x", "11-23||||yesterday 25:30: x||yesterday"},
    {"T14:30 call: x", "11-23||||T14:30 call: x||"},
    {"9:00 sharp she came", "11-23||||9:00 sharp she came||"},
    /* People. */
    {"call with grace: punch cards", "11-23||call|grace|punch cards||"},
    {"with grace,charles: x", "11-23|||grace,charles|x||"},
    {"with grace hopper: x", "11-23|||grace hopper|x||"},
    {"WITH grace: x", "11-23|||grace|x||"},
    {"with grace, charles and ada.b & michael; tom: x",
     "11-23|||grace,charles,ada.b,michael,tom|x||"},
    {"with grace, and charles: x", "11-23|||grace,charles|x||"},
    {"with Sandy Andover: x", "11-23|||Sandy Andover|x||"},
    {"with AT&T: x", "11-23|||AT&T|x||"},
    {"with [[grace-hopper]] and [[charles|C. B.]]: x", "11-23|||grace-hopper,charles|x||"},
    {"with [[Tom and Jerry]]: x", "11-23|||Tom and Jerry|x||"},
    {"with grace", "11-23|||grace|||"},
    {"lunch with grace and charles", "11-23||lunch|grace,charles|||"},
    {"lunch with grace hopper", "11-23||lunch|grace hopper|||"},
    {"lunch with Grace Hopper, charles", "11-23||lunch|Grace Hopper,charles|||"},
    {"yesterday lunch with grace hopper", "*11-22||lunch|grace hopper|||"},
    {"lunch with friends of hers", "11-23||lunch||with friends of hers||"},
    {"lunch with grace at noon", "11-23||lunch||with grace at noon||"},
    {"with : x", "11-23||||with : x||"},
    {"with ,: x", "11-23||||with ,: x||"},
    {"with", "11-23||||with||"},
    {"within reason: x", "11-23||||within reason: x||"},
    /* A channel that the journal does not know. */
    {"zoom: quick chat", "11-23||||zoom: quick chat|zoom|"},
    {"re: the contract", "11-23||||re: the contract|re|"},
    {"monday zoom: hi", "*11-23||||zoom: hi|zoom|"},
    {"14:30 zoom: hi", "11-23|14:30|||zoom: hi|zoom|"},
    {"yesterday 14:30 Zoom with grace: hi", "*11-22|14:30|||Zoom with grace: hi|Zoom|"},
    {"zürich: hi", "11-23||||zürich: hi|zürich|"},
    {"yesterday coffee the move", "*11-22||coffee||the move||"},
    {"yesterday coffee - the move", "*11-22||coffee||the move||"},
    {"yesterday 9:00 call about x", "*11-22|9:00|call||about x||"},
    {"call at 15:30: x", "11-23|15:30|call||x||"},
    {"on friday call: x", "*11-20||call||x||"},
    {"* 20.11.2026 call: x", "*11-20||call||x||"},
    {"this morning: x", "11-23||||this morning: x||this morning"},
    {"call zoom: hi", "11-23||call||zoom: hi||"},
    {"3rd: hi", "11-23||||3rd: hi||3rd"},
    {"she's: hi", "11-23||||she's: hi||"},
    {"zoom", "11-23||||zoom||"},
    /* A date that is text: said, but the colon is no head's. */
    {"sat in the garden: nice", "11-23||||sat in the garden: nice||sat"},
    {"tomorrow she leaves: sad", "11-23||||tomorrow she leaves: sad||tomorrow"},
    /* Tags. */
    {"yesterday call: x +gave", "*11-22||call||x #gave||"},
    {"+gave a book", "11-23||||#gave a book||"},
    {"coffee +gave", "11-23||coffee||#gave||"},
    {"yesterday lunch with grace +got +asked", "*11-22||lunch|grace|#got #asked||"},
    {"coffee #gave #x", "11-23||coffee||#gave #x||"},
    {"+gave", "11-23||||#gave||"},
    {"yesterday +gave", "*11-22||||#gave||"},
    {"C++gave up", "11-23||||C++gave up||"},
    /* Further lines are text. */
    {"coffee: x\n\n  y: z\n", "11-23||coffee||x\n\n  y: z||"},
    {"coffee\n\n  the move\nto Bath", "11-23||coffee||the move\nto Bath||"},
    {"coffee:\nx", "11-23||coffee||x||"},
    {"\n\n coffee: x\r\ny\rz", "11-23||coffee||x\ny\nz||"},
    {"the move\ncoffee: x", "11-23||||the move\ncoffee: x||"},
    {"the move\n+gave it", "11-23||||the move\n#gave it||"},
};

static const struct row plain_texts[] = {
    {"monday is her first day", "11-23||||monday is her first day||"},
    {"coffee: x", "11-23||||coffee: x||"},
    {"03/04/2026 +got", "11-23||||03/04/2026 #got||"},
    {"zoom: hi", "11-23||||zoom: hi||"},
};

static const struct row log_refusals[] = {
    {"", "nothing to log|kith log ada coffee: the move to Bath"},
    {" \n\t ", "nothing to log"},
    {"monday is her first day",
     "\"monday\" may be the day|\n  kith log ada monday: is her first day\n|"
     "\n  kith log ada -- monday is her first day"},
    {"sat in the garden", "kith log ada sat: in the garden|kith log ada -- sat in the garden"},
    {"mar 3 was hard", "kith log ada mar 3: was hard|kith log ada -- mar 3 was hard"},
    {"yesterday, she left", "kith log ada yesterday: she left|-- yesterday, she left"},
    {"yesterday lunch with grace the move", "kith log ada yesterday lunch with grace: the move"},
    {"yesterday lunch with grace and tom, ann the move",
     "kith log ada yesterday lunch with grace and tom, ann: the move"},
    {"yesterday zoom", "kith log ada yesterday: zoom"},
    {"yesterday it wasn't easy", "kith log ada \"yesterday: it wasn't easy\""},
    {"yesterday \"x\" isn't", "kith log ada 'yesterday: \"x\" isn'\\''t'"},
    {"yesterday I paid $5", "kith log ada 'yesterday: I paid $5'"},
    {"yesterday we met #x here", "kith log ada \"yesterday: we met #x here\""},
    {"yesterday we met\nand more", "kith log ada yesterday: we met…|-- yesterday we met…"},
    {"tomorrow she leaves", "kith plan ada tomorrow: she leaves|"
			    "kith log ada -- tomorrow she leaves"},
    /* No date, or two. */
    {"03/04/2026: x", "3 April or 4 March: write 2026-04-03 or 2026-03-04"},
    {"03/04/2026 was hard", "3 April or 4 March|kith log ada -- 03/04/2026 was hard"},
    {"2026-02-30 call: x", "\"2026-02-30\" is not a date (February 2026 has 28 days)"},
    {"2026-02-30", "is not a date"},
    {"nov 31: x", "\"nov 31\" is not a date"},
    /* Ahead. */
    {"in 3 weeks lunch", "2026-12-14 is still ahead|kith plan ada in 3 weeks lunch"},
    {"tomorrow call: x", "2026-11-24|kith plan ada tomorrow call: x"},
    {"next friday: x", "kith plan ada next friday: x"},
    {"2026-12-01 lunch: isn't it", "kith plan ada \"2026-12-01 lunch: isn't it\""},
    {"tomorrow zoom: x", "kith plan ada tomorrow zoom: x"},
    {"tomorrow", "kith plan ada tomorrow"},
    /* Several days. */
    {"2026-11-20 – 2026-11-22 visit: x", "more than one day|2026-11-22"},
    {"2026-11-20 - 2026-11-22", "more than one day"},
    /* Bytes. */
    {"x\x01y", "control character|(at byte 2)"},
    {"x\x1b[Dy", "control character"},
    {"x\x7f", "control character"},
    {"caf\xe9: x", "not UTF-8 (at byte 4)"},
};

static const struct row plans[] = {
    {"friday lunch: the licence", "*11-27||lunch||the licence||"},
    {"friday", "*11-27||||||"},
    {"monday", "*11-30||||||"},
    {"friday:", "*11-27||||||"},
    {"friday 12:30 lunch with grace", "*11-27|12:30|lunch|grace|||"},
    {"friday lunch with grace hopper", "*11-27||lunch|grace hopper|||"},
    {"friday 12:30 lunch with grace and tom: x +gave", "*11-27|12:30|lunch|grace,tom|x #gave||"},
    {"in 3 weeks", "*12-14||||||"},
    {"in 3 weeks lunch", "*12-14||lunch||||"},
    {"nov 30 call: x", "*11-30||call||x||"},
    {"today 18:00 dinner", "*11-23|18:00|dinner||||"},
    {"tomorrow: she leaves", "*11-24||||she leaves||"},
    {"friday zoom: hi", "*11-27||||zoom: hi|zoom|"},
    {"friday: zoom: hi", "*11-27||||zoom: hi||"},
    {"friday lunch\nthe licence", "*11-27||lunch||the licence||"},
};

static const struct row plan_refusals[] = {
    {"", "nothing to plan|kith plan ada friday 12:30 lunch: the licence"},
    {"lunch", "a plan needs its day first|kith plan ada friday lunch"},
    {"lunch: the licence", "needs its day|kith plan ada friday lunch: the licence"},
    {"the licence", "needs its day|kith plan ada friday: the licence"},
    {"lunch the licence", "needs its day|kith plan ada friday lunch: the licence"},
    {"zoom: hi", "needs its day|kith plan ada friday zoom: hi"},
    {"she said: yes", "needs its day"},
    {"friday lunch with grace the licence", "kith plan ada friday lunch with grace: the licence"},
    {"yesterday lunch", "2026-11-22 is past|kith log ada yesterday lunch"},
    {"last friday: x", "kith log ada last friday: x"},
    {"03/04/2026: x", "3 April or 4 March: write 2026-04-03 or 2026-03-04"},
    {"nov 31: x", "\"nov 31\" is not a date"},
    {"2026-12-01 – 2026-12-03 visit", "more than one day"},
};

static void reads_logs(void **state)
{
	check_rows(*state, HEAD_LOG, false, logs, ARRAY_LEN(logs));
}

static void keeps_raw_text(void **state)
{
	check_rows(*state, HEAD_LOG, true, plain_texts, ARRAY_LEN(plain_texts));
}

static void refuses_logs(void **state)
{
	check_refusals(*state, HEAD_LOG, log_refusals, ARRAY_LEN(log_refusals));
}

static void reads_plans(void **state)
{
	check_rows(*state, HEAD_PLAN, false, plans, ARRAY_LEN(plans));
}

static void refuses_plans(void **state)
{
	struct head head;
	struct kith_error err = {0};
	check_refusals(*state, HEAD_PLAN, plan_refusals, ARRAY_LEN(plan_refusals));
	assert_int_equal(parse(&head, *state, HEAD_PLAN, true, STR("friday lunch"), &err), -1);
	assert_non_null(strstr(err.message, "needs its day"));
}

static void refuses_nul(void **state)
{
	struct head head;
	struct kith_error err = {0};
	static const char text[] = "coffee: a\0b";
	assert_int_equal(
	    parse(&head, *state, HEAD_LOG, false, (struct str){text, sizeof(text) - 1}, &err), -1);
	assert_int_equal(err.status, KITH_INVALID);
}

/* What a journal calls channels counts, of other scripts too. */
static void uses_the_channels_of_the_journal(void **state)
{
	struct fixture *f = *state;
	struct config before = f->config;
	struct str own[] = {STR("Zoom"), STR("встреча")};
	static const struct row rows[] = {
	    {"zoom: x", "11-23||Zoom||x||"},
	    {"ВСТРЕЧА with grace: x", "11-23||встреча|grace|x||"},
	    {"call: x", "11-23||||call: x|call|"},
	};
	f->config.channels = (struct strs){own, ARRAY_LEN(own)};
	check_rows(f, HEAD_LOG, false, rows, ARRAY_LEN(rows));
	f->config = before;
}

/* Each ends in time and memory that grow with the line alone. */
static void bears_long_lines(void **state)
{
	static const char *const pieces[] = {"with ", "a, ", "a and ",  "[[", ": ", "+gave ",
					     "\r",    "by ", "monday ", "é",  "- ", "with a,b "};
	enum { LONG = 1 << 20 };
	struct fixture *f = *state;
	struct buf b;
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		struct head head;
		struct kith_error err = {0};
		civil_day due;
		buf_init(&b, 0);
		buf_addz(&b, i % 2 ? "call with x " : "yesterday lunch with ");
		while (b.n < LONG)
			buf_addz(&b, pieces[i]);
		struct str line = buf_str(&b);
		if (parse(&head, f, HEAD_LOG, false, line, &err) == 0)
			assert_true(head.text.n <= line.n && head.with.count <= HEAD_MOST_PEOPLE);
		assert_int_equal(head_take_due(&line, &due, f->today, &f->arena, &err), 0);
		buf_release(&b);
	}
}

static void converts_tags(void **state)
{
	static const struct row rows[] = {
	    {"", ""},
	    {"x", "x"},
	    {"+gave", "#gave"},
	    {"a +got, +asked.", "a #got, #asked."},
	    {"(+gave) [+got]", "(#gave) [#got]"},
	    {"+Gave", "#Gave"},
	    {"a\n+gave\tb", "a\n#gave\tb"},
	    {"C++gave", "C++gave"},
	    {"++gave", "++gave"},
	    {"+gaveup +gave-x +got/y +gotée", "+gaveup +gave-x +got/y +gotée"},
	    {"+ gave +planned +1", "+ gave +planned +1"},
	    {"+", "+"},
	    {"#gave", "#gave"},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str got = head_tags(str_of(rows[i].line), &f->arena);
		assert_string_equal(arena_str(&f->arena, got).p, rows[i].want);
	}
}

static void takes_due(void **state)
{
	static const struct {
		const char *text, *left, *due; /* due: "" for none, NULL where it is refused */
	} rows[] = {
	    {"send her the paper by friday", "send her the paper", "2026-11-27"},
	    {"send it by 2026-12-01", "send it", "2026-12-01"},
	    {"send it BY nov 30", "send it", "2026-11-30"},
	    {"send it by in 3 weeks", "send it", "2026-12-14"},
	    {"send it by nov 30, 2027", "send it", "2027-11-30"},
	    {"by friday", "", "2026-11-27"},
	    {"send it by Friday.", "send it", "2026-11-27"},
	    {"send it by december", "send it by december", ""},
	    {"stand by me", "stand by me", ""},
	    {"stand by me by tuesday", "stand by me", "2026-11-24"},
	    {"come by friday by train", "come by friday by train", ""},
	    {"by friday, as said", "by friday, as said", ""},
	    {"go by", "go by", ""},
	    {"", "", ""},
	    {"standby friday", "standby friday", ""},
	    {"call her by friday 14:00", "call her 14:00", "2026-11-27"},
	    {"send it by friday +gave #x", "send it +gave #x", "2026-11-27"},
	    {"send it  by   friday ", "send it", "2026-11-27"},
	    {"send it by friday\n", "send it", "2026-11-27"},
	    {"a\nb by friday", "a\nb", "2026-11-27"},
	    {"pay by 03/04/2026", NULL, NULL},
	    {"call by nov 31", NULL, NULL},
	    {"call by 2026-02-30", NULL, NULL},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str text = str_of(rows[i].text);
		civil_day due;
		struct kith_error err = {0};
		int result = head_take_due(&text, &due, f->today, &f->arena, &err);
		if (!rows[i].due) {
			assert_int_equal(result, -1);
			assert_int_equal(err.status, KITH_INVALID);
			assert_true(strstr(err.message, "not a date") ||
				    strstr(err.message, "or 4 March"));
			continue;
		}
		assert_int_equal(result, 0);
		assert_string_equal(arena_str(&f->arena, text).p, rows[i].left);
		assert_string_equal(day_text(due).z, rows[i].due);
	}
}

static void shows_what_to_type(void **state)
{
	static const struct row rows[] = {
	    {"coffee: x", "coffee: x"},
	    {"café 14:30", "café 14:30"},
	    {"isn't", "\"isn't\""},
	    {"a  b", "\"a  b\""},
	    {"say \"x\"", "'say \"x\"'"},
	    {"a!b'c", "'a!b'\\''c'"},
	    {"what?", "\"what?\""},
	    {"a\nb", "a…"},
	    {"", "\"\""},
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str got = head_typed(str_of(rows[i].line), &f->arena);
		assert_string_equal(arena_str(&f->arena, got).p, rows[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_logs),
	    cmocka_unit_test(keeps_raw_text),
	    cmocka_unit_test(refuses_logs),
	    cmocka_unit_test(reads_plans),
	    cmocka_unit_test(refuses_plans),
	    cmocka_unit_test(refuses_nul),
	    cmocka_unit_test(uses_the_channels_of_the_journal),
	    cmocka_unit_test(bears_long_lines),
	    cmocka_unit_test(converts_tags),
	    cmocka_unit_test(takes_due),
	    cmocka_unit_test(shows_what_to_type),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
