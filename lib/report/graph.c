#include "report/graph.h"

#include "base/text.h"
#include "report/json.h"
#include "report/words.h"

static void add_word(struct buf *b, const char *word)
{
	buf_printf(b, "%s%s", b->n ? ", " : "", word);
}

struct str graph_words(const struct tie *tie, uint32_t from, struct arena *arena)
{
	struct buf b;
	bool is_a = from == tie->a;
	buf_init(&b, 0);
	if (is_a ? tie->a_introduced_b : tie->b_introduced_a)
		add_word(&b, "introduced");
	if (is_a ? tie->b_introduced_a : tie->a_introduced_b)
		add_word(&b, "introduced by");
	if (tie->knows)
		add_word(&b, "knows");
	if (tie->talks) {
		add_word(&b, words_count(tie->talks, "talk", "talks", arena).p);
		buf_printf(&b, ", last %s", day_text(tie->last).z);
	}
	if (!b.n)
		add_word(&b, "a link");
	return arena_take(arena, &b);
}

static void add_dot_text(struct buf *out, struct str text)
{
	struct buf line;
	buf_init(&line, 0);
	text_add_line(&line, text);
	buf_addc(out, '"');
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == '"' || line.p[i] == '\\')
			buf_addc(out, '\\');
		buf_addc(out, line.p[i]);
		/* Else `&lt;` in a name would be drawn as `<`. */
		if (line.p[i] == '&')
			buf_addz(out, "amp;");
	}
	buf_addc(out, '"');
	buf_release(&line);
}

void graph_dot(struct buf *out, const struct journal *journal, const struct ties *ties,
	       const bool *in)
{
	struct arena arena;
	arena_init(&arena);
	buf_addz(out,
		 "graph kith {\n\tnode [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
	for (size_t i = 0; i < journal->count; i++) {
		if (!in[i])
			continue;
		buf_printf(out, "\tn%zu [label=", i);
		add_dot_text(out, journal->contacts[i].name);
		buf_addz(out, "];\n");
	}
	for (size_t i = 0; i < ties->count; i++) {
		const struct tie *tie = &ties->items[i];
		if (!in[tie->a] || !in[tie->b])
			continue;
		/* An arrow leads to who was introduced; a link alone is dotted. */
		bool back = tie->b_introduced_a, forth = tie->a_introduced_b;
		bool dotted = !back && !forth && !tie->knows && !tie->talks;
		buf_printf(out, "\tn%u -- n%u [dir=%s%s, tooltip=", tie->a, tie->b,
			   back && forth ? "both"
			   : back        ? "back"
			   : forth       ? "forward"
					 : "none",
			   dotted ? ", style=dotted" : "");
		add_dot_text(out, graph_words(tie, tie->a, &arena));
		buf_addz(out, "];\n");
	}
	buf_addz(out, "}\n");
	arena_release(&arena);
}

json_t *graph_model(const struct journal *journal, const struct ties *ties, const bool *in)
{
	json_t *model = json_of_object(), *people = json_of_list(), *list = json_of_list();
	for (size_t i = 0; i < journal->count; i++) {
		if (!in[i])
			continue;
		json_t *o = json_of_object();
		json_put(o, "slug", json_of_text(journal->contacts[i].slug));
		json_put(o, "name", json_of_line(journal->contacts[i].name));
		json_push(people, o);
	}
	for (size_t i = 0; i < ties->count; i++) {
		const struct tie *tie = &ties->items[i];
		struct str a = journal->contacts[tie->a].slug, b = journal->contacts[tie->b].slug;
		if (!in[tie->a] || !in[tie->b])
			continue;
		json_t *o = json_of_object();
		json_put(o, "a", json_of_text(a));
		json_put(o, "b", json_of_text(b));
		json_put(o, "introduced",
			 json_of_text(tie->a_introduced_b   ? a
				      : tie->b_introduced_a ? b
							    : STR_NONE));
		json_put(o, "knows", json_boolean(tie->knows));
		json_put(o, "links", json_boolean(tie->links));
		json_put(o, "talks", json_of_count(tie->talks));
		json_put(o, "last", json_of_day(tie->last));
		json_push(list, o);
	}
	json_put(model, "people", people);
	json_put(model, "ties", list);
	return model;
}
