/*
 * Input: which new page (one byte), and an old page as a person may have
 * left it. Made again, it must still hold every line that is not kith's, in
 * order; and made again and again, it comes to rest.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report/remake.h"

#define FRONT                                                                                      \
	"---\nkith: review\nweek: 2026-W48\nfrom: 2026-11-23\nto: 2026-11-29\n"                    \
	"generated: 2026-11-25\napplied: []\n---\n# Week 48 · 23–29 November 2026\n"

static const char *const made_pages[] = {
    FRONT "\n*A quiet week: nobody is waiting and nothing is due. Enjoy it.*\n",
    FRONT
    "\n## This week\n\n"
    "- [ ] **Thu 12 Nov** · [Nell](../people/nell.md) · you promised: the thermometer ^p-vhf3o5h\n"
    "  - *meant for 11 days ago*\n"
    "- [ ] **Thu 26** · [Ruth](../people/ruth.md) turns 75 ^d-v637qwt\n"
    "\n*2 promises are older than these*\n"
    "\n## Reach out\n\n"
    "- [ ] **[Elif](../people/elif.md)** ^r-filrjtk\n"
    "  - *new: met 12 days ago, no word since*\n  - *into marbled paper*\n"
    "- [ ] **[Ruth](../people/ruth.md)** ^r-xr72pll\n"
    "  - *5 weeks since you talked, you aim for 5*\n"
    "\n*4 more can wait: Wanjiru, Camille, Tendai and 1 more*\n"
    "\n## Give and ask\n\n*[Marek](../people/marek.md) · asked 3 times*\n"
    "\n## Last week\n\n- *Mon 16 · email with [Marek](../people/marek.md): VAT*\n"
    "\n*6 conversations with 8 people*\n",
    FRONT "\n## Reach out\n\n"
	  "- [ ] **[Ruth](../people/ruth.md)** ^r-xr72pll\n  - *talked on Tue 24*\n"
	  "- [ ] **[Camille](../people/camille.md)** ^r-njvnb4x\n"
	  "  - *9 weeks since you talked, you aim for 6*\n"
	  "\n## Ahead\n\n- [ ] **Tue 1 Dec** · [Jörg](../people/joerg.md) · 10 years ^d-czl26zt\n"
	  "\n*5 promises have no day*\n"
	  "\n## Drifting\n\n*[Leila](../people/leila.md) · every 4 weeks until September*\n"
	  "\n## Needs a look\n\n- *people/ada.md:3: error: not an interval*\n",
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* An item without its person goes, unless touched; others stay and say why. */
static struct page_fate fate_of(void *context, const struct page_chunk *item)
{
	(void)context;
	if (item->id.n && item->id.p[item->id.n - 1] % 2)
		return (struct page_fate){.drop = true};
	return (struct page_fate){.line = STR("talked on Tue 24")};
}

/* The lines that must be found again, without their line ends. */
struct kept {
	struct str *items;
	size_t count, cap;
};

/* A heading and an item's first line may be several: underlined, and wrapped. */
static void keep(struct kept *kept, struct str lines)
{
	struct str line;
	while (str_next_line(&lines, &line)) {
		if (!str_trim(line).n)
			continue;
		kept->items = mem_grow(kept->items, kept->count, &kept->cap, sizeof(*kept->items));
		kept->items[kept->count++] = str_rtrim(line);
	}
}

static void keep_front(struct kept *kept, struct str front)
{
	struct str line;
	while (str_next_line(&front, &line))
		if (!str_starts(line, STR("generated:")))
			keep(kept, line);
}

static void keep_section(struct kept *kept, const struct page_section *section)
{
	bool own = false;
	for (size_t i = 0; i < section->count; i++)
		own = own || section->chunks[i].kind == CHUNK_OWN;
	if (own)
		keep(kept, section->heading);
	for (size_t i = 0; i < section->count; i++) {
		const struct page_chunk *chunk = &section->chunks[i];
		if (chunk->kind == CHUNK_OWN ||
		    (chunk->kind == CHUNK_ITEM && page_item_is_touched(chunk)))
			keep(kept, chunk->head);
		for (size_t l = 0; l < chunk->count; l++)
			if (!chunk->lines[l].kith)
				keep(kept, chunk->lines[l].text);
	}
}

static void check_kept(struct str old, struct str merged)
{
	struct arena arena;
	struct page page;
	struct kept kept = {0};
	struct str line;
	size_t at = 0;
	arena_init(&arena);
	page_parse(&page, old, &arena);
	keep_front(&kept, page.front);
	for (size_t i = 0; i < page.count; i++)
		keep_section(&kept, &page.sections[i]);
	while (at < kept.count && str_next_line(&merged, &line))
		at += str_eq(str_rtrim(line), kept.items[at]);
	must(at == kept.count);
	free(kept.items);
	arena_release(&arena);
}

/* Where all items went, own tasks may look like those of a template without ids. */
static bool has_ids(struct str bytes)
{
	struct arena arena;
	struct page page;
	arena_init(&arena);
	page_parse(&page, bytes, &arena);
	bool has = page_has_ids(&page);
	arena_release(&arena);
	return has;
}

/* The page made again; false where it is refused. */
static bool again(struct buf *out, const struct buf *page, struct str made, bool items)
{
	struct kith_error err = {0};
	if (remake_page(out, buf_str(page), made, NULL, items, fate_of, NULL, &err) == 0)
		return true;
	must(err.status == KITH_INVALID && !has_ids(buf_str(page)));
	return false;
}

/*
 * In a torn page each turn may change what stands beside the next item; but
 * soon nothing changes any more.
 */
static void check_rest(const struct buf *once, struct str made, bool items)
{
	struct buf pages[2];
	bool rests = false;
	buf_init(&pages[0], 0);
	buf_init(&pages[1], 0);
	buf_add(&pages[0], buf_str(once));
	for (int turn = 0; turn < 16 && !rests; turn++) {
		struct buf *page = &pages[turn % 2], *next = &pages[1 - turn % 2];
		buf_clear(next);
		rests = !again(next, page, made, items) || str_eq(buf_str(page), buf_str(next));
	}
	must(rests);
	buf_release(&pages[0]);
	buf_release(&pages[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	struct str old = {(const char *)data + 1, size - 1};
	struct str made = str_of(made_pages[data[0] % ARRAY_LEN(made_pages)]);
	bool items = data[0] % ARRAY_LEN(made_pages) > 0;
	struct kith_error err = {0};
	struct buf once;
	buf_init(&once, 0);
	if (remake_page(&once, old, made, NULL, items, fate_of, NULL, &err) == 0) {
		check_kept(old, buf_str(&once));
		check_rest(&once, made, items);
	} else {
		must(err.status == KITH_INVALID && once.n == 0);
	}
	buf_release(&once);
	return 0;
}
