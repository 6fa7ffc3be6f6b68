#include "report/applied.h"

#include <string.h>

#include "report/ids.h"
#include "report/page.h"

static const char *const whats[] = {
    [APPLIED_DONE] = "done",
    [APPLIED_DROPPED] = "dropped",
    [APPLIED_MOVED] = "moved",
    [APPLIED_LINE] = "line",
};

/* The next word of a record; "" for none and for `-`. */
static struct str next_word(struct str *rest)
{
	struct str s = str_ltrim(*rest);
	size_t n = str_find_char(s, ' ');
	*rest = str_from(s, n);
	s = str_upto(s, n);
	return str_eq(s, STR("-")) ? STR("") : s;
}

static civil_day record_day(struct str *rest)
{
	civil_day day;
	return date_parse_all(next_word(rest), &day) == DATE_OK ? day : NO_DAY;
}

void applied_read(struct applied_list *list, struct str front, struct arena *arena)
{
	struct strs texts = page_front_list(front, "applied", arena);
	*list = (struct applied_list){ARENA_ARRAY(arena, struct applied, texts.count + 8), 0,
				      texts.count + 8};
	for (size_t i = 0; i < texts.count; i++) {
		struct str rest = texts.items[i];
		struct applied a = {.text = rest, .what = APPLIED_DONE};
		a.id = next_word(&rest);
		struct str what = next_word(&rest);
		while (a.what < APPLIED_KINDS && !str_eq(what, str_of(whats[a.what])))
			a.what++;
		a.day = record_day(&rest);
		a.content = next_word(&rest);
		a.made = next_word(&rest);
		a.from = record_day(&rest);
		a.plan = next_word(&rest);
		list->items[list->count++] = a;
	}
}

static void put_record_day(struct buf *b, civil_day day)
{
	buf_addc(b, ' ');
	if (day == NO_DAY)
		buf_addc(b, '-');
	day_format(b, day);
}

void applied_add(struct applied_list *list, struct applied record, struct arena *arena)
{
	struct buf b;
	if (list->count == list->cap) {
		struct applied *more = ARENA_ARRAY(arena, struct applied, 2 * list->cap + 8);
		if (list->count)
			memcpy(more, list->items, list->count * sizeof(*more));
		list->items = more;
		list->cap = 2 * list->cap + 8;
	}
	buf_init(&b, 0);
	buf_printf(&b, "%.*s %s", STR_ARG(record.id), whats[record.what]);
	put_record_day(&b, record.day);
	buf_printf(&b, " %.*s", STR_ARG(record.content.n ? record.content : STR("-")));
	if (record.made.n || record.from != NO_DAY)
		buf_printf(&b, " %.*s", STR_ARG(record.made.n ? record.made : STR("-")));
	if (record.from != NO_DAY)
		put_record_day(&b, record.from);
	if (record.plan.n)
		buf_printf(&b, " %.*s", STR_ARG(record.plan));
	record.text = arena_take(arena, &b);
	list->items[list->count++] = record;
}

void applied_write(struct buf *out, const struct applied_list *list, struct str eol)
{
	bool any = false;
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].gone)
			continue;
		if (!any)
			buf_printf(out, "applied:%.*s", STR_ARG(eol));
		any = true;
		buf_printf(out, "  - %.*s%.*s", STR_ARG(list->items[i].text), STR_ARG(eol));
	}
	if (!any)
		buf_printf(out, "applied: []%.*s", STR_ARG(eol));
}

struct applied *applied_find(const struct applied_list *list, struct str id, enum applied_what what,
			     struct str content)
{
	for (size_t i = 0; i < list->count; i++) {
		struct applied *a = &list->items[i];
		if (!a->gone && a->what == what && str_eq(a->id, id) &&
		    (!content.n || str_eq(a->content, content)))
			return a;
	}
	return NULL;
}

/* Of a link what leads somewhere: `[[target]]`, and `(target)` behind `]`. */
static size_t after_target(struct str s, size_t i)
{
	bool wiki = s.p[i] == '[' && str_at(s, i + 1) == '[';
	bool markdown = i > 0 && s.p[i - 1] == ']' && s.p[i] == '(';
	struct str close = wiki ? STR("]]") : STR(")");
	size_t n = wiki || markdown ? str_find(str_from(s, i), close) : s.n;
	return i + n + close.n <= s.n ? i + n + close.n : i;
}

void applied_key(char out[APPLIED_KEY], struct str text)
{
	struct buf b;
	struct str line;
	char id[ID_SIZE];
	buf_init(&b, 0);
	while (str_next_line(&text, &line)) {
		line = str_trim(line_after_bullet(str_trim(line)));
		for (size_t i = 0; i < line.n; i++) {
			size_t after = after_target(line, i);
			if (after > i)
				i = after - 1;
			else if (!str_is_space_char(line.p[i]) &&
				 str_find_char(STR("\\*_"), line.p[i]) == 3)
				buf_addc(&b, line.p[i]);
		}
	}
	id_make(id, 'a', buf_str(&b), STR(""), 0);
	memcpy(out, id + 2, APPLIED_KEY);
	buf_release(&b);
}
