/* What a page of Markdown becomes for man: what cmark's renderer leaves to do. */
#include "report/roff.h"

#include "reading.h"

static const struct {
	const char *markdown, *roff;
} pages[] = {
    {"# NAME\n\nkith-log - note it\n", ".SH NAME\nkith\\-log \\- note it\n"},
    {"# A\n\none\n\ntwo\n", ".SH A\none\n.PP\ntwo\n"},
    {"# A \"b\"\n\n## c's\n\nx\n", ".SH A \\(dqb\\(dq\n.SS c\\(aqs\nx\n"},
    /* A term and its definition, right behind a heading or not. */
    {"# A\n\n`-n`, `--dry-run` *X*\n: print, as *it* is\nand more\n\nnext\n",
     ".SH A\n.TP\n\\f[B]\\-n\\f[], \\f[B]\\-\\-dry\\-run\\f[] \\f[I]X\\f[]\n"
     "print, as \\f[I]it\\f[] is\nand more\n.PP\nnext\n"},
    /* What would be a request, or another character. */
    {"x\n.dot `~/a^b\\c`\n'quote\n", "x\n\\&.dot \\f[B]\\(ti/a\\(hab\\ec\\f[]\n\\&\\(aqquote\n"},
    {"# A\n\n```\n.SH no\n'x' `y`\n\n\\f[]\n```\n\nz\n",
     ".SH A\n.RS 4\n.nf\n\\&.SH no\n\\(aqx\\(aq \\(gay\\(ga\n\n\\ef[]\n.fi\n.RE\n.PP\nz\n"},
    {"x\n\n```\na\n```\n", "x\n.PP\n.RS 4\n.nf\na\n.fi\n.RE\n"},
    {"- a\n- b\n", ".IP \\[bu] 2\na\n.IP \\[bu] 2\nb\n"},
    /* Long lines are broken, and what begins one is still text. */
    {"a234567890 a234567890 a234567890 a234567890 a234567890 a2 .b c\n",
     "a234567890 a234567890 a234567890 a234567890 a234567890 a2\n\\&.b c\n"},
};

static void pages_become_roff(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		const struct roff_title title = {STR("kith-a"), '5', "2026-11-30", "kith 1",
						 "kith"};
		struct arena scratch;
		struct buf out, want;
		arena_init(&scratch);
		buf_init(&out, 0);
		buf_init(&want, 0);
		buf_printf(&want, ".TH KITH\\-A 5 2026-11-30 \"kith 1\" \"kith\"\n.nh\n.ad l\n%s",
			   pages[i].roff);
		roff_page(&out, &title, str_of(pages[i].markdown), &scratch);
		assert_string_equal(out.p, want.p);
		buf_release(&want);
		buf_release(&out);
		arena_release(&scratch);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pages_become_roff),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
