/*
 * Input: a query. Nothing may crash or take long; where it is refused, it says why and at a place
 * of the text; else who fits is told, and how it was understood.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/text.h"
#include "insight/query.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

static const char ada[] =
    "---\nname: Ada Żółć\ntags: [a/b]\nmet: 2025-03-02 at x\norg: O'Brien\n"
    "birthday: 1984-02-29\nhobby: [x, y]\n---\n## Log\n- 2026-10-20 call: abab\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char settings[] = "queries: {a: 'query:b or x', b: 'query:a', c: 'tag:a'}\n";
	struct arena arena;
	struct diag diag;
	struct contact contact;
	struct reporter reporter;
	struct query query;
	struct kith_error err = {0};
	arena_init(&arena);
	diag_init(&diag, &arena);
	struct journal journal = {.contacts = &contact, .count = 1};
	config_default(&journal.config, &arena);
	reporter_init(&reporter, str_of(settings), STR("kith.yaml"), &diag);
	must(config_read(&journal.config, &arena, &reporter));
	(void)contact_of_bytes(&contact, STR("people/ada.md"), str_of(ada), &journal.config, NULL,
			       NULL, &arena);
	struct str text = arena_str(&arena, (struct str){(const char *)data, size});
	const struct term_reader reader = {&journal, day_from_ymd(2026, 11, 23), &arena,
					   size % 2 == 1};
	if (query_parse(&query, text, &reader, &err)) {
		must(err.status == KITH_INVALID && err.message[0]);
		must(err.column >= 0 && (size_t)err.column <= text_length(text) + 2);
	} else {
		size_t count, hidden;
		(void)query_select(&query, &journal, reader.today, true, &count, &hidden, &arena);
		must(count <= 1);
		must(query_explain(&query, &arena).n > 0);
	}
	diag_release(&diag);
	arena_release(&arena);
	return 0;
}
