#include "insight/query.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

/* Of parentheses and of queries in queries; and of conditions in all. */
#define DEEPEST        50
#define CONDITIONS_MAX 1000

struct query_reader {
	struct query *out;
	const struct term_reader *terms;
	struct str text;
	size_t at;
	int open;  /* parentheses */
	int depth; /* of queries in queries */
	size_t *conditions;
	struct query named; /* order and number of those that are named: where nothing is said */
	struct kith_error *err;
};

/* ---- words ---- */

static int fail_query(struct query_reader *r, size_t at, const char *why)
{
	kith_fail(r->err, KITH_INVALID, "%s", why);
	if (r->err && !r->err->column)
		r->err->column = (int)text_length(str_upto(r->text, at)) + 1;
	return -1;
}

/* A value that stands at `at` is wrong; a column that is noted counts from its beginning. */
static int fail_query_value(struct query_reader *r, size_t at)
{
	if (r->err)
		r->err->column =
		    (int)text_length(str_upto(r->text, at)) + (r->err->column ? r->err->column : 1);
	return -1;
}

static bool at_end(const struct query_reader *r)
{
	return r->at >= r->text.n;
}

static bool at_edge(const struct query_reader *r)
{
	return at_end(r) || str_is_space_char(r->text.p[r->at]) || r->text.p[r->at] == ')';
}

static void skip_space(struct query_reader *r)
{
	while (!at_end(r) && str_is_space_char(r->text.p[r->at]))
		r->at++;
}

/* A word of the language, `and`, `or`, `not`, at the place. */
static bool at_word(const struct query_reader *r, const char *word)
{
	struct str name = str_of(word);
	char after = str_at(r->text, r->at + name.n);
	return str_istarts(str_from(r->text, r->at), name) &&
	       (r->at + name.n == r->text.n || str_is_space_char(after) || after == '(' ||
		after == ')');
}

static bool take_word(struct query_reader *r, const char *word)
{
	skip_space(r);
	if (!at_word(r, word))
		return false;
	r->at += strlen(word);
	return true;
}

/* What stands in quotes, which begin here: `\"` and `\\` are the signs themselves. */
static int take_quoted(struct query_reader *r, struct str *value)
{
	size_t begun = r->at++;
	struct buf b;
	buf_init(&b, 0);
	for (; !at_end(r) && r->text.p[r->at] != '"'; r->at++) {
		char next = str_at(r->text, r->at + 1);
		r->at += r->text.p[r->at] == '\\' && (next == '"' || next == '\\');
		buf_addc(&b, r->text.p[r->at]);
	}
	*value = arena_take(r->terms->arena, &b);
	if (at_end(r))
		return fail_query(r, begun, "the quote is not closed");
	r->at++;
	return at_edge(r) ? 0 : fail_query(r, r->at, "a blank is missing after the quote");
}

/* What stands between slashes, up to the first one at a word's end: `\/` is one of its own. */
static int take_expression(struct query_reader *r, struct str *value)
{
	size_t begun = r->at++;
	struct buf b;
	buf_init(&b, 0);
	for (; !at_end(r); r->at++) {
		bool escaped = r->text.p[r->at] == '\\' && r->at + 1 < r->text.n;
		char after = str_at(r->text, r->at + 1);
		if (r->text.p[r->at] == '/' &&
		    (r->at + 1 == r->text.n || str_is_space_char(after) || after == ')'))
			break;
		if (escaped) {
			if (after != '/')
				buf_addc(&b, '\\');
			r->at++;
		}
		buf_addc(&b, r->text.p[r->at]);
	}
	*value = arena_take(r->terms->arena, &b);
	if (at_end(r))
		return fail_query(r, begun,
				  "the expression is not closed: it ends with / (put what is "
				  "none into quotes)");
	r->at++;
	return 0;
}

/* A word up to a blank or a parenthesis that it does not open. */
static struct str take_bare(struct query_reader *r)
{
	size_t begun = r->at;
	int open = 0;
	for (; !at_end(r) && !str_is_space_char(r->text.p[r->at]); r->at++) {
		char c = r->text.p[r->at];
		if (c == ')' && open == 0)
			break;
		open += (c == '(') - (c == ')');
	}
	return str_slice(r->text, begun, r->at);
}

static int take_value(struct query_reader *r, struct str *value, bool *is_pattern)
{
	char first = str_at(r->text, r->at);
	*is_pattern = first == '/';
	if (first == '"')
		return take_quoted(r, value);
	if (*is_pattern)
		return take_expression(r, value);
	*value = take_bare(r);
	return 0;
}

/* How long the `key` before a colon is at the start of a text; 0 where none stands there. */
static size_t query_key_length(struct str s)
{
	size_t n = 0;
	while (n < s.n && (str_is_alpha(s.p[n]) || (unsigned char)s.p[n] >= 0x80 ||
			   (n && (str_is_digit(s.p[n]) || s.p[n] == '-' || s.p[n] == '_'))))
		n++;
	return str_at(s, n) == ':' ? n : 0;
}

/* ---- orders ---- */

static int read_query(struct query_reader *r, struct query_node **root);

static int read_sort(struct query_reader *r, struct str value, struct query_node **node)
{
	struct query *q = r->out;
	bool down = str_starts(value, STR("-"));
	(void)node;
	if (q->sorts_count == QUERY_SORTS_MAX)
		return kith_fail(r->err, KITH_INVALID, "so many keys are not sorted by");
	struct query_sort *sort = &q->sorts[q->sorts_count];
	if (term_read_key(&sort->by, r->terms, str_from(value, down), r->err))
		return -1;
	if (!term_is_shown(&sort->by))
		return kith_fail(r->err, KITH_INVALID, "%.*s is nothing to sort by",
				 STR_ARG(str_from(value, down)));
	sort->down = down;
	q->sorts_count++;
	return 0;
}

static int read_limit(struct query_reader *r, struct str value, struct query_node **node)
{
	long limit = str_number(value, 1000000);
	(void)node;
	if (limit < 0)
		return kith_fail(r->err, KITH_INVALID, "limit: needs a number (limit:20)");
	r->out->limit = (size_t)limit;
	return 0;
}

static int fail_name(struct query_reader *r, struct str value)
{
	const struct config *config = &r->terms->journal->config;
	struct str near = STR_NONE, shown = text_line(text_upto(value, 40), r->terms->arena);
	size_t below = 3;
	for (size_t i = 0; i < config->queries_count && value.n < 64; i++)
		if (config->queries[i].name.n < 64 &&
		    text_nearer(value, config->queries[i].name, &below))
			near = config->queries[i].name;
	if (near.p)
		return kith_fail(r->err, KITH_INVALID,
				 "kith.yaml has no query \"%.*s\" (did you mean \"%.*s\"?)",
				 STR_ARG(shown), STR_ARG(near));
	return kith_fail(r->err, KITH_INVALID,
			 "kith.yaml has no query \"%.*s\" (queries: {%.*s: \"tag:mentor\"})",
			 STR_ARG(shown), STR_ARG(shown));
}

static void take_order(struct query *to, const struct query *from)
{
	if (!to->sorts_count) {
		memcpy(to->sorts, from->sorts, sizeof(to->sorts));
		to->sorts_count = from->sorts_count;
	}
	if (to->limit == SIZE_MAX)
		to->limit = from->limit;
}

/* What a query of kith.yaml sorts by and how many it takes counts where nothing else is said. */
static int read_named_query(struct query_reader *r, struct str value, struct query_node **node)
{
	const struct config *config = &r->terms->journal->config;
	size_t which = 0;
	while (which < config->queries_count && !str_ieq(config->queries[which].name, value))
		which++;
	if (which == config->queries_count)
		return fail_name(r, value);
	struct query inner = {.limit = SIZE_MAX};
	struct query_reader sub = {.out = &inner,
				   .terms = r->terms,
				   .text = config->queries[which].text,
				   .depth = r->depth + 1,
				   .conditions = r->conditions,
				   .named = {.limit = SIZE_MAX},
				   .err = r->err};
	if (sub.depth > DEEPEST)
		return kith_fail(r->err, KITH_INVALID, "the query \"%.*s\" leads back to itself",
				 STR_ARG(value));
	if (read_query(&sub, node)) {
		if (r->depth == 0)
			kith_fail_context(r->err, "in the query \"%.*s\" of kith.yaml",
					  STR_ARG(value));
		if (r->err)
			r->err->column = 0;
		return -1;
	}
	take_order(&inner, &sub.named);
	take_order(&r->named, &inner);
	r->out->names_status |= inner.names_status;
	return 0;
}

/* What has a key and is no condition; *node stays NULL where it says nothing of anybody. */
static const struct {
	const char *name;
	int (*read)(struct query_reader *r, struct str value, struct query_node **node);
} orders[] = {{"sort", read_sort}, {"limit", read_limit}, {"query", read_named_query}};

static int read_order(struct query_reader *r, const struct term *term, struct str value,
		      struct query_node **node)
{
	size_t i = 0;
	while (!str_eq(term_name(term), str_of(orders[i].name)))
		i++;
	return orders[i].read(r, value, node);
}

/* ---- conditions and how they are joined ---- */

static struct query_node *make_query_node(struct query_reader *r, enum query_kind kind,
					  struct query_node *first)
{
	struct query_node *node = ARENA_NEW(r->terms->arena, struct query_node);
	node->kind = kind;
	node->first = first;
	return node;
}

static int read_term(struct query_reader *r, struct query_node **out)
{
	size_t begun = r->at, key = query_key_length(str_from(r->text, r->at));
	struct term term;
	struct str value;
	bool is_pattern;
	if (++*r->conditions > CONDITIONS_MAX)
		return fail_query(r, begun, "these are too many conditions");
	if (key && term_read_key(&term, r->terms, str_slice(r->text, begun, begun + key), r->err))
		return fail_query_value(r, begun);
	r->at += key ? key + 1 : 0;
	size_t at = r->at;
	if (take_value(r, &value, &is_pattern))
		return -1;
	if (key && !value.n) {
		kith_fail(r->err, KITH_INVALID,
			  "nothing stands after the colon (for who has none: not has:%.*s)",
			  STR_ARG(term_name(&term)));
		return fail_query_value(r, begun);
	}
	int rc = !key ? term_read_words(&term, r->terms, value, is_pattern, r->err)
		 : term_is_order(&term)
		     ? read_order(r, &term, value, out)
		     : term_read_value(&term, r->terms, value, is_pattern, r->err);
	/* An expression begins behind its slash. */
	if (rc)
		return fail_query_value(r, at + is_pattern);
	if (key && term_is_order(&term))
		return 0;
	*out = make_query_node(r, QUERY_TERM, NULL);
	(*out)->term = term;
	r->out->names_status |= term_names_status(&term);
	return 0;
}

static int read_parentheses(struct query_reader *r, struct query_node **out)
{
	size_t begun = r->at++;
	if (++r->open > DEEPEST)
		return fail_query(r, begun, "parentheses are nested too deeply");
	skip_space(r);
	if (str_at(r->text, r->at) == ')')
		return fail_query(r, begun, "nothing stands in the parentheses");
	if (read_query(r, out))
		return -1;
	if (at_end(r))
		return fail_query(r, begun, "the parenthesis is not closed");
	r->at++;
	r->open--;
	return 0;
}

static int read_one(struct query_reader *r, struct query_node **out)
{
	bool not = false;
	*out = NULL;
	for (;;) {
		size_t begun = r->at;
		bool minus = str_at(r->text, r->at) == '-' && r->at + 1 < r->text.n &&
			     !str_is_space_char(r->text.p[r->at + 1]);
		if (!minus && !take_word(r, "not"))
			break;
		r->at += minus;
		skip_space(r);
		if (at_edge(r) || at_word(r, "and") || at_word(r, "or"))
			return fail_query(r, begun, "nothing stands after not");
		not = !not ;
	}
	size_t begun = r->at;
	if (at_word(r, "and") || at_word(r, "or"))
		return fail_query(r, begun,
				  "and, or and not join conditions (as words they stand in "
				  "quotes)");
	if (r->text.p[r->at] == '(' ? read_parentheses(r, out) : read_term(r, out))
		return -1;
	if (not &&!*out)
		return fail_query(r, begun, "nothing that can be asked for stands after not");
	if (not )
		*out = make_query_node(r, QUERY_NOT, *out);
	return 0;
}

/* Conditions with `and` or a blank between them. */
static int read_all(struct query_reader *r, struct query_node **out)
{
	struct query_node *first = NULL, **end = &first;
	size_t begun = r->at;
	bool joined = false;
	*out = NULL;
	for (skip_space(r); !at_edge(r) && !at_word(r, "or"); skip_space(r)) {
		begun = r->at;
		if (read_one(r, end))
			return -1;
		if (*end)
			end = &(*end)->next;
		skip_space(r);
		begun = r->at;
		joined = take_word(r, "and");
	}
	if (joined)
		return fail_query(r, begun, "nothing stands after and");
	*out = first && first->next ? make_query_node(r, QUERY_AND, first) : first;
	return 0;
}

static int read_query(struct query_reader *r, struct query_node **root)
{
	struct query_node *first = NULL, **end = &first;
	bool joined = false;
	*root = NULL;
	for (;;) {
		size_t begun;
		skip_space(r);
		begun = r->at;
		bool nothing = at_edge(r) || at_word(r, "or");
		if (nothing && (joined || at_word(r, "or")))
			return fail_query(r, begun, "nothing stands beside or");
		if (read_all(r, end))
			return -1;
		if (!*end && (joined || at_word(r, "or")))
			return fail_query(r, begun,
					  "nothing that can be asked for stands beside or");
		if (*end)
			end = &(*end)->next;
		joined = take_word(r, "or");
		if (!joined)
			break;
	}
	*root = first && first->next ? make_query_node(r, QUERY_OR, first) : first;
	if (!at_end(r) && r->open == 0)
		return fail_query(r, r->at, "the parenthesis closes nothing");
	return 0;
}

int query_parse(struct query *out, struct str text, const struct term_reader *terms,
		struct kith_error *err)
{
	*out = (struct query){.text = text, .limit = SIZE_MAX};
	size_t conditions = 0;
	struct query_reader r = {.out = out,
				 .terms = terms,
				 .text = text,
				 .conditions = &conditions,
				 .named = {.limit = SIZE_MAX},
				 .err = err};
	if (text.n > QUERY_MAX)
		return kith_fail(err, KITH_INVALID, "a query has at most %d bytes", QUERY_MAX);
	if (text_invalid_at(text) < text.n)
		return fail_query(&r, text_invalid_at(text), "the query is not UTF-8");
	if (read_query(&r, &out->root))
		return -1;
	take_order(out, &r.named);
	return 0;
}

void query_report(struct journal *journal, civil_day today, struct arena *arena)
{
	const struct term_reader reader = {journal, today, arena, false};
	for (size_t i = 0; i < journal->config.queries_count; i++) {
		const struct named_query *named = &journal->config.queries[i];
		struct kith_error err = {0};
		struct query query;
		if (query_parse(&query, named->text, &reader, &err) == 0)
			continue;
		int column = named->column + (err.column ? err.column - 1 : 0);
		diag_add(&journal->diag, SEVERITY_ERROR, STR("kith.yaml"), named->line, column,
			 "%s", err.message);
	}
}

/* ---- several arguments ---- */

/* Whether the words after a key are a value of several, and no conditions. */
static bool is_one_value(struct str value)
{
	bool blank = false;
	if (str_find_char(value, '"') < value.n || str_starts(value, STR("/")))
		return false;
	for (size_t i = 0; i < value.n; i++) {
		if (!str_is_space_char(value.p[i]))
			continue;
		blank = true;
		struct str next = str_ltrim(str_from(value, i));
		if (query_key_length(next) || str_starts(next, STR("(")))
			return false;
	}
	return blank;
}

struct str query_join(const char *const *words, size_t count, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	for (size_t i = 0; i < count; i++) {
		struct str word = str_of(words[i]);
		size_t key = query_key_length(word);
		struct str value = str_from(word, key + 1);
		buf_addz(&b, i ? " " : "");
		if (key && is_one_value(value))
			buf_printf(&b, "%.*s:\"%.*s\"", (int)key, word.p, STR_ARG(value));
		else
			buf_add(&b, word);
	}
	return arena_take(arena, &b);
}

/* ---- who fits ---- */

static bool node_fits(const struct query_node *node, struct term_match *match)
{
	const struct query_node *part;
	switch (node->kind) {
	case QUERY_TERM:
		return term_fits(&node->term, match);
	case QUERY_NOT:
		return match->coarse || !node_fits(node->first, match);
	case QUERY_AND:
	case QUERY_OR:
		break;
	}
	for (part = node->first; part; part = part->next)
		if (node_fits(part, match) == (node->kind == QUERY_OR))
			return node->kind == QUERY_OR;
	return node->kind == QUERY_AND;
}

bool query_fits(const struct query *query, struct term_match *match, uint32_t who,
		const struct task *task)
{
	term_match_begin(match, who, task);
	return !query->root || node_fits(query->root, match);
}

bool query_fits_entry(const struct query *query, struct term_match *match, uint32_t who,
		      struct str text)
{
	term_match_begin(match, who, NULL);
	match->text = text;
	return !query->root || node_fits(query->root, match);
}

static bool asks_text(const struct query_node *node)
{
	bool asks = node->kind == QUERY_TERM && term_is_text(&node->term);
	for (const struct query_node *part = node->first; part && !asks; part = part->next)
		asks = asks_text(part);
	return asks;
}

bool query_asks_text(const struct query *query)
{
	return query->root && asks_text(query->root);
}

bool query_fits_text(const struct query *query, struct term_match *match)
{
	return query->root && node_fits(query->root, match);
}

/* Somebody with what is sorted by beside it, because qsort has no context. */
struct selected {
	uint32_t who;
	struct str name;
	civil_day days[QUERY_SORTS_MAX];
	struct str texts[QUERY_SORTS_MAX];
	const struct query *query;
};

static int compare_selected(const void *a, const void *b)
{
	const struct selected *x = a, *y = b;
	for (size_t i = 0; i < x->query->sorts_count; i++) {
		const struct query_sort *sort = &x->query->sorts[i];
		bool days = term_is_day(&sort->by);
		bool none_x = days ? x->days[i] == NO_DAY : !x->texts[i].n;
		bool none_y = days ? y->days[i] == NO_DAY : !y->texts[i].n;
		int order = days ? (x->days[i] > y->days[i]) - (x->days[i] < y->days[i])
				 : str_cmp(x->texts[i], y->texts[i]);
		/* Who has none comes last, whichever way. */
		if (none_x != none_y)
			return none_x ? 1 : -1;
		if (order)
			return sort->down ? -order : order;
	}
	int order = str_cmp(x->name, y->name);
	return order ? order : (x->who > y->who) - (x->who < y->who);
}

static void set_sorted(struct selected *out, const struct query *query, struct term_match *match,
		       struct arena *arena)
{
	*out = (struct selected){.who = match->who, .query = query};
	out->name = match->contact->key;
	for (size_t i = 0; i < query->sorts_count; i++) {
		const struct term *by = &query->sorts[i].by;
		struct arena_mark mark = arena_mark(&match->scratch);
		if (term_is_day(by)) {
			out->days[i] = term_day(by, match);
		} else {
			struct strs texts = term_texts(by, match);
			if (texts.count)
				out->texts[i] =
				    arena_str(arena, text_key(texts.items[0], &match->scratch));
		}
		arena_rewind(&match->scratch, mark);
	}
}

uint32_t *query_select(const struct query *query, const struct journal *journal, civil_day today,
		       bool everybody, size_t *count, size_t *hidden, struct arena *arena)
{
	struct selected *found = NULL;
	size_t found_count = 0, cap = 0;
	struct term_match match;
	everybody |= query->names_status;
	*hidden = 0;
	term_match_init(&match, journal, today);
	for (uint32_t i = 0; i < journal->count; i++) {
		const struct contact *c = &journal->contacts[i];
		if (c->unread || !query_fits(query, &match, i, NULL))
			continue;
		if (!everybody && c->status != STATUS_ACTIVE) {
			++*hidden;
			continue;
		}
		found = mem_grow(found, found_count, &cap, sizeof(*found));
		set_sorted(&found[found_count++], query, &match, arena);
	}
	if (found_count)
		qsort(found, found_count, sizeof(*found), compare_selected);
	*count = found_count < query->limit ? found_count : query->limit;
	uint32_t *who = ARENA_ARRAY(arena, uint32_t, *count + 1);
	for (size_t i = 0; i < *count; i++)
		who[i] = found[i].who;
	free(found);
	term_match_release(&match);
	return who;
}

/* ---- in words ---- */

static void explain_node(struct buf *b, const struct query_node *node, size_t depth,
			 struct arena *arena)
{
	static const char *const joins[] = {
	    [QUERY_NOT] = "not\n", [QUERY_AND] = "all of\n", [QUERY_OR] = "one of\n"};
	buf_fill(b, ' ', depth * 2);
	if (node->kind == QUERY_TERM) {
		buf_printf(b, "%.*s\n", STR_ARG(term_explain(&node->term, arena)));
		return;
	}
	buf_addz(b, joins[node->kind]);
	for (const struct query_node *part = node->first; part; part = part->next)
		explain_node(b, part, depth + 1, arena);
}

struct str query_explain(const struct query *query, struct arena *arena)
{
	struct buf b;
	buf_init(&b, 0);
	if (query->root)
		explain_node(&b, query->root, 0, arena);
	else
		buf_addz(&b, "everybody\n");
	buf_addz(&b, query->sorts_count ? "sorted by " : "");
	for (size_t i = 0; i < query->sorts_count; i++)
		buf_printf(&b, "%s%.*s%s", i ? ", then " : "",
			   STR_ARG(term_name(&query->sorts[i].by)),
			   query->sorts[i].down ? ", the last first" : "");
	buf_addz(&b, query->sorts_count ? "\n" : "");
	if (query->limit != SIZE_MAX)
		buf_printf(&b, "at most %zu\n", query->limit);
	return arena_take(arena, &b);
}
